/* Lengths and what is measured from somewhere: "two years", "a week ago", "the past three months", "every
 * Friday". Must not know which day a report is of. */
#include "annotate/times_parts.h"

static bool is_units(const dsr_number_words *words, size_t at)
{
    uint8_t class = dsr_word_time(words, at);
    return class == DSR_TIMEWORD_UNIT || class == DSR_TIMEWORD_UNITS;
}

static bool accept_ago(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_AGO;
}

static bool accept_or_so(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_OR_SO;
}

static bool accept_each(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_EACH;
}

static bool accept_frequency(const dsr_term *term)
{
    return term->time == DSR_TIMEWORD_FREQUENCY;
}

/* Three decimal places of what is counted; DSR_TIME_VAGUE where it does not fit. */
static int32_t thousandths(dsr_decimal value)
{
    int64_t count = dsr_decimal_integer(dsr_decimal_scale(value, 3), DSR_TIME_VAGUE);
    return count >= 0 && count <= INT32_MAX ? (int32_t)count : DSR_TIME_VAGUE;
}

/* How many: "two", "a", "2 1/2", "several", "a few", "a couple of"; the end or `at`. */
static size_t read_count(const dsr_number_words *words, size_t at, int32_t *count, bool *one)
{
    dsr_number number;
    size_t next = at;
    bool article = dsr_word_number(words, next) == DSR_NUMBER_ARTICLE;
    size_t behind = next + (article ? 1U : 0U);
    *one = false;
    if (dsr_word_number(words, behind) == DSR_NUMBER_FEW && !dsr_word_equals(words, behind, "some")) {
        dsr_number vague;
        *count = DSR_TIME_VAGUE;
        return dsr_number_read(words, behind, &vague) ? vague.to : behind + 1;
    }
    if (dsr_word_number(words, behind) == DSR_NUMBER_COUPLE) {
        *count = 2000;
        return behind + 1 + (dsr_word_number(words, behind + 1) == DSR_NUMBER_OF ? 1U : 0U);
    }
    if (dsr_number_read(words, at, &number) && number.kind != DSR_NUMBER_IS_ORDINAL) {
        bool quarters = dsr_word_equals(words, number.to - 1, "quarters");
        if (number.kind == DSR_NUMBER_IS_FRACTION &&
            (quarters || dsr_word_is_sign(words, number.to - 2, '-') ||
             dsr_word_is_sign(words, number.to, '-') || dsr_word_equals(words, number.to, "quarter"))) {
            *count = 1000 * (dsr_word(words, at)->term ? dsr_word(words, at)->term->number_value : 0);
            return quarters && dsr_word_number(words, at) == DSR_NUMBER_UNIT && number.to == at + 2 ? at + 1
                                                                                                    : at;
        }
        if (number.kind == DSR_NUMBER_IS_VAGUE) {
            *count = DSR_TIME_VAGUE;
            return number.to + (dsr_word_number(words, number.to) == DSR_NUMBER_OF ? 1U : 0U);
        }
        *count = number.value.digits >= 0 ? thousandths(number.value) : DSR_TIME_VAGUE;
        bool half = number.kind == DSR_NUMBER_IS_FRACTION &&
                    (dsr_word_number(words, number.to) == DSR_NUMBER_OF ||
                     dsr_word_number(words, number.to) == DSR_NUMBER_ARTICLE);
        return half ? number.to + 1 : number.to;
    }
    if (article) {
        *count = 1000;
        *one = true;
        return next + 1;
    }
    return at;
}

/* "and a half" behind "a minute". */
static size_t read_and_half(const dsr_number_words *words, size_t at, int32_t *count)
{
    if (dsr_word_number(words, at) == DSR_NUMBER_AND &&
        dsr_word_number(words, at + 1) == DSR_NUMBER_ARTICLE &&
        dsr_word_number(words, at + 2) == DSR_NUMBER_PART && *count >= 0) {
        *count += 1000 / dsr_word(words, at + 2)->term->number_value;
        return at + 3;
    }
    return at;
}

static size_t skip_glue(const dsr_number_words *words, size_t at)
{
    size_t next = at;
    while (dsr_word_time(words, next) == DSR_TIMEWORD_GLUE ||
           dsr_word_time(words, next) == DSR_TIMEWORD_FISCAL) {
        next++;
    }
    return is_units(words, dsr_skip_hyphen(words, next)) ? next : at;
}

