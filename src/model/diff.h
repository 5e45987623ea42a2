/* What is new in a story since a time. Plain data in one arena. */
#ifndef DSR_MODEL_DIFF_H
#define DSR_MODEL_DIFF_H

#include "model/story.h"

/* A statement that more newsrooms vouch for than before. */
typedef struct dsr_diff_gain {
    uint32_t statement;
    uint32_t reports_before, independent_before;
} dsr_diff_gain;

/* Indexes into the lists of `story`, in their order. */
typedef DSR_LIST(uint32_t) dsr_indexes;

typedef struct dsr_story_diff {
    const dsr_story *story; /* all of it */
    dsr_moment since;
    const bool *is_new;             /* by report */
    uint32_t reports;               /* that are new */
    dsr_indexes statements;         /* that only new reports tell */
    DSR_LIST(dsr_diff_gain) gained; /* more voices than before */
    dsr_indexes figures;            /* a new report has another number than those before */
    dsr_indexes quotes;             /* that only new reports have */
    dsr_indexes disagreements;      /* that were none before */
} dsr_story_diff;

/* "dossier.diff/1". */
void dsr_diff_write_json(dsr_arena *arena, dsr_buffer *to, const dsr_story_diff *diff);

#endif
