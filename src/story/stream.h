/* Reports -> stories as they come in: each joins a story or opens one, from the past only, and what is known
 * of a story is mended as further reports come. Work a report does not grow with the archive. Must not know
 * how copies are found or where its state is kept. */
#ifndef DSR_STORY_STREAM_H
#define DSR_STORY_STREAM_H

#include "base/chunks.h"
#include "story/terms.h"

/* All that grouping knows. One thread at a time. */
typedef struct dsr_stream dsr_stream;

typedef struct dsr_stream_options {
    uint32_t background_size; /* texts behind the background counts of the terms */
    uint32_t window_days;     /* after so many days without a report a story ends; 0: 30 */
    uint32_t most_stories;    /* that are open at a time, the least recently touched end first; 0:
                                 DSR_LIMIT_OPEN_STORIES */
} dsr_stream_options;

/* A name of a report, by what identifies it across reports: its entity's id. */
typedef struct dsr_stream_name {
    uint64_t hash; /* dsr_stream_hash_name */
    uint32_t count;
} dsr_stream_name;
uint64_t dsr_stream_hash_name(dsr_slice entity_id);
/* The names of an annotated report, in `arena`. */
dsr_status dsr_stream_take_names(dsr_arena *arena, const dsr_report *report, const dsr_stream_name **names,
                                 size_t *count) DSR_MUST_CHECK;

/* An earlier report carries the same text. */
typedef struct dsr_stream_tie {
    uint32_t story; /* of the earlier report, as it stands now */
    uint32_t share; /* thousandths, the smaller of both shares */
} dsr_stream_tie;

/* One report, lent for the call. */
typedef struct dsr_stream_report {
    uint32_t report; /* the caller's number of it; comes back in events */
    const dsr_story_terms *terms;
    const dsr_stream_name *names;
    size_t name_count;
    const dsr_stream_tie *ties;
    size_t tie_count;
    uint32_t into; /* 0: where it fits best; else the story that it goes to because somebody says so, or
                      DSR_STREAM_NEW */
} dsr_stream_report;
#define DSR_STREAM_NEW UINT32_MAX /* a story of its own */

/* How well a report and a story go together, in thousandths; the score is the parts and what every pair
 * starts from. A report joins the best story from DSR_STREAM_JOIN on. */
typedef struct dsr_stream_score {
    uint32_t story; /* 0: none */
    int32_t score;
    int32_t words, title, lead, names; /* what they share */
    int32_t dates;                     /* taken off for the days between */
    int32_t tie;                       /* for copied text */
} dsr_stream_score;

/* A word or name that report and story share, and what it adds to the score. */
typedef struct dsr_stream_shared {
    uint32_t key; /* dsr_stream_key of the stem's or the name's hash */
    bool is_name;
    int32_t weight; /* thousandths */
} dsr_stream_shared;
uint32_t dsr_stream_key(uint64_t hash);

enum {
    DSR_STREAM_JOIN = -1000, /* the score from which a report joins */
    DSR_STREAM_SHARED = 12   /* words and names listed of a decision, the weightiest */
};

/* What became of a report, and why. */
typedef struct dsr_stream_decision {
    uint32_t story;                              /* numbers from 1 on; never given twice */
    bool opened;                                 /* the report opened it */
    bool voice;                                  /* false: a copy, which adds nothing to the story's words */
    dsr_stream_score best, second;               /* the two best stories as they were before */
    dsr_stream_shared shared[DSR_STREAM_SHARED]; /* with the best one */
    size_t shared_count;
} dsr_stream_decision;

typedef enum dsr_stream_event_kind {
    DSR_STREAM_OPENED, /* `story` is new; who is in it follows */
    DSR_STREAM_JOINED, /* `report` is in `story` */
    DSR_STREAM_MOVED,  /* `report` went from `from` to `story` */
    DSR_STREAM_MERGED, /* all that is in `from` is in `story` now; `from` is merged into it for good */
    DSR_STREAM_ENDED   /* `story` takes no further reports */
} dsr_stream_event_kind;

