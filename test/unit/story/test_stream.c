/* Stories as a stream: who joins whom, what is mended, what ends, and that the state survives being cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/limits.h"
#include "story/stream.h"

enum { TERMS = 60, OWN = 30, BACKGROUND = 600, MOST = 4000 };

/* Made-up reports: of story `story` the words OWN of its forty, else words of the report alone. */
typedef struct made {
    dsr_story_terms terms;
    struct dsr_story_term items[TERMS];
    dsr_stream_name names[2];
} made;

static void make(made *m, uint32_t story, uint32_t report, const int32_t *day)
{
    uint64_t seed = dsr_hash_mix(report + 1000003u);
    m->terms = (dsr_story_terms){m->items, TERMS, day != NULL, day ? *day : 0};
    for (uint32_t i = 0; i < TERMS; i++) {
        bool own = i < OWN;
        uint64_t hash = own ? (story + 1) * 1000 + (i + seed % 40) % 40 : dsr_hash_mix(seed + i);
        m->items[i] = (struct dsr_story_term){dsr_hash_mix(hash), 0, 1, i < 5, i < 15};
    }
    for (uint32_t i = 0; i < 2; i++) {
        m->names[i] = (dsr_stream_name){dsr_hash_mix((story + 1) * 7919 + i), 2};
    }
}

static dsr_stream *open_stream(uint32_t most)
{
    dsr_stream *stream = NULL;
    dsr_stream_options options = {BACKGROUND, 0, most};
    assert_int_equal(dsr_stream_new(&options, &stream), DSR_OK);
    return stream;
}

static dsr_stream_decision add_tied(dsr_stream *s, uint32_t story, uint32_t report, const int32_t *day,
                                    dsr_stream_tie tie)
{
    made m;
    dsr_stream_decision d;
    make(&m, story, report, day);
    dsr_stream_report r = {report, &m.terms, m.names, 2, &tie, tie.story != 0, 0};
    assert_int_equal(dsr_stream_add(s, &r, &d, NULL), DSR_OK);
    return d;
}

static dsr_stream_decision add(dsr_stream *s, uint32_t story, uint32_t report, const int32_t *day)
{
    return add_tied(s, story, report, day, (dsr_stream_tie){0, 0});
}

static void reports_of_one_story_join_it_and_others_do_not(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    assert_true(add(s, 0, 1, NULL).opened);
    assert_true(add(s, 1, 2, NULL).opened);
    dsr_stream_decision d = add(s, 0, 3, NULL);
    assert_false(d.opened);
    assert_int_equal(d.story, 1);
    assert_int_equal(add(s, 1, 4, NULL).story, 2);
    assert_int_equal(dsr_stream_count_open(s), 2);
    dsr_stream_drop(s);
}

static void a_decision_tells_its_words_and_the_second_best(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    add(s, 0, 1, NULL);
    add(s, 1, 2, NULL);
    made m;
    make(&m, 0, 3, NULL);
    for (uint32_t i = 0; i < 4; i++) { /* some words of the other story too */
        m.items[OWN + i].hash = dsr_hash_mix(2000 + i + dsr_hash_mix(2 + 1000003u) % 40 % 10);
    }
    dsr_stream_report r = {3, &m.terms, m.names, 2, NULL, 0, 0};
    dsr_stream_decision d;
    dsr_stream_events events;
    assert_int_equal(dsr_stream_add(s, &r, &d, &events), DSR_OK);
    assert_int_equal(d.best.story, 1);
    assert_true(d.best.score >= DSR_STREAM_JOIN);
    assert_true(d.second.story == 0 || d.second.score < d.best.score);
    assert_true(d.best.names > 0 && d.best.words > 0);
    assert_int_equal(d.best.score,
                     -6030 + d.best.words + d.best.title + d.best.lead + d.best.names + d.best.dates);
    assert_int_equal(d.shared_count, DSR_STREAM_SHARED);
    bool name = false, word = false;
    for (size_t i = 0; i < d.shared_count; i++) {
        name |= d.shared[i].is_name && d.shared[i].key == dsr_stream_key(m.names[0].hash);
        word |= !d.shared[i].is_name;
        assert_true(i == 0 || d.shared[i].weight <= d.shared[i - 1].weight);
    }
    assert_true(name && word);
    assert_int_equal(events.count, 1);
    assert_int_equal(events.items[0].kind, DSR_STREAM_JOINED);
    assert_int_equal(events.items[0].report, 3);
    dsr_stream_drop(s);
}

