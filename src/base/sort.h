/* Sorting numbers. */
#ifndef DSR_BASE_SORT_H
#define DSR_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Ascending, in place, in time of the count: American flag sort (McIlroy, Bostic and McIlroy, "Engineering
 * Radix Sort", 1993). To sort things by a key of 32 bits, put the key above their place: key << 32 | place.
 */
void dsr_sort_u64(uint64_t *items, size_t count);

#endif
