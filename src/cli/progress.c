/* See progress.h. */
#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { QUIET_MS = 500, BETWEEN_MS = 100, GUESS_MS = 3000, LEFT_BYTES = 32 };

static int64_t milliseconds(const struct timespec *from, const struct timespec *to)
{
    return (int64_t)(to->tv_sec - from->tv_sec) * 1000 + (to->tv_nsec - from->tv_nsec) / 1000000;
}

/* ", 3 min left", once the stage has run long enough to tell; else nothing. */
static const char *format_left(int64_t elapsed, uint64_t done, uint64_t total, char out[LEFT_BYTES])
{
    out[0] = '\0';
    if (elapsed < GUESS_MS || done == 0 || done >= total)
        return out;
    double seconds = (double)elapsed / 1000 * ((double)(total - done) / (double)done);
    if (seconds >= 7200 && seconds < 1e9)
        (void)snprintf(out, LEFT_BYTES, ", %.0f h left", seconds / 3600);
    else if (seconds >= 120 && seconds < 7200)
        (void)snprintf(out, LEFT_BYTES, ", %.0f min left", seconds / 60);
    else if (seconds < 120)
        (void)snprintf(out, LEFT_BYTES, ", %.0f s left", seconds);
    return out;
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
    if (line->stage == NULL || strcmp(stage, line->stage) != 0) {
        line->stage = stage;
        line->stage_started = now;
    }
    if (milliseconds(&line->started, &now) < QUIET_MS ||
        (line->shown && milliseconds(&line->written, &now) < BETWEEN_MS))
        return;
    char text[120], whole[160], left[LEFT_BYTES];
    if (total > 0)
        (void)snprintf(text, sizeof text, "%s %u %%%s", stage,
                       (unsigned)(done >= total ? 100 : (double)done * 100 / (double)total),
                       format_left(milliseconds(&line->stage_started, &now), done, total, left));
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
