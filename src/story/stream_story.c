/* Open stories: the sums of their reports' terms, the order in which they were touched, and the lists under
 * which they are found. That a story stands under a term, and in what order, follows from its flags and from
 * the order of touches alone, so that the lists need not be kept between runs. */
#include "story/stream_parts.h"

#include <stdlib.h>
#include <string.h>

enum { WEIGHT_MOST = UINT16_MAX, ROOM_STEP = 16 };

static void unlink_story(dsr_stream *stream, uint32_t place)
{
    stream_story *s = &stream->stories[place];
    *(s->older == NO_PLACE ? &stream->oldest : &stream->stories[s->older].newer) = s->newer;
    *(s->newer == NO_PLACE ? &stream->newest : &stream->stories[s->newer].older) = s->older;
}

static void link_newest(dsr_stream *stream, uint32_t place)
{
    stream_story *s = &stream->stories[place];
    s->older = stream->newest;
    s->newer = NO_PLACE;
    *(stream->newest == NO_PLACE ? &stream->oldest : &stream->stories[stream->newest].newer) = place;
    stream->newest = place;
}

void dsr_stream_story_soil(dsr_stream *stream, uint32_t place)
{
    stream_story *s = &stream->stories[place];
    if (!s->dirty) {
        s->dirty = true;
        stream->soiled[stream->soiled_count++] = place;
    }
}

