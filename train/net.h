/* Learns the network of src/syntax/net.h in floating point, and writes it in whole numbers. The same corpus
 * gives the same bytes: one thread, sums in a fixed order, no library function that may differ. */
#ifndef DSR_TRAIN_NET_H
#define DSR_TRAIN_NET_H

#include "perceptron.h"
#include "syntax/net.h"

enum {
    NET_WINDOW_WIDTH = DSR_NET_WINDOW * DSR_NET_WIDTH,
    NET_SOURCE_GUM = 1,
    NET_SOURCES = 2, /* treebanks, whose habits differ: each has a bias of its own in the first layer */
    NET_BATCH_TOKENS = 512, /* room; batches are filled up to 500, and one sentence may be longer */
    NET_BATCH_SENTENCES = 512,
    NET_TENSORS = 24
};

/* ---- numbers: net_math.c ---- */

/* c = a * b, or c += a * b. a[i][k] stands at a[i * a_row + k * a_column]; columns of b and c are a multiple
 * of 16. */
typedef struct net_product {
    size_t rows, inner, columns;
    const float *a;
    size_t a_row, a_column;
    const float *b;
    size_t b_row;
    float *c;
    size_t c_row;
    bool add;
} net_product;

/* Loops compiled for two kinds of processors; both give the same numbers. Sizes are multiples of 16. */
typedef struct net_loops {
    void (*multiply)(const net_product *product);
    float (*dot)(const float *a, const float *b, size_t count);
    void (*add)(float *to, float factor, const float *from, size_t count);
} net_loops;
extern const net_loops net_loops_plain;
#if defined(DSR_NET_X86)
extern const net_loops net_loops_wide;
#endif

/* ---- weights ---- */

typedef struct tensor {
    float *w;
    float *gradient;
    float *moment;
    float *moment2;
    float *mean; /* of w over the last steps: what is written */
    size_t rows, columns;
} tensor;

typedef struct network {
    tensor embed;
    tensor layers[DSR_NET_LAYERS]; /* input by gate */
    tensor gates[DSR_NET_LAYERS];  /* their biases */
    tensor sources;                /* NET_SOURCES by gate */
    tensor tags, tags_bias;
    tensor roles, roles_bias;
    tensor wants;
    tensor distances; /* the root is the last */
    tensor kinds;
    tensor relations, relations_bias;
    tensor *all[NET_TENSORS];
    size_t count;
    size_t tag_count, tag_room;
} network;

/* ---- what is learnt from ---- */

typedef struct net_token {
    int32_t features[DSR_NET_FEATURES]; /* numbers; -1: none */
    uint32_t count;                     /* of the form in the text */
    uint16_t head;                      /* from 1; 0 for the root */
    uint8_t tag;
    uint8_t relation; /* DSR_REL_COUNT: not known */
} net_token;

/* Ways in which a sentence may be written: as it stands, as a headline, all in capitals, with typographic
 * quotation marks. */
enum { NET_AS_IT_IS, NET_TITLE, NET_CAPITALS, NET_TYPOGRAPHIC, NET_WRITINGS };

typedef struct net_sentence {
    const net_token *tokens; /* as it is now to be learnt */
    const net_token *writings[NET_WRITINGS];
    size_t count;
    unsigned source;
} net_sentence;

/* ---- one batch: net_layers.c, net_heads.c ---- */

typedef struct net_batch {
    const net_loops *loops;
    network *net;
    const net_sentence *sentences[NET_BATCH_SENTENCES];
    size_t starts[NET_BATCH_SENTENCES + 1]; /* tokens */
    size_t count;
    uint64_t random;
    int32_t (*features)[DSR_NET_FEATURES]; /* as dropped, by token */
    float *x[DSR_NET_LAYERS + 1];          /* inputs of layers, and the last one's output */
    float *dx[DSR_NET_LAYERS + 1];         /* gradients of these; d stands for the gradient everywhere */
    float *window, *dwindow;               /* the first layer's inputs side by side */
    float *g[DSR_NET_LAYERS];              /* gates */
    float *c[DSR_NET_LAYERS];              /* memories */
    float *keep[DSR_NET_LAYERS];           /* dropout of outputs, 0 or more than 1 */
    float *keep_embed;
    float *dg;
    float *tags;
    float *roles, *droles, *keep_roles;
    float *wants, *dwants;
    float *joined, *djoined, *relations;
    float *scores; /* of one sentence's heads */
    float *turned; /* a matrix transposed */
    double loss_tags, loss_heads, loss_relations;
    size_t tokens;
} net_batch;

static inline size_t net_tokens(const net_batch *b)
{
    return b->starts[b->count];
}

uint32_t net_random(uint64_t *state);
float net_random_unit(uint64_t *state);
/* Each number is 0 with `chance`, else what makes the mean 1. */
void net_fill_keep(uint64_t *state, float *keep, size_t count, float chance);

void net_forward(net_batch *b);
/* Gradients of the layers and embeddings, from those of the outputs in dx. */
void net_backward(net_batch *b);
/* Outputs, their losses, and the gradients of dx. */
void net_learn_tags(net_batch *b);
void net_learn_heads(net_batch *b);

/* c (+)= x * w and what backward needs of it: shorthand over the loops. */
void net_apply(net_batch *b, const float *x, const tensor *w, float *out);
void net_apply_back(net_batch *b, const float *x, tensor *w, const float *dout, float *dx);
void net_set_rows(float *out, const tensor *bias, size_t rows);
void net_sum_rows(const float *dout, tensor *bias, size_t rows);

/* ---- the whole: net_learn.c, net_write.c ---- */

typedef struct net_settings {
    unsigned passes;
    float rate;
} net_settings;

network *net_new(size_t features, size_t tags, uint64_t *random);
void net_drop(network *net);
/* Learns, and prints a line a pass. */
void net_learn(network *net, net_sentence *sentences, size_t count, net_settings settings);
/* Puts the network's parts into the file: all but features and forms. */
void net_write(const network *net, size_t features, model_file *file);

/* One in so many times a sentence is learnt in another writing. */
enum { NET_EACH_TITLE = 48, NET_EACH_CAPITALS = 64, NET_EACH_TYPOGRAPHIC = 3 };

/* Gradients are scaled as if a batch had so many tokens. */
#define NET_GRADIENT_SCALE (1.0f / 256.0f)
#define NET_DROP_EMBED     0.2f
#define NET_DROP_OUTPUT    0.25f
#define NET_DROP_ROLES     0.2f
#define NET_DROP_WORD      0.5f /* a form seen n times is dropped with this / (this + n) */

#endif
