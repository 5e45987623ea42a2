/* The page of one story: its headline, what is known at a glance, its reports, who copied whom, the copied
 * text, the sources. A claim stands here only where the record proves it. */
#include "present/page.h"

#include <stdlib.h>

enum {
    PAIRS_LISTED = 24, /* pairs told in WHO COPIED WHOM ... */
    PAIRS_IN_FULL = 6, /* ... and in COPIED TEXT, unless the look asks for all */
    GROUPS_NAMED = 3,  /* in the summary */
    HANDLES_NAMED = 4, /* of one group */
    ONE_TEXT = 250,    /* thousandths of either report that two must share to be called one text */
    HEADLINE_LINES = 5
};

/* The place of words that are not part of longer ones; SIZE_MAX where there is none. */
static size_t find_whole(dsr_slice text, dsr_slice words)
{
    size_t at = dsr_slice_find(text, words, 0);
    while (at != SIZE_MAX) {
        size_t end = at + words.len, length, before = at > 0 ? dsr_utf8_floor(text, at - 1) : 0;
        bool joined = at > 0 && dsr_is_word(dsr_utf8_decode(text.ptr + before, text.ptr + text.len, &length));
        joined = joined || (end < text.len &&
                            dsr_is_word(dsr_utf8_decode(text.ptr + end, text.ptr + text.len, &length)));
        if (!joined)
            return at;
        at = dsr_slice_find(text, words, at + 1);
    }
    return SIZE_MAX;
}

static void paint_headline(dsr_paint *paint, const dsr_page *page)
{
    const dsr_story *story = page->story;
    const dsr_side *side = &page->sides[story->headline_from];
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < side->report->furniture.count && at == SIZE_MAX; i++) {
        dsr_span span = side->report->furniture.items[i].span;
        dsr_slice text = dsr_slice_trim(dsr_side_text(side, span));
        if (side->report->furniture.items[i].kind == DSR_FURNITURE_HEADLINE &&
            dsr_slice_equal(text, story->headline))
            at = (size_t)(text.ptr - side->report->text.ptr);
    }
    if (at == SIZE_MAX && story->headline.len > 0)
        at = find_whole(side->report->text, story->headline);
    if (story->headline.len > 0)
        dsr_paint_toned(paint, DSR_TONE_TITLE, story->headline);
    else
        dsr_paint_toned(paint, DSR_TONE_QUIET, DSR_SLICE("without a headline"));
    if (at != SIZE_MAX)
        dsr_paint_cite(paint, side, at);
    else
        dsr_paint_tail(paint, "[%.*s]", DSR_PRINT(side->handle)); /* the headline is no part of the text */
    dsr_paint_end(paint, (dsr_layout){0, 0, HEADLINE_LINES});
}

static void print_dates(dsr_paint *paint, const dsr_page *page)
{
    int64_t first = INT64_MAX, last = INT64_MIN;
    size_t unknown = 0;
    for (size_t i = 0; i < page->story->reports.count; i++) {
        int64_t begin, end;
        if (!dsr_date_days(&page->sides[i].report->meta.published, &begin, &end)) {
            unknown++;
            continue;
        }
        first = begin < first ? begin : first;
        last = end > last ? end : last;
    }
    if (first > last)
        return;
    char range[DSR_DATE_ROOM];
    dsr_date_range(first, last, false, range);
    dsr_paint_print(paint, ", %s", range);
    if (unknown > 0)
        dsr_paint_print(paint, " (%zu without a date)", unknown);
}

static uint32_t find_root(uint32_t *parents, uint32_t of)
{
    while (parents[of] != of)
        of = parents[of] = parents[parents[of]];
    return of;
}

/* A shared passage or two do not make two reports one text. */
static bool is_one_text(const dsr_reuse *reuse)
{
    return dsr_reuse_share_of_from(reuse) >= ONE_TEXT || dsr_reuse_share_of_to(reuse) >= ONE_TEXT;
}

/* Ties reports that carry one text; parents[i] leads to the first report of i's group. */
static uint32_t *tie_groups(const dsr_page *page)
{
    size_t count = page->story->reports.count;
    uint32_t *parents = dsr_arena_alloc_array(page->arena, count, sizeof *parents);
    for (size_t i = 0; parents && i < count; i++)
        parents[i] = (uint32_t)i;
    for (size_t i = 0; parents && i < page->story->reuse.count; i++) {
        if (!is_one_text(&page->story->reuse.items[i]))
            continue;
        uint32_t a = find_root(parents, page->story->reuse.items[i].from);
        uint32_t b = find_root(parents, page->story->reuse.items[i].to);
        parents[a > b ? a : b] = a < b ? a : b;
    }
    for (size_t i = 0; parents && i < count; i++)
        parents[i] = find_root(parents, (uint32_t)i);
    return parents;
}

