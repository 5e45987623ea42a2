/* Reads publication stamps. Must not know of rules or reports: it is given text and tells what date stands at
 * its beginning. */
#include "lexicon/stamp.h"

#include "base/utf8.h"

#include <string.h>

typedef struct scan {
    const dsr_lexicon *lexicon;
    dsr_slice language;
    const char *p, *end;
    dsr_moment_parts parts;
    bool ambiguous; /* day and month may be either way round */
    int us_zone;    /* hours west of UTC in winter of a zone whose summer time follows the rules of the US; 0:
                       none */
} scan;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return ((unsigned char)c | 0x20) >= 'a' && ((unsigned char)c | 0x20) <= 'z';
}

static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end) {
        if (*p == ' ' || *p == '\t')
            p++;
        else if (end - p >= 2 && (unsigned char)p[0] == 0xC2 && (unsigned char)p[1] == 0xA0)
            p += 2;
        else if (end - p >= 3 && (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80 &&
                 (unsigned char)p[2] == 0xAF)
            p += 3;
        else
            break;
    }
    return p;
}

/* What may stand between two parts of a stamp. */
static const char *skip_between(const char *p, const char *end)
{
    static const char *const marks[] = {
        ",",   "|",   "-", "\xe2\x80\x93", "\xe2\x80\x94", "\xc2\xb7", "\xe2\x80\xa2", "/", "at ",
        "on ", "of ", ";"};
    p = skip_blanks(p, end);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t length = strlen(marks[i]);
        if ((size_t)(end - p) >= length && memcmp(p, marks[i], length) == 0)
            return skip_blanks(p + length, end);
    }
    return p;
}

/* Digits at p: how many, and their value. */
static size_t digits(const char *p, const char *end, int *value)
{
    size_t count = 0;
    *value = 0;
    while (p + count < end && is_digit(p[count]) && count < 9)
        *value = *value * 10 + (p[count++] - '0');
    return p + count < end && is_digit(p[count]) ? 0 : count;
}

static size_t word(const char *p, const char *end)
{
    const char *start = p;
    while (p < end) {
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        if (!dsr_is_letter(c))
            break;
        p += length;
    }
    return (size_t)(p - start);
}

static bool is_word(const char *p, size_t length, const char *which)
{
    return dsr_slice_equal_nocase((dsr_slice){p, length}, dsr_slice_of(which));
}

/* "am", "a.m.", "PM" at p: its length, 12 more hours in *later. */
static size_t half_day(const char *p, const char *end, bool *later)
{
    if (end - p < 2 || !strchr("aApP", *p))
        return 0;
    *later = *p == 'p' || *p == 'P';
    if ((p[1] == 'm' || p[1] == 'M') && (end - p == 2 || !is_letter(p[2])))
        return 2;
    if (end - p >= 3 && p[1] == '.' && (p[2] == 'm' || p[2] == 'M'))
        return end - p >= 4 && p[3] == '.' ? 4 : 3;
    return 0;
}

static bool plausible_time(int hour, int minute, int second)
{
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second < 60;
}

static bool set_time(scan *s, int hour, int minute, int second)
{
    if (s->parts.hour >= 0 || !plausible_time(hour, minute, second))
        return false;
    s->parts.hour = hour;
    s->parts.minute = minute;
    s->parts.second = second;
    return true;
}

/* "8:17 p.m.", "20:17:30", "20.17", "8pm", "1417" before a zone is left to its caller. */
static bool take_clock(scan *s)
{
    int hour, minute = 0, second = -1;
    const char *p = s->p;
    size_t length = digits(p, s->end, &hour);
    if (length == 0 || length > 2)
        return false;
    p += length;
    bool minutes = false;
    if (s->end - p >= 3 && (*p == ':' || *p == '.') && is_digit(p[1]) && is_digit(p[2]) &&
        (s->end - p == 3 || !is_digit(p[3]))) {
        digits(p + 1, s->end, &minute);
        minutes = true;
        bool stop = *p == '.';
        p += 3;
        if (!stop && s->end - p >= 3 && *p == ':' && digits(p + 1, s->end, &second) == 2)
            p += 3;
        else
            second = -1;
    }
    bool later = false;
    const char *q = skip_blanks(p, s->end);
    size_t half = half_day(q, s->end, &later);
    if (half > 0 && hour <= 12 && hour > 0)
        hour = hour % 12 + (later ? 12 : 0);
    if (!minutes && half == 0)
        return false;
    if (!set_time(s, hour, minute, second))
        return false;
    s->p = half > 0 ? q + half : p;
    if (half == 0 && s->end - s->p > 1 && (*s->p == 'h' || *s->p == 'H') && !is_letter(s->p[1]))
        s->p++;
    return true;
}

