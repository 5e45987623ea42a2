/* Addresses: how far they go. A bounded number of looks at each character. Knows nothing of tokens and
 * sentences. */
#include "language/addresses.h"

#include "language/chars.h"
#include "language/stops.h"

enum {
    NAME_BYTES = 64, /* the part of an e-mail address before its "@" */
    SCHEME_BYTES = 8 /* "https", "mailto" */
};

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool starts_nocase(dsr_slice text, size_t at, size_t end, const char *with)
{
    dsr_slice prefix = dsr_slice_of(with);
    return at + prefix.len <= end &&
           dsr_slice_equal_nocase(dsr_slice_part(text, at, at + prefix.len), prefix);
}

/* The end of a URL: what ends a sentence or a bracket around it does not belong to it. */
static size_t find_url_end(dsr_slice text, size_t at, size_t limit)
{
    size_t end = at;
    bool bracket = false;
    while (end < limit) {
        dsr_char c = dsr_char_at(text, end);
        if (c.kind == DSR_CHAR_SPACE || c.kind == DSR_CHAR_DOUBLE || c.code_point == '<' ||
            c.code_point == '>') {
            break;
        }
        bracket |= c.code_point == '(';
        end += c.length;
    }
    while (end > at) {
        dsr_char c = dsr_char_before(text, end);
        bool loose = c.kind == DSR_CHAR_STOP || c.kind == DSR_CHAR_SINGLE ||
                     (c.kind == DSR_CHAR_CLOSE && !bracket) ||
                     (c.kind == DSR_CHAR_PUNCTUATION && c.code_point != '/');
        if (!loose) {
            break;
        }
        end -= c.length;
    }
    return end;
}

/* The end of "name@host.domain" that begins at `at`; `at` where there is none. */
static size_t find_mail_end(dsr_slice text, size_t at, size_t limit)
{
    const char *p = text.ptr;
    size_t stop = limit - at > NAME_BYTES ? at + NAME_BYTES : limit;
    size_t sign = at;
    while (sign < stop &&
           (is_alnum(p[sign]) || p[sign] == '.' || p[sign] == '_' || p[sign] == '-' || p[sign] == '+')) {
        sign++;
    }
    if (sign == at || sign + 1 >= limit || p[sign] != '@' || !is_alnum(p[sign + 1])) {
        return at;
    }
    size_t end = sign + 1;
    bool dot = false;
    while (end < limit && (is_alnum(p[end]) || p[end] == '-' ||
                           (p[end] == '.' && end + 1 < limit && is_alnum(p[end + 1])))) {
        dot |= p[end] == '.';
        end++;
    }
    return dot ? end : at;
}

/* The end of "example.org/path", a URL without its scheme; `at` where there is none. */
static size_t find_path_end(dsr_slice text, size_t at, size_t limit)
{
    static const char *const domains[] = {"com", "edu", "eu", "gov", "info", "int", "net", "org", "uk"};
    const char *p = text.ptr;
    size_t stop = limit - at > NAME_BYTES ? at + NAME_BYTES : limit;
    size_t end = at, label = at;
    while (end < stop && (is_alnum(p[end]) || p[end] == '-' || p[end] == '.')) {
        label = p[end] == '.' ? end + 1 : label;
        end++;
    }
    if (label == at || end + 1 >= limit || p[end] != '/' || !is_alnum(p[end + 1])) {
        return at;
    }
    dsr_folded room;
    dsr_slice domain = dsr_fold_short(dsr_slice_part(text, label, end), &room);
    return DSR_WORD_IN(domains, domain) ? find_url_end(text, at, limit) : at;
}

/* The end of an address whose first letters a stop, "-" or their like follows. */
static size_t find_bare_end(dsr_slice text, size_t at, size_t limit)
{
    size_t end = find_mail_end(text, at, limit);
    return end > at ? end : find_path_end(text, at, limit);
}

/* "name" "@" "tag" behind "@" and "#". */
static size_t find_handle_end(dsr_slice text, size_t at, size_t limit)
{
    bool handle = text.ptr[at] == '@';
    dsr_char left = dsr_char_before(text, at), right = dsr_char_at(text, at + 1);
    bool free_left = left.kind != DSR_CHAR_LETTER && left.kind != DSR_CHAR_DIGIT;
    bool word = right.kind == DSR_CHAR_LETTER || (handle && right.kind == DSR_CHAR_DIGIT);
    return free_left && word && at + 1 < limit ? dsr_skip_word(text, at + 1, limit) : at;
}

/* What stands behind the letters text[at, run) and their colon. */
static size_t find_scheme_end(dsr_slice text, size_t at, size_t run, size_t limit)
{
    const char *p = text.ptr;
    if (run + 3 < limit && p[run + 1] == '/' && p[run + 2] == '/' && run - at <= SCHEME_BYTES) {
        return find_url_end(text, at, limit);
    }
    if (starts_nocase(text, at, limit, "mailto:")) {
        size_t mail = find_mail_end(text, run + 1, limit);
        return mail > run + 1 ? mail : at;
    }
    return at;
}

size_t dsr_address_end(dsr_slice text, size_t at, size_t end)
{
    const char *p = text.ptr;
    if (at >= end) {
        return at;
    }
    if (p[at] == '@' || p[at] == '#') {
        return find_handle_end(text, at, end);
    }
    size_t run = at;
    while (run < end && is_alnum(p[run])) {
        run++;
    }
    if (run == at || run + 1 >= end) {
        return at;
    }
    switch (p[run]) {
    case ':':
        return find_scheme_end(text, at, run, end);
    case '.':
        if (run - at == 3 && starts_nocase(text, at, end, "www.") && is_alnum(p[run + 1])) {
            return find_url_end(text, at, end);
        }
        return is_alnum(p[run + 1]) ? find_bare_end(text, at, end) : at;
    case '_':
    case '-':
    case '+':
    case '@':
        return is_alnum(p[run + 1]) ? find_bare_end(text, at, end) : at;
    default:
        return at;
    }
}

size_t dsr_address_url_end(dsr_slice text, size_t from, size_t colon, size_t end)
{
    const char *p = text.ptr;
    size_t at = colon;
    if (colon + 3 >= end || p[colon + 1] != '/' || p[colon + 2] != '/') {
        return colon;
    }
    while (at > from && colon - at <= SCHEME_BYTES && is_alnum(p[at - 1])) {
        at--;
    }
    size_t stop = at < colon ? find_url_end(text, at, end) : colon;
    return stop > colon ? stop : colon;
}

bool dsr_address_is_url(dsr_slice text, size_t at, size_t end)
{
    return starts_nocase(text, at, end, "http://") || starts_nocase(text, at, end, "https://") ||
           starts_nocase(text, at, end, "www.");
}
