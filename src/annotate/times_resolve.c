/* Which day it is: forms become TIMEX3 values and intervals once the day of publication is known. Must not
 * know the text. */
#include "annotate/times.h"

#include "annotate/figures.h"
#include "annotate/times_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    VALUE_BYTES = 48,
    FUTURE_REACH = 4,     /* days ahead in which a weekday with a word of the future is one to come */
    NEAR_FUTURE_DAYS = 1, /* a weekday that is tomorrow is one to come */
    MONTHS_AHEAD = 3,
    MONTHS_PAST_AHEAD = 2, /* reported speech is told in the past */
    DAYS_AHEAD = 110
};

/* A day in the calendar. */
typedef struct date {
    int year, month, day;
} date;

/* What is known while the times are walked through in order. */
typedef struct resolver {
    dsr_arena *arena;
    bool dated;
    int32_t published; /* the day of publication */
    int32_t minutes;   /* of that day, when it was published; -1 not known */
    bool has_told;
    int32_t told; /* first day of what was told of last */
    dsr_time_unit told_unit;
    bool has_quarter;
    int told_year, told_quarter;
    bool has_next;
    int32_t next; /* first day of the time that follows, where a distance is counted from it */
} resolver;

/* What a form comes to. */
typedef struct answer {
    char value[VALUE_BYTES];
    int32_t earliest, latest;
    const char *why;
    dsr_time_unit unit;
} answer;

static date date_of(int32_t days)
{
    date d;
    dsr_date_from_days(days, &d.year, &d.month, &d.day);
    return d;
}

static int32_t days_of(int year, int month, int day)
{
    return (int32_t)dsr_days_from_date(year, month, day);
}

/* The month `shift` away; months count from 1. */
static void move_month(date *d, int shift)
{
    int index = d->year * 12 + d->month - 1 + shift;
    d->year = index / 12;
    d->month = index % 12 + 1;
    int most = dsr_days_in_month(d->year, d->month);
    d->day = d->day > most ? most : d->day;
}

/* ISO 8601's week: its year and number. */
static int week_of(int32_t day, int *year)
{
    int32_t thursday = day - dsr_weekday(day) + 3;
    date d = date_of(thursday);
    *year = d.year;
    return (thursday - days_of(d.year, 1, 1)) / 7 + 1;
}

static bool is_year(int year)
{
    return year >= 1000 && year <= 3000;
}

/* ---- answers by granularity ---- */

static bool answer_day(answer *a, int32_t day)
{
    date d = date_of(day);
    if (!is_year(d.year)) {
        return false;
    }
    (void)snprintf(a->value, sizeof a->value, "%04d-%02d-%02d", d.year, d.month, d.day);
    a->earliest = day;
    a->latest = day + 1;
    a->unit = DSR_UNIT_DAY;
    return true;
}

static bool answer_week(answer *a, int32_t day, bool weekend)
{
    int year = 0;
    int week = week_of(day, &year);
    int32_t monday = day - dsr_weekday(day);
    if (!is_year(year)) {
        return false;
    }
    (void)snprintf(a->value, sizeof a->value, weekend ? "%04d-W%02d-WE" : "%04d-W%02d", year, week);
    a->earliest = monday + (weekend ? 5 : 0);
    a->latest = monday + 7;
    a->unit = weekend ? DSR_UNIT_WEEKEND : DSR_UNIT_WEEK;
    return true;
}

static bool answer_months(answer *a, int year, int month, int count)
{
    if (!is_year(year)) {
        return false;
    }
    date end = {year, month, 1};
    move_month(&end, count);
    a->earliest = days_of(year, month, 1);
    a->latest = days_of(end.year, end.month, 1);
    return true;
}

static bool answer_month(answer *a, int year, int month)
{
    (void)snprintf(a->value, sizeof a->value, "%04d-%02d", year, month);
    a->unit = DSR_UNIT_MONTH;
    return answer_months(a, year, month, 1);
}

static bool answer_quarter(answer *a, int year, int quarter)
{
    (void)snprintf(a->value, sizeof a->value, "%04d-Q%d", year, quarter);
    a->unit = DSR_UNIT_QUARTER;
    return answer_months(a, year, 3 * quarter - 2, 3);
}

