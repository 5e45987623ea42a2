/* One report as a JSON object: the fields as news-please, trafilatura and Fundus write them, and Dossier's
 * own. A title is metadata, never part of the text. Must not know how the object was cut off its file. */
#include "base/limits.h"
#include "read/fields.h"
#include "read/format.h"
#include "read/json_scan.h"

#include <string.h>

/* Fields of one meaning stand in the order in which they are believed. */
typedef enum field {
    FIELD_ID,
    FIELD_GUID,
    FIELD_TEXT,
    FIELD_MAINTEXT,
    FIELD_BODY,
    FIELD_TITLE,
    FIELD_HEADLINE,
    FIELD_URL,
    FIELD_SOURCE,
    FIELD_AUTHORS,
    FIELD_AUTHOR,
    FIELD_OUTLET,
    FIELD_SITENAME,
    FIELD_SOURCE_HOSTNAME,
    FIELD_PUBLISHER,
    FIELD_SOURCE_DOMAIN,
    FIELD_HOSTNAME,
    FIELD_PUBLISHED,
    FIELD_DATE_PUBLISH,
    FIELD_PUBLISHING_DATE,
    FIELD_DATE,
    FIELD_LANGUAGE,
    FIELDS
} field;

static const char *const names[FIELDS] = {"id",           "guid",
                                          "text",         "maintext",
                                          "body",         "title",
                                          "headline",     "url",
                                          "source",       "authors",
                                          "author",       "outlet",
                                          "sitename",     "source-hostname",
                                          "publisher",    "source_domain",
                                          "hostname",     "published",
                                          "date_publish", "publishing_date",
                                          "date",         "language"};

typedef struct record {
    dsr_arena *arena;
    const dsr_piece *piece;
    dsr_report *report;
    dsr_raw values[FIELDS];
} record;

static uint64_t place_of(const record *r, const char *at)
{
    return r->piece->offset + (uint64_t)(at - r->piece->bytes);
}

static const char *word_for(const dsr_piece *piece)
{
    return strcmp(piece->format, "json") == 0 ? "record" : "line";
}

/* What a string says, for metadata: no map is kept. */
static dsr_status string_of(record *r, dsr_raw value, dsr_slice *out)
{
    dsr_text_out text;
    dsr_text_out_open(&text, r->arena, NULL);
    dsr_raw_decode(value, place_of(r, value.bytes.ptr), &text);
    dsr_status status = dsr_text_out_finish(&text, out);
    return status == DSR_OK ? dsr_text_out_warn(&text, r->arena, r->report) : status;
}

static dsr_status warn_type(record *r, field f, const char *expected)
{
    return dsr_report_warn(r->arena, r->report, "the field \"%s\" was left out: expected %s", names[f],
                           expected);
}

/* A field that should hold a string; no value where it is missing, null or something else (which is warned
 * of). */
static dsr_status take_string(record *r, field f, dsr_slice *out)
{
    dsr_raw value = r->values[f];
    *out = DSR_SLICE_NONE;
    if (value.kind == DSR_RAW_NONE || value.kind == DSR_RAW_NULL) {
        return DSR_OK;
    }
    if (value.kind != DSR_RAW_STRING) {
        return warn_type(r, f, "a string");
    }
    dsr_slice raw;
    dsr_status status = string_of(r, value, &raw);
    return status == DSR_OK ? dsr_field_take(r->arena, r->report, raw, names[f], out) : status;
}

/* The first of some fields that holds a string with something in it. */
static dsr_status take_first(record *r, field first, field last, dsr_slice *out)
{
    *out = DSR_SLICE_NONE;
    for (field f = first; f <= last && out->len == 0; f++) {
        dsr_status status = take_string(r, f, out);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static dsr_status take_id(record *r)
{
    dsr_source *source = &r->report->source;
    for (field f = FIELD_ID; f <= FIELD_GUID && source->guid.len == 0; f++) {
        bool number = r->values[f].kind == DSR_RAW_NUMBER;
        dsr_status status =
            number ? dsr_field_take(r->arena, r->report, r->values[f].bytes, names[f], &source->guid)
                   : take_string(r, f, &source->guid);
        if (status != DSR_OK) {
            return status;
        }
    }
    source->record = source->guid;
    return source->record.len > 0
               ? DSR_OK
               : dsr_arena_format(r->arena, &source->record, "%llu", (unsigned long long)r->piece->line);
}

/* The text in the making. Paragraphs that the source keeps apart are joined by an empty line, which stands
 * for the bytes between them. */
typedef struct body {
    record *record;
    dsr_text_out out;
    uint64_t end; /* where the last paragraph ended in the file */
} body;

enum { BODY_NESTING = 6 };

static void put_paragraph(body *b, dsr_raw string)
{
    uint64_t start = place_of(b->record, string.bytes.ptr);
    if (string.bytes.len <= 2) {
        return;
    }
    if (b->out.text.len > 0 && start > b->end) {
        dsr_text_out_put(&b->out, DSR_SLICE("\n\n"), (dsr_source_span){b->end, start + 1}, DSR_MAP_WHOLE);
    }
    dsr_raw_decode(string, start, &b->out);
    b->end = start + string.bytes.len - 1;
}

static void put_body(body *b, dsr_raw value, unsigned depth);

/* Fundus: {"summary": [...], "sections": [{"headline": [...], "paragraphs": [...]}]}. What a reader sees
 * first must also stand first in the source, for the map ascends; members are therefore taken in the order in
 * which they stand. */
static void put_object(body *b, dsr_raw object, unsigned depth)
{
    static const char *const parts[] = {"summary", "sections", "headline", "paragraphs", "text"};
    dsr_raw_walk walk = dsr_raw_enter(object);
    dsr_slice key;
    dsr_raw value;
    while (dsr_raw_next_member(&walk, &key, &value)) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            if (dsr_slice_equal(key, dsr_slice_of(parts[i]))) {
                put_body(b, value, depth);
            }
        }
    }
}

