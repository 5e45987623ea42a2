/* What the files of this room share: a report as a sequence of words. Private to compare. */
#ifndef DSR_COMPARE_TEXT_H
#define DSR_COMPARE_TEXT_H

#include "compare/compare.h"
#include "language/words.h"

/* What a word cannot be evidence for. */
enum {
    DSR_WORD_QUOTED = 1, /* stands in a quotation: somebody else's words */
    DSR_WORD_NAME = 2    /* part of a name, or a small word between the parts of one */
};

struct dsr_compare_text {
    const dsr_report *report;
    uint32_t all; /* words of the whole text */
    size_t count; /* words outside furniture: the sequence that is compared */
    const dsr_word *words;
    const uint8_t *flags;
};

/* Runs of fewer equal words are chance: set phrases, titles. The gold of copied news (7-gram) uses the same
 * length. */
enum { DSR_RUN_WORDS = 7 };

/* Equal words at the same place of both texts. */
typedef struct dsr_run {
    uint32_t a, b, length;
} dsr_run;
typedef DSR_LIST(dsr_run) dsr_runs;

/* Aligned words: what dsr_edits_find turns into edits. Pairs ascend in both. */
typedef struct dsr_word_pair {
    uint32_t a, b;
} dsr_word_pair;
typedef DSR_LIST(dsr_word_pair) dsr_word_pairs;

/* All words of a passage: the aligned ones, and the stretches in which they lie, which may reach further at
 * both ends. */
typedef struct dsr_passage_words {
    dsr_word_pairs pairs;
    uint32_t a_first, a_last, b_first, b_last; /* [first, last) */
} dsr_passage_words;

/* Maximal runs of equal words, each word of `b` at most once, each of `a` at most once, by place in `b`. */
dsr_status dsr_runs_find(dsr_arena *arena, const dsr_compare_text *a, const dsr_compare_text *b,
                         dsr_runs *out) DSR_MUST_CHECK;
/* Chains runs into passages. */
dsr_status dsr_passages_find(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_compare_text *a,
                             const dsr_compare_text *b, dsr_runs *runs, dsr_reuse *out) DSR_MUST_CHECK;
/* Adds the edits of one passage. */
dsr_status dsr_edits_find(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_compare_text *a,
                          const dsr_compare_text *b, const dsr_passage_words *words,
                          dsr_passage *passage) DSR_MUST_CHECK;
/* Whether `b` should stand first, as the likelier source. */
bool dsr_direction_is_reversed(const dsr_lexicon *lexicon, const dsr_report *a, const dsr_report *b);
/* Fills direction, wire and why of a reuse that is complete otherwise. */
dsr_status dsr_direction_find(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_report *from,
                              const dsr_report *to, dsr_reuse *reuse) DSR_MUST_CHECK;

/* Straight, typographic, angle: any mark of quotation. */
bool dsr_compare_is_quote_mark(uint32_t cp);
/* The characters of word i. */
dsr_slice dsr_compare_word(const dsr_compare_text *text, size_t index);

#endif
