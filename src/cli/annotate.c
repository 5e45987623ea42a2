/* `dossier annotate`: tokens, tags, lemmas and syntax of each report, in CoNLL-U. */
#include "cli/commands.h"

static void print_analysis(void *context, const dsr_outcome *outcome)
{
    dsr_session *session = context;
    session->inputs++;
    if (outcome->kind == DSR_OUTCOME_SET_ASIDE || outcome->report == NULL) {
        dsr_session_set_aside(session, outcome);
        return;
    }
    if (session->out_failure != 0 || session->out.status != DSR_OK) {
        return;
    }
    dsr_status status =
        dsr_engine_write_conllu(session->engine, outcome->report, &session->out, &session->error);
    if (status == DSR_OK) {
        status = dsr_session_end_record(session); /* a failure is kept in the session */
    }
    (void)status;
}

dsr_status dsr_run_annotate(dsr_session *session)
{
    dsr_inputs inputs = dsr_session_inputs(session);
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_MEMORY);
    if (status == DSR_OK) {
        status = dsr_engine_read(session->engine, &inputs, (dsr_outcome_sink){session, print_analysis, NULL},
                                 &session->error);
    }
    return status;
}
