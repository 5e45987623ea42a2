/* What a page says of itself: JSON-LD, meta elements, microdata, its headings, time elements and address.
 * Only src/page includes it. */
#ifndef DSR_PAGE_FACTS_H
#define DSR_PAGE_FACTS_H

#include "lexicon/lexicon.h"
#include "page/tree.h"

/* Fills meta.{headline, outlet, authors, published, modified, section, canonical} and source.url of the
 * report where the page states them, each with its origin (`*_from`) and the place that it was taken from
 * (`*_why`: "JSON-LD headline", "meta og:title", "h1", "time element", "the date in its address"), and
 * meta.language from the page's own statement. Agencies among the authors become
 * meta.agencies. A date that cannot be read is none, with a warning where no other was found. Hostile JSON-LD
 * is bounded and never a failure. `headline_node` gets the heading of the page that says the headline (an h1,
 * or another that says the same words), UINT32_MAX where there is none. DSR_ERR_MEMORY only. */
dsr_status dsr_page_facts_take(const page_tree *tree, const dsr_lexicon *lexicon, dsr_report *report,
                               uint32_t *headline_node) DSR_MUST_CHECK;

#endif
