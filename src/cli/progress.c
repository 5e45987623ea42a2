/* See progress.h. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { QUIET_MS = 500, BETWEEN_MS = 100 };

static int64_t milliseconds(const struct timespec *from, const struct timespec *to)
{
    return (int64_t)(to->tv_sec - from->tv_sec) * 1000 + (to->tv_nsec - from->tv_nsec) / 1000000;
}

void dsr_progress_line_open(dsr_progress_line *line, int descriptor, bool enabled, unsigned columns)
{
    *line = (dsr_progress_line){.descriptor = descriptor, .enabled = enabled, .columns = columns};
    if (enabled && clock_gettime(CLOCK_MONOTONIC, &line->started) != 0)
        line->enabled = false;
}

/* A line of progress that cannot be written is no failure. */
static void write_text(const dsr_progress_line *line, const char *text, int length)
{
    if (length > 0) {
        ssize_t written = write(line->descriptor, text, (size_t)length);
        (void)written;
    }
}

void dsr_progress_line_report(void *context, const char *stage, uint64_t done, uint64_t total)
{
    dsr_progress_line *line = context;
    struct timespec now;
    if (!line->enabled || clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return;
    if (milliseconds(&line->started, &now) < QUIET_MS ||
        (line->shown && milliseconds(&line->written, &now) < BETWEEN_MS))
        return;
    char text[120], whole[160];
    if (total > 0)
        (void)snprintf(text, sizeof text, "%s %u %%", stage,
                       (unsigned)(done >= total ? 100 : (double)done * 100 / (double)total));
    else
        (void)snprintf(text, sizeof text, "%s %llu", stage, (unsigned long long)done);
    int room =
        line->columns > 1 && line->columns < sizeof text ? (int)line->columns - 1 : (int)sizeof text - 1;
    write_text(line, whole, snprintf(whole, sizeof whole, "\r\033[K%.*s", room, text));
    line->shown = true;
    line->written = now;
}

void dsr_progress_line_clear(dsr_progress_line *line)
{
    if (line->shown)
        write_text(line, "\r\033[K", 4);
    line->shown = false;
}
