/* `dossier copies`: the pairs of reports that carry one text. */
#include "cli/commands.h"
#include "model/json.h"
#include "present/present.h"

enum { PAIRS_SHOWN = 100 /* on a page; --all shows the rest */ };

static dsr_status show_pair(void *context, const dsr_reuse *reuse, const dsr_report *from,
                            const dsr_report *to)
{
    dsr_session *session = context;
    if (!session->settings->json && !session->look.all && session->records >= PAIRS_SHOWN) {
        session->records++;
        return DSR_OK;
    }
    if (session->settings->json) {
        dsr_reuse_write_json(session->record, &session->out, reuse, from, to);
        dsr_buffer_append_char(&session->out, '\n');
    } else {
        dsr_buffer_append(&session->out, dsr_slice_of(session->records > 0 ? "\n" : ""));
        dsr_status status = dsr_present_reuse(session->record, &session->out, reuse, from, to, session->look);
        if (status != DSR_OK)
            return dsr_fail(&session->error, status, "present",
                            "there is not enough memory to show this pair");
    }
    return dsr_session_end_record(session);
}

dsr_status dsr_run_copies(dsr_session *session)
{
    dsr_status status = dsr_session_take_files(session, false);
    if (status == DSR_OK)
        status = dsr_engine_each_copy(session->engine, show_pair, session, &session->error);
    if (status == DSR_OK && session->records == 0 && session->inputs > session->set_aside &&
        !session->settings->json)
        dsr_buffer_append(&session->out, DSR_SLICE("no text copied from one to another\n"));
    if (status == DSR_OK && !session->settings->json && !session->look.all && session->records > PAIRS_SHOWN)
        dsr_buffer_append_format(&session->out, "\n\xe2\x80\xa6 and %llu more pairs; --all shows them\n",
                                 (unsigned long long)(session->records - PAIRS_SHOWN));
    return status;
}
