/* Statements: what is one fact, who carries it, how many voices they are, on whom they lean, who had it
 * first, and where reports differ. Dates, figures and copies are found by the rooms that find them; names are
 * set by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/figures.h"
#include "annotate/times.h"
#include "base/limits.h"
#include "reports.h"
#include "story/quotations.h"
#include "story/statements.h"
#include "story/story_figures.h"
#include "story/timeline.h"

enum { REPORTS_MOST = 8 };

typedef struct made {
    dsr_story story;
    dsr_report *reports[REPORTS_MOST];
    dsr_reuse reuse;
    dsr_passage passage;
} made;

static dsr_report *add(test_world *w, made *m, const char *text, const char *day)
{
    dsr_report *r = test_report(w, text);
    size_t number = m->story.reports.count;
    r->id.bytes[0] = (uint8_t)(number + 1);
    r->id.bytes[1] = (uint8_t)((number + 1) >> 8);
    if (day != NULL) {
        assert_int_equal(dsr_moment_parse(w->arena, dsr_slice_of(day), &r->meta.published), DSR_OK);
    }
    assert_int_equal(dsr_times_find(w->arena, w->lexicon, r), DSR_OK);
    assert_int_equal(dsr_times_resolve(w->arena, r), DSR_OK);
    assert_int_equal(dsr_figures_find(w->arena, w->lexicon, r), DSR_OK);
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &m->story.reports, 1), DSR_OK);
    m->story.reports.items[m->story.reports.count++] = (dsr_story_report){.report = r};
    if (number < REPORTS_MOST) {
        m->reports[number] = r;
    }
    return r;
}

static void make(test_world *w, made *m)
{
    assert_int_equal(dsr_timeline_make(w->lexicon, w->arena, &m->story), DSR_OK);
    assert_int_equal(dsr_story_figures_make(w->lexicon, w->arena, &m->story), DSR_OK);
    assert_int_equal(dsr_quotations_make(w->arena, &m->story), DSR_OK);
    assert_int_equal(dsr_statements_make(w->lexicon, w->arena, &m->story), DSR_OK);
}

/* The first two reports are one text. */
static void copy(made *m)
{
    dsr_span from = {0, (uint32_t)m->reports[0]->text.len}, to = {0, (uint32_t)m->reports[1]->text.len};
    m->passage = (dsr_passage){.from = from, .to = to, .words = 20, .words_in_runs = 20};
    m->reuse = (dsr_reuse){.from = 0, .to = 1, .direction = DSR_DIRECTION_FROM_TO, .words = 20};
    m->reuse.passages.items = &m->passage;
    m->reuse.passages.count = m->reuse.passages.capacity = 1;
    m->story.reuse.items = &m->reuse;
    m->story.reuse.count = m->story.reuse.capacity = 1;
}

/* The statement that a sentence of a report carries; NULL. */
static const dsr_statement *told_at(const made *m, uint32_t report, const char *words)
{
    size_t at = dsr_slice_find(m->reports[report]->text, dsr_slice_of(words), 0);
    assert_true(at != SIZE_MAX);
    for (size_t i = 0; i < m->story.statements.count; i++) {
        const dsr_statement *s = &m->story.statements.items[i];
        for (size_t c = 0; c < s->carriers.count; c++) {
            const dsr_carrier *carrier = &s->carriers.items[c].carrier;
            if (carrier->report == report && carrier->sentence.start <= at && at < carrier->sentence.end) {
                return s;
            }
        }
    }
    return NULL;
}

static size_t count_of(const made *m, dsr_disagreement_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < m->story.disagreements.count; i++) {
        count += m->story.disagreements.items[i].kind == kind;
    }
    return count;
}

static const char bridge[] =
    "The old stone bridge across the river collapsed on Tuesday and 12 people were killed. "
    "The mayor promised an inquiry into the loan for the harbour.";

static void copies_are_one_voice(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, bridge, "2031-03-05");
    add(w, &m, bridge, "2031-03-06");
    copy(&m);
    make(w, &m);
    const dsr_statement *s = told_at(&m, 0, "old stone bridge");
    assert_non_null(s);
    assert_ptr_equal(s, told_at(&m, 1, "old stone bridge"));
    assert_int_equal(s->reports, 2);
    assert_int_equal(s->independent, 1);
    assert_int_equal(s->carriers.items[0].carrier.voice, s->carriers.items[1].carrier.voice);
    assert_int_equal(s->earliest, m.reports[0]->times.items[0].earliest);
    assert_ptr_not_equal(s, told_at(&m, 0, "promised an inquiry"));
}

