/* See disagreements.h. Figures and quotations that differ; the order in which all kinds stand. */
#include "story/disagreements.h"

#include "base/limits.h"
#include "story/figures_agree.h"

#include <stdlib.h>
#include <string.h>

static const dsr_report *report_of(const dsr_disagreements *d, uint32_t report)
{
    return d->s->story->reports.items[report].report;
}

dsr_status dsr_disagreements_side(dsr_disagreements *d, dsr_disagreement *to, uint32_t report, dsr_span at)
{
    if (to->sides.count >= DSR_LIMIT_TOLD_CARRIERS) {
        return DSR_OK;
    }
    const dsr_report *r = report_of(d, report);
    uint32_t sentence = dsr_told_sentence(&d->s->told, report, at.start);
    dsr_disagreement_side side = {.carrier = {.report = report, .sentence = at, .clause = at, .at = at},
                                  .value = dsr_slice_part(r->text, at.start, at.end)};
    dsr_status status = dsr_told_read(&d->s->told, report);
    if (status == DSR_OK && sentence != UINT32_MAX) {
        side.carrier.sentence = dsr_told_span(&d->s->told, report, sentence);
        dsr_span within = {at.start, at.end}; /* a quotation may go on in the next sentence */
        within.end = within.end > side.carrier.sentence.end ? side.carrier.sentence.end : within.end;
        side.carrier.clause = dsr_told_clause(&d->s->told, r, side.carrier.sentence, within);
        dsr_statement_carrier ascribed = {.carrier = side.carrier};
        status = dsr_statements_ascribe(d->s, &ascribed);
        side.party = ascribed.attributed_to;
    }
    if (status != DSR_OK || DSR_LIST_RESERVE(d->s->arena, &to->sides, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    to->sides.items[to->sides.count++] = side;
    return DSR_OK;
}

dsr_status dsr_disagreements_keep(dsr_disagreements *d, dsr_disagreement *one)
{
    one->reports = 0;
    for (size_t i = 0; i < one->sides.count; i++) {
        bool again = false;
        for (size_t k = 0; k < i && !again; k++) {
            again = one->sides.items[k].carrier.report == one->sides.items[i].carrier.report;
        }
        one->reports += !again;
    }
    if (DSR_LIST_RESERVE(d->s->told.arena, &d->made, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    d->made.items[d->made.count++] = *one;
    return DSR_OK;
}

/* ---- figures ---- */

static const dsr_figure *figure_of(const dsr_disagreements *d, const dsr_figure_value *value)
{
    return &report_of(d, value->carrier.report)->figures.items[value->figure];
}

static uint32_t cluster_at(const dsr_disagreements *d, const dsr_carrier *carrier)
{
    uint32_t sentence = dsr_told_sentence(&d->s->told, carrier->report, carrier->at.start);
    uint32_t unit = sentence != UINT32_MAX ? d->s->unit_of[sentence] : UINT32_MAX;
    return unit != UINT32_MAX ? d->s->nodes.items[d->s->units.items[unit].node].cluster : UINT32_MAX;
}

/* Small numbers are told of many things: they contradict each other only within one statement. */
static bool is_of_one_fact(const dsr_disagreements *d, const dsr_story_figure *group)
{
    enum { LOOKED = 24 };
    size_t looked = group->values.count < LOOKED ? group->values.count : LOOKED;
    const dsr_figure_value *values = group->values.items;
    if (group->agree ||
        dsr_figures_compare(figure_of(d, &values[0]), figure_of(d, &values[group->values.count - 1]))
            .telling) {
        return true;
    }
    for (size_t i = 0; i < looked; i++) {
        for (size_t k = i + 1; k < looked; k++) {
            bool differ = !dsr_figures_compare(figure_of(d, &values[i]), figure_of(d, &values[k])).equal;
            uint32_t cluster = differ ? cluster_at(d, &values[i].carrier) : UINT32_MAX;
            if (cluster != UINT32_MAX && cluster == cluster_at(d, &values[k].carrier)) {
                return true;
            }
        }
    }
    return false;
}

static dsr_status of_figures(dsr_disagreements *d)
{
    dsr_story *story = d->s->story;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < story->figures.count; i++) {
        const dsr_story_figure *group = &story->figures.items[i];
        if (group->reports < 2 || !group->differ || !is_of_one_fact(d, group)) {
            continue;
        }
        const dsr_figure_value *named = &group->values.items[group->thing_from];
        const dsr_report *namer = report_of(d, named->carrier.report);
        dsr_span thing = namer->figures.items[named->figure].thing;
        dsr_disagreement one = {.kind = DSR_DISAGREE_FIGURE,
                                .what = dsr_slice_part(namer->text, thing.start, thing.end),
                                .compatible = group->agree,
                                .why = group->why};
        for (size_t v = 0; status == DSR_OK && v < group->values.count; v++) {
            const dsr_carrier *c = &group->values.items[v].carrier;
            status = dsr_disagreements_side(d, &one, c->report, c->at);
        }
        if (status == DSR_OK) {
            status = dsr_disagreements_keep(d, &one);
        }
    }
    return status;
}

/* ---- quotations ---- */

/* Letters and digits of spans of a text, for comparison. */
static uint32_t letters_of(dsr_slice text, const dsr_spans *spans, char *room, uint32_t size)
{
    uint32_t used = 0;
    for (size_t i = 0; i < spans->count; i++) {
        dsr_slice rest = dsr_slice_part(text, spans->items[i].start, spans->items[i].end), word;
        while (dsr_stem_next_word(&rest, &word)) {
            char folded[DSR_STEM_WORD_BYTES];
            size_t length = dsr_stem_fold(word, folded);
            for (size_t k = 0; k < length && used < size; k++) {
                room[used] = folded[k];
                used += folded[k] != '\'';
            }
        }
    }
    return used;
}

/* One word spelt in two ways, or in parts: most letters are the same. */
static bool is_spelling(const char *a, uint32_t length_a, const char *b, uint32_t length_b)
{
    enum { LEAST = 6, FAR = 2 };
    uint32_t head = 0, tail = 0, shorter = length_a < length_b ? length_a : length_b;
    while (head < shorter && a[head] == b[head]) {
        head++;
    }
    while (tail < shorter - head && a[length_a - 1 - tail] == b[length_b - 1 - tail]) {
        tail++;
    }
    uint32_t longer = length_a < length_b ? length_b : length_a, other = longer - head - tail;
    return other == 0 || (longer >= LEAST && other <= FAR);
}

/* Words within it are others than in the fullest version. What one report quotes beyond the other is no
 * disagreement, nor is another spelling. */
static bool is_changed(const dsr_disagreements *d, const dsr_quote_variant *full,
                       const dsr_quote_variant *variant)
{
    enum { ROOM = 64 };
    if (variant->kind != DSR_VARIANT_CHANGED || variant->added.count == 0 || variant->left_out.count == 0) {
        return false;
    }
    dsr_slice own = report_of(d, variant->report)->text, base = report_of(d, full->report)->text;
    uint32_t all = 0, edge = 8;
    for (size_t i = 0; i < variant->added.count; i++) {
        dsr_span span = variant->added.items[i];
        all += span.end - span.start;
        if (span.start < variant->span.start + edge || span.end + edge > variant->span.end) {
            return false; /* it begins or ends elsewhere */
        }
    }
    char a[ROOM], b[ROOM];
    uint32_t length_a = letters_of(own, &variant->added, a, ROOM);
    uint32_t length_b = letters_of(base, &variant->left_out, b, ROOM);
    return all * 3 <= variant->span.end - variant->span.start && length_a > 0 && length_b > 0 &&
           !is_spelling(a, length_a, b, length_b);
}

static dsr_status add_quote(dsr_disagreements *d, const dsr_story_quote *quote)
{
    const dsr_quote_variant *full = &quote->variants.items[0];
    dsr_disagreement one = {.kind = DSR_DISAGREE_QUOTE,
                            .what = quote->text,
                            .compatible = false,
                            .why = "one quotation in other words"};
    dsr_status status = dsr_disagreements_side(d, &one, full->report, full->span);
    for (size_t v = 1; status == DSR_OK && v < quote->variants.count; v++) {
        const dsr_quote_variant *variant = &quote->variants.items[v];
        if (variant->report != full->report && is_changed(d, full, variant)) {
            status = dsr_disagreements_side(d, &one, variant->report, variant->span);
        }
    }
    return status == DSR_OK && one.sides.count > 1 ? dsr_disagreements_keep(d, &one) : status;
}

/* The part of a quotation that begins at a place of its report; NULL. */
static const dsr_quote *quote_at(const dsr_report *report, uint32_t start)
{
    size_t low = 0, high = report->quotes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->quotes.items[middle].span.start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < report->quotes.count && report->quotes.items[low].span.start == start;
    return found ? &report->quotes.items[low] : NULL;
}

static bool is_name_at(const dsr_report *report, const dsr_quote *quote)
{
    for (size_t i = 0; i < report->names.count && report->names.items[i].span.start < quote->speaker.end;
         i++) {
        const dsr_name *name = &report->names.items[i];
        if (name->span.end > quote->speaker.start && name->entity == quote->entity) {
            return name->type == DSR_NAME_PER;
        }
    }
    return false;
}

/* Only a person whom the report names beside the words counts: who "he" is may be read wrongly, and a body
 * may speak through a person. */
static bool names_speaker(const dsr_disagreements *d, const dsr_quote_variant *variant)
{
    enum { SURE = 850 };
    const dsr_report *report = report_of(d, variant->report);
    if (variant->taken_over || variant->confidence < SURE || variant->speaker.len == 0) {
        return false;
    }
    for (size_t i = 0; i < variant->parts.count; i++) {
        const dsr_quote *quote = quote_at(report, variant->parts.items[i].start);
        if (quote != NULL && is_name_at(report, quote)) {
            return true;
        }
    }
    return false;
}

/* Two reports that name two people for one quotation. */
static dsr_status add_speakers(dsr_disagreements *d, const dsr_story_quote *quote)
{
    dsr_disagreement one = {.kind = DSR_DISAGREE_QUOTE,
                            .what = quote->text,
                            .compatible = false,
                            .why = "one quotation, ascribed to two"};
    dsr_status status = DSR_OK;
    bool otherwise = false, usual = false;
    for (size_t v = 0; status == DSR_OK && v < quote->variants.count; v++) {
        const dsr_quote_variant *variant = &quote->variants.items[v];
        if (!names_speaker(d, variant)) {
            continue;
        }
        otherwise = otherwise || variant->otherwise;
        usual = usual || !variant->otherwise;
        size_t before = one.sides.count;
        status = dsr_disagreements_side(d, &one, variant->report, variant->span);
        if (one.sides.count > before) {
            one.sides.items[before].party = variant->speaker;
        }
    }
    bool differ = otherwise && usual && one.sides.count > 1;
    return status == DSR_OK && differ ? dsr_disagreements_keep(d, &one) : status;
}

static dsr_status of_quotes(dsr_disagreements *d)
{
    dsr_story *story = d->s->story;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < story->quotes.count; i++) {
        const dsr_story_quote *quote = &story->quotes.items[i];
        if (quote->reports < 2 || (quote->kind != DSR_QUOTE_DIRECT && quote->kind != DSR_QUOTE_PARTIAL)) {
            continue;
        }
        status = add_quote(d, quote);
        if (status == DSR_OK) {
            status = add_speakers(d, quote);
        }
    }
    return status;
}

/* ---- all ---- */

/* What speaks of what happened before what speaks of spelling. */
static int rank_of(dsr_disagreement_kind kind)
{
    static const int ranks[] = {0, 1, 2, 3, 5, 4};
    return kind < DSR_DISAGREE_KINDS ? ranks[kind] : 6;
}

static int by_weight(const void *a, const void *b)
{
    const dsr_disagreement *x = a, *y = b;
    int kind = rank_of(x->kind) - rank_of(y->kind);
    if (kind != 0) {
        return kind;
    }
    if (x->compatible != y->compatible) {
        return x->compatible ? 1 : -1;
    }
    if (x->reports != y->reports) {
        return x->reports > y->reports ? -1 : 1;
    }
    int what = dsr_slice_compare(x->what, y->what);
    return what != 0 ? what : (x->sides.count < y->sides.count) - (x->sides.count > y->sides.count);
}

static dsr_status keep_all(dsr_disagreements *d)
{
    dsr_story *story = d->s->story;
    size_t count = d->made.count, kept = count < DSR_LIMIT_DISAGREEMENTS ? count : DSR_LIMIT_DISAGREEMENTS;
    dsr_disagreement *items = dsr_arena_alloc_array(d->s->arena, kept + 1, sizeof *items);
    if (items == NULL) {
        return DSR_ERR_MEMORY;
    }
    if (count > 1) {
        qsort(d->made.items, count, sizeof *d->made.items, by_weight);
    }
    if (kept > 0) {
        memcpy(items, d->made.items, kept * sizeof *items);
    }
    story->disagreements.items = items;
    story->disagreements.count = story->disagreements.capacity = kept;
    story->disagreements_left = (uint32_t)(count - kept);
    return DSR_OK;
}

dsr_status dsr_disagreements_find(dsr_statements *s)
{
    dsr_disagreements d = {.s = s};
    dsr_status (*const kinds[])(dsr_disagreements *) = {
        of_figures, dsr_disagreements_of_dates, dsr_disagreements_of_denials,
        of_quotes,  dsr_disagreements_of_edits, dsr_disagreements_of_names};
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < sizeof kinds / sizeof *kinds; i++) {
        status = kinds[i](&d);
    }
    return status == DSR_OK ? keep_all(&d) : status;
}