static void reports_without_words_stand_alone(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    dsr_story_terms none = {.items = NULL};
    dsr_stream_report r = {1, &none, NULL, 0, NULL, 0, 0};
    for (uint32_t i = 1; i < 300; i++) {
        dsr_stream_decision d;
        assert_int_equal(dsr_stream_add(s, &r, &d, NULL), DSR_OK);
        assert_true(d.opened);
        assert_int_equal(d.story, i);
    }
    dsr_stream_drop(s);
}

static void a_copy_joins_whatever_stands_around_it_and_adds_no_voice(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    add(s, 0, 1, NULL);
    dsr_stream_decision d = add_tied(s, 7, 2, NULL, (dsr_stream_tie){1, 900});
    assert_int_equal(d.story, 1);
    assert_false(d.voice);
    assert_int_equal(d.best.tie, 10800);
    /* Its words are not the story's: the next report with them has nothing to join. */
    assert_true(add(s, 7, 3, NULL).opened);
    d = add_tied(s, 0, 4, NULL, (dsr_stream_tie){1, 600});
    assert_true(d.voice && d.story == 1);
    /* A tie to a story that is not open is none; a weak one neither. */
    assert_true(add_tied(s, 9, 5, NULL, (dsr_stream_tie){77, 1000}).opened);
    assert_true(add_tied(s, 10, 6, NULL, (dsr_stream_tie){1, 499}).opened);
    dsr_stream_drop(s);
}

static void stories_end_when_the_window_has_passed(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    const int32_t day = 20000;
    int32_t later = day;
    add(s, 0, 1, &day);
    for (uint32_t i = 2; i <= 256; i++) {
        add(s, i, i, &day);
    }
    assert_true(dsr_stream_is_open(s, 1));
    later = day + 30;
    for (uint32_t i = 257; i <= 512; i++) {
        add(s, i, i, &later);
    }
    assert_true(dsr_stream_is_open(s, 1)); /* thirty days are within */
    later = day + 31;
    for (uint32_t i = 513; i <= 768; i++) {
        add(s, i, i, &later);
    }
    assert_false(dsr_stream_is_open(s, 1));
    assert_true(dsr_stream_is_open(s, 300));
    assert_true(add(s, 0, 800, &later).opened);
    dsr_stream_drop(s);
}

static void wrong_dates_do_not_move_the_calendar(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    const int32_t day = 20000, future = 60000, past = INT32_MIN, far = INT32_MAX;
    int32_t now = 0;
    assert_false(dsr_stream_day(s, &now));
    for (uint32_t i = 1; i <= 512; i++) {
        /* A hundred of 256 are dated in another century, some not at all. */
        const int32_t *d = i % 5 == 1    ? &future
                           : i % 5 == 2  ? (i % 2 ? &past : &far)
                           : i % 50 == 3 ? NULL
                                         : &day;
        add(s, i, i, d);
    }
    assert_true(dsr_stream_day(s, &now));
    assert_int_equal(now, day);
    assert_int_equal(dsr_stream_count_open(s), 512);
    dsr_stream_drop(s);
}

static void a_clock_set_back_ends_nothing(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    int32_t day = 20000, now = 0;
    for (uint32_t i = 1; i <= 1024; i++) {
        day = i <= 512 ? 20000 : 10000;
        add(s, i, i, &day);
    }
    assert_true(dsr_stream_day(s, &now));
    assert_int_equal(now, 10000);
    assert_int_equal(dsr_stream_count_open(s), 1024);
    dsr_stream_drop(s);
}

