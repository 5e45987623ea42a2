/* Positions of one sentence: what a party demands, refuses, offers, accepts, threatens, denies, is concerned
 * about or accuses others of. Somebody's threat that another tells of is no threat of the other. */
#include "base/limits.h"
#include "events/coder.h"

static dsr_stance stance_in(dsr_stance stance, dsr_mood mood, bool *none)
{
    *none = mood.if_clause;
    if (!mood.negated) {
        return stance;
    }
    switch (stance) {
    case DSR_STANCE_ACCEPT:
    case DSR_STANCE_OFFER:
        return DSR_STANCE_REJECT;
    case DSR_STANCE_DEMAND:
        *none = !mood.must; /* "should not": a demand too */
        return DSR_STANCE_DEMAND;
    case DSR_STANCE_REJECT:
        *none = true;
        return stance;
    case DSR_STANCE_THREAT:
    case DSR_STANCE_DENY:
    case DSR_STANCE_CONCERN:
    case DSR_STANCE_ACCUSE:
    case DSR_STANCES:
        break;
    }
    return stance;
}

/* The person who speaks, where another holds the position. */
static void set_speaker(const dsr_coder *c, const dsr_quote *said, dsr_position *position)
{
    position->speaker = DSR_NO_ACTOR;
    if (position->party.entity < c->report->entities.count &&
        c->report->entities.items[position->party.entity].type == DSR_NAME_PER) {
        position->speaker = position->party;
        return;
    }
    if (said == NULL || said->entity >= c->report->entities.count ||
        c->report->entities.items[said->entity].type != DSR_NAME_PER) {
        return;
    }
    dsr_actor speaker;
    (void)dsr_actor_of_entity(&c->sheet, said->entity, &speaker);
    if (dsr_actor_same(&speaker, &position->party)) {
        speaker.span = said->speaker;
        speaker.code = position->party.code;
        position->speaker = speaker;
    }
}

/* Whose it is: the sources, else who speaks. */
static dsr_status find_parties(const dsr_coder *c, const dsr_predicate *p, const dsr_quote *said,
                               dsr_roles_found *roles)
{
    bool noun = p->match.rule != NULL && p->match.rule->kind == DSR_RULE_NOUN;
    if (roles->source != DSR_ACTOR_NOBODY || noun || said == NULL) {
        return DSR_OK;
    }
    dsr_actor speaker;
    unsigned strength = dsr_coder_speaker(c, said, &speaker);
    roles->source = strength;
    return strength != DSR_ACTOR_NOBODY ? dsr_actors_put(&c->sheet, &roles->sources, &speaker) : DSR_OK;
}

static dsr_status keep(dsr_coder *c, const dsr_position *position)
{
    for (size_t i = c->positions.count; i > 0; i--) {
        const dsr_position *before = &c->positions.items[i - 1];
        if (before->span.end <= position->span.start) {
            break;
        }
        if (before->span.start == position->span.start && before->span.end == position->span.end &&
            before->stance == position->stance && dsr_actor_same(&before->party, &position->party)) {
            return DSR_OK;
        }
    }
    if (c->positions.count >= DSR_LIMIT_EVENTS) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(c->arena, &c->positions, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    c->positions.items[c->positions.count++] = *position;
    return DSR_OK;
}

/* A demand that is refused, without a word of whose it is: kept without a party until all is read. */
static bool is_ownerless(const dsr_coder *c, const dsr_predicate *p, const dsr_roles_found *roles)
{
    bool demand = p->match.rule != NULL && p->match.rule->kind == DSR_RULE_NOUN &&
                  p->match.rule->result == DSR_STANCE_DEMAND;
    bool refused = false;
    enum { BACK = 16 };
    size_t first = c->positions.count > BACK ? c->positions.count - BACK : 0;
    for (size_t i = c->positions.count; demand && i > first && !refused; i--) {
        const dsr_position *before = &c->positions.items[i - 1];
        dsr_span at = c->view.tokens[p->token].span;
        refused = before->stance == DSR_STANCE_REJECT && before->span.start <= at.start &&
                  before->span.end >= at.end;
    }
    return refused && roles->sources.count == 0;
}

static dsr_status keep_ownerless(dsr_coder *c, const dsr_predicate *p, const dsr_roles_found *roles)
{
    dsr_token_range range = dsr_coder_clause(c, p, DSR_NO_TOKEN);
    dsr_position position = {.span = dsr_coder_span(c, range),
                             .action = c->view.tokens[p->token].span,
                             .stance = DSR_STANCE_DEMAND,
                             .party = DSR_NO_ACTOR,
                             .speaker = DSR_NO_ACTOR,
                             .toward = roles->targets,
                             .rule = p->match.head->name};
    dsr_status status = dsr_issue_find(c, range, &position, p->token, &position.issue);
    return status == DSR_OK ? keep(c, &position) : status;
}

static dsr_status make(dsr_coder *c, const dsr_predicate *p)
{
    const dsr_rule *rule = p->match.rule;
    const dsr_quote *said = dsr_coder_said(c, p->token);
    dsr_roles_found roles;
    dsr_status status = dsr_coder_roles(c, p, false, &roles);
    if (status != DSR_OK) {
        return status;
    }
    dsr_mood mood = dsr_coder_mood(c, p, roles.light);
    mood.negated = mood.negated && !dsr_coder_wants_negation(c, p);
    bool none = false;
    dsr_stance stance = rule != NULL ? stance_in((dsr_stance)rule->result, mood, &none) : DSR_STANCE_DEMAND;
    status = rule == NULL || dsr_coder_wants_speaker(c, p) ? dsr_coder_give_to_speaker(c, said, &roles)
                                                           : find_parties(c, p, said, &roles);
    if (status == DSR_OK && is_ownerless(c, p, &roles)) {
        return keep_ownerless(c, p, &roles);
    }
    none = none && (rule == NULL || rule->kind != DSR_RULE_NOUN);
    if (status != DSR_OK || none || roles.source != DSR_ACTOR_STRONG) {
        return status;
    }
    dsr_token_range range = dsr_coder_clause(c, p, roles.light);
    for (size_t i = 0; status == DSR_OK && i < roles.sources.count; i++) {
        dsr_position position = {.span = dsr_coder_span(c, range),
                                 .action = c->view.tokens[p->token].span,
                                 .stance = stance,
                                 .party = roles.sources.items[i],
                                 .toward = roles.targets,
                                 .rule = rule != NULL ? p->match.head->name : DSR_SLICE("turn must")};
        set_speaker(c, said, &position);
        status = dsr_issue_find(c, range, &position, p->token, &position.issue);
        if (status == DSR_OK) {
            status = keep(c, &position);
        }
    }
    if (status == DSR_OK && roles.sources.count > 1) {
        c->sheet.they = roles.sources;
    }
    return status;
}

dsr_status dsr_code_positions(dsr_coder *c)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < c->predicate_count; i++) {
        const dsr_predicate *p = &c->predicates[i];
        bool noun = p->match.rule != NULL && p->match.rule->kind == DSR_RULE_NOUN;
        bool demands = noun && p->match.rule->result == DSR_STANCE_DEMAND;
        if (!p->inner || demands || dsr_coder_wants_speaker(c, p)) {
            status = make(c, p);
        }
    }
    return status;
}

