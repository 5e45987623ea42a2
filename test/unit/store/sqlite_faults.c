/* Processes that die, disks that fill up, and two processes at one store: it stays whole, and what was begun
 * and not committed did not happen. */
#include "harness.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int set_up(void **state)
{
    folder *f = calloc(1, sizeof *f);
    assert_non_null(f);
    make_folder(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    folder *f = *state;
    drop_folder(f);
    free(f);
    return 0;
}

/* 20 reports; the dump. */
static char *make_store(const folder *f)
{
    dsr_error error;
    dsr_store *store = open_sqlite(f->store, DSR_STORE_WRITE);
    begin(store);
    assert_int_equal(put_many(store, 0, 20, &error), DSR_OK);
    commit(store);
    char *dump = dump_of(store);
    dsr_store_close(store);
    return dump;
}

/* An empty journal may lie beside the file: SQLite sees that it is none, and the next commit removes it. */
static void expect_unchanged(const folder *f, dsr_store_mode mode, const char *before)
{
    dsr_store *store = open_sqlite(f->store, mode);
    char *after = dump_of(store);
    assert_string_equal(before, after);
    assert_whole(store);
    dsr_store_close(store);
    free(after);
}

/* The next commit leaves one file. */
static void expect_tidy_after_commit(const folder *f)
{
    dsr_store *store = open_sqlite(f->store, DSR_STORE_WRITE);
    begin(store);
    put(store, 7777, 1, "a");
    commit(store);
    dsr_store_close(store);
    assert_int_equal(count_files(f), 1);
}

/* --- processes that die --- */

/* Begins, puts, says so through the pipe, and never ends by itself. */
static void put_and_wait(const folder *f, unsigned count, bool by_itself, int done)
{
    dsr_error error;
    dsr_store *store;
    if (dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) != DSR_OK ||
        dsr_store_begin(store, &error) != DSR_OK || put_many(store, 1000, count, &error) != DSR_OK ||
        write(done, "+", 1) != 1) {
        _exit(1);
    }
    if (by_itself) {
        _exit(0);
    }
    for (;;) {
        pause();
    }
}

static void die_inside_a_transaction(const folder *f, unsigned count, bool by_itself)
{
    char sign = ' ';
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(pipes[0]);
        put_and_wait(f, count, by_itself, pipes[1]);
    }
    close(pipes[1]);
    assert_int_equal(read(pipes[0], &sign, 1), 1);
    close(pipes[0]);
    if (!by_itself) {
        assert_int_equal(kill(child, SIGKILL), 0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void a_process_that_ends_leaves_the_store_as_it_was(void **state)
{
    folder *f = *state;
    char *before = make_store(f);
    die_inside_a_transaction(f, 1000, true);
    expect_unchanged(f, DSR_STORE_READ, before);
    free(before);
}

static void a_process_that_is_killed_leaves_the_store_as_it_was(void **state)
{
    folder *f = *state;
    char *before = make_store(f);
    die_inside_a_transaction(f, 1000, false);
    expect_unchanged(f, DSR_STORE_READ, before);
    die_inside_a_transaction(f, 1000, false);
    expect_unchanged(f, DSR_STORE_WRITE, before);
    expect_tidy_after_commit(f);
    free(before);
}

/* So much that the file itself was written to before the end. */
enum { MUCH = 20000 };

static void assert_half_written(const folder *f)
{
    struct stat info;
    assert_int_equal(stat(f->store, &info), 0);
    assert_true(info.st_size > 4 * 1024 * 1024);
    assert_int_equal(count_files(f), 2); /* the journal */
}

static void half_written_changes_are_undone_by_a_reader(void **state)
{
    folder *f = *state;
    char *before = make_store(f);
    die_inside_a_transaction(f, MUCH, false);
    assert_half_written(f);
    expect_unchanged(f, DSR_STORE_READ, before);
    assert_int_equal(count_files(f), 1);
    free(before);
}

static int read_half_written(const folder *f)
{
    dsr_error error;
    dsr_store *store;
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_READ, &store, &error) == DSR_ERR_IO);
    CHILD_EXPECT(strstr(error.message, "half-done") != NULL);
    return 0;
}

static void half_written_changes_are_undone_by_who_may_write(void **state)
{
    folder *f = *state;
    char *before = make_store(f);
    die_inside_a_transaction(f, MUCH, false);
    assert_half_written(f);
    assert_int_equal(chmod(f->store, 0444), 0);
    assert_int_equal(chmod(f->path, 0555), 0);
    run_in_child(true, read_half_written, f);
    assert_int_equal(chmod(f->path, 0777), 0);
    assert_int_equal(chmod(f->store, 0644), 0);
    expect_unchanged(f, DSR_STORE_WRITE, before);
    free(before);
}

