/* Reads CoNLL-U for the trainers: documents, sentences, words. Empty nodes are left out; of words that are
 * written together (multiword tokens) the parts are kept. */
#ifndef DSR_TRAIN_CONLLU_H
#define DSR_TRAIN_CONLLU_H

#include "base/arena.h"

#include <stdio.h>

typedef struct conllu_word {
    dsr_slice form;
    dsr_slice lemma;
    uint8_t xpos;     /* dsr_xpos; DSR_XPOS_COUNT where unknown */
    uint8_t upos;     /* dsr_upos */
    uint8_t relation; /* dsr_relation */
    uint8_t space;    /* white space follows */
    uint16_t head;    /* number of the head in the sentence, from 1; 0 for the root */
} conllu_word;

typedef struct conllu_sentence {
    uint32_t first; /* of words */
    uint32_t count;
    uint32_t document;
    bool paragraph; /* a paragraph begins here */
} conllu_sentence;

typedef struct conllu {
    DSR_LIST(conllu_word) words;
    DSR_LIST(conllu_sentence) sentences;
    DSR_LIST(dsr_slice) documents; /* their names */
} conllu;

/* The file's bytes, in the arena; false where it cannot be read. */
bool read_whole_file(dsr_arena *arena, const char *path, dsr_slice *out);
/* Adds the sentences of the file at `path`; says on standard error what is wrong, and returns false. */
bool conllu_read(dsr_arena *arena, const char *path, conllu *out);

#endif
