/* What waits in memory to become a segment. Each report that waits also stands in the store as a chunk of its
 * own, so that a restart finds it; when it has become part of a segment, the chunk goes. When that happens
 * depends on the number of reports and of their fingerprints alone. */
#include "compare/segments_parts.h"

#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "copies";

enum { HEAD = 8, NUMBER_BITS = 24, HEADS = 1 << DSR_SEGMENT_HEADS_BITS };

int32_t dsr_copies_span(const dsr_copies_report *report)
{
    int32_t day = report->dated ? report->day : report->intake_day;
    int32_t days = report->dated ? DSR_SEGMENT_SPAN_DAYS : DSR_SEGMENT_UNDATED_DAYS;
    return day / days - (day % days < 0);
}

dsr_status dsr_copies_distinct(const dsr_fingerprints *prints, uint64_t **out, size_t *count)
{
    uint64_t *items = malloc((prints->count + 1) * sizeof *items);
    if (!items) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < prints->count; i++) {
        items[i] = prints->items[i] & DSR_SEGMENT_MAX_PRINT;
    }
    dsr_sort_u64(items, prints->count);
    size_t kept = 0;
    for (size_t i = 0; i < prints->count; i++) {
        if (!kept || items[i] != items[kept - 1]) {
            items[kept++] = items[i];
        }
    }
    *out = items;
    *count = kept;
    return DSR_OK;
}

/* The low bits of a fingerprint are as good as random. */
static size_t head_of(uint64_t print)
{
    return (size_t)print & (HEADS - 1);
}

static dsr_status reserve(dsr_copies_tail *tail, size_t more)
{
    if (!tail->heads && !(tail->heads = calloc(HEADS, sizeof *tail->heads))) {
        return DSR_ERR_MEMORY;
    }
    if (tail->room - tail->count >= more) {
        return DSR_OK;
    }
    size_t room = tail->count + more + tail->room / 2 + 4096;
    dsr_tail_print *grown = room < UINT32_MAX ? realloc(tail->prints, room * sizeof *grown) : NULL;
    if (!grown) {
        return DSR_ERR_MEMORY;
    }
    tail->prints = grown;
    tail->room = (uint32_t)room;
    return DSR_OK;
}

/* A fingerprint of the last report. There is room. */
static void push(dsr_copies_tail *tail, uint32_t number, uint64_t print)
{
    uint32_t *head = &tail->heads[head_of(print)];
    tail->prints[tail->count] = (dsr_tail_print){print, number, *head};
    *head = ++tail->count;
}