static bool answer_half(answer *a, int year, int half)
{
    (void)snprintf(a->value, sizeof a->value, "%04d-H%d", year, half);
    a->unit = DSR_UNIT_QUARTER;
    return answer_months(a, year, 6 * half - 5, 6);
}

static bool answer_year(answer *a, int year)
{
    (void)snprintf(a->value, sizeof a->value, "%04d", year);
    a->unit = DSR_UNIT_YEAR;
    return answer_months(a, year, 1, 12);
}

static bool answer_years(answer *a, int number, int years)
{
    (void)snprintf(a->value, sizeof a->value, "%0*d", years == 10 ? 3 : years == 100 ? 2 : 1, number);
    a->unit = years == 10 ? DSR_UNIT_DECADE : years == 100 ? DSR_UNIT_CENTURY : DSR_UNIT_MILLENNIUM;
    int first = number * years;
    if (!is_year(first) || !is_year(first + years)) {
        return number >= 0 && first < 3000;
    }
    return answer_months(a, first, 1, 12 * years);
}

/* The letters of a packed symbol. */
static void write_symbol(int32_t symbol, char out[4])
{
    size_t n = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        char c = (char)(symbol >> shift & 0x7f);
        if (c) {
            out[n++] = c;
        }
    }
    out[n] = 0;
}

enum { SPRING = 'S' << 8 | 'P', SUMMER = 'S' << 8 | 'U', FALL = 'F' << 8 | 'A' };

static bool answer_season(answer *a, int year, int32_t season)
{
    char symbol[4];
    write_symbol(season, symbol);
    (void)snprintf(a->value, sizeof a->value, "%04d-%s", year, symbol);
    a->unit = DSR_UNIT_QUARTER;
    int month = season == SPRING ? 3 : season == SUMMER ? 6 : season == FALL ? 9 : 12;
    return answer_months(a, year, month, 3);
}

/* Adds the time of day to a value that names a day. */
static void add_clock(answer *a, const dsr_time_form *form)
{
    size_t used = strlen(a->value);
    char *end = a->value + used;
    size_t room = sizeof a->value - used;
    char symbol[4];
    if (form->part != DSR_UNSAID && form->hour == DSR_UNSAID) {
        write_symbol(form->part, symbol);
        (void)snprintf(end, room, "T%s", symbol);
    } else if (form->second != DSR_UNSAID) {
        (void)snprintf(end, room, "T%02d:%02d:%02d", form->hour, form->minute, form->second);
    } else if (form->hour != DSR_UNSAID) {
        (void)snprintf(end, room, "T%02d:%02d", form->hour, form->minute == DSR_UNSAID ? 0 : form->minute);
    }
}

static bool has_clock(const dsr_time_form *form)
{
    return form->hour != DSR_UNSAID || form->part != DSR_UNSAID;
}

/* ---- without a day of publication ---- */

static bool answer_unanchored(answer *a, const dsr_time_form *form, bool dated)
{
    char *out = a->value;
    a->why = dated ? "the day that it is counted from is not known" : "no date of publication is known";
    if (form->weekday != DSR_UNSAID && form->month == DSR_UNSAID) {
        (void)snprintf(out, VALUE_BYTES, "XXXX-WXX-%d", form->weekday + 1);
    } else if (form->month != DSR_UNSAID && form->day != DSR_UNSAID) {
        (void)snprintf(out, VALUE_BYTES, "XXXX-%02d-%02d", form->month, form->day);
    } else if (form->month != DSR_UNSAID) {
        (void)snprintf(out, VALUE_BYTES, "XXXX-%02d", form->month);
    } else if (form->quarter != DSR_UNSAID) {
        (void)snprintf(out, VALUE_BYTES, "XXXX-Q%d", form->quarter);
    } else if (form->season != DSR_UNSAID) {
        char symbol[4];
        write_symbol(form->season, symbol);
        (void)snprintf(out, VALUE_BYTES, "XXXX-%s", symbol);
    } else if (form->unit == DSR_UNIT_YEAR) {
        (void)snprintf(out, VALUE_BYTES, "XXXX");
    } else if (form->unit == DSR_UNIT_MONTH) {
        (void)snprintf(out, VALUE_BYTES, "XXXX-XX");
    } else if (form->unit == DSR_UNIT_WEEK || form->unit == DSR_UNIT_WEEKEND) {
        (void)snprintf(out, VALUE_BYTES, "XXXX-WXX%s", form->unit == DSR_UNIT_WEEKEND ? "-WE" : "");
    } else {
        (void)snprintf(out, VALUE_BYTES, "XXXX-XX-XX");
    }
    add_clock(a, form);
    return true;
}

