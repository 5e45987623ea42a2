/* Hash tables with open addressing and linear probing; the number of slots is a power of two. Nothing is ever
 * taken out, so there are no tombstones. A slot holds the complement of its value: zeroed memory is empty, as
 * DSR_MAP_NONE is the one value that cannot be stored.
 * Must not be walked: no output may depend on the order of slots. */
#include "base/map.h"

#include "base/hash.h"

#include <stdint.h>
#include <stdlib.h>

enum { SLOTS_FIRST = 16 };

/* At most three quarters of the slots are filled. */
static size_t room_of(size_t slots)
{
    return slots - slots / 4;
}

/* A power of two of slots that takes `expected` keys; 0 where there is none. */
static size_t slots_for(size_t expected)
{
    size_t slots = SLOTS_FIRST;
    while (room_of(slots) < expected) {
        if (slots > SIZE_MAX / 2) {
            return 0;
        }
        slots *= 2;
    }
    return slots;
}

/* Twelve bytes without padding: the key's two halves and the complement of the value. */
typedef struct number_slot {
    uint32_t low;
    uint32_t high;
    uint32_t filled;
} number_slot;

struct dsr_map {
    number_slot *slots;
    size_t mask;
    size_t count;
};

dsr_map *dsr_map_new(size_t expected)
{
    dsr_map *map = malloc(sizeof *map);
    size_t slots = slots_for(expected);
    number_slot *memory = slots != 0 ? calloc(slots, sizeof *memory) : NULL;
    if (map == NULL || memory == NULL) {
        free(memory);
        free(map);
        return NULL;
    }
    *map = (dsr_map){memory, slots - 1, 0};
    return map;
}

void dsr_map_drop(dsr_map *map)
{
    if (map == NULL) {
        return;
    }
    free(map->slots);
    free(map);
}

size_t dsr_map_count(const dsr_map *map)
{
    return map->count;
}

/* The slot of `key`, or the empty one where it belongs. */
static number_slot *number_place(number_slot *slots, size_t mask, uint64_t key)
{
    uint32_t low = (uint32_t)key;
    uint32_t high = (uint32_t)(key >> 32);
    size_t at = (size_t)dsr_hash_mix(key) & mask;
    while (slots[at].filled != 0 && (slots[at].low != low || slots[at].high != high)) {
        at = (at + 1) & mask;
    }
    return &slots[at];
}

uint32_t dsr_map_get(const dsr_map *map, uint64_t key)
{
    return ~number_place(map->slots, map->mask, key)->filled;
}

static bool number_grow(dsr_map *map)
{
    size_t old = map->mask + 1;
    if (old > SIZE_MAX / 2) {
        return false;
    }
    number_slot *slots = calloc(old * 2, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < old; i++) {
        const number_slot *from = &map->slots[i];
        if (from->filled != 0) {
            *number_place(slots, old * 2 - 1, (uint64_t)from->high << 32 | from->low) = *from;
        }
    }
    free(map->slots);
    map->slots = slots;
    map->mask = old * 2 - 1;
    return true;
}

/* Puts a key that is not there yet; `place` is the empty slot where it belongs. */
static dsr_status number_add(dsr_map *map, number_slot *place, uint64_t key, uint32_t value)
{
    if (map->count >= room_of(map->mask + 1)) {
        if (!number_grow(map)) {
            return DSR_ERR_MEMORY;
        }
        place = number_place(map->slots, map->mask, key);
    }
    *place = (number_slot){(uint32_t)key, (uint32_t)(key >> 32), ~value};
    map->count++;
    return DSR_OK;
}

dsr_status dsr_map_put(dsr_map *map, uint64_t key, uint32_t value)
{
    if (value == DSR_MAP_NONE) {
        return DSR_ERR_ARGUMENT;
    }
    number_slot *place = number_place(map->slots, map->mask, key);
    if (place->filled == 0) {
        return number_add(map, place, key, value);
    }
    place->filled = ~value;
    return DSR_OK;
}

dsr_status dsr_map_intern(dsr_map *map, uint64_t key, uint32_t value, uint32_t *out)
{
    if (value == DSR_MAP_NONE) {
        return DSR_ERR_ARGUMENT;
    }
    number_slot *place = number_place(map->slots, map->mask, key);
    if (place->filled != 0) {
        *out = ~place->filled;
        return DSR_OK;
    }
    dsr_status status = number_add(map, place, key, value);
    if (status == DSR_OK) {
        *out = value;
    }
    return status;
}

/* `tag` is half of the key's hash: the slot is found by it, and most other keys are told by it. */
typedef struct word_slot {
    dsr_slice key;
    uint32_t tag;
    uint32_t filled;
} word_slot;

struct dsr_words {
    word_slot *slots;
    size_t mask;
    size_t count;
};

dsr_words *dsr_words_new(size_t expected)
{
    dsr_words *words = malloc(sizeof *words);
    size_t slots = slots_for(expected);
    word_slot *memory = slots != 0 ? calloc(slots, sizeof *memory) : NULL;
    if (words == NULL || memory == NULL) {
        free(memory);
        free(words);
        return NULL;
    }
    *words = (dsr_words){memory, slots - 1, 0};
    return words;
}

void dsr_words_drop(dsr_words *words)
{
    if (words == NULL) {
        return;
    }
    free(words->slots);
    free(words);
}

size_t dsr_words_count(const dsr_words *words)
{
    return words->count;
}

static uint32_t tag_of(dsr_slice key)
{
    return (uint32_t)(dsr_hash64(key, 0) >> 32);
}

static word_slot *word_place(word_slot *slots, size_t mask, dsr_slice key, uint32_t tag)
{
    size_t at = tag & mask;
    while (slots[at].filled != 0 && (slots[at].tag != tag || !dsr_slice_equal(slots[at].key, key))) {
        at = (at + 1) & mask;
    }
    return &slots[at];
}

uint32_t dsr_words_get(const dsr_words *words, dsr_slice key)
{
    return ~word_place(words->slots, words->mask, key, tag_of(key))->filled;
}

static bool word_grow(dsr_words *words)
{
    size_t old = words->mask + 1;
    if (old > SIZE_MAX / 2) {
        return false;
    }
    word_slot *slots = calloc(old * 2, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < old; i++) {
        if (words->slots[i].filled == 0) {
            continue;
        }
        size_t at = words->slots[i].tag & (old * 2 - 1); /* keys differ: no need to compare them */
        while (slots[at].filled != 0) {
            at = (at + 1) & (old * 2 - 1);
        }
        slots[at] = words->slots[i];
    }
    free(words->slots);
    words->slots = slots;
    words->mask = old * 2 - 1;
    return true;
}

dsr_status dsr_words_put(dsr_words *words, dsr_slice key, uint32_t value)
{
    if (value == DSR_MAP_NONE) {
        return DSR_ERR_ARGUMENT;
    }
    uint32_t tag = tag_of(key);
    word_slot *place = word_place(words->slots, words->mask, key, tag);
    if (place->filled != 0) {
        place->filled = ~value;
        return DSR_OK;
    }
    if (words->count >= room_of(words->mask + 1)) {
        if (!word_grow(words)) {
            return DSR_ERR_MEMORY;
        }
        place = word_place(words->slots, words->mask, key, tag);
    }
    *place = (word_slot){key, tag, ~value};
    words->count++;
    return DSR_OK;
}
