/* The view of `read`. */
#include "made.h"

#include <string.h>

static const char text[] =
    "Ferry runs aground\nBy Ann Moor\n\nA ferry ran aground off Norrholm. Share this\n\n\xc3\x89lan vital.\n";

static dsr_report *ferry(dsr_arena *arena)
{
    dsr_report *report = made_report(arena, "in/000_a.txt", text, "2023-03-07");
    made_furniture(arena, report, "Ferry runs aground", DSR_FURNITURE_HEADLINE);
    made_furniture(arena, report, "By Ann Moor", DSR_FURNITURE_BYLINE);
    made_furniture(arena, report, "Share this", DSR_FURNITURE_SHARE);
    report->meta.headline = DSR_SLICE("Ferry runs aground");
    report->meta.headline_from = DSR_FROM_TEXT;
    report->meta.published_from = DSR_FROM_OPTION;
    report->meta.published_why = DSR_SLICE("--published");
    report->source.format = DSR_SLICE("text");
    assert_int_equal(dsr_report_warn(arena, report, "a date was \033 not read"), DSR_OK);
    return report;
}

static const char *view(dsr_arena *arena, const dsr_report *report, dsr_look look)
{
    dsr_buffer to;
    dsr_slice page;
    dsr_buffer_open(&to, 0);
    assert_int_equal(dsr_present_report(arena, &to, report, look), DSR_OK);
    assert_int_equal(dsr_arena_copy(arena, dsr_buffer_slice(&to), &page), DSR_OK);
    dsr_buffer_drop(&to);
    return page.ptr;
}

static void shows_furniture_in_its_place(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    const char *page = view(arena, ferry(arena), (dsr_look){.width = 80});
    check_page(page, 80, false);
    assert_true(has(
        page, "in/000_a.txt\n  id             5b000000000000000000000000000000\n  format         text\n"));
    assert_true(has(page, "  headline       Ferry runs aground (stated in its text)\n"));
    assert_true(
        has(page, "  published      2023-03-07 (given with the call)\n                 --published\n"));
    assert_true(has(page, "  warning        a date was \xef\xbf\xbd not read\n"));
    assert_true(has(
        page, "  headline       Ferry runs aground                                      [000:0]\n"
              "  byline         By Ann Moor                                            [000:19]\n"
              "                 A ferry ran aground off Norrholm.                      [000:32]\n"
              "  share          Share this                                             [000:66]\n"
              "                 \xc3\x89lan vital.                                            [000:78]\n"));
    dsr_arena_drop(arena);
}

static void fits_every_width(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report *report = ferry(arena);
    report->source.url = DSR_SLICE(
        "https://example.org/a/very/long/address/that/goes/on/and/on/and/never/has/a/blank/in/it/at/all");
    for (unsigned width = 40; width <= 200; width += 3)
        check_page(view(arena, report, (dsr_look){.width = width, .colour = true}), width, true);
    assert_true(
        has(view(arena, report, (dsr_look){.width = 40}), "  byline: By Ann Moor           [000:19]\n"));
    dsr_arena_drop(arena);
}

static void an_empty_text_is_no_trouble(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report *report = made_report(arena, "-", "", "");
    const char *page = view(arena, report, (dsr_look){.width = 80});
    assert_true(has(page, "  published      not known\n"));
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_furniture_in_its_place),
        cmocka_unit_test(fits_every_width),
        cmocka_unit_test(an_empty_text_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
