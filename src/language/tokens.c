/* Tokens, as the English treebanks of Universal Dependencies part them. A machine over character classes: a
 * bounded number of looks at each character, no allocation a token. Here is the frame and everything that is
 * no word; words and numbers are in token_words.c. */
#include "language/chars.h"
#include "language/marks.h"
#include "language/stops.h"
#include "language/tokenizer.h"

enum {
    ADDRESS_NAME_BYTES = 64 /* the part of an e-mail address before its "@" */
};

void dsr_tokenizer_add(dsr_tokenizer *t, size_t end, dsr_token_kind kind)
{
    if (t->status == DSR_OK && t->out.count == t->out.capacity) {
        t->status = DSR_LIST_RESERVE(t->arena, &t->out, 1);
    }
    if (t->status != DSR_OK) {
        t->at = t->end;
        return;
    }
    t->out.items[t->out.count++] = (dsr_token){{(uint32_t)t->at, (uint32_t)end}, kind, t->space};
    t->space = false;
    t->at = end;
}

/* ---- addresses ---- */

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool starts_nocase(const dsr_tokenizer *t, size_t at, const char *with)
{
    dsr_slice prefix = dsr_slice_of(with);
    return at + prefix.len <= t->end &&
           dsr_slice_equal_nocase(dsr_slice_part(t->text, at, at + prefix.len), prefix);
}