uint32_t dsr_stream_story_find(const dsr_stream *stream, uint32_t number)
{
    size_t low = 0, high = stream->number_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stream->numbers[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < stream->number_count && stream->numbers[low].number == number ? stream->numbers[low].place
                                                                               : NO_PLACE;
}

static dsr_status note_number(dsr_stream *stream, uint32_t number, uint32_t place)
{
    if (stream->number_count == stream->number_room) {
        size_t kept = 0;
        for (size_t i = 0; i < stream->number_count; i++) {
            if (stream->numbers[i].place != NO_PLACE) {
                stream->numbers[kept++] = stream->numbers[i];
            }
        }
        stream->number_count = kept;
        if (kept * 2 >= stream->number_room) {
            size_t room = stream->number_room ? 2 * stream->number_room : 256;
            struct numbered *grown = realloc(stream->numbers, room * sizeof *grown);
            if (!grown) {
                return DSR_ERR_MEMORY;
            }
            stream->numbers = grown;
            stream->number_room = room;
        }
    }
    stream->numbers[stream->number_count++] = (struct numbered){number, place};
    return DSR_OK;
}

dsr_status dsr_stream_story_place(dsr_stream *stream, uint32_t number, uint32_t *out)
{
    uint32_t place = stream->free_place;
    if (place != NO_PLACE) {
        stream->free_place = stream->stories[place].newer;
    } else {
        if (stream->story_count == stream->story_room) {
            uint32_t room = stream->story_room ? stream->story_room + stream->story_room / 2 : 256;
            stream_story *grown = realloc(stream->stories, (size_t)room * sizeof *grown);
            uint32_t *soiled = realloc(stream->soiled, (size_t)room * sizeof *soiled);
            stream->stories = grown ? grown : stream->stories;
            stream->soiled = soiled ? soiled : stream->soiled;
            if (!grown || !soiled) {
                return DSR_ERR_MEMORY;
            }
            stream->story_room = room;
        }
        place = stream->story_count++;
        stream->stories[place].dirty = false;
    }
    stream->stories[place] = (stream_story){.number = number, .dirty = stream->stories[place].dirty};
    link_newest(stream, place);
    stream->open++;
    *out = place;
    return note_number(stream, number, place);
}

dsr_status dsr_stream_story_open(dsr_stream *stream, uint32_t *place)
{
    return dsr_stream_story_place(stream, stream->next_number++, place);
}

static uint32_t find_term(const stream_terms *t, uint32_t key)
{
    uint32_t low = 0, high = t->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (t->keys[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < t->count && t->keys[low] == key ? low : NO_PLACE;
}

/* Puts the story last under each of its terms; who has to go there loses the flag. */
static dsr_status touch_lists(dsr_stream *stream, uint32_t place)
{
    stream_story *s = &stream->stories[place];
    for (uint32_t i = 0; i < s->terms.count; i++) {
        if (s->terms.flags[i] & TERM_INDEXED) {
            dsr_stream_table_fetch(&stream->table, s->terms.keys[i]);
        }
    }
    for (uint32_t i = 0; i < s->terms.count; i++) {
        if (s->terms.flags[i] & TERM_INDEXED) {
            const term_slot *slot = dsr_stream_table_find(&stream->table, s->terms.keys[i]);
            __builtin_prefetch(&stream->table.cells[slot ? slot->list : 0]);
        }
    }
    for (uint32_t i = 0; i < s->terms.count; i++) {
        uint32_t evicted = NO_PLACE;
        if (!(s->terms.flags[i] & TERM_INDEXED)) {
            continue;
        }
        dsr_status status = dsr_stream_list_touch(&stream->table, s->terms.keys[i], place, &evicted);
        if (status != DSR_OK) {
            return status;
        }
        if (evicted != NO_PLACE) {
            stream_story *other = &stream->stories[evicted];
            uint32_t at = find_term(&other->terms, s->terms.keys[i]);
            other->terms.flags[at] = (uint8_t)(other->terms.flags[at] & ~TERM_INDEXED);
            other->indexed--;
            dsr_stream_story_soil(stream, evicted);
        }
    }
    return DSR_OK;
}

dsr_status dsr_stream_story_touch(dsr_stream *stream, uint32_t place)
{
    unlink_story(stream, place);
    link_newest(stream, place);
    return touch_lists(stream, place);
}

static dsr_status touch_now(dsr_stream *stream, uint32_t place)
{
    stream_story *s = &stream->stories[place];
    s->touched = ++stream->touches;
    s->touched_day = stream->day;
    dsr_stream_story_soil(stream, place);
    return dsr_stream_story_touch(stream, place);
}

/* The terms lie in one block: keys, weights, flags. */
dsr_status dsr_stream_story_set_terms(stream_story *story, const stream_terms *terms)
{
    if (terms->count > story->room || story->room - terms->count > 4 * ROOM_STEP || !story->terms.keys) {
        uint32_t room = (terms->count + ROOM_STEP) / ROOM_STEP * ROOM_STEP;
        uint32_t *block = realloc(story->terms.keys, (size_t)room * (sizeof(uint32_t) + 6 + 1));
        if (!block) {
            return DSR_ERR_MEMORY;
        }
        story->room = (uint16_t)room;
        story->terms.keys = block;
        void *behind = block + room;
        story->terms.weights = behind;
        story->terms.flags = (uint8_t *)(story->terms.weights + room);
    }
    story->terms.count = terms->count;
    memcpy(story->terms.keys, terms->keys, terms->count * sizeof *terms->keys);
    memcpy(story->terms.weights, terms->weights, terms->count * sizeof *terms->weights);
    memcpy(story->terms.flags, terms->flags, terms->count);
    return DSR_OK;
}

/* Two sums while they are put together. */
typedef struct mix {
    uint32_t count;
    uint32_t keys[2 * SUM_TERMS + PROFILE_TERMS];
    uint32_t weights[2 * SUM_TERMS + PROFILE_TERMS][3];
    uint8_t flags[2 * SUM_TERMS + PROFILE_TERMS];
} mix;

static void mix_term(mix *m, const stream_terms *t, uint32_t at, uint8_t shift)
{
    if (!m->count || m->keys[m->count - 1] != t->keys[at]) {
        uint32_t next = m->count++;
        m->keys[next] = t->keys[at];
        memset(m->weights[next], 0, sizeof m->weights[next]);
        m->flags[next] = 0;
    }
    for (int k = 0; k < 3; k++) {
        m->weights[m->count - 1][k] += (uint32_t)t->weights[at][k] << shift;
    }
    m->flags[m->count - 1] = (uint8_t)(m->flags[m->count - 1] | t->flags[at]);
}

/* In the order of keys. Two weights of 16 bits, each doubled STREAM_SHIFT_MOST times, fit. */
static void mix_sums(mix *m, const stream_story *a, const stream_terms *b, uint8_t shift)
{
    m->count = 0;
    uint32_t i = 0, k = 0;
    while (i < a->terms.count || k < b->count) {
        bool left = k == b->count || (i < a->terms.count && a->terms.keys[i] <= b->keys[k]);
        if (left) {
            mix_term(m, &a->terms, i++, a->shift);
        } else {
            mix_term(m, b, k++, shift);
        }
    }
}

static uint64_t mass(const mix *m, uint32_t i)
{
    return (uint64_t)m->weights[i][0] + m->weights[i][1] + m->weights[i][2];
}

typedef struct heavy {
    uint64_t mass;
    uint32_t at, key;
} heavy;

static int compare_heavy(const void *x, const void *y)
{
    const heavy *a = x, *b = y;
    if (a->mass != b->mass) {
        return a->mass > b->mass ? -1 : 1;
    }
    return a->key < b->key ? -1 : a->key > b->key;
}

/* Past SUM_TERMS the lightest terms go; of those under which it would be found more than SUM_INDEXED lose the
 * flag, the lightest first. */
static void trim(mix *m)
{
    heavy order[2 * SUM_TERMS + PROFILE_TERMS];
    uint32_t indexed = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        order[i] = (heavy){mass(m, i), i, m->keys[i]};
        indexed += m->flags[i] & TERM_INDEXED;
    }
    const uint32_t keep = m->count > SUM_TERMS ? SUM_KEPT : m->count;
    if (keep == m->count && indexed <= SUM_INDEXED) {
        return;
    }
    qsort(order, m->count, sizeof *order, compare_heavy);
    indexed = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        uint8_t *flags = &m->flags[order[i].at];
        bool stays = *flags & TERM_INDEXED && i < keep && indexed < SUM_INDEXED;
        indexed += stays;
        *flags = (uint8_t)((*flags & ~TERM_INDEXED) | (stays ? TERM_INDEXED : 0));
        if (i >= keep) {
            memset(m->weights[order[i].at], 0, sizeof *m->weights);
        }
    }
}

/* Takes a story out of the lists of those of its terms that `m` no longer has it found under. */
static void leave_lists(dsr_stream *stream, uint32_t place, const mix *m)
{
    const stream_terms *t = &stream->stories[place].terms;
    for (uint32_t i = 0, k = 0; i < t->count; i++) {
        while (m && k < m->count && m->keys[k] < t->keys[i]) {
            k++;
        }
        bool stays =
            m && k < m->count && m->keys[k] == t->keys[i] && m->flags[k] & TERM_INDEXED && mass(m, k);
        if (t->flags[i] & TERM_INDEXED && !stays) {
            dsr_stream_list_remove(&stream->table, t->keys[i], place);
        }
    }
}

/* Weights that no longer fit are halved, all of them alike. Terms of no weight go. */
static dsr_status settle_mix(dsr_stream *stream, uint32_t place, mix *m)
{
    stream_story *s = &stream->stories[place];
    uint16_t weights[2 * SUM_TERMS + PROFILE_TERMS][3];
    uint32_t most = 0;
    trim(m);
    leave_lists(stream, place, m);
    for (uint32_t i = 0; i < m->count; i++) {
        for (int k = 0; k < 3; k++) {
            most = m->weights[i][k] > most ? m->weights[i][k] : most;
        }
    }
    uint8_t shift = 0;
    while (most >> shift > WEIGHT_MOST && shift < STREAM_SHIFT_MOST) {
        shift++;
    }
    uint32_t kept = 0;
    s->indexed = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        if (!mass(m, i)) {
            continue;
        }
        for (int k = 0; k < 3; k++) {
            uint32_t w = m->weights[i][k] >> shift;
            weights[kept][k] = (uint16_t)(w < WEIGHT_MOST ? w : WEIGHT_MOST);
        }
        m->keys[kept] = m->keys[i];
        m->flags[kept] = m->flags[i];
        s->indexed = (uint16_t)(s->indexed + (m->flags[i] & TERM_INDEXED));
        kept++;
    }
    s->shift = shift;
    const stream_terms terms = {kept, m->keys, weights, m->flags};
    return dsr_stream_story_set_terms(s, &terms);
}

