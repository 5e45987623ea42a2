/* What may lie at the path of a store: nothing, a folder, another program's file, another version's, a
 * damaged store, one that may not be read or written. One clear sentence each, and nothing is touched that is
 * not ours. */
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AT_FORMAT = 60, AT_APPLICATION = 68 }; /* in the header of an SQLite file, 4 bytes big endian */

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

/* A store with a bit of everything in it. */
static void make_store(const folder *f)
{
    dsr_error error;
    dsr_store *store = open_sqlite(f->store, DSR_STORE_WRITE);
    begin(store);
    for (unsigned i = 0; i < 40; i++) {
        put(store, i, 1, "in/first.txt");
        put(store, i % 7, 2, "in/second.txt");
        put(store, i, 1, i % 2 == 0 ? "in/third.txt" : "in/fourth.txt");
    }
    assert_int_equal(put_many(store, 100, 10, &error), DSR_OK);
    dsr_id members[3] = {id_of(1, 1), id_of(2, 2), id_of(30, 1)};
    dsr_store_story stories[2] = {
        {.id = {{1}}, .members = members, .member_count = 3, .packed = DSR_SLICE("the first story")},
        {.id = {{2}}, .members = members, .member_count = 1, .packed = DSR_SLICE("the second story")}};
    assert_int_equal(dsr_store_put_stories(store, stories, 2, &error), DSR_OK);
    commit(store);
    dsr_store_close(store);
}

static dsr_status try_open(const char *path, dsr_store_mode mode, dsr_error *error)
{
    dsr_store *store = NULL;
    dsr_error_clear(error);
    dsr_status status = dsr_store_open_sqlite(path, mode, &store, error);
    if (status == DSR_OK) {
        dsr_store_close(store);
    } else {
        assert_null(store);
        assert_int_equal(error->status, status);
        assert_string_equal(error->stage, "store");
        assert_string_equal(error->subject, path);
        assert_true(strlen(error->message) > 20);
        assert_int_not_equal(error->message[strlen(error->message) - 1], '.');
    }
    return status;
}

/* Opens the file both ways: the same failure, which says `words`; the file stays as it is, and none comes
 * beside it. */
static void expect_refused(const folder *f, const char *path, dsr_status status, const char *words)
{
    size_t size;
    dsr_error error;
    size_t files = count_files(f);
    char *before = read_file(path, &size);
    for (int mode = 0; mode < 2; mode++) {
        assert_int_equal(try_open(path, mode == 0 ? DSR_STORE_READ : DSR_STORE_WRITE, &error), status);
        assert_mentions(&error, words);
        size_t size_after;
        char *after = read_file(path, &size_after);
        assert_int_equal(size, size_after);
        assert_memory_equal(before, after, size);
        free(after);
        assert_int_equal(count_files(f), files);
    }
    free(before);
}

static void patch_number(const char *path, size_t at, uint32_t number)
{
    size_t size;
    char *bytes = read_file(path, &size);
    for (size_t i = 0; i < 4; i++) {
        bytes[at + i] = (char)(number >> (24 - 8 * i));
    }
    write_file(path, bytes, size);
    free(bytes);
}

/* Replaces the first place of `from` by `to`, as long. */
static void patch_text(const char *path, const char *from, const char *to)
{
    size_t size;
    char *bytes = read_file(path, &size);
    assert_int_equal(strlen(from), strlen(to));
    size_t at = dsr_slice_find((dsr_slice){bytes, size}, dsr_slice_of(from), 0);
    assert_true(at < size);
    memcpy(bytes + at, to, strlen(to));
    write_file(path, bytes, size);
    free(bytes);
}

/* --- opening --- */

static void a_store_keeps_what_was_committed(void **state)
{
    folder *f = *state;
    make_store(f);
    dsr_store *store = open_sqlite(f->store, DSR_STORE_WRITE);
    assert_whole(store);
    char *before = dump_of(store);
    begin(store);
    put(store, 500, 1, "a");
    dsr_store_close(store); /* rolls back */
    store = open_sqlite(f->store, DSR_STORE_READ);
    char *after = dump_of(store);
    assert_string_equal(before, after);
    assert_whole(store);
    dsr_store_close(store);
    assert_int_equal(count_files(f), 1); /* one file, no journal left */
    free(before);
    free(after);
}

