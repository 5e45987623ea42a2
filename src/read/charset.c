/* The encodings that the C library converts, and the guess which of them it is. This file alone knows
 * uchardet and iconv. Must not know what a report is. */
#include "read/encoding.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

/* What uchardet says; the name for people; the name for iconv. Where a vendor's superset is what files really
 * hold, iconv is asked for that (as the WHATWG Encoding Standard does). windows-1252 and its subsets are
 * missing: the caller reads those itself. */
static const struct charset {
    const char *guessed, *name, *iconv;
    bool shifts; /* bytes below 0x80 are not always ASCII */
} charsets[] = {
    {"BIG5", "Big5", "BIG5-HKSCS", false},
    {"EUC-JP", "EUC-JP", "EUC-JP-MS", false},
    {"EUC-KR", "EUC-KR", "UHC", false},
    {"EUC-TW", "EUC-TW", "EUC-TW", false},
    {"GB18030", "GB18030", "GB18030", false},
    {"HZ-GB-2312", "HZ-GB-2312", "HZ", true},
    {"IBM852", "IBM852", "IBM852", false},
    {"IBM855", "IBM855", "IBM855", false},
    {"IBM862", "IBM862", "IBM862", false},
    {"IBM865", "IBM865", "IBM865", false},
    {"IBM866", "IBM866", "IBM866", false},
    {"ISO-2022-JP", "ISO-2022-JP", "ISO-2022-JP", true},
    {"ISO-2022-KR", "ISO-2022-KR", "ISO-2022-KR", true},
    {"ISO-8859-10", "ISO-8859-10", "ISO-8859-10", false},
    {"ISO-8859-11", "ISO-8859-11", "ISO-8859-11", false},
    {"ISO-8859-13", "ISO-8859-13", "ISO-8859-13", false},
    {"ISO-8859-15", "ISO-8859-15", "ISO-8859-15", false},
    {"ISO-8859-16", "ISO-8859-16", "ISO-8859-16", false},
    {"ISO-8859-2", "ISO-8859-2", "ISO-8859-2", false},
    {"ISO-8859-3", "ISO-8859-3", "ISO-8859-3", false},
    {"ISO-8859-4", "ISO-8859-4", "ISO-8859-4", false},
    {"ISO-8859-5", "ISO-8859-5", "ISO-8859-5", false},
    {"ISO-8859-6", "ISO-8859-6", "ISO-8859-6", false},
    {"ISO-8859-7", "ISO-8859-7", "ISO-8859-7", false},
    {"ISO-8859-8", "ISO-8859-8", "ISO-8859-8", false},
    {"ISO-8859-9", "ISO-8859-9", "WINDOWS-1254", false},
    {"JOHAB", "Johab", "JOHAB", false},
    {"KOI8-R", "KOI8-R", "KOI8-R", false},
    {"MAC-CENTRALEUROPE", "x-mac-ce", "MAC-CENTRALEUROPE", false},
    {"MAC-CYRILLIC", "x-mac-cyrillic", "MAC-CYRILLIC", false},
    {"SHIFT_JIS", "Shift_JIS", "CP932", false},
    {"TIS-620", "TIS-620", "TIS-620", false},
    {"UHC", "EUC-KR", "UHC", false},
    {"VISCII", "VISCII", "VISCII", false},
    {"WINDOWS-1250", "windows-1250", "WINDOWS-1250", false},
    {"WINDOWS-1251", "windows-1251", "WINDOWS-1251", false},
    {"WINDOWS-1253", "windows-1253", "WINDOWS-1253", false},
    {"WINDOWS-1255", "windows-1255", "WINDOWS-1255", false},
    {"WINDOWS-1256", "windows-1256", "WINDOWS-1256", false},
    {"WINDOWS-1257", "windows-1257", "WINDOWS-1257", false},
    {"WINDOWS-1258", "windows-1258", "WINDOWS-1258", false},
};

const char *dsr_charset_guess(dsr_slice sample)
{
    uchardet_t detector = uchardet_new();
    if (detector == NULL) {
        return NULL;
    }
    const char *name = NULL;
    if (uchardet_handle_data(detector, sample.ptr, sample.len) == 0) {
        uchardet_data_end(detector);
        const char *guessed = uchardet_get_charset(detector);
        for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
            if (strcmp(guessed, charsets[i].guessed) == 0) {
                name = charsets[i].name;
            }
        }
    }
    uchardet_delete(detector);
    return name;
}

static const struct charset *charset_named(const char *name)
{
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
        if (strcmp(name, charsets[i].name) == 0) {
            return &charsets[i];
        }
    }
    return NULL;
}

enum { CHARACTERS = 4 }; /* that one step may give: a letter and its marks */

/* One step from bytes to characters. */
typedef struct step {
    uint32_t characters[CHARACTERS];
    size_t count;
    size_t width;    /* bytes used; 0 with count 0: no character begins here */
    bool incomplete; /* the bytes end within a character */
} step;

