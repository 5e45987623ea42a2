/* Dates of publication that nothing states: taken from a report's own words, or from the reports of its
 * story. They are marked as inferred and say why. Private to engine. */
#ifndef DSR_ENGINE_DATES_H
#define DSR_ENGINE_DATES_H

#include "model/report.h"

/* A report that states no date gets one where its own words leave no doubt: a full date in its dateline, or
 * beside its weekday or "today" in its first sentences. Its times must have been found. DSR_ERR_MEMORY. */
dsr_status dsr_dates_from_words(dsr_arena *arena, dsr_report *report) DSR_MUST_CHECK;

/* Reports of one story: those without a date get one from the dates of the others and from their own weekdays
 * ("said Tuesday" is not before Tuesday, "will meet on Wednesday" not after it) or, where they tell none,
 * from the day on which the others have what happened at the place where they begin; and their times are
 * resolved again. Does not depend on the order of the reports. DSR_ERR_MEMORY. */
dsr_status dsr_dates_from_story(dsr_arena *arena, dsr_report *const *reports, size_t count) DSR_MUST_CHECK;

/* What was inferred for the reports of a set: by id. */
typedef struct dsr_inferred_date {
    dsr_id id;
    int32_t day;
} dsr_inferred_date;
typedef struct dsr_inferred_dates {
    dsr_inferred_date *items; /* heap, in the order of ids */
    size_t count, capacity;
} dsr_inferred_dates;
void dsr_inferred_dates_clear(dsr_inferred_dates *dates);
/* Takes over what dsr_dates_from_story gave these reports; sort when all are noted. DSR_ERR_MEMORY. */
dsr_status dsr_inferred_dates_note(dsr_inferred_dates *dates, const dsr_report *report) DSR_MUST_CHECK;
void dsr_inferred_dates_sort(dsr_inferred_dates *dates);
/* Gives a report without a date the one that was noted for it. DSR_ERR_MEMORY. */
dsr_status dsr_inferred_dates_apply(const dsr_inferred_dates *dates, dsr_arena *arena,
                                    dsr_report *report) DSR_MUST_CHECK;

#endif
