/* The lines of a report while it is cleaned, and the steps that label them, in their order. Only src/clean
 * includes it. */
#ifndef DSR_CLEAN_LINES_H
#define DSR_CLEAN_LINES_H

#include "clean/clean.h"
#include "lexicon/rules.h"

enum { LINE_MANY_WORDS = 400, LINE_NONE = -1 };

typedef struct clean_line {
    dsr_span span;       /* without white space at its ends; never empty */
    uint16_t words;      /* LINE_MANY_WORDS: that many or more */
    int8_t kind;         /* of the whole line; LINE_NONE: it is no furniture, as far as is known */
    bool stop;           /* ends as a sentence does */
    bool gap;            /* an empty line stands before it */
    bool prose;          /* reads like a paragraph: a sentence or more */
    bool block;          /* what follows may belong to it */
    bool heading;        /* of a labelled report: its layout calls the line one, and nothing else names it */
    dsr_span start, end; /* furniture at its beginning (a dateline) and end; empty where there is none */
    int8_t end_kind;
} clean_line;

typedef DSR_LIST(dsr_rule_match) clean_matches;
/* A report on its way through the steps. */
typedef struct cleaner {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    dsr_report *report;
    dsr_slice text, language;
    DSR_LIST(clean_line) lines;
    DSR_LIST(dsr_furniture) embedded; /* inside lines that are no furniture themselves; by place */
    size_t body;                      /* first line of the report's own text */
    size_t behind;                    /* behind the last one */
    clean_matches
        matches; /* what rules found, in the order of the text but for those of steps that look again */
} cleaner;

/* lines.c */
dsr_status dsr_clean_split(cleaner *c) DSR_MUST_CHECK;
dsr_slice dsr_clean_text(const cleaner *c, dsr_span span);
/* Whether two texts are the same but for case, spacing and punctuation. */
bool dsr_clean_same_words(dsr_slice a, dsr_slice b);
/* Whether `whole` begins with the words of `part`, which has some. */
bool dsr_clean_starts_with_words(dsr_slice whole, dsr_slice part);
/* Finds c->body and c->behind anew. */
void dsr_clean_find_body(cleaner *c);

/* furniture.c: line patterns, and what follows from lines that they label. */
dsr_status dsr_clean_match_lines(cleaner *c) DSR_MUST_CHECK;
dsr_status dsr_clean_match_edges(cleaner *c) DSR_MUST_CHECK; /* datelines, inline furniture at line ends */
void dsr_clean_mark_twins(cleaner *c);
void dsr_clean_release_paragraphs(cleaner *c);
void dsr_clean_mark_blocks(cleaner *c);
void dsr_clean_mark_tail(cleaner *c);

/* labelled.c: all steps of a report whose labels its reader set. `labels` in order, disjoint. */
dsr_status dsr_clean_match_labelled(cleaner *c, const dsr_furniture *labels, size_t count) DSR_MUST_CHECK;

/* embedded.c: prompts in the middle of paragraphs. */
dsr_status dsr_clean_match_embedded(cleaner *c) DSR_MUST_CHECK;

/* headline.c: headline, standfirst, subheads by place and shape. */
dsr_status dsr_clean_mark_headline(cleaner *c) DSR_MUST_CHECK;
void dsr_clean_mark_standfirst(cleaner *c);
void dsr_clean_mark_subheads(cleaner *c);

/* facts.c: what the furniture tells. */
dsr_status dsr_clean_take_facts(cleaner *c) DSR_MUST_CHECK;

#endif
