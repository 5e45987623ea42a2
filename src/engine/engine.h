/* The order of the stages, threads, set-aside reports, progress; `settle`: what only the whole set can
 * decide. The only place that sees all stages. One thread at a time uses an engine. It prints nothing and
 * reads no environment. */
#ifndef DSR_ENGINE_ENGINE_H
#define DSR_ENGINE_ENGINE_H

#include "base/buffer.h"
#include "base/threads.h"
#include "model/check.h"
#include "model/diff.h"
#include "model/outlets.h"

typedef struct dsr_engine dsr_engine;

typedef enum dsr_annotation {
    DSR_ANNOTATE_NOTHING,
    DSR_ANNOTATE_SYNTAX, /* nothing in the records, but dsr_engine_write_conllu may be called */
    DSR_ANNOTATE_ALL     /* names, who is who, and what builds on them */
} dsr_annotation;

typedef struct dsr_engine_options {
    const char *store; /* path; NULL: in memory */
    bool read_only;
    const char *data_folder;    /* NULL: the one compiled in */
    const char *scratch_folder; /* where a store in memory may put what is large, nameless; NULL: it stays in
                                   memory */
    const char *user_folder;    /* word lists and rules of the user's own; NULL: none */
    dsr_annotation annotate;    /* what is found in the words of each report; needs the models */
    unsigned jobs;              /* 0: one a processor */
    dsr_progress progress;      /* report may be NULL */
    dsr_cancel *cancel;         /* may be NULL */
} dsr_engine_options;

dsr_status dsr_engine_open(const dsr_engine_options *options, dsr_engine **out,
                           dsr_error *error) DSR_MUST_CHECK;
void dsr_engine_close(dsr_engine *engine);

/* What to read. */
typedef struct dsr_inputs {
    const char *const *paths; /* files, folders, "-" */
    size_t count;
    int standard_input;    /* descriptor behind "-" */
    const char *meta;      /* CSV; NULL: none */
    const char *published; /* for reports that state none; NULL: none */
    const char *outlet;
} dsr_inputs;

typedef enum dsr_outcome_kind {
    DSR_OUTCOME_ADDED,
    DSR_OUTCOME_ALREADY_THERE,
    DSR_OUTCOME_NEW_VERSION,
    DSR_OUTCOME_SET_ASIDE
} dsr_outcome_kind;
const char *dsr_outcome_name(dsr_outcome_kind kind); /* "added" "already_there" "new_version" "set_aside" */

/* What became of one input. Lent for the call. */
typedef struct dsr_outcome {
    dsr_outcome_kind kind;
    dsr_slice path;
    dsr_slice record;         /* of a container; else no value */
    dsr_id id;                /* none where set aside */
    dsr_id previous;          /* NEW_VERSION: the version that stood there until now */
    const dsr_report *report; /* NULL where set aside, and where the same bytes were taken in before */
    const dsr_error *error;   /* SET_ASIDE: why */
} dsr_outcome;
/* "dossier.outcome/1" without a newline; failures are left in `to`. */
void dsr_outcome_write_json(dsr_buffer *to, const dsr_outcome *outcome);

typedef struct dsr_outcome_sink {
    void *context;
    void (*outcome)(void *context, const dsr_outcome *outcome); /* in the order of input */
    /* What was told so far is in the store for good, `reports` of them new. May be NULL. */
    void (*committed)(void *context, uint64_t reports);
} dsr_outcome_sink;

/* Reads, cleans and annotates each report without keeping it: `read`. `each` gets reports and set-aside
 * inputs in the order of input. */
dsr_status dsr_engine_read(dsr_engine *engine, const dsr_inputs *inputs, dsr_outcome_sink each,
                           dsr_error *error) DSR_MUST_CHECK;
/* Appends the analysis of a report's whole text, furniture too, as CoNLL-U: tags, lemmas and trees
 * (syntax/conllu.h). The engine was opened to annotate. DSR_ERR_MEMORY. */
dsr_status dsr_engine_write_conllu(dsr_engine *engine, const dsr_report *report, dsr_buffer *to,
                                   dsr_error *error) DSR_MUST_CHECK;
/* Appends "dossier.numbers/1", every number of a report's whole text, whether it is a figure or not, without
 * a newline. DSR_ERR_MEMORY. */
dsr_status dsr_engine_write_numbers(const dsr_engine *engine, const dsr_report *report, dsr_buffer *to,
                                    dsr_error *error) DSR_MUST_CHECK;
