/* Who is who inside one report: which names name one person, place or body; which state a capital stands for;
 * who is what ("Deputy Foreign Minister"); whom "the Ukrainian leader" and "she" mean. Looks at one report
 * only. */
#ifndef DSR_ANNOTATE_REFER_H
#define DSR_ANNOTATE_REFER_H

#include "entity/entity.h"
#include "lexicon/gazetteer.h"
#include "syntax/syntax.h"

/* What is looked things up in. All of it is lent and only read. */
typedef struct dsr_refer_tables {
    const dsr_entity_tables *entities;
    const dsr_gazetteer *gazetteer;
    const dsr_lexicon *lexicon;
    const int16_t *weights; /* of dsr_refer_weight; NULL: those that are built in */
} dsr_refer_tables;

/* A sentence of the report: its tokens, and their tags and tree where they are known (else NULL). */
typedef struct dsr_refer_sentence {
    const dsr_token *tokens;
    size_t count;
    const dsr_syntax *syntax;
} dsr_refer_sentence;

/* Fills report->entities, roles and references, and entity and metonym_for of each name. report->names holds
 * spans and types, in order; a type is changed where the whole report tells better; sentences stand in order,
 * and `quotes` of the report are used where it has them. n log n in the report. DSR_ERR_MEMORY; the report is
 * as it was then. */
dsr_status dsr_refer(const dsr_refer_tables *tables, dsr_arena *arena, const dsr_refer_sentence *sentences,
                     size_t count, dsr_report *report) DSR_MUST_CHECK;

/* What speaks for a candidate, one number each; see refer_weights.c. */
enum { DSR_REFER_WEIGHTS = 64 };
extern const int16_t dsr_refer_weights[DSR_REFER_WEIGHTS];

#endif
