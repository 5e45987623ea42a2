/* Figures of one thing, side by side across the reports of a story. */
#ifndef DSR_STORY_STORY_FIGURES_H
#define DSR_STORY_STORY_FIGURES_H

#include "lexicon/lexicon.h"
#include "model/story.h"

/* Fills `story->figures`, once reuse and cast are there. Two figures stand together where the thing counted,
 * what is told of it and who is named there speak for it; of two numbers that cannot both be true more is
 * asked than of equal ones, for a false disagreement is the worse error. n log n. DSR_ERR_MEMORY; the story
 * is as it was then. */
dsr_status dsr_story_figures_make(const dsr_lexicon *lexicon, dsr_arena *arena,
                                  dsr_story *story) DSR_MUST_CHECK;

#endif
