/* Corrections: what they change, that they last, and that taking them back leaves no trace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/limits.h"
#include "engine/internal.h"
#include "engine/mend.h"

enum { STORIES = 3, EACH = 3, WORDS = 60 };

typedef struct bench {
    dsr_engine *engine;
    dsr_arena *arena;
    char path[64]; /* of the store; empty: in memory */
} bench;

static void open_engine(bench *b)
{
    dsr_engine_options options = {.jobs = 1, .store = b->path[0] ? b->path : NULL};
    assert_int_equal(dsr_engine_open(&options, &b->engine, NULL), DSR_OK);
}

/* A process ends and another one begins. */
static void restart(bench *b)
{
    dsr_engine_close(b->engine);
    open_engine(b);
}

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->arena = dsr_arena_new(0);
    snprintf(b->path, sizeof b->path, "/tmp/dossier-mend-%ld", (long)getpid());
    unlink(b->path);
    open_engine(b);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    dsr_engine_close(b->engine);
    dsr_arena_drop(b->arena);
    unlink(b->path);
    free(b);
    return 0;
}

/* A made-up word of five syllables. */
static void put_word(FILE *file, uint64_t seed)
{
    static const char syllables[][3] = {"ba", "de", "fi", "go", "hu", "ka", "le", "mi",
                                        "no", "pu", "ra", "se", "ti", "vo", "wu", "za"};
    uint64_t dice = dsr_hash_mix(seed);
    for (int i = 0; i < 5; i++) {
        fputs(syllables[dice >> (4 * i) & 15], file);
    }
    fputc(' ', file);
}

/* Report `n` of a story: three quarters of its words and most of its title are those of the story, in short
 * runs that are no copies. `copied`: all of them are. */
static void put_report(FILE *file, unsigned story, unsigned n, unsigned version, bool copied)
{
    fprintf(file, "{\"url\":\"https://x.example/%u-%u\",\"outlet\":\"Outlet %u\",\"title\":\"", story, n, n);
    for (unsigned i = 0; i < 5; i++) {
        put_word(file, i == n % 5 ? 2000000 + story * 10000 + n : story * 1000 + i);
    }
    fputs("\",\"text\":\"", file);
    for (unsigned i = 0; i < WORDS; i++) {
        bool own = (i + n) % 4 == 3 && !copied;
        put_word(file, own ? 1000000 + story * 10000 + n * 100 + i : story * 1000 + i);
        fputs(i % 12 == 11 ? ". " : "", file);
    }
    fprintf(file, "Version %u.\",\"published\":\"2031-03-0%u\"}\n", version, story + 1);
}

static void add(bench *b, void (*write)(FILE *file, unsigned what), unsigned what)
{
    static const char *const paths[] = {"-"};
    FILE *file = tmpfile();
    assert_non_null(file);
    write(file, what);
    assert_int_equal(fflush(file), 0);
    assert_true(lseek(fileno(file), 0, SEEK_SET) == 0);
    dsr_inputs inputs = {.paths = paths, .count = 1, .standard_input = fileno(file)};
    assert_int_equal(dsr_engine_add(b->engine, &inputs, (dsr_outcome_sink){NULL, NULL, NULL}, NULL), DSR_OK);
    fclose(file);
}

static void write_all(FILE *file, unsigned what)
{
    (void)what;
    for (unsigned i = 0; i < STORIES * EACH; i++) {
        put_report(file, i / EACH, i % EACH, 1, false);
    }
}

/* Report what % 10 of story what / 10 in version what / 100. */
static void write_one(FILE *file, unsigned what)
{
    put_report(file, what / 10 % 10, what % 10, what / 100, false);
}

static void write_copy(FILE *file, unsigned what)
{
    put_report(file, 0, what, 1, true);
}

/* Reports that join what they join, enough for all ages at which one is looked at again. */
static void write_many(FILE *file, unsigned what)
{
    for (unsigned i = 0; i < what; i++) {
        put_report(file, i % STORIES, 10 + i, 1, false);
    }
}

/* --- what is there --- */

typedef struct search {
    char address[48];
    dsr_id id;
} search;

