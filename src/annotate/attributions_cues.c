/* The words of data/en/cues.tsv. Must not know sentences. */
#include "annotate/attributions_parts.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "lexicon/file.h"

#include <stdlib.h>

static const char STAGE[] = "cues";
enum { WORD_BYTES = 64, KIND_BITS = 5 };

struct dsr_attribution_tables {
    dsr_map *entries; /* part and word -> kind and what it takes */
};

static const char *const prepositions[] = {"about", "against", "as",  "at",   "by",   "for",  "from", "in",
                                           "of",    "on",      "out", "over", "upon", "with", "to"};
enum { PREPOSITIONS = sizeof prepositions / sizeof *prepositions };
_Static_assert(KIND_BITS + 5 + PREPOSITIONS <= 31, "kind and frames must fit the map's number");

uint32_t dsr_cue_preposition(dsr_slice word)
{
    for (uint32_t i = 0; i < PREPOSITIONS; i++) {
        if (dsr_slice_equal_nocase(word, dsr_slice_of(prepositions[i]))) {
            return (uint32_t)DSR_TAKES_PREPOSITION << i;
        }
    }
    return 0;
}

static uint64_t key_of(dsr_cue_part part, dsr_slice word)
{
    char folded[WORD_BYTES];
    if (word.len > WORD_BYTES / 3) {
        return 0;
    }
    size_t count = dsr_fold_word(word, folded, sizeof folded);
    /* High in the seed: of words of up to three letters a seed that differs in its low bits makes another
     * word's hash ("ash" as a phrase would be "ask" as a verb). */
    return dsr_hash64((dsr_slice){folded, count}, 0x637565u + ((uint64_t)part << 40));
}

dsr_cue_entry dsr_cue_find(const dsr_attribution_tables *tables, dsr_cue_part part, dsr_slice lemma)
{
    uint32_t found = dsr_map_get(tables->entries, key_of(part, lemma));
    if (found == DSR_MAP_NONE) {
        return (dsr_cue_entry){0, 0};
    }
    return (dsr_cue_entry){(uint8_t)(found & ((1u << KIND_BITS) - 1)), found >> KIND_BITS};
}

/* ---- reading ---- */

static bool read_kind(dsr_slice name, uint32_t *out)
{
#define CLASS_NAME(name) #name,
    static const char *const names[] = {DSR_CUE_CLASS_LIST(CLASS_NAME)};
    for (uint32_t i = 1; i < DSR_CUE_KINDS; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(names[i]))) {
            *out = i;
            return true;
        }
    }
    return false;
}

static bool read_part(dsr_slice name, dsr_cue_part *out)
{
    static const char *const names[DSR_CUE_PARTS] = {"verb", "noun", "adj", "phrase", "medium"};
    for (int i = 0; i < DSR_CUE_PARTS; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(names[i]))) {
            *out = (dsr_cue_part)i;
            return true;
        }
    }
    return false;
}

static bool read_takes(dsr_slice list, uint32_t *out)
{
    static const char *const names[] = {"that", "quote", "to", "obj", "rarely"};
    dsr_slice word;
    uint32_t takes = 0;
    while (dsr_slice_next_field(&list, ' ', &word)) {
        uint32_t bit = 0;
        for (uint32_t i = 0; i < 5 && bit == 0; i++) {
            bit = dsr_slice_equal(word, dsr_slice_of(names[i])) ? 1u << i : 0;
        }
        if (bit == 0) {
            bit = dsr_cue_preposition(dsr_slice_equal(word, DSR_SLICE("to-np")) ? DSR_SLICE("to") : word);
        }
        if (bit == 0) {
            return false;
        }
        takes |= bit;
    }
    *out = takes;
    return true;
}

static dsr_status read_line(const dsr_lexicon_file *file, dsr_map *entries, dsr_error *error)
{
    dsr_slice fields[4] = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    dsr_slice rest = file->line;
    for (size_t i = 0; i < 4; i++) {
        (void)dsr_slice_next_field(&rest, '\t', &fields[i]);
    }
    dsr_cue_part part = DSR_CUE_VERB;
    uint32_t kind = 0;
    uint32_t takes = 0;
    if (fields[0].len == 0 || fields[0].len > WORD_BYTES / 3 || !read_part(fields[1], &part) ||
        !read_kind(fields[2], &kind) || !read_takes(fields[3], &takes)) {
        return dsr_lexicon_file_fail(file, error,
                                     "a word, \"verb\", \"noun\", \"adj\", \"phrase\" or \"medium\", a class "
                                     "and what it takes were expected");
    }
    return dsr_map_put(entries, key_of(part, fields[0]), kind | takes << KIND_BITS) == DSR_OK
               ? DSR_OK
               : dsr_fail_memory(error, STAGE);
}

static dsr_status read_folder(dsr_map *entries, const char *folder, dsr_error *error)
{
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_lexicon_file file;
    bool found = false;
    dsr_status status = dsr_lexicon_file_open(arena, folder, "en/cues.tsv", &file, &found, error);
    while (status == DSR_OK && found && dsr_lexicon_file_next(&file)) {
        status = read_line(&file, entries, error);
    }
    dsr_arena_drop(arena);
    return status;
}

dsr_status dsr_attribution_tables_open(const char *data_folder, const char *user_folder,
                                       dsr_attribution_tables **out, dsr_error *error)
{
    dsr_attribution_tables *tables = calloc(1, sizeof *tables);
    dsr_map *entries = dsr_map_new(1024);
    dsr_status status = DSR_OK;
    if (tables == NULL || entries == NULL) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        status = read_folder(entries, data_folder, error);
    }
    if (status == DSR_OK && user_folder != NULL) {
        status = read_folder(entries, user_folder, error);
    }
    if (status != DSR_OK) {
        dsr_map_drop(entries);
        free(tables);
        return status;
    }
    tables->entries = entries;
    *out = tables;
    return DSR_OK;
}

void dsr_attribution_tables_drop(dsr_attribution_tables *tables)
{
    if (tables != NULL) {
        dsr_map_drop(tables->entries);
        free(tables);
    }
}
