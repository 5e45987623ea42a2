/* Names of one report: which are one, and which capital stands for its state. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

static void expect(dsr_slice found, const char *wanted)
{
    char text[256];
    assert_true(found.len < sizeof text);
    memcpy(text, found.ptr, found.len);
    text[found.len] = '\0';
    assert_string_equal(text, wanted);
}

/* The nth and mth names are one, or are two. */
static void expect_one(const dsr_report *report, size_t n, size_t m, bool one)
{
    assert_int_equal(dsr_slice_equal(named_id(report, n), named_id(report, m)), one);
}

/* Why the nth name is whose it is, and the words that say so. */
static void expect_why(const dsr_report *report, size_t n, dsr_tie tie, const char *because)
{
    const dsr_name *name = &report->names.items[n];
    assert_int_equal(name->tie, tie);
    expect(dsr_slice_part(report->text, name->because.start, name->because.end), because);
}

static void each_name_says_why(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("{PER Luz} spoke. {PER Ana Luz} of {GPE Peru} left. {PER Ana} slept. {PER Ana Luz} and {PER "
                "A. Luz} met {NORP Peruvian} friends of {ORG Delta Works}.");
    expect_why(r, 0, DSR_TIE_SURNAME, "Ana Luz");
    assert_int_equal(r->names.items[0].because.start, r->names.items[1].span.start);
    expect_why(r, 1, DSR_TIE_NONE, "");
    expect_why(r, 2, DSR_TIE_KNOWN, "");
    expect_why(r, 3, DSR_TIE_GIVEN_NAME, "Ana Luz");
    expect_why(r, 4, DSR_TIE_SAME, "Ana Luz");
    expect_why(r, 5, DSR_TIE_INITIAL, "Ana Luz");
    expect_why(r, 6, DSR_TIE_NATIONALITY, "Peru");
    r = resolve(
        "{ORG Delta Works} ({ORG DWX}) left. {ORG Delta} came. {ORG DWX} slept. {ORG Works Delta} stayed.");
    expect_why(r, 1, DSR_TIE_BRACKETS, "Delta Works");
    expect_why(r, 2, DSR_TIE_WORD, "Delta Works");
    expect_why(r, 3, DSR_TIE_SAME, "DWX");
    expect_why(r, 4, DSR_TIE_ORDER, "Delta Works");
}

static void each_reference_says_why(void **state)
{
    (void)state;
    dsr_report *r = resolve("Mayor {PER Ana Luz} spoke. She left. The mayor slept.");
    assert_int_equal(r->references.count, 2);
    const dsr_reference *she = &r->references.items[0];
    expect(dsr_slice_part(r->text, she->because.start, she->because.end), "Ana Luz");
    const dsr_reference *mayor = &r->references.items[1];
    assert_int_equal(mayor->tie, DSR_TIE_ROLE);
    expect(dsr_slice_part(r->text, mayor->because.start, mayor->because.end), "Mayor");
}

/* What stands in brackets is what the report says it is, whatever else the gazetteer has by those letters. */
static void what_somebody_is_not_is_no_role(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("{PER Ana Luz}, not the mayor, spoke. {PER Ivan Berg} is not the governor. He left.");
    assert_int_equal(r->roles.count, 0);
    r = resolve("{PER Ana Luz}, the mayor, spoke.");
    assert_int_equal(r->roles.count, 1);
    r = resolve("They kept the remainder in stock, {PER Luz} said. The talented group, {PER Ivan Berg} said, "
                "would play.");
    assert_int_equal(r->roles.count, 0);
    r = resolve("The mayor of Delta, {PER Ana Luz}, said so.");
    assert_int_equal(r->roles.count, 1);
}

