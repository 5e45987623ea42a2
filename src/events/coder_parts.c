/* Actors, mood, time and place of a predicate. Must not know what type of event it makes. */
#include "events/coder.h"

#include <string.h>

dsr_span dsr_coder_span(const dsr_coder *c, dsr_token_range range)
{
    return (dsr_span){c->view.tokens[range.start].span.start, c->view.tokens[range.end - 1].span.end};
}

static uint32_t token_at(const dsr_view *v, uint32_t at)
{
    uint32_t low = 0, high = v->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (v->tokens[middle].span.end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const dsr_quote *dsr_coder_said(const dsr_coder *c, uint32_t token)
{
    const dsr_quote *best = NULL;
    uint32_t start = c->view.tokens[token].span.start, end = c->view.tokens[token].span.end;
    uint32_t last = c->view.tokens[c->view.count - 1].span.end;
    for (size_t i = c->quote; i < c->report->quotes.count && c->report->quotes.items[i].span.start < last;
         i++) {
        const dsr_quote *quote = &c->report->quotes.items[i];
        bool in = quote->span.start <= start && quote->span.end >= end && quote->kind != DSR_QUOTE_SCARE;
        bool own = quote->cue.start < end && quote->cue.end > start;
        bool spoken = quote->entity != DSR_NO_ENTITY || quote->speaker.end > 0;
        if (in && !own && spoken &&
            (best == NULL || quote->span.end - quote->span.start <= best->span.end - best->span.start)) {
            best = quote;
        }
    }
    return best;
}

unsigned dsr_coder_speaker(const dsr_coder *c, const dsr_quote *said, dsr_actor *out)
{
    unsigned best = dsr_actor_of_entity(&c->sheet, said->entity, out);
    const dsr_view *v = &c->view;
    out->span = said->speaker;
    for (uint32_t t = token_at(v, said->speaker.start);
         best == DSR_ACTOR_NOBODY && t < v->count && v->tokens[t].span.start < said->speaker.end; t++) {
        dsr_actor actor;
        unsigned strength = dsr_actor_at(&c->sheet, v, t, &actor);
        if (strength > best) {
            best = strength;
            *out = actor;
        }
    }
    return best;
}

/* ---- who ---- */

static bool hangs_as_part(dsr_relation kind)
{
    return kind == DSR_REL_NMOD || kind == DSR_REL_AMOD || kind == DSR_REL_COMPOUND || kind == DSR_REL_FLAT ||
           kind == DSR_REL_APPOS || kind == DSR_REL_CONJ;
}

static dsr_status add_below(const dsr_coder *c, uint32_t token, unsigned depth, dsr_actors *to,
                            unsigned *strength)
{
    const dsr_view *v = &c->view;
    dsr_status status = DSR_OK;
    for (uint32_t child = v->syntax->first_child[token]; status == DSR_OK && child != DSR_SYNTAX_NONE;
         child = v->syntax->next_child[child]) {
        if (!hangs_as_part(dsr_view_kind(v, child))) {
            continue;
        }
        size_t before = to->count;
        status = dsr_actors_add(&c->sheet, v, child, to, strength);
        if (status == DSR_OK && to->count == before && depth > 0) {
            status = add_below(c, child, depth - 1, to, strength);
        }
    }
    return status;
}

dsr_status dsr_coder_add_phrase(const dsr_coder *c, uint32_t token, dsr_actors *to, unsigned *strength)
{
    if (token == DSR_NO_TOKEN) {
        return DSR_OK;
    }
    size_t before = to->count;
    dsr_status status = dsr_actors_add(&c->sheet, &c->view, token, to, strength);
    return status == DSR_OK && to->count == before ? add_below(c, token, 2, to, strength) : status;
}

dsr_status dsr_coder_add_by(const dsr_coder *c, uint32_t token, const char *prepositions, dsr_actors *to,
                            unsigned *strength)
{
    const dsr_view *v = &c->view;
    dsr_slice list = dsr_slice_of(prepositions), one;
    dsr_status status = DSR_OK;
    while (status == DSR_OK && dsr_slice_next_field(&list, '|', &one)) {
        uint64_t word = dsr_rule_word(one);
        for (uint32_t child = v->syntax->first_child[token]; status == DSR_OK && child != DSR_SYNTAX_NONE;
             child = v->syntax->next_child[child]) {
            dsr_relation kind = dsr_view_kind(v, child);
            if ((kind == DSR_REL_NMOD || kind == DSR_REL_OBL) && dsr_view_has_case(v, child, word)) {
                status = dsr_coder_add_phrase(c, child, to, strength);
            }
        }
    }
    return status;
}

/* ---- verbs ---- */

/* Whom a clause that is asked for, refused or threatened speaks of. */
static dsr_status add_of_content(const dsr_coder *c, uint32_t token, dsr_actors *to, unsigned *strength)
{
    const dsr_view *v = &c->view;
    dsr_status status = DSR_OK;
    for (uint32_t child = v->syntax->first_child[token]; status == DSR_OK && child != DSR_SYNTAX_NONE;
         child = v->syntax->next_child[child]) {
        dsr_relation kind = dsr_view_kind(v, child);
        if (kind == DSR_REL_CCOMP || kind == DSR_REL_XCOMP) {
            uint32_t subject = dsr_syntax_subject(v->syntax, child);
            status = dsr_coder_add_phrase(c, subject, to, strength);
            if (status == DSR_OK && to->count == 0) {
                status = dsr_coder_add_phrase(c, dsr_view_object(v, child), to, strength);
            }
            if (status == DSR_OK && (to->count == 0 || kind == DSR_REL_XCOMP)) {
                status = dsr_coder_add_by(c, child, "with|to|against|on|from|into", to, strength);
            }
        }
    }
    return status;
}

static dsr_status verb_roles(const dsr_coder *c, uint32_t token, bool adjective, dsr_roles_found *out)
{
    static const char targets[] =
        "with|to|against|between|on|at|for|from|toward|towards|of|over|near|into|in";
    const dsr_view *v = &c->view;
    uint32_t object = dsr_view_object(v, token);
    uint32_t iobj = dsr_syntax_child(v->syntax, token, DSR_REL_IOBJ);
    uint32_t subject = dsr_view_subject(v, token);
    if (adjective && dsr_view_is_passive(v, token)) {
        subject = object; /* "is prepared to" */
        object = DSR_NO_TOKEN;
    }
    dsr_status status = dsr_coder_add_phrase(c, subject, &out->sources, &out->source);
    if (status == DSR_OK && iobj != DSR_SYNTAX_NONE) {
        status = dsr_coder_add_phrase(c, iobj, &out->targets, &out->target);
    }
    if (status == DSR_OK) {
        status = dsr_coder_add_phrase(c, object, &out->targets, &out->target);
    }
    if (status == DSR_OK && out->targets.count == 0) {
        status = dsr_coder_add_by(c, token, targets, &out->targets, &out->target);
    }
    if (status == DSR_OK && out->targets.count == 0 && object != DSR_NO_TOKEN) {
        status = dsr_coder_add_by(c, object, targets, &out->targets, &out->target);
    }
    return status == DSR_OK && out->targets.count == 0 ? add_of_content(c, token, &out->targets, &out->target)
                                                       : status;
}

/* ---- nouns ---- */

static bool is_modifier(const dsr_view *v, uint32_t child)
{
    dsr_relation kind = dsr_view_kind(v, child);
    return kind == DSR_REL_AMOD || kind == DSR_REL_COMPOUND ||
           dsr_view_relation(v, child) == DSR_REL_NMOD_POSS;
}

/* A noun that is object of a light verb, or hangs on one by a preposition: "take part in drills". */
static uint32_t light_verb(const dsr_coder *c, uint32_t noun)
{
    const dsr_view *v = &c->view;
    uint32_t head = v->syntax->tokens[noun].head;
    dsr_relation kind = dsr_view_kind(v, noun);
    if (kind == DSR_REL_CONJ && head != DSR_SYNTAX_NONE) {
        kind = dsr_view_kind(v, head);
        head = v->syntax->tokens[head].head;
    }
    if (head == DSR_SYNTAX_NONE || !dsr_view_is_verb(v, head)) {
        return DSR_NO_TOKEN;
    }
    bool object = kind == DSR_REL_OBJ || dsr_view_relation(v, noun) == DSR_REL_NSUBJ_PASS;
    uint32_t verbs = object                                           ? c->light
                     : kind == DSR_REL_OBL                            ? c->light_in
                     : kind == DSR_REL_NSUBJ || kind == DSR_REL_CSUBJ ? c->light_of
                                                                      : DSR_RULE_NONE;
    return verbs != DSR_RULE_NONE && dsr_view_in(v, head, verbs) ? head : DSR_NO_TOKEN;
}

/* The last possessor before the noun: the nearest, where the parser found several. */
static uint32_t owner_of(const dsr_view *v, uint32_t noun)
{
    uint32_t owner = DSR_NO_TOKEN;
    for (uint32_t child = v->syntax->first_child[noun]; child != DSR_SYNTAX_NONE;
         child = v->syntax->next_child[child]) {
        owner = dsr_view_relation(v, child) == DSR_REL_NMOD_POSS && child < noun ? child : owner;
    }
    return owner;
}

static dsr_status noun_sources(const dsr_coder *c, uint32_t token, dsr_roles_found *out)
{
    const dsr_view *v = &c->view;
    dsr_status status = DSR_OK;
    uint32_t owner = owner_of(v, token);
    if (owner != DSR_NO_TOKEN) {
        status = dsr_coder_add_phrase(c, owner, &out->sources, &out->source);
    }
    for (uint32_t child = v->syntax->first_child[token];
         status == DSR_OK && out->sources.count == 0 && child != DSR_SYNTAX_NONE;
         child = v->syntax->next_child[child]) {
        if (is_modifier(v, child)) {
            status = dsr_coder_add_phrase(c, child, &out->sources, &out->source);
        }
    }
    if (status == DSR_OK) {
        status = dsr_coder_add_by(c, token, "by|from|between", &out->sources, &out->source);
    }
    out->light = light_verb(c, token);
    bool lent = out->light != DSR_NO_TOKEN && dsr_view_subject(v, out->light) != token;
    if (status == DSR_OK && lent) {
        status = dsr_coder_add_phrase(c, dsr_view_subject(v, out->light), &out->sources, &out->source);
    }
    if (status == DSR_OK && out->light != DSR_NO_TOKEN) {
        status = dsr_coder_add_by(c, out->light, "between", &out->sources, &out->source);
    }
    return status;
}

static dsr_status noun_roles(const dsr_coder *c, uint32_t token, bool mutual, dsr_roles_found *out)
{
    static const char targets[] = "of|against|on|with|to|for|near|into|in|at|toward|towards|over|along";
    dsr_status status = noun_sources(c, token, out);
    if (status == DSR_OK && mutual) {
        return dsr_coder_add_by(c, token, "with|of|among", &out->sources, &out->source);
    }
    if (status == DSR_OK) {
        status = dsr_coder_add_by(c, token, targets, &out->targets, &out->target);
    }
    return status == DSR_OK && out->light != DSR_NO_TOKEN && out->targets.count == 0
               ? dsr_coder_add_by(c, out->light, targets, &out->targets, &out->target)
               : status;
}

void dsr_coder_tell_apart(dsr_roles_found *roles)
{
    size_t kept = 0;
    for (size_t i = 0; i < roles->targets.count; i++) {
        bool source = false;
        for (size_t k = 0; k < roles->sources.count; k++) {
            source = source || dsr_actor_same(&roles->targets.items[i], &roles->sources.items[k]);
        }
        if (!source) {
            roles->targets.items[kept++] = roles->targets.items[i];
        }
    }
    roles->targets.count = kept;
    roles->target = kept > 0 ? roles->target : DSR_ACTOR_NOBODY;
}

dsr_status dsr_coder_roles(const dsr_coder *c, const dsr_predicate *p, bool mutual, dsr_roles_found *out)
{
    *out = (dsr_roles_found){.light = DSR_NO_TOKEN};
    bool noun = p->match.rule != NULL && p->match.rule->kind == DSR_RULE_NOUN;
    dsr_status status =
        noun ? noun_roles(c, p->token, mutual, out)
             : verb_roles(c, p->token, p->match.rule != NULL && p->match.rule->kind == DSR_RULE_ADJ, out);
    dsr_coder_tell_apart(out);
    return status;
}

/* ---- clause, mood, time, place ---- */

/* A noun and what hangs on it, without relative clauses. */
static dsr_token_range phrase_range(const dsr_view *v, uint32_t noun)
{
    dsr_token_range range = {noun, noun + 1};
    for (uint32_t child = v->syntax->first_child[noun]; child != DSR_SYNTAX_NONE;
         child = v->syntax->next_child[child]) {
        dsr_relation kind = dsr_view_kind(v, child);
        bool other = dsr_view_relation(v, child) == DSR_REL_NMOD_POSS && child != owner_of(v, noun);
        if (other || kind == DSR_REL_CASE || kind == DSR_REL_MARK || kind == DSR_REL_CONJ ||
            kind == DSR_REL_CC || kind == DSR_REL_PUNCT || kind == DSR_REL_APPOS ||
            dsr_view_relation(v, child) == DSR_REL_ACL_RELCL) {
            continue;
        }
        dsr_token_range part = dsr_syntax_subtree(v->syntax, child);
        range.start = part.start < range.start ? part.start : range.start;
        range.end = part.end > range.end ? part.end : range.end;
    }
    uint32_t lent = dsr_view_lent_infinitive(v, noun);
    if (lent != DSR_NO_TOKEN) {
        dsr_token_range part = dsr_syntax_subtree(v->syntax, lent);
        range.end = part.end > range.end ? part.end : range.end;
    }
    return range;
}

dsr_token_range dsr_coder_clause(const dsr_coder *c, const dsr_predicate *p, uint32_t light)
{
    bool noun = p->match.rule != NULL && p->match.rule->kind == DSR_RULE_NOUN;
    if (!noun) {
        return dsr_view_clause(&c->view, p->token);
    }
    return light != DSR_NO_TOKEN ? dsr_view_clause(&c->view, light) : phrase_range(&c->view, p->token);
}

dsr_mood dsr_coder_mood(const dsr_coder *c, const dsr_predicate *p, uint32_t light)
{
    const dsr_view *v = &c->view;
    bool noun = p->match.rule != NULL && p->match.rule->kind == DSR_RULE_NOUN;
    if (!noun) {
        return dsr_view_mood(v, p->token);
    }
    dsr_mood mood = {0};
    if (light != DSR_NO_TOKEN) {
        mood = dsr_view_mood(v, light);
    }
    for (uint32_t child = v->syntax->first_child[p->token]; child != DSR_SYNTAX_NONE;
         child = v->syntax->next_child[child]) {
        static const char *const ahead[] = {"next", "planned", "upcoming", "future",   "forthcoming",
                                            "new",  "further", "more",     "possible", "proposed"};
        mood.negated = mood.negated || (child < p->token && dsr_view_is(v, child, "no"));
        for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) {
            mood.future = mood.future || (light == DSR_NO_TOKEN && dsr_view_is(v, child, ahead[i]));
        }
        mood.may = mood.may || dsr_view_is(v, child, "possible") || dsr_view_is(v, child, "potential");
    }
    return mood;
}

/* Whether a token tells of the predicate itself, not of a clause within what hangs on it. */
static bool is_own(const dsr_view *v, uint32_t token, uint32_t predicate)
{
    for (unsigned steps = 0; steps < 32 && token != predicate; steps++) {
        dsr_relation kind = dsr_view_kind(v, token);
        uint32_t head = v->syntax->tokens[token].head;
        bool clause = dsr_view_is_verb(v, token) &&
                      (kind == DSR_REL_ACL || kind == DSR_REL_ADVCL || kind == DSR_REL_CCOMP ||
                       kind == DSR_REL_PARATAXIS || (kind == DSR_REL_CONJ && head != predicate));
        if (clause || head == DSR_SYNTAX_NONE) {
            return false;
        }
        token = head;
    }
    return token == predicate;
}

dsr_span dsr_coder_when(const dsr_coder *c, dsr_token_range range, uint32_t predicate)
{
    dsr_span span = dsr_coder_span(c, range);
    const dsr_time *items = c->report->times.items;
    size_t low = 0, high = c->report->times.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].span.start < span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < c->report->times.count && items[low].span.start < span.end; low++) {
        uint32_t token = token_at(&c->view, items[low].span.end - 1);
        if ((items[low].type == DSR_TIME_DATE || items[low].type == DSR_TIME_TIME) && token < c->view.count &&
            is_own(&c->view, token, predicate)) {
            return items[low].span;
        }
    }
    return (dsr_span){0, 0};
}

