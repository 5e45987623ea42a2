/* What the files of the desk share. Private to engine. */
#ifndef DSR_ENGINE_DESK_PARTS_H
#define DSR_ENGINE_DESK_PARTS_H

#include "base/map.h"
#include "compare/segments.h"
#include "engine/desk.h"
#include "engine/finder.h"

/* A story that this batch touches. */
typedef struct dsr_desk_story {
    uint32_t number;
    bool gone; /* merged, or nobody is left in it */
    dsr_id id; /* none until somebody is in it */
    struct dsr_desk_member {
        dsr_id id;
        dsr_record_member facts;
    } * members; /* by sequence */
    size_t count, room;
    uint32_t headline_from; /* sequence; 0: not known */
    char *headline;
    size_t headline_len;
} dsr_desk_story;

/* Texts that were looked at lately: a copied report is compared more than once. */
enum { DSR_DESK_TEXTS = 64 };
typedef struct dsr_desk_text {
    uint32_t sequence; /* 0: free */
    uint64_t used;
    dsr_arena *arena;
    dsr_report report;
    dsr_compare_text *text;
} dsr_desk_text;

struct dsr_desk {
    const dsr_lexicon *lexicon;
    dsr_store *store;
    dsr_chunks chunks;
    dsr_copies *copies;
    dsr_stream *stream;
    dsr_finder finder;
    uint32_t last;     /* sequence of the last report placed */
    uint32_t removals; /* and reports taken out and corrections made and undone, so far */
    dsr_corrections corrections;
    bool state_dirty;
    dsr_desk_story *stories;
    size_t story_count, story_room;
    dsr_map *by_number; /* story number -> place */
    dsr_desk_text texts[DSR_DESK_TEXTS];
    uint64_t clock;
    dsr_arena *scratch; /* for one report */
    dsr_buffer buffer;
};

/* desk_copies.c */
typedef DSR_LIST(dsr_stream_tie) dsr_desk_ties;
/* Compares the report with those that share fingerprints with it; notes the pairs in the store, and fills
 * `ties`. */
dsr_status dsr_desk_compare(dsr_desk *desk, const dsr_copies_report *about, const dsr_clipping *clipping,
                            dsr_desk_ties *ties, dsr_record_copies *copies, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_desk_put_copies(dsr_desk *desk, uint32_t sequence, const dsr_record_copies *copies,
                               dsr_error *error) DSR_MUST_CHECK;
void dsr_desk_forget_texts(dsr_desk *desk);

/* desk_stories.c */
dsr_status dsr_desk_put_place(dsr_desk *desk, uint32_t sequence, const dsr_record_place *place,
                              dsr_error *error) DSR_MUST_CHECK;
/* Follows what the stream did; `joined` is the report just placed, or NULL. */
dsr_status dsr_desk_follow(dsr_desk *desk, const dsr_stream_events *events,
                           const struct dsr_desk_member *joined, dsr_error *error) DSR_MUST_CHECK;
/* Takes a report out of a story as it stands. */
dsr_status dsr_desk_leave(dsr_desk *desk, uint32_t story, uint32_t sequence, dsr_error *error) DSR_MUST_CHECK;
/* The story under a number, at hand and to be saved from now on. Lent until the next call. */
dsr_status dsr_desk_reach(dsr_desk *desk, uint32_t number, dsr_desk_story **out,
                          dsr_error *error) DSR_MUST_CHECK;
/* Whether somebody is in it. */
dsr_status dsr_desk_has_story(dsr_desk *desk, uint32_t number, bool *out, dsr_error *error) DSR_MUST_CHECK;
/* A story that was merged by hand stands for itself again: under another number, with its id. */
dsr_status dsr_desk_revive(dsr_desk *desk, uint32_t merged, dsr_id id, uint32_t number,
                           dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_desk_save_stories(dsr_desk *desk, dsr_error *error) DSR_MUST_CHECK;
void dsr_desk_forget_stories(dsr_desk *desk);

/* desk_mend.c */
/* Reads the corrections anew, and tells the stream what they settle. */
dsr_status dsr_desk_read_corrections(dsr_desk *desk, dsr_error *error) DSR_MUST_CHECK;
/* Where a report that is to be placed belongs because somebody says so; 0: nobody does. */
dsr_status dsr_desk_find_target(dsr_desk *desk, const dsr_report *report, uint32_t *into,
                                dsr_error *error) DSR_MUST_CHECK;
/* It was placed there: the correction holds for where it is now. */
dsr_status dsr_desk_keep_target(dsr_desk *desk, const dsr_report *report, uint32_t sequence,
                                dsr_error *error) DSR_MUST_CHECK;

#endif
