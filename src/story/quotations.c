/* The order in which a story's quotations are found, and the order in which they stand. Must not know what
 * makes two quotations one. */
#include "story/quotations.h"

#include "base/limits.h"
#include "story/quotations_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- the quotations of one report ---- */

enum { INDIRECT_SURE = 400, INDIRECT_WORDS = 3 };

/* Indirect speech has no marks that show it: it must have a speaker who is likely right. What somebody is
 * said not to have said is no saying. */
static bool counts(const dsr_report *report, const dsr_quote *quote)
{
    bool named = quote->entity < report->entities.count || quote->speaker.end > quote->speaker.start;
    bool spoken = named && quote->confidence >= INDIRECT_SURE;
    return quote->kind != DSR_QUOTE_SCARE && !quote->denied && (quote->kind != DSR_QUOTE_INDIRECT || spoken);
}

/* A part of a quotation. Indirect speech is never a part of what stands in marks. */
typedef struct piece {
    uint32_t quotation, quote;
    bool indirect;
} piece;

static int compare_pieces(const void *x, const void *y)
{
    const piece *a = x;
    const piece *b = y;
    if (a->indirect != b->indirect) {
        return a->indirect ? 1 : -1;
    }
    if (a->quotation != b->quotation) {
        return a->quotation < b->quotation ? -1 : 1;
    }
    return (a->quote > b->quote) - (a->quote < b->quote);
}

/* Which of two parts tells more of the speaker. */
static bool tells_more(const dsr_quote *a, const dsr_quote *b)
{
    bool named_a = a->entity != DSR_NO_ENTITY;
    bool named_b = b->entity != DSR_NO_ENTITY;
    if (named_a != named_b) {
        return named_a;
    }
    return a->confidence > b->confidence;
}

static bool is_furniture(const dsr_report *report, dsr_span span)
{
    size_t low = 0;
    size_t high = report->furniture.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->furniture.items[middle].span.end <= span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < report->furniture.count && report->furniture.items[low].span.start <= span.start &&
           report->furniture.items[low].kind != DSR_FURNITURE_DATELINE;
}

