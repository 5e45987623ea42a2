/* The chosen blocks as one text with its map back to the page, and a list of what was left out. White space
 * is collapsed as browsers do it; every character of the text leads to bytes of the page. */
#include "page/article.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/utf8.h"

enum { EXCERPT_BYTES = 80, HIDDEN_WORDS = 8 /* fewer are a control's name */ };

typedef struct writer {
    const page_tree *tree;
    const page_blocks *blocks;
    dsr_report *report;
    dsr_buffer text;
    dsr_status status;
    uint64_t reached; /* bytes of the page that are behind */
    bool blank;       /* white space is due before the next character */
    bool lines;       /* the block keeps its lines */
    unsigned feeds;   /* of them, in the white space that is due */
    uint32_t line;    /* where the last one begins */
    dsr_source_span due;
    uint32_t start; /* of the block */
} writer;

static void add_run(writer *w, uint32_t from, uint32_t to, dsr_source_span source, bool whole)
{
    dsr_report *report = w->report;
    source.start = source.start < w->reached ? w->reached : source.start;
    source.end = source.end < source.start ? source.start : source.end;
    w->reached = source.end;
    size_t count = report->source_map.count;
    dsr_source_map_run *last = count > 0 ? &report->source_map.items[count - 1] : NULL;
    bool plain = !whole && source.end - source.start == to - from;
    if (last != NULL && last->unit == 0 && plain && last->source.end == source.start &&
        last->text.end == from) {
        last->text.end = to;
        last->source.end = source.end;
        return;
    }
    if (last == NULL && source.end == source.start) { /* there is no run yet that it could belong to */
        source.start -= source.end >= w->tree->page.len && source.start > 0;
        source.end = source.start + 1;
    }
    bool nothing = source.end == source.start; /* it stands in what the last run leads to */
    if (last != NULL && (count >= DSR_LIMIT_SOURCE_RUNS || nothing)) {
        last->text.end = to;
        last->source.end = source.end;
        last->unit = DSR_MAP_WHOLE;
        return;
    }
    if (w->status == DSR_OK) {
        w->status = DSR_LIST_RESERVE(w->tree->arena, &report->source_map, 1);
    }
    if (w->status == DSR_OK) {
        report->source_map.items[report->source_map.count++] =
            (dsr_source_map_run){{from, to}, source, plain ? 0 : DSR_MAP_WHOLE};
    }
}

static void put(writer *w, dsr_slice text, dsr_source_span source, bool whole)
{
    uint32_t from = (uint32_t)w->text.len;
    if (text.len == 0) {
        return;
    }
    dsr_buffer_append(&w->text, text);
    add_run(w, from, (uint32_t)w->text.len, source, whole);
}

static size_t blank_bytes(dsr_slice text, size_t at)
{
    unsigned char c = (unsigned char)text.ptr[at];
    if (c == ' ' || (c >= 9 && c <= 13)) {
        return 1;
    }
    return c == 0xC2 && at + 1 < text.len && (unsigned char)text.ptr[at + 1] == 0xA0 ? 2 : 0;
}

/* Writes the white space that is due before the character at `next`. */
static void put_due(writer *w, const char *what, uint64_t next)
{
    if (w->blank && w->text.len > w->start) {
        dsr_source_span source = w->due;
        source.end = source.end > source.start ? source.end : next; /* a tag that breaks the line */
        put(w, dsr_slice_of(what), source, source.end - source.start != 1);
    }
    w->line = w->feeds > 0 ? (uint32_t)w->text.len : w->line;
    w->blank = false;
    w->feeds = 0;
}

/* Whether the white space that is due ends a line of preformatted text. A long line without an end was only
 * wrapped to fit: wire text is set so. */
static bool ends_line(const writer *w)
{
    enum { WRAPPED = 50 }; /* bytes */
    if (w->feeds != 1 || w->text.len < w->line + WRAPPED) {
        return w->feeds > 0;
    }
    char last = w->text.data[w->text.len - 1];
    return last == '.' || last == '!' || last == '?' || last == ':' || last == '"' ||
           (unsigned char)last >= 0x80;
}

static void put_text(writer *w, const page_text *t)
{
    size_t i = 0;
    while (i < t->text.len) {
        size_t blank = blank_bytes(t->text, i);
        uint64_t at = t->whole ? t->source.start : t->source.start + i;
        uint64_t after = t->whole ? t->source.end : at + blank;
        if (blank > 0) {
            w->due = w->blank ? (dsr_source_span){w->due.start, after} : (dsr_source_span){at, after};
            w->blank = true;
            w->feeds += t->text.ptr[i] == '\n';
            i += blank;
            continue;
        }
        size_t from = i;
        while (i < t->text.len && blank_bytes(t->text, i) == 0) {
            i++;
        }
        put_due(w, w->lines && ends_line(w) ? "\n" : " ", at);
        put(w, dsr_slice_part(t->text, from, i),
            t->whole ? t->source : (dsr_source_span){at, at + (i - from)}, t->whole);
    }
}

/* The first byte of the page that belongs to a block. */
static uint64_t begins(const page_tree *tree, const page_block *b)
{
    return tree->texts.items[tree->nodes.items[b->first].first].source.start;
}

static uint64_t ends(const page_tree *tree, const page_block *b)
{
    return tree->texts.items[tree->nodes.items[b->end - 1].first].source.end;
}

static void part_blocks(writer *w, const page_block *b)
{
    if (w->text.len > 0) {
        put(w, DSR_SLICE("\n\n"), (dsr_source_span){w->reached, begins(w->tree, b)}, true);
    }
    w->start = (uint32_t)w->text.len;
    w->blank = false;
}

