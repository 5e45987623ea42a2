/* The page of a story. */
#include "made.h"

#include <stdio.h>
#include <string.h>

static const char wire[] = "Ferry runs aground off Norrholm\n\nA ferry with 140 people ran aground off "
                           "Norrholm on Tuesday, the coast guard said.\n\n"
                           "There was no sign of a leak.\n\nThe Meridian News Agency is a cooperative.";
static const char edited[] = "Ferry grounded\n\nA ferry with about 140 people ran aground off Norrholm on "
                             "Tuesday, the coast guard said.\n\n"
                             "There was no leak.\n\nSource: agencies";
static const char other[] = "Passengers tell of a calm night. \"Nobody was afraid,\" said one of them.";

/* Two reports of one wire, a third of its own. */
static dsr_story *ferry(dsr_arena *arena)
{
    dsr_story *story = dsr_arena_alloc(arena, sizeof *story);
    assert_non_null(story);
    dsr_report *a = made_report(arena, "in/000_a.txt", wire, "2023-03-07T20:17");
    dsr_report *b = made_report(arena, "in/001_b.txt", edited, "2023-03-08");
    dsr_report *c = made_report(arena, "in/002_c.txt", other, "");
    made_furniture(arena, a, "Ferry runs aground off Norrholm", DSR_FURNITURE_HEADLINE);
    made_furniture(arena, a, "The Meridian News Agency is a cooperative.", DSR_FURNITURE_SOURCE_CREDIT);
    made_furniture(arena, b, "Source: agencies", DSR_FURNITURE_SOURCE_CREDIT);
    made_credit(arena, a, "Meridian News Agency", "MNA");
    made_credit(arena, b, "agencies", "");
    a->meta.outlet = DSR_SLICE("Harbour Post");
    a->meta.agencies.items = dsr_arena_alloc(arena, sizeof(dsr_slice));
    a->meta.agencies.items[a->meta.agencies.count++] = DSR_SLICE("MNA");
    b->meta.outlet = DSR_SLICE("The Inland Paper");
    b->meta.outlet_from = DSR_FROM_INFERRED;
    b->meta.published_from = DSR_FROM_INFERRED;
    b->meta.published_why = DSR_SLICE("\"on Tuesday\"");
    made_add(arena, story, a, "000", 33, 667);
    made_add(arena, story, b, "001", 29, 621);
    made_add(arena, story, c, "002", 13, 0);
    story->headline = DSR_SLICE("Ferry runs aground off Norrholm");
    dsr_reuse *reuse = made_reuse(arena, story, 0, 1);
    reuse->direction = DSR_DIRECTION_COMMON_SOURCE;
    reuse->wire = DSR_SLICE("MNA");
    reuse->why = DSR_SLICE("000 credits MNA.");
    dsr_passage *p = made_passage(
        arena, reuse, a,
        "A ferry with 140 people ran aground off Norrholm on Tuesday, the coast guard said.\n\n"
        "There was no sign of a leak.",
        b,
        "A ferry with about 140 people ran aground off Norrholm on Tuesday, the coast guard said.\n\n"
        "There was no leak.");
    uint32_t at = made_find(a->text, "140", 0).start, leak = made_find(b->text, "leak", 0).start;
    made_edit_at(arena, p, (dsr_span){at, at}, made_find(b->text, "about", 0), DSR_EDIT_HEDGE);
    made_edit_at(arena, p, made_find(a->text, "sign of a", 0), (dsr_span){leak, leak}, DSR_EDIT_HEDGE);
    return story;
}

