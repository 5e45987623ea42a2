/* Calendar dates: months, days of months, weekdays, years, decades, quarters, as words and as digits. Must
 * not know which day a report is of. */
#include "annotate/times_parts.h"

#include "base/utf8.h"

dsr_time_form dsr_time_form_none(void)
{
    return (dsr_time_form){.kind = DSR_TIME_POINT,
                           .shift = DSR_UNSAID,
                           .direction = DSR_UNSAID,
                           .count = DSR_TIME_VAGUE,
                           .year = DSR_UNSAID,
                           .month = DSR_UNSAID,
                           .day = DSR_UNSAID,
                           .weekday = DSR_UNSAID,
                           .week = DSR_UNSAID,
                           .quarter = DSR_UNSAID,
                           .half = DSR_UNSAID,
                           .season = DSR_UNSAID,
                           .part = DSR_UNSAID,
                           .holiday = DSR_UNSAID,
                           .hour = DSR_UNSAID,
                           .minute = DSR_UNSAID,
                           .second = DSR_UNSAID};
}

dsr_time_unit dsr_time_unit_of(int32_t symbol)
{
    static const struct {
        int32_t symbol;
        dsr_time_unit unit;
    } units[] = {{DSR_SYMBOL1('S'), DSR_UNIT_SECOND},       {DSR_SYMBOL3('M', 'I', 'N'), DSR_UNIT_MINUTE},
                 {DSR_SYMBOL1('H'), DSR_UNIT_HOUR},         {DSR_SYMBOL1('D'), DSR_UNIT_DAY},
                 {DSR_SYMBOL2('W', 'E'), DSR_UNIT_WEEKEND}, {DSR_SYMBOL1('W'), DSR_UNIT_WEEK},
                 {DSR_SYMBOL2('W', 'W'), DSR_UNIT_WEEK},    {DSR_SYMBOL2('F', 'N'), DSR_UNIT_FORTNIGHT},
                 {DSR_SYMBOL1('M'), DSR_UNIT_MONTH},        {DSR_SYMBOL1('Q'), DSR_UNIT_QUARTER},
                 {DSR_SYMBOL1('Y'), DSR_UNIT_YEAR},         {DSR_SYMBOL1('E'), DSR_UNIT_DECADE},
                 {DSR_SYMBOL1('C'), DSR_UNIT_CENTURY},      {DSR_SYMBOL1('L'), DSR_UNIT_MILLENNIUM}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (units[i].symbol == symbol) {
            return units[i].unit;
        }
    }
    return DSR_UNIT_NONE;
}

int32_t dsr_time_symbol(const dsr_number_words *words, size_t at)
{
    int32_t value = dsr_word_time_value(words, at);
    return value >= 0x40000000 ? value & 0x3fffffff : 0;
}

/* ---- parts ---- */

int32_t dsr_time_year_at(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    if (word->kind != DSR_WORD_DIGITS || dsr_word_length(word) != 4 || word->value < DSR_TIME_YEAR_FIRST ||
        word->value > DSR_TIME_YEAR_LAST) {
        return DSR_UNSAID;
    }
    bool grouped = (dsr_word_is_tight(words, at + 1, ',') || dsr_word_is_tight(words, at + 1, '.')) &&
                   dsr_word_is_digits(words, at + 2);
    return grouped ? DSR_UNSAID : (int32_t)word->value;
}

int16_t dsr_time_short_year(uint32_t value)
{
    return (int16_t)(value >= 50 ? 1900 + value : 2000 + value);
}

