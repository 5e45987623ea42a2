/* `dossier events` and `dossier positions`: who did what to whom, and who wants what, in each report. */
#include "cli/layers.h"

#include "base/utf8.h"
#include "present/gdelt.h"

#include <stdio.h>

enum { PLACE_COLUMNS = 6, TYPE_COLUMNS = 10 };

static dsr_slice text_of(const dsr_report *report, dsr_span span)
{
    return dsr_slice_part(report->text, span.start, span.end);
}

/* "A; B", cut short nowhere. */
static void append_names(dsr_buffer *to, const dsr_report *report, const dsr_actors *actors)
{
    for (size_t i = 0; i < actors->count; i++) {
        dsr_buffer_append(to, dsr_slice_of(i > 0 ? "; " : ""));
        dsr_buffer_append(to, dsr_report_actor_name(report, &actors->items[i]));
    }
}

static void append_codes(dsr_buffer *to, const dsr_actors *actors)
{
    for (size_t i = 0; i < actors->count; i++) {
        dsr_buffer_append(to, dsr_slice_of(i > 0 ? ";" : ""));
        dsr_buffer_append(to, actors->items[i].code);
    }
}

/* A field made of several parts. */
static void csv_made(dsr_buffer *to, dsr_buffer *made, bool last)
{
    if (made->status != DSR_OK && to->status == DSR_OK)
        to->status = made->status;
    dsr_csv_field(to, dsr_buffer_slice(made), last);
    dsr_buffer_reset(made);
}

/* ---- events ---- */

static size_t count_events(const dsr_report *report)
{
    return report->events.count;
}

static void csv_event(dsr_buffer *to, const dsr_report *report, const dsr_event *event,
                      const dsr_code_points *points)
{
    const dsr_time *when = dsr_report_time_at(report, event->when);
    dsr_buffer made;
    dsr_buffer_open(&made, 0);
    dsr_csv_begin(to, report);
    dsr_csv_number(to, dsr_code_points_at(points, event->span.start));
    dsr_csv_number(to, dsr_code_points_at(points, event->span.end));
    dsr_csv_field(to, text_of(report, event->span), false);
    dsr_csv_field(to, dsr_slice_of(dsr_event_type_name(event->type)), false);
    dsr_csv_field(to, event->mode, false);
    dsr_csv_field(to, event->cameo, false);
    append_names(&made, report, &event->sources);
    csv_made(to, &made, false);
    append_codes(&made, &event->sources);
    csv_made(to, &made, false);
    append_names(&made, report, &event->targets);
    csv_made(to, &made, false);
    append_codes(&made, &event->targets);
    csv_made(to, &made, false);
    dsr_csv_field(to, when != NULL ? when->value : DSR_SLICE_NONE, false);
    dsr_csv_field(to, text_of(report, event->where), false);
    dsr_csv_field(to, dsr_slice_of(dsr_realis_name(event->realis)), false);
    dsr_csv_field(to, dsr_report_actor_name(report, &event->told_by), false);
    dsr_csv_field(to, event->rule, true);
    dsr_buffer_drop(&made);
}

static void csv_events(dsr_session *session, const dsr_report *report)
{
    dsr_code_points points;
    if (dsr_code_points_build(session->record, report->text, &points) != DSR_OK) {
        session->out.status = DSR_ERR_MEMORY;
        return;
    }
    for (size_t i = 0; i < report->events.count; i++)
        csv_event(&session->out, report, &report->events.items[i], &points);
}

static void paint_begin(dsr_paint *paint, size_t place, const char *kind)
{
    char at[24];
    (void)snprintf(at, sizeof at, "%zu", place);
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_cell(paint, dsr_slice_of(at), PLACE_COLUMNS, true);
    dsr_paint_pad(paint, 2);
    dsr_paint_tone(paint, DSR_TONE_MARK);
    dsr_paint_cell(paint, dsr_slice_of(kind), TYPE_COLUMNS, false);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
}

static void paint_names(dsr_paint *paint, const dsr_report *report, const dsr_actors *actors)
{
    for (size_t i = 0; i < actors->count; i++) {
        dsr_paint_print(paint, i > 0 ? ", " : "");
        dsr_paint_text(paint, dsr_report_actor_name(report, &actors->items[i]));
    }
    dsr_paint_print(paint, actors->count == 0 ? "\xe2\x80\x93" : "");
}

static void paint_event(dsr_paint *paint, const dsr_report *report, const dsr_event *event, size_t place)
{
    const dsr_time *when = dsr_report_time_at(report, event->when);
    paint_begin(paint, place, dsr_event_type_name(event->type));
    dsr_paint_tone(paint, DSR_TONE_MARK);
    paint_names(paint, report, &event->sources);
    if (event->targets.count > 0) {
        dsr_paint_print(paint, " \xe2\x86\x92 ");
        paint_names(paint, report, &event->targets);
    }
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_print(paint, ": ");
    dsr_paint_text(paint, text_of(report, event->span));
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (event->realis != DSR_REALIS_ACTUAL)
        dsr_paint_print(paint, " \xc2\xb7 %s", dsr_realis_name(event->realis));
    if (when != NULL && when->value.len > 0)
        dsr_paint_print(paint, " \xc2\xb7 %.*s", DSR_PRINT(when->value));
    dsr_slice teller = dsr_report_actor_name(report, &event->told_by);
    if (teller.len > 0) {
        dsr_paint_print(paint, " \xc2\xb7 says ");
        dsr_paint_text(paint, teller);
    }
    dsr_paint_print(paint, " \xc2\xb7 %.*s", DSR_PRINT(event->cameo));
    dsr_paint_print(paint, " \xc2\xb7 ");
    dsr_paint_text(paint, event->rule);
    dsr_paint_end(paint, (dsr_layout){2, 2 + PLACE_COLUMNS + 2 + TYPE_COLUMNS, 0});
}

