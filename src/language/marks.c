/* What stands on both sides of a mark. Knows nothing of pairs. */
#include "language/marks.h"

#include "language/chars.h"
#include "language/stops.h"

enum { MARKS_LOOKED_THROUGH = 3 };

size_t dsr_elision_end(dsr_slice text, size_t at, size_t end)
{
    static const char *const words[] = {"bout", "cause", "cos",  "cuz",   "em",  "er",  "im",
                                        "n",    "neath", "nuff", "round", "til", "tis", "twas"};
    size_t stop = dsr_skip_word(text, at, end);
    dsr_slice word = dsr_slice_part(text, at, stop);
    if (word.len == 0 || word.len > 5) {
        return at;
    }
    if (dsr_char_is_lower(dsr_char_at(word, 0).code_point) || dsr_slice_equal(word, DSR_SLICE("Tis")) ||
        dsr_slice_equal(word, DSR_SLICE("Twas"))) {
        dsr_folded room;
        return DSR_WORD_IN(words, dsr_fold_short(word, &room)) ? stop : at;
    }
    /* "'90s", "'68" */
    bool year = word.len == 2 || (word.len == 3 && word.ptr[2] == 's');
    for (size_t i = 0; i < 2 && year; i++) {
        year = word.ptr[i] >= '0' && word.ptr[i] <= '9';
    }
    return year ? stop : at;
}

/* Marks of direction and joins without width: nothing that is seen. */
static bool is_invisible(uint32_t cp)
{
    return (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) ||
           (cp >= 0x2060 && cp <= 0x2069) || cp == 0xfeff;
}

static bool is_mark(dsr_char c)
{
    return c.kind == DSR_CHAR_SINGLE || c.kind == DSR_CHAR_DOUBLE;
}

dsr_sides dsr_mark_sides(dsr_slice text, size_t start, size_t end, size_t at, size_t length)
{
    dsr_char left = {0, DSR_CHAR_SPACE, 0}, right = left;
    size_t before = at, behind = at + length;
    for (int i = 0; i <= MARKS_LOOKED_THROUGH && before > start; i++) {
        left = dsr_char_before(text, before);
        before -= left.length;
        if (!is_mark(left)) {
            break;
        }
        left.kind = before > start ? left.kind : DSR_CHAR_SPACE;
    }
    for (int i = 0; i <= MARKS_LOOKED_THROUGH && behind < end; i++) {
        right = dsr_char_at(text, behind);
        behind += right.length;
        if (!is_mark(right)) {
            break;
        }
        right.kind = behind < end ? right.kind : DSR_CHAR_SPACE;
    }
    bool left_free = left.kind == DSR_CHAR_SPACE || left.kind == DSR_CHAR_OPEN ||
                     left.kind == DSR_CHAR_DASH || left.code_point == '/' || left.code_point == '=' ||
                     is_invisible(left.code_point);
    bool right_free = right.kind == DSR_CHAR_SPACE || right.kind == DSR_CHAR_CLOSE ||
                      right.kind == DSR_CHAR_DASH || right.kind == DSR_CHAR_STOP ||
                      right.kind == DSR_CHAR_PUNCTUATION;
    dsr_sides sides;
    sides.opens = left_free && right.kind != DSR_CHAR_SPACE && right.kind != DSR_CHAR_CLOSE;
    sides.closes = right_free && left.kind != DSR_CHAR_SPACE && left.kind != DSR_CHAR_OPEN;
    return sides;
}
