/* What happened where on which weekday, as the dated reports of a story tell it: the day of a report that
 * tells no day, but begins at the place. Private to engine. */
#ifndef DSR_ENGINE_DATES_EVENTS_H
#define DSR_ENGINE_DATES_EVENTS_H

#include "model/report.h"

typedef struct dsr_event_day {
    dsr_slice place; /* lent by the report's text */
    int32_t day;
} dsr_event_day;
typedef DSR_LIST(dsr_event_day) dsr_events;

/* Adds what a dated report tells of the past with its weekday and its place ("talks on Monday in Berne"). Its
 * times must be resolved. Linear time; DSR_ERR_MEMORY. */
dsr_status dsr_events_note(dsr_arena *arena, dsr_events *events, const dsr_report *report) DSR_MUST_CHECK;
void dsr_events_sort(dsr_events *events);
/* The day told most often with the place at which the report begins; false where its opening has a time of
 * its own, no place, or two days are told as often. The events must be sorted. */
bool dsr_events_find_day(const dsr_events *events, const dsr_report *report, int32_t *day);

#endif
