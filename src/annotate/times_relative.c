/* Times that lean on another: "yesterday", "last week", "the following year", "this year's third quarter",
 * "now". Must not know which day a report is of. */
#include "annotate/times_parts.h"

enum { WORKING_DAYS = 5000 }; /* of a week, in thousandths */

static bool accept_day(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_DAY;
}

static bool accept_ref(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_REF;
}

static bool accept_year_ago(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_YEAR_AGO;
}

static bool is_unit(const dsr_number_words *words, size_t at)
{
    return dsr_word_time(words, at) == DSR_TIMEWORD_UNIT;
}

/* A unit as the finest that is meant, with its shift from the anchor. */
static void set_unit(dsr_time_match *out, const dsr_number_words *words, size_t at, int shift)
{
    dsr_time_unit unit = dsr_time_unit_of(dsr_word_time_value(words, at));
    out->form.unit = unit;
    out->form.shift = (int16_t)(unit == DSR_UNIT_FORTNIGHT ? 2 * shift : shift);
    out->form.unit = unit == DSR_UNIT_FORTNIGHT ? DSR_UNIT_WEEK : unit;
    if (dsr_word_time_value(words, at) == DSR_SYMBOL2('W', 'W')) {
        out->form.count = WORKING_DAYS;
    }
    out->to = at + 1;
    out->type = unit <= DSR_UNIT_HOUR ? DSR_TIME_TIME : DSR_TIME_DATE;
}

/* "'s third quarter", "'s quarter" behind "this year". */
static size_t read_possessed(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    size_t next = at;
    dsr_time_match part;
    if (!dsr_word_is_tight(words, next, '\'') || !dsr_word_equals(words, next + 1, "s")) {
        return at;
    }
    next += 2;
    bool date = dsr_time_read_date(words, next, &part);
    if (date && part.form.quarter != DSR_UNSAID && part.form.year == DSR_UNSAID) {
        form->quarter = part.form.quarter;
        form->unit = DSR_UNIT_QUARTER;
        return part.to;
    }
    if (dsr_word_equals(words, next, "quarter") && form->shift == -1) {
        *form = dsr_time_form_none();
        form->kind = DSR_TIME_DISTANCE;
        form->anchor = DSR_ANCHOR_TOLD;
        form->unit = DSR_UNIT_YEAR;
        form->count = 1000;
        form->direction = -1;
        return next + 1;
    }
    return at;
}

static bool read_day_word(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t end = at;
    const dsr_term *term = dsr_find_phrase(words, at, accept_day, &end);
    if (!term) {
        return false;
    }
    out->form.shift = (int16_t)term->time_value;
    out->form.unit = DSR_UNIT_DAY;
    out->type = DSR_TIME_DATE;
    out->to = end;
    return true;
}

static bool read_tonight(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    if (dsr_word_time(words, at) != DSR_TIMEWORD_DAYPART) {
        return false;
    }
    out->form.shift = 0;
    out->form.part = dsr_time_symbol(words, at);
    out->form.unit = DSR_UNIT_HOUR;
    out->type = DSR_TIME_TIME;
    out->to = at + 1;
    return true;
}

/* What may follow "last", "this", "next": a unit, weekday, month, season, holiday, part of the day. */
static bool read_directed(const dsr_number_words *words, size_t at, int direction, dsr_time_match *out)
{
    if (is_unit(words, at) && !dsr_word_equals(words, at, "second")) {
        if (dsr_word(words, at)->capital) {
            return false; /* the name of a programme or paper */
        }
        set_unit(out, words, at, direction);
        if (dsr_word_time(words, at - 1) == DSR_TIMEWORD_PAST && out->form.unit > DSR_UNIT_YEAR) {
            return false; /* "the past decade" is a length */
        }
        if (out->form.unit <= DSR_UNIT_HOUR || out->form.unit == DSR_UNIT_DAY) {
            return false;
        }
        out->to = out->form.unit == DSR_UNIT_YEAR ? read_possessed(words, out->to, &out->form) : out->to;
        return true;
    }
    if (dsr_word_time(words, at) == DSR_TIMEWORD_PART) {
        out->form.shift = (int16_t)direction;
        out->form.part = dsr_time_symbol(words, at);
        out->form.unit = DSR_UNIT_HOUR;
        out->type = DSR_TIME_TIME;
        out->to = at + 1;
        return true;
    }
    if (dsr_word_time(words, at) == DSR_TIMEWORD_SEASON) {
        out->form.season = dsr_time_symbol(words, at);
        out->form.unit = DSR_UNIT_QUARTER;
        out->type = DSR_TIME_DATE;
        out->to = at + 1;
        out->form.direction = (int16_t)direction;
        return true;
    }
    dsr_time_match date;
    if (!dsr_time_read_date(words, at, &date) || date.form.year != DSR_UNSAID ||
        (date.form.weekday == DSR_UNSAID && date.form.month == DSR_UNSAID &&
         date.form.holiday == DSR_UNSAID)) {
        return false;
    }
    *out = (dsr_time_match){.from = out->from, .to = date.to, .type = date.type, .form = date.form};
    bool dated = date.form.weekday != DSR_UNSAID && date.form.month != DSR_UNSAID; /* "next Friday, May 12" */
    out->form.direction = (int16_t)(dated ? DSR_UNSAID : direction);
    return true;
}