static dsr_status try_report(void *context, const dsr_report *report)
{
    search *s = context;
    if (dsr_slice_equal(report->source.url, dsr_slice_of(s->address))) {
        s->id = report->id;
    }
    return DSR_OK;
}

static dsr_id id_of(bench *b, unsigned story, unsigned n)
{
    search s = {.id = {{0}}};
    snprintf(s.address, sizeof s.address, "https://x.example/%u-%u", story, n);
    assert_int_equal(dsr_engine_each_report(b->engine, try_report, &s, NULL), DSR_OK);
    assert_false(dsr_id_is_none(s.id));
    return s.id;
}

static dsr_slice hex_of(bench *b, dsr_id id)
{
    char text[DSR_ID_TEXT];
    dsr_slice out;
    dsr_id_format(id, text);
    assert_int_equal(dsr_arena_copy(b->arena, dsr_slice_of(text), &out), DSR_OK);
    return out;
}

static dsr_slice report_hex(bench *b, unsigned story, unsigned n)
{
    return hex_of(b, id_of(b, story, n));
}

static const dsr_story *story_by(bench *b, dsr_slice id)
{
    const dsr_story *story = NULL;
    assert_int_equal(dsr_engine_show(b->engine, id, b->arena, &story, NULL), DSR_OK);
    return story;
}

static const dsr_story *story_of(bench *b, unsigned story, unsigned n)
{
    return story_by(b, report_hex(b, story, n));
}

static bool are_together(bench *b, unsigned s1, unsigned n1, unsigned s2, unsigned n2)
{
    return dsr_id_compare(story_of(b, s1, n1)->id, story_of(b, s2, n2)->id) == 0;
}

static void tell_flaw(void *context, const char *sentence)
{
    (void)context;
    print_error("%s\n", sentence);
}

static void expect_whole(bench *b)
{
    dsr_verify_result result;
    assert_int_equal(dsr_engine_verify(b->engine, tell_flaw, NULL, &result, NULL), DSR_OK);
    assert_int_equal(result.flaws, 0);
}

/* --- mending --- */

static const dsr_correction_said SAID = {{"ann", 3}, {"because", 7}, 1900000000};

static dsr_status try_mend(bench *b, dsr_correction_kind kind, const dsr_slice *what, size_t count,
                           bool alone)
{
    dsr_mend mend = {kind, what, count, alone, SAID};
    dsr_correction made;
    return dsr_engine_mend(b->engine, &mend, b->arena, &made, NULL);
}

static void move(bench *b, dsr_slice report, dsr_slice story)
{
    const dsr_slice what[2] = {report, story};
    assert_int_equal(try_mend(b, DSR_CORRECTION_MOVE, what, 2, false), DSR_OK);
    expect_whole(b);
}

static void move_alone(bench *b, dsr_slice report)
{
    assert_int_equal(try_mend(b, DSR_CORRECTION_MOVE, &report, 1, true), DSR_OK);
    expect_whole(b);
}

static void merge(bench *b, dsr_slice one, dsr_slice other)
{
    const dsr_slice what[2] = {one, other};
    assert_int_equal(try_mend(b, DSR_CORRECTION_MERGE, what, 2, false), DSR_OK);
    expect_whole(b);
}

static void undo(bench *b, uint32_t number)
{
    dsr_correction made;
    assert_int_equal(dsr_engine_undo(b->engine, number, &SAID, b->arena, &made, NULL), DSR_OK);
    assert_true(made.undone && made.number == number);
    expect_whole(b);
}

static void begin(bench *b)
{
    add(b, write_all, 0);
    for (unsigned s = 0; s < STORIES; s++) {
        assert_true(are_together(b, s, 0, s, 1) && are_together(b, s, 0, s, 2));
    }
    assert_false(are_together(b, 0, 0, 1, 0));
    assert_false(are_together(b, 0, 0, 2, 0));
}

