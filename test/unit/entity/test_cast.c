/* The cast of a story: who is one across reports, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
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

static dsr_story *story_of(const char *const *texts, size_t count)
{
    dsr_story *story = dsr_arena_alloc(world.arena, sizeof *story);
    assert_non_null(story);
    assert_int_equal(DSR_LIST_RESERVE(world.arena, &story->reports, count), DSR_OK);
    for (size_t i = 0; i < count; i++) {
        dsr_report *report = named_report(&world, texts[i]);
        assert_non_null(report);
        story->reports.items[story->reports.count++] = (dsr_story_report){.report = report};
    }
    assert_int_equal(dsr_cast_make(world.entities, world.arena, story), DSR_OK);
    return story;
}

#define STORY(...)                                                                                           \
    story_of((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* An entry that is empty where there is none. */
static const dsr_cast_entry *find(const dsr_story *story, const char *id)
{
    static const dsr_cast_entry none = {.mentions = 0};
    for (size_t i = 0; i < story->cast.count; i++) {
        if (dsr_slice_equal(story->cast.items[i].entity, dsr_slice_of(id))) {
            return &story->cast.items[i];
        }
    }
    return &none;
}

static size_t persons(const dsr_story *story)
{
    size_t count = 0;
    for (size_t i = 0; i < story->cast.count; i++) {
        count += story->cast.items[i].type == DSR_NAME_PER;
    }
    return count;
}

static void spellings_of_one_person(void **state)
{
    (void)state;
    dsr_story *s = STORY("President {PER Ilja Bodrov} of {GPE Ukraine} spoke. {PER Bodrov} left.",
                         "President {PER Ilya Bodrow} of {GPE Ukraine} spoke.");
    assert_int_equal(persons(s), 1);
    const dsr_cast_entry *entry = &s->cast.items[0];
    assert_int_equal(entry->mentions, 3);
    assert_int_equal(entry->reports, 2);
    assert_int_equal(entry->variants.count, 3);
    assert_true(dsr_slice_equal(entry->variants.items[2].text, DSR_SLICE("Bodrov")));
    assert_true(entry->roles.count >= 1);
}

static void every_merge_says_why(void **state)
{
    (void)state;
    dsr_story *s = STORY("{GPE Ukraine}'s President {PER Volodymyr Bodrenko} spoke. {PER Bodrenko} left.",
                         "{NORP Ukrainian} President {PER Volodymr Bodrenko} spoke.");
    assert_int_equal(persons(s), 1);
    const dsr_cast_entry *entry = find(s, "per-volodimir-bodrenko");
    assert_true(entry->mentions > 0);
    assert_int_equal(entry->members.count, 2);
    size_t reasons = 0;
    for (size_t i = 0; i < entry->members.count; i++) {
        reasons += entry->members.items[i].why.len > 0;
    }
    assert_int_equal(reasons, 1);
}

static void spelled_alike_and_called_otherwise(void **state)
{
    (void)state;
    assert_int_equal(persons(STORY("{PER Sergei Bodrov}, a witness, spoke.",
                                   "{PER Sergey Bodrov}, a footballer from {GPE Kazan}, spoke.")),
                     2);
    assert_int_equal(persons(STORY("{PER Mohammed Ali Hassan}, a neighbour, spoke.",
                                   "{PER Mohamad Ali Hassan}, the judge, spoke.")),
                     2);
    dsr_story *s = STORY("{PER Sergei Bodrov}, a witness, spoke.", "{PER Sergey Bodrov} spoke.");
    assert_int_equal(persons(s), 1);
    assert_int_equal(s->cast.items[0].members.count, 1); /* one id, and why it is one */
    assert_true(s->cast.items[0].members.items[0].why.len > 0);
    assert_int_equal(persons(STORY("{PER Sergei Bodrov}, the leader, spoke.",
                                   "{PER Sergey Bodrov}, the president, left.")),
                     1);
}

static void the_fullest_name_and_of_two_one_whatever_the_order(void **state)
{
    (void)state;
    dsr_story *s = STORY("{PER Sergei Bodrov} spoke. {PER S. Bodrov} left. {PER S. Bodrov} slept.");
    assert_true(dsr_slice_equal(s->cast.items[0].canonical, DSR_SLICE("Sergei Bodrov")));
    s = STORY("{PER Sergey Bodrov} spoke.", "{PER Sergei Bodrov} left.");
    assert_int_equal(persons(s), 1);
    dsr_slice one = s->cast.items[0].canonical;
    bool first = dsr_slice_equal(one, DSR_SLICE("Sergey Bodrov"));
    assert_true(first || dsr_slice_equal(one, DSR_SLICE("Sergei Bodrov")));
}

