/* The library as its users see it: through the public header alone. */
#include "dossier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct lines {
    size_t count;
    size_t most; /* after so many, the walk is ended; 0: never */
    char last[64];
} lines;

static int take_line(void *context, const char *json, size_t length)
{
    lines *l = context;
    assert_int_equal(strlen(json), length);
    assert_int_equal(json[0], '{');
    assert_int_equal(json[length - 1], '}');
    snprintf(l->last, sizeof l->last, "%s", json);
    l->count++;
    return l->most && l->count >= l->most;
}

static void examples_make_three_stories(void **state)
{
    (void)state;
    const char *paths[] = {EXAMPLES};
    dossier *handle = NULL;
    lines outcomes = {0}, reports = {0}, stories = {0}, copies = {0};
    assert_int_equal(dossier_open(NULL, NULL, &handle), DOSSIER_OK);
    assert_int_equal(dossier_add(handle, paths, 1, take_line, &outcomes), DOSSIER_OK);
    assert_int_equal(dossier_reports(handle, take_line, &reports), DOSSIER_OK);
    assert_int_equal(dossier_stories(handle, take_line, &stories), DOSSIER_OK);
    assert_int_equal(dossier_copies(handle, take_line, &copies), DOSSIER_OK);
    assert_int_equal(outcomes.count, reports.count);
    assert_int_equal(stories.count, 3);
    assert_true(copies.count >= 4);
    assert_non_null(strstr(stories.last, "dossier.story/1"));
    assert_string_equal(dossier_message(handle), "");
    dossier_close(handle);
}

static void what_cannot_be_read_is_set_aside(void **state)
{
    (void)state;
    const char *paths[] = {"/no/such/file", EXAMPLES};
    dossier *handle = NULL;
    lines outcomes = {0};
    assert_int_equal(dossier_open(NULL, NULL, &handle), DOSSIER_OK);
    assert_int_equal(dossier_add(handle, paths, 2, take_line, &outcomes), DOSSIER_SET_ASIDE);
    assert_true(outcomes.count > 2);
    dossier_close(handle);
}

static void failures_have_a_sentence(void **state)
{
    (void)state;
    dossier *handle = NULL;
    assert_int_equal(dossier_open(NULL, "/no/such/folder", &handle), DOSSIER_FAILED);
    assert_true(strlen(dossier_message(handle)) > 10);
    assert_int_equal(dossier_stories(handle, take_line, NULL), DOSSIER_WRONG_CALL);
    dossier_close(handle);
    dossier_close(NULL);
}

static void a_walk_can_be_ended(void **state)
{
    (void)state;
    const char *paths[] = {EXAMPLES};
    dossier *handle = NULL;
    lines some = {.most = 2};
    assert_int_equal(dossier_open(NULL, NULL, &handle), DOSSIER_OK);
    assert_int_equal(dossier_add(handle, paths, 1, NULL, NULL), DOSSIER_OK);
    assert_int_equal(dossier_reports(handle, take_line, &some), DOSSIER_FAILED);
    assert_int_equal(some.count, 2);
    dossier_close(handle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_make_three_stories),
        cmocka_unit_test(what_cannot_be_read_is_set_aside),
        cmocka_unit_test(failures_have_a_sentence),
        cmocka_unit_test(a_walk_can_be_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
