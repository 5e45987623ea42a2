/* Runs of tokens: what a source, a cue and a content reach over. */
#include "annotate/attributions_parts.h"

enum {
    CLIMB_MOST = 12,
    PHRASE_MOST =
        80 /* tokens of a noun phrase; what is longer is a tree gone wrong, and its head stands for it */
};

dsr_slice dsr_at_text(const dsr_at_sentence *s, uint32_t token)
{
    return dsr_slice_part(s->report->text, s->tokens[token].span.start, s->tokens[token].span.end);
}

bool dsr_at_is(const dsr_at_sentence *s, uint32_t token, const char *word)
{
    return token < s->count && dsr_slice_equal_nocase(dsr_at_text(s, token), dsr_slice_of(word));
}

bool dsr_at_is_one_of(const dsr_at_sentence *s, uint32_t token, const char *words)
{
    if (token >= s->count) {
        return false;
    }
    dsr_slice text = dsr_at_text(s, token);
    dsr_slice rest = dsr_slice_of(words);
    dsr_slice word;
    while (dsr_slice_next_field(&rest, ' ', &word)) {
        if (dsr_slice_equal_nocase(text, word)) {
            return true;
        }
    }
    return false;
}

uint32_t dsr_at_child(const dsr_at_sentence *s, uint32_t head, dsr_relation relation)
{
    for (uint32_t c = s->syntax->first_child[head]; c != DSR_SYNTAX_NONE; c = s->syntax->next_child[c]) {
        if (s->syntax->tokens[c].relation == relation) {
            return c;
        }
    }
    return DSR_AT_NONE;
}

static bool is_mark(const dsr_at_sentence *s, uint32_t token)
{
    return s->tokens[token].kind == DSR_TOKEN_PUNCTUATION;
}

/* What does not belong to a noun phrase though the tree hangs it there. */
static bool leaves_phrase(const dsr_syntax_token *t)
{
    dsr_relation relation = dsr_relation_universal((dsr_relation)t->relation);
    return relation == DSR_REL_PARATAXIS || relation == DSR_REL_DISCOURSE || relation == DSR_REL_ADVCL ||
           relation == DSR_REL_CCOMP || relation == DSR_REL_CSUBJ || relation == DSR_REL_NSUBJ ||
           relation == DSR_REL_AUX || relation == DSR_REL_COP;
}

static dsr_at_range without_marks(const dsr_at_sentence *s, dsr_at_range range)
{
    while (range.start < range.end && is_mark(s, range.start) && !dsr_at_is(s, range.start, "(") &&
           !dsr_at_is(s, range.start, "[")) {
        range.start++;
    }
    while (range.end > range.start && is_mark(s, range.end - 1) && !dsr_at_is(s, range.end - 1, ")") &&
           !dsr_at_is(s, range.end - 1, "]")) {
        range.end--;
    }
    return range;
}

dsr_at_range dsr_at_phrase(const dsr_at_sentence *s, uint32_t head, uint32_t stop)
{
    dsr_at_range range = {head, head + 1};
    for (uint32_t c = s->syntax->first_child[head]; c != DSR_SYNTAX_NONE; c = s->syntax->next_child[c]) {
        const dsr_syntax_token *t = &s->syntax->tokens[c];
        dsr_at_range below = s->below[c];
        bool holds = below.start <= stop && stop < below.end;
        if (holds || t->relation == DSR_REL_PUNCT || leaves_phrase(t) ||
            (c < head && t->relation == DSR_REL_CC)) {
            continue;
        }
        range.start = below.start < range.start ? below.start : range.start;
        range.end = below.end > range.end ? below.end : range.end;
    }
    if (stop != DSR_AT_NONE && range.start < stop && stop < range.end) {
        range = head < stop ? (dsr_at_range){range.start, stop} : (dsr_at_range){stop + 1, range.end};
    }
    if (range.end - range.start > PHRASE_MOST) {
        range = (dsr_at_range){head, head + 1};
    }
    return without_marks(s, range);
}

