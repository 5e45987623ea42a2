/* Numbers with what they measure: percent, currencies before and behind, units, ages. Must not know which of
 * them are figures. */
#include "annotate/figures_parts.h"

static bool accept_unit(const dsr_term *term)
{
    return term->unit[0] != DSR_NO_UNIT;
}

static bool accept_code(const dsr_term *term)
{
    return term->unit[1] != DSR_NO_UNIT;
}

static bool accept_before(const dsr_term *term)
{
    return term->unit_before[0] != DSR_NO_UNIT;
}

static bool accept_code_before(const dsr_term *term)
{
    return term->unit_before[1] != DSR_NO_UNIT;
}

static bool accept_percent(const dsr_term *term)
{
    return term->number == DSR_NUMBER_PERCENT;
}

static bool are_capitals(const dsr_number_words *words, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (dsr_word(words, i)->kind == DSR_WORD_LETTERS && !dsr_word(words, i)->capitals) {
            return false;
        }
    }
    return true;
}

/* The unit that begins at `at`; NULL where there is none. A single letter must stand right behind digits, or
 * behind one blank and before no letter. */
static const dsr_unit *read_unit(const dsr_number_words *words, size_t at, size_t *end)
{
    size_t code_end = at;
    size_t unit_end = at;
    const dsr_term *unit = dsr_find_phrase(words, at, accept_unit, &unit_end);
    const dsr_term *code = dsr_find_phrase(words, at, accept_code, &code_end);
    const dsr_number_word *word = dsr_word(words, at);
    if (code && are_capitals(words, at, code_end) && (!unit || code_end >= unit_end)) {
        *end = code_end;
        return dsr_terms_unit(words->terms, code->unit[1]);
    }
    bool letter = word->kind == DSR_WORD_LETTERS && dsr_word_length(word) == 1 && unit_end == at + 1;
    if (!unit || (letter && word->space && dsr_word(words, at + 1)->kind == DSR_WORD_LETTERS)) {
        return NULL;
    }
    bool more = !dsr_word(words, unit_end)->space && (dsr_word(words, unit_end)->kind == DSR_WORD_LETTERS ||
                                                      dsr_word(words, unit_end)->kind == DSR_WORD_DIGITS);
    if (more && word->kind == DSR_WORD_LETTERS) {
        return NULL; /* "m2x" */
    }
    if (unit_end > at + 1 && dsr_word_is_digits(words, unit_end - 1) &&
        dsr_word(words, unit_end - 1)->space) {
        unit = word->term; /* "12 m 2 dm" is not in square metres */
        unit_end = at + 1;
    }
    *end = unit_end;
    return unit ? dsr_terms_unit(words->terms, unit->unit[0]) : NULL;
}

/* What the word of a unit means besides. */
static const dsr_unit *read_other(const dsr_number_words *words, size_t at, size_t end)
{
    const dsr_term *term = end == at + 1 ? dsr_word(words, at)->term : NULL;
    return term ? dsr_terms_unit(words->terms, term->unit_also) : NULL;
}

/* The currency before a number. */
static const dsr_unit *read_before(const dsr_number_words *words, size_t at, size_t *end)
{
    size_t sign_end = at;
    size_t code_end = at;
    const dsr_term *sign = dsr_find_phrase(words, at, accept_before, &sign_end);
    const dsr_term *code = dsr_find_phrase(words, at, accept_code_before, &code_end);
    if (code && are_capitals(words, at, code_end) && code_end >= sign_end) {
        *end = code_end;
        return dsr_terms_unit(words->terms, code->unit_before[1]);
    }
    if (!sign) {
        return NULL;
    }
    *end = sign_end;
    return dsr_terms_unit(words->terms, sign->unit_before[0]);
}

static bool is_count(const dsr_number *number)
{
    return number->kind != DSR_NUMBER_IS_ORDINAL;
}

