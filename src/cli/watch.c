/* `dossier watch`: takes in what appears in folders. The kernel tells which files were closed or moved there
 * (inotify); they wait until nothing more comes for a moment, then go in together. Where the kernel lost
 * count the folders are read anew: what is there already changes nothing. */
#include "cli/commands.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    QUIET_MS = 200,    /* without news, until what came goes in */
    LONGEST_MS = 2000, /* it waits no longer than this */
    RETRY_MS = 1000,   /* where another process has the store */
    IDLE_MS = 1000,    /* a signal that came just before the wait is seen after it */
    EVENT_BYTES = 64 * 1024,
    DEPTH_MOST = 64, /* folders within folders */
    WATCHED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_EXCL_UNLINK
};

typedef struct strings {
    char **items;
    size_t count, room;
} strings;

typedef struct watcher {
    dsr_session *session;
    int descriptor;
    strings folders; /* by watch descriptor; NULL: none */
    strings waiting; /* paths that go in next */
    uint64_t counts[4];
} watcher;

static dsr_status fail_memory(watcher *w)
{
    return dsr_fail_memory(&w->session->error, "watch");
}

static void drop_strings(strings *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->items[i]);
    free((void *)s->items);
    *s = (strings){NULL, 0, 0};
}

static bool reserve(strings *s, size_t count)
{
    if (count <= s->room)
        return true;
    size_t room = s->room ? s->room : 16;
    while (room < count)
        room *= 2;
    char **grown = realloc((void *)s->items, room * sizeof(char *));
    if (grown == NULL)
        return false;
    s->items = grown;
    s->room = room;
    return true;
}

static char *join(const char *folder, const char *name)
{
    size_t length = strlen(folder), rest = strlen(name);
    bool slash = length > 0 && folder[length - 1] == '/';
    char *path = malloc(length + rest + 2);
    if (path == NULL)
        return NULL;
    memcpy(path, folder, length);
    if (!slash)
        path[length++] = '/';
    memcpy(path + length, name, rest + 1);
    return path;
}

/* Takes `path` over. */
static dsr_status wait_for(watcher *w, char *path)
{
    if (path == NULL || !reserve(&w->waiting, w->waiting.count + 1)) {
        free(path);
        return fail_memory(w);
    }
    w->waiting.items[w->waiting.count++] = path;
    return DSR_OK;
}

static dsr_status fail_watch(watcher *w, const char *folder)
{
    const char *why = errno == ENOSPC
                          ? "the system watches no more folders; raise fs.inotify.max_user_watches"
                          : strerror(errno);
    dsr_status status = dsr_fail(&w->session->error, DSR_ERR_IO, "watch", "cannot be watched: %s", why);
    dsr_error_set_subject(&w->session->error, folder, strlen(folder));
    return status;
}

/* Remembers under which descriptor a folder is watched; takes `copy` over. */
static dsr_status remember(watcher *w, int number, char *copy)
{
    size_t at = (size_t)number;
    if (copy == NULL || !reserve(&w->folders, at + 1)) {
        free(copy);
        return fail_memory(w);
    }
    for (; w->folders.count <= at; w->folders.count++)
        w->folders.items[w->folders.count] = NULL;
    free(w->folders.items[at]);
    w->folders.items[at] = copy;
    return DSR_OK;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static dsr_status watch_folder(watcher *w, const char *folder, unsigned depth);

static dsr_status watch_inner(watcher *w, const char *folder, unsigned depth)
{
    DIR *opened = opendir(folder);
    dsr_status status = DSR_OK;
    if (opened == NULL)
        return DSR_OK; /* it went again, or may not be read: then nothing in it can be taken in */
    for (const struct dirent *entry; status == DSR_OK && (entry = readdir(opened)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char *path = join(folder, entry->d_name);
        if (path == NULL)
            status = fail_memory(w);
        else if (is_folder(path))
            status = watch_folder(w, path, depth + 1);
        free(path);
    }
    closedir(opened);
    return status;
}

/* First the folder, then what is in it: what is made meanwhile is told. */
static dsr_status watch_folder(watcher *w, const char *folder, unsigned depth)
{
    if (depth > DEPTH_MOST)
        return DSR_OK;
    int number = inotify_add_watch(w->descriptor, folder, WATCHED);
    if (number < 0)
        return depth > 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES) ? DSR_OK
                                                                                     : fail_watch(w, folder);
    size_t length = strlen(folder) + 1;
    char *copy = malloc(length);
    if (copy != NULL)
        memcpy(copy, folder, length);
    dsr_status status = remember(w, number, copy);
    return status == DSR_OK ? watch_inner(w, folder, depth) : status;
}

static dsr_status wait_for_all(watcher *w)
{
    dsr_status status = DSR_OK;
    for (unsigned i = 0; status == DSR_OK && i < w->session->settings->operand_count; i++) {
        const char *folder = w->session->settings->operands[i];
        char *copy = malloc(strlen(folder) + 1);
        if (copy != NULL)
            memcpy(copy, folder, strlen(folder) + 1);
        status = wait_for(w, copy);
    }
    return status;
}

static dsr_status take_event(watcher *w, const struct inotify_event *event)
{
    if (event->mask & IN_Q_OVERFLOW)
        return wait_for_all(w);
    const char *folder =
        event->wd >= 0 && (size_t)event->wd < w->folders.count ? w->folders.items[event->wd] : NULL;
    if (folder == NULL || event->len == 0 || event->name[0] == '.')
        return DSR_OK;
    bool inner = event->mask & IN_ISDIR;
    if (!inner && !(event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)))
        return DSR_OK; /* made, but not closed yet */
    char *path = join(folder, event->name);
    if (path == NULL)
        return fail_memory(w);
    dsr_status status = inner ? watch_folder(w, path, 1) : DSR_OK;
    if (status != DSR_OK) {
        free(path);
        return status;
    }
    return wait_for(w, path);
}

