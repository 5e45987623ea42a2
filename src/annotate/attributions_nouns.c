/* Nouns, adjectives and phrases that bring in what somebody says or thinks. */
#include "annotate/attributions_parts.h"

static const dsr_syntax_token *at(const dsr_at_sentence *s, uint32_t token)
{
    return &s->syntax->tokens[token];
}

static void start(dsr_at_candidate *c, uint32_t token, dsr_cue_part part, dsr_cue_entry entry)
{
    *c = (dsr_at_candidate){.head = token,
                            .part = part,
                            .entry = entry,
                            .source = DSR_AT_NONE,
                            .cue = {token, token + 1},
                            .quotes = {DSR_AT_NONE, DSR_AT_NONE}};
}

/* ---- nouns ---- */

enum { LIGHT_REACH = 5 };

static uint32_t clause_of_noun(const dsr_at_sentence *s, uint32_t noun)
{
    for (uint32_t c = s->syntax->first_child[noun]; c != DSR_SYNTAX_NONE; c = s->syntax->next_child[c]) {
        dsr_relation relation = (dsr_relation)at(s, c)->relation;
        if (c > noun && (relation == DSR_REL_ACL || relation == DSR_REL_CCOMP)) {
            return c;
        }
    }
    return DSR_AT_NONE;
}

static uint32_t complement_of_noun(const dsr_at_sentence *s, uint32_t noun, uint32_t takes, uint32_t *word)
{
    for (uint32_t c = s->syntax->first_child[noun]; c != DSR_SYNTAX_NONE; c = s->syntax->next_child[c]) {
        if (c < noun || dsr_relation_universal((dsr_relation)at(s, c)->relation) != DSR_REL_NMOD) {
            continue;
        }
        *word = dsr_at_child(s, c, DSR_REL_CASE);
        if (*word != DSR_AT_NONE && (dsr_cue_preposition(dsr_at_text(s, *word)) & takes) != 0) {
            return c;
        }
    }
    return DSR_AT_NONE;
}

/* Verbs that lend a noun of speech its tense. */
static bool is_light(const dsr_at_sentence *s, uint32_t verb)
{
    static const char *const light[] = {"make",  "give",  "have",  "issue",   "express",
                                        "voice", "offer", "raise", "take",    "show",
                                        "put",   "lodge", "share", "deliver", "file"};
    for (size_t i = 0; i < sizeof light / sizeof *light; i++) {
        if (dsr_slice_equal(at(s, verb)->lemma, dsr_slice_of(light[i]))) {
            return true;
        }
    }
    return false;
}

/* "Mr Smith's claim", "a claim by Smith"; else the subject of a verb that has the noun as its object. */
static void source_of_noun(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t owner = dsr_at_child(s, c->head, DSR_REL_NMOD_POSS);
    uint32_t word;
    if (owner != DSR_AT_NONE) {
        c->source = owner;
        c->source_range = dsr_at_phrase(s, owner, c->head);
        return;
    }
    uint32_t by = complement_of_noun(s, c->head, dsr_cue_preposition(DSR_SLICE("by")), &word);
    if (by != DSR_AT_NONE) {
        c->source = by;
        c->source_range = dsr_at_phrase(s, by, c->head);
        c->source_range.start += c->source_range.start == word;
        return;
    }
    uint32_t verb = at(s, c->head)->head;
    if (at(s, c->head)->relation == DSR_REL_OBJ && verb != DSR_SYNTAX_NONE) {
        c->source = dsr_at_subject(s, verb, &c->shared);
        c->shared = true;
        if (c->source != DSR_AT_NONE) {
            c->source_range = dsr_at_phrase(s, c->source, verb);
        }
        if (is_light(s, verb) && verb < c->head && c->head - verb <= LIGHT_REACH) {
            c->light = true;
            c->cue.start = dsr_at_cue(s, verb).start;
        }
    }
}

/* "growing concern": what colours the noun belongs to the cue. */
static void take_adjectives(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    while (c->cue.start > 0 && at(s, c->cue.start - 1)->head == c->head &&
           at(s, c->cue.start - 1)->relation == DSR_REL_AMOD) {
        c->cue.start--;
    }
}

