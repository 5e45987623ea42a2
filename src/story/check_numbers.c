/* Numbers that are no figures: "eleven of the injured", "seven hours". What they count is guessed from the
 * words behind them alone. */
#include "story/check_parts.h"

enum { DIGITS_MOST = 15, LEAST_NUMBER = 2 /* "one" is seldom a number */ };

static bool read_digits(dsr_slice word, int64_t *out)
{
    int64_t value = 0;
    unsigned digits = 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c == ',' && i > 0) {
            continue;
        }
        if (c < '0' || c > '9' || ++digits > DIGITS_MOST) {
            return false;
        }
        value = value * 10 + (c - '0');
    }
    *out = value;
    return digits > 0;
}

static bool read_number(const dsr_checker *c, dsr_slice word, int64_t *out)
{
    char room[DSR_STEM_WORD_BYTES];
    if (read_digits(word, out)) {
        return true;
    }
    dsr_slice folded = {room, dsr_stem_fold(word, room)};
    const dsr_term *term =
        c->told.terms != NULL && folded.len > 0 ? dsr_terms_find(c->told.terms, folded) : NULL;
    bool number = term != NULL && (term->number == DSR_NUMBER_UNIT || term->number == DSR_NUMBER_TEEN ||
                                   term->number == DSR_NUMBER_TENS);
    *out = number ? term->number_value : 0;
    return number;
}

static bool is_inside(const dsr_report *report, dsr_span at, bool bare)
{
    enum { BEFORE = 2 };
    size_t first = DSR_CHECK_FIRST(&report->times, at.start + 1);
    for (size_t i = first > BEFORE ? first - BEFORE : 0; i < first; i++) {
        const dsr_time *time = &report->times.items[i];
        if (time->span.end > at.start && (time->type == DSR_TIME_DATE || time->type == DSR_TIME_TIME)) {
            return true;
        }
    }
    first = DSR_CHECK_FIRST(&report->names, at.start + 1);
    if (first > 0 && report->names.items[first - 1].span.end > at.start) {
        return true;
    }
    first = bare ? DSR_CHECK_FIRST(&report->figures, at.start + 1) : 0;
    for (size_t i = first > BEFORE ? first - BEFORE : 0; i < first; i++) {
        if (report->figures.items[i].span.end > at.start) {
            return true;
        }
    }
    return false;
}

/* "F-16", "mid-30s", "3.5": a part of a word or of a number. */
static bool is_joined(dsr_slice text, dsr_span at)
{
    char before = at.start > 0 ? text.ptr[at.start - 1] : ' ';
    char behind = at.end < text.len ? text.ptr[at.end] : ' ';
    char next = at.end + 1 < text.len ? text.ptr[at.end + 1] : ' ';
    return before == '-' || before == '.' || before == '/' || behind == '/' ||
           (behind == '.' && next >= '0' && next <= '9');
}

uint32_t dsr_check_take_numbers(dsr_checker *c, const dsr_report *report, dsr_span span, bool bare,
                                dsr_check_number out[DSR_UNIT_DETAILS])
{
    enum { BEHIND = 80 /* bytes in which stands what is counted */ };
    dsr_slice rest = dsr_slice_part(report->text, span.start, span.end), word;
    uint32_t count = 0;
    while (count < DSR_UNIT_DETAILS && dsr_stem_next_word(&rest, &word)) {
        uint32_t at = (uint32_t)(word.ptr - report->text.ptr);
        dsr_check_number n = {.span = {at, at + (uint32_t)word.len}};
        if (!read_number(c, word, &n.value) || n.value < LEAST_NUMBER || is_joined(report->text, n.span) ||
            is_inside(report, n.span, bare)) {
            continue;
        }
        uint32_t end = n.span.end + BEHIND < span.end ? n.span.end + BEHIND : span.end;
        n.head = dsr_told_head(&c->told, dsr_slice_part(report->text, n.span.end, end));
        out[count++] = n;
    }
    return count;
}

void dsr_check_match_numbers(dsr_checker *c, const dsr_check_unit *unit, const dsr_check_line *line,
                             dsr_check_detail *out)
{
    dsr_check_number theirs[DSR_UNIT_DETAILS];
    const dsr_report *report = c->story->reports.items[line->report].report;
    uint32_t count =
        unit->number_count > 0 ? dsr_check_take_numbers(c, report, line->span, false, theirs) : 0;
    for (uint32_t i = 0; i < unit->number_count; i++) {
        const dsr_check_number *own = &unit->numbers[i];
        out[i] = (dsr_check_detail){.kind = DSR_CHECK_FIGURE,
                                    .draft = own->span,
                                    .verdict = DSR_DETAIL_UNTOLD,
                                    .report = line->report};
        for (uint32_t k = 0; k < count && out[i].verdict != DSR_DETAIL_SAME; k++) {
            bool one_thing = own->head == theirs[k].head && own->head != 0;
            if (own->value == theirs[k].value) {
                out[i].verdict = DSR_DETAIL_SAME;
                out[i].at = theirs[k].span;
            } else if (one_thing) {
                out[i].verdict = DSR_DETAIL_DIFFERS;
                out[i].at = theirs[k].span;
            }
        }
    }
}
