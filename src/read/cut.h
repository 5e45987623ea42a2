/* Cuts the records of a container off an input, one after the other, in bounded memory. Must not know what is
 * in them. */
#ifndef DSR_READ_CUT_H
#define DSR_READ_CUT_H

#include "read/format.h"
#include "read/input.h"

typedef struct dsr_cutter {
    dsr_input input;
    dsr_cut cut;      /* LINES or VALUES */
    size_t start;     /* of the record in the buffer */
    size_t looked;    /* so far the buffer was looked through */
    uint64_t dropped; /* bytes of the record that were skipped because it is too long */
    uint64_t number;  /* of the record: its line, or its place among the values; from 1 */
    uint64_t depth;   /* VALUES: brackets open */
    bool in_string, escaped;
    bool over;
} dsr_cutter;

typedef enum dsr_cut_result {
    DSR_CUT_RECORD,
    DSR_CUT_TOO_LONG, /* longer than DSR_LIMIT_REPORT_BYTES; it was skipped */
    DSR_CUT_BROKEN,   /* VALUES: something else than an object stands there; what follows is not read */
    DSR_CUT_END,
    DSR_CUT_FAILED /* see the error; what follows is not read */
} dsr_cut_result;

typedef struct dsr_cut_record {
    dsr_slice bytes; /* lent until the next call; none where TOO_LONG or BROKEN */
    uint64_t size;   /* of the whole record */
    uint64_t offset; /* in the file */
    uint64_t number;
} dsr_cut_record;

/* Takes over `input` with what it holds already. */
void dsr_cutter_open(dsr_cutter *cutter, dsr_input input, dsr_cut cut);
void dsr_cutter_close(dsr_cutter *cutter);
/* The next record; blank lines are passed over. */
dsr_cut_result dsr_cutter_next(dsr_cutter *cutter, dsr_cut_record *out, dsr_error *error);

#endif
