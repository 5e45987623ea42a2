/* What was said in a story: the quotations of all its reports, one entry for what several of them quote, with
 * what each of them left out or changed, and the speaker on whom the reports agree. */
#ifndef DSR_STORY_QUOTATIONS_H
#define DSR_STORY_QUOTATIONS_H

#include "model/story.h"

/* Fills `story->quotes` from the quotations of story->reports; speakers are looked up in story->cast, which
 * is made before. Direct and partial quotations always, indirect ones of three and more words whose speaker
 * is likely right, scare quotes never. n log n in the words that are quoted. DSR_ERR_MEMORY; the story is as
 * it was then. */
dsr_status dsr_quotations_make(dsr_arena *arena, dsr_story *story) DSR_MUST_CHECK;

#endif
