/* Which sentences are one statement. Likely pairs are walked from the surest on; two clusters become one only
 * where their members are alike on the average, so that a chain of neighbours never makes two facts one. */
#include "story/statements_parts.h"

#include "base/limits.h"

#include <stdlib.h>

enum {
    EDGE_NOTED =
        300, /* thousandths of likeness of a pair that is looked at: one of two facts of a sentence */
    EDGE_LEAST = 330, /* ... that joins its clusters */
    TRIES_MOST = 4    /* comparisons of two clusters; then they stay two */
};

typedef struct joiner {
    dsr_statements *s;
    DSR_LIST(dsr_told_edge) edges;
    dsr_status status;
} joiner;

/* What dsr_told_join asks of each likely pair of items: the pair is noted, never united there. */
static bool note_edge(const void *context, uint32_t a, uint32_t b, const dsr_likeness *likeness)
{
    joiner *j = *(joiner *const *)context;
    uint32_t x = j->s->node_of[a], y = j->s->node_of[b];
    if (x == y || j->status != DSR_OK || j->edges.count >= DSR_LIMIT_STATEMENT_EDGES) {
        return false;
    }
    uint32_t sure = dsr_statements_likeness(j->s, a, b, likeness);
    if (sure < EDGE_NOTED) {
        return false;
    }
    j->status = DSR_LIST_RESERVE(j->s->told.arena, &j->edges, 1);
    if (j->status == DSR_OK) {
        j->edges.items[j->edges.count++] = (dsr_told_edge){x < y ? x : y, x < y ? y : x, sure};
    }
    return false;
}

static int by_likeness(const void *a, const void *b)
{
    const dsr_told_edge *x = a, *y = b;
    if (x->likeness != y->likeness) {
        return x->likeness > y->likeness ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

uint32_t dsr_statements_mean(const dsr_statements *s, uint32_t a, uint32_t b, uint32_t alone)
{
    uint32_t sum = 0, pairs = 0, i = alone != UINT32_MAX ? alone : s->clusters[a].first;
    for (unsigned n = 0; n < DSR_STATEMENTS_SAMPLE && i != UINT32_MAX; n++) {
        uint32_t k = s->clusters[b].first;
        for (unsigned m = 0; m < DSR_STATEMENTS_SAMPLE && k != UINT32_MAX; m++) {
            sum += dsr_statements_alike(s, i, k);
            pairs++;
            k = s->nodes.items[k].next;
        }
        i = alone != UINT32_MAX ? UINT32_MAX : s->nodes.items[i].next;
    }
    return pairs > 0 ? sum / pairs : 0;
}

/* The smaller one goes into the larger, so that all moves together are n log n. */
static void merge(dsr_statements *s, uint32_t a, uint32_t b)
{
    dsr_told_cluster *x = &s->clusters[a], *y = &s->clusters[b];
    if (x->size < y->size || (x->size == y->size && b < a)) {
        merge(s, b, a);
        return;
    }
    for (uint32_t i = y->first; i != UINT32_MAX; i = s->nodes.items[i].next) {
        s->nodes.items[i].cluster = a;
    }
    s->nodes.items[x->last].next = y->first;
    x->last = y->last;
    x->size += y->size;
    *y = (dsr_told_cluster){UINT32_MAX, UINT32_MAX, 0};
}

static dsr_status open_clusters(dsr_statements *s)
{
    s->clusters = dsr_arena_alloc_array(s->told.arena, s->nodes.count + 1, sizeof *s->clusters);
    if (s->clusters == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < s->nodes.count; i++) {
        s->clusters[i] = (dsr_told_cluster){i, i, 1};
    }
    return DSR_OK;
}

/* Merges along the edges, the surest first. Two clusters that were found too unlike are not compared again
 * and again, whatever joins them in between. */
static dsr_status merge_along(dsr_statements *s, const dsr_told_edges *edges)
{
    dsr_map *tries = dsr_map_new(edges->count);
    dsr_status status = tries != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < edges->count && edges->items[i].likeness >= EDGE_LEAST; i++) {
        uint32_t a = s->nodes.items[edges->items[i].a].cluster, b = s->nodes.items[edges->items[i].b].cluster;
        uint64_t pair = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
        uint32_t tried = a != b ? dsr_map_get(tries, pair) : TRIES_MOST;
        tried = tried == DSR_MAP_NONE ? 0 : tried;
        if (tried >= TRIES_MOST) {
            continue;
        }
        if (dsr_statements_mean(s, a, b, UINT32_MAX) >= DSR_STATEMENTS_MEAN) {
            merge(s, a, b);
        } else {
            status = dsr_map_put(tries, pair, tried + 1);
        }
    }
    dsr_map_drop(tries);
    return status;
}

dsr_status dsr_statements_join(dsr_statements *s)
{
    joiner j = {.s = s}, *context = &j;
    dsr_status status = open_clusters(s);
    if (status == DSR_OK) {
        status = dsr_told_join(s->told.arena, s->items, s->item_count, note_edge, &context);
    }
    if (status != DSR_OK || j.status != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    if (j.edges.count > 1) {
        qsort(j.edges.items, j.edges.count, sizeof *j.edges.items, by_likeness);
    }
    dsr_told_edges edges = {j.edges.items, j.edges.count};
    status = merge_along(s, &edges);
    return status == DSR_OK ? dsr_statements_seconds(s, &edges) : status;
}
