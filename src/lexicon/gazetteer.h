/* The gazetteers of data/ as one question: which lists does a phrase stand in? Names of people, places and
 * bodies, titles, and the words that such names are built with. Says what a phrase may be, never what it is:
 * a phrase may stand in many lists ("Georgia", "Paris", "Jordan"). Must not know reports. */
#ifndef DSR_LEXICON_GAZETTEER_H
#define DSR_LEXICON_GAZETTEER_H

#include "base/slice.h"
#include "base/status.h"

/* One bit a list. */
typedef enum dsr_gazetteer_list {
    DSR_GAZETTEER_GIVEN = 1 << 0,  /* given names */
    DSR_GAZETTEER_FEMALE = 1 << 1, /* a given name that women bear */
    DSR_GAZETTEER_MALE = 1 << 2,   /* a given name that men bear; both bits where either may */
    DSR_GAZETTEER_SURNAME = 1 << 3,
    DSR_GAZETTEER_COMMON = 1 << 4,  /* a surname that is also a common word */
    DSR_GAZETTEER_COUNTRY = 1 << 5, /* countries and territories, all their names */
    DSR_GAZETTEER_CITY = 1 << 6,
    DSR_GAZETTEER_REGION = 1 << 7,   /* states, provinces: GPE */
    DSR_GAZETTEER_NATURE = 1 << 8,   /* seas, rivers, mountains, parts of the world: LOC */
    DSR_GAZETTEER_BUILDING = 1 << 9, /* seats of power: FAC */
    DSR_GAZETTEER_DEMONYM = 1 << 10,
    DSR_GAZETTEER_BODY = 1 << 11,          /* organisations by their full or other names */
    DSR_GAZETTEER_SHORT = 1 << 12,         /* abbreviations of organisations */
    DSR_GAZETTEER_TEAM = 1 << 13,          /* teams and leagues */
    DSR_GAZETTEER_PRESS = 1 << 14,         /* outlets and news agencies */
    DSR_GAZETTEER_TITLE = 1 << 15,         /* stands before a name: "Sen.", "Prime Minister" */
    DSR_GAZETTEER_ROLE = 1 << 16,          /* tells what somebody is: "spokesman" */
    DSR_GAZETTEER_KIN = 1 << 17,           /* "wife" */
    DSR_GAZETTEER_BODY_HEAD = 1 << 18,     /* "Ministry" of ... */
    DSR_GAZETTEER_BODY_LAST = 1 << 19,     /* ... "Bank" */
    DSR_GAZETTEER_BODY_FIRST = 1 << 20,    /* "FC" ... */
    DSR_GAZETTEER_NATURE_WORD = 1 << 21,   /* "River" */
    DSR_GAZETTEER_BUILDING_WORD = 1 << 22, /* "Airport" */
    DSR_GAZETTEER_REGION_WORD = 1 << 23,   /* "Province" */
    DSR_GAZETTEER_EVENT_WORD = 1 << 24,    /* "Cup", "Hurricane" */
    DSR_GAZETTEER_PLACE_TOO = 1 << 25      /* a surname that is also a place */
} dsr_gazetteer_list;

typedef struct dsr_gazetteer dsr_gazetteer; /* immutable once open; any number of threads */

/* Reads the tables of `data_folder` and, where not NULL, of `user_folder`, whose lines are added. Of the data
 * folder each table must be there, else DSR_ERR_NOT_FOUND. DSR_ERR_INPUT with file and line where a line
 * makes no sense, DSR_ERR_LIMIT, DSR_ERR_IO, DSR_ERR_MEMORY. The caller drops *out. */
dsr_status dsr_gazetteer_open(const char *data_folder, const char *user_folder, dsr_gazetteer **out,
                              dsr_error *error) DSR_MUST_CHECK;
/* Gives it up; NULL is fine. */
void dsr_gazetteer_drop(dsr_gazetteer *gazetteer);

/* Phrases are compared by their letters and digits alone, folded, whatever stands between them: "U.S." is
 * "us", "Al-Shabaab" is "Al Shabaab". A key is a hash of them; keys of neighbours join to that of both (a
 * polynomial hash, Karp and Rabin 1987), so that all phrases of a text are looked up at little cost. */
typedef struct dsr_phrase_key {
    uint64_t hash;
    uint64_t power;
} dsr_phrase_key;
#define DSR_PHRASE_NOTHING ((dsr_phrase_key){0, 1})
dsr_phrase_key dsr_phrase_key_of(dsr_slice text);
static inline dsr_phrase_key dsr_phrase_join(dsr_phrase_key a, dsr_phrase_key b)
{
    return (dsr_phrase_key){a.hash * b.power + b.hash, a.power * b.power};
}

/* The lists that a phrase stands in; 0 for none. *longer (may be NULL): whether a longer phrase begins with
 * its words. */
uint32_t dsr_gazetteer_find(const dsr_gazetteer *gazetteer, dsr_phrase_key key, bool *longer);
/* The same by its text. */
uint32_t dsr_gazetteer_find_text(const dsr_gazetteer *gazetteer, dsr_slice text);
/* Phrases and beginnings of phrases in it. */
size_t dsr_gazetteer_count(const dsr_gazetteer *gazetteer);

#endif
