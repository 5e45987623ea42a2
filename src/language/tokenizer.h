/* The state of the tokenizer and its parts. Only tokens.c and token_words.c include it. */
#ifndef DSR_LANGUAGE_TOKENIZER_H
#define DSR_LANGUAGE_TOKENIZER_H

#include "language/language.h"

typedef struct dsr_tokenizer {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    dsr_slice language;
    bool english; /* contractions and prefixes are English */
    dsr_slice text;
    size_t at, end;
    bool space;       /* white space stands before `at` */
    bool single_open; /* a single quotation mark opened and has not closed */
    dsr_tokens out;
    dsr_status status;
} dsr_tokenizer;

/* Adds the token text[t->at, end) and moves on behind it. */
void dsr_tokenizer_add(dsr_tokenizer *t, size_t end, dsr_token_kind kind);
/* The same for a part of the word that the token before it begins. */
void dsr_tokenizer_join(dsr_tokenizer *t, size_t end, dsr_token_kind kind);
/* The tokens of a word that begins at t->at, with a letter: with its contractions, abbreviation's stop,
 * hyphens. */
void dsr_tokenizer_read_word(dsr_tokenizer *t);
/* The tokens of a number that begins at t->at, with its ordinal or unit. */
void dsr_tokenizer_read_number(dsr_tokenizer *t);
/* The end of a number with its "+" at t->at: "+44", "+1-212-555-0142"; t->at where there is none. */
size_t dsr_tokenizer_find_dialled(const dsr_tokenizer *t);

#endif
