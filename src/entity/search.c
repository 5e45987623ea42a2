/* Names as a reader types them. Must not know what is searched. */
#include "entity/search.h"

#include <string.h>

enum {
    BEARERS_LOOKED_AT = 16,
    SPELLING = 8 /* the least that dsr_person_has_word gives for a likely spelling */
};

static bool is_person_called(const dsr_entity_tables *tables, dsr_slice name, dsr_slice query)
{
    dsr_person_tables persons = dsr_entity_persons(tables);
    dsr_person_name full = dsr_person_read(tables->words, name);
    dsr_person_name wanted = dsr_person_read(tables->words, query);
    if (full.count == 0 || wanted.count == 0) {
        return false;
    }
    if (wanted.count == 1) {
        return dsr_person_has_word(&persons, &full, wanted.words[0]) > SPELLING;
    }
    if (full.count == 1) { /* of the name typed, the report has the surname alone */
        return dsr_word_compare(&persons, full.words[0], wanted.words[wanted.count - 1]) >= DSR_WORD_SPELLING;
    }
    return dsr_person_compare(&persons, &full, &wanted, NULL) >= DSR_PERSON_POSSIBLE;
}

/* Whether one of the bearers of the name is this very one. */
static bool is_known_by(const dsr_entity_tables *tables, const dsr_entity *entity, dsr_slice query)
{
    static const dsr_name_type types[] = {DSR_NAME_ORG, DSR_NAME_GPE, DSR_NAME_LOC, DSR_NAME_FAC};
    for (size_t i = 0; entity->id.len > 0 && i < sizeof types / sizeof *types; i++) {
        uint32_t state = 0;
        for (int looked = 0; looked < BEARERS_LOOKED_AT; looked++) {
            const dsr_known_thing *thing = dsr_known_next(tables->known, query, types[i], &state);
            if (thing == NULL) {
                break;
            }
            if (dsr_slice_equal(thing->id, entity->id)) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the key of the query stands in that of the name as whole words. */
static bool has_words(const dsr_entity_tables *tables, dsr_slice name, dsr_slice query)
{
    char whole[DSR_KEY_BYTES];
    char part[DSR_KEY_BYTES];
    dsr_slice in = {whole, dsr_key_of_name(tables->keys, name, whole)};
    dsr_slice wanted = {part, dsr_key_of_name(tables->keys, query, part)};
    size_t at = wanted.len > 0 ? dsr_slice_find(in, wanted, 0) : SIZE_MAX;
    while (at != SIZE_MAX) {
        bool starts = at == 0 || whole[at - 1] == '-';
        bool ends = at + wanted.len == in.len || whole[at + wanted.len] == '-';
        if (starts && ends) {
            return true;
        }
        at = dsr_slice_find(in, wanted, at + 1);
    }
    return false;
}

bool dsr_entity_is_called(const dsr_entity_tables *tables, const dsr_entity *entity, dsr_slice query)
{
    if (entity->type == DSR_NAME_PER) {
        return is_person_called(tables, entity->canonical, query);
    }
    return is_known_by(tables, entity, query) || has_words(tables, entity->canonical, query);
}
