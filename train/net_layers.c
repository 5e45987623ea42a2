/* Embeddings and layers, forward and backward. Must not know what is read off them. */
#include "net.h"

#include <math.h>
#include <string.h>

enum { W = DSR_NET_WIDTH, S = DSR_NET_STATE, G = DSR_NET_GATES, H = DSR_NET_HALF };

/* ---- small things that heads need too ---- */

uint32_t net_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 16);
}

float net_random_unit(uint64_t *state)
{
    return (float)(net_random(state) >> 8) * (1.0f / 16777216.0f);
}

void net_fill_keep(uint64_t *state, float *keep, size_t count, float chance)
{
    uint32_t threshold = (uint32_t)((double)chance * 4294967295.0);
    float scale = 1.0f / (1.0f - chance);
    for (size_t i = 0; i < count; i++) {
        keep[i] = net_random(state) < threshold ? 0 : scale;
    }
}

void net_set_rows(float *out, const tensor *bias, size_t rows)
{
    for (size_t t = 0; t < rows; t++) {
        memcpy(out + t * bias->columns, bias->w, bias->columns * sizeof *out);
    }
}

void net_sum_rows(const float *dout, tensor *bias, size_t rows)
{
    for (size_t t = 0; t < rows; t++) {
        for (size_t i = 0; i < bias->columns; i++) {
            bias->gradient[i] += dout[t * bias->columns + i];
        }
    }
}

void net_apply(net_batch *b, const float *x, const tensor *w, float *out)
{
    net_product p = {.rows = net_tokens(b), .inner = w->rows, .columns = w->columns, .add = true};
    p.a = x;
    p.a_row = w->rows;
    p.a_column = 1;
    p.b = w->w;
    p.b_row = w->columns;
    p.c = out;
    p.c_row = w->columns;
    b->loops->multiply(&p);
}

static void transpose(const tensor *w, float *out)
{
    for (size_t i = 0; i < w->rows; i++) {
        for (size_t j = 0; j < w->columns; j++) {
            out[j * w->rows + i] = w->w[i * w->columns + j];
        }
    }
}

void net_apply_back(net_batch *b, const float *x, tensor *w, const float *dout, float *dx)
{
    size_t n = net_tokens(b);
    net_product weights = {.rows = w->rows, .inner = n, .columns = w->columns, .add = true};
    weights.a = x;
    weights.a_row = 1;
    weights.a_column = w->rows;
    weights.b = dout;
    weights.b_row = w->columns;
    weights.c = w->gradient;
    weights.c_row = w->columns;
    b->loops->multiply(&weights);
    transpose(w, b->turned);
    net_product inputs = {.rows = n, .inner = w->columns, .columns = w->rows, .add = true};
    inputs.a = dout;
    inputs.a_row = w->columns;
    inputs.a_column = 1;
    inputs.b = b->turned;
    inputs.b_row = w->rows;
    inputs.c = dx;
    inputs.c_row = w->rows;
    b->loops->multiply(&inputs);
}

/* ---- embeddings ---- */

/* Which features are left out: what tells a rare form from others of its kind, so that the rest learns to do
 * without. */
static void drop_features(net_batch *b, const net_token *token, int32_t *features)
{
    static const unsigned own[] = {0, 1, 8};
    float chance = NET_DROP_WORD / (NET_DROP_WORD + (float)token->count);
    memcpy(features, token->features, sizeof token->features);
    if (net_random_unit(&b->random) < chance) {
        for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
            features[own[i]] = -1;
        }
    }
}

static void embed_sentence(net_batch *b, size_t s)
{
    float keep[W];
    net_fill_keep(&b->random, keep, W, NET_DROP_EMBED);
    for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
        float *x = b->x[0] + t * W;
        drop_features(b, &b->sentences[s]->tokens[t - b->starts[s]], b->features[t]);
        memset(x, 0, W * sizeof *x);
        for (size_t f = 0; f < DSR_NET_FEATURES; f++) {
            if (b->features[t][f] >= 0) {
                b->loops->add(x, 1, b->net->embed.w + (size_t)b->features[t][f] * W, W);
            }
        }
        memcpy(b->keep_embed + t * W, keep, sizeof keep);
        for (size_t i = 0; i < W; i++) {
            x[i] *= keep[i];
        }
    }
}

