/* Files, folders and standard input -> raw reports, one at a time and in order. Must not decode: it looks at
 * the first bytes of a file only to know how to cut it. */
#include "base/limits.h"
#include "page/page.h"
#include "read/cut.h"
#include "read/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct dsr_reader {
    char *names;  /* the paths, one behind the other, each with its NUL */
    char **paths; /* into names */
    size_t count, next;
    int standard_input;
    bool standard_input_used;
    dsr_walk walk;             /* the folder that is being walked through */
    size_t walked;             /* index of its path */
    dsr_cutter cutter;         /* the container that is being cut */
    const dsr_format *cutting; /* its format; NULL: none is */
    char *cut_name;            /* its path; heap */
    dsr_slice cut_path;        /* the same, lent */
    bool cut_any;              /* a record came out of it */
    uint64_t done, total;
    bool started, failed;
};

void dsr_piece_drop(dsr_piece *piece)
{
    if (piece != NULL) {
        free(piece->bytes);
        free(piece);
    }
}

/* A piece and the path behind it, in one block. */
static dsr_piece *make_piece(dsr_slice path)
{
    dsr_piece *piece = malloc(sizeof *piece + path.len + 1);
    if (piece == NULL) {
        return NULL;
    }
    char *name = (char *)(piece + 1);
    if (path.len > 0) {
        memcpy(name, path.ptr, path.len);
    }
    name[path.len] = '\0';
    *piece = (dsr_piece){.path = {name, path.len}, .status = DSR_OK};
    return piece;
}

/* An input that is set aside for the reason in `error`; NULL without memory. */
static dsr_piece *set_aside(dsr_slice path, const dsr_error *error)
{
    dsr_piece *piece = make_piece(path);
    if (piece != NULL) {
        piece->status = error->status;
        piece->error = *error;
        dsr_error_set_subject(&piece->error, path.ptr, path.len);
    }
    return piece;
}

static dsr_status copy_paths(dsr_reader *reader, const char *const *paths, size_t count)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(paths[i]) + 1;
    }
    reader->names = malloc(bytes + 1);
    reader->paths = malloc((count + 1) * sizeof *reader->paths);
    if (reader->names == NULL || reader->paths == NULL) {
        return DSR_ERR_MEMORY;
    }
    char *to = reader->names;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(paths[i]) + 1;
        memcpy(to, paths[i], length);
        reader->paths[i] = to;
        to += length;
    }
    reader->count = count;
    return DSR_OK;
}

dsr_status dsr_reader_open(const char *const *paths, size_t count, int standard_input, dsr_reader **out,
                           dsr_error *error)
{
    dsr_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return dsr_fail_memory(error, "read");
    }
    reader->standard_input = standard_input;
    dsr_page_prepare(); /* pieces may be read on several threads */
    dsr_walk_open(&reader->walk);
    if (copy_paths(reader, paths, count) != DSR_OK) {
        dsr_reader_close(reader);
        return dsr_fail_memory(error, "read");
    }
    *out = reader;
    return DSR_OK;
}

static void stop_cutting(dsr_reader *reader)
{
    if (reader->cutting != NULL) {
        dsr_cutter_close(&reader->cutter);
        reader->cutting = NULL;
        free(reader->cut_name);
        reader->cut_name = NULL;
        reader->cut_path = DSR_SLICE_NONE;
    }
}

void dsr_reader_close(dsr_reader *reader)
{
    if (reader != NULL) {
        stop_cutting(reader);
        dsr_walk_close(&reader->walk);
        free(reader->paths);
        free(reader->names);
        free(reader);
    }
}

/* What all paths hold together, where all are files; a folder's sum is not known without reading it. */
static uint64_t sum_sizes(const dsr_reader *reader)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < reader->count; i++) {
        struct stat about;
        if (strcmp(reader->paths[i], "-") == 0) {
            return 0;
        }
        if (stat(reader->paths[i], &about) == 0) {
            if (!S_ISREG(about.st_mode)) {
                return 0;
            }
            sum += (uint64_t)about.st_size;
        }
    }
    return sum;
}

void dsr_reader_position(const dsr_reader *reader, uint64_t *done, uint64_t *total)
{
    *done = reader->done + (reader->cutting != NULL ? reader->cutter.input.taken : 0);
    *total = reader->total;
}

static dsr_status too_long(dsr_input *input, dsr_error *error)
{
    if (input->regular && input->size > DSR_LIMIT_REPORT_BYTES) {
        return dsr_fail(error, DSR_ERR_LIMIT, "read",
                        "is %llu bytes long; at most %d are read as one report, split it",
                        (unsigned long long)input->size, DSR_LIMIT_REPORT_BYTES);
    }
    return dsr_fail(error, DSR_ERR_LIMIT, "read",
                    "is longer than %d bytes, the most that is read as one report; split it",
                    DSR_LIMIT_REPORT_BYTES);
}

