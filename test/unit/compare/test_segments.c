/* The copy index as it grows: it finds what counting by hand finds, writes the same bytes however intake is
 * cut, and survives whatever its chunks have become. */
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
#include "compare/segments.h"

enum { PRINTS = 12, REPORTS = 5200 };

typedef struct made {
    dsr_copies_report report;
    uint64_t prints[PRINTS];
    bool removed;
} made;

typedef struct random_source {
    uint64_t state;
} random_source;

static uint32_t draw(random_source *random, uint32_t below)
{
    random->state += 0x9e3779b97f4a7c15u;
    return (uint32_t)((dsr_hash_mix(random->state) >> 32) * below >> 32);
}

/* Reports of some ten weeks, a few late, a few undated; a third take fingerprints from an earlier one. */
static made *make_reports(size_t count, uint64_t seed)
{
    made *reports = calloc(count, sizeof *reports);
    random_source random = {seed};
    assert_non_null(reports);
    for (size_t i = 0; i < count; i++) {
        made *m = &reports[i];
        int32_t today = 19000 + (int32_t)(i * 70 / count);
        m->report = (dsr_copies_report){.number = (uint32_t)(2 * i + 3),
                                        .dated = draw(&random, 12) > 0,
                                        .day = today - (int32_t)(draw(&random, 6) ? 0 : draw(&random, 90)),
                                        .intake_day = today};
        const made *source = i ? &reports[i - 1 - draw(&random, (uint32_t)(i < 2000 ? i : 2000))] : NULL;
        uint32_t taken = source && draw(&random, 3) == 0 ? 1 + draw(&random, PRINTS) : 0;
        for (uint32_t k = 0; k < PRINTS; k++) {
            m->prints[k] = k < taken ? source->prints[k] : dsr_hash_mix(seed + i * 1000 + k);
        }
    }
    return reports;
}

static dsr_fingerprints prints_of(made *m)
{
    return (dsr_fingerprints){m->prints, PRINTS};
}

static void add(dsr_copies *copies, made *m)
{
    dsr_fingerprints prints = prints_of(m);
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_copies_add(copies, &m->report, &prints, &error) != DSR_OK) {
        fail_msg("%s", error.message);
    }
}

static dsr_copies *open_index(const dsr_chunks *chunks)
{
    /* So small that chunks and filters are given up all the time. */
    const dsr_copies_options options = {.cache_bytes = 30000, .filter_bytes = 20000};
    dsr_copies *copies = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_copies_open(chunks, &options, &copies, &error) != DSR_OK) {
        fail_msg("%s", error.message);
    }
    return copies;
}

static bool comparable(const dsr_copies_report *a, const dsr_copies_report *b)
{
    int distance = a->dated && b->dated ? abs(a->day - b->day) : abs(a->intake_day - b->intake_day);
    return distance <= 30;
}

static uint32_t shared_by_hand(const made *a, const made *b)
{
    uint32_t shared = 0;
    for (int i = 0; i < PRINTS; i++) {
        for (int k = 0; k < PRINTS; k++) {
            shared += a->prints[i] == b->prints[k];
        }
    }
    return shared;
}

/* What is found for the last of `count` reports against counting by hand. Returns how many were found. */
static size_t check_last(dsr_copies *copies, made *reports, size_t count)
{
    made *last = &reports[count - 1];
    dsr_fingerprints prints = prints_of(last);
    dsr_copies_found found;
    dsr_arena *arena = dsr_arena_new(0);
    assert_non_null(arena);
    assert_int_equal(dsr_copies_find(copies, arena, &last->report, &prints, &found, NULL), DSR_OK);
    size_t right = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        uint32_t shared = reports[i].removed ? 0 : shared_by_hand(&reports[i], last);
        if (shared && comparable(&reports[i].report, &last->report)) {
            bool seen = false;
            for (size_t k = 0; k < found.candidates.count; k++) {
                const dsr_copies_candidate *c = &found.candidates.items[k];
                seen = seen || (c->number == reports[i].report.number && c->shared == shared && !c->series);
            }
            assert_true(seen);
            right++;
        }
    }
    assert_int_equal(found.candidates.count, right);
    for (size_t k = 1; k < found.candidates.count; k++) {
        assert_true(found.candidates.items[k - 1].shared >= found.candidates.items[k].shared);
    }
    dsr_arena_drop(arena);
    return right;
}

