/* `dossier help`, `dossier COMMAND --help` and the overview: laid out from the tables of options.c. */
#include "cli/commands.h"
#include "present/paint.h"

#include <stdio.h>

enum { INDENT = 2, NAME_COLUMNS = 14, OPTION_COLUMNS = 18, HELP_WIDTH = 100 };

static void paint_words(dsr_paint *paint, const char *words, unsigned indent)
{
    dsr_paint_text(paint, dsr_slice_of(words));
    dsr_paint_end(paint, (dsr_layout){indent, indent, 0});
}

static void paint_option(dsr_paint *paint, const dsr_option *option)
{
    char name[64];
    (void)snprintf(name, sizeof name, "--%s%s%s", option->name, option->argument ? "\xc2\xa0" : "",
                   option->argument ? option->argument : "");
    if (option->letter)
        dsr_paint_print(paint, "-%c,\xc2\xa0", option->letter);
    else
        dsr_paint_pad(paint, 4);
    dsr_paint_cell(paint, dsr_slice_of(name), OPTION_COLUMNS, false);
    dsr_paint_pad(paint, 2);
    dsr_paint_print(paint, "%s", option->help);
    dsr_paint_end(paint, (dsr_layout){INDENT, INDENT + 4 + OPTION_COLUMNS + 2, 0});
}

static void paint_examples(dsr_paint *paint, const dsr_command_info *info)
{
    if (info->examples[0].call == NULL)
        return;
    dsr_paint_heading(paint, "Examples", NULL);
    for (unsigned i = 0; i < DSR_EXAMPLES && info->examples[i].call; i++) {
        paint_words(paint, info->examples[i].call, INDENT);
        if (info->examples[i].what)
            dsr_paint_tone(paint, DSR_TONE_QUIET);
        if (info->examples[i].what)
            paint_words(paint, info->examples[i].what, INDENT + 4);
    }
}

dsr_status dsr_help_write_command(dsr_buffer *to, dsr_command command, dsr_look look)
{
    const dsr_command_info *info = &dsr_command_infos[command];
    dsr_paint paint;
    look.width = look.width < HELP_WIDTH ? look.width : HELP_WIDTH;
    dsr_paint_open(&paint, to, look);
    dsr_paint_tone(&paint, DSR_TONE_TITLE);
    dsr_paint_print(&paint, "dossier %s", info->name);
    dsr_paint_tone(&paint, DSR_TONE_PLAIN);
    dsr_paint_print(&paint, " [OPTION...]%s%s", info->operands[0] ? " " : "", info->operands);
    dsr_paint_end(&paint, (dsr_layout){0, 4, 0});
    dsr_paint_blank_line(&paint);
    paint_words(&paint, info->text, 0);
    dsr_paint_heading(&paint, "Options", NULL);
    for (const dsr_option *option = dsr_options; option->name; option++)
        if ((option->commands >> command & 1) && option->help)
            paint_option(&paint, option);
    paint_examples(&paint, info);
    dsr_paint_heading(&paint, "Exit status", NULL);
    paint_words(&paint,
                "0 all went well; 1 it failed, was stopped, or its reader went away; 2 the call was wrong; 3 "
                "it finished, but some "
                "inputs were set aside, each with its reason on standard error.",
                INDENT);
    return dsr_paint_close(&paint);
}

dsr_status dsr_help_write_overview(dsr_buffer *to, dsr_look look)
{
    dsr_paint paint;
    look.width = look.width < HELP_WIDTH ? look.width : HELP_WIDTH;
    dsr_paint_open(&paint, to, look);
    paint_words(&paint, "dossier reads news reports, groups them into stories, and tells who copied whom.",
                0);
    dsr_paint_heading(&paint, "dossier COMMAND [OPTION...] [FILE...]", NULL);
    for (unsigned i = 0; i < DSR_COMMANDS; i++) {
        dsr_paint_tone(&paint, DSR_TONE_MARK);
        dsr_paint_cell(&paint, dsr_slice_of(dsr_command_infos[i].name), NAME_COLUMNS, false);
        dsr_paint_tone(&paint, DSR_TONE_PLAIN);
        dsr_paint_print(&paint, "%s", dsr_command_infos[i].summary);
        dsr_paint_end(&paint, (dsr_layout){INDENT, INDENT + NAME_COLUMNS, 0});
    }
    dsr_paint_blank_line(&paint);
    paint_words(&paint,
                "A FILE is a file, a folder, or - for standard input. `dossier help COMMAND` tells more.", 0);
    return dsr_paint_close(&paint);
}

dsr_status dsr_run_help(dsr_session *session)
{
    const dsr_settings *settings = session->settings;
    dsr_status status;
    if (settings->operand_count == 0) {
        status = settings->command == DSR_COMMAND_HELP
                     ? dsr_help_write_overview(&session->out, session->look)
                     : dsr_help_write_command(&session->out, settings->command, session->look);
    } else {
        dsr_command command = dsr_command_find(settings->operands[0]);
        if (command == DSR_COMMANDS)
            command = settings->command;
        status = dsr_help_write_command(&session->out, command, session->look);
    }
    return status == DSR_OK ? DSR_OK : dsr_fail_memory(&session->error, "help");
}
