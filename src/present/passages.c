/* COPIED TEXT: the passages of a pair with their edits word by word. A passage is cut into pieces at
 * paragraphs; a piece whose meaning was edited is shown, one that stands word for word is a pair of
 * positions, spelling and house style become one list. It must not judge an edit: kinds come with the record.
 */
#include "base/map.h"
#include "present/page.h"

#include <stdio.h>

enum {
    LONG_STRETCH = 120, /* columns of unchanged text between two edits from which it is cut ... */
    STRETCH_SIDE = 48,  /* ... to so much at either side */
    LONG_EDIT = 400,    /* the same of an edit's own text */
    EDIT_SIDE = 160,
    PIECES_SHOWN = 40, /* a pair */
    POSITIONS_SHOWN = 80,
    STYLES_SHOWN = 60,
    STYLE_PLACES = 3,    /* positions listed for one edit of style */
    NEIGHBOURHOOD = 200, /* bytes in which words beside a piece are looked for */
    CLOSING_MARKS = 3,
    STYLE_COLUMNS = 60, /* of either side of an edit of style */
    GUTTER_FROM = 60    /* width from which positions stand beside the text and not above it */
};

/* A part of a passage that stands in one paragraph of `from`. */
typedef struct piece {
    dsr_span from, to;
    const dsr_edit *edits; /* those inside */
    size_t edit_count;
    bool meaning, style;
} piece;
typedef DSR_LIST(piece) pieces;

/* One edit of spelling or style, with the places where it was made. */
typedef struct style_edit {
    dsr_slice from, to;
    bool in_from; /* places are in `from`: nothing stands for it in `to` */
    uint32_t places[STYLE_PLACES];
    size_t count;
} style_edit;
typedef DSR_LIST(style_edit) style_edits;

typedef struct pair {
    dsr_arena *arena;
    dsr_paint *paint;
    const dsr_side *from, *to;
    pieces pieces;
    style_edits styles;
    unsigned digits; /* of the largest position */
} pair;

static bool space_at(dsr_slice text, size_t at, size_t *length)
{
    uint32_t c = dsr_utf8_decode(text.ptr + at, text.ptr + text.len, length);
    return dsr_is_space(c);
}

/* Skips white space from *at up to `end`; tells whether a newline was in it. */
static bool skip_space(dsr_slice text, size_t *at, size_t end)
{
    bool newline = false;
    size_t length;
    while (*at < end && space_at(text, *at, &length)) {
        newline = newline || text.ptr[*at] == '\n';
        *at += length;
    }
    return newline;
}

