/* See check_find.h. Each sentence asks with its stems and names; a report's score is the weight of those that
 * it has. The best of each sentence come first, then its second best, and so on, as long as there is room. */
#include "engine/check_find.h"

#include "base/limits.h"
#include "engine/finder.h"
#include "story/logarithm.h"
#include "story/stem.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "check";

enum {
    KEYS_MOST = 40,       /* words and names with which one sentence asks */
    RANKED_MOST = 64,     /* reports of one sentence */
    COMMON_LEAST = 4096,  /* reports that may have a word before it tells nothing ... */
    COMMON_SHARE = 16,    /* ... or so manieth of all */
    WORTH = 3,            /* a report needs the third part of the best one's score */
    REPORTS_LOOKED = 1024 /* as scored reports that do not stand any more are passed over */
};

/* What a sentence asks with: places in the list of all keys. */
typedef struct question {
    uint32_t keys[KEYS_MOST];
    uint32_t count;
} question;

typedef struct search {
    dsr_engine *engine;
    dsr_arena *arena;
    const dsr_report *draft;
    question *questions;
    size_t question_count;
    dsr_finder_list *lists; /* by key */
    size_t list_count;
    uint32_t last; /* sequence of the last report */
    uint32_t reports;
    uint32_t *score;   /* by sequence */
    uint32_t *touched; /* sequences */
    uint32_t (*ranked)[RANKED_MOST];
    uint32_t *ranked_count;
    dsr_error *error;
} search;

/* ---- questions ---- */

static void ask(question *q, uint32_t key)
{
    for (uint32_t i = 0; i < q->count; i++) {
        if (q->keys[i] == key) {
            return;
        }
    }
    if (q->count < KEYS_MOST) {
        q->keys[q->count++] = key;
    }
}

static dsr_status ask_words(const search *s, dsr_stemmer *stemmer, dsr_span span, question *q)
{
    const dsr_report *d = s->draft;
    dsr_slice rest = dsr_slice_part(d->text, span.start, span.end), word;
    while (dsr_stem_next_word(&rest, &word)) {
        char room[DSR_STEM_WORD_BYTES];
        dsr_slice key = {room, dsr_stem_fold(word, room)};
        if (key.len == 0 || dsr_lexicon_has(s->engine->lexicon, d->meta.language, DSR_WORDS_STOP, key)) {
            continue;
        }
        if (dsr_stem(stemmer, key, &key) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        ask(q, dsr_finder_word_key(dsr_hash64(key, 0)));
    }
    return DSR_OK;
}

static void ask_names(const search *s, dsr_span span, size_t *name, question *q)
{
    const dsr_report *d = s->draft;
    while (*name < d->names.count && d->names.items[*name].span.start < span.end) {
        uint32_t entity = d->names.items[*name].entity;
        if (d->names.items[*name].span.start >= span.start && entity < d->entities.count) {
            ask(q, dsr_finder_name_key(dsr_stream_hash_name(d->entities.items[entity].id)));
        }
        ++*name;
    }
}

static dsr_status make_questions(search *s)
{
    size_t sentences = s->draft->sentences.count, name = 0;
    size_t count = sentences < DSR_LIMIT_CHECK_SENTENCES ? sentences : DSR_LIMIT_CHECK_SENTENCES;
    dsr_stemmer *stemmer = NULL;
    s->questions = dsr_arena_alloc_array(s->arena, count + 1, sizeof *s->questions);
    if (!s->questions || dsr_stemmer_open(s->draft->meta.language, &stemmer) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        dsr_span span = s->draft->sentences.items[i];
        ask_names(s, span, &name, &s->questions[i]);
        status = ask_words(s, stemmer, span, &s->questions[i]);
    }
    dsr_stemmer_close(stemmer);
    s->question_count = count;
    return status;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* All keys, each once; questions keep their places. */
static dsr_status list_keys(search *s)
{
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < s->question_count; i++) {
        all += s->questions[i].count;
    }
    uint32_t *keys = dsr_arena_alloc_array(s->arena, all + 1, sizeof *keys);
    s->lists = dsr_arena_alloc_array(s->arena, all + 1, sizeof *s->lists);
    if (!keys || !s->lists) {
        return DSR_ERR_MEMORY;
    }
    all = 0;
    for (size_t i = 0; i < s->question_count; i++) {
        memcpy(keys + all, s->questions[i].keys, s->questions[i].count * sizeof *keys);
        all += s->questions[i].count;
    }
    if (all > 1) {
        qsort(keys, all, sizeof *keys, by_number);
    }
    for (size_t i = 0; i < all; i++) {
        if (kept == 0 || keys[kept - 1] != keys[i]) {
            keys[kept++] = keys[i];
        }
    }
    for (size_t i = 0; i < kept; i++) {
        s->lists[i].key = keys[i];
    }
    for (size_t i = 0; i < s->question_count; i++) {
        for (uint32_t k = 0; k < s->questions[i].count; k++) {
            const uint32_t *at = bsearch(&s->questions[i].keys[k], keys, kept, sizeof *keys, by_number);
            s->questions[i].keys[k] = (uint32_t)(at - keys);
        }
    }
    s->list_count = kept;
    return DSR_OK;
}

/* ---- scores ---- */

typedef struct scored {
    uint32_t score, sequence;
} scored;

static int by_score(const void *a, const void *b)
{
    const scored *x = a, *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

/* Sums up what each report has of a question; returns how many were touched. */
static uint32_t add_scores(search *s, const question *q)
{
    uint32_t touched = 0;
    for (uint32_t k = 0; k < q->count; k++) {
        const dsr_finder_list *list = &s->lists[q->keys[k]];
        uint32_t weight =
            (uint32_t)(dsr_log2((uint64_t)s->reports + 1) - dsr_log2((uint64_t)list->count + 1)) / 8 + 16;
        for (uint32_t i = 0; i < list->count; i++) {
            uint32_t sequence = list->items[i];
            if (sequence > s->last) {
                continue;
            }
            s->touched[touched] = sequence;
            touched += s->score[sequence] == 0;
            s->score[sequence] += weight;
        }
    }
    return touched;
}

static dsr_status answer(search *s, size_t number)
{
    uint32_t touched = add_scores(s, &s->questions[number]), best = 0, kept = 0;
    for (uint32_t i = 0; i < touched; i++) {
        best = s->score[s->touched[i]] > best ? s->score[s->touched[i]] : best;
    }
    scored *list = malloc(((size_t)touched + 1) * sizeof *list);
    for (uint32_t i = 0; i < touched; i++) {
        uint32_t sequence = s->touched[i];
        if (list && s->score[sequence] * WORTH >= best) {
            list[kept++] = (scored){s->score[sequence], sequence};
        }
        s->score[sequence] = 0;
    }
    if (!list) {
        return DSR_ERR_MEMORY;
    }
    if (kept > 1) {
        qsort(list, kept, sizeof *list, by_score);
    }
    kept = kept < RANKED_MOST ? kept : RANKED_MOST;
    for (uint32_t i = 0; i < kept; i++) {
        s->ranked[number][i] = list[i].sequence;
    }
    s->ranked_count[number] = kept;
    free(list);
    return DSR_OK;
}

static dsr_status answer_all(search *s)
{
    s->ranked = dsr_arena_alloc_array(s->arena, s->question_count + 1, sizeof *s->ranked);
    s->ranked_count = dsr_arena_alloc_array(s->arena, s->question_count + 1, sizeof *s->ranked_count);
    s->score = calloc((size_t)s->last + 2, sizeof *s->score);
    s->touched = malloc(((size_t)s->last + 2) * sizeof *s->touched);
    dsr_status status = s->ranked && s->ranked_count && s->score && s->touched ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < s->question_count; i++) {
        status = answer(s, i);
    }
    free(s->score);
    free(s->touched);
    return status;
}

/* ---- choice ---- */

static bool has_sequence(const dsr_candidates *list, uint32_t sequence)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].sequence == sequence) {
            return true;
        }
    }
    return false;
}

