/* The stream's state as chunks: one for each open story and each recent report, written when they changed,
 * the counts of terms in segments (stream_counts.c), and one chunk for the rest. What a story is found under
 * follows from the stories. Chunks come from outside: all that is read is checked. */
#include "story/stream_keep.h"

#include <stdlib.h>
#include <string.h>

enum { VERSION = 1 };
static const char STAGE[] = "stream";

void dsr_keep_number(char out[4], uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        out[i] = (char)(value >> (24 - 8 * i) & 255);
    }
}

uint32_t dsr_keep_read(const char in[4])
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        value = value << 8 | (unsigned char)in[i];
    }
    return value;
}

dsr_status dsr_keep_put(const dsr_keep *keep, uint8_t family, dsr_slice key)
{
    if (keep->buffer->status != DSR_OK) {
        return dsr_fail_memory(keep->error, STAGE);
    }
    return keep->chunks->put(keep->chunks->context, family, key, dsr_buffer_slice(keep->buffer), keep->error);
}

static void append_signed(dsr_buffer *to, int64_t value)
{
    dsr_buffer_append_varint(to, ((uint64_t)value << 1) ^ (uint64_t)(value < 0 ? -1 : 0));
}

static void append_terms(dsr_buffer *to, const stream_terms *t)
{
    uint32_t last = 0;
    dsr_buffer_append_varint(to, t->count);
    for (uint32_t i = 0; i < t->count; i++) {
        dsr_buffer_append_varint(to, t->keys[i] - last);
        dsr_buffer_append_char(to, (char)t->flags[i]);
        for (int k = 0; k < 3; k++) {
            dsr_buffer_append_varint(to, t->weights[i][k]);
        }
        last = t->keys[i];
    }
}

static dsr_status save_stories(const dsr_keep *keep)
{
    dsr_stream *s = keep->stream;
    char key[4];
    for (size_t i = 0; i < s->dropped.count; i++) {
        dsr_keep_number(key, s->dropped.items[i]);
        dsr_status status = keep->chunks->drop(keep->chunks->context, KEEP_STORIES,
                                               (dsr_slice){key, sizeof key}, keep->error);
        if (status != DSR_OK) {
            return status;
        }
    }
    s->dropped.count = 0;
    for (; s->soiled_count; s->soiled_count--) {
        stream_story *story = &s->stories[s->soiled[s->soiled_count - 1]];
        story->dirty = false;
        if (!story->number) {
            continue;
        }
        dsr_buffer *to = keep->buffer;
        dsr_buffer_reset(to);
        for (int k = 0; k < STREAM_SPACES; k++) {
            dsr_buffer_append_varint(to, story->voices[k]);
        }
        dsr_buffer_append_varint(to, story->reports);
        dsr_buffer_append_varint(to, story->shift);
        dsr_buffer_append_varint(to, story->dated);
        append_signed(to, story->first);
        append_signed(to, story->last);
        append_signed(to, story->touched_day);
        dsr_buffer_append_varint(to, story->touched);
        append_terms(to, &story->terms);
        dsr_keep_number(key, story->number);
        dsr_status status = dsr_keep_put(keep, KEEP_STORIES, (dsr_slice){key, sizeof key});
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static dsr_status save_recent(const dsr_keep *keep)
{
    char key[4];
    for (uint32_t i = 0; i < RECENT; i++) {
        recent_report *r = &keep->stream->recent[i];
        if (!r->dirty) {
            continue;
        }
        unsigned has = 0;
        for (int k = 0; k < STREAM_SPACES; k++) {
            has |= (unsigned)r->profile.has[k] << k;
        }
        const stream_terms terms = dsr_stream_profile_terms(&r->profile);
        dsr_buffer_reset(keep->buffer);
        dsr_buffer_append_varint(keep->buffer, r->report);
        dsr_buffer_append_varint(keep->buffer, r->story);
        dsr_buffer_append_varint(keep->buffer, has);
        dsr_buffer_append_varint(keep->buffer, r->profile.dated);
        append_signed(keep->buffer, r->profile.day);
        append_terms(keep->buffer, &terms);
        dsr_keep_number(key, i);
        dsr_status status = dsr_keep_put(keep, KEEP_RECENT, (dsr_slice){key, sizeof key});
        if (status != DSR_OK) {
            return status;
        }
        r->dirty = false;
    }
    return DSR_OK;
}

static dsr_status save_meta(const dsr_keep *keep)
{
    const dsr_stream *s = keep->stream;
    dsr_buffer_reset(keep->buffer);
    dsr_buffer_append_varint(keep->buffer, VERSION);
    dsr_buffer_append_varint(keep->buffer, s->reports);
    dsr_buffer_append_varint(keep->buffer, s->touches);
    dsr_buffer_append_varint(keep->buffer, s->turned);
    dsr_buffer_append_varint(keep->buffer, s->next_number);
    dsr_buffer_append_varint(keep->buffer, s->has_day);
    append_signed(keep->buffer, s->day);
    dsr_buffer_append_varint(keep->buffer, s->block_days);
    for (uint32_t i = 0; i < s->block_days; i++) {
        append_signed(keep->buffer, s->block[i]);
    }
    return dsr_keep_put(keep, KEEP_META, DSR_SLICE("stream"));
}

dsr_status dsr_stream_save(dsr_stream *stream, const dsr_chunks *chunks, dsr_error *error)
{
    if (!stream->keeps) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "a stream is loaded before it is saved");
    }
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    const dsr_keep keep = {stream, chunks, &buffer, error};
    dsr_status status = save_stories(&keep);
    if (status == DSR_OK) {
        status = save_recent(&keep);
    }
    if (status == DSR_OK) {
        status = dsr_keep_save_counts(&keep);
    }
    if (status == DSR_OK) {
        status = save_meta(&keep);
    }
    dsr_buffer_drop(&buffer);
    return status;
}

