/* What is new in a story. */
#ifndef DSR_STORY_DIFF_H
#define DSR_STORY_DIFF_H

#include "model/diff.h"

/* Compares a story with itself as it was: `before` is made of those of its reports that were there before
 * `since` (NULL: none was). *out lends both stories' parts and lies in `arena`. n log n. DSR_ERR_MEMORY. */
dsr_status dsr_diff_make(dsr_arena *arena, const dsr_story *before, const dsr_story *after,
                         const dsr_moment *since, dsr_story_diff *out) DSR_MUST_CHECK;

#endif
