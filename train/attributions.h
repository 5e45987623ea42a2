/* What the trainer of attributions shares: documents with known attributions, and the candidates in them. */
#ifndef TRAIN_ATTRIBUTIONS_H
#define TRAIN_ATTRIBUTIONS_H

#include "annotate/attributions_parts.h"

enum { ROLE_SOURCE, ROLE_CUE, ROLE_CONTENT, ROLES };

/* A candidate as the finder sees it, and whether the corpus has it. */
typedef struct example {
    uint32_t document;
    dsr_attribution told;
    uint16_t features[DSR_AT_FEATURES];
    uint16_t feature_count;
    uint8_t frame, kind;
    dsr_slice lemma;
    bool right;
    double logit;
} example;
typedef DSR_LIST(example) examples;

typedef struct document {
    dsr_slice text;
    uint32_t *known[ROLES]; /* by byte: number of the attribution, from 1; 0 for none */
    uint8_t *marked;        /* by byte: 1 in quotations that are no scare quotes */
} document;
typedef DSR_LIST(document) documents;

typedef struct corpus {
    dsr_arena *arena;
    documents documents;
    examples examples;
} corpus;

/* Models and tables, all opened. */
typedef struct toolbox toolbox;
toolbox *toolbox_open(const char *data, const char *models);
void toolbox_close(toolbox *t);
/* Reads a file of JSON lines {"text", "attributions": [{"source", "cue", "content"}]} with spans in code
 * points, and finds the candidates in each text. */
bool corpus_read(const toolbox *t, const char *path, corpus *out);

#endif
