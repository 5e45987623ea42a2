/* Alignment of two spellings by dynamic programming. Must not know what steps cost. */
#include "entity/align.h"

#include <stdbool.h>

enum { SIDE = DSR_LETTERS_MOST + 1 };

typedef struct cell {
    int32_t cost;
    uint8_t left, right; /* letters of the step that led here */
} cell;

typedef struct grid {
    cell at[SIDE][SIDE];
    const dsr_letters *a, *b;
    dsr_step_cost *cost;
    const void *context;
} grid;

static dsr_step step_of(const grid *g, size_t i, size_t j, size_t left, size_t right)
{
    dsr_step step = {g->a, g->b, (uint8_t)i, (uint8_t)(i + left), (uint8_t)j, (uint8_t)(j + right), 0};
    if (i == 0 && j == 0) {
        step.place = DSR_STEP_START;
    } else if (i + left == g->a->count && j + right == g->b->count) {
        step.place = DSR_STEP_END;
    } else {
        step.place = DSR_STEP_INSIDE;
    }
    return step;
}

static void leave_cell(grid *g, size_t i, size_t j)
{
    int32_t before = g->at[i][j].cost;
    for (size_t left = 0; left <= DSR_STEP_LETTERS && i + left <= g->a->count; left++) {
        size_t most =
            DSR_STEP_TOGETHER - left < DSR_STEP_LETTERS ? DSR_STEP_TOGETHER - left : DSR_STEP_LETTERS;
        for (size_t right = left == 0; right <= most && j + right <= g->b->count; right++) {
            dsr_step step = step_of(g, i, j, left, right);
            int32_t cost = g->cost(g->context, &step);
            cell *to = &g->at[i + left][j + right];
            if (cost < DSR_STEP_NEVER && before + cost < to->cost) {
                *to = (cell){before + cost, (uint8_t)left, (uint8_t)right};
            }
        }
    }
}

int32_t dsr_letters_align(const dsr_letters *a, const dsr_letters *b, dsr_step_cost *cost,
                          const void *context, dsr_step path[DSR_STEPS_MOST], size_t *steps)
{
    grid g;
    g.a = a;
    g.b = b;
    g.cost = cost;
    g.context = context;
    for (size_t i = 0; i <= a->count; i++) {
        for (size_t j = 0; j <= b->count; j++) {
            g.at[i][j] = (cell){i + j == 0 ? 0 : DSR_STEP_NEVER, 0, 0};
        }
    }
    for (size_t i = 0; i <= a->count; i++) {
        for (size_t j = 0; j <= b->count; j++) {
            if (g.at[i][j].cost < DSR_STEP_NEVER) {
                leave_cell(&g, i, j);
            }
        }
    }
    size_t count = 0;
    size_t i = a->count;
    size_t j = b->count;
    while (path != NULL && i + j > 0) {
        const cell *c = &g.at[i][j];
        if (c->left + c->right == 0) {
            break; /* no way leads here */
        }
        i -= c->left;
        j -= c->right;
        path[count++] = step_of(&g, i, j, c->left, c->right);
    }
    if (steps != NULL) {
        *steps = count;
    }
    return g.at[a->count][b->count].cost;
}

static bool is_vowel(uint8_t letter)
{
    enum { VOWELS = 1 << 1 | 1 << 5 | 1 << 9 | 1 << 15 | 1 << 21 | 1 << 25 }; /* a e i o u y */
    return (VOWELS >> letter & 1) != 0;
}

/* A letter that only one side has: a doubled one costs less. */
static dsr_step_kind kind_of_more(const dsr_letters *in, size_t at)
{
    uint8_t letter = in->at[at];
    bool doubled = (at > 0 && in->at[at - 1] == letter) || (at + 1u < in->count && in->at[at + 1] == letter);
    if (is_vowel(letter)) {
        return doubled ? DSR_STEP_VOWEL_DOUBLED : DSR_STEP_VOWEL_MORE;
    }
    return doubled ? DSR_STEP_CONSONANT_DOUBLED : DSR_STEP_CONSONANT_MORE;
}

dsr_step_kind dsr_step_kind_of(const dsr_step *step)
{
    size_t left = (size_t)(step->left_end - step->left);
    size_t right = (size_t)(step->right_end - step->right);
    if (left + right == 1) {
        return left == 1 ? kind_of_more(step->a, step->left) : kind_of_more(step->b, step->right);
    }
    if (left != 1 || right != 1) {
        return DSR_STEP_LONG;
    }
    uint8_t a = step->a->at[step->left];
    uint8_t b = step->b->at[step->right];
    if (a == b) {
        return DSR_STEP_SAME;
    }
    if (is_vowel(a) && is_vowel(b)) {
        return DSR_STEP_VOWEL_FOR_VOWEL;
    }
    return is_vowel(a) || is_vowel(b) ? DSR_STEP_VOWEL_FOR_CONSONANT : DSR_STEP_CONSONANT_FOR_CONSONANT;
}

uint64_t dsr_step_key(const dsr_step *step)
{
    uint64_t left = 0;
    uint64_t right = 0;
    for (size_t i = step->left; i < step->left_end; i++) {
        left = left << 5 | step->a->at[i];
    }
    for (size_t j = step->right; j < step->right_end; j++) {
        right = right << 5 | step->b->at[j];
    }
    return left > right ? left << 32 | right : right << 32 | left;
}
