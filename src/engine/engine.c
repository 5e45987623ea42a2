/* The calls that the windows use, each over the parts of the engine. */
#include "engine/internal.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "engine";

dsr_status dsr_engine_read(dsr_engine *engine, const dsr_inputs *inputs, dsr_outcome_sink each,
                           dsr_error *error)
{
    bool changed = false;
    return dsr_intake_run(engine, inputs, false, each, &changed, error);
}

/* Ends a transaction as its work went. */
static dsr_status close_transaction(dsr_engine *engine, dsr_status status, dsr_error *error)
{
    if (status == DSR_OK) {
        status = dsr_store_commit(engine->store, error);
    }
    if (status != DSR_OK) {
        dsr_store_rollback(engine->store);
        engine->knows_learnt = false; /* what was learnt meanwhile went with it */
    }
    return status;
}

static dsr_status take_inputs(dsr_engine *engine, const dsr_inputs *inputs, bool settle,
                              dsr_outcome_sink each, dsr_error *error)
{
    dsr_status status = dsr_store_begin(engine->store, error);
    if (status != DSR_OK) {
        return status;
    }
    bool changed = false;
    engine->knows_dates = false;
    dsr_inferred_dates_clear(&engine->dates);
    status = dsr_intake_run(engine, inputs, true, each, &changed, error);
    if (status == DSR_OK && changed) {
        status = dsr_settle_learn(engine, error);
    }
    if (status == DSR_OK && settle && changed) {
        status = dsr_settle_run(engine, error);
    }
    return close_transaction(engine, status, error);
}

dsr_status dsr_engine_take(dsr_engine *engine, const dsr_inputs *inputs, dsr_outcome_sink each,
                           dsr_error *error)
{
    return take_inputs(engine, inputs, false, each, error);
}

dsr_status dsr_engine_add(dsr_engine *engine, const dsr_inputs *inputs, dsr_outcome_sink each,
                          dsr_error *error)
{
    return take_inputs(engine, inputs, true, each, error);
}

dsr_status dsr_engine_remove(dsr_engine *engine, const dsr_id *ids, size_t count, dsr_error *error)
{
    dsr_status status = dsr_store_begin(engine->store, error);
    if (status != DSR_OK) {
        return status;
    }
    engine->knows_dates = false;
    dsr_inferred_dates_clear(&engine->dates);
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        status = dsr_store_remove_report(engine->store, ids[i], error);
    }
    if (status == DSR_OK) {
        status = dsr_settle_learn(engine, error);
    }
    if (status == DSR_OK) {
        status = dsr_settle_run(engine, error);
    }
    return close_transaction(engine, status, error);
}

dsr_status dsr_engine_each_report(dsr_engine *engine,
                                  dsr_status (*each)(void *context, const dsr_report *report), void *context,
                                  dsr_error *error)
{
    dsr_id_list reports = {NULL, 0, 0};
    dsr_status status = dsr_engine_list_reports(engine, &reports, error);
    dsr_arena *arena = dsr_arena_new(0);
    if (status == DSR_OK && !arena) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        status = dsr_engine_know_dates(engine, error);
    }
    for (size_t i = 0; status == DSR_OK && i < reports.count; i++) {
        dsr_report report;
        status = dsr_engine_load(engine, reports.items[i], arena, &report, error);
        if (status == DSR_OK) {
            status = each(context, &report);
        }
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
    free(reports.items);
    return status;
}

/* Hands aligned pairs on in the shape that the callers know. */
typedef struct copy_sink {
    dsr_status (*each)(void *context, const dsr_reuse *reuse, const dsr_report *from, const dsr_report *to);
    void *context;
} copy_sink;

static dsr_status hand_on(void *context, const dsr_aligned *aligned)
{
    const copy_sink *sink = context;
    bool straight = aligned->reuse->from == aligned->pair->first;
    return sink->each(sink->context, aligned->reuse, straight ? aligned->first : aligned->second,
                      straight ? aligned->second : aligned->first);
}

dsr_status dsr_engine_each_copy(dsr_engine *engine,
                                dsr_status (*each)(void *context, const dsr_reuse *reuse,
                                                   const dsr_report *from, const dsr_report *to),
                                void *context, dsr_error *error)
{
    dsr_id_list reports = {NULL, 0, 0};
    dsr_copy_pair *pairs = NULL;
    size_t count = 0;
    copy_sink sink = {each, context};
    dsr_status status = dsr_engine_list_reports(engine, &reports, error);
    if (status == DSR_OK) {
        status = dsr_settle_find_pairs(engine, &reports, NULL, &pairs, &count, error);
    }
    if (status == DSR_OK) {
        status =
            dsr_settle_align_pairs(engine, &reports, (dsr_pair_list){pairs, count}, hand_on, &sink, error);
    }
    free(pairs);
    free(reports.items);
    return status;
}

