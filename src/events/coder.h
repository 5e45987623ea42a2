/* The state of coding one report, sentence by sentence. Only src/events includes it. */
#ifndef DSR_EVENTS_CODER_H
#define DSR_EVENTS_CODER_H

#include "events/match.h"

typedef DSR_LIST(dsr_event) dsr_events;
typedef DSR_LIST(dsr_position) dsr_positions;

/* A word of the sentence that a rule fits. */
typedef struct dsr_predicate {
    uint32_t token;
    dsr_match match;   /* rule NULL: none of this kind; of "must" */
    bool inner;        /* stands in what another predicate is about */
    uint32_t governor; /* that one's token; DSR_NO_TOKEN */
} dsr_predicate;

typedef struct dsr_coder {
    dsr_arena *arena;   /* the report's */
    dsr_arena *scratch; /* of one sentence */
    dsr_report *report;
    dsr_actor_sheet sheet;
    dsr_view view;
    size_t quote;              /* first quotation that may reach into the sentence */
    uint32_t deny;             /* class of verbs that say that something is not so */
    uint32_t light;            /* class of verbs that say no more than their object: "hold", "launch" */
    uint32_t light_in;         /* the same before a preposition: "engage in" */
    uint32_t light_of;         /* verbs that say that their subject happens: "break out" */
    dsr_predicate *predicates; /* of the sentence, by token */
    uint32_t predicate_count;
    dsr_events events;
    dsr_positions positions;
} dsr_coder;

/* ---- what both kinds of record ask for (coder_parts.c) ---- */

/* The span from the first to the last token of a range. */
dsr_span dsr_coder_span(const dsr_coder *c, dsr_token_range range);
/* The quotation or indirect speech whose words the token is among, the innermost; NULL. */
const dsr_quote *dsr_coder_said(const dsr_coder *c, uint32_t token);
/* Who speaks it, and how political that is. */
unsigned dsr_coder_speaker(const dsr_coder *c, const dsr_quote *said, dsr_actor *out);
/* Whether the rule asks for a negation itself, so that it turns nothing any more. */
bool dsr_coder_wants_negation(const dsr_coder *c, const dsr_predicate *p);
bool dsr_coder_wants_speaker(const dsr_coder *c, const dsr_predicate *p);
/* Makes who speaks the source, and who was the source the target. */
struct dsr_roles_found;
dsr_status dsr_coder_give_to_speaker(const dsr_coder *c, const dsr_quote *said,
                                     struct dsr_roles_found *roles) DSR_MUST_CHECK;
/* Adds who stands in the phrase about `token`: itself, else those that hang on it. */
dsr_status dsr_coder_add_phrase(const dsr_coder *c, uint32_t token, dsr_actors *to,
                                unsigned *strength) DSR_MUST_CHECK;
/* Adds who hangs on `token` by one of the prepositions, "|" between them. */
dsr_status dsr_coder_add_by(const dsr_coder *c, uint32_t token, const char *prepositions, dsr_actors *to,
                            unsigned *strength) DSR_MUST_CHECK;
/* Sources and targets of a predicate, verb or noun. */
typedef struct dsr_roles_found {
    dsr_actors sources, targets;
    unsigned source, target; /* how political */
    uint32_t light;          /* the verb that lends a noun its subject; DSR_NO_TOKEN */
} dsr_roles_found;
dsr_status dsr_coder_roles(const dsr_coder *c, const dsr_predicate *p, bool mutual,
                           dsr_roles_found *out) DSR_MUST_CHECK;
/* Takes out of the targets who is a source. */
void dsr_coder_tell_apart(dsr_roles_found *roles);
/* The clause of a predicate; of a noun with its light verb, that of the verb. */
dsr_token_range dsr_coder_clause(const dsr_coder *c, const dsr_predicate *p, uint32_t light);
/* Mood of a verb; of a noun, that of the verb that it hangs on. */
dsr_mood dsr_coder_mood(const dsr_coder *c, const dsr_predicate *p, uint32_t light);
/* The first time that a predicate itself has, and the first place told in a run of tokens; {0, 0}. */
dsr_span dsr_coder_when(const dsr_coder *c, dsr_token_range range, uint32_t predicate);
dsr_span dsr_coder_where(const dsr_coder *c, dsr_token_range range, const dsr_actors *not_these);

/* coder.c: the predicates of the sentence at hand, for events or for stances. */
dsr_status dsr_coder_predicates(dsr_coder *c, bool stance) DSR_MUST_CHECK;
/* code_events.c, positions.c */
dsr_status dsr_code_events(dsr_coder *c) DSR_MUST_CHECK;
dsr_status dsr_code_positions(dsr_coder *c) DSR_MUST_CHECK;
/* Once all sentences are coded: which demand a refusal answers. */
void dsr_positions_answer(dsr_coder *c);
/* issues.c: the issue of a position, by the rules, else by the words of the text themselves. */
dsr_status dsr_issue_find(const dsr_coder *c, dsr_token_range range, const dsr_position *position,
                          uint32_t predicate, dsr_slice *out) DSR_MUST_CHECK;

#endif
