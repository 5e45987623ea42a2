/* Words and names of the stream: how many reports have each, and the stories found under it. Knows nothing of
 * weights. */
#include "story/stream_parts.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 4096, FIRST_CELLS = 4096, COUNT_BITS = 16 };

/* A key is spread well as it is: the lower half of a hash. */
static size_t home(const term_table *table, uint32_t key)
{
    return (size_t)(key * UINT32_C(2654435761)) & (table->room - 1);
}

dsr_status dsr_stream_table_open(term_table *table)
{
    *table = (term_table){.room = FIRST_SLOTS, .cell_room = FIRST_CELLS, .cell_count = 1};
    table->slots = calloc(table->room, sizeof *table->slots);
    table->cells = malloc(table->cell_room * sizeof *table->cells);
    return table->slots && table->cells ? DSR_OK : DSR_ERR_MEMORY;
}

void dsr_stream_table_close(term_table *table)
{
    free(table->slots);
    free(table->cells);
    *table = (term_table){.slots = NULL};
}

void dsr_stream_table_fetch(const term_table *table, uint32_t key)
{
    __builtin_prefetch(&table->slots[home(table, key)]);
}

static term_slot *slot_for(const term_table *table, uint32_t key)
{
    size_t at = home(table, key);
    while (table->slots[at].key && table->slots[at].key != key) {
        at = (at + 1) & (table->room - 1);
    }
    return &table->slots[at];
}

term_slot *dsr_stream_table_find(const term_table *table, uint32_t key)
{
    term_slot *slot = slot_for(table, key);
    return slot->key ? slot : NULL;
}

/* Moves what `keeps` into a table of `room` slots. */
static dsr_status rebuild(term_table *table, size_t room, uint32_t least)
{
    term_table next = *table;
    next.room = room;
    next.count = 0;
    next.slots = calloc(room, sizeof *next.slots);
    if (!next.slots) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < table->room; i++) {
        const term_slot *slot = &table->slots[i];
        if (slot->key && (slot->list || slot->df >= least)) {
            *slot_for(&next, slot->key) = *slot;
            next.count++;
        }
    }
    free(table->slots);
    *table = next;
    return DSR_OK;
}

dsr_status dsr_stream_table_take(term_table *table, uint32_t key, term_slot **out)
{
    if ((table->count + 1) * 4 > table->room * 3) {
        dsr_status status = rebuild(table, table->room * 2, 0);
        if (status != DSR_OK) {
            return status;
        }
    }
    term_slot *slot = slot_for(table, key);
    table->count += !slot->key;
    slot->key = key;
    *out = slot;
    return DSR_OK;
}

dsr_status dsr_stream_table_prune(term_table *table, size_t most)
{
    dsr_status status = DSR_OK;
    for (uint32_t least = 2; status == DSR_OK && table->count > most / 2 && least; least *= 2) {
        status = rebuild(table, table->room, least);
    }
    return status;
}

/* The first cell of a block says its class and how many stories it holds. */
static uint32_t class_of(uint32_t head)
{
    return head >> COUNT_BITS;
}
static uint32_t count_of(uint32_t head)
{
    return head & ((UINT32_C(1) << COUNT_BITS) - 1);
}
static uint32_t cells_of(uint32_t class)
{
    return UINT32_C(1) << class;
}

static dsr_status take_block(term_table *table, uint32_t class, uint32_t *out)
{
    uint32_t block = table->free_lists[class];
    if (block) {
        table->free_lists[class] = table->cells[block];
    } else {
        if (table->cell_count + cells_of(class) > table->cell_room) {
            size_t room = table->cell_room + table->cell_room / 2;
            uint32_t *grown = room <= UINT32_MAX ? realloc(table->cells, room * sizeof *grown) : NULL;
            if (!grown) {
                return DSR_ERR_MEMORY;
            }
            table->cells = grown;
            table->cell_room = room;
        }
        block = (uint32_t)table->cell_count;
        table->cell_count += cells_of(class);
    }
    table->cells[block] = class << COUNT_BITS;
    *out = block;
    return DSR_OK;
}

static void give_block(term_table *table, uint32_t block)
{
    uint32_t class = class_of(table->cells[block]);
    table->cells[block] = table->free_lists[class];
    table->free_lists[class] = block;
}

const uint32_t *dsr_stream_list_items(const term_table *table, const term_slot *slot, uint32_t *count)
{
    *count = slot && slot->list ? count_of(table->cells[slot->list]) : 0;
    return slot ? table->cells + slot->list + 1 : NULL;
}

/* Moves a list into a block of another class. */
static dsr_status change_class(term_table *table, term_slot *slot, uint32_t class)
{
    uint32_t block = 0;
    dsr_status status = take_block(table, class, &block);
    if (status != DSR_OK) {
        return status;
    }
    uint32_t count = slot->list ? count_of(table->cells[slot->list]) : 0;
    if (slot->list) {
        memcpy(&table->cells[block + 1], &table->cells[slot->list + 1], count * sizeof *table->cells);
        give_block(table, slot->list);
    }
    table->cells[block] += count;
    slot->list = block;
    return DSR_OK;
}

/* Takes item `at` out of a list. */
static void cut(uint32_t *list, uint32_t at)
{
    uint32_t count = count_of(list[0]);
    memmove(&list[1 + at], &list[2 + at], (count - at - 1) * sizeof *list);
    list[0]--;
}

static uint32_t position(const uint32_t *list, uint32_t place)
{
    /* From the end: what was touched last is touched again. */
    for (uint32_t i = count_of(list[0]); i-- > 0;) {
        if (list[1 + i] == place) {
            return i;
        }
    }
    return NO_PLACE;
}

dsr_status dsr_stream_list_touch(term_table *table, uint32_t key, uint32_t place, uint32_t *evicted)
{
    term_slot *slot = NULL;
    dsr_status status = dsr_stream_table_take(table, key, &slot);
    *evicted = NO_PLACE;
    if (status == DSR_OK && !slot->list) {
        status = change_class(table, slot, 1);
    }
    if (status != DSR_OK) {
        return status;
    }
    uint32_t at = position(&table->cells[slot->list], place);
    if (at != NO_PLACE) {
        cut(&table->cells[slot->list], at);
    } else if (count_of(table->cells[slot->list]) == LIST_STORIES) {
        *evicted = table->cells[slot->list + 1];
        cut(&table->cells[slot->list], 0);
    }
    uint32_t head = table->cells[slot->list];
    if (count_of(head) + 1 == cells_of(class_of(head))) {
        status = change_class(table, slot, class_of(head) + 1);
        if (status != DSR_OK) {
            return status;
        }
    }
    uint32_t *list = &table->cells[slot->list];
    list[1 + count_of(list[0])] = place;
    list[0]++;
    return DSR_OK;
}

void dsr_stream_list_remove(term_table *table, uint32_t key, uint32_t place)
{
    term_slot *slot = dsr_stream_table_find(table, key);
    if (!slot || !slot->list) {
        return;
    }
    uint32_t *list = &table->cells[slot->list];
    uint32_t at = position(list, place);
    if (at != NO_PLACE) {
        cut(list, at);
    }
    if (!count_of(list[0])) {
        give_block(table, slot->list);
        slot->list = 0;
    }
}
