/* Which stories a report could belong to, and how well it goes with each: a logistic classifier in whole
 * numbers over what they share in words, title, lead and names, on the average over the story's reports. */
#include "story/stream_parts.h"

#include <string.h>

/* Weights in thousandths, by logistic regression over pairs of a report and a story that came before it
 * (doc/stream.md has the data, the folds and the figures). */
static const int64_t weight_of[STREAM_SPACES] = {7470, 3620, 6540, 5980};
enum {
    OPENING = -6030,
    NEAR_DAYS = 3, /* days between a report and a story that cost nothing */
    DAY_COST = 50, /* of each further day within the window */
    CACHE_LINE = 64,
    COST_MOST = 100000,
    FAR_COST = 5 /* of each day past it: a story still open takes a report of another season only where
                    nearly all its words say so */
};

static uint32_t tally_home(uint32_t place)
{
    return (place * UINT32_C(2654435761)) >> 19 & (TALLY_ROOM - 1);
}

static void tally_add(tally *t, uint32_t place, uint32_t score)
{
    uint32_t at = tally_home(place);
    while (t->scores[at] && t->places[at] != place) {
        at = (at + 1) & (TALLY_ROOM - 1);
    }
    if (!t->scores[at]) {
        t->places[at] = place;
        t->used[t->count++] = (uint16_t)at;
    }
    t->scores[at] += score;
}

static bool is_better(const dsr_stream *stream, uint32_t place, uint32_t other)
{
    const stream_story *a = &stream->stories[place], *b = &stream->stories[other];
    return a->number < b->number;
}

/* The highest scores; of equals the story opened first. Empties the table. */
static void take_best(dsr_stream *stream, candidates *out)
{
    tally *t = stream->tally;
    uint32_t scores[CANDIDATES];
    out->count = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        const uint32_t score = t->scores[t->used[i]], place = t->places[t->used[i]];
        uint32_t at = out->count;
        while (at > 0 && (score > scores[at - 1] ||
                          (score == scores[at - 1] && is_better(stream, place, out->places[at - 1])))) {
            at--;
        }
        if (at == CANDIDATES) {
            continue;
        }
        uint32_t last = out->count < CANDIDATES ? out->count++ : CANDIDATES - 1;
        memmove(&scores[at + 1], &scores[at], (last - at) * sizeof *scores);
        memmove(&out->places[at + 1], &out->places[at], (last - at) * sizeof *scores);
        scores[at] = score;
        out->places[at] = place;
    }
    for (uint32_t i = 0; i < t->count; i++) {
        t->scores[t->used[i]] = 0;
    }
    t->count = 0;
}

