/* The best tree over scores of heads: the root first, then each token's best head, and where that leaves a
 * cycle, contraction: Chu and Liu (1965), Edmonds (1967), on a full matrix after Tarjan (1977). Must not know
 * where the scores come from. */
#include "syntax/net.h"

#include <stdlib.h>
#include <string.h>

/* The token that gains most by being the root, over the best other head it could have. */
static size_t choose_root(const int32_t *scores, size_t count, const uint16_t *heads)
{
    size_t root = 0;
    int64_t most = INT64_MIN;
    for (size_t t = 0; t < count; t++) {
        const int32_t *row = scores + t * (count + 1);
        int64_t gain = (int64_t)row[0] - row[heads[t]];
        if (gain > most) {
            most = gain;
            root = t;
        }
    }
    return root;
}

/* Whether some token's heads do not lead to the root. Each token is walked over once: `seen` has the number
 * of the walk. */
static bool has_cycle(const uint16_t *heads, size_t count, uint16_t *seen)
{
    memset(seen, 0, count * sizeof *seen);
    for (size_t t = 0; t < count; t++) {
        size_t at = t + 1;
        while (at != 0 && seen[at - 1] == 0) {
            seen[at - 1] = (uint16_t)(t + 1);
            at = heads[at - 1];
        }
        if (at != 0 && seen[at - 1] == t + 1) {
            return true;
        }
    }
    return false;
}

/* ---- contraction ---- */

enum { NONE = UINT16_MAX, GROUPS_A_TOKEN = 2 };

/* A group is a token, or what was a cycle of groups. Groups from `count` on are cycles. */
typedef struct group {
    int64_t weight;  /* of its arc */
    uint16_t from;   /* the token from which its arc comes ... */
    uint16_t to;     /* ... and the one of its own that it enters */
    uint16_t parent; /* the cycle that it is part of */
    uint16_t row;
    bool done; /* its arcs lead to the root */
} group;

typedef struct contraction {
    size_t count;      /* tokens */
    int64_t *weights;  /* by row and token: of the best arc from that token into the group */
    uint16_t *entries; /* the token of the group that it enters */
    group *groups;
    size_t group_count;
    uint16_t *of;   /* by token: its outermost group */
    uint16_t *path; /* groups, each the head of the one before it */
    size_t length;
} contraction;

/* One block; its first part is the weights. */
static bool open_contraction(contraction *c, const int32_t *scores, size_t count)
{
    size_t cells = count * count;
    size_t groups = GROUPS_A_TOKEN * count;
    char *block = malloc(cells * (sizeof(int64_t) + sizeof(uint16_t)) + groups * sizeof(group) +
                         (count + groups) * sizeof(uint16_t));
    if (block == NULL) {
        return false;
    }
    *c = (contraction){.count = count, .weights = (void *)block, .group_count = count};
    c->groups = (void *)(block + cells * sizeof(int64_t));
    c->entries = (void *)(c->groups + groups);
    c->of = c->entries + cells;
    c->path = c->of + count;
    for (size_t t = 0; t < count; t++) {
        c->groups[t] = (group){.parent = NONE, .row = (uint16_t)t};
        c->of[t] = (uint16_t)t;
        for (size_t u = 0; u < count; u++) {
            c->weights[t * count + u] = scores[t * (count + 1) + 1 + u];
            c->entries[t * count + u] = (uint16_t)t;
        }
    }
    return true;
}

/* The best arc into a group from outside it. */
static void choose_arc(contraction *c, size_t at)
{
    group *g = &c->groups[at];
    size_t row = (size_t)g->row * c->count;
    g->weight = INT64_MIN;
    for (size_t u = 0; u < c->count; u++) {
        if (c->of[u] != at && c->weights[row + u] > g->weight) {
            g->weight = c->weights[row + u];
            g->from = (uint16_t)u;
            g->to = c->entries[row + u];
        }
    }
}

/* Adds a member's arcs to the cycle's row: each weighs what it gains over the arc that it would replace. */
static void merge_row(contraction *c, const group *member, size_t row, bool first)
{
    const int64_t *from = c->weights + (size_t)member->row * c->count;
    const uint16_t *entries = c->entries + (size_t)member->row * c->count;
    for (size_t u = 0; u < c->count; u++) {
        int64_t weight = from[u] - member->weight;
        if (first || weight > c->weights[row + u]) {
            c->weights[row + u] = weight;
            c->entries[row + u] = entries[u];
        }
    }
}

/* Makes a group of the path's end, from place `start` on; it takes over its first member's row. */
static void contract(contraction *c, size_t start)
{
    uint16_t cycle = (uint16_t)c->group_count++;
    uint16_t row = c->groups[c->path[start]].row;
    for (size_t i = start; i < c->length; i++) {
        group *member = &c->groups[c->path[i]];
        merge_row(c, member, (size_t)row * c->count, i == start);
        member->parent = cycle;
    }
    c->groups[cycle] = (group){.parent = NONE, .row = row};
    for (size_t u = 0; u < c->count; u++) {
        c->of[u] = c->groups[c->of[u]].parent == cycle ? cycle : c->of[u];
    }
    c->path[start] = cycle;
    c->length = start + 1;
}

/* Goes from head to head until a group is met that is done; what goes round in a circle becomes a group. */
static void walk(contraction *c, size_t token)
{
    c->length = 0;
    size_t at = c->of[token];
    if (c->groups[at].done) {
        return;
    }
    c->path[c->length++] = (uint16_t)at;
    for (;;) {
        at = c->path[c->length - 1];
        choose_arc(c, at);
        size_t next = c->of[c->groups[at].from];
        if (c->groups[next].done) {
            break;
        }
        size_t place = 0;
        while (place < c->length && c->path[place] != next) {
            place++;
        }
        if (place < c->length) {
            contract(c, place);
        } else {
            c->path[c->length++] = (uint16_t)next;
        }
    }
    for (size_t i = 0; i < c->length; i++) {
        c->groups[c->path[i]].done = true;
    }
}

/* From the outermost groups inwards: the arc that enters a cycle takes the place of one of its arcs. */
static void expand(contraction *c)
{
    for (size_t i = c->group_count; i > c->count; i--) {
        const group *cycle = &c->groups[i - 1];
        size_t member = cycle->to;
        while (c->groups[member].parent != i - 1) {
            member = c->groups[member].parent;
        }
        c->groups[member].from = cycle->from;
        c->groups[member].to = cycle->to;
    }
}

static dsr_status break_cycles(const int32_t *scores, size_t count, size_t root, uint16_t *heads)
{
    contraction c;
    if (!open_contraction(&c, scores, count)) {
        return DSR_ERR_MEMORY;
    }
    c.groups[root].done = true;
    for (size_t t = 0; t < count; t++) {
        walk(&c, t);
    }
    expand(&c);
    for (size_t t = 0; t < count; t++) {
        heads[t] = (uint16_t)(t == root ? 0 : c.groups[t].from + 1);
    }
    free(c.weights);
    return DSR_OK;
}

dsr_status dsr_net_find_tree(const dsr_net_kernels *kernels, const int32_t *scores, size_t count,
                             uint16_t *heads)
{
    uint16_t seen[DSR_LIMIT_PARSED_TOKENS];
    for (size_t t = 0; t < count; t++) {
        heads[t] = (uint16_t)(1 + kernels->best(scores + t * (count + 1) + 1, count));
    }
    if (count == 0) {
        return DSR_OK;
    }
    size_t root = choose_root(scores, count, heads);
    heads[root] = 0;
    return has_cycle(heads, count, seen) ? break_cycles(scores, count, root, heads) : DSR_OK;
}
