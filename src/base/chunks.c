/* Chunks in memory: a sorted array of pointers. Keys that ascend, as they mostly do within a family, are put
 * where little has to move. */
#include "base/chunks.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "chunks";

typedef struct chunk {
    dsr_slice key, value; /* in the bytes behind */
    uint8_t family;
    char bytes[];
} chunk;

struct dsr_memory_chunks {
    chunk **items; /* by family, then key */
    size_t count, capacity;
    size_t bytes;
};

dsr_memory_chunks *dsr_memory_chunks_new(void)
{
    return calloc(1, sizeof(dsr_memory_chunks));
}

void dsr_memory_chunks_drop(dsr_memory_chunks *memory)
{
    for (size_t i = 0; memory && i < memory->count; i++) {
        free(memory->items[i]);
    }
    if (memory) {
        free(memory->items);
        free(memory);
    }
}

size_t dsr_memory_chunks_bytes(const dsr_memory_chunks *memory)
{
    return memory->bytes;
}

static int compare(const chunk *c, uint8_t family, dsr_slice key)
{
    return c->family != family ? (c->family < family ? -1 : 1) : dsr_slice_compare(c->key, key);
}

/* The place of the first chunk that is not before `key`; *found where it is that one. */
static size_t find(const dsr_memory_chunks *memory, uint8_t family, dsr_slice key, bool *found)
{
    size_t low = 0, high = memory->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(memory->items[middle], family, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *found = low < memory->count && compare(memory->items[low], family, key) == 0;
    return low;
}

static dsr_status get(void *context, uint8_t family, dsr_slice key, dsr_buffer *out, dsr_error *error)
{
    const dsr_memory_chunks *memory = context;
    bool found = false;
    size_t at = find(memory, family, key, &found);
    if (!found) {
        return DSR_ERR_NOT_FOUND;
    }
    dsr_buffer_reset(out);
    dsr_buffer_append(out, memory->items[at]->value);
    return out->status == DSR_OK ? DSR_OK : dsr_fail(error, out->status, STAGE, "no room for a chunk");
}

static chunk *make(uint8_t family, dsr_slice key, dsr_slice value)
{
    chunk *c = malloc(sizeof *c + key.len + value.len);
    if (c) {
        memcpy(c->bytes, key.ptr, key.len);
        if (value.len) {
            memcpy(c->bytes + key.len, value.ptr, value.len);
        }
        c->key = (dsr_slice){c->bytes, key.len};
        c->value = (dsr_slice){c->bytes + key.len, value.len};
        c->family = family;
    }
    return c;
}

static dsr_status put(void *context, uint8_t family, dsr_slice key, dsr_slice value, dsr_error *error)
{
    dsr_memory_chunks *memory = context;
    if (!key.len || key.len > DSR_CHUNK_KEY_BYTES || value.len > DSR_CHUNK_BYTES) {
        return dsr_fail(error, DSR_ERR_LIMIT, STAGE, "a chunk of %zu bytes under a key of %zu", value.len,
                        key.len);
    }
    if (memory->count == memory->capacity) {
        size_t room = 2 * memory->capacity + 64;
        chunk **grown = realloc(memory->items, room * sizeof(chunk *));
        if (!grown) {
            return dsr_fail_memory(error, STAGE);
        }
        memory->items = grown;
        memory->capacity = room;
    }
    chunk *c = make(family, key, value);
    if (!c) {
        return dsr_fail_memory(error, STAGE);
    }
    bool found = false;
    size_t at = find(memory, family, key, &found);
    if (found) {
        memory->bytes -= memory->items[at]->key.len + memory->items[at]->value.len;
        free(memory->items[at]);
    } else {
        memmove(memory->items + at + 1, memory->items + at, (memory->count - at) * sizeof(chunk *));
        memory->count++;
    }
    memory->items[at] = c;
    memory->bytes += key.len + value.len;
    return DSR_OK;
}

static dsr_status drop(void *context, uint8_t family, dsr_slice key, dsr_error *error)
{
    (void)error;
    dsr_memory_chunks *memory = context;
    bool found = false;
    size_t at = find(memory, family, key, &found);
    if (found) {
        memory->bytes -= memory->items[at]->key.len + memory->items[at]->value.len;
        free(memory->items[at]);
        memory->count--;
        memmove(memory->items + at, memory->items + at + 1, (memory->count - at) * sizeof(chunk *));
    }
    return DSR_OK;
}

static dsr_status each(void *context, uint8_t family, dsr_chunk_visit *visit, void *visitor, dsr_error *error)
{
    (void)error;
    const dsr_memory_chunks *memory = context;
    bool found = false;
    dsr_status status = DSR_OK;
    for (size_t at = find(memory, family, (dsr_slice){"", 0}, &found);
         status == DSR_OK && at < memory->count && memory->items[at]->family == family; at++) {
        status = visit(visitor, memory->items[at]->key, memory->items[at]->value);
    }
    return status;
}

dsr_chunks dsr_memory_chunks_surface(dsr_memory_chunks *memory)
{
    return (dsr_chunks){.context = memory, .get = get, .put = put, .drop = drop, .each = each};
}