static void brackets_go_before_the_gazetteer(void **state)
{
    (void)state;
    dsr_report *r = resolve("{ORG National Sewing Academy} ({ORG NSA}) met. {ORG NSA} sewed.");
    expect_one(r, 0, 1, true);
    expect_one(r, 0, 2, true);
    expect(named_id(r, 0), "org-national-seving-akademi");
    expect(r->entities.items[0].canonical, "National Sewing Academy");
    r = resolve("{ORG NATO} met. {ORG North Atlantic Treaty Organization} ({ORG NATO}) left.");
    for (size_t i = 0; i < 3; i++) {
        expect(named_id(r, i), "org-nato");
    }
}

static void expect_type(const dsr_report *report, size_t n, dsr_name_type type)
{
    assert_int_equal(report->names.items[n].type, type);
}

static void types_that_the_whole_report_tells(void **state)
{
    (void)state;
    dsr_report *r = resolve("{PER Washington} warned {GPE Tehran}. The governor of {GPE Washington} spoke; "
                            "{PER Denzel Washington} did not. {PER Washington} slept.");
    expect_type(r, 0, DSR_NAME_GPE);
    expect_one(r, 0, 2, true);
    expect_one(r, 3, 4, true);
    r = resolve("{PER Paris Hilton} came. She stayed at the {PER Hilton} in {GPE Paris}. The {PER Hilton} "
                "family left.");
    expect_type(r, 1, DSR_NAME_FAC);
    expect_one(r, 0, 1, false);
    expect_one(r, 0, 3, true);
    r = resolve(
        "The {ORG Delta Indians} lost. The {NORP Indians} had led. {NORP Indians} in {GPE Delhi} wept.");
    expect_one(r, 0, 1, true);
    expect_one(r, 0, 2, false);
    r = resolve(
        "{PER Michael Jordan} came. {PER Jordan} signed a treaty. {PER Jordan}'s army left. {PER Jordan} "
        "slept.");
    expect_type(r, 1, DSR_NAME_GPE);
    expect_one(r, 1, 2, true);
    expect_one(r, 0, 3, true);
    r = resolve("The {NORP Indians} lost to {ORG Delta}. The {ORG Cleveland Indians} had led.");
    expect_one(r, 0, 2, true);
    r = resolve("The {NORP Indians} of {GPE Peru} spoke. The {ORG Delta Indians} lost.");
    expect_one(r, 0, 2, false);
}

static void other_names_of_a_person(void **state)
{
    (void)state;
    dsr_report *r = resolve("{PER Joko Widodo}, popularly known as {PER Jokowi}, spoke. {PER Jokowi} left. "
                            "{PER Ana Luz} is as good as {PER Berg}.");
    expect_one(r, 0, 1, true);
    expect_one(r, 0, 2, true);
    expect_why(r, 1, DSR_TIE_SAID, "Joko Widodo");
    expect_one(r, 3, 4, false);
    r = resolve("{PER Mohammed bin Salman} spoke. {ORG MBS} said the oil would flow.");
    expect_one(r, 0, 1, true);
    expect_why(r, 1, DSR_TIE_INITIALS, "Mohammed bin Salman");
    r = resolve("{PER Mohammed bin Salman} met {PER Musa ben Saleh}. {ORG MBS} said the oil would flow.");
    expect_one(r, 0, 2, false);
    expect_one(r, 1, 2, false);
    r = resolve("{PER Aung San Suu Kyi} spoke. {PER Suu Kyi} denied it.");
    expect_one(r, 0, 1, true);
}

static void a_seat_of_a_union(void **state)
{
    (void)state;
    dsr_report *r = resolve("{GPE Brussels} warned {GPE Moscow}.");
    uint32_t union_of = r->names.items[0].metonym_for;
    assert_true(union_of < r->entities.count);
    expect(r->entities.items[union_of].canonical, "European Union");
    r = resolve("{GPE Belgium} voted. {GPE Brussels} warned {GPE Moscow}.");
    assert_int_equal(r->names.items[1].metonym_for, r->names.items[0].entity);
}

