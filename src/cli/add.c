/* `dossier add`: reports into a store, batch by batch. What became of each input is said only once it has
 * become so: the lines of a batch wait until the store has taken it. */
#include "base/json.h"
#include "cli/commands.h"

typedef struct intake {
    dsr_session *session;
    dsr_buffer lines; /* what is said once the store has taken the batch */
    uint64_t counts[4];
} intake;

/* "added          PATH  ID" */
static void write_line(dsr_buffer *to, const dsr_outcome *outcome)
{
    char id[DSR_ID_TEXT], previous[DSR_ID_TEXT];
    dsr_id_format(outcome->id, id);
    dsr_id_format(outcome->previous, previous);
    if (outcome->kind == DSR_OUTCOME_NEW_VERSION)
        dsr_buffer_append_format(to, "%.12s  new version of %.12s  ", id, previous);
    else
        dsr_buffer_append_format(to, "%.12s  %s  ", id,
                                 outcome->kind == DSR_OUTCOME_ADDED ? "added" : "already there");
    dsr_append_place(to, outcome->path, outcome->record);
    dsr_buffer_append_char(to, '\n');
}

static void take_outcome(void *context, const dsr_outcome *outcome)
{
    intake *in = context;
    in->session->inputs++;
    in->counts[outcome->kind]++;
    if (outcome->kind == DSR_OUTCOME_SET_ASIDE)
        dsr_session_set_aside(in->session, outcome);
    if (in->session->settings->json) {
        dsr_outcome_write_json(&in->lines, outcome);
        dsr_buffer_append_char(&in->lines, '\n');
    } else if (outcome->kind != DSR_OUTCOME_SET_ASIDE)
        write_line(&in->lines, outcome);
}

static void say_lines(void *context, uint64_t reports)
{
    intake *in = context;
    in->session->kept = reports;
    dsr_buffer_append(&in->session->out, dsr_buffer_slice(&in->lines));
    if (in->lines.status != DSR_OK) /* the reports are taken; only the lines about them are lost */
        in->session->out.status = in->lines.status;
    dsr_buffer_reset(&in->lines);
    dsr_session_send(in->session);
}

/* "3 added, 1 set aside: PATH of the store" */
static void write_sum(dsr_session *session, const uint64_t counts[4])
{
    static const char *const words[4] = {"added", "already there", "new", "set aside"};
    bool some = false;
    for (unsigned i = 0; i < 4; i++) {
        if (counts[i] == 0)
            continue;
        const char *word = words[i];
        if (i == DSR_OUTCOME_NEW_VERSION)
            word = counts[i] == 1 ? "new version" : "new versions";
        dsr_buffer_append_format(&session->out, "%s%llu %s", some ? ", " : "", (unsigned long long)counts[i],
                                 word);
        some = true;
    }
    if (!some)
        dsr_buffer_append(&session->out, DSR_SLICE("there is no report in what was given"));
    dsr_buffer_append(&session->out, DSR_SLICE("; the store is "));
    dsr_append_harmless(&session->out, dsr_slice_of(session->store));
    dsr_buffer_append_char(&session->out, '\n');
}

dsr_status dsr_add_inputs(dsr_session *session, const dsr_inputs *inputs, uint64_t counts[4])
{
    intake in = {.session = session};
    dsr_buffer_open(&in.lines, 0);
    dsr_status status = dsr_engine_add(session->engine, inputs,
                                       (dsr_outcome_sink){&in, take_outcome, say_lines}, &session->error);
    for (unsigned i = 0; i < 4; i++)
        counts[i] += in.counts[i];
    dsr_buffer_drop(&in.lines);
    return status;
}

dsr_status dsr_run_add(dsr_session *session)
{
    uint64_t counts[4] = {0};
    dsr_inputs inputs = dsr_session_inputs(session);
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_MAKE);
    if (status == DSR_OK)
        status = dsr_add_inputs(session, &inputs, counts);
    if (status == DSR_OK && session->out.status == DSR_OK && !session->settings->json)
        write_sum(session, counts);
    return status;
}
