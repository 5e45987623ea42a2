/* Numbers written with digits: groups, point or comma, exponents, fractions. Must not know number words. */
#include "annotate/number.h"

#include "base/limits.h"
#include "base/utf8.h"

enum { POWER_MOST = 300 };

/* Digits that follow a sign at `at` without a blank: their count; 0 where there are none. */
static size_t digits_behind(const dsr_number_words *words, size_t at, char sign)
{
    return dsr_word_is_tight(words, at, sign) && dsr_word_is_digits(words, at + 1)
               ? dsr_word_length(dsr_word(words, at + 1))
               : 0;
}

/* Behind ",ddd,ddd": the end; `at` where it does not begin so. */
static size_t skip_groups(const dsr_number_words *words, size_t at, char sign)
{
    for (int n = 0; n < DSR_LIMIT_NUMBER_GROUPS && digits_behind(words, at, sign) == 3; n++) {
        at += 2;
    }
    return at;
}

/* "12,34,567" as written in India. */
static size_t skip_indian_groups(const dsr_number_words *words, size_t at)
{
    size_t end = at;
    for (int n = 0; n < DSR_LIMIT_NUMBER_GROUPS && digits_behind(words, end, ',') == 2; n++) {
        end += 2;
    }
    return end > at && digits_behind(words, end, ',') == 3 ? end + 2 : at;
}

/* One blank stands before the word; it may be one that does not break. */
static bool is_blank(const dsr_number_words *words, size_t at)
{
    uint32_t from = dsr_word(words, at - 1)->span.end, to = dsr_word(words, at)->span.start;
    return to == from + 1 ? words->text.ptr[from] == ' '
                          : to <= from + 3 && (words->text.ptr[from] & 0x80) != 0;
}

/* "1 234 567": groups of three behind single blanks. */
static size_t skip_blank_groups(const dsr_number_words *words, size_t at)
{
    for (int n = 0; n < DSR_LIMIT_NUMBER_GROUPS && dsr_word_is_digits(words, at) &&
                    dsr_word(words, at)->space && is_blank(words, at) &&
                    dsr_word_length(dsr_word(words, at)) == 3 && digits_behind(words, at + 1, '/') == 0;
         n++) {
        at++;
    }
    return at;
}

/* What was read of words [from, to), its last `fraction` digits behind the point. */
static dsr_decimal take_digits(const dsr_number_words *words, size_t from, size_t to, size_t fraction)
{
    dsr_slice text =
        dsr_slice_part(words->text, dsr_word(words, from)->span.start, dsr_word(words, to - 1)->span.end);
    return dsr_decimal_read(text, fraction);
}

/* Digits with their groups and point. */
static size_t read_plain(const dsr_number_words *words, size_t at, dsr_number *out)
{
    size_t first = dsr_word_length(dsr_word(words, at));
    size_t end = at + 1;
    size_t fraction = 0;
    char point = '.';
    if (first <= 3) {
        size_t european = skip_groups(words, end, '.');
        size_t decimals = digits_behind(words, european, ',');
        bool many = european > end + 2;
        if (european > end && (many || (decimals > 0 && decimals != 3)) &&
            digits_behind(words, european, '.') == 0) {
            end = european;
            point = ',';
        } else if (skip_groups(words, end, ',') > end) {
            end = skip_groups(words, end, ',');
        } else if (first <= 2 && skip_indian_groups(words, end) > end) {
            end = skip_indian_groups(words, end);
        } else {
            end = skip_blank_groups(words, end);
        }
    }
    size_t behind = digits_behind(words, end, point);
    if (behind == 0 && end == at + 1) { /* "1,3" */
        point = ',';
        behind = digits_behind(words, end, ',');
        behind = behind != 3 ? behind : 0;
    }
    bool row = at > 1 && dsr_word_is_tight(words, at - 1, point) && dsr_word_is_digits(words, at - 2);
    if (behind > 0 && !row && digits_behind(words, end + 2, point) == 0) {
        fraction = behind;
        end += 2;
    }
    out->kind = fraction > 0 ? DSR_NUMBER_IS_DECIMAL : DSR_NUMBER_IS_INTEGER;
    out->value = take_digits(words, at, end, fraction);
    return end;
}

/* A whole exponent with any signs before it, without blanks; false where there is none. */
static bool read_exponent(const dsr_number_words *words, size_t at, int32_t *power, size_t *end)
{
    bool negative = false;
    for (; dsr_word_is_sign(words, at, '-') || dsr_word_is_sign(words, at, '+'); at++) {
        negative = negative != dsr_word_is_sign(words, at, '-');
        if (dsr_word(words, at)->space) {
            return false;
        }
    }
    const dsr_number_word *word = dsr_word(words, at);
    if (word->kind != DSR_WORD_DIGITS || word->space || word->value > POWER_MOST) {
        return false;
    }
    *power = negative ? -(int32_t)word->value : (int32_t)word->value;
    *end = at + 1;
    return true;
}

static dsr_decimal raise(dsr_decimal base, int32_t power)
{
    dsr_decimal result = dsr_decimal_of(1);
    for (int32_t i = 0; i < (power < 0 ? -power : power); i++) {
        result = dsr_decimal_multiply(result, base);
    }
    return power < 0 ? dsr_decimal_divide(dsr_decimal_of(1), result) : result;
}

