/* What somebody says of the cast: who is one, and who is not. Must not know where that is kept. */
#include "story/cast_parts.h"

#include "base/hash.h"

/* The nodes of each id: the first, then along `next`. */
typedef struct node_index {
    dsr_map *first;
    uint32_t *next;
} node_index;

static dsr_status index_nodes(dsr_cast_state *c, node_index *out)
{
    *out = (node_index){dsr_map_new(c->nodes.count),
                        dsr_arena_alloc_array(c->arena, c->nodes.count + 1, sizeof *out->next)};
    dsr_status status = out->first && out->next ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = c->nodes.count; status == DSR_OK && i-- > 0;) {
        uint64_t key = dsr_hash64(c->nodes.items[i].id, 0);
        out->next[i] = dsr_map_get(out->first, key);
        status = dsr_map_put(out->first, key, (uint32_t)i);
    }
    return status;
}

/* The first node of that id from `at` on. */
static uint32_t skip_to(const dsr_cast_state *c, const node_index *index, uint32_t at, dsr_slice id)
{
    while (at != DSR_MAP_NONE && !dsr_slice_equal(c->nodes.items[at].id, id)) {
        at = index->next[at];
    }
    return at;
}

static uint32_t first_of(const dsr_cast_state *c, const node_index *index, dsr_slice id)
{
    return skip_to(c, index, dsr_map_get(index->first, dsr_hash64(id, 0)), id);
}

static uint32_t next_of(const dsr_cast_state *c, const node_index *index, uint32_t at)
{
    return skip_to(c, index, index->next[at], c->nodes.items[at].id);
}

/* All nodes of one id become one group. */
static dsr_status join_all(dsr_cast_state *c, const node_index *index, uint32_t with, uint32_t at,
                           dsr_slice why)
{
    dsr_status status = DSR_OK;
    for (; status == DSR_OK && at != DSR_MAP_NONE; at = next_of(c, index, at)) {
        status = dsr_cast_join(c, with, at, why);
    }
    return status;
}

dsr_status dsr_cast_keep_own(dsr_cast_state *c, const dsr_cast_rules *rules)
{
    if (rules->own_count == 0) {
        return DSR_OK;
    }
    node_index index;
    dsr_status status = index_nodes(c, &index);
    for (size_t i = 0; status == DSR_OK && i < rules->own_count; i++) {
        uint32_t first = first_of(c, &index, rules->own[i]);
        for (uint32_t at = first; at != DSR_MAP_NONE; at = next_of(c, &index, at)) {
            c->nodes.items[at].own = true;
        }
        status = join_all(c, &index, first, first, DSR_SLICE_NONE);
    }
    dsr_map_drop(index.first);
    return status;
}

/* All nodes of both ids become one group. */
static dsr_status merge_pair(dsr_cast_state *c, const node_index *index, const dsr_cast_pair *pair)
{
    uint32_t one = first_of(c, index, pair->one), other = first_of(c, index, pair->other);
    dsr_status status = DSR_OK;
    if (one == DSR_MAP_NONE || other == DSR_MAP_NONE) {
        return DSR_OK;
    }
    dsr_slice why = DSR_SLICE("");
    status = dsr_arena_copy(c->arena, pair->why, &why); /* the story may outlive the rules */
    if (status == DSR_OK) {
        status = join_all(c, index, one, one, why);
    }
    return status == DSR_OK ? join_all(c, index, one, other, why) : status;
}

dsr_status dsr_cast_merge_ruled(dsr_cast_state *c, const dsr_cast_rules *rules)
{
    if (rules->merged_count == 0) {
        return DSR_OK;
    }
    node_index index;
    dsr_status status = index_nodes(c, &index);
    for (size_t i = 0; status == DSR_OK && i < rules->merged_count; i++) {
        status = merge_pair(c, &index, &rules->merged[i]);
    }
    dsr_map_drop(index.first);
    return status;
}
