/* The whole way of reports through the engine, in memory and in a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/engine.h"
#include "model/json.h"

#include <string.h>
#include <sys/stat.h>

static const char ferry[] = "A passenger ferry ran aground off Osmund on Sunday night with 210 people on "
                            "board, and fishing boats took all of them to the "
                            "harbour before the tide turned. The coastguard said that nobody was hurt and "
                            "that the hull of the ship is sound.\n";
static const char ferry_copy[] = "A passenger ferry ran aground off Osmund on Sunday night with 201 people "
                                 "on board, and fishing boats took all of them to the "
                                 "harbour before the tide turned. The coastguard said that nobody was hurt "
                                 "and that the hull of the ship is sound. An inquiry "
                                 "into the grounding of the ferry begins at Osmund this week.\n";
static const char school[] =
    "Teachers in the northern province voted on Tuesday to strike over plans to close forty village schools. "
    "Their union said that "
    "the province had broken its word, and that lessons would not be given until the plan is withdrawn.\n";

typedef struct place {
    char folder[64];
    char store[80];
} place;

static void write_file(const place *p, const char *name, const char *text, size_t length)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void write_text(const place *p, const char *name, const char *text)
{
    write_file(p, name, text, strlen(text));
}

static int open_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    if (!p) {
        return -1;
    }
    strcpy(p->folder, "/tmp/dossier-engine-XXXXXX");
    if (!mkdtemp(p->folder)) {
        free(p);
        return -1;
    }
    snprintf(p->store, sizeof p->store, "%s.store", p->folder);
    *state = p;
    write_text(p, "a_ferry.txt", ferry);
    write_text(p, "b_ferry.txt", ferry_copy);
    write_text(p, "c_school.txt", school);
    return 0;
}

static int close_place(void **state)
{
    place *p = *state;
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s' '%s'*", p->folder, p->store);
    int status = system(command);
    free(p);
    return status;
}

/* How often each outcome came, and the last reason. */
typedef struct tally {
    size_t count[DSR_OUTCOME_SET_ASIDE + 1];
    char reason[DSR_ERROR_MESSAGE];
    dsr_id last;
    size_t read;        /* outcomes that came with a report: something was read out of the input */
    dsr_cancel *cancel; /* raised at the first outcome, where not NULL */
} tally;

static void tally_outcome(void *context, const dsr_outcome *outcome)
{
    tally *t = context;
    t->count[outcome->kind]++;
    t->last = outcome->id;
    t->read += outcome->report != NULL;
    if (outcome->kind == DSR_OUTCOME_SET_ASIDE) {
        memcpy(t->reason, outcome->error->message, sizeof t->reason);
    }
    if (t->cancel) {
        atomic_store(&t->cancel->raised, true);
    }
}

static dsr_engine *open_engine(const char *store, unsigned jobs, dsr_cancel *cancel)
{
    dsr_engine_options options = {.store = store, .jobs = jobs, .cancel = cancel};
    dsr_engine *engine = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_engine_open(&options, &engine, &error) != DSR_OK) {
        fail_msg("%s: %s", error.subject, error.message);
    }
    return engine;
}

static dsr_status add_folder(dsr_engine *engine, const place *p, tally *t)
{
    const char *paths[] = {p->folder};
    dsr_inputs inputs = {.paths = paths, .count = 1};
    dsr_outcome_sink sink = {t, tally_outcome, NULL};
    dsr_error error;
    dsr_error_clear(&error);
    return dsr_engine_add(engine, &inputs, sink, &error);
}

static dsr_status append_story(void *context, const dsr_story *story)
{
    dsr_buffer *to = context;
    dsr_arena *arena = dsr_arena_new(0);
    assert_non_null(arena);
    dsr_story_write_json(arena, to, story);
    dsr_buffer_append_char(to, '\n');
    dsr_arena_drop(arena);
    return DSR_OK;
}

static dsr_status count_story(void *context, const dsr_story_summary *summary)
{
    (void)summary;
    ++*(size_t *)context;
    return DSR_OK;
}

