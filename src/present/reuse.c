/* WHO COPIED WHOM: for one pair, who most likely took from whom, what that rests on, and how much. The page
 * of `copies` is this and the copied text. It must not weigh evidence: direction and reason come with the
 * record. */
#include "present/page.h"

enum { INDENT = 2, WHY_INDENT = 6, CREDIT_COLUMNS = 160 };

static const char arrow[] = "\xe2\x94\x80\xe2\x86\x92", branch[] = "\xe2\x94\x94\xe2\x86\x92",
                  line[] = "\xe2\x94\x80\xe2\x94\x80";

/* The words of a report that credit the wire: the furniture that holds the credit, else the credit itself. A
 * credit that names the wire goes before one that names nobody ("and agencies"). False where it has none. */
static bool find_credit(const dsr_side *side, dsr_slice wire, dsr_span *out)
{
    const dsr_credit *found = NULL;
    const dsr_report *report = side->report;
    for (size_t i = 0; i < report->credits.count; i++) {
        const dsr_credit *credit = &report->credits.items[i];
        bool named = credit->agency.len > 0 && dsr_slice_equal(credit->agency, wire);
        if (named || (credit->agency.len == 0 && found == NULL))
            found = credit;
        if (named)
            break;
    }
    if (found == NULL)
        return false;
    *out = found->span;
    for (size_t i = 0; i < report->furniture.count; i++) {
        dsr_span span = report->furniture.items[i].span;
        if (span.start <= found->span.start && span.end >= found->span.end)
            *out = span;
    }
    return dsr_side_text(side, *out).len > 0;
}

static void paint_handle(dsr_paint *paint, dsr_slice handle)
{
    dsr_paint_toned(paint, DSR_TONE_MARK, handle);
}

/* The credit of one report that carries a wire's text, in its own words. */
static void paint_credit(dsr_paint *paint, const dsr_side *side, dsr_slice wire)
{
    dsr_span span;
    if (!find_credit(side, wire, &span))
        return;
    dsr_slice words = dsr_slice_trim(dsr_side_text(side, span)), head = dsr_paint_head(words, CREDIT_COLUMNS);
    dsr_paint_pad(paint, 2);
    dsr_paint_print(paint, "\xe2\x80\x9c");
    dsr_paint_text(paint, head);
    dsr_paint_print(paint, head.len < words.len ? " \xe2\x80\xa6\xe2\x80\x9d" : "\xe2\x80\x9d");
    dsr_paint_cite(paint, side, span.start);
}

/* Both reports under the source that neither of them is: the wire, or one that is not known. */
static void paint_tree(dsr_paint *paint, const dsr_reuse *reuse, const dsr_side *from, const dsr_side *to)
{
    dsr_slice root = reuse->wire.len > 0 ? dsr_paint_head(reuse->wire, DSR_HANDLE_COLUMNS) : DSR_SLICE("?");
    unsigned columns = dsr_paint_columns(root), handle = dsr_paint_columns(from->handle);
    unsigned other = dsr_paint_columns(to->handle);
    unsigned wide = handle > other ? handle : other;
    unsigned hang = INDENT + columns + 4 + wide + 2;
    dsr_paint_toned(paint, DSR_TONE_TITLE, root);
    dsr_paint_print(paint, "\xc2\xa0%s\xc2\xa0", arrow);
    dsr_paint_tone(paint, DSR_TONE_MARK);
    dsr_paint_cell(paint, from->handle, wide, false);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    paint_credit(paint, from, reuse->wire);
    dsr_paint_end(paint, (dsr_layout){INDENT, hang, 0});
    dsr_paint_pad(paint, columns + 1);
    dsr_paint_print(paint, "%s\xc2\xa0", branch);
    dsr_paint_tone(paint, DSR_TONE_MARK);
    dsr_paint_cell(paint, to->handle, wide, false);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    paint_credit(paint, to, reuse->wire);
    dsr_paint_end(paint, (dsr_layout){INDENT, hang, 0});
}

static void paint_arrow(dsr_paint *paint, const dsr_reuse *reuse, const dsr_side *from, const dsr_side *to)
{
    bool turned = reuse->direction == DSR_DIRECTION_TO_FROM;
    paint_handle(paint, turned ? to->handle : from->handle);
    dsr_paint_print(paint, "\xc2\xa0%s\xc2\xa0", reuse->direction == DSR_DIRECTION_UNKNOWN ? line : arrow);
    paint_handle(paint, turned ? from->handle : to->handle);
    dsr_paint_pad(paint, 2);
    if (reuse->direction == DSR_DIRECTION_UNKNOWN)
        dsr_paint_print(paint, "share text; who took it is not known");
    else
        dsr_paint_print(paint, "%.*s most likely took from %.*s",
                        DSR_PRINT(turned ? from->handle : to->handle),
                        DSR_PRINT(turned ? to->handle : from->handle));
    if (reuse->wire.len > 0) {
        dsr_paint_print(paint, "; ");
        dsr_paint_text(paint, dsr_paint_head(reuse->wire, DSR_HANDLE_COLUMNS));
        dsr_paint_print(paint, "\xe2\x80\x99s text");
    }
    dsr_paint_end(paint, (dsr_layout){INDENT, WHY_INDENT, 0});
}