static void finds_what_counting_by_hand_finds(void **state)
{
    (void)state;
    made *reports = make_reports(REPORTS, 5);
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_copies *copies = open_index(&chunks);
    size_t total = 0;
    for (size_t i = 0; i < REPORTS; i++) {
        if (i % 7 == 3) {
            total += check_last(copies, reports, i + 1); /* before it is in */
        }
        add(copies, &reports[i]);
        if (i % 7 == 5) {
            total += check_last(copies, reports, i + 1); /* and after: it is not its own copy */
        }
        if (i % 50 == 11) {
            size_t gone = i - i / 9;
            assert_int_equal(dsr_copies_remove(copies, reports[gone].report.number, NULL),
                             reports[gone].removed ? DSR_ERR_NOT_FOUND : DSR_OK);
            reports[gone].removed = true;
        }
        if (i % 1500 == 700) {
            assert_int_equal(dsr_copies_save(copies, NULL), DSR_OK);
            dsr_copies_close(copies);
            copies = open_index(&chunks);
            assert_int_equal(dsr_copies_last(copies), reports[i].report.number);
        }
    }
    assert_true(total > 500);
    dsr_copies_close(copies);
    dsr_memory_chunks_drop(memory);
    free(reports);
}

/* All chunks, one behind the other. */
static dsr_status append_chunk(void *visitor, dsr_slice key, dsr_slice value)
{
    dsr_buffer *all = visitor;
    dsr_buffer_append_varint(all, key.len);
    dsr_buffer_append(all, key);
    dsr_buffer_append_varint(all, value.len);
    dsr_buffer_append(all, value);
    return DSR_OK;
}

/* Takes reports in, `batch` at a time, in a new process for each batch where asked; what then stands in the
 * store. */
static void take_in(made *reports, size_t count, size_t batch, bool reopen, dsr_buffer *all)
{
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_copies *copies = open_index(&chunks);
    for (size_t i = 0; i < count; i++) {
        add(copies, &reports[i]);
        if (i % 40 == 30) {
            assert_int_equal(dsr_copies_remove(copies, reports[i - 20].report.number, NULL), DSR_OK);
        }
        if (i + 1 == count || (i + 1) % batch == 0) {
            assert_int_equal(dsr_copies_save(copies, NULL), DSR_OK);
            if (reopen) {
                dsr_copies_close(copies);
                copies = open_index(&chunks);
            }
        }
    }
    dsr_copies_close(copies);
    for (uint8_t family = 0; family < 32; family++) {
        dsr_buffer_append_char(all, (char)family);
        assert_int_equal(chunks.each(chunks.context, family, append_chunk, all, NULL), DSR_OK);
    }
    assert_int_equal(all->status, DSR_OK);
    dsr_memory_chunks_drop(memory);
}

static void the_bytes_do_not_depend_on_batches(void **state)
{
    (void)state;
    made *reports = make_reports(REPORTS, 9);
    dsr_buffer whole;
    dsr_buffer_open(&whole, 0);
    take_in(reports, REPORTS, REPORTS, false, &whole);
    assert_true(whole.len > REPORTS * PRINTS * 4);
    const size_t batches[] = {1, 7, 512, 1000};
    for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
        dsr_buffer cut;
        dsr_buffer_open(&cut, 0);
        take_in(reports, REPORTS, batches[i], batches[i] > 1, &cut);
        assert_true(dsr_slice_equal(dsr_buffer_slice(&whole), dsr_buffer_slice(&cut)));
        dsr_buffer_drop(&cut);
    }
    dsr_buffer_drop(&whole);
    free(reports);
}

