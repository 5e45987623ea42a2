/* Whether two words are spellings of one name: a table of what letters stand for each other in the Latin
 * spellings of the press, with what each costs. The table is learnt (train/spellings.c) and lies in
 * data/names/spellings.tsv. */
#ifndef DSR_ENTITY_SPELLING_H
#define DSR_ENTITY_SPELLING_H

#include "entity/letters.h"
#include "lexicon/file.h"

typedef struct dsr_spellings dsr_spellings;

/* Reads folder "/names/spellings.tsv". DSR_ERR_NOT_FOUND, DSR_ERR_INPUT with file and line, DSR_ERR_LIMIT,
 * DSR_ERR_MEMORY. Immutable afterwards, for any number of threads; it lives in the arena, but for a table
 * that dsr_spellings_drop gives up. */
dsr_status dsr_spellings_open(dsr_arena *arena, const char *folder, dsr_spellings **out,
                              dsr_error *error) DSR_MUST_CHECK;
void dsr_spellings_drop(dsr_spellings *spellings); /* NULL is fine */

/* How much speaks for two single words being one name, in hundredths of a nat. Symmetric. Equal letters give
 * DSR_SPELLING_EQUAL. Words in other scripts are one name only where they are equal. */
int32_t dsr_spellings_compare(const dsr_spellings *spellings, dsr_slice a, dsr_slice b);
enum {
    DSR_SPELLING_EQUAL = 1000,
    DSR_SPELLING_NEAR = -70, /* from here on it may be one name where other evidence agrees */
    DSR_SPELLING_SAME = 35   /* two or three of a hundred names that are a letter or two apart reach this */
};

#endif
