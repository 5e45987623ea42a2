/* See environment.h. */
#include "cli/environment.h"

#include "present/paint.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *value_of(dsr_variable get, const char *name)
{
    const char *value = get(name);
    return value && value[0] ? value : NULL;
}

/* The XDG base directory specification: a relative path in its variables is to be ignored. */
static const char *absolute(dsr_variable get, const char *name)
{
    const char *value = value_of(get, name);
    return value && value[0] == '/' ? value : NULL;
}

/* "$variable/rest", else "$HOME/below/rest"; *out is NULL where neither is set. */
static dsr_status base_folder(dsr_arena *arena, dsr_variable get, const char *variable, const char *below,
                              const char *rest, const char **out)
{
    const char *base = absolute(get, variable), *home = value_of(get, "HOME");
    dsr_slice path = DSR_SLICE_NONE;
    dsr_status status = DSR_OK;
    if (base)
        status = dsr_arena_format(arena, &path, "%s/%s", base, rest);
    else if (home)
        status = dsr_arena_format(arena, &path, "%s/%s/%s", home, below, rest);
    if (status == DSR_OK)
        *out = path.ptr;
    return status;
}

dsr_status dsr_environment_store(dsr_arena *arena, dsr_variable get, const dsr_settings *settings,
                                 const char **out, dsr_error *error)
{
    const char *path = settings->store ? settings->store : value_of(get, "DOSSIER_STORE");
    if (path == NULL) {
        dsr_status status =
            base_folder(arena, get, "XDG_DATA_HOME", ".local/share", "dossier/dossier.store", &path);
        if (status != DSR_OK)
            return dsr_fail_memory(error, "store");
    }
    if (path == NULL)
        return dsr_fail(error, DSR_ERR_NOT_FOUND, "store",
                        "there is no place for the store, as neither $XDG_DATA_HOME nor $HOME is set; name "
                        "one with --store FILE");
    *out = path;
    return DSR_OK;
}

dsr_status dsr_environment_user_folder(dsr_arena *arena, dsr_variable get, const char **out)
{
    const char *path = NULL;
    struct stat about;
    dsr_status status = base_folder(arena, get, "XDG_CONFIG_HOME", ".config", "dossier", &path);
    if (status != DSR_OK)
        return status;
    *out = path && stat(path, &about) == 0 && S_ISDIR(about.st_mode) ? path : NULL;
    return DSR_OK;
}

const char *dsr_environment_data(dsr_variable get, const dsr_settings *settings)
{
    return settings->data ? settings->data : value_of(get, "DOSSIER_DATA");
}

static bool wants_colour(dsr_variable get, const dsr_settings *settings, bool is_terminal)
{
    const char *terminal = value_of(get, "TERM");
    switch (dsr_settings_colour(settings)) {
    case DSR_COLOUR_ALWAYS:
        return true;
    case DSR_COLOUR_NEVER:
        return false;
    case DSR_COLOUR_AUTO:
        break;
    }
    return is_terminal && terminal && strcmp(terminal, "dumb") != 0 && value_of(get, "NO_COLOR") == NULL;
}

static unsigned columns_variable(dsr_variable get)
{
    const char *value = value_of(get, "COLUMNS");
    char *end = NULL;
    long columns = value ? strtol(value, &end, 10) : 0;
    return value && *end == '\0' && columns > 0 && columns < INT_MAX ? (unsigned)columns : 0;
}

const char *dsr_environment_user(dsr_variable get)
{
    const char *user = value_of(get, "USER");
    user = user ? user : value_of(get, "LOGNAME");
    return user ? user : "unknown";
}

const char *dsr_environment_scratch(dsr_variable get)
{
    const char *folder = get("TMPDIR");
    return folder && *folder ? folder : "/tmp";
}

dsr_look dsr_environment_look(dsr_variable get, const dsr_settings *settings, bool is_terminal,
                              unsigned columns)
{
    unsigned width = settings->width;
    if (width == 0 && is_terminal)
        width = columns > 0 ? columns : columns_variable(get);
    if (width == 0)
        width = DSR_WIDTH_USUAL;
    if (width < DSR_WIDTH_LEAST)
        width = DSR_WIDTH_LEAST;
    if (width > DSR_WIDTH_MOST)
        width = DSR_WIDTH_MOST;
    bool full = settings->length != NULL && strcmp(settings->length, "full") == 0;
    return (dsr_look){.width = width,
                      .colour = wants_colour(get, settings, is_terminal),
                      .full = full || settings->all,
                      .all = settings->all};
}

dsr_status dsr_environment_make_parents(const char *path, dsr_error *error)
{
    size_t length = strlen(path);
    char *folder = malloc(length + 1);
    if (folder == NULL)
        return dsr_fail_memory(error, "store");
    memcpy(folder, path, length + 1);
    dsr_status status = DSR_OK;
    for (size_t i = 1; i < length && status == DSR_OK; i++) {
        if (folder[i] != '/' || folder[i - 1] == '/')
            continue;
        folder[i] = '\0';
        struct stat about;
        /* Some systems refuse to make a folder that is there with another errno than EEXIST: look first. */
        if (stat(folder, &about) != 0 && mkdir(folder, 0700) != 0 && errno != EEXIST) {
            status = dsr_fail(error, DSR_ERR_IO, "store", "the folder for the store cannot be made: %s",
                              strerror(errno));
            dsr_error_set_subject(error, folder, i);
        }
        folder[i] = '/';
    }
    free(folder);
    return status;
}