static void a_report_moves_and_comes_back(void **state)
{
    bench *b = *state;
    begin(b);
    dsr_id before = story_of(b, 0, 1)->id, there = story_of(b, 1, 0)->id;
    move(b, report_hex(b, 0, 1), hex_of(b, there));
    assert_true(are_together(b, 0, 1, 1, 0));
    assert_int_equal(story_of(b, 1, 0)->reports.count, EACH + 1);
    assert_int_equal(story_of(b, 0, 0)->reports.count, EACH - 1);
    undo(b, 1);
    assert_int_equal(dsr_id_compare(story_of(b, 0, 1)->id, before), 0);
    assert_int_equal(story_of(b, 1, 0)->reports.count, EACH);
}

/* What comes later would have it elsewhere, and is not asked. */
static void a_report_that_was_moved_stays(void **state)
{
    bench *b = *state;
    begin(b);
    move(b, report_hex(b, 0, 1), report_hex(b, 1, 0));
    move_alone(b, report_hex(b, 2, 2));
    for (unsigned round = 0; round < 2; round++) {
        add(b, write_many, 60 + 240 * round);
        restart(b);
        assert_true(are_together(b, 0, 1, 1, 0));
        assert_false(are_together(b, 0, 1, 0, 0));
        assert_false(are_together(b, 2, 2, 2, 0));
        expect_whole(b);
    }
    /* Those that came meanwhile are where they belong. */
    assert_true(are_together(b, 0, 10, 0, 0));
}

static void a_new_version_goes_where_the_old_one_was_put(void **state)
{
    bench *b = *state;
    begin(b);
    move(b, report_hex(b, 0, 1), report_hex(b, 1, 0));
    restart(b);
    dsr_id old = id_of(b, 0, 1);
    add(b, write_one, 201);
    assert_true(dsr_id_compare(old, id_of(b, 0, 1)) != 0);
    assert_true(are_together(b, 0, 1, 1, 0));
    expect_whole(b);
    undo(b, 1);
    assert_true(are_together(b, 0, 1, 0, 0));
}

static void a_report_that_comes_back_goes_where_it_was_put(void **state)
{
    bench *b = *state;
    begin(b);
    move(b, report_hex(b, 0, 1), report_hex(b, 1, 0));
    move_alone(b, report_hex(b, 2, 1));
    dsr_id gone[2] = {id_of(b, 0, 1), id_of(b, 2, 1)};
    assert_int_equal(dsr_engine_remove(b->engine, gone, 2, NULL), DSR_OK);
    expect_whole(b);
    restart(b);
    add(b, write_one, 101);
    add(b, write_one, 121);
    assert_true(are_together(b, 0, 1, 1, 0));
    assert_false(are_together(b, 2, 1, 2, 0)); /* its story had gone with it */
    expect_whole(b);
    undo(b, 2);
    undo(b, 1);
    assert_true(are_together(b, 0, 1, 0, 0));
    assert_true(are_together(b, 2, 1, 2, 0));
}

static void taking_back_is_fine_where_nobody_is_left(void **state)
{
    bench *b = *state;
    begin(b);
    move(b, report_hex(b, 0, 1), report_hex(b, 1, 0));
    merge(b, report_hex(b, 1, 0), report_hex(b, 2, 0));
    dsr_id gone[] = {id_of(b, 0, 1), id_of(b, 1, 0), id_of(b, 1, 1), id_of(b, 1, 2)};
    assert_int_equal(dsr_engine_remove(b->engine, gone, 4, NULL), DSR_OK);
    expect_whole(b);
    undo(b, 2);
    undo(b, 1);
    assert_int_equal(story_of(b, 2, 0)->reports.count, EACH);
}

static void the_last_report_leaves_and_its_story_comes_back(void **state)
{
    bench *b = *state;
    begin(b);
    move_alone(b, report_hex(b, 0, 1));
    dsr_id alone = story_of(b, 0, 1)->id;
    move(b, report_hex(b, 0, 1), report_hex(b, 1, 0));
    /* The id of the story that all have left leads on. */
    assert_int_equal(dsr_id_compare(story_by(b, hex_of(b, alone))->id, story_of(b, 1, 0)->id), 0);
    undo(b, 2);
    assert_int_equal(dsr_id_compare(story_of(b, 0, 1)->id, alone), 0);
    assert_int_equal(story_of(b, 0, 1)->reports.count, 1);
    undo(b, 1);
    assert_true(are_together(b, 0, 1, 0, 0));
}

