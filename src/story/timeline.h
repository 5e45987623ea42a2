/* What the reports of a story date, by time: past, and to come. */
#ifndef DSR_STORY_TIMELINE_H
#define DSR_STORY_TIMELINE_H

#include "lexicon/lexicon.h"
#include "model/story.h"

/* Fills `story->timeline` from the reports' times, once reuse and cast are there. A time of which no day is
 * known stays out. Sentences of several reports that tell the same of one time are one entry; copies are one
 * voice. n log n. DSR_ERR_MEMORY; the story is as it was then. */
dsr_status dsr_timeline_make(const dsr_lexicon *lexicon, dsr_arena *arena, dsr_story *story) DSR_MUST_CHECK;

#endif