static void set_length(dsr_time_match *out, dsr_time_unit unit, int32_t count)
{
    out->type = DSR_TIME_DURATION;
    out->form.kind = DSR_TIME_LENGTH;
    out->form.unit = unit;
    out->form.count = count;
}

/* Another amount behind the first: "2 weeks and 2 days" has both as days. */
static size_t add_length(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    static const int32_t days[DSR_UNITS] = {[DSR_UNIT_DAY] = 1, [DSR_UNIT_WEEK] = 7};
    int32_t count = 0;
    bool one = false;
    size_t next = at + (dsr_word_number(words, at) == DSR_NUMBER_AND ? 1U : 0U);
    size_t behind = read_count(words, next, &count, &one);
    if (behind == next || !is_units(words, behind) || form->count < 0 || count < 0 ||
        form->count > 100000000) {
        return at;
    }
    dsr_time_unit unit = dsr_time_unit_of(dsr_word_time_value(words, behind));
    if (unit >= form->unit) {
        return at;
    }
    if (days[unit] && days[form->unit]) {
        form->count = form->count * days[form->unit] + count * days[unit];
        form->unit = unit;
    } else if (form->unit == DSR_UNIT_HOUR && unit == DSR_UNIT_MINUTE) {
        form->count = form->count * 60 + count;
        form->unit = unit;
    } else if (form->unit == DSR_UNIT_YEAR && unit == DSR_UNIT_MONTH) {
        form->count = form->count * 12 + count;
        form->unit = unit;
    } else {
        return at;
    }
    return behind + 1;
}

/* "ago", "earlier", "later", "from now", "before X", "after X" behind a length make a date of it. */
static bool read_shifted(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t end = at;
    const dsr_term *term = dsr_find_phrase(words, at, accept_ago, &end);
    uint8_t class = dsr_word_time(words, at);
    if (term) {
        out->form.anchor = DSR_ANCHOR_PUBLICATION;
        out->form.direction = (int16_t)term->time_value;
        out->to = end;
    } else if (class == DSR_TIMEWORD_EARLIER && dsr_word_time_value(words, at) < 0) {
        out->form.anchor = DSR_ANCHOR_TOLD;
        out->form.direction = (int16_t)dsr_word_time_value(words, at);
        out->to = at + 1;
    } else {
        return false;
    }
    out->form.kind = DSR_TIME_DISTANCE;
    out->type = out->form.unit <= DSR_UNIT_HOUR ? DSR_TIME_TIME : DSR_TIME_DATE;
    return true;
}

/* Whether "a year" at `at` says how often: "$5 a year", "4,000 barrels a day", "twice a week". */
static bool is_rate(const dsr_number_words *words, size_t at)
{
    const dsr_number_word *before = at > 0 ? dsr_word(words, at - 1) : &dsr_number_no_word;
    if (before->kind == DSR_WORD_DIGITS) {
        return true;
    }
    if (before->kind != DSR_WORD_LETTERS || !dsr_word(words, at)->space) {
        return false;
    }
    const dsr_term *term = before->term;
    bool plural = dsr_word_length(before) > 3 && words->text.ptr[before->span.end - 1] == 's' &&
                  !(term && (term->cue || term->time));
    return plural ||
           (term && (term->number == DSR_NUMBER_SCALE || term->number == DSR_NUMBER_UNIT ||
                     term->unit[0] != DSR_NO_UNIT)) ||
           dsr_word_equals(words, at - 1, "twice") || dsr_word_equals(words, at - 1, "once");
}

/* Behind a count: another one ("two to three weeks"), a direction ("the 3 next weeks"), what may stand before
 * the unit. The place of the unit; `at` where none follows. */
