/* See timeline.h. Items are dated clauses; those of one time that are alike become an entry. */
#include "story/timeline.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "story/told.h"

#include <stdlib.h>
#include <string.h>

enum {
    DAY = 86400,
    ZONE_EARLY = 14 * 3600, /* a day without a zone begins so much early and ends so much late: */
    ZONE_LATE = 12 * 3600,  /* model/moment.h */
    HISTORICAL_DAYS = 183,
    LONGEST_DAYS = 400, /* decades and centuries date nothing */
    ALIKE = 400,        /* thousandths of likeness that make two clauses of one time one */
    ALIKE_KEYS = 3,
    NEAR_ALIKE = 150, /* enough where the words around the two times name one thing */
    NEAR_BYTES = 50
};

typedef struct dated {
    dsr_carrier carrier;
    uint32_t sentence; /* through the story */
    int32_t earliest, latest;
    dsr_realis realis;
    bool heading;
    dsr_told_keys near; /* of the words around the time */
} dated;

typedef struct maker {
    dsr_told told;
    dsr_arena *arena; /* the story's */
    DSR_LIST(dated) dated;
    dsr_told_item *items; /* by dated */
    uint32_t *order;      /* dated by entry, report, place */
    dsr_voiced *voiced;   /* room */
    DSR_LIST(dsr_timeline_entry) entries;
} maker;

/* ---- which times date something ---- */

typedef struct days {
    bool known;
    int64_t first, last;
} days;

static int64_t floor_day(int64_t seconds)
{
    return seconds >= 0 ? seconds / DAY : -((-seconds + DAY - 1) / DAY);
}

/* The days on which a report may have appeared. */
static days days_of(const dsr_moment *published)
{
    dsr_moment_parts parts;
    if (published->iso.len == 0) {
        return (days){false, 0, 0};
    }
    if (dsr_moment_parse_parts(published->iso, &parts) && parts.day > 0) {
        int64_t day = dsr_days_from_date(parts.year, parts.month, parts.day);
        return (days){true, day, day};
    }
    int64_t first = floor_day(published->earliest + ZONE_EARLY);
    int64_t last = floor_day(published->latest - ZONE_LATE - 1);
    return (days){true, first, last < first ? first : last};
}

static dsr_realis realis_of(const dsr_time *time, days published)
{
    bool to_come = time->form.tense > 0;
    if (!published.known) {
        return to_come ? DSR_REALIS_FUTURE : DSR_REALIS_ACTUAL;
    }
    if (time->earliest > published.last || (to_come && time->latest > published.last)) {
        return DSR_REALIS_FUTURE;
    }
    return time->latest + HISTORICAL_DAYS <= published.first ? DSR_REALIS_HISTORICAL : DSR_REALIS_ACTUAL;
}

static dsr_time_class class_before(const dsr_told *told, const dsr_report *report, uint32_t start)
{
    uint32_t end = start;
    while (end > 0 && report->text.ptr[end - 1] == ' ') {
        end--;
    }
    uint32_t at = end;
    while (at > 0 && (report->text.ptr[at - 1] | 0x20) >= 'a' && (report->text.ptr[at - 1] | 0x20) <= 'z') {
        at--;
    }
    char room[DSR_STEM_WORD_BYTES];
    dsr_slice folded = {room, dsr_stem_fold(dsr_slice_part(report->text, at, end), room)};
    const dsr_term *term = folded.len > 0 && told->terms != NULL ? dsr_terms_find(told->terms, folded) : NULL;
    return term != NULL ? (dsr_time_class)term->time : DSR_TIMEWORD_NONE;
}

/* "since 1997" and "after 2014" say when something else was. */
static bool dates_something(const dsr_told *told, const dsr_report *report, const dsr_time *time)
{
    if (time->earliest == DSR_NO_DAY || time->latest == DSR_NO_DAY || time->latest <= time->earliest ||
        time->latest - time->earliest > LONGEST_DAYS) {
        return false;
    }
    if (time->type != DSR_TIME_DATE && time->type != DSR_TIME_TIME) {
        return false;
    }
    if (time->mod == DSR_TIME_MOD_BEFORE || time->mod == DSR_TIME_MOD_AFTER) {
        return false;
    }
    dsr_time_class before = class_before(told, report, time->span.start);
    return before != DSR_TIMEWORD_SINCE && before != DSR_TIMEWORD_AFTER;
}

