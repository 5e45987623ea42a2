/* Which reports of a store have a word or name: an inverted index that grows with the store. The latest
 * reports lie in a tail, a chunk each; whenever DSR_FINDER_BLOCK of them have come together they become a
 * block, cut by key into chunks that never change. Reports are never taken out of it: who asks looks whether
 * they still stand. What is written depends on the sequence of reports alone. Private to engine. */
#ifndef DSR_ENGINE_FINDER_H
#define DSR_ENGINE_FINDER_H

#include "engine/desk.h"

enum { DSR_FINDER_BLOCK = 1024, DSR_FINDER_BUCKETS = 64 /* of a block, by the highest bits of a key */ };

/* How far the index has come. */
typedef struct dsr_finder {
    uint32_t blocks, tail; /* whole blocks; reports behind them */
    uint32_t last;         /* sequence of the last report */
    bool dirty;
} dsr_finder;

/* All zero where there is none yet. DSR_ERR_STORE where it is damaged. */
dsr_status dsr_finder_open(const dsr_chunks *chunks, dsr_finder *out, dsr_error *error) DSR_MUST_CHECK;
/* Takes in a report; one that is not behind the last is there already. Inside a transaction. */
dsr_status dsr_finder_add(dsr_finder *finder, const dsr_chunks *chunks, uint32_t sequence,
                          const dsr_clipping *clipping, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_finder_save(dsr_finder *finder, const dsr_chunks *chunks, dsr_error *error) DSR_MUST_CHECK;

/* The keys of a word's stem and of a name (dsr_stream_hash_name). */
uint32_t dsr_finder_word_key(uint64_t stem_hash);
uint32_t dsr_finder_name_key(uint64_t name_hash);

/* The reports that have a key, as far as they are not too many to tell anything. */
typedef struct dsr_finder_list {
    uint32_t key;
    bool common;     /* more than `most` have it; `items` is empty */
    uint32_t *items; /* sequences, ascending; heap */
    uint32_t count, room;
} dsr_finder_list;
/* Fills the lists of `count` ascending keys. Reads only the parts of the index in which they may stand. */
dsr_status dsr_finder_look(const dsr_chunks *chunks, uint32_t most, dsr_finder_list *lists, size_t count,
                           dsr_error *error) DSR_MUST_CHECK;
void dsr_finder_lists_drop(dsr_finder_list *lists, size_t count); /* what the lists hold */

#endif
