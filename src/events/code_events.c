/* Events of one sentence: what type a predicate makes in its mood, who does it to whom, who says so. */
#include "base/limits.h"
#include "events/coder.h"

enum { DAYS_BACK = 183 };

/* What becomes of a rule's result in its mood. */
typedef struct result {
    dsr_event_type type;
    dsr_realis realis;
    dsr_slice mode, cameo, rule;
    bool none;
} result;

static bool is_mutual(dsr_event_type type)
{
    return type == DSR_EVENT_CONSULT || type == DSR_EVENT_AGREE || type == DSR_EVENT_COOPERATE;
}

static void turn(const dsr_coder *c, dsr_turn_when when, result *r)
{
    const dsr_rule_turn *own = &c->view.rules->turns[when][r->type];
    const dsr_rule_turn *any = &c->view.rules->turns[when][DSR_EVENT_TYPES];
    const dsr_rule_turn *found = own->set ? own : any;
    if (found->set) {
        r->type = (dsr_event_type)found->type;
        r->mode = found->mode;
        r->cameo = found->cameo;
        r->realis = DSR_REALIS_ACTUAL;
    }
}

static bool turns(const dsr_coder *c, dsr_turn_when when, dsr_event_type type)
{
    return c->view.rules->turns[when][type].set || c->view.rules->turns[when][DSR_EVENT_TYPES].set;
}

/* `said`: it stands in somebody's words, so that "would" tells of what is to come. */
static void apply_mood(const dsr_coder *c, dsr_mood mood, bool said, result *r)
{
    bool ahead = mood.future || (mood.would && said);
    r->realis = DSR_REALIS_ACTUAL;
    if (mood.if_clause) {
        r->none = true;
    } else if (mood.negated) {
        dsr_turn_when when = ahead || mood.would || mood.may ? DSR_TURN_REFUSED : DSR_TURN_NEGATED;
        r->realis = DSR_REALIS_DENIED;
        if (turns(c, when, r->type)) {
            turn(c, when, r);
        }
    } else if (mood.may || (mood.would && !said)) {
        r->realis = DSR_REALIS_HYPOTHETICAL;
    } else if (ahead && mood.unless && turns(c, DSR_TURN_UNLESS, r->type)) {
        turn(c, DSR_TURN_UNLESS, r);
        r->realis = DSR_REALIS_CONDITIONAL;
    } else if (ahead) {
        r->realis = DSR_REALIS_FUTURE;
        if (turns(c, DSR_TURN_FUTURE, r->type)) {
            turn(c, DSR_TURN_FUTURE, r);
        }
        r->realis = mood.conditional ? DSR_REALIS_CONDITIONAL : DSR_REALIS_FUTURE;
    } else if (mood.conditional && r->type != DSR_EVENT_THREATEN && r->type != DSR_EVENT_REQUEST) {
        r->realis = DSR_REALIS_CONDITIONAL;
    }
}

/* Mode and code by what the event speaks of: the first line of the rules whose words stand below it. */
static void refine(const dsr_coder *c, const dsr_predicate *p, dsr_token_range range, result *r)
{
    const dsr_view *v = &c->view;
    for (size_t i = 0; i < v->rules->contents.count; i++) {
        const dsr_rule_content *content = &v->rules->contents.items[i];
        if (content->type != (uint8_t)r->type) {
            continue;
        }
        for (uint32_t t = range.start; t < range.end; t++) {
            if (t != p->token && dsr_view_in(v, t, content->words) &&
                dsr_syntax_is_below(v->syntax, t, p->token)) {
                r->mode = content->mode;
                r->cameo = content->cameo.ptr != NULL ? content->cameo : r->cameo;
                return;
            }
        }
    }
}

static void set_history(const dsr_coder *c, dsr_event *event)
{
    const dsr_time *when = dsr_report_time_at(c->report, event->when);
    const dsr_moment *published = &c->report->meta.published;
    if (when == NULL || event->realis != DSR_REALIS_ACTUAL) {
        return;
    }
    if (published->iso.len > 0 && when->latest != DSR_NO_DAY &&
        (int64_t)when->latest + DAYS_BACK <= published->earliest / 86400) {
        event->realis = DSR_REALIS_HISTORICAL;
    }
}

/* ---- whether it counts ---- */

static bool has_side(const dsr_actors *actors)
{
    for (size_t i = 0; i < actors->count; i++) {
        if (dsr_actor_side(&actors->items[i]) != DSR_NO_ENTITY) {
            return true;
        }
    }
    return false;
}