bool dsr_at_from_noun(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *c)
{
    dsr_cue_entry entry = dsr_cue_find(s->tables, DSR_CUE_NOUN, at(s, token)->lemma);
    if (entry.kind == 0) {
        return false;
    }
    start(c, token, DSR_CUE_NOUN, entry);
    take_adjectives(s, c);
    source_of_noun(s, c);
    uint32_t clause = clause_of_noun(s, token);
    uint32_t by = dsr_cue_preposition(DSR_SLICE("by"));
    uint32_t word = DSR_AT_NONE;
    if (clause != DSR_AT_NONE && dsr_at_is(s, s->below[clause].start, "that")) {
        c->frame = DSR_FRAME_that;
        c->takes = (entry.takes & DSR_TAKES_THAT) != 0;
    } else if (clause != DSR_AT_NONE && dsr_at_is(s, s->below[clause].start, "to")) {
        c->frame = DSR_FRAME_infinitive;
        c->takes = (entry.takes & DSR_TAKES_TO) != 0;
    } else {
        uint32_t takes = entry.takes & ~(uint32_t)(DSR_TAKES_PREPOSITION - 1) & ~by;
        clause = complement_of_noun(s, token, takes, &word);
        c->frame = DSR_FRAME_preposition;
        c->takes = true;
    }
    if (clause == DSR_AT_NONE) {
        return false;
    }
    dsr_at_range range = s->below[clause];
    if (word != DSR_AT_NONE && word == range.start) {
        range.start++;
        c->cue.end += word == c->cue.end;
    }
    dsr_at_add_content(s, c, range);
    dsr_at_widen_cue(s, c);
    return c->contents > 0;
}

/* ---- adjectives ---- */

bool dsr_at_from_adjective(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *c)
{
    dsr_cue_entry entry = dsr_cue_find(s->tables, DSR_CUE_ADJECTIVE, at(s, token)->lemma);
    if (entry.kind == 0) {
        entry = dsr_cue_find(s->tables, DSR_CUE_ADJECTIVE, dsr_at_text(s, token));
    }
    if (entry.kind == 0) {
        return false;
    }
    start(c, token, DSR_CUE_ADJECTIVE, entry);
    c->cue = dsr_at_cue(s, token);
    c->source = dsr_at_subject(s, token, &c->shared);
    if (c->source != DSR_AT_NONE) {
        c->source_range = dsr_at_phrase(s, c->source, token);
    }
    for (uint32_t k = s->syntax->first_child[token]; k != DSR_SYNTAX_NONE; k = s->syntax->next_child[k]) {
        dsr_relation relation = dsr_relation_universal((dsr_relation)at(s, k)->relation);
        dsr_at_range range = s->below[k];
        uint32_t bit = dsr_cue_preposition(dsr_at_text(s, range.start));
        if (k < token) {
            continue;
        }
        if (relation == DSR_REL_CCOMP || (relation == DSR_REL_ADVCL && dsr_at_is(s, range.start, "that"))) {
            c->frame = dsr_at_is(s, range.start, "that") ? DSR_FRAME_that : DSR_FRAME_bare;
            c->takes = (entry.takes & DSR_TAKES_THAT) != 0;
        } else if ((relation == DSR_REL_XCOMP || relation == DSR_REL_ADVCL) &&
                   dsr_at_is(s, range.start, "to")) {
            c->frame = DSR_FRAME_infinitive;
            c->takes = (entry.takes & DSR_TAKES_TO) != 0;
        } else if ((relation == DSR_REL_OBL || relation == DSR_REL_ADVCL) && (bit & entry.takes) != 0) {
            c->frame = DSR_FRAME_preposition;
            c->takes = true;
            c->cue.end += range.start == c->cue.end;
            range.start++;
        } else {
            continue;
        }
        dsr_at_add_content(s, c, range);
        dsr_at_widen_cue(s, c);
        return c->contents > 0;
    }
    return false;
}

/* ---- phrases ---- */

enum { PHRASE_WORDS = 5, PHRASE_BYTES = 48, CLIMB_MOST = 12 };

/* The longest phrase of the table that begins at a token: the tokens that it takes; 0. */
static uint32_t phrase_at(const dsr_at_sentence *s, uint32_t token, dsr_cue_entry *entry)
{
    uint32_t longest = 0;
    for (uint32_t n = 1; n <= PHRASE_WORDS && token + n <= s->count; n++) {
        uint32_t from = s->tokens[token].span.start;
        uint32_t to = s->tokens[token + n - 1].span.end;
        if (to - from > PHRASE_BYTES) {
            break;
        }
        dsr_cue_entry found =
            dsr_cue_find(s->tables, DSR_CUE_PHRASE, dsr_slice_part(s->report->text, from, to));
        if (found.kind != 0) {
            *entry = found;
            longest = n;
        }
    }
    return longest;
}

static bool is_within_phrase(dsr_relation relation)
{
    dsr_relation r = dsr_relation_universal(relation);
    return r == DSR_REL_DET || r == DSR_REL_AMOD || r == DSR_REL_COMPOUND || r == DSR_REL_NUMMOD ||
           relation == DSR_REL_NMOD_POSS || r == DSR_REL_FLAT || r == DSR_REL_CASE || r == DSR_REL_ADVMOD;
}

