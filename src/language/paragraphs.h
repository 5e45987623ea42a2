/* The paragraphs of a report that are read: between line ends that end a paragraph, without unread furniture.
 * Only src/language includes it. */
#ifndef DSR_LANGUAGE_PARAGRAPHS_H
#define DSR_LANGUAGE_PARAGRAPHS_H

#include "model/report.h"

typedef struct dsr_paragraph {
    dsr_span span; /* not empty; no white space at its ends */
    bool heading;  /* a headline or subhead, or a short line that ends like one */
} dsr_paragraph;
typedef DSR_LIST(dsr_paragraph) dsr_paragraphs;

/* All of them in order. A line end ends a paragraph except where the text was wrapped to a width by hand:
 * there the line would have been too long with the next line's first word. Linear time. DSR_ERR_MEMORY. */
dsr_status dsr_paragraphs_find(dsr_arena *arena, const dsr_report *report,
                               dsr_paragraphs *out) DSR_MUST_CHECK;

#endif
