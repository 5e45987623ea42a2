/* SHA-256. The only file that knows nettle. Must not know what is identified by it. */
#include "base/hash.h"

#include <nettle/sha2.h>

static void add(struct sha256_ctx *context, dsr_slice s)
{
    if (s.len > 0) {
        sha256_update(context, s.len, (const uint8_t *)s.ptr);
    }
}

static void add_length(struct sha256_ctx *context, size_t length)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)((uint64_t)length >> (8 * i));
    }
    sha256_update(context, sizeof bytes, bytes);
}

dsr_digest dsr_sha256(dsr_slice s)
{
    struct sha256_ctx context;
    dsr_digest digest;
    sha256_init(&context);
    add(&context, s);
    sha256_digest(&context, sizeof digest.bytes, digest.bytes);
    return digest;
}

dsr_digest dsr_sha256_list(const dsr_slice *pieces, size_t count)
{
    struct sha256_ctx context;
    dsr_digest digest;
    sha256_init(&context);
    for (size_t i = 0; i < count; i++) {
        add_length(&context, pieces[i].len);
        add(&context, pieces[i]);
    }
    sha256_digest(&context, sizeof digest.bytes, digest.bytes);
    return digest;
}
