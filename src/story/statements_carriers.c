/* Clusters of sentences -> statements: who carries each, in which clause, how many voices they are, who had
 * it first, when and where it was. Must not know how clusters are found. */
#include "story/statements_parts.h"

#include "base/hash.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOOKED = 12,     /* carriers that are compared to choose the words shown, and the clause */
    SAME_DESK = 600, /* thousandths of likeness at which two outlets of one agency have one text */
    DESK_PAIRS = 32
};

/* Room for one cluster at a time. */
typedef struct writer {
    dsr_statements *s;
    dsr_statement_carrier *carriers;
    dsr_voiced *voiced;
    uint32_t *units; /* of the carriers */
    uint32_t *seen;  /* by report: its body tells it, marked by the cluster's number */
    dsr_map *copied; /* pairs of reports that share copied text */
    DSR_LIST(dsr_statement) made;
} writer;

static const dsr_report *report_of(const writer *w, uint32_t report)
{
    return w->s->story->reports.items[report].report;
}

static const dsr_told_node *node_of(const writer *w, uint32_t unit)
{
    return &w->s->nodes.items[w->s->units.items[unit].node];
}

/* ---- clauses ---- */

/* How many of the piece's keys other carriers of the statement have. */
static uint32_t shared_keys(const writer *w, const dsr_told_keys *keys, uint32_t self, uint32_t count)
{
    uint32_t shared = 0, looked = count < LOOKED ? count : LOOKED;
    for (uint32_t i = 0; i < looked; i++) {
        if (w->s->units.items[w->units[i]].node == w->s->units.items[w->units[self]].node) {
            continue;
        }
        const dsr_told_keys *other = &w->s->units.items[w->units[i]].keys;
        for (unsigned kind = 0; kind < DSR_TOLD_KINDS; kind++) {
            shared += dsr_told_share(keys, other, (dsr_told_key_kind)kind);
        }
    }
    return shared;
}

/* From the piece that most speaks of what the others tell to its neighbours that do, too. */
static dsr_status find_clause(writer *w, uint32_t at, uint32_t count)
{
    dsr_carrier *carrier = &w->carriers[at].carrier;
    dsr_span pieces[DSR_TOLD_PIECES];
    uint32_t shared[DSR_TOLD_PIECES] = {0};
    dsr_status status = dsr_told_read(&w->s->told, carrier->report);
    if (status != DSR_OK) {
        return status;
    }
    unsigned parts = dsr_told_pieces(&w->s->told, report_of(w, carrier->report), carrier->sentence, pieces);
    unsigned best = 0;
    for (unsigned i = 0; status == DSR_OK && parts > 1 && i < parts; i++) {
        dsr_told_keys keys;
        status = dsr_told_keys_take(&w->s->told, carrier->report, pieces[i], (dsr_span){0, 0}, &keys);
        shared[i] = status == DSR_OK ? shared_keys(w, &keys, at, count) : 0;
        best = shared[i] > shared[best] ? i : best;
    }
    if (status != DSR_OK || parts < 2 || shared[best] == 0) {
        return status;
    }
    unsigned first = best, last = best;
    while (first > 0 && shared[first - 1] * 2 >= shared[best]) {
        first--;
    }
    while (last + 1 < parts && shared[last + 1] * 2 >= shared[best]) {
        last++;
    }
    carrier->clause = (dsr_span){pieces[first].start, pieces[last].end};
    return DSR_OK;
}

/* ---- voices ---- */

static bool share_agency(const dsr_report *a, const dsr_report *b)
{
    for (size_t i = 0; i < a->meta.agencies.count; i++) {
        for (size_t k = 0; k < b->meta.agencies.count; k++) {
            if (dsr_slice_equal(a->meta.agencies.items[i], b->meta.agencies.items[k])) {
                return true;
            }
        }
    }
    return false;
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static dsr_status know_copies(writer *w)
{
    const dsr_story *story = w->s->story;
    w->copied = dsr_map_new(story->reuse.count);
    dsr_status status = w->copied != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < story->reuse.count; i++) {
        uint32_t first;
        status = dsr_map_intern(w->copied, pair_key(story->reuse.items[i].from, story->reuse.items[i].to), 1,
                                &first);
    }
    return status;
}

