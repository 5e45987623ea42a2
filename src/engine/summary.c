/* What is known of a story at a glance: its id, headline and dates; and the packed form in which the store
 * keeps it. */
#include "engine/internal.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

enum {
    SUMMARY_VERSION = 1,
    SENTENCE_BYTES = 240 /* of a first sentence that stands in for a headline */
};

static void append_i64(dsr_buffer *to, int64_t value)
{
    dsr_buffer_append_varint(to, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
}

void dsr_summary_pack(dsr_buffer *to, const dsr_story_summary *summary)
{
    dsr_buffer_append_char(to, SUMMARY_VERSION);
    dsr_buffer_append_char(to, summary->has_published);
    append_i64(to, summary->first_published);
    append_i64(to, summary->last_published);
    dsr_buffer_append_varint(to, summary->headline.len);
    dsr_buffer_append(to, summary->headline);
}

static bool take_i64(dsr_slice *rest, int64_t *out)
{
    uint64_t value = 0;
    if (!dsr_slice_next_varint(rest, &value)) {
        return false;
    }
    *out = (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
    return true;
}

dsr_status dsr_summary_unpack(dsr_arena *arena, const dsr_store_story *story, dsr_story_summary *out,
                              dsr_error *error)
{
    dsr_slice rest = story->packed;
    dsr_story_summary s = {.id = story->id, .reports = story->member_count};
    uint64_t length = 0;
    if (rest.len < 2 || rest.ptr[0] != SUMMARY_VERSION) {
        return dsr_fail(error, DSR_ERR_VERSION, "store",
                        "a story's record was written by another version of Dossier");
    }
    s.has_published = rest.ptr[1] == 1;
    rest = dsr_slice_part(rest, 2, rest.len);
    if (!take_i64(&rest, &s.first_published) || !take_i64(&rest, &s.last_published) ||
        !dsr_slice_next_varint(&rest, &length) || length != rest.len || !dsr_utf8_is_valid(rest, NULL)) {
        return dsr_fail(error, DSR_ERR_STORE, "store",
                        "a story's record is damaged; `dossier verify` tells which");
    }
    dsr_status status = dsr_arena_copy(arena, rest, &s.headline);
    if (status != DSR_OK) {
        return dsr_fail_memory(error, "store");
    }
    *out = s;
    return DSR_OK;
}

/* A story is known by the report that opened it. */
static dsr_id story_id(const dsr_report *opener)
{
    dsr_slice pieces[2] = {DSR_SLICE("story"), {(const char *)opener->id.bytes, sizeof opener->id.bytes}};
    dsr_digest digest = dsr_sha256_list(pieces, 2);
    dsr_id id;
    memcpy(id.bytes, digest.bytes, sizeof id.bytes);
    return id;
}

static void take_dates(const dsr_report *report, dsr_story_summary *s)
{
    const dsr_moment *m = &report->meta.published;
    if (!m->iso.len) {
        return;
    }
    s->first_published =
        s->has_published && s->first_published < m->earliest ? s->first_published : m->earliest;
    s->last_published = s->has_published && s->last_published > m->latest ? s->last_published : m->latest;
    s->has_published = true;
}

/* The first report that has a headline lends it. */
static bool find_headline(const dsr_report *const *reports, size_t count, uint32_t *from, dsr_slice *headline)
{
    for (size_t i = 0; i < count; i++) {
        if (reports[i]->meta.headline.len) {
            *from = (uint32_t)i;
            *headline = reports[i]->meta.headline;
            return true;
        }
    }
    return false;
}

/* The first sentence of the body, whole or cut at a word with an ellipsis. */
static dsr_status first_sentence(dsr_arena *arena, const dsr_report *report, dsr_slice *out)
{
    dsr_slice text = report->text;
    for (size_t i = 0; i < report->sentences.count; i++) {
        dsr_span span = report->sentences.items[i];
        dsr_slice sentence = dsr_slice_part(text, span.start, span.end);
        bool furniture = false;
        for (size_t f = 0; f < report->furniture.count && !furniture; f++) {
            furniture = report->furniture.items[f].span.start <= span.start &&
                        report->furniture.items[f].span.end > span.start &&
                        report->furniture.items[f].kind != DSR_FURNITURE_DATELINE;
        }
        if (!furniture) {
            text = sentence;
            break;
        }
    }
    dsr_slice line, rest = dsr_slice_trim(text);
    if (!dsr_slice_next_line(&rest, &line)) {
        line = DSR_SLICE("");
    }
    if (line.len <= SENTENCE_BYTES) {
        return dsr_arena_copy(arena, line, out);
    }
    size_t cut = dsr_utf8_floor(line, SENTENCE_BYTES);
    size_t space = cut;
    while (space > SENTENCE_BYTES / 2 && line.ptr[space] != ' ') {
        space--;
    }
    cut = line.ptr[space] == ' ' ? space : cut;
    return dsr_arena_format(arena, out, "%.*s \xe2\x80\xa6", (int)cut, line.ptr);
}

dsr_status dsr_summary_make(dsr_arena *arena, const dsr_report *const *reports, size_t count,
                            dsr_story_summary *out, uint32_t *from, bool *is_sentence)
{
    dsr_story_summary s = {.id = story_id(reports[0]), .reports = count};
    uint32_t headline_from = 0;
    for (size_t i = 0; i < count; i++) {
        take_dates(reports[i], &s);
    }
    bool stated = find_headline(reports, count, &headline_from, &s.headline);
    if (!stated) {
        dsr_status status = first_sentence(arena, reports[0], &s.headline);
        if (status != DSR_OK) {
            return status;
        }
    }
    if (from) {
        *from = headline_from;
    }
    if (is_sentence) {
        *is_sentence = !stated;
    }
    *out = s;
    return DSR_OK;
}
