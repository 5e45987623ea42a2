/* One open file or pipe, read forward through one buffer. Must not know formats. */
#include "read/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SMALL_FILE = 128 * 1024, CHUNK = 128 * 1024 };

/* strerror depends on the locale and never says what to do. */
dsr_status dsr_input_refused(int cause, dsr_error *error)
{
    static const struct {
        int cause;
        const char *words;
    } causes[] = {{ENOENT, "does not exist; check the path"},
                  {EACCES, "may not be read; check its permissions"},
                  {EPERM, "may not be read; check its permissions"},
                  {EISDIR, "is a folder; give its path instead"},
                  {ENOTDIR, "cannot be reached: a part of its path is no folder; check the path"},
                  {ELOOP, "cannot be reached: its links lead in a circle; give the file itself"},
                  {ENAMETOOLONG, "has too long a path; give a shorter one"},
                  {EMFILE, "cannot be opened: too many files are open; raise the limit (ulimit -n)"},
                  {ENFILE, "cannot be opened: too many files are open on this machine; try again"},
                  {EINTR, "was not read to its end: reading was interrupted; read it again"},
                  {EIO, "cannot be read: the disk reports an error; copy the file from elsewhere"},
                  {ESTALE, "vanished while it was read; read it again"},
                  {EBADF, "is not open; give a file or pipe text into the program"},
                  {ENXIO, "is a device or socket that nothing can be read from; give a file"}};
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        if (causes[i].cause == cause) {
            return dsr_fail(error, DSR_ERR_IO, "read", "%s", causes[i].words);
        }
    }
    return dsr_fail(error, DSR_ERR_IO, "read",
                    "cannot be read: the system refuses with error %d; check the file", cause);
}

dsr_status dsr_input_no_file(unsigned mode, dsr_error *error)
{
    const char *kind = "no file";
    const char *advice = "give a file or a folder";
    if (S_ISFIFO(mode)) {
        kind = "a pipe";
        advice = "give - and pipe its text into the program";
    } else if (S_ISSOCK(mode)) {
        kind = "a socket";
    } else if (S_ISCHR(mode) || S_ISBLK(mode)) {
        kind = "a device";
    } else if (S_ISDIR(mode)) {
        kind = "a folder";
        advice = "give its path as an argument";
    }
    return dsr_fail(error, DSR_ERR_INPUT, "read", "is %s, not a file; %s", kind, advice);
}

dsr_status dsr_input_open(dsr_input *input, int fd, bool lent, dsr_error *error)
{
    *input = (dsr_input){.fd = fd, .lent = lent};
    struct stat about;
    dsr_status status = DSR_OK;
    if (fstat(fd, &about) != 0) {
        status = dsr_input_refused(errno, error);
    } else if (S_ISREG(about.st_mode)) {
        input->regular = !lent; /* a lent one may have been read from already */
        input->size = about.st_size > 0 ? (uint64_t)about.st_size : 0;
    } else if (!lent || S_ISDIR(about.st_mode)) {
        status = dsr_input_no_file(about.st_mode, error);
    }
    if (status != DSR_OK) {
        dsr_input_close(input);
    }
    return status;
}

void dsr_input_close(dsr_input *input)
{
    if (input->fd >= 0 && !input->lent) {
        (void)close(input->fd);
    }
    free(input->data);
    *input = (dsr_input){.fd = -1};
}

/* Makes room; a small file gets what it needs and one byte more, which shows that it ends there. */
static dsr_status make_room(dsr_input *input, size_t more, size_t most)
{
    if (input->capacity - input->len >= more) {
        return DSR_OK;
    }
    size_t wanted = input->capacity * 2;
    if (input->capacity == 0 && input->regular && input->size < SMALL_FILE) {
        wanted = (size_t)input->size + 1;
    } else if (wanted < input->len + more) {
        wanted = input->len + more;
    }
    wanted = wanted < most ? wanted : most;
    if (wanted <= input->len) {
        return DSR_ERR_LIMIT;
    }
    char *data = realloc(input->data, wanted);
    if (data == NULL) {
        return DSR_ERR_MEMORY;
    }
    input->data = data;
    input->capacity = wanted;
    return DSR_OK;
}

dsr_status dsr_input_fill(dsr_input *input, size_t more, size_t most, dsr_error *error)
{
    dsr_status status = make_room(input, more > 0 ? more : CHUNK, most);
    if (status == DSR_ERR_MEMORY) {
        return dsr_fail_memory(error, "read");
    }
    if (status != DSR_OK) {
        return dsr_fail(error, status, "read", "is too long");
    }
    size_t room = input->capacity - input->len;
    ssize_t got = read(input->fd, input->data + input->len, room);
    if (got < 0) {
        return dsr_input_refused(errno, error);
    }
    input->len += (size_t)got;
    input->taken += (uint64_t)got;
    /* A file that gives less than was asked for has given all; a pipe has given what was there. */
    input->eof = got == 0 || (input->regular && (size_t)got < room && input->taken >= input->size);
    return DSR_OK;
}

void dsr_input_forget(dsr_input *input, size_t count)
{
    if (count > 0) {
        memmove(input->data, input->data + count, input->len - count);
        input->len -= count;
        input->base += count;
    }
}
