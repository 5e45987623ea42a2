/* Reads a file of data/ whole and hands it out line by line. Must not know what the lines mean. */
#include "base/limits.h"
#include "base/utf8.h"
#include "lexicon/file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *const STAGE = "lexicon";

static dsr_status fail_at(dsr_error *error, dsr_status status, dsr_slice path, const char *message)
{
    status = dsr_fail(error, status, STAGE, "%s", message);
    dsr_error_set_subject(error, path.ptr, path.len);
    return status;
}

/* Reads the open file into the arena. */
static dsr_status read_whole(dsr_arena *arena, FILE *stream, dsr_slice path, dsr_slice *out, dsr_error *error)
{
    struct stat about;
    if (fstat(fileno(stream), &about) != 0)
        return fail_at(error, DSR_ERR_IO, path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return fail_at(error, DSR_ERR_INPUT, path, "this is no regular file; a text file was expected");
    if (about.st_size > DSR_LIMIT_DATA_BYTES)
        return fail_at(error, DSR_ERR_LIMIT, path, "the file is larger than a word list may be (32 MB)");
    size_t size = (size_t)about.st_size;
    char *bytes = dsr_arena_alloc(arena, size + 1);
    if (!bytes)
        return dsr_fail_memory(error, STAGE);
    size_t got = fread(bytes, 1, size, stream);
    if (ferror(stream))
        return fail_at(error, DSR_ERR_IO, path, "the file cannot be read to its end");
    *out = (dsr_slice){bytes, got};
    return DSR_OK;
}

static size_t line_of(dsr_slice text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at && i < text.len; i++)
        line += text.ptr[i] == '\n';
    return line;
}

dsr_status dsr_lexicon_file_open_any(dsr_arena *arena, const char *folder, const char *name,
                                     dsr_lexicon_file *out, bool *found, dsr_error *error)
{
    dsr_slice path;
    dsr_status status = dsr_arena_format(arena, &path, "%s/%s", folder, name);
    if (status != DSR_OK)
        return dsr_fail_memory(error, STAGE);
    FILE *stream = fopen(path.ptr, "rb");
    if (!stream) {
        if (errno != ENOENT && errno != ENOTDIR)
            return fail_at(error, DSR_ERR_IO, path, strerror(errno));
        *found = false;
        return DSR_OK;
    }
    dsr_slice text;
    status = read_whole(arena, stream, path, &text, error);
    fclose(stream);
    if (status != DSR_OK)
        return status;
    if (dsr_slice_starts(text, DSR_SLICE("\xef\xbb\xbf")))
        text = dsr_slice_part(text, 3, text.len);
    *out = (dsr_lexicon_file){path, text, DSR_SLICE_NONE, 0};
    *found = true;
    return DSR_OK;
}

dsr_status dsr_lexicon_file_open(dsr_arena *arena, const char *folder, const char *name,
                                 dsr_lexicon_file *out, bool *found, dsr_error *error)
{
    dsr_lexicon_file file;
    bool there = false;
    dsr_status status = dsr_lexicon_file_open_any(arena, folder, name, &file, &there, error);
    size_t bad = 0;
    if (status == DSR_OK && there && !dsr_utf8_is_valid(file.rest, &bad)) {
        file.number = line_of(file.rest, bad);
        return dsr_lexicon_file_fail(&file, error, "this is not UTF-8; save the file as UTF-8");
    }
    if (status == DSR_OK && there)
        *out = file;
    if (status == DSR_OK)
        *found = there;
    return status;
}

bool dsr_lexicon_file_next(dsr_lexicon_file *file)
{
    dsr_slice line;
    while (dsr_slice_next_line(&file->rest, &line)) {
        file->number++;
        /* Only line ends are trimmed at the left side: an empty first field of a table is told to the reader
         * of it. */
        while (line.len > 0 && strchr(" \r\t", line.ptr[line.len - 1]))
            line.len--;
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        file->line = line;
        return true;
    }
    return false;
}

dsr_status dsr_lexicon_file_fail(const dsr_lexicon_file *file, dsr_error *error, const char *format, ...)
{
    char message[DSR_ERROR_MESSAGE / 2];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    dsr_status status = dsr_fail(error, DSR_ERR_INPUT, STAGE, "line %zu: %s; mend the line or take it out",
                                 file->number, message);
    dsr_error_set_subject(error, file->path.ptr, file->path.len);
    return status;
}
