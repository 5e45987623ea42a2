/* Reports whose layout was labelled when they were read (pages): what the layout says stands; rules only name
 * short lines that it left open, and tell the facts. Must not guess by place and shape. */
#include "base/limits.h"
#include "clean/lines.h"

enum { SHORT_WORDS = 40 };

static dsr_status embed(cleaner *c, dsr_span span, dsr_furniture_kind kind)
{
    if (DSR_LIST_RESERVE(c->arena, &c->embedded, 1) != DSR_OK)
        return DSR_ERR_MEMORY;
    c->embedded.items[c->embedded.count++] = (dsr_furniture){span, kind};
    return DSR_OK;
}

static bool lies_in(dsr_span inner, dsr_span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

/* A label that covers a line names it; one that covers a part stays as a part of it. */
static dsr_status take_labels_of(cleaner *c, size_t index, const dsr_furniture *labels, size_t count)
{
    clean_line *line = &c->lines.items[index];
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < count && labels[i].span.start < line->span.end; i++) {
        dsr_span span = labels[i].span;
        if (lies_in(line->span, span)) {
            line->kind = (int8_t)labels[i].kind;
            return DSR_OK;
        }
        span.start = span.start > line->span.start ? span.start : line->span.start;
        span.end = span.end < line->span.end ? span.end : line->span.end;
        if (span.start < span.end)
            status = embed(c, span, labels[i].kind);
    }
    return status;
}

/* Takes over the labels; those behind the last line that is looked at stay as they are. */
static dsr_status take_labels(cleaner *c, const dsr_furniture *labels, size_t count)
{
    size_t at = 0;
    uint32_t end = 0;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < c->lines.count; i++) {
        while (at < count && labels[at].span.end <= c->lines.items[i].span.start)
            at++;
        status = take_labels_of(c, i, labels + at, count - at);
        end = c->lines.items[i].span.end;
    }
    for (; status == DSR_OK && c->lines.count >= DSR_LIMIT_LINES && at < count; at++)
        if (labels[at].span.end > end) {
            dsr_span span = labels[at].span;
            span.start = span.start > end ? span.start : end;
            status = embed(c, span, labels[at].kind);
        }
    return status;
}

/* The labels inside a line; *at goes on from line to line. False where there are none. */
static bool labels_inside(const cleaner *c, const clean_line *line, size_t *at, dsr_span *out)
{
    size_t from = *at;
    while (*at < c->embedded.count && c->embedded.items[*at].span.end <= line->span.end)
        (*at)++;
    if (from == *at)
        return false;
    out->start = c->embedded.items[from].span.start;
    out->end = c->embedded.items[*at - 1].span.end;
    return true;
}

/* What a rule may say of a line of the text proper: prompts and credits, nothing that a reporter may write.
 */
static bool is_sure(dsr_furniture_kind kind)
{
    return kind != DSR_FURNITURE_HEADLINE && kind != DSR_FURNITURE_STANDFIRST &&
           kind != DSR_FURNITURE_SUBHEAD && kind != DSR_FURNITURE_DATELINE;
}

/* Whether what a rule finds in a line of that kind tells of the report: the agency under a picture took the
 * picture, and a line of links tells of other reports. */
static bool tells_facts(int8_t kind, dsr_furniture_kind found)
{
    return kind == (int8_t)found || (kind != DSR_FURNITURE_CAPTION && kind != DSR_FURNITURE_CREDIT &&
                                     kind != DSR_FURNITURE_READMORE && kind != DSR_FURNITURE_ADVERT &&
                                     kind != DSR_FURNITURE_LIVE_STORY && kind != DSR_FURNITURE_HEADLINE &&
                                     kind != DSR_FURNITURE_STANDFIRST && kind != DSR_FURNITURE_SUBHEAD);
}

