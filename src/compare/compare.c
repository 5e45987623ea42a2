/* Two prepared reports -> what they share. */
#include "compare/text.h"

dsr_status dsr_compare_pair(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_compare_text *a,
                            const dsr_compare_text *b, bool *found, dsr_reuse *out)
{
    bool reversed = dsr_direction_is_reversed(lexicon, a->report, b->report);
    const dsr_compare_text *from = reversed ? b : a;
    const dsr_compare_text *to = reversed ? a : b;
    dsr_runs runs;
    dsr_status status = dsr_runs_find(arena, from, to, &runs);
    if (status != DSR_OK) {
        return status;
    }
    dsr_reuse reuse = {.from = 0};
    if (runs.count) {
        status = dsr_passages_find(arena, lexicon, from, to, &runs, &reuse);
    }
    if (status == DSR_OK && reuse.passages.count) {
        status = dsr_direction_find(arena, lexicon, from->report, to->report, &reuse);
    }
    if (status != DSR_OK) {
        return status;
    }
    *found = reuse.passages.count > 0;
    if (*found) {
        reuse.from = reversed ? 1 : 0;
        reuse.to = reversed ? 0 : 1;
        *out = reuse;
    }
    return DSR_OK;
}
