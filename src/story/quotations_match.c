/* Which quotations of several reports are one. Runs of three words that two have in common make them a pair
 * worth a look; how much of the shorter one stands in runs that the longer one has decides. Must not know
 * what becomes of a group. */
#include "base/hash.h"
#include "story/quotations_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    RUN = 3,            /* words */
    NEIGHBOURS = 4,     /* earlier quotations with the same run that one is paired with, beside the first */
    TRIES = 32,         /* pairs in which one quotation is the shorter: the likeliest */
    SHORT_LETTERS = 12, /* of a few words that are no turn of phrase that anybody might use */
    FEW_LETTERS = 18,
    COVERED = 75, /* of a hundred words, in runs that both have: "there's a lot of anger here" is no "there's
                     a lot of crime in the neighbourhood" */
    COVERED_WITH_A_ROW = 50, /* where many of them follow each other */
    COVERED_OF_STRANGERS = 80,
    MANY_WORDS = 10,
    FEW_WORDS = 6, /* fewer must stand in the longer quotation without a change */
    OWN_WORDS = 8  /* so many words are not said alike by two people */
};

typedef struct run {
    uint64_t hash;
    uint32_t item;
} run;

typedef struct pair {
    uint32_t a, b, votes;
} pair;

typedef struct matching {
    dsr_quotations *q;
    uint64_t *runs; /* of each item from its first word on: sorted hashes */
    run *index;
    size_t indexed;
    DSR_LIST(pair) pairs;
    dsr_map *pair_of;
    dsr_map *judged; /* pairs of fullest items: 0 two quotations, 1 one */
} matching;

static const dsr_said_word *words_of(const dsr_quotations *q, const dsr_said_item *item)
{
    return q->words.items + item->first_word;
}

static uint32_t runs_in(const dsr_said_item *item)
{
    return item->words < RUN ? 0 : item->words - RUN + 1;
}

static uint64_t hash_words(const dsr_said_word *words, size_t count, uint64_t seed)
{
    uint64_t hash = dsr_hash_mix(seed + count);
    for (size_t i = 0; i < count; i++) {
        hash = dsr_hash_mix(hash ^ words[i].key);
    }
    return hash;
}

/* ---- what goes into the index ---- */

enum { SEED_RUN = 1 << 8, SEED_WHOLE = 2 << 8, SEED_TWO = 3 << 8, SEED_INDIRECT = 1 << 16 };

static int compare_hashes(const void *x, const void *y)
{
    uint64_t a;
    uint64_t b;
    memcpy(&a, x, sizeof a);
    memcpy(&b, y, sizeof b);
    return (a > b) - (a < b);
}

static void index_item(matching *m, uint32_t number)
{
    const dsr_said_item *item = &m->q->items.items[number];
    const dsr_said_word *words = words_of(m->q, item);
    uint64_t *own = m->runs + item->first_word;
    uint64_t seed = item->kind == DSR_QUOTE_INDIRECT ? SEED_INDIRECT : 0;
    m->index[m->indexed++] = (run){hash_words(words, item->words, seed + SEED_WHOLE), number};
    for (uint32_t i = 0; i < runs_in(item); i++) {
        own[i] = hash_words(words + i, RUN, seed + SEED_RUN);
        m->index[m->indexed++] = (run){own[i], number};
    }
    qsort(own, runs_in(item), sizeof *own, compare_hashes);
    if (item->who == DSR_SAID_NOBODY || seed != 0) {
        return;
    }
    /* Two words are looked for in what the same person says. */
    for (uint32_t i = 0; i + 1 < item->words; i++) {
        uint64_t hash = hash_words(words + i, 2, SEED_TWO + ((uint64_t)item->who << 32));
        m->index[m->indexed++] = (run){hash, number};
    }
}

static int compare_runs(const void *x, const void *y)
{
    const run *a = x;
    const run *b = y;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (a->item > b->item) - (a->item < b->item);
}

/* ---- pairs ---- */

static dsr_status vote(matching *m, uint32_t a, uint32_t b)
{
    uint32_t at = DSR_MAP_NONE;
    uint32_t next = (uint32_t)m->pairs.count;
    if (a == b) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(m->q->scratch, &m->pairs, 1) != DSR_OK ||
        dsr_map_intern(m->pair_of, (uint64_t)a << 32 | b, next, &at) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    if (at == next) {
        m->pairs.items[m->pairs.count++] = (pair){a, b, 0};
    }
    m->pairs.items[at].votes++;
    return DSR_OK;
}

