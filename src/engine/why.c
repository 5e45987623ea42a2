/* Why a report stands in its story: what the desk noted when it placed it, with the words put back. The desk
 * keeps hashes alone; the report itself has the words. */
#include "engine/internal.h"

#include "model/pack.h"
#include "story/stem.h"

#include <string.h>

static const char STAGE[] = "engine";

typedef struct explaining {
    dsr_engine *engine;
    dsr_arena *arena;
    dsr_error *error;
} explaining;

/* The story under a number as it is today: no id where there is none. */
static dsr_status describe_story(const explaining *x, uint32_t number, dsr_id *id, dsr_slice *headline,
                                 size_t *reports)
{
    dsr_store_story stored;
    dsr_record_story record;
    dsr_status status = dsr_desk_resolve(x->engine->store, &number, x->error);
    if (status == DSR_OK) {
        status = dsr_store_get_numbered(x->engine->store, number, x->arena, &stored, x->error);
    }
    if (status == DSR_ERR_NOT_FOUND) {
        return DSR_OK;
    }
    if (status == DSR_OK) {
        status = dsr_record_unpack_story(x->arena, &stored, &record, x->error);
    }
    if (status == DSR_OK) {
        *id = stored.id;
        *headline = record.summary.headline;
        *reports = record.summary.reports;
    }
    return status;
}

static dsr_status explain_score(const explaining *x, const dsr_stream_score *score, dsr_why_score *out)
{
    size_t reports;
    *out = (dsr_why_score){.score = score->score,
                           .words = score->words,
                           .title = score->title,
                           .lead = score->lead,
                           .names = score->names,
                           .dates = score->dates,
                           .tie = score->tie,
                           .headline = DSR_SLICE("")};
    return score->story ? describe_story(x, score->story, &out->story, &out->headline, &reports) : DSR_OK;
}

/* The first word of the text with that stem. */
static dsr_status find_word(dsr_stemmer *stemmer, dsr_slice text, uint32_t key, dsr_slice *out)
{
    dsr_slice word;
    while (!out->len && dsr_stem_next_word(&text, &word)) {
        char folded[DSR_STEM_WORD_BYTES];
        dsr_slice stem = {folded, dsr_stem_fold(word, folded)};
        if (!stem.len) {
            continue;
        }
        if (dsr_stem(stemmer, stem, &stem) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        if (dsr_stream_key(dsr_hash64(stem, 0)) == key) {
            *out = word;
        }
    }
    return DSR_OK;
}

static dsr_slice find_name(const dsr_report *report, uint32_t key)
{
    for (size_t i = 0; i < report->entities.count; i++) {
        const dsr_entity *e = &report->entities.items[i];
        if (dsr_stream_key(dsr_stream_hash_name(e->id)) == key) {
            return e->canonical;
        }
    }
    return DSR_SLICE("");
}

static dsr_status explain_shared(const explaining *x, const dsr_stream_decision *decision,
                                 const dsr_report *report, dsr_why *why)
{
    dsr_stemmer *stemmer = NULL;
    if (DSR_LIST_RESERVE(x->arena, &why->shared, decision->shared_count) != DSR_OK ||
        dsr_stemmer_open(report->meta.language, &stemmer) != DSR_OK) {
        return dsr_fail_memory(x->error, STAGE);
    }
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < decision->shared_count; i++) {
        const dsr_stream_shared *s = &decision->shared[i];
        dsr_why_shared one = {.text = DSR_SLICE(""), .is_name = s->is_name, .weight = s->weight};
        if (s->is_name) {
            one.text = find_name(report, s->key);
        } else {
            status = find_word(stemmer, report->meta.headline, s->key, &one.text);
            status = status == DSR_OK ? find_word(stemmer, report->text, s->key, &one.text) : status;
        }
        why->shared.items[why->shared.count++] = one;
    }
    dsr_stemmer_close(stemmer);
    return status == DSR_OK ? status : dsr_fail_memory(x->error, STAGE);
}

