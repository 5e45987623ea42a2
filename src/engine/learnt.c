/* Blocks that repeat across an outlet's pages: how they are found in a set, and laid over a report. Must not
 * know the store. */
#include "engine/learnt.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "language/words.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORDS_AT_MOST = 30,    /* longer blocks are never learnt: reporters repeat their background too */
    EDGE = 2,              /* blocks from the top or the bottom */
    ARTICLES_AT_LEAST = 3, /* that bear a block */
    SENTENCES_AT_LEAST =
        8,     /* the same where the block may tell something: to lose that is worse than a prompt */
    SHARE = 4, /* one in so many of the outlet's articles */
    SENTENCE_SHARE = 2,
    PROOFS = 4, /* longest blocks of a page, by one of which its article is known */
    COMMON = 2, /* a block on more than one in so many of an outlet's pages tells no article from others */
    HOST_BYTES = 256,
    BLOCKS_AT_MOST = 4096 /* of a page that are noted, and of an outlet that are learnt */
};

/* A block on a page. */
typedef struct sighting {
    uint64_t outlet, block, article;
    uint32_t page;
    bool sentence;
} sighting;

/* One of the longest blocks of a page; rank 0 is the longest. */
typedef struct proof {
    uint64_t outlet, block;
    uint32_t page, words, rank;
} proof;

struct dsr_learning {
    const dsr_lexicon *lexicon;
    struct {
        sighting *items;
        size_t count, room;
    } seen; /* block 0: the page itself, one for each */
    struct {
        proof *items;
        size_t count, room;
    } proofs;
    uint32_t pages;
};

dsr_learning *dsr_learning_new(const dsr_lexicon *lexicon)
{
    dsr_learning *learning = calloc(1, sizeof *learning);
    if (learning) {
        learning->lexicon = lexicon;
    }
    return learning;
}

void dsr_learning_drop(dsr_learning *learning)
{
    if (learning) {
        free(learning->seen.items);
        free(learning->proofs.items);
        free(learning);
    }
}

/* Room for one more of `size` bytes in a list on the heap. */
static dsr_status reserve(void **items, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return DSR_OK;
    }
    size_t more = *room ? 2 * *room : 256;
    void *grown = realloc(*items, more * size);
    if (!grown) {
        return DSR_ERR_MEMORY;
    }
    *items = grown;
    *room = more;
    return DSR_OK;
}

static dsr_status push_sighting(dsr_learning *l, sighting s)
{
    void *items = l->seen.items;
    dsr_status status = reserve(&items, l->seen.count, &l->seen.room, sizeof s);
    l->seen.items = items;
    if (status == DSR_OK) {
        l->seen.items[l->seen.count++] = s;
    }
    return status;
}

static dsr_status push_proof(dsr_learning *l, proof p)
{
    void *items = l->proofs.items;
    dsr_status status = reserve(&items, l->proofs.count, &l->proofs.room, sizeof p);
    l->proofs.items = items;
    if (status == DSR_OK) {
        l->proofs.items[l->proofs.count++] = p;
    }
    return status;
}

/* A host without what tells only for which screen it serves its pages. */
static dsr_slice bare_host(dsr_slice host)
{
    static const char *const screens[] = {"www.", "m.", "amp.", "mobile."};
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        dsr_slice screen = dsr_slice_of(screens[i]);
        dsr_slice rest = dsr_slice_part(host, screen.len, host.len);
        if (dsr_slice_starts(host, screen) && dsr_slice_find(rest, DSR_SLICE("."), 0) != SIZE_MAX) {
            return rest;
        }
    }
    return host;
}

