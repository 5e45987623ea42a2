/* `outlets`: one walk over the reports with what is kept of the text that they share. Nothing is aligned
 * again. What is held grows by some numbers a report, by a name an outlet, and by an entry for each two
 * outlets that share text. */
#include "engine/internal.h"

#include "base/limits.h"
#include "base/map.h"
#include "model/pack.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "outlets";

enum { NO_NAME = 0, TIES_LISTED = 64, WHOLE = 1000 };
#define NOWHERE UINT32_MAX

/* A report, as far as later ones ask for it. */
typedef struct seen_report {
    uint32_t outlet; /* NOWHERE: not one of those that are looked at */
    uint32_t bytes;
    uint16_t taken;  /* thousandths that it took, the largest */
    uint16_t shared; /* that it has in common with any other */
    bool counts;     /* within the dates asked for */
    bool inferred;   /* an agency was found by the credit of another report */
} seen_report;

/* Text of one outlet in reports of another. */
typedef struct tie_sum {
    uint32_t taker, source;
    bool agency;
    uint32_t reports;
    uint64_t share;
} tie_sum;

typedef struct credit {
    uint32_t sequence, agency;
} credit;

typedef struct name_sum {
    dsr_slice name;
    uint32_t reports, copying, edited;
    uint64_t bytes, own;
    uint32_t edits[DSR_EDIT_KINDS];
} name_sum;

typedef struct survey {
    dsr_engine *engine;
    dsr_arena *arena; /* of the result */
    dsr_arena *work;  /* for one report */
    const dsr_outlet_choice *choice;
    dsr_words *words; /* names -> names */
    DSR_LIST(name_sum) names;
    seen_report *seen; /* by sequence */
    size_t seen_room;
    dsr_map *tie_of; /* taker, source, agency -> ties */
    DSR_LIST(tie_sum) ties;
    DSR_LIST(credit) credits;
    dsr_error *error;
} survey;

