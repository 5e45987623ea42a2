/* The packed record: a report as a store keeps it. Header (magic "DSR", format version, checksum XXH3-64 of
 * the rest), varint-coded fields, text compressed with zstd where that is smaller. Beyond its text a record
 * takes at most 8 KB for what news reports hold. pack.c alone knows zstd. */
#ifndef DSR_MODEL_PACK_H
#define DSR_MODEL_PACK_H

#include "base/buffer.h"
#include "model/report.h"

enum { DSR_PACK_VERSION = 8 };

/* Appends the packed record to `to`; failures are left there. Same record, same bytes. */
void dsr_report_pack(dsr_buffer *to, const dsr_report *report);
/* Unpacks into `arena`; nothing points into `packed` afterwards. Trusts nothing: DSR_ERR_STORE where the
 * record is damaged (checksum, lengths, spans), DSR_ERR_VERSION where a newer version wrote it,
 * DSR_ERR_MEMORY, DSR_ERR_LIMIT. */
dsr_status dsr_report_unpack(dsr_arena *arena, dsr_slice packed, dsr_report *out,
                             dsr_error *error) DSR_MUST_CHECK;
/* Whether the record holds blocks, without unpacking it. A damaged record may answer either way. */
bool dsr_report_packed_has_blocks(dsr_slice packed);

#endif
