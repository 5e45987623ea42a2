/* Weights of stems. Knows nothing of stories. */
#include "story/vector.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOG_ONE = 1024,
    TITLE_FACTOR = 2 /* a stem of the title counts as if it stood that many times more */
};

int32_t dsr_log2(uint64_t x)
{
    if (x < 2) {
        return 0;
    }
    int whole = 63;
    while (!(x >> whole)) {
        whole--;
    }
    /* The mantissa in [1, 2) with 31 bits behind the point; squaring it doubles the logarithm. */
    uint64_t m = whole > 31 ? x >> (whole - 31) : x << (31 - whole);
    int32_t result = whole;
    for (int bit = 0; bit < 10; bit++) {
        m = (m * m) >> 31;
        result *= 2;
        if (m >> 32) {
            m >>= 1;
            result++;
        }
    }
    return result;
}

static uint64_t square_root(uint64_t x)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 62; bit; bit >>= 2) {
        if (x >= root + bit) {
            x -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

static int compare_weights(const void *x, const void *y)
{
    const dsr_vector_term *a = x, *b = y;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return a->term < b->term ? -1 : a->term > b->term;
}

static void normalise(dsr_vector *v)
{
    uint64_t squares = 0;
    for (size_t i = 0; i < v->count; i++) {
        squares += (uint64_t)((int64_t)v->terms[i].weight * v->terms[i].weight);
    }
    uint64_t length = square_root(squares);
    for (size_t i = 0; length && i < v->count; i++) {
        v->terms[i].weight = (int32_t)((int64_t)v->terms[i].weight * DSR_VECTOR_UNIT / (int64_t)length);
    }
}

typedef struct builder {
    dsr_arena *arena;
    const dsr_story_terms *reports;
    size_t count;
    uint32_t background_size;
    dsr_map *numbers; /* stem -> its number */
    uint32_t *in;     /* reports with the stem, by number */
} builder;

static int32_t weight_of(const builder *b, const struct dsr_story_term *t, uint32_t number)
{
    uint64_t texts = 2 * ((uint64_t)b->background_size + b->count) + 1;
    uint64_t with = 2 * ((uint64_t)t->background + b->in[number]) + 1;
    int32_t rarity = dsr_log2(texts) - dsr_log2(with);
    int32_t often = LOG_ONE + dsr_log2((uint64_t)t->count + (uint64_t)TITLE_FACTOR * t->in_title);
    return rarity > 0 ? (int32_t)((int64_t)rarity * often / LOG_ONE) : 0;
}

static dsr_status count_reports(builder *b, uint32_t *terms)
{
    size_t all = 0;
    for (size_t i = 0; i < b->count; i++) {
        all += b->reports[i].count;
    }
    b->numbers = dsr_map_new(all / 8 + 64);
    b->in = calloc(all + 1, sizeof *b->in);
    if (!b->numbers || !b->in) {
        return DSR_ERR_MEMORY;
    }
    uint32_t next = 0;
    for (size_t i = 0; i < b->count; i++) {
        for (size_t k = 0; k < b->reports[i].count; k++) {
            uint32_t number = 0;
            dsr_status status = dsr_map_intern(b->numbers, b->reports[i].items[k].hash, next, &number);
            if (status != DSR_OK) {
                return status;
            }
            next += number == next;
            b->in[number]++;
        }
    }
    *terms = next;
    return DSR_OK;
}

/* Stems that only one report has cannot tell where another belongs; they still lengthen its vector. */
static dsr_status build_vector(builder *b, const dsr_story_terms *report, dsr_vector *out)
{
    dsr_vector v = {.terms = dsr_arena_alloc_array(b->arena, report->count + 1, sizeof *v.terms)};
    if (!v.terms) {
        return DSR_ERR_MEMORY;
    }
    for (size_t k = 0; k < report->count; k++) {
        uint32_t number = dsr_map_get(b->numbers, report->items[k].hash);
        int32_t weight = weight_of(b, &report->items[k], number);
        if (weight > 0) {
            v.terms[v.count++] = (dsr_vector_term){number, weight};
        }
    }
    qsort(v.terms, v.count, sizeof *v.terms, compare_weights);
    v.count = v.count < DSR_VECTOR_TERMS ? v.count : DSR_VECTOR_TERMS;
    normalise(&v);
    *out = v;
    return DSR_OK;
}

dsr_status dsr_vectors_build(dsr_arena *arena, const dsr_story_terms *reports, size_t count,
                             uint32_t background_size, dsr_vector *vectors, uint32_t *terms)
{
    builder b = {.arena = arena, .reports = reports, .count = count, .background_size = background_size};
    dsr_status status = count_reports(&b, terms);
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        status = build_vector(&b, &reports[i], &vectors[i]);
    }
    dsr_map_drop(b.numbers);
    free(b.in);
    return status;
}
