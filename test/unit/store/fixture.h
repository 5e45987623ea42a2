/* The stage of the suite that runs over every backend: a fresh store for each test. */
#ifndef DSR_TEST_STORE_FIXTURE_H
#define DSR_TEST_STORE_FIXTURE_H

#include "harness.h"

typedef struct fixture {
    folder folder;
    dsr_store *store;
    dsr_arena *arena;
} fixture;

int set_up_memory(void **state);
int set_up_sqlite(void **state);
int tear_down(void **state);

dsr_slice slice(const char *text);
void assert_slice(dsr_slice s, const char *text);
void assert_id(dsr_id id, dsr_id expected);
/* A report with this id, whose record is no record. */
void put_with_id(dsr_store *store, const char *hex);

typedef struct seen {
    uint64_t sequences[32];
    dsr_id ids[32];
    size_t count;
    size_t stop_after;
    dsr_store *store; /* read inside the walk where there is one */
} seen;

dsr_status see(void *context, const dsr_store_report *report);
/* What a walk meets. */
seen walk(dsr_store *store, uint64_t after, bool current_only);

#define EACH(name, up) cmocka_unit_test_setup_teardown(name, up, tear_down)
/* Runs a suite, a list of EACH(..., up), over every backend. */
#define RUN_OVER_BACKENDS(SUITE)                                                                             \
    int main(void)                                                                                           \
    {                                                                                                        \
        const struct CMUnitTest memory[] = SUITE(set_up_memory);                                             \
        const struct CMUnitTest sqlite[] = SUITE(set_up_sqlite);                                             \
        int failed = cmocka_run_group_tests_name("memory", memory, NULL, NULL);                              \
        return failed + cmocka_run_group_tests_name("sqlite", sqlite, NULL, NULL);                           \
    }

#endif
