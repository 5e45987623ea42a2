/* Figures: numbers as texts write them, what is a figure, its bounds, hedge, unit and thing. */
#include "measured.h"

static void append_number(dsr_buffer *to, bool known, dsr_decimal value)
{
    if (known) {
        dsr_decimal_write(to, value);
    } else {
        dsr_buffer_append_char(to, '-');
    }
}

static const char *take(const world *w, dsr_buffer *all)
{
    dsr_slice copy;
    assert_int_equal(dsr_arena_copy(w->arena, dsr_buffer_slice(all), &copy), DSR_OK);
    dsr_buffer_drop(all);
    return copy.ptr ? copy.ptr : "";
}

/* "words value low high approx unit [thing]; ..." */
static const char *join(const world *w, const dsr_report *report)
{
    dsr_buffer all;
    dsr_buffer_open(&all, 0);
    for (size_t i = 0; i < report->figures.count; i++) {
        const dsr_figure *f = &report->figures.items[i];
        dsr_slice text = dsr_slice_part(report->text, f->span.start, f->span.end);
        dsr_slice thing = dsr_slice_part(report->text, f->thing.start, f->thing.end);
        dsr_buffer_append_format(&all, "%s%.*s: ", i ? "; " : "", DSR_PRINT(text));
        append_number(&all, f->has_value, f->value);
        dsr_buffer_append_char(&all, ' ');
        append_number(&all, f->has_low, f->low);
        dsr_buffer_append_char(&all, ' ');
        append_number(&all, f->has_high, f->high);
        dsr_buffer_append_format(&all, " %s%s%.*s [%.*s]", dsr_approx_name(f->approx), f->unit.len ? " " : "",
                                 DSR_PRINT(f->unit), DSR_PRINT(thing));
    }
    return take(w, &all);
}

typedef struct row {
    const char *text, *expected;
} row;

static void check_rows(const world *w, const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        dsr_report *report = make_report(w, "2022-01-11", rows[i].text);
        assert_int_equal(find_all(w, report), DSR_OK);
        if (strcmp(join(w, report), rows[i].expected) != 0) {
            fprintf(stderr, "%s\n", rows[i].text);
        }
        assert_string_equal(join(w, report), rows[i].expected);
        assert_true(dsr_report_is_sound(report, NULL));
    }
}
#define CHECK_ROWS(rows) check_rows(*state, (rows), sizeof(rows) / sizeof *(rows))

static void what_is_counted(void **state)
{
    static const row rows[] = {
        {"They lost by 12 points short of it.", "12: 12 - - exact [points]"},
        {"They saw 12 short films there.", "12: 12 - - exact [short films]"},
        {"It takes 90 percent of the island\xe2\x80\x99s trade with them.",
         "90 percent: 90 - - exact percent [island\xe2\x80\x99s trade]"},
        {"It held 12 sailors; none of the 12 was hurt.",
         "12: 12 - - exact [sailors]; 12: 12 - - exact [sailors]"},
        {"It held 12 sailors; none of the 13 was hurt.", "12: 12 - - exact [sailors]; 13: 13 - - exact []"},
        {"It held 12 sailors; they paid 12.", "12: 12 - - exact [sailors]; 12: 12 - - exact []"},
    };
    CHECK_ROWS(rows);
}

static void ranges_of_sums_and_shared_powers(void **state)
{
    static const row rows[] = {
        {"They paid \xc2\xa3"
         "10m-\xc2\xa3"
         "12m for it.",
         "\xc2\xa3"
         "10m-\xc2\xa3"
         "12m: - 10000000 12000000 range Pound []"},
        {"It cost $3 to $5 million.", "$3 to $5 million: - 3000000 5000000 range Dollar []"},
        {"It cost between $3 and $5 million.",
         "between $3 and $5 million: - 3000000 5000000 range Dollar []"},
        {"It cost $3 million to $5 million.", "$3 million to $5 million: - 3000000 5000000 range Dollar []"},
        {"It rose from $3 million to $5 million.",
         "$3 million: 3000000 - - exact Dollar []; $5 million: 5000000 - - exact Dollar []"},
        {"Sums ranging from $3 million to $5 million.",
         "from $3 million to $5 million: - 3000000 5000000 range Dollar []"},
        {"It cost $900 to $5 thousand.", "$900 to $5 thousand: - 900 5000 range Dollar []"},
        {"about 2 to 3 million people", "about 2 to 3 million: - 2000000 3000000 range [people]"},
        {"He fired two or three shots.", "two or three: - 2 3 range [shots]"},
        {"About 5-6,000 people came.", "About 5-6,000: - 5000 6000 range [people]"},
        {"Between 50 and 6,000 people came.", "Between 50 and 6,000: - 50 6000 range [people]"},
        {"It is 12m long.", "12m: 12 - - exact Meter [long]"},
    };
    CHECK_ROWS(rows);
}

