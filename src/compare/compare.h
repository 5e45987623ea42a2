/* Passages that two reports share, and what was edited in them.
 *
 * Two steps. First the fingerprints of many reports are laid in one index, which names the pairs worth a look
 * (winnowing: Schleimer, Wilkerson and Aiken 2003). Then each pair is aligned word by word: runs of equal
 * words are chained into passages, and what lies between the runs of a passage are its edits. Furniture is
 * never evidence; quoted speech alone is none; nor are names alone. */
#ifndef DSR_COMPARE_COMPARE_H
#define DSR_COMPARE_COMPARE_H

#include "lexicon/lexicon.h"
#include "model/story.h"

/* A report prepared for comparison: its words. Lives in the arena it was made in; lends the report. */
typedef struct dsr_compare_text dsr_compare_text;
dsr_status dsr_compare_prepare(dsr_arena *arena, const dsr_report *report,
                               dsr_compare_text **out) DSR_MUST_CHECK;

/* The index over many reports, each known by its number (from 0, below DSR_LIMIT_REPORTS), added in any
 * order. */
typedef struct dsr_copy_index dsr_copy_index;
dsr_copy_index *dsr_copy_index_new(void);
void dsr_copy_index_drop(dsr_copy_index *index);
/* The fingerprints of one text (heap array, free with dsr_fingerprints_drop); any thread. */
typedef struct dsr_fingerprints {
    uint64_t *items;
    size_t count;
} dsr_fingerprints;
dsr_status dsr_fingerprints_take(const dsr_compare_text *text, dsr_fingerprints *out) DSR_MUST_CHECK;
void dsr_fingerprints_drop(dsr_fingerprints *prints);
/* The characters of the text for which the fingerprints [first, last) stand. DSR_ERR_ARGUMENT where they are
 * not of this text. */
dsr_status dsr_fingerprints_find_span(const dsr_compare_text *text, const dsr_fingerprints *prints,
                                      uint32_t first, uint32_t last, dsr_span *out) DSR_MUST_CHECK;
dsr_status dsr_copy_index_add(dsr_copy_index *index, uint32_t number,
                              const dsr_fingerprints *prints) DSR_MUST_CHECK;

/* Two reports worth a look: first < second. */
typedef struct dsr_copy_pair {
    uint32_t first, second;
    uint32_t shared; /* fingerprints in common */
} dsr_copy_pair;
/* All pairs that share a fingerprint, by first, then second. A passage that more than DSR_LIMIT_COPY_PARTNERS
 * reports carry pairs each of them with that many of its neighbours in intake order, so that the number of
 * pairs grows with the number of reports and not with its square. Empties the index. *pairs is a heap array
 * (free). */
dsr_status dsr_copy_index_pairs(dsr_copy_index *index, dsr_copy_pair **pairs, size_t *count) DSR_MUST_CHECK;

/* Aligns two texts. *found is false (and *out untouched) where they share no copied passage. Fills from_to
 * spans, edits, words and direction; out->from and out->to are set to 0 and 1 for `a` and `b` in the order
 * that reads best: the likely source first. */
dsr_status dsr_compare_pair(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_compare_text *a,
                            const dsr_compare_text *b, bool *found, dsr_reuse *out) DSR_MUST_CHECK;

#endif
