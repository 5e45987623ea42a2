/* For which day a figure is told: the time that stands in its clause. Must not know other reports. */
#include "annotate/figures.h"

#include <string.h>

enum {
    REACH = 160,    /* bytes between a figure and its time */
    OPENING = 12,   /* bytes of a sentence in which a time that opens it begins */
    WORD_BYTES = 16 /* of the words below */
};

static bool is_one_of(const char *const *list, dsr_slice word)
{
    for (; *list; list++) {
        if (dsr_slice_equal(dsr_slice_of(*list), word)) {
            return true;
        }
    }
    return false;
}

/* Words behind which another clause begins: what it tells has its own time. */
static const char *const parting[] = {"which", "who",      "that", "when",     "while", "because", "if",
                                      "and",   "but",      "than", "after",    "since", "before",  "until",
                                      "where", "although", "from", "compared", NULL};
/* Words before a time that make it a bound, and no time for which something is told. */
static const char *const bounding[] = {"since", "until", "till", "before",  "after",
                                       "from",  "to",    "than", "between", NULL};

/* Words before a number that make it a reference to what is known: "the 12 hostages". */
static const char *const pointing[] = {"the", "its",   "their", "his", "her", "our",
                                       "my",  "these", "those", "all", "s",   NULL};

static size_t fold_at(dsr_slice text, size_t from, size_t to, char out[WORD_BYTES])
{
    size_t length = 0;
    for (size_t i = from; i < to; i++) {
        char c = text.ptr[i];
        if (length == WORD_BYTES) {
            return 0;
        }
        out[length++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return length;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Whether text [from, to) stays in one clause: no word that parts, no mark but, where `comma`, one comma. */
static bool is_one_clause(dsr_slice text, size_t from, size_t to, bool comma)
{
    char word[WORD_BYTES];
    size_t commas = 0;
    for (size_t i = from; i < to;) {
        size_t end = i;
        while (end < to && is_letter(text.ptr[end])) {
            end++;
        }
        if (end > i) {
            size_t length = fold_at(text, i, end, word);
            if (length && is_one_of(parting, (dsr_slice){word, length})) {
                return false;
            }
            i = end;
            continue;
        }
        char c = text.ptr[i++];
        commas += c == ',';
        if (c == ';' || c == ':' || c == '(' || c == ')' || c == '"') {
            return false;
        }
    }
    return commas <= (comma ? 1U : 0U);
}

/* Whether the last word before `at` is one of a list. */
static bool follows(dsr_slice text, size_t from, size_t at, const char *const *list)
{
    char word[WORD_BYTES];
    size_t end = at;
    while (end > from && !is_letter(text.ptr[end - 1])) {
        end--;
    }
    size_t start = end;
    while (start > from && is_letter(text.ptr[start - 1])) {
        start--;
    }
    static const char curly[] = "\xe2\x80\x99s";
    enum { CURLY = sizeof curly - 1 };
    if (end - start > CURLY && memcmp(text.ptr + end - CURLY, curly, CURLY) == 0) {
        start = end - 1;
    }
    size_t length = fold_at(text, start, end, word);
    return length && is_one_of(list, (dsr_slice){word, length});
}

static bool is_dated(const dsr_time *time)
{
    return (time->type == DSR_TIME_DATE || time->type == DSR_TIME_TIME) && time->earliest != DSR_NO_DAY &&
           time->value.len > 0 && (time->form.kind == DSR_TIME_POINT || time->form.kind == DSR_TIME_DISTANCE);
}

/* Whether a figure of the sentence is told for that time. */
static bool is_told_for(const dsr_report *report, dsr_span sentence, const dsr_figure *figure,
                        const dsr_time *time)
{
    dsr_slice text = report->text;
    if (!is_dated(time) || time->span.start < sentence.start || time->span.end > sentence.end ||
        follows(text, sentence.start, time->span.start, bounding) ||
        follows(text, sentence.start, figure->span.start, pointing)) {
        return false;
    }
    if (time->span.end <= figure->span.start) {
        bool opens = time->span.start - sentence.start <= OPENING;
        return figure->span.start - time->span.end <= REACH &&
               is_one_clause(text, time->span.end, figure->span.start, opens);
    }
    return time->span.start >= figure->span.end && time->span.start - figure->span.end <= REACH &&
           is_one_clause(text, figure->span.end, time->span.start, false);
}

void dsr_figures_set_as_of(dsr_report *report)
{
    size_t s = 0, t = 0;
    for (size_t i = 0; i < report->figures.count; i++) {
        dsr_figure *figure = &report->figures.items[i];
        figure->as_of = DSR_SLICE_NONE;
        while (s < report->sentences.count && report->sentences.items[s].end <= figure->span.start) {
            s++;
        }
        while (t < report->times.count && report->times.items[t].span.end <= figure->span.start) {
            t++;
        }
        if (s == report->sentences.count || report->sentences.items[s].start > figure->span.start) {
            continue;
        }
        /* The time before it, then the one behind it: two looks, whatever the number of times. */
        size_t behind = t;
        while (behind < report->times.count && behind < t + 2 &&
               report->times.items[behind].span.start < figure->span.end) {
            behind++;
        }
        dsr_span sentence = report->sentences.items[s];
        const dsr_time *near[2] = {behind < report->times.count ? &report->times.items[behind] : NULL,
                                   t > 0 ? &report->times.items[t - 1] : NULL};
        for (size_t n = 0; n < 2 && !figure->as_of.ptr; n++) {
            if (near[n] && is_told_for(report, sentence, figure, near[n])) {
                figure->as_of = near[n]->value;
            }
        }
    }
}
