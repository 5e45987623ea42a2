/* Packed records from anybody: unpacking must refuse or give a sound record, which can be written as JSON and
 * packed again. Each input is tried as it is and with its checksum mended, so that the fields behind it are
 * reached. */
#include "model/pack.h"
#include "base/json.h"
#include "model/json.h"

#include <stdlib.h>
#include <string.h>

enum { CHECKSUM_AT = 4, HEADER = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void believe(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* What was unpacked is packed, unpacked and packed again: the second packing is the first. */
static void check_round_trip(dsr_arena *arena, const dsr_report *report)
{
    dsr_buffer first;
    dsr_buffer second;
    dsr_buffer_open(&first, 0);
    dsr_buffer_open(&second, 0);
    dsr_report_pack(&first, report);
    dsr_report back;
    if (first.status == DSR_OK && dsr_report_unpack(arena, dsr_buffer_slice(&first), &back, NULL) == DSR_OK) {
        dsr_report_pack(&second, &back);
        believe(second.status != DSR_OK ||
                dsr_slice_equal(dsr_buffer_slice(&first), dsr_buffer_slice(&second)));
    } else {
        believe(first.status == DSR_ERR_MEMORY);
    }
    dsr_buffer_drop(&first);
    dsr_buffer_drop(&second);
}

static void check_json(dsr_arena *arena, const dsr_report *report)
{
    dsr_buffer json;
    dsr_json_doc *doc = NULL;
    dsr_buffer_open(&json, 0);
    dsr_report_write_json(arena, &json, report, DSR_VIEW_EXTRACT);
    if (json.status == DSR_OK) {
        dsr_status status = dsr_json_parse(dsr_buffer_slice(&json), &doc, NULL);
        believe(status == DSR_OK || status == DSR_ERR_MEMORY);
    }
    dsr_json_drop(doc);
    dsr_buffer_drop(&json);
}

static void try_record(dsr_slice packed)
{
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return;
    }
    dsr_report report;
    dsr_error error;
    dsr_error_clear(&error);
    dsr_status status = dsr_report_unpack(arena, packed, &report, &error);
    if (status == DSR_OK) {
        believe(dsr_report_is_sound(&report, NULL));
        check_json(arena, &report);
        check_round_trip(arena, &report);
    } else {
        believe(error.status == status && error.message[0] != '\0');
    }
    dsr_arena_drop(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL) {
        return 0;
    }
    if (size > 0) {
        memcpy(copy, data, size);
    }
    try_record((dsr_slice){copy, size});
    if (size >= HEADER) {
        uint64_t sum = dsr_hash64((dsr_slice){copy + HEADER, size - HEADER}, 0);
        for (size_t i = 0; i < HEADER - CHECKSUM_AT; i++) {
            copy[CHECKSUM_AT + i] = (char)(unsigned char)(sum >> (8 * i));
        }
        try_record((dsr_slice){copy, size});
    }
    free(copy);
    return 0;
}
