/* Dates and shares in words. */
#ifndef DSR_PRESENT_DATES_H
#define DSR_PRESENT_DATES_H

#include "model/moment.h"

/* Days since 1970 of the first and the last day of a moment, as a reader counts them; false where it is
 * unknown, or known no better than to a month. */
enum { DSR_DATE_ROOM = 64 };
bool dsr_date_days(const dsr_moment *moment, int64_t *first, int64_t *last);
/* The same of the interval [earliest, latest) of a story, of which no ISO text is at hand. */
void dsr_date_days_of_interval(int64_t earliest, int64_t latest, int64_t *first, int64_t *last);
/* "11 Jan 20:17", "11-12 Jan" (en dash), "Jan 2022"; the year where asked for; "" where unknown. Blanks do
 * not break. */
void dsr_date_short(const dsr_moment *moment, bool with_year, char out[DSR_DATE_ROOM]);
/* "10-12 January 2022", "30 December 2021 - 2 January 2022", with en dashes; months by their first three
 * letters where `brief`. */
void dsr_date_range(int64_t first, int64_t last, bool brief, char out[DSR_DATE_ROOM]);
/* "Mon 10 Jan", "10-16 Jan", "Jan 2022", "2014"; the year of days where it is not `year`. */
void dsr_date_label(int64_t first, int64_t last, int year, char out[DSR_DATE_ROOM]);

/* "57 %" with a blank that does not break; "<1 %". */
void dsr_format_share(uint32_t thousandths, char out[16]);

#endif
