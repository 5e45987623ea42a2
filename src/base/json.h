/* JSON both ways. Writing is ours: it streams into a buffer and remembers its first failure (the buffer's).
 * Reading is jansson's, behind a thin face, so that json_read.c alone knows it. */
#ifndef DSR_BASE_JSON_H
#define DSR_BASE_JSON_H

#include "base/arena.h"
#include "base/buffer.h"

enum { DSR_JSON_DEPTH = 32 };

/* A writer keeps track of commas; the caller opens and closes. Not indented: one record is one line. */
typedef struct dsr_json_out {
    dsr_buffer *to;
    unsigned depth;
    bool some[DSR_JSON_DEPTH]; /* something stands at this depth already */
    bool keyed;                /* a key was just written */
} dsr_json_out;

void dsr_json_open(dsr_json_out *json, dsr_buffer *to);
void dsr_json_object(dsr_json_out *json);
void dsr_json_object_end(dsr_json_out *json);
void dsr_json_array(dsr_json_out *json);
void dsr_json_array_end(dsr_json_out *json);
void dsr_json_key(dsr_json_out *json, const char *key);
void dsr_json_string(dsr_json_out *json,
                     dsr_slice value); /* no value becomes null; bad UTF-8 becomes U+FFFD */
void dsr_json_u64(dsr_json_out *json, uint64_t value);
void dsr_json_i64(dsr_json_out *json, int64_t value);
/* A ratio in thousandths, written as 0.567: no floating point, the same bytes everywhere. */
void dsr_json_thousandths(dsr_json_out *json, uint32_t value);
/* A number that is written already, as JSON has them. */
void dsr_json_number(dsr_json_out *json, dsr_slice written);
void dsr_json_bool(dsr_json_out *json, bool value);
void dsr_json_null(dsr_json_out *json);

/* Reading. A value is lent by the document it stands in. */
typedef struct dsr_json_doc dsr_json_doc;
typedef struct dsr_json_value dsr_json_value;
typedef enum dsr_json_type {
    DSR_JSON_NULL,
    DSR_JSON_BOOL,
    DSR_JSON_INTEGER,
    DSR_JSON_REAL,
    DSR_JSON_STRING,
    DSR_JSON_ARRAY,
    DSR_JSON_OBJECT
} dsr_json_type;

/* Parses one whole document (any value at the top). DSR_ERR_INPUT with byte and reason where it is broken or
 * nested deeper than the library bears (2,048 levels); DSR_ERR_MEMORY. NUL characters in strings are let
 * through, half a surrogate pair becomes U+FFFD. The last of equal keys counts. A document with an integer
 * past 64 bits has all its integers as reals; dsr_json_integer still gives those that are exact (below 2^53).
 */
dsr_status dsr_json_parse(dsr_slice text, dsr_json_doc **out, dsr_error *error) DSR_MUST_CHECK;
void dsr_json_drop(dsr_json_doc *doc);
const dsr_json_value *dsr_json_root(const dsr_json_doc *doc);
dsr_json_type dsr_json_type_of(const dsr_json_value *value); /* NULL counts as null */
/* Member of an object, item of an array; NULL where there is none or `value` is of another type. */
const dsr_json_value *dsr_json_get(const dsr_json_value *value, const char *key);
const dsr_json_value *dsr_json_at(const dsr_json_value *value, size_t index);
size_t dsr_json_count(const dsr_json_value *value);   /* of an array; else 0 */
dsr_slice dsr_json_text(const dsr_json_value *value); /* of a string; else no value */
int64_t dsr_json_integer(const dsr_json_value *value, int64_t otherwise);

#endif
