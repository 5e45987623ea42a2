/* What happens when memory runs out: each allocation in turn is made to fail while tables are read, a report
 * is resolved and a cast is made. Nothing is leaked (the sanitizer looks on), outputs stay as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "named.h"
#include "story/quotations.h"

#include "no_memory.h"

enum { PATH = 256 };

static const struct table {
    const char *name, *content;
} tables[] = {
    {"names/spellings.tsv", "kh\th\t1\t2\t3\nlength\t4\t100\t0\t0\n"},
    {"names/keys.tsv", "kh\th\tany\ny\ti\tany\n"},
    {"names/particles.tsv", "al\tparticle\n"},
    {"names/variants.tsv", "Yusuf|Yousef\n"},
    {"en/nicknames.tsv", "Bob\tRobert\tshort\n"},
    {"en/sex.tsv", "mrs\tf\n"},
    {"en/role_families.tsv", "president|leader\n"},
    {"places/countries.tsv", "RU\tRussia\tRussia\tMoscow\tRussian\tRussian Federation\tKremlin\tEurope\n"},
    {"places/cities.tsv", "Moscow\tRU\tMoskva\t\n"},
    {"places/regions.tsv", "Europe\tcontinent\t-\t\t\n"},
    {"places/demonyms.tsv", "European\tEurope\n"},
    {"organisations.tsv", "nato\tNorth Atlantic Treaty Organization\tNATO\t\talliance\t-\n"}};
static const char *const folders[] = {"names", "en", "places"};

static void make_folder(char folder[PATH])
{
    char path[2 * PATH];
    strcpy(folder, "/tmp/dossier-entity-XXXXXX");
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tables[i].name);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(tables[i].content, file);
        fclose(file);
    }
}

static void drop_folder(const char *folder)
{
    char path[2 * PATH];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tables[i].name);
        unlink(path);
    }
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        rmdir(path);
    }
    rmdir(folder);
}

static void while_tables_are_read(void **state)
{
    (void)state;
    char folder[PATH];
    make_folder(folder);
    bool opened = false;
    for (long n = 0; n < 100000 && !opened; n++) {
        dsr_entity_tables *made = NULL;
        dsr_error error;
        dsr_error_clear(&error);
        calls_left = n;
        dsr_status status = dsr_entity_open(folder, folder, &made, &error);
        calls_left = -1;
        opened = status == DSR_OK;
        if (opened) {
            dsr_entity_close(made);
        } else {
            /* A stream that cannot be opened for want of memory looks like an unreadable file. */
            assert_true(status == DSR_ERR_MEMORY || status == DSR_ERR_IO);
            assert_null(made);
        }
    }
    assert_true(opened);
    drop_folder(folder);
}

/* A table that is missing or empty is named; a user's folder may have any of them. */
static void tables_have_lines(void **state)
{
    (void)state;
    char folder[PATH];
    char path[2 * PATH];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (int empty = 0; empty < 2; empty++) {
            make_folder(folder);
            snprintf(path, sizeof path, "%s/%s", folder, tables[i].name);
            FILE *file = empty ? fopen(path, "w") : NULL;
            assert_int_equal(file != NULL ? fclose(file) : unlink(path), 0);
            dsr_entity_tables *made = NULL;
            dsr_error error;
            dsr_error_clear(&error);
            bool may_be_empty = empty && i < 2; /* rules and learnt costs may have no line */
            dsr_status status = dsr_entity_open(folder, NULL, &made, &error);
            assert_int_equal(status, may_be_empty ? DSR_OK : DSR_ERR_NOT_FOUND);
            assert_true(may_be_empty || strstr(error.message, tables[i].name) != NULL);
            dsr_entity_close(made);
            made = NULL;
            assert_int_equal(dsr_entity_open(DSR_DATA_FOLDER, folder, &made, NULL), DSR_OK);
            dsr_entity_close(made);
            drop_folder(folder);
        }
    }
}

