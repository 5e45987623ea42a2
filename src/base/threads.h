/* Work side by side, results in order. threads.c alone knows pthreads. */
#ifndef DSR_BASE_THREADS_H
#define DSR_BASE_THREADS_H

#include "base/status.h"

#include <stdatomic.h>

/* One pass over things that come one after the other.
 *   next:   called on the calling thread; sets *item and returns true, or returns false at the end.
 *   work:   called on any thread, items in any order, `worker` in [0, jobs).
 *   commit: called on the calling thread, in the order of `next`; a failure ends the pass.
 * At most `window` items are under way (0: 16 a job), so memory stays bounded. With jobs <= 1 no thread is
 * made and everything happens in turn. Results never depend on `jobs`. `abandon` is called for items that
 * were taken from `next` but not committed: after a failure, the one whose commit failed among them. */
typedef struct dsr_pass {
    void *context;
    bool (*next)(void *context, void **item);
    void (*work)(void *context, unsigned worker, void *item);
    dsr_status (*commit)(void *context, void *item);
    void (*abandon)(void *context, void *item);
} dsr_pass;
/* DSR_OK, what commit failed with, or DSR_ERR_MEMORY before anything was started. */
dsr_status dsr_pass_run(const dsr_pass *pass, unsigned jobs, unsigned window) DSR_MUST_CHECK;

/* How many processors this process may use; at least 1. */
unsigned dsr_processors(void);

/* A flag that a signal handler or another thread raises to ask for an orderly stop. */
typedef struct dsr_cancel {
    atomic_bool raised;
} dsr_cancel;

/* How long work is followed. Called on the thread that runs the engine; total 0 where unknown. */
typedef struct dsr_progress {
    void *context;
    void (*report)(void *context, const char *stage, uint64_t done, uint64_t total);
} dsr_progress;

#endif
