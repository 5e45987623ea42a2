/* The corrections of a store, read once, and what they say of reports, stories and names. Private to engine;
 * one thread changes it, any may ask. */
#ifndef DSR_ENGINE_CORRECTIONS_H
#define DSR_ENGINE_CORRECTIONS_H

#include "model/correction.h"
#include "store/store.h"
#include "story/cast.h"

/* A name that a correction gives to an entity of a report. */
typedef struct dsr_renaming {
    dsr_id source;
    dsr_slice entity;
    uint32_t correction; /* its number */
    dsr_slice name;
} dsr_renaming;

typedef struct dsr_corrections {
    dsr_arena *arena; /* NULL: nothing was read */
    dsr_correction *items;
    size_t count; /* items[i] has the number i + 1 */
    /* Those that stand, for asking: */
    const dsr_correction **moves; /* by source, of one source the latest first */
    size_t move_count;
    struct dsr_pair_of_sources {
        dsr_id one, other; /* the smaller first */
    } * no_copies;         /* ordered */
    size_t no_copy_count;
    dsr_renaming *renamings; /* by source and entity, the latest first */
    size_t renaming_count;
    dsr_cast_rules cast;
} dsr_corrections;

/* In the place of what is there, which is dropped. DSR_ERR_STORE where they are damaged. */
dsr_status dsr_corrections_read(dsr_store *store, dsr_corrections *out, dsr_error *error) DSR_MUST_CHECK;
void dsr_corrections_clear(dsr_corrections *corrections);
dsr_status dsr_corrections_put(dsr_store *store, const dsr_correction *correction,
                               dsr_error *error) DSR_MUST_CHECK;

/* All moves of a report that stand, the latest first, up to one of another report; NULL. */
const dsr_correction *const *dsr_corrections_first_move(const dsr_corrections *corrections, dsr_id source);
/* The move that counts for a report, by its source; NULL. */
const dsr_correction *dsr_corrections_find_move(const dsr_corrections *corrections, dsr_id source);
/* Whether two reports are said to be no copies of each other. */
bool dsr_corrections_deny_copy(const dsr_corrections *corrections, dsr_id one, dsr_id other);
/* Gives the entities of a report the ids that corrections give them; in `arena`. DSR_ERR_MEMORY. */
dsr_status dsr_corrections_rename(const dsr_corrections *corrections, dsr_arena *arena,
                                  dsr_report *report) DSR_MUST_CHECK;

#endif
