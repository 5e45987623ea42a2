/* Folding names to letters, and the keys that spellings share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "entity/key.h"
#include "entity/letters.h"

static dsr_arena *arena;
static dsr_key_rules *rules;

static int open_rules(void **state)
{
    (void)state;
    arena = dsr_arena_new(0);
    return dsr_key_rules_open(arena, DSR_DATA_FOLDER, &rules, NULL) == DSR_OK ? 0 : -1;
}

static int drop_rules(void **state)
{
    (void)state;
    dsr_arena_drop(arena);
    return 0;
}

static void expect_fold(const char *text, char joint, const char *wanted)
{
    char out[64];
    size_t count = dsr_letters_fold(dsr_slice_of(text), joint, out, sizeof out - 1);
    out[count] = '\0';
    assert_string_equal(out, wanted);
}

static void folds_accents_and_marks(void **state)
{
    (void)state;
    expect_fold("Erdo\xc4\x9f"
                "an",
                '\0', "erdogan");
    expect_fold("Stra\xc3\x9f"
                "e",
                '\0', "strasse");
    expect_fold("\xc3\x86r\xc3\xb8", '\0', "aero");
    expect_fold("\xc5\x81\xc3\xb3"
                "d\xc5\xba",
                '\0', "lodz");
    expect_fold("\xc4\xb0stanbul", '\0', "istanbul");
    expect_fold("O\xe2\x80\x99"
                "Brien",
                ' ', "obrien");
    expect_fold("U.S.", ' ', "us");
    expect_fold("Al-Sisi", ' ', "al sisi");
    expect_fold("  C\xc3\xb4te d'Ivoire ", ' ', "cote divoire");
    expect_fold("", ' ', "");
    expect_fold("--..--", ' ', "");
}

static void never_writes_past_its_room(void **state)
{
    (void)state;
    for (size_t room = 0; room < 24; room++) {
        char out[32];
        memset(out, '#', sizeof out);
        size_t count = dsr_letters_fold(DSR_SLICE("Jos\xc3\xa9 \xd0\x9f\xd1\x91\xd1\x82\xd1\x80 Lu\xc3\x9f"),
                                        '-', out, room);
        assert_true(count <= room);
        for (size_t i = room; i < sizeof out; i++) {
            assert_int_equal(out[i], '#');
        }
    }
}

static void letters_are_cut(void **state)
{
    (void)state;
    dsr_letters letters = dsr_letters_of(DSR_SLICE("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"));
    assert_int_equal(letters.count, DSR_LETTERS_MOST);
    letters = dsr_letters_of(DSR_SLICE("\xd0\x9f\xd1\x91\xd1\x82\xd1\x80 42"));
    assert_int_equal(letters.count, 0);
}

static void expect_key(const char *name, const char *wanted)
{
    char out[DSR_KEY_BYTES + 1];
    size_t count = dsr_key_of_name(rules, dsr_slice_of(name), out);
    out[count] = '\0';
    assert_string_equal(out, wanted);
}

static void spellings_share_a_key(void **state)
{
    (void)state;
    expect_key("Dubrinsky", "dubrinski");
    expect_key("Dubrinskyy", "dubrinski");
    expect_key("Dubrinskiy", "dubrinski");
    expect_key("Dubrinskij", "dubrinski");
    expect_key("Sergei", "sergei");
    expect_key("Sergey", "sergei");
    expect_key("Sergej", "sergei");
    expect_key("Tchaikovsky", "caikovski");
    expect_key("Tschaikowski", "caikovski");
    expect_key("M\xc3\xbcller", "muler");
    expect_key("Mueller", "muler");
    expect_key("Xi Jinping", "si-jinping");
}

static void different_names_do_not(void **state)
{
    (void)state;
    char a[DSR_KEY_BYTES];
    char b[DSR_KEY_BYTES];
    static const char *const pairs[][2] = {
        {"Putin", "Pulin"}, {"Maria", "Mario"}, {"John", "Ian"}, {"Lee", "Lie"}};
    for (size_t i = 0; i < 3; i++) {
        size_t x = dsr_key_of_word(rules, dsr_slice_of(pairs[i][0]), a);
        size_t y = dsr_key_of_word(rules, dsr_slice_of(pairs[i][1]), b);
        assert_false(x == y && memcmp(a, b, x) == 0);
    }
}

static void a_long_name_is_cut(void **state)
{
    (void)state;
    char name[1000];
    char out[DSR_KEY_BYTES];
    memset(name, 'x', sizeof name);
    for (size_t i = 0; i < sizeof name; i += 3) {
        name[i] = (char)('a' + i % 26);
    }
    assert_true(dsr_key_of_name(rules, (dsr_slice){name, sizeof name}, out) <= DSR_KEY_BYTES);
    assert_true(dsr_key_of_word(rules, (dsr_slice){name, sizeof name}, out) <= DSR_KEY_BYTES);
    assert_true(dsr_key_skeleton(rules, (dsr_slice){name, sizeof name}, out) <= DSR_KEY_BYTES);
    assert_int_equal(dsr_key_of_word(rules, DSR_SLICE("..."), out), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_accents_and_marks), cmocka_unit_test(never_writes_past_its_room),
        cmocka_unit_test(letters_are_cut),         cmocka_unit_test(spellings_share_a_key),
        cmocka_unit_test(different_names_do_not),  cmocka_unit_test(a_long_name_is_cut)};
    return cmocka_run_group_tests(tests, open_rules, drop_rules);
}
