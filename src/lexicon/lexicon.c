/* Opens the word lists and rules, and answers what is looked up in them. Must not know what they are used
 * for. */
#include "lexicon/internal.h"

#include "base/hash.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANGUAGES_MOST = 256 };

static bool is_code(const char *name)
{
    size_t length = strlen(name);
    if (length < 2 || length > 3)
        return false;
    for (size_t i = 0; i < length; i++)
        if (name[i] < 'a' || name[i] > 'z')
            return false;
    return true;
}

static bool knows_code(const dsr_lexicon *lexicon, const char *code)
{
    for (size_t i = 0; i < lexicon->languages.count; i++)
        if (dsr_slice_equal(lexicon->languages.items[i].code, dsr_slice_of(code)))
            return true;
    return false;
}

/* Adds the languages that `folder` has a folder for. A folder that is not there has none. */
static dsr_status find_languages(dsr_lexicon *lexicon, const char *folder, dsr_error *error)
{
    DIR *all = opendir(folder);
    if (!all)
        return DSR_OK;
    dsr_status status = DSR_OK;
    const struct dirent *entry;
    while (status == DSR_OK && (entry = readdir(all))) {
        if (!is_code(entry->d_name) || knows_code(lexicon, entry->d_name) ||
            lexicon->languages.count >= LANGUAGES_MOST)
            continue;
        dsr_language_lists language = {0};
        if (DSR_LIST_RESERVE(lexicon->arena, &lexicon->languages, 1) != DSR_OK ||
            dsr_arena_copy(lexicon->arena, dsr_slice_of(entry->d_name), &language.code) != DSR_OK)
            status = dsr_fail_memory(error, "lexicon");
        else
            lexicon->languages.items[lexicon->languages.count++] = language;
    }
    closedir(all);
    return status;
}

static int by_code(const void *a, const void *b)
{
    const dsr_language_lists *x = a, *y = b;
    return dsr_slice_compare(x->code, y->code);
}

static dsr_status not_there(const char *folder, const char *code, const char *name, dsr_error *error)
{
    dsr_status status =
        dsr_fail(error, DSR_ERR_NOT_FOUND, "lexicon",
                 "the word list %s%s is missing here; give Dossier's data folder", code, name);
    dsr_error_set_subject(error, folder, strlen(folder));
    return status;
}

static dsr_status read_tables(dsr_lexicon *lexicon, const char *data_folder, const char *user_folder,
                              dsr_error *error)
{
    const char *const folders[2] = {data_folder, user_folder};
    for (size_t i = 0; i < 2 && folders[i]; i++) {
        bool outlets = false, agencies = false;
        dsr_status status = dsr_lexicon_read_outlets(lexicon, folders[i], &outlets, error);
        if (status == DSR_OK)
            status = dsr_lexicon_read_agencies(lexicon, folders[i], &agencies, error);
        if (status == DSR_OK)
            status = dsr_lexicon_read_cities(lexicon, folders[i], error);
        bool page = false; /* without it, pages are told by their layout alone */
        if (status == DSR_OK)
            status = dsr_lexicon_read_page_words(lexicon, folders[i], &page, error);
        if (status == DSR_OK && i == 0)
            status = dsr_lexicon_read_page_weights(lexicon, data_folder, error);
        if (status != DSR_OK)
            return status;
        if (i == 0 && !(outlets && agencies))
            return not_there(data_folder, "", outlets ? "agencies.tsv" : "outlets.tsv", error);
    }
    return DSR_OK;
}

