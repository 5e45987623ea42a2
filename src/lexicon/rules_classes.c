/* The classes of the rule language: numbers, dates, names, places, agencies, outlets. Must not know of rules.
 */
#include "lexicon/rules_classes.h"
#include "base/hash.h"

#include "lexicon/stamp.h"

bool dsr_rule_has_token(rule_line *line, size_t at)
{
    while (line->count <= at && !line->whole) {
        if (line->count >= RULE_TOKENS ||
            !dsr_rule_next_token(line->text, &line->next, &line->tokens[line->count]))
            line->whole = true;
        else
            line->count++;
    }
    return at < line->count;
}

static dsr_slice slice_of(const rule_line *line, size_t from, size_t to)
{
    return dsr_slice_part(line->text, line->tokens[from].start, line->tokens[to - 1].end);
}

static bool is_char(rule_line *line, size_t at, char c)
{
    return dsr_rule_has_token(line, at) && line->tokens[at].end - line->tokens[at].start == 1 &&
           line->text.ptr[line->tokens[at].start] == c;
}

/* Tokens that lie in the next `bytes` bytes. */
static uint32_t cover(rule_line *line, size_t at, size_t bytes)
{
    size_t end = line->tokens[at].start + bytes, n = 0;
    while (n < 31 && dsr_rule_has_token(line, at + n) && line->tokens[at + n].end <= end)
        n++;
    return n > 0 ? 1u << n : 0;
}

static uint32_t stamp(rule_line *line, rule_class class, size_t at)
{
    const rule_token *t = &line->tokens[at];
    if (!t->word && !t->number)
        return 0;
    dsr_moment_parts parts;
    dsr_slice rest = dsr_slice_part(line->text, t->start, line->text.len);
    size_t bytes = class == CLASS_TIME ? dsr_stamp_scan_time(rest, &parts)
                                       : dsr_stamp_scan(line->lexicon, line->language, rest, &parts);
    return bytes > 0 ? cover(line, at, bytes) : 0;
}

/* Whether a known name may begin here, as far as its first word tells. */
static bool may_be_known(rule_line *line, rule_class class, size_t at)
{
    const dsr_map *starts =
        class == CLASS_AGENCY ? line->lexicon->agency_starts : line->lexicon->outlet_starts;
    const rule_token *t = &line->tokens[at];
    bool the = t->end - t->start == 3 && dsr_slice_equal_nocase(slice_of(line, at, at + 1), DSR_SLICE("the"));
    if (the)
        return dsr_rule_has_token(line, at + 1) &&
               dsr_map_get(starts, line->tokens[at + 1].folded) != DSR_MAP_NONE;
    return dsr_map_get(starts, t->folded) != DSR_MAP_NONE;
}

static uint32_t known(rule_line *line, rule_class class, size_t at)
{
    uint32_t mask = 0;
    if (!may_be_known(line, class, at))
        return 0;
    for (size_t n = 1; n <= 8 && dsr_rule_has_token(line, at + n - 1); n++) {
        const rule_token *last = &line->tokens[at + n - 1];
        if (!last->word && !last->number && !is_char(line, at + n - 1, '.'))
            continue;
        dsr_slice name = slice_of(line, at, at + n);
        bool hit = class == CLASS_AGENCY ? dsr_lexicon_agency(line->lexicon, name).ptr != NULL
                                         : dsr_lexicon_outlet_by_name(line->lexicon, name) != NULL;
        if (hit)
            mask |= 1u << n;
    }
    return mask;
}

static const char *const unnamed[] = {"agencies",      "news agencies",     "agency",       "wires",
                                      "wire services", "wire service",      "wire reports", "wire",
                                      "news services", "agency reports",    "news wires",   "news agency",
                                      "agency report", "news wire services"};

static uint32_t agencies(rule_line *line, size_t at)
{
    uint32_t mask = 0;
    for (size_t n = 1; n <= 3 && dsr_rule_has_token(line, at + n - 1); n++)
        for (size_t i = 0; i < sizeof unnamed / sizeof unnamed[0]; i++)
            if (dsr_slice_equal_nocase(slice_of(line, at, at + n), dsr_slice_of(unnamed[i])))
                mask |= 1u << n;
    return mask;
}

static bool in_except(rule_line *line, size_t which, size_t at)
{
    return dsr_map_get(line->set->except[which], line->tokens[at].folded) != DSR_MAP_NONE;
}

static bool is_particle(rule_line *line, size_t at)
{
    static const char *const words[] = {"de", "van", "der", "den", "von", "bin", "ibn", "al",  "el",  "la",
                                        "le", "du",  "da",  "dos", "das", "di",  "del", "ter", "ben", "y"};
    dsr_slice word = slice_of(line, at, at + 1);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (dsr_slice_equal(word, dsr_slice_of(words[i])))
            return true;
    return false;
}

