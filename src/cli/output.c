/* See output.h. */
#include "cli/output.h"

#include "model/json.h"
#include "present/present.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { SEND_FROM = 64 * 1024 };

static const char *variable(const char *name)
{
    return getenv(name);
}

/* Sends what has gathered. After the first failure nothing is sent any more. */
static void send_out(dsr_session *session)
{
    if (session->out.len > 0 && session->out_failure == 0) {
        dsr_progress_line_clear(&session->progress);
        session->out_failure = dsr_write_all(STDOUT_FILENO, dsr_buffer_slice(&session->out));
    }
    dsr_status lost = session->out.status;
    dsr_buffer_reset(&session->out);
    session->out.status = lost;
}

void dsr_session_say(dsr_session *session, dsr_slice text)
{
    send_out(session);
    dsr_progress_line_clear(&session->progress);
    (void)dsr_write_all(STDERR_FILENO, text);
}

void dsr_session_name_operand(dsr_session *session, const char *operand)
{
    if (session->error.subject[0] == '\0')
        dsr_error_set_subject(&session->error, operand, strlen(operand));
}

/* An intake that failed or was stopped after some of its batches. */
static void say_kept(dsr_session *session)
{
    char text[160];
    int length = snprintf(text, sizeof text,
                          "dossier: %llu new reports were taken before that; the same command goes on behind "
                          "them\n",
                          (unsigned long long)session->kept);
    dsr_session_say(session, (dsr_slice){text, length > 0 ? (size_t)length : 0});
}

void dsr_session_say_error(dsr_session *session)
{
    dsr_buffer line;
    dsr_buffer_open(&line, 0);
    dsr_append_error(&line, &session->error);
    dsr_session_say(session,
                    line.status == DSR_OK ? dsr_buffer_slice(&line) : DSR_SLICE("dossier: out of memory\n"));
    dsr_buffer_drop(&line);
    session->failed = true;
}

