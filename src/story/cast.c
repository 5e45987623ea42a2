/* The order in which a story's cast is made, and groups of nodes. Must not know what speaks for a merge. */
#include "story/cast_parts.h"

uint32_t dsr_cast_root(dsr_cast_state *c, uint32_t node)
{
    dsr_cast_node *nodes = c->nodes.items;
    while (nodes[node].up != node) {
        nodes[node].up = nodes[nodes[node].up].up; /* halves the way (Tarjan and van Leeuwen 1984) */
        node = nodes[node].up;
    }
    return node;
}

/* The group's own id is that of the most often named node, else of the fuller name, else the smaller id. */
static bool stands_before(const dsr_cast_node *a, const dsr_cast_node *b)
{
    if (dsr_cast_is_bare(a) != dsr_cast_is_bare(b)) {
        return dsr_cast_is_bare(b);
    }
    if (a->mentions != b->mentions) {
        return a->mentions > b->mentions;
    }
    return dsr_slice_compare(a->id, b->id) < 0;
}

/* ---- what keeps groups apart ---- */

static uint64_t held_key(const dsr_cast_node *root, uint32_t report)
{
    return (uint64_t)root->group << 32 | report;
}

dsr_status dsr_cast_hold(dsr_cast_state *c, uint32_t node, uint32_t report)
{
    dsr_cast_node *n = &c->nodes.items[node];
    if (DSR_LIST_RESERVE(c->arena, &c->stays, 1) != DSR_OK ||
        dsr_map_put(c->held, held_key(n, report), 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    uint32_t stay = (uint32_t)c->stays.count;
    c->stays.items[c->stays.count++] = (dsr_cast_stay){report, DSR_MAP_NONE};
    if (n->report_count++ == 0) {
        n->first_report = stay;
    } else {
        c->stays.items[n->last_report].next = stay;
    }
    n->last_report = stay;
    n->generation = n->person.generation;
    n->group_sex = n->sex;
    n->group_age = n->age;
    return DSR_OK;
}

static bool differ(unsigned a, unsigned b)
{
    return a != 0 && b != 0 && a != b;
}

/* The smaller group is walked, so that all walks together are n log n where groups do unite. */
static bool are_kept_apart(const dsr_cast_state *c, const dsr_cast_node *smaller, const dsr_cast_node *larger)
{
    if (differ(smaller->generation, larger->generation) ||
        dsr_cast_ages_differ(smaller->group_age, larger->group_age) ||
        differ((unsigned char)smaller->group_sex, (unsigned char)larger->group_sex)) {
        return true;
    }
    for (uint32_t at = smaller->first_report; at != DSR_MAP_NONE; at = c->stays.items[at].next) {
        if (dsr_map_get(c->held, held_key(larger, c->stays.items[at].report)) != DSR_MAP_NONE) {
            return true;
        }
    }
    return false;
}

/* Gives what the smaller group has to the larger one, and both to `root`, one of the two. */
static dsr_status pool(dsr_cast_state *c, const dsr_cast_node *smaller, const dsr_cast_node *larger,
                       dsr_cast_node *root)
{
    dsr_cast_node both = *larger;
    dsr_cast_node less = *smaller;
    for (uint32_t at = smaller->first_report; at != DSR_MAP_NONE; at = c->stays.items[at].next) {
        if (dsr_map_put(c->held, held_key(larger, c->stays.items[at].report), 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    if (less.report_count > 0) {
        c->stays.items[both.last_report].next = less.first_report;
        both.last_report = less.last_report;
    }
    root->generation = both.generation != 0 ? both.generation : less.generation;
    root->group_sex = both.group_sex != 0 ? both.group_sex : less.group_sex;
    root->group_age = both.group_age != 0 ? both.group_age : less.group_age;
    root->report_count = both.report_count + less.report_count;
    root->group = both.group;
    root->first_report = both.first_report;
    root->last_report = both.last_report;
    return DSR_OK;
}

static dsr_status unite(dsr_cast_state *c, uint32_t one, uint32_t other, dsr_slice why, bool forced)
{
    bool first = stands_before(&c->nodes.items[one], &c->nodes.items[other]);
    uint32_t child = first ? other : one;
    dsr_cast_node *root = &c->nodes.items[first ? one : other];
    dsr_cast_node *below = &c->nodes.items[child];
    if (root->report_count > 0 && below->report_count > 0) {
        bool larger = root->report_count >= below->report_count;
        if (!forced && are_kept_apart(c, larger ? below : root, larger ? root : below)) {
            return DSR_OK;
        }
        dsr_status status = pool(c, larger ? below : root, larger ? root : below, root);
        if (status != DSR_OK) {
            return status;
        }
    }
    below->up = first ? one : other;
    below->why = why;
    return DSR_OK;
}

dsr_status dsr_cast_unite(dsr_cast_state *c, uint32_t a, uint32_t b, dsr_slice why)
{
    uint32_t one = dsr_cast_root(c, a);
    uint32_t other = dsr_cast_root(c, b);
    bool own = c->nodes.items[one].own || c->nodes.items[other].own;
    return one == other || own ? DSR_OK : unite(c, one, other, why, false);
}

dsr_status dsr_cast_join(dsr_cast_state *c, uint32_t a, uint32_t b, dsr_slice why)
{
    uint32_t one = dsr_cast_root(c, a);
    uint32_t other = dsr_cast_root(c, b);
    return one == other ? DSR_OK : unite(c, one, other, why, true);
}

dsr_status dsr_cast_make_ruled(const dsr_entity_tables *tables, const dsr_cast_rules *rules, dsr_arena *arena,
                               dsr_story *story)
{
    dsr_cast_state c = {.tables = tables,
                        .persons = dsr_entity_persons(tables),
                        .arena = arena,
                        .story = story,
                        .held = dsr_map_new(256)};
    dsr_status status = c.held != NULL ? dsr_cast_collect(&c) : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        status = dsr_cast_keep_own(&c, rules);
    }
    if (status == DSR_OK) {
        status = dsr_cast_people(&c);
    }
    if (status == DSR_OK) {
        status = dsr_cast_bodies(&c);
    }
    if (status == DSR_OK) {
        status = dsr_cast_merge_ruled(&c, rules);
    }
    dsr_map_drop(c.held);
    return status == DSR_OK ? dsr_cast_entries(&c) : status;
}

dsr_status dsr_cast_make(const dsr_entity_tables *tables, dsr_arena *arena, dsr_story *story)
{
    const dsr_cast_rules none = {NULL, 0, NULL, 0};
    return dsr_cast_make_ruled(tables, &none, arena, story);
}
