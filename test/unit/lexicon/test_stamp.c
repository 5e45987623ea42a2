/* Publication stamps in the layouts that pages print. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "lexicon/stamp.h"

static dsr_lexicon *lexicon;

static int make(void **state)
{
    (void)state;
    dsr_error error;
    return dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, &error) == DSR_OK ? 0 : -1;
}

static int drop(void **state)
{
    (void)state;
    dsr_lexicon_close(lexicon);
    return 0;
}

typedef struct stamp_case {
    const char *text;
    const char *iso;  /* NULL: no date at all; "": a date, but not a certain one */
    const char *rest; /* what is left behind it */
} stamp_case;

static const stamp_case cases[] = {
    {"08:17 PM, 11 Jan, 2022", "2022-01-11T20:17", ""},
    {"Jan. 11, 2022, 8:17 p.m. ET", "2022-01-11T20:17-05:00", ""},
    {"July 4, 2022 8:17 a.m. ET", "2022-07-04T08:17-04:00", ""},
    {"March 13, 2022 9:00 AM ET", "2022-03-13T09:00-04:00", ""},
    {"March 12, 2022 9:00 AM ET", "2022-03-12T09:00-05:00", ""},
    {"Nov. 6, 2022 9:00 AM ET", "2022-11-06T09:00-05:00", ""},
    {"January 11, 2022", "2022-01-11", ""},
    {"11 January 2022", "2022-01-11", ""},
    {"11th January 2022 at 20:17", "2022-01-11T20:17", ""},
    {"Tuesday, January 11, 2022 - 20:17", "2022-01-11T20:17", ""},
    {"Tue 11 Jan 2022 17.04 GMT", "2022-01-11T17:04Z", ""},
    {"Tue Jan 11, 2022 4:25 PM EST", "2022-01-11T16:25-05:00", ""},
    {"4:25 PM EST, Tue January 11, 2022", "2022-01-11T16:25-05:00", ""},
    {"2022-01-11", "2022-01-11", ""},
    {"2022-01-11T20:17:30Z", "2022-01-11T20:17:30Z", ""},
    {"2022-01-11T20:17:30+05:00", "2022-01-11T20:17:30+05:00", ""},
    {"2022/01/11 20:17", "2022-01-11T20:17", ""},
    {"13/01/2022", "2022-01-13", ""},
    {"01/13/2022", "2022-01-13", ""},
    {"11.11.2022", "2022-11-11", ""},
    {"11/01/2022", "", ""},
    {"Jan 11", "", ""},
    {"Jan 11, 2022 | 9:41 PM IST", "2022-01-11T21:41", ""},
    {"January 11, 2022 1417 GMT", "2022-01-11T14:17Z", ""},
    {"11 Jan 2022 12:05 AM", "2022-01-11T00:05", ""},
    {"11 Jan 2022 12:05 PM", "2022-01-11T12:05", ""},
    {"Jan 11, 2022 and more", "2022-01-11", " and more"},
    {"Jan 11, 2022 Updated", "2022-01-11", " Updated"},
    {"8:17 p.m.", NULL, NULL},
    {"January", NULL, NULL},
    {"2022", NULL, NULL},
    {"May the talks", NULL, NULL},
    {"31 reports", NULL, NULL},
    {"32 January 2022", NULL, NULL},
    {"13/13/2022", NULL, NULL},
    {"99999999999999999999", NULL, NULL},
    {"", NULL, NULL},
};

static void check(const stamp_case *c)
{
    dsr_moment_parts parts = {0};
    dsr_slice text = dsr_slice_of(c->text);
    size_t used = dsr_stamp_scan(lexicon, DSR_SLICE("en"), text, &parts);
    if (!c->iso) {
        if (used != 0)
            fail_msg("\"%s\" is taken for a date", c->text);
        return;
    }
    if (used == 0 || strcmp(c->text + used, c->rest) != 0)
        fail_msg("\"%s\": %zu bytes read", c->text, used);
    if (!c->iso[0]) {
        assert_int_equal(parts.year, -1);
        return;
    }
    dsr_arena *arena = dsr_arena_new(0);
    dsr_moment moment;
    assert_int_equal(dsr_moment_from_parts(arena, &parts, &moment), DSR_OK);
    if (!dsr_slice_equal(moment.iso, dsr_slice_of(c->iso)))
        fail_msg("\"%s\" gives %.*s", c->text, DSR_PRINT(moment.iso));
    dsr_arena_drop(arena);
}

static void layouts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(&cases[i]);
}

static void other_languages(void **state)
{
    (void)state;
    dsr_moment_parts parts;
    assert_int_equal(dsr_stamp_scan(lexicon, DSR_SLICE("de"), DSR_SLICE("11. M\xc3\xa4rz 2022"), &parts), 14);
    assert_int_equal(parts.month, 3);
    assert_int_equal(dsr_stamp_scan(lexicon, DSR_SLICE("xx"), DSR_SLICE("11 January 2022"), &parts), 0);
}

static void times(void **state)
{
    (void)state;
    dsr_moment_parts parts;
    assert_int_equal(dsr_stamp_scan_time(DSR_SLICE("8:17 p.m. on"), &parts), 9);
    assert_int_equal(parts.hour, 20);
    assert_int_equal(parts.minute, 17);
    assert_int_equal(dsr_stamp_scan_time(DSR_SLICE("25:00"), &parts), 0);
    assert_int_equal(dsr_stamp_scan_time(DSR_SLICE("12:61"), &parts), 0);
    assert_int_equal(dsr_stamp_scan_time(DSR_SLICE("two"), &parts), 0);
}

/* Cut anywhere, a stamp never reads past its end (the sanitizer looks on) and never says more than it was
 * given. */
static void cut_stamps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = strlen(cases[i].text);
        for (size_t n = 0; n <= length; n++) {
            char *copy = test_malloc(n + 1);
            memcpy(copy, cases[i].text, n);
            dsr_moment_parts parts;
            assert_true(dsr_stamp_scan(lexicon, DSR_SLICE("en"), (dsr_slice){copy, n}, &parts) <= n);
            assert_true(dsr_stamp_scan_time((dsr_slice){copy, n}, &parts) <= n);
            test_free(copy);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(layouts), cmocka_unit_test(other_languages),
                                       cmocka_unit_test(times), cmocka_unit_test(cut_stamps)};
    return cmocka_run_group_tests(tests, make, drop);
}
