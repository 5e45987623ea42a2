/* The public header's calls over the engine. */
#include "dossier.h"

#include "engine/engine.h"
#include "model/json.h"

#include <stdlib.h>

struct dossier {
    dsr_engine *engine; /* NULL where opening failed */
    dsr_error error;
};

const char *dossier_version(void)
{
    return DSR_VERSION;
}

static dossier_result result_of(dsr_status status)
{
    if (status == DSR_OK) {
        return DOSSIER_OK;
    }
    return status == DSR_ERR_ARGUMENT ? DOSSIER_WRONG_CALL : DOSSIER_FAILED;
}

dossier_result dossier_open(const char *store, const char *data, dossier **out)
{
    dossier *handle = calloc(1, sizeof *handle);
    *out = handle;
    if (!handle) {
        return DOSSIER_FAILED;
    }
    dsr_engine_options options = {.store = store, .data_folder = data, .annotate = DSR_ANNOTATE_ALL};
    return result_of(dsr_engine_open(&options, &handle->engine, &handle->error));
}

void dossier_close(dossier *handle)
{
    if (handle) {
        dsr_engine_close(handle->engine);
        free(handle);
    }
}

const char *dossier_message(const dossier *handle)
{
    return handle->error.message;
}

/* A walk on its way: one buffer for all lines, one arena for each. */
typedef struct walk {
    dossier *handle;
    dossier_line each; /* may be NULL */
    void *context;
    dsr_buffer line;
    dsr_arena *arena;
    bool ended; /* the callback wants no more */
    bool set_aside;
} walk;

static dsr_status hand_line(walk *w)
{
    dsr_status status = w->line.status;
    if (status == DSR_OK && w->each && !w->ended) {
        dsr_buffer_append_char(&w->line, '\0');
        w->ended = w->line.status != DSR_OK || w->each(w->context, w->line.data, w->line.len - 1) != 0;
    }
    dsr_buffer_reset(&w->line);
    dsr_arena_reset(w->arena);
    if (status == DSR_OK && w->ended) {
        status = dsr_fail(&w->handle->error, DSR_ERR_CANCELLED, "library", "the caller ended the walk");
    }
    return status;
}

static dsr_status hand_report(void *context, const dsr_report *report)
{
    walk *w = context;
    dsr_report_write_json(w->arena, &w->line, report, DSR_VIEW_EXTRACT);
    return hand_line(w);
}

static dsr_status hand_story(void *context, const dsr_story *story)
{
    walk *w = context;
    dsr_story_write_json(w->arena, &w->line, story);
    return hand_line(w);
}

static dsr_status hand_copy(void *context, const dsr_reuse *reuse, const dsr_report *from,
                            const dsr_report *to)
{
    walk *w = context;
    dsr_reuse_write_json(w->arena, &w->line, reuse, from, to);
    return hand_line(w);
}

static void hand_outcome(void *context, const dsr_outcome *outcome)
{
    walk *w = context;
    w->set_aside = w->set_aside || outcome->kind == DSR_OUTCOME_SET_ASIDE;
    dsr_outcome_write_json(&w->line, outcome);
    (void)!hand_line(w); /* what the caller refuses to hear is taken all the same */
}

static dsr_status open_walk(dossier *handle, dossier_line each, void *context, walk *w)
{
    *w = (walk){.handle = handle, .each = each, .context = context};
    dsr_error_clear(&handle->error);
    dsr_buffer_open(&w->line, 0);
    if (!handle->engine) {
        return dsr_fail(&handle->error, DSR_ERR_ARGUMENT, "library", "this handle was not opened");
    }
    w->arena = dsr_arena_new(0);
    return w->arena ? DSR_OK : dsr_fail_memory(&handle->error, "library");
}

static dossier_result close_walk(walk *w, dsr_status status)
{
    dsr_buffer_drop(&w->line);
    dsr_arena_drop(w->arena);
    if (status == DSR_ERR_MEMORY) {
        status = dsr_fail_memory(&w->handle->error, "library");
    }
    return status == DSR_OK && w->set_aside ? DOSSIER_SET_ASIDE : result_of(status);
}

dossier_result dossier_add(dossier *handle, const char *const *paths, size_t count, dossier_line outcome,
                           void *context)
{
    walk w;
    dsr_status status = open_walk(handle, outcome, context, &w);
    if (status == DSR_OK) {
        dsr_inputs inputs = {.paths = paths, .count = count, .standard_input = -1};
        status = dsr_engine_add(handle->engine, &inputs, (dsr_outcome_sink){&w, hand_outcome, NULL},
                                &handle->error);
    }
    return close_walk(&w, status);
}

dossier_result dossier_reports(dossier *handle, dossier_line each, void *context)
{
    walk w;
    dsr_status status = open_walk(handle, each, context, &w);
    if (status == DSR_OK) {
        status = dsr_engine_each_report(handle->engine, hand_report, &w, &handle->error);
    }
    return close_walk(&w, status);
}

dossier_result dossier_stories(dossier *handle, dossier_line each, void *context)
{
    walk w;
    dsr_status status = open_walk(handle, each, context, &w);
    if (status == DSR_OK) {
        status = dsr_engine_each_story(handle->engine, hand_story, &w, &handle->error);
    }
    return close_walk(&w, status);
}

dossier_result dossier_copies(dossier *handle, dossier_line each, void *context)
{
    walk w;
    dsr_status status = open_walk(handle, each, context, &w);
    if (status == DSR_OK) {
        status = dsr_engine_each_copy(handle->engine, hand_copy, &w, &handle->error);
    }
    return close_walk(&w, status);
}
