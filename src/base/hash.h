/* Hashes. hash.c alone knows xxhash, sha256.c alone knows nettle. The 64-bit hash is for tables and
 * fingerprints, never for identity: ids come from SHA-256. Same on every machine. */
#ifndef DSR_BASE_HASH_H
#define DSR_BASE_HASH_H

#include "base/slice.h"

#include <stdint.h>

uint64_t dsr_hash64(dsr_slice s, uint64_t seed); /* XXH3 */
/* A bijection that spreads the bits of x (splitmix64's finaliser). */
uint64_t dsr_hash_mix(uint64_t x);

typedef struct dsr_digest {
    uint8_t bytes[32];
} dsr_digest;
dsr_digest dsr_sha256(dsr_slice s);
/* SHA-256 over several pieces, each preceded by its length as 8 bytes little endian, so that no two lists
 * meet. */
dsr_digest dsr_sha256_list(const dsr_slice *pieces, size_t count);
/* Lower-case hex, 2 * count characters and a NUL. */
void dsr_hex(const uint8_t *bytes, size_t count, char *out);
/* The reverse; false where `hex` is not exactly 2 * count hex digits. */
bool dsr_unhex(dsr_slice hex, uint8_t *bytes, size_t count);

#endif
