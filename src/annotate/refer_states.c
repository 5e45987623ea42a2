/* Capitals and seats of power that stand for a government: "Moscow said", "between Washington and Beijing",
 * but not "in Moscow". By the words about the name and, where there is one, by the tree. Must not know who
 * says what. */
#include "annotate/refer_parts.h"

#include "base/hash.h"

/* Before a place these words make it a place. */
static const char PLACE_WORDS[] =
    "in at near from around outside across into throughout inside toward towards leave left "
    "visit visited reach reached downtown central greater";
static const char BETWEEN_WORDS[] = "between";

static const dsr_known_thing *seat_of(const dsr_refer_state *r, uint32_t mention)
{
    const dsr_refer_mention *m = &r->mentions[mention];
    const dsr_known_thing *known = m->thing != DSR_NONE ? r->things.items[m->thing].known : NULL;
    bool seat =
        known != NULL && known->country.len > 0 && (known->is_capital || known->kind == DSR_KNOWN_SEAT);
    return seat && m->first < m->end && r->report->names.items[mention].type != DSR_NAME_NORP ? known : NULL;
}

/* "between X and Y" with the name as X or Y; a NORP or a place in the other place. */
static bool is_between(const dsr_refer_state *r, const dsr_refer_mention *m)
{
    if (m->first > 0 && dsr_refer_is_one_of(r, m->first - 1, BETWEEN_WORDS)) {
        return true;
    }
    if (m->first < 3 || !dsr_refer_is(r, m->first - 1, "and")) {
        return false;
    }
    uint32_t before = r->tokens[m->first - 2].name;
    return before != DSR_NONE && r->mentions[before].first > 0 &&
           dsr_refer_is_one_of(r, r->mentions[before].first - 1, BETWEEN_WORDS);
}

/* What follows "Moscow's": a city has streets and a mayor; demands and forces are a government's. */
static bool owns_as_state(const dsr_refer_state *r, uint32_t token)
{
    for (uint32_t i = token; i < token + 3 && i < r->token_count; i++) {
        if (dsr_refer_is_one_of(
                r, i,
                "mayor streets street airport airports centre center suburb suburbs outskirts district "
                "districts residents metro university hotel square museum stadium summer winter skyline "
                "cathedral court")) {
            return false;
        }
        if (r->tokens[i].kind != DSR_TOKEN_WORD) {
            break;
        }
    }
    return true;
}

static bool is_place_before(const dsr_refer_state *r, uint32_t first)
{
    uint32_t before = first > 0 ? first - 1 : DSR_NONE;
    if (before != DSR_NONE && dsr_refer_is(r, before, "the") && before > 0) {
        before--;
    }
    return before != DSR_NONE && r->tokens[before].sentence == r->tokens[first].sentence &&
           dsr_refer_is_one_of(r, before, PLACE_WORDS);
}

static bool is_comma_place(const dsr_refer_state *r, const dsr_refer_mention *m)
{
    /* "Ottawa, Ontario" and "MOSCOW (AP) -" */
    if (dsr_refer_is_one_of(r, m->end, "( \xe2\x80\x94 \xe2\x80\x93 -") &&
        m->first == r->sentence_starts[r->tokens[m->first].sentence]) {
        return true;
    }
    return dsr_refer_is(r, m->end, ",") && m->end + 1 < r->token_count &&
           r->tokens[m->end + 1].name != DSR_NONE &&
           r->report->names.items[r->tokens[m->end + 1].name].type == DSR_NAME_GPE &&
           r->tokens[m->end + 1].sentence == r->tokens[m->first].sentence && m->first > 0 &&
           dsr_refer_is_one_of(r, m->first - 1, "in at near from of to");
}

/* With a tree: subjects, agents and objects act or are acted upon; what hangs on a verb by "in" does not. */
static bool acts(const dsr_refer_state *r, const dsr_refer_mention *m)
{
    if (dsr_refer_is_subject(r, m->first, m->end)) {
        return true;
    }
    for (uint32_t t = m->first; t < m->end; t++) {
        const dsr_refer_token *token = &r->tokens[t];
        bool top = token->head == DSR_NONE || token->head < m->first || token->head >= m->end;
        if (!top || token->relation >= DSR_REL_COUNT) {
            continue;
        }
        dsr_relation relation = dsr_relation_universal((dsr_relation)token->relation);
        if (relation == DSR_REL_OBJ || relation == DSR_REL_IOBJ || token->relation == DSR_REL_OBL_AGENT) {
            return !dsr_refer_is_one_of(r, token->head,
                                        "visit visited visits left leave leaving reach reached shelled "
                                        "bombed hit struck attacked toured");
        }
        if (relation == DSR_REL_CONJ && token->head != DSR_NONE) {
            return dsr_refer_is_subject(r, token->head, token->head + 1);
        }
    }
    return false;
}

/* "talks with Moscow", "envoys from Washington": what states have with each other. */
static bool is_dealt_with(const dsr_refer_state *r, const dsr_refer_mention *m)
{
    return m->first > 1 && dsr_refer_is_one_of(r, m->first - 1, "with against by of from to") &&
           dsr_refer_is_one_of(
               r, m->first - 2,
               "talks envoys envoy delegation officials diplomats contact contacts relations ties "
               "negotiations sanctions guarantees pressure demand demands threat threats concessions "
               "agreement agreements war assurances support aid message signal signals warning "
               "criticism condemnation denial denials dialogue alliance deal");
}

