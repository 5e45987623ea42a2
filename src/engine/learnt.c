/* Blocks that repeat across an outlet's pages: how they are found in a set, and laid over a report. Must not
 * know the store. */
#include "engine/learnt.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "language/words.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORDS_AT_MOST = 30,     /* longer blocks are never learnt: reporters repeat their background too */
    EDGE = 2,               /* blocks from the top or the bottom */
    ARTICLES_AT_LEAST = 3,  /* that bear a block */
    SENTENCES_AT_LEAST = 4, /* the same where the block reads as a sentence */
    SHARE = 4,              /* one in so many of the outlet's articles */
    SENTENCE_SHARE = 2
};

/* A block on a page. `article`: the longest block of the page, by which copies of one article are known. */
typedef struct sighting {
    uint64_t outlet, block, article;
    bool sentence;
} sighting;

struct dsr_learning {
    sighting *items; /* block 0: the article itself, one for each page */
    size_t count, room;
};

dsr_learning *dsr_learning_new(void)
{
    return calloc(1, sizeof(dsr_learning));
}

void dsr_learning_drop(dsr_learning *learning)
{
    if (learning) {
        free(learning->items);
        free(learning);
    }
}

static dsr_status push(dsr_learning *l, sighting s)
{
    if (l->count == l->room) {
        size_t room = l->room ? 2 * l->room : 256;
        sighting *grown = realloc(l->items, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        l->items = grown;
        l->room = room;
    }
    l->items[l->count++] = s;
    return DSR_OK;
}

/* Host of its address, else its name; 0: unknown. */
static uint64_t outlet_of(const dsr_report *report)
{
    dsr_slice host = dsr_slice_host(report->source.url.len ? report->source.url : report->meta.canonical);
    dsr_slice name = host.len ? host : report->meta.outlet;
    return name.len ? dsr_hash64(name, 1) : 0;
}

/* A report's blocks with their words. */
typedef struct view {
    const dsr_report *report;
    dsr_word_spans words;
    size_t *first; /* word of each block; one more than blocks */
    bool *labelled;
} view;

static bool is_labelled(const dsr_report *report, dsr_span block, size_t *from)
{
    while (*from < report->furniture.count && report->furniture.items[*from].span.end <= block.start) {
        ++*from;
    }
    return *from < report->furniture.count && report->furniture.items[*from].span.start < block.end;
}

static dsr_status view_open(dsr_arena *arena, const dsr_report *report, view *out)
{
    view v = {.report = report};
    size_t blocks = report->blocks.count;
    v.first = dsr_arena_alloc_array(arena, blocks + 1, sizeof *v.first);
    v.labelled = dsr_arena_alloc_array(arena, blocks + 1, sizeof *v.labelled);
    if (!v.first || !v.labelled || dsr_words_split(arena, report->text, &v.words) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    size_t word = 0, furniture = 0;
    for (size_t i = 0; i < blocks; i++) {
        dsr_span span = report->blocks.items[i].span;
        while (word < v.words.count && v.words.items[word].span.start < span.start) {
            word++;
        }
        v.first[i] = word;
        v.labelled[i] = is_labelled(report, span, &furniture);
    }
    v.first[blocks] = v.words.count;
    *out = v;
    return DSR_OK;
}

/* Words of a block: those that begin in it. */
static size_t count_words(const view *v, size_t block)
{
    uint32_t end = v->report->blocks.items[block].span.end;
    size_t at = v->first[block];
    while (at < v->words.count && v->words.items[at].span.start < end) {
        at++;
    }
    return at - v->first[block];
}

static uint64_t hash_block(const view *v, size_t block, size_t words)
{
    uint64_t hash = words;
    for (size_t i = 0; i < words; i++) {
        hash = dsr_hash_mix(hash ^ v->words.items[v->first[block] + i].key);
    }
    return hash ? hash : 1;
}

static bool ends_as_sentence(const view *v, size_t block)
{
    dsr_span span = v->report->blocks.items[block].span;
    dsr_slice text = dsr_slice_trim(dsr_slice_part(v->report->text, span.start, span.end));
    static const char *const ends[] = {".", "!", "?", "\"", "\u201d", "\u2019", "\u00bb", "\u2026", "\u3002"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (dsr_slice_ends(text, dsr_slice_of(ends[i]))) {
            return true;
        }
    }
    return false;
}

/* Tables and headings repeat their words in the article's own right. */
static bool may_be_learnt(const view *v, size_t block)
{
    dsr_block_kind kind = v->report->blocks.items[block].kind;
    return !v->labelled[block] && kind != DSR_BLOCK_TABLE_ROW && kind != DSR_BLOCK_HEADING &&
           kind != DSR_BLOCK_PREFORMATTED && kind != DSR_BLOCK_QUOTATION;
}

static bool has_digit(const view *v, size_t block)
{
    dsr_span span = v->report->blocks.items[block].span;
    for (uint32_t i = span.start; i < span.end; i++) {
        if (v->report->text.ptr[i] >= '0' && v->report->text.ptr[i] <= '9') {
            return true;
        }
    }
    return false;
}

/* Whether block `i` may be furniture where others bear it too. `place` counts the unlabelled blocks before
 * it, of `all`. */
static bool is_candidate(const view *v, size_t i, size_t words, size_t place, size_t all)
{
    if (!may_be_learnt(v, i) || words == 0 || words > WORDS_AT_MOST) {
        return false;
    }
    bool edge = place < EDGE || place + EDGE >= all;
    return !ends_as_sentence(v, i) || (edge && !has_digit(v, i));
}

static size_t count_unlabelled(const view *v)
{
    size_t all = 0;
    for (size_t i = 0; i < v->report->blocks.count; i++) {
        all += !v->labelled[i];
    }
    return all;
}

static uint64_t article_of(const view *v)
{
    size_t longest = 0;
    uint64_t hash = 1;
    for (size_t i = 0; i < v->report->blocks.count; i++) {
        size_t words = v->labelled[i] ? 0 : count_words(v, i);
        if (words > longest) {
            longest = words;
            hash = hash_block(v, i, words);
        }
    }
    return hash;
}

dsr_status dsr_learning_add(dsr_learning *learning, dsr_arena *scratch, const dsr_report *report)
{
    uint64_t outlet = outlet_of(report);
    view v;
    if (outlet == 0 || report->blocks.count == 0) {
        return DSR_OK;
    }
    if (view_open(scratch, report, &v) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    uint64_t article = article_of(&v);
    size_t all = count_unlabelled(&v);
    dsr_status status = push(learning, (sighting){outlet, 0, article, false});
    for (size_t i = 0, place = 0; status == DSR_OK && i < report->blocks.count; i++) {
        size_t words = v.labelled[i] ? 0 : count_words(&v, i);
        if (is_candidate(&v, i, words, place, all)) {
            status = push(learning,
                          (sighting){outlet, hash_block(&v, i, words), article, ends_as_sentence(&v, i)});
        }
        place += !v.labelled[i];
    }
    return status;
}

static int by_place(const void *x, const void *y)
{
    const sighting *a = x, *b = y;
    if (a->outlet != b->outlet) {
        return a->outlet < b->outlet ? -1 : 1;
    }
    if (a->block != b->block) {
        return a->block < b->block ? -1 : 1;
    }
    return a->article < b->article ? -1 : a->article > b->article;
}

static int by_number(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;
    return *a < *b ? -1 : *a > *b;
}

static uint64_t name_block(uint64_t outlet, uint64_t block)
{
    return dsr_hash_mix(outlet ^ dsr_hash_mix(block));
}

/* Articles in items[from...] of one outlet and block; *end is behind the last. */
static size_t count_articles(const dsr_learning *l, size_t from, size_t *end, bool *sentence)
{
    size_t articles = 0, at = from;
    *sentence = false;
    for (; at < l->count && l->items[at].outlet == l->items[from].outlet &&
           l->items[at].block == l->items[from].block;
         at++) {
        articles += at == from || l->items[at].article != l->items[at - 1].article;
        *sentence = *sentence || l->items[at].sentence;
    }
    *end = at;
    return articles;
}

static bool is_furniture(size_t articles, size_t of, bool sentence)
{
    size_t least = sentence ? SENTENCES_AT_LEAST : ARTICLES_AT_LEAST;
    size_t share = sentence ? SENTENCE_SHARE : SHARE;
    return articles >= least && articles * share >= of;
}

void dsr_learning_pack(dsr_learning *learning, dsr_buffer *to)
{
    if (learning->count == 0) {
        return;
    }
    qsort(learning->items, learning->count, sizeof *learning->items, by_place);
    uint64_t *names = malloc(learning->count * sizeof *names);
    if (!names) {
        to->status = DSR_ERR_MEMORY;
        return;
    }
    size_t count = 0, of = 0, end = 0;
    for (size_t at = 0; at < learning->count; at = end) {
        const sighting *s = &learning->items[at];
        bool sentence;
        size_t articles = count_articles(learning, at, &end, &sentence);
        if (s->block == 0) {
            of = articles; /* the outlet's, before all its blocks */
        } else if (is_furniture(articles, of, sentence)) {
            names[count++] = name_block(s->outlet, s->block);
        }
    }
    qsort(names, count, sizeof *names, by_number);
    count = count < DSR_LIMIT_LEARNT_BLOCKS ? count : DSR_LIMIT_LEARNT_BLOCKS;
    for (size_t i = 0; i < count; i++) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            dsr_buffer_append_char(to, (char)(unsigned char)(names[i] >> shift & 0xff));
        }
    }
    free(names);
}

dsr_status dsr_learnt_unpack(dsr_slice packed, dsr_learnt *out, dsr_error *error)
{
    dsr_learnt learnt = {NULL, packed.len / 8};
    learnt.blocks = malloc((learnt.count + 1) * sizeof *learnt.blocks);
    if (!learnt.blocks) {
        return dsr_fail_memory(error, "engine");
    }
    for (size_t i = 0; i < learnt.count; i++) {
        uint64_t name = 0;
        for (unsigned byte = 8; byte-- > 0;) {
            name = name << 8 | (unsigned char)packed.ptr[8 * i + byte];
        }
        learnt.blocks[i] = name;
    }
    *out = learnt;
    return DSR_OK;
}

void dsr_learnt_clear(dsr_learnt *learnt)
{
    free(learnt->blocks);
    *learnt = (dsr_learnt){NULL, 0};
}

static bool is_known(const dsr_learnt *learnt, uint64_t outlet, uint64_t block)
{
    uint64_t name = name_block(outlet, block);
    return bsearch(&name, learnt->blocks, learnt->count, sizeof name, by_number) != NULL;
}

/* Puts `span` in its place among the labels, which are in order and do not touch it. */
static dsr_status add_label(dsr_arena *arena, dsr_report *report, dsr_span span)
{
    if (DSR_LIST_RESERVE(arena, &report->furniture, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    size_t at = report->furniture.count++;
    for (; at > 0 && report->furniture.items[at - 1].span.start > span.start; at--) {
        report->furniture.items[at] = report->furniture.items[at - 1];
    }
    report->furniture.items[at] = (dsr_furniture){span, DSR_FURNITURE_OTHER};
    return DSR_OK;
}

static bool stands_in(dsr_span inner, dsr_span outer)
{
    return inner.start < outer.end && inner.end > outer.start;
}

/* Drops the items whose span touches `gone`. */
#define DROP_IN(list, member, gone)                                                                          \
    do {                                                                                                     \
        size_t kept = 0;                                                                                     \
        for (size_t i = 0; i < (list).count; i++) {                                                          \
            if (!stands_in((list).items[i] member, gone)) {                                                  \
                (list).items[kept++] = (list).items[i];                                                      \
            }                                                                                                \
        }                                                                                                    \
        (list).count = kept;                                                                                 \
    } while (0)

/* What was found in the block when it passed for the article's. Entities stay: they cost nothing. */
static void take_away(dsr_report *report, dsr_span span)
{
    DROP_IN(report->sentences, , span);
    DROP_IN(report->quotes, .span, span);
    DROP_IN(report->names, .span, span);
    DROP_IN(report->references, .span, span);
    DROP_IN(report->roles, .span, span);
}

dsr_status dsr_learnt_apply(const dsr_learnt *learnt, dsr_arena *arena, dsr_report *report)
{
    uint64_t outlet = learnt->count && report->blocks.count ? outlet_of(report) : 0;
    view v;
    if (outlet == 0) {
        return DSR_OK;
    }
    if (view_open(arena, report, &v) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < report->blocks.count; i++) {
        size_t words = v.labelled[i] ? 0 : count_words(&v, i);
        if (words == 0 || words > WORDS_AT_MOST || !may_be_learnt(&v, i) ||
            !is_known(learnt, outlet, hash_block(&v, i, words))) {
            continue;
        }
        dsr_span span = report->blocks.items[i].span;
        if (add_label(arena, report, span) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        take_away(report, span);
    }
    return DSR_OK;
}