/* What the user's folder adds is known. */
static void a_users_tables_add(void **state)
{
    (void)state;
    char folder[PATH];
    char path[2 * PATH];
    make_folder(folder);
    snprintf(path, sizeof path, "%s/organisations.tsv", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("vell harbour guild\tVell Harbour Guild\tVHG\t\tunion\t-\n", file);
    fclose(file);
    dsr_entity_tables *made = NULL;
    assert_int_equal(dsr_entity_open(DSR_DATA_FOLDER, folder, &made, NULL), DSR_OK);
    uint32_t at = 0;
    const dsr_known_thing *guild = dsr_known_next(made->known, DSR_SLICE("VHG"), DSR_NAME_ORG, &at);
    assert_non_null(guild);
    assert_true(dsr_slice_equal(guild->canonical, DSR_SLICE("Vell Harbour Guild")));
    at = 0;
    assert_non_null(dsr_known_next(made->known, DSR_SLICE("Finland"), DSR_NAME_GPE, &at));
    dsr_entity_close(made);
    drop_folder(folder);
}

static named_world world;

static void while_a_report_is_resolved(void **state)
{
    (void)state;
    dsr_report *report =
        named_read(&world, "President {PER Osman Tarek} of {GPE Sudan} met {ORG NATO}. {GPE Moscow} said "
                           "he lied. \"I did not,\" {PER Tarek} said.");
    assert_non_null(report);
    bool done = false;
    for (long n = 0; n < 100000 && !done; n++) {
        dsr_arena *arena = dsr_arena_new(0);
        assert_non_null(arena);
        calls_left = n;
        dsr_status status = named_resolve(&world, arena, report);
        calls_left = -1;
        done = status == DSR_OK;
        if (!done) {
            assert_int_equal(status, DSR_ERR_MEMORY);
            assert_int_equal(report->entities.count, 0);
            assert_int_equal(report->references.count, 0);
            assert_int_equal(report->names.items[0].entity, DSR_NO_ENTITY);
        }
        dsr_arena_drop(arena);
    }
    assert_true(done);
}

static void while_a_cast_is_made(void **state)
{
    (void)state;
    dsr_story story = {.headline = DSR_SLICE("x")};
    dsr_story_report items[2] = {
        {.report = named_report(&world, "President {PER Osman Tarek} met {ORG NATO}.")},
        {.report = named_report(&world, "{PER Osmann Tarek} and {PER Tarek} left. He slept.")}};
    assert_non_null(items[0].report);
    assert_non_null(items[1].report);
    story.reports.items = items;
    story.reports.count = 2;
    bool done = false;
    for (long n = 0; n < 100000 && !done; n++) {
        dsr_arena *arena = dsr_arena_new(0);
        assert_non_null(arena);
        calls_left = n;
        dsr_status status = dsr_cast_make(world.entities, arena, &story);
        calls_left = -1;
        done = status == DSR_OK;
        assert_true(done || (status == DSR_ERR_MEMORY && story.cast.count == 0));
        story.cast.count = 0;
        story.cast.capacity = 0;
        story.cast.items = NULL;
        dsr_arena_drop(arena);
    }
    assert_true(done);
}

static void while_quotations_are_found(void **state)
{
    (void)state;
    dsr_story story = {.headline = DSR_SLICE("x")};
    dsr_report *reports[2] = {
        named_report(&world,
                     "\"We will not pay for the old bridge,\" {PER Osman Tarek} said, \"and never will.\""),
        named_report(&world,
                     "\"We shall not pay for the old bridge,\" a man said. \"We will not pay,\" he said.")};
    assert_non_null(reports[0]);
    assert_non_null(reports[1]);
    dsr_story_report items[2] = {{.report = reports[0]}, {.report = reports[1]}};
    story.reports.items = items;
    story.reports.count = 2;
    for (size_t i = 0; i < reports[0]->quotes.count; i++) {
        reports[0]->quotes.items[i].entity = 0;
        reports[0]->quotes.items[i].quotation = 1;
    }
    assert_int_equal(dsr_cast_make(world.entities, world.arena, &story), DSR_OK);
    bool done = false;
    for (long n = 0; n < 100000 && !done; n++) {
        dsr_arena *arena = dsr_arena_new(0);
        assert_non_null(arena);
        calls_left = n;
        dsr_status status = dsr_quotations_make(arena, &story);
        calls_left = -1;
        done = status == DSR_OK;
        assert_true(done || (status == DSR_ERR_MEMORY && story.quotes.count == 0));
        assert_true(!done || story.quotes.count > 0);
        dsr_arena_drop(arena);
    }
    assert_true(done);
}

static int set_up(void **state)
{
    (void)state;
    return named_open(&world) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    named_close(&world);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(while_tables_are_read), cmocka_unit_test(tables_have_lines),
        cmocka_unit_test(a_users_tables_add),    cmocka_unit_test(while_a_report_is_resolved),
        cmocka_unit_test(while_a_cast_is_made),  cmocka_unit_test(while_quotations_are_found)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