/* An index in which `count` reports, of an outlet each has by its place, carry `common` fingerprints. */
typedef struct small_world {
    dsr_memory_chunks *memory;
    dsr_copies *copies;
    dsr_arena *arena;
    dsr_copies_found found;
} small_world;

static void open_small(small_world *w)
{
    w->memory = dsr_memory_chunks_new();
    dsr_chunks chunks = dsr_memory_chunks_surface(w->memory);
    w->copies = open_index(&chunks);
    w->arena = dsr_arena_new(0);
    assert_non_null(w->arena);
}

static void close_small(small_world *w)
{
    dsr_copies_close(w->copies);
    dsr_memory_chunks_drop(w->memory);
    dsr_arena_drop(w->arena);
}

static void find(small_world *w, const dsr_copies_report *report, uint64_t *items, size_t count)
{
    dsr_fingerprints prints = {items, count};
    assert_int_equal(dsr_copies_find(w->copies, w->arena, report, &prints, &w->found, NULL), DSR_OK);
}

/* Ten fingerprints of its own, then `common` ones that all have. */
static void fill(uint64_t *items, uint32_t number, size_t common)
{
    for (size_t i = 0; i < 10 + common; i++) {
        items[i] = dsr_hash_mix(i < 10 ? 1000 * (uint64_t)number + i : i);
    }
}

static void add_filled(small_world *w, dsr_copies_report report, size_t common)
{
    uint64_t items[64];
    fill(items, report.number, common);
    dsr_fingerprints prints = {items, 10 + common};
    assert_int_equal(dsr_copies_add(w->copies, &report, &prints, NULL), DSR_OK);
}

static void what_an_outlet_repeats_is_of_its_series(void **state)
{
    (void)state;
    small_world w;
    uint64_t items[64];
    open_small(&w);
    for (uint32_t i = 0; i < 20; i++) {
        add_filled(&w, (dsr_copies_report){.number = i, .outlet = 7 + i / 10, .intake_day = 5}, 3);
    }
    dsr_copies_report next = {.number = 20, .outlet = 8, .intake_day = 6};
    fill(items, 20, 3);
    find(&w, &next, items, 13);
    assert_int_equal(w.found.candidates.count, 10); /* those of the other outlet: they might have copied */
    assert_true(w.found.candidates.items[0].number < 10);
    assert_int_equal(w.found.series.count, 1);
    assert_int_equal(w.found.series.items[0].first, 10);
    assert_int_equal(w.found.series.items[0].last, 13);
    assert_int_equal(w.found.series.items[0].carriers, 10);
    next.outlet = 0; /* unknown: nobody's series */
    find(&w, &next, items, 13);
    assert_int_equal(w.found.candidates.count, 20);
    assert_int_equal(w.found.series.count, 0);
    next.outlet = 8; /* most of it: the same article once more */
    find(&w, &next, items + 9, 4);
    assert_int_equal(w.found.candidates.count, 20);
    assert_int_equal(w.found.series.count, 0);
    close_small(&w);
}

static void what_very_many_carry_names_few(void **state)
{
    (void)state;
    small_world w;
    uint64_t items[64];
    open_small(&w);
    uint32_t number = 0;
    for (; number < 64; number++) {
        add_filled(&w, (dsr_copies_report){.number = number, .dated = true, .day = 100}, 2);
    }
    dsr_copies_report next = {.number = 5000, .dated = true, .day = 100};
    fill(items, 5000, 2);
    find(&w, &next, items, 12);
    assert_int_equal(w.found.candidates.count, 64);
    assert_int_equal(w.found.capped, 0);
    for (; number < 1300; number++) { /* in memory, in segments, in merged ones */
        add_filled(&w, (dsr_copies_report){.number = number, .dated = true, .day = 100}, 2);
        if (number % 100 == 64) {
            find(&w, &next, items, 12);
            assert_int_equal(w.found.candidates.count, 8);
            assert_int_equal(w.found.capped, 2);
            assert_int_equal(w.found.candidates.items[0].number, number);
            assert_int_equal(w.found.candidates.items[0].shared, 2);
        }
    }
    close_small(&w);
}

