/* How a clause is put, and from where to where it reaches. Must not know what a rule's result means. */
#include "events/view.h"

/* ---- mood ---- */

static bool is_negative(const dsr_view *v, uint32_t token)
{
    return dsr_view_is(v, token, "not") || dsr_view_is(v, token, "no") || dsr_view_is(v, token, "never") ||
           dsr_view_is(v, token, "n't") || dsr_view_is(v, token, "neither") || dsr_view_is(v, token, "nor");
}

static bool noun_is_negative(const dsr_view *v, uint32_t noun)
{
    if (noun == DSR_NO_TOKEN) {
        return false;
    }
    DSR_EACH_CHILD(v, noun, c)
    {
        dsr_relation kind = dsr_view_kind(v, c);
        if ((kind == DSR_REL_DET || kind == DSR_REL_ADVMOD) && c < noun && is_negative(v, c)) {
            return true;
        }
    }
    return is_negative(v, noun) || dsr_view_is(v, noun, "nobody") || dsr_view_is(v, noun, "none") ||
           dsr_view_is(v, noun, "nothing");
}

static void read_auxiliary(const dsr_view *v, uint32_t c, dsr_mood *mood)
{
    if (dsr_view_is(v, c, "will") || dsr_view_is(v, c, "shall") || dsr_view_is(v, c, "'ll") ||
        dsr_view_is(v, c, "wo")) {
        mood->future = true;
    } else if (dsr_view_is(v, c, "would") || dsr_view_is(v, c, "'d")) {
        mood->would = true;
    } else if (dsr_view_is(v, c, "must") || dsr_view_is(v, c, "should") || dsr_view_is(v, c, "ought")) {
        mood->must = true;
    } else if (dsr_view_is(v, c, "may") || dsr_view_is(v, c, "might") || dsr_view_is(v, c, "could")) {
        mood->may = true;
    }
}

static void read_marks(const dsr_view *v, uint32_t clause, bool own, dsr_mood *mood)
{
    DSR_EACH_CHILD(v, clause, c)
    {
        if (dsr_view_kind(v, c) != DSR_REL_MARK && dsr_view_kind(v, c) != DSR_REL_ADVMOD) {
            continue;
        }
        bool when_if = dsr_view_is(v, c, "if") || dsr_view_is(v, c, "whether");
        bool unless = dsr_view_is(v, c, "unless") || dsr_view_is(v, c, "until");
        if (own) {
            mood->if_clause = mood->if_clause || when_if || dsr_view_is(v, c, "unless");
        } else {
            mood->conditional = mood->conditional || when_if || unless;
            mood->unless = mood->unless || unless;
        }
    }
}

bool dsr_view_is_condition(const dsr_view *v, uint32_t clause)
{
    dsr_mood mood = {0};
    read_marks(v, clause, true, &mood);
    return mood.if_clause;
}

/* "is going to", "plans to", "is set to", "have to": the governor of an infinitive tells its mood. */
static void read_governor(const dsr_view *v, uint32_t predicate, dsr_mood *mood)
{
    uint32_t head = v->syntax->tokens[predicate].head;
    if (head == DSR_SYNTAX_NONE || !dsr_view_has_to(v, predicate)) {
        return;
    }
    static const char *const planned[] = {"go",       "plan",    "set",    "due",   "intend",
                                          "schedule", "prepare", "expect", "about", "vow",
                                          "pledge",   "promise", "aim"};
    for (size_t i = 0; i < sizeof planned / sizeof *planned; i++) {
        mood->future = mood->future || dsr_view_is(v, head, planned[i]);
    }
    /* "has to", but neither "had to" nor "has a plan to" */
    bool now = v->syntax->tokens[head].xpos != DSR_XPOS_VBD && dsr_view_kind(v, predicate) == DSR_REL_XCOMP;
    mood->must = mood->must || (now && (dsr_view_is(v, head, "have") || dsr_view_is(v, head, "need")));
    mood->negated = mood->negated || dsr_view_is(v, head, "fail") || dsr_view_is(v, head, "refuse");
}