static void one_fact_in_other_words_has_two_voices(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, bridge, "2031-03-05");
    add(w, &m,
        "A choir sang in the market. Twelve people died on Tuesday as a stone bridge collapsed into the "
        "river.",
        "2031-03-06");
    make(w, &m);
    const dsr_statement *s = told_at(&m, 0, "old stone bridge");
    assert_non_null(s);
    assert_ptr_equal(s, told_at(&m, 1, "Twelve people died"));
    assert_int_equal(s->reports, 2);
    assert_int_equal(s->independent, 2);
    assert_int_equal(s->first, 0);
    assert_int_equal(s->origins.count, 1);
    assert_int_equal(s->origins.items[0].kind, DSR_LEAN_OWN);
    assert_true(m.story.timeline.count > 0);
    assert_ptr_equal(&m.story.statements.items[m.story.timeline.items[0].statement], s);
    assert_int_equal(m.story.timeline.items[0].reports, 2);
}

static void who_was_first_is_not_guessed(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, bridge, "2031-03-05");
    add(w, &m, bridge, "2031-03-05");
    make(w, &m);
    assert_int_equal(told_at(&m, 0, "old stone bridge")->first, DSR_NO_REPORT);
    made n = {.reuse = {0}};
    add(w, &n, bridge, NULL);
    add(w, &n, bridge, "2031-03-05");
    make(w, &n);
    assert_int_equal(told_at(&n, 1, "old stone bridge")->first, DSR_NO_REPORT);
}

static void other_facts_stay_apart(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m,
        "The council raised the fare for the harbour ferry on Monday. Divers found a chest below the pier.",
        "2031-03-05");
    add(w, &m, "The council closed a school near the harbour on Tuesday. A choir sang below the pier.",
        "2031-03-05");
    make(w, &m);
    for (size_t i = 0; i < m.story.statements.count; i++) {
        assert_int_equal(m.story.statements.items[i].reports, 1);
    }
    assert_int_equal(m.story.disagreements.count, 0);
}

static void a_heading_is_no_new_carrier(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    const char *text = "Stone bridge collapsed, 12 people killed on Tuesday\n\n"
                       "The old stone bridge collapsed on Tuesday and 12 people were killed.";
    dsr_report *r = add(w, &m, text, "2031-03-05");
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &r->furniture, 1), DSR_OK);
    r->furniture.items[r->furniture.count++] = (dsr_furniture){{0, 51}, DSR_FURNITURE_HEADLINE};
    add(w, &m, bridge, "2031-03-05");
    make(w, &m);
    const dsr_statement *s = told_at(&m, 1, "old stone bridge");
    assert_int_equal(s->reports, 2);
    assert_int_equal(s->carriers.count, 2);
    assert_true(s->carriers.items[0].carrier.sentence.start > 51);
    assert_false(s->carriers.items[0].heading);
}

static void other_furniture_carries_nothing(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    dsr_report *r = add(w, &m, bridge, "2031-03-05");
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &r->furniture, 1), DSR_OK);
    r->furniture.items[r->furniture.count++] =
        (dsr_furniture){{0, (uint32_t)r->text.len}, DSR_FURNITURE_CAPTION};
    add(w, &m, bridge, "2031-03-05");
    make(w, &m);
    assert_null(told_at(&m, 0, "old stone bridge"));
    assert_int_equal(told_at(&m, 1, "old stone bridge")->reports, 1);
}

static void credit(test_world *w, dsr_report *r, const char *agency)
{
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &r->meta.agencies, 1), DSR_OK);
    r->meta.agencies.items[r->meta.agencies.count++] = dsr_slice_of(agency);
}

static void one_agency_is_one_voice(void **state)
{
    test_world *w = *state;
    const char *other[] = {"Blue Wire", "Grey Wire"};
    for (unsigned i = 0; i < 2; i++) {
        made m = {.reuse = {0}};
        credit(w, add(w, &m, bridge, "2031-03-05"), "Blue Wire");
        credit(w, add(w, &m, bridge, "2031-03-05"), other[i]);
        make(w, &m);
        const dsr_statement *s = told_at(&m, 0, "old stone bridge");
        assert_int_equal(s->reports, 2);
        assert_int_equal(s->independent, i + 1);
    }
}