static void a_surname_of_several(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("{PER Dan Harlow} and his wife {PER Mary Harlow} flew to {GPE Peru}. {PER Harlow} "
                "said he would win. The {PER Harlow} campaign came.");
    expect_one(r, 0, 3, true);
    expect_one(r, 0, 4, true);
    expect_why(r, 3, DSR_TIE_SURNAME_SEVERAL, "Dan Harlow");
    r = resolve("{PER Dan Harlow} spoke of {PER Tom Harlow}, his father. {PER Harlow}, who died in 2000, was "
                "a judge. {PER Harlow} said on Monday he would resign.");
    expect_one(r, 1, 2, true);
    expect_one(r, 0, 3, true);
    r = resolve("{PER Mary Harlow} spoke. {PER Dan Harlow} said that {PER Mary} would come.\n\n{PER Mary} "
                "was gone.\n\n{PER Harlow} demands it.\n\nEverything {PER Harlow} says is so.");
    expect_one(r, 0, 2, true);
    expect_one(r, 0, 4, false);
    expect_one(r, 4, 5, true);
    r = resolve("{PER Kim Jong Un} met {PER Moon Jae-in}. {PER Kim Jong Il} died in 2011. {PER Kim} spoke.");
    expect_one(r, 0, 3, true);
    expect_why(r, 3, DSR_TIE_SURNAME_SEVERAL, "Kim Jong Un");
    r = resolve("Premier {PER Li Qiang} met the former premier {PER Li Keqiang}. Premier {PER Li} spoke.");
    expect_one(r, 0, 2, true);
    r = resolve("Sheikh {PER Omar bin Zayed} met Prince {PER Omar bin Salman}. Sheikh {PER Omar} stayed.");
    expect_one(r, 0, 2, true);
    r = resolve("Prince {PER Omar bin Salman} met Sheikh {PER Omar bin Zayed}. Prince {PER Omar} stayed.");
    expect_one(r, 0, 2, true);
}

static void letters_of_two_bodies(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("{ORG Gale Rescue Board} ({ORG GRB}) met {ORG Green River Bank} ({ORG GRB}). {ORG GRB} paid. "
                "{ORG GRB} left.");
    expect_one(r, 0, 1, true);
    expect_one(r, 2, 3, true);
    expect_one(r, 0, 2, false);
    expect_one(r, 4, 0, false);
    expect_one(r, 4, 2, false);
    expect_one(r, 4, 5, true);
}

static void full_names_that_fit_two(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("{PER George Okello} came. {PER George W. Okello} spoke. {PER George H. W. Okello} left.");
    expect_one(r, 0, 1, false);
    expect_one(r, 0, 2, false);
    expect_one(r, 1, 2, false);
    r = resolve("{PER George Okello} came. {PER George W. Okello} spoke.");
    expect_one(r, 0, 1, true);
    r = resolve("{PER Juan Vidal Lopez} came. {PER Juan Vidal} spoke.");
    expect_one(r, 0, 1, true);
    r = resolve("{PER Juan Vidal Lopez} and {PER Juan Vidal} came.");
    expect_one(r, 0, 1, false);
    r = resolve("{PER Mohamed Salah} and {PER Mohammed Saleh} came.");
    expect_one(r, 0, 1, false);
    r = resolve("{PER Donald Okello Jr.} came. {PER Donald Okello} spoke.");
    expect_one(r, 0, 1, false);
}

static void a_surname_follows_the_full_name(void **state)
{
    (void)state;
    dsr_report *r = resolve("Governor {PER Amina Okello} spoke. {PER Okello} left. {PER Amina} had a car.");
    expect(named_id(r, 0), "per-amina-okelo");
    expect_one(r, 0, 1, true);
    expect_one(r, 0, 2, true);
    assert_int_equal(r->entities.count, 1);
    assert_true(dsr_slice_equal(r->entities.items[0].canonical, DSR_SLICE("Amina Okello")));
}