/* The number of a name; past the limit all are one without a name. */
static dsr_status intern(survey *s, dsr_slice name, uint32_t *out)
{
    *out = NO_NAME;
    if (name.len == 0) {
        return DSR_OK;
    }
    uint32_t known = dsr_words_get(s->words, name);
    if (known != DSR_MAP_NONE) {
        *out = known;
        return DSR_OK;
    }
    if (s->names.count >= DSR_LIMIT_OUTLETS) {
        return DSR_OK;
    }
    dsr_slice kept;
    if (dsr_arena_copy(s->arena, name, &kept) != DSR_OK ||
        DSR_LIST_RESERVE(s->arena, &s->names, 1) != DSR_OK ||
        dsr_words_put(s->words, kept, (uint32_t)s->names.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    *out = (uint32_t)s->names.count;
    s->names.items[s->names.count++] = (name_sum){.name = kept};
    return DSR_OK;
}

static dsr_status add_tie(survey *s, const tie_sum *one)
{
    uint32_t next = (uint32_t)s->ties.count, at;
    uint64_t key = ((uint64_t)one->taker << 32 | one->source) << 1 | (one->agency ? 1 : 0);
    if (dsr_map_intern(s->tie_of, dsr_hash_mix(key), next, &at) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    if (at == next) {
        if (DSR_LIST_RESERVE(s->arena, &s->ties, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        s->ties.items[s->ties.count++] = (tie_sum){one->taker, one->source, one->agency, 0, 0};
    }
    s->ties.items[at].reports++;
    s->ties.items[at].share += one->share;
    return DSR_OK;
}

/* ---- one report ---- */

static uint16_t larger(uint16_t a, uint32_t b)
{
    uint32_t most = b < WHOLE ? b : WHOLE;
    return a > most ? a : (uint16_t)most;
}

/* Who took in a pair: 1 the later report, -1 the earlier one, 2 both from a third, 0 nobody knows. */
static int taker_of(const dsr_record_copy *copy)
{
    if (copy->direction == DSR_DIRECTION_COMMON_SOURCE) {
        return 2;
    }
    if (copy->direction == DSR_DIRECTION_UNKNOWN) {
        return 0;
    }
    bool second = copy->direction == DSR_DIRECTION_FROM_TO; /* the one that reads as the source was it */
    return copy->earlier_is_source == second ? 1 : -1;
}

/* Edits are told from the side that reads as the source: where it is the one that took, what was added was
 * left out. */
static void add_edits(name_sum *taker, const dsr_record_copy *copy)
{
    bool turned = copy->direction == DSR_DIRECTION_TO_FROM;
    uint32_t all = 0;
    for (unsigned i = 0; i < DSR_EDIT_KINDS; i++) {
        unsigned kind = turned && i == DSR_EDIT_ADDITION   ? DSR_EDIT_DELETION
                        : turned && i == DSR_EDIT_DELETION ? DSR_EDIT_ADDITION
                                                           : i;
        taker->edits[kind] += copy->edits[i];
        all += copy->edits[i];
    }
    taker->edited += all > 0;
}

/* Whether the copy is the one by which the later report has most of that outlet: others say it again. */
static bool is_best(const survey *s, const dsr_record_copies *copies, size_t at)
{
    const dsr_record_copy *own = &copies->items[at];
    for (size_t i = 0; i < copies->count; i++) {
        const dsr_record_copy *other = &copies->items[i];
        if (i == at || taker_of(other) != 1 || other->earlier >= s->seen_room ||
            s->seen[other->earlier].outlet != s->seen[own->earlier].outlet) {
            continue;
        }
        if (other->share_of_later > own->share_of_later ||
            (other->share_of_later == own->share_of_later && i < at)) {
            return false;
        }
    }
    return true;
}

/* The first credit of a report; they lie in the order of reports. */
static size_t first_credit(const survey *s, uint32_t sequence)
{
    size_t low = 0, high = s->credits.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->credits.items[middle].sequence < sequence) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A report that credits nobody has text in common with one that does: both have it from that agency. Each
 * report counts once. */
static dsr_status infer_agency(survey *s, uint32_t sequence, uint32_t other, uint32_t share)
{
    seen_report *r = &s->seen[sequence];
    size_t own = first_credit(s, sequence), at = first_credit(s, other);
    bool credits = own < s->credits.count && s->credits.items[own].sequence == sequence;
    bool told = at < s->credits.count && s->credits.items[at].sequence == other;
    if (!r->counts || r->inferred || credits || !told) {
        return DSR_OK;
    }
    r->inferred = true;
    return add_tie(s, &(tie_sum){r->outlet, s->credits.items[at].agency, true, 1, share});
}

static dsr_status add_copy(survey *s, uint32_t sequence, const dsr_record_copies *copies, size_t at)
{
    const dsr_record_copy *copy = &copies->items[at];
    seen_report *later = &s->seen[sequence];
    if (copy->earlier >= s->seen_room || s->seen[copy->earlier].outlet == NOWHERE) {
        return DSR_OK; /* it was taken out or replaced since */
    }
    seen_report *earlier = &s->seen[copy->earlier];
    if (earlier->outlet == later->outlet && later->outlet != NO_NAME) {
        return DSR_OK; /* its own text once more */
    }
    int taker = taker_of(copy);
    later->shared = larger(later->shared, copy->share_of_later);
    earlier->shared = larger(earlier->shared, copy->share_of_earlier);
    if (taker > 0) {
        later->taken = larger(later->taken, copy->share_of_later);
    }
    if (taker < 0 || taker == 2) {
        earlier->taken = larger(earlier->taken, copy->share_of_earlier);
    }
    if (taker == 2) {
        dsr_status status = infer_agency(s, sequence, copy->earlier, copy->share_of_later);
        return status == DSR_OK ? infer_agency(s, copy->earlier, sequence, copy->share_of_earlier) : status;
    }
    if (taker == 1 && later->counts && is_best(s, copies, at)) {
        add_edits(&s->names.items[later->outlet], copy);
        return add_tie(s, &(tie_sum){later->outlet, earlier->outlet, false, 1, copy->share_of_later});
    }
    if (taker == -1 && earlier->counts) {
        add_edits(&s->names.items[earlier->outlet], copy);
        return add_tie(s, &(tie_sum){earlier->outlet, later->outlet, false, 1, copy->share_of_earlier});
    }
    return DSR_OK;
}

/* Without those of which somebody says that they are none. */
static void drop_wrong(dsr_record_copies *copies)
{
    size_t kept = 0;
    for (size_t i = 0; i < copies->count; i++) {
        if (!copies->items[i].wrong) {
            copies->items[kept++] = copies->items[i];
        }
    }
    copies->count = kept;
}

static dsr_status read_copies(survey *s, uint32_t sequence)
{
    dsr_record_copies copies = {NULL, 0, 0};
    dsr_chunks chunks = dsr_store_chunks(s->engine->store);
    dsr_record_key key = dsr_record_key_make(sequence);
    dsr_buffer buffer;
    dsr_status status = dsr_desk_read_copies(s->engine->store, sequence, s->work, &copies, s->error);
    if (status != DSR_OK || copies.count == 0) {
        return status;
    }
    dsr_buffer_open(&buffer, 0);
    status = chunks.get(chunks.context, DSR_RECORD_EDITS, dsr_record_key_slice(&key), &buffer, s->error);
    if (status == DSR_OK && !dsr_record_unpack_edits(dsr_buffer_slice(&buffer), &copies)) {
        status = dsr_fail(s->error, DSR_ERR_STORE, STAGE, "what the store knows of edited copies is damaged");
    }
    dsr_buffer_drop(&buffer);
    status = status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
    drop_wrong(&copies);
    for (size_t i = 0; status == DSR_OK && i < copies.count; i++) {
        status = add_copy(s, sequence, &copies, i) == DSR_OK ? DSR_OK : dsr_fail_memory(s->error, STAGE);
    }
    return status;
}

static dsr_status make_room(survey *s, uint32_t sequence)
{
    if (sequence < s->seen_room) {
        return DSR_OK;
    }
    size_t room = s->seen_room ? s->seen_room : 1024;
    while (room <= sequence) {
        room *= 2;
    }
    seen_report *grown = realloc(s->seen, room * sizeof *grown);
    if (!grown) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = s->seen_room; i < room; i++) {
        grown[i] = (seen_report){.outlet = NOWHERE};
    }
    s->seen = grown;
    s->seen_room = room;
    return DSR_OK;
}

static bool is_asked_for(const dsr_outlet_choice *choice, const dsr_moment *published)
{
    return (choice->since.iso.len == 0 || dsr_moment_is_since(published, &choice->since)) &&
           (choice->until.iso.len == 0 || dsr_moment_is_until(published, &choice->until));
}

static dsr_status note_report(survey *s, uint32_t sequence, const dsr_report *report)
{
    uint32_t outlet = NO_NAME;
    if (make_room(s, sequence) != DSR_OK || intern(s, report->meta.outlet, &outlet) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    bool counts = is_asked_for(s->choice, &report->meta.published);
    s->seen[sequence] =
        (seen_report){.outlet = outlet, .bytes = (uint32_t)report->text.len, .counts = counts};
    for (size_t i = 0; i < report->meta.agencies.count; i++) {
        uint32_t agency = NO_NAME;
        if (intern(s, report->meta.agencies.items[i], &agency) != DSR_OK ||
            DSR_LIST_RESERVE(s->arena, &s->credits, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        s->credits.items[s->credits.count++] = (credit){sequence, agency};
    }
    return DSR_OK;
}

static dsr_status look_at(void *context, const dsr_store_report *stored)
{
    survey *s = context;
    dsr_report report;
    if (dsr_engine_is_cancelled(s->engine)) {
        return dsr_fail(s->error, DSR_ERR_CANCELLED, STAGE, "stopped as asked");
    }
    if (stored->sequence >= DSR_LIMIT_REPORTS) {
        return DSR_OK;
    }
    dsr_arena_reset(s->work);
    dsr_status status =
        dsr_engine_unpack(s->engine, s->work, &(dsr_stored){stored->id, stored->packed}, &report, s->error);
    if (status == DSR_OK && note_report(s, (uint32_t)stored->sequence, &report) != DSR_OK) {
        status = dsr_fail_memory(s->error, STAGE);
    }
    return status == DSR_OK ? read_copies(s, (uint32_t)stored->sequence) : status;
}

/* ---- sums ---- */

static dsr_status sum_up(survey *s)
{
    for (size_t i = 0; i < s->seen_room; i++) {
        const seen_report *r = &s->seen[i];
        if (r->outlet == NOWHERE || !r->counts) {
            continue;
        }
        name_sum *name = &s->names.items[r->outlet];
        name->reports++;
        name->copying += r->taken > 0;
        name->bytes += r->bytes;
        name->own += (uint64_t)r->bytes * (WHOLE - r->taken);
    }
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < s->credits.count; i++) {
        const seen_report *r = &s->seen[s->credits.items[i].sequence];
        if (!r->counts) {
            continue;
        }
        status = add_tie(s, &(tie_sum){r->outlet, s->credits.items[i].agency, true, 1, r->shared});
    }
    return status;
}

static int by_frequency(const void *a, const void *b)
{
    const dsr_outlet_tie *x = a, *y = b;
    if (x->reports != y->reports) {
        return x->reports > y->reports ? -1 : 1;
    }
    int order = dsr_slice_compare(x->name, y->name);
    return order != 0 ? order : (int)x->agency - (int)y->agency;
}

static dsr_status list_tie(const survey *s, const tie_sum *tie, uint32_t other, dsr_outlet_ties *to)
{
    if (DSR_LIST_RESERVE(s->arena, to, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    to->items[to->count++] = (dsr_outlet_tie){.name = s->names.items[other].name,
                                              .agency = tie->agency,
                                              .reports = tie->reports,
                                              .share = (uint32_t)(tie->share / tie->reports)};
    return DSR_OK;
}

static uint32_t cut(dsr_outlet_ties *ties)
{
    if (ties->count > 1) {
        qsort(ties->items, ties->count, sizeof *ties->items, by_frequency);
    }
    uint32_t left = ties->count > TIES_LISTED ? (uint32_t)ties->count - TIES_LISTED : 0;
    ties->count -= left;
    return left;
}

static int by_reports(const void *a, const void *b)
{
    const dsr_outlet_row *x = a, *y = b;
    if (x->reports != y->reports) {
        return x->reports > y->reports ? -1 : 1;
    }
    return dsr_slice_compare(x->name, y->name);
}

/* A row a name; those that have no report and whom nobody carries are agencies that are credited. */
static dsr_status write_rows(survey *s, dsr_outlets *out)
{
    size_t count = s->names.count, kept = 0;
    if (DSR_LIST_RESERVE(s->arena, &out->rows, count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        const name_sum *n = &s->names.items[i];
        dsr_outlet_row *row = &out->rows.items[i];
        *row = (dsr_outlet_row){.name = n->name,
                                .reports = n->reports,
                                .copying = n->copying,
                                .own = n->bytes ? (uint32_t)(n->own / n->bytes) : WHOLE,
                                .edited = n->edited};
        memcpy(row->edits, n->edits, sizeof row->edits);
        out->reports += n->reports;
    }
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < s->ties.count; i++) {
        const tie_sum *tie = &s->ties.items[i];
        status = list_tie(s, tie, tie->source, &out->rows.items[tie->taker].takes);
        if (status == DSR_OK && !tie->agency) {
            status = list_tie(s, tie, tie->taker, &out->rows.items[tie->source].carried_by);
        }
    }
    for (size_t i = 0; i < count; i++) {
        dsr_outlet_row row = out->rows.items[i];
        row.takes_left = cut(&row.takes);
        row.carried_by_left = cut(&row.carried_by);
        if (row.reports > 0 || row.carried_by.count > 0) {
            out->rows.items[kept++] = row;
        }
    }
    out->rows.count = kept;
    if (kept > 1) {
        qsort(out->rows.items, kept, sizeof *out->rows.items, by_reports);
    }
    return status;
}

dsr_status dsr_engine_outlets(dsr_engine *engine, const dsr_outlet_choice *choice, dsr_arena *arena,
                              dsr_outlets *out, dsr_error *error)
{
    survey s = {.engine = engine, .arena = arena, .choice = choice, .error = error};
    dsr_outlets outlets = {.reports = 0};
    s.work = dsr_arena_new(0);
    s.words = dsr_words_new(256);
    s.tie_of = dsr_map_new(256);
    dsr_status status = s.work && s.words && s.tie_of && DSR_LIST_RESERVE(arena, &s.names, 1) == DSR_OK
                            ? dsr_engine_know_learnt(engine, error)
                            : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        s.names.items[s.names.count++] = (name_sum){.name = DSR_SLICE_NONE};
        status = dsr_store_each_report(engine->store, 0, true, look_at, &s, error);
    }
    if (status == DSR_OK && (sum_up(&s) != DSR_OK || write_rows(&s, &outlets) != DSR_OK)) {
        status = dsr_fail_memory(error, STAGE);
    }
    free(s.seen);
    dsr_map_drop(s.tie_of);
    dsr_words_drop(s.words);
    dsr_arena_drop(s.work);
    if (status == DSR_OK) {
        *out = outlets;
    }
    return status;
}