/* The wire that all pairs of a group name; no value where they do not all name one. */
static dsr_slice wire_of_group(const dsr_page *page, const uint32_t *roots, uint32_t root)
{
    dsr_slice wire = DSR_SLICE_NONE;
    for (size_t i = 0; i < page->story->reuse.count; i++) {
        const dsr_reuse *reuse = &page->story->reuse.items[i];
        if (roots[reuse->from] != root || !is_one_text(reuse))
            continue;
        if (reuse->wire.len == 0 || (wire.len > 0 && !dsr_slice_equal(wire, reuse->wire)))
            return DSR_SLICE_NONE;
        wire = reuse->wire;
    }
    return wire;
}

static void print_group(dsr_paint *paint, const dsr_page *page, const uint32_t *roots, uint32_t root,
                        size_t size)
{
    size_t named = size > HANDLES_NAMED ? HANDLES_NAMED - 1 : size, said = 0;
    for (size_t i = root; i < page->story->reports.count && said < named; i++) {
        if (roots[i] != root)
            continue;
        if (said > 0)
            dsr_paint_print(paint, said + 1 == size ? " and " : ", ");
        dsr_paint_toned(paint, DSR_TONE_MARK, page->sides[i].handle);
        said++;
    }
    if (size > named)
        dsr_paint_print(paint, " and %zu more", size - named);
    dsr_slice wire = wire_of_group(page, roots, root);
    if (wire.len > 0) {
        dsr_paint_print(paint, size == 2 ? " both carry " : " all carry ");
        dsr_paint_text(paint, dsr_paint_head(wire, DSR_WIDTH_LEAST));
        dsr_paint_print(paint, "\xe2\x80\x99s");
    } else {
        dsr_paint_print(paint, size == 2 ? " share copied text" : " are tied by copied text");
    }
}

/* "; 4 independent texts, for 000 and 001 both carry AFP's" */
static void print_groups(dsr_paint *paint, const dsr_page *page, const uint32_t *roots, uint32_t *sizes)
{
    size_t count = page->story->reports.count, groups = 0, tied = 0, said = 0;
    for (size_t i = 0; i < count; i++)
        sizes[roots[i]]++;
    for (size_t i = 0; i < count; i++) {
        groups += roots[i] == i;
        tied += roots[i] == i && sizes[i] > 1;
    }
    if (tied == 0) {
        dsr_paint_print(paint, page->story->reuse.count ? "; texts of their own that share copied passages"
                                                        : "; no text copied from one to another");
        return;
    }
    if (groups == 1)
        dsr_paint_print(paint, "; one text: ");
    else
        dsr_paint_print(paint, "; %zu independent texts, for ", groups);
    for (uint32_t i = 0; i < count && said < GROUPS_NAMED; i++) {
        if (roots[i] != i || sizes[i] < 2)
            continue;
        if (said > 0)
            dsr_paint_print(paint, said + 1 == tied ? ", and " : ", ");
        print_group(paint, page, roots, i, sizes[i]);
        said++;
    }
    if (tied > said)
        dsr_paint_print(paint, ", and so on in %zu more group%s", tied - said, tied - said == 1 ? "" : "s");
}

static void paint_summary(dsr_paint *paint, const dsr_page *page)
{
    size_t count = page->story->reports.count;
    dsr_paint_print(paint, "%zu report%s", count, count == 1 ? "" : "s");
    print_dates(paint, page);
    if (count > 1) {
        uint32_t *roots = tie_groups(page);
        uint32_t *sizes = dsr_arena_alloc_array(page->arena, count, sizeof *sizes);
        if (roots && sizes)
            print_groups(paint, page, roots, sizes);
        else
            dsr_paint_fail(paint, DSR_ERR_MEMORY);
    }
    dsr_paint_end(paint, (dsr_layout){0, 0, 0});
}

typedef struct ranked {
    uint32_t words, index;
} ranked;

