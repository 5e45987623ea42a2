/* When: the times of a report. Found once and left as the words leave them; resolved as soon as, and as often
 * as, the report's date changes. Looks at one report only. */
#ifndef DSR_ANNOTATE_TIMES_H
#define DSR_ANNOTATE_TIMES_H

#include "lexicon/lexicon.h"

/* Fills report->times from its sentences: extent, type, modifier and form. A language without tables has no
 * times. Linear time; DSR_ERR_MEMORY. */
dsr_status dsr_times_find(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report) DSR_MUST_CHECK;

/* Fills value, earliest, latest and why of report->times from their forms and meta.published. Without a date
 * of publication a weekday stays a weekday. May be called again after the date has changed. DSR_ERR_MEMORY.
 */
dsr_status dsr_times_resolve(dsr_arena *arena, dsr_report *report) DSR_MUST_CHECK;

#endif
