/* The records as JSON, exactly as the contract names them; the one place that writes them. Fields that no
 * layer fills yet are written empty. Positions are written in code points. One record is one line without its
 * newline. */
#ifndef DSR_MODEL_JSON_H
#define DSR_MODEL_JSON_H

#include "base/json.h"
#include "model/check.h"

typedef enum dsr_report_view {
    DSR_VIEW_READ,     /* up to furniture */
    DSR_VIEW_EXTRACT,  /* everything */
    DSR_VIEW_TIMES,    /* "dossier.times/1": which report, its date, and its times with their words */
    DSR_VIEW_FIGURES,  /* "dossier.figures/1": the same of figures */
    DSR_VIEW_QUOTES,   /* "dossier.quotes/1": the same of quotations */
    DSR_VIEW_EVENTS,   /* "dossier.events/1": the same of events */
    DSR_VIEW_POSITIONS /* "dossier.positions/1": the same of positions */
} dsr_report_view;

/* "dossier.report/1". `arena` holds position indexes for the time of the call. Failures are left in `to`. */
void dsr_report_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_report *report, dsr_report_view view);
/* "dossier.story/1". */
void dsr_story_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_story *story);
/* "dossier.check/1": a draft, sentence by sentence. */
void dsr_check_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_check *check);
/* "dossier.cast/1": who is named in one story: its id, headline and cast. */
void dsr_cast_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_story *story);
/* "dossier.copies/1": one pair. `reports` is the list that reuse->from and ->to index. */
void dsr_reuse_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_reuse *reuse, const dsr_report *from,
                          const dsr_report *to_report);

#endif