static dsr_status read_languages(dsr_lexicon *lexicon, const char *data_folder, const char *user_folder,
                                 dsr_error *error)
{
    bool english = false;
    for (size_t i = 0; i < lexicon->languages.count; i++) {
        dsr_language_lists *language = &lexicon->languages.items[i];
        const char *missing = NULL;
        dsr_status status = DSR_OK;
        /* The user's rules come first: the first rule that fits is the one that counts. */
        if (user_folder)
            status = dsr_lexicon_read_rules(lexicon, language, user_folder, NULL, error);
        if (status == DSR_OK)
            status = dsr_lexicon_read_language(lexicon, language, data_folder, &missing, error);
        if (status == DSR_OK)
            status = dsr_lexicon_read_rules(lexicon, language, data_folder, &missing, error);
        if (status == DSR_OK && user_folder)
            status = dsr_lexicon_read_language(lexicon, language, user_folder, NULL, error);
        if (status == DSR_OK)
            status = dsr_terms_read(lexicon->arena, data_folder, language->code, &language->terms, error);
        if (status == DSR_OK && user_folder)
            status = dsr_terms_read(lexicon->arena, user_folder, language->code, &language->terms, error);
        if (status == DSR_OK)
            status = dsr_lexicon_read_background(lexicon, language, data_folder, error);
        if (status != DSR_OK)
            return status;
        if (!dsr_slice_equal(language->code, DSR_SLICE("en")))
            continue;
        english = true;
        if (missing)
            return not_there(data_folder, "en/", missing, error);
    }
    return english ? DSR_OK : not_there(data_folder, "en/", "stop.txt", error);
}

static dsr_status make_tables(dsr_lexicon *lexicon, dsr_error *error)
{
    lexicon->outlet_names = dsr_words_new(2048);
    lexicon->outlet_hosts = dsr_words_new(2048);
    lexicon->agency_exact = dsr_words_new(256);
    lexicon->agency_folded = dsr_words_new(512);
    lexicon->agency_starts = dsr_map_new(512);
    lexicon->outlet_starts = dsr_map_new(1024);
    lexicon->cities = dsr_words_new(512);
    lexicon->stop_anywhere = dsr_map_new(4096);
    bool all = lexicon->stop_anywhere && lexicon->outlet_names && lexicon->outlet_hosts &&
               lexicon->agency_exact && lexicon->agency_folded && lexicon->cities && lexicon->agency_starts &&
               lexicon->outlet_starts;
    return all ? DSR_OK : dsr_fail_memory(error, "lexicon");
}

/* ISO 639-1 codes are two letters: the place of one in language_at, SIZE_MAX where it is no such code. */
static size_t code_place(dsr_slice code)
{
    if (code.len != 2 || code.ptr[0] < 'a' || code.ptr[0] > 'z' || code.ptr[1] < 'a' || code.ptr[1] > 'z')
        return SIZE_MAX;
    return (size_t)(code.ptr[0] - 'a') * 26 + (size_t)(code.ptr[1] - 'a');
}

static void index_languages(dsr_lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->languages.count && i < UINT8_MAX; i++) {
        size_t place = code_place(lexicon->languages.items[i].code);
        if (place != SIZE_MAX)
            lexicon->language_at[place] = (uint8_t)(i + 1);
    }
}

dsr_status dsr_lexicon_open(const char *data_folder, const char *user_folder, dsr_lexicon **out,
                            dsr_error *error)
{
    dsr_lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (!lexicon)
        return dsr_fail_memory(error, "lexicon");
    lexicon->arena = dsr_arena_new(1 << 18);
    dsr_status status = lexicon->arena ? make_tables(lexicon, error) : dsr_fail_memory(error, "lexicon");
    if (status == DSR_OK)
        status = read_tables(lexicon, data_folder, user_folder, error);
    if (status == DSR_OK)
        status = find_languages(lexicon, data_folder, error);
    if (status == DSR_OK && user_folder)
        status = find_languages(lexicon, user_folder, error);
    if (status == DSR_OK && lexicon->languages.count > 0)
        qsort(lexicon->languages.items, lexicon->languages.count, sizeof *lexicon->languages.items, by_code);
    if (status == DSR_OK)
        index_languages(lexicon);
    if (status == DSR_OK && user_folder)
        status = dsr_lexicon_check_user_folder(lexicon, data_folder, user_folder, error);
    if (status == DSR_OK)
        status = read_languages(lexicon, data_folder, user_folder, error);
    if (status != DSR_OK) {
        dsr_lexicon_close(lexicon);
        return status;
    }
    *out = lexicon;
    return DSR_OK;
}

