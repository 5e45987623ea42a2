/* One open file or pipe, read forward through one buffer. Must not know formats. */
#ifndef DSR_READ_INPUT_H
#define DSR_READ_INPUT_H

#include "base/slice.h"
#include "base/status.h"

typedef struct dsr_input {
    int fd;       /* -1: closed */
    bool lent;    /* the descriptor is the caller's and stays open */
    bool regular; /* a file whose size is known */
    bool eof;
    uint64_t size; /* where regular */
    char *data;    /* heap */
    size_t capacity, len;
    uint64_t base;  /* of data[0] in the file */
    uint64_t taken; /* bytes read so far */
} dsr_input;

/* Takes over `fd` (unless `lent`). DSR_ERR_INPUT where it is no file, pipe or terminal but a folder or
 * device; DSR_ERR_IO. On failure it is closed. */
dsr_status dsr_input_open(dsr_input *input, int fd, bool lent, dsr_error *error) DSR_MUST_CHECK;
void dsr_input_close(dsr_input *input);
/* Reads once, behind what is there, making room for at least `more` bytes first but never for more than
 * `most` bytes in all. Sets eof at the end. DSR_ERR_IO, DSR_ERR_MEMORY. */
dsr_status dsr_input_fill(dsr_input *input, size_t more, size_t most, dsr_error *error) DSR_MUST_CHECK;
/* Forgets the first `count` bytes of the buffer. */
void dsr_input_forget(dsr_input *input, size_t count);

/* Says in words what the system refused, and what to do: errno values as they come from open, read or stat.
 * Returns DSR_ERR_IO. */
dsr_status dsr_input_refused(int cause, dsr_error *error);
/* Says what a thing that is no file is, by its st_mode. Returns DSR_ERR_INPUT. */
dsr_status dsr_input_no_file(unsigned mode, dsr_error *error);

#endif