static void reading_makes_nothing(void **state)
{
    folder *f = *state;
    dsr_error error;
    assert_int_equal(try_open(f->store, DSR_STORE_READ, &error), DSR_ERR_NOT_FOUND);
    assert_mentions(&error, "dossier add");
    assert_int_equal(count_files(f), 0);
    write_file(f->store, "", 0);
    assert_int_equal(try_open(f->store, DSR_STORE_READ, &error), DSR_ERR_NOT_FOUND);
    char path[400];
    snprintf(path, sizeof path, "%s/missing/store", f->path);
    assert_int_equal(try_open(path, DSR_STORE_READ, &error), DSR_ERR_NOT_FOUND);
    snprintf(path, sizeof path, "%s/store", f->store); /* a file in the way */
    assert_int_equal(try_open(path, DSR_STORE_READ, &error), DSR_ERR_NOT_FOUND);
}

static void writing_makes_a_store_of_an_empty_file(void **state)
{
    folder *f = *state;
    write_file(f->store, "", 0);
    dsr_store *store = open_sqlite(f->store, DSR_STORE_WRITE);
    begin(store);
    put(store, 1, 1, "a");
    commit(store);
    assert_whole(store);
    dsr_store_close(store);
    store = open_sqlite(f->store, DSR_STORE_READ); /* also one that is new and empty */
    assert_int_equal(count_reports(store), 1);
    dsr_store_close(store);
}

static void a_new_store_can_be_read_at_once(void **state)
{
    folder *f = *state;
    dsr_store_close(open_sqlite(f->store, DSR_STORE_WRITE));
    dsr_store *store = open_sqlite(f->store, DSR_STORE_READ);
    assert_int_equal(count_reports(store), 0);
    assert_whole(store);
    dsr_store_close(store);
}

