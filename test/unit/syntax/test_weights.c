/* Model files: what is whole opens and adds up; what is damaged, missing or of another version is told in a
 * sentence that names the file. */
#include "support.h"

#include "base/limits.h"
#include "syntax/weights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PRINT = 0x5a5 };

/* A feature that falls into `group` (of two) with fingerprint `print` of 12 or 16 bits. */
static uint64_t feature(uint64_t group, uint64_t print, unsigned bits)
{
    return group << 63 | print << (bits == 12 ? 28 : 24);
}

static void open_made(dsr_buffer *file, const char *name, dsr_slice part, dsr_weights **out)
{
    made_part parts[] = {{"other", DSR_SLICE("x")}, {name, part}};
    dsr_error error;
    dsr_buffer_open(file, 0);
    make_file(file, parts, 2);
    assert_int_equal(dsr_weights_open_bytes(dsr_buffer_slice(file), "made", out, &error), DSR_OK);
}

static void parts_are_found(void **state)
{
    (void)state;
    dsr_buffer file;
    dsr_weights *weights = NULL;
    open_made(&file, "eightlet", DSR_SLICE("content"), &weights);
    assert_true(dsr_slice_equal(dsr_weights_part(weights, "eightlet"), DSR_SLICE("content")));
    assert_true(dsr_slice_equal(dsr_weights_part(weights, "other"), DSR_SLICE("x")));
    assert_null(dsr_weights_part(weights, "eight").ptr);
    assert_null(dsr_weights_part(weights, "").ptr);
    assert_int_equal((uintptr_t)dsr_weights_part(weights, "other").ptr % 64, 0);
    dsr_weights_drop(weights);
    dsr_weights_drop(NULL);
    dsr_buffer_drop(&file);
}

static void each_damaged_byte_is_noticed(void **state)
{
    (void)state;
    dsr_buffer file;
    dsr_weights *weights = NULL;
    open_made(&file, "part", DSR_SLICE("content"), &weights);
    dsr_weights_drop(weights);
    for (size_t i = 0; i < file.len; i++) {
        dsr_error error = {.message = ""};
        weights = NULL;
        file.data[i] ^= 4;
        dsr_status status = dsr_weights_open_bytes(dsr_buffer_slice(&file), "made", &weights, &error);
        file.data[i] ^= 4;
        assert_int_equal(status, i >= 8 && i < 12 ? DSR_ERR_VERSION : DSR_ERR_INPUT);
        assert_null(weights);
        assert_string_equal(error.subject, "made");
        assert_non_null(strstr(error.message, "./do models"));
    }
    dsr_buffer_drop(&file);
}

static void each_length_is_noticed(void **state)
{
    (void)state;
    dsr_buffer file;
    dsr_weights *weights = NULL;
    open_made(&file, "part", DSR_SLICE("content"), &weights);
    dsr_weights_drop(weights);
    weights = NULL;
    for (size_t length = 0; length < file.len; length++) {
        char *cut = malloc(length + 1);
        assert_non_null(cut);
        memcpy(cut, file.data, length);
        assert_int_equal(dsr_weights_open_bytes((dsr_slice){cut, length}, "made", &weights, NULL),
                         DSR_ERR_INPUT);
        free(cut);
    }
    dsr_buffer_append_char(&file, 'x');
    assert_int_equal(dsr_weights_open_bytes(dsr_buffer_slice(&file), "made", &weights, NULL), DSR_ERR_INPUT);
    assert_null(weights);
    dsr_buffer_drop(&file);
}

/* A right checksum does not make a directory right. */
static void parts_outside_are_refused(void **state)
{
    (void)state;
    const uint32_t wrong[][2] = {{0, 1}, {64, 0xffffffffu}, {0xffffffc0u, 1}, {65, 1}, {128, 1000}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        dsr_buffer file;
        dsr_weights *weights = NULL;
        open_made(&file, "part", DSR_SLICE("content"), &weights);
        dsr_weights_drop(weights);
        weights = NULL;
        memcpy(file.data + 32 + 16 + 8, wrong[i], 8);
        mend_checksum(&file);
        assert_int_equal(dsr_weights_open_bytes(dsr_buffer_slice(&file), "made", &weights, NULL),
                         DSR_ERR_INPUT);
        assert_null(weights);
        dsr_buffer_drop(&file);
    }
}

