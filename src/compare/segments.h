/* The copy index as it grows: which earlier reports of the date window share fingerprints with a new one.
 *
 * The fingerprints (fingerprints.c) of 512 reports wait in memory; then they are written, sorted and packed,
 * as a segment that never changes. Reports of one span of eight days stand in segments of their own; segments
 * of a span are merged when four of about one size have come together (a log-structured merge tree: O'Neil,
 * Cheng, Gawlick and O'Neil 1996), and all of a span when the next one begins, and once more when the one
 * after it does. Segments are cut into chunks of 8 KB, of which those in use are in memory; a small filter a
 * segment (blocked Bloom filter: Putze, Sanders and Singler 2009) spares most looks into them.
 *
 * Everything that is written depends on the sequence of calls of add and remove alone, never on how it is cut
 * into batches and processes. An index belongs to one thread at a time. */
#ifndef DSR_COMPARE_SEGMENTS_H
#define DSR_COMPARE_SEGMENTS_H

#include "base/chunks.h"
#include "compare/compare.h"

typedef struct dsr_copies dsr_copies;

typedef struct dsr_copies_options {
    uint32_t window_days; /* 0: DSR_COPIES_WINDOW_DAYS */
    size_t cache_bytes;   /* chunks kept in memory; 0: DSR_COPIES_CACHE_BYTES */
    size_t filter_bytes;  /* filters kept in memory; 0: DSR_COPIES_FILTER_BYTES */
} dsr_copies_options;

enum {
    DSR_COPIES_WINDOW_DAYS = 30,
    DSR_COPIES_CACHE_BYTES = 256 * 1024 * 1024,
    DSR_COPIES_FILTER_BYTES = 256 * 1024 * 1024
};

/* What the index knows of a report. Two reports are compared where their days lie at most window_days apart;
 * where one of them states no day, the days on which they were taken in decide instead. */
typedef struct dsr_copies_report {
    uint32_t number; /* of intake: above all that were added before, below DSR_LIMIT_REPORTS */
    uint32_t outlet; /* a number that stands for the outlet; 0: unknown, never the same as another */
    bool dated;
    int32_t day;        /* of the report, since 1970-01-01; where dated */
    int32_t intake_day; /* on which it was taken in, by the caller's clock */
} dsr_copies_report;

/* An earlier (or at least other) report worth a look. */
typedef struct dsr_copies_candidate {
    uint32_t number;
    uint32_t shared; /* fingerprints in common, without those of the series; at least one */
    uint32_t series; /* in common, but furniture of the outlet of both */
} dsr_copies_candidate;

/* A stretch of the report that many reports of its outlet carry: the fingerprints [first, last) in the order
 * of the text; dsr_fingerprints_find_span leads to its characters. */
typedef struct dsr_copies_series {
    uint32_t first, last;
    uint32_t carriers; /* reports of the outlet with the stretch's most frequent fingerprint; counted up to
                          DSR_LIMIT_COPY_PARTNERS + 1 */
} dsr_copies_series;

typedef struct dsr_copies_found {
    DSR_LIST(dsr_copies_candidate)
    candidates; /* most shared first, then the newest; at most DSR_LIMIT_COPY_PARTNERS */
    DSR_LIST(dsr_copies_series) series;
    uint32_t capped; /* fingerprints that more than DSR_LIMIT_COPY_PARTNERS reports of the window carry */
} dsr_copies_found;

/* Opens the index that stands in `chunks` (copied; what it leads to must outlive the index); an empty one
 * where none does. `options` may be NULL. DSR_ERR_STORE where a chunk is damaged, DSR_ERR_VERSION where
 * another version wrote it, DSR_ERR_MEMORY, or what `chunks` says. */
dsr_status dsr_copies_open(const dsr_chunks *chunks, const dsr_copies_options *options, dsr_copies **out,
                           dsr_error *error) DSR_MUST_CHECK;
/* Gives up the index. What was not saved is lost to it: save first. NULL is fine. */
void dsr_copies_close(dsr_copies *copies);

/* Which other reports of the window share fingerprints with this one. The lists lie in `arena`. A fingerprint
 * that more than DSR_LIMIT_COPY_PARTNERS of them carry names the eight newest alone. One that at least eight
 * reports of the report's own outlet carry is furniture of the series, and names none of that outlet, unless
 * half of the report is so: then it is the same article once more. Changes nothing that is saved. */
dsr_status dsr_copies_find(dsr_copies *copies, dsr_arena *arena, const dsr_copies_report *report,
                           const dsr_fingerprints *prints, dsr_copies_found *out,
                           dsr_error *error) DSR_MUST_CHECK;

/* Takes a report in. DSR_ERR_ARGUMENT where its number is not above the last, DSR_ERR_LIMIT where it is too
 * large: the index is as it was. After any other failure the index refuses everything: the transaction has to
 * be undone and the index opened again. */
dsr_status dsr_copies_add(dsr_copies *copies, const dsr_copies_report *report, const dsr_fingerprints *prints,
                          dsr_error *error) DSR_MUST_CHECK;
/* From now on the report is nobody's candidate. A new version of a report is taken in under a number of its
 * own, and the old one removed. DSR_ERR_NOT_FOUND where it never was there or is gone. */
dsr_status dsr_copies_remove(dsr_copies *copies, uint32_t number, dsr_error *error) DSR_MUST_CHECK;

/* Writes what was not written yet; to be called before the transaction of the batch ends. */
dsr_status dsr_copies_save(dsr_copies *copies, dsr_error *error) DSR_MUST_CHECK;

/* The number of the last report, DSR_COPIES_NONE where there is none: intake goes on behind it. */
#define DSR_COPIES_NONE UINT32_MAX
uint32_t dsr_copies_last(const dsr_copies *copies);

/* For the bench and for tests. */
typedef struct dsr_copies_measure {
    size_t segments, chunks;
    size_t tail_reports;
    size_t filter_bytes, cache_bytes, other_bytes; /* in memory */
    uint64_t probes, fetched;                      /* looks into chunks, chunks that had to be fetched */
} dsr_copies_measure;
void dsr_copies_measure_take(const dsr_copies *copies, dsr_copies_measure *out);

#endif
