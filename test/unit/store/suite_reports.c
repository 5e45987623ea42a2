/* One suite over every backend, first half: intake, walks, search and removal of reports. */
#include "fixture.h"

/* --- intake --- */

static void an_empty_store_answers(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report report;
    dsr_id id;
    size_t matches = 9;
    assert_int_equal(count_reports(f->store), 0);
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &report, NULL, &error),
                     DSR_ERR_NOT_FOUND);
    assert_int_equal(dsr_store_find_report(f->store, slice("a"), &id, &matches, &error), DSR_OK);
    assert_int_equal(matches, 0);
    assert_whole(f->store);
    char *dump = dump_of(f->store);
    assert_string_equal(dump, "reports 0 next 1\n");
    free(dump);
}

static void a_report_comes_back_as_it_was_put(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report got;
    dsr_slices paths;
    packed_report p = pack_report(7, 1, "in/seven.txt", 5000);
    dsr_intake intake;
    dsr_id previous;
    begin(f->store);
    assert_int_equal(dsr_store_put_report(f->store, &p.report, &intake, &previous, &error), DSR_OK);
    assert_int_equal(intake, DSR_INTAKE_ADDED);
    commit(f->store);
    assert_int_equal(dsr_store_get_report(f->store, p.report.id, f->arena, &got, &paths, &error), DSR_OK);
    assert_id(got.id, p.report.id);
    assert_id(got.key, p.report.key);
    assert_int_equal(got.sequence, 1);
    assert_true(dsr_slice_equal(got.packed, p.report.packed));
    assert_true(got.packed.ptr != p.report.packed.ptr);
    assert_slice(got.path, "in/seven.txt");
    assert_int_equal(paths.count, 1);
    assert_slice(paths.items[0], "in/seven.txt");
    drop_report(&p);
}

static void the_same_report_is_taken_once(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report got;
    dsr_slices paths;
    begin(f->store);
    assert_int_equal(put(f->store, 1, 1, "a"), DSR_INTAKE_ADDED);
    assert_int_equal(put(f->store, 1, 1, "b"), DSR_INTAKE_ALREADY_THERE);
    commit(f->store);
    begin(f->store);
    assert_int_equal(put(f->store, 1, 1, "a"), DSR_INTAKE_ALREADY_THERE);
    assert_int_equal(put(f->store, 1, 1, "c"), DSR_INTAKE_ALREADY_THERE);
    assert_int_equal(put(f->store, 1, 1, "b"), DSR_INTAKE_ALREADY_THERE);
    assert_int_equal(put(f->store, 1, 1, NULL), DSR_INTAKE_ALREADY_THERE);
    commit(f->store);
    assert_int_equal(count_reports(f->store), 1);
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &got, &paths, &error), DSR_OK);
    assert_slice(got.path, "a");
    assert_int_equal(paths.count, 3);
    assert_slice(paths.items[0], "a");
    assert_slice(paths.items[1], "b");
    assert_slice(paths.items[2], "c");
    assert_whole(f->store);
}

static void a_report_without_a_path_has_none(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report got;
    dsr_slices paths;
    begin(f->store);
    assert_int_equal(put(f->store, 1, 1, NULL), DSR_INTAKE_ADDED);
    assert_int_equal(put(f->store, 2, 1, ""), DSR_INTAKE_ADDED);
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &got, &paths, &error), DSR_OK);
    assert_null(got.path.ptr);
    assert_int_equal(paths.count, 0);
    assert_int_equal(put(f->store, 1, 1, "late"), DSR_INTAKE_ALREADY_THERE);
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &got, &paths, &error), DSR_OK);
    assert_slice(got.path, "late");
    assert_int_equal(paths.count, 1);
    commit(f->store);
    assert_whole(f->store);
}

static void paths_may_be_any_bytes(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report got;
    dsr_intake intake;
    dsr_id previous;
    static const char odd[] = {'a', '\0', '\xff', '\n', '\\', 'z'};
    packed_report p = pack_report(1, 1, "x", 20);
    p.report.path = (dsr_slice){odd, sizeof odd};
    begin(f->store);
    assert_int_equal(dsr_store_put_report(f->store, &p.report, &intake, &previous, &error), DSR_OK);
    commit(f->store);
    assert_int_equal(dsr_store_get_report(f->store, p.report.id, f->arena, &got, NULL, &error), DSR_OK);
    assert_true(dsr_slice_equal(got.path, p.report.path));
    char *dump = dump_of(f->store);
    assert_non_null(strstr(dump, "\n  path a\\x00\xff\\x0a\\x5cz\n"));
    free(dump);
    drop_report(&p);
}

