/* Cuts the records of a container off an input, one after the other, in bounded memory. Must not know what is
 * in them. */
#include "read/cut.h"

#include "base/limits.h"

#include <string.h>

enum {
    CHUNK = 128 * 1024,
    MOST = DSR_LIMIT_REPORT_BYTES + 2 * CHUNK /* a record of the greatest length and its surroundings */
};

void dsr_cutter_open(dsr_cutter *cutter, dsr_input input, dsr_cut cut)
{
    *cutter = (dsr_cutter){.input = input, .cut = cut};
    if (input.len >= 3 && memcmp(input.data, "\xEF\xBB\xBF", 3) == 0) {
        cutter->start = cutter->looked = 3;
    }
}

void dsr_cutter_close(dsr_cutter *cutter)
{
    dsr_input_close(&cutter->input);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Reads on. What was cut off already is forgotten first; what is too long to be kept is, too. */
static dsr_status read_on(dsr_cutter *c, dsr_error *error)
{
    if (c->input.len - c->start > DSR_LIMIT_REPORT_BYTES || c->dropped > 0) {
        c->dropped += c->input.len - c->start;
        c->start = c->input.len;
    }
    if (c->start > 0 && c->input.capacity - c->input.len < CHUNK) {
        dsr_input_forget(&c->input, c->start);
        c->looked -= c->start;
        c->start = 0;
    }
    return dsr_input_fill(&c->input, CHUNK, MOST, error);
}

/* The newline that ends the record, from `looked` on. */
static bool find_line_end(dsr_cutter *c)
{
    const char *from = c->input.data + c->looked;
    const char *newline = memchr(from, '\n', c->input.len - c->looked);
    c->looked = newline != NULL ? (size_t)(newline - c->input.data) : c->input.len;
    return newline != NULL;
}

/* Just behind the bracket that closes the value, from `looked` on. */
static bool find_value_end(dsr_cutter *c)
{
    for (; c->looked < c->input.len; c->looked++) {
        char byte = c->input.data[c->looked];
        if (c->in_string) {
            c->in_string = c->escaped || byte != '"';
            c->escaped = !c->escaped && byte == '\\';
        } else if (byte == '"') {
            c->in_string = true;
        } else if (byte == '{' || byte == '[') {
            c->depth++;
        } else if ((byte == '}' || byte == ']') && --c->depth == 0) {
            c->looked++;
            return true;
        }
    }
    return false;
}

/* To the next record: past blank lines, or past what stands between values. False at the end of what was
 * read. */
static bool find_start(dsr_cutter *c)
{
    bool values = c->cut == DSR_CUT_VALUES;
    while (c->start < c->input.len) {
        char byte = c->input.data[c->start];
        if (!is_blank(byte) && !(values && (byte == ',' || byte == '[' || byte == ']'))) {
            break;
        }
        c->number += !values && byte == '\n';
        c->start++;
    }
    c->looked = c->start;
    return c->start < c->input.len;
}

/* The record from `start` up to `looked`. */
static dsr_cut_result take(dsr_cutter *c, dsr_cut_record *out)
{
    size_t end = c->looked;
    if (c->cut == DSR_CUT_LINES && end > c->start && c->input.data[end - 1] == '\r') {
        end--;
    }
    out->bytes = (dsr_slice){c->input.data + c->start, end - c->start};
    out->size = c->dropped + (end - c->start);
    out->offset = c->input.base + c->start - c->dropped;
    out->number = c->number + (c->cut == DSR_CUT_LINES);
    c->start = c->looked;
    c->dropped = 0;
    if (out->size > DSR_LIMIT_REPORT_BYTES) {
        out->bytes = DSR_SLICE_NONE;
        return DSR_CUT_TOO_LONG;
    }
    return DSR_CUT_RECORD;
}

static dsr_cut_result fail(dsr_cutter *c)
{
    c->over = true;
    return DSR_CUT_FAILED;
}

/* Finds where the record at `start` ends, or ends with the file. */
static dsr_status find_end(dsr_cutter *c, dsr_error *error)
{
    while (!(c->cut == DSR_CUT_LINES ? find_line_end(c) : find_value_end(c)) && !c->input.eof) {
        dsr_status status = read_on(c, error);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

dsr_cut_result dsr_cutter_next(dsr_cutter *c, dsr_cut_record *out, dsr_error *error)
{
    if (c->over) {
        return DSR_CUT_END;
    }
    while (!find_start(c)) {
        if (c->input.eof) {
            c->over = true;
            return DSR_CUT_END;
        }
        if (read_on(c, error) != DSR_OK) {
            return fail(c);
        }
    }
    if (c->cut == DSR_CUT_VALUES) {
        c->number++;
        c->depth = 0;
        c->in_string = c->escaped = false;
        if (c->input.data[c->start] != '{') {
            c->over = true;
            *out = (dsr_cut_record){DSR_SLICE_NONE, 0, c->input.base + c->start, c->number};
            return DSR_CUT_BROKEN;
        }
    }
    return find_end(c, error) == DSR_OK ? take(c, out) : fail(c);
}
