/* Proof that a store is whole: what the store itself can know, and what only the engine can: that every
 * record is sound, that each current report stands in one story, and that placing can go on. */
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
    dsr_arena *arena;     /* for one record */
    struct placed *items; /* members of the stories */
    size_t count, room, stories;
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

/* A report and the story that it stands in. */
typedef struct placed {
    dsr_id report;
    uint32_t story;
} placed;

static int compare_placed(const void *x, const void *y)
{
    const placed *a = x, *b = y;
    return dsr_id_compare(a->report, b->report);
}

static dsr_status take_story(void *context, const dsr_store_story *story)
{
    checker *c = context;
    dsr_record_story record;
    dsr_error detail;
    dsr_error_clear(&detail);
    c->stories++;
    dsr_arena_reset(c->arena);
    dsr_status status = dsr_record_unpack_story(c->arena, story, &record, &detail);
    if (status == DSR_ERR_MEMORY) {
        return dsr_fail_memory(c->error, "verify");
    }
    if (status != DSR_OK) {
        tell_flaw(c, "story", story->id, detail.message);
    }
    for (size_t i = 0; i < story->member_count; i++) {
        if (c->count == c->room) {
            size_t room = c->room ? 2 * c->room : 256;
            placed *grown = realloc(c->items, room * sizeof *grown);
            if (!grown) {
                return dsr_fail_memory(c->error, "verify");
            }
            c->items = grown;
            c->room = room;
        }
        c->items[c->count++] = (placed){story->members[i], story->number};
    }
    return DSR_OK;
}

static dsr_status check_place(checker *c, dsr_id report, const placed **next)
{
    const placed *end = c->items + c->count;
    uint32_t sequence = 0;
    dsr_record_place place = {.story = 0};
    dsr_status status = dsr_engine_find_place(c->engine, report, &sequence, &place, c->error);
    if (status != DSR_OK && status != DSR_ERR_NOT_FOUND) {
        return status;
    }
    for (; *next < end && dsr_id_compare((*next)->report, report) < 0; ++*next) {
        tell_flaw(c, "report", (*next)->report, "a story counts it, but it is not among the current reports");
    }
    if (*next == end || dsr_id_compare((*next)->report, report) != 0) {
        tell_flaw(c, "report", report, "no story counts it");
        return DSR_OK;
    }
    if ((*next)->story != place.story || dsr_id_compare(place.report, report) != 0) {
        tell_flaw(c, "report", report, "another story counts it than the one it was put into");
    }
    for (++*next; *next < end && dsr_id_compare((*next)->report, report) == 0; ++*next) {
        tell_flaw(c, "report", report, "two stories count it");
    }
    return DSR_OK;
}

static int compare_ids(const void *x, const void *y)
{
    const dsr_id *a = x, *b = y;
    return dsr_id_compare(*a, *b);
}

static dsr_status check_stories(checker *c, dsr_id_list *reports)
{
    dsr_status status = dsr_store_each_story(c->engine->store, take_story, c, c->error);
    if (c->count) {
        qsort(c->items, c->count, sizeof *c->items, compare_placed);
    }
    if (reports->count) {
        qsort(reports->items, reports->count, sizeof *reports->items, compare_ids);
    }
    const placed *next = c->items;
    for (size_t i = 0; status == DSR_OK && i < reports->count; i++) {
        status = check_place(c, reports->items[i], &next);
    }
    for (; status == DSR_OK && next && next < c->items + c->count; next++) {
        tell_flaw(c, "report", next->report, "a story counts it, but it is not among the current reports");
    }
    return status;
}

/* That a desk can go on from what the store keeps for it. */
static dsr_status check_desk(checker *c)
{
    dsr_desk *desk = NULL;
    dsr_error detail;
    dsr_error_clear(&detail);
    dsr_status status = dsr_desk_open(c->engine->lexicon, c->engine->store, &desk, &detail);
    dsr_desk_close(desk);
    if (status == DSR_ERR_STORE || status == DSR_ERR_VERSION) {
        c->flaws++;
        c->flaw(c->context, detail.message);
        return DSR_OK;
    }
    if (status != DSR_OK && c->error) {
        *c->error = detail;
    }
    return status;
}

