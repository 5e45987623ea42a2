/* Reads and checks a model file, and adds up weights. Must not know what a feature or a class means. */
#include "syntax/weights.h"

#include "base/hash.h"
#include "base/limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const STAGE = "model";

enum { HEADER_BYTES = 32, ENTRY_BYTES = 16, ALIGNMENT = 64, TABLE_HEADER = 64, MOST_GROUPS = 1 << 22 };

struct dsr_weights {
    void *block;
    unsigned char *bytes; /* in the block, aligned */
    size_t size;
    size_t parts;
    char name[DSR_ERROR_SUBJECT];
};

static uint32_t read_u32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint64_t read_u64(const unsigned char *p)
{
    return (uint64_t)read_u32(p) | (uint64_t)read_u32(p + 4) << 32;
}

/* ---- messages ---- */

static dsr_status fail_at(dsr_error *error, dsr_status status, const char *name, const char *message)
{
    status = dsr_fail(error, status, STAGE, "%s", message);
    dsr_error_set_subject(error, name, strlen(name));
    return status;
}

static dsr_status fail_damaged(dsr_error *error, const char *name, const char *what)
{
    dsr_status status =
        dsr_fail(error, DSR_ERR_INPUT, STAGE,
                 "the model file is damaged (%s); install it anew or rebuild it with ./do models", what);
    dsr_error_set_subject(error, name, strlen(name));
    return status;
}

dsr_status dsr_weights_fail(const dsr_weights *weights, const char *part, dsr_error *error)
{
    dsr_status status =
        dsr_fail(error, DSR_ERR_INPUT, STAGE,
                 "the model file's part \"%s\" is missing or wrong; install it anew or rebuild it "
                 "with ./do models",
                 part);
    dsr_error_set_subject(error, weights->name, strlen(weights->name));
    return status;
}

/* ---- opening ---- */

/* NULL without memory. */
static dsr_weights *new_weights(const char *name, size_t size)
{
    dsr_weights *weights = calloc(1, sizeof *weights);
    void *block = weights != NULL ? malloc(size + ALIGNMENT) : NULL;
    if (block == NULL) {
        free(weights);
        return NULL;
    }
    weights->block = block;
    weights->bytes = (unsigned char *)block + (ALIGNMENT - (uintptr_t)block % ALIGNMENT);
    weights->size = size;
    size_t length = strlen(name);
    length = length < sizeof weights->name ? length : sizeof weights->name - 1;
    memcpy(weights->name, name, length);
    return weights;
}

void dsr_weights_drop(dsr_weights *weights)
{
    if (weights != NULL) {
        free(weights->block);
        free(weights);
    }
}

/* Each part lies inside the file, behind the directory, where it promises to. */
static bool directory_is_sound(const dsr_weights *weights)
{
    size_t directory = HEADER_BYTES + weights->parts * ENTRY_BYTES;
    for (size_t i = 0; i < weights->parts; i++) {
        const unsigned char *entry = weights->bytes + HEADER_BYTES + i * ENTRY_BYTES;
        size_t offset = read_u32(entry + 8);
        size_t size = read_u32(entry + 12);
        if (offset % ALIGNMENT != 0 || offset < directory || offset > weights->size ||
            size > weights->size - offset) {
            return false;
        }
    }
    return true;
}

static dsr_status check(dsr_weights *weights, dsr_error *error)
{
    const unsigned char *p = weights->bytes;
    if (weights->size < HEADER_BYTES || memcmp(p, "DSRMODEL", 8) != 0) {
        return fail_damaged(error, weights->name, "it does not begin as a model does");
    }
    if (read_u32(p + 8) != DSR_WEIGHTS_VERSION) {
        return fail_at(
            error, DSR_ERR_VERSION, weights->name,
            "another version of Dossier wrote this model file; install the one that belongs to this "
            "version or rebuild it with ./do models");
    }
    if (read_u64(p + 16) != weights->size) {
        return fail_damaged(error, weights->name, "its length is not what it says");
    }
    dsr_slice rest = {(const char *)p + HEADER_BYTES, weights->size - HEADER_BYTES};
    if (dsr_hash64(rest, DSR_WEIGHTS_VERSION) != read_u64(p + 24)) {
        return fail_damaged(error, weights->name, "its checksum is wrong");
    }
    weights->parts = read_u32(p + 12);
    if (weights->parts > rest.len / ENTRY_BYTES || !directory_is_sound(weights)) {
        return fail_damaged(error, weights->name, "its directory is wrong");
    }
    return DSR_OK;
}

