/* Reports with marked names for tests: "{PER Ana Luz} met {ORG:x the Guild}". What remains when the marks are
 * taken away is the text. Nothing here fails quietly: a test that cannot be set up ends. */
#ifndef DSR_TEST_NAMED_H
#define DSR_TEST_NAMED_H

#include "annotate/refer.h"
#include "story/cast.h"

typedef struct named_world {
    dsr_arena *arena;
    dsr_entity_tables *entities;
    dsr_gazetteer *gazetteer;
    dsr_lexicon *lexicon;
} named_world;

/* With the tables of the tree; false where they cannot be read. */
bool named_open(named_world *world);
void named_close(named_world *world);
/* Text, names, sentences and quotations of a marked text; nothing is resolved. NULL on failure. */
dsr_report *named_read(named_world *world, const char *marked);
/* The same, resolved, without syntax. */
dsr_report *named_report(named_world *world, const char *marked);
dsr_status named_resolve(named_world *world, dsr_arena *arena, dsr_report *report);
/* The id of the entity of the nth name, from 0; "" where it has none. Lent by the report. */
dsr_slice named_id(const dsr_report *report, size_t name);
dsr_slice named_state(const dsr_report *report, size_t name); /* for which it stands */
/* The id of the reference or role whose words these are, the nth of them; "" where there is none. */
dsr_slice named_reference(const dsr_report *report, const char *words, size_t nth);
dsr_slice named_role(const dsr_report *report, const char *words);

#endif