dsr_span dsr_coder_where(const dsr_coder *c, dsr_token_range range, const dsr_actors *not_these)
{
    static const char *const places[] = {"in",     "at",     "near",   "outside",
                                         "inside", "around", "across", "along"};
    const dsr_view *v = &c->view;
    for (uint32_t t = range.start; t < range.end; t++) {
        if (v->names[t] == DSR_NO_TOKEN || v->syntax->tokens[t].head == DSR_SYNTAX_NONE) {
            continue;
        }
        const dsr_name *name = &c->report->names.items[v->names[t]];
        bool place = name->type == DSR_NAME_GPE || name->type == DSR_NAME_LOC || name->type == DSR_NAME_FAC;
        bool found = false;
        for (size_t i = 0; place && !found && i < sizeof places / sizeof *places; i++) {
            found = dsr_view_has_case(v, t, dsr_rule_word(dsr_slice_of(places[i])));
        }
        for (size_t i = 0; found && i < not_these->count; i++) {
            found = not_these->items[i].span.start != name->span.start;
        }
        if (found) {
            return name->span;
        }
    }
    return (dsr_span){0, 0};
}

static bool wants(const dsr_coder *c, const dsr_predicate *p, dsr_slot_kind kind)
{
    const dsr_rule *rule = p->match.rule;
    for (unsigned i = 0; rule != NULL && i < rule->slot_count; i++) {
        const dsr_rule_slot *slot = &c->view.rules->slots.items[rule->slots + i];
        if (slot->kind == kind && !slot->not ) {
            return true;
        }
    }
    return false;
}

bool dsr_coder_wants_negation(const dsr_coder *c, const dsr_predicate *p)
{
    return wants(c, p, DSR_SLOT_NEG);
}

bool dsr_coder_wants_speaker(const dsr_coder *c, const dsr_predicate *p)
{
    return wants(c, p, DSR_SLOT_SAID);
}

dsr_status dsr_coder_give_to_speaker(const dsr_coder *c, const dsr_quote *said, dsr_roles_found *roles)
{
    dsr_actor speaker;
    unsigned strength = said != NULL ? dsr_coder_speaker(c, said, &speaker) : DSR_ACTOR_NOBODY;
    if (roles->sources.count > 0) {
        roles->targets = roles->sources;
        roles->target = roles->source;
    }
    roles->sources = (dsr_actors){NULL, 0, 0};
    roles->source = strength;
    if (strength == DSR_ACTOR_NOBODY) {
        return DSR_OK;
    }
    dsr_status status = dsr_actors_put(&c->sheet, &roles->sources, &speaker);
    dsr_coder_tell_apart(roles);
    return status;
}
