/* Which reports tell the same story. */
#ifndef DSR_STORY_STORY_GROUP_H
#define DSR_STORY_STORY_GROUP_H

#include "base/threads.h"
#include "lexicon/lexicon.h"
#include "model/story.h"

/* What grouping knows of one report: its weighted stems. Heap; free with dsr_story_terms_drop. Any thread. */
typedef struct dsr_story_terms {
    struct dsr_story_term {
        uint64_t hash;
        uint32_t background; /* background texts with this stem */
        uint16_t count;
        uint16_t in_title; /* occurrences in headline and standfirst */
        uint16_t in_lead;  /* occurrences among the first words of the body */
    } * items;
    size_t count;
    bool has_day;
    int32_t day; /* days since 1970 of the publication, where it is known */
} dsr_story_terms;
dsr_status dsr_story_terms_take(const dsr_lexicon *lexicon, const dsr_report *report,
                                dsr_story_terms *out) DSR_MUST_CHECK;
void dsr_story_terms_drop(dsr_story_terms *terms);

/* Two reports that carry one text (from compare): the evidence that no words need to add to. Shares in
 * thousandths. */
typedef struct dsr_story_tie {
    uint32_t first, second;
    uint32_t share_of_first, share_of_second;
} dsr_story_tie;

typedef struct dsr_story_ties {
    const dsr_story_tie *items;
    size_t count;
} dsr_story_ties;

/* Groups `count` reports, given in the order of intake. group[i] becomes the number of report i's story,
 * counted from 0 in the order of their first reports. Deterministic; n log n for text whose words spread as
 * those of news do. DSR_ERR_MEMORY; DSR_ERR_CANCELLED where `cancel` (may be NULL) was raised meanwhile. */
dsr_status dsr_story_group(const dsr_story_terms *reports, size_t count, dsr_story_ties ties,
                           uint32_t background_size, const dsr_cancel *cancel,
                           uint32_t *group) DSR_MUST_CHECK;

#endif
