/* Corrections as bytes and as JSON. What is read is checked: a store's bytes come from outside. */
#include "model/correction.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum { VERSION = 1, UNDONE = 1, ALONE = 2, EMPTIED = 4, FLAGS = 7 };

static const char *const kind_names[] = {[DSR_CORRECTION_PEOPLE_MERGE] = "people_merge",
                                         [DSR_CORRECTION_PEOPLE_SPLIT] = "people_split",
                                         [DSR_CORRECTION_MOVE] = "move",
                                         [DSR_CORRECTION_MERGE] = "merge",
                                         [DSR_CORRECTION_NO_COPY] = "copy_wrong"};

const char *dsr_correction_kind_name(dsr_correction_kind kind)
{
    return kind_names[kind];
}

dsr_id dsr_correction_source(dsr_id id, dsr_id key)
{
    return dsr_id_is_none(key) ? id : key;
}

/* --- packing --- */

static void put_text(dsr_buffer *to, dsr_slice text)
{
    dsr_buffer_append_varint(to, text.len);
    dsr_buffer_append(to, text);
}

static void put_id(dsr_buffer *to, dsr_id id)
{
    dsr_buffer_append_bytes(to, id.bytes, sizeof id.bytes);
}

static void put_said(dsr_buffer *to, const dsr_correction_said *said)
{
    dsr_buffer_append_varint(to, ((uint64_t)said->when << 1) ^ (uint64_t)(said->when >> 63));
    put_text(to, said->who);
    put_text(to, said->why);
}

void dsr_correction_pack(dsr_buffer *to, const dsr_correction *c)
{
    dsr_buffer_append_varint(to, VERSION);
    dsr_buffer_append_varint(to, (uint64_t)c->kind);
    dsr_buffer_append_varint(to, (c->undone ? UNDONE : 0u) | (c->alone ? ALONE : 0u) |
                                     (c->emptied ? EMPTIED : 0u));
    put_said(to, &c->said);
    if (c->undone) {
        put_said(to, &c->undo);
    }
    for (int i = 0; i < 2; i++) {
        put_text(to, c->entities[i]);
        put_id(to, c->stories[i]);
        dsr_buffer_append_varint(to, c->numbers[i]);
    }
    dsr_buffer_append_varint(to, c->reports.count);
    for (size_t i = 0; i < c->reports.count; i++) {
        put_id(to, c->reports.items[i].id);
        put_id(to, c->reports.items[i].source);
    }
    dsr_buffer_append_varint(to, c->mentions.count);
    for (size_t i = 0; i < c->mentions.count; i++) {
        dsr_buffer_append_varint(to, c->mentions.items[i].report);
        put_text(to, c->mentions.items[i].entity);
    }
}

/* --- unpacking --- */

/* Takes fields off; remembers the first failure. */
typedef struct fields {
    dsr_arena *arena;
    dsr_slice rest;
    bool good;
    dsr_status status;
} fields;

static uint64_t take(fields *f, uint64_t most)
{
    uint64_t value = 0;
    f->good = f->good && dsr_slice_next_varint(&f->rest, &value) && value <= most;
    return f->good ? value : 0;
}

static dsr_slice take_text(fields *f)
{
    size_t length = (size_t)take(f, f->rest.len);
    dsr_slice text = DSR_SLICE(""), out = DSR_SLICE("");
    f->good = f->good && length <= f->rest.len;
    if (f->good) {
        text = dsr_slice_part(f->rest, 0, length);
        f->rest = dsr_slice_part(f->rest, length, f->rest.len);
        f->good = dsr_utf8_is_valid(text, NULL);
    }
    if (f->good && f->status == DSR_OK) {
        f->status = dsr_arena_copy(f->arena, text, &out);
    }
    return out;
}

static dsr_id take_id(fields *f)
{
    dsr_id id = {{0}};
    f->good = f->good && f->rest.len >= sizeof id.bytes;
    if (f->good) {
        memcpy(id.bytes, f->rest.ptr, sizeof id.bytes);
        f->rest = dsr_slice_part(f->rest, sizeof id.bytes, f->rest.len);
    }
    return id;
}

static dsr_correction_said take_said(fields *f)
{
    uint64_t when = take(f, UINT64_MAX);
    dsr_correction_said said = {.when = (int64_t)(when >> 1) ^ -(int64_t)(when & 1)};
    said.who = take_text(f);
    said.why = take_text(f);
    return said;
}

static void take_reports(fields *f, dsr_correction *c)
{
    size_t count = (size_t)take(f, DSR_LIMIT_CORRECTION_REPORTS);
    if (f->status == DSR_OK) {
        f->status = DSR_LIST_RESERVE(f->arena, &c->reports, count);
    }
    for (size_t i = 0; f->good && f->status == DSR_OK && i < count; i++) {
        dsr_correction_report report = {.id = take_id(f)};
        report.source = take_id(f);
        c->reports.items[c->reports.count++] = report;
    }
}

