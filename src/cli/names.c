/* `dossier names`: who is named in each story of the FILEs, with roles and spellings. */
#include "cli/commands.h"
#include "model/json.h"
#include "present/present.h"

static dsr_status show_cast(void *context, const dsr_story *story)
{
    dsr_session *session = context;
    if (story->cast.count == 0)
        return DSR_OK;
    dsr_status status = DSR_OK;
    if (session->settings->json) {
        dsr_cast_write_json(session->record, &session->out, story);
        dsr_buffer_append_char(&session->out, '\n');
    } else {
        if (session->records > 0)
            dsr_buffer_append_char(&session->out, '\n');
        status = dsr_present_cast(session->record, &session->out, story, session->look);
    }
    if (status != DSR_OK)
        return dsr_fail_memory(&session->error, "present");
    return dsr_session_end_record(session);
}

dsr_status dsr_run_names(dsr_session *session)
{
    dsr_status status = dsr_session_take_files(session, true);
    if (status == DSR_OK)
        status = dsr_engine_each_story(session->engine, show_cast, session, &session->error);
    if (status == DSR_OK && session->records == 0 && !session->settings->json)
        dsr_buffer_append(&session->out, DSR_SLICE("nobody is named in these reports\n"));
    return status;
}