/* Whether somebody or something of a report goes by a name that a reader types (entity/search.h). Reads the
 * tables of names where they are not open yet. */
dsr_status dsr_engine_is_called(dsr_engine *engine, const dsr_entity *entity, dsr_slice query, bool *out,
                                dsr_error *error) DSR_MUST_CHECK;
/* Takes the inputs into the store without putting them into stories, whole or not at all: a failure or a
 * raised cancel leaves the store as it was. */
dsr_status dsr_engine_take(dsr_engine *engine, const dsr_inputs *inputs, dsr_outcome_sink each,
                           dsr_error *error) DSR_MUST_CHECK;
/* The same, and puts each report into a story: what the functions for stories below need. In batches: each is
 * taken whole or not at all, a failure or a raised cancel takes back the one under way, and the same call
 * again goes on behind those that were taken. What comes of it does not depend on how reports are spread over
 * calls. */
dsr_status dsr_engine_add(dsr_engine *engine, const dsr_inputs *inputs, dsr_outcome_sink each,
                          dsr_error *error) DSR_MUST_CHECK;
/* Takes reports out of the store and out of their stories, all or none. */
dsr_status dsr_engine_remove(dsr_engine *engine, const dsr_id *ids, size_t count,
                             dsr_error *error) DSR_MUST_CHECK;

/* The current reports in the order of intake. What is lent lives for the call. */
dsr_status dsr_engine_each_report(dsr_engine *engine,
                                  dsr_status (*each)(void *context, const dsr_report *report), void *context,
                                  dsr_error *error) DSR_MUST_CHECK;
/* Pairs of reports that share copied text, by place of the earlier in the order of intake. `from` and `to`
 * are the reports of reuse->from and ->to. `jobs` threads align, the order does not depend on them. */
dsr_status dsr_engine_each_copy(dsr_engine *engine,
                                dsr_status (*each)(void *context, const dsr_reuse *reuse,
                                                   const dsr_report *from, const dsr_report *to),
                                void *context, dsr_error *error) DSR_MUST_CHECK;

/* One line of `stories`: what is known of a story without building it. */
typedef struct dsr_story_summary {
    dsr_id id;
    dsr_slice headline;
    size_t reports;
    int64_t first_published, last_published; /* as its reports state it */
    bool has_published;
    uint32_t independent; /* newsrooms: reports of one outlet count once, and so do a text and what has half
                             of its words from it */
    uint32_t opened;      /* place of its first report in the order of intake */
} dsr_story_summary;
typedef enum dsr_story_order {
    DSR_ORDER_REPORTS,     /* the most reports first */
    DSR_ORDER_INDEPENDENT, /* the most independent newsrooms first */
    DSR_ORDER_LATEST       /* the latest publication first, undated ones last */
} dsr_story_order;
/* Which stories, and in what order; of equals the one with the earlier first report stands first. NULL: all
 * of them, the largest first. */
typedef struct dsr_story_choice {
    dsr_story_order order;
    size_t min_reports;
    bool has_since;
    int64_t since; /* seconds: only what was published last at that time or later */
} dsr_story_choice;
dsr_status dsr_engine_each_summary(dsr_engine *engine, const dsr_story_choice *choice,
                                   dsr_status (*each)(void *context, const dsr_story_summary *summary),
                                   void *context, dsr_error *error) DSR_MUST_CHECK;
/* Builds all stories whole, the largest first; lent for the call. */
dsr_status dsr_engine_each_story(dsr_engine *engine,
                                 dsr_status (*each)(void *context, const dsr_story *story), void *context,
                                 dsr_error *error) DSR_MUST_CHECK;
/* One story by the beginning of its id, of an id that was merged into it, or of a report. The id of a report
 * that a newer version replaced leads to the two of them, as if they were a story: what was changed.
 * DSR_ERR_NOT_FOUND, or DSR_ERR_ARGUMENT where several begin so. The story lives in `arena`. */
dsr_status dsr_engine_show(dsr_engine *engine, dsr_slice id, dsr_arena *arena, const dsr_story **out,
                           dsr_error *error) DSR_MUST_CHECK;
