/* Views of what the engine hands on, for a terminal. JSON is model's. A view never computes: it lays out.
 * Text from reports is hostile: control characters are shown as U+FFFD, so that no report can steer a
 * terminal. */
#ifndef DSR_PRESENT_PRESENT_H
#define DSR_PRESENT_PRESENT_H

#include "base/buffer.h"
#include "model/check.h"
#include "model/diff.h"
#include "model/outlets.h"

typedef struct dsr_look {
    unsigned width; /* columns: 40 to 200; 100 where unknown */
    bool colour;    /* ANSI colours */
    bool full;      /* the account with what one report alone tells */
    bool all;       /* every pair and passage in full, however many there are */
} dsr_look;

/* The whole page of one story: headline, reports, who copied whom, copied text with its edits. */
dsr_status dsr_present_story(dsr_arena *arena, dsr_buffer *to, const dsr_story *story,
                             dsr_look look) DSR_MUST_CHECK;
/* Who is named in one story, all of them: `names`. */
dsr_status dsr_present_cast(dsr_arena *arena, dsr_buffer *to, const dsr_story *story,
                            dsr_look look) DSR_MUST_CHECK;
/* A draft, sentence by sentence: `check`. */
dsr_status dsr_present_check(dsr_arena *arena, dsr_buffer *to, const dsr_check *check,
                             dsr_look look) DSR_MUST_CHECK;
/* What is new in a story: `diff`. */
dsr_status dsr_present_diff(dsr_arena *arena, dsr_buffer *to, const dsr_story_diff *diff,
                            dsr_look look) DSR_MUST_CHECK;
/* How outlets work: `outlets`. */
dsr_status dsr_present_outlets(dsr_buffer *to, const dsr_outlets *outlets, dsr_look look) DSR_MUST_CHECK;
/* One pair, as `copies` shows it. */
dsr_status dsr_present_reuse(dsr_arena *arena, dsr_buffer *to, const dsr_reuse *reuse, const dsr_report *from,
                             const dsr_report *to_report, dsr_look look) DSR_MUST_CHECK;
/* What was taken from a report and what was left, and why: `read`. */
dsr_status dsr_present_report(dsr_arena *arena, dsr_buffer *to, const dsr_report *report,
                              dsr_look look) DSR_MUST_CHECK;

#endif
