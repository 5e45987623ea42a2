/* The cheapest way from one spelling to another, letter by letter or in steps of up to three letters ("tch"
 * -> "c"). What a step costs is the caller's business. */
#ifndef DSR_ENTITY_ALIGN_H
#define DSR_ENTITY_ALIGN_H

#include "entity/letters.h"

/* Letters of one side of a step, of both together. */
enum {
    DSR_STEP_LETTERS = 3,
    DSR_STEP_TOGETHER = 3,
    DSR_STEP_NEVER = 1000000,
    DSR_STEPS_MOST = 2 * DSR_LETTERS_MOST
};

typedef enum dsr_step_place {
    DSR_STEP_INSIDE,
    DSR_STEP_START, /* before it stands nothing */
    DSR_STEP_END,   /* behind it stands nothing */
    DSR_STEP_PLACES
} dsr_step_place;

/* Letters [left, left_end) of the one for [right, right_end) of the other; one of both may be empty. */
typedef struct dsr_step {
    const dsr_letters *a, *b;
    uint8_t left, left_end, right, right_end;
    uint8_t place; /* dsr_step_place */
} dsr_step;

/* The cost of a step; DSR_STEP_NEVER where there is no such step. */
typedef int32_t dsr_step_cost(const void *context, const dsr_step *step);

/* The least cost from a to b. `path` (may be NULL) gets the steps, last step first, and *steps their number.
 * Time is bounded by the most letters of a word. */
int32_t dsr_letters_align(const dsr_letters *a, const dsr_letters *b, dsr_step_cost *cost,
                          const void *context, dsr_step path[DSR_STEPS_MOST], size_t *steps);

/* What a step is when no table knows it. */
typedef enum dsr_step_kind {
    DSR_STEP_VOWEL_FOR_VOWEL,
    DSR_STEP_CONSONANT_FOR_CONSONANT,
    DSR_STEP_VOWEL_FOR_CONSONANT,
    DSR_STEP_VOWEL_MORE,
    DSR_STEP_CONSONANT_MORE,
    DSR_STEP_VOWEL_DOUBLED,
    DSR_STEP_CONSONANT_DOUBLED,
    DSR_STEP_SAME, /* the same letter */
    DSR_STEP_LONG, /* more than one letter: only a table has these */
    DSR_STEP_KINDS
} dsr_step_kind;
dsr_step_kind dsr_step_kind_of(const dsr_step *step);
/* One number for the letters of a step, the same in both directions. */
uint64_t dsr_step_key(const dsr_step *step);

#endif
