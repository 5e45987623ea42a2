/* Words -> stems. stem.c alone knows libstemmer (Porter's Snowball stemmers). */
#ifndef DSR_STORY_STEM_H
#define DSR_STORY_STEM_H

#include "base/slice.h"
#include "base/status.h"

/* A stemmer belongs to one thread. */
typedef struct dsr_stemmer dsr_stemmer;
/* *out becomes NULL, and that is no failure, where Snowball has no stemmer for the language (ISO 639-1). */
dsr_status dsr_stemmer_open(dsr_slice language, dsr_stemmer **out) DSR_MUST_CHECK;
void dsr_stemmer_close(dsr_stemmer *stemmer);
/* The stem of a folded word, lent until the next call. With no stemmer (NULL), and for words with digits, the
 * word itself. */
dsr_status dsr_stem(dsr_stemmer *stemmer, dsr_slice folded, dsr_slice *stem) DSR_MUST_CHECK;

/* Takes the next word off *rest as grouping sees words: letters and digits, each character of a script
 * without spaces for itself; false where there is none. */
bool dsr_stem_next_word(dsr_slice *rest, dsr_slice *word);

enum {
    DSR_STEM_WORD_BYTES = 96 /* of a folded word; what is longer is no word that two reports would share */
};
/* Folds a word into `out`; returns its length, 0 where the word is too long or too short to count. */
size_t dsr_stem_fold(dsr_slice word, char out[DSR_STEM_WORD_BYTES]);

#endif
