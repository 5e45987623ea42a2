/* Classes of characters. Knows nothing of sentences, tokens or quotations. */
#include "language/chars.h"

#include "base/scan.h"
#include "base/utf8.h"

#define SP DSR_CHAR_SPACE
#define LE DSR_CHAR_LETTER
#define DI DSR_CHAR_DIGIT
#define ST DSR_CHAR_STOP
#define PU DSR_CHAR_PUNCTUATION
#define SY DSR_CHAR_SYMBOL

/* clang-format off */
const uint8_t dsr_char_ascii[128] = {
    /* control characters other than white space are symbols: nothing but white space may be lost */
    SY, SY, SY, SY, SY, SY, SY, SY, SY, SP, SP, SP, SP, SP, SY, SY, /* 00 */
    SY, SY, SY, SY, SY, SY, SY, SY, SY, SY, SY, SY, SY, SY, SY, SY, /* 10 */
    SP, ST, DSR_CHAR_DOUBLE, SY, SY, SY, SY, DSR_CHAR_SINGLE,       /* sp ! " # $ % & ' */
    DSR_CHAR_OPEN, DSR_CHAR_CLOSE, SY, SY, PU, DSR_CHAR_DASH, ST, PU, /* ( ) * + , - . / */
    DI, DI, DI, DI, DI, DI, DI, DI, DI, DI, PU, PU, SY, SY, SY, ST, /* 0-9 : ; < = > ? */
    SY, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, /* @ A-O */
    LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, DSR_CHAR_OPEN, SY, DSR_CHAR_CLOSE, SY, LE,  /* P-Z [ \ ] ^ _ */
    SY, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, /* ` a-o */
    LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, LE, DSR_CHAR_OPEN, SY, DSR_CHAR_CLOSE, SY, SY,  /* p-z { | } ~ DEL */
};
/* clang-format on */

static dsr_char_class classify_general_punctuation(uint32_t cp)
{
    if (cp >= 0x2010 && cp <= 0x2015) {
        return DSR_CHAR_DASH;
    }
    if (cp == 0x2018 || cp == 0x2019 || cp == 0x201a || cp == 0x201b || cp == 0x2039 || cp == 0x203a) {
        return DSR_CHAR_SINGLE;
    }
    if (cp >= 0x201c && cp <= 0x201f) {
        return DSR_CHAR_DOUBLE;
    }
    if (cp == 0x2026 || cp == 0x203c || cp == 0x2047 || cp == 0x2048 || cp == 0x2049) {
        return DSR_CHAR_STOP;
    }
    if (cp == 0x200c || cp == 0x200d) { /* joiners: part of words in Persian and Hindi */
        return DSR_CHAR_LETTER;
    }
    if (dsr_is_space(cp)) {
        return DSR_CHAR_SPACE;
    }
    return cp < 0x2010 ? DSR_CHAR_SYMBOL : DSR_CHAR_PUNCTUATION;
}

static dsr_char_class classify_east_asian(uint32_t cp)
{
    switch (cp) {
    case 0x3002:
    case 0xff01:
    case 0xff0e:
    case 0xff1f:
    case 0xff61:
        return DSR_CHAR_STOP;
    case 0x300c:
    case 0x300d:
    case 0x300e:
    case 0x300f:
    case 0x301d:
    case 0x301e:
    case 0x301f:
    case 0xff02:
    case 0xff62:
    case 0xff63:
        return DSR_CHAR_DOUBLE;
    case 0x3008:
    case 0x300a:
    case 0x3010:
    case 0xff08:
    case 0xff3b:
        return DSR_CHAR_OPEN;
    case 0x3009:
    case 0x300b:
    case 0x3011:
    case 0xff09:
    case 0xff3d:
        return DSR_CHAR_CLOSE;
    case 0x3001:
    case 0x30fb:
    case 0xff0c:
    case 0xff1a:
    case 0xff1b:
        return DSR_CHAR_PUNCTUATION;
    default:
        return DSR_CHAR_SYMBOL;
    }
}

static dsr_char_class classify_latin1(uint32_t cp)
{
    switch (cp) {
    case 0x85:
    case 0xa0:
        return DSR_CHAR_SPACE;
    case 0xab:
    case 0xbb:
        return DSR_CHAR_DOUBLE;
    case 0xa1:
    case 0xb7:
    case 0xbf:
        return DSR_CHAR_PUNCTUATION;
    case 0xaa:
    case 0xad: /* a soft hyphen stands inside a word */
    case 0xb5:
    case 0xba:
        return DSR_CHAR_LETTER;
    default:
        return cp >= 0xc0 && cp != 0xd7 && cp != 0xf7 ? DSR_CHAR_LETTER : DSR_CHAR_SYMBOL;
    }
}