static size_t find_unit(const dsr_number_words *words, size_t at, dsr_time_form *form)
{
    size_t next = at;
    dsr_number second;
    bool joined = dsr_word_is_sign(words, next, '-') || dsr_word_time(words, next) == DSR_TIMEWORD_TO ||
                  dsr_word_equals(words, next, "or");
    if (joined && dsr_number_read(words, next + 1, &second) &&
        is_units(words, dsr_skip_hyphen(words, second.to))) {
        next = second.to;
    }
    uint8_t led = dsr_word_time(words, next);
    bool directed = (led == DSR_TIMEWORD_LAST || led == DSR_TIMEWORD_PAST) &&
                    dsr_word_time_value(words, next) != 0 &&
                    dsr_word_time(words, next + 1) == DSR_TIMEWORD_UNITS;
    if (directed) {
        form->direction = (int16_t)dsr_word_time_value(words, next++);
    }
    size_t glue = skip_glue(words, next);
    size_t unit = dsr_skip_hyphen(words, glue);
    bool loose = unit > glue && dsr_word(words, glue)->space; /* "two - weeks" */
    return is_units(words, unit) && !loose ? unit : at;
}

/* Whether a unit behind a count makes no length: "a second", "a quarter", "a year-earlier", "three quarters
 * of",
 * "$5 a year". `one`: the count is an article at `at`. */
static bool is_no_length(const dsr_number_words *words, size_t at, size_t unit, bool one)
{
    bool doubtful = dsr_word_equals(words, unit, "second") || dsr_word_equals(words, unit, "quarter");
    uint8_t behind = dsr_word_time(words, unit + 2);
    bool year_ago = dsr_word_is_tight(words, unit + 1, '-') &&
                    (behind == DSR_TIMEWORD_EARLIER || behind == DSR_TIMEWORD_AGO);
    uint8_t next = dsr_word_time(words, unit + 1); /* "up from $5 million a year ago" */
    bool shifted = next == DSR_TIMEWORD_EARLIER || next == DSR_TIMEWORD_AGO;
    bool quarters =
        dsr_word_equals(words, unit, "quarters") && dsr_word_number(words, unit + 1) == DSR_NUMBER_OF;
    return dsr_word_length(dsr_word(words, unit)) == 1 || quarters ||
           (one && (doubtful || year_ago || (!shifted && is_rate(words, at))));
}

/* "old", "-old", "of age" behind a length: that is a figure. */
static bool is_age(const dsr_number_words *words, size_t at)
{
    size_t next = dsr_word_is_tight(words, at, '-') ? at + 1 : at;
    return dsr_word_equals(words, next, "old") ||
           (dsr_word_number(words, next) == DSR_NUMBER_OF && dsr_word_equals(words, next + 1, "age"));
}

/* "N units [ago]" */
static bool read_counted(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    int32_t count = 0;
    bool one = false;
    size_t next = read_count(words, at, &count, &one);
    if (next == at) {
        return false;
    }
    size_t unit = find_unit(words, next, &out->form);
    if (!is_units(words, unit) || is_no_length(words, at, unit, one)) {
        return false;
    }
    set_length(out, dsr_time_unit_of(dsr_word_time_value(words, unit)), count);
    out->to = read_and_half(words, unit + 1, &out->form.count);
    out->to = add_length(words, out->to, &out->form);
    if (is_age(words, out->to)) {
        return false;
    }
    if (dsr_word_is_tight(words, out->to, '-') && dsr_word_time(words, out->to + 1) == DSR_TIMEWORD_OLD) {
        return true; /* "decade-long" */
    }
    size_t or_so = out->to;
    if (dsr_find_phrase(words, out->to, accept_or_so, &or_so) && !dsr_word_equals(words, or_so, "than")) {
        out->mod = DSR_TIME_MOD_APPROX;
        out->to = or_so;
    }
    (void)read_shifted(words, out->to, out);
    return true;
}

