/* Which rule fits a predicate best. Only src/events includes it. */
#ifndef DSR_EVENTS_MATCH_H
#define DSR_EVENTS_MATCH_H

#include "events/actors.h"

typedef struct dsr_match {
    const dsr_rule *rule;
    const dsr_rule_head *head;
} dsr_match;

/* The rule of events, or of stances, that fits the word at `token` with the most slots; of several as exact
 * the user's, then the last. False where none fits. */
bool dsr_match_best(const dsr_actor_sheet *sheet, const dsr_view *view, uint32_t token, bool stance,
                    dsr_match *out);

#endif
