/* Plain text: the file's characters, unchanged. Must not know what the text tells. */
#include "read/encoding.h"
#include "read/format.h"

dsr_status dsr_decode_text(dsr_arena *arena, const dsr_piece *piece, const dsr_read_options *options,
                           dsr_report *out, dsr_error *error)
{
    (void)options;
    dsr_slice bytes = {piece->bytes, piece->size};
    dsr_status status = dsr_encoding_decode(arena, bytes, piece->offset, out, error);
    if (status == DSR_OK && dsr_text_is_blank(out->text)) {
        return dsr_fail(error, DSR_ERR_INPUT, "read", "holds nothing but white space");
    }
    return status;
}
