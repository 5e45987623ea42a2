/* Settling: the stories of the current reports, put into the store. */
#include "engine/internal.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "settle";

typedef struct tie_list {
    dsr_story_tie *items;
    size_t count, capacity;
    dsr_error *error;
} tie_list;

static dsr_status note_tie(void *context, const dsr_aligned *aligned)
{
    tie_list *list = context;
    if (list->count == list->capacity) {
        size_t room = list->capacity ? 2 * list->capacity : 256;
        dsr_story_tie *grown = realloc(list->items, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(list->error, STAGE);
        }
        list->items = grown;
        list->capacity = room;
    }
    uint32_t from = dsr_reuse_share_of_from(aligned->reuse), to = dsr_reuse_share_of_to(aligned->reuse);
    bool straight = aligned->reuse->from == aligned->pair->first;
    list->items[list->count++] = (dsr_story_tie){aligned->pair->first, aligned->pair->second,
                                                 straight ? from : to, straight ? to : from};
    return DSR_OK;
}

static dsr_status group_surveyed(dsr_engine *engine, const dsr_id_list *reports, dsr_story_terms *terms,
                                 uint32_t *group, dsr_error *error)
{
    dsr_copy_pair *pairs = NULL;
    size_t count = 0;
    tie_list ties = {.error = error};
    dsr_status status = dsr_settle_find_pairs(engine, reports, terms, &pairs, &count, error);
    if (status == DSR_OK) {
        status =
            dsr_settle_align_pairs(engine, reports, (dsr_pair_list){pairs, count}, note_tie, &ties, error);
    }
    uint32_t background = dsr_lexicon_background_size(engine->lexicon, DSR_SLICE("en"));
    if (status == DSR_OK) {
        status = dsr_story_group(terms, reports->count, (dsr_story_ties){ties.items, ties.count}, background,
                                 engine->options.cancel, group);
        if (status == DSR_ERR_CANCELLED) {
            (void)dsr_fail(error, status, STAGE, "stopped as asked");
        } else if (status != DSR_OK) {
            status = dsr_fail_memory(error, STAGE);
        }
    }
    free(pairs);
    free(ties.items);
    return status;
}

dsr_status dsr_settle_group(dsr_engine *engine, const dsr_id_list *reports, uint32_t **out, dsr_error *error)
{
    dsr_story_terms *terms = calloc(reports->count + 1, sizeof *terms);
    uint32_t *group = calloc(reports->count + 1, sizeof *group);
    dsr_status status = DSR_OK;
    if (!terms || !group) {
        status = dsr_fail_memory(error, STAGE);
    } else {
        status = group_surveyed(engine, reports, terms, group, error);
    }
    for (size_t i = 0; terms && i < reports->count; i++) {
        dsr_story_terms_drop(&terms[i]);
    }
    free(terms);
    if (status != DSR_OK) {
        free(group);
        return status;
    }
    *out = group;
    return DSR_OK;
}

/* The stories in the making: members by story, then what the store is given. */
typedef struct edition {
    dsr_engine *engine;
    dsr_arena *arena;
    const dsr_id_list *reports;
    const uint32_t *group;
    size_t count;  /* stories */
    size_t *first; /* of each story in members; one more at the end */
    dsr_id *members;
    dsr_store_story *stories;
    dsr_error *error;
} edition;

/* Counting sort of the reports by story: members stay in the order of intake. */
static dsr_status sort_members(edition *e)
{
    for (size_t i = 0; i < e->reports->count; i++) {
        e->count = e->group[i] + (size_t)1 > e->count ? e->group[i] + (size_t)1 : e->count;
    }
    e->first = dsr_arena_alloc_array(e->arena, e->count + 2, sizeof *e->first);
    e->members = dsr_arena_alloc_array(e->arena, e->reports->count + 1, sizeof *e->members);
    e->stories = dsr_arena_alloc_array(e->arena, e->count + 1, sizeof *e->stories);
    size_t *next = dsr_arena_alloc_array(e->arena, e->count + 1, sizeof *next);
    if (!e->first || !e->members || !e->stories || !next) {
        return dsr_fail_memory(e->error, STAGE);
    }
    for (size_t i = 0; i < e->reports->count; i++) {
        e->first[e->group[i] + 1]++;
    }
    for (size_t s = 0; s < e->count; s++) {
        e->first[s + 1] += e->first[s];
        next[s] = e->first[s];
    }
    for (size_t i = 0; i < e->reports->count; i++) {
        e->members[next[e->group[i]]++] = e->reports->items[i];
    }
    return DSR_OK;
}

