/* Times of day: "10:35 a.m.", "noon Thursday", "5 p.m. EST, Nov. 6". Must not know which day a report is of.
 */
#include "annotate/times_parts.h"

static bool accept_meridiem(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_MERIDIEM;
}

static bool accept_zone(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_ZONE;
}

static bool accept_day(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_DAY;
}

/* "a.m." with its last stop, unless that ends the sentence. */
static size_t read_meridiem(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    size_t end = at;
    const dsr_term *term = dsr_find_phrase(words, at, accept_meridiem, &end);
    if (!term || form->hour > 12 || form->hour < 1) {
        return at;
    }
    bool spelled = end > at + 1;
    form->hour = (int16_t)(form->hour % 12 + term->time_value);
    bool stop = spelled && dsr_word_is_sign(words, end, '.') && !dsr_word(words, end)->space;
    return stop && dsr_word(words, end + 1)->kind != DSR_WORD_NONE ? end + 1 : end;
}

/* ":35[:20]" behind the hour; `at` where there is none. */
static size_t read_minutes(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    const dsr_number_word *minute = dsr_word(words, at + 1);
    if (!dsr_word_is_tight(words, at, ':') || minute->kind != DSR_WORD_DIGITS ||
        dsr_word_length(minute) != 2 || minute->value > 59) {
        return at;
    }
    form->minute = (int16_t)minute->value;
    form->unit = DSR_UNIT_MINUTE;
    const dsr_number_word *second = dsr_word(words, at + 3);
    if (dsr_word_is_tight(words, at + 2, ':') && second->kind == DSR_WORD_DIGITS &&
        dsr_word_length(second) == 2 && second->value <= 60) {
        form->second = (int16_t)second->value;
        form->unit = DSR_UNIT_SECOND;
        return at + 4;
    }
    return at + 2;
}

/* "in the morning", "at night" behind an hour. */
static size_t read_day_part(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    size_t next = at;
    if (dsr_word_time(words, next) != DSR_TIMEWORD_IN && dsr_word_time(words, next) != DSR_TIMEWORD_AT) {
        return at;
    }
    next++;
    next += dsr_word_time(words, next) == DSR_TIMEWORD_THE ? 1U : 0U;
    if (dsr_word_time(words, next) != DSR_TIMEWORD_PART) {
        return at;
    }
    bool morning = dsr_time_symbol(words, next) == ('M' << 8 | 'O');
    form->hour = (int16_t)(form->hour < 12 && !morning ? form->hour + 12 : form->hour);
    return next + 1;
}

/* "at seven twenty-seven": minutes in words behind an hour in words; `at` where there are none. */
static size_t read_spoken_minutes(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    dsr_number minutes;
    uint8_t class = dsr_word_number(words, at + 1);
    bool clock = at > 0 && dsr_word_equals(words, at - 1, "at") &&
                 (class == DSR_NUMBER_TENS || class == DSR_NUMBER_TEEN) && form->hour >= 1 &&
                 form->hour <= 12;
    if (!clock || !dsr_number_read_spoken(words, at + 1, &minutes) || minutes.kind != DSR_NUMBER_IS_INTEGER) {
        return at;
    }
    int64_t value = dsr_decimal_integer(minutes.value, 60);
    if (value < 0 || value > 59) {
        return at;
    }
    form->minute = (int16_t)value;
    form->unit = DSR_UNIT_MINUTE;
    return minutes.to;
}

/* The hour with minutes and half of the day; the end or `at`. */
static size_t read_hour(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    const dsr_number_word *word = dsr_word(words, at);
    size_t next = at + 1;
    bool spoken =
        dsr_word_number(words, at) == DSR_NUMBER_UNIT || dsr_word_number(words, at) == DSR_NUMBER_TEEN;
    uint32_t hour = spoken ? (uint32_t)word->term->number_value : word->value;
    if (dsr_word_time(words, at) == DSR_TIMEWORD_CLOCK) {
        const dsr_number_word *before = at > 0 ? dsr_word(words, at - 1) : &dsr_number_no_word;
        if (word->capital && before->capital && before->term == NULL) {
            return at; /* "High Noon" is a name */
        }
        form->hour = (int16_t)dsr_word_time_value(words, at);
        form->unit = DSR_UNIT_HOUR;
        return next;
    }
    if ((word->kind != DSR_WORD_DIGITS && !spoken) || (!spoken && dsr_word_length(word) > 2) || hour > 24) {
        return at;
    }
    if (at > 0 && (dsr_word_is_tight(words, at - 1, ':') || dsr_word_is_tight(words, at - 1, '.') ||
                   dsr_word_is_tight(words, at - 1, ',') || dsr_word_is_tight(words, at - 1, '/'))) {
        return at;
    }
    form->hour = (int16_t)hour;
    form->unit = DSR_UNIT_HOUR;
    size_t minutes = spoken ? next : read_minutes(words, next, form);
    size_t meridiem = read_meridiem(words, minutes, form);
    if (meridiem == minutes && minutes > next && form->second == DSR_UNSAID && !spoken &&
        dsr_word_is_tight(words, minutes, ':')) {
        return at;
    }
    if (meridiem == minutes && minutes == next) {
        size_t spelled = spoken ? read_spoken_minutes(words, at, form) : at;
        if (spelled > at) {
            return spelled;
        }
        size_t part = read_day_part(words, next, form);
        bool clock = dsr_word_equals(words, next, "o") && dsr_word_is_sign(words, next + 1, '\'') &&
                     dsr_word_equals(words, next + 2, "clock");
        return part > next ? part : clock ? next + 3 : at;
    }
    return meridiem;
}

