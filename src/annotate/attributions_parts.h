/* What the files of attributions share. Only src/annotate/attributions*.c, what trains their weights, and
 * said_tokens.c, which asks for verbs that take words in marks, include it. */
#ifndef DSR_ANNOTATE_ATTRIBUTIONS_PARTS_H
#define DSR_ANNOTATE_ATTRIBUTIONS_PARTS_H

#include "annotate/attributions.h"

#define DSR_AT_NONE UINT32_MAX

/* The classes of data/en/cues.tsv, with their names there. */
#define DSR_CUE_CLASS_LIST(X)                                                                                \
    X(other)                                                                                                 \
    X(say)                                                                                                   \
    X(utter)                                                                                                 \
    X(write)                                                                                                 \
    X(tell)                                                                                                  \
    X(ask)                                                                                                   \
    X(think)                                                                                                 \
    X(know)                                                                                                  \
    X(hope)                                                                                                  \
    X(want)                                                                                                  \
    X(plan)                                                                                                  \
    X(show)                                                                                                  \
    X(seem)                                                                                                  \
    X(call)                                                                                                  \
    X(judge)                                                                                                 \
    X(support)                                                                                               \
    X(order)                                                                                                 \
    X(deny)                                                                                                  \
    X(promise)                                                                                               \
    X(refer) X(argue) X(learn) X(expect) X(claim) X(belief) X(demand) X(sure) X(glad) X(ready) X(according)
#define DSR_CUE_CLASS_MEMBER(name) DSR_CUE_IS_##name,
typedef enum dsr_cue_kind { DSR_CUE_CLASS_LIST(DSR_CUE_CLASS_MEMBER) DSR_CUE_KINDS } dsr_cue_kind;

typedef enum dsr_cue_part {
    DSR_CUE_VERB,
    DSR_CUE_NOUN,
    DSR_CUE_ADJECTIVE,
    DSR_CUE_PHRASE,
    DSR_CUE_MEDIUM, /* "interview" in "said in an interview": a part of the cue, none by itself */
    DSR_CUE_PARTS
} dsr_cue_part;

/* What a cue may take: bits. Prepositions follow from DSR_TAKES_PREPOSITION on. */
enum {
    DSR_TAKES_THAT = 1 << 0,
    DSR_TAKES_QUOTE = 1 << 1,
    DSR_TAKES_TO = 1 << 2,
    DSR_TAKES_OBJECT = 1 << 3,
    DSR_TAKES_RARELY = 1 << 4, /* as an object what somebody says: most of its objects are none */
    DSR_TAKES_PREPOSITION = 1 << 5
};

typedef struct dsr_cue_entry {
    uint8_t kind; /* dsr_cue_kind; 0 where it is not listed */
    uint32_t takes;
} dsr_cue_entry;
dsr_cue_entry dsr_cue_find(const dsr_attribution_tables *tables, dsr_cue_part part, dsr_slice lemma);
/* The bit of a preposition; 0 where the table knows none such. */
uint32_t dsr_cue_preposition(dsr_slice word);

/* How cue and content hang together. */
#define DSR_AT_FRAME_LIST(X)                                                                                 \
    X(that)                                                                                                  \
    X(bare)                                                                                                  \
    X(question)                                                                                              \
    X(beside)                                                                                                \
    X(infinitive) X(object) X(preposition) X(marks) X(passive) X(phrase) X(rest) X(fronted) X(below) X(colon)
#define DSR_AT_FRAME_MEMBER(name) DSR_FRAME_##name,
typedef enum dsr_at_frame { DSR_AT_FRAME_LIST(DSR_AT_FRAME_MEMBER) DSR_FRAMES } dsr_at_frame;

