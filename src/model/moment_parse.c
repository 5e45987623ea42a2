/* Dates as machines write them: ISO 8601, RFC 822/2822 and the compact form. Dates in running text are
 * another stage's task. Reads digits and ASCII letters only, never a locale; what is not wholly one of the
 * forms is no date. */
#include "model/moment.h"

enum { MOMENT_BYTES = 96 }; /* the longest form with a comment behind it has about 60 */

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool at_end(const cursor *c)
{
    return c->at == c->end;
}

/* How many digits stand here. */
static size_t digits_ahead(const cursor *c)
{
    size_t count = 0;
    while ((size_t)(c->end - c->at) > count && is_digit(c->at[count])) {
        count++;
    }
    return count;
}

/* Takes exactly `count` digits (at most 4); more may follow. */
static bool take_digits(cursor *c, size_t count, int *value)
{
    if (digits_ahead(c) < count) {
        return false;
    }
    int number = 0;
    for (size_t i = 0; i < count; i++) {
        number = number * 10 + (*c->at++ - '0');
    }
    *value = number;
    return true;
}

static bool take_char(cursor *c, char wanted)
{
    if (at_end(c) || *c->at != wanted) {
        return false;
    }
    c->at++;
    return true;
}

/* Takes blanks and tabs; false where there were none. */
static bool take_blanks(cursor *c)
{
    const char *start = c->at;
    while (!at_end(c) && (*c->at == ' ' || *c->at == '\t')) {
        c->at++;
    }
    return c->at > start;
}

static dsr_slice take_letters(cursor *c)
{
    const char *start = c->at;
    while (!at_end(c) && is_letter(*c->at)) {
        c->at++;
    }
    return (dsr_slice){start, (size_t)(c->at - start)};
}

/* The place of `word` in a table of full names, which may be cut to their first three letters; -1 where it is
 * none. */
static int find_name(const char *const *names, int count, dsr_slice word)
{
    for (int i = 0; i < count; i++) {
        dsr_slice name = dsr_slice_of(names[i]);
        if (dsr_slice_equal_nocase(word, name) || dsr_slice_equal_nocase(word, dsr_slice_part(name, 0, 3))) {
            return i;
        }
    }
    return -1;
}

static int month_of(dsr_slice word)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    return find_name(months, 12, word) + 1; /* 0: none */
}

static int weekday_of(dsr_slice word)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    return find_name(days, 7, word);
}

/* The zones that RFC 822 names; others ("IST", "BST") mean several places and are none. */
static bool zone_of(dsr_slice word, int *minutes)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"Z", 0},    {"UT", 0},   {"UTC", 0},  {"GMT", 0},  {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (dsr_slice_equal_nocase(word, dsr_slice_of(zones[i].name))) {
            *minutes = zones[i].hours * 60;
            return true;
        }
    }
    return false;
}

/* "Z", "GMT", "+05", "+0500", "+05:00". */
static bool take_zone(cursor *c, dsr_moment_parts *parts)
{
    parts->has_zone = true;
    if (!at_end(c) && is_letter(*c->at)) {
        return zone_of(take_letters(c), &parts->zone_minutes);
    }
    bool west = take_char(c, '-');
    int hours;
    int minutes = 0;
    if ((!west && !take_char(c, '+')) || !take_digits(c, 2, &hours)) {
        return false;
    }
    if ((take_char(c, ':') || digits_ahead(c) > 0) && !take_digits(c, 2, &minutes)) {
        return false;
    }
    parts->zone_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
    return minutes < 60;
}

/* ".123" behind the seconds: read, and not kept. */
static bool skip_fraction(cursor *c)
{
    if (!take_char(c, '.') && !take_char(c, ',')) {
        return true;
    }
    size_t count = digits_ahead(c);
    c->at += count;
    return count > 0;
}

/* "20", "20:17", "20:17:00.5"; without colons where `compact`. */
static bool take_time(cursor *c, bool compact, dsr_moment_parts *parts)
{
    if (!take_digits(c, 2, &parts->hour)) {
        return false;
    }
    int *const rest[] = {&parts->minute, &parts->second};
    for (size_t i = 0; i < 2; i++) {
        bool more = compact ? digits_ahead(c) > 0 : take_char(c, ':');
        if (!more) {
            return true;
        }
        if (!take_digits(c, 2, rest[i])) {
            return false;
        }
    }
    return skip_fraction(c);
}

