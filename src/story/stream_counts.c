/* How often each term came, between runs: a segment for each SEGMENT reports, sorted by term; sixteen of one
 * level become one of the next. A segment that is whole never changes, whoever saves when. */
#include "story/stream_keep.h"

#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

enum {
    SEGMENT = 128, /* reports */
    FAN = 16,
    LEVELS = 8,
    BASE_LEVEL = LEVELS, /* what was left after the rarest terms were forgotten */
    PART_BYTES = DSR_CHUNK_BYTES - 64,
    KEY_BYTES = 7
};

typedef struct pairs {
    df_change *items;
    size_t count, room;
} pairs;

static dsr_status push_pair(pairs *p, uint32_t key, uint32_t by)
{
    if (p->count == p->room) {
        size_t room = p->room ? 2 * p->room : 4096;
        df_change *grown = realloc(p->items, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        p->items = grown;
        p->room = room;
    }
    p->items[p->count++] = df_change_make(key, by);
    return DSR_OK;
}

/* `level`, number of the segment and part of it, big end first: in the order of keys. */
static dsr_slice key_of(char out[KEY_BYTES], unsigned level, uint32_t segment, unsigned part)
{
    out[0] = (char)level;
    dsr_keep_number(out + 1, segment);
    out[5] = (char)(part >> 8);
    out[6] = (char)(part & 255);
    return (dsr_slice){out, KEY_BYTES};
}

static void add_up(pairs *p)
{
    size_t kept = 0;
    dsr_sort_u64(p->items, p->count);
    for (size_t i = 0; i < p->count; i++) {
        if (kept && df_change_key(p->items[kept - 1]) == df_change_key(p->items[i])) {
            /* Counts stay far below 2^32: nothing is carried into the key. */
            p->items[kept - 1] += df_change_by(p->items[i]);
        } else {
            p->items[kept++] = p->items[i];
        }
    }
    p->count = kept;
}

static dsr_status put_segment(const dsr_keep *keep, unsigned level, uint32_t segment, pairs *p)
{
    char key[KEY_BYTES];
    dsr_status status = DSR_OK;
    unsigned part = 0;
    add_up(p);
    for (size_t i = 0; status == DSR_OK && i < p->count; part++) {
        uint32_t last = 0;
        dsr_buffer_reset(keep->buffer);
        for (; i < p->count && keep->buffer->len < PART_BYTES; i++) {
            dsr_buffer_append_varint(keep->buffer, df_change_key(p->items[i]) - last);
            dsr_buffer_append_varint(keep->buffer, df_change_by(p->items[i]));
            last = df_change_key(p->items[i]);
        }
        status = dsr_keep_put(keep, KEEP_COUNTS, key_of(key, level, segment, part));
    }
    return status;
}

static dsr_status read_part(dsr_slice rest, pairs *p)
{
    uint64_t key = 0, step = 0, by = 0;
    while (rest.len) {
        if (!dsr_slice_next_varint(&rest, &step) || !dsr_slice_next_varint(&rest, &by) || step > UINT32_MAX ||
            (key += step) > UINT32_MAX || !key || by > UINT32_MAX / 4) {
            return DSR_ERR_STORE;
        }
        dsr_status status = push_pair(p, (uint32_t)key, (uint32_t)by);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

/* Takes a segment out of the chunks into `p`. */
static dsr_status pull_segment(const dsr_keep *keep, unsigned level, uint32_t segment, pairs *p)
{
    char bytes[KEY_BYTES];
    for (unsigned part = 0;; part++) {
        const dsr_slice key = key_of(bytes, level, segment, part);
        dsr_status status =
            keep->chunks->get(keep->chunks->context, KEEP_COUNTS, key, keep->buffer, keep->error);
        if (status == DSR_ERR_NOT_FOUND) {
            return DSR_OK;
        }
        if (status == DSR_OK) {
            status = read_part(dsr_buffer_slice(keep->buffer), p);
        }
        if (status == DSR_OK) {
            status = keep->chunks->drop(keep->chunks->context, KEEP_COUNTS, key, keep->error);
        }
        if (status != DSR_OK) {
            return status;
        }
    }
}

/* Segment `number` is whole: where it is the last of sixteen, they become one. */
static dsr_status merge_segments(const dsr_keep *keep, uint32_t number)
{
    dsr_status status = DSR_OK;
    for (unsigned level = 0; status == DSR_OK && level + 1 < LEVELS && number % FAN == FAN - 1; level++) {
        pairs p = {NULL, 0, 0};
        for (uint32_t i = 0; status == DSR_OK && i < FAN; i++) {
            status = pull_segment(keep, level, number - (FAN - 1) + i, &p);
        }
        number /= FAN;
        if (status == DSR_OK) {
            status = put_segment(keep, level + 1, number, &p);
        }
        free(p.items);
    }
    return status;
}

static dsr_status drop_all(const dsr_keep *keep)
{
    pairs none = {NULL, 0, 0};
    dsr_status status = DSR_OK;
    for (unsigned level = 0; status == DSR_OK && level <= LEVELS; level++) {
        uint32_t most = level == BASE_LEVEL ? 1 : keep->stream->reports / SEGMENT + 1;
        for (uint32_t i = 0; status == DSR_OK && i < most; i++) {
            none.count = 0;
            status = pull_segment(keep, level, i, &none);
        }
    }
    free(none.items);
    return status;
}

/* The list of changes has marks: key 0. `by` is MARK_BASE after a whole table, else the number of the segment
 * that is whole, plus one. */
enum { MARK_BASE = UINT32_C(0x7fffffff) };

static dsr_status note(dsr_stream *s, uint32_t key, uint32_t by)
{
    pairs p = {s->changes.items, s->changes.count, s->changes.room};
    dsr_status status = push_pair(&p, key, by);
    s->changes.items = p.items;
    s->changes.count = p.count;
    s->changes.room = p.room;
    return status;
}

dsr_status dsr_stream_note_count(dsr_stream *stream, uint32_t key)
{
    return stream->keeps ? note(stream, key, 1) : DSR_OK;
}

dsr_status dsr_stream_note_placed(dsr_stream *stream)
{
    bool whole = stream->keeps && stream->reports % SEGMENT == 0;
    return whole ? note(stream, 0, stream->reports / SEGMENT) : DSR_OK;
}

dsr_status dsr_stream_note_pruned(dsr_stream *stream)
{
    dsr_status status = DSR_OK;
    if (!stream->keeps) {
        return DSR_OK;
    }
    stream->changes.count = 0;
    for (size_t i = 0; status == DSR_OK && i < stream->table.room; i++) {
        const term_slot *slot = &stream->table.slots[i];
        status = slot->key ? note(stream, slot->key, slot->df) : DSR_OK;
    }
    return status == DSR_OK ? note(stream, 0, MARK_BASE) : status;
}

/* Writes the changes up to a mark. */
static dsr_status put_marked(const dsr_keep *keep, pairs *p, uint32_t mark)
{
    if (mark == MARK_BASE) {
        dsr_status status = drop_all(keep);
        return status == DSR_OK ? put_segment(keep, BASE_LEVEL, 0, p) : status;
    }
    dsr_status status = put_segment(keep, 0, mark - 1, p);
    return status == DSR_OK ? merge_segments(keep, mark - 1) : status;
}

dsr_status dsr_keep_save_counts(const dsr_keep *keep)
{
    dsr_stream *s = keep->stream;
    dsr_status status = DSR_OK;
    size_t from = 0;
    for (size_t i = 0; status == DSR_OK && i < s->changes.count; i++) {
        if (!df_change_key(s->changes.items[i])) {
            pairs p = {s->changes.items + from, i - from, 0};
            const uint32_t mark = df_change_by(s->changes.items[i]);
            from = i + 1;
            status = put_marked(keep, &p, mark);
        }
    }
    if (status != DSR_OK) {
        return status;
    }
    s->changes.count -= from;
    if (s->changes.count) {
        memmove(s->changes.items, s->changes.items + from, s->changes.count * sizeof *s->changes.items);
    }
    /* The segment that is not whole yet is written over each time; what it has is added up meanwhile. */
    pairs rest = {s->changes.items, s->changes.count, 0};
    status = put_segment(keep, 0, s->reports / SEGMENT, &rest);
    s->changes.count = rest.count;
    return status;
}

static dsr_status visit_counts(void *visitor, dsr_slice key, dsr_slice value)
{
    const dsr_keep *keep = visitor;
    dsr_stream *s = keep->stream;
    pairs p = {NULL, 0, 0};
    const bool open =
        key.len == KEY_BYTES && key.ptr[0] == 0 && dsr_keep_read(key.ptr + 1) == s->reports / SEGMENT;
    dsr_status status = key.len == KEY_BYTES ? read_part(value, &p) : DSR_ERR_STORE;
    for (size_t i = 0; status == DSR_OK && i < p.count; i++) {
        term_slot *slot = NULL;
        status = dsr_stream_table_take(&s->table, df_change_key(p.items[i]), &slot);
        if (status == DSR_OK) {
            slot->df += df_change_by(p.items[i]);
            slot->df = slot->df < UINT32_MAX / 4 ? slot->df : UINT32_MAX / 4;
            status = open ? note(s, df_change_key(p.items[i]), df_change_by(p.items[i])) : DSR_OK;
        }
    }
    free(p.items);
    return status;
}

dsr_status dsr_keep_load_counts(dsr_keep *keep)
{
    return keep->chunks->each(keep->chunks->context, KEEP_COUNTS, visit_counts, keep, keep->error);
}
