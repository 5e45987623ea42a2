/* `dossier import-rules`: dictionaries of TABARI and PETRARCH as rules, to be put into a file of one's own.
 */
#include "cli/commands.h"

#include "events/import.h"
#include "lexicon/file.h"

#include <string.h>

static dsr_status import_file(dsr_session *session, const char *path, dsr_import_counts *counts)
{
    const char *slash = strrchr(path, '/');
    dsr_slice folder = DSR_SLICE(".");
    dsr_lexicon_file file;
    bool found = false;
    dsr_slice whole = {path, slash == path ? 1 : (size_t)(slash != NULL ? slash - path : 0)};
    if (slash != NULL && dsr_arena_copy(session->record, whole, &folder) != DSR_OK)
        return dsr_fail_memory(&session->error, "rules");
    dsr_status status = dsr_lexicon_file_open_any(
        session->record, folder.ptr, slash != NULL ? slash + 1 : path, &file, &found, &session->error);
    if (status == DSR_OK && !found) {
        status = dsr_fail(&session->error, DSR_ERR_NOT_FOUND, "rules", "there is no such file");
        dsr_error_set_subject(&session->error, path, strlen(path));
    }
    if (status == DSR_OK)
        dsr_rules_import(&session->out, file.rest, counts);
    return status == DSR_OK ? dsr_session_end_record(session) : status;
}

dsr_status dsr_run_import_rules(dsr_session *session)
{
    const dsr_settings *settings = session->settings;
    dsr_import_counts counts = {0, 0};
    dsr_status status = DSR_OK;
    for (unsigned i = 0; status == DSR_OK && i < settings->operand_count; i++)
        status = import_file(session, settings->operands[i], &counts);
    if (status == DSR_OK) {
        dsr_buffer line;
        dsr_buffer_open(&line, 0);
        dsr_buffer_append_format(&line, "dossier: %zu rules written, %zu entries left out\n", counts.rules,
                                 counts.skipped);
        dsr_session_say(session, dsr_buffer_slice(&line));
        dsr_buffer_drop(&line);
    }
    return status;
}
