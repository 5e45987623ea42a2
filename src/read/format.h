/* The registry of formats: what read.c and reader.c ask, what a new format fills in. One file a format. */
#ifndef DSR_READ_FORMAT_H
#define DSR_READ_FORMAT_H

#include "read/read.h"

enum { DSR_SNIFF_BYTES = 4096 };

/* What the first bytes and the name of a file look like. */
typedef struct dsr_sniff {
    dsr_slice head; /* the first 4 KB or fewer, raw */
    dsr_slice name; /* base name of the path; "" for standard input */
    bool whole;     /* head is the whole file */
} dsr_sniff;

/* How the reader takes a file of the format apart. */
typedef enum dsr_cut {
    DSR_CUT_FILE,  /* one record a file */
    DSR_CUT_LINES, /* a record a line */
    DSR_CUT_VALUES /* JSON objects one after the other, or the items of an array */
} dsr_cut;

typedef struct dsr_format {
    const char *name;        /* as in source.format */
    const char *description; /* for messages: "plain text", "a WARC archive" */
    const char *advice;      /* what to do instead, where `decode` is NULL */
    /* How sure it is that this is its format: 0 no, 100 certain. Must not look past `head`. */
    int (*sniff)(const dsr_sniff *sniff);
    dsr_cut cut;
    /* Decodes one record; NULL: the format is known but cannot be read yet. Same contract as dsr_read_piece,
     * but it sets only source.{record,guid,url,encoding}, text, source_map, warnings and the meta fields that
     * the record states. */
    dsr_status (*decode)(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                         dsr_report *out, dsr_error *error);
} dsr_format;

/* All formats, most particular first; ends with a NULL. */
extern const dsr_format *const dsr_formats[];

/* The format that is surest; among equals the first. Never NULL: plain text is what nothing else claims. */
const dsr_format *dsr_format_tell(const dsr_sniff *sniff);
/* The format of that name; NULL where there is none. */
const dsr_format *dsr_format_named(const char *name);
/* Says why a file of a format without `decode` is set aside: what it is and what to do. Returns
 * DSR_ERR_INPUT. */
dsr_status dsr_format_refuse(const dsr_format *format, dsr_slice head, dsr_error *error);

/* What a binary file is, by its first bytes ("a PNG image"); NULL where they are those of no known kind. */
const char *dsr_binary_kind(dsr_slice head);
/* What to do with it; NULL likewise. */
const char *dsr_binary_advice(dsr_slice head);
/* The name of the format that claims a known kind for itself (gzip, zstd, pdf, zip); NULL for the others. */
const char *dsr_binary_format(dsr_slice head);

/* The sniffers and decoders that the registry in formats.c puts together. */
int dsr_sniff_jsonl(const dsr_sniff *sniff);
int dsr_sniff_json(const dsr_sniff *sniff);
int dsr_sniff_json_utf16(const dsr_sniff *sniff);
int dsr_sniff_jsonfeed(const dsr_sniff *sniff);
int dsr_sniff_ninjs(const dsr_sniff *sniff);
int dsr_sniff_html(const dsr_sniff *sniff);
int dsr_sniff_rss(const dsr_sniff *sniff);
int dsr_sniff_atom(const dsr_sniff *sniff);
int dsr_sniff_opml(const dsr_sniff *sniff);
int dsr_sniff_sitemap(const dsr_sniff *sniff);
int dsr_sniff_newsml_g2(const dsr_sniff *sniff);
int dsr_sniff_newsml_1(const dsr_sniff *sniff);
int dsr_sniff_nitf(const dsr_sniff *sniff);
int dsr_sniff_xml(const dsr_sniff *sniff);
dsr_status dsr_decode_text(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                           dsr_report *out, dsr_error *error);
dsr_status dsr_decode_json(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                           dsr_report *out, dsr_error *error);
dsr_status dsr_decode_html(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                           dsr_report *out, dsr_error *error);

#endif
