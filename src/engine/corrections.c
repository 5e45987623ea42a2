/* The corrections of a store: read, ordered, asked. See corrections.h. */
#include "engine/corrections.h"

#include "base/limits.h"
#include "engine/records.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "settle";

void dsr_corrections_clear(dsr_corrections *corrections)
{
    dsr_arena_drop(corrections->arena);
    *corrections = (dsr_corrections){.arena = NULL};
}

/* --- reading --- */

typedef struct reading {
    dsr_arena *arena;
    DSR_LIST(dsr_correction) list;
    dsr_error *error;
} reading;

static dsr_status read_one(void *visitor, dsr_slice key, dsr_slice value)
{
    reading *r = visitor;
    dsr_correction correction;
    bool good = false;
    uint32_t number = dsr_record_key_read(key);
    if (DSR_LIST_RESERVE(r->arena, &r->list, 1) != DSR_OK ||
        dsr_correction_unpack(r->arena, value, &correction, &good) != DSR_OK) {
        return dsr_fail_memory(r->error, STAGE);
    }
    if (!good || number != r->list.count + 1) {
        return dsr_fail(r->error, DSR_ERR_STORE, STAGE,
                        "correction %zu is damaged; put back a copy of the store", r->list.count + 1);
    }
    correction.number = number;
    r->list.items[r->list.count++] = correction;
    return DSR_OK;
}

static int compare_moves(const void *x, const void *y)
{
    const dsr_correction *a = *(const dsr_correction *const *)x, *b = *(const dsr_correction *const *)y;
    int order = dsr_id_compare(a->reports.items[0].source, b->reports.items[0].source);
    return order != 0 ? order : a->number > b->number ? -1 : a->number < b->number;
}

static int compare_pairs(const void *x, const void *y)
{
    const struct dsr_pair_of_sources *a = x, *b = y;
    int order = dsr_id_compare(a->one, b->one);
    return order != 0 ? order : dsr_id_compare(a->other, b->other);
}

static int compare_renamed(const dsr_renaming *a, const dsr_renaming *b)
{
    int order = dsr_id_compare(a->source, b->source);
    return order != 0 ? order : dsr_slice_compare(a->entity, b->entity);
}

static int compare_renamings(const void *x, const void *y)
{
    const dsr_renaming *a = x, *b = y;
    int order = compare_renamed(a, b);
    return order != 0 ? order : a->correction > b->correction ? -1 : a->correction < b->correction;
}

static struct dsr_pair_of_sources make_pair(dsr_id one, dsr_id other)
{
    bool straight = dsr_id_compare(one, other) <= 0;
    return (struct dsr_pair_of_sources){straight ? one : other, straight ? other : one};
}

/* How many entries of each list the standing corrections make. */
typedef struct sizes {
    size_t moves, no_copies, renamings, merged, own;
} sizes;

static sizes count_sizes(const dsr_corrections *c)
{
    sizes n = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < c->count; i++) {
        const dsr_correction *one = &c->items[i];
        if (one->undone) {
            continue;
        }
        n.moves += one->kind == DSR_CORRECTION_MOVE;
        n.no_copies += one->kind == DSR_CORRECTION_NO_COPY;
        n.merged += one->kind == DSR_CORRECTION_PEOPLE_MERGE;
        n.renamings += one->mentions.count;
        n.own += one->kind == DSR_CORRECTION_PEOPLE_SPLIT;
    }
    return n;
}

/* Who was split off goes by the old id and the number of the correction, in every story. */
static dsr_status add_split(dsr_corrections *c, const dsr_correction *one)
{
    dsr_slice name;
    if (dsr_arena_format(c->arena, &name, "%.*s~%u", DSR_PRINT(one->entities[0]), one->number) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    c->cast.own[c->cast.own_count++] = name;
    for (size_t i = 0; i < one->mentions.count; i++) {
        const dsr_correction_mention *m = &one->mentions.items[i];
        dsr_renaming renaming = {one->reports.items[m->report].source, m->entity, one->number, name};
        c->renamings[c->renaming_count++] = renaming;
    }
    return DSR_OK;
}

static dsr_status add_merged(dsr_corrections *c, const dsr_correction *one)
{
    dsr_cast_pair pair = {one->entities[0], one->entities[1], DSR_SLICE_NONE};
    dsr_status status =
        dsr_arena_format(c->arena, &pair.why, "%.*s says so (correction %u)%s%.*s", DSR_PRINT(one->said.who),
                         one->number, one->said.why.len ? ": " : "", DSR_PRINT(one->said.why));
    c->cast.merged[c->cast.merged_count++] = pair;
    return status;
}

static dsr_status add_standing(dsr_corrections *c, const dsr_correction *one)
{
    switch (one->kind) {
    case DSR_CORRECTION_PEOPLE_MERGE:
        return add_merged(c, one);
    case DSR_CORRECTION_PEOPLE_SPLIT:
        return add_split(c, one);
    case DSR_CORRECTION_MOVE:
        c->moves[c->move_count++] = one;
        break;
    case DSR_CORRECTION_NO_COPY:
        c->no_copies[c->no_copy_count++] =
            make_pair(one->reports.items[0].source, one->reports.items[1].source);
        break;
    case DSR_CORRECTION_MERGE:
        break;
    }
    return DSR_OK;
}

static dsr_status order(dsr_corrections *c)
{
    sizes n = count_sizes(c);
    c->moves = dsr_arena_alloc_array(c->arena, n.moves + 1, sizeof(const dsr_correction *));
    c->no_copies = dsr_arena_alloc_array(c->arena, n.no_copies + 1, sizeof *c->no_copies);
    c->renamings = dsr_arena_alloc_array(c->arena, n.renamings + 1, sizeof *c->renamings);
    c->cast.merged = dsr_arena_alloc_array(c->arena, n.merged + 1, sizeof *c->cast.merged);
    c->cast.own = dsr_arena_alloc_array(c->arena, n.own + 1, sizeof *c->cast.own);
    bool made = c->moves && c->no_copies && c->renamings && c->cast.merged && c->cast.own;
    dsr_status status = made ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < c->count; i++) {
        status = c->items[i].undone ? DSR_OK : add_standing(c, &c->items[i]);
    }
    if (status != DSR_OK) {
        return status;
    }
    qsort((void *)c->moves, c->move_count, sizeof(const dsr_correction *), compare_moves);
    qsort(c->no_copies, c->no_copy_count, sizeof *c->no_copies, compare_pairs);
    qsort(c->renamings, c->renaming_count, sizeof *c->renamings, compare_renamings);
    return DSR_OK;
}

