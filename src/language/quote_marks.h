/* The quotation marks of a stretch of text, each with how it stands. Only src/language includes it. */
#ifndef DSR_LANGUAGE_QUOTE_MARKS_H
#define DSR_LANGUAGE_QUOTE_MARKS_H

#include "model/report.h"

typedef enum dsr_mark_family {
    DSR_MARK_SINGLE,
    DSR_MARK_STRAIGHT, /* " */
    DSR_MARK_CURLY,    /* double, high or low, and `` '' */
    DSR_MARK_GUILLEMET,
    DSR_MARK_CORNER
} dsr_mark_family;

typedef struct dsr_mark {
    uint32_t at;
    uint32_t code_point;
    uint8_t length;
    uint8_t family;     /* dsr_mark_family */
    bool opens, closes; /* by what stands around it, see dsr_mark_sides */
    bool elision;       /* an apostrophe for letters left out at a word's beginning */
    bool possessive;    /* may be the apostrophe of "the players' union" */
} dsr_mark;
typedef DSR_LIST(dsr_mark) dsr_marks;

/* Puts the marks of text[within] into *out, whose old content is forgotten: at most `most`, and *reached is
 * where it stopped. Apostrophes inside words, inches and feet are left out. */
dsr_status dsr_marks_collect(dsr_arena *arena, dsr_slice text, dsr_span within, size_t most, dsr_marks *out,
                             size_t *reached) DSR_MUST_CHECK;

#endif
