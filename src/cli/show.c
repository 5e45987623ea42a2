/* `dossier show`: stories of a store, each on a page. An id that is not there does not keep the others from
 * being shown. */
#include "cli/commands.h"

#include <string.h>
#include <strings.h>

/* The id may be that of a story that was merged into this one. */
static void say_merged(dsr_session *session, const char *operand, const dsr_story *story)
{
    char id[DSR_ID_TEXT];
    dsr_id report;
    dsr_error ignored;
    dsr_slice text;
    dsr_id_format(story->id, id);
    if (strncasecmp(id, operand, strlen(operand)) == 0 ||
        dsr_engine_find_report(session->engine, dsr_slice_of(operand), &report, &ignored) == DSR_OK)
        return;
    if (dsr_arena_format(session->arena, &text, "dossier: story %s was merged into %s\n", operand, id) ==
        DSR_OK)
        dsr_session_say(session, text);
}

dsr_status dsr_run_show(dsr_session *session)
{
    dsr_status status = dsr_session_open_engine(session, DSR_PLACE_READ);
    for (unsigned i = 0; i < session->settings->operand_count && status == DSR_OK; i++) {
        const dsr_story *story = NULL;
        dsr_arena *arena = dsr_arena_new(0);
        if (arena == NULL)
            return dsr_fail_memory(&session->error, "present");
        status = dsr_engine_show(session->engine, dsr_slice_of(session->settings->operands[i]), arena, &story,
                                 &session->error);
        if (status == DSR_OK) {
            say_merged(session, session->settings->operands[i], story);
            status = dsr_session_show_story(session, story);
        } else if (status == DSR_ERR_NOT_FOUND || status == DSR_ERR_ARGUMENT) {
            dsr_session_name_operand(session, session->settings->operands[i]);
            dsr_session_say_error(session);
            dsr_error_clear(&session->error);
            status = DSR_OK;
        }
        dsr_arena_drop(arena);
    }
    return status;
}
