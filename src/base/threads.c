/* Work side by side, results in order. The only file that knows pthreads.
 * A ring holds what is under way. Three counters run through it, always committed <= claimed <= taken:
 * taken and committed belong to the calling thread, claimed to whoever works. Everything in the ring is
 * guarded by one lock; callbacks run without it. The calling thread works too when it has nothing else to do,
 * so `jobs` threads are `jobs`. Must not know what the items are. */
#define _GNU_SOURCE /* sched_getaffinity; NOLINT: the C library names it so */
#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct slot {
    void *item;
    bool done;
} slot;

typedef struct pool {
    const dsr_pass *pass;
    pthread_mutex_t lock;
    pthread_cond_t work_waits; /* something to claim, or the end */
    pthread_cond_t first_done; /* what is to be committed next is done */
    slot *slots;
    size_t window;
    size_t taken;
    size_t claimed;
    size_t committed;
    bool over; /* workers go home */
} pool;

typedef struct worker {
    pool *pool;
    unsigned number;
    pthread_t thread;
} worker;

static slot *slot_at(pool *p, size_t place)
{
    return &p->slots[place % p->window];
}

/* Claims the next item, works on it without the lock, marks it done. The lock is held before and after. */
static void work_on_next(pool *p, unsigned number)
{
    size_t place = p->claimed++;
    slot *s = slot_at(p, place);
    void *item = s->item;
    pthread_mutex_unlock(&p->lock);
    p->pass->work(p->pass->context, number, item);
    pthread_mutex_lock(&p->lock);
    s->done = true;
    if (place == p->committed) {
        pthread_cond_signal(&p->first_done);
    }
}

static void *run_worker(void *argument)
{
    const worker *w = argument;
    pool *p = w->pool;
    pthread_mutex_lock(&p->lock);
    while (!p->over) {
        if (p->claimed < p->taken) {
            work_on_next(p, w->number);
        } else {
            pthread_cond_wait(&p->work_waits, &p->lock);
        }
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* Asks for one more item; false at the end. The lock is held before and after. */
static bool take_next(pool *p)
{
    void *item = NULL;
    pthread_mutex_unlock(&p->lock);
    bool some = p->pass->next(p->pass->context, &item);
    pthread_mutex_lock(&p->lock);
    if (!some) {
        return false;
    }
    *slot_at(p, p->taken) = (slot){item, false};
    p->taken++;
    pthread_cond_signal(&p->work_waits);
    return true;
}

static dsr_status commit_first(pool *p)
{
    void *item = slot_at(p, p->committed)->item;
    pthread_mutex_unlock(&p->lock);
    dsr_status status = p->pass->commit(p->pass->context, item);
    pthread_mutex_lock(&p->lock);
    if (status == DSR_OK) {
        p->committed++;
    }
    return status;
}

/* What the calling thread does. Keeping the workers fed comes first, then committing, then filling the
 * window, then working; waiting only when all of that is impossible. The lock is held before and after. */
static dsr_status conduct(pool *p, unsigned jobs)
{
    dsr_status status = DSR_OK;
    bool ended = false;
    while (status == DSR_OK && !(ended && p->committed == p->taken)) {
        bool room = !ended && p->taken - p->committed < p->window;
        bool hungry = p->taken - p->claimed < jobs;
        bool ready = p->committed < p->claimed && slot_at(p, p->committed)->done;
        if (room && (hungry || !ready)) {
            ended = !take_next(p);
        } else if (ready) {
            status = commit_first(p);
        } else if (p->claimed < p->taken) {
            work_on_next(p, 0);
        } else {
            pthread_cond_wait(&p->first_done, &p->lock);
        }
    }
    return status;
}

/* Starts up to `wanted` threads, numbered from 1; returns how many there are. Signals stay with the calling
 * thread, except those that a thread causes itself. */
static unsigned start_workers(pool *p, worker *workers, unsigned wanted)
{
    sigset_t blocked;
    sigset_t before;
    sigfillset(&blocked);
    sigdelset(&blocked, SIGSEGV);
    sigdelset(&blocked, SIGBUS);
    sigdelset(&blocked, SIGFPE);
    sigdelset(&blocked, SIGILL);
    sigdelset(&blocked, SIGABRT);
    bool masked = pthread_sigmask(SIG_SETMASK, &blocked, &before) == 0;
    unsigned started = 0;
    while (started < wanted) {
        worker *w = &workers[started];
        *w = (worker){.pool = p, .number = started + 1};
        if (pthread_create(&w->thread, NULL, run_worker, w) != 0) {
            break;
        }
        started++;
    }
    if (masked) {
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    return started;
}

static void send_home(pool *p, worker *workers, unsigned count)
{
    p->over = true;
    pthread_cond_broadcast(&p->work_waits);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < count; i++) {
        pthread_join(workers[i].thread, NULL);
    }
}

static void abandon(const dsr_pass *pass, void *item)
{
    if (pass->abandon != NULL) {
        pass->abandon(pass->context, item);
    }
}

/* Everything in turn on the calling thread. */
static dsr_status run_in_turn(const dsr_pass *pass)
{
    dsr_status status = DSR_OK;
    void *item = NULL;
    while (status == DSR_OK && pass->next(pass->context, &item)) {
        pass->work(pass->context, 0, item);
        status = pass->commit(pass->context, item);
        if (status != DSR_OK) {
            abandon(pass, item);
        }
        item = NULL;
    }
    return status;
}

static dsr_status run_side_by_side(pool *p, worker *workers, unsigned jobs)
{
    unsigned started =
        start_workers(p, workers, jobs - 1); /* none is fine: then the calling thread does it all */
    pthread_mutex_lock(&p->lock);
    dsr_status status = conduct(p, started + 1);
    send_home(p, workers, started);
    for (; p->committed < p->taken; p->committed++) {
        abandon(p->pass, slot_at(p, p->committed)->item);
    }
    return status;
}

/* The locks; false without memory for them. */
static bool open_locks(pool *p)
{
    if (pthread_mutex_init(&p->lock, NULL) != 0) {
        return false;
    }
    if (pthread_cond_init(&p->work_waits, NULL) == 0) {
        if (pthread_cond_init(&p->first_done, NULL) == 0) {
            return true;
        }
        pthread_cond_destroy(&p->work_waits);
    }
    pthread_mutex_destroy(&p->lock);
    return false;
}

static void close_locks(pool *p)
{
    pthread_cond_destroy(&p->first_done);
    pthread_cond_destroy(&p->work_waits);
    pthread_mutex_destroy(&p->lock);
}

dsr_status dsr_pass_run(const dsr_pass *pass, unsigned jobs, unsigned window)
{
    if (jobs <= 1) {
        return run_in_turn(pass);
    }
    pool p = {.pass = pass, .window = window != 0 ? window : (size_t)jobs * 16};
    p.slots = calloc(p.window, sizeof *p.slots);
    worker *workers = calloc(jobs - 1, sizeof *workers);
    dsr_status status = DSR_ERR_MEMORY;
    if (p.slots != NULL && workers != NULL && open_locks(&p)) {
        status = run_side_by_side(&p, workers, jobs);
        close_locks(&p);
    }
    free(workers);
    free(p.slots);
    return status;
}

unsigned dsr_processors(void)
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        int count = CPU_COUNT(&allowed);
        if (count > 0) {
            return (unsigned)count;
        }
    }
    /* More processors than the set has room for. */
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 && online < 65536 ? (unsigned)online : 1;
}
