/* Features of a form: the word, its ends, its shape. Must not know the sentence. */
#include "base/hash.h"
#include "base/utf8.h"
#include "syntax/internal.h"
#include "syntax/net.h"

#include <string.h>

/* Quotation marks and apostrophes have one spelling; dashes keep theirs, which tells what they do. */
static uint32_t plain(uint32_t c)
{
    return c == 0x2013 || c == 0x2014 ? c : dsr_plain_mark(c);
}

/* '(' where a form is an opening quotation mark that says so, ')' where it is a closing one; 0: neither. */
static char side_of(dsr_slice text)
{
    size_t length = 0;
    uint32_t c = text.len > 0 ? dsr_utf8_decode(text.ptr, text.ptr + text.len, &length) : 0;
    if (length != text.len) {
        return 0;
    }
    if (c == 0x201c || c == 0x2018 || c == 0x00ab) {
        return '(';
    }
    return (char)(c == 0x201d || c == 0x2019 || c == 0x00bb ? ')' : 0);
}

void dsr_net_form_set(dsr_net_form *form, dsr_slice text)
{
    const char *p = text.ptr;
    const char *end = p + text.len;
    form->side = side_of(text);
    form->length = 0;
    while (p < end && form->length + 4 <= DSR_NET_FORM_BYTES) {
        if ((unsigned char)*p < 128) {
            form->bytes[form->length++] = *p++;
            continue;
        }
        size_t length;
        uint32_t c = plain(dsr_utf8_decode(p, end, &length));
        form->length += dsr_utf8_encode(c, form->bytes + form->length);
        p += length;
    }
}

uint64_t dsr_net_form_key(const dsr_net_form *form)
{
    uint64_t seed = 2 + 256 * (uint64_t)(unsigned char)form->side;
    return dsr_hash64((dsr_slice){form->bytes, form->length}, seed);
}

/* In lower case, digits as "0". */
static size_t normalise(const dsr_net_form *form, char *out)
{
    size_t used = 0;
    const char *end = form->bytes + form->length;
    for (const char *p = form->bytes; p < end && used + 4 <= DSR_NET_FORM_BYTES;) {
        unsigned char c = (unsigned char)*p;
        if (c < 128) {
            bool digit = c >= '0' && c <= '9';
            out[used++] = (char)(digit ? '0' : c >= 'A' && c <= 'Z' ? c + 32 : c);
            p++;
            continue;
        }
        size_t length;
        used += dsr_utf8_encode(dsr_lower(dsr_utf8_decode(p, end, &length)), out + used);
        p += length;
    }
    return used;
}

static char shape_of(uint32_t c)
{
    if (c < 128) {
        bool upper = c >= 'A' && c <= 'Z';
        bool lower = c >= 'a' && c <= 'z';
        bool digit = c >= '0' && c <= '9';
        return (char)(upper ? 'X' : lower ? 'x' : digit ? 'd' : (char)c);
    }
    return (char)(dsr_is_upper(c) ? 'X' : dsr_is_letter(c) ? 'x' : 'u');
}

enum { SHAPE_ROOM = 60 };

/* "McDonald's" -> "XxXxx'x": runs are cut after two. Of a quotation mark, its side. */
static size_t write_shape(const dsr_net_form *form, char out[SHAPE_ROOM])
{
    size_t used = 0;
    char last = 0;
    bool second = false;
    const char *end = form->bytes + form->length;
    if (form->side != 0) {
        out[0] = form->side;
        return 1;
    }
    for (const char *p = form->bytes; p < end && used < SHAPE_ROOM;) {
        size_t length;
        char kind = shape_of(dsr_utf8_decode(p, end, &length));
        if (kind != last || !second) {
            out[used++] = kind;
        }
        second = kind == last;
        last = kind;
        p += length;
    }
    return used;
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* The bytes of the first `characters` characters. */
static size_t beginning(const char *bytes, size_t length, unsigned characters)
{
    size_t at = 0;
    for (; characters > 0 && at < length; characters--) {
        at++;
        while (at < length && continues(bytes[at])) {
            at++;
        }
    }
    return at;
}

/* Where the last `characters` characters begin. */
static size_t ending(const char *bytes, size_t length, unsigned characters)
{
    size_t at = length;
    for (; characters > 0 && at > 0; characters--) {
        at--;
        while (at > 0 && continues(bytes[at])) {
            at--;
        }
    }
    return at;
}

void dsr_net_form_features(const dsr_net_form *form, uint64_t out[DSR_NET_FEATURES])
{
    static const unsigned beginnings[] = {2, 3, 5};
    char normal[DSR_NET_FORM_BYTES];
    char shape[SHAPE_ROOM];
    size_t length = normalise(form, normal);
    size_t n = 0;
    out[n++] = dsr_hash64((dsr_slice){normal, length}, 1);
    out[n++] = dsr_net_form_key(form);
    for (unsigned characters = 1; characters <= 4; characters++) {
        size_t at = ending(normal, length, characters);
        out[n++] = dsr_hash64((dsr_slice){normal + at, length - at}, 2 + characters);
    }
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        out[n++] = dsr_hash64((dsr_slice){normal, beginning(normal, length, beginnings[i])}, 7 + i);
    }
    out[n++] = dsr_hash64((dsr_slice){shape, write_shape(form, shape)}, 10);
}

unsigned dsr_net_distance(long difference)
{
    static const uint8_t classes[] = {0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6};
    long size = difference < 0 ? -difference : difference;
    unsigned class = size < 15 ? classes[size] : size <= 24 ? 7 : 8;
    return difference < 0 ? class : class + DSR_NET_DISTANCES / 2;
}