static void tell_correction(checker *c, const dsr_correction *correction, const char *why)
{
    char sentence[128];
    snprintf(sentence, sizeof sentence, "correction %u: %s", correction->number, why);
    c->flaws++;
    c->flaw(c->context, sentence);
}

/* A report that was moved stands where it was put, or nowhere because it was taken out. */
static dsr_status check_move(checker *c, const dsr_correction *move)
{
    dsr_store *store = c->engine->store;
    uint32_t sequence = 0, to = move->numbers[1];
    dsr_record_place place;
    dsr_id id;
    dsr_status status = dsr_desk_find_current(store, &move->reports.items[0], &id, &sequence, c->error);
    if (status == DSR_OK && sequence) {
        status = dsr_engine_find_place(c->engine, id, &sequence, &place, c->error);
        if (status == DSR_OK) {
            status = dsr_desk_resolve(store, &to, c->error);
        }
        if (status == DSR_OK && place.story != to) {
            tell_correction(c, move, "the report does not stand where it was put");
        }
    }
    return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
}

static dsr_status check_merge(checker *c, const dsr_correction *merge)
{
    uint32_t from = merge->numbers[0], into = merge->numbers[1];
    dsr_status status = dsr_desk_resolve(c->engine->store, &from, c->error);
    if (status == DSR_OK) {
        status = dsr_desk_resolve(c->engine->store, &into, c->error);
    }
    if (status == DSR_OK && from != into) {
        tell_correction(c, merge, "the stories are two");
    }
    return status;
}

/* That what stands of the corrections is so. */
static dsr_status check_corrections(checker *c)
{
    const dsr_corrections *all = &c->engine->corrections;
    dsr_status status = dsr_engine_know_corrections(c->engine, c->error);
    for (size_t i = 0; status == DSR_OK && i < all->move_count; i++) {
        if (i == 0 || dsr_id_compare(all->moves[i]->reports.items[0].source,
                                     all->moves[i - 1]->reports.items[0].source) != 0) {
            status = check_move(c, all->moves[i]);
        }
    }
    for (size_t i = 0; status == DSR_OK && i < all->count; i++) {
        if (!all->items[i].undone && all->items[i].kind == DSR_CORRECTION_MERGE) {
            status = check_merge(c, &all->items[i]);
        }
    }
    return status;
}

/* That what the store has learnt of the outlets is what its reports teach. */
static dsr_status check_learnt(checker *c)
{
    dsr_buffer fresh;
    dsr_slice stored = DSR_SLICE_NONE;
    dsr_buffer_open(&fresh, 0);
    dsr_arena *arena = dsr_arena_new(0);
    bool any = false;
    dsr_status status = arena ? dsr_lessons_learn_all(c->engine->store, &fresh, &any, c->error)
                              : dsr_fail_memory(c->error, "verify");
    if (status == DSR_OK && !any) {
        status = dsr_settle_learn_into(c->engine, &fresh, c->error);
    }
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
    checker c = {
        .engine = engine, .flaw = flaw, .context = context, .arena = dsr_arena_new(0), .error = error};
    dsr_id_list reports = {NULL, 0, 0};
    dsr_status status = c.arena ? dsr_store_verify(engine->store, flaw, context, &c.flaws, error)
                                : dsr_fail_memory(error, "verify");
    if (status == DSR_OK) {
        status = dsr_engine_list_reports(engine, &reports, error);
    }
    if (status == DSR_OK) {
        status = check_reports(&c, &reports);
    }
    /* Where records cannot be read no more can be told. */
    if (status == DSR_OK && c.flaws == 0) {
        status = check_stories(&c, &reports);
    }
    if (status == DSR_OK && c.flaws == 0) {
        status = check_desk(&c);
    }
    if (status == DSR_OK && c.flaws == 0) {
        status = check_corrections(&c);
    }
    if (status == DSR_OK && c.flaws == 0) {
        status = check_learnt(&c);
    }
    if (status == DSR_OK) {
        *out = (dsr_verify_result){.reports = reports.count, .stories = c.stories, .flaws = c.flaws};
    }
    dsr_arena_drop(c.arena);
    free(c.items);
    free(reports.items);
    return status;
}
