/* Dates as a reader counts them. */
#include "made.h"

#include <string.h>

static dsr_moment parsed(dsr_arena *arena, const char *text)
{
    dsr_moment moment;
    assert_int_equal(dsr_moment_parse(arena, dsr_slice_of(text), &moment), DSR_OK);
    return moment;
}

static void shows_a_moment_as_precisely_as_it_is_known(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"2022-01-11T20:17:00+05:00",
         "11\xc2\xa0Jan\xc2\xa0"
         "20:17",
         "11\xc2\xa0Jan\xc2\xa0"
         "2022\xc2\xa0"
         "20:17"},
        {"2022-01-11T20:17",
         "11\xc2\xa0Jan\xc2\xa0"
         "20:17",
         "11\xc2\xa0Jan\xc2\xa0"
         "2022\xc2\xa0"
         "20:17"},
        {"2022-01-11", "11\xc2\xa0Jan",
         "11\xc2\xa0Jan\xc2\xa0"
         "2022"},
        {"2022-02",
         "Feb\xc2\xa0"
         "2022",
         "Feb\xc2\xa0"
         "2022"},
        {"2022", "2022", "2022"},
        {"2000-02-29",
         "29\xc2\xa0"
         "Feb",
         "29\xc2\xa0"
         "Feb\xc2\xa0"
         "2000"},
        {"1969-12-31T23:59:59Z",
         "31\xc2\xa0"
         "Dec\xc2\xa0"
         "23:59",
         "31\xc2\xa0"
         "Dec\xc2\xa0"
         "1969\xc2\xa0"
         "23:59"},
    };
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dsr_moment moment = parsed(arena, cases[i][0]);
        char out[DSR_DATE_ROOM];
        dsr_date_short(&moment, false, out);
        assert_string_equal(out, cases[i][1]);
        dsr_date_short(&moment, true, out);
        assert_string_equal(out, cases[i][2]);
    }
    dsr_moment unknown = {DSR_SLICE_NONE, 0, 0};
    char out[DSR_DATE_ROOM] = "x";
    dsr_date_short(&unknown, true, out);
    assert_string_equal(out, "");
    dsr_arena_drop(arena);
}

/* Two days that were worked out: whether their interval was drawn with the slack of all zones or in UTC. */
static void shows_an_interval_of_days(void **state)
{
    (void)state;
    int64_t day = dsr_days_from_date(2022, 1, 11) * 86400;
    char out[DSR_DATE_ROOM];
    dsr_moment slack = {DSR_SLICE("2022-01"), day - 14 * 3600, day + 2 * 86400 + 12 * 3600};
    dsr_date_short(&slack, false, out);
    assert_string_equal(out, "11\xe2\x80\x93"
                             "12\xc2\xa0Jan");
    dsr_moment plain = {DSR_SLICE("2022-01"), day, day + 2 * 86400};
    dsr_date_short(&plain, false, out);
    assert_string_equal(out, "11\xe2\x80\x93"
                             "12\xc2\xa0Jan");
    dsr_moment months = {DSR_SLICE("2022"), day + 20 * 86400, day + 22 * 86400};
    dsr_date_short(&months, false, out);
    assert_string_equal(out, "31\xc2\xa0Jan\xc2\xa0\xe2\x80\x93\xc2\xa0"
                             "1\xc2\xa0"
                             "Feb");
}

static void a_vague_moment_has_no_days(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    int64_t first, last;
    dsr_moment month = parsed(arena, "2022-02"), day = parsed(arena, "2022-02-28");
    assert_false(dsr_date_days(&month, &first, &last));
    assert_true(dsr_date_days(&day, &first, &last));
    assert_int_equal(first, dsr_days_from_date(2022, 2, 28));
    assert_int_equal(last, first);
    dsr_arena_drop(arena);
}

static void writes_ranges(void **state)
{
    (void)state;
    static const struct {
        int from[3], to[3];
        const char *full, *brief;
    } cases[] = {
        {{2022, 1, 11}, {2022, 1, 11}, "11 January 2022", "11 Jan 2022"},
        {{2022, 1, 10},
         {2022, 1, 12},
         "10\xe2\x80\x93"
         "12 January 2022",
         "10\xe2\x80\x93"
         "12 Jan 2022"},
        {{2022, 1, 30},
         {2022, 2, 2},
         "30 January \xe2\x80\x93 2 February 2022",
         "30 Jan \xe2\x80\x93 2 Feb 2022"},
        {{2021, 12, 30},
         {2022, 1, 2},
         "30 December 2021 \xe2\x80\x93 2 January 2022",
         "30 Dec 2021 \xe2\x80\x93 2 Jan 2022"},
        {{2021, 9, 28},
         {2021, 9, 30},
         "28\xe2\x80\x93"
         "30 September 2021",
         "28\xe2\x80\x93"
         "30 Sep 2021"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int *a = cases[i].from, *b = cases[i].to;
        char out[DSR_DATE_ROOM];
        dsr_date_range(dsr_days_from_date(a[0], a[1], a[2]), dsr_days_from_date(b[0], b[1], b[2]), false,
                       out);
        assert_string_equal(out, cases[i].full);
        dsr_date_range(dsr_days_from_date(a[0], a[1], a[2]), dsr_days_from_date(b[0], b[1], b[2]), true, out);
        assert_string_equal(out, cases[i].brief);
    }
}

static void an_interval_tells_its_printed_days(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    int64_t day = dsr_days_from_date(2022, 1, 11), first, last;
    dsr_moment printed = parsed(arena, "2022-01-11"), stamp = parsed(arena, "2022-01-11T10:00:00Z");
    dsr_date_days_of_interval(printed.earliest, printed.latest, &first, &last);
    assert_int_equal(first, day);
    assert_int_equal(last, day);
    dsr_date_days_of_interval(stamp.earliest, stamp.latest, &first,
                              &last); /* a stamp at an hour at which printed days begin */
    assert_int_equal(first, day);
    assert_int_equal(last, day);
    dsr_moment hour = parsed(arena, "2022-01-11T20:17"), late = parsed(arena, "2022-01-12T23:30:00+05:00");
    dsr_date_days_of_interval(hour.earliest, hour.latest, &first,
                              &last); /* UTC days would be the 11th and the 12th */
    assert_int_equal(first, day);
    assert_int_equal(last, day);
    dsr_date_days_of_interval(printed.earliest, late.latest, &first, &last);
    assert_int_equal(first, day);
    assert_int_equal(last, day + 1);
    dsr_arena_drop(arena);
}

static void writes_shares(void **state)
{
    (void)state;
    static const struct {
        uint32_t share;
        const char *text;
    } cases[] = {{0, "0\xc2\xa0%"},    {4, "<1\xc2\xa0%"},     {10, "1\xc2\xa0%"},
                 {567, "57\xc2\xa0%"}, {1000, "100\xc2\xa0%"}, {4000, "100\xc2\xa0%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[16];
        dsr_format_share(cases[i].share, out);
        assert_string_equal(out, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_a_moment_as_precisely_as_it_is_known),
        cmocka_unit_test(shows_an_interval_of_days),
        cmocka_unit_test(a_vague_moment_has_no_days),
        cmocka_unit_test(writes_ranges),
        cmocka_unit_test(an_interval_tells_its_printed_days),
        cmocka_unit_test(writes_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
