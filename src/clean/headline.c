/* Headline, standfirst and subheads: told by place and shape, since every outlet words them in its own way.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "clean/lines.h"

enum { HEADLINE_WORDS = 32, HEADLINE_BYTES = 260, TOP_LINES = 16, STANDFIRST_WORDS = 75, SUBHEAD_WORDS = 11 };

/* A line that leads on to the next one. */
static bool leads_on(dsr_slice s)
{
    return s.len > 0 && (s.ptr[s.len - 1] == ',' || s.ptr[s.len - 1] == ';' || s.ptr[s.len - 1] == '-' ||
                         s.ptr[s.len - 1] == ':');
}

static bool begins_well(dsr_slice s)
{
    static const char *const marks[] = {"\"",           "'",           "\xe2\x80\x98", "\xe2\x80\x9c",
                                        "\xe2\x80\x99", "\xe2\x80\x9d"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (dsr_slice_starts(s, dsr_slice_of(marks[i])))
            return true;
    if (s.len == 0)
        return false;
    size_t length;
    uint32_t first = dsr_utf8_decode(s.ptr, s.ptr + s.len, &length);
    return dsr_is_upper(first) || dsr_is_digit(first);
}

/* A headline ends without a full stop; a question or a cry it may be. */
static bool could_be_headline(const cleaner *c, const clean_line *line)
{
    dsr_slice s = dsr_clean_text(c, line->span);
    if (line->words < 2 || line->words > HEADLINE_WORDS || s.len > HEADLINE_BYTES || leads_on(s) ||
        !begins_well(s))
        return false;
    char last = s.ptr[s.len - 1];
    return !line->stop || ((last == '?' || last == '!') && line->words <= 18);
}

static bool some_prose_below(const cleaner *c, size_t at)
{
    for (size_t i = at + 1; i < c->lines.count; i++)
        if (c->lines.items[i].kind == LINE_NONE && c->lines.items[i].prose)
            return true;
    return false;
}

/* The line that is the headline; c->lines.count where there is none. */
static size_t find_headline(const cleaner *c)
{
    dsr_slice stated = c->report->meta.headline;
    size_t top = c->lines.count < TOP_LINES ? c->lines.count : TOP_LINES;
    for (size_t i = 0; stated.ptr && i < top; i++)
        if (dsr_clean_same_words(dsr_clean_text(c, c->lines.items[i].span), stated))
            return i;
    for (size_t i = 0; !stated.ptr && i < top; i++) {
        const clean_line *line = &c->lines.items[i];
        if (line->kind != LINE_NONE)
            continue;
        if (could_be_headline(c, line) && some_prose_below(c, i)) {
            /* "World" above a longer line is the section's name. */
            const clean_line *below = i + 1 < top ? &c->lines.items[i + 1] : NULL;
            if (line->words <= 2 && below && below->kind == LINE_NONE && could_be_headline(c, below) &&
                below->words >= 4)
                continue;
            return i;
        }
        if (line->prose || line->words > 2)
            break;
    }
    return c->lines.count;
}

dsr_status dsr_clean_mark_headline(cleaner *c)
{
    size_t at = find_headline(c);
    if (at >= c->lines.count || c->lines.count < 2)
        return DSR_OK;
    dsr_meta *meta = &c->report->meta;
    dsr_slice text = dsr_clean_text(c, c->lines.items[at].span);
    for (size_t i = 0; i < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i];
        bool again = (line->kind == LINE_NONE || i == at) && (i == at || line->words >= 3) &&
                     dsr_clean_same_words(dsr_clean_text(c, line->span), text);
        if (again)
            line->kind = DSR_FURNITURE_HEADLINE;
        else if (i < at && line->kind == LINE_NONE)
            line->kind = DSR_FURNITURE_OTHER;
    }
    if (meta->headline.ptr)
        return DSR_OK;
    meta->headline_from = DSR_FROM_TEXT;
    return dsr_arena_copy(
        c->arena,
        dsr_slice_part(
            text, 0,
            dsr_utf8_floor(text, DSR_LIMIT_FIELD_BYTES < text.len ? DSR_LIMIT_FIELD_BYTES : text.len)),
        &meta->headline);
}

/* Furniture between which a standfirst stands; `strong` where it follows a standfirst as a rule. */
static bool closes_top(int8_t kind, bool *strong)
{
    *strong =
        kind == DSR_FURNITURE_READ_TIME || kind == DSR_FURNITURE_BYLINE || kind == DSR_FURNITURE_PUBLISHED;
    return *strong || kind == DSR_FURNITURE_CAPTION || kind == DSR_FURNITURE_CREDIT ||
           kind == DSR_FURNITURE_SHARE;
}

