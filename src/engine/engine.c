/* The calls that the windows use, each over the parts of the engine. */
#include "engine/internal.h"

#include "model/pack.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "engine";

dsr_status dsr_engine_read(dsr_engine *engine, const dsr_inputs *inputs, dsr_outcome_sink each,
                           dsr_error *error)
{
    dsr_intake_sum sum = {.taken = 0};
    return dsr_intake_run(engine, inputs, DSR_INTAKE_LOOK, each, &sum, error);
}

static void close_desk(dsr_engine *engine)
{
    dsr_desk_close(engine->desk);
    engine->desk = NULL;
}

/* A desk that knows the store as it is. */
static dsr_status fetch_desk(dsr_engine *engine, dsr_error *error)
{
    bool current = false;
    dsr_status status = DSR_OK;
    if (engine->desk) {
        status = dsr_desk_is_current(engine->desk, &current, error);
    }
    if (status == DSR_OK && !current) {
        close_desk(engine);
        status = dsr_desk_open(engine->lexicon, engine->store, &engine->desk, error);
    }
    return status;
}

dsr_status dsr_engine_begin(dsr_engine *engine, bool place, dsr_error *error)
{
    dsr_status status = dsr_store_begin(engine->store, error);
    if (status != DSR_OK) {
        return status;
    }
    engine->knows_dates = engine->knows_corrections = false;
    dsr_inferred_dates_clear(&engine->dates);
    status = place ? fetch_desk(engine, error) : DSR_OK;
    if (status != DSR_OK) {
        close_desk(engine);
        dsr_store_rollback(engine->store);
    }
    return status;
}

dsr_status dsr_engine_end(dsr_engine *engine, bool taught, dsr_status status, dsr_error *error)
{
    bool changed = false;
    if (status == DSR_OK && taught) {
        status = dsr_settle_learn(engine, error);
    } else if (status == DSR_OK) {
        status = dsr_lessons_settle(&engine->lessons, engine->store, &changed, error);
        engine->knows_learnt = engine->knows_learnt && !changed;
    }
    if (status == DSR_OK && engine->desk) {
        status = dsr_desk_save(engine->desk, error);
    }
    if (status == DSR_OK) {
        status = dsr_store_commit(engine->store, error);
    }
    if (status != DSR_OK) {
        dsr_store_rollback(engine->store);
        close_desk(engine);
        dsr_lessons_forget(&engine->lessons);
        engine->knows_corrections = false;
        engine->knows_learnt = false; /* what was learnt meanwhile went with it */
    }
    return status;
}

static dsr_status take_inputs(dsr_engine *engine, const dsr_inputs *inputs, bool place, dsr_outcome_sink each,
                              dsr_error *error)
{
    dsr_intake_sum sum = {.taken = 0};
    dsr_status status = dsr_engine_begin(engine, place, error);
    if (status != DSR_OK) {
        return status;
    }
    status = dsr_intake_run(engine, inputs, place ? DSR_INTAKE_PLACE : DSR_INTAKE_KEEP, each, &sum, error);
    status = dsr_engine_end(engine, sum.taught, status, error);
    if (status == DSR_OK && each.committed) {
        each.committed(each.context, sum.taken);
    }
    return status;
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

static dsr_status teach_again(dsr_engine *engine, dsr_arena *arena, const dsr_report *report,
                              dsr_error *error)
{
    uint64_t outlet = 0;
    dsr_buffer lesson;
    dsr_buffer_open(&lesson, 0);
    dsr_status status = dsr_lesson_make(engine->lexicon, arena, report, &outlet, &lesson) == DSR_OK
                            ? DSR_OK
                            : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK && outlet) {
        status = dsr_lessons_put(&engine->lessons, engine->store, report->id, outlet,
                                 dsr_buffer_slice(&lesson), error);
    }
    dsr_buffer_drop(&lesson);
    return status;
}

/* Puts the report that stands for its key again back into a story. */
static dsr_status place_again(dsr_engine *engine, dsr_id id, dsr_error *error)
{
    dsr_store_report stored;
    dsr_report report;
    dsr_clipping clipping;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena ? DSR_OK : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        status = dsr_store_get_report(engine->store, id, arena, &stored, NULL, error);
    }
    if (status == DSR_OK) {
        status = dsr_report_unpack(arena, stored.packed, &report, error);
    }
    if (status == DSR_OK) {
        status = dsr_clipping_make(engine->lexicon, arena, &report, NULL, &clipping) == DSR_OK
                     ? DSR_OK
                     : dsr_fail_memory(error, STAGE);
        if (status == DSR_OK) {
            status = dsr_desk_place(engine->desk, &clipping, (dsr_id){{0}}, error);
            dsr_clipping_drop(&clipping);
        }
    }
    if (status == DSR_OK) {
        status = teach_again(engine, arena, &report, error);
    }
    dsr_arena_drop(arena);
    return status;
}

static dsr_status remove_one(dsr_engine *engine, dsr_id id, dsr_error *error)
{
    dsr_store_report stored;
    uint64_t sequence = 0;
    bool current = false;
    dsr_id key = {{0}}, heir;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena ? dsr_store_get_report(engine->store, id, arena, &stored, NULL, error)
                              : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        key = stored.key;
        status = dsr_store_locate_report(engine->store, id, &sequence, &current, error);
    }
    if (status == DSR_OK) {
        status = dsr_lessons_drop(&engine->lessons, engine->store, id, error);
    }
    if (status == DSR_OK) {
        status = dsr_desk_remove(engine->desk, id, error);
    }
    if (status == DSR_OK) {
        status = dsr_store_remove_report(engine->store, id, error);
    }
    if (status == DSR_OK && current && !dsr_id_is_none(key)) {
        status = dsr_store_find_current(engine->store, key, &heir, error);
        status = status == DSR_OK              ? place_again(engine, heir, error)
                 : status == DSR_ERR_NOT_FOUND ? DSR_OK
                                               : status;
    }
    dsr_arena_drop(arena);
    return status;
}

dsr_status dsr_engine_remove(dsr_engine *engine, const dsr_id *ids, size_t count, dsr_error *error)
{
    dsr_status status = dsr_engine_begin(engine, true, error);
    if (status != DSR_OK) {
        return status;
    }
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        status = remove_one(engine, ids[i], error);
    }
    return dsr_engine_end(engine, false, status, error);
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
        status = dsr_settle_find_pairs(engine, &reports, &pairs, &count, error);
    }
    if (status == DSR_OK) {
        status =
            dsr_settle_align_pairs(engine, &reports, (dsr_pair_list){pairs, count}, hand_on, &sink, error);
    }
    free(pairs);
    free(reports.items);
    return status;
}