static size_t found_on(small_world *w, bool dated, int32_t day, int32_t intake_day)
{
    uint64_t items[64];
    dsr_copies_report report = {.number = 9, .dated = dated, .day = day, .intake_day = intake_day};
    fill(items, 9, 1);
    find(w, &report, items, 11);
    return w->found.candidates.count;
}

static void the_window_lies_around_the_day(void **state)
{
    (void)state;
    small_world w;
    open_small(&w);
    add_filled(&w, (dsr_copies_report){.number = 1, .dated = true, .day = -3, .intake_day = 500}, 1);
    assert_int_equal(found_on(&w, true, 27, 0), 1);
    assert_int_equal(found_on(&w, true, 28, 0), 0);
    assert_int_equal(found_on(&w, true, -33, 0), 1); /* a late arrival of a day before */
    assert_int_equal(found_on(&w, true, -34, 0), 0);
    assert_int_equal(found_on(&w, true, INT32_MAX, 0), 0);
    assert_int_equal(found_on(&w, true, INT32_MIN, 0), 0);
    assert_int_equal(found_on(&w, false, 0, 530), 1); /* without a day, that of intake decides */
    assert_int_equal(found_on(&w, false, 0, 531), 0);
    assert_int_equal(found_on(&w, false, 0, 470), 1); /* a clock set back */
    add_filled(&w, (dsr_copies_report){.number = 2, .day = 27, .intake_day = 500}, 1);
    assert_int_equal(found_on(&w, true, 27, 0), 1);
    assert_int_equal(found_on(&w, true, 27, 510), 2);
    assert_int_equal(found_on(&w, false, 0, 510), 2);
    close_small(&w);
}

static void extreme_days_are_taken(void **state)
{
    (void)state;
    small_world w;
    open_small(&w);
    const int32_t days[] = {INT32_MIN, INT32_MAX, 0, -1, INT32_MIN + 8, INT32_MAX - 8};
    for (uint32_t i = 0; i < 1200; i++) {
        add_filled(&w,
                   (dsr_copies_report){
                       .number = i, .dated = i % 7 > 0, .day = days[i % 6], .intake_day = days[i / 6 % 6]},
                   i % 13);
    }
    assert_true(found_on(&w, true, INT32_MAX, 0) > 0);
    assert_true(found_on(&w, true, INT32_MIN, 0) > 0);
    assert_true(found_on(&w, false, 0, INT32_MIN) > 0);
    close_small(&w);
}

static void a_large_report_is_cut_into_parts(void **state)
{
    (void)state;
    enum { MANY = 40000 };
    small_world w;
    open_small(&w);
    uint64_t *items = malloc(MANY * sizeof *items);
    assert_non_null(items);
    for (size_t i = 0; i < MANY; i++) {
        items[i] = dsr_hash_mix(i);
    }
    dsr_fingerprints prints = {items, MANY};
    dsr_copies_report report = {.number = 4};
    assert_int_equal(dsr_copies_add(w.copies, &report, &prints, NULL), DSR_OK);
    for (uint32_t number = 5; number < 9; number++) { /* the fourth of them makes it a segment */
        assert_int_equal(dsr_copies_save(w.copies, NULL), DSR_OK);
        dsr_copies_close(w.copies);
        dsr_chunks chunks = dsr_memory_chunks_surface(w.memory);
        w.copies = open_index(&chunks);
        report.number = number;
        find(&w, &report, items, MANY);
        assert_int_equal(w.found.candidates.count, number - 4);
        assert_int_equal(w.found.candidates.items[0].shared, MANY);
        assert_int_equal(dsr_copies_add(w.copies, &report, &prints, NULL), DSR_OK);
    }
    free(items);
    close_small(&w);
}

