/* What the files of the SQLite backend share: the store's struct, its views and its failures. Only the
 * files of the SQLite backend include it. */
#ifndef DSR_STORE_SQLITE_STORE_H
#define DSR_STORE_SQLITE_STORE_H

#include "store/backend.h"
#include "store/sqlite_db.h"

typedef struct dsr_sqlite_store {
    dsr_store base;
    dsr_sqlite *db;
    uint64_t reports_at_most; /* while changing: no more than these are in the store */
} dsr_sqlite_store;

/* "A row is not of the kind that belongs there." */
dsr_status dsr_sqlite_fail_row(const dsr_sqlite_store *s, dsr_error *error);
/* SQLite's numbers are signed. */
int64_t dsr_sqlite_sum(dsr_slice bytes);

enum { DSR_SQLITE_NO_VERSION = -1 };
/* A short view of its own outside a transaction, nothing inside one. `version` is DSR_SQLITE_NO_VERSION in
 * the first of several views that have to show one state. */
dsr_status dsr_sqlite_view_begin(dsr_sqlite_store *s, int64_t *version, dsr_error *error) DSR_MUST_CHECK;
void dsr_sqlite_view_end(dsr_sqlite_store *s);

/* The parts of the backend that keep story state (backend.h says what they do). */
dsr_status dsr_sqlite_put_stories(dsr_store *base, const dsr_store_story *stories, size_t count,
                                  dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_put_story(dsr_store *base, const dsr_store_story *story,
                                dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_drop_story(dsr_store *base, uint32_t number, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_get_numbered(dsr_store *base, uint32_t number, dsr_arena *arena, dsr_store_story *out,
                                   dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_each_story(dsr_store *base, dsr_store_story_sink sink, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_get_story(dsr_store *base, dsr_id id, dsr_arena *arena, dsr_store_story *out,
                                dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_put_learnt(dsr_store *base, dsr_slice packed, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_get_learnt(dsr_store *base, dsr_arena *arena, dsr_slice *out,
                                 dsr_error *error) DSR_MUST_CHECK;

/* The parts that keep chunks. */
dsr_status dsr_sqlite_put_chunk(dsr_store *base, uint8_t family, dsr_slice key, dsr_slice value,
                                dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_drop_chunk(dsr_store *base, uint8_t family, dsr_slice key,
                                 dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_get_chunk(dsr_store *base, uint8_t family, dsr_slice key, dsr_buffer *out,
                                dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_sqlite_each_chunk(dsr_store *base, uint8_t family, dsr_slice prefix, dsr_store_chunk_sink sink,
                                 dsr_error *error) DSR_MUST_CHECK;
/* A flaw for each chunk that is not as it was written. */
dsr_status dsr_sqlite_check_chunks(dsr_sqlite_store *s, dsr_store_flaws *flaws,
                                   dsr_error *error) DSR_MUST_CHECK;

#endif
