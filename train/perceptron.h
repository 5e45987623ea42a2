/* Weights of hashed features in rows that grow as classes are needed, and the writing of model files. What it
 * writes, syntax/weights.c reads. */
#ifndef DSR_TRAIN_PERCEPTRON_H
#define DSR_TRAIN_PERCEPTRON_H

#include "base/buffer.h"
#include "syntax/weights.h"

typedef struct learner learner;

/* Ends the program where there is no memory: trainers may. */
learner *learner_new(unsigned classes);
void learner_drop(learner *l);
/* Adds `by` to the weight of (feature, class) for each of the features. */
void learner_update(learner *l, const uint64_t *features, size_t count, unsigned class, int32_t by);

/* A model file while it is made. */
typedef struct model_file model_file;
model_file *model_file_new(void);
void model_file_drop(model_file *file);
/* Puts a part there, in place of one that has the name already. */
void model_file_put(model_file *file, const char *name, dsr_slice bytes);
/* The averages as a table, the `most` weightiest features; printed: how many stay. */
void model_file_put_rows(model_file *file, const char *name, const learner *l, size_t most);
/* Numbers for keys (features), each at most once; an earlier one has its place first. */
typedef struct keyed_number {
    uint64_t key;
    uint32_t number; /* below 0x10000 */
} keyed_number;
void model_file_put_numbers(model_file *file, const char *name, const keyed_number *numbers, size_t count);
/* The whole file. */
void model_file_finish(const model_file *file, dsr_buffer *out);

#endif
