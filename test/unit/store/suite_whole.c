/* One suite over every backend, second half: transactions, stories, limits, verify and dump. */
#include "fixture.h"

#include "base/limits.h"

/* --- transactions --- */

static void nothing_changes_outside_a_transaction(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_intake intake;
    dsr_id previous;
    packed_report p = pack_report(1, 1, "a", 20);
    assert_int_equal(dsr_store_put_report(f->store, &p.report, &intake, &previous, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_remove_report(f->store, p.report.id, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_put_stories(f->store, NULL, 0, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_commit(f->store, &error), DSR_ERR_ARGUMENT);
    dsr_store_rollback(f->store); /* nothing to do */
    begin(f->store);
    assert_int_equal(dsr_store_begin(f->store, &error), DSR_ERR_ARGUMENT);
    commit(f->store);
    assert_int_equal(dsr_store_put_report(f->store, &p.report, &intake, &previous, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(count_reports(f->store), 0);
    drop_report(&p);
}

static void make_stories(dsr_store *store, unsigned id_byte, size_t count)
{
    dsr_error error;
    dsr_id members[2] = {id_of(1, 1), id_of(2, 1)};
    dsr_store_story stories[3];
    assert_true(count <= 3);
    for (size_t i = 0; i < count; i++) {
        stories[i] = (dsr_store_story){.members = members, .member_count = 2, .packed = DSR_SLICE("story")};
        stories[i].id.bytes[0] = (uint8_t)(id_byte + i);
    }
    assert_int_equal(dsr_store_put_stories(store, stories, count, &error), DSR_OK);
}

static void rollback_gives_back_what_was_at_begin(void **state)
{
    fixture *f = *state;
    dsr_error error;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 1, 2, "b");
    put(f->store, 2, 1, "c");
    put(f->store, 3, 1, "d");
    make_stories(f->store, 1, 2);
    commit(f->store);
    char *before = dump_of(f->store);
    begin(f->store);
    put(f->store, 4, 1, "e");
    put(f->store, 1, 3, "f");
    put(f->store, 1, 1, "more");
    put(f->store, 1, 1, "and more");
    assert_int_equal(dsr_store_remove_report(f->store, id_of(1, 2), &error), DSR_OK);
    assert_int_equal(dsr_store_remove_report(f->store, id_of(4, 1), &error), DSR_OK);
    assert_int_equal(dsr_store_remove_report(f->store, id_of(3, 1), &error), DSR_OK);
    put(f->store, 3, 1, "again");
    make_stories(f->store, 7, 1);
    make_stories(f->store, 8, 3);
    assert_int_equal(count_reports(f->store), 4);
    dsr_store_rollback(f->store);
    char *after = dump_of(f->store);
    assert_string_equal(before, after);
    assert_whole(f->store);
    begin(f->store);
    assert_int_equal(put(f->store, 1, 4, "x"), DSR_INTAKE_NEW_VERSION);
    commit(f->store);
    assert_whole(f->store);
    assert_int_equal(count_reports(f->store), 5);
    free(before);
    free(after);
}

static void expect_learnt(dsr_store *store, const char *words)
{
    dsr_slice got = DSR_SLICE_NONE;
    dsr_arena *arena = dsr_arena_new(0);
    assert_int_equal(dsr_store_get_learnt(store, arena, &got, NULL), DSR_OK);
    assert_true(dsr_slice_equal(got, dsr_slice_of(words)));
    assert_int_equal(got.ptr == NULL, words == NULL);
    dsr_arena_drop(arena);
}

static void what_was_learnt_is_replaced_and_rolled_back(void **state)
{
    fixture *f = *state;
    expect_learnt(f->store, NULL);
    assert_int_equal(dsr_store_put_learnt(f->store, DSR_SLICE("early"), NULL), DSR_ERR_ARGUMENT);
    begin(f->store);
    assert_int_equal(dsr_store_put_learnt(f->store, DSR_SLICE("one"), NULL), DSR_OK);
    expect_learnt(f->store, "one");
    assert_int_equal(dsr_store_put_learnt(f->store, DSR_SLICE("two"), NULL), DSR_OK);
    commit(f->store);
    expect_learnt(f->store, "two");
    char *before = dump_of(f->store);
    assert_non_null(strstr(before, "learnt packed 3 "));
    begin(f->store);
    assert_int_equal(dsr_store_put_learnt(f->store, DSR_SLICE(""), NULL), DSR_OK);
    expect_learnt(f->store, "");
    dsr_store_rollback(f->store);
    expect_learnt(f->store, "two");
    char *after = dump_of(f->store);
    assert_string_equal(before, after);
    assert_whole(f->store);
    free(before);
    free(after);
}

static void rollback_of_much_gives_back_what_was(void **state)
{
    fixture *f = *state;
    dsr_error error;
    begin(f->store);
    assert_int_equal(put_many(f->store, 0, 100, &error), DSR_OK);
    commit(f->store);
    char *before = dump_of(f->store);
    for (int round = 0; round < 2; round++) {
        begin(f->store);
        for (unsigned i = 0; i < 100; i += 3) {
            packed_report p = pack_report(i, 1, NULL, 2200);
            assert_int_equal(dsr_store_remove_report(f->store, p.report.id, &error), DSR_OK);
            drop_report(&p);
        }
        assert_int_equal(put_many(f->store, 1000, 3000, &error),
                         DSR_OK); /* more than one block, table and chunk */
        dsr_store_rollback(f->store);
        char *after = dump_of(f->store);
        assert_string_equal(before, after);
        free(after);
    }
    assert_whole(f->store);
    free(before);
}

static void a_read_inside_a_transaction_sees_its_changes(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report got;
    begin(f->store);
    put(f->store, 1, 1, "a");
    assert_int_equal(count_reports(f->store), 1);
    assert_int_equal(walk(f->store, 0, true).count, 1);
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &got, NULL, &error), DSR_OK);
    assert_whole(f->store);
    dsr_store_rollback(f->store);
    assert_int_equal(count_reports(f->store), 0);
    assert_int_equal(walk(f->store, 0, true).count, 0);
}

/* --- stories --- */

typedef struct seen_stories {
    dsr_id ids[8];
    size_t members[8];
    size_t count;
} seen_stories;

static dsr_status see_story(void *context, const dsr_store_story *story)
{
    seen_stories *s = context;
    s->ids[s->count] = story->id;
    s->members[s->count++] = story->member_count;
    assert_slice(story->packed, "story");
    return DSR_OK;
}

static void stories_come_back_in_their_order(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_story got;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "b");
    dsr_id members[2] = {id_of(2, 1), id_of(1, 1)};
    dsr_store_story stories[3] = {
        {.id = {{9}}, .members = members, .member_count = 2, .packed = DSR_SLICE("story")},
        {.id = {{3}}, .members = NULL, .member_count = 0, .packed = DSR_SLICE("story")},
        {.id = {{5}}, .members = members + 1, .member_count = 1, .packed = DSR_SLICE("story")},
    };
    assert_int_equal(dsr_store_put_stories(f->store, stories, 3, &error), DSR_OK);
    commit(f->store);
    seen_stories s = {.count = 0};
    assert_int_equal(dsr_store_each_story(f->store, see_story, &s, &error), DSR_OK);
    assert_int_equal(s.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_id(s.ids[i], stories[i].id);
        assert_int_equal(s.members[i], stories[i].member_count);
    }
    assert_int_equal(dsr_store_get_story(f->store, stories[0].id, f->arena, &got, &error), DSR_OK);
    assert_int_equal(got.member_count, 2);
    assert_id(got.members[0], members[0]);
    assert_id(got.members[1], members[1]);
    assert_slice(got.packed, "story");
    assert_int_equal(dsr_store_get_story(f->store, members[0], f->arena, &got, &error), DSR_ERR_NOT_FOUND);
    dsr_id id;
    size_t matches;
    assert_int_equal(dsr_store_find_story(f->store, slice("0"), &id, &matches, &error), DSR_OK);
    assert_int_equal(matches, 3);
    assert_id(id, stories[1].id);
    assert_int_equal(dsr_store_find_story(f->store, slice("09"), &id, &matches, &error), DSR_OK);
    assert_int_equal(matches, 1);
    assert_whole(f->store);
}

static void stories_are_replaced_as_a_whole(void **state)
{
    fixture *f = *state;
    dsr_error error;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "b");
    make_stories(f->store, 1, 3);
    make_stories(f->store, 5, 1);
    commit(f->store);
    seen_stories s = {.count = 0};
    assert_int_equal(dsr_store_each_story(f->store, see_story, &s, &error), DSR_OK);
    assert_int_equal(s.count, 1);
    assert_int_equal(s.ids[0].bytes[0], 5);
    begin(f->store);
    assert_int_equal(dsr_store_put_stories(f->store, NULL, 0, &error), DSR_OK);
    commit(f->store);
    s.count = 0;
    assert_int_equal(dsr_store_each_story(f->store, see_story, &s, &error), DSR_OK);
    assert_int_equal(s.count, 0);
}

