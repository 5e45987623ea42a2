/* Which numbers of a report are figures: what counts or measures, with its hedge and what is counted. Dates,
 * times of day, ordinals, names, versions, scores and list numbers are left out. Must not know other reports.
 */
#include "annotate/figures.h"

#include "annotate/figures_parts.h"

#include "base/utf8.h"

enum {
    THING_WORDS = 6,
    LEAN_FIGURES = 4, /* how far back a number may have been told with what it counts */
    LEAN_BYTES = 400
};

/* What one sentence is looked at with. */
typedef struct finder {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    dsr_report *report;
    dsr_number_words words;
    size_t time; /* the first time of the report that does not end before the place looked at */
} finder;

static bool accept_hedge(const dsr_term *term)
{
    return term->cue >= DSR_CUE_ABOUT && term->cue <= DSR_CUE_EXACTLY;
}

static bool accept_tail(const dsr_term *term)
{
    return term->cue == DSR_CUE_OR_MORE || term->cue == DSR_CUE_OR_LESS;
}

/* ---- what is no figure ---- */

/* The time that the word lies in; NULL. */
static const dsr_time *time_at(finder *f, size_t at)
{
    uint32_t start = dsr_word(&f->words, at)->span.start;
    size_t time = f->time;
    while (time < f->report->times.count && f->report->times.items[time].span.end <= start) {
        time++;
    }
    bool inside = time < f->report->times.count && f->report->times.items[time].span.start <= start;
    return inside ? &f->report->times.items[time] : NULL;
}

static bool is_label(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *before = at > 0 ? dsr_word(words, at - 1) : &dsr_number_no_word;
    size_t label = at;
    if (before->kind == DSR_WORD_SIGN && before->sign == '.' && at > 1) {
        label = at - 1; /* "No. 10" */
        before = dsr_word(words, at - 2);
    }
    if (before->kind == DSR_WORD_SIGN) {
        return before->sign == '#' || before->sign == '/' ||
               (before->sign == '-' && !before->space && at > 1 && !dsr_word(words, at)->space);
    }
    bool group = label == at && at > 1 && dsr_word_number(words, at - 1) == DSR_NUMBER_OF &&
                 dsr_word(words, at - 2)->capital && dsr_word(words, at - 2)->term &&
                 dsr_word(words, at - 2)->term->cue == DSR_CUE_LABEL; /* "the Group of 20" */
    if (group) {
        return true;
    }
    bool capital_label = before->term && before->term->cue == DSR_CUE_LABEL &&
                         (before->capital || label < at || at + 1 == words->list.count);
    return capital_label || (before->kind == DSR_WORD_LETTERS && !dsr_word(words, at)->space);
}

/* "3-1", "192.168.1.2", "1:30", "5/17" around a plain number. */
static bool is_compound(const dsr_number_words *words, const dsr_amount *amount)
{
    size_t to = amount->to;
    const dsr_number_word *sign = dsr_word(words, to);
    bool joined = sign->kind == DSR_WORD_SIGN && !sign->space && !dsr_word(words, to + 1)->space &&
                  dsr_word_is_digits(words, to + 1) &&
                  (sign->sign == '-' || sign->sign == '/' || sign->sign == ':' || sign->sign == '.' ||
                   sign->sign == ',');
    const dsr_number_word *before =
        amount->from > 0 ? dsr_word(words, amount->from - 1) : &dsr_number_no_word;
    bool led = before->kind == DSR_WORD_SIGN && !dsr_word(words, amount->from)->space && amount->from > 1 &&
               !before->space && dsr_word_is_digits(words, amount->from - 2) && before->sign != '(';
    return joined || led;
}

static bool is_lower_word(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    return word->kind == DSR_WORD_LETTERS && !word->capital;
}

static bool is_function_word(const finder *f, size_t at)
{
    const dsr_number_word *word = dsr_word(&f->words, at);
    char folded[64];
    dsr_slice text = dsr_slice_part(f->words.text, word->span.start, word->span.end);
    size_t length = text.len < sizeof folded / 4 ? dsr_fold_word(text, folded, sizeof folded) : 0;
    return word->kind == DSR_WORD_LETTERS && length > 0 &&
           dsr_lexicon_has(f->lexicon, DSR_SLICE("en"), DSR_WORDS_STOP, (dsr_slice){folded, length});
}

