/* A report as a page speaks of it: a short handle, and positions in its text. */
#include "present/page.h"

dsr_status dsr_side_build(dsr_arena *arena, const dsr_report *report, dsr_slice handle, dsr_side *out)
{
    dsr_side side = {.report = report, .handle = handle};
    if (dsr_paint_columns(handle) > DSR_HANDLE_COLUMNS) {
        dsr_slice head = dsr_paint_head(handle, DSR_HANDLE_COLUMNS - 1);
        dsr_status status = dsr_arena_format(arena, &side.handle, "%.*s\xe2\x80\xa6", DSR_PRINT(head));
        if (status != DSR_OK)
            return status;
    }
    dsr_status status = dsr_code_points_build(arena, report->text, &side.at);
    if (status == DSR_OK)
        *out = side;
    return status;
}

void dsr_paint_cite(dsr_paint *paint, const dsr_side *side, size_t byte)
{
    dsr_paint_tail(paint, "[%.*s:%zu]", DSR_PRINT(side->handle), dsr_code_points_at(&side->at, byte));
}

dsr_slice dsr_side_text(const dsr_side *side, dsr_span span)
{
    if (span.start > span.end || span.end > side->report->text.len)
        return DSR_SLICE_NONE;
    return dsr_slice_part(side->report->text, span.start, span.end);
}

/* The name under which `copies` speaks of a report: its record's id, else its file's name without what
 * follows the first dot. */
static dsr_slice own_name(const dsr_report *report)
{
    if (report->source.record.len > 0)
        return report->source.record;
    dsr_slice path = report->source.path;
    size_t start = 0, end = path.len;
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '/' && i + 1 < path.len)
            start = i + 1;
    for (size_t i = start + 1; i < end; i++)
        if (path.ptr[i] == '.')
            end = i;
    return dsr_slice_part(path, start, end);
}

static size_t next_joint(dsr_slice name, size_t at)
{
    while (at < name.len && name.ptr[at] != '_' && name.ptr[at] != '-' && name.ptr[at] != ' ')
        at++;
    return at;
}

/* The beginning of a report's own name up to its first joint, at least three bytes of it. */
dsr_slice dsr_side_own_handle(const dsr_report *report)
{
    dsr_slice name = own_name(report);
    return name.len > 3 ? dsr_slice_part(name, 0, next_joint(name, 3)) : name;
}

/* Handles for two reports: the shortest beginnings of their names, up to a joint ("_", "-"), that differ and
 * have a letter or digit; "a" and "b" where the names are one. */
void dsr_side_handles(const dsr_report *from, const dsr_report *to, dsr_slice handles[2])
{
    dsr_slice a = own_name(from), b = own_name(to);
    size_t i = 0, j = 0;
    handles[0] = DSR_SLICE("a");
    handles[1] = DSR_SLICE("b");
    if (a.len == 0 || b.len == 0)
        return;
    do {
        i = next_joint(a, i < a.len ? i + 1 : i);
        j = next_joint(b, j < b.len ? j + 1 : j);
        dsr_slice x = dsr_paint_head(dsr_slice_part(a, 0, i), DSR_HANDLE_COLUMNS - 1);
        dsr_slice y = dsr_paint_head(dsr_slice_part(b, 0, j), DSR_HANDLE_COLUMNS - 1);
        if (!dsr_slice_equal(x, y)) {
            handles[0] = x;
            handles[1] = y;
            return;
        }
    } while ((i < a.len || j < b.len) && i < DSR_HANDLE_COLUMNS * 4);
}
