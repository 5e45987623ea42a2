/* Reading a file of data/ line by line. Must not know what the lines mean. */
#ifndef DSR_LEXICON_FILE_H
#define DSR_LEXICON_FILE_H

#include "base/arena.h"

/* A word list or table while it is read. Lines come without comments, blank lines and outer white space. */
typedef struct dsr_lexicon_file {
    dsr_slice path; /* NUL-terminated in the arena */
    dsr_slice rest;
    dsr_slice line;
    size_t number; /* of `line`, from 1 */
} dsr_lexicon_file;

/* Reads folder "/" name whole into the arena. *found is false, and that is no failure, where there is no such
 * file. */
dsr_status dsr_lexicon_file_open(dsr_arena *arena, const char *folder, const char *name,
                                 dsr_lexicon_file *out, bool *found, dsr_error *error) DSR_MUST_CHECK;
/* The same whatever its encoding: who reads it says which lines are no UTF-8. */
dsr_status dsr_lexicon_file_open_any(dsr_arena *arena, const char *folder, const char *name,
                                     dsr_lexicon_file *out, bool *found, dsr_error *error) DSR_MUST_CHECK;
bool dsr_lexicon_file_next(dsr_lexicon_file *file);
/* DSR_ERR_INPUT with the file's name and the line's number. */
dsr_status dsr_lexicon_file_fail(const dsr_lexicon_file *file, dsr_error *error, const char *format, ...)
    DSR_FORMAT(3, 4);

#endif
