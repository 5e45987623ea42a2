/* Writes model files: weights rounded to bytes, the weightiest features kept, tables with fingerprints. Must
 * not know what the weights mean. */
#include "base/hash.h"
#include "perceptron_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARTS = 24, ALIGNMENT = 64, HEADER = 32, ENTRY = 16, TABLE_HEADER = 64 };

typedef struct file_part {
    char name[DSR_WEIGHTS_PART_NAME];
    dsr_buffer bytes;
} file_part;

struct model_file {
    file_part parts[MOST_PARTS];
    size_t count;
};

model_file *model_file_new(void)
{
    return must_alloc(1, sizeof(model_file));
}

void model_file_drop(model_file *file)
{
    for (size_t i = 0; file != NULL && i < file->count; i++) {
        dsr_buffer_drop(&file->parts[i].bytes);
    }
    free(file);
}

static dsr_buffer *part_for(model_file *file, const char *name)
{
    char padded[DSR_WEIGHTS_PART_NAME] = {0};
    memcpy(padded, name, strlen(name));
    for (size_t i = 0; i < file->count; i++) {
        if (memcmp(file->parts[i].name, padded, sizeof padded) == 0) {
            dsr_buffer_reset(&file->parts[i].bytes);
            return &file->parts[i].bytes;
        }
    }
    file_part *part = &file->parts[file->count++];
    memcpy(part->name, padded, sizeof padded);
    dsr_buffer_open(&part->bytes, 0);
    return &part->bytes;
}

void model_file_put(model_file *file, const char *name, dsr_slice bytes)
{
    dsr_buffer_append(part_for(file, name), bytes);
}

static void append_u32(dsr_buffer *out, uint32_t value)
{
    unsigned char bytes[4] = {(unsigned char)value, (unsigned char)(value >> 8), (unsigned char)(value >> 16),
                              (unsigned char)(value >> 24)};
    dsr_buffer_append_bytes(out, bytes, sizeof bytes);
}

static void append_u64(dsr_buffer *out, uint64_t value)
{
    append_u32(out, (uint32_t)value);
    append_u32(out, (uint32_t)(value >> 32));
}

/* ---- tables ---- */

typedef struct slot_table {
    uint32_t *slots;
    uint32_t groups;
} slot_table;

/* Room for `count` things, of which `full` out of 100 slots are taken then. */
static slot_table new_table(size_t count, size_t full)
{
    slot_table table = {NULL, (uint32_t)(count * 100 / (full * DSR_WEIGHTS_GROUP) + 1)};
    table.slots = must_alloc((size_t)DSR_WEIGHTS_GROUP * table.groups, sizeof *table.slots);
    return table;
}

/* Puts a value beside a fingerprint of `width` bits into the first `slots` of its group and what follows;
 * false where there is no room or the fingerprint stands there already. A fingerprint 0 would look like an
 * empty slot. */
static bool put_slot(const slot_table *table, uint64_t key, size_t slots, unsigned width, uint32_t value)
{
    size_t groups = table->groups - (slots > DSR_WEIGHTS_GROUP);
    uint32_t *group = table->slots + (size_t)(((key >> 32) * groups) >> 32) * DSR_WEIGHTS_GROUP;
    uint32_t print = width == 16 ? dsr_weights_print16(key) : dsr_weights_print12(key);
    if (print == 0) {
        return false;
    }
    for (size_t i = 0; i < slots; i++) {
        if (group[i] >> (32 - width) == print) {
            return false;
        }
    }
    for (size_t i = 0; i < slots; i++) {
        if (group[i] == 0) {
            group[i] = print << (32 - width) | value;
            return true;
        }
    }
    return false;
}

static void append_table(dsr_buffer *out, const slot_table *table, const uint16_t *pool, size_t cells)
{
    append_u32(out, table->groups);
    append_u32(out, (uint32_t)cells);
    dsr_buffer_append_fill(out, 0, TABLE_HEADER - 8);
    for (size_t i = 0; i < (size_t)DSR_WEIGHTS_GROUP * table->groups; i++) {
        append_u32(out, table->slots[i]);
    }
    for (size_t i = 0; i < cells; i++) {
        char bytes[2] = {(char)(pool[i] & 0xff), (char)(pool[i] >> 8)};
        dsr_buffer_append_bytes(out, bytes, 2);
    }
}

void model_file_put_numbers(model_file *file, const char *name, const keyed_number *numbers, size_t count)
{
    slot_table table = new_table(count + 2 * DSR_WEIGHTS_GROUP, count < 50000 ? 40 : 60);
    size_t lost = 0;
    for (size_t i = 0; i < count; i++) {
        lost += !put_slot(&table, numbers[i].key, 2 * DSR_WEIGHTS_GROUP, 16, numbers[i].number);
    }
    append_table(part_for(file, name), &table, NULL, 0);
    printf("  %s: %zu numbers, %zu without room\n", name, count, lost);
    free(table.slots);
}

/* ---- which features stay ---- */

typedef struct strong_row {
    const learner_row *row;
    double strength;
} strong_row;