/* "the past three months", "the next few days", "the first nine months", "the last decade" */
static bool read_stretch(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    uint8_t class = dsr_word_time(words, at);
    bool verb = dsr_word_equals(words, at, "last") && at > 0 && dsr_word(words, at - 1)->term &&
                dsr_word(words, at - 1)->term->cue == DSR_CUE_FUTURE; /* "will last three days" */
    bool first = dsr_word_equals(words, at, "first") || dsr_word_equals(words, at, "final") ||
                 class == DSR_TIMEWORD_LATEST;
    if ((class != DSR_TIMEWORD_LAST && class != DSR_TIMEWORD_PAST && !first) || verb) {
        return false;
    }
    int32_t count = 0;
    bool one = false;
    size_t behind = read_count(words, at + 1, &count, &one);
    if (class == DSR_TIMEWORD_PAST && dsr_word_time(words, at + 1) == DSR_TIMEWORD_UNIT) {
        dsr_time_unit unit = dsr_time_unit_of(dsr_word_time_value(words, at + 1));
        set_length(out, unit, 1000);
        out->form.direction = (int16_t)dsr_word_time_value(words, at);
        out->to = at + 2;
        return (unit > DSR_UNIT_YEAR || unit == DSR_UNIT_FORTNIGHT) && out->form.direction != 0;
    }
    dsr_number second;
    if ((dsr_word_time(words, behind) == DSR_TIMEWORD_TO || dsr_word_is_sign(words, behind, '-') ||
         dsr_word_equals(words, behind, "or")) &&
        dsr_number_read(words, behind + 1, &second) && is_units(words, second.to)) {
        behind = second.to; /* "the next 12 to 18 months" */
        count = DSR_TIME_VAGUE;
    }
    size_t next = skip_glue(words, behind);
    if (behind == at + 1 || one || !is_units(words, next) || dsr_word_length(dsr_word(words, next)) == 1) {
        return false;
    }
    set_length(out, dsr_time_unit_of(dsr_word_time_value(words, next)), count);
    out->form.direction = first ? DSR_UNSAID : (int16_t)dsr_word_time_value(words, at);
    out->to = next + 1;
    size_t or_so = out->to;
    if (dsr_find_phrase(words, out->to, accept_or_so, &or_so)) {
        out->mod = DSR_TIME_MOD_APPROX;
        out->to = or_so;
    }
    return true;
}

/* "recent years", "coming months", "weeks", "years ago" */
static bool read_vague(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    uint8_t class = dsr_word_time(words, at);
    bool led = class == DSR_TIMEWORD_RECENT || class == DSR_TIMEWORD_PAST || class == DSR_TIMEWORD_LAST;
    size_t next = led ? at + 1 : at;
    if (dsr_word_time(words, next) != DSR_TIMEWORD_UNITS || dsr_word_length(dsr_word(words, next)) < 4) {
        return false;
    }
    bool counted = !led && at > 0 &&
                   (dsr_word_is_digits(words, at - 1) || dsr_word_number(words, at - 1) != DSR_NUMBER_NONE) &&
                   dsr_word_number(words, at - 1) != DSR_NUMBER_OF &&
                   dsr_word_number(words, at - 1) != DSR_NUMBER_AND;
    if (counted || (led && class == DSR_TIMEWORD_LAST) ||
        (!led && dsr_word_equals(words, next, "quarters"))) {
        return false;
    }
    set_length(out, dsr_time_unit_of(dsr_word_time_value(words, next)), DSR_TIME_VAGUE);
    out->form.direction = led ? (int16_t)dsr_word_time_value(words, at) : DSR_UNSAID;
    out->to = next + 1;
    if (led && (class == DSR_TIMEWORD_PAST || out->form.unit == DSR_UNIT_YEAR) && out->form.direction != 0) {
        out->form.kind = DSR_TIME_REF;
        out->type = DSR_TIME_DATE;
    }
    if (!led && out->form.unit == DSR_UNIT_WEEKEND) { /* "weekends": each of them */
        out->form.kind = DSR_TIME_REPEATED;
        out->form.count = 1000;
        out->type = DSR_TIME_SET;
        return true;
    }
    /* "for hours", "only minutes apart", "the days after" say nothing that can be counted with. */
    bool small = out->form.unit <= DSR_UNIT_DAY || out->form.unit == DSR_UNIT_DECADE;
    return led || read_shifted(words, out->to, out) || !small;
}

/* "all week", "all year" */
static bool read_all(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    if (dsr_word_time(words, at) != DSR_TIMEWORD_ALL || dsr_word_time(words, at + 1) != DSR_TIMEWORD_UNIT) {
        return false;
    }
    dsr_time_unit unit = dsr_time_unit_of(dsr_word_time_value(words, at + 1));
    set_length(out, unit, 1000);
    out->to = at + 2;
    return unit > DSR_UNIT_DAY && unit <= DSR_UNIT_YEAR && !dsr_word_is_tight(words, at + 2, '-');
}

