/* The whole phrase about the head of a mention, as a reader would mark who speaks: determiner, title, name,
 * complements and apposition. And the words of a cue. Must not know which quotation is whose. */
#include "annotate/said_parts.h"

static dsr_relation universal(const dsr_said_state *s, uint32_t token)
{
    uint8_t relation = s->tokens[token].relation;
    return relation < DSR_REL_COUNT ? dsr_relation_universal((dsr_relation)relation) : DSR_REL_COUNT;
}

static bool is_comma(const dsr_said_state *s, uint32_t token)
{
    return dsr_said_is(s, token, ", ( ) - -- \xe2\x80\x93 \xe2\x80\x94");
}

#define BIT(relation) (UINT64_C(1) << (relation))
_Static_assert(DSR_REL_COUNT <= 64, "a bit for each relation");
static const uint64_t own = BIT(DSR_REL_DET) | BIT(DSR_REL_AMOD) | BIT(DSR_REL_COMPOUND) | BIT(DSR_REL_FLAT) |
                            BIT(DSR_REL_FIXED) | BIT(DSR_REL_NUMMOD) | BIT(DSR_REL_NMOD) |
                            BIT(DSR_REL_APPOS) | BIT(DSR_REL_GOESWITH) | BIT(DSR_REL_CONJ) |
                            BIT(DSR_REL_LIST);

/* Whether what hangs on the head belongs to the phrase. */
static bool belongs(const dsr_said_state *s, uint32_t child, uint32_t head)
{
    dsr_relation relation = universal(s, child);
    if (relation == DSR_REL_ACL) {
        return child > head;
    }
    return relation < DSR_REL_COUNT &&
           ((own & BIT(relation)) != 0 || (relation == DSR_REL_ADVMOD && child < head));
}

/* The reach of a subtree: from its first token to behind its last. */
static dsr_span reach(const dsr_said_state *s, uint32_t token)
{
    uint32_t sentence = s->tokens[token].sentence;
    uint32_t start = s->sentence_starts[sentence];
    dsr_token_range r = dsr_syntax_subtree(s->sentences[sentence].syntax, token - start);
    return (dsr_span){start + r.start, start + r.end};
}

/* A relative clause behind a comma: part of the phrase only where nothing of the clause above follows it. */
static bool is_aside(const dsr_said_state *s, uint32_t child)
{
    uint32_t first = reach(s, child).start;
    return first > 0 && is_comma(s, first - 1) && universal(s, child) == DSR_REL_ACL;
}

static uint32_t reach_left(const dsr_said_state *s, uint32_t head)
{
    uint32_t first = head;
    for (uint32_t c = dsr_said_first_child(s, head); c != DSR_SAID_NONE && c < head;
         c = dsr_said_next_child(s, c)) {
        if (belongs(s, c, head)) {
            uint32_t start = reach(s, c).start;
            first = start < first ? start : first;
        } else if (universal(s, c) == DSR_REL_CASE || universal(s, c) == DSR_REL_CC) {
            first = head; /* what stands before a preposition is none of it */
        }
    }
    uint32_t t = head;
    while (t > first && s->tokens[t - 1].quote == s->tokens[head].quote) {
        t--;
    }
    return t;
}

static uint32_t reach_right(const dsr_said_state *s, uint32_t head, bool last)
{
    uint32_t end = head + 1;
    for (uint32_t c = dsr_said_first_child(s, head); c != DSR_SAID_NONE; c = dsr_said_next_child(s, c)) {
        if (c < head) {
            continue;
        }
        if (universal(s, c) == DSR_REL_PUNCT || universal(s, c) == DSR_REL_CASE) {
            continue; /* "'s" is taken off again below */
        }
        if (!belongs(s, c, head) || (is_aside(s, c) && !last)) {
            break;
        }
        end = reach(s, c).end;
    }
    uint32_t t = head + 1;
    while (t < end && s->tokens[t].quote == s->tokens[head].quote) {
        t++;
    }
    return t;
}

static bool is_of_name(const dsr_said_state *s, uint32_t token, uint32_t name)
{
    return token < s->token_count && name != DSR_SAID_NONE && s->tokens[token].name == name;
}

/* A name is never cut; one that stands right behind a role belongs to it: "spokesman John Doe". */
static void take_names(const dsr_said_state *s, dsr_said_mention *m)
{
    uint32_t name = s->tokens[m->head].name;
    uint32_t behind = m->end < s->token_count ? s->tokens[m->end].name : DSR_SAID_NONE;
    bool person = behind != DSR_SAID_NONE && s->report->names.items[behind].type == DSR_NAME_PER &&
                  s->tokens[m->end].sentence == s->tokens[m->head].sentence && m->end == m->head + 1 &&
                  (m->type == DSR_TYPE_ROLE || m->type == DSR_TYPE_PERSON);
    name = name == DSR_SAID_NONE && person ? behind : name;
    while (is_of_name(s, m->end, name)) {
        m->end++;
    }
    while (m->first > 0 && is_of_name(s, m->first - 1, name)) {
        m->first--;
    }
}

/* What stands before a role belongs to it, wherever the tree has it. */
static void take_modifiers(const dsr_said_state *s, dsr_said_mention *m)
{
    uint32_t start = s->sentence_starts[s->tokens[m->head].sentence];
    while (m->first < m->head && m->first > start && s->tokens[m->first].upos == DSR_UPOS_NOUN) {
        const dsr_said_token *left = &s->tokens[m->first - 1];
        bool modifies = left->upos == DSR_UPOS_NOUN || left->upos == DSR_UPOS_ADJ;
        if (!modifies || left->quote != DSR_SAID_NONE || left->relation == DSR_REL_OBL_UNMARKED) {
            return;
        }
        m->first--;
    }
}

