/* `dossier show`: stories of a store, each on a page. An id that is not there does not keep the others from
 * being shown. */
#include "cli/commands.h"

dsr_status dsr_run_show(dsr_session *session)
{
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_READ);
    for (unsigned i = 0; i < session->settings->operand_count && status == DSR_OK; i++) {
        const dsr_story *story = NULL;
        dsr_arena *arena = dsr_arena_new(0);
        if (arena == NULL)
            return dsr_fail_memory(&session->error, "present");
        status = dsr_engine_show(session->engine, dsr_slice_of(session->settings->operands[i]), arena, &story,
                                 &session->error);
        if (status == DSR_OK) {
            status = dsr_session_show_story(session, story);
        } else if (status == DSR_ERR_NOT_FOUND || status == DSR_ERR_ARGUMENT) {
            dsr_session_name_operand(session, session->settings->operands[i]);
            dsr_session_say_error(session);
            dsr_error_clear(&session->error);
            status = DSR_OK;
        }
        dsr_arena_drop(arena);
    }
    return status;
}
