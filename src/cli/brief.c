/* `dossier brief`: straight from files to stories. It is `add` into a store in memory, then `show` of every
 * story. Stories of one report are no page each, but one list at the end. */
#include "cli/commands.h"
#include "present/paint.h"

enum { SINGLES_LISTED = 100, TITLE_BYTES = 400, TITLE_LINES = 2, BESIDE_FROM = 72 };

/* A story of one report, for the closing list. */
typedef struct single {
    dsr_slice place, headline;
} single;

typedef struct brief {
    dsr_session *session;
    size_t stories;
    size_t single_count;
    DSR_LIST(single) singles;
} brief;

static dsr_status note_single(brief *b, const dsr_story *story)
{
    const dsr_report *report = story->reports.items[0].report;
    b->single_count++;
    if (b->single_count > SINGLES_LISTED && !b->session->settings->all)
        return DSR_OK;
    single noted = {DSR_SLICE_NONE, DSR_SLICE_NONE};
    dsr_buffer place;
    dsr_buffer_open(&place, 0);
    dsr_append_place(&place, report->source.path, report->source.record);
    dsr_status status = place.status;
    if (status == DSR_OK)
        status = dsr_arena_copy(b->session->arena, dsr_buffer_slice(&place), &noted.place);
    dsr_buffer_drop(&place);
    if (status == DSR_OK)
        status = dsr_arena_copy(b->session->arena, dsr_slice_part(story->headline, 0, TITLE_BYTES),
                                &noted.headline);
    if (status == DSR_OK)
        status = DSR_LIST_RESERVE(b->session->arena, &b->singles, 1);
    if (status != DSR_OK)
        return dsr_fail_memory(&b->session->error, "present");
    b->singles.items[b->singles.count++] = noted;
    return DSR_OK;
}

static dsr_status show_story(void *context, const dsr_story *story)
{
    brief *b = context;
    if (story->reports.count == 1 && b->stories > 1 && !b->session->settings->json)
        return note_single(b, story);
    return dsr_session_show_story(b->session, story);
}

static dsr_status count_story(void *context, const dsr_story_summary *summary)
{
    (void)summary;
    ((brief *)context)->stories++;
    return DSR_OK;
}

/* Place and headline beside each other; where the place is wider than `places`, the headline stands below. */
static void paint_single(dsr_paint *paint, const single *one, unsigned places)
{
    bool beside = paint->look.width >= BESIDE_FROM && dsr_paint_columns(one->place) <= places;
    dsr_paint_tone(paint, DSR_TONE_MARK);
    if (beside)
        dsr_paint_cell(paint, one->place, places, false);
    else
        dsr_paint_text(paint, one->place);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    if (beside)
        dsr_paint_pad(paint, 2);
    else
        dsr_paint_end(paint, (dsr_layout){2, 2, 3});
    dsr_paint_text(paint, one->headline);
    dsr_paint_end(paint, (dsr_layout){beside ? 2 : 4, beside ? 2 + places + 2 : 4, TITLE_LINES});
}

/* The widest place that leaves a headline half of the width. */
static unsigned place_columns(const brief *b)
{
    unsigned most = b->session->look.width / 2, widest = 0;
    for (size_t i = 0; i < b->singles.count; i++) {
        unsigned columns = dsr_paint_columns(b->singles.items[i].place);
        widest = columns > widest && columns <= most ? columns : widest;
    }
    return widest;
}

static dsr_status show_singles(brief *b)
{
    dsr_session *session = b->session;
    dsr_paint paint;
    if (b->single_count == 0)
        return DSR_OK;
    dsr_paint_open(&paint, &session->out, session->look);
    if (session->records > 0)
        dsr_paint_blank_line(&paint);
    dsr_paint_tone(&paint, DSR_TONE_TITLE);
    dsr_paint_print(&paint, "STORIES OF ONE REPORT");
    dsr_paint_tail(&paint, "%zu", b->single_count);
    dsr_paint_end(&paint, (dsr_layout){0, 2, 0});
    unsigned places = place_columns(b);
    for (size_t i = 0; i < b->singles.count; i++)
        paint_single(&paint, &b->singles.items[i], places);
    if (b->single_count > b->singles.count)
        dsr_paint_print(&paint, "\xe2\x80\xa6 and %zu more; --all shows them",
                        b->single_count - b->singles.count);
    dsr_paint_end(&paint, (dsr_layout){2, 2, 0});
    if (dsr_paint_close(&paint) != DSR_OK)
        return dsr_fail_memory(&session->error, "present");
    return dsr_session_end_record(session);
}

dsr_status dsr_run_brief(dsr_session *session)
{
    brief b = {.session = session};
    dsr_status status = dsr_session_take_files(session, true);
    if (status == DSR_OK)
        status = dsr_engine_each_summary(session->engine, NULL, count_story, &b, &session->error);
    if (status == DSR_OK)
        status = dsr_engine_each_story(session->engine, show_story, &b, &session->error);
    if (status == DSR_OK)
        status = show_singles(&b);
    return status;
}