static void a_story_without_packed_record_reads_back_as_empty(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_story got;
    dsr_store_story story = {.id = {{1}}};
    begin(f->store);
    assert_int_equal(dsr_store_put_stories(f->store, &story, 1, &error), DSR_OK);
    commit(f->store);
    assert_int_equal(dsr_store_get_story(f->store, story.id, f->arena, &got, &error), DSR_OK);
    assert_int_equal(got.packed.len, 0);
    assert_non_null(got.packed.ptr);
    assert_int_equal(got.member_count, 0);
}

static void stories_that_cannot_be_are_refused_and_change_nothing(void **state)
{
    fixture *f = *state;
    dsr_error error;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "b");
    make_stories(f->store, 1, 2);
    char *before = dump_of(f->store);
    dsr_id member = id_of(77, 1);
    dsr_store_story unknown = {.id = {{1}}, .members = &member, .member_count = 1};
    assert_int_equal(dsr_store_put_stories(f->store, &unknown, 1, &error), DSR_ERR_ARGUMENT);
    assert_mentions(&error, "not in the store");
    dsr_store_story twice[3] = {{.id = {{1}}}, {.id = {{2}}}, {.id = {{1}}}};
    assert_int_equal(dsr_store_put_stories(f->store, twice, 3, &error), DSR_ERR_ARGUMENT);
    dsr_store_story nameless = {.member_count = 0};
    assert_int_equal(dsr_store_put_stories(f->store, &nameless, 1, &error), DSR_ERR_ARGUMENT);
    commit(f->store);
    char *after = dump_of(f->store);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* --- arguments and limits --- */