static void late_and_undated_reports_join_the_story_of_their_words(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    int32_t day = 20000;
    add(s, 0, 1, &day);
    day = 20020;
    for (uint32_t i = 2; i <= 300; i++) {
        add(s, i, i, &day);
    }
    day = 20001;
    assert_int_equal(add(s, 0, 301, &day).story, 1);
    assert_int_equal(add(s, 0, 302, NULL).story, 1);
    /* Days between cost. */
    day = 20022;
    dsr_stream_decision d = add(s, 0, 303, &day);
    assert_int_equal(d.story, 1);
    assert_true(d.best.dates < 0);
    dsr_stream_drop(s);
}

static void too_many_open_stories_end_the_oldest(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(10);
    for (uint32_t i = 1; i <= 10; i++) {
        add(s, i, i, NULL);
    }
    assert_int_equal(add(s, 1, 11, NULL).story, 1); /* touched last now */
    assert_int_equal(dsr_stream_count_open(s), 10);
    assert_int_equal(add(s, 50, 12, NULL).story, 11);
    assert_int_equal(dsr_stream_count_open(s), 10);
    assert_true(dsr_stream_is_open(s, 1));
    assert_false(dsr_stream_is_open(s, 2));
    dsr_stream_drop(s);
}

static void stories_that_turn_out_to_be_one_are_merged(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    /* Two halves of one story that share little, then reports with the words of both. */
    made m;
    uint32_t merged = 0;
    for (uint32_t i = 1; i <= 12; i++) {
        dsr_stream_events events;
        make(&m, 0, i, NULL);
        for (uint32_t k = 0; k < (i < 3 ? (uint32_t)OWN : (uint32_t)TERMS); k++) {
            m.items[k].hash = dsr_hash_mix(50000 + (i == 2 ? UINT32_C(30) : 0) + k);
        }
        m.names[1].hash += i < 3 ? i : 0;
        dsr_stream_report r = {i, &m.terms, m.names, 2, NULL, 0, 0};
        assert_int_equal(dsr_stream_add(s, &r, NULL, &events), DSR_OK);
        for (size_t k = 0; k < events.count; k++) {
            if (events.items[k].kind == DSR_STREAM_MERGED) {
                merged++;
                assert_true(events.items[k].from > events.items[k].story); /* the first number stays */
                assert_false(dsr_stream_is_open(s, events.items[k].from));
            }
        }
    }
    assert_true(merged > 0);
    assert_int_equal(dsr_stream_count_open(s), 1);
    dsr_stream_drop(s);
}

static void a_report_that_is_taken_out_leaves_its_story(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    dsr_stream_events events;
    add(s, 0, 1, NULL);
    add(s, 1, 2, NULL);
    assert_int_equal(add(s, 0, 3, NULL).story, 1);
    assert_int_equal(add_tied(s, 5, 4, NULL, (dsr_stream_tie){1, 900}).story, 1);
    assert_int_equal(dsr_stream_remove(s, 4, 1, &events), DSR_OK); /* a copy */
    assert_int_equal(events.count, 0);
    assert_int_equal(dsr_stream_remove(s, 1, 1, &events), DSR_OK); /* who opened it */
    assert_int_equal(events.count, 0);
    assert_true(dsr_stream_is_open(s, 1));
    assert_int_equal(add(s, 0, 5, NULL).story, 1);
    assert_int_equal(dsr_stream_remove(s, 2, 2, &events), DSR_OK); /* the only one */
    assert_int_equal(events.count, 1);
    assert_int_equal(events.items[0].kind, DSR_STREAM_ENDED);
    assert_false(dsr_stream_is_open(s, 2));
    assert_int_equal(dsr_stream_remove(s, 2, 2, &events), DSR_OK); /* nothing is left to do */
    assert_int_equal(events.count, 0);
    assert_true(add(s, 1, 6, NULL).opened);
    dsr_stream_drop(s);
}

