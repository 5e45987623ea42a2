/* What each report has of a quotation: the fullest version first, then how the others differ from it. Must
 * not know who said it. */
#include "base/limits.h"
#include "base/utf8.h"
#include "story/quotations_parts.h"

#include <string.h>

static const dsr_said_word *words_of(const dsr_quotations *q, const dsr_said_item *item)
{
    return q->words.items + item->first_word;
}

/* Whether all words of the shorter stand in the longer, in order, sought from one end: in[i] is set for those
 * of the longer that are met. */
static bool walk(const dsr_said_word *longer, uint32_t count, const dsr_said_word *shorter, uint32_t wanted,
                 bool backwards, uint8_t *in)
{
    uint32_t met = 0;
    memset(in, 0, count);
    for (uint32_t i = 0; i < count && met < wanted; i++) {
        uint32_t at = backwards ? count - 1 - i : i;
        uint32_t next = backwards ? wanted - 1 - met : met;
        if (longer[at].key == shorter[next].key) {
            in[at] = 1;
            met++;
        }
    }
    return met == wanted;
}

static uint32_t count_stretches(const uint8_t *in, uint32_t count)
{
    uint32_t stretches = 0;
    for (uint32_t i = 0; i < count; i++) {
        stretches += in[i] && (i == 0 || !in[i - 1]);
    }
    return stretches;
}

/* Whether `own` is `base` with words left out. Of the walks from either end the one that leaves out fewer
 * stretches is taken: "the deal" out of "the end of the deal" is its last two words. */
static bool is_cut(const dsr_said_cells *cells, const dsr_said_word *base, uint32_t base_count,
                   const dsr_said_word *own, uint32_t own_count)
{
    if (own_count > base_count || !walk(base, base_count, own, own_count, true, cells->in_base)) {
        return false;
    }
    uint32_t backwards = count_stretches(cells->in_base, base_count);
    bool met = walk(base, base_count, own, own_count, false, cells->in_base);
    if (met && count_stretches(cells->in_base, base_count) > backwards) {
        met = walk(base, base_count, own, own_count, true, cells->in_base);
    }
    memset(cells->in_own, 1, own_count);
    return met;
}

