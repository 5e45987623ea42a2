/* What the files of this room and its trainer share: words as lemma rules see them, and the model's inside.
 * Only src/syntax and train/ include it. */
#ifndef DSR_SYNTAX_INTERNAL_H
#define DSR_SYNTAX_INTERNAL_H

#include "syntax/net.h"
#include "syntax/syntax.h"

/* ---- words ---- */

/* A token as lemma rules see it. */
typedef struct dsr_syntax_word {
    dsr_slice text;
    uint64_t tail; /* its last eight bytes in lower case, the last one lowest */
    uint32_t form; /* hash of its form and how it is capitalised, digits as "0" */
    uint8_t tag;   /* number of its (xpos, upos) in the model */
} dsr_syntax_word;

/* Fills a word from its text: everything but the tag. */
void dsr_word_set(dsr_syntax_word *word, dsr_slice text);

/* One spelling for quotation marks, apostrophes, dashes and blanks: U+201C -> '"'. */
uint32_t dsr_plain_mark(uint32_t code_point);

enum { DSR_NORMAL_BYTES = 64 };
/* The form in lower case, cut after DSR_NORMAL_BYTES bytes, digits as they are; returns its bytes. */
size_t dsr_word_lower(dsr_slice text, char out[DSR_NORMAL_BYTES]);

/* ---- the model ---- */

enum { DSR_SYNTAX_LEMMA_BYTES = 12 };

/* How a lemma is made from a form: lower it or not, take `strip` bytes off the end, put `append` there. */
typedef struct dsr_lemma_rule {
    uint8_t keep_case;
    uint8_t strip;
    uint8_t length;
    char append[DSR_SYNTAX_LEMMA_BYTES];
} dsr_lemma_rule;

typedef struct dsr_tag_pair {
    uint8_t xpos;
    uint8_t upos;
} dsr_tag_pair;

struct dsr_syntax_model {
    dsr_weights *weights;
    dsr_tag_pair tags[DSR_NET_TAGS];
    size_t tag_count;
    dsr_net net;
    dsr_number_table lemmas; /* (tag, ending) -> rule */
    const dsr_lemma_rule *rules;
    size_t rule_count;
};

/* ---- lemmas ---- */

enum { DSR_LEMMA_ENDING = 8 };
/* The key of a whole word, or of its last `length` bytes. */
uint64_t dsr_lemma_word_key(const dsr_syntax_word *word);
uint64_t dsr_lemma_ending_key(const dsr_syntax_word *word, unsigned length);
/* The lemmas of `count` words, whose tags are known. */
dsr_status dsr_lemma_words(const dsr_syntax_model *model, dsr_arena *arena, const dsr_syntax_word *words,
                           size_t count, dsr_syntax_token *out) DSR_MUST_CHECK;
/* Bytes of the lemma that `rule` makes of `text`, written to `out` (2 * text.len + DSR_SYNTAX_LEMMA_BYTES
 * bytes suffice). */
size_t dsr_lemma_apply(const dsr_lemma_rule *rule, dsr_slice text, char *out);

#endif