/* Events are in order of place: code points are counted once through the text. */
static void table_events(dsr_paint *paint, const dsr_report *report)
{
    size_t place = 0, counted = 0;
    for (size_t i = 0; i < report->events.count; i++) {
        const dsr_event *event = &report->events.items[i];
        place += dsr_utf8_count(dsr_slice_part(report->text, counted, event->span.start));
        counted = event->span.start;
        paint_event(paint, report, event, place);
    }
}

/* Rows of GDELT's tables have no heading. */
static void rows_of_gdelt(dsr_session *session, const dsr_report *report)
{
    bool first = session->settings->gdelt[0] == '1';
    dsr_gdelt_append(&session->out, report, first ? DSR_GDELT_1 : DSR_GDELT_2);
}

dsr_status dsr_run_events(dsr_session *session)
{
    static const dsr_layer rows = {.view = DSR_VIEW_EVENTS, .csv_heading = "", .csv = rows_of_gdelt};
    static const dsr_layer layer = {
        .view = DSR_VIEW_EVENTS,
        .csv_heading = "path,record,published,start,end,text,type,mode,cameo,sources,source_codes,targets,"
                       "target_codes,date,place,realis,attributed_to,rule\n",
        .csv = csv_events,
        .table = table_events,
        .none = "no events",
        .count = count_events};
    return dsr_layer_run(session, session->settings->gdelt != NULL ? &rows : &layer);
}

/* ---- positions ---- */

static size_t count_positions(const dsr_report *report)
{
    return report->positions.count;
}

static void csv_positions(dsr_session *session, const dsr_report *report)
{
    dsr_buffer *to = &session->out;
    dsr_code_points points;
    dsr_buffer made;
    if (dsr_code_points_build(session->record, report->text, &points) != DSR_OK) {
        to->status = DSR_ERR_MEMORY;
        return;
    }
    dsr_buffer_open(&made, 0);
    for (size_t i = 0; i < report->positions.count; i++) {
        const dsr_position *p = &report->positions.items[i];
        dsr_csv_begin(to, report);
        dsr_csv_number(to, dsr_code_points_at(&points, p->span.start));
        dsr_csv_number(to, dsr_code_points_at(&points, p->span.end));
        dsr_csv_field(to, text_of(report, p->span), false);
        dsr_csv_field(to, dsr_report_actor_name(report, &p->party), false);
        dsr_csv_field(to, dsr_slice_of(dsr_stance_name(p->stance)), false);
        dsr_csv_field(to, p->issue, false);
        append_names(&made, report, &p->toward);
        csv_made(to, &made, false);
        bool known = p->speaker.entity < report->entities.count;
        dsr_csv_field(to, known ? report->entities.items[p->speaker.entity].canonical : DSR_SLICE_NONE,
                      false);
        dsr_csv_field(to, text_of(report, p->answers), false);
        dsr_csv_field(to, p->rule, true);
    }
    dsr_buffer_drop(&made);
}

static void paint_position(dsr_paint *paint, const dsr_report *report, const dsr_position *p, size_t place)
{
    paint_begin(paint, place, dsr_stance_name(p->stance));
    dsr_paint_tone(paint, DSR_TONE_MARK);
    dsr_paint_text(paint, dsr_report_actor_name(report, &p->party));
    if (p->toward.count > 0) {
        dsr_paint_print(paint, " \xe2\x86\x92 ");
        paint_names(paint, report, &p->toward);
    }
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_print(paint, ": ");
    dsr_paint_text(paint, text_of(report, p->span));
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (p->issue.len > 0) {
        dsr_paint_print(paint, " \xc2\xb7 ");
        dsr_paint_text(paint, p->issue);
    }
    if (p->answers.end > 0)
        dsr_paint_print(paint, " \xc2\xb7 answers a demand");
    dsr_paint_end(paint, (dsr_layout){2, 2 + PLACE_COLUMNS + 2 + TYPE_COLUMNS, 0});
}

static void table_positions(dsr_paint *paint, const dsr_report *report)
{
    size_t place = 0, counted = 0;
    for (size_t i = 0; i < report->positions.count; i++) {
        const dsr_position *p = &report->positions.items[i];
        place += dsr_utf8_count(dsr_slice_part(report->text, counted, p->span.start));
        counted = p->span.start;
        paint_position(paint, report, p, place);
    }
}

dsr_status dsr_run_positions(dsr_session *session)
{
    static const dsr_layer layer = {
        .view = DSR_VIEW_POSITIONS,
        .csv_heading =
            "path,record,published,start,end,text,party,stance,issue,toward,speaker,answers,rule\n",
        .csv = csv_positions,
        .table = table_positions,
        .none = "no positions",
        .count = count_positions};
    return dsr_layer_run(session, &layer);
}
