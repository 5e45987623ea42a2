/* Spelling-proof keys: the same letters for most spellings of one name ("Malinsky", "Malinskiy" ->
 * "malinski"). The rules lie in data/names/keys.tsv. Entity ids are built from these keys, so that changing a
 * rule changes ids. */
#ifndef DSR_ENTITY_KEY_H
#define DSR_ENTITY_KEY_H

#include "lexicon/file.h"

typedef struct dsr_key_rules dsr_key_rules;

enum { DSR_KEY_BYTES = 128 };

/* Reads folder "/names/keys.tsv" into the arena. DSR_ERR_NOT_FOUND, DSR_ERR_INPUT with file and line,
 * DSR_ERR_LIMIT, DSR_ERR_MEMORY. */
dsr_status dsr_key_rules_open(dsr_arena *arena, const char *folder, dsr_key_rules **out,
                              dsr_error *error) DSR_MUST_CHECK;

/* The key of one word: small letters a-z, no letter twice in a row. Words in other scripts keep their letters
 * in small form. Returns its bytes; 0 where the word has no letter or digit. Linear in the word. */
size_t dsr_key_of_word(const dsr_key_rules *rules, dsr_slice word, char out[DSR_KEY_BYTES]);
/* The keys of all words of a name, joined by "-" ("Al-Qaeda in the Maghreb" -> "al-kaeda-in-te-magreb"). */
size_t dsr_key_of_name(const dsr_key_rules *rules, dsr_slice name, char out[DSR_KEY_BYTES]);
/* What is left of a word's key without vowels behind its first letter: names whose skeletons differ in more
 * than a letter are not worth a comparison. */
size_t dsr_key_skeleton(const dsr_key_rules *rules, dsr_slice word, char out[DSR_KEY_BYTES]);

#endif
