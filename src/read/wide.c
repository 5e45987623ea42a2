/* UTF-16 and UTF-32, with and without a mark of byte order. Must not know what comes after. */
#include "read/encoding.h"

#include "base/utf8.h"

#include <string.h>

enum { SAMPLE_BYTES = 64 * 1024 };

static bool begins(dsr_slice bytes, const char *mark, size_t length)
{
    return bytes.len >= length && memcmp(bytes.ptr, mark, length) == 0;
}

static dsr_wide tell_by_mark(dsr_slice bytes)
{
    /* FF FE 00 00 could be UTF-16 that begins with a NUL; no text does. */
    if (begins(bytes, "\xFF\xFE\0\0", 4)) {
        return (dsr_wide){"UTF-32LE", 4, false, 4};
    }
    if (begins(bytes, "\0\0\xFE\xFF", 4)) {
        return (dsr_wide){"UTF-32BE", 4, true, 4};
    }
    if (begins(bytes, "\xFF\xFE", 2)) {
        return (dsr_wide){"UTF-16LE", 2, false, 2};
    }
    if (begins(bytes, "\xFE\xFF", 2)) {
        return (dsr_wide){"UTF-16BE", 2, true, 2};
    }
    return (dsr_wide){NULL, 0, false, 0};
}

uint32_t dsr_wide_unit(dsr_wide wide, dsr_slice bytes, size_t at)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < wide.unit; i++) {
        unsigned from = wide.big ? i : wide.unit - 1 - i;
        value = value << 8 | (unsigned char)bytes.ptr[at + from];
    }
    return value;
}

/* Whether the bytes, read this way, look like text in one script: UTF-16 without a mark shows itself by the
 * blanks, line ends and Latin letters whose high byte is zero, and by high bytes that are mostly the same
 * otherwise. A stray NUL in other text does not pass. */
static bool reads_as_utf16(dsr_wide wide, dsr_slice bytes)
{
    size_t units = bytes.len / 2;
    size_t latin = 0;  /* printable ASCII */
    size_t blanks = 0; /* white space among them */
    size_t broken = 0; /* control characters */
    size_t high[256] = {0};
    for (size_t i = 0; i < units; i++) {
        uint32_t unit = dsr_wide_unit(wide, bytes, 2 * i);
        bool blank = unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t';
        blanks += blank;
        latin += blank || (unit > 0x20 && unit < 0x7F);
        broken += unit < 0x20 && !blank;
        high[unit >> 8]++;
    }
    size_t most = 0;
    for (size_t i = 1; i < 256; i++) {
        most = high[i] > most ? high[i] : most;
    }
    if (broken * 50 > units) {
        return false;
    }
    return latin * 10 >= units * 7 || (blanks * 20 >= units && (latin + most) * 10 >= units * 8);
}

static bool reads_as_utf32(dsr_wide wide, dsr_slice bytes)
{
    for (size_t at = 0; at + 4 <= bytes.len; at += 4) {
        uint32_t unit = dsr_wide_unit(wide, bytes, at);
        if (unit == 0 || unit > 0x10FFFF || (unit >= 0xD800 && unit < 0xE000)) {
            return false;
        }
    }
    return bytes.len >= 4;
}

dsr_wide dsr_wide_tell(dsr_slice bytes)
{
    dsr_wide wide = tell_by_mark(bytes);
    bytes = dsr_slice_part(bytes, 0, SAMPLE_BYTES);
    if (wide.name != NULL || bytes.len < 2 || memchr(bytes.ptr, 0, bytes.len) == NULL) {
        return wide;
    }
    static const dsr_wide kinds[] = {{"UTF-32LE", 4, false, 0},
                                     {"UTF-32BE", 4, true, 0},
                                     {"UTF-16LE", 2, false, 0},
                                     {"UTF-16BE", 2, true, 0}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].unit == 4 ? reads_as_utf32(kinds[i], bytes) : reads_as_utf16(kinds[i], bytes)) {
            return kinds[i];
        }
    }
    return wide;
}

/* The character at `at`; its width in *width; U+FFFD with *lost where there is none. */
static uint32_t character_at(dsr_wide wide, dsr_slice bytes, size_t at, size_t *width, bool *lost)
{
    *width = wide.unit;
    *lost = false;
    if (bytes.len - at < wide.unit) {
        *width = bytes.len - at;
        *lost = true;
        return 0xFFFD;
    }
    uint32_t unit = dsr_wide_unit(wide, bytes, at);
    if (wide.unit == 2 && unit >= 0xD800 && unit < 0xDC00 && bytes.len - at >= 4) {
        uint32_t second = dsr_wide_unit(wide, bytes, at + 2);
        if (second >= 0xDC00 && second < 0xE000) {
            *width = 4;
            return 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
        }
    }
    *lost = unit == 0 || unit > 0x10FFFF || (unit >= 0xD800 && unit < 0xE000);
    return unit;
}

void dsr_wide_decode(dsr_wide wide, dsr_slice bytes, uint64_t offset, dsr_text_out *out)
{
    for (size_t at = wide.mark; at < bytes.len && out->text.status == DSR_OK;) {
        size_t width = 0;
        bool lost = false;
        uint32_t code_point = character_at(wide, bytes, at, &width, &lost);
        dsr_source_span source = {offset + at, offset + at + width};
        if (lost) {
            dsr_text_out_put_lost(out, source);
        } else {
            dsr_text_out_put_char(out, code_point, source);
        }
        at += width;
    }
}