static unsigned terminal_columns(int descriptor)
{
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

dsr_status dsr_session_open(dsr_session *session, const dsr_settings *settings, dsr_cancel *cancel)
{
    *session = (dsr_session){.settings = settings, .cancel = cancel};
    dsr_error_clear(&session->error);
    dsr_buffer_open(&session->out, 0);
    session->out_is_terminal = isatty(STDOUT_FILENO) == 1;
    unsigned columns = session->out_is_terminal ? terminal_columns(STDOUT_FILENO) : 0;
    session->look = dsr_environment_look(variable, settings, session->out_is_terminal, columns);
    const char *terminal = getenv("TERM");
    bool follows =
        !settings->quiet && isatty(STDERR_FILENO) == 1 && terminal && strcmp(terminal, "dumb") != 0;
    dsr_progress_line_open(&session->progress, STDERR_FILENO, follows,
                           follows ? terminal_columns(STDERR_FILENO) : 0);
    session->arena = dsr_arena_new(0);
    session->record = dsr_arena_new(0);
    return session->arena && session->record ? DSR_OK : dsr_fail_memory(&session->error, "call");
}

static dsr_status find_store(dsr_session *session, dsr_place place)
{
    dsr_status status =
        dsr_environment_store(session->arena, variable, session->settings, &session->store, &session->error);
    if (status != DSR_OK || place == DSR_PLACE_READ)
        return status;
    if (place == DSR_PLACE_MAKE)
        return dsr_environment_make_parents(session->store, &session->error);
    if (access(session->store, F_OK) != 0) {
        status = errno == ENOENT ? dsr_fail(&session->error, DSR_ERR_NOT_FOUND, "store",
                                            "there is no store here; `dossier add` makes one")
                                 : dsr_fail(&session->error, DSR_ERR_IO, "store",
                                            "the store cannot be reached: %s", strerror(errno));
        dsr_error_set_subject(&session->error, session->store, strlen(session->store));
    }
    return status;
}

/* What a command shows or keeps of the words of a report. */
static dsr_annotation annotation_for(dsr_command command)
{
    static const dsr_annotation wanted[DSR_COMMANDS] = {
        [DSR_COMMAND_EXTRACT] = DSR_ANNOTATE_ALL,   [DSR_COMMAND_ANNOTATE] = DSR_ANNOTATE_SYNTAX,
        [DSR_COMMAND_NAMES] = DSR_ANNOTATE_ALL,     [DSR_COMMAND_BRIEF] = DSR_ANNOTATE_ALL,
        [DSR_COMMAND_ADD] = DSR_ANNOTATE_ALL,       [DSR_COMMAND_QUOTES] = DSR_ANNOTATE_ALL,
        [DSR_COMMAND_CHECK] = DSR_ANNOTATE_ALL,     [DSR_COMMAND_EVENTS] = DSR_ANNOTATE_ALL,
        [DSR_COMMAND_POSITIONS] = DSR_ANNOTATE_ALL,
    };
    return wanted[command];
}

dsr_status dsr_session_data_folders(dsr_session *session, const char **data, const char **user)
{
    const char *named = dsr_environment_data(variable, session->settings);
    *data = named != NULL ? named : DSR_DATA_FOLDER;
    return dsr_environment_user_folder(session->arena, variable, user) == DSR_OK
               ? DSR_OK
               : dsr_fail_memory(&session->error, "call");
}

dsr_status dsr_session_open_engine(dsr_session *session, dsr_place place)
{
    dsr_engine_options options = {
        .read_only = place == DSR_PLACE_READ,
        .data_folder = dsr_environment_data(variable, session->settings),
        .scratch_folder = dsr_environment_scratch(variable),
        .annotate = annotation_for(session->settings->command),
        .jobs = session->settings->jobs,
        .progress = {&session->progress, dsr_progress_line_report},
        .cancel = session->cancel,
    };
    if (dsr_environment_user_folder(session->arena, variable, &options.user_folder) != DSR_OK)
        return dsr_fail_memory(&session->error, "call");
    if (place != DSR_PLACE_MEMORY) {
        dsr_status status = find_store(session, place);
        if (status != DSR_OK)
            return status;
        options.store = session->store;
    }
    return dsr_engine_open(&options, &session->engine, &session->error);
}

dsr_inputs dsr_session_inputs(const dsr_session *session)
{
    return (dsr_inputs){
        .paths = session->settings->operands,
        .count = session->settings->operand_count,
        .standard_input = STDIN_FILENO,
        .meta = session->settings->meta,
        .published = session->settings->published,
        .outlet = session->settings->outlet,
    };
}

void dsr_session_set_aside(dsr_session *session, const dsr_outcome *outcome)
{
    dsr_buffer line;
    dsr_buffer_open(&line, 0);
    dsr_append_set_aside(&line, outcome);
    dsr_session_say(session, dsr_buffer_slice(&line));
    dsr_buffer_drop(&line);
    session->set_aside++;
}

static void count_outcome(void *context, const dsr_outcome *outcome)
{
    dsr_session *session = context;
    session->inputs++;
    if (outcome->kind == DSR_OUTCOME_SET_ASIDE)
        dsr_session_set_aside(session, outcome);
}

dsr_outcome_sink dsr_session_quiet_sink(dsr_session *session)
{
    return (dsr_outcome_sink){session, count_outcome, NULL};
}

dsr_status dsr_session_take_files(dsr_session *session, bool settle)
{
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_MEMORY);
    dsr_inputs inputs = dsr_session_inputs(session);
    if (status == DSR_OK)
        status = (settle ? dsr_engine_add : dsr_engine_take)(
            session->engine, &inputs, dsr_session_quiet_sink(session), &session->error);
    if (status == DSR_OK && session->inputs == 0)
        dsr_session_say(session, DSR_SLICE("dossier: there is no report in what was given\n"));
    return status;
}