/* Each token with its neighbours on both sides: rows of NET_WINDOW_WIDTH; nothing past a sentence's end. */
static void lay_windows(net_batch *b, size_t s)
{
    for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
        float *row = b->window + t * NET_WINDOW_WIDTH;
        bool first = t == b->starts[s];
        bool last = t + 1 == b->starts[s + 1];
        memset(row, 0, NET_WINDOW_WIDTH * sizeof *row);
        memcpy(row + (first ? W : 0), b->x[0] + (first ? t : t - 1) * W,
               (size_t)(3 - first - last) * W * sizeof *row);
    }
}

/* ---- a layer forward ---- */

/* The sigmoid of parabolas that the whole numbers have too: 0 from -4, 1 from 4 on. */
static inline float sigmoid(float x)
{
    float size = x < 0 ? -x : x;
    float rest = 1.0f - (size > 4 ? 4 : size) * 0.25f;
    float y = 1.0f - 0.5f * rest * rest;
    return x < 0 ? 1.0f - y : y;
}

/* Its slope where its value is y. */
static inline float slope(float y)
{
    return sqrtf((y > 0.5f ? 1.0f - y : y) * 0.125f);
}

static void squash(float *gates, size_t rows)
{
    for (size_t r = 0; r < 2 * rows; r++) {
        float *g = gates + r * 3 * H;
        for (size_t i = 0; i < H; i++) {
            g[i] = 2.0f * sigmoid(2.0f * g[i]) - 1.0f;
        }
        for (size_t i = H; i < 3 * H; i++) {
            g[i] = sigmoid(g[i]);
        }
    }
}

/* Where a token stands in a layer in one direction: places of its numbers in rows of S. */
typedef struct place {
    size_t at;     /* in rows of DSR_NET_STATE */
    size_t before; /* of the token that comes before it in this direction */
    size_t gates;
    bool first;
} place;

static place place_of(const net_batch *b, size_t s, size_t i, unsigned direction)
{
    size_t t = direction == 0 ? b->starts[s] + i : b->starts[s + 1] - 1 - i;
    size_t before = direction == 0 ? t - 1 : t + 1;
    return (place){t * S + direction * H, before * S + direction * H, t * G + direction * 3 * H, i == 0};
}

static void run_direction(net_batch *b, size_t layer, size_t s, unsigned direction)
{
    static const float nothing[H] = {0};
    for (size_t i = 0; i < b->starts[s + 1] - b->starts[s]; i++) {
        place p = place_of(b, s, i, direction);
        const float *g = b->g[layer] + p.gates;
        const float *keep = b->keep[layer] + p.at;
        const float *last = p.first ? nothing : b->c[layer] + p.before;
        float *c = b->c[layer] + p.at;
        float *y = b->x[layer + 1] + p.at;
        for (size_t k = 0; k < H; k++) {
            c[k] = g[H + k] * last[k] + (1.0f - g[H + k]) * g[k];
            y[k] = g[2 * H + k] * c[k] * keep[k];
        }
        for (size_t k = 0; layer > 0 && k < H; k++) {
            y[k] += b->x[layer][p.at + k];
        }
    }
}

static void run_layer(net_batch *b, size_t layer)
{
    size_t n = net_tokens(b);
    network *net = b->net;
    net_set_rows(b->g[layer], &net->gates[layer], n);
    for (size_t s = 0; layer == 0 && s < b->count; s++) {
        for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
            b->loops->add(b->g[0] + t * G, 1, net->sources.w + b->sentences[s]->source * G, G);
        }
    }
    net_apply(b, layer == 0 ? b->window : b->x[layer], &net->layers[layer], b->g[layer]);
    squash(b->g[layer], n);
    for (size_t s = 0; s < b->count; s++) {
        float keep[S];
        net_fill_keep(&b->random, keep, S, NET_DROP_OUTPUT);
        for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
            memcpy(b->keep[layer] + t * S, keep, sizeof keep);
        }
        run_direction(b, layer, s, 0);
        run_direction(b, layer, s, 1);
    }
}

