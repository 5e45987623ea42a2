/* The rules by which words become events and positions: tab-separated files in data/ that a user may edit,
 * read and compiled once. The rule language is described in doc/events.md. A line that makes no sense is a
 * flaw, told by file and line; all others count. Must not know reports. */
#ifndef DSR_EVENTS_RULES_H
#define DSR_EVENTS_RULES_H

#include "base/arena.h"
#include "base/status.h"

/* Immutable once open; any number of threads. */
typedef struct dsr_coding_rules dsr_coding_rules;

typedef struct dsr_rule_flaw {
    dsr_slice path;
    size_t line;
    dsr_slice message; /* one sentence without a full stop */
} dsr_rule_flaw;

/* Reads the rule files of `data_folder` and, where not NULL, of `user_folder`, whose rules win over those
 * that are as exact. A file that is not there is empty. Flaws are no failure. DSR_ERR_LIMIT (a file larger
 * than DSR_LIMIT_DATA_BYTES), DSR_ERR_IO, DSR_ERR_MEMORY. The caller drops *out. */
dsr_status dsr_coding_rules_open(const char *data_folder, const char *user_folder, dsr_coding_rules **out,
                                 dsr_error *error) DSR_MUST_CHECK;
/* The same of one file, whatever it is called. DSR_ERR_NOT_FOUND where it is not there. */
dsr_status dsr_coding_rules_open_file(const char *path, dsr_coding_rules **out,
                                      dsr_error *error) DSR_MUST_CHECK;
/* The same of bytes, which are copied; `name` stands for the file. */
dsr_status dsr_coding_rules_open_bytes(dsr_slice bytes, const char *name, dsr_coding_rules **out,
                                       dsr_error *error) DSR_MUST_CHECK;
void dsr_coding_rules_drop(dsr_coding_rules *rules); /* NULL is fine */

/* What is wrong in the files, in the order in which they were read; at most DSR_LIMIT_RULE_FLAWS. */
const dsr_rule_flaw *dsr_coding_rules_flaws(const dsr_coding_rules *rules, size_t *count);
/* Lines that count, of any kind. */
size_t dsr_coding_rules_count(const dsr_coding_rules *rules);

#endif
