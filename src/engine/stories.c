/* The stories of a store, read: walks in an order, one by its id, and why a report stands in one (why.c). */
#include "engine/internal.h"

#include "base/hash.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "engine";

/* --- walks --- */

typedef struct listed {
    uint32_t number, opened;
    size_t reports;
    uint32_t independent;
    int64_t latest;
} listed;

typedef struct listing {
    const dsr_story_choice *choice;
    dsr_arena *arena; /* for one record */
    listed *items;
    size_t count, room;
    dsr_error *error;
} listing;

static bool is_chosen(const dsr_story_choice *choice, const dsr_story_summary *s)
{
    return s->reports >= choice->min_reports &&
           (!choice->has_since || (s->has_published && s->last_published >= choice->since));
}

static dsr_status list_story(void *context, const dsr_store_story *stored)
{
    listing *l = context;
    dsr_record_story record;
    dsr_arena_reset(l->arena);
    dsr_status status = dsr_record_unpack_story(l->arena, stored, &record, l->error);
    if (status != DSR_OK || !is_chosen(l->choice, &record.summary)) {
        return status;
    }
    if (l->count == l->room) {
        size_t room = l->room ? 2 * l->room : 256;
        listed *grown = realloc(l->items, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(l->error, STAGE);
        }
        l->items = grown;
        l->room = room;
    }
    const dsr_story_summary *s = &record.summary;
    l->items[l->count++] = (listed){stored->number, s->opened, s->reports, s->independent,
                                    s->has_published ? s->last_published : INT64_MIN};
    return DSR_OK;
}