/* Indirect speech: `speaker` and what is said; in the cast of nobody. */
static void say(test_world *w, dsr_report *r, const char *speaker, const char *said)
{
    size_t who = dsr_slice_find(r->text, dsr_slice_of(speaker), 0);
    size_t what = dsr_slice_find(r->text, dsr_slice_of(said), 0);
    assert_true(who != SIZE_MAX && what != SIZE_MAX);
    dsr_quote quote = {.span = {(uint32_t)what, (uint32_t)(what + strlen(said))},
                       .kind = DSR_QUOTE_INDIRECT,
                       .entity = DSR_NO_ENTITY,
                       .speaker = {(uint32_t)who, (uint32_t)(who + strlen(speaker))},
                       .confidence = 900};
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &r->quotes, 1), DSR_OK);
    r->quotes.items[r->quotes.count++] = quote;
}

static void attributed_and_bare_are_kept_apart(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "Poachers had stolen 40 rare orchids from the glass house of the botanical garden.",
        "2031-03-05");
    dsr_report *r =
        add(w, &m, "A guard said poachers had stolen 40 rare orchids from the glass house of the garden.",
            "2031-03-05");
    say(w, r, "A guard", "poachers had stolen 40 rare orchids from the glass house of the garden");
    make(w, &m);
    const dsr_statement *s = told_at(&m, 0, "Poachers had stolen");
    assert_int_equal(s->reports, 2);
    assert_null(s->carriers.items[0].attributed_to.ptr);
    assert_true(dsr_slice_equal(s->carriers.items[1].attributed_to, DSR_SLICE("A guard")));
    assert_int_equal(s->origins.count, 2);
    assert_int_equal(s->origins.items[0].kind, DSR_LEAN_UNNAMED);
    assert_int_equal(s->origins.items[1].kind, DSR_LEAN_OWN);
}

static void quoted_speech_ties_nobody(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "\"We heard the horn of the ship and then every lamp on the quay went out,\" he remembered.",
        "2031-03-05");
    add(w, &m,
        "\"We heard the horn of the ship and then every lamp on the quay went out,\" a fisherman told the "
        "radio.",
        "2031-03-05");
    make(w, &m);
    assert_int_equal(m.story.statements.items[0].reports, 2);
    assert_int_equal(m.story.statements.items[0].independent, 2);
    assert_int_equal(m.story.statements.items[0].kind, DSR_STATEMENT_QUOTE);
}

static void any_order_gives_the_same(void **state)
{
    test_world *w = *state;
    const char *texts[] = {bridge,
                           "Twelve people died on Tuesday as a stone bridge collapsed into the river.",
                           "On Tuesday a bridge of stone collapsed, killing 14 people in the river."};
    made m = {.reuse = {0}}, n = {.reuse = {0}};
    for (unsigned i = 0; i < 3; i++) {
        add(w, &m, texts[i], "2031-03-05");
    }
    for (unsigned i = 3; i-- > 0;) {
        add(w, &n, texts[i], "2031-03-05")->id = m.reports[i]->id;
    }
    make(w, &m);
    make(w, &n);
    assert_int_equal(m.story.statements.count, n.story.statements.count);
    for (size_t i = 0; i < m.story.statements.count; i++) {
        const dsr_statement *a = &m.story.statements.items[i], *b = &n.story.statements.items[i];
        assert_memory_equal(a->id.bytes, b->id.bytes, sizeof a->id.bytes);
        assert_int_equal(a->reports, b->reports);
        assert_int_equal(a->independent, b->independent);
        assert_int_equal(a->carriers.items[a->shown].carrier.report,
                         2 - b->carriers.items[b->shown].carrier.report);
    }
}

static void a_chain_of_neighbours_is_not_one_fact(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "Divers raised a bronze cannon from the wreck of the frigate below the lighthouse.",
        "2031-03-05");
    add(w, &m, "Divers raised a bronze cannon, and bakers protested against the price of flour.",
        "2031-03-05");
    add(w, &m, "Bakers protested against the price of flour before the palace of the governor.",
        "2031-03-05");
    make(w, &m);
    const dsr_statement *s = told_at(&m, 0, "bronze cannon");
    for (size_t i = 0; s != NULL && i < s->carriers.count; i++) {
        assert_int_not_equal(s->carriers.items[i].carrier.report, 2);
    }
}

static void differing_figures_are_told(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, bridge, "2031-03-05");
    add(w, &m, "The old stone bridge across the river collapsed on Tuesday and 14 people were killed.",
        "2031-03-05");
    make(w, &m);
    assert_int_equal(count_of(&m, DSR_DISAGREE_FIGURE), 1);
    assert_false(m.story.disagreements.items[0].compatible);
    assert_int_equal(m.story.disagreements.items[0].reports, 2);
}

