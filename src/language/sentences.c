/* Where sentences end. Rules over the characters around each stop; what an abbreviation is, stops.c knows.
 * Knows nothing of quotations. */
#include "base/scan.h"
#include "language/chars.h"
#include "language/language.h"
#include "language/paragraphs.h"
#include "language/stops.h"

#include <string.h>

enum {
    CUE_WORDS =
        5, /* words behind a question in quotation marks among which its verb of speech is looked for */
    CUE_BYTES = 64 /* no further than this */
};

typedef struct splitter {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    dsr_slice language;
    bool ordinals; /* "3." is an ordinal in this language */
    dsr_slice text;
    size_t start, end; /* the paragraph */
    dsr_report *report;
    dsr_status status;
} splitter;

/* A run of stops with the closing marks behind it, and what follows. */
typedef struct ending {
    size_t stop;          /* its first stop */
    size_t last;          /* behind its last stop */
    size_t close;         /* behind the closing marks */
    size_t next;          /* the next character that is no white space */
    size_t word;          /* the next letter or digit, opening marks skipped */
    bool single;          /* exactly one "." */
    bool dots;            /* an ellipsis, as three dots or one character */
    bool asks;            /* "!" or "?" is among them */
    bool quoted;          /* a quotation mark closes behind the stop */
    bool opens;           /* a quotation mark or bracket opens before the next word */
    bool unspaced_script; /* a full stop of a script without spaces */
} ending;

/* Bytes at which an ending may begin: "." "!" "?" and the first bytes of other scripts' stops. */
static const uint8_t may_stop[256] = {
    ['.'] = 1,  ['!'] = 1,  ['?'] = 1,  [0xd6] = 1, [0xd8] = 1, [0xdb] = 1,
    [0xe0] = 1, [0xe1] = 1, [0xe2] = 1, [0xe3] = 1, [0xef] = 1,
};

static dsr_slice word_at(const splitter *s, size_t at)
{
    size_t stop = dsr_skip_word(s->text, at, s->end);
    return dsr_slice_part(s->text, at, stop);
}

static bool is_opening_mark(dsr_char c)
{
    return c.kind == DSR_CHAR_OPEN || c.kind == DSR_CHAR_DOUBLE || c.kind == DSR_CHAR_SINGLE;
}

/* Whether a mark directly behind a stop closes something. */
static bool closes_here(const splitter *s, size_t at, dsr_char c)
{
    if (c.kind == DSR_CHAR_CLOSE) {
        return true;
    }
    if (c.kind != DSR_CHAR_DOUBLE && c.kind != DSR_CHAR_SINGLE) {
        return false;
    }
    if (c.code_point == 0x201d || c.code_point == 0x2019 || c.code_point == 0x300d ||
        c.code_point == 0x300f) {
        return true;
    }
    /* The other marks open as well as close: they close unless a word follows at once ("He left.“We go”"). */
    dsr_char next = dsr_char_at(s->text, at + c.length);
    return at + c.length >= s->end || (next.kind != DSR_CHAR_LETTER && next.kind != DSR_CHAR_DIGIT);
}

/* "[12]" or " [4] [7]" behind a stop: references, part of the sentence. The end of the last, or `at`. */
static size_t skip_references(const splitter *s, size_t at)
{
    for (;;) {
        size_t p = at + (at < s->end && s->text.ptr[at] == ' ');
        if (p >= s->end || s->text.ptr[p] != '[') {
            return at;
        }
        size_t digits = ++p;
        while (p < s->end && p - digits < 4 && s->text.ptr[p] >= '0' && s->text.ptr[p] <= '9') {
            p++;
        }
        if (p == digits || p >= s->end || s->text.ptr[p] != ']') {
            return at;
        }
        at = p + 1;
    }
}