/* Of two moves of one report the later one counts; the earlier one taken back, it leads back to the start. */
static void moves_are_taken_back_in_any_order(void **state)
{
    bench *b = *state;
    begin(b);
    move(b, report_hex(b, 0, 1), report_hex(b, 1, 0));
    move(b, report_hex(b, 0, 1), report_hex(b, 2, 0));
    undo(b, 1);
    assert_true(are_together(b, 0, 1, 2, 0));
    undo(b, 2);
    assert_true(are_together(b, 0, 1, 0, 0));
}

static void stories_merge_and_come_apart(void **state)
{
    bench *b = *state;
    begin(b);
    dsr_id ids[2] = {story_of(b, 0, 0)->id, story_of(b, 1, 0)->id};
    merge(b, hex_of(b, ids[0]), hex_of(b, ids[1]));
    assert_int_equal(story_of(b, 0, 0)->reports.count, 2 * EACH);
    add(b, write_many, 300);
    restart(b);
    assert_true(are_together(b, 0, 0, 1, 0));
    assert_true(are_together(b, 0, 1, 1, 2));
    expect_whole(b);
    undo(b, 1);
    restart(b);
    assert_false(are_together(b, 0, 0, 1, 0));
    for (unsigned s = 0; s < 2; s++) {
        assert_int_equal(dsr_id_compare(story_of(b, s, 0)->id, ids[s]), 0);
        assert_int_equal(dsr_id_compare(story_by(b, hex_of(b, ids[s]))->id, ids[s]), 0);
    }
}

/* A merge within a merge: whichever is taken back first, the other one stands. */
static void merges_are_taken_back_in_any_order(void **state)
{
    bench *b = *state;
    begin(b);
    dsr_id ids[STORIES];
    for (unsigned s = 0; s < STORIES; s++) {
        ids[s] = story_of(b, s, 0)->id;
    }
    merge(b, hex_of(b, ids[1]), hex_of(b, ids[2])); /* 1 */
    merge(b, hex_of(b, ids[0]), hex_of(b, ids[2])); /* 2 */
    undo(b, 2);
    assert_true(are_together(b, 1, 0, 2, 0));
    assert_false(are_together(b, 0, 0, 1, 0));
    undo(b, 1);
    assert_false(are_together(b, 1, 0, 2, 0));
    merge(b, hex_of(b, ids[1]), hex_of(b, ids[2])); /* 3 */
    merge(b, hex_of(b, ids[0]), hex_of(b, ids[2])); /* 4 */
    undo(b, 3);
    restart(b);
    assert_true(are_together(b, 0, 0, 1, 0) != are_together(b, 0, 0, 2, 0));
    undo(b, 4);
    for (unsigned s = 0; s < STORIES; s++) {
        assert_int_equal(dsr_id_compare(story_of(b, s, 1)->id, ids[s]), 0);
        assert_int_equal(story_of(b, s, 1)->reports.count, EACH);
    }
}

static void who_was_moved_later_stays_where_he_was_put(void **state)
{
    bench *b = *state;
    begin(b);
    merge(b, report_hex(b, 1, 0), report_hex(b, 0, 0));
    move(b, report_hex(b, 1, 1), report_hex(b, 2, 0));
    undo(b, 1);
    assert_true(are_together(b, 1, 1, 2, 0));
    assert_true(are_together(b, 1, 0, 1, 2));
    assert_false(are_together(b, 1, 0, 0, 0));
}

/* Somebody says of a report that it is where a merge had brought it: then the merge taken back leaves it. */
static void who_is_kept_where_a_merge_brought_him_stays(void **state)
{
    bench *b = *state;
    begin(b);
    merge(b, report_hex(b, 1, 0), report_hex(b, 0, 0));
    move(b, report_hex(b, 1, 1), report_hex(b, 0, 0)); /* it is there */
    undo(b, 1);
    assert_false(are_together(b, 1, 0, 0, 0));
    undo(b, 2);
    assert_true(are_together(b, 1, 1, 1, 0));
}

