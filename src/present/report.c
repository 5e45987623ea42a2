/* What was taken from a report, what was left, and why: the view of `read`. Furniture stays in its place,
 * quiet and with its kind beside it, so that one sees what was told apart from the report's own text. The
 * layout of a page shows as marks: headings and captions are named, list items and quotations marked. */
#include "present/page.h"

enum { LABEL = 14, LABEL_INDENT = 2, GUTTER = LABEL_INDENT + LABEL + 1, GUTTER_FROM = 60 };

static void begin_field(dsr_paint *paint, const char *name)
{
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_cell(paint, dsr_slice_of(name), LABEL, false);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_pad(paint, 1);
}

/* `why`: where the value was taken from; may have no value. */
static void end_field(dsr_paint *paint, dsr_slice why)
{
    if (why.len > 0) {
        dsr_paint_print(paint, " (");
        dsr_paint_text(paint, why);
        dsr_paint_print(paint, ")");
    }
    dsr_paint_end(paint, (dsr_layout){LABEL_INDENT, GUTTER, 6});
}

static void paint_field(dsr_paint *paint, const char *name, dsr_slice value, dsr_slice why)
{
    if (value.len == 0)
        return;
    begin_field(paint, name);
    dsr_paint_text(paint, value);
    end_field(paint, why);
}

static void paint_list(dsr_paint *paint, const char *name, const dsr_slices *list, dsr_slice why)
{
    if (list->count == 0)
        return;
    begin_field(paint, name);
    for (size_t i = 0; i < list->count; i++) {
        dsr_paint_print(paint, i > 0 ? ", " : "");
        dsr_paint_text(paint, list->items[i]);
    }
    end_field(paint, why);
}

static dsr_slice origin_words(dsr_origin origin)
{
    switch (origin) {
    case DSR_FROM_METADATA:
        return DSR_SLICE("stated by its source");
    case DSR_FROM_TEXT:
        return DSR_SLICE("stated in its text");
    case DSR_FROM_OPTION:
        return DSR_SLICE("given with the call");
    case DSR_FROM_INFERRED:
        return DSR_SLICE("worked out");
    case DSR_FROM_UNKNOWN:
        break;
    }
    return DSR_SLICE_NONE;
}

/* Where a fact was taken from: the page's own place for it, else in general words. */
static dsr_slice fact_words(dsr_slice why, dsr_origin origin)
{
    return why.len > 0 ? why : origin_words(origin);
}

static void paint_published(dsr_paint *paint, const dsr_meta *meta)
{
    paint_field(paint, "published", meta->published.iso, origin_words(meta->published_from));
    if (meta->published.iso.len == 0)
        paint_field(paint, "published", DSR_SLICE("not known"), DSR_SLICE_NONE);
    paint_field(paint, "", meta->published_why, DSR_SLICE_NONE);
    paint_field(paint, "changed", meta->modified.iso, fact_words(meta->modified_why, DSR_FROM_METADATA));
}

static void paint_meta(dsr_paint *paint, const dsr_report *report)
{
    const dsr_meta *meta = &report->meta;
    char id[DSR_ID_TEXT];
    dsr_id_format(report->id, id);
    dsr_paint_toned(paint, DSR_TONE_TITLE, report->source.path);
    if (report->source.record.len > 0) {
        dsr_paint_print(paint, ":");
        dsr_paint_toned(paint, DSR_TONE_TITLE, report->source.record);
    }
    dsr_paint_end(paint, (dsr_layout){0, 2, 4});
    paint_field(paint, "id", dsr_slice_of(id), DSR_SLICE_NONE);
    paint_field(paint, "format", report->source.format, DSR_SLICE_NONE);
    paint_field(paint, "encoding", report->source.encoding, DSR_SLICE_NONE);
    paint_field(paint, "address", report->source.url, DSR_SLICE_NONE);
    paint_field(paint, "canonical", meta->canonical, fact_words(meta->canonical_why, DSR_FROM_METADATA));
    paint_field(paint, "language", meta->language, DSR_SLICE_NONE);
    paint_field(paint, "headline", meta->headline, fact_words(meta->headline_why, meta->headline_from));
    paint_field(paint, "outlet", meta->outlet, fact_words(meta->outlet_why, meta->outlet_from));
    paint_field(paint, "section", meta->section, fact_words(meta->section_why, DSR_FROM_METADATA));
    paint_list(paint, "agencies", &meta->agencies, origin_words(meta->agencies_from));
    paint_list(paint, "authors", &meta->authors, meta->authors_why);
    paint_field(paint, "dateline", meta->dateline, DSR_SLICE_NONE);
    paint_published(paint, meta);
    for (size_t i = 0; i < report->warnings.count; i++)
        paint_field(paint, "warning", report->warnings.items[i], DSR_SLICE_NONE);
}

/* How a stretch is shown: what is named at its left, and what stands before its text. */
typedef struct shown {
    const char *name; /* NULL: nothing */
    const char *mark;
    unsigned indent; /* columns before the mark */
    dsr_tone tone;
} shown;

enum { MARK_COLUMNS = 2, DEEPEST = 4 };

