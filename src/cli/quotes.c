/* `dossier quotes`: who says what in each report, by speaker, kind and confidence where that is asked for. */
#include "cli/layers.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { PLACE_COLUMNS = 6, SPEAKER_COLUMNS = 22, SURE_COLUMNS = 5, BESIDE_FROM = 72 };

static size_t count_quotes(const dsr_report *report)
{
    return report->quotes.count;
}

static dsr_slice text_of(const dsr_report *report, dsr_span span)
{
    return dsr_slice_part(report->text, span.start, span.end);
}

/* The canonical name, else the words of the text; empty where nobody is named. */
static dsr_slice speaker_of(const dsr_report *report, const dsr_quote *quote)
{
    bool known = quote->entity < report->entities.count;
    return known ? report->entities.items[quote->entity].canonical : text_of(report, quote->speaker);
}

/* ---- which of them ---- */

static dsr_status is_wanted(dsr_session *session, const dsr_report *report, const dsr_quote *quote, bool *out)
{
    const dsr_settings *settings = session->settings;
    unsigned least = 0;
    *out = false;
    if (settings->kind != NULL ? strcmp(settings->kind, dsr_quote_kind_name(quote->kind)) != 0
                               : quote->kind == DSR_QUOTE_SCARE && !settings->all)
        return DSR_OK;
    if (settings->min_confidence != NULL &&
        (!dsr_confidence_parse(settings->min_confidence, &least) || quote->confidence < least))
        return DSR_OK;
    *out = true;
    if (settings->speaker == NULL)
        return DSR_OK;
    /* Somebody without a name goes by the words of the text, and everybody by them as well. */
    dsr_entity words = {.canonical = text_of(report, quote->speaker), .type = DSR_NAME_EVENT};
    bool known = quote->entity < report->entities.count;
    dsr_status status =
        dsr_engine_is_called(session->engine, known ? &report->entities.items[quote->entity] : &words,
                             dsr_slice_of(settings->speaker), out, &session->error);
    if (status == DSR_OK && known && !*out && words.canonical.len > 0)
        status = dsr_engine_is_called(session->engine, &words, dsr_slice_of(settings->speaker), out,
                                      &session->error);
    return status;
}

static bool is_narrowed(const dsr_settings *settings)
{
    return settings->kind != NULL || settings->min_confidence != NULL || settings->speaker != NULL;
}

/* The report with the quotations that are asked for alone; *any is false where it is not to be shown. */
static dsr_status narrow(dsr_session *session, const dsr_report *report, dsr_report *out, bool *any)
{
    const dsr_settings *settings = session->settings;
    *out = *report;
    out->quotes.items =
        dsr_arena_alloc_array(session->record, report->quotes.count, sizeof *out->quotes.items);
    out->quotes.count = 0;
    out->quotes.capacity = report->quotes.count;
    if (out->quotes.items == NULL)
        return dsr_fail_memory(&session->error, "quotes");
    for (size_t i = 0; i < report->quotes.count; i++) {
        bool wanted = false;
        dsr_status status = is_wanted(session, report, &report->quotes.items[i], &wanted);
        if (status != DSR_OK)
            return status;
        if (wanted)
            out->quotes.items[out->quotes.count++] = report->quotes.items[i];
    }
    *any = !is_narrowed(settings) || out->quotes.count > 0;
    return DSR_OK;
}

/* ---- how they are shown ---- */

static void write_csv(dsr_session *session, const dsr_report *report)
{
    dsr_buffer *to = &session->out;
    dsr_code_points points;
    if (dsr_code_points_build(session->record, report->text, &points) != DSR_OK) {
        to->status = DSR_ERR_MEMORY;
        return;
    }
    for (size_t i = 0; i < report->quotes.count; i++) {
        const dsr_quote *quote = &report->quotes.items[i];
        bool known = quote->entity < report->entities.count;
        dsr_csv_begin(to, report);
        dsr_csv_number(to, dsr_code_points_at(&points, quote->span.start));
        dsr_csv_number(to, dsr_code_points_at(&points, quote->span.end));
        dsr_csv_field(to, text_of(report, quote->span), false);
        dsr_csv_field(to, dsr_slice_of(dsr_quote_kind_name(quote->kind)), false);
        dsr_csv_number(to, quote->quotation);
        dsr_csv_field(to, speaker_of(report, quote), false);
        dsr_csv_field(to, known ? report->entities.items[quote->entity].id : DSR_SLICE_NONE, false);
        dsr_csv_field(to, text_of(report, quote->speaker), false);
        dsr_csv_field(to, text_of(report, quote->cue), false);
        dsr_csv_field(to, text_of(report, quote->audience), false);
        dsr_csv_field(to, dsr_slice_of(dsr_medium_name(quote->medium)), false);
        if (quote->confidence > 0)
            dsr_buffer_append_format(to, "%u.%03u", quote->confidence / DSR_CERTAIN,
                                     quote->confidence % DSR_CERTAIN);
        dsr_buffer_append_char(to, ',');
        dsr_csv_field(to, dsr_slice_of(dsr_said_how_name(quote->how)), false);
        dsr_csv_field(to, quote->denied ? DSR_SLICE("yes") : DSR_SLICE("no"), true);
    }
}

