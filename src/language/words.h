/* The words by which reports are compared: runs of word characters (Python's \w+), each character of a script
 * without spaces for itself. Faster and coarser than tokens: this runs over everything that is ever read. */
#ifndef DSR_LANGUAGE_WORDS_H
#define DSR_LANGUAGE_WORDS_H

#include "model/report.h"

typedef struct dsr_word {
    dsr_span span;
    uint32_t key;    /* hash of the folded word: equal words, equal keys */
    uint8_t capital; /* begins with an upper-case letter or a digit */
} dsr_word;
typedef DSR_LIST(dsr_word) dsr_word_spans;

/* All words of `text`, in order. Linear time. */
dsr_status dsr_words_split(dsr_arena *arena, dsr_slice text, dsr_word_spans *out) DSR_MUST_CHECK;

#endif