static void people_may_merge_open_stories(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    dsr_stream_events events;
    add(s, 0, 1, NULL);
    add(s, 1, 2, NULL);
    assert_int_equal(dsr_stream_merge(s, 2, 1, &events), DSR_OK);
    assert_int_equal(events.count, 1);
    assert_int_equal(events.items[0].story, 1);
    assert_int_equal(events.items[0].from, 2);
    assert_int_equal(dsr_stream_merge(s, 2, 1, &events), DSR_ERR_NOT_FOUND);
    assert_int_equal(dsr_stream_merge(s, 1, 1, &events), DSR_ERR_NOT_FOUND);
    assert_int_equal(add(s, 1, 3, NULL).story, 1);
    dsr_stream_drop(s);
}

static dsr_stream_events put(dsr_stream *s, uint32_t story, uint32_t report, uint32_t from, uint32_t to)
{
    made m;
    dsr_stream_events events;
    make(&m, story, report, NULL);
    dsr_stream_report r = {report, &m.terms, m.names, 2, NULL, 0, 0};
    assert_int_equal(dsr_stream_put(s, &r, from, to, &events), DSR_OK);
    return events;
}

static void a_report_is_put_where_somebody_says(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    for (uint32_t i = 1; i <= 6; i++) {
        add(s, i % 2, i, NULL); /* story 1 has the odd ones, story 2 the even ones */
    }
    dsr_stream_events events = put(s, 1, 1, 1, 2);
    assert_int_equal(events.count, 1);
    assert_int_equal(events.items[0].kind, DSR_STREAM_MOVED);
    assert_true(events.items[0].report == 1 && events.items[0].from == 1 && events.items[0].story == 2);
    assert_int_equal(put(s, 1, 1, 2, 2).count, 0); /* it is there */
    events = put(s, 1, 3, 1, DSR_STREAM_NEW);
    assert_int_equal(events.count, 2);
    assert_int_equal(events.items[0].kind, DSR_STREAM_OPENED);
    assert_int_equal(events.items[1].story, 3);
    events = put(s, 1, 5, 1, 3); /* the last one of its story */
    assert_int_equal(events.count, 2);
    assert_int_equal(events.items[1].kind, DSR_STREAM_MERGED);
    assert_true(events.items[1].from == 1 && events.items[1].story == 3);
    assert_false(dsr_stream_is_open(s, 1));
    assert_int_equal(add(s, 1, 7, NULL).story, 3); /* its words went along */
    dsr_stream_drop(s);
}

/* Stories that have ended are no hindrance, and nothing is learnt for them. */
static void a_story_that_has_ended_takes_what_it_is_given(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(2);
    add(s, 0, 1, NULL);
    add(s, 1, 2, NULL);
    add(s, 2, 3, NULL);
    assert_false(dsr_stream_is_open(s, 1));
    assert_int_equal(put(s, 1, 2, 2, 1).count, 2); /* moved, and its story merged */
    assert_false(dsr_stream_is_open(s, 2));
    assert_int_equal(put(s, 0, 1, 1, 3).count, 1); /* out of it into an open one */
    made m;
    dsr_stream_decision d;
    dsr_stream_events events;
    make(&m, 0, 5, NULL);
    dsr_stream_report r = {5, &m.terms, m.names, 2, NULL, 0, 1};
    assert_int_equal(dsr_stream_add(s, &r, &d, &events), DSR_OK);
    assert_true(d.story == 1 && !d.opened);
    assert_true(d.best.story == 3 && d.best.words > 0); /* what was found is told all the same */
    assert_int_equal(events.count, 1);
    assert_int_equal(events.items[0].kind, DSR_STREAM_JOINED);
    assert_false(dsr_stream_is_open(s, 1));
    r.report = 6;
    r.into = DSR_STREAM_NEW;
    assert_int_equal(dsr_stream_add(s, &r, &d, &events), DSR_OK);
    assert_true(d.opened && d.story == 4);
    dsr_stream_drop(s);
}

