/* The table of --meta: what it takes, what it refuses, and whose row is whose. */
#include "support.h"

#include "read/meta_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static dsr_arena *arena;

static int open_all(void **state)
{
    arena = dsr_arena_new(0);
    return arena != NULL ? enter_folder(state) : -1;
}

static int close_all(void **state)
{
    dsr_arena_drop(arena);
    return leave_folder(state);
}

static dsr_meta_table *table_of(const char *csv, const char *path)
{
    dsr_meta_table *table = NULL;
    dsr_error error = {0};
    if (dsr_meta_table_read(dsr_slice_of(csv), path, &table, &error) != DSR_OK) {
        fail_msg("%s", error.message);
    }
    return table;
}

static dsr_meta_row find(const dsr_meta_table *table, const char *path, dsr_meta_found wanted)
{
    dsr_meta_row row = {0};
    dsr_meta_found found = DSR_META_NONE;
    assert_int_equal(dsr_meta_table_find(arena, table, dsr_slice_of(path), &row, &found), DSR_OK);
    if (found != wanted) {
        fail_msg("%s: %d, not %d", path, (int)found, (int)wanted);
    }
    return row;
}

static void refuse(const char *csv, const char *words)
{
    dsr_meta_table *table = NULL;
    dsr_error error = {0};
    assert_int_equal(dsr_meta_table_read(dsr_slice_of(csv), "t.csv", &table, &error), DSR_ERR_INPUT);
    assert_null(table);
    assert_string_equal(error.subject, "t.csv");
    if (strstr(error.message, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", error.message, words);
    }
}

static void test_fields(void **state)
{
    (void)state;
    dsr_meta_table *table = table_of("\xEF\xBB\xBF Outlet,PATH,\"authors\"\r\n"
                                     "\"The \"\"Daily\"\", Ltd\",a.txt,\"A B;C D\"\r\n"
                                     "\r\n"
                                     "\"two\nlines\", b.txt ,\n"
                                     "short,c.txt\n"
                                     "5\" of rain,d.txt,last",
                                     "t.csv");
    dsr_meta_row row = find(table, "a.txt", DSR_META_FOUND);
    assert_slice(row.fields[DSR_META_OUTLET], "The \"Daily\", Ltd");
    assert_slice(row.fields[DSR_META_AUTHORS], "A B;C D");
    assert_null(row.fields[DSR_META_URL].ptr);
    row = find(table, "b.txt", DSR_META_FOUND);
    assert_slice(row.fields[DSR_META_OUTLET], "two\nlines");
    assert_null(row.fields[DSR_META_AUTHORS].ptr);
    assert_slice(find(table, "c.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "short");
    assert_slice(find(table, "d.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "5\" of rain");
    find(table, "e.txt", DSR_META_NONE);
    dsr_meta_table_close(table);
    dsr_meta_table_close(NULL);
    dsr_meta_table_close(table_of("path\n", "t.csv")); /* no rows are no fault */
}

static void test_whose_row(void **state)
{
    (void)state;
    dsr_meta_table *table =
        table_of("path,outlet\nin/a.txt,exact\na.txt,bare\n./in//b.txt,cleaned\nin/c.txt,in\nout/c.txt,out\n"
                 "d.txt,one\nd.txt,other\ne.txt,same\ne.txt,same\n",
                 "t.csv");
    assert_slice(find(table, "in/a.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "exact");
    assert_slice(find(table, "./in/a.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "exact");
    assert_slice(find(table, "out/a.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "bare");
    assert_slice(find(table, "in/b.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "cleaned");
    assert_slice(find(table, "out/c.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "out");
    find(table, "c.txt", DSR_META_NONE); /* rows with folders are about those folders */
    find(table, "on/c.txt", DSR_META_NONE);
    assert_slice(find(table, "d.txt", DSR_META_FOUND).fields[DSR_META_OUTLET],
                 "one"); /* the first exact path */
    find(table, "x/d.txt", DSR_META_AMBIGUOUS);
    assert_slice(find(table, "x/e.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "same");
    dsr_meta_table_close(table);
}

static void test_relative_to_the_table(void **state)
{
    (void)state;
    char here[4096];
    char absolute[5000];
    assert_non_null(getcwd(here, sizeof here));
    make_folder("set");
    make_folder("set/meta");
    write_text("set/meta/t.csv", "path,outlet\n../texts/a.txt,A\nb/b.txt,B\n");
    dsr_meta_table *table = NULL;
    dsr_error error = {0};
    assert_int_equal(dsr_meta_table_open("set/meta/t.csv", &table, &error), DSR_OK);
    assert_slice(find(table, "set/texts/a.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "A");
    assert_slice(find(table, "./set/meta/b/b.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "B");
    snprintf(absolute, sizeof absolute, "%s/set/texts/a.txt", here);
    assert_slice(find(table, absolute, DSR_META_FOUND).fields[DSR_META_OUTLET], "A");
    find(table, "texts/a.txt", DSR_META_NONE);
    dsr_meta_table_close(table);
}

static void test_what_is_broken(void **state)
{
    (void)state;
    refuse("", "the table is empty, or a column has no name; its first line names the columns: path, outlet");
    refuse("outlet,url\n", "line 1 of the table is broken: it names no column \"path\"");
    refuse("path,source\n", "unknown column \"source\"; known are path, outlet, url, published, authors");
    refuse("path;outlet\n", "columns are separated by commas");
    refuse("path,outlet,Path\n", "twice");
    refuse("path,outlet\na,b,c\n", "line 2 of the table is broken: it has more fields");
    refuse("path,outlet\n\na,\"b\nc\n", "line 3 of the table is broken: a quotation mark opens");
    refuse("path,outlet\na,\"b\"c\n",
           "line 2 of the table is broken: a comma or the end of the line must follow");
    refuse("path,outlet\na,\"x\ny\"\n,b\n", "line 4 of the table is broken: it has no path");
    refuse("path,outlet\n\"\",b\n", "it has no path");
    refuse("path,outlet\na,b\nc,\xE9\n", "line 3 of the table is broken: it is not UTF-8");
    refuse("\xFF\xFEp", "line 1 of the table is broken: it is not UTF-8");
}

static void test_what_cannot_be_opened(void **state)
{
    (void)state;
    dsr_meta_table *table = NULL;
    dsr_error error = {0};
    assert_int_equal(dsr_meta_table_open("gone.csv", &table, &error), DSR_ERR_IO);
    assert_string_equal(error.subject, "gone.csv");
    assert_string_equal(error.message, "does not exist; check the path");
    assert_int_equal(dsr_meta_table_open(".", &table, &error), DSR_ERR_IO);
    assert_null(table);
}

static void test_many_rows(void **state)
{
    (void)state;
    enum { ROWS = 200000 };
    char *csv = malloc(ROWS * 32);
    assert_non_null(csv);
    char *p = csv + sprintf(csv, "path,outlet\n");
    for (int i = 0; i < ROWS; i++) {
        p += i % 2 == 0 ? sprintf(p, "same.txt,o%d\n", i) : sprintf(p, "f%d.txt,o%d\n", i, i);
    }
    dsr_meta_table *table = table_of(csv, "t.csv");
    assert_slice(find(table, "f199999.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "o199999");
    assert_slice(find(table, "same.txt", DSR_META_FOUND).fields[DSR_META_OUTLET], "o0");
    find(table, "x/same.txt", DSR_META_AMBIGUOUS);
    dsr_meta_table_close(table);
    free(csv);
}

static void test_a_report_takes_its_row(void **state)
{
    (void)state;
    dsr_meta_table *table = table_of("path,outlet,url,published,authors\n"
                                     "a/b.txt,The Daily,https://example.org/1,2022-01-11,A B; C D\n"
                                     "c.txt,One,,soon,\nc.txt,Other,,,\n",
                                     "t.csv");
    dsr_read_options options = {
        .meta = table, .published = DSR_SLICE("2021-01-01"), .outlet = DSR_SLICE("Given")};
    dsr_piece piece = piece_of("text", "Words.", 6);
    dsr_report bare = read_piece(arena, &piece);
    dsr_report r;
    dsr_error error = {0};
    assert_int_equal(dsr_read_piece(arena, &piece, &options, &r, &error), DSR_OK);
    assert_slice(r.meta.outlet, "The Daily");
    assert_int_equal(r.meta.outlet_from, DSR_FROM_METADATA);
    assert_slice(r.source.url, "https://example.org/1");
    assert_slice(r.meta.published.iso, "2022-01-11");
    assert_int_equal(r.meta.published_from, DSR_FROM_METADATA);
    assert_int_equal(r.meta.authors.count, 2);
    assert_true(dsr_id_is_none(bare.key) && !dsr_id_is_none(r.key)); /* the url is a key */
    assert_true(dsr_id_compare(bare.id, r.id) != 0);
    piece.path = DSR_SLICE("x/c.txt");
    assert_int_equal(dsr_read_piece(arena, &piece, &options, &r, &error), DSR_OK);
    assert_true(warns(&r, "several rows"));
    assert_slice(r.meta.outlet, "Given");
    piece.path = DSR_SLICE("c.txt");
    assert_int_equal(dsr_read_piece(arena, &piece, &options, &r, &error), DSR_OK);
    assert_slice(r.meta.outlet, "One");
    assert_true(warns(&r, "\"soon\""));
    assert_slice(r.meta.published.iso, "2021-01-01"); /* the option, for what cannot be read is no date */
    dsr_meta_table_close(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fields),
                                       cmocka_unit_test(test_whose_row),
                                       cmocka_unit_test(test_relative_to_the_table),
                                       cmocka_unit_test(test_what_is_broken),
                                       cmocka_unit_test(test_what_cannot_be_opened),
                                       cmocka_unit_test(test_many_rows),
                                       cmocka_unit_test(test_a_report_takes_its_row)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
