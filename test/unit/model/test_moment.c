/* The calendar against a plain count of days, moments against their written forms, and what is no date. */
#include "model/moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Every day of the years that Dossier knows, counted one by one. */
static void days_and_dates_agree(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t days = dsr_days_from_date(1000, 1, 1);
    assert_int_equal(days, -354285);
    int weekday = dsr_weekday(days);
    for (int year = 1000; year <= 3000; year++) {
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && is_leap(year));
            assert_int_equal(dsr_days_in_month(year, month), length);
            for (int day = 1; day <= length; day++) {
                int y = 0;
                int m = 0;
                int d = 0;
                dsr_date_from_days(days, &y, &m, &d);
                assert_true(y == year && m == month && d == day);
                assert_true(dsr_days_from_date(year, month, day) == days);
                assert_true(dsr_weekday(days) == weekday);
                weekday = (weekday + 1) % 7;
                days++;
            }
        }
    }
    assert_int_equal(days, 376565); /* 3001-01-01 */
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(dsr_days_from_date(1970, 1, 1), 0);
    assert_int_equal(dsr_days_from_date(2000, 2, 29), 11016);
    assert_int_equal(dsr_days_from_date(2022, 1, 11), 19003);
    assert_int_equal(dsr_weekday(0), 3);     /* Thursday */
    assert_int_equal(dsr_weekday(19003), 1); /* Tuesday */
    assert_int_equal(dsr_weekday(-1), 2);
    assert_int_equal(dsr_weekday(-7), 3);
    assert_int_equal(dsr_weekday(INT64_MIN) + dsr_weekday(INT64_MAX) >= 0, 1);
    assert_int_equal(dsr_days_in_month(1900, 2), 28);
    assert_int_equal(dsr_days_in_month(2000, 2), 29);
    assert_int_equal(dsr_days_in_month(2022, 0), 0);
    assert_int_equal(dsr_days_in_month(2022, 13), 0);
}

static void check_form(dsr_arena *arena, const char *text, const char *iso, const char *earliest,
                       const char *latest)
{
    dsr_moment moment = {0};
    dsr_status status = dsr_moment_parse(arena, dsr_slice_of(text), &moment);
    if (status != DSR_OK) {
        fail_msg("%s was not read", text);
    }
    char shown[24];
    assert_string_equal(moment.iso.ptr, iso);
    dsr_moment_format_utc(moment.earliest, shown);
    assert_string_equal(shown, earliest);
    dsr_moment_format_utc(moment.latest, shown);
    assert_string_equal(shown, latest);
    assert_true(dsr_moment_is_sound(&moment));
    dsr_moment again = {0};
    assert_int_equal(dsr_moment_parse(arena, moment.iso, &again), DSR_OK); /* what is written is read alike */
    assert_string_equal(again.iso.ptr, iso);
    assert_true(again.earliest == moment.earliest && again.latest == moment.latest);
}

