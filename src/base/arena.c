/* Arenas. The usual build cuts allocations off chunks that grow from the first size to CHUNK_MOST; what is
 * large beside the next chunk gets one of its own. The checked build gives each allocation a block of its
 * own, so that a sanitizer sees one byte past its end. Both count the same bytes. Must not know what the
 * memory is for. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(DSR_ARENA_CHECKED) && DSR_ARENA_CHECKED

struct dsr_arena {
    void **blocks;
    size_t count;
    size_t capacity;
    size_t used;
};

dsr_arena *dsr_arena_new(size_t chunk)
{
    (void)chunk;
    return calloc(1, sizeof(dsr_arena));
}

void dsr_arena_reset(dsr_arena *arena)
{
    for (size_t i = 0; i < arena->count; i++) {
        free(arena->blocks[i]);
    }
    arena->count = 0;
    arena->used = 0;
}

void dsr_arena_drop(dsr_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    dsr_arena_reset(arena);
    free(arena->blocks);
    free(arena);
}

static bool make_room_for_a_block(dsr_arena *arena)
{
    if (arena->count < arena->capacity) {
        return true;
    }
    size_t capacity = arena->capacity == 0 ? 64 : arena->capacity * 2;
    void **blocks = realloc(arena->blocks, capacity * sizeof *blocks);
    if (blocks == NULL) {
        return false;
    }
    arena->blocks = blocks;
    arena->capacity = capacity;
    return true;
}

static void *take(dsr_arena *arena, size_t size, size_t alignment)
{
    (void)alignment;
    if (size > PTRDIFF_MAX || !make_room_for_a_block(arena)) {
        return NULL;
    }
    void *block = calloc(1, size > 0 ? size : 1);
    if (block == NULL) {
        return NULL;
    }
    arena->blocks[arena->count++] = block;
    arena->used += size;
    return block;
}

#else

enum { CHUNK_FIRST = 16 * 1024, CHUNK_MOST = 1024 * 1024 };

typedef struct arena_chunk {
    struct arena_chunk *next;
    size_t size; /* bytes in data */
    size_t used;
    max_align_t data[];
} arena_chunk;

struct dsr_arena {
    arena_chunk *chunks; /* the first is the one that allocations are cut off */
    size_t next_size;    /* of the next chunk */
    size_t most;         /* no chunk grows past this, except for one large allocation; none larger is kept */
    size_t used;
};

dsr_arena *dsr_arena_new(size_t chunk)
{
    dsr_arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL) {
        return NULL;
    }
    arena->next_size = chunk > 0 ? chunk : CHUNK_FIRST;
    arena->most = arena->next_size > CHUNK_MOST ? arena->next_size : CHUNK_MOST;
    return arena;
}

/* Gives up every chunk but the first one that is not oversized; `keep` false: every chunk. */
static void give_up_chunks(dsr_arena *arena, bool keep)
{
    arena_chunk *kept = NULL;
    for (arena_chunk *c = arena->chunks, *next; c != NULL; c = next) {
        next = c->next;
        if (keep && kept == NULL && c->size <= arena->most) {
            kept = c;
        } else {
            free(c);
        }
    }
    if (kept != NULL) {
        kept->next = NULL;
        kept->used = 0;
    }
    arena->chunks = kept;
    arena->used = 0;
}

void dsr_arena_reset(dsr_arena *arena)
{
    give_up_chunks(arena, true);
}

void dsr_arena_drop(dsr_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    give_up_chunks(arena, false);
    free(arena);
}

static arena_chunk *new_chunk(size_t size)
{
    if (size > PTRDIFF_MAX - offsetof(arena_chunk, data)) {
        return NULL;
    }
    arena_chunk *c = malloc(offsetof(arena_chunk, data) + size);
    if (c == NULL) {
        return NULL;
    }
    c->next = NULL;
    c->size = size;
    c->used = 0;
    return c;
}

