/* The longest number at a place. Must not know what is counted. */
#include "annotate/number.h"

const char *dsr_number_kind_name(dsr_number_kind kind)
{
    static const char *const names[] = {
        [DSR_NUMBER_IS_INTEGER] = "integer",   [DSR_NUMBER_IS_DECIMAL] = "decimal",
        [DSR_NUMBER_IS_FRACTION] = "fraction", [DSR_NUMBER_IS_POWER] = "power",
        [DSR_NUMBER_IS_ORDINAL] = "ordinal",   [DSR_NUMBER_IS_VAGUE] = "vague",
    };
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "integer";
}

/* "10k", "10 bln": a power of ten written short behind digits. A single letter behind a blank must be a
 * capital, and is no scale before a full stop (an initial). */
static void add_short(const dsr_number_words *words, dsr_number *number)
{
    const dsr_number_word *word = dsr_word(words, number->to);
    if (dsr_word_number(words, number->to) != DSR_NUMBER_SHORT || number->kind == DSR_NUMBER_IS_POWER ||
        number->kind == DSR_NUMBER_IS_FRACTION) {
        return;
    }
    bool glued_more = dsr_word_is_digits(words, number->to + 1) && !dsr_word(words, number->to + 1)->space;
    if (glued_more || (word->space && dsr_word_length(word) == 1 &&
                       (!word->capital || dsr_word_is_sign(words, number->to + 1, '.')))) {
        return;
    }
    number->is_short = true;
    number->plain = number->value;
    number->plain_to = number->to;
    number->value = dsr_decimal_scale(number->value, word->term->number_value);
    number->to++;
}

/* "eleventh", "twenty-first", "one hundred twenty-fifth", "11th" */
static bool read_ordinal(const dsr_number_words *words, size_t at, dsr_number *out)
{
    dsr_number number = {.from = at, .kind = DSR_NUMBER_IS_ORDINAL, .to = at};
    dsr_number before;
    const dsr_number_word *word = dsr_word(words, at);
    dsr_decimal value = dsr_decimal_of(0);
    if (word->kind == DSR_WORD_DIGITS) {
        if (!dsr_number_read_digits(words, at, &before) || before.kind != DSR_NUMBER_IS_INTEGER ||
            dsr_word_number(words, before.to) != DSR_NUMBER_SUFFIX || dsr_word(words, before.to)->space) {
            return false;
        }
        number.value = before.value;
        number.to = before.to + 1;
        *out = number;
        return true;
    }
    size_t next = at;
    bool spoken = dsr_number_read_spoken(words, at, &before) && before.kind == DSR_NUMBER_IS_INTEGER;
    if (spoken) {
        value = before.value;
        next = dsr_skip_hyphen(words, before.to);
    }
    uint8_t class = dsr_word_number(words, next);
    const dsr_term *term = dsr_word(words, next)->term;
    if (class == DSR_NUMBER_ORDINAL) {
        number.value = dsr_decimal_add(value, dsr_decimal_of(term->number_value));
    } else if (class == DSR_NUMBER_ORDINAL_SCALE) {
        number.value = dsr_decimal_scale(spoken ? value : dsr_decimal_of(1), term->number_value);
    } else {
        return false;
    }
    number.spoken = true;
    number.to = next + 1;
    *out = number;
    return true;
}

/* Whether "[words] ordinal" can be an ordinal: "twenty-first" is, "two thirds" is none. */
static bool may_be_ordinal(const dsr_number_words *words, size_t at)
{
    uint8_t class = dsr_word_number(words, at);
    return class == DSR_NUMBER_ORDINAL || class == DSR_NUMBER_ORDINAL_SCALE || class == DSR_NUMBER_TENS ||
           class == DSR_NUMBER_UNIT || class == DSR_NUMBER_TEEN || dsr_word_is_digits(words, at);
}

bool dsr_number_read(const dsr_number_words *words, size_t at, dsr_number *out)
{
    dsr_number digits, spoken, ordinal;
    const dsr_number_word *word = dsr_word(words, at);
    if (word->kind != DSR_WORD_DIGITS && !(word->term && word->term->number) &&
        !dsr_word_is_sign(words, at, '-') && !(word->kind == DSR_WORD_SIGN && word->sign == 0)) {
        return false;
    }
    bool has_digits = dsr_number_read_digits(words, at, &digits);
    bool has_spoken = dsr_number_read_spoken(words, at, &spoken);
    bool has_ordinal = may_be_ordinal(words, at) && read_ordinal(words, at, &ordinal);
    if (has_digits) {
        add_short(words, &digits);
    }
    if (has_ordinal && (!has_spoken || ordinal.to > spoken.to || (spoken.to == ordinal.to && spoken.bare)) &&
        (!has_digits || ordinal.to > digits.to)) {
        *out = ordinal;
        return true;
    }
    if (has_spoken && (!has_digits || spoken.to > digits.to)) {
        *out = spoken;
    } else if (has_digits) {
        *out = digits;
    }
    return has_digits || has_spoken;
}
