/* The network that tags and parses a sentence, in whole numbers: the same answer on every machine and with
 * every kernel. Only src/syntax and train/ include this.
 *
 * A token is the sum of ten embeddings of features of its form. A window of three such sums goes into the
 * first of three bidirectional QRNN layers (Bradbury and others, 2017, with the gates of the
 * forget-and-output kind), each but the first with a bridge around it. Tags are read off the first layer.
 * Heads are found as in Dozat and Manning (2017), with the distance between the two as one more term; the
 * best tree is that of Chu, Liu and Edmonds. Relations are read off the head and the dependent, with their
 * distance, after that.
 *
 * Fixed point: an embedding is in 64ths; what goes into a gate in 1024ths; a gate in 8192nds; the state of a
 * layer in 2048ths; what heads and relations are read off in 1024ths. */
#ifndef DSR_SYNTAX_NET_H
#define DSR_SYNTAX_NET_H

#include "base/limits.h"
#include "syntax/weights.h"

enum {
    DSR_NET_FEATURES = 10,
    DSR_NET_WIDTH = 64,               /* numbers of an embedding */
    DSR_NET_WINDOW = 3,               /* the token before, itself, the token behind */
    DSR_NET_HALF = 64,                /* units of a layer in one direction */
    DSR_NET_STATE = 2 * DSR_NET_HALF, /* and in both */
    DSR_NET_GATES = 6 * DSR_NET_HALF, /* value, forget, output; to the right, then to the left */
    DSR_NET_LAYERS = 3,
    DSR_NET_ARC = 48,  /* numbers that say what head a token wants, and what it is as a head */
    DSR_NET_KIND = 64, /* the same for relations */
    DSR_NET_ROLES = 2 * DSR_NET_ARC + 2 * DSR_NET_KIND,
    DSR_NET_DISTANCES = 18, /* classes of how far the head stands, and on which side */
    DSR_NET_RELATIONS = 64, /* room for relations */
    DSR_NET_BLOCK = 16,     /* outputs that lie together in a matrix */
    DSR_NET_TAGS = 160      /* at most */
};

/* Powers of two of the fixed points. */
enum {
    DSR_NET_EMBED_BITS = 6,
    DSR_NET_GATE_BITS = 10,
    DSR_NET_STATE_BITS = 11,
    DSR_NET_ROLE_BITS = 10,
    DSR_NET_WANT_BITS = 9
};

/* Bounds under which no sum leaves 32 bits; whoever writes a model keeps them, whoever reads one checks. */
enum {
    DSR_NET_GATE_MOST = 8191, /* one term of what goes into a gate, and a bias */
    DSR_NET_WANT_MOST = 8191,
    DSR_NET_HEAD_MOST = 4095,
    DSR_NET_KIND_MOST = 8191,
    DSR_NET_EMBED_MOST = DSR_NET_FEATURES * 128,
    DSR_NET_STATE_MOST = 1 << DSR_NET_STATE_BITS, /* of the first layer; each further one adds as much */
    DSR_NET_DISTANCE_MOST = 65500, /* the sizes of a distance's (or the root's) weights added up: 48 * 8191 *
                                      4095 + 8191 * this is less than 2^31 */
    DSR_NET_SUM_MOST = INT32_MAX - (1 << 24) /* an output's bias and weights times the largest inputs */
};

/* ---- features ---- */

enum { DSR_NET_FORM_BYTES = 256 };
/* A form in one spelling of quotation marks and apostrophes, cut at the limit. */
typedef struct dsr_net_form {
    char bytes[DSR_NET_FORM_BYTES];
    size_t length;
    char side; /* '(' or ')' of a quotation mark that says whether it opens or closes */
} dsr_net_form;
void dsr_net_form_set(dsr_net_form *form, dsr_slice text);
/* The hash of the form as it is: one of its features, and the key of frequent forms. */
uint64_t dsr_net_form_key(const dsr_net_form *form);
void dsr_net_form_features(const dsr_net_form *form, uint64_t out[DSR_NET_FEATURES]);
/* The class of the distance from a dependent to its head (`head` - `dependent`, not 0). */
unsigned dsr_net_distance(long difference);

/* ---- kernels: net_math.c, compiled once for each kind of processor ---- */

/* out[j] = bias[j] + sum of x[i] * w(i, j). Weights lie in blocks of 16 outputs; in a block, for each pair of
 * inputs, the two weights of each output. Real weights times 2^shift. */
typedef struct dsr_net_matrix {
    const int16_t *weights;
    const int32_t *bias; /* NULL: none */
    size_t in;           /* even */
    size_t out;          /* a multiple of DSR_NET_BLOCK */
    unsigned shift;
} dsr_net_matrix;

typedef struct dsr_net_rows {
    const int16_t *first;
    size_t stride; /* numbers from one row to the next */
    size_t count;
} dsr_net_rows;

typedef struct dsr_net_range {
    int32_t low;
    int32_t high;
} dsr_net_range;

