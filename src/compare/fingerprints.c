/* Which windows of a text stand for it in the index: winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for
 * document fingerprinting", SIGMOD 2003) over windows of words. Of each WINNOW successive windows the one with the smallest hash is
 * taken, so that two texts with WINDOW + WINNOW - 1 equal words in a row share at least one. */
#include "compare/text.h"

#include <stdlib.h>

enum {
    WINDOW = 7,   /* words in a window */
    WINNOW = 9,   /* windows of which one is taken */
    OWN_WORDS = 3 /* words of a window that are neither quoted nor names: else it is no evidence */
};

/* Odd, random: the base of the rolling hash, and the base to the power of WINDOW. */
#define BASE UINT64_C(0x9e3779b97f4a7c15)

static uint64_t base_to_window(void)
{
    uint64_t power = 1;
    for (int i = 0; i < WINDOW; i++) {
        power *= BASE;
    }
    return power;
}

/* The last WINNOW window hashes, and which of them is the smallest; the rightmost of equals, as the paper has it. */
typedef struct winnow {
    uint64_t hashes[WINNOW];
    size_t seen;
    size_t smallest; /* number of the smallest one, counted from the first window */
} winnow;

static void find_smallest(winnow *w)
{
    size_t from = w->seen > WINNOW ? w->seen - WINNOW : 0;
    w->smallest = from;
    for (size_t i = from; i < w->seen; i++) {
        if (w->hashes[i % WINNOW] <= w->hashes[w->smallest % WINNOW]) {
            w->smallest = i;
        }
    }
}

/* Takes in one window; returns true where the smallest of the last WINNOW is one that was not the smallest before. */
static bool winnow_add(winnow *w, uint64_t hash)
{
    size_t before = w->seen ? w->smallest : SIZE_MAX;
    w->hashes[w->seen % WINNOW] = hash;
    w->seen++;
    if (w->seen == 1 || w->smallest + WINNOW < w->seen) {
        find_smallest(w);
    } else if (hash <= w->hashes[w->smallest % WINNOW]) {
        w->smallest = w->seen - 1;
    }
    return w->seen == WINNOW || (w->seen > WINNOW && w->smallest != before);
}

/* Walks the windows of `text` and writes the taken ones to `items`, at most one a window. */
static size_t take_windows(const dsr_compare_text *text, uint64_t *items)
{
    const uint64_t power = base_to_window();
    winnow w = {.seen = 0};
    uint64_t rolling = 0;
    size_t own = 0;
    size_t taken = 0;
    for (size_t i = 0; i < text->count; i++) {
        rolling = rolling * BASE + text->words[i].key;
        own += text->flags[i] == 0;
        if (i >= WINDOW) {
            rolling -= power * text->words[i - WINDOW].key;
            own -= text->flags[i - WINDOW] == 0;
        }
        if (i + 1 < WINDOW) {
            continue;
        }
        uint64_t hash = own >= OWN_WORDS ? dsr_hash_mix(rolling) >> 1 : UINT64_MAX;
        /* A text with fewer than WINNOW windows still has a smallest one. */
        bool last = i + 1 == text->count && w.seen + 1 < WINNOW;
        if (winnow_add(&w, hash) || last) {
            uint64_t best = w.hashes[w.smallest % WINNOW];
            if (best != UINT64_MAX) {
                items[taken++] = best;
            }
        }
    }
    return taken;
}

dsr_status dsr_fingerprints_take(const dsr_compare_text *text, dsr_fingerprints *out)
{
    dsr_fingerprints prints = {NULL, 0};
    if (text->count >= WINDOW) {
        prints.items = malloc((text->count - WINDOW + 1) * sizeof *prints.items);
        if (!prints.items) {
            return DSR_ERR_MEMORY;
        }
        prints.count = take_windows(text, prints.items);
    }
    *out = prints;
    return DSR_OK;
}

void dsr_fingerprints_drop(dsr_fingerprints *prints)
{
    free(prints->items);
    *prints = (dsr_fingerprints){NULL, 0};
}
