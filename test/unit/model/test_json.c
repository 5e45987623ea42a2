/* The records as JSON: every field of the contract under its name and in its order, positions in code points,
 * and text[start:end] what it is in the record. What was written is read back by another parser. */
#include "make_report.h"
#include "model/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- helpers ---- */

static dsr_json_doc *parsed(const dsr_buffer *buffer)
{
    assert_int_equal(buffer->status, DSR_OK);
    dsr_json_doc *doc = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_json_parse(dsr_buffer_slice(buffer), &doc, &error) != DSR_OK) {
        fail_msg("%s in %.*s", error.message, (int)buffer->len, buffer->data);
    }
    assert_null(memchr(buffer->data, '\n', buffer->len)); /* one record is one line */
    return doc;
}

static void assert_text(const dsr_json_value *value, const char *expected)
{
    if (expected == NULL) {
        assert_int_equal(dsr_json_type_of(value), DSR_JSON_NULL);
        return;
    }
    assert_int_equal(dsr_json_type_of(value), DSR_JSON_STRING);
    dsr_slice text = dsr_json_text(value);
    assert_int_equal(text.len, strlen(expected));
    assert_memory_equal(text.ptr, expected, text.len);
}

static void assert_slice(const dsr_json_value *value, dsr_slice expected)
{
    if (expected.ptr == NULL) {
        assert_non_null(value); /* the key is there */
        assert_int_equal(dsr_json_type_of(value), DSR_JSON_NULL);
        return;
    }
    assert_int_equal(dsr_json_type_of(value), DSR_JSON_STRING);
    assert_true(dsr_slice_equal(dsr_json_text(value), expected));
}

/* The byte at which code point `at` begins, counted the plain way. */
static size_t byte_of(dsr_slice text, int64_t at)
{
    size_t byte = 0;
    assert_true(at >= 0);
    for (; at > 0; at--) {
        assert_true(byte < text.len);
        byte++;
        while (byte < text.len && ((unsigned char)text.ptr[byte] & 0xc0) == 0x80) {
            byte++;
        }
    }
    return byte;
}

static int64_t integer_at(const dsr_json_value *value, const char *key)
{
    const dsr_json_value *member = dsr_json_get(value, key);
    assert_int_equal(dsr_json_type_of(member), DSR_JSON_INTEGER);
    return dsr_json_integer(member, -1);
}

static void assert_span(const dsr_json_value *value, const char *start, const char *end, dsr_slice text,
                        dsr_span span)
{
    assert_int_equal(byte_of(text, integer_at(value, start)), span.start);
    assert_int_equal(byte_of(text, integer_at(value, end)), span.end);
}

/* Fails unless each `"key":` stands behind the one before it. The list ends with a NULL. */
static void assert_keys_in_order(dsr_slice json, const char *const *keys)
{
    size_t at = 0;
    for (; *keys != NULL; keys++) {
        char quoted[64];
        (void)snprintf(quoted, sizeof quoted, "\"%s\":", *keys);
        at = dsr_slice_find(json, dsr_slice_of(quoted), at);
        if (at == SIZE_MAX) {
            fail_msg("%s is missing or out of order", *keys);
        }
        at++;
    }
}

static void assert_empty_array(const dsr_json_value *root, const char *key)
{
    const dsr_json_value *value = dsr_json_get(root, key);
    assert_int_equal(dsr_json_type_of(value), DSR_JSON_ARRAY);
    assert_int_equal(dsr_json_count(value), 0);
}

/* ---- report ---- */

static const char *const source_map_units[] = {"bytes", "whole"};

static void check_lists(const dsr_json_value *root, const dsr_report *report)
{
    const dsr_json_value *list = dsr_json_get(root, "furniture");
    assert_int_equal(dsr_json_count(list), report->furniture.count);
    for (size_t i = 0; i < report->furniture.count; i++) {
        assert_span(dsr_json_at(list, i), "start", "end", report->text, report->furniture.items[i].span);
        assert_text(dsr_json_get(dsr_json_at(list, i), "kind"),
                    dsr_furniture_kind_name(report->furniture.items[i].kind));
    }
    list = dsr_json_get(root, "blocks");
    assert_int_equal(dsr_json_count(list), report->blocks.count);
    for (size_t i = 0; i < report->blocks.count; i++) {
        const dsr_block *block = &report->blocks.items[i];
        const dsr_json_value *item = dsr_json_at(list, i);
        assert_span(item, "start", "end", report->text, block->span);
        assert_text(dsr_json_get(item, "kind"), dsr_block_kind_name(block->kind));
        assert_int_equal(integer_at(item, "level"), block->level);
    }
    list = dsr_json_get(root, "credits");
    assert_int_equal(dsr_json_count(list), report->credits.count);
    for (size_t i = 0; i < report->credits.count; i++) {
        assert_span(dsr_json_at(list, i), "start", "end", report->text, report->credits.items[i].span);
        assert_slice(dsr_json_get(dsr_json_at(list, i), "agency"), report->credits.items[i].agency);
    }
    list = dsr_json_get(root, "source_map");
    assert_int_equal(dsr_json_count(list), report->source_map.count);
    for (size_t i = 0; i < report->source_map.count; i++) {
        const dsr_source_map_run *run = &report->source_map.items[i];
        const dsr_json_value *item = dsr_json_at(list, i);
        assert_span(item, "start", "end", report->text, run->text);
        assert_int_equal(integer_at(item, "source_start"), run->source.start);
        assert_int_equal(integer_at(item, "source_end"), run->source.end);
        if (run->unit == 0 || run->unit == DSR_MAP_WHOLE) {
            assert_text(dsr_json_get(item, "unit"), source_map_units[run->unit != 0]);
        } else {
            assert_int_equal(integer_at(item, "unit"), run->unit);
        }
    }
}

