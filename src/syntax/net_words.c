/* From forms to what goes into the first layer's gates. What a token adds there depends on its form alone:
 * for frequent forms it lies ready. Must not know the later layers. */
#include "syntax/net.h"

#include <string.h>

void dsr_net_sum_embeddings(const dsr_net *net, const dsr_net_form *form, int16_t sum[DSR_NET_WIDTH])
{
    uint64_t features[DSR_NET_FEATURES];
    dsr_net_form_features(form, features);
    memset(sum, 0, DSR_NET_WIDTH * sizeof *sum);
    for (size_t i = 0; i < DSR_NET_FEATURES; i++) {
        uint32_t number = dsr_weights_number(&net->features, features[i], UINT32_MAX);
        if (number != UINT32_MAX) {
            net->kernels->embed(net->embeddings + (size_t)number * DSR_NET_WIDTH, sum);
        }
    }
}

void dsr_net_add_terms(const dsr_net *net, const int16_t *sums, size_t count, int32_t *wide, int16_t *terms)
{
    dsr_net_rows rows = {sums, DSR_NET_WIDTH, count};
    dsr_net_range range = {-DSR_NET_GATE_MOST, DSR_NET_GATE_MOST};
    for (size_t w = 0; w < DSR_NET_WINDOW; w++) {
        const dsr_net_matrix *m = &net->window[w];
        unsigned shift = DSR_NET_EMBED_BITS + m->shift - DSR_NET_GATE_BITS;
        net->kernels->multiply(m, rows, wide);
        for (size_t t = 0; t < count; t++) {
            net->kernels->narrow(wide + t * DSR_NET_GATES, DSR_NET_GATES, shift, range,
                                 terms + (t * DSR_NET_WINDOW + w) * DSR_NET_GATES);
        }
    }
}

/* What a frequent form adds; NULL where this one is not. */
static const int16_t *find_form(const dsr_net *net, uint64_t key)
{
    size_t at = (size_t)(key >> 32) % DSR_NET_FORM_SLOTS;
    while (net->form_keys[at] != 0 && net->form_keys[at] != key) {
        at = (at + 1) % DSR_NET_FORM_SLOTS;
    }
    return net->form_keys[at] == 0
               ? NULL
               : net->form_gates + (size_t)net->form_numbers[at] * DSR_NET_WINDOW * DSR_NET_GATES;
}

/* Finds each token's terms: ready ones, and those of all other tokens in one go. */
static void find_terms(const dsr_net *net, const dsr_slice *forms, dsr_net_work *work)
{
    size_t unseen = 0;
    dsr_net_form form;
    for (size_t t = 0; t < work->count; t++) {
        dsr_net_form_set(&form, forms[t]);
        work->terms[t] = find_form(net, dsr_net_form_key(&form));
        if (work->terms[t] == NULL) {
            dsr_net_sum_embeddings(net, &form, work->sums + unseen * DSR_NET_WIDTH);
            work->terms[t] = work->unseen + unseen * DSR_NET_WINDOW * DSR_NET_GATES;
            unseen++;
        }
    }
    dsr_net_add_terms(net, work->sums, unseen, work->wide, work->unseen);
}

void dsr_net_read_forms(const dsr_net *net, const dsr_slice *forms, dsr_net_work *work)
{
    find_terms(net, forms, work);
    for (size_t t = 0; t < work->count; t++) {
        int16_t *gates = work->gates + t * DSR_NET_GATES;
        memcpy(gates, net->gate_bias, DSR_NET_GATES * sizeof *gates);
        for (size_t w = 0; w < DSR_NET_WINDOW; w++) {
            /* Part 0 of the window is the token before. */
            size_t from = t + w;
            if (from > 0 && from <= work->count) {
                net->kernels->add(gates, work->terms[from - 1] + w * DSR_NET_GATES, DSR_NET_GATES);
            }
        }
    }
}
