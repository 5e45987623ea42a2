/* Who the words of a sentence are. Must not know what they do. */
#include "events/actors.h"

#include "base/limits.h"

static dsr_slice words_of(const dsr_view *v, dsr_span span)
{
    return dsr_slice_part(v->report->text, span.start, span.end);
}

/* ---- codes ---- */

/* "USA" of the state "gpe-us"; no value where it is no state. */
static dsr_slice country_code(const dsr_actor_sheet *sheet, uint32_t entity)
{
    if (entity >= sheet->report->entities.count) {
        return DSR_SLICE_NONE;
    }
    dsr_slice id = sheet->report->entities.items[entity].id;
    if (!dsr_slice_starts(id, DSR_SLICE("gpe-"))) {
        return DSR_SLICE_NONE;
    }
    return dsr_rule_name(sheet->rules, DSR_RULE_COUNTRY, dsr_rule_word(dsr_slice_part(id, 4, id.len)));
}

dsr_status dsr_actor_finish(const dsr_actor_sheet *sheet, dsr_actor *actor)
{
    dsr_slice country = country_code(sheet, dsr_actor_side(actor));
    dsr_slice sector = actor->code;
    if (sector.len >= 6 || (country.len == 0 && sector.len == 0)) {
        return DSR_OK;
    }
    return dsr_arena_format(sheet->arena, &actor->code, "%.*s%.*s", DSR_PRINT(country), DSR_PRINT(sector));
}

unsigned dsr_sector_strength(dsr_slice sector)
{
    /* An imported code has its country in front. */
    sector = dsr_slice_part(sector, sector.len >= 6 ? 3 : 0, sector.len >= 6 ? 6 : sector.len);
    static const char *const strong[] = {"GOV", "MIL", "REB", "COP", "LEG", "JUD",
                                         "OPP", "SPY", "IGO", "UAF", "ALLY"};
    for (size_t i = 0; i < sizeof strong / sizeof *strong; i++) {
        if (dsr_slice_equal(sector, dsr_slice_of(strong[i]))) {
            return DSR_ACTOR_STRONG;
        }
    }
    return sector.len == 0 ? DSR_ACTOR_NOBODY : DSR_ACTOR_WEAK;
}

/* ---- actors ---- */

bool dsr_actor_same(const dsr_actor *a, const dsr_actor *b)
{
    uint32_t one = dsr_actor_side(a), other = dsr_actor_side(b);
    if (one == DSR_NO_ENTITY && other == DSR_NO_ENTITY) {
        return a->span.start == b->span.start && a->span.end == b->span.end;
    }
    return one == other;
}

