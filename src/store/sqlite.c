/* The store in an SQLite file: what the tables mean. Must not know SQLite itself (sqlite_db.c does), nor what
 * is in a record.
 *
 * The price of the rollback journal is that a reader and a commit exclude each other. So outside a
 * transaction no walk holds a lock while its caller works: rows are copied in batches, and a store that
 * changed between two of them ends the walk with DSR_ERR_BUSY rather than mix two states. A pager left open
 * on `stories` never costs another process its `add`. */
#include "store/sqlite_store.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH_ROWS = 64, BATCH_BYTES = 512 * 1024 };

static dsr_sqlite_store *of(dsr_store *store)
{
    return (dsr_sqlite_store *)store;
}

dsr_status dsr_sqlite_fail_row(const dsr_sqlite_store *s, dsr_error *error)
{
    return dsr_sqlite_fail_damaged(s->db, error, "a row is not of the kind that belongs there");
}

/* --- transactions and views --- */

static dsr_status run(dsr_sqlite_store *s, dsr_sqlite_statement which, dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(s->db, which);
    return dsr_sqlite_run(&query, error);
}

/* The one number of a statement; 0 where it gives no row. */
static dsr_status read_number(dsr_sqlite_store *s, dsr_sqlite_statement which, int64_t *out, dsr_error *error)
{
    bool row;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, which);
    dsr_status status = dsr_sqlite_step(&query, &row, error);
    if (status != DSR_OK) {
        return status;
    }
    int64_t number = 0;
    bool good = !row || (dsr_sqlite_get_number(&query, 0, &number) && number >= 0);
    dsr_sqlite_done(&query);
    if (!good) {
        return dsr_sqlite_fail_row(s, error);
    }
    *out = number;
    return DSR_OK;
}

static dsr_status read_last_sequence(dsr_sqlite_store *s, int64_t *out, dsr_error *error)
{
    dsr_status status = read_number(s, DSR_SQLITE_LAST_SEQUENCE, out, error);
    if (status == DSR_OK && *out == INT64_MAX) {
        return dsr_sqlite_fail_damaged(s->db, error, "its sequence numbers are used up");
    }
    return status;
}

static void sqlite_rollback(dsr_store *base)
{
    dsr_sqlite_rollback(of(base)->db);
}

static dsr_status sqlite_begin(dsr_store *base, bool write, dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    int64_t number = 0;
    dsr_status status = run(s, write ? DSR_SQLITE_BEGIN_CHANGE : DSR_SQLITE_BEGIN_VIEW, error);
    if (status == DSR_OK && write) {
        status = read_last_sequence(s, &number, error);
    } else if (status == DSR_OK) { /* a view starts with its first read */
        status = read_number(s, DSR_SQLITE_DATA_VERSION, &number, error);
    }
    if (status != DSR_OK) {
        sqlite_rollback(base);
        return status;
    }
    s->reports_at_most = (uint64_t)number;
    return DSR_OK;
}

static dsr_status sqlite_commit(dsr_store *base, dsr_error *error)
{
    return run(of(base), DSR_SQLITE_COMMIT, error);
}

dsr_status dsr_sqlite_view_begin(dsr_sqlite_store *s, int64_t *version, dsr_error *error)
{
    if (s->base.transaction != DSR_STORE_NONE) {
        return DSR_OK;
    }
    int64_t now = 0;
    dsr_status status = run(s, DSR_SQLITE_BEGIN_VIEW, error);
    if (status == DSR_OK) {
        status = read_number(s, DSR_SQLITE_DATA_VERSION, &now, error);
    }
    if (status == DSR_OK && *version != DSR_SQLITE_NO_VERSION && *version != now) {
        status =
            dsr_sqlite_fail(s->db, error, DSR_ERR_BUSY,
                            "another process changed the store while it was read; run the command again");
    }
    if (status != DSR_OK) {
        sqlite_rollback(&s->base);
        return status;
    }
    *version = now;
    return DSR_OK;
}

void dsr_sqlite_view_end(dsr_sqlite_store *s)
{
    if (s->base.transaction == DSR_STORE_NONE) {
        sqlite_rollback(&s->base);
    }
}

