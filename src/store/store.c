/* The face of the store: checks what is the same for every backend (transactions, arguments, limits) once,
 * then hands the call on. Must not know how a backend keeps anything, nor what is in a record. */
#include "store/backend.h"

#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void dsr_store_init(dsr_store *store, const dsr_store_backend *backend, dsr_store_mode mode)
{
    *store = (dsr_store){.backend = backend, .mode = mode, .max_reports = DSR_LIMIT_REPORTS};
}

dsr_status dsr_store_fail_missing(dsr_error *error, dsr_store_kind kind, dsr_id id)
{
    char text[DSR_ID_TEXT];
    dsr_id_format(id, text);
    const char *what = kind == DSR_STORE_REPORTS ? "report" : "story";
    dsr_status status =
        dsr_fail(error, DSR_ERR_NOT_FOUND, DSR_STORE_STAGE, "the store has no %s with this id", what);
    dsr_error_set_subject(error, text, strlen(text));
    return status;
}

dsr_status dsr_store_fail_number(dsr_error *error, uint32_t number)
{
    return dsr_fail(error, DSR_ERR_NOT_FOUND, DSR_STORE_STAGE, "the store has no story %lu",
                    (unsigned long)number);
}

dsr_status dsr_store_fail_full(const dsr_store *store, dsr_error *error)
{
    return dsr_fail(
        error, DSR_ERR_LIMIT, DSR_STORE_STAGE,
        "the store holds %llu reports, as many as one store can; remove some, or start a second store",
        (unsigned long long)store->max_reports);
}

static dsr_status fail_argument(dsr_error *error, const char *what)
{
    return dsr_fail(error, DSR_ERR_ARGUMENT, DSR_STORE_STAGE, "%s", what);
}

void dsr_store_close(dsr_store *store)
{
    if (store == NULL) {
        return;
    }
    assert(store->walks == 0);
    dsr_store_rollback(store);
    store->backend->close(store);
}

dsr_status dsr_store_begin(dsr_store *store, dsr_error *error)
{
    if (store->transaction != DSR_STORE_NONE) {
        return fail_argument(error, "a transaction is open already; commit it or roll it back first");
    }
    if (store->walks > 0) {
        return fail_argument(error, "a transaction cannot begin inside a walk");
    }
    bool write = store->mode == DSR_STORE_WRITE;
    dsr_status status = store->backend->begin(store, write, error);
    if (status == DSR_OK) {
        store->transaction = write ? DSR_STORE_CHANGE : DSR_STORE_VIEW;
    }
    return status;
}

dsr_status dsr_store_commit(dsr_store *store, dsr_error *error)
{
    if (store->transaction == DSR_STORE_NONE) {
        return fail_argument(error, "there is no open transaction to commit");
    }
    if (store->walks > 0) {
        return fail_argument(error, "a transaction cannot end inside a walk");
    }
    if (store->transaction == DSR_STORE_BROKEN) {
        dsr_store_rollback(store);
        return dsr_fail(error, DSR_ERR_STORE, DSR_STORE_STAGE,
                        "a change in this transaction failed, so nothing of it was kept; begin again");
    }
    dsr_status status = DSR_OK;
    if (store->transaction == DSR_STORE_CHANGE) {
        status = store->backend->commit(store, error);
    }
    if (status != DSR_OK || store->transaction == DSR_STORE_VIEW) {
        store->backend->rollback(store);
    }
    store->transaction = DSR_STORE_NONE;
    return status;
}

void dsr_store_rollback(dsr_store *store)
{
    if (store->transaction == DSR_STORE_NONE || store->walks > 0) {
        return;
    }
    store->backend->rollback(store);
    store->transaction = DSR_STORE_NONE;
}

static dsr_status check_may_change(const dsr_store *store, dsr_error *error)
{
    if (store->mode == DSR_STORE_READ) {
        return fail_argument(error, "the store was opened for reading only and cannot be changed");
    }
    if (store->transaction == DSR_STORE_NONE) {
        return fail_argument(error, "the store can be changed only between begin and commit");
    }
    if (store->transaction == DSR_STORE_BROKEN) {
        return fail_argument(error, "a change in this transaction failed; roll it back first");
    }
    if (store->walks > 0) {
        return fail_argument(error, "the store cannot be changed inside a walk over it");
    }
    return DSR_OK;
}

