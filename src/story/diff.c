/* See diff.h. Things are the same in both stories where they stand at the same places of the same reports. */
#include "story/diff.h"

#include "base/map.h"

#include <stdlib.h>

typedef struct differ {
    dsr_arena *arena;
    const dsr_story *before, *after;
    dsr_story_diff *out;
    dsr_map *places; /* of the statements before: report and place -> statement */
} differ;

static uint64_t place_key(const dsr_story *story, uint32_t report, uint32_t start)
{
    dsr_id id = story->reports.items[report].report->id;
    uint64_t hash = dsr_hash64((dsr_slice){(const char *)id.bytes, sizeof id.bytes}, 7);
    return dsr_hash_mix(hash + start);
}

static dsr_status know_places(differ *d)
{
    size_t count = d->before != NULL ? d->before->statements.count : 0;
    d->places = dsr_map_new(count * 4);
    dsr_status status = d->places != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        const dsr_statement *s = &d->before->statements.items[i];
        for (size_t k = 0; status == DSR_OK && k < s->carriers.count; k++) {
            const dsr_carrier *c = &s->carriers.items[k].carrier;
            uint32_t first;
            status = dsr_map_intern(d->places, place_key(d->before, c->report, c->sentence.start), i, &first);
        }
    }
    return status;
}