/* A chunk with at least `size` free bytes. */
static arena_chunk *add_chunk(dsr_arena *arena, size_t size)
{
    bool large = size > arena->next_size / 4;
    arena_chunk *c = new_chunk(large ? size : arena->next_size);
    if (c == NULL) {
        return NULL;
    }
    if (large && arena->chunks != NULL) {
        /* Behind the current one, which goes on serving small allocations. */
        c->next = arena->chunks->next;
        arena->chunks->next = c;
        return c;
    }
    c->next = arena->chunks;
    arena->chunks = c;
    if (!large) {
        arena->next_size = arena->next_size <= arena->most / 2 ? arena->next_size * 2 : arena->most;
    }
    return c;
}

static void *take(dsr_arena *arena, size_t size, size_t alignment)
{
    size_t room = size > 0 ? size : 1; /* so that no two allocations have one address */
    arena_chunk *c = arena->chunks;
    size_t at = c != NULL ? (c->used + alignment - 1) & ~(alignment - 1) : 0;
    if (c == NULL || at > c->size || room > c->size - at) {
        c = add_chunk(arena, room);
        if (c == NULL) {
            return NULL;
        }
        at = 0;
    }
    char *place = (char *)c->data + at;
    memset(place, 0, room);
    c->used = at + room;
    arena->used += size;
    return place;
}

#endif

size_t dsr_arena_used(const dsr_arena *arena)
{
    return arena->used;
}

void *dsr_arena_alloc(dsr_arena *arena, size_t size)
{
    return take(arena, size, _Alignof(max_align_t));
}

void *dsr_arena_alloc_array(dsr_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    return take(arena, count * size, _Alignof(max_align_t));
}

dsr_status dsr_arena_copy(dsr_arena *arena, dsr_slice s, dsr_slice *out)
{
    if (s.ptr == NULL) {
        *out = DSR_SLICE_NONE;
        return DSR_OK;
    }
    if (s.len == SIZE_MAX) {
        return DSR_ERR_MEMORY;
    }
    char *copy = take(arena, s.len + 1, 1);
    if (copy == NULL) {
        return DSR_ERR_MEMORY;
    }
    memcpy(copy, s.ptr, s.len);
    *out = (dsr_slice){copy, s.len};
    return DSR_OK;
}

dsr_status dsr_arena_format(dsr_arena *arena, dsr_slice *out, const char *format, ...)
{
    char small[256];
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (wanted < 0) {
        return DSR_ERR_MEMORY;
    }
    size_t length = (size_t)wanted;
    if (length < sizeof small) {
        return dsr_arena_copy(arena, (dsr_slice){small, length}, out);
    }
    char *text = take(arena, length + 1, 1);
    if (text == NULL) {
        return DSR_ERR_MEMORY;
    }
    va_start(args, format);
    wanted = vsnprintf(text, length + 1, format, args);
    va_end(args);
    if (wanted < 0 || (size_t)wanted > length) {
        return DSR_ERR_MEMORY;
    }
    *out = (dsr_slice){text, (size_t)wanted};
    return DSR_OK;
}

/* What every DSR_LIST looks like. Read and written by memcpy, since the lists have types of their own. */
typedef struct any_list {
    void *items;
    size_t count;
    size_t capacity;
} any_list;

dsr_status dsr_list_reserve(dsr_arena *arena, void *list, size_t size, size_t more)
{
    any_list l;
    memcpy(&l, list, sizeof l);
    if (l.capacity - l.count >= more) {
        return DSR_OK;
    }
    if (more > SIZE_MAX - l.count) {
        return DSR_ERR_MEMORY;
    }
    size_t wanted = l.count + more;
    size_t capacity = l.capacity <= SIZE_MAX / 2 ? l.capacity * 2 : wanted;
    if (capacity < wanted) {
        capacity = wanted;
    }
    if (capacity < 4) {
        capacity = 4;
    }
    void *items = dsr_arena_alloc_array(arena, capacity, size);
    if (items == NULL) {
        return DSR_ERR_MEMORY;
    }
    if (l.count > 0) {
        memcpy(items, l.items, l.count * size);
    }
    l.items = items;
    l.capacity = capacity;
    memcpy(list, &l, sizeof l);
    return DSR_OK;
}
