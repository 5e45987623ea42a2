/* The clause of a sentence that tells what is asked for. It is cut before words that begin a clause and at
 * dashes and semicolons, never inside a quotation. Knows closed-class words only, no trees. */
#include "story/told.h"

#include "base/utf8.h"

enum {
    FEW_WORDS = 6,     /* with fewer a clause takes its neighbour in */
    AROUND = 1500,     /* bytes before and behind a place in which its clause is looked for */
    EARLIER_QUOTES = 8 /* that may reach into a sentence */
};

/* The first quotation that may hold something of text from `from` on. */
static size_t first_quote(const dsr_report *report, uint32_t from)
{
    size_t low = 0, high = report->quotes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->quotes.items[middle].span.start < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > EARLIER_QUOTES ? low - EARLIER_QUOTES : 0;
}

static bool is_quoted(const dsr_report *report, size_t first, uint32_t at, dsr_span anchor)
{
    for (size_t i = first; i < report->quotes.count && report->quotes.items[i].span.start < at; i++) {
        dsr_span quote = report->quotes.items[i].span;
        if (quote.end > at && !(quote.start <= anchor.start && anchor.end <= quote.end)) {
            return true;
        }
    }
    return false;
}

static bool is_break(uint32_t c)
{
    return c == ';' || c == 0x2013 || c == 0x2014;
}

/* Whether a dash or semicolon stands between two places, with white space at it. */
static bool has_break(dsr_slice text, uint32_t from, uint32_t to)
{
    const char *p = text.ptr + from, *end = text.ptr + to;
    bool found = false, space = false;
    while (p < end) {
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        found = found || is_break(c) || (c == '-' && p > text.ptr + from);
        space = space || c == ' ';
        p += length;
    }
    return found && space;
}

/* Whether, and where, a sentence may be cut before a word. */
typedef enum cut_kind {
    CUT_NONE,
    CUT_BEHIND, /* what follows is left out; a clause does not begin here */
    CUT_BOTH
} cut_kind;

static bool is_listed(const dsr_told *told, const char *prefix, dsr_slice word)
{
    char room[DSR_STEM_WORD_BYTES + 8];
    size_t used = 0;
    for (; prefix[used] != '\0'; used++) {
        room[used] = prefix[used];
    }
    size_t length = dsr_stem_fold(word, room + used);
    return length > 0 &&
           dsr_lexicon_has(told->lexicon, told->language, DSR_WORDS_CLAUSE, (dsr_slice){room, used + length});
}

/* "two hours after", "the day on which": the word before belongs to what follows. */
static bool leans_on(const dsr_told *told, dsr_slice before)
{
    char room[DSR_STEM_WORD_BYTES];
    dsr_slice folded = {room, dsr_stem_fold(before, room)};
    if (folded.len == 0) {
        return false;
    }
    const dsr_term *term = told->terms != NULL ? dsr_terms_find(told->terms, folded) : NULL;
    bool unit = term != NULL && (term->time == DSR_TIMEWORD_UNIT || term->time == DSR_TIMEWORD_UNITS);
    return unit || dsr_lexicon_has(told->lexicon, told->language, DSR_WORDS_STOP, folded);
}

static cut_kind cut_before(const dsr_told *told, dsr_slice text, dsr_slice before, dsr_slice word)
{
    uint32_t from = (uint32_t)(before.ptr + before.len - text.ptr), to = (uint32_t)(word.ptr - text.ptr);
    if (has_break(text, from, to)) {
        return CUT_BOTH;
    }
    bool comma = text.ptr[from] == ',';
    if (!comma && leans_on(told, before)) {
        return CUT_NONE;
    }
    if (is_listed(told, "", word)) {
        return CUT_BOTH;
    }
    return comma && is_listed(told, "comma ", word) ? CUT_BEHIND : CUT_NONE;
}

/* The pieces into which a sentence may be cut: where each begins, and the end of the sentence. */
enum { CUTS_MOST = 32 };
typedef struct cut_list {
    uint32_t at[CUTS_MOST + 1];
    unsigned words[CUTS_MOST + 1];
    cut_kind kind[CUTS_MOST + 1];
    unsigned count;
} cut_list;

