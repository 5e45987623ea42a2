/* Paragraphs: which line ends end one, and which stretches are read at all. Knows nothing of sentences and
 * quotations. */
#include "language/paragraphs.h"

#include "language/chars.h"

#include <string.h>

enum {
    WRAP_LEAST = 40,    /* columns: shorter lines are verse, lists, headings */
    WRAP_MOST = 110,    /* longer lines are paragraphs */
    WRAP_BYTES = 440,   /* no line of WRAP_MOST characters is longer */
    HEADING_BYTES = 120 /* a longer line is no heading */
};

/* ---- lines ---- */

typedef struct line {
    size_t start, end; /* without its line end and without white space at its ends */
    size_t begin;      /* with the white space at its start */
    size_t next;       /* where the next line begins */
} line;

typedef struct lines {
    dsr_slice text;
    char terminator;
} lines;

static lines lines_open(dsr_slice text)
{
    lines all = {text, '\n'};
    if (text.len > 0 && !memchr(text.ptr, '\n', text.len) && memchr(text.ptr, '\r', text.len)) {
        all.terminator = '\r';
    }
    return all;
}

static size_t count_columns(dsr_slice text, size_t start, size_t end)
{
    if (end - start > WRAP_BYTES) {
        return WRAP_MOST + 1;
    }
    uint16_t columns = 0; /* so small that the compiler counts many bytes at once */
    for (size_t i = start; i < end; i++) {
        columns = (uint16_t)(columns + (((unsigned char)text.ptr[i] & 0xc0) != 0x80));
    }
    return columns;
}

/* The line that begins at `at`; false past the last. */
static bool lines_at(const lines *all, size_t at, line *out)
{
    dsr_slice text = all->text;
    if (at >= text.len) {
        return false;
    }
    const char *found = memchr(text.ptr + at, all->terminator, text.len - at);
    size_t end = found ? (size_t)(found - text.ptr) : text.len;
    out->next = found ? end + 1 : end;
    out->end = dsr_skip_space_back(text, end, at);
    out->begin = at;
    out->start = dsr_skip_space(text, at, out->end);
    return true;
}

/* Characters with the white space at the line's start; WRAP_MOST + 1 where it has more. Few lines are asked
 * for it. */
static size_t line_columns(dsr_slice text, const line *l)
{
    return count_columns(text, l->begin, l->end);
}

static bool line_is_blank(const line *l)
{
    return l->start >= l->end;
}

/* Whether the line ends as sentences and headings with a colon do. */
static bool line_is_closed(dsr_slice text, const line *l)
{
    size_t at = l->end;
    for (int i = 0; i < 3 && at > l->start; i++) {
        dsr_char c = dsr_char_before(text, at);
        if (c.kind == DSR_CHAR_STOP || c.code_point == ':') {
            return true;
        }
        if (c.kind != DSR_CHAR_DOUBLE && c.kind != DSR_CHAR_SINGLE && c.kind != DSR_CHAR_CLOSE) {
            return false;
        }
        at -= c.length;
    }
    return false;
}

/* "- ", "* ", bullets and "12. ", "12) ": such a line begins something new. */
static bool line_is_item(dsr_slice text, const line *l)
{
    dsr_char c = dsr_char_at(text, l->start);
    size_t at = l->start + c.length;
    if (c.kind == DSR_CHAR_DIGIT) {
        for (int i = 0; i < 2 && dsr_char_at(text, at).kind == DSR_CHAR_DIGIT; i++) {
            at++;
        }
        uint32_t mark = dsr_char_at(text, at).code_point;
        return (mark == '.' || mark == ')') && dsr_char_at(text, at + 1).kind == DSR_CHAR_SPACE;
    }
    bool bullet = c.kind == DSR_CHAR_DASH || c.code_point == '*' || c.code_point == 0x2022 ||
                  c.code_point == 0xb7 || c.code_point == 0x25aa || c.code_point == 0x25cf;
    return bullet && dsr_char_at(text, at).kind == DSR_CHAR_SPACE;
}

/* ---- text wrapped by hand ---- */

typedef struct wrap {
    size_t width; /* of the lines; 0 where the text is not wrapped */
} wrap;

/* Columns that `above` would have with the first word of `below`. */
static size_t columns_with_next(dsr_slice text, const line *above, const line *below)
{
    size_t at = below->start;
    size_t stop = below->end - below->start > WRAP_BYTES ? below->start + WRAP_BYTES : below->end;
    while (at < stop && dsr_char_at(text, at).kind != DSR_CHAR_SPACE) {
        at += dsr_char_at(text, at).length;
    }
    return line_columns(text, above) + 1 + count_columns(text, below->start, at);
}

typedef struct block {
    size_t end;    /* where the next block begins: past the blank line */
    size_t breaks; /* line ends inside */
    size_t width;  /* columns of the longest line but the last, which may be a heading's or a signature's */
} block;

static block measure_block(const lines *all, size_t at)
{
    block b = {at, 0, 0};
    line above, below;
    if (!lines_at(all, at, &above)) {
        return b;
    }
    b.end = above.next;
    while (!line_is_blank(&above) && lines_at(all, b.end, &below)) {
        b.end = below.next;
        if (line_is_blank(&below)) {
            break;
        }
        b.breaks++;
        size_t columns = line_columns(all->text, &above);
        b.width = columns > b.width ? columns : b.width;
        above = below;
    }
    return b;
}

/* Whether nine line ends in ten of the block stand where the next word had no room, and most of them in
 * mid-sentence. */
