/* A borrowed run of bytes: pointer and length, never NUL-terminated by contract. Text is always UTF-8. */
#ifndef DSR_BASE_SLICE_H
#define DSR_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct dsr_slice {
    const char *ptr; /* NULL only where len is 0; NULL means "no value", "" means empty */
    size_t len;
} dsr_slice;

#define DSR_SLICE(literal) ((dsr_slice){(literal), sizeof(literal) - 1})
#define DSR_SLICE_NONE     ((dsr_slice){NULL, 0})
/* For printf: "%.*s", DSR_PRINT(slice). Only for text that is known to be short. */
#define DSR_PRINT(slice) (int)(slice).len, (slice).ptr ? (slice).ptr : ""

dsr_slice dsr_slice_of(const char *c_string);                    /* NULL gives no value */
dsr_slice dsr_slice_part(dsr_slice s, size_t start, size_t end); /* clamped to s */
bool dsr_slice_equal(dsr_slice a, dsr_slice b);
/* Bytewise order; a prefix comes first. <0, 0, >0. */
int dsr_slice_compare(dsr_slice a, dsr_slice b);
/* ASCII letters compare without case, other bytes exactly. */
bool dsr_slice_equal_nocase(dsr_slice a, dsr_slice b);
bool dsr_slice_starts(dsr_slice s, dsr_slice prefix);
bool dsr_slice_ends(dsr_slice s, dsr_slice suffix);
/* First place of `needle` at or after `from`; SIZE_MAX where there is none. Linear time (memmem). */
size_t dsr_slice_find(dsr_slice s, dsr_slice needle, size_t from);
/* Without ASCII white space at both ends. */
dsr_slice dsr_slice_trim(dsr_slice s);
/* What follows the last "/" of a path: all of it where there is none. */
dsr_slice dsr_slice_base_name(dsr_slice path);
/* The host of an address with a scheme, or with "//" alone: without user, port and path. No value where there
 * is none. */
dsr_slice dsr_slice_host(dsr_slice address);
/* Takes a number off *rest, as dsr_buffer_append_varint writes it; false where it is cut off or larger than
 * 64 bits. */
bool dsr_slice_next_varint(dsr_slice *rest, uint64_t *out);
/* Takes the next line off *rest (without its "\n" or "\r\n"); false when *rest is used up. */
bool dsr_slice_next_line(dsr_slice *rest, dsr_slice *line);
/* Takes the next field up to `separator` off *rest; false when *rest has no value left. */
bool dsr_slice_next_field(dsr_slice *rest, char separator, dsr_slice *field);

#endif
