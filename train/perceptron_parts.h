/* The learner's inside, for the file that writes it out. */
#ifndef DSR_TRAIN_PERCEPTRON_PARTS_H
#define DSR_TRAIN_PERCEPTRON_PARTS_H

#include "perceptron.h"

typedef struct learner_cell {
    int32_t weight;
    uint32_t class;
    int64_t sum; /* of updates, each times the tick at which it came */
} learner_cell;

typedef struct learner_row {
    uint64_t key;
    uint32_t first; /* cell */
    uint16_t count;
    uint16_t capacity; /* 0: no row */
} learner_row;

struct learner {
    unsigned classes;
    learner_row *rows; /* hashed by key */
    size_t capacity;   /* a power of two */
    size_t count;
    learner_cell *cells;
    size_t cell_capacity;
    size_t cell_count;
    int64_t ticks;
};

void *must_alloc(size_t count, size_t size);
void *must_realloc(void *p, size_t count, size_t size);
double learner_average(const learner *l, const learner_cell *cell);

#endif
