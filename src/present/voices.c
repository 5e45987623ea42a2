/* Who carries a line: a slot a report, and how many voices and reports. */
#include "present/page.h"

#include <stdio.h>

enum { SLOTS_MOST = 12 }; /* reports of a story that have a slot each */

typedef enum slot { SILENT, COPIED, VOICE } slot;

static const char *const marks[] = {
    [SILENT] = "\xc2\xb7", [COPIED] = "\xe2\x97\x8b", [VOICE] = "\xe2\x97\x8f"};

bool dsr_page_has_slots(const dsr_page *page)
{
    return page->story->reports.count <= SLOTS_MOST;
}

unsigned dsr_page_voices_columns(const dsr_page *page)
{
    size_t count = page->story->reports.count;
    if (count < 2)
        return 0;
    return dsr_page_has_slots(page) ? (unsigned)count + (count > 9 ? 6 : 4) : 9;
}

void dsr_page_voices(dsr_paint *paint, const dsr_page *page, const dsr_page_carriers *carriers)
{
    size_t count = page->story->reports.count;
    if (count < 2)
        return;
    char text[16 + 3 * SLOTS_MOST];
    size_t used = 0;
    for (size_t i = 0; i < count && dsr_page_has_slots(page); i++) {
        slot of = SILENT;
        for (size_t c = 0; c < carriers->count; c++)
            if (carriers->items[c].report == i)
                of = carriers->items[c].lead ? VOICE : of == VOICE ? VOICE : COPIED;
        for (const char *p = marks[of]; *p != '\0'; p++)
            text[used++] = *p;
    }
    dsr_paint_tone(paint, DSR_TONE_MARK);
    dsr_paint_text(paint, (dsr_slice){text, used});
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    char numbers[32];
    int length = snprintf(numbers, sizeof numbers, "%u/%u", carriers->independent, carriers->reports);
    unsigned columns = dsr_page_voices_columns(page) - (used > 0 ? (unsigned)count + 1 : 0);
    if (used > 0)
        dsr_paint_pad(paint, 1);
    dsr_paint_cell(paint, (dsr_slice){numbers, (size_t)length}, columns, false);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
}

void dsr_page_voices_key(dsr_paint *paint, const dsr_page *page)
{
    if (page->story->reports.count < 2)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (dsr_page_has_slots(page))
        dsr_paint_print(paint, "\xe2\x97\x8f a voice\xc2\xa0 \xe2\x97\x8b in the copied text\xc2\xa0 "
                               "\xc2\xb7 silent\xc2\xa0 ");
    dsr_paint_print(paint, "2/3 = 2 voices, 3 reports");
    dsr_paint_end(paint, (dsr_layout){2, 2, 0});
}

/* Where the words that are shown begin so that `at` is among the first `room` columns: the clause's own
 * start, or a word not long before it. */
static uint32_t shown_from(const dsr_side *side, const dsr_carrier *carrier, unsigned room)
{
    dsr_slice before = dsr_side_text(side, (dsr_span){carrier->clause.start, carrier->at.start});
    dsr_slice until = dsr_side_text(side, (dsr_span){carrier->clause.start, carrier->at.end});
    if (room == 0 || dsr_paint_columns(until) <= room)
        return carrier->clause.start;
    dsr_slice rear = dsr_paint_rear(before, room / 2);
    return carrier->at.start - (uint32_t)rear.len;
}

void dsr_page_quote(dsr_paint *paint, const dsr_side *side, const dsr_carrier *carrier, unsigned room)
{
    uint32_t start = shown_from(side, carrier, room);
    dsr_slice text = dsr_slice_trim(dsr_side_text(side, (dsr_span){start, carrier->clause.end}));
    if (start > carrier->sentence.start)
        dsr_paint_print(paint, "\xe2\x80\xa6 ");
    dsr_paint_text(paint, text);
    if (carrier->clause.end < carrier->sentence.end)
        dsr_paint_print(paint, " \xe2\x80\xa6");
    dsr_paint_cite(paint, side, text.ptr != NULL ? (size_t)(text.ptr - side->report->text.ptr) : start);
}