dsr_status dsr_actors_put(const dsr_actor_sheet *sheet, dsr_actors *to, const dsr_actor *actor)
{
    for (size_t i = 0; i < to->count; i++) {
        if (dsr_actor_same(&to->items[i], actor)) {
            return DSR_OK;
        }
    }
    if (to->count >= DSR_LIMIT_EVENT_ACTORS) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(sheet->arena, to, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    to->items[to->count] = *actor;
    dsr_status status = dsr_actor_finish(sheet, &to->items[to->count]);
    to->count += status == DSR_OK;
    return status;
}

unsigned dsr_actor_of_entity(const dsr_actor_sheet *sheet, uint32_t entity, dsr_actor *out)
{
    *out = DSR_NO_ACTOR;
    if (entity >= sheet->report->entities.count) {
        return DSR_ACTOR_NOBODY;
    }
    const dsr_actor_entry *entry = &sheet->entries[entity];
    out->entity = entity;
    out->side = entry->side;
    out->code = entry->sector;
    return entry->strength;
}

/* The state whose name stands among what hangs on a noun: "Chilean troops", "the troops of Chile". */
static uint32_t state_beside(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t noun)
{
    for (uint32_t c = v->syntax->first_child[noun]; c != DSR_SYNTAX_NONE; c = v->syntax->next_child[c]) {
        dsr_relation kind = dsr_view_kind(v, c);
        if (kind != DSR_REL_AMOD && kind != DSR_REL_COMPOUND && kind != DSR_REL_NMOD) {
            continue;
        }
        uint32_t entity = DSR_NO_ENTITY;
        if (v->names[c] != DSR_NO_TOKEN) {
            const dsr_name *name = &v->report->names.items[v->names[c]];
            entity = name->metonym_for != DSR_NO_ENTITY ? name->metonym_for : name->entity;
        } else if (v->references[c] != DSR_NO_TOKEN && dsr_view_relation(v, c) == DSR_REL_NMOD_POSS) {
            entity = v->report->references.items[v->references[c]].entity;
        }
        if (entity == DSR_NO_ENTITY) {
            continue;
        }
        const dsr_actor_entry *entry = &sheet->entries[entity];
        uint32_t side = entry->side != DSR_NO_ENTITY ? entry->side : entity;
        if (country_code(sheet, side).len > 0 || entry->strength == DSR_ACTOR_STRONG) {
            return side;
        }
    }
    return DSR_NO_ENTITY;
}

/* From its first modifier before it to the noun. */
static dsr_span phrase_span(const dsr_view *v, uint32_t noun)
{
    uint32_t first = noun;
    for (uint32_t c = v->syntax->first_child[noun]; c != DSR_SYNTAX_NONE; c = v->syntax->next_child[c]) {
        dsr_relation kind = dsr_view_kind(v, c);
        if (c < first && (kind == DSR_REL_AMOD || kind == DSR_REL_COMPOUND || kind == DSR_REL_NUMMOD ||
                          dsr_view_relation(v, c) == DSR_REL_NMOD_POSS)) {
            dsr_token_range range = dsr_syntax_subtree(v->syntax, c);
            first = range.start < first ? range.start : first;
        }
    }
    return (dsr_span){v->tokens[first].span.start, v->tokens[noun].span.end};
}

static dsr_slice sector_at(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token)
{
    dsr_slice found = DSR_SLICE_NONE;
    if (token > 0) {
        found = dsr_rule_name(sheet->rules, DSR_RULE_ACTOR,
                              dsr_rule_join(v->lemmas[token - 1], v->lemmas[token]));
    }
    if (found.len == 0 && token > 0) {
        found =
            dsr_rule_name(sheet->rules, DSR_RULE_ACTOR, dsr_rule_join(v->forms[token - 1], v->lemmas[token]));
    }
    if (found.len == 0) {
        found = dsr_rule_name(sheet->rules, DSR_RULE_ACTOR, v->lemmas[token]);
    }
    return found.len > 0 ? found : dsr_rule_name(sheet->rules, DSR_RULE_ACTOR, v->forms[token]);
}

static bool is_it(const dsr_view *v, uint32_t token)
{
    return dsr_view_is(v, token, "it") || dsr_view_is(v, token, "he") || dsr_view_is(v, token, "she");
}

static bool is_they(const dsr_view *v, uint32_t token)
{
    return dsr_view_is(v, token, "they") || dsr_view_is(v, token, "their") || dsr_view_is(v, token, "both");
}

/* "we", "our": whoever speaks the quotation. */
static unsigned first_person(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token, dsr_actor *out)
{
    static const char *const words[] = {"we", "i", "us", "our", "my", "me"};
    dsr_slice form = words_of(v, v->tokens[token].span);
    bool own = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        own = own || (dsr_slice_equal_nocase(form, dsr_slice_of(words[i])) &&
                      !dsr_slice_equal(form, DSR_SLICE("US")));
    }
    if (!own || v->quotes[token] == DSR_NO_TOKEN) {
        return DSR_ACTOR_NOBODY;
    }
    const dsr_quote *quote = &v->report->quotes.items[v->quotes[token]];
    unsigned strength = dsr_actor_of_entity(sheet, quote->entity, out);
    out->span = v->tokens[token].span;
    return strength;
}

/* "in Oslo", "at Oslo": where something happens, and nobody who acts. */
static bool is_where(const dsr_view *v, uint32_t token)
{
    static const char *const words[] = {"in",     "at", "near", "outside", "into",
                                        "around", "to", "for",  "of",      "on"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (dsr_view_has_case(v, token, dsr_rule_word(dsr_slice_of(words[i])))) {
            return true;
        }
    }
    return false;
}

