/* Days of events by their places. Must not know where reports come from or go. */
#include "engine/dates_events.h"

#include <stdlib.h>
#include <string.h>

enum {
    REACH = 80, /* bytes between a weekday and its place */
    OPENING_SENTENCES = 3,
    OPENING_REACH = 600, /* bytes of an opening sentence in which its place stands */
    PLACE_WORDS = 3
};

static bool is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xc3;
}

static bool is_letter(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80 || c == '-';
}

static size_t end_of_word(dsr_slice text, size_t at, size_t to)
{
    while (at < to && is_letter(text.ptr[at])) {
        at++;
    }
    return at;
}

/* The first run of capitals behind " in " or " at " within text [from, to); empty where there is none. */
static dsr_slice find_place(dsr_slice text, size_t from, size_t to)
{
    for (size_t i = from; i + 5 <= to; i++) {
        bool in = text.ptr[i] == ' ' && text.ptr[i + 3] == ' ' &&
                  (memcmp(text.ptr + i + 1, "in", 2) == 0 || memcmp(text.ptr + i + 1, "at", 2) == 0);
        if (!in || !is_capital(text.ptr[i + 4])) {
            continue;
        }
        size_t start = i + 4;
        size_t end = end_of_word(text, start, to);
        for (int n = 1;
             n < PLACE_WORDS && end + 1 < to && text.ptr[end] == ' ' && is_capital(text.ptr[end + 1]); n++) {
            end = end_of_word(text, end + 1, to);
        }
        return dsr_slice_part(text, start, end);
    }
    return DSR_SLICE("");
}

/* A weekday told of the past, with its day. */
static bool is_past_weekday(const dsr_time *time)
{
    const dsr_time_form *form = &time->form;
    return form->kind == DSR_TIME_POINT && form->weekday != DSR_UNSAID && form->tense < 0 &&
           time->earliest != DSR_NO_DAY;
}

dsr_status dsr_events_note(dsr_arena *arena, dsr_events *events, const dsr_report *report)
{
    size_t s = 0;
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        while (s < report->sentences.count && report->sentences.items[s].end <= time->span.start) {
            s++;
        }
        if (!is_past_weekday(time) || s == report->sentences.count) {
            continue;
        }
        dsr_span sentence = report->sentences.items[s];
        size_t behind = time->span.end, before = time->span.start;
        size_t last = sentence.end < behind + REACH ? sentence.end : behind + REACH;
        size_t first = before > sentence.start + REACH ? before - REACH : sentence.start;
        dsr_slice place = find_place(report->text, behind, last);
        place = place.len ? place : find_place(report->text, first, before);
        if (place.len == 0) {
            continue;
        }
        if (DSR_LIST_RESERVE(arena, events, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        events->items[events->count++] = (dsr_event_day){place, time->earliest};
    }
    return DSR_OK;
}

static int compare_places(dsr_slice a, dsr_slice b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_events(const void *x, const void *y)
{
    const dsr_event_day *a = x, *b = y;
    int order = compare_places(a->place, b->place);
    return order ? order : (a->day > b->day) - (a->day < b->day);
}

void dsr_events_sort(dsr_events *events)
{
    if (events->count > 1) {
        qsort(events->items, events->count, sizeof *events->items, compare_events);
    }
}

/* The first event at the place; events->count where there is none. */
static size_t find_first(const dsr_events *events, dsr_slice place)
{
    size_t low = 0, high = events->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_places(events->items[middle].place, place) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < events->count && compare_places(events->items[low].place, place) == 0;
    return found ? low : events->count;
}

static bool choose(const dsr_events *events, dsr_slice place, int32_t *day)
{
    size_t most = 0;
    bool tie = false;
    for (size_t i = find_first(events, place); i < events->count;) {
        if (compare_places(events->items[i].place, place) != 0) {
            break;
        }
        size_t end = i;
        while (end < events->count && events->items[end].day == events->items[i].day &&
               compare_places(events->items[end].place, place) == 0) {
            end++;
        }
        tie = end - i == most;
        if (end - i > most) {
            most = end - i;
            *day = events->items[i].day;
        }
        i = end;
    }
    return most > 0 && !tie;
}

bool dsr_events_find_day(const dsr_events *events, const dsr_report *report, int32_t *day)
{
    for (size_t i = 0; i < report->sentences.count && i < OPENING_SENTENCES; i++) {
        dsr_span sentence = report->sentences.items[i];
        size_t end =
            sentence.end - sentence.start > OPENING_REACH ? sentence.start + OPENING_REACH : sentence.end;
        bool timed = report->times.count > 0 && report->times.items[0].span.start < end;
        dsr_slice place = find_place(report->text, sentence.start, end);
        if (timed) {
            return false;
        }
        if (place.len > 0) {
            return choose(events, place, day);
        }
    }
    return false;
}