/* "24 News", "10 Downing Street": a capitalised run behind the number that no common word follows. */
static bool begins_name(const finder *f, size_t at)
{
    size_t next = at;
    while (dsr_word(&f->words, next)->kind == DSR_WORD_LETTERS && dsr_word(&f->words, next)->capital) {
        next++;
    }
    const dsr_term *term = dsr_word(&f->words, next)->term;
    bool common = is_lower_word(&f->words, next) && !is_function_word(f, next) &&
                  !(term && (term->time == DSR_TIMEWORD_DAY ||
                             (term->cue >= DSR_CUE_FUTURE && term->cue <= DSR_CUE_PRESENT)));
    return next > at && !common;
}

/* A lone "one", "a third", "two" of something that is no count. */
static bool is_doubtful_word(const finder *f, const dsr_amount *amount)
{
    const dsr_number_words *words = &f->words;
    if (!amount->number.spoken || amount->kind != DSR_AMOUNT_COUNT) {
        return false;
    }
    if (amount->number.kind == DSR_NUMBER_IS_FRACTION && amount->to == amount->from + 1) {
        uint8_t behind = dsr_word_number(words, amount->to); /* "the second half", "half-time" */
        uint8_t before =
            amount->from > 0 ? dsr_word_number(words, amount->from - 1) : (uint8_t)DSR_NUMBER_NONE;
        return before == DSR_NUMBER_ORDINAL || before == DSR_NUMBER_PLACE ||
               dsr_word_is_tight(words, amount->to, '-') ||
               (behind != DSR_NUMBER_OF && behind != DSR_NUMBER_ARTICLE &&
                dsr_word_time(words, amount->to) != DSR_TIMEWORD_THE &&
                !(is_lower_word(words, amount->to) && !is_function_word(f, amount->to)));
    }
    if (amount->number.kind == DSR_NUMBER_IS_FRACTION) {
        return dsr_word_number(words, amount->to) != DSR_NUMBER_OF && amount->number.bare;
    }
    if (dsr_word_equals(words, amount->from, "one") || dsr_word_equals(words, amount->from, "zero")) {
        return amount->to == amount->from + 1;
    }
    return amount->number.kind != DSR_NUMBER_IS_VAGUE && amount->to == amount->from + 1 &&
           (!is_lower_word(words, amount->to) || is_function_word(f, amount->to)) &&
           dsr_word(words, amount->to)->kind == DSR_WORD_LETTERS && !dsr_word(words, amount->to)->capital;
}

/* A bare number of four digits that could be a year, and a number that nothing follows and that nothing
 * hedges. */
static bool is_bare_year(const dsr_number_words *words, const dsr_amount *amount)
{
    const dsr_number_word *word = dsr_word(words, amount->from);
    return amount->to == amount->from + 1 && word->kind == DSR_WORD_DIGITS && dsr_word_length(word) == 4 &&
           word->value >= 1900 && word->value <= 2099 && !is_lower_word(words, amount->to);
}

/* "9/11": digits with a stroke are a part of something only before "of" or behind a whole number. */
static bool is_event_date(const dsr_number_words *words, const dsr_amount *amount)
{
    return amount->number.kind == DSR_NUMBER_IS_FRACTION && amount->to == amount->from + 3 &&
           dsr_word_is_sign(words, amount->from + 1, '/') &&
           dsr_word_number(words, amount->to) != DSR_NUMBER_OF;
}

static bool is_plural(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    size_t length = dsr_word_length(word);
    const char *end = words->text.ptr + word->span.end;
    bool s = word->kind == DSR_WORD_LETTERS && length > 2 && end[-1] == 's' && end[-2] != 's';
    return s || dsr_word_equals(words, at, "people") || dsr_word_equals(words, at, "men") ||
           dsr_word_equals(words, at, "women") || dsr_word_equals(words, at, "children");
}

/* "Cyclone 4 hit": a short number behind a capital, where nothing counted follows. */
static bool is_numbered_name(const finder *f, const dsr_amount *amount)
{
    const dsr_number_words *words = &f->words;
    size_t at = amount->from;
    const dsr_number_word *before = at > 0 ? dsr_word(words, at - 1) : &dsr_number_no_word;
    bool name = before->kind == DSR_WORD_LETTERS && before->capital && !before->term &&
                !is_function_word(f, at - 1) && dsr_word(words, at)->space;
    return name && amount->to == at + 1 && dsr_word_is_digits(words, at) &&
           dsr_word_length(dsr_word(words, at)) <= 3 && !is_plural(words, at + 1) &&
           !is_plural(words, at + 2);
}

