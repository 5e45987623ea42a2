/* "dossier.check/1": a draft held against reports. */
#include "model/json_parts.h"

#include "model/check.h"

const char *dsr_verdict_name(dsr_verdict verdict)
{
    static const char *const names[] = {"carried", "partly", "disputed", "contradicted", "unknown"};
    return verdict < DSR_VERDICTS ? names[verdict] : "unknown";
}

const char *dsr_check_kind_name(dsr_check_kind kind)
{
    static const char *const names[] = {"figure", "date", "denial", "quote", "speaker"};
    return kind < DSR_CHECK_KINDS ? names[kind] : "figure";
}

const char *dsr_detail_verdict_name(dsr_detail_verdict verdict)
{
    static const char *const names[] = {"same", "compatible", "differs", "untold"};
    return verdict < DSR_DETAIL_VERDICTS ? names[verdict] : "untold";
}

/* Positions of the reports that are cited, built when the first citation asks for them. */
typedef struct writer {
    dsr_json_out json;
    dsr_arena *arena;
    dsr_buffer *to;
    const dsr_check *check;
    dsr_code_points *points; /* by report */
    bool *known;
} writer;

static const dsr_code_points *points_of(writer *w, uint32_t report)
{
    if (!w->known[report]) {
        dsr_slice text = w->check->story->reports.items[report].report->text;
        w->known[report] = note_failure(w->to, dsr_code_points_build(w->arena, text, &w->points[report]));
    }
    return w->known[report] ? &w->points[report] : NULL;
}

static void put_check_place(writer *w, uint32_t report, dsr_span span)
{
    const dsr_code_points *points = points_of(w, report);
    if (points != NULL) {
        dsr_slice text = w->check->story->reports.items[report].report->text;
        put_span(&w->json, "start", "end", points, span);
        put_slice(&w->json, "text", dsr_slice_part(text, span.start, span.end));
    }
}

static void put_report(writer *w, const char *key, uint32_t report)
{
    if (report == DSR_NO_REPORT) {
        put_slice(&w->json, key, DSR_SLICE_NONE);
    } else {
        put_id(&w->json, key, w->check->story->reports.items[report].report->id);
    }
}

static void write_carriers(writer *w, const dsr_checked_sentence *s)
{
    dsr_json_key(&w->json, "carriers");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < s->carriers.count; i++) {
        const dsr_carrier *c = &s->carriers.items[i].carrier;
        dsr_json_object(&w->json);
        put_report(w, "report", c->report);
        put_check_place(w, c->report, c->sentence);
        put_number(&w->json, "voice", c->voice);
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
}

static void write_contradictions(writer *w, const dsr_checked_sentence *s)
{
    dsr_json_key(&w->json, "contradictions");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < s->contradictions.count; i++) {
        const dsr_contradiction *c = &s->contradictions.items[i];
        dsr_json_object(&w->json);
        put_word(&w->json, "kind", dsr_check_kind_name(c->kind));
        dsr_json_key(&w->json, "draft");
        dsr_json_object(&w->json);
        put_check_place(w, w->check->draft_at, c->draft);
        dsr_json_object_end(&w->json);
        put_report(w, "report", c->carrier.report);
        put_check_place(w, c->carrier.report, c->carrier.at);
        const dsr_code_points *points = points_of(w, c->carrier.report);
        if (points != NULL) {
            put_span(&w->json, "sentence_start", "sentence_end", points, c->carrier.sentence);
        }
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
}

static void write_details(writer *w, const dsr_checked_sentence *s)
{
    dsr_json_key(&w->json, "details");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < s->details.count; i++) {
        const dsr_check_detail *d = &s->details.items[i];
        dsr_json_object(&w->json);
        put_word(&w->json, "kind", dsr_check_kind_name(d->kind));
        put_word(&w->json, "verdict", dsr_detail_verdict_name(d->verdict));
        dsr_json_key(&w->json, "draft");
        dsr_json_object(&w->json);
        put_check_place(w, w->check->draft_at, d->draft);
        dsr_json_object_end(&w->json);
        put_report(w, "report", d->report);
        if (d->report != DSR_NO_REPORT) {
            put_check_place(w, d->report, d->at);
        }
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
}