/* --- changes --- */

typedef struct known {
    int64_t sequence; /* 0: not there */
    int64_t current;
    dsr_id id, key;
} known;

/* One row of sequence, id, key and current. */
static dsr_status read_known(dsr_sqlite_store *s, dsr_sqlite_statement which, const dsr_id *by, known *out,
                             dsr_error *error)
{
    bool row;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, which);
    dsr_sqlite_bind_id(&query, 1, by);
    dsr_status status = dsr_sqlite_step(&query, &row, error);
    if (status != DSR_OK) {
        return status;
    }
    known k = {.sequence = 0};
    bool good = true;
    if (row) {
        good = dsr_sqlite_get_number(&query, 0, &k.sequence) && k.sequence > 0 &&
               dsr_sqlite_get_id(&query, 1, &k.id) && dsr_sqlite_get_id(&query, 2, &k.key) &&
               dsr_sqlite_get_number(&query, 3, &k.current);
        dsr_sqlite_done(&query);
    }
    if (!good) {
        return dsr_sqlite_fail_row(s, error);
    }
    *out = k;
    return DSR_OK;
}

/* Runs a statement with one or two numbers. */
static dsr_status run_numbers(dsr_sqlite_store *s, dsr_sqlite_statement which, int64_t first,
                              const int64_t *second, dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(s->db, which);
    dsr_sqlite_bind_number(&query, 1, first);
    if (second != NULL) {
        dsr_sqlite_bind_number(&query, 2, *second);
    }
    return dsr_sqlite_run(&query, error);
}

static dsr_status set_current(dsr_sqlite_store *s, int64_t sequence, bool current, dsr_error *error)
{
    int64_t number = current ? 1 : 0;
    return run_numbers(s, DSR_SQLITE_REPORT_SET_CURRENT, sequence, &number, error);
}

int64_t dsr_sqlite_sum(dsr_slice bytes)
{
    uint64_t hash = dsr_hash64(bytes, 0);
    int64_t sum;
    memcpy(&sum, &hash, sizeof sum);
    return sum;
}

static dsr_status insert_path(dsr_sqlite_store *s, int64_t report, int64_t ordinal, dsr_slice path,
                              dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_PATH_INSERT);
    dsr_sqlite_bind_number(&query, 1, report);
    dsr_sqlite_bind_number(&query, 2, ordinal);
    dsr_sqlite_bind_slice(&query, 3, path);
    dsr_sqlite_bind_number(&query, 4, dsr_sqlite_sum(path));
    return dsr_sqlite_run(&query, error);
}

/* Adds the path to the report's list where it is not in it yet. */
static dsr_status remember_path(dsr_sqlite_store *s, int64_t report, dsr_slice path, dsr_error *error)
{
    if (path.len == 0) {
        return DSR_OK;
    }
    bool row;
    int64_t count = 0;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_PATH_LIST);
    dsr_sqlite_bind_number(&query, 1, report);
    dsr_status status = dsr_sqlite_step(&query, &row, error);
    while (status == DSR_OK && row) {
        dsr_slice one;
        if (dsr_sqlite_get_slice(&query, 0, &one) && dsr_slice_equal(one, path)) {
            dsr_sqlite_done(&query);
            return DSR_OK;
        }
        count++;
        status = dsr_sqlite_step(&query, &row, error);
    }
    if (status != DSR_OK || count >= DSR_LIMIT_PATHS) {
        return status;
    }
    return insert_path(s, report, count + 1, path, error);
}

/* Counts only where so many sequence numbers were given that the store may be full. */
static dsr_status check_room(dsr_sqlite_store *s, dsr_error *error)
{
    if (s->reports_at_most < s->base.max_reports) {
        return DSR_OK;
    }
    int64_t count;
    dsr_status status = read_number(s, DSR_SQLITE_TOTALS, &count, error);
    if (status != DSR_OK) {
        return status;
    }
    s->reports_at_most = (uint64_t)count;
    return s->reports_at_most < s->base.max_reports ? DSR_OK : dsr_store_fail_full(&s->base, error);
}