/* Numbers off a chunk: `sound` is false from the first that is missing or too large on. */
typedef struct reading {
    dsr_slice rest;
    bool sound;
} reading;

static uint64_t next_number(reading *r, uint64_t most)
{
    uint64_t value = 0;
    r->sound = r->sound && dsr_slice_next_varint(&r->rest, &value) && value <= most;
    return r->sound ? value : 0;
}

static int32_t next_signed(reading *r)
{
    const uint64_t value = next_number(r, UINT32_MAX);
    return (int32_t)((int64_t)(value >> 1) ^ -(int64_t)(value & 1));
}

static void read_terms(reading *r, uint32_t most, stream_terms *t)
{
    uint32_t last = 0;
    t->count = (uint32_t)next_number(r, most);
    for (uint32_t i = 0; r->sound && i < t->count; i++) {
        const uint64_t step = next_number(r, UINT32_MAX - last);
        r->sound = r->sound && step > 0;
        last += (uint32_t)step;
        t->keys[i] = last;
        t->flags[i] = (uint8_t)next_number(r, TERM_INDEXED | TERM_NAME);
        for (int k = 0; k < 3; k++) {
            t->weights[i][k] = (uint16_t)next_number(r, UINT16_MAX);
        }
    }
    r->sound = r->sound && !r->rest.len;
}

static dsr_status damaged(dsr_error *error)
{
    return dsr_fail(error, DSR_ERR_STORE, STAGE,
                    "the state of the stories is damaged; `dossier verify` tells what else is");
}

static dsr_status visit_story(void *visitor, dsr_slice key, dsr_slice value)
{
    const dsr_keep *keep = visitor;
    uint32_t keys[SUM_TERMS];
    uint16_t weights[SUM_TERMS][3];
    uint8_t flags[SUM_TERMS];
    stream_terms terms = {0, keys, weights, flags};
    reading r = {value, key.len == 4};
    const uint32_t number = r.sound ? dsr_keep_read(key.ptr) : 0;
    r.sound = r.sound && number && number < keep->stream->next_number;
    stream_story s = {.number = number};
    for (int k = 0; k < STREAM_SPACES; k++) {
        s.voices[k] = (uint32_t)next_number(&r, UINT32_MAX / 2);
    }
    s.reports = (uint32_t)next_number(&r, UINT32_MAX / 2);
    s.shift = (uint8_t)next_number(&r, STREAM_SHIFT_MOST);
    s.dated = next_number(&r, 1);
    s.first = next_signed(&r);
    s.last = next_signed(&r);
    s.touched_day = next_signed(&r);
    s.touched = next_number(&r, UINT64_MAX);
    read_terms(&r, SUM_TERMS, &terms);
    if (!r.sound) {
        return damaged(keep->error);
    }
    uint32_t place = NO_PLACE;
    dsr_status status = dsr_stream_story_place(keep->stream, number, &place);
    if (status != DSR_OK) {
        return dsr_fail_memory(keep->error, STAGE);
    }
    stream_story *to = &keep->stream->stories[place];
    s.dirty = to->dirty;
    s.older = to->older;
    s.newer = to->newer;
    for (uint32_t i = 0; i < terms.count; i++) {
        s.indexed = (uint16_t)(s.indexed + (terms.flags[i] & TERM_INDEXED));
    }
    *to = s;
    return dsr_stream_story_set_terms(to, &terms) == DSR_OK ? DSR_OK : dsr_fail_memory(keep->error, STAGE);
}

