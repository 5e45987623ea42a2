/* Whether somebody goes by a name that a reader types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "entity/search.h"

static dsr_entity_tables *tables;

static int open_tables(void **state)
{
    (void)state;
    dsr_error error;
    return dsr_entity_open(DSR_DATA_FOLDER, NULL, &tables, &error) == DSR_OK ? 0 : -1;
}

static int close_tables(void **state)
{
    (void)state;
    dsr_entity_close(tables);
    return 0;
}

static bool is_called(dsr_name_type type, const char *id, const char *name, const char *query)
{
    dsr_entity entity = {.id = dsr_slice_of(id), .canonical = dsr_slice_of(name), .type = type};
    return dsr_entity_is_called(tables, &entity, dsr_slice_of(query));
}

static bool is_person(const char *name, const char *query)
{
    return is_called(DSR_NAME_PER, "per-x", name, query);
}

static void people_go_by_surname_and_whole_name(void **state)
{
    (void)state;
    assert_true(is_person("Yelena Tarasyuk", "Tarasyuk"));
    assert_true(is_person("Yelena Tarasyuk", "tarasyuk"));
    assert_true(is_person("Yelena Tarasyuk", "Elena Tarasiuk"));
    assert_true(is_person("Yelena Tarasyuk", "Yelena"));
    assert_true(is_person("Tarasyuk", "Yelena Tarasyuk"));
    assert_true(is_person("Mykola Petrovskyy", "Petrovsky"));
    assert_true(is_person("Petrovskiy", "Mykola Petrovsky"));
    assert_false(is_person("Yelena Tarasyuk", "Tarasov"));
    assert_false(is_person("Yelena Tarasyuk", "Maren Tarasyuk"));
    assert_false(is_person("Yelena", "Yelena Tarasyuk")); /* one name of two, and not the last */
    assert_false(is_person("Yelena Tarasyuk", ""));
    assert_false(is_person("", "Tarasyuk"));
    assert_false(is_person("Yelena Tarasyuk", "--"));
}

static void bodies_go_by_each_of_their_names(void **state)
{
    (void)state;
    assert_true(is_called(DSR_NAME_ORG, "org-x", "Seafarers' Union of Vell", "seafarers union"));
    assert_true(is_called(DSR_NAME_ORG, "org-x", "Seafarers' Union of Vell", "Vell"));
    assert_false(is_called(DSR_NAME_ORG, "org-x", "Seafarers' Union of Vell", "Seafarer"));
    assert_false(is_called(DSR_NAME_ORG, "org-x", "Seafarers' Union of Vell", ""));
    uint32_t state_of = 0;
    const dsr_known_thing *nato = dsr_known_next(tables->known, DSR_SLICE("NATO"), DSR_NAME_ORG, &state_of);
    assert_non_null(nato);
    assert_true(is_called(DSR_NAME_ORG, nato->id.ptr, "North Atlantic Treaty Organization", "NATO"));
}

static void words_of_nobody_known_are_found_as_words(void **state)
{
    (void)state;
    assert_true(is_called(DSR_NAME_EVENT, NULL, "a spokesman for the harbour", "spokesman"));
    assert_true(is_called(DSR_NAME_EVENT, NULL, "a spokesman for the harbour", "the Harbour"));
    assert_false(is_called(DSR_NAME_EVENT, NULL, "a spokesman for the harbour", "harbour the"));
    assert_false(is_called(DSR_NAME_EVENT, NULL, "", "harbour"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_go_by_surname_and_whole_name),
        cmocka_unit_test(bodies_go_by_each_of_their_names),
        cmocka_unit_test(words_of_nobody_known_are_found_as_words),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
