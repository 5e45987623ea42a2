/* See lessons.h. A lesson lies under its outlet and the report's place in the order of intake, the newest
 * first; how many there are, and what was learnt of the outlet, under the outlet alone. */
#include "engine/lessons.h"

#include "base/limits.h"
#include "engine/records.h"
#include "model/pack.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "settle";

typedef struct lesson_key {
    char bytes[12]; /* outlet, then sequence taken off the greatest number, the big end first */
} lesson_key;

enum {
    OUTLET_BYTES = 8,
    COUNT_BYTES = 4,
    EACH_TEACHES = 64, /* lessons up to which each has its outlet learnt anew */
    RARELY = 128,      /* lessons that come before that happens again, at most */
    NEWEST = 1024      /* lessons that an outlet is learnt from */
};

static lesson_key make_key(uint64_t outlet, uint32_t sequence)
{
    lesson_key key;
    for (unsigned i = 0; i < OUTLET_BYTES; i++) {
        key.bytes[i] = (char)(unsigned char)(outlet >> (56 - 8 * i) & 0xff);
    }
    for (unsigned i = 0; i < 4; i++) {
        key.bytes[OUTLET_BYTES + i] = (char)(unsigned char)((UINT32_MAX - sequence) >> (24 - 8 * i) & 0xff);
    }
    return key;
}

void dsr_lessons_forget(dsr_lessons *lessons)
{
    free(lessons->outlets);
    *lessons = (dsr_lessons){.outlets = NULL};
}

dsr_status dsr_lesson_make(const dsr_lexicon *lexicon, dsr_arena *scratch, const dsr_report *report,
                           uint64_t *outlet, dsr_buffer *to)
{
    *outlet = dsr_learning_outlet(report);
    if (!*outlet) {
        return DSR_OK;
    }
    dsr_learning *learning = dsr_learning_new(lexicon);
    dsr_status status = learning ? dsr_learning_add(learning, scratch, report) : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        dsr_learning_keep(learning, to);
        status = to->status;
    }
    dsr_learning_drop(learning);
    return status;
}

static dsr_status note_outlet(dsr_lessons *lessons, uint64_t outlet, bool put, dsr_error *error)
{
    for (size_t i = lessons->count; i-- > 0;) {
        if (lessons->outlets[i].outlet == outlet) {
            lessons->outlets[i].put += put;
            lessons->outlets[i].dropped += !put;
            return DSR_OK;
        }
    }
    if (lessons->count == lessons->room) {
        size_t room = lessons->room ? 2 * lessons->room : 16;
        struct dsr_taught *grown = realloc(lessons->outlets, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(error, STAGE);
        }
        lessons->outlets = grown;
        lessons->room = room;
    }
    lessons->outlets[lessons->count++] = (struct dsr_taught){outlet, put, !put};
    return DSR_OK;
}

static dsr_status find_key(dsr_store *store, dsr_id report, uint64_t outlet, lesson_key *out,
                           dsr_error *error)
{
    uint64_t sequence = 0;
    bool current = false;
    dsr_status status = dsr_store_locate_report(store, report, &sequence, &current, error);
    *out = make_key(outlet, (uint32_t)sequence);
    return status;
}

dsr_status dsr_lessons_put(dsr_lessons *lessons, dsr_store *store, dsr_id report, uint64_t outlet,
                           dsr_slice lesson, dsr_error *error)
{
    lesson_key key;
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_status status = find_key(store, report, outlet, &key, error);
    if (status == DSR_OK) {
        status = chunks.put(chunks.context, DSR_RECORD_LESSON, (dsr_slice){key.bytes, sizeof key.bytes},
                            lesson, error);
    }
    return status == DSR_OK ? note_outlet(lessons, outlet, true, error) : status;
}

