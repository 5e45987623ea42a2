/* The index names the pairs that share text, all of them, and not too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "compare/compare.h"
#include "reports.h"

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void append_words(char *text, size_t *at, uint32_t *seed, int count)
{
    for (int i = 0; i < count; i++) {
        uint32_t r = next_random(seed);
        *at += (size_t)sprintf(text + *at, "%c%c%c%c ", 'a' + r % 26, 'a' + r / 26 % 26, 'a' + r / 676 % 26,
                               'a' + r / 17576 % 26);
    }
}

static void add(test_world *w, dsr_copy_index *index, uint32_t number, const char *text)
{
    dsr_compare_text *prepared = NULL;
    dsr_fingerprints prints;
    assert_int_equal(dsr_compare_prepare(w->arena, test_report(w, text), &prepared), DSR_OK);
    assert_int_equal(dsr_fingerprints_take(prepared, &prints), DSR_OK);
    assert_int_equal(dsr_copy_index_add(index, number, &prints), DSR_OK);
    dsr_fingerprints_drop(&prints);
}

/* Pairs (2i, 2i + 1) share `shared` words in a row; all else is random. */
static size_t pairs_found(test_world *w, int shared, size_t *others)
{
    enum { PAIRS = 60, WORDS = 120 };
    dsr_copy_index *index = dsr_copy_index_new();
    uint32_t seed = 7;
    for (uint32_t i = 0; i < PAIRS; i++) {
        char common[2048], text[4096];
        size_t length = 0;
        append_words(common, &length, &seed, shared);
        for (uint32_t k = 0; k < 2; k++) {
            size_t at = 0;
            append_words(text, &at, &seed, (int)(next_random(&seed) % WORDS));
            at += (size_t)sprintf(text + at, "%s", common);
            append_words(text, &at, &seed, (int)(next_random(&seed) % WORDS));
            add(w, index, 2 * i + k, text);
        }
    }
    dsr_copy_pair *pairs = NULL;
    size_t count = 0, right = 0;
    assert_int_equal(dsr_copy_index_pairs(index, &pairs, &count), DSR_OK);
    for (size_t i = 0; i < count; i++) {
        right += pairs[i].first % 2 == 0 && pairs[i].second == pairs[i].first + 1;
        assert_true(i == 0 || pairs[i - 1].first < pairs[i].first ||
                    (pairs[i - 1].first == pairs[i].first && pairs[i - 1].second < pairs[i].second));
    }
    *others = count - right;
    free(pairs);
    dsr_copy_index_drop(index);
    return right;
}

/* The promise of winnowing: WINDOW + WINNOW - 1 = 15 words in a row are never missed. */
static void fifteen_words_in_a_row_are_always_found(void **state)
{
    size_t others = 0;
    assert_int_equal(pairs_found(*state, 15, &others), 60);
    assert_int_equal(others, 0);
}

static void six_words_in_a_row_are_never_found(void **state)
{
    size_t others = 0;
    assert_int_equal(pairs_found(*state, 6, &others), 0);
    assert_int_equal(others, 0);
}

static void many_carriers_make_pairs_in_proportion(void **state)
{
    test_world *w = *state;
    enum { CARRIERS = 400 };
    uint32_t seed = 3;
    char text[2048];
    size_t at = 0;
    append_words(text, &at, &seed, 100);
    dsr_copy_index *index = dsr_copy_index_new();
    for (uint32_t i = 0; i < CARRIERS; i++) {
        add(w, index, i, text);
    }
    dsr_copy_pair *pairs = NULL;
    size_t count = 0;
    assert_int_equal(dsr_copy_index_pairs(index, &pairs, &count), DSR_OK);
    assert_true(count >= CARRIERS - 1);
    assert_true(count <= (size_t)CARRIERS * DSR_LIMIT_COPY_PARTNERS);
    for (uint32_t i = 0; i + 1 < CARRIERS; i++) {
        bool linked = false;
        for (size_t k = 0; k < count && !linked; k++) {
            linked = pairs[k].first == i && pairs[k].second == i + 1;
        }
        assert_true(linked);
    }
    free(pairs);
    dsr_copy_index_drop(index);
}

