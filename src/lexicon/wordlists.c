/* The word lists of one language: plain lists, spelling groups, months and weekdays, background frequencies.
 * Must not know of rules or reports. */
#include "base/hash.h"
#include "base/utf8.h"
#include "lexicon/internal.h"

#include <stdio.h>
#include <string.h>

size_t dsr_lexicon_phrase(dsr_slice text, char out[DSR_LEXICON_KEY_BYTES])
{
    const char *p = text.ptr, *end = p + text.len;
    size_t used = 0;
    bool gap = false;
    while (p < end) {
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        if (!dsr_is_word(c)) {
            gap = used > 0;
            continue;
        }
        if (used + 5 > DSR_LEXICON_KEY_BYTES)
            return 0;
        if (gap)
            out[used++] = ' ';
        gap = false;
        used += dsr_utf8_encode(dsr_fold(c), out + used);
    }
    return used;
}

/* The phrase with its punctuation: as a tokenizer that keeps "n't" or "u.s" would look it up. */
static size_t folded(dsr_slice text, char out[DSR_LEXICON_KEY_BYTES])
{
    const char *p = text.ptr, *end = p + text.len;
    size_t used = 0;
    while (p < end && used + 4 <= DSR_LEXICON_KEY_BYTES) {
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        used += dsr_utf8_encode(dsr_fold(c), out + used);
    }
    return p < end ? 0 : used;
}

static dsr_status put(dsr_lexicon *lexicon, dsr_words *words, const char *key, size_t length, uint32_t value)
{
    dsr_slice copy;
    dsr_status status = dsr_arena_copy(lexicon->arena, (dsr_slice){key, length}, &copy);
    return status != DSR_OK ? status : dsr_words_put(words, copy, value);
}

static dsr_status need_words(dsr_words **words, dsr_error *error)
{
    if (!*words)
        *words = dsr_words_new(64);
    return *words ? DSR_OK : dsr_fail_memory(error, "lexicon");
}

/* Puts a word both with its punctuation and as bare words, so that either way of cutting words finds it. */
static dsr_status put_both(dsr_lexicon *lexicon, dsr_lexicon_file *file, dsr_words *words, dsr_slice word,
                           uint32_t value, dsr_error *error)
{
    char bare[DSR_LEXICON_KEY_BYTES], whole[DSR_LEXICON_KEY_BYTES];
    size_t bare_length = dsr_lexicon_phrase(word, bare), whole_length = folded(word, whole);
    if (bare_length == 0 || whole_length == 0)
        return dsr_lexicon_file_fail(file, error, "a word or phrase of at most 250 bytes was expected");
    dsr_status status = put(lexicon, words, bare, bare_length, value);
    if (status == DSR_OK && (bare_length != whole_length || memcmp(bare, whole, bare_length) != 0))
        status = put(lexicon, words, whole, whole_length, value);
    return status == DSR_OK ? DSR_OK : dsr_fail_memory(error, "lexicon");
}

/* Notes in the table of all languages that one of them has a stop word, or has it no more. */
static dsr_status note_stop(dsr_lexicon *lexicon, size_t bit, dsr_slice word, bool has)
{
    char key[DSR_LEXICON_KEY_BYTES];
    dsr_slice found = {key, folded(word, key)};
    if (bit >= 64 || !found.len)
        return DSR_OK;
    uint64_t hash = dsr_hash64(found, 0);
    uint32_t index = dsr_map_get(lexicon->stop_anywhere, hash);
    if (index == DSR_MAP_NONE) {
        index = (uint32_t)lexicon->stop_languages.count;
        if (DSR_LIST_RESERVE(lexicon->arena, &lexicon->stop_languages, 1) != DSR_OK ||
            dsr_map_put(lexicon->stop_anywhere, hash, index) != DSR_OK)
            return DSR_ERR_MEMORY;
        lexicon->stop_languages.items[lexicon->stop_languages.count++] = 0;
    }
    uint64_t mask = UINT64_C(1) << bit;
    uint64_t *languages = &lexicon->stop_languages.items[index];
    *languages = has ? *languages | mask : *languages & ~mask;
    return DSR_OK;
}

static dsr_status read_stops(dsr_lexicon *lexicon, dsr_language_lists *language, dsr_lexicon_file file,
                             dsr_error *error)
{
    size_t bit = (size_t)(language - lexicon->languages.items);
    while (dsr_lexicon_file_next(&file)) {
        dsr_slice word = dsr_slice_trim(file.line);
        bool out = word.len > 1 && word.ptr[0] == '-';
        if (note_stop(lexicon, bit, out ? dsr_slice_part(word, 1, word.len) : word, !out) != DSR_OK)
            return dsr_fail_memory(error, "lexicon");
    }
    return DSR_OK;
}

