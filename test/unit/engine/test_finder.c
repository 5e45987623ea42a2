/* The index of words: what was put in is found again, across blocks and whatever the cut into calls. */
#include "engine/finder.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { WORDS = 97, A_REPORT = 12 };

static uint64_t word_of(uint32_t report, uint32_t i)
{
    return dsr_hash_mix((report * 31 + i * i) % WORDS + 1);
}

static void add(dsr_finder *finder, const dsr_chunks *chunks, uint32_t sequence)
{
    struct dsr_story_term terms[A_REPORT];
    dsr_stream_name name = {dsr_hash_mix(sequence % 5), 1};
    dsr_error error;
    memset(terms, 0, sizeof terms);
    for (uint32_t i = 0; i < A_REPORT; i++) {
        terms[i].hash = word_of(sequence, i);
    }
    dsr_clipping clipping = {.terms = {.items = terms, .count = A_REPORT}, .names = &name, .name_count = 1};
    assert_int_equal(dsr_finder_add(finder, chunks, sequence, &clipping, &error), DSR_OK);
}

static bool has(uint32_t sequence, uint32_t key)
{
    for (uint32_t i = 0; i < A_REPORT; i++) {
        if (dsr_finder_word_key(word_of(sequence, i)) == key) {
            return true;
        }
    }
    return dsr_finder_name_key(dsr_hash_mix(sequence % 5)) == key;
}

static int by_key(const void *a, const void *b)
{
    const dsr_finder_list *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static size_t make_lists(dsr_finder_list *lists)
{
    size_t count = 0;
    for (uint32_t i = 0; i < WORDS; i++) {
        lists[count++] = (dsr_finder_list){.key = dsr_finder_word_key(dsr_hash_mix(i + 1))};
    }
    for (uint32_t i = 0; i < 5; i++) {
        lists[count++] = (dsr_finder_list){.key = dsr_finder_name_key(dsr_hash_mix(i))};
    }
    qsort(lists, count, sizeof *lists, by_key);
    return count;
}

/* Blocks, tail, and a save in the middle. */
static void every_report_is_found_by_each_of_its_words(void **state)
{
    (void)state;
    enum { REPORTS = 2 * DSR_FINDER_BLOCK + 300 };
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_finder finder;
    dsr_error error;
    dsr_finder_list lists[WORDS + 5];
    assert_int_equal(dsr_finder_open(&chunks, &finder, &error), DSR_OK);
    for (uint32_t sequence = 1; sequence <= REPORTS; sequence++) {
        add(&finder, &chunks, sequence);
        add(&finder, &chunks, sequence); /* not twice */
        if (sequence % 700 == 0) {
            assert_int_equal(dsr_finder_save(&finder, &chunks, &error), DSR_OK);
            assert_int_equal(dsr_finder_open(&chunks, &finder, &error), DSR_OK);
        }
    }
    assert_int_equal(dsr_finder_save(&finder, &chunks, &error), DSR_OK);
    assert_int_equal(finder.blocks, 2);
    assert_int_equal(finder.tail, 300);
    size_t count = make_lists(lists);
    assert_int_equal(dsr_finder_look(&chunks, REPORTS, lists, count, &error), DSR_OK);
    for (size_t i = 0; i < count; i++) {
        uint32_t at = 0;
        for (uint32_t sequence = 1; sequence <= REPORTS; sequence++) {
            if (has(sequence, lists[i].key)) {
                assert_true(at < lists[i].count);
                assert_int_equal(lists[i].items[at++], sequence);
            }
        }
        assert_int_equal(at, lists[i].count);
    }
    dsr_finder_lists_drop(lists, count);
    dsr_memory_chunks_drop(memory);
}

static void words_that_too_many_have_lead_to_none(void **state)
{
    (void)state;
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_finder finder;
    dsr_error error;
    dsr_finder_list lists[WORDS + 5];
    assert_int_equal(dsr_finder_open(&chunks, &finder, &error), DSR_OK);
    for (uint32_t sequence = 1; sequence <= 100; sequence++) {
        add(&finder, &chunks, sequence);
    }
    assert_int_equal(dsr_finder_save(&finder, &chunks, &error), DSR_OK);
    size_t count = make_lists(lists), common = 0;
    assert_int_equal(dsr_finder_look(&chunks, 19, lists, count, &error), DSR_OK);
    for (size_t i = 0; i < count; i++) {
        assert_true(lists[i].common ? lists[i].count == 0 : lists[i].count <= 19);
        common += lists[i].common;
    }
    assert_true(common >= 5); /* each name stands in twenty */
    dsr_finder_lists_drop(lists, count);
    dsr_memory_chunks_drop(memory);
}

static void damage_is_told(void **state)
{
    (void)state;
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_finder finder;
    dsr_error error;
    dsr_finder_list list = {.key = 7};
    dsr_record_key key = dsr_record_key_make(3);
    assert_int_equal(chunks.put(chunks.context, DSR_RECORD_WORDS_TAIL, dsr_record_key_slice(&key),
                                DSR_SLICE("\x01\xff"), &error),
                     DSR_OK);
    assert_int_equal(dsr_finder_look(&chunks, 10, &list, 1, &error), DSR_ERR_STORE);
    assert_int_equal(
        chunks.put(chunks.context, DSR_RECORD_WORDS_STATE, DSR_SLICE("words"), DSR_SLICE("\x09"), &error),
        DSR_OK);
    assert_int_equal(dsr_finder_open(&chunks, &finder, &error), DSR_ERR_STORE);
    dsr_finder_lists_drop(&list, 1);
    dsr_memory_chunks_drop(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_report_is_found_by_each_of_its_words),
                                       cmocka_unit_test(words_that_too_many_have_lead_to_none),
                                       cmocka_unit_test(damage_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