static void names_and_dates_with_numbers(void **state)
{
    static const row rows[] = {
        {"It lasted from 1989 to 1993 in the town.", ""},
        {"Since the 9/11 attacks much has changed.", ""},
        {"1/2 of the crew and 2 1/2 tonnes", "1/2: 0.5 - - exact [crew]; 2 1/2 tonnes: 2.5 - - exact Ton []"},
        {"Leaders of the Group of 20 met.", ""},
        {"A group of 20 boys met.", "20: 20 - - exact [boys]"},
        {"Cyclone 4 hit the coast.", ""},
        {"Zoltan 4 times hit the post.", "4: 4 - - exact [times hit]"},
        {"She scored in the second half.", ""},
        {"Half of the crew fell ill.", "Half: 0.5 - - exact [crew]"},
        {"A 20-something came.", ""},
        {"It has two more than the one hundred ships.", "one hundred: 100 - - exact [ships]"},
        {"In the flood 1990 people died.", "1990: 1990 - - exact [people]"},
        {"In 1990 people died.", ""},
    };
    CHECK_ROWS(rows);
}

static void told_for_a_day(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {{"As of Monday, 45 people had died.", "2022-01-10"},
                {"The town had 12,000 residents in 2014.", "2014"},
                {"They told the club's 30 members on Monday.", ""},
                {"They told the club\xe2\x80\x99s 30 members on Monday.", ""},
                {"Fires hurt 20 people between March 2015 and May 2016.", ""},
                {"Since 2014 the war has killed 14,000 people.", ""},
                {"The firm, founded in 1990, has 300 branches.", ""},
                {"They meet on Friday, when envoys of the 30 states arrive.", ""},
                {"After seven hours of talks in Berne on Monday, they rose.", "2022-01-10"},
                {"It rained on Monday, said Ann, and 20 homes are wet.", ""},
                {"Two ships sank on Friday; 20 men fled.", "2022-01-07"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dsr_report *report = make_report(*state, "2022-01-11", rows[i].text);
        assert_int_equal(find_all(*state, report), DSR_OK);
        dsr_figures_set_as_of(report);
        assert_true(report->figures.count > 0);
        if (!dsr_slice_equal(report->figures.items[0].as_of, dsr_slice_of(rows[i].expected))) {
            fprintf(stderr, "%s: %.*s\n", rows[i].text, DSR_PRINT(report->figures.items[0].as_of));
            fail();
        }
    }
}

static void hedges(void **state)
{
    static const row rows[] = {
        {"More than 13,000 people died.", "More than 13,000: 13000 13000 - more_than [people]"},
        {"over 14,000 people", "over 14,000: 14000 14000 - more_than [people]"},
        {"some 100,000 troops", "some 100,000: 100000 - - about [troops]"},
        {"about 100,000 troops", "about 100,000: 100000 - - about [troops]"},
        {"Nearly 90 homes burnt.", "Nearly 90: 90 - 90 nearly [homes burnt]"},
        {"at least three soldiers", "at least three: 3 3 - at_least [soldiers]"},
        {"up to 700 contract workers", "up to 700: 700 - 700 up_to [contract workers]"},
        {"fewer than 40 ships", "fewer than 40: 40 - 40 less_than [ships]"},
        {"500 or more boats", "500 or more: 500 500 - at_least [boats]"},
        {"dozens of villages", "dozens: - 24 99 dozens [villages]"},
        {"hundreds of thousands of people", "hundreds of thousands: - 200000 999999 dozens [people]"},
        {"thousands of refugees", "thousands: - 2000 9999 dozens [refugees]"},
        {"between 5 and 10 boats", "between 5 and 10: - 5 10 range [boats]"},
        {"5-10 people", "5-10: - 5 10 range [people]"},
    };
    CHECK_ROWS(rows);
}

static void measures(void **state)
{
    static const row rows[] = {
        {"It cost $1.5 million.", "$1.5 million: 1500000 - - exact Dollar []"},
        {"They paid 323 million euros.", "323 million euros: 323000000 - - exact EUR []"},
        {"US$ 10 billion in debt", "US$ 10 billion: 10000000000 - - exact USD []"},
        {"Sales rose 4.8 percent.", "4.8 percent: 4.8 - - exact percent []"},
        {"about 30% of voters", "about 30%: 30 - - about percent [voters]"},
        {"a town 17 km away", "17 km: 17 - - exact Kilometer []"},
        {"a 90-year-old woman", "90-year-old: 90 - - exact Year [woman]"},
        {"more than seven hours of talks", "more than seven hours: 7 7 - more_than [hours of talks]"},
        {"two draft treaties", "two: 2 - - exact [draft treaties]"},
        {"30 NATO members", "30: 30 - - exact [NATO members]"},
        {"a dozen boats", "a dozen: 12 - - exact [boats]"},
    };
    CHECK_ROWS(rows);
}

static void what_is_no_figure(void **state)
{
    static const row rows[] = {
        {"Stay tuned with 24 News today.", ""},
        {"On 11 January 2022 and in 2014, on Jan. 5, at 10:35 a.m.", ""},
        {"Version 2 of Flight 93, No. 10, Article 5", ""},
        {"They won 3-1 on the M25 in an F-16.", ""},
        {"Call 555-0142 or 192.168.1.2, dated 5/17/2018.", ""},
        {"The one you know is the first and the second.", ""},
        {"10 Downing Street", ""},
        {"a two-year deal", ""},
        {"See https://example.org/30%20people/5 for it.", ""},
    };
    CHECK_ROWS(rows);
}

static const char *join_numbers(const world *w, const char *text)
{
    dsr_report *report = make_report(w, NULL, text);
    dsr_measures measures = {NULL, 0, 0};
    dsr_buffer all;
    dsr_span whole = {0, (uint32_t)report->text.len};
    assert_int_equal(dsr_measures_list(w->arena, w->lexicon, report, whole, &measures), DSR_OK);
    dsr_buffer_open(&all, 0);
    for (size_t i = 0; i < measures.count; i++) {
        if (measures.items[i].model == DSR_MEASURE_NUMBER) {
            dsr_buffer_append(&all, dsr_slice_of(all.len ? " " : ""));
            dsr_decimal_write(&all, measures.items[i].value);
        }
    }
    return take(w, &all);
}

static void numbers_as_written(void **state)
{
    static const row rows[] = {
        {"1,234,567.89", "1234567.89"},
        {"1 234 567.89", "1234567.89"},
        {"12,34,567.89", "1234567.89"},
        {"1.111,11", "1111.11"},
        {"22,24,26", "22 24 26"},
        {"5/17/2018", "5 17 2018"},
        {"2 1/4 and \xc2\xbd", "2.25 0.5"},
        {"1.3e6 6.23x10^-4", "1300000 0.000623"},
        {"two hundred and five", "205"},
        {"twenty-one trillion three hundred", "21000000000300"},
        {"one hundred and three quarters", "100.75"},
        {"one hundred and thirty fifths", "26"},
        {"one and a half million", "1500000"},
        {"3 million and a half", "3500000"},
        {"two thirds of a million", "666666.666666667"},
        {"nought point nought three", "0.03"},
        {"3 hundred and 2 hundred", "300 200"},
        {"minus five point five", "-5.5"},
        {"10k 10 bln", "10000 10000000000"},
        {"6 crore and two hundred", "60000200"},
        {"The one you mean", ""},
    };
    world *w = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(join_numbers(w, rows[i].text), rows[i].expected);
    }
}

static void large_and_long_numbers(void **state)
{
    world *w = *state;
    assert_string_equal(join_numbers(w, repeat(w, "9", 100)), "999999999999999999e82");
    static const char *const pieces[] = {
        "1,", "1,234",         "1 000 ",         "one hundred and ", "more than ",
        "$",  "5 ft 2 in ",    "between 5 and ", "one over ",        "hundred thousand million ",
        "-",  "ten point one "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        dsr_report *report = make_report(w, "2022-01-11", repeat(w, pieces[i], 10000));
        assert_int_equal(find_all(w, report), DSR_OK);
        assert_true(dsr_report_is_sound(report, NULL));
        (void)join_numbers(w, repeat(w, pieces[i], 10000));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_counted),
        cmocka_unit_test(ranges_of_sums_and_shared_powers),
        cmocka_unit_test(names_and_dates_with_numbers),
        cmocka_unit_test(told_for_a_day),
        cmocka_unit_test(hedges),
        cmocka_unit_test(measures),
        cmocka_unit_test(what_is_no_figure),
        cmocka_unit_test(numbers_as_written),
        cmocka_unit_test(large_and_long_numbers),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