/* "nineteen ninety-six", "two thousand and fifteen", "seventeen hundred thirty three" */
size_t dsr_time_spoken_year(const dsr_number_words *words, size_t at, int16_t *year)
{
    dsr_number first, second;
    if (dsr_word(words, at)->kind != DSR_WORD_LETTERS || !dsr_number_read_spoken(words, at, &first)) {
        return at;
    }
    int64_t value = dsr_decimal_integer(first.value, 0);
    uint8_t class = dsr_word_number(words, at);
    bool introduced = at > 0 && (dsr_word_time(words, at - 1) == DSR_TIMEWORD_IN ||
                                 dsr_word_time(words, at - 1) == DSR_TIMEWORD_MONTH ||
                                 dsr_word_time(words, at - 1) == DSR_TIMEWORD_UNIT);
    if (value >= 1000 && value <= 2100 && first.kind == DSR_NUMBER_IS_INTEGER && introduced &&
        (class == DSR_NUMBER_TEEN || dsr_word_equals(words, at, "two"))) {
        *year = (int16_t)value;
        return first.to;
    }
    size_t next = dsr_skip_hyphen(words, at + 1);
    uint8_t class2 = dsr_word_number(words, next);
    bool century = class == DSR_NUMBER_TEEN || dsr_word_equals(words, at, "twenty");
    if (!century || (class2 != DSR_NUMBER_TEEN && class2 != DSR_NUMBER_TENS) ||
        !dsr_number_read_spoken(words, next, &second) || second.kind != DSR_NUMBER_IS_INTEGER) {
        return at;
    }
    int64_t hundreds = dsr_word(words, at)->term->number_value;
    int64_t rest = dsr_decimal_integer(second.value, 1000);
    if (rest < 10 || rest > 99 || hundreds < 10) {
        return at;
    }
    *year = (int16_t)(hundreds * 100 + rest);
    return second.to;
}

/* Whether "May" or "March" without a day is a month: by what stands before it. */
static bool may_be_month(const dsr_number_words *words, size_t at)
{
    uint8_t before = at > 0 ? dsr_word_time(words, at - 1) : (uint8_t)DSR_TIMEWORD_NONE;
    bool led = before == DSR_TIMEWORD_IN || before == DSR_TIMEWORD_SINCE || before == DSR_TIMEWORD_FROM ||
               before == DSR_TIMEWORD_TO || before == DSR_TIMEWORD_BY || before == DSR_TIMEWORD_LAST ||
               before == DSR_TIMEWORD_PAST || before == DSR_TIMEWORD_POSITION || before == DSR_TIMEWORD_OF ||
               before == DSR_TIMEWORD_AFTER || before == DSR_TIMEWORD_EACH || before == DSR_TIMEWORD_BETWEEN;
    bool ranged = at > 1 && dsr_word_is_sign(words, at - 1, '-') &&
                  (dsr_word_time(words, at - 2) == DSR_TIMEWORD_MONTH ||
                   dsr_word_time(words, at - 2) == DSR_TIMEWORD_POSITION);
    bool joined =
        at > 1 &&
        (dsr_word_number(words, at - 1) == DSR_NUMBER_AND || dsr_word_equals(words, at - 1, "or")) &&
        dsr_word_time(words, at - 2) == DSR_TIMEWORD_MONTH;
    return led || ranged || joined;
}

/* "from Sep to Nov": a month that another one pairs with. */
static bool is_paired_month(const dsr_number_words *words, size_t at)
{
    bool before = at > 1 && dsr_word_time(words, at - 1) == DSR_TIMEWORD_TO &&
                  dsr_word_time(words, at - 2) == DSR_TIMEWORD_MONTH && dsr_word(words, at - 2)->capital;
    bool behind = dsr_word_time(words, at + 1) == DSR_TIMEWORD_TO &&
                  dsr_word_time(words, at + 2) == DSR_TIMEWORD_MONTH && dsr_word(words, at + 2)->capital;
    return dsr_word(words, at)->capital && (before || behind);
}

