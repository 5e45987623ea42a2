/* Of which kind a quotation is. Only src/language includes it. */
#ifndef DSR_LANGUAGE_QUOTE_KIND_H
#define DSR_LANGUAGE_QUOTE_KIND_H

#include "lexicon/lexicon.h"

/* Words in `content`, counted up to `most`. */
size_t dsr_count_words(dsr_slice content, size_t most);
/* Whether a complete clause stands in `content`, the text between the marks: more than one sentence, or a
 * subject and a finite verb, or what begins and ends as a sentence does. Told by closed classes of English
 * words; in other languages by beginning and end alone. Looks at the first words only. */
bool dsr_is_clause(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice content);

#endif
