/* Stories for the tests of quotations: reports whose quotation marks are found as intake finds them, with
 * speakers set by hand. Nothing here fails quietly: a test that cannot be set up ends. */
#ifndef DSR_TEST_QUOTED_H
#define DSR_TEST_QUOTED_H

#include "reports.h"
#include "story/quotations.h"

typedef struct quoted {
    test_world *world;
    dsr_story story;
} quoted;

static inline void need(bool done)
{
    if (!done) {
        abort();
    }
}

/* Adds a report; returns it to be filled. */
static inline dsr_report *quoted_report(quoted *q, const char *text)
{
    dsr_report *report = test_report(q->world, text);
    report->id.bytes[0] = (uint8_t)(q->story.reports.count + 1);
    need(DSR_LIST_RESERVE(q->world->arena, &q->story.reports, 1) == DSR_OK);
    dsr_slice handle;
    need(dsr_arena_format(q->world->arena, &handle, "%03zu", q->story.reports.count) == DSR_OK);
    q->story.reports.items[q->story.reports.count++] = (dsr_story_report){.report = report, .handle = handle};
    return report;
}

static inline dsr_span quoted_span(const dsr_report *report, const char *words)
{
    size_t at = dsr_slice_find(report->text, dsr_slice_of(words), 0);
    need(at != SIZE_MAX);
    return (dsr_span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

/* The entity of that id in a report, added where it is new. */
static inline uint32_t quoted_entity(quoted *q, dsr_report *report, const char *id, const char *name)
{
    for (size_t i = 0; i < report->entities.count; i++) {
        if (dsr_slice_equal(report->entities.items[i].id, dsr_slice_of(id))) {
            return (uint32_t)i;
        }
    }
    need(DSR_LIST_RESERVE(q->world->arena, &report->entities, 1) == DSR_OK);
    report->entities.items[report->entities.count++] =
        (dsr_entity){.id = dsr_slice_of(id), .canonical = dsr_slice_of(name), .type = DSR_NAME_PER};
    return (uint32_t)report->entities.count - 1;
}

/* Every quotation of the report is said by that entity. */
static inline void quoted_says(quoted *q, dsr_report *report, const char *id, const char *name,
                               uint16_t confidence)
{
    uint32_t entity = quoted_entity(q, report, id, name);
    for (size_t i = 0; i < report->quotes.count; i++) {
        report->quotes.items[i].entity = entity;
        report->quotes.items[i].confidence = confidence;
        report->quotes.items[i].how = DSR_SAID_VERB;
    }
}

/* A member of the cast with up to two ids. */
static inline dsr_cast_entry *quoted_cast(quoted *q, const char *name, const char *id, const char *other)
{
    dsr_arena *arena = q->world->arena;
    need(DSR_LIST_RESERVE(arena, &q->story.cast, 1) == DSR_OK);
    dsr_cast_entry *entry = &q->story.cast.items[q->story.cast.count++];
    *entry = (dsr_cast_entry){.entity = dsr_slice_of(id), .canonical = dsr_slice_of(name)};
    need(DSR_LIST_RESERVE(arena, &entry->members, 2) == DSR_OK);
    entry->members.items[entry->members.count++] = (dsr_cast_member){.entity = dsr_slice_of(id)};
    if (other != NULL) {
        entry->members.items[entry->members.count++] = (dsr_cast_member){.entity = dsr_slice_of(other)};
    }
    return entry;
}

static inline void quoted_time(quoted *q, dsr_report *report, const char *words, const char *value,
                               int32_t day)
{
    need(DSR_LIST_RESERVE(q->world->arena, &report->times, 1) == DSR_OK);
    report->times.items[report->times.count++] = (dsr_time){.span = quoted_span(report, words),
                                                            .type = DSR_TIME_DATE,
                                                            .value = dsr_slice_of(value),
                                                            .earliest = day,
                                                            .latest = day + 1};
}

/* A piece of indirect speech, put where it belongs in the order of the quotations. */
static inline void quoted_indirect(quoted *q, dsr_report *report, const char *words, uint32_t entity)
{
    dsr_quote quote = {.span = quoted_span(report, words),
                       .kind = DSR_QUOTE_INDIRECT,
                       .quotation = 1000 + (uint32_t)report->quotes.count,
                       .entity = entity,
                       .confidence = 900,
                       .how = DSR_SAID_VERB};
    need(DSR_LIST_RESERVE(q->world->arena, &report->quotes, 1) == DSR_OK);
    size_t at = report->quotes.count++;
    for (; at > 0 && report->quotes.items[at - 1].span.start > quote.span.start; at--) {
        report->quotes.items[at] = report->quotes.items[at - 1];
    }
    report->quotes.items[at] = quote;
}

#endif
