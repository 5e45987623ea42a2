/* The loops in which the network spends its time. The build compiles this file once as it is, and on x86-64
 * again for processors with SSE2, AVX2 and AVX-512 VNNI; DSR_NET_TABLE names the table of each. Only the
 * multiplication has a version of its own for these; the other loops are left to the compiler. All give the
 * same numbers: whole numbers, within 32 bits, in any order of summation. Must not know what is computed. */
#include "syntax/net.h"

#include <string.h>

#if defined(__AVX2__) || defined(DSR_NET_SSE2)
#include <immintrin.h>
#endif

#ifndef DSR_NET_TABLE
#define DSR_NET_TABLE dsr_net_plain
#endif

/* Weights of the block of outputs from `j` on. */
static const int16_t *block_of(const dsr_net_matrix *m, size_t j)
{
    return m->weights + j * m->in;
}

#if defined(__AVX2__) || defined(DSR_NET_SSE2)
/* Two neighbouring inputs, in every lane. */
static int32_t pair_at(const int16_t *x)
{
    int32_t pair;
    memcpy(&pair, x, sizeof pair);
    return pair;
}
#endif

#if defined(__AVX512VNNI__)

enum { ROWS_AT_ONCE = 8 };

static __m512i bias_of(const dsr_net_matrix *m, size_t j)
{
    return m->bias != NULL ? _mm512_loadu_si512(m->bias + j) : _mm512_setzero_si512();
}

/* `rows` is known where this is inlined. */
static inline __attribute__((always_inline)) void
multiply_rows(const dsr_net_matrix *m, const int16_t *x, size_t stride, size_t rows, size_t j, int32_t *out)
{
    __m512i sums[ROWS_AT_ONCE];
    const int16_t *w = block_of(m, j);
    for (size_t r = 0; r < rows; r++) {
        sums[r] = bias_of(m, j);
    }
    for (size_t i = 0; i < m->in; i += 2, w += 2 * DSR_NET_BLOCK) {
        __m512i weights = _mm512_loadu_si512(w);
        for (size_t r = 0; r < rows; r++) {
            sums[r] = _mm512_dpwssd_epi32(sums[r], _mm512_set1_epi32(pair_at(x + r * stride + i)), weights);
        }
    }
    for (size_t r = 0; r < rows; r++) {
        _mm512_storeu_si512(out + r * m->out + j, sums[r]);
    }
}

#elif defined(__AVX2__)

enum { ROWS_AT_ONCE = 4 };

static void start_sums(const dsr_net_matrix *m, size_t j, __m256i *low, __m256i *high)
{
    *low = _mm256_setzero_si256();
    *high = _mm256_setzero_si256();
    if (m->bias != NULL) {
        *low = _mm256_loadu_si256((const __m256i *)(const void *)(m->bias + j));
        *high = _mm256_loadu_si256((const __m256i *)(const void *)(m->bias + j + 8));
    }
}

static inline __attribute__((always_inline)) void
multiply_rows(const dsr_net_matrix *m, const int16_t *x, size_t stride, size_t rows, size_t j, int32_t *out)
{
    __m256i low[ROWS_AT_ONCE];
    __m256i high[ROWS_AT_ONCE];
    const int16_t *w = block_of(m, j);
    for (size_t r = 0; r < rows; r++) {
        start_sums(m, j, &low[r], &high[r]);
    }
    for (size_t i = 0; i < m->in; i += 2, w += 2 * DSR_NET_BLOCK) {
        __m256i w0 = _mm256_loadu_si256((const __m256i *)(const void *)w);
        __m256i w1 = _mm256_loadu_si256((const __m256i *)(const void *)(w + DSR_NET_BLOCK));
        for (size_t r = 0; r < rows; r++) {
            __m256i pair = _mm256_set1_epi32(pair_at(x + r * stride + i));
            low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(pair, w0));
            high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(pair, w1));
        }
    }
    for (size_t r = 0; r < rows; r++) {
        _mm256_storeu_si256((__m256i *)(void *)(out + r * m->out + j), low[r]);
        _mm256_storeu_si256((__m256i *)(void *)(out + r * m->out + j + 8), high[r]);
    }
}

