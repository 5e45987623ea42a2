/* Cuts a sentence into runs of letters, digits and signs and looks each up. Must not know what numbers and
 * times look like. */
#include "annotate/number_words.h"

#include "base/utf8.h"

enum { WORD_BYTES = 32, PHRASE_BYTES = 96 };
const dsr_number_word dsr_number_no_word = {.kind = DSR_WORD_NONE};

static bool is_ascii_letter(unsigned char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26;
}

static bool is_ascii_digit(unsigned char c)
{
    return (unsigned)(c - '0') < 10;
}

static char sign_of(uint32_t c)
{
    switch (c) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    case 0x2018:
    case 0x2019:
    case 0x02bc:
        return '\'';
    case 0x201c:
    case 0x201d:
        return '"';
    case 0x2044:
        return '/';
    default:
        return c < 128 ? (char)c : 0;
    }
}

/* Reads letters from *at, folded into `out`; *used is WORD_BYTES + 1 where they are too long to be in a
 * table. */
static void read_letters(dsr_slice text, size_t *at, size_t end, char out[WORD_BYTES + 8], size_t *used)
{
    size_t n = 0;
    while (*at < end) {
        unsigned char c = (unsigned char)text.ptr[*at];
        size_t length = 1;
        uint32_t folded = c | 0x20U;
        if (c >= 128) {
            uint32_t point = dsr_utf8_decode(text.ptr + *at, text.ptr + end, &length);
            if (!dsr_is_letter(point)) {
                break;
            }
            folded = dsr_fold(point);
        } else if (!is_ascii_letter(c)) {
            break;
        }
        if (n <= WORD_BYTES) {
            if (folded < 128) {
                out[n++] = (char)folded;
            } else {
                n += dsr_utf8_encode(folded, out + n);
            }
        }
        *at += length;
    }
    *used = n;
}

static void fill_letters(const dsr_number_words *words, dsr_number_word *word, size_t *at, size_t end)
{
    char folded[WORD_BYTES + 8];
    size_t used = 0;
    size_t start = *at;
    read_letters(words->text, at, end, folded, &used);
    word->kind = DSR_WORD_LETTERS;
    if (used <= WORD_BYTES) {
        word->term = dsr_terms_find(words->terms, (dsr_slice){folded, used});
    }
    char first = words->text.ptr[start];
    word->capital = first >= 'A' && first <= 'Z';
    word->capitals = word->capital;
    for (size_t i = start; word->capitals && i < *at; i++) {
        word->capitals = words->text.ptr[i] >= 'A' && words->text.ptr[i] <= 'Z';
    }
}

static void fill_digits(const dsr_number_words *words, dsr_number_word *word, size_t *at, size_t end)
{
    uint64_t value = 0;
    while (*at < end && is_ascii_digit((unsigned char)words->text.ptr[*at])) {
        value = value * 10 + (unsigned)(words->text.ptr[*at] - '0');
        value = value > UINT32_MAX ? UINT32_MAX : value;
        ++*at;
    }
    word->kind = DSR_WORD_DIGITS;
    word->value = (uint32_t)value;
}

static bool is_silent(char sign)
{
    return sign == ',' || sign == '.' || sign == '-' || sign == '\'' || sign == '"' || sign == ':' ||
           sign == ';' || sign == '(' || sign == ')' || sign == '?' || sign == '!';
}

static void fill_sign(const dsr_number_words *words, dsr_number_word *word, uint32_t point)
{
    word->kind = DSR_WORD_SIGN;
    word->sign = sign_of(point);
    if (!is_silent(word->sign)) {
        char folded[8];
        size_t used = dsr_utf8_encode(dsr_fold(point), folded);
        word->term = dsr_terms_find(words->terms, (dsr_slice){folded, used});
    }
}

/* An address with its scheme is one word without meaning: behind it, or `at`. */
static size_t skip_address(dsr_slice text, size_t at, size_t end)
{
    dsr_slice rest = dsr_slice_part(text, at, end);
    if (!dsr_slice_starts(rest, DSR_SLICE("http://")) && !dsr_slice_starts(rest, DSR_SLICE("https://"))) {
        return at;
    }
    while (at < end && (unsigned char)text.ptr[at] > ' ') {
        at++;
    }
    return at;
}

