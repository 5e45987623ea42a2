/* Reports as JSON objects, in the shapes of the tools that write them. */
#include "support.h"

#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static dsr_arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = dsr_arena_new(0);
    return arena != NULL ? 0 : -1;
}

static int drop_arena(void **state)
{
    (void)state;
    dsr_arena_drop(arena);
    return 0;
}

static dsr_report read_line(const char *line)
{
    return read_bytes(arena, "jsonl", line, strlen(line));
}

static void refuse_line(const char *line, const char *words)
{
    refuse_bytes("jsonl", line, strlen(line), DSR_ERR_INPUT, words);
}

static void test_own_fields(void **state)
{
    (void)state;
    dsr_report r = read_line(
        "{\"id\":\"a1\",\"title\":\"T\",\"text\":\"Words here.\",\"published\":\"2022-01-11T20:17:00Z\","
        "\"outlet\":\"Example News\",\"url\":\"https://example.org/a\",\"authors\":[\"A B\",\"C D\"],"
        "\"language\":\"en-GB\"}");
    assert_slice(r.text, "Words here.");
    assert_slice(r.meta.headline, "T");
    assert_int_equal(r.meta.headline_from, DSR_FROM_METADATA);
    assert_slice(r.source.record, "a1");
    assert_slice(r.source.guid, "a1");
    assert_slice(r.source.url, "https://example.org/a");
    assert_slice(r.source.format, "jsonl");
    assert_slice(r.meta.outlet, "Example News");
    assert_int_equal(r.meta.outlet_from, DSR_FROM_METADATA);
    assert_slice(r.meta.published.iso, "2022-01-11T20:17:00Z");
    assert_int_equal(r.meta.published_from, DSR_FROM_METADATA);
    assert_slice(r.meta.published_why, "published");
    assert_slice(r.meta.language, "en");
    assert_int_equal(r.meta.authors.count, 2);
    assert_slice(r.meta.authors.items[1], "C D");
    assert_int_equal(r.warnings.count, 0);
}

static void test_news_please(void **state)
{
    (void)state;
    dsr_report r = read_line(
        "{\"authors\":[],\"date_publish\":\"2022-01-11 20:17:00\",\"description\":\"D\",\"language\":\"en\","
        "\"maintext\":\"Main words.\",\"source_domain\":\"news.example.com\",\"text\":null,"
        "\"title\":\"T\",\"url\":\"https://news.example.com/x\"}");
    assert_slice(r.text, "Main words.");
    assert_slice(r.meta.published.iso, "2022-01-11T20:17:00");
    assert_slice(r.meta.outlet, "news.example.com");
    assert_slice(r.source.record, "7"); /* no id of its own: the line */
    assert_null(r.source.guid.ptr);
    assert_int_equal(r.warnings.count, 0);
}

static void test_trafilatura(void **state)
{
    (void)state;
    dsr_report r = read_line(
        "{\"title\":\"T\",\"author\":\"A B; C D\",\"hostname\":\"example.com\",\"date\":\"2022-01-11\","
        "\"fingerprint\":\"f00\",\"id\":null,\"source\":\"https://example.com/y\","
        "\"source-hostname\":\"Example Post\",\"text\":\"Words.\",\"tags\":[\"x\"]}");
    assert_slice(r.source.url, "https://example.com/y");
    assert_slice(r.meta.outlet, "Example Post");
    assert_int_equal(r.meta.authors.count, 2);
    assert_slice(r.meta.published.iso, "2022-01-11");
    assert_slice(r.source.record, "7");
    dsr_report s = read_line("{\"text\":\"w\",\"sitename\":\"Site\",\"hostname\":\"example.com\"}");
    assert_slice(s.meta.outlet, "Site");
    dsr_report t = read_line("{\"text\":\"w\",\"source\":\"a newspaper\"}");
    assert_null(t.source.url.ptr);
}

