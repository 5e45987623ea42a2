/* Which reports tell one story, from their texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "reports.h"
#include "story/logarithm.h"
#include "story/stream.h"

static const char *const ferry[] = {
    "A passenger ferry ran aground off Osmund on Sunday night with 210 people on board. Fishing boats took "
    "the passengers of the "
    "ferry to Osmund harbour, and the coastguard said nobody was hurt.",
    "All 210 passengers of a ferry that struck a sandbank near Osmund are safe, the coastguard said on "
    "Monday. Fishing boats brought "
    "them to the harbour during the night.",
    "The captain of the Osmund ferry has been questioned by police after his ship ran aground on a sandbank "
    "with 210 passengers. The "
    "coastguard praised the fishing boats that came to the rescue.",
};
static const char *const school[] = {
    "Teachers in the northern province voted on Tuesday to strike over plans to close forty village schools. "
    "Their union said the "
    "province had broken its word.",
    "A strike will shut schools across the northern province next week, the teachers' union announced, after "
    "talks about the closing "
    "of forty village schools failed.",
};

typedef struct set {
    dsr_story_terms terms[16];
    size_t count;
    uint32_t group[16];
} set;

static void add(test_world *w, set *s, const char *text, const char *day)
{
    dsr_report *r = test_report(w, text);
    if (day) {
        assert_int_equal(dsr_moment_parse(w->arena, dsr_slice_of(day), &r->meta.published), DSR_OK);
    }
    assert_int_equal(dsr_story_terms_take(w->lexicon, r, NULL, &s->terms[s->count++]), DSR_OK);
}

/* Places the reports one after the other; `share` is what the second has from the first. Stories are counted
 * from 0. */
static void group(test_world *w, set *s, uint32_t share)
{
    dsr_stream *stream = NULL;
    dsr_stream_options options = {.background_size =
                                      dsr_lexicon_background_size(w->lexicon, DSR_SLICE("en"))};
    assert_int_equal(dsr_stream_new(&options, &stream), DSR_OK);
    for (size_t i = 0; i < s->count; i++) {
        dsr_stream_decision decision;
        dsr_stream_tie tie = {1, share};
        dsr_stream_report report = {
            .report = (uint32_t)i, .terms = &s->terms[i], .ties = &tie, .tie_count = share && i == 1};
        assert_int_equal(dsr_stream_add(stream, &report, &decision, NULL), DSR_OK);
        s->group[i] = decision.story - 1;
        dsr_story_terms_drop(&s->terms[i]);
    }
    dsr_stream_drop(stream);
}

static void two_stories_stay_two(void **state)
{
    set s = {.count = 0};
    add(*state, &s, ferry[0], "2031-03-03");
    add(*state, &s, school[0], "2031-03-04");
    add(*state, &s, ferry[1], "2031-03-03");
    add(*state, &s, school[1], "2031-03-05");
    add(*state, &s, ferry[2], "2031-03-05");
    group(*state, &s, 0);
    const uint32_t wanted[] = {0, 1, 0, 1, 0};
    assert_memory_equal(s.group, wanted, sizeof wanted);
}

static void ten_years_between_part_what_words_alone_would_join(void **state)
{
    static const char *const days[] = {"2031-03-04", "2041-03-04"};
    for (int i = 0; i < 2; i++) {
        set s = {.count = 0};
        add(*state, &s, ferry[0], "2031-03-03");
        add(*state, &s, school[0], "2031-03-03");
        add(*state, &s, ferry[1], days[i]);
        group(*state, &s, 0);
        assert_int_equal(s.group[2], i == 0 ? 0 : 2);
    }
}

static void a_copied_text_joins_whatever_stands_around_it(void **state)
{
    set s = {.count = 0};
    add(*state, &s, ferry[0], NULL);
    add(*state, &s, school[0], NULL);
    group(*state, &s, 550);
    assert_int_equal(s.group[1], 0);
}

static void empty_reports_stand_alone(void **state)
{
    set s = {.count = 0};
    add(*state, &s, "", NULL);
    add(*state, &s, "The of and", NULL);
    add(*state, &s, "", NULL);
    group(*state, &s, 0);
    const uint32_t wanted[] = {0, 1, 2};
    assert_memory_equal(s.group, wanted, sizeof wanted);
    set none = {.count = 0};
    group(*state, &none, 0);
}

static void identical_reports_are_one_story(void **state)
{
    set s = {.count = 0};
    for (int i = 0; i < 10; i++) {
        add(*state, &s, ferry[0], NULL);
    }
    group(*state, &s, 0);
    for (size_t i = 0; i < s.count; i++) {
        assert_int_equal(s.group[i], 0);
    }
}

static void logarithms_are_exact_at_powers_and_ascend(void **state)
{
    (void)state;
    for (int i = 0; i < 63; i++) {
        assert_int_equal(dsr_log2(UINT64_C(1) << i), i * 1024);
    }
    assert_int_equal(dsr_log2(3), 1623);     /* log2(3) = 1.58496 */
    assert_int_equal(dsr_log2(1000), 10204); /* log2(1000) = 9.96578, rounded down */
    for (uint64_t x = 1; x < 5000; x++) {
        assert_true(dsr_log2(x) <= dsr_log2(x + 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_stories_stay_two),
        cmocka_unit_test(ten_years_between_part_what_words_alone_would_join),
        cmocka_unit_test(a_copied_text_joins_whatever_stands_around_it),
        cmocka_unit_test(empty_reports_stand_alone),
        cmocka_unit_test(identical_reports_are_one_story),
        cmocka_unit_test(logarithms_are_exact_at_powers_and_ascend),
    };
    return cmocka_run_group_tests(tests, test_world_open, test_world_close);
}