static dsr_status insert_report(dsr_sqlite_store *s, const dsr_store_report *report, dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_REPORT_INSERT);
    dsr_sqlite_bind_id(&query, 1, &report->id);
    dsr_sqlite_bind_id(&query, 2, &report->key);
    dsr_sqlite_bind_slice(&query, 3, report->packed);
    dsr_status status = dsr_sqlite_run(&query, error);
    if (status != DSR_OK) {
        return status;
    }
    s->reports_at_most++;
    return report->path.len == 0 ? DSR_OK
                                 : insert_path(s, dsr_sqlite_last_insert(s->db), 1, report->path, error);
}

static dsr_status put_new_report(dsr_sqlite_store *s, const dsr_store_report *report, known *older,
                                 dsr_error *error)
{
    dsr_status status = check_room(s, error);
    if (status == DSR_OK && !dsr_id_is_none(report->key)) {
        status = read_known(s, DSR_SQLITE_REPORT_NEWEST, &report->key, older, error);
    }
    if (status == DSR_OK && older->sequence != 0) {
        status = set_current(s, older->sequence, false, error);
    }
    return status == DSR_OK ? insert_report(s, report, error) : status;
}

static dsr_status sqlite_put_report(dsr_store *base, const dsr_store_report *report, dsr_intake *intake,
                                    dsr_id *previous, dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    known there;
    dsr_status status = read_known(s, DSR_SQLITE_REPORT_KNOWN, &report->id, &there, error);
    if (status != DSR_OK) {
        return status;
    }
    if (there.sequence != 0) {
        status = remember_path(s, there.sequence, report->path, error);
        if (status == DSR_OK) {
            *intake = DSR_INTAKE_ALREADY_THERE;
        }
        return status;
    }
    known older = {.sequence = 0};
    status = put_new_report(s, report, &older, error);
    if (status != DSR_OK) {
        return status;
    }
    *intake = older.sequence == 0 ? DSR_INTAKE_ADDED : DSR_INTAKE_NEW_VERSION;
    if (older.sequence != 0) {
        *previous = older.id;
    }
    return DSR_OK;
}

static dsr_status sqlite_remove_report(dsr_store *base, dsr_id id, dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    known there;
    dsr_status status = read_known(s, DSR_SQLITE_REPORT_KNOWN, &id, &there, error);
    if (status != DSR_OK) {
        return status;
    }
    if (there.sequence == 0) {
        return dsr_store_fail_missing(error, DSR_STORE_REPORTS, id);
    }
    status = run_numbers(s, DSR_SQLITE_REPORT_DELETE, there.sequence, NULL, error);
    if (status == DSR_OK) {
        status = run_numbers(s, DSR_SQLITE_PATH_DELETE, there.sequence, NULL, error);
    }
    known heir = {.sequence = 0};
    if (status == DSR_OK && there.current != 0 && !dsr_id_is_none(there.key)) {
        status = read_known(s, DSR_SQLITE_REPORT_NEWEST, &there.key, &heir, error);
    }
    return status == DSR_OK && heir.sequence != 0 ? set_current(s, heir.sequence, true, error) : status;
}

/* --- reports --- */

typedef struct row {
    dsr_store_report report;
    bool current;
} row;

/* The row of REPORT_GET or REPORT_WALK, copied into `arena`. */
static dsr_status read_report(dsr_sqlite_store *s, const dsr_sqlite_query *query, dsr_arena *arena, row *out,
                              dsr_error *error)
{
    row r = {.current = false};
    int64_t sequence;
    int64_t current;
    dsr_store_report *report = &r.report;
    bool good = dsr_sqlite_get_number(query, 0, &sequence) && sequence > 0 &&
                dsr_sqlite_get_id(query, 1, &report->id) && dsr_sqlite_get_id(query, 2, &report->key) &&
                dsr_sqlite_get_number(query, 3, &current) &&
                dsr_sqlite_get_slice(query, 4, &report->packed) &&
                dsr_sqlite_get_slice(query, 5, &report->path);
    if (!good) {
        return dsr_sqlite_fail_row(s, error);
    }
    report->sequence = (uint64_t)sequence;
    r.current = current != 0;
    if (dsr_arena_copy(arena, report->packed, &report->packed) != DSR_OK ||
        dsr_arena_copy(arena, report->path, &report->path) != DSR_OK) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    *out = r;
    return DSR_OK;
}

