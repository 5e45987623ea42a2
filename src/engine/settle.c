/* Which pairs of a given set of reports share text: of a story, or of the FILEs of `copies`. In the order of
 * intake, so that threads and machines do not matter. */
#include "engine/internal.h"

#include "model/pack.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "settle";

/* Reports on their way through the first pass: their fingerprints. */
typedef struct survey {
    dsr_engine *engine;
    const dsr_id_list *reports;
    dsr_copy_index *index;
    size_t next;
    dsr_status failed;
    dsr_error *error;
} survey;

typedef struct surveyed {
    size_t number;
    dsr_arena *arena; /* holds the packed record, then what is made of it */
    dsr_slice packed;
    dsr_fingerprints prints;
    dsr_status status;
    dsr_error error;
} surveyed;

static void surveyed_drop(surveyed *s)
{
    if (s) {
        dsr_fingerprints_drop(&s->prints);
        dsr_arena_drop(s->arena);
        free(s);
    }
}

/* Fetches a packed record into an arena of its own. */
static dsr_status fetch(dsr_engine *engine, dsr_id id, dsr_arena *arena, dsr_slice *packed, dsr_error *error)
{
    dsr_store_report stored;
    dsr_status status = dsr_store_get_report(engine->store, id, arena, &stored, NULL, error);
    if (status == DSR_OK) {
        *packed = stored.packed;
    }
    return status;
}

static bool next_surveyed(void *context, void **out)
{
    survey *s = context;
    if (s->failed != DSR_OK || s->next == s->reports->count) {
        return false;
    }
    if (dsr_engine_is_cancelled(s->engine)) {
        s->failed = dsr_fail(s->error, DSR_ERR_CANCELLED, STAGE, "stopped as asked");
        return false;
    }
    surveyed *item = calloc(1, sizeof *item);
    if (!item || !(item->arena = dsr_arena_new(0))) {
        surveyed_drop(item);
        s->failed = dsr_fail_memory(s->error, STAGE);
        return false;
    }
    item->number = s->next++;
    s->failed = fetch(s->engine, s->reports->items[item->number], item->arena, &item->packed, s->error);
    if (s->failed != DSR_OK) {
        surveyed_drop(item);
        return false;
    }
    *out = item;
    return true;
}

/* Any thread. */
static void work_surveyed(void *context, unsigned worker, void *thing)
{
    (void)worker;
    const survey *s = context;
    surveyed *item = thing;
    dsr_report report;
    dsr_compare_text *text = NULL;
    dsr_stored stored = {s->reports->items[item->number], item->packed};
    item->status = dsr_engine_unpack(s->engine, item->arena, &stored, &report, &item->error);
    if (item->status != DSR_OK) {
        return;
    }
    item->status = dsr_compare_prepare(item->arena, &report, &text);
    if (item->status == DSR_OK) {
        item->status = dsr_fingerprints_take(text, &item->prints);
    }
    if (item->status != DSR_OK) {
        item->status = dsr_fail_memory(&item->error, STAGE);
    }
}

static dsr_status commit_surveyed(void *context, void *thing)
{
    survey *s = context;
    surveyed *item = thing;
    if (item->status != DSR_OK) {
        *s->error = item->error;
        return item->status;
    }
    dsr_status status = dsr_copy_index_add(s->index, (uint32_t)item->number, &item->prints);
    if (status != DSR_OK) {
        return status == DSR_ERR_LIMIT
                   ? dsr_fail(s->error, status, STAGE,
                              "more reports than one set can hold; split it into several stores")
                   : dsr_fail_memory(s->error, STAGE);
    }
    dsr_engine_tell(s->engine, "comparing", item->number + 1, s->reports->count);
    surveyed_drop(item);
    return DSR_OK;
}

static void abandon_surveyed(void *context, void *thing)
{
    (void)context;
    surveyed_drop(thing);
}

dsr_status dsr_settle_find_pairs(dsr_engine *engine, const dsr_id_list *reports, dsr_copy_pair **pairs,
                                 size_t *count, dsr_error *error)
{
    dsr_error spare;
    dsr_status known = dsr_engine_know_learnt(engine, error);
    if (known != DSR_OK) {
        return known;
    }
    survey s = {.engine = engine, .reports = reports, .error = error ? error : &spare};
    s.index = dsr_copy_index_new();
    if (!s.index) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_pass pass = {.context = &s,
                     .next = next_surveyed,
                     .work = work_surveyed,
                     .commit = commit_surveyed,
                     .abandon = abandon_surveyed};
    dsr_status status = dsr_pass_run(&pass, engine->jobs, 0);
    status = status == DSR_OK ? s.failed : status;
    if (status == DSR_OK && dsr_copy_index_pairs(s.index, pairs, count) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    } else if (status == DSR_ERR_MEMORY) {
        status = dsr_fail_memory(error, STAGE);
    }
    dsr_copy_index_drop(s.index);
    return status;
}

/* Pairs on their way through the second pass: those of one first report go together, so that it is opened
 * once. */
typedef struct aligning {
    dsr_engine *engine;
    const dsr_id_list *reports;
    dsr_pair_list pairs;
    size_t next;
    dsr_status (*each)(void *context, const dsr_aligned *aligned);
    void *context;
    dsr_status failed;
    dsr_error *error;
} aligning;

enum { BUNDLE = 64 /* pairs that go together at most */ };

