/* Words of number, time and measure, in one look-up: data/<code>/numerals.tsv, times.tsv, units.tsv, and the
 * months and weekdays. A line is a class, a value and spellings; the classes are those of the enumerations
 * below, the spellings are words or phrases. What a class means is for annotate/ to say. */
#ifndef DSR_LEXICON_TERMS_H
#define DSR_LEXICON_TERMS_H

#include "lexicon/lexicon.h"

typedef enum dsr_number_class {
    DSR_NUMBER_NONE,
    DSR_NUMBER_UNIT,    /* 0 to 9 */
    DSR_NUMBER_TEEN,    /* 10 to 19 */
    DSR_NUMBER_TENS,    /* 20 to 90 */
    DSR_NUMBER_HUNDRED, /* value: 2, the power of ten */
    DSR_NUMBER_HUNDREDS,
    DSR_NUMBER_SCALE, /* value: the power of ten */
    DSR_NUMBER_SCALES,
    DSR_NUMBER_SHORT, /* a power of ten, written short: only behind digits */
    DSR_NUMBER_DOZEN, /* value: what it stands for */
    DSR_NUMBER_DOZENS,
    DSR_NUMBER_ORDINAL,
    DSR_NUMBER_ORDINALS,
    DSR_NUMBER_ORDINAL_SCALE, /* value: the power of ten */
    DSR_NUMBER_ORDINAL_SCALES,
    DSR_NUMBER_PART, /* half, quarter: value the denominator */
    DSR_NUMBER_PARTS,
    DSR_NUMBER_ARTICLE,
    DSR_NUMBER_AND,
    DSR_NUMBER_POINT,
    DSR_NUMBER_MINUS,
    DSR_NUMBER_OVER, /* "one over three", "one out of three" */
    DSR_NUMBER_OF,
    DSR_NUMBER_FEW,    /* few, several, many: no number, but before "hundred" a range */
    DSR_NUMBER_COUPLE, /* two, or about two */
    DSR_NUMBER_SUFFIX, /* behind digits: "st", "nd" */
    DSR_NUMBER_PLACE,  /* an ordinal that is told by its place: next, last; value packed */
    DSR_NUMBER_PERCENT,
    DSR_NUMBER_CLASSES
} dsr_number_class;

typedef enum dsr_time_class {
    DSR_TIMEWORD_NONE,
    DSR_TIMEWORD_UNIT, /* value: packed letters of the unit */
    DSR_TIMEWORD_UNITS,
    DSR_TIMEWORD_MONTH,
    DSR_TIMEWORD_WEEKDAY,
    DSR_TIMEWORD_WEEKDAYS,
    DSR_TIMEWORD_SEASON,
    DSR_TIMEWORD_PART, /* of the day */
    DSR_TIMEWORD_PARTS,
    DSR_TIMEWORD_CLOCK,    /* noon, midnight: value the hour */
    DSR_TIMEWORD_MERIDIEM, /* value 0 or 12 */
    DSR_TIMEWORD_ZONE,     /* value: minutes east of UTC */
    DSR_TIMEWORD_DAY,      /* yesterday, today, tomorrow: value the distance */
    DSR_TIMEWORD_DAYPART,  /* tonight, overnight: value the part, of today */
    DSR_TIMEWORD_REF,      /* value -1 past, 0 present, 1 future */
    DSR_TIMEWORD_LAST,     /* value -1 last, 0 this, 1 next */
    DSR_TIMEWORD_PAST,     /* the same for words that also stand alone: past, current, coming */
    DSR_TIMEWORD_RECENT,   /* value -1, 1: before a plural a vague time */
    DSR_TIMEWORD_THAT,     /* what was told of: value -1, 0, 1 */
    DSR_TIMEWORD_EACH,
    DSR_TIMEWORD_FREQUENCY, /* daily: value the unit */
    DSR_TIMEWORD_HOLIDAY,
    DSR_TIMEWORD_POSITION, /* early, mid, late: value packed */
    DSR_TIMEWORD_EDGE,     /* beginning, middle, end */
    DSR_TIMEWORD_AGO,
    DSR_TIMEWORD_EARLIER, /* value -1 earlier, 1 later */
    DSR_TIMEWORD_AFTER,   /* value -1 before, 1 after */
    DSR_TIMEWORD_SINCE,   /* opens a stretch that lasts until now */
    DSR_TIMEWORD_FROM,
    DSR_TIMEWORD_TO,   /* value 1 until, 2 through */
    DSR_TIMEWORD_SIDE, /* "no later than": value B, A, OB, OA: before, after, on or before, on or after */
    DSR_TIMEWORD_BETWEEN,
    DSR_TIMEWORD_IN,
    DSR_TIMEWORD_AT,
    DSR_TIMEWORD_ON,
    DSR_TIMEWORD_OF,
    DSR_TIMEWORD_BY,
    DSR_TIMEWORD_THE,
    DSR_TIMEWORD_FISCAL,
    DSR_TIMEWORD_LATEST,
    DSR_TIMEWORD_DECADE, /* nineties: value 90 */
    DSR_TIMEWORD_YEAR_AGO,
    DSR_TIMEWORD_HALF,
    DSR_TIMEWORD_OLD,
    DSR_TIMEWORD_SPAN, /* period, term, time */
    DSR_TIMEWORD_GLUE, /* may stand inside: "more", "full", "consecutive" */
    DSR_TIMEWORD_OR_SO,
    DSR_TIMEWORD_ALL, /* "all week" */
    DSR_TIMEWORDS
} dsr_time_class;

