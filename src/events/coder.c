/* The order of coding: which words of a sentence rules fit, and which of them stand within what another is
 * about. */
#include "events/coder.h"

#include "base/limits.h"
#include "events/events.h"

#include <stdlib.h>

/* Types whose complement is no event of its own: it is wanted, refused, threatened or agreed on. */
static bool is_about(const dsr_match *match)
{
    static const bool about[DSR_EVENT_TYPES] = {
        [DSR_EVENT_REQUEST] = true, [DSR_EVENT_REJECT] = true, [DSR_EVENT_THREATEN] = true,
        [DSR_EVENT_AGREE] = true,   [DSR_EVENT_ACCUSE] = true, [DSR_EVENT_SUPPORT] = true,
    };
    return match->rule->stance || about[match->rule->result];
}

/* "committed to working", "ready to leave": an adverbial clause that says what it is about, not when or why.
 */
static bool is_complement_of(const dsr_view *v, uint32_t clause)
{
    static const char *const marks[] = {"to",   "in", "from",  "on",      "of",
                                        "with", "at", "about", "against", "for"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (dsr_view_has_case(v, clause, dsr_rule_word(dsr_slice_of(marks[i])))) {
            return true;
        }
    }
    return false;
}

/* "talks amid a troop build-up": a noun beside a noun, not what that is about. */
static bool stands_beside(const dsr_view *v, const dsr_predicate *governor, uint32_t token)
{
    static const char *const about[] = {"of", "on", "for", "to", "about", "over", "by", "against"};
    bool noun = governor->match.rule != NULL && governor->match.rule->kind == DSR_RULE_NOUN;
    if (!noun || dsr_view_relation(v, token) != DSR_REL_NMOD) {
        return false;
    }
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        if (dsr_view_has_case(v, token, dsr_rule_word(dsr_slice_of(about[i])))) {
            return false;
        }
    }
    return true;
}

/* Whether the predicate hangs in a complement of another, and of which. Clauses of their own (relative,
 * adverbial) are nobody's complement; what is joined by "and" hangs where its first part does. */
static void find_governor(dsr_coder *c, dsr_predicate *p, const uint32_t *at)
{
    const dsr_view *v = &c->view;
    uint32_t token = p->token;
    bool clause = false;
    for (unsigned steps = 0; steps < 64 && v->syntax->tokens[token].head != DSR_SYNTAX_NONE; steps++) {
        dsr_relation kind = dsr_view_kind(v, token);
        uint32_t head = v->syntax->tokens[token].head;
        if (kind == DSR_REL_PARATAXIS || dsr_view_relation(v, token) == DSR_REL_ACL_RELCL ||
            (kind == DSR_REL_ADVCL && !is_complement_of(v, token)) ||
            dsr_syntax_is_subject(v->syntax, token) || v->subjects[token] != DSR_NO_TOKEN) {
            return;
        }
        if (kind == DSR_REL_CONJ && dsr_view_true_head(v, token) != head) {
            token = dsr_view_true_head(v, token);
            continue;
        }
        clause = clause || kind == DSR_REL_CCOMP;
        if (kind != DSR_REL_CONJ && at[head] != DSR_NO_TOKEN &&
            !stands_beside(v, &c->predicates[at[head]], token)) {
            const dsr_predicate *governor = &c->predicates[at[head]];
            p->governor = head;
            p->inner = governor->match.rule != NULL && (is_about(&governor->match) || !clause);
            return;
        }
        token = head;
    }
}

/* A look that costs little: most verbs have no "must", "should" or "have to" beside them. */
static bool may_be_must(const dsr_view *v, uint32_t verb)
{
    uint32_t head = v->syntax->tokens[verb].head;
    DSR_EACH_CHILD(v, verb, c)
    {
        if (v->syntax->tokens[c].xpos == DSR_XPOS_MD) {
            return true;
        }
    }
    return head != DSR_SYNTAX_NONE && (dsr_view_is(v, head, "have") || dsr_view_is(v, head, "need"));
}

