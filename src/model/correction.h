/* Corrections: what a person says is otherwise than Dossier found it. Each is a record that can be taken
 * back; nothing that was found is lost by it. Must not know how one is applied. */
#ifndef DSR_MODEL_CORRECTION_H
#define DSR_MODEL_CORRECTION_H

#include "base/buffer.h"
#include "model/report.h"

typedef enum dsr_correction_kind {
    DSR_CORRECTION_PEOPLE_MERGE, /* entities[0] and [1] are one */
    DSR_CORRECTION_PEOPLE_SPLIT, /* in these reports entities[0] is somebody else */
    DSR_CORRECTION_MOVE,         /* the report belongs to stories[1], not to stories[0] */
    DSR_CORRECTION_MERGE,        /* stories[0] is a part of stories[1] */
    DSR_CORRECTION_NO_COPY       /* of two reports neither has its text from the other */
} dsr_correction_kind;
/* "people_merge" "people_split" "move" "merge" "copy_wrong" */
const char *dsr_correction_kind_name(dsr_correction_kind kind);

/* A report that a correction names. */
typedef struct dsr_correction_report {
    dsr_id id;     /* the version that was named */
    dsr_id source; /* its key, which its other versions have too; without one its id */
} dsr_correction_report;
dsr_id dsr_correction_source(dsr_id id, dsr_id key);

/* An entity of one of the reports, under the id that this report gives it. */
typedef struct dsr_correction_mention {
    uint32_t report; /* index of reports */
    dsr_slice entity;
} dsr_correction_mention;

/* Who said something, when and why. */
typedef struct dsr_correction_said {
    dsr_slice who, why; /* "" where no reason was given */
    int64_t when;       /* seconds since 1970, UTC */
} dsr_correction_said;

typedef struct dsr_correction {
    uint32_t number; /* from 1, in the order in which they were made */
    dsr_correction_kind kind;
    bool undone;
    bool alone;                     /* MOVE: the report was to stand alone */
    bool emptied;                   /* MOVE: it was the last report of stories[0] */
    dsr_correction_said said, undo; /* `undo` where undone */
    dsr_slice entities[2];          /* as the cast names them; "" where the kind has none */
    dsr_id stories[2];              /* none where the kind has none */
    uint32_t numbers[2];            /* of these stories; 0 */
    DSR_LIST(dsr_correction_report) reports;
    DSR_LIST(dsr_correction_mention) mentions; /* PEOPLE_SPLIT */
} dsr_correction;

/* The number is not in it. */
void dsr_correction_pack(dsr_buffer *to, const dsr_correction *correction);
/* Text in `arena`. *good false where it is damaged; DSR_ERR_MEMORY. */
dsr_status dsr_correction_unpack(dsr_arena *arena, dsr_slice packed, dsr_correction *out,
                                 bool *good) DSR_MUST_CHECK;
/* "dossier.correction/1" without a newline; failures are left in `to`. */
void dsr_correction_write_json(dsr_buffer *to, const dsr_correction *correction);

#endif
