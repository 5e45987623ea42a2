/* The walk through a folder: its files in the byte order of their paths, one at a time. Names are held of the
 * folders on the way down only. Must not read files. */
#ifndef DSR_READ_WALK_H
#define DSR_READ_WALK_H

#include "base/buffer.h"
#include "base/limits.h"

typedef struct dsr_walk_folder {
    int fd;
    char *names;    /* heap: one behind the other */
    char **entries; /* heap: into names, sorted */
    size_t count, next;
    size_t path_len; /* of its path with the slash, in walk.path */
} dsr_walk_folder;

typedef struct dsr_walk {
    dsr_walk_folder folders[DSR_LIMIT_PATH_DEPTH];
    unsigned depth;  /* 0: no walk is under way */
    dsr_buffer path; /* of what was found last */
    bool found;      /* anything at all since the walk began */
} dsr_walk;

typedef enum dsr_walk_result {
    DSR_WALK_FILE,  /* `fd` is its open descriptor, handed over */
    DSR_WALK_ASIDE, /* something that cannot be read: see the error */
    DSR_WALK_END,
    DSR_WALK_MEMORY
} dsr_walk_result;

void dsr_walk_open(dsr_walk *walk);
void dsr_walk_close(dsr_walk *walk);
/* Begins with the folder `path`. On failure (see the error; DSR_ERR_IO, DSR_ERR_MEMORY) no walk is under way.
 */
dsr_status dsr_walk_begin(dsr_walk *walk, const char *path, dsr_error *error) DSR_MUST_CHECK;
/* The next file; its path is walk->path, lent until the next call. */
dsr_walk_result dsr_walk_next(dsr_walk *walk, int *fd, dsr_error *error);

/* Opens a file for reading so that nothing can make it wait; -1 with errno. */
int dsr_walk_open_file(int folder, const char *name);

#endif