/* A change that failed half-way must never be committed. These failures come before anything is changed;
 * after any other it cannot be told. */
static dsr_status note_change(dsr_store *store, dsr_status status)
{
    bool harmless = status == DSR_OK || status == DSR_ERR_NOT_FOUND || status == DSR_ERR_LIMIT ||
                    status == DSR_ERR_ARGUMENT;
    if (!harmless) {
        store->transaction = DSR_STORE_BROKEN;
    }
    return status;
}

static dsr_status check_packed(dsr_slice packed, dsr_error *error)
{
    if (packed.len > DSR_LIMIT_PACKED_BYTES) {
        return dsr_fail(error, DSR_ERR_LIMIT, DSR_STORE_STAGE,
                        "a packed record of %zu bytes is larger than the %d that a store takes", packed.len,
                        DSR_LIMIT_PACKED_BYTES);
    }
    return DSR_OK;
}

static dsr_status check_report(const dsr_store_report *report, dsr_error *error)
{
    if (dsr_id_is_none(report->id) || report->packed.len == 0) {
        return fail_argument(error, "a report needs an id and a packed record");
    }
    if (report->path.len > DSR_LIMIT_PATH_BYTES) {
        return dsr_fail(error, DSR_ERR_LIMIT, DSR_STORE_STAGE,
                        "a path of %zu bytes is longer than the %d that a store takes", report->path.len,
                        DSR_LIMIT_PATH_BYTES);
    }
    return check_packed(report->packed, error);
}

dsr_status dsr_store_put_report(dsr_store *store, const dsr_store_report *report, dsr_intake *intake,
                                dsr_id *previous, dsr_error *error)
{
    dsr_status status = check_may_change(store, error);
    if (status == DSR_OK) {
        status = check_report(report, error);
    }
    if (status != DSR_OK) {
        return status;
    }
    return note_change(store, store->backend->put_report(store, report, intake, previous, error));
}

dsr_status dsr_store_remove_report(dsr_store *store, dsr_id id, dsr_error *error)
{
    dsr_status status = check_may_change(store, error);
    if (status != DSR_OK) {
        return status;
    }
    return note_change(store, store->backend->remove_report(store, id, error));
}

dsr_status dsr_store_get_report(dsr_store *store, dsr_id id, dsr_arena *arena, dsr_store_report *out,
                                dsr_slices *paths, dsr_error *error)
{
    return store->backend->get_report(store, id, arena, out, paths, error);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

/* The ids that begin with `hex`: what is not given is 0 at the low end and f at the high end. */
static bool range_of_hex(dsr_slice hex, dsr_store_range *out)
{
    dsr_store_range range;
    if (hex.len == 0 || hex.len > 2 * sizeof range.low.bytes) {
        return false;
    }
    memset(range.low.bytes, 0, sizeof range.low.bytes);
    memset(range.high.bytes, 0xff, sizeof range.high.bytes);
    for (size_t i = 0; i < hex.len; i++) {
        int value = hex_value(hex.ptr[i]);
        if (value < 0) {
            return false;
        }
        unsigned shift = i % 2 == 0 ? 4 : 0;
        unsigned digit = (unsigned)value << shift;
        unsigned mask = 0xfu << shift;
        range.low.bytes[i / 2] = (uint8_t)(range.low.bytes[i / 2] | digit);
        range.high.bytes[i / 2] = (uint8_t)((range.high.bytes[i / 2] & ~mask) | digit);
    }
    *out = range;
    return true;
}

static dsr_status find(dsr_store *store, dsr_store_kind kind, dsr_slice hex, dsr_id *out, size_t *matches,
                       dsr_error *error)
{
    dsr_store_range range;
    if (!range_of_hex(hex, &range)) {
        dsr_status status = fail_argument(error, "an id is given by 1 to 32 hex digits");
        dsr_error_set_subject(error, hex.ptr, hex.len);
        return status;
    }
    dsr_id id;
    size_t count;
    dsr_status status = store->backend->find(store, kind, range, &id, &count, error);
    if (status != DSR_OK) {
        return status;
    }
    if (count > 0) {
        *out = id;
    }
    *matches = count;
    return DSR_OK;
}

dsr_status dsr_store_find_report(dsr_store *store, dsr_slice hex, dsr_id *out, size_t *matches,
                                 dsr_error *error)
{
    return find(store, DSR_STORE_REPORTS, hex, out, matches, error);
}

dsr_status dsr_store_find_story(dsr_store *store, dsr_slice hex, dsr_id *out, size_t *matches,
                                dsr_error *error)
{
    return find(store, DSR_STORE_STORIES, hex, out, matches, error);
}

typedef struct plain_sink {
    dsr_status (*each)(void *context, const dsr_store_report *report);
    void *context;
} plain_sink;

static dsr_status hand_on(void *context, const dsr_store_report *report, bool current)
{
    const plain_sink *sink = context;
    (void)current;
    return sink->each(sink->context, report);
}

dsr_status dsr_store_each_report(dsr_store *store, uint64_t after, bool current_only,
                                 dsr_status (*each)(void *context, const dsr_store_report *report),
                                 void *context, dsr_error *error)
{
    plain_sink plain = {each, context};
    dsr_store_report_sink sink = {hand_on, &plain};
    store->walks++;
    dsr_status status = store->backend->each_report(store, after, current_only, sink, error);
    store->walks--;
    return status;
}

dsr_status dsr_store_count_reports(dsr_store *store, uint64_t *count, dsr_error *error)
{
    dsr_store_totals totals;
    dsr_status status = store->backend->totals(store, &totals, error);
    if (status == DSR_OK) {
        *count = totals.reports;
    }
    return status;
}

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(dsr_id));
}

