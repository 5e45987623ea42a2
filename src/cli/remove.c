/* `dossier remove`: reports out of a store, all or none. */
#include "cli/commands.h"

static void say_removed(dsr_session *session, const dsr_id *ids, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        char id[DSR_ID_TEXT];
        dsr_id_format(ids[i], id);
        dsr_buffer_append_format(&session->out, "%.12s  removed\n", id);
    }
}

dsr_status dsr_run_remove(dsr_session *session)
{
    unsigned count = session->settings->operand_count;
    dsr_id *ids = dsr_arena_alloc_array(session->arena, count, sizeof *ids);
    if (ids == NULL)
        return dsr_fail_memory(&session->error, "store");
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_CHANGE);
    for (unsigned i = 0; i < count && status == DSR_OK; i++) {
        dsr_slice id = dsr_slice_of(session->settings->operands[i]);
        status = dsr_engine_find_report(session->engine, id, &ids[i], &session->error);
        if (status != DSR_OK)
            dsr_session_name_operand(session, session->settings->operands[i]);
    }
    if (status == DSR_OK)
        status = dsr_engine_remove(session->engine, ids, count, &session->error);
    if (status == DSR_OK)
        say_removed(session, ids, count);
    return status;
}