static void the_newest_version_stands_for_its_key(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_intake intake;
    dsr_id previous = {{0}};
    begin(f->store);
    assert_int_equal(put(f->store, 5, 1, "five"), DSR_INTAKE_ADDED);
    packed_report second = pack_report(5, 2, "five", 20);
    assert_int_equal(dsr_store_put_report(f->store, &second.report, &intake, &previous, &error), DSR_OK);
    assert_int_equal(intake, DSR_INTAKE_NEW_VERSION);
    assert_id(previous, id_of(5, 1));
    commit(f->store);
    begin(f->store);
    packed_report third = pack_report(5, 3, "five", 20);
    assert_int_equal(dsr_store_put_report(f->store, &third.report, &intake, &previous, &error), DSR_OK);
    assert_int_equal(intake, DSR_INTAKE_NEW_VERSION);
    assert_id(previous, second.report.id);
    /* An old version that is met again is no news. */
    assert_int_equal(put(f->store, 5, 1, "elsewhere"), DSR_INTAKE_ALREADY_THERE);
    packed_report fourth = pack_report(5, 4, "five", 20);
    assert_int_equal(dsr_store_put_report(f->store, &fourth.report, &intake, &previous, &error), DSR_OK);
    assert_id(previous, third.report.id);
    commit(f->store);
    assert_whole(f->store);
    drop_report(&second);
    drop_report(&third);
    drop_report(&fourth);
}

static void reports_without_a_key_are_no_versions(void **state)
{
    fixture *f = *state;
    begin(f->store);
    assert_int_equal(put(f->store, KEYLESS, 1, "a"), DSR_INTAKE_ADDED);
    assert_int_equal(put(f->store, KEYLESS, 2, "a"), DSR_INTAKE_ADDED);
    commit(f->store);
    assert_whole(f->store);
}

/* --- walks --- */

static void a_walk_keeps_the_order_of_intake(void **state)
{
    fixture *f = *state;
    begin(f->store);
    put(f->store, 9, 1, "a");       /* 1 */
    put(f->store, 3, 1, "b");       /* 2 */
    put(f->store, 9, 2, "c");       /* 3 */
    put(f->store, KEYLESS, 1, "d"); /* 4 */
    put(f->store, 3, 1, "e");
    put(f->store, 1, 1, "f"); /* 5 */
    commit(f->store);
    seen all = walk(f->store, 0, false);
    assert_int_equal(all.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(all.sequences[i], i + 1);
    }
    assert_id(all.ids[1], id_of(3, 1));
    seen current = walk(f->store, 0, true);
    assert_int_equal(current.count, 4);
    assert_int_equal(current.sequences[0], 2);
    assert_id(current.ids[1], id_of(9, 2));
    seen rest = walk(f->store, 3, false);
    assert_int_equal(rest.count, 2);
    assert_int_equal(rest.sequences[0], 4);
    assert_int_equal(walk(f->store, 5, false).count, 0);
    assert_int_equal(walk(f->store, 1000, false).count, 0);
    assert_int_equal(walk(f->store, UINT64_MAX, false).count, 0);
}

static void a_walk_stops_where_it_is_told(void **state)
{
    fixture *f = *state;
    dsr_error error;
    begin(f->store);
    for (unsigned i = 0; i < 10; i++) {
        put(f->store, i, 1, "a");
    }
    commit(f->store);
    seen s = {.stop_after = 4};
    assert_int_equal(dsr_store_each_report(f->store, 0, false, see, &s, &error), DSR_ERR_CANCELLED);
    assert_int_equal(s.count, 4);
    begin(f->store); /* nothing is left open */
    commit(f->store);
}

