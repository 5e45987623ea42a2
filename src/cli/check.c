/* `dossier check`: drafts and claims against the reports of a store, or of files that are given with them. */
#include "cli/commands.h"

#include "model/json.h"
#include "present/present.h"

/* Without --against the operands are drafts; with it the first one is (none where a claim is given), the
 * others are reports. */
static unsigned count_drafts(const dsr_settings *settings)
{
    if (settings->against == NULL)
        return settings->operand_count;
    return settings->claim == NULL && settings->operand_count > 0 ? 1 : 0;
}

/* The reports that stand behind --against. */
static dsr_status take_reports(dsr_session *session, unsigned drafts)
{
    const dsr_settings *settings = session->settings;
    unsigned count = settings->operand_count - drafts + 1;
    const char **paths = dsr_arena_alloc_array(session->arena, count, sizeof *paths);
    if (paths == NULL)
        return dsr_fail_memory(&session->error, "check");
    paths[0] = settings->against;
    for (unsigned i = 1; i < count; i++)
        paths[i] = settings->operands[drafts + i - 1];
    dsr_inputs inputs = dsr_session_inputs(session);
    inputs.paths = paths;
    inputs.count = count;
    inputs.published = NULL; /* that is the draft's */
    return dsr_engine_add(session->engine, &inputs, dsr_session_quiet_sink(session), &session->error);
}

static dsr_status read_drafts(dsr_session *session, unsigned drafts, dsr_drafts *out)
{
    const dsr_settings *settings = session->settings;
    dsr_status status = DSR_OK;
    if (settings->claim != NULL)
        status = dsr_engine_read_claim(session->engine, settings->claim, settings->published, session->arena,
                                       out, &session->error);
    dsr_inputs inputs = dsr_session_inputs(session);
    inputs.count = drafts;
    inputs.meta = NULL;
    if (status == DSR_OK && drafts > 0)
        status = dsr_engine_read_drafts(session->engine, &inputs, session->arena, out,
                                        dsr_session_quiet_sink(session), &session->error);
    return status;
}

static dsr_status show(dsr_session *session, const dsr_check *check)
{
    session->contradicted = session->contradicted || check->counts[DSR_VERDICT_CONTRADICTED] > 0 ||
                            check->counts[DSR_VERDICT_DISPUTED] > 0;
    if (session->settings->json) {
        dsr_check_write_json(session->record, &session->out, check);
        dsr_buffer_append_char(&session->out, '\n');
        return dsr_session_end_record(session);
    }
    if (session->records > 0)
        dsr_buffer_append_char(&session->out, '\n');
    dsr_status status = dsr_present_check(session->record, &session->out, check, session->look);
    if (status != DSR_OK)
        return dsr_fail_memory(&session->error, "present");
    return dsr_session_end_record(session);
}

dsr_status dsr_run_check(dsr_session *session)
{
    const dsr_settings *settings = session->settings;
    dsr_drafts drafts = {NULL, 0, 0};
    unsigned count = count_drafts(settings);
    dsr_status status =
        dsr_session_open_engine(session, settings->against != NULL ? DSR_PLACE_MEMORY : DSR_PLACE_READ);
    if (status == DSR_OK && settings->against != NULL)
        status = take_reports(session, count);
    if (status == DSR_OK)
        status = read_drafts(session, count, &drafts);
    for (size_t i = 0; status == DSR_OK && i < drafts.count; i++) {
        dsr_check check;
        dsr_arena *arena = dsr_arena_new(0);
        if (arena == NULL)
            return dsr_fail_memory(&session->error, "check");
        status = dsr_engine_check(session->engine, drafts.items[i], arena, &check, &session->error);
        if (status == DSR_OK)
            status = show(session, &check);
        dsr_arena_drop(arena);
    }
    return status;
}
