/* A growing run of bytes that remembers its first failure. Must not know what the bytes mean. */
#include "base/buffer.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_FIRST = 256 };

static char *fail(dsr_buffer *buffer, dsr_status status)
{
    buffer->status = status;
    return NULL;
}

void dsr_buffer_open(dsr_buffer *buffer, size_t ceiling)
{
    *buffer = (dsr_buffer){.ceiling = ceiling, .status = DSR_OK};
}

void dsr_buffer_drop(dsr_buffer *buffer)
{
    if (buffer == NULL) {
        return;
    }
    free(buffer->data);
    dsr_buffer_open(buffer, buffer->ceiling);
}

void dsr_buffer_reset(dsr_buffer *buffer)
{
    buffer->len = 0;
    buffer->status = DSR_OK;
}

/* The slow way of dsr_buffer_reserve: checks the ceiling and asks for more memory. */
static char *grow(dsr_buffer *buffer, size_t more)
{
    size_t ceiling = buffer->ceiling != 0 ? buffer->ceiling : SIZE_MAX / 2;
    if (buffer->len > ceiling || more > ceiling - buffer->len) {
        return fail(buffer, DSR_ERR_LIMIT);
    }
    size_t wanted = buffer->len + more;
    if (buffer->data != NULL && wanted <= buffer->capacity) {
        return buffer->data + buffer->len;
    }
    size_t capacity = buffer->capacity * 2 > CAPACITY_FIRST ? buffer->capacity * 2 : CAPACITY_FIRST;
    if (capacity < wanted) {
        capacity = wanted;
    }
    if (capacity > ceiling) {
        capacity = ceiling;
    }
    char *data = realloc(buffer->data, capacity);
    if (data == NULL) {
        return fail(buffer, DSR_ERR_MEMORY);
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return data + buffer->len;
}

char *dsr_buffer_reserve(dsr_buffer *buffer, size_t more)
{
    if (buffer->status != DSR_OK) {
        return NULL;
    }
    /* The capacity never passes the ceiling, so what fits is allowed. */
    if (buffer->data != NULL && more <= buffer->capacity - buffer->len) {
        return buffer->data + buffer->len;
    }
    return grow(buffer, more);
}

void dsr_buffer_append_bytes(dsr_buffer *buffer, const void *bytes, size_t count)
{
    if (count == 0) {
        return;
    }
    char *place = dsr_buffer_reserve(buffer, count);
    if (place == NULL) {
        return;
    }
    memcpy(place, bytes, count);
    buffer->len += count;
}

void dsr_buffer_append(dsr_buffer *buffer, dsr_slice s)
{
    dsr_buffer_append_bytes(buffer, s.ptr, s.len);
}

void dsr_buffer_append_char(dsr_buffer *buffer, char c)
{
    char *place = dsr_buffer_reserve(buffer, 1);
    if (place == NULL) {
        return;
    }
    *place = c;
    buffer->len++;
}

void dsr_buffer_append_fill(dsr_buffer *buffer, char c, size_t count)
{
    if (count == 0) {
        return;
    }
    char *place = dsr_buffer_reserve(buffer, count);
    if (place == NULL) {
        return;
    }
    memset(place, c, count);
    buffer->len += count;
}

void dsr_buffer_append_format(dsr_buffer *buffer, const char *format, ...)
{
    char small[512];
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (wanted < 0 && buffer->status == DSR_OK) { /* longer than an int can tell */
        buffer->status = DSR_ERR_LIMIT;
    }
    size_t length = wanted < 0 ? 0 : (size_t)wanted;
    if (length < sizeof small) {
        dsr_buffer_append_bytes(buffer, small, length);
        return;
    }
    if (dsr_buffer_reserve(buffer, length) == NULL) {
        return;
    }
    /* Printed once more into memory of its own, since printf's NUL must not need room below the ceiling. */
    char *text = malloc(length + 1);
    if (text == NULL) {
        (void)fail(buffer, DSR_ERR_MEMORY);
        return;
    }
    va_start(args, format);
    wanted = vsnprintf(text, length + 1, format, args);
    va_end(args);
    if (wanted > 0) {
        dsr_buffer_append_bytes(buffer, text, length);
    }
    free(text);
}

void dsr_buffer_append_code_point(dsr_buffer *buffer, uint32_t code_point)
{
    char bytes[4];
    dsr_buffer_append_bytes(buffer, bytes, dsr_utf8_encode(code_point, bytes));
}

void dsr_buffer_append_varint(dsr_buffer *buffer, uint64_t value)
{
    uint8_t bytes[10];
    size_t count = 0;
    while (value >= 0x80) {
        bytes[count++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    bytes[count++] = (uint8_t)value;
    dsr_buffer_append_bytes(buffer, bytes, count);
}

dsr_slice dsr_buffer_slice(const dsr_buffer *buffer)
{
    return (dsr_slice){buffer->data != NULL ? buffer->data : "", buffer->len};
}
