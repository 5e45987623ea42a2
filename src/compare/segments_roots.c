/* Which segments there are: in memory a list, in the store a chunk for each span. */
#include "compare/segments_parts.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "copies";

enum { HEAD = 8, KEY = 5, FIELDS = 7 };

static bool is_before(const dsr_segment *a, const dsr_segment *b)
{
    return a->last != b->last ? a->last > b->last : a->id > b->id;
}

/* The place of the first segment that is not before `segment`. */
static size_t find_place(const dsr_copies *copies, const dsr_segment *segment)
{
    size_t low = 0, high = copies->segment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_before(copies->segments[middle], segment)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

dsr_status dsr_segments_insert(dsr_copies *copies, dsr_segment *segment)
{
    if (copies->segment_count == copies->segment_room) {
        size_t room = 2 * copies->segment_room + 32;
        dsr_segment **grown = realloc(copies->segments, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        copies->segments = grown;
        copies->segment_room = room;
    }
    size_t at = find_place(copies, segment);
    memmove(copies->segments + at + 1, copies->segments + at,
            (copies->segment_count - at) * sizeof *copies->segments);
    copies->segments[at] = segment;
    copies->segment_count++;
    return DSR_OK;
}

static dsr_status drop_chunks(dsr_copies *copies, const dsr_segment *segment, uint8_t family, uint32_t count,
                              dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        uint32_t place[2] = {segment->id, i};
        dsr_copies_key key = dsr_copies_key_make(place, 2);
        status = copies->chunks.drop(copies->chunks.context, family, dsr_copies_key_slice(&key), error);
    }
    return status;
}

static uint32_t index_parts(const dsr_segment *segment)
{
    return (segment->chunks - 1) / DSR_SEGMENT_INDEX_PART + 1;
}

dsr_status dsr_segments_remove(dsr_copies *copies, dsr_segment *segment, dsr_error *error)
{
    dsr_status status = drop_chunks(copies, segment, DSR_COPIES_DATA, segment->chunks, error);
    if (status == DSR_OK) {
        status = drop_chunks(copies, segment, DSR_COPIES_INDEX, index_parts(segment), error);
    }
    if (status == DSR_OK) {
        size_t at = find_place(copies, segment);
        copies->segment_count--;
        memmove(copies->segments + at, copies->segments + at + 1,
                (copies->segment_count - at) * sizeof *copies->segments);
        dsr_segment_unload(copies, segment);
        free(segment);
    }
    return status;
}

void dsr_segments_drop(dsr_copies *copies)
{
    for (size_t i = 0; i < copies->segment_count; i++) {
        dsr_segment_unload(copies, copies->segments[i]);
        free(copies->segments[i]);
    }
    free(copies->segments);
}

static dsr_copies_key root_key(bool dated, int32_t span)
{
    dsr_copies_key key = {.length = KEY};
    uint32_t sorted = (uint32_t)span ^ 0x80000000u;
    key.bytes[0] = dated ? 1 : 0;
    for (int i = 0; i < 4; i++) {
        key.bytes[1 + i] = (char)(sorted >> (24 - 8 * i) & 0xff);
    }
    return key;
}

dsr_status dsr_segments_write_root(dsr_copies *copies, bool dated, int32_t span, dsr_error *error)
{
    dsr_copies_key key = root_key(dated, span);
    dsr_buffer *chunk = &copies->scratch;
    dsr_buffer_reset(chunk);
    dsr_buffer_append_fill(chunk, 0, HEAD);
    for (size_t i = 0; i < copies->segment_count; i++) {
        const dsr_segment *s = copies->segments[i];
        if (s->dated == dated && s->span == span) {
            const uint32_t fields[FIELDS] = {
                s->id,       s->base,  s->last, (uint32_t)s->intake_first, (uint32_t)s->intake_last,
                s->postings, s->chunks};
            for (size_t f = 0; f < FIELDS; f++) {
                dsr_copies_put_u32(chunk, fields[f]);
            }
        }
    }
    if (chunk->len == HEAD) {
        return copies->chunks.drop(copies->chunks.context, DSR_COPIES_ROOT, dsr_copies_key_slice(&key),
                                   error);
    }
    dsr_copies_seal(DSR_COPIES_ROOT, dsr_copies_key_slice(&key), chunk);
    return chunk->status == DSR_OK
               ? copies->chunks.put(copies->chunks.context, DSR_COPIES_ROOT, dsr_copies_key_slice(&key),
                                    dsr_buffer_slice(chunk), error)
               : dsr_fail(error, chunk->status, STAGE, "no room for a list of segments");
}

typedef struct opening {
    dsr_copies *copies;
    dsr_error *error;
} opening;

/* Chunks have a fingerprint of their own at least, and a carrier each. */
static bool is_plausible(const dsr_copies *copies, const dsr_segment *s)
{
    return s->id < copies->next && s->base <= s->last && copies->any && s->last <= copies->last &&
           s->intake_first <= s->intake_last && s->chunks > 0 && s->chunks <= s->postings;
}

static dsr_status open_segment(const opening *o, const dsr_segment *read)
{
    dsr_segment *segment = malloc(sizeof *segment);
    if (!segment) {
        return dsr_fail_memory(o->error, STAGE);
    }
    *segment = *read;
    if (dsr_segments_insert(o->copies, segment) != DSR_OK) {
        free(segment);
        return dsr_fail_memory(o->error, STAGE);
    }
    return DSR_OK;
}

static dsr_status open_root(void *visitor, dsr_slice key, dsr_slice value)
{
    const opening *o = visitor;
    dsr_slice rest = value;
    if (key.len != KEY || (unsigned char)key.ptr[0] > 1 || !dsr_copies_unseal(DSR_COPIES_ROOT, key, &rest) ||
        rest.len % (FIELDS * sizeof(uint32_t))) {
        return dsr_copies_damaged(o->error, "list of segments", (uint32_t)o->copies->segment_count);
    }
    uint32_t sorted = 0;
    for (size_t i = 1; i < KEY; i++) {
        sorted = sorted << 8 | (unsigned char)key.ptr[i];
    }
    for (size_t at = 0; at < rest.len; at += FIELDS * sizeof(uint32_t)) {
        uint32_t fields[FIELDS];
        for (size_t f = 0; f < FIELDS; f++) {
            fields[f] = dsr_copies_get_u32(rest.ptr + at + f * sizeof(uint32_t));
        }
        dsr_segment segment = {.id = fields[0],
                               .dated = key.ptr[0] == 1,
                               .span = (int32_t)(sorted ^ 0x80000000u),
                               .base = fields[1],
                               .last = fields[2],
                               .intake_first = (int32_t)fields[3],
                               .intake_last = (int32_t)fields[4],
                               .postings = fields[5],
                               .chunks = fields[6]};
        if (!is_plausible(o->copies, &segment)) {
            return dsr_copies_damaged(o->error, "segment", segment.id);
        }
        dsr_status status = open_segment(o, &segment);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

dsr_status dsr_segments_open(dsr_copies *copies, dsr_error *error)
{
    opening o = {copies, error};
    return copies->chunks.each(copies->chunks.context, DSR_COPIES_ROOT, open_root, &o, error);
}
