/* Stories of the store in memory. Each is one block; what a transaction replaces is kept until it ends. */
#include "store/memory_stories.h"

#include <stdlib.h>
#include <string.h>

static void free_all(dsr_memory_stories *s)
{
    for (size_t i = 0; i < s->change_count; i++) {
        free(s->changes[i].before);
    }
    s->change_count = 0;
}

void dsr_memory_stories_close(dsr_memory_stories *s)
{
    free_all(s);
    for (size_t i = 0; i < s->room; i++) {
        free(s->items[i]);
    }
    free((void *)s->items);
    free(s->changes);
}

void dsr_memory_stories_commit(dsr_memory_stories *s)
{
    free_all(s);
}

void dsr_memory_stories_rollback(dsr_memory_stories *s)
{
    while (s->change_count > 0) {
        struct dsr_story_change last = s->changes[--s->change_count];
        free(s->items[last.number]);
        s->items[last.number] = last.before;
    }
}

/* A copy in one block; an empty packed record has a value. */
static dsr_store_story *copy(const dsr_store_story *from)
{
    size_t members = from->member_count * sizeof *from->members;
    dsr_store_story *to = malloc(sizeof *to + members + from->packed.len);
    if (to == NULL) {
        return NULL;
    }
    char *behind = (char *)(to + 1);
    *to = (dsr_store_story){.id = from->id,
                            .members = (const dsr_id *)(void *)behind,
                            .member_count = from->member_count,
                            .packed = {behind + members, from->packed.len},
                            .number = from->number};
    if (members > 0) {
        memcpy(behind, from->members, members);
    }
    if (from->packed.len > 0) {
        memcpy(behind + members, from->packed.ptr, from->packed.len);
    }
    return to;
}

static dsr_status reserve(dsr_memory_stories *s, uint32_t number, dsr_error *error)
{
    if (number >= s->room) {
        size_t room = s->room == 0 ? 64 : s->room;
        while (room <= number) {
            room *= 2;
        }
        dsr_store_story **grown = realloc((void *)s->items, room * sizeof(dsr_store_story *));
        if (grown == NULL) {
            return dsr_fail_memory(error, DSR_STORE_STAGE);
        }
        memset((void *)(grown + s->room), 0, (room - s->room) * sizeof(dsr_store_story *));
        s->items = grown;
        s->room = room;
    }
    if (s->change_count == s->change_room) {
        size_t room = s->change_room == 0 ? 64 : 2 * s->change_room;
        struct dsr_story_change *grown = realloc(s->changes, room * sizeof *grown);
        if (grown == NULL) {
            return dsr_fail_memory(error, DSR_STORE_STAGE);
        }
        s->changes = grown;
        s->change_room = room;
    }
    return DSR_OK;
}

static dsr_status set(dsr_memory_stories *s, uint32_t number, const dsr_store_story *story, dsr_error *error)
{
    dsr_status status = reserve(s, number, error);
    dsr_store_story *kept = NULL;
    if (status == DSR_OK && story != NULL) {
        kept = copy(story);
        status = kept == NULL ? dsr_fail_memory(error, DSR_STORE_STAGE) : DSR_OK;
    }
    if (status == DSR_OK) {
        if (kept != NULL) {
            kept->number = number;
        }
        s->changes[s->change_count++] = (struct dsr_story_change){number, s->items[number]};
        s->items[number] = kept;
    }
    return status;
}

static const dsr_store_story *find(const dsr_memory_stories *s, dsr_id id)
{
    for (size_t i = 0; i < s->room; i++) {
        if (s->items[i] != NULL && dsr_id_compare(s->items[i]->id, id) == 0) {
            return s->items[i];
        }
    }
    return NULL;
}

dsr_status dsr_memory_stories_put(dsr_memory_stories *s, const dsr_store_story *story, dsr_error *error)
{
    bool known = story->number < s->room && s->items[story->number] != NULL &&
                 dsr_id_compare(s->items[story->number]->id, story->id) == 0;
    const dsr_store_story *there = known ? NULL : find(s, story->id);
    if (there != NULL && there->number != story->number) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, DSR_STORE_STAGE, "another story has this id");
    }
    return set(s, story->number, story, error);
}

dsr_status dsr_memory_stories_drop(dsr_memory_stories *s, uint32_t number, dsr_error *error)
{
    return number >= s->room || s->items[number] == NULL ? DSR_OK : set(s, number, NULL, error);
}

dsr_status dsr_memory_stories_replace(dsr_memory_stories *s, const dsr_store_story *given, size_t count,
                                      dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 1; status == DSR_OK && i < s->room; i++) {
        status = dsr_memory_stories_drop(s, i, error);
    }
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        status = set(s, (uint32_t)i + 1, &given[i], error);
    }
    return status;
}

dsr_status dsr_memory_stories_each(const dsr_memory_stories *s, dsr_store_story_sink sink)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < s->room && status == DSR_OK; i++) {
        if (s->items[i] != NULL) {
            status = sink.each(sink.context, s->items[i]);
        }
    }
    return status;
}

static dsr_status take(const dsr_store_story *from, dsr_arena *arena, dsr_store_story *out, dsr_error *error)
{
    dsr_id *members = dsr_arena_alloc_array(arena, from->member_count, sizeof *members);
    dsr_store_story story = *from;
    if (members == NULL || dsr_arena_copy(arena, from->packed, &story.packed) != DSR_OK) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    if (from->member_count > 0) {
        memcpy(members, from->members, from->member_count * sizeof *members);
    }
    story.members = members;
    *out = story;
    return DSR_OK;
}

dsr_status dsr_memory_stories_get(const dsr_memory_stories *s, dsr_id id, dsr_arena *arena,
                                  dsr_store_story *out, dsr_error *error)
{
    const dsr_store_story *story = find(s, id);
    return story == NULL ? dsr_store_fail_missing(error, DSR_STORE_STORIES, id)
                         : take(story, arena, out, error);
}

dsr_status dsr_memory_stories_get_numbered(const dsr_memory_stories *s, uint32_t number, dsr_arena *arena,
                                           dsr_store_story *out, dsr_error *error)
{
    const dsr_store_story *story = number < s->room ? s->items[number] : NULL;
    return story == NULL ? dsr_store_fail_number(error, number) : take(story, arena, out, error);
}

void dsr_memory_try_id(dsr_id id, dsr_store_range range, dsr_memory_hits *h)
{
    if (dsr_id_compare(id, range.low) < 0 || dsr_id_compare(id, range.high) > 0) {
        return;
    }
    if (h->count == 0 || dsr_id_compare(id, h->smallest) < 0) {
        h->smallest = id;
    }
    h->count++;
}

void dsr_memory_stories_try(const dsr_memory_stories *s, dsr_store_range range, dsr_memory_hits *h)
{
    for (size_t i = 0; i < s->room; i++) {
        if (s->items[i] != NULL) {
            dsr_memory_try_id(s->items[i]->id, range, h);
        }
    }
}
