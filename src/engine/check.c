/* `check`: a draft is read as a report is, and held against the reports of the store that may tell of it.
 * Nothing is kept. */
#include "engine/check_find.h"

#include "annotate/times.h"
#include "model/pack.h"
#include "story/cast.h"
#include "story/check.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "check";

enum { COMPARED_MOST = 64 /* reports whose text is compared with the draft's, word by word */ };

/* ---- the reports ---- */

/* The draft comes last. */
static dsr_status open_reports(dsr_engine *engine, dsr_arena *arena, const dsr_candidates *found,
                               dsr_story *story, dsr_report ***out, dsr_error *error)
{
    dsr_report **list = dsr_arena_alloc_array(arena, found->count + 1, sizeof *list);
    if (!list || DSR_LIST_RESERVE(arena, &story->reports, found->count + 1) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < found->count; i++) {
        dsr_report *report = dsr_arena_alloc(arena, sizeof *report);
        status = report ? dsr_engine_load(engine, found->items[i].id, arena, report, error)
                        : dsr_fail_memory(error, STAGE);
        if (status == DSR_OK) {
            list[i] = report;
            story->reports.items[story->reports.count++] = (dsr_story_report){.report = report};
        }
    }
    *out = list;
    return status;
}

/* The reports that are at hand of one story date each other, and those of the story most of them stand in the
 * draft, too. */
static dsr_status date(dsr_arena *arena, const dsr_candidates *found, dsr_report *const *reports,
                       dsr_report *draft)
{
    size_t count = found->count, most = 0;
    dsr_report **list = dsr_arena_alloc_array(arena, count + 1, sizeof *list);
    dsr_report **best = dsr_arena_alloc_array(arena, count + 1, sizeof *best);
    dsr_status status = list && best ? DSR_OK : DSR_ERR_MEMORY;
    bool *done = status == DSR_OK ? dsr_arena_alloc_array(arena, count + 1, sizeof *done) : NULL;
    for (size_t i = 0; status == DSR_OK && done && i < count; i++) {
        size_t together = 0;
        for (size_t k = i; !done[i] && k < count; k++) {
            if (found->items[k].story == found->items[i].story && !done[k]) {
                list[together++] = reports[k];
                done[k] = k != i;
            }
        }
        done[i] = true;
        status = together > 1 ? dsr_dates_from_story(arena, list, together) : DSR_OK;
        if (together > most) {
            most = together;
            memcpy(best, list, together * sizeof *best);
        }
    }
    if (status == DSR_OK && !draft->meta.published.iso.len && most > 0) {
        best[most] = draft;
        status = dsr_dates_from_story(arena, best, most + 1);
    }
    return done ? status : DSR_ERR_MEMORY;
}

/* ---- copied text ---- */

static dsr_status add_copy(dsr_engine *engine, dsr_arena *arena, dsr_story *story, uint32_t at,
                           const dsr_compare_text *draft)
{
    dsr_compare_text *text = NULL;
    dsr_reuse reuse = {0};
    bool shares = false;
    dsr_status status = dsr_compare_prepare(arena, story->reports.items[at].report, &text);
    if (status == DSR_OK) {
        status = dsr_compare_pair(arena, engine->lexicon, text, draft, &shares, &reuse);
    }
    if (status != DSR_OK || !shares) {
        return status;
    }
    uint32_t last = (uint32_t)story->reports.count - 1;
    reuse.from = reuse.from == 0 ? at : last;
    reuse.to = reuse.to == 0 ? at : last;
    status = DSR_LIST_RESERVE(arena, &story->reuse, 1);
    if (status == DSR_OK) {
        story->reuse.items[story->reuse.count++] = reuse;
    }
    return status;
}

/* Pairs of the draft and a report that shares fingerprints with it. */
static dsr_status find_copies(dsr_engine *engine, dsr_arena *arena, dsr_story *story)
{
    uint32_t last = (uint32_t)story->reports.count - 1;
    dsr_compare_text *draft = NULL;
    dsr_copy_pair *pairs = NULL;
    size_t count = 0, compared = 0;
    dsr_copy_index *index = dsr_copy_index_new();
    dsr_status status = index ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i <= last; i++) {
        dsr_compare_text *text = NULL;
        dsr_fingerprints prints = {NULL, 0};
        status = dsr_compare_prepare(arena, story->reports.items[i].report, &text);
        if (status == DSR_OK) {
            status = dsr_fingerprints_take(text, &prints);
        }
        if (status == DSR_OK) {
            status = dsr_copy_index_add(index, i, &prints);
        }
        dsr_fingerprints_drop(&prints);
        draft = text;
    }
    if (status == DSR_OK) {
        status = dsr_copy_index_pairs(index, &pairs, &count);
    }
    for (size_t i = 0; status == DSR_OK && i < count && compared < COMPARED_MOST; i++) {
        if (pairs[i].second == last) {
            compared++;
            status = add_copy(engine, arena, story, pairs[i].first, draft);
        }
    }
    free(pairs);
    dsr_copy_index_drop(index);
    return status;
}

