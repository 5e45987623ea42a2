/* Whether two names may be one person's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "entity/entity.h"

static dsr_entity_tables *tables;
static dsr_person_tables persons;

static int open_tables(void **state)
{
    (void)state;
    dsr_error error;
    if (dsr_entity_open(DSR_DATA_FOLDER, NULL, &tables, &error) != DSR_OK) {
        return -1;
    }
    persons = dsr_entity_persons(tables);
    return 0;
}

static int close_tables(void **state)
{
    (void)state;
    dsr_entity_close(tables);
    return 0;
}

static dsr_person_match match(const char *a, const char *b)
{
    dsr_person_name one = dsr_person_read(persons.words, dsr_slice_of(a));
    dsr_person_name other = dsr_person_read(persons.words, dsr_slice_of(b));
    dsr_person_why why = DSR_PERSON_WHY_EQUAL;
    dsr_person_match there = dsr_person_compare(&persons, &one, &other, &why);
    assert_true((there == DSR_PERSON_OTHER) == (why == DSR_PERSON_WHY_OTHER));
    assert_int_equal(there, dsr_person_compare(&persons, &other, &one, NULL));
    return there;
}

static void reads_names(void **state)
{
    (void)state;
    dsr_person_name name = dsr_person_read(persons.words, DSR_SLICE("Dr. Abdel Fattah el-Sisi"));
    assert_int_equal(name.count, 3);
    assert_true(dsr_slice_equal(name.words[2], DSR_SLICE("Sisi")));
    name = dsr_person_read(persons.words, DSR_SLICE("Ludwig van der Berg Jr."));
    assert_int_equal(name.count, 2);
    assert_true(dsr_slice_equal(name.words[1], DSR_SLICE("Berg")));
    name = dsr_person_read(persons.words, DSR_SLICE("K.C. Nwabudike"));
    assert_int_equal(name.count, 3);
    name = dsr_person_read(persons.words, DSR_SLICE("al"));
    assert_int_equal(name.count, 1);
    assert_int_equal(dsr_person_read(persons.words, DSR_SLICE("")).count, 0);
    name = dsr_person_read(persons.words, DSR_SLICE("a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 k11"));
    assert_int_equal(name.count, DSR_PERSON_WORDS);
}

static void one_person(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"Sergei Ryashkin", "Sergey Riashkin"},        {"Volodymyr Dubrinsky", "VOLODYMYR DUBRINSKYY"},
        {"Mohammed Al-Halbousi", "Muhammad Halbousi"}, {"Bob Menken", "Robert Menken"},
        {"K. Nwabudike", "Kelechi Nwabudike"},         {"Kim Jong Un", "Kim Jong-un"},
        {"Maria Lopez", "Maria Lopez-Vidal"},          {"Gunter Mueller", "G\xc3\xbcnter M\xc3\xbcller"},
        {"Amina Yusuf Diallo", "Amina Diallo"},        {"Tayyip Erdogan", "Recep Tayyip Erdogan"},
        {"Lino Tito Ordaz Tzab", "Lino Ordaz Tzab"},   {"Talant Isakov - Beishen", "Isakov - Beishen"},
        {"George W. Bush", "George Walker Bush"},      {"John Smith Jr.", "John Smith, Jr"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_int_equal(match(same[i][0], same[i][1]), DSR_PERSON_SAME);
    }
}

static void perhaps_one_person(void **state)
{
    (void)state;
    assert_int_equal(match("Volodymr Dubrinskiy", "Volodymyr Dubrinskyy"), DSR_PERSON_POSSIBLE);
    assert_int_equal(match("Vladimir Dubrinsky", "Volodymyr Dubrinsky"), DSR_PERSON_POSSIBLE);
    assert_int_equal(match("Juan Garcia", "Juan Garcia Lopez"), DSR_PERSON_POSSIBLE);
    assert_int_equal(match("Abe Shinzo", "Shinzo Abe"), DSR_PERSON_DOUBTFUL);
    assert_int_equal(match("John Smith", "John Smith Jr."), DSR_PERSON_DOUBTFUL);
}

static void two_people(void **state)
{
    (void)state;
    static const char *const other[][2] = {
        {"Anna Kowalska", "Jan Kowalski"}, {"John Smith", "Mary Smith"}, {"Kim Jong Un", "Kim Yo Jong"},
        {"George Bush", "Jeb Bush"},       {"Ana Luz", "Ana Paz"},       {"Bob Menken", "Bill Menken"},
        {"K. Nwabudike", "J. Nwabudike"},  {"Smith", "Smith"},           {"", "Ana Luz"},
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        assert_int_not_equal(match(other[i][0], other[i][1]), DSR_PERSON_SAME);
    }
}

static void names_that_only_look_alike(void **state)
{
    (void)state;
    static const char *const other[][2] = {
        {"George W. Bush", "George H. W. Bush"},
        {"John Paul Smith", "John Michael Smith"},
        {"Kim Jong-un", "Kim Jong-il"},
        {"Kim Jong-un", "Kim Jong Nam"},
        {"Li Wei", "Liu Wei"},
        {"Park Ji-sung", "Park Ji-hye"},
        {"Kim Min-jung", "Kim Min-jun"},
        {"Lee Jae-myung", "Lee Jae-yong"},
        {"John Smith Jr.", "John Smith Sr."},
        {"John Smith II", "John Smith III"},
        {"Salman bin Mohammed", "Mohammed bin Salman"},
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        assert_int_equal(match(other[i][0], other[i][1]), DSR_PERSON_OTHER);
    }
}

static void words_of_a_name(void **state)
{
    (void)state;
    dsr_person_name name = dsr_person_read(persons.words, DSR_SLICE("Elena Ruiz-Navarro"));
    unsigned family = dsr_person_has_word(&persons, &name, DSR_SLICE("Ruiz-Navarro"));
    unsigned half = dsr_person_has_word(&persons, &name, DSR_SLICE("Navarro"));
    unsigned given = dsr_person_has_word(&persons, &name, DSR_SLICE("Elena"));
    assert_true(family > given && given > 0);
    assert_true(half > 0);
    assert_int_equal(dsr_person_has_word(&persons, &name, DSR_SLICE("Castro")), 0);
    assert_int_equal(dsr_person_has_word(&persons, &name, DSR_SLICE("")), 0);
}

static void word_lists(void **state)
{
    (void)state;
    assert_int_equal(dsr_entity_words_sex(persons.words, DSR_SLICE("Mrs.")), 'f');
    assert_int_equal(dsr_entity_words_sex(persons.words, DSR_SLICE("spokesman")), 'm');
    assert_int_equal(dsr_entity_words_sex(persons.words, DSR_SLICE("Congresswoman")), 'f');
    assert_int_equal(dsr_entity_words_sex(persons.words, DSR_SLICE("minister")), 0);
    assert_int_equal(dsr_entity_words_family(persons.words, DSR_SLICE("President")),
                     dsr_entity_words_family(persons.words, DSR_SLICE("leader")));
    assert_int_not_equal(dsr_entity_words_family(persons.words, DSR_SLICE("President")),
                         dsr_entity_words_family(persons.words, DSR_SLICE("goalkeeper")));
    assert_true(dsr_entity_words_are_spellings(persons.words, DSR_SLICE("Qaddafi"), DSR_SLICE("Kadhafi")));
    assert_false(dsr_entity_words_are_spellings(persons.words, DSR_SLICE("Qaddafi"), DSR_SLICE("Mubarak")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_names),
                                       cmocka_unit_test(one_person),
                                       cmocka_unit_test(perhaps_one_person),
                                       cmocka_unit_test(two_people),
                                       cmocka_unit_test(names_that_only_look_alike),
                                       cmocka_unit_test(words_of_a_name),
                                       cmocka_unit_test(word_lists)};
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