static void a_report_needs_id_and_record(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_intake intake;
    dsr_id previous;
    dsr_store_report report = {.packed = DSR_SLICE("x")};
    begin(f->store);
    assert_int_equal(dsr_store_put_report(f->store, &report, &intake, &previous, &error), DSR_ERR_ARGUMENT);
    report.id.bytes[15] = 1;
    report.packed = DSR_SLICE("");
    assert_int_equal(dsr_store_put_report(f->store, &report, &intake, &previous, &error), DSR_ERR_ARGUMENT);
    commit(f->store);
    assert_int_equal(count_reports(f->store), 0);
}

static dsr_status put_sized(dsr_store *store, size_t packed, size_t path)
{
    dsr_error error;
    dsr_intake intake;
    dsr_id previous;
    char *bytes = calloc(1, packed > path ? packed : path);
    assert_non_null(bytes);
    dsr_store_report report = {.id = {{1}}, .packed = {bytes, packed}, .path = {bytes, path}};
    dsr_status status = dsr_store_put_report(store, &report, &intake, &previous, &error);
    free(bytes);
    return status;
}

static void sizes_have_limits(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report got;
    begin(f->store);
    assert_int_equal(put_sized(f->store, DSR_LIMIT_PACKED_BYTES + 1, 1), DSR_ERR_LIMIT);
    assert_int_equal(put_sized(f->store, 1, DSR_LIMIT_PATH_BYTES + 1), DSR_ERR_LIMIT);
    assert_int_equal(put_sized(f->store, DSR_LIMIT_PACKED_BYTES, DSR_LIMIT_PATH_BYTES), DSR_OK);
    commit(f->store);
    assert_int_equal(dsr_store_get_report(f->store, (dsr_id){{1}}, f->arena, &got, NULL, &error), DSR_OK);
    assert_int_equal(got.packed.len, DSR_LIMIT_PACKED_BYTES);
    assert_int_equal(got.path.len, DSR_LIMIT_PATH_BYTES);
}

