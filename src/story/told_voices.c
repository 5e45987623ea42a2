/* Who tells something by himself: carriers of one report or of one copied text are one voice. Must not know
 * what they tell. */
#include "story/told.h"

dsr_status dsr_told_rank(dsr_told *told)
{
    size_t count = told->story->reports.count;
    told->rank = dsr_arena_alloc_array(told->arena, count + 1, sizeof *told->rank);
    if (told->rank == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        const dsr_meta *meta = &told->story->reports.items[i].report->meta;
        told->rank[i] =
            (dsr_told_rank_of){.nameless = meta->agencies.count == 0,
                               .date = meta->published.iso.len > 0 ? meta->published.latest : INT64_MAX,
                               .id = told->story->reports.items[i].report->id,
                               .report = (uint32_t)i};
    }
    for (size_t i = 0; i < told->story->reuse.count; i++) {
        const dsr_reuse *r = &told->story->reuse.items[i];
        if (r->direction == DSR_DIRECTION_FROM_TO) {
            told->rank[r->to].took = true;
        } else if (r->direction == DSR_DIRECTION_TO_FROM) {
            told->rank[r->from].took = true;
        }
    }
    return DSR_OK;
}

/* Whether `a` is the likelier source of a text that both carry: who took nothing, who credits an agency by
 * name, who appeared first. */
static bool leads(const dsr_told_rank_of *a, const dsr_told_rank_of *b)
{
    if (a->took != b->took) {
        return !a->took;
    }
    if (a->nameless != b->nameless) {
        return !a->nameless;
    }
    if (a->date != b->date) {
        return a->date < b->date;
    }
    int order = dsr_id_compare(a->id, b->id); /* whatever the order of intake */
    return order != 0 ? order < 0 : a->report < b->report;
}

static uint32_t root_of(dsr_voiced *items, uint32_t at)
{
    while (items[at].up != at) {
        items[at].up = items[items[at].up].up;
        at = items[at].up;
    }
    return at;
}

/* Ties each item to the first that has its number in the map. */
static dsr_status tie(dsr_map *firsts, dsr_voiced *items, uint32_t at, uint64_t number)
{
    uint32_t first;
    dsr_status status = dsr_map_intern(firsts, number, at, &first);
    if (status == DSR_OK) {
        uint32_t a = root_of(items, first), b = root_of(items, at);
        items[a > b ? a : b].up = a < b ? a : b;
    }
    return status;
}

/* Numbers the voices in the order of their first carriers; a root's carrier holds the number. */
static void number(dsr_told *told, dsr_voiced *items, uint32_t count, dsr_voice_count *out)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t root = root_of(items, i);
        if (root == i) {
            items[i].carrier->voice = out->independent++;
            items[i].lead = i;
            continue;
        }
        items[i].carrier->voice = items[root].carrier->voice;
        if (leads(&told->rank[items[i].carrier->report],
                  &told->rank[items[items[root].lead].carrier->report])) {
            items[root].lead = i;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t lead = items[root_of(items, i)].lead;
        items[i].carrier->lead = items[i].carrier->report == items[lead].carrier->report;
    }
}

dsr_status dsr_told_voices(dsr_told *told, dsr_voiced *items, uint32_t count, dsr_voice_count *out)
{
    dsr_map *firsts = dsr_map_new(2 * (size_t)count);
    dsr_status status = firsts != NULL ? DSR_OK : DSR_ERR_MEMORY;
    dsr_voice_count counted = {0, 0};
    for (uint32_t i = 0; i < count; i++) {
        items[i].up = i;
    }
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        uint64_t report = items[i].carrier->report;
        counted.reports += dsr_map_get(firsts, report << 1) == DSR_MAP_NONE;
        status = tie(firsts, items, i, report << 1);
        if (status == DSR_OK) {
            status = tie(firsts, items, i, (uint64_t)items[i].text << 1 | 1);
        }
    }
    dsr_map_drop(firsts);
    if (status == DSR_OK) {
        number(told, items, count, &counted);
        *out = counted;
    }
    return status;
}