static void reading_changes_nothing(void **state)
{
    folder *f = *state;
    dsr_error error;
    dsr_intake intake;
    dsr_id previous;
    size_t size;
    size_t size_after;
    make_store(f);
    char *before = read_file(f->store, &size);
    dsr_store *store = open_sqlite(f->store, DSR_STORE_READ);
    packed_report p = pack_report(900, 1, "a", 20);
    assert_int_equal(dsr_store_put_report(store, &p.report, &intake, &previous, &error), DSR_ERR_ARGUMENT);
    begin(store); /* a fixed view */
    assert_int_equal(dsr_store_put_report(store, &p.report, &intake, &previous, &error), DSR_ERR_ARGUMENT);
    assert_mentions(&error, "reading");
    assert_int_equal(dsr_store_remove_report(store, id_of(1, 1), &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_put_stories(store, NULL, 0, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(count_reports(store), 57);
    assert_whole(store);
    assert_int_equal(count_files(f), 1);
    commit(store);
    dsr_store_close(store);
    char *after = read_file(f->store, &size_after);
    assert_int_equal(size, size_after);
    assert_memory_equal(before, after, size);
    assert_int_equal(count_files(f), 1);
    drop_report(&p);
    free(before);
    free(after);
}

static int open_odd_names(const folder *f)
{
    static const char *const names[] = {":memory:", "file:x?mode=memory", "file:", "a%41", "?", " "};
    CHILD_EXPECT(chdir(f->path) == 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        dsr_error error;
        dsr_store *store;
        CHILD_EXPECT(access(names[i], F_OK) != 0);
        CHILD_EXPECT(dsr_store_open_sqlite(names[i], DSR_STORE_WRITE, &store, &error) == DSR_OK);
        dsr_store_close(store);
        CHILD_EXPECT(access(names[i], F_OK) == 0);
    }
    return 0;
}

static void names_are_nothing_but_names(void **state)
{
    folder *f = *state;
    dsr_error error;
    run_in_child(false, open_odd_names, f);
    assert_int_equal(count_files(f), 6);
    dsr_store *store;
    assert_int_equal(dsr_store_open_sqlite("", DSR_STORE_WRITE, &store, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_open_sqlite(NULL, DSR_STORE_READ, &store, &error), DSR_ERR_ARGUMENT);
}

/* --- not a store --- */

static void places_that_hold_no_store_are_named(void **state)
{
    folder *f = *state;
    dsr_error error;
    char path[400];
    snprintf(path, sizeof path, "%s/missing/store", f->path);
    assert_int_equal(try_open(path, DSR_STORE_WRITE, &error), DSR_ERR_IO);
    assert_mentions(&error, "folder");
    for (int mode = 0; mode < 2; mode++) {
        dsr_store_mode m = mode == 0 ? DSR_STORE_READ : DSR_STORE_WRITE;
        assert_int_equal(try_open(f->path, m, &error), DSR_ERR_STORE);
        assert_mentions(&error, "folder");
        assert_int_equal(try_open("/dev/null", m, &error), DSR_ERR_STORE);
    }
    assert_int_equal(count_files(f), 0);
}

static void other_files_are_left_alone(void **state)
{
    folder *f = *state;
    static char text[9000];
    memset(text, 'x', sizeof text);
    write_file(f->store, text, 7);
    expect_refused(f, f->store, DSR_ERR_STORE, "no Dossier store");
    write_file(f->store, text, sizeof text);
    expect_refused(f, f->store, DSR_ERR_STORE, "no Dossier store");
}

static void another_programs_database_is_left_alone(void **state)
{
    folder *f = *state;
    make_store(f);
    patch_number(f->store, AT_APPLICATION, 0x12345678);
    expect_refused(f, f->store, DSR_ERR_STORE, "another program");
    patch_number(f->store, AT_APPLICATION, 0);
    expect_refused(f, f->store, DSR_ERR_STORE, "another program");
    patch_number(f->store, AT_FORMAT, 0); /* tables, but neither mark */
    expect_refused(f, f->store, DSR_ERR_STORE, "another program");
}

static void another_versions_store_is_left_alone(void **state)
{
    folder *f = *state;
    make_store(f);
    patch_number(f->store, AT_FORMAT, 4);
    expect_refused(f, f->store, DSR_ERR_VERSION, "Dossier " DSR_VERSION " wrote this store (format 4)");
    expect_refused(f, f->store, DSR_ERR_VERSION, "use that version or a later one");
    patch_text(f->store, "written_by" DSR_VERSION, "written_by9.8.7");
    expect_refused(f, f->store, DSR_ERR_VERSION, "Dossier 9.8.7 wrote");
    patch_text(f->store, "written_by9.8.7", "written_by\x1b[3m!");
    expect_refused(f, f->store, DSR_ERR_VERSION,
                   "a newer version wrote"); /* no escape reaches the terminal */
    patch_number(f->store, AT_FORMAT, 0);
    expect_refused(f, f->store, DSR_ERR_VERSION, "add the reports to a new store");
}

static void other_tables_are_not_trusted(void **state)
{
    folder *f = *state;
    make_store(f);
    patch_text(f->store, "current INTEGER NOT NULL", "current INTEGER UNIQUE  ");
    dsr_error error;
    assert_int_equal(try_open(f->store, DSR_STORE_READ, &error), DSR_ERR_STORE);
    assert_int_equal(try_open(f->store, DSR_STORE_WRITE, &error), DSR_ERR_STORE);
}

/* --- rights --- */

static int read_without_rights(const folder *f)
{
    dsr_error error;
    dsr_store *store;
    uint64_t count;
    uint64_t flaws;
    CHILD_EXPECT(access(f->store, W_OK) != 0 && access(f->path, W_OK) != 0);
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_READ, &store, &error) == DSR_OK);
    CHILD_EXPECT(dsr_store_count_reports(store, &count, &error) == DSR_OK && count == 57);
    CHILD_EXPECT(dsr_store_verify(store, NULL, NULL, &flaws, &error) == DSR_OK && flaws == 0);
    dsr_store_close(store);
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) == DSR_ERR_IO);
    CHILD_EXPECT(strstr(error.message, "may not be written") != NULL);
    return 0;
}

