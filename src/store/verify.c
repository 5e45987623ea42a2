/* Two ways to look at a whole store, the same for every backend: the proof that it is whole, and the dump.
 * Both see the store through the backend's walks, inside one view, so that another process cannot change it
 * meanwhile. Of what is in a record only the proof knows anything: that it unpacks, and to the id that it is
 * kept under. */
#include "store/backend.h"

#include "base/buffer.h"
#include "model/pack.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCE_BYTES = 1024 };

void dsr_store_add_flaw(dsr_store_flaws *flaws, const char *format, ...)
{
    char sentence[SENTENCE_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    flaws->count++;
    if (flaws->flaw != NULL) {
        flaws->flaw(flaws->context, sentence);
    }
}

/* Runs `work` in one view of the store: the open transaction, else one of its own. */
static dsr_status in_view(dsr_store *store,
                          dsr_status (*work)(dsr_store *store, void *context, dsr_error *error),
                          void *context, dsr_error *error)
{
    bool own = store->transaction == DSR_STORE_NONE && store->walks == 0;
    if (own) {
        dsr_status status = store->backend->begin(store, false, error);
        if (status != DSR_OK) {
            return status;
        }
        store->transaction = DSR_STORE_VIEW;
    }
    dsr_status status = work(store, context, error);
    if (own) {
        dsr_store_rollback(store);
    }
    return status;
}

/* --- verify --- */

typedef struct version {
    dsr_id key;
    uint64_t sequence;
    bool current;
} version;

typedef struct proof {
    dsr_store *store;
    dsr_store_flaws flaws;
    dsr_arena *scratch;
    version *versions; /* of the reports that have a key */
    size_t version_count, version_capacity;
    uint64_t reports;
    uint64_t last; /* sequence */
    dsr_error error;
} proof;

/* Damage is what is looked for. What keeps from looking (memory, the system) ends the proof. */
static dsr_status as_flaw(proof *p, dsr_status status, const char *what)
{
    if (status == DSR_ERR_STORE || status == DSR_ERR_VERSION || status == DSR_ERR_LIMIT ||
        status == DSR_ERR_INPUT) {
        dsr_store_add_flaw(&p->flaws, "%s: %s", what, p->error.message);
        return DSR_OK;
    }
    return status;
}

static dsr_status check_record(proof *p, const dsr_store_report *report)
{
    char what[DSR_ID_TEXT + 16];
    char id[DSR_ID_TEXT];
    dsr_id_format(report->id, id);
    snprintf(what, sizeof what, "report %s", id);
    dsr_report record;
    dsr_arena_reset(p->scratch);
    dsr_status status = dsr_report_unpack(p->scratch, report->packed, &record, &p->error);
    if (status != DSR_OK) {
        return as_flaw(p, status, what);
    }
    if (dsr_id_compare(record.id, report->id) != 0) {
        dsr_id_format(record.id, id);
        dsr_store_add_flaw(&p->flaws, "%s: its record is that of report %s", what, id);
    }
    if (dsr_id_compare(record.key, report->key) != 0) {
        dsr_store_add_flaw(&p->flaws, "%s: it is kept under another key than its record states", what);
    }
    return DSR_OK;
}

static dsr_status note_version(proof *p, const dsr_store_report *report, bool current)
{
    if (p->version_count == p->version_capacity) {
        size_t capacity = p->version_capacity == 0 ? 1024 : p->version_capacity * 2;
        version *versions = realloc(p->versions, capacity * sizeof *versions);
        if (versions == NULL) {
            return dsr_fail_memory(&p->error, DSR_STORE_STAGE);
        }
        p->versions = versions;
        p->version_capacity = capacity;
    }
    p->versions[p->version_count++] = (version){report->key, report->sequence, current};
    return DSR_OK;
}

static dsr_status prove_report(void *context, const dsr_store_report *report, bool current)
{
    proof *p = context;
    p->reports++;
    if (report->sequence <= p->last) {
        dsr_store_add_flaw(&p->flaws, "report at place %" PRIu64 ": it comes after place %" PRIu64,
                           report->sequence, p->last);
    }
    p->last = report->sequence;
    if (dsr_id_is_none(report->id)) {
        dsr_store_add_flaw(&p->flaws, "report at place %" PRIu64 ": it has no id", report->sequence);
    }
    if (dsr_id_is_none(report->key) && !current) {
        dsr_store_add_flaw(&p->flaws,
                           "report at place %" PRIu64 ": it has no key, and yet counts as an older version",
                           report->sequence);
    }
    dsr_status status = check_record(p, report);
    if (status == DSR_OK && !dsr_id_is_none(report->key)) {
        status = note_version(p, report, current);
    }
    return status;
}

static int compare_versions(const void *a, const void *b)
{
    const version *x = a;
    const version *y = b;
    int order = dsr_id_compare(x->key, y->key);
    return order != 0 ? order : (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

/* Of each key the newest version, and no other, is the current one. */
static void prove_versions(proof *p)
{
    if (p->version_count == 0) {
        return;
    }
    qsort(p->versions, p->version_count, sizeof *p->versions, compare_versions);
    for (size_t i = 0; i < p->version_count; i++) {
        const version *v = &p->versions[i];
        bool newest = i + 1 == p->version_count || dsr_id_compare(v->key, v[1].key) != 0;
        if (newest != v->current) {
            dsr_store_add_flaw(
                &p->flaws, "report at place %" PRIu64 ": it is %s version of its key and counts as %s one",
                v->sequence, newest ? "the newest" : "an older", newest ? "an older" : "the current");
        }
    }
}

static dsr_status prove_story(void *context, const dsr_store_story *story)
{
    proof *p = context;
    for (size_t i = 0; i < story->member_count; i++) {
        dsr_store_range only = {story->members[i], story->members[i]};
        dsr_id id;
        size_t matches;
        dsr_status status =
            p->store->backend->find(p->store, DSR_STORE_REPORTS, only, &id, &matches, &p->error);
        if (status != DSR_OK) {
            return status;
        }
        if (matches == 0) {
            char story_id[DSR_ID_TEXT];
            char member[DSR_ID_TEXT];
            dsr_id_format(story->id, story_id);
            dsr_id_format(only.low, member);
            dsr_store_add_flaw(&p->flaws, "story %s: its report %s is not in the store", story_id, member);
        }
    }
    return DSR_OK;
}

static dsr_status prove_totals(proof *p)
{
    dsr_store_totals totals;
    dsr_status status = p->store->backend->totals(p->store, &totals, &p->error);
    if (status != DSR_OK) {
        return status;
    }
    if (totals.reports != p->reports) {
        dsr_store_add_flaw(&p->flaws, "the store counts %" PRIu64 " reports, and a walk meets %" PRIu64,
                           totals.reports, p->reports);
    }
    if (totals.next_sequence <= p->last) {
        dsr_store_add_flaw(&p->flaws,
                           "the next report would get place %" PRIu64 ", and place %" PRIu64 " is taken",
                           totals.next_sequence, p->last);
    }
    return DSR_OK;
}

/* Each part is tried, whatever the ones before it found. */
static dsr_status prove(dsr_store *store, void *context, dsr_error *error)
{
    (void)error;
    proof *p = context;
    const dsr_store_backend *backend = store->backend;
    dsr_store_report_sink reports = {prove_report, p};
    dsr_store_story_sink stories = {prove_story, p};
    dsr_status status = as_flaw(p, backend->check(store, &p->flaws, &p->error), "the file");
    if (status == DSR_OK) {
        status = as_flaw(p, backend->each_report(store, 0, false, reports, &p->error), "the reports");
    }
    if (status == DSR_OK) {
        prove_versions(p);
        status = as_flaw(p, prove_totals(p), "the count");
    }
    if (status == DSR_OK) {
        status = as_flaw(p, backend->each_story(store, stories, &p->error), "the stories");
    }
    return status;
}

dsr_status dsr_store_verify(dsr_store *store, void (*flaw)(void *context, const char *sentence),
                            void *context, uint64_t *flaws, dsr_error *error)
{
    proof p = {.store = store, .flaws = {.flaw = flaw, .context = context}, .scratch = dsr_arena_new(0)};
    if (p.scratch == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    dsr_status status = in_view(store, prove, &p, &p.error);
    dsr_arena_drop(p.scratch);
    free(p.versions);
    status = as_flaw(&p, status, "the store");
    if (status == DSR_OK) {
        *flaws = p.flaws.count;
    } else if (error != NULL) {
        *error = p.error;
    }
    return status;
}

/* --- dump --- */

typedef struct dump {
    dsr_store *store;
    dsr_status (*line)(void *context, dsr_slice line);
    void *context;
    dsr_buffer text;
    dsr_arena *scratch;
    unsigned family; /* of the chunks */
    dsr_error *error;
} dump;

static dsr_status end_line(dump *d)
{
    if (d->text.status != DSR_OK) {
        return dsr_fail_memory(d->error, DSR_STORE_STAGE);
    }
    dsr_status status = d->line(d->context, dsr_buffer_slice(&d->text));
    dsr_buffer_reset(&d->text);
    return status;
}

static void put_id(dump *d, dsr_id id)
{
    char text[DSR_ID_TEXT];
    dsr_id_format(id, text);
    dsr_buffer_append_format(&d->text, " %s", text);
}

static void put_packed(dump *d, dsr_slice packed)
{
    dsr_digest digest = dsr_sha256(packed);
    char hex[2 * sizeof digest.bytes + 1];
    dsr_hex(digest.bytes, sizeof digest.bytes, hex);
    dsr_buffer_append_format(&d->text, " packed %zu %s", packed.len, hex);
}

/* One line whatever is in the path: controls and backslashes as \xHH. */
static void put_path(dump *d, dsr_slice path)
{
    dsr_buffer_append(&d->text, DSR_SLICE("  path "));
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        if (c < 0x20 || c == 0x7f || c == '\\') {
            dsr_buffer_append_format(&d->text, "\\x%02x", c);
        } else {
            dsr_buffer_append_char(&d->text, path.ptr[i]);
        }
    }
}

static dsr_status dump_report(void *context, const dsr_store_report *report, bool current)
{
    dump *d = context;
    dsr_buffer_append_format(&d->text, "report %" PRIu64, report->sequence);
    put_id(d, report->id);
    dsr_buffer_append(&d->text, current ? DSR_SLICE(" current key") : DSR_SLICE(" older key"));
    if (dsr_id_is_none(report->key)) {
        dsr_buffer_append(&d->text, DSR_SLICE(" -"));
    } else {
        put_id(d, report->key);
    }
    put_packed(d, report->packed);
    dsr_status status = end_line(d);
    if (status != DSR_OK) {
        return status;
    }
    dsr_store_report again;
    dsr_slices paths;
    dsr_arena_reset(d->scratch);
    status = d->store->backend->get_report(d->store, report->id, d->scratch, &again, &paths, d->error);
    for (size_t i = 0; status == DSR_OK && i < paths.count; i++) {
        put_path(d, paths.items[i]);
        status = end_line(d);
    }
    return status;
}

static dsr_status dump_story(void *context, const dsr_store_story *story)
{
    dump *d = context;
    dsr_buffer_append_format(&d->text, "story %" PRIu32, story->number);
    put_id(d, story->id);
    put_packed(d, story->packed);
    dsr_status status = end_line(d);
    for (size_t i = 0; status == DSR_OK && i < story->member_count; i++) {
        dsr_buffer_append(&d->text, DSR_SLICE("  member"));
        put_id(d, story->members[i]);
        status = end_line(d);
    }
    return status;
}

static dsr_status dump_learnt(dsr_store *store, dump *d, dsr_error *error)
{
    dsr_slice packed = DSR_SLICE_NONE;
    dsr_arena_reset(d->scratch);
    dsr_status status = store->backend->get_learnt(store, d->scratch, &packed, error);
    if (status != DSR_OK || packed.ptr == NULL) {
        return status;
    }
    dsr_buffer_append(&d->text, DSR_SLICE("learnt"));
    put_packed(d, packed);
    return end_line(d);
}

static dsr_status dump_chunk(void *context, dsr_slice key, dsr_slice value)
{
    dump *d = context;
    char hex[2 * DSR_CHUNK_KEY_BYTES + 1];
    dsr_hex((const uint8_t *)key.ptr, key.len < DSR_CHUNK_KEY_BYTES ? key.len : DSR_CHUNK_KEY_BYTES, hex);
    dsr_buffer_append_format(&d->text, "chunk %u %s", d->family, hex);
    put_packed(d, value);
    return end_line(d);
}

static dsr_status dump_chunks(dsr_store *store, dump *d, dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (d->family = 0; status == DSR_OK && d->family <= UINT8_MAX; d->family++) {
        dsr_store_chunk_sink sink = {dump_chunk, d};
        status = store->backend->each_chunk(store, (uint8_t)d->family, DSR_SLICE(""), sink, error);
    }
    return status;
}

static dsr_status dump_all(dsr_store *store, void *context, dsr_error *error)
{
    dump *d = context;
    dsr_store_totals totals;
    dsr_status status = store->backend->totals(store, &totals, error);
    if (status != DSR_OK) {
        return status;
    }
    dsr_buffer_append_format(&d->text, "reports %" PRIu64 " next %" PRIu64, totals.reports,
                             totals.next_sequence);
    status = end_line(d);
    if (status == DSR_OK) {
        status = store->backend->each_report(store, 0, false, (dsr_store_report_sink){dump_report, d}, error);
    }
    if (status == DSR_OK) {
        status = store->backend->each_story(store, (dsr_store_story_sink){dump_story, d}, error);
    }
    status = status == DSR_OK ? dump_learnt(store, d, error) : status;
    return status == DSR_OK ? dump_chunks(store, d, error) : status;
}

dsr_status dsr_store_dump(dsr_store *store, dsr_status (*line)(void *context, dsr_slice line), void *context,
                          dsr_error *error)
{
    dump d = {.store = store, .line = line, .context = context, .scratch = dsr_arena_new(0), .error = error};
    if (d.scratch == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    dsr_buffer_open(&d.text, 0);
    dsr_status status = in_view(store, dump_all, &d, error);
    dsr_buffer_drop(&d.text);
    dsr_arena_drop(d.scratch);
    return status;
}