/* ---- choosing among the years and weeks ---- */

static int32_t choose_weekday(const resolver *r, const dsr_time_form *form, int32_t anchor, answer *a)
{
    int ahead = (form->weekday - dsr_weekday(anchor) + 7) % 7;
    int32_t next = anchor + ahead;
    int32_t last = ahead == 0 ? anchor : next - 7;
    bool near_by = form->anchor == DSR_ANCHOR_PUBLICATION && r->dated;
    if (form->direction == -1) {
        a->why = "the last one before it";
        return ahead == 0              ? anchor - 7
               : near_by && ahead == 6 ? last - 7
                                       : last; /* a day ago is "yesterday" */
    }
    if (form->direction == 1) {
        a->why = "the next one after it";
        return ahead == 0 || (near_by && ahead == 1) ? next + 7 : next; /* in a day is "tomorrow" */
    }
    if (form->direction == 0) {
        a->why = "the one of that week";
        return anchor - dsr_weekday(anchor) + form->weekday;
    }
    if (ahead == 0) {
        a->why = "the day of publication is that weekday";
        return anchor;
    }
    bool near = form->tense > -2 && ahead <= NEAR_FUTURE_DAYS;
    if (form->tense > 1 || (form->tense > 0 && ahead <= FUTURE_REACH) || near) {
        a->why = form->tense > 0 ? "a word of the future stands by" : "it is the next day";
        return next;
    }
    a->why = "the last one before publication";
    return last;
}

/* The year of a month or day without one. */
static int choose_year(const dsr_time_form *form, int32_t anchor, answer *a)
{
    date now = date_of(anchor);
    bool whole = form->day == DSR_UNSAID;
    int months = form->month - now.month;
    int best = now.year;
    if (form->shift != DSR_UNSAID) {
        a->why = "the year is counted from the date of publication";
        return now.year + form->shift;
    }
    if (form->direction == -1) {
        a->why = "the last one before publication";
        return months < 0 || (months == 0 && !whole && form->day < now.day) ? now.year : now.year - 1;
    }
    if (form->direction == 1) {
        a->why = form->anchor == DSR_ANCHOR_TOLD ? "the next one after what was told before"
                                                 : "the next one after publication";
        return months > 0 || (months == 0 && !whole && form->day > now.day) ? now.year : now.year + 1;
    }
    a->why = "in the year nearest to publication";
    if (whole) {
        int ahead = form->tense > 0 ? 9 : form->tense < 0 ? MONTHS_PAST_AHEAD : MONTHS_AHEAD;
        int behind = 11 - ahead;
        best = months > ahead ? now.year - 1 : months < -behind ? now.year + 1 : now.year;
        return best;
    }
    int day = form->day;
    int32_t nearest = INT32_MAX;
    for (int year = now.year - 1; year <= now.year + 1; year++) {
        int most = dsr_days_in_month(year, form->month);
        int32_t distance = days_of(year, form->month, day > most ? most : day) - anchor;
        int32_t cost = distance >= 0 ? distance * (form->tense < 0   ? 3
                                                   : form->tense > 0 ? 1
                                                                     : 2)
                                     : -distance * (form->tense > 0 ? 3 : 1);
        if (cost < nearest) {
            nearest = cost;
            best = year;
        }
    }
    return best;
}

static int choose_quarter_year(const dsr_time_form *form, int32_t anchor)
{
    date now = date_of(anchor);
    int ahead = form->quarter - (now.month + 2) / 3;
    return ahead > 1 ? now.year - 1 : now.year;
}