/* "last week", "this past spring", "this coming Sunday", "next year's first quarter", "the past year" */
static bool read_last(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    uint8_t class = dsr_word_time(words, at);
    if (class != DSR_TIMEWORD_LAST && class != DSR_TIMEWORD_PAST) {
        return false;
    }
    int direction = dsr_word_time_value(words, at);
    size_t next = at + 1;
    if (direction == 0 &&
        (dsr_word_time(words, next) == DSR_TIMEWORD_PAST ||
         (dsr_word_time(words, next) == DSR_TIMEWORD_LAST && dsr_word_time_value(words, next) != 0))) {
        direction = dsr_word_time_value(words, next++);
    }
    next +=
        dsr_word_time(words, next) == DSR_TIMEWORD_FISCAL || dsr_word_time(words, next) == DSR_TIMEWORD_GLUE
            ? 1U
            : 0U;
    bool working =
        dsr_word_equals(words, next - 1, "working") || dsr_word_equals(words, next - 1, "business");
    if (!read_directed(words, next, direction, out)) {
        return false;
    }
    bool the = at > 0 && dsr_word_time(words, at - 1) == DSR_TIMEWORD_THE;
    if (the && direction == 1 && dsr_word_equals(words, at, "next") && out->form.part != DSR_UNSAID &&
        out->form.weekday == DSR_UNSAID) {
        out->form.anchor = DSR_ANCHOR_TOLD; /* "the next night" */
    }
    if (working && out->form.unit == DSR_UNIT_WEEK && out->form.kind == DSR_TIME_POINT) {
        out->form.count = WORKING_DAYS;
    }
    return true;
}

/* "that year", "the same day", "the following month", "the previous Friday" */
static bool read_told(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    uint8_t class = dsr_word_time(words, at);
    bool previous = class == DSR_TIMEWORD_LAST && dsr_word_equals(words, at, "previous");
    if (class != DSR_TIMEWORD_THAT && !previous) {
        return false;
    }
    size_t next = at + 1;
    int direction = dsr_word_time_value(words, at);
    if (dsr_word_time(words, next) == DSR_TIMEWORD_THAT) { /* "that same day" */
        direction = dsr_word_time_value(words, next++);
    }
    if (is_unit(words, next) && !dsr_word_equals(words, next, "second") &&
        !dsr_word_equals(words, next, "minute")) {
        set_unit(out, words, next, direction);
    } else if (dsr_word_time(words, next) == DSR_TIMEWORD_PART) {
        out->form.shift = (int16_t)direction;
        out->form.part = dsr_time_symbol(words, next);
        out->form.unit = DSR_UNIT_HOUR;
        out->type = DSR_TIME_TIME;
        out->to = next + 1;
    } else if (!(next == at + 1 && dsr_word_equals(words, at, "that")) && /* "said that Monday" */
               dsr_word_time(words, next) == DSR_TIMEWORD_WEEKDAY && dsr_word(words, next)->capital &&
               dsr_word_length(dsr_word(words, next)) >= 6) {
        out->form.weekday = (int16_t)dsr_word_time_value(words, next);
        out->form.direction = (int16_t)direction;
        out->form.unit = DSR_UNIT_DAY;
        out->type = DSR_TIME_DATE;
        out->to = next + 1;
    } else {
        return false;
    }
    out->form.anchor = DSR_ANCHOR_TOLD;
    return true;
}

