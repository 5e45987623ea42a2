/* UTF-8 by its definition: every code point, every pair of bytes that matters, and counting against a plain
 * count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static bool is_scalar(uint32_t c)
{
    return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

/* The definition, written in another way than the library's: decode by the bits, then ask whether the result
 * is allowed and as short as it can be. */
static size_t plain_decode(const unsigned char *p, size_t room, uint32_t *out)
{
    size_t length = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (length == 0 || length > room) {
        return 0;
    }
    uint32_t c = length == 1 ? p[0] : p[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (p[i] >> 6 != 2) {
            return 0;
        }
        c = c << 6 | (p[i] & 0x3fu);
    }
    *out = c;
    return c >= least[length] && is_scalar(c) ? length : 0;
}

static size_t plain_bad_at(const char *bytes, size_t length)
{
    const char *p = bytes;
    uint32_t c = 0;
    for (size_t step = 0; p < bytes + length; p += step) {
        step = plain_decode((const unsigned char *)p, (size_t)(bytes + length - p), &c);
        if (step == 0) {
            return (size_t)(p - bytes);
        }
    }
    return SIZE_MAX;
}

static void assert_valid_as_defined(const char *bytes, size_t length)
{
    size_t bad_at = 12345;
    size_t expected = plain_bad_at(bytes, length);
    assert_int_equal(dsr_utf8_is_valid((dsr_slice){bytes, length}, &bad_at), expected == SIZE_MAX);
    assert_int_equal(bad_at, expected == SIZE_MAX ? 12345 : expected); /* untouched where all is well */
}

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char bytes[4];
        size_t length = dsr_utf8_encode(c, bytes);
        size_t read = 0;
        uint32_t back = dsr_utf8_decode(bytes, bytes + length, &read);
        assert_int_equal(back, is_scalar(c) ? c : 0xfffd);
        assert_int_equal(read, length);
        assert_int_equal(length, c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
        assert_true(dsr_utf8_is_valid((dsr_slice){bytes, length}, NULL));
        assert_int_equal(dsr_utf8_count((dsr_slice){bytes, length}), 1);
        /* Cut short, it is broken at its first byte. */
        if (length > 1) {
            assert_int_equal(dsr_utf8_decode(bytes, bytes + length - 1, &read), 0xfffd);
            assert_int_equal(read, 1);
        }
    }
    char bytes[4];
    assert_int_equal(dsr_utf8_encode(0x110000, bytes), 3);
    assert_memory_equal(bytes, "\xef\xbf\xbd", 3);
    assert_int_equal(dsr_utf8_encode(UINT32_MAX, bytes), 3);
}

/* All first and second bytes, with third and fourth bytes from both sides of each border. */
static void validity_is_as_defined(void **state)
{
    (void)state;
    static const unsigned char borders[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            for (size_t third = 0; third < sizeof borders; third++) {
                char bytes[] = {(char)first, (char)second, (char)borders[third],
                                (char)borders[(third + 3) % 11], '.'};
                for (size_t length = 1; length <= sizeof bytes; length++) {
                    assert_valid_as_defined(bytes, length);
                }
                size_t read = 0;
                uint32_t expected = 0;
                size_t length = plain_decode((const unsigned char *)bytes, 5, &expected);
                assert_int_equal(dsr_utf8_decode(bytes, bytes + 5, &read), length > 0 ? expected : 0xfffd);
                assert_int_equal(read, length > 0 ? length : 1);
            }
        }
    }
}

/* One broken byte wandering through texts of all lengths around the steps of eight and thirty-two. */
static void a_broken_byte_is_found_wherever_it_is(void **state)
{
    (void)state;
    for (size_t length = 1; length < 110; length++) {
        char *text = malloc(length); /* exactly as long: reading past it would be seen */
        assert_non_null(text);
        for (size_t at = 0; at < length; at++) {
            memset(text, 'a', length);
            size_t bad_at = SIZE_MAX;
            assert_true(dsr_utf8_is_valid((dsr_slice){text, length}, &bad_at));
            text[at] = (char)(at % 2 ? 0x80 : 0xff);
            assert_false(dsr_utf8_is_valid((dsr_slice){text, length}, &bad_at));
            assert_int_equal(bad_at, at);
            text[at] = (char)0xc3; /* begins a character; what follows does not continue it */
            assert_valid_as_defined(text, length);
        }
        free(text);
    }
    size_t bad_at = 3;
    assert_true(dsr_utf8_is_valid(DSR_SLICE_NONE, &bad_at));
    assert_true(dsr_utf8_is_valid(DSR_SLICE(""), NULL));
    assert_int_equal(bad_at, 3);
}

static void random_bytes_are_judged_as_defined(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char bytes[80];
        size_t length = next_random(&seed) % sizeof bytes;
        size_t filled = 0;
        while (filled + 4 <= length) { /* mostly right, so that mistakes stand deep inside */
            filled += dsr_utf8_encode(next_random(&seed) >> (11 + next_random(&seed) % 14), bytes + filled);
        }
        if (filled > 0 && round % 2 == 0) {
            bytes[next_random(&seed) % filled] = (char)next_random(&seed);
        }
        assert_valid_as_defined(bytes, filled);
    }
}