static int compare_opened(const listed *a, const listed *b)
{
    if (a->opened != b->opened) {
        return a->opened < b->opened ? -1 : 1;
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

static int compare_reports(const void *x, const void *y)
{
    const listed *a = x, *b = y;
    return a->reports != b->reports ? (a->reports > b->reports ? -1 : 1) : compare_opened(a, b);
}

static int compare_independent(const void *x, const void *y)
{
    const listed *a = x, *b = y;
    return a->independent != b->independent ? (a->independent > b->independent ? -1 : 1)
                                            : compare_reports(x, y);
}

static int compare_latest(const void *x, const void *y)
{
    const listed *a = x, *b = y;
    return a->latest != b->latest ? (a->latest > b->latest ? -1 : 1) : compare_opened(a, b);
}

static int (*compare_by(dsr_story_order order))(const void *, const void *)
{
    switch (order) {
    case DSR_ORDER_INDEPENDENT:
        return compare_independent;
    case DSR_ORDER_LATEST:
        return compare_latest;
    case DSR_ORDER_REPORTS:
        break;
    }
    return compare_reports;
}

static const dsr_story_choice ALL = {.order = DSR_ORDER_REPORTS};

/* What a walk hands its stories to: one of both. */
typedef struct story_walk {
    dsr_engine *engine;
    dsr_status (*summary)(void *context, const dsr_story_summary *summary);
    dsr_status (*story)(void *context, const dsr_story *story);
    void *context;
    dsr_error *error;
} story_walk;

static dsr_status hand_on(const story_walk *w, const dsr_store_story *stored, dsr_arena *arena)
{
    if (dsr_engine_is_cancelled(w->engine)) {
        return dsr_fail(w->error, DSR_ERR_CANCELLED, STAGE, "stopped as asked");
    }
    if (w->summary) {
        dsr_record_story record;
        dsr_status status = dsr_record_unpack_story(arena, stored, &record, w->error);
        return status == DSR_OK ? w->summary(w->context, &record.summary) : status;
    }
    dsr_story story;
    dsr_status status = dsr_assemble_story(w->engine, stored, arena, &story, w->error);
    return status == DSR_OK ? w->story(w->context, &story) : status;
}

static dsr_status walk_stories(const story_walk *w, const dsr_story_choice *choice)
{
    listing l = {.choice = choice, .arena = dsr_arena_new(0), .error = w->error};
    dsr_status status = l.arena ? dsr_store_each_story(w->engine->store, list_story, &l, w->error)
                                : dsr_fail_memory(w->error, STAGE);
    if (status == DSR_OK && l.count > 1) {
        qsort(l.items, l.count, sizeof *l.items, compare_by(choice->order));
    }
    for (size_t i = 0; status == DSR_OK && i < l.count; i++) {
        dsr_store_story stored;
        dsr_arena_reset(l.arena);
        status = dsr_store_get_numbered(w->engine->store, l.items[i].number, l.arena, &stored, w->error);
        if (status == DSR_OK) {
            status = hand_on(w, &stored, l.arena);
        }
    }
    dsr_arena_drop(l.arena);
    free(l.items);
    return status;
}

dsr_status dsr_engine_each_summary(dsr_engine *engine, const dsr_story_choice *choice,
                                   dsr_status (*each)(void *context, const dsr_story_summary *summary),
                                   void *context, dsr_error *error)
{
    story_walk w = {.engine = engine, .summary = each, .context = context, .error = error};
    return walk_stories(&w, choice ? choice : &ALL);
}

dsr_status dsr_engine_each_story(dsr_engine *engine,
                                 dsr_status (*each)(void *context, const dsr_story *story), void *context,
                                 dsr_error *error)
{
    story_walk w = {.engine = engine, .story = each, .context = context, .error = error};
    return walk_stories(&w, &ALL);
}

/* --- one by its id --- */

static dsr_status no_such(dsr_error *error, const char *what, dsr_slice id, size_t matches)
{
    dsr_status status = matches > 1
                            ? dsr_fail(error, DSR_ERR_ARGUMENT, STAGE,
                                       "%zu %s begin with this id; give more of it", matches, what)
                            : dsr_fail(error, DSR_ERR_NOT_FOUND, STAGE,
                                       "no %s has this id; `dossier stories` lists what is there", what);
    dsr_error_set_subject(error, id.ptr, id.len);
    return status;
}

dsr_status dsr_engine_find_report(dsr_engine *engine, dsr_slice id, dsr_id *out, dsr_error *error)
{
    size_t matches = 0;
    dsr_id found;
    dsr_status status = dsr_store_find_report(engine->store, id, &found, &matches, error);
    if (status != DSR_OK) {
        return status;
    }
    if (matches != 1) {
        return no_such(error, matches ? "reports" : "report", id, matches);
    }
    *out = found;
    return DSR_OK;
}

dsr_status dsr_engine_find_place(dsr_engine *engine, dsr_id report, uint32_t *sequence, dsr_record_place *out,
                                 dsr_error *error)
{
    uint64_t at = 0;
    bool current = false;
    dsr_status status = dsr_store_locate_report(engine->store, report, &at, &current, error);
    if (status == DSR_OK && at >= DSR_LIMIT_REPORTS) {
        status = DSR_ERR_NOT_FOUND;
    }
    if (status == DSR_OK) {
        *sequence = (uint32_t)at;
        status = dsr_desk_read_place(engine->store, *sequence, out, error);
    }
    return status == DSR_OK && out->story ? dsr_desk_resolve(engine->store, &out->story, error) : status;
}

/* An older version and the one that stands for its key today. */
static dsr_status pair_versions(dsr_engine *engine, dsr_id older, dsr_arena *arena, dsr_store_story *out,
                                dsr_error *error)
{
    dsr_store_report stored;
    dsr_id *pair = dsr_arena_alloc_array(arena, 2, sizeof *pair);
    dsr_status status = pair ? dsr_store_get_report(engine->store, older, arena, &stored, NULL, error)
                             : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        pair[0] = older;
        status = dsr_store_find_current(engine->store, stored.key, &pair[1], error);
    }
    if (status == DSR_OK) {
        *out = (dsr_store_story){.id = dsr_summary_id(older, 0), .members = pair, .member_count = 2};
    }
    return status;
}

static dsr_status story_of_report(dsr_engine *engine, dsr_id report, dsr_arena *arena, dsr_store_story *out,
                                  dsr_error *error)
{
    uint32_t sequence;
    dsr_record_place place;
    dsr_status status = dsr_engine_find_place(engine, report, &sequence, &place, error);
    if (status == DSR_OK && place.story) {
        return dsr_store_get_numbered(engine->store, place.story, arena, out, error);
    }
    return status == DSR_OK ? pair_versions(engine, report, arena, out, error) : status;
}

/* Among stories, then reports, then ids of stories that were merged. */
dsr_status dsr_engine_find_story(dsr_engine *engine, dsr_slice id, dsr_arena *arena, dsr_store_story *out,
                                 dsr_error *error)
{
    size_t stories = 0, reports = 0, merged = 0;
    dsr_id found;
    uint32_t number = 0;
    dsr_status status = dsr_store_find_story(engine->store, id, &found, &stories, error);
    if (status == DSR_OK && stories == 1) {
        return dsr_store_get_story(engine->store, found, arena, out, error);
    }
    if (status == DSR_OK && stories == 0) {
        status = dsr_store_find_report(engine->store, id, &found, &reports, error);
    }
    if (status == DSR_OK && reports == 1) {
        status = story_of_report(engine, found, arena, out, error);
        return status == DSR_ERR_NOT_FOUND ? no_such(error, "story", id, 0) : status;
    }
    if (status == DSR_OK && stories == 0 && reports == 0) {
        status = dsr_desk_find_story_id(engine->store, id, &number, &merged, error);
    }
    if (status == DSR_OK && merged == 1) {
        status = dsr_desk_resolve(engine->store, &number, error);
        return status == DSR_OK ? dsr_store_get_numbered(engine->store, number, arena, out, error) : status;
    }
    return status == DSR_OK ? no_such(error,
                                      stories > 1 || merged > 1 ? "stories"
                                      : reports > 1             ? "reports"
                                                                : "story",
                                      id, stories + reports + merged)
                            : status;
}

dsr_status dsr_engine_show(dsr_engine *engine, dsr_slice id, dsr_arena *arena, const dsr_story **out,
                           dsr_error *error)
{
    dsr_store_story stored;
    dsr_story *story = dsr_arena_alloc(arena, sizeof *story);
    if (!story) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = dsr_engine_find_story(engine, id, arena, &stored, error);
    if (status == DSR_OK) {
        status = dsr_assemble_story(engine, &stored, arena, story, error);
    }
    if (status == DSR_OK) {
        *out = story;
    }
    return status;
}