static bool has_party(const dsr_position *position)
{
    return dsr_actor_side(&position->party) != DSR_NO_ENTITY || position->party.span.end > 0;
}

/* Whose a refused demand is: of those who demand most in the report, the first that is not who refuses it. */
static const dsr_actor *find_owner(const dsr_coder *c, const dsr_position *demand)
{
    const dsr_actor *best = NULL;
    size_t most = 0;
    enum { LOOKED_AT = 256 };
    size_t count = c->positions.count < LOOKED_AT ? c->positions.count : LOOKED_AT;
    for (size_t i = 0; i < count; i++) {
        const dsr_position *one = &c->positions.items[i];
        if (one->stance != DSR_STANCE_DEMAND || !has_party(one)) {
            continue;
        }
        size_t demands = 0;
        bool refuses = false;
        for (size_t k = 0; k < count; k++) {
            const dsr_position *other = &c->positions.items[k];
            bool same = has_party(other) && dsr_actor_same(&other->party, &one->party);
            demands += same && other->stance == DSR_STANCE_DEMAND;
            refuses =
                refuses || (same && other->stance == DSR_STANCE_REJECT &&
                            other->span.start <= demand->span.start && other->span.end >= demand->span.end);
        }
        if (!refuses && demands > most) {
            most = demands;
            best = &one->party;
        }
    }
    return best;
}

static void give_owners(dsr_coder *c)
{
    enum { OWNERLESS_MOST = 64 };
    size_t kept = 0, tried = 0;
    for (size_t i = 0; i < c->positions.count; i++) {
        dsr_position position = c->positions.items[i];
        bool open = !has_party(&position) && tried++ < OWNERLESS_MOST;
        const dsr_actor *owner = open ? find_owner(c, &position) : NULL;
        if (owner != NULL) {
            position.party = *owner;
            position.party.span = (dsr_span){0, 0};
        }
        if (has_party(&position)) {
            c->positions.items[kept++] = position;
        }
    }
    c->positions.count = kept;
}

/* A refusal answers the demand that stands within it, else the last one before it that another made on the
 * same issue. */
void dsr_positions_answer(dsr_coder *c)
{
    enum { BACK = 64 };
    give_owners(c);
    for (size_t i = 0; i < c->positions.count; i++) {
        dsr_position *p = &c->positions.items[i];
        if (p->stance != DSR_STANCE_REJECT && p->stance != DSR_STANCE_ACCEPT) {
            continue;
        }
        for (size_t k = i + 1; k < c->positions.count && c->positions.items[k].span.start < p->span.end;
             k++) {
            const dsr_position *inner = &c->positions.items[k];
            if (inner->stance == DSR_STANCE_DEMAND && !dsr_actor_same(&inner->party, &p->party)) {
                p->answers = inner->span;
                break;
            }
        }
        for (size_t k = i; p->answers.end == 0 && k > 0 && i - k < BACK; k--) {
            const dsr_position *before = &c->positions.items[k - 1];
            if (before->stance == DSR_STANCE_DEMAND && !dsr_actor_same(&before->party, &p->party) &&
                before->issue.len > 0 && dsr_slice_equal(before->issue, p->issue)) {
                p->answers = before->span;
            }
        }
    }
}