int16_t dsr_time_month_at(const dsr_number_words *words, size_t at, size_t *end)
{
    const dsr_number_word *word = dsr_word(words, at);
    if (dsr_word_time(words, at) != DSR_TIMEWORD_MONTH) {
        return 0;
    }
    size_t length = dsr_word_length(word);
    size_t next = at + 1;
    bool led = at > 0 &&
               dsr_word_time(words, at - 1) == DSR_TIMEWORD_IN && /* "in dec", not "in Jan Novak's" */
               !(dsr_word(words, next)->kind == DSR_WORD_LETTERS && dsr_word(words, next)->capital);
    bool stop = dsr_word_is_sign(words, next, '.') && !dsr_word(words, next)->space;
    bool dated = (dsr_word_is_sign(words, next, ',') || dsr_word_is_tight(words, next, '/') ||
                  dsr_word_is_tight(words, next, '-')) &&
                 dsr_time_year_at(words, next + 1) != DSR_UNSAID; /* "Dec, 2018" */
    bool digits_next = dated || dsr_word_is_digits(words, next + (stop ? 1U : 0U));
    bool digits_before =
        at > 0 && (dsr_word_is_digits(words, at - 1) || dsr_word_number(words, at - 1) == DSR_NUMBER_SUFFIX ||
                   (dsr_word_is_sign(words, at - 1, '-') && at > 1 && dsr_word_is_digits(words, at - 2)));
    bool doubtful = dsr_word_equals(words, at, "may") || dsr_word_equals(words, at, "march") ||
                    dsr_word_equals(words, at, "mar");
    if (doubtful && !digits_next && !digits_before &&
        !(word->capital && (may_be_month(words, at) || is_paired_month(words, at)))) {
        return 0;
    }
    if (!word->capital && !((digits_next || digits_before || led) && !doubtful) && (length < 4 || doubtful)) {
        return 0;
    }
    if (length <= 4 && !stop && !digits_next && !digits_before && !led && !doubtful && length != 4 &&
        !dsr_word_is_sign(words, next, '-') && !is_paired_month(words, at)) {
        return 0; /* "Jan" alone is a name, too */
    }
    bool full = dsr_word_equals(words, at, "may") || dsr_word_equals(words, at, "june") ||
                dsr_word_equals(words, at, "july");
    if (stop && length <= 4 && !full) {
        next++;
    }
    *end = next;
    return (int16_t)dsr_word_time_value(words, at);
}

/* A day of the month: "11", "11th", "the 11th", "eleventh"; its end or `at`. */
size_t dsr_time_read_day(const dsr_number_words *words, size_t at, int16_t *day)
{
    dsr_number number;
    const dsr_number_word *word = dsr_word(words, at);
    if (word->kind == DSR_WORD_DIGITS) {
        if (dsr_word_length(word) > 2 || word->value < 1 || word->value > 31) {
            return at;
        }
        *day = (int16_t)word->value;
        size_t next = at + 1;
        return dsr_word_number(words, next) == DSR_NUMBER_SUFFIX && !dsr_word(words, next)->space ? next + 1
                                                                                                  : next;
    }
    if (word->kind == DSR_WORD_LETTERS && dsr_number_read(words, at, &number) &&
        (number.kind == DSR_NUMBER_IS_ORDINAL || number.kind == DSR_NUMBER_IS_INTEGER)) {
        int64_t value = dsr_decimal_integer(number.value, 0);
        if (value >= 1 && value <= 31 && dsr_word_number(words, at) != DSR_NUMBER_ARTICLE) {
            *day = (int16_t)value;
            return number.to;
        }
    }
    return at;
}

/* Whether the digits at `at` go on: "11.5", "11:30", "11,000", "11%", "11 a.m.". */
bool dsr_time_goes_on(const dsr_number_words *words, size_t at)
{
    if ((dsr_word_is_tight(words, at, ',') || dsr_word_is_tight(words, at, '.') ||
         dsr_word_is_tight(words, at, ':') || dsr_word_is_tight(words, at, '/')) &&
        dsr_word_is_digits(words, at + 1)) {
        return true;
    }
    uint8_t number = dsr_word_number(words, at);
    return number == DSR_NUMBER_PERCENT || number == DSR_NUMBER_SCALE || number == DSR_NUMBER_SHORT ||
           number == DSR_NUMBER_HUNDRED;
}

/* ", 1998", " 1998", " of 1998", "/98" behind a month or day. */
size_t dsr_time_read_year_behind(const dsr_number_words *words, size_t at, int16_t *year)
{
    size_t next = at;
    if (dsr_word_is_sign(words, next, ',') || dsr_word_is_sign(words, next, '/') ||
        dsr_word_time(words, next) == DSR_TIMEWORD_OF || dsr_word_is_tight(words, next, '-')) {
        next++;
    }
    next += dsr_word_time(words, next) == DSR_TIMEWORD_THE ? 1U : 0U;
    next += dsr_word_equals(words, next, "year") ? 1U : 0U;
    int32_t value = dsr_time_year_at(words, next);
    if (value != DSR_UNSAID) {
        *year = (int16_t)value;
        return next + 1;
    }
    if (dsr_word_is_sign(words, next, '\'') && dsr_word_is_digits(words, next + 1) &&
        dsr_word_length(dsr_word(words, next + 1)) == 2 && !dsr_word(words, next + 1)->space) {
        *year = dsr_time_short_year(dsr_word(words, next + 1)->value);
        return next + 2;
    }
    size_t spoken = dsr_time_spoken_year(words, next, year);
    return spoken > next ? spoken : at;
}

