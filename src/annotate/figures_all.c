/* Every number of a text by model, figures or not. Must not know what a report is about. */
#include "annotate/figures_parts.h"

const char *dsr_measure_model_name(dsr_measure_model model)
{
    static const char *const names[] = {
        [DSR_MEASURE_NUMBER] = "number",       [DSR_MEASURE_ORDINAL] = "ordinal",
        [DSR_MEASURE_PERCENT] = "percent",     [DSR_MEASURE_CURRENCY] = "currency",
        [DSR_MEASURE_DIMENSION] = "dimension", [DSR_MEASURE_AGE] = "age",
        [DSR_MEASURE_RANGE] = "range"};
    return (size_t)model < sizeof names / sizeof *names ? names[model] : "number";
}

static dsr_status add(dsr_arena *arena, const dsr_number_words *words, size_t from, size_t to,
                      dsr_measure measure, dsr_measures *out)
{
    if (DSR_LIST_RESERVE(arena, out, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    measure.span.start = dsr_word(words, from)->span.start;
    measure.span.end = dsr_word(words, to - 1)->span.end;
    out->items[out->count++] = measure;
    return DSR_OK;
}

/* "one" after "the", "which", "that" is a pronoun. */
static bool is_pronoun(const dsr_number_words *words, size_t at)
{
    uint8_t before = at > 0 ? dsr_word_time(words, at - 1) : (uint8_t)DSR_TIMEWORD_NONE;
    return dsr_word_equals(words, at, "one") &&
           (before == DSR_TIMEWORD_THE || before == DSR_TIMEWORD_THAT || before == DSR_TIMEWORD_LAST ||
            (at > 0 &&
             (dsr_word_equals(words, at - 1, "which") || dsr_word_equals(words, at - 1, "current"))));
}

/* Whether digits stick to letters that are no power of ten: "180.25ml", "G20". */
static bool sticks(const dsr_number_words *words, const dsr_number *number)
{
    const dsr_number_word *behind = dsr_word(words, number->to);
    const dsr_number_word *before =
        number->from > 0 ? dsr_word(words, number->from - 1) : &dsr_number_no_word;
    bool digits = dsr_word_is_digits(words, number->to - 1);
    return (digits && behind->kind == DSR_WORD_LETTERS && !behind->space) ||
           (before->kind == DSR_WORD_LETTERS && !dsr_word(words, number->from)->space);
}

static dsr_status list_numbers(dsr_arena *arena, const dsr_number_words *words, dsr_measures *out)
{
    for (size_t i = 0; i < words->list.count;) {
        dsr_number number;
        if (!dsr_number_read(words, i, &number)) {
            i++;
            continue;
        }
        i = number.to;
        if (number.kind == DSR_NUMBER_IS_VAGUE || is_pronoun(words, number.from) || sticks(words, &number)) {
            continue;
        }
        bool ordinal = number.kind == DSR_NUMBER_IS_ORDINAL;
        dsr_measure measure = {.model = ordinal ? DSR_MEASURE_ORDINAL : DSR_MEASURE_NUMBER,
                               .kind = dsr_number_kind_name(number.kind),
                               .has_value = true,
                               .value = number.value};
        if (add(arena, words, number.from, number.to, measure, out) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}

static dsr_measure measure_of(const dsr_amount *amount, bool other)
{
    dsr_measure measure = {.has_value = true, .value = amount->number.value};
    const dsr_unit *unit = other ? amount->also : amount->unit;
    if (amount->kind == DSR_AMOUNT_PERCENT) {
        measure.model = DSR_MEASURE_PERCENT;
    } else if (amount->kind == DSR_AMOUNT_AGE) {
        measure.model = DSR_MEASURE_AGE;
        measure.unit = dsr_slice_of(amount->age);
    } else {
        bool money = dsr_slice_equal(unit->kind, DSR_SLICE("currency"));
        measure.model = money ? DSR_MEASURE_CURRENCY : DSR_MEASURE_DIMENSION;
        measure.unit = unit->name;
        measure.unit_kind = unit->kind;
        measure.code = unit->code;
    }
    return measure;
}

static dsr_status list_amounts(dsr_arena *arena, const dsr_number_words *words, dsr_measures *out)
{
    for (size_t i = 0; i < words->list.count;) {
        dsr_amount amount;
        if (!dsr_amount_read(words, i, &amount)) {
            dsr_measure share = {.model = DSR_MEASURE_PERCENT};
            bool named = dsr_word_equals(words, i, "percentage") || dsr_word_equals(words, i, "percentages");
            if (named && add(arena, words, i, i + 1, share, out) != DSR_OK) { /* without a number */
                return DSR_ERR_MEMORY;
            }
            i++;
            continue;
        }
        bool lone = amount.kind == DSR_AMOUNT_COUNT;
        bool glued = amount.from > 0 && !dsr_word(words, amount.from)->space &&
                     (dsr_word(words, amount.from - 1)->kind == DSR_WORD_LETTERS ||
                      (dsr_word_is_sign(words, amount.from - 1, '-') && amount.from > 1 &&
                       !dsr_word(words, amount.from - 1)->space &&
                       dsr_word(words, amount.from - 2)->kind == DSR_WORD_LETTERS));
        i = lone ? i + 1 : amount.to;
        if (lone || (glued && amount.kind == DSR_AMOUNT_UNIT)) {
            continue;
        }
        if (add(arena, words, amount.from, amount.to, measure_of(&amount, false), out) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        if (amount.kind == DSR_AMOUNT_UNIT && amount.also &&
            add(arena, words, amount.from, amount.to, measure_of(&amount, true), out) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}

static dsr_status list_ranges(dsr_arena *arena, const dsr_number_words *words, dsr_measures *out)
{
    for (size_t i = 0; i < words->list.count;) {
        dsr_bounds bounds;
        if (!dsr_bounds_read(words, i, &bounds)) {
            i++;
            continue;
        }
        dsr_measure measure = {.model = DSR_MEASURE_RANGE,
                               .has_low = bounds.has_low,
                               .has_high = bounds.has_high,
                               .low_open = bounds.low_open,
                               .high_open = bounds.high_open,
                               .low = bounds.low,
                               .high = bounds.high};
        if (add(arena, words, bounds.from, bounds.to, measure, out) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        i = bounds.to;
    }
    return DSR_OK;
}

dsr_status dsr_measures_list(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_report *report,
                             dsr_span span, dsr_measures *out)
{
    dsr_number_words words = {.text = report->text,
                              .terms = dsr_lexicon_terms(lexicon, report->meta.language)};
    if (words.terms == NULL) {
        return DSR_OK;
    }
    dsr_status status = dsr_number_words_read(arena, &words, span);
    if (status == DSR_OK) {
        status = list_numbers(arena, &words, out);
    }
    if (status == DSR_OK) {
        status = list_amounts(arena, &words, out);
    }
    return status == DSR_OK ? list_ranges(arena, &words, out) : status;
}
