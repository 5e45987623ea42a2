/* What language and annotation find in one report: sentences, tokens, tags, trees; then names and who is who.
 * Holds the models and tables that they ask. Private to engine and to the windows that print an analysis. */
#ifndef DSR_ENGINE_ANALYSIS_H
#define DSR_ENGINE_ANALYSIS_H

#include "annotate/said.h"
#include "engine/engine.h"
#include "entity/entity.h"
#include "language/language.h"
#include "syntax/syntax.h"

/* Models and tables; immutable, one handle may serve any number of threads. */
typedef struct dsr_analyst dsr_analyst;

/* Reads, as far as `what` needs them, the models that stand beside `data_folder` and the tables in it. A file
 * that is missing, damaged or of another version is named in one sentence (see dsr_syntax_open). */
dsr_status dsr_analyst_open(const char *data_folder, const char *user_folder, dsr_annotation what,
                            dsr_analyst **out, dsr_error *error) DSR_MUST_CHECK;
void dsr_analyst_close(dsr_analyst *analyst); /* NULL is fine */

typedef struct dsr_analysed_sentence {
    dsr_tokens tokens;
    dsr_syntax syntax;
} dsr_analysed_sentence;

/* One for each of report->sentences, in `arena`. */
dsr_status dsr_analyst_parse(const dsr_analyst *analyst, const dsr_lexicon *lexicon, dsr_arena *arena,
                             const dsr_report *report, dsr_analysed_sentence **out) DSR_MUST_CHECK;
/* Where opened for DSR_ANNOTATE_ALL, fills entities, names, references and roles of an English report, whose
 * sentences and quotes are there, in `arena`; others are left as they are. */
dsr_status dsr_analyst_annotate(const dsr_analyst *analyst, const dsr_lexicon *lexicon, dsr_arena *arena,
                                dsr_report *report) DSR_MUST_CHECK;

/* The tables of names, lent; NULL where it was not opened for DSR_ANNOTATE_ALL. */
const dsr_entity_tables *dsr_analyst_entities(const dsr_analyst *analyst);

/* From now on `watch` sees each choice of a speaker (see said.h), made by `weights` (lent; NULL: those that
 * are built in); for trainers, on one thread. */
void dsr_analyst_watch_said(dsr_analyst *analyst, dsr_said_watch watch, void *context,
                            const int16_t *weights);

#endif
