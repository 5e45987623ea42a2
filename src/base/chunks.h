/* Working state as chunks: an ordered set of (family, key) -> bytes that a store offers to the parts that
 * keep state between runs. All calls of one batch of intake happen within one transaction of the store:
 * either all of them last or none. Knows nothing of what stands in a chunk. Owned by one thread. */
#ifndef DSR_BASE_CHUNKS_H
#define DSR_BASE_CHUNKS_H

#include "base/buffer.h"
#include "base/slice.h"
#include "base/status.h"

enum {
    DSR_CHUNK_KEY_BYTES = 32,   /* a key has 1 to so many bytes */
    DSR_CHUNK_BYTES = 64 * 1024 /* and a chunk up to so many */
};

/* Who keeps what where. A family belongs to one part. */
enum {
    DSR_CHUNKS_COPIES = 1,   /* 1 to 15: the copy index */
    DSR_CHUNKS_STORIES = 16, /* 16 to 31: stories as they grow */
    DSR_CHUNKS_ENGINE = 32   /* 32 to 47: what became of each report */
};

/* Called for one chunk of a walk; anything but DSR_OK ends the walk with that status. The slices are lent for
 * the call. It may get chunks, not change them. */
typedef dsr_status dsr_chunk_visit(void *visitor, dsr_slice key, dsr_slice value);

typedef struct dsr_chunks {
    void *context;
    /* Replaces what `out` holds by the chunk; DSR_ERR_NOT_FOUND (without a word in `error`) where there is
     * none. */
    dsr_status (*get)(void *context, uint8_t family, dsr_slice key, dsr_buffer *out, dsr_error *error);
    /* Writes a chunk, over one that is there. The bytes are copied. */
    dsr_status (*put)(void *context, uint8_t family, dsr_slice key, dsr_slice value, dsr_error *error);
    /* Takes a chunk away; none being there is fine. */
    dsr_status (*drop)(void *context, uint8_t family, dsr_slice key, dsr_error *error);
    /* Walks a family in bytewise order of the keys. */
    dsr_status (*each)(void *context, uint8_t family, dsr_chunk_visit *visit, void *visitor,
                       dsr_error *error);
} dsr_chunks;

/* Chunks in memory, for a store in memory and for tests. */
typedef struct dsr_memory_chunks dsr_memory_chunks;
dsr_memory_chunks *dsr_memory_chunks_new(void);
void dsr_memory_chunks_drop(dsr_memory_chunks *memory);
/* The surface over it; lent. */
dsr_chunks dsr_memory_chunks_surface(dsr_memory_chunks *memory);
/* Walks the chunks of a family whose keys begin with `prefix`. */
dsr_status dsr_memory_chunks_each(const dsr_memory_chunks *memory, uint8_t family, dsr_slice prefix,
                                  dsr_chunk_visit *visit, void *visitor) DSR_MUST_CHECK;
/* What is put and dropped from begin on can be taken back until commit; rollback needs no memory. Outside of
 * both every change is for good. */
void dsr_memory_chunks_begin(dsr_memory_chunks *memory);
void dsr_memory_chunks_commit(dsr_memory_chunks *memory);
void dsr_memory_chunks_rollback(dsr_memory_chunks *memory);
/* Bytes of all keys and values. */
size_t dsr_memory_chunks_bytes(const dsr_memory_chunks *memory);

#endif
