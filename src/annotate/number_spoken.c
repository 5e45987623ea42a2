/* Numbers in words: "two hundred and five", "three quarters of a million", "nought point five", "dozens".
 * Must not know how digits are grouped. */
#include "annotate/number.h"

/* A cardinal under way. */
typedef struct cardinal {
    const dsr_number_words *words;
    size_t at;
    dsr_decimal total, group; /* what scales closed, and what is open */
    int32_t least;            /* power of ten of the last hundred or scale; below it the rest must stay */
    bool have;                /* something was read into the group */
    size_t tens_at;           /* its last word, where that is "twenty" ... "ninety"; else SIZE_MAX */
    bool joined;              /* an "and" was read */
} cardinal;

static bool is_below(dsr_decimal a, int32_t power)
{
    return dsr_decimal_compare(a, dsr_decimal_scale(dsr_decimal_of(1), power)) < 0;
}

static int32_t value_at(const dsr_number_words *words, size_t at)
{
    const dsr_term *term = dsr_word(words, at)->term;
    return term ? term->number_value : 0;
}

static bool is_scale(uint8_t class)
{
    return class == DSR_NUMBER_SCALE || class == DSR_NUMBER_SCALES || class == DSR_NUMBER_HUNDRED ||
           class == DSR_NUMBER_HUNDREDS || class == DSR_NUMBER_DOZEN || class == DSR_NUMBER_DOZENS;
}

/* The rest of the open group modulo 100 must leave room for what is added. */
static bool has_room(const cardinal *c, int64_t below)
{
    int64_t group = dsr_decimal_integer(c->group, -1);
    return group >= 0 && group % below == 0 && (group == 0 ? !c->have : true);
}

static bool add_small(cardinal *c, uint8_t class, int32_t most)
{
    int32_t value = value_at(c->words, c->at);
    bool unit = class == DSR_NUMBER_UNIT;
    if (value >= most || !has_room(c, unit ? 10 : 100)) {
        return false;
    }
    if (unit && c->tens_at == SIZE_MAX && !has_room(c, 100)) {
        return false;
    }
    if (c->have && value == 0) {
        return false;
    }
    c->group = dsr_decimal_add(c->group, dsr_decimal_of(value));
    c->have = true;
    c->tens_at = class == DSR_NUMBER_TENS ? c->at : SIZE_MAX;
    return true;
}

static bool add_scale(cardinal *c, uint8_t class, int32_t below)
{
    int32_t power = value_at(c->words, c->at);
    bool dozen = class == DSR_NUMBER_DOZEN || class == DSR_NUMBER_DOZENS;
    bool hundred = class == DSR_NUMBER_HUNDRED || class == DSR_NUMBER_HUNDREDS;
    if (!c->have && c->total.digits == 0) {
        return false;
    }
    if (dozen) {
        c->group = dsr_decimal_multiply(c->group, dsr_decimal_of(power));
        return c->have && is_below(c->group, below);
    }
    if (power >= below) {
        return false;
    }
    if (hundred && c->have && is_below(c->group, 2)) {
        c->group = dsr_decimal_scale(c->group, 2);
        c->least = 2;
    } else if (hundred) {
        return false;
    } else if (c->have && power < c->least + (c->total.digits == 0 ? 300 : 0)) {
        c->total = dsr_decimal_add(c->total, dsr_decimal_scale(c->group, power));
        c->group = dsr_decimal_of(0);
        c->have = false;
        c->least = power;
    } else if (!c->have) { /* "thousand million" */
        c->total = dsr_decimal_scale(c->total, power);
        c->least = power;
    } else {
        return false;
    }
    c->tens_at = SIZE_MAX;
    return true;
}

/* ---- fractions ---- */

/* The denominator that a word names: 3 for "third" and "thirds"; 0 for none. */
static dsr_decimal denominator(const dsr_number_words *words, size_t at)
{
    uint8_t class = dsr_word_number(words, at);
    int32_t value = value_at(words, at);
    switch (class) {
    case DSR_NUMBER_ORDINAL:
    case DSR_NUMBER_ORDINALS:
        return dsr_decimal_of(value >= 3 ? value : 0);
    case DSR_NUMBER_PART:
    case DSR_NUMBER_PARTS:
        return dsr_decimal_of(value);
    case DSR_NUMBER_ORDINAL_SCALE:
    case DSR_NUMBER_ORDINAL_SCALES:
        return dsr_decimal_scale(dsr_decimal_of(1), value);
    default:
        return dsr_decimal_of(0);
    }
}

/* Behind a cardinal: its denominator, and the numerator made right ("one hundred thirty fifths" is 100/35,
 * "twenty fifths" 20/5, "three twenty-firsts" 3/21). */
