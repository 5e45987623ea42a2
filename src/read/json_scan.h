/* JSON that is looked at where it stands: each value is lent as its raw bytes, so that a character of a text
 * can be led back to the byte it was read from. Nothing is allocated, however the input is nested.
 * (base/json.h copies values and forgets where they stood; it also refuses half a surrogate pair, for which
 * no report should be lost.) */
#ifndef DSR_READ_JSON_SCAN_H
#define DSR_READ_JSON_SCAN_H

#include "read/text_out.h"

typedef enum dsr_raw_kind {
    DSR_RAW_NONE, /* there is no such value */
    DSR_RAW_NULL, /* also NaN and Infinity, which some writers put for "no value" */
    DSR_RAW_BOOL,
    DSR_RAW_NUMBER,
    DSR_RAW_STRING,
    DSR_RAW_ARRAY,
    DSR_RAW_OBJECT
} dsr_raw_kind;

/* A value: its bytes from the first to the last, quotation marks and brackets included. */
typedef struct dsr_raw {
    dsr_raw_kind kind;
    dsr_slice bytes;
} dsr_raw;

typedef struct dsr_raw_fault {
    size_t at;            /* byte in what was scanned */
    const char *expected; /* static: "a value", "a comma or }" ... */
    bool cut_off;         /* the text ends there */
    bool in_string;       /* inside a string */
} dsr_raw_fault;

/* Checks that `text` is one JSON value with nothing but white space around it (RFC 8259; bytes in strings
 * need not be UTF-8). False with the first fault in *fault where it is not, or is nested deeper than
 * DSR_LIMIT_JSON_NESTING. */
bool dsr_raw_check(dsr_slice text, dsr_raw *out, dsr_raw_fault *fault);

/* Walks over the members of an object or the items of an array that was checked: set rest to its bytes by
 * dsr_raw_enter, then call until false. */
typedef struct dsr_raw_walk {
    const char *at, *end;
} dsr_raw_walk;
dsr_raw_walk dsr_raw_enter(dsr_raw container);
/* `key` is what stands between the quotation marks, escapes as they are. */
bool dsr_raw_next_member(dsr_raw_walk *walk, dsr_slice *key, dsr_raw *value);
bool dsr_raw_next_item(dsr_raw_walk *walk, dsr_raw *value);
/* The last member of that name; kind NONE where there is none or `object` is no object. */
dsr_raw dsr_raw_get(dsr_raw object, const char *key);

/* Appends what a checked string says; `offset` is where its bytes stand in the file. NUL, which a text cannot
 * hold, and halves of surrogate pairs become U+FFFD. */
void dsr_raw_decode(dsr_raw string, uint64_t offset, dsr_text_out *out);

#endif
