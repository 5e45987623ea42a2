/* What the reports tell, in their own words: the best supported statements, what is to come, and the account
 * of all with who carries each. Must not know how statements are found. */
#include "present/page.h"

#include <stdio.h>
#include <string.h>

enum {
    KNOWN = 8,       /* statements of the first screen */
    COMING = 3,      /* entries of what is to come */
    ACCOUNT = 24,    /* statements of a short account */
    TABLE_FROM = 72, /* columns from which label, voices and words stand beside each other */
    LABEL_COLUMNS = 11,
    GAP = 2,
    LINES = 2,           /* of a statement in the first screen */
    CITED = 14,          /* columns that a citation takes, about */
    ROOM_LEFT = 14,      /* by words that do not fit at the ends of lines */
    SENTENCE_MOST = 320, /* bytes of a sentence that the account shows whole */
    ORIGINS_NAMED = 3
};

typedef struct rows {
    dsr_paint *paint;
    const dsr_page *page;
    bool table;
    int year; /* of the newest report; 0 */
    char last[DSR_DATE_ROOM];
} rows;

static rows open_rows(dsr_paint *paint, const dsr_page *page)
{
    rows r = {.paint = paint, .page = page, .table = paint->look.width >= TABLE_FROM};
    int64_t first, last;
    int month, day;
    if (dsr_date_days(&page->story->as_of, &first, &last))
        dsr_date_from_days(last, &r.year, &month, &day);
    return r;
}

static void copy_label(char out[DSR_DATE_ROOM], const char *label)
{
    (void)snprintf(out, DSR_DATE_ROOM, "%s", label);
}

/* Label, voices, words; a label that is that of the line before stays out. */
static void paint_row(rows *r, const char *label, const dsr_page_carriers *carriers, const dsr_carrier *shown)
{
    bool again = r->table && strcmp(label, r->last) == 0;
    copy_label(r->last, label);
    dsr_slice text = again ? DSR_SLICE("") : dsr_slice_of(label);
    if (r->table)
        dsr_paint_cell(r->paint, text, LABEL_COLUMNS, false);
    else
        dsr_paint_text(r->paint, text);
    if (r->table || text.len > 0)
        dsr_paint_pad(r->paint, 1);
    dsr_page_voices(r->paint, r->page, carriers);
    unsigned columns = dsr_page_voices_columns(r->page);
    if (columns > 0)
        dsr_paint_pad(r->paint, r->table ? GAP : 1);
    unsigned indent = 2 + LABEL_COLUMNS + 1 + columns + (columns > 0 ? GAP : 0);
    unsigned width = r->paint->look.width, left = r->table ? indent + CITED : CITED;
    unsigned room = r->paint->look.all || width <= left ? 0 : LINES * (width - left) - ROOM_LEFT;
    dsr_page_quote(r->paint, &r->page->sides[shown->report], shown, room);
    dsr_paint_end(r->paint,
                  (dsr_layout){2, r->table ? indent : 4, r->paint->look.all ? 0 : LINES + !r->table});
}

/* The carriers of a statement as the voices need them; none without memory. */
static dsr_page_carriers carriers_of(dsr_paint *paint, const dsr_page *page, const dsr_statement *statement)
{
    dsr_carrier *items = dsr_arena_alloc_array(page->arena, statement->carriers.count, sizeof *items);
    if (items == NULL)
        dsr_paint_fail(paint, DSR_ERR_MEMORY);
    for (size_t i = 0; items != NULL && i < statement->carriers.count; i++)
        items[i] = statement->carriers.items[i].carrier;
    return (dsr_page_carriers){items, items != NULL ? statement->carriers.count : 0, statement->reports,
                               statement->independent};
}

static void label_of(const rows *r, int32_t earliest, int32_t latest, char out[DSR_DATE_ROOM])
{
    out[0] = '\0';
    if (earliest != DSR_NO_DAY)
        dsr_date_label(earliest, (int64_t)latest - 1, r->year, out);
}

/* ---- the first screen ---- */

static void paint_statement(rows *r, const dsr_statement *statement)
{
    char label[DSR_DATE_ROOM];
    label_of(r, statement->earliest, statement->latest, label);
    dsr_page_carriers carriers = carriers_of(r->paint, r->page, statement);
    dsr_carrier shown = statement->carriers.items[statement->shown].carrier;
    shown.at =
        (dsr_span){shown.clause.start, shown.clause.start}; /* its words are shown from their beginning */
    paint_row(r, label, &carriers, &shown);
}

void dsr_page_known(dsr_paint *paint, const dsr_page *page)
{
    const dsr_story *story = page->story;
    size_t several = 0;
    while (several < story->statements.count && story->statements.items[several].reports > 1)
        several++;
    size_t all = story->reports.count > 1 ? several : story->statements.count;
    if (all == 0)
        return;
    size_t count = paint->look.all || all < KNOWN ? all : KNOWN;
    const char *slots = "\xe2\x97\x8f voice \xe2\x97\x8b copied \xc2\xb7 silent\xc2\xa0 2/3: voices/reports";
    const char *key = dsr_page_has_slots(page) ? slots : "2/3: voices/reports";
    dsr_paint_heading(paint, "WHAT WE KNOW", story->reports.count < 2 ? "by one report" : key);
    rows r = open_rows(paint, page);
    copy_label(r.last, "");
    for (size_t i = 0; i < count; i++)
        paint_statement(&r, &story->statements.items[i]);
}

