/* Words and numbers as tokens: contractions, abbreviations, hyphens, ordinals and units. Knows nothing of
 * sentences. */
#include "language/addresses.h"
#include "language/chars.h"
#include "language/stops.h"
#include "language/tokenizer.h"

static dsr_slice part(const dsr_tokenizer *t, size_t start, size_t end)
{
    return dsr_slice_part(t->text, start, end);
}

static bool has(const dsr_tokenizer *t, dsr_word_list list, dsr_slice folded)
{
    return t->lexicon && folded.len > 0 && dsr_lexicon_has(t->lexicon, t->language, list, folded);
}

/* ---- how far a word goes ---- */

typedef struct word {
    size_t segment; /* where the part behind its last inner stop or hyphen begins */
    size_t end;
    size_t apostrophe; /* its last; 0 where it has none */
    bool dotted;       /* a stop stands inside */
} word;

/* "M.Sc", "Ph.D": known with their stop, and the next stop stands behind them. */
static bool is_known_with_stop(const dsr_tokenizer *t, const word *w, size_t behind)
{
    size_t stop = dsr_skip_word(t->text, behind, t->end);
    return stop < t->end && t->text.ptr[stop] == '.' &&
           dsr_stop_classify(t->lexicon, t->language, part(t, w->segment, stop)) == DSR_STOP_ABBREVIATION;
}

/* "REPORT.PDF", "Example.Com" */
static bool ends_name_of_file(const dsr_tokenizer *t, size_t behind)
{
    static const char *const endings[] = {"com", "csv", "doc", "docx", "gov", "htm", "html", "jpg",
                                          "net", "org", "pdf", "ppt",  "txt", "xls", "xlsx", "zip"};
    dsr_folded room;
    return DSR_WORD_IN(endings,
                       dsr_fold_short(part(t, behind, dsr_skip_word(t->text, behind, t->end)), &room));
}

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
        return single || (length == 2 && !dsr_char_is_upper(next.code_point)) ||
               is_known_with_stop(t, w, behind);
    }
    return dsr_char_is_lower(next.code_point) || next.kind == DSR_CHAR_DIGIT || ends_name_of_file(t, behind);
}

static bool is_inner_hyphen(const dsr_tokenizer *t, const word *w, size_t behind)
{
    dsr_char next = dsr_char_at(t->text, behind);
    if (!t->english || behind >= t->end || (next.kind != DSR_CHAR_LETTER && next.kind != DSR_CHAR_DIGIT)) {
        return false;
    }
    dsr_folded room;
    return has(t, DSR_WORDS_PREFIX, dsr_fold_short(part(t, w->segment, w->end), &room));
}

/* "AT&T", "R&D" */
static bool is_inner_ampersand(const dsr_tokenizer *t, const word *w)
{
    return w->end - w->segment <= 3 && w->end + 1 < t->end &&
           dsr_char_is_upper(dsr_char_before(t->text, w->end).code_point) &&
           dsr_char_is_upper(dsr_char_at(t->text, w->end + 1).code_point);
}

/* "I/O", "w/o", "s/he" */
static bool is_inner_slash(const dsr_tokenizer *t, const word *w)
{
    size_t stop = dsr_skip_word(t->text, w->end + 1, t->end);
    if (!t->english || w->end != t->at + 1 || stop > w->end + 3) {
        return false;
    }
    dsr_slice whole = part(t, t->at, stop);
    bool capitals = whole.len == 3 && dsr_char_is_upper(dsr_char_at(whole, 0).code_point) &&
                    dsr_char_is_upper(dsr_char_at(whole, 2).code_point);
    return capitals || dsr_slice_equal_nocase(whole, DSR_SLICE("w/o")) ||
           dsr_slice_equal_nocase(whole, DSR_SLICE("s/he"));
}

/* "driver`s": an accent in the place of an apostrophe. */
static bool is_accent_before_s(const dsr_tokenizer *t, const word *w)
{
    return t->english && w->end + 1 < t->end && t->text.ptr[w->end + 1] == 's' &&
           dsr_skip_word(t->text, w->end + 1, t->end) == w->end + 2;
}

/* Moves w->end over one more part of the word; false where it ends. */
static bool extend_word(const dsr_tokenizer *t, word *w)
{
    if (w->end >= t->end) {
        return false;
    }
    dsr_char c = dsr_char_at(t->text, w->end);
    size_t behind = w->end + c.length;
    if (dsr_char_is_apostrophe(c.code_point) || (c.code_point == '`' && is_accent_before_s(t, w))) {
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
    } else if (!(c.code_point == '&' && is_inner_ampersand(t, w)) &&
               !(c.code_point == '/' && is_inner_slash(t, w))) {
        return false;
    }
    w->end = dsr_skip_word(t->text, behind, t->end);
    return true;
}