static void a_read_only_folder_can_be_read(void **state)
{
    folder *f = *state;
    make_store(f);
    assert_int_equal(chmod(f->store, 0444), 0);
    assert_int_equal(chmod(f->path, 0555), 0);
    run_in_child(true, read_without_rights, f);
    assert_int_equal(count_files(f), 1);
}

static int write_into_read_only_folder(const folder *f)
{
    dsr_error error;
    dsr_store *store;
    dsr_intake intake;
    dsr_id previous;
    CHILD_EXPECT(access(f->store, W_OK) == 0 && access(f->path, W_OK) != 0);
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) == DSR_OK);
    CHILD_EXPECT(dsr_store_begin(store, &error) == DSR_OK);
    packed_report p = pack_report(900, 1, "a", 20);
    CHILD_EXPECT(dsr_store_put_report(store, &p.report, &intake, &previous, &error) == DSR_ERR_IO);
    CHILD_EXPECT(strstr(error.message, "may not be written") != NULL);
    CHILD_EXPECT(dsr_store_commit(store, &error) == DSR_ERR_STORE);
    uint64_t count;
    CHILD_EXPECT(dsr_store_count_reports(store, &count, &error) == DSR_OK && count == 57);
    dsr_store_close(store);
    char path[400];
    snprintf(path, sizeof path, "%s/new", f->path);
    CHILD_EXPECT(dsr_store_open_sqlite(path, DSR_STORE_WRITE, &store, &error) == DSR_ERR_IO);
    drop_report(&p);
    return 0;
}

static void a_folder_that_may_not_be_written_is_named(void **state)
{
    folder *f = *state;
    make_store(f);
    assert_int_equal(chmod(f->store, 0666), 0);
    assert_int_equal(chmod(f->path, 0555), 0);
    run_in_child(true, write_into_read_only_folder, f);
    assert_int_equal(count_files(f), 1);
}

static int open_unreadable(const folder *f)
{
    dsr_error error;
    dsr_store *store;
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_READ, &store, &error) == DSR_ERR_IO);
    CHILD_EXPECT(strstr(error.message, "Permission denied") != NULL);
    CHILD_EXPECT(dsr_store_open_sqlite(f->store, DSR_STORE_WRITE, &store, &error) == DSR_ERR_IO);
    return 0;
}

static void a_store_that_may_not_be_read_is_named(void **state)
{
    folder *f = *state;
    make_store(f);
    assert_int_equal(chmod(f->store, 0000), 0);
    run_in_child(true, open_unreadable, f);
}

/* --- damage --- */

typedef struct damage {
    char *bytes, *damaged;
    size_t size;
    char *dump;
    size_t refused, found, harmless;
} damage;

static damage begin_damage(const folder *f)
{
    damage d = {.refused = 0};
    make_store(f);
    d.bytes = read_file(f->store, &d.size);
    d.damaged = malloc(d.size);
    assert_non_null(d.damaged);
    dsr_store *store = open_sqlite(f->store, DSR_STORE_READ);
    d.dump = dump_of(store);
    dsr_store_close(store);
    return d;
}

static void end_damage(damage *d)
{
    free(d->bytes);
    free(d->damaged);
    free(d->dump);
}

static dsr_status append_line(void *context, dsr_slice line)
{
    dsr_buffer *text = context;
    dsr_buffer_append(text, line);
    dsr_buffer_append_char(text, '\n');
    return text->status;
}

/* The counter for the next sequence number in the first line has no second copy to compare it with. */
static bool same_dump(const char *dump, dsr_slice other)
{
    dsr_slice a = dsr_slice_of(dump);
    dsr_slice line;
    return dsr_slice_next_line(&a, &line) && dsr_slice_next_line(&other, &line) && dsr_slice_equal(a, other);
}

/* Whatever was done to the file: it is refused, or verify finds it, or nothing of what the store says has
 * changed. */
