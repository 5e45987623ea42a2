/* Scenarios of the whole: three small reports are added and shown, and the engine must stand as it was where
 * that fails. */
#include "engine/engine.h"
#include "engine/mend.h"
#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char lines[] = "{\"id\":\"1\",\"outlet\":\"A\",\"published\":\"2031-03-04\",\"text\":\"LOWTON "
                            "(AFP) - The old bridge over the river will open in May "
                            "after eleven months of work, the mayor said on Tuesday, and traders on both "
                            "banks said they had lost a third of their custom.\"}\n"
                            "{\"id\":\"2\",\"outlet\":\"B\",\"published\":\"2031-03-05\",\"text\":\"The old "
                            "bridge over the river will open in June "
                            "after eleven months of work, the mayor said on Tuesday, and traders on both "
                            "banks said they had lost half of their custom.\"}\n"
                            "{\"id\":\"3\",\"outlet\":\"C\",\"published\":\"2031-03-05\",\"text\":\"A "
                            "gardener in Highmoor grew a bean as long as a cat. "
                            "“It likes the wall,” she said.\"}\n";

typedef struct desk {
    dsr_engine *engine;
    FILE *file;
} desk;

static void drop_desk(void *state)
{
    desk *made = state;
    dsr_engine_close(made->engine);
    if (made->file != NULL) {
        fclose(made->file);
    }
    free(made);
}

static bool write_lines(desk *made)
{
    made->file = tmpfile();
    return made->file != NULL && fputs(lines, made->file) >= 0 && fflush(made->file) == 0;
}

static void ignore_outcome(void *context, const dsr_outcome *outcome)
{
    (void)context;
    (void)outcome;
}

static dsr_status add_lines(desk *made)
{
    static const char *const paths[] = {"-"};
    dsr_inputs inputs = {.paths = paths, .count = 1, .standard_input = fileno(made->file)};
    dsr_outcome_sink sink = {NULL, ignore_outcome, NULL};
    if (lseek(inputs.standard_input, 0, SEEK_SET) != 0) {
        return DSR_ERR_IO;
    }
    return dsr_engine_add(made->engine, &inputs, sink, NULL);
}

static bool make_desk(void **state)
{
    desk *made = calloc(1, sizeof *made);
    dsr_engine_options options = {.jobs = 1};
    if (made == NULL) {
        return false;
    }
    *state = made;
    return dsr_engine_open(&options, &made->engine, NULL) == DSR_OK && write_lines(made);
}

static dsr_status count_report(void *context, const dsr_report *report)
{
    (void)report;
    ++*(size_t *)context;
    return DSR_OK;
}

static dsr_status count_story(void *context, const dsr_story *story)
{
    *(size_t *)context += story->reports.count;
    return DSR_OK;
}

static size_t reports_in(desk *made)
{
    size_t count = 0;
    return dsr_engine_each_report(made->engine, count_report, &count, NULL) == DSR_OK ? count : SIZE_MAX;
}

static dsr_status pass_over(void *context, const dsr_correction *correction)
{
    (void)context;
    (void)correction;
    return DSR_OK;
}

/* Its reports were read once: what an engine learns from the store by that it keeps, and that is no leak. */
static bool make_full_desk(void **state)
{
    const desk *made = NULL;
    if (!make_desk(state) || add_lines(*state) != DSR_OK || reports_in(*state) != 3) {
        return false;
    }
    made = *state;
    return dsr_engine_each_correction(made->engine, pass_over, NULL, NULL) == DSR_OK;
}

static dsr_status run_add(void *state)
{
    return add_lines(state);
}

/* Whole or not at all. The next run begins with an engine of its own: what one keeps for later is no leak. */
static void after_add(void *state, dsr_status status)
{
    desk *made = state;
    dsr_engine_options options = {.jobs = 1};
    fault_expect(reports_in(made) == (status == DSR_OK ? 3 : 0), "reports are added all or none");
    dsr_engine_close(made->engine);
    made->engine = NULL;
    fault_expect(dsr_engine_open(&options, &made->engine, NULL) == DSR_OK, "it can be opened again");
}

static dsr_status run_show(void *state)
{
    desk *made = state;
    size_t count = 0;
    dsr_status status = dsr_engine_each_story(made->engine, count_story, &count, NULL);
    fault_expect(status != DSR_OK || count == 3, "stories hold every report");
    return status;
}

static void after_show(void *state, dsr_status status)
{
    (void)status;
    fault_expect(reports_in(state) == 3, "showing changes nothing");
}

static dsr_status run_check(void *state)
{
    desk *made = state;
    dsr_drafts drafts = {NULL, 0, 0};
    dsr_check check;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status =
        dsr_engine_read_claim(made->engine,
                              "The old bridge over the river will not open in May after eleven "
                              "months of work, and traders on both banks lost a third.",
                              "2031-03-05", arena, &drafts, NULL);
    if (status == DSR_OK) {
        status = dsr_engine_check(made->engine, drafts.items[0], arena, &check, NULL);
        fault_expect(status != DSR_OK || (check.sentences.count == 1 && check.story->reports.count >= 3),
                     "a claim is held against what tells of it");
    }
    dsr_arena_drop(arena);
    return status;
}