/* Features: closed, never words. Classes of cues and frames come first; see attributions_score.c. */
#define DSR_AT_FEATURE_LIST(X)                                                                               \
    X(takes)                                                                                                 \
    X(unlisted_clause)                                                                                       \
    X(unlisted_infinitive)                                                                                   \
    X(unlisted_object)                                                                                       \
    X(say_object)                                                                                            \
    X(think_object)                                                                                          \
    X(judge_object)                                                                                          \
    X(refer_preposition)                                                                                     \
    X(source_person)                                                                                         \
    X(source_body)                                                                                           \
    X(source_pronoun)                                                                                        \
    X(source_they)                                                                                           \
    X(source_relative)                                                                                       \
    X(source_speaker)                                                                                        \
    X(source_it)                                                                                             \
    X(source_role)                                                                                           \
    X(source_thing)                                                                                          \
    X(source_none)                                                                                           \
    X(source_shared)                                                                                         \
    X(future)                                                                                                \
    X(modal)                                                                                                 \
    X(negated)                                                                                               \
    X(condition)                                                                                             \
    X(infinitive)                                                                                            \
    X(gerund)                                                                                                \
    X(passive)                                                                                               \
    X(past)                                                                                                  \
    X(present)                                                                                               \
    X(perfect)                                                                                               \
    X(in_marks)                                                                                              \
    X(content_marks)                                                                                         \
    X(content_short)                                                                                         \
    X(content_long)                                                                                          \
    X(content_pronoun)                                                                                       \
    X(heading)                                                                                               \
    X(start)                                                                                                 \
    X(reduced)                                                                                               \
    X(rarely)                                                                                                \
    X(name_object)                                                                                           \
    X(predicate)                                                                                             \
    X(conjunct)                                                                                              \
    X(adverbial)                                                                                             \
    X(relative)                                                                                              \
    X(clause)                                                                                                \
    X(open_clause)                                                                                           \
    X(beside)                                                                                                \
    X(timed)                                                                                                 \
    X(light)                                                                                                 \
    X(noun_object)                                                                                           \
    X(told_clause)                                                                                           \
    X(source_guessed)                                                                                        \
    X(nested)                                                                                                \
    X(nested_aside)                                                                                          \
    X(mark_time)                                                                                             \
    X(mark_by)                                                                                               \
    X(mark_as)                                                                                               \
    X(progressive)                                                                                           \
    X(cue_long)                                                                                              \
    X(noun_owner)                                                                                            \
    X(noun_subject)                                                                                          \
    X(noun_object_of)                                                                                        \
    X(noun_modifier)                                                                                         \
    X(noun_definite)                                                                                         \
    X(noun_bare)                                                                                             \
    X(source_determined)                                                                                     \
    X(source_single)                                                                                         \
    X(below_document)                                                                                        \
    X(below_noun)                                                                                            \
    X(object_name) X(object_plural) X(object_owned) X(content_he) X(content_would) X(content_finite)
#define DSR_AT_FEATURE_MEMBER(name) DSR_AT_##name,
enum { DSR_AT_KINDS_AT = 0, DSR_AT_FRAMES_AT = DSR_CUE_KINDS, DSR_AT_OTHERS_AT = DSR_CUE_KINDS + DSR_FRAMES };
typedef enum dsr_at_feature {
    DSR_AT_BEFORE_FIRST = DSR_AT_OTHERS_AT - 1,
    DSR_AT_FEATURE_LIST(DSR_AT_FEATURE_MEMBER) DSR_AT_FEATURES
} dsr_at_feature;
/* By feature, and the bias last; thousandths of a logit. gen/attribution_weights.c */
extern const int16_t dsr_at_weights[DSR_AT_FEATURES + 1];
/* Least score that is told, thousandths. */
extern const uint16_t dsr_at_least;

/* A run of tokens of the sentence, end exclusive; empty where start == end. */
typedef dsr_token_range dsr_at_range;

/* One sentence while it is looked at. */
typedef struct dsr_at_sentence {
    const dsr_attribution_tables *tables;
    const dsr_report *report;
    const dsr_token *tokens;
    const dsr_syntax *syntax;
    uint32_t count;
    uint32_t number;
    dsr_at_range *below; /* by token: from the first to the last of what hangs below it */
    uint32_t *quote;     /* by token: index of report->quotes; DSR_AT_NONE */
    uint32_t before;     /* index of a quotation that ends right before it in its paragraph; DSR_AT_NONE */
    dsr_span after;      /* where it ends in a colon: the quotation or paragraph behind it; else {0, 0} */
    uint32_t *name;      /* by token: index of report->names; DSR_AT_NONE */
} dsr_at_sentence;

