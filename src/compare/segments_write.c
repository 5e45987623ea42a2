/* New segments: groups in ascending order -> chunks, the index of their first fingerprints, a filter. */
#include "compare/segments_parts.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "copies";

enum {
    HEAD = 8, /* room for the checksum */
    BLOCK_GROUPS = 32,
    BLOCKS_AT_MOST = 512 /* a chunk is full long before: a group has two bytes at least */
};

typedef struct block_row {
    uint64_t print;
    size_t place;
} block_row;

struct dsr_segment_writer {
    dsr_copies *copies;
    dsr_segment *segment;
    dsr_buffer data;  /* of the chunk that is being filled */
    dsr_buffer chunk; /* a whole one */
    block_row rows[BLOCKS_AT_MOST];
    uint32_t blocks, in_block;
    uint64_t print; /* the last one */
    size_t room;    /* of segment->firsts */
};

dsr_status dsr_segment_writer_new(dsr_copies *copies, const dsr_segment *like, size_t expected,
                                  dsr_segment_writer **out)
{
    dsr_segment_writer *writer = calloc(1, sizeof *writer);
    dsr_segment *segment = calloc(1, sizeof *segment);
    if (!writer || !segment) {
        free(writer);
        free(segment);
        return DSR_ERR_MEMORY;
    }
    *segment = (dsr_segment){.id = copies->next++,
                             .dated = like->dated,
                             .span = like->span,
                             .base = like->base,
                             .last = like->last,
                             .intake_first = like->intake_first,
                             .intake_last = like->intake_last,
                             .in_all = copies->all.filter.words != NULL,
                             .used = copies->clock};
    copies->head_dirty = true;
    writer->copies = copies;
    writer->segment = segment;
    dsr_buffer_open(&writer->data, DSR_CHUNK_BYTES);
    dsr_buffer_open(&writer->chunk, DSR_SEGMENT_CHUNK_BYTES);
    dsr_segment_filter_make(copies, segment, expected);
    *out = writer;
    return DSR_OK;
}

void dsr_segment_writer_drop(dsr_segment_writer *writer)
{
    if (writer) {
        if (writer->segment) {
            dsr_segment_unload(writer->copies, writer->segment);
            free(writer->segment);
        }
        dsr_buffer_drop(&writer->data);
        dsr_buffer_drop(&writer->chunk);
        free(writer);
    }
}

/* Notes the first fingerprint of a new chunk. */
static dsr_status begin_chunk(dsr_segment_writer *writer, uint64_t print)
{
    dsr_segment *segment = writer->segment;
    if (segment->chunks == writer->room) {
        size_t room = 2 * writer->room + 16;
        uint64_t *firsts = realloc(segment->firsts, room * sizeof *firsts);
        segment->firsts = firsts ? firsts : segment->firsts;
        uint32_t *slots = firsts ? realloc(segment->slots, room * sizeof *slots) : NULL;
        segment->slots = slots ? slots : segment->slots;
        if (!slots) {
            return DSR_ERR_MEMORY;
        }
        writer->room = room;
    }
    segment->slots[segment->chunks] = DSR_SEGMENT_NO_SLOT;
    segment->firsts[segment->chunks++] = print;
    return DSR_OK;
}

static dsr_status put(dsr_segment_writer *writer, uint8_t family, uint32_t number, dsr_error *error)
{
    uint32_t place[2] = {writer->segment->id, number};
    dsr_copies_key key = dsr_copies_key_make(place, 2);
    const dsr_chunks *chunks = &writer->copies->chunks;
    dsr_copies_seal(family, dsr_copies_key_slice(&key), &writer->chunk);
    if (writer->chunk.status != DSR_OK) {
        return dsr_fail(error, writer->chunk.status, STAGE, "no room for a chunk of the copy index");
    }
    return chunks->put(chunks->context, family, dsr_copies_key_slice(&key), dsr_buffer_slice(&writer->chunk),
                       error);
}

