/* JSON that is looked at where it stands. Must not know what the members mean. */
#include "read/json_scan.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

typedef struct scan {
    const char *start, *at, *end;
    dsr_raw_fault fault;
    unsigned depth;
    bool object[DSR_LIMIT_JSON_NESTING]; /* what is open at each depth */
} scan;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_blank(const char *at, const char *end)
{
    while (at < end && is_blank(*at)) {
        at++;
    }
    return at;
}

static bool fail_at(scan *s, const char *at, const char *expected)
{
    s->fault = (dsr_raw_fault){(size_t)(at - s->start), expected, at >= s->end, false};
    return false;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool check_escape(scan *s, const char **at)
{
    const char *p = *at + 1; /* behind the backslash */
    if (p >= s->end) {
        return fail_at(s, p, "the end of an escape");
    }
    if (*p == 'u') {
        for (int i = 1; i <= 4; i++) {
            if (p + i >= s->end || !is_hex(p[i])) {
                return fail_at(s, p + i, "four hexadecimal digits after \\u");
            }
        }
        p += 4;
    } else if (*p == '\0' || strchr("\"\\/bfnrt", *p) == NULL) {
        return fail_at(s, p, "one of \" \\ / b f n r t u after a backslash");
    }
    *at = p + 1;
    return true;
}

static bool check_string(scan *s)
{
    const char *p = s->at + 1;
    while (p < s->end && *p != '"') {
        if ((unsigned char)*p < 0x20) {
            fail_at(s, p, "the end of a string, or an escape for the control character in it");
            s->fault.in_string = true;
            return false;
        }
        if (*p != '\\') {
            p++;
        } else if (!check_escape(s, &p)) {
            s->fault.in_string = true;
            return false;
        }
    }
    if (p >= s->end) {
        fail_at(s, p, "the end of a string");
        s->fault.in_string = true;
        return false;
    }
    s->at = p + 1;
    return true;
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9') {
        p++;
    }
    return p;
}

static bool check_digits(scan *s, const char **at)
{
    const char *p = skip_digits(*at, s->end);
    if (p == *at) {
        return fail_at(s, p, "a digit");
    }
    *at = p;
    return true;
}

static bool check_number(scan *s)
{
    const char *p = s->at;
    if (*p == '-') {
        p++;
    }
    const char *digits = p;
    if (!check_digits(s, &p)) {
        return false;
    }
    if (*digits == '0' && p - digits > 1) {
        return fail_at(s, digits + 1, "a number without a leading zero");
    }
    if (p < s->end && *p == '.') {
        p++;
        if (!check_digits(s, &p)) {
            return false;
        }
    }
    if (p < s->end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < s->end && (*p == '+' || *p == '-')) {
            p++;
        }
        if (!check_digits(s, &p)) {
            return false;
        }
    }
    s->at = p;
    return true;
}

static const struct literal {
    const char *word;
    dsr_raw_kind kind;
} literals[] = {{"null", DSR_RAW_NULL}, {"true", DSR_RAW_BOOL},     {"false", DSR_RAW_BOOL},
                {"NaN", DSR_RAW_NULL},  {"Infinity", DSR_RAW_NULL}, {"-Infinity", DSR_RAW_NULL}};

static const struct literal *literal_at(const char *at, const char *end)
{
    for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
        size_t length = strlen(literals[i].word);
        if ((size_t)(end - at) >= length && memcmp(at, literals[i].word, length) == 0) {
            return &literals[i];
        }
    }
    return NULL;
}

/* A string, number or word. */
static bool check_scalar(scan *s)
{
    if (s->at < s->end && *s->at == '"') {
        return check_string(s);
    }
    const struct literal *literal = literal_at(s->at, s->end);
    if (literal != NULL) {
        s->at += strlen(literal->word);
        return true;
    }
    if (s->at < s->end && (*s->at == '-' || (*s->at >= '0' && *s->at <= '9'))) {
        return check_number(s);
    }
    return fail_at(s, s->at, "a value");
}

