/* What the files that keep the stream's state between runs share. Private to story. */
#ifndef DSR_STORY_STREAM_KEEP_H
#define DSR_STORY_STREAM_KEEP_H

#include "story/stream_parts.h"

enum {
    KEEP_META = DSR_CHUNKS_STORIES, /* one chunk: version, counters, the calendar */
    KEEP_STORIES,                   /* open stories by number */
    KEEP_COUNTS,                    /* how often each term came */
    KEEP_RECENT                     /* reports that may still move */
};

typedef struct dsr_keep {
    dsr_stream *stream;
    const dsr_chunks *chunks;
    dsr_buffer *buffer; /* of the chunk in the making */
    dsr_error *error;
} dsr_keep;

void dsr_keep_number(char out[4], uint32_t value); /* big end first */
uint32_t dsr_keep_read(const char in[4]);
dsr_status dsr_keep_put(const dsr_keep *keep, uint8_t family, dsr_slice key) DSR_MUST_CHECK; /* the buffer */

dsr_status dsr_keep_save_counts(const dsr_keep *keep) DSR_MUST_CHECK;
dsr_status dsr_keep_load_counts(dsr_keep *keep) DSR_MUST_CHECK;

#endif