/* What is read, what it is written as, and its interval. */
static const char *const forms_read[][4] = {
    {"2022", "2022", "2021-12-31T10:00:00Z", "2023-01-01T12:00:00Z"},
    {"2022-01", "2022-01", "2021-12-31T10:00:00Z", "2022-02-01T12:00:00Z"},
    {"2024-02", "2024-02", "2024-01-31T10:00:00Z", "2024-03-01T12:00:00Z"},
    {"2022-12", "2022-12", "2022-11-30T10:00:00Z", "2023-01-01T12:00:00Z"},
    {"2022-01-11", "2022-01-11", "2022-01-10T10:00:00Z", "2022-01-12T12:00:00Z"},
    {"20220111", "2022-01-11", "2022-01-10T10:00:00Z", "2022-01-12T12:00:00Z"},
    {"2022-01-11T20", "2022-01-11T20", "2022-01-11T06:00:00Z", "2022-01-12T09:00:00Z"},
    {"2022-01-11T20:17", "2022-01-11T20:17", "2022-01-11T06:17:00Z", "2022-01-12T08:18:00Z"},
    {"2022-01-11 20:17", "2022-01-11T20:17", "2022-01-11T06:17:00Z", "2022-01-12T08:18:00Z"},
    {"2022-01-11T20:17:00Z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:01Z"},
    {"2022-01-11t20:17:00z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:01Z"},
    {"2022-01-11T20:17Z", "2022-01-11T20:17Z", "2022-01-11T20:17:00Z", "2022-01-11T20:18:00Z"},
    {"2022-01-11T20:17:00+05:00", "2022-01-11T20:17:00+05:00", "2022-01-11T15:17:00Z",
     "2022-01-11T15:17:01Z"},
    {"2022-01-11T20:17:00+0500", "2022-01-11T20:17:00+05:00", "2022-01-11T15:17:00Z", "2022-01-11T15:17:01Z"},
    {"2022-01-11T20:17:00+05", "2022-01-11T20:17:00+05:00", "2022-01-11T15:17:00Z", "2022-01-11T15:17:01Z"},
    {"2022-01-11 20:17:00 -0330", "2022-01-11T20:17:00-03:30", "2022-01-11T23:47:00Z",
     "2022-01-11T23:47:01Z"},
    {"2022-01-11 20:17:00 UTC", "2022-01-11T20:17:00Z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:01Z"},
    {"2022-01-11T20:17:00.123456789Z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:00Z",
     "2022-01-11T20:17:01Z"},
    {"2022-01-11T20:17:00,5-00:00", "2022-01-11T20:17:00Z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:01Z"},
    {"2022-01-01T00:30:00+14:00", "2022-01-01T00:30:00+14:00", "2021-12-31T10:30:00Z",
     "2021-12-31T10:30:01Z"},
    {"2021-12-31T23:30:00-12:00", "2021-12-31T23:30:00-12:00", "2022-01-01T11:30:00Z",
     "2022-01-01T11:30:01Z"},
    {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2016-12-31T23:59:59Z", "2017-01-01T00:00:00Z"},
    {"20220111T201700Z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:00Z", "2022-01-11T20:17:01Z"},
    {"20220111T2017+0500", "2022-01-11T20:17+05:00", "2022-01-11T15:17:00Z", "2022-01-11T15:18:00Z"},
    {"Tue, 11 Jan 2022 20:17:00 +0500", "2022-01-11T20:17:00+05:00", "2022-01-11T15:17:00Z",
     "2022-01-11T15:17:01Z"},
    {"Tuesday, 11 January 2022 20:17:00 GMT", "2022-01-11T20:17:00Z", "2022-01-11T20:17:00Z",
     "2022-01-11T20:17:01Z"},
    {"11 jan 22 20:17 EST", "2022-01-11T20:17-05:00", "2022-01-12T01:17:00Z", "2022-01-12T01:18:00Z"},
    {"1 Feb 1999 00:00:00 PDT (Pacific Daylight Time)", "1999-02-01T00:00:00-07:00", "1999-02-01T07:00:00Z",
     "1999-02-01T07:00:01Z"},
    {"Tue,11 Jan 2022", "2022-01-11", "2022-01-10T10:00:00Z", "2022-01-12T12:00:00Z"},
    {"3 May 50", "1950-05-03", "1950-05-02T10:00:00Z", "1950-05-04T12:00:00Z"},
    {" \t2022-01-11\r\n", "2022-01-11", "2022-01-10T10:00:00Z", "2022-01-12T12:00:00Z"},
    {"1000-01-01", "1000-01-01", "0999-12-31T10:00:00Z", "1000-01-02T12:00:00Z"},
    {"3000-12-31", "3000-12-31", "3000-12-30T10:00:00Z", "3001-01-01T12:00:00Z"},
    {"2000-02-29", "2000-02-29", "2000-02-28T10:00:00Z", "2000-03-01T12:00:00Z"},
};

static void forms_that_are_read(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < sizeof forms_read / sizeof *forms_read; i++) {
        check_form(arena, forms_read[i][0], forms_read[i][1], forms_read[i][2], forms_read[i][3]);
    }
    dsr_arena_drop(arena);
}