/* The end of a URL: what ends a sentence or a bracket around it does not belong to it. */
static size_t find_url_end(const dsr_tokenizer *t, size_t at)
{
    size_t end = at;
    bool bracket = false;
    while (end < t->end) {
        dsr_char c = dsr_char_at(t->text, end);
        if (c.kind == DSR_CHAR_SPACE || c.kind == DSR_CHAR_DOUBLE || c.code_point == '<' ||
            c.code_point == '>') {
            break;
        }
        bracket |= c.code_point == '(';
        end += c.length;
    }
    while (end > at) {
        dsr_char c = dsr_char_before(t->text, end);
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
static size_t find_mail_end(const dsr_tokenizer *t, size_t at)
{
    const char *p = t->text.ptr;
    size_t stop = t->end - at > ADDRESS_NAME_BYTES ? at + ADDRESS_NAME_BYTES : t->end;
    size_t sign = at;
    while (sign < stop &&
           (is_alnum(p[sign]) || p[sign] == '.' || p[sign] == '_' || p[sign] == '-' || p[sign] == '+')) {
        sign++;
    }
    if (sign == at || sign + 1 >= t->end || p[sign] != '@' || !is_alnum(p[sign + 1])) {
        return at;
    }
    size_t end = sign + 1;
    bool dot = false;
    while (end < t->end && (is_alnum(p[end]) || p[end] == '-' ||
                            (p[end] == '.' && end + 1 < t->end && is_alnum(p[end + 1])))) {
        dot |= p[end] == '.';
        end++;
    }
    return dot ? end : at;
}

size_t dsr_tokenizer_find_address(const dsr_tokenizer *t)
{
    size_t at = t->at;
    const char *p = t->text.ptr;
    if (p[at] == '@' || p[at] == '#') {
        dsr_char left = dsr_char_before(t->text, at), right = dsr_char_at(t->text, at + 1);
        bool free_left = left.kind != DSR_CHAR_LETTER && left.kind != DSR_CHAR_DIGIT;
        bool word = right.kind == DSR_CHAR_LETTER || (p[at] == '@' && right.kind == DSR_CHAR_DIGIT);
        return free_left && word && at + 1 < t->end ? dsr_skip_word(t->text, at + 1, t->end) : at;
    }
    size_t run = at;
    while (run < t->end && is_alnum(p[run])) {
        run++;
    }
    if (run == at || run + 1 >= t->end) {
        return at;
    }
    switch (p[run]) {
    case ':':
        return run + 3 < t->end && p[run + 1] == '/' && p[run + 2] == '/' && run - at <= 5
                   ? find_url_end(t, at)
                   : at;
    case '.':
        if (run - at == 3 && starts_nocase(t, at, "www.") && is_alnum(p[run + 1])) {
            return find_url_end(t, at);
        }
        return is_alnum(p[run + 1]) ? find_mail_end(t, at) : at;
    case '_':
    case '-':
    case '+':
    case '@':
        return is_alnum(p[run + 1]) ? find_mail_end(t, at) : at;
    default:
        return at;
    }
}

/* ---- marks ---- */

/* "'s", "'ll" ... behind something that is no word: (AP)'s. The end, or `at`. */
static size_t find_loose_clitic(const dsr_tokenizer *t, size_t at, size_t length)
{
    size_t end = dsr_skip_word(t->text, at + length, t->end);
    dsr_slice rest = dsr_slice_part(t->text, at + length, end);
    bool clitic =
        dsr_slice_equal_nocase(rest, DSR_SLICE("s")) || dsr_slice_equal_nocase(rest, DSR_SLICE("ll")) ||
        dsr_slice_equal_nocase(rest, DSR_SLICE("re")) || dsr_slice_equal_nocase(rest, DSR_SLICE("ve"));
    return clitic ? end : at;
}

static bool is_possessive_of_plural(const dsr_tokenizer *t, dsr_char left)
{
    return !t->space && !t->single_open && left.length == 1 && (left.code_point | 0x20) == 's';
}

static void read_single(dsr_tokenizer *t, dsr_char c)
{
    size_t behind = t->at + c.length;
    dsr_char left = dsr_char_before(t->text, t->at);
    bool free_left = t->space || left.length == 0 || left.kind == DSR_CHAR_DOUBLE ||
                     left.kind == DSR_CHAR_OPEN || left.kind == DSR_CHAR_DASH;
    if (c.code_point == '\'' && behind < t->end && t->text.ptr[behind] == '\'') {
        dsr_tokenizer_add(t, behind + 1, DSR_TOKEN_QUOTE);
        return;
    }
    if (dsr_char_is_apostrophe(c.code_point) || c.code_point == 0x2018) {
        size_t end =
            free_left ? dsr_elision_end(t->text, behind, t->end) : find_loose_clitic(t, t->at, c.length);
        if (end > behind) {
            bool number = dsr_char_at(t->text, behind).kind == DSR_CHAR_DIGIT;
            dsr_tokenizer_add(t, end, number ? DSR_TOKEN_NUMBER : DSR_TOKEN_WORD);
            return;
        }
    }
    dsr_token_kind kind = DSR_TOKEN_QUOTE;
    if (free_left || c.code_point == 0x2018 || c.code_point == 0x201a) {
        t->single_open = true;
    } else if (dsr_char_is_apostrophe(c.code_point) && is_possessive_of_plural(t, left)) {
        kind = DSR_TOKEN_WORD;
    } else if (left.kind == DSR_CHAR_DIGIT && c.code_point == '\'' && !t->single_open) {
        kind = DSR_TOKEN_SYMBOL; /* feet, minutes */
    } else {
        t->single_open = false;
    }
    dsr_tokenizer_add(t, behind, kind);
}

static void read_double(dsr_tokenizer *t, dsr_char c)
{
    size_t at = t->at;
    const char *p = t->text.ptr;
    bool inches = c.code_point == '"' && at >= 3 && p[at - 1] >= '0' && p[at - 1] <= '9' &&
                  (p[at - 2] == '\'' || p[at - 3] == '\'');
    dsr_tokenizer_add(t, at + c.length, inches ? DSR_TOKEN_SYMBOL : DSR_TOKEN_QUOTE);
}

/* ---- punctuation and symbols ---- */

/* ":)", ";-(", ":D" and their like, between white space. */
static size_t find_emoticon(const dsr_tokenizer *t)
{
    const char *p = t->text.ptr;
    size_t at = t->at + 1;
    if (!t->space || (p[t->at] != ':' && p[t->at] != ';' && p[t->at] != '=')) {
        return t->at;
    }
    at += at < t->end && p[at] == '-';
    if (at >= t->end ||
        !(p[at] == ')' || p[at] == '(' || p[at] == 'D' || p[at] == 'P' || p[at] == '/' || p[at] == '|')) {
        return t->at;
    }
    while (at < t->end && (p[at] == ')' || p[at] == '(')) {
        at++;
    }
    at += p[at - 1] != ')' && p[at - 1] != '(';
    return at >= t->end || dsr_char_at(t->text, at).kind == DSR_CHAR_SPACE ? at : t->at;
}

/* "[...]": words left out. */
static size_t find_omission(const dsr_tokenizer *t)
{
    const char *p = t->text.ptr;
    size_t at = t->at + 1;
    while (at < t->end && at - t->at < 5 && p[at] == '.') {
        at++;
    }
    return p[t->at] == '[' && at >= t->at + 3 && at < t->end && p[at] == ']' ? at + 1 : t->at + 1;
}

/* The end of the run of one and the same character. */
static size_t skip_same(const dsr_tokenizer *t, size_t at)
{
    char c = t->text.ptr[at];
    while (at < t->end && t->text.ptr[at] == c) {
        at++;
    }
    return at;
}

static void read_stops(dsr_tokenizer *t)
{
    const char *p = t->text.ptr;
    size_t end = t->at;
    if (p[end] == '.') {
        if (end + 1 < t->end && p[end + 1] >= '0' && p[end + 1] <= '9' && (t->space || end == 0)) {
            dsr_tokenizer_read_number(t); /* ".5" */
            return;
        }
    }
    if ((unsigned char)p[end] < 128) {
        while (end < t->end && (p[end] == '.' || p[end] == '!' || p[end] == '?')) { /* "...", "?!" */
            end++;
        }
    } else {
        end += dsr_char_at(t->text, end).length;
    }
    dsr_tokenizer_add(t, end, DSR_TOKEN_PUNCTUATION);
}

static void read_other(dsr_tokenizer *t, dsr_char c)
{
    size_t end = find_emoticon(t);
    if (end > t->at) {
        dsr_tokenizer_add(t, end, DSR_TOKEN_SYMBOL);
        return;
    }
    if (c.code_point == '@' || c.code_point == '#') {
        end = dsr_tokenizer_find_address(t);
        if (end > t->at) {
            dsr_tokenizer_add(t, end, DSR_TOKEN_ADDRESS);
            return;
        }
    }
    if (c.code_point == '`') {
        end = skip_same(t, t->at);
        dsr_tokenizer_add(t, end, DSR_TOKEN_QUOTE);
        return;
    }
    bool runs = c.kind == DSR_CHAR_SYMBOL && c.length == 1 && c.code_point > ' '; /* "***", ">>" */
    end = runs ? skip_same(t, t->at) : t->at + c.length;
    dsr_tokenizer_add(t, end, c.kind == DSR_CHAR_SYMBOL ? DSR_TOKEN_SYMBOL : DSR_TOKEN_PUNCTUATION);
}

static void read_token(dsr_tokenizer *t, dsr_char c)
{
    switch ((dsr_char_class)c.kind) {
    case DSR_CHAR_SPACE:
        t->space = true;
        t->at += c.length;
        break;
    case DSR_CHAR_LETTER:
        dsr_tokenizer_read_word(t);
        break;
    case DSR_CHAR_DIGIT:
        dsr_tokenizer_read_number(t);
        break;
    case DSR_CHAR_STOP:
        read_stops(t);
        break;
    case DSR_CHAR_SINGLE:
        read_single(t, c);
        break;
    case DSR_CHAR_DOUBLE:
        read_double(t, c);
        break;
    case DSR_CHAR_DASH:
        dsr_tokenizer_add(t, c.code_point == '-' ? skip_same(t, t->at) : t->at + c.length,
                          DSR_TOKEN_PUNCTUATION);
        break;
    case DSR_CHAR_OPEN:
        dsr_tokenizer_add(t, c.length == 1 ? find_omission(t) : t->at + c.length, DSR_TOKEN_PUNCTUATION);
        break;
    case DSR_CHAR_CLOSE:
        dsr_tokenizer_add(t, t->at + c.length, DSR_TOKEN_PUNCTUATION);
        break;
    case DSR_CHAR_PUNCTUATION:
    case DSR_CHAR_SYMBOL:
    default:
        read_other(t, c);
        break;
    }
}

dsr_status dsr_language_tokenize(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_slice language,
                                 dsr_slice text, dsr_span span, dsr_tokens *out)
{
    dsr_tokenizer t = {.arena = arena, .lexicon = lexicon};
    t.language = dsr_language_of_lists(language);
    t.english = dsr_slice_equal(t.language, DSR_SLICE("en"));
    t.text = dsr_slice_part(text, 0, span.end);
    t.at = span.start;
    t.end = t.text.len;
    t.status = t.end > t.at ? DSR_LIST_RESERVE(arena, &t.out, (t.end - t.at) / 5 + 8) : DSR_OK;
    while (t.status == DSR_OK && t.at < t.end) {
        read_token(&t, dsr_char_at(t.text, t.at));
    }
    if (t.status == DSR_OK) {
        *out = t.out;
    }
    return t.status;
}
