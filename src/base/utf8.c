/* UTF-8 and what Unicode says of a character. The only file that knows utf8proc. ASCII never gets as far as
 * it. Must not know any language: what words and sentences are is decided elsewhere. */
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum {
    BLOCK = 256, /* bytes between two entries of a code point index */
    REPLACEMENT = 0xfffd
};

#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS  UINT64_C(0x0101010101010101)

static uint64_t load8(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* ---- bytes ---- */

/* The first byte at or after p that is not ASCII, or end. */
static const char *ascii_end(const char *p, const char *end)
{
    while (end - p >= 32 && ((load8(p) | load8(p + 8) | load8(p + 16) | load8(p + 24)) & HIGH_BITS) == 0) {
        p += 32;
    }
    while (end - p >= 8 && (load8(p) & HIGH_BITS) == 0) {
        p += 8;
    }
    while (p < end && ((unsigned char)*p & 0x80u) == 0) {
        p++;
    }
    return p;
}

static bool continues(const char *p)
{
    return ((unsigned char)*p & 0xc0u) == 0x80u;
}

/* Length of the character at p, which is not ASCII; 0 where it is broken (Unicode 15, table 3-7). */
static size_t sequence_length(const char *p, const char *end)
{
    size_t room = (size_t)(end - p);
    unsigned first = (unsigned char)p[0];
    if (first < 0xc2 || room < 2) {
        return 0;
    }
    unsigned second = (unsigned char)p[1];
    if (first < 0xe0) {
        return continues(p + 1) ? 2 : 0;
    }
    if (first < 0xf0) {
        unsigned least = first == 0xe0 ? 0xa0 : 0x80; /* not overlong */
        unsigned most = first == 0xed ? 0x9f : 0xbf;  /* no surrogate */
        return room >= 3 && second >= least && second <= most && continues(p + 2) ? 3 : 0;
    }
    if (first > 0xf4) {
        return 0;
    }
    unsigned least = first == 0xf0 ? 0x90 : 0x80;
    unsigned most = first == 0xf4 ? 0x8f : 0xbf; /* not past U+10FFFF */
    return room >= 4 && second >= least && second <= most && continues(p + 2) && continues(p + 3) ? 4 : 0;
}

bool dsr_utf8_is_valid(dsr_slice s, size_t *bad_at)
{
    if (s.len == 0) {
        return true;
    }
    const char *end = s.ptr + s.len;
    const char *p = ascii_end(s.ptr, end);
    while (p < end) {
        size_t length = sequence_length(p, end);
        if (length == 0) {
            if (bad_at != NULL) {
                *bad_at = (size_t)(p - s.ptr);
            }
            return false;
        }
        p += length;
        if (p < end && ((unsigned char)*p & 0x80u) == 0) {
            p = ascii_end(p, end);
        }
    }
    return true;
}

uint32_t dsr_utf8_decode(const char *p, const char *end, size_t *length)
{
    uint32_t first = (unsigned char)p[0];
    if (first < 0x80) {
        *length = 1;
        return first;
    }
    size_t found = sequence_length(p, end);
    *length = found > 0 ? found : 1;
    uint32_t second = found >= 2 ? (unsigned char)p[1] & 0x3fu : 0;
    uint32_t third = found >= 3 ? (unsigned char)p[2] & 0x3fu : 0;
    switch (found) {
    case 2:
        return (first & 0x1fu) << 6 | second;
    case 3:
        return (first & 0x0fu) << 12 | second << 6 | third;
    case 4:
        return (first & 0x07u) << 18 | second << 12 | third << 6 | ((unsigned char)p[3] & 0x3fu);
    default:
        return REPLACEMENT;
    }
}

size_t dsr_utf8_encode(uint32_t code_point, char out[4])
{
    if (code_point > 0x10ffff || (code_point >= 0xd800 && code_point < 0xe000)) {
        code_point = REPLACEMENT;
    }
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xc0u | code_point >> 6);
        out[1] = (char)(0x80u | (code_point & 0x3fu));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xe0u | code_point >> 12);
        out[1] = (char)(0x80u | (code_point >> 6 & 0x3fu));
        out[2] = (char)(0x80u | (code_point & 0x3fu));
        return 3;
    }
    out[0] = (char)(0xf0u | code_point >> 18);
    out[1] = (char)(0x80u | (code_point >> 12 & 0x3fu));
    out[2] = (char)(0x80u | (code_point >> 6 & 0x3fu));
    out[3] = (char)(0x80u | (code_point & 0x3fu));
    return 4;
}

