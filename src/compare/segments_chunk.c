/* The bytes of the copy index: keys, checksums, and a chunk of fingerprints with their carriers. What is read
 * is never trusted: a wrong checksum ends the reading, and each number is checked against what it may be, for
 * a checksum keeps no malice out.
 *
 * A chunk: checksum (8 bytes) · blocks (2) · for each block its first fingerprint (5, big endian, so that
 * memcmp orders them) and its place in the data (2) · data. A block holds up to 32 fingerprints, ascending:
 * distance to the one before, times two, plus one where several carry it · then the carrier, as its distance
 * to the segment's smallest number; or how many carriers, times two, plus one where some were left out · how
 * many were · the newest · distances to the next older ones. All of these are LEB128. */
#include "compare/segments_parts.h"

#include "base/hash.h"

#include <string.h>

enum { CHECKSUM = 8, BLOCKS = 2, DIRECTORY_ROW = 7, PRINT_BYTES = 5 };

dsr_copies_key dsr_copies_key_make(const uint32_t *numbers, size_t count)
{
    dsr_copies_key key = {.length = 0};
    for (size_t i = 0; i < count && i < 2; i++) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            key.bytes[key.length++] = (char)(numbers[i] >> shift & 0xff);
        }
    }
    return key;
}

dsr_slice dsr_copies_key_slice(const dsr_copies_key *key)
{
    return (dsr_slice){key->bytes, key->length};
}

static uint64_t checksum(uint8_t family, dsr_slice key, dsr_slice rest)
{
    return dsr_hash64(rest, dsr_hash64(key, family));
}

void dsr_copies_seal(uint8_t family, dsr_slice key, dsr_buffer *chunk)
{
    if (chunk->status != DSR_OK) {
        return;
    }
    uint64_t sum = checksum(family, key, dsr_slice_part(dsr_buffer_slice(chunk), CHECKSUM, chunk->len));
    for (int i = 0; i < CHECKSUM; i++) {
        chunk->data[i] = (char)(sum >> 8 * i & 0xff);
    }
}

bool dsr_copies_unseal(uint8_t family, dsr_slice key, dsr_slice *chunk)
{
    if (chunk->len < CHECKSUM) {
        return false;
    }
    uint64_t sum = 0;
    for (int i = 0; i < CHECKSUM; i++) {
        sum |= (uint64_t)(unsigned char)chunk->ptr[i] << 8 * i;
    }
    dsr_slice rest = {chunk->ptr + CHECKSUM, chunk->len - CHECKSUM};
    if (sum != checksum(family, key, rest)) {
        return false;
    }
    *chunk = rest;
    return true;
}

dsr_status dsr_copies_damaged(dsr_error *error, const char *what, uint32_t number)
{
    return dsr_fail(
        error, DSR_ERR_STORE, "copies",
        "%s %u of the copy index is damaged; restore the store, or build the index anew from its reports",
        what, (unsigned)number);
}

void dsr_copies_put_u32(dsr_buffer *buffer, uint32_t value)
{
    char bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = (char)(value >> 8 * i & 0xff);
    }
    dsr_buffer_append_bytes(buffer, bytes, sizeof bytes);
}

uint32_t dsr_copies_get_u32(const char *bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        value |= (uint32_t)(unsigned char)bytes[i] << 8 * i;
    }
    return value;
}

static uint64_t row_print(const uint8_t *row)
{
    uint64_t print = 0;
    for (int i = 0; i < PRINT_BYTES; i++) {
        print = print << 8 | row[i];
    }
    return print;
}

static size_t row_place(const uint8_t *row)
{
    return (size_t)row[PRINT_BYTES] | (size_t)row[PRINT_BYTES + 1] << 8;
}

/* Goes to a block. A place outside the data makes an empty block, which the next step calls damage. */
static void enter_block(dsr_group_reader *reader, uint32_t block)
{
    const uint8_t *row = reader->directory + (size_t)block * DIRECTORY_ROW;
    size_t length = (size_t)(reader->end - reader->data);
    size_t from = row_place(row);
    size_t to = block + 1 < reader->blocks ? row_place(row + DIRECTORY_ROW) : length;
    to = to < length ? to : length;
    from = from < to ? from : to;
    reader->block = block;
    reader->at = reader->data + from;
    reader->block_end = reader->data + to;
    reader->print = row_print(row);
}

