/* Which earlier reports share fingerprints with a new one: the carriers of each of its fingerprints are
 * gathered, the newest first, and each names its report. */
#include "compare/segments_parts.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "copies";

enum {
    FAR_PARTNERS = 8,    /* carriers of a capped fingerprint that are named */
    MASK_SEGMENTS = 64,  /* whose filters are asked; what lies further back is looked at */
    SERIES_CARRIERS = 8, /* of one outlet, from which on a fingerprint is furniture of its series */
    LOOKS_A_CHUNK = 4    /* without a filter, before one is built */
};

typedef struct finding {
    dsr_copies *copies;
    dsr_arena *arena;
    const dsr_copies_report *report;
    dsr_segment **segments; /* that the window reaches */
    size_t segment_count;
    dsr_map *places; /* number -> place among the candidates */
    dsr_copies_found *found;
    uint32_t numbers[DSR_SEGMENT_KEEP]; /* carriers of one fingerprint */
    bool same[DSR_SEGMENT_KEEP];        /* of the report's outlet */
    uint32_t count, same_count;
    dsr_error *error;
} finding;

static bool is_near(int64_t a, int64_t b, uint32_t window)
{
    return (a < b ? b - a : a - b) <= (int64_t)window;
}

static bool is_comparable(const finding *f, const dsr_copies_entry *entry)
{
    return f->report->dated && entry->dated
               ? is_near(f->report->day, entry->day, f->copies->window)
               : is_near(f->report->intake_day, entry->intake_day, f->copies->window);
}

static bool is_in_reach(const finding *f, const dsr_segment *segment)
{
    int64_t window = (int64_t)f->copies->window;
    if (f->report->dated && segment->dated) {
        int64_t first = (int64_t)segment->span * DSR_SEGMENT_SPAN_DAYS;
        return first <= f->report->day + window && first + DSR_SEGMENT_SPAN_DAYS > f->report->day - window;
    }
    return segment->intake_first <= f->report->intake_day + window &&
           segment->intake_last >= f->report->intake_day - window;
}

static dsr_status choose_segments(finding *f)
{
    dsr_copies *copies = f->copies;
    size_t count = 0;
    for (size_t i = 0; i < copies->segment_count; i++) {
        count += is_in_reach(f, copies->segments[i]);
    }
    f->segments = dsr_arena_alloc_array(f->arena, count, sizeof *f->segments);
    if (!f->segments) {
        return dsr_fail_memory(f->error, STAGE);
    }
    for (size_t i = 0; i < copies->segment_count; i++) {
        if (is_in_reach(f, copies->segments[i])) {
            copies->segments[i]->used = copies->clock;
            f->segments[f->segment_count++] = copies->segments[i];
        }
    }
    return DSR_OK;
}

/* A carrier of the fingerprint; it counts where it may be compared. There is room. */
static dsr_status gather_one(finding *f, uint32_t number)
{
    const dsr_copies_entry *entry = NULL;
    if (number == f->report->number || dsr_copies_is_dead(f->copies, number)) {
        return DSR_OK;
    }
    dsr_status status = dsr_copies_table_get(f->copies, number, &entry, f->error);
    if (status != DSR_OK) {
        return status;
    }
    if (!entry) {
        return dsr_copies_damaged(f->error, "report", number);
    }
    if (is_comparable(f, entry)) {
        bool same = f->report->outlet && entry->outlet == f->report->outlet;
        f->same[f->count] = same;
        f->same_count += same;
        f->numbers[f->count++] = number;
    }
    return DSR_OK;
}

static dsr_status gather_tail(finding *f, uint64_t print)
{
    const dsr_copies_tail *tail = &f->copies->tail;
    uint32_t at = tail->heads ? tail->heads[print & ((1u << DSR_SEGMENT_HEADS_BITS) - 1)] : 0;
    dsr_status status = DSR_OK;
    for (; status == DSR_OK && at && f->count < DSR_SEGMENT_KEEP; at = tail->prints[at - 1].next) {
        if (tail->prints[at - 1].print == print) {
            status = gather_one(f, tail->prints[at - 1].number);
        }
    }
    return status;
}

static dsr_status gather_segment(finding *f, dsr_segment *segment, uint64_t print)
{
    dsr_segment_group group;
    dsr_status status = DSR_OK;
    if (!segment->filter.words && segment->probes++ / LOOKS_A_CHUNK > segment->chunks) {
        segment->probes = 0;
        status = dsr_segment_filter_build(f->copies, segment, f->error);
    }
    if (status == DSR_OK) {
        status = dsr_segment_look(f->copies, segment, print, &group, f->error);
    }
    for (uint32_t i = 0; status == DSR_OK && i < group.count && f->count < DSR_SEGMENT_KEEP; i++) {
        status = gather_one(f, group.numbers[i]);
    }
    return status;
}