/* Money in two steps: "3 dollars 50 cents", "15 dollars and 15", "one kuai and five mao five". */
static size_t add_coins(const dsr_number_words *words, dsr_amount *amount)
{
    dsr_number coins;
    size_t next = amount->to;
    size_t start = next + (dsr_word_number(words, next) == DSR_NUMBER_AND ? 1U : 0U);
    if (!dsr_number_read(words, start, &coins) || coins.kind != DSR_NUMBER_IS_INTEGER || coins.is_short ||
        amount->number.kind != DSR_NUMBER_IS_INTEGER || !dsr_word(words, start)->space) {
        return next;
    }
    int64_t value = dsr_decimal_integer(coins.value, 100);
    size_t end = coins.to;
    const dsr_unit *small = read_unit(words, coins.to, &end);
    bool cents = small && (dsr_slice_equal(small->name, DSR_SLICE("Cent")) ||
                           dsr_slice_equal(small->name, DSR_SLICE("Pence")));
    bool tenths = small && dsr_slice_equal(small->name, DSR_SLICE("Jiao"));
    bool bare = !small && dsr_word(words, coins.to)->kind != DSR_WORD_LETTERS;
    if (value < 0 || value > 99 || (!cents && !tenths && !bare) || (bare && value < 10)) {
        return next;
    }
    int32_t power = tenths ? -1 : -2;
    amount->number.value =
        dsr_decimal_add(amount->number.value, dsr_decimal_scale(dsr_decimal_of(value), power));
    end = small ? end : coins.to;
    if (tenths && dsr_word_number(words, end) == DSR_NUMBER_UNIT) {
        int32_t digit = dsr_word(words, end)->term->number_value;
        amount->number.value =
            dsr_decimal_add(amount->number.value, dsr_decimal_scale(dsr_decimal_of(digit), -2));
        end++;
    }
    return end;
}

/* "5 ft 2 in" */
static size_t add_inches(const dsr_number_words *words, dsr_amount *amount)
{
    dsr_number inches;
    size_t next = amount->to;
    if (!dsr_number_read(words, next, &inches) || inches.kind != DSR_NUMBER_IS_INTEGER ||
        !(dsr_word_equals(words, inches.to, "in") || dsr_word_equals(words, inches.to, "inches") ||
          dsr_word_equals(words, inches.to, "inch"))) {
        return next;
    }
    amount->number.value =
        dsr_decimal_add(amount->number.value, dsr_decimal_divide(inches.value, dsr_decimal_of(12)));
    return inches.to + 1;
}

/* "[kg]", "{kg}", "<kg>" */
static const dsr_unit *read_bracketed(const dsr_number_words *words, size_t at, size_t *end)
{
    const dsr_number_word *open = dsr_word(words, at);
    size_t inner = at;
    if (open->kind != DSR_WORD_SIGN || (open->sign != '[' && open->sign != '{' && open->sign != '<')) {
        return NULL;
    }
    const dsr_unit *unit = read_unit(words, at + 1, &inner);
    char close = open->sign == '[' ? ']' : open->sign == '{' ? '}' : '>';
    if (!unit || !dsr_word_is_sign(words, inner, close)) {
        return NULL;
    }
    *end = inner + 1;
    return unit;
}

/* "years old", "-year-old", "years of age", "day old" behind a number. */
static const char *read_age(const dsr_number_words *words, size_t at, size_t *end)
{
    static const struct {
        int32_t symbol;
        const char *name;
    } names[] = {{DSR_SYMBOL1('Y'), "Year"},
                 {DSR_SYMBOL1('M'), "Month"},
                 {DSR_SYMBOL1('W'), "Week"},
                 {DSR_SYMBOL1('D'), "Day"}};
    size_t unit = dsr_skip_hyphen(words, at);
    uint8_t class = dsr_word_time(words, unit);
    size_t next = dsr_skip_hyphen(words, unit + 1);
    if (class != DSR_TIMEWORD_UNIT && class != DSR_TIMEWORD_UNITS) {
        return NULL;
    }
    if (dsr_word_equals(words, next, "old") || dsr_word_equals(words, next, "olds")) {
        *end = next + 1;
    } else if (dsr_word_number(words, next) == DSR_NUMBER_OF && dsr_word_equals(words, next + 1, "age")) {
        *end = next + 2;
    } else {
        return NULL;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].symbol == dsr_word_time_value(words, unit)) {
            return names[i].name;
        }
    }
    return NULL;
}

