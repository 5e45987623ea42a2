/* Arenas: what is handed out is zeroed, aligned, apart from everything else, and counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static void hands_out_zeroed_aligned_memory(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    assert_non_null(arena);
    for (size_t size = 0; size < 300; size++) {
        unsigned char *p = dsr_arena_alloc(arena, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(p[i], 0);
        }
        memset(p, 0xff, size);
    }
    dsr_arena_drop(arena);
}

static void is_zeroed_again_after_reset(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(4096);
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 100; i++) {
            unsigned char *p = dsr_arena_alloc(arena, 100);
            assert_non_null(p);
            for (size_t k = 0; k < 100; k++) {
                assert_int_equal(p[k], 0);
            }
            memset(p, 0xaa, 100);
        }
        dsr_arena_reset(arena);
    }
    dsr_arena_drop(arena);
}

/* Each block is filled with a number of its own; none may have changed when all are there. The sizes walk
 * over the ends of chunks and the border at which an allocation gets a chunk of its own. */
static void blocks_do_not_overlap(void **state)
{
    (void)state;
    enum { BLOCKS = 1500 };
    static unsigned char *blocks[BLOCKS];
    static size_t sizes[BLOCKS];
    for (size_t first = 0; first < 70000; first = first * 8 + 1) {
        dsr_arena *arena = dsr_arena_new(first);
        uint32_t seed = 7;
        size_t sum = 0;
        for (size_t i = 0; i < BLOCKS; i++) {
            seed = seed * 1664525u + 1013904223u;
            sizes[i] = i % 50 == 49 ? seed >> 15 : (seed >> 20) % 200;
            blocks[i] = dsr_arena_alloc(arena, sizes[i]);
            assert_non_null(blocks[i]);
            memset(blocks[i], (int)(i & 0xff), sizes[i]);
            sum += sizes[i];
        }
        for (size_t i = 0; i < BLOCKS; i++) {
            for (size_t k = 0; k < sizes[i]; k++) {
                assert_int_equal(blocks[i][k], i & 0xff);
            }
        }
        assert_int_equal(dsr_arena_used(arena), sum);
        dsr_arena_drop(arena);
    }
}

static void empty_allocations_have_addresses_of_their_own(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(1);
    void *a = dsr_arena_alloc(arena, 0);
    void *b = dsr_arena_alloc(arena, 0);
    assert_non_null(a);
    assert_non_null(b);
    assert_ptr_not_equal(a, b);
    assert_int_equal(dsr_arena_used(arena), 0);
    dsr_arena_drop(arena);
}

static void counts_what_it_hands_out(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(64);
    dsr_slice copy;
    assert_int_equal(dsr_arena_used(arena), 0);
    assert_non_null(dsr_arena_alloc(arena, 10));
    assert_non_null(dsr_arena_alloc_array(arena, 3, 7));
    assert_int_equal(dsr_arena_used(arena), 31);
    assert_int_equal(dsr_arena_copy(arena, DSR_SLICE("four"), &copy), DSR_OK);
    assert_int_equal(dsr_arena_used(arena), 36); /* with its NUL */
    dsr_arena_reset(arena);
    assert_int_equal(dsr_arena_used(arena), 0);
    assert_non_null(dsr_arena_alloc(arena, 1u << 22));
    assert_int_equal(dsr_arena_used(arena), 1u << 22);
    dsr_arena_reset(arena);
    dsr_arena_reset(arena);
    assert_int_equal(dsr_arena_used(arena), 0);
    dsr_arena_drop(arena);
}

static void refuses_what_overflows(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_slice out = DSR_SLICE("before");
    assert_null(dsr_arena_alloc_array(arena, SIZE_MAX / 2, 3));
    assert_null(dsr_arena_alloc_array(arena, 3, SIZE_MAX / 2));
    assert_null(dsr_arena_alloc_array(arena, SIZE_MAX, 2));
    assert_int_equal(dsr_arena_copy(arena, (dsr_slice){"x", SIZE_MAX}, &out), DSR_ERR_MEMORY);
    assert_int_equal(out.len, 6);
    assert_non_null(dsr_arena_alloc_array(arena, SIZE_MAX, 0));
    assert_non_null(dsr_arena_alloc_array(arena, 0, SIZE_MAX));
    assert_int_equal(dsr_arena_used(arena), 0);
    assert_non_null(dsr_arena_alloc(arena, 8)); /* goes on after a refusal */
    dsr_arena_drop(arena);
}

static void dropping_nothing_is_fine(void **state)
{
    (void)state;
    dsr_arena_drop(NULL);
    dsr_arena_drop(dsr_arena_new(0));
}

