/* What is done with any text that a page states: references, white space, words to compare. Must not know
 * where a text came from. */
#include "page/facts_parts.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum { PASSES = 2 }; /* references that were escaped twice */

typedef struct reference {
    const char *name;
    uint16_t code_point;
} reference;

static const reference references[] = {
    {"amp", '&'},      {"lt", '<'},        {"gt", '>'},        {"quot", '"'},     {"apos", '\''},
    {"nbsp", 0xa0},    {"iexcl", 0xa1},    {"cent", 0xa2},     {"pound", 0xa3},   {"curren", 0xa4},
    {"yen", 0xa5},     {"brvbar", 0xa6},   {"sect", 0xa7},     {"uml", 0xa8},     {"copy", 0xa9},
    {"ordf", 0xaa},    {"laquo", 0xab},    {"not", 0xac},      {"shy", 0xad},     {"reg", 0xae},
    {"macr", 0xaf},    {"deg", 0xb0},      {"plusmn", 0xb1},   {"sup2", 0xb2},    {"sup3", 0xb3},
    {"acute", 0xb4},   {"micro", 0xb5},    {"para", 0xb6},     {"middot", 0xb7},  {"cedil", 0xb8},
    {"sup1", 0xb9},    {"ordm", 0xba},     {"raquo", 0xbb},    {"frac14", 0xbc},  {"frac12", 0xbd},
    {"frac34", 0xbe},  {"iquest", 0xbf},   {"Agrave", 0xc0},   {"Aacute", 0xc1},  {"Acirc", 0xc2},
    {"Atilde", 0xc3},  {"Auml", 0xc4},     {"Aring", 0xc5},    {"AElig", 0xc6},   {"Ccedil", 0xc7},
    {"Egrave", 0xc8},  {"Eacute", 0xc9},   {"Ecirc", 0xca},    {"Euml", 0xcb},    {"Igrave", 0xcc},
    {"Iacute", 0xcd},  {"Icirc", 0xce},    {"Iuml", 0xcf},     {"ETH", 0xd0},     {"Ntilde", 0xd1},
    {"Ograve", 0xd2},  {"Oacute", 0xd3},   {"Ocirc", 0xd4},    {"Otilde", 0xd5},  {"Ouml", 0xd6},
    {"times", 0xd7},   {"Oslash", 0xd8},   {"Ugrave", 0xd9},   {"Uacute", 0xda},  {"Ucirc", 0xdb},
    {"Uuml", 0xdc},    {"Yacute", 0xdd},   {"THORN", 0xde},    {"szlig", 0xdf},   {"agrave", 0xe0},
    {"aacute", 0xe1},  {"acirc", 0xe2},    {"atilde", 0xe3},   {"auml", 0xe4},    {"aring", 0xe5},
    {"aelig", 0xe6},   {"ccedil", 0xe7},   {"egrave", 0xe8},   {"eacute", 0xe9},  {"ecirc", 0xea},
    {"euml", 0xeb},    {"igrave", 0xec},   {"iacute", 0xed},   {"icirc", 0xee},   {"iuml", 0xef},
    {"eth", 0xf0},     {"ntilde", 0xf1},   {"ograve", 0xf2},   {"oacute", 0xf3},  {"ocirc", 0xf4},
    {"otilde", 0xf5},  {"ouml", 0xf6},     {"divide", 0xf7},   {"oslash", 0xf8},  {"ugrave", 0xf9},
    {"uacute", 0xfa},  {"ucirc", 0xfb},    {"uuml", 0xfc},     {"yacute", 0xfd},  {"thorn", 0xfe},
    {"yuml", 0xff},    {"OElig", 0x152},   {"oelig", 0x153},   {"Scaron", 0x160}, {"scaron", 0x161},
    {"ensp", 0x2002},  {"emsp", 0x2003},   {"thinsp", 0x2009}, {"zwnj", 0x200c},  {"zwj", 0x200d},
    {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018},  {"rsquo", 0x2019}, {"sbquo", 0x201a},
    {"ldquo", 0x201c}, {"rdquo", 0x201d},  {"bdquo", 0x201e},  {"bull", 0x2022},  {"hellip", 0x2026},
    {"prime", 0x2032}, {"lsaquo", 0x2039}, {"rsaquo", 0x203a}, {"euro", 0x20ac},  {"trade", 0x2122},
    {"minus", 0x2212}, {"rarr", 0x2192},   {"larr", 0x2190}};