/* "the quarter", "the latest period", "the fiscal year", "the weekend": behind "the" only. */
static bool read_bare_unit(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t next = at;
    bool latest = dsr_word_time(words, next) == DSR_TIMEWORD_LATEST;
    bool the = at > 0 && (dsr_word_time(words, at - 1) == DSR_TIMEWORD_THE);
    if (!the) {
        return false;
    }
    next += latest ? 1U : 0U;
    next +=
        dsr_word_time(words, next) == DSR_TIMEWORD_FISCAL || dsr_word_equals(words, next, "full") ? 1U : 0U;
    if (latest && dsr_word_equals(words, next, "period")) {
        out->form.unit = DSR_UNIT_QUARTER;
        out->form.shift = 0;
        out->to = next + 1;
    } else if (is_unit(words, next)) {
        set_unit(out, words, next, 0);
        if (out->form.unit < DSR_UNIT_WEEKEND || (out->form.unit > DSR_UNIT_YEAR && !latest)) {
            return false;
        }
    } else {
        return false;
    }
    out->form.anchor = out->form.unit == DSR_UNIT_QUARTER ? DSR_ANCHOR_TOLD : DSR_ANCHOR_PUBLICATION;
    out->type = DSR_TIME_DATE;
    return true;
}

/* "the 1988 period", "the 1989 quarter": the quarter that is told of, in that year. */
static bool read_year_period(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    int32_t year = dsr_time_year_at(words, at);
    if (year == DSR_UNSAID || at == 0 || dsr_word_time(words, at - 1) != DSR_TIMEWORD_THE ||
        (!dsr_word_equals(words, at + 1, "period") && !dsr_word_equals(words, at + 1, "quarter"))) {
        return false;
    }
    out->form.year = (int16_t)year;
    out->form.unit = DSR_UNIT_QUARTER;
    out->form.anchor = DSR_ANCHOR_TOLD;
    out->type = DSR_TIME_DATE;
    out->to = at + 2;
    return true;
}

/* "the week after next", "the month before last" */
static bool read_after_next(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    if (!is_unit(words, at) || dsr_word_time(words, at + 1) != DSR_TIMEWORD_AFTER) {
        return false;
    }
    bool after = dsr_word_equals(words, at + 1, "after") && dsr_word_equals(words, at + 2, "next");
    bool before = dsr_word_equals(words, at + 1, "before") && dsr_word_equals(words, at + 2, "last");
    if ((!after && !before) || dsr_word(words, at + 3)->kind == DSR_WORD_LETTERS) {
        return false;
    }
    set_unit(out, words, at, after ? 2 : -2);
    out->to = at + 3;
    return out->form.unit >= DSR_UNIT_WEEKEND;
}

/* "the day before", "the night after" that end their clause: counted from what was told of. */
static bool read_day_before(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    if (!is_unit(words, at)) {
        return false;
    }
    uint8_t class = dsr_word_time(words, at + 1);
    bool edge = class == DSR_TIMEWORD_AFTER &&
                (dsr_word_equals(words, at + 1, "before") || dsr_word_equals(words, at + 1, "after"));
    if (!dsr_word_equals(words, at, "day") || !edge || at == 0 ||
        dsr_word_time(words, at - 1) != DSR_TIMEWORD_THE ||
        dsr_word(words, at + 2)->kind == DSR_WORD_LETTERS || dsr_word_is_digits(words, at + 2)) {
        return false;
    }
    set_unit(out, words, at, dsr_word_time_value(words, at + 1));
    out->form.anchor = DSR_ANCHOR_TOLD;
    out->to = at + 2;
    return true;
}

