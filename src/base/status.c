/* Writes the detail of a failure. Allocates nothing, so that running out of memory can still be told.
 * Must not know what the messages are about. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The largest length <= at that does not cut a UTF-8 character of `text`. */
static size_t whole_characters(const char *text, size_t at)
{
    size_t back = 0;
    while (back < 3 && back < at && ((unsigned char)text[at - back] & 0xc0u) == 0x80u) {
        back++;
    }
    /* Four continuation bytes in a row are no UTF-8 at all: cut anywhere. */
    return ((unsigned char)text[at - back] & 0xc0u) == 0x80u ? at : at - back;
}

void dsr_error_clear(dsr_error *error)
{
    if (error == NULL) {
        return;
    }
    error->status = DSR_OK;
    error->stage = "";
    error->subject[0] = '\0';
    error->has_position = false;
    error->position = 0;
    error->message[0] = '\0';
}

dsr_status dsr_fail(dsr_error *error, dsr_status status, const char *stage, const char *format, ...)
{
    if (error == NULL) {
        return status;
    }
    /* One byte more than is kept: it tells whether the cut falls into a character. */
    char text[DSR_ERROR_MESSAGE + 1];
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t length = wanted < 0 ? 0 : (size_t)wanted;
    if (length > DSR_ERROR_MESSAGE - 1) {
        length = whole_characters(text, DSR_ERROR_MESSAGE - 1);
    }
    dsr_error_clear(error);
    error->status = status;
    error->stage = stage != NULL ? stage : "";
    memcpy(error->message, text, length);
    error->message[length] = '\0';
    return status;
}

dsr_status dsr_fail_memory(dsr_error *error, const char *stage)
{
    return dsr_fail(error, DSR_ERR_MEMORY, stage,
                    "there is not enough memory; give the program more of it, or less to read at a time");
}

void dsr_error_set_subject(dsr_error *error, const char *subject, size_t length)
{
    if (error == NULL) {
        return;
    }
    if (subject == NULL) {
        length = 0;
    }
    if (length > DSR_ERROR_SUBJECT - 1) {
        length = whole_characters(subject, DSR_ERROR_SUBJECT - 1);
    }
    if (length > 0) {
        memmove(error->subject, subject, length);
    }
    error->subject[length] = '\0';
}

void dsr_error_set_position(dsr_error *error, uint64_t position)
{
    if (error == NULL) {
        return;
    }
    error->has_position = true;
    error->position = position;
}

const char *dsr_status_name(dsr_status status)
{
    switch (status) {
    case DSR_OK:
        return "ok";
    case DSR_ERR_MEMORY:
        return "memory";
    case DSR_ERR_IO:
        return "io";
    case DSR_ERR_INPUT:
        return "input";
    case DSR_ERR_LIMIT:
        return "limit";
    case DSR_ERR_NOT_FOUND:
        return "not_found";
    case DSR_ERR_STORE:
        return "store";
    case DSR_ERR_VERSION:
        return "version";
    case DSR_ERR_BUSY:
        return "busy";
    case DSR_ERR_CANCELLED:
        return "cancelled";
    case DSR_ERR_ARGUMENT:
        return "argument";
    }
    return "unknown";
}
