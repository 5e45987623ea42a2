/* Events and positions in the packed record. Only src/model includes it. */
#ifndef DSR_MODEL_FLAT_EVENTS_H
#define DSR_MODEL_FLAT_EVENTS_H

#include "base/buffer.h"
#include "model/report.h"

/* Appends both lists; failures are left in `to`. */
void dsr_events_append(dsr_buffer *to, const dsr_report *report);
/* Takes them off *rest. DSR_ERR_STORE where that is not what dsr_events_append writes, DSR_ERR_MEMORY; *rest
 * stands where it ended. Whether they keep their promises is dsr_report_is_sound's to say. */
dsr_status dsr_events_take(dsr_arena *arena, dsr_slice *rest, dsr_report *out) DSR_MUST_CHECK;

#endif