static int choose_season_year(const dsr_time_form *form, int32_t anchor)
{
    date now = date_of(anchor);
    int month = form->season == SPRING ? 3 : form->season == SUMMER ? 6 : form->season == FALL ? 9 : 12;
    int ahead = month - now.month;
    if (form->direction == -1) {
        return ahead > -3 ? now.year - 1 : now.year;
    }
    if (form->direction == 1) {
        return ahead > 0 ? now.year : now.year + 1;
    }
    return ahead > 6 ? now.year - 1 : now.year;
}

/* Easter Sunday in the Gregorian calendar (Meeus, Jones, Butcher). */
static int32_t easter_of(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return days_of(year, f / 31, f % 31 + 1);
}

static int32_t holiday_in(int year, int holiday)
{
    if (holiday >= 30000) {
        return easter_of(year) + holiday - 30100;
    }
    if (holiday < 10000) {
        return days_of(year, holiday / 100, holiday % 100);
    }
    int month = (holiday - 10000) / 100, n = holiday / 10 % 10, weekday = holiday % 10;
    int32_t first = days_of(year, month, 1);
    if (n == 9) {
        int32_t last = first + dsr_days_in_month(year, month) - 1;
        return last - (dsr_weekday(last) - weekday + 7) % 7;
    }
    if (n == 8) {
        return first + (7 - dsr_weekday(first)) % 7 + weekday;
    }
    return first + (weekday - dsr_weekday(first) + 7) % 7 + 7 * (n - 1);
}

static int32_t choose_holiday(const dsr_time_form *form, int32_t anchor)
{
    int year = date_of(anchor).year;
    int32_t best = holiday_in(year, form->holiday);
    for (int other = year - 1; other <= year + 1; other++) {
        int32_t day = holiday_in(other, form->holiday);
        bool before = day <= anchor;
        if ((form->direction == -1 && !before) || (form->direction == 1 && before)) {
            continue;
        }
        bool wrong = (form->direction == -1 && best > anchor) || (form->direction == 1 && best <= anchor);
        int32_t cost = abs(day - anchor) * (form->tense < 0 && !before  ? 3
                                            : form->tense > 0 && before ? 3
                                                                        : 1);
        int32_t least = abs(best - anchor) * (form->tense < 0 && best > anchor    ? 3
                                              : form->tense > 0 && best <= anchor ? 3
                                                                                  : 1);
        best = wrong || cost < least ? day : best;
    }
    return best;
}

/* ---- points ---- */

static int32_t anchor_of(const resolver *r, const dsr_time_form *form)
{
    if (form->anchor == DSR_ANCHOR_NEXT && r->has_next) {
        return r->next;
    }
    return form->anchor == DSR_ANCHOR_TOLD && r->has_told ? r->told : r->published;
}

/* What is stated with its year. */
static bool resolve_stated(const dsr_time_form *form, int year, answer *a)
{
    if (form->week != DSR_UNSAID) { /* 4 January is always in the first week */
        return is_year(year) && answer_week(a, days_of(year, 1, 4) + 7 * (form->week - 1), false);
    }
    if (form->quarter != DSR_UNSAID) {
        return answer_quarter(a, year, form->quarter);
    }
    if (form->half != DSR_UNSAID) {
        return answer_half(a, year, form->half);
    }
    if (form->season != DSR_UNSAID) {
        return answer_season(a, year, form->season);
    }
    if (form->holiday != DSR_UNSAID) {
        int32_t day = is_year(year) ? holiday_in(year, form->holiday) : 0;
        return is_year(year) &&
               (form->unit == DSR_UNIT_WEEK ? answer_week(a, day, false) : answer_day(a, day));
    }
    if (form->month != DSR_UNSAID && form->day != DSR_UNSAID) {
        if (!is_year(year) || form->day > dsr_days_in_month(year, form->month)) {
            (void)snprintf(a->value, sizeof a->value, "%04d-%02d-%02d", year, form->month, form->day);
            a->why = "there is no such day";
            return true;
        }
        int32_t day = days_of(year, form->month, form->day);
        return form->unit == DSR_UNIT_WEEK ? answer_week(a, day, false) : answer_day(a, day);
    }
    return form->month != DSR_UNSAID ? answer_month(a, year, form->month) : answer_year(a, year);
}