static unsigned named_at(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token, dsr_actor *out)
{
    const dsr_name *name = &v->report->names.items[v->names[token]];
    unsigned strength = dsr_actor_of_entity(sheet, name->entity, out);
    out->span = name->span;
    if (strength == DSR_ACTOR_NOBODY && name->type == DSR_NAME_PER && sheet->political) {
        strength = sheet->wholly_political ? DSR_ACTOR_STRONG : DSR_ACTOR_WEAK;
    }
    if (strength == DSR_ACTOR_NOBODY && sheet->entries[name->entity].capital && !is_where(v, token)) {
        out->code = DSR_SLICE("GOV");
        return DSR_ACTOR_STRONG;
    }
    if (name->metonym_for != DSR_NO_ENTITY) {
        out->side = name->metonym_for;
        out->code = DSR_SLICE("GOV");
        return DSR_ACTOR_STRONG;
    }
    return strength;
}

/* "Lima's Andean allies": not simply those of the alliance that the report is about. */
static bool has_other_name(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token)
{
    for (uint32_t c = v->syntax->first_child[token]; c != DSR_SYNTAX_NONE; c = v->syntax->next_child[c]) {
        dsr_relation kind = dsr_view_kind(v, c);
        bool before =
            kind == DSR_REL_AMOD || kind == DSR_REL_COMPOUND || dsr_view_relation(v, c) == DSR_REL_NMOD_POSS;
        if (before && v->names[c] != DSR_NO_TOKEN &&
            v->report->names.items[v->names[c]].entity != sheet->alliance) {
            return true;
        }
    }
    return false;
}

static unsigned noun_at(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token, dsr_actor *out)
{
    dsr_slice sector = sector_at(sheet, v, token);
    uint8_t upos = v->syntax->tokens[token].upos;
    if (sector.len == 0 || (upos != DSR_UPOS_NOUN && upos != DSR_UPOS_PROPN && upos != DSR_UPOS_ADJ)) {
        return DSR_ACTOR_NOBODY;
    }
    *out = DSR_NO_ACTOR;
    out->span = phrase_span(v, token);
    out->side = state_beside(sheet, v, token);
    out->code = sector;
    if (dsr_slice_equal(sector, DSR_SLICE("ALLY"))) {
        bool named = has_other_name(sheet, v, token);
        out->side = !named || out->side == sheet->alliance ? sheet->alliance : DSR_NO_ENTITY;
        out->code = DSR_SLICE("IGO");
    }
    return dsr_sector_strength(sector);
}

unsigned dsr_actor_at(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token, dsr_actor *out)
{
    unsigned strength = DSR_ACTOR_NOBODY;
    *out = DSR_NO_ACTOR;
    if (token >= v->count) {
        return strength;
    }
    if (v->names[token] != DSR_NO_TOKEN) {
        const dsr_name *name = &v->report->names.items[v->names[token]];
        strength = named_at(sheet, v, token, out);
        if (name->type == DSR_NAME_PER) {
            return strength;
        }
    }
    /* "they" that is taken for one alone is tried by what the text told of before. */
    bool they = is_they(v, token) && sheet->they.count > 0;
    if (strength == DSR_ACTOR_NOBODY && !they && v->references[token] != DSR_NO_TOKEN) {
        const dsr_reference *reference = &v->report->references.items[v->references[token]];
        strength = dsr_actor_of_entity(sheet, reference->entity, out);
        out->span = reference->span;
    }
    if (strength == DSR_ACTOR_NOBODY) {
        strength = first_person(sheet, v, token, out);
    }
    return strength != DSR_ACTOR_NOBODY ? strength : noun_at(sheet, v, token, out);
}