/* "1417 GMT", "2017hrs" */
static bool take_military(scan *s)
{
    int value;
    if (digits(s->p, s->end, &value) != 4 || value / 100 > 23 || value % 100 > 59)
        return false;
    const char *q = skip_blanks(s->p + 4, s->end);
    size_t length = word(q, s->end);
    if (!is_word(q, length, "gmt") && !is_word(q, length, "hrs") && !is_word(q, length, "utc"))
        return false;
    if (!set_time(s, value / 100, value % 100, -1))
        return false;
    s->p = is_word(q, length, "hrs") ? q + length : s->p + 4;
    return true;
}

typedef struct zone {
    const char *name;
    int minutes;
    int us; /* winter hours west of UTC, where summer time decides */
    bool certain;
} zone;

static const zone zones[] = {
    {"z", 0, 0, true},      {"gmt", 0, 0, true},    {"utc", 0, 0, true},    {"bst", 60, 0, true},
    {"cet", 60, 0, true},   {"cest", 120, 0, true}, {"eet", 120, 0, true},  {"eest", 180, 0, true},
    {"msk", 180, 0, true},  {"trt", 180, 0, true},  {"pkt", 300, 0, true},  {"wib", 420, 0, true},
    {"sgt", 480, 0, true},  {"hkt", 480, 0, true},  {"jst", 540, 0, true},  {"kst", 540, 0, true},
    {"aest", 600, 0, true}, {"aedt", 660, 0, true}, {"nzst", 720, 0, true}, {"nzdt", 780, 0, true},
    {"est", -300, 0, true}, {"edt", -240, 0, true}, {"cdt", -300, 0, true}, {"mdt", -360, 0, true},
    {"pst", -480, 0, true}, {"pdt", -420, 0, true}, {"et", 0, 5, true},     {"ct", 0, 6, true},
    {"mt", 0, 7, true},     {"pt", 0, 8, true},     {"eat", 180, 0, true},  {"sast", 120, 0, true},
    {"wat", 60, 0, true},   {"brt", -180, 0, true}, {"ist", 0, 0, false},   {"cst", 0, 0, false},
    {"mst", 0, 0, false},   {"ast", 0, 0, false},   {"gst", 240, 0, true},  {"hrs", 0, 0, false},
    {"local", 0, 0, false}};

/* "+05:00", "+0500", "+5" at p. */
static size_t offset(const char *p, const char *end, int *minutes)
{
    int hours, rest = 0;
    if (end - p < 2 || (*p != '+' && *p != '-'))
        return 0;
    size_t length = digits(p + 1, end, &hours);
    size_t used = 1 + length;
    if (length == 4) {
        rest = hours % 100;
        hours /= 100;
    } else if (length == 0 || length > 2) {
        return 0;
    } else if ((size_t)(end - p) >= used + 3 && p[used] == ':' && digits(p + used + 1, end, &rest) == 2) {
        used += 3;
    }
    if (hours > 14 || rest > 59)
        return 0;
    *minutes = (*p == '-' ? -1 : 1) * (hours * 60 + rest);
    return used;
}

static void set_zone(scan *s, int minutes)
{
    s->parts.has_zone = true;
    s->parts.zone_minutes = minutes;
}