/* Whether what two reports have alike is likely to come from one desk: they credit one agency, or they share
 * copied text elsewhere, and it is no quotation that both may have heard. */
static bool share_desk(const writer *w, uint32_t i, uint32_t k)
{
    uint32_t a = w->carriers[i].carrier.report, b = w->carriers[k].carrier.report;
    if (a == b || share_agency(report_of(w, a), report_of(w, b))) {
        return a != b;
    }
    const dsr_told_unit *unit = &w->s->units.items[w->units[i]];
    bool quoted = (uint64_t)unit->marked * 2 > unit->span.end - unit->span.start;
    return !quoted && dsr_map_get(w->copied, pair_key(a, b)) != DSR_MAP_NONE;
}

/* What one desk tells in two outlets counts as one where the sentences agree, whatever was edited in them. */
static void tie_desks(writer *w, uint32_t count)
{
    uint32_t looked = count < DESK_PAIRS ? count : DESK_PAIRS;
    for (uint32_t i = 0; i < looked; i++) {
        for (uint32_t k = i + 1; k < looked; k++) {
            const dsr_told_node *x = node_of(w, w->units[i]), *y = node_of(w, w->units[k]);
            if (w->voiced[i].text == w->voiced[k].text || !share_desk(w, i, k) ||
                dsr_told_compare(&w->s->items[x->item], &w->s->items[y->item]).thousandths < SAME_DESK) {
                continue;
            }
            uint32_t from = w->voiced[k].text, to = w->voiced[i].text;
            for (uint32_t n = 0; n < count; n++) {
                w->voiced[n].text = w->voiced[n].text == from ? to : w->voiced[n].text;
            }
        }
    }
}

/* The day that stands in the report; false where it is known no better than to a month. */
static bool day_of(const dsr_moment *published, int32_t *day)
{
    dsr_moment_parts parts;
    if (published->iso.len == 0 || !dsr_moment_parse_parts(published->iso, &parts) || parts.day <= 0) {
        return false;
    }
    *day = (int32_t)dsr_days_from_date(parts.year, parts.month, parts.day);
    return true;
}

/* Days without a clock count as their readers count them, wherever that was. */
static bool is_before(const dsr_report *a, const dsr_report *b)
{
    int32_t day_a, day_b;
    if (day_of(&a->meta.published, &day_a) && day_of(&b->meta.published, &day_b) && day_a != day_b) {
        return day_a < day_b;
    }
    return a->meta.published.iso.len > 0 && b->meta.published.iso.len > 0 &&
           a->meta.published.latest <= b->meta.published.earliest;
}

static uint32_t first_of(const writer *w, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++) {
        const dsr_moment *a = &report_of(w, w->carriers[i].carrier.report)->meta.published;
        const dsr_moment *b = &report_of(w, w->carriers[best].carrier.report)->meta.published;
        bool earlier = a->iso.len > 0 && (b->iso.len == 0 || a->latest < b->latest);
        best = earlier ? i : best;
    }
    uint32_t report = w->carriers[best].carrier.report;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = w->carriers[i].carrier.report;
        if (other != report && !is_before(report_of(w, report), report_of(w, other))) {
            return DSR_NO_REPORT;
        }
    }
    return report;
}

/* ---- when, where, what sort ---- */

/* In how many carriers' reports a day stands. */
static uint32_t count_day(const writer *w, uint32_t count, const dsr_unit_days *day)
{
    uint32_t reports = 0, last = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        const dsr_told_unit *unit = &w->s->units.items[w->units[i]];
        bool has = false;
        for (unsigned d = 0; d < unit->days; d++) {
            has = has || (unit->day[d].earliest == day->earliest && unit->day[d].latest == day->latest);
        }
        if (has && unit->report != last) {
            reports++;
            last = unit->report;
        }
    }
    return reports;
}