static void people_of_one_surname_stay_two(void **state)
{
    (void)state;
    dsr_story *s = STORY("{PER John Harlow} spoke.", "{PER Mary Harlow} spoke.", "{PER Harlow} left.");
    assert_int_equal(persons(s), 3); /* nobody knows which Harlow left */
    s = STORY("{PER John Harlow} spoke.", "{PER Harlow} left.");
    assert_int_equal(persons(s), 1);
    s = STORY("Mr {PER Harlow} spoke. He left.", "Mrs {PER Harlow} spoke. She left.");
    assert_int_equal(persons(s), 2);
}

static void titles_and_given_names(void **state)
{
    (void)state;
    dsr_story *s = STORY("{PER John Harlow} spoke.", "Mrs. {PER Harlow} left.");
    assert_int_equal(persons(s), 2);
    s = STORY("{PER John Harlow} spoke.", "{PER Mary Harlow} sang.", "Mrs {PER Harlow} left.");
    assert_int_equal(persons(s), 2);
    assert_int_equal(find(s, "per-mari-harlov")->mentions, 2);
    s = STORY("{PER Mary Harlow} spoke.", "Mr. {PER Harlow} left.");
    assert_int_equal(persons(s), 2);
    /* The name is the same: what the given name tells is less than what is said. */
    s = STORY("{PER John Harlow} spoke.", "Mrs {PER John Harlow} left.");
    assert_int_equal(persons(s), 1);
}

static void more_people_of_one_name_than_are_compared(void **state)
{
    (void)state;
    dsr_story *s =
        STORY("{PER Peter Blok}, 5, fell.", "{PER Peter Blok}, 10, fell.", "{PER Peter Blok}, 15, fell.",
              "{PER Peter Blok}, 20, fell.", "{PER Peter Blok}, 25, fell.", "{PER Peter Blok}, 30, fell.",
              "{PER Peter Blok}, 35, fell.", "{PER Peter Blok}, 40, fell.", "{PER Peter Blok}, 45, fell.",
              "{PER Peter Blok}, 50, fell.", "{PER Peter Blok}, 55, fell.");
    assert_int_equal(persons(s), 11);
}

/* The second of a name in one report need not be the second of another. */
static void second_ones_of_two_reports(void **state)
{
    (void)state;
    dsr_report *one = named_read(&world, "{PER Jonas Berg}, 70, met {PER Jonas Berg}, 7.");
    dsr_report *other = named_read(&world, "{PER Jonas Berg}, 50, met {PER Jonas Berg}, 20.");
    one->id.bytes[0] = 1;
    other->id.bytes[0] = 2;
    assert_int_equal(named_resolve(&world, world.arena, one), DSR_OK);
    assert_int_equal(named_resolve(&world, world.arena, other), DSR_OK);
    assert_int_equal(one->entities.count, 2);
    assert_int_equal(other->entities.count, 2);
    assert_true(dsr_slice_equal(one->entities.items[0].id, other->entities.items[0].id));
    assert_false(dsr_slice_equal(one->entities.items[1].id, other->entities.items[1].id));
}

static void particles_and_capitals(void **state)
{
    (void)state;
    dsr_story *s =
        STORY("{PER Marcel de Vaulle} spoke.", "{PER Marcel De Vaulle} sang. {PER De Vaulle} bowed.",
              "{PER de Vaulle} left.", "{PER Vaulle} slept.", "{PER Marcel Vaulle} woke.");
    assert_int_equal(persons(s), 1);
    s = STORY("{PER Marcel de Vaulle} spoke.", "{PER Pierre de Vaulle} sang.", "{PER Vaulle} slept.");
    assert_int_equal(persons(s), 3);
}

static void a_role_tells_which(void **state)
{
    (void)state;
    dsr_story *s = STORY("Defence Minister {PER John Harlow} spoke.", "Goalkeeper {PER Mary Harlow} spoke.",
                         "Defence Minister {PER Harlow} left.");
    assert_int_equal(persons(s), 2);
    const dsr_cast_entry *entry = find(s, "per-john-harlov");
    assert_true(entry->mentions > 0);
    assert_int_equal(entry->mentions, 2);
}

