/* What each page teaches of its outlet, kept in the store, so that an outlet is learnt anew from its lessons
 * alone and no report is read again. Private to engine. */
#ifndef DSR_ENGINE_LESSONS_H
#define DSR_ENGINE_LESSONS_H

#include "engine/learnt.h"
#include "store/store.h"

/* The outlets of which something changed since the last commit. */
typedef struct dsr_lessons {
    struct dsr_taught {
        uint64_t outlet;
        uint32_t put, dropped; /* lessons */
    } * outlets;
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
/* Learns the outlets anew of which enough changed, and puts what is known of all into the store; *changed
 * tells whether there were such. What is known of an outlet with n lessons follows from the newest thousand
 * of its first m alone, where m is n or, from 64 on, at most an eighth below: an outlet is learnt anew ever
 * more seldom, and how reports are spread over commits changes nothing. */
dsr_status dsr_lessons_settle(dsr_lessons *lessons, dsr_store *store, bool *changed,
                              dsr_error *error) DSR_MUST_CHECK;
/* What dsr_lessons_settle would put, learnt anew from all lessons: for proving a store. *any: some outlet has
 * lessons. */
dsr_status dsr_lessons_learn_all(dsr_store *store, dsr_buffer *to, bool *any,
                                 dsr_error *error) DSR_MUST_CHECK;

#endif
