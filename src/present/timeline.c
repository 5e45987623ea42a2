/* What happened, what is to come, and when reports appeared: a line an event, by time. Must not know how
 * dated sentences are joined. */
#include "present/page.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    LISTED = 10,     /* entries that `brief` shows */
    TABLE_FROM = 72, /* columns from which date, voices and words stand beside each other */
    DATE_COLUMNS = 13,
    GAP = 2,
    LINES = 2,        /* of an entry, unless the look asks for all */
    RECENT_DAYS = 14, /* before the newest report */
    HANDLES_NAMED = 6,
    CITED = 14,    /* columns that a citation takes, about */
    ROOM_LEFT = 14 /* by words that do not fit at the ends of lines */
};

static const char *const marks[] = {[DSR_REALIS_ACTUAL] = "\xe2\x96\xa0",
                                    [DSR_REALIS_HISTORICAL] = "\xe2\x94\x86",
                                    [DSR_REALIS_FUTURE] = "\xe2\x96\xa1"};
static const char appeared[] = "\xe2\x96\xaa";

/* ---- which entries are shown ---- */

typedef struct chosen {
    uint32_t score, index;
} chosen;

static int by_score(const void *a, const void *b)
{
    const chosen *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static int by_index(const void *a, const void *b)
{
    const chosen *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* What many tell, what is to come and what just happened come first; years long past last. */
static uint32_t score_of(const dsr_timeline_entry *entry, bool known, int64_t newest)
{
    uint32_t voices = entry->independent < 100 ? entry->independent : 100;
    uint32_t reports = entry->reports < 100 ? entry->reports : 100;
    uint32_t score = 8 * voices + 2 * reports;
    bool days = entry->latest - entry->earliest <= 7;
    if (!known)
        return score + (days ? 4 : 0);
    bool soon = entry->earliest <= newest + RECENT_DAYS && entry->latest >= newest - RECENT_DAYS;
    score += days && soon ? 6 : 0;
    score += entry->realis == DSR_REALIS_FUTURE && days ? 4 : 0;
    return entry->realis == DSR_REALIS_HISTORICAL && entry->independent < 2 ? score / 4 : score;
}

static chosen *choose(const dsr_page *page, size_t most, size_t *count)
{
    size_t all = page->story->timeline.count;
    chosen *list = dsr_arena_alloc_array(page->arena, all + 1, sizeof *list);
    int64_t first = 0, newest = 0;
    bool known = dsr_date_days(&page->story->as_of, &first, &newest);
    for (size_t i = 0; list != NULL && i < all; i++)
        list[i] = (chosen){score_of(&page->story->timeline.items[i], known, newest), (uint32_t)i};
    *count = all < most ? all : most;
    if (list != NULL && all > most) {
        qsort(list, all, sizeof *list, by_score);
        qsort(list, *count, sizeof *list, by_index);
    }
    return list;
}

/* ---- lines ---- */

typedef struct lines {
    dsr_paint *paint;
    const dsr_page *page;
    bool table;
    int year;                      /* of the newest report; 0 */
    int64_t last_first, last_last; /* the days of the line before */
} lines;

static void begin_line(lines *l, const char *mark, int64_t first, int64_t last)
{
    char date[DSR_DATE_ROOM] = "";
    bool again = l->table && first == l->last_first && last == l->last_last;
    if (!again)
        dsr_date_label(first, last, l->year, date);
    l->last_first = first;
    l->last_last = last;
    dsr_paint_tone(l->paint, DSR_TONE_QUIET);
    dsr_paint_text(l->paint, dsr_slice_of(mark));
    dsr_paint_pad(l->paint, 1);
    dsr_paint_tone(l->paint, DSR_TONE_PLAIN);
    if (l->table)
        dsr_paint_cell(l->paint, dsr_slice_of(date), DATE_COLUMNS, false);
    else
        dsr_paint_text(l->paint, dsr_slice_of(date));
    if (!l->table)
        dsr_paint_pad(l->paint, 1);
}

static void paint_entry(lines *l, const dsr_timeline_entry *entry)
{
    const dsr_carrier *shown = &entry->carriers.items[entry->shown];
    begin_line(l, marks[entry->realis], entry->earliest, (int64_t)entry->latest - 1);
    dsr_page_carriers carriers = {entry->carriers.items, entry->carriers.count, entry->reports,
                                  entry->independent};
    dsr_page_voices(l->paint, l->page, &carriers);
    unsigned columns = dsr_page_voices_columns(l->page);
    if (columns > 0)
        dsr_paint_pad(l->paint, l->table ? GAP : 1);
    unsigned indent = 4 + DATE_COLUMNS + columns + (columns > 0 ? GAP : 0);
    unsigned width = l->paint->look.width, left = l->table ? indent + CITED : CITED;
    unsigned room = l->paint->look.all || width <= left ? 0 : LINES * (width - left) - ROOM_LEFT;
    dsr_page_quote(l->paint, &l->page->sides[shown->report], shown, room);
    dsr_paint_end(l->paint,
                  (dsr_layout){2, l->table ? indent : 4, l->paint->look.all ? 0 : LINES + !l->table});
}

/* Reports that appeared on one day, from `from` on; how many. Of many reports none is named. */
static void paint_appeared(lines *l, int64_t day, int64_t last)
{
    size_t said = 0;
    const dsr_story *story = l->page->story;
    for (size_t i = 0; i < story->reports.count; i++) {
        int64_t first, end;
        const dsr_meta *meta = &story->reports.items[i].report->meta;
        if (!dsr_date_days(&meta->published, &first, &end) || first != day || end != last)
            continue;
        if (said == 0)
            begin_line(l, appeared, day, last);
        if (said < HANDLES_NAMED) {
            dsr_paint_toned(l->paint, DSR_TONE_PLAIN, said > 0 ? DSR_SLICE(", ") : DSR_SLICE(""));
            dsr_paint_toned(l->paint, DSR_TONE_MARK, l->page->sides[i].handle);
            if (meta->published_from == DSR_FROM_INFERRED)
                dsr_paint_toned(l->paint, DSR_TONE_QUIET, DSR_SLICE("\xc2\xa0~"));
        }
        said++;
    }
    if (said == 0)
        return;
    dsr_paint_tone(l->paint, DSR_TONE_PLAIN);
    if (said > HANDLES_NAMED)
        dsr_paint_print(l->paint, " and %zu more", said - HANDLES_NAMED);
    dsr_paint_print(l->paint, said == 1 ? " appears" : " appear");
    dsr_paint_end(l->paint, (dsr_layout){2, l->table ? 4 + DATE_COLUMNS : 4, 0});
}

/* A day, or a few, on which reports appeared. */
typedef struct edition {
    int64_t first, last;
} edition;

static int by_day(const void *a, const void *b)
{
    const edition *x = a, *y = b;
    if (x->last != y->last)
        return x->last < y->last ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static edition *list_editions(const dsr_page *page, size_t *count)
{
    edition *list = dsr_arena_alloc_array(page->arena, page->story->reports.count + 1, sizeof *list);
    size_t used = 0;
    *count = 0;
    for (size_t i = 0; list != NULL && i < page->story->reports.count; i++)
        if (dsr_date_days(&page->sides[i].report->meta.published, &list[used].first, &list[used].last))
            used++;
    if (used > 1)
        qsort(list, used, sizeof *list, by_day);
    for (size_t i = 0; i < used; i++)
        if (*count == 0 || by_day(&list[*count - 1], &list[i]) != 0)
            list[(*count)++] = list[i];
    return list;
}

static void paint_lines(lines *l, const chosen *list, size_t count, const edition *editions, size_t days)
{
    size_t day = 0;
    for (size_t i = 0; i < count; i++) {
        const dsr_timeline_entry *entry = &l->page->story->timeline.items[list[i].index];
        for (; day < days && editions[day].last < entry->earliest; day++)
            paint_appeared(l, editions[day].first, editions[day].last);
        paint_entry(l, entry);
    }
    for (; day < days; day++)
        paint_appeared(l, editions[day].first, editions[day].last);
}

void dsr_page_timeline(dsr_paint *paint, const dsr_page *page)
{
    size_t count, days = 0, all = page->story->timeline.count;
    if (all == 0)
        return;
    chosen *list = choose(page, paint->look.all ? all : LISTED, &count);
    edition *editions = list_editions(page, &days);
    if (list == NULL || editions == NULL) {
        dsr_paint_fail(paint, DSR_ERR_MEMORY);
        return;
    }
    dsr_paint_heading(
        paint, "TIMELINE",
        "\xe2\x96\xa0 happened\xc2\xa0 \xe2\x96\xa1 announced\xc2\xa0 \xe2\x94\x86 background\xc2\xa0 "
        "\xe2\x96\xaa a report appeared");
    lines l = {paint, page, paint->look.width >= TABLE_FROM, 0, INT64_MIN, INT64_MIN};
    int64_t first, last;
    int month, day;
    if (dsr_date_days(&page->story->as_of, &first, &last))
        dsr_date_from_days(last, &l.year, &month, &day);
    /* Of a report by itself it is known when it appeared. */
    paint_lines(&l, list, count, editions, page->story->reports.count > 1 ? days : 0);
    size_t more = all - count + page->story->timeline_left;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (more > 0)
        dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more%s", more,
                        paint->look.all ? "" : "; --all shows them");
    dsr_paint_end(paint, (dsr_layout){2, 2, 0});
    dsr_page_voices_key(paint, page);
}
