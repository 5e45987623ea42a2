/* On which side a time is open: "before 2012", "no later than Friday", "from May on". What says so stands
 * outside the time, as a preposition does in TIMEX3. Must not know which day a report is of. */
#include "annotate/times_parts.h"

enum {
    LEAD_WORDS = 4, /* of the longest phrase before a time: "by no later than" */
    UNTIL = 1,      /* what data/en/times.tsv has for "until" and "through" */
    THROUGH = 2,
    PLURAL_BYTES = 4
};

/* "post-1959": part of a word, and of the time. */
static bool is_affix(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_SIDE &&
           (term->time_value == DSR_SYMBOL2('P', 'B') || term->time_value == DSR_SYMBOL2('P', 'A'));
}

static bool accept_side(const dsr_term *term)
{
    switch (term->time) {
    case DSR_TIMEWORD_SIDE:
        return !is_affix(term);
    case DSR_TIMEWORD_AFTER:
    case DSR_TIMEWORD_SINCE:
    case DSR_TIMEWORD_BY:
    case DSR_TIMEWORD_FROM:
        return true;
    case DSR_TIMEWORD_TO:
        return term->time_value == UNTIL || term->time_value == THROUGH;
    default:
        return false;
    }
}

static dsr_time_mod mod_of_symbol(int32_t symbol)
{
    return symbol == DSR_SYMBOL1('B')        ? DSR_TIME_MOD_BEFORE
           : symbol == DSR_SYMBOL1('A')      ? DSR_TIME_MOD_AFTER
           : symbol == DSR_SYMBOL2('O', 'B') ? DSR_TIME_MOD_ON_OR_BEFORE
                                             : DSR_TIME_MOD_ON_OR_AFTER;
}

/* "from May on", "from 2014 onwards": without the word behind it, "from" says where something is from. */
static bool goes_on(const dsr_number_words *words, size_t at)
{
    static const char *const onward[] = {"onward", "onwards", "forward", "forwards"};
    for (size_t i = 0; i < sizeof onward / sizeof *onward; i++) {
        if (dsr_word_equals(words, at, onward[i])) {
            return true;
        }
    }
    return dsr_word_equals(words, at, "on") && dsr_word(words, at + 1)->kind != DSR_WORD_LETTERS &&
           !dsr_word_is_digits(words, at + 1);
}

/* What the phrase before a time that ends at `to` says of it. */
static dsr_time_mod mod_of_term(const dsr_number_words *words, const dsr_term *term, size_t to)
{
    switch (term->time) {
    case DSR_TIMEWORD_SIDE:
        return mod_of_symbol(term->time_value);
    case DSR_TIMEWORD_AFTER:
        return term->time_value < 0 ? DSR_TIME_MOD_BEFORE : DSR_TIME_MOD_AFTER;
    case DSR_TIMEWORD_SINCE:
        return DSR_TIME_MOD_ON_OR_AFTER;
    case DSR_TIMEWORD_FROM:
        return goes_on(words, to) ? DSR_TIME_MOD_ON_OR_AFTER : DSR_TIME_MOD_NONE;
    default:
        return DSR_TIME_MOD_ON_OR_BEFORE;
    }
}

/* "after Monday's attack", "before 2012 elections": what is on a side is not the time, but what is of it. */
static bool belongs_to_noun(const dsr_number_words *words, size_t to)
{
    const dsr_number_word *word = dsr_word(words, to);
    if (dsr_word_is_sign(words, to, '\'') && !word->space) {
        return true;
    }
    return word->kind == DSR_WORD_LETTERS && !goes_on(words, to) && !word->capital && word->term == NULL &&
           dsr_word_length(word) >= PLURAL_BYTES && words->text.ptr[word->span.end - 1] == 's';
}

/* "the day after Monday", "hours before midnight": the side is of a length, which the time only measures. */
bool dsr_time_is_measured(const dsr_number_words *words, size_t lead)
{
    uint8_t class = lead > 0 ? dsr_word_time(words, lead - 1) : (uint8_t)DSR_TIMEWORD_NONE;
    return class == DSR_TIMEWORD_UNIT || class == DSR_TIMEWORD_UNITS || class == DSR_TIMEWORD_PART ||
           class == DSR_TIMEWORD_AGO;
}

/* "through the 1990s" is during them. */
static bool is_during(const dsr_term *term, const dsr_time_form *form)
{
    return term->time == DSR_TIMEWORD_TO && term->time_value == THROUGH && form->unit > DSR_UNIT_YEAR;
}

static bool may_be_open(const dsr_time_form *form)
{
    return form->kind == DSR_TIME_POINT || (form->kind == DSR_TIME_DISTANCE && form->count >= 0) ||
           (form->kind == DSR_TIME_REF && form->direction == 0);
}

/* The phrase that ends where the time begins, the longest; its begin goes to *lead. */
static const dsr_term *find_lead(const dsr_number_words *words, size_t from, size_t *lead)
{
    for (size_t i = from < LEAD_WORDS ? from : LEAD_WORDS; i > 0; i--) {
        size_t end = from - i;
        const dsr_term *term = dsr_find_phrase(words, from - i, accept_side, &end);
        if (term != NULL && end == from) {
            *lead = from - i;
            return term;
        }
    }
    return NULL;
}

