/* Who is in which story, as the stream tells it event by event; and what the store keeps of that. */
#include "engine/desk_parts.h"
#include "engine/internal.h"

#include "base/limits.h"
#include "model/pack.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "settle";

enum { HALF = 500 /* thousandths: a report that shares so much with another is no newsroom of its own */ };

/* --- reading --- */

static dsr_status read_chunk(dsr_store *store, uint8_t family, uint32_t number, dsr_buffer *out,
                             dsr_error *error)
{
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_record_key key = dsr_record_key_make(number);
    return chunks.get(chunks.context, family, dsr_record_key_slice(&key), out, error);
}

static dsr_status fail_damaged(dsr_error *error)
{
    return dsr_fail(error, DSR_ERR_STORE, STAGE,
                    "what the store knows of a report's story is damaged; put back a copy of the store, or "
                    "add the reports to a new one");
}

dsr_status dsr_desk_read_place(dsr_store *store, uint32_t sequence, dsr_record_place *out, dsr_error *error)
{
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_status status = read_chunk(store, DSR_RECORD_PLACE, sequence, &buffer, error);
    if (status == DSR_OK && !dsr_record_unpack_place(dsr_buffer_slice(&buffer), out)) {
        status = fail_damaged(error);
    }
    dsr_buffer_drop(&buffer);
    return status;
}

dsr_status dsr_desk_resolve(dsr_store *store, uint32_t *story, dsr_error *error)
{
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_status status = DSR_OK;
    for (uint32_t step = 0; status == DSR_OK; step++) {
        status = read_chunk(store, DSR_RECORD_MERGED, *story, &buffer, error);
        uint32_t into = status == DSR_OK ? dsr_record_key_read(dsr_buffer_slice(&buffer)) : 0;
        if (status == DSR_OK && (into == 0 || step == DSR_LIMIT_MERGERS)) {
            status = fail_damaged(error);
        }
        *story = status == DSR_OK ? into : *story;
    }
    dsr_buffer_drop(&buffer);
    return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
}

dsr_status dsr_desk_read_copies(dsr_store *store, uint32_t sequence, dsr_arena *arena, dsr_record_copies *out,
                                dsr_error *error)
{
    dsr_buffer buffer;
    bool good = true;
    *out = (dsr_record_copies){NULL, 0, 0};
    dsr_buffer_open(&buffer, 0);
    dsr_status status = read_chunk(store, DSR_RECORD_COPIES, sequence, &buffer, error);
    if (status == DSR_ERR_NOT_FOUND) {
        status = DSR_OK;
    } else if (status == DSR_OK) {
        status = dsr_record_unpack_copies(arena, dsr_buffer_slice(&buffer), out, &good);
        status = status != DSR_OK ? dsr_fail_memory(error, STAGE) : good ? DSR_OK : fail_damaged(error);
    }
    dsr_buffer_drop(&buffer);
    return status;
}

dsr_status dsr_desk_passes(dsr_store *store, uint32_t story, uint32_t by, bool *out, dsr_error *error)
{
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_status status = DSR_OK;
    for (uint32_t step = 0; status == DSR_OK && story != by; step++) {
        status = read_chunk(store, DSR_RECORD_MERGED, story, &buffer, error);
        story = status == DSR_OK ? dsr_record_key_read(dsr_buffer_slice(&buffer)) : story;
        if (status == DSR_OK && (story == 0 || step == DSR_LIMIT_MERGERS)) {
            status = fail_damaged(error);
        }
    }
    dsr_buffer_drop(&buffer);
    *out = status == DSR_OK;
    return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
}

typedef struct id_search {
    dsr_slice hex;
    uint32_t number;
    size_t matches;
} id_search;

static dsr_status try_id(void *visitor, dsr_slice key, dsr_slice value)
{
    id_search *s = visitor;
    dsr_id id;
    char text[DSR_ID_TEXT];
    if (key.len == sizeof id.bytes) {
        memcpy(id.bytes, key.ptr, sizeof id.bytes);
        dsr_id_format(id, text);
        if (dsr_slice_starts(dsr_slice_of(text), s->hex)) {
            s->number = dsr_record_key_read(value);
            s->matches++;
        }
    }
    return DSR_OK;
}

dsr_status dsr_desk_find_story_id(dsr_store *store, dsr_slice hex, uint32_t *number, size_t *matches,
                                  dsr_error *error)
{
    id_search search = {.hex = hex};
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_status status = chunks.each(chunks.context, DSR_RECORD_STORY_ID, try_id, &search, error);
    *number = search.number;
    *matches = search.matches;
    return status;
}

