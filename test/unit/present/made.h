/* Stories made by hand for the tests of the pages. */
#ifndef DSR_TEST_PRESENT_MADE_H
#define DSR_TEST_PRESENT_MADE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "present/page.h"

/* A report with that path and text, of that day ("" for no date). */
dsr_report *made_report(dsr_arena *arena, const char *path, const char *text, const char *published);
void made_furniture(dsr_arena *arena, dsr_report *report, const char *words, dsr_furniture_kind kind);
void made_credit(dsr_arena *arena, dsr_report *report, const char *words, const char *agency);
void made_add(dsr_arena *arena, dsr_story *story, dsr_report *report, const char *handle, unsigned words,
              unsigned share);

/* A pair of reports 0 and 1 with one passage that covers both texts from `from` and `to` (places of these
 * words) to their ends. */
dsr_reuse *made_reuse(dsr_arena *arena, dsr_story *story, uint32_t from, uint32_t to);
dsr_passage *made_passage(dsr_arena *arena, dsr_reuse *reuse, const dsr_report *from, const char *from_words,
                          const dsr_report *to, const char *to_words);
/* An edit of the passage: words that stand in each text after the last edit. "" with a place: nothing, at the
 * end of the words that `after` names. */
void made_edit(dsr_arena *arena, dsr_passage *passage, const dsr_report *from, const char *from_words,
               const dsr_report *to, const char *to_words, dsr_edit_kind kind);
void made_edit_at(dsr_arena *arena, dsr_passage *passage, dsr_span from, dsr_span to, dsr_edit_kind kind);
dsr_span made_find(dsr_slice text, const char *words, uint32_t after);

/* The page as a string of the arena. */
const char *made_page(dsr_arena *arena, const dsr_story *story, dsr_look look);
const char *made_pair(dsr_arena *arena, const dsr_story *story, size_t index, dsr_look look);

/* Fails where a line is wider than `width`, or holds what could steer a terminal. */
void check_page(const char *page, unsigned width, bool colour);
bool has(const char *page, const char *words);

/* The same numbers on every machine (xorshift). */
typedef struct dice {
    uint64_t state;
} dice;
unsigned roll(dice *d, unsigned below);

#endif
