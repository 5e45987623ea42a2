/* A time whole: what stands before and behind its core ("more than", "the", "early", "the end of", "or
 * later"), and whether it is told of the past or of what is to come. Must not know which day a report is of.
 */
#include "annotate/times_parts.h"

enum {
    TENSE_REACH = 12, /* words that are looked at on either side */
    LOOSE_REACH = 3
};

static bool accept_hedge(const dsr_term *term)
{
    return term->cue >= DSR_CUE_ABOUT && term->cue <= DSR_CUE_UP_TO;
}

static bool read_core(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    static bool (*const readers[])(const dsr_number_words *words, size_t at, dsr_time_match *out) = {
        dsr_time_read_length, dsr_time_read_relative, dsr_time_read_clock, dsr_time_read_date,
        dsr_time_read_affixed};
    bool found = false;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        dsr_time_match match = {.from = at};
        if (readers[i](words, at, &match) && (!found || match.to > out->to)) {
            *out = match;
            found = true;
        }
    }
    return found;
}

static dsr_time_mod mod_of_position(int32_t symbol)
{
    return symbol == DSR_SYMBOL2('S', 'T')   ? DSR_TIME_MOD_START
           : symbol == DSR_SYMBOL2('E', 'N') ? DSR_TIME_MOD_END
                                             : DSR_TIME_MOD_MID;
}

/* "early", "mid-", "late", "earlier", "later" before a time, "the end of", "the middle of"; behind it, or
 * `at`. */
static size_t read_position(const dsr_number_words *words, size_t at, dsr_time_mod *mod)
{
    uint8_t class = dsr_word_time(words, at);
    if (class == DSR_TIMEWORD_POSITION) {
        *mod = mod_of_position(dsr_word_time_value(words, at));
        return dsr_skip_hyphen(words, at + 1);
    }
    if (class == DSR_TIMEWORD_EARLIER && !dsr_word_is_sign(words, at + 1, '-')) {
        *mod = dsr_word_time_value(words, at) < 0 ? DSR_TIME_MOD_START : DSR_TIME_MOD_END;
        return at + 1;
    }
    if (class == DSR_TIMEWORD_EDGE && dsr_word_time(words, at + 1) == DSR_TIMEWORD_OF) {
        *mod = mod_of_position(dsr_word_time_value(words, at));
        return at + 2;
    }
    return at;
}

/* "year-end", "year's end", "the year end": the year's last days. */
static bool read_year_end(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t next = at + 1;
    if (!dsr_word_equals(words, at, "year")) {
        return false;
    }
    if (dsr_word_is_tight(words, next, '\'') && dsr_word_equals(words, next + 1, "s")) {
        next += 2;
    }
    next = dsr_skip_hyphen(words, next);
    if (!dsr_word_equals(words, next, "end")) {
        return false;
    }
    *out = (dsr_time_match){.from = at, .to = next + 1, .type = DSR_TIME_DATE, .mod = DSR_TIME_MOD_END};
    out->form = dsr_time_form_none();
    out->form.unit = DSR_UNIT_YEAR;
    out->form.shift = 0;
    return true;
}

/* A year or directed year behind a month: "January this year", "June last year". */
static void add_directed_year(const dsr_number_words *words, dsr_time_match *out)
{
    size_t next = out->to + (dsr_word_time(words, out->to) == DSR_TIMEWORD_OF ? 1U : 0U);
    if (out->form.month == DSR_UNSAID || out->form.year != DSR_UNSAID || out->form.direction != DSR_UNSAID ||
        dsr_word_time(words, next) != DSR_TIMEWORD_LAST || !dsr_word_equals(words, next + 1, "year")) {
        return;
    }
    out->form.shift = (int16_t)dsr_word_time_value(words, next);
    out->to = next + 2;
}

