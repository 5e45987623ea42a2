/* `dossier lint-rules`: what is wrong in the rules for events and positions, each flaw by file and line. */
#include "cli/commands.h"

#include "events/rules.h"

static void append_flaws(dsr_session *session, const dsr_coding_rules *rules, size_t *flaws)
{
    size_t count;
    const dsr_rule_flaw *list = dsr_coding_rules_flaws(rules, &count);
    for (size_t i = 0; i < count; i++) {
        dsr_append_harmless(&session->out, list[i].path);
        dsr_buffer_append_format(&session->out, ":%zu: ", list[i].line);
        dsr_append_harmless(&session->out, list[i].message);
        dsr_buffer_append_char(&session->out, '\n');
    }
    *flaws += count;
}

static void append_sum(dsr_session *session, size_t lines, size_t flaws)
{
    dsr_buffer_append_format(&session->out, "%zu lines count, %zu %s\n", lines, flaws,
                             flaws == 1 ? "flaw" : "flaws");
}

dsr_status dsr_run_lint_rules(dsr_session *session)
{
    const dsr_settings *settings = session->settings;
    size_t flaws = 0, lines = 0;
    dsr_coding_rules *rules = NULL;
    dsr_status status = DSR_OK;
    if (settings->operand_count == 0) {
        const char *data = NULL, *user = NULL;
        status = dsr_session_data_folders(session, &data, &user);
        if (status == DSR_OK)
            status = dsr_coding_rules_open(data, user, &rules, &session->error);
        if (status == DSR_OK) {
            append_flaws(session, rules, &flaws);
            lines = dsr_coding_rules_count(rules);
        }
        dsr_coding_rules_drop(rules);
    }
    for (unsigned i = 0; status == DSR_OK && i < settings->operand_count; i++) {
        rules = NULL;
        status = dsr_coding_rules_open_file(settings->operands[i], &rules, &session->error);
        if (status == DSR_OK) {
            append_flaws(session, rules, &flaws);
            lines += dsr_coding_rules_count(rules);
        }
        dsr_coding_rules_drop(rules);
    }
    if (status == DSR_OK)
        append_sum(session, lines, flaws);
    session->failed = flaws > 0;
    return status;
}
