/* Proof that a store is whole: what the store itself can know, and what only the engine can: that every
 * record is sound, and that the stories are those which settling would give today. */
#include "engine/internal.h"

#include "model/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct checker {
    dsr_engine *engine;
    void (*flaw)(void *context, const char *sentence);
    void *context;
    uint64_t flaws;
    dsr_id_list stored; /* members of the stored stories, by story */
    size_t *ends;       /* end of each story in `stored` */
    size_t stories, room;
    dsr_error *error;
} checker;

static void tell_flaw(checker *c, const char *what, dsr_id id, const char *why)
{
    char text[DSR_ID_TEXT], sentence[DSR_ERROR_MESSAGE + 128];
    dsr_id_format(id, text);
    snprintf(sentence, sizeof sentence, "%s %s: %s", what, text, why);
    c->flaws++;
    c->flaw(c->context, sentence);
}

static dsr_status check_reports(checker *c, const dsr_id_list *reports)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena ? DSR_OK : dsr_fail_memory(c->error, "verify");
    for (size_t i = 0; status == DSR_OK && i < reports->count; i++) {
        dsr_report report;
        dsr_error detail;
        dsr_error_clear(&detail);
        const char *why = NULL;
        dsr_status loaded = dsr_engine_load(c->engine, reports->items[i], arena, &report, &detail);
        if (loaded == DSR_ERR_MEMORY) {
            status = dsr_fail_memory(c->error, "verify");
        } else if (loaded != DSR_OK) {
            tell_flaw(c, "report", reports->items[i], detail.message);
        } else if (dsr_id_compare(report.id, reports->items[i]) != 0) {
            tell_flaw(c, "report", reports->items[i], "its record carries another id");
        } else if (!dsr_report_is_sound(&report, &why)) {
            tell_flaw(c, "report", reports->items[i], why);
        }
        dsr_engine_tell(c->engine, "checking", i + 1, reports->count);
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
    return status;
}

static dsr_status push_id(checker *c, dsr_id id)
{
    dsr_id_list *l = &c->stored;
    if (l->count == l->capacity) {
        size_t room = l->capacity ? 2 * l->capacity : 256;
        dsr_id *grown = realloc(l->items, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(c->error, "verify");
        }
        l->items = grown;
        l->capacity = room;
    }
    l->items[l->count++] = id;
    return DSR_OK;
}

static dsr_status take_story(void *context, const dsr_store_story *story)
{
    checker *c = context;
    for (size_t i = 0; i < story->member_count; i++) {
        dsr_status status = push_id(c, story->members[i]);
        if (status != DSR_OK) {
            return status;
        }
    }
    if (c->stories == c->room) {
        size_t room = c->room ? 2 * c->room : 64;
        size_t *grown = realloc(c->ends, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(c->error, "verify");
        }
        c->ends = grown;
        c->room = room;
    }
    c->ends[c->stories++] = c->stored.count;
    return DSR_OK;
}

/* A report and the story that it stands in, by one account or the other. */
typedef struct placed {
    dsr_id report;
    dsr_id opener; /* the first report of its story */
} placed;

static int compare_placed(const void *x, const void *y)
{
    const placed *a = x, *b = y;
    return dsr_id_compare(a->report, b->report);
}

static placed *place_stored(const checker *c)
{
    placed *list = calloc(c->stored.count + 1, sizeof *list);
    size_t at = 0;
    for (size_t s = 0; list && s < c->stories; s++) {
        dsr_id opener = at < c->ends[s] ? c->stored.items[at] : (dsr_id){{0}};
        for (; at < c->ends[s]; at++) {
            list[at] = (placed){c->stored.items[at], opener};
        }
    }
    return list;
}

