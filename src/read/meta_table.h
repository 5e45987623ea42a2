/* The table of --meta, as read.c asks it. */
#ifndef DSR_READ_META_TABLE_H
#define DSR_READ_META_TABLE_H

#include "read/read.h"

typedef enum dsr_meta_column {
    DSR_META_PATH,
    DSR_META_OUTLET,
    DSR_META_URL,
    DSR_META_PUBLISHED,
    DSR_META_AUTHORS,
    DSR_META_COLUMNS
} dsr_meta_column;

typedef struct dsr_meta_row {
    dsr_slice fields[DSR_META_COLUMNS]; /* no value where the table says nothing */
} dsr_meta_row;

typedef enum dsr_meta_found {
    DSR_META_NONE,
    DSR_META_FOUND,
    DSR_META_AMBIGUOUS /* only a bare file name fits, and several rows with different data bear it */
} dsr_meta_found;

/* As dsr_meta_table_open, from bytes that are copied; `path` is for messages and for what rows are relative
 * to. */
dsr_status dsr_meta_table_read(dsr_slice bytes, const char *path, dsr_meta_table **out,
                               dsr_error *error) DSR_MUST_CHECK;
/* The row for a report's path: the path as the row gives it, else relative to the table's folder, else a row
 * that gives the bare file name. *row lives in `arena`. */
dsr_status dsr_meta_table_find(dsr_arena *arena, const dsr_meta_table *table, dsr_slice path,
                               dsr_meta_row *row, dsr_meta_found *found) DSR_MUST_CHECK;

#endif
