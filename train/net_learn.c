/* The course of learning: batches, Adam, the mean of the last weights. Must not know what the network
 * computes. */
#include "net.h"

#include "perceptron_parts.h"
#include "syntax/syntax.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 500, MEAN_EVERY = 8, MEAN_YOUNG = 1000 };

static float *numbers(size_t count)
{
    void *p = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
    if (p == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    memset(p, 0, count * sizeof(float));
    return p;
}

/* ---- weights ---- */

/* `spread`: weights begin between minus and plus this. */
static void open_tensor(network *net, tensor *t, size_t rows, size_t columns)
{
    size_t count = rows * columns;
    *t = (tensor){numbers(count), numbers(count), numbers(count), numbers(count),
                  numbers(count), rows,           columns};
    net->all[net->count++] = t;
}

static void scatter(tensor *t, float spread, uint64_t *random)
{
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        t->w[i] = (net_random_unit(random) * 2 - 1) * spread;
    }
}

static void open_weights(network *net, tensor *t, size_t rows, size_t columns, uint64_t *random)
{
    open_tensor(net, t, rows, columns);
    scatter(t, sqrtf(3.0f / (float)rows), random);
}

network *net_new(size_t features, size_t tags, uint64_t *random)
{
    network *net = must_alloc(1, sizeof *net);
    net->tag_count = tags;
    net->tag_room = (tags + DSR_NET_BLOCK - 1) / DSR_NET_BLOCK * DSR_NET_BLOCK;
    open_tensor(net, &net->embed, features, DSR_NET_WIDTH);
    scatter(&net->embed, 0.1f, random);
    for (size_t l = 0; l < DSR_NET_LAYERS; l++) {
        open_weights(net, &net->layers[l], l == 0 ? NET_WINDOW_WIDTH : DSR_NET_STATE, DSR_NET_GATES, random);
        open_tensor(net, &net->gates[l], 1, DSR_NET_GATES);
    }
    open_weights(net, &net->tags, DSR_NET_STATE, net->tag_room, random);
    open_tensor(net, &net->tags_bias, 1, net->tag_room);
    open_weights(net, &net->roles, DSR_NET_STATE, DSR_NET_ROLES, random);
    open_tensor(net, &net->roles_bias, 1, DSR_NET_ROLES);
    open_tensor(net, &net->wants, DSR_NET_ARC, DSR_NET_ARC);
    scatter(&net->wants, 0.3f * sqrtf(3.0f / DSR_NET_ARC), random);
    open_tensor(net, &net->distances, DSR_NET_DISTANCES + 1, DSR_NET_ARC);
    scatter(&net->distances, 0.1f, random);
    open_tensor(net, &net->kinds, DSR_NET_DISTANCES, DSR_NET_KIND);
    scatter(&net->kinds, 0.1f, random);
    open_weights(net, &net->relations, DSR_NET_KIND, DSR_NET_RELATIONS, random);
    open_tensor(net, &net->relations_bias, 1, DSR_NET_RELATIONS);
    open_tensor(net, &net->sources, NET_SOURCES, DSR_NET_GATES);
    scatter(&net->sources, 0.05f, random);
    return net;
}

void net_drop(network *net)
{
    for (size_t i = 0; i < net->count; i++) {
        tensor *t = net->all[i];
        free(t->w);
        free(t->gradient);
        free(t->moment);
        free(t->moment2);
        free(t->mean);
    }
    free(net);
}

/* ---- batches ---- */

static const net_loops *find_loops(void)
{
#if defined(DSR_NET_X86)
    if (__builtin_cpu_supports("avx512f")) {
        return &net_loops_wide;
    }
#endif
    return &net_loops_plain;
}

static void open_layers(net_batch *b, size_t n)
{
    for (size_t l = 0; l <= DSR_NET_LAYERS; l++) {
        size_t width = l == 0 ? DSR_NET_WIDTH : DSR_NET_STATE;
        b->x[l] = numbers(n * width);
        b->dx[l] = numbers(n * width);
    }
    for (size_t l = 0; l < DSR_NET_LAYERS; l++) {
        b->g[l] = numbers(n * DSR_NET_GATES);
        b->c[l] = numbers(n * DSR_NET_STATE);
        b->keep[l] = numbers(n * DSR_NET_STATE);
    }
}