/* A key and its colon. */
static bool check_key(scan *s)
{
    s->at = skip_blank(s->at, s->end);
    if (s->at >= s->end || *s->at != '"') {
        return fail_at(s, s->at, "a field's name in quotation marks");
    }
    if (!check_string(s)) {
        return false;
    }
    s->at = skip_blank(s->at, s->end);
    if (s->at >= s->end || *s->at != ':') {
        return fail_at(s, s->at, "a colon after a field's name");
    }
    s->at++;
    return true;
}

/* Goes into an array or object; sets *complete where it is empty and therefore over already. */
static bool check_open(scan *s, bool *complete)
{
    bool object = *s->at == '{';
    if (s->depth >= DSR_LIMIT_JSON_NESTING) {
        return fail_at(s, s->at, "arrays and objects nested less deeply");
    }
    s->at = skip_blank(s->at + 1, s->end);
    if (s->at < s->end && *s->at == (object ? '}' : ']')) {
        s->at++;
        *complete = true;
        return true;
    }
    s->object[s->depth++] = object;
    *complete = false;
    return !object || check_key(s);
}

/* Behind a complete value: closes what ends here; true with *more where another value follows. */
static bool check_behind(scan *s, bool *more)
{
    while (s->depth > 0) {
        bool object = s->object[s->depth - 1];
        s->at = skip_blank(s->at, s->end);
        if (s->at < s->end && *s->at == ',') {
            s->at++;
            *more = true;
            return !object || check_key(s);
        }
        if (s->at >= s->end || *s->at != (object ? '}' : ']')) {
            return fail_at(s, s->at, object ? "a comma or }" : "a comma or ]");
        }
        s->at++;
        s->depth--;
    }
    *more = false;
    return true;
}

static dsr_raw_kind kind_at(const char *at, const char *end)
{
    switch (*at) {
    case '"':
        return DSR_RAW_STRING;
    case '{':
        return DSR_RAW_OBJECT;
    case '[':
        return DSR_RAW_ARRAY;
    default: {
        const struct literal *literal = literal_at(at, end);
        return literal != NULL ? literal->kind : DSR_RAW_NUMBER;
    }
    }
}

static bool check_value(scan *s)
{
    bool more = true;
    while (more) {
        bool complete = true;
        s->at = skip_blank(s->at, s->end);
        if (s->at < s->end && (*s->at == '{' || *s->at == '[')) {
            if (!check_open(s, &complete)) {
                return false;
            }
        } else if (!check_scalar(s)) {
            return false;
        }
        if (complete && !check_behind(s, &more)) {
            return false;
        }
    }
    return true;
}

bool dsr_raw_check(dsr_slice text, dsr_raw *out, dsr_raw_fault *fault)
{
    scan s;
    s.start = s.at = text.ptr != NULL ? text.ptr : "";
    s.end = s.start + text.len;
    s.depth = 0;
    const char *first = skip_blank(s.start, s.end);
    bool good = check_value(&s);
    const char *last = s.at;
    if (good && skip_blank(s.at, s.end) < s.end) {
        good = fail_at(&s, skip_blank(s.at, s.end), "nothing more after the end of the value");
    }
    if (!good) {
        *fault = s.fault;
        return false;
    }
    *out = (dsr_raw){kind_at(first, s.end), {first, (size_t)(last - first)}};
    return true;
}

/* From here on everything was checked before. */

static const char *string_end(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\\') {
            at++;
        }
    }
    return at < end ? at + 1 : end;
}

static const char *value_end(const char *at, const char *end)
{
    size_t depth = 0;
    while (at < end) {
        char c = *at;
        if (c == '"') {
            at = string_end(at, end);
        } else if (c == '{' || c == '[') {
            depth++;
            at++;
        } else if (depth > 0) {
            depth -= c == '}' || c == ']';
            at++;
        } else {
            while (at < end && !is_blank(*at) && *at != ',' && *at != '}' && *at != ']') {
                at++;
            }
            return at;
        }
        if (depth == 0) {
            return at;
        }
    }
    return end;
}

dsr_raw_walk dsr_raw_enter(dsr_raw container)
{
    if ((container.kind != DSR_RAW_ARRAY && container.kind != DSR_RAW_OBJECT) || container.bytes.len < 2) {
        return (dsr_raw_walk){NULL, NULL};
    }
    return (dsr_raw_walk){container.bytes.ptr + 1, container.bytes.ptr + container.bytes.len - 1};
}

