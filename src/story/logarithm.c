/* See logarithm.h. */
#include "story/logarithm.h"

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
