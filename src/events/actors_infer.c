/* For which state somebody speaks whose office is told without it: "President X has warned that Lima would
 * ...". The state that one says will do something, or that one's own government stands for ("X's Quirinal"),
 * is most often one's own. Must not know rules. */
#include "events/actors.h"

enum { VOTES_MOST = 256, OWN_GOVERNMENT = 3, WILL_DO = 1 };

typedef struct vote {
    uint32_t person, state, count;
} vote;

typedef struct ballot {
    const dsr_actor_sheet *sheet;
    vote votes[VOTES_MOST];
    size_t count;
} ballot;

static void cast(ballot *b, uint32_t person, uint32_t state, uint32_t weight)
{
    for (size_t i = 0; i < b->count; i++) {
        if (b->votes[i].person == person && b->votes[i].state == state) {
            b->votes[i].count += weight;
            return;
        }
    }
    if (b->count < VOTES_MOST) {
        b->votes[b->count++] = (vote){person, state, weight};
    }
}

/* Somebody with an office and no state. */
static bool is_open(const dsr_actor_sheet *sheet, uint32_t entity)
{
    return entity < sheet->report->entities.count &&
           sheet->report->entities.items[entity].type == DSR_NAME_PER &&
           sheet->entries[entity].side == DSR_NO_ENTITY &&
           sheet->entries[entity].strength != DSR_ACTOR_NOBODY;
}

/* The state of a name; DSR_NO_ENTITY for what is none. */
static uint32_t state_of(const dsr_actor_sheet *sheet, const dsr_name *name)
{
    if (name->metonym_for != DSR_NO_ENTITY) {
        return name->metonym_for;
    }
    bool place = name->type == DSR_NAME_GPE && sheet->entries[name->entity].strength == DSR_ACTOR_STRONG;
    return place && sheet->entries[name->entity].side == DSR_NO_ENTITY ? name->entity : DSR_NO_ENTITY;
}

static bool is_ahead(const dsr_syntax *syntax, uint32_t verb)
{
    for (uint32_t c = syntax->first_child[verb]; c != DSR_SYNTAX_NONE; c = syntax->next_child[c]) {
        if (syntax->tokens[c].relation == DSR_REL_AUX && syntax->tokens[c].xpos == DSR_XPOS_MD) {
            return true;
        }
    }
    return false;
}

/* The subject before a modal verb, or the noun right before one: parsers lose it to the verb of speech. */
static bool will_act(const dsr_syntax *syntax, uint32_t token)
{
    uint32_t head = syntax->tokens[token].head;
    if (dsr_syntax_is_subject(syntax, token) && head != DSR_SYNTAX_NONE) {
        return is_ahead(syntax, head);
    }
    return token + 1 < syntax->count && syntax->tokens[token + 1].xpos == DSR_XPOS_MD;
}

static uint32_t speaker_at(const dsr_report *report, size_t *quote, uint32_t at)
{
    while (*quote < report->quotes.count && report->quotes.items[*quote].span.end <= at) {
        ++*quote;
    }
    for (size_t i = *quote; i < report->quotes.count && report->quotes.items[i].span.start <= at; i++) {
        if (report->quotes.items[i].span.end > at && report->quotes.items[i].entity != DSR_NO_ENTITY) {
            return report->quotes.items[i].entity;
        }
    }
    return DSR_NO_ENTITY;
}

static void read_name(ballot *b, const dsr_refer_sentence *s, const dsr_name *name, uint32_t token,
                      uint32_t speaker)
{
    const dsr_syntax *syntax = s->syntax;
    uint32_t state = state_of(b->sheet, name);
    if (state == DSR_NO_ENTITY) {
        return;
    }
    if (is_open(b->sheet, speaker) && will_act(syntax, token)) {
        cast(b, speaker, state, WILL_DO);
    }
}

/* "X's Quirinal" */
static void read_owner(ballot *b, const dsr_refer_sentence *s, const dsr_name *owner, const dsr_name *owned)
{
    (void)s;
    uint32_t state = owned != NULL ? state_of(b->sheet, owned) : DSR_NO_ENTITY;
    bool beside =
        owned != NULL && owned->span.start >= owner->span.end && owned->span.start - owner->span.end <= 5;
    dsr_slice between =
        beside ? dsr_slice_part(b->sheet->report->text, owner->span.end, owned->span.start) : DSR_SLICE_NONE;
    bool owns =
        between.len >= 3 && between.ptr[between.len - 1] == ' ' && between.ptr[between.len - 2] == 's';
    if (owns && state != DSR_NO_ENTITY && is_open(b->sheet, owner->entity)) {
        cast(b, owner->entity, state, OWN_GOVERNMENT);
    }
}

static void read_sentence(ballot *b, const dsr_refer_sentence *s, size_t *name, size_t *quote)
{
    const dsr_report *report = b->sheet->report;
    for (uint32_t t = 0; t < s->count; t++) {
        while (*name < report->names.count &&
               report->names.items[*name].span.end <= s->tokens[t].span.start) {
            ++*name;
        }
        if (*name >= report->names.count) {
            return;
        }
        const dsr_name *n = &report->names.items[*name];
        if (n->span.start != s->tokens[t].span.start) {
            continue;
        }
        /* The words that are told may begin behind the name: "warned Lima would ...". */
        uint32_t speaker = speaker_at(report, quote, n->span.start);
        if (speaker == DSR_NO_ENTITY && t + 1 < s->count && s->syntax->tokens[t + 1].xpos == DSR_XPOS_MD) {
            speaker = speaker_at(report, quote, s->tokens[t + 1].span.start);
        }
        read_name(b, s, n, t, speaker);
        read_owner(b, s, n, *name + 1 < report->names.count ? n + 1 : NULL);
    }
}

void dsr_actors_infer(dsr_actor_sheet *sheet, const dsr_refer_sentence *sentences, size_t count)
{
    ballot b = {.sheet = sheet, .count = 0};
    size_t name = 0, quote = 0;
    bool any = false;
    for (uint32_t i = 0; i < sheet->report->entities.count; i++) {
        any = any || is_open(sheet, i);
    }
    for (size_t i = 0; any && i < count; i++) {
        if (sentences[i].syntax != NULL && sentences[i].syntax->count == sentences[i].count) {
            read_sentence(&b, &sentences[i], &name, &quote);
        }
    }
    for (size_t i = 0; i < b.count; i++) {
        const vote *best = &b.votes[i];
        for (size_t k = 0; k < b.count; k++) {
            bool same = b.votes[k].person == best->person;
            best = same && (b.votes[k].count > best->count) ? &b.votes[k] : best;
        }
        sheet->entries[best->person].side = best->state;
        sheet->entries[best->person].strength = DSR_ACTOR_STRONG;
    }
}
