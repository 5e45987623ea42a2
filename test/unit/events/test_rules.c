/* Rule files: what makes no sense is told by its line and the rest counts; the rules that ship are without a
 * flaw; hostile files cost no more than their size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/limits.h"
#include "events/rules_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "no_memory.h"

static dsr_coding_rules *open_bytes(dsr_slice bytes)
{
    dsr_coding_rules *rules = NULL;
    dsr_error error = {0};
    assert_int_equal(dsr_coding_rules_open_bytes(bytes, "my.tsv", &rules, &error), DSR_OK);
    return rules;
}

/* Exactly one flaw, in that line, with that word. */
static void assert_flaw(const char *text, size_t line, const char *word, size_t counting)
{
    size_t count;
    dsr_coding_rules *rules = open_bytes(dsr_slice_of(text));
    const dsr_rule_flaw *flaws = dsr_coding_rules_flaws(rules, &count);
    if (count != 1 || flaws[0].line != line ||
        dsr_slice_find(flaws[0].message, dsr_slice_of(word), 0) == SIZE_MAX) {
        fail_msg("%zu flaws in: %s\n%zu: %.*s", count, text, count > 0 ? flaws[0].line : 0,
                 count > 0 ? (int)flaws[0].message.len : 0, count > 0 ? flaws[0].message.ptr : "");
    }
    assert_true(dsr_slice_equal(flaws[0].path, DSR_SLICE("my.tsv")));
    assert_int_equal(dsr_coding_rules_count(rules), counting);
    dsr_coding_rules_drop(rules);
}

static void own_rules_have_no_flaw_and_load_fast(void **state)
{
    (void)state;
    dsr_error error = {0};
    dsr_coding_rules *rules = NULL;
    clock_t start = clock();
    assert_int_equal(dsr_coding_rules_open(DSR_DATA_FOLDER, NULL, &rules, &error), DSR_OK);
    double milliseconds = 1000.0 * (double)(clock() - start) / CLOCKS_PER_SEC;
    size_t count;
    const dsr_rule_flaw *flaws = dsr_coding_rules_flaws(rules, &count);
    if (count > 0) {
        fail_msg("%.*s:%zu: %.*s", DSR_PRINT(flaws[0].path), flaws[0].line, DSR_PRINT(flaws[0].message));
    }
    assert_true(dsr_coding_rules_count(rules) > 800);
    assert_true(milliseconds < 200); /* 4 ms; machines that do other things besides are no failure */
    dsr_coding_rules_drop(rules);
}

static void flaws_are_told_by_line(void **state)
{
    (void)state;
    assert_flaw("verb\tgrumble\t-\tACCUSE\t-\t111\nverb\twhine\t-\tWHINE\n", 2, "WHINE", 1);
    assert_flaw("# a comment\n\nadverb\tsadly\t-\tACCUSE\n", 3, "adverb", 0);
    assert_flaw("verb\tgrumble\t-\n", 1, "fields", 0);
    assert_flaw("verb\t\t-\tACCUSE\n", 1, "fields", 0);
    assert_flaw("verb\ta\tb\tACCUSE\td\t11\tg\th\n", 1, "fields", 0);
    assert_flaw("verb\tgrumble\t-\tACCUSE\t-\t999\n", 1, "999", 0);
    assert_flaw("verb\tgrumble\t-\tACCUSE\t-\t00\n", 1, "00", 0);
    assert_flaw("verb\tgrumble\tobj:\tACCUSE\n", 1, "slot", 0);
    assert_flaw("verb\tgrumble\tO:x\tACCUSE\n", 1, "slot", 0);
    assert_flaw("verb\tgrumble\ta:* b:* c:* d:* e:* f:* g:*\tACCUSE\n", 1, "slots", 0);
    assert_flaw("verb\ta b c d e\t-\tACCUSE\nverb\tf\t-\tACCUSE\n", 1, "words", 2);
    assert_flaw("verb\tgrumble\tobj:@NOWHERE\tACCUSE\n", 1, "NOWHERE", 1);
    assert_flaw("class\tA\tx\nclass\tA\ty\n", 2, "line 1", 2);
    assert_flaw("turn\tsometimes\tAID\tAGREE\n", 1, "sometimes", 0);
    assert_flaw("turn\tfuture\tAID\tAGREE\nturn\tfuture\tAID\tREJECT\n", 2, "already", 1);
    assert_flaw("actor\tpirate\t-\t-\n", 1, "fourth", 0);
    assert_flaw("issue\tpeace\t-\t-\n", 1, "name of the issue", 0);
    assert_flaw("verb\tgrumble\t-\tsulk\n", 1, "stance", 0);
    assert_flaw("verb\tgrumble\t-\tACCUSE\nverb\tgr\xff"
                "mble\t-\tACCUSE\n",
                2, "UTF-8", 1);
    assert_flaw("content\tx\t-\tdemand\n", 1, "type of event", 0);
}