static size_t count_stories(dsr_engine *engine)
{
    size_t count = 0;
    assert_int_equal(dsr_engine_each_summary(engine, NULL, count_story, &count, NULL), DSR_OK);
    return count;
}

static void two_stories_of_three_reports(void **state)
{
    const place *p = *state;
    tally t = {.cancel = NULL};
    dsr_engine *engine = open_engine(NULL, 1, NULL);
    assert_int_equal(add_folder(engine, p, &t), DSR_OK);
    assert_int_equal(t.count[DSR_OUTCOME_ADDED], 3);
    assert_int_equal(count_stories(engine), 2);
    dsr_buffer out;
    dsr_buffer_open(&out, 0);
    assert_int_equal(dsr_engine_each_story(engine, append_story, &out, NULL), DSR_OK);
    dsr_slice json = dsr_buffer_slice(&out);
    assert_true(dsr_slice_find(json, DSR_SLICE("\"from\":\"210\",\"to\":\"201\""), 0) != SIZE_MAX);
    assert_true(dsr_slice_find(json, DSR_SLICE("\"kind\":\"number\""), 0) != SIZE_MAX);
    assert_true(dsr_slice_find(json, DSR_SLICE("\"handle\":\"a\""), 0) != SIZE_MAX);
    dsr_buffer_drop(&out);
    dsr_engine_close(engine);
}

/* Two papers that carry the same credited wire have it from there, whichever appeared first. */
static void a_wire_is_common_to_all_who_carry_it(void **state)
{
    const place *p = *state;
    char wire[1024], late[1024];
    snprintf(wire, sizeof wire, "OSMUND, March 3, 2031 (Reuters) - %s", ferry);
    snprintf(late, sizeof late, "Published: 9 March 2031, 10:00\n\n%s", ferry_copy);
    write_text(p, "a_ferry.txt", wire);
    write_text(p, "d_ferry.txt", late);
    tally t = {.cancel = NULL};
    dsr_engine *engine = open_engine(NULL, 1, NULL);
    assert_int_equal(add_folder(engine, p, &t), DSR_OK);
    dsr_buffer out;
    dsr_buffer_open(&out, 0);
    assert_int_equal(dsr_engine_each_story(engine, append_story, &out, NULL), DSR_OK);
    dsr_slice json = dsr_buffer_slice(&out);
    assert_true(dsr_slice_find(json, DSR_SLICE("\"common_source\",\"wire\":\"Reuters\""), 0) != SIZE_MAX);
    assert_true(dsr_slice_find(json, DSR_SLICE("share text with a report that credits Reuters"), 0) !=
                SIZE_MAX);
    assert_true(dsr_slice_find(json, DSR_SLICE("\"direction\":\"from_to\""), 0) == SIZE_MAX);
    assert_true(dsr_slice_find(json, DSR_SLICE("\"direction\":\"unknown\""), 0) == SIZE_MAX);
    dsr_buffer_drop(&out);
    dsr_engine_close(engine);
}

static void a_second_run_changes_nothing(void **state)
{
    const place *p = *state;
    tally first = {.cancel = NULL}, second = {.cancel = NULL};
    dsr_engine *engine = open_engine(p->store, 2, NULL);
    assert_int_equal(add_folder(engine, p, &first), DSR_OK);
    dsr_engine_close(engine);
    engine = open_engine(p->store, 2, NULL);
    assert_int_equal(add_folder(engine, p, &second), DSR_OK);
    assert_int_equal(second.count[DSR_OUTCOME_ALREADY_THERE], 3);
    assert_int_equal(count_stories(engine), 2);
    dsr_engine_close(engine);
}

static void no_flaw(void *context, const char *sentence)
{
    (void)context;
    fail_msg("%s", sentence);
}

static void a_store_proves_whole(void **state)
{
    const place *p = *state;
    tally t = {.cancel = NULL};
    dsr_verify_result result;
    dsr_engine *engine = open_engine(p->store, 1, NULL);
    assert_int_equal(add_folder(engine, p, &t), DSR_OK);
    assert_int_equal(dsr_engine_verify(engine, no_flaw, NULL, &result, NULL), DSR_OK);
    assert_int_equal(result.reports, 3);
    assert_int_equal(result.stories, 2);
    assert_int_equal(result.flaws, 0);
    dsr_engine_close(engine);
}

