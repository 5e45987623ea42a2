/* Who of a report goes by a name that a reader types. */
#include "entity/search.h"
#include "engine/internal.h"

dsr_status dsr_engine_is_called(dsr_engine *engine, const dsr_entity *entity, dsr_slice query, bool *out,
                                dsr_error *error)
{
    const dsr_entity_tables *tables = NULL;
    dsr_status status = dsr_engine_entities(engine, &tables, error);
    if (status == DSR_OK) {
        *out = dsr_entity_is_called(tables, entity, query);
    }
    return status;
}