static void few_carriers_make_all_pairs(void **state)
{
    test_world *w = *state;
    enum { CARRIERS = 30 };
    uint32_t seed = 5;
    char text[2048];
    size_t at = 0;
    append_words(text, &at, &seed, 60);
    dsr_copy_index *index = dsr_copy_index_new();
    for (uint32_t i = CARRIERS; i-- > 0;) { /* the order of adding does not matter */
        add(w, index, i, text);
    }
    dsr_copy_pair *pairs = NULL;
    size_t count = 0;
    assert_int_equal(dsr_copy_index_pairs(index, &pairs, &count), DSR_OK);
    assert_int_equal(count, CARRIERS * (CARRIERS - 1) / 2);
    free(pairs);
    dsr_copy_index_drop(index);
}

/* A fingerprint stands for seven words; a stretch of them from the first one's first to the last one's last.
 */
static void fingerprints_lead_back_to_the_text(void **state)
{
    test_world *w = *state;
    uint32_t seed = 11;
    char text[2048];
    size_t at = 0;
    append_words(text, &at, &seed, 80);
    dsr_compare_text *prepared = NULL;
    dsr_fingerprints prints;
    dsr_span span, whole, before = {0, 0};
    assert_int_equal(dsr_compare_prepare(w->arena, test_report(w, text), &prepared), DSR_OK);
    assert_int_equal(dsr_fingerprints_take(prepared, &prints), DSR_OK);
    assert_true(prints.count > 5);
    uint32_t count = (uint32_t)prints.count;
    assert_int_equal(dsr_fingerprints_find_span(prepared, &prints, 0, count, &whole), DSR_OK);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(dsr_fingerprints_find_span(prepared, &prints, i, i + 1, &span), DSR_OK);
        assert_int_equal(span.end - span.start, 7 * 5 - 1); /* words of four letters */
        assert_int_equal(span.start % 5, 0);
        assert_true(!i || span.start > before.start);
        before = span;
    }
    assert_int_equal(span.end, whole.end);
    assert_int_equal(dsr_fingerprints_find_span(prepared, &prints, 2, 2, &span), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_fingerprints_find_span(prepared, &prints, 2, count + 1, &span), DSR_ERR_ARGUMENT);
    prints.items[1] ^= 1;
    assert_int_equal(dsr_fingerprints_find_span(prepared, &prints, 0, 2, &span), DSR_ERR_ARGUMENT);
    dsr_fingerprints_drop(&prints);
}

static void numbers_have_a_limit(void **state)
{
    (void)state;
    dsr_copy_index *index = dsr_copy_index_new();
    uint64_t print = 42;
    dsr_fingerprints prints = {&print, 1};
    assert_int_equal(dsr_copy_index_add(index, DSR_LIMIT_REPORTS - 1, &prints), DSR_OK);
    assert_int_equal(dsr_copy_index_add(index, DSR_LIMIT_REPORTS, &prints), DSR_ERR_LIMIT);
    dsr_copy_pair *pairs = NULL;
    size_t count = 9;
    assert_int_equal(dsr_copy_index_pairs(index, &pairs, &count), DSR_OK);
    assert_int_equal(count, 0);
    free(pairs);
    dsr_copy_index_drop(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifteen_words_in_a_row_are_always_found),
        cmocka_unit_test(six_words_in_a_row_are_never_found),
        cmocka_unit_test(many_carriers_make_pairs_in_proportion),
        cmocka_unit_test(few_carriers_make_all_pairs),
        cmocka_unit_test(fingerprints_lead_back_to_the_text),
        cmocka_unit_test(numbers_have_a_limit),
    };
    return cmocka_run_group_tests(tests, test_world_open, test_world_close);
}
