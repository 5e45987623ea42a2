/* The facts that a story's reports tell: one statement for what several of them tell, with all who carry it,
 * how many voices they are, on whom they lean, and who had it first. */
#ifndef DSR_STORY_STATEMENTS_H
#define DSR_STORY_STATEMENTS_H

#include "lexicon/lexicon.h"
#include "model/story.h"

/* Fills `story->statements` and `story->disagreements`, and links `story->timeline` with them, once reuse,
 * cast, timeline, figures and quotes are there. Sentences are one statement where participants, predicate,
 * time, place, figures and quotations speak for it together, and for all of its carriers on the average: a
 * wrong joining would claim support that is not there. The order of the reports changes the order of carriers
 * only. n log n. Told by one report only are what has a day, a number or a quotation of its own.
 * DSR_ERR_MEMORY; the story is as it was then. */
dsr_status dsr_statements_make(const dsr_lexicon *lexicon, dsr_arena *arena, dsr_story *story) DSR_MUST_CHECK;

#endif
