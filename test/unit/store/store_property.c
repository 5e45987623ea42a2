/* Thousands of random calls on both backends and on a model so simple that it cannot be wrong: all three must
 * say the same to each call, and hold the same at each commit and rollback. */
#include "harness.h"

#include <inttypes.h>

enum {
    NUMBERS = 40, /* different sources: small, so that versions and repeats abound */
    VERSIONS = 4,
    PATHS = 6,
    MOST_REPORTS = 4000,
    MOST_PATHS = 8,
    MOST_STORIES = 12,
    MOST_MEMBERS = 10,
    TRANSACTIONS = 400
};

typedef struct naive_report {
    unsigned number, version;
    uint64_t sequence;
    unsigned paths[MOST_PATHS];
    size_t path_count;
} naive_report;

typedef struct naive_story {
    dsr_id id;
    dsr_id members[MOST_MEMBERS];
    size_t member_count;
    char packed[8];
} naive_story;

typedef struct naive {
    naive_report reports[MOST_REPORTS]; /* in the order of intake */
    size_t count;
    uint64_t next;
    naive_story stories[MOST_STORIES];
    size_t story_count;
} naive;

typedef struct trial {
    folder folder;
    dsr_store *stores[2];
    naive *now, *at_begin;
    packed_report packed[NUMBERS][VERSIONS];
    char path_texts[PATHS][8];
    uint64_t random;
    size_t calls;
} trial;

static unsigned pick(trial *t, unsigned below)
{
    t->random = t->random * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(t->random >> 33) % below;
}

/* Every fifth source has no key. */
static unsigned number_of(unsigned i)
{
    return i % 5 == 0 ? KEYLESS + i : i;
}

/* --- the model --- */

static const packed_report *packed_of(const trial *t, const naive_report *r)
{
    return &t->packed[r->number][r->version];
}

static bool is_keyed(const naive_report *r)
{
    return r->number % 5 != 0;
}

