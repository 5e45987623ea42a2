/* What is known of a saying beside its speaker: whom it was said to, through what, how sure it all is. */
#include "annotate/said_parts.h"

enum { WINDOW = 18, CUE_WORDS = 12 };

static dsr_relation universal(const dsr_said_state *s, uint32_t token)
{
    uint8_t relation = s->tokens[token].relation;
    return relation < DSR_REL_COUNT ? dsr_relation_universal((dsr_relation)relation) : DSR_REL_COUNT;
}

static bool is_medium_noun(const dsr_said_state *s, uint32_t token, dsr_medium *out)
{
    uint8_t upos = s->tokens[token].upos;
    if ((upos != DSR_UPOS_NOUN && upos != DSR_UPOS_PROPN) || s->tokens[token].quote != DSR_SAID_NONE) {
        return false;
    }
    char folded[64];
    dsr_slice lemma = dsr_said_lemma(s, token);
    if (lemma.len > sizeof folded) {
        return false;
    }
    for (size_t i = 0; i < lemma.len; i++) {
        char c = lemma.ptr[i];
        folded[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *out = dsr_media_words_find(s->tables->media, DSR_MEDIA_NOUN, (dsr_slice){folded, lemma.len});
    return *out != DSR_MEDIUM_UNSAID;
}

static bool is_outlet(const dsr_said_state *s, const dsr_said_mention *m)
{
    dsr_span span = {s->tokens[m->first].span.start, s->tokens[m->end - 1].span.end};
    dsr_slice text = dsr_slice_part(s->text, span.start, span.end);
    uint32_t lists = dsr_gazetteer_find_text(s->tables->gazetteer, text);
    return (lists & DSR_GAZETTEER_PRESS) != 0 || dsr_lexicon_outlet_by_name(s->tables->lexicon, text) != NULL;
}

/* The person or body that a verb of telling has for its object. */
uint32_t dsr_said_audience(const dsr_said_state *s, const dsr_said_segment *q)
{
    if (q->cue.token == DSR_SAID_NONE ||
        !dsr_said_is(
            s, q->cue.token,
            "told tell tells telling asked asks ask reminded warned assured informed urged advised")) {
        return DSR_SAID_NONE;
    }
    for (uint32_t c = dsr_said_first_child(s, q->cue.token); c != DSR_SAID_NONE;
         c = dsr_said_next_child(s, c)) {
        dsr_relation r = universal(s, c);
        bool object = (r == DSR_REL_OBJ || r == DSR_REL_IOBJ) && c > q->cue.token;
        uint32_t mention = s->tokens[c].mention;
        if (object && mention != DSR_SAID_NONE && mention != q->mention) {
            return mention;
        }
    }
    return DSR_SAID_NONE;
}

static void read_audience(dsr_said_state *s, const dsr_said_segment *q, dsr_quote *quote)
{
    uint32_t mention = dsr_said_audience(s, q);
    if (mention == DSR_SAID_NONE) {
        return;
    }
    dsr_said_mention *m = &s->mentions.items[mention];
    dsr_said_stretch(s, m);
    quote->audience = (dsr_span){s->tokens[m->first].span.start, s->tokens[m->end - 1].span.end};
    if (quote->medium == DSR_MEDIUM_UNSAID && is_outlet(s, m)) {
        quote->medium = DSR_MEDIUM_INTERVIEW;
    }
}

/* Nouns of media near the cue in its sentence, behind "in", "on", "during" and the like. */
void dsr_said_read_medium(const dsr_said_state *s, const dsr_said_segment *q, dsr_quote *quote)
{
    uint32_t cue = q->cue.token;
    dsr_medium found = dsr_media_words_find(s->tables->media, DSR_MEDIA_VERB, dsr_said_lemma(s, cue));
    if (found != DSR_MEDIUM_UNSAID || is_medium_noun(s, cue, &found)) {
        quote->medium = found;
        return;
    }
    uint32_t first = cue > WINDOW ? cue - WINDOW : 0;
    uint32_t best = UINT32_MAX;
    for (uint32_t t = first; t < s->token_count && t < cue + WINDOW; t++) {
        bool near = s->tokens[t].sentence == s->tokens[cue].sentence;
        if (!near || !is_medium_noun(s, t, &found) || universal(s, t) == DSR_REL_NSUBJ) {
            continue;
        }
        bool placed = universal(s, t) == DSR_REL_OBL || universal(s, t) == DSR_REL_NMOD;
        uint32_t away = t > cue ? t - cue : cue - t;
        if (placed && away < best) {
            best = away;
            quote->medium = found;
        }
    }
}

bool dsr_said_is_denied(const dsr_said_state *s, uint32_t sentence, dsr_span cue)
{
    uint32_t low = s->sentence_starts[sentence];
    uint32_t end = s->sentence_starts[sentence + 1];
    for (uint32_t high = end; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (s->tokens[middle].span.start < cue.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (uint32_t t = low; t < end && t < low + CUE_WORDS && s->tokens[t].span.start < cue.end; t++) {
        if (dsr_said_denies(s, t)) {
            return true;
        }
    }
    return false;
}

void dsr_said_circumstances(dsr_said_state *s, const dsr_said_segment *q, dsr_quote *quote)
{
    dsr_said_read_medium(s, q, quote);
    read_audience(s, q, quote);
}

uint16_t dsr_said_confidence(const dsr_said_state *s, const dsr_said_segment *q)
{
    (void)s;
    uint16_t right = dsr_said_margins[0].right;
    for (size_t i = 1; i < DSR_SAID_MARGINS && dsr_said_margins[i].from <= q->margin; i++) {
        right = dsr_said_margins[i].right;
    }
    return right;
}
