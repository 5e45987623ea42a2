/* Dates of publication from words and from neighbours. Must not know where reports come from or go. */
#include "engine/dates.h"

#include "engine/dates_events.h"

#include "annotate/times.h"

#include <stdlib.h>

enum {
    OPENING_BYTES = 1200, /* of a text in which its own date is looked for */
    DAYS_BEFORE = 3,      /* a report of a story is at most so many days older than its dated reports */
    DAYS_AFTER = 3,
    AHEAD_MOST = 4, /* days ahead that a weekday to come may lie */
    /* Points: a weekday told as past is the day itself or shortly before it, one to come shortly behind it.
     */
    BACK_MOST = 3, /* days back from which on a past weekday speaks against a day */
    FIRST = 1,     /* besides, for the first one: the news of the day comes first */
    AHEAD = 2,
    WRONG = -3
};

static bool is_dated(const dsr_report *report)
{
    return report->meta.published.iso.ptr != NULL;
}

/* Sets the date of publication to a day. */
static dsr_status set_day(dsr_arena *arena, dsr_report *report, int32_t day, const char *why)
{
    dsr_moment_parts parts = {.hour = -1, .minute = -1, .second = -1};
    dsr_date_from_days(day, &parts.year, &parts.month, &parts.day);
    dsr_status status = dsr_moment_from_parts(arena, &parts, &report->meta.published);
    if (status == DSR_ERR_INPUT) {
        return DSR_OK; /* outside the years that are known: it stays without a date */
    }
    if (status == DSR_OK) {
        report->meta.published_from = DSR_FROM_INFERRED;
        report->meta.published_why = dsr_slice_of(why);
        status = dsr_times_resolve(arena, report);
    }
    return status;
}

/* ---- its own words ---- */

static bool in_dateline(const dsr_report *report, const dsr_time *time)
{
    for (size_t i = 0; i < report->furniture.count; i++) {
        const dsr_furniture *f = &report->furniture.items[i];
        if (f->kind == DSR_FURNITURE_DATELINE && f->span.start <= time->span.start &&
            f->span.end >= time->span.end) {
            return true;
        }
    }
    return false;
}

dsr_status dsr_dates_from_words(dsr_arena *arena, dsr_report *report)
{
    if (is_dated(report)) {
        return DSR_OK;
    }
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        const dsr_time_form *form = &time->form;
        if (time->span.start > OPENING_BYTES) {
            break;
        }
        bool full = form->kind == DSR_TIME_POINT && form->year >= 1000 && form->month >= 1 &&
                    form->month <= 12 && form->day >= 1 &&
                    form->day <= dsr_days_in_month(form->year, form->month) && form->unit == DSR_UNIT_DAY;
        bool dateline = full && in_dateline(report, time);
        if (full && (dateline || (form->weekday != DSR_UNSAID && form->tense <= 0))) {
            int32_t day = (int32_t)dsr_days_from_date(form->year, form->month, form->day);
            return set_day(arena, report, day,
                           dateline ? "the date in its dateline"
                                    : "the first weekday with its date in the text");
        }
    }
    return DSR_OK;
}

/* ---- the reports of its story ---- */

static bool read_day(const dsr_report *report, int32_t *day)
{
    dsr_moment_parts parts;
    if (!is_dated(report) || !dsr_moment_parse_parts(report->meta.published.iso, &parts) || parts.day < 1 ||
        parts.month < 1 || parts.month > 12 || parts.day > dsr_days_in_month(parts.year, parts.month)) {
        return false;
    }
    *day = (int32_t)dsr_days_from_date(parts.year, parts.month, parts.day);
    return true;
}

static int compare_days(const void *x, const void *y)
{
    int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
    return (a > b) - (a < b);
}

/* A weekday by itself: no date beside it, nothing that says which. */
static bool is_bare_weekday(const dsr_time *time)
{
    const dsr_time_form *form = &time->form;
    return form->kind == DSR_TIME_POINT && form->weekday != DSR_UNSAID && form->month == DSR_UNSAID &&
           form->day == DSR_UNSAID && form->direction == DSR_UNSAID && form->anchor == DSR_ANCHOR_PUBLICATION;
}

/* How well a day fits the weekdays of a report. */
static int fit(const dsr_report *report, int32_t day, bool *any)
{
    int points = 0;
    bool first = true;
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        if (!is_bare_weekday(time)) {
            continue;
        }
        *any = true;
        int ahead = (time->form.weekday - dsr_weekday(day) + 7) % 7;
        if (time->form.tense > 0) {
            points += ahead >= 1 && ahead <= AHEAD_MOST ? AHEAD : WRONG;
        } else if (time->form.tense < 0) {
            int back = (7 - ahead) % 7;
            points += back <= BACK_MOST ? BACK_MOST - back : WRONG;
            points += first && back <= 1 ? FIRST : 0;
            first = false;
        }
    }
    return points;
}

