/* The commands, one file each. Each does its work in an open session and returns how it ended; what it could
 * not do is told in session->error. */
#ifndef DSR_CLI_COMMANDS_H
#define DSR_CLI_COMMANDS_H

#include "cli/output.h"

dsr_status dsr_run_read(dsr_session *session);
dsr_status dsr_run_extract(dsr_session *session);
dsr_status dsr_run_annotate(dsr_session *session);
dsr_status dsr_run_times(dsr_session *session);
dsr_status dsr_run_figures(dsr_session *session);
dsr_status dsr_run_quotes(dsr_session *session);
dsr_status dsr_run_events(dsr_session *session);
dsr_status dsr_run_positions(dsr_session *session);
dsr_status dsr_run_lint_rules(dsr_session *session);
dsr_status dsr_run_import_rules(dsr_session *session);
dsr_status dsr_run_names(dsr_session *session);
dsr_status dsr_run_copies(dsr_session *session);
dsr_status dsr_run_brief(dsr_session *session);
dsr_status dsr_run_check(dsr_session *session);
dsr_status dsr_run_diff(dsr_session *session);
dsr_status dsr_run_outlets(dsr_session *session);
dsr_status dsr_run_add(dsr_session *session);
dsr_status dsr_run_watch(dsr_session *session);
dsr_status dsr_run_stories(dsr_session *session);
dsr_status dsr_run_show(dsr_session *session);
dsr_status dsr_run_why(dsr_session *session);
dsr_status dsr_run_remove(dsr_session *session);
dsr_status dsr_run_mend(dsr_session *session);
dsr_status dsr_run_verify(dsr_session *session);
dsr_status dsr_run_version(dsr_session *session);
dsr_status dsr_run_help(dsr_session *session);

/* add.c: takes inputs in and says what became of each; adds to `counts`, by dsr_outcome_kind. */
dsr_status dsr_add_inputs(dsr_session *session, const dsr_inputs *inputs, uint64_t counts[4]) DSR_MUST_CHECK;

/* help.c: the text of a command's help, and the overview of all. */
dsr_status dsr_help_write_command(dsr_buffer *to, dsr_command command, dsr_look look) DSR_MUST_CHECK;
dsr_status dsr_help_write_overview(dsr_buffer *to, dsr_look look) DSR_MUST_CHECK;

#endif
