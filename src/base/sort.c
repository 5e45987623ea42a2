/* See sort.h. */
#include "base/sort.h"

enum { DIGIT_BITS = 8, SMALL_SORT = 48 /* below this, insertion beats another pass of digits */ };

static void insertion_sort(uint64_t *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1] > item; at--) {
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

/* American flag sort (McIlroy, Bostic and McIlroy 1993): by digits from the highest, in place. */
static void flag_sort(uint64_t *items, size_t count, int shift)
{
    enum { BUCKETS = 1 << DIGIT_BITS };
    if (count < SMALL_SORT) {
        insertion_sort(items, count);
        return;
    }
    size_t next[BUCKETS] = {0}, end[BUCKETS];
    for (size_t i = 0; i < count; i++) {
        next[(items[i] >> shift) & (BUCKETS - 1)]++;
    }
    size_t at = 0;
    for (size_t d = 0; d < BUCKETS; d++) {
        size_t here = next[d];
        next[d] = at;
        end[d] = at += here;
    }
    for (size_t d = 0; d < BUCKETS; d++) {
        while (next[d] < end[d]) {
            size_t digit = (items[next[d]] >> shift) & (BUCKETS - 1);
            if (digit == d) {
                next[d]++;
                continue;
            }
            uint64_t other = items[next[digit]];
            items[next[digit]++] = items[next[d]];
            items[next[d]] = other;
        }
    }
    for (size_t d = 0, from = 0; shift > 0 && d < BUCKETS; from = end[d++]) {
        flag_sort(items + from, end[d] - from, shift - DIGIT_BITS);
    }
}

void dsr_sort_u64(uint64_t *items, size_t count)
{
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++) {
        all |= items[i];
    }
    int shift = 64 - DIGIT_BITS;
    while (shift > 0 && !(all >> shift)) {
        shift -= DIGIT_BITS;
    }
    flag_sort(items, count, shift);
}
