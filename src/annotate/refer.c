/* The order in which one report's names are resolved, and the lists that come of it. */
#include "annotate/refer.h"

#include "annotate/refer_parts.h"
#include "base/hash.h"

/* ---- what the report is given; `out` is its arena, all else lives in the state's own ---- */

static dsr_status make_id(const dsr_refer_state *r, dsr_arena *out_arena, const dsr_refer_thing *thing,
                          dsr_slice *out)
{
    if (thing->known != NULL) {
        return dsr_arena_copy(out_arena, thing->known->id, out);
    }
    return dsr_known_make_id(out_arena, r->persons.keys, thing->type, thing->canonical, out);
}

typedef struct lists {
    dsr_arena *arena;
    dsr_map *ids;
    dsr_report made; /* its lists only */
} lists;

/* Two people of one name stay two: the second's id gets letters of the report's own, since a second one of
 * another report need not be the same. */
static dsr_status make_unique(const dsr_refer_state *r, lists *to, dsr_slice *id, uint32_t entity)
{
    enum { SHOWN = 0xffffff };
    dsr_slice made = *id;
    dsr_slice seed = {(const char *)r->report->id.bytes, sizeof r->report->id.bytes};
    for (uint64_t number = 2;; number++) {
        uint32_t out;
        dsr_status status = dsr_map_intern(to->ids, dsr_hash64(made, 0), entity, &out);
        if (status != DSR_OK || out == entity) {
            *id = made;
            return status;
        }
        unsigned letters = (unsigned)(dsr_hash64(seed, number) & SHOWN);
        status = dsr_arena_format(to->arena, &made, "%.*s-%06x", DSR_PRINT(*id), letters);
        if (status != DSR_OK) {
            return status;
        }
    }
}

static dsr_status add_entity(dsr_refer_state *r, lists *out, uint32_t thing)
{
    dsr_refer_thing *t = &r->things.items[thing];
    if (t->entity != DSR_NO_ENTITY) {
        return DSR_OK;
    }
    char sex = t->type == DSR_NAME_PER ? dsr_refer_sex_of_name(r, &t->person) : 0;
    dsr_entity entity = {.type = t->type, .given_sex = sex};
    dsr_status status = make_id(r, out->arena, t, &entity.id);
    t->entity = (uint32_t)out->made.entities.count;
    if (status == DSR_OK) {
        status = make_unique(r, out, &entity.id, t->entity);
    }
    if (status == DSR_OK) {
        dsr_slice canonical = t->known != NULL ? t->known->canonical : t->canonical;
        status = dsr_arena_copy(out->arena, canonical, &entity.canonical);
    }
    if (status == DSR_OK) {
        status = DSR_LIST_RESERVE(out->arena, &out->made.entities, 1);
    }
    if (status == DSR_OK) {
        out->made.entities.items[out->made.entities.count++] = entity;
    }
    return status;
}

/* In the order in which the text names them, those that it does not name last. */
static dsr_status list_entities(dsr_refer_state *r, lists *out)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < r->mention_count; i++) {
        status = add_entity(r, out, r->mentions[i].thing);
    }
    for (size_t i = 0; status == DSR_OK && i < r->mention_count; i++) {
        if (r->mentions[i].metonym != DSR_NONE) {
            status = add_entity(r, out, r->mentions[i].metonym);
        }
    }
    return status;
}

static uint32_t entity_of(const dsr_refer_state *r, uint32_t thing)
{
    return thing != DSR_NONE ? r->things.items[thing].entity : DSR_NO_ENTITY;
}

static dsr_status list_signs(dsr_refer_state *r, lists *out)
{
    dsr_report *made = &out->made;
    if (DSR_LIST_RESERVE(out->arena, &made->roles, r->roles.count) != DSR_OK ||
        DSR_LIST_RESERVE(out->arena, &made->references, r->references.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < r->roles.count; i++) {
        dsr_role role = r->roles.items[i];
        role.entity = entity_of(r, role.entity);
        made->roles.items[made->roles.count++] = role;
    }
    for (size_t i = 0; i < r->references.count; i++) {
        dsr_reference reference = r->references.items[i];
        reference.entity = entity_of(r, reference.entity);
        made->references.items[made->references.count++] = reference;
    }
    return DSR_OK;
}

#define MOVE_LIST(to, from)                                                                                  \
    ((to)->items = (from)->items, (to)->count = (from)->count, (to)->capacity = (from)->capacity)

/* What a name rests on: the one to which it was joined, or nothing. */
static void settle_tie(const dsr_refer_state *r, uint32_t mention, dsr_name *name)
{
    const dsr_refer_mention *m = &r->mentions[mention];
    if (m->because == DSR_NONE || m->because == mention) {
        name->tie = r->things.items[m->thing].known != NULL ? DSR_TIE_KNOWN : DSR_TIE_NONE;
        name->because = (dsr_span){0, 0};
        return;
    }
    name->because = r->report->names.items[m->because].span;
    bool same = dsr_slice_equal(dsr_refer_text(r, name->span), dsr_refer_text(r, name->because));
    name->tie = same ? DSR_TIE_SAME : m->tie;
}

/* Moves what was found into the report: nothing can fail from here on. */
static void hand_over(const dsr_refer_state *r, const dsr_report *made, dsr_report *report)
{
    for (size_t i = 0; i < r->mention_count; i++) {
        report->names.items[i].entity = entity_of(r, r->mentions[i].thing);
        settle_tie(r, (uint32_t)i, &report->names.items[i]);
        report->names.items[i].metonym_for = entity_of(r, r->mentions[i].metonym);
    }
    MOVE_LIST(&report->entities, &made->entities);
    MOVE_LIST(&report->roles, &made->roles);
    MOVE_LIST(&report->references, &made->references);
}

static dsr_status resolve(dsr_refer_state *r, const dsr_refer_sentence *sentences, size_t count, lists *out)
{
    dsr_status (*const steps[])(dsr_refer_state *) = {dsr_refer_retype, dsr_refer_people, dsr_refer_places,
                                                      dsr_refer_bodies, dsr_refer_states, dsr_refer_roles,
                                                      dsr_refer_scan};
    dsr_status status = dsr_refer_set_up(r, sentences, count);
    for (size_t i = 0; status == DSR_OK && i < sizeof steps / sizeof *steps; i++) {
        status = steps[i](r);
    }
    if (status == DSR_OK) {
        status = list_entities(r, out);
    }
    return status == DSR_OK ? list_signs(r, out) : status;
}

dsr_status dsr_refer(const dsr_refer_tables *tables, dsr_arena *arena, const dsr_refer_sentence *sentences,
                     size_t count, dsr_report *report)
{
    dsr_refer_state state = {.tables = tables,
                             .persons = dsr_entity_persons(tables->entities),
                             .weights = tables->weights != NULL ? tables->weights : dsr_refer_weights,
                             .arena = dsr_arena_new(0),
                             .report = report,
                             .text = report->text};
    lists out = {.arena = arena, .ids = dsr_map_new(64)};
    dsr_status status = DSR_ERR_MEMORY;
    if (state.arena != NULL && out.ids != NULL) {
        status = resolve(&state, sentences, count, &out);
    }
    if (status == DSR_OK) {
        hand_over(&state, &out.made, report);
    }
    for (size_t i = 0; status != DSR_OK && state.types != NULL && i < state.mention_count; i++) {
        report->names.items[i].type = state.types[i];
    }
    dsr_map_drop(out.ids);
    dsr_arena_drop(state.arena);
    return status;
}
