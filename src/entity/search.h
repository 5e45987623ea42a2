/* Whether somebody or something goes by a name that a reader types. */
#ifndef DSR_ENTITY_SEARCH_H
#define DSR_ENTITY_SEARCH_H

#include "entity/entity.h"

/* Whether `entity` may be called `query`: a person by the surname or the whole name in any spelling, a known
 * place or body by each of its names, everything else by words of its name in that order. Linear in both. */
bool dsr_entity_is_called(const dsr_entity_tables *tables, const dsr_entity *entity, dsr_slice query);

#endif
