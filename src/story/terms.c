/* A report -> its weighted stems: what grouping looks at. */
#include "story/terms.h"
#include "base/hash.h"
#include "base/sort.h"
#include "story/stem.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_TERMS = 256,
    SECONDS_A_DAY = 86400,
    LEAD_WORDS = 60,
    MET_BITS = 14,    /* of the table of words that were met */
    MET_FEW_BITS = 10 /* of that of a single report */
};

/* A word that was met. Two that fall together take turns. */
typedef struct met_word {
    uint64_t word; /* hash of the folded word and its language; 0: none */
    uint64_t stem;
    uint32_t background;
    bool stops;
} met_word;

struct dsr_met_words {
    met_word words[1 << MET_BITS];
};

dsr_met_words *dsr_met_words_new(void)
{
    return calloc(1, sizeof(dsr_met_words));
}

void dsr_met_words_drop(dsr_met_words *met)
{
    free(met);
}

typedef struct collector {
    const dsr_lexicon *lexicon;
    dsr_slice language;
    dsr_stemmer *stemmer; /* NULL: words stand for themselves */
    dsr_story_terms *terms;
    size_t capacity;
    uint32_t body_words; /* taken so far */
    uint64_t seed;       /* of the language */
    met_word *met;
    unsigned met_shift; /* of a hash, to its place there */
} collector;

