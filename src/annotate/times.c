/* Finds the times of a report sentence by sentence, in one pass over the words. Must not know which day the
 * report is of. */
#include "annotate/times.h"

#include "annotate/times_parts.h"

enum { SURELY_PAST = -2 /* of a tense */ };

static bool may_begin(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *word = dsr_word(words, at);
    if (word->kind == DSR_WORD_DIGITS) {
        return true;
    }
    bool quarter = word->kind == DSR_WORD_LETTERS && dsr_word_length(word) == 1 &&
                   dsr_word_is_digits(words, at + 1) &&
                   (dsr_word_equals(words, at, "q") || dsr_word_equals(words, at, "h"));
    if (quarter) {
        return true;
    }
    if (word->term == NULL) {
        return word->kind == DSR_WORD_SIGN && word->sign == '\'' && dsr_word_is_digits(words, at + 1);
    }
    return word->term->time || word->term->number || (word->term->cue && word->term->cue <= DSR_CUE_UP_TO) ||
           word->term->longest > 0;
}

static dsr_status add_time(dsr_arena *arena, dsr_report *report, const dsr_number_words *words,
                           const dsr_time_match *match)
{
    if (DSR_LIST_RESERVE(arena, &report->times, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    dsr_time *time = &report->times.items[report->times.count++];
    *time = (dsr_time){.type = match->type,
                       .mod = match->mod,
                       .form = match->form,
                       .earliest = DSR_NO_DAY,
                       .latest = DSR_NO_DAY};
    time->span.start = dsr_word(words, match->from)->span.start;
    time->span.end = dsr_word(words, match->to - 1)->span.end;
    bool since = match->from > 0 && dsr_word_time(words, match->from - 1) == DSR_TIMEWORD_SINCE;
    /* What has lasted since Thursday began in the past, whatever word of the future stands by. */
    time->form.tense = since ? SURELY_PAST : (int16_t)dsr_time_tense(words, match->from, match->to);
    return DSR_OK;
}

static bool is_bare_weekday(const dsr_time_form *form)
{
    return form->kind == DSR_TIME_POINT && form->weekday != DSR_UNSAID && form->month == DSR_UNSAID &&
           form->direction == DSR_UNSAID;
}

/* "said the talks on Wednesday and a meeting on Thursday would show": what is to come on the second of two
 * days one behind the other is to come on the first, too, unless the verb of the past stands right by it. */
static void share_tense(dsr_report *report, bool loose)
{
    size_t count = report->times.count;
    dsr_time_form *first = &report->times.items[count - 2].form,
                  *second = &report->times.items[count - 1].form;
    bool row =
        is_bare_weekday(first) && is_bare_weekday(second) && (second->weekday - first->weekday + 7) % 7 == 1;
    if (row && loose && first->tense < 0 && second->tense > 0) {
        first->tense = 1;
    }
}

/* "two days after Christmas", "3 weeks from 5 March": the length before it is a date, counted from the day
 * that follows. */
static void anchor_length(dsr_report *report, const dsr_number_words *words, size_t behind,
                          const dsr_time_match *match)
{
    dsr_time *length = &report->times.items[report->times.count - 2];
    uint8_t class = dsr_word_time(words, behind);
    bool starts = dsr_word_equals(words, behind, "starting") || dsr_word_equals(words, behind, "beginning") ||
                  (dsr_word_is_sign(words, behind, ',') && dsr_word_equals(words, behind + 1, "from"));
    size_t after = behind + (dsr_word_is_sign(words, behind, ',') ? 2U : 1U);
    bool from_day = starts && match->from <= after + 1 && match->type == DSR_TIME_DATE;
    if (from_day && length->form.kind == DSR_TIME_LENGTH && length->form.count >= 0) {
        length->form.anchor = DSR_ANCHOR_NEXT; /* "a week starting tomorrow" */
        length->form.direction = 1;
        return;
    }
    bool led = class == DSR_TIMEWORD_AFTER || class == DSR_TIMEWORD_FROM || class == DSR_TIMEWORD_SINCE;
    bool day = match->form.kind == DSR_TIME_POINT && match->form.unit == DSR_UNIT_DAY;
    if (!led || !day || match->from != behind + 1 || length->form.kind != DSR_TIME_LENGTH ||
        length->form.count < 0 || length->form.unit < DSR_UNIT_DAY) {
        return;
    }
    length->form.kind = DSR_TIME_DISTANCE;
    length->form.anchor = DSR_ANCHOR_NEXT;
    length->form.direction = class == DSR_TIMEWORD_AFTER ? (int16_t)dsr_word_time_value(words, behind) : 1;
    length->type = DSR_TIME_DATE;
}

/* Behind "'" or "'s" at `at`. */
static size_t skip_apostrophe(const dsr_number_words *words, size_t at)
{
    size_t next = at + (dsr_word_is_sign(words, at, '\'') ? 1U : 0U);
    return next + (next > at && dsr_word_equals(words, next, "s") ? 1U : 0U);
}

/* "Or in a week?": nothing else is said. */
static bool stands_alone(const dsr_number_words *words, const dsr_time_match *match)
{
    const dsr_number_word *behind = dsr_word(words, match->to);
    bool joint = dsr_word_equals(words, 0, "or") || dsr_word_equals(words, 0, "and") ||
                 dsr_word_equals(words, 0, "maybe") || dsr_word_equals(words, 0, "perhaps");
    return (match->from == 1 || (match->from == 2 && joint)) &&
           (behind->kind == DSR_WORD_NONE || behind->kind == DSR_WORD_SIGN) &&
           dsr_word(words, match->to + 1)->kind == DSR_WORD_NONE;
}

/* "will be back in two days": a length that something to come is away. */
static void date_length(dsr_time *time, const dsr_number_words *words, const dsr_time_match *match)
{
    dsr_time_form *form = &time->form;
    bool in = match->from > 0 && dsr_word_equals(words, match->from - 1, "in") &&
              dsr_word_time(words, match->from) != DSR_TIMEWORD_THE;
    size_t mark = skip_apostrophe(words, match->to); /* "in two weeks' time" */
    bool away = form->tense > 0 || (mark > match->to && dsr_word_equals(words, mark, "time")) ||
                (form->tense == 0 && stands_alone(words, match));
    if (in && form->kind == DSR_TIME_LENGTH && form->direction == DSR_UNSAID && form->count >= 0 &&
        form->unit >= DSR_UNIT_DAY && away) {
        form->kind = DSR_TIME_DISTANCE;
        form->direction = 1;
        time->type = DSR_TIME_DATE;
    }
}

/* "On Friday, she left at 10 a.m.": an hour without a day is of the day that its sentence told of last. */
static void lean_on_told(dsr_report *report, size_t before)
{
    const dsr_time *hour = &report->times.items[report->times.count - 1];
    bool bare = hour->type == DSR_TIME_TIME && hour->form.kind == DSR_TIME_POINT &&
                hour->form.hour != DSR_UNSAID && hour->form.shift == DSR_UNSAID &&
                hour->form.weekday == DSR_UNSAID && hour->form.day == DSR_UNSAID &&
                hour->form.holiday == DSR_UNSAID;
    for (size_t i = report->times.count - 1; bare && i > before; i--) {
        const dsr_time_form *form = &report->times.items[i - 1].form;
        if (form->kind != DSR_TIME_POINT) {
            continue;
        }
        if (form->unit <= DSR_UNIT_DAY) {
            report->times.items[report->times.count - 1].form.anchor = DSR_ANCHOR_TOLD;
        }
        return;
    }
}

/* "open 9 a.m. until 5 p.m.", "Monday through Friday": a range with both its ends. */
static bool ends_range(const dsr_number_words *words, size_t lead, size_t behind, const dsr_time *before,
                       const dsr_time_match *match)
{
    return lead == behind && dsr_word_time(words, lead) == DSR_TIMEWORD_TO &&
           before->form.kind == DSR_TIME_POINT && before->type == match->type;
}

static void side_distance(dsr_time *time)
{
    if (time->form.kind == DSR_TIME_DISTANCE) {
        time->mod = dsr_time_side_of_distance(time->mod, time->form.direction);
    }
}

/* Where a sentence is read. */
typedef struct place {
    size_t before; /* times before the sentence */
    size_t behind; /* words up to the end of the last time */
    size_t from;   /* where the last time begins */
    size_t middle; /* the end of the one before it */
    bool loose;    /* no verb of the past stands right before the last time */
} place;

/* The side to which a time is open, unless its own words say more of it. */
static void set_side(dsr_report *report, const dsr_number_words *words, const place *at,
                     const dsr_time_match *match)
{
    dsr_time *time = &report->times.items[report->times.count - 1];
    bool follows = report->times.count > at->before + 1;
    size_t lead = 0;
    dsr_time_mod mod = dsr_time_read_side(words, match, &lead);
    if (mod == DSR_TIME_MOD_NONE || time->mod != DSR_TIME_MOD_NONE) {
        return;
    }
    bool touches = follows && lead == at->behind;
    bool measured = touches ? time[-1].form.kind == DSR_TIME_LENGTH || time[-1].form.kind == DSR_TIME_DISTANCE
                            : dsr_time_is_measured(words, lead);
    bool counted = follows && time[-1].form.anchor == DSR_ANCHOR_NEXT;
    if (!measured && !counted && !(follows && ends_range(words, lead, at->behind, time - 1, match))) {
        time->mod = mod;
    }
}

static dsr_status take_time(dsr_arena *arena, dsr_report *report, const dsr_number_words *words, place *at,
                            const dsr_time_match *match)
{
    if (add_time(arena, report, words, match) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    dsr_time *time = &report->times.items[report->times.count - 1];
    date_length(time, words, match);
    if (report->times.count >= at->before + 2) {
        share_tense(report, at->loose);
        anchor_length(report, words, at->behind, match);
        dsr_time_share(words, at->behind, match->from, time - 1, time);
        lean_on_told(report, at->before);
    }
    if (report->times.count >=
        at->before + 3) { /* "from 10:30 to 3 on Friday": the first takes the day, too */
        dsr_time_share(words, at->middle, at->from, time - 2, time - 1);
    }
    set_side(report, words, at, match);
    side_distance(time);
    side_distance(report->times.count >= at->before + 2 ? time - 1 : time);
    at->loose = dsr_time_is_loose(words, match->from);
    at->middle = at->behind;
    at->from = match->from;
    at->behind = match->to;
    return DSR_OK;
}

static dsr_status find_in_sentence(dsr_arena *arena, dsr_report *report, const dsr_number_words *words)
{
    place at = {.before = report->times.count};
    for (size_t i = 0; i < words->list.count;) {
        dsr_time_match match, second;
        if (!may_begin(words, i) || !dsr_time_read(words, i, &match)) {
            i++;
            continue;
        }
        bool paired = dsr_time_read_second(words, &match, &second);
        if (take_time(arena, report, words, &at, &match) != DSR_OK ||
            (paired && take_time(arena, report, words, &at, &second) != DSR_OK)) {
            return DSR_ERR_MEMORY;
        }
        i = at.behind;
    }
    return DSR_OK;
}

/* The date in a dateline ("NAIROBI, August 21 (Xinhua)") is read like a sentence; the lists are both ordered.
 */
static dsr_span next_span(const dsr_report *report, size_t *sentence, size_t *furniture)
{
    while (*furniture < report->furniture.count &&
           report->furniture.items[*furniture].kind != DSR_FURNITURE_DATELINE) {
        ++*furniture;
    }
    bool dateline = *furniture < report->furniture.count;
    if (*sentence < report->sentences.count &&
        (!dateline ||
         report->sentences.items[*sentence].start < report->furniture.items[*furniture].span.start)) {
        return report->sentences.items[(*sentence)++];
    }
    return dateline ? report->furniture.items[(*furniture)++].span : (dsr_span){0, 0};
}

dsr_status dsr_times_find(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report)
{
    dsr_number_words words = {.text = report->text,
                              .terms = dsr_lexicon_terms(lexicon, report->meta.language)};
    report->times.count = 0;
    size_t sentence = 0, furniture = 0;
    dsr_span span = next_span(report, &sentence, &furniture);
    for (; words.terms && span.end > span.start; span = next_span(report, &sentence, &furniture)) {
        if (dsr_number_words_read(arena, &words, span) != DSR_OK ||
            find_in_sentence(arena, report, &words) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}
