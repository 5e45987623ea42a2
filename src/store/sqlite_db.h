/* A thin face over SQLite for sqlite.c: a connection to a store's file, its statements, and failures in
 * words. sqlite_db.c alone knows SQLite. */
#ifndef DSR_STORE_SQLITE_DB_H
#define DSR_STORE_SQLITE_DB_H

#include "store/store.h"

typedef struct dsr_sqlite dsr_sqlite;

/* Opens the file, makes sure that it is a store of this format, and makes it where it is missing or empty and
 * `mode` is WRITE. Failures as dsr_store_open_sqlite. */
dsr_status dsr_sqlite_open(const char *path, dsr_store_mode mode, dsr_sqlite **out,
                           dsr_error *error) DSR_MUST_CHECK;
void dsr_sqlite_close(dsr_sqlite *db);

/* Ends an open transaction, if there is one, without its changes. Needs no memory. */
void dsr_sqlite_rollback(const dsr_sqlite *db);
/* The failure of a store whose content cannot be right; `what` says where. */
dsr_status dsr_sqlite_fail_damaged(const dsr_sqlite *db, dsr_error *error, const char *what);
dsr_status dsr_sqlite_fail(const dsr_sqlite *db, dsr_error *error, dsr_status status, const char *sentence);

/* The statements; their texts are in sqlite_text.h. */
typedef enum dsr_sqlite_statement {
    DSR_SQLITE_BEGIN_CHANGE,
    DSR_SQLITE_BEGIN_VIEW,
    DSR_SQLITE_COMMIT,
    DSR_SQLITE_ROLLBACK,
    DSR_SQLITE_DATA_VERSION,
    DSR_SQLITE_TOTALS,
    DSR_SQLITE_LAST_SEQUENCE,
    DSR_SQLITE_REPORT_KNOWN,
    DSR_SQLITE_REPORT_GET,
    DSR_SQLITE_REPORT_NEWEST,
    DSR_SQLITE_REPORT_INSERT,
    DSR_SQLITE_REPORT_SET_CURRENT,
    DSR_SQLITE_REPORT_DELETE,
    DSR_SQLITE_REPORT_WALK,
    DSR_SQLITE_REPORT_FIND,
    DSR_SQLITE_PATH_LIST,
    DSR_SQLITE_PATH_INSERT,
    DSR_SQLITE_PATH_SUMS,
    DSR_SQLITE_PATH_DELETE,
    DSR_SQLITE_STORY_CLEAR,
    DSR_SQLITE_STORY_INSERT,
    DSR_SQLITE_STORY_WALK,
    DSR_SQLITE_STORY_GET,
    DSR_SQLITE_STORY_FIND,
    DSR_SQLITE_STORY_SUMS,
    DSR_SQLITE_MEMBER_CLEAR,
    DSR_SQLITE_MEMBER_INSERT,
    DSR_SQLITE_MEMBER_LIST,
    DSR_SQLITE_LEARNT_PUT,
    DSR_SQLITE_LEARNT_GET,
    DSR_SQLITE_LEARNT_SUMS,
    DSR_SQLITE_STORY_DROP,
    DSR_SQLITE_STORY_AT,
    DSR_SQLITE_MEMBER_DROP,
    DSR_SQLITE_CHUNK_PUT,
    DSR_SQLITE_CHUNK_DROP,
    DSR_SQLITE_CHUNK_GET,
    DSR_SQLITE_CHUNK_FIRST,
    DSR_SQLITE_CHUNK_WALK,
    DSR_SQLITE_CHUNK_SUMS,
    DSR_SQLITE_STATEMENTS
} dsr_sqlite_statement;

/* A statement in use. It remembers its first failure and tells it in step or run. A statement is used once at
 * a time. */
typedef struct dsr_sqlite_query {
    dsr_sqlite *db;
    void *stmt;
    int result;
} dsr_sqlite_query;

dsr_sqlite_query dsr_sqlite_take(dsr_sqlite *db, dsr_sqlite_statement which);
/* What is bound must live until the last step. Places count from 1. */
void dsr_sqlite_bind_number(dsr_sqlite_query *query, int at, int64_t number);
void dsr_sqlite_bind_slice(dsr_sqlite_query *query, int at, dsr_slice bytes); /* no value is bound as empty */
void dsr_sqlite_bind_id(dsr_sqlite_query *query, int at, const dsr_id *id);   /* none becomes NULL */
/* Whether there is a row. After false, or a failure, the query is done. */
dsr_status dsr_sqlite_step(dsr_sqlite_query *query, bool *row, dsr_error *error) DSR_MUST_CHECK;
/* Gives the statement back before its last row was read. */
void dsr_sqlite_done(dsr_sqlite_query *query);
/* Steps a statement that gives no rows. */
dsr_status dsr_sqlite_run(dsr_sqlite_query *query, dsr_error *error) DSR_MUST_CHECK;
/* Columns of the row, from 0; false where they are of another type or length. A slice is lent until the next
 * step: NULL is no value. NULL is no id. */
bool dsr_sqlite_get_number(const dsr_sqlite_query *query, int at, int64_t *out);
bool dsr_sqlite_get_id(const dsr_sqlite_query *query, int at, dsr_id *out);
bool dsr_sqlite_get_slice(const dsr_sqlite_query *query, int at, dsr_slice *out);

/* The sequence number that the last insert gave. */
int64_t dsr_sqlite_last_insert(const dsr_sqlite *db);
/* SQLite's own check of the file; each sentence goes to `flaw`. */
dsr_status dsr_sqlite_check(dsr_sqlite *db, void (*flaw)(void *context, const char *sentence), void *context,
                            dsr_error *error) DSR_MUST_CHECK;

#endif
