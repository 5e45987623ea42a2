/* Which reports of a store may tell what a draft tells. Private to engine. */
#ifndef DSR_ENGINE_CHECK_FIND_H
#define DSR_ENGINE_CHECK_FIND_H

#include "engine/internal.h"

/* A report, and the story in which it stands. */
typedef struct dsr_candidate {
    uint32_t sequence, story;
    dsr_id id;
} dsr_candidate;
typedef DSR_LIST(dsr_candidate) dsr_candidates;

/* In the order of intake, in `arena`: for each sentence of the draft those that share the most of its rarer
 * words and names, at most DSR_LIMIT_CHECK_REPORTS in all. Reads the index of words (finder.h) and no report.
 */
dsr_status dsr_check_find(dsr_engine *engine, dsr_arena *arena, const dsr_report *draft, dsr_candidates *out,
                          dsr_error *error) DSR_MUST_CHECK;

#endif
