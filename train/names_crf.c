/* The learner of names: a linear-chain conditional random field whose truth may be known in part (Tsuboi and
 * others, 2008), by stochastic gradient with a rate of its own for each weight (AdaGrad; Duchi, Hazan and
 * Singer, 2011). One thread, its own exponential: the same weights on every machine. */
#include "names.h"
#include "perceptron_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS = DSR_NAME_LABELS, WIDTH = 32, MOST_WORDS = 512, MOST_FEATURES = 256 };

typedef struct crf_row {
    float weight[WIDTH]; /* LABELS of them, the rest stays 0 */
    float square;        /* sum of the squares of its slopes */
    float pad[3];
} crf_row;

typedef struct crf_key {
    uint64_t key;
    uint32_t count;
    uint32_t row; /* + 1; 0 none */
} crf_key;

typedef struct lattice lattice;

struct crf {
    crf_key *keys;
    size_t capacity, used;
    crf_row *rows;
    uint64_t *row_keys;
    size_t row_count;
    lattice *lattice;
    float decay;                            /* how fast weights go back to zero */
    const crf *below;                       /* its scores are added, its steps are used; NULL: none */
    uint32_t steps[DSR_NAME_STEPS][LABELS]; /* rows + 1 of the steps' features */
};

crf *crf_new(float decay)
{
    crf *c = must_alloc(1, sizeof *c);
    c->decay = decay;
    c->capacity = 1 << 16;
    c->keys = must_alloc(c->capacity, sizeof *c->keys);
    return c;
}

void crf_drop(crf *c)
{
    if (c != NULL) {
        free(c->keys);
        free(c->rows);
        free(c->row_keys);
        free(c->lattice);
        free(c);
    }
}

static size_t place_of(const crf_key *keys, size_t capacity, uint64_t key)
{
    size_t at = (size_t)(key >> 17) & (capacity - 1);
    while (keys[at].count != 0 && keys[at].key != key) {
        at = (at + 1) & (capacity - 1);
    }
    return at;
}

static void grow(crf *c)
{
    size_t capacity = c->capacity * 2;
    crf_key *keys = must_alloc(capacity, sizeof *keys);
    for (size_t i = 0; i < c->capacity; i++) {
        if (c->keys[i].count != 0) {
            keys[place_of(keys, capacity, c->keys[i].key)] = c->keys[i];
        }
    }
    free(c->keys);
    c->keys = keys;
    c->capacity = capacity;
}

static void count_one(crf *c, uint64_t feature, uint32_t by)
{
    if (c->used * 2 >= c->capacity) {
        grow(c);
    }
    crf_key *key = &c->keys[place_of(c->keys, c->capacity, feature)];
    c->used += key->count == 0;
    key->key = feature;
    key->count += by;
}

void crf_count(crf *c, const uint64_t *features, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        count_one(c, features[i], 1);
    }
}

void crf_choose(crf *c, unsigned least)
{
    for (unsigned step = 0; step < DSR_NAME_STEPS; step++) {
        for (unsigned before = 0; before < LABELS; before++) {
            count_one(c, dsr_name_step_feature(step, before), 1u << 20);
        }
    }
    for (size_t i = 0; i < c->capacity; i++) {
        c->row_count += c->keys[i].count >= least;
    }
    c->rows = must_alloc(c->row_count, sizeof *c->rows);
    c->row_keys = must_alloc(c->row_count, sizeof *c->row_keys);
    c->row_count = 0;
    for (size_t i = 0; i < c->capacity; i++) {
        if (c->keys[i].count >= least) {
            c->row_keys[c->row_count] = c->keys[i].key;
            c->keys[i].row = (uint32_t)++c->row_count;
        }
    }
    for (unsigned step = 0; step < DSR_NAME_STEPS; step++) {
        for (unsigned before = 0; before < LABELS; before++) {
            c->steps[step][before] =
                c->keys[place_of(c->keys, c->capacity, dsr_name_step_feature(step, before))].row;
        }
    }
}