static void expect_noticed(const folder *f, damage *d, const char *bytes, size_t size, size_t where)
{
    dsr_error error;
    dsr_store *store;
    write_file(f->store, bytes, size);
    dsr_status status = dsr_store_open_sqlite(f->store, DSR_STORE_READ, &store, &error);
    if (status != DSR_OK) {
        assert_true(status == DSR_ERR_STORE || status == DSR_ERR_VERSION || status == DSR_ERR_NOT_FOUND ||
                    status == DSR_ERR_IO);
        d->refused++;
        return;
    }
    uint64_t flaws = 0;
    assert_int_equal(dsr_store_verify(store, NULL, NULL, &flaws, &error), DSR_OK);
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    status = dsr_store_dump(store, append_line, &text, &error);
    if (flaws > 0) {
        d->found++;
    } else if (status == DSR_OK && same_dump(d->dump, dsr_buffer_slice(&text))) {
        d->harmless++;
    } else {
        fail_msg("damage at byte %zu of %zu was not noticed", where, d->size);
    }
    dsr_buffer_drop(&text);
    dsr_store_close(store);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 24;
}

static void no_flipped_bit_goes_unnoticed(void **state)
{
    folder *f = *state;
    uint64_t seed = 11;
    damage d = begin_damage(f);
    for (int i = 0; i < 1200; i++) {
        /* Every fifth in the first pages, where the header and the tables' texts are. */
        size_t at = (size_t)next_random(&seed) % (i % 5 == 0 ? 8192 : d.size);
        memcpy(d.damaged, d.bytes, d.size);
        d.damaged[at] = (char)(d.damaged[at] ^ (1 << (next_random(&seed) % 8)));
        expect_noticed(f, &d, d.damaged, d.size, at);
    }
    print_message("%zu refused, %zu found, %zu harmless\n", d.refused, d.found, d.harmless);
    assert_true(d.found > 100 && d.refused > 10);
    end_damage(&d);
}

static void no_overwritten_run_goes_unnoticed(void **state)
{
    folder *f = *state;
    uint64_t seed = 12;
    damage d = begin_damage(f);
    for (int i = 0; i < 300; i++) {
        size_t length = 1 + (size_t)next_random(&seed) % 1500;
        size_t at = (size_t)next_random(&seed) % (d.size - length);
        memcpy(d.damaged, d.bytes, d.size);
        for (size_t k = 0; k < length; k++) {
            d.damaged[at + k] = i % 3 == 0 ? 0 : (char)next_random(&seed);
        }
        expect_noticed(f, &d, d.damaged, d.size, at);
    }
    print_message("%zu refused, %zu found, %zu harmless\n", d.refused, d.found, d.harmless);
    end_damage(&d);
}

static void a_truncated_store_is_noticed(void **state)
{
    folder *f = *state;
    damage d = begin_damage(f);
    for (size_t size = 0; size < d.size; size += size < 200 ? 20 : 3001) {
        expect_noticed(f, &d, d.bytes, size, size);
    }
    for (size_t size = 8192; size < d.size; size += 8192) {
        expect_noticed(f, &d, d.bytes, size, size);
    }
    assert_int_equal(d.harmless, 0);
    end_damage(&d);
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(a_store_keeps_what_was_committed),
        EACH(reading_makes_nothing),
        EACH(writing_makes_a_store_of_an_empty_file),
        EACH(a_new_store_can_be_read_at_once),
        EACH(reading_changes_nothing),
        EACH(names_are_nothing_but_names),
        EACH(places_that_hold_no_store_are_named),
        EACH(other_files_are_left_alone),
        EACH(another_programs_database_is_left_alone),
        EACH(another_versions_store_is_left_alone),
        EACH(other_tables_are_not_trusted),
        EACH(a_read_only_folder_can_be_read),
        EACH(a_folder_that_may_not_be_written_is_named),
        EACH(a_store_that_may_not_be_read_is_named),
        EACH(no_flipped_bit_goes_unnoticed),
        EACH(no_overwritten_run_goes_unnoticed),
        EACH(a_truncated_store_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
