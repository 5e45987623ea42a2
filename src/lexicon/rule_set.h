/* What the compiler of rules and their matcher share. Only rules*.c include it. */
#ifndef DSR_LEXICON_RULE_SET_H
#define DSR_LEXICON_RULE_SET_H

#include "lexicon/internal.h"

enum {
    RULES_MOST = 4096,
    RULE_STEPS = 240,      /* instructions of one rule */
    RULE_PHRASE_WORDS = 8, /* tokens of one fixed phrase among alternatives */
    RULE_TOKENS = 1100,    /* tokens of a line that is looked at */
    RULE_LINE_TOKENS = 70, /* tokens that "..." takes at most */
    RULE_END_BYTES = 320,  /* of a line's end in which furniture can begin */
    RULE_FREE_BYTES =
        160 /* longer lines are not tried with rules that have no first or last word of their own */
};

typedef struct rule_token {
    uint32_t start, end; /* bytes in the line */
    uint64_t folded;     /* hash of the folded token */
    bool word, number, upper_first, upper_all;
} rule_token;

/* Cuts the next token at *at (white space before it is left out): a run of letters and digits with
 * apostrophes and hyphens between letters and points, commas and colons between digits; else one character.
 * False at the end. */
bool dsr_rule_next_token(dsr_slice text, size_t *at, rule_token *out);
uint64_t dsr_rule_exact_hash(dsr_slice token);
/* The hash of a phrase, extended by one token; begins with the number of its set. */
uint64_t dsr_rule_extend_hash(uint64_t phrase, uint64_t token);

typedef enum rule_class {
    CLASS_NUMBER,
    CLASS_DATE,
    CLASS_UPDATED,
    CLASS_TIME,
    CLASS_AGENCY,
    CLASS_AGENCIES,
    CLASS_OUTLET,
    CLASS_NAME,
    CLASS_PLACE,
    CLASS_UPPER_PLACE,
    CLASS_CITY,
    CLASS_CAPS,
    CLASS_QUOTE,
    CLASS_NONE
} rule_class;

typedef enum rule_op {
    OP_FOLDED,
    OP_EXACT,
    OP_ANY,
    OP_RUN,
    OP_CLASS,
    OP_PHRASES,
    OP_MARK,
    OP_SPLIT,
    OP_JUMP,
    OP_MATCH
} rule_op;
typedef struct rule_step {
    rule_op op;
    uint32_t a, b; /* SPLIT: both ways; JUMP: a; RUN: most tokens in a; CLASS: the class in a; PHRASES: most
                      tokens in a */
    uint64_t hash; /* of the token; PHRASES: the number of their set */
} rule_step;

/* A set of tokens, a bit each (eight bits of the hash): a token whose bit is not set is not in it. */
typedef struct rule_bits {
    uint64_t words[4];
} rule_bits;
static inline void rule_bits_add(rule_bits *bits, uint64_t token)
{
    bits->words[token >> 6 & 3] |= 1ull << (token & 63);
}
static inline bool rule_bits_meet(const rule_bits *a, const rule_bits *b)
{
    return ((a->words[0] & b->words[0]) | (a->words[1] & b->words[1]) | (a->words[2] & b->words[2]) |
            (a->words[3] & b->words[3])) != 0;
}

enum { RULE_NEEDS = 2 };

typedef struct rule {
    dsr_furniture_kind kind;
    dsr_rule_part part;
    unsigned where; /* 0: everywhere; else the places where it holds */
    bool block;
    uint32_t first; /* step */
    uint32_t steps;
    uint32_t least, most; /* tokens */
    uint64_t
        ends; /* a bit for each token (its hash, six bits) that it can end with, a final full stop left out */
    rule_bits needs[RULE_NEEDS]; /* sets of which a matching line has one token each; the first `need_count`
                                    count */
    uint32_t need_count;
} rule;

/* Rules under the hash of a token that a match must begin (end) with. */
typedef struct rule_link {
    uint32_t rule, next;
} rule_link;

typedef struct rule_index {
    dsr_map *by_first, *by_last; /* hash -> head in links */
    DSR_LIST(uint32_t) free;     /* rules without such a token */
} rule_index;

typedef struct rule_macro {
    dsr_slice name, pattern;
} rule_macro;

struct dsr_rule_set {
    dsr_arena *arena;
    DSR_LIST(rule) rules;
    DSR_LIST(rule_step) steps;
    DSR_LIST(rule_link) links;
    rule_index index[3]; /* a part of the line each */
    dsr_map *phrases;    /* hashes of fixed alternatives, each mixed with the number of its set */
    uint64_t phrase_sets;
    dsr_map *except[2]; /* words that are no beginning of a place; of a name */
    DSR_LIST(rule_macro) macros;
};

#endif
