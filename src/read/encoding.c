/* Which encoding a file's bytes are in. Marks of byte order first, then UTF-8, which hardly any other text is
 * by chance; then UTF-16 and UTF-32 by their zero bytes; then a guess; windows-1252 last. Must not know
 * formats. */
#include "read/encoding.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum {
    SAMPLE_BYTES = 64 * 1024,
    CONTROLS_BORNE = 4,   /* control characters that any text may hold ... */
    CONTROLS_SHARE = 32,  /* ... and past that one in so many bytes */
    SPARSE_SHARE = 50,    /* fewer high bytes than one in so many: punctuation and names in Latin script */
    UNREADABLE_SHARE = 20 /* a guess that leaves more than one character in so many unread is wrong */
};

/* High bytes of a text that is not valid UTF-8. */
typedef struct census {
    size_t sequences; /* whole UTF-8 sequences of two bytes and more */
    size_t stray;     /* bytes that belong to none */
    size_t first;     /* the first of those */
    size_t unknown;   /* those that windows-1252 does not know either */
} census;

static census count_high(dsr_slice bytes)
{
    census c = {0, 0, SIZE_MAX, 0};
    const char *end = bytes.ptr + bytes.len;
    for (const char *p = bytes.ptr; p < end;) {
        if ((unsigned char)*p < 0x80) {
            p++;
            continue;
        }
        size_t length = 1;
        (void)dsr_utf8_decode(p, end, &length);
        if (length > 1) {
            c.sequences++;
        } else {
            c.first = c.stray == 0 ? (size_t)(p - bytes.ptr) : c.first;
            c.unknown += dsr_windows_1252((unsigned char)*p) == 0;
            c.stray++;
        }
        p += length;
    }
    return c;
}

/* Whether one of eight bytes is below 0x20 or is 0x7F. */
static bool any_control(const char *p)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t highs = 0x8080808080808080u;
    uint64_t x = 0;
    memcpy(&x, p, sizeof x);
    uint64_t deletes = x ^ (ones * 0x7F);
    return (((x - ones * 0x20) & ~x & highs) | ((deletes - ones) & ~deletes & highs)) != 0;
}

static bool is_odd_control(unsigned char c)
{
    bool usual = c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r' || c == '\b' || c == 0x1B;
    return c == 0x7F || (c < 0x20 && !usual);
}

static size_t count_controls(dsr_slice bytes)
{
    size_t count = 0;
    size_t i = 0;
    while (i < bytes.len) {
        if (bytes.len - i >= 8 && !any_control(bytes.ptr + i)) {
            i += 8;
            continue;
        }
        count += is_odd_control((unsigned char)bytes.ptr[i]);
        i++;
    }
    return count;
}

static dsr_status refuse_binary(dsr_slice bytes, uint64_t offset, dsr_error *error)
{
    const char *nul = memchr(bytes.ptr, 0, bytes.len);
    if (nul != NULL) {
        uint64_t at = offset + (uint64_t)(nul - bytes.ptr);
        dsr_status status = dsr_fail(
            error, DSR_ERR_INPUT, "read",
            "is not text: it holds NUL bytes, the first at byte %llu, and is neither UTF-16 nor UTF-32; "
            "save its text as plain text first",
            (unsigned long long)at);
        dsr_error_set_position(error, at);
        return status;
    }
    dsr_slice sample = dsr_slice_part(bytes, 0, SAMPLE_BYTES);
    size_t controls = count_controls(sample);
    if (controls > CONTROLS_BORNE && controls * CONTROLS_SHARE > sample.len) {
        return dsr_fail(
            error, DSR_ERR_INPUT, "read",
            "is not text: %zu of its first %zu bytes are control characters; save its text as plain text "
            "first",
            controls, sample.len);
    }
    return DSR_OK;
}

/* The text of a file in UTF-8: copied as it is. */
static dsr_status take_utf8(dsr_arena *arena, dsr_slice bytes, uint64_t offset, dsr_report *report)
{
    report->source.encoding = DSR_SLICE("UTF-8");
    dsr_status status = dsr_arena_copy(arena, bytes, &report->text);
    if (status == DSR_OK && bytes.len > 0) {
        status = DSR_LIST_RESERVE(arena, &report->source_map, 1);
    }
    if (status == DSR_OK && bytes.len > 0) {
        report->source_map.items[report->source_map.count++] =
            (dsr_source_map_run){{0, (uint32_t)bytes.len}, {offset, offset + bytes.len}, 0};
    }
    return status;
}

static dsr_status finish(dsr_text_out *out, dsr_arena *arena, dsr_report *report, dsr_error *error)
{
    dsr_status status = dsr_text_out_finish(out, &report->text);
    if (status == DSR_ERR_LIMIT) {
        return dsr_fail(error, status, "read", "its text is longer than %d bytes in UTF-8; split the file",
                        DSR_LIMIT_TEXT_BYTES);
    }
    return status == DSR_OK ? dsr_text_out_warn(out, arena, report) : status;
}

