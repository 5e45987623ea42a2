/* Words and grammar of one sentence. Must not know what a rule's result means. */
#include "events/view.h"

#include "base/utf8.h"

#include <string.h>

/* ---- opening ---- */

static uint32_t first_token_at(const dsr_refer_sentence *s, uint32_t at)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->tokens[middle].span.end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

/* Names and references are ordered by start: those of the sentence are found by halving. */
#define FIRST_BEHIND(list, at, out)                                                                          \
    do {                                                                                                     \
        size_t low_ = 0, high_ = (list).count;                                                               \
        while (low_ < high_) {                                                                               \
            size_t middle_ = low_ + (high_ - low_) / 2;                                                      \
            if ((list).items[middle_].span.end <= (at)) {                                                    \
                low_ = middle_ + 1;                                                                          \
            } else {                                                                                         \
                high_ = middle_;                                                                             \
            }                                                                                                \
        }                                                                                                    \
        *(out) = low_;                                                                                       \
    } while (0)

static void mark(uint32_t *marks, const dsr_refer_sentence *s, dsr_span span, uint32_t value)
{
    for (uint32_t t = first_token_at(s, span.start); t < s->count && s->tokens[t].span.start < span.end;
         t++) {
        marks[t] = value;
    }
}

static void mark_names(dsr_view *v, const dsr_refer_sentence *s)
{
    uint32_t start = s->tokens[0].span.start, end = s->tokens[s->count - 1].span.end;
    size_t i;
    FIRST_BEHIND(v->report->names, start, &i);
    for (; i < v->report->names.count && v->report->names.items[i].span.start < end; i++) {
        mark(v->names, s, v->report->names.items[i].span, (uint32_t)i);
    }
    FIRST_BEHIND(v->report->references, start, &i);
    for (; i < v->report->references.count && v->report->references.items[i].span.start < end; i++) {
        mark(v->references, s, v->report->references.items[i].span, (uint32_t)i);
    }
}

static void mark_quotes(dsr_view *v, const dsr_refer_sentence *s, size_t *quote)
{
    uint32_t start = s->tokens[0].span.start, end = s->tokens[s->count - 1].span.end;
    size_t count = v->report->quotes.count;
    const dsr_quote *quotes = v->report->quotes.items;
    while (*quote < count && quotes[*quote].span.end <= start) {
        ++*quote;
    }
    for (size_t i = *quote; i < count && quotes[i].span.start < end; i++) {
        if (quotes[i].span.end > start && quotes[i].kind != DSR_QUOTE_INDIRECT &&
            quotes[i].kind != DSR_QUOTE_SCARE) {
            mark(v->quotes, s, quotes[i].span, (uint32_t)i);
        }
    }
}

bool dsr_view_has_case(const dsr_view *v, uint32_t token, uint64_t preposition)
{
    DSR_EACH_CHILD(v, token, c)
    {
        dsr_relation kind = dsr_view_kind(v, c);
        if ((kind == DSR_REL_CASE || kind == DSR_REL_MARK) && v->lemmas[c] == preposition) {
            return true;
        }
    }
    return false;
}

static uint32_t agent_of(const dsr_view *v, uint32_t predicate)
{
    DSR_EACH_CHILD(v, predicate, c)
    {
        dsr_relation relation = dsr_view_relation(v, c);
        if (relation == DSR_REL_OBL_AGENT ||
            (dsr_view_kind(v, c) == DSR_REL_OBL && dsr_view_has_case(v, c, v->rules->by))) {
            return c;
        }
    }
    return DSR_NO_TOKEN;
}

/* From a word up to the noun phrase that stands whole before `end`. */
static uint32_t top_before(const dsr_view *v, uint32_t token, uint32_t end)
{
    for (unsigned steps = 0; steps < 8; steps++) {
        uint32_t head = v->syntax->tokens[token].head;
        if (head == DSR_SYNTAX_NONE || head >= end) {
            break;
        }
        token = head;
    }
    return token;
}

/* "Lima deployed ships" reads like "Lima-deployed ships": a past tense right behind a name or a plural
 * that hangs on the noun behind it is taken for its verb, and the noun for its object. "Diplomats mediated
 * between ..." reads like "diplomats who were mediated": so is one on the root right before it. */
