/* A growing run of bytes on the heap, with a ceiling. It remembers its first failure; after that, appending
 * does nothing, and one check at the end is enough. Owned by one thread. */
#ifndef DSR_BASE_BUFFER_H
#define DSR_BASE_BUFFER_H

#include "base/slice.h"
#include "base/status.h"

typedef struct dsr_buffer {
    char *data;
    size_t len;
    size_t capacity;
    size_t ceiling;    /* bytes; 0 for none */
    dsr_status status; /* DSR_OK, or the first failure: DSR_ERR_MEMORY, DSR_ERR_LIMIT */
} dsr_buffer;

/* An empty buffer; allocates nothing yet. */
void dsr_buffer_open(dsr_buffer *buffer, size_t ceiling);
void dsr_buffer_drop(dsr_buffer *buffer);
/* Empties it, forgets a failure, keeps the memory. */
void dsr_buffer_reset(dsr_buffer *buffer);

void dsr_buffer_append(dsr_buffer *buffer, dsr_slice s);
void dsr_buffer_append_bytes(dsr_buffer *buffer, const void *bytes, size_t count);
void dsr_buffer_append_char(dsr_buffer *buffer, char c);
void dsr_buffer_append_fill(dsr_buffer *buffer, char c, size_t count);
void dsr_buffer_append_format(dsr_buffer *buffer, const char *format, ...) DSR_FORMAT(2, 3);
void dsr_buffer_append_code_point(dsr_buffer *buffer, uint32_t code_point); /* as UTF-8 */
void dsr_buffer_append_varint(dsr_buffer *buffer, uint64_t value);          /* LEB128, at most 10 bytes */
/* Makes room for `more` bytes and lends the place behind the content; NULL on failure. Add to len what was
 * used. */
char *dsr_buffer_reserve(dsr_buffer *buffer, size_t more);
/* What it holds; lent until the next change. */
dsr_slice dsr_buffer_slice(const dsr_buffer *buffer);

#endif