/* Whether nothing but closing marks stands behind `at`: then a stop before it ends the text. */
static bool is_last(const dsr_tokenizer *t, size_t at)
{
    for (int i = 0; i < 4 && at < t->end; i++) {
        dsr_char c = dsr_char_at(t->text, at);
        if (c.kind != DSR_CHAR_SPACE && c.kind != DSR_CHAR_DOUBLE && c.kind != DSR_CHAR_SINGLE &&
            c.kind != DSR_CHAR_CLOSE) {
            return false;
        }
        at += c.length;
    }
    return at >= t->end;
}

/* The stop of a single letter: an initial, unless a sentence most likely ends here. */
static bool is_stop_of_initial(const dsr_tokenizer *t, size_t next)
{
    dsr_char first = next < t->end ? dsr_char_at(t->text, next) : (dsr_char){0, DSR_CHAR_SPACE, 0};
    if (!dsr_char_is_upper(first.code_point)) {
        return dsr_char_is_lower(first.code_point);
    }
    dsr_slice follower = part(t, next, dsr_skip_word(t->text, next, t->end));
    return follower.len < 2 || !dsr_is_function_word(t->lexicon, t->language, follower);
}

/* Whether the stop behind text[start, end) belongs to the word. The last stop of a sentence is a token of its
 * own but behind single letters ("U.S."), as in the treebanks. */
