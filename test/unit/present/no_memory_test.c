/* Every allocation of the pages fails in turn: each call says so, leaks nothing and leaves what it borrowed.
 * The linker hands the three calls below to this file. */
#include "made.h"

#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long allowed = -1; /* allocations until one fails; below zero: none does */

static int fails(void)
{
    return allowed >= 0 && allowed-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

static dsr_story *made_story(dsr_arena *arena)
{
    dsr_story *story = dsr_arena_alloc(arena, sizeof *story);
    assert_non_null(story);
    dsr_report *a =
        made_report(arena, "in/000.txt", "One line of \xc3\xa9 text in Kiev.\nAnother of it.", "2022-01-11");
    dsr_report *b =
        made_report(arena, "in/001.txt", "One line of \xc3\xa9 words in Kyiv.\nAnother of it.", "2022-01-12");
    made_credit(arena, a, "text", "MNA");
    made_add(arena, story, a, "000-with-a-handle-that-is-too-long", 9, 900);
    made_add(arena, story, b, "001", 9, 900);
    story->headline = DSR_SLICE("One line");
    dsr_reuse *reuse = made_reuse(arena, story, 0, 1);
    reuse->direction = DSR_DIRECTION_COMMON_SOURCE;
    dsr_passage *p = made_passage(arena, reuse, a, a->text.ptr, b, b->text.ptr);
    made_edit(arena, p, a, "text", b, "words", DSR_EDIT_WORDING);
    made_edit(arena, p, a, "Kiev", b, "Kyiv", DSR_EDIT_STYLE);
    assert_int_equal(DSR_LIST_RESERVE(arena, &story->quotes, 1), DSR_OK);
    dsr_story_quote *quote = &story->quotes.items[story->quotes.count++];
    *quote = (dsr_story_quote){.speaker = DSR_NO_ENTITY, .text = DSR_SLICE("\"text\""), .reports = 2};
    assert_int_equal(DSR_LIST_RESERVE(arena, &quote->variants, 2), DSR_OK);
    quote->variants.items[quote->variants.count++] = (dsr_quote_variant){.report = 0, .span = {0, 8}};
    quote->variants.items[quote->variants.count++] = (dsr_quote_variant){.report = 1, .span = {0, 8}};
    return story;
}

/* One view with the nth allocation failing; true once it needs fewer than n. */
static bool view_survives(const dsr_story *story, int which, long n)
{
    dsr_arena *arena = dsr_arena_new(64);
    dsr_buffer to;
    dsr_status status;
    const dsr_look look = {.width = 80};
    const dsr_report *a = story->reports.items[0].report, *b = story->reports.items[1].report;
    assert_non_null(arena);
    dsr_buffer_open(&to, 0);
    allowed = n;
    if (which == 0)
        status = dsr_present_story(arena, &to, story, look);
    else if (which == 1)
        status = dsr_present_reuse(arena, &to, &story->reuse.items[0], a, b, look);
    else
        status = dsr_present_report(arena, &to, a, look);
    bool reached = allowed < 0;
    allowed = -1;
    assert_int_equal(status, reached ? DSR_ERR_MEMORY : DSR_OK);
    dsr_buffer_drop(&to);
    dsr_arena_drop(arena);
    return !reached;
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    const dsr_story *story = made_story(arena);
    for (int which = 0; which < 3; which++) {
        long n = 0;
        while (!view_survives(story, which, n))
            n++;
        assert_true(n > 3);
    }
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