/* The words of a report that is no longer among the latest are weighed anew. */
static void an_old_report_brings_its_words(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    add(s, 0, 1, NULL);
    for (uint32_t i = 2; i <= 600; i++) {
        add(s, i, i, NULL);
    }
    assert_int_equal(put(s, 0, 1, 1, DSR_STREAM_NEW).count, 3); /* opened, moved, merged */
    assert_int_equal(add(s, 0, 601, NULL).story, 601);
    dsr_stream_drop(s);
}

/* Whether the two halves of a story are merged by reports with the words of both. */
static uint32_t count_mergers(bool apart, bool again)
{
    dsr_stream *s = open_stream(0);
    made m;
    uint32_t merged = 0;
    for (uint32_t i = 1; i <= 12; i++) {
        dsr_stream_events events;
        make(&m, 0, i, NULL);
        for (uint32_t k = 0; k < (i < 3 ? (uint32_t)OWN : (uint32_t)TERMS); k++) {
            m.items[k].hash = dsr_hash_mix(50000 + (i == 2 ? UINT32_C(30) : 0) + k);
        }
        m.names[1].hash += i < 3 ? i : 0;
        dsr_stream_report r = {i, &m.terms, m.names, 2, NULL, 0, 0};
        assert_int_equal(dsr_stream_add(s, &r, NULL, &events), DSR_OK);
        for (size_t k = 0; k < events.count; k++) {
            merged += events.items[k].kind == DSR_STREAM_MERGED;
        }
        if (i == 2 && apart) {
            assert_int_equal(dsr_stream_hold_apart(s, 2, 1), DSR_OK);
        }
        if (i == 2 && again) {
            dsr_stream_release(s);
        }
    }
    dsr_stream_drop(s);
    return merged;
}

static void stories_that_are_held_apart_stay_two(void **state)
{
    (void)state;
    assert_int_equal(count_mergers(false, false), 1);
    assert_int_equal(count_mergers(true, false), 0);
    assert_int_equal(count_mergers(true, true), 1);
}

/* A report put among strangers goes home when it is looked at again, unless it or the story is held. */
static bool goes_home(bool hold_report, bool hold_story)
{
    dsr_stream *s = open_stream(0);
    bool home = false;
    for (uint32_t i = 1; i <= 6; i++) {
        add(s, i % 2, i, NULL);
    }
    (void)put(s, 1, 5, 1, 2);
    assert_true(!hold_report || dsr_stream_hold_report(s, 5) == DSR_OK);
    assert_true(!hold_story || dsr_stream_hold_story(s, 2) == DSR_OK);
    for (uint32_t i = 7; i <= 300; i++) {
        made m;
        dsr_stream_events events;
        make(&m, i % 2, i, NULL);
        dsr_stream_report r = {i, &m.terms, m.names, 2, NULL, 0, 0};
        assert_int_equal(dsr_stream_add(s, &r, NULL, &events), DSR_OK);
        for (size_t k = 0; k < events.count; k++) {
            home |= events.items[k].kind == DSR_STREAM_MOVED && events.items[k].report == 5;
        }
    }
    dsr_stream_drop(s);
    return home;
}

static void what_is_held_does_not_move(void **state)
{
    (void)state;
    assert_true(goes_home(false, false));
    assert_false(goes_home(true, false));
    assert_false(goes_home(false, true));
}

/* A run over many days with bursts, copies, wrong dates: report i of it. */
static dsr_stream_decision add_of_run(dsr_stream *s, uint32_t i, uint32_t *last)
{
    const uint64_t dice = dsr_hash_mix(i + 5);
    const uint32_t story = i / 20 + (uint32_t)(dice % 40);
    const int32_t day = 20000 + (int32_t)(i / 40) + (dice % 97 == 0 ? 4000 : 0);
    dsr_stream_tie tie = {dice % 7 == 0 ? *last : 0, (uint32_t)(dice % 1000)};
    dsr_stream_decision d = add_tied(s, story, i, dice % 11 ? &day : NULL, tie);
    *last = d.story;
    return d;
}

