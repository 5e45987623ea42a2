/* A report's text in the making, together with its map back to the source. Must not know which format the
 * bytes come from. */
#include "read/text_out.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

/* A run of fixed-width characters is counted through from its start to find one of them; no run is longer
 * than this many bytes of text, so that the search stays short in the longest report. */
enum { RUN_BYTES = 16 * 1024 };

void dsr_text_out_open(dsr_text_out *out, dsr_arena *arena, dsr_report *report)
{
    *out = (dsr_text_out){.arena = arena, .report = report, .status = DSR_OK};
    dsr_buffer_open(&out->text, DSR_LIMIT_TEXT_BYTES);
}

void dsr_text_out_drop(dsr_text_out *out)
{
    dsr_buffer_drop(&out->text);
}

void dsr_text_out_reset(dsr_text_out *out)
{
    dsr_buffer_reset(&out->text);
    if (out->report != NULL) {
        out->report->source_map.count = 0;
    }
    out->status = DSR_OK;
    out->stray = (dsr_mishap){0};
    out->lost = (dsr_mishap){0};
}

/* Joins every two neighbours into one that corresponds as a whole: a map of too many runs becomes coarser
 * everywhere instead of ending somewhere. */
static void halve(dsr_report *report)
{
    dsr_source_map_run *runs = report->source_map.items;
    size_t count = report->source_map.count;
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 2) {
        dsr_source_map_run run = runs[i];
        if (i + 1 < count) {
            run.text.end = runs[i + 1].text.end;
            run.source.end = runs[i + 1].source.end;
            run.unit = DSR_MAP_WHOLE;
        }
        runs[kept++] = run;
    }
    report->source_map.count = kept;
}

static bool extends(const dsr_source_map_run *last, const dsr_source_map_run *run)
{
    return last->unit == run->unit && run->unit != DSR_MAP_WHOLE && last->text.end == run->text.start &&
           last->source.end == run->source.start &&
           (run->unit == 0 || run->text.end - last->text.start <= RUN_BYTES);
}

static dsr_status add_run(dsr_arena *arena, dsr_report *report, dsr_source_map_run run)
{
    size_t count = report->source_map.count;
    if (count > 0 && extends(&report->source_map.items[count - 1], &run)) {
        report->source_map.items[count - 1].text.end = run.text.end;
        report->source_map.items[count - 1].source.end = run.source.end;
        return DSR_OK;
    }
    if (count >= DSR_LIMIT_SOURCE_RUNS) {
        halve(report);
    }
    dsr_status status = DSR_LIST_RESERVE(arena, &report->source_map, 1);
    if (status == DSR_OK) {
        report->source_map.items[report->source_map.count++] = run;
    }
    return status;
}

void dsr_text_out_put(dsr_text_out *out, dsr_slice utf8, dsr_source_span source, uint8_t unit)
{
    size_t start = out->text.len;
    dsr_buffer_append(&out->text, utf8);
    if (out->text.status != DSR_OK || out->status != DSR_OK || out->report == NULL || utf8.len == 0) {
        return;
    }
    dsr_source_map_run run = {{(uint32_t)start, (uint32_t)out->text.len}, source, unit};
    out->status = add_run(out->arena, out->report, run);
}

void dsr_text_out_put_char(dsr_text_out *out, uint32_t code_point, dsr_source_span source)
{
    char bytes[4];
    size_t length = dsr_utf8_encode(code_point, bytes);
    uint64_t width = source.end - source.start;
    uint8_t unit = width < DSR_MAP_WHOLE ? (uint8_t)width : DSR_MAP_WHOLE;
    dsr_text_out_put(out, (dsr_slice){bytes, length}, source, unit);
}

static void count_mishap(dsr_mishap *mishap, uint64_t at)
{
    if (mishap->count++ == 0) {
        mishap->first = at;
    }
}

void dsr_text_out_put_lost(dsr_text_out *out, dsr_source_span source)
{
    count_mishap(&out->lost, source.start);
    dsr_text_out_put_char(out, 0xFFFD, source);
}

static void put_stray(dsr_text_out *out, unsigned char byte, uint64_t at)
{
    uint32_t code_point = byte >= 0x80 ? dsr_windows_1252(byte) : byte;
    if (code_point == 0) {
        dsr_text_out_put_lost(out, (dsr_source_span){at, at + 1});
        return;
    }
    count_mishap(&out->stray, at);
    dsr_text_out_put_char(out, code_point, (dsr_source_span){at, at + 1});
}

void dsr_text_out_put_mixed(dsr_text_out *out, dsr_slice bytes, uint64_t offset)
{
    while (bytes.len > 0) {
        size_t good = bytes.len;
        bool valid = dsr_utf8_is_valid(bytes, &good);
        if (valid) {
            good = bytes.len;
        }
        dsr_text_out_put(out, dsr_slice_part(bytes, 0, good), (dsr_source_span){offset, offset + good}, 0);
        if (valid) {
            return;
        }
        put_stray(out, (unsigned char)bytes.ptr[good], offset + good);
        bytes = dsr_slice_part(bytes, good + 1, bytes.len);
        offset += good + 1;
    }
}

dsr_status dsr_text_out_finish(dsr_text_out *out, dsr_slice *text)
{
    dsr_status status = out->text.status != DSR_OK ? out->text.status : out->status;
    if (status == DSR_OK) {
        dsr_slice held = dsr_buffer_slice(&out->text);
        status = dsr_arena_copy(out->arena, held.ptr != NULL ? held : DSR_SLICE(""), text);
    }
    dsr_text_out_drop(out);
    return status;
}

dsr_status dsr_text_out_warn(const dsr_text_out *out, dsr_arena *arena, dsr_report *report)
{
    dsr_status status = DSR_OK;
    if (out->stray.count > 0) {
        status = dsr_report_warn(
            arena, report, "%" PRIu64 " %s not UTF-8 and read as windows-1252, the first at byte %" PRIu64,
            out->stray.count, out->stray.count == 1 ? "byte is" : "bytes are", out->stray.first);
    }
    if (status == DSR_OK && out->lost.count > 0) {
        status = dsr_report_warn(arena, report,
                                 "%" PRIu64 " %s no text and stand%s as U+FFFD, the first at byte %" PRIu64,
                                 out->lost.count, out->lost.count == 1 ? "character is" : "characters are",
                                 out->lost.count == 1 ? "s" : "", out->lost.first);
    }
    return status;
}

bool dsr_text_is_blank(dsr_slice text)
{
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p != NULL && p < end;) {
        size_t length = 0;
        uint32_t code_point = dsr_utf8_decode(p, end, &length);
        if (!dsr_is_space(code_point) && !dsr_is_control(code_point) && code_point != 0xFEFF &&
            code_point != '\t' && code_point != '\n') {
            return false;
        }
        p += length;
    }
    return true;
}