static void test_fundus(void **state)
{
    (void)state;
    dsr_report r = read_line(
        "{\"title\":\"T\",\"authors\":[\"A\"],\"publishing_date\":\"2022-01-11 20:17:00+01:00\","
        "\"body\":{\"summary\":[\"Sum.\"],\"sections\":[{\"headline\":[],\"paragraphs\":[\"One.\",\"Two.\"]},"
        "{\"headline\":[\"Head\"],\"paragraphs\":[\"Three.\"]}]},\"html\":{\"content\":\"<p>\"}}");
    assert_slice(r.text, "Sum.\n\nOne.\n\nTwo.\n\nHead\n\nThree.");
    assert_slice(r.meta.published.iso, "2022-01-11T20:17:00+01:00");
    dsr_report s = read_line("{\"body\":\"Just words.\"}");
    assert_slice(s.text, "Just words.");
    dsr_report t = read_line("{\"body\":[\"One.\",\"\",\"Two.\"]}");
    assert_slice(t.text, "One.\n\nTwo.");
}

static void test_escapes_lead_back(void **state)
{
    (void)state;
    dsr_report r =
        read_line("{\"x\":[1,{\"text\":\"not "
                  "this\"}],\"text\":\"a\\n\\\"\\\\\\/\\b\\f\\r\\t\\u00e9\\u2019\\uD83D\\uDE00 é’😀\"}");
    assert_slice(r.text, "a\n\"\\/\b\f\r\té’😀 é’😀");
    assert_int_equal(r.warnings.count, 0);
    /* Cyrillic as escapes throughout: a run a word, not a run a letter. */
    dsr_report s = read_line("{\"text\":\"\\u0434\\u0432\\u0430 \\u0434\\u043d\\u044f\"}");
    assert_slice(s.text, "два дня");
    assert_int_equal(s.source_map.count, 3);
    assert_int_equal(s.source_map.items[2].unit, 6);
}

static void test_what_text_cannot_hold(void **state)
{
    (void)state;
    dsr_report r = read_line("{\"text\":\"a\\u0000b \\ud83d c \\ude00\\ud83dd\"}");
    assert_slice(r.text, "a\xEF\xBF\xBD"
                         "b \xEF\xBF\xBD c \xEF\xBF\xBD\xEF\xBF\xBD"
                         "d");
    assert_true(warns(&r, "4 characters are no text and stand as U+FFFD, the first at byte 10"));
    dsr_report s = read_line("{\"text\":\"caf\xE9 à\",\"title\":\"\xE9\"}");
    assert_slice(s.text, "café à");
    assert_slice(s.meta.headline, "é");
    assert_true(warns(&s, "1 byte is not UTF-8 and read as windows-1252, the first at byte 12"));
}

static void test_offsets_are_the_file_s(void **state)
{
    (void)state;
    static const char line[] = "{\"text\":\"abc\"}";
    dsr_piece piece = piece_of("jsonl", line, sizeof line - 1);
    piece.offset = 5000000000u;
    dsr_report r = read_piece(arena, &piece);
    assert_int_equal(r.source_map.items[0].source.start, 5000000009u);
}

static void test_ids(void **state)
{
    (void)state;
    assert_slice(read_line("{\"text\":\"w\",\"id\":12}").source.record, "12");
    assert_slice(read_line("{\"text\":\"w\",\"id\":\"  \"}").source.record, "7");
    assert_slice(read_line("{\"text\":\"w\",\"guid\":\"g\"}").source.guid, "g");
    dsr_report r = read_line("{\"text\":\"w\",\"id\":[1]}");
    assert_slice(r.source.record, "7");
    assert_true(warns(&r, "\"id\""));
    /* The last of equal names counts. */
    assert_slice(read_line("{\"text\":\"first\",\"text\":\"second\"}").text, "second");
}