/* "Monday of last week", "Tuesday of that week" */
static void add_directed_week(const dsr_number_words *words, dsr_time_match *out)
{
    const dsr_time_form *form = &out->form;
    bool bare = form->kind == DSR_TIME_POINT && form->weekday != DSR_UNSAID && form->month == DSR_UNSAID &&
                form->direction == DSR_UNSAID && dsr_word_time(words, out->to) == DSR_TIMEWORD_OF;
    size_t next = out->to + 1 + (dsr_word_time(words, out->to + 1) == DSR_TIMEWORD_THE ? 1U : 0U);
    uint8_t class = dsr_word_time(words, next);
    if (!bare || (class != DSR_TIMEWORD_LAST && class != DSR_TIMEWORD_THAT) ||
        !dsr_word_equals(words, next + 1, "week")) {
        return;
    }
    out->form.shift = (int16_t)dsr_word_time_value(words, next);
    out->form.anchor = class == DSR_TIMEWORD_THAT ? DSR_ANCHOR_TOLD : DSR_ANCHOR_PUBLICATION;
    out->to = next + 2;
}

/* "or later", "and beyond", "or before" that end their clause. */
static void add_open_end(const dsr_number_words *words, dsr_time_match *out)
{
    bool joined = dsr_word_number(words, out->to) == DSR_NUMBER_AND || dsr_word_equals(words, out->to, "or");
    size_t at = out->to + 1;
    if (!joined || out->type != DSR_TIME_DATE || out->form.kind != DSR_TIME_POINT) {
        return;
    }
    bool ends = dsr_word(words, at + 1)->kind != DSR_WORD_LETTERS && !dsr_word_is_digits(words, at + 1);
    bool later = dsr_word_equals(words, at, "later") || dsr_word_equals(words, at, "beyond");
    bool after = dsr_word_equals(words, at, "after");
    bool earlier = dsr_word_equals(words, at, "earlier") || dsr_word_equals(words, at, "before");
    if (later && !dsr_word_equals(words, at + 1, "than")) {
        out->mod = DSR_TIME_MOD_ON_OR_AFTER;
    } else if (ends && (after || earlier)) {
        out->mod = after ? DSR_TIME_MOD_ON_OR_AFTER : DSR_TIME_MOD_ON_OR_BEFORE;
    } else {
        return;
    }
    out->to = at + 1;
}

/* "night" behind a day, "or later", "and beyond". */
static void add_suffixes(const dsr_number_words *words, dsr_time_match *out)
{
    const dsr_time_form *form = &out->form;
    if (out->type == DSR_TIME_DATE && form->kind == DSR_TIME_POINT && form->unit == DSR_UNIT_DAY) {
        size_t end = dsr_time_read_part(words, out->to, &out->form);
        out->type = end > out->to ? DSR_TIME_TIME : out->type;
        out->to = end;
    }
    add_directed_year(words, out);
    add_directed_week(words, out);
    add_open_end(words, out);
}

/* Whether an article before the time belongs to it: not before a bare day or year. */
static bool takes_article(const dsr_number_words *words, const dsr_time_match *match, bool positioned)
{
    const dsr_time_form *form = &match->form;
    bool hyphened = match->to > match->from + 2 && dsr_word_is_sign(words, match->to - 2, '-');
    bool year_ago = form->kind == DSR_TIME_DISTANCE && dsr_word_equals(words, match->from, "year");
    bool plural = form->kind == DSR_TIME_LENGTH && match->to == match->from + 1;
    if (hyphened || plural) {
        return false;
    }
    if (year_ago) {
        return match->to > match->from + 3;
    }
    if (form->month != DSR_UNSAID && form->kind == DSR_TIME_POINT && !positioned &&
        form->unit != DSR_UNIT_WEEK) {
        return false;
    }
    if (positioned || form->kind != DSR_TIME_POINT) {
        return form->kind != DSR_TIME_REPEATED &&
               !(form->kind == DSR_TIME_REF && dsr_word_time(words, match->from) == DSR_TIMEWORD_PAST);
    }
    return form->unit >= DSR_UNIT_WEEKEND ? form->unit != DSR_UNIT_YEAR || form->shift != DSR_UNSAID ||
                                                dsr_word_equals(words, match->from, "year")
                                          : form->anchor == DSR_ANCHOR_TOLD || form->part != DSR_UNSAID;
}