static dsr_status read_list(dsr_lexicon *lexicon, dsr_words **words, dsr_lexicon_file *file, dsr_error *error)
{
    dsr_status status = need_words(words, error);
    while (status == DSR_OK && dsr_lexicon_file_next(file)) {
        dsr_slice word = dsr_slice_trim(file->line);
        /* A line that begins with "-" takes a word out again: this is for users' files. */
        bool out = word.len > 1 && word.ptr[0] == '-';
        status = put_both(lexicon, file, *words, out ? dsr_slice_part(word, 1, word.len) : word, out ? 0 : 1,
                          error);
    }
    return status;
}

static size_t count_words(dsr_slice phrase)
{
    size_t count = phrase.len > 0;
    for (size_t i = 0; i < phrase.len; i++)
        count += phrase.ptr[i] == ' ';
    return count;
}

/* Finds the group that the spellings of a line belong to: the one in which one of them stands already, else a
 * new one. */
static dsr_status group_of(dsr_lexicon *lexicon, const dsr_language_lists *language, dsr_lexicon_file *file,
                           uint32_t *group, dsr_error *error)
{
    dsr_slice rest = file->line, field;
    *group = 0;
    while (dsr_slice_next_field(&rest, '\t', &field)) {
        char key[DSR_LEXICON_KEY_BYTES];
        size_t length = dsr_lexicon_phrase(field, key);
        uint32_t at = dsr_words_get(language->variants, (dsr_slice){key, length});
        if (at == DSR_MAP_NONE || at == 0 || at == *group)
            continue;
        if (*group != 0)
            return dsr_lexicon_file_fail(
                file, error, "\"%.*s\" stands in another group already; one spelling belongs to one group",
                (int)length, key);
        *group = at;
    }
    if (*group == 0)
        *group = ++lexicon->variant_groups;
    return DSR_OK;
}

static dsr_status add_group(dsr_lexicon *lexicon, dsr_language_lists *language, dsr_lexicon_file *file,
                            dsr_error *error)
{
    uint32_t group = 0;
    dsr_slice rest = file->line, field;
    bool out = rest.len > 1 && rest.ptr[0] == '-';
    if (out)
        rest = dsr_slice_part(rest, 1, rest.len);
    else if (dsr_slice_find(rest, DSR_SLICE("\t"), 0) == SIZE_MAX)
        return dsr_lexicon_file_fail(file, error, "two spellings or more, parted by tabs, were expected");
    dsr_status status = out ? DSR_OK : group_of(lexicon, language, file, &group, error);
    while (status == DSR_OK && dsr_slice_next_field(&rest, '\t', &field)) {
        char key[DSR_LEXICON_KEY_BYTES];
        size_t length = dsr_lexicon_phrase(field, key);
        if (length == 0)
            return dsr_lexicon_file_fail(file, error,
                                         "a spelling of letters or digits, at most 250 bytes, was expected");
        size_t words = count_words((dsr_slice){key, length});
        if (words > language->variant_words)
            language->variant_words = words;
        if (put(lexicon, language->variants, key, length, group) != DSR_OK)
            return dsr_fail_memory(error, "lexicon");
    }
    return status;
}

static dsr_status read_variants(dsr_lexicon *lexicon, dsr_language_lists *language, dsr_lexicon_file *file,
                                dsr_error *error)
{
    dsr_status status = need_words(&language->variants, error);
    while (status == DSR_OK && dsr_lexicon_file_next(file))
        status = add_group(lexicon, language, file, error);
    return status;
}

static bool parse_number(dsr_slice text, uint32_t *out)
{
    uint32_t value = 0;
    if (text.len == 0 || text.len > 9)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    *out = value;
    return true;
}

/* Lines "1<tab>january, jan": a number from `least` to `most`, and its names. */
static dsr_status read_numbered(dsr_lexicon *lexicon, dsr_words **words, dsr_lexicon_file *file,
                                const uint32_t range[2], dsr_error *error)
{
    dsr_status status = need_words(words, error);
    while (status == DSR_OK && dsr_lexicon_file_next(file)) {
        dsr_slice rest = file->line, number, name;
        uint32_t value;
        if (!dsr_slice_next_field(&rest, '\t', &number) || !parse_number(dsr_slice_trim(number), &value) ||
            value < range[0] || value > range[1] || !rest.ptr)
            return dsr_lexicon_file_fail(
                file, error, "a number from %u to %u, a tab and names parted by commas were expected",
                range[0], range[1]);
        while (status == DSR_OK && dsr_slice_next_field(&rest, ',', &name)) {
            name = dsr_slice_trim(name);
            status = put_both(lexicon, file, *words, name, value, error);
        }
    }
    return status;
}