/* No two stories may have one id. */
static dsr_status check_distinct(const dsr_store_story *stories, size_t count, dsr_error *error)
{
    if (count == 0) {
        return DSR_OK;
    }
    dsr_id *ids = count > SIZE_MAX / sizeof *ids ? NULL : malloc(count * sizeof *ids);
    if (ids == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    for (size_t i = 0; i < count; i++) {
        ids[i] = stories[i].id;
    }
    qsort(ids, count, sizeof *ids, compare_ids);
    bool distinct = true;
    for (size_t i = 1; i < count && distinct; i++) {
        distinct = dsr_id_compare(ids[i - 1], ids[i]) != 0;
    }
    free(ids);
    return distinct ? DSR_OK : fail_argument(error, "two of the stories have the same id");
}

static dsr_status check_members(dsr_store *store, const dsr_store_story *story, dsr_error *error)
{
    for (size_t i = 0; i < story->member_count; i++) {
        dsr_store_range only = {story->members[i], story->members[i]};
        dsr_id id;
        size_t matches;
        dsr_status status = store->backend->find(store, DSR_STORE_REPORTS, only, &id, &matches, error);
        if (status != DSR_OK) {
            return status;
        }
        if (matches == 0) {
            char text[DSR_ID_TEXT];
            dsr_id_format(only.low, text);
            status = fail_argument(error, "a story names a report that is not in the store");
            dsr_error_set_subject(error, text, strlen(text));
            return status;
        }
    }
    return DSR_OK;
}

static dsr_status check_stories(dsr_store *store, const dsr_store_story *stories, size_t count,
                                dsr_error *error)
{
    dsr_status status = check_distinct(stories, count, error);
    for (size_t i = 0; i < count && status == DSR_OK; i++) {
        if (dsr_id_is_none(stories[i].id)) {
            return fail_argument(error, "a story needs an id");
        }
        status = check_packed(stories[i].packed, error);
        if (status == DSR_OK) {
            status = check_members(store, &stories[i], error);
        }
    }
    return status;
}

dsr_status dsr_store_put_stories(dsr_store *store, const dsr_store_story *stories, size_t count,
                                 dsr_error *error)
{
    dsr_status status = check_may_change(store, error);
    if (status == DSR_OK) {
        status = note_change(store, check_stories(store, stories, count, error));
    }
    if (status != DSR_OK) {
        return status;
    }
    return note_change(store, store->backend->put_stories(store, stories, count, error));
}

dsr_status dsr_store_put_story(dsr_store *store, const dsr_store_story *story, dsr_error *error)
{
    dsr_status status = check_may_change(store, error);
    if (status == DSR_OK && (story->number == 0 || story->number > INT32_MAX)) {
        return fail_argument(error, "a story needs a number from 1 on");
    }
    if (status == DSR_OK) {
        status = note_change(store, check_stories(store, story, 1, error));
    }
    return status == DSR_OK ? note_change(store, store->backend->put_story(store, story, error)) : status;
}

dsr_status dsr_store_drop_story(dsr_store *store, uint32_t number, dsr_error *error)
{
    dsr_status status = check_may_change(store, error);
    return status == DSR_OK ? note_change(store, store->backend->drop_story(store, number, error)) : status;
}

dsr_status dsr_store_get_numbered(dsr_store *store, uint32_t number, dsr_arena *arena, dsr_store_story *out,
                                  dsr_error *error)
{
    return store->backend->get_numbered(store, number, arena, out, error);
}

dsr_status dsr_store_locate_report(dsr_store *store, dsr_id id, uint64_t *sequence, bool *current,
                                   dsr_error *error)
{
    return store->backend->locate(store, id, sequence, current, error);
}

dsr_status dsr_store_find_current(dsr_store *store, dsr_id key, dsr_id *out, dsr_error *error)
{
    return store->backend->find_current(store, key, out, error);
}

dsr_status dsr_store_each_story(dsr_store *store,
                                dsr_status (*each)(void *context, const dsr_store_story *story),
                                void *context, dsr_error *error)
{
    dsr_store_story_sink sink = {each, context};
    store->walks++;
    dsr_status status = store->backend->each_story(store, sink, error);
    store->walks--;
    return status;
}

dsr_status dsr_store_get_story(dsr_store *store, dsr_id id, dsr_arena *arena, dsr_store_story *out,
                               dsr_error *error)
{
    return store->backend->get_story(store, id, arena, out, error);
}

dsr_status dsr_store_put_learnt(dsr_store *store, dsr_slice packed, dsr_error *error)
{
    dsr_status status = check_may_change(store, error);
    if (status == DSR_OK) {
        status = check_packed(packed, error);
    }
    return status == DSR_OK ? note_change(store, store->backend->put_learnt(store, packed, error)) : status;
}

dsr_status dsr_store_get_learnt(dsr_store *store, dsr_arena *arena, dsr_slice *out, dsr_error *error)
{
    return store->backend->get_learnt(store, arena, out, error);
}

static dsr_status get_chunk(void *context, uint8_t family, dsr_slice key, dsr_buffer *out, dsr_error *error)
{
    dsr_store *store = context;
    return store->backend->get_chunk(store, family, key, out, error);
}

static dsr_status put_chunk(void *context, uint8_t family, dsr_slice key, dsr_slice value, dsr_error *error)
{
    dsr_store *store = context;
    dsr_status status = check_may_change(store, error);
    if (status != DSR_OK) {
        return status;
    }
    if (key.len == 0 || key.len > DSR_CHUNK_KEY_BYTES || value.len > DSR_CHUNK_BYTES) {
        return dsr_fail(error, DSR_ERR_LIMIT, DSR_STORE_STAGE,
                        "a chunk of %zu bytes under a key of %zu is larger than a store takes", value.len,
                        key.len);
    }
    return note_change(store, store->backend->put_chunk(store, family, key, value, error));
}

static dsr_status drop_chunk(void *context, uint8_t family, dsr_slice key, dsr_error *error)
{
    dsr_store *store = context;
    dsr_status status = check_may_change(store, error);
    return status == DSR_OK ? note_change(store, store->backend->drop_chunk(store, family, key, error))
                            : status;
}

dsr_status dsr_store_each_chunk(dsr_store *store, uint8_t family, dsr_slice prefix, dsr_chunk_visit *visit,
                                void *visitor, dsr_error *error)
{
    store->walks++;
    dsr_status status =
        store->backend->each_chunk(store, family, prefix, (dsr_store_chunk_sink){visit, visitor}, error);
    store->walks--;
    return status;
}

static dsr_status each_chunk(void *context, uint8_t family, dsr_chunk_visit *visit, void *visitor,
                             dsr_error *error)
{
    return dsr_store_each_chunk(context, family, DSR_SLICE(""), visit, visitor, error);
}

dsr_chunks dsr_store_chunks(dsr_store *store)
{
    return (dsr_chunks){
        .context = store, .get = get_chunk, .put = put_chunk, .drop = drop_chunk, .each = each_chunk};
}