static void a_store_has_a_limit_of_reports(void **state)
{
    fixture *f = *state;
    dsr_error error;
    packed_report extra = pack_report(50, 1, "z", 20);
    dsr_intake intake;
    dsr_id previous;
    f->store->max_reports = 3;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "a");
    put(f->store, 3, 1, "a");
    assert_int_equal(dsr_store_put_report(f->store, &extra.report, &intake, &previous, &error),
                     DSR_ERR_LIMIT);
    assert_int_equal(put(f->store, 3, 1, "b"), DSR_INTAKE_ALREADY_THERE);
    commit(f->store); /* the limit broke nothing */
    assert_int_equal(count_reports(f->store), 3);
    begin(f->store);
    assert_int_equal(dsr_store_put_report(f->store, &extra.report, &intake, &previous, &error),
                     DSR_ERR_LIMIT);
    assert_int_equal(dsr_store_remove_report(f->store, id_of(2, 1), &error), DSR_OK);
    assert_int_equal(dsr_store_put_report(f->store, &extra.report, &intake, &previous, &error), DSR_OK);
    commit(f->store);
    assert_int_equal(count_reports(f->store), 3);
    assert_int_equal(walk(f->store, 0, false).sequences[2], 4);
    assert_whole(f->store);
    drop_report(&extra);
}

static void a_report_has_a_limit_of_paths(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_report got;
    dsr_slices paths;
    begin(f->store);
    for (unsigned i = 0; i < DSR_LIMIT_PATHS + 2; i++) {
        char path[16];
        snprintf(path, sizeof path, "p%u", i);
        put(f->store, 1, 1, path);
    }
    commit(f->store);
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &got, &paths, &error), DSR_OK);
    assert_int_equal(paths.count, DSR_LIMIT_PATHS);
    assert_slice(paths.items[DSR_LIMIT_PATHS - 1], "p1023");
    assert_whole(f->store);
}

/* --- verify --- */

static void verify_sees_what_is_wrong(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_intake intake;
    dsr_id previous;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "b");
    make_stories(f->store, 1, 1);
    assert_int_equal(count_flaws(f->store), 0);
    /* A member that is gone. */
    assert_int_equal(dsr_store_remove_report(f->store, id_of(2, 1), &error), DSR_OK);
    assert_int_equal(count_flaws(f->store), 1);
    /* A record that is kept under another id, and one under another key. */
    packed_report p = pack_report(3, 1, "c", 20);
    p.report.id.bytes[0] ^= 1;
    assert_int_equal(dsr_store_put_report(f->store, &p.report, &intake, &previous, &error), DSR_OK);
    assert_int_equal(count_flaws(f->store), 2);
    packed_report q = pack_report(4, 1, "d", 20);
    q.report.key.bytes[0] ^= 1;
    assert_int_equal(dsr_store_put_report(f->store, &q.report, &intake, &previous, &error), DSR_OK);
    assert_int_equal(count_flaws(f->store), 3);
    /* A byte that flipped in a record. */
    packed_report r = pack_report(5, 1, "e", 200);
    r.buffer.data[r.buffer.len - 5] ^= 0x20;
    assert_int_equal(dsr_store_put_report(f->store, &r.report, &intake, &previous, &error), DSR_OK);
    assert_int_equal(count_flaws(f->store), 4);
    put_with_id(f->store, "00000000000000000000000000000001"); /* no record at all */
    assert_int_equal(count_flaws(f->store), 5);
    commit(f->store);
    assert_int_equal(count_flaws(f->store), 5);
    drop_report(&p);
    drop_report(&q);
    drop_report(&r);
}

static void the_dump_tells_everything(void **state)
{
    fixture *f = *state;
    begin(f->store);
    put(f->store, 1, 1, "a b");
    put(f->store, 1, 2, "c");
    put(f->store, KEYLESS, 1, NULL);
    put(f->store, 1, 1, "d");
    put(f->store, 2, 1, "e");
    make_stories(f->store, 0xaa, 1);
    commit(f->store);
    char *dump = dump_of(f->store);
    assert_int_equal(strncmp(dump, "reports 4 next 5\nreport 1 ", 26), 0);
    assert_non_null(strstr(dump, " older key "));
    assert_non_null(strstr(dump, "\n  path a b\n  path d\nreport 2 "));
    assert_non_null(strstr(dump, " current key - packed "));
    assert_non_null(strstr(dump, "\nstory 1 aa000000000000000000000000000000 packed 5 "));
    assert_non_null(strstr(dump, "\n  member "));
    free(dump);
}