static bool close_fraction(const cardinal *c, size_t *end, dsr_decimal *out)
{
    size_t at = dsr_skip_hyphen(c->words, c->at);
    dsr_decimal top = dsr_decimal_add(c->total, c->group);
    dsr_decimal bottom = denominator(c->words, at);
    uint8_t class = dsr_word_number(c->words, at);
    size_t next = at + 1;
    bool ordinal = class == DSR_NUMBER_ORDINAL || class == DSR_NUMBER_ORDINALS;
    int32_t value = value_at(c->words, at);
    if (c->tens_at != SIZE_MAX && ordinal && value < 10 && !c->joined) {
        dsr_decimal tens = dsr_decimal_of(value_at(c->words, c->tens_at));
        dsr_decimal rest = dsr_decimal_add(top, dsr_decimal_negate(tens));
        if (rest.digits != 0) {
            top = rest;
            bottom = dsr_decimal_add(tens, dsr_decimal_of(value));
        }
    } else if (bottom.digits == 0 && class == DSR_NUMBER_TENS &&
               (dsr_word_number(c->words, dsr_skip_hyphen(c->words, at + 1)) == DSR_NUMBER_ORDINALS)) {
        next = dsr_skip_hyphen(c->words, at + 1) + 1;
        bottom = dsr_decimal_of(value + value_at(c->words, next - 1));
    }
    bool one = dsr_decimal_compare(top, dsr_decimal_of(1)) == 0;
    if (bottom.digits == 0 || (!one && (class == DSR_NUMBER_ORDINAL || class == DSR_NUMBER_PART))) {
        return false;
    }
    *out = dsr_decimal_divide(top, bottom);
    *end = next;
    return true;
}

static bool read_cardinal(cardinal *c, int32_t below);

/* "and" behind a hundred or scale, and what is smaller than that. */
static bool add_joined(cardinal *c)
{
    size_t next = c->at + 1;
    cardinal rest = {.words = c->words, .at = next, .least = 300, .tens_at = SIZE_MAX};
    if (c->least > 20 || c->least == 0 || (c->least == 2 && dsr_decimal_integer(c->group, 1) % 100 != 0) ||
        (c->least > 2 && c->have) || !read_cardinal(&rest, c->least) ||
        is_scale(dsr_word_number(c->words, rest.at))) {
        return false;
    }
    size_t end = rest.at;
    dsr_decimal part;
    if (close_fraction(&rest, &end, &part) && dsr_decimal_compare(part, dsr_decimal_of(1)) < 0) {
        return false; /* "one hundred and three quarters" */
    }
    c->group = dsr_decimal_add(c->group, dsr_decimal_add(rest.total, rest.group));
    c->have = true;
    c->at = rest.at;
    c->tens_at = rest.tens_at;
    c->joined = true;
    return true;
}

/* Digits that begin it, or two of them behind a hundred. */
static bool add_digits(cardinal *c, int32_t below)
{
    dsr_number number;
    if (c->have ? c->least != 2 || !has_room(c, 100) : c->total.digits != 0) {
        return false;
    }
    if (!dsr_number_read_digits(c->words, c->at, &number) || !is_below(number.value, c->have ? 2 : below) ||
        (below < 300 && number.kind != DSR_NUMBER_IS_INTEGER)) {
        return false;
    }
    c->group = dsr_decimal_add(c->group, number.value);
    c->have = true;
    c->at = number.to;
    return true;
}

/* One more word, or several; false where the number ends. */
static bool read_piece(cardinal *c, int32_t below)
{
    size_t at = c->have || c->total.digits != 0 ? dsr_skip_hyphen(c->words, c->at) : c->at;
    uint8_t class = dsr_word_number(c->words, at);
    size_t before = c->at;
    c->at = at;
    bool ok = false;
    bool start = !c->have && c->total.digits == 0;
    if (class == DSR_NUMBER_UNIT || class == DSR_NUMBER_TEEN || class == DSR_NUMBER_TENS) {
        ok = add_small(c, class, below >= 3 ? 100 : below == 2 ? 100 : 10);
        c->at = ok ? at + 1 : before;
    } else if (is_scale(class)) {
        ok = add_scale(c, class, below);
        c->at = ok ? at + 1 : before;
    } else if (class == DSR_NUMBER_ARTICLE && start && is_scale(dsr_word_number(c->words, at + 1)) &&
               class != DSR_NUMBER_DOZENS) {
        c->group = dsr_decimal_of(1);
        c->have = true;
        ok = true;
        c->at = at + 1;
    } else if (class == DSR_NUMBER_AND && !start) {
        ok = add_joined(c);
    } else if (dsr_word_is_digits(c->words, at) && at == before) {
        ok = add_digits(c, below);
    }
    if (!ok) {
        c->at = before;
    }
    return ok;
}

/* Everything below 10^below; false where nothing is there. */
static bool read_cardinal(cardinal *c, int32_t below)
{
    bool any = false;
    while (read_piece(c, below)) {
        any = true;
    }
    return any;
}