/* A later move taken back leads to where the earlier one has it today, whatever came apart meanwhile. */
static void an_earlier_move_counts_again(void **state)
{
    bench *b = *state;
    begin(b);
    move(b, report_hex(b, 2, 1), report_hex(b, 1, 0));  /* 1 */
    merge(b, report_hex(b, 1, 0), report_hex(b, 0, 0)); /* 2 */
    move_alone(b, report_hex(b, 2, 1));                 /* 3 */
    undo(b, 2);
    undo(b, 3);
    assert_true(are_together(b, 2, 1, 1, 0));
    assert_false(are_together(b, 2, 1, 0, 0));
    move(b, report_hex(b, 2, 1), report_hex(b, 0, 0)); /* 4 */
    dsr_id gone[] = {id_of(b, 1, 0), id_of(b, 1, 1), id_of(b, 1, 2)};
    assert_int_equal(dsr_engine_remove(b->engine, gone, 3, NULL), DSR_OK);
    undo(b, 4); /* nobody is left there: it opens a story */
    assert_int_equal(story_of(b, 2, 1)->reports.count, 1);
    undo(b, 1);
    assert_true(are_together(b, 2, 1, 2, 0));
}

typedef struct count {
    dsr_id id;
    uint32_t independent;
} count;

static dsr_status take_summary(void *context, const dsr_story_summary *summary)
{
    count *c = context;
    if (dsr_id_compare(summary->id, c->id) == 0) {
        c->independent = summary->independent;
    }
    return DSR_OK;
}

static uint32_t independent(bench *b, unsigned story, unsigned n)
{
    count c = {story_of(b, story, n)->id, 0};
    assert_int_equal(dsr_engine_each_summary(b->engine, NULL, take_summary, &c, NULL), DSR_OK);
    return c.independent;
}

static dsr_status count_pair(void *context, const dsr_reuse *reuse, const dsr_report *from,
                             const dsr_report *to)
{
    (void)reuse;
    (void)from;
    (void)to;
    ++*(size_t *)context;
    return DSR_OK;
}

static void a_copy_that_is_none_ties_nobody(void **state)
{
    bench *b = *state;
    size_t pairs = 0;
    add(b, write_copy, 5);
    add(b, write_copy, 6);
    assert_int_equal(story_of(b, 0, 5)->reuse.count, 1);
    assert_int_equal(independent(b, 0, 5), 1);
    const dsr_slice what[2] = {report_hex(b, 0, 6), report_hex(b, 0, 5)};
    assert_int_equal(try_mend(b, DSR_CORRECTION_NO_COPY, what, 2, false), DSR_OK);
    restart(b);
    expect_whole(b);
    assert_int_equal(story_of(b, 0, 5)->reuse.count, 0);
    assert_int_equal(independent(b, 0, 5), 2);
    assert_int_equal(dsr_engine_each_copy(b->engine, count_pair, &pairs, NULL), DSR_OK);
    assert_int_equal(pairs, 0);
    dsr_why why;
    assert_int_equal(dsr_engine_why(b->engine, what[0], b->arena, &why, NULL), DSR_OK);
    assert_int_equal(why.copies.count, 0);
    assert_int_equal(try_mend(b, DSR_CORRECTION_NO_COPY, what, 2, false),
                     DSR_ERR_ARGUMENT); /* said already */
    undo(b, 1);
    assert_int_equal(story_of(b, 0, 5)->reuse.count, 1);
    assert_int_equal(independent(b, 0, 5), 1);
}

/* A copy taken out and in again is still none. */
static void a_copy_that_is_none_stays_so_when_it_comes_back(void **state)
{
    bench *b = *state;
    add(b, write_copy, 5);
    add(b, write_copy, 6);
    const dsr_slice what[2] = {report_hex(b, 0, 6), report_hex(b, 0, 5)};
    assert_int_equal(try_mend(b, DSR_CORRECTION_NO_COPY, what, 2, false), DSR_OK);
    dsr_id gone = id_of(b, 0, 5);
    assert_int_equal(dsr_engine_remove(b->engine, &gone, 1, NULL), DSR_OK);
    add(b, write_copy, 5);
    assert_int_equal(story_of(b, 0, 5)->reuse.count, 0);
    undo(b, 1);
    dsr_why why;
    assert_int_equal(dsr_engine_why(b->engine, report_hex(b, 0, 5), b->arena, &why, NULL), DSR_OK);
    assert_int_equal(why.copies.count, 1);
}

