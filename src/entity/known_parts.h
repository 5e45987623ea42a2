/* The inside of the tables of known places and bodies. Only src/entity/known*.c include it. */
#ifndef DSR_ENTITY_KNOWN_PARTS_H
#define DSR_ENTITY_KNOWN_PARTS_H

#include "base/map.h"
#include "entity/known.h"

typedef struct dsr_known_alias {
    uint32_t thing;
    uint32_t next;   /* the next alias of the same letters, DSR_MAP_NONE at the end */
    dsr_slice exact; /* counts in its own case only; else no value */
    bool demonym;
} dsr_known_alias;

struct dsr_known {
    DSR_LIST(dsr_known_thing) things;
    DSR_LIST(dsr_known_alias) aliases;
    dsr_map *phrases; /* dsr_known_phrase -> first alias */
    dsr_map *last;    /* the same -> last alias, while tables are read */
    dsr_words *codes; /* country code -> thing */
};

/* The hash of a name's folded words, "the" in front left out; 0 where it has none. */
uint64_t dsr_known_phrase(dsr_slice name);

#endif
