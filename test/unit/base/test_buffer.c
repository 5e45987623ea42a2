/* Buffers: content, ceiling, and the first failure that stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"

#include <string.h>

static void assert_holds(const dsr_buffer *buffer, const char *bytes, size_t count)
{
    dsr_slice s = dsr_buffer_slice(buffer);
    assert_int_equal(s.len, count);
    assert_non_null(s.ptr);
    assert_memory_equal(s.ptr, bytes, count);
}

static void starts_empty_and_has_a_value(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    assert_int_equal(buffer.status, DSR_OK);
    assert_holds(&buffer, "", 0);
    dsr_buffer_append(&buffer, DSR_SLICE_NONE);
    dsr_buffer_append_bytes(&buffer, NULL, 0);
    dsr_buffer_append_fill(&buffer, 'x', 0);
    assert_null(buffer.data);
    assert_holds(&buffer, "", 0);
    dsr_buffer_drop(&buffer);
    dsr_buffer_drop(&buffer); /* twice is fine */
    dsr_buffer_drop(NULL);
}

static void appends_every_kind(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_buffer_append(&buffer, DSR_SLICE("ab"));
    dsr_buffer_append_bytes(&buffer, "c\0", 2);
    dsr_buffer_append_char(&buffer, 'd');
    dsr_buffer_append_fill(&buffer, '-', 3);
    dsr_buffer_append_format(&buffer, "%s=%d", "n", -5);
    dsr_buffer_append_code_point(&buffer, 0x20ac);
    dsr_buffer_append_code_point(&buffer, 0xd800); /* no character */
    assert_int_equal(buffer.status, DSR_OK);
    assert_holds(&buffer, "abc\0d---n=-5\xe2\x82\xac\xef\xbf\xbd", 18);
    dsr_buffer_drop(&buffer);
}

static void grows_far(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    for (unsigned i = 0; i < 100000; i++) {
        dsr_buffer_append_char(&buffer, (char)('a' + i % 26));
    }
    assert_int_equal(buffer.status, DSR_OK);
    assert_int_equal(buffer.len, 100000);
    for (unsigned i = 0; i < 100000; i++) {
        assert_int_equal(buffer.data[i], 'a' + i % 26);
    }
    dsr_buffer_drop(&buffer);
}

static void stops_exactly_at_the_ceiling(void **state)
{
    (void)state;
    for (size_t ceiling = 1; ceiling < 600; ceiling += 7) {
        dsr_buffer buffer;
        dsr_buffer_open(&buffer, ceiling);
        for (size_t i = 0; i < ceiling; i++) {
            dsr_buffer_append_char(&buffer, 'x');
        }
        assert_int_equal(buffer.status, DSR_OK);
        assert_int_equal(buffer.len, ceiling);
        assert_true(buffer.capacity <= ceiling);
        dsr_buffer_append_bytes(&buffer, "", 0); /* nothing fits still */
        assert_int_equal(buffer.status, DSR_OK);
        dsr_buffer_append_char(&buffer, 'y');
        assert_int_equal(buffer.status, DSR_ERR_LIMIT);
        assert_int_equal(buffer.len, ceiling);
        dsr_buffer_drop(&buffer);
    }
}

static void first_failure_stays(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 8);
    dsr_buffer_append(&buffer, DSR_SLICE("1234"));
    dsr_buffer_append(&buffer, DSR_SLICE("56789")); /* one too many: nothing of it */
    assert_int_equal(buffer.status, DSR_ERR_LIMIT);
    /* Everything that would fit does nothing now. */
    dsr_buffer_append_char(&buffer, '5');
    dsr_buffer_append_fill(&buffer, '5', 1);
    dsr_buffer_append_format(&buffer, "%d", 5);
    dsr_buffer_append_code_point(&buffer, '5');
    dsr_buffer_append_varint(&buffer, 5);
    assert_null(dsr_buffer_reserve(&buffer, 1));
    assert_null(dsr_buffer_reserve(&buffer, 0));
    assert_holds(&buffer, "1234", 4);
    dsr_buffer_reset(&buffer);
    assert_int_equal(buffer.status, DSR_OK);
    assert_holds(&buffer, "", 0);
    dsr_buffer_append(&buffer, DSR_SLICE("12345678"));
    assert_int_equal(buffer.status, DSR_OK);
    assert_holds(&buffer, "12345678", 8);
    dsr_buffer_drop(&buffer);
}

