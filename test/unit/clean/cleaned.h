/* A report of the test's own text, cleaned; and what was found, as lines "kind: text". */
#ifndef TEST_CLEAN_CLEANED_H
#define TEST_CLEAN_CLEANED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "clean/clean.h"

typedef struct cleaned {
    dsr_arena *arena;
    dsr_report report;
} cleaned;

static dsr_lexicon *lexicon;

static inline int lexicon_make(void **state)
{
    (void)state;
    dsr_error error;
    dsr_error_clear(&error);
    dsr_status status = dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, &error);
    if (status != DSR_OK)
        print_error("%s: %s\n", error.subject, error.message);
    return status == DSR_OK ? 0 : -1;
}

static inline int lexicon_drop(void **state)
{
    (void)state;
    dsr_lexicon_close(lexicon);
    return 0;
}

static inline void cleaned_open(cleaned *c, const char *text)
{
    *c = (cleaned){0};
    c->arena = dsr_arena_new(256);
    assert_non_null(c->arena);
    assert_int_equal(dsr_arena_copy(c->arena, dsr_slice_of(text), &c->report.text), DSR_OK);
    c->report.meta.language = DSR_SLICE("en");
}

static inline void cleaned_run(cleaned *c)
{
    assert_int_equal(dsr_clean_report(c->arena, lexicon, &c->report), DSR_OK);
    uint32_t end = 0;
    for (size_t i = 0; i < c->report.furniture.count; i++) {
        const dsr_furniture *f = &c->report.furniture.items[i];
        assert_true(f->span.start >= end && f->span.end > f->span.start && f->span.end <= c->report.text.len);
        end = f->span.end;
    }
}

static inline void cleaned_make(cleaned *c, const char *text)
{
    cleaned_open(c, text);
    cleaned_run(c);
}

static inline void cleaned_drop(cleaned *c)
{
    dsr_arena_drop(c->arena);
}

/* Compares everything that was labelled with lines "kind: text\n". */
static inline void cleaned_is(const cleaned *c, const char *expected)
{
    static char found[65536];
    size_t used = 0;
    found[0] = '\0';
    for (size_t i = 0; i < c->report.furniture.count; i++) {
        const dsr_furniture *f = &c->report.furniture.items[i];
        used += (size_t)snprintf(found + used, sizeof found - used, "%s: %.*s\n",
                                 dsr_furniture_kind_name(f->kind), (int)(f->span.end - f->span.start),
                                 c->report.text.ptr + f->span.start);
        assert_true(used < sizeof found);
    }
    assert_string_equal(found, expected);
}

static inline void slice_is(dsr_slice found, const char *expected)
{
    if (expected ? !dsr_slice_equal(found, dsr_slice_of(expected)) : found.ptr != NULL)
        fail_msg("\"%.*s\" instead of \"%s\"", DSR_PRINT(found), expected ? expected : "nothing");
}

#endif
