/* Tries the rules of a word. Must not know what follows from one that fits. */
#include "events/match.h"

#include "base/limits.h"

/* How far behind its first word the others of a rule may stand: "called the meeting off". */
enum { HEAD_REACH = 9, WORST = -1 };

static bool kind_fits(const dsr_view *v, uint32_t token, dsr_rule_kind kind)
{
    uint8_t upos = v->syntax->tokens[token].upos;
    /* "fighting broke out" */
    bool gerund = v->syntax->tokens[token].xpos == DSR_XPOS_VBG && dsr_syntax_is_subject(v->syntax, token);
    if (kind == DSR_RULE_VERB) {
        return upos == DSR_UPOS_VERB && !gerund;
    }
    if (kind == DSR_RULE_NOUN) {
        return upos == DSR_UPOS_NOUN || upos == DSR_UPOS_PROPN || gerund;
    }
    return upos == DSR_UPOS_ADJ || upos == DSR_UPOS_VERB; /* "is prepared to" */
}

static bool has_more_words(const dsr_view *v, uint32_t token, const dsr_rule_head *head)
{
    uint32_t at = token + 1, end = token + 1 + HEAD_REACH;
    for (unsigned i = 0; i + 1 < head->words; i++) {
        while (at < end && at < v->count && v->lemmas[at] != head->more[i] && v->forms[at] != head->more[i]) {
            at++;
        }
        if (at >= end || at >= v->count) {
            return false;
        }
        at++;
    }
    return true;
}

/* Itself, or whoever hangs on it: "members of the council". */
static bool is_somebody(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token)
{
    dsr_actor actor;
    bool found = dsr_actor_at(sheet, v, token, &actor) != DSR_ACTOR_NOBODY;
    for (uint32_t c = v->syntax->first_child[token]; !found && c != DSR_SYNTAX_NONE;
         c = v->syntax->next_child[c]) {
        dsr_relation kind = dsr_view_kind(v, c);
        found = (kind == DSR_REL_NMOD || kind == DSR_REL_COMPOUND || kind == DSR_REL_AMOD) &&
                dsr_actor_at(sheet, v, c, &actor) != DSR_ACTOR_NOBODY;
    }
    return found;
}

static bool is_place(const dsr_view *v, uint32_t token)
{
    if (v->names[token] == DSR_NO_TOKEN) {
        return false;
    }
    dsr_name_type type = v->report->names.items[v->names[token]].type;
    return type == DSR_NAME_GPE || type == DSR_NAME_LOC || type == DSR_NAME_FAC;
}

static bool fills(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token, uint32_t fill)
{
    if (fill == DSR_FILL_ANY || fill == DSR_FILL_NOUN) {
        return true;
    }
    if (fill == DSR_FILL_ACTOR) {
        return is_somebody(sheet, v, token);
    }
    if (fill == DSR_FILL_PLACE) {
        return is_place(v, token);
    }
    if (dsr_view_in(v, token, fill)) {
        return true;
    }
    /* "peace talks", "use of force": the word in front, or behind "of", tells what it is. */
    for (uint32_t c = v->syntax->first_child[token]; c != DSR_SYNTAX_NONE; c = v->syntax->next_child[c]) {
        dsr_relation kind = dsr_view_kind(v, c);
        if (kind != DSR_REL_COMPOUND && kind != DSR_REL_NMOD) {
            continue;
        }
        bool of = kind == DSR_REL_NMOD && dsr_view_has_case(v, c, v->rules->of);
        if ((kind == DSR_REL_COMPOUND || of) && dsr_view_in(v, c, fill)) {
            return true;
        }
    }
    return false;
}

/* What the slot adds to how exact a rule is; WORST where it is not met. */
static int try_slot(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token,
                    const dsr_rule_slot *slot)
{
    dsr_token_list list;
    bool met = false;
    dsr_view_slot(v, token, slot, &list);
    for (uint32_t i = 0; i < list.count && !met; i++) {
        met = slot->kind == DSR_SLOT_ANY || slot->kind == DSR_SLOT_NEG || slot->kind == DSR_SLOT_SAID ||
              fills(sheet, v, list.items[i], slot->fill);
    }
    if (met == slot->not ) {
        return WORST;
    }
    return slot->not ? 1 : slot->fill == DSR_FILL_ANY ? 2 : 3;
}

static int try_rule(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token,
                    const dsr_rule_head *head)
{
    const dsr_rule *rule = &sheet->rules->rules.items[head->rule];
    int exact = 4 * (head->words - 1);
    /* "is prepared to": what one is, not what is done to one */
    if (rule->kind == DSR_RULE_ADJ && dsr_view_is_verb(v, token) && dsr_view_is_passive(v, token)) {
        exact += 4;
    }
    if (!has_more_words(v, token, head)) {
        return WORST;
    }
    for (uint32_t i = 0; i < rule->slot_count; i++) {
        int found = try_slot(sheet, v, token, &sheet->rules->slots.items[rule->slots + i]);
        if (found == WORST) {
            return WORST;
        }
        exact += found;
    }
    return exact;
}

enum { WORDS = 5 };

typedef struct search {
    const dsr_actor_sheet *sheet;
    const dsr_view *view;
    uint32_t token;
    bool stance;
    int best;
    dsr_match *out;
} search;

static void try_word(search *s, dsr_rule_kind kind, uint64_t word)
{
    const dsr_coding_rules *rules = s->sheet->rules;
    uint32_t at = dsr_rule_first(rules, kind, word);
    for (unsigned tried = 0; at != DSR_RULE_NONE && tried < DSR_LIMIT_RULES_TRIED;
         at = rules->heads.items[at].next) {
        const dsr_rule_head *head = &rules->heads.items[at];
        const dsr_rule *rule = &rules->rules.items[head->rule];
        if (rule->stance != s->stance) {
            continue;
        }
        tried++;
        int exact = try_rule(s->sheet, s->view, s->token, head);
        exact = exact == WORST ? WORST : 2 * exact + rule->user;
        if (exact > s->best) {
            s->best = exact;
            *s->out = (dsr_match){rule, head};
        }
    }
}

static bool begins_rule(const dsr_coding_rules *rules, uint64_t word)
{
    return dsr_rule_first(rules, DSR_RULE_VERB, word) != DSR_RULE_NONE ||
           dsr_rule_first(rules, DSR_RULE_ADJ, word) != DSR_RULE_NONE;
}

bool dsr_match_best(const dsr_actor_sheet *sheet, const dsr_view *v, uint32_t token, bool stance,
                    dsr_match *out)
{
    search s = {sheet, v, token, stance, WORST, out};
    uint64_t words[WORDS] = {v->lemmas[token], v->forms[token]};
    uint8_t upos = v->syntax->tokens[token].upos;
    size_t count = words[0] == words[1] ? 1 : 2;
    if (upos == DSR_UPOS_VERB) {
        if (!begins_rule(sheet->rules, words[0]) && !begins_rule(sheet->rules, words[1])) {
            count += dsr_view_stems(v, token, words + count, WORDS - count);
        }
    } else if (upos != DSR_UPOS_NOUN && upos != DSR_UPOS_PROPN && upos != DSR_UPOS_ADJ) {
        return false;
    }
    for (int kind = DSR_RULE_VERB; kind <= DSR_RULE_ADJ; kind++) {
        for (size_t w = 0; kind_fits(v, token, (dsr_rule_kind)kind) && w < count; w++) {
            try_word(&s, (dsr_rule_kind)kind, words[w]);
        }
    }
    return s.best > WORST;
}
