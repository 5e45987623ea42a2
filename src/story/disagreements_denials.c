/* One asserts, another denies; and one fact with two days. Must not know what statements are made of. */
#include "story/disagreements.h"

enum {
    DENIED_KEYS = 2,    /* names and stems of what is denied that the other side tells, too ... */
    DENIED_SHARE = 500, /* ... in thousandths of their weight */
    DENIED_LEAST = 3,   /* of what is denied: less names no fact */
    SIDES_MOST = 6,
    ONE_FACT = 420, /* thousandths of likeness at which two days of one sentence contradict */
    DAYS_APART = 40
};

/* ---- denials ---- */

typedef struct denial {
    uint32_t node;
    uint32_t party; /* entity of the report: who denies */
    dsr_span word;
    dsr_span denied;
    dsr_told_keys keys;
} denial;

static const dsr_told_unit *unit_of(const dsr_disagreements *d, uint32_t node)
{
    return &d->s->units.items[d->s->nodes.items[node].unit];
}

static const dsr_report *report_of(const dsr_disagreements *d, const dsr_told_unit *unit)
{
    return d->s->story->reports.items[unit->report].report;
}

static bool find_word(dsr_disagreements *d, const dsr_told_unit *unit, dsr_span *out)
{
    const dsr_report *report = report_of(d, unit);
    dsr_slice rest = dsr_slice_part(report->text, unit->span.start, unit->span.end), word;
    while (dsr_stem_next_word(&rest, &word)) {
        char room[DSR_STEM_WORD_BYTES];
        dsr_slice folded = {room, dsr_stem_fold(word, room)};
        if (folded.len > 0 &&
            dsr_lexicon_has(d->s->told.lexicon, d->s->told.language, DSR_WORDS_DENIAL, folded)) {
            out->start = (uint32_t)(word.ptr - report->text.ptr);
            out->end = out->start + (uint32_t)word.len;
            return true;
        }
    }
    return false;
}

/* The nearest name before the word: who denies. */
static uint32_t party_before(const dsr_report *report, const dsr_told_unit *unit, uint32_t at)
{
    enum { NEAR_BYTES = 60 };
    uint32_t found = DSR_NO_ENTITY;
    size_t low = 0, high = report->names.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->names.items[middle].span.start < unit->span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t i = low; i < report->names.count && report->names.items[i].span.end <= at; i++) {
        if (report->names.items[i].span.end + NEAR_BYTES >= at) {
            found = report->names.items[i].entity;
        }
    }
    return found;
}

/* Whether a node tells what is denied: the weight of what it has of the denied words. */
static bool tells(const dsr_disagreements *d, const denial *no, uint32_t node)
{
    const dsr_told_item *own = &d->s->items[d->s->nodes.items[no->node].item];
    const dsr_told_keys *other = &unit_of(d, node)->keys;
    uint32_t all = 0, shared = 0, count = 0, stems = 0;
    for (uint32_t i = 0, k = 0, m = 0; i < no->keys.count; i++) {
        uint64_t key = no->keys.items[i];
        while (k < own->keys.count && own->keys.items[k] < key) {
            k++;
        }
        while (m < other->count && other->items[m] < key) {
            m++;
        }
        uint32_t weight = k < own->keys.count && own->keys.items[k] == key ? own->weights[k] : 1;
        bool has = m < other->count && other->items[m] == key;
        all += weight;
        shared += has ? weight : 0;
        count += has;
        stems += has && (key & 1) == 0;
    }
    return count >= DENIED_KEYS && stems > 0 && shared * 1000 >= all * DENIED_SHARE;
}

static dsr_status note_party(dsr_disagreements *d, dsr_disagreement *one, size_t at, uint32_t entity)
{
    dsr_disagreement_side *side = &one->sides.items[at];
    const dsr_report *report = d->s->story->reports.items[side->carrier.report].report;
    if (entity < report->entities.count) {
        side->party = report->entities.items[entity].canonical;
    }
    return DSR_OK;
}

static bool is_cluster_before(const dsr_statements *s, const uint32_t *seen, uint32_t count, uint32_t node)
{
    for (uint32_t i = 0; i < count; i++) {
        if (seen[i] == s->nodes.items[node].cluster) {
            return true;
        }
    }
    return false;
}

/* The sentences of other statements that tell it. */
static dsr_status match(dsr_disagreements *d, const denial *no, const bool *denies)
{
    const dsr_told_unit *unit = unit_of(d, no->node);
    dsr_disagreement one = {.kind = DSR_DISAGREE_DENIAL,
                            .what =
                                dsr_slice_part(report_of(d, unit)->text, no->denied.start, no->denied.end),
                            .compatible = false,
                            .why = "one asserts it, another denies it"};
    dsr_status status = dsr_disagreements_side(d, &one, unit->report, no->denied);
    uint32_t seen[SIDES_MOST], count = 0;
    if (status == DSR_OK && one.sides.count > 0) {
        status = note_party(d, &one, 0, no->party);
    }
    for (uint32_t n = 0; status == DSR_OK && n < d->s->nodes.count && count < SIDES_MOST; n++) {
        bool other = d->s->nodes.items[n].cluster != d->s->nodes.items[no->node].cluster;
        if (!other || denies[n] || unit_of(d, n)->heading || !tells(d, no, n) ||
            is_cluster_before(d->s, seen, count, n)) {
            continue;
        }
        seen[count++] = d->s->nodes.items[n].cluster;
        status = dsr_disagreements_side(d, &one, unit_of(d, n)->report, unit_of(d, n)->span);
    }
    return status == DSR_OK && count > 0 ? dsr_disagreements_keep(d, &one) : status;
}

