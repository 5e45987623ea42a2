/* Writes a network in whole numbers: each matrix with the finest step under which no sum can leave 32 bits.
 * Must not know how it was learnt. */
#include "net.h"

#include "perceptron_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FINEST = 14 };

/* A matrix on its way into the file. */
typedef struct written {
    const char *name;
    const float *w; /* input by output */
    size_t in, out;
    const float *bias; /* NULL: none */
    unsigned input_bits;
    double most; /* of inputs, as whole numbers */
} written;

static double round_to(double value, unsigned bits)
{
    return floor(ldexp(value, (int)bits) + 0.5);
}

static bool output_fits(const written *m, size_t j, unsigned bits)
{
    double sum = 0;
    for (size_t i = 0; i < m->in; i++) {
        double w = fabs(round_to((double)m->w[i * m->out + j], bits));
        if (w > INT16_MAX) {
            return false;
        }
        sum += w;
    }
    double bias = m->bias != NULL ? fabs(round_to((double)m->bias[j], bits + m->input_bits)) : 0;
    return sum * m->most + bias <= DSR_NET_SUM_MOST;
}

static unsigned find_bits(const written *m)
{
    unsigned bits = FINEST;
    for (size_t j = 0; j < m->out; j++) {
        while (bits > 0 && !output_fits(m, j, bits)) {
            bits--;
        }
    }
    return bits;
}

static void append_u16(dsr_buffer *out, int32_t value)
{
    dsr_buffer_append_char(out, (char)(value & 0xff));
    dsr_buffer_append_char(out, (char)(value >> 8 & 0xff));
}

static void append_u32(dsr_buffer *out, uint32_t value)
{
    append_u16(out, (int32_t)(value & 0xffff));
    append_u16(out, (int32_t)(value >> 16));
}

/* Biases, then blocks of 16 outputs; in a block, pairs of inputs. Returns the weights' bits. */
static uint32_t write_matrix(const written *m, unsigned bits, model_file *file)
{
    dsr_buffer out;
    dsr_buffer_open(&out, 0);
    for (size_t j = 0; m->bias != NULL && j < m->out; j++) {
        append_u32(&out, (uint32_t)(int32_t)round_to((double)m->bias[j], bits + m->input_bits));
    }
    for (size_t block = 0; block < m->out; block += DSR_NET_BLOCK) {
        for (size_t i = 0; i < m->in * DSR_NET_BLOCK; i++) {
            size_t pair = i / (2 * DSR_NET_BLOCK);
            size_t output = block + i / 2 % DSR_NET_BLOCK;
            append_u16(&out, (int32_t)round_to((double)m->w[(2 * pair + i % 2) * m->out + output], bits));
        }
    }
    model_file_put(file, m->name, dsr_buffer_slice(&out));
    dsr_buffer_drop(&out);
    return bits;
}

static int32_t bounded(double value, int32_t most)
{
    return value > most ? most : value < -most ? -most : (int32_t)value;
}

/* Numbers of `bits`, each at most `most`. */
static void write_numbers(const char *name, const float *from, size_t count, int32_t most, model_file *file)
{
    dsr_buffer out;
    dsr_buffer_open(&out, 0);
    for (size_t i = 0; i < count; i++) {
        append_u16(&out, bounded(round_to((double)from[i], DSR_NET_ROLE_BITS), most));
    }
    model_file_put(file, name, dsr_buffer_slice(&out));
    dsr_buffer_drop(&out);
}

static void write_embeddings(const tensor *t, model_file *file)
{
    dsr_buffer out;
    dsr_buffer_open(&out, 0);
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        dsr_buffer_append_char(&out, (char)bounded(round_to((double)t->mean[i], DSR_NET_EMBED_BITS), 127));
    }
    model_file_put(file, "embed", dsr_buffer_slice(&out));
    dsr_buffer_drop(&out);
}

/* The first layer's biases, with what the treebanks add: more of GUM's habits, which are those of news. */
static void write_gates(const network *net, model_file *file)
{
    float bias[DSR_NET_GATES];
    for (size_t i = 0; i < DSR_NET_GATES; i++) {
        const float *sources = net->sources.mean + i;
        bias[i] = net->gates[0].mean[i] + 0.2f * sources[0] + 0.8f * sources[DSR_NET_GATES];
    }
    write_numbers("gates", bias, DSR_NET_GATES, DSR_NET_GATE_MOST, file);
}

