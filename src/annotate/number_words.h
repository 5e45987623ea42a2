/* A sentence as runs of letters, runs of digits and signs, each with what the tables of number, time and
 * measure say of it. Finer than tokens: "19-Nov-12" is five words here, "10k" two. */
#ifndef DSR_ANNOTATE_NUMBER_WORDS_H
#define DSR_ANNOTATE_NUMBER_WORDS_H

#include "lexicon/terms.h"

typedef enum dsr_word_kind { DSR_WORD_NONE, DSR_WORD_LETTERS, DSR_WORD_DIGITS, DSR_WORD_SIGN } dsr_word_kind;

typedef struct dsr_number_word {
    dsr_span span;
    const dsr_term *term; /* NULL: none */
    uint32_t value;       /* of digits; UINT32_MAX where it is larger */
    uint8_t kind;         /* dsr_word_kind */
    char sign;            /* ASCII; every dash is '-', every apostrophe '\''; 0 where it has no ASCII */
    bool space;           /* white space stands before it */
    bool capital;         /* begins with a capital */
    bool capitals;        /* nothing but capitals */
} dsr_number_word;

/* The words of one sentence. What lies past its ends is a word of no kind. */
typedef struct dsr_number_words {
    dsr_slice text; /* the report's */
    const dsr_terms *terms;
    DSR_LIST(dsr_number_word) list;
} dsr_number_words;

/* Replaces the words by those of text[span]. */
dsr_status dsr_number_words_read(dsr_arena *arena, dsr_number_words *words, dsr_span span) DSR_MUST_CHECK;

extern const dsr_number_word dsr_number_no_word;
static inline const dsr_number_word *dsr_word(const dsr_number_words *words, size_t at)
{
    return at < words->list.count ? &words->list.items[at] : &dsr_number_no_word;
}
static inline uint8_t dsr_word_number(const dsr_number_words *words, size_t at)
{
    const dsr_term *term = dsr_word(words, at)->term;
    return term ? term->number : (uint8_t)DSR_NUMBER_NONE;
}
static inline uint8_t dsr_word_time(const dsr_number_words *words, size_t at)
{
    const dsr_term *term = dsr_word(words, at)->term;
    return term ? term->time : (uint8_t)DSR_TIMEWORD_NONE;
}
static inline int32_t dsr_word_time_value(const dsr_number_words *words, size_t at)
{
    const dsr_term *term = dsr_word(words, at)->term;
    return term ? term->time_value : 0;
}
static inline bool dsr_word_is_sign(const dsr_number_words *words, size_t at, char sign)
{
    const dsr_number_word *word = dsr_word(words, at);
    return word->kind == DSR_WORD_SIGN && word->sign == sign;
}
static inline bool dsr_word_is_digits(const dsr_number_words *words, size_t at)
{
    return dsr_word(words, at)->kind == DSR_WORD_DIGITS;
}
/* Whether a sign stands at `at` with nothing between it and its neighbours. */
bool dsr_word_is_tight(const dsr_number_words *words, size_t at, char sign);
static inline size_t dsr_word_length(const dsr_number_word *word)
{
    return word->span.end - word->span.start;
}
/* "one" - "two": the places of a hyphen between words, with or without blanks around it; else `at`. */
size_t dsr_skip_hyphen(const dsr_number_words *words, size_t at);
/* The longest phrase of the tables that begins at `at` and that `accept` takes; its end goes to *end. A
 * single word counts. NULL where there is none. */
const dsr_term *dsr_find_phrase(const dsr_number_words *words, size_t at, bool (*accept)(const dsr_term *),
                                size_t *end);
/* The word equals an ASCII text in lower case. */
bool dsr_word_equals(const dsr_number_words *words, size_t at, const char *lower);

#endif
