/* Dates of publication that nothing states: from a report's own words, and from the reports of its story. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/times.h"
#include "engine/dates.h"
#include "language/language.h"

#include <stdio.h>

typedef struct world {
    dsr_arena *arena;
    dsr_lexicon *lexicon;
} world;

static int world_open(void **state)
{
    static world w;
    dsr_error error;
    dsr_error_clear(&error);
    w.arena = dsr_arena_new(0);
    if (!w.arena || dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &w.lexicon, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return -1;
    }
    *state = &w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    dsr_lexicon_close(w->lexicon);
    dsr_arena_drop(w->arena);
    return 0;
}

static dsr_report *make_report(const world *w, const char *published, const char *text)
{
    dsr_report *report = dsr_arena_alloc(w->arena, sizeof *report);
    assert_non_null(report);
    report->text = dsr_slice_of(text);
    report->meta.language = DSR_SLICE("en");
    if (published) {
        assert_int_equal(dsr_moment_parse(w->arena, dsr_slice_of(published), &report->meta.published),
                         DSR_OK);
        report->meta.published_from = DSR_FROM_TEXT;
    }
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, report), DSR_OK);
    assert_int_equal(dsr_times_find(w->arena, w->lexicon, report), DSR_OK);
    assert_int_equal(dsr_times_resolve(w->arena, report), DSR_OK);
    return report;
}

static void assert_published(const dsr_report *report, const char *iso, dsr_origin from)
{
    assert_int_equal(report->meta.published_from, from);
    assert_true(dsr_slice_equal(report->meta.published.iso, dsr_slice_of(iso)));
    assert_int_equal(report->meta.published_why.len > 0, from == DSR_FROM_INFERRED);
}

/* 11 January 2022 is a Tuesday. */
static const char *const dated = "The envoys met on Tuesday.";

