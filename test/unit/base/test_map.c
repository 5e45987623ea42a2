/* Tables: everything put in is found again, nothing else is, over every growth and with keys that collide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void numbers_are_found_again(void **state)
{
    (void)state;
    enum { COUNT = 50000 };
    for (size_t expected = 0; expected <= COUNT; expected += COUNT / 2) {
        dsr_map *map = dsr_map_new(expected);
        assert_non_null(map);
        for (uint32_t i = 0; i < COUNT; i++) {
            assert_int_equal(dsr_map_put(map, (uint64_t)i * 4096, i), DSR_OK);
            assert_int_equal(dsr_map_count(map), i + 1);
        }
        for (uint32_t i = 0; i < COUNT; i++) {
            assert_int_equal(dsr_map_get(map, (uint64_t)i * 4096), i);
            assert_int_equal(dsr_map_get(map, (uint64_t)i * 4096 + 1), DSR_MAP_NONE);
        }
        dsr_map_drop(map);
    }
}

static void keys_that_differ_in_one_half_stay_apart(void **state)
{
    (void)state;
    dsr_map *map = dsr_map_new(0);
    for (uint32_t i = 0; i < 64; i++) {
        assert_int_equal(dsr_map_put(map, UINT64_C(1) << i, i), DSR_OK);
    }
    assert_int_equal(dsr_map_put(map, 0, 100), DSR_OK);
    assert_int_equal(dsr_map_put(map, UINT64_MAX, 101), DSR_OK);
    for (uint32_t i = 0; i < 64; i++) {
        assert_int_equal(dsr_map_get(map, UINT64_C(1) << i), i);
    }
    assert_int_equal(dsr_map_get(map, 0), 100);
    assert_int_equal(dsr_map_get(map, UINT64_MAX), 101);
    assert_int_equal(dsr_map_get(map, UINT64_C(0x100000001)), DSR_MAP_NONE);
    assert_int_equal(dsr_map_count(map), 66);
    dsr_map_drop(map);
}

static void putting_again_replaces(void **state)
{
    (void)state;
    dsr_map *map = dsr_map_new(1);
    assert_int_equal(dsr_map_put(map, 5, 0), DSR_OK);
    assert_int_equal(dsr_map_get(map, 5), 0);
    assert_int_equal(dsr_map_put(map, 5, DSR_MAP_NONE - 1), DSR_OK);
    assert_int_equal(dsr_map_get(map, 5), DSR_MAP_NONE - 1);
    assert_int_equal(dsr_map_count(map), 1);
    dsr_map_drop(map);
}

static void the_value_for_nothing_is_refused(void **state)
{
    (void)state;
    dsr_map *map = dsr_map_new(0);
    dsr_words *words = dsr_words_new(0);
    uint32_t out = 9;
    assert_int_equal(dsr_map_put(map, 5, DSR_MAP_NONE), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_map_intern(map, 5, DSR_MAP_NONE, &out), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_words_put(words, DSR_SLICE("a"), DSR_MAP_NONE), DSR_ERR_ARGUMENT);
    assert_int_equal(out, 9);
    assert_int_equal(dsr_map_count(map) + dsr_words_count(words), 0);
    dsr_map_drop(map);
    dsr_words_drop(words);
}

static void intern_keeps_the_first(void **state)
{
    (void)state;
    dsr_map *map = dsr_map_new(0);
    for (uint32_t round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < 1000; i++) {
            uint32_t out = DSR_MAP_NONE;
            assert_int_equal(dsr_map_intern(map, (uint64_t)i << 33, i + round * 7, &out), DSR_OK);
            assert_int_equal(out, i);
        }
    }
    assert_int_equal(dsr_map_count(map), 1000);
    dsr_map_drop(map);
}

static void sizes_that_cannot_be_give_nothing(void **state)
{
    (void)state;
    assert_null(dsr_map_new(SIZE_MAX));
    assert_null(dsr_words_new(SIZE_MAX));
    assert_null(dsr_map_new(SIZE_MAX / 2));
    dsr_map_drop(NULL);
    dsr_words_drop(NULL);
}

static void words_are_found_again(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    char(*keys)[16] = calloc(COUNT, sizeof *keys);
    assert_non_null(keys);
    dsr_words *words = dsr_words_new(10);
    assert_non_null(words);
    for (uint32_t i = 0; i < COUNT; i++) {
        snprintf(keys[i], sizeof *keys, "word%u", i);
        assert_int_equal(dsr_words_put(words, dsr_slice_of(keys[i]), i), DSR_OK);
    }
    assert_int_equal(dsr_words_count(words), COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        char other[16];
        memcpy(other, keys[i], sizeof other); /* the bytes count, not where they are */
        assert_int_equal(dsr_words_get(words, dsr_slice_of(other)), i);
        other[0] = 'W';
        assert_int_equal(dsr_words_get(words, dsr_slice_of(other)), DSR_MAP_NONE);
    }
    assert_int_equal(dsr_words_put(words, DSR_SLICE("word7"), 70), DSR_OK);
    assert_int_equal(dsr_words_get(words, DSR_SLICE("word7")), 70);
    assert_int_equal(dsr_words_count(words), COUNT);
    dsr_words_drop(words);
    free(keys);
}

static void odd_words_are_words(void **state)
{
    (void)state;
    dsr_words *words = dsr_words_new(0);
    assert_int_equal(dsr_words_get(words, DSR_SLICE("")), DSR_MAP_NONE);
    assert_int_equal(dsr_words_put(words, DSR_SLICE(""), 1), DSR_OK);
    assert_int_equal(dsr_words_put(words, DSR_SLICE("\0"), 2), DSR_OK);
    assert_int_equal(dsr_words_put(words, DSR_SLICE("\0\0"), 3), DSR_OK);
    assert_int_equal(dsr_words_put(words, DSR_SLICE("a\0b"), 4), DSR_OK);
    assert_int_equal(dsr_words_put(words, DSR_SLICE("a\0c"), 5), DSR_OK);
    assert_int_equal(dsr_words_get(words, DSR_SLICE("")), 1);
    assert_int_equal(dsr_words_get(words, DSR_SLICE_NONE), 1); /* the same bytes: none */
    assert_int_equal(dsr_words_get(words, DSR_SLICE("\0")), 2);
    assert_int_equal(dsr_words_get(words, DSR_SLICE("\0\0")), 3);
    assert_int_equal(dsr_words_get(words, DSR_SLICE("a\0b")), 4);
    assert_int_equal(dsr_words_get(words, DSR_SLICE("a\0c")), 5);
    assert_int_equal(dsr_words_get(words, DSR_SLICE("a")), DSR_MAP_NONE);
    assert_int_equal(dsr_words_count(words), 5);
    dsr_words_drop(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_found_again), cmocka_unit_test(keys_that_differ_in_one_half_stay_apart),
        cmocka_unit_test(putting_again_replaces),  cmocka_unit_test(the_value_for_nothing_is_refused),
        cmocka_unit_test(intern_keeps_the_first),  cmocka_unit_test(sizes_that_cannot_be_give_nothing),
        cmocka_unit_test(words_are_found_again),   cmocka_unit_test(odd_words_are_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
