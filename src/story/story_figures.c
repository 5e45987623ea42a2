/* See story_figures.h. Which figures are of one thing; what their numbers say of each other is said in
 * figures_agree.c. */
#include "story/story_figures.h"

#include "base/hash.h"
#include "base/limits.h"
#include "story/figures_agree.h"
#include "story/told.h"

#include <stdlib.h>
#include <string.h>

/* Thousandths of likeness that two clauses need, by what the figures are. Set by reading the figures of some
 * sixty stories side by side, so that what differs is hardly ever of two things. */
enum {
    ALIKE_EQUAL = 200,   /* one number, one thing */
    ALIKE_UNNAMED = 450, /* one number, the thing is not named */
    ALIKE_KIN = 200,     /* other numbers, told with words of one kin: "killed", "deaths" */
    ALIKE_OTHER = 350,   /* other numbers */
    ALIKE_SMALL = 450,   /* other numbers such as many things have */
    ALIKE_MEASURE = 600  /* other lengths, durations and so on */
};

typedef struct counted {
    dsr_carrier carrier;
    uint32_t figure;
    uint32_t sentence; /* through the story */
    uint64_t head;     /* of the thing; 0: the text does not name it */
    uint64_t unit;
    uint64_t as_of;
    dsr_told_keys of; /* of the thing itself and the names before the number */
    bool heading;
    bool whole;     /* of which the figure before it is a part: "two of its four ships" */
    uint32_t place; /* among the figures of its sentence with the same head */
} counted;

typedef struct maker {
    dsr_told told;
    dsr_arena *arena;
    DSR_LIST(counted) counted;
    dsr_told_item *items;
    uint32_t *order;
    dsr_voiced *voiced;
    DSR_LIST(dsr_story_figure) groups;
} maker;

static const dsr_figure *figure_of(const maker *m, const counted *c)
{
    return &m->told.story->reports.items[c->carrier.report].report->figures.items[c->figure];
}

/* ---- collecting ---- */

static dsr_span clip(dsr_span span, dsr_span into)
{
    span.start = span.start < into.start ? into.start : span.start;
    span.end = span.end > into.end ? into.end : span.end;
    return span.end < span.start ? (dsr_span){span.start, span.start} : span;
}

/* The words that say what is counted: from "NATO's" in "NATO's 30 allies" to the end of the thing. */
static dsr_span thing_around(const dsr_report *report, const dsr_figure *figure, dsr_span clause)
{
    enum { POSSESSIVE_BYTES = 40 };
    if (figure->thing.end > figure->thing.start && figure->thing.end <= figure->span.start) {
        return figure->thing; /* said with the number before: "none of the 12" */
    }
    dsr_span span = {figure->span.start,
                     figure->thing.end > figure->thing.start ? figure->thing.end : figure->span.end};
    for (size_t i = 0; i < report->names.count && report->names.items[i].span.start < span.start; i++) {
        dsr_span name = report->names.items[i].span;
        dsr_slice between = dsr_slice_part(report->text, name.end, figure->span.start);
        bool owns = dsr_slice_equal(between, DSR_SLICE("'s ")) ||
                    dsr_slice_equal(between, DSR_SLICE("\xe2\x80\x99s ")) ||
                    dsr_slice_equal(between, DSR_SLICE("' "));
        if (name.end <= figure->span.start && owns && span.start - name.start < POSSESSIVE_BYTES) {
            span.start = name.start;
        }
    }
    return clip(span, clause);
}

/* "2.1 million of the bank's 2.6 million customers": whether the next figure is the whole of this one. */
static bool is_part(const dsr_report *report, uint32_t index)
{
    enum { BETWEEN_BYTES = 40 };
    const dsr_figure *part = &report->figures.items[index];
    const dsr_figure *whole = part + 1;
    if (index + 1 >= report->figures.count || part->thing.end > whole->span.start ||
        !dsr_slice_equal(part->kind, DSR_SLICE("count"))) {
        return false;
    }
    dsr_slice between = dsr_slice_part(report->text, part->span.end, whole->span.start);
    return dsr_slice_starts(between, DSR_SLICE(" of ")) && between.len <= BETWEEN_BYTES &&
           whole->thing.end > whole->thing.start;
}

