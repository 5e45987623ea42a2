/* Weights in rows. Must not know what is learnt. */
#include "perceptron.h"

#include "perceptron_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- memory ---- */

void *must_alloc(size_t count, size_t size)
{
    void *p = calloc(count > 0 ? count : 1, size);
    if (p == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return p;
}

void *must_realloc(void *p, size_t count, size_t size)
{
    p = realloc(p, count * size);
    if (p == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return p;
}

/* ---- rows ---- */

learner *learner_new(unsigned classes)
{
    learner *l = must_alloc(1, sizeof *l);
    l->classes = classes;
    l->capacity = 1 << 16;
    l->rows = must_alloc(l->capacity, sizeof *l->rows);
    l->cell_capacity = 1 << 16;
    l->cells = must_alloc(l->cell_capacity, sizeof *l->cells);
    l->ticks = 1;
    return l;
}

void learner_drop(learner *l)
{
    if (l != NULL) {
        free(l->rows);
        free(l->cells);
        free(l);
    }
}

static size_t place_of(const learner_row *rows, size_t capacity, uint64_t key)
{
    size_t at = (size_t)(key >> 20) & (capacity - 1);
    while (rows[at].capacity != 0 && rows[at].key != key) {
        at = (at + 1) & (capacity - 1);
    }
    return at;
}

static void grow_rows(learner *l)
{
    size_t capacity = l->capacity * 2;
    learner_row *rows = must_alloc(capacity, sizeof *rows);
    for (size_t i = 0; i < l->capacity; i++) {
        if (l->rows[i].capacity != 0) {
            rows[place_of(rows, capacity, l->rows[i].key)] = l->rows[i];
        }
    }
    free(l->rows);
    l->rows = rows;
    l->capacity = capacity;
}

/* A run of cells; what a row leaves behind when it grows is lost. */
static uint32_t new_cells(learner *l, uint32_t count)
{
    if (l->cell_capacity - l->cell_count < count) {
        l->cell_capacity *= 2;
        l->cells = must_realloc(l->cells, l->cell_capacity, sizeof *l->cells);
    }
    uint32_t first = (uint32_t)l->cell_count;
    l->cell_count += count;
    return first;
}

static learner_row *row_for(learner *l, uint64_t key)
{
    if (l->count * 2 >= l->capacity) {
        grow_rows(l);
    }
    learner_row *row = &l->rows[place_of(l->rows, l->capacity, key)];
    if (row->capacity == 0) {
        *row = (learner_row){key, new_cells(l, 2), 0, 2};
        l->count++;
    }
    return row;
}

static learner_cell *cell_for(learner *l, learner_row *row, unsigned class)
{
    for (unsigned i = 0; i < row->count; i++) {
        if (l->cells[row->first + i].class == class) {
            return &l->cells[row->first + i];
        }
    }
    if (row->count == row->capacity) {
        uint32_t first = new_cells(l, row->capacity * 2u);
        memcpy(&l->cells[first], &l->cells[row->first], row->count * sizeof *l->cells);
        row->first = first;
        row->capacity = (uint16_t)(row->capacity * 2);
    }
    learner_cell *cell = &l->cells[row->first + row->count++];
    *cell = (learner_cell){.class = class};
    return cell;
}

/* ---- learning ---- */

void learner_update(learner *l, const uint64_t *features, size_t count, unsigned class, int32_t by)
{
    for (size_t f = 0; f < count; f++) {
        learner_cell *cell = cell_for(l, row_for(l, features[f]), class);
        cell->weight += by;
        cell->sum += (int64_t)by * l->ticks;
    }
}

double learner_average(const learner *l, const learner_cell *cell)
{
    return (double)cell->weight - (double)cell->sum / (double)l->ticks;
}
