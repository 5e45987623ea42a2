/* Tokens, as the English treebanks of Universal Dependencies part them. A machine over character classes: a
 * bounded number of looks at each character, no allocation a token. Here is the frame and everything that is
 * no word; words and numbers are in token_words.c. */
#include "language/addresses.h"
#include "language/chars.h"
#include "language/emoticons.h"
#include "language/marks.h"
#include "language/stops.h"
#include "language/tokenizer.h"

void dsr_tokenizer_add(dsr_tokenizer *t, size_t end, dsr_token_kind kind)
{
    if (t->status == DSR_OK && t->out.count == t->out.capacity) {
        t->status = DSR_LIST_RESERVE(t->arena, &t->out, 1);
    }
    if (t->status != DSR_OK) {
        t->at = t->end;
        return;
    }
    t->out.items[t->out.count++] = (dsr_token){{(uint32_t)t->at, (uint32_t)end}, kind, t->space, false};
    t->space = false;
    t->at = end;
}

void dsr_tokenizer_join(dsr_tokenizer *t, size_t end, dsr_token_kind kind)
{
    size_t before = t->out.count;
    dsr_tokenizer_add(t, end, kind);
    if (t->out.count > before) {
        t->out.items[before].joined = before > 0 && !t->out.items[before].space_before;
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
    if (c.code_point != 0x02bc && behind < t->end &&
        dsr_char_at(t->text, behind).code_point == c.code_point) {
        dsr_tokenizer_add(t, behind + c.length, DSR_TOKEN_QUOTE); /* "''": a double mark */
        return;
    }
    if (dsr_char_is_apostrophe(c.code_point) || c.code_point == 0x2018) {
        size_t end =
            free_left ? dsr_elision_end(t->text, behind, t->end) : find_loose_clitic(t, t->at, c.length);
        if (end > behind) {
            bool number = dsr_char_at(t->text, behind).kind == DSR_CHAR_DIGIT;
            if (free_left) {
                dsr_tokenizer_add(t, end, number ? DSR_TOKEN_NUMBER : DSR_TOKEN_WORD);
            } else {
                dsr_tokenizer_join(t, end, DSR_TOKEN_WORD);
            }
            return;
        }
    }
    dsr_token_kind kind = DSR_TOKEN_QUOTE;
    if (free_left || c.code_point == 0x2018 || c.code_point == 0x201a) {
        t->single_open = true;
    } else if (dsr_char_is_apostrophe(c.code_point) && is_possessive_of_plural(t, left)) {
        dsr_tokenizer_join(t, behind, DSR_TOKEN_WORD);
        return;
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
    size_t end = t->space ? dsr_emoticon_end(t->text, t->at, t->end) : t->at;
    if (end > t->at) {
        dsr_tokenizer_add(t, end, DSR_TOKEN_SYMBOL);
        return;
    }
    if (c.code_point == '@' || c.code_point == '#') {
        end = dsr_address_end(t->text, t->at, t->end);
        if (end > t->at) {
            dsr_tokenizer_add(t, end, DSR_TOKEN_ADDRESS);
            return;
        }
    }
    if (c.code_point == '+' && (t->space || dsr_char_before(t->text, t->at).kind == DSR_CHAR_OPEN)) {
        end = dsr_tokenizer_find_dialled(t);
        if (end > t->at) {
            dsr_tokenizer_add(t, end, DSR_TOKEN_NUMBER);
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
