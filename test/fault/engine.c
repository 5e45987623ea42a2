/* Scenarios of the whole: three small reports are added and shown, and the engine must stand as it was where
 * that fails. */
#include "engine/engine.h"
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

/* Its reports were read once: what an engine learns from the store by that it keeps, and that is no leak. */
static bool make_full_desk(void **state)
{
    return make_desk(state) && add_lines(*state) == DSR_OK && reports_in(*state) == 3;
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

const fault_scenario fault_engine[] = {
    {"engine: add", make_desk, run_add, after_add, drop_desk},
    {"engine: show", make_full_desk, run_show, after_show, drop_desk},
    {NULL, NULL, NULL, NULL, NULL},
};
