/* Sums of stories behind an inverted index. Knows nothing of thresholds and days. */
#include "story/sums.h"

static uint64_t place_key(uint32_t stem, uint32_t story)
{
    return (uint64_t)stem << 32 | story;
}

dsr_status dsr_sums_open(dsr_arena *arena, uint32_t stems, size_t reports, dsr_sums *out)
{
    dsr_sums sums = {.arena = arena};
    sums.stems = dsr_arena_alloc_array(arena, (size_t)stems + 1, sizeof *sums.stems);
    sums.stories = dsr_arena_alloc_array(arena, reports + 1, sizeof *sums.stories);
    sums.places = dsr_map_new(reports * 64 + 64);
    if (!sums.stems || !sums.stories || !sums.places) {
        dsr_map_drop(sums.places);
        return DSR_ERR_MEMORY;
    }
    *out = sums;
    return DSR_OK;
}

void dsr_sums_close(dsr_sums *sums)
{
    dsr_map_drop(sums->places);
    sums->places = NULL;
}

/* The number of the entry of a stem in a story, made where it is missing. */
static dsr_status entry_of(dsr_sums *sums, uint32_t stem, uint32_t story, uint32_t *out)
{
    uint32_t next = (uint32_t)sums->entries.count;
    uint32_t number = 0;
    dsr_status status = DSR_LIST_RESERVE(sums->arena, &sums->entries, 1);
    if (status == DSR_OK) {
        status = dsr_map_intern(sums->places, place_key(stem, story), next, &number);
    }
    if (status != DSR_OK || number != next) {
        *out = number;
        return status;
    }
    sums->entries.items[sums->entries.count++] = (dsr_sum_entry){0, story};
    struct dsr_stem_stories *s = &sums->stems[stem];
    if (s->entries.count <= DSR_SUMS_COMMON) {
        status = DSR_LIST_RESERVE(sums->arena, &s->entries, 1);
        if (status == DSR_OK) {
            s->entries.items[s->entries.count++] = next;
        }
    }
    *out = next;
    return status;
}

dsr_status dsr_sums_add(dsr_sums *sums, uint32_t story, const dsr_vector *vector, int sign)
{
    for (size_t i = 0; i < vector->count; i++) {
        uint32_t number = 0;
        dsr_status status = entry_of(sums, vector->terms[i].term, story, &number);
        if (status != DSR_OK) {
            return status;
        }
        sums->entries.items[number].weight += (int64_t)sign * vector->terms[i].weight;
    }
    sums->stories[story].voices += (uint32_t)sign;
    return DSR_OK;
}

static int64_t weight_in(const dsr_sums *sums, uint32_t stem, uint32_t story)
{
    uint32_t number = dsr_map_get(sums->places, place_key(stem, story));
    return number == DSR_MAP_NONE ? 0 : sums->entries.items[number].weight;
}

int64_t dsr_sums_product(const dsr_sums *sums, uint32_t story, const dsr_vector *vector)
{
    int64_t product = 0;
    for (size_t i = 0; i < vector->count; i++) {
        product += vector->terms[i].weight * weight_in(sums, vector->terms[i].term, story);
    }
    return product;
}

static bool is_common(const dsr_sums *sums, uint32_t stem)
{
    return sums->stems[stem].entries.count > DSR_SUMS_COMMON;
}

/* Scores of all stories that share a stem which is not common; returns how many were touched. */
static size_t score_stories(dsr_sums *sums, const dsr_vector *vector)
{
    size_t touched = 0;
    for (size_t i = 0; i < vector->count; i++) {
        const struct dsr_stem_stories *s = &sums->stems[vector->terms[i].term];
        for (size_t k = 0; !is_common(sums, vector->terms[i].term) && k < s->entries.count; k++) {
            dsr_sum_entry entry = sums->entries.items[s->entries.items[k]];
            if (entry.weight <= 0) {
                continue;
            }
            if (!sums->stories[entry.story].score) {
                sums->stories[touched++].touched = entry.story;
            }
            sums->stories[entry.story].score += entry.weight * vector->terms[i].weight;
        }
    }
    return touched;
}

/* Whether `a` is nearer than `b` on the average of its voices; of equals the lower story number. */
static bool is_nearer(const dsr_candidate *a, const dsr_candidate *b)
{
    int64_t left = a->product * b->voices, right = b->product * a->voices;
    return left != right ? left > right : a->story < b->story;
}

static void keep_best(dsr_candidate best[DSR_SUMS_BEST], size_t *count, dsr_candidate candidate)
{
    size_t at = *count;
    while (at > 0 && is_nearer(&candidate, &best[at - 1])) {
        at--;
    }
    if (at == DSR_SUMS_BEST) {
        return;
    }
    size_t last = *count < DSR_SUMS_BEST ? (*count)++ : DSR_SUMS_BEST - 1;
    for (size_t i = last; i > at; i--) {
        best[i] = best[i - 1];
    }
    best[at] = candidate;
}

static void sort_by_story(dsr_candidate *best, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        dsr_candidate candidate = best[i];
        size_t at = i;
        for (; at > 0 && best[at - 1].story > candidate.story; at--) {
            best[at] = best[at - 1];
        }
        best[at] = candidate;
    }
}

size_t dsr_sums_candidates(dsr_sums *sums, const dsr_vector *vector, dsr_candidate best[DSR_SUMS_BEST])
{
    size_t touched = score_stories(sums, vector);
    size_t kept = 0;
    for (size_t i = 0; i < touched; i++) {
        uint32_t story = sums->stories[i].touched;
        keep_best(best, &kept,
                  (dsr_candidate){story, sums->stories[story].voices, sums->stories[story].score});
        sums->stories[story].score = 0;
    }
    for (size_t c = 0; c < kept; c++) {
        for (size_t i = 0; i < vector->count; i++) {
            if (is_common(sums, vector->terms[i].term)) {
                best[c].product +=
                    vector->terms[i].weight * weight_in(sums, vector->terms[i].term, best[c].story);
            }
        }
    }
    sort_by_story(best, kept);
    return kept;
}
