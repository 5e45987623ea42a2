/* "dossier.report/1": one report as the contract names it. The keys stand here in the contract's order;
 * fields of our own follow those of the contract. Must not know who asks. */
#include "model/json_parts.h"

static void write_source(dsr_json_out *json, const dsr_source *source)
{
    char sha256[2 * sizeof source->sha256.bytes + 1];
    dsr_hex(source->sha256.bytes, sizeof source->sha256.bytes, sha256);
    dsr_json_key(json, "source");
    dsr_json_object(json);
    put_slice(json, "path", source->path);
    put_slice(json, "record", source->record);
    put_slice(json, "url", source->url);
    put_slice(json, "format", source->format);
    put_word(json, "sha256", sha256);
    put_slice(json, "encoding", source->encoding);
    put_slices(json, "more_paths", &source->more_paths);
    dsr_json_object_end(json);
}

/* Where the source states each fact; only those that it states. */
static void write_sources(dsr_json_out *json, const dsr_meta *meta)
{
    const struct {
        const char *key;
        dsr_slice why;
    } facts[] = {{"headline", meta->headline_why}, {"outlet", meta->outlet_why},
                 {"authors", meta->authors_why},   {"section", meta->section_why},
                 {"modified", meta->modified_why}, {"canonical", meta->canonical_why}};
    dsr_json_key(json, "sources");
    dsr_json_object(json);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i].why.len > 0) {
            put_slice(json, facts[i].key, facts[i].why);
        }
    }
    dsr_json_object_end(json);
}

static void write_meta(dsr_json_out *json, const dsr_meta *meta)
{
    dsr_json_key(json, "meta");
    dsr_json_object(json);
    put_slice(json, "headline", meta->headline);
    put_slice(json, "outlet", meta->outlet);
    put_slices(json, "agencies", &meta->agencies);
    put_slices(json, "authors", &meta->authors);
    put_slice(json, "dateline", meta->dateline);
    put_published(json, &meta->published);
    put_word(json, "published_from", dsr_origin_name(meta->published_from));
    put_slice(json, "published_why", meta->published_why);
    put_slice(json, "language", meta->language);
    put_word(json, "headline_from", dsr_origin_name(meta->headline_from));
    put_word(json, "outlet_from", dsr_origin_name(meta->outlet_from));
    put_word(json, "agencies_from", dsr_origin_name(meta->agencies_from));
    put_slice(json, "section", meta->section);
    put_slice(json, "modified", meta->modified.iso);
    put_slice(json, "canonical", meta->canonical);
    write_sources(json, meta);
    dsr_json_object_end(json);
}