static void what_cannot_be_is_refused(void **state)
{
    bench *b = *state;
    begin(b);
    dsr_slice one = report_hex(b, 0, 0), other = report_hex(b, 0, 1), none = DSR_SLICE("ffffffffff");
    const dsr_slice same[2] = {one, other}, lost[2] = {none, one}, twice[2] = {one, one};
    dsr_correction made;
    assert_int_equal(try_mend(b, DSR_CORRECTION_MERGE, same, 2, false), DSR_ERR_ARGUMENT);
    assert_int_equal(try_mend(b, DSR_CORRECTION_MERGE, lost, 2, false), DSR_ERR_NOT_FOUND);
    assert_int_equal(try_mend(b, DSR_CORRECTION_MERGE, same, 1, false), DSR_ERR_ARGUMENT);
    assert_int_equal(try_mend(b, DSR_CORRECTION_MOVE, lost, 2, false), DSR_ERR_NOT_FOUND);
    assert_int_equal(try_mend(b, DSR_CORRECTION_MOVE, same, 2, true), DSR_ERR_ARGUMENT);
    assert_int_equal(try_mend(b, DSR_CORRECTION_NO_COPY, twice, 2, false), DSR_ERR_ARGUMENT);
    assert_int_equal(try_mend(b, DSR_CORRECTION_PEOPLE_MERGE, twice, 2, false), DSR_ERR_ARGUMENT);
    const dsr_slice nobody[2] = {DSR_SLICE("per-nobody"), one}, empty[2] = {DSR_SLICE(""), one};
    assert_int_equal(try_mend(b, DSR_CORRECTION_PEOPLE_SPLIT, nobody, 2, false), DSR_ERR_ARGUMENT);
    assert_int_equal(try_mend(b, DSR_CORRECTION_PEOPLE_MERGE, empty, 2, false), DSR_ERR_ARGUMENT);
    assert_int_equal(dsr_engine_undo(b->engine, 1, &SAID, b->arena, &made, NULL), DSR_ERR_NOT_FOUND);
    assert_int_equal(dsr_engine_undo(b->engine, 0, &SAID, b->arena, &made, NULL), DSR_ERR_NOT_FOUND);
    move_alone(b, one);
    undo(b, 1);
    assert_int_equal(dsr_engine_undo(b->engine, 1, &SAID, b->arena, &made, NULL), DSR_ERR_ARGUMENT);
    expect_whole(b);
}

/* On both sides of the limit of a reason, and of the reports that one correction names. */
static void sizes_have_limits(void **state)
{
    bench *b = *state;
    begin(b);
    static char text[DSR_LIMIT_CORRECTION_BYTES + 1];
    memset(text, 'a', sizeof text);
    const dsr_slice what[2] = {DSR_SLICE("per-a"), DSR_SLICE("per-b")};
    dsr_mend mend = {DSR_CORRECTION_PEOPLE_MERGE, what, 2, false, SAID};
    dsr_correction made;
    mend.said.why = (dsr_slice){text, sizeof text};
    assert_int_equal(dsr_engine_mend(b->engine, &mend, b->arena, &made, NULL), DSR_ERR_LIMIT);
    mend.said.why.len--;
    assert_int_equal(dsr_engine_mend(b->engine, &mend, b->arena, &made, NULL), DSR_OK);
    assert_int_equal(made.said.why.len, DSR_LIMIT_CORRECTION_BYTES);
    dsr_slice many[DSR_LIMIT_CORRECTION_REPORTS + 2];
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        many[i] = DSR_SLICE("per-a");
    }
    assert_int_equal(try_mend(b, DSR_CORRECTION_PEOPLE_SPLIT, many, DSR_LIMIT_CORRECTION_REPORTS + 2, false),
                     DSR_ERR_LIMIT);
    mend.said.why = DSR_SLICE("\xff");
    assert_int_equal(dsr_engine_mend(b->engine, &mend, b->arena, &made, NULL), DSR_ERR_ARGUMENT);
}

