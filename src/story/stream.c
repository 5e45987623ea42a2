/* The stream: one report after the other is placed, then what it brings near is mended; stories that nobody
 * adds to any more end. */
#include "story/stream.h"

#include "base/limits.h"
#include "story/logarithm.h"
#include "story/stream_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    WINDOW_DAYS = 30,
    TIE_STRONG = 500, /* thousandths copied: such a report tells the same story, whatever else it says */
    TIE_COPY = 800,   /* thousandths copied: such a report is no voice of its own */
    TIE_WEIGHT = 12,  /* what a thousandth of a strong tie adds to the score */
    DATED_LEAST = 16  /* dated reports of a block from which it tells the day */
};

static dsr_status allocate(dsr_stream *s)
{
    s->recent = calloc(RECENT, sizeof *s->recent);
    s->tally = calloc(1, sizeof *s->tally);
    dsr_status status = dsr_stream_table_open(&s->table);
    return s->recent && s->tally ? status : DSR_ERR_MEMORY;
}

dsr_status dsr_stream_new(const dsr_stream_options *options, dsr_stream **out)
{
    dsr_stream *s = calloc(1, sizeof *s);
    if (!s) {
        return DSR_ERR_MEMORY;
    }
    s->options = *options;
    s->options.window_days = options->window_days ? options->window_days : WINDOW_DAYS;
    s->options.most_stories = options->most_stories ? options->most_stories : DSR_LIMIT_OPEN_STORIES;
    s->free_place = s->oldest = s->newest = NO_PLACE;
    s->next_number = 1;
    for (size_t i = 0; i < sizeof s->logs / sizeof *s->logs; i++) {
        s->logs[i] = dsr_log2(i);
    }
    dsr_status status = allocate(s);
    if (status != DSR_OK) {
        dsr_stream_drop(s);
        return status;
    }
    *out = s;
    return DSR_OK;
}

void dsr_stream_drop(dsr_stream *s)
{
    if (!s) {
        return;
    }
    for (uint32_t i = 0; i < s->story_count; i++) {
        free(s->stories[i].terms.keys);
    }
    dsr_stream_release(s);
    dsr_stream_table_close(&s->table);
    free(s->stories);
    free(s->soiled);
    free(s->numbers);
    free(s->recent);
    free(s->tally);
    free(s->events.items);
    free(s->dropped.items);
    free(s->changes.items);
    free(s->raw);
    free(s);
}