/* Each quotation that has a run, with the first that has it and the last few before it: a run that hundreds
 * have costs no more than so many pairs each. */
static dsr_status vote_on_run(matching *m, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        size_t low = i - from > NEIGHBOURS ? i - NEIGHBOURS : from + 1;
        dsr_status status = vote(m, m->index[from].item, m->index[i].item);
        for (size_t j = low; j < i && status == DSR_OK; j++) {
            status = vote(m, m->index[j].item, m->index[i].item);
        }
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static int compare_pairs(const void *x, const void *y)
{
    const pair *a = x;
    const pair *b = y;
    if (a->votes != b->votes) {
        return a->votes > b->votes ? -1 : 1;
    }
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return (a->b > b->b) - (a->b < b->b);
}

static dsr_status find_pairs(matching *m)
{
    for (uint32_t i = 0; i < m->q->items.count; i++) {
        index_item(m, i);
    }
    qsort(m->index, m->indexed, sizeof *m->index, compare_runs);
    size_t from = 0;
    for (size_t i = 1; i <= m->indexed; i++) {
        if (i < m->indexed && m->index[i].hash == m->index[from].hash) {
            continue;
        }
        dsr_status status = vote_on_run(m, from, i);
        if (status != DSR_OK) {
            return status;
        }
        from = i;
    }
    if (m->pairs.count > 1) {
        qsort(m->pairs.items, m->pairs.count, sizeof *m->pairs.items, compare_pairs);
    }
    return DSR_OK;
}

/* ---- one quotation or two ---- */

static bool has_run(const uint64_t *sorted, size_t count, uint64_t hash)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && sorted[low] == hash;
}

/* What of a quotation stands in runs that a longer one has too. */
typedef struct cover {
    uint32_t words;   /* of them */
    uint32_t longest; /* words of them in one row */
    bool all;
} cover;

static cover find_cover(const matching *m, const dsr_said_item *shorter, const dsr_said_item *longer)
{
    const dsr_said_word *words = words_of(m->q, shorter);
    uint64_t seed = shorter->kind == DSR_QUOTE_INDIRECT ? SEED_INDIRECT : 0;
    cover found = {.all = true};
    uint32_t row = 0; /* words up to `end` */
    uint32_t end = 0;
    for (uint32_t i = 0; i < runs_in(shorter); i++) {
        uint64_t hash = hash_words(words + i, RUN, seed + SEED_RUN);
        if (!has_run(m->runs + longer->first_word, runs_in(longer), hash)) {
            found.all = false;
            continue;
        }
        row = end == i + RUN - 1 ? row + 1 : RUN; /* goes on only where the run before it is shared as well */
        found.words += i + RUN - (end > i ? end : i);
        found.longest = row > found.longest ? row : found.longest;
        end = i + RUN;
    }
    return found;
}

static bool are_equal(const dsr_quotations *q, const dsr_said_item *a, const dsr_said_item *b)
{
    const dsr_said_word *x = words_of(q, a);
    const dsr_said_word *y = words_of(q, b);
    bool equal = a->words == b->words;
    for (uint32_t i = 0; i < a->words && equal; i++) {
        equal = x[i].key == y[i].key;
    }
    return equal;
}

static bool has_two(const dsr_quotations *q, const dsr_said_item *shorter, const dsr_said_item *longer)
{
    const dsr_said_word *x = words_of(q, shorter);
    const dsr_said_word *y = words_of(q, longer);
    for (uint32_t i = 0; i + 1 < longer->words; i++) {
        if (y[i].key == x[0].key && y[i + 1].key == x[1].key) {
            return true;
        }
    }
    return false;
}

typedef enum company { STRANGERS, UNSURE, AGREED } company;

/* Whether two quotations may be told by one speaker. */
static company compare_speakers(const dsr_quotations *q, uint32_t a, uint32_t b)
{
    bool named_a = a != DSR_SAID_NOBODY && q->people.items[a].named;
    bool named_b = b != DSR_SAID_NOBODY && q->people.items[b].named;
    if (!named_a || !named_b) {
        return UNSURE;
    }
    return a == b ? AGREED : STRANGERS;
}

/* The fewer the words, the more must speak for it: they are all there, the speaker is the same, they are no
 * words that anybody might say. */
