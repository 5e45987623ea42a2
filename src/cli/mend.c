/* `dossier mend`: what a person says is otherwise, made, listed and taken back. */
#include "cli/mend.h"
#include "cli/commands.h"
#include "engine/mend.h"
#include "present/paint.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NUMBER_COLUMNS = 5, ID_SHOWN = 12, GAP = 2 };

/* A verb, the words that name it, and what it takes. */
typedef struct verb {
    const char *words[2]; /* the second NULL: none */
    dsr_mend_act act;
    dsr_correction_kind kind;
    unsigned least, most; /* operands behind the words */
    const char *takes;
} verb;

enum { MOST = 1u << 30 };
static const verb verbs[] = {
    {{"people", "merge"}, DSR_MEND_MAKE, DSR_CORRECTION_PEOPLE_MERGE, 2, 2, "two entities of a cast"},
    {{"people", "split"}, DSR_MEND_MAKE, DSR_CORRECTION_PEOPLE_SPLIT, 2, MOST, "an entity and reports"},
    {{"move", NULL},
     DSR_MEND_MAKE,
     DSR_CORRECTION_MOVE,
     2,
     2,
     "a report and a story, or a report and --alone"},
    {{"merge", NULL}, DSR_MEND_MAKE, DSR_CORRECTION_MERGE, 2, 2, "two stories"},
    {{"copy", "wrong"}, DSR_MEND_MAKE, DSR_CORRECTION_NO_COPY, 2, 2, "two reports"},
    {{"list", NULL}, DSR_MEND_LIST, DSR_CORRECTION_MOVE, 0, 0, "nothing"},
    {{"undo", NULL}, DSR_MEND_UNDO, DSR_CORRECTION_MOVE, 1, 1, "the number of a correction"},
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static const verb *find_verb(const dsr_settings *settings)
{
    const char *const *words = settings->operands;
    for (unsigned i = 0; i < VERBS; i++) {
        const verb *v = &verbs[i];
        if (strcmp(words[0], v->words[0]) == 0 &&
            (v->words[1] == NULL || (settings->operand_count > 1 && strcmp(words[1], v->words[1]) == 0)))
            return v;
    }
    return NULL;
}

/* 1 to 32 hex digits: the beginning of an id. */
static bool is_id(const char *text)
{
    size_t digits = strspn(text, "0123456789abcdefABCDEF");
    return digits > 0 && digits < DSR_ID_TEXT && text[digits] == '\0';
}

static dsr_status check_ids(const dsr_mend_call *call, dsr_error *error)
{
    unsigned first = call->kind == DSR_CORRECTION_PEOPLE_SPLIT   ? 1
                     : call->kind == DSR_CORRECTION_PEOPLE_MERGE ? call->count
                                                                 : 0;
    for (unsigned i = first; i < call->count; i++)
        if (!is_id(call->what[i]))
            return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                            "\"%s\" is no id: ids are 32 hex digits, and their beginning will do",
                            call->what[i]);
    return DSR_OK;
}

static dsr_status read_number(dsr_mend_call *call, dsr_error *error)
{
    const char *text = call->what[0];
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || text[digits] != '\0')
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "`dossier mend undo` takes the number of a correction, not \"%s\"", text);
    call->number = (uint32_t)strtoul(text, NULL, 10);
    return DSR_OK;
}

dsr_status dsr_mend_parse(const dsr_settings *settings, dsr_mend_call *out, dsr_error *error)
{
    const verb *v = find_verb(settings);
    if (v == NULL)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "`dossier mend` knows people merge, people split, move, merge, copy wrong, list and "
                        "undo, not \"%s\"",
                        settings->operands[0]);
    unsigned words = v->words[1] ? 2 : 1;
    dsr_mend_call call = {.act = v->act,
                          .kind = v->kind,
                          .what = settings->operands + words,
                          .count = settings->operand_count - words};
    bool moves = v->act == DSR_MEND_MAKE && v->kind == DSR_CORRECTION_MOVE;
    if (settings->alone && !moves)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options", "--alone goes with `dossier mend move` only");
    unsigned less = settings->alone ? 1 : 0;
    if (call.count < v->least - less || call.count > v->most - less)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options", "`dossier mend %s%s%s` takes %s", v->words[0],
                        v->words[1] ? " " : "", v->words[1] ? v->words[1] : "", v->takes);
    dsr_status status = v->act == DSR_MEND_MAKE   ? check_ids(&call, error)
                        : v->act == DSR_MEND_UNDO ? read_number(&call, error)
                                                  : DSR_OK;
    if (status == DSR_OK)
        *out = call;
    return status;
}

/* --- showing --- */

static void paint_id(dsr_paint *paint, dsr_id id)
{
    char text[DSR_ID_TEXT];
    dsr_id_format(id, text);
    dsr_paint_print(paint, "%.*s", ID_SHOWN, text);
}

static void paint_reports(dsr_paint *paint, const dsr_correction *c, const char *between)
{
    for (size_t i = 0; i < c->reports.count; i++) {
        dsr_paint_print(paint, "%s", i ? between : "");
        paint_id(paint, c->reports.items[i].id);
    }
}

