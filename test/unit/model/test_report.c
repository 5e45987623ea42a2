/* Warnings, and the way from a character back to the bytes of the source. */
#include "base/limits.h"
#include "make_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void warnings_are_kept_in_order_and_once(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report("text");
    assert_int_equal(dsr_report_warn(arena, &report, "line %d: %s", 7, "no date"), DSR_OK);
    assert_int_equal(dsr_report_warn(arena, &report, "second"), DSR_OK);
    assert_int_equal(dsr_report_warn(arena, &report, "line 7: no date"), DSR_OK);
    assert_int_equal(dsr_report_warn(arena, &report, "%s", ""), DSR_OK);
    assert_int_equal(report.warnings.count, 3);
    assert_string_equal(report.warnings.items[0].ptr, "line 7: no date");
    assert_int_equal(report.warnings.items[0].len, 15);
    assert_string_equal(report.warnings.items[1].ptr, "second");
    assert_int_equal(report.warnings.items[2].len, 0);
    dsr_arena_drop(arena);
}

static void a_long_warning_is_whole(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report("text");
    assert_int_equal(dsr_report_warn(arena, &report, "%05000d", 1), DSR_OK);
    assert_int_equal(report.warnings.items[0].len, 5000);
    dsr_arena_drop(arena);
}

static void past_the_limit_the_last_says_so(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_plain_report("text");
    for (int i = 0; i < DSR_LIMIT_WARNINGS; i++) {
        assert_int_equal(dsr_report_warn(arena, &report, "warning %d", i), DSR_OK);
    }
    assert_int_equal(report.warnings.count, DSR_LIMIT_WARNINGS);
    assert_string_equal(report.warnings.items[DSR_LIMIT_WARNINGS - 1].ptr, "warning 31");
    assert_int_equal(dsr_report_warn(arena, &report, "warning 3"), DSR_OK); /* known: nothing is left out */
    assert_string_equal(report.warnings.items[DSR_LIMIT_WARNINGS - 1].ptr, "warning 31");
    for (int i = 100; i < 200; i++) {
        assert_int_equal(dsr_report_warn(arena, &report, "warning %d", i), DSR_OK);
    }
    assert_int_equal(report.warnings.count, DSR_LIMIT_WARNINGS);
    assert_non_null(strstr(report.warnings.items[DSR_LIMIT_WARNINGS - 1].ptr, "more warnings"));
    assert_string_equal(report.warnings.items[DSR_LIMIT_WARNINGS - 2].ptr, "warning 30");
    assert_true(dsr_report_is_sound(&report, NULL));
    dsr_arena_drop(arena);
}

/* "aé😀b": bytes 0, 1-2, 3-6, 7. */
static const char mixed[] = "a\xc3\xa9\xf0\x9f\x98\x80"
                            "b";

static void check_find(const dsr_source_map_run *runs, size_t count, uint32_t at, uint64_t start,
                       uint64_t end)
{
    dsr_source_span found = {77, 77};
    assert_true(dsr_source_map_find(runs, count, dsr_slice_of(mixed), at, &found));
    assert_int_equal(found.start, start);
    assert_int_equal(found.end, end);
}

static void byte_for_byte(void **state)
{
    (void)state;
    const dsr_source_map_run run = {{0, 8}, {100, 108}, 0};
    check_find(&run, 1, 0, 100, 101);
    check_find(&run, 1, 1, 101, 103);
    check_find(&run, 1, 2, 101, 103); /* any byte of the character */
    check_find(&run, 1, 3, 103, 107);
    check_find(&run, 1, 6, 103, 107);
    check_find(&run, 1, 7, 107, 108);
}

static void a_fixed_width_a_character(void **state)
{
    (void)state;
    const dsr_source_map_run run = {{0, 8}, {100, 108}, 2};
    check_find(&run, 1, 0, 100, 102);
    check_find(&run, 1, 2, 102, 104);
    check_find(&run, 1, 5, 104, 106);
    check_find(&run, 1, 7, 106, 108);
}

static void several_runs_and_gaps(void **state)
{
    (void)state;
    const dsr_source_map_run runs[] = {
        {{0, 1}, {10, 11}, 0}, {{1, 3}, {11, 17}, DSR_MAP_WHOLE}, {{7, 8}, {40, 41}, 1}};
    check_find(runs, 3, 0, 10, 11);
    check_find(runs, 3, 1, 11, 17);
    check_find(runs, 3, 2, 11, 17);
    check_find(runs, 3, 7, 40, 41);
    dsr_source_span found = {77, 77};
    for (uint32_t at = 3; at < 7; at++) { /* no run there */
        assert_false(dsr_source_map_find(runs, 3, dsr_slice_of(mixed), at, &found));
    }
    assert_false(dsr_source_map_find(runs, 3, dsr_slice_of(mixed), 8, &found));
    assert_false(dsr_source_map_find(runs, 3, dsr_slice_of(mixed), UINT32_MAX, &found));
    assert_false(dsr_source_map_find(NULL, 0, dsr_slice_of(mixed), 0, &found));
    assert_false(dsr_source_map_find(NULL, 0, DSR_SLICE_NONE, 0, &found));
    assert_false(dsr_source_map_find(&runs[1], 2, dsr_slice_of(mixed), 0, &found)); /* before the first */
    assert_int_equal(found.start, 77);
}

/* In random records, each character lies inside the source of the run that has it, and the characters ascend.
 */
static void characters_ascend_in_random_maps(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    for (uint64_t seed = 0; seed < 40; seed++) {
        dsr_report report = make_report(arena, seed, 120);
        uint64_t before = 0;
        size_t found_count = 0;
        for (uint32_t at = 0; at < report.text.len; at++) {
            dsr_source_span found;
            if (dsr_source_map_find(report.source_map.items, report.source_map.count, report.text, at,
                                    &found)) {
                assert_true(found.start <= found.end && found.start >= before);
                before = found.start;
                found_count++;
            }
        }
        size_t covered = 0;
        for (size_t i = 0; i < report.source_map.count; i++) {
            covered += report.source_map.items[i].text.end - report.source_map.items[i].text.start;
        }
        assert_int_equal(found_count, covered);
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warnings_are_kept_in_order_and_once), cmocka_unit_test(a_long_warning_is_whole),
        cmocka_unit_test(past_the_limit_the_last_says_so),     cmocka_unit_test(byte_for_byte),
        cmocka_unit_test(a_fixed_width_a_character),           cmocka_unit_test(several_runs_and_gaps),
        cmocka_unit_test(characters_ascend_in_random_maps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
