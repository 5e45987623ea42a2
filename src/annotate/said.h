/* Who says each quotation: its speaker's mention, the cue that ties the two, whom it was said to, through
 * what, how the speaker was found and how sure that is. Then the indirect speech that the grammar shows
 * (attributions.h) joins the list. Looks at one report only. */
#ifndef DSR_ANNOTATE_SAID_H
#define DSR_ANNOTATE_SAID_H

#include "annotate/attributions.h"
#include "annotate/refer.h"

/* Media by the words that tell them (data/en/media.tsv). Immutable; any number of threads. */
typedef struct dsr_media_words dsr_media_words;
/* Reads the table of `data_folder` and, where not NULL, of `user_folder`, whose lines win. A table that is
 * not there is empty. DSR_ERR_INPUT with file and line where a line makes no sense, DSR_ERR_LIMIT,
 * DSR_ERR_IO, DSR_ERR_MEMORY. The caller drops *out. */
dsr_status dsr_media_words_open(const char *data_folder, const char *user_folder, dsr_media_words **out,
                                dsr_error *error) DSR_MUST_CHECK;
void dsr_media_words_drop(dsr_media_words *words); /* NULL is fine */
/* What a word tells as a noun ("statement") or as a verb ("tweet"), by its lemma in small letters. */
typedef enum dsr_media_part { DSR_MEDIA_NOUN, DSR_MEDIA_VERB } dsr_media_part;
dsr_medium dsr_media_words_find(const dsr_media_words *words, dsr_media_part part, dsr_slice lemma);

/* Sees each choice that is made, for those who learn or measure: the candidates of a quotation with the
 * features of each. Candidate 0 is "nobody". Returns the candidate to go on with. */
typedef struct dsr_said_candidate {
    dsr_span head; /* the word that the mention hangs on; {0, 0} for nobody */
    const uint16_t *features;
    size_t feature_count;
    int32_t score;
} dsr_said_candidate;
typedef struct dsr_said_choice {
    dsr_span quote;
    const dsr_said_candidate *candidates;
    size_t count;
    size_t chosen; /* by the weights */
} dsr_said_choice;
typedef size_t (*dsr_said_watch)(void *context, const dsr_said_choice *choice);

/* What is looked things up in. All of it is lent and only read. */
typedef struct dsr_said_tables {
    const dsr_lexicon *lexicon;
    const dsr_gazetteer *gazetteer;
    const dsr_media_words *media;
    const dsr_attribution_tables *attributions; /* NULL: no indirect speech is looked for */
    const int16_t *weights;                     /* by feature; NULL: those that are built in */
    dsr_said_watch watch;                       /* NULL: nobody looks on */
    void *watch_context;
} dsr_said_tables;

/* Gives report->quotes, as dsr_language_find_quotes left them, their speakers, and adds indirect speech.
 * Sentences are those of the report; entities, names and references are there. Linear in the report but for
 * one sort. DSR_ERR_MEMORY; the report is as it was then. */
dsr_status dsr_said(const dsr_said_tables *tables, dsr_arena *arena, const dsr_refer_sentence *sentences,
                    size_t count, dsr_report *report) DSR_MUST_CHECK;

/* The weights that are built in, and their number; gen/said_weights.c, which train/said.c writes. */
extern const int16_t dsr_said_weights[];
size_t dsr_said_feature_count(void);
/* "verb_before" ...; static. */
const char *dsr_said_feature_name(size_t feature);

#endif
