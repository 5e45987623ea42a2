/* Text laid out on lines: tones, cells, paragraphs wrapped at words, a citation at the right edge. It makes
 * text harmless (control characters become U+FFFD, runs of white space one blank). It must not know what a
 * story is.
 *
 * A paragraph is written piece by piece (tone, text, print, cell), then laid out by dsr_paint_end. The first
 * failure is kept in the buffers; dsr_paint_close tells it. One thread. */
#ifndef DSR_PRESENT_PAINT_H
#define DSR_PRESENT_PAINT_H

#include "present/present.h"

enum { DSR_WIDTH_LEAST = 40, DSR_WIDTH_MOST = 200, DSR_WIDTH_USUAL = 100 };

typedef enum dsr_tone {
    DSR_TONE_PLAIN,
    DSR_TONE_TITLE, /* headlines, headings */
    DSR_TONE_QUIET, /* citations, furniture */
    DSR_TONE_MARK,  /* the first accent: sources */
    DSR_TONE_FROM,  /* the second accent: what only the source has */
    DSR_TONE_TO,    /* what only the copy has */
    DSR_TONES
} dsr_tone;

typedef struct dsr_paint {
    dsr_buffer *to;
    dsr_look look;   /* width within its bounds */
    dsr_buffer text; /* the paragraph so far: harmless text, and marks of our own below U+0020 */
    dsr_buffer tail; /* what goes to the right edge of its last line */
    dsr_tone tone;
} dsr_paint;

/* Where a paragraph stands. */
typedef struct dsr_layout {
    unsigned first; /* columns before its first line */
    unsigned rest;  /* columns before its other lines */
    unsigned lines; /* at most so many lines, the last ends in an ellipsis; 0: as many as it takes */
} dsr_layout;

/* `to` is borrowed. Allocates nothing yet. */
void dsr_paint_open(dsr_paint *paint, dsr_buffer *to, dsr_look look);
/* Gives up what was painted but not ended. DSR_OK, or the first failure. */
dsr_status dsr_paint_close(dsr_paint *paint) DSR_MUST_CHECK;

/* Keeps the first failure of something else that the page needed. */
void dsr_paint_fail(dsr_paint *paint, dsr_status status);

/* The tone of what follows in this paragraph. */
void dsr_paint_tone(dsr_paint *paint, dsr_tone tone);
/* Hostile text. U+00A0 is a blank at which no line ends. */
void dsr_paint_text(dsr_paint *paint, dsr_slice text);
void dsr_paint_toned(dsr_paint *paint, dsr_tone tone, dsr_slice text);
/* printf, made harmless in the same way; at most 1,000 bytes. */
void dsr_paint_print(dsr_paint *paint, const char *format, ...) DSR_FORMAT(2, 3);
/* Blanks at which no line ends. */
void dsr_paint_pad(dsr_paint *paint, unsigned columns);
/* Text in exactly `columns` columns: padded at its right (at its left where `right`), or cut with an
 * ellipsis. */
void dsr_paint_cell(dsr_paint *paint, dsr_slice text, unsigned columns, bool right);
/* Whether the paragraph ends in white space, or is empty. */
bool dsr_paint_is_blank(const dsr_paint *paint);
/* What stands at the right edge of the last line; every line leaves its columns free. printf, at most 200
 * bytes; what is wider than half of the width is cut. */
void dsr_paint_tail(dsr_paint *paint, const char *format, ...) DSR_FORMAT(2, 3);

/* Lays the paragraph out and begins a new one. An empty paragraph without a tail gives nothing. */
void dsr_paint_end(dsr_paint *paint, dsr_layout layout);
void dsr_paint_blank_line(dsr_paint *paint);
/* A heading: title in capitals, note at the right edge or, where there is no room, under it. NULL: no note.
 */
void dsr_paint_heading(dsr_paint *paint, const char *title, const char *note);

/* Columns that `text` takes when painted. */
unsigned dsr_paint_columns(dsr_slice text);
/* The longest beginning of `text` that takes at most `columns` columns and ends at a word's end; where its
 * first word is wider, it is cut within it. */
dsr_slice dsr_paint_head(dsr_slice text, unsigned columns);
/* The same at its end. */
dsr_slice dsr_paint_rear(dsr_slice text, unsigned columns);

#endif