/* "1." or "2)" that opens a line. */
static bool is_list_number(const dsr_number_words *words, const dsr_amount *amount)
{
    return amount->from == 0 && amount->to == 1 && words->list.count > 1 &&
           (dsr_word_is_sign(words, 1, '.') || dsr_word_is_sign(words, 1, ')'));
}

static bool is_figure(finder *f, const dsr_amount *amount, bool hedged)
{
    const dsr_number_words *words = &f->words;
    const dsr_time *time = time_at(f, amount->number.from);
    if (time && (time->type != DSR_TIME_DURATION || amount->number.bare) &&
        !(time->type == DSR_TIME_DURATION && !dsr_word_is_sign(words, amount->to, '-'))) {
        return false;
    }
    if (amount->kind != DSR_AMOUNT_COUNT) {
        return !is_label(words, amount->from);
    }
    if (is_label(words, amount->from) || is_compound(words, amount) || is_list_number(words, amount)) {
        return false;
    }
    if (time) { /* a length of time: not as an adjective */
        return !dsr_word_is_sign(words, amount->to, '-');
    }
    if (is_event_date(words, amount) || (!hedged && is_numbered_name(f, amount)) ||
        (dsr_word_is_tight(words, amount->to, '-') && dsr_word_equals(words, amount->to + 1, "something"))) {
        return false;
    }
    const dsr_number_word *behind = dsr_word(words, amount->to);
    bool glued = behind->kind == DSR_WORD_LETTERS && !behind->space;
    return !glued && (hedged || (!is_doubtful_word(f, amount) && !is_bare_year(words, amount))) &&
           !begins_name(f, amount->to);
}

/* ---- what is counted ---- */

static bool ends_thing(const finder *f, size_t at)
{
    const dsr_number_word *word = dsr_word(&f->words, at);
    if (word->kind != DSR_WORD_LETTERS) {
        return true;
    }
    uint8_t cue = word->term ? word->term->cue : (uint8_t)DSR_CUE_NONE;
    size_t length = dsr_word_length(word);
    const char *end = f->words.text.ptr + word->span.end;
    bool ed = length > 3 && end[-1] == 'd' && end[-2] == 'e';
    return cue == DSR_CUE_FUTURE || cue == DSR_CUE_PAST || cue == DSR_CUE_PRESENT ||
           is_function_word(f, at) || (ed && !word->capital);
}

/* "12 points short", "3 seats ahead of": no part of the thing, unless a noun follows. */
static bool is_trailer(const finder *f, size_t at)
{
    const dsr_term *term = dsr_word(&f->words, at)->term;
    return term != NULL && term->cue == DSR_CUE_STOP && ends_thing(f, at + 1);
}

/* Behind "'s" at `at`, where a noun follows it: "90 % of the country's trade"; else `at`. */
static size_t skip_possessive(const finder *f, size_t at)
{
    const dsr_number_words *words = &f->words;
    bool owns =
        dsr_word_is_tight(words, at, '\'') && dsr_word_equals(words, at + 1, "s") && !ends_thing(f, at + 2);
    return owns ? at + 2 : at;
}

/* The words behind the number up to a preposition, verb or mark; a unit of time takes what it is of. */
static dsr_span find_thing(const finder *f, size_t at)
{
    const dsr_number_words *words = &f->words;
    size_t start = at;
    if (dsr_word_number(words, start) == DSR_NUMBER_OF) {
        start++;
        start += dsr_word_time(words, start) == DSR_TIMEWORD_THE ? 1U : 0U;
    }
    size_t end = start;
    while (end < start + THING_WORDS && !ends_thing(f, end) && !is_trailer(f, end)) {
        end++;
        end = skip_possessive(f, end);
        if (dsr_word_is_tight(words, end, '-') && dsr_word(words, end + 1)->kind == DSR_WORD_LETTERS) {
            end++;
        }
    }
    bool unit = end == start + 1 && dsr_word_time(words, start) == DSR_TIMEWORD_UNITS;
    if (unit && dsr_word_number(words, end) == DSR_NUMBER_OF && !ends_thing(f, end + 1)) {
        end += 2;
    }
    if (end == start) {
        return (dsr_span){0, 0};
    }
    return (dsr_span){dsr_word(words, start)->span.start, dsr_word(words, end - 1)->span.end};
}

/* ---- figures ---- */

