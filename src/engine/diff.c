/* `diff`: a story as it is, and as it was before a time. */
#include "engine/internal.h"

#include "story/diff.h"

static const char STAGE[] = "engine";

/* The story's members that were published before, in their order; a report without a date was there. */
static dsr_status take_earlier(dsr_arena *arena, const dsr_story *after, const dsr_moment *since,
                               dsr_store_story *out)
{
    dsr_id *members = dsr_arena_alloc_array(arena, after->reports.count + 1, sizeof *members);
    if (!members) {
        return DSR_ERR_MEMORY;
    }
    *out = (dsr_store_story){.id = after->id, .members = members};
    for (size_t i = 0; i < after->reports.count; i++) {
        const dsr_report *report = after->reports.items[i].report;
        if (!dsr_moment_is_since(&report->meta.published, since)) {
            members[out->member_count++] = report->id;
        }
    }
    return DSR_OK;
}

dsr_status dsr_engine_diff(dsr_engine *engine, dsr_slice id, const dsr_moment *since, dsr_arena *arena,
                           dsr_story_diff *out, dsr_error *error)
{
    const dsr_story *after = NULL;
    dsr_story before;
    dsr_store_story earlier;
    dsr_status status = dsr_engine_show(engine, id, arena, &after, error);
    if (status != DSR_OK) {
        return status;
    }
    if (take_earlier(arena, after, since, &earlier) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    if (earlier.member_count > 0) {
        status = dsr_assemble_story(engine, &earlier, arena, &before, error);
    }
    if (status == DSR_OK &&
        dsr_diff_make(arena, earlier.member_count > 0 ? &before : NULL, after, since, out) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    return status;
}
