/* What one report's record can do by itself: take a warning, and lead from a place in the text back to the
 * source. */
#include "model/report.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

const char *dsr_block_kind_name(dsr_block_kind kind)
{
    static const char *const names[DSR_BLOCK_KINDS] = {"paragraph", "heading",   "list_item",   "quotation",
                                                       "caption",   "table_row", "preformatted"};
    return (unsigned)kind < DSR_BLOCK_KINDS ? names[kind] : "unknown";
}

/* printf into the arena, from a va_list. */
static dsr_status format_into(dsr_arena *arena, dsr_slice *out, const char *format, va_list args)
    DSR_FORMAT(3, 0);
static dsr_status format_into(dsr_arena *arena, dsr_slice *out, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0) {
        return DSR_ERR_ARGUMENT;
    }
    char *text = dsr_arena_alloc(arena, (size_t)len + 1);
    if (text == NULL) {
        return DSR_ERR_MEMORY;
    }
    (void)vsnprintf(text, (size_t)len + 1, format, args);
    *out = (dsr_slice){text, (size_t)len};
    return DSR_OK;
}

dsr_status dsr_report_warn(dsr_arena *arena, dsr_report *report, const char *format, ...)
{
    dsr_slice warning;
    va_list args;
    va_start(args, format);
    dsr_status status = format_into(arena, &warning, format, args);
    va_end(args);
    if (status != DSR_OK) {
        return status;
    }
    dsr_slices *warnings = &report->warnings;
    for (size_t i = 0; i < warnings->count; i++) {
        if (dsr_slice_equal(warnings->items[i], warning)) {
            return DSR_OK;
        }
    }
    if (warnings->count >= DSR_LIMIT_WARNINGS) {
        warnings->items[DSR_LIMIT_WARNINGS - 1] = DSR_SLICE("there are more warnings, which are not listed");
        return DSR_OK;
    }
    status = DSR_LIST_RESERVE(arena, warnings, 1);
    if (status == DSR_OK) {
        warnings->items[warnings->count++] = warning;
    }
    return status;
}

/* The last run that begins at or before `at`; NULL where there is none. */
static const dsr_source_map_run *run_before(const dsr_source_map_run *runs, size_t count, uint32_t at)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (runs[middle].text.start <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 ? &runs[low - 1] : NULL;
}

bool dsr_source_map_find(const dsr_source_map_run *runs, size_t count, dsr_slice text, uint32_t at,
                         dsr_source_span *out)
{
    if (at >= text.len) {
        return false;
    }
    size_t start = dsr_utf8_floor(text, at);
    const dsr_source_map_run *run = run_before(runs, count, (uint32_t)start);
    if (run == NULL || start >= run->text.end) {
        return false;
    }
    size_t size = 0;
    (void)dsr_utf8_decode(text.ptr + start, text.ptr + text.len, &size);
    uint64_t offset = start - run->text.start;
    if (run->unit == DSR_MAP_WHOLE) {
        *out = run->source;
        return true;
    }
    if (run->unit != 0) {
        offset = dsr_utf8_count(dsr_slice_part(text, run->text.start, start)) * run->unit;
        size = run->unit;
    }
    *out = (dsr_source_span){run->source.start + offset, run->source.start + offset + size};
    return true;
}

const dsr_time *dsr_report_time_at(const dsr_report *report, dsr_span span)
{
    size_t low = 0, high = report->times.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->times.items[middle].span.start < span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = span.end > span.start && low < report->times.count &&
                 report->times.items[low].span.start == span.start;
    return found ? &report->times.items[low] : NULL;
}

/* Two to eight capitals, perhaps with digits. */
static bool is_short_name(dsr_slice words)
{
    size_t capitals = 0;
    for (size_t i = 0; i < words.len; i++) {
        capitals += words.ptr[i] >= 'A' && words.ptr[i] <= 'Z';
        if (words.ptr[i] >= 'a' || words.ptr[i] == ' ') {
            return false;
        }
    }
    return capitals >= 2 && words.len <= 8;
}

dsr_slice dsr_report_actor_name(const dsr_report *report, const dsr_actor *actor)
{
    uint32_t number = actor->side < report->entities.count ? actor->side : actor->entity;
    if (number >= report->entities.count) {
        return dsr_slice_part(report->text, actor->span.start, actor->span.end);
    }
    const dsr_entity *entity = &report->entities.items[number];
    for (size_t i = 0; entity->type == DSR_NAME_ORG && i < report->names.count; i++) {
        const dsr_name *name = &report->names.items[i];
        dsr_slice words = dsr_slice_part(report->text, name->span.start, name->span.end);
        if (name->entity == number && is_short_name(words)) {
            return words;
        }
    }
    return entity->canonical;
}
