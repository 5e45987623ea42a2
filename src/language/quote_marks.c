/* Finds quotation marks and says how each stands. Knows nothing of pairs. */
#include "language/quote_marks.h"

#include "base/scan.h"
#include "language/chars.h"
#include "language/marks.h"

/* Bytes with which marks begin. */
static const uint8_t may_mark[256] = {
    ['"'] = 1, ['\''] = 1, ['`'] = 1, [0xc2] = 1, [0xca] = 1, [0xe2] = 1, [0xe3] = 1, [0xef] = 1};

static bool is_digit_at(dsr_slice text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

/* Feet and inches: 6'2", 5'. */
static bool is_measure(dsr_slice text, size_t start, size_t at)
{
    if (at == start || !is_digit_at(text, at - 1)) {
        return false;
    }
    if (text.ptr[at] == '\'') {
        return is_digit_at(text, at + 1);
    }
    size_t back = at - 1;
    while (back > start && at - back < 4 && (is_digit_at(text, back - 1) || text.ptr[back - 1] == '.')) {
        back--;
    }
    return back > start + 1 && text.ptr[back - 1] == '\'' && is_digit_at(text, back - 2);
}

static bool is_word_char(dsr_char c)
{
    return c.kind == DSR_CHAR_LETTER || c.kind == DSR_CHAR_DIGIT;
}

static uint8_t family_of(uint32_t cp)
{
    switch (cp) {
    case '"':
    case 0xff02:
        return DSR_MARK_STRAIGHT;
    case 0xab:
    case 0xbb:
        return DSR_MARK_GUILLEMET;
    case 0x300c:
    case 0x300d:
    case 0x300e:
    case 0x300f:
    case 0xff62:
    case 0xff63:
        return DSR_MARK_CORNER;
    default:
        return DSR_MARK_CURLY;
    }
}

/* Whether an apostrophe may be the one of a plural or of "goin'", so that it closes nothing. */
static bool may_be_possessive(dsr_slice text, size_t at, size_t behind, size_t end)
{
    uint32_t left = dsr_char_before(text, at).code_point;
    if (!dsr_char_is_lower(left) && left != 'S') {
        return false;
    }
    dsr_char space = dsr_char_at(text, behind);
    dsr_char next = dsr_char_at(text, behind + space.length);
    return behind + space.length < end && space.kind == DSR_CHAR_SPACE && next.kind == DSR_CHAR_LETTER &&
           (left == 's' || left == 'S' || left == 'n');
}

typedef struct stretch {
    dsr_slice text;
    size_t start, end;
} stretch;

/* The single mark at `at`: false where it is an apostrophe inside a word or a measure. */
static bool read_single(const stretch *s, size_t at, dsr_char c, dsr_mark *mark)
{
    dsr_slice text = s->text;
    size_t behind = at + c.length;
    if (c.code_point == '\'' && behind < s->end && text.ptr[behind] == '\'') {
        mark->family = DSR_MARK_CURLY; /* '' of typewriters and TeX */
        mark->length = 2;
        mark->code_point = 0x201d;
        return true;
    }
    if (at > s->start && behind < s->end && is_word_char(dsr_char_before(text, at)) &&
        is_word_char(dsr_char_at(text, behind))) {
        return false;
    }
    if (c.code_point == '\'' && is_measure(text, s->start, at)) {
        return false;
    }
    mark->family = DSR_MARK_SINGLE;
    bool apostrophe = dsr_char_is_apostrophe(c.code_point) || c.code_point == 0x2018;
    mark->elision = apostrophe && dsr_elision_end(text, behind, s->end) > behind;
    mark->possessive = dsr_char_is_apostrophe(c.code_point) && may_be_possessive(text, at, behind, s->end);
    return true;
}

static bool read_mark(const stretch *s, size_t at, dsr_char c, dsr_mark *mark)
{
    *mark = (dsr_mark){.at = (uint32_t)at, .code_point = c.code_point, .length = c.length};
    if (c.kind == DSR_CHAR_SINGLE) {
        if (!read_single(s, at, c, mark)) {
            return false;
        }
    } else if (c.code_point == '`') {
        bool two = at + 1 < s->end && s->text.ptr[at + 1] == '`';
        mark->family = two ? DSR_MARK_CURLY : DSR_MARK_SINGLE;
        mark->length = two ? 2 : 1;
        mark->code_point = two ? 0x201c : 0x2018;
    } else if (c.kind == DSR_CHAR_DOUBLE) {
        if (c.code_point == '"' && is_measure(s->text, s->start, at)) {
            return false;
        }
        mark->family = family_of(c.code_point);
    } else {
        return false;
    }
    dsr_sides sides = dsr_mark_sides(s->text, s->start, s->end, at, mark->length);
    mark->opens = sides.opens;
    mark->closes = sides.closes;
    return true;
}

dsr_status dsr_marks_collect(dsr_arena *arena, dsr_slice text, dsr_span within, size_t most, dsr_marks *out,
                             size_t *reached)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    stretch s = {text, within.start, within.end};
    size_t at = s.start;
    out->count = 0;
    while (at < s.end && out->count < most) {
        if (!may_mark[p[at]]) {
            at = (size_t)(dsr_scan_skip(text.ptr + at + 1, text.ptr + s.end, ' ') - text.ptr);
            continue;
        }
        dsr_char c = dsr_char_at(text, at);
        dsr_mark mark;
        if (!read_mark(&s, at, c, &mark)) {
            at += c.length;
            continue;
        }
        dsr_status status = DSR_LIST_RESERVE(arena, out, 1);
        if (status != DSR_OK) {
            return status;
        }
        out->items[out->count++] = mark;
        at += mark.length;
    }
    *reached = at < s.end ? at : s.end;
    return DSR_OK;
}
