/* What somebody has settled by hand: reports put into a story, and what mending then leaves alone. */
#include "story/stream_parts.h"

#include <stdlib.h>

/* Reports and stories in one table. */
static const uint64_t STORY = UINT64_C(1) << 32;

static uint64_t pair_key(uint32_t one, uint32_t other)
{
    return one < other ? (uint64_t)one << 32 | other : (uint64_t)other << 32 | one;
}

static dsr_status note(dsr_map **map, uint64_t key)
{
    if (!*map) {
        *map = dsr_map_new(64);
    }
    return *map ? dsr_map_put(*map, key, 1) : DSR_ERR_MEMORY;
}

static bool is_noted(const dsr_map *map, uint64_t key)
{
    return map && dsr_map_get(map, key) != DSR_MAP_NONE;
}

void dsr_stream_release(dsr_stream *stream)
{
    dsr_map_drop(stream->settled.held);
    dsr_map_drop(stream->settled.apart);
    free(stream->settled.pairs);
    stream->settled = (struct settled){.held = NULL};
}

dsr_status dsr_stream_hold_report(dsr_stream *stream, uint32_t report)
{
    return note(&stream->settled.held, report);
}

dsr_status dsr_stream_hold_story(dsr_stream *stream, uint32_t story)
{
    return note(&stream->settled.held, STORY | story);
}

dsr_status dsr_stream_hold_apart(dsr_stream *stream, uint32_t one, uint32_t other)
{
    struct settled *s = &stream->settled;
    if (one == other || is_noted(s->apart, pair_key(one, other))) {
        return DSR_OK;
    }
    if (s->count == s->room) {
        size_t room = s->room ? 2 * s->room : 16;
        struct stream_pair *grown = realloc(s->pairs, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        s->pairs = grown;
        s->room = room;
    }
    s->pairs[s->count++] = (struct stream_pair){one, other};
    return note(&s->apart, pair_key(one, other));
}

bool dsr_stream_is_held(const dsr_stream *stream, uint32_t report, uint32_t story)
{
    return is_noted(stream->settled.held, report) || is_noted(stream->settled.held, STORY | story);
}

bool dsr_stream_are_apart(const dsr_stream *stream, uint32_t one, uint32_t other)
{
    return is_noted(stream->settled.apart, pair_key(one, other));
}

dsr_status dsr_stream_hand_on(dsr_stream *stream, uint32_t from, uint32_t to)
{
    struct settled *s = &stream->settled;
    dsr_status status = DSR_OK;
    if (is_noted(s->held, STORY | from)) {
        status = dsr_stream_hold_story(stream, to);
    }
    for (size_t i = 0; status == DSR_OK && i < s->count; i++) {
        struct stream_pair *p = &s->pairs[i];
        if (p->one != from && p->other != from) {
            continue;
        }
        p->one = p->one == from ? to : p->one;
        p->other = p->other == from ? to : p->other;
        status = p->one == p->other ? DSR_OK : note(&s->apart, pair_key(p->one, p->other));
    }
    return status;
}

/* --- putting --- */

static dsr_status leave(dsr_stream *stream, uint32_t place, const recent_report *r)
{
    stream_story *story = &stream->stories[place];
    if (r && r->story == story->number) {
        return dsr_stream_story_leave(stream, place, &r->profile);
    }
    if (story->reports) {
        story->reports--;
        dsr_stream_story_soil(stream, place);
    }
    return DSR_OK;
}

static dsr_status open_new(dsr_stream *stream, uint32_t *number)
{
    uint32_t place = NO_PLACE;
    dsr_status status = dsr_stream_story_open(stream, &place);
    if (status == DSR_OK) {
        *number = stream->stories[place].number;
        status = dsr_stream_tell(stream, (dsr_stream_event){DSR_STREAM_OPENED, 0, *number, 0});
    }
    return status;
}

/* Out of `from` and into `to`, as far as they are open. */
static dsr_status carry(dsr_stream *stream, const dsr_stream_report *report, uint32_t from, uint32_t to)
{
    recent_report *r = dsr_stream_find_recent(stream, report->report);
    const uint32_t left = dsr_stream_story_find(stream, from), at = dsr_stream_story_find(stream, to);
    stream_profile profile;
    dsr_status status = DSR_OK;
    if (r) {
        profile = r->profile;
    } else {
        status = dsr_stream_profile_make(stream, report, false, &profile);
    }
    if (status == DSR_OK && left != NO_PLACE) {
        status = leave(stream, left, r);
    }
    if (status == DSR_OK && at != NO_PLACE) {
        status = dsr_stream_story_join(stream, at, &profile, true);
    }
    if (r) {
        r->story = at == NO_PLACE ? 0 : to;
        r->dirty = true;
    }
    return status;
}

static dsr_status put(dsr_stream *stream, const dsr_stream_report *report, uint32_t from, uint32_t to)
{
    dsr_status status = to == DSR_STREAM_NEW ? open_new(stream, &to) : DSR_OK;
    if (status == DSR_OK) {
        status = carry(stream, report, from, to);
    }
    if (status == DSR_OK) {
        status = dsr_stream_tell(stream, (dsr_stream_event){DSR_STREAM_MOVED, report->report, to, from});
    }
    const uint32_t left = dsr_stream_story_find(stream, from);
    if (status != DSR_OK || left == NO_PLACE || stream->stories[left].reports) {
        return status;
    }
    status = dsr_stream_story_close(stream, left);
    if (status == DSR_OK) {
        status = dsr_stream_hand_on(stream, from, to);
    }
    return status == DSR_OK ? dsr_stream_tell(stream, (dsr_stream_event){DSR_STREAM_MERGED, 0, to, from})
                            : status;
}

dsr_status dsr_stream_put(dsr_stream *stream, const dsr_stream_report *report, uint32_t from, uint32_t to,
                          dsr_stream_events *events)
{
    stream->events.count = 0;
    dsr_status status = from == to ? DSR_OK : put(stream, report, from, to);
    if (status == DSR_OK && events) {
        *events = (dsr_stream_events){stream->events.items, stream->events.count};
    }
    return status;
}