static dsr_status change_inside(void *context, const dsr_store_report *report)
{
    seen *s = context;
    dsr_error error;
    dsr_intake intake;
    dsr_id previous;
    assert_int_equal(dsr_store_put_report(s->store, report, &intake, &previous, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_remove_report(s->store, report->id, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_put_stories(s->store, NULL, 0, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_commit(s->store, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_begin(s->store, &error), DSR_ERR_ARGUMENT);
    dsr_store_rollback(s->store);
    seen inner = walk(s->store, report->sequence, false);
    s->count += inner.count;
    return DSR_OK;
}

static void a_walk_may_read_and_not_change(void **state)
{
    fixture *f = *state;
    dsr_error error;
    seen s = {.store = f->store};
    begin(f->store);
    for (unsigned i = 0; i < 4; i++) {
        put(f->store, i, 1, "a");
    }
    assert_int_equal(dsr_store_each_report(f->store, 0, false, change_inside, &s, &error), DSR_OK);
    assert_int_equal(s.count, 3 + 2 + 1);
    commit(f->store);
    s.count = 0;
    assert_int_equal(dsr_store_each_report(f->store, 0, false, change_inside, &s, &error), DSR_OK);
    assert_int_equal(s.count, 3 + 2 + 1);
    assert_int_equal(count_reports(f->store), 4);
}

static dsr_status count_ascending(void *context, const dsr_store_report *report)
{
    uint64_t *last = context;
    assert_int_equal(report->sequence, *last + 1);
    *last = report->sequence;
    return DSR_OK;
}

static void a_long_walk_leaves_nothing_out(void **state)
{
    fixture *f = *state;
    dsr_error error;
    uint64_t last = 0;
    begin(f->store);
    assert_int_equal(put_many(f->store, 0, 1500, &error), DSR_OK);
    commit(f->store);
    assert_int_equal(dsr_store_each_report(f->store, 0, true, count_ascending, &last, &error), DSR_OK);
    assert_int_equal(last, 1500);
    last = 700;
    assert_int_equal(dsr_store_each_report(f->store, 700, true, count_ascending, &last, &error), DSR_OK);
    assert_int_equal(last, 1500);
}

/* --- find --- */

static size_t find(dsr_store *store, const char *hex, const char *expected)
{
    dsr_error error;
    dsr_id id = {{0}};
    size_t matches = 99;
    char text[DSR_ID_TEXT];
    assert_int_equal(dsr_store_find_report(store, slice(hex), &id, &matches, &error), DSR_OK);
    if (matches > 0) {
        dsr_id_format(id, text);
        assert_string_equal(text, expected);
    }
    return matches;
}

static void ids_are_found_by_their_beginning(void **state)
{
    fixture *f = *state;
    static const char a[] = "abcd0000000000000000000000000001";
    static const char b[] = "abce0000000000000000000000000000";
    static const char c[] = "abcdffffffffffffffffffffffffffff";
    static const char d[] = "ffffffffffffffffffffffffffffffff";
    begin(f->store);
    put_with_id(f->store, d);
    put_with_id(f->store, c);
    put_with_id(f->store, a);
    put_with_id(f->store, b);
    commit(f->store);
    assert_int_equal(find(f->store, "a", a), 3);
    assert_int_equal(find(f->store, "abc", a), 3);
    assert_int_equal(find(f->store, "ABCD", a), 2);
    assert_int_equal(find(f->store, "abcdf", c), 1);
    assert_int_equal(find(f->store, "abce", b), 1);
    assert_int_equal(find(f->store, "ffff", d), 1);
    assert_int_equal(find(f->store, a, a), 1);
    assert_int_equal(find(f->store, "0", a), 0);
    assert_int_equal(find(f->store, "abcd0000000000000000000000000000", a), 0);
}

static void what_is_no_beginning_of_an_id_is_refused(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_id id = {{7}};
    size_t matches = 7;
    static const char *const bad[] = {"", "g", "0x12", "12 ", "000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(dsr_store_find_report(f->store, slice(bad[i]), &id, &matches, &error),
                         DSR_ERR_ARGUMENT);
        assert_int_equal(dsr_store_find_story(f->store, slice(bad[i]), &id, &matches, &error),
                         DSR_ERR_ARGUMENT);
    }
    assert_int_equal(dsr_store_find_report(f->store, DSR_SLICE_NONE, &id, &matches, &error),
                     DSR_ERR_ARGUMENT);
    assert_int_equal(matches, 7);
    assert_int_equal(id.bytes[0], 7);
}

/* --- remove --- */

static void a_removed_report_is_gone(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report got;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "b");
    put(f->store, 1, 1, "c");
    commit(f->store);
    begin(f->store);
    assert_int_equal(dsr_store_remove_report(f->store, id_of(1, 1), &error), DSR_OK);
    assert_int_equal(dsr_store_remove_report(f->store, id_of(1, 1), &error), DSR_ERR_NOT_FOUND);
    commit(f->store); /* NOT_FOUND changed nothing and breaks nothing */
    assert_int_equal(count_reports(f->store), 1);
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &got, NULL, &error),
                     DSR_ERR_NOT_FOUND);
    assert_whole(f->store);
    begin(f->store);
    assert_int_equal(put(f->store, 1, 1, "d"), DSR_INTAKE_ADDED);
    commit(f->store);
    dsr_slices paths;
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &got, &paths, &error), DSR_OK);
    assert_int_equal(got.sequence, 3);
    assert_int_equal(paths.count, 1);
    assert_slice(paths.items[0], "d");
    assert_whole(f->store);
}