static crf_row *row_of(const crf *c, uint64_t feature)
{
    const crf_key *key = &c->keys[place_of(c->keys, c->capacity, feature)];
    return key->count != 0 && key->row != 0 ? &c->rows[key->row - 1] : NULL;
}

size_t crf_features(const crf *c)
{
    return c->row_count;
}

const float *crf_weights(const crf *c, size_t i, uint64_t *feature)
{
    *feature = c->row_keys[i];
    return c->rows[i].weight;
}

/* ---- sums over paths ---- */

/* exp(x), to six digits: a power of two and a polynomial. */
static float exp_of(float x)
{
    if (x < -80.0F) {
        return 0.0F;
    }
    float scaled = x * 1.44269504F;
    float whole = floorf(scaled);
    float f = scaled - whole;
    float p = 1.0F +
              f * (0.69314718F + f * (0.24022651F + f * (0.05550411F + f * (0.00961813F + f * 0.00133336F))));
    union {
        uint32_t bits;
        float value;
    } power = {.bits = (uint32_t)((int32_t)whole + 127) << 23};
    return p * power.value;
}

/* The steps that there are. */
typedef struct step_pair {
    uint8_t before, label;
} step_pair;
enum { PAIRS = 15 * 15 + DSR_NAME_TYPES * 4 };

struct lattice {
    float score[MOST_WORDS][LABELS]; /* exp of it; the greatest is 1 */
    float ahead[MOST_WORDS][LABELS];
    float back[MOST_WORDS][LABELS];
    float scale[MOST_WORDS];
    float slope[MOST_WORDS][WIDTH];
    float step_slope[DSR_NAME_STEPS][LABELS][WIDTH];
    crf_row *rows[MOST_WORDS][MOST_FEATURES];
    size_t row_counts[MOST_WORDS];
    float step[DSR_NAME_STEPS][LABELS][LABELS]; /* exp of the steps' scores, kept up to date */
    step_pair pairs[PAIRS];
    size_t pair_count;
};

static const uint32_t all_labels = (UINT32_C(1) << LABELS) - 1;

static float *step_weight(const crf *c, unsigned step, step_pair pair)
{
    return &c->rows[c->steps[step][pair.before] - 1].weight[pair.label];
}

static void fill_step(crf *c, unsigned step)
{
    lattice *l = c->lattice;
    const crf *from = c->below != NULL ? c->below : c;
    for (size_t k = 0; k < l->pair_count; k++) {
        step_pair pair = l->pairs[k];
        l->step[step][pair.before][pair.label] = exp_of(*step_weight(from, step, pair));
    }
}

void crf_stand_on(crf *c, const crf *below)
{
    c->below = below;
    for (unsigned step = 0; c->lattice != NULL && step < DSR_NAME_STEPS; step++) {
        fill_step(c, step);
    }
}

static void open_lattice(crf *c)
{
    lattice *l = c->lattice = must_alloc(1, sizeof *l);
    for (unsigned x = 0; x < LABELS; x++) {
        for (unsigned y = 0; y < LABELS; y++) {
            if (dsr_name_may_follow(x, y)) {
                l->pairs[l->pair_count++] = (step_pair){(uint8_t)x, (uint8_t)y};
            }
        }
    }
    for (unsigned step = 0; step < DSR_NAME_STEPS; step++) {
        fill_step(c, step);
    }
}

/* The rows of a word's features: how many. */
static size_t find_rows(const crf *c, const crf_word *word, crf_row **rows)
{
    size_t count = 0;
    for (size_t f = 0; f < word->count && f < MOST_FEATURES; f++) {
        rows[count] = row_of(c, word->features[f]);
        count += rows[count] != NULL;
    }
    return count;
}

