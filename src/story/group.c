/* Reports -> stories: a single pass in the order of intake that joins each report to the story it is nearest
 * to on the average (group average linkage), then a pass that lets stories merge, then one that lets reports
 * change over. Joining too much is the worse error: it claims that two newsrooms bear each other out. */
#include "story/story_group.h"

#include "story/sums.h"

#include <stdlib.h>
#include <string.h>

enum {
    SCALE = 1000,
    JOIN = 200,       /* thousandths of likeness on the average from which a report joins a story */
    MERGE = 220,      /* the same for two stories */
    CHANGE = 20,      /* by how much another story must be nearer before a report changes over */
    NEAR_DAYS = 3,    /* days between a report and a story that cost nothing */
    FAR_DAYS = 30,    /* days at which likeness counts a third only */
    LAST_DAYS = 90,   /* days from which it counts nothing: another story of the same kind */
    TIE_STRONG = 500, /* thousandths copied: such a report tells the same story, whatever else it says */
    TIE_COPY = 800,   /* thousandths copied: such a report is no voice of its own */
    TIE_BONUS = 2     /* likeness that a strong tie adds, as a part of its share: share / TIE_BONUS */
};

typedef struct grouping {
    const dsr_story_terms *reports;
    size_t count;
    const dsr_story_tie *ties; /* by second; those of report i are tie_first[i] .. tie_first[i + 1] */
    uint32_t *tie_first;
    dsr_vector *vectors;
    dsr_sums sums;
    struct story_days {
        bool some;
        int32_t first, last;
    } * days;
    uint32_t *story; /* of each report */
    bool *voice;     /* whether the report is in its story's sum */
    uint32_t stories;
    const dsr_cancel *cancel;
} grouping;

static bool is_cancelled(const grouping *g)
{
    return g->cancel && atomic_load(&g->cancel->raised);
}

/* Likeness of an average product in thousandths: vectors have length DSR_VECTOR_UNIT. */
static int64_t likeness(int64_t product, uint64_t pairs)
{
    /* The average first: the product of two large stories, times a thousand, would not fit. */
    return product / (int64_t)(pairs ? pairs : 1) * SCALE / ((int64_t)DSR_VECTOR_UNIT * DSR_VECTOR_UNIT);
}

/* Likeness fades with the days between: whole up to NEAR_DAYS, a third at FAR_DAYS, nothing from LAST_DAYS
 * on. Undated reports do not fade. */
static int64_t fade(int64_t value, int32_t days)
{
    if (days <= NEAR_DAYS) {
        return value;
    }
    if (days <= FAR_DAYS) {
        return value - value * 2 * (days - NEAR_DAYS) / (3 * (FAR_DAYS - NEAR_DAYS));
    }
    return days < LAST_DAYS ? value * (LAST_DAYS - days) / (3 * (LAST_DAYS - FAR_DAYS)) : 0;
}

static int32_t days_between(const struct story_days *story, int32_t first, int32_t last)
{
    if (last < story->first) {
        return story->first - last;
    }
    return first > story->last ? first - story->last : 0;
}

static int64_t fade_for(const grouping *g, uint32_t story, size_t report, int64_t value)
{
    const dsr_story_terms *r = &g->reports[report];
    const struct story_days *d = &g->days[story];
    return r->has_day && d->some ? fade(value, days_between(d, r->day, r->day)) : value;
}

static void widen_days(struct story_days *d, int32_t first, int32_t last)
{
    d->first = d->some && d->first < first ? d->first : first;
    d->last = d->some && d->last > last ? d->last : last;
    d->some = true;
}

static dsr_status put_report(grouping *g, size_t i, uint32_t story)
{
    g->story[i] = story;
    if (g->reports[i].has_day) {
        widen_days(&g->days[story], g->reports[i].day, g->reports[i].day);
    }
    return g->voice[i] ? dsr_sums_add(&g->sums, story, &g->vectors[i], 1) : DSR_OK;
}

/* The tie of report i to an earlier one that is strongest; NULL where it has none worth a bonus. */
static const dsr_story_tie *strongest_tie(const grouping *g, size_t i, uint32_t *share)
{
    const dsr_story_tie *best = NULL;
    *share = 0;
    for (uint32_t k = g->tie_first[i]; k < g->tie_first[i + 1]; k++) {
        const dsr_story_tie *t = &g->ties[k];
        /* The smaller share: a digest holds many whole reports and tells the story of none. */
        uint32_t smaller = t->share_of_first < t->share_of_second ? t->share_of_first : t->share_of_second;
        if (smaller > *share) {
            best = t;
            *share = smaller;
        }
    }
    return *share >= TIE_STRONG ? best : NULL;
}

typedef struct choice {
    uint32_t story;
    int64_t likeness;
} choice;

