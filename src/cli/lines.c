/* Lines of the program's own words on one line each, whatever the text in them holds. */
#include "cli/lines.h"

#include "base/utf8.h"

#include <errno.h>
#include <unistd.h>

void dsr_append_harmless(dsr_buffer *to, dsr_slice text)
{
    const char *p = text.ptr ? text.ptr : "", *end = p + text.len;
    while (p < end) {
        size_t length = 1;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        dsr_buffer_append_code_point(to,
                                     c < ' ' || dsr_is_control(c) || c == 0x2028 || c == 0x2029 ? 0xfffd : c);
    }
}

void dsr_append_place(dsr_buffer *to, dsr_slice path, dsr_slice record)
{
    dsr_append_harmless(to, path);
    if (record.len > 0) {
        dsr_buffer_append_char(to, ':');
        dsr_append_harmless(to, record);
    }
}

static void append_reason(dsr_buffer *to, const dsr_error *error)
{
    const char *message = error->message[0] ? error->message : dsr_status_name(error->status);
    dsr_append_harmless(to, dsr_slice_of(message));
    if (error->has_position)
        dsr_buffer_append_format(to, " (at byte %llu)", (unsigned long long)error->position);
    dsr_buffer_append_char(to, '\n');
}

void dsr_append_error(dsr_buffer *to, const dsr_error *error)
{
    dsr_buffer_append(to, DSR_SLICE("dossier: "));
    if (error->subject[0]) {
        dsr_append_harmless(to, dsr_slice_of(error->subject));
        dsr_buffer_append(to, DSR_SLICE(": "));
    }
    append_reason(to, error);
}

void dsr_append_set_aside(dsr_buffer *to, const dsr_outcome *outcome)
{
    dsr_error none = {.status = DSR_ERR_INPUT};
    dsr_buffer_append(to, DSR_SLICE("dossier: "));
    dsr_append_place(to, outcome->path, outcome->record);
    dsr_buffer_append(to, DSR_SLICE(": set aside: "));
    append_reason(to, outcome->error ? outcome->error : &none);
}

int dsr_write_all(int descriptor, dsr_slice text)
{
    size_t done = 0;
    while (done < text.len) {
        ssize_t written = write(descriptor, text.ptr + done, text.len - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        done += (size_t)written;
    }
    return 0;
}
