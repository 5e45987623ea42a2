/* Borrowed runs of bytes. Must not allocate, and must not know what the bytes mean. */
#define _GNU_SOURCE /* memmem; NOLINT: the C library names it so */
#include "base/slice.h"

#include <stdint.h>
#include <string.h>

static unsigned char ascii_lower(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 'A' && u <= 'Z' ? (unsigned char)(u + 32) : u;
}

static bool is_ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

dsr_slice dsr_slice_of(const char *c_string)
{
    return (dsr_slice){c_string, c_string != NULL ? strlen(c_string) : 0};
}

dsr_slice dsr_slice_part(dsr_slice s, size_t start, size_t end)
{
    if (s.ptr == NULL) {
        return s;
    }
    if (end > s.len) {
        end = s.len;
    }
    if (start > end) {
        start = end;
    }
    return (dsr_slice){s.ptr + start, end - start};
}

bool dsr_slice_equal(dsr_slice a, dsr_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

int dsr_slice_compare(dsr_slice a, dsr_slice b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common > 0 ? memcmp(a.ptr, b.ptr, common) : 0;
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool dsr_slice_equal_nocase(dsr_slice a, dsr_slice b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

bool dsr_slice_starts(dsr_slice s, dsr_slice prefix)
{
    return s.len >= prefix.len && dsr_slice_equal(dsr_slice_part(s, 0, prefix.len), prefix);
}

bool dsr_slice_ends(dsr_slice s, dsr_slice suffix)
{
    return s.len >= suffix.len && dsr_slice_equal(dsr_slice_part(s, s.len - suffix.len, s.len), suffix);
}

size_t dsr_slice_find(dsr_slice s, dsr_slice needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from) {
        return SIZE_MAX;
    }
    if (needle.len == 0) {
        return from;
    }
    const char *found = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return found != NULL ? (size_t)(found - s.ptr) : SIZE_MAX;
}

dsr_slice dsr_slice_trim(dsr_slice s)
{
    size_t start = 0;
    size_t end = s.len;
    while (start < end && is_ascii_space(s.ptr[start])) {
        start++;
    }
    while (end > start && is_ascii_space(s.ptr[end - 1])) {
        end--;
    }
    return dsr_slice_part(s, start, end);
}

dsr_slice dsr_slice_base_name(dsr_slice path)
{
    size_t from = path.len;
    while (from > 0 && path.ptr[from - 1] != '/') {
        from--;
    }
    return dsr_slice_part(path, from, path.len);
}

bool dsr_slice_next_varint(dsr_slice *rest, uint64_t *out)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && rest->len; shift += 7) {
        unsigned char byte = (unsigned char)*rest->ptr;
        rest->ptr++;
        rest->len--;
        if (shift == 63 && byte > 1) {
            return false;
        }
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = value;
            return true;
        }
    }
    return false;
}

bool dsr_slice_next_line(dsr_slice *rest, dsr_slice *line)
{
    if (rest->len == 0) {
        return false;
    }
    const char *end = memchr(rest->ptr, '\n', rest->len);
    if (end == NULL) {
        *line = *rest;
        *rest = dsr_slice_part(*rest, rest->len, rest->len);
        return true;
    }
    size_t length = (size_t)(end - rest->ptr);
    size_t kept = length > 0 && rest->ptr[length - 1] == '\r' ? length - 1 : length;
    *line = dsr_slice_part(*rest, 0, kept);
    *rest = dsr_slice_part(*rest, length + 1, rest->len);
    return true;
}

bool dsr_slice_next_field(dsr_slice *rest, char separator, dsr_slice *field)
{
    if (rest->ptr == NULL) {
        return false;
    }
    const char *end = rest->len > 0 ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (end == NULL) {
        *field = *rest;
        *rest = DSR_SLICE_NONE;
        return true;
    }
    size_t length = (size_t)(end - rest->ptr);
    *field = dsr_slice_part(*rest, 0, length);
    *rest = dsr_slice_part(*rest, length + 1, rest->len);
    return true;
}

/* Letters of a scheme; another address may stand further on: "/x?u=http://other/". */
static bool is_of_scheme(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '-' || c == '.';
}

dsr_slice dsr_slice_host(dsr_slice address)
{
    size_t scheme = 0;
    while (scheme < address.len && is_of_scheme(address.ptr[scheme])) {
        scheme++;
    }
    dsr_slice host = dsr_slice_part(address, scheme, address.len);
    if (scheme > 0 && dsr_slice_starts(host, DSR_SLICE("://"))) {
        host = dsr_slice_part(host, 3, host.len);
    } else if (scheme == 0 && dsr_slice_starts(host, DSR_SLICE("//"))) {
        host = dsr_slice_part(host, 2, host.len);
    } else {
        return DSR_SLICE_NONE;
    }
    size_t end = 0;
    while (end < host.len && host.ptr[end] != '/' && host.ptr[end] != '?' && host.ptr[end] != '#') {
        end++;
    }
    host = dsr_slice_part(host, 0, end);
    for (size_t at = host.len; at > 0; at--) {
        if (host.ptr[at - 1] == '@') {
            host = dsr_slice_part(host, at, host.len);
            break;
        }
    }
    size_t colon = dsr_slice_find(host, DSR_SLICE(":"), 0);
    host = colon != SIZE_MAX && host.ptr[0] != '[' ? dsr_slice_part(host, 0, colon) : host;
    return host.len > 0 ? host : DSR_SLICE_NONE;
}
