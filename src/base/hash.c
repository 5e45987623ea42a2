/* The 64-bit hash, and hex. The only file that knows xxhash. Must not be used for identity: that is
 * SHA-256's. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t dsr_hash64(dsr_slice s, uint64_t seed)
{
    return XXH3_64bits_withSeed(s.ptr != NULL ? s.ptr : "", s.len, seed);
}

/* Sebastiano Vigna, splitmix64 (2015): the finaliser of its step. */
uint64_t dsr_hash_mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

void dsr_hex(const uint8_t *bytes, size_t count, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * count] = '\0';
}

/* 0-15, or -1 where `c` is no hex digit. */
static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool dsr_unhex(dsr_slice hex, uint8_t *bytes, size_t count)
{
    if (hex.len % 2 != 0 || hex.len / 2 != count) {
        return false;
    }
    for (size_t i = 0; i < hex.len; i++) {
        if (hex_value(hex.ptr[i]) < 0) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(hex_value(hex.ptr[2 * i]) * 16 + hex_value(hex.ptr[2 * i + 1]));
    }
    return true;
}