static bool takes_stop(const dsr_tokenizer *t, size_t start, size_t end)
{
    const char *p = t->text.ptr;
    if (end >= t->end || p[end] != '.') {
        return false;
    }
    bool doubled = end + 1 < t->end && p[end + 1] == '.';
    if (doubled && end + 2 < t->end && p[end + 2] == '.') {
        return false;
    }
    size_t next = dsr_skip_space(t->text, end + 1, t->end);
    switch (dsr_stop_classify(t->lexicon, t->language, part(t, start, end))) {
    case DSR_STOP_NUMBERED:
        return next < t->end && dsr_char_at(t->text, next).kind == DSR_CHAR_DIGIT;
    case DSR_STOP_INITIAL:
        return !doubled && is_stop_of_initial(t, next);
    case DSR_STOP_TITLE:
    case DSR_STOP_ACRONYM:
        return true;
    case DSR_STOP_CLOCK:
    case DSR_STOP_LAST:
    case DSR_STOP_ABBREVIATION:
        return doubled || !is_last(t, end + 1);
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

/* Where the last part of a contraction begins, by its last letter: dont, thats, theyre, ive, im, gonna. */
static size_t find_joint_by_ending(dsr_slice w, char last)
{
    switch (last) {
    case 'm':
        return w.ptr[0] == 'i' ? w.len - 1 : 0; /* "Im" is a surname */
    case 's':
        return w.len - 1;
    case 'e':
        return w.len > 3 || w.ptr[0] == 'i' ? w.len - 2 : 0; /* so is "Ive" */
    case 't':
        return dsr_slice_equal_nocase(w, DSR_SLICE("cannot")) ? 3 : w.len - 2;
    default:
        return w.len - 2;
    }
}

/* Words that are written together: cannot, gonna, dont. The length of their first part; 0 for other words. */
static size_t find_joint(const dsr_tokenizer *t, dsr_slice w)
{
    char last = w.len > 0 ? (char)(w.ptr[w.len - 1] | 0x20) : 'x';
    bool may =
        w.len >= 2 && w.len <= 8 && (last == 't' || last == 'a' || last == 'm' || last == 'e' || last == 's');
    dsr_folded room;
    if (!may || !has(t, DSR_WORDS_CONTRACTION, dsr_fold_short(w, &room))) {
        return 0;
    }
    size_t joint = find_joint_by_ending(w, last);
    /* a user's list may hold anything: characters stay whole */
    return joint > 0 && ((unsigned char)w.ptr[joint] & 0xc0) != 0x80 ? joint : 0;
}

static void add_word(dsr_tokenizer *t, const word *w)
{
    if (t->english && w->apostrophe) {
        size_t clitic = find_clitic(t, w->apostrophe, w->end);
        if (clitic < w->end) {
            size_t end = w->end;
            dsr_tokenizer_add(t, clitic, DSR_TOKEN_WORD);
            if (t->status == DSR_OK) {
                dsr_tokenizer_join(t, end, DSR_TOKEN_WORD);
            }
            return;
        }
    }
    size_t first = t->english && !w->apostrophe ? find_joint(t, part(t, t->at, w->end)) : 0;
    if (!first) {
        dsr_tokenizer_add(t, w->end, DSR_TOKEN_WORD);
        return;
    }
    dsr_tokenizer_add(t, t->at + first, DSR_TOKEN_WORD);
    if (t->status == DSR_OK) {
        dsr_tokenizer_join(t, w->end, DSR_TOKEN_WORD);
    }
}

void dsr_tokenizer_read_word(dsr_tokenizer *t)
{
    size_t address = dsr_address_end(t->text, t->at, t->end);
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

static bool is_digit_at(const dsr_tokenizer *t, size_t at)
{
    return at < t->end && t->text.ptr[at] >= '0' && t->text.ptr[at] <= '9';
}

/* Whether the number under way is one of several in brackets. */
static bool is_listed(const dsr_tokenizer *t)
{
    char left = t->at > 0 ? t->text.ptr[t->at - 1] : ' ';
    return left == '[' || left == '(' || left == ',';
}

/* Whether the commas from `at` on part groups of digits ("13,000", "12,34,567") or stand in the place of a
 * decimal point ("1,8"), and do not part numbers ("[8,9]"). */
static bool is_grouped(const dsr_tokenizer *t, size_t at)
{
    for (int group = 0; group < 6; group++) {
        size_t digits = at + 1, stop = digits;
        while (stop < digits + 4 && is_digit_at(t, stop)) {
            stop++;
        }
        bool more = stop < t->end && t->text.ptr[stop] == ',' && is_digit_at(t, stop + 1);
        if (!more && (stop - digits == 3 || (stop - digits < 3 && group == 0 && !is_listed(t)))) {
            return true;
        }
        if (stop - digits < 2 || stop - digits > 3 || !more) {
            return false;
        }
        at = stop;
    }
    return true;
}

/* The end of digits with their separators: "13,000", "1.5", "20:17", "11/12/2022". */
static size_t skip_digits(const dsr_tokenizer *t, size_t at)
{
    while (at < t->end) {
        dsr_char c = dsr_char_at(t->text, at);
        bool separator = c.code_point == '.' || c.code_point == ':' || c.code_point == '/' ||
                         (c.code_point == ',' && (!t->english || is_grouped(t, at)));
        if (c.kind != DSR_CHAR_DIGIT && !(separator && is_digit_at(t, at + 1))) {
            break;
        }
        at += c.length;
    }
    return at;
}

/* Telephone numbers stay whole: "555-0142", "212-555-0142", "212/555-0142"; ranges do not: "10-20",
 * "2014-2015". */
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
        if (c != '-' && !(c == '/' && groups == 1)) {
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

/* Whether the letters text[end, stop) behind a number are its unit. */
static bool is_unit(const dsr_tokenizer *t, size_t end, size_t stop, dsr_slice folded)
{
    char c = t->text.ptr[end];
    if (stop - end == 1 && c >= 'A' && c <= 'Z') {
        /* "$5M", "30C"; "5G", "17H" are names */
        return c == 'B' || c == 'K' || c == 'M' || ((c == 'C' || c == 'F') && end - t->at <= 3);
    }
    return has(t, DSR_WORDS_UNIT, folded);
}

/* A number and its unit: "5|km". */
static void add_with_unit(dsr_tokenizer *t, size_t end, size_t stop)
{
    dsr_tokenizer_add(t, end, DSR_TOKEN_NUMBER);
    if (t->status == DSR_OK) {
        dsr_tokenizer_add(t, stop, DSR_TOKEN_WORD);
    }
}

/* "1990's" */
static size_t skip_plural(const dsr_tokenizer *t, size_t end)
{
    dsr_char c = dsr_char_at(t->text, end);
    size_t s = end + c.length;
    bool apostrophe = dsr_char_is_apostrophe(c.code_point) || c.code_point == '`';
    bool plural = end < t->end && apostrophe && s < t->end && t->text.ptr[s] == 's' &&
                  dsr_skip_word(t->text, s, t->end) == s + 1;
    return plural ? s + 1 : end;
}

void dsr_tokenizer_read_number(dsr_tokenizer *t)
{
    size_t address = dsr_address_end(t->text, t->at, t->end);
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
    uint32_t mark = stop > end ? dsr_char_at(t->text, end).code_point : 0;
    if (stop == end || (t->english && (mark == 0xaa || mark == 0xba))) { /* "54º" */
        dsr_tokenizer_add(t, skip_plural(t, end), DSR_TOKEN_NUMBER);
        return;
    }
    dsr_folded room;
    dsr_slice behind = dsr_fold_short(part(t, end, stop), &room);
    bool clock = behind.len == 1 && (behind.ptr[0] == 'a' || behind.ptr[0] == 'p') && stop + 1 < t->end &&
                 t->text.ptr[stop] == '.' && (t->text.ptr[stop + 1] | 0x20) == 'm'; /* "8p.m." */
    if (clock) {
        dsr_tokenizer_add(t, end, DSR_TOKEN_NUMBER);
    } else if (is_unit(t, end, stop, behind)) {
        add_with_unit(t, end, stop);
    } else {
        dsr_tokenizer_add(t, stop, is_ordinal_ending(behind) ? DSR_TOKEN_NUMBER : DSR_TOKEN_WORD);
    }
}

size_t dsr_tokenizer_find_dialled(const dsr_tokenizer *t)
{
    size_t end = t->at + 1;
    if (!is_digit_at(t, end)) {
        return t->at;
    }
    end = skip_digits(t, end);
    while (end < t->end && t->text.ptr[end] == '-' && is_digit_at(t, end + 1)) {
        end = skip_digits(t, end + 1);
    }
    dsr_char behind = dsr_char_at(t->text, end);
    return end >= t->end || behind.kind != DSR_CHAR_LETTER ? end : t->at;
}
