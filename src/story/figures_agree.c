/* See figures_agree.h. */
#include "story/figures_agree.h"

enum {
    SMALL = 12,
    NEAR = 3,
    NEARER = 2
}; /* numbers that many things have; how far apart figures of one thing may be */

dsr_decimal dsr_figures_size(const dsr_figure *f)
{
    if (f->has_value) {
        return f->value;
    }
    if (f->has_low && f->has_high) {
        return dsr_decimal_multiply(dsr_decimal_add(f->low, f->high), (dsr_decimal){5, -1});
    }
    return f->has_low ? f->low : f->has_high ? f->high : (dsr_decimal){0, 0};
}

static bool is_plain(const dsr_figure *f)
{
    return f->has_value || !f->has_low || !f->has_high;
}

static bool is_within(dsr_decimal more, dsr_decimal less, int64_t times)
{
    return less.digits > 0 &&
           dsr_decimal_compare(more, dsr_decimal_multiply(less, dsr_decimal_of(times))) <= 0;
}

dsr_pair_of_figures dsr_figures_compare(const dsr_figure *a, const dsr_figure *b)
{
    dsr_decimal x = dsr_figures_size(a), y = dsr_figures_size(b);
    dsr_pair_of_figures pair = {.equal = dsr_decimal_compare(x, y) == 0};
    if (pair.equal && is_plain(a) != is_plain(b)) {
        pair.equal = false;
    }
    dsr_decimal less = dsr_decimal_compare(x, y) < 0 ? x : y, more = dsr_decimal_compare(x, y) < 0 ? y : x;
    pair.near = is_within(more, less, NEAR);
    pair.nearer = is_within(more, less, NEARER);
    pair.telling = dsr_decimal_compare(more, dsr_decimal_of(SMALL)) > 0;
    return pair;
}

/* The stretch in which the true number lies if the figure is right: a tenth is what "about" leaves open. */
typedef struct stretch {
    bool has_low, has_high;
    dsr_decimal low, high;
} stretch;

static stretch stretch_of(const dsr_figure *f)
{
    static const dsr_decimal less = {9, -1}, more = {11, -1};
    dsr_decimal v = f->has_value ? f->value : dsr_figures_size(f);
    bool negative = v.digits < 0;
    switch (f->approx) {
    case DSR_APPROX_ABOUT:
        return (stretch){true, true, dsr_decimal_multiply(v, negative ? more : less),
                         dsr_decimal_multiply(v, negative ? less : more)};
    case DSR_APPROX_NEARLY:
        return (stretch){true, true, dsr_decimal_multiply(v, negative ? more : less), v};
    case DSR_APPROX_MORE_THAN:
    case DSR_APPROX_AT_LEAST:
        return (stretch){true, false, f->has_low ? f->low : v, v};
    case DSR_APPROX_LESS_THAN:
    case DSR_APPROX_UP_TO:
        return (stretch){false, true, v, f->has_high ? f->high : v};
    case DSR_APPROX_RANGE:
    case DSR_APPROX_DOZENS:
        return (stretch){f->has_low, f->has_high, f->low, f->high};
    case DSR_APPROX_EXACT:
    case DSR_APPROXES:
        break;
    }
    return (stretch){true, true, v, v};
}

void dsr_figures_add(dsr_figures_sum *sum, const dsr_figure *figure)
{
    stretch s = stretch_of(figure);
    dsr_decimal size = dsr_figures_size(figure);
    if (s.has_low && (!sum->has_low || dsr_decimal_compare(s.low, sum->low) > 0)) {
        sum->low = s.low;
        sum->has_low = true;
    }
    if (s.has_high && (!sum->has_high || dsr_decimal_compare(s.high, sum->high) < 0)) {
        sum->high = s.high;
        sum->has_high = true;
    }
    if (sum->count++ == 0) {
        sum->first = size;
    }
    sum->differ = sum->differ || dsr_decimal_compare(sum->first, size) != 0;
    sum->hedges |= 1u << figure->approx;
}

static const char *why_of(const dsr_figures_sum *sum, bool agree)
{
    const unsigned lower = 1u << DSR_APPROX_MORE_THAN | 1u << DSR_APPROX_AT_LEAST;
    const unsigned upper = 1u << DSR_APPROX_LESS_THAN | 1u << DSR_APPROX_UP_TO;
    if (!agree) {
        return "they cannot all be true";
    }
    if (!sum->differ) {
        return (sum->hedges & (sum->hedges - 1)) == 0 ? "one number" : "one number, hedged differently";
    }
    if ((sum->hedges & ~lower) == 0) {
        return "lower bounds, so all can be true";
    }
    if ((sum->hedges & ~upper) == 0) {
        return "upper bounds, so all can be true";
    }
    return "bounds and hedges leave room, so all can be true";
}

void dsr_figures_judge(const dsr_figures_sum *sum, dsr_story_figure *group)
{
    group->agree = !sum->has_low || !sum->has_high || dsr_decimal_compare(sum->low, sum->high) <= 0;
    group->differ = sum->differ;
    group->why = sum->count > 1 ? why_of(sum, group->agree) : "one figure";
}