/* Fingerprints, and for each of them bits of the segments that may hold it. */
typedef struct asking {
    uint64_t *prints, *masks;
    size_t count;
} asking;

/* Those that the filter over all may hold, and their places among the others. */
static dsr_status choose_known(finding *f, const asking *all, asking *known, uint32_t **places)
{
    *places = dsr_arena_alloc_array(f->arena, all->count + 1, sizeof **places);
    known->prints = dsr_arena_alloc_array(f->arena, all->count + 1, sizeof *known->prints);
    known->masks = dsr_arena_alloc_array(f->arena, all->count + 1, sizeof *known->masks);
    if (!*places || !known->prints || !known->masks) {
        return dsr_fail_memory(f->error, STAGE);
    }
    dsr_print_filter_ask(&f->copies->all.filter, all->prints, all->count, 1, known->masks);
    for (size_t i = 0; i < all->count; i++) {
        known->prints[known->count] = all->prints[i];
        (*places)[known->count] = (uint32_t)i;
        known->count += known->masks[i] & 1;
    }
    memset(known->masks, 0, (all->count + 1) * sizeof *known->masks);
    return DSR_OK;
}

static void ask_segment(const dsr_segment *segment, uint64_t bit, const asking *a)
{
    if (segment->filter.words) {
        dsr_print_filter_ask(&segment->filter, a->prints, a->count, bit, a->masks);
        return;
    }
    for (size_t i = 0; i < a->count; i++) {
        a->masks[i] |= bit;
    }
}

/* The masks of the fingerprints, of the first MASK_SEGMENTS segments; in the arena. */
static dsr_status ask_filters(finding *f, uint64_t *prints, size_t count, uint64_t **out)
{
    asking all = {prints, dsr_arena_alloc_array(f->arena, count + 1, sizeof *all.masks), count};
    asking known = {NULL, NULL, 0};
    uint32_t *places = NULL;
    bool has_all = f->copies->all.filter.words != NULL;
    dsr_status status = all.masks ? DSR_OK : dsr_fail_memory(f->error, STAGE);
    if (status == DSR_OK && has_all) {
        status = choose_known(f, &all, &known, &places);
    }
    if (status != DSR_OK) {
        return status;
    }
    for (size_t s = 0; s < f->segment_count && s < MASK_SEGMENTS; s++) {
        ask_segment(f->segments[s], UINT64_C(1) << s, has_all && f->segments[s]->in_all ? &known : &all);
    }
    for (size_t i = 0; i < known.count; i++) {
        all.masks[places[i]] |= known.masks[i];
    }
    *out = all.masks;
    return DSR_OK;
}

static dsr_status gather(finding *f, uint64_t print, uint64_t mask)
{
    f->count = 0;
    f->same_count = 0;
    dsr_status status = gather_tail(f, print);
    for (size_t i = 0; status == DSR_OK && i < f->segment_count && f->count < DSR_SEGMENT_KEEP; i++) {
        if (i >= MASK_SEGMENTS || (mask >> i & 1)) {
            status = gather_segment(f, f->segments[i], print);
        }
    }
    return status;
}

static dsr_status name(finding *f, uint32_t number, bool series)
{
    uint32_t place = 0;
    uint32_t next = (uint32_t)f->found->candidates.count;
    if (dsr_map_intern(f->places, number, next, &place) != DSR_OK ||
        (place == next && DSR_LIST_RESERVE(f->arena, &f->found->candidates, 1) != DSR_OK)) {
        return dsr_fail_memory(f->error, STAGE);
    }
    if (place == next) {
        f->found->candidates.items[f->found->candidates.count++] = (dsr_copies_candidate){number, 0, 0};
    }
    dsr_copies_candidate *candidate = &f->found->candidates.items[place];
    candidate->shared += !series;
    candidate->series += series;
    return DSR_OK;
}

/* Gathers the carriers of each fingerprint and names them. carriers[i] becomes how many reports of the same
 * outlet carry the i-th where it is of the series, else 0. */
