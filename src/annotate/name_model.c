/* Opens and gives up the model of names: its tables, checked; and finds the best path of labels. */
#include "annotate/name_parts.h"

#include <stdlib.h>
#include <string.h>

static const char *const STAGE = "names";

/* The scores of steps stand in the same table as everything else. */
static void take_steps(dsr_name_model *model)
{
    for (unsigned step = 0; step < DSR_NAME_STEPS; step++) {
        for (unsigned before = 0; before < DSR_NAME_LABELS; before++) {
            uint64_t feature = dsr_name_step_feature(step, before);
            dsr_weights_score_rows(&model->rows, &feature, 1, model->steps.scores[step][before]);
        }
    }
}

/* Takes the file over, also where it fails. */
static dsr_status open_model(dsr_weights *weights, dsr_name_model **out, dsr_error *error)
{
    dsr_name_model *model = calloc(1, sizeof *model);
    if (model == NULL) {
        dsr_weights_drop(weights);
        return dsr_fail_memory(error, STAGE);
    }
    model->weights = weights;
    dsr_status status = dsr_weights_rows(weights, "names", DSR_NAME_LABELS, &model->rows, error);
    if (status == DSR_OK) {
        status = dsr_weights_numbers(weights, "habits", &model->habits, error);
    }
    if (status != DSR_OK) {
        dsr_names_drop(model);
        return status;
    }
    take_steps(model);
    *out = model;
    return DSR_OK;
}

dsr_status dsr_names_open(const char *path, dsr_name_model **out, dsr_error *error)
{
    dsr_weights *weights = NULL;
    dsr_status status = dsr_weights_open(path, &weights, error);
    return status == DSR_OK ? open_model(weights, out, error) : status;
}

dsr_status dsr_names_open_bytes(dsr_slice bytes, const char *name, dsr_name_model **out, dsr_error *error)
{
    dsr_weights *weights = NULL;
    dsr_status status = dsr_weights_open_bytes(bytes, name, &weights, error);
    return status == DSR_OK ? open_model(weights, out, error) : status;
}

void dsr_names_drop(dsr_name_model *model)
{
    if (model != NULL) {
        dsr_weights_drop(model->weights);
        free(model);
    }
}

/* ---- the best path ---- */

static size_t list_labels(bool (*is)(unsigned), uint8_t out[DSR_NAME_LABELS])
{
    size_t count = 0;
    for (unsigned label = 0; label < DSR_NAME_LABELS; label++) {
        if (is(label)) {
            out[count++] = (uint8_t)label;
        }
    }
    return count;
}

static bool is_closed(unsigned label)
{
    return !dsr_name_is_open(label);
}

static bool may_begin(unsigned label)
{
    return !dsr_name_goes_on(label);
}

#define IMPOSSIBLE (INT32_MIN / 2)

typedef struct path {
    const dsr_name_steps *steps;
    uint8_t closed[DSR_NAME_LABELS];
    uint8_t begins[DSR_NAME_LABELS];
    size_t closed_count, begin_count;
    int32_t now[DSR_NAME_LABELS];
    int32_t next[DSR_NAME_LABELS];
} path;

/* From `now` to `next` over one word; back[label] is the label before. */
static void step_on(path *p, unsigned kind, const int32_t *scores, uint8_t *back)
{
    const int32_t(*steps)[DSR_NAME_LABELS] = p->steps->scores[kind];
    for (size_t i = 0; i < p->begin_count; i++) {
        unsigned label = p->begins[i];
        int32_t best = IMPOSSIBLE;
        for (size_t k = 0; k < p->closed_count; k++) {
            unsigned before = p->closed[k];
            int32_t score = p->now[before] + steps[before][label];
            if (score > best) {
                best = score;
                back[label] = (uint8_t)before;
            }
        }
        p->next[label] = best + scores[label];
    }
    for (unsigned type = 0; type < DSR_NAME_TYPES; type++) {
        unsigned begin = dsr_name_label((dsr_name_type)type, DSR_PLACE_BEGIN);
        unsigned inside = begin + DSR_PLACE_INSIDE;
        for (unsigned label = inside; label <= begin + DSR_PLACE_END; label++) {
            int32_t from_begin = p->now[begin] + steps[begin][label];
            int32_t from_inside = p->now[inside] + steps[inside][label];
            back[label] = (uint8_t)(from_inside > from_begin ? inside : begin);
            p->next[label] = (from_inside > from_begin ? from_inside : from_begin) + scores[label];
        }
    }
    for (size_t i = 0; i < DSR_NAME_LABELS; i++) {
        p->now[i] = p->next[i] > IMPOSSIBLE ? p->next[i] : IMPOSSIBLE;
    }
}

void dsr_name_best_path(const dsr_name_steps *steps, const int32_t (*scores)[DSR_NAME_LABELS],
                        const dsr_name_word *words, size_t count, uint8_t *room, uint8_t *labels)
{
    path p = {.steps = steps};
    p.closed_count = list_labels(is_closed, p.closed);
    p.begin_count = list_labels(may_begin, p.begins);
    for (unsigned label = 1; label < DSR_NAME_LABELS; label++) {
        p.now[label] = IMPOSSIBLE;
    }
    for (size_t i = 0; i < count; i++) {
        step_on(&p, words[i].step, scores[i], room + i * DSR_NAME_LABELS);
    }
    unsigned best = 0;
    for (size_t k = 0; k < p.closed_count; k++) {
        best = p.now[p.closed[k]] > p.now[best] ? p.closed[k] : best;
    }
    for (size_t i = count; i > 0; i--) {
        labels[i - 1] = (uint8_t)best;
        best = room[(i - 1) * DSR_NAME_LABELS + best];
    }
}
