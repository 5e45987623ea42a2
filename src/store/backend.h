/* What a backend of the store must offer, and what all backends share. Only the files of this folder and its
 * tests see it. store.c checks each call before it hands it on: a backend may rely on what is written here.
 */
#ifndef DSR_STORE_BACKEND_H
#define DSR_STORE_BACKEND_H

#include "store/store.h"

#define DSR_STORE_STAGE "store"

/* Where a search by the beginning of an id looks. */
typedef enum dsr_store_kind { DSR_STORE_REPORTS, DSR_STORE_STORIES } dsr_store_kind;

/* Ids from `low` to `high`, both among them. */
typedef struct dsr_store_range {
    dsr_id low, high;
} dsr_store_range;

typedef struct dsr_store_totals {
    uint64_t reports;
    uint64_t next_sequence; /* what the next report gets */
} dsr_store_totals;

/* The caller's function of a walk; `current`: no newer version of the report is there. */
typedef struct dsr_store_report_sink {
    dsr_status (*each)(void *context, const dsr_store_report *report, bool current);
    void *context;
} dsr_store_report_sink;

typedef struct dsr_store_story_sink {
    dsr_status (*each)(void *context, const dsr_store_story *story);
    void *context;
} dsr_store_story_sink;

typedef struct dsr_store_chunk_sink {
    dsr_chunk_visit *each;
    void *context;
} dsr_store_chunk_sink;

/* Collects what verify finds. */
typedef struct dsr_store_flaws {
    void (*flaw)(void *context, const char *sentence);
    void *context;
    uint64_t count;
} dsr_store_flaws;
void dsr_store_add_flaw(dsr_store_flaws *flaws, const char *format, ...) DSR_FORMAT(2, 3);

typedef struct dsr_store_backend {
    void (*close)(dsr_store *store); /* no transaction is open */
    /* `write` false: a view that stays the same until rollback. Never called inside another. */
    dsr_status (*begin)(dsr_store *store, bool write, dsr_error *error);
    /* Where it fails, rollback follows. */
    dsr_status (*commit)(dsr_store *store, dsr_error *error);
    /* Back to begin. Needs no memory and cannot fail. */
    void (*rollback)(dsr_store *store);

    /* These change something: only inside a transaction that writes. DSR_ERR_NOT_FOUND and DSR_ERR_LIMIT
     * changed nothing; after any other failure only rollback is called. */
    dsr_status (*put_report)(dsr_store *store, const dsr_store_report *report, dsr_intake *intake,
                             dsr_id *previous, dsr_error *error);
    dsr_status (*remove_report)(dsr_store *store, dsr_id id, dsr_error *error);
    dsr_status (*put_stories)(dsr_store *store, const dsr_store_story *stories, size_t count,
                              dsr_error *error);

    dsr_status (*put_story)(dsr_store *store, const dsr_store_story *story, dsr_error *error);
    dsr_status (*drop_story)(dsr_store *store, uint32_t number, dsr_error *error);
    dsr_status (*put_learnt)(dsr_store *store, dsr_slice packed, dsr_error *error);
    dsr_status (*put_chunk)(dsr_store *store, uint8_t family, dsr_slice key, dsr_slice value,
                            dsr_error *error);
    dsr_status (*drop_chunk)(dsr_store *store, uint8_t family, dsr_slice key, dsr_error *error);

    /* DSR_ERR_NOT_FOUND says nothing. */
    dsr_status (*get_chunk)(dsr_store *store, uint8_t family, dsr_slice key, dsr_buffer *out,
                            dsr_error *error);
    dsr_status (*each_chunk)(dsr_store *store, uint8_t family, dsr_slice prefix, dsr_store_chunk_sink sink,
                             dsr_error *error);
    dsr_status (*locate)(dsr_store *store, dsr_id id, uint64_t *sequence, bool *current, dsr_error *error);
    dsr_status (*find_current)(dsr_store *store, dsr_id key, dsr_id *out, dsr_error *error);
    dsr_status (*get_numbered)(dsr_store *store, uint32_t number, dsr_arena *arena, dsr_store_story *out,
                               dsr_error *error);
    /* No value where nothing was put. */
    dsr_status (*get_learnt)(dsr_store *store, dsr_arena *arena, dsr_slice *out, dsr_error *error);
    dsr_status (*get_report)(dsr_store *store, dsr_id id, dsr_arena *arena, dsr_store_report *out,
                             dsr_slices *paths, dsr_error *error);
    dsr_status (*get_story)(dsr_store *store, dsr_id id, dsr_arena *arena, dsr_store_story *out,
                            dsr_error *error);
    dsr_status (*find)(dsr_store *store, dsr_store_kind kind, dsr_store_range range, dsr_id *out,
                       size_t *matches, dsr_error *error);
    /* Walks: the sink may read the store, start a walk of its own, and stop with a status, which is handed on
     * as it is. */
    dsr_status (*each_report)(dsr_store *store, uint64_t after, bool current_only, dsr_store_report_sink sink,
                              dsr_error *error);
    dsr_status (*each_story)(dsr_store *store, dsr_store_story_sink sink, dsr_error *error);
    dsr_status (*totals)(dsr_store *store, dsr_store_totals *out, dsr_error *error);
    /* The backend's own proof, for what the walks do not show. Damage is a flaw, not a failure. */
    dsr_status (*check)(dsr_store *store, dsr_store_flaws *flaws, dsr_error *error);
} dsr_store_backend;

typedef enum dsr_store_transaction {
    DSR_STORE_NONE,
    DSR_STORE_VIEW,   /* begun on a store that is only read */
    DSR_STORE_CHANGE, /* may change */
    DSR_STORE_BROKEN  /* a change failed half-way: only rollback helps */
} dsr_store_transaction;

/* First member of every backend's struct. */
struct dsr_store {
    const dsr_store_backend *backend;
    dsr_store_mode mode;
    dsr_store_transaction transaction;
    unsigned walks;       /* that are under way */
    uint64_t max_reports; /* DSR_LIMIT_REPORTS; tests set it lower */
};

void dsr_store_init(dsr_store *store, const dsr_store_backend *backend, dsr_store_mode mode);
/* The failures that read the same everywhere. */
dsr_status dsr_store_fail_missing(dsr_error *error, dsr_store_kind kind, dsr_id id);
dsr_status dsr_store_fail_number(dsr_error *error, uint32_t number);
dsr_status dsr_store_fail_full(const dsr_store *store, dsr_error *error);

#endif