/* ---- fractions that stand by themselves ---- */

/* "a quarter", "a twenty-first", "half" */
static bool read_article_fraction(const dsr_number_words *words, size_t at, size_t *end, dsr_decimal *out)
{
    bool article = dsr_word_number(words, at) == DSR_NUMBER_ARTICLE;
    cardinal one = {
        .words = words, .at = at + (article ? 1U : 0U), .group = dsr_decimal_of(1), .tens_at = SIZE_MAX};
    size_t next = one.at;
    uint8_t class = dsr_word_number(words, next);
    if (!article) {
        if (class != DSR_NUMBER_PART || value_at(words, next) != 2) {
            return false;
        }
    } else if (class == DSR_NUMBER_TENS &&
               dsr_word_number(words, dsr_skip_hyphen(words, next + 1)) == DSR_NUMBER_ORDINAL) {
        size_t unit = dsr_skip_hyphen(words, next + 1);
        *out = dsr_decimal_divide(dsr_decimal_of(1),
                                  dsr_decimal_of(value_at(words, next) + value_at(words, unit)));
        *end = unit + 1;
        return true;
    }
    return close_fraction(&one, end, out);
}

/* "[of] [a] million" behind a fraction. */
static size_t scale_fraction(const dsr_number_words *words, size_t at, dsr_decimal *value)
{
    size_t next = dsr_word_number(words, at) == DSR_NUMBER_OF ? at + 1 : at;
    next += dsr_word_number(words, next) == DSR_NUMBER_ARTICLE ? 1U : 0U;
    uint8_t class = dsr_word_number(words, next);
    if (class == DSR_NUMBER_SCALE || class == DSR_NUMBER_HUNDRED) {
        *value = dsr_decimal_scale(*value, value_at(words, next));
        return next + 1;
    }
    if (class == DSR_NUMBER_DOZEN) {
        *value = dsr_decimal_multiply(*value, dsr_decimal_of(value_at(words, next)));
        return next + 1;
    }
    return at;
}

/* A fraction that begins at `at`, without a scale. */
static bool read_fraction(const dsr_number_words *words, size_t at, size_t *end, dsr_decimal *out)
{
    cardinal top = {.words = words, .at = at, .least = 300, .tens_at = SIZE_MAX};
    if (read_article_fraction(words, at, end, out)) {
        return true;
    }
    return !dsr_word_is_digits(words, at) && read_cardinal(&top, 3) && close_fraction(&top, end, out);
}

/* "... and a half" behind a cardinal: "five and a quarter", "two million and one half", "one billion and a
 * quarter million", "one and a half million". */
static bool add_fraction(const cardinal *c, size_t *end, dsr_decimal *out)
{
    dsr_decimal part;
    size_t part_end = c->at;
    if (dsr_word_number(c->words, c->at) != DSR_NUMBER_AND ||
        !read_fraction(c->words, c->at + 1, &part_end, &part)) {
        return false;
    }
    dsr_decimal whole = dsr_decimal_add(c->total, c->group);
    bool has_scale = c->least > 2 && c->least < 300 && !c->have;
    dsr_decimal scaled = part;
    size_t scale_end = scale_fraction(c->words, part_end, &scaled);
    if (scale_end > part_end && has_scale) {
        *out = dsr_decimal_add(whole, scaled);
        *end = scale_end;
        return true;
    }
    if (dsr_decimal_compare(part, dsr_decimal_of(1)) >= 0) {
        return false;
    }
    *out = dsr_decimal_add(whole, has_scale ? dsr_decimal_scale(part, c->least) : part);
    *end = scale_fraction(c->words, part_end, out);
    return true;
}

/* "point five", "point zero eight", "point eleven" behind a cardinal. */
static bool add_point(const cardinal *c, size_t *end, dsr_decimal *out)
{
    size_t at = c->at + 1;
    int64_t digits = 0;
    int32_t places = 0;
    if (dsr_word_number(c->words, c->at) != DSR_NUMBER_POINT) {
        return false;
    }
    for (; places < 15; at++) {
        uint8_t class = dsr_word_number(c->words, at);
        if (class == DSR_NUMBER_UNIT) {
            digits = digits * 10 + value_at(c->words, at);
            places += 1;
        } else if ((class == DSR_NUMBER_TEEN || class == DSR_NUMBER_TENS) && places == 0) {
            digits = value_at(c->words, at);
            places = 2;
        } else {
            break;
        }
    }
    *out = dsr_decimal_add(dsr_decimal_add(c->total, c->group),
                           dsr_decimal_scale(dsr_decimal_of(digits), -places));
    *end = at;
    return places > 0;
}

static bool accept_over(const dsr_term *term)
{
    return term->number == DSR_NUMBER_OVER;
}

