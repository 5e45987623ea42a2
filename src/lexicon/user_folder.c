/* Looks over a user's folder of word lists: a file that nobody reads would be passed over without a word.
 * Must not know what the files hold. */
#include "base/limits.h"
#include "lexicon/internal.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_MOST = 1024, NAME_MOST = 256 };

static bool is_file(const char *folder, const char *inner, const char *name)
{
    char path[2 * PATH_MOST];
    struct stat about;
    int length = snprintf(path, sizeof path, "%s/%s%s", folder, inner, name);
    return length > 0 && (size_t)length < sizeof path && stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static bool is_list(const char *name)
{
    dsr_slice text = dsr_slice_of(name);
    return name[0] != '.' &&
           (dsr_slice_ends(text, DSR_SLICE(".tsv")) || dsr_slice_ends(text, DSR_SLICE(".txt")) ||
            dsr_slice_ends(text, DSR_SLICE(".rules")));
}

/* Two tables make ids and are Dossier's own alone. */
static bool is_own(const char *inner, const char *name)
{
    return strcmp(inner, "names/") == 0 &&
           (strcmp(name, "keys.tsv") == 0 || strcmp(name, "spellings.tsv") == 0);
}

/* A language may have any list that English has. */
static bool is_read(const char *data_folder, const char *inner, const char *name)
{
    bool language = strlen(inner) == 3;
    return !is_own(inner, name) &&
           (is_file(data_folder, inner, name) || (language && is_file(data_folder, "en/", name)));
}

/* The first by name of the lists in user_folder/inner that nobody reads, into `first`; "" for none. */
static void find_unread(const char *data_folder, const char *user_folder, const char *inner,
                        char first[NAME_MOST])
{
    char path[PATH_MOST];
    first[0] = '\0';
    int length = snprintf(path, sizeof path, "%s/%s", user_folder, inner);
    DIR *all = length > 0 && (size_t)length < sizeof path ? opendir(path) : NULL;
    const struct dirent *entry;
    while (all && (entry = readdir(all))) {
        const char *name = entry->d_name;
        bool before = first[0] == '\0' || strcmp(name, first) < 0;
        if (before && strlen(name) < NAME_MOST && is_list(name) && is_file(user_folder, inner, name) &&
            !is_read(data_folder, inner, name))
            memcpy(first, name, strlen(name) + 1);
    }
    if (all)
        closedir(all);
}

static dsr_status check_inner(const char *data_folder, const char *user_folder, const char *inner,
                              dsr_error *error)
{
    char name[NAME_MOST];
    find_unread(data_folder, user_folder, inner, name);
    if (name[0] == '\0')
        return DSR_OK;
    dsr_status status =
        dsr_fail(error, DSR_ERR_INPUT, "lexicon",
                 "%s%s is no list that can be added to; name it as in Dossier's data folder, or take it out",
                 inner, name);
    dsr_error_set_subject(error, user_folder, strlen(user_folder));
    return status;
}

dsr_status dsr_lexicon_check_user_folder(const dsr_lexicon *lexicon, const char *data_folder,
                                         const char *user_folder, dsr_error *error)
{
    static const char *const folders[] = {"", "names/", "places/"};
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < sizeof folders / sizeof *folders; i++)
        status = check_inner(data_folder, user_folder, folders[i], error);
    for (size_t i = 0; status == DSR_OK && i < lexicon->languages.count; i++) {
        char inner[8];
        snprintf(inner, sizeof inner, "%.*s/", DSR_PRINT(lexicon->languages.items[i].code));
        status = check_inner(data_folder, user_folder, inner, error);
    }
    return status;
}