static dsr_status add_parts(dsr_quotations *q, const dsr_report *report, const piece *pieces, size_t count,
                            dsr_said_item *item)
{
    uint32_t room = DSR_LIMIT_QUOTE_WORDS;
    for (size_t i = 0; i < count; i++) {
        const dsr_quote *quote = &report->quotes.items[pieces[i].quote];
        if (DSR_LIST_RESERVE(q->scratch, &q->parts, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        q->parts.items[q->parts.count++] = quote->span;
        dsr_status status =
            dsr_quotations_split(q, report->text, (dsr_said_part){quote->span, (uint32_t)i}, &room);
        if (status != DSR_OK) {
            return status;
        }
        item->kind = quote->kind < item->kind ? quote->kind : item->kind;
        item->quote = tells_more(quote, &report->quotes.items[item->quote]) ? pieces[i].quote : item->quote;
    }
    item->parts = (uint32_t)count;
    item->words = (uint32_t)q->words.count - item->first_word;
    for (uint32_t i = 0; i < item->words; i++) {
        dsr_span word = q->words.items[item->first_word + i].span;
        item->letters += word.end - word.start;
    }
    return DSR_OK;
}

static dsr_status add_item(dsr_quotations *q, dsr_said_people *people, uint32_t number, const piece *pieces,
                           size_t count)
{
    const dsr_report *report = q->story->reports.items[number].report;
    dsr_said_item item = {.report = number,
                          .quote = pieces[0].quote,
                          .first_part = (uint32_t)q->parts.count,
                          .first_word = (uint32_t)q->words.count,
                          .kind = DSR_QUOTE_INDIRECT,
                          .furniture = is_furniture(report, report->quotes.items[pieces[0].quote].span)};
    dsr_status status = add_parts(q, report, pieces, count, &item);
    if (status == DSR_OK) {
        status = dsr_quotations_who(q, people, number, &report->quotes.items[item.quote], &item.who);
    }
    bool indirect = item.kind == DSR_QUOTE_INDIRECT;
    if (status != DSR_OK || item.words < (indirect ? INDIRECT_WORDS : 1) ||
        (indirect && item.who == DSR_SAID_NOBODY)) {
        return status;
    }
    status = DSR_LIST_RESERVE(q->scratch, &q->items, 1);
    if (status == DSR_OK) {
        q->items.items[q->items.count++] = item;
    }
    return status;
}

static dsr_status collect_report(dsr_quotations *q, dsr_said_people *people, uint32_t number)
{
    const dsr_report *report = q->story->reports.items[number].report;
    piece *pieces = dsr_arena_alloc_array(q->scratch, report->quotes.count + 1, sizeof *pieces);
    size_t count = 0;
    if (pieces == NULL) {
        return DSR_ERR_MEMORY;
    }
    uint32_t marked = 0; /* where words in marks end: what stands in them is a part of them here */
    for (size_t i = 0; i < report->quotes.count; i++) {
        const dsr_quote *quote = &report->quotes.items[i];
        bool nested = quote->kind != DSR_QUOTE_INDIRECT && quote->span.end <= marked;
        if (quote->kind != DSR_QUOTE_INDIRECT && quote->span.end > marked) {
            marked = quote->span.end;
        }
        if (!nested && counts(report, quote)) {
            pieces[count++] = (piece){quote->quotation, (uint32_t)i, quote->kind == DSR_QUOTE_INDIRECT};
        }
    }
    qsort(pieces, count, sizeof *pieces, compare_pieces);
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < count && status == DSR_OK;) {
        size_t from = i++;
        while (i < count && pieces[from].quotation > 0 && pieces[i].quotation == pieces[from].quotation &&
               pieces[i].indirect == pieces[from].indirect) {
            i++;
        }
        status = add_item(q, people, number, pieces + from, i - from);
    }
    return status;
}

/* ---- what stands before what ---- */

/* An item by its place. */
typedef struct placed {
    uint32_t report, start, item;
} placed;

static int compare_placed(const void *x, const void *y)
{
    const placed *a = x;
    const placed *b = y;
    if (a->report != b->report) {
        return a->report < b->report ? -1 : 1;
    }
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return (a->item > b->item) - (a->item < b->item);
}

/* Items by report and place, each its own group. */
static dsr_status order_items(dsr_quotations *q)
{
    size_t count = q->items.count;
    placed *order = dsr_arena_alloc_array(q->scratch, count + 1, sizeof *order);
    dsr_said_item *items = dsr_arena_alloc_array(q->scratch, count + 1, sizeof *items);
    if (order == NULL || items == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        const dsr_said_item *item = &q->items.items[i];
        order[i] = (placed){item->report, q->parts.items[item->first_part].start, i};
    }
    qsort(order, count, sizeof *order, compare_placed);
    for (uint32_t i = 0; i < count; i++) {
        items[i] = q->items.items[order[i].item];
        bool named = items[i].who != DSR_SAID_NOBODY && q->people.items[items[i].who].named;
        items[i].up = i;
        items[i].fullest = i;
        items[i].group_who = named ? items[i].who : DSR_SAID_NOBODY;
    }
    q->items.items = items;
    q->items.capacity = count + 1;
    return DSR_OK;
}

/* A quotation and what its place hangs on: its speaker's rank, its day, where it stands first. */
typedef struct ranked {
    uint64_t rank; /* of the speaker: the smaller, the earlier */
    int64_t day;
    uint32_t report, start;
    uint32_t quote;
} ranked;

static int compare_ranked(const void *x, const void *y)
{
    const ranked *a = x;
    const ranked *b = y;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    if (a->report != b->report) {
        return a->report < b->report ? -1 : 1;
    }
    return (a->start > b->start) - (a->start < b->start);
}

enum { SECONDS_A_DAY = 86400, MOST_COUNTED = 1 << 30 };

/* The day on which it was said; else that on which a report with it appeared first; else the end of time. */
static int64_t day_of(const dsr_story *story, const dsr_story_quote *quote)
{
    int64_t day = INT64_MAX;
    if (quote->said_day != DSR_NO_DAY) {
        return quote->said_day;
    }
    for (size_t i = 0; i < quote->variants.count; i++) {
        const dsr_moment *published =
            &story->reports.items[quote->variants.items[i].report].report->meta.published;
        if (published->iso.len > 0 && published->earliest / SECONDS_A_DAY < day) {
            day = published->earliest / SECONDS_A_DAY;
        }
    }
    return day;
}

/* Those come first whom the reports quote most; of equals those with a name, then the first; those who are
 * not known come last. `quoted` has the quotations of each. */
static uint64_t rank_of(const dsr_story_quote *quote, uint32_t who, const uint32_t *quoted)
{
    if (quote->speaker_name.ptr == NULL) {
        return UINT64_MAX;
    }
    uint64_t count = quoted[who] < MOST_COUNTED ? quoted[who] : MOST_COUNTED;
    return (MOST_COUNTED - count) << 33 | (uint64_t)(quote->speaker_entity.ptr == NULL) << 32 | who;
}

typedef DSR_LIST(dsr_story_quote) quote_list;

/* Puts the quotations into their order; who[i] is the speaker of quotes[i]. */
static dsr_status order_quotes(dsr_quotations *q, const quote_list *quotes, const uint32_t *who)
{
    uint32_t *quoted = dsr_arena_alloc_array(q->scratch, q->people.count + 1, sizeof *quoted);
    ranked *order = dsr_arena_alloc_array(q->scratch, quotes->count + 1, sizeof *order);
    quote_list sorted = {NULL, 0, 0};
    if (quoted == NULL || order == NULL || DSR_LIST_RESERVE(q->arena, &sorted, quotes->count + 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < quotes->count; i++) {
        if (who[i] != DSR_SAID_NOBODY) {
            quoted[who[i]] += quotes->items[i].kind != DSR_QUOTE_INDIRECT ? quotes->items[i].reports : 0;
        }
    }
    for (size_t i = 0; i < quotes->count; i++) {
        const dsr_story_quote *quote = &quotes->items[i];
        const dsr_quote_variant *first = &quote->variants.items[0];
        for (size_t j = 1; j < quote->variants.count; j++) {
            first = quote->variants.items[j].report < first->report ? &quote->variants.items[j] : first;
        }
        order[i] = (ranked){rank_of(quote, who[i], quoted), day_of(q->story, quote), first->report,
                            first->span.start, (uint32_t)i};
    }
    qsort(order, quotes->count, sizeof *order, compare_ranked);
    for (size_t i = 0; i < quotes->count; i++) {
        sorted.items[sorted.count++] = quotes->items[order[i].quote];
    }
    q->story->quotes.items = sorted.items;
    q->story->quotes.count = sorted.count;
    q->story->quotes.capacity = sorted.capacity;
    return DSR_OK;
}

/* ---- groups ---- */

typedef struct grouped {
    uint32_t root, item;
} grouped;

static int compare_grouped(const void *x, const void *y)
{
    const grouped *a = x;
    const grouped *b = y;
    if (a->root != b->root) {
        return a->root < b->root ? -1 : 1;
    }
    return (a->item > b->item) - (a->item < b->item);
}

static dsr_status open_cells(const dsr_quotations *q, dsr_said_cells *out)
{
    size_t most = 1;
    for (size_t i = 0; i < q->items.count; i++) {
        most = q->items.items[i].words > most ? q->items.items[i].words : most;
    }
    out->lengths = dsr_arena_alloc_array(q->scratch, DSR_LIMIT_QUOTE_CELLS, sizeof *out->lengths);
    out->in_base = dsr_arena_alloc(q->scratch, most);
    out->in_own = dsr_arena_alloc(q->scratch, most);
    return out->lengths != NULL && out->in_base != NULL && out->in_own != NULL ? DSR_OK : DSR_ERR_MEMORY;
}

/* Who of q->people the speaker is. */
static uint32_t find_who(const dsr_quotations *q, dsr_said_group group, dsr_slice name)
{
    for (size_t i = 0; i < group.count; i++) {
        uint32_t who = q->items.items[group.items[i]].who;
        if (who != DSR_SAID_NOBODY && q->people.items[who].name.ptr == name.ptr) {
            return who;
        }
    }
    return DSR_SAID_NOBODY;
}

static dsr_status make_quotes(dsr_quotations *q, const uint32_t *items, const size_t *firsts, size_t groups)
{
    dsr_said_cells cells;
    quote_list quotes = {NULL, 0, 0};
    uint32_t *who = dsr_arena_alloc_array(q->scratch, groups + 1, sizeof *who);
    dsr_status status = open_cells(q, &cells);
    if (who == NULL || DSR_LIST_RESERVE(q->scratch, &quotes, groups + 1) != DSR_OK) {
        status = DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < groups && status == DSR_OK; i++) {
        dsr_said_group group = {items + firsts[i], firsts[i + 1] - firsts[i]};
        dsr_story_quote quote = {.speaker = DSR_NO_ENTITY};
        dsr_said_winner won;
        status = dsr_quotations_elect(q, group, &won);
        if (status == DSR_OK) {
            status =
                dsr_quotations_variants(q, &cells, group, dsr_quotations_base(q, group, won.who), &quote);
        }
        if (status == DSR_OK) {
            status = dsr_quotations_vote(q, group, &won, &quote);
        }
        if (status == DSR_OK) {
            who[quotes.count] = find_who(q, group, quote.speaker_name);
            quotes.items[quotes.count++] = quote;
        }
    }
    return status == DSR_OK ? order_quotes(q, &quotes, who) : status;
}

static dsr_status group(dsr_quotations *q)
{
    size_t count = q->items.count;
    grouped *sorted = dsr_arena_alloc_array(q->scratch, count + 1, sizeof *sorted);
    uint32_t *items = dsr_arena_alloc_array(q->scratch, count + 1, sizeof *items);
    size_t *firsts = dsr_arena_alloc_array(q->scratch, count + 1, sizeof *firsts);
    size_t groups = 0;
    if (sorted == NULL || items == NULL || firsts == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = (grouped){dsr_quotations_root(q, i), i};
    }
    qsort(sorted, count, sizeof *sorted, compare_grouped);
    for (size_t i = 0; i < count; i++) {
        items[i] = sorted[i].item;
        if (i == 0 || sorted[i].root != sorted[i - 1].root) {
            firsts[groups++] = i;
        }
    }
    firsts[groups] = count;
    return make_quotes(q, items, firsts, groups);
}

dsr_status dsr_quotations_make(dsr_arena *arena, dsr_story *story)
{
    dsr_quotations q = {.arena = arena, .scratch = dsr_arena_new(0), .story = story};
    dsr_said_people *people = NULL;
    dsr_status status = q.scratch != NULL ? dsr_quotations_people(&q, &people) : DSR_ERR_MEMORY;
    for (uint32_t i = 0; i < story->reports.count && status == DSR_OK; i++) {
        status = collect_report(&q, people, i);
    }
    if (status == DSR_OK && q.items.count > 0) {
        status = order_items(&q);
        status = status == DSR_OK ? dsr_quotations_match(&q) : status;
        status = status == DSR_OK ? group(&q) : status;
    }
    dsr_said_people_drop(people);
    dsr_arena_drop(q.scratch);
    return status;
}