dsr_status dsr_stream_tell(dsr_stream *s, dsr_stream_event event)
{
    if (s->events.count == s->events.room) {
        size_t room = s->events.room ? 2 * s->events.room : 64;
        dsr_stream_event *grown = realloc(s->events.items, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        s->events.items = grown;
        s->events.room = room;
    }
    s->events.items[s->events.count++] = event;
    return DSR_OK;
}

/* The strongest tie to a story that is open, and its place. */
static const dsr_stream_tie *strongest_tie(const dsr_stream *s, const dsr_stream_report *report,
                                           uint32_t *place)
{
    const dsr_stream_tie *best = NULL;
    for (size_t i = 0; i < report->tie_count; i++) {
        const dsr_stream_tie *t = &report->ties[i];
        uint32_t at = t->share >= TIE_STRONG ? dsr_stream_story_find(s, t->story) : NO_PLACE;
        if (at != NO_PLACE && (!best || t->share > best->share)) {
            best = t;
            *place = at;
        }
    }
    return best;
}

typedef struct choice {
    dsr_stream_score best, second;
    uint32_t place; /* of the best; NO_PLACE */
} choice;

/* Of equal scores the story that was opened first. */
static void offer(choice *c, dsr_stream_score score, uint32_t place)
{
    const dsr_stream_score *best = &c->best, *second = &c->second;
    if (!best->story || score.score > best->score ||
        (score.score == best->score && score.story < best->story)) {
        c->second = c->best;
        c->best = score;
        c->place = place;
    } else if (!second->story || score.score > second->score ||
               (score.score == second->score && score.story < second->story)) {
        c->second = score;
    }
}

static choice choose(dsr_stream *s, const stream_profile *profile, const candidates *near,
                     const dsr_stream_tie *tie, uint32_t tied)
{
    choice c = {.place = NO_PLACE};
    bool seen = false;
    for (uint32_t i = 0; i <= near->count; i++) {
        if (i == near->count && (!tie || seen)) {
            break;
        }
        uint32_t place = i < near->count ? near->places[i] : tied;
        dsr_stream_score score = dsr_stream_score_report(s, profile, &s->stories[place], NULL);
        if (tie && place == tied) {
            score.tie = (int32_t)(tie->share < 1000 ? tie->share : 1000) * TIE_WEIGHT;
            score.score += score.tie;
            seen = true;
        }
        offer(&c, score, place);
    }
    return c;
}

static int compare_days(const void *x, const void *y)
{
    const int32_t *a = x, *b = y;
    return *a < *b ? -1 : *a > *b;
}

dsr_status dsr_stream_end(dsr_stream *s, uint32_t place)
{
    dsr_stream_event event = {DSR_STREAM_ENDED, 0, s->stories[place].number, 0};
    dsr_status status = dsr_stream_story_close(s, place);
    return status == DSR_OK ? dsr_stream_tell(s, event) : status;
}

/* A block is over: its median day is the day of the stream, which a few wrong dates cannot move. Stories end
 * that nobody has added to for the window's length before it. */
static dsr_status turn_block(dsr_stream *s)
{
    dsr_status status = DSR_OK;
    if (s->block_days >= DATED_LEAST) {
        qsort(s->block, s->block_days, sizeof *s->block, compare_days);
        bool first = !s->has_day;
        s->day = s->block[s->block_days / 2];
        s->has_day = true;
        /* What was touched before any day was known counts from the first one on. */
        for (uint32_t i = 0; first && i < s->story_count; i++) {
            s->stories[i].touched_day = s->day;
            dsr_stream_story_soil(s, i);
        }
    }
    s->block_days = 0;
    /* Slow streams have blocks of many days: what was touched in this one was touched today. */
    for (uint32_t at = s->newest; at != NO_PLACE && s->stories[at].touched > s->turned;
         at = s->stories[at].older) {
        s->stories[at].touched_day = s->day;
        dsr_stream_story_soil(s, at);
    }
    s->turned = s->touches;
    while (status == DSR_OK && s->oldest != NO_PLACE &&
           (int64_t)s->day - s->stories[s->oldest].touched_day > (int64_t)s->options.window_days) {
        status = dsr_stream_end(s, s->oldest);
    }
    if (status == DSR_OK && s->table.count > DSR_LIMIT_STREAM_TERMS) {
        status = dsr_stream_table_prune(&s->table, DSR_LIMIT_STREAM_TERMS);
        status = status == DSR_OK ? dsr_stream_note_pruned(s) : status;
    }
    return status;
}

static dsr_status note_calendar(dsr_stream *s, const stream_profile *profile)
{
    if (profile->dated) {
        s->block[s->block_days++] = profile->day;
    }
    dsr_status status = dsr_stream_note_placed(s);
    if (status == DSR_OK && s->reports % BLOCK == 0) {
        status = turn_block(s);
    }
    while (status == DSR_OK && s->open > s->options.most_stories) {
        status = dsr_stream_end(s, s->oldest);
    }
    return status;
}

/* Copies and reports that a copy ties to their story do not move. */
static void remember(dsr_stream *s, const stream_profile *profile, uint32_t report, uint32_t story)
{
    recent_report *r = &s->recent[(s->reports - 1) % RECENT];
    r->report = report;
    r->story = story;
    r->dirty = true;
    r->profile = *profile;
}

static dsr_status put(dsr_stream *s, const dsr_stream_report *report, const stream_profile *profile,
                      dsr_stream_decision *d, uint32_t *place)
{
    dsr_status status = DSR_OK;
    if (d->opened) {
        status = dsr_stream_story_open(s, place);
        if (status != DSR_OK) {
            return status;
        }
        status = dsr_stream_tell(s, (dsr_stream_event){DSR_STREAM_OPENED, 0, s->stories[*place].number, 0});
    }
    d->story = s->stories[*place].number;
    if (status == DSR_OK) {
        status = dsr_stream_story_join(s, *place, profile, d->voice);
    }
    return status == DSR_OK
               ? dsr_stream_tell(s, (dsr_stream_event){DSR_STREAM_JOINED, report->report, d->story, 0})
               : status;
}

/* Where somebody wants it: NO_PLACE, and not `opened`, where that story has ended. */
static void obey(const dsr_stream *s, uint32_t into, dsr_stream_decision *d, uint32_t *place)
{
    d->opened = into == DSR_STREAM_NEW;
    d->story = d->opened ? 0 : into;
    *place = d->opened ? NO_PLACE : dsr_stream_story_find(s, into);
}

/* A story that has ended gets a report without learning its words. */
static dsr_status put_into_ended(dsr_stream *s, const dsr_stream_report *report,
                                 const stream_profile *profile, const dsr_stream_decision *d)
{
    remember(s, profile, report->report, 0);
    return dsr_stream_tell(s, (dsr_stream_event){DSR_STREAM_JOINED, report->report, d->story, 0});
}

static dsr_status place_report(dsr_stream *s, const dsr_stream_report *report, const stream_profile *profile,
                               dsr_stream_decision *d)
{
    candidates near;
    uint32_t tied = NO_PLACE;
    const dsr_stream_tie *tie = strongest_tie(s, report, &tied);
    dsr_stream_find_candidates(s, profile, &near);
    choice c = choose(s, profile, &near, tie, tied);
    uint32_t place = c.place;
    *d = (dsr_stream_decision){.best = c.best, .second = c.second};
    if (place != NO_PLACE) {
        d->shared_count = dsr_stream_share(profile, &s->stories[place], d->shared);
    }
    d->opened = place == NO_PLACE || c.best.score < DSR_STREAM_JOIN;
    if (report->into) {
        obey(s, report->into, d, &place);
    }
    d->voice = d->opened || !tie || tie->share < TIE_COPY || place != tied;
    s->reports++;
    if (!d->opened && place == NO_PLACE) {
        dsr_status status = put_into_ended(s, report, profile, d);
        return status == DSR_OK ? note_calendar(s, profile) : status;
    }
    dsr_status status = put(s, report, profile, d, &place);
    if (status == DSR_OK) {
        remember(s, profile, report->report, tie && place == tied ? 0 : d->story);
        /* Of a story that somebody asked for it is not known yet from whom it is to stay apart. */
        status = report->into ? DSR_OK : dsr_stream_mend(s, place, &near);
    }
    return status == DSR_OK ? note_calendar(s, profile) : status;
}

dsr_status dsr_stream_add(dsr_stream *stream, const dsr_stream_report *report, dsr_stream_decision *decision,
                          dsr_stream_events *events)
{
    stream_profile profile;
    dsr_stream_decision d;
    stream->events.count = 0;
    dsr_status status = dsr_stream_profile_make(stream, report, true, &profile);
    if (status == DSR_OK) {
        status = place_report(stream, report, &profile, &d);
    }
    if (status != DSR_OK) {
        return status;
    }
    if (decision) {
        *decision = d;
    }
    if (events) {
        *events = (dsr_stream_events){stream->events.items, stream->events.count};
    }
    return DSR_OK;
}

recent_report *dsr_stream_find_recent(const dsr_stream *s, uint32_t report)
{
    for (uint32_t i = 0; i < RECENT && i < s->reports; i++) {
        if (s->recent[i].report == report) {
            return &s->recent[i];
        }
    }
    return NULL;
}

static dsr_status remove_report(dsr_stream *s, uint32_t report, uint32_t place)
{
    stream_story *story = &s->stories[place];
    recent_report *r = dsr_stream_find_recent(s, report);
    dsr_status status = DSR_OK;
    if (r && r->story == story->number) {
        status = dsr_stream_story_leave(s, place, &r->profile);
        r->story = 0;
        r->dirty = true;
    } else if (story->reports) {
        story->reports--;
        dsr_stream_story_soil(s, place);
    }
    return status == DSR_OK && !s->stories[place].reports ? dsr_stream_end(s, place) : status;
}

dsr_status dsr_stream_remove(dsr_stream *stream, uint32_t report, uint32_t story, dsr_stream_events *events)
{
    const uint32_t place = dsr_stream_story_find(stream, story);
    stream->events.count = 0;
    dsr_status status = place == NO_PLACE ? DSR_OK : remove_report(stream, report, place);
    if (status == DSR_OK && events) {
        *events = (dsr_stream_events){stream->events.items, stream->events.count};
    }
    return status;
}

dsr_status dsr_stream_merge(dsr_stream *stream, uint32_t one, uint32_t other, dsr_stream_events *events)
{
    const uint32_t a = dsr_stream_story_find(stream, one), b = dsr_stream_story_find(stream, other);
    uint32_t kept = NO_PLACE;
    if (a == NO_PLACE || b == NO_PLACE || a == b) {
        return DSR_ERR_NOT_FOUND;
    }
    stream->events.count = 0;
    dsr_status status = dsr_stream_unite(stream, a, b, &kept);
    if (status == DSR_OK && events) {
        *events = (dsr_stream_events){stream->events.items, stream->events.count};
    }
    return status;
}

bool dsr_stream_is_open(const dsr_stream *stream, uint32_t story)
{
    return dsr_stream_story_find(stream, story) != NO_PLACE;
}

size_t dsr_stream_count_open(const dsr_stream *stream)
{
    return stream->open;
}

bool dsr_stream_day(const dsr_stream *stream, int32_t *day)
{
    if (stream->has_day) {
        *day = stream->day;
    }
    return stream->has_day;
}
