/* Calendar dates in digits alone: "2022-01-11", "5/12", "12/2015". Must not know which day a report is of. */
#include "annotate/times_parts.h"

enum { MODERN_FIRST = 1900, MODERN_LAST = 2099 };

static bool is_real_day(uint32_t month, uint32_t day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool set_numeric(dsr_time_match *out, uint32_t year, uint32_t month, uint32_t day)
{
    if (!is_real_day(month, day) || year < DSR_TIME_YEAR_FIRST || year > DSR_TIME_YEAR_LAST) {
        return false;
    }
    out->form = dsr_time_form_none();
    out->form.year = (int16_t)year;
    out->form.month = (int16_t)month;
    out->form.day = (int16_t)day;
    out->form.unit = DSR_UNIT_DAY;
    out->type = DSR_TIME_DATE;
    return true;
}

/* "2022-01-11", "11/01/2022", "11.01.2022", "1/11/22": month first where both ways are possible and no stops.
 */
bool dsr_time_read_numeric(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    const dsr_number_word *a = dsr_word(words, at), *b = dsr_word(words, at + 2),
                          *c = dsr_word(words, at + 4);
    char sign = dsr_word(words, at + 1)->sign;
    if (a->kind != DSR_WORD_DIGITS || (sign != '-' && sign != '/' && sign != '.') ||
        !dsr_word_is_tight(words, at + 1, sign) || b->kind != DSR_WORD_DIGITS ||
        !dsr_word_is_tight(words, at + 3, sign) || c->kind != DSR_WORD_DIGITS) {
        return false;
    }
    bool goes = dsr_word_is_tight(words, at + 5, sign) && dsr_word_is_digits(words, at + 6);
    size_t la = dsr_word_length(a), lb = dsr_word_length(b), lc = dsr_word_length(c);
    if (goes || lb > 2 ||
        (at > 0 && dsr_word_is_tight(words, at - 1, sign) && dsr_word_is_digits(words, at - 2))) {
        return false;
    }
    out->to = at + 5;
    if (la == 4 && lc <= 2) {
        return set_numeric(out, a->value, b->value, c->value);
    }
    if (la > 2 || (lc != 4 && lc != 2) || (lc == 2 && sign != '/')) {
        return false;
    }
    uint32_t year = lc == 4 ? c->value : (uint32_t)dsr_time_short_year(c->value);
    bool month_first = sign != '.' && a->value <= 12;
    return month_first ? set_numeric(out, year, a->value, b->value)
                       : set_numeric(out, year, b->value, a->value);
}

/* "on 5/12", "Friday 5/12": month and day without a year, where something before it says that it is a date.
 */
bool dsr_time_read_slashed(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    const dsr_number_word *a = dsr_word(words, at), *b = dsr_word(words, at + 2);
    uint8_t before = at > 0 ? dsr_word_time(words, at - 1) : (uint8_t)DSR_TIMEWORD_NONE;
    bool led = before == DSR_TIMEWORD_ON || before == DSR_TIMEWORD_FROM || before == DSR_TIMEWORD_TO ||
               before == DSR_TIMEWORD_BY || before == DSR_TIMEWORD_WEEKDAY || before == DSR_TIMEWORD_LAST;
    dsr_time_match end; /* "10/1-11/2/2017" */
    led = led || (dsr_word_is_tight(words, at + 3, '-') && dsr_time_read_numeric(words, at + 4, &end));
    if (!led || !dsr_word_is_digits(words, at) || !dsr_word_is_tight(words, at + 1, '/') ||
        b->kind != DSR_WORD_DIGITS || dsr_word_is_tight(words, at + 3, '/') || dsr_word_length(a) > 2 ||
        dsr_word_length(b) > 2 || !is_real_day(a->value, b->value)) {
        return false;
    }
    out->form = dsr_time_form_none();
    out->form.month = (int16_t)a->value;
    out->form.day = (int16_t)b->value;
    out->form.unit = DSR_UNIT_DAY;
    out->type = DSR_TIME_DATE;
    out->to = at + 3;
    return true;
}

/* "12-2015", "03/2019": a month of a year. */
bool dsr_time_read_month_digits(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    const dsr_number_word *month = dsr_word(words, at);
    char sign = dsr_word(words, at + 1)->sign;
    int32_t year = dsr_time_year_at(words, at + 2);
    const dsr_number_word *before = at > 0 ? dsr_word(words, at - 1) : &dsr_number_no_word;
    bool glued = before->kind == DSR_WORD_SIGN && !month->space;
    bool goes = dsr_word(words, at + 3)->kind != DSR_WORD_NONE && !dsr_word(words, at + 3)->space &&
                dsr_word(words, at + 4)->kind == DSR_WORD_DIGITS && !dsr_word(words, at + 4)->space;
    if (month->kind != DSR_WORD_DIGITS || dsr_word_length(month) != 2 || (sign != '-' && sign != '/') ||
        !dsr_word_is_tight(words, at + 1, sign) || year < MODERN_FIRST || year > MODERN_LAST || glued ||
        goes || month->value < 1 || month->value > 12) {
        return false;
    }
    out->form = dsr_time_form_none();
    out->form.year = (int16_t)year;
    out->form.month = (int16_t)month->value;
    out->form.unit = DSR_UNIT_MONTH;
    out->type = DSR_TIME_DATE;
    out->to = at + 3;
    return true;
}