static void paint_amount(dsr_paint *paint, const dsr_reuse *reuse, const dsr_side *from, const dsr_side *to)
{
    char of_from[16], of_to[16];
    dsr_format_share(dsr_reuse_share_of_from(reuse), of_from);
    dsr_format_share(dsr_reuse_share_of_to(reuse), of_to);
    dsr_paint_print(paint, "%u\xc2\xa0words in %zu\xc2\xa0passage%s: %s of %.*s, %s of %.*s",
                    (unsigned)reuse->words, reuse->passages.count, reuse->passages.count == 1 ? "" : "s",
                    of_from, DSR_PRINT(from->handle), of_to, DSR_PRINT(to->handle));
    if (reuse->words_quoted > 0)
        dsr_paint_print(paint, "; %u\xc2\xa0of the words are quoted speech", (unsigned)reuse->words_quoted);
    dsr_paint_end(paint, (dsr_layout){WHY_INDENT, WHY_INDENT + 2, 0});
}

/* "edited: 2 hedges, 1 name, 12 of style" */
static void paint_kinds(dsr_paint *paint, const dsr_reuse *reuse)
{
    static const char *const words[][2] = {
        [DSR_EDIT_HEDGE] = {"hedge", "hedges"},
        [DSR_EDIT_NUMBER] = {"number", "numbers"},
        [DSR_EDIT_NAME] = {"name", "names"},
        [DSR_EDIT_ADDITION] = {"addition", "additions"},
        [DSR_EDIT_DELETION] = {"deletion", "deletions"},
        [DSR_EDIT_WORDING] = {"wording", "wordings"},
        [DSR_EDIT_STYLE] = {"of style", "of style"},
    };
    size_t counts[DSR_EDIT_STYLE + 1] = {0};
    for (size_t i = 0; i < reuse->passages.count; i++)
        for (size_t k = 0; k < reuse->passages.items[i].edits.count; k++)
            counts[reuse->passages.items[i].edits.items[k].kind]++;
    const char *mark = "edited:";
    for (size_t i = 0; i <= DSR_EDIT_STYLE; i++) {
        if (counts[i] == 0)
            continue;
        dsr_paint_print(paint, "%s %zu\xc2\xa0%s", mark, counts[i], words[i][counts[i] != 1]);
        mark = ",";
    }
    dsr_paint_end(paint, (dsr_layout){WHY_INDENT, WHY_INDENT + 2, 0});
}

void dsr_paint_pair(dsr_paint *paint, const dsr_reuse *reuse, const dsr_side *from, const dsr_side *to)
{
    if (reuse->direction == DSR_DIRECTION_COMMON_SOURCE)
        paint_tree(paint, reuse, from, to);
    else
        paint_arrow(paint, reuse, from, to);
    dsr_paint_text(paint, reuse->why);
    dsr_paint_end(paint, (dsr_layout){WHY_INDENT, WHY_INDENT + 2, 0});
    paint_amount(paint, reuse, from, to);
    paint_kinds(paint, reuse);
}

static void paint_file(dsr_paint *paint, const dsr_side *side)
{
    const dsr_report *report = side->report;
    char date[DSR_DATE_ROOM];
    dsr_date_short(&report->meta.published, true, date);
    paint_handle(paint, side->handle);
    dsr_paint_pad(paint, 2);
    dsr_paint_toned(paint, DSR_TONE_TITLE, report->source.path);
    if (report->source.record.len > 0) {
        dsr_paint_print(paint, ":");
        dsr_paint_toned(paint, DSR_TONE_TITLE, report->source.record);
    }
    if (report->meta.outlet.len > 0) {
        dsr_paint_print(paint, " \xc2\xb7 ");
        dsr_paint_text(paint, dsr_paint_head(report->meta.outlet, DSR_WIDTH_LEAST));
    }
    if (date[0])
        dsr_paint_print(paint, " \xc2\xb7 %s", date);
    dsr_paint_end(paint, (dsr_layout){0, 4, 0});
}

dsr_status dsr_present_reuse(dsr_arena *arena, dsr_buffer *to, const dsr_reuse *reuse, const dsr_report *from,
                             const dsr_report *to_report, dsr_look look)
{
    dsr_paint paint;
    dsr_slice handles[2];
    dsr_side sides[2];
    dsr_side_handles(from, to_report, handles);
    dsr_status status = dsr_side_build(arena, from, handles[0], &sides[0]);
    if (status == DSR_OK)
        status = dsr_side_build(arena, to_report, handles[1], &sides[1]);
    if (status != DSR_OK)
        return status;
    dsr_paint_open(&paint, to, look);
    paint_file(&paint, &sides[0]);
    paint_file(&paint, &sides[1]);
    dsr_paint_pair(&paint, reuse, &sides[0], &sides[1]);
    status = dsr_paint_passages(arena, &paint, reuse, &sides[0], &sides[1]);
    dsr_status painted = dsr_paint_close(&paint);
    return status != DSR_OK ? status : painted;
}
