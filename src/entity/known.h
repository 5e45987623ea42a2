/* Places and bodies that the gazetteers know, by name: which one is it, what is its id, whose capital is it.
 * The tables are data/places/ and data/organisations.tsv. Must not know reports: it gives all bearers of a
 * name. */
#ifndef DSR_ENTITY_KNOWN_H
#define DSR_ENTITY_KNOWN_H

#include "entity/key.h"
#include "model/report.h"

typedef struct dsr_known dsr_known;

typedef enum dsr_known_kind {
    DSR_KNOWN_COUNTRY,
    DSR_KNOWN_CITY,
    DSR_KNOWN_REGION, /* GPE within a country */
    DSR_KNOWN_NATURE, /* LOC */
    DSR_KNOWN_SEAT,   /* a building that stands for a government */
    DSR_KNOWN_BODY
} dsr_known_kind;

typedef struct dsr_known_thing {
    dsr_slice id; /* "gpe-ru", "gpe-kiev", "org-nato" */
    dsr_slice canonical;
    dsr_known_kind kind;
    dsr_name_type type;
    dsr_slice country;   /* code as in countries.tsv; may have no value */
    bool is_capital;     /* a seat of government of `country` */
    dsr_slice body_kind; /* of bodies: "party", "company" ... */
} dsr_known_thing;

/* Reads the tables below folders[0] into the arena, and what folders[1] adds to them (NULL: nothing).
 * DSR_ERR_NOT_FOUND where folders[0] lacks one or has one without a line, DSR_ERR_INPUT with file and line,
 * DSR_ERR_LIMIT, DSR_ERR_MEMORY. dsr_known_drop gives up what is not the arena's. */
dsr_status dsr_known_open(dsr_arena *arena, const dsr_key_rules *keys, const char *const folders[2],
                          dsr_known **out, dsr_error *error) DSR_MUST_CHECK;
void dsr_known_drop(dsr_known *known); /* NULL is fine */

/* Walks over the bearers of a name, the most likely first. `type` is what the text takes the name for: a NORP
 * leads from a word of nationality to its place. Start with *state 0; NULL at the end. */
const dsr_known_thing *dsr_known_next(const dsr_known *known, dsr_slice name, dsr_name_type type,
                                      uint32_t *state);
/* The country of a code ("RU"); NULL where there is none. */
const dsr_known_thing *dsr_known_country(const dsr_known *known, dsr_slice code);
/* The id of a place or body that no table has: the type in small letters and the key of its name ("org-...").
 */
dsr_status dsr_known_make_id(dsr_arena *arena, const dsr_key_rules *keys, dsr_name_type type, dsr_slice name,
                             dsr_slice *out) DSR_MUST_CHECK;

#endif