/* Names a person where the text has the name for the first time. */
static void name_person(test_world *w, dsr_report *r, const char *name)
{
    size_t at = dsr_slice_find(r->text, dsr_slice_of(name), 0);
    assert_true(at != SIZE_MAX);
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &r->entities, 1), DSR_OK);
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &r->names, 1), DSR_OK);
    r->entities.items[r->entities.count] =
        (dsr_entity){.id = dsr_slice_of(name), .canonical = dsr_slice_of(name), .type = DSR_NAME_PER};
    r->names.items[r->names.count++] = (dsr_name){.span = {(uint32_t)at, (uint32_t)(at + strlen(name))},
                                                  .type = DSR_NAME_PER,
                                                  .entity = (uint32_t)r->entities.count++,
                                                  .metonym_for = DSR_NO_ENTITY};
}

static size_t count_differing(const made *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->story.figures.count; i++) {
        count += !m->story.figures.items[i].agree;
    }
    return count;
}

static void figures_of_two_people_do_not_differ(void **state)
{
    test_world *w = *state;
    static const char hale[] = "Hale spent 30 years in the harbour prison for the murder of the old mayor.";
    static const char other[] = "Hale spent 37 years in the harbour prison for the murder of the old mayor.";
    static const char orlov[] = "Orlov spent 37 years in the harbour prison for the murder of the old mayor.";
    made one = {.reuse = {0}}, two = {.reuse = {0}};
    name_person(w, add(w, &one, hale, "2031-03-05"), "Hale");
    name_person(w, add(w, &one, other, "2031-03-05"), "Hale");
    make(w, &one);
    assert_int_equal(count_differing(&one), 1);
    name_person(w, add(w, &two, hale, "2031-03-05"), "Hale");
    name_person(w, add(w, &two, orlov, "2031-03-05"), "Orlov");
    make(w, &two);
    assert_int_equal(count_differing(&two), 0);
}

static void differing_days_are_told(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "The harbour council of the island will vote on the new ferry fares on 12 March 2031.",
        "2031-03-05");
    add(w, &m, "The harbour council of the island will vote on the new ferry fares on 13 March 2031.",
        "2031-03-05");
    make(w, &m);
    assert_int_equal(count_of(&m, DSR_DISAGREE_DATE), 1);
    const dsr_disagreement *d = &m.story.disagreements.items[0];
    assert_true(dsr_slice_equal(d->sides.items[0].value, DSR_SLICE("2031-03-12")));
    assert_true(dsr_slice_equal(d->sides.items[1].value, DSR_SLICE("2031-03-13")));
}

static void denials_need_one_who_asserts(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m,
        "The company denied that the ferry was overloaded with gravel. The guard denied him entry to the "
        "quay.",
        "2031-03-05");
    add(w, &m, "Sailors told the radio yesterday how gravel had overloaded the ferry.", "2031-03-05");
    make(w, &m);
    assert_int_equal(count_of(&m, DSR_DISAGREE_DENIAL), 1);
    made n = {.reuse = {0}};
    add(w, &n, "The company denied that the ferry was overloaded with gravel.", "2031-03-05");
    add(w, &n, "Sailors told the radio that gravel had not overloaded the ferry.", "2031-03-05");
    make(w, &n);
    assert_int_equal(count_of(&n, DSR_DISAGREE_DENIAL), 0);
}

static void hedges_dropped_in_copies_are_told(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    add(w, &m, "Officers looked for the alleged smugglers behind the customs house all night.", "2031-03-05");
    add(w, &m, "Officers looked for the smugglers behind the customs house all night.", "2031-03-05");
    copy(&m);
    dsr_edit edit = {{24, 32}, {24, 24}, DSR_EDIT_HEDGE};
    m.passage.edits.items = &edit;
    m.passage.edits.count = m.passage.edits.capacity = 1;
    make(w, &m);
    assert_int_equal(count_of(&m, DSR_DISAGREE_EDIT), 1);
    assert_true(m.story.disagreements.items[0].compatible);
    assert_string_equal(m.story.disagreements.items[0].why, "a hedge dropped");
}

