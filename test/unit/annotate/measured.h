/* What the suites of times and figures share: Dossier's own lexicon and a report made of one text. */
#ifndef DSR_TEST_ANNOTATE_MEASURED_H
#define DSR_TEST_ANNOTATE_MEASURED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "no_memory.h"

#include "annotate/figures.h"
#include "annotate/times.h"
#include "language/language.h"

#include <stdio.h>
#include <string.h>

typedef struct world {
    dsr_arena *arena;
    dsr_lexicon *lexicon;
} world;

static int world_open(void **state)
{
    static world w;
    dsr_error error;
    dsr_error_clear(&error);
    w.arena = dsr_arena_new(0);
    if (!w.arena || dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &w.lexicon, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return -1;
    }
    *state = &w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    dsr_lexicon_close(w->lexicon);
    dsr_arena_drop(w->arena);
    return 0;
}

/* A report in English of one sentence, published at `published` (NULL: not known). */
static dsr_report *make_report(const world *w, const char *published, const char *text)
{
    dsr_report *report = dsr_arena_alloc(w->arena, sizeof *report);
    assert_non_null(report);
    report->text = dsr_slice_of(text);
    report->meta.language = DSR_SLICE("en");
    if (published) {
        assert_int_equal(dsr_moment_parse(w->arena, dsr_slice_of(published), &report->meta.published),
                         DSR_OK);
    }
    assert_int_equal(DSR_LIST_RESERVE(w->arena, &report->sentences, 1), DSR_OK);
    report->sentences.items[report->sentences.count++] = (dsr_span){0, (uint32_t)report->text.len};
    return report;
}

static dsr_status find_all(const world *w, dsr_report *report)
{
    dsr_status status = dsr_times_find(w->arena, w->lexicon, report);
    status = status == DSR_OK ? dsr_times_resolve(w->arena, report) : status;
    return status == DSR_OK ? dsr_figures_find(w->arena, w->lexicon, report) : status;
}

/* `piece` over and over. */
static const char *repeat(const world *w, const char *piece, size_t times)
{
    size_t length = strlen(piece);
    char *all = dsr_arena_alloc(w->arena, length * times + 1);
    assert_non_null(all);
    for (size_t i = 0; i < times; i++) {
        memcpy(all + i * length, piece, length);
    }
    return all;
}

#endif
