/* For the suites of the reading room: files in a folder of the test's own, pieces without a reader, and the
 * promises that every report that was read keeps. */
#ifndef DSR_TEST_READ_SUPPORT_H
#define DSR_TEST_READ_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read/read.h"

/* Makes the folder and goes into it, so that paths are short and the same everywhere; leaves and removes it.
 */
int enter_folder(void **state);
int leave_folder(void **state);

void write_file(const char *path, const void *bytes, size_t size);
void write_text(const char *path, const char *text);
void make_folder(const char *path);

/* A piece as a reader would give it. Nothing is copied. */
dsr_piece piece_of(const char *format, const void *bytes, size_t size);
/* Decodes it; fails the test where it is set aside or where what was read breaks a promise. */
dsr_report read_piece(dsr_arena *arena, const dsr_piece *piece);
dsr_report read_bytes(dsr_arena *arena, const char *format, const void *bytes, size_t size);
/* Decodes what must be set aside; the message must hold `words`. */
void refuse_bytes(const char *format, const void *bytes, size_t size, dsr_status status, const char *words);

/* The record is sound, and where its map is not WHOLE, each character of its text leads to bytes that mean
 * it. */
void check_report(const dsr_report *report, const dsr_piece *piece);

void assert_slice(dsr_slice got, const char *wanted);
/* Whether a warning holds these words. */
bool warns(const dsr_report *report, const char *words);

/* Reads paths to their end; the outcome as lines "path line status" with the message behind a set-aside one.
 */
typedef struct listing {
    char text[16 * 1024];
    size_t len, pieces, aside;
} listing;
void list_paths(listing *list, const char *const *paths, size_t count, int standard_input);
#define LIST(list, ...)                                                                                      \
    list_paths(list, (const char *const[]){__VA_ARGS__},                                                     \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), -1)

#endif