static dsr_status load_members(edition *e, size_t s, dsr_arena *arena, const dsr_report ***out)
{
    size_t count = e->first[s + 1] - e->first[s];
    const dsr_report **list = dsr_arena_alloc_array(arena, count, sizeof *list);
    dsr_report *reports = dsr_arena_alloc_array(arena, count, sizeof *reports);
    dsr_report **dating = dsr_arena_alloc_array(arena, count, sizeof *dating);
    if (!list || !reports || !dating) {
        return dsr_fail_memory(e->error, STAGE);
    }
    for (size_t i = 0; i < count; i++) {
        dsr_status status =
            dsr_engine_load(e->engine, e->members[e->first[s] + i], arena, &reports[i], e->error);
        if (status != DSR_OK) {
            return status;
        }
        list[i] = &reports[i];
        dating[i] = &reports[i];
    }
    if (dsr_dates_from_story(arena, dating, count) != DSR_OK) {
        return dsr_fail_memory(e->error, STAGE);
    }
    *out = list;
    return DSR_OK;
}

static dsr_status make_story(edition *e, size_t s, dsr_arena *arena, dsr_buffer *packed)
{
    size_t count = e->first[s + 1] - e->first[s];
    const dsr_report **reports = NULL;
    dsr_story_summary summary;
    dsr_status status = load_members(e, s, arena, &reports);
    if (status == DSR_OK && dsr_summary_make(arena, reports, count, &summary, NULL, NULL) != DSR_OK) {
        status = dsr_fail_memory(e->error, STAGE);
    }
    if (status != DSR_OK) {
        return status;
    }
    dsr_buffer_reset(packed);
    dsr_summary_pack(packed, &summary);
    dsr_slice kept;
    if (packed->status != DSR_OK || dsr_arena_copy(e->arena, dsr_buffer_slice(packed), &kept) != DSR_OK) {
        return dsr_fail_memory(e->error, STAGE);
    }
    e->stories[s] = (dsr_store_story){summary.id, e->members + e->first[s], count, kept, 0};
    return DSR_OK;
}

/* The largest first; of equals the one whose first report came first: members lie in the order of the
 * stories' first reports. */
static int compare_stories(const void *x, const void *y)
{
    const dsr_store_story *a = x, *b = y;
    if (a->member_count != b->member_count) {
        return a->member_count > b->member_count ? -1 : 1;
    }
    return a->members < b->members ? -1 : a->members > b->members;
}

static dsr_status publish(edition *e)
{
    dsr_status status = sort_members(e);
    dsr_arena *arena = dsr_arena_new(0);
    dsr_buffer packed;
    dsr_buffer_open(&packed, 0);
    if (status == DSR_OK && !arena) {
        status = dsr_fail_memory(e->error, STAGE);
    }
    for (size_t s = 0; status == DSR_OK && s < e->count; s++) {
        status = make_story(e, s, arena, &packed);
        dsr_arena_reset(arena);
    }
    dsr_buffer_drop(&packed);
    dsr_arena_drop(arena);
    if (status != DSR_OK) {
        return status;
    }
    if (e->count > 1) {
        qsort(e->stories, e->count, sizeof *e->stories, compare_stories);
    }
    return dsr_store_put_stories(e->engine->store, e->stories, e->count, e->error);
}

dsr_status dsr_settle_run(dsr_engine *engine, dsr_error *error)
{
    dsr_id_list reports = {NULL, 0, 0};
    uint32_t *group = NULL;
    dsr_status status = dsr_engine_list_reports(engine, &reports, error);
    if (status == DSR_OK) {
        status = dsr_settle_group(engine, &reports, &group, error);
    }
    if (status == DSR_OK) {
        edition e = {.engine = engine, .reports = &reports, .group = group, .error = error};
        e.arena = dsr_arena_new(0);
        status = e.arena ? publish(&e) : dsr_fail_memory(error, STAGE);
        dsr_arena_drop(e.arena);
    }
    free(group);
    free(reports.items);
    return status;
}