/* Code points that begin in the `length` <= BLOCK bytes at p: all bytes but continuations. Each lane of the
 * sum counts at most BLOCK / 8 of them, so none overflows. */
static size_t count_block(const char *p, size_t length)
{
    uint64_t lanes = 0;
    size_t at = 0;
    for (; at + 8 <= length; at += 8) {
        uint64_t word = load8(p + at);
        lanes += (~word >> 7 | word >> 6) & LOW_BITS;
    }
    /* The sum of the lanes passes 255, so they are added in pairs first. */
    lanes = (lanes & UINT64_C(0x00ff00ff00ff00ff)) + (lanes >> 8 & UINT64_C(0x00ff00ff00ff00ff));
    size_t count = (size_t)(lanes * UINT64_C(0x0001000100010001) >> 48);
    for (; at < length; at++) {
        count += !continues(p + at);
    }
    return count;
}

size_t dsr_utf8_count(dsr_slice s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; at += BLOCK) {
        count += count_block(s.ptr + at, s.len - at < BLOCK ? s.len - at : BLOCK);
    }
    return count;
}

size_t dsr_utf8_columns(dsr_slice s)
{
    size_t columns = 0;
    for (size_t at = 0; at < s.len;) {
        size_t length = 1;
        uint32_t c = dsr_utf8_decode(s.ptr + at, s.ptr + s.len, &length);
        int width = c < 0x80 ? c >= 0x20 && c != 0x7f : utf8proc_charwidth((utf8proc_int32_t)c);
        columns += width > 0 ? (size_t)width : 0;
        at += length;
    }
    return columns;
}

size_t dsr_utf8_floor(dsr_slice s, size_t at)
{
    if (at >= s.len) {
        return s.len;
    }
    size_t back = 0;
    while (back < 3 && back < at && continues(s.ptr + at - back)) {
        back++;
    }
    return at - back;
}

dsr_status dsr_code_points_build(dsr_arena *arena, dsr_slice text, dsr_code_points *out)
{
    if (text.len > UINT32_MAX) {
        return DSR_ERR_LIMIT;
    }
    if (text.len == 0 || ascii_end(text.ptr, text.ptr + text.len) == text.ptr + text.len) {
        *out = (dsr_code_points){text, NULL};
        return DSR_OK;
    }
    size_t blocks = text.len / BLOCK + 1;
    uint32_t *before = dsr_arena_alloc_array(arena, blocks, sizeof *before);
    if (before == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 1; i < blocks; i++) {
        before[i] = before[i - 1] + (uint32_t)count_block(text.ptr + (i - 1) * BLOCK, BLOCK);
    }
    *out = (dsr_code_points){text, before};
    return DSR_OK;
}

size_t dsr_code_points_at(const dsr_code_points *index, size_t byte)
{
    if (byte > index->text.len) {
        byte = index->text.len;
    }
    if (index->before == NULL) {
        return byte;
    }
    size_t block = byte / BLOCK;
    return index->before[block] + count_block(index->text.ptr + block * BLOCK, byte % BLOCK);
}

/* ---- characters ---- */

/* One bit for each ASCII character. */
static bool in_ascii_set(const uint64_t set[2], uint32_t c)
{
    return (set[c >> 6] >> (c & 63) & 1) != 0;
}

static utf8proc_category_t category(uint32_t c)
{
    return c <= 0x10ffff ? utf8proc_category((utf8proc_int32_t)c) : UTF8PROC_CATEGORY_CN;
}

bool dsr_is_word(uint32_t c)
{
    static const uint64_t ascii[2] = {UINT64_C(0x03ff000000000000), UINT64_C(0x07fffffe87fffffe)};
    if (c < 0x80) {
        return in_ascii_set(ascii, c);
    }
    utf8proc_category_t k = category(c); /* the classes L, M and N follow each other */
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_NO;
}