/* ---- dates in words ---- */

/* "January 11[, 2022]", "Jan. 11", "January 2022", "January of last year", "January" */
static bool read_month_date(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t end = at;
    int16_t month = dsr_time_month_at(words, at, &end);
    if (!month) {
        return false;
    }
    out->form = dsr_time_form_none();
    out->form.month = month;
    out->form.unit = DSR_UNIT_MONTH;
    out->type = DSR_TIME_DATE;
    size_t day_at = dsr_word_time(words, end) == DSR_TIMEWORD_THE ? end + 1 : end;
    int16_t day = 0;
    size_t behind = dsr_time_read_day(words, day_at, &day);
    bool ordinal = behind > day_at && !dsr_word_is_digits(words, day_at) &&
                   (dsr_word_number(words, behind - 1) != DSR_NUMBER_ORDINAL);
    if (behind > day_at && !dsr_time_goes_on(words, behind) && !ordinal) {
        out->form.day = day;
        out->form.unit = DSR_UNIT_DAY;
        end = behind;
    }
    out->to = dsr_time_read_year_behind(words, end, &out->form.year);
    return true;
}

/* "11 January [2022]", "the 5th of July", "fifteen August nineteen ninety three" */
bool dsr_time_read_day_month(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    int16_t day = 0;
    size_t next = dsr_time_read_day(words, at, &day);
    if (next == at) {
        return false;
    }
    next += dsr_word_equals(words, next, "day") ? 1U : 0U;
    next += dsr_word_time(words, next) == DSR_TIMEWORD_OF ? 1U : 0U;
    next = dsr_word_is_sign(words, next, ',') || dsr_word_is_tight(words, next, '-') ? next + 1 : next;
    size_t end = next;
    int16_t month = dsr_time_month_at(words, next, &end);
    if (!month || (at > 0 && dsr_word_is_tight(words, at - 1, ':'))) {
        return false;
    }
    out->form = dsr_time_form_none();
    out->form.day = day;
    out->form.month = month;
    out->form.unit = DSR_UNIT_DAY;
    out->type = DSR_TIME_DATE;
    out->to = dsr_time_read_year_behind(words, end, &out->form.year);
    if (out->to == end && dsr_word_is_tight(words, end, '-') && dsr_word_is_digits(words, end + 1) &&
        dsr_word_length(dsr_word(words, end + 1)) == 2) { /* "19-Nov-12" */
        out->form.year = dsr_time_short_year(dsr_word(words, end + 1)->value);
        out->to = end + 2;
    }
    return true;
}

/* "Friday", "Fri.", "Friday, Oct. 13", "Friday 5/12", "Friday the 13th of October" */
static bool read_weekday(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    const dsr_number_word *word = dsr_word(words, at);
    if (dsr_word_time(words, at) != DSR_TIMEWORD_WEEKDAY) {
        return false;
    }
    size_t end = at + 1;
    bool stop = dsr_word_is_sign(words, end, '.') && !dsr_word(words, end)->space;
    size_t next = end + (stop ? 1U : 0U);
    next += dsr_word_is_sign(words, next, ',') ? 1U : 0U;
    next += dsr_word_time(words, next) == DSR_TIMEWORD_THE ? 1U : 0U;
    dsr_time_match date;
    bool dated = (read_month_date(words, next, &date) && date.form.day != DSR_UNSAID) ||
                 dsr_time_read_day_month(words, next, &date) || dsr_time_read_slashed(words, next, &date);
    if (dsr_word_length(word) < 6 && (!word->capital || !(dated || stop))) {
        return false; /* "sat", "Sun", "mon ami" */
    }
    if (!word->capital && dsr_word_length(word) < 6) {
        return false;
    }
    if (dated) {
        *out = date;
        out->form.weekday = (int16_t)dsr_word_time_value(words, at);
        return true;
    }
    out->form = dsr_time_form_none();
    out->form.weekday = (int16_t)dsr_word_time_value(words, at);
    out->form.unit = DSR_UNIT_DAY;
    out->type = DSR_TIME_DATE;
    out->to = stop && dsr_word_length(word) < 6 ? end + 1 : end;
    return true;
}