dsr_char_class dsr_char_classify(uint32_t cp)
{
    if (cp < 128) {
        return (dsr_char_class)dsr_char_ascii[cp];
    }
    if (cp < 0x250) {
        return cp < 0x100 ? classify_latin1(cp) : DSR_CHAR_LETTER;
    }
    if (cp >= 0x2000 && cp < 0x2070) {
        return classify_general_punctuation(cp);
    }
    switch (cp) {
    case 0x02bc:
        return DSR_CHAR_SINGLE;
    case 0x0589: /* Armenian, Arabic, Urdu, Devanagari, Burmese, Ethiopic full stops and question marks */
    case 0x061f:
    case 0x06d4:
    case 0x0964:
    case 0x0965:
    case 0x104b:
    case 0x1362:
        return DSR_CHAR_STOP;
    case 0x060c:
    case 0x061b:
        return DSR_CHAR_PUNCTUATION;
    default:
        break;
    }
    if (dsr_is_digit(cp)) {
        return DSR_CHAR_DIGIT;
    }
    if (dsr_is_word(cp)) {
        return DSR_CHAR_LETTER;
    }
    if (dsr_is_space(cp)) {
        return DSR_CHAR_SPACE;
    }
    return (cp >= 0x3000 && cp < 0x3100) || (cp >= 0xff00 && cp < 0xffef) ? classify_east_asian(cp)
                                                                          : DSR_CHAR_SYMBOL;
}

dsr_char dsr_char_decode(dsr_slice text, size_t at)
{
    if (at >= text.len) {
        return (dsr_char){0, DSR_CHAR_SPACE, 0};
    }
    size_t length = 1;
    uint32_t cp = dsr_utf8_decode(text.ptr + at, text.ptr + text.len, &length);
    return (dsr_char){cp, (uint8_t)dsr_char_classify(cp), (uint8_t)length};
}

dsr_char dsr_char_decode_before(dsr_slice text, size_t at)
{
    if (at == 0 || at > text.len) {
        return (dsr_char){0, DSR_CHAR_SPACE, 0};
    }
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((unsigned char)text.ptr[start] & 0xc0) == 0x80) {
        start--;
    }
    size_t length = 1;
    uint32_t cp = dsr_utf8_decode(text.ptr + start, text.ptr + text.len, &length);
    if (start + length != at) { /* not a whole character: the last byte by itself */
        return (dsr_char){0xfffd, DSR_CHAR_SYMBOL, 1};
    }
    return (dsr_char){cp, (uint8_t)dsr_char_classify(cp), (uint8_t)length};
}

bool dsr_char_is_upper(uint32_t cp)
{
    return cp < 128 ? cp >= 'A' && cp <= 'Z' : dsr_is_upper(cp);
}

bool dsr_char_is_lower(uint32_t cp)
{
    if (cp < 128) {
        return cp >= 'a' && cp <= 'z';
    }
    /* Letters without case (Han, Arabic ...) are neither. The blocks with case: Latin, Greek, Cyrillic,
     * Armenian. */
    bool cased = cp < 0x250 || (cp >= 0x370 && cp < 0x590) || (cp >= 0x1e00 && cp < 0x2000);
    return cased && dsr_is_letter(cp) && !dsr_is_upper(cp);
}

size_t dsr_skip_space(dsr_slice text, size_t at, size_t end)
{
    while (at < end) {
        dsr_char c = dsr_char_at(text, at);
        if (c.kind != DSR_CHAR_SPACE) {
            break;
        }
        at += c.length;
    }
    return at < end ? at : end;
}

size_t dsr_skip_space_back(dsr_slice text, size_t end, size_t start)
{
    while (end > start) {
        dsr_char c = dsr_char_before(text, end);
        if (c.kind != DSR_CHAR_SPACE) {
            break;
        }
        end -= c.length;
    }
    return end > start ? end : start;
}

size_t dsr_skip_word(dsr_slice text, size_t at, size_t end)
{
    if (at < end && end <= text.len) {
        at = (size_t)(dsr_scan_skip(text.ptr + at, text.ptr + end, '_') - text.ptr);
    }
    while (at < end) {
        dsr_char c = dsr_char_at(text, at);
        if (c.kind != DSR_CHAR_LETTER && c.kind != DSR_CHAR_DIGIT) {
            break;
        }
        at += c.length;
    }
    return at < end ? at : end;
}

dsr_slice dsr_fold_short(dsr_slice word, dsr_folded *folded)
{
    folded->len = 0;
    if (word.len > 0 && word.len <= DSR_FOLD_BYTES) {
        folded->len = dsr_fold_word(word, folded->bytes, sizeof folded->bytes);
    }
    return (dsr_slice){folded->bytes, folded->len};
}