static void a_rule_that_stands_twice_is_told(void **state)
{
    (void)state;
    assert_flaw("verb\tgrumble|moan\t-\tACCUSE\nverb\tmoan\tobj:*\tACCUSE\nverb\tmoan\t-\tREJECT\n", 3,
                "line 1", 3);
    /* A stance and an event are two things. */
    dsr_coding_rules *rules = open_bytes(DSR_SLICE("verb\tmoan\t-\tACCUSE\nverb\tmoan\t-\taccuse\n"));
    size_t count;
    (void)dsr_coding_rules_flaws(rules, &count);
    assert_int_equal(count, 0);
    dsr_coding_rules_drop(rules);
}

static void classes_take_in_each_other_but_not_themselves(void **state)
{
    (void)state;
    dsr_coding_rules *rules =
        open_bytes(DSR_SLICE("class\tALL\t@SOME|three\nclass\tSOME\tone|twenty two|cease-fire\n"));
    uint32_t all = dsr_rule_class(rules, DSR_SLICE("ALL"));
    uint32_t some = dsr_rule_class(rules, DSR_SLICE("SOME"));
    assert_true(dsr_rule_has(rules, all, dsr_rule_word(DSR_SLICE("One"))));
    assert_true(dsr_rule_has(rules, all, dsr_rule_word(DSR_SLICE("three"))));
    assert_false(dsr_rule_has(rules, some, dsr_rule_word(DSR_SLICE("three"))));
    assert_true(dsr_rule_has(
        rules, all, dsr_rule_join(dsr_rule_word(DSR_SLICE("twenty")), dsr_rule_word(DSR_SLICE("two")))));
    assert_false(dsr_rule_has(rules, all, dsr_rule_word(DSR_SLICE("two"))));
    assert_true(dsr_rule_has(rules, some, dsr_rule_word(DSR_SLICE("cease-fire"))));
    assert_int_equal(dsr_rule_class(rules, DSR_SLICE("NONE")), DSR_RULE_NONE);
    dsr_coding_rules_drop(rules);

    size_t count;
    rules = open_bytes(DSR_SLICE("class\tA\t@B|one\nclass\tB\t@C\nclass\tC\t@A|two\nverb\tx\tobj:@A\tAID\n"));
    const dsr_rule_flaw *flaws = dsr_coding_rules_flaws(rules, &count);
    assert_true(count >= 1 && count <= 3);
    for (size_t i = 0; i < count; i++) {
        assert_true(dsr_slice_find(flaws[i].message, DSR_SLICE("itself"), 0) != SIZE_MAX);
        assert_true(flaws[i].line >= 1 && flaws[i].line <= 3);
    }
    assert_true(dsr_rule_has(rules, dsr_rule_class(rules, DSR_SLICE("A")), dsr_rule_word(DSR_SLICE("two"))));
    dsr_coding_rules_drop(rules);
}

static void other_encodings_are_told(void **state)
{
    (void)state;
    static const char wide[] = "v\0e\0r\0b\0\t\0x\0\n\0";
    size_t count;
    dsr_coding_rules *rules = open_bytes((dsr_slice){wide, sizeof wide - 1});
    const dsr_rule_flaw *flaws = dsr_coding_rules_flaws(rules, &count);
    assert_int_equal(count, 1);
    assert_true(dsr_slice_find(flaws[0].message, DSR_SLICE("UTF-16"), 0) != SIZE_MAX);
    dsr_coding_rules_drop(rules);
}