/* "week 31", "week 3 of 2027" */
static bool read_numbered_week(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    const dsr_number_word *word = dsr_word(words, at + 1);
    if (!dsr_word_equals(words, at, "week") || word->kind != DSR_WORD_DIGITS || word->value < 1 ||
        word->value > 53 || dsr_word_is_tight(words, at + 2, '-') || dsr_word_is_tight(words, at + 2, '.')) {
        return false;
    }
    size_t of = dsr_word_time(words, at + 2) == DSR_TIMEWORD_OF ? at + 3 : at + 2;
    int32_t year = dsr_time_year_at(words, of);
    out->form.week = (int16_t)word->value;
    out->form.year = (int16_t)year;
    out->form.unit = DSR_UNIT_WEEK;
    out->type = DSR_TIME_DATE;
    out->to = year != DSR_UNSAID ? of + 1 : at + 2;
    return true;
}

/* "the week of March 6" */
static bool read_week_of(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    dsr_time_match date;
    if (!dsr_word_equals(words, at, "week") || dsr_word_time(words, at + 1) != DSR_TIMEWORD_OF ||
        !dsr_time_read_date(words, at + 2, &date) || date.form.day == DSR_UNSAID) {
        return false;
    }
    out->form = date.form;
    out->form.unit = DSR_UNIT_WEEK;
    out->type = DSR_TIME_DATE;
    out->to = date.to;
    return true;
}

/* "year-earlier [third] quarter", "year-ago period", "year-ago" */
static bool read_year_ago(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t end = at;
    size_t start = at + (dsr_word_time(words, at) == DSR_TIMEWORD_THAT ? 1U : 0U);
    if (!dsr_find_phrase(words, start, accept_year_ago, &end) || !dsr_word_is_sign(words, start + 1, '-')) {
        return false;
    }
    dsr_time_match part;
    out->form.kind = DSR_TIME_DISTANCE;
    out->form.anchor = DSR_ANCHOR_TOLD;
    out->form.unit = DSR_UNIT_YEAR;
    out->form.count = 1000;
    out->form.direction = -1;
    out->type = DSR_TIME_DATE;
    if (dsr_time_read_date(words, end, &part) && part.form.quarter != DSR_UNSAID) {
        out->form.quarter = part.form.quarter;
        end = part.to;
    } else if (dsr_word_equals(words, end, "quarter") || dsr_word_equals(words, end, "period")) {
        end++;
    }
    out->to = end;
    return true;
}

static bool read_ref(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t end = at;
    const dsr_term *term = dsr_find_phrase(words, at, accept_ref, &end);
    uint8_t class = dsr_word_time(words, at);
    int32_t direction = term ? term->time_value : 0;
    bool to_date = class == DSR_TIMEWORD_TO && dsr_word_equals(words, at + 1, "date") &&
                   dsr_word(words, at + 2)->kind != DSR_WORD_LETTERS;
    if (to_date) { /* "sales to date" */
        out->form.kind = DSR_TIME_REF;
        out->form.direction = 0;
        out->from = at + 1;
        out->type = DSR_TIME_DATE;
        out->to = at + 2;
        return true;
    }
    if (!term && class == DSR_TIMEWORD_PAST && dsr_word_equals(words, at, "current")) {
        direction = 0;
        end = at + 1;
    } else if (!term && class == DSR_TIMEWORD_RECENT) {
        direction = -1;
        end = at + 1;
    } else if (!term) {
        return false;
    }
    bool the = at > 0 && dsr_word_time(words, at - 1) == DSR_TIMEWORD_THE;
    bool as_soon =
        end == at + 1 && direction > 0 &&
        ((at > 0 && dsr_word_equals(words, at - 1, "as")) || dsr_word_time(words, end) == DSR_TIMEWORD_AFTER);
    if (as_soon || (the && class == DSR_TIMEWORD_RECENT)) {
        return false;
    }
    out->form.kind = DSR_TIME_REF;
    out->form.direction = (int16_t)direction;
    out->type = DSR_TIME_DATE;
    out->to = end;
    return true;
}

bool dsr_time_read_relative(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    static bool (*const readers[])(const dsr_number_words *words, size_t at, dsr_time_match *out) = {
        read_day_word, read_tonight,       read_told,     read_last, read_bare_unit,  read_year_period,
        read_week_of,  read_numbered_week, read_year_ago, read_ref,  read_after_next, read_day_before};
    bool found = false;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        dsr_time_match match = {.from = at, .form = dsr_time_form_none()};
        if (readers[i](words, at, &match) && (!found || match.to > out->to)) {
            *out = match;
            found = true;
        }
    }
    return found;
}
