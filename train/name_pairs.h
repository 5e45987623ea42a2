/* Pairs of spellings out of a table of names beside their Russian letters: rows that share the Russian side
 * are spellings of one name. For learning the table of spellings and for measuring it. */
#ifndef DSR_TRAIN_NAME_PAIRS_H
#define DSR_TRAIN_NAME_PAIRS_H

#include "base/arena.h"

typedef enum name_pair_kind {
    PAIR_SAME,  /* spellings of one name that differ in letters */
    PAIR_BLOCK, /* different names whose Russian sides begin with the same three letters */
    PAIR_NEAR,  /* different names that are one or two letters apart */
    PAIR_KINDS
} name_pair_kind;

typedef struct name_pair {
    dsr_slice a, b; /* small letters, accents as in the table */
    uint8_t kind;   /* name_pair_kind */
    uint8_t half;   /* 0 or 1, by the Russian side: no name stands in both */
} name_pair;
typedef DSR_LIST(name_pair) name_pairs;

/* Reads the table (Latin, tab, Russian letters, tab, count) and makes its pairs: all true ones among rows
 * that occur twice or more, and `wrong` pairs of each false kind. The same on every machine. Ends the program
 * with a message where the file cannot be read or memory runs out: trainers may. */
void name_pairs_read(dsr_arena *arena, const char *path, size_t wrong, name_pairs *out);

#endif
