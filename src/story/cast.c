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

void dsr_cast_unite(dsr_cast_state *c, uint32_t a, uint32_t b, dsr_slice why)
{
    uint32_t one = dsr_cast_root(c, a);
    uint32_t other = dsr_cast_root(c, b);
    if (one == other) {
        return;
    }
    bool first = stands_before(&c->nodes.items[one], &c->nodes.items[other]);
    uint32_t child = first ? other : one;
    c->nodes.items[child].up = first ? one : other;
    c->nodes.items[child].why = why;
}

dsr_status dsr_cast_make(const dsr_entity_tables *tables, dsr_arena *arena, dsr_story *story)
{
    dsr_cast_state c = {
        .tables = tables, .persons = dsr_entity_persons(tables), .arena = arena, .story = story};
    dsr_status status = dsr_cast_collect(&c);
    if (status == DSR_OK) {
        status = dsr_cast_people(&c);
    }
    if (status == DSR_OK) {
        status = dsr_cast_bodies(&c);
    }
    return status == DSR_OK ? dsr_cast_entries(&c) : status;
}