static void a_name_that_fits_two_joins_neither(void **state)
{
    (void)state;
    dsr_story *s = STORY("{PER George W. Harlow} spoke.", "{PER George H. W. Harlow} spoke.",
                         "{PER George Harlow} left.");
    assert_int_equal(persons(s), 3);
    s = STORY("{PER Alexander Maas} spoke.", "{PER Alexandra Maas} spoke.", "{PER Alex Maas} left.");
    assert_int_equal(persons(s), 3);
    s = STORY("{PER Alexander Maas} spoke.", "{PER Alex Maas} left.");
    assert_int_equal(persons(s), 1);
}

static void kings_and_popes(void **state)
{
    (void)state;
    dsr_story *s = STORY("Pope {PER Francis} prayed.", "{PER Francis Collins} helped.");
    assert_int_equal(persons(s), 2);
    s = STORY("{PER King Charles} waved.", "{PER Charles Michel} left.");
    assert_int_equal(persons(s), 2);
    s = STORY("{PER Mohammed bin Salman} spoke. {PER King Salman} left.");
    assert_int_equal(persons(s), 2);
    s = STORY("King {PER Charles II} reigned.", "King {PER Charles III} reigns.");
    assert_int_equal(persons(s), 2);
    s = STORY("Crown Prince {PER Mohammed bin Salman} spoke. Prince {PER Mohammed} left.");
    assert_int_equal(persons(s), 1);
}

static void ages_keep_apart(void **state)
{
    (void)state;
    dsr_story *s = STORY("{PER Piet Blok}, 45, was killed.", "{PER Piet Blok}, 12, was rescued.");
    assert_int_equal(persons(s), 2);
    s = STORY("{PER Piet Blok}, 45, was killed.", "{PER Piet Blok}, 46, was killed.",
              "{PER Piet Blok}, 4,500 men and he.");
    assert_int_equal(persons(s), 1);
}

static void father_and_son(void **state)
{
    (void)state;
    dsr_story *s = STORY("Captain {PER John Harlow Sr.} spoke.", "Captain {PER John Harlow Jr.} spoke.",
                         "Captain {PER John Harlow} left.");
    assert_true(persons(s) >= 2);
    s = STORY("{PER John Harlow Jr.} spoke.", "{PER John Harlow} left.");
    assert_int_equal(persons(s), 2);
}

/* The third report's spelling leads to both of the first. */
static void two_of_one_report_stay_two(void **state)
{
    (void)state;
    dsr_story *s = STORY("{PER Juan Vidal Lopez} and {PER Juan Vidal} were hurt.");
    assert_int_equal(persons(s), 2);
    s = STORY("{PER Juan Vidal Lopez} and {PER Juan Vidal} were hurt.", "{PER Juan Vidal} left.");
    assert_int_equal(persons(s), 2);
}

static void countries_keep_apart(void **state)
{
    (void)state;
    dsr_story *s = STORY("{GPE Chile}'s striker {PER Jon Vidal} scored.",
                         "{GPE Norway}'s judge {PER Jonn Vidal} ruled.");
    assert_int_equal(persons(s), 2);
}

static void bodies_by_abbreviation(void **state)
{
    (void)state;
    dsr_story *s = STORY("The {ORG Lantern Makers Guild} ({ORG LMG}) met.", "{ORG LMG} met.");
    assert_int_equal(s->cast.count, 1);
    s = STORY("The {ORG Lantern Makers Guild} met.", "{ORG LMG} met.");
    assert_int_equal(s->cast.count, 1);
    assert_int_equal(s->cast.items[0].members.count, 2);
    s = STORY("{ORG Orvane Steel Works} met.", "{ORG Orvane} met.");
    assert_int_equal(s->cast.count, 1);
    s = STORY("{ORG Orvane Steel Works} met {ORG Orvane Motor Club}.", "{ORG Orvane} met.");
    assert_int_equal(s->cast.count, 3);
    /* Two names with the same initials: it may be either. */
    s = STORY("The {ORG Lantern Makers Guild} met the {ORG Lisbon Motor Group}.", "{ORG LMG} met.");
    assert_int_equal(s->cast.count, 3);
}

