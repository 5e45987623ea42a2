/* `check`: a draft sentence by sentence, each with those who tell it or tell it otherwise. Must not know how
 * they are found. */
#include "present/page.h"

#include "model/check.h"

enum {
    CARRIERS_SHOWN = 3, /* of a sentence */
    CONTRADICTIONS_SHOWN = 4,
    VERDICT_COLUMNS = 13,
    LINES = 2,
    COPIES_SHOWN = 6,
    ROOM_LEFT = 26 /* columns beside the words of a citation */
};

typedef struct checked_page {
    dsr_paint *paint;
    dsr_arena *arena;
    const dsr_check *check;
    dsr_side *sides; /* by report, built when first cited */
    bool *known;
} checked_page;

static const dsr_side *side_of(checked_page *page, uint32_t report)
{
    const dsr_story_report *r = &page->check->story->reports.items[report];
    if (!page->known[report]) {
        dsr_paint_fail(page->paint, dsr_side_build(page->arena, r->report, r->handle, &page->sides[report]));
        page->known[report] = true;
    }
    return &page->sides[report];
}

static unsigned room_of(const checked_page *page)
{
    unsigned width = page->paint->look.width;
    return page->paint->look.all ? 0 : LINES * (width - ROOM_LEFT);
}

static void paint_carrier(checked_page *page, const char *label, const dsr_carrier *carrier)
{
    dsr_paint_toned(page->paint, DSR_TONE_QUIET, dsr_slice_of(label));
    dsr_paint_tone(page->paint, DSR_TONE_PLAIN);
    dsr_page_quote(page->paint, side_of(page, carrier->report), carrier, room_of(page));
    dsr_paint_end(page->paint, (dsr_layout){4, 6, page->paint->look.all ? 0 : LINES});
}

static void paint_more(checked_page *page, size_t more)
{
    if (more == 0)
        return;
    dsr_paint_tone(page->paint, DSR_TONE_QUIET);
    dsr_paint_print(page->paint, "\xe2\x80\xa6 and %zu more; --all shows them", more);
    dsr_paint_end(page->paint, (dsr_layout){4, 6, 0});
}

static void paint_carriers(checked_page *page, const dsr_checked_sentence *s)
{
    size_t count = s->carriers.count;
    size_t shown = page->paint->look.all || count < CARRIERS_SHOWN ? count : CARRIERS_SHOWN;
    for (size_t i = 0; i < shown; i++)
        paint_carrier(page, "", &s->carriers.items[i].carrier);
    paint_more(page, count - shown);
}

static const char *label_of(dsr_check_kind kind)
{
    static const char *const labels[] = {
        "other figure: ", "other date: ", "says the opposite: ", "other words: ", "other speaker: "};
    return kind < DSR_CHECK_KINDS ? labels[kind] : "";
}

static dsr_slice text_of(const checked_page *page, uint32_t report, dsr_span span)
{
    dsr_slice text = page->check->story->reports.items[report].report->text;
    return dsr_slice_trim(dsr_slice_part(text, span.start, span.end));
}

static void paint_contradictions(checked_page *page, const dsr_checked_sentence *s)
{
    size_t count = s->contradictions.count;
    size_t shown = page->paint->look.all || count < CONTRADICTIONS_SHOWN ? count : CONTRADICTIONS_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        const dsr_contradiction *c = &s->contradictions.items[i];
        dsr_paint_toned(page->paint, DSR_TONE_FROM, dsr_slice_of(label_of(c->kind)));
        if (c->kind != DSR_CHECK_DENIAL) {
            dsr_paint_toned(page->paint, DSR_TONE_FROM, text_of(page, page->check->draft_at, c->draft));
            dsr_paint_print(page->paint, " \xe2\x86\x92 ");
            dsr_paint_toned(page->paint, DSR_TONE_TO, text_of(page, c->carrier.report, c->carrier.at));
            dsr_paint_print(page->paint, "  ");
        }
        paint_carrier(page, "", &c->carrier);
    }
    paint_more(page, count - shown);
}

static void paint_missing(checked_page *page, const dsr_checked_sentence *s)
{
    if (s->missing.count == 0)
        return;
    dsr_paint_toned(page->paint, DSR_TONE_QUIET, DSR_SLICE("not told: "));
    for (size_t i = 0; i < s->missing.count; i++) {
        if (i > 0)
            dsr_paint_print(page->paint, " \xc2\xb7 ");
        dsr_paint_toned(page->paint, DSR_TONE_FROM,
                        text_of(page, page->check->draft_at, s->missing.items[i]));
    }
    dsr_paint_end(page->paint, (dsr_layout){4, 6, page->paint->look.all ? 0 : LINES});
}

