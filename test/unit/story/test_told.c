/* The timeline and the figures of a story: what is joined, what is not, who is a voice. Dates, figures and
 * copies are found by the rooms that find them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/figures.h"
#include "annotate/times.h"
#include "base/limits.h"
#include "reports.h"
#include "story/story_figures.h"
#include "story/timeline.h"

typedef struct made {
    dsr_story story;
    dsr_reuse reuse;
    dsr_passage passage;
} made;

static void add(test_world *w, made *m, const char *text, const char *day)
{
    dsr_report *r = test_report(w, text);
    r->id.bytes[0] = (uint8_t)(m->story.reports.count + 1);
    if (day != NULL) {
        assert_int_equal(dsr_moment_parse(w->arena, dsr_slice_of(day), &r->meta.published), DSR_OK);
    }
    assert_int_equal(dsr_times_find(w->arena, w->lexicon, r), DSR_OK);
    assert_int_equal(dsr_times_resolve(w->arena, r), DSR_OK);
    assert_int_equal(dsr_figures_find(w->arena, w->lexicon, r), DSR_OK);
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &m->story.reports, 1), DSR_OK);
    m->story.reports.items[m->story.reports.count++] = (dsr_story_report){.report = r};
}

/* The first two reports are one text but for an edit. */
static void copy(made *m, dsr_span from, dsr_span to, dsr_edit *edit)
{
    m->passage = (dsr_passage){.from = from, .to = to, .words = 20, .words_in_runs = 20};
    m->passage.edits.items = edit;
    m->passage.edits.count = m->passage.edits.capacity = edit != NULL;
    m->reuse = (dsr_reuse){.from = 0, .to = 1, .direction = DSR_DIRECTION_FROM_TO, .words = 20};
    m->reuse.passages.items = &m->passage;
    m->reuse.passages.count = m->reuse.passages.capacity = 1;
    m->story.reuse.items = &m->reuse;
    m->story.reuse.count = m->story.reuse.capacity = 1;
}

static void make(test_world *w, made *m)
{
    assert_int_equal(dsr_timeline_make(w->lexicon, w->arena, &m->story), DSR_OK);
    assert_int_equal(dsr_story_figures_make(w->lexicon, w->arena, &m->story), DSR_OK);
}

static void copies_are_one_voice_and_one_entry(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    const char *a = "The old bridge fell into the river on Tuesday and killed 12 people, the mayor said.";
    const char *b = "The old bridge fell into the river on Tuesday and killed 14 people, the mayor said.";
    add(w, &m, a, "2031-03-05");
    add(w, &m, b, "2031-03-05");
    dsr_edit edit = {{57, 59}, {57, 59}, DSR_EDIT_NUMBER};
    copy(&m, (dsr_span){0, (uint32_t)strlen(a)}, (dsr_span){0, (uint32_t)strlen(b)}, &edit);
    make(w, &m);
    assert_int_equal(m.story.timeline.count, 1);
    assert_int_equal(m.story.timeline.items[0].reports, 2);
    assert_int_equal(m.story.timeline.items[0].independent, 1);
    assert_true(m.story.timeline.items[0].carriers.items[0].lead);
    assert_false(m.story.timeline.items[0].carriers.items[1].lead);
    assert_int_equal(m.story.figures.count, 1);
    assert_true(m.story.figures.items[0].differ);
    assert_false(m.story.figures.items[0].agree);
    assert_int_equal(m.story.figures.items[0].independent, 1);
}

static void bounds_leave_room(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "The flood in the valley has killed more than 13,000 people.", "2031-03-05");
    add(w, &m, "Over 14,000 people died in the flood in the valley.", "2031-03-05");
    make(w, &m);
    assert_int_equal(m.story.figures.count, 1);
    assert_true(m.story.figures.items[0].differ);
    assert_true(m.story.figures.items[0].agree);
    assert_int_equal(m.story.figures.items[0].independent, 2);
}

static void other_things_stay_apart(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "The flood in the valley has killed 130 people. The army sent 90 soldiers.", "2031-03-05");
    add(w, &m, "Police arrested 140 people at a concert. Some 300 people slept in the school.", "2031-03-05");
    make(w, &m);
    assert_int_equal(m.story.figures.count, 4);
    for (size_t i = 0; i < m.story.figures.count; i++) {
        assert_false(m.story.figures.items[i].differ);
    }
}

static void what_has_no_day_stays_out(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "The council met on Tuesday. It had built the bridge in 1998.", NULL);
    make(w, &m);
    assert_int_equal(m.story.timeline.count, 1); /* 1998 */
    assert_int_equal(m.story.timeline.items[0].earliest, dsr_days_from_date(1998, 1, 1));
}

static void past_and_to_come(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m,
        "The council met on Monday. The mayor will open the bridge on Friday. It was built in 1998. Nobody "
        "has "
        "crossed it since 2004.",
        "2031-03-05");
    make(w, &m);
    assert_int_equal(m.story.timeline.count, 3);
    assert_int_equal(m.story.timeline.items[0].realis, DSR_REALIS_HISTORICAL);
    assert_int_equal(m.story.timeline.items[1].realis, DSR_REALIS_ACTUAL);
    assert_int_equal(m.story.timeline.items[2].realis, DSR_REALIS_FUTURE);
}

static void furniture_tells_nothing(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "The council met on Monday with 40 guests.", "2031-03-05");
    dsr_furniture caption = {{0, 41}, DSR_FURNITURE_CAPTION};
    dsr_report *r = test_report(w, "x");
    *r = *m.story.reports.items[0].report;
    r->furniture.items = &caption;
    r->furniture.count = r->furniture.capacity = 1;
    m.story.reports.items[0].report = r;
    make(w, &m);
    assert_int_equal(m.story.timeline.count, 0);
    assert_int_equal(m.story.figures.count, 0);
}

static void entries_have_a_limit(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    char *text = dsr_arena_alloc(w->arena, 64 * (DSR_LIMIT_TIMELINE + 8));
    assert_non_null(text);
    size_t used = 0;
    for (int i = 0; i < DSR_LIMIT_TIMELINE + 3; i++) {
        used += (size_t)sprintf(text + used, "The council met in %d. ", 1500 + i);
    }
    add(w, &m, text, "2031-03-05");
    make(w, &m);
    assert_true(m.story.timeline.count <= DSR_LIMIT_TIMELINE);
    assert_int_equal(m.story.timeline.count + m.story.timeline_left,
                     m.story.reports.items[0].report->times.count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_one_voice_and_one_entry),
        cmocka_unit_test(bounds_leave_room),
        cmocka_unit_test(other_things_stay_apart),
        cmocka_unit_test(what_has_no_day_stays_out),
        cmocka_unit_test(past_and_to_come),
        cmocka_unit_test(furniture_tells_nothing),
        cmocka_unit_test(entries_have_a_limit),
    };
    return cmocka_run_group_tests(tests, test_world_open, test_world_close);
}
