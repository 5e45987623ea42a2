/* Slices: cutting, comparing, finding, lines and fields; the empty ones and the ones without a value above
 * all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/slice.h"

#include <stdlib.h>
#include <string.h>

static void assert_text(dsr_slice s, const char *expected)
{
    assert_int_equal(s.len, strlen(expected));
    assert_non_null(s.ptr);
    assert_memory_equal(s.ptr, expected, s.len);
}

static void of_a_c_string(void **state)
{
    (void)state;
    assert_text(dsr_slice_of("abc"), "abc");
    assert_text(dsr_slice_of(""), "");
    assert_null(dsr_slice_of(NULL).ptr);
    assert_int_equal(dsr_slice_of(NULL).len, 0);
}

static void parts_are_clamped(void **state)
{
    (void)state;
    dsr_slice s = DSR_SLICE("abcdef");
    assert_text(dsr_slice_part(s, 1, 3), "bc");
    assert_text(dsr_slice_part(s, 0, 6), "abcdef");
    assert_text(dsr_slice_part(s, 4, SIZE_MAX), "ef");
    assert_text(dsr_slice_part(s, 6, 6), "");
    assert_text(dsr_slice_part(s, 7, 9), "");
    assert_text(dsr_slice_part(s, 4, 2), "");
    assert_text(dsr_slice_part(s, SIZE_MAX, 0), "");
    assert_null(dsr_slice_part(DSR_SLICE_NONE, 0, 5).ptr);
}

static void equality_is_of_bytes(void **state)
{
    (void)state;
    assert_true(dsr_slice_equal(DSR_SLICE("ab"), DSR_SLICE("ab")));
    assert_false(dsr_slice_equal(DSR_SLICE("ab"), DSR_SLICE("aB")));
    assert_false(dsr_slice_equal(DSR_SLICE("ab"), DSR_SLICE("abc")));
    assert_true(dsr_slice_equal(DSR_SLICE("a\0b"), DSR_SLICE("a\0b")));
    assert_false(dsr_slice_equal(DSR_SLICE("a\0b"), DSR_SLICE("a\0c")));
    assert_true(dsr_slice_equal(DSR_SLICE(""), DSR_SLICE_NONE));
    assert_false(dsr_slice_equal(DSR_SLICE("a"), DSR_SLICE_NONE));
}

static void order_is_of_bytes(void **state)
{
    (void)state;
    static const char *const ordered[] = {"", "A", "a", "aa", "ab", "b", "\x7f", "\x80", "\xc3\xa9", "\xff"};
    const size_t count = sizeof ordered / sizeof *ordered;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            int order = dsr_slice_compare(dsr_slice_of(ordered[i]), dsr_slice_of(ordered[k]));
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    }
    assert_int_equal(dsr_slice_compare(DSR_SLICE_NONE, DSR_SLICE("")), 0);
    assert_true(dsr_slice_compare(DSR_SLICE_NONE, DSR_SLICE("a")) < 0);
}

static void case_is_ignored_in_ascii_alone(void **state)
{
    (void)state;
    assert_true(dsr_slice_equal_nocase(DSR_SLICE("ReuTers"), DSR_SLICE("rEUtERS")));
    assert_false(dsr_slice_equal_nocase(DSR_SLICE("\xc3\x89"), DSR_SLICE("\xc3\xa9")));
    assert_false(dsr_slice_equal_nocase(DSR_SLICE("@"), DSR_SLICE("`"))); /* 32 apart, no letters */
    assert_false(dsr_slice_equal_nocase(DSR_SLICE("["), DSR_SLICE("{")));
    assert_false(dsr_slice_equal_nocase(DSR_SLICE("a"), DSR_SLICE("ab")));
    assert_true(dsr_slice_equal_nocase(DSR_SLICE_NONE, DSR_SLICE("")));
}

static void starts_and_ends(void **state)
{
    (void)state;
    assert_true(dsr_slice_starts(DSR_SLICE("abc"), DSR_SLICE("ab")));
    assert_true(dsr_slice_starts(DSR_SLICE("abc"), DSR_SLICE("abc")));
    assert_true(dsr_slice_starts(DSR_SLICE("abc"), DSR_SLICE("")));
    assert_true(dsr_slice_starts(DSR_SLICE_NONE, DSR_SLICE_NONE));
    assert_false(dsr_slice_starts(DSR_SLICE("abc"), DSR_SLICE("b")));
    assert_false(dsr_slice_starts(DSR_SLICE("ab"), DSR_SLICE("abc")));
    assert_true(dsr_slice_ends(DSR_SLICE("abc"), DSR_SLICE("bc")));
    assert_true(dsr_slice_ends(DSR_SLICE("abc"), DSR_SLICE("")));
    assert_false(dsr_slice_ends(DSR_SLICE("abc"), DSR_SLICE("ab")));
    assert_false(dsr_slice_ends(DSR_SLICE_NONE, DSR_SLICE("a")));
}

