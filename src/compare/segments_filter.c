/* Filters that tell which fingerprints a segment does not hold: one for each segment, and one over all of
 * them that is asked first, for most fingerprints of a new report are new. All of it may be given up at any
 * time; none of it changes what is found. */
#include "compare/segments_parts.h"

#include <stdlib.h>

enum {
    LINE_BITS = 512, /* a cache line: the one look that a fingerprint costs */
    LINE_WORDS = 8,
    PRINT_BITS = 16, /* of a segment's filter for each fingerprint: three looks in a thousand are in vain */
    ALL_BITS = 8,    /* of the one over all: three in a hundred ask the segments in vain */
    PARTITIONS = 4,  /* of a line; a fingerprint sets one bit in each */
    PARTITION_BITS = 7,
    ALL_SHARE = 2, /* of the room for filters, the part that the one over all may take */
    ALL_FEWEST = 4 /* segments, below which it is not worth while */
};

/* Odd, random: a multiplication spreads the bits of a fingerprint. */
#define SPREAD UINT64_C(0x9e3779b97f4a7c15)

static size_t bytes_of(size_t lines)
{
    return lines * LINE_WORDS * sizeof(uint64_t);
}

void dsr_print_filter_drop(dsr_copies *copies, dsr_print_filter *filter)
{
    if (filter->words) {
        copies->filter_bytes -= bytes_of(filter->lines);
        free(filter->words);
        *filter = (dsr_print_filter){.words = NULL};
    }
}

/* Makes room by giving up filters of segments that were not looked at for long; false where that does not do.
 */
static bool make_room(dsr_copies *copies, size_t bytes)
{
    if (bytes > copies->filter_limit) {
        return false;
    }
    while (copies->filter_bytes + bytes > copies->filter_limit) {
        dsr_segment *oldest = NULL;
        for (size_t i = 0; i < copies->segment_count; i++) {
            dsr_segment *other = copies->segments[i];
            oldest = other->filter.words && (!oldest || other->used < oldest->used) ? other : oldest;
        }
        if (!oldest || oldest->used == copies->clock) {
            return false;
        }
        dsr_print_filter_drop(copies, &oldest->filter);
        oldest->probes = 0;
    }
    return true;
}

static void make(dsr_copies *copies, size_t prints, size_t bits, dsr_print_filter *out)
{
    size_t lines = prints * bits / LINE_BITS + 1;
    if (!make_room(copies, bytes_of(lines))) {
        return;
    }
    out->words = calloc(lines, bytes_of(1));
    if (out->words) { /* else it goes without */
        out->lines = lines;
        copies->filter_bytes += bytes_of(lines);
    }
}

void dsr_segment_filter_make(dsr_copies *copies, dsr_segment *segment, size_t groups)
{
    make(copies, groups, PRINT_BITS, &segment->filter);
}

/* Lines follow the order of the fingerprints, which are as good as random: a segment that is written from the
 * smallest to the largest fills its filter from one end to the other, and no line is fetched twice. */
static uint64_t *line_of(const dsr_print_filter *filter, uint64_t print)
{
    return filter->words +
           (size_t)((print >> (DSR_SEGMENT_PRINT_BITS - 32)) * filter->lines >> 32) * LINE_WORDS;
}

/* The bit of a fingerprint in a partition, and in which of its two words. */
static uint32_t bit_of(uint64_t hash, size_t partition)
{
    return (uint32_t)(hash >> PARTITION_BITS * partition) & ((1 << PARTITION_BITS) - 1);
}

void dsr_print_filter_ask(const dsr_print_filter *filter, const uint64_t *prints, size_t count, uint64_t bit,
                          uint64_t *masks)
{
    /* Without a branch, so that the lines are fetched side by side. */
    for (size_t p = 0; p < count; p++) {
        const uint64_t *line = line_of(filter, prints[p]);
        uint64_t hash = prints[p] * SPREAD >> 32;
        uint64_t all = 1;
        for (size_t i = 0; i < PARTITIONS; i++) {
            uint32_t at = bit_of(hash, i);
            all &= line[2 * i + (at >> 6)] >> (at & 63);
        }
        masks[p] |= (0 - (all & 1)) & bit;
    }
}

void dsr_print_filter_add(const dsr_print_filter *filter, uint64_t print)
{
    if (!filter->words) {
        return;
    }
    uint64_t *line = line_of(filter, print);
    uint64_t hash = print * SPREAD >> 32;
    for (size_t i = 0; i < PARTITIONS; i++) {
        uint32_t at = bit_of(hash, i);
        line[2 * i + (at >> 6)] |= UINT64_C(1) << (at & 63);
    }
}

/* Puts all fingerprints of a segment into a filter. */
static dsr_status fill(dsr_copies *copies, dsr_segment *segment, const dsr_print_filter *filter,
                       dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < segment->chunks; i++) {
        dsr_slice chunk = DSR_SLICE_NONE;
        dsr_group_reader reader;
        dsr_segment_group group;
        status = dsr_segment_read(copies, segment, i, &chunk, error);
        if (status == DSR_OK && !dsr_group_reader_open(&reader, segment, chunk)) {
            status = dsr_copies_damaged(error, "segment", segment->id);
        }
        dsr_group_step step = DSR_GROUP_READ;
        while (status == DSR_OK && (step = dsr_group_reader_next(&reader, &group)) == DSR_GROUP_READ) {
            dsr_print_filter_add(filter, group.print);
        }
        if (step == DSR_GROUP_DAMAGED) {
            status = dsr_copies_damaged(error, "segment", segment->id);
        }
    }
    return status;
}

dsr_status dsr_segment_filter_build(dsr_copies *copies, dsr_segment *segment, dsr_error *error)
{
    dsr_segment_filter_make(copies, segment, segment->postings);
    return segment->filter.words ? fill(copies, segment, &segment->filter, error) : DSR_OK;
}

/* The filter over all. It has half as much room again as it needs, and is built anew when that is used up:
 * what went out of the window since is left out then. */
static dsr_status build_all(dsr_copies *copies, dsr_error *error)
{
    uint64_t prints = 0;
    dsr_print_filter_drop(copies, &copies->all.filter);
    for (size_t i = 0; i < copies->segment_count; i++) {
        dsr_segment *segment = copies->segments[i];
        segment->in_all = segment->used >= copies->swept;
        prints += segment->in_all ? segment->postings : 0;
    }
    uint64_t room = prints + prints / 2;
    copies->all.waited = 0;
    if (room * ALL_BITS / 8 > copies->filter_limit / ALL_SHARE) {
        return DSR_OK;
    }
    make(copies, (size_t)room, ALL_BITS, &copies->all.filter);
    copies->all.held = prints;
    copies->all.room = room;
    dsr_status status = DSR_OK;
    for (size_t i = 0; copies->all.filter.words && status == DSR_OK && i < copies->segment_count; i++) {
        if (copies->segments[i]->in_all) {
            status = fill(copies, copies->segments[i], &copies->all.filter, error);
        }
    }
    return status;
}

dsr_status dsr_copies_tend_all(dsr_copies *copies, dsr_segment *const *segments, size_t count,
                               dsr_error *error)
{
    if (copies->all.filter.words) {
        return copies->all.held > copies->all.room ? build_all(copies, error) : DSR_OK;
    }
    uint64_t chunks = 0;
    for (size_t i = 0; i < count; i++) {
        chunks += segments[i]->chunks;
    }
    /* Building reads every chunk once, which is what a few reports gain by it. */
    return count >= ALL_FEWEST && copies->all.waited++ > chunks / 2 ? build_all(copies, error) : DSR_OK;
}