static dsr_status refuse_line(void *context, dsr_slice line)
{
    size_t *count = context;
    (void)line;
    return ++*count == 2 ? DSR_ERR_CANCELLED : DSR_OK;
}

static void a_dump_stops_where_it_is_told(void **state)
{
    fixture *f = *state;
    dsr_error error;
    size_t count = 0;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "b");
    commit(f->store);
    assert_int_equal(dsr_store_dump(f->store, refuse_line, &count, &error), DSR_ERR_CANCELLED);
    assert_int_equal(count, 2);
    begin(f->store);
    commit(f->store);
}

/* --- stories one by one --- */

static void put_numbered(dsr_store *store, uint32_t number, unsigned id_byte, size_t members)
{
    dsr_error error;
    dsr_id ids[3] = {id_of(1, 1), id_of(2, 1), id_of(3, 1)};
    dsr_store_story story = {
        .members = ids, .member_count = members, .packed = DSR_SLICE("story"), .number = number};
    story.id.bytes[0] = (uint8_t)id_byte;
    assert_int_equal(dsr_store_put_story(store, &story, &error), DSR_OK);
}

static void stories_are_put_and_dropped_one_by_one(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_story got;
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 2, 1, "b");
    put(f->store, 3, 1, "c");
    put_numbered(f->store, 900, 9, 1);
    put_numbered(f->store, 2, 7, 2);
    commit(f->store);
    seen_stories s = {.count = 0};
    assert_int_equal(dsr_store_each_story(f->store, see_story, &s, &error), DSR_OK);
    assert_int_equal(s.count, 2);
    assert_int_equal(s.ids[0].bytes[0], 7);
    char *before = dump_of(f->store);
    begin(f->store);
    put_numbered(f->store, 2, 7, 3); /* grows */
    put_numbered(f->store, 2, 7, 1); /* shrinks */
    put_numbered(f->store, 2, 8, 3); /* another story in its place */
    assert_int_equal(dsr_store_drop_story(f->store, 900, &error), DSR_OK);
    assert_int_equal(dsr_store_drop_story(f->store, 901, &error), DSR_OK);
    assert_int_equal(dsr_store_get_numbered(f->store, 900, f->arena, &got, &error), DSR_ERR_NOT_FOUND);
    assert_int_equal(dsr_store_get_numbered(f->store, 2, f->arena, &got, &error), DSR_OK);
    assert_int_equal(got.number, 2);
    assert_int_equal(got.member_count, 3);
    assert_id(got.members[2], id_of(3, 1));
    dsr_store_rollback(f->store);
    char *after = dump_of(f->store);
    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_whole(f->store);
}

static void a_numbered_story_that_cannot_be_is_refused(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_store_story story = {.id = {{5}}, .number = 3};
    assert_int_equal(dsr_store_put_story(f->store, &story, &error), DSR_ERR_ARGUMENT);
    begin(f->store);
    assert_int_equal(dsr_store_put_story(f->store, &story, &error), DSR_OK);
    story.number = 4;
    assert_int_equal(dsr_store_put_story(f->store, &story, &error), DSR_ERR_ARGUMENT);
    story.number = 0;
    assert_int_equal(dsr_store_put_story(f->store, &story, &error), DSR_ERR_ARGUMENT);
    story.number = UINT32_MAX;
    assert_int_equal(dsr_store_put_story(f->store, &story, &error), DSR_ERR_ARGUMENT);
    commit(f->store);
    assert_whole(f->store);
}

