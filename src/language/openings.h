/* What stands at a paragraph's beginning and is a sentence of its own: a dateline, a heading with the day
 * under it in one line. Only src/language includes it. */
#ifndef DSR_LANGUAGE_OPENINGS_H
#define DSR_LANGUAGE_OPENINGS_H

#include "lexicon/lexicon.h"

/* The end of "GENEVA (AP) --", "NEW DELHI -", "OSLO, Norway —" at the beginning of text[start, end); `start`
 * where there is none. */
size_t dsr_opening_dateline_end(const dsr_lexicon *lexicon, dsr_slice text, size_t start, size_t end);
/* The day in full that stands behind a heading without a stop, or at the very beginning: "Island goes to the
 * polls Sunday, May 28, 2006". Empty where there is none. */
dsr_span dsr_opening_find_day(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text, size_t start,
                              size_t end);

#endif