static dsr_status add_counted(maker *m, uint32_t number, uint32_t index)
{
    const dsr_report *report = m->told.story->reports.items[number].report;
    const dsr_figure *figure = &report->figures.items[index];
    uint32_t sentence = dsr_told_sentence(&m->told, number, figure->span.start);
    if (sentence == UINT32_MAX || m->told.place[sentence] == DSR_TOLD_NOWHERE ||
        DSR_LIST_RESERVE(m->told.arena, &m->counted, 1) != DSR_OK) {
        return sentence == UINT32_MAX || m->told.place[sentence] == DSR_TOLD_NOWHERE ? DSR_OK
                                                                                     : DSR_ERR_MEMORY;
    }
    const dsr_figure *named = is_part(report, index) ? figure + 1 : figure;
    dsr_slice thing = dsr_slice_part(report->text, named->thing.start, named->thing.end);
    dsr_span whole = dsr_told_span(&m->told, number, sentence);
    dsr_span clause = dsr_told_clause(&m->told, report, whole, figure->span);
    counted c = {.carrier = {.report = number, .sentence = whole, .clause = clause, .at = figure->span},
                 .figure = index,
                 .sentence = sentence,
                 .head = dsr_told_head(&m->told, thing),
                 .unit = dsr_hash64(figure->unit.len > 0 ? figure->unit : figure->kind, 0),
                 .as_of = figure->as_of.len > 0 ? dsr_hash64(figure->as_of, 0) : 0,
                 .whole = index > 0 && is_part(report, index - 1),
                 .heading = m->told.place[sentence] == DSR_TOLD_HEADING};
    dsr_status status =
        dsr_told_keys_take(&m->told, number, thing_around(report, figure, clause), figure->span, &c.of);
    for (size_t i = m->counted.count; i > 0 && m->counted.items[i - 1].sentence == sentence; i--) {
        c.place += m->counted.items[i - 1].head == c.head && m->counted.items[i - 1].unit == c.unit;
    }
    m->counted.items[m->counted.count++] = c;
    return status;
}

static dsr_status collect(maker *m)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < m->told.story->reports.count; i++) {
        size_t count = m->told.story->reports.items[i].report->figures.count;
        status = dsr_told_read(&m->told, i);
        for (uint32_t f = 0; status == DSR_OK && f < count; f++) {
            status = add_counted(m, i, f);
        }
    }
    return status;
}

/* ---- which are of one thing ---- */

static uint32_t share_names(const dsr_told_keys *a, const dsr_told_keys *b)
{
    return dsr_told_share(a, b, DSR_TOLD_NAME) + dsr_told_share(a, b, DSR_TOLD_SITE);
}

static uint32_t share_stems(const dsr_told_keys *a, const dsr_told_keys *b)
{
    return dsr_told_share(a, b, DSR_TOLD_STEM) + dsr_told_share(a, b, DSR_TOLD_KIN);
}

static uint32_t count_names(const dsr_told_keys *keys)
{
    uint32_t names = 0;
    for (uint32_t i = 0; i < keys->count; i++) {
        names += keys->items[i] & 1;
    }
    return names;
}

/* "Russian troops" are not "Ukrainian troops". */
static bool things_differ(const counted *a, const counted *b)
{
    uint32_t names_a = count_names(&a->of), names_b = count_names(&b->of);
    if (names_a > 0 && names_b > 0 && share_names(&a->of, &b->of) == 0) {
        return true;
    }
    return a->as_of != 0 && b->as_of != 0 && a->as_of != b->as_of;
}

static bool is_count(const dsr_figure *figure)
{
    return dsr_slice_equal(figure->kind, DSR_SLICE("count")) ||
           dsr_slice_equal(figure->kind, DSR_SLICE("currency")) ||
           dsr_slice_equal(figure->kind, DSR_SLICE("percent"));
}

/* "Hale served 30 years", "Orlov served 37 years": two numbers that are told of two people, or a measure of
 * somebody and one of nobody who is named. A site says where, and not of whom. */