/* Reads until the end or past the limit. */
static dsr_status read_whole(dsr_input *input, dsr_error *error)
{
    enum { MOST = DSR_LIMIT_REPORT_BYTES + 1 };
    bool known = input->regular && input->size <= DSR_LIMIT_REPORT_BYTES;
    if (input->regular && !known) {
        return too_long(input, error);
    }
    while (!input->eof) {
        if (input->len >= MOST) {
            return too_long(input, error);
        }
        size_t rest = known && input->size >= input->taken ? (size_t)(input->size - input->taken) + 1 : 1;
        dsr_status status = dsr_input_fill(input, rest, MOST, error);
        if (status != DSR_OK) {
            return status;
        }
    }
    return input->len > DSR_LIMIT_REPORT_BYTES ? too_long(input, error) : DSR_OK;
}

/* Reads the first bytes: enough to tell the format, or all there are. */
static dsr_status read_head(dsr_input *input, dsr_error *error)
{
    dsr_status status = DSR_OK;
    while (status == DSR_OK && !input->eof && input->len < DSR_SNIFF_BYTES) {
        status = dsr_input_fill(input, 0, DSR_LIMIT_REPORT_BYTES + 1, error);
    }
    return status;
}

/* Hands the bytes of the input over to a piece. */
static dsr_piece *take_file(dsr_input *input, dsr_slice path, const dsr_format *format)
{
    dsr_piece *piece = make_piece(path);
    if (piece != NULL) {
        piece->format = format->name;
        piece->bytes = input->data;
        piece->size = input->len;
        input->data = NULL;
    }
    return piece;
}

/* Begins to cut a container; true where that went well. Takes over the input then. */
static bool start_cutting(dsr_reader *reader, dsr_input *input, dsr_slice path, const dsr_format *format)
{
    char *copy = malloc(path.len + 1);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, path.ptr, path.len);
    copy[path.len] = '\0';
    reader->cut_name = copy;
    reader->cut_path = (dsr_slice){copy, path.len};
    reader->cutting = format;
    reader->cut_any = false;
    dsr_cutter_open(&reader->cutter, *input, format->cut);
    *input = (dsr_input){.fd = -1};
    return true;
}

/* What one open file gives: a piece, or NULL with *begun where it is a container that is cut from now on;
 * NULL without memory else. */
static dsr_piece *read_open(dsr_reader *reader, int fd, bool lent, dsr_slice path, bool *begun)
{
    dsr_error error = {0};
    dsr_input input;
    dsr_piece *piece = NULL;
    const dsr_format *format = NULL;
    dsr_status status = dsr_input_open(&input, fd, lent, &error);
    if (status == DSR_OK) {
        status = read_head(&input, &error);
    }
    if (status == DSR_OK) {
        dsr_slice all = {input.data, input.len};
        dsr_sniff sniff = {dsr_slice_part(all, 0, DSR_SNIFF_BYTES), dsr_slice_base_name(path),
                           input.eof && input.len <= DSR_SNIFF_BYTES};
        format = dsr_format_tell(&sniff);
        if (format->decode == NULL) {
            status = dsr_format_refuse(format, sniff.head, &error);
        } else if (format->cut != DSR_CUT_FILE) {
            *begun = start_cutting(reader, &input, path, format);
            status = *begun ? DSR_OK : DSR_ERR_MEMORY;
        } else {
            status = read_whole(&input, &error);
        }
    }
    if (status == DSR_OK && !*begun) {
        piece = take_file(&input, path, format);
    } else if (status != DSR_OK && status != DSR_ERR_MEMORY) {
        piece = set_aside(path, &error);
    }
    reader->done += input.taken;
    dsr_input_close(&input);
    return piece;
}

static const char *word_for(const dsr_reader *reader)
{
    return reader->cutting->cut == DSR_CUT_LINES ? "line" : "record";
}

static dsr_piece *aside_record(dsr_reader *reader, dsr_cut_result result, const dsr_cut_record *record)
{
    dsr_error error = {0};
    if (result == DSR_CUT_TOO_LONG) {
        (void)dsr_fail(&error, DSR_ERR_LIMIT, "read",
                       "%s %llu is %llu bytes long; at most %d are read as one report, split it",
                       word_for(reader), (unsigned long long)record->number, (unsigned long long)record->size,
                       DSR_LIMIT_REPORT_BYTES);
    } else {
        (void)dsr_fail(
            &error, DSR_ERR_INPUT, "read",
            "record %llu is no JSON object, and nothing after it was read; expected objects that hold one "
            "report each",
            (unsigned long long)record->number);
    }
    dsr_error_set_position(&error, record->offset);
    dsr_piece *piece = set_aside(reader->cut_path, &error);
    if (piece != NULL) {
        piece->line = record->number;
        piece->offset = record->offset;
    }
    return piece;
}