static dsr_status add_path(dsr_sqlite_store *s, const dsr_sqlite_query *query, dsr_arena *arena,
                           dsr_slices *paths, dsr_error *error)
{
    dsr_slice path;
    if (!dsr_sqlite_get_slice(query, 0, &path)) {
        return dsr_sqlite_fail_row(s, error);
    }
    if (DSR_LIST_RESERVE(arena, paths, 1) != DSR_OK ||
        dsr_arena_copy(arena, path, &paths->items[paths->count]) != DSR_OK) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    paths->count++;
    return DSR_OK;
}

static dsr_status read_paths(dsr_sqlite_store *s, uint64_t report, dsr_arena *arena, dsr_slices *out,
                             dsr_error *error)
{
    bool more;
    dsr_slices paths = {NULL, 0, 0};
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_PATH_LIST);
    dsr_sqlite_bind_number(&query, 1, (int64_t)report);
    dsr_status status = dsr_sqlite_step(&query, &more, error);
    while (status == DSR_OK && more) {
        status = add_path(s, &query, arena, &paths, error);
        if (status != DSR_OK) {
            dsr_sqlite_done(&query);
            return status;
        }
        status = dsr_sqlite_step(&query, &more, error);
    }
    if (status == DSR_OK) {
        *out = paths;
    }
    return status;
}

static dsr_status get_report(dsr_sqlite_store *s, dsr_id id, dsr_arena *arena, row *out, dsr_error *error)
{
    bool there;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_REPORT_GET);
    dsr_sqlite_bind_id(&query, 1, &id);
    dsr_status status = dsr_sqlite_step(&query, &there, error);
    if (status != DSR_OK) {
        return status;
    }
    if (!there) {
        return dsr_store_fail_missing(error, DSR_STORE_REPORTS, id);
    }
    status = read_report(s, &query, arena, out, error);
    dsr_sqlite_done(&query);
    return status;
}

static dsr_status sqlite_get_report(dsr_store *base, dsr_id id, dsr_arena *arena, dsr_store_report *out,
                                    dsr_slices *paths, dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    row r;
    dsr_slices found = {NULL, 0, 0};
    int64_t version = DSR_SQLITE_NO_VERSION;
    dsr_status status = dsr_sqlite_view_begin(s, &version, error);
    if (status != DSR_OK) {
        return status;
    }
    status = get_report(s, id, arena, &r, error);
    if (status == DSR_OK && paths != NULL) {
        status = read_paths(s, r.report.sequence, arena, &found, error);
    }
    dsr_sqlite_view_end(s);
    if (status != DSR_OK) {
        return status;
    }
    *out = r.report;
    if (paths != NULL) {
        *paths = found;
    }
    return DSR_OK;
}

/* A walk over the reports: the rows that are copied and not yet handed on. */
typedef struct batch {
    uint64_t after;
    bool current_only;
    bool last; /* none comes after it */
    int64_t version;
    dsr_arena *arena;
    size_t count;
    row rows[BATCH_ROWS];
} batch;

static dsr_status fill_rows(dsr_sqlite_store *s, batch *b, dsr_error *error)
{
    bool more;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_REPORT_WALK);
    dsr_sqlite_bind_number(&query, 1, (int64_t)b->after);
    dsr_sqlite_bind_number(&query, 2, b->current_only ? 1 : 0);
    dsr_status status = dsr_sqlite_step(&query, &more, error);
    while (status == DSR_OK && more) {
        status = read_report(s, &query, b->arena, &b->rows[b->count], error);
        if (status == DSR_OK) {
            b->after = b->rows[b->count++].report.sequence;
        }
        if (status != DSR_OK || b->count == BATCH_ROWS || dsr_arena_used(b->arena) >= BATCH_BYTES) {
            dsr_sqlite_done(&query);
            return status;
        }
        status = dsr_sqlite_step(&query, &more, error);
    }
    b->last = true;
    return status;
}

