/* Members that the writers of both records have in common. For the json_*.c of this room only. */
#ifndef DSR_MODEL_JSON_PARTS_H
#define DSR_MODEL_JSON_PARTS_H

#include "base/utf8.h"
#include "model/json.h"

static inline void put_slice(dsr_json_out *json, const char *key, dsr_slice value)
{
    dsr_json_key(json, key);
    dsr_json_string(json, value);
}

static inline void put_word(dsr_json_out *json, const char *key, const char *value)
{
    put_slice(json, key, dsr_slice_of(value));
}

static inline void put_number(dsr_json_out *json, const char *key, uint64_t value)
{
    dsr_json_key(json, key);
    dsr_json_u64(json, value);
}

static inline void put_id(dsr_json_out *json, const char *key, dsr_id id)
{
    char text[DSR_ID_TEXT];
    dsr_id_format(id, text);
    put_word(json, key, text);
}

static inline void put_slices(dsr_json_out *json, const char *key, const dsr_slices *values)
{
    dsr_json_key(json, key);
    dsr_json_array(json);
    for (size_t i = 0; i < values->count; i++) {
        dsr_json_string(json, values->items[i]);
    }
    dsr_json_array_end(json);
}

/* Members that no layer fills yet: arrays without items, or nulls. The list of keys ends with a NULL. */
static inline void put_empty_arrays(dsr_json_out *json, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        dsr_json_key(json, *keys);
        dsr_json_array(json);
        dsr_json_array_end(json);
    }
}

static inline void put_nulls(dsr_json_out *json, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        dsr_json_key(json, *keys);
        dsr_json_null(json);
    }
}

static inline void put_utc(dsr_json_out *json, const char *key, bool known, int64_t seconds)
{
    char text[24];
    if (known) {
        dsr_moment_format_utc(seconds, text);
    }
    put_slice(json, key, known ? dsr_slice_of(text) : DSR_SLICE_NONE);
}

/* "published" and its interval. */
static inline void put_published(dsr_json_out *json, const dsr_moment *published)
{
    bool known = published->iso.ptr != NULL;
    put_slice(json, "published", published->iso);
    put_utc(json, "published_earliest", known, published->earliest);
    put_utc(json, "published_latest", known, published->latest);
}

static inline void put_day(dsr_json_out *json, const char *key, int32_t day)
{
    char text[24];
    bool known = day != DSR_NO_DAY;
    if (known) {
        dsr_moment_format_utc(day * INT64_C(86400), text);
    }
    put_slice(json, key, known ? (dsr_slice){text, 10} : DSR_SLICE_NONE);
}

static inline void put_decimal(dsr_json_out *json, const char *key, bool known, dsr_decimal value)
{
    dsr_json_key(json, key);
    if (!known) {
        dsr_json_null(json);
        return;
    }
    dsr_json_number(json, DSR_SLICE(""));
    dsr_decimal_write(json->to, value);
}

/* Two members for a span: bytes inside, code points in JSON. A place behind the text is written as its end.
 */
static inline void put_span(dsr_json_out *json, const char *start, const char *end,
                            const dsr_code_points *points, dsr_span span)
{
    size_t size = points->text.len;
    put_number(json, start, dsr_code_points_at(points, span.start < size ? span.start : size));
    put_number(json, end, dsr_code_points_at(points, span.end < size ? span.end : size));
}

static inline void put_entity(dsr_json_out *json, const char *key, const dsr_report *report, uint32_t entity)
{
    bool known = entity < report->entities.count;
    put_slice(json, key, known ? report->entities.items[entity].id : DSR_SLICE_NONE);
}

static inline void put_canonical(dsr_json_out *json, const char *key, const dsr_report *report,
                                 uint32_t entity)
{
    bool known = entity < report->entities.count;
    put_slice(json, key, known ? report->entities.items[entity].canonical : DSR_SLICE_NONE);
}

/* The text at a span, and where it stands; nulls for none. */
static inline void put_mention(dsr_json_out *json, const char *key, const dsr_report *report, dsr_span span)
{
    dsr_slice words =
        span.end > span.start ? dsr_slice_part(report->text, span.start, span.end) : (dsr_slice){0};
    put_slice(json, key, words);
}

static inline void put_place(dsr_json_out *json, const char *start, const char *end,
                             const dsr_code_points *points, dsr_span span)
{
    if (span.end > span.start) {
        put_span(json, start, end, points, span);
        return;
    }
    dsr_json_key(json, start);
    dsr_json_null(json);
    dsr_json_key(json, end);
    dsr_json_null(json);
}

static inline void put_text(dsr_json_out *json, const dsr_report *report, dsr_span span, bool with_text)
{
    if (with_text) {
        put_slice(json, "text", dsr_slice_part(report->text, span.start, span.end));
    }
}

/* json_events.c: the members "events" and "positions". */
void dsr_events_write_json(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                           bool with_text);
void dsr_positions_write_json(dsr_json_out *json, const dsr_report *report, const dsr_code_points *points,
                              bool with_text);

/* Leaves a failure in the buffer, which keeps the first. False where there is one. */
static inline bool note_failure(dsr_buffer *to, dsr_status status)
{
    if (to->status == DSR_OK) {
        to->status = status;
    }
    return to->status == DSR_OK;
}

#endif