static void find_lost_verbs(dsr_view *v)
{
    for (uint32_t t = 1; t + 1 < v->count; t++) {
        const dsr_syntax_token *verb = &v->syntax->tokens[t], *before = &v->syntax->tokens[t - 1];
        bool past = verb->upos == DSR_UPOS_VERB && (verb->xpos == DSR_XPOS_VBN || verb->xpos == DSR_XPOS_VBD);
        /* Where no verb is the root, something before it must be one. */
        bool only = before->upos == DSR_UPOS_NOUN && verb->head == v->syntax->root;
        bool noun = before->xpos == DSR_XPOS_NNP || before->xpos == DSR_XPOS_NNPS ||
                    before->xpos == DSR_XPOS_NNS || only;
        if (!past || verb->head == DSR_SYNTAX_NONE) {
            continue;
        }
        if (before->upos == DSR_UPOS_CCONJ && verb->relation == DSR_REL_AMOD && verb->head > t &&
            v->syntax->tokens[verb->head].relation == DSR_REL_CONJ) {
            /* "denied the plan and voiced concern" */
            uint32_t subject = dsr_syntax_subject(v->syntax, v->syntax->root);
            v->subjects[t] = subject != DSR_SYNTAX_NONE && subject < t ? subject : DSR_NO_TOKEN;
            continue;
        }
        if (!noun) {
            continue;
        }
        if ((verb->relation == DSR_REL_AMOD || verb->relation == DSR_REL_NMOD_POSS) && verb->head > t) {
            v->subjects[t] = top_before(v, t - 1, t);
        } else if (verb->relation == DSR_REL_ACL && verb->head == v->syntax->root &&
                   top_before(v, t - 1, t) == verb->head && agent_of(v, t) == DSR_NO_TOKEN) {
            v->subjects[t] = verb->head;
        }
    }
}

dsr_status dsr_view_open(dsr_arena *arena, const dsr_refer_sentence *sentence, size_t *quote, dsr_view *out)
{
    size_t count = sentence->count;
    dsr_view v = *out;
    uint64_t *words = dsr_arena_alloc_array(arena, 2 * count + 1, sizeof *words);
    uint32_t *marks = dsr_arena_alloc_array(arena, 4 * count + 1, sizeof *marks);
    if (words == NULL || marks == NULL) {
        return DSR_ERR_MEMORY;
    }
    v.tokens = sentence->tokens;
    v.syntax = sentence->syntax;
    v.count = (uint32_t)count;
    v.lemmas = words;
    v.forms = words + count;
    v.names = marks;
    v.references = marks + count;
    v.quotes = marks + 2 * count;
    v.subjects = marks + 3 * count;
    for (uint32_t t = 0; t < v.count; t++) {
        dsr_slice form = dsr_slice_part(v.report->text, v.tokens[t].span.start, v.tokens[t].span.end);
        dsr_slice lemma = v.syntax->tokens[t].lemma;
        v.forms[t] = dsr_rule_word(form);
        v.lemmas[t] = dsr_slice_equal_nocase(form, lemma) ? v.forms[t] : dsr_rule_word(lemma);
        if (v.syntax->tokens[t].upos == DSR_UPOS_VERB) {
            dsr_slice verb = dsr_rule_name(v.rules, DSR_RULE_FORM, v.forms[t]);
            v.lemmas[t] = verb.len > 0 ? dsr_rule_word(verb) : v.lemmas[t];
        }
        v.names[t] = v.references[t] = v.quotes[t] = v.subjects[t] = DSR_NO_TOKEN;
    }
    if (count > 0) {
        mark_names(&v, sentence);
        mark_quotes(&v, sentence, quote);
    }
    find_lost_verbs(&v);
    *out = v;
    return DSR_OK;
}

/* ---- words ---- */

enum { WORD_MOST = 40 };

bool dsr_view_is(const dsr_view *v, uint32_t token, const char *lemma)
{
    return token < v->count && dsr_slice_equal_nocase(v->syntax->tokens[token].lemma, dsr_slice_of(lemma));
}