/* The first furniture of a report that ends after `at`; its count where there is none. */
static size_t furniture_after(const dsr_report *report, size_t at)
{
    size_t low = 0, high = report->furniture.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->furniture.items[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool in_furniture(const dsr_report *report, size_t at)
{
    size_t next = furniture_after(report, at);
    return next < report->furniture.count && report->furniture.items[next].span.start <= at;
}

static dsr_span trim_span(dsr_slice text, dsr_span span)
{
    size_t start = span.start, end = span.end;
    (void)skip_space(text, &start, end);
    while (end > start) {
        size_t before = dsr_utf8_floor(text, end - 1), length;
        if (!space_at(text, before, &length))
            break;
        end = before;
    }
    return (dsr_span){(uint32_t)start, (uint32_t)end};
}

static dsr_status close_piece(pair *p, piece *open, uint32_t from_end, uint32_t to_end)
{
    piece done = *open;
    done.from = trim_span(p->from->report->text, (dsr_span){open->from.start, from_end});
    done.to = trim_span(p->to->report->text, (dsr_span){open->to.start, to_end});
    if (done.from.start == done.from.end && done.to.start == done.to.end)
        return DSR_OK;
    dsr_status status = DSR_LIST_RESERVE(p->arena, &p->pieces, 1);
    if (status == DSR_OK)
        p->pieces.items[p->pieces.count++] = done;
    return status;
}

/* What stands between two words: where a piece that ends here ends, and where the next begins. Furniture is
 * part of a gap, as it is no part of what was compared. */
typedef struct gap {
    size_t end, next; /* of a piece */
    size_t word;      /* the next word */
    bool space, paragraph;
} gap;

static void note_gap(gap *found, size_t start, size_t end, bool paragraph)
{
    if (paragraph ? !found->paragraph : !found->space)
        found->end = start;
    found->next = end;
    found->space = true;
    found->paragraph = found->paragraph || paragraph;
}

static gap find_gap(const dsr_report *report, size_t at, size_t end)
{
    gap found = {at, at, at, false, false};
    while (at < end) {
        size_t length, start = at;
        if (in_furniture(report, at)) {
            size_t past = report->furniture.items[furniture_after(report, at)].span.end;
            at = past < end ? past : end;
            note_gap(&found, start, at, false);
            continue;
        }
        uint32_t c = dsr_utf8_decode(report->text.ptr + at, report->text.ptr + end, &length);
        if (dsr_is_word(c))
            break;
        at += length;
        if (dsr_is_space(c) && (c == '\n' || !found.paragraph))
            note_gap(&found, start, at, c == '\n');
    }
    found.word = at;
    return found;
}

/* Takes one character of a word on each side; false where they differ in more than case and accents. */
static bool take_same(dsr_slice a, dsr_slice b, size_t *i, size_t *j)
{
    size_t length_a, length_b;
    uint32_t x = dsr_utf8_decode(a.ptr + *i, a.ptr + a.len, &length_a);
    uint32_t y = dsr_utf8_decode(b.ptr + *j, b.ptr + b.len, &length_b);
    *i += length_a;
    *j += length_b;
    return dsr_fold(x) == dsr_fold(y);
}

/* Walks an unchanged stretch on both sides in step, word by word, and closes the piece at each end of a
 * paragraph. Where the sides get out of step, the rest of the stretch stays whole. */
static dsr_status cut_stretch(pair *p, piece *open, dsr_span from, dsr_span to)
{
    size_t i = from.start, j = to.start;
    while (i < from.end || j < to.end) {
        gap a = find_gap(p->from->report, i, from.end), b = find_gap(p->to->report, j, to.end);
        bool clean = (a.space || i == from.start) && (b.space || j == to.start);
        if (clean && (a.paragraph || b.paragraph)) {
            dsr_status status = close_piece(p, open, (uint32_t)a.end, (uint32_t)b.end);
            if (status != DSR_OK)
                return status;
            *open = (piece){.from = {(uint32_t)a.next, 0}, .to = {(uint32_t)b.next, 0}};
        }
        i = a.word;
        j = b.word;
        if (i >= from.end || j >= to.end || !take_same(p->from->report->text, p->to->report->text, &i, &j))
            break;
    }
    return DSR_OK;
}

static bool edit_fits(const dsr_edit *edit, const dsr_passage *passage, uint32_t from, uint32_t to)
{
    return edit->from.start >= from && edit->from.end >= edit->from.start &&
           edit->from.end <= passage->from.end && edit->to.start >= to && edit->to.end >= edit->to.start &&
           edit->to.end <= passage->to.end;
}

static dsr_status cut_passage(pair *p, const dsr_passage *passage)
{
    piece open = {.from = passage->from, .to = passage->to};
    uint32_t from = passage->from.start, to = passage->to.start;
    for (size_t i = 0; i < passage->edits.count; i++) {
        const dsr_edit *edit = &passage->edits.items[i];
        if (!edit_fits(edit, passage, from, to))
            continue;
        dsr_status status =
            cut_stretch(p, &open, (dsr_span){from, edit->from.start}, (dsr_span){to, edit->to.start});
        if (status != DSR_OK)
            return status;
        if (open.edit_count == 0)
            open.edits = edit;
        open.edit_count = (size_t)(edit - open.edits) + 1;
        open.meaning = open.meaning || edit->kind != DSR_EDIT_STYLE;
        open.style = open.style || edit->kind == DSR_EDIT_STYLE;
        from = edit->from.end;
        to = edit->to.end;
    }
    dsr_status status =
        cut_stretch(p, &open, (dsr_span){from, passage->from.end}, (dsr_span){to, passage->to.end});
    return status == DSR_OK ? close_piece(p, &open, passage->from.end, passage->to.end) : status;
}

static bool is_blank_at(dsr_slice text, size_t at)
{
    size_t length;
    return at < text.len && space_at(text, at, &length);
}

static bool is_blank_before(dsr_slice text, size_t at)
{
    size_t length;
    return at > 0 && space_at(text, dsr_utf8_floor(text, at - 1), &length);
}

/* Text that is too long is cut in its middle, or at its open side where nothing but the piece's end follows.
 */
static void paint_cut(dsr_paint *paint, dsr_slice text, unsigned most, unsigned head, unsigned rear)
{
    unsigned columns = dsr_paint_columns(text);
    if (paint->look.all || columns <= most) {
        dsr_paint_text(paint, text);
        return;
    }
    dsr_paint_text(paint, dsr_paint_head(text, head));
    dsr_paint_print(paint, " \xe2\x80\xa6 ");
    if (rear > 0)
        dsr_paint_text(paint, dsr_paint_rear(text, rear));
}

/* One side of an edit, between its marks on a plain page. White space at its ends goes outside. */
static void paint_side(dsr_paint *paint, const dsr_side *side, dsr_span span, bool is_from)
{
    dsr_slice text = dsr_side_text(side, span), all = side->report->text;
    dsr_span inner = trim_span(all, span);
    dsr_slice words = dsr_side_text(side, inner);
    if (text.len == 0 || words.len == 0)
        return;
    if (is_blank_at(all, span.start) && !dsr_paint_is_blank(paint))
        dsr_paint_print(paint, " ");
    dsr_paint_tone(paint, is_from ? DSR_TONE_FROM : DSR_TONE_TO);
    if (!paint->look.colour)
        dsr_paint_print(paint, is_from ? "[-" : "{+");
    paint_cut(paint, words, LONG_EDIT, EDIT_SIDE, EDIT_SIDE);
    if (!paint->look.colour)
        dsr_paint_print(paint, is_from ? "-]" : "+}");
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    if (inner.end < span.end)
        dsr_paint_print(paint, " ");
}

/* The words at the beginning (or end) that both sides of an edit have: bytes of them, up to a blank. */
static uint32_t common_beginning(dsr_slice a, dsr_slice b)
{
    size_t least = a.len < b.len ? a.len : b.len, same = 0, at = 0;
    while (at < least && a.ptr[at] == b.ptr[at]) {
        at++;
        if (a.ptr[at - 1] == ' ')
            same = at;
    }
    if (at == least && at > 0 && (at == a.len || a.ptr[at] == ' ') && (at == b.len || b.ptr[at] == ' '))
        same = at;
    return (uint32_t)same;
}

static uint32_t common_end(dsr_slice a, dsr_slice b)
{
    size_t least = a.len < b.len ? a.len : b.len, same = 0, at = 0;
    while (at < least && a.ptr[a.len - 1 - at] == b.ptr[b.len - 1 - at]) {
        at++;
        if (a.ptr[a.len - at] == ' ')
            same = at;
    }
    if (at == least && at > 0 && (at == a.len || a.ptr[a.len - at - 1] == ' ') &&
        (at == b.len || b.ptr[b.len - at - 1] == ' '))
        same = at;
    return (uint32_t)same;
}

/* An edit of meaning: the words that only one side has, between those of it that both have. The text of
 * `from` tells where blanks stood around words that `to` lacks. */
static void paint_edit(const pair *p, const dsr_edit *edit)
{
    dsr_slice a = dsr_side_text(p->from, edit->from), b = dsr_side_text(p->to, edit->to);
    uint32_t begin = common_beginning(a, b);
    a = dsr_slice_part(a, begin, a.len);
    b = dsr_slice_part(b, begin, b.len);
    uint32_t end = common_end(a, b);
    dsr_span from = {edit->from.start + begin, edit->from.end - end},
             to = {edit->to.start + begin, edit->to.end - end};
    dsr_slice from_text = p->from->report->text, to_text = p->to->report->text;
    dsr_paint_text(p->paint, dsr_side_text(p->to, (dsr_span){edit->to.start, to.start}));
    bool deleted = from.start < from.end, added = to.start < to.end;
    if (deleted && is_blank_before(from_text, from.start) && !dsr_paint_is_blank(p->paint))
        dsr_paint_print(p->paint, " ");
    paint_side(p->paint, p->from, from, true);
    if (deleted && added && p->paint->look.colour && !dsr_paint_is_blank(p->paint))
        dsr_paint_print(p->paint, " "); /* without marks, two words would run together */
    paint_side(p->paint, p->to, to, false);
    if (deleted && !added && is_blank_at(from_text, from.end) && to.end < to_text.len &&
        !is_blank_at(to_text, to.end))
        dsr_paint_print(p->paint, " ");
    dsr_paint_text(p->paint, dsr_side_text(p->to, (dsr_span){to.end, edit->to.end}));
}

/* Text between two edits, without the furniture in it. */
static void paint_unchanged(const pair *p, uint32_t start, uint32_t end, bool last)
{
    const dsr_report *report = p->to->report;
    while (start < end) {
        size_t next = furniture_after(report, start);
        dsr_span away = {end, end};
        if (next < report->furniture.count && report->furniture.items[next].span.start < end)
            away = report->furniture.items[next].span;
        if (away.start > start) {
            bool closes = last && away.start == end;
            unsigned head = closes ? 2 * STRETCH_SIDE : STRETCH_SIDE, rear = closes ? 0 : STRETCH_SIDE;
            paint_cut(p->paint, dsr_side_text(p->to, (dsr_span){start, away.start}), LONG_STRETCH, head,
                      rear);
        }
        if (away.start < end)
            dsr_paint_print(p->paint, " \xe2\x80\xa6 ");
        start = away.end > start ? away.end : end;
    }
}

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002;
}

/* Quotation marks and brackets, which may stand between a sentence's full stop and its end. */
static bool is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201d || c == 0xbb;
}