static void emit(crf_row *const *rows, size_t count, const float *below, float *out)
{
    float sum[WIDTH] = {0};
    for (unsigned y = 0; below != NULL && y < LABELS; y++) {
        sum[y] = below[y];
    }
    for (size_t f = 0; f < count; f++) {
        for (unsigned y = 0; y < WIDTH; y++) {
            sum[y] += rows[f]->weight[y];
        }
    }
    float most = sum[0];
    for (unsigned y = 1; y < LABELS; y++) {
        most = sum[y] > most ? sum[y] : most;
    }
    for (unsigned y = 0; y < LABELS; y++) {
        out[y] = exp_of(sum[y] - most);
    }
}

/* False where no path is allowed. */
static bool go_ahead(lattice *l, const crf_word *words, size_t count, bool truth)
{
    float start[LABELS] = {1.0F};
    const float *before = start;
    for (size_t i = 0; i < count; i++) {
        const float(*step)[LABELS] = (const float(*)[LABELS])l->step[words[i].step];
        uint32_t allowed = truth ? words[i].allowed : all_labels;
        float *now = l->ahead[i];
        memset(now, 0, sizeof l->ahead[i]);
        for (size_t k = 0; k < l->pair_count; k++) {
            step_pair pair = l->pairs[k];
            now[pair.label] += before[pair.before] * step[pair.before][pair.label];
        }
        float sum = 0;
        for (unsigned y = 0; y < LABELS; y++) {
            bool may = (allowed >> y & 1) != 0 && !(i + 1 == count && dsr_name_is_open(y));
            now[y] = may ? now[y] * l->score[i][y] : 0;
            sum += now[y];
        }
        if (!(sum > 1e-30F)) {
            return false;
        }
        l->scale[i] = sum;
        for (unsigned y = 0; y < LABELS; y++) {
            now[y] /= sum;
        }
        before = now;
    }
    return true;
}

static void go_back(lattice *l, const crf_word *words, size_t count)
{
    for (unsigned y = 0; y < LABELS; y++) {
        l->back[count - 1][y] = 1.0F;
    }
    for (size_t i = count - 1; i > 0; i--) {
        const float(*step)[LABELS] = (const float(*)[LABELS])l->step[words[i].step];
        float right[LABELS];
        for (unsigned y = 0; y < LABELS; y++) {
            right[y] = l->ahead[i][y] > 0 ? l->score[i][y] * l->back[i][y] / l->scale[i] : 0;
        }
        float *back = l->back[i - 1];
        memset(back, 0, sizeof l->back[i - 1]);
        for (size_t k = 0; k < l->pair_count; k++) {
            step_pair pair = l->pairs[k];
            back[pair.before] += step[pair.before][pair.label] * right[pair.label];
        }
    }
}

/* Adds `sign` times the expected counts to the slopes. */
static void add_expected(lattice *l, const crf_word *words, size_t count, float sign)
{
    float start[LABELS] = {1.0F};
    for (size_t i = 0; i < count; i++) {
        unsigned kind = words[i].step;
        const float *before = i > 0 ? l->ahead[i - 1] : start;
        float right[LABELS];
        for (unsigned y = 0; y < LABELS; y++) {
            l->slope[i][y] += sign * l->ahead[i][y] * l->back[i][y];
            right[y] = l->ahead[i][y] > 0 ? sign * l->score[i][y] * l->back[i][y] / l->scale[i] : 0;
        }
        for (size_t k = 0; k < l->pair_count; k++) {
            step_pair pair = l->pairs[k];
            l->step_slope[kind][pair.before][pair.label] +=
                before[pair.before] * l->step[kind][pair.before][pair.label] * right[pair.label];
        }
    }
}

/* Moves a row along its slope. Weights are pulled towards zero a little, so that what is not needed leaves.
 */
static void change(const crf *c, crf_row *row, const float *restrict slope, float power, float rate)
{
    row->square += power;
    float step = rate / sqrtf(row->square + 1e-2F);
    float keep = 1.0F - step * c->decay;
    for (unsigned y = 0; y < WIDTH; y++) {
        row->weight[y] = row->weight[y] * keep + step * slope[y];
    }
}

