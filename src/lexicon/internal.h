/* What the files of this room share: the lexicon's inside, and reading a word list line by line.
 * Only src/lexicon includes it. */
#ifndef DSR_LEXICON_INTERNAL_H
#define DSR_LEXICON_INTERNAL_H

#include "base/map.h"
#include "lexicon/file.h"
#include "lexicon/lexicon.h"
#include "lexicon/rules.h"
#include "lexicon/terms.h"

/* ---- rules ---- */

typedef struct dsr_rule_set dsr_rule_set;
/* Adds the rules of `file` behind those that are there; *set may be NULL and is made then. */
dsr_status dsr_rule_set_read(dsr_rule_set **set, dsr_lexicon_file *file, dsr_error *error) DSR_MUST_CHECK;
void dsr_rule_set_drop(dsr_rule_set *set);

/* ---- the lexicon ---- */

typedef struct dsr_language_lists {
    dsr_slice code;
    dsr_words *lists[DSR_WORD_LISTS]; /* 1: stands there, 0: a user took it out */
    bool has_stop;
    dsr_words *variants; /* spelling -> group */
    size_t variant_words;
    dsr_words *kin;      /* word -> group of words that tell one thing */
    dsr_words *months;   /* name -> 1..12 */
    dsr_words *weekdays; /* name -> 0..6 */
    dsr_words *background;
    uint32_t background_size;
    dsr_rule_set *rules;
    dsr_terms *terms; /* words of number, time and measure; NULL: none */
} dsr_language_lists;

struct dsr_lexicon {
    dsr_arena *arena;
    DSR_LIST(dsr_outlet) outlets;
    DSR_LIST(dsr_slice) agencies; /* short names */
    dsr_words *outlet_names;      /* key -> index of outlets */
    dsr_words *outlet_hosts;      /* host -> index of outlets */
    dsr_words *agency_exact;      /* letters and digits as written -> index of agencies */
    dsr_words *agency_folded;     /* folded letters and digits -> index of agencies */
    dsr_map *agency_starts; /* hash of the first token of each name, so that most words are no name at once */
    dsr_map *outlet_starts;
    dsr_words *cities;                      /* folded names -> 1 */
    DSR_LIST(dsr_language_lists) languages; /* by code */
    dsr_map *stop_anywhere; /* hash of a folded stop word of any language -> index of stop_languages */
    DSR_LIST(uint64_t) stop_languages; /* bit i: language i has it */
    uint8_t language_at[26 * 26]; /* index of languages by the two letters of the code, plus one; 0: none */
    uint32_t variant_groups;
    dsr_words *page_words;   /* word of a class or id -> bits of dsr_page_group */
    dsr_words *page_weights; /* feature -> weight + 100,000 */
};

const dsr_language_lists *dsr_lexicon_find_language(const dsr_lexicon *lexicon, dsr_slice code);

/* Tables for every language: tables.c */
dsr_status dsr_lexicon_read_outlets(dsr_lexicon *lexicon, const char *folder, bool *found,
                                    dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_lexicon_read_agencies(dsr_lexicon *lexicon, const char *folder, bool *found,
                                     dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_lexicon_read_cities(dsr_lexicon *lexicon, const char *folder, dsr_error *error) DSR_MUST_CHECK;
/* Whether a place is one from which reports are often sent ("Moscow"). */
bool dsr_lexicon_is_city(const dsr_lexicon *lexicon, dsr_slice name);

/* page_words.c */
dsr_status dsr_lexicon_read_page_words(dsr_lexicon *lexicon, const char *folder, bool *found,
                                       dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_lexicon_read_page_weights(dsr_lexicon *lexicon, const char *data_folder,
                                         dsr_error *error) DSR_MUST_CHECK;

/* Lists of one language: wordlists.c. `folder` is data or the user's folder. *missing, where not NULL, gets
 * the name of the first list that is not there. */
dsr_status dsr_lexicon_read_language(dsr_lexicon *lexicon, dsr_language_lists *language, const char *folder,
                                     const char **missing, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_lexicon_read_rules(dsr_lexicon *lexicon, dsr_language_lists *language, const char *folder,
                                  const char **missing, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_lexicon_read_background(dsr_lexicon *lexicon, dsr_language_lists *language,
                                       const char *data_folder, dsr_error *error) DSR_MUST_CHECK;

/* Writes `name` folded, letters and digits only, into `out`; a leading "the " is left out where `drop_the`.
 * Returns the bytes written; 0 where it is too long or empty. */
enum { DSR_LEXICON_KEY_BYTES = 256 };
size_t dsr_lexicon_key(dsr_slice name, bool drop_the, char out[DSR_LEXICON_KEY_BYTES]);
/* Words of `text` folded and joined by one blank; what is no word character parts words. */
size_t dsr_lexicon_phrase(dsr_slice text, char out[DSR_LEXICON_KEY_BYTES]);

/* user_folder.c: DSR_ERR_INPUT where a list in the user's folder is none that is read. */
dsr_status dsr_lexicon_check_user_folder(const dsr_lexicon *lexicon, const char *data_folder,
                                         const char *user_folder, dsr_error *error) DSR_MUST_CHECK;

#endif
