/* Makes allocations fail in turn: the malloc family of our own code (not of the libraries it uses) is wrapped
 * by the linker. */
#ifndef DSR_TEST_FAULT_H
#define DSR_TEST_FAULT_H

#include "base/status.h"

typedef struct fault_plan {
    uint64_t fail_at; /* the allocation that fails, from 1; 0: none */
    bool for_good;    /* all after it fail too */
} fault_plan;

/* From here on allocations count, and fail as planned. */
void fault_start(fault_plan plan);
/* Ends that; the number of allocations since start. */
uint64_t fault_stop(void);
/* Blocks that our code took and did not give back. */
int64_t fault_blocks(void);

/* Something that is run again and again, each time with another allocation failing. */
typedef struct fault_scenario {
    const char *name;
    /* Made once, with nothing failing. NULL: nothing to make. False: it could not be made. */
    bool (*make)(void **state);
    /* Does the thing. Between fault_start and fault_stop; must give back whatever it took. Calls fault_expect
     * for what must hold. */
    dsr_status (*run)(void *state);
    /* What must hold of the state afterwards; nothing fails here. May be NULL. */
    void (*after)(void *state, dsr_status status);
    void (*drop)(void *state);
} fault_scenario;

/* Notes a broken promise of the scenario that runs. */
void fault_expect(bool holds, const char *promise);

extern const fault_scenario fault_rooms[];  /* ends with a NULL name */
extern const fault_scenario fault_engine[]; /* ends with a NULL name */

#endif