/* "every Friday", "each year", "every other week", "every two weeks" */
static bool read_each(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t next = at;
    const dsr_term *each = dsr_find_phrase(words, at, accept_each, &next);
    if (!each) {
        return false;
    }
    int32_t count = 0;
    bool one = false;
    size_t behind = read_count(words, next, &count, &one);
    dsr_time_match date;
    out->type = DSR_TIME_SET;
    out->form.kind = DSR_TIME_REPEATED;
    out->form.direction = (int16_t)each->time_value;
    if (behind > next && is_units(words, behind)) {
        out->form.unit = dsr_time_unit_of(dsr_word_time_value(words, behind));
        out->form.count = count;
        out->to = behind + 1;
        return true;
    }
    if (is_units(words, next)) {
        out->form.unit = dsr_time_unit_of(dsr_word_time_value(words, next));
        out->form.count = 1000 * each->time_value;
        out->to = next + 1;
        return true;
    }
    if (dsr_word_time(words, next) == DSR_TIMEWORD_PART) {
        out->form.unit = DSR_UNIT_HOUR;
        out->form.part = dsr_time_symbol(words, next);
        out->to = next + 1;
        return true;
    }
    if (dsr_time_read_date(words, next, &date) && date.form.year == DSR_UNSAID) {
        out->form.weekday = date.form.weekday;
        out->form.month = date.form.month;
        out->form.day = date.form.day;
        out->form.season = date.form.season;
        out->form.unit = date.form.unit;
        out->form.holiday = date.form.holiday;
        out->to = dsr_time_read_part(words, date.to, &out->form);
        return true;
    }
    return false;
}

/* "daily", "Mondays", "Tuesday nights" */
static bool read_frequency(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    size_t end = at;
    const dsr_term *term = dsr_find_phrase(words, at, accept_frequency, &end);
    uint8_t class = dsr_word_time(words, at);
    out->type = DSR_TIME_SET;
    out->form.kind = DSR_TIME_REPEATED;
    out->form.direction = 1;
    if (term && !dsr_word(words, at)->capital && term->time_value == DSR_SYMBOL2('B', 'M')) {
        out->form.unit = DSR_UNIT_MONTH;
        out->form.count = 2000;
        out->to = end;
        return true;
    }
    bool adverb = dsr_word(words, end)->kind != DSR_WORD_LETTERS && !dsr_word_is_tight(words, end, '-');
    if (term && adverb && term->time_value == DSR_SYMBOL2('Q', 'A')) { /* not "quarterly results" */
        out->form.unit = DSR_UNIT_MONTH;
        out->form.count = 3000;
        out->to = end;
        return true;
    }
    if (term && !dsr_word(words, at)->capital) {
        if (dsr_word(words, end)->kind == DSR_WORD_LETTERS && dsr_word(words, end)->capital) {
            return false; /* "the daily Courier" */
        }
        out->form.unit = dsr_time_unit_of(term->time_value);
        out->form.part = term->time_value == DSR_SYMBOL2('N', 'I') ? ('N' << 8 | 'I') : DSR_UNSAID;
        out->form.count = 1000;
        out->to = end;
        return out->form.unit != DSR_UNIT_NONE || out->form.part != DSR_UNSAID;
    }
    bool plural_part = class == DSR_TIMEWORD_WEEKDAY && dsr_word_time(words, at + 1) == DSR_TIMEWORD_PARTS;
    if ((class == DSR_TIMEWORD_WEEKDAYS || plural_part) && dsr_word(words, at)->capital) {
        out->form.weekday = (int16_t)dsr_word_time_value(words, at);
        out->form.unit = DSR_UNIT_DAY;
        out->form.part = plural_part ? dsr_time_symbol(words, at + 1) : DSR_UNSAID;
        out->to = at + (plural_part ? 2U : 1U);
        return true;
    }
    return false;
}

bool dsr_time_read_length(const dsr_number_words *words, size_t at, dsr_time_match *out)
{
    static bool (*const readers[])(const dsr_number_words *words, size_t at, dsr_time_match *out) = {
        read_counted, read_stretch, read_all, read_vague, read_each, read_frequency};
    bool found = false;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        dsr_time_match match = {.from = at, .form = dsr_time_form_none()};
        if (readers[i](words, at, &match) && (!found || match.to > out->to)) {
            *out = match;
            found = true;
        }
    }
    return found;
}