dsr_status dsr_lessons_drop(dsr_lessons *lessons, dsr_store *store, dsr_id id, dsr_error *error)
{
    dsr_store_report stored;
    dsr_report report;
    lesson_key key;
    uint64_t outlet = 0;
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status =
        arena ? dsr_store_get_report(store, id, arena, &stored, NULL, error) : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        status = dsr_report_unpack(arena, stored.packed, &report, error);
        outlet = status == DSR_OK ? dsr_learning_outlet(&report) : 0;
    }
    if (status == DSR_OK && outlet) {
        status = find_key(store, id, outlet, &key, error);
    }
    if (status == DSR_OK && outlet) {
        status =
            chunks.drop(chunks.context, DSR_RECORD_LESSON, (dsr_slice){key.bytes, sizeof key.bytes}, error);
    }
    if (status == DSR_OK && outlet) {
        status = note_outlet(lessons, outlet, false, error);
    }
    dsr_arena_drop(arena);
    return status;
}

/* --- learning anew --- */

typedef struct taking {
    dsr_learning *learning;
    uint64_t outlet;
    uint32_t skip, take; /* lessons, the newest first */
} taking;

static dsr_status take_up(void *visitor, dsr_slice key, dsr_slice value)
{
    (void)key;
    taking *t = visitor;
    if (t->skip) {
        t->skip--;
        return DSR_OK;
    }
    /* The walk ends with a status of its own; DSR_ERR_LIMIT comes from nowhere else. */
    return t->take-- ? dsr_learning_take_up(t->learning, t->outlet, value) : DSR_ERR_LIMIT;
}

/* Of how many of its first lessons an outlet with `count` of them is learnt. */
static uint32_t learnt_from(uint32_t count)
{
    uint32_t step = 1;
    while (count / step >= EACH_TEACHES && step < RARELY) {
        step *= 2;
    }
    return count - count % step;
}

/* What `count` lessons teach, into `buffer`. */
static dsr_status learn_outlet(dsr_store *store, uint64_t outlet, uint32_t count, dsr_buffer *buffer,
                               dsr_error *error)
{
    lesson_key key = make_key(outlet, 0);
    dsr_slice prefix = {key.bytes, OUTLET_BYTES};
    taking t = {dsr_learning_new(NULL), outlet, count - learnt_from(count), NEWEST};
    dsr_status status = t.learning
                            ? dsr_store_each_chunk(store, DSR_RECORD_LESSON, prefix, take_up, &t, error)
                            : DSR_ERR_MEMORY;
    if (status == DSR_OK || status == DSR_ERR_LIMIT) {
        dsr_learning_pack(t.learning, buffer);
        status = buffer->status;
    }
    dsr_learning_drop(t.learning);
    if (status == DSR_ERR_MEMORY) {
        return dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_ERR_STORE) {
        return dsr_fail(error, status, STAGE, "what a report teaches of its outlet is damaged in the store");
    }
    return status;
}

static dsr_status put_learnt(dsr_store *store, uint64_t outlet, uint32_t count, dsr_buffer *buffer,
                             dsr_error *error)
{
    lesson_key key = make_key(outlet, 0);
    dsr_slice prefix = {key.bytes, OUTLET_BYTES};
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_buffer_reset(buffer);
    dsr_status status = learn_outlet(store, outlet, count, buffer, error);
    if (status != DSR_OK) {
        return status;
    }
    return buffer->len
               ? chunks.put(chunks.context, DSR_RECORD_LEARNT, prefix, dsr_buffer_slice(buffer), error)
               : chunks.drop(chunks.context, DSR_RECORD_LEARNT, prefix, error);
}

static uint32_t read_count(dsr_slice bytes)
{
    uint32_t count = 0;
    for (size_t i = 0; bytes.len == COUNT_BYTES && i < COUNT_BYTES; i++) {
        count = count << 8 | (unsigned char)bytes.ptr[i];
    }
    return count;
}

static dsr_status put_count(dsr_store *store, dsr_slice outlet, uint32_t count, dsr_error *error)
{
    char bytes[COUNT_BYTES];
    dsr_chunks chunks = dsr_store_chunks(store);
    if (!count) {
        return chunks.drop(chunks.context, DSR_RECORD_TAUGHT, outlet, error);
    }
    for (unsigned i = 0; i < COUNT_BYTES; i++) {
        bytes[i] = (char)(unsigned char)(count >> (24 - 8 * i) & 0xff);
    }
    return chunks.put(chunks.context, DSR_RECORD_TAUGHT, outlet, (dsr_slice){bytes, sizeof bytes}, error);
}

