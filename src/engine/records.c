/* The packed forms of what the engine keeps in the store beside the reports: varints, signed ones folded.
 * What is read is checked: a store's bytes come from outside. */
#include "engine/records.h"

#include "base/utf8.h"

#include <string.h>

enum { PLACE_VERSION = 1, COPIES_VERSION = 1, STORY_VERSION = 2 };

dsr_record_key dsr_record_key_make(uint32_t number)
{
    dsr_record_key key;
    for (unsigned i = 0; i < sizeof key.bytes; i++) {
        key.bytes[i] = (char)(unsigned char)(number >> (24 - 8 * i) & 0xff);
    }
    return key;
}

dsr_slice dsr_record_key_slice(const dsr_record_key *key)
{
    return (dsr_slice){key->bytes, sizeof key->bytes};
}

uint32_t dsr_record_key_read(dsr_slice key)
{
    uint32_t number = 0;
    for (size_t i = 0; key.len == sizeof(dsr_record_key) && i < key.len; i++) {
        number = number << 8 | (unsigned char)key.ptr[i];
    }
    return number;
}

static void put_signed(dsr_buffer *to, int64_t value)
{
    dsr_buffer_append_varint(to, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
}

/* Takes fields off; remembers that one was missing or too large. */
typedef struct fields {
    dsr_slice rest;
    bool good;
} fields;

static uint64_t take(fields *f, uint64_t most)
{
    uint64_t value = 0;
    f->good = f->good && dsr_slice_next_varint(&f->rest, &value) && value <= most;
    return f->good ? value : 0;
}

static uint32_t take_u32(fields *f)
{
    return (uint32_t)take(f, UINT32_MAX);
}

static int64_t take_signed(fields *f)
{
    uint64_t value = take(f, UINT64_MAX);
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static int32_t take_i32(fields *f)
{
    int64_t value = take_signed(f);
    f->good = f->good && value >= INT32_MIN && value <= INT32_MAX;
    return f->good ? (int32_t)value : 0;
}

static dsr_slice take_bytes(fields *f, size_t count)
{
    f->good = f->good && f->rest.len >= count;
    dsr_slice bytes = f->good ? dsr_slice_part(f->rest, 0, count) : DSR_SLICE("");
    f->rest = f->good ? dsr_slice_part(f->rest, count, f->rest.len) : f->rest;
    return bytes;
}

/* --- places --- */

static void put_score(dsr_buffer *to, const dsr_stream_score *s)
{
    dsr_buffer_append_varint(to, s->story);
    if (s->story) {
        const int32_t parts[] = {s->score, s->words, s->title, s->lead, s->names, s->dates, s->tie};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            put_signed(to, parts[i]);
        }
    }
}

static dsr_stream_score take_score(fields *f)
{
    dsr_stream_score s = {.story = take_u32(f)};
    if (s.story) {
        s.score = take_i32(f);
        s.words = take_i32(f);
        s.title = take_i32(f);
        s.lead = take_i32(f);
        s.names = take_i32(f);
        s.dates = take_i32(f);
        s.tie = take_i32(f);
    }
    return s;
}

void dsr_record_pack_place(dsr_buffer *to, const dsr_record_place *place)
{
    const dsr_stream_decision *d = &place->decision;
    dsr_buffer_append_char(to, PLACE_VERSION);
    dsr_buffer_append_bytes(to, place->report.bytes, sizeof place->report.bytes);
    dsr_buffer_append_varint(to, place->story);
    dsr_buffer_append_varint(to, (place->moved ? 1u : 0u) | (d->opened ? 2u : 0u) | (d->voice ? 4u : 0u));
    dsr_buffer_append_varint(to, d->story);
    put_score(to, &d->best);
    put_score(to, &d->second);
    dsr_buffer_append_varint(to, d->shared_count);
    for (size_t i = 0; i < d->shared_count; i++) {
        dsr_buffer_append_varint(to, (uint64_t)d->shared[i].key << 1 | (d->shared[i].is_name ? 1 : 0));
        put_signed(to, d->shared[i].weight);
    }
}

bool dsr_record_unpack_place(dsr_slice packed, dsr_record_place *out)
{
    fields f = {packed, true};
    dsr_record_place p = {.moved = false};
    f.good = take(&f, PLACE_VERSION) == PLACE_VERSION;
    memcpy(p.report.bytes, take_bytes(&f, sizeof p.report.bytes).ptr, f.good ? sizeof p.report.bytes : 0);
    p.story = take_u32(&f);
    uint32_t flags = take_u32(&f);
    p.moved = flags & 1;
    p.decision.opened = flags & 2;
    p.decision.voice = flags & 4;
    p.decision.story = take_u32(&f);
    p.decision.best = take_score(&f);
    p.decision.second = take_score(&f);
    p.decision.shared_count = (size_t)take(&f, DSR_STREAM_SHARED);
    for (size_t i = 0; f.good && i < p.decision.shared_count; i++) {
        uint64_t key = take(&f, (uint64_t)UINT32_MAX << 1 | 1);
        p.decision.shared[i] = (dsr_stream_shared){(uint32_t)(key >> 1), key & 1, take_i32(&f)};
    }
    if (f.good) {
        *out = p;
    }
    return f.good;
}

/* --- copies --- */

enum { COPY_WRONG = 16 /* beside the direction */ };

void dsr_record_pack_copies(dsr_buffer *to, const dsr_record_copies *copies)
{
    dsr_buffer_append_char(to, COPIES_VERSION);
    dsr_buffer_append_varint(to, copies->count);
    for (size_t i = 0; i < copies->count; i++) {
        const dsr_record_copy *c = &copies->items[i];
        dsr_buffer_append_varint(to, c->earlier);
        dsr_buffer_append_varint(to, c->share_of_earlier);
        dsr_buffer_append_varint(to, c->share_of_later);
        dsr_buffer_append_varint(to, c->words);
        dsr_buffer_append_varint(to, c->words_quoted);
        dsr_buffer_append_varint(to, (c->wrong ? COPY_WRONG : 0u) | (uint64_t)c->direction << 1 |
                                         (c->earlier_is_source ? 1u : 0u));
    }
}

dsr_status dsr_record_unpack_copies(dsr_arena *arena, dsr_slice packed, dsr_record_copies *out, bool *good)
{
    fields f = {packed, true};
    dsr_record_copies copies = {NULL, 0, 0};
    f.good = take(&f, COPIES_VERSION) == COPIES_VERSION;
    size_t count = (size_t)take(&f, packed.len);
    if (DSR_LIST_RESERVE(arena, &copies, count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; f.good && i < count; i++) {
        dsr_record_copy c = {.earlier = take_u32(&f)};
        c.share_of_earlier = take_u32(&f);
        c.share_of_later = take_u32(&f);
        c.words = take_u32(&f);
        c.words_quoted = take_u32(&f);
        uint64_t direction = take(&f, COPY_WRONG | (uint64_t)DSR_DIRECTION_COMMON_SOURCE << 1 | 1);
        c.wrong = direction & COPY_WRONG;
        direction &= COPY_WRONG - 1;
        c.direction = (dsr_direction)(direction >> 1);
        c.earlier_is_source = direction & 1;
        copies.items[copies.count++] = c;
    }
    *good = f.good;
    *out = copies;
    return DSR_OK;
}

void dsr_record_pack_edits(dsr_buffer *to, const dsr_record_copies *copies)
{
    for (size_t i = 0; i < copies->count; i++) {
        for (unsigned k = 0; k < DSR_EDIT_KINDS; k++) {
            dsr_buffer_append_varint(to, copies->items[i].edits[k]);
        }
    }
}

bool dsr_record_unpack_edits(dsr_slice packed, dsr_record_copies *copies)
{
    fields f = {packed, true};
    for (size_t i = 0; f.good && i < copies->count; i++) {
        for (unsigned k = 0; k < DSR_EDIT_KINDS; k++) {
            copies->items[i].edits[k] = take_u32(&f);
        }
    }
    return f.good && f.rest.len == 0;
}

/* --- stories --- */

enum { MEMBER_HEADLINE = 1, MEMBER_DATED = 2, MEMBER_COPIES = 4 };

void dsr_record_pack_story(dsr_buffer *to, const dsr_record_story *story)
{
    const dsr_story_summary *s = &story->summary;
    dsr_buffer_append_char(to, STORY_VERSION);
    dsr_buffer_append_char(to, s->has_published);
    put_signed(to, s->first_published);
    put_signed(to, s->last_published);
    dsr_buffer_append_varint(to, s->independent);
    dsr_buffer_append_varint(to, story->headline_from);
    dsr_buffer_append_varint(to, s->headline.len);
    dsr_buffer_append(to, s->headline);
    uint32_t last = 0;
    dsr_buffer_append_varint(to, story->members.count);
    for (size_t i = 0; i < story->members.count; i++) {
        const dsr_record_member *m = &story->members.items[i];
        dsr_buffer_append_varint(to, m->sequence - last);
        dsr_buffer_append_varint(to, m->outlet);
        dsr_buffer_append_char(to,
                               (char)((m->has_headline ? MEMBER_HEADLINE : 0) |
                                      (m->dated ? MEMBER_DATED : 0) | (m->has_copies ? MEMBER_COPIES : 0)));
        if (m->dated) {
            put_signed(to, m->earliest);
            put_signed(to, m->latest);
        }
        last = m->sequence;
    }
}

static dsr_record_member take_member(fields *f, uint32_t *last)
{
    dsr_record_member m = {.sequence = 0};
    uint64_t step = take(f, UINT32_MAX);
    f->good = f->good && step > 0 && step <= UINT32_MAX - *last;
    m.sequence = *last += (uint32_t)step;
    m.outlet = take_u32(f);
    uint64_t flags = take(f, MEMBER_HEADLINE | MEMBER_DATED | MEMBER_COPIES);
    m.has_headline = flags & MEMBER_HEADLINE;
    m.dated = flags & MEMBER_DATED;
    m.has_copies = flags & MEMBER_COPIES;
    if (m.dated) {
        m.earliest = take_signed(f);
        m.latest = take_signed(f);
    }
    return m;
}

static dsr_status fail_damaged(dsr_error *error)
{
    return dsr_fail(error, DSR_ERR_STORE, "store",
                    "a story's record is damaged; `dossier verify` tells which");
}

dsr_status dsr_record_unpack_story(dsr_arena *arena, const dsr_store_story *stored, dsr_record_story *out,
                                   dsr_error *error)
{
    fields f = {stored->packed, true};
    dsr_record_story r = {.summary = {.id = stored->id, .reports = stored->member_count}};
    if (!f.rest.len || f.rest.ptr[0] != STORY_VERSION) {
        return dsr_fail(error, DSR_ERR_VERSION, "store",
                        "a story's record was written by another version of Dossier");
    }
    (void)take(&f, STORY_VERSION);
    r.summary.has_published = take(&f, 1) == 1;
    r.summary.first_published = take_signed(&f);
    r.summary.last_published = take_signed(&f);
    r.summary.independent = take_u32(&f);
    r.headline_from = take_u32(&f);
    dsr_slice headline = take_bytes(&f, (size_t)take(&f, SIZE_MAX));
    size_t count = (size_t)take(&f, stored->member_count);
    if (!f.good || count != stored->member_count || !dsr_utf8_is_valid(headline, NULL)) {
        return fail_damaged(error);
    }
    if (dsr_arena_copy(arena, headline, &r.summary.headline) != DSR_OK ||
        DSR_LIST_RESERVE(arena, &r.members, count) != DSR_OK) {
        return dsr_fail_memory(error, "store");
    }
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        r.members.items[r.members.count++] = take_member(&f, &last);
    }
    if (!f.good || f.rest.len) {
        return fail_damaged(error);
    }
    r.summary.opened = count ? r.members.items[0].sequence : 0;
    *out = r;
    return DSR_OK;
}