/* ---- years, decades, centuries ---- */

/* "1990s", "'80s", "1980's" */
static bool read_decade(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    bool short_form = dsr_word_is_sign(words, at, '\'');
    size_t digits = at + (short_form ? 1U : 0U);
    const dsr_number_word *word = dsr_word(words, digits);
    size_t next = digits + 1;
    next += dsr_word_is_tight(words, next, '\'') ? 1U : 0U;
    if (word->kind != DSR_WORD_DIGITS || word->value % 10 != 0 || !dsr_word_equals(words, next, "s") ||
        dsr_word(words, next)->space) {
        return false;
    }
    size_t length = dsr_word_length(word);
    if (length == 4 && !short_form && word->value >= DSR_TIME_YEAR_FIRST &&
        word->value <= DSR_TIME_YEAR_LAST) {
        out->form = dsr_time_form_none();
        out->form.year = (int16_t)(word->value / 10);
    } else if (length == 2 && (short_form || (word->value >= 20 && at > 0 &&
                                              dsr_word_time(words, at - 1) == DSR_TIMEWORD_THE))) {
        out->form = dsr_time_form_none();
        out->form.year = (int16_t)(190 + word->value / 10);
    } else {
        return false;
    }
    out->form.unit = DSR_UNIT_DECADE;
    out->type = DSR_TIME_DATE;
    out->to = next + 1;
    return true;
}

/* "20th century", "nineteenth-century" */
static bool read_century(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    dsr_number number;
    uint8_t class = dsr_word_number(words, at);
    if ((class == DSR_NUMBER_NONE && !dsr_word_is_digits(words, at)) ||
        !dsr_number_read(words, at, &number) || number.kind != DSR_NUMBER_IS_ORDINAL) {
        return false;
    }
    size_t next = dsr_skip_hyphen(words, number.to);
    int64_t value = dsr_decimal_integer(number.value, 0);
    if (dsr_word_time(words, next) != DSR_TIMEWORD_UNIT ||
        dsr_word_time_value(words, next) != DSR_SYMBOL1('C') || value < 1 || value > 30) {
        return false;
    }
    out->form = dsr_time_form_none();
    out->form.year = (int16_t)(value - 1);
    out->form.unit = DSR_UNIT_CENTURY;
    out->type = DSR_TIME_DATE;
    out->to = next + 1;
    return true;
}

/* Whether digits that could be a year are a count: "2000 people", "1990 %", "$1990". */
static bool is_counted(const dsr_number_words *words, size_t at)
{
    size_t next = at + 1;
    const dsr_term *term = dsr_word(words, next)->term;
    const dsr_term *before = at > 0 ? dsr_word(words, at - 1)->term : NULL;
    if (before && (before->unit_before[0] != DSR_NO_UNIT || before->unit_before[1] != DSR_NO_UNIT ||
                   before->cue == DSR_CUE_LABEL || before->number == DSR_NUMBER_MINUS)) {
        return true;
    }
    if (at > 0 && (dsr_word_is_sign(words, at - 1, '#') || dsr_word_is_tight(words, at - 1, '-') ||
                   dsr_word_is_tight(words, at - 1, '.') || dsr_word_is_tight(words, at - 1, '/') ||
                   dsr_word_is_tight(words, at - 1, ':') || dsr_word_is_tight(words, at - 1, ','))) {
        bool range =
            at > 1 && dsr_word_is_sign(words, at - 1, '-') && dsr_time_year_at(words, at - 2) != DSR_UNSAID;
        bool word_before = at > 1 &&
                           (dsr_word_is_sign(words, at - 1, '-') || dsr_word_is_sign(words, at - 1, '/')) &&
                           dsr_word(words, at - 2)->kind == DSR_WORD_LETTERS &&
                           dsr_word_time(words, at - 2) != DSR_TIMEWORD_NONE;
        bool longer = dsr_word_is_tight(words, next, '-') && dsr_word_is_digits(words, next + 1);
        return longer || (!range && !word_before); /* "555-2015-86" */
    }
    bool hedged = before && before->cue >= DSR_CUE_ABOUT && before->cue <= DSR_CUE_UP_TO;
    bool noun =
        dsr_word(words, next)->kind == DSR_WORD_LETTERS && !dsr_word(words, next)->capital && term == NULL;
    bool dashed = dsr_word_is_tight(words, next, '-') && dsr_word_is_digits(words, next + 1) &&
                  dsr_word_is_tight(words, next + 2, '-');
    if ((hedged && noun) || dashed) {
        return true;
    }
    if (term == NULL) {
        return dsr_word(words, next)->kind == DSR_WORD_LETTERS && !dsr_word(words, next)->space;
    }
    bool measured = term->unit[0] != DSR_NO_UNIT && dsr_word_length(dsr_word(words, next)) > 1;
    return measured || term->number == DSR_NUMBER_PERCENT || term->number == DSR_NUMBER_SCALE ||
           term->time == DSR_TIMEWORD_UNITS || term->time == DSR_TIMEWORD_UNIT ||
           term->time == DSR_TIMEWORD_ZONE || dsr_word_is_sign(words, next, '%');
}