static void copies_are_terminated_and_keep_no_value_apart(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(32);
    dsr_slice out = DSR_SLICE("before");
    assert_int_equal(dsr_arena_copy(arena, DSR_SLICE_NONE, &out), DSR_OK);
    assert_null(out.ptr);
    assert_int_equal(out.len, 0);
    assert_int_equal(dsr_arena_copy(arena, DSR_SLICE(""), &out), DSR_OK);
    assert_non_null(out.ptr);
    assert_int_equal(out.len, 0);
    assert_int_equal(out.ptr[0], 0);
    assert_int_equal(dsr_arena_copy(arena, (dsr_slice){"a\0b", 3}, &out), DSR_OK);
    assert_int_equal(out.len, 3);
    assert_memory_equal(out.ptr, "a\0b", 4);
    dsr_arena_drop(arena);
}

static void formats_short_and_long(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_slice out;
    assert_int_equal(dsr_arena_format(arena, &out, "%d-%s", 7, "x"), DSR_OK);
    assert_int_equal(out.len, 3);
    assert_string_equal(out.ptr, "7-x");
    assert_int_equal(dsr_arena_format(arena, &out, "%s", ""), DSR_OK);
    assert_non_null(out.ptr);
    assert_int_equal(out.len, 0);
    /* Both sides of the place where a second printing is needed. */
    for (int width = 250; width < 262; width++) {
        assert_int_equal(dsr_arena_format(arena, &out, "%*d", width, 5), DSR_OK);
        assert_int_equal(out.len, width);
        assert_int_equal(out.ptr[width - 1], '5');
        assert_int_equal(out.ptr[width], 0);
    }
    assert_int_equal(dsr_arena_format(arena, &out, "%*d", 100000, 5), DSR_OK);
    assert_int_equal(out.len, 100000);
    assert_int_equal(strspn(out.ptr, " "), 99999);
    dsr_arena_drop(arena);
}

typedef struct pair {
    uint32_t a;
    char b;
} pair;

static void lists_grow_and_keep_their_items(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    DSR_LIST(pair) list = {0};
    for (uint32_t i = 0; i < 10000; i++) {
        assert_int_equal(DSR_LIST_RESERVE(arena, &list, 1), DSR_OK);
        assert_true(list.capacity > list.count);
        list.items[list.count++] = (pair){i, (char)(i & 0x7f)};
    }
    for (uint32_t i = 0; i < 10000; i++) {
        assert_int_equal(list.items[i].a, i);
        assert_int_equal(list.items[i].b, i & 0x7f);
    }
    /* Growth doubles: at most as much again is lost. */
    assert_true(dsr_arena_used(arena) <= 4 * 10000 * sizeof(pair));
    assert_int_equal(DSR_LIST_RESERVE(arena, &list, 100000), DSR_OK);
    assert_true(list.capacity - list.count >= 100000);
    assert_int_equal(list.items[9999].a, 9999);
    dsr_arena_drop(arena);
}

static void lists_refuse_what_overflows_and_stay(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    DSR_LIST(pair) list = {0};
    assert_int_equal(DSR_LIST_RESERVE(arena, &list, 3), DSR_OK);
    list.items[list.count++] = (pair){42, 'x'};
    pair *items = list.items;
    size_t capacity = list.capacity;
    assert_int_equal(DSR_LIST_RESERVE(arena, &list, SIZE_MAX), DSR_ERR_MEMORY);
    assert_int_equal(DSR_LIST_RESERVE(arena, &list, SIZE_MAX / sizeof(pair)), DSR_ERR_MEMORY);
    assert_int_equal(DSR_LIST_RESERVE(arena, &list, SIZE_MAX / sizeof(pair) / 2), DSR_ERR_MEMORY);
    assert_ptr_equal(list.items, items);
    assert_int_equal(list.capacity, capacity);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].a, 42);
    assert_int_equal(dsr_list_reserve(arena, &list, sizeof(pair), 0), DSR_OK);
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hands_out_zeroed_aligned_memory),
        cmocka_unit_test(is_zeroed_again_after_reset),
        cmocka_unit_test(blocks_do_not_overlap),
        cmocka_unit_test(empty_allocations_have_addresses_of_their_own),
        cmocka_unit_test(counts_what_it_hands_out),
        cmocka_unit_test(refuses_what_overflows),
        cmocka_unit_test(dropping_nothing_is_fine),
        cmocka_unit_test(copies_are_terminated_and_keep_no_value_apart),
        cmocka_unit_test(formats_short_and_long),
        cmocka_unit_test(lists_grow_and_keep_their_items),
        cmocka_unit_test(lists_refuse_what_overflows_and_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
