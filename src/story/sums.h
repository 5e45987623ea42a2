/* The sums of stories, and the index over them: which stories have a stem, with what weight in all. Private
 * to story. */
#ifndef DSR_STORY_SUMS_H
#define DSR_STORY_SUMS_H

#include "base/map.h"
#include "story/vector.h"

enum {
    DSR_SUMS_COMMON =
        50,           /* a stem that more stories have names no candidates; it still counts in their scores */
    DSR_SUMS_BEST = 6 /* candidates that are scored to the end */
};

typedef struct dsr_sum_entry {
    int64_t weight;
    uint32_t story;
} dsr_sum_entry;

typedef struct dsr_sums {
    dsr_arena *arena;
    dsr_map *places; /* stem << 32 | story -> number of its entry */
    DSR_LIST(dsr_sum_entry) entries;
    struct dsr_stem_stories {
        DSR_LIST(uint32_t) entries; /* numbers of entries; complete up to DSR_SUMS_COMMON */
    } * stems;
    struct dsr_sum_story {
        int64_t score;    /* zero between calls */
        uint32_t voices;  /* vectors in its sum */
        uint32_t touched; /* scratch: the stories with a score, from the first on */
    } * stories;
} dsr_sums;

/* One story that a vector may belong to. */
typedef struct dsr_candidate {
    uint32_t story;
    uint32_t voices;
    int64_t product; /* of the vector and the story's sum */
} dsr_candidate;

/* For stories numbered below `reports`. All in `arena`, but for what dsr_sums_close gives up. */
dsr_status dsr_sums_open(dsr_arena *arena, uint32_t stems, size_t reports, dsr_sums *out) DSR_MUST_CHECK;
void dsr_sums_close(dsr_sums *sums);
/* Adds `sign` (1 or -1) times a vector to a story's sum. */
dsr_status dsr_sums_add(dsr_sums *sums, uint32_t story, const dsr_vector *vector, int sign) DSR_MUST_CHECK;
/* The product of a vector and a story's sum. */
int64_t dsr_sums_product(const dsr_sums *sums, uint32_t story, const dsr_vector *vector);
/* The stories that are nearest on the average by the stems that are not common, at most DSR_SUMS_BEST, by
 * story number; products are exact. Returns how many. */
size_t dsr_sums_candidates(dsr_sums *sums, const dsr_vector *vector, dsr_candidate best[DSR_SUMS_BEST]);

#endif