dsr_status dsr_coder_predicates(dsr_coder *c, bool stance)
{
    const dsr_view *v = &c->view;
    c->predicates = dsr_arena_alloc_array(c->scratch, (size_t)v->count + 1, sizeof *c->predicates);
    uint32_t *at = dsr_arena_alloc_array(c->scratch, (size_t)v->count + 1, sizeof *at);
    c->predicate_count = 0;
    if (c->predicates == NULL || at == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t t = 0; t < v->count; t++) {
        dsr_predicate p = {.token = t, .governor = DSR_NO_TOKEN};
        at[t] = DSR_NO_TOKEN;
        bool named = v->names[t] != DSR_NO_TOKEN;
        bool found = !named && dsr_match_best(&c->sheet, v, t, stance, &p.match);
        if (found || (!named && dsr_view_is_verb(v, t) && may_be_must(v, t) && dsr_view_mood(v, t).must)) {
            at[t] = c->predicate_count;
            c->predicates[c->predicate_count++] = p;
        }
    }
    for (uint32_t i = 0; i < c->predicate_count; i++) {
        find_governor(c, &c->predicates[i], at);
    }
    return DSR_OK;
}

/* ---- what the report is about ---- */

typedef struct topics {
    size_t politics, others;
} topics;

/* Words of other topics that say nothing yet. */
enum { OTHERS_FREE = 3 };

static topics count_topics(const dsr_coding_rules *rules, const dsr_report *report,
                           const dsr_refer_sentence *sentences, size_t count)
{
    topics found = {0, 0};
    for (size_t i = 0; i < count; i++) {
        for (size_t t = 0; t < sentences[i].count; t++) {
            dsr_span span = sentences[i].tokens[t].span;
            dsr_slice topic = DSR_SLICE_NONE;
            if (sentences[i].tokens[t].kind == DSR_TOKEN_WORD && span.end - span.start > 1) {
                dsr_slice form = dsr_slice_part(report->text, span.start, span.end);
                topic = dsr_rule_name(rules, DSR_RULE_TOPIC, dsr_rule_word(form));
            }
            if (topic.len > 0) {
                bool politics = dsr_slice_equal(topic, DSR_SLICE("politics"));
                found.politics += politics;
                found.others += !politics;
            }
        }
    }
    return found;
}

/* ---- order ---- */

static int by_event(const void *a, const void *b)
{
    const dsr_event *one = a, *other = b;
    if (one->span.start != other->span.start) {
        return one->span.start < other->span.start ? -1 : 1;
    }
    if (one->span.end != other->span.end) {
        return one->span.end < other->span.end ? -1 : 1;
    }
    return one->action.start < other->action.start ? -1 : one->action.start > other->action.start;
}

static int by_position(const void *a, const void *b)
{
    const dsr_position *one = a, *other = b;
    if (one->span.start != other->span.start) {
        return one->span.start < other->span.start ? -1 : 1;
    }
    if (one->span.end != other->span.end) {
        return one->span.end < other->span.end ? -1 : 1;
    }
    if (one->action.start != other->action.start) {
        return one->action.start < other->action.start ? -1 : 1;
    }
    return one->party.span.start < other->party.span.start ? -1
                                                           : one->party.span.start > other->party.span.start;
}

/* Whom "they" of the next sentence means: the subject of this one, where it is many. */
static dsr_status remember_they(dsr_coder *c)
{
    const dsr_view *v = &c->view;
    uint32_t subject =
        v->syntax->root != DSR_SYNTAX_NONE ? dsr_view_subject(v, v->syntax->root) : DSR_NO_TOKEN;
    dsr_actors they = {NULL, 0, 0};
    unsigned strength = DSR_ACTOR_NOBODY;
    if (subject == DSR_NO_TOKEN) {
        return DSR_OK;
    }
    dsr_status status = dsr_coder_add_phrase(c, subject, &they, &strength);
    bool many = v->syntax->tokens[subject].xpos == DSR_XPOS_NNS || they.count > 1;
    if (status == DSR_OK && many && they.count > 0) {
        c->sheet.they = they;
    }
    return status;
}