static net_batch *open_batch(network *net)
{
    enum { N = NET_BATCH_TOKENS };
    net_batch *b = must_alloc(1, sizeof *b);
    b->loops = find_loops();
    b->net = net;
    b->features = must_alloc(N, sizeof *b->features);
    open_layers(b, N);
    b->window = numbers(N * NET_WINDOW_WIDTH);
    b->dwindow = numbers(N * NET_WINDOW_WIDTH);
    b->keep_embed = numbers(N * DSR_NET_WIDTH);
    b->dg = numbers(N * DSR_NET_GATES);
    b->tags = numbers(N * net->tag_room);
    b->roles = numbers(N * DSR_NET_ROLES);
    b->droles = numbers(N * DSR_NET_ROLES);
    b->keep_roles = numbers(N * 2 * DSR_NET_ARC);
    b->wants = numbers(N * DSR_NET_ARC);
    b->dwants = numbers(N * DSR_NET_ARC);
    b->joined = numbers(N * DSR_NET_KIND);
    b->djoined = numbers(N * DSR_NET_KIND);
    b->relations = numbers(N * DSR_NET_RELATIONS);
    b->scores = numbers(N + 1);
    b->turned = numbers((size_t)DSR_NET_GATES * NET_WINDOW_WIDTH);
    return b;
}

static void drop_batch(net_batch *b)
{
    float *const all[] = {b->window, b->dwindow, b->keep_embed, b->dg,     b->tags,
                          b->roles,  b->droles,  b->keep_roles, b->wants,  b->dwants,
                          b->joined, b->djoined, b->relations,  b->scores, b->turned};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(all[i]);
    }
    for (size_t l = 0; l <= DSR_NET_LAYERS; l++) {
        free(b->x[l]);
        free(b->dx[l]);
    }
    for (size_t l = 0; l < DSR_NET_LAYERS; l++) {
        free(b->g[l]);
        free(b->c[l]);
        free(b->keep[l]);
    }
    free(b->features);
    free(b);
}

/* ---- steps ---- */

/* One step of Adam (Kingma and Ba, 2015). */
typedef struct net_step {
    float rate;
    float first; /* corrections of the two moments */
    float second;
} net_step;

/* Gradients are 0 afterwards. */
static void adam(tensor *t, size_t from, size_t count, net_step step)
{
    float *restrict w = t->w + from;
    float *restrict g = t->gradient + from;
    float *restrict m = t->moment + from;
    float *restrict v = t->moment2 + from;
    for (size_t i = 0; i < count; i++) {
        m[i] = 0.9f * m[i] + (1 - 0.9f) * g[i];
        v[i] = 0.98f * v[i] + (1 - 0.98f) * g[i] * g[i];
        w[i] -= step.rate * (m[i] * step.first / (sqrtf(v[i] * step.second) + 1e-8f));
        g[i] = 0;
    }
}

/* Embeddings change only where the batch has them. `done` has one byte each, all 0. */
static void step_embeddings(net_batch *b, net_step step, unsigned char *done)
{
    for (int round = 0; round < 2; round++) {
        for (size_t t = 0; t < net_tokens(b); t++) {
            for (size_t f = 0; f < DSR_NET_FEATURES; f++) {
                int32_t number = b->features[t][f];
                if (number >= 0 && round == 0 && !done[number]) {
                    adam(&b->net->embed, (size_t)number * DSR_NET_WIDTH, DSR_NET_WIDTH, step);
                }
                if (number >= 0) {
                    done[number] = round == 0;
                }
            }
        }
    }
}

static void take_mean(network *net, size_t steps)
{
    float kept = 1.0f - 2.0f / (float)(steps + 2);
    kept = steps < MEAN_YOUNG ? kept * kept : 0.985f;
    for (size_t i = 0; i < net->count; i++) {
        tensor *t = net->all[i];
        size_t count = t->rows * t->columns;
        if (steps <= MEAN_EVERY) {
            memcpy(t->mean, t->w, count * sizeof *t->mean);
            continue;
        }
        for (size_t k = 0; k < count; k++) {
            t->mean[k] += (1 - kept) * (t->w[k] - t->mean[k]);
        }
    }
}

