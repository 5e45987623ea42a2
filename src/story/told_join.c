/* Which things are the same: those that share keys are compared, rare keys weigh more. Must not know what the
 * things are. */
#include "story/told.h"

#include <stdlib.h>

enum {
    RUN_WHOLE = 64, /* things with one key that are all compared with each other ... */
    RUN_NEAR = 8,   /* ... and with how many of its neighbours each is where there are more */
    WEIGHT_MOST = 8,
    WEIGHT_RARE = 7
};

uint32_t dsr_told_root(dsr_told_item *items, uint32_t item)
{
    while (items[item].up != item) {
        items[item].up = items[items[item].up].up;
        item = items[item].up;
    }
    return item;
}

void dsr_told_unite(dsr_told_item *items, uint32_t a, uint32_t b)
{
    uint32_t x = dsr_told_root(items, a), y = dsr_told_root(items, b);
    items[x > y ? x : y].up = x < y ? x : y;
}

/* A key of an item. */
typedef struct posting {
    uint64_t key, bucket;
    uint32_t item, place; /* in the item's keys */
} posting;

static int by_key(const void *a, const void *b)
{
    const posting *x = a, *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    if (x->bucket != y->bucket) {
        return x->bucket < y->bucket ? -1 : 1;
    }
    return x->item < y->item ? -1 : x->item > y->item;
}

/* Rounded down. */
static unsigned log2_of(size_t n)
{
    unsigned log = 0;
    for (; n > 1; n /= 2) {
        log++;
    }
    return log;
}

static void weigh(dsr_told_item *items, uint32_t count, const posting *postings, size_t all)
{
    for (size_t i = 0; i < all;) {
        size_t end = i + 1;
        while (end < all && postings[end].key == postings[i].key) {
            end++;
        }
        unsigned weight = 2 + log2_of(count / (end - i) + 1);
        weight = weight > WEIGHT_MOST ? WEIGHT_MOST : weight;
        for (; i < end; i++) {
            items[postings[i].item].weights[postings[i].place] = (uint16_t)weight;
            items[postings[i].item].total += weight;
        }
    }
}

dsr_likeness dsr_told_compare(const dsr_told_item *a, const dsr_told_item *b)
{
    dsr_likeness likeness = {0};
    uint32_t shared = 0;
    for (uint32_t i = 0, k = 0; i < a->keys.count && k < b->keys.count;) {
        uint64_t x = a->keys.items[i], y = b->keys.items[k];
        if (x == y) {
            shared += a->weights[i];
            likeness.rare += a->weights[i] >= WEIGHT_RARE;
            likeness.names += (uint32_t)(x & 1);
            likeness.stems += (uint32_t)(~x & 1);
        }
        i += x <= y;
        k += y <= x;
    }
    likeness.weight = shared;
    uint32_t both = a->total + b->total;
    likeness.thousandths = both > 0 ? 2000 * shared / both : 0;
    return likeness;
}

/* The postings of all items, and where each item's keys stand among them. */
typedef struct index_of_keys {
    posting *postings;
    size_t count;
    size_t *first;  /* by item: its first place in `where` */
    size_t *where;  /* by item and key: index of postings */
    size_t *run;    /* by posting: the first one of its key and bucket */
    uint32_t *seen; /* by item: the one with which it was compared last, plus one */
} index_of_keys;

static dsr_status take_index_room(dsr_arena *scratch, const dsr_told_item *items, uint32_t count,
                                  index_of_keys *out)
{
    size_t all = 0;
    for (uint32_t i = 0; i < count; i++) {
        all += items[i].keys.count;
    }
    out->count = all;
    out->postings = dsr_arena_alloc_array(scratch, all + 1, sizeof *out->postings);
    out->first = dsr_arena_alloc_array(scratch, (size_t)count + 1, sizeof *out->first);
    out->where = dsr_arena_alloc_array(scratch, all + 1, sizeof *out->where);
    out->run = dsr_arena_alloc_array(scratch, all + 1, sizeof *out->run);
    out->seen = dsr_arena_alloc_array(scratch, (size_t)count + 1, sizeof *out->seen);
    bool got = out->postings != NULL && out->first != NULL && out->where != NULL && out->run != NULL &&
               out->seen != NULL;
    return got ? DSR_OK : DSR_ERR_MEMORY;
}

static dsr_status build_index(dsr_arena *scratch, dsr_told_item *items, uint32_t count, index_of_keys *out)
{
    dsr_status status = take_index_room(scratch, items, count, out);
    size_t used = 0;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        out->first[i] = used;
        items[i].total = 0;
        items[i].weights = dsr_arena_alloc_array(scratch, (size_t)items[i].keys.count + 1, sizeof(uint16_t));
        status = items[i].weights != NULL ? DSR_OK : DSR_ERR_MEMORY;
        for (uint32_t k = 0; k < items[i].keys.count; k++) {
            out->postings[used++] = (posting){items[i].keys.items[k], items[i].bucket, i, k};
        }
    }
    if (status != DSR_OK) {
        return status;
    }
    if (used > 1) {
        qsort(out->postings, used, sizeof *out->postings, by_key);
    }
    for (size_t i = 0; i < used; i++) {
        const posting *p = &out->postings[i];
        bool goes_on = i > 0 && p[-1].key == p->key && p[-1].bucket == p->bucket;
        out->run[i] = goes_on ? out->run[i - 1] : i;
        out->where[out->first[p->item] + p->place] = i;
    }
    weigh(items, count, out->postings, used);
    return DSR_OK;
}

/* Compares an item with those before it that share a key of its own. */
static void join_one(index_of_keys *index, dsr_told_item *items, uint32_t item, dsr_told_same same,
                     const void *context)
{
    for (uint32_t k = 0; k < items[item].keys.count; k++) {
        size_t at = index->where[index->first[item] + k];
        size_t from = index->run[at];
        if (at - from > RUN_WHOLE) {
            from = at - RUN_NEAR;
        }
        for (size_t i = from; i < at; i++) {
            uint32_t other = index->postings[i].item;
            if (index->seen[other] == item + 1) {
                continue;
            }
            index->seen[other] = item + 1;
            dsr_likeness likeness = dsr_told_compare(&items[item], &items[other]);
            if (same(context, other, item, &likeness)) {
                dsr_told_unite(items, other, item);
            }
        }
    }
}

dsr_status dsr_told_join(dsr_arena *scratch, dsr_told_item *items, uint32_t count, dsr_told_same same,
                         const void *context)
{
    index_of_keys index;
    dsr_status status = build_index(scratch, items, count, &index);
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        join_one(&index, items, i, same, context);
    }
    return status;
}
