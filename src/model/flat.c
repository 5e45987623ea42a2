/* Names, times, figures and quotations as rows of numbers and back. Must not know how they are written. */
#include "model/flat.h"

/* What is unsaid becomes 0, small numbers of either sign small ones. */
static uint64_t squeeze(int64_t value)
{
    return value == DSR_UNSAID ? 0 : ((uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0)) + 1;
}

static int64_t stretch(uint64_t packed)
{
    if (packed == 0) {
        return DSR_UNSAID;
    }
    uint64_t bits = packed - 1;
    int64_t half = (int64_t)(bits >> 1);
    return (bits & 1) != 0 ? -half - 1 : half;
}

void dsr_time_flatten(const dsr_time *time, uint64_t out[DSR_TIME_NUMBERS])
{
    const dsr_time_form *form = &time->form;
    const int64_t fields[] = {form->shift,   form->direction, form->year,    form->month, form->day,
                              form->weekday, form->week,      form->quarter, form->half,  form->holiday,
                              form->hour,    form->minute,    form->second,  form->tense, form->count,
                              form->season,  form->part};
    out[0] = time->type;
    out[1] = time->mod;
    out[2] = form->kind;
    out[3] = form->anchor;
    out[4] = form->unit;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        out[5 + i] = squeeze(fields[i]);
    }
}

bool dsr_time_unflatten(const uint64_t in[DSR_TIME_NUMBERS], dsr_time *out)
{
    dsr_time_form *form = &out->form;
    int16_t *const shorts[] = {&form->shift,   &form->direction, &form->year,    &form->month, &form->day,
                               &form->weekday, &form->week,      &form->quarter, &form->half,  &form->holiday,
                               &form->hour,    &form->minute,    &form->second,  &form->tense};
    int32_t *const longs[] = {&form->count, &form->season, &form->part};
    enum { SHORTS = sizeof shorts / sizeof *shorts, LONGS = sizeof longs / sizeof *longs };
    _Static_assert(5 + SHORTS + LONGS == DSR_TIME_NUMBERS, "each field has its number");
    if (in[0] >= DSR_TIME_TYPES || in[1] >= DSR_TIME_MODS || in[2] >= DSR_TIME_KINDS ||
        in[3] >= DSR_ANCHORS || in[4] >= DSR_UNITS) {
        return false;
    }
    out->type = (dsr_time_type)in[0];
    out->mod = (dsr_time_mod)in[1];
    form->kind = (dsr_time_kind)in[2];
    form->anchor = (dsr_time_anchor)in[3];
    form->unit = (dsr_time_unit)in[4];
    for (size_t i = 0; i < SHORTS + LONGS; i++) {
        int64_t value = stretch(in[5 + i]);
        if (value < (i < SHORTS ? INT16_MIN : INT32_MIN) || value > (i < SHORTS ? INT16_MAX : INT32_MAX)) {
            return false;
        }
        if (i < SHORTS) {
            *shorts[i] = (int16_t)value;
        } else {
            *longs[i - SHORTS] = (int32_t)value;
        }
    }
    return true;
}

void dsr_figure_flatten(const dsr_figure *figure, uint64_t out[DSR_FIGURE_NUMBERS])
{
    const dsr_decimal *const decimals[] = {&figure->value, &figure->low, &figure->high};
    out[0] = figure->approx;
    out[1] = figure->has_value | (unsigned)figure->has_low << 1 | (unsigned)figure->has_high << 2;
    for (size_t i = 0; i < 3; i++) {
        out[2 + 2 * i] = squeeze(decimals[i]->digits);
        out[3 + 2 * i] = squeeze(decimals[i]->exponent);
    }
    out[8] = figure->thing.start;
    out[9] = figure->thing.end;
}

bool dsr_figure_unflatten(const uint64_t in[DSR_FIGURE_NUMBERS], dsr_figure *out)
{
    dsr_decimal *const decimals[] = {&out->value, &out->low, &out->high};
    if (in[0] >= DSR_APPROXES || in[1] > 7 || in[8] > UINT32_MAX || in[9] > UINT32_MAX) {
        return false;
    }
    out->approx = (dsr_approx)in[0];
    out->has_value = (in[1] & 1) != 0;
    out->has_low = (in[1] & 2) != 0;
    out->has_high = (in[1] & 4) != 0;
    for (size_t i = 0; i < 3; i++) {
        int64_t exponent = stretch(in[3 + 2 * i]);
        if (exponent < -DSR_DECIMAL_EXPONENT || exponent > DSR_DECIMAL_EXPONENT) {
            return false;
        }
        *decimals[i] = (dsr_decimal){stretch(in[2 + 2 * i]), (int32_t)exponent};
    }
    out->thing = (dsr_span){(uint32_t)in[8], (uint32_t)in[9]};
    return true;
}

/* Where a quotation's speaker, cue and audience stand, counted from its start: they are near it. The empty
 * span at 0 says that there is none, and has a length of 0. */
static void flatten_near(dsr_span span, uint32_t start, uint64_t out[2])
{
    int64_t from = span.end > 0 ? (int64_t)span.start - (int64_t)start : 0;
    out[0] = (uint64_t)from << 1 ^ (from < 0 ? UINT64_MAX : 0);
    out[1] = span.end - span.start;
}

