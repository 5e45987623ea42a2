/* What the desk keeps of stories as the stream tells of them: who is in which, ids that stay, what was
 * merged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/desk_parts.h"
#include "engine/internal.h"
#include "model/pack.h"

typedef struct bench {
    dsr_lexicon *lexicon;
    dsr_store *store;
    dsr_desk *desk;
    dsr_arena *arena;
    dsr_id ids[8]; /* of the reports, by sequence */
} bench;

/* A report for the desk to find: sequence numbers go up with `number`. */
static void put_report(bench *b, uint32_t number, const char *headline)
{
    dsr_report report = {.source = {.path = DSR_SLICE("a"), .format = DSR_SLICE("text")}};
    dsr_buffer packed;
    dsr_intake intake;
    dsr_id previous;
    report.id.bytes[0] = (uint8_t)number;
    report.text = DSR_SLICE("One sentence of a report.\n");
    report.meta.headline = dsr_slice_of(headline);
    dsr_buffer_open(&packed, 0);
    dsr_report_pack(&packed, &report);
    dsr_store_report put = {.id = report.id, .path = DSR_SLICE("a"), .packed = dsr_buffer_slice(&packed)};
    assert_int_equal(dsr_store_put_report(b->store, &put, &intake, &previous, NULL), DSR_OK);
    dsr_buffer_drop(&packed);
    b->ids[number] = report.id;
}

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->arena = dsr_arena_new(0);
    assert_int_equal(dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &b->lexicon, NULL), DSR_OK);
    assert_int_equal(dsr_store_open_memory(NULL, &b->store, NULL), DSR_OK);
    assert_int_equal(dsr_store_begin(b->store, NULL), DSR_OK);
    static const char *const headlines[] = {"", "", "The second", "The third", "", "The fifth"};
    for (uint32_t i = 1; i <= 5; i++) {
        put_report(b, i, headlines[i]);
    }
    assert_int_equal(dsr_desk_open(b->lexicon, b->store, &b->desk, NULL), DSR_OK);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    dsr_desk_close(b->desk);
    dsr_store_close(b->store);
    dsr_lexicon_close(b->lexicon);
    dsr_arena_drop(b->arena);
    free(b);
    return 0;
}

static void follow(bench *b, dsr_stream_event_kind kind, uint32_t report, uint32_t story, uint32_t from)
{
    dsr_stream_event event = {kind, report, story, from};
    dsr_stream_events events = {&event, 1};
    struct dsr_desk_member member = {.id = b->ids[report], .facts = {.sequence = report}};
    member.facts.has_headline = report == 2 || report == 3 || report == 5;
    member.facts.outlet = report == 5 ? 7 : report;
    member.facts.dated = report != 4;
    member.facts.earliest = report * 100;
    member.facts.latest = report * 100 + 10;
    if (kind == DSR_STREAM_JOINED) {
        dsr_record_place place = {.report = member.id, .story = story};
        assert_int_equal(dsr_desk_put_place(b->desk, report, &place, NULL), DSR_OK);
    }
    assert_int_equal(dsr_desk_follow(b->desk, &events, &member, NULL), DSR_OK);
}

static void open_with(bench *b, uint32_t story, uint32_t report)
{
    follow(b, DSR_STREAM_OPENED, 0, story, 0);
    follow(b, DSR_STREAM_JOINED, report, story, 0);
}

static void save(bench *b)
{
    assert_int_equal(dsr_desk_save(b->desk, NULL), DSR_OK);
}

static dsr_record_story read_story(bench *b, uint32_t number, dsr_store_story *stored)
{
    dsr_record_story record;
    assert_int_equal(dsr_store_get_numbered(b->store, number, b->arena, stored, NULL), DSR_OK);
    assert_int_equal(dsr_record_unpack_story(b->arena, stored, &record, NULL), DSR_OK);
    return record;
}

static void expect_headline(const dsr_record_story *record, const char *text)
{
    assert_true(dsr_slice_equal(record->summary.headline, dsr_slice_of(text)));
}

static void a_story_knows_its_reports(void **state)
{
    bench *b = *state;
    dsr_store_story stored;
    open_with(b, 1, 1);
    follow(b, DSR_STREAM_JOINED, 3, 1, 0);
    save(b);
    follow(b, DSR_STREAM_JOINED, 4, 1, 0);
    save(b);
    dsr_record_story record = read_story(b, 1, &stored);
    assert_int_equal(stored.member_count, 3);
    assert_int_equal(record.summary.opened, 1);
    assert_int_equal(record.summary.independent, 3);
    assert_true(record.summary.first_published == 100 && record.summary.last_published == 310);
    expect_headline(&record, "The third");
    dsr_id id = dsr_summary_id(b->ids[1], 0);
    assert_int_equal(dsr_id_compare(stored.id, id), 0);
}

