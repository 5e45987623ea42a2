/* Times: what is one, how far it reaches, which day it is. */
#include "measured.h"

/* "words=value; words=value" of everything that was found. */
static const char *join(const world *w, const dsr_report *report)
{
    dsr_buffer all;
    dsr_buffer_open(&all, 0);
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        dsr_slice text = dsr_slice_part(report->text, time->span.start, time->span.end);
        dsr_buffer_append_format(&all, "%s%.*s=%.*s", i ? "; " : "", DSR_PRINT(text), DSR_PRINT(time->value));
    }
    dsr_slice copy;
    assert_int_equal(dsr_arena_copy(w->arena, dsr_buffer_slice(&all), &copy), DSR_OK);
    dsr_buffer_drop(&all);
    return copy.ptr ? copy.ptr : "";
}

typedef struct row {
    const char *published, *text, *expected;
} row;

static void check_rows(const world *w, const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        dsr_report *report = make_report(w, rows[i].published, rows[i].text);
        assert_int_equal(find_all(w, report), DSR_OK);
        if (strcmp(join(w, report), rows[i].expected) != 0) {
            fprintf(stderr, "%s\n", rows[i].text);
        }
        assert_string_equal(join(w, report), rows[i].expected);
        assert_true(dsr_report_is_sound(report, NULL));
    }
}
#define CHECK_ROWS(rows) check_rows(*state, (rows), sizeof(rows) / sizeof *(rows))

/* 11 January 2022 is a Tuesday. */
static const char tuesday[] = "2022-01-11";

static void weekdays_by_tense(void **state)
{
    static const row rows[] = {
        {tuesday, "The envoys met on Monday in the capital.", "Monday=2022-01-10"},
        {tuesday, "The envoys will meet on Wednesday.", "Wednesday=2022-01-12"},
        {tuesday, "On Thursday, the council will vote.", "Thursday=2022-01-13"},
        {tuesday, "The pool will stay closed until Monday, for it leaks.", "Monday=2022-01-17"},
        {tuesday, "It was closed until Monday.", "Monday=2022-01-10"},
        {tuesday, "It rained. On Wednesday, the ministry insisted on it.", "Wednesday=2022-01-05"},
        {tuesday, "She told the press Tuesday that it was over.", "Tuesday=2022-01-11"},
        {tuesday,
         "A spokesman said talks at the port on Wednesday and a vote in the city on Thursday would show it.",
         "Wednesday=2022-01-12; Thursday=2022-01-13"},
        {tuesday, "He resigned last Friday.", "last Friday=2022-01-07"},
        {tuesday, "They return next Friday.", "next Friday=2022-01-14"},
        {tuesday, "Monday\xe2\x80\x99s talks failed.", "Monday=2022-01-10"},
        {tuesday, "They sat down; the sun shone; we wed.", ""},
        {tuesday, "He said that Monday suited him.", "Monday=2022-01-10"},
    };
    CHECK_ROWS(rows);
}

static void dates_in_words_and_digits(void **state)
{
    static const row rows[] = {
        {tuesday, "It opened on 5 March 2019.", "5 March 2019=2019-03-05"},
        {tuesday, "It opened on March 5, 2019, at noon.", "March 5, 2019=2019-03-05; noon=2019-03-05T12:00"},
        {tuesday, "Signed on 2019-03-05.", "2019-03-05=2019-03-05"},
        {tuesday, "Signed on 19-Nov-12.", "19-Nov-12=2012-11-19"},
        {tuesday, "Friday, Oct. 13, 1989, was a bad day.", "Friday, Oct. 13, 1989=1989-10-13"},
        {tuesday, "In October 1984 it burnt.", "October 1984=1984-10"},
        {tuesday, "the fifth of July 1995", "fifth of July 1995=1995-07-05"},
        {tuesday, "We may march on if they wish; he may go.", ""},
        {tuesday, "It ended in May.", "May=2021-05"},
        {tuesday, "It must end by May.", "May=2022-05"},
        {tuesday, "Dec. 30 was cold.", "Dec. 30=2021-12-30"},
        {tuesday, "The fair opens on Feb. 2.", "Feb. 2=2022-02-02"},
        {"2021-12-28", "The fair opens on Jan. 2.", "Jan. 2=2022-01-02"},
    };
    CHECK_ROWS(rows);
}

