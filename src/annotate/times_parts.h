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

/* The year that stands at word `at` in digits ("1998", "'98" where `any`); DSR_UNSAID. */
int32_t dsr_time_year_at(const dsr_number_words *words, size_t at);
/* A year in words: "nineteen ninety-six", "two thousand and fifteen"; its end, or `at`. */
size_t dsr_time_spoken_year(const dsr_number_words *words, size_t at, int16_t *year);
/* The month at `at`, 1 to 12, where the word can only be one here; 0. *end is behind it and its stop. */
int16_t dsr_time_month_at(const dsr_number_words *words, size_t at, size_t *end);

/* Whether what stands around words [from, to) is told of the past (-1), of what is to come (1), or neither.
 */
/* No verb of the past stands among the few words before `at`. */
bool dsr_time_is_loose(const dsr_number_words *words, size_t at);
int dsr_time_tense(const dsr_number_words *words, size_t from, size_t to);

#endif