static void paint_sentence(checked_page *page, const dsr_checked_sentence *s)
{
    dsr_paint *paint = page->paint;
    bool bad = s->verdict == DSR_VERDICT_CONTRADICTED || s->verdict == DSR_VERDICT_DISPUTED;
    dsr_paint_tone(paint, bad ? DSR_TONE_FROM : DSR_TONE_MARK);
    dsr_paint_cell(paint, dsr_slice_of(dsr_verdict_name(s->verdict)), VERDICT_COLUMNS, false);
    dsr_paint_tone(paint, DSR_TONE_TITLE);
    dsr_paint_text(paint, text_of(page, page->check->draft_at, s->span));
    if (s->reports > 0)
        dsr_paint_tail(paint, "%u/%u", s->independent, s->reports);
    dsr_paint_end(paint, (dsr_layout){0, VERDICT_COLUMNS, 0});
    paint_carriers(page, s);
    if (s->reports > 1 && s->first != DSR_NO_REPORT && s->verdict != DSR_VERDICT_PARTLY) {
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        dsr_paint_print(paint, "first: ");
        dsr_paint_text(paint, page->check->story->reports.items[s->first].handle);
        dsr_paint_end(paint, (dsr_layout){4, 6, 0});
    }
    paint_contradictions(page, s);
    paint_missing(page, s);
}

static void paint_copies(checked_page *page)
{
    const dsr_story *story = page->check->story;
    dsr_paint *paint = page->paint;
    if (story->reuse.count == 0)
        return;
    dsr_paint_heading(paint, "COPIED TEXT", NULL);
    size_t count = story->reuse.count;
    size_t shown = paint->look.all || count < COPIES_SHOWN ? count : COPIES_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        const dsr_reuse *r = &story->reuse.items[i];
        bool first = r->from == page->check->draft_at;
        char share[16];
        dsr_format_share(first ? dsr_reuse_share_of_from(r) : dsr_reuse_share_of_to(r), share);
        dsr_paint_print(paint, "%s of the draft, %u words, as in ", share, r->words);
        dsr_paint_toned(paint, DSR_TONE_MARK, story->reports.items[first ? r->to : r->from].handle);
        dsr_paint_end(paint, (dsr_layout){2, 4, 0});
    }
    paint_more(page, count - shown);
}

static void paint_sources(checked_page *page)
{
    dsr_paint *paint = page->paint;
    bool any = false;
    for (uint32_t i = 0; i < page->check->draft_at; i++) {
        const dsr_story_report *r = &page->check->story->reports.items[i];
        if (!page->known[i])
            continue;
        if (!any)
            dsr_paint_heading(paint, "CITED", NULL);
        any = true;
        char date[DSR_DATE_ROOM];
        dsr_date_short(&r->report->meta.published, true, date);
        dsr_paint_toned(paint, DSR_TONE_MARK, r->handle);
        dsr_paint_tone(paint, DSR_TONE_PLAIN);
        dsr_paint_print(paint, "  ");
        if (r->report->meta.outlet.len > 0) {
            dsr_paint_text(paint, r->report->meta.outlet);
            dsr_paint_print(paint, ", ");
        }
        dsr_paint_text(paint,
                       r->report->meta.headline.len > 0 ? r->report->meta.headline : r->report->source.path);
        if (date[0] != '\0')
            dsr_paint_tail(paint, "%s", date);
        dsr_paint_end(paint, (dsr_layout){2, 4, paint->look.all ? 0 : LINES});
    }
}

static void paint_counts(checked_page *page)
{
    static const char *const words[] = {"carried", "partly carried", "disputed", "contradicted", "unknown"};
    dsr_paint *paint = page->paint;
    bool some = false;
    dsr_paint_tone(paint, DSR_TONE_TITLE);
    for (unsigned i = 0; i < DSR_VERDICTS; i++) {
        if (page->check->counts[i] == 0)
            continue;
        dsr_paint_print(paint, "%s%u %s", some ? ", " : "", page->check->counts[i], words[i]);
        some = true;
    }
    if (!some)
        dsr_paint_print(paint, "nothing to check");
    if (page->check->sentences_left > 0)
        dsr_paint_print(paint, "; %u sentences more were not looked at", page->check->sentences_left);
    dsr_paint_tail(paint, "2/3: voices/reports");
    dsr_paint_end(paint, (dsr_layout){0, 2, 0});
}

dsr_status dsr_present_check(dsr_arena *arena, dsr_buffer *to, const dsr_check *check, dsr_look look)
{
    dsr_paint paint;
    checked_page page = {.paint = &paint, .arena = arena, .check = check};
    size_t count = check->story->reports.count;
    page.sides = dsr_arena_alloc_array(arena, count, sizeof *page.sides);
    page.known = dsr_arena_alloc_array(arena, count, sizeof *page.known);
    if (page.sides == NULL || page.known == NULL)
        return DSR_ERR_MEMORY;
    dsr_paint_open(&paint, to, look);
    paint_counts(&page);
    for (size_t i = 0; i < check->sentences.count; i++) {
        dsr_paint_blank_line(&paint);
        paint_sentence(&page, &check->sentences.items[i]);
    }
    paint_copies(&page);
    paint_sources(&page);
    return dsr_paint_close(&paint);
}