/* A zone behind a time, perhaps in brackets. */
static void take_zone(scan *s)
{
    const char *p = skip_blanks(s->p, s->end);
    bool bracket = p < s->end && *p == '(';
    if (bracket)
        p++;
    size_t length = word(p, s->end);
    int minutes = 0;
    size_t used = offset(p, s->end, &minutes);
    if (used > 0 && p == s->p && (s->parts.second >= 0 || used >= 5)) {
        set_zone(s, minutes);
        s->p = p + used;
        return;
    }
    for (size_t i = 0; length > 0 && i < sizeof zones / sizeof zones[0]; i++) {
        if (!is_word(p, length, zones[i].name) || (length > 1 && length <= 2 && *p >= 'a'))
            continue;
        p += length;
        used =
            zones[i].minutes == 0 && zones[i].certain && zones[i].us == 0 ? offset(p, s->end, &minutes) : 0;
        if (zones[i].us > 0)
            s->us_zone = zones[i].us;
        else if (zones[i].certain)
            set_zone(s, used > 0 ? minutes : zones[i].minutes);
        p += used;
        if (bracket && p < s->end && *p == ')')
            p++;
        s->p = p;
        return;
    }
}

static int month_of(const scan *s, const char *p, size_t length)
{
    char folded[64];
    if (length == 0 || length > 16)
        return -1;
    size_t n = dsr_fold_word((dsr_slice){p, length}, folded, sizeof folded);
    return dsr_lexicon_month(s->lexicon, s->language, (dsr_slice){folded, n});
}

static bool take_weekday(scan *s)
{
    char folded[64];
    size_t length = word(s->p, s->end);
    if (length == 0 || length > 16)
        return false;
    size_t n = dsr_fold_word((dsr_slice){s->p, length}, folded, sizeof folded);
    if (dsr_lexicon_weekday(s->lexicon, s->language, (dsr_slice){folded, n}) < 0)
        return false;
    s->p += length;
    if (s->p < s->end && *s->p == '.')
        s->p++;
    return true;
}

static bool is_year(int value)
{
    return value >= 1900 && value < 2100;
}

/* An ordinal's letters: "11th". */
static const char *skip_ordinal(const char *p, const char *end)
{
    size_t length = word(p, end);
    if (length == 2 &&
        (is_word(p, 2, "st") || is_word(p, 2, "nd") || is_word(p, 2, "rd") || is_word(p, 2, "th")))
        return p + 2;
    return p;
}

/* A year behind day and month, after a comma or an apostrophe; it need not be there. */
static void take_year(scan *s)
{
    int year;
    const char *p = skip_between(s->p, s->end);
    if (p < s->end && (*p == '\'' || *p == '-' || *p == ','))
        p = skip_blanks(p + 1, s->end);
    if (digits(p, s->end, &year) == 4 && is_year(year) && (p + 4 == s->end || p[4] != ':')) {
        s->parts.year = year;
        s->p = p + 4;
    }
}

/* "Jan. 11, 2022", "January 2022" (a month alone is no date), "Jan 11" */
static bool take_month_first(scan *s)
{
    size_t length = word(s->p, s->end);
    int month = month_of(s, s->p, length), day;
    if (month < 0 || s->parts.month >= 0)
        return false;
    const char *p = s->p + length;
    if (p < s->end && *p == '.')
        p++;
    p = skip_blanks(p, s->end);
    if (p < s->end && (*p == '-' || *p == '/'))
        p++;
    size_t count = digits(p, s->end, &day);
    if (count == 0 || count > 2 || day < 1 || day > 31)
        return false;
    s->parts.month = month;
    s->parts.day = day;
    s->p = skip_ordinal(p + count, s->end);
    take_year(s);
    return true;
}

/* "11 Jan, 2022", "11th of January 2022", "11-Jan-2022" */
static bool take_day_first(scan *s)
{
    int day;
    size_t count = digits(s->p, s->end, &day);
    if (count == 0 || count > 2 || day < 1 || day > 31 || s->parts.month >= 0)
        return false;
    const char *p = skip_ordinal(s->p + count, s->end);
    if (p < s->end && *p == '.')
        p++;
    p = skip_between(p, s->end);
    size_t length = word(p, s->end);
    int month = month_of(s, p, length);
    if (month < 0)
        return false;
    p += length;
    if (p < s->end && *p == '.')
        p++;
    s->parts.month = month;
    s->parts.day = day;
    s->p = p;
    take_year(s);
    return true;
}

