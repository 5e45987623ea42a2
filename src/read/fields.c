/* What every format does with a metadata field that it found. Must not know formats. */
#include "read/fields.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <stdint.h>

dsr_status dsr_field_take(dsr_arena *arena, dsr_report *report, dsr_slice raw, const char *name,
                          dsr_slice *out)
{
    dsr_slice value = dsr_slice_trim(raw);
    if (value.len == 0) {
        *out = DSR_SLICE_NONE;
        return DSR_OK;
    }
    if (value.len > DSR_LIMIT_FIELD_BYTES) {
        size_t full = value.len;
        value = dsr_slice_part(value, 0, dsr_utf8_floor(value, DSR_LIMIT_FIELD_BYTES));
        dsr_status status = dsr_report_warn(
            arena, report, "%s is %zu bytes long; only its first %zu are kept", name, full, value.len);
        if (status != DSR_OK) {
            return status;
        }
    }
    return dsr_arena_copy(arena, value, out);
}

/* A short lending of a value for a message. */
static dsr_slice shown(dsr_slice value)
{
    enum { SHOWN_BYTES = 60 };
    return value.len > SHOWN_BYTES ? dsr_slice_part(value, 0, dsr_utf8_floor(value, SHOWN_BYTES)) : value;
}

/* Reads a date. Midnight sharp without a zone is how programs write a date that has no time of day: it is
 * read as the day. */
static dsr_status read_moment(dsr_arena *arena, dsr_slice value, dsr_moment *out)
{
    dsr_moment_parts parts;
    if (!dsr_moment_parse_parts(value, &parts)) {
        return DSR_ERR_INPUT;
    }
    if (parts.hour == 0 && parts.minute == 0 && parts.second <= 0 && !parts.has_zone) {
        parts.hour = parts.minute = parts.second = -1;
    }
    return dsr_moment_from_parts(arena, &parts, out);
}

dsr_status dsr_field_published(dsr_arena *arena, dsr_report *report, dsr_slice raw, const char *name,
                               dsr_origin from)
{
    dsr_slice value = dsr_slice_trim(raw);
    if (value.len == 0 || report->meta.published.iso.ptr != NULL) {
        return DSR_OK;
    }
    dsr_moment moment = {0};
    dsr_status status = read_moment(arena, value, &moment);
    if (status == DSR_ERR_MEMORY) {
        return status;
    }
    if (status != DSR_OK) {
        return dsr_report_warn(arena, report,
                               "the date \"%.*s\" (%s) cannot be read; expected one such as 2022-01-11 or "
                               "2022-01-11T20:17:00Z",
                               DSR_PRINT(shown(value)), name);
    }
    report->meta.published = moment;
    report->meta.published_from = from;
    return dsr_arena_copy(arena, dsr_slice_of(name), &report->meta.published_why);
}

dsr_status dsr_field_too_many_authors(dsr_arena *arena, dsr_report *report)
{
    return dsr_report_warn(arena, report, "there are more than %d authors; the others are left out",
                           DSR_LIMIT_AUTHORS);
}

dsr_status dsr_field_authors(dsr_arena *arena, dsr_report *report, dsr_slice raw)
{
    dsr_slices *authors = &report->meta.authors;
    dsr_slice part;
    while (dsr_slice_next_field(&raw, ';', &part)) {
        dsr_slice author;
        dsr_status status = dsr_field_take(arena, report, part, "an author's name", &author);
        if (status == DSR_OK && author.len > 0 && authors->count >= DSR_LIMIT_AUTHORS) {
            return dsr_field_too_many_authors(arena, report);
        }
        if (status == DSR_OK && author.len > 0) {
            status = DSR_LIST_RESERVE(arena, authors, 1);
        }
        if (status != DSR_OK) {
            return status;
        }
        if (author.len > 0) {
            authors->items[authors->count++] = author;
        }
    }
    return DSR_OK;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

dsr_status dsr_field_language(dsr_arena *arena, dsr_report *report, dsr_slice raw)
{
    dsr_slice value = dsr_slice_trim(raw);
    if (value.len == 0) {
        return DSR_OK;
    }
    bool code = value.len >= 2 && is_letter(value.ptr[0]) && is_letter(value.ptr[1]) &&
                (value.len == 2 || value.ptr[2] == '-' || value.ptr[2] == '_');
    if (!code) {
        return dsr_report_warn(arena, report,
                               "the language \"%.*s\" is not a code such as \"en\" and was left out",
                               DSR_PRINT(shown(value)));
    }
    char lower[2] = {(char)(value.ptr[0] | 0x20), (char)(value.ptr[1] | 0x20)};
    return dsr_arena_copy(arena, (dsr_slice){lower, 2}, &report->meta.language);
}