static dsr_status fill(dsr_sqlite_store *s, batch *b, dsr_error *error)
{
    b->count = 0;
    dsr_arena_reset(b->arena);
    dsr_status status = dsr_sqlite_view_begin(s, &b->version, error);
    if (status != DSR_OK) {
        return status;
    }
    status = fill_rows(s, b, error);
    dsr_sqlite_view_end(s);
    return status;
}

static dsr_status sqlite_each_report(dsr_store *base, uint64_t after, bool current_only,
                                     dsr_store_report_sink sink, dsr_error *error)
{
    batch b = {.after = after,
               .current_only = current_only,
               .version = DSR_SQLITE_NO_VERSION,
               .last = after > INT64_MAX};
    b.arena = dsr_arena_new(0);
    if (b.arena == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    dsr_status status = DSR_OK;
    while (status == DSR_OK && !b.last) {
        status = fill(of(base), &b, error);
        for (size_t i = 0; status == DSR_OK && i < b.count; i++) {
            status = sink.each(sink.context, &b.rows[i].report, b.rows[i].current);
        }
    }
    dsr_arena_drop(b.arena);
    return status;
}

static dsr_status sqlite_totals(dsr_store *base, dsr_store_totals *out, dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    int64_t count = 0;
    int64_t last = 0;
    int64_t version = DSR_SQLITE_NO_VERSION;
    dsr_status status = dsr_sqlite_view_begin(s, &version, error);
    if (status != DSR_OK) {
        return status;
    }
    status = read_number(s, DSR_SQLITE_TOTALS, &count, error);
    if (status == DSR_OK) {
        status = read_last_sequence(s, &last, error);
    }
    dsr_sqlite_view_end(s);
    if (status == DSR_OK) {
        *out = (dsr_store_totals){(uint64_t)count, (uint64_t)last + 1};
    }
    return status;
}

static dsr_status sqlite_find(dsr_store *base, dsr_store_kind kind, dsr_store_range range, dsr_id *out,
                              size_t *matches, dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    bool there;
    dsr_sqlite_query query =
        dsr_sqlite_take(s->db, kind == DSR_STORE_REPORTS ? DSR_SQLITE_REPORT_FIND : DSR_SQLITE_STORY_FIND);
    dsr_sqlite_bind_slice(&query, 1, (dsr_slice){(const char *)range.low.bytes, sizeof range.low.bytes});
    dsr_sqlite_bind_slice(&query, 2, (dsr_slice){(const char *)range.high.bytes, sizeof range.high.bytes});
    dsr_status status = dsr_sqlite_step(&query, &there, error);
    if (status != DSR_OK) {
        return status;
    }
    int64_t count = 0;
    dsr_id smallest = {{0}};
    bool good = there && dsr_sqlite_get_number(&query, 0, &count) && count >= 0 &&
                dsr_sqlite_get_id(&query, 1, &smallest);
    dsr_sqlite_done(&query);
    if (!good) {
        return dsr_sqlite_fail_row(s, error);
    }
    *out = smallest;
    *matches = (size_t)count;
    return DSR_OK;
}

static dsr_status sqlite_locate(dsr_store *base, dsr_id id, uint64_t *sequence, bool *current,
                                dsr_error *error)
{
    known there = {.sequence = 0};
    dsr_status status = read_known(of(base), DSR_SQLITE_REPORT_KNOWN, &id, &there, error);
    if (status == DSR_OK && there.sequence == 0) {
        return dsr_store_fail_missing(error, DSR_STORE_REPORTS, id);
    }
    if (status == DSR_OK) {
        *sequence = (uint64_t)there.sequence;
        *current = there.current != 0;
    }
    return status;
}

static dsr_status sqlite_find_current(dsr_store *base, dsr_id key, dsr_id *out, dsr_error *error)
{
    known there = {.sequence = 0};
    dsr_status status = read_known(of(base), DSR_SQLITE_REPORT_NEWEST, &key, &there, error);
    if (status == DSR_OK && there.sequence == 0) {
        return dsr_store_fail_missing(error, DSR_STORE_REPORTS, key);
    }
    if (status == DSR_OK) {
        *out = there.id;
    }
    return status;
}

/* --- check, open and close --- */

static void add_flaw(void *context, const char *sentence)
{
    dsr_store_flaws *flaws = context;
    dsr_store_add_flaw(flaws, "the file: %s", sentence);
}

/* Looks at each row of a number, a blob and its sum. */
static dsr_status check_sums(dsr_sqlite_store *s, dsr_sqlite_statement which, const char *what,
                             dsr_store_flaws *flaws, dsr_error *error)
{
    bool more;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, which);
    dsr_status status = dsr_sqlite_step(&query, &more, error);
    while (status == DSR_OK && more) {
        int64_t number = 0;
        int64_t sum = 0;
        dsr_slice bytes;
        bool good = dsr_sqlite_get_number(&query, 0, &number) && dsr_sqlite_get_slice(&query, 1, &bytes) &&
                    dsr_sqlite_get_number(&query, 2, &sum) && sum == dsr_sqlite_sum(bytes);
        if (!good) {
            dsr_store_add_flaw(flaws, "the %s at place %lld is not as it was written", what,
                               (long long)number);
        }
        status = dsr_sqlite_step(&query, &more, error);
    }
    return status;
}

