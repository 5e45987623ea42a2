/* What a character is for telling sentences, tokens and quotations apart. Coarser than Unicode's own classes
 * and faster: ASCII is one look into a table. Only src/language includes it. */
#ifndef DSR_LANGUAGE_CHARS_H
#define DSR_LANGUAGE_CHARS_H

#include "base/slice.h"

#include <stdint.h>

typedef enum dsr_char_class {
    DSR_CHAR_SPACE,  /* white space, and what lies past the ends of the text */
    DSR_CHAR_LETTER, /* letters, combining marks, joiners, soft hyphens, "_" */
    DSR_CHAR_DIGIT,
    DSR_CHAR_STOP,   /* . ! ? and the ellipsis */
    DSR_CHAR_SINGLE, /* a single quotation mark or apostrophe */
    DSR_CHAR_DOUBLE, /* a double quotation mark, guillemets and corner brackets included */
    DSR_CHAR_OPEN,   /* an opening bracket */
    DSR_CHAR_CLOSE,  /* a closing bracket */
    DSR_CHAR_DASH,   /* hyphens and dashes */
    DSR_CHAR_PUNCTUATION,
    DSR_CHAR_SYMBOL
} dsr_char_class;

typedef struct dsr_char {
    uint32_t code_point;
    uint8_t kind;   /* dsr_char_class */
    uint8_t length; /* bytes; 0 past the ends */
} dsr_char;

extern const uint8_t dsr_char_ascii[128];

/* The class of a character past ASCII. */
dsr_char_class dsr_char_classify(uint32_t cp);
dsr_char dsr_char_decode(dsr_slice text, size_t at);
dsr_char dsr_char_decode_before(dsr_slice text, size_t at);

/* The character that begins at byte `at`. */
static inline dsr_char dsr_char_at(dsr_slice text, size_t at)
{
    if (at < text.len && (unsigned char)text.ptr[at] < 128) {
        unsigned char c = (unsigned char)text.ptr[at];
        return (dsr_char){c, dsr_char_ascii[c], 1};
    }
    return dsr_char_decode(text, at);
}

/* The character that ends before byte `at`. */
static inline dsr_char dsr_char_before(dsr_slice text, size_t at)
{
    if (at > 0 && at <= text.len && (unsigned char)text.ptr[at - 1] < 128) {
        unsigned char c = (unsigned char)text.ptr[at - 1];
        return (dsr_char){c, dsr_char_ascii[c], 1};
    }
    return dsr_char_decode_before(text, at);
}

bool dsr_char_is_upper(uint32_t code_point);
bool dsr_char_is_lower(uint32_t code_point); /* a letter that has an upper case and is not it */
/* "'" and its typographic forms that stand for letters left out. */
static inline bool dsr_char_is_apostrophe(uint32_t code_point)
{
    return code_point == '\'' || code_point == 0x2019 || code_point == 0x02bc;
}

/* `at` moved over white space, not past `end`. */
size_t dsr_skip_space(dsr_slice text, size_t at, size_t end);
/* `end` moved back over white space, not past `start`. */
size_t dsr_skip_space_back(dsr_slice text, size_t end, size_t start);
/* The end of the run of letters and digits that begins at `at`. */
size_t dsr_skip_word(dsr_slice text, size_t at, size_t end);

/* A word folded for the lexicon. */
enum { DSR_FOLD_ROOM = 64, DSR_FOLD_BYTES = 20 };
typedef struct dsr_folded {
    char bytes[DSR_FOLD_ROOM];
    size_t len;
} dsr_folded;
/* Folds a word of at most DSR_FOLD_BYTES bytes; a longer one becomes empty: no list holds it. */
dsr_slice dsr_fold_short(dsr_slice word, dsr_folded *folded);

#endif
