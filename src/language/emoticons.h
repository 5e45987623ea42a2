/* Faces made of punctuation: ":)", ";-(", "=D", "^_^". Only src/language includes it. */
#ifndef DSR_LANGUAGE_EMOTICONS_H
#define DSR_LANGUAGE_EMOTICONS_H

#include "base/slice.h"

/* The end of the face that begins at `at`, white space before it; `at` where none begins there. White space,
 * a stop, a comma or text's end stands behind it. */
size_t dsr_emoticon_end(dsr_slice text, size_t at, size_t end);

#endif
