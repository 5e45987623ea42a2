/* The copy index at the size of a month of news: makes up the fingerprints of reports of about 500 words and
 * takes them in, batch by batch, into a file of SQLite. Prints speed (by the processor's time)
 * for each tenth, memory, bytes on disk,
 * how many planted copies were found, and the time for one more report in a process that knows nothing yet.
 * Same arguments, same fingerprints.
 *
 *   copies_stream FILE N [SEED]   FILE must not exist; N reports of 30 days
 */
#define _DEFAULT_SOURCE
#include "base/hash.h"
#include "compare/segments.h"

#include <sqlite3.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    DAYS = 30,
    PRINTS = 100, /* about a fifth of 500 words */
    ROOM = 2 * PRINTS,
    OUTLETS = 400,
    FOOTER = 4,      /* fingerprints under each report of an outlet */
    PHRASES = 20000, /* that anybody uses */
    BATCH = 1000,
    MORE = 200 /* times that one more report is taken in */
};

/* The file */

typedef struct file {
    sqlite3 *db;
    sqlite3_stmt *get, *put, *drop, *each;
} file;

static void must(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "copies_stream: %s failed\n", what);
        exit(1);
    }
}

static void run(file *f, const char *sql)
{
    must(sqlite3_exec(f->db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static sqlite3_stmt *prepare(file *f, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    must(sqlite3_prepare_v2(f->db, sql, -1, &statement, NULL) == SQLITE_OK, sql);
    return statement;
}

static void bind(sqlite3_stmt *statement, uint8_t family, dsr_slice key)
{
    sqlite3_reset(statement);
    sqlite3_bind_int(statement, 1, family);
    sqlite3_bind_blob(statement, 2, key.ptr, (int)key.len, SQLITE_STATIC);
}

static dsr_status get(void *context, uint8_t family, dsr_slice key, dsr_buffer *out, dsr_error *error)
{
    (void)error;
    const file *f = context;
    bind(f->get, family, key);
    if (sqlite3_step(f->get) != SQLITE_ROW) {
        return DSR_ERR_NOT_FOUND;
    }
    dsr_buffer_reset(out);
    dsr_buffer_append_bytes(out, sqlite3_column_blob(f->get, 0), (size_t)sqlite3_column_bytes(f->get, 0));
    sqlite3_reset(f->get);
    return out->status;
}

static dsr_status put(void *context, uint8_t family, dsr_slice key, dsr_slice value, dsr_error *error)
{
    (void)error;
    const file *f = context;
    bind(f->put, family, key);
    sqlite3_bind_blob(f->put, 3, value.ptr, (int)value.len, SQLITE_STATIC);
    bool done = sqlite3_step(f->put) == SQLITE_DONE;
    sqlite3_reset(f->put);
    return done ? DSR_OK : DSR_ERR_IO;
}

static dsr_status drop(void *context, uint8_t family, dsr_slice key, dsr_error *error)
{
    (void)error;
    const file *f = context;
    bind(f->drop, family, key);
    bool done = sqlite3_step(f->drop) == SQLITE_DONE;
    sqlite3_reset(f->drop);
    return done ? DSR_OK : DSR_ERR_IO;
}

static dsr_status each(void *context, uint8_t family, dsr_chunk_visit *visit, void *visitor, dsr_error *error)
{
    (void)error;
    const file *f = context;
    dsr_status status = DSR_OK;
    sqlite3_reset(f->each);
    sqlite3_bind_int(f->each, 1, family);
    while (status == DSR_OK && sqlite3_step(f->each) == SQLITE_ROW) {
        dsr_slice key = {sqlite3_column_blob(f->each, 0), (size_t)sqlite3_column_bytes(f->each, 0)};
        dsr_slice value = {sqlite3_column_blob(f->each, 1), (size_t)sqlite3_column_bytes(f->each, 1)};
        status = visit(visitor, key, value);
    }
    sqlite3_reset(f->each);
    return status;
}

static void open_file(file *f, const char *path)
{
    must(sqlite3_open(path, &f->db) == SQLITE_OK, path);
    run(f, "pragma journal_mode = wal; pragma synchronous = off;"
           "create table if not exists chunk(family integer, key blob, value blob, unique(family, key))");
    f->get = prepare(f, "select value from chunk where family = ? and key = ?");
    f->put = prepare(f, "insert into chunk values(?, ?, ?) on conflict do update set value = excluded.value");
    f->drop = prepare(f, "delete from chunk where family = ? and key = ?");
    f->each = prepare(f, "select key, value from chunk where family = ? order by key");
}

static void close_file(file *f)
{
    sqlite3_finalize(f->get);
    sqlite3_finalize(f->put);
    sqlite3_finalize(f->drop);
    sqlite3_finalize(f->each);
    sqlite3_close(f->db);
}

static dsr_chunks surface(file *f)
{
    return (dsr_chunks){.context = f, .get = get, .put = put, .drop = drop, .each = each};
}

/* The reports */

typedef struct made {
    dsr_copies_report report;
    uint64_t prints[ROOM];
    size_t count;
    uint32_t source; /* that it copies; itself: none */
    uint32_t copied; /* fingerprints */
} made;

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)((dsr_hash_mix(*state) >> 32) * below >> 32);
}

/* The k-th fingerprint of what a report says itself. Bits as winnowing leaves them: the top one is 0. */
static uint64_t own_print(uint64_t seed, uint32_t number, uint32_t k)
{
    return dsr_hash_mix(seed ^ dsr_hash_mix((uint64_t)number << 16 | k)) >> 1;
}

static uint64_t shared_print(uint64_t seed, uint32_t kind, uint32_t number)
{
    return dsr_hash_mix(seed + ((uint64_t)kind << 56) + number) >> 1;
}

enum { PLAIN, COPY, CARRIER };

static int kind_of(uint64_t seed, uint32_t number)
{
    uint32_t kind = (uint32_t)(own_print(seed, number, UINT16_MAX) % 20);
    return kind == 0 ? CARRIER : kind < 3 && number > 100 ? COPY : PLAIN;
}

/* A tenth copies a fifth to all of a report of the last days; one in twenty carries the wire text of the
 * hour; each bears two phrases that others use too, some of them very often, and most the footer of their
 * outlet. */
static void make(uint64_t seed, uint32_t number, uint32_t total, made *m)
{
    enum { PHRASE = 1, WIRE, SERIES };
    uint64_t state = dsr_hash_mix(seed + number);
    uint32_t a_day = total / DAYS + 1;
    int32_t today = 20000 + (int32_t)(number / a_day);
    uint32_t outlet = 1 + draw(&state, 1 + draw(&state, OUTLETS)); /* a few are large */
    m->report = (dsr_copies_report){.number = number,
                                    .outlet = outlet,
                                    .dated = draw(&state, 50) > 0,
                                    .day = today - (draw(&state, 30) ? 0 : (int32_t)draw(&state, 10)),
                                    .intake_day = today};
    m->count = 0;
    m->source = number;
    m->copied = 0;
    if (kind_of(seed, number) == COPY) {
        m->source = number - 1 - draw(&state, number - 1 < 3 * a_day ? number - 1 : 3 * a_day);
        while (m->source > 0 && kind_of(seed, m->source) != PLAIN) {
            m->source--;
        }
        m->copied = PRINTS / 5 + draw(&state, PRINTS - PRINTS / 5);
    }
    uint32_t wire = kind_of(seed, number) == CARRIER ? 30 : 0;
    for (uint32_t k = 0; k < wire; k++) {
        m->prints[m->count++] = shared_print(seed, WIRE, (number / (a_day / 24 + 1)) << 8 | k);
    }
    for (uint32_t k = 0; k < m->copied; k++) {
        m->prints[m->count++] = own_print(seed, m->source, k);
    }
    while (m->count < PRINTS) {
        m->prints[m->count] = own_print(seed, number, (uint32_t)m->count);
        m->count++;
    }
    for (int k = 0; k < 2; k++) {
        m->prints[m->count++] = shared_print(seed, PHRASE, draw(&state, 1 + draw(&state, PHRASES)));
    }
    for (uint32_t k = 0; k < FOOTER && draw(&state, 10) < 8; k++) {
        m->prints[m->count++] = shared_print(seed, SERIES, outlet << 8 | k);
    }
}

/* The run */

static double now(clockid_t clock)
{
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static long peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

typedef struct tally {
    uint64_t planted, found, candidates, capped, series;
    double slowest;
} tally;

static void good(dsr_status status, const dsr_error *error)
{
    if (status != DSR_OK) {
        fprintf(stderr, "copies_stream: %s\n", error->message);
        exit(1);
    }
}

/* Finds and adds one report; seconds. */
static double take_one(dsr_copies *copies, dsr_arena *arena, made *m, tally *t)
{
    dsr_error error;
    dsr_error_clear(&error);
    dsr_fingerprints prints = {m->prints, m->count};
    dsr_copies_found found;
    dsr_arena_reset(arena);
    double start = now(CLOCK_PROCESS_CPUTIME_ID);
    good(dsr_copies_find(copies, arena, &m->report, &prints, &found, &error), &error);
    good(dsr_copies_add(copies, &m->report, &prints, &error), &error);
    double seconds = now(CLOCK_PROCESS_CPUTIME_ID) - start;
    bool seen = false;
    for (size_t i = 0; i < found.candidates.count && !seen; i++) {
        seen = found.candidates.items[i].number == m->source;
    }
    t->planted += m->source != m->report.number;
    t->found += m->source != m->report.number && seen;
    t->candidates += found.candidates.count;
    t->capped += found.capped;
    t->series += found.series.count;
    t->slowest = seconds > t->slowest ? seconds : t->slowest;
    return seconds;
}

static void report_tenth(const dsr_copies *copies, uint32_t number, uint32_t count, double seconds,
                         const tally *t)
{
    dsr_copies_measure measure;
    dsr_copies_measure_take(copies, &measure);
    printf("%8" PRIu32 "  %7.0f reports/s  slowest %4.0f ms  %3zu segments  %6zu chunks  peak %4ld MB "
           "(filters %zu, cache %zu, other %zu)  planted %" PRIu64 " found %" PRIu64
           "  a report: %.1f candidates, %.1f looks, %.1f fetched, %.2f capped, %.2f series\n",
           number, count / seconds, 1e3 * t->slowest, measure.segments, measure.chunks, peak_megabytes(),
           measure.filter_bytes >> 20, measure.cache_bytes >> 20, measure.other_bytes >> 20, t->planted,
           t->found, (double)t->candidates / number, (double)measure.probes / number,
           (double)measure.fetched / number, (double)t->capped / number, (double)t->series / number);
    fflush(stdout);
}

static void take_all(const char *path, uint32_t total, uint64_t seed)
{
    file f;
    dsr_copies *copies = NULL;
    dsr_error error;
    open_file(&f, path);
    dsr_chunks chunks = surface(&f);
    good(dsr_copies_open(&chunks, NULL, &copies, &error), &error);
    dsr_arena *arena = dsr_arena_new(0);
    made m;
    tally t = {0, 0, 0, 0, 0, 0};
    double seconds = 0;
    uint32_t tenth = total / 10 ? total / 10 : 1;
    run(&f, "begin");
    for (uint32_t i = 0; i < total; i++) {
        make(seed, i, total, &m);
        seconds += take_one(copies, arena, &m, &t);
        if ((i + 1) % BATCH == 0 || i + 1 == total) {
            double start = now(CLOCK_PROCESS_CPUTIME_ID);
            good(dsr_copies_save(copies, &error), &error);
            run(&f, "commit; begin");
            seconds += now(CLOCK_PROCESS_CPUTIME_ID) - start;
        }
        if ((i + 1) % tenth == 0) {
            report_tenth(copies, i + 1, tenth, seconds, &t);
            seconds = 0;
            t.slowest = 0;
        }
    }
    run(&f, "commit");
    dsr_copies_close(copies);
    dsr_arena_drop(arena);
    sqlite3_stmt *sizes = prepare(&f, "select sum(length(key) + length(value)) from chunk");
    must(sqlite3_step(sizes) == SQLITE_ROW, "sum");
    printf("%.0f bytes of chunks a report\n", sqlite3_column_double(sizes, 0) / total);
    sqlite3_finalize(sizes);
    run(&f, "pragma wal_checkpoint(truncate)");
    close_file(&f);
}

static int compare_doubles(const void *a, const void *b)
{
    double x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

/* Each time everything is opened anew, as a process of its own would. */
static void take_more(const char *path, uint32_t total, uint64_t seed)
{
    double all[MORE], index[MORE];
    tally t = {0, 0, 0, 0, 0, 0};
    dsr_arena *arena = dsr_arena_new(0);
    for (uint32_t i = 0; i < MORE; i++) {
        file f;
        made m;
        dsr_copies *copies = NULL;
        dsr_error error;
        make(seed, total + i, total, &m);
        m.report.day = m.report.intake_day = 20000 + DAYS - 1;
        double start = now(CLOCK_MONOTONIC);
        open_file(&f, path);
        dsr_chunks chunks = surface(&f);
        run(&f, "begin");
        double opened = now(CLOCK_PROCESS_CPUTIME_ID);
        good(dsr_copies_open(&chunks, NULL, &copies, &error), &error);
        (void)take_one(copies, arena, &m, &t);
        good(dsr_copies_save(copies, &error), &error);
        index[i] = now(CLOCK_PROCESS_CPUTIME_ID) - opened;
        run(&f, "commit");
        dsr_copies_close(copies);
        close_file(&f);
        all[i] = now(CLOCK_MONOTONIC) - start;
    }
    dsr_arena_drop(arena);
    qsort(all, MORE, sizeof *all, compare_doubles);
    qsort(index, MORE, sizeof *index, compare_doubles);
    printf("one more, opened anew: index %.2f ms, with the file %.2f ms (median); %.2f ms (nineteen of "
           "twenty)\n",
           1e3 * index[MORE / 2], 1e3 * all[MORE / 2], 1e3 * all[MORE * 19 / 20]);
}

int main(int argc, char **argv)
{
    uint32_t total = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    if (argc < 3 || !total) {
        fprintf(stderr, "usage: copies_stream FILE N [SEED]\n");
        return 2;
    }
    take_all(argv[1], total, seed);
    take_more(argv[1], total, seed);
    return 0;
}
