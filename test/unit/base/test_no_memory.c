/* What happens when memory runs out: the linker leads malloc, calloc and realloc here, and each call in turn
 * is made to fail. Nothing may be lost, and what was there before stays as it was. (The libraries that read
 * JSON and print numbers keep their own malloc.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "base/threads.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long calls_left = -1; /* before every further call fails; negative: none fails */
static bool has_failed = false;

static bool may_have(void)
{
    if (calls_left < 0) {
        return true;
    }
    if (calls_left > 0) {
        calls_left--;
        return true;
    }
    has_failed = true;
    return false;
}

void *__wrap_malloc(size_t size)
{
    return may_have() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return may_have() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *old, size_t size)
{
    return may_have() ? __real_realloc(old, size) : NULL;
}

static void fail_after(long calls)
{
    calls_left = calls;
    has_failed = false;
}

/* Ends the failing and tells whether there was any. */
static bool failed(void)
{
    calls_left = -1;
    return has_failed;
}

static void arenas_refuse_and_go_on(void **state)
{
    (void)state;
    bool any = true;
    for (long calls = 0; any; calls++) {
        fail_after(calls);
        dsr_arena *arena = dsr_arena_new(64);
        size_t given = 0;
        size_t refused = 0;
        for (size_t i = 0; arena != NULL && i < 200; i++) {
            char *p = dsr_arena_alloc(arena, i);
            refused += p == NULL;
            given += p != NULL ? i : 0;
            if (p != NULL) {
                memset(p, 1, i);
            }
        }
        any = failed();
        assert_int_equal(any, arena == NULL || refused > 0);
        if (arena == NULL) {
            continue;
        }
        assert_int_equal(dsr_arena_used(arena), given); /* what was refused is not counted */
        assert_non_null(dsr_arena_alloc(arena, 5000));  /* and when there is memory again, it goes on */
        dsr_arena_reset(arena);
        assert_non_null(dsr_arena_alloc(arena, 10));
        dsr_arena_drop(arena);
    }
}

static void arena_text_is_untouched(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(64);
    char long_text[2000];
    memset(long_text, 'x', sizeof long_text);
    dsr_slice out = DSR_SLICE("before");
    fail_after(0);
    assert_int_equal(dsr_arena_copy(arena, (dsr_slice){long_text, sizeof long_text}, &out), DSR_ERR_MEMORY);
    assert_int_equal(dsr_arena_format(arena, &out, "%s", "short"), DSR_ERR_MEMORY);
    assert_int_equal(dsr_arena_format(arena, &out, "%2000d", 1), DSR_ERR_MEMORY);
    assert_int_equal(dsr_arena_copy(arena, DSR_SLICE_NONE, &out), DSR_OK); /* needs none */
    assert_null(out.ptr);
    out = DSR_SLICE("before");
    dsr_code_points index = {DSR_SLICE("before"), NULL};
    assert_int_equal(dsr_code_points_build(arena, DSR_SLICE("caf\xc3\xa9"), &index), DSR_ERR_MEMORY);
    assert_int_equal(index.text.len, 6);
    assert_int_equal(dsr_code_points_build(arena, DSR_SLICE("cafe"), &index), DSR_OK); /* ASCII needs none */
    assert_true(failed());
    assert_int_equal(out.len, 6);
    dsr_arena_drop(arena);
}

static void lists_stay_as_they_were(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(64);
    DSR_LIST(uint32_t) list = {0};
    assert_int_equal(DSR_LIST_RESERVE(arena, &list, 2), DSR_OK);
    list.items[list.count++] = 7;
    uint32_t *items = list.items;
    size_t capacity = list.capacity;
    fail_after(0);
    assert_int_equal(DSR_LIST_RESERVE(arena, &list, 100000), DSR_ERR_MEMORY);
    assert_true(failed());
    assert_ptr_equal(list.items, items);
    assert_int_equal(list.capacity, capacity);
    assert_int_equal(list.items[0], 7);
    dsr_arena_drop(arena);
}