static dsr_status push_term(collector *c, uint64_t hash, uint32_t background, bool title)
{
    dsr_story_terms *t = c->terms;
    if (t->count == c->capacity) {
        size_t room = c->capacity ? 2 * c->capacity : FIRST_TERMS;
        struct dsr_story_term *grown = realloc(t->items, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        t->items = grown;
        c->capacity = room;
    }
    bool lead = !title && c->body_words <= LEAD_WORDS;
    t->items[t->count++] = (struct dsr_story_term){hash, background, 1, title, lead};
    return DSR_OK;
}

static dsr_status meet(collector *c, dsr_slice folded, uint64_t hash, met_word *out)
{
    dsr_slice stem = folded;
    *out = (met_word){.word = hash};
    if (dsr_lexicon_has(c->lexicon, c->language, DSR_WORDS_STOP, folded)) {
        out->stops = true;
        return DSR_OK;
    }
    dsr_status status = dsr_stem(c->stemmer, folded, &stem);
    if (status == DSR_OK) {
        out->stem = dsr_hash64(stem, 0);
        out->background = dsr_lexicon_background(c->lexicon, c->language, stem);
    }
    return status;
}

static dsr_status take_word(collector *c, dsr_slice word, bool title)
{
    char folded[DSR_STEM_WORD_BYTES];
    dsr_slice key = {folded, dsr_stem_fold(word, folded)};
    if (!key.len) {
        return DSR_OK;
    }
    uint64_t hash = dsr_hash64(key, c->seed) | 1;
    met_word *met = &c->met[hash >> c->met_shift];
    dsr_status status = met->word == hash ? DSR_OK : meet(c, key, hash, met);
    if (status != DSR_OK) {
        met->word = 0;
        return status;
    }
    return met->stops ? DSR_OK : push_term(c, met->stem, met->background, title);
}

static dsr_status take_words(collector *c, dsr_slice text, bool title)
{
    dsr_status status = DSR_OK;
    dsr_slice word;
    while (status == DSR_OK && dsr_stem_next_word(&text, &word)) {
        c->body_words += !title;
        status = take_word(c, word, title);
    }
    return status;
}

static bool is_title(dsr_furniture_kind kind)
{
    return kind == DSR_FURNITURE_HEADLINE || kind == DSR_FURNITURE_STANDFIRST;
}

/* The text without its furniture; headline, standfirst and subheads are read too, the first two as the title.
 */
static dsr_status take_text(collector *c, const dsr_report *report)
{
    dsr_status status = DSR_OK;
    uint32_t at = 0;
    bool stated = report->meta.headline_from == DSR_FROM_METADATA && report->meta.headline.len;
    if (stated) {
        status = take_words(c, report->meta.headline, true);
    }
    for (size_t i = 0; status == DSR_OK && i < report->furniture.count; i++) {
        const dsr_furniture *f = &report->furniture.items[i];
        status = take_words(c, dsr_slice_part(report->text, at, f->span.start), false);
        if (status == DSR_OK && is_title(f->kind)) {
            status = take_words(c, dsr_slice_part(report->text, f->span.start, f->span.end), true);
        }
        at = f->span.end;
    }
    return status == DSR_OK ? take_words(c, dsr_slice_part(report->text, at, report->text.len), false)
                            : status;
}

typedef struct dsr_story_term term;

/* The terms in the order of their hashes, in heap memory. Numbers sort faster than things: the upper half of
 * the hash stands above the place, and what is out of order within equal halves is put right afterwards. */
static term *order_terms(const dsr_story_terms *t)
{
    uint64_t *order = malloc(t->count * sizeof *order);
    term *sorted = malloc(t->count * sizeof *sorted);
    if (!order || !sorted) {
        free(order);
        free(sorted);
        return NULL;
    }
    for (size_t i = 0; i < t->count; i++) {
        order[i] = (t->items[i].hash >> 32) << 32 | i;
    }
    dsr_sort_u64(order, t->count);
    for (size_t i = 0; i < t->count; i++) {
        term item = t->items[(uint32_t)order[i]];
        size_t at = i;
        for (; at > 0 && sorted[at - 1].hash > item.hash; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = item;
    }
    free(order);
    return sorted;
}

/* Equal stems become one with a count. */
static dsr_status merge_terms(dsr_story_terms *t)
{
    if (!t->count) {
        return DSR_OK;
    }
    term *sorted = order_terms(t);
    if (!sorted) {
        return DSR_ERR_MEMORY;
    }
    size_t kept = 0;
    for (size_t i = 1; i < t->count; i++) {
        term *last = &sorted[kept];
        if (sorted[i].hash != last->hash) {
            sorted[++kept] = sorted[i];
            continue;
        }
        last->count = (uint16_t)(last->count + (last->count < UINT16_MAX));
        last->in_title = (uint16_t)(last->in_title + (last->in_title < UINT16_MAX ? sorted[i].in_title : 0));
        last->in_lead = (uint16_t)(last->in_lead + sorted[i].in_lead); /* at most LEAD_WORDS */
    }
    free(t->items);
    t->items = sorted;
    t->count = kept + 1;
    term *tight = realloc(t->items, t->count * sizeof *tight);
    t->items = tight ? tight : t->items;
    return DSR_OK;
}

static void set_day(const dsr_moment *published, dsr_story_terms *t)
{
    if (!published->iso.len) {
        return;
    }
    int64_t middle = published->earliest + (published->latest - published->earliest) / 2;
    int64_t day = middle >= 0 ? middle / SECONDS_A_DAY : -((-middle + SECONDS_A_DAY - 1) / SECONDS_A_DAY);
    /* "2022" or "2022-01" tell no day. */
    enum { DAY_LENGTH = 10 };
    t->has_day = published->iso.len >= DAY_LENGTH;
    t->day = (int32_t)day;
}

dsr_status dsr_story_terms_take(const dsr_lexicon *lexicon, const dsr_report *report, dsr_met_words *met,
                                dsr_story_terms *out)
{
    met_word few[1 << MET_FEW_BITS] = {{0}};
    dsr_story_terms terms = {.items = NULL};
    collector c = {.lexicon = lexicon,
                   .language = report->meta.language,
                   .terms = &terms,
                   .seed = dsr_hash64(report->meta.language, 0),
                   .met = met ? met->words : few,
                   .met_shift = 64 - (met ? MET_BITS : MET_FEW_BITS)};
    dsr_status status = dsr_stemmer_open(c.language, &c.stemmer);
    if (status != DSR_OK) {
        return status;
    }
    status = take_text(&c, report);
    dsr_stemmer_close(c.stemmer);
    if (status == DSR_OK) {
        status = merge_terms(&terms);
    }
    if (status != DSR_OK) {
        free(terms.items);
        return status;
    }
    set_day(&report->meta.published, &terms);
    *out = terms;
    return DSR_OK;
}

void dsr_story_terms_drop(dsr_story_terms *terms)
{
    free(terms->items);
    *terms = (dsr_story_terms){.items = NULL};
}