dsr_status dsr_copies_tail_add(dsr_copies *copies, const dsr_copies_report *report, const uint64_t *prints,
                               size_t count)
{
    dsr_copies_tail *tail = &copies->tail;
    if (reserve(tail, count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    tail->reports[tail->report_count++] = (dsr_tail_report){.number = report->number,
                                                            .first = tail->count,
                                                            .count = (uint32_t)count,
                                                            .span = dsr_copies_span(report),
                                                            .dated = report->dated};
    for (size_t i = 0; i < count; i++) {
        push(tail, report->number, prints[i]);
    }
    return DSR_OK;
}

/* Becoming segments */

static int compare_reports(const void *a, const void *b)
{
    dsr_tail_report x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    if (x.dated != y.dated) {
        return x.dated ? 1 : -1;
    }
    if (x.span != y.span) {
        return x.span < y.span ? -1 : 1;
    }
    return x.number < y.number ? -1 : x.number > y.number;
}

/* Sorted entries, fingerprint above what is left of the number's complement: newest first. */
static dsr_status write_entries(dsr_segment_writer *writer, const uint64_t *entries, size_t count,
                                dsr_error *error)
{
    const uint64_t mask = (UINT64_C(1) << NUMBER_BITS) - 1;
    dsr_segment_group group;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < count;) {
        group = (dsr_segment_group){.print = entries[i] >> NUMBER_BITS};
        for (; i < count && entries[i] >> NUMBER_BITS == group.print; i++) {
            if (group.count < DSR_SEGMENT_KEEP) {
                group.numbers[group.count++] = (uint32_t)(mask - (entries[i] & mask));
            } else {
                group.dropped++;
            }
        }
        status = dsr_segment_writer_add(writer, &group, error);
    }
    return status == DSR_OK ? dsr_segment_writer_finish(writer, error) : status;
}

typedef struct batch {
    const dsr_tail_report *reports; /* of one span */
    size_t count;
    uint64_t *entries; /* room for all of their fingerprints */
    size_t filled;
    dsr_segment like;
} batch;

/* Gathers the fingerprints of those that are not removed, and what they have in common. */
static dsr_status fill(dsr_copies *copies, batch *b, dsr_error *error)
{
    const uint64_t mask = (UINT64_C(1) << NUMBER_BITS) - 1;
    dsr_segment *like = &b->like;
    *like = (dsr_segment){.dated = b->reports[0].dated,
                          .span = b->reports[0].span,
                          .base = UINT32_MAX,
                          .intake_first = INT32_MAX,
                          .intake_last = INT32_MIN};
    for (size_t i = 0; i < b->count; i++) {
        const dsr_tail_report *report = &b->reports[i];
        const dsr_copies_entry *entry = NULL;
        if (dsr_copies_is_dead(copies, report->number)) {
            continue;
        }
        dsr_status status = dsr_copies_table_get(copies, report->number, &entry, error);
        if (status != DSR_OK || !entry) {
            return status != DSR_OK ? status : dsr_copies_damaged(error, "report", report->number);
        }
        like->base = report->number < like->base ? report->number : like->base;
        like->last = report->number > like->last ? report->number : like->last;
        like->intake_first = entry->intake_day < like->intake_first ? entry->intake_day : like->intake_first;
        like->intake_last = entry->intake_day > like->intake_last ? entry->intake_day : like->intake_last;
        for (uint32_t k = 0; k < report->count; k++) {
            b->entries[b->filled++] =
                copies->tail.prints[report->first + k].print << NUMBER_BITS | (mask - report->number);
        }
    }
    return DSR_OK;
}

static bool has_segments(const dsr_copies *copies, bool dated, int32_t span)
{
    for (size_t i = 0; i < copies->segment_count; i++) {
        if (copies->segments[i]->dated == dated && copies->segments[i]->span == span) {
            return true;
        }
    }
    return false;
}

/* A span begins: the one before is as good as over, but for late arrivals, which are few; the one before that
 * once more takes in its own. */
static dsr_status begin_span(dsr_copies *copies, bool dated, int32_t span, dsr_error *error)
{
    enum { BACK = 2 };
    dsr_segments_sweep(copies);
    dsr_status status = DSR_OK;
    for (int32_t back = 1; status == DSR_OK && back <= BACK && span >= INT32_MIN + back; back++) {
        if (has_segments(copies, dated, span - back)) {
            status = dsr_segments_compact(copies, dated, span - back, error);
            if (status == DSR_OK) {
                status = dsr_segments_write_root(copies, dated, span - back, error);
            }
        }
    }
    return status;
}

static dsr_status write_span(dsr_copies *copies, batch *b, dsr_error *error)
{
    dsr_segment_writer *writer = NULL;
    b->filled = 0;
    dsr_status status = fill(copies, b, error);
    if (status != DSR_OK || !b->filled) {
        return status;
    }
    bool begins = !has_segments(copies, b->like.dated, b->like.span);
    dsr_sort_u64(b->entries, b->filled);
    if (dsr_segment_writer_new(copies, &b->like, b->filled, &writer) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    status = write_entries(writer, b->entries, b->filled, error);
    dsr_segment_writer_drop(writer);
    copies->all.held += b->filled;
    if (status == DSR_OK) {
        status = dsr_segments_tidy(copies, b->like.dated, b->like.span, error);
    }
    if (status == DSR_OK && begins) {
        status = begin_span(copies, b->like.dated, b->like.span, error);
    }
    return status == DSR_OK ? dsr_segments_write_root(copies, b->like.dated, b->like.span, error) : status;
}

static dsr_copies_key tail_key(uint32_t number, uint32_t part)
{
    uint32_t place[2] = {number, part};
    return dsr_copies_key_make(place, 2);
}

/* Even a report without fingerprints has a part: it counts. */
static uint32_t parts_of(const dsr_tail_report *report)
{
    return report->count ? (report->count - 1) / DSR_SEGMENT_TAIL_PART + 1 : 1;
}

static dsr_status forget(dsr_copies *copies, dsr_error *error)
{
    dsr_copies_tail *tail = &copies->tail;
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; i < tail->report_count; i++) {
        const dsr_tail_report *report = &tail->reports[i];
        for (uint32_t part = 0; report->saved && status == DSR_OK && part < parts_of(report); part++) {
            dsr_copies_key key = tail_key(report->number, part);
            status = copies->chunks.drop(copies->chunks.context, DSR_COPIES_TAIL, dsr_copies_key_slice(&key),
                                         error);
        }
    }
    tail->report_count = 0;
    tail->count = 0;
    memset(tail->heads, 0, HEADS * sizeof *tail->heads);
    return status;
}

dsr_status dsr_copies_tail_flush(dsr_copies *copies, dsr_error *error)
{
    dsr_copies_tail *tail = &copies->tail;
    if (tail->report_count < DSR_SEGMENT_TAIL_REPORTS && tail->count < DSR_SEGMENT_TAIL_PRINTS) {
        return DSR_OK;
    }
    batch b = {.entries = malloc((tail->count + (size_t)1) * sizeof *b.entries)};
    if (!b.entries) {
        return dsr_fail_memory(error, STAGE);
    }
    qsort(tail->reports, tail->report_count, sizeof *tail->reports, compare_reports);
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < tail->report_count;) {
        uint32_t end = i + 1;
        while (end < tail->report_count && tail->reports[end].dated == tail->reports[i].dated &&
               tail->reports[end].span == tail->reports[i].span) {
            end++;
        }
        b.reports = tail->reports + i;
        b.count = end - i;
        status = write_span(copies, &b, error);
        i = end;
    }
    free(b.entries);
    return status == DSR_OK ? forget(copies, error) : status;
}

