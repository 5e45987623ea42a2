/* A model file and the linear tables in it: features, hashed, lead to small integer weights. Shared by
 * whatever is learnt (tags, syntax, names). Must not know what a feature or a class means.
 *
 * A file is a header, a directory of named parts, and the parts. All numbers are little endian:
 *   "DSRMODEL" · u32 version · u32 parts · u64 size of the file · u64 XXH3 of all bytes behind these 32
 *   parts times: char name[8] (padded with NUL) · u32 offset · u32 size        (offset is a multiple of 64)
 * A table has slots in groups of four. A slot holds a fingerprint of its feature, and either a number or the
 * place of a row of (class, weight) in a pool.
 * Feature hashing with fingerprints: Ganchev and Dredze (2008), Goldberg and Elhadad (2008). */
#ifndef DSR_SYNTAX_WEIGHTS_H
#define DSR_SYNTAX_WEIGHTS_H

#include "base/slice.h"
#include "base/status.h"

/* A model file in memory. Immutable; may be shared by any number of threads. */
typedef struct dsr_weights dsr_weights;

enum { DSR_WEIGHTS_VERSION = 1, DSR_WEIGHTS_PART_NAME = 8, DSR_WEIGHTS_GROUP = 4 };

/* Reads the file at `path` whole and checks it. DSR_ERR_NOT_FOUND where there is none, DSR_ERR_VERSION where
 * another version wrote it, DSR_ERR_INPUT where it is damaged, DSR_ERR_LIMIT where it is too large,
 * DSR_ERR_IO, DSR_ERR_MEMORY; `error` (may be NULL) names the file and what to do. The caller drops *out. */
dsr_status dsr_weights_open(const char *path, dsr_weights **out, dsr_error *error) DSR_MUST_CHECK;
/* The same of bytes in memory, which are copied. `name` stands for the file in messages. */
dsr_status dsr_weights_open_bytes(dsr_slice bytes, const char *name, dsr_weights **out,
                                  dsr_error *error) DSR_MUST_CHECK;
/* Gives it up; NULL is fine. */
void dsr_weights_drop(dsr_weights *weights);
/* The part called `name` (at most 8 characters), lent, aligned to 64 bytes; no value where there is none. */
dsr_slice dsr_weights_part(const dsr_weights *weights, const char *name);
/* DSR_ERR_INPUT with a sentence that names the file and its damaged part. */
dsr_status dsr_weights_fail(const dsr_weights *weights, const char *part, dsr_error *error);

/* Weights are bytes that stand for more than their number, so that large ones have room and small ones are
 * exact: byte b weighs b * (|b| + 8). */
static inline int32_t dsr_weight_of(int32_t byte)
{
    return byte * ((byte < 0 ? -byte : byte) + 8);
}

/* A table: lent by the file it stands in. */
typedef struct dsr_weight_table {
    const uint32_t *slots;
    uint32_t groups;
} dsr_weight_table;

/* A row a slot: fingerprint 12 bits (high) · place 20 bits, in units of two cells. A row's first cell is its
 * number of cells; each further one is class * 256 + weight + 128, weights as bytes. */
typedef struct dsr_row_table {
    dsr_weight_table table;
    const uint16_t *pool;
} dsr_row_table;

/* A small number a slot: fingerprint 16 bits (high) · number 16 bits. What finds no room in its group stands
 * in the next; behind the last group there is one more. */
typedef struct dsr_number_table {
    dsr_weight_table table;
} dsr_number_table;

/* Takes the tables called `name` out of the file, checked; DSR_ERR_INPUT where the part is missing or wrong.
 * Each class in rows is less than `classes`. */
dsr_status dsr_weights_rows(const dsr_weights *weights, const char *name, unsigned classes,
                            dsr_row_table *out, dsr_error *error) DSR_MUST_CHECK;
dsr_status dsr_weights_numbers(const dsr_weights *weights, const char *name, dsr_number_table *out,
                               dsr_error *error) DSR_MUST_CHECK;

/* ---- features ---- */

/* A feature is a 64-bit hash of a template's number and what fills it. Multiplication carries what differs
 * towards the high bits, and these are the ones that tables look at. */
#define DSR_FEATURE_FACTOR UINT64_C(0x9e3779b97f4a7c15)
static inline uint64_t dsr_feature_add(uint64_t feature, uint64_t value)
{
    return (((feature << 29) | (feature >> 35)) ^ value) * DSR_FEATURE_FACTOR;
}

static inline const uint32_t *dsr_weights_group(const dsr_weight_table *table, uint64_t feature)
{
    return table->slots + (size_t)(((feature >> 32) * table->groups) >> 32) * DSR_WEIGHTS_GROUP;
}

/* Fingerprints lie below the bits that choose the group. */
static inline uint32_t dsr_weights_print16(uint64_t feature)
{
    return (uint32_t)(feature >> 24) & 0xffffu;
}

static inline uint32_t dsr_weights_print12(uint64_t feature)
{
    return (uint32_t)(feature >> 28) & 0xfffu;
}

/* Adds the weights of the features to scores[class]. */
void dsr_weights_score_rows(const dsr_row_table *table, const uint64_t *features, size_t count,
                            int32_t *scores);

/* The number kept for a feature (looked for in its group and the next); `missing` where there is none. */
static inline uint32_t dsr_weights_number(const dsr_number_table *table, uint64_t feature, uint32_t missing)
{
    const uint32_t *group = dsr_weights_group(&table->table, feature);
    uint32_t print = dsr_weights_print16(feature);
    for (size_t i = 0; i < 2 * DSR_WEIGHTS_GROUP; i++) {
        if (group[i] >> 16 == print && group[i] != 0) {
            return group[i] & 0xffffu;
        }
    }
    return missing;
}

#endif
