/* What the copy index knows of each report: when, where, and whether it was removed. Pages of a table by
 * number; a page is read when it is asked for. */
#include "compare/segments_parts.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "copies";

enum {
    HEAD = 8,
    ROW = 13, /* flags, day, day of intake, outlet */
    PRESENT = 1,
    DATED = 2,
    DEAD_BYTES = DSR_SEGMENT_DEAD_PAGE / 8
};

/* Makes room for page `number` in an array of pointers, the new ones NULL. */
static dsr_status reserve(void *array, size_t *room, uint32_t number)
{
    if (number < *room) {
        return DSR_OK;
    }
    size_t more = 2 * *room > number ? 2 * *room : (size_t)number + 16;
    void **items = NULL;
    memcpy(&items, array, sizeof items);
    void **grown = realloc(items, more * sizeof *grown);
    if (!grown) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = *room; i < more; i++) {
        grown[i] = NULL;
    }
    memcpy(array, &grown, sizeof grown);
    *room = more;
    return DSR_OK;
}

static dsr_status read_page(dsr_slice rest, dsr_copies_page *page, uint32_t number, dsr_error *error)
{
    if (rest.len != (size_t)DSR_SEGMENT_PAGE * ROW) {
        return dsr_copies_damaged(error, "page", number);
    }
    for (size_t i = 0; i < DSR_SEGMENT_PAGE; i++) {
        const char *row = rest.ptr + i * ROW;
        page->entries[i] = (dsr_copies_entry){.present = (row[0] & PRESENT) != 0,
                                              .dated = (row[0] & DATED) != 0,
                                              .day = (int32_t)dsr_copies_get_u32(row + 1),
                                              .intake_day = (int32_t)dsr_copies_get_u32(row + 5),
                                              .outlet = dsr_copies_get_u32(row + 9)};
    }
    return DSR_OK;
}

static dsr_status load_page(dsr_copies *copies, uint32_t number, dsr_error *error)
{
    dsr_copies_page *page = calloc(1, sizeof *page);
    if (!page || reserve(&copies->table.pages, &copies->table.room, number) != DSR_OK) {
        free(page);
        return dsr_fail_memory(error, STAGE);
    }
    dsr_copies_key key = dsr_copies_key_make(&number, 1);
    dsr_status status = copies->chunks.get(copies->chunks.context, DSR_COPIES_TABLE,
                                           dsr_copies_key_slice(&key), &copies->scratch, error);
    dsr_slice rest = dsr_buffer_slice(&copies->scratch);
    if (status == DSR_OK) {
        status = dsr_copies_unseal(DSR_COPIES_TABLE, dsr_copies_key_slice(&key), &rest)
                     ? read_page(rest, page, number, error)
                     : dsr_copies_damaged(error, "page", number);
    }
    if (status != DSR_OK && status != DSR_ERR_NOT_FOUND) {
        free(page);
        return status;
    }
    copies->table.pages[number] = page;
    copies->table.loaded++;
    return DSR_OK;
}

static dsr_status find_page(dsr_copies *copies, uint32_t number, dsr_copies_page **out, dsr_error *error)
{
    dsr_copies_table *table = &copies->table;
    if (number >= table->room || !table->pages[number]) {
        dsr_status status = load_page(copies, number, error);
        if (status != DSR_OK) {
            return status;
        }
    }
    *out = table->pages[number];
    return DSR_OK;
}

dsr_status dsr_copies_table_get(dsr_copies *copies, uint32_t number, const dsr_copies_entry **out,
                                dsr_error *error)
{
    dsr_copies_page *page = NULL;
    dsr_status status = find_page(copies, number / DSR_SEGMENT_PAGE, &page, error);
    if (status == DSR_OK) {
        const dsr_copies_entry *entry = &page->entries[number % DSR_SEGMENT_PAGE];
        *out = entry->present ? entry : NULL;
    }
    return status;
}

dsr_status dsr_copies_table_put(dsr_copies *copies, const dsr_copies_report *report, dsr_error *error)
{
    dsr_copies_page *page = NULL;
    dsr_status status = find_page(copies, report->number / DSR_SEGMENT_PAGE, &page, error);
    if (status == DSR_OK) {
        uint32_t number = report->number / DSR_SEGMENT_PAGE;
        copies->table.dirty_from = number < copies->table.dirty_from ? number : copies->table.dirty_from;
        page->dirty = true;
        page->entries[report->number % DSR_SEGMENT_PAGE] =
            (dsr_copies_entry){.day = report->day,
                               .intake_day = report->intake_day,
                               .outlet = report->outlet,
                               .present = true,
                               .dated = report->dated};
    }
    return status;
}

bool dsr_copies_is_dead(const dsr_copies *copies, uint32_t number)
{
    uint32_t page = number / DSR_SEGMENT_DEAD_PAGE, bit = number % DSR_SEGMENT_DEAD_PAGE;
    return page < copies->table.dead_room && copies->table.dead[page] &&
           (copies->table.dead[page][bit / 8] >> bit % 8 & 1);
}

