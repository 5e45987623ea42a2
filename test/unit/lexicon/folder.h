/* A folder of word lists that a test writes, and drops again. */
#ifndef TEST_LEXICON_FOLDER_H
#define TEST_LEXICON_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_PATH = 256 };

static inline void folder_make(char path[FOLDER_PATH])
{
    snprintf(path, FOLDER_PATH, "/tmp/dossier-lexicon-XXXXXX");
    assert_non_null(mkdtemp(path));
    char inner[FOLDER_PATH + 8];
    snprintf(inner, sizeof inner, "%s/en", path);
    assert_int_equal(mkdir(inner, 0700), 0);
}

static inline void folder_write(const char *path, const char *name, const char *bytes, size_t length)
{
    char whole[FOLDER_PATH * 2];
    snprintf(whole, sizeof whole, "%s/%s", path, name);
    FILE *f = fopen(whole, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, length, f), length);
    assert_int_equal(fclose(f), 0);
}

static inline void folder_put(const char *path, const char *name, const char *text)
{
    folder_write(path, name, text, strlen(text));
}

static inline void folder_remove(const char *path, const char *name)
{
    char whole[FOLDER_PATH * 2];
    snprintf(whole, sizeof whole, "%s/%s", path, name);
    unlink(whole);
}

static const char *const folder_names[] = {
    "outlets.tsv",     "agencies.tsv",    "cities.txt",           "en/stop.txt",
    "en/hedges.txt",   "en/numbers.txt",  "en/abbreviations.txt", "en/cues.txt",
    "en/units.txt",    "en/prefixes.txt", "en/contractions.txt",  "en/abbreviated-names.txt",
    "en/variants.tsv", "en/months.tsv",   "en/weekdays.tsv",      "en/furniture.rules"};

/* Everything that a data folder must have, as small as can be. */
static inline void folder_fill(const char *path)
{
    folder_put(path, "outlets.tsv",
               "# outlets\nThe Valley Post\tValley Post Online\tvalleypost.example\tValley Media\tNO\n");
    folder_put(path, "agencies.tsv", "VNA\tValley News Agency; Valley-News\tNO\n");
    folder_put(path, "en/stop.txt", "# stop\nthe\nof\ndon't\n");
    folder_put(path, "en/hedges.txt", "alleged\nsign of\n");
    folder_put(path, "en/numbers.txt", "two\n");
    folder_put(path, "en/abbreviations.txt", "mr\nu.s\n");
    folder_put(path, "en/cues.txt", "said\n");
    folder_put(path, "en/units.txt", "km\n");
    folder_put(path, "en/prefixes.txt", "anti\n");
    folder_put(path, "en/contractions.txt", "dont\n");
    folder_put(path, "en/abbreviated-names.txt", "ill\n");
    folder_put(path, "en/variants.tsv", "Kyiv\tKiev\nUS\tU.S.\tUnited States\n");
    folder_put(path, "en/months.tsv", "1\tjanuary, jan\n");
    folder_put(path, "en/weekdays.tsv", "0\tmonday, mon\n");
    folder_put(path, "en/furniture.rules", "advert: advertisement\n");
}

static inline void folder_drop(const char *path)
{
    for (size_t i = 0; i < sizeof folder_names / sizeof folder_names[0]; i++)
        folder_remove(path, folder_names[i]);
    char inner[FOLDER_PATH + 8];
    snprintf(inner, sizeof inner, "%s/en", path);
    rmdir(inner);
    rmdir(path);
}

#endif
