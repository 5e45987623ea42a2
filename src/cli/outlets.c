/* `dossier outlets`: how much of each outlet is its own, whose text it carries, and how it edits it. */
#include "cli/layers.h"

#include "model/outlets.h"
#include "present/present.h"

static dsr_status parse(dsr_session *session, const char *text, dsr_moment *out)
{
    *out = (dsr_moment){.iso = DSR_SLICE_NONE};
    dsr_status status = text != NULL ? dsr_moment_parse(session->arena, dsr_slice_of(text), out) : DSR_OK;
    if (status == DSR_ERR_MEMORY)
        return dsr_fail_memory(&session->error, "options");
    if (status != DSR_OK)
        return dsr_fail(&session->error, DSR_ERR_ARGUMENT, "options", "there is no such date as \"%s\"",
                        text);
    return DSR_OK;
}

/* outlet, what the row tells, of whom or of what, how many, share */
static void write_line(dsr_buffer *to, const dsr_outlet_row *row, const char *what, dsr_slice of,
                       uint32_t count, int64_t share)
{
    dsr_csv_field(to, row->name, false);
    dsr_csv_field(to, dsr_slice_of(what), false);
    dsr_csv_field(to, of, false);
    dsr_csv_number(to, count);
    if (share >= 0)
        dsr_buffer_append_format(to, "%u.%03u", (unsigned)share / 1000, (unsigned)share % 1000);
    dsr_buffer_append_char(to, '\n');
}

static void write_ties(dsr_buffer *to, const dsr_outlet_row *row, const char *outlet,
                       const dsr_outlet_ties *ties)
{
    for (size_t i = 0; i < ties->count; i++)
        write_line(to, row, ties->items[i].agency ? "agency" : outlet, ties->items[i].name,
                   ties->items[i].reports, ties->items[i].share);
}

static void write_csv(dsr_buffer *to, const dsr_outlets *outlets)
{
    dsr_buffer_append(to, DSR_SLICE("outlet,what,of,count,share\n"));
    for (size_t i = 0; i < outlets->rows.count; i++) {
        const dsr_outlet_row *row = &outlets->rows.items[i];
        write_line(to, row, "reports", DSR_SLICE("own"), row->reports, row->own);
        write_line(to, row, "reports", DSR_SLICE("copying"), row->copying, -1);
        write_ties(to, row, "takes", &row->takes);
        write_ties(to, row, "carried_by", &row->carried_by);
        for (unsigned k = 0; k < DSR_EDIT_KINDS; k++)
            if (row->edits[k] > 0)
                write_line(to, row, "edits", dsr_slice_of(dsr_edit_kind_name((dsr_edit_kind)k)),
                           row->edits[k], -1);
    }
}

static dsr_status show(dsr_session *session, const dsr_outlets *outlets)
{
    if (session->settings->csv) {
        write_csv(&session->out, outlets);
    } else if (!session->settings->json) {
        if (dsr_present_outlets(&session->out, outlets, session->look) != DSR_OK)
            return dsr_fail_memory(&session->error, "present");
    }
    for (size_t i = 0; session->settings->json && i < outlets->rows.count; i++) {
        dsr_outlet_write_json(&session->out, &outlets->rows.items[i]);
        dsr_buffer_append_char(&session->out, '\n');
        dsr_status status = dsr_session_end_record(session);
        if (status != DSR_OK)
            return status;
    }
    return session->settings->json ? DSR_OK : dsr_session_end_record(session);
}

dsr_status dsr_run_outlets(dsr_session *session)
{
    dsr_outlet_choice choice;
    dsr_outlets outlets;
    dsr_status status = parse(session, session->settings->since, &choice.since);
    if (status == DSR_OK)
        status = parse(session, session->settings->until, &choice.until);
    if (status == DSR_OK)
        status = dsr_session_open_engine(session, DSR_PLACE_READ);
    if (status == DSR_OK)
        status = dsr_engine_outlets(session->engine, &choice, session->arena, &outlets, &session->error);
    return status == DSR_OK ? show(session, &outlets) : status;
}