static bool has_phrase(const dsr_view *v, uint32_t token, uint32_t class_number, const uint64_t *last)
{
    uint64_t two, three;
    if (dsr_rule_has(v->rules, class_number, last[token])) {
        return true;
    }
    if (token < 1) {
        return false;
    }
    two = dsr_rule_join(v->lemmas[token - 1], last[token]);
    if (dsr_rule_has(v->rules, class_number, two) ||
        dsr_rule_has(v->rules, class_number, dsr_rule_join(v->forms[token - 1], last[token]))) {
        return true;
    }
    if (token < 2) {
        return false;
    }
    three = dsr_rule_join(dsr_rule_join(v->forms[token - 2], v->forms[token - 1]), last[token]);
    return dsr_rule_has(v->rules, class_number, three);
}

bool dsr_view_in(const dsr_view *v, uint32_t token, uint32_t class_number)
{
    return token < v->count &&
           (has_phrase(v, token, class_number, v->lemmas) || has_phrase(v, token, class_number, v->forms));
}

bool dsr_view_is_verb(const dsr_view *v, uint32_t token)
{
    return v->syntax->tokens[token].upos == DSR_UPOS_VERB;
}

size_t dsr_view_stems(const dsr_view *v, uint32_t token, uint64_t *out, size_t most)
{
    static const struct {
        const char *ending;
        size_t cut[2]; /* letters */
        bool e;        /* put "e" in their place, too */
    } endings[] = {{"ed", {2, 1}, false}, {"ing", {3, 0}, true}, {"s", {1, 0}, false}};
    dsr_slice form = dsr_slice_part(v->report->text, v->tokens[token].span.start, v->tokens[token].span.end);
    char word[WORD_MOST + 2];
    size_t count = 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (form.len < 5 || form.len > WORD_MOST || !dsr_slice_ends(form, dsr_slice_of(endings[i].ending))) {
            continue;
        }
        for (size_t k = 0; k < 2 && count < most; k++) {
            if (endings[i].cut[k] > 0) {
                out[count++] = dsr_rule_word(dsr_slice_part(form, 0, form.len - endings[i].cut[k]));
            }
        }
        if (endings[i].e && count < most) {
            memcpy(word, form.ptr, form.len - 3);
            word[form.len - 3] = 'e';
            out[count++] = dsr_rule_word((dsr_slice){word, form.len - 2});
        }
        break;
    }
    return count;
}

void dsr_list_add(dsr_token_list *list, uint32_t token)
{
    if (token == DSR_NO_TOKEN || list->count >= DSR_VIEW_LIST) {
        return;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i] == token) {
            return;
        }
    }
    list->items[list->count++] = token;
}

/* ---- grammar ---- */

bool dsr_view_is_passive(const dsr_view *v, uint32_t predicate)
{
    if (v->subjects[predicate] != DSR_NO_TOKEN) {
        return false;
    }
    if (dsr_syntax_is_passive(v->syntax, predicate)) {
        return true;
    }
    /* "a deal brokered by France" */
    return v->syntax->tokens[predicate].xpos == DSR_XPOS_VBN &&
           dsr_view_relation(v, predicate) == DSR_REL_ACL &&
           dsr_syntax_subject(v->syntax, predicate) == DSR_SYNTAX_NONE;
}

uint32_t dsr_view_child(const dsr_view *v, uint32_t token, dsr_relation kind)
{
    DSR_EACH_CHILD(v, token, c)
    {
        if (dsr_view_kind(v, c) == kind) {
            return c;
        }
    }
    return DSR_NO_TOKEN;
}

static bool is_relative(const dsr_view *v, uint32_t token)
{
    return dsr_view_is(v, token, "who") || dsr_view_is(v, token, "which") || dsr_view_is(v, token, "that");
}

/* The noun that a relative or participial clause belongs to. */
static uint32_t modified_by(const dsr_view *v, uint32_t predicate)
{
    uint32_t at = predicate;
    for (unsigned steps = 0; steps < 8; steps++) {
        dsr_relation kind = dsr_view_kind(v, at);
        if (kind == DSR_REL_ACL) {
            return v->syntax->tokens[at].head;
        }
        if (kind != DSR_REL_CONJ) {
            return DSR_NO_TOKEN;
        }
        at = v->syntax->tokens[at].head;
    }
    return DSR_NO_TOKEN;
}

