/* Reports made of a text, for the suites of compare, story and engine: language, sentences and quotation
 * marks as intake finds them, no furniture unless asked for. */
#ifndef DSR_TEST_REPORTS_H
#define DSR_TEST_REPORTS_H

#include "clean/clean.h"
#include "language/language.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct test_world {
    dsr_arena *arena;
    dsr_lexicon *lexicon;
} test_world;

static inline int test_world_open(void **state)
{
    static test_world world;
    dsr_error error;
    dsr_error_clear(&error);
    world.arena = dsr_arena_new(0);
    if (!world.arena || dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &world.lexicon, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return -1;
    }
    *state = &world;
    return 0;
}

static inline int test_world_close(void **state)
{
    test_world *world = *state;
    dsr_lexicon_close(world->lexicon);
    dsr_arena_drop(world->arena);
    return 0;
}

/* Lives in the world's arena. Never NULL: a test without memory ends. */
static inline dsr_report *test_report(test_world *world, const char *text)
{
    dsr_report *report = dsr_arena_alloc(world->arena, sizeof *report);
    if (!report || dsr_arena_copy(world->arena, dsr_slice_of(text), &report->text) != DSR_OK) {
        abort();
    }
    report->meta.language = DSR_SLICE("en");
    report->source.path = DSR_SLICE("folder/report.txt");
    if (dsr_language_find_sentences(world->arena, world->lexicon, report) != DSR_OK ||
        dsr_language_find_quotes(world->arena, world->lexicon, report) != DSR_OK) {
        abort();
    }
    return report;
}

#endif
