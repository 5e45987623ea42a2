/* The cast on a page and as JSON: what is shown, and that it stays within its lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "model/json.h"
#include "named.h"
#include "present/present.h"

static named_world world;
static dsr_story story;

static int set_up(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Transport Minister {PER Halina Dorosh} met the {ORG Lantern Makers and Wick Trimmers Guild of Outer "
        "Orvane} "
        "({ORG LMG}) in {GPE Kiev}.",
        "Transport Minister {PER Galina Dorosh}, who has led the ministry for eleven long years without a "
        "single day of "
        "leave, left {GPE Kyiv}. {PER Dorosh} slept. A {PER \xe6\x9d\x8e\xe5\xa8\x9c} came."};
    static const char *const handles[] = {"000", "001"};
    if (!named_open(&world)) {
        return -1;
    }
    memset(&story, 0, sizeof story);
    if (DSR_LIST_RESERVE(world.arena, &story.reports, 2) != DSR_OK) {
        return -1;
    }
    for (size_t i = 0; i < 2; i++) {
        dsr_report *report = named_report(&world, texts[i]);
        if (report == NULL) {
            return -1;
        }
        report->id.bytes[0] = (uint8_t)(i + 1);
        story.reports.items[story.reports.count++] =
            (dsr_story_report){.report = report, .handle = dsr_slice_of(handles[i])};
    }
    story.headline = DSR_SLICE("Minister leaves");
    return dsr_cast_make(world.entities, world.arena, &story) == DSR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    named_close(&world);
    return 0;
}

static void lines_stay_within_the_page(void **state)
{
    (void)state;
    for (unsigned width = 40; width <= 200; width += 7) {
        dsr_buffer page;
        dsr_buffer_open(&page, 0);
        dsr_look look = {.width = width};
        assert_int_equal(dsr_present_cast(world.arena, &page, &story, look), DSR_OK);
        dsr_slice rest = dsr_buffer_slice(&page);
        dsr_slice line;
        while (dsr_slice_next_line(&rest, &line)) {
            assert_true(dsr_utf8_columns(line) <= width);
        }
        dsr_buffer_drop(&page);
    }
}

static void shows_roles_spellings_and_places(void **state)
{
    (void)state;
    dsr_buffer page;
    dsr_buffer_open(&page, 0);
    dsr_look look = {.width = 100};
    assert_int_equal(dsr_present_cast(world.arena, &page, &story, look), DSR_OK);
    dsr_slice shown = dsr_buffer_slice(&page);
    static const char *const wanted[] = {"CAST",    "Transport Minister", "Halina Dorosh", "Galina Dorosh",
                                         "[000:0]", "Kiev 000",           "Kyiv 001",      "names, "};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_true(dsr_slice_find(shown, dsr_slice_of(wanted[i]), 0) != SIZE_MAX);
    }
    /* A surname beside the full name is no spelling. */
    assert_true(dsr_slice_find(shown, DSR_SLICE("\xc2\xb7 Dorosh"), 0) == SIZE_MAX);
    dsr_buffer_drop(&page);
}

static void writes_code_points(void **state)
{
    (void)state;
    dsr_buffer json;
    dsr_buffer_open(&json, 0);
    dsr_cast_write_json(world.arena, &json, &story);
    assert_int_equal(json.status, DSR_OK);
    dsr_slice written = dsr_buffer_slice(&json);
    static const char role[] =
        "\"text\":\"Transport "
        "Minister\",\"report\":\"01000000000000000000000000000000\",\"start\":0,\"end\":18";
    static const char *const wanted[] = {"\"schema\":\"dossier.cast/1\"",
                                         "\"why\":\"spellings of one name; the role agrees\"", role};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_true(dsr_slice_find(written, dsr_slice_of(wanted[i]), 0) != SIZE_MAX);
    }
    dsr_buffer_drop(&json);
}

static void a_story_without_a_cast_shows_none(void **state)
{
    (void)state;
    dsr_story empty = story;
    memset(&empty.cast, 0, sizeof empty.cast);
    dsr_buffer page;
    dsr_buffer_open(&page, 0);
    dsr_look look = {.width = 80};
    assert_int_equal(dsr_present_cast(world.arena, &page, &empty, look), DSR_OK);
    assert_true(dsr_slice_find(dsr_buffer_slice(&page), DSR_SLICE("CAST"), 0) == SIZE_MAX);
    dsr_buffer_drop(&page);
    memset(&empty.reports, 0, sizeof empty.reports);
    dsr_buffer_open(&page, 0);
    assert_int_equal(dsr_present_cast(world.arena, &page, &empty, look), DSR_ERR_ARGUMENT);
    dsr_buffer_drop(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_stay_within_the_page), cmocka_unit_test(shows_roles_spellings_and_places),
        cmocka_unit_test(writes_code_points), cmocka_unit_test(a_story_without_a_cast_shows_none)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