/* Memory is far: the slots of all terms are asked for first, then their lists, then what stands in them. */
static uint32_t find_slots(const dsr_stream *stream, const stream_profile *profile,
                           const term_slot *slots[LOOKUP_MOST], uint32_t weights[LOOKUP_MOST])
{
    uint32_t at[LOOKUP_MOST], count = 0, found = 0;
    for (uint32_t i = 0; i < profile->count && count < LOOKUP_MOST; i++) {
        if (profile->flags[i] & TERM_INDEXED) {
            at[count++] = i;
            dsr_stream_table_fetch(&stream->table, profile->keys[i]);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint16_t *w = profile->weights[at[i]];
        const term_slot *slot = dsr_stream_table_find(&stream->table, profile->keys[at[i]]);
        if (slot && slot->list) {
            slots[found] = slot;
            weights[found++] = 1u + w[0] + w[1] / 2u + w[2] / 2u;
            __builtin_prefetch(&stream->table.cells[slot->list]);
        }
    }
    return found;
}

void dsr_stream_find_candidates(dsr_stream *stream, const stream_profile *profile, candidates *out)
{
    const term_slot *slots[LOOKUP_MOST];
    uint32_t weights[LOOKUP_MOST];
    const uint32_t found = find_slots(stream, profile, slots, weights);
    for (uint32_t i = 0; i < found; i++) {
        uint32_t count = 0;
        const uint32_t *items = dsr_stream_list_items(&stream->table, slots[i], &count);
        for (uint32_t k = 0; k < count; k++) {
            tally_add(stream->tally, items[k], weights[i]);
        }
    }
    take_best(stream, out);
    for (uint32_t i = 0; i < out->count; i++) {
        const stream_terms *t = &stream->stories[out->places[i]].terms;
        for (uint32_t k = 0; k < t->count; k += CACHE_LINE / sizeof *t->keys) {
            __builtin_prefetch(&t->keys[k]);
        }
    }
}

/* Products in all spaces. */
typedef struct products {
    int64_t of[STREAM_SPACES];
} products;

static products multiply(const stream_terms *a, const stream_terms *b)
{
    products p = {{0}};
    uint32_t i = 0, k = 0;
    while (i < a->count && k < b->count) {
        const uint32_t x = a->keys[i], y = b->keys[k];
        if (x == y) {
            const uint16_t *v = a->weights[i], *w = b->weights[k];
            p.of[a->flags[i] & TERM_NAME ? SPACE_NAMES : SPACE_WORDS] += (int64_t)v[0] * w[0];
            p.of[SPACE_TITLE] += (int64_t)v[1] * w[1];
            p.of[SPACE_LEAD] += (int64_t)v[2] * w[2];
        }
        i += x <= y;
        k += y <= x;
    }
    return p;
}

static int32_t part(int space, int64_t product, uint64_t pairs)
{
    const int64_t unit = (int64_t)STREAM_UNIT * STREAM_UNIT;
    /* The average first: it is at most the unit, whatever the size of the stories. */
    return pairs && product > 0 ? (int32_t)(product / (int64_t)pairs * weight_of[space] / unit) : 0;
}

static int32_t days_cost(int32_t first, int32_t last, const stream_story *story, uint32_t window)
{
    int64_t gap = last < story->first   ? (int64_t)story->first - last
                  : first > story->last ? (int64_t)first - story->last
                                        : 0;
    const int64_t far = gap > (int64_t)window ? gap - (int64_t)window : 0;
    const int64_t cost = gap > NEAR_DAYS ? (gap - far - NEAR_DAYS) * DAY_COST + far * FAR_COST : 0;
    return cost < COST_MOST ? -(int32_t)cost : -COST_MOST;
}

static dsr_stream_score add_up(uint32_t number, const int32_t parts[STREAM_SPACES], int32_t dates)
{
    dsr_stream_score s = {.story = number,
                          .words = parts[SPACE_WORDS],
                          .title = parts[SPACE_TITLE],
                          .lead = parts[SPACE_LEAD],
                          .names = parts[SPACE_NAMES],
                          .dates = dates};
    s.score = OPENING + s.words + s.title + s.lead + s.names + s.dates;
    return s;
}

static stream_terms terms_of(const stream_profile *p, stream_profile *copy)
{
    *copy = *p;
    return dsr_stream_profile_terms(copy);
}

dsr_stream_score dsr_stream_score_report(const dsr_stream *stream, const stream_profile *profile,
                                         const stream_story *story, const stream_profile *without)
{
    stream_profile copy;
    const stream_terms terms = terms_of(profile, &copy);
    products p = multiply(&terms, &story->terms), own = {{0}};
    int32_t parts[STREAM_SPACES];
    if (without) {
        own = multiply(&terms, &terms);
    }
    for (int k = 0; k < STREAM_SPACES; k++) {
        uint64_t voices = story->voices[k];
        voices -= voices && without && (k == SPACE_WORDS || without->has[k]);
        parts[k] = part(k, p.of[k] * ((int64_t)1 << story->shift) - own.of[k], voices);
    }
    bool dated = profile->dated && story->dated;
    return add_up(story->number, parts,
                  dated ? days_cost(profile->day, profile->day, story, stream->options.window_days) : 0);
}

dsr_stream_score dsr_stream_score_stories(const dsr_stream *stream, const stream_story *one,
                                          const stream_story *other)
{
    const products p = multiply(&one->terms, &other->terms);
    int32_t parts[STREAM_SPACES];
    for (int k = 0; k < STREAM_SPACES; k++) {
        uint64_t pairs = (uint64_t)one->voices[k] * other->voices[k];
        int shift = one->shift + other->shift;
        /* Products of sums stay below 2^41; what would not fit is taken off the divisor instead. */
        for (; shift > 16; shift--) {
            pairs = (pairs + 1) / 2;
        }
        parts[k] = part(k, p.of[k] * ((int64_t)1 << shift), pairs);
    }
    bool dated = one->dated && other->dated;
    return add_up(other->number, parts,
                  dated ? days_cost(one->first, one->last, other, stream->options.window_days) : 0);
}

size_t dsr_stream_share(const stream_profile *profile, const stream_story *story,
                        dsr_stream_shared shared[DSR_STREAM_SHARED])
{
    size_t count = 0;
    const stream_terms *t = &story->terms;
    for (uint32_t i = 0, k = 0; i < profile->count && k < t->count;) {
        const uint32_t x = profile->keys[i], y = t->keys[k];
        if (x == y) {
            const uint16_t *v = profile->weights[i], *w = t->weights[k];
            const bool name = profile->flags[i] & TERM_NAME;
            const int64_t scale = (int64_t)1 << story->shift;
            dsr_stream_shared one = {x, name, 0};
            const int first = name ? SPACE_NAMES : SPACE_WORDS;
            one.weight = part(first, (int64_t)v[0] * w[0] * scale, story->voices[first]) +
                         part(SPACE_TITLE, (int64_t)v[1] * w[1] * scale, story->voices[SPACE_TITLE]) +
                         part(SPACE_LEAD, (int64_t)v[2] * w[2] * scale, story->voices[SPACE_LEAD]);
            size_t at = count;
            while (at > 0 && one.weight > shared[at - 1].weight) {
                at--;
            }
            if (at < DSR_STREAM_SHARED && one.weight > 0) {
                count += count < DSR_STREAM_SHARED;
                memmove(&shared[at + 1], &shared[at], (count - 1 - at) * sizeof *shared);
                shared[at] = one;
            }
        }
        i += x <= y;
        k += y <= x;
    }
    return count;
}