static dsr_status digest_chunk(void *visitor, dsr_slice key, dsr_slice value)
{
    uint64_t *digest = visitor;
    assert_true(key.len <= DSR_CHUNK_KEY_BYTES && value.len <= DSR_CHUNK_BYTES);
    *digest = dsr_hash64(value, dsr_hash64(key, *digest));
    return DSR_OK;
}

static uint64_t digest(const dsr_chunks *chunks)
{
    uint64_t sum = 1;
    for (uint8_t family = DSR_CHUNKS_STORIES; family < DSR_CHUNKS_STORIES + 16; family++) {
        dsr_error error;
        assert_int_equal(chunks->each(chunks->context, family, digest_chunk, &sum, &error), DSR_OK);
    }
    return sum;
}

typedef struct outcome {
    uint32_t *stories;
    int64_t *scores;
    uint64_t digest;
} outcome;

/* Runs `count` reports; after each `batch` the state is saved, and loaded into a new stream where `again`. */
static void run_cut(uint32_t count, uint32_t batch, bool again, dsr_memory_chunks *memory, outcome *out)
{
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_error error;
    uint32_t last = 0;
    dsr_stream *s = open_stream(200);
    assert_int_equal(dsr_stream_load(s, &chunks, &error), DSR_OK);
    for (uint32_t i = 0; i < count; i++) {
        dsr_stream_decision d = add_of_run(s, i, &last);
        out->stories[i] = d.story;
        out->scores[i] = d.best.score * INT64_C(100000) + d.second.score;
        if ((i + 1) % batch == 0 || i + 1 == count) {
            assert_int_equal(dsr_stream_save(s, &chunks, &error), DSR_OK);
        }
        if ((i + 1) % batch == 0 && again) {
            dsr_stream_drop(s);
            s = open_stream(200);
            assert_int_equal(dsr_stream_load(s, &chunks, &error), DSR_OK);
        }
    }
    out->digest = digest(&chunks);
    dsr_stream_drop(s);
}

static void however_it_is_cut_state_and_stories_are_the_same(void **state)
{
    (void)state;
    enum { CUTS = 4 };
    const uint32_t batches[CUTS] = {MOST, 1000, 128, 77};
    outcome first = {NULL, NULL, 0};
    for (int c = 0; c < CUTS; c++) {
        dsr_memory_chunks *memory = dsr_memory_chunks_new();
        outcome o = {calloc(MOST, sizeof(uint32_t)), calloc(MOST, sizeof(int64_t)), 0};
        assert_non_null(memory);
        run_cut(MOST, batches[c], c != 0, memory, &o);
        dsr_memory_chunks_drop(memory);
        if (c == 0) {
            first = o;
            continue;
        }
        for (uint32_t i = 0; i < MOST; i++) {
            assert_int_equal(o.stories[i], first.stories[i]);
            assert_int_equal(o.scores[i], first.scores[i]);
        }
        assert_int_equal(o.digest, first.digest);
        free(o.stories);
        free(o.scores);
    }
    free(first.stories);
    free(first.scores);
}

typedef struct spoiler {
    dsr_chunks to;
    dsr_error *error;
    uint8_t family;
    uint32_t how, changed;
} spoiler;

/* Copies a chunk, damaged in one of several ways. */
static dsr_status spoil(void *visitor, dsr_slice key, dsr_slice value)
{
    spoiler *s = visitor;
    char bytes[DSR_CHUNK_BYTES];
    memcpy(bytes, value.ptr, value.len);
    size_t len = value.len;
    if (len && s->how && dsr_hash64(key, s->how) % 3 == 0) {
        const size_t at = dsr_hash_mix(s->how) % len;
        s->changed++;
        if (s->how % 2) {
            len = at;
        } else {
            bytes[at] = (char)(bytes[at] ^ (1 << s->how % 8));
        }
    }
    return s->to.put(s->to.context, s->family, key, (dsr_slice){bytes, len}, s->error);
}