void dsr_session_send(dsr_session *session)
{
    if (session->out.status == DSR_OK && (session->out_is_terminal || session->out.len >= SEND_FROM))
        send_out(session);
}

void dsr_session_send_all(dsr_session *session)
{
    if (session->out.status == DSR_OK)
        send_out(session);
}

dsr_status dsr_session_end_record(dsr_session *session)
{
    session->records++;
    dsr_arena_reset(session->record);
    dsr_session_send(session);
    if (session->out.status == DSR_OK && session->out_failure == 0)
        return DSR_OK;
    atomic_store(&session->cancel->raised, true); /* what follows would be lost too */
    if (session->out_failure != 0)
        return DSR_ERR_IO; /* close tells it */
    return dsr_fail(&session->error, session->out.status, "output",
                    "there is not enough memory to show this");
}

/* Between two pages. */
static void append_rule(dsr_session *session)
{
    dsr_buffer_append_char(&session->out, '\n');
    for (unsigned i = 0; i < session->look.width; i++)
        dsr_buffer_append(&session->out, DSR_SLICE("\xe2\x94\x80"));
    dsr_buffer_append(&session->out, DSR_SLICE("\n\n"));
}

dsr_status dsr_session_show_story(dsr_session *session, const dsr_story *story)
{
    if (session->settings->json) {
        dsr_story_write_json(session->record, &session->out, story);
        dsr_buffer_append_char(&session->out, '\n');
        return dsr_session_end_record(session);
    }
    if (session->records > 0)
        append_rule(session);
    dsr_status status = dsr_present_story(session->record, &session->out, story, session->look);
    if (status != DSR_OK)
        return dsr_fail(&session->error, status, "present", "there is not enough memory to show this story");
    return dsr_session_end_record(session);
}

/* Says why output was lost; a reader that went away wants no word. */
static void say_output_failure(dsr_session *session)
{
    session->failed = true;
    if (session->out_failure == 0 || session->out_failure == EPIPE)
        return;
    (void)dsr_fail(&session->error, DSR_ERR_IO, "output", "what was asked for cannot be written: %s",
                   strerror(session->out_failure));
    dsr_error_set_subject(&session->error, "standard output", strlen("standard output"));
    dsr_session_say_error(session);
}

static void say_stopped(dsr_session *session)
{
    dsr_command command = session->settings->command;
    session->failed = true;
    if (session->kept > 0)
        dsr_session_say(session, DSR_SLICE("dossier: stopped\n"));
    else if (command == DSR_COMMAND_ADD || command == DSR_COMMAND_REMOVE)
        dsr_session_say(session, DSR_SLICE("dossier: stopped; the store is as it was\n"));
    else
        dsr_session_say(session, DSR_SLICE("dossier: stopped\n"));
}

int dsr_session_close(dsr_session *session, dsr_status status)
{
    if (session->out.status != DSR_OK && status == DSR_OK)
        status = dsr_fail(&session->error, session->out.status, "output",
                          "there is not enough memory to show this");
    send_out(session);
    bool stopped = status == DSR_ERR_CANCELLED ||
                   (status != DSR_OK && session->cancel && atomic_load(&session->cancel->raised));
    if (session->out_failure != 0) {
        say_output_failure(session);
    } else if (stopped && session->out.status == DSR_OK) {
        say_stopped(session);
    } else if (status != DSR_OK) {
        if (session->error.status == DSR_OK)
            session->error.status = status;
        dsr_session_say_error(session);
    }
    if (status != DSR_OK && session->kept > 0)
        say_kept(session);
    dsr_progress_line_clear(&session->progress);
    dsr_engine_close(session->engine);
    dsr_arena_drop(session->arena);
    dsr_arena_drop(session->record);
    dsr_buffer_drop(&session->out);
    if (session->failed)
        return DSR_EXIT_FAILED;
    if (session->contradicted)
        return DSR_EXIT_CONTRADICTED;
    return session->set_aside > 0 ? DSR_EXIT_SET_ASIDE : DSR_EXIT_OK;
}
