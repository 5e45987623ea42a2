/* Stories in memory, by number, with a way back to the beginning of the transaction. Private to the store in
 * memory. */
#ifndef DSR_STORE_MEMORY_STORIES_H
#define DSR_STORE_MEMORY_STORIES_H

#include "store/backend.h"

typedef struct dsr_memory_stories {
    dsr_store_story **items; /* by number; NULL: none */
    size_t room;
    struct dsr_story_change {
        uint32_t number;
        dsr_store_story *before;
    } * changes; /* since begin, in order */
    size_t change_count, change_room;
} dsr_memory_stories;

void dsr_memory_stories_close(dsr_memory_stories *stories);
void dsr_memory_stories_commit(dsr_memory_stories *stories);
/* Needs no memory. */
void dsr_memory_stories_rollback(dsr_memory_stories *stories);

dsr_status dsr_memory_stories_put(dsr_memory_stories *stories, const dsr_store_story *story,
                                  dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_memory_stories_drop(dsr_memory_stories *stories, uint32_t number,
                                   dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_memory_stories_replace(dsr_memory_stories *stories, const dsr_store_story *given, size_t count,
                                      dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_memory_stories_each(const dsr_memory_stories *stories,
                                   dsr_store_story_sink sink) DSR_MUST_CHECK;
dsr_status dsr_memory_stories_get(const dsr_memory_stories *stories, dsr_id id, dsr_arena *arena,
                                  dsr_store_story *out, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_memory_stories_get_numbered(const dsr_memory_stories *stories, uint32_t number,
                                           dsr_arena *arena, dsr_store_story *out,
                                           dsr_error *error) DSR_MUST_CHECK;

/* Ids met in a search. */
typedef struct dsr_memory_hits {
    dsr_id smallest;
    size_t count;
} dsr_memory_hits;
void dsr_memory_try_id(dsr_id id, dsr_store_range range, dsr_memory_hits *hits);
void dsr_memory_stories_try(const dsr_memory_stories *stories, dsr_store_range range, dsr_memory_hits *hits);

#endif
