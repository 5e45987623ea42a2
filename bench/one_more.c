/* How long one more report takes, annotated, placed and committed, in a process that has the store open.
 *
 *   one_more STORE FILE...       each FILE is added by itself */
#include "engine/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *x, const void *y)
{
    const double *a = x, *b = y;
    return *a < *b ? -1 : *a > *b;
}

int main(int count, char **paths)
{
    dsr_engine_options options = {.store = count > 2 ? paths[1] : "", .annotate = DSR_ANNOTATE_ALL};
    dsr_engine *engine = NULL;
    dsr_error error;
    double *took = calloc((size_t)count, sizeof *took);
    size_t done = 0;
    if (!took || count < 3 || dsr_engine_open(&options, &engine, &error) != DSR_OK) {
        fprintf(stderr, "usage: one_more STORE FILE...\n");
        return 2;
    }
    for (int i = 2; i < count; i++) {
        const char *one[] = {paths[i]};
        dsr_inputs inputs = {.paths = one, .count = 1};
        double from = now();
        if (dsr_engine_add(engine, &inputs, (dsr_outcome_sink){NULL, NULL, NULL}, &error) != DSR_OK) {
            fprintf(stderr, "%s\n", error.message);
            return 1;
        }
        took[done++] = now() - from;
    }
    printf("first %.1f ms", took[0]);
    qsort(took, done, sizeof *took, compare);
    printf(", median %.1f ms, nine in ten under %.1f ms, longest %.1f ms\n", took[done / 2],
           took[done * 9 / 10], took[done - 1]);
    dsr_engine_close(engine);
    free(took);
    return 0;
}