static dsr_status read_events(watcher *w)
{
    _Alignas(struct inotify_event) char bytes[EVENT_BYTES];
    dsr_status status = DSR_OK;
    ssize_t got = read(w->descriptor, bytes, sizeof bytes);
    for (ssize_t at = 0; status == DSR_OK && at < got;) {
        const struct inotify_event *event = (const struct inotify_event *)(void *)(bytes + at);
        status = take_event(w, event);
        at += (ssize_t)(sizeof *event + event->len);
    }
    if (got < 0 && errno != EINTR && errno != EAGAIN)
        return dsr_fail(&w->session->error, DSR_ERR_IO, "watch", "%s", strerror(errno));
    return status;
}

static bool is_stopped(const watcher *w)
{
    return atomic_load(&w->session->cancel->raised);
}

static int64_t now_ms(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits for news, and then until there is a moment without. */
static dsr_status gather(watcher *w, bool retry)
{
    int64_t began = 0;
    for (;;) {
        struct pollfd news = {.fd = w->descriptor, .events = POLLIN};
        int patience = w->waiting.count == 0 ? IDLE_MS : retry ? RETRY_MS : QUIET_MS;
        int ready = poll(&news, 1, patience);
        if (is_stopped(w) || (ready < 0 && errno != EINTR))
            return DSR_OK;
        if (ready > 0) {
            dsr_status status = read_events(w);
            if (status != DSR_OK)
                return status;
        }
        began = began == 0 && w->waiting.count > 0 ? now_ms() : began;
        if (w->waiting.count > 0 && (ready == 0 || now_ms() - began >= LONGEST_MS))
            return DSR_OK;
    }
}

static int compare_paths(const void *x, const void *y)
{
    const char *const *a = x, *const *b = y;
    return strcmp(*a, *b);
}

/* In the order of names, each once; what has gone again meanwhile is passed over. */
static void tidy(strings *s)
{
    qsort((void *)s->items, s->count, sizeof(char *), compare_paths);
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        bool again = kept > 0 && strcmp(s->items[kept - 1], s->items[i]) == 0;
        if (again || access(s->items[i], F_OK) != 0)
            free(s->items[i]);
        else
            s->items[kept++] = s->items[i];
    }
    s->count = kept;
}

/* *retry where another process has the store: what waits goes on waiting. */
static dsr_status take_in(watcher *w, bool *retry)
{
    tidy(&w->waiting);
    *retry = false;
    if (w->waiting.count == 0)
        return DSR_OK;
    dsr_inputs inputs = dsr_session_inputs(w->session);
    inputs.paths = (const char *const *)w->waiting.items;
    inputs.count = w->waiting.count;
    dsr_status status = dsr_add_inputs(w->session, &inputs, w->counts);
    dsr_session_send_all(w->session);
    if (status == DSR_ERR_BUSY) {
        dsr_error_clear(&w->session->error);
        *retry = true;
        return DSR_OK;
    }
    drop_strings(&w->waiting);
    return status;
}

static dsr_status watch_all(watcher *w)
{
    dsr_status status = DSR_OK;
    bool retry = false;
    for (unsigned i = 0; status == DSR_OK && i < w->session->settings->operand_count; i++)
        status = watch_folder(w, w->session->settings->operands[i], 0);
    if (status == DSR_OK)
        status = wait_for_all(w);
    while (status == DSR_OK && !is_stopped(w)) {
        status = take_in(w, &retry);
        if (status == DSR_OK && !is_stopped(w))
            status = gather(w, retry);
    }
    return status;
}

/* Being stopped is how it ends. */
dsr_status dsr_run_watch(dsr_session *session)
{
    watcher w = {.session = session, .descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
    dsr_status status = w.descriptor < 0 ? dsr_fail(&session->error, DSR_ERR_IO, "watch",
                                                    "the system watches no folders: %s", strerror(errno))
                                         : dsr_session_open_engine(session, DSR_PLACE_MAKE);
    if (status == DSR_OK)
        status = watch_all(&w);
    if (w.descriptor >= 0)
        close(w.descriptor);
    drop_strings(&w.folders);
    drop_strings(&w.waiting);
    if (status == DSR_ERR_CANCELLED || (status == DSR_OK && is_stopped(&w))) {
        dsr_error_clear(&session->error);
        session->kept = 0;
        status = DSR_OK;
    }
    return status;
}
