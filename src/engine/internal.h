/* What the files of the engine share. Private to engine. */
#ifndef DSR_ENGINE_INTERNAL_H
#define DSR_ENGINE_INTERNAL_H

#include "base/buffer.h"
#include "compare/compare.h"
#include "engine/analysis.h"
#include "engine/corrections.h"
#include "engine/dates.h"
#include "engine/desk.h"
#include "engine/engine.h"
#include "engine/learnt.h"
#include "engine/lessons.h"
#include "entity/entity.h"
#include "lexicon/lexicon.h"
#include "store/store.h"

struct dsr_engine {
    dsr_engine_options options; /* strings are not kept past opening */
    unsigned jobs;
    dsr_lexicon *lexicon;
    dsr_analyst *analyst; /* NULL: nothing is annotated */
    dsr_entity_tables
        *entities; /* the tables of names of an engine without an analyst, once they are needed */
    dsr_store *store;
    dsr_learnt learnt; /* as the store has it; changes between passes only */
    bool knows_learnt;
    bool reads_drafts;        /* what is read may be too short to tell its language: it is English */
    dsr_inferred_dates dates; /* of reports that state none, from their stories */
    bool knows_dates;
    dsr_corrections corrections; /* as the store has them */
    bool knows_corrections;
    dsr_desk *desk; /* NULL until something is placed */
    dsr_lessons lessons;
};

bool dsr_engine_is_cancelled(const dsr_engine *engine);
void dsr_engine_tell(const dsr_engine *engine, const char *stage, uint64_t done, uint64_t total);

typedef enum dsr_intake_aim {
    DSR_INTAKE_LOOK,  /* the store is left alone */
    DSR_INTAKE_KEEP,  /* put into the store */
    DSR_INTAKE_PLACE, /* put into the store and into a story */
} dsr_intake_aim;
/* What an intake has done so far. */
typedef struct dsr_intake_sum {
    uint64_t taken, kept; /* reports new to the store; those of them that are committed already */
    bool taught;          /* some report that is not placed may teach of its outlet's pages */
} dsr_intake_sum;
/* Reads, cleans and annotates the inputs and does with them what is aimed at, in the open transaction. Where
 * reports are placed it is committed, and a new one begun, each DSR_LIMIT_INTAKE_BATCH reports. */
dsr_status dsr_intake_run(dsr_engine *engine, const dsr_inputs *inputs, dsr_intake_aim aim,
                          dsr_outcome_sink each, dsr_intake_sum *sum, dsr_error *error) DSR_MUST_CHECK;
/* One report out of text in memory, annotated; in `arena`. */
dsr_status dsr_intake_read_text(dsr_engine *engine, dsr_arena *arena, dsr_slice text, dsr_slice published,
                                dsr_report *out, dsr_error *error) DSR_MUST_CHECK;
/* Opens a transaction that writes, with a desk that is as the store is where `place`. */
dsr_status dsr_engine_begin(dsr_engine *engine, bool place, dsr_error *error) DSR_MUST_CHECK;
/* Ends it: what the desk and the lessons have is written and all committed; with `status` other than DSR_OK
 * all is taken back. Returns `status`, or what kept it from being written. */
dsr_status dsr_engine_end(dsr_engine *engine, bool taught, dsr_status status,
                          dsr_error *error) DSR_MUST_CHECK;

/* The ids of the current reports in the order of intake; heap, free(). */
typedef struct dsr_id_list {
    dsr_id *items;
    size_t count, capacity;
} dsr_id_list;
dsr_status dsr_engine_list_reports(dsr_engine *engine, dsr_id_list *out, dsr_error *error) DSR_MUST_CHECK;
/* A record as the store lends it. */
typedef struct dsr_stored {
    dsr_id id;
    dsr_slice packed;
} dsr_stored;
/* Has the engine know what the store has learnt of the outlets: before the first report is unpacked. */
dsr_status dsr_engine_know_learnt(dsr_engine *engine, dsr_error *error) DSR_MUST_CHECK;
/* Has the engine know the dates of reports that state none, from the stories in the store. */
dsr_status dsr_engine_know_dates(dsr_engine *engine, dsr_error *error) DSR_MUST_CHECK;
/* Has the engine know the store's corrections: before a story is built. */
dsr_status dsr_engine_know_corrections(dsr_engine *engine, dsr_error *error) DSR_MUST_CHECK;
/* A story by the beginning of its id, of an id that was merged into it, or of a report: as dsr_engine_show.
 */
