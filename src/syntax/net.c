/* Takes the network out of a model file, checked so that no later step can leave its memory or its 32 bits,
 * and readies the frequent forms. Must not know sentences. */
#include "syntax/net.h"

#include "syntax/syntax.h"

#include <stdlib.h>
#include <string.h>

static const char *const STAGE = "syntax";

size_t dsr_net_find_kernels(const dsr_net_kernels *out[DSR_NET_KINDS])
{
    size_t count = 0;
#if defined(DSR_NET_X86)
    bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
    if (wide && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni")) {
        out[count++] = &dsr_net_vnni;
    }
    if (__builtin_cpu_supports("avx2")) {
        out[count++] = &dsr_net_avx2;
    }
    out[count++] = &dsr_net_sse2; /* each x86-64 has it */
#endif
    out[count++] = &dsr_net_plain;
    return count;
}

/* ---- parts ---- */

/* While parts are taken. The first that is wrong is remembered; what follows does nothing. */
typedef struct taking {
    const dsr_weights *weights;
    const char *wrong;
} taking;

/* The part called `name`, of exactly `size` bytes. */
static const void *take_part(taking *t, const char *name, size_t size)
{
    dsr_slice part = dsr_weights_part(t->weights, name);
    if (t->wrong == NULL && (part.ptr == NULL || part.len != size)) {
        t->wrong = name;
    }
    return t->wrong == NULL ? part.ptr : NULL;
}

static int64_t size_of(int32_t number)
{
    return number < 0 ? -(int64_t)number : number;
}

/* Whether output `j` stays within 32 bits for any inputs up to `most`. */
static bool output_is_bounded(const dsr_net_matrix *m, size_t j, int64_t most)
{
    int64_t sum = 0;
    const int16_t *w = m->weights + j / DSR_NET_BLOCK * DSR_NET_BLOCK * m->in + j % DSR_NET_BLOCK * 2;
    for (size_t i = 0; i < m->in; i += 2, w += 2 * DSR_NET_BLOCK) {
        /* Multiplying pairs of numbers, some processors need one that is not the very lowest. */
        if (w[0] == INT16_MIN || w[1] == INT16_MIN) {
            return false;
        }
        sum += size_of(w[0]) + size_of(w[1]);
    }
    return sum * most + (m->bias != NULL ? size_of(m->bias[j]) : 0) <= DSR_NET_SUM_MOST;
}

static void check_matrix(taking *t, const char *name, const dsr_net_matrix *m, int64_t most)
{
    for (size_t j = 0; t->wrong == NULL && j < m->out; j++) {
        if (!output_is_bounded(m, j, most)) {
            t->wrong = name;
        }
    }
}

/* A matrix: its size and shift are set; a bias stands before the weights. `most`: of its inputs. */
static void take_matrix(taking *t, const char *name, bool bias, int64_t most, dsr_net_matrix *m)
{
    size_t before = bias ? m->out * sizeof *m->bias : 0;
    const char *part = take_part(t, name, before + m->in * m->out * sizeof *m->weights);
    if (part != NULL) {
        const void *first = part;
        const void *behind = part + before;
        m->bias = bias ? first : NULL;
        m->weights = behind;
        check_matrix(t, name, m, most);
    }
}

/* `rows` of `width` numbers; each row's sizes add up to at most `sum`, each number is at most `most`. */
static const int16_t *take_rows(taking *t, const char *name, dsr_net_rows rows, int64_t sum, int32_t most)
{
    const int16_t *numbers = take_part(t, name, rows.count * rows.stride * sizeof *numbers);
    for (size_t r = 0; numbers != NULL && r < rows.count; r++) {
        int64_t row = 0;
        for (size_t i = 0; i < rows.stride; i++) {
            int64_t size = size_of(numbers[r * rows.stride + i]);
            row += size > most ? sum + 1 : size;
        }
        if (row > sum) {
            t->wrong = name;
        }
    }
    return numbers;
}

/* ---- sizes ---- */

/* What the part "net" says, each a u32. The first ones are sizes that this version has fixed. */
enum { SAID_FIXED = 7, SAID_TAGS = SAID_FIXED, SAID_FEATURES, SAID_SHIFTS, SAID = SAID_SHIFTS + 7 };
enum { SHIFT_WINDOW, SHIFT_LAYER, SHIFT_TAGS = SHIFT_LAYER + 2, SHIFT_ROLES, SHIFT_WANTS, SHIFT_RELATIONS };