static void files_are_named(void **state)
{
    (void)state;
    dsr_weights *weights = NULL;
    dsr_error error;
    assert_int_equal(dsr_weights_open("/nowhere/en.syntax", &weights, &error), DSR_ERR_NOT_FOUND);
    assert_string_equal(error.subject, "/nowhere/en.syntax");
    assert_non_null(strstr(error.message, "missing"));
    assert_int_equal(dsr_weights_open("/", &weights, &error), DSR_ERR_INPUT);
    assert_non_null(strstr(error.message, "no regular file"));
    assert_null(weights);
}

static void files_have_a_limit(void **state)
{
    (void)state;
    char path[] = "/tmp/dossier-model-XXXXXX";
    int file = mkstemp(path);
    dsr_weights *weights = NULL;
    dsr_error error;
    assert_true(file >= 0);
    assert_int_equal(ftruncate(file, (off_t)DSR_LIMIT_MODEL_BYTES + 1), 0);
    assert_int_equal(dsr_weights_open(path, &weights, &error), DSR_ERR_LIMIT);
    assert_string_equal(error.subject, path);
    assert_int_equal(ftruncate(file, (off_t)DSR_LIMIT_MODEL_BYTES), 0);
    assert_int_equal(dsr_weights_open(path, &weights, &error), DSR_ERR_INPUT);
    dsr_slice large = {"", (size_t)DSR_LIMIT_MODEL_BYTES + 1};
    assert_int_equal(dsr_weights_open_bytes(large, "made", &weights, &error), DSR_ERR_LIMIT);
    assert_null(weights);
    close(file);
    unlink(path);
}

static void weights_grow_faster_than_bytes(void **state)
{
    (void)state;
    assert_int_equal(dsr_weight_of(0), 0);
    for (int32_t byte = 1; byte < 128; byte++) {
        assert_true(dsr_weight_of(byte) > dsr_weight_of(byte - 1));
        assert_int_equal(dsr_weight_of(-byte), -dsr_weight_of(byte));
    }
}

static uint16_t cell(unsigned class, int weight)
{
    return (uint16_t)(class << 8 | (unsigned)(weight + 128));
}

static void rows_add_up(void **state)
{
    (void)state;
    uint16_t pool[] = {0, 0, 3, cell(0, 5), cell(6, -128), cell(2, 1), 1, cell(6, 2)};
    uint32_t slots[8] = {0};
    slots[7] = (uint32_t)PRINT << 20 | 1;
    slots[0] = (uint32_t)PRINT << 20 | 3;
    dsr_buffer table;
    dsr_buffer file;
    dsr_weights *weights = NULL;
    dsr_row_table rows;
    uint64_t features[200];
    dsr_buffer_open(&table, 0);
    make_table(&table, slots, pool, 8);
    open_made(&file, "rows", dsr_buffer_slice(&table), &weights);
    assert_int_equal(dsr_weights_rows(weights, "rows", 7, &rows, NULL), DSR_OK);
    assert_int_equal(dsr_weights_rows(weights, "rows", 6, &rows, NULL), DSR_ERR_INPUT);
    for (size_t i = 0; i < 200; i++) {
        features[i] = i % 2 ? feature(1, PRINT, 12) : feature(i % 4 / 2, PRINT - 1, 12);
    }
    features[10] = feature(0, PRINT, 12);
    int32_t scores[7] = {0};
    dsr_weights_score_rows(&rows, features, 200, scores);
    assert_int_equal(scores[0], 100 * dsr_weight_of(5));
    assert_int_equal(scores[2], 100 * dsr_weight_of(1));
    assert_int_equal(scores[6], 100 * dsr_weight_of(-128) + dsr_weight_of(2));
    assert_int_equal(scores[1], 0);
    dsr_weights_drop(weights);
    dsr_buffer_drop(&file);
    dsr_buffer_drop(&table);
}

