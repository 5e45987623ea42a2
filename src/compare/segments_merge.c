/* Merging segments of one span into one: fingerprints ascending, carriers newest first. Carriers that were
 * removed are left out, and so are old ones of a fingerprint that very many carry. */
#include "compare/segments_parts.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "copies";

/* A segment that is being read. */
typedef struct source {
    dsr_segment *segment;
    uint8_t *bytes; /* of its chunk */
    dsr_group_reader reader;
    dsr_segment_group group; /* the one that comes next */
    uint32_t chunk;          /* which comes next */
    bool begun, done;
} source;

typedef struct merging {
    dsr_copies *copies;
    source *sources;
    size_t count;
    uint32_t *numbers; /* room for the carriers of all sources */
    dsr_segment_group group;
    dsr_error *error;
} merging;

static dsr_status open_chunk(merging *m, source *s)
{
    dsr_slice chunk = DSR_SLICE_NONE;
    dsr_status status = dsr_segment_read(m->copies, s->segment, s->chunk++, &chunk, m->error);
    if (status != DSR_OK) {
        return status;
    }
    memcpy(s->bytes, chunk.ptr, chunk.len);
    chunk.ptr = (const char *)s->bytes;
    return dsr_group_reader_open(&s->reader, s->segment, chunk)
               ? DSR_OK
               : dsr_copies_damaged(m->error, "segment", s->segment->id);
}

static dsr_status advance(merging *m, source *s)
{
    uint64_t before = s->group.print;
    dsr_group_step step = s->chunk ? dsr_group_reader_next(&s->reader, &s->group) : DSR_GROUP_END;
    while (step == DSR_GROUP_END) {
        if (s->chunk == s->segment->chunks) {
            s->done = true;
            return DSR_OK;
        }
        dsr_status status = open_chunk(m, s);
        if (status != DSR_OK) {
            return status;
        }
        step = dsr_group_reader_next(&s->reader, &s->group);
    }
    if (step == DSR_GROUP_DAMAGED || (s->begun && s->group.print <= before)) {
        return dsr_copies_damaged(m->error, "segment", s->segment->id);
    }
    s->begun = true;
    return DSR_OK;
}

/* Falling; nearly sorted as a rule. */
static void sort_falling(uint32_t *numbers, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t number = numbers[i];
        size_t at = i;
        for (; at > 0 && numbers[at - 1] < number; at--) {
            numbers[at] = numbers[at - 1];
        }
        numbers[at] = number;
    }
}

/* All carriers of the smallest fingerprint of the sources, into m->group; the sources go on. False at the
 * end. */
static dsr_status take_smallest(merging *m, bool *more)
{
    uint64_t print = UINT64_MAX;
    for (size_t i = 0; i < m->count; i++) {
        if (!m->sources[i].done && m->sources[i].group.print < print) {
            print = m->sources[i].group.print;
        }
    }
    *more = print != UINT64_MAX;
    size_t count = 0;
    uint64_t dropped = 0;
    for (size_t i = 0; *more && i < m->count; i++) {
        source *s = &m->sources[i];
        if (s->done || s->group.print != print) {
            continue;
        }
        dropped += s->group.dropped;
        for (uint32_t k = 0; k < s->group.count; k++) {
            if (!dsr_copies_is_dead(m->copies, s->group.numbers[k])) {
                m->numbers[count++] = s->group.numbers[k];
            }
        }
        dsr_status status = advance(m, s);
        if (status != DSR_OK) {
            return status;
        }
    }
    sort_falling(m->numbers, count);
    size_t kept = count < DSR_SEGMENT_KEEP ? count : DSR_SEGMENT_KEEP;
    dropped += count - kept;
    m->group.print = print;
    m->group.count = (uint32_t)kept;
    m->group.dropped = dropped < UINT32_MAX ? (uint32_t)dropped : UINT32_MAX;
    memcpy(m->group.numbers, m->numbers, kept * sizeof *m->numbers);
    return DSR_OK;
}