static void years_decades_and_what_is_none(void **state)
{
    static const row rows[] = {
        {tuesday, "It has been so since 2014.", "2014=2014"},
        {tuesday, "A 2015 peace deal failed.", "2015=2015"},
        {tuesday, "in the 1990s", "the 1990s=199"},
        {tuesday, "the late '80s", "the late '80s=198"},
        {tuesday, "in the 20th century", "the 20th century=19"},
        {tuesday, "They left in nineteen ninety-six.", "nineteen ninety-six=1996"},
        {tuesday, "About 2000 people came, 1,990 left.", ""},
        {tuesday, "It cost $1990 on Flight 1998.", ""},
        {tuesday, "Model 2000 has 2010 screws and 1999 kg.", ""},
    };
    CHECK_ROWS(rows);
}

static void times_share_their_parts(void **state)
{
    static const row rows[] = {
        {tuesday, "It lasted from January to April 2015.", "January=2015-01; April 2015=2015-04"},
        {tuesday, "It lasted from Nov. 18 to Jan. 2, 2015.", "Nov. 18=2014-11-18; Jan. 2, 2015=2015-01-02"},
        {tuesday, "They met on March 18-19, 2019.", "March 18=2019-03-18; 19, 2019=2019-03-19"},
        {tuesday, "On Oct. 18 and 19 of the sheep fled.", "Oct. 18=2021-10-18"},
        {tuesday, "They met on Oct. 18 and 19.", "Oct. 18=2021-10-18; 19=2021-10-19"},
        {tuesday, "By March 18 and 19 people had left.", "March 18=2022-03-18"},
        {tuesday, "It ran from 9 to 12 of June 2019.", "9=2019-06-09; 12 of June 2019=2019-06-12"},
        {tuesday, "It will run from Sep to Nov and Jan sings.", "Sep=2022-09; Nov=2022-11"},
        {tuesday, "Open 8-9 a.m. and 11 to 2 p.m. today.",
         "8=2022-01-11T08:00; 9 a.m.=2022-01-11T09:00; 11=2022-01-11T11:00; 2 p.m. today=2022-01-11T14:00"},
        {tuesday, "It opens from 10:30 to 3 on 5 March 2019.",
         "10:30=2019-03-05T10:30; 3=2019-03-05T15:00; 5 March 2019=2019-03-05"},
        {tuesday, "It won 10:30 to 3 votes.", "10:30=2022-01-11T10:30"},
        {tuesday, "It ended on Dec. 31, 2024, at 11:59 p.m. EST.",
         "Dec. 31, 2024=2024-12-31; 11:59 p.m. EST=2024-12-31T23:59"},
        {tuesday, "It struck at 10:35 a.m. (0735 GMT) Friday.",
         "10:35 a.m.=2022-01-07T10:35; Friday=2022-01-07"},
        {tuesday, "On Friday, she left her house at 10 a.m. and fell.",
         "Friday=2022-01-07; 10 a.m.=2022-01-07T10:00"},
        {tuesday, "They meet on Friday evening at 8:15.",
         "Friday evening=2022-01-14TEV; 8:15=2022-01-14T20:15"},
    };
    CHECK_ROWS(rows);
}

static void lengths_that_are_dates(void **state)
{
    static const row rows[] = {
        {tuesday, "She will be back in two days.", "two days=2022-01-13"},
        {tuesday, "It is up from $5 million a year ago and costs $5 a year.", "a year ago=2021"},
        {tuesday, "She wrote it in two days.", "two days=P2D"},
        {tuesday, "Back in a fortnight's time.", "a fortnight=2022-01-25"},
        {tuesday, "They return the week after next.", "the week after next=2022-W04"},
        {tuesday, "On 5 March 2019 it rained. It had snowed the day before.",
         "5 March 2019=2019-03-05; the day before=2019-03-04"},
        {tuesday, "The day before his death it rained.", ""},
        {tuesday, "It will last three days.", "three days=P3D"},
        {tuesday, "It took less than 2 hours or more than 4 days.",
         "less than 2 hours=PT2H; more than 4 days=P4D"},
        {tuesday, "Call 555-2015-86 or 2014 or later than 2016.", "2014=2014; 2016=2016"},
        {tuesday, "It is held on weekends and paid quarterly.", "weekends=P1WE; quarterly=P3M"},
        {tuesday, "The quarterly results are in the daily Courier.", ""},
    };
    CHECK_ROWS(rows);
}

