/* Names that reports spell differently, and what the editing of a copied text changed in its meaning: a
 * hedge, a number, a name. Must not know how copies are found. */
#include "story/disagreements.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "story/figures_agree.h"

#include <stdlib.h>

enum {
    WORDS_MOST = 6,
    WORD_BYTES = 40,
    WORD_LETTERS = 4, /* shorter words are other words, not other spellings */
    FAR = 2           /* letters that may differ in a word */
};

/* ---- spellings ---- */

typedef struct word {
    char letters[WORD_BYTES];
    size_t length;
} word;

/* The words of a name, folded; 0 where they are too many or too long. */
static size_t split(dsr_slice text, word words[WORDS_MOST])
{
    size_t count = 0;
    dsr_slice rest = text, next;
    while (dsr_stem_next_word(&rest, &next)) {
        if (count == WORDS_MOST || next.len > WORD_BYTES / 3) {
            return 0;
        }
        words[count].length = dsr_fold_word(next, words[count].letters, WORD_BYTES);
        count++;
    }
    return count;
}

static bool is_equal(const word *a, const word *b)
{
    return dsr_slice_equal((dsr_slice){a->letters, a->length}, (dsr_slice){b->letters, b->length});
}

/* Letters to change, add or leave out, counted in bytes of folded text; FAR + 1 for more. */
static size_t distance(const word *a, const word *b)
{
    size_t row[WORD_BYTES + 1];
    for (size_t k = 0; k <= b->length; k++) {
        row[k] = k;
    }
    for (size_t i = 1; i <= a->length; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b->length; k++) {
            size_t change = corner + (a->letters[i - 1] != b->letters[k - 1]);
            size_t leave = (row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;
            corner = row[k];
            row[k] = change < leave ? change : leave;
        }
    }
    return row[b->length] <= FAR ? row[b->length] : FAR + 1;
}

static bool is_prefix(const word *a, const word *b)
{
    size_t length = a->length < b->length ? a->length : b->length;
    return dsr_slice_equal((dsr_slice){a->letters, length}, (dsr_slice){b->letters, length});
}

/* Whether two words are one, spelt differently: "Sergei", "Sergey". What only ends otherwise may be another
 * form of the word, but of persons' names. */
static bool spelt_otherwise(const word *a, const word *b, bool person)
{
    if (a->length < WORD_LETTERS || b->length < WORD_LETTERS || a->letters[0] != b->letters[0]) {
        return false;
    }
    if (is_prefix(a, b) &&
        (!person || a->letters[a->length - 1] == 's' || b->letters[b->length - 1] == 's')) {
        return false;
    }
    return distance(a, b) <= FAR;
}

static bool differ_in_spelling(dsr_slice a, dsr_slice b, bool person)
{
    word x[WORDS_MOST], y[WORDS_MOST];
    size_t count = split(a, x), other = 0;
    if (count == 0 || split(b, y) != count || (!person && count > 1)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_equal(&x[i], &y[i])) {
            if (!spelt_otherwise(&x[i], &y[i], person)) {
                return false;
            }
            other++;
        }
    }
    return other > 0;
}

/* The first place where a report has this spelling. */
static dsr_status add_spelling(dsr_disagreements *d, dsr_disagreement *one, const dsr_cast_variant *variant)
{
    enum { REPORTS_MOST = 8 };
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < variant->reports.count && i < REPORTS_MOST; i++) {
        const dsr_report *report = d->s->story->reports.items[variant->reports.items[i]].report;
        for (size_t n = 0; n < report->names.count; n++) {
            dsr_span span = report->names.items[n].span;
            if (dsr_slice_equal(dsr_slice_part(report->text, span.start, span.end), variant->text)) {
                status = dsr_disagreements_side(d, one, variant->reports.items[i], span);
                break;
            }
        }
    }
    return status;
}