static void a_report_is_located(void **state)
{
    fixture *f = *state;
    dsr_error error;
    uint64_t sequence = 0;
    bool current = false;
    dsr_id id;
    packed_report old = pack_report(1, 1, "a", 20), new = pack_report(1, 2, "b", 20);
    begin(f->store);
    put(f->store, 1, 1, "a");
    put(f->store, 1, 2, "b");
    commit(f->store);
    assert_int_equal(dsr_store_locate_report(f->store, old.report.id, &sequence, &current, &error), DSR_OK);
    assert_true(sequence == 1 && !current);
    assert_int_equal(dsr_store_locate_report(f->store, new.report.id, &sequence, &current, &error), DSR_OK);
    assert_true(sequence == 2 && current);
    assert_int_equal(dsr_store_find_current(f->store, old.report.key, &id, &error), DSR_OK);
    assert_id(id, new.report.id);
    assert_int_equal(dsr_store_find_current(f->store, new.report.id, &id, &error), DSR_ERR_NOT_FOUND);
    assert_int_equal(dsr_store_locate_report(f->store, id_of(9, 9), &sequence, &current, &error),
                     DSR_ERR_NOT_FOUND);
    drop_report(&old);
    drop_report(&new);
}

/* --- chunks --- */

static void put_chunk(dsr_store *store, uint8_t family, const char *key, const char *value)
{
    dsr_error error;
    dsr_chunks c = dsr_store_chunks(store);
    assert_int_equal(c.put(c.context, family, dsr_slice_of(key), dsr_slice_of(value), &error), DSR_OK);
}

static void expect_chunk(dsr_store *store, uint8_t family, const char *key, const char *value)
{
    dsr_error error;
    dsr_buffer got;
    dsr_chunks c = dsr_store_chunks(store);
    dsr_buffer_open(&got, 0);
    dsr_buffer_append(&got, DSR_SLICE("what was there"));
    dsr_status status = c.get(c.context, family, dsr_slice_of(key), &got, &error);
    assert_int_equal(status, value ? DSR_OK : DSR_ERR_NOT_FOUND);
    if (value) {
        assert_slice(dsr_buffer_slice(&got), value);
    }
    dsr_buffer_drop(&got);
}

static dsr_status join_keys(void *context, dsr_slice key, dsr_slice value)
{
    dsr_buffer *to = context;
    dsr_buffer_append(to, key);
    dsr_buffer_append_char(to, '=');
    dsr_buffer_append(to, value);
    dsr_buffer_append_char(to, ' ');
    return to->len > 60 ? DSR_ERR_CANCELLED : DSR_OK;
}

static void expect_walk(dsr_store *store, uint8_t family, const char *all)
{
    dsr_error error;
    dsr_buffer got;
    dsr_chunks c = dsr_store_chunks(store);
    dsr_buffer_open(&got, 0);
    assert_int_equal(c.each(c.context, family, join_keys, &got, &error), DSR_OK);
    assert_slice(dsr_buffer_slice(&got), all);
    dsr_buffer_drop(&got);
}

static void chunks_are_kept_in_the_order_of_keys(void **state)
{
    fixture *f = *state;
    begin(f->store);
    put_chunk(f->store, 7, "b", "two");
    put_chunk(f->store, 7, "a", "one");
    put_chunk(f->store, 7, "ab", "");
    put_chunk(f->store, 7, "\xff", "last");
    put_chunk(f->store, 8, "a", "other");
    put_chunk(f->store, 255, "a", "far");
    put_chunk(f->store, 7, "b", "two again");
    expect_walk(f->store, 7, "a=one ab= b=two again \xff=last ");
    commit(f->store);
    expect_walk(f->store, 7, "a=one ab= b=two again \xff=last ");
    expect_walk(f->store, 9, "");
    expect_chunk(f->store, 8, "a", "other");
    expect_chunk(f->store, 8, "b", NULL);
    assert_whole(f->store);
    char *dump = dump_of(f->store);
    assert_non_null(strstr(dump, "\nchunk 7 6162 packed 0 "));
    assert_non_null(strstr(dump, "\nchunk 255 61 packed 3 "));
    free(dump);
}