static float power_of(const float *slope)
{
    float sum = 0;
    for (unsigned y = 0; y < WIDTH; y++) {
        sum += slope[y] * slope[y];
    }
    return sum;
}

static void change_steps(crf *c, unsigned kind, float rate)
{
    lattice *l = c->lattice;
    for (unsigned before = 0; before < LABELS; before++) {
        const float *slope = l->step_slope[kind][before];
        change(c, &c->rows[c->steps[kind][before] - 1], slope, power_of(slope), rate);
    }
    fill_step(c, kind);
}

static void apply(crf *c, const crf_word *words, size_t count, float rate, float weight)
{
    lattice *l = c->lattice;
    uint32_t kinds = 0;
    for (size_t i = 0; i < count; i++) {
        kinds |= UINT32_C(1) << words[i].step;
        float power = power_of(l->slope[i]) * weight;
        for (size_t f = 0; power > 1e-8F && f < l->row_counts[i]; f++) {
            change(c, l->rows[i][f], l->slope[i], power, rate * weight);
        }
    }
    for (unsigned kind = 0; kind < DSR_NAME_STEPS; kind++) {
        if (c->below == NULL && (kinds >> kind & 1) != 0) {
            change_steps(c, kind, rate * weight);
        }
    }
}

void crf_learn(crf *c, const crf_word *words, size_t count, float rate, float weight)
{
    if (c->lattice == NULL) {
        open_lattice(c);
    }
    lattice *l = c->lattice;
    if (count == 0 || count > MOST_WORDS) {
        return;
    }
    memset(l->slope, 0, count * sizeof l->slope[0]);
    for (size_t i = 0; i < count; i++) {
        memset(l->step_slope[words[i].step], 0, sizeof l->step_slope[0]);
        l->row_counts[i] = find_rows(c, &words[i], l->rows[i]);
        emit(l->rows[i], l->row_counts[i], words[i].below, l->score[i]);
    }
    if (!go_ahead(l, words, count, true)) {
        return;
    }
    go_back(l, words, count);
    add_expected(l, words, count, 1.0F);
    if (!go_ahead(l, words, count, false)) {
        return;
    }
    go_back(l, words, count);
    add_expected(l, words, count, -1.0F);
    apply(c, words, count, rate, weight);
}

/* ---- use ---- */

void crf_add(crf *c, const crf *other, float share)
{
    for (size_t i = 0; i < other->row_count; i++) {
        crf_row *row = row_of(c, other->row_keys[i]);
        for (unsigned y = 0; row != NULL && y < LABELS; y++) {
            row->weight[y] += share * other->rows[i].weight[y];
        }
    }
}

void crf_sum(const crf *c, const uint64_t *features, size_t count, float *scores)
{
    for (size_t f = 0; f < count; f++) {
        const crf_row *row = row_of(c, features[f]);
        for (unsigned y = 0; row != NULL && y < LABELS; y++) {
            scores[y] += row->weight[y];
        }
    }
}

static int32_t thousandths(float weight)
{
    return (int32_t)lrintf(weight * 1000.0F);
}

void crf_score(const crf *c, const uint64_t *features, size_t count, int32_t *scores)
{
    float sum[LABELS] = {0};
    for (size_t f = 0; f < count; f++) {
        const crf_row *row = row_of(c, features[f]);
        for (unsigned y = 0; row != NULL && y < LABELS; y++) {
            sum[y] += row->weight[y];
        }
    }
    for (unsigned y = 0; y < LABELS; y++) {
        scores[y] += thousandths(sum[y]);
    }
}

void crf_steps(const crf *c, dsr_name_steps *out)
{
    for (unsigned step = 0; step < DSR_NAME_STEPS; step++) {
        for (unsigned before = 0; before < LABELS; before++) {
            for (unsigned y = 0; y < LABELS; y++) {
                out->scores[step][before][y] = thousandths(c->rows[c->steps[step][before] - 1].weight[y]);
            }
        }
    }
}