/* A zone behind a time, with or without blanks between. */
static bool take_rest(cursor *c, dsr_moment_parts *parts)
{
    (void)take_blanks(c);
    return at_end(c) || (take_zone(c, parts) && at_end(c));
}

/* "2022", "2022-01", "2022-01-11", and a time behind "T" or a blank. */
static bool read_iso(cursor c, dsr_moment_parts *parts)
{
    if (!take_digits(&c, 4, &parts->year)) {
        return false;
    }
    int *const rest[] = {&parts->month, &parts->day};
    for (size_t i = 0; i < 2; i++) {
        if (at_end(&c)) {
            return true;
        }
        if (!take_char(&c, '-') || !take_digits(&c, 2, rest[i])) {
            return false;
        }
    }
    if (at_end(&c)) {
        return true;
    }
    bool time = take_char(&c, 'T') || take_char(&c, 't') || take_char(&c, ' ');
    return time && take_time(&c, false, parts) && take_rest(&c, parts);
}

/* "20220111", "20220111T201700Z". */
static bool read_compact(cursor c, dsr_moment_parts *parts)
{
    if (!take_digits(&c, 4, &parts->year) || !take_digits(&c, 2, &parts->month) ||
        !take_digits(&c, 2, &parts->day)) {
        return false;
    }
    if (at_end(&c)) {
        return true;
    }
    bool time = take_char(&c, 'T') || take_char(&c, 't');
    return time && take_time(&c, true, parts) && take_rest(&c, parts);
}

/* A year of four digits, or of two as RFC 2822 (4.3) reads them. */
static bool take_year(cursor *c, int *year)
{
    size_t count = digits_ahead(c);
    if ((count != 2 && count != 4) || !take_digits(c, count, year)) {
        return false;
    }
    if (count == 2) {
        *year += *year < 50 ? 2000 : 1900;
    }
    return true;
}

/* A comment such as "(PKT)" at the end; RFC 2822 allows it and mail programs write it. */
static void cut_comment(cursor *c)
{
    if (at_end(c) || c->end[-1] != ')') {
        return;
    }
    const char *open = c->end - 1;
    while (open > c->at && *open != '(') {
        open--;
    }
    c->end = open;
    while (c->end > c->at && (c->end[-1] == ' ' || c->end[-1] == '\t')) {
        c->end--;
    }
}

/* "Tue, 11 Jan 2022 20:17:00 +0500": weekday, time, seconds and zone may be missing. */
static bool read_mail(cursor c, dsr_moment_parts *parts)
{
    cut_comment(&c);
    int weekday = -1;
    if (!at_end(&c) && is_letter(*c.at)) {
        weekday = weekday_of(take_letters(&c));
        if (weekday < 0 || !take_char(&c, ',')) {
            return false;
        }
        (void)take_blanks(&c);
    }
    size_t count = digits_ahead(&c);
    if (count < 1 || count > 2 || !take_digits(&c, count, &parts->day) || !take_blanks(&c)) {
        return false;
    }
    parts->month = month_of(take_letters(&c));
    if (parts->month == 0 || !take_blanks(&c) || !take_year(&c, &parts->year)) {
        return false;
    }
    /* A weekday that contradicts the date leaves open which of them is wrong (RFC 2822, 3.3: it must be the
     * day's own). */
    if (weekday >= 0 && dsr_weekday(dsr_days_from_date(parts->year, parts->month, parts->day)) != weekday) {
        return false;
    }
    if (at_end(&c)) {
        return true;
    }
    return take_blanks(&c) && take_time(&c, false, parts) && parts->minute >= 0 && take_rest(&c, parts);
}

bool dsr_moment_parse_parts(dsr_slice text, dsr_moment_parts *out)
{
    text = dsr_slice_trim(text);
    if (text.len == 0 || text.len > MOMENT_BYTES) {
        return false;
    }
    dsr_moment_parts parts = {.month = -1, .day = -1, .hour = -1, .minute = -1, .second = -1};
    cursor c = {text.ptr, text.ptr + text.len};
    size_t digits = digits_ahead(&c);
    bool read = digits == 4   ? read_iso(c, &parts)
                : digits == 8 ? read_compact(c, &parts)
                              : read_mail(c, &parts);
    if (read) {
        *out = parts;
    }
    return read;
}

dsr_status dsr_moment_parse(dsr_arena *arena, dsr_slice text, dsr_moment *out)
{
    dsr_moment_parts parts;
    if (!dsr_moment_parse_parts(text, &parts)) {
        return DSR_ERR_INPUT;
    }
    return dsr_moment_from_parts(arena, &parts, out);
}