static void numbers_ascend_and_have_a_limit(void **state)
{
    (void)state;
    small_world w;
    open_small(&w);
    dsr_fingerprints none = {NULL, 0};
    dsr_copies_report report = {.number = 8};
    assert_int_equal(dsr_copies_last(w.copies), DSR_COPIES_NONE);
    assert_int_equal(dsr_copies_add(w.copies, &report, &none, NULL), DSR_OK);
    assert_int_equal(dsr_copies_add(w.copies, &report, &none, NULL), DSR_ERR_ARGUMENT);
    report.number = DSR_LIMIT_REPORTS;
    assert_int_equal(dsr_copies_add(w.copies, &report, &none, NULL), DSR_ERR_LIMIT);
    report.number = DSR_LIMIT_REPORTS - 1;
    assert_int_equal(dsr_copies_add(w.copies, &report, &none, NULL), DSR_OK);
    assert_int_equal(dsr_copies_remove(w.copies, 7, NULL), DSR_ERR_NOT_FOUND);
    assert_int_equal(dsr_copies_remove(w.copies, UINT32_MAX, NULL), DSR_ERR_NOT_FOUND);
    assert_int_equal(dsr_copies_remove(w.copies, 8, NULL), DSR_OK);
    assert_int_equal(dsr_copies_remove(w.copies, 8, NULL), DSR_ERR_NOT_FOUND);
    close_small(&w);
}

/* A walk that picks one chunk of all. */
typedef struct picked {
    size_t at, wanted;
    char key[DSR_CHUNK_KEY_BYTES];
    size_t key_length;
    dsr_buffer value;
} picked;

static dsr_status pick(void *visitor, dsr_slice key, dsr_slice value)
{
    picked *p = visitor;
    if (p->at++ == p->wanted) {
        memcpy(p->key, key.ptr, key.len);
        p->key_length = key.len;
        dsr_buffer_append(&p->value, value);
    }
    return DSR_OK;
}

static void spoil(picked *p, random_source *random)
{
    char *data = p->value.data;
    switch (draw(random, 4)) {
    case 0:
        p->value.len = draw(random, (uint32_t)p->value.len);
        break;
    case 1:
        dsr_buffer_append_fill(&p->value, (char)draw(random, 256), 1 + draw(random, 3000));
        break;
    default:
        for (uint32_t i = 1 + draw(random, 4); i > 0; i--) {
            data[draw(random, (uint32_t)p->value.len)] ^= (char)(1 + draw(random, 255));
        }
    }
}

/* Gives a spoilt chunk a right checksum again, as malice would. */
static void forge(picked *p, uint8_t family)
{
    if (p->value.len < 8) {
        return;
    }
    uint64_t sum = dsr_hash64((dsr_slice){p->value.data + 8, p->value.len - 8},
                              dsr_hash64((dsr_slice){p->key, p->key_length}, family));
    for (int i = 0; i < 8; i++) {
        p->value.data[i] = (char)(sum >> 8 * i & 0xff);
    }
}

