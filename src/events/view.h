/* One sentence as the matcher asks about it: words as numbers, who is named where, and the grammar of
 * clauses. Only src/events includes it. Indices are those of the sentence's tokens. */
#ifndef DSR_EVENTS_VIEW_H
#define DSR_EVENTS_VIEW_H

#include "annotate/refer.h"
#include "events/rules_parts.h"

#define DSR_NO_TOKEN UINT32_MAX
enum { DSR_VIEW_LIST = 16 };

/* A few tokens; further ones are left out. */
typedef struct dsr_token_list {
    uint32_t items[DSR_VIEW_LIST];
    uint32_t count;
} dsr_token_list;

typedef struct dsr_view {
    const dsr_coding_rules *rules;
    const dsr_report *report;
    const dsr_token *tokens;
    const dsr_syntax *syntax;
    uint32_t count;
    uint32_t sentence;
    uint64_t *lemmas; /* words as numbers: lemma, and as it stands */
    uint64_t *forms;
    uint32_t *names;      /* by token: index of the report's names; DSR_NO_TOKEN */
    uint32_t *references; /* the same of references: pronouns and roles */
    uint32_t
        *subjects; /* by token: of a verb that the parser took for an adjective, its subject; DSR_NO_TOKEN */
    uint32_t *quotes; /* the same of quotations in marks: those that somebody speaks */
} dsr_view;

/* Reads sentence `out->sentence`, which must have its syntax; rules, report and sentence stand in *out
 * already. *quote is the first quotation that may reach into it, and is moved on from sentence to sentence.
 * What it allocates lives in the arena. */
dsr_status dsr_view_open(dsr_arena *arena, const dsr_refer_sentence *sentence, size_t *quote,
                         dsr_view *out) DSR_MUST_CHECK;

static inline const dsr_syntax_token *dsr_view_at(const dsr_view *v, uint32_t token)
{
    return &v->syntax->tokens[token];
}
static inline dsr_relation dsr_view_relation(const dsr_view *v, uint32_t token)
{
    return (dsr_relation)v->syntax->tokens[token].relation;
}
/* The relation without its subtype. */
static inline dsr_relation dsr_view_kind(const dsr_view *v, uint32_t token)
{
    return dsr_relation_universal((dsr_relation)v->syntax->tokens[token].relation);
}
bool dsr_view_is(const dsr_view *v, uint32_t token, const char *lemma); /* by its lemma, in small letters */
/* Whether the word, or a phrase that ends in it, stands in a class. */
bool dsr_view_in(const dsr_view *v, uint32_t token, uint32_t class_number);
bool dsr_view_is_verb(const dsr_view *v, uint32_t token);
void dsr_list_add(dsr_token_list *list, uint32_t token);
/* What a regular ending may have been put on: "riot" of "rioted". At most `most` words; how many. */
size_t dsr_view_stems(const dsr_view *v, uint32_t token, uint64_t *out, size_t most);

/* Walks over the dependents of a token. */
#define DSR_EACH_CHILD(v, token, c)                                                                          \
    for (uint32_t c = (v)->syntax->first_child[token]; c != DSR_SYNTAX_NONE; c = (v)->syntax->next_child[c])
/* The first dependent of that kind; DSR_NO_TOKEN. */
uint32_t dsr_view_child(const dsr_view *v, uint32_t token, dsr_relation kind);
/* "to leave" */
bool dsr_view_has_to(const dsr_view *v, uint32_t token);
bool dsr_view_is_finite(const dsr_view *v, uint32_t token);

/* ---- clauses ---- */

/* The word before which `word` is a case or mark: "with" -> "Peru" in "talks with Peru". Whether `token`
 * hangs by that preposition. */
bool dsr_view_has_case(const dsr_view *v, uint32_t token, uint64_t preposition);
/* Who does it: subject, agent of a passive, whoever governs a clause without a subject of its own. */
uint32_t dsr_view_subject(const dsr_view *v, uint32_t predicate);
/* Of a verb that is joined to another: that one. Otherwise the head. */
uint32_t dsr_view_true_head(const dsr_view *v, uint32_t token);
/* What it is done to: object, subject of a passive. */
uint32_t dsr_view_object(const dsr_view *v, uint32_t predicate);
bool dsr_view_is_passive(const dsr_view *v, uint32_t predicate);
/* A word and those joined to it ("A, B and C"). */
void dsr_view_add_joined(const dsr_view *v, uint32_t token, dsr_token_list *out);
/* What fills a slot of a rule. */
void dsr_view_slot(const dsr_view *v, uint32_t predicate, const dsr_rule_slot *slot, dsr_token_list *out);

/* The infinitive that parsers hang on the verb where it belongs to its object: "rejected a demand by X to
 * leave"; DSR_NO_TOKEN. */
uint32_t dsr_view_lent_infinitive(const dsr_view *v, uint32_t noun);

/* How a predicate is put. */
typedef struct dsr_mood {
    bool negated, future, must, may, would, if_clause, conditional, unless;
} dsr_mood;
/* Whether the clause begins with "if", "unless" or "whether". */
bool dsr_view_is_condition(const dsr_view *v, uint32_t clause);
dsr_mood dsr_view_mood(const dsr_view *v, uint32_t predicate);
/* The tokens of the clause from its subject to its last complement: a run of the sentence. */
dsr_token_range dsr_view_clause(const dsr_view *v, uint32_t predicate);

#endif