/* Why a report stands where it does. */
typedef struct dsr_why_score {
    dsr_id story;                                         /* none: no story was near */
    dsr_slice headline;                                   /* of the story as it is today */
    int32_t score, words, title, lead, names, dates, tie; /* thousandths; the score is the parts and
                                                             what every pair starts from */
} dsr_why_score;
typedef struct dsr_why_shared {
    dsr_slice text; /* the first form in which the report has it */
    bool is_name;
    int32_t weight;
} dsr_why_shared;
typedef struct dsr_why_copy {
    dsr_id report;
    dsr_slice headline, outlet;
    uint32_t share_of_earlier, share_of_this; /* thousandths */
    uint32_t words;
} dsr_why_copy;
typedef struct dsr_why {
    dsr_id report;
    dsr_slice headline;
    dsr_id story; /* where it stands; none: it was replaced or taken out */
    dsr_slice story_headline;
    size_t story_reports;
    bool opened;                /* it opened a story when it came */
    bool copy;                  /* it repeats an earlier report, and adds nothing to the story's words */
    bool moved;                 /* later reports, or somebody, had it moved */
    uint32_t mended;            /* the correction by which it stands where it does; 0: none */
    int32_t joins_from;         /* the score from which a report joins */
    dsr_why_score best, second; /* as the stories were when it came */
    DSR_LIST(dsr_why_shared) shared;
    DSR_LIST(dsr_why_copy) copies;
} dsr_why;
/* By the beginning of the report's id, as dsr_engine_show. *out lives in `arena`. */
dsr_status dsr_engine_why(dsr_engine *engine, dsr_slice id, dsr_arena *arena, dsr_why *out,
                          dsr_error *error) DSR_MUST_CHECK;
/* A report's id by its beginning. Same failures. */
dsr_status dsr_engine_find_report(dsr_engine *engine, dsr_slice id, dsr_id *out,
                                  dsr_error *error) DSR_MUST_CHECK;

/* Drafts that are to be checked. */
typedef DSR_LIST(dsr_report *) dsr_drafts;
/* Reads and annotates each input without keeping it, as dsr_engine_read; the reports are appended to `out`,
 * in `arena`. The engine was opened to annotate all. */
dsr_status dsr_engine_read_drafts(dsr_engine *engine, const dsr_inputs *inputs, dsr_arena *arena,
                                  dsr_drafts *out, dsr_outcome_sink each, dsr_error *error) DSR_MUST_CHECK;
/* The same of a text; `published` may be NULL. DSR_ERR_INPUT where it is no text. */
dsr_status dsr_engine_read_claim(dsr_engine *engine, const char *text, const char *published,
                                 dsr_arena *arena, dsr_drafts *out, dsr_error *error) DSR_MUST_CHECK;
/* Holds a draft against the reports that were placed in the store: those that share its rarer words and names
 * are found through an index and compared, at most DSR_LIMIT_CHECK_REPORTS of them. *out lives in `arena`. */
dsr_status dsr_engine_check(dsr_engine *engine, const dsr_report *draft, dsr_arena *arena, dsr_check *out,
                            dsr_error *error) DSR_MUST_CHECK;

/* What is new in a story since a time of publication: the story as it is, and as it was with the reports
 * before. By the beginning of its id, as dsr_engine_show. *out lives in `arena`. */
dsr_status dsr_engine_diff(dsr_engine *engine, dsr_slice id, const dsr_moment *since, dsr_arena *arena,
                           dsr_story_diff *out, dsr_error *error) DSR_MUST_CHECK;

/* Reports published within these times; one without a value leaves that side open. With either, reports
 * without a date are left out. */
typedef struct dsr_outlet_choice {
    dsr_moment since, until;
} dsr_outlet_choice;
/* How the outlets of the placed reports work, from what the store keeps of the text that they share. *out
 * lives in `arena`. */
dsr_status dsr_engine_outlets(dsr_engine *engine, const dsr_outlet_choice *choice, dsr_arena *arena,
                              dsr_outlets *out, dsr_error *error) DSR_MUST_CHECK;

typedef struct dsr_verify_result {
    uint64_t reports, stories, flaws;
} dsr_verify_result;
/* Proves that the store is whole: the store's own proof, every record unpacked and sound, its id that of its
 * source, each current report in one story and in the one that is noted for it, the state of the desk
 * readable, what was corrected as the corrections have it. `flaw` is called for each thing that is wrong. */
dsr_status dsr_engine_verify(dsr_engine *engine, void (*flaw)(void *context, const char *sentence),
                             void *context, dsr_verify_result *out, dsr_error *error) DSR_MUST_CHECK;

#endif