/* Whether a rule names a line. Above the text a bare date is that of publication. */
static bool is_named(const cleaner *c, const clean_line *line, bool above, dsr_rule_match *match)
{
    dsr_slice text = dsr_clean_text(c, line->span);
    if (dsr_rules_match(c->lexicon, c->language, text, DSR_RULE_LINE, 0, match))
        return true;
    return above && dsr_rules_match(c->lexicon, c->language, text, DSR_RULE_LINE, DSR_RULE_TOP, match) &&
           match->kind == DSR_FURNITURE_PUBLISHED && match->date.ptr;
}

/* OTHER says only that a line is not of the text, so a rule may name it; a prompt is no subhead. */
static dsr_status look_at(cleaner *c, clean_line *line, bool above)
{
    dsr_rule_match match;
    bool open = line->kind == LINE_NONE;
    if ((open && line->words >= SHORT_WORDS) || !is_named(c, line, above, &match) || !is_sure(match.kind))
        return DSR_OK;
    if (line->kind == DSR_FURNITURE_SUBHEAD && match.kind == DSR_FURNITURE_SUBSCRIPTION)
        line->kind = DSR_FURNITURE_SUBSCRIPTION; /* paywalls are set as headings */
    if (!tells_facts(line->kind, match.kind))
        return DSR_OK;
    if (open || line->kind == DSR_FURNITURE_OTHER)
        line->kind = (int8_t)match.kind;
    if (DSR_LIST_RESERVE(c->arena, &c->matches, 1) != DSR_OK)
        return DSR_ERR_MEMORY;
    c->matches.items[c->matches.count++] = match;
    return DSR_OK;
}

static dsr_status match_lines(cleaner *c)
{
    dsr_status status = DSR_OK;
    size_t at = 0;
    dsr_span inside = {0, 0};
    bool above = true;
    for (size_t i = 0; status == DSR_OK && i < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i];
        above = above && !(line->kind == LINE_NONE && line->prose);
        if (!labels_inside(c, line, &at, &inside))
            status = look_at(c, line, above);
    }
    return status;
}

/* Whether the layout calls a line a heading; *at goes on from line to line. */
static bool is_heading(const cleaner *c, const clean_line *line, size_t *at)
{
    const dsr_report *report = c->report;
    while (*at < report->blocks.count && report->blocks.items[*at].span.end <= line->span.start)
        (*at)++;
    return *at < report->blocks.count && report->blocks.items[*at].kind == DSR_BLOCK_HEADING &&
           lies_in(line->span, report->blocks.items[*at].span);
}

/* Headings with text above and below them. Those that read like a paragraph are one: some pages set
 * paragraphs as headings. */
static void mark_subheads(cleaner *c)
{
    size_t at = 0, first = c->lines.count, last = 0;
    for (size_t i = 0; i < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i];
        if (line->kind == LINE_NONE && is_heading(c, line, &at) && !line->prose)
            line->heading = true;
        else if (line->kind == LINE_NONE) {
            first = first == c->lines.count ? i : first;
            last = i;
        }
    }
    for (size_t i = first; i < last; i++)
        if (c->lines.items[i].heading)
            c->lines.items[i].kind = DSR_FURNITURE_SUBHEAD;
}

/* What a rule found at the edges of a line gives way to the labels inside it. */
static void clear_edges(cleaner *c)
{
    size_t at = 0;
    dsr_span inside = {0, 0};
    for (size_t i = 0; i < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i];
        if (!labels_inside(c, line, &at, &inside))
            continue;
        if (line->start.end > inside.start)
            line->start = (dsr_span){0, 0};
        if (line->end.start < inside.end)
            line->end_kind = LINE_NONE;
    }
}

dsr_status dsr_clean_match_labelled(cleaner *c, const dsr_furniture *labels, size_t count)
{
    dsr_status status = dsr_clean_split(c);
    if (status == DSR_OK)
        status = take_labels(c, labels, count);
    if (status == DSR_OK)
        status = match_lines(c);
    if (status != DSR_OK)
        return status;
    mark_subheads(c);
    status = dsr_clean_match_edges(c);
    clear_edges(c);
    return status;
}