typedef struct bundle {
    size_t from, count; /* pairs */
    dsr_arena *arena;
    dsr_slice packed[BUNDLE + 1]; /* of the first report, then of each second one */
    dsr_report reports[BUNDLE + 1];
    dsr_reuse reuse[BUNDLE];
    bool found[BUNDLE];
    dsr_status status;
    dsr_error error;
} bundle;

static void bundle_drop(bundle *b)
{
    if (b) {
        dsr_arena_drop(b->arena);
        free(b);
    }
}

static dsr_status fetch_bundle(aligning *a, bundle *b)
{
    b->from = a->next;
    uint32_t first = a->pairs.items[a->next].first;
    dsr_status status = fetch(a->engine, a->reports->items[first], b->arena, &b->packed[0], a->error);
    while (status == DSR_OK && a->next < a->pairs.count && a->pairs.items[a->next].first == first &&
           b->count < BUNDLE) {
        uint32_t second = a->pairs.items[a->next++].second;
        status = fetch(a->engine, a->reports->items[second], b->arena, &b->packed[++b->count], a->error);
    }
    return status;
}

static bool next_bundle(void *context, void **out)
{
    aligning *a = context;
    if (a->failed != DSR_OK || a->next == a->pairs.count) {
        return false;
    }
    if (dsr_engine_is_cancelled(a->engine)) {
        a->failed = dsr_fail(a->error, DSR_ERR_CANCELLED, STAGE, "stopped as asked");
        return false;
    }
    bundle *b = calloc(1, sizeof *b);
    if (!b || !(b->arena = dsr_arena_new(0))) {
        bundle_drop(b);
        a->failed = dsr_fail_memory(a->error, STAGE);
        return false;
    }
    a->failed = fetch_bundle(a, b);
    if (a->failed != DSR_OK) {
        bundle_drop(b);
        return false;
    }
    *out = b;
    return true;
}

static dsr_status open_text(const aligning *a, bundle *b, size_t i, dsr_compare_text **out)
{
    const dsr_copy_pair *pairs = a->pairs.items + b->from;
    uint32_t number = i == 0 ? pairs[0].first : pairs[i - 1].second;
    dsr_stored stored = {a->reports->items[number], b->packed[i]};
    dsr_status status = dsr_engine_unpack(a->engine, b->arena, &stored, &b->reports[i], &b->error);
    if (status == DSR_OK && dsr_compare_prepare(b->arena, &b->reports[i], out) != DSR_OK) {
        status = dsr_fail_memory(&b->error, STAGE);
    }
    return status;
}

/* Any thread. */
static void work_bundle(void *context, unsigned worker, void *thing)
{
    (void)worker;
    const aligning *a = context;
    bundle *b = thing;
    dsr_compare_text *first = NULL, *second = NULL;
    b->status = open_text(a, b, 0, &first);
    for (size_t i = 0; b->status == DSR_OK && i < b->count; i++) {
        b->status = open_text(a, b, i + 1, &second);
        if (b->status == DSR_OK && dsr_compare_pair(b->arena, a->engine->lexicon, first, second, &b->found[i],
                                                    &b->reuse[i]) != DSR_OK) {
            b->status = dsr_fail_memory(&b->error, STAGE);
        }
    }
}

/* Somebody says that neither is a copy of the other. */
static bool is_denied(const aligning *a, const dsr_report *one, const dsr_report *other)
{
    return dsr_corrections_deny_copy(&a->engine->corrections, dsr_correction_source(one->id, one->key),
                                     dsr_correction_source(other->id, other->key));
}

static dsr_status commit_bundle(void *context, void *thing)
{
    aligning *a = context;
    bundle *b = thing;
    if (b->status != DSR_OK) {
        *a->error = b->error;
        return b->status;
    }
    for (size_t i = 0; i < b->count; i++) {
        if (!b->found[i] || is_denied(a, &b->reports[0], &b->reports[i + 1])) {
            continue;
        }
        const dsr_copy_pair *pair = &a->pairs.items[b->from + i];
        dsr_reuse reuse = b->reuse[i];
        reuse.from = reuse.from == 0 ? pair->first : pair->second;
        reuse.to = reuse.to == 0 ? pair->first : pair->second;
        dsr_aligned aligned = {pair, &reuse, &b->reports[0], &b->reports[i + 1]};
        dsr_status status = a->each(a->context, &aligned);
        if (status != DSR_OK) {
            return status;
        }
    }
    dsr_engine_tell(a->engine, "aligning", b->from + b->count, a->pairs.count);
    bundle_drop(b);
    return DSR_OK;
}

static void abandon_bundle(void *context, void *thing)
{
    (void)context;
    bundle_drop(thing);
}

dsr_status dsr_settle_align_pairs(dsr_engine *engine, const dsr_id_list *reports, dsr_pair_list pairs,
                                  dsr_status (*each)(void *context, const dsr_aligned *aligned),
                                  void *context, dsr_error *error)
{
    dsr_error spare;
    dsr_status known = dsr_engine_know_learnt(engine, error);
    if (known == DSR_OK) {
        known = dsr_engine_know_corrections(engine, error);
    }
    if (known != DSR_OK) {
        return known;
    }
    aligning a = {.engine = engine,
                  .reports = reports,
                  .pairs = pairs,
                  .each = each,
                  .context = context,
                  .error = error ? error : &spare};
    dsr_pass pass = {.context = &a,
                     .next = next_bundle,
                     .work = work_bundle,
                     .commit = commit_bundle,
                     .abandon = abandon_bundle};
    dsr_status status = dsr_pass_run(&pass, engine->jobs, 0);
    return status == DSR_OK ? a.failed : status;
}