/* Where a phrase would have to end: the article of "after the 15th of June" is skipped, that of "after the 9
 * May parade" is not. */
static size_t end_of_lead(const dsr_number_words *words, const dsr_time_match *match)
{
    const dsr_number_word *next = dsr_word(words, match->to);
    bool alone = next->kind != DSR_WORD_LETTERS || (next->term != NULL && next->term->unit[0] == DSR_NO_UNIT);
    bool article = match->from > 0 && dsr_word_time(words, match->from - 1) == DSR_TIMEWORD_THE;
    return match->from - (article && alone && match->form.unit <= DSR_UNIT_DAY ? 1U : 0U);
}

/* "will not reopen until June", "no one noticed until Sunday", "cannot be mended before 2025": what is denied
 * up to a time may be from then on. */
static bool is_denied(const dsr_number_words *words, size_t lead, size_t reach)
{
    static const char *const denials[] = {"not",  "cannot", "never",   "nobody",
                                          "none", "no",     "nothing", "hardly"};
    for (size_t i = lead; i > 0 && lead - i < reach; i--) {
        if (dsr_word_is_sign(words, i - 1, '.') || dsr_word_is_sign(words, i - 1, ';') ||
            dsr_word_is_sign(words, i - 1, ',') || dsr_word_is_sign(words, i - 1, '"')) {
            return false;
        }
        if (dsr_word_equals(words, i - 1, "t") && i > 1 && dsr_word_is_sign(words, i - 2, '\'')) {
            return true; /* "won't" */
        }
        for (size_t k = 0; k < sizeof denials / sizeof *denials; k++) {
            if (dsr_word_equals(words, i - 1, denials[k])) {
                return true;
            }
        }
    }
    return false;
}

/* Whether a phrase before a time turns round where it is denied, and how far off the denial may stand. */
static bool turns_round(const dsr_number_words *words, const dsr_term *term, size_t lead)
{
    enum { UNTIL_REACH = 10, BEFORE_REACH = 5 };
    if (term->time == DSR_TIMEWORD_TO && term->time_value == UNTIL) {
        return is_denied(words, lead, UNTIL_REACH);
    }
    return term->time == DSR_TIMEWORD_AFTER && term->time_value < 0 && is_denied(words, lead, BEFORE_REACH);
}

dsr_time_mod dsr_time_read_side(const dsr_number_words *words, const dsr_time_match *match, size_t *lead)
{
    size_t from = end_of_lead(words, match);
    if (!may_be_open(&match->form) || belongs_to_noun(words, match->to)) {
        return DSR_TIME_MOD_NONE;
    }
    if (from > 0 && dsr_word_equals(words, from - 1, "beginning")) { /* the word is an edge, too */
        *lead = from - 1;
        return DSR_TIME_MOD_ON_OR_AFTER;
    }
    if (from > 1 && dsr_word_is_sign(words, from - 1, '=') &&
        (dsr_word_is_sign(words, from - 2, '>') || dsr_word_is_sign(words, from - 2, '<'))) {
        *lead = from - 2;
        return dsr_word_is_sign(words, from - 2, '>') ? DSR_TIME_MOD_ON_OR_AFTER : DSR_TIME_MOD_ON_OR_BEFORE;
    }
    const dsr_term *term = find_lead(words, from, lead);
    if (term == NULL || is_during(term, &match->form)) {
        return DSR_TIME_MOD_NONE;
    }
    return turns_round(words, term, *lead) ? DSR_TIME_MOD_ON_OR_AFTER : mod_of_term(words, term, match->to);
}

dsr_time_mod dsr_time_side_of_distance(dsr_time_mod mod, int direction)
{
    bool past = direction < 0;
    switch ((int)mod) {
    case DSR_TIME_MOD_MORE_THAN:
        return past ? DSR_TIME_MOD_BEFORE : DSR_TIME_MOD_AFTER;
    case DSR_TIME_MOD_LESS_THAN:
        return past ? DSR_TIME_MOD_AFTER : DSR_TIME_MOD_BEFORE;
    case DSR_TIME_MOD_EQUAL_OR_MORE:
        return past ? DSR_TIME_MOD_ON_OR_BEFORE : DSR_TIME_MOD_ON_OR_AFTER;
    case DSR_TIME_MOD_EQUAL_OR_LESS:
        return past ? DSR_TIME_MOD_ON_OR_AFTER : DSR_TIME_MOD_ON_OR_BEFORE;
    default:
        return mod;
    }
}

bool dsr_time_read_affixed(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    const dsr_term *term = dsr_word(words, at)->term;
    int32_t year = dsr_time_year_at(words, at + 2);
    bool goes = dsr_word_is_tight(words, at + 3, '-') && dsr_word_is_digits(words, at + 4);
    if (term == NULL || !is_affix(term) || !dsr_word_is_tight(words, at + 1, '-') || year == DSR_UNSAID ||
        goes) {
        return false;
    }
    *out = (dsr_time_match){.from = at, .to = at + 3, .type = DSR_TIME_DATE, .form = dsr_time_form_none()};
    out->mod = term->time_value == DSR_SYMBOL2('P', 'B') ? DSR_TIME_MOD_BEFORE : DSR_TIME_MOD_AFTER;
    out->form.year = (int16_t)year;
    out->form.unit = DSR_UNIT_YEAR;
    return true;
}
