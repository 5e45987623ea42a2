/* A report -> what the stream remembers of it: the heaviest of its words, of its title, its lead and its
 * names, weighed by how rare they are in the background and in what came before. Knows nothing of stories. */
#include "base/sort.h"
#include "story/logarithm.h"
#include "story/stream_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    TITLE_FACTOR = 2,       /* a word of the title counts as if it stood that many times more */
    NAMES_BACKGROUND = 200, /* reports without a name that we take as read: no name is rare at the start */
    LOG_ONE = 1024,
    AHEAD = 12, /* terms whose slots are fetched while earlier ones are weighed */
    NAME_SEED = 0x6e616d65
};

uint64_t dsr_stream_hash_name(dsr_slice entity_id)
{
    return dsr_hash64(entity_id, NAME_SEED);
}

/* 32 bits are enough: a report is compared with stories of some hundred terms, and two that meet by chance
 * (one in 200,000 such comparisons) add the weight of one word. */
uint32_t dsr_stream_key(uint64_t hash)
{
    uint32_t key = (uint32_t)(hash ^ hash >> 32);
    return key ? key : 1;
}

dsr_status dsr_stream_take_names(dsr_arena *arena, const dsr_report *report, const dsr_stream_name **names,
                                 size_t *count)
{
    dsr_stream_name *list = dsr_arena_alloc_array(arena, report->entities.count + 1, sizeof *list);
    if (!list) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < report->names.count; i++) {
        uint32_t entity = report->names.items[i].entity;
        if (entity < report->entities.count) {
            list[entity].count++;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < report->entities.count; i++) {
        if (list[i].count) {
            list[kept++] =
                (dsr_stream_name){dsr_stream_hash_name(report->entities.items[i].id), list[i].count};
        }
    }
    *names = list;
    *count = kept;
    return DSR_OK;
}

static int32_t log_of(const dsr_stream *stream, uint64_t x)
{
    return x < sizeof stream->logs / sizeof *stream->logs ? stream->logs[x] : dsr_log2(x);
}

static dsr_status count_term(dsr_stream *stream, uint32_t key, bool count, uint32_t *df)
{
    term_slot *slot = NULL;
    if (!count) {
        slot = dsr_stream_table_find(&stream->table, key);
        *df = slot ? slot->df : 0;
        return DSR_OK;
    }
    dsr_status status = dsr_stream_table_take(&stream->table, key, &slot);
    if (status != DSR_OK) {
        return status;
    }
    slot->df += slot->df < UINT32_MAX / 4;
    *df = slot->df;
    return dsr_stream_note_count(stream, key);
}

/* rarity * (1 + log2 of how often). */
static int32_t weight(const dsr_stream *stream, int32_t rarity, uint64_t often)
{
    return often ? (int32_t)((int64_t)rarity * (LOG_ONE + log_of(stream, often)) / LOG_ONE) : 0;
}

static dsr_status weigh_words(dsr_stream *stream, const dsr_story_terms *terms, bool counts, size_t *count)
{
    const uint64_t texts = 2 * ((uint64_t)stream->options.background_size + stream->reports + 1) + 1;
    const int32_t all = log_of(stream, texts);
    for (size_t i = 0; i < terms->count; i++) {
        const struct dsr_story_term *t = &terms->items[i];
        if (i + AHEAD < terms->count) {
            dsr_stream_table_fetch(&stream->table, dsr_stream_key(terms->items[i + AHEAD].hash));
        }
        struct raw_term r = {.key = dsr_stream_key(t->hash)};
        uint32_t df = 0;
        dsr_status status = count_term(stream, r.key, counts, &df);
        if (status != DSR_OK) {
            return status;
        }
        int32_t rarity = all - log_of(stream, 2 * ((uint64_t)t->background + df) + 1);
        if (rarity <= 0) {
            continue;
        }
        const uint64_t title = (uint64_t)TITLE_FACTOR * t->in_title;
        r.words = weight(stream, rarity, t->count + title);
        r.title = t->in_title ? rarity : 0;
        r.lead = weight(stream, rarity, t->in_lead + title);
        stream->raw[(*count)++] = r;
    }
    return DSR_OK;
}

static dsr_status weigh_names(dsr_stream *stream, const dsr_stream_report *report, bool counts, size_t *count)
{
    const int32_t all = log_of(stream, 2 * ((uint64_t)NAMES_BACKGROUND + stream->reports + 1) + 1);
    for (size_t i = 0; i < report->name_count; i++) {
        struct raw_term r = {.key = dsr_stream_key(report->names[i].hash), .flags = TERM_NAME};
        uint32_t df = 0;
        dsr_status status = count_term(stream, r.key, counts, &df);
        if (status != DSR_OK) {
            return status;
        }
        int32_t rarity = all - log_of(stream, 2 * (uint64_t)df + 1);
        if (rarity > 0) {
            r.words = weight(stream, rarity, report->names[i].count);
            stream->raw[(*count)++] = r;
        }
    }
    return DSR_OK;
}