/* clang-format off */
static const char ferry_page[] =
    "Ferry runs aground off Norrholm                                                              [000:0]\n"
    "3 reports, 7\xe2\x80\x93" "8 March 2023 (1 without a date); 2 independent texts, for 000 and 001 both carry MNA\xe2\x80\x99s\n"
    "\n"
    "REPORTS    published    outlet              agency      words  copied\n"
    "  000      7 Mar 20:17  Harbour Post        MNA            33  67 % as in 001\n"
    "  001      8 Mar ~      The Inland Paper ?  \xe2\x80\x9c" "agencies\xe2\x80\x9d     29  62 % as in 000\n"
    "  002      \xe2\x80\x93            \xe2\x80\x93                   \xe2\x80\x93              13  \xe2\x80\x93\n"
    "  ~ worked out, not stated: 001 \"on Tuesday\"\n"
    "  ? guessed, not stated\n"
    "\n"
    "WHO COPIED WHOM\n"
    "  MNA \xe2\x94\x80\xe2\x86\x92 000  \xe2\x80\x9cThe Meridian News Agency is a cooperative.\xe2\x80\x9d                                 [000:147]\n"
    "      \xe2\x94\x94\xe2\x86\x92 001  \xe2\x80\x9cSource: agencies\xe2\x80\x9d                                                           [001:126]\n"
    "      000 credits MNA.\n"
    "      20 words in 1 passage: 50 % of 000, 40 % of 001\n"
    "      edited: 2 hedges\n"
    "\n"
    "COPIED TEXT  000 \xe2\x86\x92 001\n"
    "  2 pieces: 2 edited; [-only in 000-] {+only in 001+}; the common source is not compared here, so an\n"
    "    edit may be either outlet's\n"
    "   33 \xe2\x86\x92 16   A ferry with {+about+} 140 people ran aground off Norrholm on Tuesday, the coast guard\n"
    "             said.\n"
    "  117 \xe2\x86\x92 106  There was no [-sign of a-] leak.\n"
    "\n"
    "SOURCES\n"
    "  000  bd0000000000  in/000_a.txt\n"
    "  001  8e0000000000  in/001_b.txt\n"
    "  002  470000000000  in/002_c.txt\n";
/* clang-format on */

static void shows_the_whole_page(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    const char *page = made_page(arena, ferry(arena), (dsr_look){.width = 100});
    check_page(page, 100, false);
    assert_string_equal(page, ferry_page);
    dsr_arena_drop(arena);
}

static void fits_every_width(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    const dsr_story *story = ferry(arena);
    for (unsigned width = 40; width <= 200; width++)
        for (int colour = 0; colour < 2; colour++)
            check_page(made_page(arena, story, (dsr_look){.width = width, .colour = colour == 1}), width,
                       colour == 1);
    const char *narrow = made_page(arena, story, (dsr_look){.width = 40});
    assert_true(has(narrow, "  000  7 Mar 20:17 \xc2\xb7 Harbour Post \xc2\xb7\n      MNA \xc2\xb7 33 words "
                            "\xc2\xb7 67 % as in 001\n"));
    assert_true(has(narrow, "  002  no date \xc2\xb7 13 words\n"));
    assert_string_equal(narrow, made_page(arena, story, (dsr_look){.width = 1}));
    assert_string_equal(made_page(arena, story, (dsr_look){.width = 200}),
                        made_page(arena, story, (dsr_look){.width = 9999}));
    dsr_arena_drop(arena);
}

static void one_report_is_a_short_page(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story story = {.headline = DSR_SLICE("Passengers tell of a calm night."),
                       .headline_is_sentence = true};
    made_add(arena, &story, made_report(arena, "c.txt", other, "2023-03-08"), "c", 13, 0);
    const char *page = made_page(arena, &story, (dsr_look){.width = 60});
    assert_true(has(
        page,
        "Passengers tell of a calm night.                       [c:0]\n1 report, 8 March 2023\n\nREPORTS"));
    assert_null(strstr(page, "COPIED"));
    assert_null(strstr(page, "independent"));
    dsr_arena_drop(arena);
}

/* A title field is metadata, no part of the text: its citation names no place. */
static void a_headline_outside_the_text_has_no_position(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story story = {.headline = DSR_SLICE("Elsewhere")};
    made_add(arena, &story, made_report(arena, "c.txt", other, ""), "c", 13, 0);
    made_add(arena, &story, made_report(arena, "d.txt", "x", ""), "d", 1, 0);
    const char *page = made_page(arena, &story, (dsr_look){.width = 40});
    assert_true(has(
        page, "Elsewhere                            [c]\n2 reports; no text copied from one to\nanother\n"));
    story.headline = DSR_SLICE_NONE;
    page = made_page(arena, &story, (dsr_look){.width = 40});
    assert_true(has(page, "without a headline"));
    dsr_arena_drop(arena);
}

static void says_how_many_texts_are_independent(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story story = {.headline = DSR_SLICE("x")};
    char handle[12][8];
    for (unsigned i = 0; i < 12; i++) {
        (void)snprintf(handle[i], sizeof handle[i], "r%u", i);
        made_add(arena, &story, made_report(arena, "f", "x y z", ""), handle[i], 3, 0);
    }
    for (uint32_t i = 0; i < 5; i++) /* r0 to r5 are tied in a chain, r7 and r9 by a wire */
        made_reuse(arena, &story, i, i + 1);
    made_reuse(arena, &story, 7, 9)->wire = DSR_SLICE("MNA");
    const char *page = made_page(arena, &story, (dsr_look){.width = 200});
    assert_true(has(page, "12 reports; 6 independent texts, for r0, r1, r2 and 3 more are tied by copied "
                          "text, and r7 and r9 both carry MNA\xe2\x80\x99s\n"));
    dsr_arena_drop(arena);
}

