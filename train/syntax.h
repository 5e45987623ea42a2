/* What the files of the syntax trainer share. */
#ifndef DSR_TRAIN_SYNTAX_H
#define DSR_TRAIN_SYNTAX_H

#include "conllu.h"
#include "perceptron.h"
#include "syntax/internal.h"

typedef struct training {
    dsr_arena *arena;
    conllu corpus;
    size_t web;      /* documents of the first treebank, which come first */
    bool *held;      /* by sentence: not trained on */
    bool *word_held; /* by word: not counted; made sentences are not either, though they are trained on */
    dsr_syntax_word *words; /* by word of the corpus, with their right tags */
    dsr_tag_pair tags[DSR_NET_TAGS];
    size_t tag_count;
    unsigned passes;
    model_file *file;
} training;

/* syntax_splice.c: adds sentences made of others to the corpus, at most so many of one. */
enum { SPLICED_SENTENCES = 4 };
void splice_sentences(training *t);
/* syntax_tags.c: numbers the pairs of tags, and gives each word its own. */
void number_tags(training *t);
/* syntax_lemmas.c */
void learn_lemmas(training *t);
/* syntax_net.c */
void learn_network(training *t);
/* syntax_score.c: prints a line of figures of the sentences that `use` picks (all where it is NULL). */
void score_sentences(const dsr_syntax_model *model, const conllu *corpus, const bool *use, const char *name);
/* syntax_raw.c: the same from raw text; whole documents, those whose first sentence is used. `data` is the
 * folder of word lists. */
void score_raw(const dsr_syntax_model *model, const char *data, const conllu *corpus, const bool *use,
               const char *name);

#endif