static void widen(stream_story *s, int32_t first, int32_t last)
{
    s->first = s->dated && s->first < first ? s->first : first;
    s->last = s->dated && s->last > last ? s->last : last;
    s->dated = true;
}

dsr_status dsr_stream_story_join(dsr_stream *stream, uint32_t place, const stream_profile *profile,
                                 bool voice)
{
    stream_story *s = &stream->stories[place];
    dsr_status status = DSR_OK;
    s->reports++;
    if (profile->dated) {
        widen(s, profile->day, profile->day);
    }
    if (voice) {
        stream_profile copy = *profile;
        const stream_terms terms = dsr_stream_profile_terms(&copy);
        mix m;
        mix_sums(&m, s, &terms, 0);
        status = settle_mix(stream, place, &m);
        for (int k = 0; k < STREAM_SPACES; k++) {
            s->voices[k] += k == SPACE_WORDS || profile->has[k];
        }
    }
    return status == DSR_OK ? touch_now(stream, place) : status;
}

dsr_status dsr_stream_story_leave(dsr_stream *stream, uint32_t place, const stream_profile *profile)
{
    stream_story *s = &stream->stories[place];
    mix m;
    const stream_terms none = {0, NULL, NULL, NULL};
    mix_sums(&m, s, &none, 0);
    for (uint32_t i = 0, k = 0; i < m.count && k < profile->count; i++) {
        while (k < profile->count && profile->keys[k] < m.keys[i]) {
            k++;
        }
        for (int j = 0; j < 3 && k < profile->count && profile->keys[k] == m.keys[i]; j++) {
            uint32_t w = profile->weights[k][j];
            m.weights[i][j] -= w < m.weights[i][j] ? w : m.weights[i][j];
        }
    }
    for (int k = 0; k < STREAM_SPACES; k++) {
        s->voices[k] -= s->voices[k] && (k == SPACE_WORDS || profile->has[k]);
    }
    s->reports--;
    dsr_stream_story_soil(stream, place);
    return settle_mix(stream, place, &m);
}