static dsr_status settle_outlet(dsr_store *store, const struct dsr_taught *taught, bool *changed,
                                dsr_buffer *buffer, dsr_error *error)
{
    lesson_key key = make_key(taught->outlet, 0);
    dsr_slice outlet = {key.bytes, OUTLET_BYTES};
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_buffer_reset(buffer);
    dsr_status status = chunks.get(chunks.context, DSR_RECORD_TAUGHT, outlet, buffer, error);
    if (status != DSR_OK && status != DSR_ERR_NOT_FOUND) {
        return status;
    }
    uint32_t before = status == DSR_OK ? read_count(dsr_buffer_slice(buffer)) : 0;
    uint32_t count = before + taught->put -
                     (taught->dropped < before + taught->put ? taught->dropped : before + taught->put);
    status = put_count(store, outlet, count, error);
    if (status != DSR_OK || (!taught->dropped && learnt_from(count) == learnt_from(before))) {
        return status;
    }
    *changed = true;
    return put_learnt(store, taught->outlet, count, buffer, error);
}

static dsr_status gather(void *visitor, dsr_slice key, dsr_slice value)
{
    (void)key;
    dsr_buffer *all = visitor;
    dsr_buffer_append(all, value);
    return all->status;
}

enum { NAME_BYTES = 8 };

/* By number; the little end lies first. */
static int compare_names(const void *x, const void *y)
{
    const unsigned char *a = x, *b = y;
    for (int i = NAME_BYTES; i-- > 0;) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

/* All that `buffer` has, in order, as the store wants it. */
static dsr_slice order_all(dsr_buffer *buffer)
{
    size_t count = buffer->len / NAME_BYTES;
    if (count > 1) {
        qsort(buffer->data, count, NAME_BYTES, compare_names);
    }
    count = count < DSR_LIMIT_LEARNT_BLOCKS ? count : DSR_LIMIT_LEARNT_BLOCKS;
    return dsr_slice_part(dsr_buffer_slice(buffer), 0, count * NAME_BYTES);
}

static dsr_status put_all(dsr_store *store, dsr_buffer *buffer, dsr_error *error)
{
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_buffer_reset(buffer);
    dsr_status status = chunks.each(chunks.context, DSR_RECORD_LEARNT, gather, buffer, error);
    if (buffer->status != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    return status == DSR_OK ? dsr_store_put_learnt(store, order_all(buffer), error) : status;
}

dsr_status dsr_lessons_settle(dsr_lessons *lessons, dsr_store *store, bool *changed, dsr_error *error)
{
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_status status = DSR_OK;
    *changed = false;
    for (size_t i = 0; status == DSR_OK && i < lessons->count; i++) {
        status = settle_outlet(store, &lessons->outlets[i], changed, &buffer, error);
    }
    if (status == DSR_OK && *changed) {
        status = put_all(store, &buffer, error);
    }
    lessons->count = 0;
    dsr_buffer_drop(&buffer);
    return status;
}

typedef struct learning_all {
    dsr_store *store;
    dsr_buffer *to;
    bool any;
    dsr_error *error;
} learning_all;

static dsr_status learn_one(void *visitor, dsr_slice key, dsr_slice value)
{
    learning_all *l = visitor;
    uint64_t outlet = 0;
    for (size_t i = 0; i < OUTLET_BYTES && i < key.len; i++) {
        outlet = outlet << 8 | (unsigned char)key.ptr[i];
    }
    l->any = true;
    return learn_outlet(l->store, outlet, read_count(value), l->to, l->error);
}

dsr_status dsr_lessons_learn_all(dsr_store *store, dsr_buffer *to, bool *any, dsr_error *error)
{
    learning_all l = {.store = store, .to = to, .error = error};
    dsr_status status = dsr_store_each_chunk(store, DSR_RECORD_TAUGHT, DSR_SLICE(""), learn_one, &l, error);
    if (status == DSR_OK) {
        to->len = order_all(to).len;
    }
    *any = l.any;
    return status;
}
