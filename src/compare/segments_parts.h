/* What the files of the copy index share. Private to segments*.c. */
#ifndef DSR_COMPARE_SEGMENTS_PARTS_H
#define DSR_COMPARE_SEGMENTS_PARTS_H

#include "base/limits.h"
#include "compare/segments.h"

enum {
    DSR_SEGMENT_PRINT_BITS =
        40, /* of a fingerprint that are kept: at 10^8 of them one look in 10^4 is wrong */
    DSR_SEGMENT_SPAN_DAYS = 8,
    DSR_SEGMENT_UNDATED_DAYS = 32,  /* of intake, in a span of reports without a day: few as a rule */
    DSR_SEGMENT_TAIL_REPORTS = 512, /* in memory before they become segments */
    DSR_SEGMENT_TAIL_PRINTS = 1 << 17,
    DSR_SEGMENT_FAN = 4, /* segments of about one size that are merged */
    DSR_SEGMENT_KEEP =
        DSR_LIMIT_COPY_PARTNERS + 1, /* newest carriers of a fingerprint that a segment keeps */
    DSR_SEGMENT_CHUNK_FULL = 8000,
    DSR_SEGMENT_CHUNK_BYTES = 9216, /* none is larger */
    DSR_SEGMENT_PAGE = 256,         /* reports in a chunk of the table */
    DSR_SEGMENT_DEAD_PAGE = 8192,   /* numbers in a chunk of the removed */
    DSR_SEGMENT_INDEX_PART = 8192,  /* chunks whose first fingerprints share a chunk */
    DSR_SEGMENT_TAIL_PART = 8192    /* fingerprints of a waiting report that share a chunk */
};

enum {
    DSR_COPIES_HEAD = DSR_CHUNKS_COPIES, /* format, last number, next segment */
    DSR_COPIES_ROOT,                     /* (dated, span) -> its segments */
    DSR_COPIES_TAIL,                     /* (number, part) -> fingerprints of a report that waits */
    DSR_COPIES_TABLE,                    /* page -> what is known of 256 reports */
    DSR_COPIES_DEAD,                     /* page -> which of 8,192 numbers are removed */
    DSR_COPIES_INDEX,                    /* (segment, part) -> first fingerprint of each chunk */
    DSR_COPIES_DATA                      /* (segment, chunk) -> fingerprints and their carriers */
};

#define DSR_SEGMENT_NO_SLOT   UINT32_MAX
#define DSR_SEGMENT_MAX_PRINT ((UINT64_C(1) << DSR_SEGMENT_PRINT_BITS) - 1)

/* A blocked Bloom filter over fingerprints; without words there is none. */
typedef struct dsr_print_filter {
    uint64_t *words;
    size_t lines; /* of eight words */
} dsr_print_filter;

typedef struct dsr_segment {
    uint32_t id;
    bool dated;
    int32_t span;
    uint32_t base, last;               /* smallest and largest number in it */
    int32_t intake_first, intake_last; /* days */
    uint32_t postings;                 /* pairs of fingerprint and report */
    uint32_t chunks;
    uint64_t *firsts; /* of each chunk; NULL: not in memory */
    uint32_t *slots;  /* of each chunk in the cache; with firsts */
    dsr_print_filter filter;
    bool in_all;     /* the filter over all has its fingerprints */
    uint32_t probes; /* since the index was loaded, while there is no filter */
    uint64_t used;   /* when it was last looked at */
} dsr_segment;

/* A fingerprint and its carriers, newest first. */
typedef struct dsr_segment_group {
    uint64_t print;
    uint32_t count;
    uint32_t dropped; /* older carriers that were left out */
    uint32_t numbers[DSR_SEGMENT_KEEP];
} dsr_segment_group;

/* Reads the groups of a chunk in order. */
typedef struct dsr_group_reader {
    const dsr_segment *segment;
    const uint8_t *directory, *data, *at, *block_end, *end;
    uint32_t blocks, block;
    uint64_t print;
} dsr_group_reader;

typedef enum dsr_group_step { DSR_GROUP_READ, DSR_GROUP_END, DSR_GROUP_DAMAGED } dsr_group_step;

typedef struct dsr_copies_entry {
    int32_t day, intake_day;
    uint32_t outlet;
    bool present, dated;
} dsr_copies_entry;

typedef struct dsr_copies_page {
    dsr_copies_entry entries[DSR_SEGMENT_PAGE];
    bool dirty;
} dsr_copies_page;

