/* How likely a candidate is an attribution: a sum of weights over closed features. No feature knows a word
 * beyond its class in data/en/cues.tsv. */
#include "annotate/attributions_parts.h"

enum { LOOK_MOST = 64, SHORT_CONTENT = 3, LONG_CONTENT = 8 };

const char *dsr_at_feature_name(size_t feature)
{
#define NAME(name)       #name,
#define KIND_NAME(name)  "kind_" #name,
#define FRAME_NAME(name) "frame_" #name,
    static const char *const names[DSR_AT_FEATURES] = {
        DSR_CUE_CLASS_LIST(KIND_NAME) DSR_AT_FRAME_LIST(FRAME_NAME) DSR_AT_FEATURE_LIST(NAME)};
    return feature < DSR_AT_FEATURES ? names[feature] : "bias";
}

static const dsr_syntax_token *at(const dsr_at_sentence *s, uint32_t token)
{
    return &s->syntax->tokens[token];
}

static void of_source(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t t = c->source;
    dsr_at_add(c, DSR_AT_source_none, t == DSR_AT_NONE);
    dsr_at_add(c, DSR_AT_source_shared, t != DSR_AT_NONE && c->shared);
    if (t == DSR_AT_NONE) {
        return;
    }
    uint32_t name = s->name[t];
    bool relative = at(s, t)->xpos == DSR_XPOS_WDT || at(s, t)->xpos == DSR_XPOS_WP;
    if (name != DSR_AT_NONE) {
        bool person = s->report->names.items[name].type == DSR_NAME_PER;
        dsr_at_add(c, person ? DSR_AT_source_person : DSR_AT_source_body, true);
    } else if (relative) {
        dsr_at_add(c, DSR_AT_source_relative, true);
    } else if (dsr_at_is_one_of(s, t, "he she his her")) {
        dsr_at_add(c, DSR_AT_source_pronoun, true);
    } else if (dsr_at_is_one_of(s, t, "they their we our")) {
        dsr_at_add(c, DSR_AT_source_they, true);
    } else if (dsr_at_is_one_of(s, t, "i my you your")) {
        dsr_at_add(c, DSR_AT_source_speaker, true);
    } else if (dsr_at_is_one_of(s, t, "it its this that there")) {
        dsr_at_add(c, DSR_AT_source_it, true);
    } else {
        dsr_at_add(c, at(s, t)->xpos == DSR_XPOS_NNS ? DSR_AT_source_role : DSR_AT_source_thing, true);
    }
}

/* Tense and mood by the auxiliaries in the cue. */
static void of_verb(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    bool future = false;
    bool modal = false;
    bool negated = false;
    bool perfect = false;
    for (uint32_t k = s->syntax->first_child[c->head]; k != DSR_SYNTAX_NONE && k < c->head;
         k = s->syntax->next_child[k]) {
        bool aux = at(s, k)->upos == DSR_UPOS_AUX;
        bool will = aux && dsr_at_is_one_of(s, k, "will 'll \xe2\x80\x99ll wo shall");
        future = future || will;
        modal = modal || (aux && at(s, k)->xpos == DSR_XPOS_MD && !will);
        negated = negated || dsr_at_is_one_of(s, k, "not n't n\xe2\x80\x99t never");
        perfect = perfect || (aux && dsr_at_is_one_of(s, k, "has have had 've 's"));
    }
    bool infinitive = false;
    bool condition = false;
    uint32_t mark = dsr_at_child(s, c->head, DSR_REL_MARK);
    if (mark != DSR_AT_NONE && mark < c->head) {
        infinitive = dsr_at_is(s, mark, "to");
        condition = dsr_at_is_one_of(s, mark, "if unless whether");
    }
    uint8_t xpos = at(s, c->head)->xpos;
    dsr_at_add(c, DSR_AT_future, future);
    dsr_at_add(c, DSR_AT_modal, modal);
    dsr_at_add(c, DSR_AT_negated, negated);
    dsr_at_add(c, DSR_AT_perfect, perfect);
    dsr_at_add(c, DSR_AT_infinitive, infinitive);
    dsr_at_add(c, DSR_AT_condition, condition);
    dsr_at_add(c, DSR_AT_gerund, xpos == DSR_XPOS_VBG);
    dsr_at_add(c, DSR_AT_past, xpos == DSR_XPOS_VBD);
    dsr_at_add(c, DSR_AT_present, xpos == DSR_XPOS_VBZ || xpos == DSR_XPOS_VBP);
    dsr_at_add(c, DSR_AT_passive, c->passive);
}

static void of_content(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    uint32_t length = 0;
    bool object = c->frame == DSR_FRAME_object && c->contents > 0;
    uint32_t last = object ? c->content[0].end - 1 : 0;
    dsr_at_add(c, DSR_AT_name_object, object && s->name[last] != DSR_AT_NONE);
    bool marks = c->beyond.end > 0 || c->quotes[0] != DSR_AT_NONE || c->quotes[1] != DSR_AT_NONE;
    for (uint32_t i = 0; i < c->contents; i++) {
        dsr_at_range r = c->content[i];
        length += r.end - r.start;
        for (uint32_t t = r.start; t < r.end && t < r.start + LOOK_MOST && !marks; t++) {
            marks = s->quote[t] != DSR_AT_NONE;
        }
    }
    dsr_at_add(c, DSR_AT_content_marks, marks);
    dsr_at_add(c, DSR_AT_content_short, c->contents > 0 && length < SHORT_CONTENT);
    dsr_at_add(c, DSR_AT_content_long, length > LONG_CONTENT);
    dsr_at_add(c, DSR_AT_content_pronoun,
               c->contents > 0 && length == 1 && at(s, c->content[0].start)->upos == DSR_UPOS_PRON);
}

