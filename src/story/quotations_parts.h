/* The state of finding one story's quotations. Only src/story/quotations*.c include it. */
#ifndef DSR_STORY_QUOTATIONS_PARTS_H
#define DSR_STORY_QUOTATIONS_PARTS_H

#include "base/map.h"
#include "story/quotations.h"

/* Somebody who says something: a member of the cast, an entity that it leaves out, or words such as "a
 * spokesman". */
typedef struct dsr_said_who {
    uint32_t cast; /* DSR_NO_ENTITY: not in it */
    dsr_slice entity, name;
    bool named; /* an entity: of two quotations by others one knows that they are two */
} dsr_said_who;
#define DSR_SAID_NOBODY UINT32_MAX

/* A word that is quoted. Two words are one where their keys are equal. */
typedef struct dsr_said_word {
    uint32_t key;
    uint32_t part; /* of its item, from 0 */
    dsr_span span;
} dsr_said_word;

/* A quotation in one report, all its parts. */
typedef struct dsr_said_item {
    uint32_t report;
    uint32_t quote; /* index into report->quotes: of the part that tells most of its speaker */
    uint32_t first_part, parts;
    uint32_t first_word, words;
    uint32_t letters; /* bytes of its words */
    uint32_t who;     /* index into people; DSR_SAID_NOBODY */
    dsr_quote_kind kind;
    bool furniture; /* stands in a headline or the like */
    uint32_t tries; /* comparisons that it was the shorter one of */
    uint32_t up;    /* an item of its group nearer to the one that stands for it; itself */
    /* Of the item that stands for a group: */
    uint32_t fullest;   /* its item with the most words */
    uint32_t group_who; /* named, or DSR_SAID_NOBODY */
} dsr_said_item;

typedef struct dsr_quotations {
    dsr_arena *arena;   /* the story's */
    dsr_arena *scratch; /* dropped in the end */
    dsr_story *story;
    DSR_LIST(dsr_said_who) people;
    DSR_LIST(dsr_said_item) items; /* by report, then by place */
    DSR_LIST(dsr_said_word) words;
    DSR_LIST(dsr_span) parts;
} dsr_quotations;

/* A part of a quotation: where it stands, and which of its parts it is. */
typedef struct dsr_said_part {
    dsr_span span;
    uint32_t number;
} dsr_said_part;
/* quotations_words.c: the words at a span of a text, appended to q->words. Letters are folded, marks and
 * apostrophes left out ("U.S." is "us", "it's" is "its"); composed and decomposed letters are one. */
/* At most *room words, which becomes less by as many. */
dsr_status dsr_quotations_split(dsr_quotations *q, dsr_slice text, dsr_said_part part,
                                uint32_t *room) DSR_MUST_CHECK;
uint64_t dsr_quotations_key(dsr_slice words); /* of a whole phrase, without an article before it */

/* quotations_who.c: q->people, and who says each quotation of a report. */
typedef struct dsr_said_people dsr_said_people;
dsr_status dsr_quotations_people(dsr_quotations *q, dsr_said_people **out) DSR_MUST_CHECK;
void dsr_said_people_drop(dsr_said_people *people); /* NULL is fine */
/* *out: index into q->people, or DSR_SAID_NOBODY. */
dsr_status dsr_quotations_who(dsr_quotations *q, dsr_said_people *people, uint32_t report,
                              const dsr_quote *quote, uint32_t *out) DSR_MUST_CHECK;

/* quotations_match.c: puts items that are one quotation into one group. */
dsr_status dsr_quotations_match(dsr_quotations *q) DSR_MUST_CHECK;
uint32_t dsr_quotations_root(dsr_quotations *q, uint32_t item);

/* The items of one group, in the order of the reports. */
typedef struct dsr_said_group {
    const uint32_t *items;
    size_t count;
} dsr_said_group;
/* quotations_variants.c: out->variants, text, words, reports, kind. `cells` is room of the caller's. */
typedef struct dsr_said_cells {
    uint16_t *lengths;         /* DSR_LIMIT_QUOTE_CELLS of them */
    uint8_t *in_base, *in_own; /* a word each; the most words of any item */
} dsr_said_cells;
/* `base` is the item that stands for all of them. */
dsr_status dsr_quotations_variants(dsr_quotations *q, const dsr_said_cells *cells, dsr_said_group group,
                                   const dsr_said_item *base, dsr_story_quote *out) DSR_MUST_CHECK;
/* Which of two stands for what was said: the one with more words, of equals the one in the text proper, then
 * that of the earlier report. Both are items of `q`. */
bool dsr_quotations_is_fuller(const dsr_quotations *q, const dsr_said_item *a, const dsr_said_item *b);
/* quotations_votes.c: speaker, day, medium and audience. */
typedef struct dsr_said_winner {
    uint32_t who; /* DSR_SAID_NOBODY */
    uint64_t weight;
    uint32_t reports, confidence;
} dsr_said_winner;
dsr_status dsr_quotations_elect(const dsr_quotations *q, dsr_said_group group,
                                dsr_said_winner *out) DSR_MUST_CHECK;
/* The fullest item of a group that does not name somebody else than `who`. */
const dsr_said_item *dsr_quotations_base(const dsr_quotations *q, dsr_said_group group, uint32_t who);
dsr_status dsr_quotations_vote(dsr_quotations *q, dsr_said_group group, const dsr_said_winner *won,
                               dsr_story_quote *out) DSR_MUST_CHECK;

static inline const dsr_report *dsr_quotations_report(const dsr_quotations *q, const dsr_said_item *item)
{
    return q->story->reports.items[item->report].report;
}
static inline const dsr_quote *dsr_quotations_quote(const dsr_quotations *q, const dsr_said_item *item)
{
    return &dsr_quotations_report(q, item)->quotes.items[item->quote];
}

#endif
