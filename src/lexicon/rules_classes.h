/* Which lengths a class of the rule language can have at a place in a line. Only rules*.c include it. */
#ifndef DSR_LEXICON_RULES_CLASSES_H
#define DSR_LEXICON_RULES_CLASSES_H

#include "lexicon/rule_set.h"

/* A line, cut into tokens only as far as a rule looks. */
typedef struct rule_line {
    const dsr_lexicon *lexicon;
    dsr_slice language;
    const dsr_rule_set *set;
    dsr_slice text;
    rule_token *tokens; /* RULE_TOKENS of them have room */
    size_t count;       /* cut so far */
    size_t next;        /* byte where cutting goes on */
    bool whole;         /* all are cut */
} rule_line;

/* Whether the line has a token number `at` (from 0), which is cut where it was not yet. */
bool dsr_rule_has_token(rule_line *line, size_t at);
/* Bit n set: n tokens from `at` on can be of that class (1 <= n <= 31). */
uint32_t dsr_rule_class_lengths(rule_line *line, rule_class class, size_t at);

#endif