bool dsr_is_letter(uint32_t c)
{
    if (c < 0x80) {
        return (c | 32) - 'a' < 26;
    }
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

bool dsr_is_upper(uint32_t c)
{
    if (c < 0x80) {
        return c - 'A' < 26;
    }
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

bool dsr_is_digit(uint32_t c)
{
    return c < 0x80 ? c - '0' < 10 : category(c) == UTF8PROC_CATEGORY_ND;
}

bool dsr_is_space(uint32_t c)
{
    if (c < 0x80) {
        return c == ' ' || c - '\t' < 5;
    }
    if (c == 0x85) {
        return true;
    }
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP;
}

typedef struct range {
    uint32_t first;
    uint32_t last;
} range;

/* Whether `c` stands in one of `count` ranges, which are in order. */
static bool in_ranges(const range *ranges, size_t count, uint32_t c)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c > ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && c >= ranges[low].first;
}

bool dsr_is_unspaced(uint32_t c)
{
    /* Blocks of the scripts that are written without spaces; only their letters and numbers count. */
    static const range scripts[] = {
        {0x0e00, 0x0eff},   /* Thai, Lao */
        {0x1000, 0x109f},   /* Myanmar */
        {0x1780, 0x17ff},   /* Khmer */
        {0x1950, 0x19df},   /* Tai Le, New Tai Lue */
        {0x1a20, 0x1aaf},   /* Tai Tham */
        {0x2e80, 0x2fdf},   /* radicals of Han */
        {0x3005, 0x3007},   /* iteration mark, zero */
        {0x3021, 0x303b},   /* Hangzhou numerals */
        {0x3041, 0x312f},   /* kana, Bopomofo */
        {0x31a0, 0x31ff},   /* Bopomofo, kana */
        {0x3400, 0x4dbf},   /* Han */
        {0x4e00, 0x9fff},   /* Han */
        {0xa9e0, 0xa9ff},   /* Myanmar */
        {0xaa60, 0xaa7f},   /* Myanmar */
        {0xf900, 0xfaff},   /* Han */
        {0xff66, 0xff9f},   /* narrow kana */
        {0x1aff0, 0x1b16f}, /* kana */
        {0x20000, 0x3ffff}, /* Han */
    };
    if (c < scripts[0].first || !in_ranges(scripts, sizeof scripts / sizeof *scripts, c)) {
        return false;
    }
    utf8proc_category_t k = category(c); /* marks belong to the character before them */
    return dsr_is_word(c) && k != UTF8PROC_CATEGORY_MN && k != UTF8PROC_CATEGORY_MC &&
           k != UTF8PROC_CATEGORY_ME;
}

bool dsr_is_control(uint32_t c)
{
    if (c < 0x80) {
        return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
    }
    utf8proc_category_t k = category(c);
    if (k == UTF8PROC_CATEGORY_CC || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP) {
        return true;
    }
    /* The soft hyphen and the joiners belong to spelling; the signs of number and verse are visible. */
    static const range harmless[] = {{0xad, 0xad},     {0x600, 0x605},     {0x6dd, 0x6dd},
                                     {0x70f, 0x70f},   {0x890, 0x891},     {0x8e2, 0x8e2},
                                     {0x200c, 0x200d}, {0x110bd, 0x110bd}, {0x110cd, 0x110cd}};
    return k == UTF8PROC_CATEGORY_CF && !in_ranges(harmless, sizeof harmless / sizeof *harmless, c);
}

uint32_t dsr_lower(uint32_t c)
{
    if (c < 0x80) {
        return c - 'A' < 26 ? c + 32 : c;
    }
    return c <= 0x10ffff ? (uint32_t)utf8proc_tolower((utf8proc_int32_t)c) : c;
}

/* ---- folding ---- */

typedef struct replacement {
    uint16_t from;
    uint16_t to;
} replacement;

/* Lower-case letters that Unicode does not decompose, and marks that are typed in several ways; in order.
 * One for one: the letter that English-language newsrooms put there, or its first one (ae for the ligature).
 * The sharp s stays: "s" would be wrong and "ss" is two. */
static const replacement replacements[] = {
    {0x00e6, 'a'},    /* ae */
    {0x00f0, 'd'},    /* eth */
    {0x00f8, 'o'},    /* o with stroke */
    {0x00fe, 't'},    /* thorn */
    {0x0111, 'd'},    /* d with stroke */
    {0x0127, 'h'},    /* h with stroke */
    {0x0131, 'i'},    /* dotless i */
    {0x0138, 'k'},    /* kra */
    {0x0142, 'l'},    /* l with stroke */
    {0x014b, 'n'},    /* eng */
    {0x0153, 'o'},    /* oe */
    {0x0167, 't'},    /* t with stroke */
    {0x017f, 's'},    /* long s */
    {0x0180, 'b'},    /* b with stroke */
    {0x0192, 'f'},    /* f with hook */
    {0x0199, 'k'},    /* k with hook */
    {0x01b4, 'y'},    /* y with hook */
    {0x01b6, 'z'},    /* z with stroke */
    {0x01e5, 'g'},    /* g with stroke */
    {0x0253, 'b'},    /* b with hook */
    {0x0254, 'o'},    /* open o */
    {0x0257, 'd'},    /* d with hook */
    {0x0259, 'a'},    /* schwa: "a" in names from Azerbaijan */
    {0x025b, 'e'},    /* open e */
    {0x0268, 'i'},    /* i with stroke */
    {0x0289, 'u'},    /* u with stroke */
    {0x02bb, '\''},   /* turned comma, the okina */
    {0x02bc, '\''},   /* letter apostrophe */
    {0x03c2, 0x03c3}, /* final sigma */
    {0x2010, '-'},    /* hyphen */
    {0x2011, '-'},    /* hyphen that does not break */
    {0x2018, '\''},   /* typed for an apostrophe by mistake */
    {0x2019, '\''},   /* the apostrophe as typesetters have it */
    {0x201b, '\''},   /* its mirror image */
};

/* What replaces `c`; `c` itself where nothing does. */
static uint32_t replaced(uint32_t c)
{
    size_t low = 0;
    size_t high = sizeof replacements / sizeof *replacements;
    if (c > replacements[high - 1].from) {
        return c;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (replacements[middle].from < c) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return replacements[low].from == c ? replacements[low].to : c;
}

/* A mark that leaves the letter beneath it the same: the general diacritics, and madda and hamza of Arabic.
 * Not the voicing marks of kana and the dots of Indic scripts, which make another letter. */
static bool is_diacritic(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x653 && c <= 0x655) || (c >= 0x1ab0 && c <= 0x1aff) ||
           (c >= 0x1dc0 && c <= 0x1dff);
}

/* The letter beneath the diacritics of `c`, by Unicode's canonical decomposition. */
static uint32_t base_letter(uint32_t c)
{
    utf8proc_int32_t parts[8];
    int last_class = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8,
                                                     UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &last_class);
    if (count < 1 || count > 8) {
        return c;
    }
    for (utf8proc_ssize_t i = 1; i < count; i++) {
        if (!is_diacritic((uint32_t)parts[i])) {
            return c;
        }
    }
    return (uint32_t)parts[0];
}