static bool set_numeric(scan *s, int year, int a, int b)
{
    if (!is_year(year))
        return false;
    if (a > 31 || b > 31 || a < 1 || b < 1 || (a > 12 && b > 12))
        return false;
    if (a <= 12 && b <= 12 && a != b) {
        s->ambiguous = true;
        s->parts.month = 0;
        return true;
    }
    s->parts.year = year;
    s->parts.month = a > 12 ? b : a;
    s->parts.day = a > 12 ? a : b;
    return true;
}

/* "2022-01-11", "2022/1/11", "11/01/2022", "11.01.2022" */
static bool take_numeric(scan *s)
{
    int value[3];
    size_t length[3];
    const char *p = s->p;
    if (s->parts.month >= 0)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (i > 0 && (p >= s->end || !strchr("/-.", *p) || (i == 2 && *p != s->p[length[0]])))
            return false;
        p += i > 0;
        length[i] = digits(p, s->end, &value[i]);
        if (length[i] == 0)
            return false;
        p += length[i];
    }
    bool year_first = length[0] == 4 && length[1] <= 2 && length[2] <= 2;
    if (year_first) {
        if (!is_year(value[0]) || value[1] < 1 || value[1] > 12 || value[2] < 1 || value[2] > 31)
            return false;
        s->parts.year = value[0];
        s->parts.month = value[1];
        s->parts.day = value[2];
    } else if (length[0] > 2 || length[1] > 2 || length[2] != 4 ||
               !set_numeric(s, value[2], value[0], value[1])) {
        return false;
    }
    s->p = p;
    if (s->end - p > 5 && *p == 'T' && is_digit(p[1])) {
        s->p = p + 1;
        if (!take_clock(s))
            s->p = p;
        else
            take_zone(s);
    }
    return true;
}

/* First and last day of summer time in the US since 2007: second Sunday in March, first Sunday in November.
 */
static bool us_summer(int year, int month, int day)
{
    if (month != 3 && month != 11)
        return month > 3 && month < 11;
    int first = dsr_weekday(dsr_days_from_date(year, month, 1)); /* 0 Monday */
    int sunday = 1 + (6 - first);
    return month == 3 ? day >= sunday + 7 : day < sunday;
}

static void settle_zone(scan *s)
{
    dsr_moment_parts *d = &s->parts;
    if (s->us_zone > 0 && d->year >= 2007 && d->month > 0 && d->day > 0)
        set_zone(s, -60 * (s->us_zone - (us_summer(d->year, d->month, d->day) ? 1 : 0)));
    if (d->hour < 0)
        d->has_zone = false;
}

static scan begin(dsr_slice text)
{
    scan s = {0};
    s.p = text.ptr;
    s.end = text.ptr + text.len;
    s.parts = (dsr_moment_parts){-1, -1, -1, -1, -1, -1, false, 0};
    return s;
}

static bool take_part(scan *s)
{
    if (take_weekday(s) || take_numeric(s) || take_month_first(s) || take_day_first(s))
        return true;
    if (take_clock(s) || take_military(s)) {
        take_zone(s);
        return true;
    }
    return false;
}

size_t dsr_stamp_scan(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text, dsr_moment_parts *parts)
{
    scan s = begin(text);
    s.lexicon = lexicon;
    s.language = language;
    const char *last = NULL;
    for (size_t taken = 0; taken < 4 && s.p < s.end && take_part(&s); taken++) {
        last = s.p;
        s.p = skip_between(s.p, s.end);
    }
    if (!last || s.parts.month < 0)
        return 0;
    settle_zone(&s);
    *parts = s.ambiguous ? (dsr_moment_parts){-1, -1, -1, -1, -1, -1, false, 0} : s.parts;
    return (size_t)(last - text.ptr);
}

size_t dsr_stamp_scan_time(dsr_slice text, dsr_moment_parts *parts)
{
    scan s = begin(text);
    if (!take_clock(&s) && !take_military(&s))
        return 0;
    take_zone(&s);
    *parts = s.parts;
    return (size_t)(s.p - text.ptr);
}
