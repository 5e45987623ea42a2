/* Decimal numbers: exact where they can be, bounded everywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/decimal.h"

#include <string.h>

static void assert_written(dsr_decimal value, const char *expected)
{
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    assert_true(dsr_decimal_is_sound(value));
    dsr_decimal_write(&text, value);
    dsr_buffer_append_char(&text, '\0');
    assert_string_equal(text.data, expected);
    dsr_buffer_drop(&text);
}

static void reads_and_writes(void **state)
{
    (void)state;
    assert_written(dsr_decimal_of(0), "0");
    assert_written(dsr_decimal_of(-13000), "-13000");
    assert_written(dsr_decimal_of(INT64_MIN), "-9223372036854775800");
    assert_written(dsr_decimal_read(DSR_SLICE("1,234.50"), 2), "1234.5");
    assert_written(dsr_decimal_read(DSR_SLICE("0.05"), 2), "0.05");
    assert_written(dsr_decimal_read(DSR_SLICE("1234567890123456789012"), 0), "123456789012345678e4");
    assert_written(dsr_decimal_scale(dsr_decimal_of(5), 30), "5e30");
    assert_written(dsr_decimal_scale(dsr_decimal_of(5), -12), "5e-12");
    assert_written(dsr_decimal_scale(dsr_decimal_of(5), -400), "0");
    assert_written(dsr_decimal_scale(dsr_decimal_of(5), 400), "5e300");
}

static void counts(void **state)
{
    (void)state;
    dsr_decimal third = dsr_decimal_divide(dsr_decimal_of(1), dsr_decimal_of(3));
    assert_written(third, "0.333333333333333");
    assert_written(dsr_decimal_divide(dsr_decimal_of(2), dsr_decimal_of(3)), "0.666666666666667");
    assert_written(dsr_decimal_divide(dsr_decimal_of(-2000), dsr_decimal_of(3)), "-666.666666666667");
    assert_written(dsr_decimal_divide(dsr_decimal_of(5), dsr_decimal_of(0)), "0");
    assert_written(dsr_decimal_add(dsr_decimal_of(1000000000000), dsr_decimal_of(300)), "1000000000300");
    assert_written(dsr_decimal_add(dsr_decimal_scale(dsr_decimal_of(1), 40), dsr_decimal_of(1)), "1e40");
    assert_written(dsr_decimal_add(dsr_decimal_of(999999999999999999), dsr_decimal_of(999999999999999999)),
                   "2000000000000000000");
    assert_written(dsr_decimal_multiply(dsr_decimal_of(999999999999), dsr_decimal_of(999999999999)), "1e24");
    assert_written(dsr_decimal_add(dsr_decimal_of(5), dsr_decimal_of(-5)), "0");
}

static void compares(void **state)
{
    (void)state;
    assert_true(dsr_decimal_compare(dsr_decimal_of(5), dsr_decimal_read(DSR_SLICE("4.9"), 1)) > 0);
    assert_true(dsr_decimal_compare(dsr_decimal_of(-5), dsr_decimal_of(5)) < 0);
    assert_int_equal(dsr_decimal_compare(dsr_decimal_of(100), dsr_decimal_scale(dsr_decimal_of(1), 2)), 0);
    assert_int_equal(dsr_decimal_integer(dsr_decimal_of(1500), -1), 1500);
    assert_int_equal(dsr_decimal_integer(dsr_decimal_read(DSR_SLICE("1.5"), 1), -1), -1);
    assert_int_equal(dsr_decimal_integer(dsr_decimal_scale(dsr_decimal_of(1), 16), -1), -1);
    assert_false(dsr_decimal_is_sound((dsr_decimal){10, 0}));
    assert_false(dsr_decimal_is_sound((dsr_decimal){1, 301}));
    assert_false(dsr_decimal_is_sound((dsr_decimal){INT64_MAX, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_and_writes), cmocka_unit_test(counts),
                                       cmocka_unit_test(compares)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
