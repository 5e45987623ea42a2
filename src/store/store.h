/* Where reports and stories are kept: one set of functions, several backends (memory.c, sqlite.c), one suite
 * over all. A store sees packed records and ids, never what is in them. One thread at a time uses a store;
 * several processes may open one SQLite store, a writer waits for the other (DSR_ERR_BUSY after the busy
 * time).
 *
 * Everything between begin and commit happens or does not: rollback, a crash or a full disk leaves the store
 * as it was at begin. Calls that change something fail with DSR_ERR_ARGUMENT outside begin/commit. */
#ifndef DSR_STORE_STORE_H
#define DSR_STORE_STORE_H

#include "base/arena.h"
#include "base/chunks.h"
#include "model/report.h"

typedef struct dsr_store dsr_store;

typedef enum dsr_store_mode { DSR_STORE_READ, DSR_STORE_WRITE /* made where it is missing */ } dsr_store_mode;

/* In memory. What is past a quarter of a megabyte of records goes to a nameless scratch file in
 * `scratch_folder`, which nobody else can open and which ends with the store; without one (NULL, or where it
 * refuses) all stays in memory. */
dsr_status dsr_store_open_memory(const char *scratch_folder, dsr_store **out,
                                 dsr_error *error) DSR_MUST_CHECK;
/* DSR_ERR_NOT_FOUND (READ, no file), DSR_ERR_VERSION (another version's), DSR_ERR_STORE (no store at all, or
 * damaged), DSR_ERR_IO, DSR_ERR_BUSY; the message says what to do. */
dsr_status dsr_store_open_sqlite(const char *path, dsr_store_mode mode, dsr_store **out,
                                 dsr_error *error) DSR_MUST_CHECK;
/* Closes; an open transaction is rolled back. NULL is fine. */
void dsr_store_close(dsr_store *store);