static void a_headline_comes_before_the_full_name(void **state)
{
    (void)state;
    dsr_report *r = resolve("{PER OKELLO} RESIGNS\n\n{PER Amina Okello} resigned on Monday.");
    expect_one(r, 0, 1, true);
    assert_true(dsr_slice_equal(r->entities.items[0].canonical, DSR_SLICE("Amina Okello")));
}

static void two_of_one_surname_stay_two(void **state)
{
    (void)state;
    dsr_report *r = resolve(
        "{PER John Harlow} and {PER Mary Harlow} were there. Mrs {PER Harlow} laughed. Mr {PER Harlow} "
        "did not. {PER Harlow} left.");
    expect_one(r, 0, 1, false);
    expect_one(r, 2, 1, true);
    expect_one(r, 3, 0, true);
    expect_one(r, 4, 0, true); /* the one named last */
}

static void a_surname_with_several_bearers(void **state)
{
    (void)state;
    /* In a new paragraph it is the report's main person's; inside one, that of who was named last. */
    dsr_report *r =
        resolve("Senator {PER Dan Harlow} won. His wife, {PER Mary Harlow}, a surgeon, stayed away.\n\n"
                "{PER Harlow} thanked the voters. Mrs. {PER Harlow} slept. {PER Harlow} woke.\n\n"
                "The sheriff, {PER Tom Harlow}, was there. Sheriff {PER Harlow} sang.\n\n"
                "Senator {PER Harlow} left.\n\n{PER Harlow} waved.");
    expect_one(r, 2, 0, true);
    expect_why(r, 2, DSR_TIE_SURNAME_SEVERAL, "Dan Harlow");
    expect_one(r, 3, 1, true);
    expect_why(r, 3, DSR_TIE_SURNAME_SEX, "Mary Harlow");
    expect_one(r, 4, 1, true);
    expect_one(r, 6, 5, true);
    expect_why(r, 6, DSR_TIE_SURNAME_ROLE, "Tom Harlow");
    expect_one(r, 7, 0, true);
    expect_one(r, 8, 0, true);
    /* Side by side, and nothing tells: nobody's. */
    r = resolve("{PER John Harlow} and {PER Mary Harlow} were there. {PER Harlow} left.");
    expect_one(r, 2, 0, false);
    expect_one(r, 2, 1, false);
}

static void callings_and_ages_keep_apart(void **state)
{
    (void)state;
    dsr_report *r = resolve("{PER Ahmad Aliyev}, a surgeon, was hurt. Judge {PER Ahmed Aliyev} was not.");
    expect_one(r, 0, 1, false);
    r = resolve("{PER Ahmad Aliyev}, a surgeon, was hurt. The surgeon {PER Ahmed Aliyev} slept. {PER Ahmad "
                "Aliyev} left.");
    expect_one(r, 0, 1, true);
    r = resolve("{PER Peter Blok}, 45, was hurt. {PER Peter Blok}, 12, was not.");
    expect_one(r, 0, 1, false);
    assert_false(dsr_slice_equal(named_id(r, 0), named_id(r, 1)));
    r = resolve("{PER Peter Blok}, 45, was hurt. {PER Peter Blok} slept.");
    expect_one(r, 0, 1, true);
}

static void two_of_one_name_stay_one(void **state)
{
    (void)state;
    /* Without any sign that they are two, one name is one person. */
    dsr_report *r = resolve("{PER John Harlow} met {PER John Harlow}.");
    expect_one(r, 0, 1, true);
}

static void spellings_inside_one_report(void **state)
{
    (void)state;
    dsr_report *r = resolve("{PER Sergey Riashkin} came. {PER Sergei Ryashkin} left. {PER Ryashkin} slept.");
    expect_one(r, 0, 1, true);
    expect_one(r, 0, 2, true);
}

static void double_names(void **state)
{
    (void)state;
    dsr_report *r = resolve("{PER Dafna Barlev-Toledano} sings. {PER Barlev} bows. {PER Toledano} smiles.");
    expect_one(r, 0, 1, true);
    expect_one(r, 0, 2, true);
}

