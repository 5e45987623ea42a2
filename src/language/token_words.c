/* Words and numbers as tokens: contractions, abbreviations, hyphens, ordinals and units. Knows nothing of
 * sentences. */
#include "language/chars.h"
#include "language/stops.h"
#include "language/tokenizer.h"

/* Prefixes that stay with their word ("anti-war"), after the affix list of the LDC's treebank guidelines;
 * other hyphens part words. */
static const char *const prefixes[] = {"anti",  "co",    "counter", "cross",  "de",    "e",    "ex",
                                       "inter", "intra", "mid",     "mini",   "multi", "non",  "over",
                                       "post",  "pre",   "pro",     "psycho", "re",    "semi", "socio",
                                       "sub",   "super", "ultra",   "un",     "vice"};

/* What stands behind a number and is a word of its own. */
static const char *const units[] = {"am",  "b",       "bn", "c",   "cm",   "f",  "ft", "g",   "gb",
                                    "h",   "hh",      "hz", "k",   "kb",   "kg", "km", "kw",  "lb",
                                    "lbs", "m",       "mb", "min", "mins", "mm", "mn", "mph", "mw",
                                    "pc",  "percent", "pm", "sq",  "t",    "tn", "x"};

static dsr_slice part(const dsr_tokenizer *t, size_t start, size_t end)
{
    return dsr_slice_part(t->text, start, end);
}

/* ---- how far a word goes ---- */

typedef struct word {
    size_t segment; /* where the part behind its last inner stop or hyphen begins */
    size_t end;
    size_t apostrophe; /* its last; 0 where it has none */
    bool dotted;       /* a stop stands inside */
} word;

/* The stop at w->end stands inside the word: "U.S", "example.com", "Ph.D"; not "Brussels.The". */
static bool is_inner_stop(const dsr_tokenizer *t, const word *w)
{
    size_t behind = w->end + 1;
    dsr_char next = dsr_char_at(t->text, behind);
    if (behind >= t->end || (next.kind != DSR_CHAR_LETTER && next.kind != DSR_CHAR_DIGIT)) {
        return false;
    }
    size_t length = w->end - w->segment;
    dsr_char second = dsr_char_at(t->text, behind + next.length);
    bool single = behind + next.length >= t->end || second.kind != DSR_CHAR_LETTER;
    if (length <= 2) {
        return single || (length == 2 && !dsr_char_is_upper(next.code_point));
    }
    return dsr_char_is_lower(next.code_point) || next.kind == DSR_CHAR_DIGIT;
}

static bool is_inner_hyphen(const dsr_tokenizer *t, const word *w, size_t behind)
{
    dsr_char next = dsr_char_at(t->text, behind);
    if (!t->english || behind >= t->end || (next.kind != DSR_CHAR_LETTER && next.kind != DSR_CHAR_DIGIT)) {
        return false;
    }
    dsr_folded room;
    return DSR_WORD_IN(prefixes, dsr_fold_short(part(t, w->segment, w->end), &room));
}

/* "AT&T", "R&D" */
static bool is_inner_ampersand(const dsr_tokenizer *t, const word *w)
{
    return w->end - w->segment <= 3 && w->end + 1 < t->end &&
           dsr_char_is_upper(dsr_char_before(t->text, w->end).code_point) &&
           dsr_char_is_upper(dsr_char_at(t->text, w->end + 1).code_point);
}

/* Moves w->end over one more part of the word; false where it ends. */
static bool extend_word(const dsr_tokenizer *t, word *w)
{
    if (w->end >= t->end) {
        return false;
    }
    dsr_char c = dsr_char_at(t->text, w->end);
    size_t behind = w->end + c.length;
    if (dsr_char_is_apostrophe(c.code_point)) {
        if (behind >= t->end || dsr_char_at(t->text, behind).kind != DSR_CHAR_LETTER) {
            return false;
        }
        w->apostrophe = w->end;
    } else if (c.code_point == '.') {
        if (!is_inner_stop(t, w)) {
            return false;
        }
        w->dotted = true;
        w->segment = behind;
    } else if (c.code_point == '-' || c.code_point == 0x2010 || c.code_point == 0x2011) {
        if (!is_inner_hyphen(t, w, behind)) {
            return false;
        }
        w->segment = behind;
    } else if (c.code_point != '&' || !is_inner_ampersand(t, w)) {
        return false;
    }
    w->end = dsr_skip_word(t->text, behind, t->end);
    return true;
}

