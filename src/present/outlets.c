/* `outlets`: how each outlet works, a paragraph each. Must not know how it is found. */
#include "present/dates.h"
#include "present/paint.h"

#include "model/outlets.h"

enum { ROWS = 40, TIES = 5 };

static dsr_slice name_of(dsr_slice name)
{
    return name.len > 0 ? name : DSR_SLICE("(outlet not known)");
}

static void paint_ties(dsr_paint *paint, const char *label, const dsr_outlet_ties *ties, uint32_t left)
{
    if (ties->count == 0)
        return;
    size_t shown = paint->look.all || ties->count < TIES ? ties->count : TIES;
    dsr_paint_toned(paint, DSR_TONE_QUIET, dsr_slice_of(label));
    for (size_t i = 0; i < shown; i++) {
        const dsr_outlet_tie *tie = &ties->items[i];
        char share[16];
        dsr_format_share(tie->share, share);
        if (i > 0)
            dsr_paint_print(paint, ", ");
        dsr_paint_toned(paint, tie->agency ? DSR_TONE_FROM : DSR_TONE_MARK, name_of(tie->name));
        dsr_paint_tone(paint, DSR_TONE_PLAIN);
        dsr_paint_print(paint, " %u\xc2\xa0\xc3\x97\xc2\xa0%s", tie->reports, share);
    }
    size_t more = ties->count - shown + left;
    if (more > 0)
        dsr_paint_print(paint, ", and %zu more", more);
    dsr_paint_end(paint, (dsr_layout){4, 6, 0});
}

static void paint_edits(dsr_paint *paint, const dsr_outlet_row *row)
{
    static const char *const words[DSR_EDIT_KINDS] = {"hedge",    "number",  "name", "added",
                                                      "left out", "wording", "style"};
    bool some = false;
    if (row->edited == 0)
        return;
    dsr_paint_toned(paint, DSR_TONE_QUIET, DSR_SLICE("edits: "));
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    for (unsigned i = 0; i < DSR_EDIT_KINDS; i++) {
        if (row->edits[i] == 0)
            continue;
        dsr_paint_print(paint, "%s%s\xc2\xa0%u", some ? ", " : "", words[i], row->edits[i]);
        some = true;
    }
    dsr_paint_print(paint, "; in %u reports", row->edited);
    dsr_paint_end(paint, (dsr_layout){4, 6, 0});
}

static void paint_row(dsr_paint *paint, const dsr_outlet_row *row)
{
    char own[16];
    dsr_format_share(row->own, own);
    dsr_paint_toned(paint, DSR_TONE_TITLE, name_of(row->name));
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    if (row->reports > 0)
        dsr_paint_tail(paint, "%u reports, %u with text of others, %s its own", row->reports, row->copying,
                       own);
    else
        dsr_paint_tail(paint, "no report in this time");
    dsr_paint_end(paint, (dsr_layout){0, 2, 0});
    paint_ties(paint, "takes from: ", &row->takes, row->takes_left);
    paint_ties(paint, "carried by: ", &row->carried_by, row->carried_by_left);
    paint_edits(paint, row);
}

dsr_status dsr_present_outlets(dsr_buffer *to, const dsr_outlets *outlets, dsr_look look)
{
    dsr_paint paint;
    dsr_paint_open(&paint, to, look);
    dsr_paint_tone(&paint, DSR_TONE_QUIET);
    dsr_paint_print(&paint,
                    "%zu outlets, %u reports; 3 \xc3\x97 40\xc2\xa0%%: in three reports, 40\xc2\xa0%% of "
                    "their text on the average",
                    outlets->rows.count, outlets->reports);
    dsr_paint_end(&paint, (dsr_layout){0, 2, 0});
    size_t count = outlets->rows.count, shown = look.all || count < ROWS ? count : ROWS;
    for (size_t i = 0; i < shown; i++)
        paint_row(&paint, &outlets->rows.items[i]);
    if (count > shown) {
        dsr_paint_tone(&paint, DSR_TONE_QUIET);
        dsr_paint_print(&paint, "\xe2\x80\xa6 and %zu more; --all shows them", count - shown);
        dsr_paint_end(&paint, (dsr_layout){0, 2, 0});
    }
    return dsr_paint_close(&paint);
}
