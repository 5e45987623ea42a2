/* What the sentences of a story's reports tell, in a form that can be compared across reports: the names and
 * stems of a clause, which sentences are copies of which, how alike two clauses are. Only src/story includes
 * it. */
#ifndef DSR_STORY_TOLD_H
#define DSR_STORY_TOLD_H

#include "base/map.h"
#include "lexicon/terms.h"
#include "model/story.h"
#include "story/stem.h"

typedef enum dsr_told_place {
    DSR_TOLD_BODY,
    DSR_TOLD_HEADING, /* headline, standfirst, subhead: tells, but is no carrier beside the body */
    DSR_TOLD_NOWHERE  /* other furniture */
} dsr_told_place;

/* By what the likelier source of a text is told. */
typedef struct dsr_told_rank_of {
    bool took;     /* from another report of the story */
    bool nameless; /* credits no agency by name */
    int64_t date;
    dsr_id id;
    uint32_t report;
} dsr_told_rank_of;

typedef struct dsr_told {
    dsr_arena *arena; /* for what is needed on the way */
    const dsr_lexicon *lexicon;
    const dsr_story *story;
    uint32_t *first_sentence; /* by report, one more at the end: sentences are numbered through the story */
    uint32_t *copy_of;        /* by sentence: another one of its text; union-find */
    uint32_t *twin_of;        /* the same, for sentences that share half of the shorter one and more */
    uint8_t *place;           /* by sentence: dsr_told_place */
    dsr_told_rank_of *rank;   /* by report */
    dsr_map *cast;            /* hash of an entity's id -> index into the story's cast */
    dsr_stemmer *stemmer;     /* of the language of the report that is read */
    dsr_slice language;
    const dsr_terms *terms;
} dsr_told;

/* Borrows everything; dsr_told_close gives up what it made. DSR_ERR_MEMORY. */
dsr_status dsr_told_open(dsr_told *told, dsr_arena *scratch, const dsr_lexicon *lexicon,
                         const dsr_story *story) DSR_MUST_CHECK;
void dsr_told_close(dsr_told *told);

/* The number, through the story, of the sentence that holds a place; UINT32_MAX where none does. */
uint32_t dsr_told_sentence(const dsr_told *told, uint32_t report, uint32_t at);
dsr_span dsr_told_span(const dsr_told *told, uint32_t report, uint32_t sentence);
/* Has the stemmer of this report's language at hand. */
dsr_status dsr_told_read(dsr_told *told, uint32_t report) DSR_MUST_CHECK;
/* told_ties.c: sentences that share copied words become one. */
dsr_status dsr_told_tie(dsr_told *told) DSR_MUST_CHECK;
uint32_t dsr_told_text_of(dsr_told *told, uint32_t sentence); /* the number that stands for all its copies */
uint32_t dsr_told_twin_of(dsr_told *told, uint32_t sentence);
/* told_clause.c: the clause of a sentence around a place in it, as it can be shown to a person ... */
dsr_span dsr_told_clause(const dsr_told *told, const dsr_report *report, dsr_span sentence, dsr_span at);
/* ... and without what stands before a relative clause: what is told there, for comparison. */
dsr_span dsr_told_tight(const dsr_told *told, const dsr_report *report, dsr_span sentence, dsr_span at);
/* The pieces into which a sentence may be cut, each of some words; returns how many. */
enum { DSR_TOLD_PIECES = 8 };
unsigned dsr_told_pieces(const dsr_told *told, const dsr_report *report, dsr_span sentence,
                         dsr_span out[DSR_TOLD_PIECES]);

/* Names and stems, ascending and each once. The lowest two bits of a key tell what it is of. */
typedef enum dsr_told_key_kind {
    DSR_TOLD_STEM,
    DSR_TOLD_NAME, /* odd: a name */
    DSR_TOLD_KIN,  /* a word of the lexicon's kin: "killed", "deaths" */
    DSR_TOLD_SITE, /* the name of a place that is no country, and stands for no government */
    DSR_TOLD_KINDS
} dsr_told_key_kind;
typedef struct dsr_told_keys {
    uint64_t *items;
    uint32_t count;
} dsr_told_keys;
/* Of a part of a report, `without` left out; at most DSR_LIMIT_TOLD_KEYS. After dsr_told_read. */
dsr_status dsr_told_keys_take(dsr_told *told, uint32_t report, dsr_span part, dsr_span without,
                              dsr_told_keys *out) DSR_MUST_CHECK;
/* How many keys of a kind two lists share. */
uint32_t dsr_told_share(const dsr_told_keys *a, const dsr_told_keys *b, dsr_told_key_kind kind);
/* The key of an entity of a report, as its names have it; 0 where there is none. */
uint64_t dsr_told_entity_key(const dsr_told *told, const dsr_report *report, uint32_t entity);
/* ... and of a name: of the state for whose government it stands. */
uint64_t dsr_told_name_key(const dsr_told *told, const dsr_report *report, const dsr_name *name);
/* ... and of one of the cast. */
uint64_t dsr_told_cast_key(uint32_t cast, dsr_told_key_kind kind);
/* The key of one word, 0 where it tells nothing. */
uint64_t dsr_told_key(dsr_told *told, dsr_slice word);
/* The key of a verb of speech or of what is to come ("plans"), which has none else; 0 for other words. */
uint64_t dsr_told_cue_key(dsr_told *told, dsr_slice word);
/* The key of the last word of a phrase before its first preposition: of what it speaks. */
uint64_t dsr_told_head(dsr_told *told, dsr_slice phrase);

/* told_join.c: a thing that is compared with others of its bucket. */
typedef struct dsr_told_item {
    uint64_t bucket;
    dsr_told_keys keys;
    uint16_t *weights; /* of the keys: rare ones weigh more; filled by dsr_told_join */
    uint32_t total;    /* of the weights */
    uint32_t up;       /* union-find: one that is the same; itself */
} dsr_told_item;
typedef struct dsr_likeness {
    uint32_t thousandths;  /* Dice over weights */
    uint32_t names, stems; /* in common */
    uint32_t weight;       /* of what they have in common */
    uint32_t rare;         /* keys in common that few items have */
} dsr_likeness;
/* Of two items that dsr_told_join has weighed. */
dsr_likeness dsr_told_compare(const dsr_told_item *a, const dsr_told_item *b);
typedef bool (*dsr_told_same)(const void *context, uint32_t a, uint32_t b, const dsr_likeness *likeness);
/* Unites items of one bucket that `same` says are the same, among those that share a key. Of a key that very
 * many share only neighbours are compared, so that the work is n log n. */
dsr_status dsr_told_join(dsr_arena *scratch, dsr_told_item *items, uint32_t count, dsr_told_same same,
                         const void *context) DSR_MUST_CHECK;
uint32_t dsr_told_root(dsr_told_item *items, uint32_t item);
void dsr_told_unite(dsr_told_item *items, uint32_t a, uint32_t b);

/* told_voices.c: carriers of one thing. */
typedef struct dsr_voiced {
    dsr_carrier *carrier;
    uint32_t text;     /* dsr_told_text_of its sentence */
    uint32_t up, lead; /* for dsr_told_voices alone */
} dsr_voiced;
typedef struct dsr_voice_count {
    uint32_t reports, independent;
} dsr_voice_count;
/* Numbers the voices of the carriers and finds their leads. */
dsr_status dsr_told_voices(dsr_told *told, dsr_voiced *items, uint32_t count,
                           dsr_voice_count *out) DSR_MUST_CHECK;
dsr_status dsr_told_rank(dsr_told *told) DSR_MUST_CHECK; /* for dsr_told_open */

#endif