static dsr_piece *take_record(const dsr_reader *reader, const dsr_cut_record *record)
{
    dsr_piece *piece = make_piece(reader->cut_path);
    char *bytes = malloc(record->bytes.len + 1);
    if (piece == NULL || bytes == NULL) {
        free(piece);
        free(bytes);
        return NULL;
    }
    memcpy(bytes, record->bytes.ptr, record->bytes.len);
    piece->format = reader->cutting->name;
    piece->bytes = bytes;
    piece->size = record->bytes.len;
    piece->offset = record->offset;
    piece->line = record->number;
    return piece;
}

/* The next record of the container; NULL with *end where there is none; NULL without memory else. */
static dsr_piece *cut_next(dsr_reader *reader, bool *end)
{
    dsr_error error = {0};
    dsr_cut_record record;
    bool first = !reader->cut_any;
    dsr_cut_result result = dsr_cutter_next(&reader->cutter, &record, &error);
    reader->cut_any = true;
    switch (result) {
    case DSR_CUT_RECORD:
        return take_record(reader, &record);
    case DSR_CUT_TOO_LONG:
    case DSR_CUT_BROKEN:
        return aside_record(reader, result, &record);
    case DSR_CUT_FAILED:
        return error.status != DSR_ERR_MEMORY ? set_aside(reader->cut_path, &error) : NULL;
    case DSR_CUT_END:
        break;
    }
    if (first) {
        (void)dsr_fail(&error, DSR_ERR_INPUT, "read", "holds no reports");
        return set_aside(reader->cut_path, &error);
    }
    *end = true;
    return NULL;
}

static dsr_piece *read_standard_input(dsr_reader *reader, bool *begun)
{
    dsr_error error = {0};
    if (reader->standard_input_used) {
        (void)dsr_fail(&error, DSR_ERR_INPUT, "read",
                       "is standard input, which is read only once; give - once");
        return set_aside(DSR_SLICE("-"), &error);
    }
    reader->standard_input_used = true;
    return read_open(reader, reader->standard_input, true, DSR_SLICE("-"), begun);
}

/* The next path of the call. NULL with *begun where it is a folder or container that is gone through from now
 * on. */
static dsr_piece *next_path(dsr_reader *reader, bool *begun)
{
    const char *path = reader->paths[reader->next++];
    dsr_slice name = dsr_slice_of(path);
    dsr_error error = {0};
    struct stat about;
    dsr_status status = DSR_OK;
    if (strcmp(path, "-") == 0) {
        return read_standard_input(reader, begun);
    }
    if (stat(path, &about) != 0) {
        status = dsr_input_refused(errno, &error);
    } else if (S_ISDIR(about.st_mode)) {
        status = dsr_walk_begin(&reader->walk, path, &error);
        reader->walked = reader->next - 1;
        *begun = status == DSR_OK;
    } else if (!S_ISREG(about.st_mode)) {
        status = dsr_input_no_file(about.st_mode, &error);
    } else {
        int fd = dsr_walk_open_file(AT_FDCWD, path);
        if (fd >= 0) {
            return read_open(reader, fd, false, name, begun);
        }
        status = dsr_input_refused(errno, &error);
    }
    return status == DSR_OK || status == DSR_ERR_MEMORY ? NULL : set_aside(name, &error);
}

/* The next file of the folder. NULL with *begun where it is a container, or where the folder is through. */
static dsr_piece *next_in_folder(dsr_reader *reader, bool *begun)
{
    dsr_error error = {0};
    int fd = -1;
    dsr_slice path = DSR_SLICE_NONE;
    dsr_walk_result result = dsr_walk_next(&reader->walk, &fd, &error);
    switch (result) {
    case DSR_WALK_FILE:
        path = dsr_buffer_slice(&reader->walk.path);
        return read_open(reader, fd, false, path, begun);
    case DSR_WALK_ASIDE:
        return set_aside(dsr_buffer_slice(&reader->walk.path), &error);
    case DSR_WALK_MEMORY:
        return NULL;
    case DSR_WALK_END:
        break;
    }
    if (!reader->walk.found) {
        (void)dsr_fail(&error, DSR_ERR_INPUT, "read", "is a folder without files (hidden ones are not read)");
        return set_aside(dsr_slice_of(reader->paths[reader->walked]), &error);
    }
    *begun = true;
    return NULL;
}

dsr_piece *dsr_reader_next(dsr_reader *reader, dsr_status *failed)
{
    if (!reader->started) {
        reader->started = true;
        reader->total = sum_sizes(reader);
    }
    while (!reader->failed) {
        dsr_piece *piece = NULL;
        bool on = false; /* nothing was given yet, but there is more to look at */
        if (reader->cutting != NULL) {
            piece = cut_next(reader, &on);
            if (on) {
                reader->done += reader->cutter.input.taken;
                stop_cutting(reader);
            }
        } else if (reader->walk.depth > 0) {
            piece = next_in_folder(reader, &on);
        } else if (reader->next < reader->count) {
            piece = next_path(reader, &on);
        } else {
            return NULL;
        }
        if (piece != NULL) {
            return piece;
        }
        reader->failed = !on;
    }
    *failed = DSR_ERR_MEMORY;
    return NULL;
}
