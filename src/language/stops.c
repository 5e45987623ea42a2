/* Full stops that belong to words. The open classes come from the lexicon; what stands here are the closed
 * ones, which the rules treat differently. Knows nothing of sentences. */
#include "language/stops.h"

#include "language/chars.h"

#include <string.h>

/* A name follows: no sentence ends here. */
static const char *const titles[] = {
    "adm", "brig", "capt",   "cmdr", "col", "cpl",  "dr",  "fr",  "ft", "gen", "gov",  "hon",
    "lt",  "maj",  "messrs", "mlle", "mme", "mr",   "mrs", "ms",  "mt", "mx",  "pres", "prof",
    "pvt", "rep",  "reps",   "rev",  "sen", "sens", "sgt", "spc", "st", "ste", "supt",
};

/* A number follows, or it is an ordinary word and a full stop. */
static const char *const numbered[] = {"art", "arts", "ca",  "ch", "cl",  "fig", "figs", "no",  "nos",
                                       "nr",  "p",    "par", "pp", "sec", "tel", "vol",  "vols"};

/* The words with which most sentences begin; the lexicon's stop list holds many more. */
static const char *const starters[] = {
    "after", "although", "and",   "as",   "at",   "but", "for", "from", "he",    "his",  "however",
    "if",    "in",       "it",    "its",  "on",   "or",  "our", "she",  "since", "that", "the",
    "their", "there",    "these", "they", "this", "to",  "we",  "when", "while", "with", "you"};

bool dsr_word_in(const char *const *table, size_t count, dsr_slice folded)
{
    size_t low = 0, high = folded.len > 0 ? count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        /* The first letter decides nearly always, and costs no call. */
        int order = (unsigned char)table[middle][0] - (unsigned char)folded.ptr[0];
        order = order == 0 ? dsr_slice_compare(dsr_slice_of(table[middle]), folded) : order;
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

dsr_slice dsr_language_of_lists(dsr_slice language)
{
    return language.len == 0 || dsr_slice_equal(language, DSR_SLICE("und")) ? DSR_SLICE("en") : language;
}

static bool has(const dsr_lexicon *lexicon, dsr_slice language, dsr_word_list list, dsr_slice folded)
{
    return lexicon && folded.len > 0 && dsr_lexicon_has(lexicon, language, list, folded);
}

bool dsr_is_function_word(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice word)
{
    dsr_folded room;
    dsr_slice folded = dsr_fold_short(word, &room);
    return DSR_WORD_IN(starters, folded) || has(lexicon, language, DSR_WORDS_STOP, folded);
}

bool dsr_is_cue(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice word)
{
    static const char *const cues[] = {"added", "asked", "said", "says", "told", "tweeted", "wrote"};
    dsr_folded room;
    if (word.len < 3) {
        return false; /* "so" is a cue where it stands alone; inside a sentence it is none */
    }
    dsr_slice folded = dsr_fold_short(word, &room);
    return DSR_WORD_IN(cues, folded) || has(lexicon, language, DSR_WORDS_CUE, folded);
}

/* Single letters with stops between them: "U.S", "a.m". */
static bool is_acronym(dsr_slice word)
{
    size_t letters = 0;
    for (size_t at = 0; at < word.len;) {
        dsr_char c = dsr_char_at(word, at);
        if (c.kind != DSR_CHAR_LETTER) {
            return false;
        }
        letters++;
        at += c.length;
        if (at < word.len && word.ptr[at++] != '.') {
            return false;
        }
    }
    return letters >= 2;
}

static bool is_clock(dsr_slice word)
{
    return dsr_slice_equal_nocase(word, DSR_SLICE("a.m")) || dsr_slice_equal_nocase(word, DSR_SLICE("p.m"));
}

dsr_stop_kind dsr_stop_classify(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice word)
{
    if (word.len == 0 || word.len > DSR_FOLD_BYTES) {
        return DSR_STOP_PLAIN;
    }
    dsr_char first = dsr_char_at(word, 0);
    bool upper = dsr_char_is_upper(first.code_point);
    if (is_clock(word)) {
        return DSR_STOP_CLOCK;
    }
    if (first.length == word.len && upper) {
        return DSR_STOP_INITIAL;
    }
    if (is_acronym(word)) {
        return DSR_STOP_ACRONYM;
    }
    dsr_folded room;
    dsr_slice folded = dsr_fold_short(word, &room);
    if (DSR_WORD_IN(titles, folded)) {
        return upper ? DSR_STOP_TITLE : DSR_STOP_PLAIN;
    }
    if (DSR_WORD_IN(numbered, folded)) {
        return DSR_STOP_NUMBERED;
    }
    if (dsr_slice_equal(folded, DSR_SLICE("etc"))) {
        return DSR_STOP_LAST;
    }
    if (!has(lexicon, language, DSR_WORDS_ABBREVIATION, folded)) {
        return DSR_STOP_PLAIN;
    }
    if (!upper && has(lexicon, language, DSR_WORDS_NAME_ABBREVIATION, folded)) {
        return DSR_STOP_PLAIN;
    }
    /* "Sat. 5 May", "Mar. 3"; but "he sat." */
    bool named = dsr_lexicon_month(lexicon, language, folded) > 0 ||
                 dsr_lexicon_weekday(lexicon, language, folded) >= 0;
    return named && !upper ? DSR_STOP_PLAIN : DSR_STOP_ABBREVIATION;
}

dsr_slice dsr_word_before_stop(dsr_slice text, size_t from, size_t stop)
{
    size_t at = stop;
    while (at > from && stop - at <= DSR_FOLD_BYTES) {
        dsr_char c = dsr_char_before(text, at);
        bool inner = c.code_point == '.' && at < stop && at - 1 > from &&
                     dsr_char_before(text, at - 1).kind == DSR_CHAR_LETTER;
        if (c.kind != DSR_CHAR_LETTER && c.kind != DSR_CHAR_DIGIT && !inner) {
            break;
        }
        at -= c.length;
    }
    return dsr_slice_part(text, at, stop);
}
