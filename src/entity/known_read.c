/* Reading countries, cities, regions, words of nationality and bodies. Must not know who asks for them. */
#include "entity/entity.h"
#include "entity/known_parts.h"

#include <string.h>

static const char STAGE[] = "entity";
enum { FIELDS = 8 };

typedef struct reader {
    dsr_arena *arena;
    const dsr_key_rules *keys;
    dsr_known *known;
    dsr_error *error;
    dsr_lexicon_file file;
    dsr_slice fields[FIELDS];
} reader;

static bool next_row(reader *r)
{
    if (!dsr_lexicon_file_next(&r->file)) {
        return false;
    }
    dsr_slice rest = r->file.line;
    for (size_t i = 0; i < FIELDS; i++) {
        r->fields[i] = DSR_SLICE_NONE;
        (void)dsr_slice_next_field(&rest, '\t', &r->fields[i]);
    }
    return true;
}

static dsr_status fail_memory(reader *r)
{
    return dsr_fail_memory(r->error, STAGE);
}

/* ---- things and their names ---- */

static dsr_status add_alias(reader *r, dsr_slice name, dsr_known_alias alias)
{
    uint64_t phrase = dsr_known_phrase(name);
    dsr_known *known = r->known;
    if (phrase == 0) {
        return DSR_OK;
    }
    uint32_t last = dsr_map_get(known->last, phrase);
    uint32_t at = dsr_map_get(known->phrases, phrase);
    while (at != DSR_MAP_NONE) { /* chains are short; a name may be given twice for one thing */
        const dsr_known_alias *other = &known->aliases.items[at];
        if (other->thing == alias.thing && other->demonym == alias.demonym &&
            other->exact.ptr == alias.exact.ptr) {
            return DSR_OK;
        }
        at = other->next;
    }
    if (DSR_LIST_RESERVE(r->arena, &known->aliases, 1) != DSR_OK) {
        return fail_memory(r);
    }
    uint32_t own = (uint32_t)known->aliases.count;
    alias.next = DSR_MAP_NONE;
    known->aliases.items[known->aliases.count++] = alias;
    if (last != DSR_MAP_NONE) {
        known->aliases.items[last].next = own;
    }
    dsr_status status = last == DSR_MAP_NONE ? dsr_map_put(known->phrases, phrase, own) : DSR_OK;
    if (status == DSR_OK) {
        status = dsr_map_put(known->last, phrase, own);
    }
    return status == DSR_OK ? DSR_OK : fail_memory(r);
}