static void put_block(writer *w, const page_block *b)
{
    part_blocks(w, b);
    w->lines = w->tree->nodes.items[b->node].tag == PAGE_TAG_PRE;
    w->feeds = 0;
    w->line = w->start;
    for (uint32_t i = b->first; i < b->end && w->status == DSR_OK; i++) {
        const page_node *n = &w->tree->nodes.items[i];
        if (dsr_page_is_unseen(w->blocks->places[i])) {
            continue;
        }
        if (n->tag == PAGE_TAG_BR) {
            w->blank = true;
            w->feeds++;
            w->due = (dsr_source_span){w->reached, w->reached};
        } else if (n->tag == PAGE_TAG_TEXT) {
            put_text(w, &w->tree->texts.items[n->first]);
        }
    }
    w->blank = false;
}

static void note_block(writer *w, const page_block *b, const page_choice *choice)
{
    dsr_report *report = w->report;
    dsr_arena *arena = w->tree->arena;
    dsr_span span = {w->start, (uint32_t)w->text.len};
    if (w->status != DSR_OK || span.end <= span.start) {
        return;
    }
    w->status = DSR_LIST_RESERVE(arena, &report->blocks, 1);
    if (w->status == DSR_OK) {
        dsr_block *block = &report->blocks.items[report->blocks.count++];
        block->span = span;
        block->kind = dsr_page_block_kind(w->tree, b, &block->level);
    }
    if (choice->fate == PAGE_FURNITURE || choice->fate == PAGE_READ) {
        if (w->status == DSR_OK) {
            w->status = DSR_LIST_RESERVE(arena, &report->furniture, 1);
        }
        if (w->status == DSR_OK) {
            report->furniture.items[report->furniture.count++] =
                (dsr_furniture){span, (dsr_furniture_kind)choice->furniture};
        }
    }
}

static dsr_status excerpt(const page_tree *tree, const page_block *b, dsr_slice *out)
{
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    for (uint32_t i = b->first; i < b->end && text.len < EXCERPT_BYTES; i++) {
        if (tree->nodes.items[i].tag != PAGE_TAG_TEXT) {
            continue;
        }
        dsr_slice t = tree->texts.items[tree->nodes.items[i].first].text;
        for (size_t k = 0; k < t.len && text.len < EXCERPT_BYTES; k++) {
            bool blank = blank_bytes(t, k) == 1;
            if (!blank || (text.len > 0 && text.data[text.len - 1] != ' ')) {
                dsr_buffer_append_char(&text, blank ? ' ' : t.ptr[k]);
            }
        }
    }
    dsr_slice all = dsr_buffer_slice(&text);
    size_t bad = 0;
    all.len = dsr_utf8_is_valid(all, &bad) ? all.len : bad;
    dsr_status status =
        text.status == DSR_OK ? dsr_arena_copy(tree->arena, dsr_slice_trim(all), out) : text.status;
    dsr_buffer_drop(&text);
    return status;
}

/* Neighbouring blocks that were left for one reason are one part. */
static void note_left(writer *w, const page_block *b, bool follows)
{
    dsr_report *report = w->report;
    dsr_slice why = dsr_slice_of(dsr_page_article_why(b));
    dsr_left_part *last = report->left.count > 0 ? &report->left.items[report->left.count - 1] : NULL;
    bool full = report->left.count >= DSR_LIMIT_LEFT_PARTS;
    uint64_t end = ends(w->tree, b);
    if (last != NULL && ((follows && dsr_slice_equal(last->why, why)) || full)) {
        last->source.end = end > last->source.end ? end : last->source.end;
        last->words += b->words;
        return;
    }
    if (w->status == DSR_OK) {
        w->status = DSR_LIST_RESERVE(w->tree->arena, &report->left, 1);
    }
    if (w->status == DSR_OK) {
        last = &report->left.items[report->left.count++];
        *last = (dsr_left_part){.source = {begins(w->tree, b), end}, .words = b->words, .why = why};
        last->source.end = end < last->source.start ? last->source.start : end;
        w->status = excerpt(w->tree, b, &last->start);
    }
}

/* What is not shown before node `to`: from *next on. */
static void note_unseen(writer *w, size_t *next, uint32_t to, bool follows)
{
    for (; *next < w->blocks->unseen.count && w->blocks->unseen.items[*next].first < to; ++*next) {
        const page_block *b = &w->blocks->unseen.items[*next];
        if (b->words >= HIDDEN_WORDS || (b->places >> PAGE_IN_DELETED & 1) != 0) {
            note_left(w, b, follows);
        }
    }
}

dsr_status dsr_page_render(const page_tree *tree, const page_blocks *blocks, const page_choice *choices,
                           dsr_report *report)
{
    writer w = {.tree = tree, .blocks = blocks, .report = report};
    dsr_buffer_open(&w.text, DSR_LIMIT_TEXT_BYTES);
    bool follows = false;
    size_t unseen = 0;
    for (size_t i = 0; i < blocks->count && w.status == DSR_OK && w.text.status == DSR_OK; i++) {
        const page_block *b = &blocks->items[i];
        note_unseen(&w, &unseen, b->first, follows);
        if (choices[i].fate == PAGE_LEFT) {
            note_left(&w, b, follows);
            follows = true;
            continue;
        }
        follows = false;
        put_block(&w, b);
        note_block(&w, b, &choices[i]);
    }
    note_unseen(&w, &unseen, UINT32_MAX, follows);
    dsr_status status = w.status != DSR_OK ? w.status : w.text.status;
    if (status == DSR_OK) {
        status = dsr_arena_copy(tree->arena, dsr_buffer_slice(&w.text), &report->text);
    }
    dsr_buffer_drop(&w.text);
    return status;
}