static dsr_status add_dated(maker *m, uint32_t number, const dsr_time *time, days published)
{
    const dsr_report *report = m->told.story->reports.items[number].report;
    uint32_t sentence = dsr_told_sentence(&m->told, number, time->span.start);
    if (sentence == UINT32_MAX || m->told.place[sentence] == DSR_TOLD_NOWHERE) {
        return DSR_OK;
    }
    /* Of two times of one sentence that mean the same days the first counts. */
    for (size_t i = m->dated.count; i > 0 && m->dated.items[i - 1].sentence == sentence; i--) {
        const dated *d = &m->dated.items[i - 1];
        if (d->earliest == time->earliest && d->latest == time->latest) {
            return DSR_OK;
        }
    }
    if (DSR_LIST_RESERVE(m->told.arena, &m->dated, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    dsr_span whole = dsr_told_span(&m->told, number, sentence);
    dsr_span clause = dsr_told_clause(&m->told, report, whole, time->span);
    m->dated.items[m->dated.count++] =
        (dated){.carrier = {.report = number, .sentence = whole, .clause = clause, .at = time->span},
                .sentence = sentence,
                .earliest = time->earliest,
                .latest = time->latest,
                .realis = realis_of(time, published),
                .heading = m->told.place[sentence] == DSR_TOLD_HEADING};
    return DSR_OK;
}

static dsr_status collect(maker *m)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < m->told.story->reports.count; i++) {
        const dsr_report *report = m->told.story->reports.items[i].report;
        days published = days_of(&report->meta.published);
        status = dsr_told_read(&m->told, i);
        for (size_t t = 0; status == DSR_OK && t < report->times.count; t++) {
            const dsr_time *time = &report->times.items[t];
            if (dates_something(&m->told, report, time)) {
                status = add_dated(m, i, time, published);
            }
        }
    }
    return status;
}

/* ---- which of them are one ---- */

/* The words around both times name one thing at one place. */
static bool share_near(const dated *a, const dated *b)
{
    uint32_t stems =
        dsr_told_share(&a->near, &b->near, DSR_TOLD_STEM) + dsr_told_share(&a->near, &b->near, DSR_TOLD_KIN);
    return stems > 0 && dsr_told_share(&a->near, &b->near, DSR_TOLD_SITE) > 0;
}

static bool is_same(const void *context, uint32_t a, uint32_t b, const dsr_likeness *likeness)
{
    const maker *m = context;
    if (likeness->stems == 0) {
        return false;
    }
    if (likeness->thousandths >= ALIKE && likeness->stems + likeness->names >= ALIKE_KEYS) {
        return true;
    }
    return likeness->thousandths >= NEAR_ALIKE && share_near(&m->dated.items[a], &m->dated.items[b]);
}

/* The words around a time, within its clause. */
static dsr_span near_of(const dsr_report *report, const dsr_carrier *carrier)
{
    dsr_span span = carrier->clause;
    if (carrier->at.start > span.start + NEAR_BYTES) {
        span.start = (uint32_t)dsr_utf8_floor(report->text, carrier->at.start - NEAR_BYTES);
    }
    if (carrier->at.end + NEAR_BYTES < span.end) {
        span.end = (uint32_t)dsr_utf8_floor(report->text, carrier->at.end + NEAR_BYTES);
    }
    return span;
}

static dsr_status make_items(maker *m)
{
    dsr_status status = DSR_OK;
    size_t count = m->dated.count;
    m->items = dsr_arena_alloc_array(m->told.arena, count + 1, sizeof *m->items);
    m->order = dsr_arena_alloc_array(m->told.arena, count + 1, sizeof *m->order);
    m->voiced = dsr_arena_alloc_array(m->told.arena, count + 1, sizeof *m->voiced);
    if (m->items == NULL || m->order == NULL || m->voiced == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        dated *d = &m->dated.items[i];
        const dsr_report *report = m->told.story->reports.items[d->carrier.report].report;
        status = dsr_told_read(&m->told, d->carrier.report);
        m->items[i].bucket = (uint64_t)(uint32_t)d->earliest << 32 | (uint32_t)d->latest;
        m->items[i].up = i;
        m->order[i] = i;
        if (status == DSR_OK) {
            status = dsr_told_keys_take(&m->told, d->carrier.report, d->carrier.clause, d->carrier.at,
                                        &m->items[i].keys);
        }
        if (status == DSR_OK) {
            status = dsr_told_keys_take(&m->told, d->carrier.report, near_of(report, &d->carrier),
                                        d->carrier.at, &d->near);
        }
    }
    return status;
}