/* Checks what was read, and hands it over or gives it up. */
static dsr_status finish(dsr_weights *weights, dsr_weights **out, dsr_error *error)
{
    dsr_status status = check(weights, error);
    if (status != DSR_OK) {
        dsr_weights_drop(weights);
        return status;
    }
    *out = weights;
    return DSR_OK;
}

dsr_status dsr_weights_open_bytes(dsr_slice bytes, const char *name, dsr_weights **out, dsr_error *error)
{
    if (bytes.len > DSR_LIMIT_MODEL_BYTES) {
        return fail_at(error, DSR_ERR_LIMIT, name, "the file is larger than a model may be (64 MB)");
    }
    dsr_weights *weights = new_weights(name, bytes.len);
    if (weights == NULL) {
        return dsr_fail_memory(error, STAGE);
    }
    if (bytes.len > 0) {
        memcpy(weights->bytes, bytes.ptr, bytes.len);
    }
    return finish(weights, out, error);
}

static dsr_status read_stream(FILE *stream, const char *path, dsr_weights **out, dsr_error *error)
{
    struct stat about;
    if (fstat(fileno(stream), &about) != 0) {
        return fail_at(error, DSR_ERR_IO, path, strerror(errno));
    }
    if (!S_ISREG(about.st_mode)) {
        return fail_at(error, DSR_ERR_INPUT, path, "this is no regular file; a model file was expected");
    }
    if (about.st_size > DSR_LIMIT_MODEL_BYTES) {
        return fail_at(error, DSR_ERR_LIMIT, path, "the file is larger than a model may be (64 MB)");
    }
    dsr_weights *weights = new_weights(path, (size_t)about.st_size);
    if (weights == NULL) {
        return dsr_fail_memory(error, STAGE);
    }
    if (fread(weights->bytes, 1, weights->size, stream) != weights->size) {
        dsr_weights_drop(weights);
        return fail_at(error, DSR_ERR_IO, path, "the model file cannot be read to its end");
    }
    return finish(weights, out, error);
}

dsr_status dsr_weights_open(const char *path, dsr_weights **out, dsr_error *error)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL && (errno == ENOENT || errno == ENOTDIR)) {
        return fail_at(error, DSR_ERR_NOT_FOUND, path,
                       "the model file is missing; install it or rebuild it with ./do models");
    }
    if (stream == NULL) {
        return fail_at(error, DSR_ERR_IO, path, strerror(errno));
    }
    dsr_status status = read_stream(stream, path, out, error);
    fclose(stream);
    return status;
}

/* ---- parts ---- */

dsr_slice dsr_weights_part(const dsr_weights *weights, const char *name)
{
    char padded[DSR_WEIGHTS_PART_NAME] = {0};
    size_t length = strlen(name);
    memcpy(padded, name, length < sizeof padded ? length : sizeof padded);
    for (size_t i = 0; i < weights->parts; i++) {
        const unsigned char *entry = weights->bytes + HEADER_BYTES + i * ENTRY_BYTES;
        if (memcmp(entry, padded, sizeof padded) == 0) {
            return (dsr_slice){(const char *)weights->bytes + read_u32(entry + 8), read_u32(entry + 12)};
        }
    }
    return DSR_SLICE_NONE;
}

/* A table's part: u32 groups of slots · u32 cells in the pool, then slots at byte 64, then the
 * pool. False where the sizes do not fit together. Machines here are little endian. */
static bool take_table(dsr_slice part, dsr_weight_table *out, size_t *cells, const uint16_t **pool)
{
    if (part.len < TABLE_HEADER) {
        return false;
    }
    const unsigned char *bytes = (const unsigned char *)part.ptr;
    uint32_t groups = read_u32(bytes);
    *cells = read_u32(bytes + 4);
    if (groups < 1 || groups > MOST_GROUPS) {
        return false;
    }
    size_t slots = (size_t)DSR_WEIGHTS_GROUP * groups;
    if (part.len != TABLE_HEADER + slots * sizeof(uint32_t) + *cells * sizeof(uint16_t)) {
        return false;
    }
    const void *first = part.ptr + TABLE_HEADER;
    const void *behind = part.ptr + TABLE_HEADER + slots * sizeof(uint32_t);
    *out = (dsr_weight_table){first, groups};
    *pool = behind;
    return true;
}

