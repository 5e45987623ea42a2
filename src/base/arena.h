/* Memory that is given up in one go: an arena a report, an arena a story. Built with -DDSR_ARENA_CHECKED=1
 * (the sanitizer builds), each allocation is a block of its own, so that the sanitizer sees past its end.
 * An arena belongs to one thread at a time. */
#ifndef DSR_BASE_ARENA_H
#define DSR_BASE_ARENA_H

#include "base/slice.h"
#include "base/status.h"

typedef struct dsr_arena dsr_arena;

/* A new, empty arena; NULL without memory. `chunk` is the size in bytes of its first chunk, 0 for the
 * default. */
dsr_arena *dsr_arena_new(size_t chunk);
/* Gives up the arena and everything in it. NULL is fine. */
void dsr_arena_drop(dsr_arena *arena);
/* Gives up everything in it, keeps one chunk for the next use. */
void dsr_arena_reset(dsr_arena *arena);
/* Bytes handed out since new or reset. */
size_t dsr_arena_used(const dsr_arena *arena);

/* `size` zeroed bytes, aligned for any type; NULL without memory. Size 0 gives a valid pointer. */
void *dsr_arena_alloc(dsr_arena *arena, size_t size) DSR_MUST_CHECK;
/* `count` zeroed items of `size` bytes; NULL without memory or where the product overflows. */
void *dsr_arena_alloc_array(dsr_arena *arena, size_t count, size_t size) DSR_MUST_CHECK;
/* A copy of `s` in the arena, followed by a NUL that is not counted. No value stays no value. */
dsr_status dsr_arena_copy(dsr_arena *arena, dsr_slice s, dsr_slice *out) DSR_MUST_CHECK;
/* printf into the arena. */
dsr_status dsr_arena_format(dsr_arena *arena, dsr_slice *out, const char *format, ...)
    DSR_FORMAT(3, 4) DSR_MUST_CHECK;

/* A growing array in an arena. Old storage stays in the arena until it is dropped (growth doubles, so at most
 * as much again is lost). */
#define DSR_LIST(type)                                                                                       \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t count;                                                                                        \
        size_t capacity;                                                                                     \
    }

/* Makes room for `more` further items. `list` points to a DSR_LIST whose items are `size` bytes.
 * On failure the list is as it was. Use through DSR_LIST_RESERVE. */
dsr_status dsr_list_reserve(dsr_arena *arena, void *list, size_t size, size_t more) DSR_MUST_CHECK;
#define DSR_LIST_RESERVE(arena, list, more)                                                                  \
    (((list)->capacity - (list)->count >= (more))                                                            \
         ? DSR_OK                                                                                            \
         : dsr_list_reserve((arena), (list), sizeof *(list)->items, (more)))

#endif
