/* Figures of one thing side by side, those that differ first. Must not know how they were aligned. */
#include "present/page.h"

#include <stdio.h>

enum {
    LISTED = 8,        /* things that `brief` shows ... */
    LISTED_LEAST = 4,  /* ... though one voice alone tells them */
    ROWS = 5,          /* of one thing, unless the look asks for all */
    NUMBER_LEAST = 12, /* columns of the numbers of one thing ... */
    NUMBER_MOST = 30,  /* ... as many as the longest needs: a number that is cut says another */
    HANDLES_COLUMNS = 14,
    HANDLES_NAMED = 3,
    GAP = 2,
    TABLE_FROM = 72,
    LINES = 2,
    CITED = 14,    /* columns that a citation takes, about */
    ROOM_LEFT = 10 /* by words that do not fit at the ends of lines */
};

static const dsr_figure *figure_at(const dsr_page *page, const dsr_figure_value *value)
{
    return &page->sides[value->carrier.report].report->figures.items[value->figure];
}

/* Values of one voice that are worded alike in number and hedge stand in one row. */
static bool is_one_row(const dsr_page *page, const dsr_figure_value *a, const dsr_figure_value *b)
{
    const dsr_figure *x = figure_at(page, a), *y = figure_at(page, b);
    return a->carrier.voice == b->carrier.voice && x->approx == y->approx && x->has_value == y->has_value &&
           dsr_decimal_compare(x->value, y->value) == 0 && dsr_decimal_compare(x->low, y->low) == 0 &&
           dsr_decimal_compare(x->high, y->high) == 0;
}

static bool begins_row(const dsr_page *page, const dsr_story_figure *group, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (is_one_row(page, &group->values.items[i], &group->values.items[at]))
            return false;
    return true;
}

static dsr_slice thing_of(const dsr_page *page, const dsr_story_figure *group)
{
    const dsr_figure_value *named = &group->values.items[group->thing_from];
    return dsr_side_text(&page->sides[named->carrier.report], figure_at(page, named)->thing);
}

static void print_handles(dsr_paint *paint, const dsr_page *page, const dsr_story_figure *group, size_t row,
                          bool table)
{
    char text[HANDLES_NAMED * (DSR_HANDLE_COLUMNS * 4 + 4) + 24];
    size_t used = 0, said = 0, more = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = row; i < group->values.count; i++) {
        const dsr_figure_value *value = &group->values.items[i];
        if (value->carrier.report == last || !is_one_row(page, &group->values.items[row], value))
            continue;
        last = value->carrier.report;
        dsr_slice handle = page->sides[last].handle;
        if (said == HANDLES_NAMED) {
            more++;
            continue;
        }
        int length =
            snprintf(text + used, sizeof text - used, "%s%.*s", said > 0 ? ", " : "", DSR_PRINT(handle));
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

/* The value that stands for a row: of the report that its voice is led by, where that has it. */
static const dsr_figure_value *leader_of(const dsr_page *page, const dsr_story_figure *group, size_t row)
{
    const dsr_figure_value *value = &group->values.items[row];
    for (size_t i = row; i < group->values.count; i++)
        if (group->values.items[i].carrier.lead && is_one_row(page, value, &group->values.items[i]))
            return &group->values.items[i];
    return value;
}

static dsr_slice number_of(const dsr_page *page, const dsr_figure_value *value)
{
    return dsr_side_text(&page->sides[value->carrier.report], figure_at(page, value)->span);
}

static unsigned columns_of_numbers(const dsr_page *page, const dsr_story_figure *group)
{
    unsigned most = NUMBER_LEAST;
    for (size_t i = 0; i < group->values.count; i++) {
        unsigned columns = dsr_paint_columns(number_of(page, &group->values.items[i]));
        most = columns > most ? columns : most;
    }
    return most < NUMBER_MOST ? most : NUMBER_MOST;
}

static void paint_row(dsr_paint *paint, const dsr_page *page, const dsr_story_figure *group, size_t row)
{
    const dsr_figure_value *value = leader_of(page, group, row);
    const dsr_side *side = &page->sides[value->carrier.report];
    dsr_slice number = number_of(page, value);
    unsigned columns = columns_of_numbers(page, group);
    bool table = paint->look.width >= TABLE_FROM + (columns - NUMBER_LEAST);
    if (table && dsr_paint_columns(number) <= columns)
        dsr_paint_cell(paint, number, columns, false);
    else
        dsr_paint_text(paint, number);
    dsr_paint_pad(paint, GAP);
    if (page->story->reports.count > 1) {
        print_handles(paint, page, group, row, table);
        dsr_paint_pad(paint, GAP);
    }
    unsigned indent = 4 + columns + GAP;
    indent += page->story->reports.count > 1 ? HANDLES_COLUMNS + GAP : 0;
    unsigned width = paint->look.width, left = table ? indent + CITED : CITED;
    unsigned room = paint->look.all || width <= left ? 0 : LINES * (width - left) - ROOM_LEFT;
    dsr_page_quote(paint, side, &value->carrier, room);
    dsr_paint_end(paint, (dsr_layout){4, table ? indent : 6, paint->look.all ? 0 : LINES + !table});
}

static void paint_verdict(dsr_paint *paint, const dsr_page *page, const dsr_story_figure *group)
{
    dsr_slice thing = thing_of(page, group);
    dsr_paint_toned(paint, DSR_TONE_PLAIN, thing.len > 0 ? thing : DSR_SLICE("(not named)"));
    dsr_paint_pad(paint, GAP);
    dsr_paint_tone(paint, group->differ ? DSR_TONE_FROM : DSR_TONE_QUIET);
    if (group->differ)
        dsr_paint_print(paint, "differ; %s", group->why);
    else if (group->reports < 2)
        dsr_paint_print(paint, page->story->reports.count > 1 ? "one report" : "");
    else if (group->independent < 2)
        dsr_paint_print(paint, "one voice in %u reports", group->reports);
    else
        dsr_paint_print(paint, "%s, %u voices in %u reports", group->why, group->independent, group->reports);
    dsr_paint_end(paint, (dsr_layout){2, 4, 0});
}

static void paint_group(dsr_paint *paint, const dsr_page *page, const dsr_story_figure *group)
{
    size_t rows = 0, left = 0;
    paint_verdict(paint, page, group);
    for (size_t i = 0; i < group->values.count; i++) {
        if (!begins_row(page, group, i))
            continue;
        if (rows < ROWS || paint->look.all)
            paint_row(paint, page, group, i);
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

void dsr_page_figures(dsr_paint *paint, const dsr_page *page)
{
    size_t all = page->story->figures.count, several = 0;
    if (all == 0)
        return;
    for (size_t i = 0; i < all; i++) {
        const dsr_story_figure *group = &page->story->figures.items[i];
        several += group->differ || group->independent > 1;
    }
    size_t most = several < LISTED_LEAST ? LISTED_LEAST : several > LISTED ? LISTED : several;
    size_t count = paint->look.all || all < most ? all : most;
    dsr_paint_heading(paint, "FIGURES", page->story->reports.count > 1 ? "differing first" : NULL);
    for (size_t i = 0; i < count; i++)
        paint_group(paint, page, &page->story->figures.items[i]);
    size_t more = all - count + page->story->figures_left;
    if (more == 0)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more%s", more, paint->look.all ? "" : "; --all shows them");
    dsr_paint_end(paint, (dsr_layout){2, 2, 0});
}
