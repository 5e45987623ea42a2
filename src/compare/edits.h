/* The words of an edit. Private to compare. */
#ifndef DSR_COMPARE_EDITS_H
#define DSR_COMPARE_EDITS_H

#include "compare/text.h"

/* Words [a_first, a_last) of one text stand where words [b_first, b_last) of the other do; one of them may be
 * none. */
typedef struct dsr_edit_words {
    uint32_t a_first, a_last;
    uint32_t b_first, b_last;
} dsr_edit_words;

/* Tells what kind of change it is. Numbers that differ make it NUMBER; words of certainty that only one side
 * has, HEDGE; two spellings of one thing, STYLE; words on one side only, ADDITION or DELETION; other names,
 * NAME; anything else, WORDING. */
dsr_status dsr_edit_find_kind(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_compare_text *a,
                              const dsr_compare_text *b, const dsr_edit_words *words,
                              dsr_edit_kind *out) DSR_MUST_CHECK;

#endif
