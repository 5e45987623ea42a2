/* What is read off the layers: tags, heads, relations; their losses and gradients. Must not know forms. */
#include "net.h"

#include "syntax/syntax.h"

#include <math.h>
#include <string.h>

enum { A = DSR_NET_ARC, K = DSR_NET_KIND, R = DSR_NET_ROLES, L = DSR_NET_RELATIONS };

/* e^x by a power of two and a polynomial: the same on every machine. */
static float exponential(float x)
{
    float bounded = x > 80 ? 80 : x < -80 ? -80 : x;
    float t = bounded * 1.44269504f;
    float whole = t + 12582912.0f; /* rounds to a whole number */
    whole -= 12582912.0f;
    float f = (t - whole) * 0.69314718f;
    float p = 1.0f + f * (1.0f + f * (0.5f + f * (0.16666667f + f * (0.041666667f + f * 0.0083333333f))));
    union {
        int32_t bits;
        float value;
    } power = {.bits = ((int32_t)whole + 127) * (1 << 23)};
    return p * power.value;
}

/* Scores become probabilities less what is right, times `scale`; the loss is returned. */
static double softmax(float *scores, size_t count, size_t right, float scale)
{
    float most = scores[0];
    float sum = 0;
    for (size_t i = 1; i < count; i++) {
        most = scores[i] > most ? scores[i] : most;
    }
    for (size_t i = 0; i < count; i++) {
        scores[i] = exponential(scores[i] - most);
        sum += scores[i];
    }
    float chance = scores[right] / sum;
    for (size_t i = 0; i < count; i++) {
        scores[i] *= scale / sum;
    }
    scores[right] -= scale;
    return -log((double)chance + 1e-9);
}

/* ---- tags ---- */

void net_learn_tags(net_batch *b)
{
    network *net = b->net;
    size_t n = net_tokens(b);
    net_set_rows(b->tags, &net->tags_bias, n);
    net_apply(b, b->x[1], &net->tags, b->tags);
    for (size_t s = 0; s < b->count; s++) {
        for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
            float *scores = b->tags + t * net->tag_room;
            b->loss_tags += softmax(scores, net->tag_count, b->sentences[s]->tokens[t - b->starts[s]].tag,
                                    NET_GRADIENT_SCALE);
            memset(scores + net->tag_count, 0, (net->tag_room - net->tag_count) * sizeof *scores);
        }
    }
    net_sum_rows(b->tags, &net->tags_bias, n);
    net_apply_back(b, b->x[1], &net->tags, b->tags, b->dx[1]);
}

/* ---- what each token is as a dependent and as a head ---- */

static void find_roles(net_batch *b)
{
    size_t n = net_tokens(b);
    net_set_rows(b->roles, &b->net->roles_bias, n);
    net_apply(b, b->x[DSR_NET_LAYERS], &b->net->roles, b->roles);
    for (size_t s = 0; s < b->count; s++) {
        float keep[2 * A];
        net_fill_keep(&b->random, keep, 2 * A, NET_DROP_ROLES);
        for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
            float *role = b->roles + t * R;
            memcpy(b->keep_roles + t * 2 * A, keep, sizeof keep);
            for (size_t i = 0; i < 2 * A; i++) {
                role[i] = role[i] > 0 ? role[i] * keep[i] : 0;
            }
        }
    }
    memset(b->droles, 0, n * R * sizeof *b->droles);
    net_product wants = {n, A, A, b->roles, R, 1, b->net->wants.w, A, b->wants, A, false};
    b->loops->multiply(&wants);
    memset(b->dwants, 0, n * A * sizeof *b->dwants);
}

static void find_roles_back(net_batch *b)
{
    size_t n = net_tokens(b);
    tensor *w = &b->net->wants;
    net_product weights = {A, n, A, b->roles, 1, R, b->dwants, A, w->gradient, A, true};
    b->loops->multiply(&weights);
    for (size_t i = 0; i < A; i++) {
        for (size_t j = 0; j < A; j++) {
            b->turned[j * A + i] = w->w[i * A + j];
        }
    }
    net_product inputs = {n, A, A, b->dwants, A, 1, b->turned, A, b->droles, R, false};
    b->loops->multiply(&inputs);
    for (size_t t = 0; t < n; t++) {
        for (size_t i = 0; i < 2 * A; i++) {
            float *d = &b->droles[t * R + i];
            *d = b->roles[t * R + i] > 0 ? *d * b->keep_roles[t * 2 * A + i] : 0;
        }
    }
    net_sum_rows(b->droles, &b->net->roles_bias, n);
    net_apply_back(b, b->x[DSR_NET_LAYERS], &b->net->roles, b->droles, b->dx[DSR_NET_LAYERS]);
}

/* ---- heads ---- */

/* Scores of token `d`'s heads: the root, then each token. */
static void score_heads(net_batch *b, size_t start, size_t n, size_t d)
{
    const float *wants = b->wants + (start + d) * A;
    const float *distances = b->net->distances.w;
    float by_class[DSR_NET_DISTANCES];
    for (size_t i = 0; i < DSR_NET_DISTANCES; i++) {
        by_class[i] = b->loops->dot(wants, distances + i * A, A);
    }
    b->scores[0] = b->loops->dot(wants, distances + DSR_NET_DISTANCES * A, A);
    for (size_t h = 0; h < n; h++) {
        b->scores[1 + h] = h == d ? -1e9f
                                  : b->loops->dot(wants, b->roles + (start + h) * R + A, A) +
                                        by_class[dsr_net_distance((long)h - (long)d)];
    }
}

