/* How far a cue reaches beyond its verb, noun or adjective: what people mark with it though it says nothing
 * by itself. Must not know what is said. */
#include "annotate/attributions_parts.h"

enum { GOVERNOR_REACH = 3, OBJECT_REACH = 3 };

static const dsr_syntax_token *at(const dsr_at_sentence *s, uint32_t token)
{
    return &s->syntax->tokens[token];
}

/* "went on to say": a verb that says nothing by itself is part of the cue. */
static void take_governor(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    const dsr_syntax_token *t = at(s, c->head);
    if (t->relation != DSR_REL_XCOMP || t->head == DSR_SYNTAX_NONE || t->head >= c->head) {
        return;
    }
    uint8_t kind = dsr_cue_find(s->tables, DSR_CUE_VERB, at(s, t->head)->lemma).kind;
    bool empty = kind == 0 || kind == DSR_CUE_IS_seem || kind == DSR_CUE_IS_utter;
    if (empty && c->head - t->head <= GOVERNOR_REACH) {
        c->cue.start = dsr_at_cue(s, t->head).start;
    }
}

enum { MEDIUM_WORDS = 5 };
/* "said in a statement", "wrote on Twitter": the medium right behind the verb is part of the cue. */
static void take_medium(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t first = c->cue.end;
    if (!dsr_at_is_one_of(s, first, "in on during via through")) {
        return;
    }
    for (uint32_t t = first + 1; t < s->count && t <= first + MEDIUM_WORDS; t++) {
        if (s->tokens[t].kind != DSR_TOKEN_WORD) {
            return;
        }
        bool noun = at(s, t)->upos == DSR_UPOS_NOUN || at(s, t)->upos == DSR_UPOS_PROPN;
        if (noun && dsr_cue_find(s->tables, DSR_CUE_MEDIUM, at(s, t)->lemma).kind != 0) {
            c->cue.end = t + 1;
            return;
        }
    }
}

static bool has_content(const dsr_at_candidate *c, uint32_t token)
{
    for (uint32_t i = 0; i < c->contents; i++) {
        if (c->content[i].start <= token && token < c->content[i].end) {
            return true;
        }
    }
    return false;
}

/* "is accused of": the preposition that leads to the content. */
static void take_preposition(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t t = c->cue.end;
    bool own = t < s->count && (dsr_cue_preposition(dsr_at_text(s, t)) & c->entry.takes) != 0;
    if (own && (has_content(c, t) || has_content(c, t + 1))) {
        c->cue.end++;
    }
}

/* "turned their attention to": where the cue leads to the content by a preposition, what stands between. */
static void take_object(dsr_at_candidate *c)
{
    bool leads = c->frame == DSR_FRAME_preposition && c->part == DSR_CUE_VERB && c->contents > 0;
    uint32_t to = leads ? c->content[0].start : 0;
    bool source = c->source_range.end > c->cue.end && c->source_range.start < to;
    if (to > c->cue.end && to - c->cue.end <= OBJECT_REACH && !source) {
        c->cue.end = to;
    }
}

/* "said Tuesday that": a lone word that tells when. */
static void take_day(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t day = dsr_at_child(s, c->head, DSR_REL_OBL_UNMARKED);
    if (day == c->cue.end && s->below[day].end - s->below[day].start == 1) {
        c->cue.end++;
    }
}

/* What the cue has taken is no content. */
static void cut_content(dsr_at_candidate *c)
{
    for (uint32_t i = 0; i < c->contents; i++) {
        dsr_at_range *r = &c->content[i];
        if (r->start >= c->cue.start && r->start < c->cue.end && r->end > c->cue.end) {
            r->start = c->cue.end;
        }
    }
}

void dsr_at_widen_cue(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    if (c->part == DSR_CUE_VERB) {
        take_governor(s, c);
    }
    if (c->part == DSR_CUE_VERB && dsr_at_speaks(c)) {
        take_day(s, c);
        take_medium(s, c);
    }
    take_preposition(s, c);
    take_object(c);
    cut_content(c);
}