static void put_body(body *b, dsr_raw value, unsigned depth)
{
    if (value.kind == DSR_RAW_STRING) {
        put_paragraph(b, value);
    }
    if (depth >= BODY_NESTING) {
        return;
    }
    if (value.kind == DSR_RAW_OBJECT) {
        put_object(b, value, depth + 1);
    }
    if (value.kind == DSR_RAW_ARRAY) {
        dsr_raw_walk walk = dsr_raw_enter(value);
        dsr_raw item;
        while (dsr_raw_next_item(&walk, &item)) {
            put_body(b, item, depth + 1);
        }
    }
}

/* The text of one field. No value where there is none in it. */
static dsr_status take_text_field(record *r, field f)
{
    body b = {.record = r};
    dsr_slice text;
    dsr_text_out_open(&b.out, r->arena, r->report);
    put_body(&b, r->values[f], 0);
    dsr_status status = dsr_text_out_finish(&b.out, &text);
    if (status != DSR_OK) {
        return status;
    }
    if (dsr_text_is_blank(text)) {
        r->report->source_map.count = 0;
        return DSR_OK;
    }
    r->report->text = text;
    return dsr_text_out_warn(&b.out, r->arena, r->report);
}

static dsr_status take_text(record *r, dsr_error *error)
{
    bool present = false;
    for (field f = FIELD_TEXT; f <= FIELD_BODY && r->report->text.ptr == NULL; f++) {
        dsr_raw value = r->values[f];
        dsr_status status = DSR_OK;
        if (value.kind == DSR_RAW_STRING ||
            (f == FIELD_BODY && (value.kind == DSR_RAW_OBJECT || value.kind == DSR_RAW_ARRAY))) {
            present = true;
            status = take_text_field(r, f);
        } else if (value.kind != DSR_RAW_NONE && value.kind != DSR_RAW_NULL) {
            status = warn_type(r, f, "a string");
        }
        if (status != DSR_OK) {
            return status;
        }
    }
    if (r->report->text.ptr != NULL) {
        return DSR_OK;
    }
    return dsr_fail(
        error, DSR_ERR_INPUT, "read",
        present ? "%s %llu holds no text: its text field is empty"
                : "%s %llu holds no text: expected it in the field \"text\", \"maintext\" or \"body\"",
        word_for(r->piece), (unsigned long long)r->piece->line);
}

/* A name, an object with a name, or a list of those. */
static dsr_status take_author(record *r, field f, dsr_raw value)
{
    if (value.kind == DSR_RAW_OBJECT) {
        value = dsr_raw_get(value, "name");
    }
    if (value.kind == DSR_RAW_NULL) {
        return DSR_OK;
    }
    if (value.kind != DSR_RAW_STRING) {
        return dsr_report_warn(r->arena, r->report,
                               "an author in the field \"%s\" was left out: expected a name, or an "
                               "object with a \"name\"",
                               names[f]);
    }
    dsr_slice raw;
    dsr_status status = string_of(r, value, &raw);
    return status == DSR_OK ? dsr_field_authors(r->arena, r->report, raw) : status;
}

/* As many items as there may be authors are looked at, whatever they are: what a hostile list costs stays
 * bounded. */
static dsr_status take_author_list(record *r, field f, dsr_raw list)
{
    dsr_raw_walk walk = dsr_raw_enter(list);
    dsr_raw item;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && dsr_raw_next_item(&walk, &item); i++) {
        if (i >= DSR_LIMIT_AUTHORS) {
            return dsr_field_too_many_authors(r->arena, r->report);
        }
        status = take_author(r, f, item);
    }
    return status;
}