/* A shift by whole units: "last week", "the following year", "this quarter". */
static bool resolve_shifted(const resolver *r, const dsr_time_form *form, answer *a)
{
    int32_t anchor = anchor_of(r, form);
    date d = date_of(anchor);
    int shift = form->shift;
    int quarter = (d.month + 2) / 3;
    a->why = form->anchor == DSR_ANCHOR_TOLD && r->has_told ? "counted from what was told before"
                                                            : "counted from the date of publication";
    switch (form->unit) {
    case DSR_UNIT_WEEK:
        if (!answer_week(a, anchor + 7 * shift, false)) {
            return false;
        }
        a->latest = form->count > 0 ? a->earliest + form->count / 1000 : a->latest; /* "this working week" */
        return true;
    case DSR_UNIT_WEEKEND:
        shift -= form->direction == DSR_UNSAID && shift == 0 && form->tense <= 0 && dsr_weekday(anchor) < 4;
        return answer_week(a, anchor + 7 * shift, true);
    case DSR_UNIT_MONTH:
        d.day = 1;
        move_month(&d, shift);
        return answer_month(a, d.year, d.month);
    case DSR_UNIT_QUARTER:
        if (form->anchor == DSR_ANCHOR_TOLD && r->has_quarter) {
            d.year = r->told_year;
            quarter = r->told_quarter;
        } else if (form->anchor == DSR_ANCHOR_TOLD && shift == 0) {
            shift -= 1; /* results are told of the quarter before */
        }
        d = (date){d.year, 3 * quarter - 2, 1};
        move_month(&d, 3 * shift);
        return answer_quarter(a, d.year, (d.month + 2) / 3);
    case DSR_UNIT_YEAR:
        return answer_year(a, d.year + shift);
    case DSR_UNIT_DECADE:
        return answer_years(a, d.year / 10 + shift, 10);
    case DSR_UNIT_CENTURY:
        return answer_years(a, d.year / 100 + shift, 100);
    case DSR_UNIT_MILLENNIUM:
        return answer_years(a, d.year / 1000 + shift, 1000);
    case DSR_UNIT_NONE:
    case DSR_UNIT_SECOND:
    case DSR_UNIT_MINUTE:
    case DSR_UNIT_HOUR:
    case DSR_UNIT_DAY:
    case DSR_UNIT_FORTNIGHT:
    case DSR_UNITS:
    default:
        return answer_day(a, anchor + shift);
    }
}

/* "In 2019 it was sold. The next night it burnt": of which day, nobody says. */
static bool follows_no_day(const resolver *r, const dsr_time_form *form)
{
    bool day = form->shift != DSR_UNSAID && form->unit <= DSR_UNIT_DAY && form->anchor == DSR_ANCHOR_TOLD;
    return day && r->has_told && r->told_unit > DSR_UNIT_DAY;
}