/* Host of its address, else its name; 0: unknown. */
static uint64_t outlet_of(const dsr_report *report)
{
    char lower[HOST_BYTES];
    dsr_slice host = dsr_slice_host(report->source.url.len ? report->source.url : report->meta.canonical);
    dsr_slice name = host.len ? host : report->meta.outlet;
    size_t length = name.len < sizeof lower ? name.len : sizeof lower;
    for (size_t i = 0; i < length; i++) {
        char c = name.ptr[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    dsr_slice key = {lower, length};
    return length ? dsr_hash64(host.len ? bare_host(key) : key, 1) : 0;
}

/* A report's blocks with their words. */
typedef struct view {
    const dsr_report *report;
    const dsr_block *blocks;
    size_t count;
    bool plain; /* the source has no layout of its own: blocks are paragraphs of the text */
    dsr_word_spans words;
    size_t *first; /* word of each block; one more than blocks */
    bool *labelled;
} view;

/* Paragraphs of plain text: what stands between blank lines, or in a line where no line is blank. */
static dsr_status list_paragraphs(dsr_arena *arena, dsr_slice text, view *v)
{
    DSR_LIST(dsr_block) blocks = {.items = NULL};
    dsr_slice between =
        dsr_slice_find(text, DSR_SLICE("\n\n"), 0) == SIZE_MAX ? DSR_SLICE("\n") : DSR_SLICE("\n\n");
    for (size_t at = 0; at < text.len;) {
        size_t end = dsr_slice_find(text, between, at);
        end = end == SIZE_MAX ? text.len : end;
        if (end > at) {
            if (DSR_LIST_RESERVE(arena, &blocks, 1) != DSR_OK) {
                return DSR_ERR_MEMORY;
            }
            blocks.items[blocks.count++] =
                (dsr_block){.span = {(uint32_t)at, (uint32_t)end}, .kind = DSR_BLOCK_PARAGRAPH};
        }
        at = end + between.len;
    }
    v->blocks = blocks.items;
    v->count = blocks.count;
    v->plain = true;
    return DSR_OK;
}

static bool is_labelled(const dsr_report *report, dsr_span block, size_t *from)
{
    while (*from < report->furniture.count && report->furniture.items[*from].span.end <= block.start) {
        ++*from;
    }
    return *from < report->furniture.count && report->furniture.items[*from].span.start < block.end;
}

static dsr_status view_open(dsr_arena *arena, const dsr_report *report, view *out)
{
    view v = {.report = report, .blocks = report->blocks.items, .count = report->blocks.count};
    if (!v.count && list_paragraphs(arena, report->text, &v) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    size_t blocks = v.count;
    v.first = dsr_arena_alloc_array(arena, blocks + 1, sizeof *v.first);
    v.labelled = dsr_arena_alloc_array(arena, blocks + 1, sizeof *v.labelled);
    if (!v.first || !v.labelled || dsr_words_split(arena, report->text, &v.words) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    size_t word = 0, furniture = 0;
    for (size_t i = 0; i < blocks; i++) {
        dsr_span span = v.blocks[i].span;
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
    uint32_t end = v->blocks[block].span.end;
    size_t at = v->first[block];
    while (at < v->words.count && v->words.items[at].span.start < end) {
        at++;
    }
    return at - v->first[block];
}

static uint64_t hash_block(const view *v, size_t block, size_t words, bool sentence)
{
    uint64_t hash = 2 * (uint64_t)words + sentence; /* the same words as a sentence are another block */
    for (size_t i = 0; i < words; i++) {
        hash = dsr_hash_mix(hash ^ v->words.items[v->first[block] + i].key);
    }
    return hash ? hash : 1;
}

static bool is_stop(uint32_t c)
{
    switch (c) {
    case '.':
    case '!':
    case '?':
    case 0x2026: /* ... */
    case 0x3002: /* ideographic full stop */
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
    case 0x0964: /* danda */
    case 0x0965:
    case 0x061F: /* Arabic question mark */
    case 0x06D4: /* Arabic full stop */
    case 0x0589: /* Armenian */
    case 0x1362: /* Ethiopic */
        return true;
    default:
        return false;
    }
}

/* Closing marks of quotations and brackets: what ends so was said, or stands beside what was told. */
static bool is_closing(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x2018: /* German's closing one */
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0xAB:
    case 0xBB:
    case 0x203A:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0xFF02:
    case 0xFF09:
        return true;
    default:
        return false;
    }
}

/* Thai, Lao, Tibetan, Burmese and Khmer write no stops: any of their lines may be a sentence. */
static bool has_no_stops(uint32_t c)
{
    return (c >= 0x0E00 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800) || (c >= 0x1950 && c < 0x1AB0);
}

static uint32_t last_character(const view *v, size_t block)
{
    dsr_span span = v->blocks[block].span;
    dsr_slice text = dsr_slice_trim(dsr_slice_part(v->report->text, span.start, span.end));
    size_t start = text.len, length;
    while (start > 0 && ((unsigned char)text.ptr[--start] & 0xC0) == 0x80) {
    }
    return text.len ? dsr_utf8_decode(text.ptr + start, text.ptr + text.len, &length) : 0;
}

/* Whether a block may tell something: it reads as a sentence, is an item of a list, or stands in plain text,
 * where nothing says what it is. */
static bool may_tell(const view *v, size_t block)
{
    uint32_t c = last_character(v, block);
    return v->plain || is_stop(c) || is_closing(c) || has_no_stops(c) ||
           v->blocks[block].kind == DSR_BLOCK_LIST_ITEM;
}

/* What ends in a colon belongs to what follows it. */
static bool leads_in(const view *v, size_t block)
{
    uint32_t c = last_character(v, block);
    return c == ':' || c == 0xFF1A || c == 0xFE55;
}

/* Whether somebody says something in a block. "Leave a Comment": a capital makes it a title or a prompt. */
static bool holds_speech(const dsr_lexicon *lexicon, const view *v, size_t block, size_t words)
{
    enum { LONGEST = 64 }; /* bytes of a word that may be a verb */
    char folded[3 * LONGEST];
    for (size_t i = 0; lexicon && i < words; i++) {
        dsr_span span = v->words.items[v->first[block] + i].span;
        dsr_slice word = dsr_slice_part(v->report->text, span.start, span.end);
        bool verb = !v->words.items[v->first[block] + i].capital && word.len <= LONGEST;
        if (verb && dsr_lexicon_has(lexicon, v->report->meta.language, DSR_WORDS_CUE,
                                    (dsr_slice){folded, dsr_fold_word(word, folded, sizeof folded)})) {
            return true;
        }
    }
    return false;
}

/* Tables and headings repeat their words in the article's own right. */
static bool may_be_learnt(const view *v, size_t block)
{
    dsr_block_kind kind = v->blocks[block].kind;
    return !v->labelled[block] && kind != DSR_BLOCK_TABLE_ROW && kind != DSR_BLOCK_HEADING &&
           kind != DSR_BLOCK_PREFORMATTED && kind != DSR_BLOCK_QUOTATION;
}

static bool has_digit(const view *v, size_t block)
{
    dsr_span span = v->blocks[block].span;
    const char *end = v->report->text.ptr + span.end;
    for (const char *p = v->report->text.ptr + span.start; p < end;) {
        size_t length;
        if (dsr_is_digit(dsr_utf8_decode(p, end, &length))) {
            return true;
        }
        p += length;
    }
    return false;
}

/* Whether a block of plain text names anybody but its outlet: reporters repeat the background of a long story
 * at the end of each report, too. */
static bool names_others(const view *v, size_t block, size_t words)
{
    for (size_t i = 1; v->plain && i < words; i++) {
        dsr_span span = v->words.items[v->first[block] + i].span;
        dsr_slice word = dsr_slice_part(v->report->text, span.start, span.end);
        if (v->words.items[v->first[block] + i].capital &&
            dsr_slice_find(v->report->meta.outlet, word, 0) == SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* Whether block `i` may be furniture where others bear it too. `place` counts the unlabelled blocks before
 * it, of `all`. */
static bool is_candidate(const view *v, size_t i, size_t words, size_t place, size_t all)
{
    if (!may_be_learnt(v, i) || words == 0 || words > WORDS_AT_MOST || leads_in(v, i) ||
        names_others(v, i, words)) {
        return false;
    }
    bool edge = place < EDGE || place + EDGE >= all;
    return !may_tell(v, i) || (edge && !has_digit(v, i));
}

static size_t count_unlabelled(const view *v)
{
    size_t all = 0;
    for (size_t i = 0; i < v->count; i++) {
        all += !v->labelled[i];
    }
    return all;
}

/* Notes the longest blocks of a page. */
static dsr_status note_proofs(dsr_learning *l, const view *v, uint64_t outlet)
{
    proof longest[PROOFS];
    uint32_t count = 0;
    for (size_t i = 0; i < v->count; i++) {
        uint32_t words = v->labelled[i] ? 0 : (uint32_t)count_words(v, i);
        uint32_t at = count;
        while (at > 0 && longest[at - 1].words < words) {
            at--;
        }
        if (words == 0 || at >= PROOFS) {
            continue;
        }
        count += count < PROOFS;
        memmove(longest + at + 1, longest + at, (count - at - 1) * sizeof *longest);
        longest[at] = (proof){outlet, hash_block(v, i, words, false), l->pages, words, 0};
    }
    if (count == 0) { /* nothing to tell it by: one article with all others of the sort */
        longest[count++] = (proof){outlet, 1, l->pages, 0, 0};
    }
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        longest[i].rank = i;
        status = push_proof(l, longest[i]);
    }
    return status;
}

dsr_status dsr_learning_add(dsr_learning *learning, dsr_arena *scratch, const dsr_report *report)
{
    uint64_t outlet = outlet_of(report);
    view v;
    if (outlet == 0) {
        return DSR_OK;
    }
    if (view_open(scratch, report, &v) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    uint32_t page = learning->pages;
    size_t all = count_unlabelled(&v), noted = 0;
    dsr_status status = note_proofs(learning, &v, outlet);
    if (status == DSR_OK) {
        status = push_sighting(learning, (sighting){outlet, 0, 0, page, false});
    }
    for (size_t i = 0, place = 0; status == DSR_OK && i < v.count; i++) {
        size_t words = v.labelled[i] ? 0 : count_words(&v, i);
        if (noted < BLOCKS_AT_MOST && is_candidate(&v, i, words, place, all) &&
            !holds_speech(learning->lexicon, &v, i, words)) {
            noted++;
            bool sentence = may_tell(&v, i);
            status = push_sighting(learning,
                                   (sighting){outlet, hash_block(&v, i, words, sentence), 0, page, sentence});
        }
        place += !v.labelled[i];
    }
    learning->pages++;
    return status;
}

uint64_t dsr_learning_outlet(const dsr_report *report)
{
    return outlet_of(report);
}

static void put_hash(dsr_buffer *to, uint64_t hash)
{
    for (unsigned shift = 0; shift < 64; shift += 8) {
        dsr_buffer_append_char(to, (char)(unsigned char)(hash >> shift & 0xff));
    }
}

static bool take_hash(dsr_slice *rest, uint64_t *out)
{
    if (rest->len < 8) {
        return false;
    }
    *out = 0;
    for (unsigned byte = 8; byte-- > 0;) {
        *out = *out << 8 | (unsigned char)rest->ptr[byte];
    }
    *rest = dsr_slice_part(*rest, 8, rest->len);
    return true;
}

void dsr_learning_keep(const dsr_learning *learning, dsr_buffer *to)
{
    dsr_buffer_append_varint(to, learning->proofs.count);
    for (size_t i = 0; i < learning->proofs.count; i++) {
        put_hash(to, learning->proofs.items[i].block);
        dsr_buffer_append_varint(to, learning->proofs.items[i].words);
    }
    dsr_buffer_append_varint(to, learning->seen.count);
    for (size_t i = 0; i < learning->seen.count; i++) {
        put_hash(to, learning->seen.items[i].block);
        dsr_buffer_append_char(to, learning->seen.items[i].sentence);
    }
}

static dsr_status take_up_proofs(dsr_learning *l, uint64_t outlet, dsr_slice *rest)
{
    uint64_t count = 0, words = 0;
    proof p = {outlet, 0, l->pages, 0, 0};
    if (!dsr_slice_next_varint(rest, &count) || count > PROOFS) {
        return DSR_ERR_STORE;
    }
    dsr_status status = DSR_OK;
    for (; status == DSR_OK && p.rank < count; p.rank++) {
        if (!take_hash(rest, &p.block) || !dsr_slice_next_varint(rest, &words) || words > UINT32_MAX) {
            return DSR_ERR_STORE;
        }
        p.words = (uint32_t)words;
        status = push_proof(l, p);
    }
    return status;
}

dsr_status dsr_learning_take_up(dsr_learning *learning, uint64_t outlet, dsr_slice kept)
{
    uint64_t count = 0;
    sighting s = {outlet, 0, 0, learning->pages, false};
    dsr_status status = take_up_proofs(learning, outlet, &kept);
    if (status == DSR_OK && (!dsr_slice_next_varint(&kept, &count) || kept.len != count * 9)) {
        return DSR_ERR_STORE;
    }
    while (status == DSR_OK && take_hash(&kept, &s.block)) {
        s.sentence = kept.ptr[0] == 1;
        kept = dsr_slice_part(kept, 1, kept.len);
        status = push_sighting(learning, s);
    }
    learning->pages++;
    return status;
}

/* ---- which pages are one article ---- */

static int by_block(const void *x, const void *y)
{
    const proof *a = x, *b = y;
    if (a->outlet != b->outlet) {
        return a->outlet < b->outlet ? -1 : 1;
    }
    if (a->block != b->block) {
        return a->block < b->block ? -1 : 1;
    }
    return a->page < b->page ? -1 : a->page > b->page;
}

typedef struct article {
    uint64_t block;
    uint32_t words;
    bool rare, known;
} article;

/* A page's article is its longest block that not most of the outlet's pages bear: under every article may
 * stand the same long account of the paper itself. */
static void prefer(article *of_page, const proof *p, bool rare)
{
    bool better = !of_page->known || (rare && !of_page->rare) ||
                  (rare == of_page->rare &&
                   (p->words > of_page->words || (p->words == of_page->words && p->block < of_page->block)));
    if (better) {
        *of_page = (article){p->block, p->words, rare, true};
    }
}

static size_t same_block(const dsr_learning *l, size_t from, size_t end, uint32_t *pages)
{
    size_t at = from;
    *pages = 0;
    for (; at < end && l->proofs.items[at].block == l->proofs.items[from].block; at++) {
        *pages += at == from || l->proofs.items[at].page != l->proofs.items[at - 1].page;
    }
    return at;
}

static void name_outlet_articles(const dsr_learning *l, size_t from, size_t end, article *articles)
{
    uint64_t of = 0;
    for (size_t i = from; i < end; i++) {
        of += l->proofs.items[i].rank == 0;
    }
    for (size_t at = from; at < end;) {
        uint32_t pages;
        size_t next = same_block(l, at, end, &pages);
        for (; at < next; at++) {
            prefer(&articles[l->proofs.items[at].page], &l->proofs.items[at], (uint64_t)pages * COMMON <= of);
        }
    }
}

/* Sets the article of each sighting. */
static dsr_status name_articles(dsr_learning *l)
{
    article *articles = calloc((size_t)l->pages + 1, sizeof *articles);
    if (!articles) {
        return DSR_ERR_MEMORY;
    }
    qsort(l->proofs.items, l->proofs.count, sizeof *l->proofs.items, by_block);
    for (size_t from = 0, end = 0; from < l->proofs.count; from = end) {
        while (end < l->proofs.count && l->proofs.items[end].outlet == l->proofs.items[from].outlet) {
            end++;
        }
        name_outlet_articles(l, from, end, articles);
    }
    for (size_t i = 0; i < l->seen.count; i++) {
        l->seen.items[i].article = articles[l->seen.items[i].page].block;
    }
    free(articles);
    return DSR_OK;
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
    for (; at < l->seen.count && l->seen.items[at].outlet == l->seen.items[from].outlet &&
           l->seen.items[at].block == l->seen.items[from].block;
         at++) {
        articles += at == from || l->seen.items[at].article != l->seen.items[at - 1].article;
        *sentence = *sentence || l->seen.items[at].sentence;
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
    if (learning->seen.count == 0) {
        return;
    }
    if (name_articles(learning) != DSR_OK) {
        to->status = DSR_ERR_MEMORY;
        return;
    }
    qsort(learning->seen.items, learning->seen.count, sizeof *learning->seen.items, by_place);
    uint64_t *names = malloc(learning->seen.count * sizeof *names);
    if (!names) {
        to->status = DSR_ERR_MEMORY;
        return;
    }
    size_t count = 0, of = 0, end = 0, own = 0;
    for (size_t at = 0; at < learning->seen.count; at = end) {
        const sighting *s = &learning->seen.items[at];
        bool sentence;
        size_t articles = count_articles(learning, at, &end, &sentence);
        if (s->block == 0) {
            of = articles; /* the outlet's, before all its blocks */
            own = 0;
        } else if (own < BLOCKS_AT_MOST && is_furniture(articles, of, sentence)) {
            own++;
            names[count++] = name_block(s->outlet, s->block);
        }
    }
    qsort(names, count, sizeof *names, by_number);
    count = count < DSR_LIMIT_LEARNT_BLOCKS ? count : DSR_LIMIT_LEARNT_BLOCKS;
    for (size_t i = 0; i < count; i++) {
        put_hash(to, names[i]);
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
    DROP_IN(report->events, .span, span);
    DROP_IN(report->positions, .span, span);
    DROP_IN(report->credits, .span, span);
    DROP_IN(report->names, .span, span);
    DROP_IN(report->references, .span, span);
    DROP_IN(report->roles, .span, span);
}

dsr_status dsr_learnt_apply(const dsr_learnt *learnt, dsr_arena *arena, dsr_report *report)
{
    uint64_t outlet = learnt->count ? outlet_of(report) : 0;
    view v;
    if (outlet == 0) {
        return DSR_OK;
    }
    if (view_open(arena, report, &v) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    size_t all = count_unlabelled(&v);
    for (size_t i = 0, place = 0; i < v.count; i++) {
        size_t words = v.labelled[i] ? 0 : count_words(&v, i);
        bool known = is_candidate(&v, i, words, place, all) &&
                     is_known(learnt, outlet, hash_block(&v, i, words, may_tell(&v, i)));
        place += !v.labelled[i];
        if (!known) {
            continue;
        }
        dsr_span span = v.blocks[i].span;
        if (add_label(arena, report, span) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        take_away(report, span);
    }
    return DSR_OK;
}
