/* See statements.h. The order of the steps. */
#include "story/disagreements.h"

dsr_status dsr_statements_make(const dsr_lexicon *lexicon, dsr_arena *arena, dsr_story *story)
{
    dsr_arena *scratch = dsr_arena_new(0);
    if (scratch == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_statements s = {.arena = arena, .story = story};
    dsr_status status = dsr_told_open(&s.told, scratch, lexicon, story);
    if (status == DSR_OK) {
        status = dsr_statements_collect(&s);
    }
    if (status == DSR_OK) {
        status = dsr_statements_join(&s);
    }
    if (status == DSR_OK) {
        status = dsr_statements_write(&s);
    }
    if (status == DSR_OK) {
        status = dsr_disagreements_find(&s);
    }
    if (status == DSR_OK) {
        status = dsr_statements_link(&s);
    }
    dsr_told_close(&s.told);
    dsr_arena_drop(scratch);
    return status;
}
