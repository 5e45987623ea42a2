/* Reports whose layout was labelled when they were read (pages): what the layout says stands; rules only name
 * short lines that it left open, and tell the facts. Must not guess by place and shape. */
#include "clean/lines.h"

enum { SHORT_WORDS = 40 };

/* Takes over the labels: lines that lie in a labelled stretch. */
static void take_labels(cleaner *c, const dsr_furniture *labels, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < c->lines.count; i++) {
        clean_line *line = &c->lines.items[i];
        while (at < count && labels[at].span.end <= line->span.start)
            at++;
        if (at < count && labels[at].span.start <= line->span.start && labels[at].span.end >= line->span.end)
            line->kind = (int8_t)labels[at].kind;
    }
}

/* What a rule may say of a line of the text proper: prompts and credits, nothing that a reporter may write.
 */
static bool is_sure(dsr_furniture_kind kind)
{
    return kind != DSR_FURNITURE_HEADLINE && kind != DSR_FURNITURE_STANDFIRST &&
           kind != DSR_FURNITURE_SUBHEAD && kind != DSR_FURNITURE_DATELINE;
}

static dsr_status look_at(cleaner *c, clean_line *line)
{
    dsr_rule_match match;
    bool open = line->kind == LINE_NONE;
    if ((open && line->words >= SHORT_WORDS) || line->kind == DSR_FURNITURE_HEADLINE ||
        !dsr_rules_match(c->lexicon, c->language, dsr_clean_text(c, line->span), DSR_RULE_LINE, 0, &match) ||
        !is_sure(match.kind))
        return DSR_OK;
    if (open || line->kind == DSR_FURNITURE_OTHER)
        line->kind = (int8_t)match.kind;
    if (DSR_LIST_RESERVE(c->arena, &c->matches, 1) != DSR_OK)
        return DSR_ERR_MEMORY;
    c->matches.items[c->matches.count++] = match;
    return DSR_OK;
}

dsr_status dsr_clean_match_labelled(cleaner *c, const dsr_furniture *labels, size_t count)
{
    dsr_status status = dsr_clean_split(c);
    take_labels(c, labels, count);
    for (size_t i = 0; status == DSR_OK && i < c->lines.count; i++)
        status = look_at(c, &c->lines.items[i]);
    dsr_clean_find_body(c);
    return status == DSR_OK ? dsr_clean_match_edges(c) : status;
}
