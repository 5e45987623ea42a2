/* What the files that read times share. Only src/annotate/times*.c include it. */
#ifndef DSR_ANNOTATE_TIMES_PARTS_H
#define DSR_ANNOTATE_TIMES_PARTS_H

#include "annotate/number.h"
#include "model/report.h"

/* A time under way: words [from, to). */
typedef struct dsr_time_match {
    size_t from, to;
    dsr_time_type type;
    dsr_time_mod mod;
    dsr_time_form form;
} dsr_time_match;

/* A form that says nothing. */
dsr_time_form dsr_time_form_none(void);
/* The unit that a symbol of the tables means. */
dsr_time_unit dsr_time_unit_of(int32_t symbol);

/* The letters of a season or part of the day, packed; 0 where the word has none. */
int32_t dsr_time_symbol(const dsr_number_words *words, size_t at);

/* Each reader looks for one kind of time that begins at word `at`, without its article, and fills *out; false
 * where there is none. */
bool dsr_time_read_date(const dsr_number_words *words, size_t at, dsr_time_match *out);  /* times_dates.c */
bool dsr_time_read_clock(const dsr_number_words *words, size_t at, dsr_time_match *out); /* times_clock.c */
bool dsr_time_read_relative(const dsr_number_words *words, size_t at,
                            dsr_time_match *out); /* times_relative.c */
bool dsr_time_read_length(const dsr_number_words *words, size_t at,
                          dsr_time_match *out); /* times_lengths.c */
/* Behind a day or a point: "night", "10 a.m.": its end, or `at`. */
size_t dsr_time_read_part(const dsr_number_words *words, size_t at, dsr_time_form *form);
/* Any of them, with article, "early", "the end of", hedges: the longest. */
bool dsr_time_read(const dsr_number_words *words, size_t at, dsr_time_match *out); /* times_whole.c */

/* Writes the value of a length or of what is repeated: times_value.c */
void dsr_time_write_length(const dsr_time_form *form, char *out, size_t room);

enum { DSR_TIME_YEAR_FIRST = 1000, DSR_TIME_YEAR_LAST = 2999 };
/* Dates in digits, for times_dates.c: times_digits.c */
bool dsr_time_read_numeric(const dsr_number_words *words, size_t at, dsr_time_match *out);
bool dsr_time_read_slashed(const dsr_number_words *words, size_t at, dsr_time_match *out);
bool dsr_time_read_month_digits(const dsr_number_words *words, size_t at, dsr_time_match *out);
/* Two digits of a year: from 50 on they are of the last century. */
int16_t dsr_time_short_year(uint32_t value);

/* The year that stands at word `at` in digits ("1998", "'98" where `any`); DSR_UNSAID. */
int32_t dsr_time_year_at(const dsr_number_words *words, size_t at);
/* A year in words: "nineteen ninety-six", "two thousand and fifteen"; its end, or `at`. */
size_t dsr_time_spoken_year(const dsr_number_words *words, size_t at, int16_t *year);
/* A day of the month in digits or words ("11", "11th", "eleventh"); its end, or `at`. */
size_t dsr_time_read_day(const dsr_number_words *words, size_t at, int16_t *day);
/* "11 January [2022]", "the 5th of July" */
bool dsr_time_read_day_month(const dsr_number_words *words, size_t at, dsr_time_match *out);
/* ", 1998", " of 1998" behind a month or day; its end, or `at`. */
size_t dsr_time_read_year_behind(const dsr_number_words *words, size_t at, int16_t *year);
/* Whether the digits before `at` go on there: "11.5", "11:30", "11%". */
bool dsr_time_goes_on(const dsr_number_words *words, size_t at);

/* ---- times that share their parts: times_shared.c ---- */

/* Behind "to", "-", "and", "or" at `at`; `at` where none stands. */
size_t dsr_time_skip_joint(const dsr_number_words *words, size_t at);
/* The day of "9 to 12 June", whose month stands behind the second. */
bool dsr_time_read_shared_day(const dsr_number_words *words, size_t at, dsr_time_match *out);
/* The second of "June 9-12", "10:30 to 3", right behind the first; a year behind it is the first one's, too.
 */
bool dsr_time_read_second(const dsr_number_words *words, dsr_time_match *first, dsr_time_match *out);
/* What two times one behind the other take from each other: the year of "June to July 2015", the day of
 * "Friday, at 10 p.m.". `from` to `to`: the words between them. */
void dsr_time_share(const dsr_number_words *words, size_t from, size_t to, dsr_time *first, dsr_time *second);

/* The month at `at`, 1 to 12, where the word can only be one here; 0. *end is behind it and its stop. */
int16_t dsr_time_month_at(const dsr_number_words *words, size_t at, size_t *end);

/* The modifier that a phrase before the time gives ("before", "since", "no later than"), or behind it ("from
 * May on"); the phrase begins at *lead. DSR_TIME_MOD_NONE where the time is not open to a side. */
dsr_time_mod dsr_time_read_side(const dsr_number_words *words, const dsr_time_match *match,
                                size_t *lead); /* times_side.c */

/* "post-1959", "pre-2014" */
bool dsr_time_read_affixed(const dsr_number_words *words, size_t at, dsr_time_match *out);
/* Whether a length stands before the phrase at `lead`. */
bool dsr_time_is_measured(const dsr_number_words *words, size_t lead);
/* What a modifier of a length says once the length is a distance: "more than a year ago" is before that year.
 */
dsr_time_mod dsr_time_side_of_distance(dsr_time_mod mod, int direction);

/* Whether what stands around words [from, to) is told of the past (-1), of what is to come (1), or neither.
 */
/* No verb of the past stands among the few words before `at`. */
bool dsr_time_is_loose(const dsr_number_words *words, size_t at);
int dsr_time_tense(const dsr_number_words *words, size_t from, size_t to);

#endif
