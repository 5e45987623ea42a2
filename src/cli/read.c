/* `dossier read`: what is taken from each report, and what is furniture. Nothing is kept. */
#include "cli/commands.h"
#include "model/json.h"
#include "present/present.h"

/* Both commands that show each report as it is read. */
static void show_read(void *context, const dsr_outcome *outcome)
{
    dsr_session *session = context;
    session->inputs++;
    if (outcome->kind == DSR_OUTCOME_SET_ASIDE || outcome->report == NULL) {
        dsr_session_set_aside(session, outcome);
        return;
    }
    if (session->out_failure != 0 || session->out.status != DSR_OK)
        return;
    if (session->settings->json) {
        dsr_report_write_json(session->record, &session->out, outcome->report, DSR_VIEW_READ);
        dsr_buffer_append_char(&session->out, '\n');
    } else {
        dsr_buffer_append(&session->out, dsr_slice_of(session->records > 0 ? "\n" : ""));
        dsr_status status =
            dsr_present_report(session->record, &session->out, outcome->report, session->look);
        if (status != DSR_OK && session->out.status == DSR_OK)
            session->out.status = status;
    }
    dsr_status ended =
        dsr_session_end_record(session); /* a failure is kept in the session, and stops the engine */
    (void)ended;
}

dsr_status dsr_run_read(dsr_session *session)
{
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_MEMORY);
    dsr_inputs inputs = dsr_session_inputs(session);
    if (status == DSR_OK)
        status = dsr_engine_read(session->engine, &inputs, (dsr_outcome_sink){session, show_read, NULL},
                                 &session->error);
    if (status == DSR_OK && session->inputs == 0)
        dsr_session_say(session, DSR_SLICE("dossier: there is no report in what was given\n"));
    return status;
}