static dsr_status add_names(reader *r, uint32_t thing, dsr_slice names, bool demonym, bool exact)
{
    dsr_slice name;
    while (dsr_slice_next_field(&names, '|', &name)) {
        dsr_known_alias alias = {thing, 0, exact ? name : DSR_SLICE_NONE, demonym};
        dsr_status status = add_alias(r, name, alias);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static dsr_status add_thing(reader *r, dsr_known_thing thing, uint32_t *out)
{
    dsr_status status = DSR_OK;
    if (thing.id.ptr == NULL) {
        status = dsr_known_make_id(r->arena, r->keys, thing.type, thing.canonical, &thing.id);
    }
    if (status != DSR_OK || DSR_LIST_RESERVE(r->arena, &r->known->things, 1) != DSR_OK) {
        return fail_memory(r);
    }
    *out = (uint32_t)r->known->things.count;
    r->known->things.items[r->known->things.count++] = thing;
    return add_names(r, *out, thing.canonical, false, false);
}

/* The place of that name and country, or a new one. */
static dsr_status find_or_add(reader *r, dsr_known_thing thing, uint32_t *out)
{
    uint32_t at = dsr_map_get(r->known->phrases, dsr_known_phrase(thing.canonical));
    while (at != DSR_MAP_NONE) {
        const dsr_known_alias *alias = &r->known->aliases.items[at];
        const dsr_known_thing *other = &r->known->things.items[alias->thing];
        bool countries = dsr_slice_equal(other->country, thing.country) || thing.country.len == 0;
        /* A word of nationality leads to what bears the place's own name ("Soviet" is no Russian). */
        bool own_name = dsr_slice_equal(other->canonical, thing.canonical);
        if (!alias->demonym && countries &&
            (other->kind == thing.kind || (thing.kind == DSR_KNOWN_NATURE && own_name))) {
            *out = alias->thing;
            return DSR_OK;
        }
        at = alias->next;
    }
    return add_thing(r, thing, out);
}

/* ---- tables ---- */

static bool is_country_code(dsr_slice code)
{
    return code.len == 2 && code.ptr[0] >= 'A' && code.ptr[0] <= 'Z' && code.ptr[1] >= 'A' &&
           code.ptr[1] <= 'Z';
}

static dsr_status read_city(reader *r)
{
    if (!is_country_code(r->fields[1])) {
        return dsr_lexicon_file_fail(&r->file, r->error,
                                     "a city, a tab and a country code of two capital letters were expected");
    }
    uint32_t thing = 0;
    dsr_known_thing city = {
        .canonical = r->fields[0], .kind = DSR_KNOWN_CITY, .type = DSR_NAME_GPE, .country = r->fields[1]};
    dsr_status status = add_thing(r, city, &thing);
    return status == DSR_OK ? add_names(r, thing, r->fields[2], false, false) : status;
}

static dsr_status read_region(reader *r)
{
    uint32_t thing = 0;
    bool nature = dsr_slice_equal(r->fields[2], DSR_SLICE("-"));
    dsr_known_thing region = {.canonical = r->fields[0],
                              .kind = nature ? DSR_KNOWN_NATURE : DSR_KNOWN_REGION,
                              .type = nature ? DSR_NAME_LOC : DSR_NAME_GPE,
                              .country = nature ? DSR_SLICE_NONE : r->fields[2]};
    dsr_status status = add_thing(r, region, &thing);
    return status == DSR_OK ? add_names(r, thing, r->fields[3], false, false) : status;
}

static dsr_status read_capitals(reader *r, dsr_slice code)
{
    dsr_slice names = r->fields[3];
    dsr_slice name;
    /* Parts of a country have capitals, too, but their governments are not what is meant. */
    while (code.len == 2 && dsr_slice_next_field(&names, '|', &name)) {
        uint32_t city = 0;
        dsr_known_thing made = {
            .canonical = name, .kind = DSR_KNOWN_CITY, .type = DSR_NAME_GPE, .country = code};
        dsr_status status = find_or_add(r, made, &city);
        if (status != DSR_OK) {
            return status;
        }
        r->known->things.items[city].is_capital = true;
    }
    return DSR_OK;
}

static dsr_status read_seats(reader *r, dsr_slice code)
{
    dsr_slice names = r->fields[6];
    dsr_slice name;
    while (dsr_slice_next_field(&names, '|', &name)) {
        uint32_t seat = 0;
        if (dsr_slice_starts(name, DSR_SLICE("the "))) {
            name = dsr_slice_part(name, 4, name.len);
        }
        dsr_known_thing made = {
            .canonical = name, .kind = DSR_KNOWN_SEAT, .type = DSR_NAME_FAC, .country = code};
        dsr_status status = name.len > 0 ? find_or_add(r, made, &seat) : DSR_OK;
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static dsr_status read_country(reader *r)
{
    char lower[DSR_KEY_BYTES];
    dsr_slice code = r->fields[0];
    if (code.len < 2 || code.len > 16 || r->fields[1].len == 0) {
        return dsr_lexicon_file_fail(&r->file, r->error, "a code and a country's name were expected");
    }
    for (size_t i = 0; i < code.len; i++) {
        bool capital = code.ptr[i] >= 'A' && code.ptr[i] <= 'Z';
        lower[i] = (char)(capital ? code.ptr[i] - 'A' + 'a' : code.ptr[i]);
    }
    dsr_known_thing country = {
        .canonical = r->fields[1], .kind = DSR_KNOWN_COUNTRY, .type = DSR_NAME_GPE, .country = code};
    uint32_t thing = 0;
    dsr_status status = dsr_arena_format(r->arena, &country.id, "gpe-%.*s", (int)code.len, lower);
    status = status == DSR_OK ? add_thing(r, country, &thing) : fail_memory(r);
    if (status == DSR_OK && dsr_words_put(r->known->codes, code, thing) != DSR_OK) {
        status = fail_memory(r);
    }
    const dsr_slice names[] = {r->fields[2], r->fields[5]};
    for (size_t i = 0; status == DSR_OK && i < 2; i++) {
        status = add_names(r, thing, names[i], false, false);
    }
    if (status == DSR_OK) {
        status = add_names(r, thing, r->fields[4], true, false);
    }
    if (status == DSR_OK) {
        status = read_capitals(r, code);
    }
    return status == DSR_OK ? read_seats(r, code) : status;
}

static dsr_status read_demonym(reader *r)
{
    uint32_t thing = 0;
    dsr_known_thing place = {.canonical = r->fields[1], .kind = DSR_KNOWN_NATURE, .type = DSR_NAME_LOC};
    if (place.canonical.len == 0) {
        return dsr_lexicon_file_fail(&r->file, r->error, "a word, a tab and a place were expected");
    }
    dsr_status status = find_or_add(r, place, &thing);
    return status == DSR_OK ? add_names(r, thing, r->fields[0], true, false) : status;
}

static dsr_status read_body(reader *r)
{
    uint32_t thing = 0;
    dsr_known_thing body = {.canonical = r->fields[1],
                            .kind = DSR_KNOWN_BODY,
                            .type = DSR_NAME_ORG,
                            .country = r->fields[5],
                            .body_kind = r->fields[4]};
    if (dsr_slice_equal(body.country, DSR_SLICE("-"))) {
        body.country = DSR_SLICE_NONE;
    }
    if (body.canonical.len == 0) {
        return dsr_lexicon_file_fail(&r->file, r->error, "a key, a tab and a name were expected");
    }
    dsr_status status = dsr_arena_format(r->arena, &body.id, "org-%.*s", DSR_PRINT(r->fields[0]));
    status = status == DSR_OK ? add_thing(r, body, &thing) : fail_memory(r);
    if (status == DSR_OK) {
        status = add_names(r, thing, r->fields[2], false, true);
    }
    return status == DSR_OK ? add_names(r, thing, r->fields[3], false, false) : status;
}

typedef dsr_status read_row(reader *r);

static dsr_status read_table(reader *r, const char *folder, const char *name, read_row *read, size_t *rows)
{
    bool found = false;
    dsr_status status = dsr_lexicon_file_open(r->arena, folder, name, &r->file, &found, r->error);
    while (status == DSR_OK && found && next_row(r)) {
        status = read(r);
        (*rows)++;
    }
    return status;
}

static const struct {
    const char *name;
    read_row *read;
} tables[] = {{"places/cities.tsv", read_city},
              {"places/regions.tsv", read_region},
              {"places/countries.tsv", read_country},
              {"places/demonyms.tsv", read_demonym},
              {"organisations.tsv", read_body}};

static dsr_status read_all(reader *r, const char *const folders[2])
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < sizeof tables / sizeof *tables; i++) {
        size_t rows = 0;
        status = read_table(r, folders[0], tables[i].name, tables[i].read, &rows);
        if (status == DSR_OK && rows == 0) {
            status = dsr_entity_fail_empty(folders[0], tables[i].name, r->error);
        }
        if (status == DSR_OK && folders[1] != NULL) {
            status = read_table(r, folders[1], tables[i].name, tables[i].read, &rows);
        }
    }
    return status;
}

dsr_status dsr_known_open(dsr_arena *arena, const dsr_key_rules *keys, const char *const folders[2],
                          dsr_known **out, dsr_error *error)
{
    dsr_known *known = dsr_arena_alloc(arena, sizeof *known);
    if (known == NULL) {
        return dsr_fail_memory(error, STAGE);
    }
    known->phrases = dsr_map_new(1 << 15);
    known->last = dsr_map_new(1 << 15);
    known->codes = dsr_words_new(512);
    reader r = {.arena = arena, .keys = keys, .known = known, .error = error};
    dsr_status status = DSR_OK;
    if (known->phrases == NULL || known->last == NULL || known->codes == NULL) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        status = read_all(&r, folders);
    }
    dsr_map_drop(known->last);
    known->last = NULL;
    if (status != DSR_OK) {
        dsr_known_drop(known);
        return status;
    }
    *out = known;
    return DSR_OK;
}

void dsr_known_drop(dsr_known *known)
{
    if (known != NULL) {
        dsr_map_drop(known->phrases);
        dsr_words_drop(known->codes);
    }
}
