/* What the files that read figures share. Only src/annotate/figures*.c include it. */
#ifndef DSR_ANNOTATE_FIGURES_PARTS_H
#define DSR_ANNOTATE_FIGURES_PARTS_H

#include "annotate/figures.h"
#include "annotate/number.h"

typedef enum dsr_amount_kind {
    DSR_AMOUNT_COUNT,
    DSR_AMOUNT_PERCENT,
    DSR_AMOUNT_UNIT,
    DSR_AMOUNT_AGE
} dsr_amount_kind;

/* A number with its unit: words [from, to). */
typedef struct dsr_amount {
    size_t from, to;
    dsr_amount_kind kind;
    dsr_number number;
    const dsr_unit *unit; /* of DSR_AMOUNT_UNIT */
    const dsr_unit *also; /* what the unit may mean besides; NULL */
    const char *age;      /* "Year" ... of DSR_AMOUNT_AGE */
} dsr_amount;

/* The amount whose number (or currency before it) begins at word `at`; false where there is none. An ordinal
 * is no amount. */
bool dsr_amount_read(const dsr_number_words *words, size_t at, dsr_amount *out);

/* The power of ten with which a number ends ("5 million": 6); 0. */
int32_t dsr_amount_power(const dsr_number_words *words, const dsr_number *number);
/* The first end of a range with the power of ten that stands behind the second ("3 to 5 million"). */
dsr_decimal dsr_amount_share_power(const dsr_number_words *words, const dsr_number *first,
                                   const dsr_number *second);

/* A range of sums, or of one amount "or" another: words up to `to`; `last` has the unit. */
typedef struct dsr_amount_range {
    size_t to;
    dsr_decimal low, high;
    bool shared; /* the first end has its power of ten from the second */
    dsr_amount last;
} dsr_amount_range;
bool dsr_amount_range_read(const dsr_number_words *words, size_t at, dsr_amount_range *out);

/* A range or bound: "between 5 and 10", "more than 40", "5-10", "200 or more". */
typedef struct dsr_bounds {
    size_t from, to; /* words */
    size_t last;     /* its last number's first word */
    uint8_t cue;     /* dsr_cue_class of a single bound; DSR_CUE_NONE of a range */
    bool has_low, has_high, low_open, high_open;
    dsr_decimal low, high;
} dsr_bounds;
bool dsr_bounds_read(const dsr_number_words *words, size_t at, dsr_bounds *out);

#endif
