/* What a report's names and roles tell of its entities: for which state a person speaks, of what kind a body
 * is. */
#include "events/actors.h"

#include "base/utf8.h"

#include <string.h>

/* ---- bodies ---- */

static dsr_slice sector_of_kind(dsr_slice kind)
{
    static const struct {
        const char *kind, *sector;
    } kinds[] = {{"igo", "IGO"},       {"alliance", "IGO"}, {"agency", "GOV"},  {"court", "JUD"},
                 {"armed", "REB"},     {"party", "OPP"},    {"union", "LAB"},   {"ngo", "NGO"},
                 {"religious", "REL"}, {"bank", "BUS"},     {"company", "BUS"}, {"university", "EDU"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (dsr_slice_equal(kind, dsr_slice_of(kinds[i].kind))) {
            return dsr_slice_of(kinds[i].sector);
        }
    }
    return DSR_SLICE_NONE;
}

/* The last of its words that says what it is: "Karen National Army". */
static dsr_slice sector_of_words(const dsr_coding_rules *rules, dsr_slice name)
{
    dsr_slice word, found = DSR_SLICE_NONE;
    while (dsr_slice_next_field(&name, ' ', &word)) {
        /* "State" and "Nation" stand in names of anything. */
        bool vague = dsr_slice_equal(word, DSR_SLICE("State")) || dsr_slice_equal(word, DSR_SLICE("Nation"));
        dsr_slice sector = DSR_SLICE_NONE;
        if (word.len > 0 && !vague) {
            sector = dsr_rule_name(rules, DSR_RULE_ACTOR, dsr_rule_word(word));
        }
        found = sector.len > 0 ? sector : found;
    }
    return found;
}

/* By its whole name: "European Union", and what was imported. */
static dsr_slice sector_of_name(const dsr_coding_rules *rules, dsr_slice name)
{
    uint64_t phrase = 0;
    size_t words = 0;
    dsr_slice word;
    while (dsr_slice_next_field(&name, ' ', &word)) {
        phrase = words++ == 0 ? dsr_rule_word(word) : dsr_rule_join(phrase, dsr_rule_word(word));
    }
    return dsr_rule_name(rules, DSR_RULE_ACTOR, phrase);
}

static const dsr_known_thing *known_as(const dsr_known *known, const dsr_entity *entity)
{
    uint32_t state = 0;
    const dsr_known_thing *thing;
    while (known != NULL &&
           (thing = dsr_known_next(known, entity->canonical, entity->type, &state)) != NULL) {
        if (dsr_slice_equal(thing->id, entity->id)) {
            return thing;
        }
    }
    return NULL;
}

static uint32_t entity_of_country(const dsr_report *report, const dsr_known *known, dsr_slice country)
{
    const dsr_known_thing *state = country.len > 0 ? dsr_known_country(known, country) : NULL;
    for (uint32_t i = 0; state != NULL && i < report->entities.count; i++) {
        if (dsr_slice_equal(report->entities.items[i].id, state->id)) {
            return i;
        }
    }
    return DSR_NO_ENTITY;
}

static void read_body(dsr_actor_sheet *sheet, uint32_t number, uint32_t *alliances)
{
    const dsr_entity *entity = &sheet->report->entities.items[number];
    dsr_actor_entry *entry = &sheet->entries[number];
    const dsr_known_thing *thing = known_as(sheet->known, entity);
    if (thing != NULL) {
        entry->sector = sector_of_kind(thing->body_kind);
        alliances[number] = dsr_slice_equal(thing->body_kind, DSR_SLICE("alliance")) ? 1 : 0;
        if (dsr_slice_equal(entry->sector, DSR_SLICE("GOV")) ||
            dsr_slice_equal(entry->sector, DSR_SLICE("JUD"))) {
            entry->side = entity_of_country(sheet->report, sheet->known, thing->country);
        }
        if (entry->sector.len == 0 && thing->kind != DSR_KNOWN_BODY) {
            entry->sector = DSR_SLICE("GOV");
        }
    } else {
        entry->sector = sector_of_name(sheet->rules, entity->canonical);
        if (entry->sector.len == 0) {
            entry->sector = sector_of_words(sheet->rules, entity->canonical);
        }
    }
    entry->strength = (uint8_t)dsr_sector_strength(entry->sector);
}

/* Persons of an imported dictionary. */
static void read_person(dsr_actor_sheet *sheet, uint32_t number)
{
    dsr_actor_entry *entry = &sheet->entries[number];
    entry->sector = sector_of_name(sheet->rules, sheet->report->entities.items[number].canonical);
    entry->strength = (uint8_t)dsr_sector_strength(entry->sector);
}

static void read_place(dsr_actor_sheet *sheet, uint32_t number)
{
    dsr_slice id = sheet->report->entities.items[number].id;
    bool state =
        dsr_slice_starts(id, DSR_SLICE("gpe-")) &&
        dsr_rule_name(sheet->rules, DSR_RULE_COUNTRY, dsr_rule_word(dsr_slice_part(id, 4, id.len))).len > 0;
    if (state) {
        sheet->entries[number].strength = DSR_ACTOR_STRONG;
        return;
    }
    const dsr_known_thing *thing = known_as(sheet->known, &sheet->report->entities.items[number]);
    if (thing != NULL && thing->is_capital) {
        sheet->entries[number].capital = true;
        sheet->entries[number].side = entity_of_country(sheet->report, sheet->known, thing->country);
    }
}

/* ---- persons ---- */

/* The name that stands inside a role or right before it: "Quirinal spokesman", "Chile's President". */
static uint32_t name_of_role(const dsr_report *report, dsr_span role, size_t *at)
{
    while (*at < report->names.count && report->names.items[*at].span.end + 4 < role.start) {
        ++*at;
    }
    for (size_t i = *at; i < report->names.count && report->names.items[i].span.start < role.end; i++) {
        const dsr_name *name = &report->names.items[i];
        if (name->type != DSR_NAME_PER && name->type != DSR_NAME_FAC && name->type != DSR_NAME_LOC &&
            name->type != DSR_NAME_EVENT) {
            return (uint32_t)i;
        }
        if (name->metonym_for != DSR_NO_ENTITY) {
            return (uint32_t)i;
        }
    }
    return DSR_NO_ENTITY;
}

static dsr_slice sector_of_role(const dsr_coding_rules *rules, dsr_slice role)
{
    dsr_slice word, found = DSR_SLICE_NONE;
    while (dsr_slice_next_field(&role, ' ', &word)) {
        dsr_slice sector =
            word.len > 0 ? dsr_rule_name(rules, DSR_RULE_ACTOR, dsr_rule_word(word)) : DSR_SLICE_NONE;
        if (sector.len > 0 && found.len == 0) {
            found = sector;
        }
    }
    return found;
}

/* The words of the role name an office of state: class OFFICE. */
static bool has_office(const dsr_coding_rules *rules, const dsr_report *report, dsr_span span)
{
    dsr_slice role = dsr_slice_part(report->text, span.start, span.end), word;
    uint32_t office = dsr_rule_class(rules, DSR_SLICE("OFFICE"));
    while (office != DSR_RULE_NONE && dsr_slice_next_field(&role, ' ', &word)) {
        if (word.len > 0 && dsr_rule_has(rules, office, dsr_rule_word(word))) {
            return true;
        }
    }
    return false;
}

static void read_role(dsr_actor_sheet *sheet, const dsr_role *role, size_t *at)
{
    const dsr_report *report = sheet->report;
    dsr_actor_entry *entry = &sheet->entries[role->entity];
    if (report->entities.items[role->entity].type != DSR_NAME_PER) {
        return;
    }
    dsr_slice sector =
        sector_of_role(sheet->rules, dsr_slice_part(report->text, role->span.start, role->span.end));
    uint32_t found = name_of_role(report, role->span, at);
    if (found != DSR_NO_ENTITY && entry->side == DSR_NO_ENTITY) {
        const dsr_name *name = &report->names.items[found];
        uint32_t of = name->metonym_for != DSR_NO_ENTITY ? name->metonym_for : name->entity;
        const dsr_actor_entry *body = &sheet->entries[of];
        if (body->strength != DSR_ACTOR_NOBODY) {
            entry->side = body->side != DSR_NO_ENTITY ? body->side : of;
            /* Who plays for a country does not act for it: the role must say so, or the body. */
            if (sector.len > 0 || (name->type == DSR_NAME_ORG && body->strength == DSR_ACTOR_STRONG)) {
                entry->strength = DSR_ACTOR_STRONG;
            }
        }
    }
    entry->sector = entry->sector.len == 0 ? sector : entry->sector;
    /* "President X" holds an office, of whatever state; "President X of a company" does not. */
    if (found == DSR_NO_ENTITY && has_office(sheet->rules, report, role->span)) {
        entry->strength = DSR_ACTOR_STRONG;
    }
    if (sector.len > 0 && entry->strength == DSR_ACTOR_NOBODY) {
        entry->strength = DSR_ACTOR_WEAK;
    }
}

/* ---- all ---- */

static void read_names(dsr_actor_sheet *sheet, uint32_t *alliances)
{
    const dsr_report *report = sheet->report;
    uint32_t best = 0;
    for (size_t i = 0; i < report->names.count; i++) {
        const dsr_name *name = &report->names.items[i];
        dsr_actor_entry *entry = &sheet->entries[name->entity];
        if (name->metonym_for != DSR_NO_ENTITY) {
            entry->side = name->metonym_for;
            entry->sector = DSR_SLICE("GOV");
            entry->strength = DSR_ACTOR_STRONG;
        }
        if (alliances[name->entity] > 0) {
            uint32_t mentions = ++alliances[name->entity];
            sheet->alliance = mentions > best ? name->entity : sheet->alliance;
            best = mentions > best ? mentions : best;
        }
    }
}

dsr_status dsr_actors_open(dsr_arena *arena, dsr_arena *scratch, const dsr_coding_rules *rules,
                           const dsr_known *known, const dsr_report *report, dsr_actor_sheet *out)
{
    size_t count = report->entities.count;
    dsr_actor_sheet sheet = {.arena = arena,
                             .rules = rules,
                             .known = known,
                             .report = report,
                             .entries = dsr_arena_alloc_array(scratch, count + 1, sizeof *sheet.entries),
                             .alliance = DSR_NO_ENTITY};
    uint32_t *alliances = dsr_arena_alloc_array(scratch, count + 1, sizeof *alliances);
    if (sheet.entries == NULL || alliances == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        sheet.entries[i].side = DSR_NO_ENTITY;
        if (report->entities.items[i].type == DSR_NAME_ORG ||
            report->entities.items[i].type == DSR_NAME_FAC) {
            read_body(&sheet, i, alliances);
        } else if (report->entities.items[i].type == DSR_NAME_GPE ||
                   report->entities.items[i].type == DSR_NAME_NORP) {
            read_place(&sheet, i);
        } else if (report->entities.items[i].type == DSR_NAME_PER) {
            read_person(&sheet, i);
        }
    }
    read_names(&sheet, alliances);
    size_t at = 0;
    for (size_t i = 0; i < report->roles.count; i++) {
        read_role(&sheet, &report->roles.items[i], &at);
    }
    *out = sheet;
    return DSR_OK;
}
