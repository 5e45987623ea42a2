/* The store in memory, for `brief` straight from files. Built to be lean: a report costs its paths and about
 * 100 bytes; its record lies in a log that spills into a scratch file (spill.h), so that the memory a large
 * set takes does not grow with its texts. Entries are never reused: the place of an entry is its sequence
 * number less one.
 *
 * A transaction remembers how much there was at begin and a note of each older entry that it changes;
 * rollback undoes the notes and drops what came behind the mark. Removed reports give their memory back with
 * the store only. */
#include "store/backend.h"

#include "base/limits.h"
#include "store/memory_stories.h"
#include "store/spill.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1024 * 1024, ENTRIES_A_CHUNK = 4096, FIRST_SLOTS = 1024, ALIGNMENT = 8 };
#define NOWHERE UINT32_MAX

typedef struct block {
    struct block *earlier;
    size_t size, used; /* bytes of data */
    char data[];
} block;

/* One place where a report was found. */
typedef struct path_node {
    const struct path_node *earlier;
    uint32_t number; /* 1 for the first */
    uint32_t len;
    char path[];
} path_node;

typedef struct entry {
    dsr_id id, key;
    uint64_t packed;        /* where the record begins in the log */
    const path_node *paths; /* the newest; NULL: none */
    uint32_t packed_len;
    bool live;      /* not removed */
    uint32_t older; /* the entry that stood for the key before this one; NOWHERE: none */
} entry;

/* Open addressing from an id or key to an entry: number + 1, 0 is free. Only the newest live entry of a key
 * is in the table of keys; where none is alive, some dead one. */
typedef struct table {
    uint32_t *slots;
    size_t count; /* a power of two */
    size_t used;
    bool by_key;
} table;

/* What an entry was before this transaction changed it. */
typedef struct note {
    uint32_t at;
    bool live;
    const path_node *paths;
} note;

typedef struct mark {
    uint32_t entries;
    uint64_t live;
    block *block;
    size_t used;
    uint64_t records; /* end of the log */
    dsr_slice learnt;
} mark;

typedef struct memory_store {
    dsr_store base;
    entry **chunks;
    size_t chunk_count, chunk_capacity;
    uint32_t entries;
    uint64_t live;
    block *newest; /* chain of blocks */
    dsr_spill records;
    char *scratch; /* one record on its way to who walks */
    size_t scratch_room;
    char *folder;
    table ids, keys;
    dsr_memory_stories stories;
    dsr_memory_chunks *state; /* what other parts keep here */
    dsr_slice learnt;         /* in a block */
    mark begin;
    note *notes;
    size_t note_count, note_capacity;
} memory_store;

static memory_store *of(dsr_store *store)
{
    return (memory_store *)store;
}

static entry *entry_at(const memory_store *store, uint32_t at)
{
    return &store->chunks[at / ENTRIES_A_CHUNK][at % ENTRIES_A_CHUNK];
}

/* --- tables --- */

static const dsr_id *name_of(const table *t, const entry *e)
{
    return t->by_key ? &e->key : &e->id;
}

static size_t home_of(const table *t, const dsr_id *name)
{
    uint64_t bits;
    memcpy(&bits, name->bytes, sizeof bits);
    return (size_t)dsr_hash_mix(bits) & (t->count - 1);
}

/* The slot of `name`, or the free one where it belongs. Removed reports are passed over in the table of ids.
 */
static uint32_t *slot_of(const memory_store *store, const table *t, const dsr_id *name)
{
    size_t at = home_of(t, name);
    while (t->slots[at] != 0) {
        const entry *e = entry_at(store, t->slots[at] - 1);
        if ((t->by_key || e->live) && dsr_id_compare(*name_of(t, e), *name) == 0) {
            break;
        }
        at = (at + 1) & (t->count - 1);
    }
    return &t->slots[at];
}

static void enter(const memory_store *store, table *t, uint32_t at)
{
    uint32_t *slot = slot_of(store, t, name_of(t, entry_at(store, at)));
    if (*slot == 0) {
        t->used++;
    }
    *slot = at + 1;
}

static void refill(const memory_store *store, table *t)
{
    memset(t->slots, 0, t->count * sizeof *t->slots);
    t->used = 0;
    for (uint32_t at = 0; at < store->entries; at++) {
        const entry *e = entry_at(store, at);
        if (e->live && !(t->by_key && dsr_id_is_none(e->key))) {
            enter(store, t, at);
        }
    }
}

