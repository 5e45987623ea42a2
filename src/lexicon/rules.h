/* Furniture rules (data/<language>/furniture.rules): which lines, line beginnings and line ends of a report
 * are furniture, of which kind, and what they tell. Users may add rules of their own. The rule language is
 * described at the top of that file. */
#ifndef DSR_LEXICON_RULES_H
#define DSR_LEXICON_RULES_H

#include "lexicon/lexicon.h"

enum { DSR_RULE_AGENCIES = 4, DSR_RULE_LINE_BYTES = 1000 };

/* Which part of a line the caller asks about. */
typedef enum dsr_rule_part { DSR_RULE_LINE, DSR_RULE_START, DSR_RULE_END } dsr_rule_part;
/* Where in the report the line stands, as far as the caller knows. */
enum { DSR_RULE_TOP = 1, DSR_RULE_TAIL = 2 };

/* What a rule found in a line. Slices are parts of the line, but for the agencies' canonical names. */
typedef struct dsr_rule_match {
    dsr_furniture_kind kind;
    dsr_slice span;                        /* the furniture itself: the whole line, or its beginning or end */
    dsr_slice outlet;                      /* what the rule captured; no value where it captures none */
    dsr_slice agencies[DSR_RULE_AGENCIES]; /* in order of appearance */
    size_t agency_count;
    dsr_slice place;
    dsr_slice date;
    dsr_slice author;    /* one name or several, as they stand in the line */
    bool date_of_update; /* `date` tells when the report was changed */
    bool some_agency;    /* agencies that are not named: "and agencies" */
    bool block;          /* the lines below belong to it too, while they are short: "Related stories" */
} dsr_rule_match;

/* The first rule (user's rules first, then by their order) that matches this part of `line`; false where none
 * does. `where` (DSR_RULE_TOP, DSR_RULE_TAIL) opens the rules that hold only there. Linear in the line for
 * each rule; a line of more than DSR_RULE_LINE_BYTES matches no rule for whole lines, and only its first and
 * last half of that is looked at. */
bool dsr_rules_match(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice line, dsr_rule_part part,
                     unsigned where, dsr_rule_match *out);
/* Whether there are rules for `language`. */
bool dsr_rules_known(const dsr_lexicon *lexicon, dsr_slice language);

#endif
