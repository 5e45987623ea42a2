/* Rule files from anybody: opening one must give rules and flaws, whatever stands in it, and its dictionary
 * entries must become rules that can be opened in turn. */
#include "events/rules.h"
#include "events/import.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void believe(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void try_rules(dsr_slice bytes)
{
    dsr_coding_rules *rules = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    dsr_status status = dsr_coding_rules_open_bytes(bytes, "fuzz.tsv", &rules, &error);
    believe(status == DSR_OK || status == DSR_ERR_MEMORY);
    if (status == DSR_OK) {
        size_t count;
        const dsr_rule_flaw *flaws = dsr_coding_rules_flaws(rules, &count);
        for (size_t i = 0; i < count; i++) {
            believe(flaws[i].line > 0 && flaws[i].message.len > 0);
        }
    }
    dsr_coding_rules_drop(rules);
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
    dsr_buffer imported;
    dsr_import_counts counts = {0, 0};
    dsr_buffer_open(&imported, 0);
    try_rules((dsr_slice){copy, size});
    dsr_rules_import(&imported, (dsr_slice){copy, size}, &counts);
    try_rules(dsr_buffer_slice(&imported));
    dsr_buffer_drop(&imported);
    free(copy);
    return 0;
}
