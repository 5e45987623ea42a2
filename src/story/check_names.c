/* Whom a name of one word in the draft may mean: those of the cast that have the word in one of their names.
 * A draft may call somebody by his surname alone, or a bank without the word. Must not know what is compared.
 */
#include "story/check_parts.h"

#include "base/hash.h"

#include <stdlib.h>

enum { WORDS_OF_NAME = 8 };

static dsr_status add_name(dsr_checker *c, dsr_slice name, uint32_t cast)
{
    dsr_slice rest = name, word;
    for (unsigned i = 0; i < WORDS_OF_NAME && dsr_stem_next_word(&rest, &word); i++) {
        char room[DSR_STEM_WORD_BYTES];
        dsr_slice folded = {room, dsr_stem_fold(word, room)};
        if (folded.len < 3) {
            continue;
        }
        if (DSR_LIST_RESERVE(c->told.arena, &c->name_words, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        c->name_words.items[c->name_words.count++] = (dsr_check_name_word){dsr_hash64(folded, 0), cast};
    }
    return DSR_OK;
}

static int by_word(const void *a, const void *b)
{
    const dsr_check_name_word *x = a, *y = b;
    if (x->word != y->word) {
        return x->word < y->word ? -1 : 1;
    }
    return x->cast < y->cast ? -1 : x->cast > y->cast;
}

dsr_status dsr_check_collect_names(dsr_checker *c)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < c->story->cast.count; i++) {
        const dsr_cast_entry *entry = &c->story->cast.items[i];
        status = add_name(c, entry->canonical, i);
        for (size_t v = 0; status == DSR_OK && v < entry->variants.count; v++) {
            status = add_name(c, entry->variants.items[v].text, i);
        }
    }
    if (c->name_words.count > 1) {
        qsort(c->name_words.items, c->name_words.count, sizeof *c->name_words.items, by_word);
    }
    return status;
}

static size_t first_of(const dsr_checker *c, uint64_t word)
{
    size_t low = 0, high = c->name_words.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->name_words.items[middle].word < word) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void dsr_check_note_names(dsr_checker *c, dsr_slice name, dsr_check_word *word)
{
    dsr_slice rest = name, only, more;
    char room[DSR_STEM_WORD_BYTES];
    if (!dsr_stem_next_word(&rest, &only) || dsr_stem_next_word(&rest, &more)) {
        return;
    }
    dsr_slice folded = {room, dsr_stem_fold(only, room)};
    uint64_t hash = dsr_hash64(folded, 0);
    unsigned found = 0;
    uint32_t last = UINT32_MAX;
    uint64_t key = dsr_told_key(&c->told, only);
    if (key != 0 && key != word->key) {
        word->also[found++] = key;
    }
    for (size_t i = first_of(c, hash); i < c->name_words.count && c->name_words.items[i].word == hash; i++) {
        uint32_t cast = c->name_words.items[i].cast;
        if (cast != last && found + 1 < DSR_WORD_ALSO) {
            word->also[found++] = dsr_told_cast_key(cast, DSR_TOLD_NAME);
            word->also[found++] = dsr_told_cast_key(cast, DSR_TOLD_SITE);
        }
        last = cast;
    }
}