/* What is said or agreed needs somebody political who says it; force needs somebody political on one side. */
static bool counts(const dsr_predicate *p, const result *r, const dsr_roles_found *roles, bool political,
                   bool placed)
{
    bool noun = p->match.rule != NULL && p->match.rule->kind == DSR_RULE_NOUN;
    unsigned most = roles->source > roles->target ? roles->source : roles->target;
    if (r->none || most == DSR_ACTOR_NOBODY) {
        return false;
    }
    if (noun && roles->light == DSR_NO_TOKEN && roles->source != DSR_ACTOR_STRONG) {
        return false;
    }
    /* "A car bomb killed twelve people in ...": nobody is named, but where it was. */
    if (r->type == DSR_EVENT_ASSAULT && political && placed && roles->target == DSR_ACTOR_WEAK) {
        return true;
    }
    bool force = r->type == DSR_EVENT_ASSAULT || r->type == DSR_EVENT_COERCE || r->type == DSR_EVENT_PROTEST;
    if (force) {
        bool sided = has_side(&roles->sources) || has_side(&roles->targets);
        return sided || (political && most == DSR_ACTOR_STRONG) ||
               (roles->source == DSR_ACTOR_WEAK && r->type == DSR_EVENT_PROTEST);
    }
    if (r->type == DSR_EVENT_CONSULT) {
        return roles->source == DSR_ACTOR_STRONG &&
               (roles->target != DSR_ACTOR_NOBODY || roles->sources.count > 1);
    }
    bool alone = r->type == DSR_EVENT_SANCTION || r->type == DSR_EVENT_MOBILIZE;
    return roles->source == DSR_ACTOR_STRONG ||
           (!alone && roles->source == DSR_ACTOR_WEAK && roles->target == DSR_ACTOR_STRONG);
}

/* "seized and annexed": one deed in two words. */
static bool repeats(const dsr_coder *c, const dsr_predicate *p, const dsr_event *event, size_t from)
{
    const dsr_view *v = &c->view;
    dsr_relation kind = dsr_view_kind(v, p->token);
    for (size_t i = from; i < c->events.count; i++) {
        const dsr_event *before = &c->events.items[i];
        bool joined =
            (kind == DSR_REL_CONJ || kind == DSR_REL_ADVCL) && before->action.start <= event->action.start;
        bool same = before->type == event->type && before->sources.count > 0 && event->sources.count > 0 &&
                    dsr_actor_same(&before->sources.items[0], &event->sources.items[0]);
        bool target = event->targets.count == 0 || before->targets.count == 0 ||
                      dsr_actor_same(&before->targets.items[0], &event->targets.items[0]);
        if (before->type == event->type && before->span.start == event->span.start &&
            before->span.end == event->span.end) {
            return true;
        }
        if (joined && same && (target || kind == DSR_REL_ADVCL)) {
            return true;
        }
    }
    return false;
}

/* ---- making ---- */

static dsr_status set_teller(const dsr_coder *c, const dsr_quote *said, dsr_event *event)
{
    event->told_by = DSR_NO_ACTOR;
    if (said == NULL) {
        return DSR_OK;
    }
    dsr_actor teller;
    (void)dsr_coder_speaker(c, said, &teller);
    for (size_t i = 0; i < event->sources.count; i++) {
        if (dsr_actor_same(&teller, &event->sources.items[i])) {
            return DSR_OK;
        }
    }
    event->told_by = teller;
    return dsr_actor_finish(&c->sheet, &event->told_by);
}

