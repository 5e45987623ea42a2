/* Runs -> passages: what stands near in both texts is one passage with edits in it. Decides what counts as
 * copied. */
#include "compare/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    EDGE_WORDS = 6, /* words that may stand before or behind the copied ones in their sentence and still be an
                       edit of it */
    GAP_WORDS = 15, /* an edit inside a passage replaces at most this many words by at most this many */
    OVERHANG = 3,   /* words of a sentence that begins at the end of a run, so few are chance */
    PASSAGE_EVIDENCE =
        5, /* words of a passage that are neither quoted nor names, fewer are a shared name or a phrase */
    STRONG_EVIDENCE = 12, /* such words in one passage that prove copying by themselves */
    TOTAL_EVIDENCE = 24   /* such words in all passages together that prove it */
};

/* A passage in the making: the aligned words. */
typedef struct draft {
    dsr_word_pairs pairs;
    uint32_t a_end, b_end; /* one past the last aligned words */
} draft;

typedef struct chainer {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    const dsr_compare_text *a, *b;
    uint8_t *used;             /* words of `a` that stand in a passage already */
    uint32_t strongest, total; /* evidence */
    dsr_reuse *out;
} chainer;

static dsr_status push(chainer *c, draft *d, uint32_t a, uint32_t b)
{
    dsr_status status = DSR_LIST_RESERVE(c->arena, &d->pairs, 1);
    if (status == DSR_OK) {
        d->pairs.items[d->pairs.count++] = (dsr_word_pair){a, b};
        c->used[a] = 1;
    }
    return status;
}

/* Longest common subsequence of two short stretches of words, both at most GAP_WORDS long: length[i][j] is
 * that of their ends. */
typedef struct small_match {
    uint32_t a, b;
    uint32_t a_count, b_count;
    uint8_t length[GAP_WORDS + 1][GAP_WORDS + 1];
} small_match;

static bool same_word(const chainer *c, uint32_t a, uint32_t b)
{
    return c->a->words[a].key == c->b->words[b].key;
}

static void match_small(const chainer *c, small_match *m)
{
    memset(m->length, 0, sizeof m->length);
    for (uint32_t i = m->a_count; i-- > 0;) {
        for (uint32_t j = m->b_count; j-- > 0;) {
            uint8_t down = m->length[i + 1][j];
            uint8_t right = m->length[i][j + 1];
            uint8_t both = same_word(c, m->a + i, m->b + j) ? (uint8_t)(m->length[i + 1][j + 1] + 1) : 0;
            uint8_t best = down > right ? down : right;
            m->length[i][j] = both > best ? both : best;
        }
    }
}