/* Copies that tell one time are one entry, whatever was edited in them. */
static dsr_status unite_copies(maker *m)
{
    dsr_map *firsts = dsr_map_new(m->dated.count);
    dsr_status status = firsts != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < m->dated.count; i++) {
        uint64_t text = dsr_told_text_of(&m->told, m->dated.items[i].sentence);
        uint32_t first;
        status = dsr_map_intern(firsts, dsr_hash_mix(m->items[i].bucket) ^ dsr_hash_mix(text + 1), i, &first);
        if (status == DSR_OK && m->items[first].bucket == m->items[i].bucket) {
            dsr_told_unite(m->items, first, i);
        }
    }
    dsr_map_drop(firsts);
    return status;
}

/* ---- entries ---- */

/* For how many other carriers each key of a carrier speaks: the words shown are those that most tell. */
static uint32_t shown_of(const maker *m, const uint32_t *members, uint32_t count, dsr_realis realis)
{
    uint32_t best = 0, best_score = 0;
    uint32_t looked = count < DSR_LIMIT_TOLD_CARRIERS ? count : DSR_LIMIT_TOLD_CARRIERS;
    for (uint32_t i = 0; i < looked; i++) {
        const dated *d = &m->dated.items[members[i]];
        uint32_t length = d->carrier.clause.end - d->carrier.clause.start, score = 1;
        score += d->heading ? 0 : 8;
        score += d->realis == realis ? 4 : 0;
        score += d->carrier.lead ? 2 : 0;
        score += length >= 40 && length <= 180;
        uint32_t rival = m->dated.items[members[best]].carrier.report;
        bool earlier =
            score == best_score && dsr_story_compare_reports(m->told.story, d->carrier.report, rival) < 0;
        if (score > best_score || earlier) {
            best_score = score;
            best = i;
        }
    }
    return best;
}

/* A heading counts where its report's body does not tell the same. */
static uint32_t drop_headings(const maker *m, uint32_t *members, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const dated *d = &m->dated.items[members[i]];
        bool beside = false;
        for (uint32_t k = i; d->heading && k-- > 0 && !beside;) {
            const dated *other = &m->dated.items[members[k]];
            if (other->carrier.report != d->carrier.report) {
                break;
            }
            beside = !other->heading;
        }
        for (uint32_t k = i + 1; d->heading && k < count && !beside; k++) {
            const dated *other = &m->dated.items[members[k]];
            if (other->carrier.report != d->carrier.report) {
                break;
            }
            beside = !other->heading;
        }
        if (!beside) {
            members[kept++] = members[i];
        }
    }
    return kept;
}

static dsr_realis realis_of_all(const maker *m, const uint32_t *members, uint32_t count)
{
    dsr_realis realis = DSR_REALIS_FUTURE;
    for (uint32_t i = 0; i < count; i++) {
        dsr_realis own = m->dated.items[members[i]].realis;
        realis = own == DSR_REALIS_FUTURE ? realis : own;
    }
    return realis;
}

static dsr_status add_entry(maker *m, uint32_t *members, uint32_t count)
{
    count = drop_headings(m, members, count);
    for (uint32_t i = 0; i < count; i++) {
        dated *d = &m->dated.items[members[i]];
        m->voiced[i] = (dsr_voiced){&d->carrier, dsr_told_text_of(&m->told, d->sentence), 0, 0};
    }
    const dated *first = &m->dated.items[members[0]];
    dsr_timeline_entry entry = {
        .earliest = first->earliest, .latest = first->latest, .statement = DSR_NO_STATEMENT};
    dsr_voice_count voices;
    dsr_status status = dsr_told_voices(&m->told, m->voiced, count, &voices);
    uint32_t kept = count < DSR_LIMIT_TOLD_CARRIERS ? count : DSR_LIMIT_TOLD_CARRIERS;
    if (status != DSR_OK || DSR_LIST_RESERVE(m->told.arena, &m->entries, 1) != DSR_OK ||
        DSR_LIST_RESERVE(m->arena, &entry.carriers, kept) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < kept; i++) {
        entry.carriers.items[i] = m->dated.items[members[i]].carrier;
    }
    entry.carriers.count = kept;
    entry.reports = voices.reports;
    entry.independent = voices.independent;
    entry.realis = realis_of_all(m, members, count);
    entry.shown = shown_of(m, members, count, entry.realis);
    m->entries.items[m->entries.count++] = entry;
    return DSR_OK;
}