uint32_t dsr_fold(uint32_t c)
{
    if (c < 0x80) {
        return c - 'A' < 26 ? c + 32 : c;
    }
    if (c > 0x10ffff) {
        return c;
    }
    if (c >= 0x2010 &&
        c < 0x2070) { /* punctuation, the most frequent of all in English; nothing in it decomposes */
        return replaced(c);
    }
    if (c >= 0xff01 && c <= 0xff5e) { /* the wide forms of ASCII */
        return dsr_lower(c - 0xfee0);
    }
    return replaced(base_letter(dsr_lower(c)));
}

/* Folds the ASCII at the start of `word`, at most `room` of it; returns how much that was. */
static size_t fold_ascii(dsr_slice word, char *out, size_t room)
{
    size_t most = word.len < room ? word.len : room;
    size_t at = 0;
    for (; at < most; at++) {
        unsigned c = (unsigned char)word.ptr[at];
        if (c >= 0x80) {
            break;
        }
        out[at] = (char)(c | (c - 'A' < 26 ? 32u : 0u));
    }
    return at;
}

size_t dsr_fold_word(dsr_slice word, char *out, size_t room)
{
    size_t written = 0;
    for (size_t at = 0; at < word.len;) {
        size_t plain = fold_ascii(dsr_slice_part(word, at, word.len), out + written, room - written);
        at += plain;
        written += plain;
        if (at == word.len || written == room) {
            break;
        }
        size_t length = 1;
        uint32_t c = dsr_fold(dsr_utf8_decode(word.ptr + at, word.ptr + word.len, &length));
        at += length;
        /* A diacritic after its letter is dropped, as it is where both are one character. */
        if (written > 0 && is_diacritic(c)) {
            continue;
        }
        char bytes[4];
        size_t count = dsr_utf8_encode(c, bytes);
        if (count > room - written) {
            break;
        }
        memcpy(out + written, bytes, count);
        written += count;
    }
    return written;
}

uint32_t dsr_windows_1252(unsigned char byte)
{
    static const uint16_t low[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                     0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return byte < 0xA0 ? low[byte & 31] : byte;
}