/* "0.93": what is left of the digits says no more. */
static void format_sure(const dsr_quote *quote, char out[8])
{
    unsigned hundredths = (quote->confidence + 5u) / 10u;
    (void)snprintf(out, 8, "%s", "\xe2\x80\x93");
    if (quote->confidence > 0)
        (void)snprintf(out, 8, "%u.%02u", hundredths / 100, hundredths % 100);
}

static void paint_row(dsr_paint *paint, const dsr_report *report, const dsr_quote *quote, size_t place)
{
    bool beside = paint->look.width >= BESIDE_FROM;
    char at[24], sure[8];
    dsr_slice speaker = speaker_of(report, quote);
    (void)snprintf(at, sizeof at, "%zu", place);
    format_sure(quote, sure);
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_cell(paint, dsr_slice_of(at), PLACE_COLUMNS, true);
    dsr_paint_cell(paint, dsr_slice_of(sure), SURE_COLUMNS, true);
    dsr_paint_pad(paint, 2);
    dsr_paint_tone(paint, DSR_TONE_MARK);
    if (beside)
        dsr_paint_cell(paint, speaker.len > 0 ? speaker : DSR_SLICE("\xe2\x80\x93"), SPEAKER_COLUMNS, false);
    else
        dsr_paint_text(paint, speaker);
    dsr_paint_pad(paint, 2);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_text(paint, text_of(report, quote->span));
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (quote->cue.end > quote->cue.start) {
        dsr_paint_print(paint, " \xc2\xb7 ");
        dsr_paint_text(paint, text_of(report, quote->cue));
    }
    dsr_paint_print(paint, " \xc2\xb7 %s", dsr_said_how_name(quote->how));
    if (quote->kind != DSR_QUOTE_DIRECT)
        dsr_paint_print(paint, ", %s", dsr_quote_kind_name(quote->kind));
    if (quote->denied)
        dsr_paint_print(paint, ", denied");
    unsigned rest = 2 + PLACE_COLUMNS + SURE_COLUMNS + 2;
    dsr_paint_end(paint, (dsr_layout){2, beside ? rest + SPEAKER_COLUMNS + 2 : rest, 0});
}

/* Quotations are in order of place: code points are counted once through the text. */
static void write_table(dsr_paint *paint, const dsr_report *report)
{
    size_t place = 0, counted = 0;
    for (size_t i = 0; i < report->quotes.count; i++) {
        const dsr_quote *quote = &report->quotes.items[i];
        place += dsr_utf8_count(dsr_slice_part(report->text, counted, quote->span.start));
        counted = quote->span.start;
        paint_row(paint, report, quote, place);
    }
}

dsr_status dsr_run_quotes(dsr_session *session)
{
    static const dsr_layer layer = {
        .view = DSR_VIEW_QUOTES,
        .csv_heading = "path,record,published,start,end,text,kind,quotation,speaker,speaker_entity,mention,"
                       "cue,audience,medium,confidence,how,denied\n",
        .csv = write_csv,
        .table = write_table,
        .none = "no quotations",
        .count = count_quotes,
        .narrow = narrow};
    dsr_status status = dsr_layer_run(session, &layer);
    if (status == DSR_OK && session->records == 0 && session->settings->csv)
        dsr_buffer_append(&session->out, dsr_slice_of(layer.csv_heading));
    else if (status == DSR_OK && session->records == 0 && !session->settings->json &&
             is_narrowed(session->settings) && session->set_aside < session->inputs)
        dsr_buffer_append(&session->out, DSR_SLICE("no quotation of these reports is like that\n"));
    return status;
}
