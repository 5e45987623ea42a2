/* Calendar arithmetic and the interval that a moment stands for. Must not know in which words a date was
 * told. */
#include "model/moment.h"

#include <string.h>

#include <stdio.h>

enum {
    YEAR_FIRST = 1000,
    YEAR_LAST = 3000,
    ZONE_EAST_MOST = 14 * 60,  /* Kiribati */
    ZONE_WEST_MOST = -12 * 60, /* ships west of the date line; no land lies further */
    ISO_BYTES = 32             /* "2022-01-11T20:17:00+05:00" and a NUL, with room */
};
#define SECONDS_A_DAY INT64_C(86400)

int64_t dsr_days_from_date(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void dsr_date_from_days(int64_t days, int *year, int *month, int *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int dsr_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

int dsr_weekday(int64_t days)
{
    int64_t weekday = (days % 7 + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(weekday < 0 ? weekday + 7 : weekday);
}

/* Each part is told only together with the larger ones, and is in its range; -1 is "not told". */
static bool parts_make_date(const dsr_moment_parts *p)
{
    const int values[] = {p->month, p->day, p->hour, p->minute, p->second};
    bool told = true;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (values[i] < -1 || (values[i] >= 0 && !told)) {
            return false;
        }
        told = values[i] >= 0;
    }
    if (p->year < YEAR_FIRST || p->year > YEAR_LAST || p->month == 0 || p->month > 12 || p->day == 0) {
        return false;
    }
    if (p->day > 0 && p->day > dsr_days_in_month(p->year, p->month)) {
        return false;
    }
    if (p->hour > 23 || p->minute > 59 || p->second > 60 || (p->second == 60 && p->minute != 59)) {
        return false;
    }
    return !p->has_zone || (p->zone_minutes >= ZONE_WEST_MOST && p->zone_minutes <= ZONE_EAST_MOST);
}

/* The stretch of local time that the parts name, as if it were UTC. */
static void local_interval(const dsr_moment_parts *p, int64_t *start, int64_t *end)
{
    int month = p->month > 0 ? p->month : 1;
    int day = p->day > 0 ? p->day : 1;
    *start = dsr_days_from_date(p->year, month, day) * SECONDS_A_DAY;
    if (p->month < 0) {
        *end = dsr_days_from_date(p->year + 1, 1, 1) * SECONDS_A_DAY;
    } else if (p->day < 0) {
        *end = *start + dsr_days_in_month(p->year, month) * SECONDS_A_DAY;
    } else if (p->hour < 0) {
        *end = *start + SECONDS_A_DAY;
    } else {
        *start += p->hour * INT64_C(3600) + (p->minute > 0 ? p->minute * INT64_C(60) : 0) +
                  (p->second > 0 ? p->second : 0);
        *end = *start + (p->minute < 0 ? 3600 : p->second < 0 ? 60 : 1);
    }
}

static void write_iso(const dsr_moment_parts *p, char out[ISO_BYTES])
{
    int len = snprintf(out, ISO_BYTES, "%04d", p->year);
    const int rest[] = {p->month, p->day, p->hour, p->minute, p->second};
    for (size_t i = 0; i < sizeof rest / sizeof *rest && rest[i] >= 0; i++) {
        len += snprintf(out + len, (size_t)(ISO_BYTES - len), "%c%02d", "--T::"[i], rest[i]);
    }
    if (p->hour < 0 || !p->has_zone) {
        return;
    }
    if (p->zone_minutes == 0) {
        (void)snprintf(out + len, (size_t)(ISO_BYTES - len), "Z");
        return;
    }
    int distance = p->zone_minutes < 0 ? -p->zone_minutes : p->zone_minutes;
    (void)snprintf(out + len, (size_t)(ISO_BYTES - len), "%c%02d:%02d", p->zone_minutes < 0 ? '-' : '+',
                   distance / 60, distance % 60);
}

dsr_status dsr_moment_from_parts(dsr_arena *arena, const dsr_moment_parts *parts, dsr_moment *out)
{
    if (!parts_make_date(parts)) {
        return DSR_ERR_INPUT;
    }
    dsr_moment_parts p = *parts;
    p.second = p.second == 60 ? 59 : p.second;
    dsr_moment moment;
    local_interval(&p, &moment.earliest, &moment.latest);
    moment.earliest -= INT64_C(60) * (p.has_zone ? p.zone_minutes : ZONE_EAST_MOST);
    moment.latest -= INT64_C(60) * (p.has_zone ? p.zone_minutes : ZONE_WEST_MOST);
    char iso[ISO_BYTES];
    write_iso(&p, iso);
    dsr_status status = dsr_arena_copy(arena, dsr_slice_of(iso), &moment.iso);
    if (status == DSR_OK) {
        *out = moment;
    }
    return status;
}

bool dsr_moment_is_sound(const dsr_moment *moment)
{
    if (moment->iso.ptr == NULL) {
        return true;
    }
    dsr_moment_parts parts;
    if (!dsr_moment_parse_parts(moment->iso, &parts) || !parts_make_date(&parts)) {
        return false;
    }
    char iso[ISO_BYTES];
    write_iso(&parts, iso);
    int64_t first = dsr_days_from_date(YEAR_FIRST, 1, 1) * SECONDS_A_DAY - SECONDS_A_DAY;
    int64_t last = dsr_days_from_date(YEAR_LAST + 1, 1, 1) * SECONDS_A_DAY + SECONDS_A_DAY;
    return dsr_slice_equal(moment->iso, dsr_slice_of(iso)) && moment->earliest < moment->latest &&
           moment->earliest >= first && moment->latest <= last;
}

void dsr_moment_format_utc(int64_t seconds, char out[24])
{
    const int64_t first = dsr_days_from_date(0, 1, 1) * SECONDS_A_DAY;
    const int64_t last = dsr_days_from_date(10000, 1, 1) * SECONDS_A_DAY - 1;
    seconds = seconds < first ? first : seconds > last ? last : seconds;
    int64_t days = seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0);
    unsigned left = (unsigned)(seconds - days * SECONDS_A_DAY);
    int year;
    int month;
    int day;
    dsr_date_from_days(days, &year, &month, &day);
    /* The remainders tell the compiler that each field has its width. */
    (void)snprintf(out, 24, "%04u-%02u-%02uT%02u:%02u:%02uZ", (unsigned)year % 10000, (unsigned)month % 100,
                   (unsigned)day % 100, left / 3600 % 24, left / 60 % 60, left % 60);
}

/* The stated days, as far as both are stated: <0, 0, >0. */
static int compare_days(const dsr_moment *a, const dsr_moment *b)
{
    enum { DAY = 10 };
    size_t length = a->iso.len < b->iso.len ? a->iso.len : b->iso.len;
    return memcmp(a->iso.ptr, b->iso.ptr, length < DAY ? length : DAY);
}

static bool have_clocks(const dsr_moment *a, const dsr_moment *b)
{
    enum { DAY = 10 };
    return a->iso.len > DAY && b->iso.len > DAY;
}

bool dsr_moment_is_since(const dsr_moment *published, const dsr_moment *since)
{
    if (published->iso.len == 0) {
        return false;
    }
    return have_clocks(published, since) ? published->earliest >= since->earliest
                                         : compare_days(published, since) >= 0;
}

bool dsr_moment_is_until(const dsr_moment *published, const dsr_moment *until)
{
    if (published->iso.len == 0) {
        return false;
    }
    return have_clocks(published, until) ? published->earliest < until->latest
                                         : compare_days(published, until) <= 0;
}
