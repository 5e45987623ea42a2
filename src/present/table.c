/* The tables of a story's reports: what is known of each, and where it lies. Where the table would be wider
 * than the page, each report becomes a line of its own words. */
#include "present/page.h"

#include <stdio.h>

enum { COLUMNS = 6, GAP = 2, INDENT = 2, ROWS = 60, LEAST_CELL = 10 };
enum { HANDLE, PUBLISHED, OUTLET, AGENCY, WORDS, COPIED };

static const char none[] = "\xe2\x80\x93";

typedef struct row {
    dsr_slice cell[COLUMNS];
} row;

/* The two reports with which a report shares most, and how many there are. */
typedef struct partners {
    uint32_t best[2], words[2];
    uint32_t count;
} partners;

static void add_partner(partners *of, uint32_t other, uint32_t words)
{
    of->count++;
    if (of->count == 1 || words > of->words[0]) {
        of->best[1] = of->best[0];
        of->words[1] = of->words[0];
        of->best[0] = other;
        of->words[0] = words;
    } else if (of->count == 2 || words > of->words[1]) {
        of->best[1] = other;
        of->words[1] = words;
    }
}

static partners *find_partners(const dsr_page *page)
{
    partners *found = dsr_arena_alloc_array(page->arena, page->story->reports.count, sizeof *found);
    for (size_t i = 0; found && i < page->story->reuse.count; i++) {
        const dsr_reuse *reuse = &page->story->reuse.items[i];
        add_partner(&found[reuse->from], reuse->to, reuse->words);
        add_partner(&found[reuse->to], reuse->from, reuse->words);
    }
    return found;
}

static dsr_status format_copied(const dsr_page *page, size_t index, const partners *with, dsr_slice *out)
{
    char share[16];
    dsr_format_share(page->story->reports.items[index].share_copied, share);
    if (with->count == 0) {
        *out = dsr_slice_of(none);
        return DSR_OK;
    }
    dsr_slice first = page->sides[with->best[0]].handle;
    if (with->count == 1)
        return dsr_arena_format(page->arena, out, "%s as in %.*s", share, DSR_PRINT(first));
    dsr_slice second = page->sides[with->best[1]].handle;
    if (with->count == 2)
        return dsr_arena_format(page->arena, out, "%s as in %.*s, %.*s", share, DSR_PRINT(first),
                                DSR_PRINT(second));
    return dsr_arena_format(page->arena, out, "%s as in %.*s, %.*s +%u", share, DSR_PRINT(first),
                            DSR_PRINT(second), (unsigned)(with->count - 2));
}

static dsr_status format_published(const dsr_page *page, const dsr_meta *meta, bool with_year, dsr_slice *out)
{
    char date[DSR_DATE_ROOM];
    dsr_date_short(&meta->published, with_year, date);
    return dsr_arena_format(page->arena, out, "%s%s", date[0] ? date : none,
                            date[0] && meta->published_from == DSR_FROM_INFERRED ? "\xc2\xa0~" : "");
}

static dsr_status format_outlet(const dsr_page *page, const dsr_meta *meta, dsr_slice *out)
{
    dsr_slice name = dsr_paint_head(meta->outlet, DSR_WIDTH_LEAST);
    if (name.len == 0)
        return dsr_arena_format(page->arena, out, "%s", none);
    return dsr_arena_format(page->arena, out, "%.*s%s", DSR_PRINT(name),
                            meta->outlet_from == DSR_FROM_INFERRED ? "\xc2\xa0?" : "");
}

/* Agencies by name; where the text speaks of agencies without a name, its own words in quotation marks. */
static dsr_status format_agencies(const dsr_page *page, const dsr_side *side, dsr_slice *out)
{
    const dsr_meta *meta = &side->report->meta;
    dsr_buffer list;
    dsr_buffer_open(&list, 0);
    for (size_t i = 0; i < meta->agencies.count && i < 3; i++) {
        dsr_buffer_append(&list, dsr_slice_of(i > 0 ? ", " : ""));
        dsr_buffer_append(&list, dsr_paint_head(meta->agencies.items[i], DSR_WIDTH_LEAST));
    }
    if (meta->agencies.count > 3)
        dsr_buffer_append_format(&list, " +%zu", meta->agencies.count - 3);
    for (size_t i = 0; list.len == 0 && i < side->report->credits.count; i++) {
        dsr_slice words = dsr_side_text(side, side->report->credits.items[i].span);
        if (side->report->credits.items[i].agency.len == 0 && words.len > 0) {
            dsr_slice head = dsr_paint_head(words, DSR_WIDTH_LEAST);
            dsr_buffer_append(&list, DSR_SLICE("\xe2\x80\x9c"));
            dsr_buffer_append(&list, head);
            dsr_buffer_append(
                &list, dsr_slice_of(head.len < words.len ? " \xe2\x80\xa6\xe2\x80\x9d" : "\xe2\x80\x9d"));
        }
    }
    if (meta->agencies.count > 0 && meta->agencies_from == DSR_FROM_INFERRED)
        dsr_buffer_append(&list, DSR_SLICE("\xc2\xa0?"));
    if (list.len == 0)
        dsr_buffer_append(&list, dsr_slice_of(none));
    dsr_status status =
        list.status == DSR_OK ? dsr_arena_copy(page->arena, dsr_buffer_slice(&list), out) : list.status;
    dsr_buffer_drop(&list);
    return status;
}

