/* The state of finding one story's statements. Only src/story/statements*.c include it. */
#ifndef DSR_STORY_STATEMENTS_PARTS_H
#define DSR_STORY_STATEMENTS_PARTS_H

#include "story/statements.h"
#include "story/told.h"

enum { DSR_UNIT_DAYS = 3, DSR_UNIT_FIGURES = 4, DSR_UNIT_QUOTES = 4 };

typedef struct dsr_unit_days {
    int32_t earliest, latest;
    dsr_realis realis;
} dsr_unit_days;

/* A quotation of the story, as far as it stands in a sentence. */
typedef struct dsr_unit_quote {
    uint32_t quote; /* index into story->quotes */
    uint32_t bytes;
    bool indirect;
    bool whole; /* the quotation goes on in no other sentence */
} dsr_unit_quote;

/* A sentence that may carry a statement. Units stand in an order that their content alone decides. */
typedef struct dsr_told_unit {
    uint32_t report;
    uint32_t sentence; /* through the story */
    dsr_span span;
    bool heading;
    uint32_t node; /* of which it is a twin */
    uint8_t days, figures, quotes;
    uint32_t marked; /* bytes of it in quotation marks */
    uint8_t telling; /* the first so many figures are no small numbers that anything might have */
    dsr_unit_days day[DSR_UNIT_DAYS];
    uint32_t figure[DSR_UNIT_FIGURES]; /* index into story->figures */
    dsr_unit_quote quote[DSR_UNIT_QUOTES];
    dsr_told_keys keys;
    dsr_told_keys roles; /* of the words that only say who somebody is */
} dsr_told_unit;

/* Sentences of one text: compared as one. */
typedef struct dsr_told_node {
    uint32_t unit; /* the one that is compared */
    uint32_t item; /* its whole sentence; pieces follow */
    uint32_t pieces;
    uint32_t twins;   /* units, itself among them */
    uint32_t cluster; /* index into clusters */
    uint32_t next;    /* the next one of its cluster; UINT32_MAX */
} dsr_told_node;

/* Nodes that tell one fact. */
typedef struct dsr_told_cluster {
    uint32_t first, last; /* nodes */
    uint32_t size;
} dsr_told_cluster;

typedef struct dsr_statements {
    dsr_told told;
    dsr_arena *arena; /* the story's */
    dsr_story *story;
    DSR_LIST(dsr_told_unit) units;
    uint32_t *unit_of; /* by sentence through the story; UINT32_MAX */
    DSR_LIST(dsr_told_node) nodes;
    dsr_told_item *items;
    uint32_t *node_of; /* by item */
    uint32_t item_count;
    dsr_told_cluster *clusters; /* by node at first */
    uint32_t *second;           /* by node: the cluster of the other fact that it tells; UINT32_MAX */
} dsr_statements;

/* statements_units.c */
dsr_status dsr_statements_collect(dsr_statements *s) DSR_MUST_CHECK;
/* statements_likeness.c: thousandths, how surely two items tell one fact, and the least of an edge. */
uint32_t dsr_statements_likeness(const dsr_statements *s, uint32_t a, uint32_t b,
                                 const dsr_likeness *likeness);
/* ... and of two nodes: of their whole sentences or the best of their pieces. */
uint32_t dsr_statements_alike(const dsr_statements *s, uint32_t a, uint32_t b);
enum { DSR_STATEMENTS_SURE = 1000 };
/* A likely pair of nodes. */
typedef struct dsr_told_edge {
    uint32_t a, b;
    uint32_t likeness;
} dsr_told_edge;
typedef struct dsr_told_edges {
    dsr_told_edge *items;
    size_t count;
} dsr_told_edges;
/* statements_join.c: nodes -> clusters. */
dsr_status dsr_statements_join(dsr_statements *s) DSR_MUST_CHECK;
/* How alike the members of two clusters are on the average; `alone`: a node by itself instead of the first
 * one, UINT32_MAX for none. */
uint32_t dsr_statements_mean(const dsr_statements *s, uint32_t a, uint32_t b, uint32_t alone);
enum { DSR_STATEMENTS_MEAN = 230, DSR_STATEMENTS_SAMPLE = 6 };
/* statements_second.c: sentences that tell two facts. */
dsr_status dsr_statements_seconds(dsr_statements *s, const dsr_told_edges *edges) DSR_MUST_CHECK;
/* statements_timeline.c: which entry of the timeline dates which statement; entries of one time and one
 * statement become one. */
dsr_status dsr_statements_link(dsr_statements *s) DSR_MUST_CHECK;
/* statements_carriers.c: clusters -> story->statements. */
dsr_status dsr_statements_write(dsr_statements *s) DSR_MUST_CHECK;
/* statements_origins.c: to whom a carrier ascribes what its clause tells. */
dsr_status dsr_statements_ascribe(dsr_statements *s, dsr_statement_carrier *carrier) DSR_MUST_CHECK;
dsr_status dsr_statements_origins(dsr_statements *s, dsr_statement *statement) DSR_MUST_CHECK;

#endif
