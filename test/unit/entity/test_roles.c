/* Who is what, and whom roles and pronouns mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"

static named_world world;

static int set_up(void **state)
{
    (void)state;
    return named_open(&world) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    named_close(&world);
    return 0;
}

static dsr_report *resolve(const char *marked)
{
    dsr_report *report = named_report(&world, marked);
    assert_non_null(report);
    return report;
}

static void expect_role(const char *marked, const char *words, size_t name)
{
    dsr_report *r = resolve(marked);
    dsr_slice found = named_role(r, words);
    assert_true(found.len > 0);
    assert_true(dsr_slice_equal(found, named_id(r, name)));
}

static void roles_before_a_name(void **state)
{
    (void)state;
    expect_role("Deputy Foreign Minister {PER Ilja Bodrov} spoke.", "Deputy Foreign Minister", 0);
    expect_role("{GPE Kenya}'s chief negotiator, {PER Ana Luz}, left.", "Kenya's chief negotiator", 1);
    expect_role("{ORG NATO} Secretary General {PER Piet Maas} agreed.", "NATO Secretary General", 1);
    expect_role("Deputy Secretary of State {PER Ana Luz} agreed.", "Deputy Secretary of State", 0);
    expect_role("The mayor of {GPE Lima}, {PER Ana Luz}, agreed.", "The mayor of Lima", 1);
}

static void roles_behind_a_name(void **state)
{
    (void)state;
    expect_role("{PER Piet Maas}, the secretary-general, agreed.", "the secretary-general", 0);
    expect_role("{PER Ana Luz}, 71, a retired teacher from {GPE Lima}, sang.", "a retired teacher from Lima",
                0);
    expect_role("{PER Ana Luz}, who led the delegation in {GPE Geneva}, slept.",
                "who led the delegation in Geneva", 0);
    expect_role("{PER Ana Luz} is the minister.", "the minister", 0);
}

static void what_is_no_role(void **state)
{
    (void)state;
    static const char *const none[] = {"Mr {PER Luz} spoke.", "In {GPE Geneva}, the minister spoke.",
                                       "\"No,\" said {PER Ana Luz}.",
                                       "He told the minister, {PER Ana Luz} said."};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(resolve(none[i])->roles.count, 0);
    }
}

static void expect_reference(const char *marked, const char *words, size_t name)
{
    dsr_report *r = resolve(marked);
    dsr_slice found = named_reference(r, words, 0);
    assert_true(found.len > 0);
    assert_true(dsr_slice_equal(found, named_id(r, name)));
}

static void pronouns_agree_in_sex(void **state)
{
    (void)state;
    expect_reference("{PER John Harlow} met {PER Mary Ellis}. She laughed.", "She", 1);
    expect_reference("{PER John Harlow} met {PER Mary Ellis}. He laughed.", "He", 0);
    expect_reference("Mrs {PER Okonjo} met Mr {PER Lund}. Her car broke down.", "Her", 0);
    /* Nobody of that sex was named. */
    dsr_report *r = resolve("Mr {PER Lund} slept. She did not.");
    assert_int_equal(named_reference(r, "She", 0).len, 0);
}

static void first_persons_are_the_speaker(void **state)
{
    (void)state;
    dsr_report *r = resolve("\"I will not go,\" {PER Mary Ellis} said. {PER John Harlow} nodded.");
    assert_true(dsr_slice_equal(named_reference(r, "I", 0), named_id(r, 0)));
    /* Outside of quotations nobody says "I". */
    r = resolve("{PER Mary Ellis} sang what I wrote.");
    assert_int_equal(named_reference(r, "I", 0).len, 0);
}

static void in_a_quotation_he_is_another(void **state)
{
    (void)state;
    dsr_report *r = resolve("{PER John Harlow} denied it. \"He is lying,\" {PER Piet Maas} said.");
    assert_true(dsr_slice_equal(named_reference(r, "He", 0), named_id(r, 0)));
}

static void roles_stand_for_people(void **state)
{
    (void)state;
    expect_reference(
        "President {PER Osman Tarek} of {GPE Sudan} met Prime Minister {PER Ana Luz} of {GPE Peru}. The "
        "president smiled.",
        "The president", 0);
    expect_reference(
        "{GPE Ukraine}'s President {PER Ilja Bodrov} met {GPE Peru}'s President {PER Ana Luz}. The {NORP "
        "Ukrainian} leader smiled.",
        "The Ukrainian leader", 1);
    expect_reference("The {ORG Ministry of Health} was closed. The ministry said nothing.", "The ministry",
                     0);
}

static void things_are_it(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("{ORG Orvane Steel} cut its forecast. It said orders fell. It was clear that it rained.");
    assert_true(dsr_slice_equal(named_reference(r, "its", 0), named_id(r, 0)));
    assert_true(dsr_slice_equal(named_reference(r, "It", 0), named_id(r, 0)));
    assert_int_equal(named_reference(r, "It", 1).len, 0);
}

static void the_same_twice(void **state)
{
    (void)state;
    static const char text[] =
        "President {PER Osman Tarek} met {PER Ana Luz}. He said she was right. \"I was,\" she said.";
    dsr_report *a = resolve(text);
    dsr_report *b = resolve(text);
    assert_int_equal(a->references.count, b->references.count);
    for (size_t i = 0; i < a->references.count; i++) {
        assert_int_equal(a->references.items[i].span.start, b->references.items[i].span.start);
        assert_int_equal(a->references.items[i].entity, b->references.items[i].entity);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(roles_before_a_name),
                                       cmocka_unit_test(roles_behind_a_name),
                                       cmocka_unit_test(what_is_no_role),
                                       cmocka_unit_test(pronouns_agree_in_sex),
                                       cmocka_unit_test(first_persons_are_the_speaker),
                                       cmocka_unit_test(in_a_quotation_he_is_another),
                                       cmocka_unit_test(roles_stand_for_people),
                                       cmocka_unit_test(things_are_it),
                                       cmocka_unit_test(the_same_twice)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
