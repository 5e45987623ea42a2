/* The pass: order, bounds, failures, and threads that cannot be had. Delays are drawn from a fixed sequence;
 * what must hold holds under every one of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/threads.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How many more threads may be made; the linker leads pthread_create here. */
static atomic_int threads_left = 1 << 20;
static atomic_int threads_made = 0;

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                          void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                          void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                          void *argument)
{
    if (atomic_fetch_sub(&threads_left, 1) <= 0) {
        return EAGAIN;
    }
    atomic_fetch_add(&threads_made, 1);
    return __real_pthread_create(thread, attributes, run, argument);
}

static void allow_threads(int count)
{
    atomic_store(&threads_left, count);
    atomic_store(&threads_made, 0);
}

typedef enum what { TAKEN = 1, WORKED, COMMITTED, ABANDONED } what;

typedef struct item {
    size_t number;
    what state;
    uint64_t result;
} item;

enum { MOST_ITEMS = 3000, MOST_WORKERS = 64 };

typedef struct run {
    item *items;
    size_t count; /* how many `next` gives */
    size_t taken;
    size_t ended; /* how often `next` said it is the end */
    size_t committed;
    size_t abandoned;
    size_t most_under_way;
    size_t fail_at; /* the commit that fails; SIZE_MAX for none */
    dsr_status failure;
    unsigned jobs;
    bool slow;
    pthread_t caller;
    atomic_uint busy[MOST_WORKERS]; /* one worker number is never used by two threads at once */
    atomic_size_t worked;
} run;

/* Every assertion on a worker thread would jump off cmocka's stack, so workers only count what went wrong. */
static atomic_uint wrong = 0;

static uint64_t spread(uint64_t x)
{
    x ^= x >> 31;
    x *= UINT64_C(0x9e3779b97f4a7c15);
    return x ^ x >> 29;
}

static void delay(uint64_t seed)
{
    uint64_t r = spread(seed + 1);
    if (r % 4 == 0) {
        return;
    }
    struct timespec pause = {0, (long)(r >> 8 & 0x3ffff)}; /* up to a quarter of a millisecond */
    nanosleep(&pause, NULL);
}

static bool next(void *context, void **out)
{
    run *r = context;
    assert_true(pthread_equal(pthread_self(), r->caller));
    if (r->taken == r->count) {
        r->ended++;
        return false;
    }
    item *i = &r->items[r->taken];
    *i = (item){r->taken, TAKEN, 0};
    r->taken++;
    size_t under_way = r->taken - r->committed;
    if (under_way > r->most_under_way) {
        r->most_under_way = under_way;
    }
    *out = i;
    return true;
}

static void work(void *context, unsigned worker, void *thing)
{
    run *r = context;
    item *i = thing;
    if (worker >= r->jobs || atomic_fetch_add(&r->busy[worker], 1) != 0 || i->state != TAKEN) {
        atomic_fetch_add(&wrong, 1);
    }
    if (r->slow) {
        delay(i->number);
    }
    i->result = spread(i->number);
    i->state = WORKED;
    atomic_fetch_add(&r->worked, 1);
    atomic_fetch_sub(&r->busy[worker < MOST_WORKERS ? worker : 0], 1);
}

static dsr_status commit(void *context, void *thing)
{
    run *r = context;
    item *i = thing;
    assert_true(pthread_equal(pthread_self(), r->caller));
    assert_int_equal(i->state, WORKED);
    assert_int_equal(i->number, r->committed); /* the order of next, nothing left out */
    assert_true(i->result == spread(i->number));
    if (i->number == r->fail_at) {
        return r->failure;
    }
    i->state = COMMITTED;
    r->committed++;
    if (r->slow && i->number % 17 == 0) {
        delay(i->number * 3);
    }
    return DSR_OK;
}

static void abandon(void *context, void *thing)
{
    run *r = context;
    item *i = thing;
    assert_true(pthread_equal(pthread_self(), r->caller));
    assert_true(i->state == TAKEN || i->state == WORKED);
    assert_int_equal(i->number, r->committed + r->abandoned); /* in order too, the failed one first */
    i->state = ABANDONED;
    r->abandoned++;
}

static run *new_run(size_t count, unsigned jobs, bool slow)
{
    run *r = calloc(1, sizeof *r);
    assert_non_null(r);
    r->items = calloc(MOST_ITEMS, sizeof *r->items);
    assert_non_null(r->items);
    r->count = count;
    r->jobs = jobs > 0 ? jobs : 1;
    r->slow = slow;
    r->fail_at = SIZE_MAX;
    r->caller = pthread_self();
    return r;
}

static void drop_run(run *r)
{
    free(r->items);
    free(r);
}

static dsr_status go(run *r, unsigned jobs, unsigned window)
{
    const dsr_pass pass = {r, next, work, commit, abandon};
    dsr_status status = dsr_pass_run(&pass, jobs, window);
    assert_int_equal(atomic_load(&wrong), 0);
    return status;
}

static void commits_everything_in_order(void **state)
{
    (void)state;
    static const unsigned jobs[] = {0, 1, 2, 3, 8, 40};
    static const unsigned windows[] = {0, 1, 2, 5, 100};
    static const size_t counts[] = {0, 1, 2, 7, 400};
    for (size_t j = 0; j < 6; j++) {
        for (size_t w = 0; w < 5; w++) {
            for (size_t c = 0; c < 5; c++) {
                allow_threads(1 << 20);
                run *r = new_run(counts[c], jobs[j], c < 4 || w == 3);
                assert_int_equal(go(r, jobs[j], windows[w]), DSR_OK);
                assert_int_equal(r->committed, counts[c]);
                assert_int_equal(atomic_load(&r->worked), counts[c]);
                assert_int_equal(r->abandoned, 0);
                assert_int_equal(r->ended, 1); /* not asked again after the end */
                assert_true(r->most_under_way <= (windows[w] != 0 ? windows[w] : 16 * r->jobs));
                /* The calling thread is one of the jobs. */
                assert_int_equal(atomic_load(&threads_made), jobs[j] > 1 ? jobs[j] - 1 : 0);
                drop_run(r);
            }
        }
    }
}

