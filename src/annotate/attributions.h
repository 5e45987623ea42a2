/* What the grammar of a sentence says about who says, thinks, wants or shows what. Every kind of cue is
 * looked for: verbs with a clause, an infinitive, an object or words in marks, nouns and adjectives with a
 * clause, and phrases ("according to"). Which person a source stands for is not decided here. */
#ifndef DSR_ANNOTATE_ATTRIBUTIONS_H
#define DSR_ANNOTATE_ATTRIBUTIONS_H

#include "annotate/refer.h"

/* Words that bring in speech, by class and by what they may take (data/en/cues.tsv). Immutable; any number of
 * threads. */
typedef struct dsr_attribution_tables dsr_attribution_tables;
/* Reads the table of `data_folder` and, where not NULL, of `user_folder`, whose lines win. A table that is
 * not there is empty. DSR_ERR_INPUT with file and line where a line makes no sense, DSR_ERR_LIMIT,
 * DSR_ERR_IO, DSR_ERR_MEMORY. The caller drops *out. */
dsr_status dsr_attribution_tables_open(const char *data_folder, const char *user_folder,
                                       dsr_attribution_tables **out, dsr_error *error) DSR_MUST_CHECK;
void dsr_attribution_tables_drop(dsr_attribution_tables *tables); /* NULL is fine */

enum { DSR_ATTRIBUTION_CONTENTS = 4 };

/* Spans are {0, 0} where the sentence has no such part. They lie in the sentence, but that words in marks are
 * given whole, wherever they end. */
typedef struct dsr_attribution {
    dsr_span source;   /* the whole noun phrase: "White House spokesman John Doe", "he", "who" */
    dsr_span head;     /* the word of it that it hangs on */
    dsr_span cue;      /* "said", "according to", "has warned", "called for"; never empty */
    dsr_span audience; /* "reporters" */
    dsr_span content[DSR_ATTRIBUTION_CONTENTS]; /* in order, disjoint, without cue and source */
    uint32_t contents;
    uint32_t sentence;
    dsr_said_how how; /* VERB, NOUN, ACCORDING or COLON */
    uint16_t score;   /* thousandths: how likely it is an attribution at all */
} dsr_attribution;
typedef DSR_LIST(dsr_attribution) dsr_attributions;

/* Those whose score is worth telling; in the order of sentences, and of cues within one. Sentences without
 * syntax have none. `report` has its text, names and, where they are known, quotations. Linear in the report.
 * DSR_ERR_MEMORY; *out is untouched then. */
dsr_status dsr_attributions_find(const dsr_attribution_tables *tables, dsr_arena *arena,
                                 const dsr_refer_sentence *sentences, size_t count, const dsr_report *report,
                                 dsr_attributions *out) DSR_MUST_CHECK;

#endif
