/* What telling stories apart knows of one report: its stems. */
#ifndef DSR_STORY_TERMS_H
#define DSR_STORY_TERMS_H

#include "lexicon/lexicon.h"
#include "model/story.h"

/* The stems of words that were met, so that they are not looked up again. Changes nothing in what comes out;
 * one thread and one lexicon at a time. */
typedef struct dsr_met_words dsr_met_words;
dsr_met_words *dsr_met_words_new(void); /* NULL without memory */
void dsr_met_words_drop(dsr_met_words *met);

/* The weighted stems of a report. Heap; free with dsr_story_terms_drop. Any thread. */
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
/* `met` may be NULL. DSR_ERR_MEMORY. */
dsr_status dsr_story_terms_take(const dsr_lexicon *lexicon, const dsr_report *report, dsr_met_words *met,
                                dsr_story_terms *out) DSR_MUST_CHECK;
void dsr_story_terms_drop(dsr_story_terms *terms);

#endif
