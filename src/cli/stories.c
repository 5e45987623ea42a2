/* `dossier stories`: the stories of a store, in the order that is asked for. */
#include "base/json.h"
#include "cli/commands.h"
#include "present/dates.h"
#include "present/paint.h"

enum { ID_COLUMNS = 12, DATE_COLUMNS = 24, COUNT_COLUMNS = 7, GAP = 2, TABLE_FROM = 76 };

static void write_time(dsr_json_out *json, const char *key, bool known, int64_t seconds)
{
    char text[24];
    dsr_json_key(json, key);
    if (!known) {
        dsr_json_null(json);
        return;
    }
    dsr_moment_format_utc(seconds, text);
    dsr_json_string(json, dsr_slice_of(text));
}

static void write_json(dsr_buffer *to, const dsr_story_summary *summary)
{
    dsr_json_out json;
    char id[DSR_ID_TEXT];
    dsr_id_format(summary->id, id);
    dsr_json_open(&json, to);
    dsr_json_object(&json);
    dsr_json_key(&json, "schema");
    dsr_json_string(&json, DSR_SLICE("dossier.summary/1"));
    dsr_json_key(&json, "id");
    dsr_json_string(&json, dsr_slice_of(id));
    dsr_json_key(&json, "headline");
    dsr_json_string(&json, summary->headline);
    write_time(&json, "first_published", summary->has_published, summary->first_published);
    write_time(&json, "last_published", summary->has_published, summary->last_published);
    dsr_json_key(&json, "reports");
    dsr_json_u64(&json, summary->reports);
    dsr_json_key(&json, "independent");
    dsr_json_u64(&json, summary->independent);
    dsr_json_object_end(&json);
    dsr_buffer_append_char(to, '\n');
}

static void paint_row(dsr_paint *paint, dsr_slice id, dsr_slice dates, dsr_slice reports, dsr_slice headline,
                      bool head)
{
    bool table = paint->look.width >= TABLE_FROM;
    dsr_paint_tone(paint, head ? DSR_TONE_TITLE : DSR_TONE_MARK);
    dsr_paint_cell(paint, id, ID_COLUMNS, false);
    dsr_paint_tone(paint, head ? DSR_TONE_QUIET : DSR_TONE_PLAIN);
    dsr_paint_pad(paint, GAP);
    if (table) {
        dsr_paint_cell(paint, dates, DATE_COLUMNS, false);
        dsr_paint_pad(paint, GAP);
        dsr_paint_cell(paint, reports, COUNT_COLUMNS, true);
        dsr_paint_pad(paint, GAP);
        dsr_paint_text(paint, headline);
        dsr_paint_end(paint, (dsr_layout){0, ID_COLUMNS + DATE_COLUMNS + COUNT_COLUMNS + 3 * GAP, 3});
        return;
    }
    dsr_paint_text(paint, dates);
    dsr_paint_tail(paint, "%.*s", DSR_PRINT(reports));
    dsr_paint_end(paint, (dsr_layout){0, 2, 1});
    if (!head)
        dsr_paint_text(paint, headline);
    dsr_paint_end(paint, (dsr_layout){2, 2, 3});
}

static dsr_status show_summary(void *context, const dsr_story_summary *summary)
{
    dsr_session *session = context;
    if (session->settings->json) {
        write_json(&session->out, summary);
        return dsr_session_end_record(session);
    }
    dsr_paint paint;
    dsr_paint_open(&paint, &session->out, session->look);
    if (session->records == 0)
        paint_row(&paint, DSR_SLICE("STORIES"), DSR_SLICE("published"), DSR_SLICE("reports"),
                  DSR_SLICE("headline"), true);
    char id[DSR_ID_TEXT], dates[DSR_DATE_ROOM] = "\xe2\x80\x93";
    dsr_slice reports;
    dsr_id_format(summary->id, id);
    if (summary->has_published) {
        int64_t first, last;
        dsr_date_days_of_interval(summary->first_published, summary->last_published, &first, &last);
        dsr_date_range(first, last, true, dates);
    }
    dsr_status status = dsr_arena_format(session->record, &reports, "%zu", summary->reports);
    if (status == DSR_OK)
        paint_row(&paint, dsr_slice_part(dsr_slice_of(id), 0, ID_COLUMNS), dsr_slice_of(dates), reports,
                  summary->headline, false);
    dsr_status painted = dsr_paint_close(&paint);
    if (status != DSR_OK || painted != DSR_OK)
        return dsr_fail_memory(&session->error, "present");
    return dsr_session_end_record(session);
}

/* What the options ask for. */
static dsr_status choose(dsr_session *session, dsr_story_choice *choice)
{
    const dsr_settings *settings = session->settings;
    *choice = (dsr_story_choice){.min_reports = settings->min_reports};
    if (settings->sort != NULL)
        choice->order = settings->sort[0] == 'i'   ? DSR_ORDER_INDEPENDENT
                        : settings->sort[0] == 'l' ? DSR_ORDER_LATEST
                                                   : DSR_ORDER_REPORTS;
    if (settings->since == NULL)
        return DSR_OK;
    dsr_moment since;
    dsr_status status = dsr_moment_parse(session->arena, dsr_slice_of(settings->since), &since);
    if (status == DSR_ERR_MEMORY)
        return dsr_fail_memory(&session->error, "options");
    if (status != DSR_OK)
        return dsr_fail(&session->error, DSR_ERR_ARGUMENT, "options", "there is no such date as \"%s\"",
                        settings->since);
    choice->has_since = true;
    choice->since = since.earliest;
    return DSR_OK;
}

dsr_status dsr_run_stories(dsr_session *session)
{
    dsr_story_choice choice;
    dsr_status status = choose(session, &choice);
    if (status == DSR_OK)
        status = dsr_session_open_engine(session, DSR_PLACE_READ);
    if (status == DSR_OK)
        status = dsr_engine_each_summary(session->engine, &choice, show_summary, session, &session->error);
    if (status == DSR_OK && session->records == 0 && !session->settings->json)
        dsr_buffer_append(&session->out, choice.has_since || choice.min_reports > 1
                                             ? DSR_SLICE("no story is such\n")
                                             : DSR_SLICE("the store holds no story\n"));
    return status;
}
