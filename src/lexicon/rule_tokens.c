/* Cuts lines and patterns into the tokens that rules are written in. Must not know of rules. */
#include "base/hash.h"
#include "base/utf8.h"
#include "lexicon/rule_set.h"

typedef struct character {
    uint32_t code;
    size_t length;
} character;

static character at_byte(dsr_slice text, size_t at)
{
    character c = {0, 0};
    if (at >= text.len)
        return c;
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte < 0x80) {
        c.code = byte;
        c.length = 1;
    } else {
        c.code = dsr_utf8_decode(text.ptr + at, text.ptr + text.len, &c.length);
    }
    return c;
}

static bool in_ascii_word(uint32_t c)
{
    return (c | 0x20) - 'a' < 26 || c - '0' < 10 || c == '_';
}

static bool in_word(uint32_t c)
{
    return c < 0x80 ? in_ascii_word(c) : dsr_is_word(c);
}

static bool is_blank(uint32_t c)
{
    return c < 0x80 ? c <= ' ' : dsr_is_space(c);
}

static bool digit(uint32_t c)
{
    return c - '0' < 10;
}

/* Whether `c` joins the characters before and after it to one token. */
static bool joins(uint32_t before, uint32_t c, uint32_t after)
{
    if (c == '\'' || c == 0x2019 || c == '-' || c == 0x2011)
        return in_word(before) && in_word(after) && !digit(before) && !digit(after);
    return (c == '.' || c == ',' || c == ':') && digit(before) && digit(after);
}

static uint64_t folded_hash(dsr_slice token)
{
    char folded[128];
    bool ascii = token.len <= sizeof folded;
    for (size_t i = 0; ascii && i < token.len; i++) {
        unsigned char c = (unsigned char)token.ptr[i];
        ascii = c < 0x80;
        folded[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    if (ascii)
        return dsr_hash64((dsr_slice){folded, token.len}, 0);
    dsr_slice part = dsr_slice_part(token, 0, dsr_utf8_floor(token, token.len < 40 ? token.len : 40));
    size_t length = dsr_fold_word(part, folded, sizeof folded);
    /* A typographic apostrophe inside a word is a plain one: "don’t". */
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (i + 2 < length && (unsigned char)folded[i] == 0xE2 && (unsigned char)folded[i + 1] == 0x80 &&
            (unsigned char)folded[i + 2] == 0x99) {
            folded[used++] = '\'';
            i += 2;
        } else {
            folded[used++] = folded[i];
        }
    }
    return dsr_hash64((dsr_slice){folded, used}, 0);
}

uint64_t dsr_rule_exact_hash(dsr_slice token)
{
    return dsr_hash64(token, 1);
}

uint64_t dsr_rule_extend_hash(uint64_t phrase, uint64_t token)
{
    return dsr_hash_mix(phrase * 0x9e3779b97f4a7c15u + token);
}

/* The end of the word that begins at `at`, and what its letters are like. */
static size_t run_word(dsr_slice text, size_t at, rule_token *out)
{
    uint32_t before = 0;
    bool some_letter = false, all_upper = true, all_digits = true;
    while (at < text.len) {
        /* Small ASCII letters, most of all text, in a loop of their own. */
        while (at < text.len && (unsigned)text.ptr[at] - 'a' < 26u) {
            before = (unsigned char)text.ptr[at++];
            some_letter = true;
            all_upper = all_digits = false;
        }
        character c = at_byte(text, at);
        if (c.length == 0)
            break;
        if (!in_word(c.code)) {
            character after = at_byte(text, at + c.length);
            if (after.length == 0 || !joins(before, c.code, after.code))
                break;
        } else if (digit(c.code)) {
            all_upper = false;
        } else {
            all_digits = false;
            some_letter = true;
            all_upper = all_upper && (c.code < 0x80 ? c.code - 'A' < 26 : dsr_is_upper(c.code));
        }
        before = c.code;
        at += c.length;
    }
    out->word = some_letter;
    out->number = all_digits;
    out->upper_all = some_letter && all_upper;
    return at;
}

bool dsr_rule_next_token(dsr_slice text, size_t *at, rule_token *out)
{
    size_t p = *at;
    character c = at_byte(text, p);
    while (c.length > 0 && is_blank(c.code)) {
        p += c.length;
        c = at_byte(text, p);
    }
    if (c.length == 0)
        return false;
    *out = (rule_token){0};
    out->start = (uint32_t)p;
    if (in_word(c.code)) {
        out->upper_first = c.code < 0x80 ? c.code - 'A' < 26 : dsr_is_upper(c.code);
        p = run_word(text, p, out);
    } else {
        p += c.length;
    }
    out->end = (uint32_t)p;
    out->folded = folded_hash(dsr_slice_part(text, out->start, out->end));
    *at = p;
    return true;
}