static bool is_currency(const dsr_unit *unit)
{
    return dsr_slice_equal(unit->kind, DSR_SLICE("currency"));
}

/* What stands behind the number. */
static void read_behind(const dsr_number_words *words, dsr_amount *out)
{
    size_t end = out->number.to;
    size_t next = dsr_word_is_tight(words, out->number.to, '-') ? out->number.to + 1 : out->number.to;
    if (out->number.is_short) { /* "10m" may be metres */
        size_t plain_end = out->number.plain_to;
        const dsr_unit *plain = read_unit(words, out->number.plain_to, &plain_end);
        const dsr_unit *follows = read_unit(words, out->number.to, &end);
        bool letter = dsr_word_length(dsr_word(words, out->number.plain_to)) == 1;
        bool currency_follows = follows && (letter || is_currency(follows));
        if (plain && !is_currency(plain) && plain_end >= out->number.to && !currency_follows) {
            out->kind = DSR_AMOUNT_UNIT;
            out->unit = plain;
            out->to = plain_end;
            out->number.value = out->number.plain;
            return;
        }
        end = out->number.to;
    }
    if (dsr_find_phrase(words, next, accept_percent, &end) && !dsr_word_equals(words, next, "percentage")) {
        out->kind = DSR_AMOUNT_PERCENT;
        out->to = end;
        return;
    }
    out->age = read_age(words, out->number.to, &end);
    if (out->age) {
        out->kind = DSR_AMOUNT_AGE;
        out->to = end;
        return;
    }
    out->unit = read_unit(words, next, &end);
    out->unit = out->unit ? out->unit : read_bracketed(words, next, &end);
    if (!out->unit) {
        return;
    }
    out->kind = DSR_AMOUNT_UNIT;
    out->to = end;
    out->also = read_other(words, next, end);
    const dsr_number_word *first = dsr_word(words, next);
    bool mega = is_currency(out->unit) && first->capitals && first->kind == DSR_WORD_LETTERS &&
                dsr_word_length(first) == 4; /* "30 MUSD" */
    if (mega) {
        out->number.value = dsr_decimal_scale(out->number.value, 6);
    }
    if (is_currency(out->unit)) {
        out->to = add_coins(words, out);
    } else if (dsr_slice_equal(out->unit->name, DSR_SLICE("Foot"))) {
        out->to = add_inches(words, out);
    }
}

static bool read_money(const dsr_number_words *words, size_t at, dsr_amount *out)
{
    size_t next = at;
    const dsr_unit *unit = read_before(words, at, &next);
    if (!unit || next == at || !dsr_number_read(words, next, &out->number) || !is_count(&out->number)) {
        return false;
    }
    out->from = at;
    out->to = out->number.to;
    out->kind = DSR_AMOUNT_UNIT;
    out->unit = unit;
    return true;
}

bool dsr_amount_read(const dsr_number_words *words, size_t at, dsr_amount *out)
{
    dsr_amount amount = {.from = at};
    if (read_money(words, at, &amount)) {
        *out = amount;
        return true;
    }
    size_t next = at;
    if (dsr_find_phrase(words, at, accept_percent, &next)) { /* "per cent of twenty" */
        if (dsr_word_number(words, next) == DSR_NUMBER_OF &&
            dsr_number_read(words, next + 1, &amount.number) && is_count(&amount.number)) {
            amount.kind = DSR_AMOUNT_PERCENT;
            amount.to = amount.number.to;
            *out = amount;
            return true;
        }
        return false;
    }
    if (!dsr_number_read(words, at, &amount.number) || !is_count(&amount.number)) {
        return false;
    }
    amount.to = amount.number.to;
    read_behind(words, &amount);
    *out = amount;
    return true;
}
