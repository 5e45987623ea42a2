/* One report's way from bytes to record: read, language, clean, sentences, quotation marks, pack. Never looks
 * at another report. */
#include "engine/internal.h"

#include "annotate/figures.h"
#include "annotate/times.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "engine/seen.h"
#include "language/language.h"
#include "model/pack.h"
#include "read/read.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "intake";

enum { TRIES = 60 /* to begin the next batch, each as long as the store waits for another process */ };

typedef struct intake {
    dsr_engine *engine;
    dsr_reader *reader;
    dsr_read_options options;
    dsr_outcome_sink each;
    dsr_intake_aim aim;
    dsr_intake_sum sum;
    dsr_met_words **met; /* of each worker */
    dsr_status failed;   /* of next, which cannot return one */
    dsr_error *error;
} intake;

/* A report under way. */
typedef struct item {
    dsr_piece *piece;
    dsr_arena *arena;
    dsr_report report;
    dsr_buffer packed;
    dsr_clipping clipping; /* where it is to be placed */
    dsr_buffer lesson;     /* and what it teaches of */
    uint64_t outlet;
    dsr_seen_key key; /* where it is to be placed, unless a table says more of it */
    dsr_id known;     /* the report that it became before; then nothing is read out of it */
    dsr_buffer seen;  /* of the store: an id and a place in a container */
    dsr_status status;
    dsr_error error;
} item;

static void item_drop(item *it)
{
    if (it) {
        dsr_buffer_drop(&it->packed);
        dsr_clipping_drop(&it->clipping);
        dsr_buffer_drop(&it->lesson);
        dsr_buffer_drop(&it->seen);
        dsr_arena_drop(it->arena);
        dsr_piece_drop(it->piece);
        free(it);
    }
}

static bool keeps_seen(const intake *in, const item *it)
{
    return in->aim == DSR_INTAKE_PLACE && !in->options.meta && it->piece->status == DSR_OK;
}

/* False where the store cannot tell. */
static bool look_for_seen(intake *in, item *it)
{
    if (!keeps_seen(in, it)) {
        return true;
    }
    it->key = dsr_seen_key_make(it->piece, in->options.published, in->options.outlet);
    in->failed = dsr_seen_find(in->engine->store, &it->key, &it->known, &it->seen, in->error);
    return in->failed == DSR_OK;
}

static bool next_item(void *context, void **out)
{
    intake *in = context;
    if (dsr_engine_is_cancelled(in->engine)) {
        in->failed = DSR_ERR_CANCELLED;
        return false;
    }
    dsr_piece *piece = dsr_reader_next(in->reader, &in->failed);
    if (!piece) {
        return false;
    }
    item *it = calloc(1, sizeof *it);
    if (!it) {
        dsr_piece_drop(piece);
        in->failed = DSR_ERR_MEMORY;
        return false;
    }
    it->piece = piece;
    dsr_buffer_open(&it->packed, 0);
    dsr_buffer_open(&it->lesson, 0);
    dsr_buffer_open(&it->seen, 0);
    if (!look_for_seen(in, it)) {
        item_drop(it);
        return false;
    }
    *out = it;
    return true;
}

/* An outlet stated as an address, or not at all where the report's own address tells it, gets the name of the
 * table. */
static void name_outlet(const dsr_lexicon *lexicon, dsr_meta *meta, dsr_slice url)
{
    const dsr_outlet *known = NULL;
    if (meta->outlet.len) {
        known = dsr_lexicon_outlet_by_name(lexicon, meta->outlet);
        known = known ? known : dsr_lexicon_outlet_by_address(lexicon, meta->outlet);
    } else if (url.len) {
        known = dsr_lexicon_outlet_by_address(lexicon, url);
        meta->outlet_from = known ? DSR_FROM_METADATA : meta->outlet_from;
    }
    meta->outlet = known ? known->name : meta->outlet;
}

/* Whether the name of a person holds `span`: the walk over the names goes on from *name. */
static bool is_within_name(const dsr_report *report, dsr_span span, size_t *name)
{
    while (*name < report->names.count && report->names.items[*name].span.end <= span.start) {
        ++*name;
    }
    if (*name == report->names.count) {
        return false;
    }
    const dsr_name *n = &report->names.items[*name];
    return n->type == DSR_NAME_PER && n->span.start <= span.start && n->span.end >= span.end;
}

