/* The wrapped allocator and the loop over the scenarios. The linker sends each call of malloc in our objects
 * to __wrap_malloc
 * (-Wl,--wrap=malloc); __real_malloc is the C library's. The counters are the one mutable global that this
 * technique needs. */
#include "fault.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

static struct {
    atomic_bool on;
    fault_plan plan;
    atomic_uint_least64_t count;
    atomic_int_least64_t blocks;
    const char *broken; /* the first promise that was not kept */
} faults;

static bool must_fail(void)
{
    if (!faults.on) {
        return false;
    }
    uint64_t number = ++faults.count;
    uint64_t at = faults.plan.fail_at;
    return at > 0 && (number == at || (faults.plan.for_good && number > at));
}

static void *counted(void *block)
{
    faults.blocks += block != NULL;
    return block;
}

void *__wrap_malloc(size_t size)
{
    return must_fail() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return must_fail() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *block, size_t size)
{
    if (must_fail()) {
        return NULL;
    }
    return block == NULL ? counted(__real_realloc(NULL, size)) : __real_realloc(block, size);
}

void __wrap_free(void *block)
{
    faults.blocks -= block != NULL;
    __real_free(block);
}

void fault_start(fault_plan plan)
{
    faults.plan = plan;
    faults.count = 0;
    faults.on = true;
}

uint64_t fault_stop(void)
{
    faults.on = false;
    return faults.count;
}

int64_t fault_blocks(void)
{
    return faults.blocks;
}

void fault_expect(bool holds, const char *promise)
{
    if (!holds && faults.broken == NULL) {
        faults.broken = promise;
    }
}

/* One run with one plan. *done where fewer allocations were made than the plan needed. False where a promise
 * broke. */
static bool run_once(const fault_scenario *scenario, void *state, fault_plan plan, bool *done)
{
    faults.broken = NULL;
    int64_t blocks = fault_blocks();
    fault_start(plan);
    dsr_status status = scenario->run(state);
    uint64_t count = fault_stop();
    *done = count < plan.fail_at;
    fault_expect(status == DSR_OK || status == DSR_ERR_MEMORY,
                 "a failed allocation is told as DSR_ERR_MEMORY");
    fault_expect(!*done || status == DSR_OK, "without a failed allocation it succeeds");
    fault_expect(!plan.for_good || *done || status == DSR_ERR_MEMORY,
                 "it does not succeed where nothing can be allocated");
    if (scenario->after != NULL) {
        scenario->after(state, status);
    }
    fault_expect(fault_blocks() <= blocks || status == DSR_OK, "what was taken is given back");
    if (faults.broken != NULL) {
        printf("FAILED %s, allocation %llu of %llu%s, status %s: %s\n", scenario->name,
               (unsigned long long)plan.fail_at, (unsigned long long)count,
               plan.for_good ? " and all after it" : "", dsr_status_name(status), faults.broken);
    }
    return faults.broken == NULL;
}

/* Each of the first `dense` allocations fails once; then the steps grow, so that long runs end. */
static uint64_t next_step(uint64_t at, uint64_t dense)
{
    return dense == 0 || at < dense ? at + 1 : at + 1 + at / 48;
}

static bool run_scenario(const fault_scenario *scenario, uint64_t dense, unsigned *runs)
{
    void *state = NULL;
    bool good = scenario->make == NULL || scenario->make(&state);
    if (!good) {
        printf("FAILED %s: could not be made\n", scenario->name);
        return false;
    }
    unsigned broken = 0;
    for (unsigned for_good = 0; for_good < 2; for_good++) {
        bool done = false;
        for (uint64_t at = 1; !done && broken < 5; at = next_step(at, dense)) {
            broken += !run_once(scenario, state, (fault_plan){at, for_good == 1}, &done);
            (*runs)++;
        }
    }
    if (scenario->drop != NULL) {
        scenario->drop(state);
    }
    return broken == 0;
}

int main(int argc, char **argv)
{
    const fault_scenario *const tables[] = {fault_rooms, fault_engine};
    unsigned passed = 0, failed = 0;
    bool all = argc > 1 && strcmp(argv[1], "--all") == 0;
    const char *only = argc > 1 && !all ? argv[1] : NULL;
    for (size_t table = 0; table < sizeof tables / sizeof *tables; table++) {
        for (const fault_scenario *scenario = tables[table]; scenario->name != NULL; scenario++) {
            unsigned runs = 0;
            if (only != NULL && strcmp(only, scenario->name) != 0) {
                continue;
            }
            bool good = run_scenario(scenario, all ? 0 : 256, &runs);
            printf("%s %s: %u runs\n", good ? "ok" : "FAILED", scenario->name, runs);
            fflush(stdout);
            passed += good;
            failed += !good;
        }
    }
    printf("%u passed, %u failed\n", passed, failed);
    return passed > 0 && failed == 0 ? 0 : 1;
}