static dsr_status take_authors(record *r)
{
    for (field f = FIELD_AUTHORS; f <= FIELD_AUTHOR && r->report->meta.authors.count == 0; f++) {
        dsr_raw value = r->values[f];
        dsr_status status = DSR_OK;
        if (value.kind == DSR_RAW_ARRAY) {
            status = take_author_list(r, f, value);
        } else if (value.kind != DSR_RAW_NONE) {
            status = take_author(r, f, value);
        }
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static dsr_status take_published(record *r)
{
    for (field f = FIELD_PUBLISHED; f <= FIELD_DATE; f++) {
        dsr_slice value;
        dsr_status status = take_string(r, f, &value);
        if (status == DSR_OK && value.len > 0) {
            status = dsr_field_published(r->arena, r->report, value, names[f], DSR_FROM_METADATA);
        }
        if (status != DSR_OK || r->report->meta.published.iso.ptr != NULL) {
            return status;
        }
    }
    return DSR_OK;
}

/* The address: "url", else trafilatura's "source" where that is one. */
static dsr_status take_url(record *r)
{
    dsr_source *source = &r->report->source;
    dsr_status status = take_string(r, FIELD_URL, &source->url);
    if (status != DSR_OK || source->url.len > 0 || r->values[FIELD_SOURCE].kind != DSR_RAW_STRING) {
        return status;
    }
    dsr_slice value;
    status = take_string(r, FIELD_SOURCE, &value);
    if (status == DSR_OK && dsr_slice_host(value).len > 0) {
        source->url = value;
    }
    return status;
}

/* A name where the record states one, else an address that it states itself; the host of its URL is read.c's
 * last resort. */
static dsr_status take_outlet(record *r)
{
    dsr_meta *meta = &r->report->meta;
    dsr_status status = DSR_OK;
    for (field f = FIELD_OUTLET; f <= FIELD_HOSTNAME && status == DSR_OK && meta->outlet.len == 0; f++) {
        /* These two hold other things just as often; they are no fault. */
        bool loose = f == FIELD_PUBLISHER || f == FIELD_SOURCE_HOSTNAME;
        if (!loose || r->values[f].kind == DSR_RAW_STRING) {
            status = take_string(r, f, &meta->outlet);
        }
    }
    meta->outlet_from = meta->outlet.len > 0 ? DSR_FROM_METADATA : DSR_FROM_UNKNOWN;
    return status;
}

static dsr_status take_all(record *r, dsr_error *error)
{
    dsr_meta *meta = &r->report->meta;
    dsr_status status = take_text(r, error);
    if (status == DSR_OK) {
        status = take_id(r);
    }
    if (status == DSR_OK) {
        status = take_url(r);
    }
    if (status == DSR_OK) {
        status = take_first(r, FIELD_TITLE, FIELD_HEADLINE, &meta->headline);
        meta->headline_from = meta->headline.len > 0 ? DSR_FROM_METADATA : DSR_FROM_UNKNOWN;
    }
    if (status == DSR_OK) {
        status = take_outlet(r);
    }
    if (status == DSR_OK) {
        status = take_authors(r);
    }
    if (status == DSR_OK) {
        status = take_published(r);
    }
    dsr_slice language = DSR_SLICE_NONE;
    if (status == DSR_OK) {
        status = take_string(r, FIELD_LANGUAGE, &language);
    }
    return status == DSR_OK ? dsr_field_language(r->arena, r->report, language) : status;
}

static dsr_status refuse(const dsr_piece *piece, const dsr_raw_fault *fault, dsr_error *error)
{
    dsr_status status =
        dsr_fail(error, DSR_ERR_INPUT, "read", "%s %llu is broken JSON: expected %s at its byte %zu%s",
                 word_for(piece), (unsigned long long)piece->line, fault->expected, fault->at,
                 fault->cut_off ? ", where it ends" : "");
    dsr_error_set_position(error, piece->offset + fault->at);
    return status;
}

/* Notes where the known fields stand. The last of equal names counts. */
static void find_fields(record *r, dsr_raw object)
{
    dsr_raw_walk walk = dsr_raw_enter(object);
    dsr_slice key;
    dsr_raw value;
    while (dsr_raw_next_member(&walk, &key, &value)) {
        for (field f = FIELD_ID; f < FIELDS; f++) {
            if (dsr_slice_equal(key, dsr_slice_of(names[f]))) {
                r->values[f] = value;
            }
        }
    }
}

dsr_status dsr_decode_json(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                           dsr_report *out, dsr_error *error)
{
    (void)options;
    dsr_raw object;
    dsr_raw_fault fault;
    if (!dsr_raw_check((dsr_slice){piece->bytes, piece->size}, &object, &fault)) {
        return refuse(piece, &fault, error);
    }
    if (object.kind != DSR_RAW_OBJECT) {
        return dsr_fail(error, DSR_ERR_INPUT, "read",
                        "%s %llu is no JSON object; expected one that holds a report", word_for(piece),
                        (unsigned long long)piece->line);
    }
    record r = {.arena = arena, .piece = piece, .report = out};
    find_fields(&r, object);
    out->source.encoding = DSR_SLICE("UTF-8");
    return take_all(&r, error);
}
