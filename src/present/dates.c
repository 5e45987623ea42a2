/* Publication dates in words. A day without a zone begins 14 hours early and ends 12 hours late in UTC
 * (model/moment.h); a reader wants the day that was printed. Knows no clock. */
#include "present/dates.h"

#include <stdio.h>

enum { DAY = 86400, ZONE_EARLY = 14 * 3600, ZONE_LATE = 12 * 3600, DAYS_OF_A_MONTH = 28 };

static const char *const months[12] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

static int64_t floor_day(int64_t seconds)
{
    return seconds >= 0 ? seconds / DAY : -((-seconds + DAY - 1) / DAY);
}

static bool read_number(dsr_slice iso, size_t at, size_t digits, int *out)
{
    if (iso.len < at + digits)
        return false;
    int value = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (iso.ptr[i] < '0' || iso.ptr[i] > '9')
            return false;
        value = value * 10 + (iso.ptr[i] - '0');
    }
    *out = value;
    return true;
}

/* The day that the ISO text itself names; false where it names none that exists. */
static bool named_day(dsr_slice iso, int64_t *day)
{
    int y, m, d;
    if (!read_number(iso, 0, 4, &y) || !read_number(iso, 5, 2, &m) || !read_number(iso, 8, 2, &d))
        return false;
    if (m < 1 || m > 12 || d < 1 || d > dsr_days_in_month(y, m))
        return false;
    *day = dsr_days_from_date(y, m, d);
    return true;
}

static bool has_hour(dsr_slice iso)
{
    int hour, minute;
    return iso.len >= 16 && read_number(iso, 11, 2, &hour) && read_number(iso, 14, 2, &minute);
}

bool dsr_date_days(const dsr_moment *moment, int64_t *first, int64_t *last)
{
    int64_t day;
    if (moment->iso.len == 0)
        return false;
    if (has_hour(moment->iso) && named_day(moment->iso, &day)) {
        *first = *last = day;
        return true;
    }
    int64_t begin = floor_day(moment->earliest + ZONE_EARLY), end = floor_day(moment->latest - ZONE_LATE - 1);
    if (end < begin)
        end = begin;
    if (end - begin + 1 >= DAYS_OF_A_MONTH)
        return false;
    *first = begin;
    *last = end;
    return true;
}

/* A time without a zone makes an interval 26 hours wider than itself. Where that is so, a day without a zone
 * is told by its edges (it begins at 10:00 UTC, which is 00:00 at UTC+14, and ends at 12:00 UTC), and a
 * single hour by what is left without the 26. */
void dsr_date_days_of_interval(int64_t earliest, int64_t latest, int64_t *first, int64_t *last)
{
    int64_t from = earliest + ZONE_EARLY, to = latest - ZONE_LATE;
    bool wide = to > from, one_day = wide && floor_day(from) == floor_day(to - 1);
    bool day_long = to - from >= DAY;
    *first = floor_day(one_day || (day_long && from % DAY == 0) ? from : earliest);
    *last = floor_day((one_day || (day_long && to % DAY == 0) ? to : latest) - 1);
    if (*last < *first)
        *last = *first;
}

static void format_day(int64_t day, bool with_month, bool with_year, char *out, size_t room)
{
    int y, m, d;
    dsr_date_from_days(day, &y, &m, &d);
    if (with_year)
        (void)snprintf(out, room, "%d\xc2\xa0%.3s\xc2\xa0%d", d, months[m - 1], y);
    else if (with_month)
        (void)snprintf(out, room, "%d\xc2\xa0%.3s", d, months[m - 1]);
    else
        (void)snprintf(out, room, "%d", d);
}

static void format_vague(dsr_slice iso, char out[DSR_DATE_ROOM])
{
    int y, m;
    out[0] = '\0';
    if (!read_number(iso, 0, 4, &y))
        return;
    if (read_number(iso, 5, 2, &m) && m >= 1 && m <= 12)
        (void)snprintf(out, DSR_DATE_ROOM, "%.3s\xc2\xa0%d", months[m - 1], y);
    else
        (void)snprintf(out, DSR_DATE_ROOM, "%d", y);
}