static void weekdays_beside_a_dated_report(void **state)
{
    const world *w = *state;
    static const struct {
        const char *text, *iso;
    } rows[] = {
        {"The envoys briefed allies on Tuesday. They will meet on Wednesday.", "2022-01-11"},
        {"They held talks on Monday. On Wednesday, the council will meet. He repeated it on Tuesday.",
         "2022-01-11"},
        {"They met on Wednesday. The exercises on Tuesday were not linked, he said.", "2022-01-12"},
        {"They met on Monday. They will meet again on Tuesday.", "2022-01-10"},
        {"Nothing tells the day.", "2022-01-11"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dsr_report *story[2] = {make_report(w, "2022-01-11T20:17", dated),
                                make_report(w, NULL, rows[i].text)};
        assert_int_equal(dsr_dates_from_story(w->arena, story, 2), DSR_OK);
        assert_published(story[0], "2022-01-11T20:17", DSR_FROM_TEXT);
        assert_published(story[1], rows[i].iso, DSR_FROM_INFERRED);
    }
}

/* A report that tells no day is of the day on which the others have what happened at its place. */
static void the_day_of_the_event(void **state)
{
    const world *w = *state;
    static const char *const told = "The envoys met on Tuesday. They held talks on Monday in Berne. "
                                    "At Monday\xe2\x80\x99s talks in Berne little was said. "
                                    "They spoke in Graz on Sunday and in Graz on Monday.";
    static const struct {
        const char *text, *iso;
    } rows[] = {
        {"The talks began at a house in Berne. It was cold.", "2022-01-10"},
        {"Talks begin. The envoys sat down in Berne for hours.", "2022-01-10"},
        {"They spoke in Graz.", "2022-01-11"},  /* two days */
        {"They spoke in Turin.", "2022-01-11"}, /* not told of */
        {"In 2014 they held talks in Berne.", "2022-01-11"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dsr_report *story[2] = {make_report(w, "2022-01-11", told), make_report(w, NULL, rows[i].text)};
        assert_int_equal(dsr_dates_from_story(w->arena, story, 2), DSR_OK);
        assert_published(story[1], rows[i].iso, DSR_FROM_INFERRED);
    }
}

static void times_are_resolved_again(void **state)
{
    const world *w = *state;
    dsr_report *story[2] = {make_report(w, NULL, "They met on Tuesday."),
                            make_report(w, "2022-01-11", dated)};
    assert_true(dsr_slice_equal(story[0]->times.items[0].value, DSR_SLICE("XXXX-WXX-2")));
    assert_int_equal(dsr_dates_from_story(w->arena, story, 2), DSR_OK);
    assert_true(dsr_slice_equal(story[0]->times.items[0].value, DSR_SLICE("2022-01-11")));
}

static void the_order_of_reports_does_not_matter(void **state)
{
    const world *w = *state;
    static const char *const dates[] = {"2022-01-11", "2022-01-13", NULL, "2022-01-12", NULL};
    dsr_report *one[5], *other[5];
    for (size_t i = 0; i < 5; i++) {
        one[i] = make_report(w, dates[i], "They met on Wednesday.");
        other[4 - i] = make_report(w, dates[i], "They met on Wednesday.");
    }
    assert_int_equal(dsr_dates_from_story(w->arena, one, 5), DSR_OK);
    assert_int_equal(dsr_dates_from_story(w->arena, other, 5), DSR_OK);
    for (size_t i = 0; i < 5; i++) {
        assert_true(dsr_slice_equal(one[i]->meta.published.iso, other[4 - i]->meta.published.iso));
    }
    /* Twice gives the same as once. */
    assert_int_equal(dsr_dates_from_story(w->arena, one, 5), DSR_OK);
    assert_published(one[2], "2022-01-12", DSR_FROM_INFERRED);
}

static void without_a_dated_report_nothing_is_guessed(void **state)
{
    const world *w = *state;
    dsr_report *story[2] = {make_report(w, NULL, dated), make_report(w, NULL, dated)};
    assert_int_equal(dsr_dates_from_story(w->arena, story, 2), DSR_OK);
    assert_null(story[0]->meta.published.iso.ptr);
    assert_int_equal(story[0]->meta.published_from, DSR_FROM_UNKNOWN);
}

static void own_words(void **state)
{
    const world *w = *state;
    static const struct {
        const char *text, *iso;
    } rows[] = {
        {"The envoys met on Tuesday, January 11, 2022, and parted.", "2022-01-11"},
        {"Russia took it on 18 March 2014.", NULL}, /* it may be long past */
        {"They will meet on Tuesday, January 18, 2022.", NULL},
        {"The envoys met on Tuesday.", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dsr_report *report = make_report(w, NULL, rows[i].text);
        assert_int_equal(dsr_dates_from_words(w->arena, report), DSR_OK);
        if (rows[i].iso) {
            assert_published(report, rows[i].iso, DSR_FROM_INFERRED);
        } else {
            assert_null(report->meta.published.iso.ptr);
        }
    }
}

static void by_id(void **state)
{
    const world *w = *state;
    dsr_inferred_dates dates = {NULL, 0, 0};
    for (uint8_t i = 0; i < 100; i++) {
        dsr_report *report = make_report(w, "2022-01-11", dated);
        report->meta.published_from = i % 2 ? DSR_FROM_INFERRED : DSR_FROM_TEXT;
        report->id.bytes[3] = (uint8_t)(7 * i);
        assert_int_equal(dsr_inferred_dates_note(&dates, report), DSR_OK);
    }
    assert_int_equal(dates.count, 50);
    dsr_inferred_dates_sort(&dates);
    for (uint8_t i = 0; i < 100; i++) {
        dsr_report *report = make_report(w, NULL, dated);
        report->id.bytes[3] = (uint8_t)(7 * i);
        assert_int_equal(dsr_inferred_dates_apply(&dates, w->arena, report), DSR_OK);
        assert_int_equal(report->meta.published.iso.ptr != NULL, i % 2);
    }
    dsr_inferred_dates_clear(&dates);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekdays_beside_a_dated_report),
        cmocka_unit_test(the_day_of_the_event),
        cmocka_unit_test(times_are_resolved_again),
        cmocka_unit_test(the_order_of_reports_does_not_matter),
        cmocka_unit_test(without_a_dated_report_nothing_is_guessed),
        cmocka_unit_test(own_words),
        cmocka_unit_test(by_id),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