static void relative_times(void **state)
{
    static const row rows[] = {
        {tuesday, "They met yesterday evening and meet again tomorrow.",
         "yesterday evening=2022-01-10TEV; tomorrow=2022-01-12"},
        {tuesday, "Sales fell last month but rose this year.", "last month=2021-12; this year=2022"},
        {tuesday, "They meet later this week.", "this week=2022-W02"},
        {tuesday, "It will open early next year.", "early next year=2023"},
        {tuesday, "It burnt down two years ago.", "two years ago=2020"},
        {tuesday, "It closed 10 days ago.", "10 days ago=2022-01-01"},
        {tuesday, "the third quarter of 1984", "the third quarter of 1984=1984-Q3"},
        {tuesday, "Profit in the third quarter of 2021 fell from a year earlier.",
         "the third quarter of 2021=2021-Q3; a year earlier=2020-Q3"},
        {tuesday, "It happened in June 2019. Later that year it rained.",
         "June 2019=2019-06; Later that year=2019"},
        {tuesday, "two days after Christmas and 3 weeks before 5 March 2019",
         "two days=2021-12-27; Christmas=2021-12-25; 3 weeks=2019-W07; 5 March 2019=2019-03-05"},
        {tuesday, "on Monday of last week", "Monday of last week=2022-01-03"},
        {tuesday, "in week 3 of 2027 and Q3 2021", "week 3 of 2027=2027-W03; Q3 2021=2021-Q3"},
        {tuesday, "on Thanksgiving Day and at Easter 2021",
         "Thanksgiving Day=2021-11-25; Easter 2021=2021-04-04"},
        {tuesday, "It is now clear that it was soon after.", "now=PRESENT_REF"},
    };
    CHECK_ROWS(rows);
}

static void lengths_sets_and_clocks(void **state)
{
    static const row rows[] = {
        {tuesday, "They spoke for more than seven hours.", "more than seven hours=PT7H"},
        {tuesday, "a two-year deal", "two-year=P2Y"},
        {tuesday, "It took 2 1/2 years and a minute and a half.",
         "2 1/2 years=P2Y6M; a minute and a half=PT1M30S"},
        {tuesday, "in the past three months", "the past three months=P3M"},
        {tuesday, "for several years", "several years=PXY"},
        {tuesday, "the next three quarters", "the next three quarters=P3Q"},
        {tuesday, "every Thursday and each July, daily",
         "every Thursday=XXXX-WXX-4; each July=XXXX-07; daily=P1D"},
        {tuesday, "at 10:35 a.m. and at 5 p.m. EST, Nov. 6",
         "10:35 a.m.=2022-01-11T10:35; 5 p.m. EST, Nov. 6=2021-11-06T17:00"},
        {tuesday, "at 10 p.m. Monday", "10 p.m. Monday=2022-01-10T22:00"},
        {tuesday, "a 6-year-old boy, 52 years old", ""},
        {tuesday, "three-quarters of it, at $5 a share a year", "a year=P1Y"},
    };
    CHECK_ROWS(rows);
}

static void without_a_date_a_weekday_stays_one(void **state)
{
    static const row rows[] = {
        {NULL, "They met on Monday, in May and on Dec. 24.",
         "Monday=XXXX-WXX-1; May=XXXX-05; Dec. 24=XXXX-12-24"},
        {NULL, "It fell last week, this year and yesterday.",
         "last week=XXXX-WXX; this year=XXXX; yesterday=XXXX-XX-XX"},
        {NULL, "In 2014 it rose; 5 March 2019", "2014=2014; 5 March 2019=2019-03-05"},
        {"2022", "They met on Monday.", "Monday=XXXX-WXX-1"}, /* a year is no day to count from */
    };
    CHECK_ROWS(rows);
}