static void finds_the_first_place(void **state)
{
    (void)state;
    dsr_slice s = DSR_SLICE("abcabc");
    assert_int_equal(dsr_slice_find(s, DSR_SLICE("bc"), 0), 1);
    assert_int_equal(dsr_slice_find(s, DSR_SLICE("bc"), 1), 1);
    assert_int_equal(dsr_slice_find(s, DSR_SLICE("bc"), 2), 4);
    assert_true(dsr_slice_find(s, DSR_SLICE("bc"), 5) == SIZE_MAX);
    assert_true(dsr_slice_find(s, DSR_SLICE("bc"), SIZE_MAX) == SIZE_MAX);
    assert_int_equal(dsr_slice_find(s, DSR_SLICE("abcabc"), 0), 0);
    assert_true(dsr_slice_find(s, DSR_SLICE("abcabcd"), 0) == SIZE_MAX);
    assert_int_equal(dsr_slice_find(s, DSR_SLICE(""), 3), 3);
    assert_int_equal(dsr_slice_find(s, DSR_SLICE(""), 6), 6);
    assert_true(dsr_slice_find(s, DSR_SLICE(""), 7) == SIZE_MAX);
    assert_int_equal(dsr_slice_find(DSR_SLICE_NONE, DSR_SLICE(""), 0), 0);
    assert_true(dsr_slice_find(DSR_SLICE_NONE, DSR_SLICE("a"), 0) == SIZE_MAX);
    assert_int_equal(dsr_slice_find(DSR_SLICE("a\0b\0c"), DSR_SLICE("\0c"), 0), 3);
}

/* aaaa...ab in aaaa...a: a search that starts over at each place would take minutes here. */
static void finding_takes_linear_time(void **state)
{
    (void)state;
    enum { LENGTH = 4 << 20 };
    char *text = malloc(LENGTH);
    char *needle = malloc(LENGTH / 2);
    assert_non_null(text);
    assert_non_null(needle);
    memset(text, 'a', LENGTH);
    memset(needle, 'a', LENGTH / 2);
    needle[LENGTH / 4] = 'b';
    assert_true(dsr_slice_find((dsr_slice){text, LENGTH}, (dsr_slice){needle, LENGTH / 2}, 0) == SIZE_MAX);
    text[LENGTH - LENGTH / 4] = 'b';
    assert_int_equal(dsr_slice_find((dsr_slice){text, LENGTH}, (dsr_slice){needle, LENGTH / 2}, 0),
                     LENGTH / 2);
    free(needle);
    free(text);
}

static void trims_ascii_white_space(void **state)
{
    (void)state;
    assert_text(dsr_slice_trim(DSR_SLICE(" \t\n\v\f\r a b \r\n")), "a b");
    assert_text(dsr_slice_trim(DSR_SLICE("a")), "a");
    assert_text(dsr_slice_trim(DSR_SLICE(" \n ")), "");
    assert_text(dsr_slice_trim(DSR_SLICE("")), "");
    assert_null(dsr_slice_trim(DSR_SLICE_NONE).ptr);
    assert_text(dsr_slice_trim(DSR_SLICE("\xc2\xa0x\xc2\xa0")), "\xc2\xa0x\xc2\xa0"); /* not ASCII: stays */
    assert_int_equal(dsr_slice_trim(DSR_SLICE("\0x\0")).len, 3);
}

static void assert_lines(const char *text, size_t count, const char *const *expected)
{
    dsr_slice rest = dsr_slice_of(text);
    dsr_slice line;
    for (size_t i = 0; i < count; i++) {
        assert_true(dsr_slice_next_line(&rest, &line));
        assert_text(line, expected[i]);
    }
    assert_false(dsr_slice_next_line(&rest, &line));
    assert_false(dsr_slice_next_line(&rest, &line));
}

