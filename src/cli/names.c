/* `dossier names`: who is named in each story of the FILEs, with roles and spellings. */
#include "cli/commands.h"
#include "model/json.h"
#include "present/present.h"

typedef struct showing {
    dsr_session *session;
    size_t reports;
    size_t not_english; /* of them: no names are looked for there */
} showing;

static dsr_status show_cast(void *context, const dsr_story *story)
{
    showing *s = context;
    dsr_session *session = s->session;
    for (size_t i = 0; i < story->reports.count; i++) {
        s->reports++;
        s->not_english += !dsr_slice_equal(story->reports.items[i].report->meta.language, DSR_SLICE("en"));
    }
    if (story->cast.count == 0)
        return DSR_OK;
    dsr_status status = DSR_OK;
    if (session->settings->json) {
        dsr_cast_write_json(session->record, &session->out, story);
        dsr_buffer_append_char(&session->out, '\n');
    } else {
        if (session->records > 0)
            dsr_buffer_append_char(&session->out, '\n');
        status = dsr_present_cast(session->record, &session->out, story, session->look);
    }
    if (status != DSR_OK)
        return dsr_fail_memory(&session->error, "present");
    return dsr_session_end_record(session);
}

/* "Nobody is named" may also mean that nobody was looked for. */
static void say_why_none(const showing *s)
{
    dsr_buffer *out = &s->session->out;
    if (s->not_english == 0)
        dsr_buffer_append(out, DSR_SLICE("nobody is named in these reports\n"));
    else
        dsr_buffer_append_format(
            out,
            "nobody is named: names are looked for in English reports, and %zu of %zu are "
            "in another language or in one that could not be told\n",
            s->not_english, s->reports);
}

dsr_status dsr_run_names(dsr_session *session)
{
    showing s = {.session = session};
    dsr_status status = dsr_session_take_files(session, true);
    if (status == DSR_OK)
        status = dsr_engine_each_story(session->engine, show_cast, &s, &session->error);
    if (status == DSR_OK && session->records == 0 && !session->settings->json)
        say_why_none(&s);
    return status;
}