static bool unflatten_near(const uint64_t in[2], uint32_t start, dsr_span *out)
{
    int64_t half = (int64_t)(in[0] >> 1);
    int64_t from = (in[0] & 1) != 0 ? -half - 1 : half;
    *out = (dsr_span){0, 0};
    if (in[1] == 0) {
        return in[0] == 0;
    }
    if (from < -(int64_t)start || from > UINT32_MAX || in[1] > UINT32_MAX) {
        return false;
    }
    uint64_t first = (uint64_t)((int64_t)start + from);
    *out = (dsr_span){(uint32_t)first, (uint32_t)(first + in[1])};
    return first + in[1] <= UINT32_MAX;
}

/* Beside the way in which a speaker was found: one number for both. */
enum { QUOTE_DENIED = 1 << 6 };
_Static_assert((int)DSR_SAID_HOWS <= (int)QUOTE_DENIED, "ways to find a speaker must fit below");

void dsr_quote_flatten(const dsr_quote *quote, uint64_t out[DSR_QUOTE_NUMBERS])
{
    out[0] = quote->kind;
    out[1] = quote->quotation;
    out[2] = quote->entity == DSR_NO_ENTITY ? 0 : (uint64_t)quote->entity + 1;
    flatten_near(quote->speaker, quote->span.start, out + 3);
    flatten_near(quote->cue, quote->span.start, out + 5);
    flatten_near(quote->audience, quote->span.start, out + 7);
    out[9] = quote->confidence;
    out[10] = quote->medium;
    out[11] = (uint64_t)quote->how | (quote->denied ? QUOTE_DENIED : 0);
}

bool dsr_quote_unflatten(const uint64_t in[DSR_QUOTE_NUMBERS], dsr_quote *out)
{
    if (in[0] > DSR_QUOTE_SCARE || in[1] > UINT32_MAX || in[2] > UINT32_MAX || in[9] > UINT16_MAX ||
        in[10] >= DSR_MEDIA || (in[11] & ~(uint64_t)QUOTE_DENIED) >= DSR_SAID_HOWS) {
        return false;
    }
    out->denied = (in[11] & QUOTE_DENIED) != 0;
    out->kind = (dsr_quote_kind)in[0];
    out->quotation = (uint32_t)in[1];
    out->entity = in[2] == 0 ? DSR_NO_ENTITY : (uint32_t)(in[2] - 1);
    out->confidence = (uint16_t)in[9];
    out->medium = (dsr_medium)in[10];
    out->how = (dsr_said_how)(in[11] & ~(uint64_t)QUOTE_DENIED);
    return unflatten_near(in + 3, out->span.start, &out->speaker) &&
           unflatten_near(in + 5, out->span.start, &out->cue) &&
           unflatten_near(in + 7, out->span.start, &out->audience);
}

/* ---- names ---- */

enum { TIE_NUMBERS = 3 };

/* Where it rests is told from where the words themselves begin: most of the way is short. */
static void flatten_tie(dsr_tie tie, dsr_span because, uint32_t start, uint64_t out[TIE_NUMBERS])
{
    bool rests = because.end > because.start;
    out[0] = tie;
    out[1] = rests ? squeeze((int64_t)because.start - (int64_t)start) : 0;
    out[2] = rests ? because.end - because.start : 0;
}

static bool unflatten_tie(const uint64_t in[TIE_NUMBERS], uint32_t start, dsr_tie *tie, dsr_span *because)
{
    if (in[0] >= DSR_TIES || in[2] > UINT32_MAX) {
        return false;
    }
    *tie = (dsr_tie)in[0];
    *because = (dsr_span){0, 0};
    if (in[2] == 0) {
        return in[1] == 0;
    }
    int64_t first = stretch(in[1]);
    if (first < -(int64_t)start || first > (int64_t)UINT32_MAX) {
        return false;
    }
    first += (int64_t)start;
    if (first > (int64_t)UINT32_MAX - (int64_t)in[2]) {
        return false;
    }
    *because = (dsr_span){(uint32_t)first, (uint32_t)first + (uint32_t)in[2]};
    return true;
}

/* An entity's number, 0 for none. */
static uint64_t flatten_entity(uint32_t entity)
{
    return entity == DSR_NO_ENTITY ? 0 : (uint64_t)entity + 1;
}

static uint32_t unflatten_entity(uint64_t number)
{
    return number == 0 || number > UINT32_MAX ? DSR_NO_ENTITY : (uint32_t)(number - 1);
}

void dsr_name_flatten(const dsr_name *name, uint64_t out[DSR_NAME_NUMBERS])
{
    out[0] = name->type;
    out[1] = flatten_entity(name->entity);
    out[2] = flatten_entity(name->metonym_for);
    flatten_tie(name->tie, name->because, name->span.start, &out[3]);
}

bool dsr_name_unflatten(const uint64_t in[DSR_NAME_NUMBERS], dsr_name *out)
{
    if (in[0] >= DSR_NAME_TYPES) {
        return false;
    }
    out->type = (dsr_name_type)in[0];
    out->entity = unflatten_entity(in[1]);
    out->metonym_for = unflatten_entity(in[2]);
    return unflatten_tie(&in[3], out->span.start, &out->tie, &out->because);
}

void dsr_reference_flatten(const dsr_reference *reference, uint64_t out[DSR_REFERENCE_NUMBERS])
{
    out[0] = reference->kind;
    out[1] = flatten_entity(reference->entity);
    flatten_tie(reference->tie, reference->because, reference->span.start, &out[2]);
}

bool dsr_reference_unflatten(const uint64_t in[DSR_REFERENCE_NUMBERS], dsr_reference *out)
{
    if (in[0] >= DSR_REFERENCE_KINDS) {
        return false;
    }
    out->kind = (dsr_reference_kind)in[0];
    out->entity = unflatten_entity(in[1]);
    return unflatten_tie(&in[2], out->span.start, &out->tie, &out->because);
}