#elif defined(DSR_NET_SSE2)

enum { ROWS_AT_ONCE = 2, QUARTERS = 4 };

static __m128i quarter_at(const void *p, size_t quarter)
{
    return _mm_loadu_si128((const __m128i *)p + quarter);
}

static inline __attribute__((always_inline)) void
multiply_rows(const dsr_net_matrix *m, const int16_t *x, size_t stride, size_t rows, size_t j, int32_t *out)
{
    __m128i sums[ROWS_AT_ONCE][QUARTERS];
    const int16_t *w = block_of(m, j);
    for (size_t r = 0; r < rows; r++) {
        for (size_t q = 0; q < QUARTERS; q++) {
            sums[r][q] = m->bias != NULL ? quarter_at(m->bias + j, q) : _mm_setzero_si128();
        }
    }
    for (size_t i = 0; i < m->in; i += 2, w += 2 * DSR_NET_BLOCK) {
        for (size_t r = 0; r < rows; r++) {
            __m128i pair = _mm_set1_epi32(pair_at(x + r * stride + i));
            for (size_t q = 0; q < QUARTERS; q++) {
                sums[r][q] = _mm_add_epi32(sums[r][q], _mm_madd_epi16(pair, quarter_at(w, q)));
            }
        }
    }
    for (size_t r = 0; r < rows; r++) {
        memcpy(out + r * m->out + j, sums[r], sizeof sums[r]);
    }
}

#else

enum { ROWS_AT_ONCE = 4 };

static inline __attribute__((always_inline)) void
multiply_rows(const dsr_net_matrix *m, const int16_t *x, size_t stride, size_t rows, size_t j, int32_t *out)
{
    int32_t sums[ROWS_AT_ONCE][DSR_NET_BLOCK] = {{0}};
    const int16_t *w = block_of(m, j);
    for (size_t r = 0; r < rows && m->bias != NULL; r++) {
        memcpy(sums[r], m->bias + j, sizeof sums[r]);
    }
    for (size_t i = 0; i < m->in; i += 2, w += 2 * DSR_NET_BLOCK) {
        for (size_t r = 0; r < rows; r++) {
            int32_t first = x[r * stride + i];
            int32_t second = x[r * stride + i + 1];
            for (size_t k = 0; k < DSR_NET_BLOCK; k++) {
                sums[r][k] += first * w[2 * k] + second * w[2 * k + 1];
            }
        }
    }
    for (size_t r = 0; r < rows; r++) {
        memcpy(out + r * m->out + j, sums[r], sizeof sums[r]);
    }
}

#endif

static void multiply(const dsr_net_matrix *m, dsr_net_rows x, int32_t *out)
{
    for (size_t j = 0; j < m->out; j += DSR_NET_BLOCK) {
        size_t t = 0;
        for (; t + ROWS_AT_ONCE <= x.count; t += ROWS_AT_ONCE) {
            multiply_rows(m, x.first + t * x.stride, x.stride, ROWS_AT_ONCE, j, out + t * m->out);
        }
        for (; t < x.count; t++) {
            multiply_rows(m, x.first + t * x.stride, x.stride, 1, j, out + t * m->out);
        }
    }
}

/* Shifting a negative number to the right rounds it down with the compilers that we build with. */
static void narrow(const int32_t *restrict in, size_t count, unsigned shift, dsr_net_range range,
                   int16_t *restrict out)
{
    int32_t half = (int32_t)1 << (shift - 1);
    for (size_t i = 0; i < count; i++) {
        int32_t v = (in[i] + half) >> shift;
        v = v < range.low ? range.low : v;
        out[i] = (int16_t)(v > range.high ? range.high : v);
    }
}