/* The page of the removed, made where there was none. A byte behind it says that it has to be written. */
static dsr_status dead_page(dsr_copies *copies, uint32_t number, uint8_t **out)
{
    if (reserve(&copies->table.dead, &copies->table.dead_room, number) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    uint8_t **page = &copies->table.dead[number];
    if (!*page && !(*page = calloc(1, DEAD_BYTES + 1))) {
        return DSR_ERR_MEMORY;
    }
    *out = *page;
    return DSR_OK;
}

dsr_status dsr_copies_bury(dsr_copies *copies, uint32_t number, dsr_error *error)
{
    uint8_t *page = NULL;
    if (dead_page(copies, number / DSR_SEGMENT_DEAD_PAGE, &page) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    uint32_t bit = number % DSR_SEGMENT_DEAD_PAGE;
    page[bit / 8] = (uint8_t)(page[bit / 8] | 1 << bit % 8);
    page[DEAD_BYTES] = 1;
    return DSR_OK;
}

typedef struct opening {
    dsr_copies *copies;
    dsr_error *error;
} opening;

static dsr_status open_dead(void *visitor, dsr_slice key, dsr_slice value)
{
    const opening *o = visitor;
    uint8_t *page = NULL;
    dsr_slice rest = value;
    bool good = dsr_copies_unseal(DSR_COPIES_DEAD, key, &rest) && key.len == 4 && rest.len == DEAD_BYTES;
    uint32_t number = 0;
    for (size_t i = 0; good && i < key.len; i++) {
        number = number << 8 | (unsigned char)key.ptr[i];
    }
    if (!good || number >= DSR_LIMIT_REPORTS / DSR_SEGMENT_DEAD_PAGE) {
        return dsr_copies_damaged(o->error, "page of removed reports", number);
    }
    if (dead_page(o->copies, number, &page) != DSR_OK) {
        return dsr_fail_memory(o->error, STAGE);
    }
    memcpy(page, rest.ptr, DEAD_BYTES);
    return DSR_OK;
}

dsr_status dsr_copies_table_open(dsr_copies *copies, dsr_error *error)
{
    opening o = {copies, error};
    return copies->chunks.each(copies->chunks.context, DSR_COPIES_DEAD, open_dead, &o, error);
}

static dsr_status put(dsr_copies *copies, uint8_t family, uint32_t number, dsr_error *error)
{
    dsr_copies_key key = dsr_copies_key_make(&number, 1);
    dsr_copies_seal(family, dsr_copies_key_slice(&key), &copies->scratch);
    if (copies->scratch.status != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    return copies->chunks.put(copies->chunks.context, family, dsr_copies_key_slice(&key),
                              dsr_buffer_slice(&copies->scratch), error);
}

static dsr_status save_page(dsr_copies *copies, uint32_t number, dsr_error *error)
{
    dsr_buffer *chunk = &copies->scratch;
    dsr_copies_page *page = copies->table.pages[number];
    dsr_buffer_reset(chunk);
    dsr_buffer_append_fill(chunk, 0, HEAD);
    for (size_t i = 0; i < DSR_SEGMENT_PAGE; i++) {
        const dsr_copies_entry *entry = &page->entries[i];
        dsr_buffer_append_char(chunk, (char)((entry->present ? PRESENT : 0) | (entry->dated ? DATED : 0)));
        dsr_copies_put_u32(chunk, (uint32_t)entry->day);
        dsr_copies_put_u32(chunk, (uint32_t)entry->intake_day);
        dsr_copies_put_u32(chunk, entry->outlet);
    }
    page->dirty = false;
    return put(copies, DSR_COPIES_TABLE, number, error);
}

dsr_status dsr_copies_table_save(dsr_copies *copies, dsr_error *error)
{
    dsr_copies_table *table = &copies->table;
    dsr_status status = DSR_OK;
    for (uint32_t i = table->dirty_from; status == DSR_OK && i < table->room; i++) {
        if (table->pages[i] && table->pages[i]->dirty) {
            status = save_page(copies, i, error);
        }
    }
    table->dirty_from = status == DSR_OK ? UINT32_MAX : table->dirty_from;
    for (uint32_t i = 0; status == DSR_OK && i < table->dead_room; i++) {
        if (table->dead[i] && table->dead[i][DEAD_BYTES]) {
            dsr_buffer_reset(&copies->scratch);
            dsr_buffer_append_fill(&copies->scratch, 0, HEAD);
            dsr_buffer_append_bytes(&copies->scratch, table->dead[i], DEAD_BYTES);
            status = put(copies, DSR_COPIES_DEAD, i, error);
            table->dead[i][DEAD_BYTES] = 0;
        }
    }
    return status;
}

void dsr_copies_table_sweep(dsr_copies *copies)
{
    dsr_copies_table *table = &copies->table;
    for (size_t i = 0; i < table->room; i++) {
        if (table->pages[i] && !table->pages[i]->dirty) {
            free(table->pages[i]);
            table->pages[i] = NULL;
            table->loaded--;
        }
    }
}

void dsr_copies_table_drop(dsr_copies *copies)
{
    dsr_copies_table *table = &copies->table;
    for (size_t i = 0; i < table->room; i++) {
        free(table->pages[i]);
    }
    for (size_t i = 0; i < table->dead_room; i++) {
        free(table->dead[i]);
    }
    free(table->pages);
    free(table->dead);
}