/* Whether a sentence was cut at `at`: words of the same line stand before it, and no sentence ends between
 * them and it. */
static bool cuts_before(const dsr_side *side, uint32_t at)
{
    dsr_slice text = side->report->text;
    size_t length, least = at > NEIGHBOURHOOD ? at - NEIGHBOURHOOD : 0;
    for (size_t i = at; i > least;) {
        i = dsr_utf8_floor(text, i - 1);
        uint32_t c = dsr_utf8_decode(text.ptr + i, text.ptr + text.len, &length);
        if (c == '\n' || ends_sentence(c) || in_furniture(side->report, i))
            return false;
        if (dsr_is_word(c))
            return true;
    }
    return false;
}

/* The same for what stands after it. */
static bool cuts_after(const dsr_side *side, uint32_t at)
{
    dsr_slice text = side->report->text;
    size_t length, most = text.len - at > NEIGHBOURHOOD ? at + NEIGHBOURHOOD : text.len;
    for (size_t i = at; i > 0;) {
        i = dsr_utf8_floor(text, i - 1);
        uint32_t c = dsr_utf8_decode(text.ptr + i, text.ptr + text.len, &length);
        if (ends_sentence(c))
            return false;
        if (!is_closing(c))
            break;
    }
    for (size_t i = at; i < most; i += length) {
        uint32_t c = dsr_utf8_decode(text.ptr + i, text.ptr + text.len, &length);
        if (c == '\n' || in_furniture(side->report, i))
            return false;
        if (dsr_is_word(c))
            return true;
    }
    return false;
}