typedef struct dsr_stream_event {
    dsr_stream_event_kind kind;
    uint32_t report, story, from; /* 0 where they do not apply */
} dsr_stream_event;

typedef struct dsr_stream_events {
    const dsr_stream_event *items;
    size_t count;
} dsr_stream_events;

dsr_status dsr_stream_new(const dsr_stream_options *options, dsr_stream **out) DSR_MUST_CHECK;
void dsr_stream_drop(dsr_stream *stream); /* NULL is fine */

/* Places one report. *decision (may be NULL) tells why; *events (may be NULL) all that changed, the mending
 * of earlier reports too, in order; lent until the next call. The same sequence of reports gives the same
 * decisions and state. After DSR_ERR_MEMORY the stream can only be dropped. */
dsr_status dsr_stream_add(dsr_stream *stream, const dsr_stream_report *report, dsr_stream_decision *decision,
                          dsr_stream_events *events) DSR_MUST_CHECK;

/* Takes a report out of the story in which it stands. What it told leaves the story's words where the report
 * is among the latest; else its words stay with those of the others. A story that nobody is left in ends.
 * Nothing happens where the story has ended. */
dsr_status dsr_stream_remove(dsr_stream *stream, uint32_t report, uint32_t story,
                             dsr_stream_events *events) DSR_MUST_CHECK;

/* Merges two open stories because somebody says so; the lower number stays. DSR_ERR_NOT_FOUND where one is
 * not open. */
dsr_status dsr_stream_merge(dsr_stream *stream, uint32_t one, uint32_t other,
                            dsr_stream_events *events) DSR_MUST_CHECK;

/* Puts a report that was placed before from the story it stands in into another (DSR_STREAM_NEW: a new one),
 * because somebody says so. Stories that have ended need not know of it: its words leave and enter open ones
 * alone. Of a report that is not among the latest, the words stay in `from` and are weighed anew for `to`.
 * A story that nobody is left in is told as merged into the other. DSR_ERR_MEMORY. */
dsr_status dsr_stream_put(dsr_stream *stream, const dsr_stream_report *report, uint32_t from, uint32_t to,
                          dsr_stream_events *events) DSR_MUST_CHECK;

/* What somebody has settled, and mending leaves alone. Not part of what is saved: it is told again after
 * loading, before the first report. Stories that are merged later hand it on. DSR_ERR_MEMORY. */
/* This report stays where it is. */
dsr_status dsr_stream_hold_report(dsr_stream *stream, uint32_t report) DSR_MUST_CHECK;
/* No report is taken out of this story. */
dsr_status dsr_stream_hold_story(dsr_stream *stream, uint32_t story) DSR_MUST_CHECK;
/* These two stay two. */
dsr_status dsr_stream_hold_apart(dsr_stream *stream, uint32_t one, uint32_t other) DSR_MUST_CHECK;
void dsr_stream_release(dsr_stream *stream); /* nothing is settled any more */

bool dsr_stream_is_open(const dsr_stream *stream, uint32_t story);
/* Stories that may take reports. */
size_t dsr_stream_count_open(const dsr_stream *stream);
/* The day of the stream: the median publication day of the last whole block of reports; false before it is
 * known. Single reports dated in the future or the past do not move it. */
bool dsr_stream_day(const dsr_stream *stream, int32_t *day);

/* Writes what changed since the last time as chunks; at the end of a transaction. How often it is called
 * changes nothing in them. */
dsr_status dsr_stream_save(dsr_stream *stream, const dsr_chunks *chunks, dsr_error *error) DSR_MUST_CHECK;
/* Has a new stream go on where the chunks left off. DSR_ERR_STORE where they are damaged, DSR_ERR_VERSION
 * where another version wrote them; the stream can only be dropped then. No chunks: a stream that begins. */
dsr_status dsr_stream_load(dsr_stream *stream, const dsr_chunks *chunks, dsr_error *error) DSR_MUST_CHECK;

#endif