/* "has 2010 screws": a plural behind it, and nothing before it that leads a year. */
static bool counts_plural(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at + 1);
    return word->kind == DSR_WORD_LETTERS && !word->capital && word->term == NULL &&
           dsr_word_length(word) >= 4 && words->text.ptr[word->span.end - 1] == 's';
}

static bool introduces_year(const dsr_number_words *words, size_t at)
{
    switch (dsr_word_time(words, at)) {
    case DSR_TIMEWORD_IN:
    case DSR_TIMEWORD_SINCE:
    case DSR_TIMEWORD_FROM:
    case DSR_TIMEWORD_TO:
    case DSR_TIMEWORD_BY:
    case DSR_TIMEWORD_OF:
    case DSR_TIMEWORD_AFTER:
    case DSR_TIMEWORD_BETWEEN:
    case DSR_TIMEWORD_POSITION:
    case DSR_TIMEWORD_THE:
    case DSR_TIMEWORD_SEASON:
        return true;
    default:
        return false;
    }
}

static bool read_year(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    int32_t year = dsr_time_year_at(words, at);
    bool modern = year >= 1900 && year <= 2099;
    int16_t spoken = 0;
    size_t end = at + 1;
    if (year != DSR_UNSAID) {
        bool introduced = at > 0 && introduces_year(words, at - 1);
        bool people = !introduced && dsr_word_equals(words, at + 1, "people");
        bool plural = people || (at > 0 && !introduced && dsr_word(words, at - 1)->kind == DSR_WORD_LETTERS &&
                                 counts_plural(words, at));
        if (is_counted(words, at) || plural || !(modern || (introduced && year >= 1400 && year < 2200))) {
            return false;
        }
    } else {
        end = dsr_time_spoken_year(words, at, &spoken);
        if (end == at || (spoken % 1000 == 0 && !(at > 0 && dsr_word_equals(words, at - 1, "year")))) {
            return false;
        }
        year = spoken;
    }
    out->form = dsr_time_form_none();
    out->form.year = (int16_t)year;
    out->form.unit = DSR_UNIT_YEAR;
    out->type = DSR_TIME_DATE;
    out->to = end;
    return true;
}

/* "fiscal 1989", "the year 2000", "the nineties" */
static bool read_named_year(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    uint8_t class = dsr_word_time(words, at);
    if (class == DSR_TIMEWORD_DECADE && at > 0 &&
        (dsr_word_time(words, at - 1) == DSR_TIMEWORD_THE ||
         dsr_word_time(words, at - 1) == DSR_TIMEWORD_IN ||
         dsr_word_time(words, at - 1) == DSR_TIMEWORD_POSITION)) {
        out->form = dsr_time_form_none();
        out->form.year = (int16_t)(190 + dsr_word_time_value(words, at) / 10);
        out->form.unit = DSR_UNIT_DECADE;
        out->type = DSR_TIME_DATE;
        out->to = at + 1;
        return true;
    }
    size_t next = at;
    if (class == DSR_TIMEWORD_FISCAL) {
        next++;
        size_t digits = next + (dsr_word_is_sign(words, next, '\'') ? 1U : 0U);
        const dsr_number_word *word = dsr_word(words, digits);
        if (word->kind == DSR_WORD_DIGITS && !word->space && dsr_word_length(word) == 2) { /* "FY18" */
            out->form = dsr_time_form_none();
            out->form.year = dsr_time_short_year(word->value);
            out->form.unit = DSR_UNIT_YEAR;
            out->type = DSR_TIME_DATE;
            out->to = digits + 1;
            return !dsr_time_goes_on(words, digits + 1);
        }
    }
    next += dsr_word_equals(words, next, "year") ? 1U : 0U;
    return next > at && read_year(words, next, out);
}