/* Room for one more name: at most two slots in three are used. */
static bool table_reserve(const memory_store *store, table *t)
{
    if (t->slots != NULL && (t->used + 1) * 3 <= t->count * 2) {
        return true;
    }
    size_t count = t->slots == NULL ? FIRST_SLOTS : t->count * 2;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(t->slots);
    t->slots = slots;
    t->count = count;
    refill(store, t);
    return true;
}

static uint32_t find_live(const memory_store *store, const table *t, const dsr_id *name)
{
    if (t->slots == NULL) {
        return NOWHERE;
    }
    uint32_t slot = *slot_of(store, t, name);
    if (slot == 0 || !entry_at(store, slot - 1)->live) {
        return NOWHERE;
    }
    return slot - 1;
}

/* --- memory --- */

/* `size` bytes in the newest block; NULL without memory. */
static char *take_bytes(memory_store *store, size_t size)
{
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    block *b = store->newest;
    if (b == NULL || b->size - b->used < size) {
        size_t room = size > BLOCK_BYTES - sizeof(block) ? size : BLOCK_BYTES - sizeof(block);
        b = malloc(sizeof *b + room);
        if (b == NULL) {
            return NULL;
        }
        *b = (block){.earlier = store->newest, .size = room};
        store->newest = b;
    }
    char *bytes = b->data + b->used;
    b->used += size;
    return bytes;
}

static void drop_blocks(memory_store *store, const block *until)
{
    while (store->newest != until) {
        block *b = store->newest;
        store->newest = b->earlier;
        free(b);
    }
}

static bool reserve_entry(memory_store *store)
{
    if (store->entries < store->chunk_count * ENTRIES_A_CHUNK) {
        return true;
    }
    if (store->chunk_count == store->chunk_capacity) {
        size_t capacity = store->chunk_capacity == 0 ? 16 : store->chunk_capacity * 2;
        entry **chunks = realloc(store->chunks, capacity * sizeof(entry *));
        if (chunks == NULL) {
            return false;
        }
        store->chunks = chunks;
        store->chunk_capacity = capacity;
    }
    entry *chunk = malloc(ENTRIES_A_CHUNK * sizeof *chunk);
    if (chunk == NULL) {
        return false;
    }
    store->chunks[store->chunk_count++] = chunk;
    return true;
}

static bool reserve_note(memory_store *store)
{
    if (store->note_count < store->note_capacity) {
        return true;
    }
    size_t capacity = store->note_capacity == 0 ? 64 : store->note_capacity * 2;
    note *notes = realloc(store->notes, capacity * sizeof *notes);
    if (notes == NULL) {
        return false;
    }
    store->notes = notes;
    store->note_capacity = capacity;
    return true;
}

/* Before entry `at` is changed; reserve_note has been called. */
static void write_note(memory_store *store, uint32_t at)
{
    const entry *e = entry_at(store, at);
    store->notes[store->note_count++] = (note){at, e->live, e->paths};
}

/* --- transactions --- */

static dsr_status memory_begin(dsr_store *base, bool write, dsr_error *error)
{
    (void)write;
    (void)error;
    memory_store *store = of(base);
    store->begin = (mark){.entries = store->entries,
                          .live = store->live,
                          .block = store->newest,
                          .used = store->newest == NULL ? 0 : store->newest->used,
                          .records = dsr_spill_end(&store->records),
                          .learnt = store->learnt};
    store->note_count = 0;
    dsr_memory_chunks_begin(store->state);
    return DSR_OK;
}

static dsr_status memory_commit(dsr_store *base, dsr_error *error)
{
    (void)error;
    memory_store *store = of(base);
    dsr_memory_stories_commit(&store->stories);
    dsr_memory_chunks_commit(store->state);
    return DSR_OK;
}

static void memory_rollback(dsr_store *base)
{
    memory_store *store = of(base);
    const mark *begin = &store->begin;
    bool changed = store->note_count > 0 || store->entries != begin->entries;
    for (size_t i = store->note_count; i-- > 0;) {
        const note *n = &store->notes[i];
        entry *e = entry_at(store, n->at);
        e->live = n->live;
        e->paths = n->paths;
    }
    store->note_count = 0;
    store->entries = begin->entries;
    store->live = begin->live;
    store->learnt = begin->learnt;
    if (changed && store->ids.slots != NULL) {
        refill(store, &store->ids);
        refill(store, &store->keys);
    }
    dsr_spill_truncate(&store->records, begin->records);
    drop_blocks(store, begin->block);
    if (store->newest != NULL) {
        store->newest->used = begin->used;
    }
    dsr_memory_stories_rollback(&store->stories);
    dsr_memory_chunks_rollback(store->state);
}

