/* Places and bodies by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "entity/entity.h"

static dsr_entity_tables *tables;

static int open_tables(void **state)
{
    (void)state;
    return dsr_entity_open(DSR_DATA_FOLDER, NULL, &tables, NULL) == DSR_OK ? 0 : -1;
}

static int close_tables(void **state)
{
    (void)state;
    dsr_entity_close(tables);
    return 0;
}

static const char *find(const char *name, dsr_name_type type)
{
    static char id[128];
    uint32_t at = 0;
    const dsr_known_thing *thing = dsr_known_next(tables->known, dsr_slice_of(name), type, &at);
    if (thing == NULL) {
        return "";
    }
    size_t count = thing->id.len < sizeof id - 1 ? thing->id.len : sizeof id - 1;
    memcpy(id, thing->id.ptr, count);
    id[count] = '\0';
    return id;
}

static void countries_and_their_names(void **state)
{
    (void)state;
    static const char *const names[] = {"United States", "US", "U.S.", "USA", "the United States", "America"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_string_equal(find(names[i], DSR_NAME_GPE), "gpe-us");
    }
    assert_string_equal(find("Russian", DSR_NAME_NORP), "gpe-ru");
    assert_string_equal(find("Russians", DSR_NAME_NORP), "gpe-ru");
    assert_string_equal(find("Russian", DSR_NAME_GPE), "");
    assert_string_equal(find("Russia", DSR_NAME_NORP), "");
    assert_string_equal(find("European", DSR_NAME_NORP), find("Europe", DSR_NAME_LOC));
}

static void cities_and_capitals(void **state)
{
    (void)state;
    char kyiv[128];
    strcpy(kyiv, find("Kyiv", DSR_NAME_GPE));
    assert_string_equal(find("Kiev", DSR_NAME_GPE), kyiv);
    uint32_t at = 0;
    const dsr_known_thing *moscow = dsr_known_next(tables->known, DSR_SLICE("Moscow"), DSR_NAME_GPE, &at);
    assert_true(moscow->is_capital);
    assert_true(dsr_slice_equal(moscow->country, DSR_SLICE("RU")));
    /* Other bearers of the name come behind it. */
    const dsr_known_thing *other = dsr_known_next(tables->known, DSR_SLICE("Moscow"), DSR_NAME_GPE, &at);
    assert_true(other == NULL || other != moscow);
    for (int i = 0; other != NULL && i < 100; i++) {
        other = dsr_known_next(tables->known, DSR_SLICE("Moscow"), DSR_NAME_GPE, &at);
    }
    assert_null(other);
}

static void seats_of_power(void **state)
{
    (void)state;
    assert_string_equal(find("Kremlin", DSR_NAME_ORG), find("the Kremlin", DSR_NAME_FAC));
    uint32_t at = 0;
    const dsr_known_thing *seat = dsr_known_next(tables->known, DSR_SLICE("White House"), DSR_NAME_ORG, &at);
    assert_non_null(seat);
    assert_string_equal(find("United States", DSR_NAME_GPE), "gpe-us");
    assert_true(dsr_known_country(tables->known, seat->country) != NULL);
    assert_null(dsr_known_country(tables->known, DSR_SLICE("??")));
    assert_null(dsr_known_country(tables->known, DSR_SLICE_NONE));
}

static void bodies(void **state)
{
    (void)state;
    assert_string_equal(find("NATO", DSR_NAME_ORG), "org-nato");
    assert_string_equal(find("World Health Organization", DSR_NAME_ORG), find("WHO", DSR_NAME_ORG));
    assert_string_equal(find("who", DSR_NAME_ORG), "");
    assert_string_equal(find("", DSR_NAME_ORG), "");
    assert_string_equal(find("NATO", DSR_NAME_PER), "");
}

static void makes_ids(void **state)
{
    (void)state;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_slice id;
    assert_int_equal(dsr_known_make_id(arena, tables->keys, DSR_NAME_PER, DSR_SLICE("Sergey Riashkin"), &id),
                     DSR_OK);
    assert_string_equal(id.ptr, "per-sergei-riaskin");
    assert_int_equal(
        dsr_known_make_id(arena, tables->keys, DSR_NAME_ORG, DSR_SLICE("The Lantern Party"), &id), DSR_OK);
    assert_string_equal(id.ptr, "org-lantern-parti");
    /* Two letters would be a country's id. */
    assert_int_equal(dsr_known_make_id(arena, tables->keys, DSR_NAME_GPE, DSR_SLICE("Ru"), &id), DSR_OK);
    assert_string_equal(id.ptr, "gpe-ru-place");
    /* Other scripts and names without letters still get an ASCII id, the same each time. */
    dsr_slice again;
    assert_int_equal(dsr_known_make_id(arena, tables->keys, DSR_NAME_PER,
                                       DSR_SLICE("\xd0\x90\xd0\xbd\xd0\xbd\xd0\xb0"), &id),
                     DSR_OK);
    assert_int_equal(dsr_known_make_id(arena, tables->keys, DSR_NAME_PER,
                                       DSR_SLICE("\xd0\x90\xd0\xbd\xd0\xbd\xd0\xb0"), &again),
                     DSR_OK);
    assert_true(dsr_slice_equal(id, again));
    for (size_t i = 0; i < id.len; i++) {
        assert_true((unsigned char)id.ptr[i] < 0x80);
    }
    assert_int_equal(dsr_known_make_id(arena, tables->keys, DSR_NAME_ORG, DSR_SLICE("!!!"), &id), DSR_OK);
    assert_true(id.len > 4);
    dsr_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(countries_and_their_names), cmocka_unit_test(cities_and_capitals),
        cmocka_unit_test(seats_of_power), cmocka_unit_test(bodies), cmocka_unit_test(makes_ids)};
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