static bool resolve_point(const resolver *r, const dsr_time_form *form, answer *a)
{
    bool calendar = form->month != DSR_UNSAID || form->quarter != DSR_UNSAID || form->half != DSR_UNSAID ||
                    form->season != DSR_UNSAID || form->holiday != DSR_UNSAID;
    a->why = "stated";
    if (form->year != DSR_UNSAID) {
        return form->unit == DSR_UNIT_DECADE    ? answer_years(a, form->year, 10)
               : form->unit == DSR_UNIT_CENTURY ? answer_years(a, form->year, 100)
               : form->anchor == DSR_ANCHOR_TOLD && r->has_quarter
                   ? answer_quarter(a, form->year, r->told_quarter)
                   : resolve_stated(form, form->year, a);
    }
    if (!r->dated || follows_no_day(r, form)) {
        return answer_unanchored(a, form, r->dated);
    }
    int32_t anchor = anchor_of(r, form);
    if (calendar) {
        a->why = "the one nearest to publication";
        int year = form->shift != DSR_UNSAID && form->month == DSR_UNSAID ? date_of(anchor).year + form->shift
                   : form->month != DSR_UNSAID                            ? choose_year(form, anchor, a)
                   : form->quarter != DSR_UNSAID                          ? choose_quarter_year(form, anchor)
                   : form->season != DSR_UNSAID                           ? choose_season_year(form, anchor)
                   : form->holiday != DSR_UNSAID ? date_of(choose_holiday(form, anchor)).year
                                                 : date_of(anchor).year;
        return resolve_stated(form, year, a);
    }
    if (form->weekday != DSR_UNSAID && form->shift != DSR_UNSAID) { /* "Monday of last week" */
        a->why = "the weekday of that week";
        return answer_day(a, anchor - dsr_weekday(anchor) + 7 * form->shift + form->weekday);
    }
    if (form->week != DSR_UNSAID) {
        a->why = "the week by its number";
        return answer_week(a, days_of(date_of(anchor).year, 1, 4) + 7 * (form->week - 1), false);
    }
    if (form->weekday != DSR_UNSAID) {
        return answer_day(a, choose_weekday(r, form, anchor, a));
    }
    if (form->shift == DSR_UNSAID && form->unit <= DSR_UNIT_HOUR) { /* a bare time of day */
        a->why = form->anchor == DSR_ANCHOR_TOLD && r->has_told ? "the day told of before it"
                                                                : "the day is that of publication";
        return answer_day(a, anchor);
    }
    return resolve_shifted(r, form, a);
}

/* ---- distances ---- */

static int32_t whole_count(const dsr_time_form *form)
{
    return form->count >= 0 ? (form->count + 500) / 1000 : 0;
}

/* "half an hour ago", where the minute of publication is known. */
static bool answer_minute(const resolver *r, const dsr_time_form *form, int sign, answer *a)
{
    enum { DAY_MINUTES = 24 * 60 };
    const int64_t each = form->unit == DSR_UNIT_HOUR ? 60 : 1;
    int64_t shift = form->unit == DSR_UNIT_SECOND ? form->count / 60 : form->count * each;
    int64_t minutes = (int64_t)r->published * DAY_MINUTES + r->minutes + sign * ((shift + 500) / 1000);
    int64_t day = minutes / DAY_MINUTES - (minutes % DAY_MINUTES < 0);
    int rest = (int)(minutes - day * DAY_MINUTES);
    if (!answer_day(a, (int32_t)day)) {
        return false;
    }
    size_t used = strlen(a->value);
    (void)snprintf(a->value + used, sizeof a->value - used, "T%02d:%02d", rest / 60, rest % 60);
    return true;
}

static bool resolve_distance(const resolver *r, const dsr_time_form *form, answer *a)
{
    static const int years_of[DSR_UNITS] = {
        [DSR_UNIT_YEAR] = 1, [DSR_UNIT_DECADE] = 10, [DSR_UNIT_CENTURY] = 100, [DSR_UNIT_MILLENNIUM] = 1000};
    int32_t anchor = anchor_of(r, form);
    int32_t count = whole_count(form);
    int sign = form->direction < 0 ? -1 : 1;
    a->why = form->anchor == DSR_ANCHOR_TOLD   ? "counted from what was told before"
             : form->anchor == DSR_ANCHOR_NEXT ? "counted from the day that follows it in the text"
                                               : "counted from the date of publication";
    if (form->count < 0 || !r->dated || count > 100000) {
        (void)snprintf(a->value, sizeof a->value, "%s", sign < 0 ? "PAST_REF" : "FUTURE_REF");
        a->why = form->count < 0 ? "how much is not said" : a->why;
        return true;
    }
    date d = date_of(anchor);
    if (years_of[form->unit]) {
        int year = d.year + sign * count * years_of[form->unit];
        if (form->unit == DSR_UNIT_YEAR && count == 1 && form->quarter != DSR_UNSAID) {
            return answer_quarter(a, choose_quarter_year(form, r->published) - 1, form->quarter);
        }
        if (form->unit == DSR_UNIT_YEAR && count == 1 && sign < 0 && r->has_quarter) {
            return answer_quarter(a, r->told_year - 1, r->told_quarter);
        }
        return answer_year(a, year);
    }
    if (form->unit == DSR_UNIT_MONTH || form->unit == DSR_UNIT_QUARTER) {
        d.day = 1;
        move_month(&d, sign * count * (form->unit == DSR_UNIT_QUARTER ? 3 : 1));
        return answer_month(a, d.year, d.month);
    }
    if (form->unit == DSR_UNIT_WEEK || form->unit == DSR_UNIT_FORTNIGHT || form->unit == DSR_UNIT_WEEKEND) {
        int32_t day = anchor + sign * 7 * count * (form->unit == DSR_UNIT_FORTNIGHT ? 2 : 1);
        return count <= 2 ? answer_day(a, day) : answer_week(a, day, false);
    }
    if (form->unit <= DSR_UNIT_HOUR && form->anchor == DSR_ANCHOR_PUBLICATION && r->minutes >= 0) {
        return answer_minute(r, form, sign, a);
    }
    return answer_day(a, form->unit == DSR_UNIT_DAY ? anchor + sign * count : anchor);
}

