/* See support.h. */
#include "support.h"

#include <stdio.h>
#include <string.h>

int world_open(void **state)
{
    static world w;
    dsr_error error;
    dsr_error_clear(&error);
    w.arena = dsr_arena_new(0);
    if (!w.arena || dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &w.lexicon, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return -1;
    }
    *state = &w;
    return 0;
}

int world_close(void **state)
{
    world *w = *state;
    dsr_lexicon_close(w->lexicon);
    dsr_arena_drop(w->arena);
    return 0;
}

dsr_report *make_report(world *w, const char *text)
{
    dsr_report *report = dsr_arena_alloc(w->arena, sizeof *report);
    assert_non_null(report);
    report->text = dsr_slice_of(text);
    report->meta.language = DSR_SLICE("en");
    return report;
}

void add_furniture(world *w, dsr_report *report, const char *piece, dsr_furniture_kind kind)
{
    size_t from = report->furniture.count ? report->furniture.items[report->furniture.count - 1].span.end : 0;
    size_t at = dsr_slice_find(report->text, dsr_slice_of(piece), from);
    assert_true(at < report->text.len);
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &report->furniture, 1), DSR_OK);
    dsr_furniture *furniture = &report->furniture.items[report->furniture.count++];
    furniture->span = (dsr_span){(uint32_t)at, (uint32_t)(at + strlen(piece))};
    furniture->kind = kind;
}

/* Appends a span to a text that has room for it. */
static size_t append(char *out, size_t at, dsr_slice text, dsr_span span)
{
    if (at > 0)
        out[at++] = '|';
    assert_true(span.start < span.end && span.end <= text.len);
    memcpy(out + at, text.ptr + span.start, span.end - span.start);
    return at + span.end - span.start;
}

static char *room_for(world *w, dsr_slice text, size_t spans)
{
    char *out = dsr_arena_alloc(w->arena, text.len * 2 + spans + 1);
    assert_non_null(out);
    return out;
}

const char *join_sentences(world *w, const dsr_report *report)
{
    char *out = room_for(w, report->text, report->sentences.count);
    size_t at = 0;
    for (size_t i = 0; i < report->sentences.count; i++)
        at = append(out, at, report->text, report->sentences.items[i]);
    return out;
}

const char *join_quotes(world *w, const dsr_report *report)
{
    char *out = room_for(w, report->text, report->quotes.count);
    size_t at = 0;
    for (size_t i = 0; i < report->quotes.count; i++)
        at = append(out, at, report->text, report->quotes.items[i].span);
    return out;
}

const char *join_tokens(world *w, const char *language, const char *text)
{
    dsr_slice s = dsr_slice_of(text);
    dsr_tokens tokens = {0};
    assert_int_equal(dsr_language_tokenize(w->arena, w->lexicon, dsr_slice_of(language), s,
                                           (dsr_span){0, (uint32_t)s.len}, &tokens),
                     DSR_OK);
    char *out = room_for(w, s, tokens.count);
    size_t at = 0;
    for (size_t i = 0; i < tokens.count; i++)
        at = append(out, at, s, tokens.items[i].span);
    return out;
}

uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

dsr_slice make_soup(world *w, uint64_t seed, size_t pieces)
{
    /* clang-format off */
    static const char *const parts[] = {
        " ", " ", " ", " ", "\n", "\n\n", "\t", "\r\n", "a", "The", "said", "U.S", "Mr", "can't", "it’s", "no", "x", "I",
        "3", "13,000", "1.5", ".", ".", ".", "!", "?", "…", ",", ";", ":", "-", "--", "—", "/", "(", ")", "[", "]", "\"",
        "\"", "'", "'", "“", "”", "‘", "’", "„", "«", "»", "‹", "›", "「", "」", "``", "''", "'90s", "6'2\"", "@", "#", "&",
        "http://a.b/c", "www.", "a@b.c", "$", "%", "é", "ß", "Київ", "中", "。", "ไทย", "\xc2\xa0", "\xe2\x80\x8b", "\xef\xbb\xbf",
        "\xf0\x9f\x98\x80", "e\xcc\x81", "\x01", "_", "*", "<", ">", "Ph.D", "p.m", "[...]", "non-", "gonna", "\xe2\x80\xa8",
    };
    /* clang-format on */
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    seed = seed * 0x9e3779b97f4a7c15u + 1;
    for (size_t i = 0; i < pieces; i++)
        dsr_buffer_append(&buffer, dsr_slice_of(parts[next_random(&seed) % (sizeof parts / sizeof *parts)]));
    dsr_slice soup;
    assert_int_equal(dsr_arena_copy(w->arena, dsr_buffer_slice(&buffer), &soup), DSR_OK);
    dsr_buffer_drop(&buffer);
    return soup;
}

dsr_slice repeat(world *w, const char *piece, size_t bytes)
{
    size_t length = strlen(piece), count = bytes / length;
    char *out = dsr_arena_alloc(w->arena, count * length + 1);
    assert_non_null(out);
    for (size_t i = 0; i < count; i++)
        memcpy(out + i * length, piece, length);
    return (dsr_slice){out, count * length};
}
