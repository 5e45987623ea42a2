/* CSV as RFC 4180 has it, looked at where it stands. Must not know what the columns mean. */
#ifndef DSR_READ_CSV_H
#define DSR_READ_CSV_H

#include "base/buffer.h"

#include <stdint.h>

/* Where parsing stands. */
typedef struct dsr_csv {
    const char *at, *end;
    uint64_t line;     /* from 1 */
    const char *fault; /* static: why the field that was taken last is broken; NULL: it is not */
} dsr_csv;

/* Takes one field, raw: quotation marks as they are. True where another field follows in the row. */
bool dsr_csv_next_field(dsr_csv *c, dsr_slice *out);
/* Appends a raw field without its quotation marks and the white space around it. */
void dsr_csv_unquote(dsr_slice raw, dsr_buffer *out);
/* To the next line that is not empty. */
void dsr_csv_pass_blank_lines(dsr_csv *c);

#endif
