/* What was taken from a report, what was left, and why: the view of `read`. Furniture stays in its place,
 * quiet and with its kind beside it, so that one sees what was told apart from the report's own text. */
#include "present/page.h"

enum { LABEL = 14, LABEL_INDENT = 2, GUTTER = LABEL_INDENT + LABEL + 1, GUTTER_FROM = 60 };

static void paint_field(dsr_paint *paint, const char *name, dsr_slice value, const char *why)
{
    if (value.len == 0)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_cell(paint, dsr_slice_of(name), LABEL, false);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_pad(paint, 1);
    dsr_paint_text(paint, value);
    if (why)
        dsr_paint_print(paint, " (%s)", why);
    dsr_paint_end(paint, (dsr_layout){LABEL_INDENT, GUTTER, 6});
}

static void paint_list(dsr_paint *paint, const char *name, const dsr_slices *list, const char *why)
{
    if (list->count == 0)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_cell(paint, dsr_slice_of(name), LABEL, false);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_pad(paint, 1);
    for (size_t i = 0; i < list->count; i++) {
        dsr_paint_print(paint, i > 0 ? ", " : "");
        dsr_paint_text(paint, list->items[i]);
    }
    if (why)
        dsr_paint_print(paint, " (%s)", why);
    dsr_paint_end(paint, (dsr_layout){LABEL_INDENT, GUTTER, 6});
}

static const char *origin_words(dsr_origin origin)
{
    switch (origin) {
    case DSR_FROM_METADATA:
        return "stated by its source";
    case DSR_FROM_TEXT:
        return "stated in its text";
    case DSR_FROM_OPTION:
        return "given with the call";
    case DSR_FROM_INFERRED:
        return "worked out";
    case DSR_FROM_UNKNOWN:
        break;
    }
    return NULL;
}

/* Where a fact was taken from: the page's own place for it, else in general words. */
static const char *fact_words(dsr_slice why, dsr_origin origin)
{
    return why.ptr != NULL ? why.ptr
                           : origin_words(origin); /* ends with a NUL: the arena puts one behind copies */
}

static void paint_stated(dsr_paint *paint, const dsr_meta *meta)
{
    paint_field(paint, "section", meta->section, fact_words(meta->section_why, DSR_FROM_METADATA));
    paint_field(paint, "changed", meta->modified.iso, fact_words(meta->modified_why, DSR_FROM_METADATA));
    paint_field(paint, "own address", meta->canonical, fact_words(meta->canonical_why, DSR_FROM_METADATA));
}

static void paint_published(dsr_paint *paint, const dsr_meta *meta)
{
    paint_field(paint, "published", meta->published.iso, origin_words(meta->published_from));
    if (meta->published.iso.len == 0)
        paint_field(paint, "published", DSR_SLICE("not known"), NULL);
    paint_field(paint, "", meta->published_why, NULL);
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
    paint_field(paint, "id", dsr_slice_of(id), NULL);
    paint_field(paint, "format", report->source.format, NULL);
    paint_field(paint, "encoding", report->source.encoding, NULL);
    paint_field(paint, "address", report->source.url, NULL);
    paint_field(paint, "language", meta->language, NULL);
    paint_field(paint, "headline", meta->headline, fact_words(meta->headline_why, meta->headline_from));
    paint_field(paint, "outlet", meta->outlet, fact_words(meta->outlet_why, meta->outlet_from));
    paint_list(paint, "agencies", &meta->agencies, origin_words(meta->agencies_from));
    paint_list(paint, "authors", &meta->authors, meta->authors_why.ptr);
    paint_field(paint, "dateline", meta->dateline, NULL);
    paint_published(paint, meta);
    paint_stated(paint, meta);
    for (size_t i = 0; i < report->warnings.count; i++)
        paint_field(paint, "warning", report->warnings.items[i], NULL);
}

/* One stretch of a line: furniture of a kind, or (kind NULL) text that is read. */
static void paint_stretch(dsr_paint *paint, const dsr_side *side, dsr_span span, const char *kind)
{
    dsr_slice text = dsr_slice_trim(dsr_side_text(side, span));
    if (text.len == 0)
        return;
    bool beside = paint->look.width >= GUTTER_FROM;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (beside)
        dsr_paint_cell(paint, dsr_slice_of(kind ? kind : ""), LABEL, false);
    else if (kind)
        dsr_paint_print(paint, "%s: ", kind);
    dsr_paint_tone(paint, kind ? DSR_TONE_QUIET : DSR_TONE_PLAIN);
    if (beside)
        dsr_paint_pad(paint, 1);
    dsr_paint_text(paint, text);
    dsr_paint_cite(paint, side, (size_t)(text.ptr - side->report->text.ptr));
    dsr_paint_end(paint, (dsr_layout){LABEL_INDENT, beside ? GUTTER : LABEL_INDENT, 0});
}

/* The lines between two pieces of furniture, each a paragraph of its own. */
static void paint_lines(dsr_paint *paint, const dsr_side *side, uint32_t start, uint32_t end)
{
    dsr_slice rest = dsr_side_text(side, (dsr_span){start, end}), text;
    while (rest.len > 0 && dsr_slice_next_line(&rest, &text)) {
        uint32_t at = (uint32_t)(text.ptr - side->report->text.ptr);
        paint_stretch(paint, side, (dsr_span){at, at + (uint32_t)text.len}, NULL);
    }
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
        dsr_paint_print(paint, ", %lu words, bytes %llu-%llu: ", (unsigned long)part->words,
                        (unsigned long long)part->source.start, (unsigned long long)part->source.end);
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
    dsr_paint_heading(&paint, "TEXT", "furniture is named at the left");
    uint32_t done = 0;
    for (size_t i = 0; i < report->furniture.count; i++) {
        const dsr_furniture *furniture = &report->furniture.items[i];
        if (furniture->span.start < done)
            continue;
        paint_lines(&paint, &side, done, furniture->span.start);
        paint_stretch(&paint, &side, furniture->span, dsr_furniture_kind_name(furniture->kind));
        done = furniture->span.end;
    }
    paint_lines(&paint, &side, done, (uint32_t)report->text.len);
    paint_left(&paint, report);
    return dsr_paint_close(&paint);
}