static dsr_status keep(dsr_coder *c, const dsr_event *event)
{
    if (c->events.count >= DSR_LIMIT_EVENTS) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(c->arena, &c->events, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    c->events.items[c->events.count++] = *event;
    return DSR_OK;
}

/* "Libya must hand over ...", somebody said: he asks it of Libya. */
static dsr_status ask(const dsr_coder *c, const dsr_predicate *p, const dsr_quote *said,
                      dsr_roles_found *roles, result *r)
{
    dsr_status status = dsr_coder_give_to_speaker(c, said, roles);
    r->none = roles->source != DSR_ACTOR_STRONG || !c->view.rules->turns[DSR_TURN_MUST][DSR_EVENT_TYPES].set;
    turn(c, DSR_TURN_MUST, r);
    r->rule = DSR_SLICE("turn must");
    size_t before = roles->targets.count;
    if (status == DSR_OK && before == 0) {
        status =
            dsr_coder_add_phrase(c, dsr_view_object(&c->view, p->token), &roles->targets, &roles->target);
    }
    dsr_coder_tell_apart(roles);
    r->none = r->none || roles->targets.count == 0;
    return status;
}

/* "denied that its troops crossed the border" */
static bool is_denied(const dsr_coder *c, const dsr_predicate *p)
{
    const dsr_view *v = &c->view;
    uint32_t token = p->token;
    for (unsigned steps = 0; steps < 6 && c->deny != DSR_RULE_NONE; steps++) {
        dsr_relation kind = dsr_view_kind(v, token);
        uint32_t head = v->syntax->tokens[token].head;
        if (head == DSR_SYNTAX_NONE || (kind != DSR_REL_CCOMP && kind != DSR_REL_XCOMP &&
                                        kind != DSR_REL_OBJ && kind != DSR_REL_ADVCL)) {
            return false;
        }
        if (dsr_view_in(v, head, c->deny)) {
            return true;
        }
        token = head;
    }
    return false;
}

/* "unless he arranged a truce and held elections": what stands in a condition has not happened, whatever of
 * it. */
static bool is_condition(const dsr_coder *c, const dsr_predicate *p)
{
    const dsr_view *v = &c->view;
    uint32_t token = p->token;
    for (unsigned steps = 0; steps < 8; steps++) {
        dsr_relation kind = dsr_view_kind(v, token);
        uint32_t head = v->syntax->tokens[token].head;
        if (dsr_view_is_condition(v, token)) {
            return true;
        }
        if (head == DSR_SYNTAX_NONE || kind == DSR_REL_PARATAXIS || kind == DSR_REL_CCOMP) {
            return false;
        }
        token = head;
    }
    return false;
}

static dsr_status make(dsr_coder *c, const dsr_predicate *p, size_t from)
{
    const dsr_rule *rule = p->match.rule;
    const dsr_quote *said = dsr_coder_said(c, p->token);
    result r = {.realis = DSR_REALIS_ACTUAL, .none = rule == NULL};
    dsr_roles_found roles;
    if (rule != NULL) {
        r = (result){.type = (dsr_event_type)rule->result,
                     .mode = rule->mode,
                     .cameo = rule->cameo,
                     .rule = p->match.head->name};
    }
    dsr_status status = dsr_coder_roles(c, p, rule != NULL && is_mutual(r.type), &roles);
    if (status != DSR_OK) {
        return status;
    }
    dsr_mood mood = dsr_coder_mood(c, p, roles.light);
    if (dsr_coder_wants_negation(c, p)) {
        mood.negated = mood.may = mood.would = mood.future = false;
    }
    if (mood.must || rule == NULL) {
        status = ask(c, p, said, &roles, &r);
    } else if (dsr_coder_wants_speaker(c, p)) {
        status = dsr_coder_give_to_speaker(c, said, &roles);
    } else {
        apply_mood(c, mood, said != NULL, &r);
        r.realis = is_denied(c, p) ? DSR_REALIS_DENIED : r.realis;
    }
    r.none = r.none || is_condition(c, p);
    dsr_token_range range = dsr_coder_clause(c, p, roles.light);
    dsr_span where = dsr_coder_where(c, range, &roles.targets);
    if (status != DSR_OK || !counts(p, &r, &roles, c->sheet.political, where.end > 0)) {
        return status;
    }
    refine(c, p, range, &r);
    dsr_event event = {.span = dsr_coder_span(c, range),
                       .action = c->view.tokens[p->token].span,
                       .type = r.type,
                       .realis = r.realis,
                       .mode = r.mode,
                       .cameo = r.cameo,
                       .rule = r.rule,
                       .sources = roles.sources,
                       .targets = roles.targets,
                       .when = dsr_coder_when(c, range, roles.light != DSR_NO_TOKEN ? roles.light : p->token),
                       .where = where};
    set_history(c, &event);
    status = set_teller(c, said, &event);
    if (status == DSR_OK && roles.sources.count > 1) {
        c->sheet.they = roles.sources;
    }
    return status == DSR_OK && !repeats(c, p, &event, from) ? keep(c, &event) : status;
}

dsr_status dsr_code_events(dsr_coder *c)
{
    size_t from = c->events.count;
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < c->predicate_count; i++) {
        const dsr_predicate *p = &c->predicates[i];
        bool noun = p->match.rule != NULL && p->match.rule->kind == DSR_RULE_NOUN;
        bool asks = noun && p->match.rule->result == DSR_EVENT_REQUEST;
        if (!p->inner || asks) {
            status = make(c, p, from);
        }
    }
    return status;
}