/* Takes a table out of a file made of these slots and this pool, cut or stretched by `more` bytes. */
static dsr_status take_rows(const uint32_t *slots, const uint16_t *pool, size_t cells, int more)
{
    dsr_buffer table;
    dsr_buffer file;
    dsr_weights *weights = NULL;
    dsr_row_table rows;
    dsr_error error = {.message = ""};
    dsr_buffer_open(&table, 0);
    make_table(&table, slots, pool, cells);
    if (more > 0) {
        dsr_buffer_append_fill(&table, 0, (size_t)more);
    } else {
        table.len -= (size_t)-more;
    }
    open_made(&file, "rows", dsr_buffer_slice(&table), &weights);
    dsr_status status = dsr_weights_rows(weights, "rows", 7, &rows, &error);
    if (status != DSR_OK) {
        assert_string_equal(error.subject, "made");
        assert_non_null(strstr(error.message, "\"rows\""));
    }
    dsr_weights_drop(weights);
    dsr_buffer_drop(&file);
    dsr_buffer_drop(&table);
    return status;
}

static void wrong_rows_are_refused(void **state)
{
    (void)state;
    uint16_t pool[] = {0, 0, 1, cell(6, 5)};
    uint16_t beyond[] = {0, 0, 3, cell(6, 5)};
    uint16_t strange[] = {0, 0, 1, cell(7, 5)};
    uint32_t slots[8] = {0, 1};
    assert_int_equal(take_rows(slots, pool, 4, 0), DSR_OK);
    assert_int_equal(take_rows(slots, beyond, 4, 0), DSR_ERR_INPUT);
    assert_int_equal(take_rows(slots, strange, 4, 0), DSR_ERR_INPUT);
    assert_int_equal(take_rows(slots, pool, 4, 2), DSR_ERR_INPUT);
    assert_int_equal(take_rows(slots, pool, 4, -2), DSR_ERR_INPUT);
    assert_int_equal(take_rows(slots, pool, 4, -90), DSR_ERR_INPUT);
    assert_int_equal(take_rows(slots, pool, 0, 0), DSR_ERR_INPUT);
    slots[7] = 2; /* past the pool */
    assert_int_equal(take_rows(slots, pool, 4, 0), DSR_ERR_INPUT);
    uint16_t long_row[] = {0, 0, 3, cell(1, 1), cell(2, 1), cell(3, 1)};
    slots[7] = 2; /* in the middle of a row */
    assert_int_equal(take_rows(slots, long_row, 6, 0), DSR_ERR_INPUT);
}

/* Two groups are one and the room behind it: a number stands in its group or in the next. */
static void numbers_are_found(void **state)
{
    (void)state;
    uint32_t slots[8] = {0};
    slots[1] = (uint32_t)PRINT << 16 | 0xffff;
    slots[6] = (uint32_t)(PRINT + 1) << 16 | 5;
    dsr_buffer table;
    dsr_buffer file;
    dsr_weights *weights = NULL;
    dsr_number_table numbers;
    dsr_buffer_open(&table, 0);
    make_table(&table, slots, NULL, 0);
    open_made(&file, "numbers", dsr_buffer_slice(&table), &weights);
    assert_int_equal(dsr_weights_numbers(weights, "none", &numbers, NULL), DSR_ERR_INPUT);
    assert_int_equal(dsr_weights_numbers(weights, "numbers", &numbers, NULL), DSR_OK);
    for (uint64_t half = 0; half < 2; half++) {
        assert_int_equal(dsr_weights_number(&numbers, feature(half, PRINT, 16), 7), 0xffff);
        assert_int_equal(dsr_weights_number(&numbers, feature(half, PRINT + 1, 16), 7), 5);
        assert_int_equal(dsr_weights_number(&numbers, feature(half, PRINT + 2, 16), 7), 7);
        assert_int_equal(dsr_weights_number(&numbers, feature(half, 0, 16), 7), 7);
    }
    dsr_weights_drop(weights);
    dsr_buffer_drop(&file);
    dsr_buffer_drop(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_found),
        cmocka_unit_test(each_damaged_byte_is_noticed),
        cmocka_unit_test(each_length_is_noticed),
        cmocka_unit_test(parts_outside_are_refused),
        cmocka_unit_test(files_are_named),
        cmocka_unit_test(files_have_a_limit),
        cmocka_unit_test(weights_grow_faster_than_bytes),
        cmocka_unit_test(rows_add_up),
        cmocka_unit_test(wrong_rows_are_refused),
        cmocka_unit_test(numbers_are_found),
    };
    return cmocka_run_group_tests_name("syntax weights", tests, NULL, NULL);
}
