/* Reading JSON: what is there, what is not there, and what is hostile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static dsr_json_doc *read_whole(dsr_slice text)
{
    dsr_json_doc *doc = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    dsr_status status = dsr_json_parse(text, &doc, &error);
    if (status != DSR_OK) {
        print_error("%.*s: %s\n", DSR_PRINT(text), error.message);
    }
    assert_int_equal(status, DSR_OK);
    assert_non_null(doc);
    return doc;
}

static void assert_broken(dsr_slice text, uint64_t from, uint64_t to, const char *reason)
{
    dsr_json_doc *doc = NULL;
    dsr_error error;
    memset(&error, 0xff, sizeof error);
    assert_int_equal(dsr_json_parse(text, &doc, &error), DSR_ERR_INPUT);
    assert_null(doc); /* untouched */
    assert_int_equal(error.status, DSR_ERR_INPUT);
    assert_string_equal(error.stage, "json");
    if (strstr(error.message, reason) == NULL) {
        print_error("%.*s: %s\n", DSR_PRINT(text), error.message);
    }
    assert_non_null(strstr(error.message, reason));
    assert_true(dsr_utf8_is_valid(dsr_slice_of(error.message), NULL)); /* nothing of the input in it */
    assert_true(error.has_position);
    assert_in_range(error.position, from, to);
    assert_int_equal(dsr_json_parse(text, &doc, NULL), DSR_ERR_INPUT); /* nobody may listen */
}

static void assert_text(const dsr_json_value *value, dsr_slice expected)
{
    dsr_slice text = dsr_json_text(value);
    assert_non_null(text.ptr);
    assert_int_equal(text.len, expected.len);
    assert_memory_equal(text.ptr, expected.ptr, text.len);
}

static void finds_what_is_there(void **state)
{
    (void)state;
    dsr_json_doc *doc =
        read_whole(DSR_SLICE(" {\"s\":\"caf\\u00e9 \\ud83d\\ude00\",\"i\":-7,\"r\":1.5,\"t\":true,"
                             "\"f\":false,\"n\":null,\"a\":[1,\"two\",[],{}],\"o\":{\"k\":9}} \n"));
    const dsr_json_value *root = dsr_json_root(doc);
    assert_int_equal(dsr_json_type_of(root), DSR_JSON_OBJECT);
    assert_text(dsr_json_get(root, "s"), DSR_SLICE("caf\xc3\xa9 \xf0\x9f\x98\x80"));
    assert_int_equal(dsr_json_type_of(dsr_json_get(root, "s")), DSR_JSON_STRING);
    assert_int_equal(dsr_json_type_of(dsr_json_get(root, "i")), DSR_JSON_INTEGER);
    assert_int_equal(dsr_json_type_of(dsr_json_get(root, "r")), DSR_JSON_REAL);
    assert_int_equal(dsr_json_type_of(dsr_json_get(root, "t")), DSR_JSON_BOOL);
    assert_int_equal(dsr_json_type_of(dsr_json_get(root, "f")), DSR_JSON_BOOL);
    assert_int_equal(dsr_json_type_of(dsr_json_get(root, "n")), DSR_JSON_NULL);
    assert_int_equal(dsr_json_integer(dsr_json_get(root, "i"), 0), -7);
    const dsr_json_value *list = dsr_json_get(root, "a");
    assert_int_equal(dsr_json_type_of(list), DSR_JSON_ARRAY);
    assert_int_equal(dsr_json_count(list), 4);
    assert_text(dsr_json_at(list, 1), DSR_SLICE("two"));
    assert_int_equal(dsr_json_count(dsr_json_at(list, 2)), 0);
    assert_int_equal(dsr_json_integer(dsr_json_get(dsr_json_get(root, "o"), "k"), 0), 9);
    dsr_json_drop(doc);
}

