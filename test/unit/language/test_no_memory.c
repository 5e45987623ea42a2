/* What happens when memory runs out: each allocation in turn is made to fail. Outputs stay as they were. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "no_memory.h"

/* One call under test on `report` or `tokens`. */
typedef dsr_status (*call)(world *w, dsr_arena *arena, dsr_report *report, dsr_tokens *tokens);

static dsr_status find_sentences(world *w, dsr_arena *arena, dsr_report *report, dsr_tokens *tokens)
{
    (void)tokens;
    return dsr_language_find_sentences(arena, w->lexicon, report);
}

static dsr_status find_quotes(world *w, dsr_arena *arena, dsr_report *report, dsr_tokens *tokens)
{
    (void)tokens;
    return dsr_language_find_quotes(arena, w->lexicon, report);
}

static dsr_status tokenize(world *w, dsr_arena *arena, dsr_report *report, dsr_tokens *tokens)
{
    return dsr_language_tokenize(arena, w->lexicon, DSR_SLICE("en"), report->text,
                                 (dsr_span){0, (uint32_t)report->text.len}, tokens);
}

static void fail_each(world *w, call under_test, dsr_slice text)
{
    dsr_status status = DSR_ERR_MEMORY;
    long failures = 0;
    for (long calls = 0; status != DSR_OK; calls++) {
        dsr_arena *arena = dsr_arena_new(64);
        assert_non_null(arena);
        dsr_report report = {.text = text};
        dsr_tokens tokens = {0};
        calls_left = calls;
        status = under_test(w, arena, &report, &tokens);
        calls_left = -1;
        failures += status != DSR_OK;
        if (status != DSR_OK) {
            assert_int_equal(status, DSR_ERR_MEMORY);
            assert_null(report.sentences.items);
            assert_null(report.quotes.items);
            assert_null(tokens.items);
        }
        dsr_arena_drop(arena);
        assert_true(calls < 100000);
    }
    assert_true(failures > 0);
}

static void nothing_is_changed(void **state)
{
    world *w = *state;
    dsr_slice text = repeat(w, "“We stay,” he said. A. B! \"No\"\n\n", 20000);
    fail_each(w, find_sentences, text);
    fail_each(w, find_quotes, text);
    fail_each(w, tokenize, text);
    fail_each(w, tokenize, repeat(w, "- ", 5000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_changed)};
    return cmocka_run_group_tests(tests, world_open, world_close);
}
