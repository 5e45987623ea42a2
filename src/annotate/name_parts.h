/* What the files of the name tagger and its trainer share: words as features see them, labels, features, the
 * best path. Only src/annotate/name*.c and train/names*.c include it. */
#ifndef DSR_ANNOTATE_NAME_PARTS_H
#define DSR_ANNOTATE_NAME_PARTS_H

#include "annotate/names.h"
#include "syntax/weights.h"

/* ---- labels ---- */

/* Where a word stands in a name. Label 0 is "in no name", others are 1 + type * 4 + place. */
typedef enum dsr_name_place {
    DSR_PLACE_BEGIN,
    DSR_PLACE_INSIDE,
    DSR_PLACE_END,
    DSR_PLACE_SINGLE
} dsr_name_place;
enum { DSR_NAME_LABELS = 1 + DSR_NAME_TYPES * 4 };
static inline unsigned dsr_name_label(dsr_name_type type, dsr_name_place place)
{
    return 1 + (unsigned)type * 4 + (unsigned)place;
}
/* Of a label other than 0. */
static inline dsr_name_type dsr_name_label_type(unsigned label)
{
    return (dsr_name_type)((label - 1) / 4);
}
static inline dsr_name_place dsr_name_label_place(unsigned label)
{
    return (dsr_name_place)((label - 1) % 4);
}
/* After `label` a name goes on. */
static inline bool dsr_name_is_open(unsigned label)
{
    return label != 0 && dsr_name_label_place(label) <= DSR_PLACE_INSIDE;
}
/* A name goes on in `label`. */
static inline bool dsr_name_goes_on(unsigned label)
{
    return label != 0 &&
           (dsr_name_label_place(label) == DSR_PLACE_INSIDE || dsr_name_label_place(label) == DSR_PLACE_END);
}
static inline bool dsr_name_may_follow(unsigned before, unsigned label)
{
    if (dsr_name_is_open(before)) {
        return dsr_name_goes_on(label) && dsr_name_label_type(before) == dsr_name_label_type(label);
    }
    return !dsr_name_goes_on(label);
}

/* ---- words ---- */

typedef enum dsr_name_shape {
    DSR_SHAPE_NOTHING,
    DSR_SHAPE_LOWER,
    DSR_SHAPE_CAPITAL,  /* "Word" */
    DSR_SHAPE_CAPITALS, /* "WORD" */
    DSR_SHAPE_INITIAL,  /* "W", "W." */
    DSR_SHAPE_DOTTED,   /* "U.S." */
    DSR_SHAPE_MIXED,    /* "McDonald", "eThekwini" */
    DSR_SHAPE_DIGITS,
    DSR_SHAPE_DIGITS_LETTERS,
    DSR_SHAPE_COMMA,
    DSR_SHAPE_STOP,
    DSR_SHAPE_QUOTE,
    DSR_SHAPE_OPEN,
    DSR_SHAPE_CLOSE,
    DSR_SHAPE_HYPHEN,
    DSR_SHAPE_COLON,
    DSR_SHAPE_CLITIC, /* "'s", an apostrophe */
    DSR_SHAPE_AND,    /* "&", "/" */
    DSR_SHAPE_ADDRESS,
    DSR_SHAPE_SYMBOL,
    DSR_SHAPES
} dsr_name_shape;

/* What the word does to the step from one label to the next. */
enum { DSR_NAME_STEPS = 12 };