static void the_leftovers_of_another_program_are_left_alone(void **state)
{
    folder *f = *state;
    dsr_error error;
    dsr_store *store;
    size_t size;
    size_t size_after;
    free(make_store(f));
    die_inside_a_transaction(f, MUCH, false);
    char *bytes = read_file(f->store, &size);
    bytes[68] = 'X'; /* its application id */
    write_file(f->store, bytes, size);
    assert_int_equal(dsr_store_open_sqlite(f->store, DSR_STORE_READ, &store, &error), DSR_ERR_IO);
    char *after = read_file(f->store, &size_after);
    assert_int_equal(size, size_after);
    assert_memory_equal(bytes, after, size);
    free(bytes);
    free(after);
}

/* Adds ten reports a transaction, a sign through the pipe after each commit, for ever. */
static void add_for_ever(const folder *f, int done)
{
    dsr_error error;
    dsr_store *store;
    if (dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) != DSR_OK) {
        _exit(1);
    }
    for (unsigned i = 1000;; i += 10) {
        if (dsr_store_begin(store, &error) != DSR_OK || put_many(store, i, 10, &error) != DSR_OK ||
            dsr_store_commit(store, &error) != DSR_OK || write(done, "+", 1) != 1) {
            _exit(1);
        }
    }
}

/* Kills the child some microseconds after its `commits`th commit; how many it had told of in the end. */
static uint64_t kill_while_adding(const folder *f, unsigned commits, unsigned microseconds)
{
    uint64_t told = 0;
    char sign;
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(pipes[0]);
        add_for_ever(f, pipes[1]);
    }
    close(pipes[1]);
    while (told < commits && read(pipes[0], &sign, 1) == 1) {
        told++;
    }
    struct timespec pause = {0, (long)microseconds * 1000};
    nanosleep(&pause, NULL);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    while (read(pipes[0], &sign, 1) == 1) {
        told++;
    }
    close(pipes[0]);
    return told;
}

/* With what may lie beside it. */
static void remove_store(const folder *f)
{
    char path[400];
    snprintf(path, sizeof path, "%s-journal", f->store);
    (void)unlink(path);
    assert_int_equal(unlink(f->store), 0);
    assert_int_equal(count_files(f), 0);
}

static void a_kill_at_any_time_loses_no_commit_and_halves_none(void **state)
{
    folder *f = *state;
    for (unsigned round = 0; round < 30; round++) {
        uint64_t told = kill_while_adding(f, 1 + round % 3, round * 137);
        dsr_store *store = open_sqlite(f->store, round % 2 == 0 ? DSR_STORE_READ : DSR_STORE_WRITE);
        uint64_t count = count_reports(store);
        assert_true(count == told * 10 || count == told * 10 + 10);
        assert_whole(store);
        dsr_store_close(store);
        remove_store(f);
    }
}

/* --- full disks --- */

static int limit_file_size(size_t bytes)
{
    struct rlimit limit = {bytes, bytes};
    CHILD_EXPECT(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    CHILD_EXPECT(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    return 0;
}

static int expect_full(dsr_status status, const dsr_error *error)
{
    CHILD_EXPECT(status == DSR_ERR_IO);
    CHILD_EXPECT(strstr(error->message, "the disk is full; the store is as it was") != NULL);
    return 0;
}

/* Few enough to stay in memory until commit, which fails. Afterwards less fits, and is taken. */
static int fill_up_at_commit(const folder *f)
{
    dsr_error error;
    dsr_store *store;
    uint64_t count;
    uint64_t flaws;
    CHILD_EXPECT(limit_file_size(1024 * 1024) == 0);
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) == DSR_OK);
    CHILD_EXPECT(dsr_store_begin(store, &error) == DSR_OK);
    CHILD_EXPECT(put_many(store, 1000, 2000, &error) == DSR_OK);
    CHILD_EXPECT(expect_full(dsr_store_commit(store, &error), &error) == 0);
    CHILD_EXPECT(dsr_store_count_reports(store, &count, &error) == DSR_OK && count == 20);
    CHILD_EXPECT(dsr_store_verify(store, NULL, NULL, &flaws, &error) == DSR_OK && flaws == 0);
    CHILD_EXPECT(dsr_store_begin(store, &error) == DSR_OK);
    CHILD_EXPECT(put_many(store, 1000, 30, &error) == DSR_OK);
    CHILD_EXPECT(dsr_store_commit(store, &error) == DSR_OK);
    dsr_store_close(store);
    return 0;
}

