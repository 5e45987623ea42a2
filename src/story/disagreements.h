/* Where a story's reports do not tell the same. Only src/story includes it. */
#ifndef DSR_STORY_DISAGREEMENTS_H
#define DSR_STORY_DISAGREEMENTS_H

#include "story/statements_parts.h"

typedef struct dsr_disagreements {
    dsr_statements *s;
    DSR_LIST(dsr_disagreement) made;
} dsr_disagreements;

/* Fills `story->disagreements` once story->statements is there. A false one is the worse error: each kind is
 * noted only where what stands on both sides is the same thing. DSR_ERR_MEMORY. */
dsr_status dsr_disagreements_find(dsr_statements *s) DSR_MUST_CHECK;

/* For the files disagreements_*.c: */
/* A side at a place of a report, with the clause around it, and to whom that is ascribed. */
dsr_status dsr_disagreements_side(dsr_disagreements *d, dsr_disagreement *to, uint32_t report,
                                  dsr_span at) DSR_MUST_CHECK;
/* Keeps it; its sides' reports are counted. */
dsr_status dsr_disagreements_keep(dsr_disagreements *d, dsr_disagreement *one) DSR_MUST_CHECK;
dsr_status dsr_disagreements_of_names(dsr_disagreements *d) DSR_MUST_CHECK; /* spellings */
dsr_status
dsr_disagreements_of_edits(dsr_disagreements *d) DSR_MUST_CHECK; /* what editing changed in meaning */
dsr_status dsr_disagreements_of_denials(dsr_disagreements *d) DSR_MUST_CHECK; /* one asserts, one denies */
dsr_status dsr_disagreements_of_dates(dsr_disagreements *d) DSR_MUST_CHECK;   /* one fact, two days */

#endif
