/* The article out of a page: its text, what each stretch of it is, what was left out, and what the page says
 * of it. A function from a page to a record; knows no files and no other page. */
#ifndef DSR_PAGE_PAGE_H
#define DSR_PAGE_PAGE_H

#include "lexicon/lexicon.h"

/* Makes ready what pages need of libxml2, whose first use is not safe on two threads at once: call it before
 * threads read pages. Calls after the first cost nothing. */
void dsr_page_prepare(void);
/* Fills text, source_map (bytes of `page`), blocks, left, furniture (and labelled), the facts of meta that
 * the page states and source.url of `report`, whose arena is `arena`. `page` is UTF-8 and must live as long
 * as the call. Linear time but for a sort-like step (n log n); memory in proportion to the page.
 * DSR_ERR_INPUT where the page holds no article: the message says what it is instead (a consent page, an
 * index page). DSR_ERR_LIMIT, DSR_ERR_MEMORY. Any thread, after dsr_page_prepare. */
dsr_status dsr_page_read(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_slice page, dsr_report *report,
                         dsr_error *error) DSR_MUST_CHECK;

#endif