typedef struct dsr_copies_table {
    dsr_copies_page **pages; /* by number / DSR_SEGMENT_PAGE; NULL: not in memory */
    size_t room, loaded;
    uint32_t dirty_from; /* no page before it is to be written */
    uint8_t **dead; /* bits by number / DSR_SEGMENT_DEAD_PAGE, and a byte that says whether they are to be
                       written; NULL: none */
    size_t dead_room;
} dsr_copies_table;

/* What waits: reports, and their fingerprints chained by hash, the newest first. */
typedef struct dsr_tail_print {
    uint64_t print;
    uint32_t number, next;
} dsr_tail_print;

typedef struct dsr_tail_report {
    uint32_t number;
    uint32_t first, count; /* prints */
    int32_t span;
    bool dated, saved;
} dsr_tail_report;

typedef struct dsr_copies_tail {
    dsr_tail_report reports[DSR_SEGMENT_TAIL_REPORTS];
    uint32_t report_count;
    dsr_tail_print *prints;
    uint32_t count, room;
    uint32_t *heads; /* place + 1; 0: none */
} dsr_copies_tail;

enum { DSR_SEGMENT_HEADS_BITS = 16 };

typedef struct dsr_cache_slot {
    uint8_t *bytes;       /* DSR_SEGMENT_CHUNK_BYTES */
    dsr_segment *segment; /* NULL: free */
    uint32_t chunk, length;
    bool used;
} dsr_cache_slot;

typedef struct dsr_segment_cache {
    dsr_cache_slot *slots;
    uint32_t count, room, limit, hand, free; /* free: how many of them are */
} dsr_segment_cache;

struct dsr_copies {
    dsr_chunks chunks;
    uint32_t window;
    size_t filter_limit, filter_bytes;
    struct {
        dsr_print_filter filter;
        uint64_t held, room; /* fingerprints that were put in, and that may be */
        uint64_t waited;     /* reports that were looked for without it */
    } all;                   /* over all segments that are in_all */
    bool broken, head_dirty;
    bool any;               /* a report was added */
    uint32_t last, next;    /* report; segment */
    dsr_segment **segments; /* by last number, falling; then by id, falling */
    size_t segment_count, segment_room;
    dsr_copies_table table;
    dsr_copies_tail tail;
    dsr_segment_cache cache;
    dsr_buffer scratch;
    uint64_t clock, swept; /* calls of add and find */
    uint64_t probes, fetched;
};

/* segments_chunk.c: the bytes. */
/* Key of `count` numbers, big endian, so that they sort. */
typedef struct dsr_copies_key {
    char bytes[9];
    uint8_t length;
} dsr_copies_key;
dsr_copies_key dsr_copies_key_make(const uint32_t *numbers, size_t count);
dsr_slice dsr_copies_key_slice(const dsr_copies_key *key);
/* Every chunk begins with a checksum over family, key and the rest. Sealing fills in the eight bytes that
 * were left at the front of `chunk`. */
void dsr_copies_seal(uint8_t family, dsr_slice key, dsr_buffer *chunk);
/* Takes the checksum off; false where it is wrong. */
bool dsr_copies_unseal(uint8_t family, dsr_slice key, dsr_slice *chunk);
dsr_status dsr_copies_damaged(dsr_error *error, const char *what, uint32_t number);
void dsr_copies_put_u32(dsr_buffer *buffer, uint32_t value);
uint32_t dsr_copies_get_u32(const char *bytes);
/* `chunk` without its checksum. False where it cannot be a chunk of groups. */
bool dsr_group_reader_open(dsr_group_reader *reader, const dsr_segment *segment, dsr_slice chunk);
/* Leaps to the block in which `print` stands, if anywhere. */
void dsr_group_reader_seek(dsr_group_reader *reader, uint64_t print);
dsr_group_step dsr_group_reader_next(dsr_group_reader *reader, dsr_segment_group *group);

/* segments_write.c: new segments. */
typedef struct dsr_segment_writer dsr_segment_writer;
/* `expected`: groups at most. */
dsr_status dsr_segment_writer_new(dsr_copies *copies, const dsr_segment *like, size_t expected,
                                  dsr_segment_writer **out) DSR_MUST_CHECK;
dsr_status dsr_segment_writer_add(dsr_segment_writer *writer, const dsr_segment_group *group,
                                  dsr_error *error) DSR_MUST_CHECK;
/* Writes the rest; the segment joins the list of `copies`, unless nothing is in it. */
dsr_status dsr_segment_writer_finish(dsr_segment_writer *writer, dsr_error *error) DSR_MUST_CHECK;
void dsr_segment_writer_drop(dsr_segment_writer *writer);

