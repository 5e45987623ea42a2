/* What a person says is otherwise: corrections of the engine's store, made, listed and taken back. Each is a
 * record; what was found stays, and taking a correction back has it count again. The time of day and the name
 * of who says it come from the caller. */
#ifndef DSR_ENGINE_MEND_H
#define DSR_ENGINE_MEND_H

#include "engine/engine.h"
#include "model/correction.h"

/* What is to be corrected. Ids of reports and stories may be given by their beginning, stories also by a
 * report of theirs. */
typedef struct dsr_mend {
    dsr_correction_kind kind;
    const dsr_slice *what; /* MERGE: two stories. NO_COPY: two reports. MOVE: a report, and unless `alone` a
                              story. PEOPLE_MERGE: two entities. PEOPLE_SPLIT: an entity, then reports */
    size_t count;
    bool alone;
    dsr_correction_said said;
} dsr_mend;

/* Carries it out, whole or not at all; *out lives in `arena`. DSR_ERR_NOT_FOUND and DSR_ERR_ARGUMENT where an
 * id leads nowhere or there is nothing to correct, DSR_ERR_LIMIT. */
dsr_status dsr_engine_mend(dsr_engine *engine, const dsr_mend *mend, dsr_arena *arena, dsr_correction *out,
                           dsr_error *error) DSR_MUST_CHECK;
/* Takes a correction back. Same failures. */
dsr_status dsr_engine_undo(dsr_engine *engine, uint32_t number, const dsr_correction_said *said,
                           dsr_arena *arena, dsr_correction *out, dsr_error *error) DSR_MUST_CHECK;
/* All of them in the order in which they were made, lent for the call. */
dsr_status dsr_engine_each_correction(dsr_engine *engine,
                                      dsr_status (*each)(void *context, const dsr_correction *correction),
                                      void *context, dsr_error *error) DSR_MUST_CHECK;

#endif