/* Something that may be an attribution, in tokens. */
typedef struct dsr_at_candidate {
    uint32_t head; /* of the cue */
    dsr_cue_entry entry;
    dsr_cue_part part;
    dsr_at_frame frame;
    bool takes;  /* the table says that the cue takes this frame */
    bool shared; /* the source is another verb's */
    bool passive;
    bool light;      /* a verb that says little and a noun of speech: "made a statement" */
    bool guessed;    /* the source by its place alone */
    dsr_span beyond; /* content behind the sentence */
    uint32_t source; /* its head; DSR_AT_NONE */
    dsr_at_range source_range, cue, audience;
    dsr_at_range content[DSR_ATTRIBUTION_CONTENTS];
    uint32_t contents;
    uint32_t quotes[2];                 /* words in marks that are content, beside `content`; DSR_AT_NONE */
    uint32_t features[DSR_AT_FEATURES]; /* those that hold, feature_count of them */
    uint32_t feature_count;
    int32_t logit; /* thousandths */
} dsr_at_candidate;

/* attributions_spans.c */
dsr_slice dsr_at_text(const dsr_at_sentence *s, uint32_t token);
bool dsr_at_is(const dsr_at_sentence *s, uint32_t token, const char *word);
/* Whether a token is one of the words of a list, parted by blanks. */
bool dsr_at_is_one_of(const dsr_at_sentence *s, uint32_t token, const char *words);
/* The next dependent of `head` with a relation behind `after` (DSR_AT_NONE: the first). */
uint32_t dsr_at_child(const dsr_at_sentence *s, uint32_t head, dsr_relation relation);
/* The words of a noun phrase, its appositions and relative clauses included, but not what `stop` is in. */
dsr_at_range dsr_at_phrase(const dsr_at_sentence *s, uint32_t head, uint32_t stop);
/* The verb with its auxiliaries, adverbs between, and particle. */
dsr_at_range dsr_at_cue(const dsr_at_sentence *s, uint32_t head);
/* Adds a run to the content, without `c`'s cue and source, and without marks at its ends. */
void dsr_at_add_content(const dsr_at_sentence *s, dsr_at_candidate *c, dsr_at_range range);
dsr_span dsr_at_span(const dsr_at_sentence *s, dsr_at_range range);
/* The candidate that a verb, noun, adjective or preposition makes; false where it makes none. */
bool dsr_at_from_verb(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *out);
bool dsr_at_from_noun(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *out);
bool dsr_at_from_adjective(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *out);
bool dsr_at_from_phrase(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *out);
/* Who is the subject of a predicate, its governors' where it has none itself. */
uint32_t dsr_at_subject(const dsr_at_sentence *s, uint32_t predicate, bool *shared);
/* Whether a verb takes words in marks, or somebody to whom they are said. */
bool dsr_at_speaks(const dsr_at_candidate *c);
/* attributions_extent.c: once source and content are found. */
void dsr_at_widen_cue(const dsr_at_sentence *s, dsr_at_candidate *c);
/* Without the tree: the noun phrase right before a cue, or right behind it; DSR_AT_NONE. */
uint32_t dsr_at_neighbour(const dsr_at_sentence *s, dsr_at_range cue, bool behind);
/* A name, ":" and what it said, as headings have it. */
bool dsr_at_from_colon(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *out);
/* attributions_score.c: fills features and logit. */
void dsr_at_add(dsr_at_candidate *c, uint32_t feature, bool holds);
/* attributions_context.c: the features of what stands around the cue. */
void dsr_at_score_context(const dsr_at_sentence *s, dsr_at_candidate *c);
void dsr_at_score(const dsr_at_sentence *s, dsr_at_candidate *c);
const char *dsr_at_feature_name(size_t feature);

/* Sees every candidate, told or not; for those who learn the weights. NULL: nobody looks on. */
typedef void (*dsr_at_watch)(void *context, const dsr_at_candidate *candidate, const dsr_attribution *told);
typedef struct dsr_at_watcher {
    const dsr_attribution_tables *tables;
    dsr_at_watch watch;
    void *context;
} dsr_at_watcher;
dsr_status dsr_attributions_watch(const dsr_at_watcher *watcher, dsr_arena *arena,
                                  const dsr_refer_sentence *sentences, size_t count, const dsr_report *report,
                                  dsr_attributions *out) DSR_MUST_CHECK;

#endif
