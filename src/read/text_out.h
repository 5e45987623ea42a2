/* A report's text in the making, together with its map back to the source. It remembers its first failure;
 * one check at the end (dsr_text_out_finish) is enough. Must not know which format the bytes come from. */
#ifndef DSR_READ_TEXT_OUT_H
#define DSR_READ_TEXT_OUT_H

#include "model/report.h"

#include "base/buffer.h"

/* What happened to some characters, for one warning about all of them. */
typedef struct dsr_mishap {
    uint64_t count;
    uint64_t first; /* byte in the file */
} dsr_mishap;

typedef struct dsr_text_out {
    dsr_arena *arena;
    dsr_report *report; /* gets the source map; NULL: none is wanted */
    dsr_buffer text;
    dsr_status status; /* first failure of the map */
    dsr_mishap stray;  /* bytes that are not UTF-8 and were read as windows-1252 */
    dsr_mishap lost;   /* what is no character at all and became U+FFFD */
} dsr_text_out;

void dsr_text_out_open(dsr_text_out *out, dsr_arena *arena, dsr_report *report);
void dsr_text_out_drop(dsr_text_out *out);
/* Empties text, map and mishaps. */
void dsr_text_out_reset(dsr_text_out *out);

/* Appends UTF-8 that stands at `source`; `unit` as in dsr_source_map_run. */
void dsr_text_out_put(dsr_text_out *out, dsr_slice utf8, dsr_source_span source, uint8_t unit);
/* Appends one character that takes the `source` bytes. */
void dsr_text_out_put_char(dsr_text_out *out, uint32_t code_point, dsr_source_span source);
/* Appends U+FFFD for `source` bytes that are no character, and counts it. */
void dsr_text_out_put_lost(dsr_text_out *out, dsr_source_span source);
/* Appends bytes that should be UTF-8 and begin at `offset` of the file: what is UTF-8 as it stands, every
 * other byte as windows-1252 where that has a printable character there, else as U+FFFD. */
void dsr_text_out_put_mixed(dsr_text_out *out, dsr_slice bytes, uint64_t offset);

/* Hands over the text (in the arena) and drops the rest. DSR_ERR_MEMORY, or DSR_ERR_LIMIT where the text
 * passed DSR_LIMIT_TEXT_BYTES. The mishaps can still be looked at. */
dsr_status dsr_text_out_finish(dsr_text_out *out, dsr_slice *text) DSR_MUST_CHECK;
/* Warnings about the mishaps, if any. */
dsr_status dsr_text_out_warn(const dsr_text_out *out, dsr_arena *arena, dsr_report *report) DSR_MUST_CHECK;

/* Whether a text holds nothing that can be read: only white space, marks of order and control characters. */
bool dsr_text_is_blank(dsr_slice text);

#endif
