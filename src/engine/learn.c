/* Learns from the set what no page shows by itself: one walk over the current reports that have a layout. */
#include "engine/internal.h"

#include "model/pack.h"

static const char STAGE[] = "settle";

typedef struct lesson {
    dsr_engine *engine;
    dsr_learning *learning;
    dsr_arena *arena;
    dsr_error *error;
} lesson;

static dsr_status learn_report(void *context, const dsr_store_report *stored)
{
    lesson *l = context;
    if (dsr_engine_is_cancelled(l->engine)) {
        return dsr_fail(l->error, DSR_ERR_CANCELLED, STAGE, "stopped as asked");
    }
    if (!dsr_report_packed_has_blocks(stored->packed)) {
        return DSR_OK;
    }
    dsr_report report;
    dsr_arena_reset(l->arena);
    dsr_status status = dsr_report_unpack(l->arena, stored->packed, &report, l->error);
    if (status == DSR_OK && dsr_learning_add(l->learning, l->arena, &report) != DSR_OK) {
        status = dsr_fail_memory(l->error, STAGE);
    }
    return status;
}

dsr_status dsr_settle_learn_into(dsr_engine *engine, dsr_buffer *to, dsr_error *error)
{
    lesson l = {.engine = engine,
                .learning = dsr_learning_new(engine->lexicon),
                .arena = dsr_arena_new(0),
                .error = error};
    dsr_status status = l.learning && l.arena ? DSR_OK : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        status = dsr_store_each_report(engine->store, 0, true, learn_report, &l, error);
    }
    if (status == DSR_OK) {
        dsr_learning_pack(l.learning, to);
        status = to->status == DSR_OK ? DSR_OK : dsr_fail_memory(error, STAGE);
    }
    dsr_arena_drop(l.arena);
    dsr_learning_drop(l.learning);
    return status;
}

dsr_status dsr_settle_learn(dsr_engine *engine, dsr_error *error)
{
    dsr_buffer packed;
    dsr_buffer_open(&packed, 0);
    dsr_status status = dsr_settle_learn_into(engine, &packed, error);
    if (status == DSR_OK) {
        status = dsr_store_put_learnt(engine->store, dsr_buffer_slice(&packed), error);
    }
    dsr_buffer_drop(&packed);
    engine->knows_learnt = false;
    return status;
}