static void set_single(dsr_figure *figure, uint8_t cue, dsr_decimal value)
{
    static const uint8_t approx[DSR_CUE_CLASSES] = {
        [DSR_CUE_NONE] = DSR_APPROX_EXACT,          [DSR_CUE_EXACTLY] = DSR_APPROX_EXACT,
        [DSR_CUE_ABOUT] = DSR_APPROX_ABOUT,         [DSR_CUE_NEARLY] = DSR_APPROX_NEARLY,
        [DSR_CUE_MORE_THAN] = DSR_APPROX_MORE_THAN, [DSR_CUE_AT_LEAST] = DSR_APPROX_AT_LEAST,
        [DSR_CUE_LESS_THAN] = DSR_APPROX_LESS_THAN, [DSR_CUE_UP_TO] = DSR_APPROX_UP_TO,
        [DSR_CUE_OR_MORE] = DSR_APPROX_AT_LEAST,    [DSR_CUE_OR_LESS] = DSR_APPROX_UP_TO};
    figure->approx = (dsr_approx)approx[cue];
    figure->has_value = true;
    figure->value = value;
    figure->has_low = figure->approx == DSR_APPROX_MORE_THAN || figure->approx == DSR_APPROX_AT_LEAST;
    figure->has_high = figure->approx == DSR_APPROX_LESS_THAN || figure->approx == DSR_APPROX_UP_TO ||
                       figure->approx == DSR_APPROX_NEARLY;
    figure->low = figure->has_low ? value : dsr_decimal_of(0);
    figure->high = figure->has_high ? value : dsr_decimal_of(0);
}

static void set_range(dsr_figure *figure, dsr_decimal low, dsr_decimal high, bool vague)
{
    figure->approx = vague ? DSR_APPROX_DOZENS : DSR_APPROX_RANGE;
    figure->has_low = figure->has_high = true;
    figure->low = low;
    figure->high = high;
}

static void set_unit(dsr_figure *figure, const dsr_number_words *words, const dsr_amount *amount)
{
    uint8_t time = dsr_word_time(words, amount->to);
    figure->kind = DSR_SLICE("count");
    if (amount->kind == DSR_AMOUNT_PERCENT) {
        figure->kind = figure->unit = DSR_SLICE("percent");
    } else if (amount->kind == DSR_AMOUNT_AGE) {
        figure->kind = DSR_SLICE("age");
        figure->unit = dsr_slice_of(amount->age);
    } else if (amount->kind == DSR_AMOUNT_UNIT) {
        figure->kind = amount->unit->kind;
        figure->unit = amount->unit->code.ptr ? amount->unit->code : amount->unit->name;
    } else if (time == DSR_TIMEWORD_UNITS || time == DSR_TIMEWORD_UNIT) {
        figure->kind = DSR_SLICE("duration");
    }
}

