/* `dossier figures`: the figures of each report. */
#include "cli/layers.h"

#include "base/utf8.h"

enum { FIGURE_COLUMNS = 24, HEDGE_COLUMNS = 10 };

static size_t count_figures(const dsr_report *report)
{
    return report->figures.count;
}

static dsr_slice text_of(const dsr_report *report, dsr_span span)
{
    return dsr_slice_part(report->text, span.start, span.end);
}

/* An unquoted number, or nothing. */
static void write_number(dsr_buffer *to, bool known, dsr_decimal value)
{
    if (known) {
        dsr_decimal_write(to, value);
    }
    dsr_buffer_append_char(to, ',');
}

static void write_csv(dsr_session *session, const dsr_report *report)
{
    dsr_buffer *to = &session->out;
    dsr_code_points points;
    if (dsr_code_points_build(session->record, report->text, &points) != DSR_OK) {
        to->status = DSR_ERR_MEMORY;
        return;
    }
    for (size_t i = 0; i < report->figures.count; i++) {
        const dsr_figure *figure = &report->figures.items[i];
        dsr_csv_begin(to, report);
        dsr_csv_number(to, dsr_code_points_at(&points, figure->span.start));
        dsr_csv_number(to, dsr_code_points_at(&points, figure->span.end));
        dsr_csv_field(to, text_of(report, figure->span), false);
        write_number(to, figure->has_value, figure->value);
        write_number(to, figure->has_low, figure->low);
        write_number(to, figure->has_high, figure->high);
        dsr_csv_field(to, dsr_slice_of(dsr_approx_name(figure->approx)), false);
        dsr_csv_field(to, figure->kind, false);
        dsr_csv_field(to, figure->unit, false);
        dsr_csv_field(to, text_of(report, figure->thing), false);
        dsr_csv_field(to, figure->as_of, true);
    }
}

/* "13000", "5 - 10", "> 40": what the words come to. */
static void format_value(dsr_buffer *to, const dsr_figure *figure)
{
    if (figure->has_value) {
        dsr_decimal_write(to, figure->value);
        return;
    }
    dsr_decimal_write(to, figure->low);
    dsr_buffer_append(to, DSR_SLICE("\xe2\x80\x93"));
    dsr_decimal_write(to, figure->high);
}

static void write_table(dsr_paint *paint, const dsr_report *report)
{
    dsr_buffer value;
    dsr_buffer_open(&value, 0);
    for (size_t i = 0; i < report->figures.count; i++) {
        const dsr_figure *figure = &report->figures.items[i];
        dsr_buffer_reset(&value);
        format_value(&value, figure);
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        dsr_paint_cell(paint, dsr_slice_of(dsr_approx_name(figure->approx)), HEDGE_COLUMNS, false);
        dsr_paint_tone(paint, DSR_TONE_MARK);
        dsr_paint_cell(paint, dsr_buffer_slice(&value), FIGURE_COLUMNS, true);
        dsr_paint_tone(paint, DSR_TONE_PLAIN);
        dsr_paint_print(paint, " %.*s  ", DSR_PRINT(figure->unit));
        dsr_paint_text(paint, text_of(report, figure->thing));
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        dsr_paint_print(paint, "  \xe2\x80\x9c");
        dsr_paint_text(paint, text_of(report, figure->span));
        dsr_paint_print(paint, "\xe2\x80\x9d");
        dsr_paint_end(paint, (dsr_layout){2, 2 + HEDGE_COLUMNS + FIGURE_COLUMNS + 1, 0});
    }
    dsr_paint_fail(paint, value.status);
    dsr_buffer_drop(&value);
}

dsr_status dsr_run_figures(dsr_session *session)
{
    static const dsr_layer layer = {
        .view = DSR_VIEW_FIGURES,
        .csv_heading = "path,record,published,start,end,text,value,low,high,approx,kind,unit,thing,as_of\n",
        .csv = write_csv,
        .table = write_table,
        .none = "no figures",
        .count = count_figures};
    return dsr_layer_run(session, &layer);
}
