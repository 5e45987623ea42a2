/* Texts made at random, always the same for the same seed: the material of the properties. */
#ifndef DSR_TEST_RANDOM_TEXT_H
#define DSR_TEST_RANDOM_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"

typedef struct random_source {
    uint64_t state;
} random_source;

uint32_t random_below(random_source *random, uint32_t limit);
/* Words nobody ever wrote, in sentences. */
void random_words(random_source *random, dsr_buffer *to, unsigned count);
/* Anything that may stand on a page: words, marks in every order, page furniture, other scripts, odd spaces,
 * controls. */
void random_page(random_source *random, dsr_buffer *to, unsigned pieces);

#endif