static bool is_one_of_kinds(const dsr_at_candidate *c, uint32_t kinds)
{
    return (kinds & 1u << c->entry.kind) != 0;
}

static void of_frame(dsr_at_candidate *c)
{
    enum {
        SAYING = 1u << DSR_CUE_IS_say | 1u << DSR_CUE_IS_write | 1u << DSR_CUE_IS_tell |
                 1u << DSR_CUE_IS_ask | 1u << DSR_CUE_IS_argue | 1u << DSR_CUE_IS_show,
        THINKING = 1u << DSR_CUE_IS_think | 1u << DSR_CUE_IS_know | 1u << DSR_CUE_IS_hope |
                   1u << DSR_CUE_IS_want | 1u << DSR_CUE_IS_plan | 1u << DSR_CUE_IS_learn,
        JUDGING = 1u << DSR_CUE_IS_call | 1u << DSR_CUE_IS_judge | 1u << DSR_CUE_IS_support |
                  1u << DSR_CUE_IS_order | 1u << DSR_CUE_IS_deny
    };
    bool object = c->frame == DSR_FRAME_object || c->frame == DSR_FRAME_passive;
    bool unlisted = c->entry.kind == 0;
    dsr_at_add(c, DSR_AT_takes, c->takes);
    dsr_at_add(c, DSR_AT_rarely, object && (c->entry.takes & DSR_TAKES_RARELY) != 0);
    dsr_at_add(c, DSR_AT_unlisted_clause, unlisted && c->frame <= DSR_FRAME_beside);
    dsr_at_add(c, DSR_AT_unlisted_infinitive, unlisted && c->frame == DSR_FRAME_infinitive);
    dsr_at_add(c, DSR_AT_unlisted_object, unlisted && object);
    dsr_at_add(c, DSR_AT_say_object, object && is_one_of_kinds(c, SAYING));
    dsr_at_add(c, DSR_AT_think_object, object && is_one_of_kinds(c, THINKING));
    dsr_at_add(c, DSR_AT_judge_object, object && is_one_of_kinds(c, JUDGING));
    dsr_at_add(c, DSR_AT_refer_preposition,
               c->frame == DSR_FRAME_preposition && c->entry.kind == DSR_CUE_IS_refer);
}

/* Where the cue stands in the tree. */
static void of_place(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    dsr_relation relation = (dsr_relation)at(s, c->head)->relation;
    dsr_relation universal = dsr_relation_universal(relation);
    dsr_at_add(c, DSR_AT_predicate, relation == DSR_REL_ROOT);
    dsr_at_add(c, DSR_AT_conjunct, relation == DSR_REL_CONJ);
    dsr_at_add(c, DSR_AT_adverbial, universal == DSR_REL_ADVCL);
    dsr_at_add(c, DSR_AT_relative, relation == DSR_REL_ACL_RELCL);
    dsr_at_add(c, DSR_AT_clause, relation == DSR_REL_CCOMP);
    dsr_at_add(c, DSR_AT_open_clause, relation == DSR_REL_XCOMP);
    dsr_at_add(c, DSR_AT_beside, relation == DSR_REL_PARATAXIS);
    dsr_at_add(c, DSR_AT_timed, dsr_at_child(s, c->head, DSR_REL_OBL_UNMARKED) != DSR_AT_NONE);
    dsr_at_add(c, DSR_AT_light, c->light);
    uint32_t above = at(s, c->head)->head;
    dsr_at_add(c, DSR_AT_told_clause,
               relation == DSR_REL_CCOMP && above != DSR_SYNTAX_NONE &&
                   dsr_cue_find(s->tables, DSR_CUE_VERB, at(s, above)->lemma).kind != 0);
    uint32_t object = dsr_at_child(s, c->head, DSR_REL_OBJ);
    dsr_at_add(c, DSR_AT_noun_object,
               c->part == DSR_CUE_VERB && object != DSR_AT_NONE &&
                   dsr_cue_find(s->tables, DSR_CUE_NOUN, at(s, object)->lemma).kind != 0);
}

void dsr_at_score(const dsr_at_sentence *s, dsr_at_candidate *c)
{
    c->feature_count = 0;
    dsr_at_add(c, DSR_AT_KINDS_AT + c->entry.kind, true);
    dsr_at_add(c, DSR_AT_FRAMES_AT + (uint32_t)c->frame, true);
    of_frame(c);
    of_source(s, c);
    of_verb(s, c);
    of_content(s, c);
    dsr_at_add(c, DSR_AT_in_marks, s->quote[c->head] != DSR_AT_NONE);
    dsr_at_add(c, DSR_AT_reduced, at(s, c->head)->relation == DSR_REL_ACL && c->passive);
    of_place(s, c);
    dsr_at_score_context(s, c);
    dsr_at_add(c, DSR_AT_source_guessed, c->guessed);
    dsr_at_add(c, DSR_AT_start, c->cue.start == 0);
    dsr_at_add(c, DSR_AT_heading, !dsr_at_is_one_of(s, s->count - 1, ". ? ! \" \xe2\x80\x9d : ) '' '"));
    c->logit = dsr_at_weights[DSR_AT_FEATURES];
    for (uint32_t i = 0; i < c->feature_count; i++) {
        c->logit += dsr_at_weights[c->features[i]];
    }
}