/* The encoding of bytes that are not UTF-8; NULL: read them as UTF-8 and windows-1252 mixed. */
static const char *choose(dsr_slice bytes, const census *c)
{
    if (c->sequences >= c->stray) {
        return NULL; /* UTF-8 with stray bytes in it */
    }
    bool sparse = c->stray * SPARSE_SHARE <= bytes.len && c->unknown == 0;
    if (sparse) {
        return NULL;
    }
    /* Before the first high byte there is nothing to learn; a little of it helps uchardet to find its feet.
     */
    size_t from = c->first > 256 ? c->first - 256 : 0;
    return dsr_charset_guess(dsr_slice_part(bytes, from, from + SAMPLE_BYTES));
}

/* windows-1252 throughout: nothing strayed, and the map is one run. */
static void put_windows_1252(dsr_text_out *out, dsr_slice bytes, uint64_t offset)
{
    for (size_t i = 0; i < bytes.len && out->text.status == DSR_OK; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        uint32_t code_point = byte < 0x80 ? byte : dsr_windows_1252(byte);
        dsr_source_span source = {offset + i, offset + i + 1};
        if (code_point != 0) {
            dsr_text_out_put_char(out, code_point, source);
        } else {
            dsr_text_out_put_lost(out, source);
        }
    }
}

static dsr_status decode_other(dsr_arena *arena, dsr_slice bytes, uint64_t offset, dsr_report *report,
                               dsr_error *error)
{
    census c = count_high(bytes);
    const char *name = choose(bytes, &c);
    dsr_text_out out;
    dsr_text_out_open(&out, arena, report);
    bool done = name != NULL && dsr_charset_decode(name, bytes, offset, &out);
    if (done && out.text.status == DSR_OK && out.lost.count * UNREADABLE_SHARE > c.stray) {
        dsr_text_out_reset(&out);
        done = false;
    }
    if (done) {
        report->source.encoding = dsr_slice_of(name);
        return finish(&out, arena, report, error);
    }
    if (c.sequences == 0) {
        report->source.encoding = DSR_SLICE("windows-1252");
        put_windows_1252(&out, bytes, offset);
    } else {
        report->source.encoding = DSR_SLICE("UTF-8");
        dsr_text_out_put_mixed(&out, bytes, offset);
    }
    return finish(&out, arena, report, error);
}

/* ISO-2022-JP is all ASCII; only its escape sequences give it away. */
static const char *seven_bit_charset(dsr_slice bytes)
{
    dsr_slice sample = dsr_slice_part(bytes, 0, SAMPLE_BYTES);
    if (dsr_slice_find(sample, DSR_SLICE("\x1B$B"), 0) == SIZE_MAX &&
        dsr_slice_find(sample, DSR_SLICE("\x1B$@"), 0) == SIZE_MAX) {
        return NULL;
    }
    return "ISO-2022-JP";
}

static dsr_status decode_wide(dsr_arena *arena, dsr_wide wide, dsr_slice bytes, uint64_t offset,
                              dsr_report *report, dsr_error *error)
{
    dsr_text_out out;
    dsr_text_out_open(&out, arena, report);
    dsr_wide_decode(wide, bytes, offset, &out);
    report->source.encoding = dsr_slice_of(wide.name);
    if (out.text.status == DSR_OK && out.lost.count > CONTROLS_BORNE &&
        out.lost.count * UNREADABLE_SHARE > bytes.len / wide.unit) {
        dsr_text_out_drop(&out);
        return dsr_fail(
            error, DSR_ERR_INPUT, "read",
            "begins like %s but %llu of its characters are none; save its text as plain text in UTF-8 first",
            wide.name, (unsigned long long)out.lost.count);
    }
    return finish(&out, arena, report, error);
}

dsr_status dsr_encoding_decode(dsr_arena *arena, dsr_slice bytes, uint64_t offset, dsr_report *report,
                               dsr_error *error)
{
    if (bytes.len == 0) {
        return dsr_fail(error, DSR_ERR_INPUT, "read", "is empty");
    }
    dsr_wide wide = dsr_wide_tell(bytes);
    if (wide.name != NULL) {
        return decode_wide(arena, wide, bytes, offset, report, error);
    }
    if (dsr_slice_starts(bytes, DSR_SLICE("\xEF\xBB\xBF"))) {
        bytes = dsr_slice_part(bytes, 3, bytes.len);
        offset += 3;
    }
    dsr_status status = bytes.len > 0 ? refuse_binary(bytes, offset, error) : DSR_OK;
    if (status != DSR_OK) {
        return status;
    }
    size_t bad = 0;
    if (!dsr_utf8_is_valid(bytes, &bad)) {
        return decode_other(arena, bytes, offset, report, error);
    }
    const char *shifted = memchr(bytes.ptr, 0x1B, bytes.len) != NULL ? seven_bit_charset(bytes) : NULL;
    if (shifted == NULL) {
        return take_utf8(arena, bytes, offset, report);
    }
    dsr_text_out out;
    dsr_text_out_open(&out, arena, report);
    if (!dsr_charset_decode(shifted, bytes, offset, &out) || out.lost.count > CONTROLS_BORNE) {
        dsr_text_out_drop(&out);
        report->source_map.count = 0;
        return take_utf8(arena, bytes, offset, report);
    }
    report->source.encoding = dsr_slice_of(shifted);
    return finish(&out, arena, report, error);
}