/* "April Jones" is no month, and of "Bill Seven" there are not seven. */
static void drop_within_names(dsr_report *report)
{
    size_t kept = 0;
    size_t name = 0;
    for (size_t i = 0; i < report->times.count; i++) {
        if (!is_within_name(report, report->times.items[i].span, &name)) {
            report->times.items[kept++] = report->times.items[i];
        }
    }
    report->times.count = kept;
    kept = name = 0;
    for (size_t i = 0; i < report->figures.count; i++) {
        if (!is_within_name(report, report->figures.items[i].span, &name)) {
            report->figures.items[kept++] = report->figures.items[i];
        }
    }
    report->figures.count = kept;
}

static dsr_status annotate(const dsr_engine *engine, dsr_arena *arena, dsr_report *report)
{
    const dsr_lexicon *lexicon = engine->lexicon;
    dsr_slice language = dsr_language_identify(lexicon, report->text);
    bool told = !dsr_slice_equal(language, DSR_SLICE("und"));
    if (!told && engine->reads_drafts) {
        language = DSR_SLICE("en");
        told = true;
    }
    if (told || !report->meta.language.len) {
        report->meta.language = language;
    }
    name_outlet(lexicon, &report->meta, report->source.url);
    dsr_status status = dsr_clean_report(arena, lexicon, report);
    if (status == DSR_OK) {
        status = dsr_language_find_sentences(arena, lexicon, report);
    }
    if (status == DSR_OK) {
        status = dsr_language_find_quotes(arena, lexicon, report);
    }
    if (status == DSR_OK) {
        status = dsr_times_find(arena, lexicon, report);
    }
    if (status == DSR_OK) {
        status = dsr_dates_from_words(arena, report);
    }
    if (status == DSR_OK) {
        status = dsr_times_resolve(arena, report);
    }
    if (status == DSR_OK) {
        status = dsr_figures_find(arena, lexicon, report);
    }
    if (status == DSR_OK && engine->analyst) {
        status = dsr_analyst_annotate(engine->analyst, lexicon, arena, report);
        drop_within_names(report);
    }
    if (status == DSR_OK && !dsr_slice_equal(report->meta.language, DSR_SLICE("en"))) {
        dsr_slice named = report->meta.language;
        status =
            dsr_slice_equal(named, DSR_SLICE("und"))
                ? dsr_report_warn(arena, report,
                                  "the language of this report could not be told: it is read, compared "
                                  "and grouped, not annotated")
                : dsr_report_warn(
                      arena, report,
                      "the language of this report is %.*s: it is read, compared and grouped, not annotated",
                      DSR_PRINT(named));
    }
    return status;
}

