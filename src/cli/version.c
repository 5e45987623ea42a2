/* `dossier version` and `dossier --version`. */
#include "cli/commands.h"

dsr_status dsr_run_version(dsr_session *session)
{
    dsr_buffer_append(&session->out, DSR_SLICE("dossier " DSR_VERSION "\n"));
    return DSR_OK;
}
