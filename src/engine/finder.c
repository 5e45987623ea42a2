/* See finder.h. A chunk of the tail: keys in ascending order, each as its distance from the one before. A
 * chunk of a block: key, how many reports, their sequences, all as distances. */
#include "engine/finder.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "finder";

enum { VERSION = 1, PART_BYTES = 56 * 1024, BUCKET_SHIFT = 26, NAME_MARK = 0x5bd1 };

static dsr_status damaged(dsr_error *error)
{
    return dsr_fail(error, DSR_ERR_STORE, STAGE, "the index of words is damaged");
}

uint32_t dsr_finder_word_key(uint64_t stem_hash)
{
    return dsr_stream_key(stem_hash);
}

uint32_t dsr_finder_name_key(uint64_t name_hash)
{
    return dsr_stream_key(dsr_hash_mix(name_hash + NAME_MARK));
}

/* ---- how far it has come ---- */

static dsr_slice state_key(void)
{
    return DSR_SLICE("words");
}

static bool read_u32(dsr_slice *rest, uint32_t *out)
{
    uint64_t value = 0;
    if (!dsr_slice_next_varint(rest, &value) || value > UINT32_MAX) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

dsr_status dsr_finder_open(const dsr_chunks *chunks, dsr_finder *out, dsr_error *error)
{
    dsr_buffer buffer;
    dsr_finder finder = {0, 0, 0, false};
    uint32_t version = 0;
    dsr_buffer_open(&buffer, 0);
    dsr_status status = chunks->get(chunks->context, DSR_RECORD_WORDS_STATE, state_key(), &buffer, error);
    dsr_slice rest = dsr_buffer_slice(&buffer);
    if (status == DSR_OK && (!read_u32(&rest, &version) || version != VERSION ||
                             !read_u32(&rest, &finder.blocks) || !read_u32(&rest, &finder.tail) ||
                             !read_u32(&rest, &finder.last) || finder.tail >= DSR_FINDER_BLOCK)) {
        status = damaged(error);
    }
    dsr_buffer_drop(&buffer);
    if (status == DSR_OK || status == DSR_ERR_NOT_FOUND) {
        *out = finder;
        status = DSR_OK;
    }
    return status;
}

dsr_status dsr_finder_save(dsr_finder *finder, const dsr_chunks *chunks, dsr_error *error)
{
    if (!finder->dirty) {
        return DSR_OK;
    }
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_buffer_append_varint(&buffer, VERSION);
    dsr_buffer_append_varint(&buffer, finder->blocks);
    dsr_buffer_append_varint(&buffer, finder->tail);
    dsr_buffer_append_varint(&buffer, finder->last);
    dsr_status status = buffer.status == DSR_OK ? chunks->put(chunks->context, DSR_RECORD_WORDS_STATE,
                                                              state_key(), dsr_buffer_slice(&buffer), error)
                                                : dsr_fail_memory(error, STAGE);
    dsr_buffer_drop(&buffer);
    finder->dirty = finder->dirty && status != DSR_OK;
    return status;
}

/* ---- the tail ---- */

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static dsr_status put_tail(const dsr_chunks *chunks, uint32_t sequence, const uint32_t *keys, size_t count,
                           dsr_error *error)
{
    dsr_buffer buffer;
    dsr_record_key key = dsr_record_key_make(sequence);
    uint32_t last = 0, kept = 0;
    dsr_buffer_open(&buffer, 0);
    for (size_t i = 0; i < count && kept < DSR_LIMIT_FINDER_KEYS; i++) {
        if (i == 0 || keys[i] != keys[i - 1]) {
            dsr_buffer_append_varint(&buffer, keys[i] - last);
            last = keys[i];
            kept++;
        }
    }
    dsr_status status = buffer.status == DSR_OK
                            ? chunks->put(chunks->context, DSR_RECORD_WORDS_TAIL, dsr_record_key_slice(&key),
                                          dsr_buffer_slice(&buffer), error)
                            : dsr_fail_memory(error, STAGE);
    dsr_buffer_drop(&buffer);
    return status;
}

/* ---- blocks ---- */

/* A report with a key, as a number that sorts by key. */
typedef struct postings {
    uint64_t *items;
    size_t count, room;
    uint32_t *sequences; /* of the tail */
    size_t reports;
    dsr_error *error;
} postings;

static dsr_status read_tail(void *visitor, dsr_slice key, dsr_slice value)
{
    postings *p = visitor;
    uint32_t sequence = dsr_record_key_read(key), last = 0, delta = 0;
    if (sequence == 0 || p->reports == DSR_FINDER_BLOCK) {
        return damaged(p->error);
    }
    p->sequences[p->reports++] = sequence;
    while (value.len > 0) {
        if (!read_u32(&value, &delta) || delta > UINT32_MAX - last) {
            return damaged(p->error);
        }
        last += delta;
        if (p->count == p->room) {
            size_t room = p->room ? 2 * p->room : 4096;
            uint64_t *grown = realloc(p->items, room * sizeof *grown);
            if (!grown) {
                return dsr_fail_memory(p->error, STAGE);
            }
            p->items = grown;
            p->room = room;
        }
        p->items[p->count++] = (uint64_t)last << 32 | sequence;
    }
    return DSR_OK;
}

static int by_posting(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

typedef struct part_key {
    char bytes[7];
} part_key;

static part_key part_key_make(uint32_t block, unsigned bucket, unsigned part)
{
    dsr_record_key number = dsr_record_key_make(block);
    part_key key;
    memcpy(key.bytes, number.bytes, sizeof number.bytes);
    key.bytes[4] = (char)(unsigned char)bucket;
    key.bytes[5] = (char)(unsigned char)(part >> 8);
    key.bytes[6] = (char)(unsigned char)part;
    return key;
}

static dsr_status put_part(const dsr_chunks *chunks, part_key key, dsr_buffer *buffer, dsr_error *error)
{
    dsr_status status = buffer->status == DSR_OK ? chunks->put(chunks->context, DSR_RECORD_WORDS,
                                                               (dsr_slice){key.bytes, sizeof key.bytes},
                                                               dsr_buffer_slice(buffer), error)
                                                 : dsr_fail_memory(error, STAGE);
    dsr_buffer_reset(buffer);
    return status;
}

/* The postings of one key; returns the place behind them. */
static size_t append_list(dsr_buffer *to, const postings *p, size_t at, uint32_t *last_key)
{
    uint32_t key = (uint32_t)(p->items[at] >> 32), last = 0;
    size_t end = at;
    while (end < p->count && (uint32_t)(p->items[end] >> 32) == key) {
        end++;
    }
    dsr_buffer_append_varint(to, key - *last_key);
    dsr_buffer_append_varint(to, end - at);
    for (size_t i = at; i < end; i++) {
        dsr_buffer_append_varint(to, (uint32_t)p->items[i] - last);
        last = (uint32_t)p->items[i];
    }
    *last_key = key;
    return end;
}

/* Each bucket begins with the number of its last part. */
static dsr_status put_block(const dsr_chunks *chunks, uint32_t block, const postings *p, dsr_error *error)
{
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_status status = DSR_OK;
    size_t at = 0;
    while (status == DSR_OK && at < p->count) {
        unsigned bucket = (unsigned)(p->items[at] >> (32 + BUCKET_SHIFT)), part = 0;
        uint32_t last_key = 0;
        while (status == DSR_OK && at < p->count &&
               (unsigned)(p->items[at] >> (32 + BUCKET_SHIFT)) == bucket) {
            at = append_list(&buffer, p, at, &last_key);
            if (buffer.len >= PART_BYTES) {
                status = put_part(chunks, part_key_make(block, bucket, part++), &buffer, error);
                last_key = 0;
            }
        }
        if (status == DSR_OK && buffer.len > 0) {
            status = put_part(chunks, part_key_make(block, bucket, part), &buffer, error);
        }
    }
    dsr_buffer_drop(&buffer);
    return status;
}

static dsr_status drop_tail(const dsr_chunks *chunks, const postings *p, dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < p->reports; i++) {
        dsr_record_key key = dsr_record_key_make(p->sequences[i]);
        status = chunks->drop(chunks->context, DSR_RECORD_WORDS_TAIL, dsr_record_key_slice(&key), error);
    }
    return status;
}

static dsr_status close_block(dsr_finder *finder, const dsr_chunks *chunks, dsr_error *error)
{
    uint32_t sequences[DSR_FINDER_BLOCK];
    postings p = {.sequences = sequences, .error = error};
    dsr_status status = chunks->each(chunks->context, DSR_RECORD_WORDS_TAIL, read_tail, &p, error);
    if (status == DSR_OK && p.count > 1) {
        qsort(p.items, p.count, sizeof *p.items, by_posting);
    }
    if (status == DSR_OK) {
        status = put_block(chunks, finder->blocks, &p, error);
    }
    if (status == DSR_OK) {
        status = drop_tail(chunks, &p, error);
    }
    free(p.items);
    if (status == DSR_OK) {
        finder->blocks++;
        finder->tail = 0;
    }
    return status;
}

dsr_status dsr_finder_add(dsr_finder *finder, const dsr_chunks *chunks, uint32_t sequence,
                          const dsr_clipping *clipping, dsr_error *error)
{
    if (sequence <= finder->last) {
        return DSR_OK;
    }
    size_t count = 0;
    uint32_t *keys = malloc((clipping->terms.count + clipping->name_count + 1) * sizeof *keys);
    if (!keys) {
        return dsr_fail_memory(error, STAGE);
    }
    for (size_t i = 0; i < clipping->terms.count; i++) {
        keys[count++] = dsr_finder_word_key(clipping->terms.items[i].hash);
    }
    for (size_t i = 0; i < clipping->name_count; i++) {
        keys[count++] = dsr_finder_name_key(clipping->names[i].hash);
    }
    if (count > 1) {
        qsort(keys, count, sizeof *keys, by_number);
    }
    dsr_status status = put_tail(chunks, sequence, keys, count, error);
    free(keys);
    if (status != DSR_OK) {
        return status;
    }
    finder->last = sequence;
    finder->dirty = true;
    finder->tail++;
    return finder->tail == DSR_FINDER_BLOCK ? close_block(finder, chunks, error) : DSR_OK;
}

/* ---- looking ---- */

typedef struct look {
    dsr_finder_list *lists;
    size_t count;
    uint32_t most;
    dsr_error *error;
} look;

static dsr_status push(look *l, dsr_finder_list *list, uint32_t sequence)
{
    if (list->common) {
        return DSR_OK;
    }
    if (list->count == l->most) {
        free(list->items);
        *list = (dsr_finder_list){.key = list->key, .common = true};
        return DSR_OK;
    }
    if (list->count == list->room) {
        uint32_t room = list->room ? 2 * list->room : 16;
        uint32_t *grown = realloc(list->items, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(l->error, STAGE);
        }
        list->items = grown;
        list->room = room;
    }
    list->items[list->count++] = sequence;
    return DSR_OK;
}

/* The lists [first, last) may stand in this part. */
static dsr_status read_part(look *l, size_t first, size_t last, dsr_slice rest)
{
    uint32_t key = 0, delta = 0, count = 0;
    dsr_status status = DSR_OK;
    while (status == DSR_OK && rest.len > 0) {
        if (!read_u32(&rest, &delta) || delta > UINT32_MAX - key || !read_u32(&rest, &count)) {
            return damaged(l->error);
        }
        key += delta;
        while (first < last && l->lists[first].key < key) {
            first++;
        }
        bool wanted = first < last && l->lists[first].key == key;
        uint32_t sequence = 0;
        for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
            if (!read_u32(&rest, &delta) || delta > UINT32_MAX - sequence) {
                return damaged(l->error);
            }
            sequence += delta;
            status = wanted ? push(l, &l->lists[first], sequence) : DSR_OK;
        }
    }
    return status;
}

