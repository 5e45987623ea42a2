/* See lessons.h. A lesson lies under its outlet and the report's place in the order of intake; what was
 * learnt of an outlet under the outlet alone. */
#include "engine/lessons.h"

#include "base/limits.h"
#include "engine/records.h"
#include "model/pack.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "settle";

typedef struct lesson_key {
    char bytes[12]; /* outlet, then sequence, the big end first */
} lesson_key;
enum { OUTLET_BYTES = 8 };

static lesson_key make_key(uint64_t outlet, uint32_t sequence)
{
    lesson_key key;
    for (unsigned i = 0; i < OUTLET_BYTES; i++) {
        key.bytes[i] = (char)(unsigned char)(outlet >> (56 - 8 * i) & 0xff);
    }
    for (unsigned i = 0; i < 4; i++) {
        key.bytes[OUTLET_BYTES + i] = (char)(unsigned char)(sequence >> (24 - 8 * i) & 0xff);
    }
    return key;
}

void dsr_lessons_forget(dsr_lessons *lessons)
{
    free(lessons->outlets);
    *lessons = (dsr_lessons){NULL, 0, 0};
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

static dsr_status note_outlet(dsr_lessons *lessons, uint64_t outlet, dsr_error *error)
{
    for (size_t i = lessons->count; i-- > 0;) {
        if (lessons->outlets[i] == outlet) {
            return DSR_OK;
        }
    }
    if (lessons->count == lessons->room) {
        size_t room = lessons->room ? 2 * lessons->room : 16;
        uint64_t *grown = realloc(lessons->outlets, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(error, STAGE);
        }
        lessons->outlets = grown;
        lessons->room = room;
    }
    lessons->outlets[lessons->count++] = outlet;
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
    return status == DSR_OK ? note_outlet(lessons, outlet, error) : status;
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
    if (status == DSR_OK && dsr_report_packed_has_blocks(stored.packed)) {
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
        status = note_outlet(lessons, outlet, error);
    }
    dsr_arena_drop(arena);
    return status;
}

/* --- learning anew --- */

typedef struct taking {
    dsr_learning *learning;
    uint64_t outlet;
} taking;

static dsr_status take_up(void *visitor, dsr_slice key, dsr_slice value)
{
    (void)key;
    taking *t = visitor;
    return dsr_learning_take_up(t->learning, t->outlet, value);
}

static dsr_status learn_outlet(dsr_store *store, uint64_t outlet, dsr_buffer *buffer, dsr_error *error)
{
    lesson_key key = make_key(outlet, 0);
    dsr_slice prefix = {key.bytes, OUTLET_BYTES};
    dsr_chunks chunks = dsr_store_chunks(store);
    taking t = {dsr_learning_new(NULL), outlet};
    dsr_status status = t.learning
                            ? dsr_store_each_chunk(store, DSR_RECORD_LESSON, prefix, take_up, &t, error)
                            : DSR_ERR_MEMORY;
    dsr_buffer_reset(buffer);
    if (status == DSR_OK) {
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
    if (status != DSR_OK) {
        return status;
    }
    return buffer->len
               ? chunks.put(chunks.context, DSR_RECORD_LEARNT, prefix, dsr_buffer_slice(buffer), error)
               : chunks.drop(chunks.context, DSR_RECORD_LEARNT, prefix, error);
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

static dsr_status put_all(dsr_store *store, dsr_buffer *buffer, dsr_error *error)
{
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_buffer_reset(buffer);
    dsr_status status = chunks.each(chunks.context, DSR_RECORD_LEARNT, gather, buffer, error);
    if (buffer->status != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    if (status != DSR_OK) {
        return status;
    }
    dsr_slice all = dsr_buffer_slice(buffer);
    size_t count = all.len / NAME_BYTES;
    if (count > 1) {
        qsort(buffer->data, count, NAME_BYTES, compare_names);
    }
    count = count < DSR_LIMIT_LEARNT_BLOCKS ? count : DSR_LIMIT_LEARNT_BLOCKS;
    return dsr_store_put_learnt(store, dsr_slice_part(all, 0, count * NAME_BYTES), error);
}

dsr_status dsr_lessons_settle(dsr_lessons *lessons, dsr_store *store, bool *changed, dsr_error *error)
{
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_status status = DSR_OK;
    *changed = lessons->count > 0;
    for (size_t i = 0; status == DSR_OK && i < lessons->count; i++) {
        status = learn_outlet(store, lessons->outlets[i], &buffer, error);
    }
    if (status == DSR_OK && *changed) {
        status = put_all(store, &buffer, error);
    }
    lessons->count = 0;
    dsr_buffer_drop(&buffer);
    return status;
}