static void a_slow_first_item_holds_the_window(void **state)
{
    (void)state;
    run *r = new_run(2000, 4, true);
    assert_int_equal(go(r, 4, 8), DSR_OK);
    assert_int_equal(r->committed, 2000);
    assert_true(r->most_under_way <= 8);
    drop_run(r);
}

static void a_failed_commit_ends_the_pass(void **state)
{
    (void)state;
    static const unsigned jobs[] = {1, 2, 5};
    static const size_t places[] = {0, 1, 30, 299};
    for (size_t j = 0; j < 3; j++) {
        for (size_t p = 0; p < 4; p++) {
            run *r = new_run(300, jobs[j], true);
            r->fail_at = places[p];
            r->failure = DSR_ERR_STORE;
            assert_int_equal(go(r, jobs[j], 10), DSR_ERR_STORE);
            assert_int_equal(r->committed, places[p]);
            /* Each item that was taken came to exactly one end. */
            assert_int_equal(r->committed + r->abandoned, r->taken);
            assert_true(r->abandoned >= 1 && r->abandoned <= 10);
            for (size_t i = 0; i < r->taken; i++) {
                assert_int_equal(r->items[i].state, i < places[p] ? COMMITTED : ABANDONED);
            }
            for (size_t i = r->taken; i < 300; i++) {
                assert_int_equal(r->items[i].state, 0);
            }
            drop_run(r);
        }
    }
}

static void nobody_needs_to_take_abandoned_items(void **state)
{
    (void)state;
    for (unsigned jobs = 1; jobs < 4; jobs++) {
        run *r = new_run(50, jobs, false);
        r->fail_at = 20;
        r->failure = DSR_ERR_CANCELLED;
        const dsr_pass pass = {r, next, work, commit, NULL};
        assert_int_equal(dsr_pass_run(&pass, jobs, 0), DSR_ERR_CANCELLED);
        assert_int_equal(r->committed, 20);
        drop_run(r);
    }
}

static void goes_on_with_the_threads_it_gets(void **state)
{
    (void)state;
    for (int allowed = 0; allowed < 4; allowed++) {
        allow_threads(allowed);
        run *r = new_run(500, 6, true);
        assert_int_equal(go(r, 6, 0), DSR_OK);
        assert_int_equal(r->committed, 500);
        assert_int_equal(atomic_load(&threads_made), allowed);
        drop_run(r);
        allow_threads(allowed);
        r = new_run(500, 6, true);
        r->fail_at = 77;
        r->failure = DSR_ERR_IO;
        assert_int_equal(go(r, 6, 0), DSR_ERR_IO);
        assert_int_equal(r->committed, 77);
        assert_int_equal(r->committed + r->abandoned, r->taken);
        drop_run(r);
    }
    allow_threads(1 << 20);
}

/* Pairs of items that wait for each other: it ends well only where both are worked on at the same time. */
static atomic_uint met[2] = {0, 0};

static void meet(void *context, unsigned worker, void *thing)
{
    run *r = context;
    item *i = thing;
    if (i->number < 4) {
        atomic_uint *pair = &met[i->number / 2];
        atomic_fetch_add(pair, 1);
        struct timespec pause = {0, 100000};
        for (int patience = 0; patience < 50000 && atomic_load(pair) < 2; patience++) {
            nanosleep(&pause, NULL);
        }
        if (atomic_load(pair) < 2) {
            atomic_fetch_add(&wrong, 1);
        }
    }
    work(r, worker, thing);
}

/* The second pair comes late: by then the worker sleeps and must be woken for it. */
static bool next_after_a_pause(void *context, void **out)
{
    run *r = context;
    if (r->taken == 2) {
        struct timespec pause = {0, 50 * 1000 * 1000};
        nanosleep(&pause, NULL);
    }
    return next(context, out);
}

static void works_side_by_side(void **state)
{
    (void)state;
    run *r = new_run(10, 2, false);
    const dsr_pass pass = {r, next_after_a_pause, meet, commit, abandon};
    assert_int_equal(dsr_pass_run(&pass, 2, 2), DSR_OK);
    assert_int_equal(atomic_load(&wrong), 0);
    assert_int_equal(r->committed, 10);
    drop_run(r);
}

/* Many short passes: whoever forgets to wake somebody up stands still here. */
static void never_stands_still(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 1500; round++) {
        unsigned jobs = 2 + round % 4;
        run *r = new_run(round % 23, jobs, false);
        if (round % 3 == 0) {
            r->fail_at = round % 11;
        }
        r->failure = DSR_ERR_LIMIT;
        dsr_status status = go(r, jobs, round % 7);
        assert_int_equal(status, r->fail_at < r->count ? DSR_ERR_LIMIT : DSR_OK);
        drop_run(r);
    }
}

static void there_is_at_least_one_processor(void **state)
{
    (void)state;
    assert_in_range(dsr_processors(), 1, 65535);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commits_everything_in_order),
        cmocka_unit_test(a_slow_first_item_holds_the_window),
        cmocka_unit_test(a_failed_commit_ends_the_pass),
        cmocka_unit_test(nobody_needs_to_take_abandoned_items),
        cmocka_unit_test(goes_on_with_the_threads_it_gets),
        cmocka_unit_test(works_side_by_side),
        cmocka_unit_test(never_stands_still),
        cmocka_unit_test(there_is_at_least_one_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
