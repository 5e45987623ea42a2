/* The walk through a folder: its files in the byte order of their paths, one at a time. Must not read files.
 */
#define _DEFAULT_SOURCE /* d_type of struct dirent: it saves a call per file */
#include "read/walk.h"

#include "read/input.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What an entry is, kept in the byte before its name. A folder's name carries a slash: so sorting the names
 * of each folder sorts the whole paths ("a.txt" before "a/b", because "." comes before "/"). */
enum { ENTRY_FILE = 'f', ENTRY_FOLDER = 'd', ENTRY_LINK = 'l', ENTRY_OTHER = 'o', ENTRY_LOST = 'x' };

void dsr_walk_open(dsr_walk *walk)
{
    walk->depth = 0;
    walk->found = false;
    dsr_buffer_open(&walk->path, 0);
}

static void leave(dsr_walk *walk)
{
    dsr_walk_folder *folder = &walk->folders[--walk->depth];
    (void)close(folder->fd);
    free(folder->names);
    free(folder->entries);
}

void dsr_walk_close(dsr_walk *walk)
{
    while (walk->depth > 0) {
        leave(walk);
    }
    dsr_buffer_drop(&walk->path);
}

static char kind_of_mode(mode_t mode)
{
    if (S_ISREG(mode)) {
        return ENTRY_FILE;
    }
    if (S_ISDIR(mode)) {
        return ENTRY_FOLDER;
    }
    return S_ISLNK(mode) ? ENTRY_LINK : ENTRY_OTHER;
}

static char kind_of_entry(int fd, const struct dirent *entry)
{
#ifdef DT_REG
    switch (entry->d_type) {
    case DT_REG:
        return ENTRY_FILE;
    case DT_DIR:
        return ENTRY_FOLDER;
    case DT_LNK:
        return ENTRY_LINK;
    case DT_UNKNOWN:
        break;
    default:
        return ENTRY_OTHER;
    }
#endif
    struct stat about;
    return fstatat(fd, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 ? kind_of_mode(about.st_mode)
                                                                        : ENTRY_LOST;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of a folder, one behind the other: kind, name, NUL. Returns errno. */
static int list_names(int fd, DIR *list, dsr_buffer *names, size_t *count)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(list);
        if (entry == NULL) {
            return errno;
        }
        if (entry->d_name[0] == '.') { /* hidden, and the folder itself and its parent */
            continue;
        }
        char kind = kind_of_entry(fd, entry);
        dsr_buffer_append_char(names, kind);
        dsr_buffer_append(names, dsr_slice_of(entry->d_name));
        dsr_buffer_append(names, kind == ENTRY_FOLDER ? (dsr_slice){"/", 2} : (dsr_slice){"", 1});
        if (names->status != DSR_OK || *count >= DSR_LIMIT_REPORTS) {
            return names->status != DSR_OK ? ENOMEM : EOVERFLOW;
        }
        ++*count;
    }
}

static char **sort_names(char *names, size_t count)
{
    char **entries = malloc((count + 1) * sizeof *entries);
    for (size_t i = 0; entries != NULL && i < count; i++) {
        entries[i] = names + 1;
        names += strlen(names + 1) + 2;
    }
    if (entries != NULL) {
        qsort(entries, count, sizeof *entries, by_bytes);
    }
    return entries;
}

/* Reads the names of the folder behind `fd`; closes nothing. Returns errno. */
static int list_folder(int fd, dsr_walk_folder *out)
{
    int other = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    DIR *list = other >= 0 ? fdopendir(other) : NULL;
    if (list == NULL) {
        int cause = errno;
        if (other >= 0) {
            (void)close(other);
        }
        return cause;
    }
    dsr_buffer names;
    size_t count = 0;
    dsr_buffer_open(&names, 0);
    int cause = list_names(fd, list, &names, &count);
    (void)closedir(list);
    char **entries = cause == 0 ? sort_names(names.data, count) : NULL;
    if (entries == NULL) {
        dsr_buffer_drop(&names);
        return cause != 0 ? cause : ENOMEM;
    }
    *out = (dsr_walk_folder){fd, names.data, entries, count, 0, 0}; /* the buffer's memory is handed over */
    return 0;
}

/* Says why a folder cannot be walked through. */
static dsr_status refuse_folder(int cause, dsr_error *error)
{
    if (cause == ENOMEM) {
        return dsr_fail_memory(error, "read");
    }
    if (cause == EOVERFLOW) {
        return dsr_fail(error, DSR_ERR_LIMIT, "read", "holds more than %d files; split the folder",
                        DSR_LIMIT_REPORTS);
    }
    return dsr_input_refused(cause, error);
}