static void chunks_are_rolled_back(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_chunks c = dsr_store_chunks(f->store);
    begin(f->store);
    put_chunk(f->store, 1, "kept", "one");
    put_chunk(f->store, 1, "gone", "two");
    commit(f->store);
    char *before = dump_of(f->store);
    begin(f->store);
    put_chunk(f->store, 1, "kept", "three");
    put_chunk(f->store, 1, "kept", "four");
    put_chunk(f->store, 1, "new", "five");
    assert_int_equal(c.drop(c.context, 1, DSR_SLICE("new"), &error), DSR_OK);
    assert_int_equal(c.drop(c.context, 1, DSR_SLICE("gone"), &error), DSR_OK);
    assert_int_equal(c.drop(c.context, 1, DSR_SLICE("never there"), &error), DSR_OK);
    expect_walk(f->store, 1, "kept=four ");
    dsr_store_rollback(f->store);
    expect_walk(f->store, 1, "gone=two kept=one ");
    char *after = dump_of(f->store);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void chunks_have_limits(void **state)
{
    fixture *f = *state;
    dsr_error error;
    dsr_chunks c = dsr_store_chunks(f->store);
    char bytes[DSR_CHUNK_BYTES + 1];
    memset(bytes, 'x', sizeof bytes);
    dsr_slice most = {bytes, DSR_CHUNK_BYTES}, more = {bytes, sizeof bytes};
    dsr_slice key = {bytes, DSR_CHUNK_KEY_BYTES}, long_key = {bytes, DSR_CHUNK_KEY_BYTES + 1};
    assert_int_equal(c.put(c.context, 1, key, most, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(c.drop(c.context, 1, key, &error), DSR_ERR_ARGUMENT);
    begin(f->store);
    assert_int_equal(c.put(c.context, 1, key, most, &error), DSR_OK);
    assert_int_equal(c.put(c.context, 1, key, more, &error), DSR_ERR_LIMIT);
    assert_int_equal(c.put(c.context, 1, long_key, DSR_SLICE("a"), &error), DSR_ERR_LIMIT);
    assert_int_equal(c.put(c.context, 1, DSR_SLICE(""), DSR_SLICE("a"), &error), DSR_ERR_LIMIT);
    commit(f->store);
    assert_whole(f->store);
}

/* --- the rest --- */

static void errors_may_be_left_out(void **state)
{
    fixture *f = *state;
    dsr_store_report got;
    assert_int_equal(dsr_store_commit(f->store, NULL), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_store_get_report(f->store, id_of(1, 1), f->arena, &got, NULL, NULL),
                     DSR_ERR_NOT_FOUND);
    begin(f->store);
    assert_int_equal(dsr_store_remove_report(f->store, id_of(1, 1), NULL), DSR_ERR_NOT_FOUND);
    dsr_store_close(NULL);
}

static void closing_rolls_back(void **state)
{
    fixture *f = *state;
    begin(f->store);
    put(f->store, 1, 1, "a"); /* tear_down closes; for SQLite sqlite_files.c looks at the file afterwards */
}

/* clang-format off */
#define SUITE(up) { \
    EACH(nothing_changes_outside_a_transaction, up), \
    EACH(rollback_gives_back_what_was_at_begin, up), \
    EACH(what_was_learnt_is_replaced_and_rolled_back, up), \
    EACH(rollback_of_much_gives_back_what_was, up), \
    EACH(a_read_inside_a_transaction_sees_its_changes, up), \
    EACH(stories_come_back_in_their_order, up), \
    EACH(stories_are_replaced_as_a_whole, up), \
    EACH(a_story_without_packed_record_reads_back_as_empty, up), \
    EACH(stories_that_cannot_be_are_refused_and_change_nothing, up), \
    EACH(a_report_needs_id_and_record, up), \
    EACH(sizes_have_limits, up), \
    EACH(a_store_has_a_limit_of_reports, up), \
    EACH(a_report_has_a_limit_of_paths, up), \
    EACH(verify_sees_what_is_wrong, up), \
    EACH(the_dump_tells_everything, up), \
    EACH(a_dump_stops_where_it_is_told, up), \
    EACH(stories_are_put_and_dropped_one_by_one, up), \
    EACH(a_numbered_story_that_cannot_be_is_refused, up), \
    EACH(a_report_is_located, up), \
    EACH(chunks_are_kept_in_the_order_of_keys, up), \
    EACH(chunks_are_rolled_back, up), \
    EACH(chunks_have_limits, up), \
    EACH(errors_may_be_left_out, up), \
    EACH(closing_rolls_back, up), \
}
/* clang-format on */

RUN_OVER_BACKENDS(SUITE)