/* ---- all ---- */

/* Reports in which nothing is named make no cast, and need no tables. */
static dsr_status make_cast(dsr_engine *engine, dsr_arena *arena, dsr_story *story, dsr_error *error)
{
    bool named = false;
    for (size_t i = 0; i < story->reports.count && !named; i++) {
        named = story->reports.items[i].report->entities.count > 0;
    }
    if (!named) {
        return DSR_OK;
    }
    const dsr_entity_tables *tables = NULL;
    dsr_status status = dsr_engine_entities(engine, &tables, error);
    if (status == DSR_OK && dsr_cast_make(tables, arena, story) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    return status;
}

dsr_status dsr_engine_check(dsr_engine *engine, const dsr_report *draft, dsr_arena *arena, dsr_check *out,
                            dsr_error *error)
{
    dsr_candidates found = {NULL, 0, 0};
    dsr_story *story = dsr_arena_alloc(arena, sizeof *story);
    dsr_report *own = dsr_arena_alloc(arena, sizeof *own), **reports = NULL;
    if (!story || !own) {
        return dsr_fail_memory(error, STAGE);
    }
    *own = *draft;
    dsr_status status = dsr_check_find(engine, arena, draft, &found, error);
    if (status == DSR_OK) {
        status = open_reports(engine, arena, &found, story, &reports, error);
    }
    if (status != DSR_OK) {
        return status;
    }
    if (date(arena, &found, reports, own) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    story->reports.items[story->reports.count++] = (dsr_story_report){.report = own};
    if (dsr_assemble_handles(arena, story) != DSR_OK || find_copies(engine, arena, story) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    status = make_cast(engine, arena, story, error);
    if (status == DSR_OK && dsr_check_make(engine->lexicon, arena, story, out) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    return status;
}

/* ---- drafts ---- */

typedef struct keeping {
    dsr_arena *arena;
    dsr_drafts *out;
    dsr_outcome_sink sink;
    dsr_status status;
    dsr_error *error;
} keeping;

/* The report is lent: what is kept is made of its record. */
static void keep_draft(void *context, const dsr_outcome *outcome)
{
    keeping *k = context;
    k->sink.outcome(k->sink.context, outcome);
    if (outcome->kind == DSR_OUTCOME_SET_ASIDE || k->status != DSR_OK) {
        return;
    }
    dsr_buffer packed;
    dsr_slice bytes;
    dsr_report *report = dsr_arena_alloc(k->arena, sizeof *report);
    dsr_buffer_open(&packed, 0);
    dsr_report_pack(&packed, outcome->report);
    bool good = report && packed.status == DSR_OK && DSR_LIST_RESERVE(k->arena, k->out, 1) == DSR_OK &&
                dsr_arena_copy(k->arena, dsr_buffer_slice(&packed), &bytes) == DSR_OK &&
                dsr_report_unpack(k->arena, bytes, report, k->error) == DSR_OK &&
                dsr_times_resolve(k->arena, report) == DSR_OK;
    dsr_buffer_drop(&packed);
    if (good) {
        k->out->items[k->out->count++] = report;
    } else {
        k->status = dsr_fail_memory(k->error, STAGE);
    }
}

dsr_status dsr_engine_read_drafts(dsr_engine *engine, const dsr_inputs *inputs, dsr_arena *arena,
                                  dsr_drafts *out, dsr_outcome_sink each, dsr_error *error)
{
    keeping k = {arena, out, each, DSR_OK, error};
    dsr_intake_sum sum = {.taken = 0};
    engine->reads_drafts = true;
    dsr_status status = dsr_intake_run(engine, inputs, DSR_INTAKE_LOOK,
                                       (dsr_outcome_sink){&k, keep_draft, NULL}, &sum, error);
    engine->reads_drafts = false;
    return status == DSR_OK ? k.status : status;
}

dsr_status dsr_engine_read_claim(dsr_engine *engine, const char *text, const char *published,
                                 dsr_arena *arena, dsr_drafts *out, dsr_error *error)
{
    dsr_report *report = dsr_arena_alloc(arena, sizeof *report);
    if (!report || DSR_LIST_RESERVE(arena, out, 1) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    engine->reads_drafts = true;
    dsr_status status =
        dsr_intake_read_text(engine, arena, dsr_slice_of(text), dsr_slice_of(published), report, error);
    engine->reads_drafts = false;
    if (status == DSR_OK) {
        report->furniture.count = 0; /* all of a claim is told */
        out->items[out->count++] = report;
    }
    return status;
}
