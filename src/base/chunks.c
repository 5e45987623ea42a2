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

/* A change that can be taken back: what was there, and what is there now; NULL for nothing. */
typedef struct change {
    chunk *before, *after;
} change;

struct dsr_memory_chunks {
    chunk **items; /* by family, then key */
    size_t count, capacity;
    size_t bytes;
    bool open; /* between begin and commit */
    struct {
        change *items;
        size_t count, room;
    } changes;
};

dsr_memory_chunks *dsr_memory_chunks_new(void)
{
    return calloc(1, sizeof(dsr_memory_chunks));
}

void dsr_memory_chunks_drop(dsr_memory_chunks *memory)
{
    if (!memory) {
        return;
    }
    dsr_memory_chunks_commit(memory);
    for (size_t i = 0; i < memory->count; i++) {
        free(memory->items[i]);
    }
    free(memory->items);
    free(memory->changes.items);
    free(memory);
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

static size_t size_of(const chunk *c)
{
    return c ? c->key.len + c->value.len : 0;
}

/* Room for one more chunk and one more change. */
static dsr_status reserve(dsr_memory_chunks *memory, dsr_error *error)
{
    if (memory->count == memory->capacity) {
        size_t room = 2 * memory->capacity + 64;
        chunk **grown = realloc(memory->items, room * sizeof(chunk *));
        if (!grown) {
            return dsr_fail_memory(error, STAGE);
        }
        memory->items = grown;
        memory->capacity = room;
    }
    if (memory->open && memory->changes.count == memory->changes.room) {
        size_t room = 2 * memory->changes.room + 64;
        change *grown = realloc(memory->changes.items, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(error, STAGE);
        }
        memory->changes.items = grown;
        memory->changes.room = room;
    }
    return DSR_OK;
}

/* Has `c` (NULL: nothing) stand where `key` belongs; there is room. Returns what stood there. `c` may be what
 * `key` lies in. */
static chunk *swap(dsr_memory_chunks *memory, uint8_t family, dsr_slice key, chunk *c)
{
    bool found = false;
    size_t at = find(memory, family, key, &found);
    chunk *before = found ? memory->items[at] : NULL;
    memory->bytes += size_of(c);
    memory->bytes -= size_of(before);
    if (found && !c) {
        memory->count--;
        memmove(memory->items + at, memory->items + at + 1, (memory->count - at) * sizeof(chunk *));
    } else if (!found && c) {
        memmove(memory->items + at + 1, memory->items + at, (memory->count - at) * sizeof(chunk *));
        memory->count++;
    }
    if (c) {
        memory->items[at] = c;
    }
    return before;
}

static void note(dsr_memory_chunks *memory, chunk *before, chunk *after)
{
    if (memory->open && (before || after)) {
        memory->changes.items[memory->changes.count++] = (change){before, after};
    } else {
        free(before);
    }
}

static dsr_status put(void *context, uint8_t family, dsr_slice key, dsr_slice value, dsr_error *error)
{
    dsr_memory_chunks *memory = context;
    if (!key.len || key.len > DSR_CHUNK_KEY_BYTES || value.len > DSR_CHUNK_BYTES) {
        return dsr_fail(error, DSR_ERR_LIMIT, STAGE, "a chunk of %zu bytes under a key of %zu", value.len,
                        key.len);
    }
    dsr_status status = reserve(memory, error);
    chunk *c = status == DSR_OK ? make(family, key, value) : NULL;
    if (!c) {
        return status == DSR_OK ? dsr_fail_memory(error, STAGE) : status;
    }
    note(memory, swap(memory, family, c->key, c), c);
    return DSR_OK;
}

static dsr_status drop(void *context, uint8_t family, dsr_slice key, dsr_error *error)
{
    dsr_memory_chunks *memory = context;
    dsr_status status = reserve(memory, error);
    if (status == DSR_OK) {
        note(memory, swap(memory, family, key, NULL), NULL);
    }
    return status;
}

void dsr_memory_chunks_begin(dsr_memory_chunks *memory)
{
    memory->open = true;
}

void dsr_memory_chunks_commit(dsr_memory_chunks *memory)
{
    for (size_t i = 0; i < memory->changes.count; i++) {
        free(memory->changes.items[i].before);
    }
    memory->changes.count = 0;
    memory->open = false;
}

/* From the last change to the first; there is room for all that was there before. */
void dsr_memory_chunks_rollback(dsr_memory_chunks *memory)
{
    while (memory->changes.count) {
        change last = memory->changes.items[--memory->changes.count];
        const chunk *either = last.after ? last.after : last.before;
        (void)swap(memory, either->family, either->key, last.before);
        free(last.after);
    }
    memory->open = false;
}

dsr_status dsr_memory_chunks_each(const dsr_memory_chunks *memory, uint8_t family, dsr_slice prefix,
                                  dsr_chunk_visit *visit, void *visitor)
{
    bool found = false;
    dsr_status status = DSR_OK;
    for (size_t at = find(memory, family, prefix, &found);
         status == DSR_OK && at < memory->count && memory->items[at]->family == family &&
         dsr_slice_starts(memory->items[at]->key, prefix);
         at++) {
        status = visit(visitor, memory->items[at]->key, memory->items[at]->value);
    }
    return status;
}

static dsr_status each(void *context, uint8_t family, dsr_chunk_visit *visit, void *visitor, dsr_error *error)
{
    (void)error;
    return dsr_memory_chunks_each(context, family, DSR_SLICE(""), visit, visitor);
}

dsr_chunks dsr_memory_chunks_surface(dsr_memory_chunks *memory)
{
    return (dsr_chunks){.context = memory, .get = get, .put = put, .drop = drop, .each = each};
}