/* The modifier that a hedge gives: of a length by how much, of a date by where. */
static dsr_time_mod mod_of_hedge(uint8_t cue, bool length)
{
    switch (cue) {
    case DSR_CUE_MORE_THAN:
        return length ? DSR_TIME_MOD_MORE_THAN : DSR_TIME_MOD_AFTER;
    case DSR_CUE_AT_LEAST:
        return DSR_TIME_MOD_EQUAL_OR_MORE;
    case DSR_CUE_LESS_THAN:
        return DSR_TIME_MOD_LESS_THAN;
    case DSR_CUE_NEARLY:
    case DSR_CUE_UP_TO:
        return length ? DSR_TIME_MOD_EQUAL_OR_LESS : DSR_TIME_MOD_APPROX;
    default:
        return DSR_TIME_MOD_APPROX;
    }
}

/* With article and position, without hedge. */
static bool read_positioned(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    dsr_time_mod mod = DSR_TIME_MOD_NONE;
    size_t next = at + (dsr_word_time(words, at) == DSR_TIMEWORD_THE ? 1U : 0U);
    size_t core = read_position(words, next, &mod);
    bool positioned = core > next;
    size_t inner = core;
    if (positioned) {
        core += dsr_word_time(words, core) == DSR_TIMEWORD_IN && next + 1 == core ? 1U : 0U; /* "later in" */
        inner = core;
        inner += dsr_word_time(words, core) == DSR_TIMEWORD_THE ? 1U : 0U;
    }
    bool found = read_year_end(words, inner, out) || read_core(words, inner, out);
    dsr_time_match whole;
    if (next > at && dsr_time_read_relative(words, at, &whole) && (!found || whole.to > out->to)) {
        *out = whole; /* "the near future" */
        return true;
    }
    if (positioned && (!found || out->form.kind != DSR_TIME_POINT)) {
        return false;
    }
    if (!found) {
        return false;
    }
    add_suffixes(words, out);
    if (positioned) {
        out->mod = mod;
    }
    bool loose = positioned && dsr_word_time(words, next) == DSR_TIMEWORD_EARLIER &&
                 (out->form.unit <= DSR_UNIT_WEEK); /* "later Thursday": the word stays outside */
    out->from = positioned && !loose ? next : out->from;
    if (next > at && takes_article(words, out, positioned)) {
        out->from = at;
    }
    return true;
}

bool dsr_time_read(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t next = at;
    const dsr_term *hedge = dsr_find_phrase(words, at, accept_hedge, &next);
    if (!hedge) {
        return read_positioned(words, at, out);
    }
    if (dsr_word_is_tight(words, at, '~') && at > 0 && dsr_word_is_digits(words, at - 1)) {
        return false; /* "2014~2018" */
    }
    if (!read_positioned(words, next, out) || out->from > next + 1) {
        return read_positioned(words, at, out);
    }
    bool counted = dsr_word_is_digits(words, next) || dsr_word_number(words, next) != DSR_NUMBER_NONE ||
                   dsr_word_time(words, next) == DSR_TIMEWORD_THE;
    uint8_t cue = hedge->cue;
    bool lone = next == at + 1; /* "over the past year", "below a year ago" */
    bool article = dsr_word_number(words, next) == DSR_NUMBER_ARTICLE;
    bool compares = cue >= DSR_CUE_MORE_THAN && !dsr_word_equals(words, at, "more") &&
                    !dsr_word_equals(words, at, "less") && !dsr_word_equals(words, at, "at") &&
                    !dsr_word_equals(words, at, "fewer");
    if ((compares && out->form.kind == DSR_TIME_DISTANCE) || (lone && cue >= DSR_CUE_MORE_THAN && !article)) {
        return read_positioned(words, at, out);
    }
    bool length = counted && (out->form.kind == DSR_TIME_LENGTH || out->form.kind == DSR_TIME_DISTANCE);
    if (!length && (hedge->cue != DSR_CUE_ABOUT || out->form.kind != DSR_TIME_POINT)) {
        return true; /* "after more than Friday" is no hedge */
    }
    if (out->form.weekday != DSR_UNSAID && out->form.day == DSR_UNSAID && out->form.kind == DSR_TIME_POINT) {
        return true; /* "around Wednesday's ruling" */
    }
    out->from =
        dsr_word_equals(words, at, "about") ? out->from : at; /* "about" modifies, and stays outside */
    out->mod = mod_of_hedge(hedge->cue, length);
    if (hedge->cue == DSR_CUE_NEARLY && out->form.kind == DSR_TIME_DISTANCE) {
        out->mod = DSR_TIME_MOD_APPROX; /* "nearly a year ago" is near that year, and not open to a side */
    }
    return true;
}