static bool bearers_differ(const maker *m, uint32_t a, uint32_t b)
{
    const dsr_told_keys *x = &m->items[a].keys, *y = &m->items[b].keys;
    bool first = dsr_told_share(x, x, DSR_TOLD_NAME) > 0, second = dsr_told_share(y, y, DSR_TOLD_NAME) > 0;
    bool measure = !is_count(figure_of(m, &m->counted.items[a]));
    bool told = measure ? first || second : first && second;
    return told && share_names(x, y) == 0;
}

/* What the two clauses share beside the thing itself: what is told of it. */
static uint32_t share_telling(const maker *m, uint32_t a, uint32_t b)
{
    uint32_t all = share_stems(&m->items[a].keys, &m->items[b].keys);
    uint32_t thing = share_stems(&m->counted.items[a].of, &m->counted.items[b].of);
    return all > thing ? all - thing : 0;
}

/* The likeness that figures need which are of one thing, but not of one number. */
static uint32_t needed_of_others(const dsr_figure *figure, bool telling, bool kin)
{
    if (!is_count(figure)) {
        return ALIKE_MEASURE;
    }
    if (kin) {
        return telling ? ALIKE_KIN : ALIKE_OTHER;
    }
    return telling ? ALIKE_OTHER : ALIKE_SMALL;
}

static bool is_same(const void *context, uint32_t a, uint32_t b, const dsr_likeness *likeness)
{
    const maker *m = context;
    const counted *x = &m->counted.items[a], *y = &m->counted.items[b];
    if (x->carrier.report == y->carrier.report && x->sentence == y->sentence) {
        return false;
    }
    dsr_pair_of_figures pair = dsr_figures_compare(figure_of(m, x), figure_of(m, y));
    uint32_t telling = share_telling(m, a, b);
    if (things_differ(x, y) || x->unit != y->unit) {
        return false;
    }
    if (x->whole != y->whole && !pair.equal) {
        return false;
    }
    if (x->head == 0 || x->head != y->head) {
        bool one_name = pair.equal && share_names(&x->of, &y->of) > 0 && x->head != 0 && y->head != 0;
        bool bare = (x->head == 0 || y->head == 0) && pair.equal && pair.telling;
        return (one_name && telling >= 1 && likeness->thousandths >= ALIKE_EQUAL) ||
               (bare && likeness->thousandths >= ALIKE_UNNAMED);
    }
    if (pair.equal) {
        bool enough = pair.telling ? telling + likeness->names > 0 : telling > 0;
        return enough && likeness->thousandths >= ALIKE_EQUAL;
    }
    bool kin = dsr_told_share(&m->items[a].keys, &m->items[b].keys, DSR_TOLD_KIN) > 0;
    return telling > 0 && !bearers_differ(m, a, b) && (kin ? pair.near : pair.nearer) &&
           likeness->thousandths >= needed_of_others(figure_of(m, x), pair.telling, kin);
}

static dsr_status make_items(maker *m)
{
    size_t count = m->counted.count;
    dsr_status status = DSR_OK;
    m->items = dsr_arena_alloc_array(m->told.arena, count + 1, sizeof *m->items);
    m->order = dsr_arena_alloc_array(m->told.arena, count + 1, sizeof *m->order);
    m->voiced = dsr_arena_alloc_array(m->told.arena, count + 1, sizeof *m->voiced);
    if (m->items == NULL || m->order == NULL || m->voiced == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        const counted *c = &m->counted.items[i];
        status = dsr_told_read(&m->told, c->carrier.report);
        m->items[i].bucket = c->unit;
        m->items[i].up = i;
        if (status == DSR_OK) {
            const dsr_report *report = m->told.story->reports.items[c->carrier.report].report;
            dsr_span tight = dsr_told_tight(&m->told, report, c->carrier.sentence, c->carrier.at);
            status = dsr_told_keys_take(&m->told, c->carrier.report, tight, c->carrier.at, &m->items[i].keys);
        }
    }
    return status;
}

