/* Where the reports do not tell the same: figures, days, denials, quotations, names, and what editing
 * changed. Must not know how differences are found. */
#include "present/page.h"

#include <stdio.h>

enum {
    LISTED = 6,      /* disagreements that `brief` shows */
    ROWS = 3,        /* of each */
    TABLE_FROM = 72, /* columns from which value, reports and words stand beside each other */
    VALUE_LEAST = 12,
    VALUE_MOST = 26,
    HANDLES_COLUMNS = 14,
    HANDLES_NAMED = 3,
    GAP = 2,
    LINES = 2,
    CITED = 14,
    ROOM_LEFT = 14,
    WHAT_COLUMNS = 48
};

static const char *const titles[] = {"figures",           "days",  "denied", "quoted differently",
                                     "spelt differently", "edited"};

/* What a row is told apart by: the value, or who holds it. */
static dsr_slice value_of(const dsr_disagreement *d, const dsr_disagreement_side *side)
{
    switch (d->kind) {
    case DSR_DISAGREE_DENIAL:
        return side->party.len > 0 ? side->party : DSR_SLICE("");
    case DSR_DISAGREE_QUOTE:
        return side->party.len > 0 ? side->party : DSR_SLICE("");
    case DSR_DISAGREE_FIGURE:
    case DSR_DISAGREE_DATE:
    case DSR_DISAGREE_NAME:
    case DSR_DISAGREE_EDIT:
    case DSR_DISAGREE_KINDS:
        break;
    }
    return side->value.len > 0 ? side->value : DSR_SLICE("\xe2\x80\x93");
}

static bool is_one_row(const dsr_disagreement *d, size_t a, size_t b)
{
    if (d->kind == DSR_DISAGREE_DENIAL || d->kind == DSR_DISAGREE_QUOTE)
        return a == b;
    return dsr_slice_equal_nocase(value_of(d, &d->sides.items[a]), value_of(d, &d->sides.items[b]));
}

static bool begins_row(const dsr_disagreement *d, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (is_one_row(d, i, at))
            return false;
    return true;
}

static void paint_handles(dsr_paint *paint, const dsr_page *page, const dsr_disagreement *d, size_t row,
                          bool table)
{
    char text[HANDLES_NAMED * (DSR_HANDLE_COLUMNS * 4 + 2) + 24];
    size_t used = 0, said = 0, more = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = row; i < d->sides.count; i++) {
        uint32_t report = d->sides.items[i].carrier.report;
        if (report == last || !is_one_row(d, row, i))
            continue;
        last = report;
        if (said == HANDLES_NAMED) {
            more++;
            continue;
        }
        int length = snprintf(text + used, sizeof text - used, "%s%.*s", said > 0 ? ", " : "",
                              DSR_PRINT(page->sides[report].handle));
        used += length > 0 ? (size_t)length : 0;
        said++;
    }
    if (more > 0)
        used += (size_t)snprintf(text + used, sizeof text - used, " +%zu", more);
    dsr_paint_tone(paint, DSR_TONE_MARK);
    if (table)
        dsr_paint_cell(paint, (dsr_slice){text, used}, HANDLES_COLUMNS, false);
    else
        dsr_paint_text(paint, (dsr_slice){text, used});
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
}

static unsigned columns_of_values(const dsr_disagreement *d)
{
    unsigned most = VALUE_LEAST;
    for (size_t i = 0; i < d->sides.count; i++) {
        unsigned columns = dsr_paint_columns(value_of(d, &d->sides.items[i]));
        most = columns > most ? columns : most;
    }
    return most < VALUE_MOST ? most : VALUE_MOST;
}

static void paint_row(dsr_paint *paint, const dsr_page *page, const dsr_disagreement *d, size_t row)
{
    const dsr_disagreement_side *side = &d->sides.items[row];
    unsigned columns = columns_of_values(d);
    bool table = paint->look.width >= TABLE_FROM;
    dsr_slice value = value_of(d, side);
    if (table)
        dsr_paint_cell(paint, value, columns, false);
    else
        dsr_paint_text(paint, value);
    if (table || value.len > 0)
        dsr_paint_pad(paint, GAP);
    paint_handles(paint, page, d, row, table);
    dsr_paint_pad(paint, GAP);
    unsigned indent = 4 + columns + GAP + HANDLES_COLUMNS + GAP;
    unsigned width = paint->look.width, left = table ? indent + CITED : CITED;
    unsigned room = paint->look.all || width <= left ? 0 : LINES * (width - left) - ROOM_LEFT;
    dsr_page_quote(paint, &page->sides[side->carrier.report], &side->carrier, room);
    dsr_paint_end(paint, (dsr_layout){4, table ? indent : 6, paint->look.all ? 0 : LINES + !table});
}

static void paint_one(dsr_paint *paint, const dsr_page *page, const dsr_disagreement *d)
{
    size_t rows = 0, left = 0;
    dsr_slice what = d->what.len > 0 ? d->what : DSR_SLICE("(not named)");
    dsr_slice head = dsr_paint_head(what, WHAT_COLUMNS);
    dsr_paint_toned(paint, DSR_TONE_PLAIN, head);
    if (head.len < what.len)
        dsr_paint_print(paint, "\xe2\x80\xa6");
    dsr_paint_pad(paint, GAP);
    dsr_paint_tone(paint, DSR_TONE_FROM);
    dsr_paint_print(paint, "%s; %s", titles[d->kind < DSR_DISAGREE_KINDS ? d->kind : 0], d->why);
    dsr_paint_end(paint, (dsr_layout){2, 4, 0});
    for (size_t i = 0; i < d->sides.count; i++) {
        if (!begins_row(d, i))
            continue;
        if (rows < ROWS || paint->look.all)
            paint_row(paint, page, d, i);
        else
            left++;
        rows++;
    }
    if (left == 0)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more", left);
    dsr_paint_end(paint, (dsr_layout){4, 4, 0});
}

/* Spellings stand in the cast. */
static bool is_listed(const dsr_paint *paint, const dsr_disagreement *d)
{
    return paint->look.all || d->kind != DSR_DISAGREE_NAME;
}

void dsr_page_disputed(dsr_paint *paint, const dsr_page *page)
{
    const dsr_story *story = page->story;
    size_t shown = 0, more = 0;
    for (size_t i = 0; i < story->disagreements.count; i++) {
        const dsr_disagreement *d = &story->disagreements.items[i];
        if (!is_listed(paint, d))
            continue;
        if (shown >= LISTED && !paint->look.all) {
            more++;
            continue;
        }
        if (shown++ == 0)
            dsr_paint_heading(paint, "DISPUTED", NULL);
        paint_one(paint, page, d);
    }
    if (shown == 0 || more + story->disagreements_left == 0)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more%s", more + story->disagreements_left,
                    paint->look.all ? "" : "; --all shows them");
    dsr_paint_end(paint, (dsr_layout){2, 2, 0});
}