static dsr_status code_sentence(dsr_coder *c, const dsr_refer_sentence *sentence)
{
    dsr_status status = dsr_view_open(c->scratch, sentence, &c->quote, &c->view);
    if (status == DSR_OK) {
        status = dsr_coder_predicates(c, false);
    }
    if (status == DSR_OK) {
        status = dsr_code_events(c);
    }
    if (status == DSR_OK) {
        status = dsr_coder_predicates(c, true);
    }
    if (status == DSR_OK) {
        status = dsr_code_positions(c);
    }
    return status == DSR_OK ? remember_they(c) : status;
}

/* Headlines tell what the body tells; only where there is nothing else are they read. */
static bool is_heading(const dsr_report *report, dsr_span sentence, size_t *furniture)
{
    while (*furniture < report->furniture.count &&
           report->furniture.items[*furniture].span.end <= sentence.start) {
        ++*furniture;
    }
    if (*furniture >= report->furniture.count ||
        report->furniture.items[*furniture].span.start >= sentence.end) {
        return false;
    }
    dsr_furniture_kind kind = report->furniture.items[*furniture].kind;
    return kind == DSR_FURNITURE_HEADLINE || kind == DSR_FURNITURE_SUBHEAD;
}

static dsr_status code_all(dsr_coder *c, const dsr_refer_sentence *sentences, size_t count)
{
    dsr_status status = DSR_OK;
    size_t furniture = 0;
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        if (sentences[i].syntax == NULL || sentences[i].count == 0 ||
            is_heading(c->report, c->report->sentences.items[i], &furniture)) {
            continue;
        }
        c->view.sentence = (uint32_t)i;
        status = code_sentence(c, &sentences[i]);
        dsr_arena_reset(c->scratch);
        if (c->events.count >= DSR_LIMIT_EVENTS || c->positions.count >= DSR_LIMIT_EVENTS) {
            break;
        }
    }
    return status;
}

dsr_status dsr_events_find(const dsr_event_tables *tables, dsr_arena *arena,
                           const dsr_refer_sentence *sentences, size_t count, dsr_report *report)
{
    topics about = count_topics(tables->rules, report, sentences, count);
    if (about.others > 2 * about.politics + OTHERS_FREE) {
        return DSR_OK;
    }
    dsr_arena *whole = dsr_arena_new(0);
    dsr_coder c = {.arena = arena,
                   .scratch = dsr_arena_new(0),
                   .report = report,
                   .light = dsr_rule_class(tables->rules, DSR_SLICE("LIGHT")),
                   .light_in = dsr_rule_class(tables->rules, DSR_SLICE("LIGHTIN")),
                   .light_of = dsr_rule_class(tables->rules, DSR_SLICE("LIGHTOF")),
                   .deny = dsr_rule_class(tables->rules, DSR_SLICE("DENY")),
                   .view = {.rules = tables->rules, .report = report}};
    dsr_status status = whole != NULL && c.scratch != NULL ? DSR_OK : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        status = dsr_actors_open(arena, whole, tables->rules, tables->known, report, &c.sheet);
    }
    if (status == DSR_OK) {
        c.sheet.political = about.politics > about.others;
        c.sheet.wholly_political = about.politics > 4 * about.others && about.politics > 1;
        dsr_actors_infer(&c.sheet, sentences, count);
        status = code_all(&c, sentences, count);
    }
    if (status == DSR_OK) {
        if (c.events.count > 1) {
            qsort(c.events.items, c.events.count, sizeof *c.events.items, by_event);
        }
        if (c.positions.count > 1) {
            qsort(c.positions.items, c.positions.count, sizeof *c.positions.items, by_position);
        }
        dsr_positions_answer(&c);
        report->events.items = c.events.items;
        report->events.count = report->events.capacity = c.events.count;
        report->positions.items = c.positions.items;
        report->positions.count = report->positions.capacity = c.positions.count;
    }
    dsr_arena_drop(c.scratch);
    dsr_arena_drop(whole);
    return status;
}
