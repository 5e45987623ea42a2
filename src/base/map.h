/* Hash tables from a word or a number to a number, on the heap. They are never walked, so that nothing can
 * depend on their order. Owned by one thread. */
#ifndef DSR_BASE_MAP_H
#define DSR_BASE_MAP_H

#include "base/slice.h"
#include "base/status.h"

#define DSR_MAP_NONE 0xffffffffu

typedef struct dsr_map dsr_map; /* u64 -> u32 */
dsr_map *dsr_map_new(size_t expected);
void dsr_map_drop(dsr_map *map);
size_t dsr_map_count(const dsr_map *map);
/* The value at `key`, DSR_MAP_NONE where there is none. */
uint32_t dsr_map_get(const dsr_map *map, uint64_t key);
/* Sets `key` to `value` (anything but DSR_MAP_NONE). */
dsr_status dsr_map_put(dsr_map *map, uint64_t key, uint32_t value) DSR_MUST_CHECK;
/* The value at `key`; puts `value` there first where there was none. */
dsr_status dsr_map_intern(dsr_map *map, uint64_t key, uint32_t value, uint32_t *out) DSR_MUST_CHECK;

typedef struct dsr_words dsr_words; /* slice -> u32; the bytes are borrowed and must outlive the table */
dsr_words *dsr_words_new(size_t expected);
void dsr_words_drop(dsr_words *words);
size_t dsr_words_count(const dsr_words *words);
uint32_t dsr_words_get(const dsr_words *words, dsr_slice key);
dsr_status dsr_words_put(dsr_words *words, dsr_slice key, uint32_t value) DSR_MUST_CHECK;

#endif
