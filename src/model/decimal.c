/* Decimal arithmetic on at most 18 digits. Must not know what is counted. */
#include "model/decimal.h"

#include <inttypes.h>

enum { PLACES = 18, QUOTIENT_PLACES = 15, PLAIN_EXPONENT = 21 };
static const int64_t most = INT64_C(999999999999999999);

/* Without trailing zeros, within the exponents that are kept: too small becomes zero, too large the largest.
 */
static dsr_decimal keep(int64_t digits, int64_t exponent)
{
    if (digits == 0) {
        return (dsr_decimal){0, 0};
    }
    while (digits % 10 == 0) {
        digits /= 10;
        exponent++;
    }
    if (exponent < -DSR_DECIMAL_EXPONENT) {
        return (dsr_decimal){0, 0};
    }
    if (exponent > DSR_DECIMAL_EXPONENT) {
        exponent = DSR_DECIMAL_EXPONENT;
    }
    return (dsr_decimal){digits, (int32_t)exponent};
}

dsr_decimal dsr_decimal_of(int64_t value)
{
    int64_t exponent = 0;
    while (value > most || value < -most) {
        value /= 10;
        exponent++;
    }
    return keep(value, exponent);
}

dsr_decimal dsr_decimal_read(dsr_slice digits, size_t fraction)
{
    int64_t value = 0;
    int64_t exponent = -(int64_t)(fraction > INT32_MAX ? INT32_MAX : fraction);
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        if (c < '0' || c > '9') {
            continue;
        }
        if (value <= most / 10) {
            value = value * 10 + (c - '0');
        } else {
            exponent++;
        }
    }
    return keep(value, exponent);
}

dsr_decimal dsr_decimal_scale(dsr_decimal a, int32_t power)
{
    return keep(a.digits, (int64_t)a.exponent + power);
}

dsr_decimal dsr_decimal_negate(dsr_decimal a)
{
    return (dsr_decimal){-a.digits, a.exponent};
}

/* Rounds half away from zero. */
static int64_t drop_digit(int64_t digits)
{
    return digits / 10 + (digits % 10 >= 5) - (digits % 10 <= -5);
}

dsr_decimal dsr_decimal_add(dsr_decimal a, dsr_decimal b)
{
    if (a.digits == 0 || b.digits == 0) {
        return a.digits == 0 ? b : a;
    }
    if (a.exponent < b.exponent) {
        dsr_decimal swap = a;
        a = b;
        b = swap;
    }
    while (a.exponent > b.exponent && a.digits <= most / 10 && a.digits >= -most / 10) {
        a.digits *= 10;
        a.exponent--;
    }
    while (a.exponent > b.exponent && b.digits != 0) {
        b.digits = drop_digit(b.digits);
        b.exponent++;
    }
    int64_t sum = a.digits + b.digits; /* both below 10^18 */
    int64_t exponent = a.exponent;
    if (sum > most || sum < -most) {
        sum = drop_digit(sum);
        exponent++;
    }
    return keep(sum, exponent);
}

static int places_of(int64_t digits)
{
    int places = 0;
    for (; digits != 0; digits /= 10) {
        places++;
    }
    return places;
}

dsr_decimal dsr_decimal_multiply(dsr_decimal a, dsr_decimal b)
{
    int64_t exponent = (int64_t)a.exponent + b.exponent;
    while (places_of(a.digits) + places_of(b.digits) > PLACES) {
        int64_t *longer = places_of(a.digits) >= places_of(b.digits) ? &a.digits : &b.digits;
        *longer = drop_digit(*longer);
        exponent++;
    }
    return keep(a.digits * b.digits, exponent);
}

dsr_decimal dsr_decimal_divide(dsr_decimal a, dsr_decimal b)
{
    if (b.digits == 0 || a.digits == 0) {
        return (dsr_decimal){0, 0};
    }
    int64_t exponent = (int64_t)a.exponent - b.exponent;
    bool negative = (a.digits < 0) != (b.digits < 0);
    uint64_t rest = (uint64_t)(a.digits < 0 ? -a.digits : a.digits);
    uint64_t by = (uint64_t)(b.digits < 0 ? -b.digits : b.digits);
    int64_t quotient = (int64_t)(rest / by);
    rest %= by;
    while (rest != 0 && places_of(quotient) <= QUOTIENT_PLACES) {
        rest *= 10; /* below 10^19 */
        quotient = quotient * 10 + (int64_t)(rest / by);
        rest %= by;
        exponent--;
    }
    while (places_of(quotient) > QUOTIENT_PLACES) {
        quotient = drop_digit(quotient);
        exponent++;
    }
    return keep(negative ? -quotient : quotient, exponent);
}

int dsr_decimal_compare(dsr_decimal a, dsr_decimal b)
{
    dsr_decimal difference = dsr_decimal_add(a, dsr_decimal_negate(b));
    return (difference.digits > 0) - (difference.digits < 0);
}

bool dsr_decimal_is_integer(dsr_decimal a)
{
    return a.exponent >= 0;
}

int64_t dsr_decimal_integer(dsr_decimal a, int64_t otherwise)
{
    if (a.exponent < 0 || a.exponent > QUOTIENT_PLACES ||
        places_of(a.digits) + a.exponent > QUOTIENT_PLACES) {
        return otherwise;
    }
    int64_t value = a.digits;
    for (int32_t i = 0; i < a.exponent; i++) {
        value *= 10;
    }
    return value;
}

bool dsr_decimal_is_sound(dsr_decimal a)
{
    if (a.digits > most || a.digits < -most) {
        return false;
    }
    dsr_decimal kept = keep(a.digits, a.exponent);
    return kept.digits == a.digits && kept.exponent == a.exponent;
}

void dsr_decimal_write(dsr_buffer *to, dsr_decimal a)
{
    int places = places_of(a.digits);
    int point = places + a.exponent; /* digits before the point */
    uint64_t digits = (uint64_t)(a.digits < 0 ? -a.digits : a.digits);
    dsr_buffer_append(to, dsr_slice_of(a.digits < 0 ? "-" : ""));
    if (a.exponent >= 0 && point <= PLAIN_EXPONENT) {
        dsr_buffer_append_format(to, "%" PRIu64, digits);
        dsr_buffer_append_fill(to, '0', (size_t)a.exponent);
        return;
    }
    if (a.exponent >= 0 || point < -6) {
        dsr_buffer_append_format(to, "%" PRIu64 "e%d", digits, (int)a.exponent);
        return;
    }
    if (point <= 0) {
        dsr_buffer_append(to, DSR_SLICE("0."));
        dsr_buffer_append_fill(to, '0', (size_t)-point);
        dsr_buffer_append_format(to, "%" PRIu64, digits);
        return;
    }
    uint64_t below = 1;
    for (int32_t i = a.exponent; i < 0; i++) {
        below *= 10;
    }
    dsr_buffer_append_format(to, "%" PRIu64 ".%0*" PRIu64, digits / below, (int)-a.exponent, digits % below);
}