/* The window's three parts have one scale, that of the coarsest. */
static uint32_t write_window(const network *net, model_file *file)
{
    static const char *const names[DSR_NET_WINDOW] = {"before", "itself", "behind"};
    const float *w = net->layers[0].mean;
    written parts[DSR_NET_WINDOW];
    unsigned bits = FINEST;
    for (size_t i = 0; i < DSR_NET_WINDOW; i++) {
        parts[i] = (written){names[i],
                             w + i * DSR_NET_WIDTH * DSR_NET_GATES,
                             DSR_NET_WIDTH,
                             DSR_NET_GATES,
                             NULL,
                             DSR_NET_EMBED_BITS,
                             DSR_NET_EMBED_MOST};
        unsigned own = find_bits(&parts[i]);
        bits = own < bits ? own : bits;
    }
    for (size_t i = 0; i < DSR_NET_WINDOW; i++) {
        write_matrix(&parts[i], bits, file);
    }
    return bits;
}

static uint32_t write_finest(written m, model_file *file)
{
    return write_matrix(&m, find_bits(&m), file);
}

static written layer_of(const network *net, size_t layer, const char *name)
{
    return (written){name,
                     net->layers[layer].mean,
                     DSR_NET_STATE,
                     DSR_NET_GATES,
                     net->gates[layer].mean,
                     DSR_NET_STATE_BITS,
                     (double)layer * DSR_NET_STATE_MOST};
}

/* The matrices; `shifts` gets the bits of each, in the order of the part "net". */
static void write_matrices(const network *net, uint32_t shifts[7], model_file *file)
{
    written tags = {"tagger",           net->tags.mean,    DSR_NET_STATE, net->tag_room, net->tags_bias.mean,
                    DSR_NET_STATE_BITS, DSR_NET_STATE_MOST};
    written roles = {"roles",
                     net->roles.mean,
                     DSR_NET_STATE,
                     DSR_NET_ROLES,
                     net->roles_bias.mean,
                     DSR_NET_STATE_BITS,
                     (double)DSR_NET_LAYERS * DSR_NET_STATE_MOST};
    written wants = {"wants", net->wants.mean,   DSR_NET_ARC,      DSR_NET_ARC,
                     NULL,    DSR_NET_ROLE_BITS, DSR_NET_HEAD_MOST};
    written relations = {
        "relation",        net->relations.mean,    DSR_NET_KIND, DSR_NET_RELATIONS, net->relations_bias.mean,
        DSR_NET_ROLE_BITS, 3.0 * DSR_NET_KIND_MOST};
    shifts[0] = write_window(net, file);
    shifts[1] = write_finest(layer_of(net, 1, "layer1"), file);
    shifts[2] = write_finest(layer_of(net, 2, "layer2"), file);
    shifts[3] = write_finest(tags, file);
    shifts[4] = write_finest(roles, file);
    shifts[5] = write_finest(wants, file);
    shifts[6] = write_finest(relations, file);
}

void net_write(const network *net, size_t features, model_file *file)
{
    uint32_t said[16] = {DSR_NET_FEATURES,  DSR_NET_WIDTH, DSR_NET_WINDOW, DSR_NET_HALF,
                         DSR_NET_LAYERS,    DSR_NET_ARC,   DSR_NET_KIND,   (uint32_t)net->tag_count,
                         (uint32_t)features};
    dsr_buffer out;
    write_matrices(net, said + 9, file);
    dsr_buffer_open(&out, 0);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        append_u32(&out, said[i]);
    }
    model_file_put(file, "net", dsr_buffer_slice(&out));
    dsr_buffer_drop(&out);
    write_gates(net, file);
    write_embeddings(&net->embed, file);
    write_numbers("distance", net->distances.mean, net->distances.rows * DSR_NET_ARC, INT16_MAX, file);
    write_numbers("kinds", net->kinds.mean, net->kinds.rows * DSR_NET_KIND, DSR_NET_KIND_MOST, file);
}