/* The next character at `from`. Only as many bytes are offered as one character needs, so that its width is
 * known. */
static step take(iconv_t converter, const char *from, size_t left, size_t room)
{
    step s = {{0}, 0, 0, false};
    char input[16];
    char *in = input;
    size_t in_left = left < sizeof input ? left : sizeof input;
    memcpy(input, from, in_left);
    unsigned char output[4 * CHARACTERS];
    union {
        unsigned char *bytes;
        char *chars;
    } to = {output};
    size_t out_left = room;
    size_t offered = in_left;
    size_t result = iconv(converter, &in, &in_left, &to.chars, &out_left);
    if (result == (size_t)-1 && errno == EINVAL) {
        s.incomplete = true;
    }
    s.width = offered - in_left;
    s.count = (room - out_left) / 4;
    for (size_t i = 0; i < s.count; i++) {
        const unsigned char *u = output + 4 * i;
        s.characters[i] = (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
    }
    return s;
}

/* Fills what each byte alone stands for (0: nothing). False where some begin longer characters. */
static bool make_table(iconv_t converter, uint32_t table[256])
{
    for (unsigned byte = 0; byte < 256; byte++) {
        char c = (char)byte;
        step s = take(converter, &c, 1, 4 * CHARACTERS);
        if (s.count == 0 && s.width == 1) { /* kept back in case a mark follows: ask for it */
            unsigned char output[4] = {0};
            union {
                unsigned char *bytes;
                char *chars;
            } to = {output};
            size_t room = sizeof output;
            (void)iconv(converter, NULL, NULL, &to.chars, &room);
            s.count = (sizeof output - room) / 4;
            s.characters[0] = (uint32_t)output[0] | (uint32_t)output[1] << 8 | (uint32_t)output[2] << 16;
        }
        (void)iconv(converter, NULL, NULL, NULL, NULL);
        if (s.incomplete) {
            return false;
        }
        table[byte] = s.count == 1 ? s.characters[0] : 0;
    }
    return true;
}

static void decode_by_table(const uint32_t table[256], dsr_slice bytes, uint64_t offset, dsr_text_out *out)
{
    for (size_t i = 0; i < bytes.len && out->text.status == DSR_OK; i++) {
        uint32_t code_point = table[(unsigned char)bytes.ptr[i]];
        dsr_source_span source = {offset + i, offset + i + 1};
        if (code_point == 0) {
            dsr_text_out_put_lost(out, source);
        } else {
            dsr_text_out_put_char(out, code_point, source);
        }
    }
}

static void put_step(const step *s, dsr_source_span source, dsr_text_out *out)
{
    if (s->count == 1) {
        dsr_text_out_put_char(out, s->characters[0], source);
        return;
    }
    /* A letter and its mark from one code: each of them leads back to the whole of it. */
    for (size_t i = 0; i < s->count; i++) {
        char utf8[4];
        size_t length = dsr_utf8_encode(s->characters[i], utf8);
        dsr_text_out_put(out, (dsr_slice){utf8, length}, source, DSR_MAP_WHOLE);
    }
}

static void decode_by_steps(iconv_t converter, bool shifts, dsr_slice bytes, uint64_t offset,
                            dsr_text_out *out)
{
    for (size_t at = 0; at < bytes.len && out->text.status == DSR_OK;) {
        unsigned char byte = (unsigned char)bytes.ptr[at];
        if (!shifts && byte < 0x80) {
            dsr_text_out_put_char(out, byte, (dsr_source_span){offset + at, offset + at + 1});
            at++;
            continue;
        }
        step s = take(converter, bytes.ptr + at, bytes.len - at, 4);
        if (s.count == 0 && s.width == 0) {
            s = take(converter, bytes.ptr + at, bytes.len - at, 4 * CHARACTERS);
        }
        size_t width = s.width > 0 ? s.width : 1;
        dsr_source_span source = {offset + at, offset + at + width};
        if (s.count > 0) {
            put_step(&s, source, out);
        } else if (s.width == 0) {
            dsr_text_out_put_lost(out, source);
        } /* else: a shift between sets, which shows nothing */
        at += width;
    }
}

bool dsr_charset_decode(const char *name, dsr_slice bytes, uint64_t offset, dsr_text_out *out)
{
    const struct charset *charset = charset_named(name);
    iconv_t converter = charset != NULL ? iconv_open("UTF-32LE", charset->iconv) : (iconv_t)-1;
    if (converter == (iconv_t)-1) {
        return false;
    }
    uint32_t table[256];
    if (!charset->shifts && make_table(converter, table)) {
        decode_by_table(table, bytes, offset, out);
    } else {
        (void)iconv(converter, NULL, NULL, NULL, NULL);
        decode_by_steps(converter, charset->shifts, bytes, offset, out);
    }
    (void)iconv_close(converter);
    return true;
}
