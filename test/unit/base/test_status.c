/* The detail of a failure: whole, cut at a character's end where it is too long, and safe without a place for
 * it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/status.h"

#include "base/utf8.h"

#include <string.h>

static void clears(void **state)
{
    (void)state;
    dsr_error error;
    memset(&error, 0xff, sizeof error);
    dsr_error_clear(&error);
    assert_int_equal(error.status, DSR_OK);
    assert_string_equal(error.stage, "");
    assert_string_equal(error.subject, "");
    assert_string_equal(error.message, "");
    assert_false(error.has_position);
    dsr_error_clear(NULL);
}

static void tells_once_and_whole(void **state)
{
    (void)state;
    dsr_error error;
    memset(&error, 0xff, sizeof error); /* nobody has to clear it first */
    assert_int_equal(dsr_fail(&error, DSR_ERR_INPUT, "read", "line %d: %s", 7, "no comma"), DSR_ERR_INPUT);
    dsr_error_set_subject(&error, "news.jsonl (rest)", 10);
    dsr_error_set_position(&error, UINT64_C(5000000000));
    assert_int_equal(error.status, DSR_ERR_INPUT);
    assert_string_equal(error.stage, "read");
    assert_string_equal(error.message, "line 7: no comma");
    assert_string_equal(error.subject, "news.jsonl");
    assert_true(error.has_position);
    assert_true(error.position == UINT64_C(5000000000));
}

static void a_new_failure_leaves_nothing_of_the_old_one(void **state)
{
    (void)state;
    dsr_error error;
    assert_int_equal(dsr_fail(&error, DSR_ERR_IO, "store", "the disk is full"), DSR_ERR_IO);
    dsr_error_set_subject(&error, "a.db", 4);
    dsr_error_set_position(&error, 9);
    assert_int_equal(dsr_fail_memory(&error, "clean"), DSR_ERR_MEMORY);
    assert_int_equal(error.status, DSR_ERR_MEMORY);
    assert_string_equal(error.stage, "clean");
    assert_string_equal(error.subject, "");
    assert_false(error.has_position);
    assert_non_null(strstr(error.message, "memory"));
}

static void may_quote_itself(void **state)
{
    (void)state;
    dsr_error error;
    assert_int_equal(dsr_fail(&error, DSR_ERR_IO, "read", "gone"), DSR_ERR_IO);
    assert_int_equal(dsr_fail(&error, DSR_ERR_IO, "engine", "stopped: %s", error.message), DSR_ERR_IO);
    assert_string_equal(error.message, "stopped: gone");
}

static void nobody_may_listen(void **state)
{
    (void)state;
    assert_int_equal(dsr_fail(NULL, DSR_ERR_BUSY, "store", "%d", 1), DSR_ERR_BUSY);
    assert_int_equal(dsr_fail_memory(NULL, "store"), DSR_ERR_MEMORY);
    dsr_error_set_subject(NULL, "x", 1);
    dsr_error_set_position(NULL, 1);
}

/* Characters of each length, shifted over the place of the cut: what is kept is always UTF-8, and as long as
 * may be. */
static void cuts_at_the_end_of_a_character(void **state)
{
    (void)state;
    static const char *const characters[] = {"x", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
    for (size_t c = 0; c < 4; c++) {
        size_t length = strlen(characters[c]);
        for (size_t shift = 0; shift < 4; shift++) {
            char text[1200] = "aaaa";
            size_t at = shift;
            for (; at + length < sizeof text; at += length) {
                memcpy(text + at, characters[c], length);
            }
            text[at] = '\0';
            dsr_error error;
            assert_int_equal(dsr_fail(&error, DSR_ERR_IO, "read", "%s", text), DSR_ERR_IO);
            dsr_error_set_subject(&error, text, at);
            assert_true(dsr_utf8_is_valid(dsr_slice_of(error.message), NULL));
            assert_true(dsr_utf8_is_valid(dsr_slice_of(error.subject), NULL));
            assert_in_range(strlen(error.message), DSR_ERROR_MESSAGE - length, DSR_ERROR_MESSAGE - 1);
            assert_in_range(strlen(error.subject), DSR_ERROR_SUBJECT - length, DSR_ERROR_SUBJECT - 1);
            assert_memory_equal(error.message, text, strlen(error.message));
        }
    }
}

static void what_just_fits_is_whole(void **state)
{
    (void)state;
    dsr_error error;
    char text[DSR_ERROR_MESSAGE + 2];
    memset(text, 'm', sizeof text);
    text[DSR_ERROR_MESSAGE - 1] = '\0';
    assert_int_equal(dsr_fail(&error, DSR_ERR_IO, "read", "%s", text), DSR_ERR_IO);
    assert_string_equal(error.message, text);
    text[DSR_ERROR_MESSAGE - 1] = 'm';
    text[DSR_ERROR_MESSAGE] = '\0';
    assert_int_equal(dsr_fail(&error, DSR_ERR_IO, "read", "%s", text), DSR_ERR_IO);
    assert_int_equal(strlen(error.message), DSR_ERROR_MESSAGE - 1);
    dsr_error_set_subject(&error, text, DSR_ERROR_SUBJECT - 1);
    assert_int_equal(strlen(error.subject), DSR_ERROR_SUBJECT - 1);
    dsr_error_set_subject(&error, text, DSR_ERROR_SUBJECT);
    assert_int_equal(strlen(error.subject), DSR_ERROR_SUBJECT - 1);
}

static void bytes_that_are_no_text_are_cut_anywhere(void **state)
{
    (void)state;
    dsr_error error;
    char text[900];
    memset(text, 0x80, sizeof text);
    dsr_error_clear(&error);
    dsr_error_set_subject(&error, text, sizeof text);
    assert_int_equal(strlen(error.subject), DSR_ERROR_SUBJECT - 1);
    dsr_error_set_subject(&error, NULL, 5);
    assert_string_equal(error.subject, "");
}

static void every_status_has_a_word_of_its_own(void **state)
{
    (void)state;
    for (int a = DSR_OK; a <= DSR_ERR_ARGUMENT; a++) {
        assert_string_not_equal(dsr_status_name((dsr_status)a), "unknown");
        for (int b = DSR_OK; b < a; b++) {
            assert_string_not_equal(dsr_status_name((dsr_status)a), dsr_status_name((dsr_status)b));
        }
    }
    assert_string_equal(dsr_status_name(DSR_ERR_INPUT), "input");
    assert_string_equal(dsr_status_name((dsr_status)(DSR_ERR_ARGUMENT + 1)), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clears),
        cmocka_unit_test(tells_once_and_whole),
        cmocka_unit_test(a_new_failure_leaves_nothing_of_the_old_one),
        cmocka_unit_test(may_quote_itself),
        cmocka_unit_test(nobody_may_listen),
        cmocka_unit_test(cuts_at_the_end_of_a_character),
        cmocka_unit_test(what_just_fits_is_whole),
        cmocka_unit_test(bytes_that_are_no_text_are_cut_anywhere),
        cmocka_unit_test(every_status_has_a_word_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