static void a_merged_story_leads_on(void **state)
{
    bench *b = *state;
    dsr_store_story stored;
    open_with(b, 1, 1);
    open_with(b, 2, 2);
    open_with(b, 3, 3);
    save(b);
    follow(b, DSR_STREAM_MERGED, 0, 2, 3);
    follow(b, DSR_STREAM_MERGED, 0, 1, 2);
    save(b);
    dsr_record_story record = read_story(b, 1, &stored);
    assert_int_equal(stored.member_count, 3);
    expect_headline(&record, "The second");
    assert_int_equal(dsr_store_get_numbered(b->store, 3, b->arena, &stored, NULL), DSR_ERR_NOT_FOUND);
    uint32_t number = 3;
    assert_int_equal(dsr_desk_resolve(b->store, &number, NULL), DSR_OK);
    assert_int_equal(number, 1);
    char hex[DSR_ID_TEXT];
    size_t matches = 0;
    dsr_id_format(dsr_summary_id(b->ids[3], 0), hex);
    assert_int_equal(
        dsr_desk_find_story_id(b->store, dsr_slice_part(dsr_slice_of(hex), 0, 9), &number, &matches, NULL),
        DSR_OK);
    assert_true(matches == 1 && number == 3);
}

static void a_report_that_moves_takes_its_place_along(void **state)
{
    bench *b = *state;
    dsr_store_story stored;
    dsr_record_place place;
    open_with(b, 1, 1);
    open_with(b, 2, 3);
    follow(b, DSR_STREAM_JOINED, 5, 1, 0);
    save(b);
    follow(b, DSR_STREAM_MOVED, 1, 2, 1);
    save(b);
    dsr_record_story record = read_story(b, 2, &stored);
    assert_int_equal(stored.member_count, 2);
    assert_int_equal(dsr_id_compare(stored.members[0], b->ids[1]), 0);
    expect_headline(&record, "The third");
    assert_int_equal(dsr_desk_read_place(b->store, 1, &place, NULL), DSR_OK);
    assert_true(place.story == 2 && place.moved);
    record = read_story(b, 1, &stored);
    assert_int_equal(stored.member_count, 1);
    expect_headline(&record, "The fifth");
    /* The story keeps the id that it has from a report which is gone; a second one gets another. */
    dsr_id first = dsr_summary_id(b->ids[1], 0), second = dsr_summary_id(b->ids[1], 1);
    assert_int_equal(dsr_id_compare(stored.id, first), 0);
    follow(b, DSR_STREAM_OPENED, 0, 3, 0);
    follow(b, DSR_STREAM_MOVED, 1, 3, 2);
    save(b);
    (void)read_story(b, 3, &stored);
    assert_int_equal(dsr_id_compare(stored.id, second), 0);
}

static void a_story_that_all_leave_is_gone(void **state)
{
    bench *b = *state;
    dsr_store_story stored;
    size_t matches = 0;
    uint32_t number = 0;
    char hex[DSR_ID_TEXT];
    open_with(b, 1, 1);
    save(b);
    assert_int_equal(dsr_desk_leave(b->desk, 1, 1, NULL), DSR_OK);
    save(b);
    assert_int_equal(dsr_store_get_numbered(b->store, 1, b->arena, &stored, NULL), DSR_ERR_NOT_FOUND);
    dsr_id_format(dsr_summary_id(b->ids[1], 0), hex);
    assert_int_equal(dsr_desk_find_story_id(b->store, dsr_slice_of(hex), &number, &matches, NULL), DSR_OK);
    assert_int_equal(matches, 0);
    open_with(b, 2, 1); /* the same report again, in one batch with another end */
    assert_int_equal(dsr_desk_leave(b->desk, 2, 1, NULL), DSR_OK);
    open_with(b, 3, 1);
    save(b);
    (void)read_story(b, 3, &stored);
    dsr_id id = dsr_summary_id(b->ids[1], 0);
    assert_int_equal(dsr_id_compare(stored.id, id), 0);
}

static void what_cannot_be_is_refused(void **state)
{
    bench *b = *state;
    dsr_error error;
    open_with(b, 1, 1);
    save(b);
    assert_int_equal(dsr_desk_leave(b->desk, 1, 2, &error), DSR_ERR_STORE); /* it is not in there */
    assert_int_equal(dsr_desk_leave(b->desk, 9, 1, &error), DSR_ERR_NOT_FOUND);
    dsr_chunks c = dsr_store_chunks(b->store);
    dsr_record_key key = dsr_record_key_make(1);
    dsr_slice k = dsr_record_key_slice(&key);
    dsr_record_place place;
    dsr_buffer was, cut;
    dsr_buffer_open(&was, 0);
    dsr_buffer_open(&cut, 0);
    assert_int_equal(c.get(c.context, DSR_RECORD_PLACE, k, &was, &error), DSR_OK);
    for (size_t length = 0; length < was.len; length++) { /* cut off anywhere, it is found out */
        dsr_slice part = dsr_slice_part(dsr_buffer_slice(&was), 0, length);
        assert_int_equal(c.put(c.context, DSR_RECORD_PLACE, k, part, &error), DSR_OK);
        assert_int_equal(dsr_desk_read_place(b->store, 1, &place, &error), DSR_ERR_STORE);
    }
    assert_int_equal(c.put(c.context, DSR_RECORD_MERGED, k, k, &error), DSR_OK);
    uint32_t number = 1;
    assert_int_equal(dsr_desk_resolve(b->store, &number, &error), DSR_ERR_STORE); /* into itself */
    dsr_buffer_drop(&was);
    dsr_buffer_drop(&cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_story_knows_its_reports, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_merged_story_leads_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_report_that_moves_takes_its_place_along, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_story_that_all_leave_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("engine desk", tests, NULL, NULL);
}