/* A passage ends with its last word; the marks that close its sentence are shown with it. */
static uint32_t past_closing_marks(const dsr_side *side, uint32_t at)
{
    dsr_slice text = side->report->text;
    for (unsigned taken = 0; at < text.len && taken < CLOSING_MARKS; taken++) {
        size_t length;
        uint32_t c = dsr_utf8_decode(text.ptr + at, text.ptr + text.len, &length);
        if (dsr_is_word(c) || dsr_is_space(c) || dsr_is_control(c) || c == 0x2014 || c == '(' || c == '[')
            break;
        at += (uint32_t)length;
    }
    return at;
}

static unsigned digits_of(size_t value)
{
    unsigned digits = 1;
    for (; value >= 10; value /= 10)
        digits++;
    return digits;
}

static void paint_piece(const pair *p, const piece *shown)
{
    dsr_paint *paint = p->paint;
    size_t from = dsr_code_points_at(&p->from->at, shown->from.start),
           to = dsr_code_points_at(&p->to->at, shown->to.start);
    bool beside = paint->look.width >= GUTTER_FROM;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (beside) {
        dsr_paint_pad(paint, p->digits - digits_of(from));
        dsr_paint_print(paint, "%zu\xc2\xa0\xe2\x86\x92\xc2\xa0%zu", from, to);
        dsr_paint_pad(paint, p->digits - digits_of(to) + 2);
    } else {
        dsr_paint_print(paint, "%zu\xc2\xa0\xe2\x86\x92\xc2\xa0%zu", from, to);
        dsr_paint_end(paint, (dsr_layout){2, 2, 0});
    }
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    uint32_t done = shown->to.start, end = past_closing_marks(p->to, shown->to.end);
    if (cuts_before(p->to, shown->to.start))
        dsr_paint_print(paint, "\xe2\x80\xa6 ");
    for (size_t i = 0; i < shown->edit_count; i++) {
        const dsr_edit *edit = &shown->edits[i];
        if (edit->kind == DSR_EDIT_STYLE || edit->to.start < done)
            continue;
        paint_unchanged(p, done, edit->to.start, false);
        paint_edit(p, edit);
        done = edit->to.end;
    }
    if (done < end)
        paint_unchanged(p, done, end, true);
    if (cuts_after(p->to, end))
        dsr_paint_print(paint, " \xe2\x80\xa6");
    unsigned indent = beside ? 2 + 2 * p->digits + 5 : 4;
    dsr_paint_end(paint, (dsr_layout){beside ? 2 : indent, indent, 0});
}