/* "the Swiss and Austrian officials": one noun, several states. */
static dsr_status add_other_states(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t noun,
                                   const dsr_actor *first, dsr_actors *to)
{
    dsr_status status = DSR_OK;
    dsr_token_list list = {.count = 0};
    for (uint32_t c = v->syntax->first_child[noun]; c != DSR_SYNTAX_NONE; c = v->syntax->next_child[c]) {
        dsr_relation kind = dsr_view_kind(v, c);
        bool of = kind == DSR_REL_NMOD && (dsr_view_has_case(v, c, dsr_rule_word(DSR_SLICE("of"))) ||
                                           dsr_view_has_case(v, c, dsr_rule_word(DSR_SLICE("from"))) ||
                                           dsr_view_relation(v, c) == DSR_REL_NMOD_POSS);
        if (kind == DSR_REL_AMOD || kind == DSR_REL_COMPOUND || of) {
            dsr_view_add_joined(v, c, &list);
        }
    }
    for (uint32_t i = 0; status == DSR_OK && i < list.count; i++) {
        dsr_actor other;
        bool named = v->names[list.items[i]] != DSR_NO_TOKEN;
        if (named && dsr_actor_at(sheet, v, list.items[i], &other) == DSR_ACTOR_STRONG &&
            dsr_actor_side(&other) != DSR_NO_ENTITY) {
            other.side = dsr_actor_side(&other);
            other.entity = first->entity;
            other.code =
                dsr_slice_part(first->code, first->code.len >= 3 ? first->code.len - 3 : 0, first->code.len);
            status = dsr_actors_put(sheet, to, &other);
        }
    }
    return status;
}

/* Those whom "they" means, at the word. */
static dsr_status add_they(const dsr_actor_sheet *sheet, dsr_span span, dsr_actors *to)
{
    dsr_status status = DSR_OK;
    for (size_t k = 0; status == DSR_OK && k < sheet->they.count; k++) {
        dsr_actor actor = sheet->they.items[k];
        actor.span = span;
        actor.code = dsr_slice_part(actor.code, actor.code.len >= 3 ? actor.code.len - 3 : 0, actor.code.len);
        status = dsr_actors_put(sheet, to, &actor);
    }
    return status;
}

/* "The rebels said they will ...": the subject of the clause above. */
static uint32_t subject_above(const dsr_view *v, uint32_t token)
{
    uint32_t verb = v->syntax->tokens[token].head;
    for (unsigned steps = 0; steps < 6 && verb != DSR_SYNTAX_NONE; steps++) {
        uint32_t head = v->syntax->tokens[verb].head;
        uint32_t subject = head != DSR_SYNTAX_NONE ? dsr_syntax_subject(v->syntax, head) : DSR_SYNTAX_NONE;
        if (subject != DSR_SYNTAX_NONE && subject < token) {
            return subject;
        }
        verb = head;
    }
    return DSR_NO_TOKEN;
}

dsr_status dsr_actors_add(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token, dsr_actors *to,
                          unsigned *strength)
{
    dsr_token_list list = {.count = 0};
    dsr_status status = DSR_OK;
    dsr_view_add_joined(v, token, &list);
    for (uint32_t i = 0; status == DSR_OK && i < list.count; i++) {
        dsr_actor actor;
        unsigned found = dsr_actor_at(sheet, v, list.items[i], &actor);
        uint32_t above = found == DSR_ACTOR_NOBODY && (is_they(v, list.items[i]) || is_it(v, list.items[i]))
                             ? subject_above(v, list.items[i])
                             : DSR_NO_TOKEN;
        if (above != DSR_NO_TOKEN && !is_they(v, above) && !is_it(v, above)) {
            dsr_view_add_joined(v, above, &list);
            continue;
        }
        if (found != DSR_ACTOR_NOBODY) {
            size_t before = to->count;
            status = dsr_actors_put(sheet, to, &actor);
            if (status == DSR_OK && to->count > before && v->names[list.items[i]] == DSR_NO_TOKEN &&
                actor.entity == DSR_NO_ENTITY && actor.side != DSR_NO_ENTITY) {
                status = add_other_states(sheet, v, list.items[i], &to->items[before], to);
            }
        } else if (is_they(v, list.items[i]) && sheet->they.count > 0) {
            status = add_they(sheet, v->tokens[list.items[i]].span, to);
            found = DSR_ACTOR_STRONG;
        }
        *strength = found > *strength ? found : *strength;
    }
    return status;
}