dsr_status dsr_store_begin(dsr_store *store, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_store_commit(dsr_store *store, dsr_error *error) DSR_MUST_CHECK;
void dsr_store_rollback(dsr_store *store);

/* A report as it is put in: ids and the packed record. */
typedef struct dsr_store_report {
    dsr_id id;
    dsr_id key;        /* none: no key */
    dsr_slice path;    /* where it was found */
    dsr_slice packed;  /* lent for the call on put; in the caller's arena on get */
    uint64_t sequence; /* place in the order of intake, from 1; given by put, never given twice */
} dsr_store_report;

typedef enum dsr_intake {
    DSR_INTAKE_ADDED,
    DSR_INTAKE_ALREADY_THERE, /* same id; a path not known yet is remembered with it */
    DSR_INTAKE_NEW_VERSION /* same key, other id: the newest in the order of intake stands for all of them */
} dsr_intake;

/* Puts a report in. *previous (for NEW_VERSION) is the version that stood for the key until now. */
dsr_status dsr_store_put_report(dsr_store *store, const dsr_store_report *report, dsr_intake *intake,
                                dsr_id *previous, dsr_error *error) DSR_MUST_CHECK;
/* DSR_ERR_NOT_FOUND. `paths` (may be NULL) gets all places where it was found, in the order they were seen.
 */
dsr_status dsr_store_get_report(dsr_store *store, dsr_id id, dsr_arena *arena, dsr_store_report *out,
                                dsr_slices *paths, dsr_error *error) DSR_MUST_CHECK;
/* Ids that begin with `hex` (1 to 32 hex digits): the number of them, the smallest in *out. */
dsr_status dsr_store_find_report(dsr_store *store, dsr_slice hex, dsr_id *out, size_t *matches,
                                 dsr_error *error) DSR_MUST_CHECK;
/* Where a report stands in the order of intake, and whether it is the version that stands for its key.
 * DSR_ERR_NOT_FOUND. */
dsr_status dsr_store_locate_report(dsr_store *store, dsr_id id, uint64_t *sequence, bool *current,
                                   dsr_error *error) DSR_MUST_CHECK;
/* The report that stands for a key. DSR_ERR_NOT_FOUND. */
dsr_status dsr_store_find_current(dsr_store *store, dsr_id key, dsr_id *out, dsr_error *error) DSR_MUST_CHECK;
/* Takes a report out, with its paths. An older version of its key stands for the key again.
 * DSR_ERR_NOT_FOUND. */
dsr_status dsr_store_remove_report(dsr_store *store, dsr_id id, dsr_error *error) DSR_MUST_CHECK;
/* Walks the reports after `after` in the order of intake; only the newest version of each key where
 * `current_only`. `each` may return another status than DSR_OK to stop. What it is lent lives for the call.
 * It must not change the store. */
dsr_status dsr_store_each_report(dsr_store *store, uint64_t after, bool current_only,
                                 dsr_status (*each)(void *context, const dsr_store_report *report),
                                 void *context, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_store_count_reports(dsr_store *store, uint64_t *count, dsr_error *error) DSR_MUST_CHECK;

/* Story state: which reports make it up, in the order of intake, and a packed record whose meaning is the
 * engine's. */
typedef struct dsr_store_story {
    dsr_id id;
    const dsr_id *members;
    size_t member_count;
    dsr_slice packed;
    uint32_t number; /* from 1; walks go in the order of numbers */
} dsr_store_story;
/* Replaces all stories. They are numbered in the order given, whatever number they state. */
dsr_status dsr_store_put_stories(dsr_store *store, const dsr_store_story *stories, size_t count,
                                 dsr_error *error) DSR_MUST_CHECK;
/* Puts one story under its number, in the place of the one that stands there. DSR_ERR_ARGUMENT where another
 * story has its id. */
dsr_status dsr_store_put_story(dsr_store *store, const dsr_store_story *story,
                               dsr_error *error) DSR_MUST_CHECK;
/* Takes a story away; none being there is fine. */
dsr_status dsr_store_drop_story(dsr_store *store, uint32_t number, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_store_each_story(dsr_store *store,
                                dsr_status (*each)(void *context, const dsr_store_story *story),
                                void *context, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_store_get_story(dsr_store *store, dsr_id id, dsr_arena *arena, dsr_store_story *out,
                               dsr_error *error) DSR_MUST_CHECK;
/* The story under a number. DSR_ERR_NOT_FOUND. */
dsr_status dsr_store_get_numbered(dsr_store *store, uint32_t number, dsr_arena *arena, dsr_store_story *out,
                                  dsr_error *error) DSR_MUST_CHECK;
/* Stories whose id begins with `hex`, as dsr_store_find_report. */
dsr_status dsr_store_find_story(dsr_store *store, dsr_slice hex, dsr_id *out, size_t *matches,
                                dsr_error *error) DSR_MUST_CHECK;

/* What was learnt of the outlets from all their reports: one packed record whose meaning is the engine's. A
 * put replaces the one before. */
dsr_status dsr_store_put_learnt(dsr_store *store, dsr_slice packed, dsr_error *error) DSR_MUST_CHECK;
/* In `arena`; no value where nothing was put. */
dsr_status dsr_store_get_learnt(dsr_store *store, dsr_arena *arena, dsr_slice *out,
                                dsr_error *error) DSR_MUST_CHECK;

/* The working state of other parts (base/chunks.h), kept with all the rest: what is put and dropped belongs
 * to the open transaction. Lent while the store is open. A chunk that is not as it was written is
 * DSR_ERR_STORE. */
dsr_chunks dsr_store_chunks(dsr_store *store);
/* Walks the chunks of a family whose keys begin with `prefix`, in the order of keys. */
dsr_status dsr_store_each_chunk(dsr_store *store, uint8_t family, dsr_slice prefix, dsr_chunk_visit *visit,
                                void *visitor, dsr_error *error) DSR_MUST_CHECK;

/* Proves that the store is whole as far as a store can know: the backend's own check, every record's
 * checksum, no story member without its report, every current version there. Calls `flaw` for each thing that
 * is wrong (one sentence); *flaws counts them. */
dsr_status dsr_store_verify(dsr_store *store, void (*flaw)(void *context, const char *sentence),
                            void *context, uint64_t *flaws, dsr_error *error) DSR_MUST_CHECK;
/* Everything that it holds as text, in a fixed order that does not depend on the backend: two stores with
 * equal dumps answer alike. For tests and `verify --dump`. */
dsr_status dsr_store_dump(dsr_store *store, dsr_status (*line)(void *context, dsr_slice line), void *context,
                          dsr_error *error) DSR_MUST_CHECK;

#endif
