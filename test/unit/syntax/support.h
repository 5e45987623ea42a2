/* What the suites of this room share: a small model file made by hand, and the model of English. */
#ifndef DSR_TEST_SYNTAX_SUPPORT_H
#define DSR_TEST_SYNTAX_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "syntax/syntax.h"

#include <cmocka.h>

/* A model file's bytes: parts one after the other. */
typedef struct made_part {
    const char *name;
    dsr_slice bytes;
} made_part;
void make_file(dsr_buffer *out, const made_part *parts, size_t count);
/* Writes the checksum anew, after something behind the header was changed. */
void mend_checksum(dsr_buffer *file);
/* A table of two groups: `slots` are eight, `pool` is what lies behind. */
void make_table(dsr_buffer *out, const uint32_t *slots, const uint16_t *pool, size_t cells);

/* The model that ships. Fails the test where it does not open. */
dsr_syntax_model *open_english(void);
/* Analyses words with one blank between each two of them: "He said so ." */
dsr_syntax analyse(const dsr_syntax_model *model, dsr_arena *arena, const char *words);
/* The place of a word; fails the test where it is not there. */
uint32_t find_word(const dsr_syntax *syntax, const char *words, const char *word);

#endif
