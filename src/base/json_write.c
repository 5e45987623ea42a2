/* Writes JSON into a buffer. The buffer remembers the first failure; nothing here needs checking before the
 * end. Must not know any record, and must not use floating point: the same bytes on every machine. */
#include "base/json.h"

#include "base/utf8.h"

#include <string.h>

/* A comma where one is due. At the top nothing separates values: the caller writes lines. */
static void before_value(dsr_json_out *json)
{
    if (json->keyed) {
        json->keyed = false;
        return;
    }
    if (json->depth == 0 || json->depth >= DSR_JSON_DEPTH) {
        return;
    }
    if (json->some[json->depth]) {
        dsr_buffer_append_char(json->to, ',');
    }
    json->some[json->depth] = true;
}

static void open_level(dsr_json_out *json, char bracket)
{
    before_value(json);
    dsr_buffer_append_char(json->to, bracket);
    json->depth++;
    if (json->depth < DSR_JSON_DEPTH) {
        json->some[json->depth] = false;
    } else if (json->to->status == DSR_OK) {
        json->to->status = DSR_ERR_LIMIT;
    }
}

static void close_level(dsr_json_out *json, char bracket)
{
    if (json->depth > 0) {
        json->depth--;
    }
    json->keyed = false;
    dsr_buffer_append_char(json->to, bracket);
}

void dsr_json_open(dsr_json_out *json, dsr_buffer *to)
{
    memset(json, 0, sizeof *json);
    json->to = to;
}

void dsr_json_object(dsr_json_out *json)
{
    open_level(json, '{');
}

void dsr_json_object_end(dsr_json_out *json)
{
    close_level(json, '}');
}

void dsr_json_array(dsr_json_out *json)
{
    open_level(json, '[');
}

void dsr_json_array_end(dsr_json_out *json)
{
    close_level(json, ']');
}

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Whether the eight bytes at p are all plain: printable ASCII without quotation mark and backslash. */
static bool are_plain(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    uint64_t quote = word ^ EACH_BYTE(0x22u);
    uint64_t backslash = word ^ EACH_BYTE(0x5cu);
    uint64_t odd = word                                                    /* not ASCII */
                   | (word - EACH_BYTE(0x20u))                             /* a control character */
                   | (quote - EACH_BYTE(1u)) | (backslash - EACH_BYTE(1u)) /* became zero */
                   | (word + EACH_BYTE(1u));                               /* 0x7f */
    return (odd & EACH_BYTE(0x80u)) == 0;
}

static bool is_plain(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x20 && u < 0x7f && u != '"' && u != '\\';
}

static const char *plain_end(const char *p, const char *end)
{
    while (end - p >= 8 && are_plain(p)) {
        p += 8;
    }
    while (p < end && is_plain(*p)) {
        p++;
    }
    return p;
}

static void write_escape(dsr_buffer *to, uint32_t code_point)
{
    static const char digits[] = "0123456789abcdef";
    char text[6] = {'\\', 'u', '0', '0', '0', '0'};
    switch (code_point) {
    case '"':
        dsr_buffer_append_bytes(to, "\\\"", 2);
        return;
    case '\\':
        dsr_buffer_append_bytes(to, "\\\\", 2);
        return;
    case '\b':
        dsr_buffer_append_bytes(to, "\\b", 2);
        return;
    case '\f':
        dsr_buffer_append_bytes(to, "\\f", 2);
        return;
    case '\n':
        dsr_buffer_append_bytes(to, "\\n", 2);
        return;
    case '\r':
        dsr_buffer_append_bytes(to, "\\r", 2);
        return;
    case '\t':
        dsr_buffer_append_bytes(to, "\\t", 2);
        return;
    default:
        break;
    }
    for (unsigned i = 0; i < 4; i++) {
        text[2 + i] = digits[(code_point >> (12 - 4 * i)) & 15];
    }
    dsr_buffer_append_bytes(to, text, sizeof text);
}

/* Control characters of C0 and C1, and the two line separators that end a line of JavaScript. */
static bool needs_escape(uint32_t code_point)
{
    return code_point < 0x20 || code_point == '"' || code_point == '\\' ||
           (code_point >= 0x7f && code_point < 0xa0) || code_point == 0x2028 || code_point == 0x2029;
}

static void write_text(dsr_buffer *to, dsr_slice s)
{
    const char *end = s.ptr + s.len;
    const char *run = s.ptr; /* what is kept as it is, and not yet written */
    for (const char *p = plain_end(s.ptr, end); p < end; p = plain_end(p, end)) {
        size_t length = 1;
        uint32_t code_point = dsr_utf8_decode(p, end, &length);
        bool broken = code_point == 0xfffd && length == 1;
        if (broken || needs_escape(code_point)) {
            dsr_buffer_append_bytes(to, run, (size_t)(p - run));
            if (broken) {
                dsr_buffer_append_code_point(to, code_point);
            } else {
                write_escape(to, code_point);
            }
            run = p + length;
        }
        p += length;
    }
    dsr_buffer_append_bytes(to, run, (size_t)(end - run));
}

static void write_string(dsr_buffer *to, dsr_slice s)
{
    dsr_buffer_append_char(to, '"');
    if (s.len > 0) {
        write_text(to, s);
    }
    dsr_buffer_append_char(to, '"');
}

void dsr_json_key(dsr_json_out *json, const char *key)
{
    before_value(json);
    write_string(json->to, dsr_slice_of(key));
    dsr_buffer_append_char(json->to, ':');
    json->keyed = true;
}

void dsr_json_string(dsr_json_out *json, dsr_slice value)
{
    if (value.ptr == NULL) {
        dsr_json_null(json);
        return;
    }
    before_value(json);
    write_string(json->to, value);
}

/* The decimal digits of `value`, at least `least` of them. */
static void write_digits(dsr_buffer *to, uint64_t value, size_t least)
{
    char digits[20];
    size_t at = sizeof digits;
    while (value > 0 || sizeof digits - at < least) {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    }
    dsr_buffer_append_bytes(to, digits + at, sizeof digits - at);
}

void dsr_json_u64(dsr_json_out *json, uint64_t value)
{
    before_value(json);
    write_digits(json->to, value, 1);
}

void dsr_json_i64(dsr_json_out *json, int64_t value)
{
    before_value(json);
    if (value < 0) {
        dsr_buffer_append_char(json->to, '-');
    }
    write_digits(json->to, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 1);
}

void dsr_json_number(dsr_json_out *json, dsr_slice written)
{
    before_value(json);
    dsr_buffer_append(json->to, written);
}

void dsr_json_thousandths(dsr_json_out *json, uint32_t value)
{
    before_value(json);
    write_digits(json->to, value / 1000, 1);
    dsr_buffer_append_char(json->to, '.');
    write_digits(json->to, value % 1000, 3);
}

void dsr_json_bool(dsr_json_out *json, bool value)
{
    before_value(json);
    dsr_buffer_append(json->to, value ? DSR_SLICE("true") : DSR_SLICE("false"));
}

void dsr_json_null(dsr_json_out *json)
{
    before_value(json);
    dsr_buffer_append(json->to, DSR_SLICE("null"));
}
