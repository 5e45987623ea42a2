/* See signals.h. A handler takes no argument: the flag it raises is the one mutable thing of the program
 * outside its functions. */
#include "cli/signals.h"

#include <signal.h>

static dsr_cancel stop;

static void raise_stop(int number)
{
    (void)number;
    atomic_store(&stop.raised, true);
}

dsr_cancel *dsr_signals_install(void)
{
    /* Once: the second signal finds the usual disposition. Calls that wait are not restarted, so that one
     * that waits for standard input comes back. */
    struct sigaction once = {.sa_handler = raise_stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigemptyset(&once.sa_mask);
    (void)sigemptyset(&ignore.sa_mask);
    struct sigaction before;
    const int asks[] = {SIGINT, SIGTERM};
    for (unsigned i = 0; i < sizeof asks / sizeof *asks;
         i++) /* what the caller ignores stays ignored (nohup) */
        if (sigaction(asks[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            (void)sigaction(asks[i], &once, NULL);
    (void)sigaction(SIGPIPE, &ignore, NULL);
    (void)sigaction(SIGXFSZ, &ignore, NULL); /* a file-size limit is told like a full disk */
    return &stop;
}