/* "1.1^23", "1.3e6", "6.23x10^-4" */
static size_t read_power(const dsr_number_words *words, size_t at, dsr_number *out)
{
    const dsr_number_word *word = dsr_word(words, at);
    int32_t power = 0;
    size_t end = at;
    if (word->space || word->kind == DSR_WORD_NONE) {
        return at;
    }
    bool times_ten = dsr_word_equals(words, at, "x") && dsr_word(words, at + 1)->value == 10 &&
                     dsr_word_is_tight(words, at + 2, '^');
    if (dsr_word_is_sign(words, at, '^') && read_exponent(words, at + 1, &power, &end)) {
        out->value = raise(out->value, power);
    } else if (dsr_word_equals(words, at, "e") && read_exponent(words, at + 1, &power, &end)) {
        out->value = dsr_decimal_scale(out->value, power);
    } else if (times_ten && read_exponent(words, at + 3, &power, &end)) {
        out->value = dsr_decimal_scale(out->value, power);
    } else {
        return at;
    }
    out->kind = DSR_NUMBER_IS_POWER;
    return end;
}

bool dsr_number_read_sign_fraction(const dsr_number_words *words, size_t at, dsr_decimal *out)
{
    static const struct {
        uint16_t code_point;
        uint8_t top, bottom;
    } signs[] = {{0xbd, 1, 2},   {0xbc, 1, 4},   {0xbe, 3, 4},   {0x2153, 1, 3}, {0x2154, 2, 3},
                 {0x2155, 1, 5}, {0x2156, 2, 5}, {0x2157, 3, 5}, {0x2158, 4, 5}, {0x215b, 1, 8},
                 {0x215c, 3, 8}, {0x215d, 5, 8}, {0x215e, 7, 8}};
    const dsr_number_word *word = dsr_word(words, at);
    if (word->kind != DSR_WORD_SIGN || word->sign != 0) {
        return false;
    }
    size_t length = 0;
    uint32_t point =
        dsr_utf8_decode(words->text.ptr + word->span.start, words->text.ptr + word->span.end, &length);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].code_point == point) {
            *out = dsr_decimal_divide(dsr_decimal_of(signs[i].top), dsr_decimal_of(signs[i].bottom));
            return true;
        }
    }
    return false;
}

/* "1/4" at `at`, no date: false where there is none. */
static bool read_slashed(const dsr_number_words *words, size_t at, dsr_decimal *out)
{
    if (!dsr_word_is_digits(words, at) || digits_behind(words, at + 1, '/') == 0 ||
        dsr_word_is_sign(words, at + 3, '/') || (at > 0 && dsr_word_is_sign(words, at - 1, '/')) ||
        (at > 1 && dsr_word_is_tight(words, at - 1, '-') && dsr_word_is_digits(words, at - 2))) {
        return false;
    }
    uint32_t bottom = dsr_word(words, at + 2)->value;
    if (bottom == 0 || bottom == UINT32_MAX || dsr_word(words, at)->value == UINT32_MAX) {
        return false;
    }
    *out = dsr_decimal_divide(dsr_decimal_of(dsr_word(words, at)->value), dsr_decimal_of(bottom));
    return true;
}

/* "2 1/4", "2½" behind the whole number. */
static size_t read_mixed(const dsr_number_words *words, size_t at, dsr_number *out)
{
    dsr_decimal part;
    size_t end = at;
    if (out->kind != DSR_NUMBER_IS_INTEGER) {
        return at;
    }
    if (dsr_number_read_sign_fraction(words, at, &part)) {
        end = at + 1;
    } else if (dsr_word(words, at)->space && read_slashed(words, at, &part) &&
               dsr_decimal_compare(part, dsr_decimal_of(1)) < 0) {
        end = at + 3;
    } else {
        return at;
    }
    out->value = dsr_decimal_add(out->value, part);
    out->kind = DSR_NUMBER_IS_FRACTION;
    return end;
}

bool dsr_number_read_digits(const dsr_number_words *words, size_t at, dsr_number *out)
{
    dsr_number number = {.from = at, .kind = DSR_NUMBER_IS_FRACTION};
    size_t sign = dsr_word_is_sign(words, at, '-') ? 1 : 0;
    if (sign && (!dsr_word(words, at)->space || dsr_word(words, at + 1)->space ||
                 (at > 0 && dsr_word_is_digits(words, at - 1)))) {
        return false;
    }
    if (dsr_number_read_sign_fraction(words, at + sign, &number.value)) {
        number.to = at + sign + 1;
    } else if (!dsr_word_is_digits(words, at + sign)) {
        return false;
    } else if (read_slashed(words, at + sign, &number.value)) {
        number.to = at + sign + 3;
    } else {
        number.to = read_plain(words, at + sign, &number);
        size_t end = read_power(words, number.to, &number);
        number.to = end > number.to ? end : read_mixed(words, end, &number);
    }
    number.value = sign ? dsr_decimal_negate(number.value) : number.value;
    *out = number;
    return true;
}
