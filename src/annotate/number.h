/* Numbers as a text writes them: digits, words and mixtures. Knows neither what is counted nor dates. */
#ifndef DSR_ANNOTATE_NUMBER_H
#define DSR_ANNOTATE_NUMBER_H

#include "annotate/number_words.h"
#include "model/decimal.h"

typedef enum dsr_number_kind {
    DSR_NUMBER_IS_INTEGER,
    DSR_NUMBER_IS_DECIMAL,
    DSR_NUMBER_IS_FRACTION,
    DSR_NUMBER_IS_POWER,
    DSR_NUMBER_IS_ORDINAL,
    DSR_NUMBER_IS_VAGUE /* "dozens", "hundreds of thousands", "a few hundred": low and high, no value */
} dsr_number_kind;
const char *dsr_number_kind_name(dsr_number_kind kind);

typedef struct dsr_number {
    size_t from, to; /* words, end exclusive */
    dsr_number_kind kind;
    dsr_decimal value;
    dsr_decimal low, high;
    /* Its last word is a power of ten written short ("10m"), which may be a measure as well: the number
     * without it. */
    bool is_short;
    size_t plain_to;
    dsr_decimal plain;
    bool spoken; /* begins with a word */
    bool bare;   /* a lone word: "one", "a third" */
} dsr_number;

/* The longest number that begins at word `at`; false where none does. Ordinals are numbers of their own kind.
 * Time is linear in the number's length. */
bool dsr_number_read(const dsr_number_words *words, size_t at, dsr_number *out);

/* For number.c: digits with their groups and point, exponent, fraction; words. */
bool dsr_number_read_digits(const dsr_number_words *words, size_t at, dsr_number *out);
/* Words, or digits that words follow ("3 hundred and 21"). */
bool dsr_number_read_spoken(const dsr_number_words *words, size_t at, dsr_number *out);
/* "½" at `at`: false where there is none. */
bool dsr_number_read_sign_fraction(const dsr_number_words *words, size_t at, dsr_decimal *out);

#endif
