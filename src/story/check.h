/* A draft held against the reports that may tell of it: who tells each of its sentences, who contradicts it.
 */
#ifndef DSR_STORY_CHECK_H
#define DSR_STORY_CHECK_H

#include "lexicon/lexicon.h"
#include "model/check.h"

/* Checks the sentences of the last of the story's reports, the draft, against those of the others. The
 * story's cast is there; its reuse has the pairs of the draft alone. A sentence that only shares names with a
 * report is unknown: a report tells it where it has most of its weight in words, all of its names, and
 * nothing of its figures, dates and quotations is otherwise. n log n in the sentences of the reports for each
 * sentence of the draft. *out lends draft and story. DSR_ERR_MEMORY. */
dsr_status dsr_check_make(const dsr_lexicon *lexicon, dsr_arena *arena, const dsr_story *story,
                          dsr_check *out) DSR_MUST_CHECK;

#endif