static void read_stops(const splitter *s, ending *e)
{
    size_t count = 0, at = e->stop;
    bool ellipsis = false;
    e->unspaced_script = false;
    e->asks = false;
    while (at < s->end) {
        dsr_char c = dsr_char_at(s->text, at);
        if (c.kind != DSR_CHAR_STOP) {
            break;
        }
        count++;
        ellipsis |= c.code_point == 0x2026;
        e->asks |= c.code_point == '!' || c.code_point == '?' || c.code_point == 0x61f;
        e->unspaced_script |= c.code_point == 0x3002 || c.code_point >= 0xff00;
        at += c.length;
        /* ". . ." is one ellipsis */
        bool spaced =
            c.code_point == '.' && at + 1 < s->end && s->text.ptr[at] == ' ' && s->text.ptr[at + 1] == '.';
        at += spaced;
    }
    e->last = at;
    e->single = count == 1 && s->text.ptr[e->stop] == '.';
    e->dots = !e->asks && (ellipsis || count > 1);
}

static ending read_ending(const splitter *s, size_t stop)
{
    ending e = {.stop = stop};
    read_stops(s, &e);
    size_t at = e.last;
    while (at < s->end) {
        dsr_char c = dsr_char_at(s->text, at);
        dsr_char next = dsr_char_at(s->text, at + c.length);
        if (c.code_point == ' ' && next.kind == DSR_CHAR_CLOSE && at + 1 < s->end) {
            c = next; /* "next day. )" */
            at++;
        } else if (!closes_here(s, at, c)) {
            break;
        }
        e.quoted |= c.kind != DSR_CHAR_CLOSE;
        at += c.length;
    }
    e.close = skip_references(s, at);
    e.next = dsr_skip_space(s->text, e.close, s->end);
    at = e.next;
    for (int i = 0; i < 4 && at < s->end; i++) {
        dsr_char c = dsr_char_at(s->text, at);
        if (!is_opening_mark(c) && c.kind != DSR_CHAR_PUNCTUATION) {
            break;
        }
        e.opens |= is_opening_mark(c);
        at = dsr_skip_space(s->text, at + c.length, s->end);
    }
    e.word = at;
    return e;
}

/* ---- what stands on both sides ---- */

/* The last stop of a number at the paragraph's beginning: "1. ", "2.1. ", "a. ", "IV. ". */
static bool is_list_number(const splitter *s, const ending *e)
{
    size_t length = e->stop - s->start;
    if (!e->single || length == 0 || length > 5) {
        return false;
    }
    for (size_t at = s->start; at < e->stop; at++) {
        char c = s->text.ptr[at];
        bool number = (c >= '0' && c <= '9') || c == '.' || c == 'I' || c == 'V' || c == 'X';
        if (!number && !(length == 1 && dsr_char_at(s->text, at).kind == DSR_CHAR_LETTER)) {
            return false;
        }
    }
    return true;
}

static bool starts_with_function_word(const splitter *s, const ending *e)
{
    dsr_slice word = word_at(s, e->word);
    return word.len > 1 && dsr_is_function_word(s->lexicon, s->language, word);
}

/* "p.m. Tuesday", "a.m. ET", "p.m. Moscow time": no sentence ends. */
static bool is_clock_continued(const splitter *s, const ending *e)
{
    dsr_slice word = word_at(s, e->word);
    dsr_folded room;
    dsr_slice folded = dsr_fold_short(word, &room);
    if (s->lexicon && folded.len > 0 &&
        (dsr_lexicon_weekday(s->lexicon, s->language, folded) >= 0 ||
         dsr_lexicon_month(s->lexicon, s->language, folded) > 0)) {
        return true;
    }
    bool all_upper = word.len >= 2 && word.len <= 4;
    for (size_t i = 0; i < word.len; i++) {
        all_upper &= word.ptr[i] >= 'A' && word.ptr[i] <= 'Z';
    }
    size_t after = dsr_skip_space(s->text, e->word + word.len, s->end);
    dsr_slice second = word_at(s, after);
    return all_upper || dsr_slice_equal_nocase(second, DSR_SLICE("time")) ||
           dsr_slice_equal_nocase(second, DSR_SLICE("standard"));
}

