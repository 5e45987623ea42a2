/* Verbs that bring in what somebody says: which of their dependents is the content, and whose it is. */
#include "annotate/attributions_parts.h"

#include <string.h>

enum { CLIMB_MOST = 6, PLACE_MOST = 12, COMMAS_WITHIN = 40 };

static const dsr_syntax_token *at(const dsr_at_sentence *s, uint32_t token)
{
    return &s->syntax->tokens[token];
}

/* ---- sources ---- */

static bool shares_subject(dsr_relation relation)
{
    dsr_relation universal = dsr_relation_universal(relation);
    return universal == DSR_REL_CONJ || universal == DSR_REL_XCOMP ||
           (universal == DSR_REL_ADVCL && relation != DSR_REL_ADVCL_RELCL);
}

/* "are left wondering", "is quick to point out": whoever the governor tells of. */
static bool is_controlled(const dsr_at_sentence *s, uint32_t predicate)
{
    uint32_t mark = dsr_at_child(s, predicate, DSR_REL_MARK);
    bool to = mark != DSR_AT_NONE && dsr_at_is(s, mark, "to");
    return at(s, predicate)->relation == DSR_REL_CCOMP && (to || at(s, predicate)->xpos == DSR_XPOS_VBG);
}

/* "accused Roe of saying": the object's. */
static uint32_t controlling_object(const dsr_at_sentence *s, uint32_t gerund)
{
    uint32_t head = at(s, gerund)->head;
    uint32_t mark = dsr_at_child(s, gerund, DSR_REL_MARK);
    if (mark == DSR_AT_NONE || at(s, gerund)->xpos != DSR_XPOS_VBG ||
        dsr_relation_universal((dsr_relation)at(s, gerund)->relation) != DSR_REL_ADVCL) {
        return DSR_AT_NONE;
    }
    uint32_t object = dsr_at_child(s, head, DSR_REL_OBJ);
    bool own = object != DSR_AT_NONE && head < object && object < mark;
    return own && dsr_at_is_one_of(s, mark, "of as") ? object : DSR_AT_NONE;
}

uint32_t dsr_at_subject(const dsr_at_sentence *s, uint32_t predicate, bool *shared)
{
    *shared = false;
    for (unsigned i = 0; i < CLIMB_MOST; i++) {
        uint32_t subject = dsr_syntax_subject(s->syntax, predicate);
        if (subject != DSR_SYNTAX_NONE) {
            return subject;
        }
        *shared = true;
        dsr_relation relation = (dsr_relation)at(s, predicate)->relation;
        uint32_t head = at(s, predicate)->head;
        if (head == DSR_SYNTAX_NONE) {
            return DSR_AT_NONE;
        }
        if (controlling_object(s, predicate) != DSR_AT_NONE) {
            return controlling_object(s, predicate);
        }
        bool adjective = at(s, head)->upos == DSR_UPOS_ADJ || at(s, head)->upos == DSR_UPOS_VERB;
        if (relation == DSR_REL_ACL && !adjective) {
            return head;
        }
        if (!shares_subject(relation) && !(relation == DSR_REL_ACL && adjective) &&
            !is_controlled(s, predicate)) {
            return DSR_AT_NONE;
        }
        predicate = head;
    }
    return DSR_AT_NONE;
}

/* Where the cue was taken for a noun, the tree hangs on it what belongs to its subject. */
static bool is_stray(const dsr_at_sentence *s, const dsr_at_candidate *c, uint32_t token)
{
    dsr_relation relation = dsr_relation_universal((dsr_relation)at(s, token)->relation);
    return at(s, token)->head == c->head && (relation == DSR_REL_DET || relation == DSR_REL_AMOD ||
                                             relation == DSR_REL_NMOD || relation == DSR_REL_COMPOUND);
}

static void set_source(const dsr_at_sentence *s, dsr_at_candidate *c, uint32_t source)
{
    c->source = source;
    if (source != DSR_AT_NONE) {
        c->source_range = dsr_at_phrase(s, source, c->head);
        while (c->source_range.start > 0 && is_stray(s, c, c->source_range.start - 1)) {
            c->source_range.start--;
        }
    }
}