static dsr_status format_row(const dsr_page *page, size_t index, const partners *with, bool with_year,
                             row *out)
{
    const dsr_side *side = &page->sides[index];
    const dsr_meta *meta = &side->report->meta;
    out->cell[HANDLE] = side->handle;
    dsr_status status = format_published(page, meta, with_year, &out->cell[PUBLISHED]);
    if (status == DSR_OK)
        status = format_outlet(page, meta, &out->cell[OUTLET]);
    if (status == DSR_OK)
        status = format_agencies(page, side, &out->cell[AGENCY]);
    if (status == DSR_OK)
        status = dsr_arena_format(page->arena, &out->cell[WORDS], "%u",
                                  (unsigned)page->story->reports.items[index].words);
    if (status == DSR_OK)
        status = format_copied(page, index, with, &out->cell[COPIED]);
    return status;
}

/* Whether the reports' days lie in more than one year, so that each has to say its own. */
static bool spans_years(const dsr_page *page)
{
    int year = 0;
    for (size_t i = 0; i < page->story->reports.count; i++) {
        int64_t days[2];
        if (!dsr_date_days(&page->sides[i].report->meta.published, &days[0], &days[1]))
            continue;
        for (size_t k = 0; k < 2; k++) {
            int y, m, d;
            dsr_date_from_days(days[k], &y, &m, &d);
            if (year != 0 && y != year)
                return true;
            year = y;
        }
    }
    return false;
}

/* Sets the width of each column; false where the table is wider than the page even so. */
static bool fit_columns(const row *rows, size_t count, unsigned width, unsigned wide[COLUMNS])
{
    unsigned sum = INDENT + GAP * (COLUMNS - 1);
    for (size_t c = 0; c < COLUMNS; c++) {
        for (size_t r = 0; r < count; r++) {
            unsigned columns = dsr_paint_columns(rows[r].cell[c]);
            if (columns > wide[c])
                wide[c] = columns;
        }
        sum += wide[c];
    }
    static const unsigned char elastic[] = {OUTLET, AGENCY, COPIED};
    for (size_t i = 0; i < sizeof elastic && sum > width; i++) {
        unsigned *cell = &wide[elastic[i]];
        unsigned spare = *cell > LEAST_CELL ? *cell - LEAST_CELL : 0;
        unsigned less = sum - width < spare ? sum - width : spare;
        *cell -= less;
        sum -= less;
    }
    return sum <= width;
}

static void paint_table(dsr_paint *paint, const row *rows, size_t count, const unsigned wide[COLUMNS])
{
    static const char *const heads[COLUMNS] = {"REPORTS", "published", "outlet", "agency", "words", "copied"};
    for (size_t r = 0; r <= count; r++) {
        dsr_paint_pad(paint, r > 0 ? INDENT : 0);
        for (size_t c = 0; c < COLUMNS; c++) {
            dsr_slice cell = r > 0 ? rows[r - 1].cell[c] : dsr_slice_of(heads[c]);
            dsr_paint_tone(paint, r == 0 ? (c == 0 ? DSR_TONE_TITLE : DSR_TONE_QUIET)
                                         : (c == HANDLE ? DSR_TONE_MARK : DSR_TONE_PLAIN));
            dsr_paint_cell(paint, cell, wide[c] + (r == 0 && c == 0 ? INDENT : 0), c == WORDS);
            dsr_paint_tone(paint, DSR_TONE_PLAIN);
            dsr_paint_pad(paint, c + 1 < COLUMNS ? GAP : 0);
        }
        dsr_paint_end(paint, (dsr_layout){0, INDENT, 1});
    }
}

static void paint_blocks(dsr_paint *paint, const row *rows, size_t count)
{
    dsr_paint_toned(paint, DSR_TONE_TITLE, DSR_SLICE("REPORTS"));
    dsr_paint_end(paint, (dsr_layout){0, 0, 0});
    for (size_t r = 0; r < count; r++) {
        dsr_paint_toned(paint, DSR_TONE_MARK, rows[r].cell[HANDLE]);
        for (size_t c = PUBLISHED; c < COLUMNS; c++) {
            bool unknown = dsr_slice_equal(rows[r].cell[c], dsr_slice_of(none));
            if (unknown && c != PUBLISHED)
                continue;
            dsr_paint_print(paint, c == PUBLISHED ? "\xc2\xa0\xc2\xa0" : "\xc2\xa0\xc2\xb7 ");
            dsr_paint_text(paint, unknown ? DSR_SLICE("no date") : rows[r].cell[c]);
            if (c == WORDS)
                dsr_paint_print(paint, "\xc2\xa0words");
        }
        dsr_paint_end(paint, (dsr_layout){INDENT, INDENT * 3, 0});
    }
}