static dsr_status note_style(pair *p, dsr_words *seen, const dsr_edit *edit)
{
    dsr_slice from = dsr_side_text(p->from, edit->from), to = dsr_side_text(p->to, edit->to), key;
    if (from.len == 0 && to.len == 0)
        return DSR_OK;
    dsr_buffer joined;
    dsr_buffer_open(&joined, 0);
    dsr_buffer_append(&joined, from);
    dsr_buffer_append_char(&joined, '\0');
    dsr_buffer_append(&joined, to);
    dsr_status status =
        joined.status == DSR_OK ? dsr_arena_copy(p->arena, dsr_buffer_slice(&joined), &key) : joined.status;
    dsr_buffer_drop(&joined);
    if (status != DSR_OK)
        return status;
    uint32_t index = dsr_words_get(seen, key);
    if (index == DSR_MAP_NONE) {
        index = (uint32_t)p->styles.count;
        status = DSR_LIST_RESERVE(p->arena, &p->styles, 1);
        if (status == DSR_OK)
            status = dsr_words_put(seen, key, index);
        if (status != DSR_OK)
            return status;
        p->styles.items[p->styles.count++] = (style_edit){.from = from, .to = to, .in_from = to.len == 0};
    }
    style_edit *style = &p->styles.items[index];
    if (style->count < STYLE_PLACES)
        style->places[style->count] = style->in_from ? edit->from.start : edit->to.start;
    style->count++;
    return DSR_OK;
}

static dsr_status gather_styles(pair *p, const dsr_reuse *reuse)
{
    dsr_words *seen = dsr_words_new(64);
    dsr_status status = seen ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; i < reuse->passages.count && status == DSR_OK; i++) {
        const dsr_passage *passage = &reuse->passages.items[i];
        for (size_t k = 0; k < passage->edits.count && status == DSR_OK; k++)
            if (passage->edits.items[k].kind == DSR_EDIT_STYLE)
                status = note_style(p, seen, &passage->edits.items[k]);
    }
    dsr_words_drop(seen);
    return status;
}

