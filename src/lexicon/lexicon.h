/* The word lists and rules of data/, read and compiled once, then only looked at (any number of threads).
 * data/outlets.tsv and data/agencies.tsv hold for every language; what belongs to one language lies in
 * data/<code>/. A user's folder with files of the same names adds to them; its lines win. */
#ifndef DSR_LEXICON_LEXICON_H
#define DSR_LEXICON_LEXICON_H

#include "model/report.h"

typedef struct dsr_lexicon dsr_lexicon;

/* Reads `data_folder` and, where not NULL, `user_folder`. DSR_ERR_NOT_FOUND where data_folder lacks a file
 * that is needed, DSR_ERR_INPUT with file and line where a line makes no sense, DSR_ERR_LIMIT,
 * DSR_ERR_MEMORY. */
dsr_status dsr_lexicon_open(const char *data_folder, const char *user_folder, dsr_lexicon **out,
                            dsr_error *error) DSR_MUST_CHECK;
void dsr_lexicon_close(dsr_lexicon *lexicon);

typedef struct dsr_outlet {
    dsr_slice name;    /* "TRT World" */
    dsr_slice owner;   /* may have no value */
    dsr_slice country; /* ISO 3166 alpha-2; may have no value */
} dsr_outlet;
/* By a name or alias, whatever its case, spacing and punctuation ("TRTWorld"); NULL where it is not known. */
const dsr_outlet *dsr_lexicon_outlet_by_name(const dsr_lexicon *lexicon, dsr_slice name);
/* By the host of an address, its subdomains included ("https://www.trtworld.com/x", "amp.trtworld.com"). */
const dsr_outlet *dsr_lexicon_outlet_by_address(const dsr_lexicon *lexicon, dsr_slice url_or_host);

/* The short name under which an agency is known ("AFP" for "Agence France-Presse"); no value where it is
 * none. Exact names and aliases only, without regard to case and punctuation where the alias has more than
 * one word or letters. */
dsr_slice dsr_lexicon_agency(const dsr_lexicon *lexicon, dsr_slice name);

/* Word lists of a language. Words are looked up folded (dsr_fold_word). */
typedef enum dsr_word_list {
    DSR_WORDS_STOP,         /* function words: nothing is told by sharing them */
    DSR_WORDS_HEDGE,        /* words and phrases that change certainty: "implied", "alleged", "sign of" */
    DSR_WORDS_NUMBER,       /* "two", "dozen", "million" */
    DSR_WORDS_ABBREVIATION, /* ends in a full stop that ends no sentence; without the stop: "mr", "gen", "u.s"
                             */
    DSR_WORDS_CUE,          /* verbs of speech, all forms: "said", "tweeted" */
    DSR_WORDS_UNIT,         /* a word of its own behind a number: "km", "pm" */
    DSR_WORDS_PREFIX,       /* stays with its word behind a hyphen: "anti" */
    DSR_WORDS_CONTRACTION,  /* without apostrophe, or written together: "dont", "gonna" */
    DSR_WORDS_NAME_ABBREVIATION, /* an abbreviation only with a capital: "miss", "ill" */
    DSR_WORDS_CLAUSE,            /* begins a clause within a sentence: "while", "which", "after" */
    DSR_WORDS_DENIAL,            /* what follows is said not to be so: "denied", "no evidence" */
    DSR_WORD_LISTS
} dsr_word_list;
/* Whether a folded word (or a phrase of folded words joined by one blank) stands in the list of `language`;
 * a language without that list has nothing in it. */
bool dsr_lexicon_has(const dsr_lexicon *lexicon, dsr_slice language, dsr_word_list list, dsr_slice folded);

/* Spellings of one thing: the key of the group in which a folded word or phrase stands ("us", "united
 * states", "u s" -> one key; "kiev", "kyiv"; "percent", "per cent"; "organise", "organize"), 0 where it
 * stands in none. */
uint32_t dsr_lexicon_variant(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice folded);
/* Words in the longest variant phrase of `language`. */
size_t dsr_lexicon_variant_words(const dsr_lexicon *lexicon, dsr_slice language);

/* Words that tell one thing in different words ("killed", "died", "deaths"): the number of their group, 0
 * where a folded word stands in none. */
uint32_t dsr_lexicon_kin(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice folded);

/* The month (1-12) or weekday (0 Monday - 6) that a folded word names in `language` ("january", "jan",
 * "tue"); -1. */
int dsr_lexicon_month(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice folded);
int dsr_lexicon_weekday(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice folded);

/* Which of the first 64 languages have a folded word in their stop list, one bit each, and the code of a
 * bit's language; no value where no language has that bit. One look-up for all languages. */
uint64_t dsr_lexicon_stop_languages(const dsr_lexicon *lexicon, dsr_slice folded);
dsr_slice dsr_lexicon_bit_language(const dsr_lexicon *lexicon, unsigned bit);

/* In how many of dsr_lexicon_background_size() background texts a stem occurs (0: rare or unknown). */
uint32_t dsr_lexicon_background(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice stem);
uint32_t dsr_lexicon_background_size(const dsr_lexicon *lexicon, dsr_slice language);

#endif