typedef struct dsr_name_word {
    dsr_span span;
    dsr_phrase_key key;
    uint64_t tail;   /* its last eight bytes in lower case, the last one lowest */
    uint32_t head;   /* its first four bytes in lower case */
    uint32_t lower;  /* hash of it in lower case, digits as "0" */
    uint32_t lists;  /* gazetteer: it alone stands there */
    uint32_t phrase; /* gazetteer: a longer phrase that holds it stands there */
    uint32_t
        run_first; /* run of capitals (with "of", "and", "the" ... between them) that it stands in; itself */
    uint32_t run_last;
    uint32_t memory;      /* its place in the report's memory */
    uint32_t others;      /* the next word of its kind with a capital; the last leads to the first */
    uint8_t phrase_place; /* 1 first, 2 inside, 3 last word of the phrase */
    uint8_t letters;      /* in it, at most 255 */
    uint8_t shape;        /* dsr_name_shape */
    uint8_t habit; /* how it is written in the training text: 0 never seen there, 1 small ... 5 capital */
    uint8_t
        here; /* how it is written in this report: 1 seen small, 2 seen with a capital inside a sentence */
    uint8_t step;
    uint8_t
        short_form; /* 1: abbreviation in brackets whose letters begin the words before; 2-4: such words */
    bool active;    /* may belong to a name */
    bool first;     /* of its sentence, quotation marks and the like set aside */
} dsr_name_word;

enum { DSR_NAME_PAD = 3 };

/* A stretch of a report. words[0..count) with padding on either side. */
typedef struct dsr_name_text {
    dsr_slice text;
    dsr_name_word *words;
    size_t count;
    uint32_t *starts; /* of sentences, and count behind the last */
    uint8_t *modes;   /* by sentence: 0, 1 most words begin with a capital, 2 all letters are capitals */
    size_t sentences;
    size_t memory_count; /* different words */
} dsr_name_text;

/* Prepares the words of the sentences. `habits` is the table of dsr_name_word.habit. */
dsr_status dsr_name_prepare(dsr_arena *arena, const dsr_number_table *habits, const dsr_gazetteer *gazetteer,
                            const dsr_name_input *input, dsr_name_text *out) DSR_MUST_CHECK;
uint64_t dsr_name_habit_key(uint32_t lower);
uint32_t dsr_name_hash_lower(dsr_slice word);

/* ---- features ---- */

enum { DSR_NAME_FEATURES = 224, DSR_NAME_MEMORY_FEATURES = 24 };
/* Of word `at` in sentence `sentence`. */
size_t dsr_name_features(const dsr_name_text *text, size_t sentence, size_t at, uint64_t *out);
/* The step from a word labelled `before` to one of this kind of step. */
uint64_t dsr_name_step_feature(unsigned step, unsigned before);

/* ---- memory ---- */

/* How one word of the report was labelled in the first pass. */
typedef struct dsr_name_memory {
    uint16_t places[DSR_NAME_TYPES][4]; /* in names, by type and place */
    uint16_t none;                      /* with a capital inside a sentence, in no name */
} dsr_name_memory;
/* Fills memory[text->memory_count] from labels[text->count]. */
void dsr_name_remember(const dsr_name_text *text, const uint8_t *labels, dsr_name_memory *memory);
/* What the others of its kind tell of word `at`, which was itself labelled labels[at]. */
size_t dsr_name_memory_features(const dsr_name_text *text, const uint8_t *labels,
                                const dsr_name_memory *memory, size_t at, uint64_t *out);

/* ---- the best path ---- */

/* Scores of steps: [kind of step][label before][label]. */
typedef struct dsr_name_steps {
    int32_t scores[DSR_NAME_STEPS][DSR_NAME_LABELS][DSR_NAME_LABELS];
} dsr_name_steps;
/* Labels `count` neighbouring active words; scores[i] are word i's, kinds[i] its kind of step, `room` holds
 * count * DSR_NAME_LABELS bytes. Before the first and behind the last is no name. */
void dsr_name_best_path(const dsr_name_steps *steps, const int32_t (*scores)[DSR_NAME_LABELS],
                        const dsr_name_word *words, size_t count, uint8_t *room, uint8_t *labels);

/* Makes the labels good by what words alone tell; `memory` is of the first pass. See name_mend.c. */
void dsr_name_mend(const dsr_name_text *text, const dsr_name_memory *memory, uint8_t *labels);

struct dsr_name_model {
    dsr_weights *weights;
    dsr_row_table rows;
    dsr_number_table habits;
    dsr_name_steps steps;
};

#endif