/* ---- quarters, halves, seasons, holidays ---- */

/* "third quarter", "first half", "third-quarter"; the end or `at`. */
static size_t read_ordinal_part(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    const dsr_term *term = dsr_word(words, at)->term;
    int32_t n = 0;
    size_t next = at + 1;
    if (dsr_word_is_digits(words, at) && dsr_word_number(words, next) == DSR_NUMBER_SUFFIX) {
        n = (int32_t)(dsr_word(words, at)->value % 10);
        next++;
    } else if (term && term->number == DSR_NUMBER_ORDINAL) {
        n = term->number_value;
    } else if (dsr_word_time(words, at) == DSR_TIMEWORD_LAST && term->time_value == -1) {
        n = 9;
    } else {
        return at;
    }
    next = dsr_skip_hyphen(words, next);
    const dsr_term *what = dsr_word(words, next)->term;
    if (!what || n < 1 || (n > 4 && n != 9)) {
        return at;
    }
    if (what->time == DSR_TIMEWORD_UNIT && what->time_value == DSR_SYMBOL1('Q') && n <= 4) {
        form->quarter = (int16_t)n;
        form->unit = DSR_UNIT_QUARTER;
    } else if (what->number == DSR_NUMBER_PART && what->number_value == 2 && (n <= 2 || n == 9)) {
        form->half = (int16_t)(n == 9 ? 2 : n);
    } else {
        return at;
    }
    return next + 1;
}

/* "of 1984", "of last year", "of the year" behind a quarter or half. */
static size_t read_of_year(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    size_t next = at;
    if (dsr_word_time(words, next) == DSR_TIMEWORD_OF || dsr_word_time(words, next) == DSR_TIMEWORD_IN ||
        dsr_word_is_sign(words, next, ',')) {
        next++;
    }
    bool the = dsr_word_time(words, next) == DSR_TIMEWORD_THE;
    next += the ? 1U : 0U;
    dsr_time_match year;
    if (read_decade(words, next, &year)) {
        form->year = year.form.year;
        form->unit = DSR_UNIT_DECADE;
        form->half = DSR_UNSAID;
        return year.to;
    }
    next += dsr_word_time(words, next) == DSR_TIMEWORD_FISCAL ? 1U : 0U;
    int32_t value = dsr_time_year_at(words, next);
    if (value != DSR_UNSAID) {
        form->year = (int16_t)value;
        return next + 1;
    }
    if (dsr_word_time(words, next) == DSR_TIMEWORD_LAST && dsr_word_equals(words, next + 1, "year")) {
        form->shift = (int16_t)dsr_word_time_value(words, next);
        return next + 2;
    }
    if (the && dsr_word_equals(words, next, "year") && dsr_word_time(words, at) == DSR_TIMEWORD_OF) {
        form->shift = 0;
        return next + 1;
    }
    return at;
}

static bool read_quarter(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    dsr_time_form form = dsr_time_form_none();
    size_t next = at;
    int32_t year = dsr_time_year_at(words, next);
    if (year != DSR_UNSAID) { /* "1988 third quarter" */
        form.year = (int16_t)year;
        next++;
    }
    next += dsr_word_time(words, next) == DSR_TIMEWORD_FISCAL ? 1U : 0U;
    next = dsr_skip_hyphen(words, next);
    size_t end = read_ordinal_part(words, next, &form);
    if (end == next) {
        return false;
    }
    size_t behind = form.year == DSR_UNSAID ? read_of_year(words, end, &form) : end;
    if (form.half != DSR_UNSAID && behind == end && form.year == DSR_UNSAID) {
        return false; /* "the second half" may be of a match */
    }
    out->form = form;
    out->type = DSR_TIME_DATE;
    out->to = behind;
    return true;
}