static dsr_status of_entry(dsr_disagreements *d, const dsr_cast_entry *entry)
{
    enum { LOOKED = 12 };
    bool person = entry->type == DSR_NAME_PER;
    size_t looked = entry->variants.count < LOOKED ? entry->variants.count : LOOKED;
    bool in[LOOKED] = {false};
    dsr_disagreement one = {.kind = DSR_DISAGREE_NAME,
                            .what = entry->canonical,
                            .compatible = true,
                            .why = "one name, spelt differently"};
    bool any = false;
    for (size_t i = 0; i < looked; i++) {
        for (size_t k = i + 1; k < looked; k++) {
            if (differ_in_spelling(entry->variants.items[i].text, entry->variants.items[k].text, person)) {
                in[i] = in[k] = any = true;
            }
        }
    }
    dsr_status status = DSR_OK;
    for (size_t i = 0; any && status == DSR_OK && i < looked; i++) {
        status = in[i] ? add_spelling(d, &one, &entry->variants.items[i]) : DSR_OK;
    }
    bool several = false;
    for (size_t i = 1; i < one.sides.count; i++) {
        several = several || one.sides.items[i].carrier.report != one.sides.items[0].carrier.report;
    }
    return status == DSR_OK && several ? dsr_disagreements_keep(d, &one) : status;
}

dsr_status dsr_disagreements_of_names(dsr_disagreements *d)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < d->s->story->cast.count; i++) {
        const dsr_cast_entry *entry = &d->s->story->cast.items[i];
        if (entry->reports > 1 && entry->variants.count > 1 &&
            (entry->type == DSR_NAME_PER || entry->type == DSR_NAME_GPE || entry->type == DSR_NAME_LOC)) {
            status = of_entry(d, entry);
        }
    }
    return status;
}

/* ---- edits ---- */

/* An edit with its texts. */
typedef struct change {
    const dsr_reuse *reuse;
    const dsr_edit *edit;
    const dsr_report *from, *to;
} change;

/* Whether the words of one side all stand in the other, in order, and are fewer. */
static bool is_within(dsr_slice few, dsr_slice many)
{
    enum { WORDS_OF_A_HEDGE = 4 };
    dsr_slice a, b;
    unsigned left = 0;
    bool more = dsr_stem_next_word(&few, &a);
    while (dsr_stem_next_word(&many, &b)) {
        if (more && dsr_slice_equal_nocase(a, b)) {
            more = dsr_stem_next_word(&few, &a);
        } else {
            left++;
        }
    }
    return !more && left > 0 && left <= WORDS_OF_A_HEDGE;
}

/* The figure that fills a place of a text; NULL where there is none, or more than one. */
static const dsr_figure *figure_in(const dsr_report *report, dsr_span span)
{
    const dsr_figure *found = NULL;
    for (size_t i = 0; i < report->figures.count && report->figures.items[i].span.start < span.end; i++) {
        if (report->figures.items[i].span.end > span.start) {
            if (found != NULL) {
                return NULL;
            }
            found = &report->figures.items[i];
        }
    }
    return found;
}

static bool has_figure(const dsr_report *report, dsr_span span)
{
    for (size_t i = 0; i < report->figures.count && report->figures.items[i].span.start < span.end; i++) {
        if (report->figures.items[i].span.end > span.start) {
            return true;
        }
    }
    return false;
}

/* "about 15 miles off the coast", left out, is no hedge that was dropped. */
static const char *hedged(const change *c)
{
    dsr_slice from = dsr_slice_part(c->from->text, c->edit->from.start, c->edit->from.end);
    dsr_slice to = dsr_slice_part(c->to->text, c->edit->to.start, c->edit->to.end);
    if (has_figure(c->from, c->edit->from) != has_figure(c->to, c->edit->to)) {
        return NULL;
    }
    return is_within(from, to) ? "a hedge added" : is_within(to, from) ? "a hedge dropped" : NULL;
}