/* What browsers read where windows-1252 was written as numbers 128 to 159. */
static const uint16_t wrong_numbers[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                           0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                           0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                           0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

static uint32_t number_of(dsr_slice digits, unsigned base)
{
    uint32_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        char low = (char)(c | 0x20);
        unsigned digit = c >= '0' && c <= '9'       ? (unsigned)(c - '0')
                         : low >= 'a' && low <= 'f' ? (unsigned)(low - 'a') + 10
                                                    : 99;
        if (digit >= base || value > 0x10ffff) {
            return 0;
        }
        value = value * base + digit;
    }
    return value >= 128 && value < 160 ? wrong_numbers[value - 128] : value;
}

/* The character of the reference at `at` ("&...;"), its bytes in *length; 0 where there is none. */
static uint32_t reference_at(dsr_slice text, size_t at, size_t *length)
{
    enum { LONGEST = 12 };
    size_t end = at + 1;
    while (end < text.len && end < at + LONGEST && text.ptr[end] != ';') {
        end++;
    }
    if (end >= text.len || text.ptr[end] != ';' || end < at + 3) {
        return 0;
    }
    *length = end + 1 - at;
    dsr_slice name = dsr_slice_part(text, at + 1, end);
    if (name.ptr[0] == '#') {
        bool hex = (name.ptr[1] | 0x20) == 'x';
        return number_of(dsr_slice_part(name, hex ? 2 : 1, name.len), hex ? 16 : 10);
    }
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(references[i].name))) {
            return references[i].code_point;
        }
    }
    return 0;
}

/* A reference is never shorter than its character: it is done in place. */
static size_t resolve(char *bytes, size_t length)
{
    size_t to = 0;
    for (size_t at = 0; at < length;) {
        size_t taken = 1;
        uint32_t found = bytes[at] == '&' ? reference_at((dsr_slice){bytes, length}, at, &taken) : 0;
        if (found != 0) {
            char coded[4];
            size_t size = dsr_utf8_encode(found, coded);
            memcpy(bytes + to, coded, size);
            to += size;
            at += taken;
        } else {
            bytes[to++] = bytes[at++];
        }
    }
    return to;
}

/* The end of an inline tag at `at`; `at` itself where there is none. */
static size_t tag_end(dsr_slice text, size_t at)
{
    static const char *const tags[] = {"i", "b", "em", "strong", "br",  "span", "sup",   "sub",
                                       "a", "p", "u",  "q",      "wbr", "font", "small", "cite"};
    size_t start = at + 1 < text.len && text.ptr[at + 1] == '/' ? at + 2 : at + 1;
    size_t end = start;
    while (end < text.len && (unsigned char)((text.ptr[end] | 0x20) - 'a') < 26) {
        end++;
    }
    dsr_slice name = dsr_slice_part(text, start, end);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (dsr_slice_equal_nocase(name, dsr_slice_of(tags[i]))) {
            const char *close = memchr(text.ptr + end, '>', text.len - end);
            bool tag =
                close != NULL && (text.ptr[end] == '>' || text.ptr[end] == ' ' || text.ptr[end] == '/');
            return tag ? (size_t)(close - text.ptr) + 1 : at;
        }
    }
    return at;
}

static bool is_nothing(uint32_t c)
{
    return c == 0xad || c == 0x200b || c == 0xfeff || c == 0xfffe || c < 0x20 || c == 0x7f;
}

/* Tags go, white space becomes one blank. In place. */
static size_t collapse(char *bytes, size_t length)
{
    size_t to = 0;
    bool blank = false;
    dsr_slice text = {bytes, length};
    for (size_t at = 0; at < length;) {
        size_t size;
        uint32_t c = dsr_utf8_decode(bytes + at, bytes + length, &size);
        size_t after = c == '<' ? tag_end(text, at) : at;
        if (after > at) {
            /* A line's end parts words. */
            blank = blank || ((bytes[at + 1] | 0x20) == 'b' && (bytes[at + 2] | 0x20) == 'r');
            at = after;
        } else if (dsr_is_space(c) || (c < 0x20 && c != 0)) {
            blank = true;
            at += size;
        } else if (is_nothing(c)) {
            at += size;
        } else {
            if (blank && to > 0) {
                bytes[to++] = ' ';
            }
            blank = false;
            memmove(bytes + to, bytes + at, size);
            to += size;
            at += size;
        }
    }
    return to;
}