/* The longest common subsequence of both, in cells of (own_count + 1) by (base_count + 1). */
static void align(const dsr_said_cells *cells, const dsr_said_word *base, uint32_t base_count,
                  const dsr_said_word *own, uint32_t own_count)
{
    uint16_t *lengths = cells->lengths;
    size_t row = (size_t)base_count + 1;
    memset(lengths + own_count * row, 0, row * sizeof *lengths);
    for (uint32_t i = own_count; i-- > 0;) {
        lengths[i * row + base_count] = 0;
        for (uint32_t j = base_count; j-- > 0;) {
            uint16_t below = lengths[(i + 1) * row + j];
            uint16_t right = lengths[i * row + j + 1];
            uint16_t both = (uint16_t)(lengths[(i + 1) * row + j + 1] + 1);
            lengths[i * row + j] = own[i].key == base[j].key ? both : below > right ? below : right;
        }
    }
    memset(cells->in_base, 0, base_count);
    memset(cells->in_own, 0, own_count);
    for (uint32_t i = 0, j = 0; i < own_count && j < base_count;) {
        if (own[i].key == base[j].key) {
            cells->in_own[i++] = 1;
            cells->in_base[j++] = 1;
        } else if (lengths[(i + 1) * row + j] >= lengths[i * row + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
}

/* The stretches of words that are not in the other version; none goes over the end of a part. */
static dsr_status list_missing(dsr_arena *arena, const dsr_said_word *words, uint32_t count,
                               const uint8_t *in, dsr_spans *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (in[i]) {
            continue;
        }
        if (out->count > 0 && i > 0 && !in[i - 1] && words[i - 1].part == words[i].part) {
            out->items[out->count - 1].end = words[i].span.end;
            continue;
        }
        if (DSR_LIST_RESERVE(arena, out, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        out->items[out->count++] = words[i].span;
    }
    return DSR_OK;
}

static bool are_equal(const dsr_said_word *a, const dsr_said_word *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (a[i].key != b[i].key) {
            return false;
        }
    }
    return true;
}

static bool denies(dsr_slice word)
{
    static const char *const negations[] = {"not", "no", "never", "cannot", "nor", "neither", "without"};
    for (size_t i = 0; i < sizeof negations / sizeof *negations; i++) {
        if (dsr_slice_equal_nocase(word, dsr_slice_of(negations[i]))) {
            return true;
        }
    }
    return dsr_slice_ends(word, DSR_SLICE("n't")) || dsr_slice_ends(word, DSR_SLICE("n\xe2\x80\x99t"));
}

/* Whether among the words that the other version lacks is one that turns the sense around. */
static bool leaves_out_denial(const dsr_quotations *q, const dsr_said_item *item, const dsr_said_word *words,
                              const uint8_t *in)
{
    dsr_slice text = q->story->reports.items[item->report].report->text;
    for (uint32_t i = 0; i < item->words; i++) {
        if (!in[i] && denies(dsr_slice_part(text, words[i].span.start, words[i].span.end))) {
            return true;
        }
    }
    return false;
}

static dsr_status compare(dsr_quotations *q, const dsr_said_cells *cells, const dsr_said_item *base,
                          const dsr_said_item *own, dsr_quote_variant *out)
{
    const dsr_said_word *x = words_of(q, base);
    const dsr_said_word *y = words_of(q, own);
    out->kind = DSR_VARIANT_SAME;
    if (base->words == own->words && are_equal(x, y, base->words)) {
        return DSR_OK;
    }
    out->kind = DSR_VARIANT_CHANGED;
    if (is_cut(cells, x, base->words, y, own->words)) {
        bool turned = leaves_out_denial(q, base, x, cells->in_base);
        out->kind = turned ? DSR_VARIANT_CHANGED : DSR_VARIANT_CUT;
    } else if (((uint64_t)base->words + 1) * ((uint64_t)own->words + 1) <= DSR_LIMIT_QUOTE_CELLS) {
        align(cells, x, base->words, y, own->words);
    } else {
        return DSR_OK; /* too long to tell in which words */
    }
    dsr_status status = list_missing(q->arena, x, base->words, cells->in_base, &out->left_out);
    return status == DSR_OK ? list_missing(q->arena, y, own->words, cells->in_own, &out->added) : status;
}

static dsr_status add_variant(dsr_quotations *q, const dsr_said_cells *cells, const dsr_said_item *base,
                              const dsr_said_item *own, dsr_story_quote *out)
{
    const dsr_quote *quote = dsr_quotations_quote(q, own);
    const dsr_span *parts = q->parts.items + own->first_part;
    dsr_quote_variant variant = {.report = own->report,
                                 .span = {parts[0].start, parts[own->parts - 1].end},
                                 .confidence = quote->confidence,
                                 .how = quote->how};
    if (DSR_LIST_RESERVE(q->arena, &out->variants, 1) != DSR_OK ||
        DSR_LIST_RESERVE(q->arena, &variant.parts, own->parts) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    memcpy(variant.parts.items, parts, own->parts * sizeof *parts);
    variant.parts.count = own->parts;
    if (own->who != DSR_SAID_NOBODY) {
        variant.speaker = q->people.items[own->who].name;
        variant.named = q->people.items[own->who].named;
    }
    dsr_status status = compare(q, cells, base, own, &variant);
    if (status == DSR_OK) {
        out->variants.items[out->variants.count++] = variant;
    }
    return status;
}

static bool is_blank(dsr_slice text)
{
    size_t length = 1;
    for (size_t at = 0; at < text.len; at += length) {
        if (!dsr_is_space(dsr_utf8_decode(text.ptr + at, text.ptr + text.len, &length))) {
            return false;
        }
    }
    return true;
}

/* The parts one after the other, with an ellipsis where the report's own words stand between them. */
static dsr_status join_parts(dsr_arena *arena, dsr_slice text, const dsr_spans *parts, dsr_slice *out)
{
    *out = dsr_slice_part(text, parts->items[0].start, parts->items[0].end);
    if (parts->count == 1) {
        return DSR_OK;
    }
    size_t room = 0;
    for (size_t i = 0; i < parts->count; i++) {
        room += parts->items[i].end - parts->items[i].start + sizeof " \xe2\x80\xa6 ";
    }
    char *joined = dsr_arena_alloc(arena, room);
    if (joined == NULL) {
        return DSR_ERR_MEMORY;
    }
    size_t length = 0;
    for (size_t i = 0; i < parts->count; i++) {
        dsr_slice part = dsr_slice_part(text, parts->items[i].start, parts->items[i].end);
        dsr_slice gap = DSR_SLICE("");
        if (i > 0) {
            gap = is_blank(dsr_slice_part(text, parts->items[i - 1].end, parts->items[i].start))
                      ? DSR_SLICE(" ")
                      : DSR_SLICE(" \xe2\x80\xa6 ");
        }
        memcpy(joined + length, gap.ptr, gap.len);
        memcpy(joined + length + gap.len, part.ptr, part.len);
        length += gap.len + part.len;
    }
    *out = (dsr_slice){joined, length};
    return DSR_OK;
}

bool dsr_quotations_is_fuller(const dsr_quotations *q, const dsr_said_item *a, const dsr_said_item *b)
{
    if (a->words != b->words) {
        return a->words > b->words;
    }
    if (a->furniture != b->furniture) {
        return b->furniture;
    }
    int order = dsr_story_compare_reports(q->story, a->report, b->report);
    return order != 0 ? order < 0 : a < b; /* both stand in q->items */
}

/* Whether a report that has `fuller` says nothing more with `own`: a headline's words out of the body. */
static bool is_repeated(const dsr_quotations *q, const dsr_said_cells *cells, const dsr_said_item *fuller,
                        const dsr_said_item *own)
{
    return is_cut(cells, words_of(q, fuller), fuller->words, words_of(q, own), own->words);
}

/* The variants of one report: its fullest, and what else it has that is not part of it. */
static dsr_status add_report(dsr_quotations *q, const dsr_said_cells *cells, dsr_said_group own,
                             const dsr_said_item *base, dsr_story_quote *out)
{
    const dsr_said_item *fullest = &q->items.items[own.items[0]];
    for (size_t i = 1; i < own.count; i++) {
        const dsr_said_item *item = &q->items.items[own.items[i]];
        fullest = dsr_quotations_is_fuller(q, item, fullest) ? item : fullest;
    }
    bool has_base = base->report == fullest->report;
    const dsr_said_item *kept = has_base ? base : fullest;
    dsr_status status = has_base ? DSR_OK : add_variant(q, cells, base, kept, out);
    for (size_t i = 0; i < own.count && i < DSR_LIMIT_QUOTE_REPEATS && status == DSR_OK; i++) {
        const dsr_said_item *item = &q->items.items[own.items[i]];
        if (item != kept && !is_repeated(q, cells, kept, item)) {
            status = add_variant(q, cells, base, item, out);
        }
    }
    out->reports++;
    return status;
}

dsr_status dsr_quotations_variants(dsr_quotations *q, const dsr_said_cells *cells, dsr_said_group group,
                                   const dsr_said_item *base, dsr_story_quote *out)
{
    out->words = base->words;
    out->kind = DSR_QUOTE_INDIRECT;
    dsr_status status = add_variant(q, cells, base, base, out);
    size_t from = 0;
    for (size_t i = 0; i <= group.count && status == DSR_OK; i++) {
        const dsr_said_item *item = i < group.count ? &q->items.items[group.items[i]] : NULL;
        if (item != NULL && item->report == q->items.items[group.items[from]].report) {
            out->kind = item->kind < out->kind ? item->kind : out->kind;
            continue;
        }
        dsr_said_group own = {group.items + from, i - from};
        status = add_report(q, cells, own, base, out);
        out->kind = item != NULL && item->kind < out->kind ? item->kind : out->kind;
        from = i;
    }
    if (status != DSR_OK) {
        return status;
    }
    return join_parts(q->arena, dsr_quotations_report(q, base)->text, &out->variants.items[0].parts,
                      &out->text);
}