static dsr_status name_all(finding *f, uint64_t *prints, size_t count, uint32_t *carriers, size_t *of_series)
{
    uint64_t *masks = NULL;
    dsr_status status = ask_filters(f, prints, count, &masks);
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        status = gather(f, prints[i], masks[i]);
        bool series = f->same_count >= SERIES_CARRIERS;
        bool capped = f->count > DSR_LIMIT_COPY_PARTNERS;
        uint32_t named = capped ? FAR_PARTNERS : f->count;
        f->found->capped += capped;
        *of_series += series;
        carriers[i] = series ? f->same_count : 0;
        for (uint32_t k = 0; status == DSR_OK && k < named; k++) {
            status = name(f, f->numbers[k], series && f->same[k]);
        }
    }
    return status;
}

static int compare_candidates(const void *a, const void *b)
{
    dsr_copies_candidate x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    if (x.shared != y.shared) {
        return x.shared > y.shared ? -1 : 1;
    }
    return x.number > y.number ? -1 : x.number < y.number;
}

/* Leaves the best ones. Where the series makes up half of the report, it is no furniture. */
static void rank(dsr_copies_found *found, bool furniture)
{
    size_t kept = 0;
    for (size_t i = 0; i < found->candidates.count; i++) {
        dsr_copies_candidate candidate = found->candidates.items[i];
        if (!furniture) {
            candidate.shared += candidate.series;
            candidate.series = 0;
        }
        if (candidate.shared) {
            found->candidates.items[kept++] = candidate;
        }
    }
    if (kept > 1) {
        qsort(found->candidates.items, kept, sizeof *found->candidates.items, compare_candidates);
    }
    found->candidates.count = kept < DSR_LIMIT_COPY_PARTNERS ? kept : DSR_LIMIT_COPY_PARTNERS;
}

/* The place of a fingerprint among the distinct ones, where it surely is. */
static size_t find_place(const uint64_t *prints, size_t count, uint64_t print)
{
    size_t low = 0;
    while (count > 1) {
        size_t half = count / 2;
        low = prints[low + half] <= print ? low + half : low;
        count -= half;
    }
    return low;
}

/* Stretches of fingerprints of the series, in the order of the text. */
static dsr_status list_series(finding *f, const dsr_fingerprints *prints, const uint64_t *distinct,
                              size_t count, const uint32_t *carriers)
{
    bool open = false;
    for (size_t i = 0; i < prints->count; i++) {
        uint32_t here = carriers[find_place(distinct, count, prints->items[i] & DSR_SEGMENT_MAX_PRINT)];
        if (here && !open) {
            if (DSR_LIST_RESERVE(f->arena, &f->found->series, 1) != DSR_OK) {
                return dsr_fail_memory(f->error, STAGE);
            }
            f->found->series.items[f->found->series.count++] = (dsr_copies_series){.first = (uint32_t)i};
        }
        open = here > 0;
        if (open) {
            dsr_copies_series *run = &f->found->series.items[f->found->series.count - 1];
            run->last = (uint32_t)i + 1;
            run->carriers = here > run->carriers ? here : run->carriers;
        }
    }
    return DSR_OK;
}

static dsr_status find_with(finding *f, const dsr_fingerprints *prints, uint64_t *distinct, size_t count)
{
    uint32_t *carriers = dsr_arena_alloc_array(f->arena, count + 1, sizeof *carriers);
    if (!carriers) {
        return dsr_fail_memory(f->error, STAGE);
    }
    size_t of_series = 0;
    dsr_status status = choose_segments(f);
    if (status == DSR_OK) {
        status = dsr_copies_tend_all(f->copies, f->segments, f->segment_count, f->error);
    }
    if (status == DSR_OK) {
        status = name_all(f, distinct, count, carriers, &of_series);
    }
    if (status != DSR_OK) {
        return status;
    }
    bool furniture = of_series > 0 && 2 * of_series < count;
    rank(f->found, furniture);
    return furniture ? list_series(f, prints, distinct, count, carriers) : DSR_OK;
}

dsr_status dsr_copies_find(dsr_copies *copies, dsr_arena *arena, const dsr_copies_report *report,
                           const dsr_fingerprints *prints, dsr_copies_found *out, dsr_error *error)
{
    dsr_copies_found found = {.capped = 0};
    finding f = {.copies = copies, .arena = arena, .report = report, .found = &found, .error = error};
    uint64_t *distinct = NULL;
    size_t count = 0;
    copies->clock++;
    f.places = dsr_map_new(0);
    if (!f.places || dsr_copies_distinct(prints, &distinct, &count) != DSR_OK) {
        dsr_map_drop(f.places);
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = find_with(&f, prints, distinct, count);
    dsr_map_drop(f.places);
    free(distinct);
    if (status == DSR_OK) {
        *out = found;
    }
    return status;
}
