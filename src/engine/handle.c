/* The engine's handle, and what every part of the engine asks of it: its reports, whether to stop, whom to
 * tell. Knows no stage. */
#include "engine/internal.h"

#include "annotate/times.h"
#include "model/pack.h"

#include <stdlib.h>

static const char STAGE[] = "engine";

dsr_status dsr_engine_open(const dsr_engine_options *options, dsr_engine **out, dsr_error *error)
{
    dsr_engine *engine = calloc(1, sizeof *engine);
    if (!engine) {
        return dsr_fail_memory(error, STAGE);
    }
    engine->options = *options;
    engine->jobs = options->jobs ? options->jobs : dsr_processors();
    const char *data = options->data_folder ? options->data_folder : DSR_DATA_FOLDER;
    dsr_status status = dsr_lexicon_open(data, options->user_folder, &engine->lexicon, error);
    if (status == DSR_OK && options->annotate != DSR_ANNOTATE_NOTHING) {
        status = dsr_analyst_open(data, options->user_folder, options->annotate, &engine->analyst, error);
    }
    if (status == DSR_OK && options->store) {
        dsr_store_mode mode = options->read_only ? DSR_STORE_READ : DSR_STORE_WRITE;
        status = dsr_store_open_sqlite(options->store, mode, &engine->store, error);
    } else if (status == DSR_OK) {
        status = dsr_store_open_memory(options->scratch_folder, &engine->store, error);
    }
    if (status != DSR_OK) {
        dsr_engine_close(engine);
        return status;
    }
    *out = engine;
    return DSR_OK;
}

void dsr_engine_close(dsr_engine *engine)
{
    if (engine) {
        dsr_learnt_clear(&engine->learnt);
        dsr_inferred_dates_clear(&engine->dates);
        dsr_corrections_clear(&engine->corrections);
        dsr_desk_close(engine->desk);
        dsr_lessons_forget(&engine->lessons);
        dsr_store_close(engine->store);
        dsr_analyst_close(engine->analyst);
        dsr_entity_close(engine->entities);
        dsr_lexicon_close(engine->lexicon);
        free(engine);
    }
}

dsr_status dsr_engine_entities(dsr_engine *engine, const dsr_entity_tables **out, dsr_error *error)
{
    const dsr_entity_tables *tables =
        engine->analyst ? dsr_analyst_entities(engine->analyst) : engine->entities;
    dsr_status status = DSR_OK;
    if (!tables) {
        const char *data = engine->options.data_folder ? engine->options.data_folder : DSR_DATA_FOLDER;
        status = dsr_entity_open(data, engine->options.user_folder, &engine->entities, error);
        tables = engine->entities;
    }
    if (status == DSR_OK) {
        *out = tables;
    }
    return status;
}

bool dsr_engine_is_cancelled(const dsr_engine *engine)
{
    return engine->options.cancel && atomic_load(&engine->options.cancel->raised);
}

void dsr_engine_tell(const dsr_engine *engine, const char *stage, uint64_t done, uint64_t total)
{
    const dsr_progress *p = &engine->options.progress;
    if (p->report) {
        p->report(p->context, stage, done, total);
    }
}

typedef struct listing {
    dsr_id_list list;
    dsr_error *error;
} listing;

static dsr_status list_report(void *context, const dsr_store_report *report)
{
    listing *l = context;
    if (l->list.count == l->list.capacity) {
        size_t room = l->list.capacity ? 2 * l->list.capacity : 256;
        dsr_id *grown = realloc(l->list.items, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(l->error, STAGE);
        }
        l->list.items = grown;
        l->list.capacity = room;
    }
    l->list.items[l->list.count++] = report->id;
    return DSR_OK;
}

dsr_status dsr_engine_list_reports(dsr_engine *engine, dsr_id_list *out, dsr_error *error)
{
    listing l = {.error = error};
    dsr_status status = dsr_store_each_report(engine->store, 0, true, list_report, &l, error);
    if (status != DSR_OK) {
        free(l.list.items);
        return status;
    }
    *out = l.list;
    return DSR_OK;
}

dsr_status dsr_engine_know_learnt(dsr_engine *engine, dsr_error *error)
{
    if (engine->knows_learnt) {
        return DSR_OK;
    }
    dsr_slice packed = DSR_SLICE_NONE;
    dsr_learnt learnt = {NULL, 0};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status =
        arena ? dsr_store_get_learnt(engine->store, arena, &packed, error) : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        status = dsr_learnt_unpack(packed, &learnt, error);
    }
    dsr_arena_drop(arena);
    if (status == DSR_OK) {
        dsr_learnt_clear(&engine->learnt);
        engine->learnt = learnt;
        engine->knows_learnt = true;
    }
    return status;
}