static void says_what_is_not_there(void **state)
{
    (void)state;
    dsr_json_doc *doc = read_whole(DSR_SLICE("{\"s\":\"x\",\"a\":[1],\"n\":null,\"r\":1.5,\"e\":\"\"}"));
    const dsr_json_value *root = dsr_json_root(doc);
    const dsr_json_value *string = dsr_json_get(root, "s");
    const dsr_json_value *list = dsr_json_get(root, "a");
    assert_null(dsr_json_get(root, "none"));
    assert_null(dsr_json_get(root, ""));
    assert_null(dsr_json_get(list, "s"));
    assert_null(dsr_json_get(string, "s"));
    assert_null(dsr_json_get(NULL, "s"));
    assert_null(dsr_json_at(list, 1));
    assert_null(dsr_json_at(list, SIZE_MAX));
    assert_null(dsr_json_at(root, 0));
    assert_null(dsr_json_at(NULL, 0));
    assert_int_equal(dsr_json_count(root), 0);
    assert_int_equal(dsr_json_count(string), 0);
    assert_int_equal(dsr_json_count(NULL), 0);
    assert_null(dsr_json_text(list).ptr);
    assert_null(dsr_json_text(dsr_json_get(root, "n")).ptr);
    assert_null(dsr_json_text(NULL).ptr);
    assert_text(dsr_json_get(root, "e"), DSR_SLICE("")); /* empty is a value */
    assert_int_equal(dsr_json_integer(string, 42), 42);
    assert_int_equal(dsr_json_integer(NULL, 42), 42);
    assert_int_equal(dsr_json_integer(dsr_json_get(root, "r"), 42), 42);
    assert_int_equal(dsr_json_type_of(NULL), DSR_JSON_NULL);
    dsr_json_drop(doc);
    dsr_json_drop(NULL);
}

static void any_value_may_stand_at_the_top(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        dsr_json_type type;
    } tops[] = {{"null", DSR_JSON_NULL},      {"true", DSR_JSON_BOOL},   {"7", DSR_JSON_INTEGER},
                {"\t-0.5e3 ", DSR_JSON_REAL}, {"\"\"", DSR_JSON_STRING}, {"[]", DSR_JSON_ARRAY},
                {"{}", DSR_JSON_OBJECT}};
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++) {
        dsr_json_doc *doc = read_whole(dsr_slice_of(tops[i].text));
        assert_int_equal(dsr_json_type_of(dsr_json_root(doc)), tops[i].type);
        dsr_json_drop(doc);
    }
}

static void nul_characters_are_let_through(void **state)
{
    (void)state;
    dsr_json_doc *doc = read_whole(DSR_SLICE("{\"t\":\"a\\u0000b\"}"));
    assert_text(dsr_json_get(dsr_json_root(doc), "t"), DSR_SLICE("a\0b"));
    dsr_json_drop(doc);
    assert_broken(DSR_SLICE("{\"a\\u0000b\":1}"), 1, 14, "NUL");    /* but not in a key */
    assert_broken(DSR_SLICE("{\"t\":\"a\0b\"}"), 6, 8, "not JSON"); /* and not as a bare byte */
    assert_broken(DSR_SLICE("{}\0"), 2, 3, "not JSON");
}

static void the_last_of_equal_keys_counts(void **state)
{
    (void)state;
    dsr_json_doc *doc = read_whole(DSR_SLICE("{\"k\":1,\"j\":0,\"k\":[2],\"k\":3}"));
    assert_int_equal(dsr_json_integer(dsr_json_get(dsr_json_root(doc), "k"), 0), 3);
    dsr_json_drop(doc);
}