static int by_strength(const void *a, const void *b)
{
    const strong_row *x = a;
    const strong_row *y = b;
    if (x->strength != y->strength) {
        return x->strength > y->strength ? -1 : 1;
    }
    return x->row->key < y->row->key ? -1 : x->row->key > y->row->key;
}

static double strength_of(const learner *l, const learner_row *row)
{
    double least = 0;
    double most = 0;
    for (unsigned i = 0; i < row->count; i++) {
        double weight = learner_average(l, &l->cells[row->first + i]);
        least = weight < least ? weight : least;
        most = weight > most ? weight : most;
    }
    return most - least;
}

/* All rows, the strongest first. */
static strong_row *sort_rows(const learner *l, size_t *count)
{
    strong_row *rows = must_alloc(l->count, sizeof *rows);
    *count = 0;
    for (size_t i = 0; i < l->capacity; i++) {
        if (l->rows[i].capacity != 0) {
            rows[(*count)++] = (strong_row){&l->rows[i], strength_of(l, &l->rows[i])};
        }
    }
    qsort(rows, *count, sizeof *rows, by_strength);
    return rows;
}

/* What weights are multiplied by, so that all but the very largest can be written. */
static double scale_of(const strong_row *rows, size_t count)
{
    double largest = count > 0 ? rows[count / 100000].strength : 1;
    return largest > 0 ? dsr_weight_of(127) / largest : 1;
}

/* The byte whose weight is nearest. */
static int round_weight(double weight, double scale)
{
    double size = fabs(weight) * scale;
    double byte = floor(sqrt(16 + size) - 4 + 0.5);
    int rounded = byte > 127 ? 127 : (int)byte;
    return weight < 0 ? -rounded : rounded;
}

/* The rounded row at pool[at]; how many cells it has, 0 where all weights are rounded away. */
static size_t round_row(const learner *l, const learner_row *row, double scale, uint16_t *out)
{
    size_t cells = 0;
    for (unsigned i = 0; i < row->count; i++) {
        const learner_cell *cell = &l->cells[row->first + i];
        int weight = round_weight(learner_average(l, cell), scale);
        if (weight != 0) {
            out[1 + cells++] = (uint16_t)(cell->class << 8 | (unsigned)(weight + 128));
        }
    }
    out[0] = (uint16_t)cells;
    return cells;
}

void model_file_put_rows(model_file *file, const char *name, const learner *l, size_t most)
{
    enum { MOST_CELLS = 1 << 21 };
    size_t count;
    strong_row *rows = sort_rows(l, &count);
    double scale = scale_of(rows, count);
    size_t kept = count < most ? count : most;
    slot_table table = new_table(kept, 85);
    uint16_t *pool = must_alloc(MOST_CELLS + 512, sizeof *pool);
    size_t cells = 2; /* the empty row */
    size_t put = 0;
    for (size_t i = 0; i < kept && cells < MOST_CELLS; i++) {
        uint64_t key = rows[i].row->key;
        size_t got = round_row(l, rows[i].row, scale, pool + cells);
        if (got > 0 && put_slot(&table, key, DSR_WEIGHTS_GROUP, 12, (uint32_t)(cells / 2))) {
            cells += (1 + got + 1) / 2 * 2;
            put++;
        }
    }
    memset(pool + cells, 0, 512 * sizeof *pool);
    append_table(part_for(file, name), &table, pool, cells);
    printf("  %s: %zu features, %zu kept, %zu weights\n", name, count, put, cells);
    free(pool);
    free(table.slots);
    free(rows);
}

/* ---- the file ---- */

void model_file_finish(const model_file *file, dsr_buffer *out)
{
    dsr_buffer rest;
    dsr_buffer_open(&rest, 0);
    size_t at = HEADER + file->count * ENTRY;
    for (size_t i = 0; i < file->count; i++) {
        at = (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        dsr_buffer_append_bytes(&rest, file->parts[i].name, DSR_WEIGHTS_PART_NAME);
        append_u32(&rest, (uint32_t)at);
        append_u32(&rest, (uint32_t)file->parts[i].bytes.len);
        at += file->parts[i].bytes.len;
    }
    for (size_t i = 0; i < file->count; i++) {
        size_t used = HEADER + rest.len;
        dsr_buffer_append_fill(&rest, 0, (ALIGNMENT - used % ALIGNMENT) % ALIGNMENT);
        dsr_buffer_append(&rest, dsr_buffer_slice(&file->parts[i].bytes));
    }
    dsr_buffer_append(out, DSR_SLICE("DSRMODEL"));
    append_u32(out, DSR_WEIGHTS_VERSION);
    append_u32(out, (uint32_t)file->count);
    append_u64(out, HEADER + rest.len);
    append_u64(out, dsr_hash64(dsr_buffer_slice(&rest), DSR_WEIGHTS_VERSION));
    dsr_buffer_append(out, dsr_buffer_slice(&rest));
    if (rest.status != DSR_OK || out->status != DSR_OK) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    dsr_buffer_drop(&rest);
}