/* Both walks over the stories: `summary` or `story` is asked for. */
typedef struct story_walk {
    dsr_engine *engine;
    dsr_arena *arena;
    dsr_status (*summary)(void *context, const dsr_story_summary *summary);
    dsr_status (*story)(void *context, const dsr_story *story);
    void *context;
    dsr_error *error;
} story_walk;

static dsr_status walk_story(void *context, const dsr_store_story *stored)
{
    story_walk *w = context;
    dsr_status status = DSR_OK;
    if (w->summary) {
        dsr_story_summary summary;
        status = dsr_summary_unpack(w->arena, stored, &summary, w->error);
        status = status == DSR_OK ? w->summary(w->context, &summary) : status;
    } else {
        dsr_story story;
        status = dsr_engine_is_cancelled(w->engine)
                     ? dsr_fail(w->error, DSR_ERR_CANCELLED, STAGE, "stopped as asked")
                     : dsr_assemble_story(w->engine, stored, w->arena, &story, w->error);
        status = status == DSR_OK ? w->story(w->context, &story) : status;
    }
    dsr_arena_reset(w->arena);
    return status;
}

static dsr_status walk_stories(story_walk *w)
{
    w->arena = dsr_arena_new(0);
    if (!w->arena) {
        return dsr_fail_memory(w->error, STAGE);
    }
    dsr_status status = dsr_store_each_story(w->engine->store, walk_story, w, w->error);
    dsr_arena_drop(w->arena);
    return status;
}

dsr_status dsr_engine_each_summary(dsr_engine *engine,
                                   dsr_status (*each)(void *context, const dsr_story_summary *summary),
                                   void *context, dsr_error *error)
{
    story_walk w = {.engine = engine, .summary = each, .context = context, .error = error};
    return walk_stories(&w);
}

dsr_status dsr_engine_each_story(dsr_engine *engine,
                                 dsr_status (*each)(void *context, const dsr_story *story), void *context,
                                 dsr_error *error)
{
    story_walk w = {.engine = engine, .story = each, .context = context, .error = error};
    return walk_stories(&w);
}

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

/* Looks for the story that a report belongs to. */
typedef struct member_search {
    dsr_id report, story;
    bool found;
} member_search;

static dsr_status search_member(void *context, const dsr_store_story *stored)
{
    member_search *s = context;
    for (size_t i = 0; !s->found && i < stored->member_count; i++) {
        if (dsr_id_compare(stored->members[i], s->report) == 0) {
            s->story = stored->id;
            s->found = true;
        }
    }
    return DSR_OK;
}

static dsr_status find_story(dsr_engine *engine, dsr_slice id, dsr_id *out, dsr_error *error)
{
    size_t stories = 0, reports = 0;
    member_search search = {.found = false};
    dsr_status status = dsr_store_find_story(engine->store, id, out, &stories, error);
    if (status == DSR_OK && stories == 0) {
        status = dsr_store_find_report(engine->store, id, &search.report, &reports, error);
    }
    if (status == DSR_OK && reports == 1) {
        status = dsr_store_each_story(engine->store, search_member, &search, error);
    }
    if (status != DSR_OK || stories == 1) {
        return status;
    }
    if (search.found) {
        *out = search.story;
        return DSR_OK;
    }
    return no_such(error, stories > 1 ? "stories" : reports > 1 ? "reports" : "story", id, stories + reports);
}

dsr_status dsr_engine_show(dsr_engine *engine, dsr_slice id, dsr_arena *arena, const dsr_story **out,
                           dsr_error *error)
{
    dsr_id found;
    dsr_store_story stored;
    dsr_story *story = dsr_arena_alloc(arena, sizeof *story);
    if (!story) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = find_story(engine, id, &found, error);
    if (status == DSR_OK) {
        status = dsr_store_get_story(engine->store, found, arena, &stored, error);
    }
    if (status == DSR_OK) {
        status = dsr_assemble_story(engine, &stored, arena, story, error);
    }
    if (status == DSR_OK) {
        *out = story;
    }
    return status;
}
