/* Who took from whom: what is claimed, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compare/compare.h"
#include "reports.h"

#include <stdio.h>

static const char text[] =
    "Harvest workers on the southern plain have laid down their tools for a second week, and growers warn "
    "that what is "
    "left on the trees will not be worth picking by the time an agreement is reached.\n";

static dsr_reuse compare(test_world *w, const dsr_report *a, const dsr_report *b)
{
    dsr_compare_text *x = NULL, *y = NULL;
    bool found = false;
    dsr_reuse reuse;
    assert_int_equal(dsr_compare_prepare(w->arena, a, &x), DSR_OK);
    assert_int_equal(dsr_compare_prepare(w->arena, b, &y), DSR_OK);
    assert_int_equal(dsr_compare_pair(w->arena, w->lexicon, x, y, &found, &reuse), DSR_OK);
    assert_true(found);
    assert_true(reuse.why.len > 0);
    return reuse;
}

static void set_day(test_world *w, dsr_report *r, const char *day)
{
    assert_int_equal(dsr_moment_parse(w->arena, dsr_slice_of(day), &r->meta.published), DSR_OK);
}

static void set_agency(test_world *w, dsr_report *r, const char *agency)
{
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &r->meta.agencies, 1), DSR_OK);
    r->meta.agencies.items[r->meta.agencies.count++] = dsr_slice_of(agency);
}

static void nothing_known_claims_nothing(void **state)
{
    test_world *w = *state;
    dsr_reuse reuse = compare(w, test_report(w, text), test_report(w, text));
    assert_int_equal(reuse.direction, DSR_DIRECTION_UNKNOWN);
    assert_null(reuse.wire.ptr);
}

static void the_earlier_is_the_likelier_source(void **state)
{
    test_world *w = *state;
    dsr_report *early = test_report(w, text), *late = test_report(w, text);
    set_day(w, early, "2031-04-02T08:00:00Z");
    set_day(w, late, "2031-04-02T11:30:00Z");
    dsr_reuse reuse = compare(w, early, late);
    assert_int_equal(reuse.direction, DSR_DIRECTION_FROM_TO);
    assert_int_equal(reuse.from, 0);
    reuse = compare(w, late, early);
    assert_int_equal(reuse.direction, DSR_DIRECTION_FROM_TO);
    assert_int_equal(reuse.from, 1);
}

static void days_that_overlap_do_not_tell(void **state)
{
    test_world *w = *state;
    dsr_report *a = test_report(w, text), *b = test_report(w, text);
    set_day(w, a, "2031-04-02");
    set_day(w, b, "2031-04-02T11:30:00Z");
    assert_int_equal(compare(w, a, b).direction, DSR_DIRECTION_UNKNOWN);
}

static void a_credit_makes_a_common_source(void **state)
{
    test_world *w = *state;
    dsr_report *silent = test_report(w, text), *credited = test_report(w, text);
    set_agency(w, credited, "AFP");
    set_day(w, silent, "2031-04-02");
    set_day(w, credited, "2031-05-02");
    dsr_reuse reuse = compare(w, silent, credited);
    assert_int_equal(reuse.direction, DSR_DIRECTION_COMMON_SOURCE);
    assert_true(dsr_slice_equal(reuse.wire, DSR_SLICE("AFP")));
    assert_int_equal(reuse.from, 1); /* what names its source stands first */
}

static void other_agencies_make_no_common_source(void **state)
{
    test_world *w = *state;
    dsr_report *a = test_report(w, text), *b = test_report(w, text);
    set_agency(w, a, "AFP");
    set_agency(w, b, "Reuters");
    set_day(w, a, "2031-04-02");
    set_day(w, b, "2031-05-02");
    dsr_reuse reuse = compare(w, a, b);
    assert_int_equal(reuse.direction, DSR_DIRECTION_UNKNOWN);
    assert_true(dsr_slice_find(reuse.why, DSR_SLICE("different agencies"), 0) != SIZE_MAX);
}

static void an_agency_itself_is_the_source(void **state)
{
    test_world *w = *state;
    dsr_report *wire = test_report(w, text), *paper = test_report(w, text);
    wire->meta.outlet = DSR_SLICE("Reuters");
    set_agency(w, wire, "Reuters");
    set_agency(w, paper, "Reuters");
    dsr_reuse reuse = compare(w, paper, wire);
    assert_int_equal(reuse.direction, DSR_DIRECTION_FROM_TO);
    assert_int_equal(reuse.from, 1);
    assert_true(dsr_slice_equal(reuse.wire, DSR_SLICE("Reuters")));
}