static void paint_more(dsr_paint *paint, size_t more, const char *what)
{
    dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more %s; --all shows them", more, what);
}

static void paint_style(const pair *p, const style_edit *style)
{
    dsr_paint *paint = p->paint;
    dsr_slice from = dsr_paint_head(style->from, STYLE_COLUMNS),
              to = dsr_paint_head(style->to, STYLE_COLUMNS);
    if (from.len > 0 && to.len > 0) {
        dsr_paint_toned(paint, DSR_TONE_FROM, from);
        dsr_paint_print(paint, "\xc2\xa0\xe2\x86\x92\xc2\xa0");
        dsr_paint_toned(paint, DSR_TONE_TO, to);
    } else {
        dsr_tone tone = from.len > 0 ? DSR_TONE_FROM : DSR_TONE_TO;
        dsr_paint_tone(paint, tone);
        if (!paint->look.colour)
            dsr_paint_print(paint, from.len > 0 ? "[-" : "{+");
        dsr_paint_text(paint, from.len > 0 ? from : to);
        if (!paint->look.colour)
            dsr_paint_print(paint, from.len > 0 ? "-]" : "+}");
        dsr_paint_tone(paint, DSR_TONE_PLAIN);
    }
    const dsr_side *side = style->in_from ? p->from : p->to;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    for (size_t i = 0; i < style->count && i < STYLE_PLACES; i++) {
        dsr_paint_print(paint, i == 0 ? "\xc2\xa0[%.*s:" : ",", DSR_PRINT(side->handle));
        dsr_paint_print(paint, "%zu", dsr_code_points_at(&side->at, style->places[i]));
    }
    if (style->count > STYLE_PLACES)
        dsr_paint_print(paint, ",\xc2\xa0+%zu", style->count - STYLE_PLACES);
    dsr_paint_print(paint, "]");
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
}

static void paint_styles(const pair *p)
{
    dsr_paint *paint = p->paint;
    if (p->styles.count == 0)
        return;
    dsr_paint_toned(paint, DSR_TONE_QUIET, DSR_SLICE("spelling and house style:"));
    dsr_paint_end(paint, (dsr_layout){2, 4, 0});
    size_t shown = p->styles.count > STYLES_SHOWN && !paint->look.all ? STYLES_SHOWN : p->styles.count;
    for (size_t i = 0; i < shown; i++) {
        dsr_paint_print(paint, i > 0 ? "\xc2\xa0\xc2\xb7 " : "");
        paint_style(p, &p->styles.items[i]);
    }
    if (shown < p->styles.count) {
        dsr_paint_print(paint, "\xc2\xa0\xc2\xb7 ");
        paint_more(paint, p->styles.count - shown, "edits of style");
    }
    dsr_paint_end(paint, (dsr_layout){4, 4, 0});
}

/* The pieces without an edit of meaning, as positions; `style`: those in which only spelling differs. */
static void paint_positions(const pair *p, bool style, const char *title)
{
    dsr_paint *paint = p->paint;
    size_t count = 0;
    for (size_t i = 0; i < p->pieces.count; i++) {
        const piece *same = &p->pieces.items[i];
        if (same->meaning || same->style != style)
            continue;
        count++;
        if (count > POSITIONS_SHOWN && !paint->look.all)
            continue;
        if (count == 1) {
            dsr_paint_toned(paint, DSR_TONE_QUIET, dsr_slice_of(title));
            dsr_paint_end(paint, (dsr_layout){2, 4, 0});
        } else {
            dsr_paint_print(paint, "\xc2\xa0\xc2\xb7 ");
        }
        dsr_paint_print(paint, "%zu\xc2\xa0\xe2\x86\x92\xc2\xa0%zu",
                        dsr_code_points_at(&p->from->at, same->from.start),
                        dsr_code_points_at(&p->to->at, same->to.start));
    }
    if (count > POSITIONS_SHOWN && !paint->look.all) {
        dsr_paint_print(paint, "\xc2\xa0\xc2\xb7 ");
        paint_more(paint, count - POSITIONS_SHOWN, "places");
    }
    dsr_paint_end(paint, (dsr_layout){4, 4, 0});
}

