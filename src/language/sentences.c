/* Where sentences end. Rules over the characters around each stop; what an abbreviation is, stops.c knows.
 * Knows nothing of quotations. */
#include "base/scan.h"
#include "language/addresses.h"
#include "language/chars.h"
#include "language/emoticons.h"
#include "language/language.h"
#include "language/openings.h"
#include "language/paragraphs.h"
#include "language/stops.h"

#include <string.h>

enum {
    CUE_WORDS =
        5, /* words behind a question in quotation marks among which its verb of speech is looked for */
    CUE_BYTES = 64,   /* no further than this */
    NOTE_BYTES = 40,  /* "[better source needed]" behind a stop */
    CHUNK_BYTES = 40, /* on either side of a stop without white space: what may be an address is looked at */
    LIST_NUMBER_MOST = 2 /* digits of a list's number inside a paragraph */
};

typedef struct splitter {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    dsr_slice language;
    bool english;
    bool ordinals; /* "3." is an ordinal in this language */
    dsr_slice text;
    size_t start, end; /* the paragraph */
    size_t begun;      /* where the sentence under way begins */
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
    bool bracketed;       /* a bracket does */
    bool opens;           /* a quotation mark or bracket opens before the next word */
    bool unspaced_script; /* a full stop of a script without spaces */
} ending;

/* Bytes at which an ending may begin: "." "!" "?", the first bytes of other scripts' stops, and the colon of
 * an address or before a list. */
static const uint8_t may_stop[256] = {
    ['.'] = 1,  ['!'] = 1,  ['?'] = 1,  [':'] = 1,  [0xd6] = 1, [0xd8] = 1,
    [0xdb] = 1, [0xe0] = 1, [0xe1] = 1, [0xe2] = 1, [0xe3] = 1, [0xef] = 1,
};

