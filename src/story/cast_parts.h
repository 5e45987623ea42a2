/* The state of making one story's cast. Only src/story/cast*.c include it. */
#ifndef DSR_STORY_CAST_PARTS_H
#define DSR_STORY_CAST_PARTS_H

#include "base/map.h"
#include "story/cast.h"

enum { DSR_CAST_SIGNS = 6, DSR_CAST_CHAIN = 24 };

/* An entity of one report, or of several that gave it one id. */
typedef struct dsr_cast_node {
    dsr_slice id, canonical;
    dsr_name_type type;
    dsr_person_name person; /* of persons */
    uint32_t mentions;
    uint32_t he, she;                   /* pronouns that meant it */
    char sex;                           /* 'f', 'm', 0: by title, role or pronoun */
    char given_sex;                     /* by the given name */
    uint8_t age;                        /* that a report states behind the name ("Ana Luz, 45,"); 0 */
    uint64_t countries[DSR_CAST_SIGNS]; /* hashes of what its roles name */
    uint32_t families[DSR_CAST_SIGNS];  /* of the words of its roles */
    uint64_t callings[DSR_CAST_SIGNS];  /* hashes of the heads of its roles: "neighbour" */
    uint8_t country_count, family_count, calling_count;
    uint32_t next; /* another node of the same id, DSR_MAP_NONE: people whom their roles keep apart */
    uint32_t up;   /* a node of its group nearer to the one that stands for it; itself */
    dsr_slice why; /* it is one with the others; no value where it stands for the group */
    /* Of the node that stands for a group of persons, what is true of some member: */
    uint32_t group;        /* names the group in dsr_cast_state.held */
    uint32_t first_report; /* index of stays; DSR_MAP_NONE */
    uint32_t last_report;  /* the same */
    uint32_t report_count;
    bool own; /* a rule keeps it for itself */
    uint8_t generation;
    char group_sex;
    uint8_t group_age;
} dsr_cast_node;

/* A report that has a person of a group. */
typedef struct dsr_cast_stay {
    uint32_t report, next;
} dsr_cast_stay;

typedef struct dsr_cast_state {
    const dsr_entity_tables *tables;
    dsr_person_tables persons;
    dsr_arena *arena;
    dsr_story *story;
    DSR_LIST(dsr_cast_node) nodes;
    uint32_t **node_of; /* by report and entity */
    DSR_LIST(dsr_cast_stay) stays;
    dsr_map *held; /* group of persons and report: two persons of one report are never made one */
} dsr_cast_state;

/* The node that stands for a node's whole group. */
uint32_t dsr_cast_root(dsr_cast_state *c, uint32_t node);
/* Makes two groups one, but for persons whom a sex, a suffix or a report that has both keeps apart; `why` is
 * a phrase that lives as long as the story. The group keeps the id of its most often named node. */
dsr_status dsr_cast_unite(dsr_cast_state *c, uint32_t a, uint32_t b, dsr_slice why) DSR_MUST_CHECK;
/* The same, whatever keeps them apart. */
dsr_status dsr_cast_join(dsr_cast_state *c, uint32_t a, uint32_t b, dsr_slice why) DSR_MUST_CHECK;
/* Notes that a report has a person; before any group is united. */
dsr_status dsr_cast_hold(dsr_cast_state *c, uint32_t node, uint32_t report) DSR_MUST_CHECK;
static inline bool dsr_cast_is_bare(const dsr_cast_node *node)
{
    return node->type == DSR_NAME_PER && node->person.count < 2;
}

/* cast_nodes.c: the nodes of all reports, with what their roles and pronouns tell. */
dsr_status dsr_cast_collect(dsr_cast_state *c) DSR_MUST_CHECK;
/* cast_ruled.c: whom rules keep for themselves, before anything is merged; whom they merge, at the end. */
dsr_status dsr_cast_keep_own(dsr_cast_state *c, const dsr_cast_rules *rules) DSR_MUST_CHECK;
dsr_status dsr_cast_merge_ruled(dsr_cast_state *c, const dsr_cast_rules *rules) DSR_MUST_CHECK;
/* cast_signs.c: what two nodes have in common beside their names. */
bool dsr_cast_share_country(const dsr_cast_node *a, const dsr_cast_node *b);
bool dsr_cast_share_family(const dsr_cast_node *a, const dsr_cast_node *b);
/* Both have roles, and no calling, family of callings or country is in both. */
bool dsr_cast_callings_differ(const dsr_cast_node *a, const dsr_cast_node *b);
bool dsr_cast_sexes_differ(const dsr_cast_node *a, const dsr_cast_node *b);
/* The same, where a given name tells what nothing else does: for names that are not the same. */
bool dsr_cast_sexes_seem_to_differ(const dsr_cast_node *a, const dsr_cast_node *b);
bool dsr_cast_ages_differ(uint8_t a, uint8_t b); /* by more than reports err; 0 is unknown */
bool dsr_cast_countries_differ(const dsr_cast_node *a, const dsr_cast_node *b);
/* cast_people.c, cast_bodies.c: merges. */
dsr_status dsr_cast_people(dsr_cast_state *c) DSR_MUST_CHECK;
dsr_status dsr_cast_bodies(dsr_cast_state *c) DSR_MUST_CHECK;
/* cast_entries.c: what the groups are called, where, and by what roles. */
dsr_status dsr_cast_entries(dsr_cast_state *c) DSR_MUST_CHECK;

#endif