static void states_by_all_their_names(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("The {GPE United States}, the {GPE US}, {GPE U.S.} troops, {NORP American} ships.");
    for (size_t i = 0; i < 4; i++) {
        expect(named_id(r, i), "gpe-us");
    }
    r = resolve("{GPE Kyiv} was once {GPE Kiev}.");
    expect_one(r, 0, 1, true);
}

static void abbreviations_of_bodies(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("The {ORG Lantern Makers Guild} ({ORG LMG}) met. {ORG LMG} voted. The {ORG Guild} rested.");
    expect_one(r, 0, 1, true);
    expect_one(r, 0, 2, true);
    expect_one(r, 0, 3, true);
    /* In brackets any short form will do; elsewhere the initials must agree. */
    r = resolve("The {ORG Serb Civic List} ({ORG GSL}) won. {ORG GSL} cheered. {ORG PQR} wept.");
    expect_one(r, 0, 2, true);
    expect_one(r, 0, 3, false);
    r = resolve("{ORG Ministry of Health} staff and the {ORG Health Ministry} agree.");
    expect_one(r, 0, 1, true);
    r = resolve("{ORG Blue Sambuk Lines} sank. {ORG Blue Sambuk} paid.");
    expect_one(r, 0, 1, true);
    r = resolve("The {ORG World Health Organization} said. {ORG WHO} agreed.");
    expect(named_id(r, 0), "org-who");
    expect_one(r, 0, 1, true);
}

/* A name of one word is bound late, and what stands in brackets behind it no later. */
static void brackets_behind_one_word(void **state)
{
    (void)state;
    dsr_report *r = resolve("{ORG Norvik} ({ORG NRVK}) and {ORG Halden} ({ORG HDN}) fell; {ORG HDN} rose.");
    assert_int_equal(r->names.count, 5);
    expect_one(r, 0, 1, true);
    expect_one(r, 2, 3, true);
    expect_one(r, 3, 4, true);
    expect_one(r, 0, 2, false);
    assert_true(dsr_report_is_sound(r, NULL));
}

static void a_word_of_two_bodies_is_neither(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("{ORG Orvane Steel Works} and {ORG Orvane Motor Club} split. {ORG Orvane} is a name.");
    expect_one(r, 0, 1, false);
    expect_one(r, 2, 0, false);
    expect_one(r, 2, 1, false);
}

static void capitals_that_act(void **state)
{
    (void)state;
    static const char *const acting[] = {
        "{GPE Moscow} said it would wait.",         "Talks with {GPE Moscow} failed.",
        "{GPE Moscow}'s demands were rejected.",    "An envoy from {GPE Moscow} came.",
        "{GPE Moscow} officials shrugged.",         "The {ORG Kremlin} denied it.",
        "A {GPE Moscow}-backed group fell silent.", "{GPE Moscow} and {GPE Minsk} signed.",
    };
    for (size_t i = 0; i < sizeof acting / sizeof *acting; i++) {
        expect(named_state(resolve(acting[i]), 0), "gpe-ru");
    }
    dsr_report *r = resolve("Relations between {GPE Moscow} and {GPE Washington} froze.");
    expect(named_state(r, 0), "gpe-ru");
    expect(named_state(r, 1), "gpe-us");
    /* The capital keeps an entity of its own. */
    assert_false(dsr_slice_equal(named_id(r, 0), named_state(r, 0)));
}

static void capitals_that_are_places(void **state)
{
    (void)state;
    static const char *const places[] = {
        "They met in {GPE Moscow}.",          "She flew to {GPE Moscow} on Monday.",
        "{GPE Moscow}'s streets were empty.", "Snow fell near {GPE Moscow}.",
        "{GPE MOSCOW} (LW) - Snow fell.",     "The {NORP Muscovite} laughed."};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        expect(named_state(resolve(places[i]), 0), "");
    }
    expect(named_state(resolve("{GPE Lagos} said no."), 0), ""); /* no capital */
}

