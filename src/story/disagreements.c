/* See disagreements.h. Figures and quotations that differ; the order in which all kinds stand. */
#include "story/disagreements.h"

#include "base/limits.h"

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
        side.carrier.clause = dsr_told_clause(&d->s->told, r, side.carrier.sentence, at);
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

static dsr_status of_figures(dsr_disagreements *d)
{
    dsr_story *story = d->s->story;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < story->figures.count; i++) {
        const dsr_story_figure *group = &story->figures.items[i];
        if (group->reports < 2 || !group->differ) {
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

/* Words that one report has and the other has not; cuts alone are no disagreement. */
static bool is_changed(const dsr_quote_variant *variant)
{
    return variant->kind == DSR_VARIANT_CHANGED && variant->added.count > 0;
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
        if (is_changed(variant) && variant->report != full->report) {
            status = dsr_disagreements_side(d, &one, variant->report, variant->span);
        }
    }
    return status == DSR_OK && one.sides.count > 1 ? dsr_disagreements_keep(d, &one) : status;
}

/* Two reports that name two people for one quotation. */
static dsr_status add_speakers(dsr_disagreements *d, const dsr_story_quote *quote)
{
    dsr_disagreement one = {.kind = DSR_DISAGREE_QUOTE,
                            .what = quote->text,
                            .compatible = false,
                            .why = "one quotation, ascribed to two"};
    dsr_status status = DSR_OK;
    bool otherwise = false;
    for (size_t v = 0; status == DSR_OK && v < quote->variants.count; v++) {
        const dsr_quote_variant *variant = &quote->variants.items[v];
        if (variant->speaker.len == 0 || variant->taken_over) {
            continue;
        }
        otherwise = otherwise || variant->otherwise;
        size_t before = one.sides.count;
        status = dsr_disagreements_side(d, &one, variant->report, variant->span);
        if (one.sides.count > before) {
            one.sides.items[before].party = variant->speaker;
        }
    }
    return status == DSR_OK && otherwise && one.sides.count > 1 ? dsr_disagreements_keep(d, &one) : status;
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
