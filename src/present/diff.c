/* `diff`: what is new in a story since a time. Must not know how it is found. */
#include "present/page.h"

#include "model/diff.h"

#include <stdio.h>

enum { LISTED = 12, QUOTES_LISTED = 8, LINES = 2, LABEL_COLUMNS = 11, CITED = 26 };

typedef struct diff_page {
    dsr_paint *paint;
    const dsr_page *page;
    const dsr_story_diff *diff;
} diff_page;

static unsigned room_of(const diff_page *p)
{
    return p->paint->look.all ? 0 : LINES * (p->paint->look.width - CITED);
}

static size_t shown_of(const diff_page *p, size_t count, size_t most)
{
    return p->paint->look.all || count < most ? count : most;
}

static void paint_more(const diff_page *p, size_t more)
{
    if (more == 0)
        return;
    dsr_paint_tone(p->paint, DSR_TONE_QUIET);
    dsr_paint_print(p->paint, "\xe2\x80\xa6 and %zu more; --all shows them", more);
    dsr_paint_end(p->paint, (dsr_layout){2, 2, 0});
}

static void paint_reports(const diff_page *p)
{
    dsr_paint_heading(p->paint, "NEW REPORTS", NULL);
    size_t shown = 0, most = shown_of(p, p->diff->reports, LISTED);
    for (uint32_t i = 0; i < p->diff->story->reports.count && shown < most; i++) {
        const dsr_story_report *r = &p->diff->story->reports.items[i];
        if (!p->diff->is_new[i])
            continue;
        char date[DSR_DATE_ROOM], share[16];
        dsr_date_short(&r->report->meta.published, false, date);
        dsr_format_share(r->share_copied, share);
        dsr_paint_toned(p->paint, DSR_TONE_MARK, r->handle);
        dsr_paint_tone(p->paint, DSR_TONE_PLAIN);
        dsr_paint_print(p->paint, "  ");
        if (r->report->meta.outlet.len > 0) {
            dsr_paint_text(p->paint, r->report->meta.outlet);
            dsr_paint_print(p->paint, ", ");
        }
        dsr_paint_text(p->paint,
                       r->report->meta.headline.len > 0 ? r->report->meta.headline : r->report->source.path);
        dsr_paint_tail(p->paint, "%s copied, %s", share, date);
        dsr_paint_end(p->paint, (dsr_layout){2, 4, LINES});
        shown++;
    }
    paint_more(p, p->diff->reports - shown);
}

static void paint_statement(const diff_page *p, uint32_t index, const dsr_diff_gain *gain)
{
    const dsr_statement *s = &p->diff->story->statements.items[index];
    dsr_carrier shown = s->carriers.items[s->shown].carrier;
    shown.at = (dsr_span){shown.clause.start, shown.clause.start};
    char label[48];
    if (gain != NULL)
        (void)snprintf(label, sizeof label, "%u/%u \xe2\x86\x92 %u/%u", gain->independent_before,
                       gain->reports_before, s->independent, s->reports);
    else
        (void)snprintf(label, sizeof label, "%u/%u", s->independent, s->reports);
    dsr_paint_tone(p->paint, DSR_TONE_QUIET);
    dsr_paint_cell(p->paint, dsr_slice_of(label), LABEL_COLUMNS, false);
    dsr_paint_pad(p->paint, 1);
    dsr_paint_tone(p->paint, DSR_TONE_PLAIN);
    dsr_page_quote(p->paint, &p->page->sides[shown.report], &shown, room_of(p));
    dsr_paint_end(p->paint, (dsr_layout){2, 2 + LABEL_COLUMNS + 1, p->paint->look.all ? 0 : LINES});
}

static void paint_statements(const diff_page *p)
{
    const dsr_story_diff *d = p->diff;
    size_t fresh = shown_of(p, d->statements.count, LISTED), gained = shown_of(p, d->gained.count, LISTED);
    if (fresh > 0)
        dsr_paint_heading(p->paint, "NEWLY TOLD", "2/3: voices/reports");
    for (size_t i = 0; i < fresh; i++)
        paint_statement(p, d->statements.items[i], NULL);
    paint_more(p, d->statements.count - fresh);
    if (gained > 0)
        dsr_paint_heading(p->paint, "TOLD BY MORE VOICES", NULL);
    for (size_t i = 0; i < gained; i++)
        paint_statement(p, d->gained.items[i].statement, &d->gained.items[i]);
    paint_more(p, d->gained.count - gained);
}

/* The numbers of the reports before or of the new ones, each once. */
static void paint_values(const diff_page *p, const dsr_story_figure *group, bool fresh)
{
    dsr_slice last = DSR_SLICE_NONE;
    for (size_t i = 0; i < group->values.count; i++) {
        const dsr_carrier *c = &group->values.items[i].carrier;
        if (p->diff->is_new[c->report] != fresh)
            continue;
        dsr_slice text = dsr_side_text(&p->page->sides[c->report], c->at);
        if (last.ptr != NULL && dsr_slice_equal_nocase(text, last))
            continue;
        if (last.ptr != NULL)
            dsr_paint_print(p->paint, ", ");
        dsr_paint_toned(p->paint, fresh ? DSR_TONE_TO : DSR_TONE_FROM, text);
        dsr_paint_tone(p->paint, DSR_TONE_PLAIN);
        dsr_paint_print(p->paint, " (%.*s)", DSR_PRINT(p->page->sides[c->report].handle));
        last = text;
    }
}