static void check_why(const dsr_json_value *item, const dsr_report *report, dsr_tie tie, dsr_span because)
{
    assert_text(dsr_json_get(item, "why"), dsr_tie_phrase(tie));
    if (because.end == because.start) {
        assert_int_equal(dsr_json_type_of(dsr_json_get(item, "because")), DSR_JSON_NULL);
        assert_int_equal(dsr_json_type_of(dsr_json_get(item, "because_start")), DSR_JSON_NULL);
        return;
    }
    assert_slice(dsr_json_get(item, "because"), dsr_slice_part(report->text, because.start, because.end));
    assert_span(item, "because_start", "because_end", report->text, because);
}

static void check_names(const dsr_json_value *root, const dsr_report *report)
{
    const dsr_json_value *list = dsr_json_get(root, "names");
    assert_int_equal(dsr_json_count(list), report->names.count);
    for (size_t i = 0; i < report->names.count; i++) {
        const dsr_name *name = &report->names.items[i];
        const dsr_json_value *item = dsr_json_at(list, i);
        assert_span(item, "start", "end", report->text, name->span);
        assert_text(dsr_json_get(item, "type"), dsr_name_type_name(name->type));
        assert_slice(dsr_json_get(item, "entity"), report->entities.items[name->entity].id);
        assert_slice(dsr_json_get(item, "canonical"), report->entities.items[name->entity].canonical);
        assert_slice(dsr_json_get(item, "metonym_for"),
                     name->metonym_for == DSR_NO_ENTITY
                         ? DSR_SLICE_NONE
                         : report->entities.items[name->metonym_for].canonical);
        check_why(item, report, name->tie, name->because);
    }
    list = dsr_json_get(root, "references");
    assert_int_equal(dsr_json_count(list), report->references.count);
    for (size_t i = 0; i < report->references.count; i++) {
        assert_span(dsr_json_at(list, i), "start", "end", report->text, report->references.items[i].span);
        assert_text(dsr_json_get(dsr_json_at(list, i), "kind"),
                    dsr_reference_kind_name(report->references.items[i].kind));
        check_why(dsr_json_at(list, i), report, report->references.items[i].tie,
                  report->references.items[i].because);
    }
    list = dsr_json_get(root, "roles");
    assert_int_equal(dsr_json_count(list), report->roles.count);
    for (size_t i = 0; i < report->roles.count; i++) {
        assert_span(dsr_json_at(list, i), "start", "end", report->text, report->roles.items[i].span);
        assert_slice(dsr_json_get(dsr_json_at(list, i), "entity"), DSR_SLICE("per-a"));
    }
}

static void check_measures(const dsr_json_value *root, const dsr_report *report)
{
    const dsr_json_value *list = dsr_json_get(root, "times");
    assert_int_equal(dsr_json_count(list), report->times.count);
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_json_value *item = dsr_json_at(list, i);
        assert_span(item, "start", "end", report->text, report->times.items[i].span);
        assert_text(dsr_json_get(item, "type"), dsr_time_type_name(report->times.items[i].type));
        assert_slice(dsr_json_get(item, "mod"), dsr_slice_of(dsr_time_mod_name(report->times.items[i].mod)));
    }
    list = dsr_json_get(root, "figures");
    assert_int_equal(dsr_json_count(list), report->figures.count);
    for (size_t i = 0; i < report->figures.count; i++) {
        const dsr_figure *figure = &report->figures.items[i];
        const dsr_json_value *item = dsr_json_at(list, i);
        assert_span(item, "start", "end", report->text, figure->span);
        assert_text(dsr_json_get(item, "approx"), dsr_approx_name(figure->approx));
        assert_slice(dsr_json_get(item, "unit"), figure->unit);
        if (figure->value.exponent >= 0) {
            assert_int_equal(dsr_json_integer(dsr_json_get(item, "value"), -1),
                             dsr_decimal_integer(figure->value, -1));
        } else {
            assert_int_equal(dsr_json_type_of(dsr_json_get(item, "value")), DSR_JSON_REAL);
        }
        assert_int_equal(dsr_json_type_of(dsr_json_get(item, "low")) == DSR_JSON_NULL, !figure->has_low);
        assert_int_equal(dsr_json_type_of(dsr_json_get(item, "thing")) == DSR_JSON_NULL,
                         figure->thing.end == figure->thing.start);
    }
}

static void check_mention(const dsr_json_value *item, const char *const keys[3], dsr_slice text,
                          dsr_span span)
{
    bool there = span.end > span.start;
    if (there) {
        assert_span(item, keys[1], keys[2], text, span);
    } else {
        assert_text(dsr_json_get(item, keys[1]), NULL);
    }
    assert_slice(dsr_json_get(item, keys[0]),
                 there ? dsr_slice_part(text, span.start, span.end) : DSR_SLICE_NONE);
}

