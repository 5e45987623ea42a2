/* The order in which a report is cleaned. Each step labels lines that the ones before it left open. */
#include "clean/clean.h"

#include "clean/lines.h"

static dsr_status add(cleaner *c, dsr_span span, int8_t kind)
{
    dsr_report *report = c->report;
    if (kind == LINE_NONE || span.end <= span.start)
        return DSR_OK;
    if (DSR_LIST_RESERVE(c->arena, &report->furniture, 1) != DSR_OK)
        return DSR_ERR_MEMORY;
    report->furniture.items[report->furniture.count++] = (dsr_furniture){span, (dsr_furniture_kind)kind};
    return DSR_OK;
}

static dsr_status write_furniture(cleaner *c)
{
    dsr_status status = DSR_OK;
    size_t e = 0;
    for (size_t i = 0; status == DSR_OK && i < c->lines.count; i++) {
        const clean_line *line = &c->lines.items[i];
        if (line->kind != LINE_NONE) {
            status = add(c, line->span, line->kind);
            continue;
        }
        status = add(c, line->start, DSR_FURNITURE_DATELINE);
        for (; status == DSR_OK && e < c->embedded.count && c->embedded.items[e].span.end <= line->span.end;
             e++)
            status = add(c, c->embedded.items[e].span, (int8_t)c->embedded.items[e].kind);
        if (status == DSR_OK)
            status = add(c, line->end, line->end_kind);
    }
    /* Behind the lines that were looked at. */
    for (; status == DSR_OK && e < c->embedded.count; e++)
        status = add(c, c->embedded.items[e].span, (int8_t)c->embedded.items[e].kind);
    return status;
}

static dsr_status label(cleaner *c)
{
    dsr_status status = dsr_clean_split(c);
    if (status == DSR_OK)
        status = dsr_clean_match_lines(c);
    if (status != DSR_OK)
        return status;
    dsr_clean_mark_twins(c);
    dsr_clean_release_paragraphs(c);
    dsr_clean_mark_blocks(c);
    status = dsr_clean_mark_headline(c);
    if (status != DSR_OK)
        return status;
    dsr_clean_mark_standfirst(c);
    dsr_clean_find_body(c);
    dsr_clean_mark_tail(c);
    /* Before subheads: "... he said. Read more" ends as a sentence once its end is known. */
    status = dsr_clean_match_edges(c);
    if (status != DSR_OK)
        return status;
    dsr_clean_mark_subheads(c);
    return dsr_clean_match_embedded(c);
}

dsr_status dsr_clean_report(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report)
{
    cleaner c = {.arena = arena,
                 .lexicon = lexicon,
                 .report = report,
                 .text = report->text,
                 .language = report->meta.language};
    bool known = report->meta.language.ptr && dsr_rules_known(lexicon, report->meta.language);
    report->credits.count = 0;
    if (report->text.len == 0 || !known) {
        report->furniture.count = report->labelled ? report->furniture.count : 0;
        return DSR_OK;
    }
    const dsr_furniture *labels = report->furniture.items;
    size_t count = report->furniture.count;
    report->furniture.items = NULL;
    report->furniture.count = report->furniture.capacity = 0;
    dsr_status status = report->labelled ? dsr_clean_match_labelled(&c, labels, count) : label(&c);
    if (status == DSR_OK)
        status = dsr_clean_take_facts(&c);
    return status == DSR_OK ? write_furniture(&c) : status;
}