static void paint_figures(const diff_page *p)
{
    size_t count = p->diff->figures.count, shown = shown_of(p, count, LISTED);
    if (count > 0)
        dsr_paint_heading(p->paint, "FIGURES THAT MOVED", NULL);
    for (size_t i = 0; i < shown; i++) {
        const dsr_story_figure *group = &p->diff->story->figures.items[p->diff->figures.items[i]];
        const dsr_figure_value *named = &group->values.items[group->thing_from];
        const dsr_side *side = &p->page->sides[named->carrier.report];
        dsr_slice thing = dsr_side_text(side, side->report->figures.items[named->figure].thing);
        dsr_paint_text(p->paint, thing.len > 0 ? thing : DSR_SLICE("(not named)"));
        dsr_paint_print(p->paint, ": ");
        paint_values(p, group, false);
        dsr_paint_print(p->paint, " \xe2\x86\x92 ");
        paint_values(p, group, true);
        dsr_paint_end(p->paint, (dsr_layout){2, 4, 0});
    }
    paint_more(p, count - shown);
}

static void paint_quotes(const diff_page *p)
{
    size_t all = p->diff->quotes.count, listed = 0, marked = 0;
    for (size_t i = 0; i < all; i++)
        marked += p->diff->story->quotes.items[p->diff->quotes.items[i]].kind != DSR_QUOTE_INDIRECT;
    size_t count = p->paint->look.all ? all : marked, most = shown_of(p, count, QUOTES_LISTED);
    if (count > 0)
        dsr_paint_heading(p->paint, "NEWLY SAID", NULL);
    for (size_t i = 0; i < all && listed < most; i++) {
        const dsr_story_quote *quote = &p->diff->story->quotes.items[p->diff->quotes.items[i]];
        if (quote->kind == DSR_QUOTE_INDIRECT && !p->paint->look.all)
            continue;
        const dsr_quote_variant *variant = &quote->variants.items[0];
        dsr_paint_toned(p->paint, DSR_TONE_MARK,
                        quote->speaker_name.len > 0 ? quote->speaker_name : DSR_SLICE("(not named)"));
        dsr_paint_tone(p->paint, DSR_TONE_PLAIN);
        dsr_paint_print(p->paint, "  ");
        dsr_paint_text(p->paint, quote->text);
        dsr_paint_cite(p->paint, &p->page->sides[variant->report], variant->span.start);
        dsr_paint_end(p->paint, (dsr_layout){2, 4, p->paint->look.all ? 0 : LINES});
        listed++;
    }
    paint_more(p, count - listed);
}

static void paint_disagreements(const diff_page *p)
{
    size_t count = p->diff->disagreements.count, shown = shown_of(p, count, LISTED);
    if (count > 0)
        dsr_paint_heading(p->paint, "NEWLY DISPUTED", NULL);
    for (size_t i = 0; i < shown; i++) {
        const dsr_disagreement *one = &p->diff->story->disagreements.items[p->diff->disagreements.items[i]];
        dsr_paint_text(p->paint, one->what.len > 0 ? one->what : DSR_SLICE("(not named)"));
        dsr_paint_pad(p->paint, 2);
        dsr_paint_tone(p->paint, DSR_TONE_FROM);
        dsr_paint_print(p->paint, "%s; %s", dsr_disagreement_kind_name(one->kind), one->why);
        dsr_paint_end(p->paint, (dsr_layout){2, 4, LINES});
        for (size_t k = 0; k < one->sides.count && (k < 4 || p->paint->look.all); k++) {
            const dsr_carrier *c = &one->sides.items[k].carrier;
            dsr_paint_toned(p->paint, p->diff->is_new[c->report] ? DSR_TONE_TO : DSR_TONE_QUIET,
                            p->diff->is_new[c->report] ? DSR_SLICE("new  ") : DSR_SLICE("     "));
            dsr_paint_tone(p->paint, DSR_TONE_PLAIN);
            dsr_page_quote(p->paint, &p->page->sides[c->report], c, room_of(p));
            dsr_paint_end(p->paint, (dsr_layout){4, 9, p->paint->look.all ? 0 : LINES});
        }
    }
    paint_more(p, count - shown);
}

static dsr_status build_sides(dsr_arena *arena, const dsr_story *story, dsr_page *page)
{
    page->sides = dsr_arena_alloc_array(arena, story->reports.count + 1, sizeof *page->sides);
    dsr_status status = page->sides != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < story->reports.count; i++)
        status = dsr_side_build(arena, story->reports.items[i].report, story->reports.items[i].handle,
                                &page->sides[i]);
    return status;
}

dsr_status dsr_present_diff(dsr_arena *arena, dsr_buffer *to, const dsr_story_diff *diff, dsr_look look)
{
    dsr_paint paint;
    dsr_page page = {.arena = arena, .story = diff->story};
    diff_page p = {&paint, &page, diff};
    if (build_sides(arena, diff->story, &page) != DSR_OK)
        return DSR_ERR_MEMORY;
    dsr_paint_open(&paint, to, look);
    dsr_paint_toned(&paint, DSR_TONE_TITLE, diff->story->headline);
    dsr_paint_end(&paint, (dsr_layout){0, 2, 0});
    dsr_paint_tone(&paint, DSR_TONE_QUIET);
    dsr_paint_print(&paint, "since %.*s: %u new reports, %zu before", DSR_PRINT(diff->since.iso),
                    diff->reports, diff->story->reports.count - diff->reports);
    dsr_paint_end(&paint, (dsr_layout){0, 2, 0});
    if (diff->reports > 0) {
        paint_reports(&p);
        paint_disagreements(&p);
        paint_figures(&p);
        paint_statements(&p);
        paint_quotes(&p);
    }
    return dsr_paint_close(&paint);
}
