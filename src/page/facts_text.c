/* What is done with any text that a page states: references, white space, words to compare. Must not know
 * where a text came from. */
#include "page/facts_parts.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "page/references.h"

#include <string.h>

enum { PASSES = 2 }; /* references that were escaped twice */

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
    /* Browsers read windows-1252 where it was written as numbers 128 to 159. */
    uint32_t meant = value >= 128 && value < 160 ? dsr_windows_1252((unsigned char)value) : 0;
    return meant != 0 ? meant : value;
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
    uint32_t known = dsr_page_tree_entity(name);
    return known != 0 ? known : dsr_page_reference_named(name);
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
