/* The index over the fingerprints of many reports, and the pairs that it names. An entry is 40 bits of
 * fingerprint above 24 bits of report number: sorted, equal fingerprints lie side by side with their reports
 * in the order of intake. Eight bytes a fingerprint and sorting in place keep a hundred thousand reports
 * within tens of megabytes. */
#include "compare/segments_parts.h"

#include "base/limits.h"
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

enum {
    NUMBER_BITS = 24,
    FAR_PARTNERS = 8, /* neighbours in a passage that more than DSR_LIMIT_COPY_PARTNERS reports carry */
    FIRST_ROOM = 4096,
    SQUEEZE_AT = 4 << 20 /* named pairs after which equal ones are counted together */
};

struct dsr_copy_index {
    uint64_t *entries;
    size_t count;
    size_t capacity;
};

dsr_copy_index *dsr_copy_index_new(void)
{
    return calloc(1, sizeof(dsr_copy_index));
}

void dsr_copy_index_drop(dsr_copy_index *index)
{
    if (index) {
        free(index->entries);
        free(index);
    }
}

/* Grows by half: the peak while growing stays at two and a half times what is needed. */
static dsr_status make_room(uint64_t **items, size_t *capacity, size_t need)
{
    if (need <= *capacity) {
        return DSR_OK;
    }
    size_t room = *capacity + *capacity / 2;
    room = room < need ? need : room;
    room = room < FIRST_ROOM ? FIRST_ROOM : room;
    if (room > SIZE_MAX / sizeof **items) {
        return DSR_ERR_MEMORY;
    }
    uint64_t *grown = realloc(*items, room * sizeof **items);
    if (!grown) {
        return DSR_ERR_MEMORY;
    }
    *items = grown;
    *capacity = room;
    return DSR_OK;
}

dsr_status dsr_copy_index_add(dsr_copy_index *index, uint32_t number, const dsr_fingerprints *prints)
{
    if (number >= DSR_LIMIT_REPORTS) {
        return DSR_ERR_LIMIT;
    }
    dsr_status status = make_room(&index->entries, &index->capacity, index->count + prints->count);
    if (status != DSR_OK) {
        return status;
    }
    for (size_t i = 0; i < prints->count; i++) {
        index->entries[index->count++] = (prints->items[i] << NUMBER_BITS) | number;
    }
    return DSR_OK;
}

/* Named pairs, with how often each was named. While they are collected, items[0 .. counted) are sorted and
 * unique. */
typedef struct naming {
    uint64_t *items; /* first << 32 | second */
    size_t count, capacity;
    dsr_copy_pair *pairs;
    size_t pair_count, pair_capacity;
} naming;

static dsr_status push_pair(naming *n, dsr_copy_pair pair)
{
    if (n->pair_count == n->pair_capacity) {
        size_t room = n->pair_capacity + n->pair_capacity / 2 + FIRST_ROOM;
        dsr_copy_pair *grown = realloc(n->pairs, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        n->pairs = grown;
        n->pair_capacity = room;
    }
    n->pairs[n->pair_count++] = pair;
    return DSR_OK;
}

static int compare_pairs(const void *a, const void *b)
{
    dsr_copy_pair x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    if (x.first != y.first) {
        return x.first < y.first ? -1 : 1;
    }
    return x.second < y.second ? -1 : x.second > y.second;
}

/* Counts equal names together and moves them into `pairs`, which stays sorted and unique. */
static dsr_status squeeze(naming *n)
{
    dsr_sort_u64(n->items, n->count);
    size_t had = n->pair_count;
    for (size_t i = 0; i < n->count;) {
        size_t same = i + 1;
        while (same < n->count && n->items[same] == n->items[i]) {
            same++;
        }
        dsr_copy_pair pair = {(uint32_t)(n->items[i] >> 32), (uint32_t)n->items[i], (uint32_t)(same - i)};
        dsr_status status = push_pair(n, pair);
        if (status != DSR_OK) {
            return status;
        }
        i = same;
    }
    n->count = 0;
    if (!had) {
        return DSR_OK;
    }
    qsort(n->pairs, n->pair_count, sizeof *n->pairs, compare_pairs);
    size_t kept = 0;
    for (size_t i = 1; i < n->pair_count; i++) {
        if (compare_pairs(&n->pairs[i], &n->pairs[kept]) == 0) {
            n->pairs[kept].shared += n->pairs[i].shared;
        } else {
            n->pairs[++kept] = n->pairs[i];
        }
    }
    n->pair_count = kept + 1;
    return DSR_OK;
}

/* Names the pairs of one fingerprint, which `count` reports carry. */
static dsr_status name_pairs(naming *n, const uint64_t *entries, size_t count)
{
    const uint64_t number = (UINT64_C(1) << NUMBER_BITS) - 1;
    size_t reach = count <= DSR_LIMIT_COPY_PARTNERS ? count : FAR_PARTNERS;
    for (size_t i = 0; i + 1 < count; i++) {
        size_t stop = i + reach < count - 1 ? i + reach : count - 1;
        dsr_status status = make_room(&n->items, &n->capacity, n->count + (stop - i));
        if (status != DSR_OK) {
            return status;
        }
        for (size_t k = i + 1; k <= stop; k++) {
            n->items[n->count++] = (entries[i] & number) << 32 | (entries[k] & number);
        }
    }
    return n->count < SQUEEZE_AT ? DSR_OK : squeeze(n);
}

dsr_status dsr_copy_index_pairs(dsr_copy_index *index, dsr_copy_pair **pairs, size_t *count)
{
    dsr_sort_u64(index->entries, index->count);
    naming n = {NULL, 0, 0, NULL, 0, 0};
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < index->count;) {
        size_t same = i + 1;
        size_t carriers = 1; /* a report that repeats itself counts once */
        for (; same < index->count && index->entries[same] >> NUMBER_BITS == index->entries[i] >> NUMBER_BITS;
             same++) {
            if (index->entries[same] != index->entries[i + carriers - 1]) {
                index->entries[i + carriers++] = index->entries[same];
            }
        }
        if (carriers > 1) {
            status = name_pairs(&n, index->entries + i, carriers);
        }
        i = same;
    }
    if (status == DSR_OK && n.count) {
        status = squeeze(&n);
    }
    free(n.items);
    if (status != DSR_OK) {
        free(n.pairs);
        return status;
    }
    free(index->entries);
    *index = (dsr_copy_index){NULL, 0, 0};
    *pairs = n.pairs;
    *count = n.pair_count;
    return DSR_OK;
}