static void check_said(const dsr_json_value *item, const dsr_report *report, const dsr_quote *quote)
{
    static const char *const cue[] = {"cue", "cue_start", "cue_end"};
    static const char *const speaker[] = {"speaker", "speaker_start", "speaker_end"};
    bool who = quote->entity != DSR_NO_ENTITY;
    check_mention(item, cue, report->text, quote->cue);
    if (who) {
        assert_slice(dsr_json_get(item, "speaker"), report->entities.items[quote->entity].canonical);
    } else {
        check_mention(item, speaker, report->text, quote->speaker);
    }
    assert_slice(dsr_json_get(item, "speaker_entity"),
                 who ? report->entities.items[quote->entity].id : DSR_SLICE_NONE);
    assert_text(dsr_json_get(item, "medium"), dsr_medium_name(quote->medium));
    assert_text(dsr_json_get(item, "how"), dsr_said_how_name(quote->how));
    assert_int_equal(dsr_json_type_of(dsr_json_get(item, "denied")), DSR_JSON_BOOL);
    assert_int_equal(dsr_json_type_of(dsr_json_get(item, "confidence")) == DSR_JSON_NULL,
                     quote->confidence == 0);
}

static void assert_count(const dsr_json_value *item, const char *key, size_t count)
{
    assert_int_equal(dsr_json_type_of(dsr_json_get(item, key)), DSR_JSON_ARRAY);
    assert_int_equal(dsr_json_count(dsr_json_get(item, key)), count);
}

static void check_events(const dsr_json_value *root, const dsr_report *report)
{
    const dsr_json_value *list = dsr_json_get(root, "events");
    assert_int_equal(dsr_json_count(list), report->events.count);
    for (size_t i = 0; i < report->events.count; i++) {
        const dsr_event *event = &report->events.items[i];
        const dsr_json_value *item = dsr_json_at(list, i);
        assert_span(item, "start", "end", report->text, event->span);
        assert_span(item, "action_start", "action_end", report->text, event->action);
        assert_slice(dsr_json_get(item, "type"), dsr_slice_of(dsr_event_type_name(event->type)));
        assert_slice(dsr_json_get(item, "realis"), dsr_slice_of(dsr_realis_name(event->realis)));
        assert_slice(dsr_json_get(item, "mode"), event->mode);
        assert_slice(dsr_json_get(item, "cameo"), event->cameo);
        assert_slice(dsr_json_get(item, "rule"), event->rule);
        assert_count(item, "source_actors", event->sources.count);
        assert_count(item, "target_actors", event->targets.count);
    }
    list = dsr_json_get(root, "positions");
    assert_int_equal(dsr_json_count(list), report->positions.count);
    for (size_t i = 0; i < report->positions.count; i++) {
        const dsr_position *position = &report->positions.items[i];
        const dsr_json_value *item = dsr_json_at(list, i);
        assert_span(item, "start", "end", report->text, position->span);
        assert_slice(dsr_json_get(item, "stance"), dsr_slice_of(dsr_stance_name(position->stance)));
        assert_slice(dsr_json_get(item, "party"), dsr_report_actor_name(report, &position->party));
        assert_slice(dsr_json_get(item, "issue"), position->issue);
        assert_count(item, "toward_actors", position->toward.count);
    }
}

static void check_annotations(const dsr_json_value *root, const dsr_report *report)
{
    const dsr_json_value *list = dsr_json_get(root, "sentences");
    assert_int_equal(dsr_json_count(list), report->sentences.count);
    for (size_t i = 0; i < report->sentences.count; i++) {
        assert_span(dsr_json_at(list, i), "start", "end", report->text, report->sentences.items[i]);
    }
    check_names(root, report);
    check_measures(root, report);
    list = dsr_json_get(root, "quotes");
    assert_int_equal(dsr_json_count(list), report->quotes.count);
    for (size_t i = 0; i < report->quotes.count; i++) {
        const dsr_json_value *item = dsr_json_at(list, i);
        assert_span(item, "start", "end", report->text, report->quotes.items[i].span);
        assert_text(dsr_json_get(item, "kind"), dsr_quote_kind_name(report->quotes.items[i].kind));
        assert_int_equal(integer_at(item, "quotation"), report->quotes.items[i].quotation);
        check_said(item, report, &report->quotes.items[i]);
    }
    check_events(root, report);
}

static void check_slices(const dsr_json_value *list, const dsr_slices *values)
{
    assert_int_equal(dsr_json_type_of(list), DSR_JSON_ARRAY);
    assert_int_equal(dsr_json_count(list), values->count);
    for (size_t i = 0; i < values->count; i++) {
        assert_slice(dsr_json_at(list, i), values->items[i]);
    }
}