/* Goes on with a store in which something is damaged. True where somebody noticed. */
static bool work_on(const dsr_chunks *chunks, made *reports, size_t from, size_t to)
{
    const dsr_copies_options options = {.cache_bytes = 30000, .filter_bytes = 20000};
    dsr_copies *copies = NULL;
    dsr_error error;
    dsr_status status = dsr_copies_open(chunks, &options, &copies, &error);
    for (size_t i = from; status == DSR_OK && i < to; i++) {
        dsr_arena *arena = dsr_arena_new(0);
        dsr_fingerprints prints = prints_of(&reports[i]);
        dsr_copies_found found;
        status = dsr_copies_find(copies, arena, &reports[i].report, &prints, &found, &error);
        if (status == DSR_OK) {
            status = dsr_copies_add(copies, &reports[i].report, &prints, &error);
        }
        dsr_arena_drop(arena);
    }
    if (status == DSR_OK) {
        status = dsr_copies_save(copies, &error);
    }
    dsr_copies_close(copies);
    if (status != DSR_OK) {
        assert_true(status == DSR_ERR_STORE || status == DSR_ERR_VERSION || status == DSR_ERR_ARGUMENT);
        assert_true(strlen(error.message) > 10);
    }
    return status != DSR_OK;
}

enum { BEFORE = 2300 };

/* A store that holds the first BEFORE reports. */
static dsr_memory_chunks *make_store(made *reports)
{
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    dsr_copies *copies = open_index(&chunks);
    for (size_t i = 0; i < BEFORE; i++) {
        add(copies, &reports[i]);
    }
    assert_int_equal(dsr_copies_remove(copies, reports[10].report.number, NULL), DSR_OK);
    assert_int_equal(dsr_copies_save(copies, NULL), DSR_OK);
    dsr_copies_close(copies);
    return memory;
}

static void spoil_one(const dsr_chunks *chunks, bool forged, random_source *random)
{
    uint8_t family = (uint8_t)(DSR_CHUNKS_COPIES + draw(random, 7));
    picked p = {.wanted = SIZE_MAX};
    dsr_buffer_open(&p.value, 0);
    assert_int_equal(chunks->each(chunks->context, family, pick, &p, NULL), DSR_OK);
    p.wanted = draw(random, (uint32_t)p.at);
    p.at = 0;
    assert_int_equal(chunks->each(chunks->context, family, pick, &p, NULL), DSR_OK);
    spoil(&p, random);
    if (forged) {
        forge(&p, family);
    }
    dsr_slice key = {p.key, p.key_length};
    if (draw(random, 10) == 0) {
        assert_int_equal(chunks->drop(chunks->context, family, key, NULL), DSR_OK);
    } else {
        assert_int_equal(chunks->put(chunks->context, family, key, dsr_buffer_slice(&p.value), NULL), DSR_OK);
    }
    dsr_buffer_drop(&p.value);
}

/* One chunk is spoilt, with a right checksum where `forged`, or gone; then intake goes on, as far as merging
 * at times. Returns how often it was noticed. */
static int spoil_and_work(bool forged, int rounds)
{
    made *reports = make_reports(REPORTS, 21);
    random_source random = {forged ? 77 : 78};
    int noticed = 0;
    for (int round = 0; round < rounds; round++) {
        dsr_memory_chunks *memory = make_store(reports);
        dsr_chunks chunks = dsr_memory_chunks_surface(memory);
        spoil_one(&chunks, forged, &random);
        noticed += work_on(&chunks, reports, BEFORE, BEFORE + (round % 5 ? 30 : 2100));
        dsr_memory_chunks_drop(memory);
    }
    free(reports);
    return noticed;
}

static void damage_is_told(void **state)
{
    (void)state;
    assert_true(spoil_and_work(false, 60) >= 40); /* not each chunk is looked at */
}

static void forged_chunks_do_no_harm(void **state)
{
    (void)state;
    (void)spoil_and_work(true, 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_counting_by_hand_finds),
        cmocka_unit_test(the_bytes_do_not_depend_on_batches),
        cmocka_unit_test(what_an_outlet_repeats_is_of_its_series),
        cmocka_unit_test(what_very_many_carry_names_few),
        cmocka_unit_test(the_window_lies_around_the_day),
        cmocka_unit_test(extreme_days_are_taken),
        cmocka_unit_test(a_large_report_is_cut_into_parts),
        cmocka_unit_test(numbers_ascend_and_have_a_limit),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(forged_chunks_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