static const char *const no_dates[] = {"",
                                       " ",
                                       "0",
                                       "-",
                                       "T",
                                       "Z",
                                       "now",
                                       "yesterday",
                                       "Tuesday",
                                       "Tue,",
                                       "11",
                                       "999",
                                       "0999",
                                       "3001",
                                       "10000",
                                       "202201",
                                       "1641932220",
                                       "20220111201700",
                                       "2022-",
                                       "2022-1",
                                       "2022-1-11",
                                       "2022-01-1",
                                       "2022-01-111",
                                       "2022-00",
                                       "2022-13",
                                       "2022-00-11",
                                       "2022-01-00",
                                       "2022-01-32",
                                       "2022-02-31",
                                       "2022-02-29",
                                       "1900-02-29",
                                       "2022-04-31",
                                       "20220231",
                                       "2022/01/11",
                                       "11.01.2022",
                                       "01/11/2022",
                                       "2022-01-11T",
                                       "2022-01-11TZ",
                                       "2022-01-11T2",
                                       "2022-01-11T24:00",
                                       "2022-01-11T20:60",
                                       "2022-01-11T20:17:60Z",
                                       "2022-01-11T20:59:61Z",
                                       "2022-01-11T20:",
                                       "2022-01-11T20:1",
                                       "2022-01-11T20:17:",
                                       "2022-01-11T20:17:0",
                                       "2022-01-11T20:17:00.",
                                       "2022-01-11T20:17:00.Z",
                                       "2022-01-11T20:17.5",
                                       "2022-01-11T20:17:00+",
                                       "2022-01-11T20:17:00+5",
                                       "2022-01-11T20:17:00+05:",
                                       "2022-01-11T20:17:00+05:0",
                                       "2022-01-11T20:17:00+05:60",
                                       "2022-01-11T20:17:00+14:01",
                                       "2022-01-11T20:17:00-12:01",
                                       "2022-01-11T20:17:00+05:00Z",
                                       "2022-01-11T20:17:00ZZ",
                                       "2022-01-11T20:17:00 IST",
                                       "2022-01-11T20:17:00 Europe/Paris",
                                       "2022-01-11Z",
                                       "2022-01-11+05:00",
                                       "2022-01-11  20:17",
                                       "2022-01-11T20:17:00Zx",
                                       "2022-01-11x",
                                       "x2022-01-11",
                                       "2022-W02-2",
                                       "2022-011",
                                       "-2022-01-11",
                                       "+2022-01-11",
                                       "20220111T",
                                       "20220111 201700Z",
                                       "20220111T2",
                                       "20220111T201",
                                       "20220111T20170",
                                       "20220111T20:17",
                                       "Mon, 11 Jan 2022 20:17:00 +0500",
                                       "Tue 11 Jan 2022",
                                       "Die, 11 Jan 2022",
                                       "11 Jan",
                                       "11 Jan 2022 20",
                                       "11 Jan 022",
                                       "11 Jan 20222",
                                       "11 J 2022",
                                       "11 Ja 2022",
                                       "11 Janu 2022",
                                       "11 Jan 2022 20:17:00 +0500 x",
                                       "Jan 11 2022",
                                       "January 11, 2022",
                                       "31 Feb 2022",
                                       "0 Jan 2022",
                                       "11Jan2022",
                                       "11 Jan2022",
                                       "11-Jan-2022",
                                       "11 Jan 2022(",
                                       "(11 Jan 2022)",
                                       "()",
                                       ")",
                                       "11 Jan 2022 )",
                                       "\xef\xbc\x92\xef\xbc\x90\xef\xbc\x92\xef\xbc\x92",
                                       "2022-01-11T20:17:00\342\210\22205:00",
                                       "\xff\xfe"};