static void numbers_at_their_borders(void **state)
{
    (void)state;
    dsr_json_doc *doc = read_whole(DSR_SLICE("[9223372036854775807,-9223372036854775808,0,-0,1e3,1.0]"));
    const dsr_json_value *root = dsr_json_root(doc);
    assert_true(dsr_json_integer(dsr_json_at(root, 0), 1) == INT64_MAX);
    assert_true(dsr_json_integer(dsr_json_at(root, 1), 1) == INT64_MIN);
    assert_int_equal(dsr_json_integer(dsr_json_at(root, 2), 1), 0);
    assert_int_equal(dsr_json_integer(dsr_json_at(root, 3), 1), 0);
    assert_int_equal(dsr_json_integer(dsr_json_at(root, 4), 1),
                     1000); /* a whole number, however it is written */
    assert_int_equal(dsr_json_integer(dsr_json_at(root, 5), 7), 1);
    dsr_json_drop(doc);
}

/* Other programs write hashes of 64 bits without a sign: the rest of the record must not be lost for it. */
static void a_number_past_64_bits_costs_itself_alone(void **state)
{
    (void)state;
    dsr_json_doc *doc = read_whole(DSR_SLICE("{\"hash\":18446744073709551615,\"low\":-9223372036854775809,"
                                             "\"line\":12,\"text\":\"x\"}"));
    const dsr_json_value *root = dsr_json_root(doc);
    assert_int_equal(dsr_json_integer(dsr_json_get(root, "hash"), -1), -1);
    assert_int_equal(dsr_json_integer(dsr_json_get(root, "low"), -1), -1);
    assert_int_equal(dsr_json_integer(dsr_json_get(root, "line"), -1), 12);
    assert_text(dsr_json_get(root, "text"), DSR_SLICE("x"));
    dsr_json_drop(doc);
}

static void huge_numbers_are_told(void **state)
{
    (void)state;
    assert_broken(DSR_SLICE("[1e400]"), 1, 7, "number is too large");
    assert_broken(DSR_SLICE("[-1e999999999]"), 1, 14, "number is too large");
    enum { DIGITS = 200000 };
    char *text = malloc(DIGITS);
    assert_non_null(text);
    memset(text, '9', DIGITS);
    assert_broken((dsr_slice){text, DIGITS}, 0, DIGITS, "number is too large");
    text[1] = '.'; /* many places are no large number */
    dsr_json_drop(read_whole((dsr_slice){text, DIGITS}));
    free(text);
}

static void broken_documents_are_told_where(void **state)
{
    (void)state;
    assert_broken(DSR_SLICE(""), 0, 0, "empty");
    assert_broken(DSR_SLICE_NONE, 0, 0, "empty");
    assert_broken(DSR_SLICE("   "), 0, 3, "not JSON");
    assert_broken(DSR_SLICE("{\"a\":1,}"), 7, 8, "missing or wrong");
    assert_broken(DSR_SLICE("{\"a\" 1}"), 5, 6, "missing or wrong");
    assert_broken(DSR_SLICE("{'a':1}"), 1, 2, "missing or wrong");
    assert_broken(DSR_SLICE("[1 2]"), 3, 4, "missing or wrong");
    assert_broken(DSR_SLICE("[01]"), 1, 3, "missing or wrong");
    assert_broken(DSR_SLICE("[NaN]"), 1, 4, "missing or wrong");
    assert_broken(DSR_SLICE("\xef\xbb\xbf{}"), 0, 3, "not JSON"); /* whoever reads files takes the mark off */
    assert_broken(DSR_SLICE("{} {}"), 2, 4, "follows");
    assert_broken(DSR_SLICE("tru"), 0, 3, "not JSON");
    assert_broken(DSR_SLICE("<html>"), 0, 1, "not JSON");
    assert_broken(DSR_SLICE("\"a\nb\""), 1, 3, "missing or wrong");
    assert_broken(DSR_SLICE("\"\\x\""), 1, 3, "missing or wrong");
    assert_broken(DSR_SLICE("\"\\u12g4\""), 1, 7, "missing or wrong");
}

static void assert_mended(const char *text, dsr_slice expected)
{
    dsr_json_doc *doc = read_whole(dsr_slice_of(text));
    assert_text(dsr_json_root(doc), expected);
    dsr_json_drop(doc);
}

