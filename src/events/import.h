/* Dictionaries of TABARI and PETRARCH as rules of our own: verbs with their patterns, actors, agents. */
#ifndef DSR_EVENTS_IMPORT_H
#define DSR_EVENTS_IMPORT_H

#include "base/buffer.h"

typedef struct dsr_import_counts {
    size_t rules;   /* lines written */
    size_t skipped; /* entries that say nothing here: comments (CAMEO 01), no code, patterns without a word */
} dsr_import_counts;

/* Appends a line of rules for each entry of a dictionary; failures are left in `to`. What a pattern says of
 * word order is lost: its words must stand anywhere below the verb. Codes become PLOVER types by their roots.
 * Linear in the text. Any bytes may come in. */
void dsr_rules_import(dsr_buffer *to, dsr_slice text, dsr_import_counts *counts);
/* The type of a CAMEO code ("112" -> "ACCUSE"); no value for comments and for what is no code. */
dsr_slice dsr_cameo_type(dsr_slice code);

#endif
