/* Times that share their parts: "9 to 12 June", "June 9-12", "June to July 2015", "Friday, at 10 p.m.". Must
 * not know which day a report is of. */
#include "annotate/times_parts.h"

enum {
    ASIDE_WORDS = 6, /* between an hour and its day: "10 a.m. (0700 GMT) Friday" */
    LEAD_WORDS = 3   /* between a day and its hour: "Friday, at about 10 a.m." */
};

size_t dsr_time_skip_joint(const dsr_number_words *words, size_t at)
{
    bool joint = dsr_word_is_sign(words, at, '-') || dsr_word_is_sign(words, at, '~') ||
                 dsr_word_time(words, at) == DSR_TIMEWORD_TO ||
                 dsr_word_number(words, at) == DSR_NUMBER_AND || dsr_word_equals(words, at, "or");
    return joint ? at + 1 : at;
}

/* Whether no noun, sign or unit stands at `at` that the number before it could be of. */
static bool is_free(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    if (word->kind == DSR_WORD_LETTERS) {
        uint8_t class = dsr_word_time(words, at);
        return class == DSR_TIMEWORD_ON || class == DSR_TIMEWORD_IN || class == DSR_TIMEWORD_AT ||
               class == DSR_TIMEWORD_BY || dsr_word_number(words, at) == DSR_NUMBER_AND;
    }
    bool stop = word->kind == DSR_WORD_SIGN && !word->space &&
                (word->sign == '.' || word->sign == ',' || word->sign == ';' || word->sign == ')');
    return word->kind == DSR_WORD_NONE || (stop && !dsr_word_is_digits(words, at + 1)) ||
           dsr_time_year_at(words, at + (stop ? 1U : 0U)) != DSR_UNSAID;
}

bool dsr_time_read_shared_day(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    int16_t day = 0;
    size_t end = dsr_time_read_day(words, at, &day);
    const dsr_term *before = at > 0 ? dsr_word(words, at - 1)->term : NULL;
    bool glued = at > 0 && dsr_word(words, at - 1)->kind == DSR_WORD_SIGN && !dsr_word(words, at)->space;
    bool paid = before && (before->unit_before[0] != DSR_NO_UNIT || before->unit_before[1] != DSR_NO_UNIT);
    if (end == at || glued || paid) {
        return false;
    }
    size_t next = dsr_time_skip_joint(words, end);
    size_t start = next + (dsr_word_time(words, next) == DSR_TIMEWORD_THE ? 1U : 0U);
    dsr_time_match second;
    if (next == end || !dsr_time_read_day_month(words, start, &second) || second.form.day <= day) {
        return false;
    }
    out->form = second.form;
    out->form.day = day;
    out->type = DSR_TIME_DATE;
    out->to = end;
    return true;
}

/* "June 9-12", "April 24 and 25" */
static bool read_second_day(const dsr_number_words *words, size_t at, dsr_time_match *first,
                            dsr_time_match *out)
{
    int16_t day = 0, year = first->form.year;
    size_t end = dsr_time_read_day(words, at, &day);
    bool date = first->type == DSR_TIME_DATE && first->form.kind == DSR_TIME_POINT &&
                first->form.unit == DSR_UNIT_DAY && first->form.day != DSR_UNSAID;
    if (!date || end == at || !dsr_word_is_digits(words, at) || day <= first->form.day ||
        dsr_time_goes_on(words, end) || !is_free(words, end)) {
        return false;
    }
    size_t behind = year == DSR_UNSAID ? dsr_time_read_year_behind(words, end, &year) : end;
    first->form.year = year;
    *out = (dsr_time_match){.from = at, .to = behind, .type = DSR_TIME_DATE, .form = first->form};
    out->form.day = day;
    return true;
}

/* "10:30 to 3": an hour without "p.m." that follows a time of day. */
static bool read_second_hour(const dsr_number_words *words, size_t at, const dsr_time_match *first,
                             dsr_time_match *out)
{
    const dsr_number_word *word = dsr_word(words, at);
    if (first->type != DSR_TIME_TIME || first->form.hour == DSR_UNSAID || word->kind != DSR_WORD_DIGITS ||
        dsr_word_length(word) > 2 || word->value < 1 || word->value > 12 || dsr_time_goes_on(words, at + 1) ||
        !is_free(words, at + 1) || dsr_word_number(words, at - 1) == DSR_NUMBER_AND) {
        return false;
    }
    *out = (dsr_time_match){.from = at, .to = at + 1, .type = DSR_TIME_TIME, .form = first->form};
    int hour = (int)word->value % 12;
    out->form.hour = (int16_t)(hour <= first->form.hour ? hour + 12 : hour);
    out->form.minute = out->form.second = DSR_UNSAID;
    out->form.unit = DSR_UNIT_HOUR;
    return true;
}

bool dsr_time_read_second(const dsr_number_words *words, dsr_time_match *first, dsr_time_match *out)
{
    size_t at = dsr_time_skip_joint(words, first->to);
    if (at == first->to || !dsr_word_is_digits(words, at)) {
        return false;
    }
    return read_second_day(words, at, first, out) || read_second_hour(words, at, first, out);
}

/* ---- what neighbours take from each other ---- */

static bool has_day(const dsr_time_form *form)
{
    return form->kind == DSR_TIME_POINT && form->year != DSR_UNSAID
               ? form->day != DSR_UNSAID || form->holiday != DSR_UNSAID
               : form->kind == DSR_TIME_POINT &&
                     (form->weekday != DSR_UNSAID || form->day != DSR_UNSAID || form->holiday != DSR_UNSAID ||
                      (form->shift != DSR_UNSAID && form->unit <= DSR_UNIT_DAY));
}