static choice choose_story(grouping *g, size_t i)
{
    dsr_candidate best[DSR_SUMS_BEST];
    size_t count = dsr_sums_candidates(&g->sums, &g->vectors[i], best);
    choice c = {UINT32_MAX, 0};
    for (size_t k = 0; k < count; k++) {
        int64_t value = fade_for(g, best[k].story, i, likeness(best[k].product, best[k].voices));
        if (value > c.likeness) {
            c = (choice){best[k].story, value};
        }
    }
    return c;
}

/* The single pass. */
static dsr_status join_reports(grouping *g)
{
    for (size_t i = 0; i < g->count; i++) {
        if (is_cancelled(g)) {
            return DSR_ERR_CANCELLED;
        }
        choice c = choose_story(g, i);
        uint32_t share = 0;
        const dsr_story_tie *tie = strongest_tie(g, i, &share);
        g->voice[i] = true;
        if (tie) {
            uint32_t story = g->story[tie->first];
            dsr_vector *v = &g->vectors[i];
            int64_t value = likeness(dsr_sums_product(&g->sums, story, v), g->sums.stories[story].voices);
            value += share / TIE_BONUS;
            if (value >= c.likeness) {
                c = (choice){story, value};
            }
            g->voice[i] = share < TIE_COPY || c.story != story;
        }
        bool joins = c.story != UINT32_MAX && c.likeness >= JOIN;
        dsr_status status = put_report(g, i, joins ? c.story : g->stories);
        if (status != DSR_OK) {
            return status;
        }
        g->stories += !joins;
    }
    return DSR_OK;
}

/* Reports of each story, as chains: first_of[story], next_of[report]; UINT32_MAX ends one. */
typedef struct members {
    uint32_t *first_of, *next_of;
} members;

static dsr_status list_members(dsr_arena *arena, const grouping *g, members *out)
{
    members m = {dsr_arena_alloc_array(arena, (size_t)g->stories + 1, sizeof(uint32_t)),
                 dsr_arena_alloc_array(arena, g->count + 1, sizeof(uint32_t))};
    if (!m.first_of || !m.next_of) {
        return DSR_ERR_MEMORY;
    }
    memset(m.first_of, 0xff, ((size_t)g->stories + 1) * sizeof *m.first_of);
    for (size_t i = g->count; i-- > 0;) {
        m.next_of[i] = m.first_of[g->story[i]];
        m.first_of[g->story[i]] = (uint32_t)i;
    }
    *out = m;
    return DSR_OK;
}

/* How near two stories are: the average over all pairs of their voices. */
static int64_t story_likeness(const grouping *g, const members *m, uint32_t one, uint32_t other)
{
    int64_t product = 0;
    for (uint32_t i = m->first_of[one]; i != UINT32_MAX; i = m->next_of[i]) {
        product += g->voice[i] ? dsr_sums_product(&g->sums, other, &g->vectors[i]) : 0;
    }
    uint64_t pairs = (uint64_t)g->sums.stories[one].voices * g->sums.stories[other].voices;
    int64_t value = likeness(product, pairs);
    const struct story_days *d = &g->days[one];
    return d->some && g->days[other].some ? fade(value, days_between(&g->days[other], d->first, d->last))
                                          : value;
}

/* Moves all reports of a story into another. */
static dsr_status merge_into(grouping *g, members *m, uint32_t from, uint32_t into)
{
    uint32_t last = UINT32_MAX;
    for (uint32_t i = m->first_of[from]; i != UINT32_MAX; i = m->next_of[i]) {
        dsr_status status = g->voice[i] ? dsr_sums_add(&g->sums, from, &g->vectors[i], -1) : DSR_OK;
        if (status == DSR_OK) {
            status = put_report(g, i, into);
        }
        if (status != DSR_OK) {
            return status;
        }
        last = i;
    }
    if (last != UINT32_MAX) {
        m->next_of[last] = m->first_of[into];
        m->first_of[into] = m->first_of[from];
        m->first_of[from] = UINT32_MAX;
    }
    return DSR_OK;
}

/* Lets each story join an earlier one: what the single pass parted because the reports between came later.
 * Candidates are those of the story's first report. */
static dsr_status merge_stories(dsr_arena *arena, grouping *g)
{
    members m;
    dsr_status status = list_members(arena, g, &m);
    for (uint32_t story = 1; status == DSR_OK && story < g->stories; story++) {
        uint32_t opener = m.first_of[story];
        if (is_cancelled(g)) {
            return DSR_ERR_CANCELLED;
        }
        if (opener == UINT32_MAX) {
            continue;
        }
        dsr_candidate best[DSR_SUMS_BEST];
        size_t count = dsr_sums_candidates(&g->sums, &g->vectors[opener], best);
        choice c = {UINT32_MAX, 0};
        for (size_t k = 0; k < count; k++) {
            bool earlier = best[k].story < story && m.first_of[best[k].story] != UINT32_MAX;
            int64_t value = earlier ? story_likeness(g, &m, story, best[k].story) : 0;
            c = value > c.likeness ? (choice){best[k].story, value} : c;
        }
        if (c.story != UINT32_MAX && c.likeness >= MERGE) {
            status = merge_into(g, &m, story, c.story);
        }
    }
    return status;
}

