/* Sentences that tell two facts: what one shares with the second statement is other than what it shares with
 * its own. Must not know how the first one was found. */
#include "story/statements_parts.h"

enum {
    MEAN_LEAST = 180, /* thousandths: what is shared is only a part of the sentence */
    OWN_KEYS = 3,     /* that a fact of a sentence has for itself ... */
    OWN_SHARE = 500   /* ... and their weight, thousandths of what is shared with it */
};

/* The members of a cluster that are looked at, but for one. */
static bool has_key(const dsr_statements *s, uint32_t cluster, uint32_t but, uint64_t key)
{
    uint32_t i = s->clusters[cluster].first;
    for (unsigned n = 0; n < DSR_STATEMENTS_SAMPLE && i != UINT32_MAX; i = s->nodes.items[i].next) {
        if (i == but) {
            continue;
        }
        n++;
        const dsr_told_keys *keys = &s->items[s->nodes.items[i].item].keys;
        uint32_t low = 0, high = keys->count;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (keys->items[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < keys->count && keys->items[low] == key) {
            return true;
        }
    }
    return false;
}

/* Whether what a node shares with each of two clusters is mostly not what it shares with the other. */
static bool tells_both(const dsr_statements *s, uint32_t node, uint32_t own, uint32_t other)
{
    const dsr_told_item *item = &s->items[s->nodes.items[node].item];
    uint32_t shared[2] = {0, 0}, alone[2] = {0, 0}, count[2] = {0, 0};
    for (uint32_t i = 0; i < item->keys.count; i++) {
        bool first = has_key(s, own, node, item->keys.items[i]);
        bool second = has_key(s, other, node, item->keys.items[i]);
        shared[0] += first ? item->weights[i] : 0;
        shared[1] += second ? item->weights[i] : 0;
        alone[0] += first && !second ? item->weights[i] : 0;
        alone[1] += second && !first ? item->weights[i] : 0;
        count[0] += first && !second;
        count[1] += second && !first;
    }
    return count[0] >= OWN_KEYS && count[1] >= OWN_KEYS && alone[0] * 1000 >= shared[0] * OWN_SHARE &&
           alone[1] * 1000 >= shared[1] * OWN_SHARE;
}

/* What one sentence alone tells beside is no fact of another one. */
static bool is_shared(const dsr_statements *s, uint32_t cluster)
{
    return s->clusters[cluster].size > 1 || s->nodes.items[s->clusters[cluster].first].twins > 1;
}

static void try_second(dsr_statements *s, uint32_t node, uint32_t other)
{
    uint32_t own = s->nodes.items[node].cluster;
    if (s->second[node] != UINT32_MAX || own == other || s->clusters[own].size < 2 || !is_shared(s, other)) {
        return;
    }
    if (tells_both(s, node, own, other) && dsr_statements_mean(s, own, other, node) >= MEAN_LEAST) {
        s->second[node] = other;
    }
}

dsr_status dsr_statements_seconds(dsr_statements *s, const dsr_told_edges *edges)
{
    s->second = dsr_arena_alloc_array(s->told.arena, s->nodes.count + 1, sizeof *s->second);
    if (s->second == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < s->nodes.count; i++) {
        s->second[i] = UINT32_MAX;
    }
    for (size_t i = 0; i < edges->count; i++) {
        const dsr_told_edge *e = &edges->items[i];
        try_second(s, e->a, s->nodes.items[e->b].cluster);
        try_second(s, e->b, s->nodes.items[e->a].cluster);
    }
    return DSR_OK;
}