static void paint_legend(const pair *p, const dsr_reuse *reuse)
{
    dsr_paint *paint = p->paint;
    size_t same = 0, spelling = 0;
    for (size_t i = 0; i < p->pieces.count; i++) {
        same += !p->pieces.items[i].meaning && !p->pieces.items[i].style;
        spelling += !p->pieces.items[i].meaning && p->pieces.items[i].style;
    }
    size_t edited = p->pieces.count - same - spelling;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    const size_t counts[3] = {same, spelling, edited};
    static const char *const words[3] = {"word for word", "but for spelling", "edited"};
    const char *mark = ":";
    dsr_paint_print(paint, "%zu piece%s", p->pieces.count, p->pieces.count == 1 ? "" : "s");
    for (size_t i = 0; i < 3; i++) {
        if (counts[i] == 0)
            continue;
        dsr_paint_print(paint, "%s %zu\xc2\xa0%s", mark, counts[i], words[i]);
        mark = ",";
    }
    if (edited > 0) {
        bool plain = !paint->look.colour;
        dsr_paint_print(paint, "; ");
        dsr_paint_tone(paint, DSR_TONE_FROM);
        dsr_paint_print(paint, "%sonly in %.*s%s", plain ? "[-" : "", DSR_PRINT(p->from->handle),
                        plain ? "-]" : "");
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        dsr_paint_print(paint, " ");
        dsr_paint_tone(paint, DSR_TONE_TO);
        dsr_paint_print(paint, "%sonly in %.*s%s", plain ? "{+" : "", DSR_PRINT(p->to->handle),
                        plain ? "+}" : "");
        dsr_paint_tone(paint, DSR_TONE_QUIET);
    }
    if (edited > 0 && reuse->direction == DSR_DIRECTION_COMMON_SOURCE)
        dsr_paint_print(paint, "; the common source is not compared here, so an edit may be either outlet's");
    dsr_paint_end(paint, (dsr_layout){2, 4, 0});
}

static dsr_status cut_into_pieces(pair *p, const dsr_reuse *reuse)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < reuse->passages.count && status == DSR_OK; i++) {
        const dsr_passage *passage = &reuse->passages.items[i];
        if (dsr_side_text(p->from, passage->from).len > 0 && dsr_side_text(p->to, passage->to).len > 0)
            status = cut_passage(p, passage);
    }
    p->digits = 3;
    for (size_t i = 0; i < p->pieces.count; i++) {
        unsigned a = digits_of(dsr_code_points_at(&p->from->at, p->pieces.items[i].from.start));
        unsigned b = digits_of(dsr_code_points_at(&p->to->at, p->pieces.items[i].to.start));
        unsigned more = a > b ? a : b;
        p->digits = more > p->digits ? more : p->digits;
    }
    return status;
}

dsr_status dsr_paint_passages(dsr_arena *arena, dsr_paint *paint, const dsr_reuse *reuse,
                              const dsr_side *from, const dsr_side *to)
{
    pair p = {.arena = arena, .paint = paint, .from = from, .to = to};
    dsr_status status = cut_into_pieces(&p, reuse);
    if (status == DSR_OK)
        status = gather_styles(&p, reuse);
    if (status != DSR_OK)
        return status;
    paint_legend(&p, reuse);
    size_t shown = 0, left = 0;
    for (size_t i = 0; i < p.pieces.count; i++) {
        if (!p.pieces.items[i].meaning)
            continue;
        if (shown < PIECES_SHOWN || paint->look.all) {
            paint_piece(&p, &p.pieces.items[i]);
            shown++;
        } else {
            left++;
        }
    }
    if (left > 0)
        paint_more(paint, left, "edited pieces");
    dsr_paint_end(paint, (dsr_layout){2, 4, 0});
    paint_styles(&p);
    paint_positions(&p, false, "word for word:");
    paint_positions(&p, true, "word for word but for spelling:");
    return DSR_OK;
}