static int by_words(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static int by_index(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* The `most` pairs that share the most words, in the order of the story. */
static ranked *choose_pairs(const dsr_page *page, size_t most, size_t *count)
{
    size_t all = page->story->reuse.count;
    ranked *pairs = dsr_arena_alloc_array(page->arena, all, sizeof *pairs);
    for (size_t i = 0; pairs && i < all; i++)
        pairs[i] = (ranked){page->story->reuse.items[i].words, (uint32_t)i};
    *count = all < most ? all : most;
    if (pairs && all > most) {
        qsort(pairs, all, sizeof *pairs, by_words);
        qsort(pairs, most, sizeof *pairs, by_index);
    }
    return pairs;
}

static void paint_rest(dsr_paint *paint, size_t more, const char *what)
{
    if (more == 0)
        return;
    dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more pair%s%s; --all shows them", more, more == 1 ? "" : "s",
                    what);
    dsr_paint_end(paint, (dsr_layout){2, 2, 0});
}

static void paint_pairs(dsr_paint *paint, const dsr_page *page)
{
    size_t count, all = page->story->reuse.count;
    ranked *pairs = choose_pairs(page, paint->look.all ? all : PAIRS_LISTED, &count);
    if (pairs == NULL) {
        dsr_paint_fail(paint, DSR_ERR_MEMORY);
        return;
    }
    dsr_paint_heading(paint, "WHO COPIED WHOM", NULL);
    for (size_t i = 0; i < count; i++) {
        const dsr_reuse *reuse = &page->story->reuse.items[pairs[i].index];
        dsr_paint_pair(paint, reuse, &page->sides[reuse->from], &page->sides[reuse->to]);
    }
    paint_rest(paint, all - count, "");
}

static dsr_status paint_texts(dsr_paint *paint, const dsr_page *page)
{
    size_t count, all = page->story->reuse.count;
    ranked *pairs = choose_pairs(page, paint->look.all ? all : PAIRS_IN_FULL, &count);
    dsr_status status = pairs ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; i < count && status == DSR_OK; i++) {
        const dsr_reuse *reuse = &page->story->reuse.items[pairs[i].index];
        const dsr_side *from = &page->sides[reuse->from], *to = &page->sides[reuse->to];
        dsr_slice title;
        status = dsr_arena_format(page->arena, &title, "COPIED TEXT\xc2\xa0\xc2\xa0%.*s \xe2\x86\x92 %.*s",
                                  DSR_PRINT(from->handle), DSR_PRINT(to->handle));
        if (status != DSR_OK)
            break;
        dsr_paint_heading(paint, title.ptr, NULL);
        status = dsr_paint_passages(page->arena, paint, reuse, from, to);
    }
    if (status == DSR_OK && count < all) {
        dsr_paint_blank_line(paint);
        paint_rest(paint, all - count, " of copied text");
    }
    return status;
}

static dsr_status build_sides(dsr_page *page)
{
    const dsr_story *story = page->story;
    dsr_side *sides = dsr_arena_alloc_array(page->arena, story->reports.count, sizeof *sides);
    dsr_status status = sides ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; i < story->reports.count && status == DSR_OK; i++)
        status = dsr_side_build(page->arena, story->reports.items[i].report, story->reports.items[i].handle,
                                &sides[i]);
    page->sides = sides;
    return status;
}

dsr_status dsr_present_story(dsr_arena *arena, dsr_buffer *to, const dsr_story *story, dsr_look look)
{
    if (story->reports.count == 0 || story->headline_from >= story->reports.count)
        return DSR_ERR_ARGUMENT;
    dsr_page page = {.arena = arena, .story = story};
    dsr_paint paint;
    dsr_status status = build_sides(&page);
    if (status != DSR_OK)
        return status;
    dsr_paint_open(&paint, to, look);
    paint_headline(&paint, &page);
    paint_summary(&paint, &page);
    dsr_page_reports(&paint, &page);
    dsr_page_known(&paint, &page);
    dsr_page_disputed(&paint, &page);
    dsr_page_to_come(&paint, &page);
    dsr_page_account(&paint, &page);
    dsr_page_said(&paint, &page);
    dsr_page_figures(&paint, &page);
    dsr_page_timeline(&paint, &page);
    dsr_page_cast(&paint, &page);
    if (story->reuse.count > 0) {
        paint_pairs(&paint, &page);
        status = paint_texts(&paint, &page);
    }
    dsr_page_sources(&paint, &page);
    dsr_status painted = dsr_paint_close(&paint);
    return status != DSR_OK ? status : painted;
}

dsr_status dsr_present_cast(dsr_arena *arena, dsr_buffer *to, const dsr_story *story, dsr_look look)
{
    if (story->reports.count == 0 || story->headline_from >= story->reports.count)
        return DSR_ERR_ARGUMENT;
    dsr_page page = {.arena = arena, .story = story};
    dsr_paint paint;
    dsr_status status = build_sides(&page);
    if (status != DSR_OK)
        return status;
    look.all = true;
    dsr_paint_open(&paint, to, look);
    paint_headline(&paint, &page);
    dsr_page_cast(&paint, &page);
    return dsr_paint_close(&paint);
}