/* Verbs whose infinitive is done by their object: "urge X to leave". Others have it done by their subject. */
static uint32_t controller(const dsr_view *v, uint32_t head)
{
    uint32_t object = dsr_view_child(v, head, DSR_REL_IOBJ);
    object = object == DSR_NO_TOKEN ? dsr_view_child(v, head, DSR_REL_OBJ) : object;
    return object != DSR_NO_TOKEN ? object : DSR_NO_TOKEN;
}

static uint32_t plain_subject(const dsr_view *v, uint32_t predicate)
{
    if (v->subjects[predicate] != DSR_NO_TOKEN) {
        return v->subjects[predicate];
    }
    uint32_t subject = dsr_syntax_subject(v->syntax, predicate);
    if (subject == DSR_SYNTAX_NONE) {
        return DSR_NO_TOKEN;
    }
    if (is_relative(v, subject)) {
        uint32_t noun = modified_by(v, predicate);
        return noun != DSR_NO_TOKEN ? noun : subject;
    }
    return subject;
}

bool dsr_view_is_finite(const dsr_view *v, uint32_t token)
{
    uint8_t tag = v->syntax->tokens[token].xpos;
    return tag == DSR_XPOS_VBZ || tag == DSR_XPOS_VBD || tag == DSR_XPOS_VBP;
}

/* "has no plan to leave and rejects the offer": a finite verb is joined to a finite one. */
uint32_t dsr_view_true_head(const dsr_view *v, uint32_t token)
{
    uint32_t head = v->syntax->tokens[token].head, at = head;
    if (dsr_view_kind(v, token) != DSR_REL_CONJ || !dsr_view_is_finite(v, token)) {
        return head;
    }
    for (unsigned steps = 0; steps < 8 && at != DSR_SYNTAX_NONE; steps++) {
        if (dsr_view_is_finite(v, at) || dsr_view_child(v, at, DSR_REL_COP) != DSR_NO_TOKEN ||
            dsr_view_child(v, at, DSR_REL_AUX) != DSR_NO_TOKEN) {
            return at;
        }
        at = v->syntax->tokens[at].head;
    }
    return head;
}

/* A lost verb between a verb and the one that it is joined to: the two share their subject. */
static uint32_t lost_between(const dsr_view *v, uint32_t head, uint32_t token)
{
    for (uint32_t t = token; t > head + 1; t--) {
        if (v->subjects[t - 1] != DSR_NO_TOKEN) {
            return v->subjects[t - 1];
        }
    }
    return DSR_NO_TOKEN;
}

uint32_t dsr_view_subject(const dsr_view *v, uint32_t predicate)
{
    uint32_t at = predicate;
    for (unsigned steps = 0; steps < 12; steps++) {
        if (dsr_view_is_passive(v, at)) {
            return at == predicate ? agent_of(v, at) : plain_subject(v, at);
        }
        uint32_t subject = plain_subject(v, at);
        if (subject != DSR_NO_TOKEN) {
            return subject;
        }
        uint32_t head = v->syntax->tokens[at].head;
        dsr_relation kind = dsr_view_kind(v, at);
        if (head == DSR_SYNTAX_NONE) {
            return DSR_NO_TOKEN;
        }
        if (kind == DSR_REL_ACL) {
            /* "its plan to leave": who owns the plan; "the man leading the talks" */
            uint32_t owner = dsr_view_child(v, head, DSR_REL_NMOD);
            bool owned = owner != DSR_NO_TOKEN && dsr_view_relation(v, owner) == DSR_REL_NMOD_POSS;
            return owned && v->syntax->tokens[at].xpos == DSR_XPOS_VB ? owner : head;
        }
        if (kind == DSR_REL_XCOMP && controller(v, head) != DSR_NO_TOKEN) {
            return controller(v, head);
        }
        if (kind != DSR_REL_CONJ && kind != DSR_REL_XCOMP && kind != DSR_REL_ADVCL && kind != DSR_REL_CCOMP &&
            kind != DSR_REL_PARATAXIS) {
            return DSR_NO_TOKEN;
        }
        if (kind == DSR_REL_CONJ) {
            head = dsr_view_true_head(v, at);
            uint32_t lost = head < at ? lost_between(v, head, at) : DSR_NO_TOKEN;
            if (lost != DSR_NO_TOKEN) {
                return lost;
            }
        }
        at = head;
    }
    return DSR_NO_TOKEN;
}

