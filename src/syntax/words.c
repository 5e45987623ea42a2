/* Words as lemma rules see them: forms in one spelling, hashes, endings. Must not know tags. */
#include "syntax/internal.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"

enum {
    SHAPE_CAPITAL = 1, /* begins with a capital */
    SHAPE_LOWER = 2,   /* has a small letter */
    SHAPE_CAPITALS = 4 /* has a capital behind the first character */
};

uint32_t dsr_plain_mark(uint32_t code_point)
{
    switch (code_point) {
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0x02bc:
        return '\'';
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x00ab:
    case 0x00bb:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    case 0x00a0:
    case 0x202f:
        return ' ';
    default:
        return code_point;
    }
}

size_t dsr_word_lower(dsr_slice text, char out[DSR_NORMAL_BYTES])
{
    size_t used = 0;
    const char *p = text.ptr;
    const char *end = p + text.len;
    while (p < end && used + 4 <= DSR_NORMAL_BYTES) {
        unsigned char c = (unsigned char)*p;
        if (c < 128) {
            out[used++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            p++;
            continue;
        }
        size_t length;
        uint32_t code_point = dsr_plain_mark(dsr_utf8_decode(p, end, &length));
        used += dsr_utf8_encode(dsr_lower(code_point), out + used);
        p += length;
    }
    return used;
}

static unsigned shape_of_other(uint32_t c, bool first)
{
    if (dsr_is_upper(c)) {
        return first ? SHAPE_CAPITAL : SHAPE_CAPITALS;
    }
    return dsr_is_letter(c) ? SHAPE_LOWER : 0;
}

static unsigned shape_of(dsr_slice text)
{
    unsigned shape = 0;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end;) {
        unsigned char c = (unsigned char)*p;
        bool first = p == text.ptr;
        size_t length = 1;
        if (c >= 'a' && c <= 'z') {
            shape |= SHAPE_LOWER;
        } else if (c >= 'A' && c <= 'Z') {
            shape |= first ? SHAPE_CAPITAL : SHAPE_CAPITALS;
        } else if (c >= 128) {
            shape |= shape_of_other(dsr_utf8_decode(p, end, &length), first);
        }
        p += length;
    }
    return shape;
}

void dsr_word_set(dsr_syntax_word *word, dsr_slice text)
{
    char bytes[DSR_NORMAL_BYTES];
    size_t count = dsr_word_lower(text, bytes);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = bytes[i] >= '0' && bytes[i] <= '9' ? '0' : bytes[i];
    }
    uint64_t hash = dsr_hash64((dsr_slice){bytes, count}, 0);
    *word = (dsr_syntax_word){.text = text};
    word->form = (uint32_t)(hash >> 32) * 8 + shape_of(dsr_slice_part(text, 0, DSR_LIMIT_WORD_BYTES));
    for (size_t i = count > 8 ? count - 8 : 0; i < count; i++) {
        word->tail = word->tail << 8 | (unsigned char)bytes[i];
    }
}