/* A question in quotation marks whose verb of speech follows: "Why?" Mr. Smith asked. */
static bool is_cue_near(const splitter *s, size_t at)
{
    size_t stop = at + CUE_BYTES < s->end ? at + CUE_BYTES : s->end;
    for (int i = 0; i < CUE_WORDS && at < stop; i++) {
        dsr_slice word = word_at(s, at);
        if (word.len > 0 && dsr_is_cue(s->lexicon, s->language, word)) {
            return true;
        }
        at = dsr_skip_space(s->text, at + word.len, stop);
        dsr_char c = dsr_char_at(s->text, at);
        if (c.code_point == '.' || c.code_point == '-' || dsr_char_is_apostrophe(c.code_point)) { /* "Mr." */
            at = dsr_skip_space(s->text, at + c.length, stop);
        } else if (c.kind != DSR_CHAR_LETTER) {
            return false;
        }
    }
    return false;
}

/* ---- the rules ---- */

/* A stop with no white space behind it: only where a blank was lost ("... in Brussels.The allies ..."). */
static bool ends_without_space(const splitter *s, const ending *e)
{
    if (e->unspaced_script) {
        return true;
    }
    dsr_char left = dsr_char_before(s->text, e->stop);
    size_t left_end = e->stop - left.length;
    bool word = dsr_char_is_lower(left.code_point) && left_end > s->start &&
                dsr_char_is_lower(dsr_char_before(s->text, left_end).code_point);
    if (!word && left.kind != DSR_CHAR_DOUBLE && left.kind != DSR_CHAR_CLOSE) {
        return false;
    }
    dsr_char first = dsr_char_at(s->text, e->word);
    dsr_slice right = word_at(s, e->word);
    dsr_char behind = dsr_char_at(s->text, e->word + right.len);
    bool plain = behind.kind == DSR_CHAR_SPACE || behind.code_point == ',' ||
                 dsr_char_is_apostrophe(behind.code_point);
    if (!dsr_char_is_upper(first.code_point) || !plain) {
        return false;
    }
    /* "Node.Js" and "Booking.Com" are names: a word of two letters must be a function word */
    return right.len > 3 || e->opens || e->quoted || dsr_is_function_word(s->lexicon, s->language, right);
}

/* A single "." with white space and a capital or digit behind it. */
static bool full_stop_ends(const splitter *s, const ending *e, dsr_char first)
{
    if (is_list_number(s, e)) {
        return false;
    }
    dsr_slice word = dsr_word_before_stop(s->text, s->start, e->stop);
    if (word.len > 0 && word.len <= 3 && s->ordinals && dsr_char_at(word, 0).kind == DSR_CHAR_DIGIT) {
        return false;
    }
    bool digit = first.kind == DSR_CHAR_DIGIT;
    switch (dsr_stop_classify(s->lexicon, s->language, word)) {
    case DSR_STOP_TITLE:
        return e->quoted;
    case DSR_STOP_NUMBERED:
        return !digit;
    case DSR_STOP_CLOCK:
        return e->quoted || (!digit && !is_clock_continued(s, e));
    case DSR_STOP_INITIAL:
    case DSR_STOP_ABBREVIATION:
        return e->quoted || (!digit && starts_with_function_word(s, e));
    case DSR_STOP_PLAIN:
    default:
        return true;
    }
}

/* The next word begins with a small letter. */
static bool ends_before_lower(const splitter *s, const ending *e)
{
    if (e->quoted || e->dots || e->opens) {
        return false;
    }
    if (e->asks) {
        /* "Yahoo! said": a name with its mark */
        dsr_slice word = dsr_word_before_stop(s->text, s->start, e->stop);
        return e->last - e->stop > 1 || !dsr_char_is_upper(dsr_char_at(word, 0).code_point);
    }
    /* careless writing, or "iPhone": the stop ends a sentence where the word before it is an ordinary one */
    dsr_slice word = dsr_word_before_stop(s->text, s->start, e->stop);
    dsr_slice follower = word_at(s, e->word);
    if (follower.len == 1 && dsr_char_at(s->text, e->word + 1).kind == DSR_CHAR_CLOSE) {
        return false; /* "a) ... b) ..." in one sentence */
    }
    return word.len > 2 && dsr_char_is_lower(dsr_char_at(word, 0).code_point) &&
           dsr_stop_classify(s->lexicon, s->language, word) == DSR_STOP_PLAIN &&
           !dsr_is_cue(s->lexicon, s->language, follower);
}