static uint64_t square_root(uint64_t x)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 62; bit; bit >>= 2) {
        if (x >= root + bit) {
            x -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

static int32_t *weight_in(struct raw_term *r, int space)
{
    return space == SPACE_TITLE ? &r->title : space == SPACE_LEAD ? &r->lead : &r->words;
}

typedef struct ranked {
    int32_t weight;
    uint32_t key, at;
} ranked;

static bool comes_before(const ranked *a, const ranked *b)
{
    return a->weight != b->weight ? a->weight > b->weight : a->key < b->key;
}

/* Puts `r` among the `most` heaviest in order. */
static void keep_ranked(ranked *list, size_t *count, size_t most, ranked r)
{
    if (*count == most) {
        if (!comes_before(&r, &list[most - 1])) {
            return;
        }
        (*count)--;
    }
    size_t at = (*count)++;
    while (at > 0 && comes_before(&r, &list[at - 1])) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = r;
}

static const uint8_t keep_of[STREAM_SPACES] = {KEEP_WORDS, KEEP_TITLE, KEEP_LEAD, KEEP_NAMES};
static const uint8_t look_up_of[STREAM_SPACES] = {LOOKUP_WORDS, LOOKUP_TITLE, 0, LOOKUP_NAMES};

/* Keeps the heaviest terms of one space, as a vector of length STREAM_UNIT. */
static bool keep_space(struct raw_term *raw, size_t count, int space)
{
    ranked best[KEEP_WORDS];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_name = raw[i].flags & TERM_NAME;
        int32_t w = *weight_in(&raw[i], space);
        if (w > 0 && is_name == (space == SPACE_NAMES)) {
            keep_ranked(best, &kept, keep_of[space], (ranked){w, raw[i].key, (uint32_t)i});
        }
    }
    uint64_t squares = 0;
    for (size_t i = 0; i < kept; i++) {
        squares += (uint64_t)((int64_t)best[i].weight * best[i].weight);
    }
    const int64_t length = (int64_t)square_root(squares);
    for (size_t i = 0; length && i < kept; i++) {
        struct raw_term *r = &raw[best[i].at];
        *weight_in(r, space) = (int32_t)((int64_t)best[i].weight * STREAM_UNIT / length);
        r->kept = (uint8_t)(r->kept | 1 << space);
        r->flags = (uint8_t)(r->flags | (i < look_up_of[space] ? TERM_INDEXED : 0));
    }
    return length > 0;
}

/* The kept terms by key, each as key << 32 | place, into `order`: how many. Of terms with one key the earlier
 * one comes first. */
static size_t order_kept(const struct raw_term *raw, size_t count, uint64_t order[PROFILE_TERMS])
{
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < PROFILE_TERMS; i++) {
        if (raw[i].kept) {
            order[kept++] = (uint64_t)raw[i].key << 32 | i;
        }
    }
    dsr_sort_u64(order, kept);
    return kept;
}

static void fill_profile(const struct raw_term *raw, size_t count, stream_profile *out)
{
    uint64_t order[PROFILE_TERMS];
    size_t kept = order_kept(raw, count, order);
    out->count = 0;
    for (size_t i = 0; i < kept; i++) {
        const struct raw_term *r = &raw[(uint32_t)order[i]];
        /* Two terms of one key: the first stands for both. */
        if (out->count && out->keys[out->count - 1] == r->key) {
            continue;
        }
        uint32_t at = out->count++;
        bool words = r->kept & (1 << SPACE_WORDS | 1 << SPACE_NAMES);
        out->keys[at] = r->key;
        out->weights[at][0] = (uint16_t)(words ? r->words : 0);
        out->weights[at][1] = (uint16_t)(r->kept & 1 << SPACE_TITLE ? r->title : 0);
        out->weights[at][2] = (uint16_t)(r->kept & 1 << SPACE_LEAD ? r->lead : 0);
        out->flags[at] = r->flags;
    }
}

dsr_status dsr_stream_profile_make(dsr_stream *stream, const dsr_stream_report *report, bool counts,
                                   stream_profile *out)
{
    size_t room = report->terms->count + report->name_count;
    if (room > stream->raw_room) {
        struct raw_term *grown = realloc(stream->raw, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        stream->raw = grown;
        stream->raw_room = room;
    }
    size_t count = 0;
    dsr_status status = weigh_words(stream, report->terms, counts, &count);
    if (status == DSR_OK) {
        status = weigh_names(stream, report, counts, &count);
    }
    if (status != DSR_OK) {
        return status;
    }
    memset(out, 0, sizeof *out);
    for (int space = 0; space < STREAM_SPACES; space++) {
        out->has[space] = keep_space(stream->raw, count, space);
    }
    fill_profile(stream->raw, count, out);
    out->dated = report->terms->has_day;
    out->day = out->dated ? report->terms->day : 0;
    return DSR_OK;
}

stream_terms dsr_stream_profile_terms(stream_profile *profile)
{
    return (stream_terms){profile->count, profile->keys, profile->weights, profile->flags};
}