static void a_disk_that_is_full_at_commit_takes_nothing(void **state)
{
    folder *f = *state;
    free(make_store(f));
    run_in_child(false, fill_up_at_commit, f);
    dsr_store *store = open_sqlite(f->store, DSR_STORE_READ);
    assert_int_equal(count_reports(store), 50);
    assert_whole(store);
    dsr_store_close(store);
    assert_int_equal(count_files(f), 1);
}

/* So much that the disk is full in the middle of a put. */
static int fill_up_in_put(const folder *f)
{
    dsr_error error;
    dsr_store *store;
    dsr_intake intake;
    dsr_id previous;
    CHILD_EXPECT(limit_file_size(6 * 1024 * 1024) == 0);
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) == DSR_OK);
    CHILD_EXPECT(dsr_store_begin(store, &error) == DSR_OK);
    CHILD_EXPECT(expect_full(put_many(store, 1000, MUCH, &error), &error) == 0);
    packed_report p = pack_report(5, 9, "a", 20);
    CHILD_EXPECT(dsr_store_put_report(store, &p.report, &intake, &previous, &error) == DSR_ERR_ARGUMENT);
    CHILD_EXPECT(dsr_store_commit(store, &error) == DSR_ERR_STORE);
    uint64_t count;
    uint64_t flaws;
    CHILD_EXPECT(dsr_store_count_reports(store, &count, &error) == DSR_OK && count == 20);
    CHILD_EXPECT(dsr_store_verify(store, NULL, NULL, &flaws, &error) == DSR_OK && flaws == 0);
    dsr_store_close(store);
    drop_report(&p);
    return 0;
}

static void a_disk_that_fills_up_in_between_takes_nothing(void **state)
{
    folder *f = *state;
    char *before = make_store(f);
    run_in_child(false, fill_up_in_put, f);
    expect_unchanged(f, DSR_STORE_READ, before);
    free(before);
}

static int make_on_full_disk(const folder *f)
{
    dsr_error error;
    dsr_store *store;
    CHILD_EXPECT(limit_file_size(10000) == 0);
    return expect_full(dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error), &error);
}

static void a_store_that_cannot_be_made_is_none(void **state)
{
    folder *f = *state;
    dsr_error error;
    dsr_store *store;
    run_in_child(false, make_on_full_disk, f);
    assert_int_equal(dsr_store_open_sqlite(f->store, DSR_STORE_READ, &store, &error), DSR_ERR_NOT_FOUND);
    free(make_store(f)); /* and nothing is in the way of making it later */
}

/* --- two at one store --- */

/* Holds the store for a while, then commits. */
static int hold_and_commit(const folder *f)
{
    dsr_error error;
    dsr_store *store;
    char path[400];
    struct timespec pause = {0, 300 * 1000 * 1000};
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) == DSR_OK);
    CHILD_EXPECT(dsr_store_begin(store, &error) == DSR_OK);
    CHILD_EXPECT(put_many(store, 1000, 5, &error) == DSR_OK);
    snprintf(path, sizeof path, "%s/held", f->path);
    CHILD_EXPECT(close(open(path, O_CREAT | O_WRONLY, 0600)) == 0);
    nanosleep(&pause, NULL);
    CHILD_EXPECT(dsr_store_commit(store, &error) == DSR_OK);
    dsr_store_close(store);
    return 0;
}

static void a_second_writer_waits(void **state)
{
    folder *f = *state;
    dsr_error error;
    char path[400];
    int status = 1;
    free(make_store(f));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(hold_and_commit(f) == 0 ? 0 : 1);
    }
    snprintf(path, sizeof path, "%s/held", f->path);
    struct timespec pause = {0, 1000 * 1000};
    while (access(path, F_OK) != 0 && waitpid(child, &status, WNOHANG) == 0) {
        nanosleep(&pause, NULL);
    }
    dsr_store *store = open_sqlite(f->store, DSR_STORE_WRITE);
    begin(store); /* waits for the other */
    assert_int_equal(count_reports(store), 25);
    assert_int_equal(put_many(store, 2000, 5, &error), DSR_OK);
    commit(store);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(count_reports(store), 30);
    assert_whole(store);
    dsr_store_close(store);
}