/* The head of what stands behind a phrase: climbs from its first token while all below stays behind it. */
static uint32_t head_behind(const dsr_at_sentence *s, uint32_t first)
{
    uint32_t head = first;
    for (unsigned i = 0; i < CLIMB_MOST && at(s, head)->head != DSR_SYNTAX_NONE && at(s, head)->head > head &&
                         is_within_phrase((dsr_relation)at(s, head)->relation);
         i++) {
        head = at(s, head)->head;
    }
    return head;
}

/* "per cent", "per person": a lone preposition that stands before no name and no certain thing. */
static bool is_rate(const dsr_at_sentence *s, const dsr_at_candidate *c)
{
    uint32_t first = c->cue.end;
    bool certain = at(s, first)->upos == DSR_UPOS_DET || at(s, first)->upos == DSR_UPOS_PRON;
    return c->cue.end - c->cue.start == 1 && s->name[first] == DSR_AT_NONE && !certain;
}

bool dsr_at_from_phrase(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *c)
{
    dsr_cue_entry entry = {0, 0};
    uint32_t words = phrase_at(s, token, &entry);
    if (words == 0 || token + words >= s->count) {
        return false;
    }
    start(c, token, DSR_CUE_PHRASE, entry);
    c->cue.end = token + words;
    c->frame = DSR_FRAME_phrase;
    c->takes = true;
    c->source = head_behind(s, c->cue.end);
    c->source_range = dsr_at_phrase(s, c->source, DSR_AT_NONE);
    c->source_range.start = c->cue.end;
    if (c->source_range.end <= c->source_range.start || is_rate(s, c)) {
        return false;
    }
    /* The clause that the phrase stands in, without it. */
    uint32_t clause = at(s, c->source)->head;
    for (unsigned i = 0;
         i < 8 && clause != DSR_SYNTAX_NONE && at(s, clause)->head != DSR_SYNTAX_NONE &&
         at(s, clause)->upos != DSR_UPOS_VERB && dsr_syntax_subject(s->syntax, clause) == DSR_SYNTAX_NONE;
         i++) {
        clause = at(s, clause)->head;
    }
    dsr_at_range range = clause != DSR_SYNTAX_NONE ? s->below[clause] : (dsr_at_range){0, s->count};
    if (range.start < c->cue.start && range.end > c->source_range.end + 1 &&
        s->tokens[c->source_range.end].kind != DSR_TOKEN_PUNCTUATION) {
        range.end = c->cue.start;
    }
    if (c->cue.start == 0 || dsr_at_is(s, c->cue.start - 1, ",")) {
        range = (dsr_at_range){0, s->count};
    }
    dsr_at_add_content(s, c, range);
    return c->contents > 0;
}

/* ---- colons ---- */

enum { HEADING_SOURCE_MOST = 8 };

/* Behind the last dash before the source. */
static uint32_t heading_start(const dsr_at_sentence *s, uint32_t source)
{
    uint32_t first = source;
    while (first > 0 && s->tokens[first - 1].kind != DSR_TOKEN_PUNCTUATION) {
        first--;
    }
    return first;
}

bool dsr_at_from_colon(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *c)
{
    if (token == 0 || token > HEADING_SOURCE_MOST || token + 2 >= s->count || !dsr_at_is(s, token, ":")) {
        return false;
    }
    dsr_cue_entry nothing = {0, 0};
    start(c, token, DSR_CUE_VERB, nothing);
    c->frame = DSR_FRAME_colon;
    for (uint32_t t = 0; t < token; t++) {
        uint8_t upos = at(s, t)->upos;
        bool noun = upos == DSR_UPOS_PROPN || upos == DSR_UPOS_NOUN;
        if (upos == DSR_UPOS_VERB || upos == DSR_UPOS_AUX || s->tokens[t].kind == DSR_TOKEN_QUOTE) {
            return false;
        }
        c->source = noun && (c->source == DSR_AT_NONE || s->name[t] != DSR_AT_NONE) ? t : c->source;
    }
    bool label =
        c->source != DSR_AT_NONE && s->name[c->source] == DSR_AT_NONE &&
        dsr_at_is_one_of(s, c->source, "q a question answer update note correction watch read photo");
    if (c->source == DSR_AT_NONE || label) {
        return false;
    }
    c->source_range = (dsr_at_range){heading_start(s, c->source), token};
    dsr_at_add_content(s, c, (dsr_at_range){token + 1, s->count});
    return c->contents > 0;
}