bool dsr_group_reader_open(dsr_group_reader *reader, const dsr_segment *segment, dsr_slice chunk)
{
    if (chunk.len < BLOCKS) {
        return false;
    }
    const uint8_t *bytes = (const uint8_t *)chunk.ptr;
    uint32_t blocks = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
    size_t head = BLOCKS + (size_t)blocks * DIRECTORY_ROW;
    if (!blocks || head >= chunk.len) {
        return false;
    }
    *reader = (dsr_group_reader){.segment = segment,
                                 .directory = bytes + BLOCKS,
                                 .data = bytes + head,
                                 .end = bytes + chunk.len,
                                 .blocks = blocks};
    enter_block(reader, 0);
    return true;
}

void dsr_group_reader_seek(dsr_group_reader *reader, uint64_t print)
{
    uint32_t low = 0, high = reader->blocks;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (row_print(reader->directory + (size_t)middle * DIRECTORY_ROW) <= print) {
            low = middle;
        } else {
            high = middle;
        }
    }
    enter_block(reader, low);
}

/* A number off the block; false at its end, and where it does not fit. */
static bool take(dsr_group_reader *reader, uint64_t *out)
{
    uint64_t value = 0;
    const uint8_t *at = reader->at;
    for (unsigned shift = 0; at < reader->block_end && shift < 63; shift += 7) {
        value |= (uint64_t)(*at & 0x7f) << shift;
        if (!(*at++ & 0x80)) {
            reader->at = at;
            *out = value;
            return true;
        }
    }
    return false;
}

static bool take_many(dsr_group_reader *reader, dsr_segment_group *group)
{
    uint64_t count = 0, dropped = 0, number = 0;
    if (!take(reader, &count) || count / 2 < 1 || count / 2 > DSR_SEGMENT_KEEP ||
        ((count & 1) && (!take(reader, &dropped) || dropped > UINT32_MAX))) {
        return false;
    }
    group->count = (uint32_t)(count / 2);
    group->dropped = (uint32_t)dropped;
    uint64_t left = reader->segment->last - reader->segment->base; /* none may be larger */
    for (uint32_t i = 0; i < group->count; i++) {
        if (!take(reader, &number) || number > left || (i && !number)) {
            return false;
        }
        left = i ? left - number : number;
        group->numbers[i] = reader->segment->base + (uint32_t)left;
    }
    return true;
}

dsr_group_step dsr_group_reader_next(dsr_group_reader *reader, dsr_segment_group *group)
{
    bool first = false;
    if (reader->at == reader->block_end) {
        if (reader->block + 1 >= reader->blocks) {
            return DSR_GROUP_END;
        }
        uint64_t before = reader->print;
        enter_block(reader, reader->block + 1);
        first = true;
        if (reader->print <= before) {
            return DSR_GROUP_DAMAGED;
        }
    }
    uint64_t gap = 0, number = 0;
    if (!take(reader, &gap)) {
        return DSR_GROUP_DAMAGED;
    }
    /* The first of a block stands in the directory: its distance is 0, and only its own. */
    if (gap / 2 > DSR_SEGMENT_MAX_PRINT - reader->print || (first && gap / 2)) {
        return DSR_GROUP_DAMAGED;
    }
    reader->print += gap / 2;
    group->print = reader->print;
    if (gap & 1) {
        return take_many(reader, group) ? DSR_GROUP_READ : DSR_GROUP_DAMAGED;
    }
    if (!take(reader, &number) || number > reader->segment->last - reader->segment->base) {
        return DSR_GROUP_DAMAGED;
    }
    group->count = 1;
    group->dropped = 0;
    group->numbers[0] = reader->segment->base + (uint32_t)number;
    return DSR_GROUP_READ;
}