/* The day behind a time of day: "[,] [on] Wednesday". */
static size_t read_day_behind(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    dsr_time_match day;
    size_t next = at + (dsr_word_is_sign(words, at, ',') ? 1U : 0U);
    next += dsr_word_time(words, next) == DSR_TIMEWORD_ON ? 1U : 0U;
    size_t end = next;
    const dsr_term *word = dsr_find_phrase(words, next, accept_day, &end);
    int16_t hour = form->hour, minute = form->minute, second = form->second;
    dsr_time_unit unit = form->unit;
    if (word) {
        form->shift = (int16_t)word->time_value;
        return end;
    }
    if (!dsr_time_read_date(words, next, &day) ||
        (day.form.day == DSR_UNSAID && day.form.weekday == DSR_UNSAID)) {
        return at;
    }
    *form = day.form;
    form->hour = hour;
    form->minute = minute;
    form->second = second;
    form->unit = unit;
    return day.to;
}

/* "8" of "8-9 a.m.", "2:30" of "2:30 to 5 p.m.": the half of the day stands behind the second hour. */
static bool read_shared_hour(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    dsr_time_form first = dsr_time_form_none(), second = first;
    const dsr_number_word *a = dsr_word(words, at);
    if (a->kind != DSR_WORD_DIGITS || dsr_word_length(a) > 2 || a->value < 1 || a->value > 12 ||
        (at > 0 && dsr_word(words, at - 1)->kind == DSR_WORD_SIGN && !a->space)) {
        return false;
    }
    size_t end = read_minutes(words, at + 1, &first);
    size_t next = dsr_time_skip_joint(words, end);
    const dsr_number_word *b = dsr_word(words, next);
    if (next == end || b->kind != DSR_WORD_DIGITS || dsr_word_length(b) > 2 || b->value < 1 ||
        b->value > 12) {
        return false;
    }
    second.hour = (int16_t)b->value;
    size_t minutes = read_minutes(words, next + 1, &second);
    if (read_meridiem(words, minutes, &second) == minutes) {
        return false;
    }
    int half = second.hour >= 12 ? 12 : 0;
    int hour = (int)a->value % 12 + half;
    first.hour = (int16_t)(hour > second.hour ? (hour + 12) % 24 : hour);
    first.unit = first.minute == DSR_UNSAID ? DSR_UNIT_HOUR : first.unit;
    *out = (dsr_time_match){.from = at, .to = end, .type = DSR_TIME_TIME, .form = first};
    return true;
}

/* "8:00 early morning" */
static size_t read_part_behind(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    size_t next = at + (dsr_word_time(words, at) == DSR_TIMEWORD_POSITION ? 1U : 0U);
    const dsr_number_word *behind = dsr_word(words, next + 1);
    bool noun = behind->kind == DSR_WORD_LETTERS && behind->term == NULL; /* "the 8:00 morning train" */
    if (form->minute == DSR_UNSAID || dsr_word_time(words, next) != DSR_TIMEWORD_PART || noun) {
        return at;
    }
    bool morning = dsr_time_symbol(words, next) == ('M' << 8 | 'O');
    form->hour = (int16_t)(form->hour < 12 && !morning ? form->hour + 12 : form->hour);
    return next + 1;
}

bool dsr_time_read_clock(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    dsr_time_form form = dsr_time_form_none();
    if (read_shared_hour(words, at, out)) {
        return true;
    }
    if (!dsr_word_is_digits(words, at) && dsr_word_time(words, at) != DSR_TIMEWORD_CLOCK &&
        dsr_word_number(words, at) != DSR_NUMBER_UNIT && dsr_word_number(words, at) != DSR_NUMBER_TEEN) {
        return false;
    }
    size_t end = read_hour(words, at, &form);
    if (end == at) {
        return false;
    }
    size_t zone = end;
    if (dsr_find_phrase(words, end, accept_zone, &zone) && dsr_word(words, end)->capital) {
        end = zone;
    }
    int32_t year = dsr_time_year_at(words, end);
    if (form.second != DSR_UNSAID && at > 0 && dsr_word_is_digits(words, at - 1) && year != DSR_UNSAID) {
        form.year = (int16_t)year; /* "Oct 26 15:50:06 2016" */
        *out = (dsr_time_match){.from = at, .to = end + 1, .type = DSR_TIME_TIME, .form = form};
        return true;
    }
    end = read_part_behind(words, end, &form);
    *out = (dsr_time_match){
        .from = at, .to = read_day_behind(words, end, &form), .type = DSR_TIME_TIME, .form = form};
    return true;
}

size_t dsr_time_read_part(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    size_t next = dsr_skip_hyphen(words, at);
    if (form->shift != DSR_UNSAID && dsr_word_time(words, next) == DSR_TIMEWORD_MERIDIEM) { /* "today pm" */
        form->part = dsr_word_time_value(words, next) ? ('A' << 8 | 'F') : ('M' << 8 | 'O');
        form->unit = DSR_UNIT_HOUR;
        return next + 1;
    }
    if (dsr_word_time(words, next) == DSR_TIMEWORD_POSITION &&
        dsr_word_time(words, next + 1) == DSR_TIMEWORD_PART) { /* "Sunday late evening" */
        next++;
    }
    if (dsr_word_time(words, next) == DSR_TIMEWORD_PART && dsr_time_symbol(words, next) < 0x10000) {
        form->part = dsr_time_symbol(words, next);
        form->unit = DSR_UNIT_HOUR;
        return next + 1;
    }
    return at;
}