dsr_status dsr_corrections_read(dsr_store *store, dsr_corrections *out, dsr_error *error)
{
    reading r = {.arena = dsr_arena_new(0), .error = error};
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_status status = r.arena ? chunks.each(chunks.context, DSR_RECORD_CORRECTION, read_one, &r, error)
                                : dsr_fail_memory(error, STAGE);
    dsr_corrections c = {.arena = r.arena, .items = r.list.items, .count = r.list.count};
    if (status == DSR_OK && order(&c) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status != DSR_OK) {
        dsr_arena_drop(r.arena);
        return status;
    }
    dsr_corrections_clear(out);
    *out = c;
    return DSR_OK;
}

dsr_status dsr_corrections_put(dsr_store *store, const dsr_correction *correction, dsr_error *error)
{
    dsr_chunks chunks = dsr_store_chunks(store);
    dsr_record_key key = dsr_record_key_make(correction->number);
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_correction_pack(&buffer, correction);
    dsr_status status = buffer.status == DSR_OK ? DSR_OK : dsr_fail_memory(error, STAGE);
    dsr_slice packed = dsr_buffer_slice(&buffer);
    if (status == DSR_OK && packed.len > DSR_CHUNK_BYTES) {
        status = dsr_fail(error, DSR_ERR_LIMIT, STAGE,
                          "the correction names more than one record holds; make two of it");
    }
    if (status == DSR_OK) {
        status = chunks.put(chunks.context, DSR_RECORD_CORRECTION, dsr_record_key_slice(&key), packed, error);
    }
    dsr_buffer_drop(&buffer);
    return status;
}

/* --- asking --- */

const dsr_correction *const *dsr_corrections_first_move(const dsr_corrections *c, dsr_id source)
{
    size_t low = 0, high = c->move_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dsr_id_compare(c->moves[middle]->reports.items[0].source, source) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < c->move_count && dsr_id_compare(c->moves[low]->reports.items[0].source, source) == 0;
    return found ? c->moves + low : NULL;
}

const dsr_correction *dsr_corrections_find_move(const dsr_corrections *c, dsr_id source)
{
    const dsr_correction *const *first = dsr_corrections_first_move(c, source);
    return first ? *first : NULL;
}

bool dsr_corrections_deny_copy(const dsr_corrections *c, dsr_id one, dsr_id other)
{
    struct dsr_pair_of_sources pair = make_pair(one, other);
    return c->no_copy_count &&
           bsearch(&pair, c->no_copies, c->no_copy_count, sizeof *c->no_copies, compare_pairs) != NULL;
}

static const dsr_renaming *find_renaming(const dsr_corrections *c, dsr_id source, dsr_slice entity)
{
    const dsr_renaming wanted = {.source = source, .entity = entity};
    size_t low = 0, high = c->renaming_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_renamed(&c->renamings[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < c->renaming_count && compare_renamed(&c->renamings[low], &wanted) == 0;
    return found ? &c->renamings[low] : NULL;
}

dsr_status dsr_corrections_rename(const dsr_corrections *c, dsr_arena *arena, dsr_report *report)
{
    dsr_id source = dsr_correction_source(report->id, report->key);
    for (size_t i = 0; c->renaming_count && i < report->entities.count; i++) {
        dsr_entity *entity = &report->entities.items[i];
        const dsr_renaming *renaming = find_renaming(c, source, entity->id);
        if (renaming && dsr_arena_copy(arena, renaming->name, &entity->id) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}
