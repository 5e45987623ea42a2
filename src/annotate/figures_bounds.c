/* Ranges and bounds of numbers: "between 5 and 10", "more than 40", "at most 100 and at least 20", "5-10".
 * Must not know which of them are figures. */
#include "annotate/figures_parts.h"

static bool accept_bound(const dsr_term *term)
{
    return term->cue >= DSR_CUE_MORE_THAN && term->cue <= DSR_CUE_EXACTLY;
}

static bool accept_tail(const dsr_term *term)
{
    return term->cue == DSR_CUE_OR_MORE || term->cue == DSR_CUE_OR_LESS;
}

/* A number or ordinal, an article before it left out. */
static bool read_end(const dsr_number_words *words, size_t at, dsr_number *out)
{
    size_t next = at + (dsr_word_time(words, at) == DSR_TIMEWORD_THE ? 1U : 0U);
    return dsr_number_read(words, next, out) && out->kind != DSR_NUMBER_IS_VAGUE;
}

static void set_bound(dsr_bounds *out, uint8_t cue, dsr_decimal value)
{
    bool low = cue == DSR_CUE_MORE_THAN || cue == DSR_CUE_AT_LEAST || cue == DSR_CUE_EXACTLY ||
               cue == DSR_CUE_OR_MORE;
    bool high =
        cue == DSR_CUE_LESS_THAN || cue == DSR_CUE_UP_TO || cue == DSR_CUE_EXACTLY || cue == DSR_CUE_OR_LESS;
    out->has_low = out->has_low || low;
    out->has_high = out->has_high || high;
    if (low) {
        out->low = value;
        out->low_open = cue == DSR_CUE_MORE_THAN;
    }
    if (high) {
        out->high = value;
        out->high_open = cue == DSR_CUE_LESS_THAN;
    }
}

/* One bound with its number. */
static bool read_bound(const dsr_number_words *words, size_t at, dsr_bounds *out)
{
    size_t next = at;
    dsr_number number;
    const dsr_term *cue = dsr_find_phrase(words, at, accept_bound, &next);
    if (!cue || !read_end(words, next, &number)) {
        return false;
    }
    if (at > 0 && dsr_word_is_tight(words, at - 1, '=')) {
        return false;
    }
    *out = (dsr_bounds){.from = at, .to = number.to, .last = number.from, .cue = cue->cue};
    size_t tail = number.to;
    const dsr_term *or_more = dsr_find_phrase(words, number.to, accept_tail, &tail);
    if (cue->cue == DSR_CUE_EXACTLY && or_more) { /* "equal to 5000 or more than" */
        size_t than = tail + (dsr_word_equals(words, tail, "than") ? 1U : 0U);
        dsr_number again;
        if (!read_end(words, than, &again)) {
            set_bound(out, or_more->cue, number.value);
            out->to = than;
            return true;
        }
    }
    set_bound(out, cue->cue, number.value);
    bool or_equal = dsr_word_equals(words, number.to, "or") &&
                    dsr_word_equals(words, number.to + 1, "equal") &&
                    dsr_word_equals(words, number.to + 2, "to");
    if (or_equal && !read_end(words, number.to + 3, &number)) { /* "more than 5000 or equal to it" */
        out->low_open = false;
        out->high_open = false;
        out->to = number.to + 3;
    }
    return true;
}

/* Two bounds that close a range: joined by "and", "but", a comma. */
static void join_second(const dsr_number_words *words, dsr_bounds *out)
{
    dsr_bounds second;
    size_t next = out->to + (dsr_word_is_sign(words, out->to, ',') ? 1U : 0U);
    bool joined = dsr_word_number(words, next) == DSR_NUMBER_AND || dsr_word_equals(words, next, "but");
    if (!joined || !read_bound(words, next + 1, &second) || second.cue == DSR_CUE_EXACTLY ||
        out->cue == DSR_CUE_EXACTLY || second.has_low == out->has_low) {
        return;
    }
    dsr_decimal low = out->has_low ? out->low : second.low;
    dsr_decimal high = out->has_high ? out->high : second.high;
    if (dsr_decimal_compare(low, high) > 0) {
        return;
    }
    bool first_low = out->has_low;
    out->low_open = first_low ? out->low_open : second.low_open;
    out->high_open = first_low ? second.high_open : out->high_open;
    out->has_low = out->has_high = true;
    out->low = low;
    out->high = high;
    out->to = second.to;
    out->last = second.last;
    out->cue = DSR_CUE_NONE;
}

/* "between A and B", "from A to B", "A to B", "A-B", "A~B", "A through B" */
static bool read_range(const dsr_number_words *words, size_t at, dsr_bounds *out)
{
    dsr_number first, second;
    uint8_t lead = dsr_word_time(words, at);
    bool between = lead == DSR_TIMEWORD_BETWEEN;
    bool from = lead == DSR_TIMEWORD_FROM;
    size_t next = at + (between || from ? 1U : 0U);
    if (!read_end(words, next, &first)) {
        return false;
    }
    size_t middle = first.to;
    bool joined = between ? dsr_word_number(words, middle) == DSR_NUMBER_AND
                          : dsr_word_time(words, middle) == DSR_TIMEWORD_TO ||
                                dsr_word_is_sign(words, middle, '-') || dsr_word_is_sign(words, middle, '~');
    if (!joined || !read_end(words, middle + 1, &second) ||
        dsr_decimal_compare(first.value, second.value) >= 0) {
        return false;
    }
    bool ordinal = first.kind == DSR_NUMBER_IS_ORDINAL || second.kind == DSR_NUMBER_IS_ORDINAL;
    bool dashed = dsr_word_is_sign(words, middle, '-');
    if ((ordinal && !between) || (dashed && (first.spoken || second.spoken))) {
        return false;
    }
    bool padded = dashed && words->text.ptr[dsr_word(words, second.from)->span.start] == '0';
    bool longer = dashed && (dsr_word_is_tight(words, second.to, '-') ||
                             (at > 0 && dsr_word_is_tight(words, at - 1, '-')));
    if (padded || longer) {
        return false; /* "1995-01", "555-0142-99" */
    }
    *out = (dsr_bounds){.from = at,
                        .to = second.to,
                        .last = second.from,
                        .has_low = true,
                        .has_high = true,
                        .high_open = true,
                        .low = first.value,
                        .high = second.value};
    return true;
}

/* "five hundred or more" */
static bool read_open(const dsr_number_words *words, size_t at, dsr_bounds *out)
{
    dsr_number number;
    size_t end = at;
    if (!dsr_number_read(words, at, &number) || number.kind == DSR_NUMBER_IS_ORDINAL) {
        return false;
    }
    const dsr_term *tail = dsr_find_phrase(words, number.to, accept_tail, &end);
    if (!tail || dsr_word_equals(words, end, "than")) {
        return false;
    }
    *out = (dsr_bounds){.from = at, .to = end, .last = number.from, .cue = tail->cue};
    set_bound(out, tail->cue, number.value);
    return true;
}

bool dsr_bounds_read(const dsr_number_words *words, size_t at, dsr_bounds *out)
{
    if (read_bound(words, at, out)) {
        join_second(words, out);
        return true;
    }
    return read_range(words, at, out) || read_open(words, at, out);
}