void dsr_date_short(const dsr_moment *moment, bool with_year, char out[DSR_DATE_ROOM])
{
    int64_t first, last;
    char a[24], b[24];
    out[0] = '\0';
    if (moment->iso.len == 0)
        return;
    if (!dsr_date_days(moment, &first, &last)) {
        format_vague(moment->iso, out);
        return;
    }
    int y1, m1, d1, y2, m2, d2;
    dsr_date_from_days(first, &y1, &m1, &d1);
    dsr_date_from_days(last, &y2, &m2, &d2);
    bool one_month = y1 == y2 && m1 == m2;
    format_day(first, !one_month || first == last, with_year && (first == last || y1 != y2), a, sizeof a);
    format_day(last, true, with_year, b, sizeof b);
    if (has_hour(moment->iso))
        (void)snprintf(out, DSR_DATE_ROOM, "%s\xc2\xa0%.5s", a, moment->iso.ptr + 11);
    else if (first == last)
        (void)snprintf(out, DSR_DATE_ROOM, "%s", a);
    else
        (void)snprintf(out, DSR_DATE_ROOM,
                       one_month ? "%s\xe2\x80\x93%s" : "%s\xc2\xa0\xe2\x80\x93\xc2\xa0%s", a, b);
}

void dsr_date_range(int64_t first, int64_t last, bool brief, char out[DSR_DATE_ROOM])
{
    int y1, m1, d1, y2, m2, d2;
    dsr_date_from_days(first, &y1, &m1, &d1);
    dsr_date_from_days(last, &y2, &m2, &d2);
    const char *dash = " \xe2\x80\x93 ";
    const int letters = brief ? 3 : 9;
    if (first == last)
        (void)snprintf(out, DSR_DATE_ROOM, "%d %.*s %d", d2, letters, months[m2 - 1], y2);
    else if (y1 == y2 && m1 == m2)
        (void)snprintf(out, DSR_DATE_ROOM, "%d\xe2\x80\x93%d %.*s %d", d1, d2, letters, months[m2 - 1], y2);
    else if (y1 == y2)
        (void)snprintf(out, DSR_DATE_ROOM, "%d %.*s%s%d %.*s %d", d1, letters, months[m1 - 1], dash, d2,
                       letters, months[m2 - 1], y2);
    else
        (void)snprintf(out, DSR_DATE_ROOM, "%d %.*s %d%s%d %.*s %d", d1, letters, months[m1 - 1], y1, dash,
                       d2, letters, months[m2 - 1], y2);
}

void dsr_format_share(uint32_t thousandths, char out[16])
{
    if (thousandths > 0 && thousandths < 10)
        (void)snprintf(out, 16, "<1\xc2\xa0%%");
    else
        (void)snprintf(out, 16, "%u\xc2\xa0%%",
                       (unsigned)((thousandths + 5) / 10 > 100 ? 100 : (thousandths + 5) / 10));
}

static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const short_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void dsr_date_label(int64_t first, int64_t last, int year_known, char out[DSR_DATE_ROOM])
{
    int y, m, d, y2, m2, d2;
    dsr_date_from_days(first, &y, &m, &d);
    dsr_date_from_days(last, &y2, &m2, &d2);
    bool whole_months = d == 1 && d2 == dsr_days_in_month(y2, m2);
    m = m < 1 || m > 12 ? 1 : m;
    if (first == last && y == year_known)
        snprintf(out, DSR_DATE_ROOM, "%s %d %s", weekdays[dsr_weekday(first)], d, short_months[m - 1]);
    else if (first == last)
        snprintf(out, DSR_DATE_ROOM, "%d %s %d", d, short_months[m - 1], y);
    else if (whole_months && y == y2 && m == 1 && m2 == 12)
        snprintf(out, DSR_DATE_ROOM, "%d", y);
    else if (whole_months && y == y2 && m == m2)
        snprintf(out, DSR_DATE_ROOM, "%s %d", short_months[m - 1], y);
    else if (y == y2 && m == m2)
        snprintf(out, DSR_DATE_ROOM, "%d\xe2\x80\x93%d %s", d, d2, short_months[m - 1]);
    else
        snprintf(out, DSR_DATE_ROOM, "%s\xe2\x80\x93%s %d", short_months[m - 1],
                 short_months[m2 < 1 || m2 > 12 ? 0 : m2 - 1], y2);
}
