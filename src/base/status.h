/* What a call that can fail says. Every such call returns a dsr_status that must be looked at; the details
 * (where, what was expected, what to do next) are written once, where the failure arose, into the dsr_error
 * that the caller lent. Knows nothing of news. */
#ifndef DSR_BASE_STATUS_H
#define DSR_BASE_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum dsr_status {
    DSR_OK = 0,
    DSR_ERR_MEMORY,    /* an allocation failed */
    DSR_ERR_IO,        /* the operating system refused to read or write */
    DSR_ERR_INPUT,     /* what was read is not what its format promises */
    DSR_ERR_LIMIT,     /* a limit of limits.h was passed */
    DSR_ERR_NOT_FOUND, /* what was asked for is not there */
    DSR_ERR_STORE,     /* the store is damaged or refuses */
    DSR_ERR_VERSION,   /* another version wrote this */
    DSR_ERR_BUSY,      /* somebody else holds it */
    DSR_ERR_CANCELLED, /* the caller asked to stop */
    DSR_ERR_ARGUMENT   /* the call itself was wrong */
} dsr_status;

#define DSR_MUST_CHECK               __attribute__((warn_unused_result))
#define DSR_FORMAT(text_at, args_at) __attribute__((format(printf, text_at, args_at)))

enum { DSR_ERROR_SUBJECT = 512, DSR_ERROR_MESSAGE = 768 };

/* The detail of a failure. Fixed in size, so that running out of memory can still be told. */
typedef struct dsr_error {
    dsr_status status;
    const char *stage;               /* static string: "read", "store" ... */
    char subject[DSR_ERROR_SUBJECT]; /* file, record or id; may be empty */
    bool has_position;
    uint64_t position;               /* byte in the subject, where has_position */
    char message[DSR_ERROR_MESSAGE]; /* one sentence without a final full stop: what, expected, what to do
                                        next */
} dsr_error;

/* Clears `error` (NULL is fine). */
void dsr_error_clear(dsr_error *error);

/* Writes the detail and returns `status`, so that a failing function ends in `return dsr_fail(...)`.
 * `error` may be NULL. Text that does not fit is cut at a character's end. `stage` must outlive the error. */
dsr_status dsr_fail(dsr_error *error, dsr_status status, const char *stage, const char *format, ...)
    DSR_FORMAT(4, 5);

/* The usual "out of memory" failure. */
dsr_status dsr_fail_memory(dsr_error *error, const char *stage);

/* Names the file, record or id that a failure is about, and optionally the byte in it. */
void dsr_error_set_subject(dsr_error *error, const char *subject, size_t length);
void dsr_error_set_position(dsr_error *error, uint64_t position);

/* A word for a status, for messages and JSON: "memory", "io", "input" ... Static string. */
const char *dsr_status_name(dsr_status status);

#endif
