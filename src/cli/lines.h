/* Lines of the program's own words. Knows no session. */
#ifndef DSR_CLI_LINES_H
#define DSR_CLI_LINES_H

#include "base/buffer.h"
#include "engine/engine.h"

/* Text for a line of its own: what controls a terminal, breaks the line or is no UTF-8 becomes U+FFFD. */
void dsr_append_harmless(dsr_buffer *to, dsr_slice text);
/* "PATH" or "PATH:record". */
void dsr_append_place(dsr_buffer *to, dsr_slice path, dsr_slice record);
/* "dossier: SUBJECT: MESSAGE (at byte 12)" and a newline. */
void dsr_append_error(dsr_buffer *to, const dsr_error *error);
/* The note that stands before a set-aside input's reason, and the reason. */
void dsr_append_set_aside(dsr_buffer *to, const dsr_outcome *outcome);
/* Writes all of it to a descriptor; 0, or errno. */
int dsr_write_all(int descriptor, dsr_slice text);

#endif
