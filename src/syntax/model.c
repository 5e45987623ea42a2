/* Opens and gives up the model of English: tags, lemma rules, the network, checked. */
#include "syntax/internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const STAGE = "syntax";

static dsr_status take_tags(dsr_syntax_model *model, dsr_error *error)
{
    dsr_slice part = dsr_weights_part(model->weights, "tags");
    if (part.len == 0 || part.len % 2 != 0 || part.len / 2 > DSR_NET_TAGS) {
        return dsr_weights_fail(model->weights, "tags", error);
    }
    model->tag_count = part.len / 2;
    for (size_t i = 0; i < model->tag_count; i++) {
        dsr_tag_pair pair = {(uint8_t)part.ptr[2 * i], (uint8_t)part.ptr[2 * i + 1]};
        if (pair.xpos >= DSR_XPOS_COUNT || pair.upos >= DSR_UPOS_COUNT) {
            return dsr_weights_fail(model->weights, "tags", error);
        }
        model->tags[i] = pair;
    }
    return DSR_OK;
}

static dsr_status take_rules(dsr_syntax_model *model, dsr_error *error)
{
    dsr_slice part = dsr_weights_part(model->weights, "rules");
    const void *first = part.ptr;
    if (part.len == 0 || part.len % sizeof(dsr_lemma_rule) != 0) {
        return dsr_weights_fail(model->weights, "rules", error);
    }
    model->rules = first;
    model->rule_count = part.len / sizeof(dsr_lemma_rule);
    for (size_t i = 0; i < model->rule_count; i++) {
        if (model->rules[i].length > DSR_SYNTAX_LEMMA_BYTES) {
            return dsr_weights_fail(model->weights, "rules", error);
        }
    }
    return DSR_OK;
}

/* Takes the file over, also where it fails. */
static dsr_status open_model(dsr_weights *weights, dsr_syntax_model **out, dsr_error *error)
{
    dsr_syntax_model *model = calloc(1, sizeof *model);
    if (model == NULL) {
        dsr_weights_drop(weights);
        return dsr_fail_memory(error, STAGE);
    }
    model->weights = weights;
    dsr_status status = take_tags(model, error);
    if (status == DSR_OK) {
        status = take_rules(model, error);
    }
    if (status == DSR_OK) {
        status = dsr_weights_numbers(weights, "lemmas", &model->lemmas, error);
    }
    if (status == DSR_OK) {
        status = dsr_net_take(weights, model->tag_count, &model->net, error);
    }
    if (status != DSR_OK) {
        dsr_syntax_drop(model);
        return status;
    }
    *out = model;
    return DSR_OK;
}

dsr_status dsr_syntax_open(const char *path, dsr_syntax_model **out, dsr_error *error)
{
    dsr_weights *weights = NULL;
    dsr_status status = dsr_weights_open(path, &weights, error);
    return status == DSR_OK ? open_model(weights, out, error) : status;
}

dsr_status dsr_syntax_open_bytes(dsr_slice bytes, const char *name, dsr_syntax_model **out, dsr_error *error)
{
    dsr_weights *weights = NULL;
    dsr_status status = dsr_weights_open_bytes(bytes, name, &weights, error);
    return status == DSR_OK ? open_model(weights, out, error) : status;
}

void dsr_syntax_drop(dsr_syntax_model *model)
{
    if (model != NULL) {
        dsr_net_give_up(&model->net);
        dsr_weights_drop(model->weights);
        free(model);
    }
}
