/* A growing log of bytes that does not have to stay in memory: what is past a quarter of a megabyte goes to a
 * scratch file without a name, which ends with the process. Without a scratch folder, or where it refuses,
 * everything stays in memory. Private to store; one thread. */
#ifndef DSR_STORE_SPILL_H
#define DSR_STORE_SPILL_H

#include "base/slice.h"
#include "base/status.h"

typedef struct dsr_spill {
    const char *folder; /* lent; NULL: none */
    int file;           /* -1: none made yet */
    bool refused;       /* the scratch file could not be made or written: no more tries */
    uint64_t flushed;   /* bytes that lie in the file; the tail follows them */
    char *tail;
    size_t tail_len, tail_room;
} dsr_spill;

/* `folder` must outlive the spill. */
void dsr_spill_open(dsr_spill *spill, const char *folder);
void dsr_spill_close(dsr_spill *spill);
/* Appends bytes; *at is where they begin. DSR_ERR_MEMORY. */
dsr_status dsr_spill_append(dsr_spill *spill, dsr_slice bytes, uint64_t *at) DSR_MUST_CHECK;
/* Copies `count` bytes from `at` on; all of one append. DSR_ERR_IO. */
dsr_status dsr_spill_read(const dsr_spill *spill, uint64_t at, size_t count, char *out) DSR_MUST_CHECK;
uint64_t dsr_spill_end(const dsr_spill *spill);
/* Forgets what lies behind `end`. */
void dsr_spill_truncate(dsr_spill *spill, uint64_t end);

#endif
