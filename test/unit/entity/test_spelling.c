/* Spellings of one name against names that only look alike, and tables that make no sense. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "entity/align.h"
#include "entity/spelling.h"

static dsr_arena *arena;
static dsr_spellings *spellings;

static int open_table(void **state)
{
    (void)state;
    arena = dsr_arena_new(0);
    return dsr_spellings_open(arena, DSR_DATA_FOLDER, &spellings, NULL) == DSR_OK ? 0 : -1;
}

static int drop_table(void **state)
{
    (void)state;
    dsr_spellings_drop(spellings);
    dsr_arena_drop(arena);
    return 0;
}

static int32_t compare(const char *a, const char *b)
{
    int32_t one = dsr_spellings_compare(spellings, dsr_slice_of(a), dsr_slice_of(b));
    assert_int_equal(one, dsr_spellings_compare(spellings, dsr_slice_of(b), dsr_slice_of(a)));
    return one;
}

static void spellings_of_one_name(void **state)
{
    (void)state;
    static const char *const same[][2] = {{"Sergey", "Sergei"},           {"Aleksandr", "Alexander"},
                                          {"Dubrinskiy", "Dubrinskyy"},   {"Ryashkin", "Riashkin"},
                                          {"Tchaikovsky", "Chaykovskiy"}, {"Schmidt", "Shmidt"},
                                          {"Yevgeny", "Evgeny"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_true(compare(same[i][0], same[i][1]) >= DSR_SPELLING_SAME);
    }
    assert_int_equal(compare("Erdo\xc4\x9f"
                             "an",
                             "ERDOGAN"),
                     DSR_SPELLING_EQUAL);
}

static void names_that_look_alike(void **state)
{
    (void)state;
    static const char *const other[][2] = {{"Martin", "Marvin"},  {"Maria", "Mario"}, {"Petrov", "Popov"},
                                           {"Olga", "Oleg"},      {"Kim", "Lim"},     {"Dumont", "Dupont"},
                                           {"Viktor", "Viktoria"}};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        assert_true(compare(other[i][0], other[i][1]) < DSR_SPELLING_SAME);
    }
}

static void nothing_to_compare(void **state)
{
    (void)state;
    assert_true(compare("", "") < 0);
    assert_true(compare("", "Anna") < 0);
    assert_true(compare("\xd0\x90\xd0\xbd\xd0\xbd\xd0\xb0", "Anna") < 0);
    assert_int_equal(compare("\xd0\x90\xd0\xbd\xd0\xbd\xd0\xb0", "\xd0\x90\xd0\x9d\xd0\x9d\xd0\x90"),
                     DSR_SPELLING_EQUAL);
    char word[4096];
    memset(word, 'o', sizeof word);
    dsr_slice s = {word, sizeof word};
    assert_int_equal(dsr_spellings_compare(spellings, s, s), DSR_SPELLING_EQUAL);
    (void)dsr_spellings_compare(spellings, s, DSR_SLICE("oa"));
}

/* ---- the alignment by itself ---- */

static int32_t one_a_letter(const void *context, const dsr_step *step)
{
    (void)context;
    dsr_step_kind kind = dsr_step_kind_of(step);
    return kind == DSR_STEP_SAME ? 0 : kind == DSR_STEP_LONG ? DSR_STEP_NEVER : 1;
}

static int32_t same_only(const void *context, const dsr_step *step)
{
    (void)context;
    return dsr_step_kind_of(step) == DSR_STEP_SAME ? 0 : DSR_STEP_NEVER;
}

static void aligns_by_edit_distance(void **state)
{
    (void)state;
    dsr_letters a = dsr_letters_of(DSR_SLICE("kitten"));
    dsr_letters b = dsr_letters_of(DSR_SLICE("sitting"));
    dsr_step path[DSR_STEPS_MOST];
    size_t steps = 0;
    assert_int_equal(dsr_letters_align(&a, &b, one_a_letter, NULL, path, &steps), 3);
    assert_int_equal(steps, 7);
    assert_int_equal(path[steps - 1].place, DSR_STEP_START);
    assert_int_equal(path[0].place, DSR_STEP_END);
    /* Where no way leads through, there is no path either. */
    assert_int_equal(dsr_letters_align(&a, &b, same_only, NULL, path, &steps), DSR_STEP_NEVER);
    assert_int_equal(steps, 0);
}

static void a_step_has_one_key_both_ways(void **state)
{
    (void)state;
    dsr_letters a = dsr_letters_of(DSR_SLICE("kh"));
    dsr_letters b = dsr_letters_of(DSR_SLICE("h"));
    dsr_step there = {&a, &b, 0, 2, 0, 1, 0};
    dsr_step back = {&b, &a, 0, 1, 0, 2, 0};
    assert_true(dsr_step_key(&there) == dsr_step_key(&back));
    dsr_step other = {&a, &b, 0, 1, 0, 1, 0};
    assert_true(dsr_step_key(&there) != dsr_step_key(&other));
}

/* ---- reading ---- */

static dsr_status read_table(const char *content, dsr_error *error)
{
    char folder[] = "/tmp/dossier-spellings-XXXXXX";
    char path[128];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/names", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/names/spellings.tsv", folder);
    if (content != NULL) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(content, file);
        fclose(file);
    }
    dsr_arena *own = dsr_arena_new(0);
    dsr_spellings *made = NULL;
    dsr_status status = dsr_spellings_open(own, folder, &made, error);
    if (status == DSR_OK) {
        (void)dsr_spellings_compare(made, DSR_SLICE("Anna"), DSR_SLICE("Hanna"));
    } else {
        assert_null(made);
    }
    dsr_spellings_drop(made);
    dsr_arena_drop(own);
    unlink(path);
    snprintf(path, sizeof path, "%s/names", folder);
    rmdir(path);
    rmdir(folder);
    return status;
}

static void tables_that_make_no_sense(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "kh\th\t1\t2\n",         "kh\th\tx\t2\t3\n",         "khkhk\th\t1\t2\t3\n",
        "-\t-\t1\t2\t3\n",       "K\th\t1\t2\t3\n",          "same\tab\t1\t0\t0\n",
        "length\t99\t1\t0\t0\n", "kind\tnothing\t1\t2\t3\n", "kh\th\t99999\t2\t3\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dsr_error error;
        dsr_error_clear(&error);
        assert_int_equal(read_table(bad[i], &error), DSR_ERR_INPUT);
        assert_non_null(strstr(error.message, "line 1"));
        assert_non_null(strstr(error.subject, "spellings.tsv"));
    }
    dsr_error error;
    assert_int_equal(read_table(NULL, &error), DSR_ERR_NOT_FOUND);
    assert_int_equal(read_table("# nothing but a comment\n", &error), DSR_OK);
    assert_int_equal(read_table("kh\th\t1\t2\t3\nlength\t4\t100\t0\t0\n", &error), DSR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_one_name),        cmocka_unit_test(names_that_look_alike),
        cmocka_unit_test(nothing_to_compare),           cmocka_unit_test(aligns_by_edit_distance),
        cmocka_unit_test(a_step_has_one_key_both_ways), cmocka_unit_test(tables_that_make_no_sense)};
    return cmocka_run_group_tests(tests, open_table, drop_table);
}
