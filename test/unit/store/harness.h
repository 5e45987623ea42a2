/* What the tests of the store share: reports that really pack, folders that go away again, stores of each
 * backend, and dumps as text. */
#ifndef DSR_TEST_STORE_HARNESS_H
#define DSR_TEST_STORE_HARNESS_H

#include "base/buffer.h"
#include "model/pack.h"
#include "store/backend.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A folder of its own under $TMPDIR or /tmp; drop_folder removes it with everything in it. */
typedef struct folder {
    char path[256];
    char store[300]; /* path of a store in it, not made yet */
} folder;
void make_folder(folder *out);
void drop_folder(folder *f);
/* The whole file; free(). The other way round. */
char *read_file(const char *path, size_t *size);
void write_file(const char *path, const char *bytes, size_t size);
/* Runs `work` in a child process and waits for it; as a user who may do nothing special where `nobody`. It
 * says 0, or the line where it failed, which fails the test. No cmocka in the child: its jumps would come
 * back into the suite. */
void run_in_child(bool nobody, int (*work)(const folder *f), const folder *f);
#define CHILD_EXPECT(condition)                                                                              \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            return __LINE__;                                                                                 \
        }                                                                                                    \
    } while (0)
/* Files in the folder. */
size_t count_files(const folder *f);

/* A packed report: source `number` in its `version`; `padding` incompressible bytes make its text longer.
 * Free `buffer` with dsr_buffer_drop. Numbers from KEYLESS on have no key. */
enum { KEYLESS = 1000000 };
typedef struct packed_report {
    dsr_store_report report;
    dsr_buffer buffer;
} packed_report;
packed_report pack_report(unsigned number, unsigned version, const char *path, size_t padding);
void drop_report(packed_report *p);

/* Put, expecting no failure. */
dsr_intake put(dsr_store *store, unsigned number, unsigned version, const char *path);
/* The id that put gives it. */
dsr_id id_of(unsigned number, unsigned version);
/* `count` reports with the numbers from `first`, about 2 KB each. The first failure is handed on. */
dsr_status put_many(dsr_store *store, unsigned first, unsigned count, dsr_error *error);

void begin(dsr_store *store);
void commit(dsr_store *store);
void close_store(dsr_store *store);
dsr_store *open_sqlite(const char *path, dsr_store_mode mode);
uint64_t count_reports(dsr_store *store);
/* The dump as one text, lines ending in a newline; free() it. */
char *dump_of(dsr_store *store);
/* Fails the test where verify finds flaws, and prints them. */
void assert_whole(dsr_store *store);
uint64_t count_flaws(dsr_store *store);
void assert_mentions(const dsr_error *error, const char *words);

#endif