/* 50 reports, 1,225 pairs: still a page. */
static void a_large_story_stays_readable(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story story = {.headline = DSR_SLICE("x")};
    char handle[70][8];
    for (unsigned i = 0; i < 70; i++) {
        (void)snprintf(handle[i], sizeof handle[i], "r%02u", i);
        made_add(arena, &story, made_report(arena, "f", "one line of text", ""), handle[i], 4, 1000);
    }
    for (uint32_t i = 0; i < 50; i++)
        for (uint32_t j = i + 1; j < 50; j++) {
            dsr_reuse *reuse = made_reuse(arena, &story, i, j);
            reuse->words = i == 30 && j == 40 ? 900 : 20;
            (void)made_passage(arena, reuse, story.reports.items[i].report, "one line",
                               story.reports.items[j].report, "one line");
        }
    const char *page = made_page(arena, &story, (dsr_look){.width = 100});
    size_t lines = 0;
    for (const char *p = page; *p; p++)
        lines += *p == '\n';
    assert_true(lines < 300);
    assert_true(has(page, "\xe2\x80\xa6 and 1201 more pairs; --all shows them\n"));
    assert_true(has(page, "\xe2\x80\xa6 and 1219 more pairs of copied text; --all shows them\n"));
    assert_true(has(page, "\xe2\x80\xa6 and 10 more; --all shows them\n"));
    assert_true(has(page, "COPIED TEXT  r30 \xe2\x86\x92 r40\n")); /* the largest is not left out */
    assert_true(has(page, "100 % as in r40, r00 +47\n"));
    const char *all = made_page(arena, &story, (dsr_look){.width = 100, .all = true});
    assert_null(strstr(all, "--all"));
    assert_true(has(all, "COPIED TEXT  r48 \xe2\x86\x92 r49\n"));
    dsr_arena_drop(arena);
}

static void years_are_told_where_they_differ(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_story story = {.headline = DSR_SLICE("x")};
    made_add(arena, &story, made_report(arena, "a", "x", "2021-12-31"), "a", 1, 0);
    made_add(arena, &story, made_report(arena, "b", "x", "2022-01-01"), "b", 1, 0);
    const char *page = made_page(arena, &story, (dsr_look){.width = 100});
    assert_true(has(page, "2 reports, 31 December 2021 \xe2\x80\x93 1 January 2022; no text"));
    assert_true(has(page, "  a        31 Dec 2021"));
    dsr_arena_drop(arena);
}

static dsr_slice random_text(dsr_arena *arena, dice *d, unsigned most)
{
    static const char *const bits[] = {"word ",        "the ",
                                       "e\xcc\x81",    "\xe6\x96\xb0\xe8\x81\x9e",
                                       "\n\n",         "averyveryverylongwordwithoutanyend",
                                       "\xc2\xa0",     "\x1b[2J",
                                       "\xe2\x80\x94", "\xf0\x9f\x98\x80 ",
                                       "\xd8\xb9 ",    ", ",
                                       ". ",           "\xe2\x80\xae",
                                       "%s%n",         "\t"};
    dsr_buffer text;
    dsr_slice out;
    dsr_buffer_open(&text, 0);
    for (unsigned i = 1 + roll(d, most); i > 0; i--)
        dsr_buffer_append(&text, dsr_slice_of(bits[roll(d, sizeof bits / sizeof *bits)]));
    assert_int_equal(dsr_arena_copy(arena, dsr_buffer_slice(&text), &out), DSR_OK);
    dsr_buffer_drop(&text);
    return out;
}

/* A place on a character's boundary at or after `from`. */
static uint32_t random_place(dice *d, dsr_slice text, uint32_t from)
{
    size_t span = text.len - from;
    size_t step = roll(d, (unsigned)(span < 60 ? span + 1 : 60));
    size_t at = dsr_utf8_floor(text, from + step);
    return at < from ? from : (uint32_t)at;
}

