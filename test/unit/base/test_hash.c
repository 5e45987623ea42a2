/* Hashes: known values, so that stores and ids stay the same on every machine and with every version. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static void assert_sha(dsr_digest digest, const char *hex)
{
    char text[65];
    dsr_hex(digest.bytes, sizeof digest.bytes, text);
    assert_string_equal(text, hex);
}

static void sha256_has_its_published_values(void **state)
{
    (void)state;
    assert_sha(dsr_sha256(DSR_SLICE("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_sha(dsr_sha256(DSR_SLICE_NONE),
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_sha(dsr_sha256(DSR_SLICE("abc")),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_sha(dsr_sha256(DSR_SLICE("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *million = malloc(1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    assert_sha(dsr_sha256((dsr_slice){million, 1000000}),
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

static bool same(dsr_digest a, dsr_digest b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

static void sha256_of_a_list_keeps_pieces_apart(void **state)
{
    (void)state;
    const dsr_slice ab_c[] = {DSR_SLICE("ab"), DSR_SLICE("c")};
    const dsr_slice a_bc[] = {DSR_SLICE("a"), DSR_SLICE("bc")};
    const dsr_slice abc_[] = {DSR_SLICE("abc"), DSR_SLICE("")};
    const dsr_slice _abc[] = {DSR_SLICE(""), DSR_SLICE("abc")};
    const dsr_slice *lists[] = {ab_c, a_bc, abc_, _abc};
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < i; k++) {
            assert_false(same(dsr_sha256_list(lists[i], 2), dsr_sha256_list(lists[k], 2)));
        }
    }
    assert_false(same(dsr_sha256_list(abc_, 1), dsr_sha256_list(abc_, 2)));
    /* The written rule: length as eight bytes little endian, then the bytes. */
    assert_true(
        same(dsr_sha256_list(ab_c, 2), dsr_sha256((dsr_slice){"\2\0\0\0\0\0\0\0ab\1\0\0\0\0\0\0\0c", 19})));
    char piece[8 + 0x10203] = "\x03\x02\x01\0\0\0\0";
    memset(piece + 8, 'p', 0x10203);
    assert_true(same(dsr_sha256_list(&(dsr_slice){piece + 8, 0x10203}, 1),
                     dsr_sha256((dsr_slice){piece, sizeof piece})));
    assert_true(same(dsr_sha256_list(NULL, 0), dsr_sha256(DSR_SLICE(""))));
}

static void hash64_is_xxh3(void **state)
{
    (void)state;
    /* From XXH3's own test vectors: empty input. */
    assert_true(dsr_hash64(DSR_SLICE(""), 0) == UINT64_C(0x2d06800538d394c2));
    assert_true(dsr_hash64(DSR_SLICE_NONE, 0) == UINT64_C(0x2d06800538d394c2));
    assert_true(dsr_hash64(DSR_SLICE("abc"), 0) == UINT64_C(0x78af5f94892f3950));
    assert_true(dsr_hash64(DSR_SLICE("abc"), 1) != dsr_hash64(DSR_SLICE("abc"), 0));
    assert_true(dsr_hash64(DSR_SLICE("abd"), 0) != dsr_hash64(DSR_SLICE("abc"), 0));
}

static void hash64_does_not_depend_on_the_address(void **state)
{
    (void)state;
    char room[600];
    for (size_t length = 0; length < 500; length += 13) {
        for (size_t shift = 0; shift < 17; shift++) {
            for (size_t i = 0; i < length; i++) {
                room[shift + i] = (char)(i * 7);
            }
            dsr_slice at = {room + shift, length};
            uint64_t hash = dsr_hash64(at, 99);
            memmove(room, room + shift, length);
            assert_true(dsr_hash64((dsr_slice){room, length}, 99) == hash);
        }
    }
}

static int by_value(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void mix_meets_nothing_twice(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    static uint64_t mixed[COUNT];
    for (uint64_t i = 0; i < COUNT; i++) {
        mixed[i] = dsr_hash_mix(i < COUNT / 2 ? i : i << 40);
    }
    qsort(mixed, COUNT, sizeof *mixed, by_value);
    for (size_t i = 1; i < COUNT; i++) {
        assert_true(mixed[i] != mixed[i - 1]);
    }
    assert_true(dsr_hash_mix(0) == 0);
    /* splitmix64's second output for seed 0 is the finaliser at twice its step. */
    assert_true(dsr_hash_mix(UINT64_C(0x9e3779b97f4a7c15)) == UINT64_C(0xe220a8397b1dcdaf));
}

static void hex_goes_both_ways(void **state)
{
    (void)state;
    uint8_t all[256];
    uint8_t back[256];
    char text[513];
    for (size_t i = 0; i < 256; i++) {
        all[i] = (uint8_t)i;
    }
    dsr_hex(all, 256, text);
    assert_int_equal(strlen(text), 512);
    assert_memory_equal(text, "000102", 6);
    assert_memory_equal(text + 506, "fdfeff", 6);
    assert_true(dsr_unhex((dsr_slice){text, 512}, back, 256));
    assert_memory_equal(all, back, 256);
    assert_true(dsr_unhex(DSR_SLICE("ABcdEF"), back, 3));
    assert_memory_equal(back, "\xab\xcd\xef", 3);
    dsr_hex(all, 0, text);
    assert_string_equal(text, "");
    assert_true(dsr_unhex(DSR_SLICE(""), back, 0));
    assert_true(dsr_unhex(DSR_SLICE_NONE, back, 0));
}

static void unhex_refuses_what_is_no_hex(void **state)
{
    (void)state;
    static const char *const wrong[] = {"0",  "000", "00000", "0g", "g0",      " 0",
                                        "0 ", "0x",  "-1",    "+1", "\xc3\xa9"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint8_t bytes[2] = {7, 7};
        assert_false(dsr_unhex(dsr_slice_of(wrong[i]), bytes, 1));
        assert_int_equal(bytes[0], 7); /* untouched */
    }
    uint8_t bytes[2] = {7, 7};
    assert_false(dsr_unhex(DSR_SLICE("0011"), bytes, 1));
    assert_false(dsr_unhex(DSR_SLICE("00"), bytes, 2));
    assert_false(dsr_unhex(DSR_SLICE("001x"), bytes, 2));
    assert_false(dsr_unhex(DSR_SLICE(""), bytes, SIZE_MAX / 2 + 1)); /* twice that is nought */
    assert_int_equal(bytes[0], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_has_its_published_values),
        cmocka_unit_test(sha256_of_a_list_keeps_pieces_apart),
        cmocka_unit_test(hash64_is_xxh3),
        cmocka_unit_test(hash64_does_not_depend_on_the_address),
        cmocka_unit_test(mix_meets_nothing_twice),
        cmocka_unit_test(hex_goes_both_ways),
        cmocka_unit_test(unhex_refuses_what_is_no_hex),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