/* One abbreviation of two bodies says nothing, whatever the order. */
static void one_abbreviation_of_two_bodies(void **state)
{
    (void)state;
    static const char *const texts[] = {"The {ORG Lantern Makers Guild} ({ORG LMG}) met.",
                                        "The {ORG Lisbon Motor Group} ({ORG LMG}) met.", "{ORG LMG} met.",
                                        "{ORG LMG} left."};
    for (size_t turn = 0; turn < 4; turn++) {
        const char *const turned[] = {texts[turn], texts[(turn + 1) % 4], texts[(turn + 2) % 4],
                                      texts[(turn + 3) % 4]};
        assert_int_equal(story_of(turned, 4)->cast.count, 3);
    }
}

static void a_country_and_its_people(void **state)
{
    (void)state;
    dsr_story *s = STORY("{GPE Russia} met {NORP Russian} envoys in the {GPE Russian Federation}.");
    assert_int_equal(s->cast.count, 1);
    assert_int_equal(s->cast.items[0].mentions, 3);
    assert_int_equal(s->cast.items[0].variants.count, 2); /* a word of nationality is no spelling */
}

static void the_most_often_named_first(void **state)
{
    (void)state;
    dsr_story *s = STORY("{PER Ana Luz} met {PER Piet Maas}. {PER Maas} left. {PER Maas} came back.");
    assert_true(dsr_slice_equal(s->cast.items[0].canonical, DSR_SLICE("Piet Maas")));
}

static void order_of_reports_merges_nothing_else(void **state)
{
    (void)state;
    static const char *const texts[] = {"President {PER Ilja Bodrov} spoke to {ORG LMG}.",
                                        "{PER Bodrov} spoke to the {ORG Lantern Makers Guild}.",
                                        "{PER Ilya Bodrow} and {PER Mary Harlow} spoke."};
    static const size_t orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t o = 0; o < 6; o++) {
        const char *const turned[] = {texts[orders[o][0]], texts[orders[o][1]], texts[orders[o][2]]};
        dsr_story *s = story_of(turned, 3);
        assert_int_equal(s->cast.count, 3);
        assert_int_equal(s->cast.items[0].mentions, 3);
    }
}

static void rule(dsr_story *story, const dsr_cast_rules *rules)
{
    assert_int_equal(dsr_cast_make_ruled(world.entities, rules, world.arena, story), DSR_OK);
}

static void who_is_said_to_be_one_is_one(void **state)
{
    (void)state;
    dsr_story *s =
        STORY("President {PER Ilja Bodrov} met {PER Mary Harlow}.", "{PER Mary Harlow} left. {PER Bodrov} "
                                                                    "did not.");
    const dsr_cast_entry *one = &s->cast.items[0], *other = &s->cast.items[1];
    assert_int_equal(s->cast.count, 2);
    /* Both stand in one report, which keeps them apart for evidence. */
    dsr_cast_pair pairs[] = {{other->entity, one->entity, DSR_SLICE("Ann says so")},
                             {DSR_SLICE("per-nobody"), one->entity, DSR_SLICE("")},
                             {one->entity, one->entity, DSR_SLICE("")}};
    rule(s, &(dsr_cast_rules){pairs, 3, NULL, 0});
    assert_int_equal(s->cast.count, 1);
    assert_int_equal(s->cast.items[0].mentions, 4);
    assert_int_equal(s->cast.items[0].reports, 2);
    bool said = false;
    for (size_t i = 0; i < s->cast.items[0].members.count; i++) {
        said |= dsr_slice_equal(s->cast.items[0].members.items[i].why, DSR_SLICE("Ann says so"));
    }
    assert_true(said);
}

static void bodies_may_be_one_too(void **state)
{
    (void)state;
    dsr_story *s = STORY("{ORG Harbour Union} spoke.", "{ORG Dock Council} spoke.");
    assert_int_equal(s->cast.count, 2);
    dsr_cast_pair pair = {s->cast.items[0].entity, s->cast.items[1].entity, DSR_SLICE("")};
    rule(s, &(dsr_cast_rules){&pair, 1, NULL, 0});
    assert_int_equal(s->cast.count, 1);
}