static void add(int16_t *restrict a, const int16_t *restrict b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        a[i] = (int16_t)(a[i] + b[i]);
    }
}

static void embed(const int8_t *restrict embedding, int16_t *restrict sum)
{
    for (size_t i = 0; i < DSR_NET_WIDTH; i++) {
        sum[i] = (int16_t)(sum[i] + embedding[i]);
    }
}

/* Between 0 and 4096: how far |x|, in 1024ths, is from 4, where the curves end. */
static inline int32_t distance_to_end(int32_t x)
{
    int32_t size = x < 0 ? -x : x;
    return size > 4096 ? 0 : 4096 - size;
}

static void squash(int16_t *gates, size_t rows)
{
    for (size_t r = 0; r < 2 * rows; r++) {
        int16_t *g = gates + r * (DSR_NET_GATES / 2);
        for (size_t i = 0; i < DSR_NET_HALF; i++) {
            int32_t t = distance_to_end(2 * g[i]);
            int32_t y = 8192 - ((t * t) >> 11);
            g[i] = (int16_t)(g[i] < 0 ? -y : y);
        }
        for (size_t i = DSR_NET_HALF; i < 3 * DSR_NET_HALF; i++) {
            int32_t t = distance_to_end(g[i]);
            int32_t y = (t * t) >> 12;
            g[i] = (int16_t)(g[i] < 0 ? y : 8192 - y);
        }
    }
}

/* One token in one direction. */
static inline void step(const int16_t *restrict gates, int16_t *restrict memory,
                        const int16_t *restrict below, int16_t *restrict out)
{
    for (size_t i = 0; i < DSR_NET_HALF; i++) {
        int32_t value = gates[i];
        int32_t forget = gates[DSR_NET_HALF + i];
        int32_t c = value + ((forget * (memory[i] - value)) >> 13);
        memory[i] = (int16_t)c;
        out[i] = (int16_t)(((gates[2 * DSR_NET_HALF + i] * c) >> 15) + below[i]);
    }
}

static void recur(const int16_t *gates, size_t rows, const int16_t *below, int16_t *out)
{
    static const int16_t none[DSR_NET_STATE] = {0};
    int16_t memory[DSR_NET_HALF] = {0};
    for (size_t t = 0; t < rows; t++) {
        step(gates + t * DSR_NET_GATES, memory, below != NULL ? below + t * DSR_NET_STATE : none,
             out + t * DSR_NET_STATE);
    }
    memset(memory, 0, sizeof memory);
    for (size_t t = rows; t > 0; t--) {
        step(gates + (t - 1) * DSR_NET_GATES + DSR_NET_GATES / 2, memory,
             (below != NULL ? below + (t - 1) * DSR_NET_STATE : none) + DSR_NET_HALF,
             out + (t - 1) * DSR_NET_STATE + DSR_NET_HALF);
    }
}

static void products(const int16_t *restrict a, dsr_net_rows b, int32_t *restrict out)
{
    for (size_t r = 0; r < b.count; r++) {
        const int16_t *row = b.first + r * b.stride;
        int32_t sum = 0;
        for (size_t i = 0; i < DSR_NET_ARC; i++) {
            sum += a[i] * row[i];
        }
        out[r] = sum;
    }
}

static size_t best(const int32_t *numbers, size_t count)
{
    int32_t most = INT32_MIN;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        most = numbers[i] > most ? numbers[i] : most;
    }
    while (at + 1 < count && numbers[at] != most) {
        at++;
    }
    return at;
}

static void join(const int16_t *restrict a, const int16_t *restrict b, const int16_t *restrict c,
                 int16_t *restrict out)
{
    for (size_t i = 0; i < DSR_NET_KIND; i++) {
        int32_t v = a[i] + b[i] + c[i];
        out[i] = (int16_t)(v > 0 ? v : 0);
    }
}

const dsr_net_kernels DSR_NET_TABLE = {multiply, narrow, add, embed, squash, recur, products, best, join};
