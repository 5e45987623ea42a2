/* `dossier extract`: everything that is found in each report, as JSON Lines. The FILEs are one set, unless
 * each report is to be settled alone. */
#include "cli/commands.h"
#include "model/json.h"

static dsr_status write_report(void *context, const dsr_report *report)
{
    dsr_session *session = context;
    dsr_report_write_json(session->record, &session->out, report, DSR_VIEW_EXTRACT);
    dsr_buffer_append_char(&session->out, '\n');
    return dsr_session_end_record(session);
}

static void write_alone(void *context, const dsr_outcome *outcome)
{
    dsr_session *session = context;
    session->inputs++;
    if (outcome->kind == DSR_OUTCOME_SET_ASIDE || outcome->report == NULL) {
        dsr_session_set_aside(session, outcome);
    } else if (session->out_failure == 0 && session->out.status == DSR_OK) {
        dsr_status ended = write_report(session, outcome->report); /* a failure is kept in the session */
        (void)ended;
    }
}

dsr_status dsr_run_extract(dsr_session *session)
{
    dsr_status status = DSR_OK;
    if (session->settings->alone) {
        dsr_inputs inputs = dsr_session_inputs(session);
        status = dsr_session_open_engine(session, DSR_PLACE_MEMORY);
        if (status == DSR_OK)
            status = dsr_engine_read(session->engine, &inputs, (dsr_outcome_sink){session, write_alone, NULL},
                                     &session->error);
        return status;
    }
    status = dsr_session_take_files(session, true);
    if (status == DSR_OK)
        status = dsr_engine_each_report(session->engine, write_report, session, &session->error);
    return status;
}