/* First letters, from "A" to "T", of the words that begin a sentence without a stop before them. */
static const bool may_begin['T' - 'A' + 1] = {
    ['A' - 'A'] = true, ['D' - 'A'] = true, ['I' - 'A'] = true,
    ['O' - 'A'] = true, ['S' - 'A'] = true, ['T' - 'A'] = true,
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

/* "[12]" or "[note 3]" directly behind a stop, or " [4] [7]": references, part of the sentence. The end of
 * the last, or `at`. */
static size_t skip_references(const splitter *s, size_t at)
{
    for (;;) {
        bool apart = at < s->end && (s->text.ptr[at] == ' ' || s->text.ptr[at] == '\n');
        size_t p = at + apart;
        if (p >= s->end || s->text.ptr[p] != '[') {
            return at;
        }
        size_t inner = ++p;
        bool digits = true;
        while (p < s->end && p - inner < NOTE_BYTES &&
               (dsr_scan_is_word(s->text.ptr[p]) || s->text.ptr[p] == ' ')) {
            digits &= s->text.ptr[p] >= '0' && s->text.ptr[p] <= '9';
            p++;
        }
        if (p == inner || p >= s->end || s->text.ptr[p] != ']' || (apart && (!digits || p - inner > 4))) {
            return at;
        }
        at = p + 1;
    }
}

/* "institutions.9 Yet": the number of a note behind the stop of an ordinary word. Its end, or `at`. */
static size_t skip_note_number(const splitter *s, const ending *e, size_t at)
{
    size_t stop = at;
    while (stop < s->end && stop - at < 3 && s->text.ptr[stop] >= '0' && s->text.ptr[stop] <= '9') {
        stop++;
    }
    if (stop == at || stop + 1 >= s->end || s->text.ptr[stop] != ' ' || !e->single ||
        !dsr_char_is_upper(dsr_char_at(s->text, stop + 1).code_point)) {
        return at;
    }
    dsr_slice word = dsr_word_before_stop(s->text, s->start, e->stop);
    bool plain = word.len >= 4 && dsr_char_is_lower(dsr_char_before(s->text, e->stop).code_point) &&
                 dsr_stop_classify(s->lexicon, s->language, word) == DSR_STOP_PLAIN;
    return plain ? stop : at;
}

/* ":)" behind a stop belongs to the sentence before it. The end of the last, or `at`. */
static size_t skip_emoticons(const splitter *s, size_t at)
{
    while (at + 2 < s->end && (s->text.ptr[at] == ' ' || s->text.ptr[at] == '\n') &&
           !dsr_scan_is_word(s->text.ptr[at + 1])) {
        size_t stop = dsr_emoticon_end(s->text, at + 1, s->end);
        if (stop == at + 1) {
            break;
        }
        at = stop;
    }
    return at;
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
        /* ". . ." is one ellipsis, "? ? ?" one question */
        bool spaced = c.length == 1 && at + 1 < s->end && s->text.ptr[at] == ' ' &&
                      s->text.ptr[at + 1] == (char)c.code_point;
        /* "... it is over. ... The rest": a stop, and words left out at the next sentence's beginning */
        if (spaced && count == 1 && c.code_point == '.' && at + 2 < s->end && s->text.ptr[at + 2] == '.') {
            break;
        }
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
        e.bracketed |= c.kind == DSR_CHAR_CLOSE;
        at += c.length;
    }
    at = skip_references(s, skip_note_number(s, &e, at));
    e.close = skip_emoticons(s, at);
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

static bool is_digit_byte(char c)
{
    return c >= '0' && c <= '9';
}

/* The number of a list that goes on inside a paragraph: "... is open. 2. The second ...". */
static bool is_inner_list_number(const splitter *s, const ending *e)
{
    size_t at = dsr_skip_space(s->text, s->begun, e->stop);
    at += at < e->stop && s->text.ptr[at] == '*';
    bool digits = e->stop - at <= LIST_NUMBER_MOST && at < e->stop;
    for (; digits && at < e->stop; at++) {
        digits = is_digit_byte(s->text.ptr[at]);
    }
    return digits;
}

/* The last stop of a number at the paragraph's beginning: "1. ", "2.1. ", "a. ", "IV. ". */
static bool is_list_number(const splitter *s, const ending *e)
{
    size_t length = e->stop - s->start;
    if (e->single && is_inner_list_number(s, e)) {
        return true;
    }
    if (!e->single || length == 0 || length > 5) {
        return false;
    }
    for (size_t at = s->start; at < e->stop; at++) {
        char c = s->text.ptr[at];
        bool number = is_digit_byte(c) || c == '.' || c == 'I' || c == 'V' || c == 'X';
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

/* Whether what is written around a stop without white space looks like an address. */
static bool is_in_address(const splitter *s, const ending *e)
{
    size_t from = e->stop - s->start > CHUNK_BYTES ? e->stop - CHUNK_BYTES : s->start;
    size_t to = s->end - e->last > CHUNK_BYTES ? e->last + CHUNK_BYTES : s->end;
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0;; i++) {
            bool over = side ? e->last + i >= to : e->stop - i <= from;
            char c = over ? ' ' : s->text.ptr[side ? e->last + i : e->stop - i - 1];
            if (c == ' ' || c == '\n') {
                break;
            }
            if (c == '/' || c == '=' || c == '&' || c == '@' || c == '<' || c == '_') {
                return true;
            }
        }
    }
    return false;
}

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
    if (e->asks && word && e->word == e->last && dsr_char_is_lower(first.code_point)) {
        return !is_in_address(s, e); /* "do they have it?how much" */
    }
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
    case DSR_STOP_LAST:
        return true;
    case DSR_STOP_INITIAL:
    case DSR_STOP_ACRONYM:
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
    if (e->asks && e->bracketed) {
        return false; /* "it is open (at last!) and free" */
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

/* A name that is written with a small letter first ("eBay"), or a URL: they begin sentences. */
static bool is_name_in_small(const splitter *s, size_t at)
{
    dsr_slice word = word_at(s, at);
    bool capital = false;
    for (size_t i = 1; i < word.len && !capital; i++) {
        capital = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z';
    }
    return (capital && dsr_char_at(word, word.len - 1).kind == DSR_CHAR_LETTER) ||
           dsr_address_is_url(s->text, at, s->end);
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
    if (e->next >= s->end || dsr_skip_space(s->text, s->begun, e->stop) == e->stop) {
        return false; /* the paragraph's end ends it anyway; nothing has begun yet */
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
    if (first.kind == DSR_CHAR_LETTER && dsr_char_is_lower(first.code_point) &&
        !is_name_in_small(s, e->word)) {
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

/* A word in small letters of ASCII, a blank behind it; its end, or `at`. */
static size_t skip_small_word(const splitter *s, size_t at, size_t end)
{
    size_t stop = at;
    while (stop < end && s->text.ptr[stop] >= 'a' && s->text.ptr[stop] <= 'z') {
        stop++;
    }
    return stop > at && stop < end && s->text.ptr[stop] == ' ' ? stop + 1 : at;
}

/* Whether a sentence begins at `at` though no stop stands before it, as where a heading or a caption ran into
 * the text: "Island goes to the polls The talks go on". In English only names and first words have a capital,
 * and these words, before two small ones or an article, are rarely part of a name. */
static bool begins_without_stop(const splitter *s, size_t at, size_t end)
{
    static const char *const words[] = {"After", "At",    "During", "In",   "It",   "On",   "She",
                                        "The",   "There", "These",  "They", "This", "Those"};
    dsr_char left = dsr_char_before(s->text, at - 1);
    size_t stop = dsr_skip_word(s->text, at, end);
    if (left.kind != DSR_CHAR_LETTER || stop - at > 6 || stop >= end || s->text.ptr[stop] != ' ' ||
        !DSR_WORD_IN(words, dsr_slice_part(s->text, at, stop))) {
        return false;
    }
    size_t second = skip_small_word(s, stop + 1, end);
    bool article = second == stop + 5 && memcmp(s->text.ptr + stop + 1, "the ", 4) == 0;
    if (second == stop + 1 || (!article && skip_small_word(s, second, end) == second)) {
        return false;
    }
    dsr_slice before = dsr_word_before_stop(s->text, s->begun, at - 1);
    return !dsr_is_function_word(s->lexicon, s->language, before);
}

/* Ends the sentence under way, and sentences in it that no stop ends. */
static void cut(splitter *s, size_t end)
{
    const char *p = s->text.ptr;
    for (size_t at = s->begun + 1; s->english && at + 8 < end; at++) {
        bool may = p[at] <= 'T' && p[at] >= 'A' && p[at - 1] == ' ' && may_begin[p[at] - 'A'];
        if (may && at > s->begun + 1 && begins_without_stop(s, at, end)) {
            add_sentence(s, s->begun, at);
            s->begun = at;
        }
    }
    add_sentence(s, s->begun, end);
    s->begun = end;
}

/* A dateline, or a heading with its day, at the paragraph's beginning. */
static void split_opening(splitter *s)
{
    size_t dateline = dsr_opening_dateline_end(s->lexicon, s->text, s->start, s->end);
    if (dateline > s->start) {
        cut(s, dateline);
        return;
    }
    dsr_span day = dsr_opening_find_day(s->lexicon, s->language, s->text, s->start, s->end);
    if (day.start > s->start) {
        cut(s, day.start);
    }
    if (day.end > s->start) {
        cut(s, day.end);
    }
}

/* "the following: 1. In Section ..." */
static bool list_begins_behind(const splitter *s, size_t colon)
{
    return colon + 5 < s->end && memcmp(s->text.ptr + colon + 1, " 1. ", 4) == 0 &&
           dsr_char_is_upper(dsr_char_at(s->text, colon + 5).code_point);
}

/* Where "Image:", "Photo:" begins behind a caption without a stop; `colon` where it is none. */
static size_t find_credit(const splitter *s, size_t colon)
{
    static const char *const labels[] = {"Image", "Photo", "Photograph", "Picture"};
    size_t at = colon;
    while (at > s->begun && colon - at <= DSR_FOLD_BYTES && dsr_scan_is_word(s->text.ptr[at - 1])) {
        at--;
    }
    size_t before = dsr_skip_space_back(s->text, at, s->begun);
    dsr_char left = dsr_char_before(s->text, before);
    bool caption = before > s->begun && before < at && left.kind != DSR_CHAR_PUNCTUATION &&
                   left.kind != DSR_CHAR_DASH && left.kind != DSR_CHAR_OPEN;
    return caption && DSR_WORD_IN(labels, dsr_slice_part(s->text, at, colon)) ? at : colon;
}

/* What a colon ends: nothing, but for an address before another one or a capital, what leads to a list, and a
 * caption before its credit. Where to go on. */
static size_t read_colon(splitter *s, size_t colon)
{
    size_t stop = dsr_address_url_end(s->text, s->begun, colon, s->end);
    if (stop == colon) {
        size_t credit = find_credit(s, colon);
        if (credit < colon) {
            cut(s, credit);
        } else if (list_begins_behind(s, colon)) {
            cut(s, colon + 1);
        }
        return colon + 1;
    }
    size_t next = dsr_skip_space(s->text, stop, s->end);
    bool begins = next < s->end && (dsr_char_is_upper(dsr_char_at(s->text, next).code_point) ||
                                    dsr_address_is_url(s->text, next, s->end));
    if (next > stop && begins) {
        cut(s, stop);
    }
    return stop;
}

static void split_paragraph(splitter *s)
{
    const unsigned char *p = (const unsigned char *)s->text.ptr;
    s->begun = s->start;
    split_opening(s);
    size_t at = s->begun;
    while (at < s->end && s->status == DSR_OK) {
        if (!may_stop[p[at]]) {
            at = (size_t)(dsr_scan_skip(s->text.ptr + at + 1, s->text.ptr + s->end, ' ') - s->text.ptr);
            continue;
        }
        if (p[at] == ':') {
            at = read_colon(s, at);
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
            cut(s, e.close);
            at = e.close;
        }
    }
    cut(s, s->end);
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
    s.english = dsr_slice_equal(s.language, DSR_SLICE("en"));
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
