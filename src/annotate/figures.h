/* How many: the figures of a report, and every number of a text. Looks at one report only. */
#ifndef DSR_ANNOTATE_FIGURES_H
#define DSR_ANNOTATE_FIGURES_H

#include "lexicon/lexicon.h"

/* Fills report->figures from its sentences: counts, sums, percentages, measures, ages, lengths of time,
 * ranges, with hedge and what is counted. Dates, times of day, ordinals, names and versions are none:
 * report->times must be filled. A language without tables has no figures. Linear time; DSR_ERR_MEMORY. */
dsr_status dsr_figures_find(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report) DSR_MUST_CHECK;

/* Fills as_of of report->figures from report->times, which must be resolved: the value of the time that
 * stands in the figure's clause ("As of Monday, 45 ..."), none where none does or where it only bounds
 * ("since 2014"). dsr_figures_find and dsr_times_resolve call it. Linear time. */
void dsr_figures_set_as_of(dsr_report *report);

/* What a text writes as a number, whether it is a figure or not. */
typedef enum dsr_measure_model {
    DSR_MEASURE_NUMBER,
    DSR_MEASURE_ORDINAL,
    DSR_MEASURE_PERCENT,
    DSR_MEASURE_CURRENCY,
    DSR_MEASURE_DIMENSION,
    DSR_MEASURE_AGE,
    DSR_MEASURE_RANGE,
    DSR_MEASURE_MODELS
} dsr_measure_model;
const char *dsr_measure_model_name(dsr_measure_model model); /* "number" "ordinal" ... */

typedef struct dsr_measure {
    dsr_span span;
    dsr_measure_model model;
    const char *kind; /* of a number: "integer" "decimal" "fraction" "power"; static */
    bool has_value, has_low, has_high, low_open, high_open;
    dsr_decimal value, low, high;
    dsr_slice unit, unit_kind, code; /* lent by the lexicon */
} dsr_measure;
typedef DSR_LIST(dsr_measure) dsr_measures;

/* Every number, measure and range of text[span], by model, each model's own in order. */
dsr_status dsr_measures_list(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_report *report,
                             dsr_span span, dsr_measures *out) DSR_MUST_CHECK;

#endif
