/* Bytes of unknown encoding -> UTF-8 with a map back. encoding.c decides, wide.c knows UTF-16 and UTF-32,
 * charset.c everything that the C library and uchardet know. */
#ifndef DSR_READ_ENCODING_H
#define DSR_READ_ENCODING_H

#include "read/text_out.h"

/* Decodes a whole file whose bytes begin at `offset`: sets text, source_map, source.encoding and adds
 * warnings. A mark of byte order is no part of the text. DSR_ERR_INPUT where the bytes are no text (the
 * message says why), DSR_ERR_LIMIT, DSR_ERR_MEMORY. */
dsr_status dsr_encoding_decode(dsr_arena *arena, dsr_slice bytes, uint64_t offset, dsr_report *report,
                               dsr_error *error) DSR_MUST_CHECK;

/* UTF-16 and UTF-32. */
typedef struct dsr_wide {
    const char *name; /* "UTF-16LE" ...; NULL: neither */
    unsigned unit;    /* 2 or 4 bytes */
    bool big;         /* the high byte comes first */
    size_t mark;      /* bytes of the mark of byte order */
} dsr_wide;
/* By the mark of byte order, else by where the zero bytes stand. */
dsr_wide dsr_wide_tell(dsr_slice bytes);
/* The unit (of the encoding, not the character) at byte `at`; needs wide.unit bytes there. */
uint32_t dsr_wide_unit(dsr_wide wide, dsr_slice bytes, size_t at);
void dsr_wide_decode(dsr_wide wide, dsr_slice bytes, uint64_t offset, dsr_text_out *out);

/* The encoding for which uchardet takes a sample: a name for dsr_charset_decode and for people; NULL where it
 * cannot tell or names one that is dealt with elsewhere. */
const char *dsr_charset_guess(dsr_slice sample);
/* Decodes; what stands for no character becomes U+FFFD and is counted. False where the C library does not
 * know the encoding. */
bool dsr_charset_decode(const char *name, dsr_slice bytes, uint64_t offset, dsr_text_out *out);

#endif