dsr_status dsr_number_words_read(dsr_arena *arena, dsr_number_words *words, dsr_span span)
{
    words->list.count = 0;
    bool space = true;
    size_t at = span.start;
    while (at < span.end) {
        unsigned char c = (unsigned char)words->text.ptr[at];
        size_t length = 1;
        uint32_t point = c;
        if (c >= 128) {
            point = dsr_utf8_decode(words->text.ptr + at, words->text.ptr + span.end, &length);
        }
        if (c == ' ' || dsr_is_space(point)) {
            space = true;
            at += length;
            continue;
        }
        if (words->list.count == words->list.capacity &&
            DSR_LIST_RESERVE(arena, &words->list, 64) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        dsr_number_word *word = &words->list.items[words->list.count++];
        *word = (dsr_number_word){.span = {(uint32_t)at, 0}, .space = space};
        size_t address = c == 'h' ? skip_address(words->text, at, span.end) : at;
        if (address > at) {
            word->kind = DSR_WORD_LETTERS;
            at = address;
        } else if (is_ascii_letter(c) || (c >= 128 && dsr_is_letter(point))) {
            fill_letters(words, word, &at, span.end);
        } else if (is_ascii_digit(c)) {
            fill_digits(words, word, &at, span.end);
        } else {
            fill_sign(words, word, point);
            at += length;
        }
        word->span.end = (uint32_t)at;
        space = false;
    }
    return DSR_OK;
}

bool dsr_word_is_tight(const dsr_number_words *words, size_t at, char sign)
{
    return dsr_word_is_sign(words, at, sign) && !dsr_word(words, at)->space &&
           dsr_word(words, at + 1)->kind != DSR_WORD_NONE && !dsr_word(words, at + 1)->space;
}

size_t dsr_skip_hyphen(const dsr_number_words *words, size_t at)
{
    return dsr_word_is_sign(words, at, '-') ? at + 1 : at;
}

/* Copies the folded word behind what `key` holds; false where there is no room. */
static bool append_folded(const dsr_number_words *words, size_t at, char key[PHRASE_BYTES], size_t *used)
{
    char folded[WORD_BYTES + 8];
    size_t length = 0;
    const dsr_number_word *word = dsr_word(words, at);
    size_t from = word->span.start;
    if (word->kind == DSR_WORD_LETTERS) {
        read_letters(words->text, &from, word->span.end, folded, &length);
    } else {
        length = dsr_word_length(word);
        from = word->span.end;
    }
    if (length > WORD_BYTES || *used + length + 1 >= PHRASE_BYTES || from != word->span.end) {
        return false;
    }
    if (*used > 0) {
        key[(*used)++] = ' ';
    }
    for (size_t i = 0; i < length; i++) {
        key[(*used)++] = word->kind == DSR_WORD_LETTERS ? folded[i] : words->text.ptr[word->span.start + i];
    }
    return true;
}

/* Hyphens, stops and apostrophes inside a phrase. */
static size_t skip_joints(const dsr_number_words *words, size_t at)
{
    while (dsr_word_is_sign(words, at, '-') || dsr_word_is_sign(words, at, '\'') ||
           (dsr_word_is_sign(words, at, '.') && !dsr_word(words, at)->space)) {
        at++;
    }
    return at;
}

const dsr_term *dsr_find_phrase(const dsr_number_words *words, size_t at, bool (*accept)(const dsr_term *),
                                size_t *end)
{
    const dsr_term *first = dsr_word(words, at)->term;
    if (first == NULL) {
        return NULL;
    }
    const dsr_term *best = accept(first) ? first : NULL;
    size_t best_end = at + 1;
    char key[PHRASE_BYTES];
    size_t used = 0;
    size_t next = at;
    for (unsigned n = 1; n <= first->longest && dsr_word(words, next)->kind != DSR_WORD_NONE; n++) {
        if (!append_folded(words, next, key, &used)) {
            break;
        }
        const dsr_term *term = n > 1 ? dsr_terms_find(words->terms, (dsr_slice){key, used}) : NULL;
        if (term && accept(term)) {
            best = term;
            best_end = next + 1;
        }
        next = skip_joints(words, next + 1);
    }
    if (best) {
        *end = best_end;
    }
    return best;
}

bool dsr_word_equals(const dsr_number_words *words, size_t at, const char *lower)
{
    const dsr_number_word *word = dsr_word(words, at);
    dsr_slice text = dsr_slice_part(words->text, word->span.start, word->span.end);
    return word->kind == DSR_WORD_LETTERS && dsr_slice_equal_nocase(text, dsr_slice_of(lower));
}