static size_t naive_find(const naive *n, unsigned number, unsigned version)
{
    for (size_t i = 0; i < n->count; i++) {
        if (n->reports[i].number == number && n->reports[i].version == version) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* The newest of a source, SIZE_MAX where there is none. */
static size_t naive_newest(const naive *n, unsigned number)
{
    for (size_t i = n->count; i-- > 0;) {
        if (n->reports[i].number == number) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void naive_path(naive_report *r, unsigned path)
{
    for (size_t i = 0; i < r->path_count; i++) {
        if (r->paths[i] == path) {
            return;
        }
    }
    r->paths[r->path_count++] = path;
}

static dsr_intake naive_put(naive *n, unsigned number, unsigned version, unsigned path, size_t *previous)
{
    size_t at = naive_find(n, number, version);
    if (at != SIZE_MAX) {
        naive_path(&n->reports[at], path);
        return DSR_INTAKE_ALREADY_THERE;
    }
    *previous = number % 5 == 0 ? SIZE_MAX : naive_newest(n, number);
    assert_true(n->count < MOST_REPORTS);
    naive_report *r = &n->reports[n->count++];
    *r = (naive_report){.number = number, .version = version, .sequence = n->next++};
    naive_path(r, path);
    return *previous == SIZE_MAX ? DSR_INTAKE_ADDED : DSR_INTAKE_NEW_VERSION;
}

static void naive_remove(naive *n, size_t at)
{
    memmove(&n->reports[at], &n->reports[at + 1], (n->count - at - 1) * sizeof n->reports[0]);
    n->count--;
}

static void dump_packed(dsr_buffer *to, dsr_slice packed)
{
    char hex[65];
    dsr_digest digest = dsr_sha256(packed);
    dsr_hex(digest.bytes, sizeof digest.bytes, hex);
    dsr_buffer_append_format(to, " packed %zu %s\n", packed.len, hex);
}

static void dump_naive_report(const trial *t, const naive *n, size_t i, dsr_buffer *to)
{
    const naive_report *r = &n->reports[i];
    const packed_report *p = packed_of(t, r);
    char id[DSR_ID_TEXT];
    char key[DSR_ID_TEXT];
    dsr_id_format(p->report.id, id);
    dsr_id_format(p->report.key, key);
    bool current = !is_keyed(r) || naive_newest(n, r->number) == i;
    dsr_buffer_append_format(to, "report %" PRIu64 " %s %s key %s", r->sequence, id,
                             current ? "current" : "older", is_keyed(r) ? key : "-");
    dump_packed(to, p->report.packed);
    for (size_t k = 0; k < r->path_count; k++) {
        dsr_buffer_append_format(to, "  path %s\n", t->path_texts[r->paths[k]]);
    }
}

static char *dump_naive(const trial *t)
{
    const naive *n = t->now;
    char id[DSR_ID_TEXT];
    dsr_buffer to;
    dsr_buffer_open(&to, 0);
    dsr_buffer_append_format(&to, "reports %zu next %" PRIu64 "\n", n->count, n->next);
    for (size_t i = 0; i < n->count; i++) {
        dump_naive_report(t, n, i, &to);
    }
    for (size_t i = 0; i < n->story_count; i++) {
        dsr_id_format(n->stories[i].id, id);
        dsr_buffer_append_format(&to, "story %zu %s", i + 1, id);
        dump_packed(&to, dsr_slice_of(n->stories[i].packed));
        for (size_t k = 0; k < n->stories[i].member_count; k++) {
            dsr_id_format(n->stories[i].members[k], id);
            dsr_buffer_append_format(&to, "  member %s\n", id);
        }
    }
    dsr_buffer_append_char(&to, '\0');
    assert_int_equal(to.status, DSR_OK);
    return to.data;
}

/* --- the calls --- */

static void do_put(trial *t)
{
    unsigned number = pick(t, NUMBERS);
    unsigned version = pick(t, VERSIONS);
    unsigned path = pick(t, PATHS);
    size_t older = SIZE_MAX;
    dsr_intake expected = naive_put(t->now, number, version, path, &older);
    dsr_store_report report = t->packed[number][version].report;
    report.path = dsr_slice_of(t->path_texts[path]);
    for (size_t i = 0; i < 2; i++) {
        dsr_error error;
        dsr_intake intake;
        dsr_id previous;
        assert_int_equal(dsr_store_put_report(t->stores[i], &report, &intake, &previous, &error), DSR_OK);
        assert_int_equal(intake, expected);
        if (expected == DSR_INTAKE_NEW_VERSION) {
            dsr_id id = packed_of(t, &t->now->reports[older])->report.id;
            assert_memory_equal(previous.bytes, id.bytes, sizeof id.bytes);
        }
    }
}

static void do_remove(trial *t)
{
    unsigned number = pick(t, NUMBERS);
    unsigned version = pick(t, VERSIONS);
    size_t at = naive_find(t->now, number, version);
    for (size_t i = 0; i < 2; i++) {
        dsr_error error;
        dsr_status status =
            dsr_store_remove_report(t->stores[i], t->packed[number][version].report.id, &error);
        assert_int_equal(status, at == SIZE_MAX ? DSR_ERR_NOT_FOUND : DSR_OK);
    }
    if (at != SIZE_MAX) {
        naive_remove(t->now, at);
    }
}

static void make_naive_story(trial *t, naive_story *s, size_t place)
{
    *s = (naive_story){.member_count = t->now->count == 0 ? 0 : pick(t, MOST_MEMBERS)};
    s->id.bytes[0] = (uint8_t)(place + 1);
    s->id.bytes[15] = (uint8_t)pick(t, 256);
    snprintf(s->packed, sizeof s->packed, "%u", pick(t, 1000));
    for (size_t i = 0; i < s->member_count; i++) {
        unsigned at = pick(t, (unsigned)t->now->count);
        s->members[i] = packed_of(t, &t->now->reports[at])->report.id;
    }
}

static void do_put_stories(trial *t)
{
    dsr_store_story stories[MOST_STORIES];
    t->now->story_count = pick(t, MOST_STORIES);
    for (size_t i = 0; i < t->now->story_count; i++) {
        naive_story *s = &t->now->stories[i];
        make_naive_story(t, s, i);
        stories[i] = (dsr_store_story){s->id, s->members, s->member_count, dsr_slice_of(s->packed), 0};
    }
    for (size_t i = 0; i < 2; i++) {
        dsr_error error;
        assert_int_equal(dsr_store_put_stories(t->stores[i], stories, t->now->story_count, &error), DSR_OK);
    }
}

static void do_get(trial *t)
{
    unsigned number = pick(t, NUMBERS);
    unsigned version = pick(t, VERSIONS);
    size_t at = naive_find(t->now, number, version);
    for (size_t i = 0; i < 2; i++) {
        dsr_error error;
        dsr_store_report got;
        dsr_slices paths;
        dsr_arena *arena = dsr_arena_new(0);
        dsr_id id = t->packed[number][version].report.id;
        dsr_status status = dsr_store_get_report(t->stores[i], id, arena, &got, &paths, &error);
        assert_int_equal(status, at == SIZE_MAX ? DSR_ERR_NOT_FOUND : DSR_OK);
        if (at != SIZE_MAX) {
            assert_int_equal(got.sequence, t->now->reports[at].sequence);
            assert_int_equal(paths.count, t->now->reports[at].path_count);
        }
        dsr_arena_drop(arena);
    }
}

/* Both dumps are the model's, from the first line to the last. */
static void compare(trial *t)
{
    char *expected = dump_naive(t);
    for (size_t i = 0; i < 2; i++) {
        char *dump = dump_of(t->stores[i]);
        assert_string_equal(dump, expected);
        free(dump);
    }
    free(expected);
}

static void do_transaction(trial *t)
{
    *t->at_begin = *t->now;
    begin(t->stores[0]);
    begin(t->stores[1]);
    unsigned calls = pick(t, 30);
    for (unsigned i = 0; i < calls; i++, t->calls++) {
        unsigned what = pick(t, 100);
        if (what < 60) {
            do_put(t);
        } else if (what < 80) {
            do_remove(t);
        } else if (what < 85) {
            do_put_stories(t);
        } else {
            do_get(t);
        }
    }
    if (pick(t, 4) == 0) {
        compare(t); /* inside, too */
    }
    if (pick(t, 3) == 0) {
        *t->now = *t->at_begin;
        dsr_store_rollback(t->stores[0]);
        dsr_store_rollback(t->stores[1]);
    } else {
        commit(t->stores[0]);
        commit(t->stores[1]);
    }
}

static void reopen(trial *t)
{
    dsr_store_close(t->stores[1]);
    t->stores[1] = open_sqlite(t->folder.store, DSR_STORE_WRITE);
}

static trial *make_trial(uint64_t seed)
{
    dsr_error error;
    trial *t = calloc(1, sizeof *t);
    assert_non_null(t);
    t->now = calloc(1, sizeof *t->now);
    t->at_begin = calloc(1, sizeof *t->at_begin);
    assert_true(t->now != NULL && t->at_begin != NULL);
    t->now->next = 1;
    t->random = seed;
    make_folder(&t->folder);
    assert_int_equal(dsr_store_open_memory(NULL, &t->stores[0], &error), DSR_OK);
    t->stores[1] = open_sqlite(t->folder.store, DSR_STORE_WRITE);
    for (unsigned i = 0; i < NUMBERS; i++) {
        for (unsigned v = 0; v < VERSIONS; v++) {
            t->packed[i][v] = pack_report(number_of(i), v, NULL, (size_t)i * 50);
        }
    }
    for (unsigned i = 0; i < PATHS; i++) {
        snprintf(t->path_texts[i], sizeof t->path_texts[i], "p/%u", i);
    }
    return t;
}

static void drop_trial(trial *t)
{
    for (unsigned i = 0; i < NUMBERS; i++) {
        for (unsigned v = 0; v < VERSIONS; v++) {
            drop_report(&t->packed[i][v]);
        }
    }
    dsr_store_close(t->stores[0]);
    dsr_store_close(t->stores[1]);
    drop_folder(&t->folder);
    free(t->now);
    free(t->at_begin);
    free(t);
}

/* Stories whose members were removed are the one flaw that these calls can make. */
static void settle_and_verify(trial *t)
{
    begin(t->stores[0]);
    begin(t->stores[1]);
    do_put_stories(t);
    commit(t->stores[0]);
    commit(t->stores[1]);
    assert_whole(t->stores[0]);
    assert_whole(t->stores[1]);
}

static void run(uint64_t seed)
{
    trial *t = make_trial(seed);
    for (unsigned i = 0; i < TRANSACTIONS; i++) {
        do_transaction(t);
        compare(t);
        if (i % 40 == 39) {
            settle_and_verify(t);
            reopen(t);
            compare(t);
        }
    }
    assert_true(t->calls > 4000);
    drop_trial(t);
}

static void backends_and_model_agree(void **state)
{
    (void)state;
    run(1);
    run(20240229);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(backends_and_model_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