dsr_status dsr_engine_know_corrections(dsr_engine *engine, dsr_error *error)
{
    if (engine->knows_corrections) {
        return DSR_OK;
    }
    dsr_status status = dsr_corrections_read(engine->store, &engine->corrections, error);
    engine->knows_corrections = status == DSR_OK;
    return status;
}

/* A story whose reports are looked at for those that state no date. */
typedef struct dating {
    dsr_engine *engine;
    dsr_arena *arena;
    dsr_inferred_dates dates;
    dsr_error *error;
} dating;

static dsr_status date_story(void *context, const dsr_store_story *stored)
{
    dating *d = context;
    if (stored->member_count < 2) {
        return DSR_OK;
    }
    dsr_report *reports = dsr_arena_alloc_array(d->arena, stored->member_count, sizeof *reports);
    dsr_report **list = dsr_arena_alloc_array(d->arena, stored->member_count, sizeof *list);
    dsr_status status = reports && list ? DSR_OK : dsr_fail_memory(d->error, STAGE);
    for (size_t i = 0; status == DSR_OK && i < stored->member_count; i++) {
        status = dsr_engine_load(d->engine, stored->members[i], d->arena, &reports[i], d->error);
        list[i] = &reports[i];
    }
    if (status == DSR_OK && dsr_dates_from_story(d->arena, list, stored->member_count) != DSR_OK) {
        status = dsr_fail_memory(d->error, STAGE);
    }
    for (size_t i = 0; status == DSR_OK && i < stored->member_count; i++) {
        if (dsr_inferred_dates_note(&d->dates, &reports[i]) != DSR_OK) {
            status = dsr_fail_memory(d->error, STAGE);
        }
    }
    dsr_arena_reset(d->arena);
    return status;
}

dsr_status dsr_engine_know_dates(dsr_engine *engine, dsr_error *error)
{
    if (engine->knows_dates) {
        return DSR_OK;
    }
    dsr_inferred_dates_clear(&engine->dates);
    dating d = {.engine = engine, .arena = dsr_arena_new(0), .error = error};
    dsr_status status =
        d.arena ? dsr_store_each_story(engine->store, date_story, &d, error) : dsr_fail_memory(error, STAGE);
    dsr_arena_drop(d.arena);
    if (status != DSR_OK) {
        dsr_inferred_dates_clear(&d.dates);
        return status;
    }
    dsr_inferred_dates_sort(&d.dates);
    engine->dates = d.dates;
    engine->knows_dates = true;
    return DSR_OK;
}

dsr_status dsr_engine_unpack(const dsr_engine *engine, dsr_arena *arena, const dsr_stored *stored,
                             dsr_report *out, dsr_error *error)
{
    dsr_report report;
    dsr_status status = dsr_report_unpack(arena, stored->packed, &report, error);
    if (status == DSR_ERR_STORE || status == DSR_ERR_VERSION) {
        char text[DSR_ID_TEXT];
        dsr_id_format(stored->id, text);
        dsr_error_set_subject(error, text, sizeof text - 1);
        if (error) {
            error->has_position = false; /* it would be one in the record, which nobody sees */
        }
    }
    if (status == DSR_OK && (dsr_learnt_apply(&engine->learnt, arena, &report) != DSR_OK ||
                             dsr_times_resolve(arena, &report) != DSR_OK ||
                             dsr_inferred_dates_apply(&engine->dates, arena, &report) != DSR_OK)) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        *out = report;
    }
    return status;
}

dsr_status dsr_engine_load(dsr_engine *engine, dsr_id id, dsr_arena *arena, dsr_report *out, dsr_error *error)
{
    dsr_store_report stored;
    dsr_slices paths = {NULL, 0, 0};
    dsr_status status = dsr_engine_know_learnt(engine, error);
    if (status == DSR_OK) {
        status = dsr_store_get_report(engine->store, id, arena, &stored, &paths, error);
    }
    if (status == DSR_OK) {
        status = dsr_engine_unpack(engine, arena, &(dsr_stored){id, stored.packed}, out, error);
    }
    if (status == DSR_OK && paths.count > 1) {
        /* The first is the path of the record itself. */
        out->source.more_paths.items = paths.items + 1;
        out->source.more_paths.count = out->source.more_paths.capacity = paths.count - 1;
    }
    return status;
}