/* Lets each report change over to a story that is clearly nearer than its own is without it. */
static dsr_status change_over(grouping *g)
{
    for (size_t i = 0; i < g->count; i++) {
        uint32_t share = 0;
        if (is_cancelled(g)) {
            return DSR_ERR_CANCELLED;
        }
        if (!g->voice[i] || strongest_tie(g, i, &share)) {
            continue;
        }
        uint32_t own = g->story[i];
        dsr_status status = dsr_sums_add(&g->sums, own, &g->vectors[i], -1);
        if (status != DSR_OK) {
            return status;
        }
        choice c = choose_story(g, i);
        int64_t here = 0;
        if (g->sums.stories[own].voices) {
            int64_t product = dsr_sums_product(&g->sums, own, &g->vectors[i]);
            here = fade_for(g, own, i, likeness(product, g->sums.stories[own].voices));
        }
        bool moves =
            c.story != UINT32_MAX && c.story != own && c.likeness >= JOIN && c.likeness >= here + CHANGE;
        status = put_report(g, i, moves ? c.story : own);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static int compare_ties(const void *x, const void *y)
{
    const dsr_story_tie *a = x, *b = y;
    if (a->second != b->second) {
        return a->second < b->second ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

static dsr_status index_ties(dsr_arena *arena, grouping *g, const dsr_story_tie *ties, size_t count)
{
    dsr_story_tie *sorted = dsr_arena_alloc_array(arena, count + 1, sizeof *sorted);
    g->tie_first = dsr_arena_alloc_array(arena, g->count + 2, sizeof *g->tie_first);
    if (!sorted || !g->tie_first) {
        return DSR_ERR_MEMORY;
    }
    if (count) {
        memcpy(sorted, ties, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, compare_ties);
    }
    size_t at = 0;
    for (size_t i = 0; i <= g->count; i++) {
        while (at < count && sorted[at].second < i) {
            at++;
        }
        g->tie_first[i] = (uint32_t)at;
    }
    g->ties = sorted;
    return DSR_OK;
}

static dsr_status open_grouping(dsr_arena *arena, grouping *g, uint32_t background_size)
{
    uint32_t stems = 0;
    g->vectors = dsr_arena_alloc_array(arena, g->count + 1, sizeof *g->vectors);
    g->days = dsr_arena_alloc_array(arena, g->count + 1, sizeof *g->days);
    g->story = dsr_arena_alloc_array(arena, g->count + 1, sizeof *g->story);
    g->voice = dsr_arena_alloc_array(arena, g->count + 1, sizeof *g->voice);
    if (!g->vectors || !g->days || !g->story || !g->voice) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = dsr_vectors_build(arena, g->reports, g->count, background_size, g->vectors, &stems);
    return status == DSR_OK ? dsr_sums_open(arena, stems, g->count, &g->sums) : status;
}

/* Stories by the order of their first reports. */
static dsr_status number_stories(dsr_arena *arena, const grouping *g, uint32_t *group)
{
    uint32_t *number = dsr_arena_alloc_array(arena, (size_t)g->stories + 1, sizeof *number);
    if (!number) {
        return DSR_ERR_MEMORY;
    }
    uint32_t next = 0;
    for (size_t i = 0; i < g->count; i++) {
        uint32_t *n = &number[g->story[i]];
        *n = *n ? *n : ++next;
        group[i] = *n - 1;
    }
    return DSR_OK;
}

static dsr_status run_grouping(dsr_arena *arena, grouping *g, uint32_t *group)
{
    dsr_status status = join_reports(g);
    if (status == DSR_OK) {
        status = merge_stories(arena, g);
    }
    if (status == DSR_OK) {
        status = change_over(g);
    }
    return status == DSR_OK ? number_stories(arena, g, group) : status;
}

dsr_status dsr_story_group(const dsr_story_terms *reports, size_t count, dsr_story_ties ties,
                           uint32_t background_size, const dsr_cancel *cancel, uint32_t *group)
{
    dsr_arena *arena = dsr_arena_new(0);
    if (!arena) {
        return DSR_ERR_MEMORY;
    }
    grouping g = {.reports = reports, .count = count, .cancel = cancel};
    dsr_status status = index_ties(arena, &g, ties.items, ties.count);
    if (status == DSR_OK) {
        status = open_grouping(arena, &g, background_size);
    }
    if (status == DSR_OK) {
        status = run_grouping(arena, &g, group);
        dsr_sums_close(&g.sums);
    }
    dsr_arena_drop(arena);
    return status;
}