/* In copies the figures that stand in the same place are of one thing, whatever was edited. */
static dsr_status unite_copies(maker *m)
{
    dsr_map *firsts = dsr_map_new(m->counted.count);
    dsr_status status = firsts != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < m->counted.count; i++) {
        const counted *c = &m->counted.items[i];
        uint64_t text = dsr_told_text_of(&m->told, c->sentence);
        uint64_t key = dsr_hash_mix(text + 1) ^ dsr_hash_mix(c->head + 2) ^ dsr_hash_mix(c->unit + c->place);
        uint32_t first;
        status = dsr_map_intern(firsts, key, i, &first);
        if (status == DSR_OK && first != i) {
            dsr_pair_of_figures pair =
                dsr_figures_compare(figure_of(m, &m->counted.items[first]), figure_of(m, c));
            if (pair.equal || pair.near) {
                dsr_told_unite(m->items, first, i);
            }
        }
    }
    dsr_map_drop(firsts);
    return status;
}

/* ---- groups ---- */

/* One figure with the group that it belongs to. */
typedef struct sorted {
    uint32_t root, item;
    dsr_decimal size;
} sorted;

static int by_root(const void *a, const void *b)
{
    const sorted *x = a, *y = b;
    if (x->root != y->root) {
        return x->root < y->root ? -1 : 1;
    }
    int order = dsr_decimal_compare(x->size, y->size);
    return order != 0 ? order : x->item < y->item ? -1 : x->item > y->item;
}

/* One report that tells two numbers tells of two things: then only equal numbers are of one thing. */
static bool is_torn(const maker *m, const sorted *members, uint32_t count, uint32_t *seen)
{
    for (uint32_t i = 0; i < count; i++) {
        seen[m->counted.items[members[i].item].carrier.report] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < count; i++) {
        const counted *c = &m->counted.items[members[i].item];
        uint32_t *first = &seen[c->carrier.report];
        if (*first == UINT32_MAX) {
            *first = members[i].item;
        } else if (!dsr_figures_compare(figure_of(m, &m->counted.items[*first]), figure_of(m, c)).equal) {
            return true;
        }
    }
    return false;
}

static bool keeps(const maker *m, const sorted *members, uint32_t count, uint32_t at)
{
    const counted *c = &m->counted.items[members[at].item];
    for (uint32_t i = 0; c->heading && i < count; i++) {
        const counted *other = &m->counted.items[members[i].item];
        if (!other->heading && other->carrier.report == c->carrier.report) {
            return false;
        }
    }
    return true;
}

/* The fullest name of the thing among a few: that of most words up to six. */
static uint32_t thing_of(const maker *m, const dsr_story_figure *group)
{
    enum { LOOKED = 16, LONGEST = 48 };
    uint32_t best = 0;
    size_t best_length = 0;
    for (uint32_t i = 0; i < group->values.count && i < LOOKED; i++) {
        const dsr_figure_value *v = &group->values.items[i];
        const dsr_figure *f =
            &m->told.story->reports.items[v->carrier.report].report->figures.items[v->figure];
        size_t length = f->thing.end - f->thing.start;
        if (length > best_length && length <= LONGEST) {
            best_length = length;
            best = i;
        }
    }
    return best;
}

static dsr_status add_group(maker *m, const sorted *members, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (keeps(m, members, count < DSR_LIMIT_TOLD_CARRIERS ? count : 0, i)) {
            m->order[kept] = members[i].item;
            counted *c = &m->counted.items[members[i].item];
            m->voiced[kept++] = (dsr_voiced){&c->carrier, dsr_told_text_of(&m->told, c->sentence), 0, 0};
        }
    }
    dsr_story_figure group = {.why = ""};
    dsr_voice_count voices;
    uint32_t listed = kept < DSR_LIMIT_TOLD_CARRIERS ? kept : DSR_LIMIT_TOLD_CARRIERS;
    if (dsr_told_voices(&m->told, m->voiced, kept, &voices) != DSR_OK ||
        DSR_LIST_RESERVE(m->told.arena, &m->groups, 1) != DSR_OK ||
        DSR_LIST_RESERVE(m->arena, &group.values, listed) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    dsr_figures_sum sum = {0};
    for (uint32_t i = 0; i < kept; i++) {
        const counted *c = &m->counted.items[m->order[i]];
        dsr_figures_add(&sum, figure_of(m, c));
        if (i < listed) {
            group.values.items[group.values.count++] = (dsr_figure_value){c->carrier, c->figure};
        }
    }
    group.reports = voices.reports;
    group.independent = voices.independent;
    dsr_figures_judge(&sum, &group);
    group.thing_from = thing_of(m, &group);
    m->groups.items[m->groups.count++] = group;
    return DSR_OK;
}