dsr_mood dsr_view_mood(const dsr_view *v, uint32_t predicate)
{
    dsr_mood mood = {0};
    DSR_EACH_CHILD(v, predicate, c)
    {
        dsr_relation kind = dsr_view_kind(v, c);
        if (kind == DSR_REL_AUX) {
            read_auxiliary(v, c, &mood);
        }
        if ((kind == DSR_REL_ADVMOD || kind == DSR_REL_DET || kind == DSR_REL_CC) && is_negative(v, c) &&
            (c < predicate || kind == DSR_REL_ADVMOD)) {
            mood.negated = true;
        }
        if (kind == DSR_REL_ADVCL) {
            read_marks(v, c, false, &mood);
        }
    }
    mood.negated = mood.negated || noun_is_negative(v, dsr_syntax_subject(v->syntax, predicate));
    if (dsr_view_is_verb(v, predicate)) {
        uint32_t object = dsr_view_child(v, predicate, DSR_REL_OBJ);
        mood.negated = mood.negated || noun_is_negative(v, object);
    }
    read_marks(v, predicate, true, &mood);
    read_governor(v, predicate, &mood);
    /* "will seize and hold": the second verb shares the first one's auxiliary. */
    uint32_t head = v->syntax->tokens[predicate].head;
    if (dsr_view_kind(v, predicate) == DSR_REL_CONJ && head != DSR_SYNTAX_NONE &&
        dsr_syntax_subject(v->syntax, predicate) == DSR_SYNTAX_NONE &&
        dsr_view_child(v, predicate, DSR_REL_AUX) == DSR_NO_TOKEN &&
        v->syntax->tokens[predicate].xpos == DSR_XPOS_VB) {
        DSR_EACH_CHILD(v, head, c)
        {
            if (dsr_view_kind(v, c) == DSR_REL_AUX) {
                read_auxiliary(v, c, &mood);
            }
        }
    }
    return mood;
}

/* ---- the clause ---- */

/* What hangs on a predicate without being a part of what it tells. */
static bool is_apart(const dsr_view *v, uint32_t predicate, uint32_t c)
{
    dsr_relation kind = dsr_view_kind(v, c);
    if (kind == DSR_REL_PARATAXIS || kind == DSR_REL_PUNCT || kind == DSR_REL_CC ||
        kind == DSR_REL_DISCOURSE) {
        return true;
    }
    if (kind == DSR_REL_MARK) {
        return !dsr_view_is(v, c, "to");
    }
    if (kind == DSR_REL_CONJ) {
        return dsr_view_is_verb(v, c) || dsr_view_is_verb(v, predicate);
    }
    if (kind == DSR_REL_ADVCL) {
        dsr_mood mood = {0};
        read_marks(v, c, true, &mood);
        bool bare = !dsr_view_has_to(v, c) && !mood.if_clause;
        return bare && (c < predicate || dsr_syntax_subject(v->syntax, c) != DSR_SYNTAX_NONE);
    }
    return kind == DSR_REL_ACL && dsr_view_relation(v, c) == DSR_REL_ACL_RELCL;
}

static bool is_edge(const dsr_view *v, uint32_t token)
{
    uint8_t upos = v->syntax->tokens[token].upos;
    return v->tokens[token].kind == DSR_TOKEN_PUNCTUATION || upos == DSR_UPOS_CCONJ;
}

/* "who", "which", "when": what opens a relative clause tells nothing. */
static bool is_relative_word(const dsr_view *v, uint32_t token)
{
    uint8_t tag = v->syntax->tokens[token].xpos;
    return tag == DSR_XPOS_WDT || tag == DSR_XPOS_WP || tag == DSR_XPOS_WRB;
}

dsr_token_range dsr_view_clause(const dsr_view *v, uint32_t predicate)
{
    dsr_token_range range = {predicate, predicate + 1};
    DSR_EACH_CHILD(v, predicate, c)
    {
        if (!is_apart(v, predicate, c)) {
            dsr_token_range part = dsr_syntax_subtree(v->syntax, c);
            range.start = part.start < range.start ? part.start : range.start;
            range.end = part.end > range.end ? part.end : range.end;
        }
    }
    for (uint32_t t = predicate + 1; t < range.end; t++) {
        if (dsr_view_kind(v, t) == DSR_REL_CONJ && dsr_view_is_finite(v, t) &&
            dsr_view_true_head(v, t) != v->syntax->tokens[t].head &&
            dsr_syntax_subject(v->syntax, t) == DSR_SYNTAX_NONE) {
            range.end = t; /* it is joined to what stands above */
        }
    }
    if (v->subjects[predicate] != DSR_NO_TOKEN) {
        dsr_token_range part = dsr_syntax_subtree(v->syntax, v->syntax->tokens[predicate].head);
        dsr_token_range subject = dsr_syntax_subtree(v->syntax, v->subjects[predicate]);
        bool beside = subject.end == predicate; /* else it is another clause's */
        range.start = beside                                    ? subject.start
                      : v->subjects[predicate] + 1 == predicate ? v->subjects[predicate]
                                                                : predicate;
        range.end = part.end;
    }
    while (range.start < predicate && (is_edge(v, range.start) || is_relative_word(v, range.start))) {
        range.start++;
    }
    while (range.end > predicate + 1 && is_edge(v, range.end - 1)) {
        range.end--;
    }
    return range;
}