/* Goes into a folder whose path (with a slash at its end) is walk->path. Takes over `fd`. */
static dsr_status enter(dsr_walk *walk, int fd, dsr_error *error)
{
    dsr_walk_folder *folder = &walk->folders[walk->depth];
    int cause = list_folder(fd, folder);
    if (cause != 0) {
        (void)close(fd);
        return refuse_folder(cause, error);
    }
    folder->path_len = walk->path.len;
    walk->depth++;
    return DSR_OK;
}

dsr_status dsr_walk_begin(dsr_walk *walk, const char *path, dsr_error *error)
{
    dsr_buffer_reset(&walk->path);
    dsr_buffer_append(&walk->path, dsr_slice_of(path));
    if (walk->path.len > 0 && walk->path.status == DSR_OK && walk->path.data[walk->path.len - 1] != '/') {
        dsr_buffer_append_char(&walk->path, '/');
    }
    if (walk->path.status != DSR_OK) {
        return dsr_fail_memory(error, "read");
    }
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return dsr_input_refused(errno, error);
    }
    walk->found = false;
    return enter(walk, fd, error);
}

int dsr_walk_open_file(int folder, const char *name)
{
    /* Should it have become a pipe or terminal since it was looked at, this neither waits nor takes it over.
     */
    return openat(folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static dsr_walk_result aside(dsr_walk *walk, dsr_status status)
{
    walk->found = true;
    return status == DSR_ERR_MEMORY ? DSR_WALK_MEMORY : DSR_WALK_ASIDE;
}

static dsr_status refuse_entry(int cause, dsr_error *error)
{
    if (cause == ENOENT) {
        return dsr_fail(error, DSR_ERR_IO, "read", "vanished while its folder was read; read it again");
    }
    return dsr_input_refused(cause, error);
}

/* A folder in a folder: true where the walk goes on in it. */
static bool descend(dsr_walk *walk, int parent, const char *name, dsr_walk_result *result, dsr_error *error)
{
    if (walk->depth >= DSR_LIMIT_PATH_DEPTH) {
        *result = aside(walk, dsr_fail(error, DSR_ERR_LIMIT, "read",
                                       "lies more than %d folders deep; give this folder itself",
                                       DSR_LIMIT_PATH_DEPTH));
        return false;
    }
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    dsr_status status = fd >= 0 ? enter(walk, fd, error) : refuse_entry(errno, error);
    if (status != DSR_OK) {
        *result = aside(walk, status);
        return false;
    }
    return true;
}

static dsr_walk_result open_entry(dsr_walk *walk, int folder, const char *name, int *fd, dsr_error *error)
{
    *fd = dsr_walk_open_file(folder, name);
    if (*fd < 0) {
        return aside(walk, refuse_entry(errno, error));
    }
    walk->found = true;
    return DSR_WALK_FILE;
}

/* A link, or what is neither file nor folder: true where it is left out (a link to a folder could lead in a
 * circle). */
static bool look_at(dsr_walk *walk, int folder, const char *name, int *fd, dsr_walk_result *result,
                    dsr_error *error)
{
    struct stat about;
    if (fstatat(folder, name, &about, 0) != 0) {
        dsr_status status = errno == ENOENT ? dsr_fail(error, DSR_ERR_IO, "read",
                                                       "is a link that leads nowhere; remove it or mend it")
                                            : dsr_input_refused(errno, error);
        *result = aside(walk, status);
        return false;
    }
    if (S_ISDIR(about.st_mode)) {
        return true;
    }
    *result = S_ISREG(about.st_mode) ? open_entry(walk, folder, name, fd, error)
                                     : aside(walk, dsr_input_no_file(about.st_mode, error));
    return false;
}

dsr_walk_result dsr_walk_next(dsr_walk *walk, int *fd, dsr_error *error)
{
    dsr_walk_result result = DSR_WALK_END;
    while (walk->depth > 0) {
        dsr_walk_folder *folder = &walk->folders[walk->depth - 1];
        if (folder->next == folder->count) {
            leave(walk);
            continue;
        }
        const char *name = folder->entries[folder->next++];
        walk->path.len = folder->path_len;
        dsr_buffer_append(&walk->path, dsr_slice_of(name));
        if (walk->path.status != DSR_OK) {
            return DSR_WALK_MEMORY;
        }
        char kind = name[-1];
        if (kind == ENTRY_FOLDER) {
            if (!descend(walk, folder->fd, name, &result, error)) {
                return result;
            }
        } else if (kind == ENTRY_FILE) {
            return open_entry(walk, folder->fd, name, fd, error);
        } else if (!look_at(walk, folder->fd, name, fd, &result, error)) {
            return result;
        }
    }
    return DSR_WALK_END;
}