/* Members by size: each run of one size is a group. */
static dsr_status add_torn(maker *m, const sorted *members, uint32_t count)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < count;) {
        uint32_t end = i + 1;
        while (end < count && dsr_decimal_compare(members[i].size, members[end].size) == 0) {
            end++;
        }
        status = add_group(m, &members[i], end - i);
        i = end;
    }
    return status;
}

static dsr_status make_groups(maker *m)
{
    size_t count = m->counted.count;
    sorted *all = dsr_arena_alloc_array(m->told.arena, count + 1, sizeof *all);
    uint32_t *seen = dsr_arena_alloc_array(m->told.arena, m->told.story->reports.count + 1, sizeof *seen);
    dsr_status status = all != NULL && seen != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        all[i] =
            (sorted){dsr_told_root(m->items, i), i, dsr_figures_size(figure_of(m, &m->counted.items[i]))};
    }
    if (status == DSR_OK && count > 1) {
        qsort(all, count, sizeof *all, by_root);
    }
    for (uint32_t i = 0; status == DSR_OK && i < count;) {
        uint32_t end = i + 1;
        while (end < count && all[end].root == all[i].root) {
            end++;
        }
        status = is_torn(m, &all[i], end - i, seen) ? add_torn(m, &all[i], end - i)
                                                    : add_group(m, &all[i], end - i);
        i = end;
    }
    return status;
}

/* Those that cannot all be true, then those that differ, then those that most tell. */
static int by_weight(const void *a, const void *b)
{
    const dsr_story_figure *x = a, *y = b;
    if (x->agree != y->agree) {
        return x->agree ? 1 : -1;
    }
    if (x->differ != y->differ) {
        return x->differ ? -1 : 1;
    }
    if (x->independent != y->independent) {
        return x->independent > y->independent ? -1 : 1;
    }
    if (x->reports != y->reports) {
        return x->reports > y->reports ? -1 : 1;
    }
    const dsr_carrier *c = &x->values.items[0].carrier, *d = &y->values.items[0].carrier;
    if (c->report != d->report) {
        return c->report < d->report ? -1 : 1;
    }
    return c->at.start < d->at.start ? -1 : c->at.start > d->at.start;
}

static dsr_status keep_groups(maker *m, dsr_story *story)
{
    size_t count = m->groups.count, kept = count < DSR_LIMIT_STORY_FIGURES ? count : DSR_LIMIT_STORY_FIGURES;
    dsr_story_figure *items = dsr_arena_alloc_array(m->arena, kept + 1, sizeof *items);
    if (items == NULL) {
        return DSR_ERR_MEMORY;
    }
    if (count > 1) {
        qsort(m->groups.items, count, sizeof *m->groups.items, by_weight);
    }
    if (kept > 0) {
        memcpy(items, m->groups.items, kept * sizeof *items);
    }
    story->figures.items = items;
    story->figures.count = story->figures.capacity = kept;
    story->figures_left = (uint32_t)(count - kept);
    return DSR_OK;
}

dsr_status dsr_story_figures_make(const dsr_lexicon *lexicon, dsr_arena *arena, dsr_story *story)
{
    dsr_arena *scratch = dsr_arena_new(0);
    maker m = {.arena = arena};
    if (scratch == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = dsr_told_open(&m.told, scratch, lexicon, story);
    if (status == DSR_OK) {
        status = collect(&m);
    }
    if (status == DSR_OK) {
        status = make_items(&m);
    }
    if (status == DSR_OK) {
        status = unite_copies(&m);
    }
    if (status == DSR_OK) {
        status = dsr_told_join(scratch, m.items, (uint32_t)m.counted.count, is_same, &m);
    }
    if (status == DSR_OK) {
        status = make_groups(&m);
    }
    if (status == DSR_OK) {
        status = keep_groups(&m, story);
    }
    dsr_told_close(&m.told);
    dsr_arena_drop(scratch);
    return status;
}