static void what_is_no_date(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_moment moment = {.earliest = 42};
    for (size_t i = 0; i < sizeof no_dates / sizeof *no_dates; i++) {
        if (dsr_moment_parse(arena, dsr_slice_of(no_dates[i]), &moment) != DSR_ERR_INPUT) {
            fail_msg("\"%s\" was read as a date", no_dates[i]);
        }
    }
    assert_int_equal(dsr_moment_parse(arena, DSR_SLICE_NONE, &moment), DSR_ERR_INPUT);
    assert_int_equal(dsr_moment_parse(arena, (dsr_slice){"2022\0-01", 8}, &moment), DSR_ERR_INPUT);
    assert_int_equal(dsr_moment_parse(arena, (dsr_slice){"2022\0", 5}, &moment), DSR_ERR_INPUT);
    assert_int_equal(moment.earliest, 42);
    assert_null(moment.iso.ptr);
    dsr_arena_drop(arena);
}

/* The longest text that is looked at, and one more. */
static void the_length_has_a_limit(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    char text[97];
    memset(text, '0', sizeof text);
    memcpy(text, "2022-01-11T20:17:00.", 20);
    dsr_moment moment;
    assert_int_equal(dsr_moment_parse(arena, (dsr_slice){text, 96}, &moment), DSR_OK);
    assert_int_equal(dsr_moment_parse(arena, (dsr_slice){text, 97}, &moment), DSR_ERR_INPUT);
    dsr_arena_drop(arena);
}

/* A slice ends where its length says: each cut of a long form is read or refused without a look behind it. */
static void cut_forms_stay_inside(void **state)
{
    (void)state;
    static const char *const forms[] = {"2022-01-11T20:17:00.125+05:00",
                                        "Tue, 11 Jan 2022 20:17:00 +0500 (PKT)", "20220111T201700Z"};
    dsr_arena *arena = dsr_arena_new(0);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        for (size_t len = 0; len <= strlen(forms[i]); len++) {
            char *exact = test_malloc(len + 1);
            memcpy(exact + 1, forms[i], len);
            dsr_moment moment;
            dsr_status status = dsr_moment_parse(arena, (dsr_slice){exact + 1, len}, &moment);
            assert_true(status == DSR_OK || status == DSR_ERR_INPUT);
            assert_true(status != DSR_OK || dsr_moment_is_sound(&moment));
            test_free(exact);
        }
    }
    dsr_arena_drop(arena);
}

static const dsr_moment_parts nothing = {-1, -1, -1, -1, -1, -1, false, 0};

static void parts_that_are_no_date(void **state)
{
    (void)state;
    static const dsr_moment_parts cases[] = {
        {-1, -1, -1, -1, -1, -1, false, 0},     {999, -1, -1, -1, -1, -1, false, 0},
        {3001, 1, 1, -1, -1, -1, false, 0},     {2022, -1, 11, -1, -1, -1, false, 0},
        {2022, 1, -1, 20, -1, -1, false, 0},    {2022, 1, 11, -1, 17, -1, false, 0},
        {2022, 1, 11, 20, -1, 5, false, 0},     {2022, 0, -1, -1, -1, -1, false, 0},
        {2022, 1, 0, -1, -1, -1, false, 0},     {2022, 1, 32, -1, -1, -1, false, 0},
        {2022, 1, 11, 25, -1, -1, false, 0},    {2022, 1, 11, 20, 17, 60, false, 0},
        {2022, -2, -1, -1, -1, -1, false, 0},   {2022, 1, 11, 20, 17, -5, false, 0},
        {2022, 1, 11, 20, 17, 0, true, 841},    {2022, 1, 11, 20, 17, 0, true, -721},
        {INT32_MAX, 1, 1, 0, 0, 0, false, 0},   {INT32_MIN, 1, 1, 0, 0, 0, false, 0},
        {2022, INT32_MAX, 1, 0, 0, 0, true, 0}, {2022, 1, 1, 0, 0, 0, true, INT32_MIN}};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_moment moment = {.earliest = 42};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(dsr_moment_from_parts(arena, &cases[i], &moment), DSR_ERR_INPUT);
    }
    assert_int_equal(moment.earliest, 42);
    dsr_arena_drop(arena);
}