uint32_t dsr_at_neighbour(const dsr_at_sentence *s, dsr_at_range cue, bool behind)
{
    uint32_t token = behind ? cue.end : cue.start - 1;
    if (token >= s->count) {
        return DSR_AT_NONE;
    }
    for (unsigned i = 0; i < CLIMB_MOST; i++) {
        uint32_t head = s->syntax->tokens[token].head;
        bool same_side = head != DSR_SYNTAX_NONE && (behind ? head >= cue.end : head < cue.start);
        if (!same_side || (s->syntax->tokens[head].upos != DSR_UPOS_NOUN &&
                           s->syntax->tokens[head].upos != DSR_UPOS_PROPN)) {
            break;
        }
        token = head;
    }
    uint8_t upos = s->syntax->tokens[token].upos;
    bool noun = upos == DSR_UPOS_NOUN || upos == DSR_UPOS_PROPN || upos == DSR_UPOS_PRON;
    return noun ? token : DSR_AT_NONE;
}

static bool is_part_of_verb(const dsr_at_sentence *s, uint32_t token, uint32_t head)
{
    const dsr_syntax_token *t = &s->syntax->tokens[token];
    dsr_relation relation = dsr_relation_universal((dsr_relation)t->relation);
    bool adverb = relation == DSR_REL_ADVMOD && s->below[token].end - s->below[token].start == 1 &&
                  t->upos != DSR_UPOS_SCONJ && t->xpos != DSR_XPOS_WRB;
    return t->head == head && (relation == DSR_REL_AUX || relation == DSR_REL_COP || adverb);
}

dsr_at_range dsr_at_cue(const dsr_at_sentence *s, uint32_t head)
{
    dsr_at_range range = {head, head + 1};
    while (range.start > 0 && is_part_of_verb(s, range.start - 1, head)) {
        range.start--;
    }
    while (range.end < s->count && s->syntax->tokens[range.end].head == head &&
           s->syntax->tokens[range.end].relation == DSR_REL_COMPOUND_PRT) {
        range.end++;
    }
    return range;
}

static bool overlaps(dsr_at_range a, dsr_at_range b)
{
    return a.start < b.end && b.start < a.end;
}

static void put_content(const dsr_at_sentence *s, dsr_at_candidate *c, dsr_at_range range)
{
    range = without_marks(s, range);
    bool word = false;
    for (uint32_t t = range.start; t < range.end && !word; t++) {
        word = s->tokens[t].kind != DSR_TOKEN_PUNCTUATION && s->tokens[t].kind != DSR_TOKEN_QUOTE;
    }
    if (word && c->contents < DSR_ATTRIBUTION_CONTENTS) {
        c->content[c->contents++] = range;
    }
}

/* A hole in the content: cue and source, where they stand within it. */
static dsr_at_range hole_of(const dsr_at_candidate *c, dsr_at_range range)
{
    dsr_at_range hole = c->cue;
    if (!overlaps(hole, range)) {
        return overlaps(c->source_range, range) ? c->source_range : (dsr_at_range){range.end, range.end};
    }
    if (overlaps(c->source_range, range)) {
        hole.start = c->source_range.start < hole.start ? c->source_range.start : hole.start;
        hole.end = c->source_range.end > hole.end ? c->source_range.end : hole.end;
    }
    return hole;
}

void dsr_at_add_content(const dsr_at_sentence *s, dsr_at_candidate *c, dsr_at_range range)
{
    dsr_at_range hole = hole_of(c, range);
    if (hole.start > range.start) {
        put_content(s, c, (dsr_at_range){range.start, hole.start < range.end ? hole.start : range.end});
    }
    if (hole.end < range.end) {
        put_content(s, c, (dsr_at_range){hole.end, range.end});
    }
}

dsr_span dsr_at_span(const dsr_at_sentence *s, dsr_at_range range)
{
    if (range.start >= range.end) {
        return (dsr_span){0, 0};
    }
    return (dsr_span){s->tokens[range.start].span.start, s->tokens[range.end - 1].span.end};
}