static void who_is_said_to_be_somebody_else_is_two(void **state)
{
    (void)state;
    dsr_story *s = STORY("President {PER Ilja Bodrov} spoke. {PER Bodrov} left.",
                         "President {PER Ilya Bodrow} left.", "President {PER Ilja Bodrov} came.");
    assert_int_equal(s->cast.count, 1);
    dsr_slice name = DSR_SLICE("per-x~1");
    dsr_report *report = dsr_arena_alloc(world.arena, sizeof *report);
    assert_non_null(report);
    *report = *s->reports.items[2].report;
    report->entities.items =
        dsr_arena_alloc_array(world.arena, report->entities.count, sizeof *report->entities.items);
    assert_non_null(report->entities.items);
    for (size_t i = 0; i < report->entities.count; i++) {
        report->entities.items[i] = s->reports.items[2].report->entities.items[i];
        report->entities.items[i].id = name;
    }
    s->reports.items[2].report = report;
    rule(s, &(dsr_cast_rules){NULL, 0, NULL, 0}); /* its name alone would have it the same again */
    assert_int_equal(s->cast.count, 1);
    rule(s, &(dsr_cast_rules){NULL, 0, &name, 1});
    assert_int_equal(s->cast.count, 2);
    assert_int_equal(find(s, "per-x~1")->mentions, 1);
    /* Said to be one after all. */
    dsr_cast_pair pair = {s->cast.items[0].entity, name, DSR_SLICE("")};
    rule(s, &(dsr_cast_rules){&pair, 1, &name, 1});
    assert_int_equal(s->cast.count, 1);
}

static void no_reports_no_names(void **state)
{
    (void)state;
    dsr_story *s = STORY("Nobody came.");
    assert_int_equal(s->cast.count, 0);
    dsr_story empty = {.headline = DSR_SLICE("x")};
    assert_int_equal(dsr_cast_make(world.entities, world.arena, &empty), DSR_OK);
    assert_int_equal(empty.cast.count, 0);
}

static void lists_are_bounded(void **state)
{
    (void)state;
    static char text[DSR_LIMIT_CAST_ROLES * 3 * 64];
    size_t used = 0;
    static const char *const roles[] = {"Mayor", "Judge", "Senator", "Governor", "Minister"};
    for (unsigned i = 0; i < DSR_LIMIT_CAST_ROLES * 2; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "Former {ORG Body%c%c} %s {PER Ana Luz} spoke. ", 'A' + (int)(i / 26),
                                 'a' + (int)(i % 26), roles[i % 5]);
    }
    dsr_story *s = STORY(text);
    const dsr_cast_entry *entry = find(s, "per-ana-luz");
    assert_true(entry->mentions > 0);
    assert_int_equal(entry->roles.count, DSR_LIMIT_CAST_ROLES);
    s = STORY("{ORG Harlow} {ORG HARLOW} met.");
    assert_true(s->cast.items[0].variants.count <= DSR_LIMIT_CAST_VARIANTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(spellings_of_one_person),
                                       cmocka_unit_test(every_merge_says_why),
                                       cmocka_unit_test(spelled_alike_and_called_otherwise),
                                       cmocka_unit_test(the_fullest_name_and_of_two_one_whatever_the_order),
                                       cmocka_unit_test(people_of_one_surname_stay_two),
                                       cmocka_unit_test(titles_and_given_names),
                                       cmocka_unit_test(more_people_of_one_name_than_are_compared),
                                       cmocka_unit_test(second_ones_of_two_reports),
                                       cmocka_unit_test(particles_and_capitals),
                                       cmocka_unit_test(a_role_tells_which),
                                       cmocka_unit_test(a_name_that_fits_two_joins_neither),
                                       cmocka_unit_test(kings_and_popes),
                                       cmocka_unit_test(ages_keep_apart),
                                       cmocka_unit_test(father_and_son),
                                       cmocka_unit_test(two_of_one_report_stay_two),
                                       cmocka_unit_test(countries_keep_apart),
                                       cmocka_unit_test(bodies_by_abbreviation),
                                       cmocka_unit_test(one_abbreviation_of_two_bodies),
                                       cmocka_unit_test(a_country_and_its_people),
                                       cmocka_unit_test(the_most_often_named_first),
                                       cmocka_unit_test(order_of_reports_merges_nothing_else),
                                       cmocka_unit_test(who_is_said_to_be_one_is_one),
                                       cmocka_unit_test(bodies_may_be_one_too),
                                       cmocka_unit_test(who_is_said_to_be_somebody_else_is_two),
                                       cmocka_unit_test(no_reports_no_names),
                                       cmocka_unit_test(lists_are_bounded)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
