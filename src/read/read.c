/* One raw report -> a record: what all formats have in common. Must not read files. */
#include "read/fields.h"
#include "read/format.h"
#include "read/meta_table.h"

static dsr_status take_source(dsr_arena *arena, const dsr_piece *piece, dsr_report *report)
{
    report->source.format = dsr_slice_of(piece->format);
    report->source.sha256 = dsr_sha256((dsr_slice){piece->bytes, piece->size});
    return dsr_arena_copy(arena, piece->path, &report->source.path);
}

/* Fills what the report does not state itself from its row of the table. */
static dsr_status take_row(dsr_arena *arena, const dsr_meta_row *row, dsr_report *report)
{
    dsr_meta *meta = &report->meta;
    dsr_status status = DSR_OK;
    if (meta->outlet.len == 0) {
        status =
            dsr_field_take(arena, report, row->fields[DSR_META_OUTLET], "outlet of the table", &meta->outlet);
        meta->outlet_from = meta->outlet.len > 0 ? DSR_FROM_METADATA : DSR_FROM_UNKNOWN;
    }
    if (status == DSR_OK && report->source.url.len == 0) {
        status =
            dsr_field_take(arena, report, row->fields[DSR_META_URL], "url of the table", &report->source.url);
    }
    if (status == DSR_OK && meta->authors.count == 0) {
        status = dsr_field_authors(arena, report, row->fields[DSR_META_AUTHORS]);
    }
    if (status == DSR_OK) {
        status = dsr_field_published(arena, report, row->fields[DSR_META_PUBLISHED], "published of the table",
                                     DSR_FROM_METADATA);
    }
    return status;
}

static dsr_status take_table(dsr_arena *arena, const dsr_meta_table *table, dsr_report *report)
{
    dsr_meta_row row;
    dsr_meta_found found = DSR_META_NONE;
    dsr_status status = dsr_meta_table_find(arena, table, report->source.path, &row, &found);
    if (status == DSR_OK && found == DSR_META_FOUND) {
        return take_row(arena, &row, report);
    }
    if (status == DSR_OK && found == DSR_META_AMBIGUOUS) {
        return dsr_report_warn(arena, report,
                               "the table has several rows for this file's name that differ; none was "
                               "used: give paths in the table");
    }
    return status;
}

/* The outlet and date of the options, and the host of the address, for reports that state none. */
static dsr_status take_options(dsr_arena *arena, const dsr_read_options *options, dsr_report *report)
{
    dsr_meta *meta = &report->meta;
    dsr_status status = DSR_OK;
    if (meta->outlet.len == 0) {
        status = dsr_field_take(arena, report, dsr_slice_host(report->source.url), "the host of the url",
                                &meta->outlet);
        meta->outlet_from = meta->outlet.len > 0 ? DSR_FROM_METADATA : DSR_FROM_UNKNOWN;
    }
    if (options == NULL || status != DSR_OK) {
        return status;
    }
    if (meta->outlet.len == 0) {
        status = dsr_field_take(arena, report, options->outlet, "--outlet", &meta->outlet);
        meta->outlet_from = meta->outlet.len > 0 ? DSR_FROM_OPTION : DSR_FROM_UNKNOWN;
    }
    return status == DSR_OK
               ? dsr_field_published(arena, report, options->published, "--published", DSR_FROM_OPTION)
               : status;
}

static dsr_status read_report(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                              dsr_report *report, dsr_error *error)
{
    const dsr_format *format = dsr_format_named(piece->format);
    if (format == NULL) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, "read",
                        "is of a format that was not told; read it through a reader");
    }
    if (format->decode == NULL) {
        return dsr_format_refuse(format, (dsr_slice){piece->bytes, piece->size}, error);
    }
    dsr_status status = take_source(arena, piece, report);
    if (status == DSR_OK) {
        status = format->decode(arena, piece, options, report, error);
    }
    if (status == DSR_OK && options != NULL && options->meta != NULL) {
        status = take_table(arena, options->meta, report);
    }
    if (status == DSR_OK) {
        status = take_options(arena, options, report);
    }
    if (status == DSR_OK) {
        dsr_report_identify(report, report->meta.outlet);
    }
    return status;
}

dsr_status dsr_read_piece(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                          dsr_report *out, dsr_error *error)
{
    if (piece->status != DSR_OK) {
        if (error != NULL) {
            *error = piece->error;
        }
        return piece->status;
    }
    dsr_report report = {0};
    dsr_status status = read_report(arena, piece, options, &report, error);
    if (status == DSR_OK) {
        *out = report;
        return DSR_OK;
    }
    if (status == DSR_ERR_MEMORY) {
        (void)dsr_fail_memory(error, "read");
    } else if (error != NULL && error->status != status) {
        (void)dsr_fail(error, status, "read", "cannot be read: %s", dsr_status_name(status));
    }
    if (error != NULL) {
        dsr_error_set_subject(error, piece->path.ptr, piece->path.len);
    }
    return status;
}