/* "one over three", "one out of three" */
static bool add_over(const cardinal *c, bool digits, size_t *end, dsr_decimal *out)
{
    size_t next = c->at;
    if (!dsr_find_phrase(c->words, c->at, accept_over, &next)) {
        return false;
    }
    bool out_of = next > c->at + 1;
    cardinal bottom = {.words = c->words, .at = next, .least = 300, .tens_at = SIZE_MAX};
    if ((out_of && digits) || !read_cardinal(&bottom, 300)) {
        return false;
    }
    dsr_decimal top = dsr_decimal_add(c->total, c->group);
    dsr_decimal below = dsr_decimal_add(bottom.total, bottom.group);
    *out = dsr_decimal_divide(top, below);
    *end = bottom.at;
    return below.digits != 0;
}

/* ---- vague numbers ---- */

/* What a plural stands for: "hundreds" 100. */
static dsr_decimal plural_value(const dsr_number_words *words, size_t at)
{
    uint8_t class = dsr_word_number(words, at);
    if (class == DSR_NUMBER_DOZENS || class == DSR_NUMBER_DOZEN) {
        return dsr_decimal_of(value_at(words, at));
    }
    return dsr_decimal_scale(dsr_decimal_of(1), value_at(words, at));
}

static bool is_plural(uint8_t class)
{
    return class == DSR_NUMBER_DOZENS || class == DSR_NUMBER_HUNDREDS || class == DSR_NUMBER_SCALES;
}

static void set_range(dsr_number *out, dsr_decimal each)
{
    int64_t whole = dsr_decimal_integer(each, 0);
    dsr_decimal ten = dsr_decimal_scale(whole == 12 || whole == 20 ? dsr_decimal_of(10) : each, 1);
    out->kind = DSR_NUMBER_IS_VAGUE;
    out->low = dsr_decimal_multiply(each, dsr_decimal_of(2));
    out->high = dsr_decimal_add(ten, dsr_decimal_of(-1));
}

/* "dozens", "tens of thousands", "a few hundred", "several million" */
static bool read_vague(const dsr_number_words *words, size_t at, dsr_number *out)
{
    size_t next = at;
    bool few = false;
    if (dsr_word_number(words, next) == DSR_NUMBER_ARTICLE &&
        dsr_word_number(words, next + 1) == DSR_NUMBER_FEW) {
        next++;
    }
    if (dsr_word_number(words, next) == DSR_NUMBER_FEW) {
        few = true;
        next++;
    }
    uint8_t class = dsr_word_number(words, next);
    if (few ? !is_scale(class) : !is_plural(class)) {
        return false;
    }
    dsr_decimal each = plural_value(words, next++);
    while (few ? is_scale(dsr_word_number(words, next))
               : dsr_word_number(words, next) == DSR_NUMBER_OF &&
                     is_plural(dsr_word_number(words, next + 1))) {
        next += few ? 0U : 1U;
        each = dsr_decimal_multiply(each, plural_value(words, next++));
    }
    *out = (dsr_number){.from = at, .to = next, .spoken = true};
    set_range(out, each);
    return true;
}

bool dsr_number_read_spoken(const dsr_number_words *words, size_t at, dsr_number *out)
{
    dsr_number number = {.from = at, .kind = DSR_NUMBER_IS_FRACTION, .spoken = true};
    bool minus = dsr_word_number(words, at) == DSR_NUMBER_MINUS;
    size_t start = at + (minus ? 1U : 0U);
    bool digits = dsr_word_is_digits(words, start);
    cardinal c = {.words = words, .at = start, .least = 300, .tens_at = SIZE_MAX};
    if (!minus && read_vague(words, at, out)) {
        return true;
    }
    if (read_cardinal(&c, 300)) {
        number.bare = c.at == start + 1;
        if (!(digits && c.at == start + 1 && close_fraction(&c, &number.to, &number.value)) &&
            !(!digits && close_fraction(&c, &number.to, &number.value)) &&
            !add_fraction(&c, &number.to, &number.value) &&
            !add_over(&c, digits, &number.to, &number.value)) {
            number.kind = DSR_NUMBER_IS_DECIMAL;
            if (!add_point(&c, &number.to, &number.value)) {
                number.value = dsr_decimal_add(c.total, c.group);
                number.to = c.at;
            }
            number.kind =
                dsr_decimal_is_integer(number.value) ? DSR_NUMBER_IS_INTEGER : DSR_NUMBER_IS_DECIMAL;
        } else {
            size_t next = scale_fraction(words, number.to, &number.value);
            number.to = next;
        }
    } else if (read_fraction(words, start, &number.to, &number.value)) {
        number.to = scale_fraction(words, number.to, &number.value);
    } else {
        return false;
    }
    number.value = minus ? dsr_decimal_negate(number.value) : number.value;
    *out = number;
    return true;
}