/* ---- lengths ---- */

static bool resolve_length(const dsr_time_form *form, answer *a)
{
    a->why = "a length";
    dsr_time_write_length(form, a->value, sizeof a->value);
    return true;
}

/* "the past three months": from when to when. */
static void place_length(const resolver *r, const dsr_time_form *form, answer *a)
{
    static const int days[DSR_UNITS] = {[DSR_UNIT_DAY] = 1, [DSR_UNIT_WEEK] = 7, [DSR_UNIT_FORTNIGHT] = 14};
    static const int months[DSR_UNITS] = {
        [DSR_UNIT_MONTH] = 1, [DSR_UNIT_QUARTER] = 3, [DSR_UNIT_YEAR] = 12, [DSR_UNIT_DECADE] = 120};
    int32_t count = whole_count(form);
    int32_t base = form->anchor == DSR_ANCHOR_NEXT ? r->next : r->published;
    bool based = form->anchor == DSR_ANCHOR_NEXT ? r->has_next : r->dated;
    if (!based || form->count < 0 || (form->direction != -1 && form->direction != 1) || count > 10000) {
        return;
    }
    date d = date_of(base);
    if (form->unit == DSR_UNIT_QUARTER) { /* whole ones: up to this one, or from the next one on */
        date start = {d.year, (d.month - 1) / 3 * 3 + 1, 1}, end;
        move_month(&start, form->direction > 0 ? 3 : 0);
        end = start;
        move_month(&end, form->direction * 3 * count);
        int32_t here = days_of(start.year, start.month, 1), there = days_of(end.year, end.month, 1);
        if (is_year(end.year)) {
            a->earliest = form->direction < 0 ? there : here;
            a->latest = form->direction < 0 ? here : there;
            a->why = "whole quarters before or after the date of publication";
        }
        return;
    }
    int32_t other = base + form->direction * count * days[form->unit];
    if (months[form->unit]) {
        move_month(&d, form->direction * count * months[form->unit]);
        other = days_of(d.year, d.month, d.day);
    }
    if (other != base && is_year(date_of(other).year)) {
        a->earliest = form->direction < 0 ? other : base;
        a->latest = form->direction < 0 ? base : other;
        a->why = form->anchor == DSR_ANCHOR_NEXT ? "a length from the day that follows it in the text"
                                                 : "a length before or after the date of publication";
    }
}

static bool resolve_repeated(const dsr_time_form *form, answer *a)
{
    a->why = "repeated";
    if (form->weekday != DSR_UNSAID || form->month != DSR_UNSAID || form->season != DSR_UNSAID) {
        (void)answer_unanchored(a, form, true);
        a->why = "repeated";
        return true;
    }
    if (form->part != DSR_UNSAID) {
        (void)snprintf(a->value, sizeof a->value, "XXXX-XX-XX");
        add_clock(a, form);
        return true;
    }
    (void)resolve_length(form, a);
    a->why = "repeated";
    return true;
}