static bool is_bare_clock(const dsr_time *time)
{
    return time->type == DSR_TIME_TIME && time->form.kind == DSR_TIME_POINT &&
           time->form.hour != DSR_UNSAID && !has_day(&time->form);
}

static void take_day(dsr_time_form *form, const dsr_time_form *day)
{
    form->anchor = day->anchor;
    form->shift = day->shift;
    form->direction = day->direction;
    form->year = day->year;
    form->month = day->month;
    form->day = day->day;
    form->weekday = day->weekday;
    form->holiday = day->holiday;
    form->part = day->hour == DSR_UNSAID ? day->part : form->part;
    form->tense = day->tense;
}

static bool is_lead(const dsr_number_words *words, size_t at)
{
    uint8_t class = dsr_word_time(words, at);
    const dsr_term *term = dsr_word(words, at)->term;
    return class == DSR_TIMEWORD_AT || class == DSR_TIMEWORD_FROM || class == DSR_TIMEWORD_BETWEEN ||
           class == DSR_TIMEWORD_AFTER || class == DSR_TIMEWORD_BY || class == DSR_TIMEWORD_TO ||
           dsr_word_is_sign(words, at, ',') || (term && term->cue == DSR_CUE_ABOUT) ||
           dsr_time_skip_joint(words, at) > at;
}

static bool is_aside(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    bool sign = word->kind == DSR_WORD_SIGN && (word->sign == '(' || word->sign == ')' || word->sign == ',');
    return sign || word->kind == DSR_WORD_DIGITS || dsr_word_time(words, at) == DSR_TIMEWORD_ZONE ||
           dsr_word_time(words, at) == DSR_TIMEWORD_ON || dsr_time_skip_joint(words, at) > at;
}

static bool are_all(const dsr_number_words *words, size_t from, size_t to,
                    bool (*accept)(const dsr_number_words *words, size_t at))
{
    for (size_t i = from; i < to; i++) {
        if (!accept(words, i)) {
            return false;
        }
    }
    return true;
}

/* "from Sep to Nov": the second is the next one after the first. */
static void lean_second(const dsr_time_form *first, dsr_time_form *second)
{
    bool open = first->kind == DSR_TIME_POINT && second->kind == DSR_TIME_POINT &&
                first->month != DSR_UNSAID && second->month != DSR_UNSAID && second->year == DSR_UNSAID &&
                second->shift == DSR_UNSAID && second->direction == DSR_UNSAID;
    bool later = first->month != second->month || (first->day != DSR_UNSAID && second->day > first->day);
    if (open && later) {
        second->anchor = DSR_ANCHOR_TOLD;
        second->direction = 1;
    }
}

static void share_year(dsr_time_form *first, const dsr_time_form *second)
{
    bool open = first->kind == DSR_TIME_POINT && first->month != DSR_UNSAID && first->year == DSR_UNSAID &&
                first->shift == DSR_UNSAID && first->direction == DSR_UNSAID;
    bool same = (first->day == DSR_UNSAID) == (second->day == DSR_UNSAID);
    if (open && same && second->kind == DSR_TIME_POINT && second->month != DSR_UNSAID &&
        second->year != DSR_UNSAID) {
        first->year = (int16_t)(second->year - (first->month > second->month));
    }
}

/* "this evening at 10": the half of the day that the part of the day says. */
static void take_half(const dsr_number_words *words, size_t at, const dsr_time_form *first, dsr_time *second)
{
    bool late = first->part == ('E' << 8 | 'V') || first->part == ('A' << 8 | 'F');
    bool said = false;
    for (size_t i = at; i < at + LEAD_WORDS + 1 && !said; i++) {
        said = dsr_word_time(words, i) == DSR_TIMEWORD_MERIDIEM || dsr_word_equals(words, i, "a") ||
               dsr_word_equals(words, i, "p") || dsr_word_equals(words, i, "morning");
    }
    if (late && !said && second->form.hour >= 1 && second->form.hour < 12) {
        second->form.hour = (int16_t)(second->form.hour + 12);
    }
}

void dsr_time_share(const dsr_number_words *words, size_t from, size_t to, dsr_time *first, dsr_time *second)
{
    if (to == from + 1 && dsr_time_skip_joint(words, from) == to) {
        share_year(&first->form, &second->form);
        if (dsr_word_number(words, from) != DSR_NUMBER_AND && !dsr_word_equals(words, from, "or")) {
            lean_second(&first->form, &second->form);
        }
    }
    if (second->form.hour != DSR_UNSAID && second->form.year != DSR_UNSAID &&
        first->form.year == DSR_UNSAID && first->form.day != DSR_UNSAID && to == from) {
        first->form.year = second->form.year; /* "Oct 26 15:50:06 2016" */
    }
    if (is_bare_clock(second) && has_day(&first->form) && to - from <= LEAD_WORDS &&
        are_all(words, from, to, is_lead)) {
        take_half(words, to, &first->form, second);
        if (first->form.anchor != DSR_ANCHOR_TOLD) { /* such an hour leans on it by itself */
            take_day(&second->form, &first->form);
        }
    } else if (is_bare_clock(first) && has_day(&second->form) && to - from <= ASIDE_WORDS &&
               are_all(words, from, to, is_aside)) {
        take_day(&first->form, &second->form);
    }
}