/* ---- the course ---- */

typedef struct course {
    net_batch *batch;
    unsigned char *done;
    size_t steps, all_steps;
    float rate;
    float power1, power2; /* of Adam's decays */
} course;

static void learn_batch(course *c)
{
    net_batch *b = c->batch;
    float share = (float)c->steps / ((float)c->all_steps * 1.05f);
    float warm = share < 0.02f ? share / 0.02f : 1.0f - share * 0.99f;
    net_forward(b);
    net_learn_tags(b);
    net_learn_heads(b);
    net_backward(b);
    c->steps++;
    c->power1 *= 0.9f;
    c->power2 *= 0.98f;
    net_step step = {c->rate * (warm > 0 ? warm : 0), 1.0f / (1.0f - c->power1), 1.0f / (1.0f - c->power2)};
    for (size_t i = 0; i < b->net->count; i++) {
        tensor *t = b->net->all[i];
        if (t != &b->net->embed) {
            adam(t, 0, t->rows * t->columns, step);
        }
    }
    step_embeddings(b, step, c->done);
    if (c->steps % MEAN_EVERY == 0) {
        take_mean(b->net, c->steps);
    }
    b->tokens += net_tokens(b);
}

static const net_token *choose_writing(const net_sentence *s, uint64_t *random)
{
    uint32_t r = net_random(random);
    if (r % NET_EACH_TITLE == 0) {
        return s->writings[NET_TITLE];
    }
    if (r % NET_EACH_CAPITALS == 1) {
        return s->writings[NET_CAPITALS];
    }
    return s->writings[r / NET_EACH_CAPITALS % NET_EACH_TYPOGRAPHIC == 0 ? NET_TYPOGRAPHIC : NET_AS_IT_IS];
}

/* Fills the batch from place `at` of the order on; returns the place behind it. */
static size_t fill_batch(net_batch *b, net_sentence *sentences, const uint32_t *order, size_t at,
                         size_t count)
{
    b->count = 0;
    while (at < count && b->count < NET_BATCH_SENTENCES) {
        net_sentence *s = &sentences[order[at]];
        if (b->count > 0 && net_tokens(b) + s->count > BATCH) {
            break;
        }
        s->tokens = choose_writing(s, &b->random);
        b->sentences[b->count++] = s;
        b->starts[b->count] = b->starts[b->count - 1] + s->count;
        at++;
    }
    return at;
}

static void shuffle_order(uint32_t *order, size_t count, uint64_t *random)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = net_random(random) % i;
        uint32_t other = order[i - 1];
        order[i - 1] = order[j];
        order[j] = other;
    }
}

static void print_pass(net_batch *b, unsigned pass)
{
    double n = (double)b->tokens;
    printf("  pass %u: loss of tags %.3f, heads %.3f, relations %.3f\n", pass + 1, b->loss_tags / n,
           b->loss_heads / n, b->loss_relations / n);
    fflush(stdout);
    b->loss_tags = b->loss_heads = b->loss_relations = 0;
    b->tokens = 0;
}

void net_learn(network *net, net_sentence *sentences, size_t count, net_settings settings)
{
    course c = {.batch = open_batch(net), .rate = settings.rate, .power1 = 1, .power2 = 1};
    uint32_t *order = must_alloc(count, sizeof *order);
    size_t tokens = 0;
    c.done = must_alloc(net->embed.rows, 1);
    c.batch->random = UINT64_C(88172645463325252);
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        tokens += sentences[i].count;
    }
    c.all_steps = settings.passes * tokens / BATCH;
    for (unsigned pass = 0; pass < settings.passes; pass++) {
        shuffle_order(order, count, &c.batch->random);
        for (size_t at = 0; at < count;) {
            at = fill_batch(c.batch, sentences, order, at, count);
            learn_batch(&c);
        }
        print_pass(c.batch, pass);
    }
    free(order);
    free(c.done);
    drop_batch(c.batch);
}