uint32_t dsr_view_object(const dsr_view *v, uint32_t predicate)
{
    if (v->subjects[predicate] != DSR_NO_TOKEN &&
        v->subjects[predicate] != v->syntax->tokens[predicate].head) {
        return v->syntax->tokens[predicate].head;
    }
    if (dsr_view_is_passive(v, predicate)) {
        uint32_t subject = plain_subject(v, predicate);
        if (subject != DSR_NO_TOKEN) {
            return subject;
        }
        return dsr_view_kind(v, predicate) == DSR_REL_ACL ? v->syntax->tokens[predicate].head : DSR_NO_TOKEN;
    }
    uint32_t object = dsr_view_child(v, predicate, DSR_REL_OBJ);
    return object != DSR_NO_TOKEN ? object : dsr_view_child(v, predicate, DSR_REL_IOBJ);
}

void dsr_view_add_joined(const dsr_view *v, uint32_t token, dsr_token_list *out)
{
    if (token == DSR_NO_TOKEN) {
        return;
    }
    uint32_t before = out->count;
    dsr_list_add(out, token);
    for (uint32_t i = before; i < out->count; i++) {
        DSR_EACH_CHILD(v, out->items[i], c)
        {
            if (dsr_view_kind(v, c) == DSR_REL_CONJ || dsr_view_kind(v, c) == DSR_REL_APPOS) {
                dsr_list_add(out, c);
            }
        }
    }
}

/* ---- slots ---- */

bool dsr_view_has_to(const dsr_view *v, uint32_t token)
{
    DSR_EACH_CHILD(v, token, c)
    {
        if (dsr_view_kind(v, c) == DSR_REL_MARK && dsr_view_is(v, c, "to")) {
            return true;
        }
    }
    return false;
}

static bool is_clausal(dsr_relation kind)
{
    return kind == DSR_REL_XCOMP || kind == DSR_REL_CCOMP || kind == DSR_REL_ADVCL || kind == DSR_REL_ACL;
}

uint32_t dsr_view_lent_infinitive(const dsr_view *v, uint32_t noun)
{
    uint32_t head = v->syntax->tokens[noun].head;
    if (v->syntax->tokens[noun].upos != DSR_UPOS_NOUN || head == DSR_SYNTAX_NONE ||
        dsr_view_kind(v, noun) != DSR_REL_OBJ) {
        return DSR_NO_TOKEN;
    }
    DSR_EACH_CHILD(v, head, c)
    {
        if (c > noun && is_clausal(dsr_view_kind(v, c)) && dsr_view_has_to(v, c)) {
            return c;
        }
    }
    return DSR_NO_TOKEN;
}

static void slot_clauses(const dsr_view *v, uint32_t predicate, dsr_slot_kind kind, dsr_token_list *out)
{
    uint32_t object = dsr_view_object(v, predicate);
    const uint32_t from[2] = {predicate, object != DSR_NO_TOKEN && object != predicate ? object : predicate};
    for (size_t i = 0; i < 2; i++) {
        DSR_EACH_CHILD(v, from[i], c)
        {
            dsr_relation relation = dsr_view_kind(v, c);
            bool to = dsr_view_has_to(v, c);
            bool ing = v->syntax->tokens[c].xpos == DSR_XPOS_VBG;
            bool fits = kind == DSR_SLOT_TO    ? to
                        : kind == DSR_SLOT_ING ? ing && i == 0
                                               : relation == DSR_REL_CCOMP && !to;
            if (is_clausal(relation) && fits && dsr_view_relation(v, c) != DSR_REL_ACL_RELCL) {
                dsr_view_add_joined(v, c, out);
            }
        }
    }
    if (kind == DSR_SLOT_TO && out->count == 0) {
        dsr_list_add(out, dsr_view_lent_infinitive(v, predicate));
    }
}

