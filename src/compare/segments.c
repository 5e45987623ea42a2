/* The copy index: open, find, add, remove, save. How it is laid out: segments.h. */
#include "compare/segments_parts.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "copies";

enum { FORMAT = 1, HEAD_FIELDS = 4, CHECKSUM = 8 };

static dsr_slice head_key(void)
{
    return DSR_SLICE("head");
}

static dsr_status open_head(dsr_copies *copies, dsr_error *error)
{
    dsr_status status =
        copies->chunks.get(copies->chunks.context, DSR_COPIES_HEAD, head_key(), &copies->scratch, error);
    if (status == DSR_ERR_NOT_FOUND) {
        return DSR_OK;
    }
    if (status != DSR_OK) {
        return status;
    }
    dsr_slice rest = dsr_buffer_slice(&copies->scratch);
    if (!dsr_copies_unseal(DSR_COPIES_HEAD, head_key(), &rest) || rest.len < sizeof(uint32_t)) {
        return dsr_copies_damaged(error, "head", 0);
    }
    uint32_t format = dsr_copies_get_u32(rest.ptr);
    if (format != FORMAT) {
        return dsr_fail(
            error, DSR_ERR_VERSION, STAGE,
            "the copy index is of format %u, this version reads %d; build it anew from its reports",
            (unsigned)format, FORMAT);
    }
    if (rest.len != HEAD_FIELDS * sizeof(uint32_t)) {
        return dsr_copies_damaged(error, "head", 0);
    }
    copies->any = dsr_copies_get_u32(rest.ptr + 4) != 0;
    copies->last = dsr_copies_get_u32(rest.ptr + 8);
    copies->next = dsr_copies_get_u32(rest.ptr + 12);
    return copies->last < DSR_LIMIT_REPORTS ? DSR_OK : dsr_copies_damaged(error, "head", 0);
}

static dsr_status save_head(dsr_copies *copies, dsr_error *error)
{
    dsr_buffer *chunk = &copies->scratch;
    dsr_buffer_reset(chunk);
    dsr_buffer_append_fill(chunk, 0, CHECKSUM);
    dsr_copies_put_u32(chunk, FORMAT);
    dsr_copies_put_u32(chunk, copies->any ? 1 : 0);
    dsr_copies_put_u32(chunk, copies->last);
    dsr_copies_put_u32(chunk, copies->next);
    dsr_copies_seal(DSR_COPIES_HEAD, head_key(), chunk);
    return chunk->status == DSR_OK ? copies->chunks.put(copies->chunks.context, DSR_COPIES_HEAD, head_key(),
                                                        dsr_buffer_slice(chunk), error)
                                   : dsr_fail_memory(error, STAGE);
}

dsr_status dsr_copies_open(const dsr_chunks *chunks, const dsr_copies_options *options, dsr_copies **out,
                           dsr_error *error)
{
    const dsr_copies_options usual = {0, 0, 0};
    const dsr_copies_options *o = options ? options : &usual;
    dsr_copies *copies = calloc(1, sizeof *copies);
    if (!copies) {
        return dsr_fail_memory(error, STAGE);
    }
    size_t cache = o->cache_bytes ? o->cache_bytes : DSR_COPIES_CACHE_BYTES;
    copies->chunks = *chunks;
    copies->window = o->window_days ? o->window_days : DSR_COPIES_WINDOW_DAYS;
    copies->filter_limit = o->filter_bytes ? o->filter_bytes : DSR_COPIES_FILTER_BYTES;
    copies->cache.limit = cache / DSR_SEGMENT_CHUNK_BYTES < UINT32_MAX / 2
                              ? (uint32_t)(cache / DSR_SEGMENT_CHUNK_BYTES) + 1
                              : UINT32_MAX / 2;
    copies->table.dirty_from = UINT32_MAX;
    dsr_buffer_open(&copies->scratch, DSR_CHUNK_BYTES);
    dsr_status status = open_head(copies, error);
    if (status == DSR_OK) {
        status = dsr_copies_table_open(copies, error);
    }
    if (status == DSR_OK) {
        status = dsr_segments_open(copies, error);
    }
    if (status == DSR_OK) {
        status = dsr_copies_tail_open(copies, error);
    }
    if (status != DSR_OK) {
        dsr_copies_close(copies);
        return status;
    }
    *out = copies;
    return DSR_OK;
}

