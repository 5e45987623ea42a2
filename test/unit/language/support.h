/* What the suites of this room share: Dossier's own lexicon, an arena a test, texts marked by hand. */
#ifndef DSR_TEST_LANGUAGE_SUPPORT_H
#define DSR_TEST_LANGUAGE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "language/language.h"

typedef struct world {
    dsr_arena *arena;
    dsr_lexicon *lexicon;
} world;

int world_open(void **state);
int world_close(void **state);

/* A report without furniture, in English; lives in the world's arena. */
dsr_report *make_report(world *w, const char *text);
/* Labels the first place of `piece` in the report's text; pieces come in order. */
void add_furniture(world *w, dsr_report *report, const char *piece, dsr_furniture_kind kind);

/* Spans of `text` joined by "|", for comparison; lives in the world's arena. */
const char *join_sentences(world *w, const dsr_report *report);
const char *join_quotes(world *w, const dsr_report *report);
const char *join_tokens(world *w, const char *language, const char *text);

/* Numbers that look random and are the same everywhere (xorshift64). */
uint64_t next_random(uint64_t *seed);
/* A text of about `pieces` words, marks and white space that are hard to part, out of `seed`. */
dsr_slice make_soup(world *w, uint64_t seed, size_t pieces);
/* `piece` over and over, `bytes` long at most. */
dsr_slice repeat(world *w, const char *piece, size_t bytes);

#endif
