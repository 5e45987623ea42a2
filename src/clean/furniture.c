/* Furniture by line patterns, and what follows from the lines that they label: captions that stand twice,
 * lists of related headlines, what is left behind the last paragraph. Must not know of metadata. */
#include "base/utf8.h"
#include "clean/lines.h"

#include <string.h>

enum {
    TOP_LINES = 12,
    BLOCK_LINES = 20,
    BLOCK_WORDS = 22,
    TAIL_WORDS = 12,
    CAPTION_LINES = 4,
    PARAGRAPH_WORDS = 16
};

static dsr_status keep(cleaner *c, const dsr_rule_match *match)
{
    if (DSR_LIST_RESERVE(c->arena, &c->matches, 1) != DSR_OK)
        return DSR_ERR_MEMORY;
    c->matches.items[c->matches.count++] = *match;
    return DSR_OK;
}

static dsr_status match_line(cleaner *c, clean_line *line, unsigned where)
{
    dsr_rule_match match;
    if (!dsr_rules_match(c->lexicon, c->language, dsr_clean_text(c, line->span), DSR_RULE_LINE, where,
                         &match))
        return DSR_OK;
    line->kind = (int8_t)match.kind;
    line->block = match.block;
    return keep(c, &match);
}

dsr_status dsr_clean_match_lines(cleaner *c)
{
    dsr_status status = DSR_OK;
    if (c->lines.count < 2)
        return DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < c->lines.count; i++)
        status = match_line(c, &c->lines.items[i], 0);
    /* Now that it is known where the body begins and ends, the rules that hold only before and behind it. */
    dsr_clean_find_body(c);
    for (size_t i = 0; status == DSR_OK && i < c->body && i < TOP_LINES; i++)
        if (c->lines.items[i].kind == LINE_NONE && !c->lines.items[i].prose)
            status = match_line(c, &c->lines.items[i], DSR_RULE_TOP);
    for (size_t i = c->behind; status == DSR_OK && i < c->lines.count; i++)
        if (c->lines.items[i].kind == LINE_NONE)
            status = match_line(c, &c->lines.items[i], DSR_RULE_TAIL);
    /* A last paragraph may be about the author, which only its place tells. */
    if (status == DSR_OK && c->behind > c->body + 2 && c->behind <= c->lines.count &&
        c->lines.items[c->behind - 1].kind == LINE_NONE)
        status = match_line(c, &c->lines.items[c->behind - 1], DSR_RULE_TAIL);
    dsr_clean_find_body(c);
    return status;
}

static dsr_span span_in(const cleaner *c, dsr_slice part)
{
    uint32_t start = (uint32_t)(part.ptr - c->text.ptr);
    return (dsr_span){start, (uint32_t)(start + part.len)};
}

static dsr_status match_start(cleaner *c, clean_line *line)
{
    dsr_rule_match match;
    if (!dsr_rules_match(c->lexicon, c->language, dsr_clean_text(c, line->span), DSR_RULE_START, 0, &match) ||
        match.span.len == line->span.end - line->span.start)
        return DSR_OK;
    line->start = span_in(c, match.span);
    return keep(c, &match);
}

static bool is_quote_mark(uint32_t c)
{
    return c == '"' || (c >= 0x2018 && c <= 0x201f) || c == 0xab || c == 0xbb;
}

/* "'We might go.' - Jane Roe": a line that is all words in marks and who signs them tells its speaker, not
 * its author. */
static bool is_signed_quotation(const cleaner *c, const clean_line *line, const dsr_rule_match *match)
{
    dsr_slice text = dsr_clean_text(c, line->span);
    size_t length = 0;
    size_t at = (size_t)(match->span.ptr - text.ptr);
    while (at > 0 && text.ptr[at - 1] == ' ') {
        at--;
    }
    bool person =
        match->kind == DSR_FURNITURE_BYLINE && match->agency_count == 0 && match->outlet.ptr == NULL;
    if (!person || at < 2 || !is_quote_mark(dsr_utf8_decode(text.ptr, text.ptr + at, &length))) {
        return false;
    }
    at = dsr_utf8_floor(text, at - 1); /* the first byte of the last character before */
    return is_quote_mark(dsr_utf8_decode(text.ptr + at, text.ptr + text.len, &length));
}