/* What a block of the layout looks like. `first`: its first line. */
static shown show_block(const dsr_block *block, bool first)
{
    shown as = {NULL, "", 0, DSR_TONE_PLAIN};
    switch (block->kind) {
    case DSR_BLOCK_HEADING:
        as.name = "heading";
        as.tone = DSR_TONE_TITLE;
        break;
    case DSR_BLOCK_LIST_ITEM:
        as.mark = first ? "\xe2\x80\xa2" : "";
        as.indent = MARK_COLUMNS * (block->level < DEEPEST ? block->level : DEEPEST);
        as.indent -= first && as.indent > 0 ? MARK_COLUMNS : 0;
        break;
    case DSR_BLOCK_QUOTATION:
        as.mark = ">";
        break;
    case DSR_BLOCK_CAPTION:
        as.name = "caption";
        break;
    case DSR_BLOCK_TABLE_ROW:
        as.name = "table";
        break;
    case DSR_BLOCK_PARAGRAPH:
    case DSR_BLOCK_PREFORMATTED:
    case DSR_BLOCK_KINDS:
        break;
    }
    return as;
}

/* One stretch of a line: furniture, or text that is read. */
static void paint_stretch(dsr_paint *paint, const dsr_side *side, dsr_span span, shown as)
{
    dsr_slice text = dsr_slice_trim(dsr_side_text(side, span));
    if (text.len == 0)
        return;
    bool beside = paint->look.width >= GUTTER_FROM;
    unsigned mark = as.mark[0] != '\0' ? MARK_COLUMNS : 0;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (beside)
        dsr_paint_cell(paint, dsr_slice_of(as.name ? as.name : ""), LABEL, false);
    else if (as.name)
        dsr_paint_print(paint, "%s: ", as.name);
    if (beside)
        dsr_paint_pad(paint, 1);
    dsr_paint_pad(paint, as.indent);
    if (mark > 0) {
        dsr_paint_print(paint, "%s", as.mark);
        dsr_paint_pad(paint, 1);
    }
    dsr_paint_tone(paint, as.tone);
    dsr_paint_text(paint, text);
    dsr_paint_cite(paint, side, (size_t)(text.ptr - side->report->text.ptr));
    dsr_paint_end(paint, (dsr_layout){LABEL_INDENT, (beside ? GUTTER : LABEL_INDENT) + as.indent + mark, 0});
}

/* The lines between two pieces of furniture, each a paragraph of its own; *block is the first that may hold
 * the next of them. */
static void paint_lines(dsr_paint *paint, const dsr_side *side, uint32_t start, uint32_t end, size_t *block)
{
    const dsr_report *report = side->report;
    dsr_slice rest = dsr_side_text(side, (dsr_span){start, end}), text;
    while (rest.len > 0 && dsr_slice_next_line(&rest, &text)) {
        shown as = {NULL, "", 0, DSR_TONE_PLAIN};
        uint32_t at = (uint32_t)(text.ptr - report->text.ptr);
        while (*block < report->blocks.count && report->blocks.items[*block].span.end <= at)
            (*block)++;
        if (*block < report->blocks.count && report->blocks.items[*block].span.start < at + text.len)
            as = show_block(&report->blocks.items[*block], report->blocks.items[*block].span.start >= at);
        paint_stretch(paint, side, (dsr_span){at, at + (uint32_t)text.len}, as);
    }
}

static void paint_text(dsr_paint *paint, const dsr_side *side)
{
    const dsr_report *report = side->report;
    uint32_t done = 0;
    size_t block = 0;
    dsr_paint_heading(paint, "TEXT", "furniture is named at the left");
    for (size_t i = 0; i < report->furniture.count; i++) {
        const dsr_furniture *furniture = &report->furniture.items[i];
        if (furniture->span.start < done)
            continue;
        paint_lines(paint, side, done, furniture->span.start, &block);
        paint_stretch(paint, side, furniture->span,
                      (shown){dsr_furniture_kind_name(furniture->kind), "", 0, DSR_TONE_QUIET});
        done = furniture->span.end;
    }
    paint_lines(paint, side, done, (uint32_t)report->text.len, &block);
}

/* What was left out of a page, and why. */
static void paint_left(dsr_paint *paint, const dsr_report *report)
{
    if (report->left.count == 0)
        return;
    dsr_paint_heading(paint, "LEFT OUT", "why, how many words, where in the page, how it begins");
    for (size_t i = 0; i < report->left.count; i++) {
        const dsr_left_part *part = &report->left.items[i];
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        dsr_paint_text(paint, part->why);
        dsr_paint_print(paint, ", %lu %s, bytes %llu-%llu", (unsigned long)part->words,
                        part->words == 1 ? "word" : "words", (unsigned long long)part->source.start,
                        (unsigned long long)part->source.end);
        dsr_paint_print(paint, part->start.len > 0 ? ": " : "");
        dsr_paint_tone(paint, DSR_TONE_PLAIN);
        dsr_paint_text(paint, part->start);
        dsr_paint_end(paint, (dsr_layout){LABEL_INDENT, LABEL_INDENT + 2, 0});
    }
}

dsr_status dsr_present_report(dsr_arena *arena, dsr_buffer *to, const dsr_report *report, dsr_look look)
{
    dsr_paint paint;
    dsr_side side;
    dsr_status status = dsr_side_build(arena, report, dsr_side_own_handle(report), &side);
    if (status != DSR_OK)
        return status;
    dsr_paint_open(&paint, to, look);
    paint_meta(&paint, report);
    paint_text(&paint, &side);
    paint_left(&paint, report);
    return dsr_paint_close(&paint);
}
