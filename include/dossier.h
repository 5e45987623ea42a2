/* Dossier as a library: reports in, records out as JSON (see doc/schema). The one public header.
 *
 * A handle holds a store, in memory or in a file. One thread at a time uses a handle; several handles are
 * independent. Nothing is printed, nothing ends the process, the environment is not read. The same input
 * gives the same bytes. */
#ifndef DOSSIER_H
#define DOSSIER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0". Static. */
const char *dossier_version(void);

typedef struct dossier dossier;

typedef enum dossier_result {
    DOSSIER_OK = 0,
    DOSSIER_FAILED = 1, /* dossier_message tells why */
    DOSSIER_WRONG_CALL = 2,
    DOSSIER_SET_ASIDE =
        3 /* finished, but some inputs were set aside; the outcome callback was told which and why */
} dossier_result;

/* Opens a handle. `store`: the path of a store, made where it is missing; NULL: in memory. `data`: the folder
 * of word lists; NULL: the one Dossier was built or installed with. *out is set even on failure, where memory
 * allows, so that its message can be read; close it in either case. */
dossier_result dossier_open(const char *store, const char *data, dossier **out);
/* Gives up the handle; an unfinished change is undone. NULL is fine. */
void dossier_close(dossier *handle);
/* One sentence on the last failure, or "". Lent until the next call on the handle. */
const char *dossier_message(const dossier *handle);

/* Gets one line of JSON without its newline, `length` bytes, lent for the call. Anything but 0 ends the walk,
 * which then fails. */
typedef int (*dossier_line)(void *context, const char *json, size_t length);

/* Takes files and folders into the store and puts each report into a story, in batches: each is taken whole
 * or not at all, and after a failure the same call goes on behind those that were taken. `outcome` (may be
 * NULL) gets a "dossier.outcome/1" for each input, in order. */
dossier_result dossier_add(dossier *handle, const char *const *paths, size_t count, dossier_line outcome,
                           void *context);
/* "dossier.report/1" for each report, in the order of intake. */
dossier_result dossier_reports(dossier *handle, dossier_line each, void *context);
/* "dossier.story/1" for each story, the largest first. */
dossier_result dossier_stories(dossier *handle, dossier_line each, void *context);
/* "dossier.copies/1" for each pair of reports that share copied text. */
dossier_result dossier_copies(dossier *handle, dossier_line each, void *context);

#ifdef __cplusplus
}
#endif

#endif
