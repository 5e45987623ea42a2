/* Whether two names of persons may be one person's. Compares names only; roles, countries and the rest of the
 * evidence are the caller's. */
#ifndef DSR_ENTITY_PERSON_H
#define DSR_ENTITY_PERSON_H

#include "entity/spelling.h"
#include "entity/words.h"

enum { DSR_PERSON_WORDS = 8 };

/* A name in words, without titles in front, suffixes and particles ("van", "al"). */
typedef struct dsr_person_name {
    dsr_slice words[DSR_PERSON_WORDS]; /* parts of the name as written; further ones are left out */
    uint8_t count;
    uint8_t generation; /* what "Sr", "Jr" or a Roman numeral tells: two that differ are two people; 0 */
    bool regnal;        /* "King", "Pope" and the like stand in front: a single word is a whole name */
    bool descent;       /* it has a particle such as "bin": the order of its words is fixed */
} dsr_person_name;
/* Whether "Jr", "Sr" or numerals tell two apart. */
bool dsr_person_generations_differ(const dsr_person_name *a, const dsr_person_name *b);
dsr_person_name dsr_person_read(const dsr_entity_words *words, dsr_slice name);

/* How two single words of names agree, from nothing to all. */
typedef enum dsr_word_match {
    DSR_WORD_OTHER,
    DSR_WORD_RELATED,  /* forms of one name in two languages */
    DSR_WORD_NEAR,     /* a spelling that is possible */
    DSR_WORD_INITIAL,  /* "K." for "Kofi" */
    DSR_WORD_SHORT,    /* "Bob" for "Robert" */
    DSR_WORD_SPELLING, /* a likely spelling of it */
    DSR_WORD_EQUAL     /* the same letters */
} dsr_word_match;

typedef struct dsr_person_tables {
    const dsr_key_rules *keys;
    const dsr_spellings *spellings;
    const dsr_entity_words *words;
} dsr_person_tables;
dsr_word_match dsr_word_compare(const dsr_person_tables *tables, dsr_slice a, dsr_slice b);

typedef enum dsr_person_match {
    DSR_PERSON_OTHER,    /* two persons */
    DSR_PERSON_DOUBTFUL, /* one, where their roles say so */
    DSR_PERSON_POSSIBLE, /* one, where something else says so */
    DSR_PERSON_SAME
} dsr_person_match;
typedef enum dsr_person_why {
    DSR_PERSON_WHY_OTHER,
    DSR_PERSON_WHY_EQUAL,
    DSR_PERSON_WHY_INITIAL,
    DSR_PERSON_WHY_SHORT,
    DSR_PERSON_WHY_RELATED,
    DSR_PERSON_WHY_SPELLING,
    DSR_PERSON_WHY_TURNED,
    DSR_PERSON_WHY_PART,
    DSR_PERSON_WHY_SUFFIX
} dsr_person_why;
/* Compares names of two and more words; for those of one word see dsr_person_has_word. `why` may be NULL. */
dsr_person_match dsr_person_compare(const dsr_person_tables *tables, const dsr_person_name *a,
                                    const dsr_person_name *b, dsr_person_why *why);
const char *dsr_person_why_phrase(dsr_person_why why);
/* Whether a name of one word may stand for `full` at all: "King Salman" and "Charles III" are nobody's short
 * form but of one so called, and two numerals agree. */
bool dsr_person_fits_single(const dsr_person_tables *tables, const dsr_person_name *full,
                            const dsr_person_name *single);
/* Whether a word in front of a name makes a given name a whole one ("King", "Pope"). */
bool dsr_person_is_regnal(dsr_slice word);
/* How well a single word goes as a short form of the name: 0 not at all; the surname counts most. */
unsigned dsr_person_has_word(const dsr_person_tables *tables, const dsr_person_name *name, dsr_slice word);

#endif