static bool sizes_are_ours(const uint32_t *said)
{
    static const uint32_t ours[SAID_FIXED] = {DSR_NET_FEATURES, DSR_NET_WIDTH, DSR_NET_WINDOW, DSR_NET_HALF,
                                              DSR_NET_LAYERS,   DSR_NET_ARC,   DSR_NET_KIND};
    return memcmp(said, ours, sizeof ours) == 0;
}

/* So large that each sum is narrowed by one bit at least, so small that none overflows. */
static bool shifts_are_sound(const uint32_t *shifts)
{
    for (size_t i = 0; i < SAID - SAID_SHIFTS; i++) {
        uint32_t least = i == SHIFT_WINDOW ? DSR_NET_GATE_BITS - DSR_NET_EMBED_BITS + 1 : 0;
        if (shifts[i] < least || shifts[i] > 14) {
            return false;
        }
    }
    return true;
}

static dsr_net_matrix matrix_of(size_t in, size_t out, uint32_t shift)
{
    return (dsr_net_matrix){.in = in, .out = out, .shift = shift};
}

static void take_sizes(taking *t, size_t tag_count, dsr_net *net)
{
    const void *part = take_part(t, "net", SAID * sizeof(uint32_t));
    uint32_t said[SAID];
    if (part == NULL) {
        return;
    }
    memcpy(said, part, sizeof said);
    const uint32_t *shifts = said + SAID_SHIFTS;
    if (!sizes_are_ours(said) || said[SAID_TAGS] != tag_count || tag_count > DSR_NET_TAGS ||
        said[SAID_FEATURES] == 0 || said[SAID_FEATURES] > UINT16_MAX || !shifts_are_sound(shifts)) {
        t->wrong = "net";
        return;
    }
    net->tag_count = tag_count;
    net->feature_count = said[SAID_FEATURES];
    for (size_t w = 0; w < DSR_NET_WINDOW; w++) {
        net->window[w] = matrix_of(DSR_NET_WIDTH, DSR_NET_GATES, shifts[SHIFT_WINDOW]);
    }
    for (size_t l = 1; l < DSR_NET_LAYERS; l++) {
        net->layers[l] = matrix_of(DSR_NET_STATE, DSR_NET_GATES, shifts[SHIFT_LAYER + l - 1]);
    }
    size_t tags = (tag_count + DSR_NET_BLOCK - 1) / DSR_NET_BLOCK * DSR_NET_BLOCK;
    net->tags = matrix_of(DSR_NET_STATE, tags, shifts[SHIFT_TAGS]);
    net->roles = matrix_of(DSR_NET_STATE, DSR_NET_ROLES, shifts[SHIFT_ROLES]);
    net->wants = matrix_of(DSR_NET_ARC, DSR_NET_ARC, shifts[SHIFT_WANTS]);
    net->relations = matrix_of(DSR_NET_KIND, DSR_NET_RELATIONS, shifts[SHIFT_RELATIONS]);
}

/* ---- the parts, one after the other ---- */

static void take_layers(taking *t, dsr_net *net)
{
    static const char *const window[DSR_NET_WINDOW] = {"before", "itself", "behind"};
    static const char *const layers[DSR_NET_LAYERS] = {NULL, "layer1", "layer2"};
    for (size_t w = 0; w < DSR_NET_WINDOW; w++) {
        take_matrix(t, window[w], false, DSR_NET_EMBED_MOST, &net->window[w]);
    }
    dsr_net_rows bias = {NULL, DSR_NET_GATES, 1};
    net->gate_bias =
        take_rows(t, "gates", bias, (int64_t)DSR_NET_GATES * DSR_NET_GATE_MOST, DSR_NET_GATE_MOST);
    for (size_t l = 1; l < DSR_NET_LAYERS; l++) {
        take_matrix(t, layers[l], true, (int64_t)l * DSR_NET_STATE_MOST, &net->layers[l]);
    }
}

static void take_heads(taking *t, dsr_net *net)
{
    dsr_net_rows distances = {NULL, DSR_NET_ARC, DSR_NET_DISTANCES + 1};
    dsr_net_rows kinds = {NULL, DSR_NET_KIND, DSR_NET_DISTANCES};
    take_matrix(t, "tagger", true, DSR_NET_STATE_MOST, &net->tags);
    take_matrix(t, "roles", true, (int64_t)DSR_NET_LAYERS * DSR_NET_STATE_MOST, &net->roles);
    take_matrix(t, "wants", false, DSR_NET_HEAD_MOST, &net->wants);
    net->distances = take_rows(t, "distance", distances, DSR_NET_DISTANCE_MOST, INT16_MAX);
    net->kinds = take_rows(t, "kinds", kinds, (int64_t)DSR_NET_KIND * DSR_NET_KIND_MOST, DSR_NET_KIND_MOST);
    take_matrix(t, "relation", true, (int64_t)3 * DSR_NET_KIND_MOST, &net->relations);
}

