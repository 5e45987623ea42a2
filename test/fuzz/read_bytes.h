/* For the fuzz targets of the readers: bytes of one format are read, and what every report promises is
 * checked. */
#ifndef DSR_FUZZ_READ_BYTES_H
#define DSR_FUZZ_READ_BYTES_H

#include "base/utf8.h"
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

static inline void believe(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* Each character leads back to bytes of the piece. */
static inline void check_map(const dsr_report *report, const dsr_piece *piece)
{
    const char *end = report->text.ptr + report->text.len;
    for (const char *p = report->text.ptr; p < end;) {
        size_t length = 0;
        dsr_source_span span;
        uint32_t at = (uint32_t)(p - report->text.ptr);
        (void)dsr_utf8_decode(p, end, &length);
        believe(
            dsr_source_map_find(report->source_map.items, report->source_map.count, report->text, at, &span));
        believe(span.start >= piece->offset && span.start < span.end &&
                span.end <= piece->offset + piece->size);
        p += length;
    }
}

static inline void fuzz_read_with(const char *format, char *bytes, size_t size,
                                  const dsr_read_options *options)
{
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return;
    }
    dsr_piece piece = {
        .path = DSR_SLICE("fuzz"), .format = format, .bytes = bytes, .size = size, .offset = 1000, .line = 3};
    dsr_report report;
    dsr_error error;
    dsr_error_clear(&error);
    dsr_status status = dsr_read_piece(arena, &piece, options, &report, &error);
    if (status == DSR_OK) {
        believe(dsr_report_is_sound(&report, NULL));
        believe(report.text.len > 0);
        check_map(&report, &piece);
    } else {
        believe(error.status == status && error.message[0] != '\0');
    }
    dsr_arena_drop(arena);
}

static inline void fuzz_read(const char *format, char *bytes, size_t size)
{
    fuzz_read_with(format, bytes, size, NULL);
}

/* The input is copied, so that a sanitizer sees its end. */
static inline int fuzz_read_copy(const char *format, const uint8_t *data, size_t size)
{
    char *copy = malloc(size > 0 ? size : 1);
    if (copy != NULL) {
        if (size > 0) {
            memcpy(copy, data, size);
        }
        fuzz_read(format, copy, size);
        free(copy);
    }
    return 0;
}

#endif