static void impossible_dates(void **state)
{
    static const row rows[] = {
        {tuesday, "on 31 February 2022", "31 February 2022=2022-02-31"},
        {tuesday, "on 2022-13-45 and 32/40/2022", ""},
        {tuesday, "in 0999 and in 3500", ""},
        {tuesday, "99999999999999999999 years ago", "99999999999999999999 years ago=PAST_REF"},
        {tuesday, "2147483648 weeks ago", "2147483648 weeks ago=PAST_REF"},
        {"1000-01-01", "two hundred years ago", "two hundred years ago="},
        {"3000-12-31", "next year and next week", "next year=; next week="},
    };
    CHECK_ROWS(rows);
    world *w = *state;
    dsr_report *report = make_report(w, tuesday, "on 31 February 2022");
    assert_int_equal(find_all(w, report), DSR_OK);
    assert_int_equal(report->times.items[0].earliest, DSR_NO_DAY);
}

static void intervals(void **state)
{
    world *w = *state;
    dsr_report *report = make_report(w, tuesday, "in 2021, last week, in May, in the past two weeks");
    assert_int_equal(find_all(w, report), DSR_OK);
    assert_int_equal(report->times.count, 4);
    const int32_t first[4] = {
        (int32_t)dsr_days_from_date(2021, 1, 1), (int32_t)dsr_days_from_date(2022, 1, 3),
        (int32_t)dsr_days_from_date(2021, 5, 1), (int32_t)dsr_days_from_date(2021, 12, 28)};
    const int32_t behind[4] = {
        (int32_t)dsr_days_from_date(2022, 1, 1), (int32_t)dsr_days_from_date(2022, 1, 10),
        (int32_t)dsr_days_from_date(2021, 6, 1), (int32_t)dsr_days_from_date(2022, 1, 11)};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(report->times.items[i].earliest, first[i]);
        assert_int_equal(report->times.items[i].latest, behind[i]);
        assert_true(report->times.items[i].why.len > 0);
    }
}

/* What was found once is resolved anew when the date becomes known. */
static void resolves_again(void **state)
{
    world *w = *state;
    dsr_report *report = make_report(w, NULL, "They met on Monday.");
    assert_int_equal(find_all(w, report), DSR_OK);
    assert_string_equal(join(w, report), "Monday=XXXX-WXX-1");
    assert_int_equal(dsr_moment_parse(w->arena, DSR_SLICE("2022-01-11"), &report->meta.published), DSR_OK);
    assert_int_equal(dsr_times_resolve(w->arena, report), DSR_OK);
    assert_string_equal(join(w, report), "Monday=2022-01-10");
}

/* "words=value MOD; ..." */
static const char *join_sides(const world *w, const dsr_report *report)
{
    dsr_buffer all;
    dsr_buffer_open(&all, 0);
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        dsr_slice text = dsr_slice_part(report->text, time->span.start, time->span.end);
        const char *mod = dsr_time_mod_name(time->mod);
        dsr_buffer_append_format(&all, "%s%.*s=%.*s %s", i ? "; " : "", DSR_PRINT(text),
                                 DSR_PRINT(time->value), mod ? mod : "-");
    }
    dsr_slice copy;
    assert_int_equal(dsr_arena_copy(w->arena, dsr_buffer_slice(&all), &copy), DSR_OK);
    dsr_buffer_drop(&all);
    return copy.ptr ? copy.ptr : "";
}

static void check_sides(const world *w, const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        dsr_report *report = make_report(w, rows[i].published, rows[i].text);
        assert_int_equal(find_all(w, report), DSR_OK);
        assert_string_equal(join_sides(w, report), rows[i].expected);
        assert_true(dsr_report_is_sound(report, NULL));
    }
}
#define CHECK_SIDES(rows) check_sides(*state, (rows), sizeof(rows) / sizeof *(rows))

