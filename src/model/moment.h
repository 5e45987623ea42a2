/* A point in time as precisely as it is known: an ISO 8601 text and the UTC interval in which it lies.
 * Proleptic Gregorian calendar, years 1000 to 3000; no clock and no time zone database is asked. */
#ifndef DSR_MODEL_MOMENT_H
#define DSR_MODEL_MOMENT_H

#include "base/arena.h"

typedef struct dsr_moment {
    dsr_slice iso;    /* "2022", "2022-01", "2022-01-11", "2022-01-11T20:17", "2022-01-11T20:17:00+05:00"; no
                         value: unknown */
    int64_t earliest; /* seconds since 1970-01-01T00:00Z; meaningless where iso has no value */
    int64_t latest;   /* end of the interval, exclusive */
} dsr_moment;

/* The parts of a moment as a text tells them; what it does not tell is -1 (zone: has_zone). */
typedef struct dsr_moment_parts {
    int year, month, day, hour, minute, second;
    bool has_zone;
    int zone_minutes; /* east of UTC */
} dsr_moment_parts;

/* Days since 1970-01-01 of a date that exists (Howard Hinnant, "chrono-compatible low-level date
 * algorithms"). */
int64_t dsr_days_from_date(int year, int month, int day);
void dsr_date_from_days(int64_t days, int *year, int *month, int *day);
int dsr_days_in_month(int year, int month);
/* 0 Monday ... 6 Sunday */
int dsr_weekday(int64_t days);

/* Builds the moment from its parts: `iso` (in `arena`) as precise as they are, the interval from the zone;
 * without a zone an hour may lie anywhere from UTC+14 to UTC-12, and a day begins 14 hours early and ends 12
 * hours late. A zone without an hour narrows the interval only: ISO 8601 cannot say it. A leap second counts
 * as the second before it. DSR_ERR_INPUT where the parts are no date (31 February, hour 25, year 999, a day
 * without its month, UTC+15), DSR_ERR_MEMORY. */
dsr_status dsr_moment_from_parts(dsr_arena *arena, const dsr_moment_parts *parts,
                                 dsr_moment *out) DSR_MUST_CHECK;
/* Reads ISO 8601 (date, date and time with "T" or a blank, seconds, fractions, "Z", "+05:00", "+0500"), RFC
 * 822/2822
 * ("Tue, 11 Jan 2022 20:17:00 +0500", "GMT") and compact "20220111", "20220111T201700Z". Month names are
 * English: the formats are. White space around it is ignored. DSR_ERR_INPUT where it is none of these,
 * DSR_ERR_MEMORY. */
dsr_status dsr_moment_parse(dsr_arena *arena, dsr_slice text, dsr_moment *out) DSR_MUST_CHECK;
/* The same without building a moment: false where it is none of these. It says nothing about ranges:
 * only dsr_moment_from_parts knows whether there is such a day and hour. */
bool dsr_moment_parse_parts(dsr_slice text, dsr_moment_parts *out);
/* Whether `iso` has one of the forms that dsr_moment_from_parts writes and the interval is one, within the
 * years that are known; a moment without a value is sound. */
bool dsr_moment_is_sound(const dsr_moment *moment);
/* Whether something published then was published at a time or later, or at that time or before. Where one of
 * both is known to the day only, days count as they stand there, whatever the zone. False where it is not
 * known. */
bool dsr_moment_is_since(const dsr_moment *published, const dsr_moment *since);
bool dsr_moment_is_until(const dsr_moment *published, const dsr_moment *until);
/* Writes seconds since 1970 as "2022-01-11T20:17:00Z" (20 characters and a NUL); what lies outside the years
 * 0 to 9999 is written as the nearest second inside. */
void dsr_moment_format_utc(int64_t seconds, char out[24]);

#endif