/* --- reports --- */

static uint32_t count_paths(const entry *e)
{
    return e->paths == NULL ? 0 : e->paths->number;
}

static bool knows_path(const entry *e, dsr_slice path)
{
    for (const path_node *n = e->paths; n != NULL; n = n->earlier) {
        if (n->len == path.len && memcmp(n->path, path.ptr, path.len) == 0) {
            return true;
        }
    }
    return false;
}

/* A new node; NULL without memory. */
static path_node *make_node(memory_store *store, const path_node *earlier, dsr_slice path)
{
    char *bytes = take_bytes(store, sizeof(path_node) + path.len);
    if (bytes == NULL) {
        return NULL;
    }
    path_node *node = (path_node *)(void *)bytes;
    node->earlier = earlier;
    node->number = earlier == NULL ? 1 : earlier->number + 1;
    node->len = (uint32_t)path.len;
    if (path.len > 0) {
        memcpy(node->path, path.ptr, path.len);
    }
    return node;
}

static dsr_status remember_path(memory_store *store, uint32_t at, dsr_slice path, dsr_error *error)
{
    entry *e = entry_at(store, at);
    if (path.len == 0 || count_paths(e) >= DSR_LIMIT_PATHS || knows_path(e, path)) {
        return DSR_OK;
    }
    path_node *node = reserve_note(store) ? make_node(store, e->paths, path) : NULL;
    if (node == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    write_note(store, at);
    e->paths = node;
    return DSR_OK;
}

/* Everything that can fail comes first. */
static dsr_status append_report(memory_store *store, const dsr_store_report *report, uint32_t older,
                                dsr_error *error)
{
    if (!reserve_entry(store) || !table_reserve(store, &store->ids) || !table_reserve(store, &store->keys)) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    path_node *node = make_node(store, NULL, report->path);
    uint64_t packed = 0;
    if (node == NULL || dsr_spill_append(&store->records, report->packed, &packed) != DSR_OK) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    uint32_t at = store->entries++;
    *entry_at(store, at) = (entry){.id = report->id,
                                   .key = report->key,
                                   .packed = packed,
                                   .paths = report->path.len == 0 ? NULL : node,
                                   .packed_len = (uint32_t)report->packed.len,
                                   .live = true,
                                   .older = older};
    store->live++;
    enter(store, &store->ids, at);
    if (!dsr_id_is_none(report->key)) {
        enter(store, &store->keys, at);
    }
    return DSR_OK;
}

static dsr_status memory_put_report(dsr_store *base, const dsr_store_report *report, dsr_intake *intake,
                                    dsr_id *previous, dsr_error *error)
{
    memory_store *store = of(base);
    uint32_t known = find_live(store, &store->ids, &report->id);
    if (known != NOWHERE) {
        dsr_status status = remember_path(store, known, report->path, error);
        if (status == DSR_OK) {
            *intake = DSR_INTAKE_ALREADY_THERE;
        }
        return status;
    }
    if (store->live >= base->max_reports || store->entries == NOWHERE - 1) {
        return dsr_store_fail_full(base, error);
    }
    bool keyed = !dsr_id_is_none(report->key);
    uint32_t older = keyed ? find_live(store, &store->keys, &report->key) : NOWHERE;
    dsr_status status = append_report(store, report, older, error);
    if (status != DSR_OK) {
        return status;
    }
    *intake = older == NOWHERE ? DSR_INTAKE_ADDED : DSR_INTAKE_NEW_VERSION;
    if (older != NOWHERE) {
        *previous = entry_at(store, older)->id;
    }
    return DSR_OK;
}

static dsr_status memory_remove_report(dsr_store *base, dsr_id id, dsr_error *error)
{
    memory_store *store = of(base);
    uint32_t at = find_live(store, &store->ids, &id);
    if (at == NOWHERE) {
        return dsr_store_fail_missing(error, DSR_STORE_REPORTS, id);
    }
    if (!reserve_note(store)) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    entry *e = entry_at(store, at);
    uint32_t *slot = dsr_id_is_none(e->key) ? NULL : slot_of(store, &store->keys, &e->key);
    write_note(store, at);
    e->live = false;
    store->live--;
    if (slot != NULL && *slot == at + 1) {
        uint32_t heir = e->older;
        while (heir != NOWHERE && !entry_at(store, heir)->live) {
            heir = entry_at(store, heir)->older;
        }
        *slot = heir == NOWHERE ? *slot : heir + 1;
    }
    return DSR_OK;
}

static dsr_slice first_path(const entry *e)
{
    const path_node *node = e->paths;
    while (node != NULL && node->earlier != NULL) {
        node = node->earlier;
    }
    return node == NULL ? DSR_SLICE_NONE : (dsr_slice){node->path, node->len};
}

/* All but the record. */
static dsr_store_report lend(const entry *e, uint32_t at)
{
    return (dsr_store_report){
        .id = e->id, .key = e->key, .path = first_path(e), .sequence = (uint64_t)at + 1};
}

static dsr_status fail_scratch(dsr_error *error)
{
    return dsr_fail(error, DSR_ERR_IO, DSR_STORE_STAGE,
                    "the scratch file of this run cannot be read back; run the command again");
}

/* The record of an entry in the store's own scratch memory, until the next call. */
static dsr_status read_record(memory_store *store, const entry *e, dsr_slice *out, dsr_error *error)
{
    if (e->packed_len > store->scratch_room) {
        char *grown = realloc(store->scratch, e->packed_len);
        if (grown == NULL) {
            return dsr_fail_memory(error, DSR_STORE_STAGE);
        }
        store->scratch = grown;
        store->scratch_room = e->packed_len;
    }
    if (dsr_spill_read(&store->records, e->packed, e->packed_len, store->scratch) != DSR_OK) {
        return fail_scratch(error);
    }
    *out = (dsr_slice){store->scratch ? store->scratch : "", e->packed_len};
    return DSR_OK;
}

static dsr_status copy_paths(dsr_arena *arena, const entry *e, dsr_slices *out)
{
    dsr_slices paths = {NULL, 0, 0};
    size_t count = count_paths(e);
    if (DSR_LIST_RESERVE(arena, &paths, count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (const path_node *node = e->paths; node != NULL; node = node->earlier) {
        dsr_slice path = {node->path, node->len};
        if (dsr_arena_copy(arena, path, &paths.items[node->number - 1]) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    paths.count = count;
    *out = paths;
    return DSR_OK;
}

static dsr_status memory_get_report(dsr_store *base, dsr_id id, dsr_arena *arena, dsr_store_report *out,
                                    dsr_slices *paths, dsr_error *error)
{
    memory_store *store = of(base);
    uint32_t at = find_live(store, &store->ids, &id);
    if (at == NOWHERE) {
        return dsr_store_fail_missing(error, DSR_STORE_REPORTS, id);
    }
    const entry *e = entry_at(store, at);
    dsr_store_report report = lend(e, at);
    dsr_slices found = {NULL, 0, 0};
    char *packed = dsr_arena_alloc(arena, (size_t)e->packed_len + 1);
    if (packed == NULL || dsr_arena_copy(arena, report.path, &report.path) != DSR_OK ||
        (paths != NULL && copy_paths(arena, e, &found) != DSR_OK)) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    if (dsr_spill_read(&store->records, e->packed, e->packed_len, packed) != DSR_OK) {
        return fail_scratch(error);
    }
    report.packed = (dsr_slice){packed, e->packed_len};
    *out = report;
    if (paths != NULL) {
        *paths = found;
    }
    return DSR_OK;
}

static bool is_current(const memory_store *store, const entry *e, uint32_t at)
{
    return dsr_id_is_none(e->key) || find_live(store, &store->keys, &e->key) == at;
}

static dsr_status memory_each_report(dsr_store *base, uint64_t after, bool current_only,
                                     dsr_store_report_sink sink, dsr_error *error)
{
    memory_store *store = of(base);
    for (uint64_t i = after; i < store->entries; i++) {
        uint32_t at = (uint32_t)i;
        const entry *e = entry_at(store, at);
        if (!e->live) {
            continue;
        }
        bool current = is_current(store, e, at);
        if (current_only && !current) {
            continue;
        }
        dsr_store_report report = lend(e, at);
        dsr_status status = read_record(store, e, &report.packed, error);
        status = status == DSR_OK ? sink.each(sink.context, &report, current) : status;
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static dsr_status memory_totals(dsr_store *base, dsr_store_totals *out, dsr_error *error)
{
    (void)error;
    const memory_store *store = of(base);
    *out = (dsr_store_totals){store->live, (uint64_t)store->entries + 1};
    return DSR_OK;
}

static dsr_status memory_put_learnt(dsr_store *base, dsr_slice packed, dsr_error *error)
{
    char *bytes = take_bytes(of(base), packed.len + 1);
    if (bytes == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    memcpy(bytes, packed.len ? packed.ptr : "", packed.len);
    of(base)->learnt = (dsr_slice){bytes, packed.len};
    return DSR_OK;
}

static dsr_status memory_get_learnt(dsr_store *base, dsr_arena *arena, dsr_slice *out, dsr_error *error)
{
    return dsr_arena_copy(arena, of(base)->learnt, out) == DSR_OK ? DSR_OK
                                                                  : dsr_fail_memory(error, DSR_STORE_STAGE);
}

/* --- search --- */

static void try_reports(const memory_store *store, dsr_store_range range, dsr_memory_hits *h)
{
    if (dsr_id_compare(range.low, range.high) == 0) {
        uint32_t at = find_live(store, &store->ids, &range.low);
        *h = (dsr_memory_hits){range.low, at == NOWHERE ? 0 : 1};
        return;
    }
    for (uint32_t at = 0; at < store->entries; at++) {
        const entry *e = entry_at(store, at);
        if (e->live) {
            dsr_memory_try_id(e->id, range, h);
        }
    }
}

static dsr_status memory_find(dsr_store *base, dsr_store_kind kind, dsr_store_range range, dsr_id *out,
                              size_t *matches, dsr_error *error)
{
    (void)error;
    const memory_store *store = of(base);
    dsr_memory_hits h = {.count = 0};
    if (kind == DSR_STORE_REPORTS) {
        try_reports(store, range, &h);
    } else {
        dsr_memory_stories_try(&store->stories, range, &h);
    }
    if (h.count > 0) {
        *out = h.smallest;
    }
    *matches = h.count;
    return DSR_OK;
}

/* --- what leads elsewhere --- */

static dsr_status memory_locate(dsr_store *base, dsr_id id, uint64_t *sequence, bool *current,
                                dsr_error *error)
{
    const memory_store *store = of(base);
    uint32_t at = find_live(store, &store->ids, &id);
    if (at == NOWHERE) {
        return dsr_store_fail_missing(error, DSR_STORE_REPORTS, id);
    }
    *sequence = (uint64_t)at + 1;
    *current = is_current(store, entry_at(store, at), at);
    return DSR_OK;
}

static dsr_status memory_find_current(dsr_store *base, dsr_id key, dsr_id *out, dsr_error *error)
{
    const memory_store *store = of(base);
    uint32_t at = find_live(store, &store->keys, &key);
    if (at == NOWHERE) {
        return dsr_store_fail_missing(error, DSR_STORE_REPORTS, key);
    }
    *out = entry_at(store, at)->id;
    return DSR_OK;
}

static dsr_status memory_put_stories(dsr_store *base, const dsr_store_story *stories, size_t count,
                                     dsr_error *error)
{
    return dsr_memory_stories_replace(&of(base)->stories, stories, count, error);
}

static dsr_status memory_put_story(dsr_store *base, const dsr_store_story *story, dsr_error *error)
{
    return dsr_memory_stories_put(&of(base)->stories, story, error);
}

static dsr_status memory_drop_story(dsr_store *base, uint32_t number, dsr_error *error)
{
    return dsr_memory_stories_drop(&of(base)->stories, number, error);
}

static dsr_status memory_each_story(dsr_store *base, dsr_store_story_sink sink, dsr_error *error)
{
    (void)error;
    return dsr_memory_stories_each(&of(base)->stories, sink);
}

static dsr_status memory_get_story(dsr_store *base, dsr_id id, dsr_arena *arena, dsr_store_story *out,
                                   dsr_error *error)
{
    return dsr_memory_stories_get(&of(base)->stories, id, arena, out, error);
}

static dsr_status memory_get_numbered(dsr_store *base, uint32_t number, dsr_arena *arena,
                                      dsr_store_story *out, dsr_error *error)
{
    return dsr_memory_stories_get_numbered(&of(base)->stories, number, arena, out, error);
}

static dsr_status memory_get_chunk(dsr_store *base, uint8_t family, dsr_slice key, dsr_buffer *out,
                                   dsr_error *error)
{
    dsr_chunks chunks = dsr_memory_chunks_surface(of(base)->state);
    return chunks.get(chunks.context, family, key, out, error);
}

static dsr_status memory_put_chunk(dsr_store *base, uint8_t family, dsr_slice key, dsr_slice value,
                                   dsr_error *error)
{
    dsr_chunks chunks = dsr_memory_chunks_surface(of(base)->state);
    return chunks.put(chunks.context, family, key, value, error);
}

static dsr_status memory_drop_chunk(dsr_store *base, uint8_t family, dsr_slice key, dsr_error *error)
{
    dsr_chunks chunks = dsr_memory_chunks_surface(of(base)->state);
    return chunks.drop(chunks.context, family, key, error);
}

static dsr_status memory_each_chunk(dsr_store *base, uint8_t family, dsr_slice prefix,
                                    dsr_store_chunk_sink sink, dsr_error *error)
{
    (void)error;
    return dsr_memory_chunks_each(of(base)->state, family, prefix, sink.each, sink.context);
}

/* --- open and close --- */

/* That each report is found by its id. */
static dsr_status memory_check(dsr_store *base, dsr_store_flaws *flaws, dsr_error *error)
{
    (void)error;
    const memory_store *store = of(base);
    uint64_t live = 0;
    for (uint32_t at = 0; at < store->entries; at++) {
        const entry *e = entry_at(store, at);
        if (!e->live) {
            continue;
        }
        live++;
        if (find_live(store, &store->ids, &e->id) != at) {
            dsr_store_add_flaw(flaws, "report %lu is not found by its id", (unsigned long)at + 1);
        }
    }
    if (live != store->live) {
        dsr_store_add_flaw(flaws, "the store counts %llu reports and holds %llu",
                           (unsigned long long)store->live, (unsigned long long)live);
    }
    return DSR_OK;
}

static void memory_close(dsr_store *base)
{
    memory_store *store = of(base);
    drop_blocks(store, NULL);
    dsr_spill_close(&store->records);
    free(store->scratch);
    free(store->folder);
    for (size_t i = 0; i < store->chunk_count; i++) {
        free(store->chunks[i]);
    }
    free(store->chunks);
    free(store->ids.slots);
    free(store->keys.slots);
    free(store->notes);
    dsr_memory_stories_close(&store->stories);
    dsr_memory_chunks_drop(store->state);
    free(store);
}

dsr_status dsr_store_open_memory(const char *scratch_folder, dsr_store **out, dsr_error *error)
{
    static const dsr_store_backend backend = {
        .close = memory_close,
        .begin = memory_begin,
        .commit = memory_commit,
        .rollback = memory_rollback,
        .put_report = memory_put_report,
        .remove_report = memory_remove_report,
        .put_stories = memory_put_stories,
        .get_report = memory_get_report,
        .get_story = memory_get_story,
        .put_learnt = memory_put_learnt,
        .get_learnt = memory_get_learnt,
        .find = memory_find,
        .each_report = memory_each_report,
        .each_story = memory_each_story,
        .totals = memory_totals,
        .put_story = memory_put_story,
        .drop_story = memory_drop_story,
        .put_chunk = memory_put_chunk,
        .drop_chunk = memory_drop_chunk,
        .get_chunk = memory_get_chunk,
        .each_chunk = memory_each_chunk,
        .locate = memory_locate,
        .find_current = memory_find_current,
        .get_numbered = memory_get_numbered,
        .check = memory_check,
    };
    memory_store *store = calloc(1, sizeof *store);
    size_t length = scratch_folder == NULL ? 0 : strlen(scratch_folder) + 1;
    char *folder = length == 0 ? NULL : malloc(length);
    dsr_memory_chunks *state = dsr_memory_chunks_new();
    if (store == NULL || state == NULL || (length > 0 && folder == NULL)) {
        dsr_memory_chunks_drop(state);
        free(store);
        free(folder);
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    if (length > 0) {
        memcpy(folder, scratch_folder, length);
    }
    store->folder = folder;
    store->state = state;
    dsr_spill_open(&store->records, folder);
    dsr_store_init(&store->base, &backend, DSR_STORE_WRITE);
    store->keys.by_key = true;
    *out = &store->base;
    return DSR_OK;
}
