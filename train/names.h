/* What the files of the name tagger's trainer share: documents with what is known of their names, copies of
 * documents in other typography, the learner. */
#ifndef DSR_TRAIN_NAMES_H
#define DSR_TRAIN_NAMES_H

#include "annotate/name_parts.h"

/* What may be true of a stretch of text: a bit a type, and whether it may be no name. */
enum { MAY_BE_NONE = 1 << DSR_NAME_TYPES, MAY_BE_ANY = 1 << (DSR_NAME_TYPES + 1) };
typedef struct known_span {
    dsr_span span;
    unsigned types; /* one bit where it is known; MAY_BE_ANY: nothing is known of its words */
} known_span;
typedef DSR_LIST(known_span) known_spans;

typedef enum name_set {
    SET_NEWS,
    SET_GUM,
    SET_UNER,
    SET_WIKIGOLD,
    SET_WNUT,
    SET_POLITICS,
    SET_LITERATURE,
    SET_EWT,
    SETS
} name_set;

typedef struct name_document {
    dsr_slice text;
    known_spans spans; /* in order, disjoint; the rest is no name */
    name_set set;
    bool demonyms_known; /* else a demonym outside the spans may be a NORP or not */
    bool copy;           /* in other typography: of no use for counting words */
} name_document;
typedef DSR_LIST(name_document) name_documents;

/* names_load.c: print what is wrong, and return false. */
bool load_news(dsr_arena *arena, const char *folder, name_documents *out);
/* Files of `corpora`. The gazetteer tells what places are. */
bool load_corpora(dsr_arena *arena, const char *corpora, const dsr_gazetteer *gazetteer, name_documents *out);
/* names_gum.c */
bool load_gum(dsr_arena *arena, const char *corpora, const dsr_gazetteer *gazetteer, name_documents *out);
/* The types that a place of this name may have. */
unsigned types_of_place(const dsr_gazetteer *gazetteer, dsr_slice name);

/* A text while it is put together from tokens. */
typedef struct text_maker {
    dsr_arena *arena;
    char *bytes;
    size_t len, capacity;
    bool glue; /* no blank before the next token */
    bool open; /* a straight quotation mark has opened */
} text_maker;
bool text_put(text_maker *t, dsr_slice bytes);
/* Puts a token as printed text has it: blanks where they belong. *at is where it begins. */
bool text_put_token(text_maker *t, dsr_slice token, uint32_t *at);

/* names_copies.c: a copy of `from` in another typography. `spaced`: blanks around marks, as some corpora have
 * it; paragraphs by chance in title case and in capitals. `seed` decides. */
bool copy_document(dsr_arena *arena, const name_document *from, bool spaced, unsigned share, uint64_t seed,
                   name_document *out);

/* ---- prepared for learning: names_examples.c ---- */

typedef struct name_example {
    const name_document *document;
    size_t number; /* of the document that it is, or is a copy of */
    DSR_LIST(dsr_name_sentence) sentences;
    dsr_name_text words;
    uint32_t *allowed; /* by word: a bit a label */
    uint8_t *first;    /* by word: labels of a first pass, by a model that has not seen the document */
    float weight;
} name_example;
typedef struct name_examples {
    name_example *items;
    size_t count;
} name_examples;

/* Cuts the documents into words, and says which labels they may have. */
bool make_examples(dsr_arena *arena, const dsr_lexicon *lexicon, const name_documents *documents,
                   name_examples *out);
/* How words are written, counted over the documents of `sets` (bits). */
typedef struct model_file model_file;
void count_habits(const name_examples *examples, unsigned sets, model_file *file);
/* What needs the finished tables: gazetteers, habits, labels. */
bool prepare_examples(dsr_arena *arena, const dsr_number_table *habits, const dsr_gazetteer *gazetteer,
                      name_examples *examples);

/* ---- the learner: names_crf.c ---- */

typedef struct crf crf;
crf *crf_new(float decay);
void crf_drop(crf *c);
/* Which features are worth a weight: those that are seen at least `least` times. */
void crf_count(crf *c, const uint64_t *features, size_t count);
void crf_choose(crf *c, unsigned least);
/* One step of learning on neighbouring active words: `features[i]` of word i (`counts[i]` of them). */
typedef struct crf_word {
    const uint64_t *features;
    size_t count;
    const float *below; /* DSR_NAME_LABELS scores to which ours are added; NULL: none */
    uint32_t allowed;
    uint8_t step;
} crf_word;
/* From now on the steps of `below` count, and are not changed. */
void crf_stand_on(crf *c, const crf *below);
/* Adds `share` of the weights of `other`, for features that both have. */
void crf_add(crf *c, const crf *other, float share);
/* Adds the weights of the features. */
void crf_sum(const crf *c, const uint64_t *features, size_t count, float *scores);
void crf_learn(crf *c, const crf_word *words, size_t count, float rate, float weight);
/* Scores as whole numbers, in thousandths. */
void crf_score(const crf *c, const uint64_t *features, size_t count, int32_t *scores);
void crf_steps(const crf *c, dsr_name_steps *out);
size_t crf_features(const crf *c);
/* Weights of feature `i`, DSR_NAME_LABELS of them. */
const float *crf_weights(const crf *c, size_t i, uint64_t *feature);

#endif