/* Each feature leads to an embedding that is there. */
static bool features_are_sound(const dsr_net *net)
{
    size_t slots = (size_t)DSR_WEIGHTS_GROUP * (net->features.table.groups + 1);
    for (size_t i = 0; i < slots; i++) {
        if ((net->features.table.slots[i] & 0xffffu) >= net->feature_count) {
            return false;
        }
    }
    return true;
}

/* ---- frequent forms ---- */

/* Puts a form's number where its key leads; false where it stands there already. */
static bool put_form(dsr_net *net, uint64_t key, size_t number)
{
    size_t at = (size_t)(key >> 32) % DSR_NET_FORM_SLOTS;
    while (net->form_keys[at] != 0 && net->form_keys[at] != key) {
        at = (at + 1) % DSR_NET_FORM_SLOTS;
    }
    if (key == 0 || net->form_keys[at] == key) {
        return false;
    }
    net->form_keys[at] = key;
    net->form_numbers[at] = (uint16_t)number;
    return true;
}

static size_t count_forms(dsr_slice forms)
{
    size_t count = 0;
    dsr_slice form;
    while (dsr_slice_next_line(&forms, &form)) {
        count++;
    }
    return count;
}

static dsr_status allocate_forms(dsr_net *net, size_t count, int32_t **wide)
{
    size_t gates = (size_t)DSR_NET_WINDOW * DSR_NET_GATES;
    net->form_keys = calloc(DSR_NET_FORM_SLOTS, sizeof *net->form_keys);
    net->form_numbers = calloc(DSR_NET_FORM_SLOTS, sizeof *net->form_numbers);
    net->form_gates = malloc((count + 1) * gates * sizeof *net->form_gates);
    *wide = malloc(DSR_NET_GATES * sizeof **wide);
    bool done =
        net->form_keys != NULL && net->form_numbers != NULL && net->form_gates != NULL && *wide != NULL;
    return done ? DSR_OK : DSR_ERR_MEMORY;
}

/* A form a line, the most frequent first. */
static dsr_status take_forms(taking *t, dsr_net *net)
{
    dsr_slice rest = dsr_weights_part(t->weights, "forms");
    size_t count = count_forms(rest);
    int32_t *wide = NULL;
    if (count > DSR_LIMIT_MODEL_FORMS) {
        t->wrong = "forms";
        return DSR_OK;
    }
    dsr_status status = allocate_forms(net, count, &wide);
    dsr_slice text;
    dsr_net_form form;
    int16_t sum[DSR_NET_WIDTH];
    for (size_t i = 0; status == DSR_OK && dsr_slice_next_line(&rest, &text);) {
        dsr_net_form_set(&form, text);
        if (put_form(net, dsr_net_form_key(&form), i)) {
            dsr_net_sum_embeddings(net, &form, sum);
            dsr_net_add_terms(net, sum, 1, wide, net->form_gates + i * DSR_NET_WINDOW * DSR_NET_GATES);
            i++;
        }
    }
    free(wide);
    return status;
}

dsr_status dsr_net_take(const dsr_weights *weights, size_t tag_count, dsr_net *out, dsr_error *error)
{
    taking t = {.weights = weights};
    dsr_net net = {0};
    const dsr_net_kernels *kernels[DSR_NET_KINDS];
    dsr_net_find_kernels(kernels);
    net.kernels = kernels[0];
    dsr_status status = dsr_weights_numbers(weights, "features", &net.features, error);
    if (status != DSR_OK) {
        return status;
    }
    take_sizes(&t, tag_count, &net);
    take_layers(&t, &net);
    take_heads(&t, &net);
    net.embeddings = take_part(&t, "embed", net.feature_count * DSR_NET_WIDTH);
    if (t.wrong == NULL && !features_are_sound(&net)) {
        t.wrong = "features";
    }
    status = t.wrong == NULL ? take_forms(&t, &net) : DSR_OK;
    if (status != DSR_OK || t.wrong != NULL) {
        dsr_net_give_up(&net);
        return status != DSR_OK ? dsr_fail_memory(error, STAGE) : dsr_weights_fail(weights, t.wrong, error);
    }
    *out = net;
    return DSR_OK;
}

void dsr_net_give_up(dsr_net *net)
{
    free(net->form_keys);
    free(net->form_numbers);
    free(net->form_gates);
    *net = (dsr_net){0};
}
