/* `dossier diff`: what is new in a story since a time. */
#include "cli/commands.h"

#include "model/diff.h"
#include "present/present.h"

static dsr_status parse_since(dsr_session *session, dsr_moment *out)
{
    dsr_status status = dsr_moment_parse(session->arena, dsr_slice_of(session->settings->since), out);
    if (status == DSR_ERR_MEMORY)
        return dsr_fail_memory(&session->error, "options");
    if (status != DSR_OK)
        return dsr_fail(&session->error, DSR_ERR_ARGUMENT, "options", "there is no such date as \"%s\"",
                        session->settings->since);
    return DSR_OK;
}

static dsr_status show(dsr_session *session, const dsr_story_diff *diff)
{
    if (session->settings->json) {
        dsr_diff_write_json(session->record, &session->out, diff);
        dsr_buffer_append_char(&session->out, '\n');
    } else if (dsr_present_diff(session->record, &session->out, diff, session->look) != DSR_OK) {
        return dsr_fail_memory(&session->error, "present");
    }
    return dsr_session_end_record(session);
}

dsr_status dsr_run_diff(dsr_session *session)
{
    dsr_moment since;
    dsr_story_diff diff;
    dsr_status status = parse_since(session, &since);
    if (status == DSR_OK)
        status = dsr_session_open_engine(session, DSR_PLACE_READ);
    if (status == DSR_OK)
        status = dsr_engine_diff(session->engine, dsr_slice_of(session->settings->operands[0]), &since,
                                 session->arena, &diff, &session->error);
    if (status == DSR_ERR_NOT_FOUND || status == DSR_ERR_ARGUMENT)
        dsr_session_name_operand(session, session->settings->operands[0]);
    return status == DSR_OK ? show(session, &diff) : status;
}
