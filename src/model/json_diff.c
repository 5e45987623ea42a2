/* "dossier.diff/1": what is new in a story since a time. */
#include "model/json_parts.h"

#include "model/diff.h"

typedef struct writer {
    dsr_json_out json;
    dsr_arena *arena;
    dsr_buffer *to;
    const dsr_story *story;
    dsr_code_points *points; /* by report, built when first asked for */
    bool *known;
} writer;

static void put_diff_place(writer *w, uint32_t report, dsr_span span)
{
    dsr_slice text = w->story->reports.items[report].report->text;
    if (!w->known[report]) {
        w->known[report] = note_failure(w->to, dsr_code_points_build(w->arena, text, &w->points[report]));
    }
    put_id(&w->json, "report", w->story->reports.items[report].report->id);
    if (w->known[report]) {
        put_span(&w->json, "start", "end", &w->points[report], span);
        put_slice(&w->json, "text", dsr_slice_part(text, span.start, span.end));
    }
}

static void write_statement(writer *w, uint32_t index, const dsr_diff_gain *gain)
{
    const dsr_statement *s = &w->story->statements.items[index];
    const dsr_carrier *shown = &s->carriers.items[s->shown].carrier;
    dsr_json_object(&w->json);
    put_id(&w->json, "id", s->id);
    put_word(&w->json, "kind", dsr_statement_kind_name(s->kind));
    put_diff_place(w, shown->report, shown->clause);
    put_number(&w->json, "reports", s->reports);
    put_number(&w->json, "independent", s->independent);
    if (gain != NULL) {
        put_number(&w->json, "reports_before", gain->reports_before);
        put_number(&w->json, "independent_before", gain->independent_before);
    }
    dsr_json_object_end(&w->json);
}

static void write_figure(writer *w, const dsr_story_diff *diff, uint32_t index)
{
    const dsr_story_figure *group = &w->story->figures.items[index];
    const dsr_figure_value *named = &group->values.items[group->thing_from];
    const dsr_report *namer = w->story->reports.items[named->carrier.report].report;
    dsr_span thing = namer->figures.items[named->figure].thing;
    dsr_json_object(&w->json);
    put_slice(&w->json, "thing", dsr_slice_part(namer->text, thing.start, thing.end));
    dsr_json_key(&w->json, "values");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < group->values.count; i++) {
        const dsr_figure_value *value = &group->values.items[i];
        const dsr_figure *figure =
            &w->story->reports.items[value->carrier.report].report->figures.items[value->figure];
        dsr_json_object(&w->json);
        put_diff_place(w, value->carrier.report, value->carrier.at);
        put_decimal(&w->json, "value", figure->has_value, figure->value);
        put_decimal(&w->json, "low", figure->has_low, figure->low);
        put_decimal(&w->json, "high", figure->has_high, figure->high);
        put_word(&w->json, "approx", dsr_approx_name(figure->approx));
        dsr_json_key(&w->json, "new");
        dsr_json_bool(&w->json, diff->is_new[value->carrier.report]);
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
    dsr_json_object_end(&w->json);
}

static void write_quote(writer *w, uint32_t index)
{
    const dsr_story_quote *quote = &w->story->quotes.items[index];
    dsr_json_object(&w->json);
    put_slice(&w->json, "speaker", quote->speaker_name);
    put_word(&w->json, "kind", dsr_quote_kind_name(quote->kind));
    put_diff_place(w, quote->variants.items[0].report, quote->variants.items[0].span);
    put_number(&w->json, "reports", quote->reports);
    dsr_json_object_end(&w->json);
}

static void write_disagreement(writer *w, const dsr_story_diff *diff, uint32_t index)
{
    const dsr_disagreement *one = &w->story->disagreements.items[index];
    dsr_json_object(&w->json);
    put_word(&w->json, "kind", dsr_disagreement_kind_name(one->kind));
    put_slice(&w->json, "what", one->what);
    dsr_json_key(&w->json, "compatible");
    dsr_json_bool(&w->json, one->compatible);
    put_word(&w->json, "why", one->why);
    dsr_json_key(&w->json, "sides");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < one->sides.count; i++) {
        const dsr_disagreement_side *side = &one->sides.items[i];
        dsr_json_object(&w->json);
        put_diff_place(w, side->carrier.report, side->carrier.at);
        put_slice(&w->json, "value", side->value);
        put_slice(&w->json, "party", side->party);
        dsr_json_key(&w->json, "new");
        dsr_json_bool(&w->json, diff->is_new[side->carrier.report]);
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
    dsr_json_object_end(&w->json);
}

static void write_reports(writer *w, const dsr_story_diff *diff)
{
    dsr_json_key(&w->json, "reports");
    dsr_json_array(&w->json);
    for (uint32_t i = 0; i < w->story->reports.count; i++) {
        const dsr_story_report *report = &w->story->reports.items[i];
        if (!diff->is_new[i]) {
            continue;
        }
        dsr_json_object(&w->json);
        put_id(&w->json, "id", report->report->id);
        put_slice(&w->json, "handle", report->handle);
        put_slice(&w->json, "path", report->report->source.path);
        put_slice(&w->json, "record", report->report->source.record);
        put_slice(&w->json, "outlet", report->report->meta.outlet);
        put_slice(&w->json, "headline", report->report->meta.headline);
        put_published(&w->json, &report->report->meta.published);
        dsr_json_key(&w->json, "share_copied");
        dsr_json_thousandths(&w->json, report->share_copied);
        dsr_json_object_end(&w->json);
    }
    dsr_json_array_end(&w->json);
}

static void write_lists(writer *w, const dsr_story_diff *diff)
{
    dsr_json_key(&w->json, "statements");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < diff->statements.count; i++) {
        write_statement(w, diff->statements.items[i], NULL);
    }
    dsr_json_array_end(&w->json);
    dsr_json_key(&w->json, "gained");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < diff->gained.count; i++) {
        write_statement(w, diff->gained.items[i].statement, &diff->gained.items[i]);
    }
    dsr_json_array_end(&w->json);
    dsr_json_key(&w->json, "figures");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < diff->figures.count; i++) {
        write_figure(w, diff, diff->figures.items[i]);
    }
    dsr_json_array_end(&w->json);
    dsr_json_key(&w->json, "quotes");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < diff->quotes.count; i++) {
        write_quote(w, diff->quotes.items[i]);
    }
    dsr_json_array_end(&w->json);
    dsr_json_key(&w->json, "disagreements");
    dsr_json_array(&w->json);
    for (size_t i = 0; i < diff->disagreements.count; i++) {
        write_disagreement(w, diff, diff->disagreements.items[i]);
    }
    dsr_json_array_end(&w->json);
}

void dsr_diff_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_story_diff *diff)
{
    writer w = {.arena = arena, .to = to, .story = diff->story};
    size_t count = diff->story->reports.count;
    w.points = dsr_arena_alloc_array(arena, count + 1, sizeof *w.points);
    w.known = dsr_arena_alloc_array(arena, count + 1, sizeof *w.known);
    if (w.points == NULL || w.known == NULL) {
        (void)note_failure(to, DSR_ERR_MEMORY);
        return;
    }
    dsr_json_open(&w.json, to);
    dsr_json_object(&w.json);
    put_word(&w.json, "schema", "dossier.diff/1");
    put_id(&w.json, "id", diff->story->id);
    put_slice(&w.json, "headline", diff->story->headline);
    put_slice(&w.json, "since", diff->since.iso);
    put_number(&w.json, "reports_before", count - diff->reports);
    write_reports(&w, diff);
    write_lists(&w, diff);
    dsr_json_object_end(&w.json);
}