static placed *place_fresh(const dsr_id_list *reports, const uint32_t *group)
{
    placed *list = calloc(reports->count + 1, sizeof *list);
    dsr_id *openers = calloc(reports->count + 1, sizeof *openers);
    for (size_t i = 0; list && openers && i < reports->count; i++) {
        dsr_id *opener = &openers[group[i]];
        *opener = dsr_id_is_none(*opener) ? reports->items[i] : *opener;
        list[i] = (placed){reports->items[i], *opener};
    }
    if (!openers) {
        free(list);
        list = NULL;
    }
    free(openers);
    return list;
}

static void compare_places(checker *c, placed *stored, placed *fresh, size_t fresh_count)
{
    qsort(stored, c->stored.count, sizeof *stored, compare_placed);
    qsort(fresh, fresh_count, sizeof *fresh, compare_placed);
    size_t i = 0, k = 0;
    while (i < c->stored.count || k < fresh_count) {
        int order = i == c->stored.count ? 1 : k == fresh_count ? -1 : compare_placed(&stored[i], &fresh[k]);
        if (order < 0) {
            tell_flaw(c, "report", stored[i++].report,
                      "a story counts it, but it is not among the current reports");
        } else if (order > 0) {
            tell_flaw(c, "report", fresh[k++].report, "no story counts it");
        } else {
            if (dsr_id_compare(stored[i].opener, fresh[k].opener) != 0) {
                tell_flaw(c, "report", fresh[k].report, "settling anew would put it into another story");
            }
            i++, k++;
        }
    }
}

static dsr_status check_stories(checker *c, const dsr_id_list *reports)
{
    uint32_t *group = NULL;
    dsr_status status = dsr_store_each_story(c->engine->store, take_story, c, c->error);
    if (status == DSR_OK) {
        status = dsr_settle_group(c->engine, reports, &group, c->error);
    }
    if (status != DSR_OK) {
        return status;
    }
    placed *stored = place_stored(c);
    placed *fresh = place_fresh(reports, group);
    if (stored && fresh) {
        compare_places(c, stored, fresh, reports->count);
    } else {
        status = dsr_fail_memory(c->error, "verify");
    }
    free(stored);
    free(fresh);
    free(group);
    return status;
}

/* That what the store has learnt of the outlets is what its reports teach. */
static dsr_status check_learnt(checker *c)
{
    dsr_buffer fresh;
    dsr_slice stored = DSR_SLICE_NONE;
    dsr_buffer_open(&fresh, 0);
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status =
        arena ? dsr_settle_learn_into(c->engine, &fresh, c->error) : dsr_fail_memory(c->error, "verify");
    if (status == DSR_OK) {
        status = dsr_store_get_learnt(c->engine->store, arena, &stored, c->error);
    }
    if (status == DSR_OK && !dsr_slice_equal(stored, dsr_buffer_slice(&fresh))) {
        c->flaws++;
        c->flaw(
            c->context,
            "what the store has learnt of its outlets is not what its reports teach; remove or add a report "
            "to learn it anew");
    }
    dsr_arena_drop(arena);
    dsr_buffer_drop(&fresh);
    return status;
}

dsr_status dsr_engine_verify(dsr_engine *engine, void (*flaw)(void *context, const char *sentence),
                             void *context, dsr_verify_result *out, dsr_error *error)
{
    checker c = {.engine = engine, .flaw = flaw, .context = context, .error = error};
    dsr_id_list reports = {NULL, 0, 0};
    dsr_status status = dsr_store_verify(engine->store, flaw, context, &c.flaws, error);
    if (status == DSR_OK) {
        status = dsr_engine_list_reports(engine, &reports, error);
    }
    if (status == DSR_OK) {
        status = check_reports(&c, &reports);
    }
    /* Records that cannot be read cannot be settled. */
    if (status == DSR_OK && c.flaws == 0) {
        status = check_stories(&c, &reports);
    }
    if (status == DSR_OK && c.flaws == 0) {
        status = check_learnt(&c);
    }
    if (status == DSR_OK) {
        *out = (dsr_verify_result){.reports = reports.count, .stories = c.stories, .flaws = c.flaws};
    }
    free(c.stored.items);
    free(c.ends);
    free(reports.items);
    return status;
}