static void open_on_one_side(void **state)
{
    static const row rows[] = {
        {tuesday, "It stood empty before 2012.", "2012=2012 BEFORE"},
        {tuesday, "They moved prior to May 2019, and sold it.", "May 2019=2019-05 BEFORE"},
        {tuesday, "It will open after Thursday.", "Thursday=2022-01-13 AFTER"},
        {tuesday, "It cannot be later than 2020.", "2020=2020 AFTER"},
        {tuesday, "It was no earlier than 2020.", "2020=2020 ON_OR_AFTER"},
        {tuesday, "She has led it since 2014.", "2014=2014 ON_OR_AFTER"},
        {tuesday, "Closed until Friday, it will reopen.", "Friday=2022-01-14 ON_OR_BEFORE"},
        {tuesday, "It will end by 3 p.m. on 5 March 2022.",
         "3 p.m. on 5 March 2022=2022-03-05T15:00 ON_OR_BEFORE"},
        {tuesday, "They must pay no later than Jan. 31, 2022.", "Jan. 31, 2022=2022-01-31 ON_OR_BEFORE"},
        {tuesday, "The vote could be as early as next week.", "next week=2022-W03 ON_OR_AFTER"},
        {tuesday, "From 2023 on, it will be dearer.", "2023=2023 ON_OR_AFTER"},
        {tuesday, "From 2023 onwards it will be dearer.", "2023=2023 ON_OR_AFTER"},
        {tuesday, "Built in 1990 or earlier.", "1990 or earlier=1990 ON_OR_BEFORE"},
        {tuesday, "Built in 1990 or later.", "1990 or later=1990 ON_OR_AFTER"},
        {tuesday, "Return it after the 15th of June 2022.", "15th of June 2022=2022-06-15 AFTER"},
        {tuesday, "It rose most in the post-1959 years and pre-2014 borders.",
         "post-1959=1959 AFTER; pre-2014=2014 BEFORE"},
        {tuesday, "They left more than two years ago.", "more than two years ago=2020 BEFORE"},
        {tuesday, "They left less than two years ago.", "less than two years ago=2020 AFTER"},
        {tuesday, "They left nearly two years ago.", "nearly two years ago=2020 APPROX"},
        {tuesday, "The pier will not open again until June 2023.", "June 2023=2023-06 ON_OR_AFTER"},
        {tuesday, "The ferries won't sail until Friday.", "Friday=2022-01-14 ON_OR_AFTER"},
        {tuesday, "Nobody knew of it until 1995.", "1995=1995 ON_OR_AFTER"},
        {tuesday, "The dam cannot be mended before 2025.", "2025=2025 ON_OR_AFTER"},
        {tuesday, "He did not resign, and stayed until 2019.", "2019=2019 ON_OR_BEFORE"},
        {tuesday, "Two hamlets are without water since Wednesday.", "Wednesday=2022-01-05 ON_OR_AFTER"},
    };
    CHECK_SIDES(rows);
}

static void not_open_to_a_side(void **state)
{
    static const row rows[] = {
        {tuesday, "It stood empty from 2012 to 2014.", "2012=2012 -; 2014=2014 -"},
        {tuesday, "The shop is open from Monday until Friday.", "Monday=2022-01-10 -; Friday=2022-01-14 -"},
        {tuesday, "The shop is open on Friday until 4 p.m.",
         "Friday=2022-01-14 -; 4 p.m=2022-01-14T16:00 ON_OR_BEFORE"},
        {tuesday, "Crowds came after Friday's attack.", "Friday=2022-01-07 -"},
        {tuesday, "Crowds came after 2012 elections.", "2012=2012 -"},
        {tuesday, "Crowds came after the 9 May 2019 parade.", "9 May 2019=2019-05-09 -"},
        {tuesday, "The day after 9 May 2019 it rained.", "9 May 2019=2019-05-09 -"},
        {tuesday, "A letter from 2012 was read.", "2012=2012 -"},
        {tuesday, "From 2012 on the coast it grew.", "2012=2012 -"},
        {tuesday, "It left at the end of 2012.", "the end of 2012=2012 END"},
        {tuesday, "It has been so through the 1990s.", "the 1990s=199 -"},
        {tuesday, "It took more than two years.", "more than two years=P2Y MORE_THAN"},
    };
    CHECK_SIDES(rows);
}