static void test_wrong_types_are_warned_of(void **state)
{
    (void)state;
    dsr_report r =
        read_line("{\"text\":\"w\",\"title\":{},\"url\":3,\"authors\":[1,{\"name\":\"A\"},null,{\"x\":1}],"
                  "\"published\":1641945600,\"outlet\":true,\"language\":\"english\",\"maintext\":7}");
    assert_slice(r.text, "w");
    assert_null(r.meta.headline.ptr);
    assert_true(warns(&r, "\"title\"") && warns(&r, "\"url\"") && warns(&r, "\"published\"") &&
                warns(&r, "\"outlet\""));
    assert_true(warns(&r, "author") && warns(&r, "language"));
    assert_int_equal(r.meta.authors.count, 1);
    dsr_report s = read_line("{\"text\":7,\"maintext\":\"w\"}");
    assert_slice(s.text, "w");
    assert_true(warns(&s, "\"text\""));
}

/* A program that knows only the day writes midnight; who writes a zone means the hour. */
static void test_midnight_is_a_day(void **state)
{
    (void)state;
    dsr_report r = read_line("{\"text\":\"w\",\"published\":\"2022-01-11T00:00:00\"}");
    assert_slice(r.meta.published.iso, "2022-01-11");
    r = read_line("{\"text\":\"w\",\"published\":\"2022-01-11 00:00\"}");
    assert_slice(r.meta.published.iso, "2022-01-11");
    r = read_line("{\"text\":\"w\",\"published\":\"2022-01-11T00:00:00Z\"}");
    assert_slice(r.meta.published.iso, "2022-01-11T00:00:00Z");
    r = read_line("{\"text\":\"w\",\"published\":\"2022-01-11T00:00:01\"}");
    assert_slice(r.meta.published.iso, "2022-01-11T00:00:01");
}

static void test_dates(void **state)
{
    (void)state;
    dsr_report r = read_line("{\"text\":\"w\",\"published\":\"yesterday\",\"date\":\"2022-01-11\"}");
    assert_slice(r.meta.published.iso, "2022-01-11");
    assert_slice(r.meta.published_why, "date");
    assert_true(warns(&r, "\"yesterday\""));
    dsr_report s = read_line("{\"text\":\"w\",\"date\":\"2022-02-31\"}");
    assert_null(s.meta.published.iso.ptr);
    assert_int_equal(s.meta.published_from, DSR_FROM_UNKNOWN);
    assert_true(warns(&s, "2022-02-31"));
}

static void test_host_is_the_last_resort(void **state)
{
    (void)state;
    assert_slice(read_line("{\"text\":\"w\",\"url\":\"https://me@www.example.org:8080/a?b\"}").meta.outlet,
                 "www.example.org");
    assert_null(read_line("{\"text\":\"w\",\"url\":\"no address\"}").meta.outlet.ptr);
}

static void test_no_text(void **state)
{
    (void)state;
    refuse_line("{\"title\":\"T\"}",
                "line 7 holds no text: expected it in the field \"text\", \"maintext\" or \"body\"");
    refuse_line("{\"text\":\"\"}", "its text field is empty");
    refuse_line("{\"text\":\" \\n\\u00a0\"}", "its text field is empty");
    refuse_line("{\"body\":{\"sections\":[]}}", "its text field is empty");
    refuse_line("[\"text\"]", "no JSON object");
    refuse_line("3", "no JSON object");
}

static void test_broken_lines(void **state)
{
    (void)state;
    refuse_line("{\"text\":\"cut",
                "line 7 is broken JSON: expected the end of a string at its byte 12, where it ends");
    refuse_line("{\"text\":\"a\"", "expected a comma or }");
    refuse_line("{\"text\" \"a\"}", "expected a colon");
    refuse_line("{text:\"a\"}", "expected a field's name in quotation marks at its byte 1");
    refuse_line("{\"text\":tru}", "expected a value at its byte 8");
    refuse_line("{\"text\":\"a\",}", "expected a field's name");
    refuse_line("{\"text\":\"a\\x\"}", "after a backslash at its byte 11");
    refuse_line("{\"text\":\"a\\u12g4\"}", "four hexadecimal digits");
    refuse_line("{\"text\":\"a\tb\"}", "control character");
    refuse_line("{\"text\":\"a\"} more", "nothing more after the end of the value at its byte 13");
    refuse_line("{\"a\":[1,2", "expected a comma or ]");
    refuse_line("{\"a\":01,\"text\":\"w\"}", "leading zero");
    refuse_line("{\"a\":1.,\"text\":\"w\"}", "a digit");
    refuse_line("{\"a\":-,\"text\":\"w\"}", "a digit");
    refuse_line("", "expected a value");
}

