/* Who did what to whom, and who wants what: events and positions of one report, by the rules of data/. Looks
 * at one report only. */
#ifndef DSR_EVENTS_EVENTS_H
#define DSR_EVENTS_EVENTS_H

#include "annotate/refer.h"
#include "entity/known.h"
#include "events/rules.h"

/* What is looked things up in. All of it is lent and only read. */
typedef struct dsr_event_tables {
    const dsr_coding_rules *rules;
    const dsr_known *known; /* NULL: no body is known */
} dsr_event_tables;

/* Fills report->events and report->positions, at most DSR_LIMIT_EVENTS each. Sentences are those of the
 * report; entities, names, references, roles, quotations and times are there. n log n in the report.
 * DSR_ERR_MEMORY; the report is as it was then. */
dsr_status dsr_events_find(const dsr_event_tables *tables, dsr_arena *arena,
                           const dsr_refer_sentence *sentences, size_t count,
                           dsr_report *report) DSR_MUST_CHECK;

#endif