/* What a page states of itself, and where; what has no value has no source either. */
static void check_stated(const dsr_json_value *json, const dsr_meta *meta)
{
    const struct {
        const char *key;
        dsr_slice why;
    } sources[] = {{"headline", meta->headline_why}, {"outlet", meta->outlet_why},
                   {"authors", meta->authors_why},   {"section", meta->section_why},
                   {"modified", meta->modified_why}, {"canonical", meta->canonical_why}};
    assert_slice(dsr_json_get(json, "section"), meta->section);
    assert_slice(dsr_json_get(json, "modified"), meta->modified.iso);
    assert_slice(dsr_json_get(json, "canonical"), meta->canonical);
    json = dsr_json_get(json, "sources");
    assert_int_equal(dsr_json_type_of(json), DSR_JSON_OBJECT);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (sources[i].why.len > 0) {
            assert_slice(dsr_json_get(json, sources[i].key), sources[i].why);
        } else {
            assert_null(dsr_json_get(json, sources[i].key));
        }
    }
}

static void check_source_and_meta(const dsr_json_value *root, const dsr_report *report)
{
    const dsr_json_value *source = dsr_json_get(root, "source");
    assert_slice(dsr_json_get(source, "record"), report->source.record);
    assert_slice(dsr_json_get(source, "url"), report->source.url);
    assert_slice(dsr_json_get(source, "format"), report->source.format);
    assert_slice(dsr_json_get(source, "encoding"), report->source.encoding);
    check_slices(dsr_json_get(source, "more_paths"), &report->source.more_paths);
    const dsr_meta *meta = &report->meta;
    const dsr_json_value *json = dsr_json_get(root, "meta");
    assert_slice(dsr_json_get(json, "headline"), meta->headline);
    assert_slice(dsr_json_get(json, "outlet"), meta->outlet);
    check_slices(dsr_json_get(json, "agencies"), &meta->agencies);
    check_slices(dsr_json_get(json, "authors"), &meta->authors);
    assert_slice(dsr_json_get(json, "dateline"), meta->dateline);
    assert_slice(dsr_json_get(json, "published"), meta->published.iso);
    assert_slice(dsr_json_get(json, "published_why"), meta->published_why);
    assert_slice(dsr_json_get(json, "language"), meta->language);
    assert_text(dsr_json_get(json, "published_from"), dsr_origin_name(meta->published_from));
    assert_text(dsr_json_get(json, "headline_from"), dsr_origin_name(meta->headline_from));
    assert_text(dsr_json_get(json, "outlet_from"), dsr_origin_name(meta->outlet_from));
    assert_text(dsr_json_get(json, "agencies_from"), dsr_origin_name(meta->agencies_from));
    check_stated(json, meta);
    check_slices(dsr_json_get(root, "warnings"), &report->warnings);
}