static void one_bad_report_does_not_stop_the_rest(void **state)
{
    const place *p = *state;
    write_file(p, "b_empty.txt", "", 0);
    write_file(p, "b_image.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    tally t = {.cancel = NULL};
    dsr_engine *engine = open_engine(NULL, 2, NULL);
    assert_int_equal(add_folder(engine, p, &t), DSR_OK);
    assert_int_equal(t.count[DSR_OUTCOME_ADDED], 3);
    assert_int_equal(t.count[DSR_OUTCOME_SET_ASIDE], 2);
    assert_true(strlen(t.reason) > 10);
    dsr_engine_close(engine);
}

static void threads_change_nothing(void **state)
{
    const place *p = *state;
    for (int i = 0; i < 60; i++) {
        char name[32], text[1024];
        snprintf(name, sizeof name, "m%02d.txt", i);
        snprintf(text, sizeof text,
                 "%sNumber %d of the copies has a last line of its own, for the %d riders of the line.\n",
                 i % 2 ? ferry : school, i, i * 7);
        write_text(p, name, text);
    }
    dsr_buffer one, many;
    dsr_buffer_open(&one, 0);
    dsr_buffer_open(&many, 0);
    for (unsigned jobs = 1; jobs <= 4; jobs += 3) {
        tally t = {.cancel = NULL};
        dsr_engine *engine = open_engine(NULL, jobs, NULL);
        assert_int_equal(add_folder(engine, p, &t), DSR_OK);
        assert_int_equal(dsr_engine_each_story(engine, append_story, jobs == 1 ? &one : &many, NULL), DSR_OK);
        dsr_engine_close(engine);
    }
    assert_true(one.len > 10000);
    assert_true(dsr_slice_equal(dsr_buffer_slice(&one), dsr_buffer_slice(&many)));
    dsr_buffer_drop(&one);
    dsr_buffer_drop(&many);
}

static void a_stop_leaves_the_store_as_it_was(void **state)
{
    const place *p = *state;
    dsr_cancel cancel;
    atomic_init(&cancel.raised, false);
    for (int i = 0; i < 200; i++) {
        char name[32], text[256];
        snprintf(name, sizeof name, "n%03d.txt", i);
        snprintf(text, sizeof text,
                 "Report number %d says that the price of grain rose by %d cents at the northern markets.\n",
                 i, i);
        write_text(p, name, text);
    }
    tally t = {.cancel = &cancel};
    dsr_engine *engine = open_engine(p->store, 2, &cancel);
    assert_int_equal(add_folder(engine, p, &t), DSR_ERR_CANCELLED);
    dsr_engine_close(engine);
    engine = open_engine(p->store, 1, NULL);
    assert_int_equal(count_stories(engine), 0);
    dsr_engine_close(engine);
}

static void other_bytes_under_one_id_are_a_new_version(void **state)
{
    const place *p = *state;
    char line[1024];
    tally t = {.cancel = NULL};
    dsr_engine *engine = open_engine(p->store, 1, NULL);
    snprintf(line, sizeof line, "{\"id\":\"x1\",\"outlet\":\"Valley Courier\",\"text\":\"%.*s\"}\n",
             (int)strlen(ferry) - 1, ferry);
    write_text(p, "z.jsonl", line);
    assert_int_equal(add_folder(engine, p, &t), DSR_OK);
    assert_int_equal(t.count[DSR_OUTCOME_ADDED], 4);
    snprintf(line, sizeof line,
             "{\"id\":\"x1\",\"outlet\":\"Valley Courier\",\"text\":\"%.*s Corrected.\"}\n",
             (int)strlen(ferry) - 1, ferry);
    write_text(p, "z.jsonl", line);
    assert_int_equal(add_folder(engine, p, &t), DSR_OK);
    assert_int_equal(t.count[DSR_OUTCOME_NEW_VERSION], 1);
    assert_int_equal(t.count[DSR_OUTCOME_ALREADY_THERE], 3);
    dsr_verify_result result;
    assert_int_equal(dsr_engine_verify(engine, no_flaw, NULL, &result, NULL), DSR_OK);
    assert_int_equal(result.reports, 4); /* current ones */
    dsr_engine_close(engine);
}

/* Without reading them again; but only where all that their reports follow from is the same. */
static void what_was_seen_is_known_by_its_bytes(void **state)
{
    const place *p = *state;
    tally first = {.cancel = NULL}, again = first, changed = first, back = first, other = first;
    dsr_engine *engine = open_engine(p->store, 2, NULL);
    assert_int_equal(add_folder(engine, p, &first), DSR_OK);
    assert_int_equal(first.read, 3);
    assert_int_equal(add_folder(engine, p, &again), DSR_OK);
    assert_int_equal(again.read, 0);
    assert_memory_equal(&again.last, &first.last, sizeof first.last);
    write_text(p, "c_school.txt", ferry);
    assert_int_equal(add_folder(engine, p, &changed), DSR_OK);
    assert_int_equal(changed.read, 1);
    dsr_error error;
    assert_int_equal(dsr_engine_remove(engine, &first.last, 1, &error), DSR_OK);
    write_text(p, "c_school.txt", school);
    assert_int_equal(add_folder(engine, p, &back), DSR_OK);
    assert_int_equal(back.count[DSR_OUTCOME_ADDED], 1);
    const char *paths[] = {p->folder};
    dsr_inputs inputs = {.paths = paths, .count = 1, .published = "2031-03-04"};
    dsr_outcome_sink sink = {&other, tally_outcome, NULL};
    assert_int_equal(dsr_engine_add(engine, &inputs, sink, &error), DSR_OK);
    assert_int_equal(other.read, 3);
    dsr_engine_close(engine);
}

static void reports_can_be_shown_and_removed(void **state)
{
    const place *p = *state;
    tally t = {.cancel = NULL};
    dsr_engine *engine = open_engine(p->store, 1, NULL);
    assert_int_equal(add_folder(engine, p, &t), DSR_OK);
    char id[DSR_ID_TEXT];
    dsr_id_format(t.last, id);
    dsr_arena *arena = dsr_arena_new(0);
    const dsr_story *story = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    /* A report's id shows its story. */
    assert_int_equal(dsr_engine_show(engine, dsr_slice_of(id), arena, &story, &error), DSR_OK);
    assert_int_equal(story->reports.count, 1);
    assert_int_equal(dsr_engine_show(engine, DSR_SLICE("ffffffffffff"), arena, &story, &error),
                     DSR_ERR_NOT_FOUND);
    assert_int_equal(dsr_engine_remove(engine, &t.last, 1, &error), DSR_OK);
    assert_int_equal(count_stories(engine), 1);
    assert_int_equal(dsr_engine_remove(engine, &t.last, 1, &error), DSR_ERR_NOT_FOUND);
    tally again = {.cancel = NULL};
    assert_int_equal(add_folder(engine, p, &again), DSR_OK);
    assert_int_equal(again.count[DSR_OUTCOME_ADDED], 1);
    assert_int_equal(count_stories(engine), 2);
    dsr_arena_drop(arena);
    dsr_engine_close(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_stories_of_three_reports, open_place, close_place),
        cmocka_unit_test_setup_teardown(a_wire_is_common_to_all_who_carry_it, open_place, close_place),
        cmocka_unit_test_setup_teardown(a_second_run_changes_nothing, open_place, close_place),
        cmocka_unit_test_setup_teardown(a_store_proves_whole, open_place, close_place),
        cmocka_unit_test_setup_teardown(one_bad_report_does_not_stop_the_rest, open_place, close_place),
        cmocka_unit_test_setup_teardown(threads_change_nothing, open_place, close_place),
        cmocka_unit_test_setup_teardown(a_stop_leaves_the_store_as_it_was, open_place, close_place),
        cmocka_unit_test_setup_teardown(other_bytes_under_one_id_are_a_new_version, open_place, close_place),
        cmocka_unit_test_setup_teardown(what_was_seen_is_known_by_its_bytes, open_place, close_place),
        cmocka_unit_test_setup_teardown(reports_can_be_shown_and_removed, open_place, close_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
