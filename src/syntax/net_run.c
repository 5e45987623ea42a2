/* A sentence through the layers, and what is read off them: tags, heads, relations. Must not know forms. */
#include "syntax/net.h"

#include "syntax/syntax.h"

#include <stdlib.h>
#include <string.h>

/* ---- space: one block a sentence ---- */

enum { ALIGNED = 64 };

/* Takes `size` bytes off the block at *used, or, where there is no block yet, only counts. */
static void *take(char *block, size_t *used, size_t size)
{
    void *place = block != NULL ? block + *used : NULL;
    *used += (size + ALIGNED - 1) / ALIGNED * ALIGNED;
    return place;
}

static size_t lay_out(dsr_net_work *work, char *block, size_t n)
{
    size_t used = 0;
    size_t narrow = n * sizeof(int16_t);
    work->count = n;
    work->terms = take(block, &used, n * sizeof *work->terms);
    work->unseen = take(block, &used, narrow * DSR_NET_WINDOW * DSR_NET_GATES);
    work->sums = take(block, &used, narrow * DSR_NET_WIDTH);
    work->gates = take(block, &used, narrow * DSR_NET_GATES);
    for (size_t l = 0; l <= DSR_NET_LAYERS; l++) {
        work->state[l] = take(block, &used, l > 0 ? narrow * DSR_NET_STATE : 0);
    }
    work->wide = take(block, &used, n * DSR_NET_GATES * sizeof *work->wide);
    work->roles = take(block, &used, narrow * DSR_NET_ROLES);
    work->wants = take(block, &used, narrow * DSR_NET_ARC);
    work->joined = take(block, &used, narrow * DSR_NET_KIND);
    work->scores = take(block, &used, n * (n + 1) * sizeof *work->scores);
    work->heads = take(block, &used, n * sizeof *work->heads);
    return used;
}

/* ---- layers ---- */

static void run_layers(const dsr_net *net, dsr_net_work *work)
{
    const dsr_net_kernels *k = net->kernels;
    dsr_net_range range = {-DSR_NET_GATE_MOST, DSR_NET_GATE_MOST};
    k->squash(work->gates, work->count);
    k->recur(work->gates, work->count, NULL, work->state[1]);
    for (size_t l = 1; l < DSR_NET_LAYERS; l++) {
        const dsr_net_matrix *m = &net->layers[l];
        unsigned shift = DSR_NET_STATE_BITS + m->shift - DSR_NET_GATE_BITS;
        k->multiply(m, (dsr_net_rows){work->state[l], DSR_NET_STATE, work->count}, work->wide);
        k->narrow(work->wide, work->count * DSR_NET_GATES, shift, range, work->gates);
        k->squash(work->gates, work->count);
        k->recur(work->gates, work->count, work->state[l], work->state[l + 1]);
    }
}

static void find_tags(const dsr_net *net, dsr_net_work *work, dsr_net_answer *out)
{
    net->kernels->multiply(&net->tags, (dsr_net_rows){work->state[1], DSR_NET_STATE, work->count},
                           work->wide);
    for (size_t t = 0; t < work->count; t++) {
        out[t].tag = (uint8_t)net->kernels->best(work->wide + t * net->tags.out, net->tag_count);
    }
}

/* ---- heads ---- */

/* What each token is as a dependent and as a head. */
static void find_roles(const dsr_net *net, dsr_net_work *work)
{
    const dsr_net_kernels *k = net->kernels;
    unsigned shift = DSR_NET_STATE_BITS + net->roles.shift - DSR_NET_ROLE_BITS;
    dsr_net_range arc = {0, DSR_NET_HEAD_MOST};
    dsr_net_range kind = {-DSR_NET_KIND_MOST, DSR_NET_KIND_MOST};
    dsr_net_rows state = {work->state[DSR_NET_LAYERS], DSR_NET_STATE, work->count};
    k->multiply(&net->roles, state, work->wide);
    for (size_t t = 0; t < work->count; t++) {
        const int32_t *in = work->wide + t * DSR_NET_ROLES;
        int16_t *out = work->roles + t * DSR_NET_ROLES;
        k->narrow(in, 2 * DSR_NET_ARC, shift, arc, out);
        k->narrow(in + 2 * DSR_NET_ARC, 2 * DSR_NET_KIND, shift, kind, out + 2 * DSR_NET_ARC);
    }
    k->multiply(&net->wants, (dsr_net_rows){work->roles, DSR_NET_ROLES, work->count}, work->wide);
    k->narrow(work->wide, work->count * DSR_NET_ARC, DSR_NET_ROLE_BITS + net->wants.shift - DSR_NET_WANT_BITS,
              (dsr_net_range){-DSR_NET_WANT_MOST, DSR_NET_WANT_MOST}, work->wants);
}