static dsr_status match_end(cleaner *c, clean_line *line)
{
    dsr_rule_match match;
    dsr_slice text = dsr_clean_text(c, line->span);
    if (!dsr_rules_match(c->lexicon, c->language, text, DSR_RULE_END, 0, &match) ||
        is_signed_quotation(c, line, &match))
        return DSR_OK;
    dsr_span span = span_in(c, match.span);
    if (span.start <= line->span.start || span.start < line->start.end)
        return DSR_OK;
    line->end = span;
    line->end_kind = (int8_t)match.kind;
    line->stop = true;
    line->prose = line->prose || line->words >= 8;
    return keep(c, &match);
}

dsr_status dsr_clean_match_edges(cleaner *c)
{
    dsr_status status = DSR_OK;
    bool first = true;
    for (size_t i = 0; status == DSR_OK && i < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i];
        if (line->kind != LINE_NONE)
            continue;
        /* A dateline opens the first paragraph, and no other. */
        if (first && (line->prose || c->lines.count == 1)) {
            first = false;
            status = match_start(c, line);
        }
        if (status == DSR_OK)
            status = match_end(c, line);
    }
    return status;
}

/* A line above a caption with the same words is the caption too: pages tell it twice, as alternative text. */
void dsr_clean_mark_twins(cleaner *c)
{
    for (size_t i = 0; i + 1 < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i], *below = &c->lines.items[i + 1];
        dsr_slice a = dsr_clean_text(c, line->span), b = dsr_clean_text(c, below->span);
        if (line->kind == LINE_NONE && line->words >= 3 && line->words < 80 &&
            below->kind == DSR_FURNITURE_CAPTION && dsr_clean_starts_with_words(b, a))
            line->kind = DSR_FURNITURE_CAPTION;
        else if (below->kind == LINE_NONE && below->words >= 3 && below->words < 80 &&
                 line->kind == DSR_FURNITURE_CAPTION && dsr_clean_starts_with_words(a, b))
            below->kind = DSR_FURNITURE_CAPTION;
    }
}

/* Whether a line is "... said. (Reuters)": sentences with nothing but an agency's name in brackets behind
 * them. */
static bool ends_with_agency(const cleaner *c, dsr_slice s)
{
    size_t at = s.len;
    if (at == 0 || (s.ptr[at - 1] != ')' && s.ptr[at - 1] != ']'))
        return false;
    while (at > 0 && s.ptr[at - 1] != '(' && s.ptr[at - 1] != '[')
        at--;
    if (at < 3 || !dsr_lexicon_agency(c->lexicon, dsr_slice_part(s, at, s.len - 1)).ptr)
        return false;
    dsr_slice before = dsr_slice_trim(dsr_slice_part(s, 0, at - 1));
    return before.len > 0 && strchr(".!?\"", before.ptr[before.len - 1]);
}

/* Above the body such a line is a caption; a long one further down is a paragraph that ends with its credit.
 */
void dsr_clean_release_paragraphs(cleaner *c)
{
    for (size_t i = CAPTION_LINES; i < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i];
        dsr_slice above = dsr_clean_text(c, c->lines.items[i - 1].span), text = dsr_clean_text(c, line->span);
        if (line->kind == DSR_FURNITURE_CAPTION && line->words >= PARAGRAPH_WORDS &&
            ends_with_agency(c, text) && !dsr_clean_starts_with_words(text, above))
            line->kind = LINE_NONE;
    }
}

/* Short lines below "Related stories" are the related stories. */
void dsr_clean_mark_blocks(cleaner *c)
{
    for (size_t i = 0; i < c->lines.count; i++) {
        if (!c->lines.items[i].block)
            continue;
        int8_t kind = c->lines.items[i].kind;
        for (size_t k = i + 1; k < c->lines.count && k <= i + BLOCK_LINES; k++) {
            clean_line *line = &c->lines.items[k];
            if (line->kind != LINE_NONE)
                continue;
            if (line->prose || line->words > BLOCK_WORDS)
                break;
            line->kind = kind;
        }
    }
}

static bool has_digit(dsr_slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    return false;
}

/* Behind the last paragraph stand tags, related headlines, names of sections: nothing that the report tells.
 * Figures stay: they may be a table of it. */
void dsr_clean_mark_tail(cleaner *c)
{
    size_t paragraphs = 0;
    for (size_t i = 0; i < c->behind && i < c->lines.count; i++)
        paragraphs += c->lines.items[i].kind == LINE_NONE && c->lines.items[i].prose;
    if (paragraphs < 3)
        return;
    for (size_t i = c->behind; i < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i];
        if (line->kind == LINE_NONE && !line->stop && line->words <= TAIL_WORDS &&
            !has_digit(dsr_clean_text(c, line->span)))
            line->kind = DSR_FURNITURE_OTHER;
    }
}
