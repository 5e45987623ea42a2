/* `dossier verify`: proves that a store is whole, or names each flaw. */
#include "cli/commands.h"

static void say_flaw(void *context, const char *sentence)
{
    dsr_session *session = context;
    dsr_append_harmless(&session->out, dsr_slice_of(sentence));
    dsr_buffer_append_char(&session->out, '\n');
}

dsr_status dsr_run_verify(dsr_session *session)
{
    dsr_verify_result result = {0, 0, 0};
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_READ);
    if (status == DSR_OK)
        status = dsr_engine_verify(session->engine, say_flaw, session, &result, &session->error);
    if (status != DSR_OK)
        return status;
    unsigned long long reports = result.reports, stories = result.stories, flaws = result.flaws;
    const char *of_reports = reports == 1 ? "report" : "reports",
               *of_stories = stories == 1 ? "story" : "stories";
    if (flaws == 0)
        dsr_buffer_append_format(&session->out, "whole: %llu %s, %llu %s\n", reports, of_reports, stories,
                                 of_stories);
    else
        dsr_buffer_append_format(&session->out, "not whole: %llu %s in %llu %s, %llu %s\n", flaws,
                                 flaws == 1 ? "flaw" : "flaws", reports, of_reports, stories, of_stories);
    session->failed = flaws > 0;
    return DSR_OK;
}