/* One dated clause with the entry that it belongs to. */
typedef struct sorted {
    uint32_t root, item;
} sorted;

static int by_root(const void *a, const void *b)
{
    const sorted *x = a, *y = b;
    if (x->root != y->root) {
        return x->root < y->root ? -1 : 1;
    }
    return x->item < y->item ? -1 : x->item > y->item;
}

static dsr_status make_entries(maker *m)
{
    size_t count = m->dated.count;
    sorted *all = dsr_arena_alloc_array(m->told.arena, count + 1, sizeof *all);
    dsr_status status = all != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        all[i] = (sorted){dsr_told_root(m->items, i), i};
    }
    if (status == DSR_OK && count > 1) {
        qsort(all, count, sizeof *all, by_root);
    }
    for (uint32_t i = 0; status == DSR_OK && i < count;) {
        uint32_t members = 0, root = all[i].root;
        for (; i < count && all[i].root == root; i++) {
            m->order[members++] = all[i].item;
        }
        status = add_entry(m, m->order, members);
    }
    return status;
}

static int by_weight(const void *a, const void *b)
{
    const dsr_timeline_entry *x = a, *y = b;
    if (x->independent != y->independent) {
        return x->independent > y->independent ? -1 : 1;
    }
    if (x->reports != y->reports) {
        return x->reports > y->reports ? -1 : 1;
    }
    const dsr_carrier *c = &x->carriers.items[0], *d = &y->carriers.items[0];
    if (c->report != d->report) {
        return c->report < d->report ? -1 : 1;
    }
    return c->at.start < d->at.start ? -1 : c->at.start > d->at.start;
}

static int by_time(const void *a, const void *b)
{
    const dsr_timeline_entry *x = a, *y = b;
    if (x->earliest != y->earliest) {
        return x->earliest < y->earliest ? -1 : 1;
    }
    if (x->latest != y->latest) {
        return x->latest < y->latest ? -1 : 1;
    }
    return by_weight(a, b);
}

/* The entries that most tell, by time. */
static dsr_status keep_entries(maker *m, dsr_story *story)
{
    size_t count = m->entries.count, kept = count < DSR_LIMIT_TIMELINE ? count : DSR_LIMIT_TIMELINE;
    dsr_timeline_entry *items = dsr_arena_alloc_array(m->arena, kept + 1, sizeof *items);
    if (items == NULL) {
        return DSR_ERR_MEMORY;
    }
    if (count > 1) {
        qsort(m->entries.items, count, sizeof *m->entries.items, by_weight);
        qsort(m->entries.items, kept, sizeof *m->entries.items, by_time);
    }
    if (kept > 0) {
        memcpy(items, m->entries.items, kept * sizeof *items);
    }
    story->timeline.items = items;
    story->timeline.count = story->timeline.capacity = kept;
    story->timeline_left = (uint32_t)(count - kept);
    return DSR_OK;
}

dsr_status dsr_timeline_make(const dsr_lexicon *lexicon, dsr_arena *arena, dsr_story *story)
{
    dsr_arena *scratch = dsr_arena_new(0);
    maker m = {.arena = arena};
    if (scratch == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = dsr_told_open(&m.told, scratch, lexicon, story);
    if (status == DSR_OK) {
        status = collect(&m);
    }
    if (status == DSR_OK) {
        status = make_items(&m);
    }
    if (status == DSR_OK) {
        status = unite_copies(&m);
    }
    if (status == DSR_OK) {
        status = dsr_told_join(scratch, m.items, (uint32_t)m.dated.count, is_same, &m);
    }
    if (status == DSR_OK) {
        status = make_entries(&m);
    }
    if (status == DSR_OK) {
        status = keep_entries(&m, story);
    }
    dsr_told_close(&m.told);
    dsr_arena_drop(scratch);
    return status;
}
