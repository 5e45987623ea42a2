/* Dictionaries of TABARI and PETRARCH become rules that load without a flaw. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "events/import.h"
#include "events/rules.h"

#include <string.h>

#include "no_memory.h"

static void assert_import(const char *text, const char *expected, size_t skipped)
{
    dsr_buffer out;
    dsr_import_counts counts = {0, 0};
    dsr_buffer_open(&out, 0);
    dsr_rules_import(&out, dsr_slice_of(text), &counts);
    assert_int_equal(out.status, DSR_OK);
    if (!dsr_slice_equal(dsr_buffer_slice(&out), dsr_slice_of(expected))) {
        fail_msg("expected:\n%s\ngot:\n%.*s", expected, (int)out.len, out.data);
    }
    assert_int_equal(counts.skipped, skipped);
    dsr_coding_rules *rules = NULL;
    dsr_error error = {0};
    size_t flaws = 0;
    assert_int_equal(dsr_coding_rules_open_bytes(dsr_buffer_slice(&out), "imported", &rules, &error), DSR_OK);
    (void)dsr_coding_rules_flaws(rules, &flaws);
    assert_int_equal(flaws, 0);
    dsr_coding_rules_drop(rules);
    dsr_buffer_drop(&out);
}

static void verbs_and_patterns(void **state)
{
    (void)state;
    assert_import(
        "--- CHIDE [111] ---\nCHIDE {CHIDES CHIDED}  ; a comment\nSCOLD\n- * OF CORRUPTION [1121]  # x\n"
        "- $ * + [112]\n- * FOR &CRIME [1122]\n&CRIME\n+MURDER_\n+WAR_CRIME_\n",
        "verb\tchide\t-\tACCUSE\t-\t111\nverb\tscold\t-\tACCUSE\t-\t111\n"
        "verb\tscold\tany:of any:corruption\tACCUSE\t-\t1121\nverb\tscold\tany:for "
        "any:@crime\tACCUSE\t-\t1122\n"
        "class\tcrime\tmurder|war crime\n",
        1);
    assert_import("ABANDON [---]\nSAY [010]\nYIELD [081]\nFREE [0841:052]\n",
                  "verb\tyield\t-\tCONCEDE\t-\t081\nverb\tfree\t-\tRETREAT\t-\t0841\n", 2);
}

static void actors_and_agents(void **state)
{
    (void)state;
    assert_import(
        "POLICE_FORCE [~COP]\nJANE_DOE_ ; x\n+DR_DOE\n\t[UKRELI 961001-010101]\n\t[UKRGOV >010101]\n"
        "LIBERATION_FRONT [TURREB]\n",
        "actor\tpolice force\t-\tCOP\nactor\tjane doe|dr doe\t-\tUKRELI\nactor\tjane doe|dr doe\t-\tUKRGOV\n"
        "actor\tliberation front\t-\tTURREB\n",
        0);
}

static void types_by_code(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"112", "ACCUSE"}, {"0841", "RETREAT"}, {"081", "CONCEDE"},
                                           {"08", "CONCEDE"}, {"20", "ASSAULT"},   {"046", "CONSULT"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_true(dsr_slice_equal(dsr_cameo_type(dsr_slice_of(pairs[i][0])), dsr_slice_of(pairs[i][1])));
    }
    static const char *const none[] = {"010", "00", "21", "99", "1", "", "12345", "1a"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(dsr_cameo_type(dsr_slice_of(none[i])).len, 0);
    }
}

static void anything_may_come(void **state)
{
    (void)state;
    assert_import("", "", 0);
    assert_import("- * X [112]\n+\n&\n&A\n+\n[\n]\n---\n[GOV]\n-\n", "", 3);
    char noise[256];
    for (size_t i = 0; i < sizeof noise; i++) {
        noise[i] = (char)(i * 7 + 1);
    }
    dsr_buffer out;
    dsr_import_counts counts = {0, 0};
    dsr_buffer_open(&out, 0);
    dsr_rules_import(&out, (dsr_slice){noise, sizeof noise}, &counts);
    assert_int_equal(out.status, DSR_OK);
    dsr_buffer_drop(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verbs_and_patterns),
        cmocka_unit_test(actors_and_agents),
        cmocka_unit_test(types_by_code),
        cmocka_unit_test(anything_may_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
