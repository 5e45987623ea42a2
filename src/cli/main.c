/* The program `dossier`: reads the call, opens a session, runs one command, closes it. */
#include "cli/commands.h"
#include "cli/mend.h"
#include "cli/signals.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef dsr_status (*dsr_run)(dsr_session *session);

static const dsr_run runs[DSR_COMMANDS] = {
    [DSR_COMMAND_READ] = dsr_run_read,
    [DSR_COMMAND_EXTRACT] = dsr_run_extract,
    [DSR_COMMAND_ANNOTATE] = dsr_run_annotate,
    [DSR_COMMAND_NAMES] = dsr_run_names,
    [DSR_COMMAND_COPIES] = dsr_run_copies,
    [DSR_COMMAND_BRIEF] = dsr_run_brief,
    [DSR_COMMAND_ADD] = dsr_run_add,
    [DSR_COMMAND_STORIES] = dsr_run_stories,
    [DSR_COMMAND_SHOW] = dsr_run_show,
    [DSR_COMMAND_REMOVE] = dsr_run_remove,
    [DSR_COMMAND_VERIFY] = dsr_run_verify,
    [DSR_COMMAND_VERSION] = dsr_run_version,
    [DSR_COMMAND_HELP] = dsr_run_help,
    [DSR_COMMAND_TIMES] = dsr_run_times,
    [DSR_COMMAND_FIGURES] = dsr_run_figures,
    [DSR_COMMAND_QUOTES] = dsr_run_quotes,
    [DSR_COMMAND_WHY] = dsr_run_why,
    [DSR_COMMAND_WATCH] = dsr_run_watch,
    [DSR_COMMAND_MEND] = dsr_run_mend,
    [DSR_COMMAND_EVENTS] = dsr_run_events,
    [DSR_COMMAND_POSITIONS] = dsr_run_positions,
    [DSR_COMMAND_LINT_RULES] = dsr_run_lint_rules,
    [DSR_COMMAND_IMPORT_RULES] = dsr_run_import_rules,
    [DSR_COMMAND_CHECK] = dsr_run_check,
    [DSR_COMMAND_DIFF] = dsr_run_diff,
    [DSR_COMMAND_OUTLETS] = dsr_run_outlets,
};

/* A program started without its three descriptors would open its store in their place and write pages into
 * it. */
static bool hold_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return false;
    return true;
}

/* One sentence, and where to read on. */
static int say_wrong_call(const dsr_error *error, const char *command)
{
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    dsr_append_error(&text, error);
    if (command && dsr_command_find(command) != DSR_COMMANDS)
        dsr_buffer_append_format(&text, "`dossier help %s` explains it\n", command);
    else
        dsr_buffer_append(&text, DSR_SLICE("`dossier help` lists the commands\n"));
    (void)dsr_write_all(STDERR_FILENO, dsr_buffer_slice(&text));
    dsr_buffer_drop(&text);
    return DSR_EXIT_CALL;
}

static int say_overview(void)
{
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    if (dsr_help_write_overview(&text, (dsr_look){.width = 80}) == DSR_OK)
        (void)dsr_write_all(STDERR_FILENO, dsr_buffer_slice(&text));
    dsr_buffer_drop(&text);
    return DSR_EXIT_CALL;
}

/* 1 to 32 hex digits: the beginning of an id. */
static bool is_id(const char *text)
{
    size_t digits = strspn(text, "0123456789abcdefABCDEF");
    return digits > 0 && digits < DSR_ID_TEXT && text[digits] == '\0';
}

static dsr_status check_published(const dsr_settings *settings, dsr_error *error)
{
    if (settings->published == NULL)
        return DSR_OK;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_moment moment;
    if (arena == NULL)
        return dsr_fail_memory(error, "options");
    dsr_status status = dsr_moment_parse(arena, dsr_slice_of(settings->published), &moment);
    dsr_arena_drop(arena);
    if (status == DSR_ERR_INPUT)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "--published takes a date such as 2022-01-11 or 2022-01-11T20:17+05:00, not \"%s\"",
                        settings->published);
    return status == DSR_OK ? DSR_OK : dsr_fail_memory(error, "options");
}

