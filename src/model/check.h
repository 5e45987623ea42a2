/* A draft held against reports: sentence by sentence who tells it, who contradicts it, what nobody tells.
 * Plain data in one arena. */
#ifndef DSR_MODEL_CHECK_H
#define DSR_MODEL_CHECK_H

#include "model/story.h"

typedef enum dsr_verdict {
    DSR_VERDICT_CARRIED,      /* reports tell it */
    DSR_VERDICT_PARTLY,       /* reports tell some of it */
    DSR_VERDICT_DISPUTED,     /* some tell it, others contradict */
    DSR_VERDICT_CONTRADICTED, /* none tells it, some contradict */
    DSR_VERDICT_UNKNOWN,      /* no report tells it or contradicts */
    DSR_VERDICTS
} dsr_verdict;
const char *dsr_verdict_name(dsr_verdict verdict); /* "carried" "partly" ... */

typedef enum dsr_check_kind {
    DSR_CHECK_FIGURE,
    DSR_CHECK_DATE,
    DSR_CHECK_DENIAL, /* one says that it is so, the other that it is not */
    DSR_CHECK_QUOTE,  /* the words in quotation marks are others */
    DSR_CHECK_SPEAKER,
    DSR_CHECK_KINDS
} dsr_check_kind;
const char *dsr_check_kind_name(dsr_check_kind kind); /* "figure" "date" ... */

/* How a figure, a date or a quotation of the draft stands to what a report has in its place. */
typedef enum dsr_detail_verdict {
    DSR_DETAIL_SAME,
    DSR_DETAIL_COMPATIBLE, /* both can be true: a bound, a hedge, a quotation cut */
    DSR_DETAIL_DIFFERS,
    DSR_DETAIL_UNTOLD, /* no report has one in its place */
    DSR_DETAIL_VERDICTS
} dsr_detail_verdict;
const char *dsr_detail_verdict_name(dsr_detail_verdict verdict); /* "same" "compatible" ... */

/* Where a report contradicts the draft. carrier.at: the report's words that do. */
typedef struct dsr_contradiction {
    dsr_check_kind kind;
    dsr_span draft; /* the words of the draft */
    dsr_carrier carrier;
} dsr_contradiction;

/* A figure, date or quotation of the draft. */
typedef struct dsr_check_detail {
    dsr_check_kind kind;
    dsr_span draft;
    dsr_detail_verdict verdict;
    uint32_t report; /* that has it, or what differs; DSR_NO_REPORT where untold */
    dsr_span at;     /* its words there */
} dsr_check_detail;

typedef struct dsr_checked_sentence {
    dsr_span span; /* in the draft */
    dsr_verdict verdict;
    uint32_t share; /* thousandths of what it tells that the best report tells too */
    uint32_t reports, independent;
    uint32_t first; /* the report that had it first; DSR_NO_REPORT */
    DSR_LIST(dsr_statement_carrier)
    carriers; /* that tell it or, where it is told partly, the part; by report */
    DSR_LIST(dsr_contradiction) contradictions;
    DSR_LIST(dsr_check_detail) details; /* in the order of the draft */
    dsr_spans missing;                  /* words of the draft that no carrier tells */
} dsr_checked_sentence;

typedef struct dsr_check {
    const dsr_report *draft;
    const dsr_story
        *story;        /* the reports that were looked at: its reports, cast; reuse of draft and reports */
    uint32_t draft_at; /* the draft's index among its reports: the last */
    DSR_LIST(dsr_checked_sentence) sentences;
    uint32_t sentences_left; /* beyond the limit: not looked at */
    uint32_t counts[DSR_VERDICTS];
} dsr_check;

#endif