/* A person's name: two to five capitalized words, initials with a stop, particles between. */
static uint32_t name(rule_line *line, size_t at)
{
    uint32_t mask = 0;
    size_t words = 0, n = 0;
    while (n < 12 && dsr_rule_has_token(line, at + n)) {
        const rule_token *t = &line->tokens[at + n];
        if (t->word && (t->upper_first || (n > 0 && is_particle(line, at + n)))) {
            if (in_except(line, 1, at + n))
                break;
            n++;
            words += t->upper_first;
            bool initial = t->end - t->start == 1;
            if (initial && is_char(line, at + n, '.'))
                n++;
            if (words >= 2 && words <= 5 && t->upper_first)
                mask |= 1u << n;
        } else {
            break;
        }
    }
    return mask;
}

static bool is_quote(rule_line *line, size_t at)
{
    static const char *const marks[] = {
        "\"",           "'",       "\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9c", "\xe2\x80\x9d",
        "\xe2\x80\x9e", "\xc2\xab"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (dsr_slice_equal(slice_of(line, at, at + 1), dsr_slice_of(marks[i])))
            return true;
    return false;
}

static bool is_abbreviated(const rule_token *t)
{
    return t->end - t->start <= 2;
}

/* "SALEM, Ore. (AP)": a stop behind an abbreviated state, before what follows a place. */
static bool is_state_stop(rule_line *line, size_t at)
{
    if (!is_char(line, at, '.') || !dsr_rule_has_token(line, at + 1))
        return false;
    dsr_slice next = slice_of(line, at + 1, at + 2);
    return next.ptr[0] == '(' || next.ptr[0] == ',' || next.ptr[0] == '-' || next.ptr[0] == '_' ||
           (unsigned char)next.ptr[0] == 0xE2;
}

/* Up to four words of a place, with the stops of "ST." and "U.N."; adds the lengths to *mask. */
static size_t place_words(rule_line *line, size_t at, size_t n, bool upper, uint32_t *mask)
{
    size_t words = 0, letters = 0;
    while (n < 20 && words < 4 && dsr_rule_has_token(line, at + n)) {
        const rule_token *t = &line->tokens[at + n];
        if (!t->word || !t->upper_first || (upper && !t->upper_all) || in_except(line, 0, at + n))
            break;
        n++;
        words++;
        letters += t->end - t->start;
        while (is_abbreviated(t) && is_char(line, at + n, '.') && dsr_rule_has_token(line, at + n + 1) &&
               n < 20) {
            n++;
            if (line->tokens[at + n].word && is_abbreviated(&line->tokens[at + n]) &&
                line->tokens[at + n].upper_first)
                n++;
        }
        if (!upper && is_state_stop(line, at + n))
            n++;
        if (letters >= 3 && n <= 30)
            *mask |= 1u << n;
    }
    return words > 0 ? n : 0;
}

/* "KYIV", "KYIV, Ukraine", "WASHINGTON/MOSCOW", "Moscow [Russia]". Where `upper`, the first name is in
 * capitals. */
static uint32_t place(rule_line *line, size_t at, bool upper)
{
    uint32_t mask = 0;
    size_t n = place_words(line, at, 0, upper, &mask);
    while (n > 0 && n < 12 && dsr_rule_has_token(line, at + n)) {
        size_t next = 0;
        if (is_char(line, at + n, ',') || is_char(line, at + n, '/')) {
            next = place_words(line, at, n + 1, false, &mask);
        } else if (is_char(line, at + n, '[') || is_char(line, at + n, '(')) {
            uint32_t inside = 0;
            char closer = is_char(line, at + n, '[') ? ']' : ')';
            next = place_words(line, at, n + 1, false, &inside);
            if (next == 0 || closer == ')' || !is_char(line, at + next, closer))
                break;
            next++;
            mask |= 1u << next;
        }
        if (next <= n)
            break;
        n = next;
    }
    return mask;
}

static uint32_t city(rule_line *line, size_t at)
{
    uint32_t mask = 0;
    if (!line->tokens[at].word || !line->tokens[at].upper_first)
        return 0;
    for (size_t n = 1; n <= 4 && dsr_rule_has_token(line, at + n - 1); n++)
        if (dsr_lexicon_is_city(line->lexicon, slice_of(line, at, at + n)))
            mask |= 1u << n;
    return mask;
}

uint32_t dsr_rule_class_lengths(rule_line *line, rule_class class, size_t at)
{
    if (!dsr_rule_has_token(line, at))
        return 0;
    const rule_token *t = &line->tokens[at];
    switch (class) {
    case CLASS_NUMBER:
        return t->number ? 2u : 0;
    case CLASS_QUOTE:
        return is_quote(line, at) ? 2u : 0;
    case CLASS_CAPS:
        return t->word && t->upper_first ? 2u : 0;
    case CLASS_DATE:
    case CLASS_UPDATED:
    case CLASS_TIME:
        return stamp(line, class, at);
    case CLASS_AGENCY:
    case CLASS_OUTLET:
        return known(line, class, at);
    case CLASS_AGENCIES:
        return agencies(line, at);
    case CLASS_NAME:
        return name(line, at);
    case CLASS_PLACE:
    case CLASS_UPPER_PLACE:
        return place(line, at, class == CLASS_UPPER_PLACE);
    case CLASS_CITY:
        return city(line, at);
    case CLASS_NONE:
        break;
    }
    return 0;
}