/* The group of the story's figures in which a figure stands, where they differ; UINT32_MAX. */
static uint32_t group_of(const dsr_disagreements *d, uint32_t report, const dsr_figure *figure)
{
    const dsr_story *story = d->s->story;
    for (uint32_t i = 0; i < story->figures.count && story->figures.items[i].differ; i++) {
        const dsr_story_figure *group = &story->figures.items[i];
        for (size_t v = 0; v < group->values.count; v++) {
            const dsr_carrier *c = &group->values.items[v].carrier;
            if (c->report == report && c->at.start == figure->span.start) {
                return i;
            }
        }
    }
    return UINT32_MAX;
}

/* Numbers that differ as figures of one thing have been told. */
static const char *renumbered(const dsr_disagreements *d, const change *c)
{
    const dsr_figure *a = figure_in(c->from, c->edit->from), *b = figure_in(c->to, c->edit->to);
    bool other_unit = a != NULL && b != NULL && !dsr_slice_equal(a->unit, b->unit);
    if (a == NULL || b == NULL || other_unit || dsr_figures_compare(a, b).equal) {
        return NULL;
    }
    uint32_t group = group_of(d, c->reuse->from, a);
    bool told = group != UINT32_MAX && group == group_of(d, c->reuse->to, b);
    return told ? NULL : "a number changed";
}

/* The name that stands whole in a place; NULL where there is none, or more than one. */
static const dsr_name *name_in(const dsr_report *report, dsr_span span)
{
    const dsr_name *found = NULL;
    for (size_t i = 0; i < report->names.count && report->names.items[i].span.start < span.end; i++) {
        if (report->names.items[i].span.end > span.start) {
            if (found != NULL) {
                return NULL;
            }
            found = &report->names.items[i];
        }
    }
    bool whole = found != NULL && found->span.start >= span.start && found->span.end <= span.end;
    return whole ? found : NULL;
}

/* One name for another of its sort. */
static const char *renamed(const dsr_disagreements *d, const change *c)
{
    const dsr_name *a = name_in(c->from, c->edit->from), *b = name_in(c->to, c->edit->to);
    bool other = a != NULL && b != NULL && a->type == b->type &&
                 dsr_told_entity_key(&d->s->told, c->from, a->entity) !=
                     dsr_told_entity_key(&d->s->told, c->to, b->entity);
    return other ? "a name changed" : NULL;
}

/* What the edit changed in meaning; NULL where it did not, or it cannot be told. */
static const char *why_of(const dsr_disagreements *d, const change *c)
{
    switch (c->edit->kind) {
    case DSR_EDIT_HEDGE:
        return hedged(c);
    case DSR_EDIT_NUMBER:
        return renumbered(d, c);
    case DSR_EDIT_NAME:
        return renamed(d, c);
    case DSR_EDIT_ADDITION:
    case DSR_EDIT_DELETION:
    case DSR_EDIT_WORDING:
    case DSR_EDIT_STYLE:
        break;
    }
    return NULL;
}

/* A place to show for words that are missing: the word before them. */
static dsr_span shown_at(dsr_slice text, dsr_span span)
{
    if (span.end > span.start) {
        return span;
    }
    uint32_t end = span.start;
    while (end > 0 && text.ptr[end - 1] == ' ') {
        end--;
    }
    uint32_t start = end;
    while (start > 0 && text.ptr[start - 1] != ' ' && text.ptr[start - 1] != '\n') {
        start--;
    }
    return start < end ? (dsr_span){start, end} : span;
}

