/* Who is named in a story: the persons, bodies and places of its reports, merged where evidence says that
 * they are one. Every merge says why; people of one surname stay two without evidence. */
#ifndef DSR_STORY_CAST_H
#define DSR_STORY_CAST_H

#include "entity/entity.h"
#include "model/story.h"

/* Fills `story->cast` from story->reports: the most often named first. Which report came first changes the
 * order of variants and roles only, never who is merged. n log n. DSR_ERR_MEMORY; the story is as it was
 * then. */
dsr_status dsr_cast_make(const dsr_entity_tables *tables, dsr_arena *arena, dsr_story *story) DSR_MUST_CHECK;

#endif