static dsr_status read_denial(dsr_disagreements *d, uint32_t node, dsr_span word, denial *out)
{
    const dsr_told_unit *unit = unit_of(d, node);
    const dsr_report *report = report_of(d, unit);
    dsr_span clause = dsr_told_clause(&d->s->told, report, unit->span, word);
    out->node = node;
    out->word = word;
    out->party = party_before(report, unit, word.start);
    out->denied = (dsr_span){word.end, clause.end > word.end ? clause.end : word.end};
    while (out->denied.start < out->denied.end && report->text.ptr[out->denied.start] == ' ') {
        out->denied.start++;
    }
    return dsr_told_keys_take(&d->s->told, unit->report, out->denied, (dsr_span){0, 0}, &out->keys);
}

dsr_status dsr_disagreements_of_denials(dsr_disagreements *d)
{
    enum { DENIALS_MOST = 64 };
    size_t count = d->s->nodes.count, found = 0;
    bool *denies = dsr_arena_alloc_array(d->s->told.arena, count + 1, sizeof *denies);
    denial *list = dsr_arena_alloc_array(d->s->told.arena, DENIALS_MOST, sizeof *list);
    dsr_status status = denies != NULL && list != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        dsr_span word;
        status = dsr_told_read(&d->s->told, unit_of(d, i)->report);
        denies[i] = status == DSR_OK && find_word(d, unit_of(d, i), &word);
        if (denies[i] && found < DENIALS_MOST && !unit_of(d, i)->heading) {
            status = read_denial(d, i, word, &list[found]);
            found += status == DSR_OK && list[found].keys.count >= DENIED_LEAST;
        }
    }
    for (size_t i = 0; status == DSR_OK && i < found; i++) {
        status = match(d, &list[i], denies);
    }
    return status;
}

/* ---- dates ---- */

static bool has_one_day(const dsr_told_unit *unit)
{
    return unit->days == 1 && unit->day[0].latest - unit->day[0].earliest == 1 && !unit->heading;
}

/* Whether two sentences of one statement tell one fact of two days that are both sure. */
static bool days_differ(const dsr_disagreements *d, uint32_t a, uint32_t b)
{
    const dsr_told_unit *u = unit_of(d, a), *v = unit_of(d, b);
    if (u->report == v->report || !has_one_day(u) || !has_one_day(v)) {
        return false;
    }
    int32_t apart = u->day[0].earliest - v->day[0].earliest;
    bool sure = report_of(d, u)->meta.published_from != DSR_FROM_INFERRED &&
                report_of(d, v)->meta.published_from != DSR_FROM_INFERRED;
    return sure && apart != 0 && apart > -DAYS_APART && apart < DAYS_APART &&
           dsr_told_compare(&d->s->items[d->s->nodes.items[a].item], &d->s->items[d->s->nodes.items[b].item])
                   .thousandths >= ONE_FACT;
}

static dsr_span day_at(const dsr_disagreements *d, const dsr_told_unit *unit)
{
    const dsr_report *report = report_of(d, unit);
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        if (time->span.start >= unit->span.start && time->span.end <= unit->span.end &&
            time->earliest == unit->day[0].earliest) {
            return time->span;
        }
    }
    return unit->span;
}

static dsr_status add_dates(dsr_disagreements *d, uint32_t a, uint32_t b)
{
    dsr_disagreement one = {.kind = DSR_DISAGREE_DATE, .compatible = false, .why = "one fact, two days"};
    const uint32_t nodes[2] = {a, b};
    dsr_status status = DSR_OK;
    for (unsigned i = 0; status == DSR_OK && i < 2; i++) {
        const dsr_told_unit *unit = unit_of(d, nodes[i]);
        status = dsr_disagreements_side(d, &one, unit->report, day_at(d, unit));
    }
    if (status != DSR_OK || one.sides.count < 2) {
        return status;
    }
    for (unsigned i = 0; status == DSR_OK && i < 2; i++) {
        char day[24];
        dsr_moment_format_utc(unit_of(d, nodes[i])->day[0].earliest * INT64_C(86400), day);
        status = dsr_arena_copy(d->s->arena, (dsr_slice){day, 10}, &one.sides.items[i].value);
    }
    const dsr_carrier *c = &one.sides.items[0].carrier;
    one.what =
        dsr_slice_part(d->s->story->reports.items[c->report].report->text, c->clause.start, c->clause.end);
    return status == DSR_OK ? dsr_disagreements_keep(d, &one) : status;
}

dsr_status dsr_disagreements_of_dates(dsr_disagreements *d)
{
    enum { LOOKED = 8 };
    dsr_status status = DSR_OK;
    for (size_t c = 0; status == DSR_OK && c < d->s->nodes.count; c++) {
        uint32_t members[LOOKED], count = 0;
        uint32_t i = d->s->clusters[c].size > 1 ? d->s->clusters[c].first : UINT32_MAX;
        for (; i != UINT32_MAX && count < LOOKED; i = d->s->nodes.items[i].next) {
            members[count++] = i;
        }
        bool found = false;
        for (uint32_t a = 0; status == DSR_OK && a < count && !found; a++) {
            for (uint32_t b = a + 1; status == DSR_OK && b < count && !found; b++) {
                found = days_differ(d, members[a], members[b]);
                status = found ? add_dates(d, members[a], members[b]) : DSR_OK;
            }
        }
    }
    return status;
}