static dsr_status add_edit(dsr_disagreements *d, const change *c, const char *why, dsr_map *seen)
{
    const dsr_edit *edit = c->edit;
    const dsr_report *from = c->from, *to = c->to;
    uint64_t a = dsr_hash64(dsr_slice_part(from->text, edit->from.start, edit->from.end), 1);
    uint64_t b = dsr_hash64(dsr_slice_part(to->text, edit->to.start, edit->to.end), 1);
    uint32_t next = (uint32_t)d->made.count, first;
    dsr_status status = dsr_map_intern(seen, dsr_hash_mix(a) + dsr_hash_mix(b), next, &first);
    if (status != DSR_OK || first != next) {
        return status; /* the same edit in another pair of copies */
    }
    dsr_disagreement one = {
        .kind = DSR_DISAGREE_EDIT, .compatible = edit->kind == DSR_EDIT_HEDGE, .why = why};
    status = dsr_disagreements_side(d, &one, c->reuse->from, shown_at(from->text, edit->from));
    if (status == DSR_OK) {
        status = dsr_disagreements_side(d, &one, c->reuse->to, shown_at(to->text, edit->to));
    }
    if (status != DSR_OK || one.sides.count < 2) {
        return status;
    }
    one.sides.items[0].value = dsr_slice_part(from->text, edit->from.start, edit->from.end);
    one.sides.items[1].value = dsr_slice_part(to->text, edit->to.start, edit->to.end);
    dsr_slice x = one.sides.items[0].value, y = one.sides.items[1].value;
    bool longer = x.len != y.len ? x.len > y.len : dsr_slice_compare(x, y) < 0;
    one.what = longer ? x : y;
    return dsr_disagreements_keep(d, &one);
}

/* A pair of reports that share text, by their ids, so that of equal edits the same one is kept in any order
 * of the reports. */
typedef struct pair_of_ids {
    dsr_id less, more;
    uint32_t reuse;
} pair_of_ids;

static int by_ids(const void *a, const void *b)
{
    const pair_of_ids *x = a, *y = b;
    int order = dsr_id_compare(x->less, y->less);
    order = order != 0 ? order : dsr_id_compare(x->more, y->more);
    return order != 0 ? order : x->reuse < y->reuse ? -1 : x->reuse > y->reuse;
}

static pair_of_ids *sort_pairs(const dsr_disagreements *d)
{
    const dsr_story *story = d->s->story;
    pair_of_ids *pairs = dsr_arena_alloc_array(d->s->told.arena, story->reuse.count + 1, sizeof *pairs);
    for (uint32_t i = 0; pairs != NULL && i < story->reuse.count; i++) {
        dsr_id from = story->reports.items[story->reuse.items[i].from].report->id;
        dsr_id to = story->reports.items[story->reuse.items[i].to].report->id;
        bool less = dsr_id_compare(from, to) <= 0;
        pairs[i] = (pair_of_ids){less ? from : to, less ? to : from, i};
    }
    if (pairs != NULL && story->reuse.count > 1) {
        qsort(pairs, story->reuse.count, sizeof *pairs, by_ids);
    }
    return pairs;
}

dsr_status dsr_disagreements_of_edits(dsr_disagreements *d)
{
    enum { EDITS_MOST = 400 };
    dsr_map *seen = dsr_map_new(64);
    pair_of_ids *pairs = sort_pairs(d);
    dsr_status status = seen != NULL && pairs != NULL ? DSR_OK : DSR_ERR_MEMORY;
    size_t before = d->made.count;
    for (size_t i = 0; status == DSR_OK && i < d->s->story->reuse.count; i++) {
        const dsr_reuse *reuse = &d->s->story->reuse.items[pairs[i].reuse];
        for (size_t p = 0; status == DSR_OK && p < reuse->passages.count; p++) {
            const dsr_passage *passage = &reuse->passages.items[p];
            for (size_t e = 0; status == DSR_OK && e < passage->edits.count; e++) {
                change c = {reuse, &passage->edits.items[e], d->s->story->reports.items[reuse->from].report,
                            d->s->story->reports.items[reuse->to].report};
                const char *why = d->made.count - before < EDITS_MOST ? why_of(d, &c) : NULL;
                status = why != NULL ? add_edit(d, &c, why, seen) : DSR_OK;
            }
        }
    }
    dsr_map_drop(seen);
    return status;
}
