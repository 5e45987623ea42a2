/* What makes two names one: the tables of this room, opened together. */
#ifndef DSR_ENTITY_ENTITY_H
#define DSR_ENTITY_ENTITY_H

#include "entity/known.h"
#include "entity/person.h"

/* Immutable once open; any number of threads. */
typedef struct dsr_entity_tables {
    dsr_arena *arena;
    dsr_key_rules *keys;
    dsr_spellings *spellings;
    dsr_entity_words *words;
    dsr_known *known;
} dsr_entity_tables;

/* Reads the tables of `data_folder` and, where not NULL, of `user_folder`, whose lines are added (but for
 * names/keys.tsv and names/spellings.tsv, by which ids and merges are made). DSR_ERR_NOT_FOUND where
 * data_folder lacks one or has one without a line, DSR_ERR_INPUT with file and line, DSR_ERR_LIMIT,
 * DSR_ERR_IO, DSR_ERR_MEMORY. The caller closes *out. */
dsr_status dsr_entity_open(const char *data_folder, const char *user_folder, dsr_entity_tables **out,
                           dsr_error *error) DSR_MUST_CHECK;
/* The failure of a table that has to be in `folder` and have lines. */
dsr_status dsr_entity_fail_empty(const char *folder, const char *name, dsr_error *error);
void dsr_entity_close(dsr_entity_tables *tables); /* NULL is fine */
/* Those that compare persons. */
dsr_person_tables dsr_entity_persons(const dsr_entity_tables *tables);

#endif