/* Text with characters of all lengths in runs, so that blocks are cut in the midst of characters. */
static char *random_text(uint64_t *seed, size_t length, unsigned ascii_in_16, size_t *filled)
{
    char *text = malloc(length + 1);
    assert_non_null(text);
    size_t at = 0;
    while (at + 4 <= length) {
        unsigned kind = next_random(seed) % 16;
        uint32_t c = kind < ascii_in_16 ? 0x20 + next_random(seed) % 0x5f
                                        : 0x80 + next_random(seed) % (kind % 3 == 0   ? 0x780
                                                                      : kind % 3 == 1 ? 0xd000
                                                                                      : 0x10ff00);
        at += dsr_utf8_encode(c, text + at);
    }
    *filled = at;
    return text;
}

static void positions_are_those_of_a_plain_count(void **state)
{
    (void)state;
    uint64_t seed = 5;
    static const size_t lengths[] = {0, 4, 255, 256, 257, 260, 511, 512, 513, 1023, 1024, 4099, 20000};
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        for (unsigned ascii = 0; ascii <= 16; ascii += 4) {
            size_t length = 0;
            char *text = random_text(&seed, lengths[l], ascii, &length);
            dsr_slice s = {text, length};
            dsr_arena *arena = dsr_arena_new(0);
            dsr_code_points index;
            assert_int_equal(dsr_code_points_build(arena, s, &index), DSR_OK);
            size_t count = 0;
            for (size_t at = 0; at < length; at++) {
                size_t step = 0;
                assert_int_equal(dsr_code_points_at(&index, at), count);
                assert_int_equal(dsr_utf8_count(dsr_slice_part(s, 0, at)), count);
                (void)dsr_utf8_decode(text + at, text + length, &step);
                count++;
                at += step - 1;
            }
            assert_int_equal(dsr_code_points_at(&index, length), count);
            assert_int_equal(dsr_code_points_at(&index, length + 1), count); /* clamped */
            assert_int_equal(dsr_code_points_at(&index, SIZE_MAX), count);
            assert_int_equal(dsr_utf8_count(s), count);
            dsr_arena_drop(arena);
            free(text);
        }
    }
}

/* A block full of ASCII has the highest count that a block can have: no lane may overflow. */
static void full_blocks_are_counted_whole(void **state)
{
    (void)state;
    char text[1024];
    memset(text, 'a', sizeof text);
    memcpy(text + 1022, "\xc3\xa9", 2);
    dsr_arena *arena = dsr_arena_new(0);
    dsr_code_points index;
    assert_int_equal(dsr_utf8_count((dsr_slice){text, 1024}), 1023);
    assert_int_equal(dsr_code_points_build(arena, (dsr_slice){text, 1024}, &index), DSR_OK);
    assert_non_null(index.before);
    assert_int_equal(dsr_code_points_at(&index, 1022), 1022);
    assert_int_equal(dsr_code_points_at(&index, 1024), 1023);
    dsr_arena_drop(arena);
}

static void ascii_needs_no_index(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_code_points index;
    assert_int_equal(dsr_code_points_build(arena, DSR_SLICE("plain"), &index), DSR_OK);
    assert_null(index.before);
    assert_int_equal(dsr_arena_used(arena), 0);
    assert_int_equal(dsr_code_points_at(&index, 3), 3);
    assert_int_equal(dsr_code_points_at(&index, 99), 5);
    assert_int_equal(dsr_code_points_build(arena, DSR_SLICE_NONE, &index), DSR_OK);
    assert_int_equal(dsr_code_points_at(&index, 0), 0);
    /* More than 32 bits can count is refused before it is looked at. */
    assert_int_equal(dsr_code_points_build(arena, (dsr_slice){"x", (size_t)UINT32_MAX + 1}, &index),
                     DSR_ERR_LIMIT);
    dsr_arena_drop(arena);
}

static void floor_never_cuts(void **state)
{
    (void)state;
    dsr_slice s = DSR_SLICE("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z");
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t at = 0; at < sizeof expected / sizeof *expected; at++) {
        assert_int_equal(dsr_utf8_floor(s, at), expected[at]);
    }
    assert_int_equal(dsr_utf8_floor(s, SIZE_MAX), 11);
    assert_int_equal(dsr_utf8_floor(DSR_SLICE_NONE, 5), 0);
    (void)dsr_utf8_floor(DSR_SLICE("\x80\x80\x80\x80\x80"), 2); /* no text at all: it still ends */
}

static void columns_are_a_terminals(void **state)
{
    (void)state;
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("")), 0);
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("plain text")), 10);
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("\xc3\xa9t\xc3\xa9")), 3);
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("e\xcc\x81")), 1); /* e and a combining accent */
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("\xe5\x8c\x97\xe4\xba\xac")), 4); /* two of Han */
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("\xf0\x9f\x98\x80")), 2);         /* a face */
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("\xe2\x80\x9cq\xe2\x80\x9d\xe2\x80\x94")),
                     4);                                                /* quotation marks, dash */
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("a\x1b\x7f\x01z")), 2); /* controls have none */
    assert_int_equal(dsr_utf8_columns(DSR_SLICE("\xe2\x80\x8b")), 0);   /* space of no width */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(validity_is_as_defined),
        cmocka_unit_test(a_broken_byte_is_found_wherever_it_is),
        cmocka_unit_test(random_bytes_are_judged_as_defined),
        cmocka_unit_test(positions_are_those_of_a_plain_count),
        cmocka_unit_test(full_blocks_are_counted_whole),
        cmocka_unit_test(ascii_needs_no_index),
        cmocka_unit_test(floor_never_cuts),
        cmocka_unit_test(columns_are_a_terminals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
