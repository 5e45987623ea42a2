/* Features of what stands around a cue: what it hangs on, what its noun is to the verb, how source, object
 * and content look. Closed words only, as in attributions_score.c. */
#include "annotate/attributions_parts.h"

enum { NEST_MOST = 6, CHILDREN_MOST = 24, CONTENT_MOST = 64, LONG_CUE = 2 };

static const dsr_syntax_token *at(const dsr_at_sentence *s, uint32_t token)
{
    return &s->syntax->tokens[token];
}

void dsr_at_add(dsr_at_candidate *c, uint32_t feature, bool holds)
{
    if (holds && c->feature_count < DSR_AT_FEATURES) {
        c->features[c->feature_count++] = feature;
    }
}

static bool is_definite(const dsr_at_sentence *s, uint32_t noun)
{
    uint32_t word = dsr_at_child(s, noun, DSR_REL_DET);
    return word != DSR_AT_NONE && dsr_at_is_one_of(s, word, "the this that these those");
}

/* A verb that brings in clauses or words in marks. */
static bool is_telling(const dsr_at_sentence *s, uint32_t token)
{
    dsr_cue_entry entry = dsr_cue_find(s->tables, DSR_CUE_VERB, at(s, token)->lemma);
    return at(s, token)->upos == DSR_UPOS_VERB && (entry.takes & (DSR_TAKES_QUOTE | DSR_TAKES_THAT)) != 0;
}

static bool has_aside(const dsr_at_sentence *s, uint32_t token, uint32_t but)
{
    unsigned seen = 0; /* a sentence of a thousand clauses has them all below one verb */
    for (uint32_t k = s->syntax->first_child[token]; k != DSR_SYNTAX_NONE && seen < CHILDREN_MOST;
         k = s->syntax->next_child[k], seen++) {
        if (k != but && at(s, k)->relation == DSR_REL_PARATAXIS && is_telling(s, k)) {
            return true;
        }
    }
    return false;
}

/* Whether it stands in what somebody else says: few mark what is told within what is told. */
static void of_nest(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    bool nested = false;
    bool aside = false;
    uint32_t below = c->head;
    for (unsigned i = 0; i < NEST_MOST && at(s, below)->head != DSR_SYNTAX_NONE; i++) {
        uint32_t above = at(s, below)->head;
        nested = nested || (at(s, below)->relation == DSR_REL_CCOMP && is_telling(s, above));
        aside = aside || has_aside(s, above, below);
        below = above;
    }
    dsr_at_add(c, DSR_AT_nested, nested);
    dsr_at_add(c, DSR_AT_nested_aside, aside);
}

/* How the clause of the cue is joined to the rest. */
static void of_clause(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t mark = dsr_at_child(s, c->head, DSR_REL_MARK);
    mark = mark != DSR_AT_NONE ? mark : dsr_at_child(s, c->head, DSR_REL_ADVMOD);
    if (mark != DSR_AT_NONE && mark < c->head) {
        dsr_at_add(c, DSR_AT_mark_time,
                   dsr_at_is_one_of(s, mark, "when after before until while since once whenever"));
        dsr_at_add(c, DSR_AT_mark_by, dsr_at_is_one_of(s, mark, "by for in of from without"));
        dsr_at_add(c, DSR_AT_mark_as, dsr_at_is_one_of(s, mark, "as because though although"));
    }
    bool be = false;
    for (uint32_t k = s->syntax->first_child[c->head]; k != DSR_SYNTAX_NONE && k < c->head;
         k = s->syntax->next_child[k]) {
        be = be || (at(s, k)->upos == DSR_UPOS_AUX && dsr_slice_equal(at(s, k)->lemma, DSR_SLICE("be")));
    }
    dsr_at_add(c, DSR_AT_progressive, be && at(s, c->head)->xpos == DSR_XPOS_VBG);
    dsr_at_add(c, DSR_AT_cue_long, c->cue.end - c->cue.start > LONG_CUE);
}

