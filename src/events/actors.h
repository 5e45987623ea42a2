/* Who acts: persons by their office, states by their capitals and governments, bodies, and common nouns such
 * as "troops" or "protesters" with the country that they belong to. Only src/events includes it. */
#ifndef DSR_EVENTS_ACTORS_H
#define DSR_EVENTS_ACTORS_H

#include "events/view.h"

/* How political somebody is. */
enum { DSR_ACTOR_NOBODY, DSR_ACTOR_WEAK, DSR_ACTOR_STRONG };

/* What the report tells of one of its entities. */
typedef struct dsr_actor_entry {
    uint32_t side; /* the state or body for which it acts; DSR_NO_ENTITY */
    dsr_slice sector;
    uint8_t strength;
    bool capital; /* a seat of government: stands for the state where it acts, but not where things happen */
} dsr_actor_entry;

typedef struct dsr_actor_sheet {
    dsr_arena *arena; /* of codes; the report's */
    const dsr_coding_rules *rules;
    const dsr_known *known;
    const dsr_report *report;
    dsr_actor_entry *entries; /* by entity */
    uint32_t alliance;        /* the one alliance that the report names most; DSR_NO_ENTITY */
    dsr_actors they;          /* whom "they" would mean now */
    bool political;           /* the report is about politics: persons count without an office */
    bool wholly_political;    /* and about hardly anything else: they count like those with one */
} dsr_actor_sheet;

/* Reads names and roles of the report. `scratch` holds the sheet, `arena` what ends up in the report. */
dsr_status dsr_actors_open(dsr_arena *arena, dsr_arena *scratch, const dsr_coding_rules *rules,
                           const dsr_known *known, const dsr_report *report,
                           dsr_actor_sheet *out) DSR_MUST_CHECK;

/* Gives a side to those whose office is told without one, by what they say of states. */
void dsr_actors_infer(dsr_actor_sheet *sheet, const dsr_refer_sentence *sentences, size_t count);
/* Who the phrase about `token` is, and how political that is; DSR_ACTOR_NOBODY where it is nobody. `code` is
 * the sector alone. */
unsigned dsr_actor_at(const dsr_actor_sheet *sheet, const dsr_view *view, uint32_t token, dsr_actor *out);
/* The same of an entity, without words. */
unsigned dsr_actor_of_entity(const dsr_actor_sheet *sheet, uint32_t entity, dsr_actor *out);
unsigned dsr_sector_strength(dsr_slice sector);
/* Adds who the phrases joined to `token` are, each once. */
dsr_status dsr_actors_add(const dsr_actor_sheet *sheet, const dsr_view *view, uint32_t token, dsr_actors *to,
                          unsigned *strength) DSR_MUST_CHECK;
/* Whether both are one. */
bool dsr_actor_same(const dsr_actor *a, const dsr_actor *b);
/* Adds one, with its whole code, unless it is there. */
dsr_status dsr_actors_put(const dsr_actor_sheet *sheet, dsr_actors *to,
                          const dsr_actor *actor) DSR_MUST_CHECK;
/* Makes the sector a whole code, "USAGOV". */
dsr_status dsr_actor_finish(const dsr_actor_sheet *sheet, dsr_actor *actor) DSR_MUST_CHECK;
/* The side, else the entity; DSR_NO_ENTITY. */
static inline uint32_t dsr_actor_side(const dsr_actor *actor)
{
    return actor->side != DSR_NO_ENTITY ? actor->side : actor->entity;
}

#endif
