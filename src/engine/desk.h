/* The desk: where each new report is compared with the earlier ones and put into a story, in the order of
 * intake. Its state lies in the store, as chunks and story records; a desk opened again goes on where the one
 * before it left off, having read nothing but those. What it does depends on the sequence of reports alone,
 * never on how that is cut into batches. Private to engine; one thread. */
#ifndef DSR_ENGINE_DESK_H
#define DSR_ENGINE_DESK_H

#include "compare/compare.h"
#include "engine/corrections.h"
#include "engine/records.h"
#include "lexicon/lexicon.h"
#include "story/terms.h"

typedef struct dsr_desk dsr_desk;

/* What placing a report needs of its text. */
typedef struct dsr_clipping {
    const dsr_report *report;
    dsr_compare_text *text; /* in the arena it was made in */
    dsr_fingerprints prints;
    dsr_story_terms terms;
    const dsr_stream_name *names; /* in that arena too */
    size_t name_count;
} dsr_clipping;
/* Any thread. `met` (story/terms.h) may be NULL. DSR_ERR_MEMORY leaves nothing to drop. */
dsr_status dsr_clipping_make(const dsr_lexicon *lexicon, dsr_arena *arena, const dsr_report *report,
                             dsr_met_words *met, dsr_clipping *out) DSR_MUST_CHECK;
void dsr_clipping_drop(dsr_clipping *clipping);

/* Inside a transaction of the store that writes; all calls below too. */
dsr_status dsr_desk_open(const dsr_lexicon *lexicon, dsr_store *store, dsr_desk **out,
                         dsr_error *error) DSR_MUST_CHECK;
void dsr_desk_close(dsr_desk *desk); /* NULL is fine; what was not saved is gone */
/* Whether the store is as this desk left it: another process may have changed it between transactions. */
dsr_status dsr_desk_is_current(dsr_desk *desk, bool *out, dsr_error *error) DSR_MUST_CHECK;

/* Places a report that the store has just taken in. `previous` (none: none) is the version that it replaces.
 * After a failure the desk can only be closed, and the transaction rolled back. */
dsr_status dsr_desk_place(dsr_desk *desk, const dsr_clipping *clipping, dsr_id previous,
                          dsr_error *error) DSR_MUST_CHECK;
/* Takes a report out of its story and out of the index of copies, before the store gives it up. */
dsr_status dsr_desk_remove(dsr_desk *desk, dsr_id report, dsr_error *error) DSR_MUST_CHECK;
/* Carries out a correction and keeps it: fills in its number, and of a move and a merge where the reports
 * were and are. Given are kind, `said`, reports, entities, mentions; of a move `alone` or numbers[1]; of a
 * merge both numbers. DSR_ERR_ARGUMENT where there is nothing to correct, DSR_ERR_LIMIT. */
dsr_status dsr_desk_correct(dsr_desk *desk, dsr_correction *correction, dsr_error *error) DSR_MUST_CHECK;
/* Takes a correction back: what it changed is as it would be without it, as far as later ones do not say
 * otherwise. DSR_ERR_NOT_FOUND, DSR_ERR_ARGUMENT where that was done before. */
dsr_status dsr_desk_undo(dsr_desk *desk, uint32_t number, const dsr_correction_said *said,
                         dsr_error *error) DSR_MUST_CHECK;
/* Writes what changed; before the transaction is committed. */
dsr_status dsr_desk_save(dsr_desk *desk, dsr_error *error) DSR_MUST_CHECK;

/* Reading what a desk left in the store, with or without a transaction. */
/* DSR_ERR_NOT_FOUND where the report was never placed. */
dsr_status dsr_desk_read_place(dsr_store *store, uint32_t sequence, dsr_record_place *out,
                               dsr_error *error) DSR_MUST_CHECK;
/* Follows mergers: the number under which a story stands today. */
dsr_status dsr_desk_resolve(dsr_store *store, uint32_t *story, dsr_error *error) DSR_MUST_CHECK;
/* Whether a story was merged into another one, step by step, over the story `by`. */
dsr_status dsr_desk_passes(dsr_store *store, uint32_t story, uint32_t by, bool *out,
                           dsr_error *error) DSR_MUST_CHECK;
/* The current version of a report that a correction names: its id and sequence; 0 where it is not there. */
dsr_status dsr_desk_find_current(dsr_store *store, const dsr_correction_report *named, dsr_id *id,
                                 uint32_t *sequence, dsr_error *error) DSR_MUST_CHECK;
/* The reports that a report shares text with among the earlier ones; in `arena`. */
dsr_status dsr_desk_read_copies(dsr_store *store, uint32_t sequence, dsr_arena *arena, dsr_record_copies *out,
                                dsr_error *error) DSR_MUST_CHECK;
/* A number that a story's id, whole or its beginning, ever stood for; 0: none. *matches counts. */
dsr_status dsr_desk_find_story_id(dsr_store *store, dsr_slice hex, uint32_t *number, size_t *matches,
                                  dsr_error *error) DSR_MUST_CHECK;

#endif