static bool is_document(const dsr_at_sentence *s, uint32_t token)
{
    dsr_slice lemma = at(s, token)->lemma;
    return dsr_cue_find(s->tables, DSR_CUE_NOUN, lemma).kind != 0 ||
           dsr_cue_find(s->tables, DSR_CUE_MEDIUM, lemma).kind != 0;
}

/* A noun of speech in its sentence, and a verb that hangs on a noun ("a letter saying"). */
static void of_noun(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    dsr_relation relation = dsr_relation_universal((dsr_relation)at(s, c->head)->relation);
    if (c->part == DSR_CUE_NOUN) {
        dsr_at_add(c, DSR_AT_noun_owner, dsr_at_child(s, c->head, DSR_REL_NMOD_POSS) != DSR_AT_NONE);
        dsr_at_add(c, DSR_AT_noun_subject, relation == DSR_REL_NSUBJ);
        dsr_at_add(c, DSR_AT_noun_object_of, relation == DSR_REL_OBJ);
        dsr_at_add(c, DSR_AT_noun_modifier, relation == DSR_REL_NMOD);
        dsr_at_add(c, DSR_AT_noun_definite, is_definite(s, c->head));
        dsr_at_add(c, DSR_AT_noun_bare, dsr_at_child(s, c->head, DSR_REL_DET) == DSR_AT_NONE);
    }
    uint32_t above = at(s, c->head)->head;
    if (relation == DSR_REL_ACL && above != DSR_SYNTAX_NONE) {
        bool document = is_document(s, above);
        dsr_at_add(c, DSR_AT_below_document, document);
        dsr_at_add(c, DSR_AT_below_noun, !document);
    }
}

static void of_phrases(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t t = c->source;
    if (t != DSR_AT_NONE && s->name[t] == DSR_AT_NONE && at(s, t)->upos == DSR_UPOS_NOUN) {
        dsr_at_add(c, DSR_AT_source_determined, is_definite(s, t));
        dsr_at_add(c, DSR_AT_source_single, c->source_range.end - c->source_range.start == 1);
    }
    uint32_t object = c->part == DSR_CUE_VERB ? dsr_at_child(s, c->head, DSR_REL_OBJ) : DSR_AT_NONE;
    if (object != DSR_AT_NONE) {
        dsr_at_add(c, DSR_AT_object_name, s->name[object] != DSR_AT_NONE);
        dsr_at_add(c, DSR_AT_object_plural, at(s, object)->xpos == DSR_XPOS_NNS);
        dsr_at_add(c, DSR_AT_object_owned, dsr_at_child(s, object, DSR_REL_NMOD_POSS) != DSR_AT_NONE);
    }
}

static bool is_finite(uint8_t xpos)
{
    return xpos == DSR_XPOS_VBD || xpos == DSR_XPOS_VBZ || xpos == DSR_XPOS_VBP || xpos == DSR_XPOS_MD;
}

static void of_told(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    bool would = false;
    bool finite = false;
    for (uint32_t i = 0; i < c->contents; i++) {
        dsr_at_range r = c->content[i];
        for (uint32_t t = r.start; t < r.end && t < r.start + CONTENT_MOST; t++) {
            finite = finite || is_finite(at(s, t)->xpos);
            would = would || dsr_at_is_one_of(s, t, "would could might");
        }
    }
    dsr_at_add(c, DSR_AT_content_would, would);
    dsr_at_add(c, DSR_AT_content_finite, finite);
    uint32_t first = c->contents > 0 ? c->content[0].start : s->count;
    first += dsr_at_is(s, first, "that");
    dsr_at_add(c, DSR_AT_content_he, dsr_at_is_one_of(s, first, "he she they it we i there"));
}

void dsr_at_score_context(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    of_nest(s, c);
    of_clause(s, c);
    of_noun(s, c);
    of_phrases(s, c);
    of_told(s, c);
}
