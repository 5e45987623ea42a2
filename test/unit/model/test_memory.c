/* Each allocation of this room made to fail in turn: the failure is told, nothing leaks, outputs stay as they
 * were. The linker leads malloc and its like here (--wrap); what zstd allocates inside its library is not
 * reached. */
#include "make_report.h"
#include "model/json.h"
#include "model/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long allowed = -1; /* allocations that still succeed; negative: all */

static bool refused(void)
{
    if (allowed < 0) {
        return false;
    }
    return allowed == 0 || allowed-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return refused() ? NULL : __real_realloc(old, size);
}

/* Runs `step` with 0, 1, 2 ... allocations allowed until it succeeds; returns how often it failed. */
static long fail_in_turn(void (*step)(const void *context, long n, dsr_status *status), const void *context)
{
    for (long n = 0;; n++) {
        dsr_status status = DSR_ERR_ARGUMENT;
        step(context, n, &status);
        assert_int_equal(allowed, -1);
        if (status == DSR_OK) {
            return n;
        }
        assert_int_equal(status, DSR_ERR_MEMORY);
        assert_true(n < 100000);
    }
}

static void step_unpack(const void *context, long n, dsr_status *status)
{
    const dsr_buffer *packed = context;
    dsr_report out = make_plain_report("untouched");
    dsr_error error;
    dsr_error_clear(&error);
    dsr_arena *arena = dsr_arena_new(64);
    assert_non_null(arena);
    allowed = n;
    *status = dsr_report_unpack(arena, dsr_buffer_slice(packed), &out, &error);
    allowed = -1;
    if (*status != DSR_OK) {
        assert_int_equal(error.status, DSR_ERR_MEMORY);
        assert_string_equal(out.text.ptr, "untouched");
    }
    dsr_arena_drop(arena);
}

static void step_pack(const void *context, long n, dsr_status *status)
{
    dsr_buffer packed;
    dsr_buffer_open(&packed, 0);
    allowed = n;
    dsr_report_pack(&packed, context);
    allowed = -1;
    *status = packed.status;
    dsr_buffer_drop(&packed);
}

static void step_json(const void *context, long n, dsr_status *status)
{
    dsr_buffer json;
    dsr_buffer_open(&json, 0);
    dsr_arena *arena = dsr_arena_new(64);
    assert_non_null(arena);
    allowed = n;
    dsr_report_write_json(arena, &json, context, DSR_VIEW_EXTRACT);
    allowed = -1;
    *status = json.status;
    dsr_buffer_drop(&json);
    dsr_arena_drop(arena);
}

static void step_story(const void *context, long n, dsr_status *status)
{
    const dsr_report *report = context;
    dsr_story_report items[] = {{report, DSR_SLICE("000"), 1, 0}, {report, DSR_SLICE("001"), 1, 0}};
    dsr_reuse reuse = {.from = 0, .to = 1};
    dsr_story story = {.headline = DSR_SLICE("h")};
    story.reports.items = items;
    story.reports.count = 2;
    story.reuse.items = &reuse;
    story.reuse.count = 1;
    dsr_buffer json;
    dsr_buffer_open(&json, 0);
    dsr_arena *arena = dsr_arena_new(64);
    assert_non_null(arena);
    allowed = n;
    dsr_story_write_json(arena, &json, &story);
    dsr_reuse_write_json(arena, &json, &reuse, report, report);
    allowed = -1;
    *status = json.status;
    dsr_buffer_drop(&json);
    dsr_arena_drop(arena);
}

static void step_warn(const void *context, long n, dsr_status *status)
{
    (void)context;
    dsr_report report = make_plain_report("text");
    dsr_arena *arena = dsr_arena_new(64);
    assert_non_null(arena);
    allowed = n;
    *status = dsr_report_warn(arena, &report, "%0200d", 7);
    allowed = -1;
    assert_int_equal(report.warnings.count, *status == DSR_OK);
    dsr_arena_drop(arena);
}

static void step_moment(const void *context, long n, dsr_status *status)
{
    dsr_moment moment = {.earliest = 42};
    dsr_arena *arena = dsr_arena_new(16);
    assert_non_null(arena);
    allowed = n;
    *status = dsr_moment_parse(arena, dsr_slice_of(context), &moment);
    allowed = -1;
    assert_true(*status == DSR_OK || (moment.earliest == 42 && moment.iso.ptr == NULL));
    dsr_arena_drop(arena);
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = make_report(arena, 8, 1500);
    dsr_buffer packed;
    dsr_buffer_open(&packed, 0);
    dsr_report_pack(&packed, &report);
    assert_int_equal(packed.status, DSR_OK);
    assert_true(fail_in_turn(step_unpack, &packed) > 0);
    assert_true(fail_in_turn(step_pack, &report) > 0);
    assert_true(fail_in_turn(step_json, &report) > 0);
    assert_true(fail_in_turn(step_story, &report) > 0);
    assert_true(fail_in_turn(step_warn, NULL) > 0);
    (void)fail_in_turn(step_moment, "2022-01-11T20:17:00+05:00"); /* may fit the arena's first chunk */
    dsr_buffer_drop(&packed);
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
