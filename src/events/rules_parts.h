/* The compiled rules, as this room sees them. Only src/events includes it. */
#ifndef DSR_EVENTS_RULES_PARTS_H
#define DSR_EVENTS_RULES_PARTS_H

#include "base/map.h"
#include "events/rules.h"
#include "model/report.h"

#define DSR_RULE_NONE UINT32_MAX

/* What a line is about: its first field. */
typedef enum dsr_rule_kind {
    DSR_RULE_VERB,
    DSR_RULE_NOUN,
    DSR_RULE_ADJ,
    DSR_RULE_CLASS,
    DSR_RULE_CONTENT,
    DSR_RULE_TURN,
    DSR_RULE_ACTOR,
    DSR_RULE_COUNTRY,
    DSR_RULE_TOPIC,
    DSR_RULE_ISSUE,
    DSR_RULE_FORM,
    DSR_RULE_KINDS
} dsr_rule_kind;

/* What a predicate must have beside it. */
typedef enum dsr_slot_kind {
    DSR_SLOT_SUBJ,
    DSR_SLOT_OBJ,
    DSR_SLOT_TO,   /* an infinitive */
    DSR_SLOT_THAT, /* a clause */
    DSR_SLOT_ING,
    DSR_SLOT_MOD,  /* adverbs of verbs; adjectives and nouns before nouns */
    DSR_SLOT_POSS, /* "Peru's", "their" */
    DSR_SLOT_NEG,  /* the predicate is negated */
    DSR_SLOT_SAID, /* it stands in the words of another than its subject, who is the source then */
    DSR_SLOT_ANY,  /* anywhere below the predicate */
    DSR_SLOT_PREP, /* any other word: what hangs on the predicate by this preposition */
    DSR_SLOT_KINDS
} dsr_slot_kind;

/* What may fill a slot beside the words of a class. */
#define DSR_FILL_ANY   UINT32_MAX
#define DSR_FILL_ACTOR (UINT32_MAX - 1) /* somebody political */
#define DSR_FILL_PLACE (UINT32_MAX - 2) /* the name of a place */
#define DSR_FILL_NOUN  (UINT32_MAX - 3) /* of "to": anything but a verb */

typedef struct dsr_rule_slot {
    uint8_t kind;
    bool not ; /* the slot must not be there */
    uint64_t preposition;
    uint32_t fill; /* a class, or one of the above */
} dsr_rule_slot;

enum { DSR_RULE_SLOTS = 6, DSR_HEAD_WORDS = 4 };

typedef struct dsr_rule {
    uint8_t kind;
    bool stance; /* `result` is a dsr_stance, not a dsr_event_type */
    bool user;
    uint8_t result;
    uint8_t slot_count;
    uint32_t slots; /* first of them */
    uint32_t line;
    dsr_slice text; /* the slots as they stand; "-" for none */
    dsr_slice mode, cameo;
} dsr_rule;

/* One of the words by which a rule is found. */
typedef struct dsr_rule_head {
    uint32_t rule;
    uint32_t next;  /* of the same first word; NONE */
    dsr_slice name; /* "verb call for with:*" */
    uint8_t words;
    uint64_t more[DSR_HEAD_WORDS - 1]; /* the words behind the first, in order */
} dsr_rule_head;

/* Refines mode and code of an event by what it speaks of. */
typedef struct dsr_rule_content {
    uint32_t words; /* class */
    uint8_t type;
    dsr_slice mode, cameo;
} dsr_rule_content;

/* What makes an event of another type of one that is not (yet) so. */
typedef enum dsr_turn_when {
    DSR_TURN_FUTURE,
    DSR_TURN_UNLESS,  /* announced, should something else not be done */
    DSR_TURN_NEGATED, /* not done, in the past */
    DSR_TURN_REFUSED, /* will not, would not, cannot be done */
    DSR_TURN_MUST,    /* must, should, has to be done */
    DSR_TURNS
} dsr_turn_when;
typedef struct dsr_rule_turn {
    bool set;
    uint8_t type;
    dsr_slice mode, cameo;
} dsr_rule_turn;

typedef struct dsr_rule_issue {
    uint32_t first, second; /* classes; second NONE: no other word is needed */
    dsr_slice label;
} dsr_rule_issue;