static void test_numbers_and_words(void **state)
{
    (void)state;
    assert_slice(read_line(" { \"a\" : -0.5e+10 , \"b\":[ ],\"c\":{ "
                           "},\"d\":[true,false,null,NaN,-Infinity,1E2], \"text\" : \"w\" } ")
                     .text,
                 "w");
}

static void check_nesting(size_t depth, bool good)
{
    char *line = malloc(2 * depth + 64);
    assert_non_null(line);
    strcpy(line, "{\"a\":");
    memset(line + 5, '[', depth);
    memset(line + 5 + depth, ']', depth);
    strcpy(line + 5 + 2 * depth, ",\"text\":\"w\"}");
    if (good) {
        assert_slice(read_line(line).text, "w");
    } else {
        refuse_line(line, "nested less deeply");
    }
    free(line);
}

static void test_nesting(void **state)
{
    (void)state;
    check_nesting(DSR_LIMIT_JSON_NESTING - 1, true); /* the object is one level itself */
    check_nesting(DSR_LIMIT_JSON_NESTING, false);
    check_nesting(1000000, false);
}

static void test_field_limit(void **state)
{
    (void)state;
    char *line = malloc(3 * DSR_LIMIT_FIELD_BYTES);
    assert_non_null(line);
    for (int over = 0; over < 2; over++) {
        char *p = line + sprintf(line, "{\"text\":\"w\",\"title\":\"");
        for (int i = 0; i < DSR_LIMIT_FIELD_BYTES / 2 + over; i++) {
            p += sprintf(p, "é");
        }
        strcpy(p, "\"}");
        dsr_report r = read_line(line);
        assert_int_equal(r.meta.headline.len, DSR_LIMIT_FIELD_BYTES);
        assert_int_equal(warns(&r, "title is 8194 bytes long"), over);
    }
    free(line);
}

static void test_author_limit(void **state)
{
    (void)state;
    char line[4096];
    for (int count = DSR_LIMIT_AUTHORS; count <= DSR_LIMIT_AUTHORS + 1; count++) {
        char *p = line + sprintf(line, "{\"text\":\"w\",\"authors\":[");
        for (int i = 0; i < count; i++) {
            p += sprintf(p, "%s\"A %d\"", i > 0 ? "," : "", i);
        }
        strcpy(p, "]}");
        dsr_report r = read_line(line);
        assert_int_equal(r.meta.authors.count, DSR_LIMIT_AUTHORS);
        assert_int_equal(r.warnings.count, count > DSR_LIMIT_AUTHORS);
    }
}

/* A hostile list costs what its first items cost. */
static void test_author_items(void **state)
{
    (void)state;
    enum { ITEMS = 100000 };
    char *line = malloc(ITEMS * 2 + 64);
    assert_non_null(line);
    char *p = line + sprintf(line, "{\"text\":\"w\",\"authors\":[\"A\"");
    for (int i = 0; i < ITEMS; i++) {
        p += sprintf(p, ",%d", i % 10);
    }
    strcpy(p, "]}");
    size_t before = dsr_arena_used(arena);
    dsr_report r = read_line(line);
    assert_int_equal(r.meta.authors.count, 1);
    assert_int_equal(r.warnings.count, 2);
    assert_true(dsr_arena_used(arena) - before < 64 * 1024);
    free(line);
}