static void random_reports_are_read_back(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    for (uint64_t seed = 0; seed < 60; seed++) {
        dsr_report report = make_report(arena, seed, seed % 5 == 0 ? 2 : 250);
        dsr_buffer buffer;
        dsr_buffer_open(&buffer, 0);
        dsr_report_write_json(arena, &buffer, &report, DSR_VIEW_EXTRACT);
        dsr_json_doc *doc = parsed(&buffer);
        const dsr_json_value *root = dsr_json_root(doc);
        assert_text(dsr_json_get(root, "schema"), "dossier.report/1");
        char id[DSR_ID_TEXT];
        dsr_id_format(report.id, id);
        assert_text(dsr_json_get(root, "id"), id);
        assert_slice(dsr_json_get(root, "text"), report.text);
        check_source_and_meta(root, &report);
        check_lists(root, &report);
        check_annotations(root, &report);
        dsr_json_drop(doc);
        dsr_buffer_drop(&buffer);
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
}

static void the_keys_stand_in_the_contract_order(void **state)
{
    (void)state;
    static const char *const keys[] = {"schema",
                                       "id",
                                       "source",
                                       "path",
                                       "record",
                                       "url",
                                       "format",
                                       "sha256",
                                       "encoding",
                                       "more_paths",
                                       "meta",
                                       "headline",
                                       "outlet",
                                       "agencies",
                                       "authors",
                                       "dateline",
                                       "published",
                                       "published_earliest",
                                       "published_latest",
                                       "published_from",
                                       "published_why",
                                       "language",
                                       "headline_from",
                                       "outlet_from",
                                       "agencies_from",
                                       "section",
                                       "modified",
                                       "canonical",
                                       "sources",
                                       "text",
                                       "blocks",
                                       "furniture",
                                       "credits",
                                       "source_map",
                                       "sentences",
                                       "names",
                                       "quotes",
                                       "times",
                                       "figures",
                                       "events",
                                       "positions",
                                       "warnings",
                                       NULL};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report("");
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_report_write_json(arena, &buffer, &report, DSR_VIEW_EXTRACT);
    assert_keys_in_order(dsr_buffer_slice(&buffer), keys);
    dsr_buffer_drop(&buffer);
    dsr_arena_drop(arena);
}

/* One record in full, so that a change of any byte is seen. "é" is two code points here, "😀" one. */
static void one_report_byte_for_byte(void **state)
{
    (void)state;
    static const char text[] = "\xf0\x9f\x98\x80 Cafe\xcc\x81\n\xe2\x80\x9cNo\xe2\x80\x9d, she said.";
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report(text);
    report.source.path = DSR_SLICE("a \"b\".txt");
    report.source.format = DSR_SLICE("text");
    report.source.encoding = DSR_SLICE("UTF-8");
    report.meta.headline = DSR_SLICE("Cafe\xcc\x81");
    report.meta.headline_from = DSR_FROM_TEXT;
    assert_int_equal(dsr_moment_parse(arena, DSR_SLICE("2022-01-11"), &report.meta.published), DSR_OK);
    report.meta.published_from = DSR_FROM_OPTION;
    report.meta.language = DSR_SLICE("en");
    dsr_source_map_run run = {{0, 31}, {0, 31}, 0};
    dsr_furniture furniture = {{5, 11}, DSR_FURNITURE_HEADLINE};
    dsr_span sentence = {12, 31};
    dsr_quote quote = {.span = {12, 20}, .kind = DSR_QUOTE_DIRECT, .entity = DSR_NO_ENTITY, .denied = true};
    assert_int_equal(report.text.len, 31);
    report.source_map.items = &run;
    report.furniture.items = &furniture;
    report.sentences.items = &sentence;
    report.quotes.items = &quote;
    report.source_map.count = report.furniture.count = report.sentences.count = report.quotes.count = 1;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_report_write_json(arena, &buffer, &report, DSR_VIEW_EXTRACT);
    dsr_buffer_append_char(&buffer, '\0');
    static const char *const head =
        "{\"schema\":\"dossier.report/1\",\"id\":\"00000000000000000000000000000000\","
        "\"source\":{\"path\":\"a \\\"b\\\".txt\",\"record\":null,\"url\":null,\"format\":\"text\","
        "\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"encoding\":\"UTF-"
        "8\",\"more_paths\":[]},"
        "\"meta\":{\"headline\":\"Cafe\xcc\x81\",\"outlet\":null,\"agencies\":[],\"authors\":[],\"dateline\":"
        "null,"
        "\"published\":\"2022-01-11\",\"published_earliest\":\"2022-01-10T10:00:00Z\",\"published_latest\":"
        "\"2022-01-12T12:00:00Z\","
        "\"published_from\":\"option\",\"published_why\":null,\"language\":\"en\",\"headline_from\":\"text\","
        "\"outlet_from\":\"unknown\",\"agencies_from\":\"unknown\",\"section\":null,\"modified\":null,"
        "\"canonical\":null,"
        "\"sources\":{}},"
        "\"text\":\"\xf0\x9f\x98\x80 Cafe\xcc\x81\\n\xe2\x80\x9cNo\xe2\x80\x9d, she said.\","
        "\"blocks\":[],\"furniture\":[{\"start\":2,\"end\":7,\"kind\":\"headline\"}],\"credits\":[],"
        "\"source_map\":[{\"start\":0,\"end\":23,\"source_start\":0,\"source_end\":31,\"unit\":\"bytes\"}],";
    static const char *const rest =
        "\"sentences\":[{\"start\":8,\"end\":23}],\"names\":[],\"references\":[],\"roles\":[],"
        "\"quotes\":[{\"start\":8,\"end\":12,\"kind\":\"direct\",\"quotation\":0,"
        "\"speaker\":null,\"speaker_entity\":null,"
        "\"speaker_start\":null,\"speaker_end\":null,\"cue\":null,\"cue_start\":"
        "null,\"cue_end\":null,\"audience\":null,"
        "\"medium\":null,\"confidence\":null,\"how\":\"marks\",\"denied\":true}],"
        "\"times\":[],\"figures\":[],\"events\":[],\"positions\":[],";
    dsr_slice expected;
    assert_int_equal(dsr_arena_format(arena, &expected, "%s%s\"warnings\":[]}", head, rest), DSR_OK);
    assert_string_equal(buffer.data, expected.ptr);
    dsr_buffer_reset(&buffer);
    dsr_report_write_json(arena, &buffer, &report, DSR_VIEW_READ);
    dsr_buffer_append_char(&buffer, '\0');
    assert_int_equal(dsr_arena_format(arena, &expected, "%s\"left\":[],\"warnings\":[]}", head), DSR_OK);
    assert_string_equal(buffer.data, expected.ptr);
    dsr_buffer_drop(&buffer);
    dsr_arena_drop(arena);
}

/* What a page has beside its text. Only the view that reads the page tells what was left. */
static void blocks_and_what_was_left_byte_for_byte(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report("\xc3\xa9t\xc3\xa9\n\nOne");
    dsr_block blocks[] = {{{0, 5}, DSR_BLOCK_HEADING, 2}, {{7, 10}, DSR_BLOCK_LIST_ITEM, 1}};
    dsr_left_part part = {{12, UINT64_C(5000000000)}, 3, DSR_SLICE("navigation"), DSR_SLICE("Home \"A\"")};
    report.blocks.items = blocks;
    report.blocks.count = 2;
    report.left.items = &part;
    report.left.count = 1;
    report.meta.section = DSR_SLICE("World");
    report.meta.section_why = DSR_SLICE("JSON-LD articleSection");
    assert_int_equal(dsr_moment_parse(arena, DSR_SLICE("2022-01-11T20:17Z"), &report.meta.modified), DSR_OK);
    static const char *const read_parts[] = {
        "\"section\":\"World\",\"modified\":\"2022-01-11T20:17Z\",\"canonical\":null,"
        "\"sources\":{\"section\":\"JSON-LD articleSection\"}}",
        "\"blocks\":[{\"start\":0,\"end\":3,\"kind\":\"heading\",\"level\":2},"
        "{\"start\":5,\"end\":8,\"kind\":\"list_item\",\"level\":1}],\"furniture\":[]",
        "\"source_map\":[],\"left\":[{\"source_start\":12,\"source_end\":5000000000,\"words\":3,"
        "\"why\":\"navigation\",\"starts\":\"Home \\\"A\\\"\"}],\"warnings\":[]}"};
    for (int view = DSR_VIEW_READ; view <= DSR_VIEW_EXTRACT; view++) {
        dsr_buffer buffer;
        dsr_buffer_open(&buffer, 0);
        dsr_report_write_json(arena, &buffer, &report, (dsr_report_view)view);
        dsr_json_drop(parsed(&buffer));
        dsr_buffer_append_char(&buffer, '\0');
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(strstr(buffer.data, read_parts[i]) != NULL, i < 2 || view == DSR_VIEW_READ);
        }
        assert_int_equal(strstr(buffer.data, "\"left\"") != NULL, view == DSR_VIEW_READ);
        dsr_buffer_drop(&buffer);
    }
    dsr_arena_drop(arena);
}

