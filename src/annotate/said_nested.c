/* Quotations within quotations: what somebody in marks says that another one said ("My boss told me, 'Go.'").
 * Only those that somebody is said to say are told; one level deep. Must not know who says the outer one but
 * by "I". */
#include "annotate/said_parts.h"

#include "language/language.h"

#include <string.h>

enum { VERB_REACH = 6, CLIMB_MOST = 3, CHILDREN_MOST = 32, MARK_MOST = 4 };
/* Nobody measured these: there are too few in marked-up text. A name beside the verb, and all others. */
enum { NAMED = 800, OTHERS = 600 };

/* Marks that may open or close one, by their first bytes; those of three bytes begin with E2 80. */
static bool is_mark_at(dsr_slice text, size_t at)
{
    char c = text.ptr[at];
    return c == '"' || c == '\'' ||
           (at + 2 < text.len && memcmp(text.ptr + at, "\xe2\x80", 2) == 0 &&
            (unsigned char)text.ptr[at + 2] >= 0x98 && (unsigned char)text.ptr[at + 2] <= 0x9f);
}

static bool is_before_mark(char c)
{
    return c == ' ' || c == '\n' || c == '(' || c == '[' || c == ':' || c == ',';
}

/* Whether a mark that may open stands in it: most quotations have none, and are not read twice. */
static bool may_hold(dsr_slice inner)
{
    for (size_t at = 0; at < inner.len; at++) {
        if (is_mark_at(inner, at) && (at == 0 || is_before_mark(inner.ptr[at - 1]))) {
            return true;
        }
    }
    return false;
}

/* A quotation without its own marks; empty where it does not begin with one. */
static dsr_span without_marks(dsr_slice text, dsr_span span)
{
    dsr_slice all = dsr_slice_part(text, span.start, span.end);
    if (all.len < MARK_MOST || !is_mark_at(all, 0)) {
        return (dsr_span){span.start, span.start};
    }
    span.start += all.ptr[0] == '"' || all.ptr[0] == '\'' ? 1 : 3;
    char last = all.ptr[all.len - 1];
    if (last == '"' || last == '\'') {
        span.end--;
    } else if (is_mark_at(all, all.len - 3)) {
        span.end -= 3;
    }
    return span;
}

/* ---- who says it ---- */

static dsr_relation relation_of(const dsr_said_state *s, uint32_t token)
{
    uint8_t relation = s->tokens[token].relation;
    return relation < DSR_REL_COUNT ? dsr_relation_universal((dsr_relation)relation) : DSR_REL_COUNT;
}

static bool is_speech(const dsr_said_state *s, uint32_t token)
{
    return s->tokens[token].upos == DSR_UPOS_VERB && dsr_said_is_cue_lemma(s, token);
}

static uint32_t subject_of(const dsr_said_state *s, uint32_t verb)
{
    for (unsigned up = 0; up < CLIMB_MOST && verb != DSR_SAID_NONE; up++) {
        unsigned seen = 0;
        for (uint32_t c = dsr_said_first_child(s, verb); c != DSR_SAID_NONE && seen < CHILDREN_MOST;
             c = dsr_said_next_child(s, c), seen++) {
            if (relation_of(s, c) == DSR_REL_NSUBJ) {
                return c;
            }
        }
        dsr_relation relation = relation_of(s, verb);
        bool shares = relation == DSR_REL_CONJ || relation == DSR_REL_XCOMP || relation == DSR_REL_ADVCL;
        verb = shares ? s->tokens[verb].head : DSR_SAID_NONE;
    }
    return DSR_SAID_NONE;
}

/* A verb of speech of the outer words right before or right behind the inner ones, without another clause
 * between. */
static uint32_t verb_beside(const dsr_said_state *s, const dsr_said_segment *outer, uint32_t first,
                            uint32_t end)
{
    bool mark = first > 0 && s->tokens[first - 1].kind == DSR_TOKEN_PUNCTUATION;
    for (uint32_t t = first; t > outer->first && first - t < VERB_REACH; t--) {
        bool stop = dsr_said_is(s, t - 1, ". ! ? ;") || (mark && t < first && dsr_said_is(s, t - 1, ","));
        if (stop || is_speech(s, t - 1)) {
            return stop ? DSR_SAID_NONE : t - 1;
        }
    }
    for (uint32_t t = end; t < outer->end && t - end < VERB_REACH; t++) {
        bool stop = dsr_said_is(s, t, ". ! ? ; ,");
        if (stop || is_speech(s, t)) {
            return stop ? DSR_SAID_NONE : t;
        }
    }
    return DSR_SAID_NONE;
}