static void list_cuts(const dsr_told *told, const dsr_report *report, dsr_span sentence, dsr_span anchor,
                      cut_list *list)
{
    dsr_slice rest = dsr_slice_part(report->text, sentence.start, sentence.end), word;
    dsr_slice before = DSR_SLICE_NONE;
    size_t quote = first_quote(report, sentence.start);
    list->count = 1;
    list->at[0] = sentence.start;
    list->words[0] = 0;
    list->kind[0] = CUT_BOTH;
    while (dsr_stem_next_word(&rest, &word)) {
        uint32_t at = (uint32_t)(word.ptr - report->text.ptr);
        bool may = before.len > 0 && list->count < CUTS_MOST && !(at > anchor.start && at < anchor.end);
        cut_kind kind = may ? cut_before(told, report->text, before, word) : CUT_NONE;
        if (kind != CUT_NONE && !is_quoted(report, quote, at, anchor)) {
            list->at[list->count] = at;
            list->words[list->count] = 0;
            list->kind[list->count++] = kind;
        }
        list->words[list->count - 1]++;
        before = word;
    }
    list->at[list->count] = sentence.end;
}

/* Without white space, commas, dashes and opening marks at its end. */
static uint32_t trimmed_end(dsr_slice text, dsr_span clause, bool whole)
{
    uint32_t end = clause.end;
    while (end > clause.start) {
        uint32_t at = (uint32_t)dsr_utf8_floor(text, end - 1);
        size_t length;
        uint32_t c = dsr_utf8_decode(text.ptr + at, text.ptr + end, &length);
        bool loose = dsr_is_space(c) || (!whole && (c == ',' || c == '-' || c == '(' || is_break(c)));
        if (!loose) {
            break;
        }
        end = at;
    }
    return end > clause.start ? end : clause.end;
}

/* The part of a very long sentence around a place, from word to word. */
static dsr_span near_place(dsr_slice text, dsr_span sentence, dsr_span at)
{
    dsr_span near = sentence;
    if (at.start - sentence.start > AROUND) {
        near.start = at.start - AROUND;
        while (near.start < at.start && text.ptr[near.start - 1] != ' ') {
            near.start++;
        }
    }
    if (sentence.end - at.end > AROUND) {
        near.end = at.end + AROUND;
        while (near.end > at.end && text.ptr[near.end] != ' ') {
            near.end--;
        }
    }
    return near;
}

static dsr_span clause_of(const dsr_told *told, const dsr_report *report, dsr_span sentence, dsr_span at,
                          bool tight)
{
    cut_list list;
    sentence = near_place(report->text, sentence, at);
    list_cuts(told, report, sentence, at, &list);
    unsigned first = 0;
    while (first + 1 < list.count && list.at[first + 1] <= at.start) {
        first++;
    }
    unsigned last = first + 1;
    unsigned words = list.words[first];
    while (first > 0 && !tight && list.kind[first] != CUT_BOTH) {
        words += list.words[--first];
    }
    while (words < FEW_WORDS && last < list.count) {
        words += list.words[last++];
    }
    while (words < FEW_WORDS && first > 0) {
        words += list.words[--first];
    }
    dsr_span clause = {list.at[first], list.at[last]};
    clause.end = trimmed_end(report->text, clause, last == list.count);
    return clause;
}

dsr_span dsr_told_clause(const dsr_told *told, const dsr_report *report, dsr_span sentence, dsr_span at)
{
    return clause_of(told, report, sentence, at, false);
}

dsr_span dsr_told_tight(const dsr_told *told, const dsr_report *report, dsr_span sentence, dsr_span at)
{
    return clause_of(told, report, sentence, at, true);
}

unsigned dsr_told_pieces(const dsr_told *told, const dsr_report *report, dsr_span sentence,
                         dsr_span out[DSR_TOLD_PIECES])
{
    cut_list list;
    dsr_span nowhere = {sentence.start, sentence.start};
    dsr_span part = near_place(report->text, sentence, nowhere);
    list_cuts(told, report, part, nowhere, &list);
    unsigned count = 0;
    for (unsigned i = 0; i < list.count && count < DSR_TOLD_PIECES;) {
        unsigned end = i + 1, words = list.words[i];
        while (words < FEW_WORDS && end < list.count) {
            words += list.words[end++];
        }
        dsr_span piece = {list.at[i], list.at[end]};
        if (words < FEW_WORDS && count > 0) {
            out[count - 1].end = trimmed_end(report->text, (dsr_span){out[count - 1].start, piece.end}, true);
        } else {
            piece.end = trimmed_end(report->text, piece, end == list.count);
            out[count++] = piece;
        }
        i = end;
    }
    return count;
}