/* The first dependent of a relation that has a case word of the given bits; the bit goes to *bit. */
static uint32_t with_preposition(const dsr_at_sentence *s, uint32_t head, uint32_t takes, uint32_t *word)
{
    for (uint32_t c = s->syntax->first_child[head]; c != DSR_SYNTAX_NONE; c = s->syntax->next_child[c]) {
        dsr_relation relation = dsr_relation_universal((dsr_relation)at(s, c)->relation);
        if (c < head || (relation != DSR_REL_OBL && relation != DSR_REL_ADVCL && relation != DSR_REL_NMOD)) {
            continue;
        }
        uint32_t by = dsr_at_child(s, c, relation == DSR_REL_ADVCL ? DSR_REL_MARK : DSR_REL_CASE);
        if (by != DSR_AT_NONE && (dsr_cue_preposition(dsr_at_text(s, by)) & takes) != 0) {
            *word = by;
            return c;
        }
    }
    return DSR_AT_NONE;
}

/* "It is shut, said an engineer, who left": the subject stands behind, whatever the tree makes of it. */
static void set_inverted(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    bool speech = (c->entry.takes & DSR_TAKES_QUOTE) != 0 && at(s, c->head)->xpos == DSR_XPOS_VBD;
    if (!speech || !c->shared || c->source == DSR_AT_NONE || c->cue.start == 0 ||
        !dsr_at_is(s, c->cue.start - 1, ",") || c->cue.start != c->head) {
        return;
    }
    uint32_t object = dsr_at_child(s, c->head, DSR_REL_OBJ);
    bool right_behind = object != DSR_AT_NONE && s->below[object].start == c->cue.end;
    if (right_behind && dsr_at_child(s, c->head, DSR_REL_CCOMP) == DSR_AT_NONE) {
        set_source(s, c, object);
        c->shared = false;
    }
}

static void find_source(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    c->passive = dsr_syntax_is_passive(s->syntax, c->head);
    bool reduced = at(s, c->head)->xpos == DSR_XPOS_VBN && at(s, c->head)->relation == DSR_REL_ACL;
    c->passive = c->passive || (reduced && dsr_at_child(s, c->head, DSR_REL_CCOMP) == DSR_AT_NONE &&
                                (c->entry.takes & DSR_TAKES_QUOTE) == 0);
    if (c->passive) {
        uint32_t by = dsr_at_child(s, c->head, DSR_REL_OBL_AGENT);
        set_source(s, c, by);
        uint32_t word = by != DSR_AT_NONE ? dsr_at_child(s, by, DSR_REL_CASE) : DSR_AT_NONE;
        if (word != DSR_AT_NONE && c->source_range.start == word) {
            c->source_range.start++;
        }
        return;
    }
    bool shared;
    set_source(s, c, dsr_at_subject(s, c->head, &shared));
    c->shared = shared;
    set_inverted(s, c);
    uint8_t xpos = at(s, c->head)->xpos;
    bool finite = at(s, c->head)->upos == DSR_UPOS_NOUN || xpos == DSR_XPOS_VBD || xpos == DSR_XPOS_VBZ ||
                  xpos == DSR_XPOS_VBP || xpos == DSR_XPOS_VBN;
    if (c->source == DSR_AT_NONE && finite) {
        uint32_t near = dsr_at_neighbour(s, c->cue, false);
        bool speech = (c->entry.takes & DSR_TAKES_QUOTE) != 0;
        near = near == DSR_AT_NONE && speech ? dsr_at_neighbour(s, c->cue, true) : near;
        set_source(s, c, near);
        c->guessed = near != DSR_AT_NONE;
    }
}

/* ---- contents ---- */

static bool is_question(const dsr_at_sentence *s, uint32_t clause)
{
    return dsr_at_is_one_of(s, s->below[clause].start, "whether if how why what who where when which");
}

static bool has_that(const dsr_at_sentence *s, uint32_t clause)
{
    uint32_t mark = dsr_at_child(s, clause, DSR_REL_MARK);
    return mark != DSR_AT_NONE && dsr_at_is(s, mark, "that");
}