static dsr_status visit_recent(void *visitor, dsr_slice key, dsr_slice value)
{
    const dsr_keep *keep = visitor;
    reading r = {value, key.len == 4};
    const uint32_t at = r.sound ? dsr_keep_read(key.ptr) : RECENT;
    recent_report *to = &keep->stream->recent[at < RECENT ? at : 0];
    stream_terms terms = dsr_stream_profile_terms(&to->profile);
    r.sound = at < RECENT;
    to->report = (uint32_t)next_number(&r, UINT32_MAX);
    to->story = (uint32_t)next_number(&r, UINT32_MAX);
    const uint64_t has = next_number(&r, (1 << STREAM_SPACES) - 1);
    for (int k = 0; k < STREAM_SPACES; k++) {
        to->profile.has[k] = has >> k & 1;
    }
    to->profile.dated = next_number(&r, 1);
    to->profile.day = next_signed(&r);
    read_terms(&r, PROFILE_TERMS, &terms);
    to->profile.count = terms.count;
    return r.sound ? DSR_OK : damaged(keep->error);
}

static dsr_status load_meta(const dsr_keep *keep)
{
    dsr_stream *s = keep->stream;
    dsr_status status =
        keep->chunks->get(keep->chunks->context, KEEP_META, DSR_SLICE("stream"), keep->buffer, keep->error);
    if (status != DSR_OK) {
        return status;
    }
    reading r = {dsr_buffer_slice(keep->buffer), true};
    if (next_number(&r, UINT64_MAX) != VERSION) {
        return dsr_fail(keep->error, DSR_ERR_VERSION, STAGE,
                        "the state of the stories was written by another version of Dossier");
    }
    s->reports = (uint32_t)next_number(&r, UINT32_MAX / 2);
    s->touches = next_number(&r, UINT64_MAX / 2);
    s->turned = next_number(&r, s->touches);
    s->next_number = (uint32_t)next_number(&r, UINT32_MAX / 2);
    s->has_day = next_number(&r, 1);
    s->day = next_signed(&r);
    s->block_days = (uint32_t)next_number(&r, BLOCK - 1);
    for (uint32_t i = 0; i < s->block_days; i++) {
        s->block[i] = next_signed(&r);
    }
    return r.sound && !r.rest.len && s->block_days <= s->reports % BLOCK ? DSR_OK : damaged(keep->error);
}

typedef struct touch {
    uint64_t when;
    uint32_t place;
} touch;

static int compare_touches(const void *x, const void *y)
{
    const touch *a = x, *b = y;
    return a->when != b->when ? (a->when < b->when ? -1 : 1) : a->place < b->place ? -1 : a->place > b->place;
}

/* Stories come by number; touched again in the order in which they were, they stand where they stood. */
static dsr_status touch_all(dsr_stream *s)
{
    touch *order = malloc(((size_t)s->story_count + 1) * sizeof *order);
    dsr_status status = order ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; order && i < s->story_count; i++) {
        order[i] = (touch){s->stories[i].touched, i};
    }
    if (order && s->story_count > 1) {
        qsort(order, s->story_count, sizeof *order, compare_touches);
    }
    for (uint32_t i = 0; status == DSR_OK && i < s->story_count; i++) {
        status = dsr_stream_story_touch(s, order[i].place);
    }
    free(order);
    return status;
}

static dsr_status load_rest(dsr_keep *keep)
{
    const dsr_chunks *c = keep->chunks;
    dsr_status status = dsr_keep_load_counts(keep);
    if (status == DSR_ERR_STORE) {
        status = damaged(keep->error);
    }
    if (status == DSR_OK) {
        status = c->each(c->context, KEEP_STORIES, visit_story, keep, keep->error);
    }
    if (status == DSR_OK && touch_all(keep->stream) != DSR_OK) {
        status = dsr_fail_memory(keep->error, STAGE);
    }
    return status == DSR_OK ? c->each(c->context, KEEP_RECENT, visit_recent, keep, keep->error) : status;
}

dsr_status dsr_stream_load(dsr_stream *stream, const dsr_chunks *chunks, dsr_error *error)
{
    dsr_buffer buffer;
    if (stream->reports) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "a stream is loaded before its first report");
    }
    stream->keeps = true;
    dsr_buffer_open(&buffer, 0);
    dsr_keep keep = {stream, chunks, &buffer, error};
    dsr_status status = load_meta(&keep);
    if (status == DSR_OK) {
        status = load_rest(&keep);
    } else if (status == DSR_ERR_NOT_FOUND) {
        status = DSR_OK;
    }
    dsr_buffer_drop(&buffer);
    return status;
}