void net_forward(net_batch *b)
{
    for (size_t s = 0; s < b->count; s++) {
        embed_sentence(b, s);
        lay_windows(b, s);
    }
    for (size_t layer = 0; layer < DSR_NET_LAYERS; layer++) {
        run_layer(b, layer);
        memset(b->dx[layer + 1], 0, net_tokens(b) * S * sizeof(float));
    }
    memset(b->dx[0], 0, net_tokens(b) * W * sizeof(float));
}

/* ---- backward ---- */

static void run_direction_back(net_batch *b, size_t layer, size_t s, unsigned direction)
{
    static const float nothing[H] = {0};
    float dc[H] = {0};
    for (size_t i = b->starts[s + 1] - b->starts[s]; i > 0; i--) {
        place p = place_of(b, s, i - 1, direction);
        const float *g = b->g[layer] + p.gates;
        const float *c = b->c[layer] + p.at;
        const float *last = p.first ? nothing : b->c[layer] + p.before;
        const float *keep = b->keep[layer] + p.at;
        const float *dout = b->dx[layer + 1] + p.at;
        float *dg = b->dg + p.gates;
        for (size_t k = 0; layer > 0 && k < H; k++) {
            b->dx[layer][p.at + k] += dout[k];
        }
        for (size_t k = 0; k < H; k++) {
            float dy = dout[k] * keep[k];
            float value = g[k];
            float forget = g[H + k];
            float output = g[2 * H + k];
            float d = dc[k] + dy * output;
            dg[2 * H + k] = dy * c[k] * slope(output);
            dg[H + k] = d * (last[k] - value) * slope(forget);
            dg[k] = d * (1.0f - forget) * 4.0f * slope(0.5f * value + 0.5f);
            dc[k] = d * forget;
        }
    }
}

/* Takes windows' gradients back to their tokens. */
static void fold_windows(net_batch *b)
{
    for (size_t s = 0; s < b->count; s++) {
        for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
            const float *row = b->dwindow + t * NET_WINDOW_WIDTH;
            if (t > b->starts[s]) {
                b->loops->add(b->dx[0] + (t - 1) * W, 1, row, W);
            }
            b->loops->add(b->dx[0] + t * W, 1, row + W, W);
            if (t + 1 < b->starts[s + 1]) {
                b->loops->add(b->dx[0] + (t + 1) * W, 1, row + 2 * W, W);
            }
        }
    }
}

static void run_layer_back(net_batch *b, size_t layer)
{
    size_t n = net_tokens(b);
    network *net = b->net;
    for (size_t s = 0; s < b->count; s++) {
        run_direction_back(b, layer, s, 0);
        run_direction_back(b, layer, s, 1);
    }
    net_sum_rows(b->dg, &net->gates[layer], n);
    for (size_t s = 0; layer == 0 && s < b->count; s++) {
        for (size_t t = b->starts[s]; t < b->starts[s + 1]; t++) {
            b->loops->add(net->sources.gradient + b->sentences[s]->source * G, 1, b->dg + t * G, G);
        }
    }
    if (layer > 0) {
        net_apply_back(b, b->x[layer], &net->layers[layer], b->dg, b->dx[layer]);
        return;
    }
    memset(b->dwindow, 0, n * NET_WINDOW_WIDTH * sizeof *b->dwindow);
    net_apply_back(b, b->window, &net->layers[0], b->dg, b->dwindow);
    fold_windows(b);
}

void net_backward(net_batch *b)
{
    for (size_t layer = DSR_NET_LAYERS; layer > 0; layer--) {
        run_layer_back(b, layer - 1);
    }
    for (size_t t = 0; t < net_tokens(b); t++) {
        float *dx = b->dx[0] + t * W;
        for (size_t i = 0; i < W; i++) {
            dx[i] *= b->keep_embed[t * W + i];
        }
        for (size_t f = 0; f < DSR_NET_FEATURES; f++) {
            if (b->features[t][f] >= 0) {
                b->loops->add(b->net->embed.gradient + (size_t)b->features[t][f] * W, 1, dx, W);
            }
        }
    }
}
