/* Each allocation of ours fails in turn: the call says so, and after rollback the store is as it was. The
 * linker hands malloc, calloc and realloc of our own code to this file; SQLite's own are in its library and
 * keep working. */
#include "fixture.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long allowed = -1; /* allocations before the one that fails; -1: all succeed */
static bool failed;

static bool fails(void)
{
    if (allowed < 0) {
        return false;
    }
    if (allowed == 0) {
        failed = true;
        return true; /* and so do all that follow */
    }
    allowed--;
    return false;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

/* Repeats `work` with one more allocation each time, until it gets through. In between it must fail with
 * MEMORY. */
static void torture(fixture *f, dsr_status (*work)(fixture *f, dsr_error *error))
{
    for (long n = 0;; n++) {
        dsr_error error;
        assert_true(n < 100000);
        allowed = n;
        failed = false;
        dsr_status status = work(f, &error);
        allowed = -1;
        if (!failed) {
            assert_int_equal(status, DSR_OK);
            return;
        }
        assert_int_equal(status, DSR_ERR_MEMORY);
        assert_int_equal(error.status, DSR_ERR_MEMORY);
    }
}

static dsr_status open_again(fixture *f, dsr_error *error)
{
    dsr_store *store = NULL;
    dsr_status status = dsr_store_open_sqlite(f->folder.store, DSR_STORE_READ, &store, error);
    if (status == DSR_OK) {
        dsr_store_close(store);
    } else {
        assert_null(store);
    }
    return status;
}

static dsr_status open_memory(fixture *f, dsr_error *error)
{
    (void)f;
    dsr_store *store = NULL;
    dsr_status status = dsr_store_open_memory(NULL, &store, error);
    dsr_store_close(store);
    return status;
}

static void opening(void **state)
{
    torture(*state, open_again);
}

static void opening_memory(void **state)
{
    torture(*state, open_memory);
}

static packed_report reports[40];
static char *before;

/* A transaction with everything in it; rolled back where it fails. */
static dsr_status change(fixture *f, dsr_error *error)
{
    dsr_intake intake;
    dsr_id previous;
    dsr_status status = dsr_store_begin(f->store, error);
    for (size_t i = 0; i < 40 && status == DSR_OK; i++) {
        status = dsr_store_put_report(f->store, &reports[i].report, &intake, &previous, error);
    }
    for (size_t i = 0; i < 20 && status == DSR_OK; i++) {
        dsr_store_report again = reports[i].report;
        again.path = DSR_SLICE("again");
        status = dsr_store_put_report(f->store, &again, &intake, &previous, error);
    }
    if (status == DSR_OK) {
        status = dsr_store_remove_report(f->store, reports[3].report.id, error);
    }
    dsr_id members[2] = {reports[1].report.id, reports[2].report.id};
    dsr_store_story stories[2] = {{.id = {{1}}, .members = members, .member_count = 2}, {.id = {{2}}}};
    if (status == DSR_OK) {
        status = dsr_store_put_stories(f->store, stories, 2, error);
    }
    if (status == DSR_OK) {
        status = dsr_store_commit(f->store, error);
    }
    if (status != DSR_OK) {
        dsr_error ignored;
        allowed = -1;
        assert_int_not_equal(dsr_store_commit(f->store, &ignored), DSR_OK); /* not even by mistake */
        char *after = dump_of(f->store);
        assert_string_equal(before, after);
        free(after);
    }
    return status;
}

static void make_reports(void)
{
    for (unsigned i = 0; i < 40; i++) {
        reports[i] = pack_report(i / 2, i % 2, "first", 700);
    }
}

static void changing(void **state)
{
    fixture *f = *state;
    make_reports();
    begin(f->store);
    put(f->store, 100, 1, "a");
    put(f->store, 0, 7, "b");
    commit(f->store);
    before = dump_of(f->store);
    torture(f, change);
    assert_whole(f->store);
    assert_int_equal(count_reports(f->store), 41);
    free(before);
    for (size_t i = 0; i < 40; i++) {
        drop_report(&reports[i]);
    }
}

static dsr_status ignore_report(void *context, const dsr_store_report *report)
{
    (void)context;
    return report->sequence == 0 ? DSR_ERR_STORE : DSR_OK;
}

static dsr_status ignore_story(void *context, const dsr_store_story *story)
{
    (void)context;
    return story->member_count == 0 ? DSR_ERR_STORE : DSR_OK;
}

static dsr_status ignore_line(void *context, dsr_slice line)
{
    (void)context;
    return line.len == 0 ? DSR_ERR_STORE : DSR_OK;
}

static dsr_id wanted; /* made beforehand: making an id takes memory */

static dsr_status get_all(fixture *f, dsr_error *error)
{
    dsr_store_report report;
    dsr_store_story story;
    dsr_slices paths;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return dsr_fail_memory(error, "test");
    }
    dsr_status status = dsr_store_get_report(f->store, wanted, arena, &report, &paths, error);
    if (status == DSR_OK) {
        status = dsr_store_get_story(f->store, (dsr_id){{1}}, arena, &story, error);
    }
    dsr_arena_drop(arena);
    return status;
}

static dsr_status read_all(fixture *f, dsr_error *error)
{
    uint64_t flaws = 0;
    dsr_status status = dsr_store_each_report(f->store, 0, true, ignore_report, NULL, error);
    if (status == DSR_OK) {
        status = dsr_store_each_story(f->store, ignore_story, NULL, error);
    }
    if (status == DSR_OK) {
        status = dsr_store_verify(f->store, NULL, NULL, &flaws, error);
    }
    if (status == DSR_OK) {
        status = dsr_store_dump(f->store, ignore_line, NULL, error);
    }
    assert_int_equal(flaws, 0); /* want of memory is no flaw */
    return status;
}

static void reading(void **state)
{
    fixture *f = *state;
    dsr_error error;
    begin(f->store);
    for (unsigned i = 0; i < 70; i++) {
        put(f->store, i, 1, "a");
        put(f->store, i, 1, "b");
    }
    wanted = id_of(2, 1);
    dsr_store_story story = {.id = {{1}}, .members = &wanted, .member_count = 1};
    assert_int_equal(dsr_store_put_stories(f->store, &story, 1, &error), DSR_OK);
    commit(f->store);
    torture(f, read_all);
    torture(f, get_all);
    assert_whole(f->store);
}

int main(void)
{
    const struct CMUnitTest memory[] = {EACH(changing, set_up_memory), EACH(reading, set_up_memory),
                                        EACH(opening_memory, set_up_memory)};
    const struct CMUnitTest sqlite[] = {EACH(changing, set_up_sqlite), EACH(reading, set_up_sqlite),
                                        EACH(opening, set_up_sqlite)};
    int bad = cmocka_run_group_tests_name("memory", memory, NULL, NULL);
    return bad + cmocka_run_group_tests_name("sqlite", sqlite, NULL, NULL);
}
