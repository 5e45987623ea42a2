/* The names in a report: which words name a person, a body, a place, a people, an event. A linear-chain model
 * (Lafferty, McCallum and Pereira, 2001) over hashed features, run twice over a report, so that a name that
 * is clear in one place helps in the others (Krishnan and Manning, 2006). Looks at one report only; must not
 * know who is who. */
#ifndef DSR_ANNOTATE_NAMES_H
#define DSR_ANNOTATE_NAMES_H

#include "language/language.h"
#include "lexicon/gazetteer.h"

/* The weights for English. Immutable; one handle may serve any number of threads. */
typedef struct dsr_name_model dsr_name_model;

/* Reads the model at `path`. DSR_ERR_NOT_FOUND, DSR_ERR_VERSION, DSR_ERR_INPUT (damaged), DSR_ERR_LIMIT,
 * DSR_ERR_IO, DSR_ERR_MEMORY: `error` (may be NULL) has one sentence that names the file and says what to do.
 * The caller drops *out. */
dsr_status dsr_names_open(const char *path, dsr_name_model **out, dsr_error *error) DSR_MUST_CHECK;
/* The same of bytes in memory, which are copied; `name` stands for the file in messages. */
dsr_status dsr_names_open_bytes(dsr_slice bytes, const char *name, dsr_name_model **out,
                                dsr_error *error) DSR_MUST_CHECK;
/* Gives it up; NULL is fine. */
void dsr_names_drop(dsr_name_model *model);

/* The tokens of one sentence, as dsr_language_tokenize gives them. */
typedef struct dsr_name_sentence {
    const dsr_token *tokens;
    size_t count;
} dsr_name_sentence;

/* A text, and `count` sentences of it, in order. */
typedef struct dsr_name_input {
    dsr_slice text;
    const dsr_name_sentence *sentences;
    size_t count;
} dsr_name_input;

typedef DSR_LIST(dsr_name) dsr_names;

/* Finds the names in a text. *out (a fresh list) gets them in order, in the arena, without overlaps, none
 * reaching over a sentence's end; without titles, articles and possessive 's; `entity` and `metonym_for` are
 * DSR_NO_ENTITY. A report of more than DSR_LIMIT_NAME_WINDOW tokens is read in stretches that do not know of
 * each other. Linear time. DSR_ERR_MEMORY; *out is untouched then. */
dsr_status dsr_names_find(const dsr_name_model *model, const dsr_gazetteer *gazetteer, dsr_arena *arena,
                          const dsr_name_input *input, dsr_names *out) DSR_MUST_CHECK;

#endif