static void damaged_state_is_told_or_borne(void **state)
{
    (void)state;
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    outcome o = {calloc(MOST, sizeof(uint32_t)), calloc(MOST, sizeof(int64_t)), 0};
    run_cut(700, 700, false, memory, &o);
    uint32_t told = 0;
    for (uint32_t how = 0; how < 60; how++) {
        dsr_memory_chunks *bad = dsr_memory_chunks_new();
        dsr_chunks from = dsr_memory_chunks_surface(memory), to = dsr_memory_chunks_surface(bad);
        dsr_error error;
        spoiler p = {to, &error, 0, how, 0};
        for (p.family = DSR_CHUNKS_STORIES; p.family < DSR_CHUNKS_STORIES + 4; p.family++) {
            assert_int_equal(from.each(from.context, p.family, spoil, &p, &error), DSR_OK);
        }
        dsr_stream *s = open_stream(200);
        dsr_status status = dsr_stream_load(s, &to, &error);
        assert_true(how || status == DSR_OK);
        told += status != DSR_OK;
        for (uint32_t i = 700, last = 0; status == DSR_OK && i < 1100; i++) {
            add_of_run(s, i, &last);
        }
        dsr_stream_drop(s);
        dsr_memory_chunks_drop(bad);
    }
    assert_true(told > 20);
    free(o.stories);
    free(o.scores);
    dsr_memory_chunks_drop(memory);
}

static void another_version_is_refused(void **state)
{
    (void)state;
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_error error;
    dsr_stream *s = open_stream(0);
    assert_int_equal(dsr_stream_save(s, &chunks, &error), DSR_ERR_ARGUMENT);
    assert_int_equal(
        chunks.put(chunks.context, DSR_CHUNKS_STORIES, DSR_SLICE("stream"), DSR_SLICE("\x7f"), &error),
        DSR_OK);
    assert_int_equal(dsr_stream_load(s, &chunks, &error), DSR_ERR_VERSION);
    dsr_stream_drop(s);
    dsr_memory_chunks_drop(memory);
}

static void a_story_of_thousands_keeps_its_measure(void **state)
{
    (void)state;
    dsr_stream *s = open_stream(0);
    for (uint32_t i = 1; i <= 3000; i++) {
        assert_int_equal(add(s, 0, i, NULL).story, 1);
    }
    assert_true(add(s, 1, 3001, NULL).opened);
    dsr_stream_drop(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_of_one_story_join_it_and_others_do_not),
        cmocka_unit_test(a_decision_tells_its_words_and_the_second_best),
        cmocka_unit_test(reports_without_words_stand_alone),
        cmocka_unit_test(a_copy_joins_whatever_stands_around_it_and_adds_no_voice),
        cmocka_unit_test(stories_end_when_the_window_has_passed),
        cmocka_unit_test(wrong_dates_do_not_move_the_calendar),
        cmocka_unit_test(a_clock_set_back_ends_nothing),
        cmocka_unit_test(late_and_undated_reports_join_the_story_of_their_words),
        cmocka_unit_test(too_many_open_stories_end_the_oldest),
        cmocka_unit_test(stories_that_turn_out_to_be_one_are_merged),
        cmocka_unit_test(a_report_that_is_taken_out_leaves_its_story),
        cmocka_unit_test(people_may_merge_open_stories),
        cmocka_unit_test(a_report_is_put_where_somebody_says),
        cmocka_unit_test(a_story_that_has_ended_takes_what_it_is_given),
        cmocka_unit_test(an_old_report_brings_its_words),
        cmocka_unit_test(stories_that_are_held_apart_stay_two),
        cmocka_unit_test(what_is_held_does_not_move),
        cmocka_unit_test(however_it_is_cut_state_and_stories_are_the_same),
        cmocka_unit_test(damaged_state_is_told_or_borne),
        cmocka_unit_test(another_version_is_refused),
        cmocka_unit_test(a_story_of_thousands_keeps_its_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