/* Adds to a token's scores what the distances say: runs of tokens have one class. */
static void add_distances(const int32_t *by_class, size_t token, size_t count, int32_t *scores)
{
    for (size_t h = 0; h < count; h++) {
        if (h != token) {
            scores[h] += by_class[dsr_net_distance((long)h - (long)token)];
        }
    }
}

static void score_heads(const dsr_net *net, dsr_net_work *work)
{
    size_t n = work->count;
    int32_t by_class[DSR_NET_DISTANCES + 1];
    dsr_net_rows classes = {net->distances, DSR_NET_ARC, DSR_NET_DISTANCES + 1};
    dsr_net_rows heads = {work->roles + DSR_NET_ARC, DSR_NET_ROLES, n};
    for (size_t t = 0; t < n; t++) {
        int32_t *scores = work->scores + t * (n + 1);
        net->kernels->products(work->wants + t * DSR_NET_ARC, classes, by_class);
        net->kernels->products(work->wants + t * DSR_NET_ARC, heads, scores + 1);
        add_distances(by_class, t, n, scores + 1);
        scores[0] = by_class[DSR_NET_DISTANCES];
        scores[1 + t] = INT32_MIN;
    }
}

/* ---- relations ---- */

static void find_relations(const dsr_net *net, dsr_net_work *work, dsr_net_answer *out)
{
    static const int16_t none[DSR_NET_KIND] = {0};
    const int16_t *kinds = work->roles + 2 * DSR_NET_ARC;
    for (size_t t = 0; t < work->count; t++) {
        size_t head = work->heads[t];
        bool root = head == 0;
        const int16_t *governs = root ? none : kinds + (head - 1) * DSR_NET_ROLES;
        unsigned class = root ? 0 : dsr_net_distance((long)head - 1 - (long)t);
        net->kernels->join(governs, kinds + t * DSR_NET_ROLES + DSR_NET_KIND,
                           net->kinds + class * DSR_NET_KIND, work->joined + t * DSR_NET_KIND);
    }
    net->kernels->multiply(&net->relations, (dsr_net_rows){work->joined, DSR_NET_KIND, work->count},
                           work->wide);
    for (size_t t = 0; t < work->count; t++) {
        const int32_t *scores = work->wide + t * DSR_NET_RELATIONS;
        size_t best = 1 + net->kernels->best(scores + 1, DSR_REL_COUNT - 1);
        out[t].head = work->heads[t];
        out[t].relation = (uint8_t)(work->heads[t] == 0 ? DSR_REL_ROOT : best);
    }
}

dsr_status dsr_net_run(const dsr_net *net, const dsr_slice *forms, size_t count, dsr_net_answer *out)
{
    dsr_net_work work;
    void *block = malloc(lay_out(&work, NULL, count) + ALIGNED);
    if (block == NULL) {
        return DSR_ERR_MEMORY;
    }
    lay_out(&work, (char *)block + (ALIGNED - (uintptr_t)block % ALIGNED), count);
    dsr_net_read_forms(net, forms, &work);
    run_layers(net, &work);
    find_tags(net, &work, out);
    find_roles(net, &work);
    score_heads(net, &work);
    dsr_status status = dsr_net_find_tree(net->kernels, work.scores, count, work.heads);
    if (status == DSR_OK) {
        find_relations(net, &work, out);
    }
    free(block);
    return status;
}