static dsr_coding_rules *open_many(size_t lines, double *seconds)
{
    char *text = malloc(lines * 32 + 1);
    size_t used = 0;
    assert_non_null(text);
    for (size_t i = 0; i < lines; i++) {
        used += (size_t)sprintf(text + used, "verb\tw%zu\t-\tAID\n", i);
    }
    clock_t start = clock();
    dsr_coding_rules *rules = open_bytes((dsr_slice){text, used});
    *seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    free(text);
    return rules;
}

static void so_many_lines_and_no_more(void **state)
{
    (void)state;
    size_t count;
    double seconds;
    dsr_coding_rules *rules = open_many(DSR_LIMIT_RULES, &seconds);
    (void)dsr_coding_rules_flaws(rules, &count);
    assert_int_equal(count, 0);
    assert_int_equal(dsr_coding_rules_count(rules), DSR_LIMIT_RULES);
    dsr_coding_rules_drop(rules);
    rules = open_many(100000, &seconds);
    const dsr_rule_flaw *flaws = dsr_coding_rules_flaws(rules, &count);
    assert_int_equal(count, 1);
    assert_int_equal(flaws[0].line, DSR_LIMIT_RULES + 1);
    assert_int_equal(dsr_coding_rules_count(rules), DSR_LIMIT_RULES);
    assert_true(seconds < 5);
    dsr_coding_rules_drop(rules);
}

/* Each class takes in the two before it: what is counted word by word would be two to the power of lines. */
static void nested_classes_end(void **state)
{
    (void)state;
    static char text[64 * 1024];
    size_t used = 0;
    used += (size_t)sprintf(text, "class\tC0\ta\nclass\tC1\tb\n");
    for (int i = 2; i < 800; i++) {
        used += (size_t)sprintf(text + used, "class\tC%d\t@C%d|@C%d|@C%d\n", i, i - 1, i - 2, i - 1);
    }
    clock_t start = clock();
    dsr_coding_rules *rules = open_bytes((dsr_slice){text, used});
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
    size_t count;
    (void)dsr_coding_rules_flaws(rules, &count);
    assert_true(count > 0);
    dsr_coding_rules_drop(rules);
}

static void flaws_are_counted_to_a_limit(void **state)
{
    (void)state;
    size_t lines = DSR_LIMIT_RULE_FLAWS + 10;
    char *text = malloc(lines * 2 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < lines; i++) {
        memcpy(text + 2 * i, "x\n", 2);
    }
    size_t count;
    dsr_coding_rules *rules = open_bytes((dsr_slice){text, 2 * lines});
    (void)dsr_coding_rules_flaws(rules, &count);
    assert_int_equal(count, DSR_LIMIT_RULE_FLAWS);
    dsr_coding_rules_drop(rules);
    free(text);
}

static void no_memory_is_told(void **state)
{
    (void)state;
    static const char text[] =
        "class\tA\tx|y z\nverb\tmoan|grumble at\tobj:@A with:ACTOR\tACCUSE\t-\t111\nactor\tpirate\t-\tREB\n"
        "turn\tfuture\tAID\tAGREE\nissue\tx\ty\tPeace of {place}\nbad\n";
    bool done = false;
    for (long allowed = 0; allowed < 500 && !done; allowed++) {
        dsr_coding_rules *rules = NULL;
        dsr_error error = {0};
        calls_left = allowed;
        dsr_status status = dsr_coding_rules_open_bytes(DSR_SLICE(text), "my.tsv", &rules, &error);
        calls_left = -1;
        assert_true(status == DSR_OK || status == DSR_ERR_MEMORY);
        assert_true((status == DSR_OK) == (rules != NULL));
        done = status == DSR_OK;
        dsr_coding_rules_drop(rules);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_rules_have_no_flaw_and_load_fast),
        cmocka_unit_test(flaws_are_told_by_line),
        cmocka_unit_test(a_rule_that_stands_twice_is_told),
        cmocka_unit_test(classes_take_in_each_other_but_not_themselves),
        cmocka_unit_test(other_encodings_are_told),
        cmocka_unit_test(so_many_lines_and_no_more),
        cmocka_unit_test(nested_classes_end),
        cmocka_unit_test(flaws_are_counted_to_a_limit),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