/* "any talks on the future of the valley | can begin": where the tree breaks a clause off before its verb. */
static uint32_t end_of_clause(const dsr_at_sentence *s, uint32_t end)
{
    bool broken = end < s->count && end > 0 && s->quote[end] == DSR_AT_NONE &&
                  (at(s, end)->upos == DSR_UPOS_AUX || at(s, end)->xpos == DSR_XPOS_MD) &&
                  s->tokens[end - 1].kind == DSR_TOKEN_WORD;
    while (broken && end < s->count && s->tokens[end].kind == DSR_TOKEN_WORD) {
        end++;
    }
    return end;
}

static bool by_clause(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t clause = dsr_at_child(s, c->head, DSR_REL_CCOMP);
    if (clause == DSR_AT_NONE && at(s, c->head)->upos == DSR_UPOS_NOUN) {
        clause = dsr_at_child(s, c->head, DSR_REL_ACL_RELCL);
    }
    if (clause == DSR_AT_NONE) {
        return false;
    }
    c->frame = has_that(s, clause)      ? DSR_FRAME_that
               : is_question(s, clause) ? DSR_FRAME_question
                                        : DSR_FRAME_bare;
    c->takes = (c->entry.takes & DSR_TAKES_THAT) != 0;
    dsr_at_range range = s->below[clause];
    range.end = c->cue.end <= range.start ? end_of_clause(s, range.end) : range.end;
    if (range.end <= c->cue.start && c->source_range.start < c->source_range.end &&
        range.end > c->source_range.start && range.start < c->source_range.start) {
        range.end = c->source_range.start;
    }
    dsr_at_add_content(s, c, range);
    uint32_t who = dsr_at_child(s, c->head, DSR_REL_IOBJ);
    who = who != DSR_AT_NONE ? who : dsr_at_child(s, c->head, DSR_REL_OBJ);
    if (who != DSR_AT_NONE) {
        c->audience = dsr_at_phrase(s, who, c->head);
    }
    return true;
}

bool dsr_at_speaks(const dsr_at_candidate *c)
{
    return (c->entry.takes & DSR_TAKES_QUOTE) != 0 || c->entry.kind == DSR_CUE_IS_tell;
}

/* "..., he said, ...": the cue hangs on the content. */
static bool by_parataxis(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    const dsr_syntax_token *t = at(s, c->head);
    if (t->relation != DSR_REL_PARATAXIS || !dsr_at_speaks(c) || c->source == DSR_AT_NONE || c->shared ||
        t->head == DSR_SYNTAX_NONE) {
        return false;
    }
    dsr_at_range range = s->below[t->head];
    if (c->head > t->head && s->below[c->head].end == range.end) {
        range.end = s->below[c->head].start;
    }
    c->frame = DSR_FRAME_beside;
    c->takes = true;
    dsr_at_add_content(s, c, range);
    return c->contents > 0;
}

static uint32_t quote_at(const dsr_at_sentence *s, uint32_t token)
{
    if (token >= s->count || s->quote[token] == DSR_AT_NONE) {
        return DSR_AT_NONE;
    }
    dsr_quote_kind kind = s->report->quotes.items[s->quote[token]].kind;
    return kind == DSR_QUOTE_SCARE || kind == DSR_QUOTE_INDIRECT ? DSR_AT_NONE : s->quote[token];
}

/* Words in marks right before or behind cue and source. */
static bool by_marks(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    if (!dsr_at_speaks(c)) {
        return false;
    }
    dsr_at_range all = c->cue;
    if (c->source != DSR_AT_NONE && !c->shared) {
        all.start = c->source_range.start < all.start ? c->source_range.start : all.start;
        all.end = c->source_range.end > all.end ? c->source_range.end : all.end;
    }
    uint32_t before = all.start;
    while (before > 0 && s->tokens[before - 1].kind == DSR_TOKEN_PUNCTUATION) {
        before--;
    }
    uint32_t behind = all.end;
    while (behind < s->count && behind < all.end + 12 && quote_at(s, behind) == DSR_AT_NONE) {
        behind++;
    }
    c->quotes[0] = before > 0 ? quote_at(s, before - 1) : s->before;
    c->quotes[1] = quote_at(s, behind);
    if (c->quotes[0] == DSR_AT_NONE && c->quotes[1] == DSR_AT_NONE) {
        return false;
    }
    c->frame = DSR_FRAME_marks;
    c->takes = true;
    return true;
}

