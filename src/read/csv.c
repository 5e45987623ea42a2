/* CSV as RFC 4180 has it, looked at where it stands. Must not know what the columns mean. */
#include "read/csv.h"

bool dsr_csv_next_field(dsr_csv *c, dsr_slice *out)
{
    const char *start = c->at;
    if (c->at < c->end && *c->at == '"') {
        uint64_t opened = c->line;
        for (c->at++; c->at < c->end && (*c->at != '"' || (c->at + 1 < c->end && c->at[1] == '"')); c->at++) {
            c->line += *c->at == '\n';
            c->at += *c->at == '"';
        }
        if (c->at >= c->end) {
            c->line = opened;
            c->fault = "a quotation mark opens a field that no quotation mark closes";
            return false;
        }
        c->at++;
        bool over = c->at >= c->end || *c->at == ',' || *c->at == '\n' ||
                    (*c->at == '\r' && c->at + 1 < c->end && c->at[1] == '\n');
        if (!over) {
            c->fault = "a comma or the end of the line must follow a closing quotation mark";
            return false;
        }
    } else {
        while (c->at < c->end && *c->at != ',' && *c->at != '\n') {
            c->at++;
        }
    }
    *out = (dsr_slice){start, (size_t)(c->at - start)};
    if (c->at < c->end && *c->at == ',') {
        c->at++;
        return true;
    }
    if (out->len > 0 && out->ptr[out->len - 1] == '\r') {
        out->len--;
    }
    if (c->at < c->end && *c->at == '\r') {
        c->at++;
    }
    if (c->at < c->end) { /* a newline */
        c->at++;
        c->line++;
    }
    return false;
}

void dsr_csv_unquote(dsr_slice raw, dsr_buffer *out)
{
    if (raw.len < 2 || raw.ptr[0] != '"') {
        dsr_buffer_append(out, dsr_slice_trim(raw));
        return;
    }
    raw = dsr_slice_trim(dsr_slice_part(raw, 1, raw.len - 1));
    for (size_t i = 0; i < raw.len; i++) {
        dsr_buffer_append_char(out, raw.ptr[i]);
        i += raw.ptr[i] == '"';
    }
}

static bool is_blank_line(const dsr_csv *c)
{
    return c->at < c->end && (*c->at == '\n' || (*c->at == '\r' && c->at + 1 < c->end && c->at[1] == '\n'));
}

void dsr_csv_pass_blank_lines(dsr_csv *c)
{
    while (is_blank_line(c)) {
        c->at += *c->at == '\r' ? 2 : 1;
        c->line++;
    }
}
