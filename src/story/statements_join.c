/* Which sentences are one statement. Likely pairs are walked from the surest on; two clusters become one only
 * where their members are alike on the average, so that a chain of neighbours never makes two facts one. */
#include "story/statements_parts.h"

#include "base/limits.h"

#include <stdlib.h>

enum {
    EDGE_LEAST = 330, /* thousandths of likeness of a pair that is looked at */
    MEAN_LEAST = 230, /* of all pairs of two clusters on the average */
    SAMPLE = 6        /* members of each cluster that are compared */
};

typedef struct edge {
    uint32_t a, b;
    uint32_t likeness;
} edge;

typedef struct joiner {
    dsr_statements *s;
    DSR_LIST(edge) edges;
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
    if (sure < EDGE_LEAST) {
        return false;
    }
    j->status = DSR_LIST_RESERVE(j->s->told.arena, &j->edges, 1);
    if (j->status == DSR_OK) {
        j->edges.items[j->edges.count++] = (edge){x < y ? x : y, x < y ? y : x, sure};
    }
    return false;
}

static int by_likeness(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    if (x->likeness != y->likeness) {
        return x->likeness > y->likeness ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

static uint32_t mean_of(const dsr_statements *s, const dsr_told_cluster *a, const dsr_told_cluster *b)
{
    uint32_t sum = 0, pairs = 0, i = a->first;
    for (unsigned n = 0; n < SAMPLE && i != UINT32_MAX; n++, i = s->nodes.items[i].next) {
        uint32_t k = b->first;
        for (unsigned m = 0; m < SAMPLE && k != UINT32_MAX; m++, k = s->nodes.items[k].next) {
            sum += dsr_statements_alike(s, i, k);
            pairs++;
        }
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
    for (size_t i = 0; i < j.edges.count; i++) {
        uint32_t a = s->nodes.items[j.edges.items[i].a].cluster,
                 b = s->nodes.items[j.edges.items[i].b].cluster;
        if (a != b && mean_of(s, &s->clusters[a], &s->clusters[b]) >= MEAN_LEAST) {
            merge(s, a, b);
        }
    }
    return DSR_OK;
}
