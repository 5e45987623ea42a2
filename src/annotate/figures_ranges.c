/* Ranges of sums, and ranges whose ends share a power of ten: "$3 to $5 million", "£10m-£12m", "two or three
 * shots". Must not know which of them are figures. */
#include "annotate/figures_parts.h"

int32_t dsr_amount_power(const dsr_number_words *words, const dsr_number *number)
{
    const dsr_term *term = number->to > number->from + 1 ? dsr_word(words, number->to - 1)->term : NULL;
    bool scale = term && (term->number == DSR_NUMBER_SCALE || term->number == DSR_NUMBER_SHORT);
    return scale ? term->number_value : 0;
}

/* "5-6,000": the first end has the thousands of the second, where they are then near one another. */
static bool is_thousands(const dsr_number *first, const dsr_number *second)
{
    int64_t low = dsr_decimal_integer(first->value, 0), high = dsr_decimal_integer(second->value, 0);
    return low > 0 && low < 1000 && high % 1000 == 0 && low * 1000 < high && high / 1000 < 4 * low;
}

dsr_decimal dsr_amount_share_power(const dsr_number_words *words, const dsr_number *first,
                                   const dsr_number *second)
{
    int32_t power = dsr_amount_power(words, second);
    dsr_decimal scaled = dsr_decimal_scale(first->value, power);
    bool shared =
        power > 0 && dsr_amount_power(words, first) == 0 && dsr_decimal_compare(scaled, second->value) < 0;
    if (power == 0 && is_thousands(first, second)) {
        return dsr_decimal_scale(first->value, 3);
    }
    return shared ? scaled : first->value;
}

static bool is_money(const dsr_amount *amount)
{
    return amount->kind == DSR_AMOUNT_UNIT && dsr_slice_equal(amount->unit->kind, DSR_SLICE("currency"));
}

/* Whether the second amount can be of what the first one is of. */
static bool agree(const dsr_amount *first, const dsr_amount *second, bool either)
{
    if (is_money(first)) {
        return second->kind == DSR_AMOUNT_COUNT ||
               (is_money(second) && dsr_slice_equal(first->unit->name, second->unit->name));
    }
    return either && first->kind == DSR_AMOUNT_COUNT && second->kind != DSR_AMOUNT_AGE;
}

static bool is_end(const dsr_number *number)
{
    return number->kind == DSR_NUMBER_IS_INTEGER || number->kind == DSR_NUMBER_IS_DECIMAL;
}

/* The money behind a dash or, of the same currency, its number alone ("EUR 5-10bn"): its power of ten is no
 * unit there. */
static bool read_second(const dsr_number_words *words, size_t at, const dsr_amount *first, dsr_amount *out)
{
    if (!dsr_amount_read(words, at, out) || !is_end(&out->number)) {
        return false;
    }
    bool metres = is_money(first) && !is_money(out) && out->kind == DSR_AMOUNT_UNIT && out->number.is_short;
    if (metres && dsr_number_read(words, at, &out->number)) {
        out->kind = DSR_AMOUNT_COUNT;
        out->to = out->number.to;
    }
    return true;
}

bool dsr_amount_range_read(const dsr_number_words *words, size_t at, dsr_amount_range *out)
{
    uint8_t lead = dsr_word_time(words, at);
    bool between = lead == DSR_TIMEWORD_BETWEEN;
    size_t start = at + (between || lead == DSR_TIMEWORD_FROM ? 1U : 0U);
    dsr_amount first, second;
    if (!dsr_amount_read(words, start, &first) || !is_end(&first.number)) {
        return false;
    }
    size_t middle = first.to;
    bool either = !between && dsr_word_equals(words, middle, "or");
    bool joined = between ? dsr_word_number(words, middle) == DSR_NUMBER_AND
                          : either || dsr_word_time(words, middle) == DSR_TIMEWORD_TO ||
                                dsr_word_is_sign(words, middle, '-');
    if (!joined || !read_second(words, middle + 1, &first, &second) || !agree(&first, &second, either)) {
        return false;
    }
    dsr_decimal low = dsr_amount_share_power(words, &first.number, &second.number);
    if (dsr_decimal_compare(low, second.number.value) >= 0) {
        return false;
    }
    out->low = low;
    out->shared = dsr_decimal_compare(low, first.number.value) != 0;
    out->high = second.number.value;
    out->to = second.to;
    out->last = is_money(&first) && !is_money(&second) ? first : second;
    return true;
}
