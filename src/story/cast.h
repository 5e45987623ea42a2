/* Who is named in a story: the persons, bodies and places of its reports, merged where evidence says that
 * they are one. Every merge says why; people of one surname stay two without evidence. */
#ifndef DSR_STORY_CAST_H
#define DSR_STORY_CAST_H

#include "entity/entity.h"
#include "model/story.h"

/* Two entities, by the ids that reports give them. */
typedef struct dsr_cast_pair {
    dsr_slice one, other;
    dsr_slice why; /* a phrase */
} dsr_cast_pair;
/* What somebody says of entities, against whatever evidence: who is one, and who is nobody else. */
typedef struct dsr_cast_rules {
    dsr_cast_pair *merged;
    size_t merged_count;
    dsr_slice *own; /* ids that evidence merges with no other */
    size_t own_count;
} dsr_cast_rules;

/* Fills `story->cast` from story->reports: the most often named first. Which report came first changes the
 * order of variants and roles only, never who is merged. n log n. DSR_ERR_MEMORY; the story is as it was
 * then. */
dsr_status dsr_cast_make(const dsr_entity_tables *tables, dsr_arena *arena, dsr_story *story) DSR_MUST_CHECK;
/* The same, as the rules say: a merge counts for ids of their own too. */
dsr_status dsr_cast_make_ruled(const dsr_entity_tables *tables, const dsr_cast_rules *rules, dsr_arena *arena,
                               dsr_story *story) DSR_MUST_CHECK;

#endif
