/* Bytes -> reports. Inputs are files, folders and "-"; the format is told by content first, name second.
 * Containers (JSON Lines) give many reports. What cannot be read is set aside with its reason and never stops
 * the rest.
 *
 * The work is cut in two so that it can be spread: dsr_reader_next (calling thread, in order) takes raw bytes
 * off the disk, dsr_read_piece (any thread) decodes them. */
#ifndef DSR_READ_READ_H
#define DSR_READ_READ_H

#include "base/threads.h"
#include "lexicon/lexicon.h"
#include "model/report.h"

/* What the user said for reports that state none, and the table of --meta. Lent for as long as readers use
 * it. */
typedef struct dsr_meta_table dsr_meta_table;
/* Reads a CSV (RFC 4180, UTF-8 with or without BOM; header row with any subset of path, outlet, url,
 * published, authors in any order; several authors separated by ";"). DSR_ERR_INPUT with line and reason
 * where it is broken or has no path column; unknown columns are an error that lists the known ones. */
dsr_status dsr_meta_table_open(const char *path, dsr_meta_table **out, dsr_error *error) DSR_MUST_CHECK;
void dsr_meta_table_close(dsr_meta_table *table);

typedef struct dsr_read_options {
    const dsr_meta_table *meta; /* may be NULL */
    dsr_slice published;        /* for reports that state none; may have no value */
    dsr_slice outlet;
    const dsr_lexicon *lexicon; /* pages need it; NULL: pages are set aside */
} dsr_read_options;

/* A raw report: the bytes of one file or of one record. Owned by whom the reader gave it to. */
typedef struct dsr_piece {
    dsr_slice path;     /* NUL-terminated in memory */
    const char *format; /* static: "text", "jsonl" ... ; NULL where status is not DSR_OK */
    char *bytes;        /* heap; NULL where status is not DSR_OK */
    size_t size;
    uint64_t offset;   /* of bytes in the file */
    uint64_t line;     /* of the record in a container, from 1; 0: the whole file */
    dsr_status status; /* not DSR_OK: this input is set aside, `error` tells why */
    dsr_error error;
} dsr_piece;
void dsr_piece_drop(dsr_piece *piece);

typedef struct dsr_reader dsr_reader;
/* Paths in the order given; the files of a folder in the byte order of their paths, hidden ones and links to
 * folders left out. `standard_input` is the file descriptor that "-" reads. Copies the paths; opens nothing
 * yet. */
dsr_status dsr_reader_open(const char *const *paths, size_t count, int standard_input, dsr_reader **out,
                           dsr_error *error) DSR_MUST_CHECK;
/* The next raw report or set-aside input; NULL at the end. At most DSR_LIMIT_REPORT_BYTES are in a piece; a
 * longer record is set aside and skipped without being held. *failed is set to DSR_ERR_MEMORY where a piece
 * could not even be made. */
dsr_piece *dsr_reader_next(dsr_reader *reader, dsr_status *failed);
/* Bytes read so far, and bytes in all where that is known without reading (else 0): for progress. */
void dsr_reader_position(const dsr_reader *reader, uint64_t *done, uint64_t *total);
void dsr_reader_close(dsr_reader *reader);

/* Decodes one raw report: fills id, key, source, text, source_map and the fields of meta that the source,
 * --meta or the options state (published_from METADATA or OPTION; a date that cannot be read is no date, with
 * a warning). The text is valid UTF-8, in the file's own characters. Everything lives in `arena`; nothing
 * points into the piece. DSR_ERR_INPUT (empty, binary, broken, a format that cannot be read yet: the message
 * names it), DSR_ERR_LIMIT, DSR_ERR_MEMORY. Any thread. */
dsr_status dsr_read_piece(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                          dsr_report *out, dsr_error *error) DSR_MUST_CHECK;

#endif
