/* The words by which reports are compared. Knows nothing of sentences, tokens or lists. */
#include "language/words.h"

#include "base/utf8.h"

/* Lower case of the ASCII word characters, 0 for everything else. */
static const uint8_t word_lower[128] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
    ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
    ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v',
    ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z', ['_'] = '_', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c',
    ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k',
    ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's',
    ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
};

/* FNV-1a, whose parameters are Fowler, Noll and Vo's; finished by a multiplication so that short words spread too. */
#define HASH_START 0x811c9dc5u
#define HASH_STEP  0x01000193u

static uint32_t hash_code_point(uint32_t hash, uint32_t cp)
{
    if (cp < 128) {
        return (hash ^ cp) * HASH_STEP;
    }
    hash = (hash ^ (cp & 0xff)) * HASH_STEP;
    return (hash ^ (cp >> 8)) * HASH_STEP;
}

static uint32_t hash_finish(uint32_t hash)
{
    hash ^= hash >> 15;
    hash *= 0x2c1b3c6du;
    return hash ^ (hash >> 13);
}

static bool is_accent(uint32_t cp)
{
    return cp >= 0x300 && cp <= 0x36f;
}

/* Reads one word that begins at p; returns its end, or p where no word begins there (*skip then steps over the character). */
static const char *read_word(const char *p, const char *end, dsr_word *word, size_t *skip)
{
    const char *at = p;
    uint32_t hash = HASH_START;
    *skip = 1;
    while (at < end) {
        unsigned char c = (unsigned char)*at;
        if (c < 128) {
            uint8_t lower = word_lower[c];
            if (!lower) {
                break;
            }
            hash = (hash ^ lower) * HASH_STEP;
            at++;
            continue;
        }
        size_t length = 1;
        uint32_t cp = dsr_utf8_decode(at, end, &length);
        if (!dsr_is_word(cp) || (dsr_is_unspaced(cp) && at > p)) {
            *skip = length;
            break;
        }
        /* An accent that is written as a mark of its own folds away, as it does from a letter that carries it. */
        hash = is_accent(cp) ? hash : hash_code_point(hash, dsr_fold(cp));
        at += length;
        if (dsr_is_unspaced(cp)) {
            break;
        }
    }
    word->key = hash_finish(hash);
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

dsr_status dsr_words_split(dsr_arena *arena, dsr_slice text, dsr_word_spans *out)
{
    dsr_word_spans words = {NULL, 0, 0};
    /* A word and its blank take six bytes on the average in news. */
    dsr_status status = DSR_LIST_RESERVE(arena, &words, text.len / 5 + 8);
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; status == DSR_OK && p < end;) {
        dsr_word word;
        size_t skip = 1;
        const char *stop = read_word(p, end, &word, &skip);
        if (stop == p) {
            p += skip;
            continue;
        }
        word.span = (dsr_span){(uint32_t)(p - text.ptr), (uint32_t)(stop - text.ptr)};
        word.capital = is_capital(p, end);
        status = DSR_LIST_RESERVE(arena, &words, 1);
        if (status == DSR_OK) {
            words.items[words.count++] = word;
        }
        p = stop;
    }
    if (status == DSR_OK) {
        *out = words;
    }
    return status;
}