static void paint_what(dsr_paint *paint, const dsr_correction *c)
{
    switch (c->kind) {
    case DSR_CORRECTION_PEOPLE_MERGE:
        dsr_paint_text(paint, c->entities[0]);
        dsr_paint_print(paint, " and ");
        dsr_paint_text(paint, c->entities[1]);
        dsr_paint_print(paint, " are one");
        break;
    case DSR_CORRECTION_PEOPLE_SPLIT:
        dsr_paint_text(paint, c->entities[0]);
        dsr_paint_print(paint, " is somebody else in ");
        paint_reports(paint, c, ", ");
        break;
    case DSR_CORRECTION_MOVE:
        dsr_paint_print(paint, "report ");
        paint_reports(paint, c, "");
        dsr_paint_print(paint, " from story ");
        paint_id(paint, c->stories[0]);
        dsr_paint_print(paint, " to ");
        paint_id(paint, c->stories[1]);
        break;
    case DSR_CORRECTION_MERGE:
        dsr_paint_print(paint, "story ");
        paint_id(paint, c->stories[0]);
        dsr_paint_print(paint, " is part of ");
        paint_id(paint, c->stories[1]);
        break;
    case DSR_CORRECTION_NO_COPY:
        paint_reports(paint, c, " and ");
        dsr_paint_print(paint, " are no copies");
        break;
    }
}

static void paint_said(dsr_paint *paint, const char *before, const dsr_correction_said *said)
{
    char when[24];
    dsr_moment_format_utc(said->when, when);
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_print(paint, "%s%s, ", before, when);
    dsr_paint_text(paint, said->who);
    if (said->why.len) {
        dsr_paint_print(paint, ": ");
        dsr_paint_text(paint, said->why);
    }
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_end(paint, (dsr_layout){NUMBER_COLUMNS + GAP, NUMBER_COLUMNS + GAP, 2});
}

static dsr_status paint_correction(dsr_session *session, const dsr_correction *c)
{
    dsr_paint paint;
    dsr_slice number;
    if (dsr_arena_format(session->record, &number, "%u", c->number) != DSR_OK)
        return dsr_fail_memory(&session->error, "present");
    dsr_paint_open(&paint, &session->out, session->look);
    dsr_paint_tone(&paint, DSR_TONE_MARK);
    dsr_paint_cell(&paint, number, NUMBER_COLUMNS, true);
    dsr_paint_tone(&paint, DSR_TONE_PLAIN);
    dsr_paint_pad(&paint, GAP);
    paint_what(&paint, c);
    dsr_paint_end(&paint, (dsr_layout){0, NUMBER_COLUMNS + GAP, 4});
    paint_said(&paint, "", &c->said);
    if (c->undone)
        paint_said(&paint, "undone ", &c->undo);
    return dsr_paint_close(&paint) == DSR_OK ? DSR_OK : dsr_fail_memory(&session->error, "present");
}

static dsr_status show(void *context, const dsr_correction *correction)
{
    dsr_session *session = context;
    dsr_status status = DSR_OK;
    if (session->settings->json) {
        dsr_correction_write_json(&session->out, correction);
        dsr_buffer_append_char(&session->out, '\n');
    } else {
        status = paint_correction(session, correction);
    }
    return status == DSR_OK ? dsr_session_end_record(session) : status;
}

/* --- running --- */

static const char *variable(const char *name)
{
    return getenv(name);
}

static dsr_status list_corrections(dsr_session *session)
{
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_READ);
    if (status == DSR_OK)
        status = dsr_engine_each_correction(session->engine, show, session, &session->error);
    if (status == DSR_OK && session->records == 0 && !session->settings->json)
        dsr_buffer_append(&session->out, DSR_SLICE("the store holds no correction\n"));
    return status;
}

static dsr_status make_correction(dsr_session *session, const dsr_mend_call *call, dsr_mend *mend,
                                  dsr_correction *out)
{
    dsr_slice *what = dsr_arena_alloc_array(session->arena, call->count, sizeof *what);
    if (what == NULL)
        return dsr_fail_memory(&session->error, "mend");
    for (unsigned i = 0; i < call->count; i++)
        what[i] = dsr_slice_of(call->what[i]);
    mend->what = what;
    mend->count = call->count;
    return dsr_engine_mend(session->engine, mend, session->arena, out, &session->error);
}

dsr_status dsr_run_mend(dsr_session *session)
{
    const dsr_settings *settings = session->settings;
    dsr_mend_call call;
    dsr_correction correction;
    dsr_status status = dsr_mend_parse(settings, &call, &session->error);
    if (status != DSR_OK)
        return status;
    if (call.act == DSR_MEND_LIST)
        return list_corrections(session);
    dsr_mend mend = {.kind = call.kind, .alone = settings->alone};
    mend.said.who = dsr_slice_of(settings->who ? settings->who : dsr_environment_user(variable));
    mend.said.why = settings->why ? dsr_slice_of(settings->why) : DSR_SLICE("");
    mend.said.when = (int64_t)time(NULL);
    status = dsr_session_open_engine(session, DSR_PLACE_CHANGE);
    if (status == DSR_OK && call.act == DSR_MEND_UNDO)
        status = dsr_engine_undo(session->engine, call.number, &mend.said, session->arena, &correction,
                                 &session->error);
    else if (status == DSR_OK)
        status = make_correction(session, &call, &mend, &correction);
    return status == DSR_OK ? show(session, &correction) : status;
}
