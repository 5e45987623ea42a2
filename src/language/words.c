/* The words by which reports are compared. Knows nothing of sentences, tokens or lists. */
#include "language/words.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/scan.h"
#include "base/utf8.h"

#include <string.h>

/* Folds eight ASCII word characters at once: the bit that parts capitals from small letters is set in digits
 * anyway, and makes "_" a character that no word has. */
#define FOLD_EIGHT UINT64_C(0x2020202020202020)

/* Up to eight bytes as a little-endian number, wherever this runs. `end` is the end of what may be read: far
 * from it, eight bytes are read at once and what is too much is masked out. */
static uint64_t load(const char *p, size_t count, const char *end)
{
    uint64_t value = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (end - p >= 8) {
        memcpy(&value, p, 8);
        return count < 8 ? value & ((UINT64_C(1) << (8 * count)) - 1) : value;
    }
#else
    (void)end;
#endif
    for (size_t i = 0; i < count; i++) {
        value |= (uint64_t)(unsigned char)p[i] << (8 * i);
    }
    return value;
}

/* The key of a word of ASCII word characters, or of such folded to ASCII and other characters to UTF-8. */
static uint32_t key_of(const char *p, size_t length, const char *end)
{
    uint64_t hash = length * UINT64_C(0x9e3779b97f4a7c15);
    for (; length >= 8; p += 8, length -= 8) {
        hash = dsr_hash_mix(hash ^ (load(p, 8, end) | FOLD_EIGHT));
    }
    if (length) {
        hash ^= load(p, length, end) | (FOLD_EIGHT >> (64 - 8 * length));
        /* One multiplication spreads a short word well enough for a table: its high half is taken. */
        hash = (hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    }
    return (uint32_t)(hash >> 32);
}

static bool is_accent(uint32_t cp)
{
    return cp >= 0x300 && cp <= 0x36f;
}

/* The rest of a word with characters beyond ASCII: folded into a room of its own, of which the first bytes
 * make the key. An accent that is written as a mark of its own folds away, as it does from a letter that
 * carries it. Returns the word's end. */
static const char *read_wide_word(const char *p, const char *at, const char *end, dsr_word *word,
                                  size_t *skip)
{
    char folded[DSR_LIMIT_WORD_BYTES] = {0};
    size_t count = (size_t)(at - p) < sizeof folded ? (size_t)(at - p) : sizeof folded;
    memcpy(folded, p, count);
    while (at < end) {
        size_t length = 1;
        uint32_t cp = dsr_utf8_decode(at, end, &length);
        bool unspaced = dsr_is_unspaced(cp);
        if (!dsr_is_word(cp) || (unspaced && at > p)) {
            *skip = length;
            break;
        }
        if (!is_accent(cp) && count + 4 <= sizeof folded) {
            count += dsr_utf8_encode(dsr_fold(cp), folded + count);
        }
        at += length;
        if (unspaced) {
            break;
        }
    }
    word->key = key_of(folded, count, folded + sizeof folded);
    return at;
}

/* Reads one word that begins at p; returns its end, or p where no word begins there (*skip then steps over
 * the character). */
static const char *read_word(const char *p, const char *end, dsr_word *word, size_t *skip)
{
    const char *at = dsr_scan_skip(p, end, '_');
    *skip = 1;
    if (at < end && (unsigned char)*at >= 128) {
        return read_wide_word(p, at, end, word, skip);
    }
    size_t length = (size_t)(at - p);
    word->key = key_of(p, length < DSR_LIMIT_WORD_BYTES ? length : DSR_LIMIT_WORD_BYTES, end);
    return at;
}

static uint8_t is_capital(const char *p, const char *end)
{
    unsigned char c = (unsigned char)*p;
    if (c < 128) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    size_t length = 1;
    return dsr_is_upper(dsr_utf8_decode(p, end, &length));
}

/* Adds the word [p, stop); room for it is reserved. */
static void add_word(dsr_word_spans *words, dsr_slice text, const char *p, const char *stop, uint32_t key)
{
    const char *end = text.ptr + text.len;
    dsr_span span = {(uint32_t)(p - text.ptr), (uint32_t)(stop - text.ptr)};
    words->items[words->count++] = (dsr_word){span, key, is_capital(p, end)};
}

/* Adds the words that end within a block of ASCII at p; `bits` are its word characters. Returns where to go
 * on: behind the block, or where the word begins that runs to its end. No word waits for the end of the one
 * before, as it does where each is looked for by itself: that takes half as long again. */
static const char *read_block(const char *p, uint64_t bits, dsr_slice text, dsr_word_spans *words)
{
    uint64_t edges = bits ^ bits << 1; /* words begin and end here, by turns */
    while (edges) {
        const char *first = p + __builtin_ctzll(edges);
        edges &= edges - 1;
        if (!edges) {
            return first;
        }
        const char *stop = p + __builtin_ctzll(edges);
        edges &= edges - 1;
        add_word(words, text, first, stop, key_of(first, (size_t)(stop - first), text.ptr + text.len));
    }
    return p + DSR_SCAN_BLOCK;
}

/* Adds the word at p, if one begins there; returns where to go on. */
static const char *read_one(const char *p, dsr_slice text, dsr_word_spans *words)
{
    dsr_word word;
    size_t skip = 1;
    const char *stop = read_word(p, text.ptr + text.len, &word, &skip);
    if (stop == p) {
        return p + skip;
    }
    add_word(words, text, p, stop, word.key);
    return stop;
}

dsr_status dsr_words_split(dsr_arena *arena, dsr_slice text, dsr_word_spans *out)
{
    enum { AT_ONCE = DSR_SCAN_BLOCK / 2 };
    dsr_word_spans words = {NULL, 0, 0};
    /* A word and its blank take six bytes on the average in news. */
    dsr_status status = DSR_LIST_RESERVE(arena, &words, text.len / 5 + AT_ONCE);
    const char *end = text.ptr + text.len;
    const char *looked_at = text.ptr; /* no block is tried before the end of one that was no ASCII */
    for (const char *p = text.ptr; status == DSR_OK && p < end;) {
        uint64_t bits = 0;
        bool block = p >= looked_at && end - p >= DSR_SCAN_BLOCK;
        if (block && !dsr_scan_block(p, &bits)) {
            block = false;
            looked_at = p + DSR_SCAN_BLOCK;
        }
        if (words.capacity - words.count < AT_ONCE) {
            status = DSR_LIST_RESERVE(arena, &words, AT_ONCE);
        }
        if (status == DSR_OK) {
            const char *next = block ? read_block(p, bits, text, &words) : p;
            p = next > p ? next : read_one(p, text, &words);
        }
    }
    if (status == DSR_OK) {
        *out = words;
    }
    return status;
}