static bool is_better_day(const dsr_unit_days *a, const dsr_unit_days *b)
{
    int32_t x = a->latest - a->earliest, y = b->latest - b->earliest;
    return x != y ? x < y : a->earliest < b->earliest;
}

/* The day that half of the reports and more have. */
static void date(const writer *w, uint32_t count, dsr_statement *out)
{
    uint32_t best = 0, looked = count < LOOKED ? count : LOOKED;
    dsr_unit_days found = {DSR_NO_DAY, DSR_NO_DAY, DSR_REALIS_ACTUAL};
    for (uint32_t i = 0; i < looked; i++) {
        const dsr_told_unit *unit = &w->s->units.items[w->units[i]];
        for (unsigned d = 0; d < unit->days; d++) {
            uint32_t reports = count_day(w, count, &unit->day[d]);
            bool better = reports > best || (reports == best && is_better_day(&unit->day[d], &found));
            if (reports * 2 >= out->reports && better) {
                best = reports;
                found = unit->day[d];
            }
        }
    }
    out->earliest = found.earliest;
    out->latest = found.latest;
    if (best > 0) {
        out->kind = found.realis == DSR_REALIS_FUTURE       ? DSR_STATEMENT_PLAN
                    : found.realis == DSR_REALIS_HISTORICAL ? DSR_STATEMENT_BACKGROUND
                                                            : DSR_STATEMENT_EVENT;
    }
}

