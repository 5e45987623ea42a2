/* Which windows of a text stand for it in the index: winnowing (Schleimer, Wilkerson and Aiken, "Winnowing:
 * local algorithms for document fingerprinting", SIGMOD 2003) over windows of words. Of each WINNOW
 * successive windows the one with the smallest hash is taken, so that two texts with WINDOW + WINNOW - 1
 * equal words in a row share at least one. */
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

/* What stands for a window that is no evidence: never taken. */
#define NO_EVIDENCE UINT64_MAX

/* The hash of each window of a text that has one at least; returns how many there are. */
static size_t hash_windows(const dsr_compare_text *text, uint64_t *hashes)
{
    const uint64_t power = base_to_window();
    uint64_t rolling = 0;
    size_t own = 0;
    size_t count = 0;
    for (size_t i = 0; i < text->count; i++) {
        rolling = rolling * BASE + text->words[i].key;
        own += text->flags[i] == 0;
        if (i >= WINDOW) {
            rolling -= power * text->words[i - WINDOW].key;
            own -= text->flags[i - WINDOW] == 0;
        }
        if (i + 1 >= WINDOW) {
            hashes[count++] = own >= OWN_WORDS ? dsr_hash_mix(rolling) >> 1 : NO_EVIDENCE;
        }
    }
    return count;
}

/* The smallest of the hashes [from, to); the rightmost of equals, as the paper has it. */
static size_t find_smallest(const uint64_t *hashes, size_t from, size_t to)
{
    size_t smallest = from;
    for (size_t i = from + 1; i < to; i++) {
        smallest = hashes[i] <= hashes[smallest] ? i : smallest;
    }
    return smallest;
}

/* Takes each hash that is the smallest of some WINNOW successive ones; a text with fewer still has a smallest
 * one. The taken ones are written over the first ones: the k-th at the earliest when the k-th of all has been
 * looked at for the last time. Returns how many. */
static size_t winnow(uint64_t *hashes, size_t count)
{
    const size_t begin = count < WINNOW ? count : WINNOW;
    size_t smallest = 0;
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = smallest;
        if (smallest + WINNOW <= i) {
            smallest = find_smallest(hashes, i + 1 - WINNOW, i + 1);
        } else if (hashes[i] <= hashes[smallest]) {
            smallest = i;
        }
        bool new_one = i + 1 == begin || (i + 1 > begin && smallest != before);
        if (new_one && hashes[smallest] != NO_EVIDENCE) {
            hashes[taken++] = hashes[smallest];
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
        prints.count = winnow(prints.items, hash_windows(text, prints.items));
    }
    *out = prints;
    return DSR_OK;
}

/* Where each of the fingerprints [0, last) begins: they stand in the order of the text, and equal windows are
 * as good as one another. Returns the places of the first word of `first` and of the last one of `last` - 1.
 */
static dsr_status find_words(const dsr_compare_text *text, const dsr_fingerprints *prints,
                             const uint64_t *hashes, const uint32_t range[2], size_t words[2])
{
    size_t windows = text->count - WINDOW + 1;
    size_t at = 0;
    for (uint32_t i = 0; i < range[1]; i++, at++) {
        while (at < windows && hashes[at] != prints->items[i]) {
            at++;
        }
        if (at == windows) {
            return DSR_ERR_ARGUMENT;
        }
        words[0] = i == range[0] ? at : words[0];
        words[1] = at + WINDOW - 1;
    }
    return DSR_OK;
}

dsr_status dsr_fingerprints_find_span(const dsr_compare_text *text, const dsr_fingerprints *prints,
                                      uint32_t first, uint32_t last, dsr_span *out)
{
    if (first >= last || last > prints->count || text->count < WINDOW) {
        return DSR_ERR_ARGUMENT;
    }
    uint64_t *hashes = malloc((text->count - WINDOW + 1) * sizeof *hashes);
    if (!hashes) {
        return DSR_ERR_MEMORY;
    }
    (void)hash_windows(text, hashes);
    size_t words[2] = {0, 0};
    const uint32_t range[2] = {first, last};
    dsr_status status = find_words(text, prints, hashes, range, words);
    free(hashes);
    if (status == DSR_OK) {
        *out = (dsr_span){text->words[words[0]].span.start, text->words[words[1]].span.end};
    }
    return status;
}

void dsr_fingerprints_drop(dsr_fingerprints *prints)
{
    free(prints->items);
    *prints = (dsr_fingerprints){NULL, 0};
}
