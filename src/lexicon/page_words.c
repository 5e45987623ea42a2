/* data/page.tsv and models/page.tsv: reading and looking up. Must not know pages. */
#include "lexicon/page_words.h"

#include "lexicon/internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const groups[DSR_PAGE_GROUPS] = {
    "body",       "content", "title", "standfirst", "byline", "date",       "caption", "credit",
    "related",    "comment", "share", "subscribe",  "advert", "navigation", "sidebar", "tags",
    "author_box", "consent", "live",  "hidden",     "embed",  "listing"};

static dsr_status put(dsr_lexicon *lexicon, dsr_words **words, dsr_slice key, uint32_t value)
{
    dsr_slice copy;
    if (*words == NULL) {
        *words = dsr_words_new(256);
    }
    if (*words == NULL || dsr_arena_copy(lexicon->arena, key, &copy) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    return dsr_words_put(*words, copy, value);
}

static int group_of(dsr_slice name)
{
    for (int i = 0; i < DSR_PAGE_GROUPS; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(groups[i]))) {
            return i;
        }
    }
    return -1;
}

dsr_status dsr_lexicon_read_page_words(dsr_lexicon *lexicon, const char *folder, bool *found,
                                       dsr_error *error)
{
    dsr_lexicon_file file;
    dsr_status status = dsr_lexicon_file_open(lexicon->arena, folder, "page.tsv", &file, found, error);
    if (status != DSR_OK || !*found) {
        return status;
    }
    while (dsr_lexicon_file_next(&file)) {
        dsr_slice rest = file.line;
        dsr_slice name = DSR_SLICE_NONE;
        dsr_slice word = DSR_SLICE_NONE;
        (void)dsr_slice_next_field(&rest, '\t', &name);
        int group = group_of(name);
        if (group < 0) {
            return dsr_lexicon_file_fail(&file, error, "a group such as \"body\" or \"share\" was expected");
        }
        while (dsr_slice_next_field(&rest, ' ', &word)) {
            uint32_t bits =
                lexicon->page_words != NULL ? dsr_words_get(lexicon->page_words, word) : DSR_MAP_NONE;
            bits = (bits == DSR_MAP_NONE ? 0 : bits) | (1u << group);
            if (word.len > 0 && put(lexicon, &lexicon->page_words, word, bits) != DSR_OK) {
                return dsr_fail_memory(error, "lexicon");
            }
        }
    }
    return DSR_OK;
}

dsr_status dsr_lexicon_read_page_weights(dsr_lexicon *lexicon, const char *data_folder, dsr_error *error)
{
    dsr_lexicon_file file;
    bool found = false;
    dsr_status status =
        dsr_lexicon_file_open(lexicon->arena, data_folder, "../models/page.tsv", &file, &found, error);
    while (status == DSR_OK && found && dsr_lexicon_file_next(&file)) {
        dsr_slice rest = file.line;
        dsr_slice name = DSR_SLICE_NONE;
        dsr_slice number = DSR_SLICE_NONE;
        char digits[16] = "";
        bool two = dsr_slice_next_field(&rest, '\t', &name) && dsr_slice_next_field(&rest, '\t', &number);
        if (!two || number.len == 0 || number.len >= sizeof digits) {
            return dsr_lexicon_file_fail(&file, error, "a feature, a tab and a whole number were expected");
        }
        memcpy(digits, number.ptr, number.len);
        long weight = strtol(digits, NULL, 10);
        weight = weight > 100000 ? 100000 : weight < -100000 ? -100000 : weight;
        if (put(lexicon, &lexicon->page_weights, name, (uint32_t)(weight + 100000)) != DSR_OK) {
            status = dsr_fail_memory(error, "lexicon");
        }
    }
    return status;
}

int32_t dsr_lexicon_page_weight(const dsr_lexicon *lexicon, dsr_slice feature)
{
    uint32_t found =
        lexicon->page_weights != NULL ? dsr_words_get(lexicon->page_weights, feature) : DSR_MAP_NONE;
    return found == DSR_MAP_NONE ? 0 : (int32_t)found - 100000;
}

enum { WORD_BYTES = 32 };

/* Takes the next word off *names, in small letters; 0 at the end. */
static size_t next_word(dsr_slice *names, char word[WORD_BYTES])
{
    size_t i = 0;
    size_t used = 0;
    while (i < names->len && !((unsigned char)((names->ptr[i] | 0x20) - 'a') < 26)) {
        i++;
    }
    bool small = false;
    for (; i < names->len; i++) {
        char c = names->ptr[i];
        bool capital = c >= 'A' && c <= 'Z';
        if (!((unsigned char)((c | 0x20) - 'a') < 26) || (capital && small)) {
            break;
        }
        small = !capital;
        if (used < WORD_BYTES) {
            word[used++] = (char)(c | 0x20);
        }
    }
    *names = dsr_slice_part(*names, i, names->len);
    return used;
}

uint32_t dsr_lexicon_page_groups(const dsr_lexicon *lexicon, dsr_slice names)
{
    char both[WORD_BYTES * 2];
    char word[WORD_BYTES];
    size_t before = 0;
    size_t count;
    uint32_t bits = 0;
    if (lexicon->page_words == NULL) {
        return 0;
    }
    while ((count = next_word(&names, word)) > 0) {
        uint32_t found = dsr_words_get(lexicon->page_words, (dsr_slice){word, count});
        bits |= found == DSR_MAP_NONE ? 0 : found;
        memcpy(both + before, word, count);
        found =
            before > 0 ? dsr_words_get(lexicon->page_words, (dsr_slice){both, before + count}) : DSR_MAP_NONE;
        bits |= found == DSR_MAP_NONE ? 0 : found;
        memcpy(both, word, count);
        before = count;
    }
    return bits;
}