static dsr_story *random_story(dsr_arena *arena, dice *d)
{
    dsr_story *story = dsr_arena_alloc(arena, sizeof *story);
    static const char *const dates[] = {"", "2022", "2022-01", "2022-01-11", "2021-12-31T10:00:00Z"};
    for (unsigned i = 1 + roll(d, 5); i > 0; i--) {
        dsr_report *report = made_report(arena, "x", "", dates[roll(d, 5)]);
        report->text = random_text(arena, d, 200);
        report->source.path = random_text(arena, d, 6);
        report->meta.outlet = roll(d, 2) ? random_text(arena, d, 8) : DSR_SLICE_NONE;
        report->meta.outlet_from = report->meta.published_from = (dsr_origin)roll(d, 5);
        report->meta.published_why = random_text(arena, d, 8);
        assert_int_equal(DSR_LIST_RESERVE(arena, &report->credits, 1), DSR_OK);
        report->credits.items[report->credits.count++] =
            (dsr_credit){{0, random_place(d, report->text, 0)}, DSR_SLICE_NONE};
        made_add(arena, story, report, random_text(arena, d, 4).ptr, roll(d, 5000), roll(d, 1001));
    }
    for (uint32_t i = 0; i < story->reports.count; i++)
        for (uint32_t j = i + 1; j < story->reports.count; j++) {
            dsr_slice a = story->reports.items[i].report->text, b = story->reports.items[j].report->text;
            dsr_reuse *reuse = made_reuse(arena, story, i, j);
            reuse->direction = (dsr_direction)roll(d, 4);
            reuse->why = random_text(arena, d, 20);
            reuse->wire = roll(d, 2) ? random_text(arena, d, 3) : DSR_SLICE_NONE;
            assert_int_equal(DSR_LIST_RESERVE(arena, &reuse->passages, 1), DSR_OK);
            dsr_passage *p = &reuse->passages.items[reuse->passages.count++];
            *p = (dsr_passage){.from = {0, (uint32_t)a.len}, .to = {0, (uint32_t)b.len}};
            uint32_t at_a = 0, at_b = 0;
            for (unsigned k = roll(d, 12); k > 0; k--) {
                dsr_span from, to;
                from.start = random_place(d, a, at_a);
                from.end = at_a = random_place(d, a, from.start);
                to.start = random_place(d, b, at_b);
                to.end = at_b = random_place(d, b, to.start);
                made_edit_at(arena, p, from, to, (dsr_edit_kind)roll(d, 7));
            }
        }
    story->headline = random_text(arena, d, 60);
    story->headline_from = roll(d, (unsigned)story->reports.count);
    return story;
}

static void random_stories_keep_the_width(void **state)
{
    (void)state;
    dice d = {0x9e3779b97f4a7c15u};
    for (unsigned round = 0; round < 300; round++) {
        dsr_arena *arena = dsr_arena_new(0);
        dsr_story *story = random_story(arena, &d);
        dsr_look look = {.width = 40 + roll(&d, 161), .colour = roll(&d, 2) == 1, .all = roll(&d, 4) == 0};
        check_page(made_page(arena, story, look), look.width, look.colour);
        for (size_t i = 0; i < story->reuse.count; i++)
            check_page(made_pair(arena, story, i, look), look.width, look.colour);
        assert_string_equal(made_page(arena, story, look), made_page(arena, story, look));
        dsr_arena_drop(arena);
    }
}

static void a_full_buffer_is_a_failure(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    const dsr_story *story = ferry(arena);
    for (size_t ceiling = 1; ceiling < sizeof ferry_page - 1; ceiling += 7) {
        dsr_buffer to;
        dsr_buffer_open(&to, ceiling);
        assert_int_equal(dsr_present_story(arena, &to, story, (dsr_look){.width = 100}), DSR_ERR_LIMIT);
        dsr_buffer_drop(&to);
    }
    dsr_buffer to;
    dsr_story none = {.headline = DSR_SLICE("x")};
    dsr_buffer_open(&to, 0);
    assert_int_equal(dsr_present_story(arena, &to, &none, (dsr_look){.width = 100}), DSR_ERR_ARGUMENT);
    dsr_buffer_drop(&to);
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_the_whole_page),
        cmocka_unit_test(fits_every_width),
        cmocka_unit_test(one_report_is_a_short_page),
        cmocka_unit_test(a_headline_outside_the_text_has_no_position),
        cmocka_unit_test(says_how_many_texts_are_independent),
        cmocka_unit_test(a_large_story_stays_readable),
        cmocka_unit_test(years_are_told_where_they_differ),
        cmocka_unit_test(random_stories_keep_the_width),
        cmocka_unit_test(a_full_buffer_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