/* "Q3", "H1" with their year before or behind: "2017 Q1", "Q3 of 2021", "q1-2019". */
static bool read_short_quarter(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    dsr_time_form form = dsr_time_form_none();
    int32_t year = dsr_time_year_at(words, at);
    size_t next = at + (year != DSR_UNSAID ? 1U : 0U);
    next = year != DSR_UNSAID ? dsr_skip_hyphen(words, next) : next;
    bool half = dsr_word_equals(words, next, "h");
    uint32_t n = dsr_word(words, next + 1)->value;
    if ((!half && !dsr_word_equals(words, next, "q")) || !dsr_word_is_digits(words, next + 1) ||
        dsr_word(words, next + 1)->space || dsr_word_length(dsr_word(words, next + 1)) != 1 || n < 1 ||
        n > (half ? 2 : 4)) {
        return false;
    }
    size_t end = next + 2;
    form.year = (int16_t)year;
    if (year == DSR_UNSAID) {
        size_t behind = dsr_time_read_year_behind(words, end, &form.year);
        if (behind == end && half) {
            return false;
        }
        end = behind;
    }
    *(half ? &form.half : &form.quarter) = (int16_t)n;
    form.unit = DSR_UNIT_QUARTER;
    *out = (dsr_time_match){.from = at, .to = end, .type = DSR_TIME_DATE, .form = form};
    return true;
}

static bool read_season(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    if (dsr_word_time(words, at) != DSR_TIMEWORD_SEASON) {
        return false;
    }
    size_t end = at + 1;
    int16_t year = DSR_UNSAID;
    size_t behind = dsr_time_read_year_behind(words, end, &year);
    bool doubtful = dsr_word_equals(words, at, "fall") || dsr_word_equals(words, at, "spring");
    bool introduced = at > 0 && introduces_year(words, at - 1) && !dsr_word_equals(words, at - 1, "to");
    if (doubtful && behind == end && (!introduced || dsr_word_time(words, end) == DSR_TIMEWORD_OF)) {
        return false;
    }
    out->form = dsr_time_form_none();
    out->form.season = dsr_time_symbol(words, at);
    out->form.year = year;
    out->form.unit = DSR_UNIT_QUARTER;
    out->type = DSR_TIME_DATE;
    out->to = behind;
    return true;
}

static bool accept_holiday(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_HOLIDAY;
}

static bool read_holiday(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t end = at;
    const dsr_term *term = dsr_find_phrase(words, at, accept_holiday, &end);
    bool plain = end > at + 1 || dsr_word_length(dsr_word(words, at)) >= 6;
    if (!term || !(dsr_word(words, at)->capital || plain)) {
        return false;
    }
    out->form = dsr_time_form_none();
    out->form.holiday = (int16_t)term->time_value;
    out->form.unit = DSR_UNIT_DAY;
    out->type = DSR_TIME_DATE;
    if (dsr_word_equals(words, end, "week")) { /* "Easter week" */
        out->form.unit = DSR_UNIT_WEEK;
        end++;
    }
    out->to = dsr_time_read_year_behind(words, end, &out->form.year);
    return true;
}

typedef bool reader(const dsr_number_words *words, size_t at, dsr_time_match *out);

/* The longest that one of the readers finds. */
static bool read_longest(reader *const *readers, const dsr_number_words *words, size_t at,
                         dsr_time_match *out)
{
    dsr_time_match match = {.from = at};
    bool found = false;
    for (; *readers; readers++) {
        if ((*readers)(words, at, &match) && (!found || match.to > out->to)) {
            match.from = at;
            match.mod = DSR_TIME_MOD_NONE;
            *out = match;
            found = true;
        }
    }
    return found;
}

bool dsr_time_read_date(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    static reader *const digits[] = {dsr_time_read_numeric,
                                     dsr_time_read_month_digits,
                                     dsr_time_read_slashed,
                                     read_short_quarter,
                                     dsr_time_read_day_month,
                                     dsr_time_read_shared_day,
                                     read_decade,
                                     read_century,
                                     read_quarter,
                                     read_year,
                                     NULL};
    static reader *const letters[] = {read_short_quarter,
                                      read_month_date,
                                      dsr_time_read_day_month,
                                      dsr_time_read_shared_day,
                                      read_weekday,
                                      read_decade,
                                      read_century,
                                      read_quarter,
                                      read_season,
                                      read_holiday,
                                      read_year,
                                      read_named_year,
                                      NULL};
    return read_longest(dsr_word_is_digits(words, at) ? digits : letters, words, at, out);
}