/* ---- tense ---- */

static bool ends_clause(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    return word->kind == DSR_WORD_NONE ||
           (word->kind == DSR_WORD_SIGN &&
            (word->sign == ';' || word->sign == '"' || word->sign == '(' || word->sign == ')'));
}

/* The cue of a word; a regular past form is one, too. */
static int cue_at(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    if (word->term && word->term->cue == DSR_CUE_FUTURE) {
        return 1;
    }
    if (word->term && word->term->cue == DSR_CUE_PAST) {
        return -1;
    }
    size_t length = dsr_word_length(word);
    bool passive = at > 0 && dsr_word_equals(words, at - 1, "be"); /* "will be named" */
    bool ed = word->kind == DSR_WORD_LETTERS && length > 4 && !word->term && !passive &&
              words->text.ptr[word->span.end - 1] == 'd' && words->text.ptr[word->span.end - 2] == 'e';
    return ed ? -1 : 0;
}

bool dsr_time_is_loose(const dsr_number_words *words, size_t at)
{
    for (size_t i = 1; i <= LOOSE_REACH && i <= at; i++) {
        if (cue_at(words, at - i) < 0) {
            return false;
        }
    }
    return true;
}

/* "will stay closed until Monday": a participle does not hide the word of the future before it. */
static bool is_end_to_come(const dsr_number_words *words, size_t from)
{
    if (from == 0 ||
        !(dsr_word_equals(words, from - 1, "until") || dsr_word_equals(words, from - 1, "till"))) {
        return false;
    }
    for (size_t i = 2; i <= TENSE_REACH && i <= from && !ends_clause(words, from - i); i++) {
        const dsr_term *term = dsr_word(words, from - i)->term;
        if (term != NULL && term->cue != DSR_CUE_NONE) {
            return term->cue == DSR_CUE_FUTURE;
        }
    }
    return false;
}

/* "On Thursday, the ministry insisted" */
static bool opens_sentence(const dsr_number_words *words, size_t from)
{
    const dsr_number_word *first = from > 0 ? dsr_word(words, from - 1) : NULL;
    char c = first != NULL && first->kind == DSR_WORD_LETTERS ? words->text.ptr[first->span.start] : 'a';
    return c >= 'A' && c <= 'Z' &&
           (from < 2 || ends_clause(words, from - 2) || dsr_word_is_sign(words, from - 2, '.'));
}

int dsr_time_tense(const dsr_number_words *words, size_t from, size_t to)
{
    int before = 0, after = 0;
    if (is_end_to_come(words, from)) {
        return 2;
    }
    bool opens = opens_sentence(words, from);
    for (size_t i = 1; !opens && i <= TENSE_REACH && i <= from && !before && !ends_clause(words, from - i);
         i++) {
        before = cue_at(words, from - i);
    }
    for (size_t i = 0; i < TENSE_REACH && !after && !ends_clause(words, to + i); i++) {
        after = cue_at(words, to + i);
    }
    if (from > 0 && dsr_word_time(words, from - 1) == DSR_TIMEWORD_BY) {
        return before < 0 ? before : 1; /* "by February"; "had sold out by noon" */
    }
    if (cue_at(words, to) > 0) {
        return 1; /* "said the talks on Wednesday would show" */
    }
    return before ? before : opens && after < 0 ? 2 * after : after;
}