/* Days to come, seen from the newest report. */
static bool is_to_come(const dsr_timeline_entry *entry, bool known, int64_t newest)
{
    return entry->realis == DSR_REALIS_FUTURE && (!known || (int64_t)entry->latest - 1 > newest) &&
           entry->latest - entry->earliest <= 31;
}

void dsr_page_to_come(dsr_paint *paint, const dsr_page *page)
{
    const dsr_story *story = page->story;
    int64_t first = 0, newest = 0;
    bool known = dsr_date_days(&story->as_of, &first, &newest);
    size_t shown = 0;
    rows r = open_rows(paint, page);
    copy_label(r.last, "");
    for (size_t i = 0; i < story->timeline.count && (shown < COMING || paint->look.all); i++) {
        const dsr_timeline_entry *entry = &story->timeline.items[i];
        if (!is_to_come(entry, known, newest))
            continue;
        if (shown++ == 0)
            dsr_paint_heading(paint, "TO COME", known ? "seen from the newest report" : NULL);
        char label[DSR_DATE_ROOM];
        label_of(&r, entry->earliest, entry->latest, label);
        dsr_page_carriers carriers = {entry->carriers.items, entry->carriers.count, entry->reports,
                                      entry->independent};
        paint_row(&r, label, &carriers, &entry->carriers.items[entry->shown]);
    }
}

/* ---- the account ---- */

static void cite_places(dsr_paint *paint, const dsr_page *page, const dsr_statement *statement, size_t *at)
{
    uint32_t report = statement->carriers.items[*at].carrier.report;
    const dsr_side *side = &page->sides[report];
    dsr_paint_toned(paint, DSR_TONE_QUIET, side->handle);
    for (const char *before = ":"; *at < statement->carriers.count; before = ",", (*at)++) {
        const dsr_carrier *c = &statement->carriers.items[*at].carrier;
        if (c->report != report)
            break;
        dsr_paint_print(paint, "%s%zu", before, dsr_code_points_at(&side->at, c->sentence.start));
    }
}

/* "[000:613=001:423] [003:279]": what one voice has stands in one pair of brackets. */
static void cite_all(dsr_paint *paint, const dsr_page *page, const dsr_statement *statement)
{
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    for (uint32_t voice = 0; voice < statement->independent; voice++) {
        bool any = false;
        for (size_t i = 0; i < statement->carriers.count;) {
            if (statement->carriers.items[i].carrier.voice != voice) {
                i++;
                continue;
            }
            dsr_paint_print(paint, any ? "=" : voice > 0 ? " [" : "[");
            cite_places(paint, page, statement, &i);
            any = true;
        }
        if (any)
            dsr_paint_print(paint, "]");
    }
}

/* On whom it leans, where that is not the reports themselves. */
static void name_origins(dsr_paint *paint, const dsr_statement *statement)
{
    size_t said = 0;
    for (size_t i = 0; i < statement->origins.count && said < ORIGINS_NAMED; i++) {
        const dsr_lean *lean = &statement->origins.items[i];
        if (lean->kind == DSR_LEAN_OWN || lean->who.len == 0)
            continue;
        dsr_paint_print(paint, said == 0 ? "\xc2\xa0 by the word of " : ", ");
        dsr_paint_toned(paint, DSR_TONE_PLAIN, dsr_paint_head(lean->who, 40));
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        said++;
    }
}

static void paint_told(rows *r, const dsr_statement *statement)
{
    dsr_paint *paint = r->paint;
    unsigned columns = dsr_page_voices_columns(r->page), indent = 2 + columns + (columns > 0 ? GAP : 0);
    dsr_page_carriers carriers = carriers_of(paint, r->page, statement);
    dsr_carrier shown = statement->carriers.items[statement->shown].carrier;
    bool whole = shown.sentence.end - shown.sentence.start <= SENTENCE_MOST;
    shown.clause = whole ? shown.sentence : shown.clause;
    shown.at = (dsr_span){shown.clause.start, shown.clause.start};
    dsr_page_voices(paint, r->page, &carriers);
    if (columns > 0)
        dsr_paint_pad(paint, GAP);
    dsr_page_quote(paint, &r->page->sides[shown.report], &shown, 0);
    dsr_paint_end(paint, (dsr_layout){2, r->table ? indent : 4, whole || paint->look.all ? 0 : 6});
    if (r->page->story->reports.count < 2)
        return;
    cite_all(paint, r->page, statement);
    name_origins(paint, statement);
    dsr_paint_end(paint, (dsr_layout){r->table ? indent : 4, r->table ? indent : 4, paint->look.all ? 0 : 3});
}

void dsr_page_account(dsr_paint *paint, const dsr_page *page)
{
    const dsr_story *story = page->story;
    size_t several = 0, all = story->statements.count;
    while (several < all && story->statements.items[several].reports > 1)
        several++;
    size_t count = several;
    if (paint->look.full || paint->look.all)
        count = all;
    else if (several > ACCOUNT)
        count = ACCOUNT;
    if (count == 0)
        return;
    dsr_paint_heading(
        paint, "THE ACCOUNT",
        story->reports.count > 1 ? "the best supported first; = joins carriers that are one voice" : NULL);
    rows r = open_rows(paint, page);
    for (size_t i = 0; i < count; i++)
        paint_told(&r, &story->statements.items[i]);
    size_t more = all - count + story->statements_left;
    if (more == 0)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more%s%s", more,
                    count == several ? ", each told by one report" : "",
                    count < all ? "; --length full shows them" : "");
    dsr_paint_end(paint, (dsr_layout){2, 2, 0});
}