static void failures_stay_in_the_buffer(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_report(arena, 4, 100);
    for (size_t ceiling = 1; ceiling < 2000; ceiling += 111) {
        dsr_buffer buffer;
        dsr_buffer_open(&buffer, ceiling);
        dsr_report_write_json(arena, &buffer, &report, DSR_VIEW_EXTRACT);
        assert_int_equal(buffer.status, DSR_ERR_LIMIT);
        assert_true(buffer.len <= ceiling);
        dsr_buffer_drop(&buffer);
    }
    dsr_arena_drop(arena);
}

/* A path that is not UTF-8 must not spoil the line. */
static void a_strange_path_is_shown_as_far_as_it_goes(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report("text");
    report.source.path = DSR_SLICE("caf\xe9.txt");
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_report_write_json(arena, &buffer, &report, DSR_VIEW_READ);
    dsr_json_doc *doc = parsed(&buffer);
    assert_text(dsr_json_get(dsr_json_get(dsr_json_root(doc), "source"), "path"), "caf\xef\xbf\xbd.txt");
    dsr_json_drop(doc);
    dsr_buffer_drop(&buffer);
    dsr_arena_drop(arena);
}

/* ---- story and copies ---- */

static const char from_text[] = "\xf0\x9f\x98\x80 The threat of war in Kyiv grew.";
static const char to_text[] = "Cafe\xcc\x81: the alleged threat of war in Kiev grew.";

typedef struct scene {
    dsr_report reports[2];
    dsr_story_report items[2];
    dsr_edit edits[3];
    dsr_passage passage;
    dsr_reuse reuse;
    dsr_story story;
} scene;

static dsr_span place_of(const char *text, const char *words)
{
    const char *at = strstr(text, words);
    assert_non_null(at);
    return (dsr_span){(uint32_t)(at - text), (uint32_t)(at - text + (ptrdiff_t)strlen(words))};
}

static void open_scene(dsr_arena *arena, scene *s)
{
    memset(s, 0, sizeof *s);
    s->reports[0] = make_plain_report(from_text);
    s->reports[1] = make_plain_report(to_text);
    s->reports[0].id.bytes[0] = 0xaa;
    s->reports[1].id.bytes[0] = 0xbb;
    s->reports[0].source.path = DSR_SLICE("a.jsonl");
    s->reports[0].source.record = DSR_SLICE("17");
    s->reports[1].source.path = DSR_SLICE("b.txt");
    s->reports[1].meta.outlet = DSR_SLICE("B");
    s->reports[1].meta.outlet_from = DSR_FROM_METADATA;
    assert_int_equal(dsr_moment_parse(arena, DSR_SLICE("2022-01-11T20:17Z"), &s->reports[1].meta.published),
                     DSR_OK);
    s->items[0] = (dsr_story_report){&s->reports[0], DSR_SLICE("000"), 7, 571};
    s->items[1] = (dsr_story_report){&s->reports[1], DSR_SLICE("001"), 9, 0};
    dsr_span nowhere = place_of(from_text, "threat");
    nowhere.end = nowhere.start;
    s->edits[0] = (dsr_edit){nowhere, place_of(to_text, "alleged "), DSR_EDIT_HEDGE};
    s->edits[1] = (dsr_edit){place_of(from_text, "Kyiv"), place_of(to_text, "Kiev"), DSR_EDIT_STYLE};
    s->passage.from = place_of(from_text, "threat of war in Kyiv grew");
    s->passage.to = place_of(to_text, "alleged threat of war in Kiev grew");
    s->passage.words = 5;
    s->passage.words_quoted = 2;
    s->passage.edits.items = s->edits;
    s->passage.edits.count = 2;
    s->reuse = (dsr_reuse){.from = 0,
                           .to = 1,
                           .direction = DSR_DIRECTION_FROM_TO,
                           .wire = DSR_SLICE("AFP"),
                           .why = DSR_SLICE("It says so."),
                           .words = 5,
                           .words_quoted = 2,
                           .words_of_from = 7,
                           .words_of_to = 9};
    s->reuse.passages.items = &s->passage;
    s->reuse.passages.count = 1;
    s->story.id.bytes[0] = 0xcc;
    s->story.headline = DSR_SLICE("The threat");
    s->story.headline_from = 1;
    s->story.as_of = s->reports[1].meta.published;
    s->story.reports.items = s->items;
    s->story.reports.count = 2;
    s->story.reuse.items = &s->reuse;
    s->story.reuse.count = 1;
}

