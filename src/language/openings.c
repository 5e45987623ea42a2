/* Datelines and days above a text. A bounded number of bytes is looked at. Knows nothing of stops. */
#include "language/openings.h"

#include "language/chars.h"
#include "language/stops.h"

enum {
    LEAST_STORY = 120,   /* bytes of a paragraph that may begin with a dateline */
    DATELINE_BYTES = 80, /* from its beginning to its dash */
    PLACE_BYTES = 40,    /* where no agency tells that it is one */
    HEADING_BYTES = 160, /* before the day */
    YEAR_DIGITS = 4
};

static bool is_upper_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The first word is written in capitals, three letters at least. */
static bool starts_in_capitals(dsr_slice text, size_t start, size_t end)
{
    size_t stop = dsr_skip_word(text, start, end);
    for (size_t i = start; i < stop; i++) {
        if (!is_upper_letter(text.ptr[i])) {
            return false;
        }
    }
    return stop >= start + 3;
}

/* "WASHINGTON", "RENO, Nev.", "LOS ANGELES, Feb. 2": capitals first, then nothing that begins small; four
 * capitals at least, so that no acronym with its hyphen is taken for a place. */
static bool is_place_in_capitals(dsr_slice text, size_t start, size_t end)
{
    size_t capitals = 0;
    for (size_t at = start; at < end; at++) {
        bool first = at == start || text.ptr[at - 1] == ' ';
        if (first && dsr_char_is_lower(dsr_char_at(text, at).code_point)) {
            return false;
        }
        capitals += is_upper_letter(text.ptr[at]);
    }
    return capitals >= 4 && starts_in_capitals(text, start, end);
}

/* "Bergen, Vestland, Norway": names with commas between them. */
static bool names_places(dsr_slice text, size_t start, size_t end)
{
    size_t commas = 0;
    for (size_t at = start; at < end;) {
        size_t stop = dsr_skip_word(text, at, end);
        if (stop == at || !dsr_char_is_upper(dsr_char_at(text, at).code_point)) {
            return false;
        }
        bool comma = stop < end && text.ptr[stop] == ',';
        commas += comma;
        at = dsr_skip_space(text, stop + comma, end);
    }
    return commas > 0;
}

/* Whether " -", " --", " —" at `at`, then a blank and the beginning of a sentence; *behind is past the dash.
 */
static bool reads_dash(dsr_slice text, size_t at, size_t end, size_t *behind)
{
    size_t dash = dsr_skip_space(text, at, end);
    size_t stop = dash;
    while (stop < end && stop < dash + 6 && dsr_char_at(text, stop).kind == DSR_CHAR_DASH) {
        stop += dsr_char_at(text, stop).length;
    }
    size_t next = dsr_skip_space(text, stop, end);
    dsr_char first = dsr_char_at(text, next);
    bool begins =
        dsr_char_is_upper(first.code_point) || first.kind == DSR_CHAR_DOUBLE || first.kind == DSR_CHAR_SINGLE;
    *behind = stop;
    return dash > at && stop > dash && next > stop && next < end && begins;
}

/* The end of "(AP) --" whose bracket stands at `open`; `start` where it is none. */
static size_t read_agency(const dsr_lexicon *lexicon, dsr_slice text, size_t start, size_t open, size_t end)
{
    size_t close = open + 1, behind = 0;
    size_t stop = close + PLACE_BYTES < end ? close + PLACE_BYTES : end;
    while (close < stop && text.ptr[close] != ')' && text.ptr[close] != '(') {
        close++;
    }
    if (close >= stop || text.ptr[close] != ')' || !reads_dash(text, close + 1, end, &behind)) {
        return start;
    }
    dsr_slice name = dsr_slice_part(text, open + 1, close);
    bool known = lexicon && name.len > 0 && dsr_lexicon_agency(lexicon, name).len > 0;
    return known || starts_in_capitals(text, start, end) ? behind : start;
}

size_t dsr_opening_dateline_end(const dsr_lexicon *lexicon, dsr_slice text, size_t start, size_t end)
{
    if (end - start < LEAST_STORY || !dsr_char_is_upper(dsr_char_at(text, start).code_point)) {
        return start;
    }
    for (size_t at = start; at < start + DATELINE_BYTES; at++) {
        size_t behind = 0;
        char c = text.ptr[at];
        if (c == '(') {
            return read_agency(lexicon, text, start, at, end);
        }
        if (c == '"' || c == '!' || c == '?' || c == ';' || c == '\n') {
            return start;
        }
        if (c == ' ' && at < start + PLACE_BYTES && reads_dash(text, at, end, &behind)) {
            return is_place_in_capitals(text, start, at) || names_places(text, start, at) ? behind : start;
        }
    }
    return start;
}