/* Half a character, as programs leave it that cut strings between the two halves. */
static void half_a_surrogate_pair_is_mended(void **state)
{
    (void)state;
    assert_mended("\"\\ud83d\"", DSR_SLICE("\xef\xbf\xbd"));
    assert_mended("\"a\\uDC00\\ud800b\"", DSR_SLICE("a\xef\xbf\xbd\xef\xbf\xbd"
                                                    "b"));
    assert_mended("\"\\ud83d\\ud83d\\ude00\"",
                  DSR_SLICE("\xef\xbf\xbd\xf0\x9f\x98\x80")); /* the whole pair stays */
    assert_mended("\"\\ud83dx\\ude00\"", DSR_SLICE("\xef\xbf\xbdx\xef\xbf\xbd"));
    assert_mended("\"\\ud83d\\\\ud83d\"", DSR_SLICE("\xef\xbf\xbd\\ud83d")); /* no escape after a backslash */
    assert_mended("\"\\\\\\ud83d\"", DSR_SLICE("\\\xef\xbf\xbd"));
    assert_mended("\"\\ud83d\\u00e9\"", DSR_SLICE("\xef\xbf\xbd\xc3\xa9"));
    dsr_json_doc *doc = read_whole(DSR_SLICE("{\"h\":99999999999999999999,\"t\":\"\\ud83d\"}"));
    assert_text(dsr_json_get(dsr_json_root(doc), "t"), DSR_SLICE("\xef\xbf\xbd"));
    dsr_json_drop(doc);
    /* What else is wrong is still told, at its place. */
    assert_broken(DSR_SLICE("[\"\\ud83d\",}"), 11, 12, "missing or wrong");
    assert_broken(DSR_SLICE("\"\\ud83d"), 0, 7, "not JSON");
    assert_broken(DSR_SLICE("\"\\ud83"), 0, 6, "not JSON");
    assert_broken(DSR_SLICE("\\ud83d"), 0, 6, "missing or wrong");
}

static void bad_utf8_is_told(void **state)
{
    (void)state;
    static const char *const bad[] = {"\"ab\xff\"",         "\"ab\xc0\xaf\"",
                                      "\"ab\xed\xa0\x80\"", "\"ab\xf4\x90\x80\x80\"",
                                      "\"ab\xc3\"",         "\"ab\x80\""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_broken(dsr_slice_of(bad[i]), 0, 5, "UTF-8");
    }
    assert_broken(DSR_SLICE("{\"\xff\":1}"), 0, 3, "UTF-8");
}

/* A document cut off at any byte is an error, never a crash and never a value. */
static void truncated_documents_are_told(void **state)
{
    (void)state;
    static const char whole[] =
        "{\"text\":\"caf\xc3\xa9 \\u20ac \\ud83d\\ude00\",\"n\":[-1.5e+3,true,false,null,{\"a\":{}}]}";
    const size_t length = sizeof whole - 1;
    for (size_t cut = 0; cut < length; cut++) {
        char *text = malloc(cut + 1); /* no more than that: reading on would be seen */
        assert_non_null(text);
        memcpy(text, whole, cut);
        dsr_json_doc *doc = NULL;
        dsr_error error;
        assert_int_equal(dsr_json_parse((dsr_slice){text, cut}, &doc, &error), DSR_ERR_INPUT);
        assert_null(doc);
        assert_true(error.has_position && error.position <= cut);
        free(text);
    }
    dsr_json_drop(read_whole((dsr_slice){whole, length}));
    assert_broken(DSR_SLICE("[1,"), 3, 3, "cut off");
    assert_broken(DSR_SLICE("{\"a\":\"b"), 5, 7, "cut off");
}

