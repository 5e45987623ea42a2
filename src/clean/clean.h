/* Page furniture, and what it tells: headline, outlet, agencies, dateline, publication date. A function from
 * a record to a record; looks at one report only. */
#ifndef DSR_CLEAN_CLEAN_H
#define DSR_CLEAN_CLEAN_H

#include "lexicon/lexicon.h"

/* A report that its reader labelled (pages) keeps those labels; rules add to them. Else: fills furniture
 * (ordered, disjoint), credits and whatever of meta.{headline, outlet, agencies, dateline, published,
 * authors} the source did not state. meta.language must be set. Linear time in the text. DSR_ERR_MEMORY only.
 */
dsr_status dsr_clean_report(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report) DSR_MUST_CHECK;

#endif