static void write_blocks(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points)
{
    dsr_json_key(json, "blocks");
    dsr_json_array(json);
    for (size_t i = 0; i < report->blocks.count; i++) {
        const dsr_block *block = &report->blocks.items[i];
        dsr_json_object(json);
        put_span(json, "start", "end", points, block->span);
        put_word(json, "kind", dsr_block_kind_name(block->kind));
        put_number(json, "level", block->level);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

/* What was left out of a page: only the call that reads it knows. */
static void write_left(dsr_json_out *json, const dsr_report *report)
{
    dsr_json_key(json, "left");
    dsr_json_array(json);
    for (size_t i = 0; i < report->left.count; i++) {
        const dsr_left_part *part = &report->left.items[i];
        dsr_json_object(json);
        put_number(json, "source_start", part->source.start);
        put_number(json, "source_end", part->source.end);
        put_number(json, "words", part->words);
        put_slice(json, "why", part->why);
        put_slice(json, "starts", part->start);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_furniture(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points)
{
    dsr_json_key(json, "furniture");
    dsr_json_array(json);
    for (size_t i = 0; i < report->furniture.count; i++) {
        const dsr_furniture *furniture = &report->furniture.items[i];
        dsr_json_object(json);
        put_span(json, "start", "end", points, furniture->span);
        put_word(json, "kind", dsr_furniture_kind_name(furniture->kind));
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_credits(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points)
{
    dsr_json_key(json, "credits");
    dsr_json_array(json);
    for (size_t i = 0; i < report->credits.count; i++) {
        const dsr_credit *credit = &report->credits.items[i];
        dsr_json_object(json);
        put_span(json, "start", "end", points, credit->span);
        put_slice(json, "agency", credit->agency);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_source_map(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points)
{
    dsr_json_key(json, "source_map");
    dsr_json_array(json);
    for (size_t i = 0; i < report->source_map.count; i++) {
        const dsr_source_map_run *run = &report->source_map.items[i];
        dsr_json_object(json);
        put_span(json, "start", "end", points, run->text);
        put_number(json, "source_start", run->source.start);
        put_number(json, "source_end", run->source.end);
        if (run->unit == 0) {
            put_word(json, "unit", "bytes");
        } else if (run->unit == DSR_MAP_WHOLE) {
            put_word(json, "unit", "whole");
        } else {
            put_number(json, "unit", run->unit);
        }
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_sentences(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points)
{
    dsr_json_key(json, "sentences");
    dsr_json_array(json);
    for (size_t i = 0; i < report->sentences.count; i++) {
        dsr_json_object(json);
        put_span(json, "start", "end", points, report->sentences.items[i]);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

/* Why words stand for whom they do: a phrase, and the words that it goes on to. */
static void write_why(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                      dsr_tie tie, dsr_span because)
{
    put_word(json, "why", dsr_tie_phrase(tie));
    put_mention(json, "because", report, because);
    put_place(json, "because_start", "because_end", points, because);
}

static void write_names(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points)
{
    dsr_json_key(json, "names");
    dsr_json_array(json);
    for (size_t i = 0; i < report->names.count; i++) {
        const dsr_name *name = &report->names.items[i];
        dsr_json_object(json);
        put_span(json, "start", "end", points, name->span);
        put_word(json, "type", dsr_name_type_name(name->type));
        put_entity(json, "entity", report, name->entity);
        put_canonical(json, "canonical", report, name->entity);
        put_canonical(json, "metonym_for", report, name->metonym_for);
        write_why(json, report, points, name->tie, name->because);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_references(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points)
{
    dsr_json_key(json, "references");
    dsr_json_array(json);
    for (size_t i = 0; i < report->references.count; i++) {
        const dsr_reference *reference = &report->references.items[i];
        dsr_json_object(json);
        put_span(json, "start", "end", points, reference->span);
        put_word(json, "kind", dsr_reference_kind_name(reference->kind));
        put_entity(json, "entity", report, reference->entity);
        write_why(json, report, points, reference->tie, reference->because);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
    dsr_json_key(json, "roles");
    dsr_json_array(json);
    for (size_t i = 0; i < report->roles.count; i++) {
        dsr_json_object(json);
        put_span(json, "start", "end", points, report->roles.items[i].span);
        put_entity(json, "entity", report, report->roles.items[i].entity);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_said(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                       const dsr_quote *quote)
{
    if (quote->entity == DSR_NO_ENTITY) {
        put_mention(json, "speaker", report, quote->speaker);
    } else {
        put_slice(json, "speaker", report->entities.items[quote->entity].canonical);
    }
    put_entity(json, "speaker_entity", report, quote->entity);
    put_place(json, "speaker_start", "speaker_end", points, quote->speaker);
    put_mention(json, "cue", report, quote->cue);
    put_place(json, "cue_start", "cue_end", points, quote->cue);
    put_mention(json, "audience", report, quote->audience);
    put_word(json, "medium", dsr_medium_name(quote->medium));
    dsr_json_key(json, "confidence");
    if (quote->confidence > 0) {
        dsr_json_thousandths(json, quote->confidence);
    } else {
        dsr_json_null(json);
    }
    put_word(json, "how", dsr_said_how_name(quote->how));
    dsr_json_key(json, "denied");
    dsr_json_bool(json, quote->denied);
}

static void write_quotes(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                         bool with_text)
{
    dsr_json_key(json, "quotes");
    dsr_json_array(json);
    for (size_t i = 0; i < report->quotes.count; i++) {
        const dsr_quote *quote = &report->quotes.items[i];
        dsr_json_object(json);
        put_span(json, "start", "end", points, quote->span);
        put_text(json, report, quote->span, with_text);
        put_word(json, "kind", dsr_quote_kind_name(quote->kind));
        put_number(json, "quotation", quote->quotation);
        write_said(json, report, points, quote);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_times(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                        bool with_text)
{
    dsr_json_key(json, "times");
    dsr_json_array(json);
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        dsr_json_object(json);
        put_span(json, "start", "end", points, time->span);
        put_text(json, report, time->span, with_text);
        put_word(json, "type", dsr_time_type_name(time->type));
        put_slice(json, "value", time->value);
        put_word(json, "mod", dsr_time_mod_name(time->mod));
        put_day(json, "earliest", time->earliest);
        put_day(json, "latest", time->latest);
        put_slice(json, "why", time->why);
        dsr_json_object_end(json);
    }
    dsr_json_array_end(json);
}

static void write_figure(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                         const dsr_figure *figure, bool with_text)
{
    bool has_thing = figure->thing.end > figure->thing.start;
    static const char *const no_thing[] = {"thing", "thing_start", "thing_end", NULL};
    dsr_json_object(json);
    put_span(json, "start", "end", points, figure->span);
    put_text(json, report, figure->span, with_text);
    put_decimal(json, "value", figure->has_value, figure->value);
    put_decimal(json, "low", figure->has_low, figure->low);
    put_decimal(json, "high", figure->has_high, figure->high);
    put_word(json, "approx", dsr_approx_name(figure->approx));
    if (has_thing) {
        put_slice(json, "thing", dsr_slice_part(report->text, figure->thing.start, figure->thing.end));
        put_span(json, "thing_start", "thing_end", points, figure->thing);
    } else {
        put_nulls(json, no_thing);
    }
    put_slice(json, "unit", figure->unit);
    put_slice(json, "as_of", figure->as_of);
    put_slice(json, "kind", figure->kind);
    dsr_json_object_end(json);
}

static void write_figures(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                          bool with_text)
{
    dsr_json_key(json, "figures");
    dsr_json_array(json);
    for (size_t i = 0; i < report->figures.count; i++) {
        write_figure(json, report, points, &report->figures.items[i], with_text);
    }
    dsr_json_array_end(json);
}

static void write_annotations(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points)
{
    write_sentences(json, report, points);
    write_names(json, report, points);
    write_references(json, report, points);
    write_quotes(json, report, points, false);
    write_times(json, report, points, false);
    write_figures(json, report, points, false);
    dsr_events_write_json(json, report, points, false);
    dsr_positions_write_json(json, report, points, false);
}

/* One layer by itself, with as much of the report as is needed to know which it is. */
static void write_layer(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                        dsr_report_view view)
{
    put_word(json, "schema",
             view == DSR_VIEW_TIMES       ? "dossier.times/1"
             : view == DSR_VIEW_QUOTES    ? "dossier.quotes/1"
             : view == DSR_VIEW_EVENTS    ? "dossier.events/1"
             : view == DSR_VIEW_POSITIONS ? "dossier.positions/1"
                                          : "dossier.figures/1");
    put_id(json, "id", report->id);
    put_slice(json, "path", report->source.path);
    put_slice(json, "record", report->source.record);
    put_published(json, &report->meta.published);
    put_word(json, "published_from", dsr_origin_name(report->meta.published_from));
    put_slice(json, "published_why", report->meta.published_why);
    if (view == DSR_VIEW_TIMES) {
        write_times(json, report, points, true);
    } else if (view == DSR_VIEW_QUOTES) {
        write_quotes(json, report, points, true);
    } else if (view == DSR_VIEW_EVENTS) {
        dsr_events_write_json(json, report, points, true);
    } else if (view == DSR_VIEW_POSITIONS) {
        dsr_positions_write_json(json, report, points, true);
    } else {
        write_figures(json, report, points, true);
    }
}

void dsr_report_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_report *report, dsr_report_view view)
{
    dsr_code_points points;
    if (!note_failure(to, dsr_code_points_build(arena, report->text, &points))) {
        return;
    }
    dsr_json_out json;
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    if (view >= DSR_VIEW_TIMES) {
        write_layer(&json, report, &points, view);
        dsr_json_object_end(&json);
        return;
    }
    put_word(&json, "schema", "dossier.report/1");
    put_id(&json, "id", report->id);
    write_source(&json, &report->source);
    write_meta(&json, &report->meta);
    put_slice(&json, "text", report->text.ptr != NULL ? report->text : DSR_SLICE(""));
    write_blocks(&json, report, &points);
    write_furniture(&json, report, &points);
    write_credits(&json, report, &points);
    write_source_map(&json, report, &points);
    if (view == DSR_VIEW_EXTRACT) {
        write_annotations(&json, report, &points);
    } else {
        write_left(&json, report);
    }
    put_slices(&json, "warnings", &report->warnings);
    dsr_json_object_end(&json);
}