static void write_sentence(writer *w, const dsr_checked_sentence *s)
{
    dsr_json_object(&w->json);
    put_check_place(w, w->check->draft_at, s->span);
    put_word(&w->json, "verdict", dsr_verdict_name(s->verdict));
    dsr_json_key(&w->json, "share");
    dsr_json_thousandths(&w->json, s->share);
    put_number(&w->json, "reports", s->reports);
    put_number(&w->json, "independent", s->independent);
    put_report(w, "first", s->first);
    write_carriers(w, s);
    write_contradictions(w, s);
    write_details(w, s);
    dsr_json_key(&w->json, "missing");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < s->missing.count; i++) {
        dsr_json_object(&w->json);
        put_check_place(w, w->check->draft_at, s->missing.items[i]);
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
    dsr_json_object_end(&w->json);
}

static bool is_cited(const dsr_check *check, uint32_t report)
{
    for (size_t i = 0; i < check->story->reuse.count; i++) {
        if (check->story->reuse.items[i].from == report || check->story->reuse.items[i].to == report) {
            return true;
        }
    }
    for (size_t i = 0; i < check->sentences.count; i++) {
        const dsr_checked_sentence *s = &check->sentences.items[i];
        for (size_t k = 0; k < s->carriers.count; k++) {
            if (s->carriers.items[k].carrier.report == report) {
                return true;
            }
        }
        for (size_t k = 0; k < s->contradictions.count; k++) {
            if (s->contradictions.items[k].carrier.report == report) {
                return true;
            }
        }
        for (size_t k = 0; k < s->details.count; k++) {
            if (s->details.items[k].report == report) {
                return true;
            }
        }
    }
    return false;
}

static void write_reports(writer *w)
{
    dsr_json_key(&w->json, "reports");
    dsr_json_array(&w->json);
    for (uint32_t i = 0; i < w->check->draft_at; i++) {
        const dsr_story_report *report = &w->check->story->reports.items[i];
        if (!is_cited(w->check, i)) {
            continue;
        }
        dsr_json_object(&w->json);
        put_report(w, "id", i);
        put_slice(&w->json, "handle", report->handle);
        put_slice(&w->json, "path", report->report->source.path);
        put_slice(&w->json, "record", report->report->source.record);
        put_slice(&w->json, "outlet", report->report->meta.outlet);
        put_published(&w->json, &report->report->meta.published);
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
}

/* Which text of the draft stands in a report, too. */
static void write_copied(writer *w)
{
    const dsr_story *story = w->check->story;
    dsr_json_key(&w->json, "copied");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < story->reuse.count; i++) {
        const dsr_reuse *r = &story->reuse.items[i];
        bool draft_first = r->from == w->check->draft_at;
        dsr_json_object(&w->json);
        put_report(w, "report", draft_first ? r->to : r->from);
        put_number(&w->json, "words", r->words);
        dsr_json_key(&w->json, "share_of_draft");
        dsr_json_thousandths(&w->json, draft_first ? dsr_reuse_share_of_from(r) : dsr_reuse_share_of_to(r));
        dsr_json_key(&w->json, "passages");
        dsr_json_array(&w->json);
        for (size_t p = 0; p < r->passages.count; p++) {
            const dsr_passage *passage = &r->passages.items[p];
            dsr_json_object(&w->json);
            put_check_place(w, w->check->draft_at, draft_first ? passage->from : passage->to);
            dsr_json_object_end(&w->json);
        }
        dsr_json_array_end(&w->json);
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
}

void dsr_check_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_check *check)
{
    writer w = {.arena = arena, .to = to, .check = check};
    size_t count = check->story->reports.count;
    w.points = dsr_arena_alloc_array(arena, count, sizeof *w.points);
    w.known = dsr_arena_alloc_array(arena, count, sizeof *w.known);
    if (w.points == NULL || w.known == NULL) {
        (void)note_failure(to, DSR_ERR_MEMORY);
        return;
    }
    dsr_json_open(&w.json, to);
    dsr_json_object(&w.json);
    put_word(&w.json, "schema", "dossier.check/1");
    put_slice(&w.json, "path", check->draft->source.path);
    put_slice(&w.json, "record", check->draft->source.record);
    put_published(&w.json, &check->draft->meta.published);
    dsr_json_key(&w.json, "counts");
    dsr_json_object(&w.json);
    for (unsigned i = 0; i < DSR_VERDICTS; i++) {
        put_number(&w.json, dsr_verdict_name((dsr_verdict)i), check->counts[i]);
    }
    dsr_json_object_end(&w.json);
    dsr_json_key(&w.json, "sentences");
    dsr_json_array(&w.json);
    for (size_t i = 0; i < check->sentences.count; i++) {
        write_sentence(&w, &check->sentences.items[i]);
    }
    dsr_json_array_end(&w.json);
    put_number(&w.json, "sentences_left", check->sentences_left);
    write_copied(&w);
    write_reports(&w);
    dsr_json_object_end(&w.json);
}
