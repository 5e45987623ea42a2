/* Opening and closing the tables of this room. */
#include "entity/entity.h"

#include <stdlib.h>
#include <string.h>

dsr_status dsr_entity_fail_empty(const char *folder, const char *name, dsr_error *error)
{
    dsr_status status =
        dsr_fail(error, DSR_ERR_NOT_FOUND, "entity",
                 "%s is missing there or has no line; a complete data folder was expected", name);
    dsr_error_set_subject(error, folder, strlen(folder));
    return status;
}

dsr_status dsr_entity_open(const char *data_folder, const char *user_folder, dsr_entity_tables **out,
                           dsr_error *error)
{
    dsr_entity_tables *tables = calloc(1, sizeof *tables);
    dsr_arena *arena = dsr_arena_new(0);
    if (tables == NULL || arena == NULL) {
        free(tables);
        dsr_arena_drop(arena);
        return dsr_fail_memory(error, "entity");
    }
    tables->arena = arena;
    const char *const folders[2] = {data_folder, user_folder};
    dsr_status status = dsr_key_rules_open(arena, data_folder, &tables->keys, error);
    if (status == DSR_OK) {
        status = dsr_spellings_open(arena, data_folder, &tables->spellings, error);
    }
    if (status == DSR_OK) {
        status = dsr_entity_words_open(arena, folders, &tables->words, error);
    }
    if (status == DSR_OK) {
        status = dsr_known_open(arena, tables->keys, folders, &tables->known, error);
    }
    if (status != DSR_OK) {
        dsr_entity_close(tables);
        return status;
    }
    *out = tables;
    return DSR_OK;
}

void dsr_entity_close(dsr_entity_tables *tables)
{
    if (tables != NULL) {
        dsr_known_drop(tables->known);
        dsr_entity_words_drop(tables->words);
        dsr_spellings_drop(tables->spellings);
        dsr_arena_drop(tables->arena);
        free(tables);
    }
}

dsr_person_tables dsr_entity_persons(const dsr_entity_tables *tables)
{
    return (dsr_person_tables){tables->keys, tables->spellings, tables->words};
}