/* Whether the stop behind text[start, end) belongs to the word. */
static bool takes_stop(const dsr_tokenizer *t, size_t start, size_t end)
{
    if (end >= t->end || t->text.ptr[end] != '.' || (end + 1 < t->end && t->text.ptr[end + 1] == '.')) {
        return false;
    }
    size_t next = dsr_skip_space(t->text, end + 1, t->end);
    dsr_char first = next < t->end ? dsr_char_at(t->text, next) : (dsr_char){0, DSR_CHAR_SPACE, 0};
    switch (dsr_stop_classify(t->lexicon, t->language, part(t, start, end))) {
    case DSR_STOP_NUMBERED:
        return first.kind == DSR_CHAR_DIGIT;
    case DSR_STOP_INITIAL:
        if (!dsr_char_is_upper(first.code_point)) {
            return false;
        }
        dsr_slice follower = part(t, next, dsr_skip_word(t->text, next, t->end));
        return follower.len < 2 || !dsr_is_function_word(t->lexicon, t->language, follower);
    case DSR_STOP_TITLE:
    case DSR_STOP_CLOCK:
    case DSR_STOP_ABBREVIATION:
        return true;
    case DSR_STOP_PLAIN:
    default:
        return false;
    }
}

/* ---- contractions ---- */

/* Where the last clitic of text[t->at, end) begins, its apostrophe given; `end` where it has none. */
static size_t find_clitic(const dsr_tokenizer *t, size_t apostrophe, size_t end)
{
    static const char *const clitics[] = {"d", "ll", "m", "re", "s", "ve"};
    dsr_folded room;
    size_t behind = apostrophe + dsr_char_at(t->text, apostrophe).length;
    dsr_slice rest = dsr_fold_short(part(t, behind, end), &room);
    if (dsr_slice_equal(rest, DSR_SLICE("t"))) {
        char n = t->text.ptr[apostrophe - 1];
        return apostrophe > t->at + 1 && (n | 0x20) == 'n' ? apostrophe - 1 : end;
    }
    return DSR_WORD_IN(clitics, rest) ? apostrophe : end;
}

/* Words that are written together: cannot, gonna. The length of their first part; 0 for other words. */
static size_t find_joint(dsr_slice w)
{
    if (w.len == 6 && (w.ptr[0] | 0x20) == 'c') {
        return dsr_slice_equal_nocase(w, DSR_SLICE("cannot")) ? 3 : 0;
    }
    if (w.len != 5 || (w.ptr[4] | 0x20) != 'a') {
        return 0;
    }
    bool joint = dsr_slice_equal_nocase(w, DSR_SLICE("gonna")) ||
                 dsr_slice_equal_nocase(w, DSR_SLICE("gotta")) ||
                 dsr_slice_equal_nocase(w, DSR_SLICE("wanna"));
    return joint ? 3 : 0;
}

static void add_word(dsr_tokenizer *t, const word *w)
{
    if (t->english && w->apostrophe) {
        size_t clitic = find_clitic(t, w->apostrophe, w->end);
        if (clitic < w->end) {
            size_t end = w->end;
            dsr_tokenizer_add(t, clitic, DSR_TOKEN_WORD);
            if (t->status == DSR_OK) {
                dsr_tokenizer_add(t, end, DSR_TOKEN_WORD);
            }
            return;
        }
    }
    size_t first = t->english && !w->apostrophe ? find_joint(part(t, t->at, w->end)) : 0;
    if (first) {
        dsr_tokenizer_add(t, t->at + first, DSR_TOKEN_WORD);
    }
    if (t->status == DSR_OK) {
        dsr_tokenizer_add(t, w->end, DSR_TOKEN_WORD);
    }
}

