/* Which names of places, peoples, buildings and events name one thing: by the gazetteers, else by their keys.
 * A word of nationality leads to its place. Must not know persons and bodies. */
#include "annotate/refer_parts.h"

#include "base/hash.h"

static bool is_here(dsr_name_type type)
{
    return type != DSR_NAME_PER && type != DSR_NAME_ORG;
}

/* Countries of which the report names more than one sign decide between bearers of one name. */
typedef struct places {
    dsr_refer_state *r;
    dsr_map *by_id;     /* hash of an id -> thing */
    dsr_map *countries; /* hash of a code -> 1: named for sure */
} places;

static const dsr_known_thing *first_bearer(const places *p, dsr_slice name, dsr_name_type type)
{
    uint32_t state = 0;
    return dsr_known_next(p->r->tables->entities->known, name, type, &state);
}

/* Of several bearers of equal rank the one whose country the report names, else the first. */
static const dsr_known_thing *choose_bearer(const places *p, dsr_slice name, dsr_name_type type)
{
    uint32_t state = 0;
    const dsr_known_thing *first = NULL;
    uint32_t first_rank = 0;
    const dsr_known_thing *next;
    while ((next = dsr_known_next(p->r->tables->entities->known, name, type, &state)) != NULL) {
        if (first == NULL) {
            first = next;
            first_rank = state >> 16;
        } else if (state >> 16 != first_rank) {
            break;
        }
        if (next->country.len > 0 &&
            dsr_map_get(p->countries, dsr_hash64(next->country, 0)) != DSR_MAP_NONE) {
            return next;
        }
    }
    return first;
}

/* "Crimean Peninsula" is Crimea; "Korean Peninsula" is no country. */
static const dsr_known_thing *peninsula_of(const places *p, dsr_slice name)
{
    size_t at = dsr_slice_find(name, DSR_SLICE(" Peninsula"), 0);
    if (at == SIZE_MAX || at + 10 != name.len) {
        return NULL;
    }
    const dsr_known_thing *place = first_bearer(p, dsr_slice_part(name, 0, at), DSR_NAME_NORP);
    bool state = place != NULL && place->kind == DSR_KNOWN_COUNTRY && place->country.len == 2;
    return state ? NULL : place;
}

static const dsr_known_thing *find_bearer(const places *p, dsr_slice name, dsr_name_type type)
{
    const dsr_known_thing *known = type == DSR_NAME_LOC ? peninsula_of(p, name) : NULL;
    known = known == NULL ? choose_bearer(p, name, type) : known;
    /* "U.S." before a noun. */
    return known == NULL && type == DSR_NAME_NORP ? choose_bearer(p, name, DSR_NAME_GPE) : known;
}

/* The key of a name without the words that only say what it is: "Tapajos River", "Tropical Storm Ondina". */
static uint64_t key_of(const places *p, dsr_slice name, dsr_name_type type)
{
    char letters[DSR_KEY_BYTES];
    dsr_slice rest = name;
    dsr_slice word;
    uint64_t sum = 0;
    uint32_t kinds = type == DSR_NAME_LOC     ? DSR_GAZETTEER_NATURE_WORD
                     : type == DSR_NAME_FAC   ? DSR_GAZETTEER_BUILDING_WORD
                     : type == DSR_NAME_EVENT ? DSR_GAZETTEER_EVENT_WORD
                                              : 0;
    while (dsr_slice_next_field(&rest, ' ', &word)) {
        bool plural = type == DSR_NAME_NORP && word.len > 3 && word.ptr[word.len - 1] == 's';
        size_t count =
            dsr_key_of_word(p->r->persons.keys, dsr_slice_part(word, 0, word.len - plural), letters);
        bool says_kind = (dsr_gazetteer_find_text(p->r->tables->gazetteer, word) & kinds) != 0 ||
                         dsr_slice_equal_nocase(word, DSR_SLICE("tropical"));
        if (count > 0 && !(says_kind && word.len < name.len)) {
            sum = dsr_hash_mix(sum + dsr_hash64((dsr_slice){letters, count}, 1 + type));
        }
    }
    return sum != 0 ? sum : dsr_hash64(name, 1 + type);
}

static dsr_status note_countries(places *p)
{
    const dsr_refer_state *r = p->r;
    for (uint32_t i = 0; i < r->mention_count; i++) {
        const dsr_name *name = &r->report->names.items[i];
        if (name->type != DSR_NAME_GPE) {
            continue;
        }
        const dsr_known_thing *known = first_bearer(p, dsr_refer_text(r, name->span), name->type);
        if (known != NULL && known->kind == DSR_KNOWN_COUNTRY &&
            dsr_map_put(p->countries, dsr_hash64(known->country, 0), 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}

static dsr_status bind(places *p, uint32_t mention)
{
    dsr_refer_state *r = p->r;
    const dsr_name *name = &r->report->names.items[mention];
    dsr_slice text = dsr_refer_text(r, name->span);
    const dsr_known_thing *known = find_bearer(p, text, name->type);
    uint64_t key = known != NULL ? dsr_hash64(known->id, 0) : key_of(p, text, name->type);
    uint32_t thing = dsr_map_get(p->by_id, key);
    if (thing != DSR_MAP_NONE) {
        dsr_tie tie = name->type == DSR_NAME_NORP ? DSR_TIE_NATIONALITY : DSR_TIE_GAZETTEER;
        dsr_refer_join(r, mention, thing, known != NULL ? tie : DSR_TIE_KIND);
        return DSR_OK;
    }
    dsr_status status = dsr_refer_new_thing(r, mention, &thing);
    if (status == DSR_OK) {
        r->things.items[thing].known = known;
        r->things.items[thing].type = known != NULL && name->type == DSR_NAME_NORP ? known->type : name->type;
        status = dsr_map_put(p->by_id, key, thing);
    }
    return status;
}

dsr_status dsr_refer_places(dsr_refer_state *r)
{
    places p = {r, dsr_map_new(64), dsr_map_new(16)};
    dsr_status status = p.by_id != NULL && p.countries != NULL ? note_countries(&p) : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < r->mention_count; i++) {
        if (is_here(r->report->names.items[i].type)) {
            status = bind(&p, i);
        }
    }
    dsr_map_drop(p.by_id);
    dsr_map_drop(p.countries);
    return status;
}