static bool any_shares(const writer *w, uint32_t count, bool figures)
{
    uint32_t looked = count < LOOKED ? count : LOOKED;
    for (uint32_t i = 0; i < looked; i++) {
        const dsr_told_unit *a = &w->s->units.items[w->units[i]];
        for (uint32_t k = i + 1; k < looked; k++) {
            const dsr_told_unit *b = &w->s->units.items[w->units[k]];
            for (unsigned m = 0; a->report != b->report && m < (figures ? a->figures : a->quotes); m++) {
                for (unsigned n = 0; n < (figures ? b->figures : b->quotes); n++) {
                    bool one = figures ? a->figure[m] == b->figure[n]
                                       : a->quote[m].quote == b->quote[n].quote && !a->quote[m].indirect;
                    if (one) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

static uint32_t site_of(const writer *w, const dsr_told_unit *unit, size_t from, size_t *next, uint64_t *key)
{
    const dsr_report *report = report_of(w, unit->report);
    for (size_t i = from; i < report->names.count && report->names.items[i].span.start < unit->span.end;
         i++) {
        const dsr_name *name = &report->names.items[i];
        if (name->span.start < unit->span.start || name->metonym_for < report->entities.count) {
            continue;
        }
        *key = dsr_told_entity_key(&w->s->told, report, name->entity);
        if ((*key & 3) == DSR_TOLD_SITE) {
            *next = i + 1;
            return name->entity;
        }
    }
    return DSR_NO_ENTITY;
}

static size_t first_name(const dsr_report *report, uint32_t at)
{
    size_t low = 0, high = report->names.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->names.items[middle].span.start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint32_t count_site(const writer *w, uint32_t count, uint64_t key)
{
    uint32_t reports = 0, last = UINT32_MAX;
    dsr_told_keys one = {&key, 1};
    for (uint32_t i = 0; i < count; i++) {
        const dsr_told_unit *unit = &w->s->units.items[w->units[i]];
        if (unit->report != last && dsr_told_share(&one, &unit->keys, DSR_TOLD_SITE) > 0) {
            reports++;
            last = unit->report;
        }
    }
    return reports;
}

/* The place that half of the reports and more name. */
static void place(const writer *w, uint32_t count, dsr_statement *out)
{
    uint32_t best = 0, looked = count < LOOKED ? count : LOOKED;
    for (uint32_t i = 0; i < looked; i++) {
        const dsr_told_unit *unit = &w->s->units.items[w->units[i]];
        const dsr_report *report = report_of(w, unit->report);
        size_t at = first_name(report, unit->span.start);
        uint64_t key;
        for (uint32_t e; (e = site_of(w, unit, at, &at, &key)) != DSR_NO_ENTITY;) {
            uint32_t reports = count_site(w, count, key);
            dsr_slice name = report->entities.items[e].canonical;
            bool better = reports > best || (reports == best && dsr_slice_compare(name, out->place) < 0);
            if (reports * 2 >= out->reports && better) {
                best = reports;
                out->place = name;
            }
        }
    }
}

/* The carrier tells another fact in the first place, and is shown there. */
static bool is_second(const writer *w, uint32_t at, uint32_t mark)
{
    return node_of(w, w->units[at])->cluster != mark;
}

/* The words that are shown: those most like the others', of a source rather than of a copy. */
static uint32_t shown_of(const writer *w, uint32_t count, uint32_t mark)
{
    uint32_t best = 0, best_score = 0, looked = count < LOOKED ? count : LOOKED;
    for (uint32_t i = 0; i < looked; i++) {
        const dsr_statement_carrier *c = &w->carriers[i];
        const dsr_told_node *node = node_of(w, w->units[i]);
        uint32_t length = c->carrier.clause.end - c->carrier.clause.start, score = 1, alike = 0;
        uint32_t others = 0;
        for (uint32_t k = 0; k < looked; k++) {
            const dsr_told_node *other = node_of(w, w->units[k]);
            bool again = other == node;
            for (uint32_t m = 0; m < k && !again; m++) {
                again = node_of(w, w->units[m]) == other;
            }
            if (!again) {
                alike += dsr_told_compare(&w->s->items[node->item], &w->s->items[other->item]).thousandths;
                others++;
            }
        }
        score += others > 0 ? alike / others : 0;
        score += c->heading ? 0 : 2000;
        score += is_second(w, i, mark) ? 0 : 4000;
        score += c->carrier.lead ? 150 : 0;
        score += node->twins > 1 ? 120 : 0;
        score += c->carrier.clause.start == c->carrier.sentence.start ? 100 : 0;
        score += length >= 40 && length <= 200 ? 200 : 0;
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    return best;
}

/* ---- statements ---- */

/* A carrier and what belongs to it while the order changes. */
typedef struct placed {
    dsr_statement_carrier carrier;
    bool shown;
} placed;

static int by_place(const void *a, const void *b)
{
    const dsr_carrier *x = &((const placed *)a)->carrier.carrier, *y = &((const placed *)b)->carrier.carrier;
    if (x->report != y->report) {
        return x->report < y->report ? -1 : 1;
    }
    return x->sentence.start < y->sentence.start ? -1 : x->sentence.start > y->sentence.start;
}

/* By the least of the carriers that tell it in the first place: no other statement has that one. */
static dsr_id id_of(const writer *w, uint32_t count, uint32_t mark)
{
    const dsr_carrier *least = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const dsr_carrier *c = &w->carriers[i].carrier;
        int order =
            least != NULL ? dsr_id_compare(report_of(w, c->report)->id, report_of(w, least->report)->id) : -1;
        bool less = order < 0 || (order == 0 && c->sentence.start < least->sentence.start);
        least = less && !is_second(w, i, mark) ? c : least;
    }
    least = least != NULL ? least : &w->carriers[0].carrier;
    uint8_t bytes[sizeof(dsr_id) + 4];
    memcpy(bytes, report_of(w, least->report)->id.bytes, sizeof(dsr_id));
    for (unsigned i = 0; i < 4; i++) {
        bytes[sizeof(dsr_id) + i] = (uint8_t)(least->sentence.start >> (8 * i));
    }
    dsr_id id;
    for (unsigned half = 0; half < 2; half++) {
        uint64_t hash = dsr_hash64((dsr_slice){(const char *)bytes, sizeof bytes}, half + 1);
        for (unsigned i = 0; i < 8; i++) {
            id.bytes[8 * half + i] = (uint8_t)(hash >> (8 * i));
        }
    }
    return id;
}

/* What one report alone tells is a statement where it has a day or a number that others count, too; of a
 * story of one report, what stands at its top. */
static bool tells_alone(const writer *w, uint32_t unit)
{
    enum { TOP = 6 };
    const dsr_told_unit *u = &w->s->units.items[unit];
    bool top = w->s->story->reports.count == 1 && u->sentence - w->s->told.first_sentence[u->report] < TOP;
    return !u->heading && (u->days > 0 || u->figures > 0 || top);
}

/* Members of a cluster without headings beside a body. They stand in the order of the units, so that nothing
 * that is decided hangs on the order of the reports. */
static uint32_t take_carriers(writer *w, const uint32_t *members, uint32_t count, uint32_t mark)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const dsr_told_unit *unit = &w->s->units.items[members[i]];
        if (!unit->heading) {
            w->seen[unit->report] = mark + 1;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        const dsr_told_unit *unit = &w->s->units.items[members[i]];
        if (unit->heading && w->seen[unit->report] == mark + 1) {
            continue;
        }
        w->units[kept] = members[i];
        w->carriers[kept] = (dsr_statement_carrier){.carrier = {.report = unit->report,
                                                                .sentence = unit->span,
                                                                .clause = unit->span,
                                                                .at = unit->span},
                                                    .heading = unit->heading};
        w->voiced[kept] =
            (dsr_voiced){&w->carriers[kept].carrier, dsr_told_text_of(&w->s->told, unit->sentence), 0, 0};
        kept++;
    }
    return kept;
}

static uint32_t place_in_report(const writer *w, uint32_t count)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        const dsr_told_unit *unit = &w->s->units.items[w->units[i]];
        uint32_t at = unit->sentence - w->s->told.first_sentence[unit->report];
        least = at < least ? at : least;
    }
    return least;
}

/* Voices are numbered in the order in which they come. */
static dsr_status number_voices(dsr_statement *statement)
{
    uint32_t next = 0;
    dsr_map *numbers = dsr_map_new(statement->carriers.count);
    dsr_status status = numbers != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < statement->carriers.count; i++) {
        uint32_t *voice = &statement->carriers.items[i].carrier.voice, number = 0;
        status = dsr_map_intern(numbers, *voice, next, &number);
        next += status == DSR_OK && number == next;
        *voice = number;
    }
    dsr_map_drop(numbers);
    return status;
}

/* By report and place; the carriers that are kept hang on the order of the units only. */
static dsr_status keep(writer *w, dsr_statement *statement, uint32_t count)
{
    uint32_t kept = count < DSR_LIMIT_TOLD_CARRIERS ? count : DSR_LIMIT_TOLD_CARRIERS;
    placed *order = dsr_arena_alloc_array(w->s->told.arena, kept, sizeof *order);
    if (order == NULL || DSR_LIST_RESERVE(w->s->arena, &statement->carriers, kept) != DSR_OK ||
        DSR_LIST_RESERVE(w->s->told.arena, &w->made, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < kept; i++) {
        order[i] = (placed){w->carriers[i], i == statement->shown};
    }
    qsort(order, kept, sizeof *order, by_place);
    for (uint32_t i = 0; i < kept; i++) {
        statement->carriers.items[i] = order[i].carrier;
        statement->shown = order[i].shown ? i : statement->shown;
    }
    statement->carriers.count = kept;
    dsr_status status = number_voices(statement);
    if (status == DSR_OK) {
        status = dsr_statements_origins(w->s, statement);
    }
    w->made.items[w->made.count++] = *statement;
    return status;
}

static dsr_status add_statement(writer *w, const uint32_t *members, uint32_t size, uint32_t mark)
{
    uint32_t count = take_carriers(w, members, size, mark);
    bool alone = w->carriers[0].carrier.report == w->carriers[count - 1].carrier.report;
    if (alone && !tells_alone(w, w->units[0])) {
        return DSR_OK;
    }
    tie_desks(w, count);
    dsr_voice_count voices;
    dsr_status status = dsr_told_voices(&w->s->told, w->voiced, count, &voices);
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        status = i < DSR_LIMIT_TOLD_CARRIERS ? find_clause(w, i, count) : DSR_OK;
        if (status == DSR_OK) {
            w->carriers[i].carrier.at = w->carriers[i].carrier.clause;
            status = dsr_statements_ascribe(w->s, &w->carriers[i]);
        }
    }
    if (status != DSR_OK) {
        return status;
    }
    dsr_statement statement = {.id = id_of(w, count, mark),
                               .reports = voices.reports,
                               .independent = voices.independent,
                               .first = first_of(w, count),
                               .shown = shown_of(w, count, mark),
                               .rank = place_in_report(w, count)};
    date(w, count, &statement);
    place(w, count, &statement);
    if (any_shares(w, count, false)) {
        statement.kind = DSR_STATEMENT_QUOTE;
    } else if (any_shares(w, count, true)) {
        statement.kind = DSR_STATEMENT_FIGURE;
    }
    return keep(w, &statement, count);
}

/* The best supported first; then what stands near the top of a report. */
static int by_support(const void *a, const void *b)
{
    const dsr_statement *x = a, *y = b;
    if (x->independent != y->independent) {
        return x->independent > y->independent ? -1 : 1;
    }
    if (x->reports != y->reports) {
        return x->reports > y->reports ? -1 : 1;
    }
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return dsr_id_compare(x->id, y->id);
}

typedef struct member {
    uint32_t cluster, unit;
} member;

static int by_cluster(const void *a, const void *b)
{
    const member *x = a, *y = b;
    if (x->cluster != y->cluster) {
        return x->cluster < y->cluster ? -1 : 1;
    }
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static dsr_status keep_statements(writer *w)
{
    dsr_story *story = w->s->story;
    size_t count = w->made.count, kept = count < DSR_LIMIT_STATEMENTS ? count : DSR_LIMIT_STATEMENTS;
    dsr_statement *items = dsr_arena_alloc_array(w->s->arena, kept + 1, sizeof *items);
    if (items == NULL) {
        return DSR_ERR_MEMORY;
    }
    if (count > 1) {
        qsort(w->made.items, count, sizeof *w->made.items, by_support);
    }
    if (kept > 0) {
        memcpy(items, w->made.items, kept * sizeof *items);
    }
    story->statements.items = items;
    story->statements.count = story->statements.capacity = kept;
    story->statements_left = (uint32_t)(count - kept);
    return DSR_OK;
}

static dsr_status open_writer(writer *w, size_t units)
{
    dsr_arena *scratch = w->s->told.arena;
    w->carriers = dsr_arena_alloc_array(scratch, units + 1, sizeof *w->carriers);
    w->voiced = dsr_arena_alloc_array(scratch, units + 1, sizeof *w->voiced);
    w->units = dsr_arena_alloc_array(scratch, units + 1, sizeof *w->units);
    w->seen = dsr_arena_alloc_array(scratch, w->s->story->reports.count + 1, sizeof *w->seen);
    bool got = w->carriers != NULL && w->voiced != NULL && w->units != NULL && w->seen != NULL;
    return got ? know_copies(w) : DSR_ERR_MEMORY;
}

dsr_status dsr_statements_write(dsr_statements *s)
{
    writer w = {.s = s};
    size_t count = s->units.count;
    size_t all = 0;
    member *members = dsr_arena_alloc_array(s->told.arena, 2 * count + 1, sizeof *members);
    uint32_t *units = dsr_arena_alloc_array(s->told.arena, 2 * count + 1, sizeof *units);
    dsr_status status = members != NULL && units != NULL ? open_writer(&w, 2 * count) : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        const dsr_told_unit *unit = &s->units.items[i];
        members[all++] = (member){s->nodes.items[unit->node].cluster, i};
        if (s->second[unit->node] != UINT32_MAX) {
            members[all++] = (member){s->second[unit->node], i};
        }
    }
    if (status == DSR_OK && all > 1) {
        qsort(members, all, sizeof *members, by_cluster);
    }
    for (size_t i = 0; status == DSR_OK && i < all;) {
        uint32_t size = 0, cluster = members[i].cluster;
        for (; i < all && members[i].cluster == cluster; i++) {
            units[size++] = members[i].unit;
        }
        status = add_statement(&w, units, size, cluster);
    }
    dsr_map_drop(w.copied);
    return status == DSR_OK ? keep_statements(&w) : status;
}