typedef struct dsr_net_kernels {
    /* Rows times the matrix; rows of `out` follow each other. */
    void (*multiply)(const dsr_net_matrix *matrix, dsr_net_rows x, int32_t *out);
    /* in / 2^shift, rounded, cut to the range. shift is 1 or more. */
    void (*narrow)(const int32_t *in, size_t count, unsigned shift, dsr_net_range range, int16_t *out);
    /* a += b */
    void (*add)(int16_t *a, const int16_t *b, size_t count);
    /* Adds an embedding to a sum. */
    void (*embed)(const int8_t *embedding, int16_t *sum);
    /* What goes into gates becomes gates, in place: values lie between -8192 and 8192, the others between 0
     * and 8192. The curves are parabolas that meet at 0. */
    void (*squash)(int16_t *gates, size_t rows);
    /* Runs both directions of a layer over its gates; `below` (may be NULL) is added. */
    void (*recur)(const int16_t *gates, size_t rows, const int16_t *below, int16_t *out);
    /* out[i] = sum of a[k] * b[i][k] over DSR_NET_ARC numbers. */
    void (*products)(const int16_t *a, dsr_net_rows b, int32_t *out);
    /* The place of the largest number, the first of several. */
    size_t (*best)(const int32_t *numbers, size_t count);
    /* out = max(0, a + b + c), over DSR_NET_KIND numbers. */
    void (*join)(const int16_t *a, const int16_t *b, const int16_t *c, int16_t *out);
} dsr_net_kernels;

extern const dsr_net_kernels dsr_net_plain;
#if defined(DSR_NET_X86)
extern const dsr_net_kernels dsr_net_sse2;
extern const dsr_net_kernels dsr_net_avx2;
extern const dsr_net_kernels dsr_net_vnni;
#endif
/* The kernels that this processor has, the fastest first; how many. `out` has room for DSR_NET_KINDS. */
enum { DSR_NET_KINDS = 4 };
size_t dsr_net_find_kernels(const dsr_net_kernels *out[DSR_NET_KINDS]);

/* ---- the model ---- */

typedef struct dsr_net {
    const dsr_net_kernels *kernels;
    dsr_number_table features; /* feature -> its embedding */
    const int8_t *embeddings;
    size_t feature_count;
    dsr_net_matrix
        window[DSR_NET_WINDOW]; /* what a token adds to the gates of the next, of itself, of the last */
    const int16_t *gate_bias;   /* of the first layer */
    dsr_net_matrix layers[DSR_NET_LAYERS]; /* from 1 */
    dsr_net_matrix tags;
    size_t tag_count;
    dsr_net_matrix roles;     /* wants, is as a head, governs as, depends as */
    dsr_net_matrix wants;     /* the bilinear part of the heads' scores */
    const int16_t *distances; /* DSR_NET_DISTANCES and then the root: DSR_NET_ARC numbers each */
    const int16_t *kinds;     /* DSR_NET_DISTANCES of DSR_NET_KIND numbers */
    dsr_net_matrix relations; /* by dsr_relation; those past the last are not looked at */
    uint64_t *form_keys;      /* frequent forms, hashed; 0: none */
    uint16_t *form_numbers;
    int16_t *form_gates; /* what they add to gates: DSR_NET_WINDOW * DSR_NET_GATES numbers each */
} dsr_net;

enum { DSR_NET_FORM_SLOTS = 4 * DSR_LIMIT_MODEL_FORMS };

/* Takes the network out of a model file, which must outlive it. DSR_ERR_INPUT, DSR_ERR_MEMORY; nothing is
 * left behind then. `tag_count` is what else the file says of it. */
dsr_status dsr_net_take(const dsr_weights *weights, size_t tag_count, dsr_net *out,
                        dsr_error *error) DSR_MUST_CHECK;
void dsr_net_give_up(dsr_net *net);

/* ---- running ---- */

typedef struct dsr_net_answer {
    uint16_t head;    /* number of the head, from 1; 0 for the root */
    uint8_t tag;      /* number of the tag */
    uint8_t relation; /* dsr_relation */
} dsr_net_answer;

/* Tags and parses `count` forms, at most DSR_LIMIT_PARSED_TOKENS. DSR_ERR_MEMORY. */
dsr_status dsr_net_run(const dsr_net *net, const dsr_slice *forms, size_t count,
                       dsr_net_answer *out) DSR_MUST_CHECK;

/* Space in which a sentence is worked on. */
typedef struct dsr_net_work {
    size_t count;
    const int16_t **terms; /* by token: what it adds to the gates around it */
    int16_t *unseen;       /* the same of forms that are not frequent */
    int16_t *sums;         /* their embeddings, summed */
    int16_t *gates;
    int16_t *state[DSR_NET_LAYERS + 1]; /* by layer, from 1 */
    int32_t *wide;                      /* products before they are narrowed: DSR_NET_GATES a token */
    int16_t *roles;
    int16_t *wants;
    int16_t *joined;
    int32_t *scores; /* by token: of the root and of each token as its head */
    uint16_t *heads; /* by token, from 1; 0 for the root */
} dsr_net_work;

/* What the forms add to the gates: for the frequent ones, when the model is opened; for others, in a
 * sentence. */
void dsr_net_add_terms(const dsr_net *net, const int16_t *sums, size_t count, int32_t *wide, int16_t *terms);
void dsr_net_sum_embeddings(const dsr_net *net, const dsr_net_form *form, int16_t sum[DSR_NET_WIDTH]);
/* Fills work->gates for the first layer. */
void dsr_net_read_forms(const dsr_net *net, const dsr_slice *forms, dsr_net_work *work);

/* The best tree with one root: `scores` has count + 1 numbers for each token (the root as its head, then each
 * token; its own is INT32_MIN), heads[i] is from 1, 0 for the root. n^2. DSR_ERR_MEMORY. */
dsr_status dsr_net_find_tree(const dsr_net_kernels *kernels, const int32_t *scores, size_t count,
                             uint16_t *heads) DSR_MUST_CHECK;

#endif