static void take_mentions(fields *f, dsr_correction *c)
{
    size_t count = (size_t)take(f, f->rest.len);
    for (size_t i = 0; f->good && f->status == DSR_OK && i < count; i++) {
        f->status = DSR_LIST_RESERVE(f->arena, &c->mentions, 1);
        uint32_t report = (uint32_t)take(f, c->reports.count ? c->reports.count - 1 : 0);
        dsr_slice entity = take_text(f);
        if (f->good && f->status == DSR_OK) {
            c->mentions.items[c->mentions.count++] = (dsr_correction_mention){report, entity};
        }
    }
    f->good = f->good && (count == 0 || c->reports.count > 0);
}

/* What each kind must name. */
static bool is_whole(const dsr_correction *c)
{
    switch (c->kind) {
    case DSR_CORRECTION_PEOPLE_MERGE:
        return c->entities[0].len && c->entities[1].len;
    case DSR_CORRECTION_PEOPLE_SPLIT:
        return c->entities[0].len && c->reports.count && c->mentions.count;
    case DSR_CORRECTION_MOVE:
        return c->reports.count == 1 && c->numbers[0] && c->numbers[1];
    case DSR_CORRECTION_MERGE:
        return c->numbers[0] && c->numbers[1];
    case DSR_CORRECTION_NO_COPY:
        return c->reports.count == 2;
    }
    return false;
}

dsr_status dsr_correction_unpack(dsr_arena *arena, dsr_slice packed, dsr_correction *out, bool *good)
{
    fields f = {arena, packed, true, DSR_OK};
    dsr_correction c = {.number = 0};
    f.good = take(&f, VERSION) == VERSION;
    c.kind = (dsr_correction_kind)take(&f, DSR_CORRECTION_NO_COPY);
    uint64_t flags = take(&f, FLAGS);
    c.undone = flags & UNDONE;
    c.alone = flags & ALONE;
    c.emptied = flags & EMPTIED;
    c.said = take_said(&f);
    if (c.undone) {
        c.undo = take_said(&f);
    }
    for (int i = 0; i < 2; i++) {
        c.entities[i] = take_text(&f);
        c.stories[i] = take_id(&f);
        c.numbers[i] = (uint32_t)take(&f, UINT32_MAX);
    }
    take_reports(&f, &c);
    take_mentions(&f, &c);
    if (f.status != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    *good = f.good && f.rest.len == 0 && is_whole(&c);
    if (*good) {
        *out = c;
    }
    return DSR_OK;
}

/* --- JSON --- */

static void write_id(dsr_json_out *json, dsr_id id)
{
    char text[DSR_ID_TEXT];
    dsr_id_format(id, text);
    dsr_json_string(json, dsr_slice_of(text));
}

static void write_said(dsr_json_out *json, const dsr_correction_said *said)
{
    char when[24];
    dsr_moment_format_utc(said->when, when);
    dsr_json_key(json, "who");
    dsr_json_string(json, said->who);
    dsr_json_key(json, "when");
    dsr_json_string(json, dsr_slice_of(when));
    dsr_json_key(json, "why");
    dsr_json_string(json, said->why.len ? said->why : DSR_SLICE_NONE);
}

static void write_what(dsr_json_out *json, const dsr_correction *c)
{
    dsr_json_key(json, "entities");
    dsr_json_array(json);
    for (int i = 0; i < 2; i++) {
        if (c->entities[i].len) {
            dsr_json_string(json, c->entities[i]);
        }
    }
    dsr_json_array_end(json);
    dsr_json_key(json, "reports");
    dsr_json_array(json);
    for (size_t i = 0; i < c->reports.count; i++) {
        write_id(json, c->reports.items[i].id);
    }
    dsr_json_array_end(json);
    static const char *const keys[] = {"from", "to"};
    for (int i = 0; i < 2; i++) {
        dsr_json_key(json, keys[i]);
        if (dsr_id_is_none(c->stories[i])) {
            dsr_json_null(json);
        } else {
            write_id(json, c->stories[i]);
        }
    }
    dsr_json_key(json, "alone");
    dsr_json_bool(json, c->alone);
}

void dsr_correction_write_json(dsr_buffer *to, const dsr_correction *c)
{
    dsr_json_out json;
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    dsr_json_key(&json, "schema");
    dsr_json_string(&json, DSR_SLICE("dossier.correction/1"));
    dsr_json_key(&json, "number");
    dsr_json_u64(&json, c->number);
    dsr_json_key(&json, "kind");
    dsr_json_string(&json, dsr_slice_of(dsr_correction_kind_name(c->kind)));
    write_what(&json, c);
    write_said(&json, &c->said);
    dsr_json_key(&json, "undone");
    if (c->undone) {
        dsr_json_object(&json);
        write_said(&json, &c->undo);
        dsr_json_object_end(&json);
    } else {
        dsr_json_null(&json);
    }
    dsr_json_object_end(&json);
}