static dsr_status add_figure(finder *f, size_t from, size_t to, dsr_figure figure)
{
    if (DSR_LIST_RESERVE(f->arena, &f->report->figures, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    figure.span.start = dsr_word(&f->words, from)->span.start;
    figure.span.end = dsr_word(&f->words, to - 1)->span.end;
    f->report->figures.items[f->report->figures.count++] = figure;
    return DSR_OK;
}

/* The word behind a length of time, which belongs to the figure ("more than seven hours"). */
static size_t take_time_unit(const dsr_number_words *words, size_t to)
{
    uint8_t class = dsr_word_time(words, to);
    bool unit = class == DSR_TIMEWORD_UNITS || class == DSR_TIMEWORD_UNIT;
    return unit && dsr_word_length(dsr_word(words, to)) > 1 ? to + 1 : to;
}

static bool leads_range(const dsr_number_words *words, size_t at)
{
    uint8_t class = dsr_word_time(words, at);
    return class == DSR_TIMEWORD_BETWEEN || class == DSR_TIMEWORD_FROM;
}

/* "rose from $3 million to $5 million" tells two sums, "ranging from ..." a range. */
static bool is_change(const dsr_number_words *words, size_t at)
{
    size_t from = dsr_word_time(words, at) == DSR_TIMEWORD_FROM ? at : at > 0 ? at - 1 : at;
    return dsr_word_time(words, from) == DSR_TIMEWORD_FROM &&
           !(from > 0 &&
             (dsr_word_equals(words, from - 1, "ranging") || dsr_word_equals(words, from - 1, "range") ||
              dsr_word_equals(words, from - 1, "ranges") || dsr_word_equals(words, from - 1, "ranged") ||
              dsr_word_equals(words, from - 1, "anywhere")));
}

/* "$3 to $5 million", "two or three shots" */
static bool read_sums(finder *f, size_t at, dsr_figure *figure, size_t *end)
{
    dsr_amount_range range;
    if (!dsr_amount_range_read(&f->words, at, &range) || time_at(f, at) || time_at(f, range.to - 1) ||
        is_label(&f->words, at)) {
        return false;
    }
    if (!range.shared && is_change(&f->words, at)) {
        return false;
    }
    bool counted = range.last.kind != DSR_AMOUNT_COUNT || dsr_word_time(&f->words, range.to) ||
                   (is_lower_word(&f->words, range.to) && !is_function_word(f, range.to));
    if (!counted) {
        return false;
    }
    set_range(figure, range.low, range.high, false);
    set_unit(figure, &f->words, &range.last);
    figure->thing = find_thing(f, range.to);
    *end = range.to;
    return true;
}

/* "between 5 and 10", "5-10": a range whose ends are both figures. */
static bool read_range(finder *f, size_t at, dsr_figure *figure, size_t *end)
{
    dsr_bounds bounds;
    dsr_amount last;
    if (!dsr_bounds_read(&f->words, at, &bounds) || !bounds.has_low || !bounds.has_high ||
        bounds.cue != DSR_CUE_NONE || time_at(f, bounds.last) || time_at(f, at) ||
        !dsr_amount_read(&f->words, bounds.last, &last) || last.number.to != bounds.to ||
        is_label(&f->words, at)) {
        return false;
    }
    bool counted =
        last.kind != DSR_AMOUNT_COUNT || (is_lower_word(&f->words, last.to) && !is_function_word(f, last.to));
    if (!counted) {
        return false; /* a score, a route */
    }
    dsr_number first = {.from = at, .to = at, .value = bounds.low};
    (void)dsr_number_read(&f->words, at + (leads_range(&f->words, at) ? 1U : 0U), &first);
    set_range(figure, dsr_amount_share_power(&f->words, &first, &last.number), bounds.high, false);
    set_unit(figure, &f->words, &last);
    figure->thing = find_thing(f, last.to);
    *end = last.to;
    return true;
}

/* Whether a sum or number can begin at `at`. */
static bool may_begin_sum(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    const dsr_term *term = word->term;
    return word->kind == DSR_WORD_DIGITS ||
           (term && ((term->number >= DSR_NUMBER_UNIT && term->number <= DSR_NUMBER_TENS) ||
                     term->unit_before[0] != DSR_NO_UNIT || term->unit_before[1] != DSR_NO_UNIT ||
                     leads_range(words, at)));
}

/* What stands before a number: its class, and the word behind it. */
typedef struct lead {
    uint8_t cue; /* DSR_CUE_NONE: nothing */
    size_t next;
} lead;

/* A range, "about" before it ("about 2 to 3 million people"). */
static bool read_any_range(finder *f, size_t at, lead hedge, dsr_figure *figure, size_t *end)
{
    size_t next = hedge.cue == DSR_CUE_ABOUT ? hedge.next : at;
    return (may_begin_sum(&f->words, next) && read_sums(f, next, figure, end)) ||
           read_range(f, next, figure, end);
}

/* "two more than the one hundred": a comparison of two amounts, and no hedge. */
static bool compares(const dsr_number_words *words, size_t at)
{
    const dsr_term *term = dsr_word(words, at)->term;
    bool number =
        at > 0 && (dsr_word_is_digits(words, at - 1) || (dsr_word_number(words, at - 1) >= DSR_NUMBER_UNIT &&
                                                         dsr_word_number(words, at - 1) <= DSR_NUMBER_DOZEN));
    return number && term && term->longest > 0 && dsr_word_equals(words, at + 1, "than");
}

/* A hedge, a number, and what follows. */
static bool read_single(finder *f, size_t at, lead hedge, dsr_figure *figure, size_t *end)
{
    size_t next = hedge.next;
    dsr_amount amount;
    if (hedge.cue && compares(&f->words, at)) {
        return false;
    }
    next += hedge.cue && dsr_word_time(&f->words, next) == DSR_TIMEWORD_THE ? 1U : 0U;
    if (!dsr_amount_read(&f->words, next, &amount) || !is_figure(f, &amount, hedge.cue != DSR_CUE_NONE)) {
        return false;
    }
    uint8_t cue = hedge.cue;
    size_t to = amount.to;
    size_t tail_end = to;
    const dsr_term *tail = dsr_find_phrase(&f->words, to, accept_tail, &tail_end);
    if (tail && !hedge.cue) {
        cue = tail->cue;
        to = tail_end;
    }
    if (amount.number.kind == DSR_NUMBER_IS_VAGUE) {
        set_range(figure, amount.number.low, amount.number.high, true);
    } else {
        set_single(figure, cue, amount.number.value);
    }
    set_unit(figure, &f->words, &amount);
    figure->thing = find_thing(f, to);
    *end = figure->kind.len == 8 && dsr_slice_equal(figure->kind, DSR_SLICE("duration"))
               ? take_time_unit(&f->words, to)
               : to;
    return true;
}

static bool read_figure(finder *f, size_t at, dsr_figure *figure, size_t *end)
{
    lead hedge = {DSR_CUE_NONE, at};
    const dsr_term *term = dsr_find_phrase(&f->words, at, accept_hedge, &hedge.next);
    hedge.cue = term ? term->cue : (uint8_t)DSR_CUE_NONE;
    hedge.next = term ? hedge.next : at;
    return read_any_range(f, at, hedge, figure, end) || read_single(f, at, hedge, figure, end);
}

static bool may_begin(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    return word->kind == DSR_WORD_DIGITS ||
           (word->term &&
            (word->term->number || word->term->cue || word->term->longest ||
             word->term->time == DSR_TIMEWORD_BETWEEN || word->term->time == DSR_TIMEWORD_FROM ||
             word->term->unit_before[0] != DSR_NO_UNIT || word->term->unit_before[1] != DSR_NO_UNIT)) ||
           (word->kind == DSR_WORD_SIGN && (word->sign == '-' || word->sign == 0));
}

/* Passes the times that end before word `at`. */
static void pass_times(finder *f, size_t at)
{
    uint32_t start = dsr_word(&f->words, at)->span.start;
    while (f->time < f->report->times.count && f->report->times.items[f->time].span.end <= start) {
        f->time++;
    }
}

/* "Twelve sailors left the ship. None of the 12 was hurt": what the number counts was said with it before. */
static void lean_on_earlier(const finder *f, size_t at, dsr_figure *figure)
{
    bool again = at > 0 && dsr_word_time(&f->words, at - 1) == DSR_TIMEWORD_THE;
    bool bare = figure->thing.end == figure->thing.start && figure->approx == DSR_APPROX_EXACT &&
                dsr_slice_equal(figure->kind, DSR_SLICE("count"));
    uint32_t start = dsr_word(&f->words, at)->span.start;
    size_t count = f->report->figures.count;
    for (size_t i = count; again && bare && i > 0 && i + LEAN_FIGURES > count; i--) {
        const dsr_figure *earlier = &f->report->figures.items[i - 1];
        if (start - earlier->span.end > LEAN_BYTES) {
            return;
        }
        if (earlier->approx == DSR_APPROX_EXACT && earlier->thing.end > earlier->thing.start &&
            dsr_slice_equal(earlier->kind, figure->kind) &&
            dsr_decimal_compare(earlier->value, figure->value) == 0) {
            figure->thing = earlier->thing;
            return;
        }
    }
}

static dsr_status find_in_sentence(finder *f)
{
    for (size_t i = 0; i < f->words.list.count;) {
        dsr_figure figure = {.thing = {0, 0}};
        size_t end = i;
        pass_times(f, i);
        if (!may_begin(&f->words, i) || !read_figure(f, i, &figure, &end)) {
            i++;
            continue;
        }
        lean_on_earlier(f, i, &figure);
        if (add_figure(f, i, end, figure) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        i = end;
    }
    return DSR_OK;
}

dsr_status dsr_figures_find(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report)
{
    finder f = {.arena = arena, .lexicon = lexicon, .report = report};
    f.words.text = report->text;
    f.words.terms = dsr_lexicon_terms(lexicon, report->meta.language);
    report->figures.count = 0;
    for (size_t i = 0; f.words.terms && i < report->sentences.count; i++) {
        if (dsr_number_words_read(arena, &f.words, report->sentences.items[i]) != DSR_OK ||
            find_in_sentence(&f) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    dsr_figures_set_as_of(report);
    return DSR_OK;
}