static void takes_lines(void **state)
{
    (void)state;
    assert_lines(NULL, 0, NULL);
    assert_lines("", 0, NULL);
    assert_lines("a", 1, (const char *const[]){"a"});
    assert_lines("a\n", 1, (const char *const[]){"a"});
    assert_lines("a\r\n", 1, (const char *const[]){"a"});
    assert_lines("\n", 1, (const char *const[]){""});
    assert_lines("\r\n\r\n", 2, (const char *const[]){"", ""});
    assert_lines("a\n\nb", 3, (const char *const[]){"a", "", "b"});
    assert_lines("a\rb\n", 1, (const char *const[]){"a\rb"}); /* a lone CR ends nothing */
    assert_lines("a\r\r\nb\r", 2, (const char *const[]){"a\r", "b\r"});
}

static void assert_fields(dsr_slice rest, size_t count, const char *const *expected)
{
    dsr_slice field;
    for (size_t i = 0; i < count; i++) {
        assert_true(dsr_slice_next_field(&rest, ',', &field));
        assert_text(field, expected[i]);
    }
    assert_false(dsr_slice_next_field(&rest, ',', &field));
    assert_null(rest.ptr);
}

static void takes_fields(void **state)
{
    (void)state;
    assert_fields(DSR_SLICE_NONE, 0, NULL);
    assert_fields(DSR_SLICE(""), 1, (const char *const[]){""});
    assert_fields(DSR_SLICE("a"), 1, (const char *const[]){"a"});
    assert_fields(DSR_SLICE(","), 2, (const char *const[]){"", ""});
    assert_fields(DSR_SLICE("a,b"), 2, (const char *const[]){"a", "b"});
    assert_fields(DSR_SLICE("a,,b,"), 4, (const char *const[]){"a", "", "b", ""});
}

static void a_base_name_is_what_follows_the_last_slash(void **state)
{
    (void)state;
    assert_true(dsr_slice_equal(dsr_slice_base_name(DSR_SLICE("a/b/c.txt")), DSR_SLICE("c.txt")));
    assert_true(dsr_slice_equal(dsr_slice_base_name(DSR_SLICE("c.txt")), DSR_SLICE("c.txt")));
    assert_int_equal(dsr_slice_base_name(DSR_SLICE("a/")).len, 0);
    assert_int_equal(dsr_slice_base_name(DSR_SLICE_NONE).len, 0);
}

static void varints_are_read_back_and_checked(void **state)
{
    (void)state;
    uint64_t value = 0;
    dsr_slice rest = DSR_SLICE("\x00\x7f\x80\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
    const uint64_t wanted[] = {0, 127, 128, UINT64_MAX};
    for (size_t i = 0; i < 4; i++) {
        assert_true(dsr_slice_next_varint(&rest, &value));
        assert_true(value == wanted[i]);
    }
    assert_false(dsr_slice_next_varint(&rest, &value));
    rest = DSR_SLICE("\x80\x80");
    assert_false(dsr_slice_next_varint(&rest, &value));
    rest = DSR_SLICE("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02");
    assert_false(dsr_slice_next_varint(&rest, &value));
}

static void expect_host(const char *address, const char *host)
{
    dsr_slice got = dsr_slice_host(dsr_slice_of(address));
    assert_true(dsr_slice_equal(got, dsr_slice_of(host)));
    assert_int_equal(got.ptr == NULL, host[0] == '\0');
}

/* The host is the address's own, not that of another address inside it. */
static void a_host_stands_at_the_start(void **state)
{
    (void)state;
    expect_host("https://user@example.org:80/a", "example.org");
    expect_host("//example.org/a", "example.org");
    expect_host("/a?u=http://other.example/", "");
    expect_host("a/http://other.example/", "");
    expect_host("?u=//other.example/", "");
    expect_host("https:/example.org", "");
    expect_host("://example.org", "");
    expect_host("//", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_base_name_is_what_follows_the_last_slash),
        cmocka_unit_test(varints_are_read_back_and_checked),
        cmocka_unit_test(of_a_c_string),
        cmocka_unit_test(parts_are_clamped),
        cmocka_unit_test(equality_is_of_bytes),
        cmocka_unit_test(order_is_of_bytes),
        cmocka_unit_test(case_is_ignored_in_ascii_alone),
        cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(finds_the_first_place),
        cmocka_unit_test(finding_takes_linear_time),
        cmocka_unit_test(trims_ascii_white_space),
        cmocka_unit_test(takes_lines),
        cmocka_unit_test(takes_fields),
        cmocka_unit_test(a_host_stands_at_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
