/* Apostrophes at a word's beginning, and the sides of a quotation mark. Only src/language includes it. */
#ifndef DSR_LANGUAGE_MARKS_H
#define DSR_LANGUAGE_MARKS_H

#include "base/slice.h"

/* The end of the word that begins at `at`, behind an apostrophe, where letters were left out before it
 * ("'90s", "'em", "rock 'n' roll"); `at` where the apostrophe is none of these. */
size_t dsr_elision_end(dsr_slice text, size_t at, size_t end);

typedef struct dsr_sides {
    bool opens;  /* white space, a bracket, a dash or nothing stands before, and something behind it */
    bool closes; /* the reverse */
} dsr_sides;
/* How the mark text[at, at + length) stands between its neighbours in text[start, end); marks next to it are
 * looked through. */
dsr_sides dsr_mark_sides(dsr_slice text, size_t start, size_t end, size_t at, size_t length);

#endif
