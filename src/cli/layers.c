/* Shows one layer of each report. Must not know what the layer is. */
#include "cli/layers.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { TITLE_LINES = 2 };

void dsr_csv_field(dsr_buffer *to, dsr_slice value, bool last)
{
    bool quoted = false;
    for (size_t i = 0; i < value.len; i++) {
        quoted = quoted || strchr(",\"\r\n", value.ptr[i]) != NULL;
    }
    bool formula = value.len > 1 && strchr("=+-@\t", value.ptr[0]) != NULL;
    dsr_buffer_append(to, dsr_slice_of(quoted ? "\"" : ""));
    dsr_buffer_append(to, dsr_slice_of(formula ? "'" : ""));
    for (size_t i = 0; i < value.len; i++) {
        dsr_buffer_append(to, dsr_slice_of(value.ptr[i] == '"' ? "\"" : ""));
        dsr_buffer_append_char(to, value.ptr[i]);
    }
    dsr_buffer_append(to, dsr_slice_of(quoted ? "\"" : ""));
    dsr_buffer_append_char(to, last ? '\n' : ',');
}

void dsr_csv_number(dsr_buffer *to, uint64_t value)
{
    dsr_buffer_append_format(to, "%llu,", (unsigned long long)value);
}

void dsr_csv_begin(dsr_buffer *to, const dsr_report *report)
{
    dsr_csv_field(to, report->source.path, false);
    dsr_csv_field(to, report->source.record, false);
    dsr_csv_field(to, report->meta.published.iso, false);
}

void dsr_day_text(int32_t day, char out[24])
{
    out[0] = '\0';
    if (day != DSR_NO_DAY) {
        dsr_moment_format_utc(day * INT64_C(86400), out);
        out[10] = '\0';
    }
}

typedef struct layer_run {
    dsr_session *session;
    const dsr_layer *layer;
} layer_run;

static dsr_status show_table(const layer_run *run, const dsr_report *report)
{
    dsr_session *session = run->session;
    dsr_paint paint;
    dsr_buffer place;
    dsr_buffer_open(&place, 0);
    dsr_append_place(&place, report->source.path, report->source.record);
    dsr_paint_open(&paint, &session->out, session->look);
    if (session->records > 0) {
        dsr_paint_blank_line(&paint);
    }
    dsr_paint_tone(&paint, DSR_TONE_TITLE);
    dsr_paint_text(&paint, dsr_buffer_slice(&place));
    dsr_paint_tone(&paint, DSR_TONE_QUIET);
    bool dated = report->meta.published.iso.len > 0;
    bool inferred = report->meta.published_from == DSR_FROM_INFERRED;
    dsr_paint_print(&paint, dated ? "  published %.*s%s" : "  no date of publication is known",
                    DSR_PRINT(report->meta.published.iso), inferred ? " (worked out)" : "");
    dsr_paint_end(&paint, (dsr_layout){0, 2, TITLE_LINES});
    if (run->layer->count(report) == 0) {
        dsr_paint_toned(&paint, DSR_TONE_QUIET, dsr_slice_of(run->layer->none));
        dsr_paint_end(&paint, (dsr_layout){2, 2, 0});
    }
    run->layer->table(&paint, report);
    dsr_paint_fail(&paint, place.status);
    dsr_buffer_drop(&place);
    return dsr_paint_close(&paint) == DSR_OK ? DSR_OK : dsr_fail_memory(&session->error, "present");
}

static dsr_status show_report(void *context, const dsr_report *report)
{
    layer_run *run = context;
    dsr_session *session = run->session;
    const dsr_settings *settings = session->settings;
    dsr_status status = DSR_OK;
    dsr_report narrowed;
    bool any = true;
    if (run->layer->narrow != NULL) {
        status = run->layer->narrow(session, report, &narrowed, &any);
        report = &narrowed;
    }
    if (status != DSR_OK || !any) {
        return status;
    }
    if (settings->all && run->layer->view == DSR_VIEW_FIGURES) {
        status = dsr_engine_write_numbers(session->engine, report, &session->out, &session->error);
        dsr_buffer_append_char(&session->out, '\n');
    } else if (settings->json) {
        dsr_report_write_json(session->record, &session->out, report, run->layer->view);
        dsr_buffer_append_char(&session->out, '\n');
    } else if (settings->csv || settings->gdelt != NULL) {
        dsr_buffer_append(&session->out, dsr_slice_of(session->records == 0 ? run->layer->csv_heading : ""));
        run->layer->csv(session, report);
    } else {
        status = show_table(run, report);
    }
    return status == DSR_OK ? dsr_session_end_record(session) : status;
}

static void show_alone(void *context, const dsr_outcome *outcome)
{
    layer_run *run = context;
    dsr_session *session = run->session;
    session->inputs++;
    if (outcome->kind == DSR_OUTCOME_SET_ASIDE || outcome->report == NULL) {
        dsr_session_set_aside(session, outcome);
    } else if (session->out_failure == 0 && session->out.status == DSR_OK) {
        dsr_status ended = show_report(run, outcome->report); /* a failure is kept in the session */
        (void)ended;
    }
}

dsr_status dsr_layer_run(dsr_session *session, const dsr_layer *layer)
{
    layer_run run = {session, layer};
    if (session->settings->alone) {
        dsr_inputs inputs = dsr_session_inputs(session);
        dsr_status status = dsr_session_open_engine(session, DSR_PLACE_MEMORY);
        return status == DSR_OK ? dsr_engine_read(session->engine, &inputs,
                                                  (dsr_outcome_sink){&run, show_alone, NULL}, &session->error)
                                : status;
    }
    dsr_status status = dsr_session_take_files(session, true);
    return status == DSR_OK ? dsr_engine_each_report(session->engine, show_report, &run, &session->error)
                            : status;
}
