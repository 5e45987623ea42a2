/* A report -> its weighted stems: what grouping looks at. */
#include "story/terms.h"
#include "base/hash.h"
#include "story/stem.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_TERMS = 256, SECONDS_A_DAY = 86400, LEAD_WORDS = 60 };

typedef struct collector {
    const dsr_lexicon *lexicon;
    dsr_slice language;
    dsr_stemmer *stemmer; /* NULL: words stand for themselves */
    dsr_story_terms *terms;
    size_t capacity;
    uint32_t body_words; /* taken so far */
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

static dsr_status take_word(collector *c, dsr_slice word, bool title)
{
    char folded[DSR_STEM_WORD_BYTES];
    dsr_slice key = {folded, dsr_stem_fold(word, folded)};
    if (!key.len || dsr_lexicon_has(c->lexicon, c->language, DSR_WORDS_STOP, key)) {
        return DSR_OK;
    }
    dsr_status status = dsr_stem(c->stemmer, key, &key);
    if (status != DSR_OK) {
        return status;
    }
    return push_term(c, dsr_hash64(key, 0), dsr_lexicon_background(c->lexicon, c->language, key), title);
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

static int compare_terms(const void *x, const void *y)
{
    const struct dsr_story_term *a = x, *b = y;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
}

/* Equal stems become one with a count. */
static void merge_terms(dsr_story_terms *t)
{
    if (!t->count) {
        return;
    }
    qsort(t->items, t->count, sizeof *t->items, compare_terms);
    size_t kept = 0;
    for (size_t i = 1; i < t->count; i++) {
        struct dsr_story_term *last = &t->items[kept];
        if (t->items[i].hash != last->hash) {
            t->items[++kept] = t->items[i];
            continue;
        }
        last->count = (uint16_t)(last->count + (last->count < UINT16_MAX));
        last->in_title =
            (uint16_t)(last->in_title + (last->in_title < UINT16_MAX ? t->items[i].in_title : 0));
        last->in_lead = (uint16_t)(last->in_lead + t->items[i].in_lead); /* at most LEAD_WORDS */
    }
    t->count = kept + 1;
    struct dsr_story_term *tight = realloc(t->items, t->count * sizeof *tight);
    t->items = tight ? tight : t->items;
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

dsr_status dsr_story_terms_take(const dsr_lexicon *lexicon, const dsr_report *report, dsr_story_terms *out)
{
    dsr_story_terms terms = {.items = NULL};
    collector c = {.lexicon = lexicon, .language = report->meta.language, .terms = &terms};
    dsr_status status = dsr_stemmer_open(c.language, &c.stemmer);
    if (status != DSR_OK) {
        return status;
    }
    status = take_text(&c, report);
    dsr_stemmer_close(c.stemmer);
    if (status != DSR_OK) {
        free(terms.items);
        return status;
    }
    merge_terms(&terms);
    set_day(&report->meta.published, &terms);
    *out = terms;
    return DSR_OK;
}

void dsr_story_terms_drop(dsr_story_terms *terms)
{
    free(terms->items);
    *terms = (dsr_story_terms){.items = NULL};
}