static dsr_status push(differ *d, dsr_indexes *to, uint32_t index)
{
    if (DSR_LIST_RESERVE(d->arena, to, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    to->items[to->count++] = index;
    return DSR_OK;
}

/* What was known of a statement: of those that stood at its places the one with the most voices; a sentence
 * that made no statement by itself was one report's word. */
static dsr_status compare_statement(differ *d, uint32_t index)
{
    const dsr_statement *s = &d->after->statements.items[index];
    bool old = false;
    dsr_diff_gain gain = {index, 1, 1};
    for (size_t i = 0; i < s->carriers.count; i++) {
        const dsr_carrier *c = &s->carriers.items[i].carrier;
        if (d->out->is_new[c->report]) {
            continue;
        }
        old = true;
        uint32_t was = dsr_map_get(d->places, place_key(d->after, c->report, c->sentence.start));
        if (was != DSR_MAP_NONE && d->before->statements.items[was].independent >= gain.independent_before) {
            gain.independent_before = d->before->statements.items[was].independent;
            gain.reports_before = d->before->statements.items[was].reports;
        }
    }
    if (!old) {
        return push(d, &d->out->statements, index);
    }
    if (s->independent <= gain.independent_before) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(d->arena, &d->out->gained, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    d->out->gained.items[d->out->gained.count++] = gain;
    return DSR_OK;
}

static const dsr_figure *figure_of(const differ *d, const dsr_figure_value *value)
{
    return &d->after->reports.items[value->carrier.report].report->figures.items[value->figure];
}

static bool is_one_number(const dsr_figure *a, const dsr_figure *b)
{
    return a->has_value == b->has_value && a->has_low == b->has_low && a->has_high == b->has_high &&
           (!a->has_value || dsr_decimal_compare(a->value, b->value) == 0) &&
           (!a->has_low || dsr_decimal_compare(a->low, b->low) == 0) &&
           (!a->has_high || dsr_decimal_compare(a->high, b->high) == 0);
}

/* Values stand in order: a number that both have stands beside itself. */
static bool has_moved(const differ *d, const dsr_story_figure *group)
{
    bool old = false, moved = false;
    for (size_t i = 0; i < group->values.count; i++) {
        old = old || !d->out->is_new[group->values.items[i].carrier.report];
    }
    for (size_t i = 0; old && !moved && i < group->values.count; i++) {
        const dsr_figure_value *value = &group->values.items[i];
        if (!d->out->is_new[value->carrier.report]) {
            continue;
        }
        moved = true;
        for (size_t k = 0; moved && k < group->values.count; k++) {
            const dsr_figure_value *other = &group->values.items[k];
            bool was = !d->out->is_new[other->carrier.report];
            moved = !(was && is_one_number(figure_of(d, value), figure_of(d, other)));
        }
    }
    return moved;
}

static dsr_status compare_quote(differ *d, uint32_t index)
{
    const dsr_story_quote *quote = &d->after->quotes.items[index];
    for (size_t i = 0; i < quote->variants.count; i++) {
        if (!d->out->is_new[quote->variants.items[i].report]) {
            return DSR_OK;
        }
    }
    return push(d, &d->out->quotes, index);
}

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The places of the sides, in order. */
static dsr_status list_places(differ *d, const dsr_story *story, const dsr_disagreement *one, uint64_t **out)
{
    uint64_t *places = dsr_arena_alloc_array(d->arena, one->sides.count + 1, sizeof *places);
    if (places == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < one->sides.count; i++) {
        const dsr_carrier *c = &one->sides.items[i].carrier;
        places[i] = place_key(story, c->report, c->at.start);
    }
    if (one->sides.count > 1) {
        qsort(places, one->sides.count, sizeof *places, by_number);
    }
    *out = places;
    return DSR_OK;
}

static size_t count_shared(const uint64_t *a, size_t count_a, const uint64_t *b, size_t count_b)
{
    size_t shared = 0;
    for (size_t i = 0, k = 0; i < count_a && k < count_b;) {
        shared += a[i] == b[k];
        size_t step = a[i] <= b[k];
        k += b[k] <= a[i];
        i += step;
    }
    return shared;
}

/* A disagreement was there before where one of its kind had two of its sides. */
static dsr_status compare_disagreements(differ *d)
{
    size_t was = d->before != NULL ? d->before->disagreements.count : 0;
    uint64_t **places = dsr_arena_alloc_array(d->arena, was + 1, sizeof *places);
    dsr_status status = places != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < was; i++) {
        status = list_places(d, d->before, &d->before->disagreements.items[i], &places[i]);
    }
    for (uint32_t i = 0; status == DSR_OK && i < d->after->disagreements.count; i++) {
        const dsr_disagreement *one = &d->after->disagreements.items[i];
        uint64_t *own = NULL;
        bool fresh = false;
        for (size_t k = 0; k < one->sides.count; k++) {
            fresh = fresh || d->out->is_new[one->sides.items[k].carrier.report];
        }
        status = fresh ? list_places(d, d->after, one, &own) : DSR_OK;
        for (size_t k = 0; status == DSR_OK && fresh && k < was; k++) {
            const dsr_disagreement *other = &d->before->disagreements.items[k];
            fresh = other->kind != one->kind ||
                    count_shared(own, one->sides.count, places[k], other->sides.count) < 2;
        }
        if (status == DSR_OK && fresh) {
            status = push(d, &d->out->disagreements, i);
        }
    }
    return status;
}

static dsr_status mark_reports(differ *d, const dsr_moment *since)
{
    size_t count = d->after->reports.count;
    bool *is_new = dsr_arena_alloc_array(d->arena, count + 1, sizeof *is_new);
    if (is_new == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        is_new[i] = dsr_moment_is_since(&d->after->reports.items[i].report->meta.published, since);
        d->out->reports += is_new[i];
    }
    d->out->is_new = is_new;
    return DSR_OK;
}

dsr_status dsr_diff_make(dsr_arena *arena, const dsr_story *before, const dsr_story *after,
                         const dsr_moment *since, dsr_story_diff *out)
{
    dsr_story_diff diff = {.story = after, .since = *since};
    differ d = {.arena = arena, .before = before, .after = after, .out = &diff};
    dsr_status status = mark_reports(&d, since);
    if (status == DSR_OK) {
        status = know_places(&d);
    }
    for (uint32_t i = 0; status == DSR_OK && i < after->statements.count; i++) {
        status = compare_statement(&d, i);
    }
    for (uint32_t i = 0; status == DSR_OK && i < after->figures.count; i++) {
        if (has_moved(&d, &after->figures.items[i])) {
            status = push(&d, &diff.figures, i);
        }
    }
    for (uint32_t i = 0; status == DSR_OK && i < after->quotes.count; i++) {
        status = compare_quote(&d, i);
    }
    if (status == DSR_OK) {
        status = compare_disagreements(&d);
    }
    dsr_map_drop(d.places);
    if (status == DSR_OK) {
        *out = diff;
    }
    return status;
}