static dsr_status open_sources(merging *m, dsr_segment *const *segments)
{
    m->sources = calloc(m->count, sizeof *m->sources);
    m->numbers = calloc(m->count * DSR_SEGMENT_KEEP, sizeof *m->numbers);
    if (!m->sources || !m->numbers) {
        return dsr_fail_memory(m->error, STAGE);
    }
    for (size_t i = 0; i < m->count; i++) {
        m->sources[i].segment = segments[i];
        m->sources[i].bytes = malloc(DSR_SEGMENT_CHUNK_BYTES);
        if (!m->sources[i].bytes) {
            return dsr_fail_memory(m->error, STAGE);
        }
        dsr_status status = advance(m, &m->sources[i]);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static void close_sources(merging *m)
{
    for (size_t i = 0; m->sources && i < m->count; i++) {
        free(m->sources[i].bytes);
    }
    free(m->sources);
    free(m->numbers);
}

/* The frame of the merged segment: what holds for all of them. Returns how many postings they have. */
static size_t frame(dsr_segment *const *segments, size_t count, dsr_segment *out)
{
    size_t postings = 0;
    *out = *segments[0];
    for (size_t i = 0; i < count; i++) {
        const dsr_segment *s = segments[i];
        out->base = s->base < out->base ? s->base : out->base;
        out->last = s->last > out->last ? s->last : out->last;
        out->intake_first = s->intake_first < out->intake_first ? s->intake_first : out->intake_first;
        out->intake_last = s->intake_last > out->intake_last ? s->intake_last : out->intake_last;
        postings += s->postings;
    }
    return postings;
}

static dsr_status write_merged(merging *m, dsr_segment_writer *writer)
{
    bool more = false;
    dsr_status status = take_smallest(m, &more);
    while (status == DSR_OK && more) {
        if (m->group.count) {
            status = dsr_segment_writer_add(writer, &m->group, m->error);
        }
        if (status == DSR_OK) {
            status = take_smallest(m, &more);
        }
    }
    return status == DSR_OK ? dsr_segment_writer_finish(writer, m->error) : status;
}

/* The merged segment takes the place of the others. */
static dsr_status merge(dsr_copies *copies, dsr_segment *const *segments, size_t count, dsr_error *error)
{
    dsr_segment like;
    dsr_segment_writer *writer = NULL;
    merging m = {.copies = copies, .count = count, .error = error};
    size_t postings = frame(segments, count, &like);
    dsr_status status = postings <= UINT32_MAX
                            ? open_sources(&m, segments)
                            : dsr_fail(error, DSR_ERR_LIMIT, STAGE, "too much for one segment");
    if (status == DSR_OK && dsr_segment_writer_new(copies, &like, postings, &writer) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        status = write_merged(&m, writer);
    }
    dsr_segment_writer_drop(writer);
    close_sources(&m);
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        status = dsr_segments_remove(copies, segments[i], error);
    }
    return status;
}

/* Size class of a segment: each is DSR_SEGMENT_FAN times as large as the one before. */
static unsigned size_class(const dsr_segment *segment)
{
    enum { SMALLEST = 2048 };
    unsigned rank = 0;
    for (uint64_t size = segment->postings / SMALLEST; size; size /= DSR_SEGMENT_FAN) {
        rank++;
    }
    return rank;
}

enum { ANY_CLASS = 64 };

/* The segments of a span of one rank, as they stand in the list; heap array. */
static dsr_status gather(const dsr_copies *copies, const dsr_segment *like, unsigned rank, dsr_segment ***out,
                         size_t *count)
{
    size_t found = 0;
    dsr_segment **items = NULL;
    for (int pass = 0; pass < 2; pass++) {
        found = 0;
        for (size_t i = 0; i < copies->segment_count; i++) {
            dsr_segment *s = copies->segments[i];
            if (s->dated == like->dated && s->span == like->span &&
                (rank == ANY_CLASS || size_class(s) == rank)) {
                if (items) {
                    items[found] = s;
                }
                found++;
            }
        }
        if (!found) {
            break;
        }
        if (!items && !(items = calloc(found, sizeof *items))) {
            return DSR_ERR_MEMORY;
        }
    }
    *out = items;
    *count = found;
    return DSR_OK;
}

/* Merges those of one rank where there are `least` at least. */
static dsr_status merge_class(dsr_copies *copies, const dsr_segment *like, unsigned rank, size_t least,
                              dsr_error *error)
{
    dsr_segment **segments = NULL;
    size_t count = 0;
    if (gather(copies, like, rank, &segments, &count) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = count >= least ? merge(copies, segments, count, error) : DSR_OK;
    free(segments);
    return status;
}

dsr_status dsr_segments_tidy(dsr_copies *copies, bool dated, int32_t span, dsr_error *error)
{
    enum { CLASSES = 17 /* of 2^32 postings */, SMALL_CLASSES = 5 };
    const dsr_segment like = {.dated = dated, .span = span};
    dsr_status status = DSR_OK;
    /* From the small ones up: what is merged may complete the next class. Small segments, of late arrivals
     * and of reports without a day, cost little to merge and as much to look at as large ones: two are too
     * many. */
    for (unsigned rank = 0; status == DSR_OK && rank < CLASSES; rank++) {
        status = merge_class(copies, &like, rank, rank < SMALL_CLASSES ? 2 : DSR_SEGMENT_FAN, error);
    }
    return status;
}

dsr_status dsr_segments_compact(dsr_copies *copies, bool dated, int32_t span, dsr_error *error)
{
    const dsr_segment like = {.dated = dated, .span = span};
    return merge_class(copies, &like, ANY_CLASS, 2, error);
}