/* "Moscow officials", "the Kyiv government", "Moscow-backed". */
static bool qualifies_state(const dsr_refer_state *r, uint32_t end)
{
    if (dsr_refer_is_one_of(r, end, "officials diplomats envoys negotiators government leadership regime")) {
        return true;
    }
    return dsr_refer_is(r, end, "-") &&
           dsr_refer_is_one_of(r, end + 1,
                               "friendly backed led installed aligned brokered appointed sponsored funded "
                               "controlled allied imposed");
}

static bool stands_for_state(const dsr_refer_state *r, uint32_t mention, const dsr_known_thing *known)
{
    const dsr_refer_mention *m = &r->mentions[mention];
    if (is_dealt_with(r, m) || qualifies_state(r, m->end)) {
        return true;
    }
    if (is_place_before(r, m->first) || is_comma_place(r, m)) {
        return false;
    }
    if (known->kind == DSR_KNOWN_SEAT && r->report->names.items[mention].type != DSR_NAME_FAC) {
        return true;
    }
    if (is_between(r, m)) {
        return true;
    }
    if (dsr_refer_is_possessive(r, m->end)) {
        return owns_as_state(r, m->end + 1);
    }
    return acts(r, m);
}

/* The other of "Kyiv and Washington", where one of both stands for its state already. */
static uint32_t partner_of(const dsr_refer_state *r, uint32_t mention)
{
    const dsr_refer_mention *m = &r->mentions[mention];
    bool before =
        mention > 0 && r->mentions[mention - 1].end + 1 == m->first && dsr_refer_is(r, m->first - 1, "and");
    if (before && r->mentions[mention - 1].metonym != DSR_NONE) {
        return mention - 1;
    }
    bool behind = mention + 1 < r->mention_count && r->mentions[mention + 1].first == m->end + 1 &&
                  dsr_refer_is(r, m->end, "and");
    return behind && r->mentions[mention + 1].metonym != DSR_NONE ? mention + 1 : DSR_NONE;
}

static dsr_status thing_of_country(dsr_refer_state *r, const dsr_known_thing *country, dsr_map *made,
                                   uint32_t *out)
{
    uint64_t key = dsr_hash64(country->id, 0);
    uint32_t at = dsr_map_get(made, key);
    if (at != DSR_MAP_NONE) {
        *out = at;
        return DSR_OK;
    }
    dsr_status status = dsr_refer_new_thing(r, DSR_NONE, out);
    if (status == DSR_OK) {
        dsr_refer_thing *thing = &r->things.items[*out];
        thing->known = country;
        thing->type = country->type;
        status = dsr_map_put(made, key, *out);
    }
    return status;
}

/* The state or union for which a seat stands. Where a city is a capital and the seat of a union, too, the
 * news mean the union, unless the report names the country: "Brussels fined the company". `named`: countries
 * of the report, by hash of their ids. */
static const dsr_known_thing *government_of(const dsr_refer_state *r, uint32_t mention,
                                            const dsr_known_thing *seat, const dsr_map *named)
{
    static const char UNION[] = "EU";
    const dsr_known *tables = r->tables->entities->known;
    const dsr_known_thing *country = dsr_known_country(tables, seat->country);
    if (country == NULL || dsr_map_get(named, dsr_hash64(country->id, 0)) != DSR_MAP_NONE) {
        return country;
    }
    dsr_slice name = dsr_refer_text(r, r->report->names.items[mention].span);
    uint32_t state = 0;
    const dsr_known_thing *other;
    while ((other = dsr_known_next(tables, name, DSR_NAME_GPE, &state)) != NULL) {
        if (other->is_capital && dsr_slice_equal(other->country, dsr_slice_of(UNION))) {
            return dsr_known_country(tables, other->country);
        }
    }
    return country;
}

static dsr_status see_mention(dsr_refer_state *r, uint32_t mention, int pass, dsr_map *made)
{
    const dsr_known_thing *known = seat_of(r, mention);
    const dsr_known_thing *country = known != NULL ? government_of(r, mention, known, made) : NULL;
    if (country == NULL || r->mentions[mention].metonym != DSR_NONE) {
        return DSR_OK;
    }
    bool stands = pass == 0 ? stands_for_state(r, mention, known) : partner_of(r, mention) != DSR_NONE;
    return stands ? thing_of_country(r, country, made, &r->mentions[mention].metonym) : DSR_OK;
}

dsr_status dsr_refer_states(dsr_refer_state *r)
{
    dsr_map *made = dsr_map_new(32);
    dsr_status status = made != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < r->things.count; i++) {
        const dsr_known_thing *known = r->things.items[i].known;
        if (known != NULL && known->kind == DSR_KNOWN_COUNTRY) {
            status = dsr_map_put(made, dsr_hash64(known->id, 0), i);
        }
    }
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; status == DSR_OK && i < r->mention_count; i++) {
            status = see_mention(r, i, pass, made);
        }
    }
    dsr_map_drop(made);
    return status;
}
