/* See stem.h. */
#include "story/stem.h"

#include "base/utf8.h"

#include <libstemmer.h>
#include <stdlib.h>

enum { SHORTEST_WORD = 2 };

/* Snowball's name for a language. */
static const char *stemmer_name(dsr_slice language)
{
    static const char *const known[] = {"ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "id",
                                        "it", "nl", "no", "pt", "ro", "ru", "sv", "ta", "tr"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (dsr_slice_equal(language, dsr_slice_of(known[i]))) {
            return known[i];
        }
    }
    return NULL;
}

/* The library's own type stands behind ours. */
struct dsr_stemmer {
    struct sb_stemmer *library;
};

dsr_status dsr_stemmer_open(dsr_slice language, dsr_stemmer **out)
{
    const char *name = stemmer_name(language);
    dsr_stemmer *stemmer = name ? malloc(sizeof *stemmer) : NULL;
    if (name && !stemmer) {
        return DSR_ERR_MEMORY;
    }
    if (stemmer && !(stemmer->library = sb_stemmer_new(name, NULL))) {
        free(stemmer);
        return DSR_ERR_MEMORY;
    }
    *out = stemmer;
    return DSR_OK;
}

void dsr_stemmer_close(dsr_stemmer *stemmer)
{
    if (stemmer) {
        sb_stemmer_delete(stemmer->library);
        free(stemmer);
    }
}

static bool has_digit(dsr_slice word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] >= '0' && word.ptr[i] <= '9') {
            return true;
        }
    }
    return false;
}

dsr_status dsr_stem(dsr_stemmer *stemmer, dsr_slice folded, dsr_slice *stem)
{
    if (!stemmer || has_digit(folded)) {
        *stem = folded;
        return DSR_OK;
    }
    const sb_symbol *symbols =
        sb_stemmer_stem(stemmer->library, (const sb_symbol *)folded.ptr, (int)folded.len);
    if (!symbols) {
        return DSR_ERR_MEMORY;
    }
    *stem = (dsr_slice){(const char *)symbols, (size_t)sb_stemmer_length(stemmer->library)};
    return DSR_OK;
}

static bool is_word_part(const char *p, const char *end, size_t *length, bool *unspaced)
{
    unsigned char c = (unsigned char)*p;
    if (c < 0x80) {
        *length = 1;
        *unspaced = false;
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    uint32_t cp = dsr_utf8_decode(p, end, length);
    *unspaced = dsr_is_unspaced(cp);
    return dsr_is_word(cp);
}

bool dsr_stem_next_word(dsr_slice *rest, dsr_slice *word)
{
    const char *end = rest->ptr + rest->len;
    const char *p = rest->ptr;
    size_t length = 1;
    bool unspaced = false;
    while (p < end && !is_word_part(p, end, &length, &unspaced)) {
        p += length;
    }
    const char *stop = p;
    while (stop < end && is_word_part(stop, end, &length, &unspaced) && !(unspaced && stop > p)) {
        stop += length;
        if (unspaced) {
            break;
        }
    }
    *word = (dsr_slice){p, (size_t)(stop - p)};
    *rest = (dsr_slice){stop, (size_t)(end - stop)};
    return word->len > 0;
}

size_t dsr_stem_fold(dsr_slice word, char out[DSR_STEM_WORD_BYTES])
{
    if (word.len < SHORTEST_WORD || word.len * 3 > DSR_STEM_WORD_BYTES) {
        return 0;
    }
    return dsr_fold_word(word, out, DSR_STEM_WORD_BYTES);
}