static void a_zone_narrows_a_day(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_moment_parts parts = nothing;
    parts.year = 2022;
    parts.month = 1;
    parts.day = 11;
    parts.has_zone = true;
    parts.zone_minutes = 300;
    dsr_moment moment;
    assert_int_equal(dsr_moment_from_parts(arena, &parts, &moment), DSR_OK);
    assert_string_equal(moment.iso.ptr, "2022-01-11");
    assert_int_equal(moment.earliest, INT64_C(19003) * 86400 - 5 * 3600);
    assert_int_equal(moment.latest - moment.earliest, 86400);
    dsr_arena_drop(arena);
}

/* Every zone, at every full hour of the days around a year's end: the interval is the instant, and is read
 * back. */
static void zones_come_back(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    for (int zone = -720; zone <= 840; zone += 15) {
        for (int hour = 0; hour < 48; hour++) {
            dsr_moment_parts parts = {
                2023 + hour / 24, hour < 24 ? 12 : 1, hour < 24 ? 31 : 1, hour % 24, 30, 15, true, zone};
            dsr_moment moment;
            assert_int_equal(dsr_moment_from_parts(arena, &parts, &moment), DSR_OK);
            int64_t local =
                dsr_days_from_date(parts.year, parts.month, parts.day) * 86400 + parts.hour * 3600 + 1815;
            assert_int_equal(moment.earliest, local - zone * 60);
            assert_int_equal(moment.latest, moment.earliest + 1);
            dsr_moment_parts back;
            assert_true(dsr_moment_parse_parts(moment.iso, &back));
            assert_int_equal(back.zone_minutes, zone);
            assert_int_equal(back.hour, parts.hour);
        }
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
}

static void soundness(void **state)
{
    (void)state;
    assert_true(dsr_moment_is_sound(&(dsr_moment){DSR_SLICE_NONE, 5, -5}));
    dsr_moment moment = {DSR_SLICE("2022-01-11"), 1641895200, 1641988800};
    assert_true(dsr_moment_is_sound(&moment));
    moment.latest = moment.earliest;
    assert_false(dsr_moment_is_sound(&moment));
    moment.latest = INT64_MAX;
    assert_false(dsr_moment_is_sound(&moment));
    moment = (dsr_moment){DSR_SLICE("2022-01-11"), INT64_MIN, 0};
    assert_false(dsr_moment_is_sound(&moment));
    static const char *const not_written[] = {
        "",      "20220111",    "2022-01-11 20:17",         "2022-02-30", "2022-01-11T20:17:00+0500",
        " 2022", "11 Jan 2022", "2022-01-11T20:17:00+00:00"};
    for (size_t i = 0; i < sizeof not_written / sizeof *not_written; i++) {
        moment = (dsr_moment){dsr_slice_of(not_written[i]), 1641895200, 1641988800};
        assert_false(dsr_moment_is_sound(&moment));
    }
}

static void instants_are_written_in_utc(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        const char *text;
    } cases[] = {{0, "1970-01-01T00:00:00Z"},         {-1, "1969-12-31T23:59:59Z"},
                 {-86400, "1969-12-31T00:00:00Z"},    {1641914220, "2022-01-11T15:17:00Z"},
                 {INT64_MAX, "9999-12-31T23:59:59Z"}, {INT64_MIN, "0000-01-01T00:00:00Z"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[24];
        dsr_moment_format_utc(cases[i].seconds, text);
        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_dates_agree),
        cmocka_unit_test(known_days),
        cmocka_unit_test(forms_that_are_read),
        cmocka_unit_test(what_is_no_date),
        cmocka_unit_test(cut_forms_stay_inside),
        cmocka_unit_test(the_length_has_a_limit),
        cmocka_unit_test(parts_that_are_no_date),
        cmocka_unit_test(a_zone_narrows_a_day),
        cmocka_unit_test(zones_come_back),
        cmocka_unit_test(soundness),
        cmocka_unit_test(instants_are_written_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
