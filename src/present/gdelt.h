/* Events as rows of GDELT's event tables, so that what reads those reads these. */
#ifndef DSR_PRESENT_GDELT_H
#define DSR_PRESENT_GDELT_H

#include "base/buffer.h"
#include "model/report.h"

typedef enum dsr_gdelt_version { DSR_GDELT_1, DSR_GDELT_2 } dsr_gdelt_version;

/* Appends a row, fields parted by tabs, for each pair of source and target of an event (one with empty fields
 * for nobody). 58 columns in version 1.0, 61 in 2.0. Events that are denied, conditional or hypothetical are
 * left out, as is what has no CAMEO code. */
void dsr_gdelt_append(dsr_buffer *to, const dsr_report *report, dsr_gdelt_version version);

#endif
