/* What each page teaches of its outlet, kept in the store, so that an outlet is learnt anew from its lessons
 * alone and no report is read again. Private to engine. */
#ifndef DSR_ENGINE_LESSONS_H
#define DSR_ENGINE_LESSONS_H

#include "engine/learnt.h"
#include "store/store.h"

/* The outlets of which something changed since the last commit. */
typedef struct dsr_lessons {
    uint64_t *outlets;
    size_t count, room;
} dsr_lessons;
void dsr_lessons_forget(dsr_lessons *lessons); /* all of it, memory too */

/* The lesson of a report, appended to `to`, and its outlet; 0: it teaches nothing. Any thread. */
dsr_status dsr_lesson_make(const dsr_lexicon *lexicon, dsr_arena *scratch, const dsr_report *report,
                           uint64_t *outlet, dsr_buffer *to) DSR_MUST_CHECK;
/* Inside a transaction that writes. */
dsr_status dsr_lessons_put(dsr_lessons *lessons, dsr_store *store, dsr_id report, uint64_t outlet,
                           dsr_slice lesson, dsr_error *error) DSR_MUST_CHECK;
/* The report teaches no more: another version stands for it, or it goes. It is still in the store. */
dsr_status dsr_lessons_drop(dsr_lessons *lessons, dsr_store *store, dsr_id report,
                            dsr_error *error) DSR_MUST_CHECK;
/* Learns the outlets anew of which something changed, and puts what is known of all into the store. *changed
 * tells whether there were such. */
dsr_status dsr_lessons_settle(dsr_lessons *lessons, dsr_store *store, bool *changed,
                              dsr_error *error) DSR_MUST_CHECK;

#endif