dsr_status dsr_intake_read_text(dsr_engine *engine, dsr_arena *arena, dsr_slice text, dsr_slice published,
                                dsr_report *out, dsr_error *error)
{
    dsr_read_options options = {.published = published, .lexicon = engine->lexicon};
    dsr_piece piece = {.path = DSR_SLICE("claim"), .format = "text", .size = text.len};
    piece.bytes = malloc(text.len + 1);
    if (!piece.bytes) {
        return dsr_fail_memory(error, STAGE);
    }
    memcpy(piece.bytes, text.ptr, text.len);
    dsr_status status = dsr_read_piece(arena, &piece, &options, out, error);
    free(piece.bytes);
    if (status == DSR_OK && annotate(engine, arena, out) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    const char *broken = NULL;
    if (status == DSR_OK && !dsr_report_is_sound(out, &broken)) {
        status = dsr_fail(error, DSR_ERR_INPUT, STAGE, "what was made of it breaks a promise (%s)", broken);
    }
    return status;
}

/* The record, and what placing needs. */
static void prepare(const intake *in, item *it, dsr_met_words *met)
{
    const dsr_lexicon *lexicon = in->engine->lexicon;
    dsr_report_pack(&it->packed, &it->report);
    if (it->packed.status != DSR_OK ||
        (in->aim == DSR_INTAKE_PLACE &&
         (dsr_clipping_make(lexicon, it->arena, &it->report, met, &it->clipping) != DSR_OK ||
          dsr_lesson_make(lexicon, it->arena, &it->report, &it->outlet, &it->lesson) != DSR_OK))) {
        it->status = dsr_fail_memory(&it->error, STAGE);
    }
}

/* Any thread. */
static void work_item(void *context, unsigned worker, void *thing)
{
    intake *in = context;
    item *it = thing;
    if (it->piece->status != DSR_OK) {
        it->status = it->piece->status;
        it->error = it->piece->error;
        return;
    }
    if (!dsr_id_is_none(it->known)) {
        return;
    }
    it->arena = dsr_arena_new(0);
    if (!it->arena) {
        it->status = dsr_fail_memory(&it->error, STAGE);
        return;
    }
    it->status = dsr_read_piece(it->arena, it->piece, &in->options, &it->report, &it->error);
    if (it->status == DSR_OK && annotate(in->engine, it->arena, &it->report) != DSR_OK) {
        it->status = dsr_fail_memory(&it->error, STAGE);
    }
    const char *broken = NULL;
    if (it->status == DSR_OK && !dsr_report_is_sound(&it->report, &broken)) {
        it->status = dsr_fail(
            &it->error, DSR_ERR_INPUT, STAGE,
            "what was made of it breaks a promise (%s): a fault of Dossier's; please report it", broken);
    }
    if (it->status == DSR_OK && in->aim != DSR_INTAKE_LOOK) {
        prepare(in, it, in->met[worker]);
    }
}

static dsr_status place_item(intake *in, const item *it, dsr_id previous)
{
    dsr_engine *engine = in->engine;
    dsr_status status = DSR_OK;
    if (!dsr_id_is_none(previous)) {
        status = dsr_lessons_drop(&engine->lessons, engine->store, previous, in->error);
    }
    if (status == DSR_OK && it->outlet) {
        status = dsr_lessons_put(&engine->lessons, engine->store, it->report.id, it->outlet,
                                 dsr_buffer_slice(&it->lesson), in->error);
    }
    return status == DSR_OK ? dsr_desk_place(engine->desk, &it->clipping, previous, in->error) : status;
}

static dsr_status put_item(intake *in, const item *it, dsr_outcome *outcome)
{
    dsr_store_report stored = {.id = it->report.id,
                               .key = it->report.key,
                               .path = it->report.source.path,
                               .packed = dsr_buffer_slice(&it->packed)};
    dsr_intake how = DSR_INTAKE_ADDED;
    dsr_status status = dsr_store_put_report(in->engine->store, &stored, &how, &outcome->previous, in->error);
    if (status != DSR_OK) {
        return status;
    }
    outcome->kind = how == DSR_INTAKE_ADDED           ? DSR_OUTCOME_ADDED
                    : how == DSR_INTAKE_ALREADY_THERE ? DSR_OUTCOME_ALREADY_THERE
                                                      : DSR_OUTCOME_NEW_VERSION;
    if (keeps_seen(in, it)) {
        status =
            dsr_seen_put(in->engine->store, &it->key, it->report.id, it->report.source.record, in->error);
    }
    if (status != DSR_OK || how == DSR_INTAKE_ALREADY_THERE) {
        return status;
    }
    in->sum.taken++;
    if (in->aim != DSR_INTAKE_PLACE) {
        in->sum.taught = in->sum.taught || it->report.blocks.count > 0;
        return DSR_OK;
    }
    return place_item(in, it, how == DSR_INTAKE_NEW_VERSION ? outcome->previous : (dsr_id){{0}});
}

/* Commits what is full. The outcomes of a batch are told while it is under way. */
static dsr_status turn_batch(intake *in)
{
    if (in->aim != DSR_INTAKE_PLACE || in->sum.taken - in->sum.kept < DSR_LIMIT_INTAKE_BATCH) {
        return DSR_OK;
    }
    dsr_status status = dsr_engine_end(in->engine, false, DSR_OK, in->error);
    if (status != DSR_OK) {
        return status;
    }
    in->sum.kept = in->sum.taken;
    if (in->each.committed) {
        in->each.committed(in->each.context, in->sum.kept);
    }
    /* Another process may have waited for this moment, and takes its time too. */
    status = DSR_ERR_BUSY;
    for (int i = 0; status == DSR_ERR_BUSY && i < TRIES && !dsr_engine_is_cancelled(in->engine); i++) {
        status = dsr_engine_begin(in->engine, true, in->error);
    }
    return status;
}

static void tell_progress(const intake *in)
{
    uint64_t done = 0, total = 0;
    dsr_reader_position(in->reader, &done, &total);
    dsr_engine_tell(in->engine, "reading", done, total);
}

static dsr_status commit_item(void *context, void *thing)
{
    intake *in = context;
    item *it = thing;
    dsr_outcome outcome = {
        .kind = DSR_OUTCOME_SET_ASIDE, .path = it->piece->path, .record = it->report.source.record};
    dsr_status status = DSR_OK;
    if (it->status == DSR_ERR_MEMORY) {
        /* Not the report's fault: the run cannot go on as if it were. */
        status = dsr_fail_memory(in->error, STAGE);
    } else if (it->status != DSR_OK) {
        outcome.error = &it->error;
    } else if (!dsr_id_is_none(it->known)) {
        outcome.kind = DSR_OUTCOME_ALREADY_THERE;
        outcome.id = it->known;
        outcome.record = dsr_seen_record(&it->seen);
    } else {
        outcome.kind = DSR_OUTCOME_ADDED;
        outcome.id = it->report.id;
        outcome.report = &it->report;
        status = in->aim == DSR_INTAKE_LOOK ? DSR_OK : put_item(in, it, &outcome);
    }
    char line[24];
    if (!outcome.record.len && it->piece->line) {
        int length = snprintf(line, sizeof line, "%" PRIu64, it->piece->line);
        outcome.record = (dsr_slice){line, length > 0 ? (size_t)length : 0};
    }
    if (status == DSR_OK && in->each.outcome) {
        in->each.outcome(in->each.context, &outcome);
    }
    if (status == DSR_OK) {
        status = turn_batch(in);
    }
    if (status == DSR_OK) {
        tell_progress(in);
        item_drop(it);
    }
    return status;
}

static void abandon_item(void *context, void *thing)
{
    (void)context;
    item_drop(thing);
}

static dsr_status run_pass(intake *in)
{
    dsr_pass pass = {
        .context = in, .next = next_item, .work = work_item, .commit = commit_item, .abandon = abandon_item};
    dsr_status status = dsr_pass_run(&pass, in->engine->jobs, 0);
    if (status == DSR_OK && in->failed == DSR_ERR_CANCELLED) {
        return dsr_fail(in->error, DSR_ERR_CANCELLED, STAGE,
                        "stopped as asked; %" PRIu64
                        " reports were taken before: the same call goes on behind them",
                        in->sum.kept);
    }
    if (status == DSR_ERR_MEMORY || (status == DSR_OK && in->failed == DSR_ERR_MEMORY)) {
        return dsr_fail_memory(in->error, STAGE);
    }
    return status == DSR_OK ? in->failed : status;
}

static void drop_met(intake *in)
{
    for (unsigned i = 0; in->met && i < in->engine->jobs; i++) {
        dsr_met_words_drop(in->met[i]);
    }
    free(in->met);
}

/* Without memory for it words are stemmed again and again. */
static dsr_status open_met(intake *in)
{
    in->met = calloc(in->engine->jobs, sizeof(dsr_met_words *));
    for (unsigned i = 0; in->met && in->aim == DSR_INTAKE_PLACE && i < in->engine->jobs; i++) {
        in->met[i] = dsr_met_words_new();
    }
    return in->met ? DSR_OK : dsr_fail_memory(in->error, STAGE);
}

dsr_status dsr_intake_run(dsr_engine *engine, const dsr_inputs *inputs, dsr_intake_aim aim,
                          dsr_outcome_sink each, dsr_intake_sum *sum, dsr_error *error)
{
    intake in = {.engine = engine, .each = each, .aim = aim, .error = error};
    in.options.published = dsr_slice_of(inputs->published);
    in.options.outlet = dsr_slice_of(inputs->outlet);
    in.options.lexicon = engine->lexicon;
    if (!dsr_utf8_is_valid(in.options.published, NULL) || !dsr_utf8_is_valid(in.options.outlet, NULL)) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE,
                        "the outlet or date given is not UTF-8; set the terminal to UTF-8");
    }
    dsr_meta_table *table = NULL;
    dsr_status status = inputs->meta ? dsr_meta_table_open(inputs->meta, &table, error) : DSR_OK;
    in.options.meta = table;
    if (status == DSR_OK) {
        status = dsr_reader_open(inputs->paths, inputs->count, inputs->standard_input, &in.reader, error);
    }
    if (status == DSR_OK) {
        status = open_met(&in);
    }
    if (status == DSR_OK) {
        status = run_pass(&in);
    }
    drop_met(&in);
    dsr_reader_close(in.reader);
    dsr_meta_table_close(table);
    *sum = in.sum;
    return status;
}