static dsr_status end_chunk(dsr_segment_writer *writer, dsr_error *error)
{
    dsr_buffer *chunk = &writer->chunk;
    dsr_buffer_reset(chunk);
    dsr_buffer_append_fill(chunk, 0, HEAD);
    dsr_buffer_append_char(chunk, (char)(writer->blocks & 0xff));
    dsr_buffer_append_char(chunk, (char)(writer->blocks >> 8));
    for (uint32_t i = 0; i < writer->blocks; i++) {
        for (int shift = DSR_SEGMENT_PRINT_BITS - 8; shift >= 0; shift -= 8) {
            dsr_buffer_append_char(chunk, (char)(writer->rows[i].print >> shift & 0xff));
        }
        dsr_buffer_append_char(chunk, (char)(writer->rows[i].place & 0xff));
        dsr_buffer_append_char(chunk, (char)(writer->rows[i].place >> 8 & 0xff));
    }
    dsr_buffer_append(chunk, dsr_buffer_slice(&writer->data));
    dsr_status status = writer->data.status;
    if (status != DSR_OK) {
        return dsr_fail(error, status, STAGE, "no room for a chunk of the copy index");
    }
    dsr_buffer_reset(&writer->data);
    writer->blocks = 0;
    writer->in_block = 0;
    return put(writer, DSR_COPIES_DATA, writer->segment->chunks - 1, error);
}

/* LEB128 into room that is there. */
static char *append_number(char *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7) {
        *at++ = (char)(value | 0x80);
    }
    *at++ = (char)value;
    return at;
}

static void append_group(dsr_segment_writer *writer, const dsr_segment_group *group, uint64_t gap)
{
    enum { NUMBER_BYTES = 10 };
    char *start = dsr_buffer_reserve(&writer->data, ((size_t)group->count + 3) * NUMBER_BYTES);
    if (!start) {
        return;
    }
    bool many = group->count > 1 || group->dropped;
    char *at = append_number(start, gap * 2 + many);
    if (many) {
        at = append_number(at, (uint64_t)group->count * 2 + (group->dropped > 0));
        at = group->dropped ? append_number(at, group->dropped) : at;
    }
    at = append_number(at, group->numbers[0] - writer->segment->base);
    for (uint32_t i = 1; i < group->count; i++) {
        at = append_number(at, group->numbers[i - 1] - group->numbers[i]);
    }
    writer->data.len += (size_t)(at - start);
}

dsr_status dsr_segment_writer_add(dsr_segment_writer *writer, const dsr_segment_group *group,
                                  dsr_error *error)
{
    dsr_status status = DSR_OK;
    if (writer->data.len >= DSR_SEGMENT_CHUNK_FULL) {
        status = end_chunk(writer, error);
    }
    if (status == DSR_OK && !writer->blocks && begin_chunk(writer, group->print) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status != DSR_OK) {
        return status;
    }
    uint64_t gap = group->print - writer->print;
    if (!writer->blocks || writer->in_block == BLOCK_GROUPS) {
        writer->rows[writer->blocks++] = (block_row){group->print, writer->data.len};
        writer->in_block = 0;
        gap = 0;
    }
    append_group(writer, group, gap);
    writer->in_block++;
    writer->print = group->print;
    writer->segment->postings += group->count;
    dsr_print_filter_add(&writer->segment->filter, group->print);
    dsr_print_filter_add(&writer->copies->all.filter, group->print);
    return writer->data.status == DSR_OK ? DSR_OK : dsr_fail_memory(error, STAGE);
}

static dsr_status write_index(dsr_segment_writer *writer, dsr_error *error)
{
    const dsr_segment *segment = writer->segment;
    dsr_status status = DSR_OK;
    dsr_buffer_drop(&writer->chunk);
    dsr_buffer_open(&writer->chunk, DSR_CHUNK_BYTES);
    for (uint32_t from = 0; status == DSR_OK && from < segment->chunks; from += DSR_SEGMENT_INDEX_PART) {
        dsr_buffer_reset(&writer->chunk);
        dsr_buffer_append_fill(&writer->chunk, 0, HEAD);
        uint64_t before = 0;
        for (uint32_t i = from; i < segment->chunks && i < from + DSR_SEGMENT_INDEX_PART; i++) {
            dsr_buffer_append_varint(&writer->chunk, segment->firsts[i] - before);
            before = segment->firsts[i];
        }
        status = put(writer, DSR_COPIES_INDEX, from / DSR_SEGMENT_INDEX_PART, error);
    }
    return status;
}

dsr_status dsr_segment_writer_finish(dsr_segment_writer *writer, dsr_error *error)
{
    if (!writer->segment->chunks) {
        return DSR_OK;
    }
    dsr_status status = end_chunk(writer, error);
    if (status == DSR_OK) {
        status = write_index(writer, error);
    }
    if (status == DSR_OK && dsr_segments_insert(writer->copies, writer->segment) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        writer->segment = NULL;
    }
    return status;
}
