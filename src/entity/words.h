/* Word lists about names: particles, suffixes, titles, short forms of given names, words that tell the sex.
 * Read once. */
#ifndef DSR_ENTITY_WORDS_H
#define DSR_ENTITY_WORDS_H

#include "entity/key.h"

typedef struct dsr_entity_words dsr_entity_words;

/* Reads names/particles.tsv, names/variants.tsv, en/nicknames.tsv, en/sex.tsv and
 * en/role_families.tsv below folders[0], and what folders[1] adds to them (NULL: nothing).
 * DSR_ERR_NOT_FOUND where folders[0] lacks one or has one without a line,
 * DSR_ERR_INPUT with file and line, DSR_ERR_LIMIT, DSR_ERR_MEMORY. dsr_entity_words_drop gives up what is not
 * the arena's. */
dsr_status dsr_entity_words_open(dsr_arena *arena, const char *const folders[2], dsr_entity_words **out,
                                 dsr_error *error) DSR_MUST_CHECK;
void dsr_entity_words_drop(dsr_entity_words *words); /* NULL is fine */

typedef enum dsr_name_part {
    DSR_PART_NAME,
    DSR_PART_PARTICLE,
    DSR_PART_SUFFIX,
    DSR_PART_TITLE
} dsr_name_part;
dsr_name_part dsr_entity_words_part(const dsr_entity_words *words, dsr_slice word);

typedef enum dsr_given_tie { DSR_GIVEN_NOTHING, DSR_GIVEN_SHORT, DSR_GIVEN_OTHER } dsr_given_tie;
/* What ties two given names. */
dsr_given_tie dsr_entity_words_tie(const dsr_entity_words *words, dsr_slice a, dsr_slice b);

/* Whether two words stand in one line of names/variants.tsv: spellings of one name. */
bool dsr_entity_words_are_spellings(const dsr_entity_words *words, dsr_slice a, dsr_slice b);

/* The family of a word for an office or calling ("leader", "president"), from 1; 0 where it has none. */
uint32_t dsr_entity_words_family(const dsr_entity_words *words, dsr_slice role);

/* 'f', 'm' or 0: the sex that a title, a role or a word of kin tells. */
char dsr_entity_words_sex(const dsr_entity_words *words, dsr_slice word);

#endif