static bool ellipsis_ends(const splitter *s, const ending *e)
{
    /* "We want to see ... Russia pulling back": words left out, unless a function word with a capital
     * follows. */
    dsr_char left = dsr_char_before(s->text, e->stop);
    return left.kind != DSR_CHAR_SPACE || e->quoted || starts_with_function_word(s, e);
}

static bool ends_sentence(const splitter *s, const ending *e)
{
    if (e->next >= s->end) {
        return false; /* the paragraph's end ends it anyway */
    }
    if (e->next == e->close) {
        return ends_without_space(s, e);
    }
    dsr_char next = dsr_char_at(s->text, e->next);
    dsr_char first = dsr_char_at(s->text, e->word);
    if (next.kind == DSR_CHAR_PUNCTUATION && next.code_point < 0xa0) {
        return false; /* "Inc. , which" */
    }
    if (e->unspaced_script) {
        return true;
    }
    if (next.kind == DSR_CHAR_DASH && e->quoted) {
        return false;
    }
    if (first.kind == DSR_CHAR_LETTER && dsr_char_is_lower(first.code_point)) {
        return ends_before_lower(s, e);
    }
    if (e->asks) {
        return !(e->quoted && first.kind == DSR_CHAR_LETTER && !e->opens && is_cue_near(s, e->word));
    }
    if (e->dots) {
        return ellipsis_ends(s, e);
    }
    return !e->single || full_stop_ends(s, e, first);
}

static void add_sentence(splitter *s, size_t start, size_t end)
{
    end = dsr_skip_space_back(s->text, end, start);
    start = dsr_skip_space(s->text, start, end);
    if (s->status != DSR_OK || start >= end) {
        return;
    }
    s->status = DSR_LIST_RESERVE(s->arena, &s->report->sentences, 1);
    if (s->status == DSR_OK) {
        s->report->sentences.items[s->report->sentences.count++] = (dsr_span){(uint32_t)start, (uint32_t)end};
    }
}

static void split_paragraph(splitter *s)
{
    const unsigned char *p = (const unsigned char *)s->text.ptr;
    size_t begun = s->start, at = s->start;
    while (at < s->end && s->status == DSR_OK) {
        if (!may_stop[p[at]]) {
            at = (size_t)(dsr_scan_skip(s->text.ptr + at + 1, s->text.ptr + s->end, ' ') - s->text.ptr);
            continue;
        }
        dsr_char c = dsr_char_at(s->text, at);
        if (c.kind != DSR_CHAR_STOP) {
            at += c.length;
            continue;
        }
        ending e = read_ending(s, at);
        at = e.last;
        if (ends_sentence(s, &e)) {
            add_sentence(s, begun, e.close);
            begun = at = e.close;
        }
    }
    add_sentence(s, begun, s->end);
}

/* Languages that write ordinals as a number and a stop. */
static bool writes_ordinals_with_stop(dsr_slice language)
{
    static const char *const codes[] = {"bs", "cs", "da", "de", "et", "fi", "hr", "hu", "is",
                                        "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"};
    return DSR_WORD_IN(codes, language);
}

dsr_status dsr_language_find_sentences(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report)
{
    dsr_paragraphs paragraphs = {0};
    dsr_status status = dsr_paragraphs_find(arena, report, &paragraphs);
    if (status != DSR_OK) {
        return status;
    }
    dsr_report found = {.text = report->text};
    splitter s = {.arena = arena, .lexicon = lexicon, .text = report->text, .report = &found};
    s.language = dsr_language_of_lists(report->meta.language);
    s.ordinals = writes_ordinals_with_stop(s.language);
    s.status = DSR_LIST_RESERVE(arena, &found.sentences, report->text.len / 100 + 8);
    for (size_t i = 0; i < paragraphs.count && s.status == DSR_OK; i++) {
        s.start = paragraphs.items[i].span.start;
        s.end = paragraphs.items[i].span.end;
        split_paragraph(&s);
    }
    if (s.status == DSR_OK) {
        report->sentences.items = found.sentences.items;
        report->sentences.count = found.sentences.count;
        report->sentences.capacity = found.sentences.capacity;
    }
    return s.status;
}