static dsr_status explain_copy(const explaining *x, const dsr_record_copy *copy, dsr_why *why)
{
    dsr_record_place place;
    dsr_store_report stored;
    dsr_report report;
    dsr_status status = dsr_desk_read_place(x->engine->store, copy->earlier, &place, x->error);
    if (status == DSR_OK) {
        status = dsr_store_get_report(x->engine->store, place.report, x->arena, &stored, NULL, x->error);
    }
    if (status == DSR_ERR_NOT_FOUND) {
        return DSR_OK; /* it was taken out since */
    }
    if (status == DSR_OK) {
        status = dsr_report_unpack(x->arena, stored.packed, &report, x->error);
    }
    dsr_slice headline = DSR_SLICE("");
    if (status == DSR_OK && (dsr_summary_headline(x->arena, &report, &headline) != DSR_OK ||
                             DSR_LIST_RESERVE(x->arena, &why->copies, 1) != DSR_OK)) {
        status = dsr_fail_memory(x->error, STAGE);
    }
    if (status == DSR_OK) {
        why->copies.items[why->copies.count++] = (dsr_why_copy){.report = place.report,
                                                                .headline = headline,
                                                                .outlet = report.meta.outlet,
                                                                .share_of_earlier = copy->share_of_earlier,
                                                                .share_of_this = copy->share_of_later,
                                                                .words = copy->words};
    }
    return status;
}

static dsr_status explain_copies(const explaining *x, uint32_t sequence, dsr_why *why)
{
    dsr_record_copies copies;
    dsr_status status = dsr_desk_read_copies(x->engine->store, sequence, x->arena, &copies, x->error);
    for (size_t i = 0; status == DSR_OK && i < copies.count; i++) {
        status = copies.items[i].wrong ? DSR_OK : explain_copy(x, &copies.items[i], why);
    }
    return status;
}

static dsr_status explain(const explaining *x, uint32_t sequence, const dsr_record_place *place, dsr_why *why)
{
    dsr_store_report stored;
    dsr_report *report = dsr_arena_alloc(x->arena, sizeof *report);
    const dsr_stream_decision *d = &place->decision;
    *why = (dsr_why){.report = place->report,
                     .story_headline = DSR_SLICE(""),
                     .opened = d->opened,
                     .copy = !d->voice,
                     .moved = place->moved,
                     .joins_from = DSR_STREAM_JOIN};
    dsr_status status =
        report ? dsr_store_get_report(x->engine->store, place->report, x->arena, &stored, NULL, x->error)
               : dsr_fail_memory(x->error, STAGE);
    if (status == DSR_OK) {
        status = dsr_report_unpack(x->arena, stored.packed, report, x->error);
    }
    if (status == DSR_OK) {
        const dsr_correction *move = dsr_corrections_find_move(
            &x->engine->corrections, dsr_correction_source(report->id, report->key));
        why->mended = move ? move->number : 0;
    }
    if (status == DSR_OK && dsr_summary_headline(x->arena, report, &why->headline) != DSR_OK) {
        status = dsr_fail_memory(x->error, STAGE);
    }
    if (status == DSR_OK && place->story) {
        status = describe_story(x, place->story, &why->story, &why->story_headline, &why->story_reports);
    }
    if (status == DSR_OK) {
        status = explain_score(x, &d->best, &why->best);
    }
    if (status == DSR_OK) {
        status = explain_score(x, &d->second, &why->second);
    }
    if (status == DSR_OK) {
        status = explain_shared(x, d, report, why);
    }
    return status == DSR_OK ? explain_copies(x, sequence, why) : status;
}

dsr_status dsr_engine_why(dsr_engine *engine, dsr_slice id, dsr_arena *arena, dsr_why *out, dsr_error *error)
{
    explaining x = {engine, arena, error};
    dsr_id report;
    uint32_t sequence = 0;
    dsr_record_place place;
    dsr_status status = dsr_engine_know_corrections(engine, error);
    if (status == DSR_OK) {
        status = dsr_engine_find_report(engine, id, &report, error);
    }
    if (status == DSR_OK) {
        status = dsr_engine_find_place(engine, report, &sequence, &place, error);
    }
    return status == DSR_OK ? explain(&x, sequence, &place, out) : status;
}