/* --- cut anywhere --- */

static dsr_status digest_line(void *context, dsr_slice line)
{
    uint64_t *digest = context;
    *digest = dsr_hash64(line, *digest);
    return DSR_OK;
}

/* The same calls, the engine closed and opened after each or not at all. */
static uint64_t run(bench *b, bool cut)
{
    uint64_t digest = 0;
    begin(b);
    for (unsigned step = 0; step < 5; step++) {
        if (cut) {
            restart(b);
        }
        switch (step) {
        case 0:
            move(b, report_hex(b, 0, 1), report_hex(b, 1, 0));
            break;
        case 1:
            move_alone(b, report_hex(b, 1, 1));
            break;
        case 2:
            merge(b, report_hex(b, 2, 0), report_hex(b, 1, 1));
            break;
        case 3:
            undo(b, 1);
            break;
        default:
            break;
        }
        add(b, write_many, 20 * (step + 1));
    }
    assert_int_equal(dsr_store_dump(b->engine->store, digest_line, &digest, NULL), DSR_OK);
    return digest;
}

static void the_same_calls_make_the_same_store(void **state)
{
    bench *b = *state;
    uint64_t whole = run(b, false);
    dsr_engine_close(b->engine);
    unlink(b->path);
    open_engine(b);
    assert_true(run(b, true) == whole);
    dsr_engine_close(b->engine);
    unlink(b->path);
    b->path[0] = '\0'; /* in memory */
    open_engine(b);
    assert_true(run(b, false) == whole);
}

static void damage_is_found(void **state)
{
    bench *b = *state;
    begin(b);
    move(b, report_hex(b, 0, 1), report_hex(b, 1, 0));
    dsr_chunks c = dsr_store_chunks(b->engine->store);
    dsr_record_key key = dsr_record_key_make(1);
    dsr_slice k = dsr_record_key_slice(&key);
    dsr_buffer was;
    dsr_buffer_open(&was, 0);
    assert_int_equal(c.get(c.context, DSR_RECORD_CORRECTION, k, &was, NULL), DSR_OK);
    for (size_t length = 0; length < was.len; length++) {
        dsr_slice part = dsr_slice_part(dsr_buffer_slice(&was), 0, length);
        dsr_corrections read = {.arena = NULL};
        assert_int_equal(dsr_store_begin(b->engine->store, NULL), DSR_OK);
        assert_int_equal(c.put(c.context, DSR_RECORD_CORRECTION, k, part, NULL), DSR_OK);
        assert_int_equal(dsr_corrections_read(b->engine->store, &read, NULL), DSR_ERR_STORE);
        dsr_store_rollback(b->engine->store);
    }
    dsr_buffer_drop(&was);
    expect_whole(b);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_report_moves_and_comes_back),
        CASE(a_report_that_was_moved_stays),
        CASE(a_new_version_goes_where_the_old_one_was_put),
        CASE(a_report_that_comes_back_goes_where_it_was_put),
        CASE(taking_back_is_fine_where_nobody_is_left),
        CASE(the_last_report_leaves_and_its_story_comes_back),
        CASE(moves_are_taken_back_in_any_order),
        CASE(stories_merge_and_come_apart),
        CASE(merges_are_taken_back_in_any_order),
        CASE(who_was_moved_later_stays_where_he_was_put),
        CASE(who_is_kept_where_a_merge_brought_him_stays),
        CASE(an_earlier_move_counts_again),
        CASE(a_copy_that_is_none_ties_nobody),
        CASE(a_copy_that_is_none_stays_so_when_it_comes_back),
        CASE(what_cannot_be_is_refused),
        CASE(sizes_have_limits),
        CASE(the_same_calls_make_the_same_store),
        CASE(damage_is_found),
    };
    return cmocka_run_group_tests_name("engine mend", tests, NULL, NULL);
}
