/* Tables of --meta from anybody: reading one must refuse with a reason, or give a table that answers any
 * path. What stands before a NUL in the input is the path that is asked for; without a NUL a fixed one is. */
#include "read/meta_table.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void believe(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void ask(const dsr_meta_table *table, dsr_slice path)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_meta_row row;
    dsr_meta_found found = DSR_META_NONE;
    if (arena == NULL) {
        return;
    }
    dsr_status status = dsr_meta_table_find(arena, table, path, &row, &found);
    believe(status == DSR_OK || status == DSR_ERR_MEMORY);
    if (status == DSR_OK && found == DSR_META_FOUND) {
        believe(row.fields[DSR_META_PATH].len > 0 || row.fields[DSR_META_PATH].ptr == NULL);
    }
    dsr_arena_drop(arena);
}

static void try_table(dsr_slice csv, dsr_slice path)
{
    dsr_meta_table *table = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    dsr_status status = dsr_meta_table_read(csv, "folder/fuzz.csv", &table, &error);
    if (status == DSR_OK) {
        ask(table, path);
        ask(table, DSR_SLICE("in/a.txt"));
    } else {
        believe(table == NULL && error.status == status && error.message[0] != '\0');
    }
    dsr_meta_table_close(table);
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
    dsr_slice all = {copy, size};
    const char *nul = size > 0 ? memchr(copy, 0, size) : NULL;
    size_t cut = nul != NULL ? (size_t)(nul - copy) : 0;
    try_table(dsr_slice_part(all, nul != NULL ? cut + 1 : 0, size),
              nul != NULL ? dsr_slice_part(all, 0, cut) : DSR_SLICE("a.txt"));
    free(copy);
    return 0;
}