static bool block_is_wrapped(const lines *all, size_t at, const block *b)
{
    if (b->breaks < 2 || b->width < WRAP_LEAST || b->width > WRAP_MOST) {
        return false;
    }
    size_t full = 0, open = 0;
    line above, below;
    bool more = lines_at(all, at, &above);
    for (size_t i = 0; more && i < b->breaks && lines_at(all, above.next, &below); i++) {
        full += columns_with_next(all->text, &above, &below) > b->width;
        open += !line_is_closed(all->text, &above);
        above = below;
    }
    return full * 10 >= b->breaks * 9 && open * 2 >= b->breaks;
}

/* The width to which the text as a whole was wrapped. */
static wrap find_wrap(const lines *all)
{
    wrap w = {0};
    size_t at = 0;
    while (at < all->text.len) {
        block b = measure_block(all, at);
        if (b.width > w.width && block_is_wrapped(all, at, &b)) {
            w.width = b.width;
        }
        at = b.end > at ? b.end : all->text.len;
    }
    return w;
}

/* Whether the line end between two lines only wraps, or stands in mid-sentence where a link or its like was
 * taken out. `so_far` is how many bytes the paragraph has with `above`. */
static bool line_end_wraps(dsr_slice text, const wrap *w, const line *above, const line *below, size_t so_far)
{
    size_t columns = line_columns(text, above);
    bool fits = columns >= WRAP_LEAST && columns <= WRAP_MOST;
    bool full = fits && w->width > 0 && columns_with_next(text, above, below) + w->width / 10 > w->width;
    if (line_is_item(text, below)) {
        return full && !line_is_closed(text, above); /* "over the next 3", then "- 6 months" */
    }
    if (full) {
        return true;
    }
    bool prose = so_far >= WRAP_LEAST || line_columns(text, below) >= WRAP_LEAST;
    return prose && !line_is_closed(text, above) &&
           dsr_char_is_lower(dsr_char_at(text, below->start).code_point);
}

/* ---- what is read ---- */

typedef struct walk {
    dsr_arena *arena;
    const dsr_report *report;
    dsr_paragraphs *out;
    size_t furniture; /* the first piece that does not end before the place reached */
} walk;

static bool is_read(dsr_furniture_kind kind)
{
    return kind == DSR_FURNITURE_HEADLINE || kind == DSR_FURNITURE_STANDFIRST ||
           kind == DSR_FURNITURE_SUBHEAD;
}

static dsr_status add(walk *w, size_t start, size_t end, bool heading)
{
    dsr_slice text = w->report->text;
    end = dsr_skip_space_back(text, end, start);
    start = dsr_skip_space(text, start, end);
    if (start >= end) {
        return DSR_OK;
    }
    dsr_status status = DSR_LIST_RESERVE(w->arena, w->out, 1);
    if (status != DSR_OK) {
        return status;
    }
    dsr_paragraph *paragraph = &w->out->items[w->out->count++];
    paragraph->span = (dsr_span){(uint32_t)start, (uint32_t)end};
    paragraph->heading = heading;
    return DSR_OK;
}

static bool looks_like_heading(dsr_slice text, size_t start, size_t end)
{
    line l = {start, end, end, 0};
    return end - start <= HEADING_BYTES && !line_is_closed(text, &l);
}

/* Adds text[start, end) less the furniture in it; furniture that is read becomes paragraphs of its own. */
static dsr_status add_read(walk *w, size_t start, size_t end)
{
    const dsr_report *report = w->report;
    bool heading = looks_like_heading(report->text, start, end);
    dsr_status status = DSR_OK;
    while (w->furniture < report->furniture.count &&
           report->furniture.items[w->furniture].span.end <= start) {
        w->furniture++;
    }
    while (status == DSR_OK && start < end) {
        const dsr_furniture *piece =
            w->furniture < report->furniture.count ? &report->furniture.items[w->furniture] : NULL;
        if (!piece || piece->span.start >= end) {
            return add(w, start, end, heading);
        }
        if (piece->span.start > start) {
            status = add(w, start, piece->span.start, heading);
            start = piece->span.start;
        }
        size_t stop = piece->span.end < end ? piece->span.end : end;
        if (status == DSR_OK && is_read(piece->kind)) {
            status = add(w, start, stop, piece->kind != DSR_FURNITURE_STANDFIRST);
        }
        start = stop > start ? stop : start;
        if (piece->span.end <= end) {
            w->furniture++;
        }
    }
    return status;
}

dsr_status dsr_paragraphs_find(dsr_arena *arena, const dsr_report *report, dsr_paragraphs *out)
{
    dsr_paragraphs found = {0};
    walk w = {arena, report, &found, 0};
    lines all = lines_open(report->text);
    wrap wrapped = find_wrap(&all);
    size_t start = 0;
    line above, below;
    dsr_status status = DSR_LIST_RESERVE(arena, &found, report->text.len / 256 + 8);
    bool more = lines_at(&all, 0, &above);
    while (status == DSR_OK && more) {
        more = lines_at(&all, above.next, &below);
        bool wraps = more && !line_is_blank(&above) && !line_is_blank(&below) &&
                     line_end_wraps(report->text, &wrapped, &above, &below, above.end - start);
        if (!wraps) {
            status = add_read(&w, start, above.end > start ? above.end : start);
            start = above.next;
        }
        above = below;
    }
    if (status == DSR_OK) {
        *out = found;
    }
    return status;
}