/* What must be given together, and what must not. */
static dsr_status check_together(const dsr_settings *settings, dsr_error *error)
{
    if (settings->command == DSR_COMMAND_CHECK && settings->claim == NULL && settings->operand_count == 0 &&
        !settings->help)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "`dossier check` needs a DRAFT or --claim, but neither was given");
    if (settings->against != NULL && settings->store != NULL)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "--against and --store both say where the reports are; give one of them");
    dsr_moment_parts parts;
    if (settings->since != NULL && !dsr_moment_parse_parts(dsr_slice_of(settings->since), &parts))
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "--since takes a date such as 2022-01-11, not \"%s\"", settings->since);
    if (settings->until != NULL && !dsr_moment_parse_parts(dsr_slice_of(settings->until), &parts))
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "--until takes a date such as 2022-01-11, not \"%s\"", settings->until);
    if (settings->command == DSR_COMMAND_DIFF && settings->since == NULL && !settings->help)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "`dossier diff` needs --since, but it was not given");
    if (settings->gdelt && (settings->json || settings->csv))
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "--gdelt, --json and --csv are forms of one output; give one of them");
    return DSR_OK;
}

/* What only a look at the values can tell. */
static dsr_status check_settings(const dsr_settings *settings, dsr_error *error)
{
    if (settings->command == DSR_COMMAND_HELP && settings->operand_count > 0 &&
        dsr_command_find(settings->operands[0]) == DSR_COMMANDS) {
        const char *nearest = dsr_command_nearest(settings->operands[0]);
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options", "there is no command \"%s\"%s%s%s",
                        settings->operands[0], nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                        nearest ? "\"?" : "");
    }
    if (settings->command == DSR_COMMAND_SHOW || settings->command == DSR_COMMAND_REMOVE ||
        settings->command == DSR_COMMAND_WHY || settings->command == DSR_COMMAND_DIFF)
        for (unsigned i = 0; i < settings->operand_count; i++)
            if (!is_id(settings->operands[i]))
                return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                                "\"%s\" is no id: ids are 32 hex digits, and their beginning will do",
                                settings->operands[i]);
    dsr_mend_call call;
    if (settings->command == DSR_COMMAND_MEND && !settings->help &&
        dsr_mend_parse(settings, &call, error) != DSR_OK)
        return DSR_ERR_ARGUMENT;
    if (settings->json && settings->csv)
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "--json and --csv are two forms of one output; give one of them");
    if (check_together(settings, error) != DSR_OK)
        return DSR_ERR_ARGUMENT;
    unsigned thousandths;
    if (settings->min_confidence != NULL && !dsr_confidence_parse(settings->min_confidence, &thousandths))
        return dsr_fail(error, DSR_ERR_ARGUMENT, "options",
                        "--min-confidence takes a number from 0 to 1 such as 0.9, not \"%s\"",
                        settings->min_confidence);
    return check_published(settings, error);
}

int main(int argc, char **argv)
{
    dsr_settings settings;
    dsr_session session;
    dsr_error error;
    if (!hold_descriptors())
        return DSR_EXIT_FAILED;
    if (argc < 2)
        return say_overview();
    dsr_status status = dsr_settings_parse(argc, argv, &settings, &error);
    if (status == DSR_OK)
        status = check_settings(&settings, &error);
    if (status != DSR_OK)
        return say_wrong_call(&error, argv[1]);
    status = dsr_session_open(&session, &settings, dsr_signals_install());
    if (status == DSR_OK)
        status = settings.help ? dsr_run_help(&session) : runs[settings.command](&session);
    return dsr_session_close(&session, status);
}