/* What the marks mean, and what each date that was worked out rests on. */
static void paint_legend(dsr_paint *paint, const dsr_page *page, size_t rows)
{
    bool guessed = false, worked_out = false;
    for (size_t i = 0; i < rows; i++) {
        const dsr_meta *meta = &page->sides[i].report->meta;
        guessed = guessed || (meta->outlet_from == DSR_FROM_INFERRED && meta->outlet.len > 0) ||
                  (meta->agencies_from == DSR_FROM_INFERRED && meta->agencies.count > 0);
        bool dated = meta->published_from == DSR_FROM_INFERRED && meta->published.iso.len > 0;
        if (dated && !worked_out) {
            dsr_paint_tone(paint, DSR_TONE_QUIET);
            dsr_paint_print(paint, "~\xc2\xa0worked out, not stated");
        }
        if (dated && meta->published_why.len > 0) {
            dsr_paint_print(paint, worked_out ? "; " : ": ");
            dsr_paint_print(paint, "%.*s\xc2\xa0", DSR_PRINT(page->sides[i].handle));
            dsr_paint_text(paint, dsr_paint_head(meta->published_why, DSR_WIDTH_USUAL));
        }
        worked_out = worked_out || dated;
    }
    dsr_paint_end(paint, (dsr_layout){INDENT, INDENT * 2, 6});
    if (guessed)
        dsr_paint_toned(paint, DSR_TONE_QUIET, DSR_SLICE("?\xc2\xa0guessed, not stated"));
    dsr_paint_end(paint, (dsr_layout){INDENT, INDENT * 2, 0});
}

static size_t rows_shown(const dsr_paint *paint, const dsr_page *page)
{
    size_t count = page->story->reports.count;
    return count > ROWS && !paint->look.all ? ROWS : count;
}

static void paint_rest(dsr_paint *paint, const dsr_page *page, size_t shown)
{
    if (shown == page->story->reports.count)
        return;
    dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more; --all shows them", page->story->reports.count - shown);
    dsr_paint_end(paint, (dsr_layout){INDENT, INDENT, 0});
}

void dsr_page_reports(dsr_paint *paint, const dsr_page *page)
{
    size_t count = rows_shown(paint, page);
    row *rows = dsr_arena_alloc_array(page->arena, count, sizeof *rows);
    partners *with = find_partners(page);
    dsr_status status = rows && with ? DSR_OK : DSR_ERR_MEMORY;
    bool with_year = spans_years(page);
    for (size_t i = 0; i < count && status == DSR_OK; i++)
        status = format_row(page, i, &with[i], with_year, &rows[i]);
    if (status != DSR_OK) {
        dsr_paint_fail(paint, status);
        return;
    }
    unsigned wide[COLUMNS] = {7, 9, 6, 6, 5, 6};
    dsr_paint_blank_line(paint);
    if (fit_columns(rows, count, paint->look.width, wide))
        paint_table(paint, rows, count, wide);
    else
        paint_blocks(paint, rows, count);
    paint_legend(paint, page, count);
    paint_rest(paint, page, count);
}

void dsr_page_sources(dsr_paint *paint, const dsr_page *page)
{
    size_t count = rows_shown(paint, page);
    dsr_paint_heading(paint, "SOURCES", NULL);
    unsigned handles = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned columns = dsr_paint_columns(page->sides[i].handle);
        handles = columns > handles ? columns : handles;
    }
    for (size_t i = 0; i < count; i++) {
        const dsr_report *report = page->sides[i].report;
        char id[DSR_ID_TEXT];
        dsr_id_format(report->id, id);
        dsr_paint_tone(paint, DSR_TONE_MARK);
        dsr_paint_cell(paint, page->sides[i].handle, handles, false);
        dsr_paint_tone(paint, DSR_TONE_PLAIN);
        dsr_paint_pad(paint, GAP);
        dsr_paint_print(paint, "%.12s", id);
        dsr_paint_pad(paint, GAP);
        dsr_paint_text(paint, report->source.path);
        if (report->source.record.len > 0) {
            dsr_paint_print(paint, ":");
            dsr_paint_text(paint, report->source.record);
        }
        dsr_paint_end(paint, (dsr_layout){INDENT, INDENT + handles + 2 * GAP + 12, 3});
    }
    paint_rest(paint, page, count);
}
