/* What the environment says: places, colour, width. Variables are given by the test, none are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/environment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "NAME=value" entries; a test sets them, the function below reads them. */
static const char *variables[8];

static const char *get(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < 8 && variables[i]; i++)
        if (strncmp(variables[i], name, length) == 0 && variables[i][length] == '=')
            return variables[i] + length + 1;
    return NULL;
}

static void set(const char *a, const char *b, const char *c)
{
    memset(variables, 0, sizeof variables);
    variables[0] = a;
    variables[1] = a ? b : NULL;
    variables[2] = b ? c : NULL;
}

static void store_is(const dsr_settings *settings, const char *expected)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_error error;
    const char *path = NULL;
    assert_int_equal(dsr_environment_store(arena, get, settings, &path, &error), DSR_OK);
    assert_string_equal(path, expected);
    dsr_arena_drop(arena);
}

static void finds_the_store(void **state)
{
    (void)state;
    dsr_settings none = {0}, named = {.store = "my.store"};
    set("HOME=/home/ann", NULL, NULL);
    store_is(&none, "/home/ann/.local/share/dossier/dossier.store");
    set("HOME=/home/ann", "XDG_DATA_HOME=/data", NULL);
    store_is(&none, "/data/dossier/dossier.store");
    set("HOME=/home/ann", "XDG_DATA_HOME=relative", NULL); /* the specification: ignore it */
    store_is(&none, "/home/ann/.local/share/dossier/dossier.store");
    set("HOME=/home/ann", "XDG_DATA_HOME=", "DOSSIER_STORE=here.store");
    store_is(&none, "here.store");
    store_is(&named, "my.store");
    set("HOME=/home/ann", "DOSSIER_STORE=", NULL);
    store_is(&none, "/home/ann/.local/share/dossier/dossier.store");
}

static void says_that_there_is_no_place(void **state)
{
    (void)state;
    dsr_settings none = {0};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_error error;
    const char *path = "untouched";
    set(NULL, NULL, NULL);
    assert_int_equal(dsr_environment_store(arena, get, &none, &path, &error), DSR_ERR_NOT_FOUND);
    assert_string_equal(path, "untouched");
    assert_non_null(strstr(error.message, "--store FILE"));
    dsr_arena_drop(arena);
}

static void finds_word_lists(void **state)
{
    (void)state;
    char folder[] = "/tmp/dossier-test-XXXXXX", variable[100], below[100];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(variable, sizeof variable, "XDG_CONFIG_HOME=%s", folder);
    (void)snprintf(below, sizeof below, "%s/dossier", folder);
    dsr_arena *arena = dsr_arena_new(0);
    const char *found = "x";
    set(variable, NULL, NULL);
    assert_int_equal(dsr_environment_user_folder(arena, get, &found), DSR_OK);
    assert_null(found); /* it does not exist */
    assert_int_equal(mkdir(below, 0700), 0);
    assert_int_equal(dsr_environment_user_folder(arena, get, &found), DSR_OK);
    assert_string_equal(found, below);
    assert_int_equal(rmdir(below), 0);
    FILE *file = fopen(below, "w"); /* a file of that name is no folder */
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(dsr_environment_user_folder(arena, get, &found), DSR_OK);
    assert_null(found);
    set(NULL, NULL, NULL);
    assert_int_equal(dsr_environment_user_folder(arena, get, &found), DSR_OK);
    assert_null(found);
    assert_int_equal(unlink(below), 0);
    assert_int_equal(rmdir(folder), 0);
    dsr_settings none = {0}, named = {.data = "d"};
    set("DOSSIER_DATA=/e", NULL, NULL);
    assert_string_equal(dsr_environment_data(get, &none), "/e");
    assert_string_equal(dsr_environment_data(get, &named), "d");
    set(NULL, NULL, NULL);
    assert_null(dsr_environment_data(get, &none));
    dsr_arena_drop(arena);
}

static void chooses_colour(void **state)
{
    (void)state;
    dsr_settings unsaid = {0}, always = {.colour = "always"}, never = {.colour = "never"};
    set("TERM=xterm", NULL, NULL);
    assert_true(dsr_environment_look(get, &unsaid, true, 80).colour);
    assert_false(dsr_environment_look(get, &unsaid, false, 0).colour);
    assert_true(dsr_environment_look(get, &always, false, 0).colour);
    assert_false(dsr_environment_look(get, &never, true, 80).colour);
    set("TERM=xterm", "NO_COLOR=1", NULL);
    assert_false(dsr_environment_look(get, &unsaid, true, 80).colour);
    assert_true(
        dsr_environment_look(get, &always, true, 80).colour); /* the call is nearer than the environment */
    set("TERM=xterm", "NO_COLOR=", NULL);                     /* set and empty: as if it were not */
    assert_true(dsr_environment_look(get, &unsaid, true, 80).colour);
    set("TERM=dumb", NULL, NULL);
    assert_false(dsr_environment_look(get, &unsaid, true, 80).colour);
    set(NULL, NULL, NULL);
    assert_false(dsr_environment_look(get, &unsaid, true, 80).colour);
}

static void chooses_the_width(void **state)
{
    (void)state;
    dsr_settings unsaid = {0}, said = {.width = 72};
    set("COLUMNS=90", NULL, NULL);
    assert_int_equal(dsr_environment_look(get, &unsaid, true, 120).width, 120);
    assert_int_equal(dsr_environment_look(get, &unsaid, true, 0).width, 90);
    assert_int_equal(dsr_environment_look(get, &unsaid, false, 0).width,
                     100); /* a pipe is the same everywhere */
    assert_int_equal(dsr_environment_look(get, &said, true, 120).width, 72);
    assert_int_equal(dsr_environment_look(get, &said, false, 0).width, 72);
    assert_int_equal(dsr_environment_look(get, &unsaid, true, 20).width, 40);
    assert_int_equal(dsr_environment_look(get, &unsaid, true, 500).width, 200);
    static const char *const nonsense[] = {"COLUMNS=x", "COLUMNS=-5", "COLUMNS=0", "COLUMNS=80x",
                                           "COLUMNS=999999999999"};
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        set(nonsense[i], NULL, NULL);
        assert_int_equal(dsr_environment_look(get, &unsaid, true, 0).width, 100);
    }
}

static void makes_the_folders_of_a_store(void **state)
{
    (void)state;
    char folder[] = "/tmp/dossier-test-XXXXXX", path[200];
    dsr_error error;
    struct stat about;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/a//b/c/x.store", folder);
    assert_int_equal(dsr_environment_make_parents(path, &error), DSR_OK);
    assert_int_equal(dsr_environment_make_parents(path, &error), DSR_OK);
    *strrchr(path, '/') = '\0';
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 077, 0);
    assert_int_equal(dsr_environment_make_parents("x.store", &error), DSR_OK);
    assert_int_equal(dsr_environment_make_parents("/proc/none/x.store", &error), DSR_ERR_IO);
    assert_string_equal(error.subject, "/proc/none");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(rmdir(path), 0);
        *strrchr(path, '/') = '\0';
        if (path[strlen(path) - 1] == '/')
            path[strlen(path) - 1] = '\0';
    }
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_store),   cmocka_unit_test(says_that_there_is_no_place),
        cmocka_unit_test(finds_word_lists),  cmocka_unit_test(chooses_colour),
        cmocka_unit_test(chooses_the_width), cmocka_unit_test(makes_the_folders_of_a_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