/* --- stories at hand --- */

void dsr_desk_forget_stories(dsr_desk *desk)
{
    for (size_t i = 0; i < desk->story_count; i++) {
        free(desk->stories[i].members);
        free(desk->stories[i].headline);
    }
    desk->story_count = 0;
}

static dsr_status reserve_member(dsr_desk_story *story)
{
    if (story->count == story->room) {
        size_t room = story->room ? 2 * story->room : 8;
        struct dsr_desk_member *grown = realloc(story->members, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        story->members = grown;
        story->room = room;
    }
    return DSR_OK;
}

/* In its place by sequence, mostly the last. */
static dsr_status put_member(dsr_desk_story *story, const struct dsr_desk_member *member)
{
    if (reserve_member(story) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    size_t at = story->count++;
    for (; at > 0 && story->members[at - 1].facts.sequence > member->facts.sequence; at--) {
        story->members[at] = story->members[at - 1];
    }
    story->members[at] = *member;
    return DSR_OK;
}

static bool take_member(dsr_desk_story *story, uint32_t sequence, struct dsr_desk_member *out)
{
    for (size_t i = 0; i < story->count; i++) {
        if (story->members[i].facts.sequence == sequence) {
            *out = story->members[i];
            memmove(story->members + i, story->members + i + 1,
                    (story->count - i - 1) * sizeof *story->members);
            story->count--;
            return true;
        }
    }
    return false;
}

static dsr_status load_story(dsr_desk *desk, dsr_desk_story *story, dsr_error *error)
{
    dsr_store_story stored;
    dsr_record_story record;
    dsr_arena *arena = dsr_arena_new(0);
    if (!arena) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = dsr_store_get_numbered(desk->store, story->number, arena, &stored, error);
    if (status == DSR_OK) {
        status = dsr_record_unpack_story(arena, &stored, &record, error);
    }
    for (size_t i = 0; status == DSR_OK && i < stored.member_count; i++) {
        struct dsr_desk_member member = {stored.members[i], record.members.items[i]};
        status = put_member(story, &member) == DSR_OK ? DSR_OK : dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        dsr_slice headline = record.summary.headline;
        story->id = stored.id;
        story->headline = malloc(headline.len + 1);
        story->headline_from = record.headline_from;
        story->headline_len = headline.len;
        if (story->headline) {
            memcpy(story->headline, headline.len ? headline.ptr : "", headline.len);
        } else {
            status = dsr_fail_memory(error, STAGE);
        }
    }
    dsr_arena_drop(arena);
    return status;
}

/* The story under a number, at hand from now on; `fresh`: it was just opened. Lent until the next call. */
static dsr_status reach(dsr_desk *desk, uint32_t number, bool fresh, dsr_desk_story **out, dsr_error *error)
{
    uint32_t at = dsr_map_get(desk->by_number, number);
    if (at != DSR_MAP_NONE) {
        *out = &desk->stories[at];
        return DSR_OK;
    }
    if (desk->story_count == desk->story_room) {
        size_t room = desk->story_room ? 2 * desk->story_room : 64;
        dsr_desk_story *grown = realloc(desk->stories, room * sizeof *grown);
        if (!grown) {
            return dsr_fail_memory(error, STAGE);
        }
        desk->stories = grown;
        desk->story_room = room;
    }
    dsr_desk_story *story = &desk->stories[desk->story_count];
    *story = (dsr_desk_story){.number = number};
    if (dsr_map_put(desk->by_number, number, (uint32_t)desk->story_count) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    desk->story_count++;
    *out = story;
    return fresh ? DSR_OK : load_story(desk, story, error);
}

dsr_status dsr_desk_reach(dsr_desk *desk, uint32_t number, dsr_desk_story **out, dsr_error *error)
{
    return reach(desk, number, false, out, error);
}

dsr_status dsr_desk_has_story(dsr_desk *desk, uint32_t number, bool *out, dsr_error *error)
{
    dsr_store_story stored;
    uint32_t at = dsr_map_get(desk->by_number, number);
    if (at != DSR_MAP_NONE) {
        *out = !desk->stories[at].gone;
        return DSR_OK;
    }
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena ? dsr_store_get_numbered(desk->store, number, arena, &stored, error)
                              : dsr_fail_memory(error, STAGE);
    dsr_arena_drop(arena);
    *out = status == DSR_OK;
    return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
}

/* --- ids --- */

static dsr_slice id_slice(const dsr_id *id)
{
    return (dsr_slice){(const char *)id->bytes, sizeof id->bytes};
}

/* A story is known by the report that opened it; a report that opens a second one gives it a second id. */
static dsr_status name_story(dsr_desk *desk, dsr_desk_story *story, dsr_id opener, dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (uint32_t again = 0; status == DSR_OK; again++) {
        story->id = dsr_summary_id(opener, again);
        dsr_buffer_reset(&desk->buffer);
        status = desk->chunks.get(desk->chunks.context, DSR_RECORD_STORY_ID, id_slice(&story->id),
                                  &desk->buffer, error);
    }
    if (status != DSR_ERR_NOT_FOUND) {
        return status;
    }
    dsr_record_key number = dsr_record_key_make(story->number);
    return desk->chunks.put(desk->chunks.context, DSR_RECORD_STORY_ID, id_slice(&story->id),
                            dsr_record_key_slice(&number), error);
}

static dsr_status put_number(dsr_desk *desk, uint8_t family, dsr_slice key, uint32_t number, dsr_error *error)
{
    dsr_record_key value = dsr_record_key_make(number);
    return desk->chunks.put(desk->chunks.context, family, key, dsr_record_key_slice(&value), error);
}

dsr_status dsr_desk_revive(dsr_desk *desk, uint32_t merged, dsr_id id, uint32_t number, dsr_error *error)
{
    dsr_desk_story *story = NULL;
    dsr_record_key key = dsr_record_key_make(merged);
    dsr_status status = reach(desk, number, false, &story, error);
    if (status == DSR_OK) {
        status = put_number(desk, DSR_RECORD_MERGED, dsr_record_key_slice(&key), number, error);
    }
    if (status == DSR_OK) {
        status = desk->chunks.drop(desk->chunks.context, DSR_RECORD_STORY_ID, id_slice(&story->id), error);
    }
    if (status == DSR_OK) {
        story->id = id;
        status = put_number(desk, DSR_RECORD_STORY_ID, id_slice(&id), number, error);
    }
    return status;
}

/* --- events --- */

dsr_status dsr_desk_put_place(dsr_desk *desk, uint32_t sequence, const dsr_record_place *place,
                              dsr_error *error)
{
    dsr_record_key key = dsr_record_key_make(sequence);
    dsr_buffer_reset(&desk->buffer);
    dsr_record_pack_place(&desk->buffer, place);
    if (desk->buffer.status != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    return desk->chunks.put(desk->chunks.context, DSR_RECORD_PLACE, dsr_record_key_slice(&key),
                            dsr_buffer_slice(&desk->buffer), error);
}

static dsr_status join(dsr_desk *desk, uint32_t number, const struct dsr_desk_member *member,
                       dsr_error *error)
{
    dsr_desk_story *story = NULL;
    dsr_status status = reach(desk, number, false, &story, error);
    if (status == DSR_OK && dsr_id_is_none(story->id)) {
        status = name_story(desk, story, member->id, error);
    }
    if (status == DSR_OK && put_member(story, member) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    return status;
}

static dsr_status move(dsr_desk *desk, const dsr_stream_event *event, dsr_error *error)
{
    dsr_desk_story *from = NULL;
    struct dsr_desk_member member;
    dsr_record_place place;
    dsr_status status = reach(desk, event->from, false, &from, error);
    if (status == DSR_OK && !take_member(from, event->report, &member)) {
        status = fail_damaged(error);
    }
    if (status == DSR_OK) {
        status = join(desk, event->story, &member, error);
    }
    if (status == DSR_OK) {
        status = dsr_desk_read_place(desk->store, event->report, &place, error);
    }
    if (status == DSR_OK) {
        place.story = event->story;
        place.moved = true;
        status = dsr_desk_put_place(desk, event->report, &place, error);
    }
    return status;
}

static dsr_status merge(dsr_desk *desk, const dsr_stream_event *event, dsr_error *error)
{
    dsr_desk_story *from = NULL, *into = NULL;
    dsr_status status = reach(desk, event->from, false, &from, error);
    if (status == DSR_OK) {
        status = reach(desk, event->story, false, &into, error);
    }
    if (status != DSR_OK) {
        return status;
    }
    from = &desk->stories[dsr_map_get(desk->by_number, event->from)]; /* the list may have grown */
    for (size_t i = 0; i < from->count; i++) {
        if (put_member(into, &from->members[i]) != DSR_OK) {
            return dsr_fail_memory(error, STAGE);
        }
    }
    from->count = 0;
    from->gone = true;
    dsr_record_key key = dsr_record_key_make(event->from), value = dsr_record_key_make(event->story);
    return desk->chunks.put(desk->chunks.context, DSR_RECORD_MERGED, dsr_record_key_slice(&key),
                            dsr_record_key_slice(&value), error);
}

static dsr_status follow_one(dsr_desk *desk, const dsr_stream_event *event,
                             const struct dsr_desk_member *joined, dsr_error *error)
{
    dsr_desk_story *story = NULL;
    switch (event->kind) {
    case DSR_STREAM_OPENED:
        return reach(desk, event->story, true, &story, error);
    case DSR_STREAM_JOINED:
        return joined ? join(desk, event->story, joined, error) : fail_damaged(error);
    case DSR_STREAM_MOVED:
        return move(desk, event, error);
    case DSR_STREAM_MERGED:
        return merge(desk, event, error);
    case DSR_STREAM_ENDED:
        break; /* it stays as it is */
    }
    return DSR_OK;
}

dsr_status dsr_desk_follow(dsr_desk *desk, const dsr_stream_events *events,
                           const struct dsr_desk_member *joined, dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < events->count; i++) {
        status = follow_one(desk, &events->items[i], joined, error);
    }
    return status;
}

/* The id of a story that nobody is left in may be given again: its opener may come back. */
dsr_status dsr_desk_leave(dsr_desk *desk, uint32_t number, uint32_t sequence, dsr_error *error)
{
    dsr_desk_story *story = NULL;
    struct dsr_desk_member member;
    dsr_status status = reach(desk, number, false, &story, error);
    if (status == DSR_OK && !take_member(story, sequence, &member)) {
        status = fail_damaged(error);
    }
    if (status == DSR_OK && story->headline_from == sequence) {
        story->headline_from = 0;
    }
    if (status == DSR_OK && story->count == 0) {
        story->gone = true;
        status = desk->chunks.drop(desk->chunks.context, DSR_RECORD_STORY_ID, id_slice(&story->id), error);
    }
    return status;
}

/* --- saving --- */

/* The number of newsrooms: reports of one outlet are one, and so are reports of which one has half of its
 * words from the other. `root` has room for each member. */
static uint32_t find_root(const uint32_t *root, uint32_t i)
{
    while (root[i] != i) {
        i = root[i];
    }
    return i;
}

static void unite(uint32_t *root, uint32_t a, uint32_t b)
{
    a = find_root(root, a);
    b = find_root(root, b);
    root[a > b ? a : b] = a > b ? b : a;
}

static uint32_t find_member(const dsr_desk_story *story, uint32_t sequence)
{
    size_t low = 0, high = story->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (story->members[middle].facts.sequence < sequence) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < story->count && story->members[low].facts.sequence == sequence ? (uint32_t)low : UINT32_MAX;
}

static dsr_status unite_copies(dsr_desk *desk, const dsr_desk_story *story, uint32_t at, uint32_t *root,
                               dsr_error *error)
{
    dsr_record_copies copies;
    dsr_status status =
        dsr_desk_read_copies(desk->store, story->members[at].facts.sequence, desk->scratch, &copies, error);
    for (size_t i = 0; status == DSR_OK && i < copies.count; i++) {
        const dsr_record_copy *c = &copies.items[i];
        uint32_t other = find_member(story, c->earlier);
        if (other != UINT32_MAX && !c->wrong && (c->share_of_earlier >= HALF || c->share_of_later >= HALF)) {
            unite(root, at, other);
        }
    }
    return status;
}

static dsr_status count_independent(dsr_desk *desk, const dsr_desk_story *story, uint32_t *out,
                                    dsr_error *error)
{
    uint32_t *root = dsr_arena_alloc_array(desk->scratch, story->count + 1, sizeof *root);
    dsr_map *outlets = dsr_map_new(story->count);
    dsr_status status = root && outlets ? DSR_OK : dsr_fail_memory(error, STAGE);
    for (uint32_t i = 0; status == DSR_OK && i < story->count; i++) {
        root[i] = i;
        uint32_t first = i;
        const dsr_record_member *m = &story->members[i].facts;
        if (m->outlet && dsr_map_intern(outlets, m->outlet, i, &first) != DSR_OK) {
            status = dsr_fail_memory(error, STAGE);
        }
        unite(root, i, first);
        if (status == DSR_OK && m->has_copies) {
            status = unite_copies(desk, story, i, root, error);
        }
    }
    *out = 0;
    for (uint32_t i = 0; status == DSR_OK && i < story->count; i++) {
        *out += root[i] == i;
    }
    dsr_map_drop(outlets);
    return status;
}

/* The first report with a headline lends it; where none has one, the first report its first sentence. */
static dsr_status find_headline(dsr_desk *desk, dsr_desk_story *story, dsr_error *error)
{
    size_t from = 0;
    while (from < story->count && !story->members[from].facts.has_headline) {
        from++;
    }
    const struct dsr_desk_member *lender = &story->members[from < story->count ? from : 0];
    if (story->headline_from == lender->facts.sequence) {
        return DSR_OK;
    }
    dsr_store_report stored;
    dsr_report report;
    dsr_slice headline = DSR_SLICE("");
    dsr_status status = dsr_store_get_report(desk->store, lender->id, desk->scratch, &stored, NULL, error);
    if (status == DSR_OK) {
        status = dsr_report_unpack(desk->scratch, stored.packed, &report, error);
    }
    if (status == DSR_OK) {
        status = dsr_summary_headline(desk->scratch, &report, &headline) == DSR_OK
                     ? DSR_OK
                     : dsr_fail_memory(error, STAGE);
    }
    char *kept = status == DSR_OK ? malloc(headline.len + 1) : NULL;
    if (!kept) {
        return status == DSR_OK ? dsr_fail_memory(error, STAGE) : status;
    }
    memcpy(kept, headline.len ? headline.ptr : "", headline.len);
    free(story->headline);
    story->headline = kept;
    story->headline_len = headline.len;
    story->headline_from = lender->facts.sequence;
    return DSR_OK;
}

static void take_dates(const dsr_record_member *m, dsr_story_summary *s)
{
    if (!m->dated) {
        return;
    }
    s->first_published =
        s->has_published && s->first_published < m->earliest ? s->first_published : m->earliest;
    s->last_published = s->has_published && s->last_published > m->latest ? s->last_published : m->latest;
    s->has_published = true;
}

static dsr_status save_story(dsr_desk *desk, dsr_desk_story *story, dsr_error *error)
{
    dsr_arena_reset(desk->scratch);
    dsr_record_story record = {.summary = {.id = story->id}};
    dsr_id *ids = dsr_arena_alloc_array(desk->scratch, story->count, sizeof *ids);
    if (!ids || DSR_LIST_RESERVE(desk->scratch, &record.members, story->count) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    for (size_t i = 0; i < story->count; i++) {
        ids[i] = story->members[i].id;
        record.members.items[record.members.count++] = story->members[i].facts;
        take_dates(&story->members[i].facts, &record.summary);
    }
    dsr_status status = find_headline(desk, story, error);
    if (status == DSR_OK) {
        status = count_independent(desk, story, &record.summary.independent, error);
    }
    if (status != DSR_OK) {
        return status;
    }
    record.summary.headline = (dsr_slice){story->headline, story->headline_len};
    record.headline_from = story->headline_from;
    dsr_buffer_reset(&desk->buffer);
    dsr_record_pack_story(&desk->buffer, &record);
    if (desk->buffer.status != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_store_story stored = {.id = story->id,
                              .members = ids,
                              .member_count = story->count,
                              .packed = dsr_buffer_slice(&desk->buffer),
                              .number = story->number};
    return dsr_store_put_story(desk->store, &stored, error);
}

/* Those that are gone first: one that was opened since may have the id of one of them. */
dsr_status dsr_desk_save_stories(dsr_desk *desk, dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < desk->story_count; i++) {
        if (desk->stories[i].gone) {
            status = dsr_store_drop_story(desk->store, desk->stories[i].number, error);
        }
    }
    for (size_t i = 0; status == DSR_OK && i < desk->story_count; i++) {
        if (!desk->stories[i].gone) {
            status = save_story(desk, &desk->stories[i], error);
        }
    }
    dsr_desk_forget_stories(desk);
    dsr_map_drop(desk->by_number);
    desk->by_number = dsr_map_new(64);
    return status == DSR_OK && !desk->by_number ? dsr_fail_memory(error, STAGE) : status;
}
