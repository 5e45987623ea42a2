/* What the reports of one outlet teach about each other: blocks that stand on several of its pages whatever
 * they tell are furniture, though no page by itself shows it. Learnt from the whole set, kept in the store,
 * laid over a report when it is unpacked. Private to engine. */
#ifndef DSR_ENGINE_LEARNT_H
#define DSR_ENGINE_LEARNT_H

#include "base/buffer.h"
#include "lexicon/lexicon.h"
#include "model/report.h"

/* Hashes of (outlet, block), ascending. */
typedef struct dsr_learnt {
    uint64_t *blocks;
    size_t count;
} dsr_learnt;

typedef struct dsr_learning dsr_learning;

/* NULL without memory. `lexicon`, which may be NULL, is lent: its verbs of speech keep blocks from being
 * learnt. */
dsr_learning *dsr_learning_new(const dsr_lexicon *lexicon);
void dsr_learning_drop(dsr_learning *learning);
/* Notes the blocks of a report that may be furniture: short ones outside furniture that end as no sentence
 * does, or that end so, or are items of a list, and stand at the top or the bottom without a number. Never
 * what ends in a colon or holds a verb of speech. Plain text has its paragraphs for blocks, of which only the
 * first and last two may be learnt, as sentences are, and none that names anybody but the outlet. Reports
 * without an outlet teach nothing; hosts that differ only by "www.", "m.", "amp." or "mobile." are one
 * outlet. */
dsr_status dsr_learning_add(dsr_learning *learning, dsr_arena *scratch,
                            const dsr_report *report) DSR_MUST_CHECK;
/* The outlet whose pages a report teaches of, by a number; 0: it teaches nothing. */
uint64_t dsr_learning_outlet(const dsr_report *report);
/* What was noted of one page, to be kept, and taken up again beside other pages of its outlet. Failures are
 * left in `to`. A kept page that cannot be is DSR_ERR_STORE. */
void dsr_learning_keep(const dsr_learning *learning, dsr_buffer *to);
dsr_status dsr_learning_take_up(dsr_learning *learning, uint64_t outlet, dsr_slice kept) DSR_MUST_CHECK;
/* What was learnt: a block counts once for each article of its outlet, and copies of one article count as
 * one: those whose longest block is the same, blocks apart that most of the outlet's pages bear. A block of
 * at least 3 articles and a quarter of the outlet's is furniture; where it reads as a sentence, of at least 8
 * and half of them. n log n. Appends to `to`, which keeps the failure; the order of reports does not matter.
 */
void dsr_learning_pack(dsr_learning *learning, dsr_buffer *to);

/* Points into `packed`'s copy on the heap: dsr_learnt_clear. No value: nothing is learnt. */
dsr_status dsr_learnt_unpack(dsr_slice packed, dsr_learnt *out, dsr_error *error) DSR_MUST_CHECK;
void dsr_learnt_clear(dsr_learnt *learnt);
/* Labels what is known as furniture (`other`) in a report, where it stands as what is learnt stands, and
 * takes sentences, quotes and credits in it away. Any thread. */
dsr_status dsr_learnt_apply(const dsr_learnt *learnt, dsr_arena *arena, dsr_report *report) DSR_MUST_CHECK;

#endif
