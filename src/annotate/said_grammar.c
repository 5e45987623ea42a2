/* What the grammar tells (attributions.h), laid over quotations and mentions; and the indirect speech that
 * comes of it. Must not know how speakers are ranked. */
#include "annotate/said_parts.h"

#include <stdlib.h>

/* Quotations that one clause is looked through for; a clause with more tells nothing of the rest. */
enum { SEGMENTS_A_CLAUSE = 64 };

/* The token of a sentence that begins at a byte; NONE. */
static uint32_t token_at(const dsr_said_state *s, uint32_t sentence, uint32_t start)
{
    uint32_t low = s->sentence_starts[sentence], high = s->sentence_starts[sentence + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->tokens[middle].span.start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < s->sentence_starts[sentence + 1] && s->tokens[low].span.start == start;
    return found ? low : DSR_SAID_NONE;
}

/* The first quotation that ends behind a byte. Their ends ascend, for none holds another. */
static uint32_t segment_behind(const dsr_said_state *s, uint32_t start)
{
    uint32_t low = 0, high = (uint32_t)s->report->quotes.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->report->quotes.items[middle].span.end <= start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void tell_segments(dsr_said_state *s, uint32_t attribution, dsr_span content)
{
    const dsr_quote *quotes = s->report->quotes.items;
    uint32_t first = segment_behind(s, content.start);
    for (uint32_t i = first; i < s->report->quotes.count && i - first < SEGMENTS_A_CLAUSE; i++) {
        if (quotes[i].span.start >= content.end) {
            return;
        }
        dsr_said_segment *q = &s->segments[i];
        uint32_t worse = attribution;
        for (size_t k = 0; k < DSR_SAID_TOLD && worse != DSR_SAID_NONE; k++) {
            uint32_t here = q->told[k];
            if (here == DSR_SAID_NONE || s->told.items[worse].score > s->told.items[here].score) {
                q->told[k] = worse;
                worse = here;
            }
        }
    }
}

dsr_status dsr_said_read_grammar(dsr_said_state *s)
{
    if (s->tables->attributions == NULL) {
        return DSR_OK;
    }
    dsr_status status = dsr_attributions_find(s->tables->attributions, s->arena, s->sentences,
                                              s->sentence_count, s->report, &s->told);
    if (status != DSR_OK) {
        return status;
    }
    s->told_by = dsr_arena_alloc_array(s->arena, s->told.count + 1, sizeof *s->told_by);
    if (s->told_by == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < s->told.count; i++) {
        const dsr_attribution *a = &s->told.items[i];
        uint32_t token = a->head.end > 0 ? token_at(s, a->sentence, a->head.start) : DSR_SAID_NONE;
        s->told_by[i] = token != DSR_SAID_NONE ? s->tokens[token].mention : DSR_SAID_NONE;
        for (uint32_t k = 0; k < a->contents; k++) {
            tell_segments(s, i, a->content[k]);
        }
    }
    return DSR_OK;
}

/* ---- indirect speech ---- */

static bool is_mark_or_blank(char c)
{
    return c == '"' || c == '\'' || c == ' ' || c == ',' || c == '.' || (unsigned char)c >= 0x80;
}

/* Whether a clause is whom some words in marks nearby were said to: "told reporters" tells nothing more. */
static bool is_audience(const dsr_said_state *s, dsr_span content)
{
    uint32_t next = segment_behind(s, content.start);
    for (uint32_t i = next > 0 ? next - 1 : 0; i <= next && i < s->quote_count; i++) {
        dsr_span audience = s->segments[i].made.audience;
        if (audience.start < content.end && content.start < audience.end) {
            return true;
        }
    }
    return false;
}

/* Whether a clause is no more than the words of one quotation in marks, give or take marks and stops. */
static bool is_in_marks(const dsr_said_state *s, dsr_span content)
{
    const dsr_report *report = s->report;
    uint32_t i = segment_behind(s, content.start);
    if (i >= s->quote_count || report->quotes.items[i].span.start >= content.end) {
        return false;
    }
    dsr_span q = report->quotes.items[i].span;
    uint32_t before = q.start, behind = q.end;
    if (dsr_slice_starts(dsr_slice_part(s->text, content.start, content.end), DSR_SLICE("saying "))) {
        content.start += (uint32_t)sizeof "saying" - 1; /* "accused her of saying" and the words in marks */
    }
    for (; before > content.start; before--) {
        if (!is_mark_or_blank(s->text.ptr[before - 1])) {
            return false;
        }
    }
    for (; behind < content.end; behind++) {
        if (!is_mark_or_blank(s->text.ptr[behind])) {
            return false;
        }
    }
    return true;
}

static dsr_quote quote_of(dsr_said_state *s, uint32_t number, dsr_span content)
{
    const dsr_attribution *a = &s->told.items[number];
    uint32_t mention = s->told_by[number];
    dsr_quote quote = {.span = content,
                       .kind = DSR_QUOTE_INDIRECT,
                       .entity = DSR_NO_ENTITY,
                       .speaker = a->source,
                       .cue = a->cue,
                       .audience = a->audience,
                       .how = a->how};
    if (mention != DSR_SAID_NONE) {
        dsr_said_know_person(s, mention);
        quote.entity = s->mentions.items[mention].entity;
    }
    if (a->source.end > 0) {
        quote.confidence = a->score;
    }
    quote.denied = dsr_said_is_denied(s, a->sentence, a->cue);
    uint32_t cue = token_at(s, a->sentence, a->cue.start);
    if (cue != DSR_SAID_NONE) {
        dsr_said_segment at = {.mention = mention, .cue = {cue, DSR_LINK_SUBJECT}};
        dsr_said_read_medium(s, &at, &quote);
    }
    return quote;
}

/* By start; words in marks before clauses that begin with them, longer clauses before shorter ones. */
static int by_start(const void *a, const void *b)
{
    const dsr_quote *x = a, *y = b;
    if (x->span.start != y->span.start) {
        return x->span.start < y->span.start ? -1 : 1;
    }
    bool told_x = x->kind == DSR_QUOTE_INDIRECT, told_y = y->kind == DSR_QUOTE_INDIRECT;
    if (told_x != told_y) {
        return told_x ? 1 : -1;
    }
    if (x->span.end != y->span.end) {
        return x->span.end > y->span.end ? -1 : 1;
    }
    return (x->quotation > y->quotation) - (x->quotation < y->quotation);
}

dsr_status dsr_said_make_indirect(dsr_said_state *s, dsr_quotes *out)
{
    uint32_t quotation = 0;
    for (size_t i = 0; i < s->report->quotes.count; i++) {
        uint32_t number = s->report->quotes.items[i].quotation;
        quotation = number > quotation ? number : quotation;
    }
    for (uint32_t i = 0; i < s->told.count; i++) {
        const dsr_attribution *a = &s->told.items[i];
        quotation++;
        for (uint32_t k = 0; k < a->contents; k++) {
            if (a->content[k].start >= a->content[k].end || is_in_marks(s, a->content[k]) ||
                is_audience(s, a->content[k])) {
                continue;
            }
            if (DSR_LIST_RESERVE(s->arena, out, 1) != DSR_OK) {
                return DSR_ERR_MEMORY;
            }
            dsr_quote quote = quote_of(s, i, a->content[k]);
            quote.quotation = quotation;
            out->items[out->count++] = quote;
        }
    }
    return DSR_OK;
}

/* The list in its final order; its room was made before. */
void dsr_said_sort(dsr_report *report)
{
    if (report->quotes.count > 1) {
        qsort(report->quotes.items, report->quotes.count, sizeof *report->quotes.items, by_start);
    }
}
