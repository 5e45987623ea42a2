/* An analysed sentence as CoNLL-U (universaldependencies.org/format.html). Must not know reports. */
#ifndef DSR_SYNTAX_CONLLU_H
#define DSR_SYNTAX_CONLLU_H

#include "base/buffer.h"
#include "syntax/syntax.h"

/* Where a text stands in code points: sentences are written in order, so that it is counted once. */
typedef struct dsr_conllu_place {
    dsr_slice text;
    size_t at, characters;
} dsr_conllu_place;

/* Appends "# text", a row for each token and an empty line. Parts of one written word ("do" + "n't") stand
 * under a range. MISC has SpaceAfter=No and the place in the text, in code points: start_char, end_char.
 * Failures are left in `to`. */
void dsr_conllu_write(dsr_buffer *to, dsr_conllu_place *place, dsr_span sentence, const dsr_tokens *tokens,
                      const dsr_syntax *syntax);

#endif
