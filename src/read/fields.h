/* What every format does with a metadata field that it found. Must not know formats. */
#ifndef DSR_READ_FIELDS_H
#define DSR_READ_FIELDS_H

#include "model/report.h"

/* Takes a field: without white space at its ends; no value where nothing is left; longer than
 * DSR_LIMIT_FIELD_BYTES it is cut at a character, with a warning that names it. `out` lives in the arena. */
dsr_status dsr_field_take(dsr_arena *arena, dsr_report *report, dsr_slice raw, const char *name,
                          dsr_slice *out) DSR_MUST_CHECK;
/* Sets published from what a field says, unless it is set already; what cannot be read is warned of. `name`
 * is what published_why tells. */
dsr_status dsr_field_published(dsr_arena *arena, dsr_report *report, dsr_slice raw, const char *name,
                               dsr_origin from) DSR_MUST_CHECK;
/* Adds the authors of a field, separated by ";". Past DSR_LIMIT_AUTHORS the rest is left out, with a warning.
 */
dsr_status dsr_field_authors(dsr_arena *arena, dsr_report *report, dsr_slice raw) DSR_MUST_CHECK;
/* The warning about that. */
dsr_status dsr_field_too_many_authors(dsr_arena *arena, dsr_report *report) DSR_MUST_CHECK;
/* Sets the language from "en", "en-GB", "EN_us"; what is no ISO 639-1 code is warned of. */
dsr_status dsr_field_language(dsr_arena *arena, dsr_report *report, dsr_slice raw) DSR_MUST_CHECK;

#endif