static bool by_infinitive(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t clause = dsr_at_child(s, c->head, DSR_REL_XCOMP);
    if (clause == DSR_AT_NONE || s->below[clause].start < c->head || at(s, clause)->upos == DSR_UPOS_ADJ) {
        return false;
    }
    dsr_at_range range = s->below[clause];
    uint32_t object = dsr_at_child(s, c->head, DSR_REL_OBJ);
    if (object != DSR_AT_NONE && object > c->head && s->below[object].start < range.start) {
        range.start = s->below[object].start;
    }
    c->frame = DSR_FRAME_infinitive;
    c->takes = (c->entry.takes & DSR_TAKES_TO) != 0;
    if (c->passive && c->source == DSR_AT_NONE) {
        bool shared;
        uint32_t subject = dsr_at_subject(s, c->head, &shared);
        if (subject != DSR_AT_NONE && !shared) {
            dsr_at_add_content(s, c, dsr_at_phrase(s, subject, c->head));
        }
    }
    dsr_at_add_content(s, c, range);
    return true;
}

/* An object with what the verb says of it: "called him unfit", "accused them of lying". */
static bool by_object(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t object = dsr_at_child(s, c->head, DSR_REL_OBJ);
    if (c->passive) {
        object = dsr_syntax_subject(s->syntax, c->head);
    }
    if (object == DSR_SYNTAX_NONE || object == DSR_AT_NONE) {
        return false;
    }
    dsr_at_range range = dsr_at_phrase(s, object, c->head);
    c->frame = c->passive ? DSR_FRAME_passive : DSR_FRAME_object;
    c->takes = (c->entry.takes & DSR_TAKES_OBJECT) != 0;
    uint32_t word;
    uint32_t more = with_preposition(s, c->head, c->entry.takes, &word);
    more = more != DSR_AT_NONE ? more : dsr_at_child(s, c->head, DSR_REL_XCOMP);
    if (more != DSR_AT_NONE && s->below[more].start >= range.end && !c->passive) {
        range.end = s->below[more].end;
    } else if (more != DSR_AT_NONE && c->passive && s->below[more].start >= c->cue.end) {
        dsr_at_add_content(s, c, range);
        range = s->below[more];
    }
    dsr_at_add_content(s, c, range);
    return c->contents > 0;
}

static bool by_preposition(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t word;
    uint32_t takes = c->entry.takes & ~(uint32_t)(DSR_TAKES_PREPOSITION - 1);
    uint32_t object = with_preposition(s, c->head, takes, &word);
    if (object == DSR_AT_NONE) {
        return false;
    }
    dsr_at_range range = s->below[object];
    uint32_t adverbs = c->cue.end;
    while (adverbs < word && at(s, adverbs)->relation == DSR_REL_ADVMOD) {
        adverbs++;
    }
    c->cue.end = word == adverbs ? word + 1 : c->cue.end;
    if (word == range.start) {
        range.start++;
    }
    c->frame = DSR_FRAME_preposition;
    c->takes = true;
    dsr_at_add_content(s, c, range);
    return true;
}

/* Where the tree shows no content of a verb of speech: what stands behind it, or in front of it and its
 * source. */
static bool by_place(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    if (!dsr_at_speaks(c) || c->source == DSR_AT_NONE) {
        return false;
    }
    uint32_t end = s->count;
    while (end > 0 && (s->tokens[end - 1].kind == DSR_TOKEN_PUNCTUATION)) {
        end--;
    }
    dsr_at_range all = c->cue;
    if (!c->shared) {
        all.start = c->source_range.start < all.start ? c->source_range.start : all.start;
        all.end = c->source_range.end > all.end ? c->source_range.end : all.end;
    }
    c->takes = true;
    if (all.start > 1 && dsr_at_is(s, all.start - 1, ",")) {
        c->frame = DSR_FRAME_fronted;
        dsr_at_add_content(s, c, (dsr_at_range){0, all.start});
    } else if (all.end + 2 < end && s->tokens[all.end].kind == DSR_TOKEN_WORD) {
        uint32_t that = all.end;
        while (that < end && that < all.end + PLACE_MOST && !dsr_at_is(s, that, "that")) {
            that++;
        }
        bool found = that < end && dsr_at_is(s, that, "that");
        c->frame = DSR_FRAME_rest;
        dsr_at_add_content(s, c, (dsr_at_range){found ? that : all.end, end});
    }
    return c->contents > 0;
}