static dsr_status sqlite_check(dsr_store *base, dsr_store_flaws *flaws, dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    dsr_status status = dsr_sqlite_check(s->db, add_flaw, flaws, error);
    if (status == DSR_OK) {
        status = check_sums(s, DSR_SQLITE_PATH_SUMS, "path of the report", flaws, error);
    }
    if (status == DSR_OK) {
        status = check_sums(s, DSR_SQLITE_STORY_SUMS, "story", flaws, error);
    }
    if (status == DSR_OK) {
        status = check_sums(s, DSR_SQLITE_LEARNT_SUMS, "learnt list", flaws, error);
    }
    return status == DSR_OK ? dsr_sqlite_check_chunks(s, flaws, error) : status;
}

static void sqlite_close(dsr_store *base)
{
    dsr_sqlite_store *s = of(base);
    dsr_sqlite_close(s->db);
    free(s);
}

dsr_status dsr_store_open_sqlite(const char *path, dsr_store_mode mode, dsr_store **out, dsr_error *error)
{
    static const dsr_store_backend backend = {
        .close = sqlite_close,
        .begin = sqlite_begin,
        .commit = sqlite_commit,
        .rollback = sqlite_rollback,
        .put_report = sqlite_put_report,
        .remove_report = sqlite_remove_report,
        .put_stories = dsr_sqlite_put_stories,
        .get_report = sqlite_get_report,
        .get_story = dsr_sqlite_get_story,
        .put_learnt = dsr_sqlite_put_learnt,
        .get_learnt = dsr_sqlite_get_learnt,
        .find = sqlite_find,
        .each_report = sqlite_each_report,
        .each_story = dsr_sqlite_each_story,
        .totals = sqlite_totals,
        .put_story = dsr_sqlite_put_story,
        .drop_story = dsr_sqlite_drop_story,
        .put_chunk = dsr_sqlite_put_chunk,
        .drop_chunk = dsr_sqlite_drop_chunk,
        .get_chunk = dsr_sqlite_get_chunk,
        .each_chunk = dsr_sqlite_each_chunk,
        .locate = sqlite_locate,
        .find_current = sqlite_find_current,
        .get_numbered = dsr_sqlite_get_numbered,
        .check = sqlite_check,
    };
    if (path == NULL || path[0] == '\0') {
        return dsr_fail(error, DSR_ERR_ARGUMENT, DSR_STORE_STAGE, "the store needs a path");
    }
    dsr_sqlite_store *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    dsr_store_init(&s->base, &backend, mode);
    dsr_status status = dsr_sqlite_open(path, mode, &s->db, error);
    if (status != DSR_OK) {
        free(s);
        return status;
    }
    *out = &s->base;
    return DSR_OK;
}
