/* Cuts a report into lines and tells their shape. Must not know of rules. */
#include "clean/lines.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

dsr_slice dsr_clean_text(const cleaner *c, dsr_span span)
{
    return dsr_slice_part(c->text, span.start, span.end);
}

/* White space at the ends of a line: ASCII, no-break space, zero-width space, byte order mark. */
static size_t blank_at_start(dsr_slice s)
{
    if (s.len > 0 && (unsigned char)s.ptr[0] <= ' ')
        return 1;
    if (s.len >= 2 && memcmp(s.ptr, "\xc2\xa0", 2) == 0)
        return 2;
    if (s.len >= 3 && (memcmp(s.ptr, "\xe2\x80\x8b", 3) == 0 || memcmp(s.ptr, "\xef\xbb\xbf", 3) == 0))
        return 3;
    return 0;
}

static size_t blank_at_end(dsr_slice s)
{
    const char *end = s.ptr + s.len;
    if (s.len > 0 && (unsigned char)end[-1] <= ' ')
        return 1;
    if (s.len >= 2 && memcmp(end - 2, "\xc2\xa0", 2) == 0)
        return 2;
    if (s.len >= 3 && (memcmp(end - 3, "\xe2\x80\x8b", 3) == 0 || memcmp(end - 3, "\xef\xbb\xbf", 3) == 0))
        return 3;
    return 0;
}

static dsr_slice trim(dsr_slice s)
{
    size_t n;
    while ((n = blank_at_start(s)) > 0)
        s = dsr_slice_part(s, n, s.len);
    while ((n = blank_at_end(s)) > 0)
        s = dsr_slice_part(s, 0, s.len - n);
    return s;
}

/* Blanks in `s`, eight bytes at a time: this runs over everything that is ever read. */
static size_t count_blanks(dsr_slice s)
{
    const uint64_t low = 0x7f7f7f7f7f7f7f7fu, blanks = 0x2020202020202020u;
    size_t count = 0, i = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t v;
        memcpy(&v, s.ptr + i, sizeof v);
        v ^= blanks;
        uint64_t zero = ~(((v & low) + low) | v | low); /* the top bit of each byte that was a blank */
        count += (size_t)((zero >> 7) * 0x0101010101010101u >> 56);
    }
    for (; i < s.len; i++)
        count += s.ptr[i] == ' ';
    return count;
}

static uint16_t count_words(dsr_slice s)
{
    size_t words = s.len > (size_t)LINE_MANY_WORDS * 8 ? LINE_MANY_WORDS : count_blanks(s) + 1;
    return (uint16_t)(words < LINE_MANY_WORDS ? words : LINE_MANY_WORDS);
}

/* Whether a line ends with a stop, perhaps inside quotation marks or brackets. */
static bool ends_as_sentence(dsr_slice s)
{
    static const char *const closers[] = {
        "\"", "'", ")", "]", "\xe2\x80\x9d", "\xe2\x80\x99", "\xe2\x80\x9c", "\xc2\xbb", "*"};
    if (s.len > 0 && s.ptr[s.len - 1] == '.')
        return true;
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < sizeof closers / sizeof closers[0]; i++)
            if (dsr_slice_ends(s, dsr_slice_of(closers[i])))
                s = trim(dsr_slice_part(s, 0, s.len - strlen(closers[i])));
    if (s.len == 0)
        return false;
    char last = s.ptr[s.len - 1];
    return last == '.' || last == '!' || last == '?' || last == ';' ||
           dsr_slice_ends(s, DSR_SLICE("\xe2\x80\xa6")) || dsr_slice_ends(s, DSR_SLICE("\xe3\x80\x82"));
}

static clean_line line_of(const cleaner *c, dsr_slice s, bool gap)
{
    clean_line line = {0};
    line.span.start = (uint32_t)(s.ptr - c->text.ptr);
    line.span.end = (uint32_t)(line.span.start + s.len);
    line.kind = line.end_kind = LINE_NONE;
    line.words = count_words(s);
    line.stop = ends_as_sentence(s);
    line.prose = (line.stop && line.words >= 8) || line.words >= 32;
    line.gap = gap;
    return line;
}

dsr_status dsr_clean_split(cleaner *c)
{
    dsr_slice rest = c->text, raw;
    bool gap = false;
    while (c->lines.count < DSR_LIMIT_LINES && dsr_slice_next_line(&rest, &raw)) {
        dsr_slice s = trim(raw);
        if (s.len == 0) {
            gap = true;
            continue;
        }
        if (DSR_LIST_RESERVE(c->arena, &c->lines, 1) != DSR_OK)
            return DSR_ERR_MEMORY;
        c->lines.items[c->lines.count++] = line_of(c, s, gap);
        gap = false;
    }
    return DSR_OK;
}

/* The next letter or digit, folded; 0 at the end. */
static uint32_t next_sign(dsr_slice s, size_t *at)
{
    while (*at < s.len) {
        size_t length;
        uint32_t code = dsr_utf8_decode(s.ptr + *at, s.ptr + s.len, &length);
        *at += length;
        if (dsr_is_letter(code) || dsr_is_digit(code))
            return dsr_fold(code);
    }
    return 0;
}

bool dsr_clean_same_words(dsr_slice a, dsr_slice b)
{
    size_t i = 0, j = 0;
    uint32_t x, y;
    do {
        x = next_sign(a, &i);
        y = next_sign(b, &j);
    } while (x == y && x != 0);
    return x == y;
}

bool dsr_clean_starts_with_words(dsr_slice whole, dsr_slice part)
{
    size_t i = 0, j = 0, same = 0;
    uint32_t x, y;
    do {
        x = next_sign(whole, &i);
        y = next_sign(part, &j);
        same++;
    } while (x == y && x != 0);
    return y == 0 && same > 1;
}

/* The body begins with the first paragraph that another follows, and ends with the last paragraph. */
void dsr_clean_find_body(cleaner *c)
{
    size_t first = c->lines.count, last = c->lines.count, previous = c->lines.count;
    bool previous_prose = false;
    for (size_t i = 0; i < c->lines.count; i++) {
        const clean_line *line = &c->lines.items[i];
        if (line->kind != LINE_NONE)
            continue;
        if (line->prose) {
            if (first == c->lines.count && previous_prose)
                first = previous;
            last = i;
        }
        previous = i;
        previous_prose = line->prose;
    }
    for (size_t i = 0; first == c->lines.count && i < c->lines.count; i++)
        if (c->lines.items[i].kind == LINE_NONE && c->lines.items[i].prose)
            first = i;
    c->body = first;
    c->behind = last == c->lines.count ? last : last + 1;
}