static dsr_status push_small(chainer *c, draft *d, const small_match *m)
{
    uint32_t i = 0, j = 0;
    while (i < m->a_count && j < m->b_count) {
        if (same_word(c, m->a + i, m->b + j) && m->length[i][j] == m->length[i + 1][j + 1] + 1) {
            dsr_status status = push(c, d, m->a + i, m->b + j);
            if (status != DSR_OK) {
                return status;
            }
            i++, j++;
        } else if (m->length[i + 1][j] >= m->length[i][j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    return DSR_OK;
}

/* First word of the sentence in which word i stands, at most GAP_WORDS back and not before `least`, nor over
 * a word that is used (NULL: none is). */
static uint32_t sentence_begin(const dsr_compare_text *text, uint32_t i, uint32_t least, const uint8_t *used)
{
    uint32_t at = text->words[i].span.start;
    size_t low = 0, high = text->report->sentences.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->report->sentences.items[middle].start <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t start = low ? text->report->sentences.items[low - 1].start : 0;
    uint32_t first = i;
    while (first > least && i - first < GAP_WORDS && text->words[first - 1].span.start >= start &&
           !(used && used[first - 1])) {
        first--;
    }
    return first;
}

/* One past the last word of the sentence in which word i - 1 stands, at most GAP_WORDS on and not past
 * `most`, nor over a word that is used. */
static uint32_t sentence_end(const dsr_compare_text *text, uint32_t i, uint32_t most, const uint8_t *used)
{
    uint32_t at = text->words[i - 1].span.start;
    size_t low = 0, high = text->report->sentences.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->report->sentences.items[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t end = low < text->report->sentences.count ? text->report->sentences.items[low].end : UINT32_MAX;
    uint32_t last = i;
    while (last < most && last - i < GAP_WORDS && text->words[last].span.end <= end &&
           !(used && used[last])) {
        last++;
    }
    return last;
}

/* Whether an edge of a sentence was edited rather than written anew: half of the shorter side is there in the
 * other. */
static bool is_edited(const small_match *m)
{
    uint32_t shorter = m->a_count < m->b_count ? m->a_count : m->b_count;
    return shorter > 0 && 2u * m->length[0][0] >= shorter;
}

/* The beginning of the sentence in which a passage begins, where it was edited: part of the passage. */
static dsr_status open_draft(chainer *c, draft *d, const dsr_run *run, uint32_t a_least, uint32_t b_least)
{
    small_match m = {.a = sentence_begin(c->a, run->a, a_least, c->used),
                     .b = sentence_begin(c->b, run->b, b_least, NULL)};
    m.a_count = run->a - m.a;
    m.b_count = run->b - m.b;
    match_small(c, &m);
    *d = (draft){.a_end = run->a, .b_end = run->b};
    return is_edited(&m) ? push_small(c, d, &m) : DSR_OK;
}

static dsr_status extend_end(chainer *c, draft *d, uint32_t a_most, uint32_t b_most)
{
    small_match m = {.a = d->a_end, .b = d->b_end};
    m.a_count = sentence_end(c->a, d->a_end, a_most, c->used) - d->a_end;
    m.b_count = sentence_end(c->b, d->b_end, b_most, NULL) - d->b_end;
    match_small(c, &m);
    return is_edited(&m) ? push_small(c, d, &m) : DSR_OK;
}

static dsr_status add_run(chainer *c, draft *d, const dsr_run *run)
{
    small_match m = {
        .a = d->a_end, .b = d->b_end, .a_count = run->a - d->a_end, .b_count = run->b - d->b_end};
    match_small(c, &m);
    dsr_status status = push_small(c, d, &m);
    for (uint32_t k = 0; status == DSR_OK && k < run->length; k++) {
        status = push(c, d, run->a + k, run->b + k);
    }
    d->a_end = run->a + run->length;
    d->b_end = run->b + run->length;
    return status;
}

static uint8_t flags_of(const chainer *c, dsr_word_pair pair)
{
    return c->a->flags[pair.a] | c->b->flags[pair.b];
}

/* Quoted speech at the ends of a passage is common to whoever quotes it; between the reporter's own words it
 * was copied with them. */
static void trim_quoted(const chainer *c, dsr_word_pairs *pairs)
{
    size_t from = 0;
    while (from < pairs->count && (flags_of(c, pairs->items[from]) & DSR_WORD_QUOTED)) {
        from++;
    }
    size_t to = pairs->count;
    while (to > from && (flags_of(c, pairs->items[to - 1]) & DSR_WORD_QUOTED)) {
        to--;
    }
    pairs->items = pairs->count ? pairs->items + from : NULL;
    pairs->count = to - from;
    pairs->capacity = pairs->count;
}

/* Counts one run of aligned words that follow each other in both texts. */
static void count_run(const chainer *c, const dsr_word_pair *run, size_t length, dsr_passage *passage)
{
    if (length < DSR_RUN_WORDS) {
        return;
    }
    passage->words_in_runs += (uint32_t)length;
    for (size_t i = 0; i < length; i++) {
        passage->words_quoted += (flags_of(c, run[i]) & DSR_WORD_QUOTED) != 0;
    }
}

static dsr_passage passage_of(const chainer *c, const dsr_passage_words *w, uint32_t *evidence)
{
    const dsr_word_pairs *pairs = &w->pairs;
    const dsr_word_pair *items = pairs->items;
    dsr_passage passage = {
        .from = {c->a->words[w->a_first].span.start, c->a->words[w->a_last - 1].span.end},
        .to = {c->b->words[w->b_first].span.start, c->b->words[w->b_last - 1].span.end},
        .words = (uint32_t)pairs->count,
    };
    *evidence = 0;
    size_t run = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        *evidence += flags_of(c, items[i]) == 0;
        bool ends =
            i + 1 == pairs->count || items[i + 1].a != items[i].a + 1 || items[i + 1].b != items[i].b + 1;
        if (ends) {
            count_run(c, items + run, i + 1 - run, &passage);
            run = i + 1;
        }
    }
    return passage;
}

/* How far a passage may reach: not over what other passages have. */
typedef struct reach {
    uint32_t a_least, a_most, b_least, b_most;
} reach;

/* The first words of the sentence, where they are few: they were changed, added or left out. */
static void widen_start(const chainer *c, const reach *r, dsr_passage_words *w)
{
    uint32_t a = sentence_begin(c->a, w->a_first, r->a_least, c->used);
    uint32_t b = sentence_begin(c->b, w->b_first, r->b_least, NULL);
    /* Equal neighbours that alignment could not reach are no edit. */
    bool equal = w->a_first > a && w->b_first > b && same_word(c, w->a_first - 1, w->b_first - 1);
    if (!equal && w->a_first - a <= EDGE_WORDS && w->b_first - b <= EDGE_WORDS) {
        w->a_first = a;
        w->b_first = b;
    }
}

static void widen_end(const chainer *c, const reach *r, dsr_passage_words *w)
{
    uint32_t a = sentence_end(c->a, w->a_last, r->a_most, c->used);
    uint32_t b = sentence_end(c->b, w->b_last, r->b_most, NULL);
    bool equal = a > w->a_last && b > w->b_last && same_word(c, w->a_last, w->b_last);
    if (!equal && a - w->a_last <= EDGE_WORDS && b - w->b_last <= EDGE_WORDS) {
        w->a_last = a;
        w->b_last = b;
    }
}

/* The stretches of the aligned words and of what was edited at their ends. Where quoted speech was trimmed
 * off, the passage ends there. */
static dsr_passage_words words_of(chainer *c, const draft *d, const dsr_word_pairs *trimmed, const reach *r)
{
    dsr_word_pair first = trimmed->items[0], last = trimmed->items[trimmed->count - 1];
    dsr_passage_words w = {*trimmed, first.a, last.a + 1, first.b, last.b + 1};
    if (trimmed->items == d->pairs.items) {
        widen_start(c, r, &w);
    }
    if (trimmed->items + trimmed->count == d->pairs.items + d->pairs.count) {
        widen_end(c, r, &w);
    }
    memset(c->used + w.a_first, 1, w.a_last - w.a_first);
    return w;
}

static dsr_status close_draft(chainer *c, draft *d, const reach *r)
{
    dsr_word_pairs trimmed = d->pairs;
    trim_quoted(c, &trimmed);
    if (trimmed.count < DSR_RUN_WORDS) {
        return DSR_OK;
    }
    uint32_t evidence = 0;
    dsr_passage_words words = words_of(c, d, &trimmed, r);
    dsr_passage passage = passage_of(c, &words, &evidence);
    d->b_end = words.b_last > d->b_end ? words.b_last : d->b_end;
    if (evidence < PASSAGE_EVIDENCE) {
        return DSR_OK;
    }
    dsr_status status = dsr_edits_find(c->arena, c->lexicon, c->a, c->b, &words, &passage);
    if (status == DSR_OK) {
        status = DSR_LIST_RESERVE(c->arena, &c->out->passages, 1);
    }
    if (status != DSR_OK) {
        return status;
    }
    c->out->passages.items[c->out->passages.count++] = passage;
    c->out->words += passage.words_in_runs;
    c->out->words_quoted += passage.words_quoted;
    c->strongest = evidence > c->strongest ? evidence : c->strongest;
    c->total += evidence;
    return DSR_OK;
}

static bool joins(const draft *d, const dsr_run *run)
{
    return run->a >= d->a_end && run->a - d->a_end <= GAP_WORDS && run->b >= d->b_end &&
           run->b - d->b_end <= GAP_WORDS;
}

/* From the end of the run before it in `a` to the start of the one behind it. */
static void reach_in_a(const dsr_runs *runs, const uint32_t *order, size_t rank, uint32_t count, reach *r)
{
    r->a_least = 0;
    r->a_most = count;
    if (rank > 0) {
        const dsr_run *before = &runs->items[order[rank - 1]];
        r->a_least = before->a + before->length;
    }
    if (rank + 1 < runs->count) {
        r->a_most = runs->items[order[rank + 1]].a;
    }
}

/* Sorts run numbers by place in `a`; bottom-up merging, for the runs already ascend in long stretches. */
static dsr_status order_by_a(dsr_arena *arena, const dsr_runs *runs, uint32_t **order, uint32_t **rank)
{
    uint32_t *from = dsr_arena_alloc_array(arena, runs->count, sizeof *from);
    uint32_t *to = dsr_arena_alloc_array(arena, runs->count, sizeof *to);
    if (!from || !to) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < runs->count; i++) {
        from[i] = i;
    }
    for (size_t width = 1; width < runs->count; width *= 2) {
        for (size_t start = 0; start < runs->count; start += 2 * width) {
            size_t middle = start + width < runs->count ? start + width : runs->count;
            size_t stop = start + 2 * width < runs->count ? start + 2 * width : runs->count;
            size_t i = start, j = middle;
            for (size_t k = start; k < stop; k++) {
                bool left = i < middle && (j == stop || runs->items[from[i]].a <= runs->items[from[j]].a);
                to[k] = left ? from[i++] : from[j++];
            }
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    for (uint32_t i = 0; i < runs->count; i++) {
        to[from[i]] = i;
    }
    *order = from;
    *rank = to;
    return DSR_OK;
}

/* A few words of the next sentence that both texts go on with by chance ("... the coast guard said. The"):
 * they belong to what stands behind them. Where they were copied too, aligning the gap or the edge finds them
 * again. */
static void trim_overhang(const dsr_compare_text *a, const dsr_compare_text *b, dsr_run *run)
{
    uint32_t a_end = run->a + run->length, b_end = run->b + run->length;
    uint32_t in_a = a_end - sentence_begin(a, a_end - 1, run->a, NULL);
    uint32_t in_b = b_end - sentence_begin(b, b_end - 1, run->b, NULL);
    uint32_t over = in_a < in_b ? in_a : in_b;
    bool whole = sentence_end(a, a_end, (uint32_t)a->count, NULL) == a_end &&
                 sentence_end(b, b_end, (uint32_t)b->count, NULL) == b_end;
    if (!whole && over <= OVERHANG && run->length - over >= DSR_RUN_WORDS) {
        run->length -= over;
    }
}

static int compare_places(const void *x, const void *y)
{
    const dsr_passage *a = x, *b = y;
    if (a->from.start != b->from.start) {
        return a->from.start < b->from.start ? -1 : 1;
    }
    return a->to.start < b->to.start ? -1 : a->to.start > b->to.start;
}

static dsr_status chain_runs(chainer *c, const dsr_runs *runs, const uint32_t *order, const uint32_t *rank)
{
    reach r = {.b_least = 0};
    for (size_t i = 0; i < runs->count;) {
        reach_in_a(runs, order, rank[i], (uint32_t)c->a->count, &r);
        uint32_t a_least = r.a_least;
        draft d;
        dsr_status status = open_draft(c, &d, &runs->items[i], r.a_least, r.b_least);
        do {
            if (status == DSR_OK) {
                status = add_run(c, &d, &runs->items[i]);
            }
            i++;
        } while (status == DSR_OK && i < runs->count && rank[i] == rank[i - 1] + 1 &&
                 joins(&d, &runs->items[i]));
        reach_in_a(runs, order, rank[i - 1], (uint32_t)c->a->count, &r);
        r.b_most = i < runs->count ? runs->items[i].b : (uint32_t)c->b->count;
        if (status == DSR_OK) {
            status = extend_end(c, &d, r.a_most, r.b_most);
        }
        if (status == DSR_OK) {
            d.b_end = d.pairs.items[d.pairs.count - 1].b + 1;
            r.a_least = a_least;
            status = close_draft(c, &d, &r);
        }
        if (status != DSR_OK) {
            return status;
        }
        r.b_least = d.b_end;
    }
    return DSR_OK;
}

dsr_status dsr_passages_find(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_compare_text *a,
                             const dsr_compare_text *b, dsr_runs *runs, dsr_reuse *out)
{
    dsr_reuse reuse = {.words_of_from = a->all, .words_of_to = b->all};
    chainer c = {.arena = arena, .lexicon = lexicon, .a = a, .b = b, .out = &reuse};
    c.used = dsr_arena_alloc(arena, a->count + 1);
    if (!c.used) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < runs->count; i++) {
        trim_overhang(a, b, &runs->items[i]);
    }
    uint32_t *order = NULL, *rank = NULL;
    dsr_status status = order_by_a(arena, runs, &order, &rank);
    if (status == DSR_OK) {
        status = chain_runs(&c, runs, order, rank);
    }
    if (status != DSR_OK) {
        return status;
    }
    if (c.strongest < STRONG_EVIDENCE && c.total < TOTAL_EVIDENCE) {
        reuse.passages.count = 0;
    }
    /* They came by place in `b`; they are handed on by place in `a`. */
    if (reuse.passages.count > 1) {
        qsort(reuse.passages.items, reuse.passages.count, sizeof *reuse.passages.items, compare_places);
    }
    *out = reuse;
    return DSR_OK;
}