/* Words that say something of what stands beside them. */
typedef enum dsr_cue_class {
    DSR_CUE_NONE,
    DSR_CUE_ABOUT,
    DSR_CUE_NEARLY,
    DSR_CUE_MORE_THAN,
    DSR_CUE_AT_LEAST,
    DSR_CUE_LESS_THAN,
    DSR_CUE_UP_TO,
    DSR_CUE_EXACTLY,
    DSR_CUE_OR_MORE, /* behind the number */
    DSR_CUE_OR_LESS,
    DSR_CUE_FUTURE, /* a verb of what is to come */
    DSR_CUE_PAST,   /* a verb of what was */
    DSR_CUE_PRESENT,
    DSR_CUE_LABEL, /* a number behind it names something: "No.", "version", "Flight" */
    DSR_CUE_STOP,  /* ends a thing that is counted */
    DSR_CUE_CLASSES
} dsr_cue_class;

/* A measure or currency. */
typedef struct dsr_unit {
    dsr_slice kind; /* "currency" "length" "weight" ... */
    dsr_slice name; /* "Dollar", "Kilometer" */
    dsr_slice code; /* ISO 4217 of a currency that is one for sure; else no value */
} dsr_unit;

enum { DSR_NO_UNIT = 0xffff };
typedef struct dsr_term {
    uint8_t number, time, cue; /* dsr_number_class, dsr_time_class, dsr_cue_class */
    uint8_t longest;           /* words of the longest phrase that begins with this word; 0: none */
    int32_t number_value, time_value;
    /* DSR_NO_UNIT: none. [1]: only where it is written in capitals */
    uint16_t unit[2];        /* behind a number */
    uint16_t unit_also;      /* what the word means besides: pounds of money and of weight */
    uint16_t unit_before[2]; /* before a number */
} dsr_term;

/* Symbols of two or three letters as values: "MO" in a table is DSR_SYMBOL2('M', 'O'). */
#define DSR_SYMBOL1(a)       (0x40000000 | (int32_t)(a))
#define DSR_SYMBOL2(a, b)    (0x40000000 | (int32_t)(a) << 8 | (int32_t)(b))
#define DSR_SYMBOL3(a, b, c) (0x40000000 | (int32_t)(a) << 16 | (int32_t)(b) << 8 | (int32_t)(c))

typedef struct dsr_terms dsr_terms;
/* The terms of a language, of English where the language could not be told; NULL where it has none. Lent by
 * the lexicon. */
const dsr_terms *dsr_lexicon_terms(const dsr_lexicon *lexicon, dsr_slice language);
/* The term of a folded word, or of folded words joined by one blank; NULL. A word is a run of letters, a run
 * of digits, or one sign; hyphens, stops, apostrophes and white space part words and are left out. A word
 * that only begins phrases has a term without classes. */
const dsr_term *dsr_terms_find(const dsr_terms *terms, dsr_slice folded);
/* NULL for DSR_NO_UNIT. */
const dsr_unit *dsr_terms_unit(const dsr_terms *terms, uint16_t unit);

/* For the lexicon's loader: reads what `folder` has of the tables of a language into *terms (made where NULL;
 * the arena holds what it points to). A table that is not there is no failure. */
dsr_status dsr_terms_read(dsr_arena *arena, const char *folder, dsr_slice code, dsr_terms **terms,
                          dsr_error *error) DSR_MUST_CHECK;
void dsr_terms_drop(dsr_terms *terms);

#endif
