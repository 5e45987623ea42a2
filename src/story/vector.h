/* Weighted stems as vectors in whole numbers. Private to story. */
#ifndef DSR_STORY_VECTOR_H
#define DSR_STORY_VECTOR_H

#include "base/arena.h"
#include "story/story_group.h"

enum {
    DSR_VECTOR_UNIT = 4096, /* length of a vector; products are in units of DSR_VECTOR_UNIT squared */
    DSR_VECTOR_TERMS = 220  /* the heaviest stems of a report that are kept */
};

typedef struct dsr_vector_term {
    uint32_t term; /* number of the stem in this set */
    int32_t weight;
} dsr_vector_term;

/* Heaviest first. */
typedef struct dsr_vector {
    dsr_vector_term *terms;
    size_t count;
} dsr_vector;

/* log2(x) in 1024ths, x >= 1, by repeated squaring: the same on every machine. */
int32_t dsr_log2(uint64_t x);

/* Vectors of all reports: log frequency times inverse document frequency over the background and this set
 * together, normalised. `vectors` has room for `count`; *terms becomes how many stems there are. */
dsr_status dsr_vectors_build(dsr_arena *arena, const dsr_story_terms *reports, size_t count,
                             uint32_t background_size, dsr_vector *vectors, uint32_t *terms) DSR_MUST_CHECK;

#endif