/* To the next value behind commas and colons; false at the end. */
static bool to_next(dsr_raw_walk *walk)
{
    while (walk->at < walk->end && (is_blank(*walk->at) || *walk->at == ',' || *walk->at == ':')) {
        walk->at++;
    }
    return walk->at < walk->end;
}

bool dsr_raw_next_item(dsr_raw_walk *walk, dsr_raw *value)
{
    if (!to_next(walk)) {
        return false;
    }
    const char *end = value_end(walk->at, walk->end);
    *value = (dsr_raw){kind_at(walk->at, walk->end), {walk->at, (size_t)(end - walk->at)}};
    walk->at = end;
    return true;
}

bool dsr_raw_next_member(dsr_raw_walk *walk, dsr_slice *key, dsr_raw *value)
{
    if (!to_next(walk)) {
        return false;
    }
    const char *end = string_end(walk->at, walk->end);
    *key = (dsr_slice){walk->at + 1, (size_t)(end - walk->at) - 2};
    walk->at = end;
    return dsr_raw_next_item(walk, value);
}

dsr_raw dsr_raw_get(dsr_raw object, const char *key)
{
    dsr_raw found = {DSR_RAW_NONE, DSR_SLICE_NONE};
    dsr_slice wanted = dsr_slice_of(key);
    if (object.kind != DSR_RAW_OBJECT) {
        return found;
    }
    dsr_raw_walk walk = dsr_raw_enter(object);
    dsr_slice name;
    dsr_raw value;
    while (dsr_raw_next_member(&walk, &name, &value)) {
        if (dsr_slice_equal(name, wanted)) {
            found = value;
        }
    }
    return found;
}

static uint32_t hex4(const char *p)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t c = (unsigned char)p[i];
        value = value << 4 | (c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return value;
}

/* \uXXXX, two of them where they are a pair. Returns how many bytes they take. */
static size_t decode_unicode(const char *p, const char *end, uint64_t at, dsr_text_out *out)
{
    uint32_t unit = hex4(p + 2);
    if (unit >= 0xD800 && unit < 0xDC00 && end - p >= 12 && p[6] == '\\' && p[7] == 'u') {
        uint32_t second = hex4(p + 8);
        if (second >= 0xDC00 && second < 0xE000) {
            uint32_t code_point = 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
            dsr_text_out_put_char(out, code_point, (dsr_source_span){at, at + 12});
            return 12;
        }
    }
    if (unit == 0 || (unit >= 0xD800 && unit < 0xE000)) {
        dsr_text_out_put_lost(out, (dsr_source_span){at, at + 6});
    } else {
        dsr_text_out_put_char(out, unit, (dsr_source_span){at, at + 6});
    }
    return 6;
}

static size_t decode_escape(const char *p, const char *end, uint64_t at, dsr_text_out *out)
{
    if (p[1] == 'u') {
        return decode_unicode(p, end, at, out);
    }
    static const char names[] = "bfnrt";
    static const char values[] = "\b\f\n\r\t";
    const char *name = strchr(names, p[1]);
    char c = name != NULL ? values[name - names] : p[1];
    dsr_text_out_put_char(out, (unsigned char)c, (dsr_source_span){at, at + 2});
    return 2;
}

void dsr_raw_decode(dsr_raw string, uint64_t offset, dsr_text_out *out)
{
    if (string.kind != DSR_RAW_STRING || string.bytes.len < 2) {
        return;
    }
    const char *start = string.bytes.ptr;
    const char *p = start + 1;
    const char *end = start + string.bytes.len - 1;
    while (p < end) {
        const char *escape = memchr(p, '\\', (size_t)(end - p));
        const char *plain = escape != NULL ? escape : end;
        dsr_text_out_put_mixed(out, (dsr_slice){p, (size_t)(plain - p)}, offset + (uint64_t)(p - start));
        p = plain;
        if (escape != NULL) {
            p += decode_escape(escape, end, offset + (uint64_t)(escape - start), out);
        }
    }
}