/* The day between those around `about` that fits best; of equals the nearest, then the earlier. */
static int32_t choose_day(const dsr_report *report, int32_t about, bool *any)
{
    int32_t best = about;
    int most = fit(report, about, any);
    for (int32_t distance = 1; distance <= DAYS_BEFORE || distance <= DAYS_AFTER; distance++) {
        const int32_t days[2] = {about - distance, about + distance};
        const bool within[2] = {distance <= DAYS_BEFORE, distance <= DAYS_AFTER};
        for (size_t i = 0; i < 2; i++) {
            int points = within[i] ? fit(report, days[i], any) : most;
            if (points > most) {
                most = points;
                best = days[i];
            }
        }
    }
    return best;
}

static dsr_status infer_day(dsr_arena *arena, dsr_report *report, const dsr_events *events, int32_t about)
{
    bool any = false;
    int32_t day = choose_day(report, about, &any);
    const char *why = any ? "the dates of its story's reports and the weekdays in its text"
                          : "the dates of its story's reports";
    int32_t event = 0;
    if (!any && dsr_events_find_day(events, report, &event) && event >= about - DAYS_BEFORE &&
        event <= about + DAYS_AFTER) {
        day = event;
        why = "the day on which its story's reports have what happened where it begins";
    }
    return set_day(arena, report, day, why);
}

dsr_status dsr_dates_from_story(dsr_arena *arena, dsr_report *const *reports, size_t count)
{
    int32_t *days = dsr_arena_alloc_array(arena, count, sizeof *days);
    size_t dated = 0;
    if (!days) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        /* What was inferred is no witness for others. */
        if (reports[i]->meta.published_from != DSR_FROM_INFERRED && read_day(reports[i], &days[dated])) {
            dated++;
        }
    }
    if (dated == 0) {
        return DSR_OK;
    }
    qsort(days, dated, sizeof *days, compare_days);
    int32_t about = days[(dated - 1) / 2];
    dsr_events events = {NULL, 0, 0};
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < count && status == DSR_OK; i++) {
        if (is_dated(reports[i]) && reports[i]->meta.published_from != DSR_FROM_INFERRED) {
            status = dsr_events_note(arena, &events, reports[i]);
        }
    }
    dsr_events_sort(&events);
    for (size_t i = 0; i < count && status == DSR_OK; i++) {
        status = is_dated(reports[i]) ? DSR_OK : infer_day(arena, reports[i], &events, about);
    }
    return status;
}

/* ---- by id ---- */

void dsr_inferred_dates_clear(dsr_inferred_dates *dates)
{
    free(dates->items);
    *dates = (dsr_inferred_dates){NULL, 0, 0};
}

dsr_status dsr_inferred_dates_note(dsr_inferred_dates *dates, const dsr_report *report)
{
    int32_t day = 0;
    if (report->meta.published_from != DSR_FROM_INFERRED || !read_day(report, &day)) {
        return DSR_OK;
    }
    if (dates->count == dates->capacity) {
        size_t room = dates->capacity ? 2 * dates->capacity : 64;
        dsr_inferred_date *grown = realloc(dates->items, room * sizeof *grown);
        if (!grown) {
            return DSR_ERR_MEMORY;
        }
        dates->items = grown;
        dates->capacity = room;
    }
    dates->items[dates->count++] = (dsr_inferred_date){report->id, day};
    return DSR_OK;
}

static int compare_ids(const void *x, const void *y)
{
    const dsr_inferred_date *a = x, *b = y;
    return dsr_id_compare(a->id, b->id);
}

void dsr_inferred_dates_sort(dsr_inferred_dates *dates)
{
    if (dates->count > 1) {
        qsort(dates->items, dates->count, sizeof *dates->items, compare_ids);
    }
}

dsr_status dsr_inferred_dates_apply(const dsr_inferred_dates *dates, dsr_arena *arena, dsr_report *report)
{
    dsr_inferred_date key = {.id = report->id};
    if (is_dated(report) || dates->count == 0) {
        return DSR_OK;
    }
    const dsr_inferred_date *found =
        bsearch(&key, dates->items, dates->count, sizeof *dates->items, compare_ids);
    return found ? set_day(arena, report, found->day,
                           "the dates of its story's reports and the weekdays in its text")
                 : DSR_OK;
}