void dsr_copies_close(dsr_copies *copies)
{
    if (!copies) {
        return;
    }
    dsr_segments_drop(copies);
    dsr_print_filter_drop(copies, &copies->all.filter);
    dsr_copies_table_drop(copies);
    for (uint32_t i = 0; i < copies->cache.count; i++) {
        free(copies->cache.slots[i].bytes);
    }
    free(copies->cache.slots);
    free(copies->tail.prints);
    free(copies->tail.heads);
    dsr_buffer_drop(&copies->scratch);
    free(copies);
}

static dsr_status refuse(dsr_error *error)
{
    return dsr_fail(error, DSR_ERR_STORE, STAGE,
                    "the copy index failed before; undo the transaction and open it again");
}

static dsr_status take_in(dsr_copies *copies, const dsr_copies_report *report, const uint64_t *prints,
                          size_t count, dsr_error *error)
{
    dsr_status status = dsr_copies_table_put(copies, report, error);
    if (status == DSR_OK && dsr_copies_tail_add(copies, report, prints, count) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        copies->any = true;
        copies->last = report->number;
        copies->head_dirty = true;
        status = dsr_copies_tail_flush(copies, error);
    }
    return status;
}

dsr_status dsr_copies_add(dsr_copies *copies, const dsr_copies_report *report, const dsr_fingerprints *prints,
                          dsr_error *error)
{
    if (copies->broken) {
        return refuse(error);
    }
    if (report->number >= DSR_LIMIT_REPORTS) {
        return dsr_fail(error, DSR_ERR_LIMIT, STAGE, "more reports than one store can hold");
    }
    if (copies->any && report->number <= copies->last) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "report %u does not come after %u",
                        (unsigned)report->number, (unsigned)copies->last);
    }
    uint64_t *distinct = NULL;
    size_t count = 0;
    if (dsr_copies_distinct(prints, &distinct, &count) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    copies->clock++;
    dsr_status status = take_in(copies, report, distinct, count, error);
    free(distinct);
    copies->broken = status != DSR_OK;
    return status;
}

dsr_status dsr_copies_remove(dsr_copies *copies, uint32_t number, dsr_error *error)
{
    if (copies->broken) {
        return refuse(error);
    }
    const dsr_copies_entry *entry = NULL;
    dsr_status status = DSR_OK;
    if (copies->any && number <= copies->last) {
        status = dsr_copies_table_get(copies, number, &entry, error);
    }
    if (status == DSR_OK && (!entry || dsr_copies_is_dead(copies, number))) {
        return dsr_fail(error, DSR_ERR_NOT_FOUND, STAGE, "no report %u in the copy index", (unsigned)number);
    }
    return status == DSR_OK ? dsr_copies_bury(copies, number, error) : status;
}

dsr_status dsr_copies_save(dsr_copies *copies, dsr_error *error)
{
    if (copies->broken) {
        return refuse(error);
    }
    dsr_status status = dsr_copies_table_save(copies, error);
    if (status == DSR_OK) {
        status = dsr_copies_tail_save(copies, error);
    }
    if (status == DSR_OK && copies->head_dirty) {
        status = save_head(copies, error);
    }
    copies->head_dirty = copies->head_dirty && status != DSR_OK;
    copies->broken = status != DSR_OK;
    return status;
}

uint32_t dsr_copies_last(const dsr_copies *copies)
{
    return copies->any ? copies->last : DSR_COPIES_NONE;
}

void dsr_copies_measure_take(const dsr_copies *copies, dsr_copies_measure *out)
{
    *out = (dsr_copies_measure){.segments = copies->segment_count,
                                .tail_reports = copies->tail.report_count,
                                .filter_bytes = copies->filter_bytes,
                                .cache_bytes = (size_t)copies->cache.count * DSR_SEGMENT_CHUNK_BYTES,
                                .probes = copies->probes,
                                .fetched = copies->fetched};
    for (size_t i = 0; i < copies->segment_count; i++) {
        const dsr_segment *segment = copies->segments[i];
        out->chunks += segment->chunks;
        out->other_bytes += sizeof *segment;
        out->other_bytes += segment->firsts ? segment->chunks * (sizeof(uint64_t) + sizeof(uint32_t)) : 0;
    }
    out->other_bytes += copies->table.loaded * sizeof(dsr_copies_page) +
                        copies->tail.room * sizeof(dsr_tail_print) +
                        copies->cache.room * sizeof(dsr_cache_slot);
}
