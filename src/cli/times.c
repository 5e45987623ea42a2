/* `dossier times`: the times of each report. */
#include "cli/layers.h"

#include "base/utf8.h"

#include <stdio.h>

enum { VALUE_COLUMNS = 20, WHEN_COLUMNS = 25, BESIDE_FROM = 76 };

static size_t count_times(const dsr_report *report)
{
    return report->times.count;
}

static dsr_slice text_of(const dsr_report *report, dsr_span span)
{
    return dsr_slice_part(report->text, span.start, span.end);
}

static void write_csv(dsr_session *session, const dsr_report *report)
{
    dsr_buffer *to = &session->out;
    dsr_code_points points;
    if (dsr_code_points_build(session->record, report->text, &points) != DSR_OK) {
        to->status = DSR_ERR_MEMORY;
        return;
    }
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        char earliest[24], latest[24];
        dsr_day_text(time->earliest, earliest);
        dsr_day_text(time->latest, latest);
        dsr_csv_begin(to, report);
        dsr_csv_number(to, dsr_code_points_at(&points, time->span.start));
        dsr_csv_number(to, dsr_code_points_at(&points, time->span.end));
        dsr_csv_field(to, text_of(report, time->span), false);
        dsr_csv_field(to, dsr_slice_of(dsr_time_type_name(time->type)), false);
        dsr_csv_field(to, time->value, false);
        dsr_csv_field(to, dsr_slice_of(dsr_time_mod_name(time->mod)), false);
        dsr_csv_field(to, dsr_slice_of(earliest), false);
        dsr_csv_field(to, dsr_slice_of(latest), false);
        dsr_csv_field(to, time->why, true);
    }
}

/* "2022-01-10" or "2022-01-10 - 2022-01-16": the first and the last day. */
static void paint_days(dsr_paint *paint, const dsr_time *time)
{
    char first[24], last[24], both[64];
    dsr_day_text(time->earliest, first);
    dsr_day_text(time->latest == DSR_NO_DAY ? DSR_NO_DAY : time->latest - 1, last);
    bool one = time->earliest != DSR_NO_DAY && time->latest == time->earliest + 1;
    (void)snprintf(both, sizeof both, "%s%s%s", first, one || !first[0] ? "" : "\xe2\x80\x93",
                   one ? "" : last);
    dsr_paint_cell(paint, dsr_slice_of(both), WHEN_COLUMNS, false);
}

/* "on or after; ": on which side of the time, or which part of it. */
static void paint_mod(dsr_paint *paint, const dsr_time *time)
{
    char words[32];
    const char *name = dsr_time_mod_name(time->mod);
    size_t length = 0;
    for (; name && name[length] && length + 1 < sizeof words; length++) {
        char c = name[length];
        words[length] = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    words[length] = '\0';
    if (length) {
        dsr_paint_print(paint, "%s; ", words);
    }
}

static void write_table(dsr_paint *paint, const dsr_report *report)
{
    bool beside = paint->look.width >= BESIDE_FROM;
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        dsr_slice value = time->value.len > 0 ? time->value : DSR_SLICE("-");
        dsr_paint_tone(paint, DSR_TONE_MARK);
        dsr_paint_cell(paint, value, VALUE_COLUMNS, false);
        dsr_paint_tone(paint, DSR_TONE_PLAIN);
        if (beside) {
            dsr_paint_pad(paint, 1);
            paint_days(paint, time);
        }
        dsr_paint_pad(paint, 1);
        dsr_paint_text(paint, text_of(report, time->span));
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        dsr_paint_print(paint, " \xc2\xb7 ");
        paint_mod(paint, time);
        dsr_paint_print(paint, "%.*s", DSR_PRINT(time->why));
        unsigned rest = 2 + VALUE_COLUMNS + 1 + (beside ? 1 + WHEN_COLUMNS : 0);
        dsr_paint_end(paint, (dsr_layout){2, rest, 0});
    }
}

dsr_status dsr_run_times(dsr_session *session)
{
    static const dsr_layer layer = {
        .view = DSR_VIEW_TIMES,
        .csv_heading = "path,record,published,start,end,text,type,value,mod,earliest,latest,why\n",
        .csv = write_csv,
        .table = write_table,
        .none = "no times",
        .count = count_times};
    return dsr_layer_run(session, &layer);
}