dsr_status dsr_page_clean(dsr_arena *arena, dsr_slice raw, dsr_slice *out)
{
    raw = dsr_slice_trim(raw);
    raw = dsr_slice_part(raw, 0, dsr_utf8_floor(raw, (size_t)4 * DSR_LIMIT_FIELD_BYTES));
    *out = DSR_SLICE_NONE;
    if (raw.len == 0) {
        return DSR_OK;
    }
    char *bytes = dsr_arena_alloc(arena, raw.len + 1);
    if (bytes == NULL) {
        return DSR_ERR_MEMORY;
    }
    memcpy(bytes, raw.ptr, raw.len);
    size_t length = raw.len;
    for (int pass = 0; pass < PASSES && memchr(bytes, '&', length) != NULL; pass++) {
        length = resolve(bytes, length);
    }
    length = collapse(bytes, length);
    dsr_slice clean = {bytes, length};
    if (dsr_slice_ends(clean, DSR_SLICE("\xc2\xb6"))) { /* a heading's link to itself */
        clean = dsr_slice_trim(dsr_slice_part(clean, 0, length - 2));
        length = clean.len;
    }
    if (length > DSR_LIMIT_FIELD_BYTES) {
        length = dsr_utf8_floor(clean, DSR_LIMIT_FIELD_BYTES);
    }
    bytes[length] = '\0';
    *out = length > 0 ? (dsr_slice){bytes, length} : DSR_SLICE_NONE;
    return DSR_OK;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2bc || c == '`';
}

dsr_status dsr_page_fold(dsr_arena *arena, dsr_slice text, dsr_slice *out)
{
    char *bytes = dsr_arena_alloc(arena, text.len * 2 + 4);
    if (bytes == NULL) {
        return DSR_ERR_MEMORY;
    }
    size_t to = 0;
    bool blank = false;
    for (size_t at = 0; at < text.len;) {
        size_t size;
        uint32_t c = dsr_utf8_decode(text.ptr + at, text.ptr + text.len, &size);
        if (dsr_is_word(c) && c != '_') {
            if (blank && to > 0) {
                bytes[to++] = ' ';
            }
            blank = false;
            char coded[4];
            size_t length = dsr_utf8_encode(dsr_fold(c), coded);
            memcpy(bytes + to, coded, length);
            to += length;
        } else if (!is_apostrophe(c)) {
            blank = true;
        }
        at += size;
    }
    *out = (dsr_slice){bytes, to};
    return DSR_OK;
}

size_t dsr_page_fold_words(dsr_slice folded)
{
    size_t words = folded.len > 0;
    for (size_t i = 0; i < folded.len; i++) {
        words += folded.ptr[i] == ' ';
    }
    return words;
}

enum { WORDS = 48 };

static size_t split(dsr_slice folded, dsr_slice words[WORDS])
{
    size_t count = 0;
    while (count < WORDS && folded.len > 0 && dsr_slice_next_field(&folded, ' ', &words[count])) {
        count++;
    }
    return count;
}

unsigned dsr_page_likeness(dsr_slice a, dsr_slice b)
{
    if (a.len == 0 || b.len == 0) {
        return 0;
    }
    if (dsr_slice_equal(a, b)) {
        return 100;
    }
    dsr_slice left[WORDS];
    dsr_slice right[WORDS];
    size_t lefts = split(a, left);
    size_t rights = split(b, right);
    unsigned shared = 0;
    for (size_t i = 0; i < lefts; i++) {
        for (size_t j = 0; j < rights; j++) {
            if (right[j].len > 0 && dsr_slice_equal(left[i], right[j])) {
                right[j].len = 0; /* counts once */
                shared++;
                break;
            }
        }
    }
    unsigned alike = (unsigned)(200 * shared / (lefts + rights));
    return alike > 99 ? 99 : alike;
}

static size_t next_no_blank(dsr_slice s, size_t at)
{
    while (at < s.len && s.ptr[at] == ' ') {
        at++;
    }
    return at;
}

static bool same_letters(dsr_slice a, dsr_slice b)
{
    size_t i = 0;
    size_t j = 0;
    for (;; i++, j++) {
        i = next_no_blank(a, i);
        j = next_no_blank(b, j);
        if (i >= a.len || j >= b.len) {
            return i >= a.len && j >= b.len;
        }
        if (a.ptr[i] != b.ptr[j]) {
            return false;
        }
    }
}

static dsr_slice without_the(dsr_slice name)
{
    return dsr_slice_starts(name, DSR_SLICE("the ")) ? dsr_slice_part(name, 4, name.len) : name;
}

bool dsr_page_same_name(dsr_slice a, dsr_slice b)
{
    return a.len > 0 && b.len > 0 && (same_letters(a, b) || same_letters(without_the(a), without_the(b)));
}

bool dsr_page_has(dsr_slice text, const char *word)
{
    enum { LONGEST = 1024 }; /* of a class or an id: hostile ones are asked about many times */
    dsr_slice needle = dsr_slice_of(word);
    text = dsr_slice_part(text, 0, LONGEST);
    for (size_t at = 0; at + needle.len <= text.len; at++) {
        if (dsr_slice_equal_nocase(dsr_slice_part(text, at, at + needle.len), needle)) {
            return true;
        }
    }
    return false;
}