/* ---- days ---- */

static size_t skip_digits(dsr_slice text, size_t at, size_t end)
{
    while (at < end && text.ptr[at] >= '0' && text.ptr[at] <= '9') {
        at++;
    }
    return at;
}

/* The end of ", 2006" or " 2006"; `at` where it is none. */
static size_t read_year(dsr_slice text, size_t at, size_t end)
{
    size_t digits = dsr_skip_space(text, at + (at < end && text.ptr[at] == ','), end);
    size_t stop = skip_digits(text, digits, end);
    return digits > at && stop - digits == YEAR_DIGITS ? stop : at;
}

static bool is_month(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice word)
{
    dsr_folded room;
    dsr_slice folded = dsr_fold_short(word, &room);
    return folded.len > 0 && dsr_lexicon_month(lexicon, language, folded) > 0;
}

/* The end of "May 28, 2006" or "28 May 2006"; `at` where it is none. */
static size_t read_date(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text, size_t at, size_t end)
{
    size_t first = dsr_skip_word(text, at, end);
    size_t second = dsr_skip_space(text, first, end);
    size_t behind = dsr_skip_word(text, second, end);
    dsr_slice one = dsr_slice_part(text, at, first), other = dsr_slice_part(text, second, behind);
    dsr_slice day = is_month(lexicon, language, one) ? other : one;
    bool month_first = day.ptr == other.ptr;
    if (day.len == 0 || day.len > 2 || skip_digits(day, 0, day.len) != day.len ||
        (!month_first && !is_month(lexicon, language, other))) {
        return at;
    }
    size_t stop = read_year(text, behind, end);
    return stop > behind ? stop : at;
}

/* The weekday that ends at `comma` begins here; `comma` where none does. */
static size_t find_weekday(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text, size_t start,
                           size_t comma)
{
    size_t at = comma;
    while (at > start && comma - at <= DSR_FOLD_BYTES && dsr_char_before(text, at).kind == DSR_CHAR_LETTER) {
        at -= dsr_char_before(text, at).length;
    }
    dsr_folded room;
    dsr_slice folded = dsr_fold_short(dsr_slice_part(text, at, comma), &room);
    bool upper = at < comma && dsr_char_is_upper(dsr_char_at(text, at).code_point);
    return upper && folded.len > 0 && dsr_lexicon_weekday(lexicon, language, folded) >= 0 ? at : comma;
}

/* Whether text[start, at) is a heading to its end: no preposition and no mark leads on to the day. */
static bool is_heading(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text, size_t start,
                       size_t at)
{
    size_t end = dsr_skip_space_back(text, at, start);
    if (end == start) {
        return true;
    }
    dsr_char last = dsr_char_before(text, end);
    bool closes = last.kind == DSR_CHAR_LETTER || last.kind == DSR_CHAR_DIGIT ||
                  last.kind == DSR_CHAR_CLOSE || last.kind == DSR_CHAR_DOUBLE || last.kind == DSR_CHAR_SINGLE;
    size_t word = end;
    while (word > start && end - word <= DSR_FOLD_BYTES &&
           dsr_char_before(text, word).kind == DSR_CHAR_LETTER) {
        word -= dsr_char_before(text, word).length;
    }
    dsr_slice before = dsr_slice_part(text, word, end);
    return closes && word > start && !dsr_is_function_word(lexicon, language, before);
}

dsr_span dsr_opening_find_day(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text, size_t start,
                              size_t end)
{
    dsr_span none = {0, 0};
    size_t stop = end - start > HEADING_BYTES ? start + HEADING_BYTES : end;
    for (size_t at = start; lexicon && at < stop; at++) {
        if (text.ptr[at] == '.' && at + 1 < end && text.ptr[at + 1] == ' ') {
            return none;
        }
        size_t day = text.ptr[at] == ',' ? find_weekday(lexicon, language, text, start, at) : at;
        size_t date = day < at ? dsr_skip_space(text, at + 1, end) : at;
        size_t behind = day < at ? read_date(lexicon, language, text, date, end) : date;
        if (behind == date) {
            continue;
        }
        size_t next = dsr_skip_space(text, behind, end);
        bool over = next >= end || (next > behind && dsr_char_is_upper(dsr_char_at(text, next).code_point));
        return over && is_heading(lexicon, language, text, start, day)
                   ? (dsr_span){(uint32_t)day, (uint32_t)behind}
                   : none;
    }
    return none;
}