/* One word is another in a quotation that fills two sentences; a cut is no disagreement. */
static void changed_quotations_are_told(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    const char *a =
        "\"We will sail at noon whatever the harbour master writes. The storm has passed the cape and "
        "the sails are dry,\" a captain told the paper.";
    const char *b =
        "\"We will sail at dawn whatever the harbour master writes. The storm has passed the cape and "
        "the sails are dry,\" a captain told the paper.";
    const char *c = "\"The storm has passed the cape and the sails are dry,\" a captain told the paper.";
    add(w, &m, a, "2031-03-05");
    add(w, &m, c, "2031-03-05");
    make(w, &m);
    assert_int_equal(count_of(&m, DSR_DISAGREE_QUOTE), 0);
    made n = {.reuse = {0}};
    add(w, &n, a, "2031-03-05");
    add(w, &n, b, "2031-03-05");
    make(w, &n);
    assert_int_equal(count_of(&n, DSR_DISAGREE_QUOTE), 1);
    assert_int_equal(n.story.disagreements.items[0].sides.count, 2);
}

/* One text in very many reports: bounded carriers, one statement. */
static void very_many_reports_are_bounded(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    for (unsigned i = 0; i < 1500; i++) {
        add(w, &m, bridge, "2031-03-05");
    }
    make(w, &m);
    const dsr_statement *s = told_at(&m, 0, "old stone bridge");
    s = s != NULL ? s : &m.story.statements.items[0];
    assert_int_equal(s->carriers.count, DSR_LIMIT_TOLD_CARRIERS);
    assert_true(s->reports > DSR_LIMIT_TOLD_CARRIERS);
}

/* A word that no other number has. */
static size_t write_word(char *to, unsigned number, char first)
{
    size_t used = 0;
    to[used++] = first;
    for (unsigned i = 0; i < 4; i++, number /= 20) {
        to[used++] = "bcdfghjklmnpqrstvwxz"[number % 20];
        to[used++] = 'o';
    }
    to[used++] = ' ';
    return used;
}

static void add_many(test_world *w, made *m, unsigned sentences)
{
    enum { BYTES = 80 };
    char *text = dsr_arena_alloc(w->arena, (size_t)BYTES * (sentences + 1));
    assert_non_null(text);
    size_t used = 0;
    for (unsigned i = 0; i < sentences; i++) {
        for (const char *first = "BcdfgH"; *first != '\0'; first++) {
            used += write_word(text + used, i, *first);
        }
        used += (size_t)sprintf(text + used - 1, ". ") - 1;
    }
    add(w, m, text, "2031-03-05");
}

static void statements_have_a_limit(void **state)
{
    test_world *w = *state;
    for (unsigned more = 0; more < 2; more++) {
        made m = {.reuse = {0}};
        add_many(w, &m, DSR_LIMIT_STATEMENTS + 3 * more);
        add_many(w, &m, DSR_LIMIT_STATEMENTS + 3 * more);
        make(w, &m);
        assert_int_equal(m.story.statements.count, DSR_LIMIT_STATEMENTS);
        assert_int_equal(m.story.statements_left, 3 * more);
        assert_int_equal(m.story.statements.items[0].reports, 2);
    }
}

static void one_report_and_none(void **state)
{
    test_world *w = *state;
    made m = {.reuse = {0}};
    make(w, &m);
    assert_int_equal(m.story.statements.count, 0);
    add(w, &m, bridge, "2031-03-05");
    make(w, &m);
    assert_int_equal(m.story.statements.count, 2); /* what stands at its top */
    assert_int_equal(m.story.statements.items[0].first, 0);
    made n = {.reuse = {0}};
    add(w, &n, "", NULL);
    make(w, &n);
    assert_int_equal(n.story.statements.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_one_voice),
        cmocka_unit_test(one_fact_in_other_words_has_two_voices),
        cmocka_unit_test(who_was_first_is_not_guessed),
        cmocka_unit_test(other_facts_stay_apart),
        cmocka_unit_test(a_heading_is_no_new_carrier),
        cmocka_unit_test(other_furniture_carries_nothing),
        cmocka_unit_test(one_agency_is_one_voice),
        cmocka_unit_test(attributed_and_bare_are_kept_apart),
        cmocka_unit_test(quoted_speech_ties_nobody),
        cmocka_unit_test(any_order_gives_the_same),
        cmocka_unit_test(a_chain_of_neighbours_is_not_one_fact),
        cmocka_unit_test(differing_figures_are_told),
        cmocka_unit_test(figures_of_two_people_do_not_differ),
        cmocka_unit_test(differing_days_are_told),
        cmocka_unit_test(denials_need_one_who_asserts),
        cmocka_unit_test(hedges_dropped_in_copies_are_told),
        cmocka_unit_test(changed_quotations_are_told),
        cmocka_unit_test(very_many_reports_are_bounded),
        cmocka_unit_test(statements_have_a_limit),
        cmocka_unit_test(one_report_and_none),
    };
    return cmocka_run_group_tests(tests, test_world_open, test_world_close);
}
