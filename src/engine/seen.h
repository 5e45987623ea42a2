/* Which raw inputs became which reports, so that the same file given once more is known before anything is
 * read out of it. Only spares work: without an entry the report itself tells that it is there. */
#ifndef DSR_ENGINE_SEEN_H
#define DSR_ENGINE_SEEN_H

#include "engine/engine.h"
#include "read/read.h"
#include "store/store.h"

/* A raw input and all that its report follows from: path, bytes, what was said of all inputs, and the version
 * of Dossier. */
typedef struct dsr_seen_key {
    char bytes[16];
} dsr_seen_key;
dsr_seen_key dsr_seen_key_make(const dsr_piece *piece, dsr_slice published, dsr_slice outlet);

/* The report that the input became, where it still stands in the store; else *id is none. `entry` is filled.
 */
dsr_status dsr_seen_find(dsr_store *store, const dsr_seen_key *key, dsr_id *id, dsr_buffer *entry,
                         dsr_error *error) DSR_MUST_CHECK;
/* Of an entry that was found: the report's place in its container. Lent. */
dsr_slice dsr_seen_record(const dsr_buffer *entry);
dsr_status dsr_seen_put(dsr_store *store, const dsr_seen_key *key, dsr_id id, dsr_slice record,
                        dsr_error *error) DSR_MUST_CHECK;

#endif