static void drop_language(dsr_language_lists *language)
{
    for (size_t i = 0; i < DSR_WORD_LISTS; i++)
        dsr_words_drop(language->lists[i]);
    dsr_words_drop(language->variants);
    dsr_words_drop(language->kin);
    dsr_words_drop(language->months);
    dsr_words_drop(language->weekdays);
    dsr_words_drop(language->background);
    dsr_rule_set_drop(language->rules);
    dsr_terms_drop(language->terms);
}

void dsr_lexicon_close(dsr_lexicon *lexicon)
{
    if (!lexicon)
        return;
    for (size_t i = 0; i < lexicon->languages.count; i++)
        drop_language(&lexicon->languages.items[i]);
    dsr_words_drop(lexicon->outlet_names);
    dsr_words_drop(lexicon->outlet_hosts);
    dsr_words_drop(lexicon->agency_exact);
    dsr_words_drop(lexicon->agency_folded);
    dsr_words_drop(lexicon->cities);
    dsr_words_drop(lexicon->page_words);
    dsr_words_drop(lexicon->page_weights);
    dsr_map_drop(lexicon->stop_anywhere);
    dsr_map_drop(lexicon->agency_starts);
    dsr_map_drop(lexicon->outlet_starts);
    dsr_arena_drop(lexicon->arena);
    free(lexicon);
}

const dsr_language_lists *dsr_lexicon_find_language(const dsr_lexicon *lexicon, dsr_slice code)
{
    size_t place = code_place(code);
    uint8_t index = place == SIZE_MAX ? 0 : lexicon->language_at[place];
    return index ? &lexicon->languages.items[index - 1] : NULL;
}

bool dsr_lexicon_has(const dsr_lexicon *lexicon, dsr_slice language, dsr_word_list list, dsr_slice folded)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    return found && list < DSR_WORD_LISTS && found->lists[list] &&
           dsr_words_get(found->lists[list], folded) == 1;
}

uint64_t dsr_lexicon_stop_languages(const dsr_lexicon *lexicon, dsr_slice folded)
{
    uint32_t index = dsr_map_get(lexicon->stop_anywhere, dsr_hash64(folded, 0));
    return index == DSR_MAP_NONE ? 0 : lexicon->stop_languages.items[index];
}

dsr_slice dsr_lexicon_bit_language(const dsr_lexicon *lexicon, unsigned bit)
{
    return bit < 64 && bit < lexicon->languages.count ? lexicon->languages.items[bit].code : DSR_SLICE_NONE;
}

uint32_t dsr_lexicon_variant(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice folded)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    uint32_t group = found && found->variants ? dsr_words_get(found->variants, folded) : DSR_MAP_NONE;
    return group == DSR_MAP_NONE ? 0 : group;
}

uint32_t dsr_lexicon_kin(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice folded)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    uint32_t group = found && found->kin ? dsr_words_get(found->kin, folded) : DSR_MAP_NONE;
    return group == DSR_MAP_NONE ? 0 : group;
}

size_t dsr_lexicon_variant_words(const dsr_lexicon *lexicon, dsr_slice language)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    return found ? found->variant_words : 0;
}

static int numbered(const dsr_words *words, dsr_slice folded)
{
    uint32_t value = words ? dsr_words_get(words, folded) : DSR_MAP_NONE;
    return value == DSR_MAP_NONE ? -1 : (int)value;
}

int dsr_lexicon_month(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice folded)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    return found ? numbered(found->months, folded) : -1;
}

int dsr_lexicon_weekday(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice folded)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    return found ? numbered(found->weekdays, folded) : -1;
}

uint32_t dsr_lexicon_background(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice stem)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    uint32_t count = found && found->background ? dsr_words_get(found->background, stem) : DSR_MAP_NONE;
    return count == DSR_MAP_NONE ? 0 : count;
}

uint32_t dsr_lexicon_background_size(const dsr_lexicon *lexicon, dsr_slice language)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    return found ? found->background_size : 0;
}