/* "he added:" and a new paragraph. */
static bool by_colon(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    if (s->after.end == 0 || !dsr_at_speaks(c) || c->cue.end + PLACE_MOST < s->count) {
        return false;
    }
    c->frame = DSR_FRAME_below;
    c->takes = true;
    c->beyond = s->after;
    return true;
}

/* "..., she said, ...": marks right before cue and source. */
static bool quote_stands_before(const dsr_at_sentence *s, const dsr_at_candidate *c)
{
    uint32_t from = c->cue.start;
    if (c->source != DSR_AT_NONE && !c->shared && c->source_range.start < from) {
        from = c->source_range.start;
    }
    return from > 0 && s->tokens[from - 1].kind == DSR_TOKEN_QUOTE && quote_at(s, from - 1) != DSR_AT_NONE &&
           s->quote[from] != s->quote[from - 1];
}

static bool opens_apposition(const dsr_at_sentence *s, uint32_t token)
{
    uint8_t upos = at(s, token)->upos;
    return upos == DSR_UPOS_PROPN || upos == DSR_UPOS_NOUN || upos == DSR_UPOS_NUM ||
           dsr_at_is_one_of(s, token, "a an the who which whose including one his her its");
}

/* "Ann Lee, a doctor, said": what stands between commas belongs to the source, with both commas. */
static void take_commas(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    dsr_at_range *r = &c->source_range;
    if (c->source == DSR_AT_NONE || r->start >= c->cue.start || r->end >= c->cue.start ||
        !dsr_at_is(s, c->cue.start - 1, ",")) {
        return;
    }
    bool inner = false;
    for (uint32_t t = r->start; t < r->end && t < r->start + COMMAS_WITHIN && !inner; t++) {
        inner = dsr_at_is(s, t, ",");
    }
    bool apposition = dsr_at_is(s, r->end, ",") && r->end + 1 < c->cue.start - 1 &&
                      c->cue.start - r->end < COMMAS_WITHIN && opens_apposition(s, r->end + 1);
    if ((inner && r->end == c->cue.start - 1) || apposition) {
        r->end = c->cue.start;
    }
}

enum { PHRASAL_BYTES = 40 };
/* What the table tells of a verb: of both words where it has a particle ("point out"), else of the verb. */
static dsr_cue_entry entry_of(const dsr_at_sentence *s, uint32_t verb)
{
    dsr_slice lemma = at(s, verb)->lemma;
    uint32_t particle = dsr_at_child(s, verb, DSR_REL_COMPOUND_PRT);
    if (particle != DSR_AT_NONE && particle > verb) {
        char both[PHRASAL_BYTES];
        dsr_slice word = dsr_at_text(s, particle);
        if (lemma.len + 1 + word.len <= sizeof both) {
            memcpy(both, lemma.ptr, lemma.len);
            both[lemma.len] = ' ';
            memcpy(both + lemma.len + 1, word.ptr, word.len);
            dsr_cue_entry entry =
                dsr_cue_find(s->tables, DSR_CUE_VERB, (dsr_slice){both, lemma.len + 1 + word.len});
            if (entry.kind != 0) {
                return entry;
            }
        }
    }
    return dsr_cue_find(s->tables, DSR_CUE_VERB, lemma);
}

bool dsr_at_from_verb(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *c)
{
    *c = (dsr_at_candidate){
        .head = token, .part = DSR_CUE_VERB, .source = DSR_AT_NONE, .quotes = {DSR_AT_NONE, DSR_AT_NONE}};
    c->entry = entry_of(s, token);
    c->cue = dsr_at_cue(s, token);
    find_source(s, c);
    bool found = (quote_stands_before(s, c) && by_marks(s, c)) || by_clause(s, c) || by_colon(s, c) ||
                 by_parataxis(s, c) || by_marks(s, c) || by_infinitive(s, c);
    if (!found && c->entry.kind != 0) {
        found = ((c->entry.takes & DSR_TAKES_OBJECT) != 0 && by_object(s, c)) || by_preposition(s, c);
    }
    found = found || by_object(s, c) || by_place(s, c);
    take_commas(s, c);
    dsr_at_widen_cue(s, c);
    return found && (c->contents > 0 || c->frame == DSR_FRAME_marks || c->beyond.end > 0);
}