struct dsr_coding_rules {
    dsr_arena *arena;
    DSR_LIST(dsr_rule) rules;
    DSR_LIST(dsr_rule_slot) slots;
    DSR_LIST(dsr_rule_head) heads;
    DSR_LIST(dsr_rule_content) contents;
    DSR_LIST(dsr_rule_issue) issues;
    dsr_rule_turn turns[DSR_TURNS][DSR_EVENT_TYPES + 1]; /* the last: of any other type */
    DSR_LIST(dsr_slice) names;                           /* sectors, topics and codes, by number */
    DSR_LIST(dsr_rule_flaw) flaws;
    dsr_map *first;   /* kind and word -> head */
    dsr_map *members; /* class and word -> 1 */
    dsr_map *words;   /* of actors, countries, topics: kind and word -> name; of classes: name -> number */
    uint64_t of, by;  /* the words */
    size_t lines;     /* that count */
};

/* ---- words ---- */

/* A word folded, as a number; phrases join the numbers of their words in order. */
uint64_t dsr_rule_word(dsr_slice word);
static inline uint64_t dsr_rule_join(uint64_t phrase, uint64_t word)
{
    return (phrase ^ (phrase >> 29)) * UINT64_C(0x9e3779b97f4a7c15) + word;
}
static inline uint64_t dsr_rule_key(uint64_t owner, uint64_t word)
{
    return dsr_rule_join(owner * UINT64_C(0xd6e8feb86659fd93) + 1, word);
}
/* Whether a word or phrase stands in a class. */
static inline bool dsr_rule_has(const dsr_coding_rules *rules, uint32_t class_number, uint64_t word)
{
    return dsr_map_get(rules->members, dsr_rule_key(class_number, word)) != DSR_MAP_NONE;
}
/* What an actor's, country's or topic's word stands for; no value where it is none. */
dsr_slice dsr_rule_name(const dsr_coding_rules *rules, dsr_rule_kind kind, uint64_t word);
/* A class by its name; NONE. */
uint32_t dsr_rule_class(const dsr_coding_rules *rules, dsr_slice name);
/* The first of the rules that begin with a word; NONE. */
static inline uint32_t dsr_rule_first(const dsr_coding_rules *rules, dsr_rule_kind kind, uint64_t word)
{
    uint32_t found = dsr_map_get(rules->first, dsr_rule_key((uint64_t)kind + 1000, word));
    return found;
}

/* ---- reading ---- */

/* A file while it is read. */
typedef struct dsr_rule_reader {
    dsr_coding_rules *rules;
    dsr_arena *scratch;
    dsr_slice path;
    size_t line;
    size_t flaws; /* of this file */
    bool user;
    dsr_map *seen;    /* rule -> line where it stands first, over all files */
    dsr_map *classes; /* name -> number */
    DSR_LIST(struct dsr_class) list;
} dsr_rule_reader;

/* A class while it is read: its own words are members at once, those of others at the end. */
typedef struct dsr_class {
    dsr_slice name;
    dsr_slice path;
    size_t line;   /* 0: spoken of, but not yet told */
    size_t spoken; /* where it is spoken of first */
    DSR_LIST(uint64_t) words;
    DSR_LIST(uint32_t) others;
    uint8_t state;
    bool cyclic; /* that has been told */
} dsr_class;

/* Notes a flaw of the line at hand. */
dsr_status dsr_rule_flaw_add(dsr_rule_reader *r, size_t line, const char *format, ...)
    DSR_FORMAT(3, 4) DSR_MUST_CHECK;
/* rules_classes.c: a class by its name; one for "a|b|@CLASS" in a rule; all of them once all is read. */
dsr_status dsr_rule_class_named(dsr_rule_reader *r, dsr_slice name, uint32_t *out) DSR_MUST_CHECK;
dsr_status dsr_rule_class_told(dsr_rule_reader *r, dsr_slice name, dsr_slice words) DSR_MUST_CHECK;
dsr_status dsr_rule_class_of(dsr_rule_reader *r, dsr_slice words, uint32_t *out) DSR_MUST_CHECK;
dsr_status dsr_rule_classes_close(dsr_rule_reader *r) DSR_MUST_CHECK;
/* rules_lines.c: one line of any kind; flaws are noted, not returned. */
dsr_status dsr_rule_line(dsr_rule_reader *r, dsr_slice line) DSR_MUST_CHECK;

#endif
