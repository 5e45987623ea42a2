/* What `times` and `figures` have in common: reports one after the other, as JSON, as comma-separated values,
 * or as a table with a heading a report. */
#ifndef DSR_CLI_LAYERS_H
#define DSR_CLI_LAYERS_H

#include "cli/commands.h"
#include "model/json.h"
#include "present/paint.h"

/* How one layer of a report is shown. */
typedef struct dsr_layer {
    dsr_report_view view;
    const char *csv_heading;
    void (*csv)(dsr_session *session, const dsr_report *report);
    void (*table)(dsr_paint *paint, const dsr_report *report);
    const char *none; /* what stands where a report has nothing of it */
    size_t (*count)(const dsr_report *report);
    /* The report with what is asked for alone; *any is false where it is not to be shown. May be NULL. */
    dsr_status (*narrow)(dsr_session *session, const dsr_report *report, dsr_report *out, bool *any);
} dsr_layer;

/* Reads the FILEs as one set, or each alone, and shows the layer of each. */
dsr_status dsr_layer_run(dsr_session *session, const dsr_layer *layer);

/* One field of a row: quoted where it must be. `last` ends the row. What a spreadsheet would take for a
 * formula gets an apostrophe before it. */
void dsr_csv_field(dsr_buffer *to, dsr_slice value, bool last);
void dsr_csv_number(dsr_buffer *to, uint64_t value);
/* The fields that begin each row: path, record, published. */
void dsr_csv_begin(dsr_buffer *to, const dsr_report *report);
/* The days of an interval: "2022-01-11"; empty where it is not known. */
void dsr_day_text(int32_t day, char out[24]);

#endif