dsr_status dsr_stream_story_absorb(dsr_stream *stream, uint32_t into, uint32_t from)
{
    stream_story *a = &stream->stories[into];
    const stream_story *b = &stream->stories[from];
    mix m;
    mix_sums(&m, a, &b->terms, b->shift);
    for (int k = 0; k < STREAM_SPACES; k++) {
        a->voices[k] += b->voices[k];
    }
    a->reports += b->reports;
    if (b->dated) {
        widen(a, b->first, b->last);
    }
    dsr_status status = settle_mix(stream, into, &m);
    if (status == DSR_OK) {
        status = dsr_stream_story_close(stream, from);
    }
    return status == DSR_OK ? touch_now(stream, into) : status;
}

static dsr_status note_dropped(dsr_stream *stream, uint32_t number)
{
    if (!stream->keeps) {
        return DSR_OK;
    }
    if (stream->dropped.count == stream->dropped.room) {
        size_t room = stream->dropped.room ? 2 * stream->dropped.room : 64;
        uint32_t *grown = realloc(stream->dropped.items, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        stream->dropped.items = grown;
        stream->dropped.room = room;
    }
    stream->dropped.items[stream->dropped.count++] = number;
    return DSR_OK;
}

dsr_status dsr_stream_story_close(dsr_stream *stream, uint32_t place)
{
    stream_story *s = &stream->stories[place];
    dsr_status status = note_dropped(stream, s->number);
    leave_lists(stream, place, NULL);
    unlink_story(stream, place);
    for (size_t low = 0, high = stream->number_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (stream->numbers[middle].number == s->number) {
            stream->numbers[middle].place = NO_PLACE;
            break;
        }
        if (stream->numbers[middle].number < s->number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    free(s->terms.keys);
    *s = (stream_story){.newer = stream->free_place, .dirty = s->dirty};
    stream->free_place = place;
    stream->open--;
    return status;
}