static dsr_status look_into_bucket(look *l, const dsr_chunks *chunks, uint32_t block, size_t first,
                                   size_t last, dsr_buffer *buffer)
{
    unsigned bucket = l->lists[first].key >> BUCKET_SHIFT;
    dsr_status status = DSR_OK;
    for (unsigned part = 0; status == DSR_OK; part++) {
        part_key key = part_key_make(block, bucket, part);
        dsr_buffer_reset(buffer);
        status = chunks->get(chunks->context, DSR_RECORD_WORDS, (dsr_slice){key.bytes, sizeof key.bytes},
                             buffer, l->error);
        if (status == DSR_OK) {
            status = read_part(l, first, last, dsr_buffer_slice(buffer));
        }
        /* A part that is not nearly full is the last. */
        if (status == DSR_OK && buffer->len < PART_BYTES) {
            break;
        }
    }
    return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
}

static dsr_status look_into_tail(void *visitor, dsr_slice key, dsr_slice value)
{
    look *l = visitor;
    uint32_t sequence = dsr_record_key_read(key), word = 0, delta = 0;
    dsr_status status = DSR_OK;
    size_t at = 0;
    while (status == DSR_OK && value.len > 0 && at < l->count) {
        if (!read_u32(&value, &delta) || delta > UINT32_MAX - word) {
            return damaged(l->error);
        }
        word += delta;
        while (at < l->count && l->lists[at].key < word) {
            at++;
        }
        status = at < l->count && l->lists[at].key == word ? push(l, &l->lists[at], sequence) : DSR_OK;
    }
    return status;
}

dsr_status dsr_finder_look(const dsr_chunks *chunks, uint32_t most, dsr_finder_list *lists, size_t count,
                           dsr_error *error)
{
    look l = {lists, count, most, error};
    dsr_finder finder;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_status status = dsr_finder_open(chunks, &finder, error);
    for (uint32_t block = 0; status == DSR_OK && block < finder.blocks; block++) {
        for (size_t first = 0, last; status == DSR_OK && first < count; first = last) {
            for (last = first;
                 last < count && lists[last].key >> BUCKET_SHIFT == lists[first].key >> BUCKET_SHIFT;) {
                last++;
            }
            status = look_into_bucket(&l, chunks, block, first, last, &buffer);
        }
    }
    if (status == DSR_OK) {
        status = chunks->each(chunks->context, DSR_RECORD_WORDS_TAIL, look_into_tail, &l, error);
    }
    dsr_buffer_drop(&buffer);
    return status;
}

void dsr_finder_lists_drop(dsr_finder_list *lists, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(lists[i].items);
        lists[i].items = NULL;
        lists[i].count = lists[i].room = 0;
    }
}
