/* Media by the words that tell them, from data/en/media.tsv. Must not know reports. */
#include "annotate/said.h"

#include "base/map.h"
#include "lexicon/file.h"

#include <stdlib.h>

struct dsr_media_words {
    dsr_arena *arena;
    dsr_words *parts[2];
};

static bool parse_medium(dsr_slice name, dsr_medium *out)
{
    for (int i = DSR_MEDIUM_UNSAID + 1; i < DSR_MEDIA; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(dsr_medium_name((dsr_medium)i)))) {
            *out = (dsr_medium)i;
            return true;
        }
    }
    return false;
}

/* medium, "noun" or "verb", words parted by "|" */
static dsr_status read_line(dsr_media_words *words, const dsr_lexicon_file *file, dsr_error *error)
{
    dsr_slice rest = file->line;
    dsr_slice medium, part, list, word;
    dsr_medium value;
    bool whole = dsr_slice_next_field(&rest, '\t', &medium) && dsr_slice_next_field(&rest, '\t', &part) &&
                 dsr_slice_next_field(&rest, '\t', &list) && parse_medium(medium, &value);
    bool verb = whole && dsr_slice_equal(part, DSR_SLICE("verb"));
    if (!whole || (!verb && !dsr_slice_equal(part, DSR_SLICE("noun")))) {
        return dsr_lexicon_file_fail(file, error, "a line is a medium, \"noun\" or \"verb\", and words");
    }
    dsr_words *to = words->parts[verb ? DSR_MEDIA_VERB : DSR_MEDIA_NOUN];
    while (dsr_slice_next_field(&list, '|', &word)) {
        dsr_status status = dsr_words_put(to, dsr_slice_trim(word), (uint32_t)value);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static dsr_status read_folder(dsr_media_words *words, const char *folder, dsr_error *error)
{
    dsr_lexicon_file file;
    bool found = false;
    dsr_status status = dsr_lexicon_file_open(words->arena, folder, "en/media.tsv", &file, &found, error);
    while (status == DSR_OK && found && dsr_lexicon_file_next(&file)) {
        status = read_line(words, &file, error);
    }
    return status;
}

dsr_status dsr_media_words_open(const char *data_folder, const char *user_folder, dsr_media_words **out,
                                dsr_error *error)
{
    dsr_media_words *words = calloc(1, sizeof *words);
    if (words == NULL) {
        return dsr_fail_memory(error, "media.tsv");
    }
    words->arena = dsr_arena_new(0);
    words->parts[DSR_MEDIA_NOUN] = dsr_words_new(64);
    words->parts[DSR_MEDIA_VERB] = dsr_words_new(64);
    bool made = words->arena != NULL && words->parts[0] != NULL && words->parts[1] != NULL;
    dsr_status status = made ? read_folder(words, data_folder, error) : dsr_fail_memory(error, "media.tsv");
    if (status == DSR_OK && user_folder != NULL) {
        status = read_folder(words, user_folder, error);
    }
    if (status != DSR_OK) {
        dsr_media_words_drop(words);
        return status;
    }
    *out = words;
    return DSR_OK;
}

void dsr_media_words_drop(dsr_media_words *words)
{
    if (words != NULL) {
        dsr_words_drop(words->parts[DSR_MEDIA_NOUN]);
        dsr_words_drop(words->parts[DSR_MEDIA_VERB]);
        dsr_arena_drop(words->arena);
        free(words);
    }
}

dsr_medium dsr_media_words_find(const dsr_media_words *words, dsr_media_part part, dsr_slice lemma)
{
    uint32_t found = words != NULL ? dsr_words_get(words->parts[part], lemma) : DSR_MAP_NONE;
    return found == DSR_MAP_NONE ? DSR_MEDIUM_UNSAID : (dsr_medium)found;
}