static void a_writer_gives_up_after_a_while(void **state)
{
    folder *f = *state;
    dsr_error error;
    char *before = make_store(f);
    dsr_store *first = open_sqlite(f->store, DSR_STORE_WRITE);
    dsr_store *second = open_sqlite(f->store, DSR_STORE_WRITE);
    begin(first);
    assert_int_equal(dsr_store_begin(second, &error), DSR_ERR_BUSY);
    assert_mentions(&error, "another process");
    assert_string_equal(error.subject, f->store);
    dsr_store_rollback(first);
    begin(second); /* nothing is left open */
    dsr_store_rollback(second);
    /* A reader with a fixed view keeps a commit out. */
    dsr_store *reader = open_sqlite(f->store, DSR_STORE_READ);
    begin(reader);
    begin(first);
    assert_int_equal(put_many(first, 1000, 5, &error), DSR_OK);
    assert_int_equal(dsr_store_commit(first, &error), DSR_ERR_BUSY);
    assert_int_equal(count_reports(first), 20); /* rolled back */
    dsr_store_rollback(reader);
    begin(first);
    assert_int_equal(put_many(first, 1000, 5, &error), DSR_OK);
    dsr_store_rollback(first);
    dsr_store_close(first);
    dsr_store_close(second);
    dsr_store_close(reader);
    expect_unchanged(f, DSR_STORE_READ, before);
    free(before);
}

typedef struct meddler {
    dsr_store *writer;
    size_t seen;
} meddler;

static dsr_status meddle(void *context, const dsr_store_report *report)
{
    meddler *m = context;
    dsr_error error;
    assert_int_equal(report->sequence, m->seen + 1);
    if (m->seen++ == 3) {
        begin(m->writer);
        assert_int_equal(put_many(m->writer, 5000, 5, &error), DSR_OK);
        commit(m->writer); /* the walk holds no lock */
    }
    return DSR_OK;
}

static dsr_status meddle_with_stories(void *context, const dsr_store_story *story)
{
    meddler *m = context;
    dsr_error error;
    assert_int_equal(story->id.bytes[0], m->seen + 1);
    if (m->seen++ == 0) {
        begin(m->writer);
        assert_int_equal(dsr_store_put_stories(m->writer, NULL, 0, &error), DSR_OK);
        commit(m->writer);
    }
    return DSR_OK;
}

static void a_walk_keeps_nobody_out_and_mixes_no_states(void **state)
{
    folder *f = *state;
    dsr_error error;
    dsr_store *writer = open_sqlite(f->store, DSR_STORE_WRITE);
    begin(writer);
    assert_int_equal(put_many(writer, 0, 400, &error), DSR_OK);
    dsr_store_story stories[2] = {{.id = {{1}}}, {.id = {{2}}}};
    assert_int_equal(dsr_store_put_stories(writer, stories, 2, &error), DSR_OK);
    commit(writer);
    dsr_store *reader = open_sqlite(f->store, DSR_STORE_READ);
    meddler m = {writer, 0};
    assert_int_equal(dsr_store_each_report(reader, 0, true, meddle, &m, &error), DSR_ERR_BUSY);
    assert_mentions(&error, "changed");
    assert_true(m.seen > 3 && m.seen < 400);
    assert_int_equal(count_reports(reader), 405);
    m.seen = 0;
    assert_int_equal(dsr_store_each_story(reader, meddle_with_stories, &m, &error), DSR_ERR_BUSY);
    assert_int_equal(m.seen, 1);
    assert_whole(reader);
    dsr_store_close(reader);
    dsr_store_close(writer);
}

static void a_store_may_be_made_by_two_at_once(void **state)
{
    folder *f = *state;
    for (int round = 0; round < 60; round++) {
        pid_t children[3];
        for (size_t i = 0; i < 3; i++) {
            children[i] = fork();
            assert_true(children[i] >= 0);
            if (children[i] == 0) {
                dsr_error error;
                dsr_store *store;
                _exit(dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) == DSR_OK ? 0 : 1);
            }
        }
        for (size_t i = 0; i < 3; i++) {
            int status = 1;
            assert_int_equal(waitpid(children[i], &status, 0), children[i]);
            assert_int_equal(status, 0);
        }
        dsr_store *store = open_sqlite(f->store, DSR_STORE_READ);
        assert_whole(store);
        dsr_store_close(store);
        assert_int_equal(unlink(f->store), 0);
    }
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(a_process_that_ends_leaves_the_store_as_it_was),
        EACH(a_process_that_is_killed_leaves_the_store_as_it_was),
        EACH(half_written_changes_are_undone_by_a_reader),
        EACH(half_written_changes_are_undone_by_who_may_write),
        EACH(the_leftovers_of_another_program_are_left_alone),
        EACH(a_kill_at_any_time_loses_no_commit_and_halves_none),
        EACH(a_disk_that_is_full_at_commit_takes_nothing),
        EACH(a_disk_that_fills_up_in_between_takes_nothing),
        EACH(a_store_that_cannot_be_made_is_none),
        EACH(a_second_writer_waits),
        EACH(a_writer_gives_up_after_a_while),
        EACH(a_walk_keeps_nobody_out_and_mixes_no_states),
        EACH(a_store_may_be_made_by_two_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