static void check_reuse_fields(const dsr_json_value *reuse, const scene *s)
{
    assert_text(dsr_json_get(reuse, "from"), "aa000000000000000000000000000000");
    assert_text(dsr_json_get(reuse, "to"), "bb000000000000000000000000000000");
    assert_text(dsr_json_get(reuse, "direction"), "from_to");
    assert_text(dsr_json_get(reuse, "wire"), "AFP");
    assert_text(dsr_json_get(reuse, "why"), "It says so.");
    assert_int_equal(integer_at(reuse, "words"), 5);
    assert_int_equal(integer_at(reuse, "words_quoted"), 2);
    const dsr_json_value *passage = dsr_json_at(dsr_json_get(reuse, "passages"), 0);
    assert_span(passage, "from_start", "from_end", s->reports[0].text, s->passage.from);
    assert_span(passage, "to_start", "to_end", s->reports[1].text, s->passage.to);
    const dsr_json_value *edits = dsr_json_get(passage, "edits");
    assert_int_equal(dsr_json_count(edits), 2);
    const dsr_json_value *hedge = dsr_json_at(edits, 0);
    assert_text(dsr_json_get(hedge, "from"), "");
    assert_text(dsr_json_get(hedge, "to"), "alleged ");
    assert_text(dsr_json_get(hedge, "kind"), "hedge");
    assert_int_equal(integer_at(hedge, "from_start"), 6); /* "😀 The " */
    assert_int_equal(integer_at(hedge, "from_end"), 6);
    assert_int_equal(integer_at(hedge, "to_start"), 11);
    assert_int_equal(integer_at(hedge, "to_end"), 19);
    const dsr_json_value *style = dsr_json_at(edits, 1);
    assert_text(dsr_json_get(style, "from"), "Kyiv");
    assert_text(dsr_json_get(style, "to"), "Kiev");
    assert_text(dsr_json_get(style, "kind"), "style");
}

static void check_story_reports(const dsr_json_value *reports)
{
    assert_int_equal(dsr_json_count(reports), 2);
    const dsr_json_value *first = dsr_json_at(reports, 0);
    assert_text(dsr_json_get(first, "id"), "aa000000000000000000000000000000");
    assert_text(dsr_json_get(first, "handle"), "000");
    assert_text(dsr_json_get(first, "record"), "17");
    assert_text(dsr_json_get(first, "published_earliest"), NULL);
    assert_text(dsr_json_get(first, "published_from"), "unknown");
    const dsr_json_value *second = dsr_json_at(reports, 1);
    assert_text(dsr_json_get(second, "outlet_from"), "metadata");
    assert_text(dsr_json_get(second, "published_earliest"), "2022-01-11T20:17:00Z");
    assert_text(dsr_json_get(second, "published_latest"), "2022-01-11T20:18:00Z");
}

static void a_story_is_read_back(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    scene s;
    open_scene(arena, &s);
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_story_write_json(arena, &buffer, &s.story);
    dsr_json_doc *doc = parsed(&buffer);
    const dsr_json_value *root = dsr_json_root(doc);
    assert_text(dsr_json_get(root, "schema"), "dossier.story/1");
    assert_text(dsr_json_get(root, "id"), "cc000000000000000000000000000000");
    assert_text(dsr_json_get(root, "headline"), "The threat");
    assert_text(dsr_json_get(root, "headline_from"), "bb000000000000000000000000000000");
    assert_text(dsr_json_get(root, "as_of"), "2022-01-11T20:17Z");
    assert_text(dsr_json_get(root, "first_published"), NULL);
    check_story_reports(dsr_json_get(root, "reports"));
    assert_true(dsr_slice_find(dsr_buffer_slice(&buffer), DSR_SLICE("\"share_copied\":0.571"), 0) !=
                SIZE_MAX);
    check_reuse_fields(dsr_json_at(dsr_json_get(root, "reuse"), 0), &s);
    static const char *const empty[] = {"statements", "disagreements", "quotes",   "figures",
                                        "cast",       "timeline",      "positions"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        assert_empty_array(root, empty[i]);
    }
    dsr_json_drop(doc);
    dsr_buffer_drop(&buffer);
    dsr_arena_drop(arena);
}

static const char *const story_keys[] = {"schema",
                                         "id",
                                         "headline",
                                         "first_published",
                                         "last_published",
                                         "headline_from",
                                         "as_of",
                                         "reports",
                                         "id",
                                         "handle",
                                         "path",
                                         "record",
                                         "outlet",
                                         "outlet_from",
                                         "agencies",
                                         "agencies_from",
                                         "published",
                                         "published_earliest",
                                         "published_latest",
                                         "published_from",
                                         "share_copied",
                                         "reuse",
                                         "from",
                                         "to",
                                         "direction",
                                         "wire",
                                         "why",
                                         "words",
                                         "words_quoted",
                                         "share_of_from",
                                         "share_of_to",
                                         "passages",
                                         "from_start",
                                         "from_end",
                                         "to_start",
                                         "to_end",
                                         "edits",
                                         "from",
                                         "to",
                                         "from_start",
                                         "from_end",
                                         "to_start",
                                         "to_end",
                                         "kind",
                                         "statements",
                                         "disagreements",
                                         "quotes",
                                         "figures",
                                         "cast",
                                         "timeline",
                                         "positions",
                                         NULL};

