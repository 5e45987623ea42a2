/* What a full stop behind a word is: the end of a sentence, or part of the word. Only src/language includes
 * it. */
#ifndef DSR_LANGUAGE_STOPS_H
#define DSR_LANGUAGE_STOPS_H

#include "lexicon/lexicon.h"

typedef enum dsr_stop_kind {
    DSR_STOP_PLAIN,       /* no part of the word */
    DSR_STOP_TITLE,       /* "Gen.": a name follows */
    DSR_STOP_NUMBERED,    /* "No.", "Art.": part of the word only before a number */
    DSR_STOP_CLOCK,       /* "p.m." */
    DSR_STOP_INITIAL,     /* "J." */
    DSR_STOP_LAST,        /* "etc.": ends its sentence where a capital follows */
    DSR_STOP_ACRONYM,     /* "U.S." */
    DSR_STOP_ABBREVIATION /* "Inc.", "Jan." */
} dsr_stop_kind;

/* `word` stands before the stop, without it ("U.S"). `lexicon` may be NULL: then only closed classes are
 * known. */
dsr_stop_kind dsr_stop_classify(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice word);
/* The word that ends at `stop`, inner stops included; begins at `from` at the earliest. */
dsr_slice dsr_word_before_stop(dsr_slice text, size_t from, size_t stop);
/* Whether the word is a function word: written with a capital, such a word most likely begins a sentence. */
bool dsr_is_function_word(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice word);
/* Whether the word is a verb of speech. */
bool dsr_is_cue(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice word);
/* The language whose word lists are asked: English where it could not be told. */
dsr_slice dsr_language_of_lists(dsr_slice language);
/* Looks a folded word up in a table of words in bytewise order. */
bool dsr_word_in(const char *const *table, size_t count, dsr_slice folded);
#define DSR_WORD_IN(table, folded) dsr_word_in((table), sizeof(table) / sizeof *(table), (folded))

#endif
