/* Segments in memory: the index of their chunks, the chunks in use. All of it may be given up at
 * any time; none of it changes what is found. */
#include "compare/segments_parts.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "copies";

enum { HEAD = 8 /* checksum */ };

/* The index of chunks */

static dsr_status make_room(dsr_segment *segment, uint32_t from, uint32_t room)
{
    uint64_t *firsts = realloc(segment->firsts, room * sizeof *firsts);
    segment->firsts = firsts ? firsts : segment->firsts;
    uint32_t *slots = firsts ? realloc(segment->slots, room * sizeof *slots) : NULL;
    segment->slots = slots ? slots : segment->slots;
    for (uint32_t i = from; slots && i < room; i++) {
        slots[i] = DSR_SEGMENT_NO_SLOT;
    }
    return slots ? DSR_OK : DSR_ERR_MEMORY;
}

/* The first fingerprints of the chunks [from, to). */
static dsr_status load_part(dsr_copies *copies, dsr_segment *segment, uint32_t from, uint32_t to,
                            dsr_error *error)
{
    uint32_t place[2] = {segment->id, from / DSR_SEGMENT_INDEX_PART};
    dsr_copies_key key = dsr_copies_key_make(place, 2);
    dsr_status status = copies->chunks.get(copies->chunks.context, DSR_COPIES_INDEX,
                                           dsr_copies_key_slice(&key), &copies->scratch, error);
    dsr_slice rest = dsr_buffer_slice(&copies->scratch);
    if (status == DSR_ERR_NOT_FOUND ||
        (status == DSR_OK && !dsr_copies_unseal(DSR_COPIES_INDEX, dsr_copies_key_slice(&key), &rest))) {
        return dsr_copies_damaged(error, "the chunk list of segment", segment->id);
    }
    uint64_t print = 0, gap = 0;
    for (uint32_t i = from; status == DSR_OK && i < to; i++) {
        if (!dsr_slice_next_varint(&rest, &gap) || gap > DSR_SEGMENT_MAX_PRINT - print ||
            (i > 0 && print + gap <= segment->firsts[i - 1])) {
            return dsr_copies_damaged(error, "the chunk list of segment", segment->id);
        }
        segment->firsts[i] = print += gap;
    }
    return status;
}

dsr_status dsr_segment_load(dsr_copies *copies, dsr_segment *segment, dsr_error *error)
{
    if (segment->firsts) {
        return DSR_OK;
    }
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < segment->chunks; i += DSR_SEGMENT_INDEX_PART) {
        /* Room for what is about to be read alone: how many chunks there are is not believed beyond that. */
        uint32_t room =
            segment->chunks - i < DSR_SEGMENT_INDEX_PART ? segment->chunks : i + DSR_SEGMENT_INDEX_PART;
        status = make_room(segment, i, room) == DSR_OK ? load_part(copies, segment, i, room, error)
                                                       : dsr_fail_memory(error, STAGE);
    }
    if (status != DSR_OK) {
        free(segment->firsts);
        free(segment->slots);
        segment->firsts = NULL;
        segment->slots = NULL;
    }
    return status;
}

void dsr_segment_unload(dsr_copies *copies, dsr_segment *segment)
{
    for (uint32_t i = 0; segment->slots && i < segment->chunks; i++) {
        if (segment->slots[i] != DSR_SEGMENT_NO_SLOT) {
            copies->cache.slots[segment->slots[i]].segment = NULL;
            copies->cache.free++;
        }
    }
    dsr_print_filter_drop(copies, &segment->filter);
    free(segment->firsts);
    free(segment->slots);
    segment->firsts = NULL;
    segment->slots = NULL;
    segment->probes = 0;
}

void dsr_segments_sweep(dsr_copies *copies)
{
    for (size_t i = 0; i < copies->segment_count; i++) {
        if (copies->segments[i]->used < copies->swept) {
            dsr_segment_unload(copies, copies->segments[i]);
        }
    }
    dsr_copies_table_sweep(copies);
    copies->swept = copies->clock;
}

/* The cache: a clock (Corbató 1968). */