/* Walks the pool as a chain of rows: each begins at an even cell. */
static bool mark_rows(const uint16_t *pool, size_t cells, unsigned classes, unsigned char *starts)
{
    size_t at = 0;
    while (at < cells) {
        size_t end = at + 1 + pool[at];
        if (end > cells) {
            return false;
        }
        starts[at / 2] = 1;
        for (size_t i = at + 1; i < end; i++) {
            if (pool[i] >> 8 >= classes) {
                return false;
            }
        }
        at = end + end % 2;
    }
    return true;
}

/* Each slot leads to a row's beginning. */
static bool slots_are_sound(const dsr_row_table *table, size_t cells, const unsigned char *starts)
{
    size_t slots = (size_t)DSR_WEIGHTS_GROUP * table->table.groups;
    for (size_t i = 0; i < slots; i++) {
        size_t place = table->table.slots[i] & 0xfffffu;
        if (place * 2 >= cells || !starts[place]) {
            return false;
        }
    }
    return true;
}

dsr_status dsr_weights_rows(const dsr_weights *weights, const char *name, unsigned classes,
                            dsr_row_table *out, dsr_error *error)
{
    dsr_row_table table;
    size_t cells;
    if (!take_table(dsr_weights_part(weights, name), &table.table, &cells, &table.pool) || cells == 0) {
        return dsr_weights_fail(weights, name, error);
    }
    unsigned char *starts = calloc(cells / 2 + 1, 1);
    if (starts == NULL) {
        return dsr_fail_memory(error, STAGE);
    }
    bool sound = mark_rows(table.pool, cells, classes, starts) && slots_are_sound(&table, cells, starts);
    free(starts);
    if (!sound) {
        return dsr_weights_fail(weights, name, error);
    }
    *out = table;
    return DSR_OK;
}

dsr_status dsr_weights_numbers(const dsr_weights *weights, const char *name, dsr_number_table *out,
                               dsr_error *error)
{
    dsr_number_table table;
    size_t cells;
    const uint16_t *pool;
    if (!take_table(dsr_weights_part(weights, name), &table.table, &cells, &pool) || cells != 0 ||
        table.table.groups < 2) {
        return dsr_weights_fail(weights, name, error);
    }
    table.table.groups--;
    *out = table;
    return DSR_OK;
}

/* ---- scores ---- */

/* The place of the feature's row; that of an empty row where there is none. */
static uint32_t find_row(const dsr_row_table *table, uint64_t feature)
{
    const uint32_t *group = dsr_weights_group(&table->table, feature);
    uint32_t print = dsr_weights_print12(feature);
    uint32_t found = 0;
    for (size_t i = 0; i < DSR_WEIGHTS_GROUP; i++) {
        found = group[i] >> 20 == print ? group[i] : found;
    }
    return found & 0xfffffu;
}

/* Adds a row's weights. */
static void add_row(const uint16_t *row, int32_t *scores)
{
    const uint16_t *end = row + 1 + row[0];
    for (const uint16_t *cell = row + 1; cell < end; cell++) {
        scores[*cell >> 8] += dsr_weight_of((int32_t)(*cell & 0xff) - 128);
    }
}

/* In three rounds, so that the next round's memory is on its way while this one works: groups, rows, weights.
 */
void dsr_weights_score_rows(const dsr_row_table *table, const uint64_t *features, size_t count,
                            int32_t *scores)
{
    enum { ROUND = 64 };
    const uint16_t *rows[ROUND];
    while (count > 0) {
        size_t part = count < ROUND ? count : ROUND;
        for (size_t f = 0; f < part; f++) {
            __builtin_prefetch(dsr_weights_group(&table->table, features[f]));
        }
        size_t found = 0;
        for (size_t f = 0; f < part; f++) {
            uint32_t place = find_row(table, features[f]);
            rows[found] = table->pool + (size_t)place * 2;
            __builtin_prefetch(rows[found]);
            found += place != 0;
        }
        for (size_t f = 0; f < found; f++) {
            add_row(rows[f], scores);
        }
        features += part;
        count -= part;
    }
}