dsr_status dsr_engine_find_story(dsr_engine *engine, dsr_slice id, dsr_arena *arena, dsr_store_story *out,
                                 dsr_error *error) DSR_MUST_CHECK;
/* Learns the outlets' repeated blocks from the current reports, and puts it into the store (inside a
 * transaction).
 */
dsr_status dsr_settle_learn(dsr_engine *engine, dsr_error *error) DSR_MUST_CHECK;
/* The same without putting it: appended to `to`. */
dsr_status dsr_settle_learn_into(dsr_engine *engine, dsr_buffer *to, dsr_error *error) DSR_MUST_CHECK;
/* Unpacks a stored record and lays what was learnt over it; a failure names the report. Any thread. */
dsr_status dsr_engine_unpack(const dsr_engine *engine, dsr_arena *arena, const dsr_stored *stored,
                             dsr_report *out, dsr_error *error) DSR_MUST_CHECK;
/* One report with its paths, unpacked into `arena`. */
dsr_status dsr_engine_load(dsr_engine *engine, dsr_id id, dsr_arena *arena, dsr_report *out,
                           dsr_error *error) DSR_MUST_CHECK;

/* Which pairs of the listed reports are worth a look; heap, free(). */
dsr_status dsr_settle_find_pairs(dsr_engine *engine, const dsr_id_list *reports, dsr_copy_pair **pairs,
                                 size_t *count, dsr_error *error) DSR_MUST_CHECK;
typedef struct dsr_pair_list {
    const dsr_copy_pair *items;
    size_t count;
} dsr_pair_list;
/* Two reports that share copied text. reuse->from and ->to index the list of reports. */
typedef struct dsr_aligned {
    const dsr_copy_pair *pair;
    const dsr_reuse *reuse;
    const dsr_report *first, *second;
} dsr_aligned;
/* Aligns pairs; `each` gets those that share copied text, in the order of `pairs`. What it is lent lives for
 * the call. */
dsr_status dsr_settle_align_pairs(dsr_engine *engine, const dsr_id_list *reports, dsr_pair_list pairs,
                                  dsr_status (*each)(void *context, const dsr_aligned *aligned),
                                  void *context, dsr_error *error) DSR_MUST_CHECK;
/* The id of the story that a report opens; `again` counts those that it opened before. */
dsr_id dsr_summary_id(dsr_id opener, uint32_t again);
/* The headline that a report lends to its story: its own, else its first sentence; in `arena`. */
dsr_status dsr_summary_headline(dsr_arena *arena, const dsr_report *report, dsr_slice *out) DSR_MUST_CHECK;
/* Headline, dates and id of a story made of these reports, in the order of intake. `from` (may be NULL) is
 * the report of the headline. */
dsr_status dsr_summary_make(dsr_arena *arena, const dsr_report *const *reports, size_t count,
                            dsr_story_summary *out, uint32_t *from, bool *is_sentence) DSR_MUST_CHECK;

/* Where a report stands today. DSR_ERR_NOT_FOUND where it is not there or was never placed. */
dsr_status dsr_engine_find_place(dsr_engine *engine, dsr_id report, uint32_t *sequence, dsr_record_place *out,
                                 dsr_error *error) DSR_MUST_CHECK;

/* Builds a story whole from its stored members, in `arena`. */
dsr_status dsr_assemble_story(dsr_engine *engine, const dsr_store_story *stored, dsr_arena *arena,
                              dsr_story *out, dsr_error *error) DSR_MUST_CHECK;
/* The tables of names: the analyst's, else opened now. */
dsr_status dsr_engine_entities(dsr_engine *engine, const dsr_entity_tables **out,
                               dsr_error *error) DSR_MUST_CHECK;
/* Short names, unique in the story. */
dsr_status dsr_assemble_handles(dsr_arena *arena, dsr_story *story) DSR_MUST_CHECK;

#endif