/* ---- all of them ---- */

static bool resolve_form(const resolver *r, const dsr_time *time, answer *a)
{
    const dsr_time_form *form = &time->form;
    bool found = false;
    switch (form->kind) {
    case DSR_TIME_POINT:
        found = resolve_point(r, form, a);
        if (found && has_clock(form) && a->unit == DSR_UNIT_DAY) {
            add_clock(a, form);
        }
        return found;
    case DSR_TIME_DISTANCE:
        return resolve_distance(r, form, a);
    case DSR_TIME_REF:
        (void)snprintf(a->value, sizeof a->value, "%s_REF",
                       form->direction < 0   ? "PAST"
                       : form->direction > 0 ? "FUTURE"
                                             : "PRESENT");
        a->why = "no date is said";
        return true;
    case DSR_TIME_LENGTH:
        found = resolve_length(form, a);
        place_length(r, form, a);
        return found;
    case DSR_TIME_REPEATED:
        return resolve_repeated(form, a);
    case DSR_TIME_KINDS:
    default:
        return false;
    }
}

/* What later times of the report may lean on. */
static void remember(resolver *r, const dsr_time *time, const answer *a)
{
    if (time->form.kind != DSR_TIME_POINT || a->earliest == DSR_NO_DAY) {
        return;
    }
    r->has_told = true;
    r->told = a->earliest;
    r->told_unit = a->unit;
    if (time->form.quarter != DSR_UNSAID ||
        (a->unit == DSR_UNIT_QUARTER && time->form.unit == DSR_UNIT_QUARTER &&
         time->form.season == DSR_UNSAID && time->form.half == DSR_UNSAID)) {
        date d = date_of(a->earliest);
        r->has_quarter = true;
        r->told_year = d.year;
        r->told_quarter = (d.month + 2) / 3;
    }
}

/* The day of publication as it was where the report appeared: the parts of its ISO form. */
static bool read_published(const dsr_moment *published, resolver *r)
{
    dsr_moment_parts parts;
    r->minutes = -1;
    if (published->iso.ptr == NULL || !dsr_moment_parse_parts(published->iso, &parts) || parts.day <= 0 ||
        parts.month <= 0 || parts.month > 12 || parts.day > dsr_days_in_month(parts.year, parts.month)) {
        return false;
    }
    r->published = days_of(parts.year, parts.month, parts.day);
    bool timed = parts.hour >= 0 && parts.hour < 24 && parts.minute >= 0 && parts.minute < 60;
    r->minutes = timed ? parts.hour * 60 + parts.minute : -1;
    return true;
}

/* The day from which a distance before it is counted. */
static void look_ahead(resolver *r, const dsr_report *report, size_t i)
{
    r->has_next = false;
    if (report->times.items[i].form.anchor == DSR_ANCHOR_NEXT && i + 1 < report->times.count) {
        answer a = {.earliest = DSR_NO_DAY, .latest = DSR_NO_DAY};
        r->has_next = resolve_form(r, &report->times.items[i + 1], &a) && a.earliest != DSR_NO_DAY;
        r->next = a.earliest;
    }
}

dsr_status dsr_times_resolve(dsr_arena *arena, dsr_report *report)
{
    resolver r = {.arena = arena};
    r.dated = read_published(&report->meta.published, &r);
    for (size_t i = 0; i < report->times.count; i++) {
        dsr_time *time = &report->times.items[i];
        answer a = {.earliest = DSR_NO_DAY, .latest = DSR_NO_DAY, .why = "not known"};
        look_ahead(&r, report, i);
        bool found = resolve_form(&r, time, &a);
        time->value = DSR_SLICE_NONE;
        if (found && dsr_arena_copy(arena, dsr_slice_of(a.value), &time->value) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        time->earliest = found ? a.earliest : DSR_NO_DAY;
        time->latest = found ? a.latest : DSR_NO_DAY;
        time->why = dsr_slice_of(a.why);
        if (found) {
            remember(&r, time, &a);
        }
    }
    dsr_figures_set_as_of(report);
    return DSR_OK;
}
