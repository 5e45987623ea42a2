/* What later reports teach about earlier ones: stories that turn out to be one are merged, reports that turn
 * out to be nearer to another story move. Only what the report just placed brings near is looked at, and
 * reports once each at three ages, so that the work a report is bounded. */
#include "story/stream_parts.h"

enum {
    MERGE = -500,   /* the score of two stories, over all pairs of their reports, from which they are one */
    MERGE_NEAR = 5, /* stories near a report that are compared with its own */
    AGAIN_NEAR = 5, /* stories that are compared with a report that may move */
    CHANGE = 500,   /* by how much another story must be better */
    LEAVE = 750,    /* how far below joining a report must have come to stand alone again */
    AGES = 3
};
static const uint32_t ages[AGES] = {16, 64, 256}; /* reports placed since; below RECENT */

dsr_status dsr_stream_unite(dsr_stream *stream, uint32_t one, uint32_t other, uint32_t *kept)
{
    bool first = stream->stories[one].number < stream->stories[other].number;
    const uint32_t into = first ? one : other, from = first ? other : one;
    const uint32_t number = stream->stories[from].number, stays = stream->stories[into].number;
    dsr_status status = dsr_stream_story_absorb(stream, into, from);
    if (status != DSR_OK) {
        return status;
    }
    for (uint32_t i = 0; i < RECENT; i++) {
        if (stream->recent[i].story == number) {
            stream->recent[i].story = stays;
            stream->recent[i].dirty = true;
        }
    }
    *kept = into;
    status = dsr_stream_hand_on(stream, number, stays);
    return status != DSR_OK
               ? status
               : dsr_stream_tell(stream, (dsr_stream_event){DSR_STREAM_MERGED, 0, stays, number});
}

/* The best score from MERGE on of `place` with one of `near`; NO_PLACE. */
static uint32_t find_twin(const dsr_stream *stream, uint32_t place, const candidates *near)
{
    uint32_t best = NO_PLACE;
    int32_t score = MERGE - 1;
    for (uint32_t i = 0; i < near->count && i < MERGE_NEAR; i++) {
        const stream_story *other = &stream->stories[near->places[i]];
        if (near->places[i] == place || !other->number ||
            dsr_stream_are_apart(stream, other->number, stream->stories[place].number)) {
            continue;
        }
        int32_t s = dsr_stream_score_stories(stream, &stream->stories[place], other).score;
        if (s > score) {
            best = near->places[i];
            score = s;
        }
    }
    return best;
}

static dsr_status merge_near(dsr_stream *stream, uint32_t place, const candidates *near)
{
    for (uint32_t twin; (twin = find_twin(stream, place, near)) != NO_PLACE;) {
        dsr_status status = dsr_stream_unite(stream, place, twin, &place);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

/* Moves a report; a story that nobody is left in is merged into where its last report went. */
static dsr_status move(dsr_stream *stream, recent_report *r, uint32_t from, uint32_t to)
{
    const uint32_t left = stream->stories[from].number, number = stream->stories[to].number;
    dsr_status status = dsr_stream_story_leave(stream, from, &r->profile);
    if (status == DSR_OK) {
        status = dsr_stream_story_join(stream, to, &r->profile, true);
    }
    if (status == DSR_OK) {
        status = dsr_stream_tell(stream, (dsr_stream_event){DSR_STREAM_MOVED, r->report, number, left});
    }
    r->story = number;
    r->dirty = true;
    if (status == DSR_OK && !stream->stories[from].reports) {
        status = dsr_stream_story_close(stream, from);
        if (status == DSR_OK) {
            status = dsr_stream_hand_on(stream, left, number);
        }
        if (status == DSR_OK) {
            status = dsr_stream_tell(stream, (dsr_stream_event){DSR_STREAM_MERGED, 0, number, left});
        }
    }
    return status;
}

static dsr_status stand_alone(dsr_stream *stream, recent_report *r, uint32_t from)
{
    uint32_t place = NO_PLACE;
    dsr_status status = dsr_stream_story_open(stream, &place);
    if (status == DSR_OK) {
        status = dsr_stream_tell(stream,
                                 (dsr_stream_event){DSR_STREAM_OPENED, 0, stream->stories[place].number, 0});
    }
    return status == DSR_OK ? move(stream, r, from, place) : status;
}

/* Where would the report go today? */
static dsr_status look_again(dsr_stream *stream, recent_report *r)
{
    const uint32_t own = dsr_stream_story_find(stream, r->story);
    if (!r->story || own == NO_PLACE || dsr_stream_is_held(stream, r->report, r->story)) {
        return DSR_OK;
    }
    const stream_story *story = &stream->stories[own];
    const bool alone = story->voices[SPACE_WORDS] < 2;
    const int32_t here =
        alone ? DSR_STREAM_JOIN : dsr_stream_score_report(stream, &r->profile, story, &r->profile).score;
    candidates near;
    uint32_t best = NO_PLACE;
    int32_t score = DSR_STREAM_JOIN - 1;
    dsr_stream_find_candidates(stream, &r->profile, &near);
    for (uint32_t i = 0; i < near.count && i < AGAIN_NEAR; i++) {
        if (near.places[i] == own ||
            dsr_stream_are_apart(stream, story->number, stream->stories[near.places[i]].number)) {
            continue;
        }
        int32_t s =
            dsr_stream_score_report(stream, &r->profile, &stream->stories[near.places[i]], NULL).score;
        if (s > score) {
            best = near.places[i];
            score = s;
        }
    }
    if (best != NO_PLACE && score >= here + CHANGE) {
        return move(stream, r, own, best);
    }
    return here < DSR_STREAM_JOIN - LEAVE && !alone ? stand_alone(stream, r, own) : DSR_OK;
}

dsr_status dsr_stream_mend(dsr_stream *stream, uint32_t place, const candidates *near)
{
    dsr_status status = merge_near(stream, place, near);
    for (int i = 0; status == DSR_OK && i < AGES; i++) {
        if (stream->reports > ages[i]) {
            status = look_again(stream, &stream->recent[(stream->reports - 1 - ages[i]) % RECENT]);
        }
    }
    return status;
}