static void test_options_fill_what_is_missing(void **state)
{
    (void)state;
    static const char bare[] = "{\"text\":\"w\",\"id\":\"1\"}";
    static const char full[] = "{\"text\":\"w\",\"id\":\"1\",\"outlet\":\"Own\",\"date\":\"2020-01-01\"}";
    dsr_read_options options = {.published = DSR_SLICE("2022-01-11"), .outlet = DSR_SLICE("Given")};
    dsr_report r;
    dsr_report s;
    dsr_error error = {0};
    dsr_piece piece = piece_of("jsonl", bare, sizeof bare - 1);
    assert_int_equal(dsr_read_piece(arena, &piece, &options, &r, &error), DSR_OK);
    assert_slice(r.meta.outlet, "Given");
    assert_int_equal(r.meta.outlet_from, DSR_FROM_OPTION);
    assert_slice(r.meta.published.iso, "2022-01-11");
    assert_int_equal(r.meta.published_from, DSR_FROM_OPTION);
    assert_false(dsr_id_is_none(r.key)); /* an id of its own and an outlet make a key */
    piece = piece_of("jsonl", full, sizeof full - 1);
    assert_int_equal(dsr_read_piece(arena, &piece, &options, &s, &error), DSR_OK);
    assert_slice(s.meta.outlet, "Own");
    assert_slice(s.meta.published.iso, "2020-01-01");
    assert_true(dsr_id_compare(r.key, s.key) != 0);
    options.published = DSR_SLICE("soon");
    piece = piece_of("jsonl", bare, sizeof bare - 1);
    assert_int_equal(dsr_read_piece(arena, &piece, &options, &r, &error), DSR_OK);
    assert_null(r.meta.published.iso.ptr);
    assert_true(warns(&r, "\"soon\" (--published)"));
}

/* A line cut off or changed at any byte is read soundly or set aside with a reason. */
static void test_any_cut(void **state)
{
    (void)state;
    static const char line[] =
        "{\"id\":1,\"text\":\"a\\u00e9\\ud83d\\ude00\xC3\xA9 \\n\",\"authors\":[{\"name\":\"A\"},\"B\"],"
        "\"body\":{\"sections\":[{\"paragraphs\":[\"x\"]}]},\"n\":-1.5e3,\"date\":\"2022-01-11\"}";
    for (size_t i = 0; i < sizeof line; i++) {
        for (int change = 0; change < 12; change++) {
            char *copy = malloc(sizeof line - 1);
            assert_non_null(copy);
            memcpy(copy, line, sizeof line - 1);
            size_t size = change == 0 ? i : sizeof line - 1;
            if (change > 0 && i < size) {
                copy[i] = "\"\\{}[],:0\xFF"[change - 1];
            }
            char *exact = realloc(copy, size > 0 ? size : 1); /* so that a sanitizer sees its end */
            assert_non_null(exact);
            dsr_arena *own = dsr_arena_new(0);
            dsr_piece piece = piece_of("jsonl", exact, size);
            dsr_report report;
            dsr_error error = {0};
            if (dsr_read_piece(own, &piece, NULL, &report, &error) == DSR_OK) {
                check_report(&report, &piece);
            } else {
                assert_true(error.message[0] != '\0');
            }
            dsr_arena_drop(own);
            free(exact);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_midnight_is_a_day),
                                       cmocka_unit_test(test_own_fields),
                                       cmocka_unit_test(test_news_please),
                                       cmocka_unit_test(test_trafilatura),
                                       cmocka_unit_test(test_fundus),
                                       cmocka_unit_test(test_escapes_lead_back),
                                       cmocka_unit_test(test_what_text_cannot_hold),
                                       cmocka_unit_test(test_offsets_are_the_file_s),
                                       cmocka_unit_test(test_ids),
                                       cmocka_unit_test(test_wrong_types_are_warned_of),
                                       cmocka_unit_test(test_dates),
                                       cmocka_unit_test(test_host_is_the_last_resort),
                                       cmocka_unit_test(test_no_text),
                                       cmocka_unit_test(test_broken_lines),
                                       cmocka_unit_test(test_numbers_and_words),
                                       cmocka_unit_test(test_nesting),
                                       cmocka_unit_test(test_field_limit),
                                       cmocka_unit_test(test_author_limit),
                                       cmocka_unit_test(test_author_items),
                                       cmocka_unit_test(test_options_fill_what_is_missing),
                                       cmocka_unit_test(test_any_cut)};
    return cmocka_run_group_tests(tests, open_arena, drop_arena);
}