static void who_names_the_other_took_from_it(void **state)
{
    test_world *w = *state;
    char longer[1024];
    strcpy(longer, text);
    strcat(longer, "\nThe Valley Courier was the first to report the walkout.\n");
    dsr_report *courier = test_report(w, text), *other = test_report(w, longer);
    courier->meta.outlet = DSR_SLICE("The Valley Courier");
    other->meta.outlet = DSR_SLICE("Harbour News");
    dsr_reuse reuse = compare(w, other, courier);
    assert_int_equal(reuse.direction, DSR_DIRECTION_FROM_TO);
    assert_int_equal(reuse.from, 1);
}

static void a_link_to_the_other_proves_nothing(void **state)
{
    test_world *w = *state;
    char longer[1024];
    strcpy(longer, text);
    strcat(longer, "\nREAD MORE: Valley Courier on the price of plums\n");
    dsr_report *courier = test_report(w, text), *other = test_report(w, longer);
    courier->meta.outlet = DSR_SLICE("Valley Courier");
    other->meta.outlet = DSR_SLICE("Harbour News");
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &other->furniture, 1), DSR_OK);
    uint32_t at = (uint32_t)strlen(text) + 1;
    other->furniture.items[other->furniture.count++] =
        (dsr_furniture){{at, (uint32_t)strlen(longer) - 1}, DSR_FURNITURE_READMORE};
    assert_int_equal(compare(w, other, courier).direction, DSR_DIRECTION_UNKNOWN);
}

static void a_word_that_begins_a_sentence_names_no_outlet(void **state)
{
    test_world *w = *state;
    char longer[1024], named[1024];
    snprintf(longer, sizeof longer, "%s\nTime is running out for the growers.\n", text);
    snprintf(named, sizeof named, "%s\nThe walkout was first told by Time in its Monday edition.\n", text);
    dsr_report *magazine = test_report(w, text), *other = test_report(w, longer),
               *third = test_report(w, named);
    magazine->meta.outlet = DSR_SLICE("Time");
    other->meta.outlet = DSR_SLICE("Harbour News");
    third->meta.outlet = DSR_SLICE("Harbour News");
    assert_int_equal(compare(w, magazine, other).direction, DSR_DIRECTION_UNKNOWN);
    assert_int_equal(compare(w, magazine, third).direction, DSR_DIRECTION_FROM_TO);
}

static void another_agency_does_not_carry_a_credited_wire(void **state)
{
    test_world *w = *state;
    dsr_report *reuters = test_report(w, text), *paper = test_report(w, text);
    reuters->meta.outlet = DSR_SLICE("Reuters");
    set_agency(w, paper, "AP");
    dsr_reuse reuse = compare(w, reuters, paper);
    assert_int_equal(reuse.direction, DSR_DIRECTION_UNKNOWN);
    assert_null(reuse.wire.ptr);
}

static void days_apart_tell_even_without_zones(void **state)
{
    test_world *w = *state;
    dsr_report *early = test_report(w, text), *late = test_report(w, text);
    set_day(w, early, "2031-04-02");
    set_day(w, late, "2031-04-04");
    dsr_reuse reuse = compare(w, late, early);
    assert_int_equal(reuse.direction, DSR_DIRECTION_FROM_TO);
    assert_int_equal(reuse.from, 1);
    set_day(w, late, "2031-04-03");
    assert_int_equal(compare(w, late, early).direction, DSR_DIRECTION_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_known_claims_nothing),
        cmocka_unit_test(the_earlier_is_the_likelier_source),
        cmocka_unit_test(days_that_overlap_do_not_tell),
        cmocka_unit_test(a_credit_makes_a_common_source),
        cmocka_unit_test(other_agencies_make_no_common_source),
        cmocka_unit_test(an_agency_itself_is_the_source),
        cmocka_unit_test(who_names_the_other_took_from_it),
        cmocka_unit_test(a_link_to_the_other_proves_nothing),
        cmocka_unit_test(a_word_that_begins_a_sentence_names_no_outlet),
        cmocka_unit_test(another_agency_does_not_carry_a_credited_wire),
        cmocka_unit_test(days_apart_tell_even_without_zones),
    };
    return cmocka_run_group_tests(tests, test_world_open, test_world_close);
}