static dsr_status grow_cache(dsr_segment_cache *cache)
{
    if (cache->count == cache->room) {
        uint32_t room = cache->room + cache->room / 2 + 64;
        dsr_cache_slot *grown = realloc(cache->slots, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        cache->slots = grown;
        cache->room = room;
    }
    uint8_t *bytes = malloc(DSR_SEGMENT_CHUNK_BYTES);
    if (!bytes) {
        return DSR_ERR_MEMORY;
    }
    cache->slots[cache->count++] = (dsr_cache_slot){.bytes = bytes};
    cache->free++;
    return DSR_OK;
}

/* A free slot, or one that becomes free. */
static dsr_status find_slot(dsr_segment_cache *cache, uint32_t *out)
{
    if (!cache->free && cache->count < cache->limit && grow_cache(cache) == DSR_OK) {
        *out = cache->count - 1;
        return DSR_OK;
    }
    if (!cache->count) {
        return DSR_ERR_MEMORY;
    }
    for (;; cache->hand++) {
        cache->hand = cache->hand < cache->count ? cache->hand : 0;
        dsr_cache_slot *slot = &cache->slots[cache->hand];
        if (!slot->segment) {
            break;
        }
        if (!slot->used) {
            slot->segment->slots[slot->chunk] = DSR_SEGMENT_NO_SLOT;
            slot->segment = NULL;
            cache->free++;
            break;
        }
        slot->used = false;
    }
    *out = cache->hand++;
    return DSR_OK;
}

/* A chunk from the store, without its checksum; lent until the scratch buffer is used again. */
static dsr_status fetch(dsr_copies *copies, const dsr_segment *segment, uint32_t number, dsr_slice *out,
                        dsr_error *error)
{
    uint32_t place[2] = {segment->id, number};
    dsr_copies_key key = dsr_copies_key_make(place, 2);
    copies->fetched++;
    dsr_status status = copies->chunks.get(copies->chunks.context, DSR_COPIES_DATA,
                                           dsr_copies_key_slice(&key), &copies->scratch, error);
    if (status != DSR_OK && status != DSR_ERR_NOT_FOUND) {
        return status;
    }
    dsr_slice rest = dsr_buffer_slice(&copies->scratch);
    if (status == DSR_ERR_NOT_FOUND || rest.len > DSR_SEGMENT_CHUNK_BYTES ||
        !dsr_copies_unseal(DSR_COPIES_DATA, dsr_copies_key_slice(&key), &rest)) {
        return dsr_copies_damaged(error, "segment", segment->id);
    }
    *out = rest;
    return DSR_OK;
}

static dsr_status fetch_into_cache(dsr_copies *copies, dsr_segment *segment, uint32_t number,
                                   dsr_error *error)
{
    dsr_slice rest = DSR_SLICE_NONE;
    dsr_status status = fetch(copies, segment, number, &rest, error);
    if (status != DSR_OK) {
        return status;
    }
    uint32_t at = 0;
    if (find_slot(&copies->cache, &at) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_cache_slot *slot = &copies->cache.slots[at];
    memcpy(slot->bytes, rest.ptr, rest.len);
    *slot = (dsr_cache_slot){slot->bytes, segment, number, (uint32_t)rest.len, false};
    copies->cache.free--;
    segment->slots[number] = at;
    return DSR_OK;
}

dsr_status dsr_segment_read(dsr_copies *copies, const dsr_segment *segment, uint32_t number, dsr_slice *out,
                            dsr_error *error)
{
    if (segment->slots && segment->slots[number] != DSR_SEGMENT_NO_SLOT) {
        const dsr_cache_slot *slot = &copies->cache.slots[segment->slots[number]];
        *out = (dsr_slice){(const char *)slot->bytes, slot->length};
        return DSR_OK;
    }
    return fetch(copies, segment, number, out, error);
}

dsr_status dsr_segment_chunk(dsr_copies *copies, dsr_segment *segment, uint32_t number, dsr_slice *out,
                             dsr_error *error)
{
    dsr_status status = dsr_segment_load(copies, segment, error);
    if (status == DSR_OK && segment->slots[number] == DSR_SEGMENT_NO_SLOT) {
        status = fetch_into_cache(copies, segment, number, error);
    }
    if (status == DSR_OK) {
        dsr_cache_slot *slot = &copies->cache.slots[segment->slots[number]];
        slot->used = true;
        *out = (dsr_slice){(const char *)slot->bytes, slot->length};
    }
    return status;
}

/* The chunk in which `print` must stand: the last that does not begin above it. Fingerprints are spread
 * evenly, so that the first guess is nearly right, unless somebody takes pains. */
static uint32_t find_chunk(const dsr_segment *segment, uint64_t print)
{
    enum { NEAR = 16 };
    uint32_t guess = (uint32_t)((print >> 8) * segment->chunks >> (DSR_SEGMENT_PRINT_BITS - 8));
    uint32_t low = guess > NEAR ? guess - NEAR : 0;
    uint32_t high = segment->chunks - guess > NEAR ? guess + NEAR : segment->chunks;
    low = segment->firsts[low] <= print ? low : 0;
    high = high == segment->chunks || segment->firsts[high] > print ? high : segment->chunks;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (segment->firsts[middle] <= print) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

dsr_status dsr_segment_look(dsr_copies *copies, dsr_segment *segment, uint64_t print,
                            dsr_segment_group *group, dsr_error *error)
{
    dsr_slice chunk = DSR_SLICE_NONE;
    dsr_group_reader reader;
    group->count = 0;
    copies->probes++;
    dsr_status status = dsr_segment_load(copies, segment, error);
    if (status != DSR_OK || segment->firsts[0] > print) {
        return status;
    }
    status = dsr_segment_chunk(copies, segment, find_chunk(segment, print), &chunk, error);
    if (status != DSR_OK) {
        return status;
    }
    if (!dsr_group_reader_open(&reader, segment, chunk)) {
        return dsr_copies_damaged(error, "segment", segment->id);
    }
    dsr_group_reader_seek(&reader, print);
    const uint8_t *end = reader.block_end;
    dsr_group_step step;
    while ((step = dsr_group_reader_next(&reader, group)) == DSR_GROUP_READ && group->print < print) {
        if (reader.at == end) { /* what is greater stands in the next block */
            break;
        }
    }
    if (step == DSR_GROUP_DAMAGED) {
        return dsr_copies_damaged(error, "segment", segment->id);
    }
    group->count = step == DSR_GROUP_READ && group->print == print ? group->count : 0;
    return DSR_OK;
}