static void digits_weeks_and_hours(void **state)
{
    static const row rows[] = {
        {tuesday, "The report of 12-2015 was late.", "12-2015=2015-12"},
        {tuesday, "The report of 12-2015-7 was late.", ""},
        {tuesday, "Sales grew in FY18 and fell in FY 2019.", "FY18=2018; FY 2019=2019"},
        {tuesday, "It ran on Wed Oct 26 15:50:06 2016 there.",
         "Wed Oct 26=2016-10-26; 15:50:06 2016=2016-10-26T15:50:06"},
        {tuesday, "They talked all week.", "all week=P1W"},
        {tuesday, "They talked all weekly papers down.", "weekly=P1W"},
        {tuesday, "It will happen next Wednesday.", "next Wednesday=2022-01-19"},
        {tuesday, "They showed High Noon there.", ""},
        {tuesday, "The 8:00 morning train left.", "8:00=2022-01-11T08:00"},
        {tuesday, "It left at 8:00 early evening.", "8:00 early evening=2022-01-11T20:00"},
        {"2022-01-11T00:20", "It fell half an hour ago.", "half an hour ago=2022-01-10T23:50"},
        {"2022-01-11T23:20", "It falls two hours from now.", "two hours from now=2022-01-12T01:20"},
        {tuesday, "It fell half an hour ago.", "half an hour ago=2022-01-11"},
        {tuesday, "Or in a week?", "a week=2022-01-18"},
        {tuesday, "In 2019 they won. They lost the next night.", "2019=2019; the next night=XXXX-XX-XXTNI"},
        {tuesday, "They won on 5 March 2019. They lost the next night.",
         "5 March 2019=2019-03-05; the next night=2019-03-06TNI"},
        {tuesday, "In May 2019 they won. They left the following day.",
         "May 2019=2019-05; the following day=XXXX-XX-XX"},
    };
    CHECK_ROWS(rows);
}

static void long_rows_end(void **state)
{
    world *w = *state;
    static const char *const pieces[] = {"12 January 2022 ",
                                         "Monday, ",
                                         "1/2/3/",
                                         "12:30:45:",
                                         "the ",
                                         "last next ",
                                         "2 weeks and 3 days and ",
                                         "more than ",
                                         "one hundred and ",
                                         "'80s ",
                                         "the end of ",
                                         "by no later than ",
                                         "not until 2012 ",
                                         "every ",
                                         "-",
                                         "a year or so ago "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        dsr_report *report = make_report(w, tuesday, repeat(w, pieces[i], 10000));
        assert_int_equal(find_all(w, report), DSR_OK);
        assert_true(dsr_report_is_sound(report, NULL));
        assert_int_equal(i != 0 || report->times.count == 10000, true);
    }
}

static void other_languages_have_none(void **state)
{
    world *w = *state;
    dsr_report *report = make_report(w, tuesday, "on Monday, 5 March 2019, 30 people");
    report->meta.language = DSR_SLICE("de");
    assert_int_equal(find_all(w, report), DSR_OK);
    assert_int_equal(report->times.count + report->figures.count, 0);
}

static void running_out_of_memory(void **state)
{
    world *w = *state;
    bool done = false;
    for (long calls = 0; !done; calls++) {
        dsr_report *report = make_report(w, tuesday, "On Monday more than 13,000 people and 5 March 2019.");
        dsr_arena *arena = dsr_arena_new(64);
        assert_non_null(arena);
        world small = {arena, w->lexicon};
        calls_left = calls;
        dsr_status status = find_all(&small, report);
        done = calls_left > 0;
        calls_left = -1;
        assert_true(done ? status == DSR_OK : status == DSR_OK || status == DSR_ERR_MEMORY);
        report->times.count = report->figures.count = report->sentences.count = 0;
        report->times.items = NULL, report->figures.items = NULL;
        dsr_arena_drop(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekdays_by_tense),
        cmocka_unit_test(dates_in_words_and_digits),
        cmocka_unit_test(years_decades_and_what_is_none),
        cmocka_unit_test(times_share_their_parts),
        cmocka_unit_test(lengths_that_are_dates),
        cmocka_unit_test(relative_times),
        cmocka_unit_test(lengths_sets_and_clocks),
        cmocka_unit_test(without_a_date_a_weekday_stays_one),
        cmocka_unit_test(impossible_dates),
        cmocka_unit_test(intervals),
        cmocka_unit_test(resolves_again),
        cmocka_unit_test(open_on_one_side),
        cmocka_unit_test(not_open_to_a_side),
        cmocka_unit_test(digits_weeks_and_hours),
        cmocka_unit_test(long_rows_end),
        cmocka_unit_test(other_languages_have_none),
        cmocka_unit_test(running_out_of_memory),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