static void entities_stand_in_the_order_of_the_text(void **state)
{
    (void)state;
    dsr_report *r = resolve("{GPE Moscow} said {PER Ana Luz} lied.");
    assert_int_equal(r->entities.count, 3);
    assert_int_equal(r->names.items[0].entity, 0);
    assert_int_equal(r->names.items[1].entity, 1);
    assert_int_equal(r->names.items[0].metonym_for, 2); /* what the text does not name comes last */
}

static void nothing_is_named(void **state)
{
    (void)state;
    dsr_report *r = resolve("");
    assert_int_equal(r->entities.count, 0);
    r = resolve("The minister said he would resign.");
    assert_int_equal(r->entities.count, 0);
    assert_int_equal(r->references.count, 0);
}

/* Names where no sentence is, names of marks only, very many names: nothing breaks. */
static void odd_names(void **state)
{
    (void)state;
    dsr_report *r =
        resolve("{PER --} and {ORG ...} and {GPE 42} met {PER \xd0\x90\xd0\xbd\xd0\xbd\xd0\xb0}.");
    assert_int_equal(r->entities.count, 4);
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < i; j++) {
            expect_one(r, i, j, false);
        }
    }
}

static void many_names_take_linear_time(void **state)
{
    (void)state;
    enum { NAMES = 6000 };
    char *text = malloc(NAMES * 32 + 1);
    assert_non_null(text);
    size_t used = 0;
    for (unsigned i = 0; i < NAMES; i++) {
        used += (size_t)snprintf(text + used, 33, "{PER %c%c%c Lom%c}. ", 'A' + (int)(i % 26),
                                 'a' + (int)(i / 26 % 26), 'a' + (int)(i / 676 % 26), 'a' + (int)(i % 5));
    }
    dsr_report *r = named_report(&world, text);
    free(text);
    assert_non_null(r);
    assert_true(r->entities.count > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_name_says_why),
                                       cmocka_unit_test(what_somebody_is_not_is_no_role),
                                       cmocka_unit_test(each_reference_says_why),
                                       cmocka_unit_test(brackets_go_before_the_gazetteer),
                                       cmocka_unit_test(a_surname_of_several),
                                       cmocka_unit_test(a_seat_of_a_union),
                                       cmocka_unit_test(types_that_the_whole_report_tells),
                                       cmocka_unit_test(other_names_of_a_person),
                                       cmocka_unit_test(letters_of_two_bodies),
                                       cmocka_unit_test(full_names_that_fit_two),
                                       cmocka_unit_test(a_surname_follows_the_full_name),
                                       cmocka_unit_test(a_headline_comes_before_the_full_name),
                                       cmocka_unit_test(two_of_one_surname_stay_two),
                                       cmocka_unit_test(a_surname_with_several_bearers),
                                       cmocka_unit_test(a_surname_of_several),
                                       cmocka_unit_test(callings_and_ages_keep_apart),
                                       cmocka_unit_test(two_of_one_name_stay_one),
                                       cmocka_unit_test(spellings_inside_one_report),
                                       cmocka_unit_test(double_names),
                                       cmocka_unit_test(states_by_all_their_names),
                                       cmocka_unit_test(abbreviations_of_bodies),
                                       cmocka_unit_test(brackets_behind_one_word),
                                       cmocka_unit_test(a_word_of_two_bodies_is_neither),
                                       cmocka_unit_test(capitals_that_act),
                                       cmocka_unit_test(capitals_that_are_places),
                                       cmocka_unit_test(entities_stand_in_the_order_of_the_text),
                                       cmocka_unit_test(nothing_is_named),
                                       cmocka_unit_test(odd_names),
                                       cmocka_unit_test(many_names_take_linear_time)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