/* Parsers hang "on Peru" in "imposed sanctions on Peru" on either word. */
static void slot_preposition(const dsr_view *v, uint32_t predicate, uint64_t preposition, dsr_token_list *out)
{
    uint32_t object = dsr_view_object(v, predicate);
    const uint32_t from[2] = {predicate, object != DSR_NO_TOKEN && object != predicate ? object : predicate};
    for (size_t i = 0; i < 2; i++) {
        DSR_EACH_CHILD(v, from[i], c)
        {
            dsr_relation kind = dsr_view_kind(v, c);
            if ((kind == DSR_REL_OBL || kind == DSR_REL_NMOD || kind == DSR_REL_ADVCL ||
                 kind == DSR_REL_ACL) &&
                dsr_view_has_case(v, c, preposition)) {
                dsr_view_add_joined(v, c, out);
            }
        }
    }
}

/* All of them: "granted women the right". */
static void slot_objects(const dsr_view *v, uint32_t predicate, dsr_token_list *out)
{
    dsr_view_add_joined(v, dsr_view_object(v, predicate), out);
    DSR_EACH_CHILD(v, predicate, c)
    {
        if (dsr_view_kind(v, c) == DSR_REL_OBJ || dsr_view_kind(v, c) == DSR_REL_IOBJ) {
            dsr_view_add_joined(v, c, out);
        }
    }
}

static void slot_modifiers(const dsr_view *v, uint32_t predicate, dsr_token_list *out)
{
    DSR_EACH_CHILD(v, predicate, c)
    {
        dsr_relation kind = dsr_view_kind(v, c);
        if (kind == DSR_REL_AMOD || kind == DSR_REL_COMPOUND || kind == DSR_REL_ADVMOD) {
            dsr_list_add(out, c);
        }
    }
}

/* How far from its predicate a word is looked for. */
enum { REACH = 60 };

/* Everything below the predicate, nearest first as the sentence runs. */
static void slot_any(const dsr_view *v, uint32_t predicate, uint32_t fill, dsr_token_list *out)
{
    dsr_token_range range = dsr_syntax_subtree(v->syntax, predicate);
    range.start = predicate > REACH && range.start < predicate - REACH ? predicate - REACH : range.start;
    range.end = range.end > predicate + REACH ? predicate + REACH : range.end;
    for (uint32_t t = range.start; t < range.end && out->count == 0; t++) {
        if (t != predicate && fill < DSR_FILL_NOUN && dsr_view_in(v, t, fill) &&
            dsr_syntax_is_below(v->syntax, t, predicate)) {
            dsr_list_add(out, t);
        }
    }
}

void dsr_view_slot(const dsr_view *v, uint32_t predicate, const dsr_rule_slot *slot, dsr_token_list *out)
{
    out->count = 0;
    switch ((dsr_slot_kind)slot->kind) {
    case DSR_SLOT_SUBJ:
        dsr_view_add_joined(v, dsr_view_subject(v, predicate), out);
        break;
    case DSR_SLOT_OBJ:
        slot_objects(v, predicate, out);
        break;
    case DSR_SLOT_TO: /* "to leave", "to working", and unless any verb will do, "to the border" */
        if (slot->fill != DSR_FILL_NOUN) {
            slot_clauses(v, predicate, DSR_SLOT_TO, out);
        }
        if (slot->fill != DSR_FILL_ANY) {
            slot_preposition(v, predicate, slot->preposition, out);
        }
        break;
    case DSR_SLOT_THAT:
    case DSR_SLOT_ING:
        slot_clauses(v, predicate, (dsr_slot_kind)slot->kind, out);
        break;
    case DSR_SLOT_MOD:
        slot_modifiers(v, predicate, out);
        break;
    case DSR_SLOT_POSS: {
        uint32_t owner = dsr_view_child(v, predicate, DSR_REL_NMOD);
        if (owner != DSR_NO_TOKEN && dsr_view_relation(v, owner) == DSR_REL_NMOD_POSS) {
            dsr_view_add_joined(v, owner, out);
        }
        break;
    }
    case DSR_SLOT_NEG:
        if (dsr_view_mood(v, predicate).negated) {
            dsr_list_add(out, predicate);
        }
        break;
    case DSR_SLOT_SAID: /* whoever codes looks for the speaker */
        dsr_list_add(out, predicate);
        break;
    case DSR_SLOT_ANY:
        slot_any(v, predicate, slot->fill, out);
        break;
    case DSR_SLOT_PREP:
        slot_preposition(v, predicate, slot->preposition, out);
        break;
    case DSR_SLOT_KINDS:
        break;
    }
}