/* Gradients of one token's scores. */
static void score_heads_back(net_batch *b, size_t start, size_t n, size_t d)
{
    const float *wants = b->wants + (start + d) * A;
    float *dwants = b->dwants + (start + d) * A;
    tensor *distances = &b->net->distances;
    for (size_t h = 0; h <= n; h++) {
        float p = b->scores[h];
        if (h == d + 1 || (p < 1e-7f && p > -1e-7f)) {
            continue;
        }
        size_t class = h == 0 ? DSR_NET_DISTANCES : dsr_net_distance((long)h - 1 - (long)d);
        b->loops->add(dwants, p, distances->w + class * A, A);
        b->loops->add(distances->gradient + class * A, p, wants, A);
        if (h > 0) {
            b->loops->add(dwants, p, b->roles + (start + h - 1) * R + A, A);
            b->loops->add(b->droles + (start + h - 1) * R + A, p, wants, A);
        }
    }
}

static void learn_arcs(net_batch *b)
{
    for (size_t s = 0; s < b->count; s++) {
        size_t n = b->starts[s + 1] - b->starts[s];
        for (size_t d = 0; d < n; d++) {
            score_heads(b, b->starts[s], n, d);
            b->loss_heads += softmax(b->scores, n + 1, b->sentences[s]->tokens[d].head, NET_GRADIENT_SCALE);
            score_heads_back(b, b->starts[s], n, d);
        }
    }
}

/* ---- relations, with the right heads ---- */

/* One dependent whose relation is learnt. */
typedef struct pair {
    size_t dependent, head;
    unsigned class;
    uint8_t relation;
} pair;

static size_t find_pairs(const net_batch *b, pair *pairs)
{
    size_t count = 0;
    for (size_t s = 0; s < b->count; s++) {
        for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
            const net_token *token = &b->sentences[s]->tokens[t - b->starts[s]];
            if (token->head != 0 && token->relation < DSR_REL_COUNT) {
                size_t head = b->starts[s] + token->head - 1;
                pairs[count++] = (pair){t, head, dsr_net_distance((long)head - (long)t), token->relation};
            }
        }
    }
    return count;
}

static void join_pairs(net_batch *b, const pair *pairs, size_t count, const float *keep)
{
    const float *kinds = b->roles + 2 * A;
    for (size_t m = 0; m < count; m++) {
        const float *head = kinds + pairs[m].head * R;
        const float *dependent = kinds + pairs[m].dependent * R + K;
        const float *distance = b->net->kinds.w + pairs[m].class * K;
        float *y = b->joined + m * K;
        for (size_t i = 0; i < K; i++) {
            float x = head[i] + dependent[i] + distance[i];
            y[i] = x > 0 ? x * keep[i] : 0;
        }
    }
    net_set_rows(b->relations, &b->net->relations_bias, count);
    net_product p = {count, K, L, b->joined, K, 1, b->net->relations.w, L, b->relations, L, true};
    b->loops->multiply(&p);
}

static void join_pairs_back(net_batch *b, const pair *pairs, size_t count, const float *keep)
{
    tensor *w = &b->net->relations;
    net_product weights = {K, count, L, b->joined, 1, K, b->relations, L, w->gradient, L, true};
    b->loops->multiply(&weights);
    for (size_t i = 0; i < K; i++) {
        for (size_t j = 0; j < L; j++) {
            b->turned[j * K + i] = w->w[i * L + j];
        }
    }
    net_product inputs = {count, L, K, b->relations, L, 1, b->turned, K, b->djoined, K, false};
    b->loops->multiply(&inputs);
    float *kinds = b->droles + 2 * A;
    for (size_t m = 0; m < count; m++) {
        float *d = b->djoined + m * K;
        for (size_t i = 0; i < K; i++) {
            d[i] = b->joined[m * K + i] > 0 ? d[i] * keep[i] : 0;
        }
        b->loops->add(kinds + pairs[m].head * R, 1, d, K);
        b->loops->add(kinds + pairs[m].dependent * R + K, 1, d, K);
        b->loops->add(b->net->kinds.gradient + pairs[m].class * K, 1, d, K);
    }
}

static void learn_relations(net_batch *b)
{
    pair pairs[NET_BATCH_TOKENS];
    float keep[K];
    size_t count = find_pairs(b, pairs);
    net_fill_keep(&b->random, keep, K, NET_DROP_ROLES);
    join_pairs(b, pairs, count, keep);
    for (size_t m = 0; m < count; m++) {
        float *scores = b->relations + m * L;
        b->loss_relations += softmax(scores, DSR_REL_COUNT, pairs[m].relation, NET_GRADIENT_SCALE);
        memset(scores + DSR_REL_COUNT, 0, (L - DSR_REL_COUNT) * sizeof *scores);
    }
    net_sum_rows(b->relations, &b->net->relations_bias, count);
    join_pairs_back(b, pairs, count, keep);
}

void net_learn_heads(net_batch *b)
{
    find_roles(b);
    learn_relations(b);
    learn_arcs(b);
    find_roles_back(b);
}
