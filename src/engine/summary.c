/* What is known of a story at a glance: its id, headline and dates. */
#include "engine/internal.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

enum { SENTENCE_BYTES = 240 /* of a first sentence that stands in for a headline */ };

/* A story is known by the report that opened it. */
dsr_id dsr_summary_id(dsr_id opener, uint32_t again)
{
    char number[8] = {0};
    for (unsigned i = 0; i < 4; i++) {
        number[i] = (char)(unsigned char)(again >> 8 * i & 0xff);
    }
    dsr_slice pieces[3] = {
        DSR_SLICE("story"), {(const char *)opener.bytes, sizeof opener.bytes}, {number, sizeof number}};
    dsr_digest digest = dsr_sha256_list(pieces, again ? 3 : 2);
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

dsr_status dsr_summary_headline(dsr_arena *arena, const dsr_report *report, dsr_slice *out)
{
    if (report->meta.headline.len) {
        *out = report->meta.headline;
        return DSR_OK;
    }
    return first_sentence(arena, report, out);
}

dsr_status dsr_summary_make(dsr_arena *arena, const dsr_report *const *reports, size_t count,
                            dsr_story_summary *out, uint32_t *from, bool *is_sentence)
{
    dsr_story_summary s = {.id = dsr_summary_id(reports[0]->id, 0), .reports = count};
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
