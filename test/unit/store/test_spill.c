/* The log behind the store in memory: in memory, in a scratch file, and where there can be none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/spill.h"

enum { PIECES = 700, LONGEST = 12000 };

static size_t size_of(size_t i)
{
    return (i * 7919) % LONGEST;
}

static void fill(size_t i, char *out)
{
    for (size_t k = 0; k < size_of(i); k++) {
        out[k] = (char)(i * 31 + k * 7);
    }
}

static void append_all(dsr_spill *spill, uint64_t *places)
{
    static char bytes[LONGEST];
    for (size_t i = 0; i < PIECES; i++) {
        fill(i, bytes);
        assert_int_equal(dsr_spill_append(spill, (dsr_slice){bytes, size_of(i)}, &places[i]), DSR_OK);
    }
}

static void check_all(const dsr_spill *spill, const uint64_t *places, size_t count)
{
    static char wanted[LONGEST], got[LONGEST];
    for (size_t k = 0; k < count; k++) {
        size_t i = (k * 271) % count;
        fill(i, wanted);
        assert_int_equal(dsr_spill_read(spill, places[i], size_of(i), got), DSR_OK);
        assert_memory_equal(got, wanted, size_of(i));
    }
}

static void check_folder(const char *folder, bool in_file)
{
    static uint64_t places[PIECES];
    dsr_spill spill;
    dsr_spill_open(&spill, folder);
    append_all(&spill, places);
    assert_true((spill.flushed > 0) == in_file);
    assert_true(!in_file || spill.tail_room <= 256 * 1024);
    check_all(&spill, places, PIECES);
    /* Back to the middle, which lies in the file, and on from there with other bytes. */
    dsr_spill_truncate(&spill, places[PIECES / 4]);
    assert_int_equal(dsr_spill_end(&spill), places[PIECES / 4]);
    check_all(&spill, places, PIECES / 4);
    uint64_t at = 0;
    char got[5];
    assert_int_equal(dsr_spill_append(&spill, DSR_SLICE("after"), &at), DSR_OK);
    assert_int_equal(dsr_spill_read(&spill, at, 5, got), DSR_OK);
    assert_memory_equal(got, "after", 5);
    check_all(&spill, places, PIECES / 4);
    dsr_spill_close(&spill);
}

static void a_folder_takes_what_is_large(void **state)
{
    (void)state;
    check_folder("/tmp", true);
}

static void without_a_folder_all_stays_in_memory(void **state)
{
    (void)state;
    check_folder(NULL, false);
}

static void a_folder_that_refuses_loses_nothing(void **state)
{
    (void)state;
    check_folder("/there/is/no/such/folder", false);
}

static void a_piece_may_be_larger_than_the_tail(void **state)
{
    (void)state;
    size_t size = 3 * 1024 * 1024;
    char *bytes = malloc(size), *got = malloc(size);
    assert_non_null(bytes);
    assert_non_null(got);
    dsr_spill spill;
    dsr_spill_open(&spill, "/tmp");
    uint64_t places[4];
    for (int i = 0; i < 4; i++) {
        memset(bytes, 'a' + i, size);
        assert_int_equal(dsr_spill_append(&spill, (dsr_slice){bytes, size}, &places[i]), DSR_OK);
    }
    for (int i = 0; i < 4; i++) {
        assert_int_equal(dsr_spill_read(&spill, places[i], size, got), DSR_OK);
        assert_int_equal(got[0], 'a' + i);
        assert_int_equal(got[size - 1], 'a' + i);
    }
    dsr_spill_close(&spill);
    free(bytes);
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_takes_what_is_large),
        cmocka_unit_test(without_a_folder_all_stays_in_memory),
        cmocka_unit_test(a_folder_that_refuses_loses_nothing),
        cmocka_unit_test(a_piece_may_be_larger_than_the_tail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