static void buffers_remember_it(void **state)
{
    (void)state;
    bool any = true;
    for (long calls = 0; any; calls++) {
        dsr_buffer buffer;
        dsr_buffer_open(&buffer, 0);
        fail_after(calls);
        size_t whole = 0;
        for (unsigned i = 0; i < 300; i++) {
            dsr_buffer_append(&buffer, DSR_SLICE("0123456789"));
            whole += buffer.status == DSR_OK ? 10 : 0;
        }
        dsr_buffer_append_format(&buffer, "%600d", 1);
        whole += buffer.status == DSR_OK ? 600 : 0;
        any = failed();
        dsr_buffer_append(&buffer, DSR_SLICE("more")); /* there is memory again, but the failure stays */
        assert_int_equal(buffer.status, any ? DSR_ERR_MEMORY : DSR_OK);
        assert_int_equal(buffer.len, whole + (any ? 0 : 4));
        for (size_t i = 0; i < buffer.len && i < 3000; i++) {
            assert_int_equal(buffer.data[i], '0' + i % 10);
        }
        dsr_buffer_drop(&buffer);
    }
}

static void maps_stay_as_they_were(void **state)
{
    (void)state;
    bool any = true;
    for (long calls = 0; any; calls++) {
        fail_after(calls);
        dsr_map *map = dsr_map_new(0);
        uint32_t put = 0;
        dsr_status status = DSR_OK;
        while (map != NULL && status == DSR_OK && put < 1000) {
            uint32_t out = 77;
            status = put % 2 == 0 ? dsr_map_put(map, put, put + 1) : dsr_map_intern(map, put, put + 1, &out);
            assert_int_equal(out, status == DSR_OK && put % 2 == 1 ? put + 1 : 77);
            put += status == DSR_OK;
        }
        any = failed();
        assert_int_equal(any, map == NULL || status == DSR_ERR_MEMORY);
        if (map == NULL) {
            continue;
        }
        assert_int_equal(dsr_map_count(map), put);
        fail_after(0); /* what is there can be read and changed without memory */
        for (uint32_t i = 0; i < put; i++) {
            assert_int_equal(dsr_map_get(map, i), i + 1);
            assert_int_equal(dsr_map_put(map, i, i), DSR_OK);
        }
        assert_int_equal(dsr_map_get(map, put), DSR_MAP_NONE);
        assert_false(failed());
        assert_int_equal(dsr_map_put(map, put, 1), DSR_OK); /* and it goes on afterwards */
        dsr_map_drop(map);
    }
}

static void words_stay_as_they_were(void **state)
{
    (void)state;
    static char keys[400][2];
    bool any = true;
    for (long calls = 0; any; calls++) {
        fail_after(calls);
        dsr_words *words = dsr_words_new(0);
        uint32_t put = 0;
        dsr_status status = DSR_OK;
        while (words != NULL && status == DSR_OK && put < 400) {
            memcpy(keys[put], (const char[]){(char)(put & 0xff), (char)(put >> 8)}, 2);
            status = dsr_words_put(words, (dsr_slice){keys[put], 2}, put);
            put += status == DSR_OK;
        }
        any = failed();
        assert_int_equal(any, words == NULL || status == DSR_ERR_MEMORY);
        if (words == NULL) {
            continue;
        }
        assert_int_equal(dsr_words_count(words), put);
        for (uint32_t i = 0; i < put; i++) {
            assert_int_equal(dsr_words_get(words, (dsr_slice){keys[i], 2}), i);
        }
        dsr_words_drop(words);
    }
}

static bool next(void *context, void **item)
{
    unsigned *count = context;
    *item = count;
    return (*count)++ < 10;
}

static void work(void *context, unsigned worker, void *item)
{
    (void)context;
    (void)worker;
    (void)item;
}

static dsr_status commit(void *context, void *item)
{
    (void)context;
    (void)item;
    return DSR_OK;
}

static void passes_start_with_memory_or_not_at_all(void **state)
{
    (void)state;
    for (long calls = 0; calls < 2; calls++) {
        unsigned count = 0;
        const dsr_pass pass = {&count, next, work, commit, NULL};
        fail_after(calls);
        dsr_status status = dsr_pass_run(&pass, 3, 0);
        assert_true(failed());
        assert_int_equal(status, DSR_ERR_MEMORY);
        assert_int_equal(count, 0);
        fail_after(0);
        assert_int_equal(dsr_pass_run(&pass, 1, 0), DSR_OK); /* in turn it needs none */
        assert_false(failed());
        assert_int_equal(count, 11);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arenas_refuse_and_go_on),
        cmocka_unit_test(arena_text_is_untouched),
        cmocka_unit_test(lists_stay_as_they_were),
        cmocka_unit_test(buffers_remember_it),
        cmocka_unit_test(maps_stay_as_they_were),
        cmocka_unit_test(words_stay_as_they_were),
        cmocka_unit_test(passes_start_with_memory_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
