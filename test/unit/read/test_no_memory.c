/* Each allocation of this room made to fail in turn: the failure is told, nothing leaks (the sanitizer builds
 * see it), and outputs stay as they were. What uchardet and the C library allocate for themselves is not
 * reached. */
#include "support.h"

#include "read/meta_table.h"

#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long allowed = -1; /* allocations that still succeed; negative: all */

static bool refused(void)
{
    return allowed == 0 || (allowed > 0 && allowed-- == 0);
}

void *__wrap_malloc(size_t size)
{
    return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return refused() ? NULL : __real_realloc(old, size);
}

static void fail_in_turn(dsr_status (*run)(long allow))
{
    for (long n = 0;; n++) {
        dsr_status status = run(n);
        allowed = -1;
        if (status == DSR_OK) {
            assert_true(n > 0);
            return;
        }
        assert_int_equal(status, DSR_ERR_MEMORY);
        assert_true(n < 10000);
    }
}

static dsr_status read_with(long allow, const char *format, const char *bytes, size_t size)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_piece piece = piece_of(format, bytes, size);
    dsr_read_options options = {.published = DSR_SLICE("2022-01-11"), .outlet = DSR_SLICE("Given")};
    dsr_report report = {.text = DSR_SLICE("untouched")};
    dsr_error error = {0};
    assert_non_null(arena);
    allowed = allow;
    dsr_status status = dsr_read_piece(arena, &piece, &options, &report, &error);
    allowed = -1;
    if (status != DSR_OK) {
        assert_slice(report.text, "untouched");
        assert_int_equal(error.status, status);
    }
    dsr_arena_drop(arena);
    return status;
}

static dsr_status run_text(long allow)
{
    static const char text[] = "Words in UTF-8: é.";
    return read_with(allow, "text", text, sizeof text - 1);
}

static dsr_status run_mixed(long allow)
{
    static const char text[] = "Mixed: é à ô \xE9 and \x81.";
    return read_with(allow, "text", text, sizeof text - 1);
}

static dsr_status run_wide(long allow)
{
    static const char text[] = "\xFF\xFE"
                               "a\0b\0c\0\x3D\xD8\0\xDE"
                               "d";
    return read_with(allow, "text", text, sizeof text);
}

static dsr_status run_json(long allow)
{
    static const char line[] = "{\"id\":3,\"title\":\"T\\u00e9\",\"text\":\"a\\n\\ud800b\xE9\",\"authors\":["
                               "\"A\",{\"name\":\"B\"},5],\"url\":\"http://e.org/\","
                               "\"outlet\":\"O\",\"date\":\"no\",\"language\":\"en\",\"source\":{}}";
    return read_with(allow, "jsonl", line, sizeof line - 1);
}

static dsr_status run_reader(long allow)
{
    static const char *const paths[] = {"in", "gone", "l.jsonl", "v.json"};
    dsr_reader *reader = NULL;
    dsr_error error = {0};
    dsr_status failed = DSR_OK;
    allowed = allow;
    dsr_status status = dsr_reader_open(paths, 4, -1, &reader, &error);
    if (status == DSR_OK) {
        dsr_piece *piece;
        while ((piece = dsr_reader_next(reader, &failed)) != NULL) {
            dsr_piece_drop(piece);
        }
        status = failed;
    }
    allowed = -1;
    dsr_reader_close(reader);
    return status;
}

static dsr_status run_table(long allow)
{
    static const char csv[] = "path,outlet\na.txt,\"A \"\"B\"\"\"\nb/c.txt,C\na.txt,D\n";
    dsr_meta_table *table = NULL;
    dsr_error error = {0};
    dsr_arena *arena = dsr_arena_new(0);
    allowed = allow;
    dsr_status status = dsr_meta_table_read((dsr_slice){csv, sizeof csv - 1}, "in/t.csv", &table, &error);
    dsr_meta_row row;
    dsr_meta_found found = DSR_META_NONE;
    if (status == DSR_OK) {
        status = dsr_meta_table_find(arena, table, DSR_SLICE("in/b/c.txt"), &row, &found);
    }
    allowed = -1;
    if (status == DSR_OK) {
        assert_int_equal(found, DSR_META_FOUND);
    }
    dsr_meta_table_close(table);
    dsr_arena_drop(arena);
    return status;
}

static void test_texts(void **state)
{
    (void)state;
    fail_in_turn(run_text);
    fail_in_turn(run_mixed);
    fail_in_turn(run_wide);
    fail_in_turn(run_json);
}

static void test_reader(void **state)
{
    (void)state;
    make_folder("in");
    make_folder("in/b");
    write_text("in/a", "x");
    write_text("in/b/c", "x");
    write_text("l.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    write_text("v.json", "[{\"text\":\"a\"},\n{\"text\":\"b\"}, 5]\n");
    fail_in_turn(run_reader);
}

static void test_table(void **state)
{
    (void)state;
    fail_in_turn(run_table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts), cmocka_unit_test(test_reader),
                                       cmocka_unit_test(test_table)};
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