static char *nested(size_t depth, const char *open, const char *close, size_t *length)
{
    size_t o = strlen(open);
    size_t c = strlen(close);
    char *text = malloc(depth * (o + c) + 1);
    assert_non_null(text);
    for (size_t i = 0; i < depth; i++) {
        memcpy(text + i * o, open, o + 1);
    }
    for (size_t i = 0; i < depth; i++) {
        memcpy(text + depth * o + i * c, close, c + 1);
    }
    *length = depth * (o + c);
    return text;
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    size_t length = 0;
    char *text = nested(1000, "[", "]", &length);
    dsr_json_drop(read_whole((dsr_slice){text, length}));
    free(text);
    static const char *const opens[] = {"[", "[[", "[{\"a\":", "{\"a\":["};
    static const char *const closes[] = {"]", "]]", "}]", "]}"};
    for (size_t i = 0; i < 4; i++) {
        text = nested(1000000, opens[i], closes[i], &length);
        assert_broken((dsr_slice){text, length}, 1000, 100000, "nested too deeply");
        free(text);
    }
    /* Never closed. */
    text = nested(1000000, "[", "", &length);
    assert_broken((dsr_slice){text, length}, 1000, 100000, "nested too deeply");
    free(text);
}

/* Many keys, many of them equal: time and memory stay in proportion. */
static void large_objects_are_read(void **state)
{
    (void)state;
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    dsr_buffer_append_char(&text, '{');
    for (unsigned i = 0; i < 100000; i++) {
        dsr_buffer_append_format(&text, "%s\"k%u\":%u", i > 0 ? "," : "", i % 50000, i);
    }
    dsr_buffer_append_char(&text, '}');
    dsr_json_doc *doc = read_whole(dsr_buffer_slice(&text));
    assert_int_equal(dsr_json_integer(dsr_json_get(dsr_json_root(doc), "k0"), -1), 50000);
    assert_int_equal(dsr_json_integer(dsr_json_get(dsr_json_root(doc), "k49999"), -1), 99999);
    assert_null(dsr_json_get(dsr_json_root(doc), "k50000"));
    dsr_json_drop(doc);
    dsr_buffer_drop(&text);
}

/* Bytes drawn from what JSON is made of, and changed documents: never a crash; an error has its place. */
static void random_documents_do_no_harm(void **state)
{
    (void)state;
    static const char alphabet[] = "{}[]\",:\\ue0123-.+ntfa \xc3\xa9\xff\0\n";
    static const char whole[] = "{\"a\":[1,2.5e3,\"x\\u00e9\",null],\"b\":{\"c\":true}}";
    uint64_t seed = 3;
    for (int round = 0; round < 60000; round++) {
        char text[64];
        size_t length = sizeof whole - 1;
        memcpy(text, whole, length);
        if (round % 2 == 0) {
            length = (size_t)round / 2 % 40;
        }
        size_t changes = round % 2 == 0 ? length : 1 + (size_t)round % 3;
        for (size_t i = 0; i < changes; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            size_t at = round % 2 == 0 ? i : (size_t)(seed >> 33) % length;
            text[at] = alphabet[(seed >> 40) % (sizeof alphabet - 1)];
        }
        dsr_json_doc *doc = NULL;
        dsr_error error;
        dsr_status status = dsr_json_parse((dsr_slice){text, length}, &doc, &error);
        if (status == DSR_OK) {
            dsr_json_drop(doc);
        } else {
            assert_int_equal(status, DSR_ERR_INPUT);
            assert_true(error.has_position && error.position <= length);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_is_there),
        cmocka_unit_test(says_what_is_not_there),
        cmocka_unit_test(any_value_may_stand_at_the_top),
        cmocka_unit_test(nul_characters_are_let_through),
        cmocka_unit_test(the_last_of_equal_keys_counts),
        cmocka_unit_test(numbers_at_their_borders),
        cmocka_unit_test(a_number_past_64_bits_costs_itself_alone),
        cmocka_unit_test(huge_numbers_are_told),
        cmocka_unit_test(broken_documents_are_told_where),
        cmocka_unit_test(half_a_surrogate_pair_is_mended),
        cmocka_unit_test(bad_utf8_is_told),
        cmocka_unit_test(truncated_documents_are_told),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(large_objects_are_read),
        cmocka_unit_test(random_documents_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