enum { STRAY_MOST = 3 };
/* Between the verb and the phrase behind it nothing but small words of its own can stand: "said transport
 * minister Jane Roe", whatever the tags make of "transport". */
static void take_strays(const dsr_said_state *s, dsr_said_mention *m)
{
    uint32_t first = m->cues[0].token + 1;
    if (first >= m->first || m->first - first > STRAY_MOST || m->type != DSR_TYPE_PERSON) {
        return;
    }
    for (uint32_t t = first; t < m->first; t++) {
        const dsr_said_token *token = &s->tokens[t];
        char letter = dsr_said_text(s, t).ptr[0];
        bool content =
            token->upos == DSR_UPOS_NOUN || token->upos == DSR_UPOS_ADJ || token->upos == DSR_UPOS_VERB;
        if (!content || token->kind != DSR_TOKEN_WORD || letter < 'a' || letter > 'z') {
            return;
        }
    }
    m->first = first;
}

enum { BRACKET_MOST = 8 };
/* What stands in brackets right behind a name: "Jane Roe (D-Ohio)". */
static void take_brackets(const dsr_said_state *s, dsr_said_mention *m)
{
    uint32_t open = m->end;
    for (uint32_t t = m->first; t < m->end; t++) {
        open = dsr_said_is(s, t, "(") ? t : dsr_said_is(s, t, ")") ? m->end : open;
    }
    if (!dsr_said_is(s, open, "(") || m->type != DSR_TYPE_PERSON) {
        return;
    }
    for (uint32_t t = open; t < s->token_count && t < open + BRACKET_MOST; t++) {
        if (s->tokens[t].sentence != s->tokens[m->head].sentence) {
            return;
        }
        if (dsr_said_is(s, t, ")")) {
            m->end = m->end > t + 1 ? m->end : t + 1;
            return;
        }
    }
}

/* Marks and possessives at the ends are none of it. */
static void trim(const dsr_said_state *s, dsr_said_mention *m)
{
    while (m->first < m->head && (s->tokens[m->first].kind == DSR_TOKEN_PUNCTUATION ||
                                  (m->type == DSR_TYPE_PERSON && dsr_said_is(s, m->first, "that")))) {
        m->first++;
    }
    while (m->end > m->head + 1 && !dsr_said_is(s, m->end - 1, ")") &&
           (s->tokens[m->end - 1].kind == DSR_TOKEN_PUNCTUATION ||
            s->tokens[m->end - 1].kind == DSR_TOKEN_QUOTE ||
            dsr_said_is(s, m->end - 1, "'s \xe2\x80\x99s ' \xe2\x80\x99"))) {
        m->end--;
    }
}

/* An apposition between commas brings the second with it, as annotators mark it: "Roe, a lawyer, said". */
static void take_comma(const dsr_said_state *s, dsr_said_mention *m)
{
    bool apposition = false;
    for (uint32_t t = m->head + 1; t + 1 < m->end; t++) {
        apposition |= dsr_said_is(s, t, ",");
    }
    bool goes_on = m->end + 1 < s->token_count && s->tokens[m->end].sentence == s->tokens[m->head].sentence &&
                   s->tokens[m->end + 1].sentence == s->tokens[m->head].sentence;
    if (apposition && goes_on && dsr_said_is(s, m->end, ",") &&
        s->tokens[m->end + 1].kind == DSR_TOKEN_WORD) {
        m->end++;
    }
}

void dsr_said_stretch(dsr_said_state *s, dsr_said_mention *m)
{
    if (m->first != m->end) {
        return;
    }
    m->first = m->head;
    m->end = m->head + 1;
    bool behind_cue = m->cue_count > 0 && m->cues[0].token < m->head;
    if (dsr_said_syntax(s, m->head) != NULL) {
        m->first = reach_left(s, m->head);
        m->end = reach_right(s, m->head, behind_cue);
    }
    take_names(s, m);
    take_modifiers(s, m);
    if (behind_cue) {
        take_strays(s, m);
    }
    take_brackets(s, m);
    trim(s, m);
    if (!behind_cue) {
        take_comma(s, m);
    }
}

/* ---- cues ---- */

static bool is_auxiliary(const dsr_said_state *s, uint32_t token)
{
    return s->tokens[token].upos == DSR_UPOS_AUX || dsr_said_is(s, token, "to not n't") ||
           (s->tokens[token].upos == DSR_UPOS_ADV && universal(s, token) == DSR_REL_ADVMOD);
}

/* Auxiliaries and adverbs right before the verb belong to it: "has also said". */
dsr_span dsr_said_cue_span(const dsr_said_state *s, dsr_said_cue cue)
{
    if (cue.token == DSR_SAID_NONE) {
        return (dsr_span){0, 0};
    }
    uint32_t first = cue.token;
    uint32_t start = s->sentence_starts[s->tokens[first].sentence];
    bool verb = s->tokens[cue.token].upos == DSR_UPOS_VERB;
    while (verb && first > start && s->tokens[first - 1].quote == DSR_SAID_NONE &&
           is_auxiliary(s, first - 1)) {
        first--;
    }
    uint32_t end = cue.token + 1;
    if (cue.link == DSR_LINK_ACCORDING && dsr_said_is(s, end, "to")) {
        end++;
    }
    return (dsr_span){s->tokens[first].span.start, s->tokens[end - 1].span.end};
}