static dsr_status run_outlets(void *state)
{
    desk *made = state;
    dsr_outlet_choice all = {.since = {.iso = DSR_SLICE_NONE}};
    dsr_outlets outlets;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = dsr_engine_outlets(made->engine, &all, arena, &outlets, NULL);
    fault_expect(status != DSR_OK || outlets.reports == 3, "every report is counted");
    dsr_arena_drop(arena);
    return status;
}

static dsr_status take_story(void *context, const dsr_story_summary *summary)
{
    *(dsr_id *)context = summary->id;
    return DSR_OK;
}

static dsr_status run_diff(void *state)
{
    desk *made = state;
    dsr_id id = {{0}};
    char text[DSR_ID_TEXT];
    dsr_story_diff diff;
    dsr_moment since;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_story_choice two = {.min_reports = 2};
    dsr_status status = dsr_engine_each_summary(made->engine, &two, take_story, &id, NULL);
    dsr_id_format(id, text);
    if (status == DSR_OK) {
        status = dsr_moment_parse(arena, DSR_SLICE("2031-03-05"), &since);
    }
    if (status == DSR_OK) {
        status = dsr_engine_diff(made->engine, dsr_slice_of(text), &since, arena, &diff, NULL);
        fault_expect(status != DSR_OK || diff.reports == 1, "one report is new");
    }
    dsr_arena_drop(arena);
    return status;
}

static dsr_status take_id(void *context, const dsr_report *report)
{
    char(**next)[DSR_ID_TEXT] = context;
    dsr_id_format(report->id, *(*next)++);
    return DSR_OK;
}

static const char *find_ids(desk *made, char ids[3][DSR_ID_TEXT])
{
    char(*next)[DSR_ID_TEXT] = ids;
    return dsr_engine_each_report(made->engine, take_id, &next, NULL) == DSR_OK ? ids[0] : NULL;
}

/* A copy is none, a report moves, stories merge, and the move is taken back. */
static dsr_status mend_all(desk *made, dsr_arena *arena, char ids[3][DSR_ID_TEXT])
{
    dsr_slice what[3] = {dsr_slice_of(ids[0]), dsr_slice_of(ids[1]), dsr_slice_of(ids[2])};
    dsr_correction_said said = {DSR_SLICE("ann"), DSR_SLICE("because"), 0};
    dsr_mend copy = {DSR_CORRECTION_NO_COPY, what, 2, false, said};
    dsr_mend move = {DSR_CORRECTION_MOVE, what, 1, true, said};
    dsr_mend merge = {DSR_CORRECTION_MERGE, what + 1, 2, false, said};
    dsr_correction made_of_it;
    dsr_status status = dsr_engine_mend(made->engine, &copy, arena, &made_of_it, NULL);
    if (status == DSR_OK) {
        status = dsr_engine_mend(made->engine, &move, arena, &made_of_it, NULL);
    }
    if (status == DSR_OK) {
        status = dsr_engine_mend(made->engine, &merge, arena, &made_of_it, NULL);
    }
    return status == DSR_OK ? dsr_engine_undo(made->engine, 2, &said, arena, &made_of_it, NULL) : status;
}

static dsr_status run_mend(void *state)
{
    char ids[3][DSR_ID_TEXT];
    desk *made = state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status =
        arena != NULL && find_ids(made, ids) != NULL ? mend_all(made, arena, ids) : DSR_ERR_MEMORY;
    dsr_arena_drop(arena);
    return status;
}

static void ignore_flaw(void *context, const char *sentence)
{
    (void)context;
    (void)sentence;
}

/* Each correction is there whole or not at all. */
static void after_mend(void *state, dsr_status status)
{
    desk *made = state;
    dsr_verify_result result = {.flaws = 1};
    (void)status;
    fault_expect(dsr_engine_verify(made->engine, ignore_flaw, NULL, &result, NULL) == DSR_OK &&
                     result.flaws == 0,
                 "a store whose mending failed is whole");
    dsr_engine_close(made->engine);
    made->engine = NULL;
    dsr_engine_options options = {.jobs = 1};
    fault_expect(dsr_engine_open(&options, &made->engine, NULL) == DSR_OK && add_lines(made) == DSR_OK,
                 "it can be opened again");
}

const fault_scenario fault_engine[] = {
    {"engine: add", make_desk, run_add, after_add, drop_desk},
    {"engine: show", make_full_desk, run_show, after_show, drop_desk},
    {"engine: check", make_full_desk, run_check, after_show, drop_desk},
    {"engine: outlets", make_full_desk, run_outlets, after_show, drop_desk},
    {"engine: diff", make_full_desk, run_diff, after_show, drop_desk},
    {"engine: mend", make_full_desk, run_mend, after_mend, drop_desk},
    {NULL, NULL, NULL, NULL, NULL},
};