static uint32_t entity_at(const dsr_said_state *s, const dsr_said_segment *outer, uint32_t token)
{
    const dsr_report *report = s->report;
    if (s->tokens[token].name != DSR_SAID_NONE) {
        return report->names.items[s->tokens[token].name].entity;
    }
    if (dsr_said_is(s, token, "i")) {
        return outer->made.entity;
    }
    size_t low = 0;
    size_t high = report->references.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->references.items[middle].span.end <= s->tokens[token].span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < report->references.count &&
                 report->references.items[low].span.start <= s->tokens[token].span.start;
    return found ? report->references.items[low].entity : DSR_NO_ENTITY;
}

/* *from is a token of the outer words before the inner ones, and moves on with them. */
static bool set_speaker(dsr_said_state *s, const dsr_said_segment *outer, uint32_t *from, dsr_quote *quote)
{
    uint32_t first = *from;
    while (first < outer->end && s->tokens[first].span.end <= quote->span.start) {
        first++;
    }
    uint32_t end = first;
    while (end < outer->end && s->tokens[end].span.start < quote->span.end) {
        end++;
    }
    *from = end;
    uint32_t verb = verb_beside(s, outer, first, end);
    uint32_t subject = verb != DSR_SAID_NONE ? subject_of(s, verb) : DSR_SAID_NONE;
    bool within = subject != DSR_SAID_NONE && subject >= outer->first && subject < outer->end &&
                  (subject < first || subject >= end);
    if (!within) {
        return false;
    }
    dsr_said_mention m = {.head = subject, .type = DSR_TYPE_NOUN};
    dsr_said_stretch(s, &m);
    quote->speaker = (dsr_span){s->tokens[m.first].span.start, s->tokens[m.end - 1].span.end};
    quote->cue = dsr_said_cue_span(s, (dsr_said_cue){verb, DSR_LINK_SUBJECT});
    quote->entity = entity_at(s, outer, subject);
    quote->how = DSR_SAID_VERB;
    quote->confidence = s->tokens[subject].name != DSR_SAID_NONE ? NAMED : OTHERS;
    return true;
}

/* ---- all of them ---- */

static dsr_status read_inner(dsr_said_state *s, const dsr_said_segment *outer, dsr_span inner,
                             uint32_t *quotation, dsr_quotes *out)
{
    dsr_report part = {.text = dsr_slice_part(s->text, inner.start, inner.end), .meta = s->report->meta};
    dsr_status status = dsr_language_find_quotes(s->arena, s->tables->lexicon, &part);
    uint32_t token = outer->first;
    for (size_t i = 0; status == DSR_OK && i < part.quotes.count; i++) {
        dsr_quote quote = part.quotes.items[i];
        quote.span = (dsr_span){quote.span.start + inner.start, quote.span.end + inner.start};
        bool all = quote.span.start == inner.start && quote.span.end == inner.end;
        if (all || quote.kind == DSR_QUOTE_SCARE || !set_speaker(s, outer, &token, &quote)) {
            continue;
        }
        quote.quotation = ++*quotation;
        status = DSR_LIST_RESERVE(s->arena, out, 1);
        if (status == DSR_OK) {
            out->items[out->count++] = quote;
        }
    }
    return status;
}

dsr_status dsr_said_make_nested(dsr_said_state *s, dsr_quotes *out)
{
    uint32_t quotation = 0;
    for (size_t i = 0; i < s->quote_count; i++) {
        uint32_t number = s->report->quotes.items[i].quotation;
        quotation = number > quotation ? number : quotation;
    }
    for (size_t i = 0; i < out->count; i++) {
        quotation = out->items[i].quotation > quotation ? out->items[i].quotation : quotation;
    }
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < s->quote_count; i++) {
        const dsr_said_segment *q = &s->segments[i];
        dsr_span inner = without_marks(s->text, s->report->quotes.items[i].span);
        if (q->first < q->end && q->made.kind != DSR_QUOTE_SCARE &&
            may_hold(dsr_slice_part(s->text, inner.start, inner.end))) {
            status = read_inner(s, q, inner, &quotation, out);
        }
    }
    return status;
}
