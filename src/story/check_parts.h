/* The state of checking one draft. Only src/story/check*.c include it. */
#ifndef DSR_STORY_CHECK_PARTS_H
#define DSR_STORY_CHECK_PARTS_H

#include "story/check.h"
#include "story/told.h"

/* A sentence of a report that may tell something. */
typedef struct dsr_check_line {
    uint32_t report, sentence; /* the number through the story */
    dsr_span span;
    bool heading;
    dsr_told_keys keys;
    dsr_told_keys roles; /* those that stand in the role of somebody */
} dsr_check_line;

/* A key, and a line that has it. */
typedef struct dsr_check_post {
    uint64_t key;
    uint32_t line;
} dsr_check_post;

enum { DSR_UNIT_WORDS = 96, DSR_WORD_ALSO = 5, DSR_UNIT_DETAILS = 12, DSR_SCOPE_KEYS = 24 };

/* A word or name of the draft. */
typedef struct dsr_check_word {
    uint64_t key;
    uint32_t weight;
    dsr_span span;
    bool light; /* only says who somebody is */
    bool again; /* the key stands before it already */
    uint64_t
        also[DSR_WORD_ALSO]; /* keys of those in the cast whom a bare surname or short name may mean; 0 */
} dsr_check_word;

/* A number that is no figure and no date: of which nobody can say for sure what it counts. */
typedef struct dsr_check_number {
    int64_t value;
    uint64_t head; /* the key of what stands behind it; 0 */
    dsr_span span;
} dsr_check_number;

/* Keys of what a text says not to be so. */
typedef struct dsr_check_scope {
    uint64_t keys[DSR_SCOPE_KEYS];
    dsr_span word[DSR_SCOPE_KEYS]; /* that says so */
    bool denied[DSR_SCOPE_KEYS];   /* somebody says so */
    uint32_t count;
} dsr_check_scope;

/* A sentence of the draft or a piece of one. */
typedef struct dsr_check_unit {
    dsr_span span;
    dsr_check_word words[DSR_UNIT_WORDS];
    uint32_t word_count, total; /* of the weights */
    uint32_t names, stems;      /* that count: neither light nor told twice */
    uint32_t figures[DSR_UNIT_DETAILS], times[DSR_UNIT_DETAILS], quotes[DSR_UNIT_DETAILS]; /* indexes */
    uint32_t figure_count, time_count, quote_count;
    dsr_check_number numbers[DSR_UNIT_DETAILS];
    uint32_t number_count;
    uint32_t quoted; /* bytes in quotation marks */
    dsr_check_scope scope;
} dsr_check_unit;

typedef enum dsr_match_kind {
    DSR_MATCH_NONE,
    DSR_MATCH_PART,
    DSR_MATCH_CARRIES,
    DSR_MATCH_CONTRADICTS
} dsr_match_kind;

/* How one line stands to a unit. */
typedef struct dsr_check_match {
    uint32_t line;
    dsr_match_kind kind;
    uint32_t share;        /* thousandths of the unit's weight */
    uint32_t stems, names; /* in common */
    uint32_t names_missing;
    dsr_check_detail numbers[DSR_UNIT_DETAILS];
    dsr_check_detail figures[DSR_UNIT_DETAILS], times[DSR_UNIT_DETAILS], quotes[DSR_UNIT_DETAILS];
    dsr_contradiction found; /* where it contradicts: one is enough */
    bool contradicts;
} dsr_check_match;
typedef DSR_LIST(dsr_check_match) dsr_check_matches;

/* A word of a name in the cast. */
typedef struct dsr_check_name_word {
    uint64_t word;
    uint32_t cast;
} dsr_check_name_word;

typedef struct dsr_checker {
    dsr_told told;
    dsr_arena *arena; /* the check's */
    dsr_arena *work;  /* for one sentence of the draft */
    const dsr_story *story;
    const dsr_report *draft;
    uint32_t draft_at;
    DSR_LIST(dsr_check_line) lines;
    DSR_LIST(dsr_check_post) posts;           /* by key */
    DSR_LIST(dsr_check_name_word) name_words; /* by word */
    uint32_t *score;                          /* by line, zero between two looks */
    uint32_t *touched;
    uint32_t *line_of; /* by sentence through the story: its line; UINT32_MAX */
} dsr_checker;

/* check_lines.c */
/* The first of a report's records of `size` bytes, each of which begins with its span, that starts at a place
 * or behind it. */
size_t dsr_check_first(const void *items, size_t count, size_t size, uint32_t at);
#define DSR_CHECK_FIRST(list, at) dsr_check_first((list)->items, (list)->count, sizeof *(list)->items, (at))
dsr_status dsr_check_collect(dsr_checker *c) DSR_MUST_CHECK;
dsr_status dsr_check_read_unit(dsr_checker *c, dsr_span span, dsr_check_unit *out) DSR_MUST_CHECK;
/* The lines that have much of a unit, by number. */
dsr_status dsr_check_find_lines(dsr_checker *c, const dsr_check_unit *unit, uint32_t **out,
                                uint32_t *count) DSR_MUST_CHECK;
bool dsr_check_has_key(const dsr_check_line *line, uint64_t key);
/* Whether a line has a word of the draft. */
bool dsr_check_has_word(const dsr_check_line *line, const dsr_check_word *word);
/* check_names.c: the words of the cast's names, and whom a name of one word may mean. */
dsr_status dsr_check_collect_names(dsr_checker *c) DSR_MUST_CHECK;
void dsr_check_note_names(dsr_checker *c, dsr_slice name, dsr_check_word *word);
/* check_scope.c: what a stretch of a report says not to be so. After dsr_told_read. */
void dsr_check_find_scope(dsr_checker *c, const dsr_report *report, dsr_span span, dsr_check_scope *out);
/* check_numbers.c: those of a stretch; `bare`: without figures. After dsr_told_read. */
uint32_t dsr_check_take_numbers(dsr_checker *c, const dsr_report *report, dsr_span span, bool bare,
                                dsr_check_number out[DSR_UNIT_DETAILS]);
/* How a line has each of a unit's. */
void dsr_check_match_numbers(dsr_checker *c, const dsr_check_unit *unit, const dsr_check_line *line,
                             dsr_check_detail *out);
/* check_match.c */
dsr_status dsr_check_match_line(dsr_checker *c, const dsr_check_unit *unit, uint32_t line,
                                dsr_check_match *out) DSR_MUST_CHECK;
/* check_quotes.c: the quotation of a unit in and beside a line. Sets verdict, at and, where another says the
 * words, the speaker of the contradiction. */
dsr_status dsr_check_quote(dsr_checker *c, const dsr_check_line *line, const dsr_quote *quote,
                           dsr_span within, dsr_check_detail *out) DSR_MUST_CHECK;
/* `words`: where the line has what is said. */
bool dsr_check_other_speaker(dsr_checker *c, const dsr_check_line *line, const dsr_quote *quote,
                             dsr_span words, dsr_span *at);
/* check_voices.c: counts the voices of a sentence's carriers, and who had it first. */
dsr_status dsr_check_voices(dsr_checker *c, dsr_checked_sentence *sentence) DSR_MUST_CHECK;

#endif