static void the_story_keys_stand_in_order(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    scene s;
    open_scene(arena, &s);
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_story_write_json(arena, &buffer, &s.story);
    assert_keys_in_order(dsr_buffer_slice(&buffer), story_keys);
    dsr_buffer_drop(&buffer);
    dsr_arena_drop(arena);
}

static void publication_times_of_a_story(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    scene s;
    open_scene(arena, &s);
    s.story.has_published = true;
    s.story.first_published = 1641914220;
    s.story.last_published = 1641914280;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_story_write_json(arena, &buffer, &s.story);
    dsr_json_doc *doc = parsed(&buffer);
    assert_text(dsr_json_get(dsr_json_root(doc), "first_published"), "2022-01-11T15:17:00Z");
    assert_text(dsr_json_get(dsr_json_root(doc), "last_published"), "2022-01-11T15:18:00Z");
    dsr_json_drop(doc);
    dsr_buffer_drop(&buffer);
    dsr_arena_drop(arena);
}

/* Indexes and spans that lead nowhere must not lead outside. */
static void a_broken_story_is_written_without_harm(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    scene s;
    open_scene(arena, &s);
    s.edits[2] = (dsr_edit){{4000000000u, UINT32_MAX}, {7, 3}, (dsr_edit_kind)99};
    s.passage.edits.count = 3;
    s.passage.to = (dsr_span){UINT32_MAX, 0};
    dsr_reuse reuse[2] = {s.reuse, s.reuse};
    reuse[1].to = 2;
    s.story.reuse.items = reuse;
    s.story.reuse.count = 2;
    s.story.headline_from = 2;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_story_write_json(arena, &buffer, &s.story);
    dsr_json_doc *doc = parsed(&buffer);
    assert_int_equal(dsr_json_count(dsr_json_get(dsr_json_root(doc), "reuse")), 1);
    assert_text(dsr_json_get(dsr_json_root(doc), "headline_from"), NULL);
    dsr_json_drop(doc);
    dsr_buffer_reset(&buffer);
    dsr_story empty = {.headline = DSR_SLICE("")};
    dsr_story_write_json(arena, &buffer, &empty);
    doc = parsed(&buffer);
    assert_empty_array(dsr_json_root(doc), "reports");
    dsr_json_drop(doc);
    dsr_buffer_drop(&buffer);
    dsr_arena_drop(arena);
}

static void copies_byte_for_byte(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    scene s;
    open_scene(arena, &s);
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_reuse_write_json(arena, &buffer, &s.reuse, &s.reports[0], &s.reports[1]);
    dsr_json_doc *doc = parsed(&buffer);
    check_reuse_fields(dsr_json_root(doc), &s);
    dsr_json_drop(doc);
    dsr_buffer_append_char(&buffer, '\0');
    assert_string_equal(
        buffer.data,
        "{\"schema\":\"dossier.copies/"
        "1\",\"from\":\"aa000000000000000000000000000000\",\"to\":\"bb000000000000000000000000000000\","
        "\"from_record\":\"17\",\"to_record\":null,\"from_path\":\"a.jsonl\",\"to_path\":\"b.txt\","
        "\"direction\":\"from_to\",\"wire\":\"AFP\","
        "\"why\":\"It says "
        "so.\",\"words\":5,\"words_quoted\":2,\"share_of_from\":0.714,\"share_of_to\":0.556,"
        "\"passages\":[{\"from_start\":6,\"from_end\":32,\"to_start\":11,\"to_end\":45,\"edits\":["
        "{\"from\":\"\",\"to\":\"alleged "
        "\",\"from_start\":6,\"from_end\":6,\"to_start\":11,\"to_end\":19,\"kind\":\"hedge\"},"
        "{\"from\":\"Kyiv\",\"to\":\"Kiev\",\"from_start\":23,\"from_end\":27,\"to_start\":36,\"to_end\":40,"
        "\"kind\":\"style\"}],"
        "\"words\":5,\"words_quoted\":2}]}");
    dsr_buffer_drop(&buffer);
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_reports_are_read_back),
        cmocka_unit_test(the_keys_stand_in_the_contract_order),
        cmocka_unit_test(one_report_byte_for_byte),
        cmocka_unit_test(blocks_and_what_was_left_byte_for_byte),
        cmocka_unit_test(failures_stay_in_the_buffer),
        cmocka_unit_test(a_strange_path_is_shown_as_far_as_it_goes),
        cmocka_unit_test(a_story_is_read_back),
        cmocka_unit_test(the_story_keys_stand_in_order),
        cmocka_unit_test(publication_times_of_a_story),
        cmocka_unit_test(a_broken_story_is_written_without_harm),
        cmocka_unit_test(copies_byte_for_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