static bool begins_with_quote(dsr_slice s)
{
    return s.len > 0 && (s.ptr[0] == '"' || dsr_slice_starts(s, DSR_SLICE("\xe2\x80\x9c")));
}

static bool has_dateline(const cleaner *c, const clean_line *line)
{
    dsr_rule_match match;
    return dsr_rules_match(c->lexicon, c->language, dsr_clean_text(c, line->span), DSR_RULE_START, 0, &match);
}

/* The last line of furniture above the body that has a standfirst above it at all; 0 where there is none. */
static size_t find_close(const cleaner *c, size_t after)
{
    size_t close = 0, prose = 0, below = 0;
    bool headline = after > 0;
    for (size_t i = after; i < c->lines.count; i++)
        below += c->lines.items[i].kind == LINE_NONE && c->lines.items[i].prose;
    for (size_t i = after; i < c->lines.count && i < after + TOP_LINES; i++) {
        const clean_line *line = &c->lines.items[i];
        bool strong;
        if (line->kind == LINE_NONE) {
            prose += line->prose;
            if (prose > 2 || line->words > STANDFIRST_WORDS || has_dateline(c, line) ||
                (line->prose && begins_with_quote(dsr_clean_text(c, line->span))))
                break;
        } else if (closes_top(line->kind, &strong) && prose + 2 <= below) {
            size_t allowed = strong && headline ? 2 : 1;
            if (line->kind == DSR_FURNITURE_SHARE && !headline)
                allowed = 0;
            if (prose <= allowed)
                close = i;
        }
    }
    return close;
}

void dsr_clean_mark_standfirst(cleaner *c)
{
    size_t after = 0;
    for (size_t i = 0; i < c->lines.count && i < TOP_LINES; i++)
        if (c->lines.items[i].kind == DSR_FURNITURE_HEADLINE)
            after = i + 1;
    size_t close = find_close(c, after);
    for (size_t i = after; i < close; i++)
        if (c->lines.items[i].kind == LINE_NONE)
            c->lines.items[i].kind =
                c->lines.items[i].words > 2 ? DSR_FURNITURE_STANDFIRST : DSR_FURNITURE_OTHER;
    /* Below the headline, a line without a stop above the first paragraph is one too. */
    if (close < after)
        close = after;
    for (size_t i = close; i < c->lines.count && i < close + 3; i++) {
        clean_line *line = &c->lines.items[i];
        bool at_top = after > 0 || (c->report->meta.headline.ptr && i == 0);
        if (line->kind != LINE_NONE)
            continue;
        if (line->prose || line->stop || !at_top || line->words < 4 || line->words > 45 ||
            !some_prose_below(c, i))
            break;
        line->kind = DSR_FURNITURE_STANDFIRST;
    }
}

static bool could_be_subhead(const cleaner *c, const clean_line *line)
{
    dsr_slice s = dsr_clean_text(c, line->span);
    if (line->words > SUBHEAD_WORDS || s.len > 100 || s.len < 3 || leads_on(s) || !begins_well(s))
        return false;
    char last = s.ptr[s.len - 1];
    return !line->stop || (last == '?' && line->words >= 2);
}

/* The nearest line that is not furniture, going by `step`; NULL where there is none. */
static const clean_line *neighbour(const cleaner *c, size_t at, int step)
{
    for (size_t i = at; step > 0 ? i + 1 < c->lines.count : i > 0;) {
        i = step > 0 ? i + 1 : i - 1;
        const clean_line *line = &c->lines.items[i];
        if (line->kind == LINE_NONE || line->kind == DSR_FURNITURE_SUBHEAD)
            return line;
    }
    return NULL;
}

/* A short line that stands alone between paragraphs. Two in a row are a list or a table, and stay. */
void dsr_clean_mark_subheads(cleaner *c)
{
    size_t found = 0, paragraphs = 0;
    for (size_t i = 0; i < c->lines.count; i++)
        paragraphs += c->lines.items[i].kind == LINE_NONE && c->lines.items[i].prose;
    for (size_t i = 0; i < c->lines.count && found * 2 < paragraphs; i++) {
        clean_line *line = &c->lines.items[i];
        if (line->kind != LINE_NONE || line->prose || !could_be_subhead(c, line))
            continue;
        const clean_line *above = neighbour(c, i, -1), *below = neighbour(c, i, 1);
        if (above && (!above->prose || !above->stop))
            continue;
        if (!below || !below->prose || (!above && i == 0))
            continue;
        line->kind = DSR_FURNITURE_SUBHEAD;
        found++;
    }
}