/* In the store: for each part, fingerprints as distances. */

static dsr_status save_part(dsr_copies *copies, const dsr_tail_report *report, uint32_t part,
                            dsr_error *error)
{
    dsr_buffer *chunk = &copies->scratch;
    dsr_copies_key key = tail_key(report->number, part);
    uint32_t from = part * DSR_SEGMENT_TAIL_PART;
    uint64_t before = 0;
    dsr_buffer_reset(chunk);
    dsr_buffer_append_fill(chunk, 0, HEAD);
    for (uint32_t i = from; i < report->count && i < from + DSR_SEGMENT_TAIL_PART; i++) {
        uint64_t print = copies->tail.prints[report->first + i].print;
        dsr_buffer_append_varint(chunk, print - before);
        before = print;
    }
    dsr_copies_seal(DSR_COPIES_TAIL, dsr_copies_key_slice(&key), chunk);
    return chunk->status == DSR_OK
               ? copies->chunks.put(copies->chunks.context, DSR_COPIES_TAIL, dsr_copies_key_slice(&key),
                                    dsr_buffer_slice(chunk), error)
               : dsr_fail(error, chunk->status, STAGE, "no room for a report's fingerprints");
}

dsr_status dsr_copies_tail_save(dsr_copies *copies, dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = copies->tail.report_count; status == DSR_OK && i-- > 0;) {
        dsr_tail_report *report = &copies->tail.reports[i];
        if (report->saved) { /* and so are all before it */
            break;
        }
        for (uint32_t part = 0; status == DSR_OK && part < parts_of(report); part++) {
            status = save_part(copies, report, part, error);
        }
        report->saved = status == DSR_OK;
    }
    return status;
}

typedef struct opening {
    dsr_copies *copies;
    dsr_error *error;
} opening;

/* The report of which a part was read: the last one, or a new one behind it. */
static dsr_status find_report(const opening *o, uint32_t number, uint32_t part, dsr_tail_report **out)
{
    dsr_copies_tail *tail = &o->copies->tail;
    dsr_tail_report *last = tail->report_count ? &tail->reports[tail->report_count - 1] : NULL;
    if (part > 0 && last && last->number == number && last->count == part * DSR_SEGMENT_TAIL_PART) {
        *out = last;
        return DSR_OK;
    }
    const dsr_copies_entry *entry = NULL;
    if (part > 0 || !o->copies->any || number > o->copies->last || (last && last->number >= number) ||
        tail->report_count >= DSR_SEGMENT_TAIL_REPORTS) {
        return dsr_copies_damaged(o->error, "waiting report", number);
    }
    dsr_status status = dsr_copies_table_get(o->copies, number, &entry, o->error);
    if (status != DSR_OK || !entry) {
        return status != DSR_OK ? status : dsr_copies_damaged(o->error, "waiting report", number);
    }
    dsr_copies_report report = {
        .number = number, .dated = entry->dated, .day = entry->day, .intake_day = entry->intake_day};
    if (dsr_copies_tail_add(o->copies, &report, NULL, 0) != DSR_OK) {
        return dsr_fail_memory(o->error, STAGE);
    }
    *out = &tail->reports[tail->report_count - 1];
    (*out)->saved = true;
    return DSR_OK;
}

static dsr_status open_part(void *visitor, dsr_slice key, dsr_slice value)
{
    const opening *o = visitor;
    dsr_slice rest = value;
    uint32_t place[2] = {0, 0};
    bool good = key.len == sizeof place && dsr_copies_unseal(DSR_COPIES_TAIL, key, &rest);
    for (size_t i = 0; good && i < key.len; i++) {
        place[i / 4] = place[i / 4] << 8 | (unsigned char)key.ptr[i];
    }
    if (!good || rest.len > DSR_CHUNK_BYTES) {
        return dsr_copies_damaged(o->error, "waiting report", place[0]);
    }
    dsr_tail_report *report = NULL;
    dsr_status status = find_report(o, place[0], place[1], &report);
    if (status == DSR_OK && reserve(&o->copies->tail, DSR_SEGMENT_TAIL_PART) != DSR_OK) {
        status = dsr_fail_memory(o->error, STAGE);
    }
    uint64_t print = 0, gap = 0;
    for (uint32_t i = 0; status == DSR_OK && rest.len; i++) {
        if (i == DSR_SEGMENT_TAIL_PART || !dsr_slice_next_varint(&rest, &gap) ||
            gap > DSR_SEGMENT_MAX_PRINT - print || (i && !gap)) {
            return dsr_copies_damaged(o->error, "waiting report", place[0]);
        }
        print += gap;
        push(&o->copies->tail, place[0], print);
        report->count++;
    }
    return status;
}

dsr_status dsr_copies_tail_open(dsr_copies *copies, dsr_error *error)
{
    opening o = {copies, error};
    return copies->chunks.each(copies->chunks.context, DSR_COPIES_TAIL, open_part, &o, error);
}