static void refuses_sizes_that_overflow(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_buffer_append(&buffer, DSR_SLICE("abc"));
    assert_null(dsr_buffer_reserve(&buffer, SIZE_MAX));
    assert_int_equal(buffer.status, DSR_ERR_LIMIT);
    dsr_buffer_reset(&buffer);
    assert_null(dsr_buffer_reserve(&buffer, SIZE_MAX - 2));
    assert_int_equal(buffer.status, DSR_ERR_LIMIT);
    dsr_buffer_reset(&buffer);
    dsr_buffer_append_fill(&buffer, 'x', SIZE_MAX / 2 + 2);
    assert_int_equal(buffer.status, DSR_ERR_LIMIT);
    assert_holds(&buffer, "", 0);
    dsr_buffer_drop(&buffer);
}

static void lends_room(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 1000);
    char *room = dsr_buffer_reserve(&buffer, 0);
    assert_non_null(room);
    dsr_buffer_append(&buffer, DSR_SLICE("head"));
    room = dsr_buffer_reserve(&buffer, 996);
    assert_non_null(room);
    memset(room, 'r', 996);
    assert_int_equal(buffer.len, 4); /* until the caller says what was used */
    buffer.len += 10;
    assert_holds(&buffer, "headrrrrrrrrrr", 14);
    assert_null(dsr_buffer_reserve(&buffer, 987));
    assert_int_equal(buffer.status, DSR_ERR_LIMIT);
    dsr_buffer_drop(&buffer);
}

static void keeps_its_memory_over_reset(void **state)
{
    (void)state;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_buffer_append_fill(&buffer, 'x', 5000);
    const char *data = buffer.data;
    dsr_buffer_reset(&buffer);
    dsr_buffer_append_fill(&buffer, 'y', 5000);
    assert_ptr_equal(buffer.data, data);
    dsr_buffer_drop(&buffer);
}

static void formats_at_both_sides_of_its_small_buffer(void **state)
{
    (void)state;
    for (int width = 505; width < 520; width++) {
        dsr_buffer buffer;
        dsr_buffer_open(&buffer, (size_t)width); /* printf's NUL needs no room */
        dsr_buffer_append_format(&buffer, "%*s", width, "!");
        assert_int_equal(buffer.status, DSR_OK);
        assert_int_equal(buffer.len, width);
        assert_int_equal(buffer.data[width - 1], '!');
        dsr_buffer_drop(&buffer);
        dsr_buffer_open(&buffer, (size_t)width - 1);
        dsr_buffer_append_format(&buffer, "%*s", width, "!");
        assert_int_equal(buffer.status, DSR_ERR_LIMIT);
        assert_int_equal(buffer.len, 0);
        dsr_buffer_drop(&buffer);
    }
}

static void assert_varint(uint64_t value, const char *bytes, size_t count)
{
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_buffer_append_varint(&buffer, value);
    assert_holds(&buffer, bytes, count);
    uint64_t back = 0;
    for (size_t i = 0; i < buffer.len; i++) {
        back |= (uint64_t)((unsigned char)buffer.data[i] & 0x7fu) << (7 * i);
    }
    assert_true(back == value);
    dsr_buffer_drop(&buffer);
}

static void writes_varints(void **state)
{
    (void)state;
    assert_varint(0, "\x00", 1);
    assert_varint(127, "\x7f", 1);
    assert_varint(128, "\x80\x01", 2);
    assert_varint(300, "\xac\x02", 2);
    assert_varint(16383, "\xff\x7f", 2);
    assert_varint(16384, "\x80\x80\x01", 3);
    assert_varint(UINT64_C(1) << 63, "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 10);
    assert_varint(UINT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_empty_and_has_a_value),
        cmocka_unit_test(appends_every_kind),
        cmocka_unit_test(grows_far),
        cmocka_unit_test(stops_exactly_at_the_ceiling),
        cmocka_unit_test(first_failure_stays),
        cmocka_unit_test(refuses_sizes_that_overflow),
        cmocka_unit_test(lends_room),
        cmocka_unit_test(keeps_its_memory_over_reset),
        cmocka_unit_test(formats_at_both_sides_of_its_small_buffer),
        cmocka_unit_test(writes_varints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