static void a_sequence_is_never_given_twice(void **state)
{
    fixture *f = *state;
    dsr_error error;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "a");
    commit(f->store);
    begin(f->store);
    assert_int_equal(dsr_store_remove_report(f->store, id_of(2, 1), &error), DSR_OK);
    assert_int_equal(dsr_store_remove_report(f->store, id_of(1, 1), &error), DSR_OK);
    commit(f->store);
    assert_int_equal(count_reports(f->store), 0);
    begin(f->store);
    put(f->store, 2, 1, "a");
    commit(f->store);
    assert_int_equal(walk(f->store, 0, false).sequences[0], 3);
}

static void remove_expecting(dsr_store *store, dsr_id id, dsr_id current)
{
    dsr_error error;
    assert_int_equal(dsr_store_remove_report(store, id, &error), DSR_OK);
    seen s = walk(store, 0, true);
    assert_int_equal(s.count, 1);
    assert_id(s.ids[0], current);
}

static void an_older_version_stands_again(void **state)
{
    fixture *f = *state;
    dsr_error error;
    begin(f->store);
    for (unsigned version = 1; version <= 5; version++) {
        put(f->store, 1, version, "a");
    }
    remove_expecting(f->store, id_of(1, 3), id_of(1, 5)); /* from the middle */
    remove_expecting(f->store, id_of(1, 4), id_of(1, 5));
    remove_expecting(f->store, id_of(1, 5), id_of(1, 2)); /* past two removed ones */
    commit(f->store);
    assert_whole(f->store);
    begin(f->store);
    assert_int_equal(put(f->store, 1, 4, "a"), DSR_INTAKE_NEW_VERSION);
    remove_expecting(f->store, id_of(1, 1), id_of(1, 4));
    remove_expecting(f->store, id_of(1, 4), id_of(1, 2));
    assert_int_equal(dsr_store_remove_report(f->store, id_of(1, 2), &error), DSR_OK);
    assert_int_equal(put(f->store, 1, 9, "a"), DSR_INTAKE_ADDED);
    commit(f->store);
    assert_whole(f->store);
}

/* clang-format off */
#define SUITE(up) { \
    EACH(an_empty_store_answers, up), \
    EACH(a_report_comes_back_as_it_was_put, up), \
    EACH(the_same_report_is_taken_once, up), \
    EACH(a_report_without_a_path_has_none, up), \
    EACH(paths_may_be_any_bytes, up), \
    EACH(the_newest_version_stands_for_its_key, up), \
    EACH(reports_without_a_key_are_no_versions, up), \
    EACH(a_walk_keeps_the_order_of_intake, up), \
    EACH(a_walk_stops_where_it_is_told, up), \
    EACH(a_walk_may_read_and_not_change, up), \
    EACH(a_long_walk_leaves_nothing_out, up), \
    EACH(ids_are_found_by_their_beginning, up), \
    EACH(what_is_no_beginning_of_an_id_is_refused, up), \
    EACH(a_removed_report_is_gone, up), \
    EACH(a_sequence_is_never_given_twice, up), \
    EACH(an_older_version_stands_again, up), \
}
/* clang-format on */

RUN_OVER_BACKENDS(SUITE)
