/* Records for the tests of this room: random ones, which hold something of everything, and a comparison of
 * all fields. */
#ifndef DSR_TEST_MAKE_REPORT_H
#define DSR_TEST_MAKE_REPORT_H

#include "model/report.h"

/* A small generator of numbers (splitmix64), so that a seed always makes the same record. */
typedef struct dice {
    uint64_t state;
} dice;
uint64_t dice_next(dice *d);
/* 0 ... below - 1 */
uint64_t dice_roll(dice *d, uint64_t below);

/* A sound record of about `pieces` words: ASCII, accents, combining marks, characters of three and four
 * bytes, NUL, source map runs of every unit, and every list filled or empty as the dice fall. */
dsr_report make_report(dsr_arena *arena, uint64_t seed, size_t pieces);
/* A record with every field empty but the text. */
dsr_report make_plain_report(const char *text);
/* Fails the test where two records differ anywhere. */
void assert_same_report(const dsr_report *a, const dsr_report *b);

#endif