static bool are_one(const matching *m, const dsr_said_item *a, const dsr_said_item *b, company speakers)
{
    const dsr_said_item *shorter = a->words <= b->words ? a : b;
    const dsr_said_item *longer = shorter == a ? b : a;
    bool equal = are_equal(m->q, a, b);
    if (speakers == STRANGERS && shorter->words < (equal ? FEW_WORDS : OWN_WORDS)) {
        return false;
    }
    if (equal) {
        return speakers == AGREED || shorter->words >= RUN ||
               (shorter->words == 2 && shorter->letters >= SHORT_LETTERS);
    }
    if (shorter->words < RUN) {
        return shorter->words == 2 && speakers == AGREED && shorter->letters >= SHORT_LETTERS &&
               has_two(m->q, shorter, longer);
    }
    cover shared = find_cover(m, shorter, longer);
    if (shorter->words < FEW_WORDS) {
        return shared.all && shorter->letters >= (speakers == AGREED ? SHORT_LETTERS : FEW_LETTERS);
    }
    uint32_t row = speakers == AGREED ? FEW_WORDS : MANY_WORDS;
    uint32_t wanted = shared.longest >= row ? COVERED_WITH_A_ROW : COVERED;
    wanted = speakers == STRANGERS ? COVERED_OF_STRANGERS : wanted;
    return (uint64_t)shared.words * 100 >= (uint64_t)shorter->words * wanted;
}

/* The same with an account of what comparing costs: the shorter one pays, of equals the later, so that one
 * that hundreds repeat is not used up. */
static bool judge(matching *m, uint32_t a, uint32_t b, company speakers)
{
    dsr_said_item *x = &m->q->items.items[a];
    dsr_said_item *y = &m->q->items.items[b];
    bool first = x->words != y->words ? x->words < y->words : a > b;
    dsr_said_item *shorter = first ? x : y;
    return shorter->tries++ < TRIES && are_one(m, x, y, speakers);
}

uint32_t dsr_quotations_root(dsr_quotations *q, uint32_t item)
{
    dsr_said_item *items = q->items.items;
    while (items[item].up != item) {
        items[item].up = items[items[item].up].up;
        item = items[item].up;
    }
    return item;
}

/* Two groups are one where their fullest quotations are: "I don't know" ties no two speeches together. */
static dsr_status unite(matching *m, const pair *p)
{
    dsr_quotations *q = m->q;
    dsr_said_item *items = q->items.items;
    uint32_t a = dsr_quotations_root(q, p->a);
    uint32_t b = dsr_quotations_root(q, p->b);
    company speakers = compare_speakers(q, items[a].group_who, items[b].group_who);
    if (a == b || !judge(m, p->a, p->b, speakers)) {
        return DSR_OK;
    }
    uint32_t x = items[a].fullest;
    uint32_t y = items[b].fullest;
    if (x + y != p->a + p->b || (x != p->a && x != p->b)) {
        uint64_t key = x < y ? (uint64_t)x << 32 | y : (uint64_t)y << 32 | x;
        uint32_t known = dsr_map_get(m->judged, key);
        if (known == DSR_MAP_NONE) {
            known = judge(m, x, y, speakers);
            if (dsr_map_put(m->judged, key, known) != DSR_OK) {
                return DSR_ERR_MEMORY;
            }
        }
        if (known == 0) {
            return DSR_OK;
        }
    }
    uint32_t root = a < b ? a : b;
    uint32_t child = a < b ? b : a;
    items[child].up = root;
    items[root].fullest = dsr_quotations_is_fuller(q, &q->items.items[y], &q->items.items[x]) ? y : x;
    items[root].group_who =
        items[root].group_who != DSR_SAID_NOBODY ? items[root].group_who : items[child].group_who;
    return DSR_OK;
}

static dsr_status match(matching *m)
{
    dsr_quotations *q = m->q;
    m->runs = dsr_arena_alloc_array(q->scratch, q->words.count + 1, sizeof *m->runs);
    m->index = dsr_arena_alloc_array(q->scratch, 2 * q->words.count + q->items.count + 1, sizeof *m->index);
    m->pair_of = dsr_map_new(256);
    m->judged = dsr_map_new(64);
    if (m->runs == NULL || m->index == NULL || m->pair_of == NULL || m->judged == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = find_pairs(m);
    for (size_t i = 0; i < m->pairs.count && status == DSR_OK; i++) {
        status = unite(m, &m->pairs.items[i]);
    }
    return status;
}

dsr_status dsr_quotations_match(dsr_quotations *q)
{
    matching m = {.q = q};
    dsr_status status = match(&m);
    dsr_map_drop(m.pair_of);
    dsr_map_drop(m.judged);
    return status;
}
