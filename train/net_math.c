/* The loops in which training spends its time, on vectors of 16 numbers. Compiled once as it is and once for
 * processors with AVX-512: each sum is built in the same order. Must not know what is computed. */
#include "net.h"

#ifndef NET_LOOPS_TABLE
#define NET_LOOPS_TABLE net_loops_plain
#endif

enum { LANES = 16 };
#if defined(__AVX512F__)
enum { TILE_ROWS = 8, TILE_VECTORS = 2 };
#else
enum { TILE_ROWS = 4, TILE_VECTORS = 1 };
#endif

typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));

static inline lanes *at(float *p)
{
    void *place = p;
    return place;
}

static inline const lanes *at_const(const float *p)
{
    const void *place = p;
    return place;
}

/* A tile of c: `rows` by 16 * `vectors`, both known where this is inlined. */
static inline __attribute__((always_inline)) void tile(const net_product *p, size_t i, size_t j, size_t rows,
                                                       size_t vectors)
{
    lanes sums[TILE_ROWS][TILE_VECTORS];
    float *c = p->c + i * p->c_row + j;
    const float *a = p->a + i * p->a_row;
    const float *b = p->b + j;
    for (size_t r = 0; r < rows; r++) {
        for (size_t v = 0; v < vectors; v++) {
            sums[r][v] = p->add ? *at(c + r * p->c_row + v * LANES) : (lanes){0};
        }
    }
    for (size_t k = 0; k < p->inner; k++, b += p->b_row, a += p->a_column) {
        lanes row[TILE_VECTORS];
        for (size_t v = 0; v < vectors; v++) {
            row[v] = *at_const(b + v * LANES);
        }
        for (size_t r = 0; r < rows; r++) {
            float factor = a[r * p->a_row];
            for (size_t v = 0; v < vectors; v++) {
                sums[r][v] += row[v] * factor;
            }
        }
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t v = 0; v < vectors; v++) {
            *at(c + r * p->c_row + v * LANES) = sums[r][v];
        }
    }
}

static void multiply(const net_product *p)
{
    size_t j = 0;
    for (; j + LANES * TILE_VECTORS <= p->columns; j += LANES * TILE_VECTORS) {
        size_t i = 0;
        for (; i + TILE_ROWS <= p->rows; i += TILE_ROWS) {
            tile(p, i, j, TILE_ROWS, TILE_VECTORS);
        }
        for (; i < p->rows; i++) {
            tile(p, i, j, 1, TILE_VECTORS);
        }
    }
    for (; j < p->columns; j += LANES) {
        size_t i = 0;
        for (; i + TILE_ROWS <= p->rows; i += TILE_ROWS) {
            tile(p, i, j, TILE_ROWS, 1);
        }
        for (; i < p->rows; i++) {
            tile(p, i, j, 1, 1);
        }
    }
}

static float dot(const float *a, const float *b, size_t count)
{
    lanes sums = {0};
    float sum = 0;
    for (size_t i = 0; i < count; i += LANES) {
        sums += *at_const(a + i) * *at_const(b + i);
    }
    for (size_t i = 0; i < LANES; i++) {
        sum += sums[i];
    }
    return sum;
}

static void add(float *to, float factor, const float *from, size_t count)
{
    for (size_t i = 0; i < count; i += LANES) {
        *at(to + i) += *at_const(from + i) * factor;
    }
}

const net_loops NET_LOOPS_TABLE = {multiply, dot, add};
