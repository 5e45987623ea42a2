/* Looking up places and bodies. Must not know how the tables are read: known_read.c. */
#include "entity/known_parts.h"

#include "base/hash.h"
#include "entity/letters.h"

#include <string.h>

enum { PHRASE_BYTES = 160 };

uint64_t dsr_known_phrase(dsr_slice name)
{
    char folded[PHRASE_BYTES];
    size_t count = dsr_letters_fold(name, ' ', folded, sizeof folded);
    dsr_slice phrase = {folded, count};
    if (dsr_slice_starts(phrase, DSR_SLICE("the "))) {
        phrase = dsr_slice_part(phrase, 4, phrase.len);
    }
    return phrase.len > 0 ? dsr_hash64(phrase, 3) : 0;
}

/* A row of countries.tsv that is part of one: "GB-SCT", "UA-43". */
static bool is_part(const dsr_known_thing *thing)
{
    return thing->kind == DSR_KNOWN_COUNTRY && thing->country.len > 2;
}

/* How well a bearer goes with what the text takes the name for: lower is better, -1 not at all. */
static int rank_of(const dsr_known_thing *thing, bool demonym, dsr_name_type type)
{
    if ((type == DSR_NAME_NORP) != demonym) {
        return -1;
    }
    switch (type) {
    case DSR_NAME_NORP:
        /* Parts of countries ("UA-43"), then parts of the world ("European"), then states. */
        return is_part(thing) ? 0 : thing->kind == DSR_KNOWN_NATURE ? 1 : 2;
    case DSR_NAME_GPE:
        return thing->kind == DSR_KNOWN_COUNTRY                                   ? 0
               : thing->is_capital                                                ? 1
               : thing->kind == DSR_KNOWN_CITY || thing->kind == DSR_KNOWN_REGION ? 2
               : thing->kind == DSR_KNOWN_NATURE                                  ? 3
               : thing->kind == DSR_KNOWN_SEAT                                    ? 4
                                                                                  : 5;
    case DSR_NAME_LOC:
        return is_part(thing)                    ? 0
               : thing->kind == DSR_KNOWN_NATURE ? 1
               : thing->kind == DSR_KNOWN_REGION ? 2
               : thing->type == DSR_NAME_GPE     ? 3
                                                 : -1;
    case DSR_NAME_ORG:
        return thing->kind == DSR_KNOWN_BODY ? 0 : thing->kind == DSR_KNOWN_SEAT ? 1 : -1;
    case DSR_NAME_FAC:
        return thing->kind == DSR_KNOWN_SEAT ? 0 : -1;
    case DSR_NAME_PER:
    case DSR_NAME_EVENT:
    case DSR_NAME_TYPES:
        break;
    }
    return -1;
}

/* An alias in its own case is found so only, or where the whole text is in capitals anyway. */
static bool is_spelt(const dsr_known_alias *alias, dsr_slice name)
{
    return alias->exact.ptr == NULL || dsr_slice_equal(alias->exact, name);
}

static uint32_t first_alias(const dsr_known *known, dsr_slice name, dsr_name_type type)
{
    uint32_t found = dsr_map_get(known->phrases, dsr_known_phrase(name));
    bool plural = name.len > 3 && name.ptr[name.len - 1] == 's' && type == DSR_NAME_NORP;
    if (found == DSR_MAP_NONE && plural) {
        found = dsr_map_get(known->phrases, dsr_known_phrase(dsr_slice_part(name, 0, name.len - 1)));
    }
    return found;
}

/* *state holds what was handed out: rank in the upper half, place in the chain in the lower. */
const dsr_known_thing *dsr_known_next(const dsr_known *known, dsr_slice name, dsr_name_type type,
                                      uint32_t *state)
{
    const dsr_known_alias *best = NULL;
    uint32_t best_state = UINT32_MAX;
    uint32_t place = 0;
    for (uint32_t at = first_alias(known, name, type); at != DSR_MAP_NONE && place < 0xffff; place++) {
        const dsr_known_alias *alias = &known->aliases.items[at];
        int rank = rank_of(&known->things.items[alias->thing], alias->demonym, type);
        uint32_t own = rank < 0 ? 0 : ((uint32_t)rank << 16) + place + 1;
        if (own > *state && own < best_state && is_spelt(alias, name)) {
            best_state = own;
            best = alias;
        }
        at = alias->next;
    }
    if (best == NULL) {
        return NULL;
    }
    *state = best_state;
    return &known->things.items[best->thing];
}

const dsr_known_thing *dsr_known_country(const dsr_known *known, dsr_slice code)
{
    uint32_t at = code.len > 0 ? dsr_words_get(known->codes, code) : DSR_MAP_NONE;
    return at != DSR_MAP_NONE ? &known->things.items[at] : NULL;
}

static const char *prefix_of(dsr_name_type type)
{
    static const char *const prefixes[DSR_NAME_TYPES] = {"per", "org", "gpe", "loc", "fac", "norp", "event"};
    return type < DSR_NAME_TYPES ? prefixes[type] : "thing";
}

static bool is_ascii(dsr_slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80) {
            return false;
        }
    }
    return s.len > 0;
}

dsr_status dsr_known_make_id(dsr_arena *arena, const dsr_key_rules *keys, dsr_name_type type, dsr_slice name,
                             dsr_slice *out)
{
    char key[DSR_KEY_BYTES];
    size_t count = dsr_key_of_name(keys, name, key);
    dsr_slice made = {key, count};
    if (dsr_slice_starts(made, DSR_SLICE("te-")) && type != DSR_NAME_PER) {
        made = dsr_slice_part(made, 3, made.len); /* "the" */
    }
    if (!is_ascii(made)) {
        dsr_slice whole = count > 0 ? made : name;
        return dsr_arena_format(arena, out, "%s-x%016llx", prefix_of(type),
                                (unsigned long long)dsr_hash64(whole, 5));
    }
    /* Two letters are a country's. */
    const char *more = made.len <= 2 && type == DSR_NAME_GPE ? "-place" : "";
    return dsr_arena_format(arena, out, "%s-%.*s%s", prefix_of(type), DSR_PRINT(made), more);
}
