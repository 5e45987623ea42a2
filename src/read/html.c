/* HTML: the page is decoded first, by what its bytes are, so that what it says of its charset cannot shift
 * anything; then src/page finds the article; then its map is led on to the bytes of the file. */
#include "base/limits.h"
#include "base/utf8.h"
#include "page/page.h"
#include "read/encoding.h"
#include "read/format.h"

typedef struct source_runs {
    const dsr_source_map_run *items;
    size_t count, at;   /* where the last look-up ended */
    dsr_slice text;     /* the decoded page */
    size_t counted_run; /* characters of a run are counted once, as the walk goes on */
    uint64_t counted_to, counted;
} source_runs;

/* Characters of the run in hand before byte `at`, which never goes back within a run. */
static uint64_t characters_before(source_runs *runs, uint64_t at)
{
    if (runs->counted_run != runs->at) {
        runs->counted_run = runs->at;
        runs->counted_to = runs->items[runs->at].text.start;
        runs->counted = 0;
    }
    if (at > runs->counted_to) {
        runs->counted +=
            dsr_utf8_count((dsr_slice){runs->text.ptr + runs->counted_to, at - runs->counted_to});
        runs->counted_to = at;
    }
    return runs->counted;
}

/* Where byte `at` of the decoded page stands in the file. */
static uint64_t lead(source_runs *runs, uint64_t at, bool end)
{
    while (runs->at + 1 < runs->count && runs->items[runs->at].text.end < at + (end ? 0u : 1u)) {
        runs->at++;
    }
    const dsr_source_map_run *run = &runs->items[runs->at];
    if (at >= run->text.end) {
        return run->source.end;
    }
    if (run->unit == 0) {
        return run->source.start + (at - run->text.start);
    }
    if (run->unit != DSR_MAP_WHOLE) {
        return run->source.start + characters_before(runs, at) * run->unit;
    }
    return end ? run->source.end : run->source.start;
}

typedef DSR_LIST(dsr_source_map_run) run_list;

static dsr_status add(dsr_arena *arena, run_list *runs, dsr_source_map_run run)
{
    dsr_source_map_run *last = runs->count > 0 ? &runs->items[runs->count - 1] : NULL;
    if (last != NULL && runs->count >= DSR_LIMIT_SOURCE_RUNS) {
        last->text.end = run.text.end;
        last->source.end = run.source.end > last->source.end ? run.source.end : last->source.end;
        last->unit = DSR_MAP_WHOLE;
        return DSR_OK;
    }
    dsr_status status = DSR_LIST_RESERVE(arena, runs, 1);
    if (status == DSR_OK) {
        runs->items[runs->count++] = run;
    }
    return status;
}

/* Leads one run on: what corresponds as a whole stays so, the others are cut where the encoding's own map is.
 */
static dsr_status lead_run(dsr_arena *arena, source_runs *page, dsr_source_map_run run, run_list *out)
{
    uint64_t at = run.source.start;
    uint32_t text = run.text.start;
    dsr_status status = DSR_OK;
    if (run.unit != 0) {
        uint64_t start = lead(page, run.source.start, false);
        uint64_t end = run.source.end > run.source.start ? lead(page, run.source.end, true) : start;
        uint64_t last = page->items[page->count - 1].source.end;
        end = end > start || run.source.end == run.source.start ? end : start + (start < last);
        run.source = (dsr_source_span){start, end < start ? start : end};
        return add(arena, out, run);
    }
    while (status == DSR_OK && text < run.text.end) {
        uint64_t start = lead(page, at, false);
        const dsr_source_map_run *under = &page->items[page->at];
        uint64_t room = under->text.end > at ? under->text.end - at : run.text.end - text;
        uint32_t length = room < run.text.end - text ? (uint32_t)room : run.text.end - text;
        uint64_t end = lead(page, at + length, true);
        dsr_source_map_run piece = {{text, text + length}, {start, end < start ? start : end}, under->unit};
        status = add(arena, out, piece);
        text += length;
        at += length;
    }
    return status;
}

static dsr_status lead_on(dsr_arena *arena, dsr_report *report, source_runs page)
{
    run_list out = {0};
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < report->source_map.count; i++) {
        status = lead_run(arena, &page, report->source_map.items[i], &out);
    }
    report->source_map.items = out.items;
    report->source_map.count = out.count;
    report->source_map.capacity = out.capacity;
    return status;
}

dsr_status dsr_decode_html(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                           dsr_report *out, dsr_error *error)
{
    if (options == NULL || options->lexicon == NULL) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, "read", "is a page, for which the word lists are needed");
    }
    dsr_status status =
        dsr_encoding_decode(arena, (dsr_slice){piece->bytes, piece->size}, piece->offset, out, error);
    if (status != DSR_OK) {
        return status;
    }
    dsr_slice page = out->text;
    source_runs runs = {out->source_map.items, out->source_map.count, 0, page, SIZE_MAX, 0, 0};
    out->text = DSR_SLICE_NONE;
    out->source_map.items = NULL;
    out->source_map.count = out->source_map.capacity = 0;
    status = dsr_page_read(arena, options->lexicon, page, out, error);
    return status == DSR_OK && runs.count > 0 ? lead_on(arena, out, runs) : status;
}
