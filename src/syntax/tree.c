/* Questions about a finished tree. Must not know how it was found. */
#include "syntax/syntax.h"

static dsr_relation relation_of(const dsr_syntax *syntax, uint32_t token)
{
    return (dsr_relation)syntax->tokens[token].relation;
}

uint32_t dsr_syntax_child(const dsr_syntax *syntax, uint32_t token, dsr_relation relation)
{
    bool any_subtype = dsr_relation_universal(relation) == relation;
    for (uint32_t c = syntax->first_child[token]; c != DSR_SYNTAX_NONE; c = syntax->next_child[c]) {
        dsr_relation found = relation_of(syntax, c);
        if (found == relation || (any_subtype && dsr_relation_universal(found) == relation)) {
            return c;
        }
    }
    return DSR_SYNTAX_NONE;
}

bool dsr_syntax_is_subject(const dsr_syntax *syntax, uint32_t token)
{
    dsr_relation relation = relation_of(syntax, token);
    return relation == DSR_REL_NSUBJ || relation == DSR_REL_NSUBJ_PASS || relation == DSR_REL_CSUBJ ||
           relation == DSR_REL_CSUBJ_PASS;
}

uint32_t dsr_syntax_subject(const dsr_syntax *syntax, uint32_t predicate)
{
    uint32_t c = syntax->first_child[predicate];
    while (c != DSR_SYNTAX_NONE && !dsr_syntax_is_subject(syntax, c)) {
        c = syntax->next_child[c];
    }
    return c;
}

bool dsr_syntax_is_passive(const dsr_syntax *syntax, uint32_t predicate)
{
    for (uint32_t c = syntax->first_child[predicate]; c != DSR_SYNTAX_NONE; c = syntax->next_child[c]) {
        dsr_relation relation = relation_of(syntax, c);
        if (relation == DSR_REL_NSUBJ_PASS || relation == DSR_REL_CSUBJ_PASS ||
            relation == DSR_REL_AUX_PASS) {
            return true;
        }
    }
    return false;
}

bool dsr_syntax_is_below(const dsr_syntax *syntax, uint32_t token, uint32_t ancestor)
{
    while (token != DSR_SYNTAX_NONE && token != ancestor) {
        token = syntax->tokens[token].head;
    }
    return token == ancestor;
}

/* The token after `token` in a walk over what hangs below `top`, heads before dependents; NONE at its end. */
static uint32_t next_below(const dsr_syntax *syntax, uint32_t token, uint32_t top)
{
    if (syntax->first_child[token] != DSR_SYNTAX_NONE) {
        return syntax->first_child[token];
    }
    while (token != top && syntax->next_child[token] == DSR_SYNTAX_NONE) {
        token = syntax->tokens[token].head;
    }
    return token == top ? DSR_SYNTAX_NONE : syntax->next_child[token];
}

dsr_token_range dsr_syntax_subtree(const dsr_syntax *syntax, uint32_t token)
{
    dsr_token_range range = {token, token + 1};
    for (uint32_t at = token; at != DSR_SYNTAX_NONE; at = next_below(syntax, at, token)) {
        range.start = at < range.start ? at : range.start;
        range.end = at >= range.end ? at + 1 : range.end;
    }
    return range;
}