/* segments_merge.c */
dsr_status dsr_segments_tidy(dsr_copies *copies, bool dated, int32_t span, dsr_error *error) DSR_MUST_CHECK;
/* Merges all segments of a span. */
dsr_status dsr_segments_compact(dsr_copies *copies, bool dated, int32_t span,
                                dsr_error *error) DSR_MUST_CHECK;

/* segments_filter.c */
/* Sets `bit` in the mask of each fingerprint that the filter, which is there, may hold. */
void dsr_print_filter_ask(const dsr_print_filter *filter, const uint64_t *prints, size_t count, uint64_t bit,
                          uint64_t *masks);
/* Nothing where there is no filter. */
void dsr_print_filter_add(const dsr_print_filter *filter, uint64_t print);
void dsr_print_filter_drop(dsr_copies *copies, dsr_print_filter *filter);
/* A filter for `groups`, all empty; without room for it, none. */
void dsr_segment_filter_make(dsr_copies *copies, dsr_segment *segment, size_t groups);
/* Builds the filter of a segment that is looked at often. */
dsr_status dsr_segment_filter_build(dsr_copies *copies, dsr_segment *segment,
                                    dsr_error *error) DSR_MUST_CHECK;
/* Before a report is looked for in these segments: builds the filter over all where it pays. */
dsr_status dsr_copies_tend_all(dsr_copies *copies, dsr_segment *const *segments, size_t count,
                               dsr_error *error) DSR_MUST_CHECK;

/* segments_load.c: segments in memory. */
dsr_status dsr_segment_load(dsr_copies *copies, dsr_segment *segment, dsr_error *error) DSR_MUST_CHECK;
void dsr_segment_unload(dsr_copies *copies, dsr_segment *segment);
/* Lends a chunk without its checksum, until the next call. */
dsr_status dsr_segment_chunk(dsr_copies *copies, dsr_segment *segment, uint32_t number, dsr_slice *out,
                             dsr_error *error) DSR_MUST_CHECK;
/* The same without a place in the cache, for one pass over the segment. */
dsr_status dsr_segment_read(dsr_copies *copies, const dsr_segment *segment, uint32_t number, dsr_slice *out,
                            dsr_error *error) DSR_MUST_CHECK;
/* Fills *group with the carriers of `print`; group->count is 0 where there are none. */
dsr_status dsr_segment_look(dsr_copies *copies, dsr_segment *segment, uint64_t print,
                            dsr_segment_group *group, dsr_error *error) DSR_MUST_CHECK;
/* Gives up what was not looked at since the sweep before. */
void dsr_segments_sweep(dsr_copies *copies);

/* segments_table.c: what is known of each report. */
/* NULL with DSR_OK where there is none. */
dsr_status dsr_copies_table_get(dsr_copies *copies, uint32_t number, const dsr_copies_entry **out,
                                dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_copies_table_put(dsr_copies *copies, const dsr_copies_report *report,
                                dsr_error *error) DSR_MUST_CHECK;
bool dsr_copies_is_dead(const dsr_copies *copies, uint32_t number);
dsr_status dsr_copies_bury(dsr_copies *copies, uint32_t number, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_copies_table_open(dsr_copies *copies, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_copies_table_save(dsr_copies *copies, dsr_error *error) DSR_MUST_CHECK;
/* Gives up all pages that need not be written: those in use come back soon. */
void dsr_copies_table_sweep(dsr_copies *copies);
void dsr_copies_table_drop(dsr_copies *copies);

/* segments_roots.c: which segments there are. */
dsr_status dsr_segments_insert(dsr_copies *copies, dsr_segment *segment) DSR_MUST_CHECK;
/* Takes it out of the list and its chunks out of the store. */
dsr_status dsr_segments_remove(dsr_copies *copies, dsr_segment *segment, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_segments_write_root(dsr_copies *copies, bool dated, int32_t span,
                                   dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_segments_open(dsr_copies *copies, dsr_error *error) DSR_MUST_CHECK;
void dsr_segments_drop(dsr_copies *copies);

/* segments_tail.c: what waits. */
int32_t dsr_copies_span(const dsr_copies_report *report);
dsr_status dsr_copies_tail_add(dsr_copies *copies, const dsr_copies_report *report, const uint64_t *prints,
                               size_t count) DSR_MUST_CHECK;
dsr_status dsr_copies_tail_flush(dsr_copies *copies, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_copies_tail_open(dsr_copies *copies, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_copies_tail_save(dsr_copies *copies, dsr_error *error) DSR_MUST_CHECK;
/* The distinct fingerprints of a report as they are kept, ascending; heap array. */
dsr_status dsr_copies_distinct(const dsr_fingerprints *prints, uint64_t **out, size_t *count) DSR_MUST_CHECK;

#endif