void dsr_tokenizer_read_word(dsr_tokenizer *t)
{
    size_t address = dsr_tokenizer_find_address(t);
    if (address > t->at) {
        dsr_tokenizer_add(t, address, DSR_TOKEN_ADDRESS);
        return;
    }
    word w = {t->at, dsr_skip_word(t->text, t->at, t->end), 0, false};
    while (extend_word(t, &w)) {
    }
    if (w.end < t->end && t->text.ptr[w.end] == '.') {
        bool whole = takes_stop(t, t->at, w.end);
        w.end += whole;
    } else if (w.end < t->end && t->text.ptr[w.end] == '$' && w.end - t->at <= 3 &&
               dsr_char_is_upper(dsr_char_before(t->text, w.end).code_point)) {
        dsr_tokenizer_add(t, w.end + 1, DSR_TOKEN_SYMBOL); /* "US$" */
        return;
    }
    add_word(t, &w);
}

/* ---- numbers ---- */

/* The end of digits with their separators: "13,000", "1.5", "20:17", "11/12/2022". */
static size_t skip_digits(const dsr_tokenizer *t, size_t at)
{
    const char *p = t->text.ptr;
    while (at < t->end) {
        dsr_char c = dsr_char_at(t->text, at);
        bool separator =
            c.code_point == '.' || c.code_point == ',' || c.code_point == ':' || c.code_point == '/';
        bool inner = separator && at + 1 < t->end && p[at + 1] >= '0' && p[at + 1] <= '9';
        if (c.kind != DSR_CHAR_DIGIT && !inner) {
            break;
        }
        at += c.length;
    }
    return at;
}

/* Telephone numbers stay whole: "555-0142", "212-555-0142"; ranges do not: "10-20", "2014-2015". */
static size_t find_telephone_end(const dsr_tokenizer *t, size_t at)
{
    const char *p = t->text.ptr;
    size_t groups = 0, begun = at, last = 0;
    for (size_t i = at; i <= t->end && i - at < 16; i++) {
        char c = i < t->end ? p[i] : ' ';
        if (c >= '0' && c <= '9') {
            continue;
        }
        last = i - begun;
        if (groups == 0 && last != 3 && last != 1) {
            return at;
        }
        groups++;
        if (c != '-') {
            return groups > 1 && last == 4 ? i : at;
        }
        begun = i + 1;
    }
    return at;
}

static bool is_ordinal_ending(dsr_slice folded)
{
    static const char *const endings[] = {"nd", "rd", "s", "st", "th"};
    return DSR_WORD_IN(endings, folded);
}

void dsr_tokenizer_read_number(dsr_tokenizer *t)
{
    size_t address = dsr_tokenizer_find_address(t);
    if (address > t->at) {
        dsr_tokenizer_add(t, address, DSR_TOKEN_ADDRESS);
        return;
    }
    size_t end = skip_digits(t, t->at);
    if (end < t->end && t->text.ptr[end] == '-') {
        size_t telephone = find_telephone_end(t, t->at);
        end = telephone > end ? telephone : end;
    }
    size_t stop = dsr_skip_word(t->text, end, t->end);
    if (stop == end) {
        dsr_char c = dsr_char_at(t->text, end);
        size_t s = end + c.length;
        bool plural = end < t->end && dsr_char_is_apostrophe(c.code_point) && s < t->end &&
                      t->text.ptr[s] == 's' && dsr_skip_word(t->text, s, t->end) == s + 1; /* "1990's" */
        dsr_tokenizer_add(t, plural ? s + 1 : end, DSR_TOKEN_NUMBER);
        return;
    }
    dsr_folded room;
    dsr_slice behind = dsr_fold_short(part(t, end, stop), &room);
    bool clock = behind.len == 1 && (behind.ptr[0] == 'a' || behind.ptr[0] == 'p') && stop + 1 < t->end &&
                 t->text.ptr[stop] == '.' && (t->text.ptr[stop + 1] | 0x20) == 'm'; /* "8p.m." */
    bool network = stop - end == 1 && t->text.ptr[end] == 'G';                      /* "5G" */
    if (clock || (!network && DSR_WORD_IN(units, behind))) {
        dsr_tokenizer_add(t, end, DSR_TOKEN_NUMBER);
        return;
    }
    dsr_tokenizer_add(t, stop, is_ordinal_ending(behind) ? DSR_TOKEN_NUMBER : DSR_TOKEN_WORD);
}
