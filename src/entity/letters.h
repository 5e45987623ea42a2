/* Names as plain letters: what remains when case, accents and punctuation are left out. */
#ifndef DSR_ENTITY_LETTERS_H
#define DSR_ENTITY_LETTERS_H

#include "base/slice.h"

/* Writes the words of `text` into `out`, folded to small letters without accents, joined by `joint` ('\0': by
 * nothing). Apostrophes and full stops part no words ("O'Brien" -> "obrien", "U.S." -> "us"), hyphens do.
 * Letters of other scripts stay as they are. What finds no room is left out, at a character's end. Returns
 * the bytes written. */
size_t dsr_letters_fold(dsr_slice text, char joint, char *out, size_t room);

/* A word as the alignment of spellings wants it: letters a-z as 1 to 26, others left out, the first
 * DSR_LETTERS_MOST only. */
enum { DSR_LETTERS_MOST = 24 };
typedef struct dsr_letters {
    uint8_t at[DSR_LETTERS_MOST];
    uint8_t count;
} dsr_letters;
dsr_letters dsr_letters_of(dsr_slice word);

#endif
