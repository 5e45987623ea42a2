/* One line on standard error that says how far the work is. It appears only on a terminal and only after half
 * a second, is rewritten in place, and is taken away at the end. The only file of the program that looks at a
 * clock. */
#ifndef DSR_CLI_PROGRESS_H
#define DSR_CLI_PROGRESS_H

#include "base/threads.h"

#include <time.h>

typedef struct dsr_progress_line {
    int descriptor;
    bool enabled, shown;
    unsigned columns;
    struct timespec started, written;
    const char *stage; /* the last one told; NULL: none */
    struct timespec stage_started;
} dsr_progress_line;

void dsr_progress_line_open(dsr_progress_line *line, int descriptor, bool enabled, unsigned columns);
/* What the engine calls; `context` is the line. `stage` must outlive it. From three seconds of a stage on it
 * says how long it may still take. */
void dsr_progress_line_report(void *context, const char *stage, uint64_t done, uint64_t total);
/* Takes the line away, before something else is written. */
void dsr_progress_line_clear(dsr_progress_line *line);

#endif