static int by_sequence(const void *a, const void *b)
{
    const dsr_candidate *x = a, *y = b;
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

/* A report that was taken out or replaced stands in no story. */
static dsr_status add_candidate(search *s, uint32_t sequence, dsr_candidates *out)
{
    dsr_record_place place;
    if (has_sequence(out, sequence)) {
        return DSR_OK;
    }
    dsr_status status = dsr_desk_read_place(s->engine->store, sequence, &place, s->error);
    if (status == DSR_OK && place.story) {
        status = dsr_desk_resolve(s->engine->store, &place.story, s->error);
    }
    if (status != DSR_OK || !place.story) {
        return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
    }
    out->items[out->count++] = (dsr_candidate){sequence, place.story, place.report};
    return DSR_OK;
}

static dsr_status choose(search *s, dsr_candidates *out)
{
    if (DSR_LIST_RESERVE(s->arena, out, DSR_LIMIT_CHECK_REPORTS) != DSR_OK) {
        return dsr_fail_memory(s->error, STAGE);
    }
    dsr_status status = DSR_OK;
    unsigned looked = 0;
    for (uint32_t r = 0; r < RANKED_MOST; r++) {
        for (size_t i = 0; status == DSR_OK && i < s->question_count; i++) {
            if (r < s->ranked_count[i] && out->count < DSR_LIMIT_CHECK_REPORTS &&
                looked < REPORTS_LOOKED * 8) {
                looked++;
                status = add_candidate(s, s->ranked[i][r], out);
            }
        }
    }
    if (status == DSR_OK && out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, by_sequence);
    }
    return status;
}

dsr_status dsr_check_find(dsr_engine *engine, dsr_arena *arena, const dsr_report *draft, dsr_candidates *out,
                          dsr_error *error)
{
    search s = {.engine = engine, .arena = arena, .draft = draft, .error = error};
    dsr_chunks chunks = dsr_store_chunks(engine->store);
    dsr_finder finder;
    dsr_status status = dsr_finder_open(&chunks, &finder, error);
    if (status != DSR_OK) {
        return status;
    }
    s.last = finder.last;
    s.reports = finder.blocks * DSR_FINDER_BLOCK + finder.tail;
    if (make_questions(&s) != DSR_OK || list_keys(&s) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    uint32_t most = s.reports / COMMON_SHARE > COMMON_LEAST ? s.reports / COMMON_SHARE : COMMON_LEAST;
    status = dsr_finder_look(&chunks, most, s.lists, s.list_count, error);
    if (status == DSR_OK && answer_all(&s) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    dsr_finder_lists_drop(s.lists, s.list_count);
    return status == DSR_OK ? choose(&s, out) : status;
}