static dsr_status read_one(dsr_lexicon *lexicon, dsr_language_lists *language, size_t which,
                           dsr_lexicon_file *file, dsr_error *error)
{
    static const uint32_t months[2] = {1, 12}, weekdays[2] = {0, 6}, kin[2] = {1, 9999};
    if (which == DSR_WORDS_STOP) {
        language->has_stop = true;
        dsr_status status = read_stops(lexicon, language, *file, error);
        if (status != DSR_OK)
            return status;
    }
    if (which < DSR_WORD_LISTS)
        return read_list(lexicon, &language->lists[which], file, error);
    switch (which - DSR_WORD_LISTS) {
    case 0:
        return read_variants(lexicon, language, file, error);
    case 1:
        return read_numbered(lexicon, &language->kin, file, kin, error);
    case 2:
        return read_numbered(lexicon, &language->months, file, months, error);
    default:
        return read_numbered(lexicon, &language->weekdays, file, weekdays, error);
    }
}

enum { LIST_NAME_BYTES = 64 };

/* code "/" list: where a language's list lies in a folder. */
static const char *list_name(const dsr_language_lists *language, const char *list, char name[LIST_NAME_BYTES])
{
    snprintf(name, LIST_NAME_BYTES, "%.*s/%s", DSR_PRINT(language->code), list);
    return name;
}

dsr_status dsr_lexicon_read_language(dsr_lexicon *lexicon, dsr_language_lists *language, const char *folder,
                                     const char **missing, dsr_error *error)
{
    static const char *const names[] = {"stop.txt",          "hedges.txt",       "numbers.txt",
                                        "abbreviations.txt", "cues.txt",         "units.txt",
                                        "prefixes.txt",      "contractions.txt", "abbreviated-names.txt",
                                        "clause-words.txt",  "denials.txt",      "variants.tsv",
                                        "kin.tsv",           "months.tsv",       "weekdays.tsv"};
    char path[LIST_NAME_BYTES];
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < sizeof names / sizeof names[0]; i++) {
        dsr_lexicon_file file;
        bool found = false;
        status = dsr_lexicon_file_open(lexicon->arena, folder, list_name(language, names[i], path), &file,
                                       &found, error);
        if (status == DSR_OK && found)
            status = read_one(lexicon, language, i, &file, error);
        /* stories are poorer without */
        bool optional = i == DSR_WORDS_CLAUSE || i == DSR_WORDS_DENIAL || i == DSR_WORD_LISTS + 1;
        if (!found && missing && !*missing && !optional)
            *missing = names[i];
    }
    return status;
}

dsr_status dsr_lexicon_read_rules(dsr_lexicon *lexicon, dsr_language_lists *language, const char *folder,
                                  const char **missing, dsr_error *error)
{
    static const char name[] = "furniture.rules";
    dsr_lexicon_file file;
    bool found = false;
    char path[LIST_NAME_BYTES];
    dsr_status status =
        dsr_lexicon_file_open(lexicon->arena, folder, list_name(language, name, path), &file, &found, error);
    if (status == DSR_OK && found)
        status = dsr_rule_set_read(&language->rules, &file, error);
    if (!found && missing && !*missing)
        *missing = name;
    return status;
}

/* The first line that is no comment is "documents<tab>N". */
static dsr_status read_counts(dsr_language_lists *language, dsr_lexicon_file *file, dsr_error *error)
{
    /* The table borrows the stems from the file's bytes, which live as long as the lexicon: nothing is
     * copied. */
    language->background = dsr_words_new(file->rest.len / 9);
    if (!language->background)
        return dsr_fail_memory(error, "lexicon");
    while (dsr_lexicon_file_next(file)) {
        dsr_slice rest = file->line, stem;
        uint32_t count;
        if (!dsr_slice_next_field(&rest, '\t', &stem) || stem.len == 0 || !parse_number(rest, &count))
            return dsr_lexicon_file_fail(file, error, "a stem, a tab and a number were expected");
        if (language->background_size == 0) {
            if (!dsr_slice_equal(stem, DSR_SLICE("documents")) || count == 0)
                return dsr_lexicon_file_fail(file, error,
                                             "\"documents\", a tab and their number were expected first");
            language->background_size = count;
        } else if (dsr_words_put(language->background, stem, count) != DSR_OK) {
            return dsr_fail_memory(error, "lexicon");
        }
    }
    return DSR_OK;
}

dsr_status dsr_lexicon_read_background(dsr_lexicon *lexicon, dsr_language_lists *language,
                                       const char *data_folder, dsr_error *error)
{
    char name[64];
    dsr_lexicon_file file;
    bool found = false;
    snprintf(name, sizeof name, "models/background-%.*s.tsv", DSR_PRINT(language->code));
    dsr_status status = dsr_lexicon_file_open(lexicon->arena, data_folder, name, &file, &found, error);
    if (status == DSR_OK && !found) {
        snprintf(name, sizeof name, "../models/background-%.*s.tsv", DSR_PRINT(language->code));
        status = dsr_lexicon_file_open(lexicon->arena, data_folder, name, &file, &found, error);
    }
    return status == DSR_OK && found ? read_counts(language, &file, error) : status;
}
